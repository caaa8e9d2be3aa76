"""
Everything that reads what others send, each as a function of bytes.

A reader may give anything, and raise the errors that are documented for it; whatever else escapes
is a mistake.  The first byte of the bytes for a reader of HTTP chooses status and headers.
"""

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

from tests.net.raw import HOST, TICKET, Listener, RawServer, close_frame, frame
from tests.rooms.answering import FakeWeb
from tests.seams import ROOM, Stream
from tests.stack import CHAT, Recorder, chat
from tiktoklive.chat import DirectChat
from tiktoklive.conversation import Conversation, Limits, Tally
from tiktoklive.dispatch import Dispatcher
from tiktoklive.errors import (
    ChatRefusedError,
    ConnectError,
    DecodeError,
    HandshakeRefusedError,
    InitialFetchError,
    InvalidResponseError,
    InvalidSessionIdError,
    RoomLookupError,
    SignServerError,
    StreamLostError,
    TtwidMissingError,
    UserOfflineError,
)
from tiktoklive.events import decode
from tiktoklive.gifts import GiftList
from tiktoklive.model import Resume, Ticket
from tiktoklive.net.fetch import batch_of
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.login import Login
from tiktoklive.net.web import Answer, Web
from tiktoklive.net.websocket import WebSocketOpener
from tiktoklive.rooms import fetch_room_info, name_in
from tiktoklive.rooms.api_live import room_of
from tiktoklive.rooms.page import room_in
from tiktoklive.seen import Seen
from tiktoklive.signing.chat import SignServerChat
from tiktoklive.signing.gifts import SignServerGifts
from tiktoklive.signing.lookup import SignServerResolver
from tiktoklive.signing.server import SignServer
from tiktoklive.signing.signed import SignedSigner
from tiktoklive.signing.urls import SignServerUrls
from tiktoklive.signing.users import Users
from tiktoklive.streaks import Streaks
from tiktoklive.testing import MemoryNetwork
from tiktoklive.wire import frames
from tiktoklive.wire.batches import build_batch, parse_batch
from tiktoklive.wire.messages import MESSAGE_TYPES

METHODS = sorted(MESSAGE_TYPES)

_STATUSES = (200, 200, 200, 200, 201, 204, 302, 400, 401, 402, 403, 404, 420, 429, 500, 502, 503)
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
    headers = _HEADERS[choice // len(_STATUSES) % len(_HEADERS)]
    return Answer(_STATUSES[choice % len(_STATUSES)], "www.tiktok.com", headers, data[1:])


def _done(asking: Coroutine[Deferred[Any], Any, Any]) -> Any:
    """What comes of something that waits for nobody."""
    results: list[Any] = []
    Deferred.fromCoroutine(asking).addBoth(results.append)
    assert results, "it waits for something"
    if isinstance(results[0], Failure):
        results[0].raiseException()
    return results[0]


# --- bytes ----------------------------------------------------------------------------------


def _frame(data: bytes) -> None:
    parsed = frames.parse_frame(data, limit=1 << 20)
    repr((parsed, parsed.compress_type, parsed.encoding))
    frames.ack(parsed.log_id, parse_batch(parsed.payload).internal_ext)


def _message(data: bytes) -> None:
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
        seen=Seen(64),
        tally=Tally(),
        limits=Limits(payload=1 << 20),
        on_end=lambda end: None,
        on_closed=lambda reason: None,
        streaks=Streaks(clock, dispatcher.tell),
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


def _socket(data: bytes) -> None:
    """What follows an opened socket."""
    network, server = MemoryNetwork(), RawServer()
    network.add(HOST, 443, Factory.forProtocol(lambda: server))
    listener, opened = Listener(), []
    opener = WebSocketOpener(network, network.clock, max_frame=100_000)
    opener.open(TICKET, listener).addCallback(opened.append)
    network.flush()
    server.transport.write(server.accept())
    network.flush()
    server.transport.write(data)
    network.flush()
    server.transport.loseConnection()
    network.flush()
    network.clock.advance(10)
    network.flush()
    assert opened and not network.open and not network.clock.getDelayedCalls()
    [reason] = listener.over
    if reason is not None:
        raise reason


def _handshake(data: bytes) -> None:
    """What answers a handshake."""
    network, server = MemoryNetwork(), RawServer()
    network.add(HOST, 443, Factory.forProtocol(lambda: server))
    listener, results = Listener(), []
    opening = WebSocketOpener(network, network.clock).open(TICKET, listener)
    opening.addBoth(results.append)
    network.flush()
    server.transport.write(data)
    network.flush()
    server.transport.loseConnection()
    network.flush()
    network.clock.advance(30)
    network.flush()
    assert not network.open and not network.clock.getDelayedCalls() and not listener.over
    results[0].raiseException()


def _http(data: bytes) -> None:
    """What answers a request."""
    network, server = MemoryNetwork(), RawServer()
    network.add(HOST, 443, Factory.forProtocol(lambda: server))
    web, results = Web(network, network.clock, limit=100_000), []
    asking = Deferred.fromCoroutine(web.get(f"https://{HOST}/", cookies={"a": "b"}, redirects=1))
    asking.addBoth(results.append)
    network.flush()
    server.transport.write(data)
    network.flush()
    server.transport.loseConnection()
    network.flush()
    network.clock.advance(30)
    network.flush()
    Deferred.fromCoroutine(web.close())
    network.flush()
    assert not network.open and not network.clock.getDelayedCalls()
    if isinstance(results[0], Failure):
        results[0].raiseException()
    repr((results[0].header("date"), results[0].retry_after))


# --- answers ----------------------------------------------------------------------------------


def _tiktok(ask: Callable[[Any], Coroutine[Any, Any, Any]]) -> Callable[[bytes], object]:
    """A question to TikTok."""
    return lambda data: _done(ask(FakeWeb(answer_of(data)).tiktok(login=Login("s3cret"))))


def _sign_server(ask: Callable[[SignServer], Coroutine[Any, Any, Any]]) -> Any:
    """A question to a sign server."""

    def read(data: bytes) -> object:
        login = Login("s3cret", "useast1a", ("api.eulerstream.com",))
        server = SignServer(FakeWeb(answer_of(data)), api_key="k3y", login=login)
        return _done(ask(server))

    return read


def _sign(server: SignServer) -> Any:
    web: Any = FakeWeb(Answer(200, "www.tiktok.com", {}, b""))
    signer = SignedSigner(server, GuestIdentity(web, Clock(), Random(1)), Random(1))
    return signer.sign(ROOM, Resume())


def _sign_url(server: SignServer) -> Any:
    url = "https://webcast.tiktok.com/webcast/im/fetch/?aid=1988&browser_name=Mozilla"
    return SignServerUrls([server], Users(Clock())).sign_url(url)


_USER = {"id": "6", "roomId": "7137682087200557829", "status": 2, "uniqueId": "alice"}
_LIVE_ROOM = {"status": 2, "title": "hello", "liveRoomStats": {"userCount": 3}}
_GIFT = {"id": 5655, "name": "Rose", "diamond_count": 1}
_BATCH = build_batch(
    [(*chat("hello"), 5, False), ("WebcastControlMessage", b"\x10\x03", 6, False)],
    cursor="1_2_1_1_0_0",
    internal_ext="fetch_time:1|x:2",
    needs_ack=True,
    heartbeat_duration=10_000,
    push_server="wss://webcast-ws.tiktok.com/webcast/im/ws_proxy/ws_reuse_supplement/",
    route_params={"wrss": "x", "imprp": "a b"},
    fetch_interval=1000,
)
_COOKIES = bytes([4 * len(_STATUSES)])  # the choice of status 200 with cookies


def _json(*values: Any) -> tuple[bytes, ...]:
    return tuple(b"\0" + json.dumps(value).encode() for value in values)


def _page(state: Any, name: str = "SIGI_STATE") -> bytes:
    script = (
        f'<html><script id="{name}" type="application/json">{json.dumps(state)}</script></html>'
    )
    return b"\0" + script.encode()


_PROFILE = "__UNIVERSAL_DATA_FOR_REHYDRATION__"

_SIGNED = {
    "signedUrl": "https://webcast.tiktok.com/webcast/im/fetch/?aid=1988&X-Bogus=1",
    "User-Agent": "Mozilla/5.0",
    "msToken": "abc",
}

#: All of them by name.
READERS = {
    "frame": Reader(
        _frame,
        (DecodeError,),
        (
            frames.push(_BATCH, 5),
            frames.push(_BATCH, 5, compress=False),
            frames.heartbeat(7, 1),
            frames.enter_room(7),
        ),
    ),
    "batch": Reader(parse_batch, (DecodeError,), (_BATCH,)),
    "message": Reader(
        _message,
        (DecodeError,),
        (bytes([METHODS.index(CHAT)]) + chat("hello")[1],),
    ),
    "stream of frames": Reader(
        lambda data: conversation(lambda talk: talk.frame(data)),
        samples=(frames.push(_BATCH, 5, compress=False),),
    ),
    "stream of batches": Reader(
        lambda data: conversation(lambda talk: talk.batch(data)), samples=(_BATCH,)
    ),
    "socket": Reader(
        _socket,
        (StreamLostError,),
        (
            frame(b"x") + frame(b"y" * 200, 1) + close_frame(1000),
            frame(b"x", 2, fin=False) + frame(b"are you there", 9) + frame(b"y", 0),
        ),
    ),
    "handshake": Reader(
        _handshake,
        (HandshakeRefusedError, ConnectError),
        (
            b"HTTP/1.1 200 OK\r\nHandshake-Msg: DEVICE_BLOCKED\r\nHandshake-Status: 415\r\n\r\n",
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: x\r\n\r\n",
        ),
    ),
    "http": Reader(
        _http,
        (ConnectError, InvalidResponseError),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: a=b; Path=/\r\n\r\nhi",
            b"HTTP/1.1 302 Found\r\nLocation: https://ws.example/\r\nContent-Length: 0\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
            b"3\r\nabc\r\n0\r\n\r\n",
        ),
    ),
    "page": Reader(
        lambda data: room_in(answer_of(data), "alice"),
        (RoomLookupError,),
        (
            _page({"LiveRoom": {"liveRoomUserInfo": {"user": _USER, "liveRoom": _LIVE_ROOM}}}),
            b'\0<a href="?room_id=7137682087200557829">"roomId":"7137682087200557829"',
        ),
    ),
    "profile": Reader(
        lambda data: name_in(answer_of(data), str(_USER["id"])),
        (RoomLookupError,),
        tuple(
            _page({"__DEFAULT_SCOPE__": {"webapp.user-detail": detail}}, _PROFILE)
            for detail in ({"statusCode": 0, "userInfo": {"user": _USER}}, {"statusCode": 10221})
        ),
    ),
    "api-live": Reader(
        lambda data: room_of(answer_of(data), "alice"),
        (RoomLookupError,),
        _json({"statusCode": 0, "message": "", "data": {"user": _USER, "liveRoom": _LIVE_ROOM}}),
    ),
    "room info": Reader(
        _tiktok(lambda tiktok: fetch_room_info(tiktok, ROOM.room_id)),
        (RoomLookupError,),
        _json({"status_code": 0, "data": {"id": 7, "status": 2, "title": "x", "owner": {}}}),
    ),
    "gift list": Reader(
        _tiktok(lambda tiktok: GiftList(tiktok).gifts(ROOM)),
        (RoomLookupError,),
        _json(
            {"status_code": 0, "data": {"gifts": [_GIFT], "pages": [{"gifts": [_GIFT]}]}},
            {"status_code": 0, "data": {"gifts_info": [_GIFT]}},
        ),
    ),
    "im/fetch": Reader(
        lambda data: batch_of(answer_of(data), ["s3cret"]),
        (InitialFetchError, UserOfflineError),
        (b"\0" + _BATCH, *_json({"status_code": 10041, "data": {"message": "over"}})),
    ),
    "chat": Reader(
        _tiktok(lambda tiktok: DirectChat(tiktok).send(ROOM, "hello", None)),
        (RoomLookupError, ChatRefusedError, InvalidSessionIdError),
        _json({"status_code": 0, "data": {"msg_id": 1}}, {"status_code": 20003}),
    ),
    "guest": Reader(
        lambda data: _done(
            GuestIdentity(FakeWeb(answer_of(data)), Clock(), Random(1), rounds=1).ttwid("alice")
        ),
        (TtwidMissingError,),
    ),
    "sign server: first batch": Reader(
        _sign_server(_sign),
        (SignServerError, InitialFetchError),
        (_COOKIES + _BATCH, *_json({"message": "no"})),
    ),
    "sign server: signature": Reader(
        _sign_server(_sign_url),
        (SignServerError,),
        _json(_SIGNED, {"code": 200, "response": {**_SIGNED, "tokens": {"msToken": "x"}}}),
    ),
    "sign server: look-up": Reader(
        _sign_server(lambda server: SignServerResolver(server).resolve("alice")),
        (SignServerError, RoomLookupError),
        _json({"ok": True, "room_id": "7137682087200557829", "is_live": True, "room_status": 2}),
    ),
    "sign server: gifts": Reader(
        _sign_server(lambda server: SignServerGifts(server).gifts(ROOM)),
        (SignServerError, RoomLookupError),
        _json({"code": 200, "data": {"gifts": [_GIFT]}}, {"response": [_GIFT]}),
    ),
    "sign server: chat": Reader(
        _sign_server(lambda server: SignServerChat(server).send(ROOM, "hello", None)),
        (SignServerError, ChatRefusedError),
        _json({"code": 200, "data": {"content": "hello"}}, {"code": 4}),
    ),
}
