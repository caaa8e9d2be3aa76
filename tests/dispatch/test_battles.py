"""Battles: one start and one end for each, and what is told in between."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import ROOM, made
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.events import (
    BattleEnded,
    BattleHost,
    BattleScore,
    BattleStarted,
    BattleSupporter,
    BattleTeam,
    Event,
    LinkMicArmies,
    LinkMicBattle,
    LinkMicBattlePunishFinish,
)

#: When the tests begin, on TikTok's clock and on ours, in seconds.
NOW = 1_700_000_000
OPEN, FINISH, CUT_SHORT, CANCEL, INVITE = 4, 5, 6, 3, 1

HOSTS_OF = """
    anchor_info { key: 1 value { user { user_id: 1 display_id: "ann" nick_name: "Ann" } } }
    anchor_info { key: 2 value { user { user_id: 2 display_id: "ben" } } }
"""


def setting(number: int, length: int, channel: int, began: int = 0) -> str:
    """The settings of a battle that begins when the tests do, or so many seconds later."""
    return (
        f"battle_id: {number} timestamp: {NOW + began}000 duration: {length} channel_id: {channel}"
        " battle_type: 1"
    )


def change(
    action: int,
    number: int = 7,
    text: str = HOSTS_OF,
    *,
    at: float = 0.0,
    length: int = 300,
    channel: int = 0,
    began: int = 0,
    **more: Any,
) -> LinkMicBattle:
    """Something happens to a battle, so many seconds after its start."""
    settings = f"battle_setting {{ {setting(number, length, channel, began)} }}" if length else ""
    common = f"common {{ create_time: {int((NOW + at) * 1000)} }}"
    text = f"battle_id: {number} action: {action} {settings} {common} {text}"
    event = made("LinkMicBattle", text, **more)
    assert isinstance(event, LinkMicBattle)
    return event


def result(ann: int, ben: int) -> str:
    """How it ended, for one of them as TikTok says it: a win is what is not said."""
    outcomes = ((2, 2) if ann == ben else (0, 1) if ann > ben else (1, 0)), (ann, ben)
    return HOSTS_OF + "".join(
        f"battle_result {{ key: {host} value {{ user_id: {host} result: {how} score: {score} }} }}"
        for host, how, score in zip((1, 2), *outcomes, strict=True)
    )


def score(
    ann: int = 0,
    ben: int = 0,
    number: int = 7,
    *,
    at: float = 0.0,
    length: int = 300,
    channel: int = 0,
    givers: str = "",
    reason: int = 1,
    user: int = 5,
) -> LinkMicArmies:
    """The scores of a battle."""
    settings = f"battle_settings {{ {setting(number, length, channel)} }}" if length else ""
    moment = int((NOW + at) * 1000)
    event = made(
        "LinkMicArmies",
        f"""
        battle_id: {number} {settings} trigger_reason: {reason} from_user_id: {user}
        score_update_time: {moment} common {{ create_time: {moment} }}
        armies {{ key: 1 value {{ host_score: {ann} {givers} }} }}
        armies {{ key: 2 value {{ host_score: {ben} }} }}
        """,
    )
    assert isinstance(event, LinkMicArmies)
    return event


def punished(number: int = 7, reason: int = 0) -> LinkMicBattlePunishFinish:
    """The forfeit is over."""
    event = made("LinkMicBattlePunishFinish", f"battle_id: {number} reason: {reason}")
    assert isinstance(event, LinkMicBattlePunishFinish)
    return event


def scores(event: BattleStarted | BattleScore | BattleEnded) -> tuple[int, ...]:
    """Those of the teams."""
    return tuple(team.score for team in event.teams)


class BattlesCase(SynchronousTestCase):
    """Battles of one room whose events are kept."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.clock.advance(NOW)
        self.told: list[Any] = []
        self.trackers = Trackers(self.clock, self.tell)
        self.trackers.begin(ROOM)
        self.battles = self.trackers.battles

    def tell(self, event: Event) -> None:
        """Keep it."""
        self.told.append(event)

    def after(self, *events: Any) -> list[str]:
        """The names of what the events lead to."""
        before = len(self.told)
        for event in events:
            self.trackers.take(event)
        return [each.name for each in self.told[before:]]

    def wait(self, seconds: float) -> list[str]:
        """Why battles are over by then."""
        before = len(self.told)
        self.clock.pump([1.0] * int(seconds))
        return [each.reason for each in self.told[before:]]


class CourseTests(BattlesCase):
    """A battle from its start to its end."""

    def test_whole(self) -> None:
        """It starts, its scores change, and it ends with its winner; all is one object."""
        self.assertEqual(["battleStarted"], self.after(change(OPEN)))
        self.clock.advance(10)
        giver = 'user_army { user_id: 5 score: 3 nickname: "Cy" }'
        self.assertEqual(["battleScore"], self.after(score(3, 0, at=10, givers=giver)))
        self.assertEqual([], self.after(score(3, 0, at=11, givers=giver, reason=4)))
        self.assertEqual(["battleScore"], self.after(score(3, 9, at=12)))
        self.clock.advance(295)
        self.assertEqual(["battleEnded"], self.after(change(FINISH, text=result(3, 12), at=303)))
        started, first, _, ended = self.told
        self.assertEqual([(0, 0), (3, 0), (3, 9), (3, 12)], [scores(event) for event in self.told])
        self.assertEqual({id(started.battle)}, {id(event.battle) for event in self.told})
        self.assertEqual([300_000, 290_000, 288_000, 0], [e.remaining for e in self.told])
        self.assertEqual(("5", "0"), (first.from_user_id, ended.cause and "0"))
        self.assertEqual(("finished", ["2"]), (ended.reason, ended.winner_ids))
        battle = ended.battle
        self.assertEqual((True, 0), (battle.is_over, battle.remaining))
        self.assertEqual((False, "under_way"), (ended.is_draw, battle.punishment))
        ann, cy = BattleHost("1", "ann", "Ann", "", 3), BattleSupporter("5", "Cy", 3)
        self.assertEqual(BattleTeam("0", (ann,), 3, (cy,), 1), battle.teams[0])
        self.assertEqual([], self.after(punished()))
        self.assertEqual("time_up", battle.punishment)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_remaining(self) -> None:
        """The time that is left goes on by our clock, whatever TikTok's clock and ours show."""
        self.clock.advance(5000)  # ours is fast
        self.after(change(OPEN))
        battle = self.told[0].battle
        self.assertEqual(300_000, battle.remaining)
        self.clock.advance(100)
        self.assertEqual(200_000, battle.remaining)
        self.after(score(1, at=90))  # it took ten seconds
        self.assertEqual(200_000, battle.remaining)
        self.after(score(2, at=105))
        self.assertEqual(195_000, battle.remaining)
        self.after(score(3, at=105, length=330))  # extra time
        self.assertEqual((225_000, 330_000), (battle.remaining, battle.duration))
        self.clock.advance(400)
        self.assertEqual(0, battle.remaining)

    def test_history(self) -> None:
        """Of a message from before we came, its own time says nothing of what is left."""
        self.clock.advance(100)
        self.after(change(OPEN, is_history=True))
        [started] = self.told
        self.assertEqual((200_000, True), (started.remaining, started.is_history))

    def test_joined(self) -> None:
        """Coming in the middle starts it with its scores; names are learned later."""
        self.assertEqual(["battleStarted"], self.after(score(5, 6, at=100)))
        [started] = self.told
        self.assertEqual(((5, 6), False), (scores(started), started.battle.from_start))
        self.assertEqual(["battleScore"], self.after(change(8)))
        self.assertEqual("ann", self.told[-1].teams[0].hosts[0].unique_id)
        self.assertEqual((5, 6), scores(self.told[-1]))  # of which that message says nothing

    def test_end_alone(self) -> None:
        """Its end alone is a battle, too: its start is told before."""
        self.assertEqual(
            ["battleStarted", "battleEnded"], self.after(change(FINISH, text=result(4, 4)))
        )
        ended = self.told[-1]
        self.assertEqual((True, [], (4, 4)), (ended.is_draw, ended.winner_ids, scores(ended)))
        self.assertEqual("", ended.battle.punishment)

    def test_not_begun(self) -> None:
        """Invitations, what becomes of them, forfeits of others and nameless ones are none."""
        for action in (INVITE, 2, CANCEL, 7, 8, 9, 10, 11, 0, 99):
            self.assertEqual([], self.after(change(action)))
        self.assertEqual([], self.after(change(OPEN, number=0), score(number=0), punished(0)))
        self.assertEqual([], self.clock.getDelayedCalls())
        self.assertEqual(["battleStarted"], self.after(change(OPEN)))

    def test_other_ends(self) -> None:
        """It is cut short or cancelled; or nothing tells its end but that of the forfeit."""
        for number, event, reason in (
            (1, change(CUT_SHORT, 1), "cut_short"),
            (2, change(CANCEL, 2), "cancelled"),
            (3, punished(3, 1), "finished"),
        ):
            self.after(change(OPEN, number))
            self.assertEqual(["battleEnded"], self.after(event))
            self.assertEqual(reason, self.told[-1].reason)
            self.assertIs(event, self.told[-1].cause)
        self.assertEqual("cut_short", self.told[-1].battle.punishment)

    def test_late(self) -> None:
        """After its end nothing of it is told again."""
        self.after(change(OPEN), change(FINISH))
        self.assertEqual([], self.after(score(9), change(FINISH), change(OPEN), change(CANCEL)))
        self.assertEqual([], self.after(punished(8), score(9, number=8)))  # over before we came
        self.assertEqual([], self.wait(1000))

    def test_scores_out_of_order(self) -> None:
        """Scores of an earlier time come late, and change nothing."""
        self.after(change(OPEN), score(5, at=5))
        self.assertEqual([], self.after(score(3, at=4)))
        self.assertEqual(["battleScore"], self.after(score(3, at=6)))


MESSAGES = st.one_of(
    st.tuples(st.just("open"), st.integers(1, 3)),
    st.tuples(st.just("finish"), st.integers(1, 3)),
    st.tuples(st.just("cut"), st.integers(1, 3)),
    st.tuples(st.just("cancel"), st.integers(1, 3)),
    st.tuples(st.just("invite"), st.integers(1, 3)),
    st.tuples(st.just("punished"), st.integers(1, 3)),
    st.tuples(st.just("score"), st.integers(1, 3), st.integers(0, 9), st.integers(0, 9)),
    st.tuples(st.just("wait"), st.sampled_from([1, 30, 59, 61, 200, 400, 4000])),
    st.tuples(st.just("again")),
    st.tuples(st.just("elsewhere")),
    st.tuples(st.just("over"), st.sampled_from(["stream_end", "disconnected"])),
)

ACTIONS = {"open": OPEN, "finish": FINISH, "cut": CUT_SHORT, "cancel": CANCEL, "invite": INVITE}
