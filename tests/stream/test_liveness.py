"""Live, quiet, deaf or stale: frames and messages watched apart from each other."""

from __future__ import annotations

from itertools import pairwise

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import DeafStreamError, StaleStreamError
from tiktoklive.events.table import ROWS
from tiktoklive.stream.liveness import (
    ACTS,
    ASK,
    ASK_MOST,
    DEAF,
    LIVE,
    MOST,
    PAUSE,
    QUIET,
    Liveness,
    deaf_limit,
)
from tiktoklive.wire.frames_pb2 import ResponseMessage

PACE = 10.0
COUNT, CHAT = "WebcastRoomUserSeqMessage", "WebcastChatMessage"


class LivenessTestCase(SynchronousTestCase):
    """One stream, whose time the test tells."""

    def setUp(self) -> None:
        self.states: list[str] = []
        self.life = self.make()
        self.now = 100.0
        self.wake = self.life.due(self.now, PACE)

    def make(self, **limits: float | None) -> Liveness:
        """A stream that opens at 100 seconds."""
        usual = {"stale_after": 60.0, "deaf_after": 45.0, "quiet_after": 60.0, **limits}
        return Liveness(100.0, changed=lambda state, why: self.states.append(state), **usual)

    def hear(self, *methods: str) -> None:
        """A frame arrives now, with these messages, if any."""
        self.life.heard_at = self.now
        if methods:
            self.life.pushed_at, self.life.spoke = self.now, True
            if self.life.looking:
                self.life.look([ResponseMessage(method=each) for each in methods])

    def run_for(self, seconds: int, *methods: str, every: int = 10) -> Exception | None:
        """Let time pass in which frames arrive, and check whenever that is due."""
        for _ in range(seconds):
            self.now += 1
            if every and self.now % every == 0:
                self.hear(*methods)
            if self.wake is not None and self.wake <= self.now:
                gone = self.life.check(self.now, PACE)
                if gone is not None:
                    return gone
                self.wake = self.life.due(self.now, PACE)
        return None


class LivenessTests(LivenessTestCase):
    """Whether it lives."""

    def test_live(self) -> None:
        """A room in which people act is live."""
        self.assertIsNone(self.run_for(600, COUNT, CHAT))
        self.assertEqual((LIVE, []), (self.life.state, self.states))

    def test_quiet(self) -> None:
        """A room that only counts viewers is quiet, and stays put for hours."""
        self.assertIsNone(self.run_for(3 * 3600, COUNT))
        self.assertEqual((QUIET, [QUIET]), (self.life.state, self.states))

    def test_live_again(self) -> None:
        """As soon as somebody acts it is live again, and quiet some time after that."""
        self.run_for(100, COUNT)
        self.hear(CHAT)
        self.assertEqual(LIVE, self.life.state)
        self.run_for(200, COUNT)
        self.assertEqual([QUIET, LIVE, QUIET], self.states)

    def test_deaf(self) -> None:
        """Signs of life without messages are deafness, after 45 seconds."""
        self.hear(CHAT)
        self.assertIsNone(self.run_for(44))
        self.assertIsInstance(self.run_for(1), DeafStreamError)
        self.assertEqual((145.0, [DEAF]), (self.now, self.states))

    def test_stale(self) -> None:
        """Nothing at all is no deafness, but death, after 60 seconds."""
        self.assertIsInstance(self.run_for(1000, every=0), StaleStreamError)
        self.assertEqual((160.0, []), (self.now, self.states))

    def test_heard_late(self) -> None:
        """A transport that answers again, after it was silent, is found to be deaf."""
        self.assertIsNone(self.run_for(50, every=0))
        self.assertIsInstance(self.run_for(12), DeafStreamError)

    def test_history_is_no_act_of_the_room(self) -> None:
        """What is not written down as pushed, such as history, keeps nothing alive."""
        for _ in range(4):
            self.now += 10
            self.hear()
        self.now += 5
        self.assertIsInstance(self.life.check(self.now, PACE), DeafStreamError)
        self.assertFalse(self.life.spoke)

    def test_paused(self) -> None:
        """In a pause nothing is expected, and after it everything anew."""
        self.life.pause(self.now)
        self.assertTrue(self.life.paused)
        self.assertIsNone(self.run_for(1000, every=0))
        self.life.resume(self.now)
        self.wake = self.life.due(self.now, PACE)
        self.assertFalse(self.life.paused)
        self.assertIsNone(self.run_for(44))
        self.assertIsInstance(self.run_for(1), DeafStreamError)

    def test_endless_pause(self) -> None:
        """A pause whose end was missed is no excuse for ever."""
        self.life.pause(self.now)
        self.assertIsInstance(self.run_for(5000, every=0), StaleStreamError)
        self.assertEqual(100 + PAUSE + 60, self.now)
        self.assertEqual((100.0, 100.0), (self.life.heard_at, self.life.pushed_at))

    def test_no_pause(self) -> None:
        """The end of a pause that there was not changes nothing."""
        self.now += 44
        self.life.resume(self.now)
        self.assertEqual(100.0, self.life.heard_at)

    def test_never(self) -> None:
        """Without limits nothing is ever due."""
        self.life = self.make(stale_after=None, deaf_after=None, quiet_after=None)
        self.assertIsNone(self.life.due(self.now, PACE))
        self.assertIsNone(self.life.check(self.now + 1e9, PACE))
        self.assertFalse(self.life.looking)

    def test_due_in_time(self) -> None:
        """The next check is never in the past, and no later than a limit."""
        self.assertEqual(145.0, self.life.due(100.0, PACE))
        self.assertEqual(160.0, self.life.due(150.0, PACE))
        self.life.heard_at = 150.0
        self.assertEqual(160.0, self.life.due(150.0, PACE))
        self.assertEqual(1000.0, self.life.due(1000.0, PACE))

    def test_due_each(self) -> None:
        """Each limit alone has its time; one that is over while all is silent is not at once."""
        none = {"stale_after": None, "deaf_after": None, "quiet_after": None}
        for limits, due in (
            ({"stale_after": 60.0}, 160.0),
            ({"quiet_after": 50.0}, 150.0),
            ({"deaf_after": 45.0}, 145.0),
            ({}, None),
        ):
            self.assertEqual(due, self.make(**{**none, **limits}).due(100.0, PACE), limits)
        life = self.make(**{**none, "deaf_after": 45.0})
        self.assertIsNone(life.check(145.0, PACE))  # the transport is silent, too
        self.assertEqual(145.0 + PACE, life.due(145.0, PACE))

    def test_answers(self) -> None:
        """A stream is deaf only while its transport gives signs of life, within two paces."""
        for heard_at, gone in ((145 - 2 * PACE, True), (144.9 - 2 * PACE, False)):
            life = self.make(stale_after=None)
            life.heard_at = heard_at
            self.assertEqual(-0.0, life.left(145.0, PACE))
            self.assertEqual(gone, isinstance(life.check(145.0, PACE), DeafStreamError), heard_at)
            self.assertEqual(-5.0 if gone else 0.0, life.left(150.0, PACE + 2.5 * gone))

    def test_growing_limit(self) -> None:
        """Each deaf end in a row doubles the limit, up to an hour."""
        self.assertEqual([45.0, 90.0, 180.0], [deaf_limit(45.0, ends) for ends in range(3)])
        self.assertEqual(MOST, deaf_limit(45.0, 10_000))
        self.assertEqual(7200.0, deaf_limit(7200.0, 3))
        self.assertIsNone(deaf_limit(None, 3))

    def test_acts(self) -> None:
        """What counts as an act are types of messages that the schema knows."""
        self.assertEqual(set(), ACTS - ROWS.keys())


class SilentTests(LivenessTestCase):
    """When somebody had better be asked whether the broadcast is still on."""

    def setUp(self) -> None:
        super().setUp()
        self.life = self.make(deaf_after=7200.0, stale_after=None)
        self.asked: list[float] = []
        self.life.on_silent = lambda: self.asked.append(self.now - 100)
        self.wake = self.life.due(self.now, PACE)

    def test_asked(self) -> None:
        """First after a while, then seldom, in a pause and behind it as well."""
        for pauses in (False, True):
            with self.subTest(pauses=pauses):
                self.setUp()
                if pauses:
                    self.life.pause(self.now)
                self.assertIsNone(self.run_for(int(PAUSE) + 1200))
                self.assertEqual(ASK, self.asked[0])
                distances = {later - sooner for sooner, later in pairwise(self.asked)}
                self.assertLessEqual(max(distances), ASK_MOST)
                self.assertLessEqual(len(self.asked), (PAUSE + 1200) / ASK_MOST + 2)

    def test_speaks(self) -> None:
        """Nobody is while messages come, and each puts it off as the first."""
        self.assertIsNone(self.run_for(3600, COUNT, every=200))
        self.assertEqual([], self.asked)
        self.run_for(1000)
        self.hear(COUNT)
        said, before = self.now - 100, len(self.asked)
        self.run_for(int(ASK) - 1)
        self.assertEqual((2, 2), (before, len(self.asked)))
        self.run_for(int(ASK_MOST))
        self.assertTrue(said + ASK <= self.asked[2] <= said + ASK_MOST, self.asked)

    def test_never(self) -> None:
        """Nobody is where silence is not watched."""
        self.life.deaf_after = None
        self.wake = self.life.due(self.now, PACE)
        self.run_for(3600)
        self.assertEqual([], self.asked)
