"""
How fast events become 1.x JSON, beside the floor: decoding alone.

Run ``python -m tests.benchmarks.classic [--quick]``.  The frames are those of
:mod:`tests.benchmarks.decode` (a realistic mix of about 1.7 KiB a message, 20 in a frame,
gzip), and so is the floor: push frame, gunzip, batch, and every message parsed.  Measured
beside it is ``json.dumps(event.as_dict())`` of each event, right after its frame was decoded.

Times are CPU seconds of this process; the figures are medians over the rounds, the ratio the
median of each round's ratio.  The last line is one JSON object with ``as_dict_per_s``,
``floor_per_s`` and ``ratio``.
"""

from __future__ import annotations

import argparse
import gc
import json
from collections.abc import Callable
from statistics import median
from time import process_time

from tests.benchmarks.decode import read_floor
from tests.benchmarks.mix import frames, messages
from tiktoklive.events import Event, decode
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames import parse_frame

#: Frames read in one way before it is the other's turn: a machine whose speed drifts is as fast
#: for both.
STRETCH = 10


def floor_time(data: list[bytes]) -> float:
    """CPU seconds for decoding."""
    began = process_time()
    read_floor(data)
    return process_time() - began


def event_time(data: list[bytes], use: Callable[[Event], object]) -> float:
    """CPU seconds for doing something with each event, not counting their decoding."""
    took = 0.0
    for frame in data:
        batch = parse_batch(parse_frame(frame).payload)
        events = [decode(item.method, item.payload) for item in batch.messages]
        began = process_time()
        for event in events:
            use(event)
        took += process_time() - began
    return took


def as_shape(event: Event) -> object:
    """The shape alone."""
    return event.as_dict()


def as_json(event: Event) -> str:
    """What is measured: the shape and its text."""
    return json.dumps(event.as_dict())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Events to 1.x JSON, beside parsing alone.")
    parser.add_argument("--quick", action="store_true", help="fewer messages and rounds")
    count, rounds = (4000, 15) if parser.parse_args().quick else (20_000, 25)
    found = messages(count)
    data = frames(found)
    size = sum(len(payload) for _, payload, _ in found) / count
    print(f"{count} messages of {size:.0f} bytes, {len(data)} frames, {rounds} rounds")
    gc.collect()
    gc.freeze()  # what the preparation left is no part of what is measured
    runs = []
    for number in range(rounds + 1):
        took = [0.0, 0.0, 0.0]
        for start in range(0, len(data), STRETCH):
            part = data[start : start + STRETCH]
            took[0] += floor_time(part)
            took[1] += event_time(part, as_json)
            took[2] += event_time(part, as_shape)
        if number:  # the first round warms up
            runs.append([count / seconds for seconds in took])
    floor, text, shape = (median(run[way] for run in runs) for way in range(3))
    ratio = median(text / floor for floor, text, _ in runs)
    whole = 1 / (1 / floor + 1 / text)
    for what, rate in (
        ("decoding alone, the floor", floor),
        ("as_dict() alone", shape),
        ("as_dict() and json.dumps()", text),
        ("decoding and then both", whole),
    ):
        print(f"{what:>27}: {rate:9,.0f}/s, {1e6 / rate:5.1f} µs each, {rate / floor:.2f}")
    print(
        json.dumps(
            {
                "as_dict_per_s": round(text),
                "floor_per_s": round(floor),
                "ratio": round(ratio, 3),
            }
        )
    )


if __name__ == "__main__":
    main()
