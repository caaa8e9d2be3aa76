"""
Which event a message becomes: wire name to event class.

Classes that are written in the modules of this package are found by themselves
(:data:`~tiktoklive.events.base.REGISTERED`).  Every other type that the schema knows gets
a class with its right name and nothing else, whose fields are those of its ``message``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from google.protobuf.message import Message

from tiktoklive.events.base import (
    NOWHERE,
    REGISTERED,
    Event,
    MessageEvent,
    Origin,
    snake_case,
)
from tiktoklive.events.raw import RawData
from tiktoklive.wire.messages import MESSAGE_TYPES, decode_message

#: Event names of types without a class of their own, by wire name: for those that the schema knows
#: before there is one.
GENERIC: Mapping[str, str] = MappingProxyType({})


class Row(NamedTuple):
    """How a message of one wire name is decoded, and what it becomes."""

    message_class: type[Message]
    event_class: type[MessageEvent]


def _generic(method: str, name: str) -> type[MessageEvent]:
    body = {
        "__slots__": (),
        "__doc__": f"A {method}; see its ``message``.",
        "__module__": __name__,
        "name": name,
        "method": method,
    }
    make: Any = type  # whose types know nothing of keywords
    made: type[MessageEvent] = make(name[0].upper() + name[1:], (MessageEvent,), body, generic=True)
    return made


def rows_of(registered: Iterable[type[Event]]) -> dict[str, Row]:
    """
    What each wire name of the schema becomes.

    :param registered: the classes that were written; types that have none get a generic one.
    :raise TypeError: a class has a wire name that the schema does not know, or a type has neither
        a class nor a generic name.
    """
    written = {cls.method: cls for cls in messages_of(registered)}
    types = {kind.DESCRIPTOR.name for kind in MESSAGE_TYPES.values()}
    if unknown := sorted(set(written) - types):
        raise TypeError(f"The schema has no type {unknown[0]}: {written[unknown[0]]!r}.")
    classes = {method: _generic(method, name) for method, name in GENERIC.items()} | written
    if missing := sorted(types - set(classes)):
        raise TypeError(
            f"{missing[0]} has no class in a module that tiktoklive.events imports, and no "
            "generic name."
        )
    # By the type's own name, so that other wire names of the same type find its class too.
    return {
        method: Row(kind, classes[kind.DESCRIPTOR.name]) for method, kind in MESSAGE_TYPES.items()
    }


def methods_of(registered: Iterable[type[Event]], rows: Mapping[str, Row]) -> dict[str, str]:
    """Observer method (snake_case) to event name (camelCase), of these events."""
    classes = (*(row.event_class for row in rows.values()), *registered)
    return {snake_case(cls.name): cls.name for cls in classes}


def messages_of(registered: Iterable[type[Event]]) -> list[type[MessageEvent]]:
    """Those that a message becomes; the others are derived from them, or about the connection."""
    return [cls for cls in registered if issubclass(cls, MessageEvent) and vars(cls).get("method")]


#: Wire name to row.
ROWS: Mapping[str, Row] = rows_of(REGISTERED)

#: Observer method (snake_case) to event name (camelCase), of all events there are.
METHODS: Mapping[str, str] = methods_of(REGISTERED, ROWS)


def decode(
    method: str,
    payload: bytes,
    *,
    number: int = 0,
    is_history: bool = False,
    origin: Origin = NOWHERE,
) -> MessageEvent | RawData:
    """
    The event of a message, without any connection.

    :param method: the wire name: ``WebcastChatMessage``.
    :param payload: the message's bytes.
    :param number: the message id, if known.
    :return: the event; :class:`~tiktoklive.events.raw.RawData` when the name is not known.
    :raise MessageError: the payload does not decode as that type.
    """
    message = decode_message(method, payload)
    if message is None:
        return RawData(method, payload, number, is_history, origin)
    return ROWS[method].event_class(message, payload, number, is_history, origin)
