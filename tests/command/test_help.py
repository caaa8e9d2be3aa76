"""What ``--help`` says of each command line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from twisted.python.reflect import namedAny
from twisted.trial.unittest import SynchronousTestCase

from tests.processes import CHECKOUT
from tests.reactors import MemoryReactor
from tiktoklive.command.main import COMMANDS
from tiktoklive.settings.fields import OPTIONS
from tiktoklive.simulator.tap import Options as SimulatorOptions
from tiktoklive.tap import RATE
from tiktoklive.tap import Options as DaemonOptions

#: What only those need who follow or ask somebody, and what takes long to import.
HEAVY = (
    *("autobahn", "automat", "treq", "google.protobuf", "OpenSSL", "cryptography"),
    *("twisted.internet.reactor", "twisted.internet.endpoints", "twisted.internet.ssl"),
    *("twisted.web.client", "tiktoklive.events.base", "tiktoklive.wire.messages"),
    *("tiktoklive.dispatch.dispatcher", "tiktoklive.net.network", "tiktoklive.outputs.envelope"),
    *("tiktoklive.session.session", "tiktoklive.simulator.tiktok", "tiktoklive.wiring"),
)

#: Asks each command line for its help, and prints what that was and which modules came along.
_PROGRAM = """
import io, json, sys
from contextlib import redirect_stdout, suppress
from importlib import import_module
from twisted.scripts import twistd
from tiktoklive.command.main import COMMANDS, main

heavy = {heavy!r}
ours = [(main, "tiktoklive", name) for name in COMMANDS]
daemons = [(twistd.run, "twistd", name) for name in ("tiktoklive", "tiktoklive-simulator")]
found = []
for run, *line in [(main, "tiktoklive"), *ours, *daemons]:
    sys.argv = [*line, "--help"]
    with redirect_stdout(io.StringIO()) as out, suppress(SystemExit):
        run()
    came = [name for name in heavy if name in sys.modules]
    found.append((" ".join(line), out.getvalue(), came))
for name in heavy:
    import_module(name)  # a name that there is not would prove nothing
print(json.dumps(found))
"""


def command_lines() -> Iterator[tuple[str, Any]]:
    """All of ours."""
    yield "twistd tiktoklive", DaemonOptions(MemoryReactor(), {})
    yield "twistd tiktoklive-simulator", SimulatorOptions()
    for name in COMMANDS:
        yield name, namedAny(f"tiktoklive.command.{name.replace('-', '_')}.Options")()


def flags_of(options: Any) -> dict[str, str]:
    """The long flags that take a value, and their text."""
    text = options.getUsage(10_000).partition("Options:")[2].partition("\n\n")[0]
    found = re.findall(r"--([a-z-]+)= +(.*)", text)
    shown = {each.rstrip("=") for each in getattr(options, "shown", lambda: options.longOpt)()}
    takes_value = {each.rstrip("=") for each in options.longOpt if each.endswith("=")}
    assert {name for name, _ in found} == shown & takes_value
    return dict(found)


class HelpTests(SynchronousTestCase):
    """Defaults."""

    def test_defaults(self) -> None:
        """Each flag that takes a value says what is taken when it is not given, once."""
        for name, options in command_lines():
            for flag, text in flags_of(options).items():
                self.assertEqual(1, text.count("[default: "), f"{name} --{flag}: {text}")
                self.assertTrue(text.endswith("]"), f"{name} --{flag}: {text}")
                self.assertNotIn("by default", text)

    def test_true(self) -> None:
        """What is said is what is taken."""
        flags = flags_of(DaemonOptions(MemoryReactor(), {}))
        for flag, path in OPTIONS.flags.items():
            usual = OPTIONS.usual_value(path)
            if isinstance(usual, float) and flag in flags:
                self.assertIn(f"[default: {usual:g}]", flags[flag])
        for flag, said in (
            ("rate", f"{RATE:g}"),
            ("speed", "1"),
            ("output", "console"),
            ("source", "direct"),
            ("web-base", "https://www.tiktok.com"),
            ("sign-path", "connect"),
            ("proxy", "none"),
            ("session-host", "none"),
        ):
            self.assertTrue(flags[flag].endswith(f"[default: {said}]"), flags[flag])
        export = namedAny("tiktoklive.command.export.Options")()
        flags = flags_of(export)
        export.parseOptions(["-f", "srt", "x"])
        for flag, usual in (
            ("shift", export.shift),
            ("hold", export.hold),
            ("lines", export.lines),
        ):
            self.assertTrue(flags[flag].endswith(f"[default: {usual:g}]"), flags[flag])

    def test_pages(self) -> None:
        """Each flag that the pages for users name is one of ours, or of a program named here."""
        known = {each.rstrip("=") for _, options in command_lines() for each in options.longOpt}
        known |= {"logfile", "pidfile", "prefix", "rundir", "syslog", "uid", "gid"}  # twistd
        known |= {"quiet", "unbuffered", "kill-whom"}  # pip, jq, systemctl
        inside = {"architecture.rst", "reliability.rst", "testing.rst"}  # of programs of the tests
        pages = [each for each in (CHECKOUT / "doc").glob("*.rst") if each.name not in inside]
        for page in (CHECKOUT / "README.rst", *pages):
            named = set(re.findall(r"(?<![\w-])--([a-z][a-z-]+)", page.read_text("utf-8")))
            self.assertEqual(set(), named - known, page.name)

    def test_refused(self) -> None:
        """What a command refuses beside its tape is no flag that it shows."""
        for command, refused in (("record", "from fleet replay speed"), ("replay", "from record")):
            flags = flags_of(namedAny(f"tiktoklive.command.{command}.Options")())
            self.assertEqual(set(), set(refused.split()) & flags.keys(), command)


class LightTests(SynchronousTestCase):
    """What it costs to be told."""

    def test_imports(self) -> None:
        """Help imports neither the reactor, nor TLS, nor message types, nor what follows users."""
        ran = subprocess.run(
            [sys.executable, "-c", _PROGRAM.format(heavy=HEAVY)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(("", 0), (ran.stderr, ran.returncode))
        found = json.loads(ran.stdout)
        self.assertEqual(len(COMMANDS) + 3, len(found))
        for line, text, came in found:
            self.assertIn("--help", text, line)
            self.assertEqual([], came, line)
