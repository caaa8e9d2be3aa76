"""The figures that others keep, asked for at each visit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from math import isfinite

from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from twisted.application.service import IService

from tiktoklive.interfaces import (
    ICounted,
    IFailingOutput,
    IFleetMember,
    IPublicOutput,
    IQueuedOutput,
    IStreamOutput,
)
from tiktoklive.model import Counts, LaneState, NodeCounts, OwnLookups, SourcesState
from tiktoklive.wire.messages import MESSAGE_TYPES

#: What a session may be doing, see the table of its states.
PHASES = (
    *("idle", "beginning", "resolving", "signing", "connecting", "entering", "live", "waiting"),
    *("offline", "refused", "left", "ending", "stopping", "restarting", "ended", "failed"),
    "stopped",
)

#: What :class:`~tiktoklive.model.MessageCounts` counts, in its order.
_ARRIVED = (
    ("frames", "Frames, and batches without a frame, that arrived."),
    ("frames_skipped", "Those of them that could not be understood."),
    ("messages", "Messages in them."),
    ("messages_duplicate", "Those of them that were dropped: delivered before."),
)


class Collector:
    """
    Asks other services, and the sources.

    :param services: gives the services among which are those that count, and those with queues.
    :param sources: :meth:`tiktoklive.wiring.Wiring.sources_status`, or ``None``.
    :param rooms: as for :class:`~tiktoklive.outputs.metrics.counters.Counters`.
    """

    def __init__(
        self,
        services: Callable[[], Iterable[IService]],
        sources: Callable[[], SourcesState] | None = None,
        *,
        rooms: bool = False,
    ) -> None:
        self._services = services
        self._sources = sources
        self._rooms = rooms

    def collect(self) -> Iterator[Metric]:
        """All figures, for prometheus-client."""
        services = list(self._services())
        for service in services:
            if ICounted.providedBy(service):
                yield from self._counts(service.counts())
                break  # a second one would repeat the names
        if self._sources is not None:
            status = self._sources()
            yield from _source_figures(status)
            yield from _lane_figures(status.lanes)
        yield from _queues(services)
        yield from _files(services)
        yield _strangers(services)
        yield from _redis(services)
        for service in services:
            if IFleetMember.providedBy(service):
                yield from _fleet(service.node_counts())
                break  # a process is one node

    def _counts(self, counts: Counts) -> Iterator[Metric]:
        undecodable = {**dict.fromkeys(MESSAGE_TYPES, 0), **counts.undecodable}
        yield _counter(
            "messages_undecodable", "Messages that did not decode.", "method", undecodable
        )
        yield _counter(
            "messages_unknown",
            "Messages of types that the schema does not know.",
            "method",
            counts.unknown,
        )
        yield _counter("observer_failures", "Times that an observer failed.", "", counts.failed)
        phases = list(counts.phases.values())
        users = _gauge("users", "Users that are followed, by what is done about them.", "phase")
        for phase in sorted({*PHASES, *phases}):
            users.add_metric([phase], phases.count(phase))
        yield users
        arrived = {name: astuple(each) for name, each in counts.users.items()}
        total = astuple(sum(counts.users.values(), counts.gone))
        for place, (name, text) in enumerate(_ARRIVED):
            if self._rooms:
                by_user = {user: each[place] for user, each in arrived.items()}
                yield _counter(name, text, "anchor", by_user)
            else:
                yield _counter(name, text, "", total[place])
        if counts.streams or counts.gone.both:
            yield from self._pairs(counts)
        if counts.own_sources:
            yield _own_sources(counts.own_sources)
        if counts.own_lookups.users:
            yield from _own_lookups(counts.own_lookups)

    def _pairs(self, counts: Counts) -> Iterator[Metric]:
        """Of rooms with two streams each: what came by which, and what by neither."""
        rooms = self._rooms
        found = counts.users if rooms else {"": sum(counts.users.values(), counts.gone)}
        place = ("anchor",) if rooms else ()
        by_stream = CounterMetricFamily(
            "tiktoklive_messages_by_stream",
            "Messages that came while both streams of a room lived, by which brought them.",
            labels=(*place, "by"),
        )
        spared = CounterMetricFamily(
            "tiktoklive_streams_spared",
            "Times that one of two streams missed something, or was lost, and the other went on.",
            labels=place,
        )
        for user, each in sorted(found.items()):
            named = (user,) if rooms else ()
            for by, count in (
                ("both", each.both),
                ("first", each.first_only),
                ("second", each.second_only),
            ):
                by_stream.add_metric((*named, by), count)
            spared.add_metric(named, each.spared)
        unseen = _gauge(
            "messages_unseen",
            "Messages that neither brought, as estimated, and the ends of the interval of 95 %.",
            *place,
            "estimate",
        )
        known = {user: each.unseen for user, each in counts.streams.items() if each.unseen}
        for user in sorted(known) if rooms else [""]:
            some = [known[user]] if rooms else list(known.values())
            for name in ("neither", "low", "high"):
                value = sum(getattr(each, name) for each in some)
                unseen.add_metric((user, name) if rooms else (name,), value)
        paired = _gauge(
            "room_streams", "Rooms that are to have two streams, by how many live.", "open"
        )
        lives = [each.open for each in counts.streams.values()]
        for number in range(3):
            paired.add_metric([str(number)], lives.count(number))
        yield from (by_stream, spared, unseen, paired)


def _own_sources(sources: Mapping[str, tuple[int, int]]) -> Metric:
    """How the sources of users with options of their own are doing."""
    users = _gauge(
        "own_source_users",
        "Users with options of their own, by whether a source of theirs works, or rests.",
        *("source", "state"),
    )
    for source, (works, rests) in sorted(sources.items()):
        users.add_metric([source, "works"], works)
        users.add_metric([source, "rests"], rests)
    return users


def _own_lookups(lookups: OwnLookups) -> Iterator[Metric]:
    """How looking up is doing of users with a proxy of their own."""
    users = _gauge(
        "own_lookup_users",
        "Users with a proxy of their own, by whether TikTok wants look-ups that come by it.",
        "state",
    )
    users.add_metric(["open"], lookups.users - lookups.closed)
    users.add_metric(["closed"], lookups.closed)
    queue = _gauge("own_lookup_queue_size", "Requests of look-ups of these users that wait.")
    queue.add_metric([], lookups.queued)
    yield from (users, queue)


def _source_figures(status: SourcesState) -> Iterator[Metric]:
    """How the sources and the look-ups are doing."""
    up = _gauge("source_up", "1 unless the source rests after failures.", "source")
    left = _gauge("source_budget_left", "Requests that its servers may get now.", "source")
    for source in status.sources:
        up.add_metric([source.name], float(source.state == "closed"))
        requests = sum(budget.left for budget in source.budgets)
        if source.budgets and isfinite(requests):
            left.add_metric([source.name], requests)
    yield up
    rests = {source.name: source.rests for source in status.sources}
    yield _counter("source_rests", "Times that the source began to rest.", "source", rests)
    yield left
    lookups = status.lookups
    queue = _gauge("lookup_queue_size", "Requests of look-ups that wait for their turn.")
    queue.add_metric([], lookups.queued)
    distance = _gauge("lookup_distance_seconds", "Seconds from one of them to the next.")
    distance.add_metric([], lookups.distance)
    closed = _gauge("lookup_closed_seconds", "For how long TikTok wants none of them, by its word.")
    closed.add_metric([], lookups.closed_for)
    failing = _gauge("lookup_failing_seconds", "For how long all of them failed, one by one.")
    failing.add_metric([], lookups.failing_for)
    yield from (queue, distance, closed, failing)


def _lane_figures(lanes: Sequence[LaneState]) -> Iterator[Metric]:
    """How the lanes are doing; nothing where there are none."""
    if not lanes:
        return
    for name, text, values in (
        ("up", "1 unless the lane rests.", [float(lane.state == "closed") for lane in lanes]),
        ("users", "Users that are followed by the lane.", [lane.users for lane in lanes]),
        ("streams", "Open streams of the lane.", [lane.streams for lane in lanes]),
        (
            "lookup_queue_size",
            "Requests of look-ups of the lane that wait for their turn.",
            [lane.lookups.queued for lane in lanes],
        ),
        (
            "lookup_closed_seconds",
            "For how long TikTok wants no look-ups by the lane.",
            [lane.lookups.closed_for for lane in lanes],
        ),
    ):
        gauge = _gauge(f"lane_{name}", text, "lane")
        for lane, value in zip(lanes, values, strict=True):
            gauge.add_metric([lane.name], value)
        yield gauge
    rests = {lane.name: lane.rests for lane in lanes}
    yield _counter("lane_rests", "Times that the lane began to rest.", "lane", rests)
    came = {lane.name: lane.came for lane in lanes}
    yield _counter("lane_came", "Users that came to the lane from another one.", "lane", came)


def _queues(services: Iterable[IService]) -> Iterator[Metric]:
    """How the queues of outputs are doing, each once even if two have the same name."""
    labels = "output", "queue"
    size = _gauge("output_queue_size", "What waits, in the unit of the limit.", *labels)
    limit = _gauge("output_queue_limit", "What may wait: items, or bytes.", *labels)
    dropped = CounterMetricFamily(
        "tiktoklive_output_dropped", "What was lost because it was full.", labels=labels
    )
    full = CounterMetricFamily(
        "tiktoklive_output_queue_full_seconds", "How long it was full.", labels=labels
    )
    known: set[tuple[str, str]] = set()
    for service in services:
        for counts in service.queues() if IQueuedOutput.providedBy(service) else ():
            named = str(service.name or ""), counts.name
            if named in known:
                continue
            known.add(named)
            size.add_metric(named, counts.size)
            limit.add_metric(named, counts.limit)
            dropped.add_metric(named, counts.dropped)
            full.add_metric(named, counts.full_seconds)
    yield from (size, limit, dropped, full)


def _files(services: Iterable[IService]) -> Iterator[Metric]:
    """Whether outputs work."""
    up = _gauge("output_up", "1 unless nothing can be written, or sent, now.", "output")
    renewed: dict[str, float] = {}
    for service in services:
        name = str(service.name or "")
        if IFailingOutput.providedBy(service) and name not in renewed:
            renewed[name] = service.renewed
            up.add_metric([name], float(not service.failing))
    yield up
    yield _counter(
        "output_files_renewed", "Files that were moved, deleted or damaged.", "output", renewed
    )


def _strangers(services: Iterable[IService]) -> Metric:
    """How many came to outputs that listen, and spoke no language of theirs."""
    counts: dict[str, float] = {}
    for service in services:
        if IPublicOutput.providedBy(service):
            counts[str(service.name or "")] = service.strangers()
    return _counter(
        "output_strangers", "Connections without a request that could be read.", "output", counts
    )


#: What :class:`~tiktoklive.model.StreamCounts` has, and whether it only grows.
_STREAMS = (
    ("appended", "Events that were appended to a stream.", True),
    ("duplicates", "Events that were there already.", True),
    ("fenced", "Events that were not appended: another node has the room.", True),
    ("read", "Entries that were read of a stream.", True),
    ("unreadable", "Those of them that are no events of this version.", True),
    ("missed", "Entries that were removed from a stream before they were confirmed.", True),
    ("lag", "Entries that wait to be read, as far as is known.", False),
    ("pending", "Entries that were read and are not confirmed yet.", False),
)


def _redis(services: Iterable[IService]) -> Iterator[Metric]:
    """How the readers and writers of streams are doing; nothing where there are none."""
    found = [
        (str(service.name or ""), counts)
        for service in services
        if IStreamOutput.providedBy(service)
        for counts in service.streams()
    ]
    if not found:
        return
    up = _gauge("redis_up", "1 while there is a connection with Redis.", "output")
    for name, counts in found:
        up.add_metric([name], float(counts.connected))
    yield up
    for attribute, text, grows in _STREAMS:
        values = {
            name: value
            for name, counts in found
            if (value := getattr(counts, attribute)) is not None
        }
        if grows:
            yield _counter(f"redis_{attribute}", text, "output", values)
        else:
            gauge = _gauge(f"redis_{attribute}", text, "output")
            for name, value in values.items():
                gauge.add_metric([name], value)
            yield gauge


def _fleet(counts: NodeCounts) -> Iterator[Metric]:
    """How a node of a fleet is doing."""
    for name, text, value in (
        ("connected", "1 while the node is connected with Redis.", float(counts.connected)),
        ("nodes", "Nodes that there were when the fleet was heard of last.", counts.nodes),
        ("users", "Users that it had then.", counts.users),
        ("messages_rate", "Messages a second in the node's own rooms.", counts.rate),
        ("lease_seconds", "For how long a renewal lets the node have its rooms.", counts.lease),
        ("renewal_age_seconds", "Since the lease was renewed.", counts.renewal_age),
    ):
        gauge = _gauge(f"fleet_{name}", text)
        gauge.add_metric([], value)
        yield gauge
    rooms = _gauge("fleet_rooms", "Rooms that the node follows, by whose they are.", "claim")
    for claim in ("owned", "coming", "going"):
        rooms.add_metric([claim], getattr(counts, claim))
    yield rooms
    for name, text in (
        ("leases_over", "Times that the lease was over before it was renewed."),
        ("taken_over", "Rooms that were taken because their node was gone."),
        ("received", "Rooms that another node handed over to this one."),
        ("given", "Rooms that this node handed over."),
    ):
        yield _counter(f"fleet_{name}", text, "", getattr(counts, name))


def _gauge(name: str, text: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"tiktoklive_{name}", text, labels=labels)


def _counter(
    name: str, text: str, label: str, value: float | Mapping[str, float]
) -> CounterMetricFamily:
    """A counter with one value, or with one for each value of a label."""
    if not isinstance(value, Mapping):
        return CounterMetricFamily(f"tiktoklive_{name}", text, value=value)
    family = CounterMetricFamily(f"tiktoklive_{name}", text, labels=[label])
    for each, count in sorted(value.items()):
        family.add_metric([each], count)
    return family
