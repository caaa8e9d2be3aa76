"""Captured messages of TikTok LIVE, as they are sent anew."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from google.protobuf.message import Message
from google.protobuf.unknown_fields import UnknownFieldSet

from tiktoklive.dispatch.guest_list import GuestLists
from tiktoklive.errors import MessageError
from tiktoklive.events import (
    Control,
    GuestJoined,
    GuestLeft,
    LinkLayer,
    LinkMessage,
    MessageEvent,
    RawData,
)
from tiktoklive.events.base import Origin
from tiktoklive.events.table import ROWS, decode
from tiktoklive.outputs.envelope import encode_line
from tiktoklive.wire.room_pb2 import WebcastControlMessage

#: The first message id: beyond 2**53, as TikTok's are.
FIRST = 7_500_000_000_000_000_001

#: What is told of guests.
GUESTS = frozenset((GuestJoined.name, GuestLeft.name))


class Wrong(Exception):
    """The daemon did not do what it should."""


@dataclass(frozen=True)
class Sent:
    """
    A captured message.

    :ivar number: its message id.
    :ivar name: of the event that it should become.
    :ivar derived: names of the events that should come directly after that, but for guests, of whom
        several messages tell.
    :ivar data: what the envelope should hold.
    :ivar unknown: the fields that the schema does not know.
    """

    number: int
    method: str
    payload: bytes = field(repr=False)
    name: str
    derived: tuple[str, ...]
    data: Any = field(repr=False)
    unknown: frozenset[str] = field(default=frozenset(), repr=False)


def sent(number: int, method: str, payload: bytes) -> Sent:
    """
    A message, and what should become of it.

    :raise MessageError: when it does not decode.
    """
    event = decode(method, payload, number=number)
    derived: list[str] = []
    unknown: set[str] = set()
    if isinstance(event, MessageEvent):
        derived = [each.name for each in event.derived() if each.name not in GUESTS]
        unknown = unknown_fields(event.message)
    name = ROWS[method].event_class.name if method in ROWS else RawData.name
    data = json.loads(encode_line(event.as_dict()))
    return Sent(number, method, payload, name, tuple(derived), data, frozenset(unknown))


def unknown_fields(message: Message) -> set[str]:
    """The fields of a message that the schema does not know, at all depths: ``User 1092``."""
    found = {f"{message.DESCRIPTOR.name} {each.field_number}" for each in UnknownFieldSet(message)}
    for known, value in message.ListFields():
        if known.message_type is not None:
            for part in [value] if isinstance(value, Message) else value:
                if isinstance(part, Message):  # and no key of a map
                    found |= unknown_fields(part)
    return found


def guest_ids(room_id: str, messages: Sequence[Sent]) -> set[str]:
    """The ids of what is told of the guests in these messages."""
    lists, found = GuestLists(), set()
    for each in messages:
        event = decode(each.method, each.payload, number=each.number, origin=Origin("", room_id))
        if isinstance(event, LinkLayer | LinkMessage):
            found |= {told.id for told in lists.after(event)}
    return found


def read(path: Path) -> list[Sent]:
    """
    The captured messages.

    :raise Wrong: when one does not decode.
    """
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), FIRST):
        shape = json.loads(line)
        payload = bytes.fromhex(shape["payload_hex"])
        try:
            if shape["type"] == Control.method:
                payload = of_no_room(payload)
            found.append(sent(number, shape["type"], payload))
        except MessageError as error:
            raise Wrong(f"Line {number - FIRST + 1}: {error}") from error
    return found


def of_no_room(payload: bytes) -> bytes:
    """A control message without its room: of another one than it is sent in it would not count."""
    message = WebcastControlMessage.FromString(payload)
    message.common.ClearField("room_id")
    return message.SerializeToString()


def in_rooms(messages: Sequence[Sent]) -> dict[str, list[Sent]]:
    """Username to messages: one room for most, and one for each message that ends its room."""
    ends = [message for message in messages if "streamEnd" in message.derived]
    rooms = {"most": [message for message in messages if message not in ends]}
    return rooms | {f"end{number}": [end] for number, end in enumerate(ends, 1)}
