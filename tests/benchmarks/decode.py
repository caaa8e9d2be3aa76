"""
How fast frames become events in an observer's hands, beside the floor: decoding alone.

Run ``python -m tests.benchmarks.decode [--quick]``.  Four ways to read the same frames
(a realistic mix of about 1.7 KiB a message, 20 in a frame, gzip), in turn, several rounds:

floor
    push frame, gunzip, batch, and every message parsed; no events, no observers;

reads floor
    the same, and four attributes of each message read, those that the observer reads;

observed
    the same through a conversation and its dispatcher, to an observer that reads four
    attributes of each event it gets, two of them of the user;

unobserved
    the same, but nobody observes: messages may stay undecoded.

The floors use Python's zlib.  The other two use what the library uses, which may be something
faster; they are measured with zlib too then.

Times are CPU seconds of this process; the figures are medians over the rounds, the ratios
medians of each round's ratio.  The last line is one JSON object with ``observed_per_s``,
``floor_per_s``, ``ratio``, ``unobserved_per_s``, ``unobserved_ratio``, ``gunzip`` (which was
used), ``zlib_ratio`` and ``zlib_unobserved_ratio``; and ``reads_floor_per_s``, ``reads_ratio`` and
``zlib_reads_ratio``, which compare with the floor that reads.
"""

from __future__ import annotations

import argparse
import gc
import json
import zlib
from collections.abc import Callable, Mapping
from statistics import median
from time import process_time
from typing import Any
from unittest.mock import patch

from twisted.internet.task import Clock

from tests.benchmarks.hidden import in_words
from tests.benchmarks.mix import PER_FRAME, frames, messages
from tests.benchmarks.observing import READS, observe_all
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.model import Room, Ticket
from tiktoklive.stream.conversation import Conversation, Limits, Tally
from tiktoklive.wire import inflate
from tiktoklive.wire.frames_pb2 import WebcastPushFrame, WebcastResponse
from tiktoklive.wire.messages import MESSAGE_TYPES

__all__ = ["observe_all", "read_floor"]

#: By name, what inflates, the fastest first; packages of other commits say it in other words.
IMPLEMENTATIONS: Mapping[str, Any] = getattr(inflate, "INSTALLED", None) or {
    "zlib" if inflate.fastest is zlib else "isal": inflate.fastest,
    "zlib": zlib,
}

#: Messages that one way reads before the next has its turn, and how often.
STRETCH, STRETCHES = 1000, 10


def read_floor(data: list[bytes]) -> int:
    """Parse everything by hand, with nothing of this library but the generated classes."""
    count = 0
    for frame in data:
        payload = zlib.decompress(WebcastPushFrame.FromString(frame).payload, 31)
        for item in WebcastResponse.FromString(payload).messages:
            MESSAGE_TYPES[item.method].FromString(item.payload)
            count += 1
    return count


def read_floor_and_attributes(data: list[bytes]) -> int:
    """The same, and read four attributes of each message."""
    count = 0
    for frame in data:
        payload = zlib.decompress(WebcastPushFrame.FromString(frame).payload, 31)
        for item in WebcastResponse.FromString(payload).messages:
            method = item.method
            READS[method](MESSAGE_TYPES[method].FromString(item.payload), item)
            count += 1
    return count


class Conversations:
    """
    Reads frames through a conversation; each call is a new stream of a new room.

    :param observed: whether there are observers, of every type.
    :param by_zlib: whether Python's zlib is used even if there is something faster.
    """

    def __init__(self, *, observed: bool, by_zlib: bool = False) -> None:
        self._by_zlib = by_zlib
        self._dispatcher = Dispatcher()
        if observed:
            observe_all(self._dispatcher)

    def __call__(self, data: list[bytes]) -> int:
        """How many messages there were."""
        by = IMPLEMENTATIONS["zlib"] if self._by_zlib else inflate.fastest
        with patch.object(inflate, "fastest", by):
            return self._read(data)

    def _read(self, data: list[bytes]) -> int:
        tally = Tally()
        receive = Conversation(
            Ticket(Room("alice", "7137682087200557829"), ""),
            self._dispatcher,
            Clock(),
            seen=DedupWindow(Limits().remembered),
            tally=tally,
            limits=Limits(),
            on_end=lambda end: None,
            on_closed=lambda reason: None,
        ).frame
        for frame in data:
            receive(frame)
        return tally.messages - tally.duplicates - tally.bad_frames


def time(read: Callable[[list[bytes]], int], data: list[bytes], expected: int) -> float:
    """CPU seconds for reading the frames."""
    began = process_time()
    count = read(data)
    took = process_time() - began
    if count != expected:
        raise AssertionError(f"{read} saw {count} of {expected} messages")
    return took


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Frames to events, beside parsing alone.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    rounds = 12 if parser.parse_args().quick else 60
    found = messages(STRETCH * STRETCHES)
    size = sum(len(payload) for _, payload, _ in found) / len(found)
    data = frames(found)
    print(f"{len(found)} messages of {size:.0f} bytes, {rounds} rounds, {in_words()}")
    gc.collect()
    gc.freeze()  # what the preparation left is no part of what is measured
    ways: tuple[Callable[[list[bytes]], int], ...] = (
        read_floor,
        Conversations(observed=True),
        Conversations(observed=False),
        Conversations(observed=True, by_zlib=True),
        Conversations(observed=False, by_zlib=True),
        read_floor_and_attributes,
    )
    per_round = []
    for _ in range(rounds):
        took = [0.0] * len(ways)
        # In turn over short stretches, so that a machine whose speed drifts is as fast for each.
        for start in range(0, len(data), STRETCH // PER_FRAME):
            part = data[start : start + STRETCH // PER_FRAME]
            for number, way in enumerate(ways):
                took[number] += time(way, part, len(part) * PER_FRAME)
        per_round.append([len(found) / seconds for seconds in took])
    rates = [round(median(each)) for each in zip(*per_round, strict=True)]

    def ratio(way: int, floor: int = 0) -> float:
        return round(median(row[way] / row[floor] for row in per_round), 3)

    figures = {
        "observed_per_s": rates[1],
        "floor_per_s": rates[0],
        "ratio": ratio(1),
        "unobserved_per_s": rates[2],
        "unobserved_ratio": ratio(2),
        "gunzip": next(iter(IMPLEMENTATIONS)),
        "zlib_ratio": ratio(3),
        "zlib_unobserved_ratio": ratio(4),
        "reads_floor_per_s": rates[5],
        "reads_ratio": ratio(1, 5),
        "zlib_reads_ratio": ratio(3, 5),
    }
    for name, value in figures.items():
        print(f"{name:>21}: {value if isinstance(value, str) else format(value, ',')}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
