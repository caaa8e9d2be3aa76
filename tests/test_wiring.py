"""The standard parts, and how to put another in the place of one."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from random import Random

from twisted.internet.defer import Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tests.seams import Opener, Resolver, Signer
from tests.stack.case import StackTestCase, chat
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.errors import ProxyError
from tiktoklive.events import Chat
from tiktoklive.interfaces import IRoomResolver, ISigner, IStreamOpener
from tiktoklive.model import Resume, Room
from tiktoklive.net.network import DirectNetwork
from tiktoklive.net.proxy import ProxyNetwork
from tiktoklive.options import Options, RequestOptions, SignProviderOptions, WebsocketOptions
from tiktoklive.session.retry import Patience
from tiktoklive.stream.conversation import Limits
from tiktoklive.testing import MemoryNetwork, settle, simulated
from tiktoklive.wiring import standard_wiring


class WiringTests(SynchronousTestCase):
    """A table of parts."""

    def setUp(self) -> None:
        self.network = MemoryNetwork()
        self.wiring = standard_wiring(self.network.clock, network=self.network, random=Random(1))

    def test_parts(self) -> None:
        """The parts provide their interfaces, and share the wiring's clock and settings."""
        parts = self.wiring.parts()
        verifyObject(IRoomResolver, parts.resolver)
        verifyObject(ISigner, parts.signer)
        verifyObject(IStreamOpener, parts.opener)
        self.assertIs(self.network.clock, parts.clock)
        self.assertIs(self.wiring.options.patience, parts.patience)
        self.assertIs(self.wiring.options.limits, parts.limits)

    def test_replace(self) -> None:
        """A wiring with another part is made by replacing it; the old one stays as it was."""
        resolver, signer, opener = Resolver(), Signer(), Opener()
        other = replace(self.wiring, resolver=resolver, signer=signer, opener=opener)
        parts = other.parts()
        self.assertEqual((resolver, signer, opener), (parts.resolver, parts.signer, parts.opener))
        self.assertIsNot(resolver, self.wiring.resolver)
        connection = WebcastPushConnection("alice", wiring=other)
        self.successResultOf(connection.connect())
        self.assertEqual([("alice",)], resolver.questions)
        self.successResultOf(connection.disconnect())
        self.assertEqual([], self.network.attempts)

    def test_frozen(self) -> None:
        """Neither a wiring nor its options are changed once they are made."""
        self.assertRaises(FrozenInstanceError, setattr, self.wiring, "opener", None)
        self.assertRaises(FrozenInstanceError, setattr, self.wiring.options, "compress", False)

    def test_network(self) -> None:
        """Without another network, connections go straight to their hosts."""
        self.assertIsInstance(standard_wiring(Clock()).network, DirectNetwork)

    def test_secret(self) -> None:
        """The supplied cookie is not shown."""
        wiring = standard_wiring(
            self.network.clock, Options(ttwid="1%7Csecret"), network=self.network
        )
        self.assertNotIn("secret", repr(wiring) + repr(wiring.options))

    def test_bad_cookie(self) -> None:
        """A ttwid that is no cookie's value is refused at once, and not shown."""
        error = self.assertRaises(
            ValueError,
            standard_wiring,
            self.network.clock,
            Options(ttwid='"secret"; x'),
            network=self.network,
        )
        self.assertNotIn("secret", str(error))

    def test_proxies(self) -> None:
        """HTTP and WebSocket have the same network, unless one of them has a proxy."""
        plain = self.wiring
        self.assertIs(self.network, plain.network)
        self.assertIs(self.network, plain.websocket_network)
        url = "http://us3r:s3cret@proxy.example:3128"
        for options, web, socket in (
            (Options(request_options=RequestOptions(proxy=url)), True, False),
            (Options(websocket_options=WebsocketOptions(proxy=url)), False, True),
        ):
            wiring = standard_wiring(self.network.clock, options, network=self.network)
            self.assertEqual(web, isinstance(wiring.network, ProxyNetwork))
            self.assertEqual(socket, isinstance(wiring.websocket_network, ProxyNetwork))
            self.assertNotIn("s3", repr(wiring) + repr(options))

    def test_bad_proxy(self) -> None:
        """An address that is no proxy's is refused at once, by the option's name, and not shown."""
        for url in ("", "proxy.example:3128", "socks4://us3r:s3cret@proxy.example"):
            for name, options in (
                ("request_options", Options(request_options=RequestOptions(proxy=url))),
                ("websocket_options", Options(websocket_options=WebsocketOptions(proxy=url))),
            ):
                error = self.assertRaises(
                    ValueError, standard_wiring, self.network.clock, options, network=self.network
                )
                self.assertIn(f"{name}.proxy cannot be used. A proxy is given as", str(error))
                self.assertNotIn("s3", str(error))

    def test_late_proxy(self) -> None:
        """It is the proxy that is said to be late, and within the time that was given."""
        url = "socks5://proxy.example"
        for options, steps in (
            (Options(request_options=RequestOptions(proxy=url, timeout=20)), 2),
            (Options(websocket_options=WebsocketOptions(proxy=url, timeout=20)), 1),
        ):
            network, tiktok = simulated()
            tiktok.add_room("alice")
            network.silence("proxy.example")
            wiring = standard_wiring(network.clock, options, network=network, random=Random(1))
            connecting = WebcastPushConnection("alice", wiring=wiring).connect()
            settle(network, 19 * steps)
            error = self.failureResultOf(connecting, ProxyError).value
            self.assertIn("proxy.example:1080 did not connect to", str(error))

    def test_random(self) -> None:
        """Two wirings with the same randomness pretend to be the same browser."""
        other = standard_wiring(self.network.clock, network=self.network, random=Random(1))
        self.assertEqual(self.wiring.tiktok.device, other.tiktok.device)

    def test_ws_base(self) -> None:
        """ws_base is where tickets lead."""
        wiring = standard_wiring(
            self.network.clock,
            Options(ws_base="wss://webcast-ws.eu.tiktok.com/", ttwid="t"),
            network=self.network,
        )

        async def sign() -> str:
            return (await wiring.signer.sign(Room("alice", "1"), Resume())).url

        url = self.successResultOf(Deferred.fromCoroutine(sign()))
        self.assertTrue(url.startswith("wss://webcast-ws.eu.tiktok.com/webcast/im/"), url)


class OptionsTests(StackTestCase):
    """Settings reach the parts they are for."""

    def test_hosts(self) -> None:
        """A simulator behind other addresses, without TLS, is as good as TikTok."""
        self.network.add("relay.example", 8080, self.tiktok.site())
        options = Options(
            web_base="http://relay.example:8080/",
            webcast_base="http://relay.example:8080",
            ws_base="ws://relay.example:8080/",
        )
        wiring = self.wire(options)
        self.wiring = wiring
        self.live(self.connection(wiring=wiring))
        self.assertEqual({"relay.example"}, {each.host for each in self.network.connections})

    def test_simulator(self) -> None:
        """One address is enough for all that is asked, by each source; secrets stay here."""
        self.network.add("relay.example", 8090, self.tiktok.site())
        provider = SignProviderOptions(host="https://sign.example.org", api_key="a-real-key")
        for source in ("direct", "signed", "classic"):
            options = Options(
                simulator="relay.example:8090",
                sources=(source,),
                sign_provider_options=provider,
                ttwid="1%7Creal",
                session_id="s3cr3t",
                request_headers={"Cookie": "sessionid=l0gin; ttwid=1%7Cmine", "X-Mine": "1"},
                websocket_headers={"cookie": "sid_guard=gu4rd; ttwid=1%7Cmine"},
            )
            with self.subTest(source):
                self.wiring = self.wire(options)
                self.live(self.connection(wiring=self.wiring))
                self.assertEqual({("relay.example", 8090)}, set(self.network.attempts))
                self.stop_all()
                self.services.clear()
        said = repr([(each.target, each.headers) for each in self.tiktok.requests])
        for secret in ("a-real-key", "1%7Creal", "s3cr3t", "l0gin", "1%7Cmine", "gu4rd"):
            self.assertNotIn(secret, said)

    def test_no_simulator(self) -> None:
        """What is no host and port is refused, and shown."""
        for text in ("127.0.0.1", "http://127.0.0.1:8090", ""):
            error = self.assertRaises(ValueError, self.wire, Options(simulator=text))
            self.assertEqual(f"simulator must look like 127.0.0.1:8090, not {text!r}.", str(error))

    def test_simulator_here(self) -> None:
        """A simulator on this machine gets the session, and takes what is said with it."""
        for host in ("127.0.0.1", "localhost", "[::1]"):
            with self.subTest(host):
                self.network.add(host.strip("[]"), 8090, self.tiktok.site())
                session = self.tiktok.add_session("bot")
                self.wiring = self.wire(Options(simulator=f"{host}:8090", session_id=session))
                connection = self.live(self.connection(wiring=self.wiring))
                sent = connection.send_message("hello")
                self.settle()
                self.assertEqual("hello", self.successResultOf(sent)["content"])
                self.assertEqual("bot", self.seen.of(Chat)[-1].user.unique_id)
                self.stop_all()
                self.services.clear()

    def test_region(self) -> None:
        """The socket may be another of TikTok's hosts."""
        wiring = self.wiring = self.wire(Options(ws_base="wss://webcast-ws.us.tiktok.com"))
        self.live(self.connection(wiring=wiring))
        self.assertEqual(1, len(self.network.open_to("webcast-ws.us.tiktok.com")))

    def test_compress(self) -> None:
        """Compression is asked for, unless it is switched off; both work."""
        for compress in (True, False):
            with self.subTest(compress):
                self.wiring = self.wire(Options(compress=compress))
                connection = self.live(self.connection(wiring=self.wiring))
                self.room.push([chat("hello")])
                self.settle()
                handshake = self.handshakes()[-1]
                self.assertEqual("gzip" if compress else "", handshake.parameter("compress"))
                self.assertEqual("hello", self.seen.comments()[-1])
                self.stop_all()
                self.services.remove(connection)

    def test_timeouts(self) -> None:
        """The two timeouts bound the steps, in seconds; the user is looked up in two ways."""
        for host, options, steps in (
            ("www.tiktok.com", Options(request_options=RequestOptions(timeout=3)), 2),
            ("webcast-ws.tiktok.com", Options(websocket_options=WebsocketOptions(timeout=3)), 1),
        ):
            with self.subTest(host):
                self.wiring = self.wire(options)
                self.network.silence(host)
                connected = self.connection(wiring=self.wiring).connect()
                self.settle(steps * 3 - 0.1)
                self.assertNoResult(connected)
                self.settle(0.2)
                self.assertIn("3 s", str(self.failureResultOf(connected).value))
                self.network.silence(host, False)
                self.stop_all()

    def test_patience(self) -> None:
        """patience reaches the session."""
        self.wiring = self.wire(Options(patience=Patience(offline=4)))
        self.room.end()
        self.follow(wiring=self.wiring)
        self.settle(20)
        self.assertGreaterEqual(len(self.lookups()), 4)

    def test_limits(self) -> None:
        """limits reach the conversation."""
        self.wiring = self.wire(Options(limits=Limits(stale_after=5)))
        self.live(self.connection(wiring=self.wiring))
        self.room.silence()
        self.settle(5.5)
        self.assertIn("disconnected", self.seen.names())

    def test_close(self) -> None:
        """Closing the wiring closes what HTTP kept open, and a connection may follow."""
        connection = self.live()
        connection.disconnect()
        self.settle(3)
        self.assertEqual(
            ["www.tiktok.com", "webcast.tiktok.com"], [each.host for each in self.network.open]
        )
        self.stop_all()
        self.live(connection)


class RepeatableTests(SynchronousTestCase):
    """Chance is an argument."""

    def run_it(self) -> list[tuple[str, int]]:
        """A run with losses; name and time of each event."""
        network, tiktok = simulated(seed=4)
        room = tiktok.add_room("alice")
        wiring = standard_wiring(network.clock, network=network, random=Random(9))
        connection = WebcastPushConnection("alice", wiring=wiring)
        log: list[tuple[str, int]] = []
        connection.on("event", lambda event: log.append((event.name, event.received_at)))
        connection.connect()
        for _ in range(5):
            settle(network, 7)
            room.drop(clean=False)
        connection.disconnect()
        settle(network, 3)
        return log

    def test_twice(self) -> None:
        """With the same seeds the same things happen at the same times."""
        first = self.run_it()
        self.assertGreater(len(first), 15)
        self.assertEqual(first, self.run_it())
