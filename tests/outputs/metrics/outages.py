"""Outages of a daemon in memory, as Prometheus sees them: its page every fifteen seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from twisted.application.service import Service
from twisted.internet.defer import Deferred
from twisted.web.test.requesthelper import DummyRequest
from zope.interface import implementer

from tests.fleet.members import Member
from tests.fleet.ownertable import OwnerTable
from tests.outputs.doubles import Trough
from tests.outputs.metrics.test_figures import BAD, FiguresCase
from tests.stack.case import CHAT, SILENT, chat
from tiktoklive.interfaces import IFailingOutput, IStreamOutput
from tiktoklive.model import StreamCounts
from tiktoklive.options import Options
from tiktoklive.outputs.jsonl import JsonLines
from tiktoklive.outputs.line_writer import LineWriter
from tiktoklive.simulator import HOSTS

#: Seconds between two visits.
EVERY = 15


@implementer(IStreamOutput, IFailingOutput)
class Stream(Service):
    """A reader or a writer of a stream, as far as it is seen."""

    renewed, failing = 0, ""

    def __init__(self, name: str, counts: StreamCounts) -> None:
        self.setName(name)
        self.counts = counts

    def streams(self) -> list[StreamCounts]:
        """How it is doing."""
        return [self.counts]


class Watched(FiguresCase):
    """
    A daemon with users who are live and one who is not, and an output beside the figures.

    :ivar pages: what each visit read; ``None`` where nobody answered.
    :ivar redis: the table of owners of a fleet, once it is a node of one.
    :ivar writer_: what writes the fleet's events.
    """

    def __init__(self, argument: str = "tcp:9100", lanes: tuple[str, ...] = ()) -> None:
        super().__init__("setUp")
        self.argument = argument
        self.options = Options(limits=SILENT, lanes=lanes)

    def setUp(self) -> None:
        super().setUp()
        self.pages: list[str | None] = []
        self.answers = True
        self.other: Member | None = None
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

    def join_fleet(self) -> None:
        """Be a node of a fleet, which has eight users."""
        self.redis = OwnerTable(self.clock)
        self.done(self.redis.ownership().add([f"user{number}" for number in range(8)]))
        self.member = Member(self.redis, "here")
        self.writer_ = Stream("fleet-events", StreamCounts("redis", True, 0, 0, 0))
        for service in (self.writer_, self.member.node):
            service.setServiceParent(self.family)

    def other_node(self) -> Member:
        """Another node, elsewhere."""
        self.other = Member(self.redis, "there")
        self.other.node.startService()
        return self.other

    @staticmethod
    def done(work: Any) -> None:
        """What is done at once."""
        Deferred.fromCoroutine(work)

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
        text = page.render_GET(DummyRequest([b"metrics"])).decode("utf-8")
        if self.other is None:
            return text
        # Prometheus reads the other node, too.
        owned = 'tiktoklive_fleet_rooms{claim="owned"'
        theirs = f'{owned},instance="there"}} {len(self.other.owned)}.0\n'
        return text.replace(f"{owned}}}", f"{theirs}{owned}}}")

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


def _fleet_is_well(daemon: Watched) -> None:
    daemon.join_fleet()
    daemon.minutes(2)
    other = daemon.other_node()
    daemon.minutes(10)
    other.node.stopService()
    daemon.minutes(5)


def _cut_off(daemon: Watched) -> None:
    daemon.join_fleet()
    daemon.minutes(5)
    daemon.redis.away.add("here")
    daemon.writer_.failing = "Redis cannot be asked"
    daemon.minutes(8)
    daemon.redis.away.clear()
    daemon.writer_.failing = ""
    daemon.minutes(2)


def _node_killed(daemon: Watched) -> None:
    daemon.join_fleet()
    other = daemon.other_node()
    daemon.minutes(5)
    other.node.running = 0
    daemon.other = None
    for call in (other.node._next, other.node._end):
        if call is not None and call.active():
            call.cancel()
    daemon.minutes(5)


def _too_few_nodes(daemon: Watched) -> None:
    daemon.join_fleet()
    daemon.minutes(5)
    daemon.done(daemon.redis.ownership().empty("here"))
    daemon.done(daemon.redis.ownership().add(["late"]))
    daemon.minutes(10)


def _rooms_move(daemon: Watched) -> None:
    daemon.join_fleet()
    daemon.minutes(2)
    for _ in range(8):
        other = daemon.other_node()
        daemon.minutes(1.5)
        other.node.stopService()
        daemon.minutes(0.5)


def _not_written(daemon: Watched) -> None:
    daemon.join_fleet()
    daemon.minutes(5)
    daemon.writer_.failing = "Redis refuses"
    daemon.minutes(8)


def _reader(daemon: Watched) -> Stream:
    counts = StreamCounts("reader", True, read=0, unreadable=0, missed=0, lag=0, pending=0)
    reader = Stream("from-sqlite", counts)
    reader.setServiceParent(daemon.family)
    daemon.minutes(5)
    return reader


def _reads_slowly(daemon: Watched) -> None:
    reader = _reader(daemon)
    for number in range(1, 15):
        reader.counts = replace(reader.counts, lag=3000 * number)
        daemon.minutes(1)
    reader.counts = replace(reader.counts, lag=0)
    daemon.minutes(2)


def _trimmed(daemon: Watched) -> None:
    reader = _reader(daemon)
    reader.counts = replace(reader.counts, missed=500)
    daemon.minutes(5)


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


#: Those in which a label for each user makes no difference.
_OF_FLEETS = (
    *(_fleet_is_well, _cut_off, _node_killed, _too_few_nodes, _rooms_move, _not_written),
    *(_reads_slowly, _trimmed),
)


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
        (_fleet_is_well,),
        (_cut_off, "ANodeIsCutOff"),
        (_node_killed, "ANodeIsGone"),
        (_too_few_nodes, "UsersHaveNoNode"),
        (_rooms_move, "RoomsMoveAllTheTime"),
        (_not_written, "TheFleetIsNotWritten"),
        (_reads_slowly, "AReaderFallsBehind"),
        (_trimmed, "EntriesWereNotRead"),
    ):
        ways = [("", "tcp:9100")]
        if happen not in _OF_FLEETS:
            ways.append(("_by_room", "tcp:9100?rooms=1"))
        for suffix, argument in ways:
            name = f"{happen.__name__.strip('_')}{suffix}"
            found[name] = Outage(happen, frozenset(fire), argument)
    lanes = ("name=direct", "name=gone,proxy=http://gone.proxy.example:1")
    found["lane"] = Outage(_all_is_well, frozenset({"ALaneRests"}), lanes=lanes)
    return found


#: By name; each once with a label for each user, but those of fleets.
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
