"""The signature hook as a program, with real programs on the real reactor."""

from __future__ import annotations

import os
import sys
from random import Random
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl

from twisted.internet import defer
from twisted.internet.defer import Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import TestCase

from tiktoklive.errors import Remedy, SignatureError
from tiktoklive.model import Resume, Room
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.web import Web
from tiktoklive.signing import DirectSigner
from tiktoklive.signing.command import MOST_OUTPUT, CommandSignature
from tiktoklive.testing import MemoryNetwork

QUERY = "aid=1988&room_id=7137682087200557829"


class CommandTests(TestCase):
    """A program that is asked for each address."""

    def command(self, program: str, timeout: float = 30.0) -> CommandSignature:
        """A program in Python."""
        from twisted.internet import reactor

        return CommandSignature([sys.executable, "-c", program], reactor, timeout)

    async def fails(self, program: str, *words: str, timeout: float = 30.0) -> None:
        """It fails in these words."""
        command = self.command(program, timeout)
        with self.assertRaises(SignatureError) as caught:
            await command(QUERY)
        shown = str(caught.exception)
        for each in ("The signature command python", *words):
            self.assertIn(each, shown)
        self.assertNotIn(QUERY, shown)
        self.assertTrue(shown.isprintable())
        self.assertIs(Remedy.WAIT, caught.exception.remedy)

    async def test_suffix(self) -> None:
        """It reads the query and prints the suffix; white space around it does not count."""
        command = self.command("print(' X-Gnarly=' + str(len(input())) + '%2F ')")
        self.assertEqual(f"X-Gnarly={len(QUERY)}%2F", await command(QUERY))

    async def test_as_hook(self) -> None:
        """The direct source appends it to the query, which is what it was made from."""
        program = "import hashlib; print('X-Gnarly=' + hashlib.md5(input().encode()).hexdigest())"
        identity = GuestIdentity(Web(MemoryNetwork(), Clock()), Clock(), Random(1), ttwid="t")
        signer = DirectSigner(identity, Random(1), sign_query=self.command(program))
        ticket = await signer.sign(Room("alice", "5"), Resume())
        query, _, suffix = ticket.url.partition("?")[2].rpartition("&X-Gnarly=")
        self.assertEqual(32, len(suffix))
        self.assertEqual("5", dict(parse_qsl(query))["room_id"])

    async def test_status(self) -> None:
        """A status other than 0 is told, with the last thing that the program said."""
        program = "import sys; print('X-A=1'); sys.exit('first\\nno \\x1b key for ' + input())"
        await self.fails(program, "ended with exit status 1: 'no key for ***'")

    async def test_signal(self) -> None:
        """So is a signal."""
        await self.fails("import os; os.kill(os.getpid(), 15)", "ended with signal 15.")

    async def test_nothing(self) -> None:
        """A program that prints nothing, or something else than a suffix, has not signed."""
        for program in ("", "print('X-A=1\\nX-B=2')", "print('a b')", "print('\\u00e4')"):
            await self.fails(program, "something else than one suffix")

    async def test_flood(self) -> None:
        """One that prints without end is stopped."""
        for stream in ("stdout", "stderr"):
            program = f"import sys\nwhile True: sys.{stream}.write('x' * 9999)"
            await self.fails(program, f"more than {MOST_OUTPUT} bytes")

    async def test_slow(self) -> None:
        """One that takes too long is killed."""
        await self.fails("import time; time.sleep(600)", "longer than 0.3 s", timeout=0.3)

    async def test_missing(self) -> None:
        """A program that is not there is named, its arguments are not."""
        from twisted.internet import reactor

        command = CommandSignature(["/nowhere/signer", "--key=s3cret"], reactor)
        with self.assertRaises(SignatureError) as caught:
            await command(QUERY)
        self.assertIn("The signature command signer ", str(caught.exception))
        self.assertNotIn("s3cret", str(caught.exception) + repr(command))

    async def test_cancelled(self) -> None:
        """Cancelling kills it, and whoever waits hears of nothing else."""
        command = self.command("import time; time.sleep(600)")
        asked = Deferred.fromCoroutine(command(QUERY))
        asked.cancel()
        with self.assertRaises(defer.CancelledError):
            await asked

    async def test_environment(self) -> None:
        """It has our environment without our own settings, which hold secrets."""
        secrets: dict[str, Any] = {"TIKTOKLIVE_SESSION_ID": "s", "SIGN_API_KEY": "k", "OTHER": "o"}
        program = "import os; print('X=' + '.'.join(sorted({*os.environ} & {*input().split()})))"
        with patch.dict(os.environ, secrets):
            self.assertEqual("X=OTHER", await self.command(program)(" ".join(secrets)))

    def test_no_list(self) -> None:
        """A command line in one text, or none, is refused at once."""
        for command in ("signer --fast", [], [""]):
            self.assertRaises(ValueError, CommandSignature, command, Clock())
