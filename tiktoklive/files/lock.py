"""A file that one process may use at a time, for as long as that process lives."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

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
_DIGITS = 20


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
    the process, and is left where it is.  Where the system has no such locks, nothing is locked.

    :param path: what is to be used by one alone.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)
        self._beside = self._path.with_name(f"{self._path.name}.lock")
        self._fd: int | None = None

    def take(self) -> None:
        """
        Take it, or have it already.

        :raise FileLockedError: another one has it.
        :raise OSError: there can be no file beside that one.
        """
        if _fcntl is None or self._holds():
            return
        self.free()
        fd = os.open(self._beside, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            self._lock(fd)
        except BaseException:
            os.close(fd)
            raise
        os.ftruncate(fd, 0)
        os.pwrite(fd, b"%d\n" % os.getpid(), 0)
        self._fd = fd

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

    def _holds(self) -> bool:
        """Whether it is taken, and the file beside is still there: else others could take it."""
        if self._fd is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._fd), os.stat(self._beside))
        except FileNotFoundError:
            return False
