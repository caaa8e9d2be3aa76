"""The simulator as a service on a real port, for real clients."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from autobahn.twisted.websocket import WebSocketClientFactory
from twisted.internet import endpoints, reactor
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.error import CannotListenError
from twisted.internet.interfaces import IStreamServerEndpoint
from twisted.python import usage
from twisted.trial.unittest import SynchronousTestCase, TestCase
from twisted.web.client import Agent, HTTPConnectionPool, readBody
from twisted.web.http_headers import Headers
from zope.interface import implementer

from tests.simulator.client import AGENT, PlainClient, query_of
from tiktoklive.capture.tape import TapeEntry, TapeHeader, encode_line
from tiktoklive.net.login import SESSION_COOKIES
from tiktoklive.outputs.web.output import USUAL
from tiktoklive.simulator.control import SimulatorControl
from tiktoklive.simulator.service import SESSION, SimulatorService
from tiktoklive.simulator.settings import TOKEN
from tiktoklive.simulator.tap import Options, makeService
from tiktoklive.wire import frames
from tiktoklive.wire.batches import build_batch


class OptionsTests(SynchronousTestCase):
    """What can be said on the command line."""

    def test_defaults(self) -> None:
        """By default only this machine can reach it."""
        options = Options()
        options.parseOptions([])
        self.assertIn("interface=127.0.0.1", options["endpoint"])
        self.assertNotIn(USUAL.partition(":")[2], options["endpoint"])  # that of the reader
        self.assertEqual((1, 20.0, 0), (options["rooms"], options["rate"], options["seed"]))

    def test_version(self) -> None:
        """The version is ours, and not Twisted's alone."""
        with redirect_stdout(StringIO()) as said:
            self.assertRaises(SystemExit, Options().parseOptions, ["--version"])
        self.assertRegex(said.getvalue(), r"\Atiktoklive (\d\S+|\(used from a checkout\))\n\Z")

    def test_nonsense(self) -> None:
        """Numbers out of range, and tapes that are none, are refused with a reason."""
        for option, *arguments in (
            ["--rooms", "0"],
            ["--rooms", "many"],
            ["--rate", "fast"],
            ["--rate", "-1"],
            ["--rate", "nan"],
            ["--seed", "x"],
            ["--tape", self.mktemp()],
            ["--faults", "boom=1"],
            ["--faults", "reset=many"],
            ["--control", "tcp:0"],  # without a token
            ["--endpoint", "nowhere"],
            ["--endpoint", "*:8090"],
            ["--endpoint", "tcp:port"],
            ["--endpoint", "tcp:0:colour=red"],
            ["--endpoint", "ssl:0:privateKey=missing"],
        ):
            with self.assertRaises(usage.UsageError) as caught:
                Options().parseOptions([option, *arguments])
            self.assertIn(option, str(caught.exception))


class WatchingClient(PlainClient):
    """Fires when it has seen enough."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted = 5
        self.enough: Deferred[None] = Deferred()
        self.gone: Deferred[None] = Deferred()

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        """Count."""
        super().onMessage(payload, isBinary)
        if len(self.frames) == self.wanted:
            self.enough.callback(None)

    def onClose(self, wasClean: bool, code: Any, reason: Any) -> None:
        """Gone."""
        super().onClose(wasClean, code, reason)
        self.gone.callback(None)


class RealTests(TestCase):
    """On a port of 127.0.0.1."""

    timeout = 20

    def service(self, *arguments: str) -> SimulatorService:
        """A service on any free port, that is not started."""
        options = Options()
        options.parseOptions(["--endpoint", "tcp:0:interface=127.0.0.1", *arguments])
        service = makeService(options, reactor)
        assert isinstance(service, SimulatorService)
        return service

    async def watch(
        self, service: SimulatorService, user: str, *, enough: int = 5
    ) -> WatchingClient:
        """Follow a user from the name alone, as a client does; return after some frames."""
        pool = HTTPConnectionPool(reactor, persistent=False)
        agent = Agent(reactor, pool=pool)
        headers = Headers({"User-Agent": [AGENT]})
        base = f"http://{service.address}"
        query = urlencode({"aid": "1988", "sourceType": "54", "uniqueId": user})
        url = f"{base}/api-live/user/room/?{query}".encode()
        response = await agent.request(b"GET", url, headers)
        room_id = json.loads(await readBody(response))["data"]["user"]["roomId"]
        response = await agent.request(b"GET", f"{base}/@{user}".encode(), headers)
        await readBody(response)
        [cookie] = response.headers.getRawHeaders("set-cookie")
        path = "/webcast/im/ws_proxy/ws_reuse_supplement/?" + urlencode(query_of(room_id))
        factory: Any = WebSocketClientFactory(
            f"ws://{service.address}{path}",
            useragent=AGENT,
            headers={"Cookie": cookie.partition(";")[0]},
        )
        factory.setProtocolOptions(openHandshakeTimeout=0, closeHandshakeTimeout=0)
        factory.protocol = WatchingClient
        host, _, port = service.address.rpartition(":")
        client = await HostnameEndpoint(reactor, host, int(port)).connect(factory)
        assert isinstance(client, WatchingClient)
        client.wanted = enough
        await client.is_open
        client.sendMessage(frames.enter_room(room_id), isBinary=True)
        await client.enough
        return client

    async def test_follow(self) -> None:
        """A user can be followed from the name alone, and stopping says goodbye."""
        service = self.service("--rooms", "2", "--rate", "200", "--seed", "1")
        service.startService()
        await service.ready()
        client = await self.watch(service, "sim2")
        await service.stopService()
        await client.gone
        self.assertEqual((True, 1001), (client.closed or ())[:2])

    async def test_next_place(self) -> None:
        """Where a port is taken it listens at the next place; its pictures are where it does."""
        first = self.service()
        first.startService()
        await first.ready()
        taken = f"tcp:{first.address.rpartition(':')[2]}:interface=127.0.0.1"
        places = taken, "tcp:0:interface=127.0.0.1"
        second = SimulatorService(reactor, *places, rooms=1, rate=20, seed=0, tape=None)
        second.startService()
        await second.ready()
        self.assertNotIn(second.address, ("", first.address))
        assert second.simulator is not None
        self.assertEqual(f"http://{second.address}", second.simulator.world.pictures.bases[0])
        await second.stopService()
        await first.stopService()

    async def test_broadcasts(self) -> None:
        """A user who goes live again has a new room in which as much happens; @bot may chat."""
        service = self.service("--rate", "200")
        service.startService()
        await service.ready()
        simulator = service.simulator
        assert simulator is not None
        room = simulator.rooms["sim1"]
        before = room.room_id
        room.end()
        room.go_live()
        self.assertNotEqual(before, room.room_id)
        client = await self.watch(service, "sim1")
        self.assertEqual(1, simulator.sessions)
        url = f"http://{service.address}/webcast/room/chat/?" + urlencode(
            {"aid": "1988", "room_id": room.room_id, "content": "hello"}
        )
        cookies = "; ".join(f"{name}={SESSION}" for name in SESSION_COOKIES)
        headers = Headers({"User-Agent": [AGENT], "Cookie": [cookies]})
        heard: list[str] = []
        room.listeners.append(lambda user, text: heard.append(f"{user.unique_id}: {text}"))
        pool = HTTPConnectionPool(reactor, persistent=False)
        response = await Agent(reactor, pool=pool).request(b"POST", url.encode(), headers)
        self.assertEqual(0, json.loads(await readBody(response))["status_code"])
        self.assertIn("bot: hello", heard)
        await service.stopService()
        await client.gone

    async def test_control(self) -> None:
        """With a token it listens for those who have that, and is told what shall happen."""
        control = SimulatorControl(reactor, "tcp:0", {TOKEN: "simulate-0123456789abcdef"})
        service = SimulatorService(
            reactor,
            "tcp:0:interface=127.0.0.1",
            rooms=1,
            rate=1,
            seed=0,
            tape=None,
            control=control,
        )
        service.startService()
        await service.ready()
        pool = HTTPConnectionPool(reactor, persistent=False)
        agent = Agent(reactor, pool=pool)
        url = f"{control.url}api/rooms/sim1/end".encode()
        for token, status in (("wrong-0123456789abcdef", 401), ("simulate-0123456789abcdef", 200)):
            headers = Headers(
                {"Authorization": [f"Bearer {token}"], "Content-Type": ["application/json"]}
            )
            response = await agent.request(b"POST", url, headers)
            await readBody(response)
            self.assertEqual(status, response.code)
        assert service.simulator is not None
        self.assertFalse(service.simulator.rooms["sim1"].is_live)
        await service.stopService()
        self.assertEqual("", control.url)

    async def test_faults(self) -> None:
        """What was asked for goes wrong: here, every stream is reset behind its first batch."""
        service = self.service("--faults", "reset=100")
        service.startService()
        await service.ready()
        client = await self.watch(service, "sim1", enough=2)
        await client.gone
        self.assertEqual((False, 1006), (client.closed or ())[:2])
        await service.stopService()

    async def test_tape(self) -> None:
        """A tape is played over and over."""
        path = Path(self.mktemp())
        batch = build_batch([("Taped", b"", 1, False)])
        items = TapeHeader("anna", "1"), TapeEntry(0.01, "batch", batch)
        path.write_bytes(b"".join(encode_line(item) for item in items))
        service = self.service("--tape", str(path))
        service.startService()
        await service.ready()
        client = await self.watch(service, "sim1")
        taped = [each for sent in client.batches() for each in sent.messages]
        self.assertEqual({"Taped"}, {each.method for each in taped})
        # Otherwise viewers would take the second round for what they have seen already.
        self.assertEqual(len(taped), len({each.msg_id for each in taped}))
        await service.stopService()
        await client.gone

    async def test_idle_clients(self) -> None:
        """A client that keeps its connection for later does not keep the service from ending."""
        service = self.service()
        service.startService()
        await service.ready()
        pool = HTTPConnectionPool(reactor)
        agent = Agent(reactor, pool=pool)
        response = await agent.request(b"GET", f"http://{service.address}/@sim1".encode())
        await readBody(response)
        await service.stopService()
        await pool.closeCachedConnections()

    async def test_listening_fails_later(self) -> None:
        """An endpoint that fails after a while is told in the log, and leaves nothing running."""
        failing = Deferred[Any]()

        @implementer(IStreamServerEndpoint)
        class Slow:
            def listen(self, factory: Any) -> Deferred[Any]:
                return failing

        self.patch(endpoints, "serverFromString", lambda reactor, description: Slow())
        service = SimulatorService(reactor, "slow:", rooms=1, rate=20, seed=0, tape=None)
        service.startService()
        failing.errback(RuntimeError("no door"))
        await service.ready()
        self.assertEqual(1, len(self.flushLoggedErrors(RuntimeError)))
        await service.stopService()

    async def test_port_taken(self) -> None:
        """A port that is taken is an error at once, and leaves nothing running."""
        first = self.service()
        first.startService()
        await first.ready()
        port = first.address.rpartition(":")[2]
        second = SimulatorService(
            reactor, f"tcp:{port}:interface=127.0.0.1", rooms=1, rate=20, seed=0, tape=None
        )
        self.assertRaises(CannotListenError, second.startService)
        await second.stopService()
        await first.stopService()
