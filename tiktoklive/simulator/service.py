"""A simulated TikTok as a service on a port, with users who are live."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING, Any, Final, cast

from twisted.application.service import Service
from twisted.internet import defer, endpoints
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.error import CannotListenError
from twisted.internet.interfaces import IReactorTime, IStreamClientEndpoint
from twisted.logger import Logger
from twisted.web.client import URI
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from tiktoklive.logs import ends_in_words
from tiktoklive.outputs.door import Door
from tiktoklive.simulator.dice import DiceViewers
from tiktoklive.simulator.lifelike import RandomScript
from tiktoklive.simulator.script import Script, Step, TapeScript
from tiktoklive.simulator.tiktok import Simulator

if TYPE_CHECKING:
    from tiktoklive.simulator.control import SimulatorControl

#: The session id of the account ``@bot``, which every simulator on a port knows.
SESSION: Final = "simulated-session-of-bot"


def server(reactor: Any, endpoint: str) -> Any:
    """The endpoint that a text describes; raises what Twisted does."""
    parse: Any = endpoints.serverFromString  # which has no types
    return parse(reactor, endpoint)


class SimulatorService(Service):
    """
    Listens, and performs until it is stopped.

    :param reactor: time and network.
    :param places: endpoints, of which it listens at the first that is free.
    :param control: by what it is told what to do, if by anything.
    :ivar simulator: the TikTok, once it was started.
    :ivar address: where it listens, ``host:port``; ``""`` before it does.
    """

    log = Logger()

    def __init__(
        self,
        reactor: Any,
        *places: str,
        rooms: int,
        rate: float,
        seed: int,
        tape: str | None,
        faults: Mapping[str, float] | None = None,
        control: SimulatorControl | None = None,
    ) -> None:
        self._reactor = reactor
        self._places = places
        self._rooms = rooms
        self._rate = rate
        self._seed = seed
        self._tape = tape
        self._faults = dict(faults or {})
        self._control = control
        self._door: Door | None = None
        self._viewers: list[DiceViewers] = []
        self.simulator: Simulator | None = None
        self.address = ""

    @ends_in_words(CannotListenError)
    def privilegedStartService(self) -> None:
        """
        Begin to listen.

        :raise CannotListenError: the port is taken.
        """
        super().privilegedStartService()
        self._open()

    @ends_in_words(CannotListenError)
    def startService(self) -> None:
        """
        Begin to listen, if that was not done yet.

        :raise CannotListenError: the port is taken.
        """
        self._open()
        super().startService()

    def _open(self) -> None:
        if self._door is not None:
            return
        simulator = self.simulator = Simulator(cast(IReactorTime, self._reactor), seed=self._seed)
        simulator.faults.at_random(self._faults)
        site = simulator.site()
        site.noisy = False
        found = [server(self._reactor, place) for place in self._places]
        door = Door("The simulator", found, site, self._opened)
        try:
            door.open()
            if self._control is not None:
                self._control.open(simulator)
        except CannotListenError:
            self._door = door
            self.stopService()
            raise
        self._door = door

    async def ready(self) -> None:
        """Wait until it listens, or cannot."""
        if self._door is not None:
            await self._door.ready()

    def _opened(self, number: int, where: Any) -> None:
        """The place is known, and so is where pictures are: let people in."""
        assert self.simulator is not None
        if isinstance(where, IPv4Address | IPv6Address):
            shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(where.host, where.host)
            host = f"[{shown}]" if isinstance(where, IPv6Address) else shown
            self.address = f"{host}:{where.port}"
            self.simulator.listens_at(self.address)
        self.simulator.add_session("bot", session_id=SESSION)
        for number in range(1, self._rooms + 1):
            self._fill(self.simulator, number)
        self._announce(self.address or str(where))

    def _fill(self, simulator: Simulator, number: int) -> None:
        """Let there be a user, who is live."""
        clock = simulator.world.clock
        room = simulator.add_room(f"sim{number}")

        def play() -> None:
            if self._tape is not None:
                room.play(_Repeated(TapeScript(self._tape)))
                return
            script = RandomScript(
                self._seed + number,
                self._rate,
                room_id=room.room_id,
                anchor_id=room.anchor_id,
                clock=clock,
                owner=room,
                pictures=room.pictures,
            )
            room.play(script)

        play()
        room.on_live = play
        if self._tape is None:
            players = DiceViewers(room, clock, Random(f"dice {self._seed + number}"))
            self._viewers.append(players)
            players.start()

    def _announce(self, where: str) -> None:
        self.log.info(
            "{users} at {address}.  Follow one:  python -m tiktoklive @sim1 --simulator {address}  "
            "Chat there as @bot:  TIKTOKLIVE_SESSION_ID={session}",
            users="sim1 is live"
            if self._rooms == 1
            else f"{self._rooms} users are live, sim1 to sim{self._rooms},",
            address=where,
            session=SESSION,
        )

    def stopService(self) -> defer.Deferred[None]:
        """Close the door, then the sockets; fires when the port is free."""
        super().stopService()
        door, self._door = self._door, None
        viewers, self._viewers = self._viewers, []
        for each in viewers:
            each.stop()
        self.address = ""
        return defer.Deferred.fromCoroutine(self._stop(door))

    async def _stop(self, door: Door | None) -> None:
        if self._control is not None:
            await self._control.close()
        if door is not None:
            await door.close()
        if self.simulator is not None:
            await self.simulator.stop()


@implementer(IAgentEndpointFactory)
class LoopbackNetwork:
    """
    The network as it is with a simulator in this process: it is behind every address.

    :param simulator: the service that listens.
    """

    def __init__(self, reactor: Any, simulator: SimulatorService) -> None:
        self._reactor = reactor
        self._simulator = simulator

    def endpointForURI(self, uri: URI) -> IStreamClientEndpoint:
        """Where the simulator listens, without TLS."""
        host, _, port = self._simulator.address.rpartition(":")
        return endpoints.TCP4ClientEndpoint(self._reactor, host, int(port))


class _Repeated:
    """
    A script that begins again when it is over; an empty one does not.

    From the second round on its messages get new ids: viewers know the old ones, and leave
    out what they have seen.
    """

    def __init__(self, script: Script) -> None:
        self._script = script

    def __iter__(self) -> Iterator[Step]:
        again = False
        while True:
            empty = True
            for delay, messages in self._script:
                empty = False
                yield delay, _without_ids(messages) if again else messages
            if empty:
                return
            again = True
            yield 1.0, ()


def _without_ids(messages: Sequence[Any]) -> list[Any]:
    return [each[:2] for each in messages]
