"""The events in what was saved of a stream, without any connection."""

from __future__ import annotations

from tiktoklive.errors import MessageError
from tiktoklive.events.base import NOWHERE, MessageEvent, Origin
from tiktoklive.events.raw import RawData
from tiktoklive.events.table import decode
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames import parse_frame
from tiktoklive.wire.text import text


def decode_batch(data: bytes, *, origin: Origin = NOWHERE) -> list[MessageEvent | RawData]:
    """
    The events of the messages in a batch, one for each, in order.

    :param data: an answer of ``im/fetch``, or the payload of a ``msg`` frame, gunzipped.
    :return: :class:`~tiktoklive.events.raw.RawData` for messages that are not known, and for
        those that do not decode: none is lost.  Derived events, such as ``follow``, are those of
        :meth:`~tiktoklive.events.MessageEvent.derived`.
    :raise BatchError: it is no batch.
    """
    events: list[MessageEvent | RawData] = []
    for item in parse_batch(data).messages:
        method = text(item.method)
        number, old = item.msg_id, item.is_history
        try:
            event = decode(method, item.payload, number=number, is_history=old, origin=origin)
        except MessageError:
            event = RawData(method, item.payload, number, old, origin)
        events.append(event)
    return events


def decode_frame(data: bytes, *, origin: Origin = NOWHERE) -> list[MessageEvent | RawData]:
    """
    The events in one binary message of the WebSocket.

    :param data: a push frame, as it came.
    :return: as :func:`decode_batch`; nothing for frames that are no batch, such as heartbeats.
    :raise FrameError: it is no push frame, or its payload is damaged.
    :raise BatchError: what it holds is no batch.
    """
    frame = parse_frame(data)
    return decode_batch(frame.payload, origin=origin) if frame.payload_type == "msg" else []
