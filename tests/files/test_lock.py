"""A file that one process may use at a time."""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.doubles import Parts
from tests.processes import ProcessTestCase
from tiktoklive.errors import StartError
from tiktoklive.files import lock as lock_module
from tiktoklive.files.lock import FileLock, FileLockedError
from tiktoklive.outputs.webhook.argument import SECRET, make

try:
    import fcntl  # noqa: F401 -- tells where there are locks
except ImportError:
    skip = "there are no locks on files here"

#: Takes the lock on a file, says so, and waits to be killed.
_HOLD = """
import sys, time
from tiktoklive.errors import StartError
from tiktoklive.files import lock as lock_module
from tiktoklive.files.lock import FileLock
lock = FileLock(sys.argv[1])
lock.take()
print("taken", flush=True)
time.sleep(60)
"""


class LockTests(SynchronousTestCase):
    """Within this process."""

    def setUp(self) -> None:
        folder = Path(self.mktemp())
        folder.mkdir()
        self.path = folder / "outbox.db"
        self.beside = folder / "outbox.db.lock"

    def lock(self, path: Path | None = None) -> FileLock:
        lock = FileLock(path or self.path)
        self.addCleanup(lock.free)
        return lock

    def test_two(self) -> None:
        """The second one is refused, with the id of the process, until the first is free."""
        first, second = self.lock(), self.lock()
        first.take()
        first.take()
        error = self.assertRaises(FileLockedError, second.take)
        self.assertEqual(os.getpid(), error.pid)
        self.assertIn(f"another part of this process ({os.getpid()})", str(error))
        first.free()
        second.take()

    def test_different(self) -> None:
        """Two files have nothing to do with each other."""
        self.lock().take()
        self.lock(self.path.with_name("other.db")).take()

    def test_made_without_a_trace(self) -> None:
        """It makes no file before it is taken: who makes it may be root, with rights to give up."""
        lock = self.lock()
        self.assertFalse(self.beside.exists())
        lock.take()
        self.assertTrue(self.beside.exists())

    def test_private(self) -> None:
        """Only its owner may read the file beside."""
        self.lock().take()
        self.assertEqual(0o600, self.beside.stat().st_mode & 0o777)

    def test_taken_away(self) -> None:
        """A file beside that was deleted is made again, so that it locks as before."""
        first = self.lock()
        first.take()
        self.beside.unlink()
        first.take()
        self.assertRaises(FileLockedError, self.lock().take)

    def test_stale(self) -> None:
        """What a process that is no more left behind locks nothing."""
        self.beside.write_text("1\n")
        self.lock().take()

    def test_links(self) -> None:
        """A file is one file, by whatever links it is named; where they lead later counts."""
        named = self.path.with_name("named.db")
        named.symlink_to(self.path.name)
        first, second = self.lock(), self.lock(named)
        first.take()
        self.assertRaises(FileLockedError, second.take)
        self.assertFalse(named.with_name("named.db.lock").exists())
        named.unlink()
        named.symlink_to("other.db")
        second.take()
        self.assertRaises(FileLockedError, self.lock(self.path.with_name("other.db")).take)

    def test_something_else(self) -> None:
        """What stands in the place of the file beside, and may be another's, is left as it is."""
        other = self.path.with_name("theirs")
        other.write_text("precious")
        for put in (
            lambda: self.beside.symlink_to("theirs"),
            lambda: self.beside.hardlink_to(other),
            lambda: os.mkfifo(self.beside),
            self.beside.mkdir,
        ):
            put()
            files = len(os.listdir("/dev/fd"))
            self.assertRaises(OSError, self.lock().take)
            self.assertIn("outbox.db.lock", str(self.assertRaises(StartError, self.lock().hold)))
            self.assertEqual(files, len(os.listdir("/dev/fd")))
            self.assertEqual("precious", other.read_text())
            self.beside.rmdir() if self.beside.is_dir() else self.beside.unlink()
        self.lock().take()

    def test_no_file(self) -> None:
        """Beside a directory, a pipe, or a link to one, nothing is made: it is never used."""
        folder = Path(self.mktemp())
        folder.joinpath("directory").mkdir(parents=True)
        os.mkfifo(folder / "pipe")
        folder.joinpath("link").symlink_to("pipe")
        before = sorted(os.listdir(folder))
        for name in before:
            FileLock(folder / name).hold()
        self.assertEqual(before, sorted(os.listdir(folder)))

    def test_no_such_locks(self) -> None:
        """On a file system without locks nothing is locked; what else fails is told."""

        class Without:
            LOCK_EX = LOCK_NB = 0

            def __init__(self, number: int) -> None:
                self.number = number

            def flock(self, fd: int, how: int) -> None:
                raise OSError(self.number, os.strerror(self.number))

        for number in (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS):
            self.patch(lock_module, "_fcntl", Without(number))
            self.lock().hold()
            self.lock().hold()
        self.patch(lock_module, "_fcntl", Without(errno.EINVAL))
        self.assertRaises(StartError, self.lock().hold)

    def test_deleted_meanwhile(self) -> None:
        """A file beside that is deleted while it is being locked is made, and locked, anew."""
        lock = self.lock()
        deleted = []
        took = lock._lock

        def delete(fd: int) -> None:
            took(fd)
            if not deleted:
                deleted.append(self.beside.unlink())

        lock._lock = delete  # type: ignore[method-assign]  # what others do meanwhile
        lock.take()
        self.assertRaises(FileLockedError, self.lock().take)


class ProcessTests(ProcessTestCase):
    """Between processes."""

    def test_killed(self) -> None:
        """A second webhook for an outbox is refused by name, until kill -9 ends the first."""
        path = Path(self.mktemp()).absolute()
        holder = self.spawn([sys.executable, "-c", _HOLD, str(path)])
        assert holder.stdout is not None
        self.assertEqual("taken\n", holder.stdout.readline())
        from twisted.internet import reactor

        second = make(
            Parts(reactor),  # type: ignore[arg-type]
            f"https://example.com/#outbox={path}",
            {SECRET: "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="},
        )
        error = self.assertRaises(FileLockedError, second.startService)
        self.assertIn(str(path), str(error))
        self.assertIn(f"the process with the id {holder.pid}", str(error))
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        second._take_lock()
        assert second._lock is not None
        second._lock.free()
