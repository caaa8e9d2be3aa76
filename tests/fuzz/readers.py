"""
Everything that reads what others send, each as a function of bytes.

A reader may give anything, and raise the errors that are documented for it; whatever else escapes
is a mistake.  The first byte of the bytes for a reader of HTTP chooses status and headers.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

from tests.fuzz.reading import (
    METHODS,
    STATUSES,
    HurriedClock,
    Reader,
    answer_of,
    conversation,
    done,
    first_batch,
    handshake,
    http,
    message,
    push_frame,
    sign_server_asked,
    signature,
    socket,
    tiktok_asked,
)
from tests.net.raw import close_frame, frame
from tests.rooms.answering import FakeWeb
from tests.seams import ROOM
from tests.stack.case import CHAT, chat
from tiktoklive.chat import DirectChat
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
from tiktoklive.gifts import GiftList
from tiktoklive.net.fetch import batch_of
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.outputs.web.answers import Refusal
from tiktoklive.ownbrowser.pushes import read_push
from tiktoklive.rooms import fetch_room_info
from tiktoklive.rooms.api_live import room_of
from tiktoklive.rooms.names import name_in
from tiktoklive.rooms.page import room_in
from tiktoklive.signing.chat import SignServerChat
from tiktoklive.signing.gifts import SignServerGifts
from tiktoklive.signing.lookup import SignServerResolver
from tiktoklive.wire import frames
from tiktoklive.wire.batches import build_batch, parse_batch

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
_PUSH = {"room": "7", "anchor": "alice", "page": "p", "at": [1], "lost": 1, "closed": True}
_COOKIES = bytes([4 * len(STATUSES)])  # the choice of status 200 with cookies


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
        push_frame,
        (DecodeError,),
        (
            frames.push(_BATCH, 5),
            frames.push(_BATCH, 5, compress=False),
            frames.heartbeat(7, 1),
            frames.enter_room(7),
        ),
    ),
    "batch": Reader(parse_batch, (DecodeError,), (_BATCH,)),
    "push of a browser": Reader(
        lambda data: read_push(data[1:], frame=10_000, binary=bool(data and data[0] & 1)),
        (Refusal,),
        (
            b"\0" + json.dumps({**_PUSH, "frames": ["OgJoYg=="]}).encode(),
            b"\1" + json.dumps({**_PUSH, "sizes": [4]}).encode() + b"\n" + frames.CLASSIC_PING,
        ),
    ),
    "message": Reader(
        message,
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
        socket,
        (StreamLostError,),
        (
            frame(b"x") + frame(b"y" * 200, 1) + close_frame(1000),
            frame(b"x", 2, fin=False) + frame(b"are you there", 9) + frame(b"y", 0),
        ),
    ),
    "handshake": Reader(
        handshake,
        (HandshakeRefusedError, ConnectError),
        (
            b"HTTP/1.1 200 OK\r\nHandshake-Msg: DEVICE_BLOCKED\r\nHandshake-Status: 415\r\n\r\n",
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: x\r\n\r\n",
        ),
    ),
    "http": Reader(
        http,
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
        tiktok_asked(lambda tiktok: fetch_room_info(tiktok, ROOM.room_id)),
        (RoomLookupError,),
        _json({"status_code": 0, "data": {"id": 7, "status": 2, "title": "x", "owner": {}}}),
    ),
    "gift list": Reader(
        tiktok_asked(lambda tiktok: GiftList(tiktok).gifts(ROOM)),
        (RoomLookupError,),
        _json(
            {"status_code": 0, "data": {"gifts": [_GIFT], "pages": [{"gifts": [_GIFT]}]}},
            {"status_code": 0, "data": {"gifts_info": [_GIFT]}},
        ),
    ),
    "im/fetch": Reader(
        lambda data: batch_of(answer_of(data)),
        (InitialFetchError, UserOfflineError),
        (b"\0" + _BATCH, *_json({"status_code": 10041, "data": {"message": "over"}})),
    ),
    "chat": Reader(
        tiktok_asked(lambda tiktok: DirectChat(tiktok).send(ROOM, "hello", None)),
        (RoomLookupError, ChatRefusedError, InvalidSessionIdError),
        _json({"status_code": 0, "data": {"msg_id": 1}}, {"status_code": 20003}),
    ),
    "guest": Reader(
        lambda data: done(
            GuestIdentity(FakeWeb(answer_of(data)), HurriedClock(), Random(1)).ttwid("alice")
        ),
        (TtwidMissingError,),
    ),
    "sign server: first batch": Reader(
        sign_server_asked(first_batch),
        (SignServerError, InitialFetchError),
        (_COOKIES + _BATCH, *_json({"message": "no"})),
    ),
    "sign server: signature": Reader(
        sign_server_asked(signature),
        (SignServerError,),
        _json(_SIGNED, {"code": 200, "response": {**_SIGNED, "tokens": {"msToken": "x"}}}),
    ),
    "sign server: look-up": Reader(
        sign_server_asked(lambda server: SignServerResolver(server).resolve("alice")),
        (SignServerError, RoomLookupError),
        _json({"ok": True, "room_id": "7137682087200557829", "is_live": True, "room_status": 2}),
    ),
    "sign server: gifts": Reader(
        sign_server_asked(lambda server: SignServerGifts(server).gifts(ROOM)),
        (SignServerError, RoomLookupError),
        _json({"code": 200, "data": {"gifts": [_GIFT]}}, {"response": [_GIFT]}),
    ),
    "sign server: chat": Reader(
        sign_server_asked(lambda server: SignServerChat(server).send(ROOM, "hello", None)),
        (SignServerError, ChatRefusedError),
        _json({"code": 200, "data": {"content": "hello"}}, {"code": 4}),
    ),
}
