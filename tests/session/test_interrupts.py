"""Ctrl-C is no failure of what it interrupts: it reaches whoever called, and the session stops."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from twisted.internet.defer import Deferred

from tests.seams import SessionTestCase
from tests.stack.case import StackTestCase
from tiktoklive import connection, service
from tiktoklive.dispatch import observers
from tiktoklive.errors import ConnectionStoppedError
from tiktoklive.service import LiveService


class SessionTests(SessionTestCase):
    """Between fakes at its seams."""

    def test_each_step(self) -> None:
        """Whatever it was doing when it was started, the caller gets it; it can start again."""
        for part in (self.resolver, self.signer, self.opener):
            for start in (self.session.connect, self.session.follow):
                with self.subTest(f"{type(part).__name__} {start.__name__}"):
                    answers = part.answers
                    part.answers = [KeyboardInterrupt()]
                    self.assertRaises(KeyboardInterrupt, start)
                    self.assertEqual("stopped", self.phase)
                    self.assertIsNone(self.successResultOf(self.session.when_over()))
                    part.answers = answers
                    start()
                    self.assertEqual("live", self.phase)
                    self.session.stop()
                    self.assertEqual("stopped", self.phase)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_later(self) -> None:
        """Where nobody called, the session stops all the same, and does not remember it."""
        for part in (self.resolver, self.signer, self.opener):
            answers, part.answers = part.answers, [None]
            connected = self.session.connect()
            part.waiting.pop().errback(KeyboardInterrupt())
            self.failureResultOf(connected, ConnectionStoppedError)
            self.assertEqual("stopped", self.phase)
            part.answers = answers
            self.session.follow()
            self.assertEqual("live", self.phase)
            self.session.stop()

    def test_stopped_meanwhile(self) -> None:
        """It counts even if nobody wants the step any more."""

        def interrupt(waiting: Deferred[Any]) -> None:
            waiting.errback(KeyboardInterrupt())

        self.resolver.answers, self.resolver.on_cancel = [None], interrupt
        self.session.connect().addErrback(lambda failure: None)
        self.session.stop()
        self.assertEqual("stopped", self.phase)


class StackTests(StackTestCase):
    """The whole stack, where the network is interrupted."""

    def interrupted(self, call: Callable[[], object]) -> None:
        """A call during which Ctrl-C comes."""

        def interrupt(uri: object) -> Any:
            raise KeyboardInterrupt

        with_it, self.network.endpointForURI = self.network.endpointForURI, interrupt  # type: ignore[method-assign]
        try:
            error = self.assertRaises(KeyboardInterrupt, call)
        finally:
            self.network.endpointForURI = with_it  # type: ignore[method-assign]
        depth, frame = 0, error.__traceback__
        while frame is not None:
            depth, frame = depth + 1, frame.tb_next
        self.assertLess(depth, 12)

    def test_connection(self) -> None:
        """connect(), the start of the service and what is asked pass it on."""
        connection = self.connection()
        for call in (
            connection.connect,
            connection.startService,
            connection.get_room_info,
            connection.get_available_gifts,
            connection.fetch_is_live,
            connection.wait_until_live,
        ):
            with self.subTest(call.__name__):
                self.interrupted(call)
                self.settle(5)
        self.assertEqual("stopped", connection.get_state().phase)
        self.live(connection)

    def test_edges(self) -> None:
        """What programs call starts its coroutines in the way that passes it on."""
        for module in (connection, service, observers):
            self.assertNotIn("fromCoroutine", inspect.getsource(module), module.__name__)

    def test_service(self) -> None:
        """So does a service of many."""
        service = LiveService(self.wiring)
        self.services.append(service)
        service.add("alice")
        self.interrupted(service.startService)
        self.settle(5)
        self.interrupted(lambda: service.room_info("alice"))
