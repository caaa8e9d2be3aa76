"""How late the reactor is: what every room feels when something takes too long."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Histogram
from twisted.internet.interfaces import IDelayedCall, IReactorTime

#: Seconds between two looks.
EVERY = 0.5

_BUCKETS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)


class ReactorLag:
    """Measures, while it runs, by how much calls come later than they were to."""

    def __init__(self, registry: CollectorRegistry, clock: IReactorTime) -> None:
        self._clock = clock
        self._late = Histogram(
            "tiktoklive_reactor_lag_seconds",
            "By how much a delayed call came too late.",
            buckets=_BUCKETS,
            registry=registry,
        )
        self._due = 0.0
        self._call: IDelayedCall | None = None

    def start(self) -> None:
        """Measure from now on."""
        self._due = self._clock.seconds() + EVERY
        self._call = self._clock.callLater(EVERY, self._look)

    def stop(self) -> None:
        """Measure no more."""
        if self._call is not None:
            self._call.cancel()
            self._call = None

    def _look(self) -> None:
        self._late.observe(max(0.0, self._clock.seconds() - self._due))
        self.start()
