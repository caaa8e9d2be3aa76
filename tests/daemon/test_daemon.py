"""What the daemon is assembled from, and how it runs."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from pathlib import Path
from typing import Any
from unittest.mock import patch

from twisted.application.service import IService, Service
from twisted.internet import reactor
from twisted.internet.defer import Deferred, succeed
from twisted.internet.protocol import Factory
from twisted.internet.task import Clock
from twisted.logger import Logger, capturedLogs, formatEvent
from twisted.python.usage import UsageError
from twisted.trial.unittest import TestCase
from twisted.web.client import Agent, HTTPConnectionPool, readBody
from zope.interface import implementer

from tests.outputs.doubles import Trough
from tests.test_tap import HEADER, OptionsCase
from tiktoklive.capture import Recorder, Replay
from tiktoklive.daemon.daemon import STOP_TIMEOUT, Daemon
from tiktoklive.events import Chat, Event
from tiktoklive.interfaces import IOutput
from tiktoklive.logs import voice
from tiktoklive.outputs.channel import FileChannel
from tiktoklive.outputs.console import Console
from tiktoklive.outputs.jsonl import JsonLines
from tiktoklive.outputs.line_writer import LineWriter
from tiktoklive.outputs.web.output import WebOutput
from tiktoklive.service import LiveService
from tiktoklive.tap import Options, makeService
from tiktoklive.wire.batches import build_batch
from tiktoklive.wire.common_pb2 import Common
from tiktoklive.wire.speech_pb2 import WebcastChatMessage


class Slow(Service):
    """A service that remembers what happens, and stops when it is told."""

    def __init__(self, name: str, seen: list[str], stopped: Deferred[None]) -> None:
        self.setName(name)
        self.seen = seen
        self.stopped = stopped

    def startService(self) -> None:
        self.seen.append(f"start {self.name}")

    def stopService(self) -> Deferred[None]:
        self.seen.append(f"stop {self.name}")
        return self.stopped


@implementer(IOutput)
class Overlay(Service):
    """An output that is there for whoever comes."""


class MakeServiceTests(OptionsCase):
    """What is assembled."""

    def test_parts(self) -> None:
        """The outputs come first and observe, then the service that follows all users."""
        path = self.mktemp()
        daemon = makeService(self.parse("anna", "bob", "-o", "console", "-o", f"jsonl:{path}"))
        self.assertTrue(IService.providedBy(daemon))
        self.assertEqual("tiktoklive", daemon.name)
        kinds = [type(service) for service in daemon]
        self.assertEqual([Console, JsonLines, LiveService], kinds)
        self.assertEqual(["anna", "bob"], list(daemon.live.status()))
        self.assertFalse(os.path.exists(path))

    def test_controlled(self) -> None:
        """An output through which users are chosen is given whom to ask."""
        daemon = makeService(self.parse("anna", "-o", "web:tcp:8080", "-o", "feed:tcp:21213"))
        web = next(iter(daemon))
        self.assertIsInstance(web, WebOutput)
        self.assertIs(daemon.live, web._control.rooms)

    def test_two_of_a_kind(self) -> None:
        """Any number of outputs may be of the same kind, even alike."""
        path = self.mktemp()
        outputs = ["-o", "console", "-o", f"jsonl:{path}", "-o", f"jsonl:{path}2"] * 2
        names = [service.name for service in makeService(self.parse("anna", *outputs))]
        self.assertEqual(7, len(set(names)))

    def test_outboxes(self) -> None:
        """Two webhooks of one daemon have an outbox each."""
        one, other = (
            f"webhook:https://{name}.test/#outbox={self.mktemp()}&secret-env=TEST_SECRET"
            for name in ("one", "other")
        )
        secret = b64encode(bytes(32)).decode()
        with patch.dict(os.environ, {"TEST_SECRET": f"whsec_{secret}"}):
            daemon = makeService(self.parse("anna", "-o", one, "-o", other))
            error = self.assertRaises(
                UsageError, self.parse, "anna", "-o", one, "-o", other, "-o", one
            )
        self.assertIn("another output uses", str(error))
        webhooks = [service for service in daemon if "webhook" in str(service.name)]
        self.assertEqual(2, len(webhooks))
        for webhook in webhooks:
            webhook._lock.take()
            self.addCleanup(webhook._lock.free)

    def test_status(self) -> None:
        """The status tells which outputs fail, and why."""
        daemon = makeService(self.parse("anna", "-o", "console"))
        channel = Trough()
        output = JsonLines(LineWriter("test", channel, Clock()))
        output.setName("jsonl-2")
        output.setServiceParent(daemon)
        for fault, expected in (
            (None, []),
            (OSError(28, "No space left on device"), ["Output jsonl-2 fails: No space left"]),
        ):
            channel.fault = fault
            output.event(Event())
            with capturedLogs() as logs:
                daemon.log_status()
            said = [formatEvent(log)[:35] for log in logs if "reason" in log and "output" in log]
            self.assertEqual(expected, said)

    def test_unread(self) -> None:
        """That nobody reads any output is told when the last reader went away."""
        daemon = makeService(self.parse("anna"))
        daemon.removeService(next(iter(daemon)))
        first, second = self.pipe(daemon), self.pipe(daemon)
        unread = daemon.when_unread()
        for output in (second, first):
            self.assertNoResult(unread)
            output.event(Event())
        self.successResultOf(unread)

    def test_still_written(self) -> None:
        """A file is written on without a reader, and so is what can't tell whether it has one."""
        file = JsonLines(LineWriter("test", FileChannel(self.mktemp()), Clock()))
        for other in (file, Overlay()):
            daemon = makeService(self.parse("anna"))
            daemon.removeService(next(iter(daemon)))
            pipe = self.pipe(daemon)
            daemon.addService(other)
            for output in (pipe, file):
                output.event(Event())
            self.assertNoResult(daemon.when_unread())
            self.successResultOf(file.stopService())

    @staticmethod
    def pipe(daemon: Daemon) -> JsonLines:
        """An output of the daemon, whose reader is gone."""
        channel = Trough()
        channel.fault = BrokenPipeError(32, "Broken pipe")
        output = JsonLines(LineWriter("test", channel, Clock()))
        output.setName(str(len(list(daemon))))
        output.setServiceParent(daemon)
        return output

    def test_record(self) -> None:
        """A tape is named for its user when there are several."""
        for users, name in ((["anna"], "tape.jsonl"), (["anna", "bob"], "tape-anna.jsonl")):
            daemon = makeService(self.parse(*users, "--record", "tape.jsonl"))
            recorder = daemon.live.wiring.opener
            assert isinstance(recorder, Recorder)
            self.assertEqual(name, recorder.path_for("anna").name)

    def test_other_directory(self) -> None:
        """Files are those that the command line named, wherever the daemon goes later."""
        tape = self.tape(build_batch([("WebcastChatMessage", b"\x1a\x02hi", 5, False)]))
        here = os.getcwd()
        self.addCleanup(os.chdir, here)
        path = f"{self.mktemp()}.jsonl"
        arguments = "--replay", os.path.relpath(tape), "--output", f"jsonl:{os.path.relpath(path)}"
        options = self.parse(*arguments, "--speed", "0")
        daemon = makeService(options)
        recorder = makeService(self.parse("anna", "--record", "tape")).live.wiring.opener
        os.chdir("/")
        assert isinstance(recorder, Recorder)
        self.assertEqual(Path(here, "tape"), recorder.path_for("anna"))
        daemon.startService()
        clock: Any = options.reactor
        clock.advance(1)
        self.successResultOf(daemon.stopService())
        os.chdir(here)
        self.assertIn("chat", self.names(path))

    def test_replay(self) -> None:
        """A tape is played to the outputs; at its end there is nothing left to do."""
        tape = self.tape(build_batch([("WebcastChatMessage", b"\x1a\x02hi", 5, False)]))
        path = self.mktemp()
        options = self.parse("--replay", tape, "--speed", "2", "--output", f"jsonl:{path}")
        clock: Any = options.reactor
        daemon = makeService(options)
        self.assertIsInstance(daemon.live.wiring.opener, Replay)
        daemon.startService()
        over = daemon.when_over()
        clock.advance(0.49)
        self.assertNotIn("chat", self.names(path))
        self.assertNoResult(over)
        clock.advance(0.01)
        self.assertEqual(0, self.successResultOf(over))
        self.assertEqual(["chat", "disconnected"], self.names(path)[-2:])
        self.successResultOf(daemon.stopService())
        self.assertEqual([], clock.getDelayedCalls())

    def test_replay_offsets(self) -> None:
        """When something happened is counted from the recording, however fast it is played."""
        common = Common(create_time=1769860830500)  # half a minute after noon
        said = WebcastChatMessage(common=common, content="hi").SerializeToString()
        tape = Path(self.tape(build_batch([("WebcastChatMessage", said, 5, False)])))
        noon = '"started_at": "2026-01-31T12:00:00.250+00:00"}'
        for header, offset in ((noon, 30.5), ('"started_at": "today"}', 0.0)):
            named = self.file(tape.read_text().replace('"7"}', f'"7", {header}'))
            path = self.mktemp()
            options = self.parse("--replay", named, "--speed", "0", "--output", f"jsonl:{path}")
            daemon = makeService(options)
            daemon.startService()
            clock: Any = options.reactor
            clock.advance(0)
            self.successResultOf(daemon.stopService())
            lines = map(json.loads, Path(path).read_bytes().splitlines())
            self.assertEqual(
                [offset], [each["offset"] for each in lines if each["event"] == "chat"]
            )

    def tape(self, batch: bytes) -> str:
        """A tape with one batch after a second."""
        entry = {"at": 1, "kind": "batch", "data": b64encode(batch).decode()}
        return self.file(HEADER + json.dumps(entry) + "\n")

    def names(self, path: str) -> list[str]:
        """The events in a file."""
        return [json.loads(line)["event"] for line in Path(path).read_bytes().splitlines()]

    def test_failed(self) -> None:
        """When every connection failed for good the status is 1."""
        options = self.parse("--replay", self.file(HEADER + '{"tape": 2}\n'))
        daemon = makeService(options)
        daemon.startService()
        clock: Any = options.reactor
        clock.advance(0)
        self.assertEqual(1, self.successResultOf(daemon.when_over()))
        self.successResultOf(daemon.stopService())

    def test_order(self) -> None:
        """Each child stops when the one started after it has stopped, failed or not."""
        daemon = makeService(self.parse("anna"))
        for service in list(daemon):
            service.disownServiceParent()
        seen: list[str] = []
        waits: list[Deferred[None]] = [succeed(None), Deferred(), Deferred()]
        for name, wait in zip("abc", waits, strict=True):
            Slow(name, seen, wait).setServiceParent(daemon)
        daemon.startService()
        stopped = daemon.stopService()
        self.assertEqual(["start a", "start b", "start c", "stop c"], seen)
        waits[2].errback(ValueError("stuck"))
        self.assertEqual("stop b", seen[-1])
        self.assertEqual(1, len(self.flushLoggedErrors(ValueError)))
        waits[1].callback(None)
        self.successResultOf(stopped)
        self.assertEqual("stop a", seen[-1])

    def test_late(self) -> None:
        """A child that does not stop is left behind after a while, and named."""
        options = self.parse("anna")
        daemon = makeService(options)
        for service in list(daemon):
            service.disownServiceParent()
        seen: list[str] = []
        for name, wait in (("a", succeed(None)), ("b", Deferred[None]())):
            Slow(name, seen, wait).setServiceParent(daemon)
        daemon.startService()
        stopped = daemon.stopService()
        clock: Any = options.reactor
        clock.advance(STOP_TIMEOUT - 0.1)
        self.assertEqual("stop b", seen[-1])
        with capturedLogs() as logged:
            clock.advance(0.2)
        self.successResultOf(stopped)
        self.assertEqual("stop a", seen[-1])
        self.assertEqual(["b"], [event["service"] for event in logged])

    def test_voice(self) -> None:
        """While it runs neither debug lines nor Twisted's lines on connections are written."""
        tape = self.file(HEADER)  # else a name would be looked up
        daemon = makeService(self.parse("--replay", tape, "-o", f"jsonl:{self.mktemp()}"))
        self.assertEqual((2, True), self.said())
        daemon.startService()
        self.assertEqual((1, False), self.said())
        self.successResultOf(daemon.stopService())
        self.assertEqual((2, True), self.said())

    @staticmethod
    def said() -> tuple[int, bool]:
        """How many of two lines are written, and whether factories talk."""
        log = Logger("tiktoklive.session.session", observer=voice)
        with capturedLogs() as logged:
            log.debug("x")
            log.info("y")
        return len(logged), Factory.noisy


class SimulateTests(TestCase):
    """The simulator inside the process, over real sockets."""

    timeout = 30

    def setUp(self) -> None:
        self.path = self.mktemp()
        options = Options(environ={})
        options.parseOptions(["--simulate", "--rate", "100", "--output", f"jsonl:{self.path}"])
        self.daemon: Daemon = makeService(options)
        self.addCleanup(self.stop)

    def stop(self) -> Any:
        """Stop the daemon if the test didn't."""
        return self.daemon.stopService() if self.daemon.running else None

    async def test_simulate(self) -> None:
        """Its rooms are followed, what happens is written, and stopping leaves nothing open."""
        said: Deferred[Event] = Deferred()
        subscription = self.daemon.live.on(Chat, said.callback)
        self.daemon.startService()
        chat = await said
        subscription.remove()
        await self.daemon.stopService()
        lines = Path(self.path).read_bytes().splitlines()
        shapes = [json.loads(line) for line in lines]
        self.assertIn(chat.id, [shape["id"] for shape in shapes])
        self.assertEqual("disconnected", shapes[-1]["event"])
        self.assertEqual({"sim1", "sim2"}, {shape["anchor"] for shape in shapes})

    async def test_pictures(self) -> None:
        """Its people have pictures, which can be fetched from it, and pages may show them."""
        said: Deferred[Chat] = Deferred()
        subscription = self.daemon.live.on(Chat, said.callback)
        self.daemon.startService()
        url = (await said).user.profile_picture_url
        subscription.remove()
        assert url is not None
        self.assertRegex(url, r"\Ahttp://127\.0\.0\.1:[0-9]+/")
        pool = HTTPConnectionPool(reactor, persistent=False)
        response = await Agent(reactor, pool=pool).request(b"GET", url.encode())
        self.assertTrue((await readBody(response)).startswith(b"\x89PNG"))
        self.assertEqual("http://127.0.0.1:*", self.daemon.live.wiring.pictures)
        await self.daemon.stopService()
