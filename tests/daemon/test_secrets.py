"""A daemon with secrets of all kinds: nothing that people read holds any of them."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from pathlib import Path
from typing import Any

from twisted.internet.endpoints import connectProtocol
from twisted.internet.interfaces import IProtocol
from twisted.internet.protocol import Factory, Protocol
from twisted.logger import globalLogPublisher
from twisted.web.client import URI
from twisted.web.server import Site

from tests.reactors import MemoryReactor
from tests.stack.case import StackTestCase, chat
from tests.stack.test_secrets import Log
from tests.stack.test_settings import Signs
from tiktoklive.daemon.daemon import assemble
from tiktoklive.settings.flags import ENVIRONMENT
from tiktoklive.tap import Options as CommandLine

RELAY = "http://relay.example:8080"


class Far(Protocol):
    """The far end of what goes through a proxy."""

    def __init__(self, near: Near) -> None:
        self.near = near

    def dataReceived(self, data: bytes) -> None:
        self.near.transport.write(data)

    def connectionLost(self, reason: Any = None) -> None:
        self.near.transport.loseConnection()


class Near(Protocol):
    """A connection to a proxy that keeps what it was asked, and repeats it where it refuses."""

    far: Far | None = None

    def __init__(self, proxy: Proxy) -> None:
        self.proxy = proxy
        self.head = b""

    def dataReceived(self, data: bytes) -> None:
        if self.far is not None:
            self.far.transport.write(data)
            return
        self.head += data
        if not self.head.endswith(b"\r\n\r\n"):
            return
        self.proxy.asked.append(self.head)
        if self.proxy.refusals:
            self.transport.write(self.proxy.refusals.pop() + b"\r\n\r\n")
            self.transport.loseConnection()
            return
        self.transport.write(b"HTTP/1.1 200 OK\r\n\r\n")
        target = URI.fromBytes(b"http://" + self.head.split()[1])
        self.far = Far(self)
        connectProtocol(self.proxy.network.endpointForURI(target), self.far)

    def connectionLost(self, reason: Any = None) -> None:
        if self.far is not None and self.far.transport is not None:
            self.far.transport.loseConnection()


class Proxy(Factory):
    """
    An HTTP proxy.

    :ivar refusals: status lines of its next answers.
    """

    def __init__(self, network: Any) -> None:
        self.network = network
        self.asked: list[bytes] = []
        self.refusals: list[bytes] = []

    def buildProtocol(self, addr: Any) -> IProtocol:
        return Near(self)


class Quoting(Signs):
    """A sign server that repeats the key."""

    def render(self, request: Any) -> bytes:
        """Refuse."""
        super().render(request)
        key = request.getHeader("x-api-key")
        return json.dumps({"message": f"bad key {key}", "error": key}).encode()


class DaemonSecretsTests(StackTestCase):
    """A run with everything that may go wrong in it."""

    def setUp(self) -> None:
        super().setUp()
        self.log = Log()
        globalLogPublisher.addObserver(self.log)
        self.addCleanup(globalLogPublisher.removeObserver, self.log)
        self.proxy = Proxy(self.network)
        self.signs = Quoting()
        self.network.add("proxy.example", 3128, self.proxy)
        self.network.add("sign.example", 80, Site(self.signs, reactor=self.clock))
        self.network.add("relay.example", 8080, self.tiktok.site())
        self.secrets = {
            "session_id": "geheim-session-id",
            "tt_target_idc": "geheim-idc",
            "ttwid": self.tiktok.mint_ttwid(),
            "sign_provider_options.api_key": "geheim-sign-key",
            "request_options.proxy": "http://geheim-user:geheim-password@proxy.example:3128",
        }
        self.tape, self.output = self.mktemp(), self.mktemp()
        self.arguments = [
            *("@alice", "--source", "signed,direct", "--sign-base", "http://sign.example"),
            *(
                "--web-base",
                RELAY,
                "--webcast-base",
                RELAY,
                "--ws-base",
                RELAY.replace("http", "ws"),
            ),
            *("--session-host", "relay.example", "--record", self.tape),
            *("--output", f"jsonl:{self.output}"),
        ]
        #: What was shown, apart from the log and the files.
        self.shown: list[str] = []

    def show(self, *things: Any) -> None:
        """Something that people may see."""
        for thing in things:
            self.shown += [repr(thing), str(thing)]

    def show_error(self, error: BaseException | None) -> None:
        """An error, with all that caused it."""
        while error is not None:
            self.show(error, error.args, vars(error))
            for _, part in getattr(error, "failures", ()):
                self.show_error(part)
            error = error.__cause__ or error.__context__

    def run_it(self, *arguments: str, **environ: str) -> None:
        """Refusals by all who can refuse, a lost stream, a failing observer, and the end."""
        line = CommandLine(MemoryReactor(), environ)
        line.parseOptions([*self.arguments, *arguments])
        daemon = assemble(self.clock, line.plan, network=self.network)
        self.services.append(daemon)
        self.wiring = daemon.live.wiring
        daemon.live.add_observer(self.seen)

        def broken(event: object) -> None:
            raise RuntimeError("an observer")

        daemon.live.on("chat", broken)
        authorization = self.secrets["request_options.proxy"].encode()
        self.proxy.refusals = [b"HTTP/1.1 503 busy with " + authorization]
        self.tiktok.refuse(message="DEVICE_BLOCKED", code="415")
        self.tiktok.refuse(status=503)
        daemon.startService()
        for _ in range(60):
            self.settle(2)
            self.show(daemon.live.status())
        self.room.push([chat("hello"), ("WebcastChatMessage", b"\x0a\xff")])
        self.settle()
        self.lose(seconds=60)
        self.room.push([chat("hello again")])
        self.settle()
        self.proxy.refusals = [b"HTTP/1.1 407 wrong: " + authorization] * 9
        self.lose(seconds=60)
        self.show(daemon.live.status())
        self.assertEqual("waiting", daemon.live.status()["alice"].phase)
        self.stop_all()
        self.flushLoggedErrors(RuntimeError)
        self.show(line, line.plan, line.plan.settings, line.read_configuration())
        self.show(daemon, self.wiring, self.wiring.web, self.wiring.tiktok, self.wiring.sign_server)
        self.show(self.wiring.network, self.wiring.websocket_network, self.wiring.parts())
        for event in self.seen.events:
            self.show(event, json.dumps(event.as_dict(), default=repr))
            for name in ("reason", "exception", "state"):
                value = getattr(event, name, None)
                self.show(value)
                if isinstance(value, BaseException):
                    self.show_error(value)

    def check(self) -> None:
        """All secrets were used, and none of them was shown."""
        authorization = b64encode(b"geheim-user:geheim-password")
        self.assertTrue(all(authorization in head for head in self.proxy.asked))
        [*_, handshake] = self.handshakes()
        for cookie, name in (("sessionid", "session_id"), ("tt-target-idc", "tt_target_idc")):
            self.assertEqual(self.secrets[name], handshake.cookies[cookie])
        self.assertIn(self.secrets["ttwid"], [each.cookies["ttwid"] for each in self.handshakes()])
        self.assertEqual("geheim-sign-key", self.signs.asked[0].header("x-api-key"))
        hosts = {host for host, _ in self.network.attempts}
        targets = {head.split()[1] for head in self.proxy.asked}
        self.assertEqual({"proxy.example", "relay.example", "sign.example"}, hosts)
        self.assertEqual({b"relay.example:8080", b"sign.example:80"}, targets)
        tape, output = Path(self.tape).read_text(), Path(self.output).read_text()
        everything = "\n".join([*self.log.texts, *self.shown, *self.arguments, tape, output])
        for said in (
            "proxy.example",
            "sign.example",
            "DEVICE_BLOCKED",
            "hello again",
            "503",
            "407",
        ):
            self.assertIn(said, everything)  # it was kept, and did happen
        _, number, _, proof = self.secrets["ttwid"].split("%7C")
        for secret in ("geheim", authorization.decode(), number, proof):
            found = everything.find(secret)
            self.assertEqual(-1, found, everything[max(0, found - 200) : found + 100])

    def test_environment(self) -> None:
        """Secrets of the environment are nowhere."""
        variables = {path: variable for variable, path in ENVIRONMENT.items()}
        self.run_it(**{variables[path]: value for path, value in self.secrets.items()})
        self.check()

    def test_file(self) -> None:
        """Nor are those of a configuration file."""
        config = self.mktemp()
        values = {**self.secrets, "websocket_options.proxy": self.secrets["request_options.proxy"]}
        lines = [f"{path} = '{value}'\n" for path, value in values.items()]
        Path(config).write_text("".join(lines))
        os.chmod(config, 0o600)
        self.run_it("--config", config)
        self.check()
