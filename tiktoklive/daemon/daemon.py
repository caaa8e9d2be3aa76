"""The daemon's services, and how they are put together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

from twisted.application.service import IService, MultiService, Service
from twisted.internet.defer import Deferred, maybeDeferred
from twisted.internet.error import CannotListenError
from twisted.internet.protocol import Factory
from twisted.logger import Logger, LogLevel
from twisted.python.usage import UsageError
from twisted.web.iweb import IAgentEndpointFactory

from tiktoklive.capture import Replay
from tiktoklive.clock import wall_time
from tiktoklive.daemon.plan import Plan
from tiktoklive.daemon.signals import USR1, USR2, AskingSignal, HangUp
from tiktoklive.daemon.state import StateFile
from tiktoklive.daemon.tapes import open_tape, recording_of, replaying
from tiktoklive.deferreds import wait_at_most
from tiktoklive.dispatch.subscription import name_of
from tiktoklive.errors import InvalidUserOptionsError, StartError
from tiktoklive.errors.isolation import AWAITED
from tiktoklive.files.descriptors import allow_more, needed, too_few, usable
from tiktoklive.fleet.membership import Membership, become_member, parse_fleet
from tiktoklive.interfaces import (
    IControlledOutput,
    IFailingOutput,
    IFleetMember,
    ILogReader,
    IOutput,
    IOutputMaker,
    IQueuedOutput,
    IReadOutput,
    IReopenedOutput,
    IRooms,
    IStreamOutput,
)
from tiktoklive.logs import ends_in_words, log_from
from tiktoklive.net.redaction import NOTHING_KNOWN
from tiktoklive.net.roots import check_roots
from tiktoklive.plugins import find_maker, split_description
from tiktoklive.service import LiveService
from tiktoklive.wiring import Wiring, standard_wiring

if TYPE_CHECKING:
    from tiktoklive.fleet.reading import StreamSource
    from tiktoklive.simulator.service import SimulatorService

#: Rooms of a simulator inside the process.
ROOMS = 2

#: Seconds that each of its services has for stopping: more than any should need.
STOP_TIMEOUT = 15.0


class Daemon(MultiService):
    """
    Its children start in their order and stop in the opposite one, each when the one
    before has stopped: what is said last is still written.  One that does not stop within
    :data:`STOP_TIMEOUT` seconds is left behind, and logged.

    While it runs, SIGUSR1 lets it log the status of all users and look for files that were moved,
    SIGUSR2 lets it read the users file again, and SIGHUP ends it.  Debug lines,
    and Twisted's lines about each connection, stay out of the log.

    :param replay: the tape that is played, if one is.
    :param first: what is to be done before its children start, each time, as the user that the
        process is by then; it may raise a :class:`~tiktoklive.errors.StartError`.
    :ivar live: the service that follows the users.
    :ivar beside: outputs that were not asked for.
    """

    log = Logger()

    def __init__(
        self,
        live: LiveService,
        replay: Replay | None = None,
        first: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.setName("tiktoklive")
        self.live = live
        self.beside: set[IService] = set()
        self._replay = replay
        self._first = first
        self._reactor = live.wiring.reactor
        self._signals = (
            AskingSignal(self._reactor, USR1, self._signalled),
            AskingSignal(self._reactor, USR2, self._reload),
            HangUp(),
        )

    def when_over(self) -> Deferred[int]:
        """
        Fires when there is no user left to follow.

        :return: the exit status: 0 after a tape was played to its end, 1 when every user was given
            up, or does not exist.
        """
        over = self.live.when_over()
        return over.addCallback(lambda _: 0 if self._replay and self._replay.is_over else 1)

    def when_unread(self) -> Deferred[None]:
        """Fires when no output that was asked for has a reader any more."""

        async def wait() -> None:
            for output in filter(IOutput.providedBy, list(self)):
                if output in self.beside:
                    continue
                # A file and a web server, say, are written whether somebody reads or not.
                await (output.when_unread() if IReadOutput.providedBy(output) else Deferred())

        return Deferred.fromCoroutine(wait())

    def log_status(self) -> None:
        """Write to the log how all users, sources, streams, and outputs that fail, are doing."""
        self.live.log_status()
        for member in filter(IFleetMember.providedBy, list(self)):
            self.log.info("Fleet: {line}", line=member.node_counts().line)
        for queued in filter(IQueuedOutput.providedBy, list(self)):
            for waiting in queued.queues():
                if waiting.size:
                    self.log.info("Queue of {line}", line=waiting.line)
        for output in filter(IFailingOutput.providedBy, list(self)):
            if output.failing and not isinstance(output, StateFile):  # which the users have told
                self.log.info(
                    "Output {output} fails: {reason}", output=output.name, reason=output.failing
                )
        for stream in filter(IStreamOutput.providedBy, list(self)):
            for counts in stream.streams():
                self.log.info("{line}", line=counts.line)

    def log_shown_on(self, stream: TextIO) -> None:
        """Tell the outputs on which stream the log is shown, before they start."""
        for output in filter(ILogReader.providedBy, list(self)):
            output.log_shown_on(stream)

    def _signalled(self) -> None:
        self.log_status()
        for output in filter(IReopenedOutput.providedBy, list(self)):
            output.reopen()

    def _reload(self) -> None:
        try:
            self.live.reload()
        except InvalidUserOptionsError:
            pass  # it was logged
        except LookupError as e:
            self.log.warn("SIGUSR2 reads nothing: {why}", why=e.args[0])

    @ends_in_words(CannotListenError, StartError)
    def privilegedStartService(self) -> None:
        """Open what only root may."""
        super().privilegedStartService()

    @ends_in_words(CannotListenError, StartError)
    def startService(self) -> None:
        """
        Start all.

        :raise StartError: one of them cannot.
        :raise CannotListenError: a port is taken.
        """
        if self._first is not None:
            self._first()
        self.live.open_state()
        if self.live.wiring.options.state is not None and self.live.is_without_users:
            raise StartError("No user is to be followed, and none can be added: name one.")
        named = {str(each.name): each for each in self}
        outputs = {name: each for name, each in named.items() if IOutput.providedBy(each)}
        needs = needed(len(self.live.status()), outputs)
        if told := too_few(usable(self._reactor), needs):
            self.log.warn("{told}", told=told)
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


def assemble(reactor: Any, plan: Plan, *, network: IAgentEndpointFactory | None = None) -> Daemon:
    """
    Put a daemon together: once, while its command line can still be refused.

    Makes and opens nothing: what cannot be known without that is told when the daemon starts.

    :param network: where connections go, when no simulator is asked for; to their hosts, or
        through the proxies of the settings, when left out.
    :raise UsageError: when there is no such tape, or an output's argument is no good.
    """
    allow_more()  # outputs that listen are made to fit what there is
    users, simulator, replay, tape, recording = plan.users, None, None, None, None
    first: Callable[[], object] | None = None
    if plan.simulate is not None:
        simulator, network = _simulator(reactor, plan.simulate)
        users = tuple(f"sim{number}" for number in range(1, ROOMS + 1))
    try:
        wiring = standard_wiring(reactor, plan.settings, network=network)
        if simulator is not None:  # its port is known when it listens
            wiring = replace(wiring, pictures="http://127.0.0.1:*")
    except ValueError as e:  # a part finds something in the settings that we did not
        raise UsageError(str(e)) from e
    if plan.replay is not None:
        wiring, replay, tape = replaying(wiring, plan.replay, plan.speed)
    if plan.record is not None:
        wiring, recording = recording_of(wiring, plan.record, users)
    live = LiveService(wiring)
    member = _member(wiring, live, plan) if plan.settings.fleet.address is not None else None
    source = None if plan.source is None else _source(reactor, plan.source)
    if source is not None:
        live.controlled()  # it has no users, and is not over for that
    elif tape is not None:
        first = partial(open_tape, tape, live)
    elif network is None:
        where = plan.settings
        first = partial(check_roots, (where.web_base, where.webcast_base, where.ws_base))
    daemon = Daemon(live, replay, first)
    if recording is not None:
        recording.setServiceParent(daemon)
        daemon.beside.add(recording)
    if plan.settings.state is not None:
        state = StateFile(live)
        state.setServiceParent(daemon)
        daemon.beside.add(state)
    for way in wiring.sources:
        if way.service is not None:
            way.service.setServiceParent(daemon)
    _add_outputs(daemon, plan, wiring, live if member is None else member.rooms, source)
    if simulator is not None:
        simulator.setServiceParent(daemon)
    if member is not None:
        live.controlled()
        live.add_observer(member.observer)
    else:
        _add_users(live, plan, users)
    before, behind = ((), ()) if member is None else (member.before, member.behind)
    for service in (*before, live, *behind):
        service.setServiceParent(daemon)
    return daemon


def _add_outputs(
    daemon: Daemon, plan: Plan, wiring: Wiring, rooms: IRooms, source: StreamSource | None
) -> None:
    """
    Make the outputs, and let each have its events.

    :param rooms: which users are followed, for outputs through which people choose them.
    :param source: what is read instead of following users, if anything is.
    """
    used, kept = set(), plan.kept_files()
    for number, description in enumerate((*plan.outputs, *plan.beside), 1):
        kind, argument = split_description(description)
        place = argument.partition("#")[0]
        if place and (what := kept.get(os.path.realpath(place))) is not None:
            raise UsageError(f"{_named(description)}: that is {what}, which is no output's.")
        output = _output(wiring, description)
        if (file := getattr(output, "uses", None)) in used:
            raise UsageError(f"{_named(description)}: another output uses {file} already.")
        if file is not None:
            used.add(file)
        if number > len(plan.outputs):
            daemon.beside.add(output)
        # Two of a kind have the same name, which their parent would not take.
        output.setName(f"{kind}-{number}")
        if source is not None:
            output.setServiceParent(daemon)
            # Behind the output: it stops first, and confirms what the output has taken.
            source.reader(kind, output).setServiceParent(daemon)
            continue
        daemon.live.add_observer(output)
        if IControlledOutput.providedBy(output):
            output.control(rooms)
            if plan.replay is None:  # a tape ends, whoever looks on
                daemon.live.controlled()
        output.setServiceParent(daemon)


def _add_users(live: LiveService, plan: Plan, users: Iterable[str]) -> None:
    """Follow these users, with the options that the file gives them."""
    for user in users:
        try:
            live.add(user, plan.own.get(user), listed=True)
        except InvalidUserOptionsError as e:
            # Only the file gives options.
            path = "" if plan.users_file is None else f"--users-file: {plan.users_file.path}: "
            raise UsageError(f"{path}@{user}: {e}") from e
    if plan.users_file is not None:
        live.follow_list(plan.users_file)


def _member(wiring: Wiring, live: LiveService, plan: Plan) -> Membership:
    """What makes it a node of a fleet."""
    assert plan.settings.fleet.address is not None, "it is to be one"
    try:
        address = parse_fleet(plan.settings.fleet.address)
        member = become_member(address, live, wiring.reactor, wiring.random, plan.users)
    except ValueError as e:
        raise UsageError(f"--fleet: {e}") from e
    one_key = plan.settings.sign_provider_options.api_key is not None
    if wiring.lanes is None:
        member.share(wiring.lookups, wiring.budgets)
        return member
    for lane in wiring.lanes.all:
        member.share(lane.lookups, lane.wiring.budgets, lane.name, one_key=one_key)
    return member


def _simulator(reactor: Any, rate: float) -> tuple[SimulatorService, IAgentEndpointFactory]:
    from tiktoklive.simulator.service import LoopbackNetwork, SimulatorService
    from tiktoklive.simulator.settings import PORT

    places = (f"tcp:{port}:interface=127.0.0.1" for port in (PORT, 0))
    seed = int(wall_time(reactor))
    service = SimulatorService(reactor, *places, rooms=ROOMS, rate=rate, seed=seed, tape=None)
    return service, LoopbackNetwork(reactor, service)


def _source(reactor: Any, description: str) -> StreamSource:
    from tiktoklive.fleet.reading import StreamSource

    try:
        return StreamSource(description, reactor)
    except ValueError as e:
        raise UsageError(f"--from: {e}") from e


def _output(wiring: Wiring, description: str) -> IService:
    kind, argument = split_description(description)
    try:
        output: IService = find_maker(IOutputMaker, kind).make(wiring, argument)
    except (ValueError, OSError) as e:
        said = getattr(e, "strerror", None) or e
        raise UsageError(f"{_named(description)}: {said}") from e
    return output


def _named(description: str) -> str:
    """An output, as it was given, but of an address its host alone: there may be secrets in it."""
    return f"--output {NOTHING_KNOWN.shown(description, 500)}"
