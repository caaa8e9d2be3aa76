"""Gift streaks: one event for each, however it ends."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import ROOM, made
from tiktoklive.dispatch.streaks import KINDS, REMEMBERED, RUNNING, STALE, Streaks
from tiktoklive.events import Event, Gift, GiftStreak, Origin

ROSE = 'gift { name: "Rose" type: 1 diamond_count: 2 image { url_list: "https://x/rose" } }'
LION = 'gift { name: "Lion" type: 2 diamond_count: 500 }'


def gift(
    count: int = 1,
    details: str = ROSE,
    *,
    end: bool = False,
    user: int = 7,
    gift: int = 5655,
    group: int = 1,
    number: int = 0,
    origin: Origin | None = None,
) -> Gift:
    """One event of a streak."""
    text = (
        f'user {{ id: {user} unique_id: "user{user}" }} gift_id: {gift} repeat_count: {count}'
        f" group_id: {group} repeat_end: {int(end)} {details}"
    )
    more = {} if origin is None else {"origin": origin}
    event = made("GiftMessage", text, number=number, **more)
    assert isinstance(event, Gift)
    return event


class StreaksCase(SynchronousTestCase):
    """Streaks of one room whose events are kept."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.told: list[GiftStreak] = []
        self.streaks = Streaks(self.clock, self.tell)
        self.streaks.begin(ROOM)

    def tell(self, event: Event) -> None:
        """Keep it."""
        assert isinstance(event, GiftStreak)
        self.told.append(event)

    def after(self, *events: Gift) -> list[tuple[int, str]]:
        """Count and reason of what the events end."""
        before = len(self.told)
        for event in events:
            self.streaks.gift(event)
        return [(each.repeat_count, each.reason) for each in self.told[before:]]

    def wait(self, seconds: float) -> list[tuple[int, str]]:
        """Count and reason of what is over by then."""
        before = len(self.told)
        self.clock.advance(seconds)
        return [(each.repeat_count, each.reason) for each in self.told[before:]]

    def finish(self, reason: str) -> list[tuple[int, str]]:
        """Count and reason of what was running; nothing is left behind."""
        before = len(self.told)
        self.streaks.finish(reason)
        self.assertEqual([], self.clock.getDelayedCalls())
        return [(each.repeat_count, each.reason) for each in self.told[before:]]


class EndTests(StreaksCase):
    """What ends a streak."""

    def test_single(self) -> None:
        """A gift that comes without a streak is over at once, each time."""
        self.assertEqual(
            [(1, "single"), (1, "single"), (3, "single")],
            self.after(gift(1, LION, group=0), gift(0, LION, group=0), gift(3, LION)),
        )
        self.assertEqual([500, 500, 1500], [each.diamond_total for each in self.told])
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_closed(self) -> None:
        """A streak that TikTok closes is over with that event, and has its final count."""
        self.assertEqual([], self.after(gift(1), gift(2), gift(9)))
        self.assertEqual([(10, "repeat_end")], self.after(last := gift(10, end=True)))
        self.assertIs(last, self.told[0].gift)
        self.assertEqual([], self.wait(1000))

    def test_only_closing(self) -> None:
        """A closing event alone is a streak, too."""
        self.assertEqual([(1, "repeat_end")], self.after(gift(0, end=True)))

    def test_timeout(self) -> None:
        """A streak without news for 60 s is over; each bit of news counts."""
        self.after(gift(1))
        self.assertEqual([], self.wait(59))
        self.after(gift(4), gift(3))
        self.assertEqual([], self.wait(59.5))
        self.assertEqual([(4, "timeout")], self.wait(0.5))
        self.assertEqual(3, self.told[0].gift.repeat_count)  # the last that came
        self.assertEqual((59 + 60) * 1000, self.told[0].received_at)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_timeouts(self) -> None:
        """Each streak has its own minute."""
        self.after(gift(1, group=1))
        self.wait(10)
        self.after(gift(2, group=2))
        self.wait(10)
        self.after(gift(3, group=1))
        self.assertEqual([(2, "timeout")], self.wait(50))
        self.assertEqual([], self.wait(9))
        self.assertEqual([(3, "timeout")], self.wait(1))

    def test_finish(self) -> None:
        """The end of the broadcast or of the connection ends all; what comes then is not kept."""
        for group, reason in ((10, "stream_end"), (20, "disconnected")):
            self.streaks.begin(ROOM)
            self.after(gift(2, group=group), gift(3, group=group + 1))
            self.assertEqual([(2, reason), (3, reason)], self.finish(reason))
            self.assertEqual([], self.finish("disconnected"))
            self.streaks.finish(reason)
            self.assertEqual([(5, reason)], self.after(gift(5, group=group + 2)))
            self.assertEqual([], self.clock.getDelayedCalls())

    def test_same_room_again(self) -> None:
        """In another stream of the room a streak goes on; one that was told is not told again."""
        self.after(gift(1, group=1), gift(2, group=2, end=True))
        self.streaks.begin(ROOM)
        self.assertEqual([(3, "repeat_end")], self.after(gift(3, group=1, end=True)))
        self.assertEqual([], self.after(gift(2, group=2, end=True)))

    def test_other_room(self) -> None:
        """In another room everything is new, and the old room's streaks are over."""
        self.after(gift(1, group=1), gift(2, group=2, end=True), gift(1, "", group=0, gift=9))
        self.streaks.begin("8")
        self.assertEqual((1, "stream_end"), (self.told[-1].repeat_count, self.told[-1].reason))
        self.assertEqual([(2, "repeat_end")], self.after(gift(2, "", group=2, end=True)))
        self.assertEqual(("", 0), (self.told[-1].gift_name, self.told[-1].diamond_total))
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_finished_by_observer(self) -> None:
        """Whoever is told of a streak may end everything at once."""
        self.streaks = Streaks(self.clock, self.tell_and_finish)
        self.after(gift(1, group=1), gift(2, group=2))
        self.assertEqual([(1, "timeout"), (2, "disconnected")], self.wait(60))
        self.assertEqual([], self.clock.getDelayedCalls())

    def tell_and_finish(self, event: Event) -> None:
        """What an observer that disconnects leads to."""
        self.tell(event)
        self.streaks.finish("disconnected")


class LateTests(StreaksCase):
    """What comes after the end, or twice."""

    def test_late(self) -> None:
        """After the end nothing of the streak counts again: not its end, and no earlier event."""
        self.after(gift(1), gift(5, end=True))
        self.assertEqual([], self.after(gift(5, end=True), gift(4), gift(5), gift(6)))
        self.assertEqual([], self.wait(100))

    def test_late_after_timeout(self) -> None:
        """The same when it ended by itself."""
        self.after(gift(5))
        self.wait(60)
        self.assertEqual([], self.after(gift(5, end=True), gift(6)))
        self.assertEqual([], self.wait(100))

    def test_out_of_order(self) -> None:
        """The highest count is what was given."""
        self.assertEqual([(7, "repeat_end")], self.after(gift(7), gift(2), gift(6, end=True)))

    def test_without_group(self) -> None:
        """Without a group, a streak after the end is the next one."""
        self.after(gift(1, group=0))
        self.assertEqual([(3, "repeat_end")], self.after(gift(3, group=0, end=True)))
        self.assertEqual(
            [(2, "repeat_end")], self.after(gift(1, group=0), gift(2, group=0, end=True))
        )

    def test_keys(self) -> None:
        """Streaks of other users, gifts and groups are others."""
        for more in ({}, {"user": 8}, {"gift": 9}, {"group": 2}):
            self.assertEqual([(2, "repeat_end")], self.after(gift(2, end=True, **more)))
        self.assertEqual(4, len({each.id for each in self.told}))

    def test_bounds(self) -> None:
        """Only so many run or are remembered; above it the oldest is over, or forgotten."""
        many = [gift(1, group=group) for group in range(1, RUNNING + 1)]
        self.assertEqual([], self.after(*many))
        self.assertEqual([(1, "timeout")], self.after(gift(2, group=RUNNING + 1)))
        self.assertEqual("1", self.told[0].group_id)
        for group in range(2, REMEMBERED + 1):
            self.after(gift(1, group=group, end=True))
        self.assertEqual([], self.after(gift(1, group=1)))
        self.after(gift(1, group=REMEMBERED + 1, end=True))
        self.assertEqual([(1, "repeat_end")], self.after(gift(1, group=1, end=True)))


class DetailsTests(StreaksCase):
    """What messages leave out."""

    def test_left_out(self) -> None:
        """Later messages of a streak may leave the details out."""
        self.after(gift(1), gift(2, ""))
        self.assertEqual([(3, "repeat_end")], self.after(gift(3, "", end=True)))
        [over] = self.told
        self.assertEqual(("Rose", 2, 6), (over.gift_name, over.diamond_count, over.diamond_total))
        self.assertEqual("https://x/rose", over.gift_picture_url)

    def test_partly_left_out(self) -> None:
        """What a message says is believed, what it leaves out is remembered."""
        self.after(gift(1), gift(2, "gift { diamond_count: 3 }"))
        self.after(gift(3, "gift { }", end=True))
        self.assertEqual(("Rose", 9), (self.told[0].gift_name, self.told[0].diamond_total))

    def test_said_later(self) -> None:
        """A streak that nobody described at first is described by what came later."""
        self.after(gift(1, ""), gift(5, group=2), gift(2, "", end=True))
        self.assertEqual("Rose", self.told[0].gift_name)

    def test_unknown(self) -> None:
        """Of a gift that nobody described, those with a group are streaks, others single."""
        self.assertEqual([(1, "single")], self.after(gift(1, "", group=0)))
        self.assertEqual([], self.after(gift(1, "")))
        self.assertEqual([(1, "timeout")], self.wait(60))
        self.assertEqual(("", 0, ""), tuple(self.told[-1].details[1:]))

    def test_list(self) -> None:
        """The list of gifts says it, if it was fetched; entries of no form are no harm."""
        listed = Origin(
            gifts={5655: {"type": 2, "name": "Lion", "diamond_count": 500}, 9: {"name": 1}}
        )
        self.assertEqual([(2, "single")], self.after(gift(2, "", origin=listed)))
        self.assertEqual(("Lion", 1000), (self.told[0].gift_name, self.told[0].diamond_total))
        self.after(gift(1, "", gift=9, group=0, origin=listed))
        self.assertEqual("", self.told[1].gift_name)

    def test_kinds_bound(self) -> None:
        """Only so many kinds of gifts are remembered."""
        self.after(gift(1, LION, gift=1), *(gift(1, LION, gift=n) for n in range(2, KINDS + 1)))
        self.after(gift(1, "", gift=1, group=0))
        self.assertEqual("Lion", self.told[-1].gift_name)
        self.after(gift(1, LION, gift=KINDS + 1), gift(1, "", gift=1, group=0))
        self.assertEqual("", self.told[-1].gift_name)


@dataclass
class Plan:
    """A streak and how it goes: the counts of its events, whether it closes, what comes late."""

    user: int
    gift: int
    group: int
    counts: list[int]
    closes: bool
    late: list[tuple[int, bool]]
    bare: list[bool]
    events: list[Gift] = field(default_factory=list)

    def __post_init__(self) -> None:
        # The first event, or the closing one, may be missing; repeats may lack the details.
        for place, count in enumerate(self.counts):
            end = self.closes and place == len(self.counts) - 1
            self.events.append(self.event(count, end, place))
        if self.closes:
            self.events += [self.event(min(count, self.most), end, 0) for count, end in self.late]

    @property
    def most(self) -> int:
        """What was given."""
        return max(self.counts)

    def event(self, count: int, end: bool, place: int) -> Gift:
        """One event; the first always has details, because nothing else may be known."""
        bare = place > 0 and self.bare[place % len(self.bare)]
        return gift(
            count, "" if bare else ROSE, end=end, user=self.user, gift=self.gift, group=self.group
        )


PLANS = st.lists(
    st.builds(
        Plan,
        user=st.integers(1, 3),
        gift=st.integers(1, 3),
        group=st.integers(1, 4),
        counts=st.lists(st.integers(1, 50), min_size=1, max_size=6),
        closes=st.booleans(),
        late=st.lists(st.tuples(st.integers(1, 50), st.booleans()), max_size=3),
        bare=st.lists(st.booleans(), min_size=1, max_size=3),
    ),
    max_size=12,
    unique_by=lambda plan: (plan.user, plan.gift, plan.group),
)


class PropertyTests(SynchronousTestCase):
    """Whatever comes in whatever order, each streak is told once."""

    @given(PLANS, st.data())
    def test_interleaved(self, plans: list[Plan], data: st.DataObject) -> None:
        """
        Streaks of several users, gifts and groups, mixed, with repeats, losses, pauses, late
        events, reconnects and an end at any time: exactly one event each, with the highest count.
        """
        clock = Clock()
        told: list[GiftStreak] = []
        streaks = Streaks(clock, told.append)  # type: ignore[arg-type]  # it tells nothing else
        streaks.begin(ROOM)
        heard: dict[tuple[str, ...], int] = {}
        silent: dict[tuple[str, ...], float] = {}
        waiting = {number: list(plan.events) for number, plan in enumerate(plans)}
        while waiting := {number: events for number, events in waiting.items() if events}:
            event = waiting[data.draw(st.sampled_from(sorted(waiting)))].pop(0)
            key = event.user.user_id, event.gift_id, event.group_id
            over = {(each.user.user_id, each.gift_id, each.group_id) for each in told}
            if key not in over:
                heard[key] = max(heard.get(key, 0), event.repeat_count)
            streaks.gift(event)
            if data.draw(st.booleans()):
                streaks.gift(event)  # the same once more
            silent[key] = clock.seconds()
            what = data.draw(st.sampled_from(["", "", "", "pause", "minute", "again"]))
            if what == "again":
                streaks.begin(ROOM)
            elif what:
                clock.pump([1.0] * int(STALE / 4 if what == "pause" else STALE))
            running = set(heard) - {(t.user.user_id, t.gift_id, t.group_id) for t in told}
            for each in running:
                self.assertLess(clock.seconds() - silent[each], STALE)
        reason = data.draw(st.sampled_from(["stream_end", "disconnected"]))
        streaks.finish(reason)
        counted = {(t.user.user_id, t.gift_id, t.group_id): t.repeat_count for t in told}
        self.assertEqual(len(told), len(counted))
        self.assertEqual(len(told), len({each.id for each in told}))
        self.assertEqual(heard, counted)
        self.assertEqual(2 * sum(heard.values()), sum(each.diamond_total for each in told))
        closed = Counter(each.reason for each in told)
        self.assertLessEqual(set(closed), {"repeat_end", "timeout", reason})
        self.assertEqual([], clock.getDelayedCalls())

    @given(PLANS)
    def test_in_order(self, plans: list[Plan]) -> None:
        """Without pauses, a streak that closes ends by it, and the others at the end."""
        told: list[GiftStreak] = []
        streaks = Streaks(Clock(), told.append)  # type: ignore[arg-type]  # likewise
        for plan in plans:
            for event in plan.events:
                streaks.gift(event)
        streaks.finish("disconnected")
        self.assertEqual(
            Counter((p.most, "repeat_end" if p.closes else "disconnected") for p in plans),
            Counter((each.repeat_count, each.reason) for each in told),
        )
