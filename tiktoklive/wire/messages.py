"""The message types of a batch by wire name, and the decoding of one message."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast

from google.protobuf.message import DecodeError as ProtobufDecodeError
from google.protobuf.message import Message

from tiktoklive.errors import MessageError
from tiktoklive.wire import (
    audience_pb2,
    battle_pb2,
    commerce_pb2,
    giving_pb2,
    linklayer_pb2,
    linkmic_pb2,
    notices_pb2,
    ranking_pb2,
    room_pb2,
    speech_pb2,
    subscription_pb2,
)

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
    """
    kind = MESSAGE_TYPES.get(method)
    if kind is None:
        return None
    try:
        return kind.FromString(payload)
    except ProtobufDecodeError as error:
        raise MessageError(
            f"TikTok sent a {method} that does not decode:"
            f" {len(payload)} bytes, starting with {payload[:16].hex()}."
        ) from error
