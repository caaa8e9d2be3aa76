"""
What events hold beside their message, as JSON and back.

Nothing but the values of this package is made again: no code comes out of a stream.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, Final

from tiktoklive import errors
from tiktoklive.errors import AllFailedError, TikTokLiveError
from tiktoklive.events import Event, LinkedUser
from tiktoklive.events.battle_parts import BattleHost, BattleSupporter, BattleTeam
from tiktoklive.events.battle_progress import Battle
from tiktoklive.events.ranked import RankedViewer
from tiktoklive.events.streak import GiftDetails
from tiktoklive.model import Bound, PageState, State, StreamsState, Unseen

#: Values that are tuples with names, or have the fields of a dataclass.
_TUPLES: Final = {
    kind.__name__: kind
    for kind in (BattleHost, BattleSupporter, BattleTeam, GiftDetails, RankedViewer)
}
#: The attributes of a LinkedUser, which is no tuple, in the order in which it takes them.
_USER: Final = ("user_id", "unique_id", "nickname", "room_id", "since", "role")
#: A state, and all that is in one.
_FIELDS: Final[dict[str, Any]] = {
    kind.__name__: kind for kind in (State, Bound, PageState, StreamsState, Unseen)
}

_PLAIN: Final = (bool, int, float, str)

#: Of a battle, all but its clock.
_BATTLE: Final = tuple(
    name for name in Battle.__slots__ if name not in ("_now", "ends_at", "battle_id", "room_id")
)

#: How deep values may be in each other.
_DEEPEST: Final = 30


def encoded_value(value: Any, event: Callable[[Event], Any]) -> Any:
    """
    A value as JSON has it.

    :param event: packs an event.
    :raise TypeError: it is of no kind that can be.
    """
    if value is None or isinstance(value, _PLAIN):
        return value

    def inner(value: Any) -> Any:
        return encoded_value(value, event)

    if isinstance(value, Event):
        return {"event": event(value)}
    if isinstance(value, BaseException):
        return {"error": _encoded_error(value)}
    if isinstance(value, bytes):
        return {"bytes": b64encode(value).decode("ascii")}
    if isinstance(value, Battle):
        parts = {name: inner(getattr(value, name)) for name in _BATTLE}
        left = None if value.ends_at is None else value.remaining
        return {"battle": [value.battle_id, value.room_id, left, parts]}
    if isinstance(value, LinkedUser):
        return {"user": [getattr(value, name) for name in _USER]}
    name = type(value).__name__
    if _TUPLES.get(name) is type(value):
        return {name: [inner(each) for each in value]}
    if _FIELDS.get(name) is type(value):
        return {name: {each.name: inner(getattr(value, each.name)) for each in fields(value)}}
    if isinstance(value, tuple):
        return {"tuple": [inner(each) for each in value]}
    if isinstance(value, list):
        return [inner(each) for each in value]
    if isinstance(value, Mapping):
        return {"map": {str(key): inner(each) for key, each in value.items()}}
    raise TypeError(f"a {name} cannot be put into a stream")


def decoded_value(shape: Any, event: Callable[[Any], Event], depth: int = 0) -> Any:
    """
    The value of a shape.

    :param event: makes an event of its shape.
    :raise ValueError: it is none that :func:`encoded_value` makes.
    """
    if depth > _DEEPEST:
        raise ValueError("the values are too deep in each other")
    if shape is None or isinstance(shape, _PLAIN):
        return shape

    def inner(shape: Any) -> Any:
        return decoded_value(shape, event, depth + 1)

    if isinstance(shape, list):
        return [inner(each) for each in shape]
    if not isinstance(shape, dict) or len(shape) != 1:
        raise ValueError("a value has no kind")
    [(name, given)] = shape.items()
    if name == "event":
        return event(given)
    if name == "error":
        return _decoded_error(given)
    if name == "bytes":
        return b64decode(given, validate=True)
    if name == "battle":
        battle_id, room_id, left, parts = given
        return _battle(battle_id, room_id, left, {key: inner(parts[key]) for key in _BATTLE})
    if name == "user":
        return LinkedUser(*given)
    if name in _TUPLES:
        return _TUPLES[name](*(inner(each) for each in given))
    if name in _FIELDS:
        known = {each.name for each in fields(_FIELDS[name])}
        return _FIELDS[name](**{key: inner(each) for key, each in given.items() if key in known})
    if name == "tuple":
        return tuple(inner(each) for each in given)
    if name == "map":
        return {key: inner(each) for key, each in given.items()}
    raise ValueError(f"there is no kind of value {name!r}")


def _battle(battle_id: str, room_id: str, left: int | None, parts: Mapping[str, Any]) -> Battle:
    """A battle as it was: its time stands still."""
    battle = Battle(battle_id, room_id, lambda: 0.0)
    for name, value in parts.items():
        setattr(battle, name, value)
    battle.ends_at = None if left is None else left / 1000
    return battle


def _encoded_error(error: BaseException) -> list[Any]:
    """Its class, its words, and what else it says that is a plain value."""
    more = {
        name: value
        for name, value in vars(error).items()
        if not (name.startswith("_") or hasattr(type(error), name))
        and (value is None or isinstance(value, _PLAIN))
    }
    kind = AllFailedError if isinstance(error, AllFailedError) else type(error)
    return [kind.__name__, str(error), more]


def _decoded_error(given: Any) -> TikTokLiveError:
    """The same class, if it is one of ours; else the root of these, with the same words."""
    name, said, more = given
    kind = getattr(errors, name, None) if name in errors.__all__ else None
    if not isinstance(kind, type) or not issubclass(kind, TikTokLiveError):
        kind = TikTokLiveError
    # Not by calling it: some take more than their words. What it has is what the other one had.
    made: TikTokLiveError = Exception.__new__(kind, said)
    made.retry_after = None
    if isinstance(made, AllFailedError):
        made.failures = ()
    for key, value in more.items():
        if key.isidentifier() and not key.startswith("_") and not hasattr(kind, key):
            setattr(made, key, value)
    return made
