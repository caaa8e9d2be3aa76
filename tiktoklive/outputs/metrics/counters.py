"""The figures that events move."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.metrics_core import GaugeMetricFamily, Metric

from tiktoklive.events import (
    Connected,
    Disconnected,
    Error,
    Event,
    Gap,
    GaveUp,
    GiftStreak,
    MessageEvent,
    RawData,
    Reconnecting,
)

#: Seconds from TikTok's clock to ours.
LAG = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)


#: The label of a reconnect that no stream came before.
NONE = "none"


class Counters:
    """
    Counts events.

    :param seconds: the time, for ages.
    Figures of a user begin at 0 when the user is followed, and are there for as long as that is
    so: a counter that appears with its first count shows Prometheus no increase, and a gauge that
    is gone is nothing that a rule could compare.

    :param rooms: whether each figure is told for each user alone, by a label ``anchor``.
    :param users: gives the names of those who are followed.
    :param sources: gives the names of the sources.
    """

    def __init__(
        self,
        registry: CollectorRegistry,
        seconds: Callable[[], float],
        *,
        rooms: bool = False,
        users: Callable[[], Iterable[str]] = tuple,
        sources: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self._seconds = seconds
        self._rooms = rooms
        self._users = users
        self._sources = sources
        if rooms:
            registry.register(_First(self._begin))
        place = ("anchor",) if rooms else ()

        def counter(name: str, help_: str, *labels: str) -> Counter:
            return Counter(f"tiktoklive_{name}", help_, (*place, *labels), registry=registry)

        self._events = counter("events", "Events delivered, by their name.", "event")
        self._gifts = counter(
            "gifts", "Gifts that were given, each streak counted when it is over."
        )
        self._diamonds = counter("diamonds", "What these are worth.")
        self._gaps = counter("gaps", "Times that messages may have been missed.")
        self._gap_seconds = counter("gap_seconds", "Seconds of which messages may be missing.")
        self._errors = counter("errors", "Failures that were survived, by class.", "error")
        self._reconnects = counter(
            "reconnects",
            "Pauses before another attempt, by the class of the error that led to it and by the "
            f"source whose stream was lost ({NONE} if no stream was open).",
            "reason",
            "source",
        )
        self._gave_up = counter("gave_up", "Users that were given up, by class.", "error")
        self._lag = Histogram(
            "tiktoklive_event_lag_seconds",
            "From when TikTok made a message until it arrived here; without history.",
            place,
            buckets=LAG,
            registry=registry,
        )
        registry.register(self)
        #: Made once for each pair, since looking labels up costs more than counting.
        self._counted: dict[tuple[str, str], Callable[[], None]] = {}
        #: User to the source of the stream that is open, and when something was pushed last.
        self._streams: dict[str, str] = {}
        self._pushed: dict[str, float] = {}
        self._lost: dict[str, str] = {}
        self._last = 0

    def event(self, event: Event) -> None:
        """Count one event."""
        anchor = event.origin.anchor
        key = event.name, anchor if self._rooms else ""
        count = self._counted.get(key)
        if count is None:
            count = self._counted[key] = self._events.labels(*self._place(anchor), event.name).inc
        count()
        if isinstance(event, MessageEvent):
            self._pushed[anchor] = self._seconds()
            self._measure(event)
        elif isinstance(event, RawData):
            self._pushed[anchor] = self._seconds()
        elif isinstance(event, GiftStreak):
            self._at(self._gifts, anchor).inc(max(0, event.repeat_count))
            self._at(self._diamonds, anchor).inc(max(0, event.diamond_total))
        else:
            self._about_connection(event, anchor)

    def _measure(self, event: MessageEvent) -> None:
        # What is derived from a message follows it, and was as long on its way.
        made = 0 if event.is_history or event.number == self._last else event.create_time
        self._last = event.number
        if made:
            lag = max(0.0, (event.received_at - made) / 1000)  # clocks differ
            of = self._lag.labels(event.anchor) if self._rooms else self._lag
            of.observe(lag)

    def _about_connection(self, event: Event, anchor: str) -> None:
        if isinstance(event, Connected):
            self._streams[anchor] = event.origin.source
            self._pushed.setdefault(anchor, self._seconds())
            self._lost.pop(anchor, None)
        elif isinstance(event, Disconnected):
            self._lost[anchor] = self._streams.pop(anchor, event.origin.source)
            self._pushed.pop(anchor, None)
        elif isinstance(event, Reconnecting):
            source = self._lost.pop(anchor, "") or NONE
            reason = type(event.reason).__name__
            self._reconnects.labels(*self._place(anchor), reason, source).inc()
        elif isinstance(event, GaveUp):
            self._gave_up.labels(*self._place(anchor), type(event.reason).__name__).inc()
        elif isinstance(event, Gap):
            self._at(self._gaps, anchor).inc()
            self._at(self._gap_seconds, anchor).inc(max(0, event.until - event.since) / 1000)
        elif isinstance(event, Error):
            kind = NONE if event.exception is None else type(event.exception).__name__
            self._errors.labels(*self._place(anchor), kind).inc()

    def _begin(self) -> None:
        """What is counted of each user who is followed is 0 if nothing was counted yet."""
        for anchor in self._users():
            for figure in (self._gifts, self._diamonds, self._gaps, self._gap_seconds, self._lag):
                figure.labels(anchor)

    def _place(self, anchor: str) -> tuple[str, ...]:
        return (anchor,) if self._rooms else ()

    def _at(self, counter: Counter, anchor: str) -> Counter:
        return counter.labels(anchor) if self._rooms else counter

    def collect(self) -> Iterator[Metric]:
        """What is as it is now, for prometheus-client."""
        streams = GaugeMetricFamily(
            "tiktoklive_streams", "Open streams, by source.", labels=["source"]
        )
        sources = list(self._streams.values())
        for source in sorted({*sources, *self._sources()}):
            streams.add_metric([source], sources.count(source))
        yield streams
        which = "the open stream" if self._rooms else "the open stream where it is longest"
        age = GaugeMetricFamily(
            "tiktoklive_last_push_age_seconds",
            f"Seconds since TikTok pushed a message, of {which}; 0 while none is open.",
            labels=["anchor"] if self._rooms else None,
        )
        ages = {anchor: self._age(anchor) for anchor in self._streams}
        if self._rooms:
            for anchor in sorted({*ages, *self._users()}):
                age.add_metric([anchor], ages.get(anchor, 0.0))
        else:
            age.add_metric([], max(ages.values(), default=0.0))
        yield age

    def _age(self, anchor: str) -> float:
        return max(0.0, self._seconds() - self._pushed.get(anchor, self._seconds()))


class _First:
    """
    What has to be done before figures are collected: registries collect in the order of theirs.

    :param work: is called for each visit.
    """

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work

    def collect(self) -> Iterator[Metric]:
        """Nothing, after the work."""
        self._work()
        return iter(())
