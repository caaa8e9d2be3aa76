"""Addresses on the command line, whatever they are of: none may name a user."""

from __future__ import annotations

import os
from unittest.mock import patch

from twisted.python.usage import UsageError
from twisted.trial.unittest import SynchronousTestCase

from tests.fleet.server import CLIENT_MISSING
from tests.reactors import MemoryReactor
from tests.settings.case import SettingsCase
from tiktoklive.command.export import Options as Export
from tiktoklive.command.fleet import Options as Fleet
from tiktoklive.command.info import Options as Info
from tiktoklive.interfaces import IOutputMaker, ISourceMaker
from tiktoklive.plugins import kinds
from tiktoklive.settings.fields import OPTIONS
from tiktoklive.tap import Options as CommandLine

#: The forms in which an address stands in the value of an option, beside that of its own.
FORMS = {"lane": "name=a,proxy={}", "request-header": "Referer: {}", "websocket-header": "A: {}"}


def values() -> list[tuple[str, str]]:
    """Each option of the daemon that takes a text, and an address in it, with ``{}`` for a user."""
    line = CommandLine(MemoryReactor(), {})
    taken = [each.rstrip("=") for each in line.longOpt if each.endswith("=")]
    found = []
    for option in taken:
        setting = OPTIONS.settings.get(OPTIONS.flags.get(option, ""))
        form = FORMS.get(option, "{}")
        if setting is not None and setting.takes in ("NAME=VALUE", "NAME: VALUE"):
            form = f"x{setting.takes[4]} {{}}"
        found.append((option, form.format("http://{}@h:1")))
    for maker in kinds(IOutputMaker):
        found.append(("output", f"{maker.kind}:https://{{}}@h:1/x"))
    for maker in kinds(ISourceMaker):
        found.append(("source", f"{maker.kind}:https://{{}}@h:1/x"))
    return found


class UserTests(SettingsCase):
    """Every option that takes a text, with an address that names a user."""

    def test_refused(self) -> None:
        """It is refused, in a sentence that names the option, says what to do and shows nothing."""
        walked = values()
        self.assertLess(50, len(walked))
        for user in ("geheim", "me:geheim", ":geheim"):
            for option, form in walked:
                text = form.format(user)
                said = self.refuse(f"--{option}", text)
                self.assertIn(f"--{option}: others on this machine can read command lines", said)
                self.assertNotIn("geheim", said)
                self.assertRegex(said, r"leave that out|set TIKTOKLIVE_|into a --config file")
        self.assertIn("set TIKTOKLIVE_PROXY", self.refuse("--proxy", "http://geheim@h:1"))
        self.assertIn("outputs into a --config", self.refuse("-o", "other:mqtt://geheim@h:1"))

    def test_names(self) -> None:
        """So is one that stands where a user to follow should."""
        said = self.refuse("https://geheim@www.tiktok.com/@anna")
        self.assertIn("Others on this machine can read", said)
        self.assertNotIn("geheim", said)
        self.assertEqual(("anna",), self.line("https://www.tiktok.com/@anna/live").plan.users)

    def test_redis(self) -> None:
        """Of Redis a name is none, but it is refused where nothing says a password."""
        for arguments in (
            ("--output", "redis:redis://geheim@h/0"),
            ("--output", "redis:unix://geheim@/run/redis"),
        ):
            said = self.refuse(*arguments)
            self.assertIn("set TIKTOKLIVE_REDIS_PASSWORD", said)
            self.assertNotIn("geheim", said)
            with patch.dict(os.environ, TIKTOKLIVE_REDIS_PASSWORD="hush"):
                self.line("anna", *arguments)

    test_redis.skip = CLIENT_MISSING or None  # type: ignore[attr-defined]  # trial's


class CommandTests(SynchronousTestCase):
    """The commands read their options by the same class."""

    def test_refused(self) -> None:
        """What asks, what reads archives and what manages fleets take no such address either."""
        for options, arguments in (
            (Info, ["anna", "--proxy", "http://geheim@h"]),
            (Info, ["http://geheim@h/@anna"]),
            (Export, ["http://geheim@h/x.db"]),
            (Fleet, ["list", "--fleet", "http://geheim@h"]),
        ):
            error = self.assertRaises(UsageError, options().parseOptions, arguments)
            self.assertIn("can read command lines", str(error))
            self.assertNotIn("geheim", str(error))
