"""Polling between a server that a test plays and a receiver that remembers."""

from __future__ import annotations

from random import Random
from typing import Any

from twisted.internet.defer import CancelledError, Deferred, fail, succeed
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer
from zope.interface.verify import verifyObject

from tiktoklive.errors import (
    ConnectError,
    HandshakeRefusedError,
    NoWSUpgradeError,
    StreamLostError,
    UserOfflineError,
)
from tiktoklive.interfaces import IReceiver, IStream, IStreamOpener, IWitness
from tiktoklive.model import Room, Ticket
from tiktoklive.net.answers import Answer
from tiktoklive.net.classic import ClassicOpener
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.polling import PollingOpener
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.net.web import Web
from tiktoklive.testing import MemoryNetwork
from tiktoklive.wire.batches import build_batch

ROOM = Room("alice", "7137682087200557829")
TICKET = Ticket(ROOM, "", source="classic", cursor="c", internal_ext="i")


class WaitingWeb(Web):
    """Lets a test answer, when and how it likes."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(MemoryNetwork(), clock)
        self.waiting: list[Deferred[Answer]] = []
        self.cleaning: Deferred[Any] | None = None

    async def request(self, method: str, url: str, params: Any = (), **more: Any) -> Answer:
        waiting: Deferred[Answer] = Deferred()
        self.waiting.append(waiting)
        try:
            return await waiting
        except CancelledError:
            late = None if self.cleaning is None else await self.cleaning
            if late is None:
                raise
            return late  # type: ignore[no-any-return]

    def answer(self, name: str = "x", **batch: Any) -> bytes:
        """Answer with a batch."""
        data = build_batch([], **{"cursor": name, **batch})
        self.waiting.pop(0).callback(Answer(200, "webcast.tiktok.com", {}, data))
        return data

    def fail(self, error: Exception) -> None:
        """Do not."""
        self.waiting.pop(0).errback(error)


@implementer(IReceiver)
class Receiver:
    """Remembers what came."""

    def __init__(self) -> None:
        self.batches: list[bytes] = []
        self.closings: list[Exception | None] = []
        self.breaks = False

    def frame(self, data: bytes) -> None:
        raise AssertionError("polling brings no frames")

    def batch(self, data: bytes) -> None:
        self.batches.append(data)
        if self.breaks:
            raise RuntimeError("a receiver must not raise")

    def closed(self, reason: Exception | None) -> None:
        self.closings.append(reason)


@implementer(IWitness)
class Witness(Receiver):
    """And what was survived."""

    def __init__(self) -> None:
        super().__init__()
        self.survivals: list[tuple[str, Exception]] = []

    def survived(self, info: str, error: Exception) -> None:
        self.survivals.append((info, error))

    def missed(self, reason: Exception) -> None:
        """A poll is answered whole, or fails."""


class PollingTests(SynchronousTestCase):
    """One stream."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.clock.advance(1000)
        self.web = WaitingWeb(self.clock)
        self.receiver: Receiver = Witness()
        guest = GuestIdentity(self.web, self.clock, Random(1))
        self.tiktok = TikTokWeb(self.web, guest, headers={"Cookie": "sessionid=s"})
        self.opener = PollingOpener(self.tiktok, self.clock)

    def open(self) -> Any:
        """An open stream, whose first batch was delivered."""
        opening = Deferred.fromCoroutine(self.opener.open(TICKET, self.receiver))
        self.assertNoResult(opening)
        self.web.answer("first")
        stream = self.successResultOf(opening)
        self.clock.advance(0)
        return stream

    def next(self) -> None:
        """Let the pause pass."""
        self.clock.advance(1)
        self.assertEqual(1, len(self.web.waiting))

    def test_interfaces(self) -> None:
        """It is a stream that says that it polls, and sends nothing."""
        stream = self.open()
        verifyObject(IStream, stream)
        verifyObject(IStreamOpener, self.opener)
        self.assertEqual(
            ("polling", None, None), (stream.transport_name, stream.heartbeat, stream.not_upgraded)
        )
        stream.send(b"anything")
        self.successResultOf(stream.close())

    def test_after_it_was_opened(self) -> None:
        """Nothing is delivered before whoever opened it was given it."""
        opening = Deferred.fromCoroutine(self.opener.open(TICKET, self.receiver))
        self.web.answer("first")
        stream = self.successResultOf(opening)
        self.assertEqual([], self.receiver.batches)
        self.clock.advance(0)
        self.assertEqual(1, len(self.receiver.batches))
        self.successResultOf(stream.close())

    def test_one_at_a_time(self) -> None:
        """A slow answer is waited for: there is never more than one request."""
        stream = self.open()
        self.next()
        self.clock.pump([1] * 9)
        self.assertEqual(1, len(self.web.waiting))
        data = self.web.answer("late")
        self.assertEqual(data, self.receiver.batches[-1])
        self.clock.advance(0.9)
        self.assertEqual([], self.web.waiting)
        self.clock.advance(0.1)
        self.assertEqual(1, len(self.web.waiting))
        self.successResultOf(stream.close())

    def test_close_waits(self) -> None:
        """close() fires when nothing is left, also when cancelling takes its time."""
        stream = self.open()
        self.next()
        self.web.cleaning = cleaning = Deferred()
        first, second = stream.close(), stream.close()
        self.assertNoResult(first)
        self.assertEqual([], self.receiver.closings)
        cleaning.callback(None)
        self.successResultOf(first)
        self.successResultOf(second)
        self.successResultOf(stream.close())
        self.assertEqual([None], self.receiver.closings)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_answered_while_closing(self) -> None:
        """An answer that comes in spite of closing is not delivered."""
        stream = self.open()
        self.next()
        self.web.cleaning = cleaning = Deferred()
        stream.close()
        cleaning.callback(Answer(200, "webcast.tiktok.com", {}, build_batch([], cursor="late")))
        self.assertEqual((1, [None]), (len(self.receiver.batches), self.receiver.closings))

    def test_close_in_the_pause(self) -> None:
        """Between two requests it is over at once."""
        stream = self.open()
        self.clock.advance(0.5)
        self.successResultOf(stream.close())
        self.assertEqual([None], self.receiver.closings)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_close_before_the_first(self) -> None:
        """Closed at once, it delivers nothing."""
        opening = Deferred.fromCoroutine(self.opener.open(TICKET, self.receiver))
        self.web.answer("first")
        self.successResultOf(self.successResultOf(opening).close())
        self.clock.advance(5)
        self.assertEqual(([], [None]), (self.receiver.batches, self.receiver.closings))

    def test_errors(self) -> None:
        """Who wants to hear of failures does; who does not is served all the same."""
        for receiver in (Witness(), Receiver()):
            self.receiver = receiver
            stream = self.open()
            self.next()
            self.web.fail(ConnectError("broken"))
            self.clock.advance(1.9)
            self.assertEqual([], self.web.waiting)
            self.clock.advance(0.1)
            self.web.answer("again")
            self.assertEqual((2, []), (len(receiver.batches), receiver.closings))
            if isinstance(receiver, Witness):
                [(info, error)] = receiver.survivals
                self.assertEqual("broken", str(error))
                self.assertIn("polling", info)
            self.successResultOf(stream.close())

    def test_gives_up(self) -> None:
        """Five failures in a row are too many; they are told once, at the end."""
        self.open()
        self.next()
        for delay in (2, 4, 8, 16):
            self.web.fail(ConnectError("broken"))
            self.clock.advance(delay)
            self.assertEqual(1, len(self.web.waiting))
        self.assertEqual([], self.receiver.closings)
        self.web.fail(ConnectError("broken", retry_after=9))
        [reason] = self.receiver.closings
        assert isinstance(reason, StreamLostError)
        self.assertEqual(9, reason.retry_after)
        self.assertIsInstance(reason.__cause__, ConnectError)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_over(self) -> None:
        """A broadcast that is over ends it at once."""
        self.open()
        self.next()
        over = UserOfflineError("over")
        self.web.fail(over)
        self.assertEqual([over], self.receiver.closings)

    def test_broken_receiver(self) -> None:
        """A receiver that raises, which it must not, does not stop the loop in silence."""
        self.open()
        self.next()
        self.receiver.breaks = True
        self.web.answer("x")
        self.assertEqual(1, len(self.flushLoggedErrors(RuntimeError)))
        [reason] = self.receiver.closings
        self.assertIsInstance(reason, StreamLostError)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_interval(self) -> None:
        """An interval of nothing, or none at all, is refused."""
        for interval in (0, -1, float("nan")):
            self.assertRaises(ValueError, PollingOpener, self.tiktok, self.clock, interval=interval)


@implementer(IStreamOpener)
class Door:
    """Opens, or fails, and remembers with what."""

    def __init__(self, result: Any) -> None:
        self.result = result
        self.tickets: list[Ticket] = []

    def open(self, ticket: Ticket, receiver: IReceiver) -> Deferred[IStream]:
        self.tickets.append(ticket)
        return fail(self.result) if isinstance(self.result, Exception) else succeed(self.result)


class ClassicOpenerTests(SynchronousTestCase):
    """Which of the two."""

    def open(self, sockets: Door, polling: Door | None, ticket: Ticket) -> Deferred[IStream]:
        """Open a stream."""
        web = Web(MemoryNetwork(), Clock())
        guest = GuestIdentity(web, Clock(), Random(1))
        tiktok = TikTokWeb(web, guest, headers={"Cookie": "sessionid=s"})
        opener = ClassicOpener(sockets, polling, tiktok)
        verifyObject(IStreamOpener, opener)
        return Deferred.fromCoroutine(opener.open(ticket, Receiver()))

    def test_socket(self) -> None:
        """The socket, if it opens."""
        sockets, polling = Door("socket"), Door("polling")
        ticket = Ticket(ROOM, "wss://x/")
        self.assertEqual("socket", self.successResultOf(self.open(sockets, polling, ticket)))
        self.assertEqual([], polling.tickets)

    def test_refused(self) -> None:
        """Polling, if it does not; the reason goes along."""
        refused = HandshakeRefusedError("no")
        polling = Door("polling")
        opened = self.open(Door(refused), polling, Ticket(ROOM, "wss://x/"))
        self.assertEqual("polling", self.successResultOf(opened))
        self.assertEqual(("", refused), (polling.tickets[0].url, polling.tickets[0].not_upgraded))

    def test_over(self) -> None:
        """Neither, if the broadcast is over."""
        polling = Door("polling")
        opened = self.open(Door(UserOfflineError("over")), polling, Ticket(ROOM, "wss://x/"))
        self.failureResultOf(opened, UserOfflineError)
        self.assertEqual([], polling.tickets)

    def test_mistake(self) -> None:
        """A mistake of ours is not hidden behind polling."""
        opened = self.open(Door(ZeroDivisionError()), Door("polling"), Ticket(ROOM, "wss://x/"))
        self.failureResultOf(opened, ZeroDivisionError)

    def test_off(self) -> None:
        """No polling: the refusal is the cause, with its time to wait."""
        refused = HandshakeRefusedError("no", retry_after=7)
        opened = self.open(Door(refused), None, Ticket(ROOM, "wss://x/"))
        error = self.failureResultOf(opened, NoWSUpgradeError).value
        self.assertEqual((refused, 7), (error.__cause__, error.retry_after))
