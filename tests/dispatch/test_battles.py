"""Battles: one start and one end for each, and what is told in between."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import ROOM, made
from tiktoklive.dispatch.battle_teams import (
    ADDRESS,
    HOSTS,
    NAME,
    SUPPORTERS,
    TEAMS,
    merged,
    size_of,
)
from tiktoklive.dispatch.battles import GRACE, LONGEST, REMEMBERED, RUNNING, UNKNOWN, BattleTracker
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.events import (
    Battle,
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


class EndTests(BattlesCase):
    """Battles whose end is not told by TikTok."""

    def test_timeout(self) -> None:
        """It is over a minute after its time, if its end was lost; what comes then is too late."""
        self.after(change(OPEN))
        self.clock.advance(100)
        self.after(score(3, 1, at=100))
        self.assertEqual([], self.wait(200 + GRACE - 1))
        self.assertEqual(["timeout"], self.wait(2))
        ended = self.told[-1]
        self.assertEqual((None, [], (3, 1)), (ended.cause, ended.winner_ids, scores(ended)))
        self.assertEqual((NOW + 300 + GRACE) * 1000, ended.received_at)
        self.assertEqual([], self.clock.getDelayedCalls())
        self.assertEqual([], self.after(change(FINISH)))

    def test_news(self) -> None:
        """As long as there are news it goes on: it may have been made longer."""
        self.after(change(OPEN))
        self.clock.advance(350)
        self.after(score(1, at=350))
        self.assertEqual([], self.wait(GRACE - 1))
        self.assertEqual(["timeout"], self.wait(2))

    def test_unknown_time(self) -> None:
        """Without its time, it is over when there are no news for long."""
        self.after(score(1, length=0))
        self.assertEqual(0, self.told[0].remaining)
        self.assertEqual([], self.wait(UNKNOWN + GRACE - 1))
        self.assertEqual(["timeout"], self.wait(2))

    def test_long_time(self) -> None:
        """A time that is longer than any battle is not waited for."""
        self.after(change(OPEN, length=2**31 - 1))
        self.clock.advance(LONGEST + GRACE - 1)
        self.assertEqual(1, len(self.told))
        self.assertEqual(["timeout"], self.wait(2))

    def test_last_scores(self) -> None:
        """When its last scores have come, its end is waited for for a minute."""
        self.after(change(OPEN), score(3, at=2, reason=2))
        self.assertEqual([], self.wait(GRACE - 1))
        self.assertEqual(["timeout"], self.wait(2))

    def test_each_its_time(self) -> None:
        """One timer serves all: the one that is over first is told first."""
        self.after(change(OPEN, 1, length=300), change(OPEN, 2, length=100))
        self.assertEqual(1, len(self.clock.getDelayedCalls()))
        self.assertEqual(["timeout"], self.wait(100 + GRACE + 1))
        self.assertEqual("2", self.told[-1].battle_id)
        self.assertEqual(["timeout"], self.wait(200))
        self.assertEqual("1", self.told[-1].battle_id)

    def test_finish(self) -> None:
        """The end of the broadcast or of the connection ends all; what comes then is nothing."""
        for number, reason in ((10, "stream_end"), (20, "disconnected")):
            self.trackers.begin(ROOM)
            self.after(change(OPEN, number), change(OPEN, number + 1))
            before = len(self.told)
            self.trackers.finish(reason)
            self.trackers.finish("disconnected")
            self.assertEqual([reason] * 2, [each.reason for each in self.told[before:]])
            self.assertEqual([], self.after(change(OPEN, number + 2), change(FINISH, number)))
            self.assertEqual([], self.clock.getDelayedCalls())

    def test_same_room_again(self) -> None:
        """In another stream of the room it goes on."""
        self.after(change(OPEN, 1), change(OPEN, 2), change(FINISH, 2))
        self.trackers.begin(ROOM)
        events = score(1, number=1), change(FINISH, 1)
        self.assertEqual(["battleScore", "battleEnded"], self.after(*events))
        self.assertEqual([], self.after(change(FINISH, 2)))

    def test_other_room(self) -> None:
        """In another room everything is new, and the old room's battles are over."""
        self.after(change(OPEN, 1), change(OPEN, 2), change(FINISH, 2))
        self.trackers.begin("8")
        self.assertEqual(("1", "stream_end"), (self.told[-1].battle_id, self.told[-1].reason))
        self.assertEqual(["battleStarted"], self.after(change(OPEN, 2)))

    def test_next(self) -> None:
        """Hosts who begin another one are done with the one before; others are not concerned."""
        self.after(change(OPEN, 1, channel=5), change(OPEN, 2, channel=6))
        self.assertEqual(["battleEnded", "battleStarted"], self.after(change(OPEN, 3, channel=5)))
        self.assertEqual(("1", "next"), (self.told[-2].battle_id, self.told[-2].reason))
        self.assertEqual(["battleScore"], self.after(score(1, number=2, channel=6)))

    def test_late_one_before(self) -> None:
        """What comes late of an earlier battle of the same hosts does not end the present one."""
        self.after(change(OPEN, 3, channel=5))
        self.assertEqual(
            ["battleStarted", "battleEnded"],
            self.after(change(FINISH, 1, channel=5, began=-900)),
        )
        self.assertEqual(["1", "1"], [each.battle_id for each in self.told[-2:]])
        self.assertEqual(["battleEnded"], self.after(change(FINISH, 3, channel=5)))

    def test_told_and_finished(self) -> None:
        """Whoever is told may end everything at once, whatever it is: no start without an end."""
        for name in ("battleStarted", "battleScore", "battleEnded"):
            with self.subTest(name):
                told = self.meddled(name)
                self.assertIn(name, [event.name for event in told])
                started = [e.battle_id for e in told if isinstance(e, BattleStarted)]
                ended = [e.battle_id for e in told if isinstance(e, BattleEnded)]
                self.assertEqual(started, ended)
                self.assertEqual([], self.clock.getDelayedCalls())

    def meddled(self, name: str) -> list[Any]:
        """What is told to an observer that disconnects when it is told that."""
        told: list[Any] = []

        def tell(event: Event) -> None:
            told.append(event)
            if event.name == name:
                trackers.finish("disconnected")

        trackers = Trackers(self.clock, tell)
        trackers.begin(ROOM)
        for event in (
            change(OPEN, 1, channel=5),
            score(4, number=1, channel=5),
            change(OPEN, 2, channel=5),
        ):
            trackers.take(event)
        trackers.finish("disconnected")
        return told


class BoundTests(BattlesCase):
    """What others may fill."""

    def test_running(self) -> None:
        """Only so many go on; above it the one without news for longest is over."""
        many = [change(OPEN, number) for number in range(1, RUNNING + 1)]
        self.after(*many, score(1, number=1))
        self.assertEqual(["battleStarted", "battleEnded"], self.after(change(OPEN, 99)))
        self.assertEqual(("2", "timeout"), (self.told[-1].battle_id, self.told[-1].reason))
        self.assertEqual(1, self.battles.running.evicted + self.battles.over.evicted)

    def test_remembered(self) -> None:
        """Only so many that are over are remembered."""
        for number in range(1, REMEMBERED + 2):
            self.after(change(OPEN, number), change(FINISH, number))
        self.assertEqual([], self.after(change(OPEN, 2)))
        self.assertEqual(["battleStarted"], self.after(change(OPEN, 1)))
        self.assertEqual(1, self.battles.running.evicted + self.battles.over.evicted)

    def test_large(self) -> None:
        """Of one battle only so much is kept: teams, hosts, supporters, letters."""
        givers = " ".join(
            f'user_army {{ user_id: {n} score: {n} nickname: "{"n" * 300}" }}'
            for n in range(1, 200)
        )
        hosts = " ".join(
            f'anchor_info {{ key: {n} value {{ user {{ user_id: {n} display_id: "{"d" * 300}"'
            f' avatar_thumb {{ url_list: "{"u" * 600}" }} }} }} }}'
            for n in range(100, 200)
        )
        self.after(change(OPEN, text=hosts), score(5, 6, givers=givers))
        battle = self.told[-1].battle
        self.assertEqual(TEAMS, len(battle.teams))
        [host] = battle.teams[0].hosts
        self.assertEqual((NAME, ""), (len(host.unique_id), host.picture_url))
        self.assertLess(self.battles.size, 1 << 20)
        self.assertEqual(size_of(battle), self.battles.size)

    def test_supporters(self) -> None:
        """Who gave once is remembered, the best first, with the highest score that was told."""
        teams: tuple[BattleTeam, ...] = ()
        for first in range(0, 3 * SUPPORTERS, 3):
            some = tuple(BattleSupporter(str(n), "x" * 500, n) for n in range(first, first + 3))
            teams = merged(teams, [BattleTeam("0", (BattleHost("1"),), 1, some)])
        lower = BattleSupporter(str(3 * SUPPORTERS - 1), "", 1)
        teams = merged(teams, [BattleTeam("0", (BattleHost("1"),), 1, (lower,))])
        [team] = teams
        self.assertEqual(
            list(range(3 * SUPPORTERS - 1, 2 * SUPPORTERS - 1, -1)),
            [each.score for each in team.supporters],
        )
        self.assertEqual({NAME}, {len(each.nickname) for each in team.supporters})

    def test_teams(self) -> None:
        """Hosts who seemed to be alone are put into their teams, and keep their names."""
        alone = [BattleTeam("0", (BattleHost(n, f"host{n}", "", "u" * ADDRESS),)) for n in "123"]
        first = BattleTeam("1", (BattleHost("1", score=4), BattleHost("2")), 4)
        teams = merged(merged((), alone), [first, BattleTeam("2", (BattleHost("3"),))])
        self.assertEqual(["1", "2"], [team.team_id for team in teams])
        self.assertEqual(
            [["host1", "host2"], ["host3"]],
            [[host.unique_id for host in team.hosts] for team in teams],
        )
        self.assertEqual(teams, merged(teams, alone))
        crowd = tuple(BattleHost(str(n)) for n in range(3 * HOSTS))
        more = merged(teams, [BattleTeam("1", crowd), BattleTeam("2", crowd[HOSTS:])])
        self.assertEqual([HOSTS - 1, 1], [len(team.hosts) for team in more])


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


class PropertyTests(SynchronousTestCase):
    """Whatever comes in whatever order, each battle that starts ends once."""

    @given(st.lists(MESSAGES, max_size=30), st.sampled_from([0, 5]), st.sampled_from([0, 300]))
    def test_any_order(self, steps: list[Any], channel: int, length: int) -> None:
        """
        Messages of several battles, mixed, lost, repeated, late, with pauses, reconnects, other
        rooms and ends at any time: a start, then scores, then one end, and nothing afterwards.
        """
        clock = Clock()
        clock.advance(NOW)
        told: list[Any] = []
        trackers = Trackers(clock, told.append)
        rooms = 0
        trackers.begin("0")
        for step in steps:
            self.do(trackers, clock, step, channel, length)
            rooms += step[0] == "elsewhere"
            if step[0] == "elsewhere":
                trackers.begin(str(rooms))
            told_so_far = self.check(told)
            if step[0] == "wait" and step[1] == 4000:
                self.assertEqual(set(), told_so_far)
        trackers.finish("disconnected")
        self.assertEqual(set(), self.check(told))
        self.assertEqual([], clock.getDelayedCalls())
        self.assertEqual(0, len(trackers.battles.running))

    def do(self, trackers: Trackers, clock: Clock, step: Any, channel: int, length: int) -> None:
        """One step."""
        what, *numbers = step
        at = clock.seconds() - NOW
        if what in ACTIONS:
            trackers.take(change(ACTIONS[what], numbers[0], at=at, channel=channel, length=length))
        elif what == "punished":
            trackers.take(punished(numbers[0]))
        elif what == "score":
            number, ann, ben = numbers
            trackers.take(score(ann, ben, number, at=at, channel=channel, length=length))
        elif what == "wait":
            clock.pump([numbers[0] / 4] * 4)
            clock.advance(0)
        elif what == "again":
            trackers.begin(trackers.battles._room_id)
        elif what == "over":
            trackers.finish(numbers[0])

    def check(self, told: list[Any]) -> set[int]:
        """Each is told in its order; the objects of those that have not ended so far."""
        going: dict[int, Battle] = {}
        done: set[int] = set()
        for event in told:
            key = id(event.battle)
            self.assertNotIn(key, done)
            if isinstance(event, BattleStarted):
                self.assertNotIn(key, going)
                going[key] = event.battle
            else:
                self.assertIn(key, going)
            if isinstance(event, BattleEnded):
                self.assertTrue(event.reason and event.battle.is_over)
                done.add(key)
                del going[key]
        return set(going)


class TrackersTests(SynchronousTestCase):
    """What the trackers are made of."""

    def test_other_messages(self) -> None:
        """Messages that are part of none are none of theirs."""
        told: list[Event] = []
        Trackers(Clock(), told.append).take(made("ChatMessage"))
        self.assertEqual([], told)

    def test_bytes(self) -> None:
        """What is kept of battles that go on is counted."""
        trackers = BattleTracker(Clock(), lambda event: None)
        self.assertEqual(0, trackers.size)
        trackers.change(change(OPEN))
        self.assertGreater(trackers.size, 500)
        trackers.finish("disconnected")
        self.assertEqual(0, trackers.size)
