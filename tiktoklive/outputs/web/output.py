"""Kinds ``web`` and ``feed``: the services that listen."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from twisted.application.service import Service
from twisted.internet.defer import Deferred
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.events import Event, IEventObserver
from tiktoklive.files.descriptors import usable
from tiktoklive.interfaces import (
    IControlledOutput,
    IFailingOutput,
    IGatherer,
    IPublicOutput,
    IQueuedOutput,
    IRooms,
    IUserArchive,
    PartWiring,
)
from tiktoklive.model import QueueCounts
from tiktoklive.outputs.arguments import Coerce, file_to_write, read_options, split_file
from tiktoklive.outputs.door import Door
from tiktoklive.outputs.web.answers import policy
from tiktoklive.outputs.web.control import RoomControl
from tiktoklive.outputs.web.fanout import Fanout
from tiktoklive.outputs.web.guard import (
    Guard,
    WebLimits,
    hosts_and_origins,
    limits_of,
    picture_hosts,
)
from tiktoklive.outputs.web.keptfile import SOON, Kept, KeptFile
from tiktoklive.outputs.web.lanes import LanesAnswer
from tiktoklive.outputs.web.listening import Place, parse_place, url_of
from tiktoklive.outputs.web.requests import BoundedSite
from tiktoklive.outputs.web.ring import Ring
from tiktoklive.outputs.web.site import CheckedResource, FeedFront, Front
from tiktoklive.outputs.web.streams import Streams
from tiktoklive.outputs.web.tokens import USUAL as USUAL_TOKENS
from tiktoklive.outputs.web.tokens import Tokens, read_tokens, set_name
from tiktoklive.outputs.web.userfiles import UserFiles, user_files
from tiktoklive.outputs.written import WritingOutput

#: Where ``web`` without an argument listens, or at any free port if that one is taken.
USUAL: Final = "tcp:8080"

#: Seconds from when something was counted until the numbers are written, with all that come
#: meanwhile.
NUMBERS_SOON: Final = 5.0

USUAL_LIMITS: Final = WebLimits()


@dataclass(frozen=True, slots=True)
class SiteParts:
    """What every output that listens is made of."""

    reactor: Any
    places: Sequence[Place]
    endpoints: Sequence[Any]
    tokens: Tokens
    guard: Guard
    fanout: Fanout
    streams: Streams
    policy: str
    user_files: UserFiles
    lanes: LanesAnswer


@implementer(IQueuedOutput, IPublicOutput, IEventObserver, IGatherer)
class SiteOutput(WritingOutput, Service):
    """
    Listens, and sends events to its clients.

    :param title: what it is, for the log and the counts.
    :param root: answers requests.
    """

    log = Logger()

    def __init__(self, title: str, parts: SiteParts, root: CheckedResource) -> None:
        self.setName(title.partition(":")[0])
        self.title = title
        self.url = ""
        self.fanout = parts.fanout
        self._places = parts.places
        self._limits = limits = parts.guard.limits
        self._site = BoundedSite(root, parts.reactor, limits, parts.fanout.crowded)
        self._door = Door(title, parts.endpoints, self._site, self._opened)

    def event(self, event: Event) -> None:
        """Send one event."""
        self.fanout.event(event, self._written(event))

    def queues(self) -> Sequence[QueueCounts]:
        """
        The most bytes that wait for one client, and how many were too slow; the bytes that wait
        for all together; and how many clients there are, and how many were sent away.
        """
        fanout, limits, name = self.fanout, self._limits, self.title
        shared = fanout.shared
        return [
            QueueCounts(name, fanout.waiting, limits.waiting, fanout.dropped, 0.0),
            QueueCounts(f"{name} together", shared.size, shared.limit, 0, 0.0),
            QueueCounts(f"{name} clients", len(fanout), limits.clients, fanout.sent_away, 0.0),
        ]

    def strangers(self) -> int:
        """
        How many connections ended without a request, and WebSockets that kept to no protocol.
        """
        return self._site.strange + self.fanout.strange

    @property
    def files(self) -> int:
        """How many sockets it may have open."""
        return self._limits.clients + self._limits.connections

    # --- IService ---------------------------------------------------------------------

    def privilegedStartService(self) -> None:
        """
        Begin to listen.

        :raise CannotListenError: the port is taken.
        """
        super().privilegedStartService()
        self._door.open()

    def startService(self) -> None:
        """
        Begin to listen, if that was not done yet, and to give signs of life.

        :raise CannotListenError: the port is taken.
        """
        self._door.open()
        super().startService()
        self.fanout.start()

    async def ready(self) -> str:
        """Wait until it listens; the address of the site, for people."""
        await self._door.ready()
        return self.url

    def stopService(self) -> Deferred[None]:
        """Close the door, then all connections; fires when they are closed."""
        super().stopService()
        self.url = ""

        async def stop() -> None:
            await self._door.close()
            # Streams say goodbye; requests that are under way do not matter any more.
            await self.fanout.stop()
            await self._site.close()

        return Deferred.fromCoroutine(stop())

    def _opened(self, number: int, address: Any) -> None:
        place = self._places[number]
        self.url = url_of(address, place.secure)
        self._announce(self.url or place.description)

    def _announce(self, where: str) -> None:
        self.log.info("{output} listens on {where}", output=self.name, where=where)


@implementer(IControlledOutput)
class WebOutput(SiteOutput):
    """The whole site."""

    def __init__(self, title: str, parts: SiteParts) -> None:
        self._control = RoomControl(self._renamed)
        front = Front(
            parts.guard,
            parts.fanout,
            parts.streams,
            parts.tokens,
            self._control,
            parts.lanes,
            self._failing,
            parts.user_files,
            self._archives,
        )
        front.policy = parts.policy
        #: What stays over a restart.
        self.kept_files: Sequence[KeptFile] = ()
        super().__init__(title, parts, front)

    def startService(self) -> None:
        """
        As any site; before it, know what was decided and counted before.

        :raise StartError: a file of that cannot be used.
        """
        with ExitStack() as opened:
            for file in self.kept_files:
                file.open()
                opened.callback(file.close)
            for site in self._sites():
                site.fanout.names.follows = self._follows
            super().startService()
            opened.pop_all()

    def stopService(self) -> Deferred[None]:
        """As any site."""
        for file in self.kept_files:
            file.close()
        return super().stopService()

    def control(self, rooms: IRooms) -> None:
        """Take over what knows the rooms and their users."""
        self._control.rooms = rooms

    def _renamed(self, old: str, new: str) -> None:
        """
        A user has another name, in all outputs of the daemon that listen.

        Where another node follows the user, the event that tells it comes later, or never.
        """
        for site in self._sites():
            site.fanout.renamed(old, new)

    def _sites(self) -> list[SiteOutput]:
        """All outputs of the daemon that listen."""
        services = (self,) if self.parent is None else self.parent
        return [site for site in services if isinstance(site, SiteOutput)]

    def _follows(self, room: str) -> bool:
        rooms = self._control.rooms
        return rooms is not None and any(each.lower() == room for each in rooms.status())

    def _failing(self) -> dict[str, str]:
        """Which of the other children of its parent fail, and why, and whether it does itself."""
        services = () if self.parent is None else self.parent
        found = filter(IFailingOutput.providedBy, services)
        failing = {str(each.name): each.failing for each in found if each.failing}
        if own := [file.failing for file in self.kept_files if file.failing]:
            failing[self.title] = "; ".join(own)
        return failing

    def _archives(self) -> Iterable[IUserArchive]:
        """Those of the other children of its parent that can be asked about users."""
        services = () if self.parent is None else self.parent
        return map(IUserArchive, filter(IUserArchive.providedBy, services))

    def _announce(self, where: str) -> None:
        if self.url:
            self.log.info("Open {where} in a browser to read along", where=where)
        else:
            super()._announce(where)  # where a browser can't go


def make(
    wiring: PartWiring,
    argument: str,
    environ: Mapping[str, str] = os.environ,
    limits: WebLimits = USUAL_LIMITS,
) -> WebOutput:
    """
    Make the output ``web``.

    :param argument: see :func:`~tiktoklive.outputs.web.listening.parse_place`; when it is
        left out port 8080, or any free one if that is taken. ``?tokens=NAME`` behind it names the
        set of tokens.
    :raise ValueError: it makes no sense, or the tokens don't.
    """
    where, options = _split(argument, {"moderation": Path, "numbers": Path})
    places = [parse_place(where or USUAL)]
    if not where:
        places.append(parse_place("tcp:0"))
    parts = _parts(wiring, places, environ, limits, options["tokens"])
    web = WebOutput(f"web:{where or USUAL}", parts)
    fanout = parts.fanout
    kept: dict[str, tuple[Kept, float]] = {
        "moderation": (fanout.moderation, SOON),
        "numbers": (fanout.numbers.rooms, NUMBERS_SOON),
    }
    web.kept_files = [
        KeptFile(file_to_write(str(options[name])), wiring.reactor, *what)
        for name, what in kept.items()
        if name in options
    ]
    return web


def make_feed(
    wiring: PartWiring,
    argument: str,
    environ: Mapping[str, str] = os.environ,
    limits: WebLimits = USUAL_LIMITS,
) -> SiteOutput:
    """
    Make the output ``feed``: the WebSocket alone.

    :param argument: as that of ``web``, but not to be left out.
    :raise ValueError: it makes no sense, or the tokens don't.
    """
    where, options = _split(argument)
    if not where:
        raise ValueError("say where to listen: feed:21213.")
    place = parse_place(where)
    parts = _parts(wiring, [place], environ, limits, options["tokens"], own_pages=True)
    parts.fanout.adds_coins = True
    return SiteOutput(f"feed:{where}", parts, FeedFront(parts.guard, parts.streams))


def _split(argument: str, more: Mapping[str, Coerce] = {}) -> tuple[str, dict[str, Any]]:
    """Where to listen, and the options behind it; ``tokens``, the set of them, is always one."""
    where, options = split_file(argument)
    return where, {"tokens": USUAL_TOKENS} | read_options(options, {"tokens": set_name, **more})


def _parts(
    wiring: PartWiring,
    places: list[Place],
    environ: Mapping[str, str],
    limits: WebLimits,
    named: str,
    *,
    own_pages: bool = False,
) -> SiteParts:
    endpoints = [place.endpoint(wiring.reactor) for place in places]
    limits = limits_of(environ, limits).with_files(usable(wiring.reactor))
    local = all(place.local for place in places)
    tokens = read_tokens(environ, open_to_all=local, named=named)
    hosts, origins = hosts_and_origins(environ)
    guard = Guard(
        wiring.reactor,
        limits,
        hosts=hosts,
        origins=origins,
        local=local,
        own_pages=own_pages,
    )
    ring = Ring(f"{wiring.random.getrandbits(40):010x}")
    fanout = Fanout(wiring.reactor, ring, limits.together)
    streams = Streams(fanout, tokens, limits)
    allowed = policy(wiring.pictures, picture_hosts(environ), origins)
    files = user_files(environ)
    lanes = LanesAnswer(lambda: wiring.sources_status(), wiring.reactor)
    return SiteParts(
        wiring.reactor, places, endpoints, tokens, guard, fanout, streams, allowed, files, lanes
    )
