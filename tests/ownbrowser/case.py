"""A simulated TikTok, somebody who follows by the source ``browser``, and pages that push."""

from __future__ import annotations

import json
from base64 import b64encode
from random import Random
from typing import Any
from unittest.mock import patch

from autobahn.twisted.websocket import WebSocketClientFactory
from twisted.internet.defer import Deferred
from twisted.internet.protocol import Factory
from twisted.web.client import URI

from tests.outputs.web.case import Browser, Listener
from tests.ownbrowser.page import PageSocket
from tests.reactors import MemoryReactor
from tests.stack.case import SILENT, StackTestCase
from tiktoklive.options import Options
from tiktoklive.ownbrowser.pages import OpenPages
from tiktoklive.testing import simulated
from tiktoklive.wiring import Wiring, standard_wiring

TOKEN = "browser-0123456789abcdef"
ENVIRONMENT = {"TIKTOKLIVE_BROWSER_TOKEN": TOKEN}


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
        tab = PageSocket(self.theirs, self.endpoint.front, self.room)
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
