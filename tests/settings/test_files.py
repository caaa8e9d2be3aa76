"""Every way in which users name files to be read: one that is none stops nobody."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from twisted.python.usage import UsageError
from twisted.trial.unittest import SkipTest

from tests.fleet.server import CLIENT_MISSING
from tests.reactors import MemoryReactor
from tests.settings.case import SettingsCase
from tiktoklive.errors import InvalidUserOptionsError, StartError
from tiktoklive.interfaces import IOutputMaker, ISourceMaker
from tiktoklive.plugins import kinds
from tiktoklive.settings.fields import OPTIONS
from tiktoklive.tap import Options as CommandLine
from tiktoklive.users.listing import read_list
from tiktoklive.users.options import read_options
from tiktoklive.users.statefile import read_state
from tiktoklive.users.way import way_of

#: What names a file to be read, beside the flags whose names say so.
ARGUMENTS = (
    ("--config", "{}"),
    ("--users-file", "{}"),
    ("--replay", "{}"),
    ("--output", "sqlite:{}"),
    ("--output", "webhook:https://h.example/#secret-file={}"),
    ("--output", "webhook:https://h.example/#outbox={}"),
    ("--output", "web:0?moderation={}"),
)

#: Outputs and sources of the variables that name files.
USERS = {"WEB": "web:0", "BROWSER": "browser:0", "REDIS": "redis:rediss://h"}


def variables() -> list[str]:
    """All that name a file, as the help of outputs and sources has them."""
    found = []
    for maker in (*kinds(IOutputMaker), *kinds(ISourceMaker)):
        for name, text in getattr(maker, "environment", {}).items():
            if name.endswith("_FILE"):
                found.append(name)
            elif "_FILE names a file" in text or "likewise" in text:
                found.append(f"{name}_FILE")
    return sorted(set(found))


class FilesTests(SettingsCase):
    """Pipes without a writer, devices, and directories."""

    def setUp(self) -> None:
        self.home = Path(self.mktemp()).absolute()
        self.home.mkdir()
        os.mkfifo(self.home / "fifo", 0o600)
        (self.home / "folder").mkdir()
        self.places = [str(self.home / "fifo"), "/dev/zero", str(self.home / "folder")]
        # One that waits for its writer would do so for ever.
        before = signal.signal(signal.SIGALRM, self.late)
        self.addCleanup(signal.signal, signal.SIGALRM, before)
        self.addCleanup(signal.alarm, 0)
        signal.alarm(100)

    def late(self, *_: Any) -> None:
        """It waited."""
        self.fail("A file was waited for.")

    def refused(self, *arguments: str) -> str:
        """The sentence by which a command line is refused."""
        line = CommandLine(MemoryReactor(), {})
        return str(self.assertRaises(UsageError, line.parseOptions, arguments))

    def test_command_line(self) -> None:
        """Each option that takes a file refuses what is none, and says why."""
        flags = [flag for flag in OPTIONS.flags if flag.endswith("-file")]
        self.assertLess(2, len(flags))
        for place in self.places:
            for option, form in (*ARGUMENTS, *((f"--{flag}", "{}") for flag in flags)):
                users = () if option == "--replay" else ("anna",)
                with patch.dict(os.environ, TIKTOKLIVE_WEBHOOK_SECRET=f"whsec_{'A' * 32}"):
                    said = self.refused(option, form.format(place), *users)
                self.assertIn(option, said)
                self.assertRegex(said, "a pipe|a device|irectory")

    def test_walked(self) -> None:
        """What the help of outputs says to take a file is walked here."""
        walked = {form.partition(":")[0] for _, form in ARGUMENTS} | {"jsonl"}  # that writes alone
        for maker in kinds(IOutputMaker):
            if "FILE" in maker.usage:
                self.assertIn(maker.kind, walked)

    def test_environment(self) -> None:
        """So does each variable that names one."""
        names = variables()
        self.assertLess(5, len(names))
        for place in self.places:
            for name in names:
                user = next(user for word, user in USERS.items() if word in name)
                if CLIENT_MISSING and user.startswith("redis"):
                    continue
                option = "--source" if user.startswith("browser") else "--output"
                with patch.dict(os.environ, {name: place}):
                    said = self.refused(option, user, "anna")
                self.assertIn(name, said)
                self.assertRegex(said, "a pipe|a device|irectory")
        if CLIENT_MISSING:
            raise SkipTest(f"all but those of Redis: {CLIENT_MISSING}")

    def test_users(self) -> None:
        """So does the list of users at a reload, and what a user has of its own."""
        for place in self.places:
            for work in (
                lambda place=place: read_list(Path(place)),
                lambda place=place: way_of(read_options({"session_file": place})),
                lambda place=place: way_of(read_options({"proxy_file": place})),
            ):
                said = self.raised(InvalidUserOptionsError, work)
                self.assertRegex(said, "a pipe|a device|irectory")

    def test_state(self) -> None:
        """So does the file of users who stay."""
        for place in self.places:
            said = self.raised(StartError, lambda place=place: read_state(Path(place)))
            self.assertRegex(said, "a pipe|a device|irectory")

    def raised(self, kind: type[Exception], work: Callable[[], object]) -> str:
        """What an error of that kind says."""
        return str(self.assertRaises(kind, work))
