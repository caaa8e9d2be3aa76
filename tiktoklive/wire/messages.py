"""The message types of a batch by wire name, and the decoding of one message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, cast

from google.protobuf.message import DecodeError as ProtobufDecodeError
from google.protobuf.message import Message

from tiktoklive.errors import MessageError, MessageTooLargeError
from tiktoklive.wire import (
    audience_pb2,
    battle_pb2,
    commerce_pb2,
    giving_pb2,
    linklayer_pb2,
    linkmic_pb2,
    notices_pb2,
    observed_pb2,
    ranking_pb2,
    room_pb2,
    speech_pb2,
    subscription_pb2,
)
from tiktoklive.wire.fields import count_fields, layout_of, small
from tiktoklive.wire.limits import MAX_MESSAGE, MAX_MESSAGE_FIELDS

# The schema files that hold message types; not frames (containers), common and gifts (parts).
_MODULES = (
    speech_pb2,
    giving_pb2,
    audience_pb2,
    battle_pb2,
    linkmic_pb2,
    linklayer_pb2,
    room_pb2,
    ranking_pb2,
    notices_pb2,
    subscription_pb2,
    commerce_pb2,
    observed_pb2,
)

# Wire names without the usual prefix: the first two stand in captured traffic, for the third
# see wire facts, appendix A.
_ALIASES = {
    "RoomMessage": "WebcastRoomMessage",
    "LinkMicMethod": "WebcastLinkMicMethod",
    "RoomVerifyMessage": "WebcastRoomVerifyMessage",
}


def _message_types() -> dict[str, type[Message]]:
    found = {
        name: cast("type[Message]", getattr(module, name))
        for module in _MODULES
        for name in module.DESCRIPTOR.message_types_by_name
        if name.startswith("Webcast")
    }
    found.update((alias, found[name]) for alias, name in _ALIASES.items())
    return found


#: The generated class of each ``method`` of a batch that the schema knows, e.g.
#: ``"WebcastChatMessage"``.  Aliases give the class of the name they stand for.
MESSAGE_TYPES: Final[Mapping[str, type[Message]]] = MappingProxyType(_message_types())


class TooMuch(ProtobufDecodeError):
    """A message is not decoded because it is too large, or too much would be made of it."""


def reader_of(
    kind: type[Message], *, size: int = MAX_MESSAGE, fields: int = MAX_MESSAGE_FIELDS
) -> Callable[[bytes], Message]:
    """
    What decodes the messages of a type, if they are not too large.

    :param size: bytes that they may have.
    :param fields: how many fields, at all depths.
    :return: a function of a message's bytes that raises
        :exc:`google.protobuf.message.DecodeError`, of a message that is too large
        :exc:`TooMuch`.
    """
    parse, harmless = kind.FromString, min(size, small(fields, kind))

    def read(payload: bytes) -> Message:
        if len(payload) > harmless:
            check_message(payload, kind, size, fields)
        return parse(payload)

    return read


def check_message(payload: bytes, kind: type[Message], size: int, fields: int) -> None:
    """
    Count what would be made of a message; for those that are not :func:`small`.

    :param size: bytes that they may have.
    :param fields: how many fields, at all depths.
    :raises TooMuch: it would be more.
    :raises google.protobuf.message.DecodeError: the message is damaged.
    """
    if len(payload) > size:
        raise TooMuch(f"it is larger than {size} bytes")
    if count_fields(payload, layout_of(kind), fields) > fields:
        raise TooMuch(f"it has more than {fields} fields")


def problem_of(method: str, payload: bytes, error: Exception) -> MessageError:
    """The error for a message whose reader has raised one."""
    if isinstance(error, TooMuch):
        return MessageTooLargeError(
            f"TikTok sent a {method} that is not decoded, of {len(payload)} bytes: {error}."
        )
    return MessageError(
        f"TikTok sent a {method} that does not decode:"
        f" {len(payload)} bytes, starting with {payload[:16].hex()}."
    )


def decode_message(method: str, payload: bytes) -> Message | None:
    """
    Decode one message of a batch.

    Unknown methods are normal (wire facts §10.3), so they are no error.  An empty payload is a
    message without fields.  Fields that the schema does not know, or whose wire type does not
    fit, are kept as unknown fields; a text that is not UTF-8 reads as ``bytes``.

    :param method: the wire name, ``ResponseMessage.method``.
    :param payload: the bytes of the message, ``ResponseMessage.payload``.
    :return: the message, or ``None`` for a method that the schema does not know.
    :raises MessageError: if the payload is no protobuf message; the other messages of the batch
        are not affected.
    :raises MessageTooLargeError: if it is larger, or has more fields, than the limits that apply
        by default.
    """
    kind = MESSAGE_TYPES.get(method)
    if kind is None:
        return None
    try:
        return reader_of(kind)(payload)
    except ProtobufDecodeError as error:
        raise problem_of(method, payload, error) from error
