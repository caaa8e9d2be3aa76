"""
Whether many rooms in one process stay well when things go wrong all the time.

Run ``python -m tests.benchmarks.soak [--quick | --long] [--rooms N] [--minutes M]``.  One process
follows the rooms of a simulator in another one (:mod:`tests.benchmarks.soak_server`).  Each room
sends numbered messages, and is disturbed about once a minute: its socket is closed, breaks or is
reset, sends garbage, or falls silent or deaf; handshakes are refused or late, and answers of HTTP
are whatever they should not be (``--faults``, as the simulator's).  Then nothing goes wrong for a
while, so that all rooms come back, and the numbers are compared:

lost
    numbers that never came although no ``gap`` was told where they are missing;
missed
    those for which one was;
untold
    those that came last in rooms that are not live in the end: their gap is told when they are;
duplicated
    numbers that came again, or behind a higher one;
gaps told, gaps true
    how many gaps were told, and for how many of them something was missing.  The others were
    interruptions in which nothing happened to be sent, or garbage in whose place nothing was
    (``gaps_by_reason`` counts what the told ones were told for).

Without options it follows 100 rooms for a minute and a half, ``--quick`` 30 rooms for 6 seconds,
``--long`` 500 rooms for ten minutes.  The latency of the reactor is how much later than it should
a call that is due every 20 ms comes.  Memory is resident memory: when all rooms are live; then the
median of what it is every second in the third tenth of the time (each room has sent 2,448 messages
before, so that what fills up over time is full), in the sixth, and in the last.  The growth is
from the second of these to the last.

The last line is one JSON object.  The exit status is 1 if anything was lost or duplicated, or if
a room is not live within five minutes then.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.task import LoopingCall, deferLater, react
from zope.interface import implementer

from tests.benchmarks.child import Server, running
from tests.benchmarks.memory import held_kib, resident_kib
from tests.benchmarks.soak_server import FILLING, LIKES
from tiktoklive.events import Chat, Connected, Gap, IEventObserver, Like
from tiktoklive.service import LiveService
from tiktoklive.stream.limits import Limits
from tiktoklive.wiring import standard_wiring

#: Messages a second in each room, each in a batch of its own.
RATE = 2.0
#: About one fault a minute and room; quick runs have twelve times as many, and none that takes a
#: minute to be noticed.
FAULTS = (
    "close=0.15,abort=0.15,reset=0.15,silent=0.05,deaf=0.05,garbage=0.3,refuse=10,slow=5,http=5"
    ",resume=10,poll=10,key=5,enter=5,lie=5"
)
QUICK_FAULTS = "close=2,abort=2,reset=2,garbage=4,refuse=10,http=5,resume=10,key=5,lie=5"
#: Messages after which a room remembers as many as it ever will; quick runs are not about memory.
FULL = Limits().remembered + 400
#: Seconds within which all rooms are live when nothing goes wrong any more.  What was refused for
#: good, by its words, is asked for again after two minutes and a half at most, then after five.
BACK = 310
#: Seconds between two looks at the latency.
BEAT = 0.02


class Account:
    """
    What one room brought.

    What a new stream brings first is history, with holes where TikTok remembers nothing; whether
    that is told as a gap is seen when the first message arrives that is no history.
    """

    def __init__(self) -> None:
        self.first: int | None = None
        self.last = -1
        self.delivered = self.lost = self.missed = self.untold = self.duplicated = 0
        self.gaps: Counter[str] = Counter()
        self.true_gaps = 0
        self._gap_told = False
        self._holes: set[int] = set()
        #: As pieces, because sets of numbers would be what grows in this process.
        self._missed: list[range] = []
        self._late: set[int] = set()

    def came(self, number: int, is_history: bool) -> None:
        """A numbered message came."""
        if self.first is None:
            if is_history:  # from before we came
                return
            self.first, self.last = number, number - 1
        if number > self.last:
            self._holes.update(range(self.last + 1, number))
        elif number in self._holes:  # late: this stream began before it, another one behind it
            self._holes.remove(number)
        elif number not in self._late and any(number in piece for piece in self._missed):
            self._late.add(number)
            self.missed -= 1
        else:
            self.duplicated += 1
            return
        self.delivered += 1
        self.last = max(self.last, number)
        if not is_history:
            self.settle()

    def settle(self) -> None:
        """What has not come by now is lost, unless a gap was told."""
        holes, self._holes = self._holes, set()
        if self._gap_told:
            self.missed += len(holes)
            self._missed += _pieces(holes)
            self.true_gaps += bool(holes)
        else:
            self.lost += len(holes)
        self._gap_told = False

    def gap(self, reason: object) -> None:
        """A gap was told."""
        self.gaps[type(reason).__name__] += 1
        self._gap_told = True

    def end(self, sent: int, *, is_away: bool) -> None:
        """So many were sent in all; of what a room that is not live missed, nothing is told yet."""
        if is_away:
            self.untold = max(0, sent - self.last - 1)
        else:
            self._holes.update(range(self.last + 1, sent))
        self.settle()


def _pieces(numbers: set[int]) -> list[range]:
    """The same numbers as ranges."""
    pieces: list[range] = []
    for number in sorted(numbers):
        if pieces and pieces[-1].stop == number:
            pieces[-1] = range(pieces[-1].start, number + 1)
        else:
            pieces.append(range(number, number + 1))
    return pieces


@implementer(IEventObserver)
class Accounts:
    """Keeps an account of each room."""

    def __init__(self, names: list[str]) -> None:
        self.of = {name: Account() for name in names}
        self.connected = 0

    def event(self, event: Any) -> None:
        """Whatever it is."""
        if isinstance(event, Chat):
            text = event.comment.partition(" ")[0]
            if text.isdecimal():  # else it is garbage
                self.of[event.anchor].came(int(text), event.is_history)
        elif isinstance(event, Like):
            if event.total_like_count >= LIKES:
                number = event.total_like_count - LIKES
                self.of[event.anchor].came(number, event.is_history)
        elif isinstance(event, Gap):
            self.of[event.anchor].gap(event.reason)
        elif isinstance(event, Connected):
            self.connected += 1

    def total(self, what: str) -> int:
        """The sum over all rooms."""
        return sum(getattr(account, what) for account in self.of.values())


class Latency:
    """How late the reactor is, in seconds."""

    def __init__(self, reactor: Any) -> None:
        self.late: list[float] = []
        self._due = perf_counter() + BEAT
        self._call = LoopingCall(self._look)
        self._call.clock = reactor
        self._call.start(BEAT, now=False)

    def _look(self) -> None:
        now = perf_counter()
        self.late.append(max(0.0, now - self._due))
        self._due = now + BEAT

    def percentile(self, number: int) -> float:
        """In milliseconds."""
        return round(quantiles(self.late, n=100)[number - 1] * 1000, 1)


async def until_live(reactor: Any, service: LiveService, seconds: float) -> list[str]:
    """Wait until all rooms are live, but no longer than that: those that are not."""
    until = reactor.seconds() + seconds
    while True:
        away = [name for name, state in service.status().items() if state.phase != "live"]
        if not away or reactor.seconds() > until:
            return away
        await deferLater(reactor, 0.25)


async def soak(reactor: Any, there: Server, seconds: float, fill: int) -> dict[str, Any]:
    """Follow all rooms for that long after each sent so many messages at once, and count."""
    accounts = Accounts(list(there.rooms))
    service = LiveService(standard_wiring(reactor, there.options))
    service.add_observer(accounts)
    starting = Latency(reactor)
    began = perf_counter()
    for name in there.rooms:
        service.add(name)
    service.startService()
    away = await until_live(reactor, service, 60)
    took = perf_counter() - began
    if away:
        raise AssertionError(f"Not live after a minute: {away[:10]}")
    memory = [round(resident_kib())]
    there.say(f"fill {fill}")
    await deferLater(reactor, len(there.rooms) * fill / FILLING + 1.0)
    there.say("storm")
    latency, cpu, before = Latency(reactor), process_time(), accounts.total("delivered")
    sizes = []
    ticks = max(10, round(seconds))
    for _ in range(ticks):
        await deferLater(reactor, seconds / ticks)
        sizes.append(held_kib())  # collecting garbage would be seen in the latency
    tenth = ticks // 10
    for part in (sizes[2 * tenth : 3 * tenth], sizes[5 * tenth : 6 * tenth], sizes[-tenth:]):
        memory.append(round(median(part)))
    cpu, events = process_time() - cpu, accounts.total("delivered") - before
    there.say("calm")
    calm = perf_counter()
    away = await until_live(reactor, service, BACK)
    back = perf_counter() - calm
    for name in away:
        state = service.status()[name]
        print(f"@{name} is {state.phase}: {state.reason}")
    await deferLater(reactor, 1.0)  # at least one more message of each room
    there.say("end")
    await deferLater(reactor, 1.0)  # the last ones are on their way
    told = there.said()
    for name, sent in told["sent"].items():
        accounts.of[name].end(sent, is_away=name in away)
    await service.stopService()
    gaps = sum((account.gaps for account in accounts.of.values()), Counter())
    firsts = sum(account.first or 0 for account in accounts.of.values())
    return {
        "rooms": len(there.rooms),
        "seconds": seconds,
        "sent": sum(told["sent"].values()) - firsts,
        "delivered": accounts.total("delivered"),
        "lost": accounts.total("lost"),
        "missed": accounts.total("missed"),
        "untold": accounts.total("untold"),
        "duplicated": accounts.total("duplicated"),
        "gaps_told": gaps.total(),
        "gaps_by_reason": dict(gaps),
        "gaps_true": accounts.total("true_gaps"),
        "reconnects": accounts.connected - len(there.rooms),
        "not_live": len(away),
        "back_s": round(back, 1),
        "start_s": round(took, 1),
        "start_latency_ms_p99": starting.percentile(99),
        "start_latency_ms_max": round(max(starting.late) * 1000, 1),
        "rss_kib_start": memory[0],
        "rss_kib_warm": memory[1],
        "rss_kib_middle": memory[2],
        "rss_kib_end": memory[3],
        "growth_percent": round((memory[3] / memory[1] - 1) * 100, 1),
        "cpu_ms_per_1000_events": round(cpu / max(events, 1) * 1e6, 1),
        "latency_ms_p50": latency.percentile(50),
        "latency_ms_p99": latency.percentile(99),
    }


async def measure(reactor: Any, given: argparse.Namespace) -> None:
    """Run, and print."""
    rooms, minutes = (30, 0.1) if given.quick else (500, 10.0) if given.long else (100, 1.5)
    rooms, minutes = given.rooms or rooms, given.minutes or minutes
    fill = 600 if given.quick else FULL
    faults = given.faults or (QUICK_FAULTS if given.quick else FAULTS)
    with running("tests.benchmarks.soak_server", rooms, RATE, faults) as there:
        figures = await Deferred.fromCoroutine(soak(reactor, there, minutes * 60, fill))
    for name, value in figures.items():
        print(f"{name:>22}: {value:,}" if isinstance(value, int) else f"{name:>22}: {value}")
    print(json.dumps(figures))
    if figures["lost"] or figures["duplicated"] or figures["not_live"]:
        raise SystemExit(1)


def main(reactor: Any, *arguments: str) -> Deferred[None]:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description="Many rooms, in which things go wrong.")
    parser.add_argument("--quick", action="store_true", help="30 rooms, 6 seconds")
    parser.add_argument("--long", action="store_true", help="500 rooms, ten minutes")
    parser.add_argument("--rooms", type=int, help="how many")
    parser.add_argument("--minutes", type=float, help="for how long")
    parser.add_argument("--faults", help="what goes wrong, how often")
    return Deferred.fromCoroutine(measure(reactor, parser.parse_args(arguments)))


if __name__ == "__main__":
    import sys

    react(main, sys.argv[1:])
