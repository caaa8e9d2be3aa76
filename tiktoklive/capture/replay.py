"""Play a tape as if it were a stream."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IDelayedCall, IPushProducer, IReactorTime
from zope.interface import implementer

from tiktoklive.capture.tape import TapeEntry, TapeHeader, read_header, read_tape
from tiktoklive.errors import InvalidUniqueIdError, StartError, StreamLostError, TapeError
from tiktoklive.interfaces import IReceiver, IRoomResolver, IStream, IStreamOpener
from tiktoklive.model import Room, Status, Ticket, parse_unique_id


@implementer(IStreamOpener)
class Replay:
    """
    Opens a tape as if it were a stream.

    The streams of a tape are played one after the other, without the pauses between
    them.  The end of the tape is the end of the stream, told as a
    :class:`~tiktoklive.errors.TapeError`, whose remedy says that waiting is no use:
    otherwise a session would take it for a lost stream and open it again.  Whoever opens
    it again nevertheless gets the same error.

    :param speed: 2 plays twice as fast as recorded; 0 or infinity plays as fast as
        possible, and lets others work in between.
    :raise ValueError: for any other speed that is no positive number.
    """

    #: Pieces that are delivered at most before others may work.
    CHUNK = 64

    def __init__(
        self, path: str | os.PathLike[str], clock: IReactorTime, *, speed: float = 1.0
    ) -> None:
        if math.isnan(speed) or speed < 0:
            raise ValueError("The speed must be a positive number, or 0 for as fast as possible.")
        self._path = path
        self._clock = clock
        self._speed = speed or math.inf
        #: Whether the tape was played to its end.
        self.is_over = False

    async def open(self, ticket: Ticket, receiver: IReceiver) -> IStream:
        """
        Start playing; the first piece is delivered in a later turn of the reactor.

        :raise TapeError: when the file is no tape, cannot be read, or was played already.
        """
        name = os.fspath(self._path)
        if self.is_over:
            raise self.end()
        items = read_tape(self._path)
        try:
            next(items)
        except OSError as e:
            raise TapeError(f"The tape {name} cannot be read: {e.strerror or e}.") from e
        return _Playing(self, items, receiver, self._clock, self._speed)

    def end(self) -> TapeError:
        """The tape was played to its end: remember it, and how it is told."""
        self.is_over = True
        return TapeError(f"The tape {os.fspath(self._path)} is over.")


@implementer(IRoomResolver)
class TapeResolver:
    """
    Knows the room of a tape: it is in the tape, so from :meth:`begin` on.

    :ivar path: the tape.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = path
        self._room: Room | None = None

    def begin(self) -> str:
        """
        Read the header.

        :return: the user of the tape.
        :raise StartError: it cannot be read, is no tape, or names no user.
        """
        try:
            header = read_header(self.path)
            user = parse_unique_id(header.unique_id)
        except OSError as e:
            raise StartError(f"The tape {self.path} cannot be read: {e.strerror or e}.") from e
        except (TapeError, InvalidUniqueIdError) as e:
            raise StartError(f"The tape {self.path} cannot be played: {e}") from e
        self._room = Room(user, header.room_id, Status.LIVE, info=_info(header))
        return user

    async def resolve(self, unique_id: str) -> Room:
        """The room."""
        assert self._room is not None, "begin() was not called"
        return self._room


def _info(header: TapeHeader) -> dict[str, Any] | None:
    """What is known of a tape's room: to count its time from, however fast it is played."""
    try:
        began = datetime.fromisoformat(header.started_at).timestamp()
    except (ValueError, OverflowError):
        return None
    return {"create_time": int(began)}


@implementer(IStream, IPushProducer)
class _Playing:
    """A stream that comes from a tape."""

    heartbeat: float | None = None
    transport_name = "replay"
    heartbeats = recorded = True
    acks = asks = False
    not_upgraded: Exception | None = None

    def __init__(
        self,
        replay: Replay,
        items: Iterator[TapeHeader | TapeEntry],
        receiver: IReceiver,
        clock: IReactorTime,
        speed: float,
    ) -> None:
        self._replay = replay
        self._items = items
        self._receiver = receiver
        self._clock = clock
        self._speed = speed
        self._begin = self._due = clock.seconds()
        self._next: TapeEntry | None = None
        self._open = True
        self._paused = False
        self._call: IDelayedCall = clock.callLater(0, self._play)

    def send(self, data: bytes) -> None:
        """Discard it: a tape does not listen."""

    def close(self) -> Deferred[None]:
        """Stop playing."""
        if self._open:
            self._end(None)
        return succeed(None)

    def pauseProducing(self) -> None:
        """Play nothing more; what is due meanwhile is played later."""
        self._paused = True

    def resumeProducing(self) -> None:
        """Play on."""
        self._paused = False
        if self._open and not self._call.active():
            self._call = self._clock.callLater(0, self._play)

    def stopProducing(self) -> None:
        """Stop playing."""
        self.close()

    def _play(self) -> None:
        """Deliver what is due, a chunk at most, and come back for the rest."""
        for _ in range(Replay.CHUNK):
            if self._paused:
                return  # resuming comes back
            try:
                entry = self._next or self._advance()
            except TapeError as e:
                self._end(e)
                return
            except OSError as e:
                self._end(StreamLostError(f"The tape cannot be read on: {e.strerror or e}."))
                return
            if entry is None:
                self._end(self._replay.end())
                return
            if self._due > self._clock.seconds():
                break
            self._next = None
            if entry.kind == "frame":
                self._receiver.frame(entry.data)
            else:
                self._receiver.batch(entry.data)
            if not self._open:  # the receiver closed us
                return
        if not self._call.active():  # else the receiver paused and resumed us, which comes back
            pause = max(0.0, self._due - self._clock.seconds())
            self._call = self._clock.callLater(pause, self._play)

    def _advance(self) -> TapeEntry | None:
        """The next entry, and the time at which it is due; ``None`` at the end."""
        for item in self._items:
            if isinstance(item, TapeHeader):
                self._begin = self._due
                continue
            self._next = item
            self._due = max(self._due, self._begin + item.at / self._speed)
            return item
        return None

    def _end(self, reason: Exception | None) -> None:
        self._open = False
        if self._call.active():
            self._call.cancel()
        cast(Any, self._items).close()
        self._receiver.closed(reason)
