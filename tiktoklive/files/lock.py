"""A file that one process may use at a time, for as long as that process lives."""

from __future__ import annotations

import errno
import os
import stat
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any, Final

from tiktoklive.errors import StartError
from tiktoklive.errors.isolation import said_by
from tiktoklive.files.writable import may_pass

_fcntl: Any = None
try:
    import fcntl

    _fcntl = fcntl
except ImportError:  # Windows
    pass

#: Bytes of the number of a process.
_DIGITS: Final = 20

#: What the kernel says of a file system that has no such locks.
_UNKNOWN: Final = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP)

#: How a file beside is opened: no link to a file of others, whose content would be ours then, and
#: no waiting for the reader of a pipe.
_OPENED: Final = reduce(
    or_,
    (getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK")),
    os.O_RDWR | os.O_CREAT,
)


class FileLockedError(StartError):
    """
    Another process uses the file.

    :ivar pid: its id, 0 if it did not say.
    """

    def __init__(self, path: Path, pid: int) -> None:
        self.pid = pid
        whose = f"the process with the id {pid}" if pid else "another process"
        if pid == os.getpid():
            whose = f"another part of this process ({pid})"
        super().__init__(f"{path} is used by {whose}: one at a time may.")


class FileLock:
    """
    A lock on a file, which goes with the process however that ends.

    It is the kernel's lock (``flock``) on a file beside it, ``NAME.lock``, which holds the id of
    the process, and is left where it is.  Where the system, or the file system, has no such locks,
    nothing is locked; nor is what is no file, such as a directory or a pipe.

    :param path: what is to be used by one alone; of a link, what it leads to.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)
        self._fd: int | None = None

    @property
    def _beside(self) -> Path:
        real = Path(os.path.realpath(self._path))
        return real.with_name(f"{real.name}.lock")

    def take(self) -> None:
        """
        Take it, or have it already.

        :raise FileLockedError: another one has it.
        :raise OSError: there can be no file beside that one.
        """
        if _fcntl is None or self._holds():
            return
        if self._path.exists() and not self._path.is_file():
            return  # who opens it says what it is, and leaves nothing beside it
        self.free()
        while self._fd is None:
            fd = os.open(self._beside, _OPENED, 0o600)
            try:
                self._lock(fd)
                self._sign(fd)
            except BaseException:
                os.close(fd)
                raise
            self._fd = fd
            if not self._holds():  # it was deleted just now
                self.free()

    def hold(self) -> None:
        """
        Take it at the start of what needs it.

        :raise StartError: another one has it, or there can be no file beside that one.
        """
        try:
            self.take()
        except OSError as error:
            if not may_pass(error):
                raise StartError(
                    f"{self._path} cannot be used: {self._beside.name} cannot be made beside it "
                    f"({said_by(error)})."
                ) from error

    def free(self) -> None:
        """Give it up, if it was taken."""
        fd, self._fd = self._fd, None
        if fd is not None:
            os.close(fd)

    def _lock(self, fd: int) -> None:
        try:
            _fcntl.flock(fd, _fcntl.LOCK_EX | _fcntl.LOCK_NB)
        except BlockingIOError:
            told = os.pread(fd, _DIGITS, 0).split(b"\n")[0]
            raise FileLockedError(self._path, int(told) if told.isdigit() else 0) from None
        except OSError as error:
            if error.errno not in _UNKNOWN:
                raise

    @staticmethod
    def _sign(fd: int) -> None:
        """Write the id of the process into it, unless it may be something else than a lock."""
        facts = os.fstat(fd)
        if not stat.S_ISREG(facts.st_mode) or facts.st_nlink > 1:
            raise FileExistsError(errno.EEXIST, "there is something else of that name")
        os.ftruncate(fd, 0)
        os.pwrite(fd, b"%d\n" % os.getpid(), 0)

    def _holds(self) -> bool:
        """Whether it is taken, and the file beside is still there: else others could take it."""
        if self._fd is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._fd), os.lstat(self._beside))
        except FileNotFoundError:
            return False
