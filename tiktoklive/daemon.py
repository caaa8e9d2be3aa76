"""The daemon's services, and how they are put together."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from twisted.application.service import IService, MultiService, Service
from twisted.internet.defer import Deferred, maybeDeferred
from twisted.internet.endpoints import TCP4ClientEndpoint
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.internet.protocol import Factory
from twisted.logger import Logger, LogLevel
from twisted.python.usage import UsageError
from twisted.web.client import URI
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from tiktoklive import capture
from tiktoklive.clock import wall_time
from tiktoklive.deferreds import wait_at_most
from tiktoklive.dispatch.subscription import name_of
from tiktoklive.errors.isolation import AWAITED
from tiktoklive.interfaces import (
    IControlledOutput,
    IFailingOutput,
    IOutput,
    IOutputMaker,
    IReadOutput,
)
from tiktoklive.logs import log_from
from tiktoklive.options import Options
from tiktoklive.plugins import find_maker, split_description
from tiktoklive.service import LiveService
from tiktoklive.signing import FixedSigner
from tiktoklive.wiring import Wiring, standard_wiring

if TYPE_CHECKING:
    from tiktoklive.simulator.tap import SimulatorService

#: Rooms of a simulator inside the process.
ROOMS = 2

#: Seconds that each of its services has for stopping: more than any should need.
STOP_TIMEOUT = 15.0


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What a daemon is to do.

    :ivar users: whom to follow; a simulator and a tape bring their own.
    :ivar outputs: descriptions of outputs, ``KIND:ARGUMENT``.
    :ivar beside: outputs that nobody asked for: they go on as long as one of the others is read.
    :ivar settings: of all connections.
    :ivar record: the tape to write.
    :ivar replay: the tape to play.
    :ivar speed: how many times as fast to play it, 0 for as fast as possible.
    :ivar simulate: messages per second in each room of a simulator inside the process.
    """

    users: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ("console",)
    beside: tuple[str, ...] = ()
    settings: Options = field(default_factory=Options)
    record: str | None = None
    replay: str | None = None
    speed: float = 1.0
    simulate: float | None = None


class Daemon(MultiService):
    """
    Its children start in their order and stop in the opposite one, each when the one
    before has stopped: what is said last is still written.  One that does not stop within
    :data:`STOP_TIMEOUT` seconds is left behind, and logged.

    While it runs, SIGUSR1 lets it log the status of all users, and SIGHUP ends it.  Debug lines,
    and Twisted's lines about each connection, stay out of the log.

    :param replay: the tape that is played, if one is.
    :param first: what is to be done before its children start, each time, as the user that the
        process is by then; it may raise a :class:`~tiktoklive.errors.StartError`.
    :ivar live: the service that follows the users.
    :ivar beside: outputs that nobody asked for.
    """

    log = Logger()

    def __init__(
        self,
        live: LiveService,
        replay: capture.Replay | None = None,
        first: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.setName("tiktoklive")
        self.live = live
        self.beside: set[IService] = set()
        self._replay = replay
        self._first = first
        self._reactor = live.wiring.reactor
        self._signals = StatusSignal(self._reactor, self.log_status), HangUp()

    def when_over(self) -> Deferred[int]:
        """
        Fires when there is nobody left to follow.

        :return: the exit status: 0 after a tape was played to its end, 1 when every user was given
            up, or does not exist.
        """
        over = self.live.when_over()
        return over.addCallback(lambda _: 0 if self._replay and self._replay.is_over else 1)

    def when_unread(self) -> Deferred[None]:
        """Fires when nobody reads any of the outputs that were asked for any more."""

        async def wait() -> None:
            for output in filter(IOutput.providedBy, list(self)):
                if output in self.beside:
                    continue
                # A file and a web server, say, are written whether somebody reads or not.
                await (output.when_unread() if IReadOutput.providedBy(output) else Deferred())

        return Deferred.fromCoroutine(wait())

    def log_status(self) -> None:
        """Write to the log how all users, sources, and the outputs that fail, are doing."""
        self.live.log_status()
        for output in filter(IFailingOutput.providedBy, list(self)):
            if output.failing:
                self.log.info(
                    "Output {output} fails: {reason}", output=output.name, reason=output.failing
                )

    def startService(self) -> None:
        """
        Start all.

        :raise StartError: one of them cannot.
        :raise CannotListenError: a port is taken.
        """
        if self._first is not None:
            self._first()
        for heard in self._signals:
            heard.begin()
        log_from(LogLevel.info)
        Factory.noisy = False
        super().startService()

    def stopService(self) -> Deferred[None]:
        """Stop all."""
        Service.stopService(self)

        async def stop() -> None:
            for service in reversed(list(self)):
                try:
                    stopping = maybeDeferred(service.stopService)
                    await wait_at_most(
                        stopping, STOP_TIMEOUT, self._reactor, partial(self._late, service)
                    )
                except AWAITED:
                    self.log.failure("{service} could not be stopped", service=name_of(service))
            if not self.running:  # else it was started again meanwhile
                for heard in self._signals:
                    heard.end()
                log_from(LogLevel.debug)
                Factory.noisy = True

        return Deferred.fromCoroutine(stop())

    def _late(self, service: object) -> None:
        self.log.error(
            "{service} does not stop within {seconds:g} s: it is left behind",
            service=name_of(service),
            seconds=STOP_TIMEOUT,
        )


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
        return TCP4ClientEndpoint(self._reactor, host, int(port))


def assemble(reactor: Any, plan: Plan, *, network: IAgentEndpointFactory | None = None) -> Daemon:
    """
    Put a daemon together: once, while its command line can still be refused.

    Makes and opens nothing: what cannot be known without that is told when the daemon starts.

    :param network: where connections go, when no simulator is asked for; to their hosts, or
        through the proxies of the settings, when left out.
    :raise UsageError: when there is no such tape, or an output's argument is no good.
    """
    users, simulator, replay, tape = plan.users, None, None, None
    first: Callable[[], object] | None = None
    if plan.simulate is not None:
        simulator = _simulator(reactor, plan.simulate)
        network = LoopbackNetwork(reactor, simulator)
        users = tuple(f"sim{number}" for number in range(1, ROOMS + 1))
    try:
        wiring = standard_wiring(reactor, plan.settings, network=network)
    except ValueError as e:  # a part finds something in the settings that we did not
        raise UsageError(str(e)) from e
    if plan.replay is not None:
        wiring, replay, tape = _replaying(wiring, plan.replay, plan.speed)
    if plan.record is not None:
        wiring, first = _recording(wiring, plan.record, users)
    live = LiveService(wiring)
    if tape is not None:
        first = partial(_open_tape, tape, live)
    daemon = Daemon(live, replay, first)
    used = set()
    for number, description in enumerate((*plan.outputs, *plan.beside), 1):
        output = _output(wiring, description)
        if (file := getattr(output, "uses", None)) in used:
            raise UsageError(f"--output {description}: another output uses {file} already.")
        if file is not None:
            used.add(file)
        if number > len(plan.outputs):
            daemon.beside.add(output)
        # Two of a kind have the same name, which their parent would not take.
        output.setName(f"{split_description(description)[0]}-{number}")
        live.add_observer(output)
        if IControlledOutput.providedBy(output):
            output.control(live)
            if plan.replay is None:  # a tape ends, whoever looks on
                live.controlled()
        output.setServiceParent(daemon)
    if simulator is not None:
        simulator.setServiceParent(daemon)
    for user in users:
        live.add(user)
    live.setServiceParent(daemon)
    return daemon


def _simulator(reactor: Any, rate: float) -> SimulatorService:
    from tiktoklive.simulator.tap import SimulatorService

    where, seed = "tcp:0:interface=127.0.0.1", int(wall_time(reactor))
    return SimulatorService(reactor, where, rooms=ROOMS, rate=rate, seed=seed, tape=None)


def _output(wiring: Wiring, description: str) -> IService:
    kind, argument = split_description(description)
    try:
        output: IService = find_maker(IOutputMaker, kind).make(wiring, argument)
    except (ValueError, OSError) as e:
        said = getattr(e, "strerror", None) or e
        raise UsageError(f"--output {description}: {said}") from e
    return output


def _recording(
    wiring: Wiring, path: str, users: Sequence[str]
) -> tuple[Wiring, Callable[[], None]]:
    """The wiring that writes tapes, and what looks at them when the daemon starts."""
    # twistd goes to its --rundir after this: the path is that of the command line.
    tape = Path(path).absolute()
    try:
        if not tape.parent.is_dir():
            raise UsageError(f"--record: there is no directory {Path(path).parent}: make it first.")
        recorder = capture.Recorder(wiring.opener, tape, wiring.reactor, per_user=len(users) > 1)
        for user in users:
            recorder.check(user)
    except ValueError as e:
        raise UsageError(f"--record {path}: {e}") from e
    except OSError as e:
        raise UsageError(f"--record: {path} cannot be written: {e.strerror or e}.") from e

    return replace(wiring, opener=recorder), partial(recorder.begin, users)


def _replaying(
    wiring: Wiring, path: str, speed: float
) -> tuple[Wiring, capture.Replay, capture.TapeResolver]:
    """The wiring that plays a tape, and who knows what is in it."""
    tape = Path(path).absolute()  # as for --record
    try:
        tape.stat()
    except OSError as e:
        raise UsageError(f"--replay: {path} cannot be read: {e.strerror}.") from e
    replay = capture.Replay(tape, wiring.reactor, speed=speed)
    resolver = capture.TapeResolver(tape)
    wiring = replace(
        wiring, resolver=resolver, signer=FixedSigner("replay"), opener=replay, sources=()
    )
    return wiring, replay, resolver


def _open_tape(tape: capture.TapeResolver, live: LiveService) -> None:
    """Follow the user whose tape it is."""
    user = tape.begin()
    if user not in live.status():  # else it is started again
        live.add(user)


#: Not there on every platform.
USR1: Any = getattr(signal, "SIGUSR1", None)
HUP: Any = getattr(signal, "SIGHUP", None)


class StatusSignal:
    """
    Asks for the status when the signal comes, from :meth:`begin` to :meth:`end`.

    Whoever had the signal before gets it first: twistd rotates its log file then.  Python
    allows only the main thread to do this; in another one nothing happens.

    :param tell: is called in the reactor's thread.
    """

    def __init__(self, reactor: Any, tell: Callable[[], object]) -> None:
        self._reactor = reactor
        self._tell = tell
        self._before: Any = None
        self._begun = False

    def begin(self) -> None:
        """Hear the signal."""
        if self._begun or USR1 is None or threading.current_thread() is not threading.main_thread():
            return
        self._before = signal.getsignal(USR1)
        signal.signal(USR1, self._heard)
        self._begun = True

    def end(self) -> None:
        """Give the signal back to whoever had it before, if it is still ours."""
        if self._begun:
            self._begun = False
            # `==`, because each look at a method makes a new object of it.
            if signal.getsignal(USR1) == self._heard:
                signal.signal(USR1, signal.SIG_DFL if self._before is None else self._before)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        if callable(self._before):
            self._before(number, frame)
        self._reactor.callFromThread(self._tell)


class HangUp:
    """
    Takes SIGHUP for SIGTERM, from :meth:`begin` to :meth:`end`: whose terminal is closed ends in
    order, and loses nothing that waits to be written.

    A process that ignores it, as under ``nohup``, or that has something else in mind for it, is
    left alone.
    """

    def begin(self) -> None:
        """Hear the signal."""
        if HUP is None or threading.current_thread() is not threading.main_thread():
            return
        if signal.getsignal(HUP) == signal.SIG_DFL:
            signal.signal(HUP, self._heard)

    def end(self) -> None:
        """Hear it no more."""
        if HUP is not None and signal.getsignal(HUP) == self._heard:
            signal.signal(HUP, signal.SIG_DFL)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        signal.raise_signal(signal.SIGTERM)
