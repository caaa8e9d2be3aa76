"""A thousand strangers of each kind write no line into the log, and are counted."""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path
from typing import Any

from OpenSSL import crypto
from twisted.internet import reactor as _reactor
from twisted.internet.threads import deferToThread
from twisted.logger import LogLevel, formatEvent, globalLogPublisher
from twisted.trial.unittest import TestCase

from tests.net.certificate import certificate_for
from tests.outputs.web.case import Rooms, Wiring, make
from tiktoklive.outputs.web.guard import WebLimits

reactor: Any = _reactor

MANY, AT_ONCE = 1000, 50

LIMITS = WebLimits(
    clients=2 * MANY, connections=2 * MANY, burst=100 * MANY, proxies=frozenset(("127.0.0.1",))
)

HEAD = b"HEAD %b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
OPEN = (
    b"GET /ws HTTP/1.1\r\nHost: localhost\r\n"
    b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)

#: What is no request, of all sorts.
BAD_REQUESTS = (
    b"\xff\xfe\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost\r\n\r\n",
    b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    b"POST /sample HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: x\r\n\r\n",
    b"GET /%ff%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
)

#: Frames that no client may send.
BAD_FRAMES = (
    b"\xff\xff\xff\xff",
    b"\x81\x05hello",
    b"\x83\x80aaaa",
    b"\x81\xff" + b"\xff" * 8,
    b"\x88\x81aaaa\0",
    b"\x81\x84aaaa\x9e\x9e\x9e\x9e",
)


class StrangerTests(TestCase):
    """At a server that listens, with what TLS and TCP are really like."""

    timeout = 60

    async def serve(self, place: str) -> Any:
        """A site; where it listens, is in ``port``."""
        site = make(Wiring(reactor), place, {}, LIMITS)
        site.control(Rooms("anna"))
        site.startService()
        self.addCleanup(site.stopService)
        await site.ready()
        self.port = int(site.url.rstrip("/").rpartition(":")[2])
        return site

    def setUp(self) -> None:
        self.lines: list[str] = []
        globalLogPublisher.addObserver(self.observe)
        self.addCleanup(globalLogPublisher.removeObserver, self.observe)

    def observe(self, event: Any) -> None:
        """Keep a line of the log, as the daemon would show it."""
        if event.get("log_level", LogLevel.info) >= LogLevel.info:
            self.lines.append(formatEvent(event))

    async def throw(self, *sent: bytes, goes: bool = True, opening: bytes = b"") -> list[bytes]:
        """
        Let a thousand strangers come, fifty at a time, and say these in their turn; none is in the
        log.

        :param goes: whether they end the connection, or wait for us to do it.
        :param opening: what they say before that, and wait for an answer.
        :return: what each was told.
        """

        def come() -> list[bytes]:
            heard = []
            for first in range(0, MANY, AT_ONCE):
                connections = [self.connect() for _ in range(AT_ONCE)]
                for connection in connections if opening else ():
                    connection.sendall(opening)
                    self.assertIn(b" 101 ", self.heard(connection))
                for number, connection in enumerate(connections, first):
                    with contextlib.suppress(OSError):
                        connection.sendall(sent[number % len(sent)])
                        if goes:
                            connection.shutdown(socket.SHUT_WR)
                for connection in connections:
                    with connection:
                        heard.append(b"".join(iter(lambda: self.heard(connection), b"")))  # noqa: B023
            return heard

        self.lines.clear()
        heard: list[bytes] = await deferToThread(come)
        self.assertEqual([], self.lines[:3])
        return heard

    def connect(self) -> socket.socket:
        """A connection."""
        connection = socket.create_connection(("127.0.0.1", self.port))
        connection.settimeout(30)
        return connection

    @staticmethod
    def heard(connection: socket.socket) -> bytes:
        """What comes; nothing if the connection is over, however that was said."""
        try:
            return connection.recv(65536)
        except ConnectionResetError:
            return b""

    async def test_http(self) -> None:
        """Those who ask for headers alone, send what is no request, or nothing at all."""
        site = await self.serve("0")
        paths = (b"/", b"/rooms", b"/nothing", b"/static/reader.js", b"/events", b"/healthz")
        heads = [HEAD % path for path in paths]
        answers = await self.throw(*heads, goes=False)
        self.assertEqual({True}, {each.startswith(b"HTTP/1.1 ") for each in answers})
        self.assertEqual(b"", answers[0].partition(b"\r\n\r\n")[2])
        self.assertEqual(0, site._site.strange)
        await self.throw(*BAD_REQUESTS)
        await self.throw(b"")
        site._site.timeOut = 0.01
        await self.throw(b"", b"GET / HT", goes=False)
        self.assertGreater(site.strangers(), 2 * MANY)

    async def test_frames(self) -> None:
        """Those who open a WebSocket, and then keep to no protocol."""
        site = await self.serve("0")
        await self.throw(*BAD_FRAMES, opening=OPEN)
        self.assertGreater(site.strangers(), MANY // 2)

    async def test_tls(self) -> None:
        """Those who speak no TLS where that is spoken, or go in the middle of it."""
        certificate = certificate_for("localhost")
        path = Path(self.mktemp())
        pem = certificate.dumpPEM() + certificate.privateKey.dump(crypto.FILETYPE_PEM)
        path.write_bytes(pem)
        site = await self.serve(f"ssl:0:privateKey={path}:certKey={path}")
        await self.throw(HEAD % b"/", b"\x16\x03\x01\x02\x00\x01\x00", b"")
        self.assertEqual(MANY, site._site.strange)
