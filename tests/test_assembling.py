"""A daemon is assembled once, and opens nothing before it starts."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.processes import ProcessTestCase
from tests.test_tap import HEADER, OptionsCase
from tiktoklive.errors import StartError
from tiktoklive.interfaces import IOutputMaker
from tiktoklive.plugins import PartMaker, kinds
from tiktoklive.tap import makeService

SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

#: An argument for each kind of output, in the present directory.
ARGUMENTS = {
    "console": "",
    "feed": "tcp:21213",
    "jsonl": "events.jsonl?rotate=1M&gzip=1",
    "metrics": "tcp:9100",
    "redis": "redis://127.0.0.1:1/0",
    "sqlite": "events.db?keep=7d",
    "web": "unix:web.socket",
    "webhook": "https://hook.test/in",
}


class NothingOpenedTests(ProcessTestCase):
    """Check a command line in an empty directory, in a process that hears of all that is opened."""

    def setUp(self) -> None:
        self.place = Path(self.mktemp()).absolute()
        self.place.mkdir()

    def opened(self, *lines: list[str], **environ: str) -> list[list[str]]:
        """What was opened for each command line; nothing appeared."""
        before = sorted(self.place.rglob("*"))
        process = self.spawn(
            [sys.executable, "-m", "tests.opening", json.dumps(lines)],
            {
                "TIKTOKLIVE_WEBHOOK_SECRET": SECRET,
                "TIKTOKLIVE_BROWSER_TOKEN": "browser-0123456789abcdef",
                "STATE_DIRECTORY": "",
                "XDG_STATE_HOME": str(self.place / "state"),
                **environ,
            },
            cwd=self.place,
        )
        assert process.stdout is not None
        told: list[list[str]] = json.loads(process.stdout.read())
        self.assertEqual(before, sorted(self.place.rglob("*")))
        return told

    def available(self) -> list[str]:
        """The kinds of outputs whose packages are there."""
        found = {maker.kind for maker in kinds(IOutputMaker)} - {"loudness"}
        self.assertEqual(set(ARGUMENTS), found, "say here what each kind is given")
        try:
            import prometheus_client  # noqa: F401 -- an extra
        except ModuleNotFoundError:
            found.remove("metrics")
        try:
            import txredisapi  # noqa: F401 -- an extra
        except ModuleNotFoundError:
            found.remove("redis")
        return sorted(found)

    def outputs(self) -> list[str]:
        """One output of each kind."""
        return [part for kind in self.available() for part in ("-o", f"{kind}:{ARGUMENTS[kind]}")]

    def test_outputs(self) -> None:
        """No part opens or makes anything, whether another part of the line is refused or not."""
        outputs = self.outputs()
        *opened, [said] = self.opened(
            ["anna", "--record", "tape.jsonl", "--source", "direct,browser:8081", *outputs],
            ["--simulate"],
            ["anna", *outputs, "-o", "jsonl:missing/file"],
        )
        self.assertEqual([[], []], opened)
        self.assertIn("there is no directory missing", said)

    def test_what_is_there(self) -> None:
        """Files that are there already are not opened either: tapes, outboxes, locks, archives."""
        (self.place / "state" / "tiktoklive").mkdir(parents=True)
        for name in "events.jsonl", "events.db", "outbox.db", "outbox.db.lock":
            (self.place / name).touch(mode=0o400)
        for name in "tape-anna.jsonl", "tape.jsonl":
            (self.place / name).write_text(HEADER)
        outbox = "webhook:https://other.test/#outbox=outbox.db"
        users = self.place / "users"  # which is a part of the command line, and heard of
        users.write_text("anna\n")
        several = ["anna", "bob", "--record", "tape.jsonl"]
        opened = self.opened(
            [*several, *self.outputs(), "-o", outbox],
            ["--replay", "tape.jsonl", *self.outputs()],
            ["--users-file", "users"],
        )
        self.assertEqual([[], [], [f"open {users}"]], opened)

    def test_no_rights(self) -> None:
        """Where nothing may be made or written, that is no matter yet."""
        self.place.chmod(0o500)
        line = ["anna", "--record", "tape.jsonl", *self.outputs()]
        self.assertEqual([[]], self.opened(line, STATE_DIRECTORY="/proc/nothing"))


class OnceTests(OptionsCase):
    """Each part is made once."""

    def test_outputs(self) -> None:
        """A maker is called once for each part, however the daemon is asked for then."""
        made: Counter[str] = Counter()
        really = PartMaker.make

        def make(maker: PartMaker, wiring: Any, argument: str) -> Any:
            made[f"{maker.kind}:{argument}"] += 1
            return really(maker, wiring, argument)

        self.patch(PartMaker, "make", make)
        outputs = ["console:", f"jsonl:{self.mktemp()}", "web:tcp:8080", "web:tcp:8081"]
        options = self.parse("anna", *(part for each in outputs for part in ("-o", each)))
        daemon = makeService(options)
        self.assertEqual(dict.fromkeys(["direct:", *outputs], 1), dict(made))
        self.assertIs(options.daemon, daemon)
        self.assertIs(options.reactor, daemon.live.wiring.reactor)

    def test_kept(self) -> None:
        """What a maker read of the environment then is what the daemon has."""
        with patch.dict(os.environ, {"TIKTOKLIVE_WEB_TOKEN": "x" * 20}):
            options = self.parse("anna", "-o", "web:tcp:8080:interface=0.0.0.0")
        self.assertEqual(2, len(list(makeService(options))))


class StartTests(OptionsCase):
    """What is opened when it starts."""

    def test_tapes_that_are_none(self) -> None:
        """What is wrong inside a file is told at the start, in one sentence."""
        tape = self.file(HEADER)
        unreadable = self.parse("--replay", tape)
        Path(tape).unlink()
        for options, said in (
            (self.parse("--replay", self.file("x")), "no header"),
            (
                self.parse("--replay", self.file('{"tape": 1, "unique_id": "?"}\n')),
                "not a TikTok username",
            ),
            (unreadable, "The tape .* cannot be read: No such file"),
            (
                self.parse("anna", "--record", self.file("dear diary")),
                "cannot be recorded on: .* no tape",
            ),
        ):
            error = self.assertRaises(StartError, makeService(options).startService)
            self.assertRegex(str(error), said)
            self.assertNotIn("\n", str(error))

    def test_again(self) -> None:
        """A daemon that plays a tape may be started once more."""
        options = self.parse("--replay", self.file(HEADER), "--output", "console")
        daemon = makeService(options)
        for _ in range(2):
            daemon.startService()
            self.assertEqual(["anna"], list(daemon.live.status()))
            self.successResultOf(daemon.stopService())
