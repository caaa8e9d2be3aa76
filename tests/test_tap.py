"""The daemon's command line, and what is assembled from it."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from pathlib import Path
from typing import Any

from twisted.application.service import IService, Service
from twisted.internet.defer import Deferred, succeed
from twisted.internet.task import Clock
from twisted.internet.testing import MemoryReactorClock
from twisted.python.usage import UsageError
from twisted.trial.unittest import SynchronousTestCase, TestCase
from zope.interface import implementer

from tests.outputs.doubles import Trough
from tiktoklive.capture import Recorder, Replay
from tiktoklive.events import Chat, Event
from tiktoklive.interfaces import IOutput
from tiktoklive.outputs.channel import FileChannel
from tiktoklive.outputs.console import Console
from tiktoklive.outputs.jsonl import JsonLines
from tiktoklive.outputs.sink import Sink
from tiktoklive.service import LiveService
from tiktoklive.tap import TTWID, Daemon, Options, makeService
from tiktoklive.wire.batches import build_batch

HEADER = '{"tape": 1, "unique_id": "anna", "room_id": "7"}\n'


class OptionsCase(SynchronousTestCase):
    """Tests that parse a command line."""

    def parse(self, *arguments: str, environ: dict[str, str] | None = None) -> Options:
        """The options of a command line."""
        options = Options(MemoryReactorClock(), environ or {})
        options.parseOptions(arguments)
        return options

    def refuse(self, *arguments: str) -> str:
        """What is said when a command line is refused."""
        return str(self.assertRaises(UsageError, self.parse, *arguments))

    def file(self, text: str) -> str:
        """The name of a file with this text."""
        path = self.mktemp()
        Path(path).write_text(text, "utf-8")
        return path


class OptionsTests(OptionsCase):
    """What the command line says."""

    def test_users(self) -> None:
        """Users are given by option, by argument, by address, and each is followed once."""
        options = self.parse(
            "--user", "@anna", "-u", "bob", "https://www.tiktok.com/@cem/live", "ANNA", "dora"
        )
        self.assertEqual(["anna", "bob", "cem", "dora"], options.users)
        self.assertEqual(["console"], options.outputs)

    def test_users_file(self) -> None:
        """A file of users has one per line, and comments."""
        path = self.file("\ufeff# mine\n@anna\n\n  bob  # a friend\r\nanna\n")
        self.assertEqual(["dora", "anna", "bob"], self.parse("--users-file", path, "dora").users)

    def test_bad_users_file(self) -> None:
        """A bad name in a file is refused with its line."""
        said = self.refuse("--users-file", self.file("anna\nno body\n"))
        self.assertIn("line 2: 'no body' is not a TikTok username", said)
        self.assertIn("cannot be read", self.refuse("--users-file", "missing"))
        path = self.mktemp()
        Path(path).write_bytes(b"\xff\xfe\x00")
        self.assertIn("not a text file", self.refuse("--users-file", path))

    def test_refused(self) -> None:
        """What makes no sense is refused with one sentence that says what to do."""
        tape = self.file(HEADER)
        for arguments, said in (
            ([], "--user NAME"),
            (["no body"], "not a TikTok username"),
            (["anna", "--output", "tape:x"], "there are: console"),
            (["anna", "--output", "jsonl"], "jsonl:FILE"),
            (["anna", "--output", "console:loud"], "console:color=never"),
            (["anna", "--speed", "2"], "only goes with --replay"),
            (["anna", "--rate", "2"], "only goes with --simulate"),
            (["--replay", tape, "--speed", "fast"], "must be a number"),
            (["--replay", tape, "--speed", "nan"], "must be a number"),
            (["--replay", tape, "--speed", "-1"], "must be a number"),
            (["--replay", tape, "anna"], "leave out @anna"),
            (["--replay", tape, "--simulate"], "not both"),
            (["--replay", tape, "--record", "x"], "not both"),
            (["--replay", tape, "--web-base", "http://x"], "leave it out"),
            (["--replay", "missing"], "cannot be read"),
            (["--replay", self.file("x")], "no header"),
            (["--replay", self.file('{"tape": 1, "unique_id": "?"}\n')], "not a TikTok username"),
            (["--simulate", "anna"], "leave out @anna"),
            (["--simulate", "--rate", "0"], "more than 0"),
            (["--simulate", "--rate", "inf"], "more than 0"),
            (["--simulate", "--ttwid-file", tape], "leave it out"),
            (["--simulate", "--no-gzip"], "leave it out"),
            (["anna", "--nonsense"], "not recognized: see --help"),
            (["anna", "--output"], "requires argument"),
            (["anna", "--record", "missing/tape"], "make it first"),
            (["anna", "--record", "tape.gz"], "leave out .gz"),
            (["anna", "--ttwid-file", "missing"], "cannot be read"),
            (["anna", "--record", "."], "directory"),
            (["anna", "--record", self.file("dear diary")], "no tape"),
            (["anna", "--record", "x" * 300], "cannot be written"),
            (["anna", "--output", "jsonl:" + "x" * 300], "name"),
            (["anna", "--ttwid-file", self.file(" \n")], "is empty"),
            (["anna", "--ttwid-file", self.file("a b")], "copy it again"),
            (["anna", "--web-base", "www.tiktok.com"], "https://host"),
            (["anna", "--webcast-base", "ws://x"], "https://host"),
            (["anna", "--ws-base", "https://x"], "wss://host"),
            (["anna", "--ws-base", "wss://x:port"], "wss://host"),
        ):
            answer = self.refuse(*arguments)
            self.assertIn(said, answer, arguments)
            self.assertNotIn("\n", answer)

    def test_addresses(self) -> None:
        """Other hosts can stand in for TikTok's."""
        options = self.parse(
            "anna",
            "--web-base",
            "http://127.0.0.1:8080/",
            "--webcast-base=https://relay/x",
            "--ws-base=ws://relay",
        )
        settings = options.settings
        self.assertEqual(
            ("http://127.0.0.1:8080", "https://relay/x", "ws://relay"),
            (settings.web_base, settings.webcast_base, settings.ws_base),
        )

    def test_no_gzip(self) -> None:
        """TikTok is asked to compress, unless it is forbidden."""
        self.assertTrue(self.parse("anna").settings.compress)
        self.assertFalse(self.parse("anna", "--no-gzip").settings.compress)

    def test_ttwid(self) -> None:
        """The guest cookie comes from the environment or a file, and is never shown."""
        path = self.file("ttwid=1%7Cabc%3D\n")
        os.chmod(path, 0o600)
        for options in (
            self.parse("anna", "--ttwid-file", path, environ={TTWID: "other"}),
            self.parse("anna", environ={TTWID: " 1%7Cabc%3D\n"}),
        ):
            self.assertEqual("1%7Cabc%3D", options.settings.ttwid)
            self.assertNotIn("abc", repr(options) + repr(options.settings) + str(options))
        self.assertIsNone(self.parse("anna").settings.ttwid)
        self.assertIsNone(self.parse("anna", environ={TTWID: ""}).settings.ttwid)
        with self.assertRaises(UsageError) as caught:
            self.parse("anna", environ={TTWID: "secret; x"})
        self.assertNotIn("secret", str(caught.exception))

    def test_help(self) -> None:
        """The help names the kinds of outputs, and every option has a text."""
        text = Options(MemoryReactorClock(), {}).getUsage(200)
        self.assertIn("jsonl", text)
        self.assertIn("console", text)
        for line in text.partition("Options:")[2].partition("\n\n")[0].splitlines():
            if line.lstrip().startswith("-"):
                self.assertGreater(len(line.split(maxsplit=2)), 2, line)


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

    def test_two_of_a_kind(self) -> None:
        """Any number of outputs may be of the same kind, even alike."""
        path = self.mktemp()
        outputs = ["-o", "console", "-o", f"jsonl:{path}", "-o", f"jsonl:{path}2"] * 2
        names = [service.name for service in makeService(self.parse("anna", *outputs))]
        self.assertEqual(7, len(set(names)))

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
        file = JsonLines(Sink("test", FileChannel(self.mktemp()), Clock()))
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
        output = JsonLines(Sink("test", channel, Clock()))
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
