"""The numbers of one broadcast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from tiktoklive.bounded import BoundedMap
from tiktoklive.events import (
    BattleEnded,
    BattleScore,
    BattleStarted,
    Chat,
    Connected,
    Disconnected,
    Event,
    Follow,
    GaveUp,
    GiftStreak,
    GoalUpdate,
    Like,
    Member,
    MessageEvent,
    PollMessage,
    RoomUser,
    Share,
    StreamEnd,
    Subscribe,
)
from tiktoklive.outputs.numbers.counted import Counted
from tiktoklive.outputs.numbers.givers import GIVER_FORM, MOST, Givers
from tiktoklive.outputs.numbers.matching import ANY, matches
from tiktoklive.outputs.numbers.past import Past, PastNumbers
from tiktoklive.outputs.numbers.rates import WIDTH, Rate
from tiktoklive.outputs.numbers.shapes import (
    DELETED,
    GOAL_FORM,
    POLL_FORM,
    battle_shape,
    goal_shape,
    poll_shape,
)
from tiktoklive.outputs.offsets import began_at

#: Goals that are kept.
GOALS: Final = 10

#: Streaks that are remembered, and bytes of their ids: whoever reads a fleet may be told twice.
STREAKS, STREAK_BYTES = 2_000, 256 * 1024

#: Those of them that are kept over a restart.
KEPT_STREAKS: Final = 300

#: Seconds for which a battle or a poll that is over is still shown.
SHOWN: Final = 120


class Broadcast:
    """
    Counts the events of one room id.

    What TikTok replays, as it does to those who come in, is part of the broadcast and counts, but
    not in a rate.

    :param anchor: the username that is followed.
    :param room: the room id, decimal text; ``""`` while there is none.
    :param counted: remembers what was counted, if that is kept over a restart.
    :ivar version: rises with each change.
    :ivar updated: when something was counted last, in milliseconds since 1970.
    """

    def __init__(self, anchor: str, room: str, counted: Counted | None = None) -> None:
        self.anchor = anchor
        self.room = room
        self.version = 0
        self.updated = 0
        self._counted = counted
        self._live = self._over = False
        self._since = 0
        self._comments = self._joins = self._follows = self._shares = self._subscribes = 0
        self._gifts = self._diamonds = self._likes = self._total_likes = 0
        self._viewers = self._peak = 0
        self._givers = Givers()
        self._comment_rate, self._like_rate = Rate(), Rate()
        self._diamond_rate, self._join_rate = Rate(), Rate()
        self._goals: BoundedMap[str, dict[str, Any]] = BoundedMap(GOALS)
        #: How many gifts were counted of each.
        self._streaks: BoundedMap[str, int] = BoundedMap(STREAKS, STREAK_BYTES)
        self._poll: dict[str, Any] | None = None
        #: One that ran before a restart, whose title is not told again.
        self._poll_before: dict[str, Any] | None = None
        self._battle: dict[str, Any] | None = None
        self._poll_over = self._battle_over = 0
        self._past = Past()
        self._slot = 0

    def take(self, event: Event, slot: int) -> None:
        """
        Count an event.

        :param slot: when it came, see :mod:`~tiktoklive.outputs.numbers.rates`.
        """
        counter = _COUNTERS.get(type(event))
        if counter is not None and (self._counted is None or self._counted.take(event)):
            if slot != self._slot:
                self._go_on(slot)
            counter(self, event, slot)
            self.version += 1
            self.updated = event.origin.received_at
        if not (self._live or self._over) and isinstance(event, MessageEvent):
            # Whoever reads a fleet may have come after it connected.
            self._begin_or_end(not event.is_history)

    def moves(self, slot: int) -> bool:
        """Whether it changes though nothing happens: rates fall, what is over goes."""
        if self._poll_over or self._battle_over:
            return True
        return self._live and any(rate.per_minute(slot) for rate in self._rates().values())

    def _rates(self) -> dict[str, Rate]:
        return {
            "comments": self._comment_rate,
            "likes": self._like_rate,
            "diamonds": self._diamond_rate,
            "joins": self._join_rate,
        }

    def as_dict(self, slot: int) -> dict[str, Any]:
        """The numbers as they are in a slot, for pages."""
        long_ago = slot - SHOWN // WIDTH
        if self._poll_over and self._poll_over < long_ago:
            self._poll, self._poll_over = None, 0
        if self._battle_over and self._battle_over < long_ago:
            self._battle, self._battle_over = None, 0
        return {
            "anchor": self.anchor,
            "room": self.room or None,
            "live": self._live,
            "since": self._since or None,
            "updated": self.updated,
            "comments": self._comments,
            "likes": self._total_likes or self._likes,
            "viewers": self._viewers if self._live else 0,
            "peakViewers": self._peak,
            "follows": self._follows,
            "shares": self._shares,
            "joins": self._joins,
            "subscribes": self._subscribes,
            "gifts": self._gifts,
            "diamonds": self._diamonds,
            "givers": self._givers.as_list(),
            "rates": {
                name: rate.per_minute(slot) if self._live else 0
                for name, rate in self._rates().items()
            },
            "goals": [goal for _, goal in self._goals.items()],
            "battle": self._battle,
            "poll": self._poll,
        }

    def past(self, slot: int) -> list[list[int | None]]:
        """The last quarter of an hour up to a slot: viewers, comments of the minute, diamonds."""
        if not self._slot:
            return []
        if slot != self._slot:
            self._go_on(slot)
        return self._past.as_list(self._moment(slot))

    def _go_on(self, slot: int) -> None:
        if self._slot:
            self._past.keep(self._moment(self._slot))
        self._slot = slot

    def _moment(self, slot: int) -> PastNumbers:
        viewers = self._viewers if self._live and self._peak else None
        comments = self._comment_rate.per_minute(slot) if self._live else 0
        return PastNumbers(slot, viewers, comments, self._diamonds)

    # --- what stays over a restart ----------------------------------------------------

    def kept(self) -> dict[str, Any]:
        """
        What :meth:`restored` needs: no rates, nor a battle, which is told anew when it goes on.
        """
        streaks = list(self._streaks.items())[-KEPT_STREAKS:]
        return {
            "anchor": self.anchor,
            "room": self.room,
            "over": self._over,
            "since": self._since,
            "updated": self.updated,
            "sums": {name: getattr(self, f"_{name}") for name in _SUMS},
            "givers": self._givers.kept(),
            "goals": [goal for _, goal in self._goals.items()],
            "poll": self._poll or self._poll_before,
            "streaks": dict(streaks),
            "counted": {} if self._counted is None else self._counted.as_dict(),
        }

    @classmethod
    def restored(cls, shape: Any) -> Broadcast:
        """
        One that goes on where it was.

        :param shape: what :meth:`kept` told.
        :raise ValueError: it is no such thing.
        """
        if not matches(shape, _FORM):
            raise ValueError("one of its rooms is not as it was written")
        self = cls(shape["anchor"], shape["room"], Counted(shape["counted"]))
        self._over, self._since, self.updated = shape["over"], shape["since"], shape["updated"]
        for name in _SUMS:
            setattr(self, f"_{name}", min(MOST, shape["sums"][name]))
        self._past = Past(self._diamonds)
        self._givers.restore(shape["givers"])
        for goal in shape["goals"]:
            self._goals.put(goal["id"], goal)
        self._poll_before = shape["poll"]
        for name, gifts in shape["streaks"].items():
            self._streaks.put(name, gifts, 2 * len(name) + 100)
        return self

    # --- what events change -----------------------------------------------------------

    def _begin_or_end(self, live: bool) -> None:
        if live != self._live:
            self.version += 1
        self._live = live

    def _connected(self, event: Connected, slot: int) -> None:
        self._begin_or_end(True)
        self._over = False
        self._since = began_at(event.state.room_info) or self._since

    def _disconnected(self, event: Event, slot: int) -> None:
        self._begin_or_end(False)

    def _ended(self, event: Event, slot: int) -> None:
        self._begin_or_end(False)
        self._over = True

    def _chat(self, event: Chat, slot: int) -> None:
        self._comments += 1
        if not event.is_history:
            self._comment_rate.add(1, slot)

    def _member(self, event: Member, slot: int) -> None:
        if event.is_join:
            self._joins += 1
            if not event.is_history:
                self._join_rate.add(1, slot)

    def _like(self, event: Like, slot: int) -> None:
        count, total = event.like_count, event.total_like_count
        if count > 0:
            self._likes = min(MOST, self._likes + count)
            if not event.is_history:
                self._like_rate.add(min(MOST, count), slot)
        if total > self._total_likes:  # it comes from several servers, and may go back
            self._total_likes = min(MOST, total)

    def _follow(self, event: Event, slot: int) -> None:
        self._follows += 1

    def _share(self, event: Event, slot: int) -> None:
        self._shares += 1

    def _subscribe(self, event: Event, slot: int) -> None:
        self._subscribes += 1

    def _streak(self, event: GiftStreak, slot: int) -> None:
        name, gifts = event.id, min(MOST, max(0, event.repeat_count))
        # One that runs while the program is stopped is told at its stop, and again when it is over.
        before = self._streaks.get(name)
        if before is not None and gifts <= before:
            return
        self._streaks.put(name, gifts, 2 * len(name) + 100)
        gifts -= before or 0
        diamonds = max(0, event.diamond_count) * gifts
        self._gifts = min(MOST, self._gifts + gifts)
        self._diamonds = min(MOST, self._diamonds + diamonds)
        self._givers.give(event.user, diamonds, gifts)
        if not event.is_history:
            self._diamond_rate.add(min(MOST, diamonds), slot)

    def _room_user(self, event: RoomUser, slot: int) -> None:
        if event.is_history:
            return
        self._viewers = min(MOST, max(0, event.viewer_count))
        self._peak = max(self._peak, self._viewers)
        self._givers.rank(event)

    def _goal(self, event: GoalUpdate, slot: int) -> None:
        if event.status == DELETED:
            self._goals.pop(event.goal_id)
        else:
            shape = goal_shape(event)
            self._goals.put(shape["id"], shape)

    def _vote(self, event: PollMessage, slot: int) -> None:
        self._poll = poll_shape(event, self._poll or self._poll_before)
        self._poll_over = slot if self._poll["over"] else 0

    def _fight(self, event: BattleStarted | BattleScore | BattleEnded, slot: int) -> None:
        self._battle = battle_shape(event)
        self._battle_over = slot if self._battle["over"] else 0


#: The sums that stay over a restart; attributes of that name, with a line before it.
_SUMS: Final = (
    *("comments", "joins", "follows", "shares", "subscribes", "gifts", "diamonds"),
    *("likes", "total_likes", "peak"),
)

_FORM: Final = {
    "anchor": str,
    "room": str,
    "over": bool,
    "since": int,
    "updated": int,
    "sums": dict.fromkeys(_SUMS, int),
    "givers": [GIVER_FORM],
    "goals": [GOAL_FORM],
    "poll": (None, POLL_FORM),
    "streaks": {ANY: int},
    "counted": {ANY: [int]},
}

_COUNTERS: Final[Mapping[type[Event], Callable[[Broadcast, Any, int], None]]] = {
    Connected: Broadcast._connected,
    Disconnected: Broadcast._disconnected,
    GaveUp: Broadcast._disconnected,
    StreamEnd: Broadcast._ended,
    Chat: Broadcast._chat,
    Member: Broadcast._member,
    Like: Broadcast._like,
    Follow: Broadcast._follow,
    Share: Broadcast._share,
    Subscribe: Broadcast._subscribe,
    GiftStreak: Broadcast._streak,
    RoomUser: Broadcast._room_user,
    GoalUpdate: Broadcast._goal,
    PollMessage: Broadcast._vote,
    BattleStarted: Broadcast._fight,
    BattleScore: Broadcast._fight,
    BattleEnded: Broadcast._fight,
}
