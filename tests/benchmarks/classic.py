"""
How fast events become 1.x JSON, compared with the floor: decoding alone.

The floor reads push frames: frame, gunzip, batch, and each message.  The other measurement does
the same and then ``json.dumps(event.as_dict())`` for every message.  Both read the same frames,
whose mix of types and sizes is that of a busy room.

Run ``python -m tests.benchmarks.classic [--quick]``.  The last line is a JSON object::

    {"as_dict_per_s": messages per second, "floor_per_s": messages per second, "ratio": ...}
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence

from google.protobuf.message import Message

from tests.benchmarks.room import MIX, make_message
from tiktoklive.events import decode
from tiktoklive.wire.batches import build_batch, parse_batch
from tiktoklive.wire.frames import parse_frame, push
from tiktoklive.wire.messages import decode_message

#: Messages in a push frame.
BATCH = 5


def make_frames(messages: int, seed: int) -> tuple[list[bytes], int]:
    """
    Push frames of a busy room.

    :return: the frames, and the bytes of all payloads in them.
    """
    chance = random.Random(seed)
    methods = chance.choices(list(MIX), list(MIX.values()), k=messages)
    payloads = [
        (method, make_message(method, chance).SerializeToString(), number, False)
        for number, method in enumerate(methods, 1)
    ]
    frames = [
        push(build_batch(payloads[start : start + BATCH]), start + 1)
        for start in range(0, messages, BATCH)
    ]
    return frames, sum(len(payload) for _, payload, _, _ in payloads)


def read_floor(frames: Sequence[bytes]) -> int:
    """Decode all messages of all frames, and nothing else."""
    count = 0
    last: Message | None = None
    for frame in frames:
        for message in parse_batch(parse_frame(frame).payload).messages:
            last = decode_message(message.method, message.payload)
            count += 1
    assert last is not None
    return count


def read_json(frames: Sequence[bytes]) -> int:
    """Turn all messages of all frames into JSON texts."""
    count = 0
    for frame in frames:
        for message in parse_batch(parse_frame(frame).payload).messages:
            json.dumps(decode(message.method, message.payload).as_dict())
            count += 1
    return count


def best_rate(read: Callable[[Sequence[bytes]], int], frames: Sequence[bytes], runs: int) -> float:
    """Messages per second in the fastest of some runs: the others were disturbed."""
    best = 0.0
    for _ in range(runs):
        start = time.perf_counter()
        count = read(frames)
        best = max(best, count / (time.perf_counter() - start))
    return best


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and say what came out."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0].strip())
    parser.add_argument("--quick", action="store_true", help="a few seconds, less exact")
    parser.add_argument("--seed", type=int, default=1, help="of the random room")
    options = parser.parse_args(arguments)
    messages, runs = (2000, 5) if options.quick else (20000, 9)
    frames, size = make_frames(messages, options.seed)
    print(f"{messages} messages in {len(frames)} frames, {size / messages:.0f} bytes each")
    floor = best_rate(read_floor, frames, runs)
    print(f"decoding alone:       {floor:9.0f} messages/s, {1e6 / floor:6.1f} µs each")
    full = best_rate(read_json, frames, runs)
    print(f"decoding and as JSON: {full:9.0f} messages/s, {1e6 / full:6.1f} µs each")
    print(f"{full / floor:.2f} of the floor (at least 0.3 is wanted)")
    print(
        json.dumps(
            {
                "as_dict_per_s": round(full),
                "floor_per_s": round(floor),
                "ratio": round(full / floor, 4),
            }
        )
    )


if __name__ == "__main__":
    main()
