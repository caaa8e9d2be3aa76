"""
Push frames, the content of every WebSocket message, in both directions (wire facts §6.4, §10.1).

Reading is the same for both roles: :func:`parse_frame`.  The client writes :func:`enter_room`,
:func:`heartbeat` and :func:`ack`; the server (our simulator) writes :func:`push`,
:func:`entered` and :func:`heartbeat_echo`.
"""

from __future__ import annotations

import zlib
from typing import Final, NamedTuple

from google.protobuf.message import DecodeError as ProtobufDecodeError

from tiktoklive.errors import FrameError, PayloadTooLargeError
from tiktoklive.wire.fields import count_fields, layout_of, small
from tiktoklive.wire.frames_pb2 import (
    HeartbeatMessage,
    WebcastImEnterRoomMessage,
    WebcastPushFrame,
)
from tiktoklive.wire.inflate import MAGIC, gunzip
from tiktoklive.wire.limits import MAX_PAYLOAD
from tiktoklive.wire.text import LONGEST, text

#: Fields that a frame may have, headers and what is in them included; TikTok's have some dozens.
MAX_FRAME_FIELDS: Final = 16_384

#: The heartbeat of the 1.x client: a frame of type ``hb`` without payload (wire facts §6.4).
CLASSIC_PING: Final = bytes.fromhex("3a026862")

_GZIP_FORMAT = 31  # zlib's wbits for a gzip header and trailer, with the largest window


class Frame(NamedTuple):
    """
    A push frame that was read.

    :ivar log_id: the number to acknowledge, unsigned; 0 if there is none.
    :ivar payload_type: ``msg``, ``hb``, ``ack``, ``im_enter_room_resp`` ... or ``""``.
    :ivar payload: the payload, gunzipped if it was compressed.
    :ivar message: the protobuf message, with its payload as it came.
    """

    log_id: int
    payload_type: str
    payload: bytes
    message: WebcastPushFrame

    @property
    def compress_type(self) -> str:
        """
        What the header of that name says, or ``""``.

        Only informative: the payload's first bytes decide.
        """
        named = [h.value for h in self.message.headers if h.key == "compress_type"]
        return text(named[-1]) if named else ""

    @property
    def encoding(self) -> str:
        """``pb``, or ``""``."""
        return text(self.message.payload_encoding)

    def __repr__(self) -> str:
        return f"<Frame {self.log_id} {self.payload_type} of {len(self.payload)} bytes>"


def parse_frame(data: bytes, *, limit: int = MAX_PAYLOAD) -> Frame:
    """
    Read a push frame and decompress its payload (wire facts §6.5, §10.1).

    :param data: the content of one binary WebSocket message.
    :param limit: the largest payload to accept, in bytes after decompression.
    :raises FrameError: if this is no push frame, or its payload is damaged gzip.
    :raises PayloadTooLargeError: if the payload is or becomes larger than the limit, or there are
        more headers than any frame has.
    """
    try:
        if len(data) > _SMALL and count_fields(data, _LAYOUT, MAX_FRAME_FIELDS) > MAX_FRAME_FIELDS:
            raise PayloadTooLargeError(f"A frame has more than {MAX_FRAME_FIELDS} fields.")
        frame = WebcastPushFrame.FromString(data)
    except ProtobufDecodeError as error:
        raise _no_frame(data) from error
    payload_type = frame.payload_type
    payload = frame.payload
    if not payload_type and not payload:
        raise _no_frame(data)
    if payload.startswith(MAGIC):
        payload = gunzip(payload, limit)
    elif len(payload) > limit:
        raise PayloadTooLargeError(f"The payload of a frame is larger than {limit} bytes.")
    if type(payload_type) is not str:
        payload_type = text(payload_type)
    return Frame(frame.log_id, payload_type, payload, frame)


def is_frame(data: bytes) -> bool:
    """Whether it can be read as a push frame; its payload is not looked at."""
    try:
        if len(data) > _SMALL and count_fields(data, _LAYOUT, MAX_FRAME_FIELDS) > MAX_FRAME_FIELDS:
            return False
        frame = WebcastPushFrame.FromString(data)
    except ProtobufDecodeError:
        return False
    return bool(frame.payload_type or frame.payload)


_LAYOUT: Final = layout_of(WebcastPushFrame)
_SMALL: Final = small(MAX_FRAME_FIELDS, WebcastPushFrame)


# --- the client's frames --------------------------------------------------------


def ack(log_id: int, internal_ext: str | bytes) -> bytes:
    """
    Write the acknowledgement of a frame whose batch asks for one (wire facts §6.4).

    :param log_id: the number of the received frame.
    :param internal_ext: what the batch carried; ``-`` is sent for an empty one, because an empty
        payload is refused, and for one that is longer than any of TikTok's: who sends it must not
        decide how much we send.
    """
    if len(internal_ext) > LONGEST:
        internal_ext = ""
    if isinstance(internal_ext, str):
        internal_ext = internal_ext.encode()
    return _write("ack", internal_ext or b"-", log_id)


def heartbeat(room_id: str | int, sequence: int | None = None) -> bytes:
    """
    Write a heartbeat (wire facts §6.4).

    :param room_id: the room, as decimal text or number.
    :param sequence: 1 for the first beat after entering a room, one more for each further beat;
        ``None`` leaves it out, as some clients do.
    :raises ValueError: if the room id is no unsigned 64-bit number.
    """
    message = HeartbeatMessage(room_id=int(room_id), send_packet_seq_id=sequence)
    return _write("hb", message.SerializeToString())


def enter_room(
    room_id: str | int,
    *,
    live_id: int = 12,
    identity: str = "audience",
    unique_id: int = 0,
    cursor: str = "",
    filter_welcome_msg: str = "0",
) -> bytes:
    """
    Write the frame that enters a room (wire facts §6.4, §10.1).

    :param room_id: the room, as decimal text or number.
    :param live_id: the kind of live; 12 is what all clients send.
    :param identity: ``audience`` or ``anchor``.
    :param unique_id: a number that the server echoes, to tell rooms apart after a switch; 0
        leaves it out.
    :param cursor: where to continue; empty leaves it out.
    :param filter_welcome_msg: ``0`` asks for the welcome message.
    :raises ValueError: if the room id is no unsigned 64-bit number.
    """
    message = WebcastImEnterRoomMessage(
        room_id=int(room_id),
        live_id=live_id,
        identity=identity,
        cursor=cursor or None,
        enter_unique_id=unique_id or None,
        filter_welcome_msg=filter_welcome_msg or None,
    )
    return _write("im_enter_room", message.SerializeToString())


# --- the server's frames --------------------------------------------------------


def push(batch: bytes, log_id: int, *, compress: bool = True) -> bytes:
    """
    Write a frame that carries a batch (wire facts §6.5).

    :param batch: the bytes of a batch, not compressed.
    :param log_id: the number that the client is to acknowledge.
    :param compress: whether to compress the batch with gzip.
    """
    if compress:
        stream = zlib.compressobj(wbits=_GZIP_FORMAT)
        batch = stream.compress(batch) + stream.flush()
    return _write("msg", batch, log_id, compress_type="gzip" if compress else "none")


def entered(room_id: str | int, *, unique_id: int = 0) -> bytes:
    """
    Write the answer to a frame that enters a room (wire facts §6.5).

    :param room_id: the room that was entered.
    :param unique_id: the client's ``enter_unique_id``; 0 leaves it out.
    :raises ValueError: if the room id is no unsigned 64-bit number.
    """
    message = WebcastImEnterRoomMessage(room_id=int(room_id), enter_unique_id=unique_id or None)
    return _write("im_enter_room_resp", message.SerializeToString())


def heartbeat_echo(payload: bytes = b"") -> bytes:
    """
    Write the echo of a heartbeat (wire facts §6.5).

    :param payload: the payload of the client's heartbeat.
    """
    return _write("hb", payload)


def parse_enter_room(payload: bytes) -> WebcastImEnterRoomMessage:
    """
    Read the payload of a client's ``im_enter_room`` frame.

    :raises FrameError: if it does not decode, or names no room.
    """
    try:
        message = WebcastImEnterRoomMessage.FromString(payload)
    except ProtobufDecodeError as error:
        raise FrameError(
            f"The client sent a damaged im_enter_room: {_preview(payload)}."
        ) from error
    if not message.room_id:
        raise FrameError(f"The client sent an im_enter_room without a room: {_preview(payload)}.")
    return message


def parse_heartbeat(payload: bytes) -> HeartbeatMessage:
    """
    Read the payload of a client's ``hb`` frame; the classic ping has none, which reads as empty.

    :raises FrameError: if it does not decode.
    """
    try:
        return HeartbeatMessage.FromString(payload)
    except ProtobufDecodeError as error:
        raise FrameError(f"The client sent a damaged heartbeat: {_preview(payload)}.") from error


# --- parts ----------------------------------------------------------------------


def _write(payload_type: str, payload: bytes, log_id: int = 0, *, compress_type: str = "") -> bytes:
    frame = WebcastPushFrame()  # setting the fields takes half the time of naming them here
    if log_id:
        frame.log_id = log_id
    frame.payload_encoding = "pb"
    frame.payload_type = payload_type
    if payload:
        frame.payload = payload
    if compress_type:
        frame.headers.add(key="compress_type", value=compress_type)
    return frame.SerializeToString()


def _preview(data: bytes) -> str:
    return f"{len(data)} bytes, starting with {data[:16].hex()}" if data else "no bytes at all"


def _no_frame(data: bytes) -> FrameError:
    return FrameError(f"This is no push frame: {_preview(data)}.")
