"""
Weeks on the line: dozens of users followed by one process, on a clock that runs as fast as it can.

Run ``python -m tests.weeks [--days D] [--users N] [--seed S]``.  Users of a simulated TikTok
(:mod:`tests.hosts`) go live at random hours, pause, end, restart, change their names and lose them
to others; they are added and removed; observers are slow and fail; and every few hours something
goes wrong for a while (:mod:`tests.weather`).  All along, and in the end, it is checked

- of messages and broadcasts what :mod:`tests.ledger` demands: nothing twice, nothing out of
  order, nothing lost without a ``gap``, one ``streamEnd`` for each broadcast that we were in;
- that in quiet weather every user who is live is followed within minutes, and that nobody is
  given up who exists;
- that look-ups and requests to sign servers are no more in any minute than the options say;
- that nothing is logged as a failure but those of our own failing observer, and how much is
  logged in a day;
- that once a week, when all is calm, there are no more objects and delayed calls than a week
  before.

The exit status is 1 if anything was not as it must be.  With ``--outage`` it is :mod:`tests.outage`
instead.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from time import process_time
from typing import Any
from unittest.mock import patch

from twisted.internet.defer import Deferred
from twisted.logger import LogLevel, globalLogPublisher

from tests.cells import ids_in
from tests.guests import Broken, Failing, Holding
from tests.hosts import DAY, HOUR, MINUTE, Host
from tests.ledger import Ledger
from tests.weather import AFTER, Weather
from tiktoklive.options import Options
from tiktoklive.service import LiveService
from tiktoklive.simulator import Viewer
from tiktoklive.simulator.signing import URL_SIGN_HOSTS
from tiktoklive.simulator.signserver import SIGN_HOSTS
from tiktoklive.stream.liveness import ASK_MOST
from tiktoklive.testing import settle, simulated
from tiktoklive.wiring import standard_wiring

#: Seconds between two looks at everything.
TICK = 10.0

#: Seconds within which a live user is followed in quiet weather: a look every 75 at most, two of
#: them after a broadcast of which nobody said that it is over, and a turn to ask.
SOON = 5 * MINUTE
#: Seconds behind the end of a broadcast until all of it must have been told.  The server may end it
#: without a word, in a pause too, and let us in again: whether it is still on is asked after a
#: silence of minutes, and believed when it was said several times.
TOLD = ASK_MOST + SOON

#: States that lead somewhere by themselves, and those that don't.
PASSING = {"resolving", "signing", "connecting", "entering", "ending"}
PHASES = PASSING | {"idle", "live", "waiting", "refused", "offline"}

#: Lines that a day may cost for each user.
LINES = 100


class Weeks:
    """
    A small TikTok and one service, for as long as one likes.

    :param users: how many there are; a few of them never go live.
    :param quiet: for how many seconds nothing goes wrong, on average.
    """

    def __init__(self, users: int = 24, seed: int = 1, quiet: float = 4 * HOUR) -> None:
        self.network, self.tiktok = simulated(seed=seed)
        self.clock = self.network.clock
        self.random = Random(seed)
        self.ledger = Ledger(self.clock)
        self.weather = Weather(self.network, self.tiktok, Random(seed), quiet)
        self.hosts = [
            Host(f"user{number}", self.tiktok, self.ledger, seed, idle=number % 8 == 7)
            for number in range(users)
        ]
        self.options = Options(
            sources=("direct", "signed", "classic"),
            session_id=self.tiktok.add_session(),
            request_polling_interval=5.0,
        )
        self.wiring = standard_wiring(
            self.clock, self.options, network=self.network, random=Random(seed)
        )
        self.service = LiveService(self.wiring)
        for observer in (
            self.ledger,
            Failing(self.clock, self.random),
            Holding(self.clock, self.random),
        ):
            self.service.add_observer(observer)
        #: Under which name whom we follow.
        self.followed: dict[str, Host] = {}
        self.lines: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self._away: dict[str, float] = {}
        self._passing: dict[str, tuple[str, float]] = {}
        self._asked: dict[str, deque[float]] = {}
        self._weekly: list[tuple[Counter[str], int, int]] = []

    # --- running ------------------------------------------------------------------------

    def run(self, days: float) -> None:
        """Let days pass, and stop everything."""
        with self._watched():
            for host in self.hosts:
                self._follow(host)
            self.service.add("nobody.is.called.so")
            self.service.startService()
            for day in range(int(days)):
                self._day(day)
            self._settle_up()
            self._stop()

    def _day(self, day: int) -> None:
        self.lines.clear()
        end = (day + 1) * DAY
        weekly = day % 7 == 6
        if weekly:
            end -= 3 * HOUR
        while self.clock.seconds() < end:
            self.tick()
        if weekly:
            self._calm(end + 3 * HOUR)
        if self.lines.total() > LINES * len(self.hosts):
            self.ledger.problem(f"{self.lines.total()} lines: {self.lines.most_common(5)}")
        self.most["lines"] = max(self.most["lines"], self.lines.total())

    def tick(self) -> None:
        """A piece of time, and a look at everything."""
        self.weather.step()
        for host in self.hosts:
            host.step()
        self._people()
        settle(self.network, TICK, step=TICK)
        self._look()

    # --- whom we follow -----------------------------------------------------------------

    def _follow(self, host: Host) -> None:
        self.followed[self.service.add(host.name)] = host

    def _people(self) -> None:
        """Now and then somebody is renamed, removed or added."""
        if self.random.random() > TICK / (DAY / len(self.hosts)):
            return
        host = self.random.choice(self.hosts)
        name = next((name for name, each in self.followed.items() if each is host), None)
        if name is None:
            self._follow(host)
            return
        what = self.random.choice(("rename", "rename, taken", "remove", "follow by new name"))
        self.ledger.counts[what] += 1
        if what == "remove":
            del self.followed[name]
            self._removed(self.service.remove(name), host)
        elif self.service.status()[name].anchor_id:  # else nobody could find them again
            old = host.rename()
            if what == "rename, taken":
                self.tiktok.add_room(old)
            elif what == "follow by new name":
                self.followed[self.service.rename(name, host.name)] = self.followed.pop(name)

    def _removed(self, gone: Deferred[None], host: Host) -> None:
        gone.addCallback(lambda _: self.ledger.left(host.room.room_id))
        gone.addErrback(lambda failure: self.ledger.problem(f"removing fails: {failure.value!r}"))

    # --- looking ------------------------------------------------------------------------

    def _look(self) -> None:
        now, quiet = self.clock.seconds(), self.weather.is_quiet
        for request in self.tiktok.requests:
            self._request(request)
        self.tiktok.requests.clear()
        self.tiktok.refused.clear()
        self.network.connections[:] = self.network.open
        self.network.attempts.clear()
        for room in self.tiktok.rooms.values():
            room.all_viewers[:] = room.viewers
        for room_id, account in list(self.ledger.accounts.items()):
            if quiet and account.ended_at is not None and now > account.ended_at + TOLD:
                self.ledger.close(room_id)
        for name, state in self.service.status().items():
            host = self.followed.get(name)
            if host is not None:
                self._user(name, host, state, now, quiet)

    def _user(self, name: str, host: Host, state: Any, now: float, quiet: bool) -> None:
        if state.phase not in PHASES:
            self.ledger.problem(f"@{name} is {state.phase}: {state.reason}")
        away = host.live_since is not None and state.phase != "live"
        if not (quiet and away):
            self._away.pop(name, None)
        elif now > self._away.setdefault(name, now) + SOON:
            self._away[name] = now
            self.ledger.problem(f"@{name} is live, and we are {state.phase}: {state.reason}")
        phase, since = self._passing.get(name, ("", now))
        if phase != state.phase or not quiet:
            self._passing[name] = (state.phase, now)
        elif phase in PASSING and now > since + SOON:
            self._passing[name] = (phase, now)
            self.ledger.problem(f"@{name} is {phase} for minutes: {state.reason}")

    def _request(self, request: Any) -> None:
        """No more of a kind in any minute than the options say."""
        host = request.header("host") or ""
        if host in SIGN_HOSTS or host in URL_SIGN_HOSTS:
            self._count(host, request.at, self.options.sign_requests_per_minute)
        elif is_lookup(request.path):
            self._count("look-ups", request.at, self.options.lookups_per_minute)

    def _count(self, what: str, at: float, limit: float) -> None:
        times = self._asked.setdefault(what, deque())
        times.append(at)
        while times[0] <= at - 60:
            times.popleft()
        self.most[what] = max(self.most[what], len(times))
        if len(times) > limit and self.weather.front != "no network":
            self.ledger.problem(f"{len(times)} {what} in a minute, {limit:g} are allowed")
            times.clear()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        send = Viewer.sendMessage

        def noted(viewer: Any, payload: bytes, isBinary: bool = False, *more: Any) -> Any:
            if isBinary:
                self.ledger.sent(viewer.room_id, ids_in(payload))
            return send(viewer, payload, isBinary, *more)

        globalLogPublisher.addObserver(self._logged)
        try:
            with patch.object(Viewer, "sendMessage", noted):
                yield
        finally:
            globalLogPublisher.removeObserver(self._logged)

    def _logged(self, event: Any) -> None:
        namespace = event.get("log_namespace") or ""
        failure = event.get("log_failure")
        if failure is not None and not isinstance(failure.value, Broken):
            self.ledger.problem(f"logged: {failure.getTraceback()[-900:]}")
        ours = namespace.startswith("tiktoklive") and "simulator" not in namespace
        if ours and event["log_level"] >= LogLevel.info:
            self.lines[f"{namespace}: {event.get('log_format')}"] += 1

    # --- once a week, and in the end ----------------------------------------------------

    def _calm(self, until: float) -> None:
        """Nobody is live, nothing goes wrong: what is left then stays."""
        self.weather.clear(until - self.clock.seconds())
        for host in self.hosts:
            host.calm(until)
        for name in self.tiktok.rooms.keys() - {host.name for host in self.hosts}:
            del self.tiktok.rooms[name]  # who took a name of theirs
        self.tiktok.faults._places.clear()
        while self.clock.seconds() < until:
            self.tick()
        gc.collect()
        kinds = Counter(map(kind_of, gc.get_objects()))
        calls = len(self.clock.getDelayedCalls())
        if calls > 2 * len(self.hosts) + 10:
            self.ledger.problem(f"{calls} delayed calls: {self.clock.getDelayedCalls()[:5]}")
        if self._weekly:
            before = self._weekly[-1][0]
            for kind, count in kinds.items():
                if count > before[kind] * 1.1 + 50:
                    self.ledger.problem(f"{before[kind]} {kind} a week ago, and now {count}")
        self._weekly.append((kinds, calls, sys.getallocatedblocks()))
        self.ledger.counts["accounts left open"] = len(self.ledger.accounts)

    def _settle_up(self) -> None:
        """All that is on ends, nothing goes wrong any more: every account can be closed then."""
        until = self.clock.seconds() + AFTER + 2 * HOUR
        self.weather.clear(until - self.clock.seconds())
        for host in self.hosts:
            host.calm(until)
        while self.clock.seconds() < until:
            self.tick()
        if self.ledger.accounts:
            self.ledger.problem(f"accounts that were never closed: {[*self.ledger.accounts]}")

    def _stop(self) -> None:
        stopped = self.service.stopService()
        settle(self.network, 400)
        if not stopped.called:
            self.ledger.problem("stopping does not end")
        left = [*self.network.open, *self.network.waiting, *self.clock.getDelayedCalls()]
        if left:
            self.ledger.problem(f"left open: {left}")

    def figures(self) -> Iterator[str]:
        """What happened, for people."""
        for name, count in sorted(self.ledger.counts.items()):
            yield f"{name:>45}: {count:,}"
        for name, most in sorted(self.most.items()):
            yield f"{name:>45}: {most:,} at most"
        for front, times in sorted(Counter(self.weather.fronts).items()):
            yield f"{front:>45}: {times} times"
        for number, (kinds, calls, blocks) in enumerate(self._weekly, 1):
            objects = f"{kinds.total():,} objects in {blocks:,} blocks of memory"
            yield f"week {number}: {calls} delayed calls, {objects}"


def is_lookup(path: str) -> bool:
    """Whether a request is about a user or a room, and not for a guest's cookie."""
    user = path.removeprefix("/@") if path.startswith("/@") else ""
    return (
        path.startswith(("/api-live/", "/webcast/room/", "/webcast/gift/"))
        or user.endswith("/live")
        or user.isdecimal()
    )


def kind_of(thing: object) -> str:
    """The name of its class."""
    kind = type(thing)
    return f"{kind.__module__}.{kind.__qualname__}"


def _outages(users: int, seed: int) -> int:
    from tests.outage import outages  # which counts requests as we do

    wrong = 0
    for outage in outages(users, seed):
        wrong += bool(outage.problems)
        print(*outage.figures(), sep="\n", flush=True)
    return 1 if wrong else 0


def main(arguments: list[str]) -> int:
    """Run, and print."""
    parser = argparse.ArgumentParser(description="Weeks on the line, in minutes.")
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--users", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--outage", action="store_true", help="each source away for a day")
    given = parser.parse_args(arguments)
    if given.outage:
        return _outages(given.users, given.seed)
    weeks, began = Weeks(given.users, given.seed), process_time()
    weeks.run(given.days)
    for line in (*weeks.figures(), *weeks.ledger.problems):
        print(line)
    print(f"{given.days} days in {process_time() - began:.0f} s of CPU.")
    return 1 if weeks.ledger.counts["problems"] else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
