"""
An outage of one source, for a day: rooms go on by the others.

Run ``python -m tests.weeks --outage [--users N] [--seed S]``.  For each source in turn some rooms
are live for a day and two hours, and follow it first.  After an hour it lets nobody in, for a
day, and every room loses its stream, at once and then now and then.  All along it is checked

- that no room is without events for longer than it takes to come back by another source;
- that nothing comes twice, and nothing is missed without a ``gap``;
- that look-ups and requests to sign servers are no more in any minute than the options say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any, Final
from unittest.mock import patch

from zope.interface import implementer

from tests.hosts import DAY, HOUR, MINUTE
from tests.ownbrowser.page import PageSocket
from tests.reactors import MemoryReactor
from tests.stack.case import CHAT, chat
from tests.weeks import is_lookup
from tiktoklive.events import Gap
from tiktoklive.events.base import IEventObserver, MessageEvent
from tiktoklive.options import Options
from tiktoklive.service import LiveService
from tiktoklive.simulator.signing import URL_SIGN_HOSTS
from tiktoklive.simulator.signserver import SIGN_HOSTS
from tiktoklive.testing import settle, simulated
from tiktoklive.wiring import standard_wiring

#: Seconds between two comments of a room.
PACE: Final = 10.0

#: Seconds from the loss of a stream until the next one brings something: the pause before a return,
#: three at most, the attempt by each source, and the next comment.
FAILOVER: Final = PACE + 10.0

#: Seconds between two losses of a room, on average.
LOSSES: Final = 20 * MINUTE

#: The sources of which each is away for a day, and who has its turn then.
ORDERS: Final = {
    "direct": ("direct", "signed", "classic"),
    "signed": ("signed", "classic", "direct"),
    "classic": ("classic", "direct", "signed"),
    "browser": ("browser", "direct", "signed"),
}


@implementer(IEventObserver)
class Outage:
    """
    Some rooms that are live all the time, and one source that fails.

    :param source: which one.
    :param users: how many rooms.
    :ivar problems: what was not as it must be.
    :ivar longest: seconds without events, of any room.
    :ivar most: by what is asked, how often in a minute at most.
    :ivar by: by source, how many comments came.
    """

    def __init__(self, source: str, users: int, seed: int = 1) -> None:
        self.source = source
        self.network, self.tiktok = simulated(seed=seed, clock=MemoryReactor())
        self.clock = self.network.clock
        self.rooms = [self.tiktok.add_room(f"user{number}") for number in range(users)]
        self.problems: list[str] = []
        self.longest = 0.0
        self.most: dict[str, int] = {}
        self.by: dict[str, int] = {}
        self._random = Random(seed)
        self._heard: dict[str, float] = {}
        self._came: set[int] = set()
        self._gaps = self._said = 0
        self._requests: dict[str, list[float]] = {}
        self._pages: list[PageSocket] = []
        self.options = Options(sources=ORDERS[source], session_id=self.tiktok.add_session())
        with patch.dict("os.environ", {"TIKTOKLIVE_BROWSER_TOKEN": "x" * 20}):
            self.wiring = self._wired(self.options)
        self._theirs = self._wired(Options())
        self.service = LiveService(self.wiring)
        self.service.add_observer(self)

    def _wired(self, options: Options) -> Any:
        return standard_wiring(self.clock, options, network=self.network, random=Random(1))

    def run(self, before: float = HOUR, outage: float = DAY, after: float = HOUR) -> None:
        """Let the time pass."""
        if self.source == "browser":
            self._open_pages()
            settle(self.network, 1)
        for room in self.rooms:
            self.service.add(room.unique_id)
        self.service.startService()
        self._pass(before)
        if self.by.keys() != {self.source}:
            self.problems.append(f"{self.by} came before the outage")
        self._fail(True)
        for room in self.rooms:
            room.drop()
        self.by.clear()
        self._pass(outage)
        if not self.by or self.source in self.by:
            self.problems.append(f"{self.by} came in the outage")
        self._fail(False)
        self._pass(after)
        self._stop()

    # --- what happens -------------------------------------------------------------------

    def _fail(self, away: bool) -> None:
        """The source lets nobody in, or lets all in again."""
        fail: Callable[[bool], None] = getattr(self, f"{self.source}_away")
        fail(away)

    def direct_away(self, away: bool) -> None:
        """TikTok wants a signature of whoever has no ticket of a server."""
        self.tiktok.behaviour.sign_sockets = _nobody_signs if away else None

    def signed_away(self, away: bool) -> None:
        """The sign server is down."""
        if away:
            self.tiktok.sign_server.fail("starting", 100_000)
        else:
            self.tiktok.sign_server.forget()

    def classic_away(self, away: bool) -> None:
        """No server signs addresses, and TikTok answers none that is unsigned."""
        if not away:
            self.tiktok.faults.clear()
            return
        for path in ("/webcast/sign_url", "/tiktok/sign_url", "/webcast/im/fetch/"):
            self.tiktok.faults.answer(path, "502", times=None)

    def browser_away(self, away: bool) -> None:
        """All pages are closed."""
        if not away:
            self._open_pages()
            return
        for page in self._pages:
            page.close()
        self._pages.clear()

    def _open_pages(self) -> None:
        front = self.wiring.sources[0].service.front
        self._pages = [PageSocket(self._theirs, front, room, again=True) for room in self.rooms]

    def _pass(self, seconds: float) -> None:
        end = self.clock.seconds() + seconds
        while self.clock.seconds() < end:
            for room in self.rooms:
                if self._random.random() < PACE / LOSSES:
                    room.drop(clean=self._random.random() < 0.5)
                room.push([(CHAT, _SAID)])
                self._said += 1
            settle(self.network, PACE, step=PACE / 10)
            self._look()

    def _stop(self) -> None:
        for page in self._pages:
            page.close()
        stopped = self.service.stopService()
        settle(self.network, 10)
        for wiring in (self.wiring, self._theirs):
            wiring.close()
        settle(self.network, 10)
        left = [*self.network.open, *self.network.waiting, *self.clock.getDelayedCalls()]
        if left or not stopped.called:
            self.problems.append(f"left open: {left}")
        missed = self._said - len(self._came)
        if missed and not self._gaps:
            self.problems.append(f"{missed} comments were missed without a word")

    # --- what is looked at --------------------------------------------------------------

    def event(self, event: Any) -> None:
        """Whatever it is."""
        if isinstance(event, Gap):
            self._gaps += 1
        if not isinstance(event, MessageEvent) or event.name != "chat":
            return
        if event.number in self._came:
            self.problems.append(f"@{event.anchor}: a comment came twice")
        self._came.add(event.number)
        self._heard[event.anchor] = self.clock.seconds()
        self.by[event.origin.source] = self.by.get(event.origin.source, 0) + 1

    def _look(self) -> None:
        now = self.clock.seconds()
        for room in self.rooms:
            silent = now - self._heard.setdefault(room.unique_id, now)
            self.longest = max(self.longest, silent)
            if silent > FAILOVER:
                state = self.service.status()[room.unique_id]
                self.problems.append(
                    f"@{room.unique_id} heard nothing for {silent:.0f} s, and is {state.phase}: "
                    f"{state.reason}"
                )
                self._heard[room.unique_id] = now
        for request in self.tiktok.requests:
            host = request.header("host") or ""
            if host in SIGN_HOSTS or host in URL_SIGN_HOSTS:
                self._count(host, request.at, self.options.sign_requests_per_minute)
            elif is_lookup(request.path):
                self._count("look-ups", request.at, self.options.lookups_per_minute)
        self.tiktok.requests.clear()
        self.tiktok.refused.clear()
        self.network.connections[:] = self.network.open
        self.network.attempts.clear()
        for room in self.rooms:
            room.all_viewers[:] = room.viewers

    def _count(self, what: str, at: float, limit: float) -> None:
        times = [each for each in self._requests.get(what, ()) if each > at - MINUTE]
        self._requests[what] = times = [*times, at]
        self.most[what] = max(self.most.get(what, 0), len(times))
        if len(times) > limit:
            self.problems.append(f"{len(times)} {what} in a minute, {limit:g} are allowed")

    def figures(self) -> Iterator[str]:
        """What came of it, for people."""
        came = ", ".join(f"{count:,} by {name}" for name, count in self.by.items())
        yield f"{self.source} away: {self.longest:.0f} s without events at most; last {came}"
        for what, most in self.most.items():
            yield f"{'':>{len(self.source)}} {most} {what} in a minute at most"
        yield from self.problems[:20]


def _nobody_signs(query: str) -> str:
    return "nobody"


_SAID: Final = chat("hello")[1]


def outages(users: int, seed: int) -> Iterator[Outage]:
    """Let each source be away for a day."""
    for source in ORDERS:
        outage = Outage(source, users, seed)
        outage.run()
        yield outage
