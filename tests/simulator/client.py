"""A plain WebSocket client, and a world in which it meets the simulator."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from autobahn.twisted.websocket import WebSocketClientFactory, WebSocketClientProtocol
from twisted.trial.unittest import SynchronousTestCase
from twisted.web.client import URI, Agent, HTTPConnectionPool, readBody
from twisted.web.http_headers import Headers

from tiktoklive.testing import simulated
from tiktoklive.wire import batches, frames
from tiktoklive.wire.frames_pb2 import WebcastPushFrame, WebcastResponse

AGENT = "Mozilla/5.0 (X11; Linux x86_64) Test"


class PlainClient(WebSocketClientProtocol):
    """
    Keeps what arrives; does nothing on its own.

    :ivar expected: errors of frames that don't matter, where garbage is to come.
    """

    def __init__(self) -> None:
        super().__init__()
        self.is_let_in = False
        self.frames: list[frames.Frame] = []
        self.raw: list[bytes] = []
        self.expected: tuple[type[Exception], ...] = ()
        self.closed: tuple[bool, Any, Any] | None = None
        self.answer: tuple[int, dict[str, str]] | None = None

    def onConnect(self, response: Any) -> None:
        """Let in."""
        self.answer = (101, response.headers)

    def onOpen(self) -> None:
        """Open."""
        self.is_let_in = True

    def processHandshake(self) -> None:
        """Keep the head of the answer, whatever it says."""
        head = self.data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in head[1:])
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        self.answer = (int(head[0].split()[1]), headers)
        super().processHandshake()

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        """Keep it."""
        assert isBinary
        self.raw.append(payload)
        with suppress(*self.expected):
            self.frames.append(frames.parse_frame(payload))

    def onClose(self, wasClean: bool, code: Any, reason: Any) -> None:
        """Keep it."""
        self.closed = (wasClean, code, reason)

    def batches(self) -> list[WebcastResponse]:
        """The batches that arrived."""
        return [batches.parse_batch(f.payload) for f in self.frames if f.payload_type == "msg"]

    def types(self) -> list[str]:
        """The types of the frames that arrived."""
        return [frame.payload_type for frame in self.frames]


def classic_ack(log_id: int) -> bytes:
    """The acknowledgement of the 1.x client: number and type only (wire facts §6.4)."""
    return WebcastPushFrame(log_id=log_id, payload_type="ack").SerializeToString()


def query_of(room_id: str, **changes: str | None) -> list[tuple[str, str]]:
    """A query that the simulator accepts, with changes; ``None`` leaves a parameter out."""
    pairs: dict[str, str | None] = {
        "version_code": "180800",
        "device_platform": "web",
        "app_name": "tiktok_web",
        "compress": "gzip",
        "aid": "1988",
        "live_id": "12",
        "room_id": room_id,
        "identity": "audience",
        "history_comment_count": "6",
        "resp_content_type": "protobuf",
    }
    pairs.update(changes)
    return [(name, value) for name, value in pairs.items() if value is not None]


class SimulatorTestCase(SynchronousTestCase):
    """A simulator on a network in memory, with one user who is live."""

    def setUp(self) -> None:
        self.network, self.simulator = simulated(seed=7)
        self.clock = self.network.clock
        self.room = self.simulator.add_room("anna")
        self.ttwid = self.simulator.mint_ttwid()

    def get(
        self, url: str, headers: dict[str, str] | None = None, method: bytes = b"GET"
    ) -> tuple[Any, bytes]:
        """Fetch a URL: response and body."""
        pool = HTTPConnectionPool(self.clock)
        agent = Agent.usingEndpointFactory(self.clock, self.network, pool)
        sent = {"User-Agent": AGENT} if headers is None else headers
        answer = agent.request(
            method, url.encode(), Headers({name: [value] for name, value in sent.items()})
        )
        self.network.flush()
        response = self.successResultOf(answer)
        body = readBody(response)
        self.network.flush()
        pool.closeCachedConnections()
        self.network.flush()
        return response, self.successResultOf(body)

    def dial(
        self,
        query: list[tuple[str, str]] | str | None = None,
        headers: dict[str, str] | None = None,
        agent: str | None = AGENT,
        at: str = "webcast-ws.tiktok.com/webcast/im/ws_proxy/ws_reuse_supplement/",
    ) -> PlainClient:
        """Try to open the socket: TikTok's, or that at another place."""
        if query is None:
            query = query_of(self.room.room_id)
        text = query if isinstance(query, str) else urlencode(query)
        if headers is None:
            headers = {"Cookie": f"ttwid={self.ttwid}"}
        factory: Any = WebSocketClientFactory(
            f"ws://{at}?{text}",
            useragent=agent,
            headers=headers,
            reactor=self.clock,
        )
        factory.setProtocolOptions(
            openHandshakeTimeout=0, closeHandshakeTimeout=0, serverConnectionDropTimeout=0
        )
        factory.protocol = PlainClient
        endpoint = self.network.endpointForURI(URI.fromBytes(b"https://webcast-ws.tiktok.com/"))
        connecting = endpoint.connect(factory)
        self.network.flush()
        client = self.successResultOf(connecting)
        assert isinstance(client, PlainClient)
        return client

    def enter(self, **changes: str | None) -> PlainClient:
        """Open the socket and enter the room."""
        client = self.dial(query_of(self.room.room_id, **changes))
        self.send(client, frames.enter_room(self.room.room_id))
        return client

    def send(self, client: PlainClient, frame: bytes) -> None:
        """Send a frame."""
        client.sendMessage(frame, isBinary=True)
        self.network.flush()

    def ack_all(self, client: PlainClient) -> None:
        """Acknowledge everything that arrived and asks for it, once more."""
        for frame in client.frames:
            if frame.payload_type == "msg":
                batch = batches.parse_batch(frame.payload)
                if batch.needs_ack:
                    client.sendMessage(frames.ack(frame.log_id, batch.internal_ext), isBinary=True)
        self.network.flush()
