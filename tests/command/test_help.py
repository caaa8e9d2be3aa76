"""What ``--help`` says of each command line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from twisted.python.reflect import namedAny
from twisted.trial.unittest import SynchronousTestCase

from tests.reactors import MemoryReactor
from tiktoklive.command.main import COMMANDS
from tiktoklive.settings.fields import OPTIONS
from tiktoklive.simulator.tap import Options as SimulatorOptions
from tiktoklive.tap import RATE
from tiktoklive.tap import Options as DaemonOptions


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
