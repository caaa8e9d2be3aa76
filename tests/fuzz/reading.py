"""How what others send is read: each reader of the package as a function of bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from random import Random
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.protocol import Factory
from twisted.internet.task import Clock
from twisted.python.failure import Failure

from tests.net.raw import HOST, TICKET, Listener, RawServer
from tests.rooms.answering import FakeWeb
from tests.seams import ROOM, Stream
from tests.stack.case import Recorder
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.errors import StreamLostError
from tiktoklive.events import decode
from tiktoklive.model import Resume, Ticket
from tiktoklive.net.answers import Answer
from tiktoklive.net.attempt import WebSocketOpener
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.login import Login
from tiktoklive.net.web import Web
from tiktoklive.signing.server import SignServer
from tiktoklive.signing.signed import SignedSigner
from tiktoklive.signing.urls import SignServerUrls
from tiktoklive.signing.users import Users
from tiktoklive.stream.conversation import Conversation, Limits, Tally
from tiktoklive.testing import MemoryNetwork
from tiktoklive.wire import frames
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.messages import MESSAGE_TYPES

METHODS = sorted(MESSAGE_TYPES)

STATUSES = (200, 200, 200, 200, 201, 204, 302, 400, 401, 402, 403, 404, 420, 429, 500, 502, 503)
_HEADERS: tuple[dict[str, list[str]], ...] = (
    {},
    {"retry-after": ["-1"], "date": ["yesterday"]},
    {"retry-after": ["Mon, 32 Foo 9999 99:99:99 GMT"], "x-ratelimit-reset": ["1e999"]},
    {"x-tt-system-error": ["3"], "ratelimit-reset": ["99999999999"]},
    {"x-set-tt-cookie": ["ttwid=1%7Cx; Path=/"], "x-room-id": ["99999999999999999999"]},
    {"x-set-tt-cookie": ["ttwid=1%7Cx, ;;=;odin_tt"], "x-room-id": ["7"]},
    {"handshake-msg": ["\x00\u2028"], "x-request-id": ["\x1b[31m"]},
)


@dataclass(frozen=True)
class Reader:
    """
    Something that reads what others send.

    :ivar read: does it.
    :ivar documented: the errors that it may raise.
    :ivar samples: what it is made for.
    """

    read: Callable[[bytes], object]
    documented: tuple[type[Exception], ...] = ()
    samples: tuple[bytes, ...] = field(default=(), repr=False)

    def __call__(self, data: bytes) -> None:
        """Read, and let nothing but the undocumented escape."""
        try:
            self.read(data)
        except self.documented as error:
            # What is shown to people is one line, however odd the other side's words are.
            assert str(error).isprintable() and len(str(error)) < 2000, ascii(str(error))


def answer_of(data: bytes) -> Answer:
    """An answer of HTTP."""
    choice = data[0] if data else 0
    headers = _HEADERS[choice // len(STATUSES) % len(_HEADERS)]
    return Answer(STATUSES[choice % len(STATUSES)], "www.tiktok.com", headers, data[1:])


def done(asking: Coroutine[Deferred[Any], Any, Any]) -> Any:
    """What comes of something that waits for nobody."""
    results: list[Any] = []
    Deferred.fromCoroutine(asking).addBoth(results.append)
    assert results, "it waits for something"
    if isinstance(results[0], Failure):
        results[0].raiseException()
    return results[0]


# --- bytes ----------------------------------------------------------------------------------


def push_frame(data: bytes) -> None:
    """A push frame."""
    parsed = frames.parse_frame(data)
    repr((parsed, parsed.compress_type, parsed.encoding))
    frames.ack(parsed.log_id, parse_batch(parsed.payload).internal_ext)


def message(data: bytes) -> None:
    """A message; the first byte chooses of which type."""
    event = decode(METHODS[(data[0] if data else 0) % len(METHODS)], data[1:])
    json.dumps(event.as_dict())
    repr(event)
    str(event)
    for derived in event.derived():
        json.dumps(derived.as_dict())


def conversation(receive: Callable[[Conversation], None]) -> Dispatcher:
    """Receive something as a stream's conversation does, with somebody who reads every event."""
    clock, dispatcher, seen = Clock(), Dispatcher(), Recorder()
    dispatcher.add_observer(seen)
    dispatcher.on("rawData", repr)
    dispatcher.on("decodedData", repr)
    talk = Conversation(
        Ticket(ROOM, "wss://x.example/"),
        dispatcher,
        clock,
        seen=DedupWindow(64),
        tally=Tally(),
        limits=Limits(),
        on_end=lambda end: None,
        on_closed=lambda reason: None,
        trackers=Trackers(clock, dispatcher.tell),
    )
    stream = Stream(talk)
    talk.begin(stream)
    receive(talk)
    clock.advance(1)
    for event in seen.events:
        json.dumps(event.as_dict())
    talk.close()
    assert not dispatcher.failed, "an observer failed"
    return dispatcher


def _server() -> tuple[MemoryNetwork, RawServer]:
    """A host that says what it is told to."""
    network, server = MemoryNetwork(), RawServer()
    network.add(HOST, 443, Factory.forProtocol(lambda: server))
    return network, server


def _say(network: MemoryNetwork, server: RawServer, data: bytes) -> None:
    """Let it say something, and be gone; half a minute later nothing may be left."""
    network.flush()
    server.transport.write(data)
    network.flush()
    server.transport.loseConnection()
    network.flush()
    network.clock.pump([1.0] * 30)  # in one go it would be our own standstill
    network.flush()


def socket(data: bytes) -> None:
    """What follows an opened socket."""
    network, server = _server()
    listener, opened = Listener(), []
    opener = WebSocketOpener(network, network.clock)
    opener.open(TICKET, listener).addCallback(opened.append)
    network.flush()
    server.transport.write(server.accept())
    _say(network, server, data)
    assert opened and not network.open and not network.clock.getDelayedCalls()
    [reason] = listener.over
    in_order = isinstance(reason, StreamLostError) and reason.code == 1000
    if reason is not None and not in_order:
        raise reason


def handshake(data: bytes) -> None:
    """What answers a handshake."""
    network, server = _server()
    listener, results = Listener(), []
    opening = WebSocketOpener(network, network.clock).open(TICKET, listener)
    opening.addBoth(results.append)
    _say(network, server, data)
    assert not network.open and not network.clock.getDelayedCalls() and not listener.over
    results[0].raiseException()


def http(data: bytes) -> None:
    """What answers a request."""
    network, server = _server()
    web, results = Web(network, network.clock), []
    asking = Deferred.fromCoroutine(web.get(f"https://{HOST}/", cookies={"a": "b"}, redirects=1))
    asking.addBoth(results.append)
    _say(network, server, data)
    Deferred.fromCoroutine(web.close())
    network.flush()
    assert not network.open and not network.clock.getDelayedCalls()
    if isinstance(results[0], Failure):
        results[0].raiseException()
    repr((results[0].header("date"), results[0].retry_after))


# --- answers ----------------------------------------------------------------------------------


class HurriedClock(Clock):
    """Lets the time of each call pass as soon as the call is wanted."""

    def callLater(self, when: float, *call: Any, **more: Any) -> Any:
        """Make it."""
        called = super().callLater(when, *call, **more)
        self.advance(when)
        return called


def tiktok_asked(ask: Callable[[Any], Coroutine[Any, Any, Any]]) -> Callable[[bytes], object]:
    """A question to TikTok."""
    return lambda data: done(ask(FakeWeb(answer_of(data)).tiktok(login=Login("s3cret"))))


def sign_server_asked(ask: Callable[[SignServer], Coroutine[Any, Any, Any]]) -> Any:
    """A question to a sign server."""

    def read(data: bytes) -> object:
        login = Login("s3cret", "useast1a", ("api.eulerstream.com",))
        server = SignServer(FakeWeb(answer_of(data)), api_key="k3y", login=login)
        return done(ask(server))

    return read


def first_batch(server: SignServer) -> Any:
    """What a sign server has fetched."""
    web: Any = FakeWeb(Answer(200, "www.tiktok.com", {}, b""))
    signer = SignedSigner(server, GuestIdentity(web, Clock(), Random(1)), Random(1))
    return signer.sign(ROOM, Resume())


def signature(server: SignServer) -> Any:
    """What a sign server has signed."""
    url = "https://webcast.tiktok.com/webcast/im/fetch/?aid=1988&browser_name=Mozilla"
    return SignServerUrls([server], Users(Clock())).sign_url(url)
