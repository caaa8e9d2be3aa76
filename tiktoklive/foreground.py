"""``python -m tiktoklive @name``: the daemon in the foreground, its log on standard error."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, current_thread, main_thread
from typing import TYPE_CHECKING, Any, TextIO

from twisted.internet.error import CannotListenError, ReactorNotRunning
from twisted.logger import (
    FilteringLogObserver,
    ILogFilterPredicate,
    LogEvent,
    Logger,
    LogLevel,
    PredicateResult,
    globalLogBeginner,
)
from twisted.python.usage import UsageError
from zope.interface import provider

from tiktoklive.files.standard_streams import complain, open_standard_error
from tiktoklive.logs import for_people

if TYPE_CHECKING:
    from tiktoklive.tap import Options


#: The exit status when users were not followed in the end.
LOST = 3


@provider(ILogFilterPredicate)
def worth_showing(event: LogEvent) -> Any:
    """Our own news, and what others warn of; not that it is stopping already."""
    failure = event.get("log_failure")
    if failure is not None and failure.check(ReactorNotRunning):
        return PredicateResult.no  # whoever presses ^C again knows
    level = event.get("log_level") or LogLevel.info
    ours = str(event.get("log_namespace", "")).startswith("tiktoklive")
    least = LogLevel.info if ours else LogLevel.warn
    return PredicateResult.maybe if level >= least else PredicateResult.no


def begin_logging(stream: TextIO) -> None:
    """Write the log to a stream, and leave standard output to the outputs."""
    observer = FilteringLogObserver(for_people(stream), [worth_showing])
    globalLogBeginner.beginLoggingTo([observer], redirectStandardIO=False)


@contextmanager
def interrupts() -> Iterator[Event]:
    """
    Note Ctrl-C while the reactor does not run yet.

    What is begun then is in coroutines, which would take it for a failure of their own.  Whoever
    presses it twice does not want to wait for them.

    :return: is set by the first one.
    """
    noted = Event()
    before = signal.getsignal(signal.SIGINT)
    # Only the main thread gets signals; and who lets it be ignored, or sees to it, goes on to.
    if current_thread() is not main_thread() or before is not signal.default_int_handler:
        yield noted
        return

    def note(number: int, frame: object) -> None:
        noted.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, note)
    try:
        yield noted
    finally:
        signal.signal(signal.SIGINT, before)


def main(arguments: Sequence[str] | None = None, reactor: Any = None) -> int:
    """
    Follow users until interrupted, or until none of the outputs has a reader any more.

    :param arguments: the command line without the program's name.
    :return: as :func:`run`; 2 when the command line makes no sense.
    """
    open_standard_error()
    try:
        # It takes a moment, in which somebody may think better of it; and Twisted, which looks for
        # plugins then, goes on without one in which it is interrupted.
        with interrupts() as interrupted:
            from tiktoklive.command.main import COMMANDS
            from tiktoklive.tap import Options

            options = Options(reactor)
            given = sys.argv[1:] if arguments is None else list(arguments)
            if (first := next(iter(given), "")) in COMMANDS:
                # "fleet status" would be two users to follow, in a node more.
                raise UsageError(
                    f"{first} is a command, called by: tiktoklive {first}. For the user of that "
                    f"name write @{first}."
                )
            options.parseOptions(given)
        return 0 if interrupted.is_set() else run(options)
    except UsageError as e:
        complain(e)
        return 2
    except KeyboardInterrupt:  # before the reactor hears of it
        return 0


def run(options: Options) -> int:
    """
    Do what was parsed.

    :return: the exit status: 0 when interrupted, unread or when a tape is over, 1 when it cannot
        start or there is no user left to follow, 3 when it ended otherwise and users were not
        followed, see :meth:`tiktoklive.service.LiveService.lost`.
    """
    from tiktoklive.errors import StartError
    from tiktoklive.tap import makeService

    service = makeService(options)
    service.log_shown_on(sys.stderr)
    reactor = options.the_reactor()
    begin_logging(sys.stderr)
    status = 0

    log = Logger("tiktoklive")  # here the module has another name

    def unread() -> None:
        log.info("No output has a reader any more: stopping.")
        over(0)

    def over(result: int) -> None:
        nonlocal status
        if not reactor.running:
            reactor.callWhenRunning(over, result)
            return
        try:
            reactor.stop()
        except ReactorNotRunning:
            return  # it is stopping already, for another reason
        status = result

    service.when_over().addCallback(over)
    # twistd goes on without, as daemons do; this is for ``python -m tiktoklive @name | head``.
    service.when_unread().addCallback(lambda _: unread())
    try:
        with interrupts() as interrupted:
            service.privilegedStartService()
            service.startService()
    except (CannotListenError, StartError) as e:
        complain(e)
        return 1
    if interrupted.is_set():
        over(0)
    reactor.addSystemEventTrigger("before", "shutdown", log.info, "Stopping.")
    reactor.addSystemEventTrigger("before", "shutdown", service.stopService)
    reactor.run()
    return status or (LOST if service.live.lost() else 0)
