"""Bytes in, values out: the containers and messages of TikTok LIVE, without sockets or clocks."""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = ["MESSAGE_TYPES", "Frame", "build_batch", "decode_message", "parse_batch", "parse_frame"]

if TYPE_CHECKING:
    from tiktoklive.wire.batches import build_batch as build_batch
    from tiktoklive.wire.batches import parse_batch as parse_batch
    from tiktoklive.wire.frames import Frame as Frame
    from tiktoklive.wire.frames import parse_frame as parse_frame
    from tiktoklive.wire.messages import MESSAGE_TYPES as MESSAGE_TYPES
    from tiktoklive.wire.messages import decode_message as decode_message
else:
    __getattr__, __dir__ = exported(
        __name__,
        {
            "batches": ["build_batch", "parse_batch"],
            "frames": ["Frame", "parse_frame"],
            "messages": ["MESSAGE_TYPES", "decode_message"],
        },
    )
