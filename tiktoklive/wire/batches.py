"""Batches (``WebcastResponse``): what a ``msg`` frame, or an answer of im/fetch, holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from google.protobuf.message import DecodeError as ProtobufDecodeError

from tiktoklive.errors import BatchError, BatchTooLargeError, TooManyMessagesError
from tiktoklive.wire.fields import count_fields, layout_of, small
from tiktoklive.wire.frames_pb2 import WebcastResponse
from tiktoklive.wire.limits import MAX_FIELDS, MAX_MESSAGES, MAX_PAYLOAD
from tiktoklive.wire.messages import MESSAGE_TYPES


def parse_batch(
    data: bytes,
    *,
    limit: int = MAX_MESSAGES,
    fields: int = MAX_FIELDS,
    size: int = MAX_PAYLOAD,
) -> WebcastResponse:
    """
    Read a batch; the payloads of its messages stay bytes (wire facts §10.2).

    A text that is not UTF-8 (a cursor, say) reads as ``bytes``.

    :param data: the payload of a ``msg`` frame, gunzipped, or the body of an im/fetch answer.
    :param limit: how many messages to accept.
    :param fields: how many fields to accept, at all depths and in all its messages together;
        those of messages whose type the schema does not know are not counted, as nothing is
        made of them.
    :param size: how many bytes.
    :raises TooManyMessagesError: if there are more messages.
    :raises BatchTooLargeError: if there are more bytes or fields.
    :raises BatchError: if the data is empty (which would decode as a valid, empty batch), is no
        protobuf message, or has no field of a batch.
    """
    if not data:
        raise BatchError("TikTok sent an empty batch: no bytes at all.")
    if len(data) > size:
        raise BatchTooLargeError(f"TikTok sent a batch of more than {size} bytes.")
    try:
        counts = len(data) > _harmless(fields)
        left = fields - (count_fields(data, _LAYOUT, fields) if counts else 0)
        if left < 0:
            raise _too_many(fields)
        batch = WebcastResponse.FromString(data)
    except ProtobufDecodeError as error:
        raise BatchError(
            "TikTok sent a batch that does not decode:"
            f" {len(data)} bytes, starting with {data[:16].hex()}."
        ) from error
    count = len(batch.messages)
    if count > limit:
        raise TooManyMessagesError(f"TikTok sent a batch of more than {limit} messages.")
    if not count and not batch.ListFields():
        raise BatchError(
            "TikTok sent something else than a batch:"
            f" {len(data)} bytes, starting with {data[:16].hex()}."
        )
    if counts:
        _count_messages(batch, fields, left)
    return batch


_LAYOUT: Final = layout_of(WebcastResponse)


@cache
def _harmless(fields: int) -> int:
    """Bytes of a batch that cannot have more fields than that."""
    return small(fields, WebcastResponse)


def _count_messages(batch: WebcastResponse, fields: int, left: int) -> None:
    """
    Count the fields of its messages.

    :param left: how many there may be.
    :raises BatchTooLargeError: there are more.
    """
    for item in batch.messages:
        kind = MESSAGE_TYPES.get(item.method)
        if kind is None:
            continue
        try:
            left -= count_fields(item.payload, layout_of(kind), left)
        except ProtobufDecodeError:
            continue  # Whoever reads that message tells it, and keeps nothing of it.
        if left < 0:
            raise _too_many(fields)


def _too_many(fields: int) -> BatchTooLargeError:
    return BatchTooLargeError(f"TikTok sent a batch of more than {fields} fields.")


def build_batch(
    messages: Iterable[tuple[str, bytes, int, bool]],
    *,
    cursor: str = "",
    internal_ext: str = "",
    needs_ack: bool = False,
    heartbeat_duration: int = 0,
    is_first: bool = False,
    push_server: str = "",
    route_params: Mapping[str, str] | None = None,
    fetch_interval: int = 0,
    fetch_type: int = 0,
    now: int = 0,
) -> bytes:
    """
    Write a batch, as a server would; zero, false and empty values are left out.

    :param messages: method, payload, message id (unsigned 64 bits; 0 leaves it out) and whether
        it is history, for each message.
    :param cursor: continuation for the next fetch or connection.
    :param internal_ext: opaque text that the client echoes in its acks.
    :param needs_ack: whether the client must acknowledge the frame.
    :param heartbeat_duration: heartbeat period for the client, in milliseconds.
    :param is_first: whether this is the first batch after entering a room.
    :param push_server: URL of the WebSocket, without query.
    :param route_params: further query parameters for that URL.
    :param fetch_interval: pause between polls, in milliseconds.
    :param fetch_type: 1 socket, 2 polling.
    :param now: the server's clock, in milliseconds.
    """
    batch = WebcastResponse(
        cursor=cursor or None,
        fetch_interval=fetch_interval or None,
        now=now or None,
        internal_ext=internal_ext or None,
        fetch_type=fetch_type or None,
        heart_beat_duration=heartbeat_duration or None,
        push_server=push_server or None,
    )
    for method, payload, msg_id, is_history in messages:
        message = batch.messages.add(method=method, payload=payload, msg_id=msg_id or None)
        if is_history:
            message.is_history = True
    for key, value in (route_params or {}).items():
        batch.route_params_map.add(key=key, value=value)
    if needs_ack:
        batch.needs_ack = True
    if is_first:
        batch.is_first = True
    return batch.SerializeToString()
