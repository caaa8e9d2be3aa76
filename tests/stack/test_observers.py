"""The whole stack: observers that fail, come, go, and act on the connection."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import Deferred, fail, succeed
from zope.interface import implementer

from tests.stack.case import StackTestCase, chat
from tiktoklive.errors import ConnectionStoppedError
from tiktoklive.events import Chat, Error, IChatObserver, IConnectionObserver


class Oops(Exception):
    """What the observers here fail with."""


class FailingTests(StackTestCase):
    """A guest does not break the party."""

    def both_arrive(self, errors: int = 2) -> list[Error]:
        """Two comments reach the observer behind the failing one; each failure is told."""
        self.room.push([chat("one"), chat("two")])
        self.settle()
        self.assertEqual(["one", "two"], self.seen.comments())
        self.assertEqual(errors, len(self.flushLoggedErrors(Oops)))
        told = self.seen.of(Error)
        self.assertEqual(errors, len(told))
        for error in told:
            self.assertIsInstance(error.exception, Oops)
            self.assertIn("chat", error.info)
        self.settle(20)
        self.assertEqual("live", self.services[0].get_state().phase)
        return told

    def bare(self) -> Any:
        """A live connection without the recorder."""
        connection = self.live()
        connection.remove_observer(self.seen)
        self.seen.events.clear()
        return connection

    def test_raises(self) -> None:
        """An observer that raises is logged and told; the others and the connection go on."""

        def broken(event: Chat) -> None:
            raise Oops

        connection = self.bare()
        connection.on(Chat, broken)
        connection.add_observer(self.seen)
        self.assertIn("broken", self.both_arrive()[0].info)

    def test_deferred_fails(self) -> None:
        """So is one whose Deferred fails."""
        connection = self.bare()
        connection.on(Chat, lambda event: fail(Oops()))
        connection.add_observer(self.seen)
        self.both_arrive()

    def test_deferred_fails_later(self) -> None:
        """So is one whose Deferred fails some time later."""
        connection = self.bare()
        waiting: list[Deferred[None]] = []

        def slow(event: Chat) -> Deferred[None]:
            waiting.append(Deferred())
            return waiting[-1]

        connection.on(Chat, slow)
        connection.add_observer(self.seen)
        self.both_arrive(0)
        for each in waiting:
            each.errback(Oops())
        self.assertEqual(2, len(self.flushLoggedErrors(Oops)))
        self.assertEqual(2, len(self.seen.of(Error)))

    def test_async(self) -> None:
        """So is one that is a coroutine function."""

        @implementer(IChatObserver)
        class Broken:
            async def chat(self, event: Chat) -> None:
                await succeed(None)
                raise Oops

        connection = self.bare()
        connection.add_observer(Broken())
        connection.add_observer(self.seen)
        self.both_arrive()

    def test_async_works(self) -> None:
        """A coroutine function is run to its end."""
        seen: list[str] = []
        gate: Deferred[None] = Deferred()

        async def slow(event: Chat) -> None:
            await gate
            seen.append(event.comment)

        connection = self.bare()
        connection.on(Chat, slow)
        self.room.push([chat("one"), chat("two")])
        self.settle()
        self.assertEqual([], seen)
        gate.callback(None)
        self.assertEqual(["one", "two"], seen)

    def test_error_observer_raises(self) -> None:
        """An observer of errors that raises is logged, and not told of its own failure."""
        connection = self.bare()

        def broken(event: Error) -> None:
            raise Oops

        connection.on(Error, broken)
        connection.add_observer(self.seen)
        self.room.push([("WebcastChatMessage", b"\x0a\xff"), chat("after")])
        self.settle()
        self.assertEqual(1, len(self.flushLoggedErrors(Oops)))
        self.assertEqual(["error", "rawData", "chat"], self.seen.names())

    def test_observer_of_all_raises(self) -> None:
        """One that observes everything and always raises does not loop."""
        connection = self.bare()

        def broken(event: object) -> None:
            raise Oops

        subscription = connection.on("event", broken)
        connection.add_observer(self.seen)
        self.room.push([chat("one")])
        self.settle()
        subscription.remove()
        self.assertEqual(2, len(self.flushLoggedErrors(Oops)))  # on the chat, and on its error
        self.assertEqual(["error", "chat"], self.seen.names())

    def test_connection_events(self) -> None:
        """An observer that raises on every event of the connection keeps nothing from going on."""

        @implementer(IConnectionObserver)
        class Broken:
            def connected(self, event: object) -> None:
                raise Oops

            disconnected = reconnecting = stream_end = gap = error = connected

        connection = self.connection()
        connection.add_observer(Broken())
        self.live(connection)
        self.lose()
        self.assertEqual("live", connection.get_state().phase)
        self.room.end()
        self.settle(3)
        self.assertEqual("ended", connection.get_state().phase)
        self.assertGreaterEqual(len(self.flushLoggedErrors(Oops)), 6)


class ActingTests(StackTestCase):
    """Observers that act on the connection from inside an event."""

    def test_disconnect(self) -> None:
        """An observer of any event may disconnect."""
        for name in ("websocketConnected", "connected", "chat"):
            with self.subTest(name):
                connection = self.connection()
                stopped: list[Deferred[None]] = []

                def stop(
                    event: object,
                    connection: Any = connection,
                    stopped: list[Deferred[None]] = stopped,
                ) -> None:
                    stopped.append(connection.disconnect())

                connection.on(name, stop)
                connected = connection.connect()
                self.settle()
                if name == "websocketConnected":  # and not connected yet
                    self.refused(connected, ConnectionStoppedError)
                self.room.push([chat("go")])
                self.settle(3)
                self.successResultOf(stopped[0])
                self.assertEqual("stopped", connection.get_state().phase)
                self.assertEqual([], self.tiktok.viewers)

    def test_disconnect_when_lost(self) -> None:
        """An observer may disconnect when the stream is lost, or about to be opened again."""
        for name in ("disconnected", "reconnecting"):
            with self.subTest(name):
                before = len(self.handshakes())
                connection = self.live()
                connection.on(name, lambda event, connection=connection: connection.disconnect())
                self.lose(seconds=60)
                self.assertEqual("stopped", connection.get_state().phase)
                self.assertEqual(before + 1, len(self.handshakes()))

    def test_disconnect_at_the_end(self) -> None:
        """An observer may disconnect when told that the broadcast ended."""
        connection = self.follow()
        stopped: list[Deferred[None]] = []
        connection.on("streamEnd", lambda event: stopped.append(connection.disconnect()))
        self.room.end()
        self.settle(3)
        self.successResultOf(stopped[0])
        self.assertEqual("stopped", connection.get_state().phase)
        self.assertEqual(["streamEnd", "disconnected"], self.seen.names()[-2:])

    def test_connect_again(self) -> None:
        """Whoever is told that it is over may connect again at once."""
        connection = self.live()
        again: list[Deferred[Any]] = []
        connection.when_over().addCallback(lambda error: again.append(connection.connect()))
        self.room.end()
        self.room.go_live()
        self.settle(3)
        self.assertTrue(self.successResultOf(again[0]).is_connected)

    def test_remove_itself(self) -> None:
        """A function that removes itself is called once."""
        connection = self.live()
        seen: list[str] = []

        def once(event: Chat) -> None:
            seen.append(event.comment)
            subscription.remove()

        subscription = connection.on(Chat, once)
        self.room.push([chat("one"), chat("two")])
        self.settle()
        self.assertEqual(["one"], seen)
        self.assertEqual(["one", "two"], self.seen.comments())

    def test_add_another(self) -> None:
        """An observer that is added during delivery gets what comes after."""
        connection = self.live()
        seen: list[str] = []

        def first(event: Chat) -> None:
            subscription.remove()
            connection.on(Chat, lambda event: seen.append(event.comment))

        subscription = connection.on(Chat, first)
        self.room.push([chat("one"), chat("two"), chat("three")])
        self.settle()
        self.assertEqual(["two", "three"], seen)

    def test_remove_another(self) -> None:
        """Removing an observer during delivery takes effect with the next event."""
        connection = self.live()
        seen: list[str] = []
        connection.on(Chat, lambda event: second.remove())
        second = connection.on(Chat, lambda event: seen.append(event.comment))
        self.room.push([chat("one"), chat("two")])
        self.settle()
        self.assertEqual(["one"], seen)
