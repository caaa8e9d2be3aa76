"""The whole stack: what the daemon's flags change in what goes over the wire."""

from __future__ import annotations

import json
import os
import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from twisted.trial.unittest import TestCase
from twisted.web.resource import Resource
from twisted.web.server import Site

from tests.reactors import MemoryReactor
from tests.stack.case import StackTestCase
from tiktoklive.model import Resume, Room
from tiktoklive.signing.command import CommandSignature
from tiktoklive.simulator.requests import Request, read_request
from tiktoklive.tap import Options as CommandLine
from tiktoklive.wiring import standard_wiring


class Signs(Resource):
    """A sign server that refuses what it is asked."""

    isLeaf = True

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Request] = []

    def render(self, request: Any) -> bytes:
        """Keep the request, and want a key."""
        self.asked.append(read_request(request, 0.0))
        request.setResponseCode(401)
        return b'{"message": "no"}'


class SettingsTests(StackTestCase):
    """Each flag alone, against the simulator."""

    def run_with(self, *arguments: str, **environ: str) -> Any:
        """An attempt to connect as a command line wants it; what became of it."""
        line = CommandLine(MemoryReactor(), environ)
        line.parseOptions(["@alice", *arguments])
        self.wiring = self.wire(line.plan.settings)
        connected = self.connection(wiring=self.wiring).connect()
        self.settle()
        self.stop_all()
        return connected

    def live_with(self, *arguments: str, **environ: str) -> tuple[Request, Request]:
        """The last look-up and the last handshake of an attempt that succeeded."""
        self.assertTrue(self.successResultOf(self.run_with(*arguments, **environ)).is_connected)
        return self.lookups()[-1], self.handshakes()[-1]

    def secret(self, text: str) -> str:
        """The name of a file that holds a secret."""
        path = self.mktemp()
        Path(path).write_text(text)
        os.chmod(path, 0o600)
        return path

    def test_client_param(self) -> None:
        """A parameter goes into the query of requests and sockets."""
        for request in self.live_with("--client-param", "app_language=de"):
            self.assertEqual("de", request.parameter("app_language"))

    def test_headers(self) -> None:
        """Requests and handshakes have each their own headers."""
        lookup, handshake = self.live_with(
            "--request-header", "X-One: 1", "--websocket-header", "X-Two: 2"
        )
        self.assertEqual(("1", None), (lookup.header("X-One"), lookup.header("X-Two")))
        self.assertEqual((None, "2"), (handshake.header("X-One"), handshake.header("X-Two")))

    def test_initial_data(self) -> None:
        """What happened before is asked for or not."""
        for arguments, number in (([], "6"), (["--no-initial-data"], "0")):
            _, handshake = self.live_with(*arguments)
            self.assertEqual(number, handshake.parameter("history_comment_count"))

    def test_room_info(self) -> None:
        """The details of the room are asked for or not."""

        def asked() -> list[str]:
            paths = [request.path for request in self.tiktok.requests]
            return [path for path in paths if path == "/webcast/room/info/"]

        self.live_with("--no-room-info")
        self.assertEqual([], asked())
        self.live_with()
        self.assertEqual(1, len(asked()))

    def test_gzip(self) -> None:
        """Compression is asked for or not."""
        for arguments, asked in (([], "gzip"), (["--no-gzip"], "")):
            self.assertEqual(asked, self.live_with(*arguments)[1].parameter("compress"))

    def test_ttwid(self) -> None:
        """The guest cookie is the one in the file, or in the environment."""
        ttwid = self.tiktok.mint_ttwid()
        _, handshake = self.live_with("--ttwid-file", self.secret(ttwid))
        self.assertEqual(ttwid, handshake.cookies["ttwid"])
        other = self.tiktok.mint_ttwid()
        _, handshake = self.live_with(TIKTOKLIVE_TTWID=other)
        self.assertEqual(other, handshake.cookies["ttwid"])

    def test_session(self) -> None:
        """The session and its data centre go to TikTok."""
        file = self.secret("the-session")
        for arguments, environ in (
            (["--session-file", file, "--target-idc", "useast1a"], {}),
            ([], {"TIKTOKLIVE_SESSION_ID": "the-session", "TIKTOKLIVE_TARGET_IDC": "useast1a"}),
        ):
            for request in self.live_with(*arguments, **environ):
                self.assertEqual("the-session", request.cookies["sessionid"])
                self.assertEqual("useast1a", request.cookies["tt-target-idc"])

    def test_bases_and_session_host(self) -> None:
        """Other addresses are used, and get the session only if they are named."""
        self.network.add("relay.example", 8080, self.tiktok.site())
        bases = (
            *("--web-base", "http://relay.example:8080"),
            *("--webcast-base", "http://relay.example:8080"),
            *("--ws-base", "ws://relay.example:8080"),
            *("--session-file", self.secret("the-session")),
        )
        for request in self.live_with(*bases):
            self.assertNotIn("sessionid", request.cookies)
        for request in self.live_with(*bases, "--session-host", "relay.example"):
            self.assertEqual("the-session", request.cookies["sessionid"])
        self.assertEqual({("relay.example", 8080)}, set(self.network.attempts))

    def test_timeouts(self) -> None:
        """Requests and handshakes each have their time; users are looked up by two requests."""
        for flag, host, steps in (
            ("--request-timeout", "www.tiktok.com", 2),
            ("--websocket-timeout", "webcast-ws.tiktok.com", 1),
        ):
            self.network.silence(host)
            line = CommandLine(MemoryReactor(), {})
            line.parseOptions(["@alice", flag, "3"])
            self.wiring = self.wire(line.plan.settings)
            connected = self.connection(wiring=self.wiring).connect()
            self.settle(steps * 3 - 0.1)
            self.assertNoResult(connected)
            self.settle(0.2)
            self.assertIn("3 s", str(self.failureResultOf(connected).value))
            self.network.silence(host, False)
            self.stop_all()

    def test_proxies(self) -> None:
        """With a proxy nobody else is asked for anything; WebSockets may have another, or none."""
        proxy, other = ("proxy.example", 3128), ("other.example", 1080)
        for host, _ in (proxy, other):
            self.network.refuse(host)
        self.failureResultOf(self.run_with(TIKTOKLIVE_PROXY="http://me:secret@proxy.example:3128"))
        self.assertEqual({proxy}, set(self.network.attempts))
        self.network.attempts.clear()
        # Requests go directly here.
        self.failureResultOf(self.run_with("--websocket-proxy", "socks5://other.example"))
        self.assertIn(other, self.network.attempts)
        self.assertNotIn(("webcast-ws.tiktok.com", 443), self.network.attempts)
        self.assertNotIn(proxy, self.network.attempts)

    def test_sign_server(self) -> None:
        """The sign server, what it is asked for, and what it is told besides."""
        signs = Signs()
        self.network.add("sign.example", 443, Site(signs, reactor=self.clock))
        self.failureResultOf(
            self.run_with(
                *("--source", "signed", "--sign-base", "https://sign.example"),
                *("--sign-path", "fetch", "--sign-param", "client=mine"),
                *("--sign-header", "X-Mine: yes", "--sign-key-file", self.secret("the-key")),
            )
        )
        [asked] = signs.asked
        self.assertEqual("/webcast/fetch", asked.path)
        self.assertEqual("mine", asked.parameter("client"))
        self.assertEqual(("yes", "the-key"), (asked.header("X-Mine"), asked.header("x-api-key")))
        arguments = "--source", "signed,direct", "--sign-host", "https://sign.example"
        self.live_with(*arguments, TIKTOKLIVE_SIGN_KEY="other-key")
        self.assertEqual(f"/webcast/rooms/{self.room.room_id}/connect", signs.asked[1].path)
        self.assertEqual("other-key", signs.asked[1].header("x-api-key"))


class CommandTests(TestCase):
    """A program that signs, started for real."""

    timeout = 30

    async def test_sign_command(self) -> None:
        """The program gets the query of the socket, and what it prints is appended."""
        script = Path(self.mktemp())
        script.write_text("import sys; print('X-Gnarly=%d' % len(sys.stdin.read()))")
        command = shlex.join([sys.executable, str(script.absolute())])
        line = CommandLine(environ={})
        line.parseOptions(["@alice", "--sign-command", command])
        sign = line.plan.settings.sign_query
        assert isinstance(sign, CommandSignature)
        self.assertEqual("X-Gnarly=5", await sign("a=b&c"))
        config = Path(self.mktemp())
        config.write_text(f"sign_query = {json.dumps(command)}")
        line = CommandLine(environ={})
        line.parseOptions(["@alice", "--config", str(config)])
        wiring = standard_wiring(options=replace(line.plan.settings, ttwid="x"))
        ticket = await wiring.signer.sign(Room("alice", "7"), Resume())
        self.assertRegex(ticket.url, r"&X-Gnarly=[0-9]{3}$")
