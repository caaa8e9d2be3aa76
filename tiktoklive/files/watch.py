"""Whether the file that is open is still the one at its path: others move and delete files."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from tiktoklive.clock import steady_seconds

#: Seconds between two looks at a path: a look costs as much as a short write.
LOOK = 1.0
#: Bytes that are read at once of a file that was deleted.
_PIECE = 1024 * 1024


class Found(Enum):
    """What became of an open file."""

    #: It is where it was, or no regular file, or it is too soon to look again.
    THERE = "there"
    #: It has another name now; what was written to it is there.
    MOVED = "moved away"
    #: It has no name any more: what is written to it is lost when it is closed.
    DELETED = "deleted"


class FileWatch:
    """
    Compares the file that is open with the one at its path, by device and inode.

    :param seconds: the time, of any clock.
    """

    def __init__(self, path: Path, seconds: Callable[[], float] = steady_seconds) -> None:
        self._path = path
        self._seconds = seconds
        self._identity: tuple[int, int] | None = None
        self._mode: int | None = None
        self._size = 0  # when it was seen at its place last
        self._looked_at = 0.0

    def open(self, flags: int, mode: int) -> int:
        """
        Open the file, or make it.

        :param mode: of the first file; one that takes the place of another has the mode of that.
        :raise OSError: it cannot be opened.
        """
        mode = mode if self._mode is None else self._mode
        while True:
            try:
                fd = os.open(self._path, flags)
                break
            except FileNotFoundError:
                pass
            try:
                fd = os.open(self._path, flags | os.O_CREAT | os.O_EXCL, mode)
            except FileExistsError:
                if self._path.is_symlink() and not self._path.exists():
                    # To a file that is not there yet, which O_EXCL does not make.
                    fd = os.open(self._path, flags | os.O_CREAT, mode)
                    break
                continue  # another program was faster
            if self._mode is not None and hasattr(os, "fchmod"):
                os.fchmod(fd, self._mode)  # whatever the umask says now
            break
        facts = os.fstat(fd)
        regular = stat.S_ISREG(facts.st_mode)
        self._identity = (facts.st_dev, facts.st_ino) if regular else None
        if regular:
            self._mode = stat.S_IMODE(facts.st_mode)
        self._size, self._looked_at = facts.st_size, self._seconds()
        return fd

    def look(self, fd: int, *, now: bool = False) -> Found:
        """
        What became of it.

        :param now: look even if it is less than :data:`LOOK` seconds ago.
        :raise OSError: its directory does not let us look.
        """
        if self._identity is None:
            return Found.THERE
        at = self._seconds()
        if not now and 0 <= at - self._looked_at < LOOK:
            return Found.THERE
        own = os.fstat(fd)
        if not own.st_nlink:
            return Found.DELETED
        try:
            facts = os.stat(self._path)
        except (FileNotFoundError, NotADirectoryError):
            return Found.MOVED
        if (facts.st_dev, facts.st_ino) != self._identity:
            return Found.MOVED
        self._mode = stat.S_IMODE(facts.st_mode)
        self._size, self._looked_at = own.st_size, at
        return Found.THERE

    def since(self, fd: int) -> bytes:
        """What was written since the file was seen at its place last."""
        position = min(self._size, os.fstat(fd).st_size)
        os.lseek(fd, position, os.SEEK_SET)
        pieces = []
        while piece := os.read(fd, _PIECE):
            pieces.append(piece)
        return b"".join(pieces)
