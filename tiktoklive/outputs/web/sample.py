"""Events that did not happen: a user sees by them what an overlay looks like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from tiktoklive.events import (
    BattleScore,
    BattleStarted,
    Event,
    Gift,
    GiftStreak,
    MessageEvent,
    Origin,
    decode,
)
from tiktoklive.events.battle_parts import BattleHost, BattleSupporter, BattleTeam
from tiktoklive.events.battle_progress import Battle
from tiktoklive.events.streak import REPEAT_END, GiftDetails
from tiktoklive.outputs.web.answers import Refusal
from tiktoklive.wire.messages import MESSAGE_TYPES

#: Ids of samples: below all that TikTok gives.
_numbers = count(1)

_USER: Final = {"id": 1, "unique_id": "sample", "nickname": "Sample viewer"}

#: The most diamonds of one gift, more than any has.
MOST_DIAMONDS: Final = 1_000_000

#: Gifts by what they are worth at least: what a gift of so many diamonds is called.
_GIFTS: Final = ((10_000, "Interstellar"), (1_000, "Galaxy"), (100, "Confetti"), (1, "Rose"))

#: How long a battle and a poll of a sample last, in milliseconds.
_BATTLE, _POLL = 300_000, 60_000


@dataclass(frozen=True, slots=True)
class Sample:
    """
    What is to be shown.

    :ivar kind: one of :data:`KINDS`; ``""`` for a comment and a gift.
    :ivar room: to overlays of which room, a username; ``""`` for all.
    :ivar diamonds: what the gift is worth.
    """

    kind: str = ""
    room: str = ""
    diamonds: int = 1

    def events(self, now: float) -> list[Event]:
        """
        The events of it.

        :param now: seconds since 1970.
        """
        origin = Origin(self.room or "sample", "", int(now * 1000), "sample")
        if not self.kind:
            return [*_chat(self, origin), *_gift(self, origin, 3)]
        return KINDS[self.kind](self, origin)


def _message(name: str, origin: Origin, **fields: Any) -> MessageEvent:
    method, number = f"Webcast{name}", next(_numbers)
    message = MESSAGE_TYPES[method](common={"msg_id": number}, **fields)
    made = decode(method, message.SerializeToString(), number=number, origin=origin)
    assert isinstance(made, MessageEvent)
    return made


def _chat(sample: Sample, origin: Origin) -> list[Event]:
    content = "This is what a comment looks like."
    return [_message("ChatMessage", origin, user=_USER, content=content)]


def _gift(sample: Sample, origin: Origin, many: int = 1) -> list[Event]:
    name = next(name for least, name in _GIFTS if sample.diamonds >= least)
    gift = _message(
        "GiftMessage",
        origin,
        user=_USER,
        gift_id=5655,
        group_id=next(_numbers),
        repeat_count=many,
        repeat_end=1,
        gift={"id": 5655, "name": name, "type": 1, "diamond_count": sample.diamonds},
    )
    assert isinstance(gift, Gift)
    details = GiftDetails(1, name, sample.diamonds)
    return [gift, GiftStreak(gift, details, many, REPEAT_END, origin)]


def _social(action: int) -> Callable[[Sample, Origin], list[Event]]:
    def make(sample: Sample, origin: Origin) -> list[Event]:
        social = _message("SocialMessage", origin, user=_USER, action=action)
        return [social, *social.derived()]

    return make


def _like(sample: Sample, origin: Origin) -> list[Event]:
    return [_message("LikeMessage", origin, user=_USER, count=15, total=1500)]


def _member(sample: Sample, origin: Origin) -> list[Event]:
    return [_message("MemberMessage", origin, user=_USER, action=1)]


def _subscribe(sample: Sample, origin: Origin) -> list[Event]:
    return [_message("SubNotifyMessage", origin, sender=_USER, sub_month=1, subscribe_type=1)]


def _super_fan(sample: Sample, origin: Origin) -> list[Event]:
    content = {
        "key": "ttlive_superFan",
        "default_pattern": "{0:user} became a Super Fan!",
        "pieces": [{"type": 11, "user_value": {"user": _USER}}],
    }
    barrage = _message("BarrageMessage", origin, content=content)
    return [barrage, *barrage.derived()]


def _battle(sample: Sample, origin: Origin) -> list[Event]:
    battle = Battle(str(next(_numbers)), "", lambda: origin.received_at / 1000)
    battle.kind, battle.duration = 1, _BATTLE
    battle.start_time = origin.received_at
    battle.end_time = battle.start_time + _BATTLE
    battle.ends_at = battle.end_time / 1000
    hosts = (
        BattleHost("2", sample.room or "sample", "Sample host"),
        BattleHost("3", "rival", "Rival"),
    )
    battle.teams = tuple(BattleTeam("0", (host,)) for host in hosts)
    started = BattleStarted(battle, None, origin)
    supporters = (BattleSupporter("1", "Sample viewer", 320),)
    battle.teams = (
        BattleTeam("0", (hosts[0]._replace(score=512),), 512, supporters),
        BattleTeam("0", (hosts[1]._replace(score=380),), 380),
    )
    return [started, BattleScore(battle, None, origin)]


def _poll(sample: Sample, origin: Origin) -> list[Event]:
    options = [
        {"display_content": text, "option_idx": place, "votes": votes}
        for place, (text, votes) in enumerate((("Tea", 12), ("Coffee", 7)))
    ]
    content = {
        "title": "Tea or coffee?",
        "start_time": origin.received_at,
        "end_time": origin.received_at + _POLL,
        "option_list": options,
    }
    poll = _message("PollMessage", origin, poll_id=next(_numbers), start_content=content)
    return [poll, *poll.derived()]


def _goal(sample: Sample, origin: Origin) -> list[Event]:
    rose = {"name": "Rose", "diamond_count": 1}
    part = {"type": 1, "id": 5655, "progress": 12, "target": 50, "gift": rose}
    goal = {"id": 1, "type": 1, "status": 2, "description": "Sample goal", "sub_goals": [part]}
    return [_message("GoalUpdateMessage", origin, goal=goal)]


#: What can be shown, and what makes it.
KINDS: Final[Mapping[str, Callable[[Sample, Origin], list[Event]]]] = {
    "chat": _chat,
    "gift": _gift,
    "follow": _social(1),
    "share": _social(3),
    "like": _like,
    "member": _member,
    "subscribe": _subscribe,
    "superFan": _super_fan,
    "battle": _battle,
    "poll": _poll,
    "goal": _goal,
}


def sample_of(body: Mapping[str, Any], room: str) -> Sample:
    """
    What a request wants to be shown: ``{"kind": "gift", "diamonds": 1000}``.

    :param room: a username; ``""`` for the overlays of all rooms.
    :raise Refusal: it makes no sense.
    """
    kind, diamonds = body.get("kind"), body.get("diamonds", 1)
    known = isinstance(kind, str) and kind in KINDS
    if set(body) - {"kind", "diamonds"} or not (known or "kind" not in body):
        raise Refusal(400, "body", f'The body must be {{"kind": KIND}}, one of {", ".join(KINDS)}.')
    if type(diamonds) is not int or not 1 <= diamonds <= MOST_DIAMONDS:
        raise Refusal(400, "body", f"diamonds must be a whole number from 1 to {MOST_DIAMONDS}.")
    return Sample(kind or "", room, diamonds)
