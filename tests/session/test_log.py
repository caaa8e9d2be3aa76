"""What the log is told of one user's connection."""

from __future__ import annotations

from twisted.internet.task import Clock
from twisted.logger import LogLevel, capturedLogs, formatEvent
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import ConnectError
from tiktoklive.session.log import SessionLog


class StoryTests(SynchronousTestCase):
    """A :class:`SessionLog` and the log."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.session_log = SessionLog("alice", self.clock)

    def told(self, *phases: tuple[str, str], quietly: bool = False) -> list[str]:
        """The lines above debug level that changes lead to."""
        with capturedLogs() as logs:
            for phase, reason in phases:
                self.session_log.enter(phase, reason, quietly=quietly)
        return [str(formatEvent(each)) for each in logs if each["log_level"] > LogLevel.debug]

    def test_line(self) -> None:
        """A change is a line with the user, the state and the reason, if there is one."""
        self.assertEqual(
            ["@alice: waiting: down", "@alice: stopped"],
            self.told(("waiting", "down"), ("stopped", "")),
        )

    def test_quietly(self) -> None:
        """What is of no interest is told to who looks for it."""
        self.assertEqual([], self.told(("resolving", ""), quietly=True))

    def test_again_and_again(self) -> None:
        """The same is told three times, and then every ten minutes, with how often it was not."""
        lines = [("waiting", f"down, next try in {number}.5 s") for number in range(10)]
        self.assertEqual(3, len(self.told(*lines)))
        self.clock.advance(600)
        [line] = self.told(("waiting", "down, next try in 3.0 s"))
        self.assertIn("(7 times more since this was logged)", line)

    def test_source(self) -> None:
        """That another source has its turn is a line, with what the one before said."""
        with capturedLogs() as logs:
            self.session_log.refused("direct", ConnectError("nobody there"))
        self.assertEqual(["@alice: direct: nobody there"], [formatEvent(each) for each in logs])

    def test_surprise(self) -> None:
        """An error that is not ours is a traceback in the log, three times."""
        for _ in range(5):
            self.session_log.surprised(ZeroDivisionError("oops"))
        self.assertEqual(3, len(self.flushLoggedErrors(ZeroDivisionError)))
