"""Write down what streams bring, without ever disturbing them."""

from __future__ import annotations

import errno
import math
import os
import re
import stat
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.capture.tape import (
    HEADER_START,
    TapeEntry,
    TapeHeader,
    encode_line,
    starts_header,
)
from tiktoklive.clock import wall_at
from tiktoklive.errors import StartError, TapeError
from tiktoklive.errors.isolation import said_by
from tiktoklive.files.lock import FileLock, FileLockedError
from tiktoklive.files.watch import FileWatch, Found
from tiktoklive.files.writable import may_pass, why_not
from tiktoklive.interfaces import IReceiver, IStream, IStreamOpener, IWitness
from tiktoklive.model import Room, Ticket

#: Seconds between two tries to write to a tape that cannot be written.
RETRY = 10.0


@implementer(IStreamOpener)
class Recorder:
    """
    Opens streams through another opener and writes what they bring to a tape.

    What arrives is written before it is delivered.  A tape that cannot be written never
    disturbs its stream: the trouble is logged once, what is missing is counted, and
    writing is tried again every 10 seconds.

    The tape is appended to; a file that is there and is no tape is left alone.  No two processes
    record on one tape: what is there at the start is refused then, what comes later is told.

    :param path: the tape of one user.  With ``per_user`` it is not written itself, and
        each user has a tape of their own beside it: ``NAME-user.ext`` for ``NAME.ext``.
    :raise ValueError: when ``path`` ends in ``.gz``: a tape is compressed afterwards.
    :ivar renewed: how many times a tape was begun anew, because it was moved or deleted.
    """

    def __init__(
        self,
        opener: IStreamOpener,
        path: str | os.PathLike[str],
        clock: IReactorTime,
        *,
        per_user: bool = False,
    ) -> None:
        if os.fspath(path).endswith(".gz"):
            raise ValueError("A tape is written as plain text: leave out .gz, compress it later.")
        self._opener = opener
        self._path = Path(path)
        self._clock = clock
        self._per_user = per_user
        self._locks: dict[Path, FileLock] = {}
        self._begun: frozenset[Path] = frozenset()
        self._writers: set[_TapeWriter] = set()
        self.renewed = 0

    @property
    def failing(self) -> str:
        """Why an open stream cannot be recorded now, ``""`` if all can."""
        return next((writer.failing for writer in self._writers if writer.failing), "")

    async def open(self, ticket: Ticket, receiver: IReceiver) -> IStream:
        """Open the stream through the other opener; nothing is written if that fails."""
        return await self.record(self._opener, ticket, receiver)

    async def record(self, opener: IStreamOpener, ticket: Ticket, receiver: IReceiver) -> IStream:
        """The same, through that opener."""
        path = self.path_for(ticket.room.anchor)
        lock = self._locks.setdefault(path, FileLock(path))
        writer = _TapeWriter(path, self._clock, ticket.room, ticket.source, lock, self._gone)
        self._writers.add(writer)
        try:
            stream = await opener.open(ticket, _RecordingReceiver(writer, receiver))
        except BaseException:
            self._gone(writer)
            raise
        if ticket.first_batch is not None:  # its receiver has it already
            writer.write("batch", ticket.first_batch)
        return stream

    def check(self, unique_id: str) -> None:
        """
        Look whether there may be a tape of a user, without opening anything.

        :raise OSError: it is a directory, or there can be no file of that name.
        """
        if self._mode(unique_id) == stat.S_IFDIR:
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))

    def begin(self, unique_ids: Iterable[str]) -> None:
        """
        Look whether the tapes of users can be appended to, before there is anything to lose.

        :raise StartError: there is a file of that name that is no tape, or cannot be read or
            written; or another process records on it.
        """
        for unique_id in unique_ids:
            path = self.path_for(unique_id)
            self._begun |= {path}
            mode = 0
            try:
                self.check(unique_id)
                mode = self._mode(unique_id)
                if mode == stat.S_IFREG:  # a pipe would wait for its writer
                    with open(path, "rb") as tape:
                        _check_start(tape.read(len(HEADER_START)))
                if mode in (0, stat.S_IFREG) and (why := why_not(path, beside=not mode)):
                    raise StartError(f"{path} cannot be recorded on: {why}.")
                self._locks.setdefault(path, FileLock(path)).take()
            except TapeError as e:
                raise StartError(f"{path} cannot be recorded on: {e}") from e
            except OSError as e:
                # Where nothing can be made beside a tape, none can be locked.
                if not (isinstance(e, PermissionError) and mode) and not may_pass(e):
                    raise StartError(f"{path} cannot be recorded on: {said_by(e)}.") from e

    def end(self) -> None:
        """Let other processes record on the tapes."""
        self._begun = frozenset()
        for lock in self._locks.values():
            lock.free()
        self._locks.clear()

    def reopen(self) -> None:
        """Other tapes may be at the paths: look now."""
        for writer in list(self._writers):
            writer.look()

    def _gone(self, writer: _TapeWriter) -> None:
        """A stream is over; the tape of a user who came later is free then."""
        self._writers.discard(writer)
        self.renewed += writer.renewed
        path = writer.path
        if path in self._begun or any(each.path == path for each in self._writers):
            return
        lock = self._locks.pop(path, None)
        if lock is not None:
            lock.free()

    def _mode(self, unique_id: str) -> int:
        """What kind of file a user's tape is; 0 if there is none."""
        try:
            return stat.S_IFMT(os.stat(self.path_for(unique_id)).st_mode)
        except FileNotFoundError:
            return 0

    def path_for(self, unique_id: str) -> Path:
        """Where a user's tape is."""
        if not self._per_user:
            return self._path
        name = re.sub(r"[^\w.-]", "_", unique_id)
        return self._path.with_name(f"{self._path.stem}-{name}{self._path.suffix}")


@implementer(IReceiver, IWitness)
class _RecordingReceiver:
    """Stands between a stream and its receiver."""

    __slots__ = ("_receiver", "_writer")

    def __init__(self, writer: _TapeWriter, receiver: IReceiver) -> None:
        self._writer = writer
        self._receiver = receiver

    def frame(self, data: bytes) -> None:
        """Record, then deliver."""
        self._writer.write("frame", data)
        self._receiver.frame(data)

    def batch(self, data: bytes) -> None:
        """Record, then deliver."""
        self._writer.write("batch", data)
        self._receiver.batch(data)

    def closed(self, reason: Exception | None) -> None:
        """Close the tape, then say so."""
        self._writer.close()
        self._receiver.closed(reason)

    def survived(self, info: str, error: Exception) -> None:
        """Pass it on to a receiver that wants to hear of it."""
        if (witness := IWitness(self._receiver, None)) is not None:
            witness.survived(info, error)

    def missed(self, reason: Exception) -> None:
        """Likewise."""
        if (witness := IWitness(self._receiver, None)) is not None:
            witness.missed(reason)


class _TapeWriter:
    """
    Writes one stream to a tape.  Opens it with the first thing that arrives.

    A tape that is moved or deleted meanwhile is begun anew at its path.

    :param gone: called when it is closed.
    :ivar failing: why nothing can be recorded now, ``""`` if it can.
    :ivar renewed: how many times the tape was begun anew.
    """

    log = Logger()

    def __init__(
        self,
        path: Path,
        clock: IReactorTime,
        room: Room,
        source: str,
        lock: FileLock,
        gone: Callable[[_TapeWriter], object],
    ) -> None:
        self.path = self._path = path
        self.failing = ""
        self.renewed = 0
        self._lock = lock
        self._tell_gone = gone
        self._clock = clock
        self._room = room
        self._source = source
        self._fd: int | None = None
        self._start: float | None = None
        self._headed = False
        self._torn = False
        self._watch = FileWatch(path, clock.seconds)
        #: What was written to a tape that was deleted, and belongs into the next one.
        self._saved = b""
        self._lost = 0
        self._retry_at = -math.inf

    def write(self, kind: str, data: bytes) -> None:
        """Append one entry, or count it as lost.  Never raises."""
        now = self._clock.seconds()
        if self._start is None:
            self._start = now
        if now < self._retry_at:
            self._lost += 1
            return
        try:
            self._append(TapeEntry(now - self._start, kind, data), self._start)
        except (OSError, TapeError, FileLockedError) as e:
            self.failing = said_by(e)
            if self._lost == 0:
                self.log.error(
                    "recording to {path} fails, trying again every {retry:.0f} s: {error}",
                    path=str(self._path),
                    retry=RETRY,
                    error=self.failing,
                )
            self._lost += 1
            self._retry_at = now + RETRY
            self._release()
        else:
            self.failing = ""
            if self._lost:
                self._announce("recording to {path} works again; {lost} pieces are missing")

    def close(self) -> None:
        """Let go of the file."""
        try:
            self._look(now=True)
            if self._saved and self._start is not None:
                self._restore(self._start)
        except (OSError, TapeError):
            self._lost += self._saved.count(b"\n")
        if self._lost:
            self._announce("recording to {path} ended with {lost} pieces missing")
        self._release()
        self._tell_gone(self)

    def look(self) -> None:
        """Look now whether the tape is at its path; what is wrong with it is told by a write."""
        try:
            self._look(now=True)
        except OSError:
            pass

    def _announce(self, message: str) -> None:
        self.log.warn(message, path=str(self._path), lost=self._lost)
        self._lost = 0
        self._retry_at = -math.inf

    def _release(self) -> None:
        fd, self._fd = self._fd, None
        if fd is not None:
            try:
                os.close(fd)
            except OSError:
                pass  # reported when it was written, or the disk tells nobody

    def _append(self, entry: TapeEntry, start: float) -> None:
        self._look()
        self._write(self._restore(start), encode_line(entry))

    def _look(self, *, now: bool = False) -> None:
        """Let go of the tape if another file, or none, is at its path."""
        if self._fd is None:
            return
        found = self._watch.look(self._fd, now=now)
        if found is Found.THERE:
            return
        if found is Found.DELETED:
            self._saved += self._watch.since(self._fd)
        self._headed = False
        self.renewed += 1
        self._release()
        self.log.warn(
            "the tape {path} was {found}: recording goes on in a new one",
            path=str(self._path),
            found=found.value,
        )

    def _restore(self, start: float) -> int:
        """The tape, with its header, and with what a deleted one had."""
        if self._fd is None:
            self._open()
        assert self._fd is not None
        if not self._headed:
            when = datetime.fromtimestamp(wall_at(self._clock, start), UTC)
            began = when.isoformat(timespec="milliseconds")
            room = self._room
            header = TapeHeader(room.anchor, room.room_id, began, self._source)
            self._saved = self._saved.removeprefix(encode_line(header))
            self._write(self._fd, encode_line(header))
            self._headed = True
        for line in self._saved.splitlines(keepends=True):
            self._write(self._fd, line)
            self._saved = self._saved[len(line) :]
        return self._fd

    def _open(self) -> None:
        """Open for appending; find out whether the last line is whole."""
        flags = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0)
        flags |= getattr(os, "O_NONBLOCK", 0)  # a full pipe loses pieces, it stops nobody
        try:
            self._lock.take()
        except PermissionError:
            pass  # where nothing can be made beside a tape
        self._fd = fd = self._watch.open(flags, 0o600)
        facts = os.fstat(fd)
        self._torn = False
        if not facts.st_size:
            self._headed = False  # somebody took the file away, or emptied it
        if stat.S_ISREG(facts.st_mode) and facts.st_size:
            _check_start(os.read(fd, len(HEADER_START)))
            os.lseek(fd, -1, os.SEEK_END)
            self._torn = os.read(fd, 1) != b"\n"

    def _write(self, fd: int, text: bytes) -> None:
        # In one call, so that a full disk tears at most this line.
        if self._torn:
            text = b"\n" + text
        if os.write(fd, text) != len(text):
            raise OSError("only a part of a line could be written")
        self._torn = False


def _check_start(start: bytes) -> None:
    if not starts_header(start):
        raise TapeError("there is a file of this name that is no tape.")
