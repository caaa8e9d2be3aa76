"""A web output behind a network in memory, and clients that see every byte of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from autobahn.twisted.websocket import WebSocketClientFactory, WebSocketClientProtocol
from twisted.internet.defer import Deferred, fail, succeed
from twisted.internet.protocol import Factory, Protocol
from twisted.trial.unittest import SynchronousTestCase
from twisted.web.client import URI
from zope.interface import implementer

from tests.outputs.doubles import NOON, chat, origin
from tests.reactors import MemoryReactor
from tiktoklive.interfaces import IListedRooms, IRoomFacts, IRoomNames, IRoomOptions, IRooms
from tiktoklive.model import (
    LaneState,
    LookupState,
    SourcesState,
    SourceState,
    State,
    parse_unique_id,
)
from tiktoklive.outputs.web.fanout import GATHER
from tiktoklive.outputs.web.output import SiteOutput, make, make_feed
from tiktoklive.testing import MemoryNetwork, settle
from tiktoklive.users.options import read_options, shown

TOKEN = "control-0123456789abcdef"
READ = "read-0123456789abcdef"
OVERLAY = "overlay-0123456789abcdef"


@dataclass
class Wiring:
    """The little that the makers read from the wiring."""

    reactor: Any
    random: Random = field(default_factory=lambda: Random(1))
    pictures: str = ""

    def sources_status(self) -> SourcesState:
        """Two lanes, one of which rests."""
        now = self.reactor.seconds()
        source = SourceState("direct")
        lookups = LookupState(3, 1.0)
        lanes = (
            LaneState("a", "h:1", "closed", "", None, 0, 2, 1, 0, True, (source,), lookups),
            LaneState("b", "", "open", "no", now + 9, 1, 0, 0, 0, False, (source,), lookups),
        )
        return SourcesState((source,), lookups, lanes)


@implementer(IRooms, IRoomNames, IRoomOptions, IListedRooms, IRoomFacts)
class Rooms:
    """Rooms that are followed by nobody."""

    def __init__(self, *names: str) -> None:
        self.states = {
            name: State(phase="live", reason="room 7", room_id="7", is_connected=True)
            for name in names
        }
        self.said: Any = {"title": "Hello"}
        self.asked: list[Deferred[Any]] = []
        self.own: dict[str, dict[str, Any]] = {}
        self.changes: dict[str, list[str]] | Exception = {
            kind: [] for kind in ("added", "removed", "renamed", "restarted", "changed")
        }

    def status(self) -> dict[str, State]:
        return dict(self.states)

    def add(self, unique_id: str) -> str:
        name = parse_unique_id(unique_id)
        if name in self.states:
            raise ValueError(f"@{name} is followed already.")
        self.states[name] = State(phase="resolving")
        return name

    def add_with(self, unique_id: str, options: Mapping[str, Any]) -> str:
        read = read_options(options, Path("secrets"), bare=True)
        name = self.add(unique_id)
        self.own[name] = shown(read)
        return name

    def options_of(self, unique_id: str) -> dict[str, Any]:
        return self.own.get(unique_id, {})

    def reload(self) -> dict[str, list[str]]:
        if isinstance(self.changes, Exception):
            raise self.changes
        return self.changes

    def remove(self, unique_id: str) -> Deferred[None]:
        del self.states[unique_id]
        return succeed(None)

    def rename(self, unique_id: str, new: str) -> str:
        name = parse_unique_id(new)
        if name in self.states and name != unique_id:
            raise ValueError(f"@{name} is followed already.")
        self.states[name] = self.states.pop(unique_id)
        return name

    def room_info(self, unique_id: str) -> Deferred[Any]:
        return self._answer()

    def available_gifts(self, unique_id: str) -> Deferred[Any]:
        return self._answer()

    def _answer(self) -> Deferred[Any]:
        said = self.said
        answer: Deferred[Any] = Deferred() if said is None else succeed(said)
        if isinstance(said, Exception):
            answer = fail(said)
        self.asked.append(answer)
        return answer


class Browser(Protocol):
    """A connection on which one request is made, and that keeps what comes."""

    def __init__(self) -> None:
        self.came = b""
        self.lost = False

    def dataReceived(self, data: bytes) -> None:
        self.came += data

    def connectionLost(self, reason: Any = None) -> None:
        self.lost = True

    @property
    def status(self) -> int:
        """The status of the answer; 0 before there is one."""
        return int(self.came.split(b" ", 2)[1]) if self.came else 0

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the answer, names in lower case."""
        lines = self.came.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
        return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}

    @property
    def body(self) -> bytes:
        """The body of the answer, as far as it has come."""
        body = self.came.partition(b"\r\n\r\n")[2]
        if self.headers.get("transfer-encoding") != "chunked":
            return body
        whole = b""
        while body:
            size, _, body = body.partition(b"\r\n")
            whole += body[: int(size, 16)]
            body = body[int(size, 16) + 2 :]
        return whole

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def events(self) -> list[dict[str, str]]:
        """The events of an event stream, each with its fields; what has no data is none."""
        return [fields for fields in self.blocks if "data" in fields]

    @property
    def blocks(self) -> list[dict[str, str]]:
        """What blank lines part from each other in an event stream, without comments."""
        return [
            dict(line.split(": ", 1) for line in block.split("\n") if line[:1] not in ":")
            for block in self.body.decode().split("\n\n")
        ]

    @property
    def position(self) -> str:
        """How far an event stream says that it came."""
        return [fields["id"] for fields in self.blocks if "id" in fields][-1]

    @property
    def said(self) -> list[str]:
        """The comments in the events of an event stream."""
        return [
            json.loads(each["data"])["data"]["comment"]
            for each in self.events
            if each["event"] == "chat"
        ]


class Listener(WebSocketClientProtocol):
    """
    A WebSocket client that keeps what comes.

    :ivar greeting: what it was told first of what it gets; the other messages are apart.
    """

    def __init__(self) -> None:
        super().__init__()
        self.greeting: Any = None
        self.messages: list[Any] = []
        self.code: int | None = None
        self.is_over = False

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        message = json.loads(payload)
        if self.greeting is None and "subscribed" in message:
            self.greeting = message
        else:
            self.messages.append(message)

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:
        self.code, self.is_over = code, True

    def say(self, message: Any) -> None:
        """Send a message."""
        self.sendMessage(json.dumps(message).encode())

    @property
    def said(self) -> list[str]:
        """The comments in the events that came."""
        return [each["data"]["comment"] for each in self.messages if each.get("event") == "chat"]


class WebCase(SynchronousTestCase):
    """Tests of a site that listens on port 8080 of this machine."""

    argument = "tcp:8080"
    environ: dict[str, str] = {}

    def setUp(self) -> None:
        self.reactor: Any = MemoryReactor()
        self.reactor.advance(NOON)
        self.network = MemoryNetwork(self.reactor)
        self.rooms = Rooms("anna", "bob")
        self.started: list[SiteOutput] = []
        self.web: Any = self.begin(make(Wiring(self.reactor), self.argument, self.environ))
        self.web.control(self.rooms)

    def begin(self, output: SiteOutput, port: int = 8080) -> SiteOutput:
        """Start an output; it is stopped at the end, and leaves nothing."""
        output.startService()
        self.listen(output, port)
        self.started.append(output)
        return output

    def listen(self, output: SiteOutput, port: int) -> None:
        """Let the network lead to it."""
        self.network.add("localhost", port, self.reactor.tcpServers[-1][1])

    def tearDown(self) -> None:
        stopped = [output.stopService() for output in self.started if output.running]
        settle(self.network, 6)
        for each in stopped:
            self.successResultOf(each)
        self.assertEqual([], self.network.open)
        self.assertEqual([], self.reactor.getDelayedCalls())

    def connect(self, factory: Any, port: int = 8080) -> Any:
        """A connection to it."""
        where = self.network.endpointForURI(URI.fromBytes(b"http://localhost:%d/" % port))
        connected = where.connect(factory)
        self.network.flush()
        return self.successResultOf(connected)

    def raw(self, data: bytes, port: int = 8080) -> Browser:
        """What comes of these bytes."""
        browser = self.connect(Factory.forProtocol(Browser), port)
        browser.transport.write(data)
        self.network.flush()
        return browser

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | None = None,
        token: str = "",
        port: int = 8080,
        **headers: str,
    ) -> Browser:
        """The answer to one request; ``headers`` with ``_`` for ``-``."""
        lines = {"host": f"localhost:{port}"}
        lines |= {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            lines["authorization"] = f"Bearer {token}"
        if body is not None:
            lines.setdefault("content-type", "application/json")
            lines["content-length"] = str(len(body))
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return self.raw(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + (body or b""), port)

    def socket(self, path: str = "/ws", port: int = 8080, **headers: str) -> Listener:
        """An open WebSocket."""
        factory = WebSocketClientFactory(
            f"ws://localhost:{port}{path}", reactor=self.reactor, headers=headers
        )
        factory.setProtocolOptions(openHandshakeTimeout=0, closeHandshakeTimeout=0)
        factory.protocol = Listener
        listener: Listener = self.connect(factory, port)
        return listener

    def happen(self, *comments: str, anchor: str = "anna", output: Any = None) -> None:
        """Let something be said, and arrive."""
        for comment in comments:
            self.say(comment, anchor, output or self.web)
        self.pass_time(GATHER)

    numbers = 0

    def say(self, comment: str, anchor: str = "anna", output: Any = None) -> None:
        """Let something be said."""
        WebCase.numbers += 1
        event = chat("Ben", comment, origin(anchor), number=WebCase.numbers)
        (output or self.web).event(event)

    def pass_time(self, seconds: float) -> None:
        """Let time pass."""
        settle(self.network, seconds)


__all__ = ["OVERLAY", "READ", "TOKEN", "Rooms", "WebCase", "Wiring", "make", "make_feed"]
