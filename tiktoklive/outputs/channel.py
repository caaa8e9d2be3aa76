"""
Where bytes go: standard output or a file, neither of which may stop the reactor.

A blocking descriptor is never made non-blocking, because that would change it for
all processes that share it, the user's shell included.  Instead it is asked first, and
given no more than a pipe takes at once.  A terminal says that it has room when it has
room for a byte, and blocks for the rest: it is opened once more, for us alone.
"""

from __future__ import annotations

import io
import os
import select
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TextIO

from twisted.logger import Logger

from tiktoklive.clock import steady_seconds
from tiktoklive.errors import StartError
from tiktoklive.files.watch import FileWatch, Found
from tiktoklive.logs import LogThrottle, told_again

#: What a pipe that has room takes without blocking, everywhere: POSIX's least PIPE_BUF is
#: 512, but no system in use has less than this.
_PIECE = 4096

#: Pipes with a name and terminals are told not to block; files never do.
_NON_BLOCKING = getattr(os, "O_NONBLOCK", 0)


class Channel(Protocol):
    """Something that takes bytes now, or says that it can't."""

    def open(self) -> None:
        """
        Get ready to be written to; if it is, look now whether the file is still at its path.

        :raise OSError: it cannot be written now.
        :raise StartError: what is written to it would be seen by nobody.
        """

    def write(self, data: bytes) -> int:
        """
        Take some of ``data``.

        :return: how many bytes were taken; 0 when none can be taken now.
        :raise OSError: when it fails; :class:`BrokenPipeError` when its reader is gone.
        """

    def close(self) -> None:
        """Let go of it.  The next ``write`` opens it again, if it can be opened."""


class FileChannel:
    """
    Appends whole lines to a file, which is opened at the first write and after every close.

    If its last line is torn when it is opened first, what is written starts on a line of
    its own.  When the disk becomes full in the middle of what we write, that is taken back:
    the last line is whole even if we should not live to finish it.

    Once a second at most, when something is written, it is looked whether the file is still
    at its path.  If not, writing goes on in the one that is there now, or in a new one.  Of a
    file that was deleted, what was written since the look before is written once more.

    :param seconds: the time, of any clock.
    :ivar renewed: how many times another file was begun.
    """

    log = Logger()

    def __init__(
        self, path: str | os.PathLike[str], seconds: Callable[[], float] = steady_seconds
    ) -> None:
        self.path = Path(path)
        self._fd: int | None = None
        self._known = False
        self._watch = FileWatch(self.path, seconds)
        self._seconds = seconds
        self._seldom = LogThrottle(first=3)
        #: What was written to a file that was deleted, and belongs into the next one.
        self._saved = b""
        self.renewed = 0

    @property
    def size(self) -> int | None:
        """Bytes in the file that is open; ``None`` if none is."""
        return None if self._fd is None else os.fstat(self._fd).st_size

    def open(self) -> None:
        """Open the file, or make it, if the one at its path is not open."""
        self.look(now=True)
        if self._restore():
            self._opened()

    def write(self, data: bytes) -> int:
        """Write it."""
        self.look()
        if not self._restore():
            return 0
        return self._append(self._opened(), data)

    def look(self, *, now: bool = False) -> bool:
        """
        Let go of the file if another one, or none, is at its path.

        :param now: look even if that was done within the last second.
        :return: whether it did.
        :raise OSError: its directory does not let us look.
        """
        if self._fd is None:
            return False
        found = self._watch.look(self._fd, now=now)
        if found is Found.THERE:
            return False
        if found is Found.DELETED:
            self._saved += self._watch.since(self._fd)
        fd, self._fd = self._fd, None
        self._known = False  # the next one may be torn
        self.renewed += 1
        os.close(fd)
        unsaid = self._seldom.again(found, self._seconds())
        if unsaid is not None:
            tell = self.log.warn if found is Found.DELETED else self.log.info
            tell(
                "{path} was {found}: writing goes on in the file that is there now, or a new one; "
                "{count} lines are written to it again{often}",
                path=str(self.path),
                found=found.value,
                count=self._saved.count(b"\n"),
                often=told_again(unsaid, "logged"),
            )
        return True

    def close(self) -> None:
        """
        Close the file.

        :raise OSError: it was deleted, and there can be no other.
        """
        try:
            self.look(now=True)
            self._restore()
        except OSError as error:
            if self._saved and self._seldom.again("waits", self._seconds()) is not None:
                self.log.error(
                    "{path} was deleted, and {count} lines of it cannot be written again: {error}",
                    path=str(self.path),
                    count=self._saved.count(b"\n"),
                    error=error.strerror,
                )
            raise
        finally:
            fd, self._fd = self._fd, None
            if fd is not None:
                os.close(fd)

    def _opened(self) -> int:
        if self._fd is None:
            flags = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0) | _NON_BLOCKING
            self._fd = self._watch.open(flags, 0o666)  # as umask allows
        if not self._known:
            if self._is_torn(self._fd):
                os.write(self._fd, b"\n")
            self._known = True
        return self._fd

    def _restore(self) -> bool:
        """Write what a deleted file had; whether all of it is written."""
        if self._saved:
            taken = self._append(self._opened(), self._saved)
            self._saved = self._saved[taken:]
        return not self._saved

    def _append(self, fd: int, data: bytes) -> int:
        taken = _write(fd, data)
        while 0 < taken < len(data) and stat.S_ISREG(os.fstat(fd).st_mode):
            try:
                taken += os.write(fd, data[taken:])
            except OSError:
                whole = data.rfind(b"\n", 0, taken) + 1
                self._take_back(fd, taken - whole)
                if whole:
                    return whole
                raise
        return taken

    @staticmethod
    def _take_back(fd: int, count: int) -> None:
        """Cut off the last bytes that we wrote, unless another program appended some since."""
        end = os.lseek(fd, 0, os.SEEK_CUR)
        if os.fstat(fd).st_size == end:
            os.ftruncate(fd, end - count)

    @staticmethod
    def _is_torn(fd: int) -> bool:
        facts = os.fstat(fd)
        if not stat.S_ISREG(facts.st_mode) or not facts.st_size:
            return False
        os.lseek(fd, -1, os.SEEK_END)
        return os.read(fd, 1) != b"\n"


class DescriptorChannel:
    """Writes to a descriptor that others own too, such as standard output."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._process = os.getpid()
        self._terminal: int | None = None
        self._known = False
        self._poll: Any = None
        # Regular files are always ready; a system without poll() has to be trusted.
        if hasattr(select, "poll") and not stat.S_ISREG(os.fstat(fd).st_mode):
            self._poll = select.poll()
            self._poll.register(fd, select.POLLOUT)

    def open(self) -> None:
        """Look whether it is still there: a process that goes into the background gives it away."""
        if os.getpid() != self._process and _is_null(self._fd):
            raise StartError(
                # twistd shows sixty letters of it.
                "no standard output in the background: use twistd -n, or jsonl:FILE."
            )

    def write(self, data: bytes) -> int:
        """Write what can be written without waiting."""
        if not self._known:  # not earlier: a daemon gives its terminal away as it starts
            self._terminal = _terminal(self._fd)
            self._known = True
        if self._terminal is not None:
            return _write(self._terminal, data)
        if self._poll is None:
            return os.write(self._fd, data)
        if not self._poll.poll(0):
            return 0
        return _write(self._fd, data[:_PIECE])

    def close(self) -> None:
        """Leave it open: it isn't ours."""
        terminal, self._terminal = self._terminal, None
        self._known = False
        if terminal is not None:
            os.close(terminal)


class TextChannel:
    """Writes to a text stream that has no descriptor, such as :class:`io.StringIO`."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def open(self) -> None:
        """It is."""

    def write(self, data: bytes) -> int:
        """Write all of it."""
        self._stream.write(data.decode("utf-8", "replace"))
        self._stream.flush()
        return len(data)

    def close(self) -> None:
        """Leave it open: it isn't ours."""


def _write(fd: int, data: bytes) -> int:
    """Write what a descriptor takes that does not block, or that was made so by others."""
    try:
        return os.write(fd, data)
    except BlockingIOError:
        return 0


def _is_null(fd: int) -> bool:
    """Whether a descriptor leads to nowhere."""
    try:
        return os.fstat(fd).st_rdev == os.stat(os.devnull).st_rdev
    except OSError:  # it is closed
        return True


def _terminal(fd: int) -> int | None:
    """The terminal behind a descriptor, opened anew; ``None`` if it is none, or not ours."""
    if not os.isatty(fd) or not _NON_BLOCKING:
        return None
    try:
        return os.open(os.ttyname(fd), os.O_WRONLY | os.O_NOCTTY | _NON_BLOCKING)
    except OSError:  # such as that of the user before su
        return None


def stream_channel(stream: TextIO | None) -> Channel:
    """
    The channel to a text stream; by its descriptor, if it has one.

    :param stream: ``sys.stdout``, which is ``None`` when the program was started without.
    :raise ValueError: when there is none.
    """
    if stream is None:
        raise ValueError("standard output is closed.")
    try:
        stream.flush()
        return DescriptorChannel(stream.fileno())
    except (io.UnsupportedOperation, AttributeError):
        return TextChannel(stream)
