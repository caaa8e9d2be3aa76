"""Messages of every type in which every field says something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from tiktoklive.wire.messages import MESSAGE_TYPES

#: How far messages are filled that are fields of others.
DEPTH = 3

_TEXTS = (FieldDescriptor.CPPTYPE_STRING,)
_FRACTIONS = (FieldDescriptor.CPPTYPE_DOUBLE, FieldDescriptor.CPPTYPE_FLOAT)


def filled(message: Message, text: str, number: int = 1, depth: int = DEPTH) -> Message:
    """
    A message with all its fields set: to this text, to this number, lists to one of each.

    :param depth: how many messages may lie within each other.
    """
    for field in message.DESCRIPTOR.fields:
        value: Any
        if field.message_type is not None:
            if depth <= 0 or field.message_type.GetOptions().map_entry:
                continue
            inner = getattr(message, field.name)
            filled(inner.add() if field.is_repeated else inner, text, number, depth - 1)
            if not field.is_repeated:
                inner.SetInParent()
            continue
        if field.cpp_type in _TEXTS:
            value = text.encode() if field.type == FieldDescriptor.TYPE_BYTES else text
        elif field.cpp_type == FieldDescriptor.CPPTYPE_BOOL:
            value = True
        elif field.cpp_type == FieldDescriptor.CPPTYPE_ENUM:
            value = field.enum_type.values[-1].number
        else:
            value = float(number) if field.cpp_type in _FRACTIONS else number
        if field.is_repeated:
            getattr(message, field.name).append(value)
        else:
            setattr(message, field.name, value)
    return message


def every_message(text: str, number: int = 1) -> Iterator[tuple[str, bytes]]:
    """One of each type, as a room pushes it."""
    for method, cls in MESSAGE_TYPES.items():
        yield method, filled(cls(), text, number).SerializeToString()
