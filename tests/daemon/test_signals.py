"""The signals that ask for the status, and tell that the terminal is gone."""

from __future__ import annotations

import os
import signal
import threading
from typing import Any
from unittest import skipUnless
from unittest.mock import patch

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.daemon.signals import HUP, USR1, AskingSignal, HangUp


class Reactor:
    """Calls from other threads, and from signals, at once."""

    def callFromThread(self, function: Any) -> None:
        function()


@skipUnless(USR1, "this platform has no SIGUSR1")
class AskingSignalTests(SynchronousTestCase):
    """From begin() to end()."""

    def setUp(self) -> None:
        self.told: list[str] = []
        self.signal = AskingSignal(Reactor(), USR1, lambda: self.told.append("status"))
        before = signal.getsignal(USR1)
        self.addCleanup(signal.signal, USR1, before)
        signal.signal(USR1, signal.SIG_IGN)

    def ask(self) -> None:
        """Send the signal to this process."""
        os.kill(os.getpid(), USR1)

    def test_begin(self) -> None:
        """Each signal asks once, between begin and end."""
        self.signal.begin()
        self.ask()
        self.ask()
        self.assertEqual(["status"] * 2, self.told)
        self.signal.end()
        self.assertIs(signal.SIG_IGN, signal.getsignal(USR1))

    def test_before(self) -> None:
        """Whoever had it before gets it first, and again afterwards."""

        def rotate(number: int, frame: object) -> None:
            self.told.append("rotate")

        signal.signal(USR1, rotate)
        self.signal.begin()
        self.ask()
        self.assertEqual(["rotate", "status"], self.told)
        self.signal.end()
        self.ask()
        self.assertEqual("rotate", self.told[-1])

    def test_twice(self) -> None:
        """Begun twice it is still one; ended twice it takes nothing from others."""
        self.signal.begin()
        self.signal.begin()
        self.ask()
        self.assertEqual(["status"], self.told)
        self.signal.end()
        self.signal.end()
        self.assertIs(signal.SIG_IGN, signal.getsignal(USR1))

    def test_taken(self) -> None:
        """What somebody else took meanwhile stays theirs."""
        self.signal.begin()
        signal.signal(USR1, signal.SIG_DFL)
        self.signal.end()
        self.assertEqual(signal.SIG_DFL, signal.getsignal(USR1))

    def test_not_of_python(self) -> None:
        """A handler that is none of Python's cannot be given back: the usual one is."""
        with patch("tiktoklive.daemon.signals.signal.getsignal", return_value=None):
            self.signal.begin()
        self.ask()
        self.assertEqual(["status"], self.told)
        self.signal.end()
        self.assertEqual(signal.SIG_DFL, signal.getsignal(USR1))

    def test_other_thread(self) -> None:
        """In another thread, where Python does not allow it, nothing happens."""
        thread = threading.Thread(target=self.signal.begin)
        thread.start()
        thread.join()
        self.assertIs(signal.SIG_IGN, signal.getsignal(USR1))


@skipUnless(HUP, "this platform has no SIGHUP")
class HangUpTests(SynchronousTestCase):
    """From begin() to end()."""

    def setUp(self) -> None:
        self.terminated: list[int] = []
        for number in (HUP, signal.SIGTERM):
            self.addCleanup(signal.signal, number, signal.getsignal(number))
        signal.signal(HUP, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, lambda number, frame: self.terminated.append(number))
        self.signal = HangUp()

    def test_begin(self) -> None:
        """It counts as SIGTERM, until the end."""
        self.signal.begin()
        os.kill(os.getpid(), HUP)
        self.assertEqual([signal.SIGTERM], self.terminated)
        self.signal.end()
        self.assertEqual(signal.SIG_DFL, signal.getsignal(HUP))

    def test_taken(self) -> None:
        """Who ignores it goes on to do so, as under nohup."""
        signal.signal(HUP, signal.SIG_IGN)
        self.signal.begin()
        os.kill(os.getpid(), HUP)
        self.assertEqual([], self.terminated)
        self.signal.end()
        self.assertEqual(signal.SIG_IGN, signal.getsignal(HUP))
