"""
Captured messages of TikTok LIVE, sent by the simulator and followed by the real daemon.

``python -m tests.real_traffic [FILE]`` reads messages, one JSON object ``{"type": method,
"payload_hex": ...}`` per line, from FILE, by default from a folder beside the checkout; the
captures hold what people wrote, so they are no part of it.  It plays them in batches of 1 to
20 over loopback TCP and follows them with the daemon in another process: once with gzip,
under Twisted's own runner, and once without, by ``python -m tiktoklive``.  What the daemon
wrote with ``--output jsonl:FILE`` is compared: each message must come out exactly once, in
order, under the right name and with the right data; and each gift streak once.

The messages that end a broadcast are each in a room of their own, all the others in one.

The exit status is 0 when all is well or when there are no captures, and 1 otherwise.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.protocol import ProcessProtocol
from twisted.internet.task import LoopingCall, react
from twisted.python.failure import Failure

from tests.captured import GUESTS, Sent, Wrong, guest_ids, in_rooms, read
from tiktoklive.events import (
    BattleEnded,
    BattleScore,
    BattleStarted,
    Gift,
    GiftStreak,
    LinkMicArmies,
    LinkMicBattle,
    RawData,
)
from tiktoklive.events.giving import STREAKABLE
from tiktoklive.events.table import decode
from tiktoklive.simulator import ListScript, SimulatedRoom, Simulator

CHECKOUT = Path(__file__).resolve().parent.parent
CAPTURES = CHECKOUT.parent / "shared" / "captures" / "messages.jsonl"

#: Seconds between batches, between looks at how far it is, and until that is too long.
DELAY, LOOK, TOO_LONG = 0.005, 0.01, 60.0
#: What the daemon tells of a connection that is as it should be.
CONNECTION = frozenset(("websocketConnected", "connected", "disconnected"))
#: What it tells of that runs over many messages.
TRACKED = GUESTS | {each.name for each in (GiftStreak, BattleStarted, BattleScore, BattleEnded)}


def compare(
    room_id: str, messages: Sequence[Sent], shapes: Sequence[dict[str, Any]]
) -> tuple[Counter[str], list[str]]:
    """
    Compare what came out of one room with what went in.

    :param shapes: the envelopes of that room.
    :return: how often each wire name came out under its right name and with its data, and
        everything that is wrong, in words.
    """
    told = Counter(
        shape["id"] for shape in shapes if shape["event"] in TRACKED - {BattleScore.name}
    )
    shapes = [shape for shape in shapes if shape["event"] not in TRACKED]
    expected = {f"{room_id}:{message.number}": message for message in messages}
    received: Counter[str] = Counter()
    times: Counter[str] = Counter()
    order, wrong, owed = [], [], []  # type: list[int], list[str], list[tuple[str, str]]
    for shape in shapes:
        name, identity = shape["event"], shape["id"]
        if owed:
            wanted, prefix = owed.pop(0)
            if name == wanted and identity.startswith(prefix):
                continue
            wrong.append(f"{wanted} does not come where it should, but {name} {identity}")
            owed.clear()
        if name in CONNECTION:
            continue
        message = expected.get(identity)
        if message is None:
            wrong.append(f"{name} {identity} was never sent: {str(shape['data'])[:200]}")
            continue
        times[identity] += 1
        if times[identity] == 1:
            order.append(message.number)
        if name != message.name:
            wrong.append(f"{message} came out as {name}")
        elif shape["v"] != 1 or shape["room"] != room_id or shape["history"]:
            wrong.append(f"{message} is in a wrong envelope")
        elif not _same(message, shape["data"]):
            wrong.append(f"{message} came out with other data")
        else:
            received[message.method] += 1
        # Only what has a message id of its own is told apart by it.
        owed = [
            (each, f"{room_id}:{each}" if each == "streamEnd" else f"{identity}:{each}")
            for each in message.derived
        ]
    wrong += [f"{wanted} is missing at the end" for wanted, _ in owed]
    wrong += [f"{expected[key]} came out {n} times" for key, n in times.items() if n > 1]
    wrong += [f"{message} is missing" for key, message in expected.items() if not times[key]]
    streaks = {streak_id(room_id, each) for each in messages if each.method == Gift.method}
    due = streaks | battle_ids(room_id, messages) | guest_ids(room_id, messages)
    wrong += [f"{each} was told {told[each]} times" for each in due if told[each] != 1]
    wrong += [f"{each} was told, but never given" for each in told if each not in due]
    if order != sorted(order):
        late = next(b for a, b in pairwise(order) if b < a)
        wrong.append(f"the order is not kept: {late} comes too late")
    return received, wrong


def streak_id(room_id: str, gift: Sent) -> str:
    """The id of the one event that tells of a gift's streak, or of the gift if it has none."""
    message = decode(gift.method, gift.payload).message
    if message.gift.type != STREAKABLE:
        return f"{room_id}:streak:{gift.number}"
    return f"{room_id}:streak:{message.user.id}:{message.gift_id}:{message.group_id}"


def battle_ids(room_id: str, messages: Sequence[Sent]) -> set[str]:
    """The ids of the start and the end of each battle that is heard of while it goes on."""
    found = set()
    for each in messages:
        event = decode(each.method, each.payload)
        if isinstance(event, LinkMicArmies) or (
            isinstance(event, LinkMicBattle) and (event.is_start or event.is_end)
        ):
            battle = f"{room_id}:battle:{event.battle_id}"
            found |= {f"{battle}:{kind.name}" for kind in (BattleStarted, BattleEnded)}
    return found


def _same(message: Sent, data: Any) -> bool:
    """Whether the data is the right one; where it holds the payload, byte for byte."""
    if message.name == RawData.name and b64decode(data["payload"]) != message.payload:
        return False
    return bool(data == message.data)


class Daemon(ProcessProtocol):
    """
    The daemon in its process.

    :ivar said: what it wrote on standard output and standard error.
    :ivar ended: fires with the exit status, negative for a signal, when it is gone.
    """

    def __init__(self) -> None:
        self.said = b""
        self.ended: Deferred[int] = Deferred()

    def outReceived(self, data: bytes) -> None:
        """Keep it, to show it when something is wrong."""
        self.said += data

    errReceived = outReceived

    def processEnded(self, reason: Failure) -> None:
        """It ended."""
        status: Any = reason.value
        self.ended.callback(-status.signal if status.signal else status.exitCode)


@dataclass(frozen=True)
class Run:
    """
    One way to run the daemon.

    :ivar command: what follows the interpreter.
    :ivar signal: what stops it.
    :ivar status: how it then ends; Twisted's runners end by the signal that stopped them.
    """

    title: str
    command: tuple[str, ...]
    signal: signal.Signals
    status: int


RUNS = (
    Run("gzip", ("-m", "twisted", "tiktoklive"), signal.SIGINT, -signal.SIGINT),
    Run("plain", ("-m", "tiktoklive", "--no-gzip"), signal.SIGTERM, 0),
)


async def until(
    reactor: Any, ready: Callable[[], bool], what: str, daemon: Daemon | None = None
) -> None:
    """
    Wait.

    :param daemon: it is needed for what is waited for.
    :raise Wrong: after a minute, or when the daemon is gone.
    """
    give_up = reactor.seconds() + TOO_LONG

    def look() -> None:
        if ready():
            loop.stop()
        elif daemon is not None and daemon.ended.called:
            raise Wrong(f"The daemon ended by itself; waiting for {what}.")
        elif reactor.seconds() > give_up:
            raise Wrong(f"Waited in vain for {what}.")

    loop = LoopingCall(look)
    loop.clock = reactor
    await loop.start(LOOK)


async def follow(
    reactor: Any, run: Run, rooms: dict[str, list[Sent]]
) -> tuple[Counter[str], list[str]]:
    """
    Send the messages to the daemon.

    :return: as :func:`compare`, of all rooms.
    """
    simulator = Simulator(reactor, seed=1)
    users = {user: simulator.add_room(user) for user in rooms}
    port = reactor.listenTCP(0, simulator.site(), interface="127.0.0.1")
    daemon = Daemon()
    wrong: list[str] = []
    with TemporaryDirectory() as folder:
        output = Path(folder) / "events.jsonl"
        arguments = [*run.command, *users, "--output", f"jsonl:{output}"]
        for option, scheme in (("web", "http"), ("webcast", "http"), ("ws", "ws")):
            arguments += [f"--{option}-base", f"{scheme}://127.0.0.1:{port.getHost().port}"]
        process = reactor.spawnProcess(
            daemon,
            sys.executable,
            [sys.executable, *arguments],
            # Of the checkout, whose plugin it must find; a real guest cookie is not wanted here.
            env={k: v for k, v in os.environ.items() if k != "TIKTOKLIVE_TTWID"},
            path=str(CHECKOUT),
        )
        try:
            await perform(reactor, daemon, users, rooms)
            process.signalProcess(run.signal.name.removeprefix("SIG"))
            await until(reactor, lambda: daemon.ended.called, "the daemon's end")
            await until(reactor, lambda: not simulator.viewers, "the end of its sockets")
            status = await daemon.ended
            if status != run.status:
                wrong.append(f"the daemon ended with status {status}, not {run.status}")
        except Wrong as error:
            wrong.append(str(error))
        finally:
            if not daemon.ended.called:
                process.signalProcess("KILL")
                await daemon.ended
            await port.stopListening()
            await simulator.stop()
        lines = output.read_bytes().splitlines() if output.exists() else []
    shapes = [json.loads(line) for line in lines]
    wrong += [f"{shape['event']} of nobody" for shape in shapes if shape["anchor"] not in users]
    received: Counter[str] = Counter()
    for user, room in users.items():
        of_room = [shape for shape in shapes if shape["anchor"] == user]
        found, problems = compare(room.room_id, rooms[user], of_room)
        received += found
        wrong += problems + _manners(room, "gzip" if run.title == "gzip" else "")
    if wrong or b"Traceback" in daemon.said:
        wrong.append("the daemon said:\n" + daemon.said.decode("utf-8", "replace")[-4000:])
    return received, wrong


async def perform(
    reactor: Any, daemon: Daemon, users: dict[str, SimulatedRoom], rooms: dict[str, list[Sent]]
) -> None:
    """Play each room's messages, once the daemon is in all of them, until all is acknowledged."""
    entered = [room.all_viewers for room in users.values()]
    await until(
        reactor,
        lambda: all(viewers and viewers[0].entered is not None for viewers in entered),
        "the daemon to enter its rooms",
        daemon,
    )
    sizes = list(range(1, 21))
    random.Random(1).shuffle(sizes)
    for user, messages in rooms.items():
        script = ListScript(
            [(message.method, message.payload, message.number) for message in messages],
            per_batch=sizes * (len(messages) // sum(sizes) + 1),
            delay=DELAY,
        )
        await users[user].play(script).done
    await until(
        reactor,
        lambda: not any(viewer.unacked for viewers in entered for viewer in viewers),
        "acks of all batches",
        daemon,
    )


def _manners(room: SimulatedRoom, compress: str) -> list[str]:
    """What the daemon did in a room that TikTok would not like, or that was not asked for."""
    wrong = []
    if len(room.all_viewers) != 1:
        wrong.append(f"@{room.unique_id} had {len(room.all_viewers)} viewers, not 1")
    for viewer in room.all_viewers:
        wrong += viewer.complaints
        if viewer.bad_acks or viewer.unacked or viewer.withheld:
            wrong.append(f"not everything in the room of @{room.unique_id} was acknowledged")
        if viewer.request.parameter("compress") != compress:
            wrong.append(f"compress={viewer.request.parameter('compress')} was asked for")
    return wrong


def table(messages: Sequence[Sent], received: Sequence[Counter[str]]) -> str:
    """
    Wire name, how many were sent, how many received in each run, and the event's name.

    Before that, how many have a field that the schema does not know.
    """
    new = Counter(message.method for message in messages if message.unknown)
    sent = Counter(message.method for message in messages)
    names = {message.method: message.name for message in messages}
    rows: list[tuple[object, ...]] = [
        ("type", "sent", *(run.title for run in RUNS), "new", "event")
    ]
    for method in sorted(sent):
        came = (each[method] for each in received)
        rows.append((method, sent[method], *came, new[method], names[method]))
    totals = (each.total() for each in received)
    rows.append(
        (
            f"{len(sent)} types",
            sent.total(),
            *totals,
            new.total(),
            f"{len(set(names.values()))} names",
        )
    )
    return "\n".join(f"{row[0]:<42}" + "".join(f"{n:>7}" for n in row[1:-1]) + f"  {row[-1]}"
                     for row in rows)  # fmt: skip


async def main(reactor: Any, path: str = "") -> None:
    """Run, compare and print."""
    captures = Path(path) if path else CAPTURES
    if not captures.exists():
        print(f"Skipped: there are no captured messages in {os.path.relpath(captures)}.")
        return
    try:
        messages = read(captures)
    except Wrong as error:
        print(error)
        raise SystemExit(1) from error
    received, wrong = [], []  # type: list[Counter[str]], list[str]
    for run in RUNS:
        found, problems = await follow(reactor, run, in_rooms(messages))
        received.append(found)
        wrong += [f"{run.title}: {problem}" for problem in problems]
    print(table(messages, received))
    print("\n".join(wrong) or "OK")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    react(lambda reactor, *given: Deferred.fromCoroutine(main(reactor, *given)), sys.argv[1:])
