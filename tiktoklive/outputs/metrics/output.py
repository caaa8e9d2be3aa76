"""The service of kind ``metrics``, and the pages it serves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.exposition import choose_encoder
from twisted.application.service import IService
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger
from twisted.web.resource import Resource
from zope.interface import implementer

from tiktoklive.events import Event, IEventObserver
from tiktoklive.files.descriptors import usable
from tiktoklive.interfaces import ICounted, IPublicOutput
from tiktoklive.model import SourcesState
from tiktoklive.outputs.door import Door, ListeningService
from tiktoklive.outputs.metrics.collector import Collector
from tiktoklive.outputs.metrics.counters import Counters
from tiktoklive.outputs.metrics.reactorlag import ReactorLag
from tiktoklive.outputs.web.guard import WebLimits
from tiktoklive.outputs.web.listening import url_of
from tiktoklive.outputs.web.requests import BoundedSite

#: Connections that there may be, of one address a third.
CONNECTIONS = 100

_INDEX = b'<!DOCTYPE html><title>tiktoklive</title><p><a href="/metrics">Metrics</a></p>\n'


class MetricsPage(Resource):
    """The figures, in the format that the visitor understands."""

    isLeaf = True

    def __init__(self, registry: CollectorRegistry) -> None:
        super().__init__()
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
        return super().getChild(path, request)

    def render_GET(self, request: Any) -> bytes:
        """A link."""
        request.setHeader("content-type", "text/html; charset=utf-8")
        return _INDEX


@implementer(IPublicOutput, IEventObserver)
class Metrics(ListeningService):
    """
    Counts, and serves what was counted.

    Queues of other outputs, and what :class:`~tiktoklive.interfaces.ICounted` counts, are those
    of the other children of its parent.

    :param endpoint: where to listen.
    :param sources: tells the state of the sources; ``None`` to leave it out.
    :param rooms: whether figures are told for each user alone.
    :ivar registry: all figures.
    :ivar address: where it listens, ``None`` while it doesn't.
    :ivar files: how many sockets it may have open.
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
        self.setName("metrics")
        self.registry = CollectorRegistry()
        self.address: Any = None
        self._sources = sources
        self._observed = Counters(
            self.registry,
            clock.seconds,
            rooms=rooms,
            users=self._users,
            sources=self._source_names,
        )
        self._lag = ReactorLag(self.registry, clock)
        self.registry.register(Collector(self._services, sources, rooms=rooms))
        ProcessCollector(registry=self.registry)
        root: Any = IndexPage()
        root.putChild(b"metrics", MetricsPage(self.registry))
        limits = WebLimits(connections=CONNECTIONS).with_files(usable(clock))
        self.files = limits.connections
        self._site = BoundedSite(root, clock, limits)
        self._site.displayTracebacks = False
        self._door = Door("metrics", [endpoint], self._site, self._opened)

    def event(self, event: Event) -> None:
        """Count one event."""
        self._observed.event(event)

    def strangers(self) -> int:
        """How many connections ended without a request."""
        return self._site.strange

    def startService(self) -> None:
        """
        Begin to listen, if that was not done yet.

        :raise CannotListenError: the port is taken.
        """
        super().startService()
        self._lag.start()

    def stopService(self) -> Deferred[None]:
        """Stop listening; requests that are being answered still get their answer."""
        super().stopService()
        self._lag.stop()
        self.address = None
        return Deferred.fromCoroutine(self._door.close())

    def _opened(self, number: int, address: Any) -> None:
        self.address = address
        url = url_of(address)
        where = f"{url}metrics" if url else getattr(address, "name", address)
        self.log.info("metrics: at {where}", where=where)

    def _users(self) -> Iterable[str]:
        """The names of those who are followed."""
        for service in self._services():
            if ICounted.providedBy(service):
                return list(service.counts().phases)
        return ()

    def _source_names(self) -> Iterable[str]:
        """The names of the sources."""
        return () if self._sources is None else [each.name for each in self._sources().sources]

    def _services(self) -> Iterable[IService]:
        return () if self.parent is None else self.parent
