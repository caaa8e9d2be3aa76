"""Outages of a daemon in memory, as Prometheus sees them: its page every fifteen seconds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from twisted.web.test.requesthelper import DummyRequest

from tests.outputs.doubles import Trough
from tests.outputs.metrics.test_figures import BAD, FiguresCase
from tests.stack.case import CHAT, SILENT, chat
from tiktoklive.options import Options
from tiktoklive.outputs.jsonl import JsonLines
from tiktoklive.outputs.line_writer import LineWriter
from tiktoklive.simulator import HOSTS

PAGE = Path(__file__).resolve().parents[3] / "doc" / "metrics.rst"

#: Seconds between two visits.
EVERY = 15


def documented_rules() -> str:
    """The rules of the documentation, as a file of Prometheus's."""
    found = re.search(r"^   groups:\n(?:   .*\n|\n)+", PAGE.read_text("utf-8"), re.MULTILINE)
    assert found is not None
    return re.sub(r"^   ", "", found[0], flags=re.MULTILINE)


def alerts(rules: str) -> list[str]:
    """The names of the alerts in a file of rules."""
    return re.findall(r"alert: (\w+)", rules)


class Watched(FiguresCase):
    """
    A daemon with users who are live and one who is not, and an output beside the figures.

    :ivar pages: what each visit read; ``None`` where nobody answered.
    """

    def __init__(self, argument: str = "tcp:9100", lanes: tuple[str, ...] = ()) -> None:
        super().__init__("setUp")
        self.argument = argument
        self.options = Options(limits=SILENT, lanes=lanes)

    def setUp(self) -> None:
        super().setUp()
        self.pages: list[str | None] = []
        self.answers = True
        self.trough = Trough()
        self.writer = LineWriter("jsonl:x", self.trough, self.clock, limit=100_000)
        output = JsonLines(self.writer)
        output.setName("jsonl-1")
        output.setServiceParent(self.family)
        self.live_.add_observer(output)
        self.rooms = [self.room, self.tiktok.add_room("bea")]
        self.tiktok.add_room("cem").end()
        self.silent = False
        self.start("alice", "bea", "cem")

    def minutes(self, count: float) -> None:
        """Let time pass, in which somebody says something now and then."""
        for _ in range(int(count * 60 / EVERY)):
            if not self.silent:
                for room in self.rooms:
                    room.push([chat("hello")])
            self.settle(EVERY)
            self.pages.append(self.page() if self.answers else None)

    def page(self) -> str:
        """What Prometheus reads."""
        from tiktoklive.outputs.metrics.output import MetricsPage

        page = MetricsPage(self.metrics.registry)
        return page.render_GET(DummyRequest([b"metrics"])).decode("utf-8")

    def away(self, reach: Callable[[str, bool], object], is_away: bool = True) -> None:
        """TikTok cannot be reached, or can be again."""
        for host in HOSTS:
            reach(host, is_away)
        if is_away:
            self.network.drop()

    def reached(self) -> None:
        """Whoever hangs lets go, so that all can be stopped."""
        for host in HOSTS:
            self.network.silence(host, False)
            self.network.refuse(host, False)


def _all_is_well(daemon: Watched) -> None:
    daemon.minutes(20)


def _refused(daemon: Watched) -> None:
    daemon.minutes(5)
    daemon.away(daemon.network.refuse)
    daemon.minutes(15)


def _unanswered(daemon: Watched) -> None:
    daemon.minutes(5)
    daemon.away(daemon.network.silence)
    daemon.minutes(15)


def _not_let_in(daemon: Watched) -> None:
    daemon.minutes(5)
    daemon.tiktok.refuse(status=503, times=10_000)
    for room in daemon.rooms:
        room.drop(clean=False)
    daemon.minutes(15)


def _silent(daemon: Watched) -> None:
    daemon.minutes(5)
    daemon.silent = True
    daemon.minutes(15)


def _slow_output(daemon: Watched) -> None:
    daemon.minutes(5)
    daemon.trough.space = 0
    for _ in range(10):
        daemon.room.push([chat("x" * 1000)] * 50)
        daemon.minutes(1)
    daemon.trough.space = None
    daemon.minutes(1)


def _failing_output(daemon: Watched) -> None:
    daemon.minutes(5)
    daemon.trough.fault = OSError(28, "No space left on device")
    daemon.minutes(10)
    daemon.trough.fault = None
    daemon.minutes(1)


def _missing(daemon: Watched) -> None:
    daemon.minutes(5)
    daemon.away(daemon.network.refuse)
    daemon.minutes(3)
    for number in range(20):  # more than a room repeats
        for room in daemon.rooms:
            room.push([chat(f"missed {number}/{place}") for place in range(50)])
    daemon.away(daemon.network.refuse, False)
    daemon.minutes(5)


def _different(daemon: Watched) -> None:
    daemon.minutes(5)
    daemon.room.push([(CHAT, BAD + b"%d" % number) for number in range(150)])
    daemon.minutes(5)


def _given_up(daemon: Watched) -> None:
    daemon.minutes(5)
    counts = daemon.live_.counts
    lost: Any = lambda: replace(counts(), phases={**counts().phases, "bea": "failed"})  # noqa: E731
    daemon.live_.counts = lost  # type: ignore[method-assign]
    daemon.minutes(10)


def _gone(daemon: Watched) -> None:
    daemon.minutes(5)
    daemon.answers = False
    daemon.minutes(10)


@dataclass(frozen=True)
class Outage:
    """
    What happens, and which alerts that is worth.

    :ivar argument: of the output.
    :ivar lanes: of the daemon.
    """

    happen: Callable[[Watched], None]
    alerts: frozenset[str] = frozenset()
    argument: str = "tcp:9100"
    lanes: tuple[str, ...] = ()


def _outages() -> dict[str, Outage]:
    found: dict[str, Outage] = {}
    for happen, *fire in (
        (_all_is_well,),
        (_refused, "TikTokIsNotReached"),
        (_unanswered, "TikTokIsNotReached"),
        (_not_let_in, "NoSourceLetsUsIn"),
        (_silent, "StreamsAreSilent"),
        (_slow_output, "EventsAreLost"),
        (_failing_output, "AnOutputFails"),
        (_missing, "MessagesAreMissing"),
        (_different, "TikTokSpeaksDifferently"),
        (_given_up, "AUserIsGivenUp"),
        (_gone, "TheDaemonIsGone"),
    ):
        for suffix, argument in (("", "tcp:9100"), ("_by_room", "tcp:9100?rooms=1")):
            name = f"{happen.__name__.strip('_')}{suffix}"
            found[name] = Outage(happen, frozenset(fire), argument)
    lanes = ("name=direct", "name=gone,proxy=http://gone.proxy.example:1")
    found["lane"] = Outage(_all_is_well, frozenset({"ALaneRests"}), lanes=lanes)
    return found


#: By name; each once with a label for each user.
OUTAGES = _outages()

#: Those in which the label makes a difference, and all without it.
SHORT = [
    name
    for name, outage in OUTAGES.items()
    if "?" not in outage.argument or outage.happen in (_all_is_well, _silent, _missing)
]


def pages_of(outage: Outage) -> list[str | None]:
    """What Prometheus reads in an outage."""
    daemon = Watched(outage.argument, outage.lanes)
    daemon.setUp()
    try:
        outage.happen(daemon)
        return daemon.pages
    finally:
        daemon.reached()
        daemon.trough.fault, daemon.trough.space = None, None
        daemon.stop_all(60)
