"""``twistd tiktoklive``: follow users, and write what happens to outputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from twisted.python.usage import UsageError

from tiktoklive.daemon.plan import Plan
from tiktoklive.described.rules import NumberRange, zero_or_more
from tiktoklive.errors import InvalidUniqueIdError, InvalidUserOptionsError
from tiktoklive.files.twistdlog import log_of, shown_on
from tiktoklive.interfaces import IOutputMaker, ISourceMaker
from tiktoklive.model import parse_unique_id
from tiktoklive.options import Options as Settings
from tiktoklive.plugins import find_maker, kinds, split_description
from tiktoklive.settings.file import Configuration
from tiktoklive.settings.flags import ENVIRONMENT, FLAGS, ConnectionFlags
from tiktoklive.settings.helptext import table, width_of_help
from tiktoklive.settings.lanes import VARIABLE
from tiktoklive.users.listing import UsersFile
from tiktoklive.users.options import UserOptions

if TYPE_CHECKING:
    from tiktoklive.daemon.daemon import Daemon

#: Messages per second in each room of ``--simulate``, unless told otherwise.
RATE = 4.0

_RATES = NumberRange("a number, more than 0 and 10000 at most", lambda number: 0 < number <= 10_000)


class Options(ConnectionFlags):
    """
    What the command line says.

    :param reactor: for the parts that are made; the global one when left out.
    :param environ: the environment.
    :ivar plan: what the daemon is to do.
    :ivar daemon: the daemon; its parts have opened nothing.
    """

    plan: Plan
    daemon: Daemon

    longdesc = (
        "Follows users who are live on TikTok, waits for those who aren't, and writes what "
        "happens to one or more outputs."
    )
    optFlags = [
        ["simulate", None, "Follow random rooms of a simulator inside this process, not TikTok."],
    ]
    optParameters = [
        ["users-file", None, None, "File of users to follow, one per line, or NAME.toml."],
        ["record", None, None, "Record what arrives on this tape; NAME-user.ext for many users."],
        ["replay", None, None, "Play this tape instead of following users."],
        ["from", None, None, "Read this stream, redis:URL[?OPTIONS], instead of following users."],
    ]

    def __init__(self, reactor: Any = None, environ: Mapping[str, str] | None = None) -> None:
        super().__init__(reactor, environ)
        self.users: list[str] = []
        self.users_file: UsersFile | None = None
        self.own: dict[str, UserOptions] = {}
        self.outputs: list[str] = []
        self.speed: float | None = None
        self.rate: float | None = None

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
        """
        Write events to this KIND:ARGUMENT, see below. Can be given again. [default: console]
        """
        try:
            find_maker(IOutputMaker, split_description(description)[0])
        except ValueError as e:
            raise UsageError(str(e)) from e
        self.outputs.append(description)

    opt_o = opt_output

    def instead_of_user(self, option: str) -> str:
        """What to do with an address that names a user, for people."""
        if option in ("output", "o"):
            return "put it under outputs into a --config file, if the output takes such an address"
        return super().instead_of_user(option)

    def opt_speed(self, speed: str) -> None:
        """Play the tape this many times as fast; 0 for as fast as possible. [default: 1]"""
        self.speed = self._number("speed", speed, zero_or_more)

    def opt_rate(self, rate: str) -> None:
        """Messages per second in each simulated room. [default: 4]"""
        self.rate = self._number("rate", rate, _RATES)

    def parseArgs(self, *names: str) -> None:
        """Names without an option are users too."""
        for name in names:
            self.opt_user(name)

    @staticmethod
    def _number(name: str, text: str, range_: NumberRange) -> float:
        try:
            number: float = range_(float(text))
        except ValueError:
            raise UsageError(f"--{name} {range_.refusal(text)}.") from None
        return number

    # --- all of them together ---------------------------------------------------------

    def postOptions(self) -> None:
        """Read the files, check what does not go together, and put the daemon together."""
        self.plan = self._planned()
        # Now that it is known that there is something to run: --help imports none of its parts.
        from tiktoklive.clock import make_steady
        from tiktoklive.daemon.daemon import assemble

        # Here, not in makeService: what is wrong with the arguments of outputs and with tapes is
        # found while the command line can still be refused. Nothing is opened.
        reactor = self.the_reactor()
        make_steady(reactor)
        self.daemon = assemble(reactor, self.plan)
        if (stream := shown_on(self.parent)) is not None:
            self.daemon.log_shown_on(stream)
        log = log_of(self.parent)
        if log is not None:
            log.setServiceParent(self.daemon)

    def _planned(self) -> Plan:
        """What it comes to with the files that are named."""
        sources = [each for each in ("from", "replay", "simulate") if self[each]]
        if len(sources) > 1:
            raise UsageError(f"Give --{sources[0]} or --{sources[1]}, not both.")
        source = sources[0] if sources else ""
        if source and (given := self.given()):
            raise UsageError(f"--{given[0]} means nothing with --{source}: leave it out.")
        configuration = self.read_configuration()
        self._take(configuration)
        self._read_users(self["users-file"] or configuration.users_file)
        if source == "from" and self.users:
            raise UsageError(
                f"--from reads what others follow: leave out @{self.users[0]}, and add that user "
                "where users are followed."
            )
        if source and self.users:
            raise UsageError(f"--{source} has users of its own: leave out @{self.users[0]}.")
        settings = Settings() if source else self.settings(configuration)
        fleet = settings.fleet.address is not None
        if fleet and self.own:
            raise UsageError("Users of a fleet have no options of their own: leave them out.")
        stays = settings.state is not None
        if fleet and stays:
            raise UsageError("--state means nothing with --fleet: its users stay in Redis.")
        if not (source or self.users or fleet or stays):
            raise UsageError(self._nobody())
        self._check_source(source)
        record = self["record"] or (None if source == "from" else configuration.record)
        if record and fleet:
            raise UsageError("--record is for users that are named: it does not go with --fleet.")
        asked = bool(self.outputs)
        # What a node of a fleet receives is in the fleet's stream; who wants it here, too, says so.
        self.outputs = self.outputs or ([] if fleet else ["console"])
        return Plan(
            users=tuple(self.users),
            own=self.own,
            users_file=self.users_file,
            outputs=tuple(self.outputs),
            beside=("web",) if source == "simulate" and not asked else (),
            settings=settings,
            record=record,
            replay=self["replay"] or None,
            speed=1.0 if self.speed is None else self.speed,
            simulate=(self.rate or RATE) if source == "simulate" else None,
            source=self["from"] or None,
        )

    def _nobody(self) -> str:
        """That no user is named, for people."""
        if self.users_file is None:
            return "Name a user to follow: --user NAME. Or try --simulate."
        return (
            f"{self.users_file.path} names no user: name one there or by --user NAME. With "
            "--state FILE, users who were added through the API are followed."
        )

    def _check_source(self, source: str) -> None:
        """
        Refuse what means nothing with where the events come from.

        :param source: the option that says so; empty for TikTok.
        """
        if self.speed is not None and source != "replay":
            raise UsageError("--speed only goes with --replay.")
        if self.rate is not None and source != "simulate":
            raise UsageError("--rate only goes with --simulate.")
        if self["record"] and source == "from":
            raise UsageError("--record writes what arrives from TikTok: give it where that is.")
        if self["record"] and source == "replay":
            raise UsageError("Give --record or --replay, not both: copy the tape instead.")

    def _read_users(self, path: str | None) -> None:
        """Follow the users of a file, beside those that were named."""
        if path is None:
            return
        self.users_file = UsersFile(path, self.users)
        try:
            listed = self.users_file.read()
        except InvalidUserOptionsError as e:
            raise UsageError(f"--users-file: {e}") from e
        self.users = [user.name for user in listed]
        self.own = {user.name: user.options for user in listed if user.options}

    def _take(self, configuration: Configuration) -> None:
        """Follow the users of the file too; use its outputs if there are no others."""
        outputs = () if self.outputs else configuration.outputs
        for key, take, values in (
            ("users", self.opt_user, configuration.users),
            ("outputs", self.opt_output, outputs),
        ):
            for value in values:
                try:
                    take(value)
                except UsageError as e:
                    raise UsageError(f"{self['config']}: {key}: {e}") from e

    def getSynopsis(self) -> str:
        """How to call it."""
        return f"{super().getSynopsis()} [@name ...]"

    def getUsage(self, width: int | None = None) -> str:
        """The options, the kinds of sources and outputs, and the environment."""
        width = width or width_of_help()
        outputs = kinds(IOutputMaker)
        sources = [] if "source" in self.hidden else kinds(ISourceMaker)
        variables = {
            name: f"as --{flag}"
            for name, path in ENVIRONMENT.items()
            for flag, field in FLAGS.items()
            if field == path and flag not in self.hidden
        }
        if "lane" not in self.hidden:
            variables[VARIABLE] = "the proxy of the lane NAME, see --lane"
        users: dict[str, list[str]] = {}
        for maker in (*sources, *outputs):
            for name, text in getattr(maker, "environment", {}).items():
                users.setdefault(name, []).append(maker.kind)
                variables[name] = f"{', '.join(users[name])}: {text}"
        tables = {
            "Sources, KIND[:ARGUMENT]:": [(maker.kind, maker.usage) for maker in sources],
            "Outputs, KIND:ARGUMENT:": [(maker.kind, maker.usage) for maker in outputs],
            "Environment, for secrets, sources and outputs:": list(variables.items()),
        }
        shown = [table(title, rows, width) for title, rows in tables.items() if rows]
        return "\n".join([super().getUsage(width), *shown])


def makeService(options: Options) -> Daemon:
    """The daemon that was assembled when the command line was checked."""
    return options.daemon
