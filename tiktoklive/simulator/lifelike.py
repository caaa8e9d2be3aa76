"""A seeded, lifelike room: people of many scripts who talk, tap, come, give and fight battles."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Final

from twisted.internet.interfaces import IReactorTime

from tiktoklive.clock import wall_time
from tiktoklive.simulator.activities import Activities
from tiktoklive.simulator.battles import Battles
from tiktoklive.simulator.common_messages import EVERYDAY
from tiktoklive.simulator.other_messages import NOT_BY_CHANCE, OTHERS, other_message
from tiktoklive.simulator.pictures import Pictures
from tiktoklive.simulator.rare_messages import RARE_MESSAGES
from tiktoklive.simulator.room_state import Moment, Owner, RoomState
from tiktoklive.simulator.script import Step
from tiktoklive.simulator.totals import Totals
from tiktoklive.simulator.world import EPOCH, Snowflakes
from tiktoklive.wire.messages import MESSAGE_TYPES

#: Of a hundred messages, how many are of which kind; the keys are ``chat``, ``like``,
#: ``member``, ``gift``, ``social``, ``roomUser`` and ``other``.
REALISTIC: Final[Mapping[str, int]] = MappingProxyType(
    {"chat": 35, "like": 20, "member": 20, "gift": 10, "social": 5, "roomUser": 3, "other": 7}
)

#: About how far apart batches are, in seconds.
_BATCH: Final = 0.5

_TELLS_THE_TIME: Final = 1_000_000_000

#: What makes a message of a wire name, of those that have a module of their own.
_BUILDERS: Final = dict(EVERYDAY.values()) | {name: build for name, build, _ in RARE_MESSAGES}

#: The wire names that come by chance, and how often; all that are seldom together as often as one
#: of the others.
_CHANCES: Final = {name: 20 * weight for name, _, weight in RARE_MESSAGES} | {
    name: 1 for name in OTHERS if name not in NOT_BY_CHANCE
}
_RARE, _RARELY = tuple(_CHANCES), tuple(_CHANCES.values())


def message_of(method: str, state: RoomState, moment: Moment) -> bytes:
    """The payload of a message of that wire name, whichever of the schema it is."""
    build = _BUILDERS.get(MESSAGE_TYPES[method].DESCRIPTOR.name)
    return other_message(method, state, moment) if build is None else build(state, moment)


class RandomScript:
    """
    What might happen in a room; an iterable of steps for ``SimulatedRoom.play``.

    The same seed, mix and room give the same bytes, if the clock shows the same.

    :param seed: of everything random.
    :param rate: messages per second.
    :param mix: whole numbers: how many messages of each kind stand in one shuffled deck; a kind may
        be a wire name as well, of any type of the schema: ``{"WebcastPollMessage": 1}``.
    :param room_id: the room, written into every message.
    :param anchor_id: the broadcaster's user id.
    :param clock: gives the messages their time; without one, time passes as ``rate`` says,
        beginning on 2026-01-01.
    :param owner: has the ``unique_id`` and ``nickname`` of the broadcaster, such as the
        :class:`SimulatedRoom`; without one they are called the host.
    :param pictures: where the pictures in the messages are.
    :ivar totals: likes, viewers and so on, as the latest message that was made tells them.
    """

    def __init__(
        self,
        seed: int = 0,
        rate: float = 20.0,
        mix: Mapping[str, int] = REALISTIC,
        *,
        room_id: str | int = 7_590_000_000_000_000_001,
        anchor_id: str | int = 6_900_000_000_000_000_001,
        clock: IReactorTime | None = None,
        owner: Owner | None = None,
        pictures: Pictures | None = None,
    ) -> None:
        unknown = set(mix) - set(EVERYDAY) - {"other"} - set(MESSAGE_TYPES)
        if unknown:
            known = ", ".join(REALISTIC)
            raise ValueError(f"A mix knows {known} and wire names, not {', '.join(unknown)}.")
        if rate <= 0 or sum(mix.values()) <= 0:
            raise ValueError("The rate and the mix must not be zero.")
        self._seed = seed
        self._rate = rate
        self._deck = [kind for kind, count in mix.items() for _ in range(count)]
        self._room_id = int(room_id)
        self._anchor_id = int(anchor_id)
        self._clock = clock
        self._owner = owner
        self._pictures = pictures or Pictures()
        self.totals = self._first_totals()

    def _first_totals(self) -> Totals:
        return Totals.drawn(random.Random(f"totals {self._seed}"))

    def messages(self) -> Iterator[tuple[str, bytes, int]]:
        """
        Endless messages: method, payload, message id; as fast as they are taken.

        Every call begins anew.
        """
        rng = random.Random(self._seed)
        self.totals.take(self._first_totals())
        state = RoomState(
            rng,
            self._room_id,
            self._anchor_id,
            totals=self.totals,
            pictures=self._pictures,
            owner=self._owner,
        )
        battles, activities = Battles(state, rng), Activities(state, rng)
        ids = Snowflakes(rng)
        made = 0
        while True:
            deck = list(self._deck)
            rng.shuffle(deck)
            for kind in deck:
                time = made / self._rate
                made += 1
                seconds = self._seconds(time)
                moment = Moment(ids.next(seconds), int(seconds * 1000))
                if kind in EVERYDAY:
                    method, build = EVERYDAY[kind]
                    yield method, build(state, moment), moment.msg_id
                elif kind != "other":
                    yield kind, message_of(kind, state, moment), moment.msg_id
                elif played := battles.next(time, moment) or activities.next(time, moment):
                    yield *played, moment.msg_id
                else:
                    [method] = rng.choices(_RARE, _RARELY)
                    yield method, message_of(method, state, moment), moment.msg_id

    def _seconds(self, time: float) -> float:
        """Unix seconds of what happens after so many seconds of the script."""
        if self._clock is None:
            return EPOCH + time
        shown = wall_time(self._clock)
        return shown if shown > _TELLS_THE_TIME else EPOCH + shown

    def __iter__(self) -> Iterator[Step]:
        messages = self.messages()
        rng = random.Random(~self._seed)
        owed = wait = 0.0
        while True:
            pause = rng.uniform(0.7, 1.3) * _BATCH
            wait += pause
            owed += pause * self._rate
            count = int(owed)
            if count:
                owed -= count
                yield wait, list(islice(messages, count))
                wait = 0.0
