"""What the log is told of one user's connection."""

from __future__ import annotations

from twisted.internet.task import Clock
from twisted.logger import LogLevel, capturedLogs, formatEvent
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import ConnectError
from tiktoklive.model import Bound, State
from tiktoklive.session.log import SessionLog, user_line


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
        """That another source had its turn is a line, with what the one before said, once."""
        self.session_log.refused("direct", ConnectError("nobody there"))
        self.assertEqual([], self.told(("connecting", "room 5"), quietly=True))
        self.assertEqual(
            ["@alice: direct: nobody there", "@alice: live: room 5"], self.told(("live", "room 5"))
        )
        self.assertEqual(["@alice: stopped"], self.told(("stopped", "")))

    def test_source_once(self) -> None:
        """Where all failed, and how, is in the next line, it has none of its own."""
        self.session_log.refused("direct", ConnectError("nobody there."))
        self.session_log.refused("signed", ConnectError("not now."))
        self.assertEqual(
            ["@alice: signed: not now.", "@alice: waiting: No. (1) direct: nobody there."],
            self.told(("waiting", "No. (1) direct: nobody there.")),
        )

    def test_sources_bound(self) -> None:
        """However many fail between two lines, no more than some are kept."""
        for number in range(1000):
            self.session_log.refused("direct", ConnectError(f"no {number}"))
        self.assertLess(len(self.told(("live", ""))), 30)

    def test_surprise(self) -> None:
        """An error that is not ours is a traceback in the log, three times."""
        for _ in range(5):
            self.session_log.surprised(ZeroDivisionError("oops"))
        self.assertEqual(3, len(self.flushLoggedErrors(ZeroDivisionError)))


class UserLineTests(SynchronousTestCase):
    """What a status tells of a user."""

    def test_line(self) -> None:
        """The state, the room unless that is the reason, the lane, and what was lost to bounds."""
        bounds = {"payload": Bound(1, "skipped", 2), "frame": Bound(1, "skipped")}
        for state, line in (
            (State(phase="idle", unique_id="al"), "@al: idle"),
            (
                State(phase="offline", reason="not live", unique_id="bo"),
                "@al (now @bo): offline: not live",
            ),
            (
                State(phase="live", reason="room 7", room_id="7", unique_id="al", lane="de"),
                "@al: live in room 7 by lane de",
            ),
            (
                State(phase="waiting", reason="down", room_id="7", unique_id="al", bounds=bounds),
                "@al: waiting in room 7: down (payload 2)",
            ),
        ):
            self.assertEqual(line, user_line("al", state))
