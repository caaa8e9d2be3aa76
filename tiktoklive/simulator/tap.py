"""``twistd tiktoklive-simulator``: a small TikTok of random broadcasts on a local port."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, cast

from twisted.application.service import IService, Service
from twisted.internet import defer, endpoints
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IListeningPort, IReactorTime
from twisted.logger import Logger
from twisted.python import usage
from twisted.python.failure import Failure

from tiktoklive.clock import make_steady
from tiktoklive.errors import TapeError
from tiktoklive.simulator.lifelike import RandomScript
from tiktoklive.simulator.random_faults import RANDOM_FAULTS, parse_faults
from tiktoklive.simulator.script import Script, TapeScript
from tiktoklive.simulator.tiktok import Simulator


def _count(text: str) -> int:
    if not (text.isdecimal() and len(text) < 9 and 1 <= int(text) <= 10_000):
        raise ValueError("--rooms must be a whole number from 1 to 10000")
    return int(text)


def _rate(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= 100_000:
        raise ValueError("--rate must be a number above 0, at most 100000")
    return number


def _seed(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError("--seed must be a whole number") from None


def _faults(text: str) -> dict[str, float]:
    try:
        return parse_faults(text)
    except ValueError as problem:
        raise ValueError(f"--faults: {problem}") from None


def _kinds() -> str:
    """What can go wrong, for people."""
    kinds: dict[str, list[str]] = {}
    for name, what in RANDOM_FAULTS.items():
        kinds.setdefault(what, []).append(name)
    return "; ".join(f"of {what}: {', '.join(names)}" for what, names in kinds.items())


class Options(usage.Options):
    """What ``twistd tiktoklive-simulator`` takes."""

    synopsis = "[options]"
    longdesc = (
        "Plays TikTok for tiktoklive, without TikTok: users named sim1, sim2 and so on are "
        "live in random rooms.  The log tells how to follow them."
    )
    optParameters = [
        [
            "endpoint",
            "e",
            "tcp:8080:interface=127.0.0.1",
            "Where to listen, as a Twisted endpoint; every client that reaches it can use it.",
        ],
        ["rooms", "n", 1, "How many users are live.", _count],
        ["rate", "r", 20.0, "Messages per second in each room.", _rate],
        ["seed", "s", 0, "Makes everything random repeatable.", _seed],
        ["tape", "t", None, "Play this tape in every room, over and over, instead."],
        [
            "faults",
            "f",
            None,
            "What goes wrong how often, in percent: reset=0.1,garbage=1,http=5.  "
            f"{_kinds().capitalize()}.",
            _faults,
        ],
    ]

    def postOptions(self) -> None:
        """Look at the tape and the endpoint before anything starts."""
        if self["tape"] is not None:
            try:
                TapeScript(self["tape"])
            except (TapeError, OSError) as problem:
                raise usage.UsageError(f"--tape: {problem}") from None
        from twisted.internet import reactor

        try:
            _server(reactor, self["endpoint"])
        except (ValueError, TypeError, LookupError, OSError) as problem:
            raise usage.UsageError(
                f"--endpoint must be one of Twisted's, such as tcp:8080, not {self['endpoint']!r}:"
                f" {problem}"
            ) from None


def _server(reactor: Any, endpoint: str) -> Any:
    parse: Any = endpoints.serverFromString  # which has no types
    return parse(reactor, endpoint)


class SimulatorService(Service):
    """
    Listens, and performs until it is stopped.

    :param reactor: time and network.
    :ivar simulator: the TikTok, once it was started.
    :ivar address: where it listens, ``host:port``; ``""`` before it does.
    """

    log = Logger()

    def __init__(
        self,
        reactor: Any,
        endpoint: str,
        *,
        rooms: int,
        rate: float,
        seed: int,
        tape: str | None,
        faults: Mapping[str, float] | None = None,
    ) -> None:
        self._reactor = reactor
        self._endpoint = endpoint
        self._rooms = rooms
        self._rate = rate
        self._seed = seed
        self._tape = tape
        self._faults = dict(faults or {})
        self._listening: defer.Deferred[Any] | None = None
        self.simulator: Simulator | None = None
        self.address = ""

    def startService(self) -> None:
        """Open the rooms, then the door."""
        super().startService()
        clock = cast(IReactorTime, self._reactor)
        self.simulator = Simulator(clock, seed=self._seed)
        self.simulator.faults.at_random(self._faults)
        for number in range(1, self._rooms + 1):
            room = self.simulator.add_room(f"sim{number}")
            script: Script
            if self._tape is not None:
                script = _Repeated(TapeScript(self._tape))
            else:
                script = RandomScript(
                    self._seed + number,
                    self._rate,
                    room_id=room.room_id,
                    anchor_id=room.anchor_id,
                    clock=clock,
                )
            room.play(script)
        self._listening = _server(self._reactor, self._endpoint).listen(self.simulator.site())
        self._listening.addCallback(self._announce)
        failed: list[Failure] = []
        started = False

        def cannot_listen(failure: Failure) -> None:
            if not started:
                failed.append(failure)
            elif not isinstance(failure.value, defer.CancelledError):  # that's stopService()
                self.log.failure("Cannot listen", failure=failure)

        self._listening.addErrback(cannot_listen)
        started = True
        if failed:
            # A port that is taken shows at once; twistd then says so and exits.
            self.simulator.stop()
            failed[0].raiseException()

    async def ready(self) -> None:
        """Wait until it listens."""
        if self._listening is not None:
            ready: defer.Deferred[None] = defer.Deferred()

            def pass_on(result: Any) -> Any:
                ready.callback(None)
                return result

            self._listening.addBoth(pass_on)
            await ready

    def _announce(self, port: IListeningPort) -> IListeningPort:
        where = port.getHost()
        if isinstance(where, IPv4Address | IPv6Address):
            host = f"[{where.host}]" if isinstance(where, IPv6Address) else where.host
            self.address = f"{host}:{where.port}"
        self.log.info(
            "{users}.  Follow one:  twistd -n tiktoklive --user @sim1 --web-base http://{address} "
            "--webcast-base http://{address} --ws-base ws://{address}",
            users="sim1 is live"
            if self._rooms == 1
            else f"{self._rooms} users are live: sim1 to sim{self._rooms}",
            address=self.address or str(where),
        )
        return port

    def stopService(self) -> defer.Deferred[None]:
        """Close the door, then the sockets; fires when the port is free."""
        super().stopService()
        listening, self._listening = self._listening, None
        self.address = ""
        return defer.Deferred.fromCoroutine(self._stop(listening))

    async def _stop(self, listening: defer.Deferred[Any] | None) -> None:
        port = None
        if listening is not None:
            if not listening.called:
                listening.cancel()
            port = await listening
        if port is not None:
            await defer.maybeDeferred(port.stopListening)
        if self.simulator is not None:
            await self.simulator.stop()


class _Repeated:
    """
    A script that begins again when it is over; an empty one does not.

    From the second round on its messages get new ids: viewers know the old ones, and leave
    out what they have seen.
    """

    def __init__(self, script: Script) -> None:
        self._script = script

    def __iter__(self) -> Any:
        again = False
        while True:
            empty = True
            for delay, messages in self._script:
                empty = False
                yield delay, [each[:2] for each in messages] if again else messages
            if empty:
                return
            again = True
            yield 1.0, ()


def makeService(options: Options, reactor: Any = None) -> IService:
    """
    Assemble the service.

    :param reactor: the global one, unless given.
    """
    if reactor is None:
        from twisted.internet import reactor
    make_steady(reactor)
    return SimulatorService(
        reactor,
        options["endpoint"],
        rooms=options["rooms"],
        rate=options["rate"],
        seed=options["seed"],
        # twistd goes to its --rundir after this: the path is that of the command line.
        tape=None if options["tape"] is None else os.path.abspath(options["tape"]),
        faults=options["faults"],
    )
