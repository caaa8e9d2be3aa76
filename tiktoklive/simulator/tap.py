"""``twistd tiktoklive-simulator``: a small TikTok of random broadcasts on a local port."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from twisted.application.service import IService
from twisted.python import usage

from tiktoklive.described.version import OwnVersion
from tiktoklive.errors import TapeError
from tiktoklive.simulator.settings import PORT, RANDOM_FAULTS, TOKEN, parse_faults

if TYPE_CHECKING:
    from tiktoklive.simulator.control import SimulatorControl


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


#: What is said of options that have no default, as Twisted says it of others.
NONE = "[default: none]"


class Options(OwnVersion, usage.Options):
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
            f"tcp:{PORT}:interface=127.0.0.1",
            "Where to listen: PORT, HOST:PORT, or an endpoint of Twisted's; every client that "
            "reaches it can use it.",
        ],
        ["rooms", "n", 1, "How many users are live.", _count],
        ["rate", "r", 20.0, "Messages per second in each room.", _rate],
        ["seed", "s", 0, "Makes everything random repeatable.", _seed],
        [
            "control",
            "c",
            None,
            "Where to be told what shall happen, such as 8091, by those who have the token "
            f"in {TOKEN}. {NONE}",
        ],
        ["tape", "t", None, f"Play this tape in every room, over and over, instead. {NONE}"],
        [
            "faults",
            "f",
            None,
            "What goes wrong how often, in percent: reset=0.1,garbage=1,http=5.  "
            f"{_kinds().capitalize()}. {NONE}",
            _faults,
        ],
    ]

    control: SimulatorControl | None = None

    def postOptions(self) -> None:
        """Look at the tape, the endpoints and the token before anything starts."""
        from twisted.internet import reactor

        # Now that it is known that there is something to run: --help imports none of its parts.
        from tiktoklive.outputs.web.listening import FORMS, spelled_out
        from tiktoklive.simulator.control import SimulatorControl
        from tiktoklive.simulator.script import TapeScript
        from tiktoklive.simulator.service import server

        if self["tape"] is not None:
            try:
                TapeScript(self["tape"])
            except (TapeError, OSError) as problem:
                raise usage.UsageError(f"--tape: {problem}") from None
        self["endpoint"] = spelled_out(self["endpoint"])
        try:
            server(reactor, self["endpoint"])
        except (ValueError, TypeError, LookupError, OSError) as problem:
            raise usage.UsageError(
                f"--endpoint: {self['endpoint']} is no place to listen at "
                f"({str(problem).rstrip('.')}): {FORMS}."
            ) from None
        if self["control"] is not None:
            try:
                self.control = SimulatorControl(reactor, self["control"])
            except ValueError as problem:
                raise usage.UsageError(f"--control: {problem}") from None


def makeService(options: Options, reactor: Any = None) -> IService:
    """
    Assemble the service.

    :param reactor: the global one, unless given.
    """
    from tiktoklive.clock import make_steady
    from tiktoklive.simulator.service import SimulatorService

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
        control=options.control,
    )
