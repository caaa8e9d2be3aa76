"""Whatever code of others raises, nothing but itself fails by it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import islice
from typing import Any

from twisted.internet.defer import Deferred, fail
from twisted.python.failure import Failure
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer

from tests.seams import ROOM
from tests.stack.case import StackTestCase, chat
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.errors import AllFailedError
from tiktoklive.errors.isolation import AWAITED, FAULTS, as_error, failures_in, without_frames
from tiktoklive.events import Chat, Connected, Error, Event, IChatObserver
from tiktoklive.fallback import FirstOf
from tiktoklive.interfaces import ISigner
from tiktoklive.model import Resume, Room, State, Ticket
from tiktoklive.sources import Source, SourcesInTurn

#: One of each kind; the second class of whatever has several.
EACH = (ValueError, asyncio.CancelledError, SystemExit, GeneratorExit)


class Raising:
    """Ways in which an observer fails."""

    def __init__(self, fault: type[BaseException]) -> None:
        self.fault = fault

    def function(self, event: object) -> None:
        raise self.fault("no")

    def deferred(self, event: object) -> Deferred[None]:
        return fail(Failure(self.fault("no")))  # type: ignore[no-untyped-call]  # Twisted's

    async def coroutine(self, event: object) -> None:
        raise self.fault("no")

    @property
    def ways(self) -> list[Callable[[Any], object]]:
        return [self.function, self.deferred, self.coroutine]


class ObserverTests(StackTestCase):
    """Observers of a room that is live."""

    def test_all(self) -> None:
        """One who raises anything is logged and told, the others and the stream go on."""
        for fault in EACH:
            for way in Raising(fault).ways:
                with self.subTest(f"{way.__name__} {fault.__name__}"):
                    connection = self.connection()
                    first = connection.on(Chat, way)
                    self.live(connection)
                    second = connection.on("event", self.but_errors(way))
                    self.room.push([chat("one"), ("WebcastSocialMessage", b"\x20\x01")])
                    self.room.push([chat("two")])
                    self.settle(1)
                    self.assertEqual(["one", "two"], self.seen.comments())
                    errors = [error for error in self.seen.of(Error) if "failed on" in error.info]
                    # Of two comments by both; the second sees social and follow as well.
                    self.assertEqual(6, len(errors))
                    for error in errors:
                        self.assertIn("no", str(error.exception))
                    self.assertEqual("live", connection.get_state().phase)
                    self.assertEqual(1, len(self.tiktok.viewers))
                    self.assertEqual((0, 0), (first.busy, second.busy))
                    self.stop_all()
                    self.flushLoggedErrors(fault)
                    self.setUp()

    def but_errors(self, way: Callable[[Any], object]) -> Callable[[Event], object]:
        """The same, which does not fail on errors, for it would never end."""

        def failing(event: Event) -> object:
            return None if isinstance(event, Error) else way(event)

        return failing

    def test_keyboard(self) -> None:
        """Ctrl-C is no observer's, where it comes as an exception: it is passed on."""
        for way in Raising(KeyboardInterrupt).ways:
            dispatcher = Dispatcher()
            subscription = dispatcher.on(Connected, way)
            self.assertRaises(KeyboardInterrupt, dispatcher.tell, Connected(State()))
            self.assertEqual((0, 0), (subscription.busy, dispatcher.failed))

    def test_name(self) -> None:
        """One whose name cannot be read is called by its class."""

        @implementer(IChatObserver)
        class Odd:
            @property
            def name(self) -> str:
                raise SystemExit

            def __getattr__(self, name: str) -> Callable[[object], None]:
                return lambda event: None

        self.assertEqual("Odd", Dispatcher().add_observer(Odd()).name[-3:])


class PartTests(SynchronousTestCase):
    """Parts that are asked in turn."""

    def test_first(self) -> None:
        """The next is asked, whatever the one before raised; all is told at the end."""
        for fault in AWAITED:

            async def broken(fault: type[BaseException] = fault) -> str:
                raise fault("no")

            async def fine() -> str:
                return "yes"

            asked = FirstOf([("a", broken), ("b", fine)]).ask("?", lambda part: part())
            self.assertEqual("yes", self.successResultOf(Deferred.fromCoroutine(asked)))
            asked = FirstOf([("a", broken), ("b", broken)]).ask("?", lambda part: part())
            error = self.failureResultOf(Deferred.fromCoroutine(asked), AllFailedError).value
            self.assertTrue(all(isinstance(each, Exception) for _, each in error.failures))

    def test_sources(self) -> None:
        """So it is with the signers of sources."""
        for fault in AWAITED:

            @implementer(ISigner)
            class Signer:
                fault: type[BaseException] | None = None

                async def sign(self, room: Room, resume: Resume) -> Ticket:
                    if self.fault is not None:
                        raise self.fault("no")
                    return Ticket(room, "wss://x/")

            first, second = Signer(), Signer()
            first.fault = fault
            opener: Any = None
            sources = [Source("a", first, opener), Source("b", second, opener)]
            signing = SourcesInTurn(sources).sign(ROOM, Resume())
            ticket = self.successResultOf(Deferred.fromCoroutine(signing))  # type: ignore[arg-type]
            self.assertEqual(["a"], [name for name, _ in ticket.tried])


class ErrorTests(SynchronousTestCase):
    """Errors that are kept."""

    def test_kinds(self) -> None:
        """All that may be raised is of one of the kinds, but for Ctrl-C."""
        for kind in BaseException.__subclasses__():
            expected = kind is not KeyboardInterrupt and kind.__module__ != "twisted.python.failure"
            if kind.__module__ in ("builtins", "asyncio.exceptions") and "Group" not in str(kind):
                self.assertEqual(expected, issubclass(kind, FAULTS), kind)

    def test_as_error(self) -> None:
        """What is no Exception becomes the cause of one."""
        error, fault = ValueError(), SystemExit(3)
        self.assertIs(error, as_error(error))
        self.assertEqual("SystemExit(3)", str(as_error(fault)))
        self.assertIs(fault, as_error(fault).__cause__)

    def test_failures_in(self) -> None:
        """Each failure is told once, also where errors form a circle, and no sum of others."""
        first, second, third = ValueError(1), ValueError(2), ValueError(3)
        first.__cause__, second.__cause__ = second, first
        both = AllFailedError("?", [("a", first), ("b", second), ("c", third)])
        self.assertEqual([3, 2, 1], [each.args[0] for each in islice(failures_in(both), 9)])
        self.assertEqual([], list(failures_in(None)))

    def test_without_frames(self) -> None:
        """The frames go, those of causes and of parts too, also where errors form a circle."""
        errors = [ValueError(number) for number in range(4)]
        for each in errors:
            try:
                raise each
            except ValueError:
                pass
        errors[0].__cause__, errors[1].__context__ = errors[1], errors[0]
        error = AllFailedError("?", [("a", errors[0]), ("b", errors[2])])
        error.__cause__ = errors[3]
        without_frames(error)
        self.assertEqual([None] * 4, [each.__traceback__ for each in errors])
