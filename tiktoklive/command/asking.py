"""What the commands that ask TikTok something have in common."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from twisted.internet.defer import Deferred
from twisted.internet.error import ReactorNotRunning
from twisted.logger import (
    FilteringLogObserver,
    LogLevel,
    LogLevelFilterPredicate,
    globalLogBeginner,
)
from twisted.python.failure import Failure
from twisted.python.usage import UsageError

from tiktoklive.errors import InvalidUniqueIdError
from tiktoklive.files import standard_streams
from tiktoklive.logs import for_people
from tiktoklive.model import parse_unique_id
from tiktoklive.options import Options as Settings
from tiktoklive.settings.flags import AskingFlags

if TYPE_CHECKING:
    from twisted.web.iweb import IAgentEndpointFactory

    from tiktoklive.wiring import Wiring

_T = TypeVar("_T")


class AskingOptions(AskingFlags):
    """
    Users to ask about.

    :ivar users: their names.
    :ivar chosen: the settings.
    :ivar network: where connections go; to their hosts when ``None``.
    """

    optFlags = [["json", None, "Write JSON, for programs."]]

    network: IAgentEndpointFactory | None = None

    def postOptions(self) -> None:
        """Read the settings."""
        settings = self.settings(self.read_configuration())
        # Each command asks for what it shows, and for nothing else.
        self.chosen: Settings = replace(
            settings, fetch_room_info_on_connect=False, enable_extended_gift_info=False
        )

    def take_users(self, names: tuple[str, ...]) -> None:
        """
        Read names.

        :raise UsageError: one is none.
        """
        try:
            self.users = [parse_unique_id(name) for name in names]
        except InvalidUniqueIdError as e:
            raise UsageError(str(e)) from e


class OneUserOptions(AskingOptions):
    """One user to ask about."""

    def parseArgs(self, *names: str) -> None:
        """The user."""
        if len(names) != 1:
            raise UsageError("name one user: @name.")
        self.take_users(names)


def ask(options: AskingOptions, question: Callable[[Wiring], Awaitable[_T]]) -> _T:
    """
    Run the reactor until a question is answered.

    :raise UsageError: a setting is no good.
    :raise TikTokLiveError: what the question failed with.
    """
    reactor = options.the_reactor()
    return run_until_answered(reactor, lambda: answer(options, question))


def run_until_answered(
    reactor: Any, question: Callable[[], Coroutine[Deferred[Any], Any, _T]]
) -> _T:
    """
    Run the reactor until a question is answered; warnings go to standard error.

    :raise KeyboardInterrupt: it was interrupted before.
    """
    from tiktoklive.clock import make_steady

    make_steady(reactor)
    observer = FilteringLogObserver(
        for_people(sys.stderr),
        [LogLevelFilterPredicate(LogLevel.warn)],
    )
    globalLogBeginner.beginLoggingTo([observer], redirectStandardIO=False)
    outcomes: list[Any] = []

    def answered(outcome: Any) -> None:
        outcomes.append(outcome)
        try:
            reactor.stop()
        except ReactorNotRunning:
            pass  # it was interrupted

    def begin() -> None:
        Deferred.fromCoroutine(question()).addBoth(answered)

    reactor.callWhenRunning(begin)
    reactor.run()
    if not outcomes:
        raise KeyboardInterrupt
    [outcome] = outcomes
    if isinstance(outcome, Failure):
        outcome.raiseException()
    result: _T = outcome
    return result


async def answer(options: AskingOptions, question: Callable[[Wiring], Awaitable[_T]]) -> _T:
    """Put parts together for one question, and close them after it."""
    from tiktoklive.wiring import standard_wiring  # not for --help

    try:
        wiring = standard_wiring(options.the_reactor(), options.chosen, network=options.network)
    except ValueError as e:
        raise UsageError(str(e)) from e
    try:
        return await question(wiring)
    finally:
        await wiring.close()


def write_json(value: object) -> None:
    """Write a value for programs."""
    ascii_alone = standard_streams.only_ascii()
    text = json.dumps(value, ensure_ascii=ascii_alone, indent=2, default=str)
    standard_streams.write(f"{text}\n")
