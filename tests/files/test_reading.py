"""The one reader of files that users name."""

from __future__ import annotations

import ast
import os
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.files.reading import check_regular, open_regular, read_regular
from tiktoklive.files.secret import read_private, read_text

PACKAGE = Path(__file__).resolve().parents[2] / "tiktoklive"

#: Who opens files in another way, and why that stops nothing.
OTHERS = {
    "capture/recorder": "a tape, of which it was looked first that it is a regular file",
    "net/roots": "certificates, of which it was looked first",
    "outputs/databasefile": "SQLite had it open just before",
    "outputs/holder": "/proc",
    "outputs/rotation": "a file that was written here",
    "outputs/web/files": "our own pages",
    "outputs/web/userfiles": "without waiting, and regular files alone",
    "ownbrowser/extension_zip": "our own extension",
    "simulator/live_page": "our own script",
}


class ReadingTests(SynchronousTestCase):
    """What is read, what is refused, and that nothing is waited for."""

    def setUp(self) -> None:
        self.home = Path(self.mktemp())
        self.home.mkdir()

    def file(self, content: bytes) -> Path:
        """A file that its owner alone can read."""
        path = self.home / "file"
        path.write_bytes(content)
        path.chmod(0o600)
        return path

    def test_read(self) -> None:
        """All of a regular file, or of what a link leads to, with its mode."""
        path = self.file(b"abc")
        (self.home / "link").symlink_to(path.absolute())
        for name in (path, self.home / "link", str(path)):
            content, mode = read_regular(name)
            self.assertEqual((b"abc", 0o600), (content, mode & 0o777))
            with open_regular(name) as file:
                self.assertEqual(b"abc", file.read())

    def test_text(self) -> None:
        """Text has no mark of its encoding, and one kind of end of line."""
        self.assertEqual("a\nb\n", read_text(self.file(b"\xef\xbb\xbfa\r\nb\r"))[0])
        self.assertRaises(ValueError, read_text, self.file(b"\xff\xfe"))

    def test_bound(self) -> None:
        """A file may have as many bytes as were said, and no more."""
        path = self.file(b"x" * 10)
        self.assertEqual(b"x" * 10, read_regular(path, 10)[0])
        error = self.assertRaises(OSError, read_regular, path, 9)
        self.assertEqual("it has more than 9 bytes", error.strerror)

    def test_others(self) -> None:
        """A pipe without a writer, a device and a directory are refused by what they are."""
        fifo = self.home / "fifo"
        os.mkfifo(fifo, 0o600)
        for path, said in ((fifo, "a pipe"), ("/dev/zero", "a device"), (self.home, "directory")):
            for read in (read_regular, open_regular, check_regular):
                error = self.assertRaises(OSError, read, path)
                self.assertIn(said, error.strerror)
        self.assertRaises(FileNotFoundError, read_regular, self.home / "none")

    def test_pipe(self) -> None:
        """Where a pipe will do, it is read to its end, as a shell's ``<(COMMAND)`` is."""
        out, into = os.pipe()
        self.addCleanup(os.close, out)
        os.write(into, b" secret\n")
        os.close(into)
        path = f"/dev/fd/{out}"
        self.assertRaises(OSError, read_private, path, {})
        self.assertEqual("secret", read_private(path, {}, pipe=True))

    def test_slow_pipe(self) -> None:
        """One whose writer says nothing is waited for a while, one without a writer not at all."""
        fifo = self.home / "fifo"
        os.mkfifo(fifo, 0o600)
        error = self.assertRaises(OSError, read_regular, fifo, pipe=True)
        self.assertEqual("it is a pipe, and nothing came out of it", error.strerror)
        writer = os.open(fifo, os.O_RDWR)
        self.addCleanup(os.close, writer)
        error = self.assertRaises(OSError, read_regular, fifo, pipe=True, patience=0.0)
        self.assertIn("nothing came out of it for 0 s", error.strerror)
        os.write(writer, b"x" * 11)
        error = self.assertRaises(OSError, read_regular, fifo, 10, pipe=True, patience=0.0)
        self.assertIn("more than 10 bytes", error.strerror)


class PlacesTests(SynchronousTestCase):
    """The places of the package where files are opened to be read."""

    def test_all(self) -> None:
        """No other module opens a file by itself, so that none waits for a pipe."""
        found = set()
        for path in sorted(PACKAGE.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and _reads(node):
                    found.add(path.relative_to(PACKAGE).with_suffix("").as_posix())
        self.assertEqual(set(OTHERS), found)


def _reads(node: ast.Call) -> bool:
    """Whether a call is one of the usual ways to read a file."""
    called = node.func
    if isinstance(called, ast.Name):
        return called.id == "open"
    if not isinstance(called, ast.Attribute):
        return False
    if called.attr == "read_bytes" or (called.attr == "read_text" and len(node.args) < 2):
        return True
    modes = [each.value for each in node.args[:1] if isinstance(each, ast.Constant)]
    return called.attr == "open" and modes in (["rb"], ["r"])
