"""Servers that repeat the whole request in whatever they answer."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import struct
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

from twisted.internet.protocol import Protocol

from tests.net.raw import frame

ROOM_ID = "7137682087200557829"


class Request:
    """
    What arrived.

    :ivar text: all of it, as one line.
    """

    def __init__(self, head: str, body: bytes) -> None:
        first, *lines = head.split("\r\n")
        self.method, self.target, _ = first.split(" ", 2)
        pairs = [line.split(": ", 1) for line in lines]
        self.headers = {name.lower(): value for name, value in pairs}
        self.path = urlsplit(self.target).path
        self.text = " | ".join([head.replace("\r\n", " | "), body.decode("utf-8", "replace")])

    def cut(self) -> list[str]:
        """Ends and beginnings of the secrets in it, which nobody knows to be such."""
        cookies = self.headers.get("cookie", "") or self.headers.get("x-cookie-header", "")
        query = urlsplit(self.target).query
        return [cookies, cookies[:40], cookies[-100:], cookies[9:31], query[-120:]]


#: How a request is repeated, by name.
FORMS: dict[str, Callable[[str], str]] = {
    "raw": str,
    "quoted": lambda text: quote(text, safe=""),
    "quoted twice": lambda text: quote(quote(text, safe=""), safe=""),
    "quoted plus": quote_plus,
    "unquoted": unquote,
    "lower": str.lower,
    "upper": str.upper,
    "html": html.escape,
    "json": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "escapes": lambda text: "".join(f"\\u{ord(each):04x}" for each in text),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 a byte on": lambda text: base64.urlsafe_b64encode(b"x" + text.encode()).decode(),
    "base64 two on": lambda text: base64.b64encode(b"xy" + text.encode()).decode(),
}


class Echo(Protocol):
    """
    Any of TikTok's servers, a sign server, a proxy.

    :param world: what is to be said.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._received = b""
        self._upgraded = False

    def dataReceived(self, data: bytes) -> None:
        """Answer every whole request."""
        self._received += data
        while not self._upgraded and b"\r\n\r\n" in self._received:
            head, _, rest = self._received.partition(b"\r\n\r\n")
            size = 0
            for line in head.split(b"\r\n"):
                if line.lower().startswith(b"content-length:"):
                    size = int(line.partition(b":")[2])
            if len(rest) < size:
                return
            self._received = rest[size:]
            request = Request(head.decode("latin-1"), rest[:size])
            self._world.requests.append(request)
            if "upgrade" in request.headers:
                self._upgraded = True
                self._world.shake_hands(self, request)
            else:
                self.transport.write(self._world.answer(request))


def _respond(status: int, body: Any, *headers: tuple[str, str]) -> bytes:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} OK", f"Content-Length: {len(content)}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "replace") + content


class World:
    """
    Decides who repeats requests, and who answers as it should.

    :ivar echoing: what does: ``"api-live"``, ``"handshake"`` ...
    :ivar form: one of :data:`FORMS`.
    """

    def __init__(self) -> None:
        self.echoing: set[str] = set()
        self.form = "raw"
        self.requests: list[Request] = []
        self.minted = 0

    def echo(self, request: Request, place: str = "") -> str:
        """The request in the chosen form; a place is for what else is to be told."""
        written = FORMS[self.form]
        return "; ".join(map(written, [*request.cut(), request.text]))

    def _short(self, request: Request) -> list[str]:
        return [FORMS[self.form](each)[:4000].replace("\n", " ") for each in request.cut()]

    def kind(self, path: str) -> str:
        """What a path is for."""
        for start, kind in (
            ("/ttwid/check/", "ttwid page"),
            ("/api-live/", "api-live"),
            ("/webcast/room/info", "room info"),
            ("/webcast/gift/list", "gift list"),
            ("/webcast/im/fetch", "im/fetch"),
            ("/webcast/room/chat", "chat"),
            ("/webcast/sign_url", "sign_url"),
            ("/tiktok/sign_url", "sign_url"),
            ("/webcast/rooms/", "sign server"),
            ("/webcast/anchors/", "sign server"),
        ):
            if path.startswith(start):
                return kind
        return "live page" if path.endswith("/live") and len(path) > 5 else "ttwid page"

    def answer(self, request: Request) -> bytes:
        """To a request that is no upgrade."""
        if request.method == "CONNECT":
            words = FORMS[self.form](request.text).replace("\r", " ").replace("\n", " ")
            return f"HTTP/1.1 502 you sent {words}\r\nContent-Length: 0\r\n\r\n".encode()
        kind = self.kind(request.path)
        said = self.echo(request)
        own = [(f"X-Echo-{n}", each) for n, each in enumerate(self._short(request))]
        own += [("X-Request-Id", self._short(request)[1]), ("Handshake-Msg", own[0][1])]
        if f"{kind}: redirect" in self.echoing:
            where = f"https://www.tiktok.com{quote(request.path)}?again={quote(said[:3000])}"
            return _respond(302, said.encode(), ("Location", where), *own)
        if f"{kind}: garbage" in self.echoing:
            return f"HTTP/1.1 2x0 {said}\r\nBad {said}\r\n\r\n{said}".encode()
        if f"{kind}: text" in self.echoing:
            page = f"<html><head><title class='x'>{said}</title>{said}".encode()
            return _respond(200, page, *own)
        if f"{kind}: refusal" in self.echoing:
            told = {"message": said, "error": said, "limit_label": said, "status_code": 9999}
            told |= {"statusCode": 9999, "code": 403, "data": {"message": said, "prompts": said}}
            return _respond(403 if "sign" in kind or kind == "im/fetch" else 200, told, *own)
        if kind == "api-live":
            user = {"id": "6", "roomId": ROOM_ID, "status": 2, "uniqueId": "alice"}
            room = {"status": 2, "title": said if "api-live: data" in self.echoing else "hello"}
            return _respond(
                200, {"statusCode": 0, "message": "", "data": {"user": user, "liveRoom": room}}
            )
        if kind == "room info":
            title = said if "room info: data" in self.echoing else "hello"
            told = {"status": 2, "title": title, "owner": {"id_str": "6", "nickname": title}}
            return _respond(200, {"status_code": 0, "data": told}, *own)
        if kind == "gift list":
            name = said if "gift list: data" in self.echoing else "Rose"
            gifts = [{"id": 5655, "name": name, "diamond_count": 1}]
            return _respond(200, {"status_code": 0, "data": {"gifts": gifts}})
        if kind == "chat":
            return _respond(200, {"status_code": 0, "data": {"content": said}})
        if kind == "ttwid page":
            self.minted += 1
            cookie = f"ttwid=1%7CmInTeDtTwId{self.minted:04}%7Cz; Path=/; Secure"
            said += cookie if "ttwid page: data" in self.echoing else ""
            return _respond(200, f"<title>{said}</title>".encode(), ("Set-Cookie", cookie), *own)
        return _respond(404, {"message": said}, *own)

    def shake_hands(self, server: Echo, request: Request) -> None:
        """Refuse or open a stream."""
        said = self.echo(request).replace("\r", " ").replace("\n", " ")
        lines = [f"Handshake-Msg: {each}" for each in self._short(request)[:1]]
        lines += [f"Handshake-Status: {self._short(request)[2]}", f"X-Echo: {said[:20000]}"]
        if "handshake: refusal" in self.echoing:
            head = "\r\n".join([f"HTTP/1.1 200 {said[:4000]}", *lines, "", ""])
            server.transport.write(head.encode())
            server.transport.loseConnection()
            return
        if "handshake: garbage" in self.echoing:
            lines = [f"Upgrade: {said[:4000]}", *lines]
            head = "\r\n".join(["HTTP/1.1 101 Switching Protocols", *lines, "", ""])
            server.transport.write(head.encode())
            return
        key = request.headers["sec-websocket-key"].encode()
        digest = hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()
        lines = [
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Accept: {base64.b64encode(digest).decode()}",
            *lines,
        ]
        server.transport.write("\r\n".join([*lines, "", ""]).encode())
        if "stream: closed" in self.echoing:
            for each in self._short(request):
                reason = each.encode()[:120].decode("utf-8", "ignore").encode()
                if reason:
                    break
            server.transport.write(frame(struct.pack("!H", 4001) + reason, 8))


def args_of(target: str) -> dict[str, str]:
    """The query of a request."""
    return dict(parse_qsl(urlsplit(target).query))
