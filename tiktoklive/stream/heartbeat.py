"""Entering the room, and the heartbeat of one stream."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from twisted.internet.interfaces import IReactorTime
from twisted.internet.task import LoopingCall
from twisted.logger import Logger

from tiktoklive.deferreds import GRACE, LATE
from tiktoklive.interfaces import IStream
from tiktoklive.model import Room
from tiktoklive.wire.frames import enter_room, heartbeat

#: Seconds between heartbeats when the server doesn't say (wire facts §6.6).
HEARTBEAT = 10.0
#: The least and the most that the server may ask for; the most leaves room for a missed
#: answer before a stream counts as stale.
HEARTBEATS = (1.0, 30.0)
#: Seconds without acks after which TikTok may stop sending (wire facts §6.4).
UNACKED = 5.0

#: Types of frames that TikTok sends only when we have entered the room (wire facts §6.5).
ENTERED: Final = "im_enter_room_resp"
SPEAKING: Final = frozenset(("msg", ENTERED))


class Heartbeat:
    """
    Beats at the pace that the server wants, the first time when the room was entered.

    :param stream: where to; its wish in the handshake goes before those in batches.
    :param room: which room's.
    :param stood: called after we stood still for longer than acks may be missing, with since when
        that may have been, and with what happened in words.
    :param pushed: tells when the last message came.
    :ivar pace: seconds from one to the next.
    """

    log = Logger()

    def __init__(
        self,
        stream: IStream,
        room: Room,
        clock: IReactorTime,
        stood: Callable[[float, str], object] = lambda since, why: None,
        pushed: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._stream = stream
        self._room = room
        self._clock = clock
        self._tell = stood
        self._pushed = pushed
        self.pace = _sensible(stream.heartbeat or HEARTBEAT)
        self._beats = 0
        self._last = self._due = clock.seconds()
        self._stood: tuple[float, float] | None = None
        self._loop = LoopingCall(self._send)
        self._loop.clock = clock

    def start(self) -> None:
        """
        Enter the room, and begin; the first one is sent before this returns.

        Enter-room goes first, because sockets of the mobile kind are closed on a heartbeat
        before it (wire facts §6.6).
        """
        self._loop.start(self.pace).addErrback(self._failed)

    def stop(self) -> None:
        """Beat no more."""
        if self._loop.running:
            self._loop.stop()

    def wish(self, seconds: float) -> None:
        """A batch says how often the server wants one."""
        if seconds == self.pace:
            return  # as nearly every batch does
        seconds = _sensible(seconds)
        if self._stream.heartbeat is None and self._loop.running and self.pace != seconds:
            self._loop.interval = self.pace = seconds
            self._loop.reset()
            self._due = self._clock.seconds() + seconds

    def surely_read(self, moment: float) -> float:
        """
        Up to when everything was read as it arrived, at the latest at this moment.

        What is read right after we stood still may have arrived at any time meanwhile, and the
        other side may have fallen silent, or hung up, at any time.  A beat that comes late tells
        of it, as does one that should have come already.
        """
        if self._is_late():
            return min(moment, self._last)
        if self._stood is not None and moment <= self._stood[1] + GRACE:
            return min(moment, self._stood[0])
        return moment

    def _is_late(self) -> bool:
        return self._clock.seconds() - self._due > LATE

    def _send(self) -> None:
        now, late = self._clock.seconds(), self._is_late()
        if late:
            self._stood = self._last, now
        earliest, latest, pushed = self._last, self._due, self._pushed()
        self._last, self._due = now, now + self.pace
        if earliest < pushed < latest:
            earliest = latest = pushed
        if late and now - latest > UNACKED:
            self._tell(earliest, "This process stood still")
        self._beats += 1
        frames = [heartbeat(self._room.room_id, self._beats)]
        if self._beats == 1:
            frames.insert(0, enter_room(self._room.room_id))
        for frame in frames:
            if self._loop.running:  # the stream may break on the first
                self._stream.send(frame)

    def _failed(self, failure: object) -> None:
        self.log.error(
            "@{anchor}: no heartbeat any more: {failure}",
            anchor=self._room.anchor,
            failure=failure,
        )


def _sensible(seconds: float) -> float:
    """The pace that comes next to the server's wish."""
    least, most = HEARTBEATS
    return min(max(seconds, least), most)
