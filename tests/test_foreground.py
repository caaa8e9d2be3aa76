"""The daemon in the foreground, as a process of its own."""

from __future__ import annotations

import contextlib
import json
import re
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread
from urllib.request import Request, urlopen

from twisted.internet.error import ReactorNotRunning
from twisted.logger import Logger, LogLevel, PredicateResult
from twisted.python.failure import Failure
from twisted.trial.unittest import SynchronousTestCase

from tests.ports import free_port
from tests.processes import ProcessTestCase
from tests.reactors import MemoryReactor
from tiktoklive import foreground as started
from tiktoklive.foreground import interrupts, main, worth_showing
from tiktoklive.logs import for_people
from tiktoklive.simulator.false_answers import FALSE_ANSWERS, NO_LIVE_ROOM
from tiktoklive.tap import Options

#: The daemon, which gets ^C when it looks the first user up.
INTERRUPTED = """
import signal, sys
from tiktoklive.rooms.api_live import ApiLiveResolver
from tiktoklive.foreground import main

async def resolve(self, unique_id):
    for _ in range({times}):
        signal.raise_signal(signal.SIGINT)

ApiLiveResolver.resolve = resolve
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have had it ignored
sys.exit(main(["--simulate", "--output", "jsonl:-"]))
"""


class MainCase(ProcessTestCase):
    """Runs ``python -m tiktoklive``."""

    environ: Mapping[str, str] = {}

    def start(
        self, *arguments: str, environ: Mapping[str, str] | None = None
    ) -> subprocess.Popen[str]:
        """Start it; it is killed when it takes too long."""
        self.errors = Path(self.mktemp())
        with self.errors.open("w") as errors:
            return self.spawn(
                [sys.executable, "-m", "tiktoklive", *arguments],
                {"PYTHONIOENCODING": "utf-8", **self.environ, **(environ or {})},
                stderr=errors,
            )

    def finish(self, process: subprocess.Popen[str]) -> tuple[int, str, str]:
        """Exit status, what is left of standard output, and standard error."""
        assert process.stdout is not None
        out = process.stdout.read()
        return process.wait(), out, self.errors.read_text("utf-8")

    def run_to_end(self, *arguments: str) -> tuple[int, str, str]:
        """The same of a whole run."""
        return self.finish(self.start(*arguments))


class MainTests(MainCase):
    """Run it."""

    def test_interrupted_while_loading(self) -> None:
        """^C before the reactor hears of it is no traceback."""

        def interrupt(options: object, arguments: object) -> None:
            raise KeyboardInterrupt

        self.patch(Options, "parseOptions", interrupt)
        self.assertEqual(0, main([], MemoryReactor()))

    def test_interrupted_among_plugins(self) -> None:
        """^C that Twisted takes for the failure of a plugin which it loads is not lost."""
        usual = signal.default_int_handler
        self.addCleanup(signal.signal, signal.SIGINT, signal.signal(signal.SIGINT, usual))

        def load(options: object, arguments: object) -> None:
            for _ in range(2):
                with contextlib.suppress(BaseException):  # as twisted.plugin does
                    signal.raise_signal(signal.SIGINT)

        self.patch(Options, "parseOptions", load)
        ran: list[object] = []
        self.patch(started, "run", ran.append)
        self.assertEqual(0, main([], MemoryReactor()))
        self.assertEqual([], ran)
        self.assertIs(usual, signal.getsignal(signal.SIGINT))

    def test_interrupted_while_starting(self) -> None:
        """^C in the middle of the first look-up, before the reactor runs, is an orderly end."""
        for times in (1, 2):
            program = INTERRUPTED.format(times=times)
            self.errors = Path(self.mktemp())
            with self.errors.open("w") as errors:
                process = self.spawn([sys.executable, "-c", program], seconds=30, stderr=errors)
            status, _, err = self.finish(process)
            self.assertEqual(0, status, err)
            self.assertNotIn("Interrupt", err)
            self.assertIn("stopped", err)

    def test_interrupts(self) -> None:
        """The first ^C is noted, the second is as ever; other handlers are left alone."""
        usual = signal.default_int_handler
        self.addCleanup(signal.signal, signal.SIGINT, signal.signal(signal.SIGINT, usual))
        with interrupts() as noted:
            self.assertFalse(noted.is_set())
            signal.raise_signal(signal.SIGINT)
            self.assertTrue(noted.is_set())
            self.assertRaises(KeyboardInterrupt, signal.raise_signal, signal.SIGINT)
        self.assertIs(usual, signal.getsignal(signal.SIGINT))
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with interrupts() as noted:
            signal.raise_signal(signal.SIGINT)
            self.assertFalse(noted.is_set())
        self.assertIs(signal.SIG_IGN, signal.getsignal(signal.SIGINT))

    def test_usage_error(self) -> None:
        """A command line that makes no sense is status 2 and one line on standard error."""
        status, out, err = self.run_to_end("no body")
        self.assertEqual((2, ""), (status, out))
        self.assertRegex(err, r"\Atiktoklive: 'no body' is not a TikTok username.*\n\Z")

    def test_no_roots(self) -> None:
        """Where nothing can be trusted it is one sentence and status 1, and nobody is asked."""
        nowhere = "https://127.0.0.1:9"
        away = "--web-base", nowhere, "--webcast-base", nowhere, "--ws-base", "wss://127.0.0.1:9"
        for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
            empty = {"SSL_CERT_FILE": "", "SSL_CERT_DIR": "", name: "/nowhere"}
            status, out, err = self.finish(self.start("a", *away, environ=empty))
            self.assertEqual((1, ""), (status, out))
            self.assertRegex(err, rf"\Atiktoklive: No server can be trusted: {name} is '/no.*\n\Z")
            process = self.start("--simulate", environ=empty)  # trusts itself
            assert process.stdout is not None
            self.assertTrue(process.stdout.readline())
            process.terminate()
            process.stdout.close()
            process.wait()

    def test_help(self) -> None:
        """Help is for standard output and no error."""
        status, out, err = self.run_to_end("--help")
        self.assertEqual((0, ""), (status, err))
        self.assertIn("Usage: ", out)
        self.assertIn("-m tiktoklive [options] [@name ...]", out)
        self.assertIn("Follows users", out)

    def test_version(self) -> None:
        """The version is ours, not Twisted's."""
        status, out, _ = self.run_to_end("--version")
        self.assertEqual(0, status)
        self.assertTrue(out.startswith("tiktoklive "))

    def test_simulate(self) -> None:
        """The simulator shows events at once, and an interrupt is an orderly end."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            process = self.start("--simulate", "--rate", "50", "--output", "jsonl:-")
            assert process.stdout is not None
            names = set()
            while "chat" not in names:
                names.add(json.loads(process.stdout.readline())["event"])
            process.send_signal(number)
            status, out, err = self.finish(process)
            self.assertEqual(0, status, err)
            events = [json.loads(line) for line in out.split("\n") if line]
            last = {event["anchor"]: event["event"] for event in events}
            self.assertEqual({"sim1": "disconnected", "sim2": "disconnected"}, last)
            self.assertIn("@sim1: live", err)
            self.assertNotIn("Traceback", err)
            self.assertNotIn("twisted.", err)

    def test_reader(self) -> None:
        """The demonstration prints where it can be read along, and there it can."""
        # Where the usual port is taken another one has to do; by others it is perhaps for a moment.
        taken, is_ours = socket.socket(), True
        self.addCleanup(taken.close)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8080))
            taken.listen()
        except OSError:
            is_ours = False
        process = self.start("--simulate", "--rate", "50")
        assert process.stdout is not None
        process.stdout.readline()
        found = re.search(r"Open (http://127\.0\.0\.1:\d+/) ", self.errors.read_text("utf-8"))
        assert found is not None
        self.assertFalse(is_ours and ":8080/" in found[1], found[1])
        with urlopen(found[1], timeout=30) as page:
            self.assertIn(b"/static/reader.js", page.read())
        with urlopen(f"{found[1]}events?types=chat&backlog=1", timeout=30) as stream:
            lines = (line for line in stream if line.startswith(b"data: "))
            self.assertIn("comment", json.loads(next(lines)[6:])["data"])
        process.send_signal(signal.SIGINT)
        process.stdout.close()
        self.assertEqual(0, process.wait())
        self.assertNotIn("Traceback", self.errors.read_text("utf-8"))

    def test_unread(self) -> None:
        """When the reader of standard output goes away it ends in order, as in ``| head -1``."""
        for outputs in ([], ["console"], ["jsonl:-", "console"]):
            described = [part for output in outputs for part in ("--output", output)]
            process = self.start("--simulate", "--rate", "50", *described)
            assert process.stdout is not None
            process.stdout.readline()
            process.stdout.close()
            self.assertEqual(0, process.wait())
            err = self.errors.read_text("utf-8")
            self.assertIn("console stops: its reader is gone", err)
            self.assertIn("@sim1: stopped", err)
            self.assertNotIn("Traceback", err)
            self.assertNotIn("Unhandled", err)

    def test_replay(self) -> None:
        """A tape that is over is the end, and no failure."""
        tape = Path(self.mktemp()).absolute()
        tape.write_text('{"tape": 1, "unique_id": "anna", "room_id": "7"}\n')
        status, out, err = self.run_to_end("--replay", str(tape))
        self.assertEqual(0, status, err)
        self.assertIn("disconnected", out)

    def test_cannot_start(self) -> None:
        """What is found to be wrong when it starts is status 1 and one line."""
        tape = Path(self.mktemp()).absolute()
        tape.write_text("dear diary\n")
        for arguments in (["--replay", str(tape)], ["anna", "--record", str(tape)]):
            status, _, err = self.run_to_end(*arguments)
            self.assertEqual(1, status, err)
            self.assertRegex(err, rf"\Atiktoklive: [^\n]*{tape} cannot be [^\n]*\n\Z")

    def test_failed(self) -> None:
        """Nobody left to follow is status 1: here the tape goes bad."""
        tape = Path(self.mktemp()).absolute()
        tape.write_text('{"tape": 1, "unique_id": "anna", "room_id": "7"}\n{"tape": 2}\n')
        status, _, err = self.run_to_end("--replay", str(tape))
        self.assertEqual(1, status, err)
        self.assertIn("version 2", err)


class NotFound(BaseHTTPRequestHandler):
    """Knows anna, who is not live, and nobody else."""

    def do_GET(self) -> None:
        """Answer."""
        body = NO_LIVE_ROOM.body
        if self.path.startswith("/api-live/"):
            body = FALSE_ANSWERS["user not found"].body
            if "uniqueId=anna" in self.path:
                body = b'{"statusCode":0,"data":{"user":{"id":"7","uniqueId":"anna","status":4}}}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as it is called
        """Nothing."""


class KnownCase(MainCase):
    """A server that knows one user."""

    environ = {"TIKTOKLIVE_WEB_TOKEN": "t" * 32}

    def setUp(self) -> None:
        super().setUp()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), NotFound)
        thread = Thread(target=self.server.serve_forever, daemon=True)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.base = ("--web-base", f"http://127.0.0.1:{self.server.server_port}")

    def until(self, words: str) -> None:
        """Wait until the log says so."""
        while words not in self.errors.read_text("utf-8"):
            select.select([], [], [], 0.05)


class MisspeltTests(KnownCase):
    """Users who do not exist."""

    def test_nobody(self) -> None:
        """If none of them exists, say all who were asked, that is the end, with the reason."""
        status, _, err = self.run_to_end("@nobody", "@noone", *self.base)
        self.assertEqual(1, status, err)
        self.assertIn("No user is left to follow. @no", err)
        for name in ("@nobody", "@noone"):
            self.assertIn(f"{name}: refused: TikTok knows no {name} that could go live", err)

    def test_one_of_two(self) -> None:
        """If one of them does, it goes on; in the end the status says that one was not followed."""
        process = self.start("@nobody", "@anna", *self.base)
        self.until("@anna: offline")
        self.until("@nobody: refused")
        process.send_signal(signal.SIGTERM)
        status, _, err = self.finish(process)
        self.assertEqual(3, status, err)
        self.assertIn("Not followed in the end: @nobody: TikTok knows no @nobody", err)
        self.assertIn("Stopping.", err)

    def test_controlled(self) -> None:
        """Where others may be added, it goes on with nobody left, in whichever order they go."""
        port = free_port()
        for first in ("add", "remove"):
            process = self.start("@anna", "-o", f"web:tcp:{port}:interface=127.0.0.1", *self.base)
            self.until("@anna: offline")
            add = Request(
                f"http://127.0.0.1:{port}/api/rooms",
                b'{"name": "nobody"}',
                {"Content-Type": "application/json"},
            )
            remove = Request(f"http://127.0.0.1:{port}/api/rooms/anna", method="DELETE")
            for request in (add, remove):
                request.add_header("Authorization", f"Bearer {'t' * 32}")
            for request in (add, remove) if first == "add" else (remove, add):
                with urlopen(request, timeout=30):
                    pass
            self.until("@nobody: refused")
            with urlopen(f"http://127.0.0.1:{port}/api/rooms", timeout=30) as rooms:
                [nobody] = json.loads(rooms.read())["rooms"]
            self.assertEqual(("nobody", "refused"), (nobody["name"], nobody["phase"]))
            self.assertIsNone(process.poll())
            process.send_signal(signal.SIGTERM)
            status, _, err = self.finish(process)
            self.assertEqual(3, status, err)


class LogTests(SynchronousTestCase):
    """What of the log is shown."""

    def test_lines(self) -> None:
        """A line is the time and the words, and says when it warns: no part of the program."""
        shown = StringIO()
        log = Logger("tiktoklive.session.session", observer=for_people(shown))
        log.info("@{user}: live", user="anna")
        log.warn("two\nlines")
        log.error("no good")
        log.info("")
        log.failure("it broke", Failure(ZeroDivisionError("oops")))  # type: ignore[no-untyped-call]
        text = shown.getvalue()
        self.assertRegex(text, r"\A[0-9]{2}:[0-9]{2}:[0-9]{2} @anna: live\n")
        for words in (
            " warning: two\n\tlines\n",
            " error: no good\n",
            " error: it broke\n",
            "oops",
        ):
            self.assertIn(words, text)
        self.assertNotIn("tiktoklive.session", text)

    def test_worth_showing(self) -> None:
        """Our news, warnings of others, and no traceback when ^C is pressed twice."""
        no, maybe = PredicateResult.no, PredicateResult.maybe
        again = Failure(ReactorNotRunning())  # type: ignore[no-untyped-call]
        for event, result in (
            ({"log_level": LogLevel.info, "log_namespace": "tiktoklive.session.session"}, maybe),
            ({"log_level": LogLevel.info, "log_namespace": "twisted.web"}, no),
            ({"log_level": LogLevel.warn, "log_namespace": "twisted.web"}, maybe),
            ({"log_level": LogLevel.critical, "log_failure": again}, no),
        ):
            self.assertIs(result, worth_showing(event))
