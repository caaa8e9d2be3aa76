"""A simulated TikTok, somebody who follows by the source ``browser``, and pages that push."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace
from random import Random
from typing import Any
from unittest.mock import patch

from autobahn.twisted.websocket import WebSocketClientFactory
from twisted.internet.defer import Deferred
from twisted.internet.protocol import Factory
from twisted.internet.task import LoopingCall
from twisted.web.client import URI
from zope.interface import implementer

from tests.outputs.web.case import Browser, Listener
from tests.reactors import MemoryReactor
from tests.stack.case import SILENT, StackTestCase
from tiktoklive.interfaces import IReceiver
from tiktoklive.model import Resume, Room
from tiktoklive.options import Options
from tiktoklive.ownbrowser.pages import OpenPages
from tiktoklive.ownbrowser.pushes import Push
from tiktoklive.testing import simulated
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames import ack, enter_room, heartbeat, parse_frame
from tiktoklive.wiring import Wiring, standard_wiring

TOKEN = "browser-0123456789abcdef"
ENVIRONMENT = {"TIKTOKLIVE_BROWSER_TOKEN": TOKEN}


@implementer(IReceiver)
class PageSocket:
    """
    The socket of TikTok's own page, with the extension: it pushes what it receives.

    :param wiring: by whose direct source it is let in.
    :param pages: where it pushes to.
    :param again: whether the page opens another one when it is lost.
    """

    numbers = 0

    def __init__(self, wiring: Wiring, pages: OpenPages, room: Any, *, again: bool = False) -> None:
        PageSocket.numbers += 1
        self.name = f"page-{PageSocket.numbers}"
        self.pages, self._wiring, self._room, self._again = pages, wiring, room, again
        self.is_open = False
        self._stream: Any = None
        self._beat = LoopingCall(self._send_beat)
        self._beat.clock = wiring.reactor
        #: How many frames are held back; ``None`` for none at all.
        self.withheld: int | None = None
        Deferred.fromCoroutine(self._open()).addErrback(lambda _: self.closed(None))

    async def _open(self) -> None:
        [source] = self._wiring.sources
        ticket = await source.signer.sign(Room("alice", self._room.room_id), Resume())
        self._stream = await source.opener.open(ticket, self)
        self.is_open = True
        self._stream.send(enter_room(self._room.room_id))
        self._beat.start(10)

    def _send_beat(self) -> None:
        self._stream.send(heartbeat(self._room.room_id, 1))

    def push(self, *frames: bytes, **more: Any) -> bool:
        """Push frames."""
        push = Push(self._room.room_id, "alice", self.name, frames, (0,) * len(frames))
        return self.pages.take(replace(push, **more))

    def frame(self, data: bytes) -> None:
        if self.withheld is not None:
            self.withheld += 1
            return
        frame = parse_frame(data)
        if frame.payload_type == "msg":
            batch = parse_batch(frame.payload)
            if batch.needs_ack:
                self._stream.send(ack(frame.log_id, batch.internal_ext))
        self.push(data)

    def batch(self, data: bytes) -> None:
        """No socket brings one."""

    def closed(self, reason: Exception | None) -> None:
        if self._beat.running:
            self._beat.stop()
        if self.is_open:
            self.is_open = False
            self.push(closed=True)
        if self._again and reason is not None:
            self.next = PageSocket(self._wiring, self.pages, self._room, again=True)

    def close(self) -> None:
        """The tab is closed."""
        self._again = False
        if self._stream is not None:
            self._stream.close()


class PushCase(StackTestCase):
    """Tests with a browser that pushes to port 8081 of this machine."""

    options = Options(sources=("browser",), limits=SILENT)

    def setUp(self) -> None:
        reactor: Any = MemoryReactor()
        self.network, self.tiktok = simulated(seed=3, clock=reactor)
        with patch("tests.stack.case.simulated", lambda **more: (self.network, self.tiktok)):
            super().setUp()
        self.reactor = reactor
        [self.source] = self.wiring.sources
        self.endpoint: Any = self.source.service
        self.pages: OpenPages = self.endpoint.pages
        self.tabs: list[PageSocket] = []
        self.theirs = standard_wiring(reactor, Options(), network=self.network, random=Random(2))

    def tearDown(self) -> None:
        for tab in self.tabs:
            tab.close()
        Deferred.fromCoroutine(_close(self.theirs))
        super().tearDown()

    def wire(self, options: Options | None = None) -> Wiring:
        """The standard parts, with the token of the environment."""
        with patch.dict("os.environ", ENVIRONMENT):
            return super().wire(options)

    def open_tab(self) -> PageSocket:
        """Open the page of the room."""
        tab = PageSocket(self.theirs, self.pages, self.room)
        self.tabs.append(tab)
        self.settle(1)
        return tab

    # --- clients of the endpoint

    def listen(self) -> None:
        """Let the network lead to it."""
        if not self.endpoint.running:
            self.endpoint.startService()
        self.network.add("127.0.0.1", 8081, self.reactor.tcpServers[-1][1], tls=False)

    def connect(self, factory: Any) -> Any:
        """A connection to it."""
        where = self.network.endpointForURI(URI.fromBytes(b"http://127.0.0.1:8081/"))
        connected = where.connect(factory)
        self.network.flush()
        return self.successResultOf(connected)

    def ask(
        self,
        path: str,
        body: bytes | None = None,
        *,
        method: str = "",
        token: str = TOKEN,
        **more: str,
    ) -> Browser:
        """The answer to a request."""
        lines = {"host": "127.0.0.1:8081", "connection": "close"}
        lines |= {name.replace("_", "-"): value for name, value in more.items()}
        if token:
            lines["authorization"] = f"Bearer {token}"
        if body is not None:
            lines.setdefault("content-type", "application/json")
            lines["content-length"] = str(len(body))
        method = method or ("GET" if body is None else "POST")
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        browser: Browser = self.connect(Factory.forProtocol(Browser))
        browser.transport.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + (body or b""))
        self.network.flush()
        return browser

    def socket(self, **headers: str) -> Listener:
        """A WebSocket."""
        headers.setdefault("Authorization", f"Bearer {TOKEN}")
        factory = WebSocketClientFactory(
            "ws://127.0.0.1:8081/push", reactor=self.reactor, headers=headers
        )
        factory.setProtocolOptions(openHandshakeTimeout=0, closeHandshakeTimeout=0)
        factory.protocol = Listener
        listener: Listener = self.connect(factory)
        return listener

    def shape(self, *frames: bytes, **more: Any) -> dict[str, Any]:
        """A push, as JSON has it."""
        texts = [b64encode(frame).decode() for frame in frames]
        whole = {"room": self.room.room_id, "anchor": "alice", "page": "p-1"}
        return {**whole, "frames": texts, "at": [0] * len(frames), **more}

    def pushed(self, *frames: bytes, **more: Any) -> bytes:
        """The same, written."""
        return json.dumps(self.shape(*frames, **more)).encode()


async def _close(wiring: Wiring) -> None:
    await wiring.close()
