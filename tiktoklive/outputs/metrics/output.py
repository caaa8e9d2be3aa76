"""The service of kind ``metrics``, and the pages it serves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.exposition import choose_encoder
from twisted.application.service import Service
from twisted.internet.defer import Deferred, maybeDeferred
from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger
from twisted.python.failure import Failure
from twisted.web.resource import Resource
from twisted.web.server import Site
from zope.interface import implementer

from tiktoklive.events import Event, IEventObserver
from tiktoklive.interfaces import IOutput
from tiktoklive.model import SourcesState
from tiktoklive.outputs.metrics.asked import Asked
from tiktoklive.outputs.metrics.observed import Observed
from tiktoklive.outputs.metrics.reactorlag import ReactorLag

_INDEX = b'<!DOCTYPE html><title>tiktoklive</title><p><a href="/metrics">Metrics</a></p>\n'


class MetricsPage(Resource):
    """The figures, in the format that the visitor understands."""

    isLeaf = True

    def __init__(self, registry: CollectorRegistry) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Twisted's
        self._registry = registry

    def render_GET(self, request: Any) -> bytes:
        """All figures."""
        encode, content_type = choose_encoder(request.getHeader("accept") or "")
        request.setHeader("content-type", content_type)
        return encode(self._registry)


class IndexPage(Resource):
    """Leads to the figures."""

    def getChild(self, path: bytes, request: Any) -> Any:
        """Itself at ``/``."""
        if path == b"":
            return self
        return super().getChild(path, request)  # type: ignore[no-untyped-call]  # Twisted's

    def render_GET(self, request: Any) -> bytes:
        """A link."""
        request.setHeader("content-type", "text/html; charset=utf-8")
        return _INDEX


@implementer(IOutput, IEventObserver)
class Metrics(Service):
    """
    Counts, and serves what was counted.

    Queues of other outputs, and what :class:`~tiktoklive.interfaces.ICounted` counts, are those
    of the other children of its parent.

    :param endpoint: where to listen.
    :param sources: tells how those who are asked are doing; ``None`` to not say.
    :param rooms: whether figures are told for each user alone.
    :ivar registry: all figures.
    :ivar address: where it listens, ``None`` while it doesn't.
    """

    log = Logger()

    def __init__(
        self,
        endpoint: Any,
        clock: IReactorTime,
        *,
        sources: Callable[[], SourcesState] | None = None,
        rooms: bool = False,
    ) -> None:
        self.setName("metrics")  # type: ignore[no-untyped-call]  # Twisted's
        self.registry = CollectorRegistry()
        self.address: Any = None
        self._observed = Observed(self.registry, clock.seconds, rooms=rooms)
        self._lag = ReactorLag(self.registry, clock)
        self.registry.register(Asked(self._services, sources, rooms=rooms))
        ProcessCollector(registry=self.registry)
        self._endpoint = endpoint
        root: Any = IndexPage()  # type: ignore[no-untyped-call]  # Twisted's
        root.putChild(b"metrics", MetricsPage(self.registry))
        self._site: Any = Site(root, reactor=clock)  # type: ignore[no-untyped-call]  # Twisted's
        self._site.displayTracebacks = False
        self._listening: Deferred[Any] | None = None

    def event(self, event: Event) -> None:
        """Count one event."""
        self._observed.event(event)

    def startService(self) -> None:
        """
        Begin to listen.

        :raise CannotListenError: the port is taken.
        """
        listening = self._listening = self._endpoint.listen(self._site)
        problems: list[Failure] = []

        def failed(failure: Failure) -> None:
            problems.append(failure)
            if self.running:  # later than now: nobody else hears of it
                self.log.failure("metrics: nothing listens", failure=failure)

        listening.addCallbacks(self._opened, failed)
        if problems:
            problems[0].raiseException()
        super().startService()  # type: ignore[no-untyped-call]  # Twisted's
        self._lag.start()

    def stopService(self) -> Deferred[None]:
        """Stop listening; visitors who are being answered still get their answer."""
        super().stopService()  # type: ignore[no-untyped-call]  # Twisted's
        self._lag.stop()

        async def stop() -> None:
            listening, self._listening = self._listening, None
            if listening is None:
                return
            port = await listening
            self.address = None
            if port is not None:
                await maybeDeferred(port.stopListening)

        return Deferred.fromCoroutine(stop())

    def _opened(self, port: Any) -> Any:
        self.address = port.getHost()
        self.log.info("metrics: at {address}", address=self.address)
        return port

    def _services(self) -> Iterable[Any]:
        return () if self.parent is None else self.parent
