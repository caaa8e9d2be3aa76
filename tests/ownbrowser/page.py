"""TikTok's own page in a browser, in memory: it is in the room, and the extension pushes."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any, Final

from twisted.internet.defer import Deferred
from twisted.internet.task import LoopingCall
from zope.interface import implementer

from tiktoklive.errors import DecodeError
from tiktoklive.interfaces import IReceiver
from tiktoklive.model import Resume, Room
from tiktoklive.outputs.web.answers import Refusal
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames import ack, enter_room, heartbeat, parse_frame
from tiktoklive.wiring import Wiring

#: Seconds after which a page opens another socket; and without a frame, until it does.
AGAIN: Final = 1.0
SILENT: Final = 30.0


@implementer(IReceiver)
class PageSocket:
    """
    The socket of a page.

    :param wiring: by whose direct source it is let in.
    :param front: the front of the endpoint that it pushes to.
    :param room: the simulated room.
    :param again: whether the page opens another one when it is lost.
    :ivar withheld: how many frames were not pushed; ``None`` as long as all are.
    """

    numbers = 0

    def __init__(self, wiring: Wiring, front: Any, room: Any, *, again: bool = False) -> None:
        self._wiring, self._front, self._room, self._again = wiring, front, room, again
        self._clock = wiring.reactor
        self._stream: Any = None
        self._heard_at = self._lost = self._beats = 0
        self._beat = LoopingCall(self._send_beat)
        self._beat.clock = self._clock
        self._later: Any = None
        self.is_open = False
        self.withheld: int | None = None
        self._begin()

    def _begin(self) -> None:
        PageSocket.numbers += 1
        self.name = f"page-{PageSocket.numbers}"
        self._lost = 0
        self._opening = Deferred.fromCoroutine(self._open())
        self._opening.addErrback(lambda _: self._come_back())

    async def _open(self) -> None:
        [source] = self._wiring.sources
        room = Room(self._room.unique_id, self._room.room_id)
        ticket = await source.signer.sign(room, Resume())
        self._stream = await source.opener.open(ticket, self)
        self.is_open = True
        self._beats, self._heard_at = 0, self._clock.seconds()
        self._stream.send(enter_room(self._room.room_id))
        self._beat.start(10)

    def _send_beat(self) -> None:
        if self._clock.seconds() - self._heard_at >= SILENT:
            self._stream.close()
            return
        self._beats += 1
        self._stream.send(heartbeat(self._room.room_id, self._beats))

    def push(self, *frames: bytes, **more: Any) -> None:
        """Push frames, as the extension does; what is refused is lost."""
        texts = [b64encode(frame).decode() for frame in frames]
        whole = {"room": self._room.room_id, "anchor": self._room.unique_id, "page": self.name}
        shape = {**whole, "frames": texts, "at": [0] * len(frames), "lost": self._lost, **more}
        try:
            self._front.take(json.dumps(shape).encode())
        except Refusal:
            self._lost += len(frames)
        else:
            self._lost = 0

    # --- IReceiver

    def frame(self, data: bytes) -> None:
        """Read it as the page does, and push it."""
        self._heard_at = self._clock.seconds()
        try:
            frame = parse_frame(data)
            if frame.payload_type == "msg":
                batch = parse_batch(frame.payload)
                if batch.needs_ack:
                    self._stream.send(ack(frame.log_id, batch.internal_ext))
        except DecodeError:
            pass  # the page goes on, too
        if self.withheld is not None:
            self.withheld += 1
        else:
            self.push(data)

    def batch(self, data: bytes) -> None:
        """No socket brings one."""

    def closed(self, reason: Exception | None) -> None:
        """The socket is closed."""
        if self._beat.running:
            self._beat.stop()
        if self.is_open:
            self.is_open = False
            self.push(closed=True)
        self._come_back()

    def _come_back(self) -> None:
        if self._again:
            self._later = self._clock.callLater(AGAIN, self._begin)

    def close(self) -> None:
        """The tab is closed."""
        self._again = False
        self._opening.cancel()
        if self._later is not None and self._later.active():
            self._later.cancel()
        if self._stream is not None:
            self._stream.close()
