"""
How fast events become 1.x JSON, beside the floor: decoding alone.

Run ``python -m tests.benchmarks.classic [--quick]``.  The frames are those of
:mod:`tests.benchmarks.decode` (a realistic mix of about 1.7 KiB a message, 20 in a frame,
gzip), and so is the floor: push frame, gunzip, batch, and every message parsed.  Measured
beside it is what the outputs do with each event, right after its frame was decoded: its
``as_dict()``, and that as a line of JSON in UTF-8.  They write with orjson where it is installed
(the extra ``fast``) and with Python's own json elsewhere; both are measured if both are there.

Times are CPU seconds of this process; the figures are medians over the rounds, the ratios
medians of each round's ratio.  The last line is one JSON object with ``as_dict_per_s`` and
``ratio`` of what the outputs do here, ``json_per_s`` and ``json_ratio`` of what they do without
orjson, ``floor_per_s``, and whether orjson is there.
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
from tiktoklive.outputs import jsonbytes
from tiktoklive.outputs.envelope import encode_line
from tiktoklive.outputs.jsonbytes import by_json
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


def as_line(event: Event) -> bytes:
    """What the outputs do: the shape and its line of JSON."""
    return encode_line(event.as_dict())


def as_line_by_json(event: Event) -> bytes:
    """What they do without orjson."""
    return by_json(event.as_dict()) + b"\n"


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
    ways = [as_shape, as_line, as_line_by_json] if jsonbytes.orjson else [as_shape, as_line]
    runs = []
    for number in range(rounds + 1):
        took = [0.0] * (1 + len(ways))
        for start in range(0, len(data), STRETCH):
            part = data[start : start + STRETCH]
            took[0] += floor_time(part)
            for place, way in enumerate(ways, 1):
                took[place] += event_time(part, way)
        if number:  # the first round warms up
            runs.append([count / seconds for seconds in took])
    floor, shape, line, *others = (median(run[way] for run in runs) for way in range(1 + len(ways)))
    by = "orjson" if jsonbytes.orjson else "json"
    for what, rate in (
        ("decoding alone, the floor", floor),
        ("as_dict() alone", shape),
        (f"as_dict() and its line by {by}", line),
        *(("as_dict() and its line by json", other) for other in others),
        ("decoding and as_dict() and its line", 1 / (1 / floor + 1 / line)),
    ):
        print(f"{what:>35}: {rate:9,.0f}/s, {1e6 / rate:5.1f} µs each, {rate / floor:.2f}")
    print(
        json.dumps(
            {
                "as_dict_per_s": round(line),
                "floor_per_s": round(floor),
                "ratio": round(median(run[2] / run[0] for run in runs), 3),
                "json_per_s": round([line, *others][-1]),
                "json_ratio": round(median(run[-1] / run[0] for run in runs), 3),
                "orjson": bool(jsonbytes.orjson),
            }
        )
    )


if __name__ == "__main__":
    main()
