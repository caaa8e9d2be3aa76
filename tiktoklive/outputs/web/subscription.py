"""Which events a client wants, as it says in its query or in a message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tiktoklive.errors import InvalidUniqueIdError
from tiktoklive.events.raw import DecodedData, RawData
from tiktoklive.events.table import METHODS
from tiktoklive.model import parse_unique_id
from tiktoklive.outputs.web.answers import Refusal
from tiktoklive.outputs.web.ring import Item

#: What is sent only to clients that name it: it is of little use, and large.
_UNASKED = frozenset((RawData.name, DecodedData.name))
_NAMES = frozenset(METHODS.values())
#: Rooms and types that may be named in one subscription.
MOST = 200


@dataclass(frozen=True, slots=True)
class WebSubscription:
    """
    What a client wants; equal ones are served together.

    :ivar types: names of events; ``None`` for all but raw and decoded data.
    :ivar rooms: usernames in lower case; ``None`` for all.
    :ivar samples: whether it wants samples, those that are for all rooms too.
    :ivar numbers: whether it wants the numbers of these rooms.
    :ivar moderation: whether it wants what moderators decide there, which it says in its address.
    :ivar hides: of a client that may have only what overlays show, tells which events moderators
        took away; ``None`` of others.
    """

    types: frozenset[str] | None = None
    rooms: frozenset[str] | None = None
    samples: bool = False
    numbers: bool = False
    moderation: bool = False
    hides: Callable[[Item], bool] | None = None

    def wants(self, item: Item) -> bool:
        """Whether an event is to be sent."""
        if self.types is None:
            if item.name in _UNASKED:
                return False
        elif item.name not in self.types:
            return False
        if not item.position:
            return self.samples and self.shows(item.room)
        if self.rooms is not None and item.room not in self.rooms:
            return False
        return self.hides is None or not self.hides(item)

    def shows(self, room: str) -> bool:
        """Whether a sample for a room is to be sent, ``""`` being one for all."""
        return not room or self.rooms is None or room in self.rooms

    def wants_numbers(self, room: str) -> bool:
        """
        Whether the numbers of a room are to be sent.

        :param room: the username that is followed, in lower case.
        """
        return self.numbers and (self.rooms is None or room in self.rooms)

    def wants_moderation(self, room: str) -> bool:
        """Whether what moderators decide about a room is to be sent; likewise."""
        return self.moderation and (self.rooms is None or room in self.rooms)

    def as_dict(self) -> dict[str, Any]:
        """What it says, for the client; ``null`` for all."""
        shape: dict[str, Any] = {
            "types": None if self.types is None else sorted(self.types),
            "rooms": None if self.rooms is None else sorted(self.rooms),
        }
        if self.numbers:
            shape["numbers"] = True
        return shape


def types_of(names: Iterable[str]) -> frozenset[str]:
    """
    Names of events.

    :raise Refusal: one of them is none.
    """
    types = frozenset(names)
    for name in sorted(types):
        if name not in _NAMES:
            raise Refusal(400, "type", f"There is no event named {name[:40]!r}.")
    return types


def room_of(name: str) -> str:
    """
    A username as items have it.

    :raise Refusal: it is none.
    """
    try:
        return parse_unique_id(name).lower()
    except InvalidUniqueIdError as e:
        raise Refusal(400, "name", str(e)) from e


def within(types: frozenset[str] | None, allowed: frozenset[str] | None) -> frozenset[str] | None:
    """Which of the types one gets that may have only those that are allowed; ``None`` for all."""
    if allowed is None or types is None:
        return allowed if types is None else types
    return types & allowed


def asked_for(
    message: Any, before: WebSubscription, allowed: frozenset[str] | None = None
) -> WebSubscription:
    """
    The subscription in a client's message:
    ``{"types": [...], "rooms": [...], "numbers": true}``.

    :param before: what it wanted so far: some of it it says in its address alone.
    :param allowed: the types that it may have; ``None`` for all.
    :raise Refusal: it makes no sense.
    """
    if (
        not isinstance(message, Mapping)
        or set(message) - {"types", "rooms", "numbers"}
        or not isinstance(message.get("numbers"), bool | None)
    ):
        raise Refusal(
            400, "message", 'subscribe takes {"types": [...], "rooms": [...], "numbers": true}.'
        )
    types, rooms = (_texts(message, key) for key in ("types", "rooms"))
    return WebSubscription(
        within(None if types is None else types_of(types), allowed),
        None if rooms is None else frozenset(map(room_of, rooms)),
        before.samples,
        bool(message.get("numbers")),
        before.moderation,
        before.hides,
    )


def names_in(text: str, what: str) -> list[str]:
    """
    The names in a query's parameter, with commas.

    :param what: the parameter.
    :raise Refusal: there are too many.
    """
    names = [name for name in text.split(",", MOST) if name]
    if len(names) > MOST:
        raise Refusal(400, what, f"{what} may name {MOST} at most.")
    return names


def _texts(message: Mapping[Any, Any], key: str) -> Sequence[str] | None:
    value = message.get(key)
    if value is None:
        return None
    if isinstance(value, list) and len(value) <= MOST and all(isinstance(v, str) for v in value):
        return value
    raise Refusal(400, "message", f"{key} must be a list of at most {MOST} texts.")
