"""Whether the file that is open is the one at its path; and that whoever keeps one open asks."""

from __future__ import annotations

import ast
import os
from pathlib import Path

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.files.watch import LOOK, FileWatch, Found

PACKAGE = Path(__file__).resolve().parents[2] / "tiktoklive"

#: Modules that open files themselves, and why they need not look again.
_OPENERS = {
    "files/watch": "it looks",
    "files/twistdlog": "twistd's log, to give it away",
    "files/whole": "a new file each time, in one go",
    "files/lock": "it compares its own file whenever the lock is taken again",
    "outputs/channel": "the terminal behind standard output",
    "outputs/databasefile": "makes a file for SQLite; it compares it itself",
    "outputs/rotation": "files that were put aside, in one go",
    "files/standard_streams": "the null device",
}


class WatchTests(SynchronousTestCase):
    """What is found."""

    def setUp(self) -> None:
        folder = Path(self.mktemp())
        folder.mkdir()
        self.path = folder / "file"
        self.clock = Clock()
        self.watch = FileWatch(self.path, self.clock.seconds)
        self.fd = self.open()

    def open(self) -> int:
        fd = self.watch.open(os.O_RDWR | os.O_APPEND, 0o600)
        self.addCleanup(os.close, fd)
        return fd

    def test_there(self) -> None:
        """A file at its place is there, whatever is written to it."""
        os.write(self.fd, b"one")
        self.clock.advance(LOOK)
        self.assertIs(Found.THERE, self.watch.look(self.fd))

    def test_seldom(self) -> None:
        """It looks once a second, or when told to."""
        self.path.unlink()
        self.assertIs(Found.THERE, self.watch.look(self.fd))
        self.assertIs(Found.DELETED, self.watch.look(self.fd, now=True))
        self.clock.advance(LOOK)
        self.assertIs(Found.DELETED, self.watch.look(self.fd))

    def test_step_back(self) -> None:
        """A clock that steps back keeps nobody from looking."""
        self.path.unlink()
        self.clock.rightNow -= 3600
        self.assertIs(Found.DELETED, self.watch.look(self.fd))

    def test_moved(self) -> None:
        """One with another name is moved, whether another is at its place or not."""
        self.path.rename(self.path.with_name("other"))
        self.assertIs(Found.MOVED, self.watch.look(self.fd, now=True))
        self.path.write_bytes(b"")
        self.assertIs(Found.MOVED, self.watch.look(self.fd, now=True))

    def test_since(self) -> None:
        """What was written to a deleted file since it was there last can be had."""
        os.write(self.fd, b"one\n")
        self.watch.look(self.fd, now=True)
        os.write(self.fd, b"two\n")
        self.path.unlink()
        os.write(self.fd, b"three\n")
        self.assertEqual(b"two\nthree\n", self.watch.since(self.fd))

    def test_mode(self) -> None:
        """A new file has the mode of the one whose place it takes, whatever the umask."""
        self.path.chmod(0o664)
        self.watch.look(self.fd, now=True)
        self.path.unlink()
        self.open()
        self.assertEqual(0o664, self.path.stat().st_mode & 0o777)

    def test_link_to_nothing(self) -> None:
        """A link to a file that is not there yet makes that one."""
        self.path.unlink()
        self.path.symlink_to("elsewhere")
        self.open()
        self.assertTrue(self.path.with_name("elsewhere").exists())


class PlacesTests(SynchronousTestCase):
    """The places of the package where files are opened to be written."""

    def test_all(self) -> None:
        """Nobody keeps a file open for writing without looking what became of it."""
        found = set()
        for path in sorted(PACKAGE.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and _writes(node):
                    found.add(path.relative_to(PACKAGE).with_suffix("").as_posix())
        # One writes a file once, the others only read: they open with flags of their own.
        others = {"command/export", "outputs/web/userfiles", "files/reading"}
        self.assertEqual([], sorted(found - set(_OPENERS) - others))
        self.assertIn("files/watch", found)


def _writes(call: ast.Call) -> bool:
    """Whether a call may open a file to write to it."""
    function = call.func
    if isinstance(function, ast.Attribute) and function.attr == "open":
        if isinstance(function.value, ast.Name) and function.value.id == "os":
            return True
    elif not (isinstance(function, ast.Name) and function.id == "open"):
        return False
    modes = [each.value for each in call.args if isinstance(each, ast.Constant)]
    modes += [each.value.value for each in call.keywords if isinstance(each.value, ast.Constant)]
    return any(isinstance(m, str) and len(m) < 4 and set(m) & set("wax+") for m in modes)
