"""How many files the process may have open."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from twisted.logger import capturedLogs, formatEvent
from twisted.trial.unittest import SynchronousTestCase

from tests.processes import ProcessTestCase
from tests.reactors import MemoryReactor
from tests.test_tap import OptionsCase
from tiktoklive.files import descriptors
from tiktoklive.files.descriptors import allow_more, allowed, needed, too_few, usable
from tiktoklive.tap import makeService

try:
    import resource  # noqa: F401 -- tells where there are limits
except ImportError:
    skip = "there are no such limits here"


class System:
    """The limits of a system, which takes only some."""

    RLIMIT_NOFILE = 7
    RLIM_INFINITY = -1

    def __init__(self, soft: int, hard: int, most: int = 1 << 30) -> None:
        self.limits = soft, hard
        self.most = most

    def getrlimit(self, which: int) -> tuple[int, int]:
        return self.limits

    def setrlimit(self, which: int, limits: tuple[int, int]) -> None:
        if limits[0] > self.most:
            raise ValueError("current limit exceeds maximum limit")
        self.limits = limits


class LimitTests(SynchronousTestCase):
    """The limit that the process may raise itself."""

    def after(self, *limits: int) -> int:
        system = System(*limits)
        with patch.object(descriptors, "_resource", system):
            allow_more()
            self.assertEqual(limits[1], system.limits[1])
            return allowed()

    def test_raised(self) -> None:
        """It is as high as may be, and never lower than it was."""
        self.assertEqual(4096, self.after(1024, 4096))
        self.assertEqual(4096, self.after(4096, 4096))
        self.assertEqual(1 << 20, self.after(1024, -1))
        self.assertEqual(1 << 20, self.after(1024, 1 << 29))
        self.assertEqual(1 << 29, self.after(1 << 29, 1 << 29))
        self.assertEqual(sys.maxsize, self.after(-1, -1))

    def test_refused(self) -> None:
        """Where the system takes less than it says, that is taken, or it stays."""
        self.assertEqual(10_240, self.after(256, -1, 10_240))
        self.assertEqual(256, self.after(256, -1, 1000))

    def test_none(self) -> None:
        """Where there are no limits, nothing is done."""
        with patch.object(descriptors, "_resource", None):
            allow_more()
            self.assertEqual(sys.maxsize, allowed())

    def test_select(self) -> None:
        """A reactor that can wait for no more has no use of more."""
        from twisted.internet.selectreactor import SelectReactor

        select = SelectReactor.__new__(SelectReactor)
        with patch.object(descriptors, "_resource", System(5000, 5000)):
            self.assertEqual((1024, 5000), (usable(select), usable(MemoryReactor())))


class NeededTests(OptionsCase):
    """What is needed."""

    def test_sum(self) -> None:
        """It is summed up over users and outputs, and said if it does not fit."""
        outputs: Any = {"web-1": SimpleNamespace(files=500), "mine": object()}
        needs = needed(300, outputs)
        self.assertEqual({"300 users": 600, "web-1": 500, "mine": 8, "all else": 64}, needs)
        self.assertEqual("", too_few(1172, needs))
        said = too_few(1171, needs)
        self.assertIn("1171, and 1172 may be needed (300 users 600, web-1 500, mine 8,", said)
        self.assertIn("LimitNOFILE=2048", said)

    def started(self, soft: int, *arguments: str) -> list[str]:
        """What is said at the start of files."""
        with patch.object(descriptors, "_resource", System(soft, soft)):
            daemon = makeService(self.parse(*arguments))
            with capturedLogs() as logs:
                daemon.startService()
            self.addCleanup(daemon.stopService)
        return [formatEvent(log) for log in logs if "open files" in formatEvent(log)]

    def test_daemon(self) -> None:
        """The daemon says it when it starts: users, tapes and outputs."""
        names = [f"user{number}" for number in range(100)]
        self.assertEqual([], self.started(300, *names, "-o", "console"))
        [said] = self.started(250, *names, "-o", "console")
        self.assertIn("(100 users 200, console-1 8, all else 64)", said)
        [said] = self.started(300, *names, "-o", "console", "--record", self.mktemp())
        self.assertIn("record 200", said)

    def test_listening(self) -> None:
        """What listens has half of them at most."""
        self.assertEqual([], self.started(400, "anna", "-o", "web:tcp:8080"))
        [said] = self.started(400, *[f"user{number}" for number in range(100)], "-o", "web")
        self.assertIn("web-1 200", said)


class DaemonTests(ProcessTestCase):
    """A daemon as a process of its own."""

    def test_raised(self) -> None:
        """The soft limit is the hard one afterwards."""
        program = (
            "import resource as r; hard = r.getrlimit(r.RLIMIT_NOFILE)[1];"
            "hard = 4000 if hard < 0 else min(hard, 4000);"
            "r.setrlimit(r.RLIMIT_NOFILE, (200, hard));"
            "from tiktoklive.tap import Options; Options().parseOptions(['anna', '-o', 'console']);"
            "print(r.getrlimit(r.RLIMIT_NOFILE) == (hard, hard))"
        )
        process = self.spawn([sys.executable, "-c", program])
        assert process.stdout is not None
        self.assertEqual("True\n", process.stdout.read())
