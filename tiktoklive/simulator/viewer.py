"""One viewer's socket, from the server's side: what it did, and whether it was right."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from typing import Any, Final

from autobahn.twisted.websocket import WebSocketServerFactory, WebSocketServerProtocol
from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.logger import Logger

from tiktoklive.deferreds import Waiters
from tiktoklive.errors import FrameError
from tiktoklive.simulator.requests import Request, keep
from tiktoklive.simulator.world import World
from tiktoklive.wire import frames
from tiktoklive.wire.frames_pb2 import WebcastImEnterRoomMessage

#: Seconds that a client has to answer our close frame.
_CLOSING: Final = 1.0

#: Seconds until a client that enters is closed, if it is not let in (wire facts §6.8).
_TURNED_AWAY: Final = 0.7

# autobahn's own logger with nothing coming out: at its debug level it shows the cookies of
# the handshake.
_silence = copy(WebSocketServerProtocol.log)
_silence.set_log_level("none")


@dataclass(frozen=True, slots=True)
class ViewerHeartbeat:
    """
    A heartbeat that arrived.

    :ivar at: the clock's seconds.
    :ivar room_id: decimal text, ``"0"`` if it names none.
    :ivar sequence: its number, 0 if it has none.
    """

    at: float
    room_id: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Batch:
    """
    A batch ready to be sent.

    :ivar data: its bytes, not compressed.
    :ivar internal_ext: what the ack has to repeat.
    :ivar need_ack: whether it asks for an ack.
    :ivar cursor: where to go on from it.
    """

    data: bytes = field(repr=False)
    internal_ext: str
    need_ack: bool
    cursor: str = ""


class Viewer(WebSocketServerProtocol):
    """
    A viewer in front of one room.

    Nothing is sent before it has entered the room that its URL names (wire facts §6.6).

    :ivar request: its opening handshake.
    :ivar room_id: the room that its URL names.
    :ivar fetched: the cursor of the batch that it fetched before; ``None`` if it did not.
    :ivar bound: whether its address binds it to the room, so that it need not enter.
    :ivar entered: the ``im_enter_room`` that let it in, ``None`` before.
    :ivar acks: log ids that were acknowledged as they should be, in order.
    :ivar bad_acks: pairs of log id and payload of the other acks.
    :ivar unacked: log ids that wait for their ack: what it must repeat, and since when.
    :ivar heartbeats: its heartbeats, in order.
    :ivar gaps: how many heartbeats had another number than the next one.
    :ivar complaints: what else was wrong with what it sent, in words.
    :ivar withheld: how many batches it did not get because it owed acks for too long.
    :ivar closed: code and reason when it is gone, ``None`` before.
    :ivar silent: while true, it gets nothing at all, not even heartbeat echoes.
    :ivar deaf: while true, it gets no batches, but everything else.
    :ivar number: which one of its room it is, from 1 on.
    :ivar turned_away: the reason with which it is closed when it enters; ``""`` to let it in.
    """

    log = _silence
    _our_log = Logger()

    def __init__(self, world: World, request: Request, room_id: str) -> None:
        super().__init__()
        self.request = request
        self.room_id = room_id
        self.fetched: str | None = None
        self.bound = False
        self.entered: WebcastImEnterRoomMessage | None = None
        self.acks: list[int] = []
        self.bad_acks: list[tuple[int, bytes]] = []
        self.unacked: dict[int, tuple[bytes, float]] = {}
        self.heartbeats: list[ViewerHeartbeat] = []
        self.gaps = 0
        self.complaints: list[str] = []
        self.withheld = 0
        self.closed: tuple[int | None, str | None] | None = None
        self.silent = False
        self.deaf = False
        self.turned_away = ""
        self.number = 0
        self.on_open: Callable[[Viewer], None] = _nothing
        self.on_entered: Callable[[Viewer], None] = _nothing
        self.on_closed: Callable[[Viewer], None] = _nothing
        #: Called behind each batch, with it and the frame it was sent in.
        self.on_pushed: Callable[[Viewer, Batch, bytes], None] | None = None
        self._world = world
        self._compress = request.parameter("compress") == "gzip"
        self._sequence = 0
        self._cut_off: IDelayedCall | None = None
        self._waiting: Waiters[None] = Waiters()

    # --- what autobahn calls --------------------------------------------------------

    def onConnect(self, request: Any) -> Any:
        """Say yes; what was wrong has been refused before we took over."""
        interval = self._world.behaviour.ping_interval
        headers = {} if interval is None else {"Handshake-Options": f"ping-interval={interval}"}
        return None, headers

    def onOpen(self) -> None:
        """The handshake is done."""
        self.on_open(self)

    def onPing(self, payload: bytes) -> None:
        """TikTok answers no pings (wire facts §6.8)."""
        self._complain("sent a WebSocket ping, which TikTok never answers")

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        """A frame from the client."""
        if not isBinary:
            self._complain("sent a text message")
            return
        try:
            self._frame(payload)
        except FrameError as failure:
            self._complain(str(failure))

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:
        """It is gone."""
        if self._cut_off is not None and self._cut_off.active():
            self._cut_off.cancel()
        if self.closed is None:
            self.closed = (code, reason)
            self.on_closed(self)
            self._waiting.tell(None)

    # --- what arrives ---------------------------------------------------------------

    def _frame(self, data: bytes) -> None:
        if data == frames.CLASSIC_PING:
            self._take_heartbeat(b"")
            return
        frame = frames.parse_frame(data)
        if frame.encoding not in ("pb", "") or (not frame.encoding and frame.payload):
            self._complain(f"{frame.payload_type} with payload_encoding {frame.encoding!r}")
        if frame.payload_type == "im_enter_room":
            self._enter(frame.payload)
        elif frame.payload_type == "hb":
            self._take_heartbeat(frame.payload)
        elif frame.payload_type == "ack":
            self._acknowledged(frame.log_id, frame.payload)
        else:
            self._complain(f"sent a frame of type {frame.payload_type!r}")

    def _complain(self, what: str) -> None:
        keep(self.complaints, what)

    def _enter(self, payload: bytes) -> None:
        asked = frames.parse_enter_room(payload)
        if str(asked.room_id) != self.room_id:
            self._complain(f"entered room {asked.room_id}, its URL names {self.room_id}")
            return
        if asked.live_id != 12 or asked.identity != "audience":
            self._complain(f"entered as {asked.identity!r} of live {asked.live_id}")
            return
        if self.turned_away:
            self._cut_off = self._world.clock.callLater(
                _TURNED_AWAY, self.leave, 1000, self.turned_away
            )
            return
        self.entered = asked
        self._sequence = 0
        self.send(frames.entered(asked.room_id, unique_id=asked.enter_unique_id))
        self.on_entered(self)

    def _take_heartbeat(self, payload: bytes) -> None:
        beat = frames.parse_heartbeat(payload)
        sequence = beat.send_packet_seq_id
        if payload and str(beat.room_id) != self.room_id:
            self._complain(f"heartbeat of room {beat.room_id}")
        if sequence:
            if sequence != self._sequence + 1:
                self.gaps += 1
            self._sequence = sequence
        now = self._world.clock.seconds()
        keep(self.heartbeats, ViewerHeartbeat(now, str(beat.room_id), sequence))
        if self._world.behaviour.echo_heartbeats:
            self.send(frames.heartbeat_echo(payload))

    def _acknowledged(self, log_id: int, payload: bytes) -> None:
        expected = self.unacked.get(log_id)
        if self.bound and not payload:
            # The first generation says of every frame that it came, and of what not (§6.4).
            if self.unacked.pop(log_id, None) is not None:
                keep(self.acks, log_id)
            return
        if expected is None or expected[0] != payload:
            keep(self.bad_acks, (log_id, payload))
            return
        del self.unacked[log_id]
        keep(self.acks, log_id)

    # --- what is sent ---------------------------------------------------------------

    @property
    def can_send(self) -> bool:
        """Whether something can be sent."""
        return bool(self.state == self.STATE_OPEN)

    @property
    def owes(self) -> bool:
        """Whether it has owed an ack for longer than this TikTok's patience."""
        limit = self._world.behaviour.ack_limit
        if limit is None or not self.unacked:
            return False
        oldest = next(iter(self.unacked.values()))[1]
        return self._world.clock.seconds() - oldest > limit

    def send(self, frame: bytes) -> None:
        """Send any bytes as one binary message, unless it is silenced or gone."""
        if self.can_send and not self.silent:
            self.sendMessage(frame, True)

    def deliver(self, batch: Batch) -> None:
        """Send a batch, if it has entered and owes no acks."""
        if not (self.entered or self.bound) or not self.can_send or self.silent or self.deaf:
            return
        if self.owes:
            if not self.withheld:
                self._our_log.warn(
                    "A viewer of room {room} owes {count} acks: it gets nothing more",
                    room=self.room_id,
                    count=len(self.unacked),
                )
            self.withheld += 1
            return
        log_id = self._world.next_id()
        if batch.need_ack:
            expected = batch.internal_ext.encode() or b"-"
            self.unacked[log_id] = (expected, self._world.clock.seconds())
        frame = frames.push(batch.data, log_id, compress=self._compress)
        self.send(frame)
        if self.on_pushed is not None:
            self.on_pushed(self, batch, frame)

    def send_text(self, text: str) -> None:
        """Send a text message, as TikTok never does."""
        if self.can_send and not self.silent:
            self.sendMessage(text.encode(), False)

    def send_raw(self, data: bytes) -> None:
        """Send bytes that are no WebSocket message."""
        if self.transport is not None and self.can_send and not self.silent:
            self.transport.write(data)

    def leave(self, code: int = 1000, reason: str = "") -> None:
        """Close in order; a client that does not answer is cut off after a second."""
        if self.can_send:
            self._cut_off = self._world.clock.callLater(_CLOSING, self.abort)
            # sendClose() would refuse the codes that only servers use, such as 1001.
            self.sendCloseFrame(code, reason.encode())

    def gone(self) -> Deferred[None]:
        """Fires when its connection is closed."""
        return succeed(None) if self.closed is not None else self._waiting.wait()

    def hang_up(self) -> None:
        """Close the connection without a close frame; what was sent arrives."""
        self.dropConnection(abort=False)

    def abort(self) -> None:
        """Break the connection without a word."""
        self.dropConnection(abort=True)


def _nothing(viewer: Viewer) -> None:
    """Do nothing."""


class ViewerFactory(WebSocketServerFactory):
    """Makes the one viewer that one upgrade request is for."""

    noisy = False
    log = _silence

    def __init__(self, clock: IReactorTime, viewer: Viewer) -> None:
        super().__init__(reactor=clock)
        # autobahn's own timers run on the global reactor, whatever reactor it was given.
        options = {"openHandshakeTimeout": 0, "closeHandshakeTimeout": 0, "autoPingInterval": 0}
        self.setProtocolOptions(**options)
        self._viewer = viewer

    def buildProtocol(self, addr: Any) -> Viewer:
        """The viewer."""
        self._viewer.factory = self
        return self._viewer
