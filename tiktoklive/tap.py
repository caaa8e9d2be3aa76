"""``twistd tiktoklive``: follow users, and write what happens to outputs."""

from __future__ import annotations

import math
import os
import stat
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from getopt import GetoptError, gnu_getopt
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from twisted.application.service import MultiService, Service
from twisted.internet.defer import Deferred, maybeDeferred
from twisted.internet.endpoints import TCP4ClientEndpoint
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.logger import Logger
from twisted.python.usage import Options as UsageOptions
from twisted.python.usage import UsageError
from twisted.web.client import URI
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from tiktoklive import capture
from tiktoklive.errors import InvalidUniqueIdError, TapeError
from tiktoklive.interfaces import IOutput, IOutputMaker, IReadOutput
from tiktoklive.model import Room, Status, parse_unique_id
from tiktoklive.options import Options as Settings
from tiktoklive.plugins import find_maker, kinds, split_description
from tiktoklive.rooms import FixedResolver
from tiktoklive.service import LiveService
from tiktoklive.signing import FixedSigner
from tiktoklive.wiring import Wiring, standard_wiring

#: Rooms of ``--simulate``, and messages per second in each, unless told otherwise.
ROOMS, RATE = 2, 4.0
#: The environment variable that holds a guest cookie's value.
TTWID = "TIKTOKLIVE_TTWID"


class Options(UsageOptions):
    """
    What the command line says.

    :param reactor: for the parts that are made; the global one when left out.
    :param environ: the environment.
    """

    longdesc = (
        "Follows users who are live on TikTok, waits for those who aren't, and writes what "
        "happens to one or more outputs."
    )
    optFlags = [
        ["simulate", None, "Follow random rooms of a simulator inside this process, not TikTok."],
        ["no-gzip", None, "Ask for what happens uncompressed: more traffic, less work."],
    ]
    optParameters = [
        ["users-file", None, None, "File of users to follow, one per line; # starts a comment."],
        ["record", None, None, "Record what arrives on this tape; NAME-user.ext for many users."],
        ["replay", None, None, "Play this tape instead of following somebody."],
        ["ttwid-file", None, None, f"File with the guest cookie to use; or set {TTWID}."],
        ["web-base", None, None, "Address in the place of https://www.tiktok.com."],
        ["webcast-base", None, None, "Address in the place of https://webcast.tiktok.com."],
        ["ws-base", None, None, "Address in the place of wss://webcast-ws.tiktok.com."],
    ]

    def __init__(self, reactor: Any = None, environ: Mapping[str, str] | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Twisted's
        self.reactor = reactor
        self.environ = os.environ if environ is None else environ
        self.users: list[str] = []
        self.outputs: list[str] = []
        self.speed: float | None = None
        self.rate: float | None = None

    def parseOptions(self, options: Sequence[str] | None = None) -> None:
        """
        Parse a command line, on which options may also stand behind names.

        :raise UsageError: when it makes no sense; one sentence.
        """
        given = sys.argv[1:] if options is None else list(options)
        try:
            pairs, names = gnu_getopt(given, self.shortOpt, self.longOpt)
        except GetoptError as e:
            raise UsageError(f"{e}: see --help.") from e
        sorted_out: list[str] = []
        for name, value in pairs:
            takes_value = not name.startswith("--") or f"{name[2:]}=" in self.longOpt
            sorted_out += [name, value] if takes_value else [name]
        super().parseOptions([*sorted_out, "--", *names])  # type: ignore[no-untyped-call]  # Twisted's

    # --- one option at a time -------------------------------------------------------

    def opt_user(self, name: str) -> None:
        """Follow this user: name, @name or live URL. Can be given again."""
        try:
            user = parse_unique_id(name)
        except InvalidUniqueIdError as e:
            raise UsageError(str(e)) from e
        if user.lower() not in (known.lower() for known in self.users):
            self.users.append(user)

    opt_u = opt_user

    def opt_output(self, description: str) -> None:
        """Write events to this KIND:ARGUMENT, see below; console by default. Can be given again."""
        try:
            find_maker(IOutputMaker, split_description(description)[0])
        except ValueError as e:
            raise UsageError(str(e)) from e
        self.outputs.append(description)

    opt_o = opt_output

    def opt_speed(self, speed: str) -> None:
        """Play the tape this many times as fast; 0 for as fast as possible."""
        self.speed = self._number("speed", speed)

    def opt_rate(self, rate: str) -> None:
        """Messages per second in each simulated room."""
        self.rate = self._number("rate", rate)
        if not 0 < self.rate <= 10_000:
            raise UsageError("--rate must be more than 0, and 10000 at most.")

    def opt_version(self) -> NoReturn:
        """Show the version and exit."""
        try:
            number = version("txtiktoklive")
        except PackageNotFoundError:
            number = "(used from a checkout)"
        sys.stdout.write(f"tiktoklive {number}\n")
        raise SystemExit(0)

    def parseArgs(self, *names: str) -> None:
        """Names without an option are users too."""
        for name in names:
            self.opt_user(name)

    @staticmethod
    def _number(name: str, text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not number >= 0:
            raise UsageError(f"--{name} must be a number, 0 or more, not {text!r}.")
        return number

    # --- all of them together ---------------------------------------------------------

    def postOptions(self) -> None:
        """Read the files, and check what does not go together."""
        if self["users-file"] is not None:
            self._read_users(self["users-file"])
        source = "replay" if self["replay"] else "simulate" if self["simulate"] else ""
        if self["replay"] and self["simulate"]:
            raise UsageError("Give --replay or --simulate, not both.")
        if source and self.users:
            raise UsageError(f"--{source} has users of its own: leave out @{self.users[0]}.")
        if not source and not self.users:
            raise UsageError("Say whom to follow: --user NAME. Or try --simulate.")
        if source:
            for name in ("ttwid-file", "no-gzip", "web-base", "webcast-base", "ws-base"):
                if self[name]:
                    raise UsageError(f"--{name} means nothing with --{source}: leave it out.")
        if self.speed is not None and source != "replay":
            raise UsageError("--speed only goes with --replay.")
        if self.rate is not None and source != "simulate":
            raise UsageError("--rate only goes with --simulate.")
        if self["record"] and self["replay"]:
            raise UsageError("Give --record or --replay, not both: copy the tape instead.")
        self.settings = Settings() if source else self._settings()
        self.outputs = self.outputs or ["console"]
        # Assembling opens nothing: done once here, it finds what is wrong with the
        # arguments of outputs and with tapes while the command line can still be refused.
        makeService(self)

    def _read_users(self, path: str) -> None:
        for number, line in enumerate(_read(path, "users-file").splitlines(), 1):
            name = line.partition("#")[0].strip()
            if name:
                try:
                    self.opt_user(name)
                except UsageError as e:
                    raise UsageError(f"{path}, line {number}: {e}") from e

    def _settings(self) -> Settings:
        changes: dict[str, Any] = {"ttwid": self._ttwid(), "compress": not self["no-gzip"]}
        for name, schemes in (
            ("web-base", ("http", "https")),
            ("webcast-base", ("http", "https")),
            ("ws-base", ("ws", "wss")),
        ):
            if self[name] is not None:
                changes[name.replace("-", "_")] = _base(name, self[name], schemes)
        return Settings(**changes)

    def _ttwid(self) -> str | None:
        path = self["ttwid-file"]
        if path is None:
            return self.environ.get(TTWID, "").strip() or None
        value = _read(path, "ttwid-file").strip().removeprefix("ttwid=")
        if not value:
            raise UsageError(f"{path} is empty: it must hold the value of the ttwid cookie.")
        if hasattr(os, "getuid") and stat.S_IMODE(os.stat(path).st_mode) & 0o077:
            Logger().warn("{path} can be read by others: chmod 600 it", path=path)
        return value

    def getSynopsis(self) -> str:
        """How to call it."""
        return f"{super().getSynopsis()} [@name ...]"

    def getUsage(self, width: int | None = None) -> str:
        """The options, and the kinds of outputs."""
        lines = [f"  {maker.kind:<10} {maker.usage}" for maker in kinds(IOutputMaker)]
        return "\n".join([super().getUsage(width), "Outputs, KIND:ARGUMENT:", *lines, ""])


def _read(path: str, option: str) -> str:
    """The text of a file."""
    try:
        return Path(path).read_text("utf-8-sig")
    except OSError as e:
        raise UsageError(f"--{option}: {path} cannot be read: {e.strerror}.") from e
    except UnicodeDecodeError as e:
        raise UsageError(f"--{option}: {path} is not a text file in UTF-8.") from e


def _base(option: str, address: str, schemes: tuple[str, str]) -> str:
    """An address to put paths after."""
    try:
        parts = urlsplit(address)
        good = parts.scheme in schemes and parts.hostname and (parts.port or 1)
    except ValueError:
        good = False
    if not good:
        raise UsageError(f"--{option} must look like {schemes[1]}://host, not {address!r}.")
    return address.rstrip("/")


class Daemon(MultiService):
    """
    Its children start in their order and stop in the opposite one, each when the one
    before has stopped: what is said last is still written.

    :ivar live: the service that follows the users.
    """

    def __init__(self, live: LiveService, replay: capture.Replay | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Twisted's
        self.setName("tiktoklive")  # type: ignore[no-untyped-call]  # Twisted's
        self.live = live
        self._replay = replay

    def when_over(self) -> Deferred[int]:
        """
        Fires when there is nobody left to follow.

        :return: the exit status: 0 after a tape was played to its end, 1 when every user's
            connection failed in a way that waiting can't help.
        """
        over = self.live.when_over()
        return over.addCallback(lambda _: 0 if self._replay and self._replay.is_over else 1)

    def when_unread(self) -> Deferred[None]:
        """Fires when nobody reads any of its outputs any more."""

        async def wait() -> None:
            for output in filter(IOutput.providedBy, list(self)):
                # A file and a web server, say, are written whether somebody reads or not.
                await (output.when_unread() if IReadOutput.providedBy(output) else Deferred())

        return Deferred.fromCoroutine(wait())

    def stopService(self) -> Deferred[None]:
        """Stop all."""
        Service.stopService(self)  # type: ignore[no-untyped-call]  # Twisted's

        async def stop() -> None:
            for service in reversed(list(self)):
                try:
                    await maybeDeferred(service.stopService)
                except Exception:
                    Logger().failure("{service} could not be stopped", service=service)

        return Deferred.fromCoroutine(stop())


@implementer(IAgentEndpointFactory)
class LoopbackNetwork:
    """
    The network as it is with a simulator in this process: it is behind every address.

    :param simulator: the service that listens.
    """

    def __init__(self, reactor: Any, simulator: Any) -> None:
        self._reactor = reactor
        self._simulator = simulator

    def endpointForURI(self, uri: URI) -> IStreamClientEndpoint:
        """Where the simulator listens, without TLS."""
        host, _, port = self._simulator.address.rpartition(":")
        return TCP4ClientEndpoint(self._reactor, host, int(port))


def makeService(options: Options) -> Daemon:
    """
    Assemble the daemon.

    :raise UsageError: when a tape cannot be read, or an output's argument is no good.
    """
    reactor = options.reactor
    if reactor is None:
        from twisted.internet import reactor
    users, simulator, network, replay = list(options.users), None, None, None
    if options["simulate"]:
        simulator = _simulator(reactor, options.rate or RATE)
        network = LoopbackNetwork(reactor, simulator)
        users = [f"sim{number}" for number in range(1, ROOMS + 1)]
    try:
        wiring = standard_wiring(reactor, options.settings, network=network)
    except ValueError as e:  # the guest cookie is none
        raise UsageError(str(e)) from e
    if options["replay"]:
        wiring, user, replay = _replaying(wiring, options["replay"], options.speed)
        users = [user]
    if options["record"]:
        wiring = _recording(wiring, options["record"], users)
    live = LiveService(wiring)
    daemon = Daemon(live, replay)
    for number, description in enumerate(options.outputs, 1):
        output = _output(wiring, description)
        # Two of a kind have the same name, which their parent would not take.
        output.setName(f"{split_description(description)[0]}-{number}")
        live.add_observer(output)
        output.setServiceParent(daemon)
    if simulator is not None:
        simulator.setServiceParent(daemon)
    for user in users:
        live.add(user)
    live.setServiceParent(daemon)  # type: ignore[no-untyped-call]  # Twisted's
    return daemon


def _simulator(reactor: Any, rate: float) -> Any:
    from tiktoklive.simulator.tap import SimulatorService

    where, seed = "tcp:0:interface=127.0.0.1", int(reactor.seconds())
    return SimulatorService(reactor, where, rooms=ROOMS, rate=rate, seed=seed, tape=None)


def _output(wiring: Wiring, description: str) -> Any:
    kind, argument = split_description(description)
    try:
        return find_maker(IOutputMaker, kind).make(wiring, argument)
    except (ValueError, OSError) as e:
        said = getattr(e, "strerror", None) or e
        raise UsageError(f"--output {description}: {said}") from e


def _recording(wiring: Wiring, path: str, users: Sequence[str]) -> Wiring:
    # twistd goes to its --rundir after this: the path is that of the command line.
    tape = Path(path).absolute()
    try:
        if not tape.parent.is_dir():
            raise UsageError(f"--record: there is no directory {Path(path).parent}: make it first.")
        recorder = capture.Recorder(wiring.opener, tape, wiring.reactor, per_user=len(users) > 1)
        for user in users:
            recorder.check(user)
    except (ValueError, TapeError) as e:
        raise UsageError(f"--record {path}: {e}") from e
    except OSError as e:
        raise UsageError(f"--record: {path} cannot be written: {e.strerror or e}.") from e
    return replace(wiring, opener=recorder)


def _replaying(
    wiring: Wiring, path: str, speed: float | None
) -> tuple[Wiring, str, capture.Replay]:
    """The wiring that plays a tape, and whom it is of."""
    try:
        header = capture.read_header(path)
        user = parse_unique_id(header.unique_id)
    except OSError as e:
        raise UsageError(f"--replay: {path} cannot be read: {e.strerror}.") from e
    except (TapeError, InvalidUniqueIdError) as e:
        raise UsageError(f"--replay: {e}") from e
    tape = Path(path).absolute()  # as for --record
    replay = capture.Replay(tape, wiring.reactor, speed=1.0 if speed is None else speed)
    room = Room(user, header.room_id, Status.LIVE)
    wiring = replace(
        wiring, resolver=FixedResolver(room), signer=FixedSigner("replay"), opener=replay
    )
    return wiring, user, replay
