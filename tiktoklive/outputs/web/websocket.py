"""Events to programs, by WebSocket."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import copy
from typing import Any, Final

from autobahn.twisted.websocket import WebSocketServerProtocol
from twisted.internet.interfaces import IReactorTime

from tiktoklive.deferreds import Limit
from tiktoklive.outputs.jsonbytes import dumps
from tiktoklive.outputs.web.answers import Refusal
from tiktoklive.outputs.web.client import Client, Form
from tiktoklive.outputs.web.fanout import Fanout
from tiktoklive.outputs.web.guard import WebLimits
from tiktoklive.outputs.web.ring import Item
from tiktoklive.outputs.web.sse import LAST_WORDS
from tiktoklive.outputs.web.subscription import WebSubscription, asked_for
from tiktoklive.outputs.web.tokens import PROTOCOL
from tiktoklive.pacing.bucket import TokenBucket

#: Closing codes: the server stops; the client says too much; it reads too slowly.
GOING: Final = 1001
TOO_MUCH: Final = 1008
TOO_SLOW: Final = 4008

#: Seconds after which a client may send as much again as it may at once.
_WINDOW: Final = 10.0

#: How often a client may resume at once, and again within that time: each may be megabytes.
_RESUMES: Final = 5

# autobahn's own logger with nothing coming out: it has a line for whatever clients do wrong.
SILENCE: Final = copy(WebSocketServerProtocol.log)
SILENCE.set_log_level("none")


def as_frame(item: Item) -> bytes:
    """An event as a WebSocket message, framed: the same bytes for all clients."""
    return frame(item.body)


def frame(payload: bytes, opcode: int = 1) -> bytes:
    """A message, or another frame of a server; a text if nothing else is said."""
    size, first = len(payload), 0x80 | opcode
    if size < 126:
        return b"%c%c%b" % (first, size, payload)
    if size < 65536:
        return b"%c\x7e%b%b" % (first, size.to_bytes(2, "big"), payload)
    return b"%c\x7f%b%b" % (first, size.to_bytes(8, "big"), payload)


def notice_as_frame(kind: str, body: bytes) -> bytes:
    """The numbers of a room, or what moderators decided there, as a WebSocket message."""
    return frame(b'{"%b":%b}' % (kind.encode("ascii"), body))


FRAMES: Final = Form(as_frame, bytes, notice_as_frame)


class Allowance:
    """
    What a client may send: so much at once, and as much again within some seconds.

    :param limits: how much of what.
    """

    __slots__ = ("_clock", "_kinds")

    def __init__(self, clock: IReactorTime, limits: WebLimits) -> None:
        self._clock = clock
        most = {
            "bytes": limits.received,
            "frames": limits.frames,
            "messages": limits.messages,
            "resumes": _RESUMES,
        }
        self._kinds = {kind: TokenBucket(_WINDOW / each, each) for kind, each in most.items()}

    def exceeds(self, kind: str, count: int = 1) -> bool:
        """Count some of a kind: whether that is too much."""
        return self._kinds[kind].take(self._clock.seconds(), count) > 0

    def renew(self) -> None:
        """Begin anew."""
        for bucket in self._kinds.values():
            bucket.fill()


class Listening(WebSocketServerProtocol):
    """
    One WebSocket.

    Whatever is said to the client, pongs too, goes through the queue of its :class:`Client`; but
    the frame that closes, of which there is one.  Whatever it says counts: bytes, frames, messages.
    A client that sends too much is told that it is closed, and is not read any more if it goes on.

    :param subscription: what it wants, until it says otherwise.
    :param missed: called when it is open: what to tell it first, and whether that is all.
    :param allowed: the types that it may have; ``None`` for all.
    :param only_events: whether nothing else is said unasked, as of a feed.
    :param tells_beats: whether a sign of life is a message as well, and not only a ping, of which
        no page in a browser hears.
    """

    def __init__(
        self,
        fanout: Fanout,
        limits: WebLimits,
        subscription: WebSubscription,
        missed: Callable[[WebSubscription], tuple[int | None, bool | None]],
        name: str,
        host: str = "",
        *,
        allowed: frozenset[str] | None = None,
        only_events: bool = False,
        tells_beats: bool = False,
    ) -> None:
        super().__init__()
        self._allowed = allowed
        self._tells_beats = tells_beats
        self._fanout = fanout
        self._only_events = only_events
        self._limits = limits
        self._missed = missed
        self._abort: Limit | None = None
        self._ended = False
        self._clock: Any = fanout.clock
        self._allowance = Allowance(self._clock, limits)
        self._warned = self._unread = False
        self._parts = 0
        self.client = Client(
            name,
            FRAMES,
            subscription,
            self._put,
            self._overrun,
            self._clock,
            limits.waiting,
            fanout.shared,
            host,
        )

    # --- what autobahn calls ----------------------------------------------------------

    log = SILENCE

    def dataReceived(self, data: bytes) -> None:
        """Bytes from the client; autobahn's own formats a line for its log every time."""
        if self._allowance.exceeds("bytes", len(data)):
            self._too_much()
        if not self._unread:
            self._dataReceived(data)

    def onFrameBegin(self) -> None:
        """A frame begins: of a message, a ping, a pong, or the end."""
        super().onFrameBegin()
        if self._allowance.exceeds("frames"):
            self._too_much()

    def onConnect(self, request: Any) -> str | None:
        """A client asks to be let in, and says which protocols it knows: ours has a name."""
        return PROTOCOL if PROTOCOL in request.protocols else None

    def onOpen(self) -> None:
        """The handshake is over."""
        transport = self._connection
        transport.unregisterProducer()  # the HTTP channel, which is out of it
        transport.registerProducer(self.client, True)
        missed, complete = self._missed(self.client.subscription)
        if complete is not None:
            self._tell({"resumed": {"complete": complete}})
        self._fanout.join(self, missed)
        if not self._only_events:
            self._tell_subscribed()

    def onMessageBegin(self, isBinary: bool) -> None:
        """A message begins."""
        self._parts = 0
        super().onMessageBegin(isBinary)

    def onMessageFrameBegin(self, length: int) -> None:
        """A frame of a message begins; an empty one costs memory as well."""
        super().onMessageFrameBegin(length)
        self._parts += 1
        if self._parts > self._limits.frames:
            self._too_much()

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        """The client wants something."""
        if self._ended:
            return
        if self._allowance.exceeds("messages"):
            self._too_much()
            return
        try:
            self._answer(_read(payload, isBinary))
        except Refusal as refusal:
            self._tell(refusal.as_dict())

    def onPing(self, payload: bytes) -> None:
        """The client asks for a sign of life, which waits as all else does if it does not read."""
        if self.state == self.STATE_OPEN:
            self.client.send(frame(payload, _PONG))

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:
        """The connection is gone."""
        if self.failedByMe and not self._ended:  # it did not keep to the protocol
            self._fanout.strange += 1
        self._ended = True
        self.client.stopProducing()
        if self._abort is not None:
            self._abort.cancel()
            self._abort = None
        self._fanout.leave(self)

    # --- what the fanout calls --------------------------------------------------------

    def heartbeat(self) -> None:
        """Give a sign of life: a ping, which browsers and programs answer by themselves."""
        if self.state == self.STATE_OPEN:
            self.client.send(_PING)
            if self._tells_beats:
                self._tell({"seq": self._fanout.ring.position})
        elif not self._ended:
            self._cut_off()  # it was told that it is closed, and does not go

    def end(self) -> None:
        """Close it: the server stops."""
        self._end(GOING, "The server stops.")

    # --- inside -----------------------------------------------------------------------

    @property
    def _connection(self) -> Any:
        return self.transport

    def _answer(self, message: Mapping[str, Any]) -> None:
        if "subscribe" in message:
            wanted = asked_for(message["subscribe"], self.client.subscription, self._allowed)
            self._fanout.change(self, wanted)
            self._tell_subscribed()
        if "resume" in message:
            position = message["resume"]
            if not isinstance(position, str):
                raise Refusal(400, "message", 'resume takes a position: "EPOCH-N".')
            if self.client.catches_up or self._allowance.exceeds("resumes"):
                raise Refusal(429, "resume", "You resume too often: read what you are sent.")
            missed, complete = self._fanout.since(position)
            self._tell({"resumed": {"complete": complete}})
            self.client.tell(self._fanout.ring, missed)

    def _tell_subscribed(self) -> None:
        """What it gets, and how far it came: there may be no event yet that would say so."""
        subscribed = self.client.subscription.as_dict()
        self._tell({"subscribed": subscribed, "seq": self._fanout.ring.position})

    def _tell(self, shape: Mapping[str, Any]) -> None:
        self.client.send(frame(dumps(shape)))

    def _put(self, data: bytes) -> None:
        if self.state == self.STATE_OPEN:
            self._connection.write(data)

    def _overrun(self) -> None:
        self._fanout.dropped_one(self)
        self._end(TOO_SLOW, "You read too slowly.")

    def _too_much(self) -> None:
        """It says too much: it may say as much again until it knows, and then it is not read."""
        if not self._ended:
            self._fanout.said_too_much(self)
        self._end(TOO_MUCH, "You send too much.")
        self._allowance.renew()
        if self._warned:
            self._unread = True
            self.data = b""
            self._connection.pauseProducing()
        self._warned = True

    def _end(self, code: int, reason: str) -> None:
        if self._ended:
            return
        self._ended = True
        self.client.stopProducing()
        self._connection.unregisterProducer()
        self._abort = Limit(LAST_WORDS, self._clock, self._cut_off)
        # sendClose() would take no code below 3000 but 1000.
        self.sendCloseFrame(code, reason.encode("ascii"), False)

    def _cut_off(self) -> None:
        self._abort = None
        self._connection.abortConnection()


def _read(payload: bytes, is_binary: bool) -> Mapping[str, Any]:
    try:
        message = None if is_binary else json.loads(payload)
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict) or not set(message) & {"subscribe", "resume"}:
        raise Refusal(
            400, "message", 'Send {"subscribe": {"types": [...], "rooms": [...]}} or {"resume": …}.'
        )
    return message


_PONG: Final = 0xA
_PING: Final = frame(b"", 0x9)
