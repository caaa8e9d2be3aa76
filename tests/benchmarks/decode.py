"""
How fast frames become events in an observer's hands, beside the floor: decoding alone.

Run ``python -m tests.benchmarks.decode [--quick]``.  Three ways to read the same frames
(a realistic mix of about 1.7 KiB a message, 20 in a frame, gzip), in turn, several rounds:

floor
    push frame, gunzip, batch, and every message parsed; no events, no observers;

observed
    the same through a conversation and its dispatcher, to an observer that reads four
    attributes of each event it gets, two of them of the user;

unobserved
    the same, but nobody observes: messages may stay undecoded.

The floor uses Python's zlib.  The other two use what the library uses, which is libdeflate where
it is installed; they are measured with zlib too then.

Times are CPU seconds of this process; the figures are medians over the rounds, the ratios
medians of each round's ratio.  The last line is one JSON object with ``observed_per_s``,
``floor_per_s``, ``ratio``, ``unobserved_per_s``, ``unobserved_ratio``, ``gunzip`` (which was
used), ``zlib_ratio`` and ``zlib_unobserved_ratio``.
"""

from __future__ import annotations

import argparse
import gc
import json
import zlib
from collections.abc import Callable
from statistics import median
from time import process_time
from unittest.mock import patch

from twisted.internet.task import Clock
from zope.interface import implementer

from tests.benchmarks.mix import PER_FRAME, frames, messages
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.events import (
    Chat,
    Follow,
    Gift,
    IAudienceObserver,
    IChatObserver,
    IGiftObserver,
    Like,
    Member,
    MessageEvent,
    RoomUser,
    Share,
    Social,
    Subscribe,
)
from tiktoklive.events.table import METHODS, ROWS
from tiktoklive.model import Room, Ticket
from tiktoklive.service import LiveService
from tiktoklive.stream.conversation import Conversation, Limits, Tally
from tiktoklive.wire import inflate
from tiktoklive.wire.frames_pb2 import WebcastPushFrame, WebcastResponse
from tiktoklive.wire.messages import MESSAGE_TYPES

#: Messages that one way reads before the next has its turn, and how often.
STRETCH, STRETCHES = 1000, 10


@implementer(IChatObserver, IGiftObserver, IAudienceObserver)
class Reader:
    """Reads four attributes of each event, two of them of the user where there is one."""

    def chat(self, event: Chat) -> None:
        """35 % of them."""
        user = event.user
        _ = user.user_id
        _ = user.nickname
        _ = event.comment
        _ = event.msg_id

    def like(self, event: Like) -> None:
        """20 % of them."""
        user = event.user
        _ = user.user_id
        _ = user.nickname
        _ = event.like_count
        _ = event.total_like_count

    def member(self, event: Member) -> None:
        """20 % of them."""
        user = event.user
        _ = user.user_id
        _ = user.nickname
        _ = event.action_id
        _ = event.msg_id

    def gift(self, event: Gift) -> None:
        """10 % of them."""
        user = event.user
        _ = user.user_id
        _ = user.nickname
        _ = event.gift_name
        _ = event.repeat_count

    def social(self, event: Social) -> None:
        """5 % of them, each told again as a follow or a share."""
        user = event.user
        _ = user.user_id
        _ = user.nickname
        _ = event.action
        _ = event.msg_id

    def follow(self, event: Follow) -> None:
        """Read as a social."""

    def share(self, event: Share) -> None:
        """Read as a social."""

    def subscribe(self, event: Subscribe) -> None:
        """Now and then."""
        user = event.user
        _ = user.user_id
        _ = user.nickname
        _ = event.sub_month
        _ = event.msg_id

    def room_user(self, event: RoomUser) -> None:
        """3 % of them; nobody's in particular."""
        _ = event.viewer_count
        _ = event.total_user
        _ = event.msg_id
        _ = event.create_time


def read_other(event: MessageEvent) -> None:
    """Four attributes of the types that have no observer interface, 7 % of them."""
    _ = event.msg_id
    _ = event.create_time
    _ = event.room_id
    _ = event.is_history


def observe_all(followed_user: Dispatcher | WebcastPushConnection | LiveService) -> None:
    """Observe every type there is."""
    followed_user.add_observer(Reader())
    known = {
        METHODS[method]
        for interface in (IChatObserver, IGiftObserver, IAudienceObserver)
        for method in interface.names(all=True)
    }
    for name in {row.event_class.name for row in ROWS.values()} - known:
        followed_user.on(name, read_other)


def read_floor(data: list[bytes]) -> int:
    """Parse everything by hand, with nothing of this library but the generated classes."""
    count = 0
    for frame in data:
        payload = zlib.decompress(WebcastPushFrame.FromString(frame).payload, 31)
        for item in WebcastResponse.FromString(payload).messages:
            MESSAGE_TYPES[item.method].FromString(item.payload)
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
        by = inflate.INSTALLED["zlib"] if self._by_zlib else inflate.fastest
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
    print(f"{len(found)} messages of {size:.0f} bytes, {len(data)} frames, {rounds} rounds")
    gc.collect()
    gc.freeze()  # what the preparation left is no part of what is measured
    ways = (
        read_floor,
        Conversations(observed=True),
        Conversations(observed=False),
        Conversations(observed=True, by_zlib=True),
        Conversations(observed=False, by_zlib=True),
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
    ratios = [
        round(median(each), 3)
        for each in zip(*([way / row[0] for way in row] for row in per_round), strict=True)
    ]
    figures = {
        "observed_per_s": rates[1],
        "floor_per_s": rates[0],
        "ratio": ratios[1],
        "unobserved_per_s": rates[2],
        "unobserved_ratio": ratios[2],
        "gunzip": next(iter(inflate.INSTALLED)),
        "zlib_ratio": ratios[3],
        "zlib_unobserved_ratio": ratios[4],
    }
    for name, value in figures.items():
        print(f"{name:>21}: {value if isinstance(value, str) else format(value, ',')}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
