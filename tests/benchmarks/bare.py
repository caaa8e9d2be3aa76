"""
A client that shares no code with the package: ``websockets``, protobuf, and nothing else.

``python -m tests.benchmarks.bare`` takes an order a line, ``{"url": ..., "cookie": ..., "room":
...}``, follows the stream at that address until the server closes it, and says ``{"messages":
...}``.  It parses everything, acknowledges what asks for it, and builds no events.
"""

from __future__ import annotations

import asyncio
import json
import sys
import zlib
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.benchmarks.schema import Schema, read
from tests.hostile.encoding import field

_GZIP = b"\x1f\x8b"
_GZIP_FORMAT = 31


async def follow(schema: Schema, url: str, cookie: str, room: int) -> int:
    """How many messages came until the server closed."""
    frame_type, batch_type, types = schema.frame, schema.batch, schema.types
    count = 0
    socket: Any
    async with connect(
        url,
        additional_headers={"Cookie": cookie},
        compression=None,
        max_size=None,
        ping_interval=None,
    ) as socket:
        enter = field(1, room) + field(4, 12) + field(5, "audience") + field(9, "0")
        await socket.send(
            frame_type(
                payload_encoding="pb", payload_type="im_enter_room", payload=enter
            ).SerializeToString()
        )
        try:
            async for data in socket:
                frame = frame_type.FromString(data)
                if frame.payload_type != "msg":
                    continue
                payload = frame.payload
                if payload.startswith(_GZIP):
                    payload = zlib.decompress(payload, _GZIP_FORMAT)
                batch = batch_type.FromString(payload)
                if batch.needs_ack:
                    ack = frame_type(
                        log_id=frame.log_id,
                        payload_encoding="pb",
                        payload_type="ack",
                        payload=batch.internal_ext.encode(),
                    )
                    await socket.send(ack.SerializeToString())
                for item in batch.messages:
                    types[item.method].FromString(item.payload)
                    count += 1
        except ConnectionClosed:
            pass
    return count


async def main() -> None:
    """Follow what is ordered until the input ends."""
    schema = read()
    while line := await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps({"messages": await follow(schema, **json.loads(line))}), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
