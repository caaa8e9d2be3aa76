"""Sources tried in turn: tickets, streams, and a session between them."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any, cast

from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import alsoProvides
from zope.interface.verify import verifyObject

from tests.seams import ROOM, Opener, Signer
from tiktoklive.errors import (
    AllFailedError,
    ConnectError,
    DeafStreamError,
    LocalResourceError,
    Remedy,
    SignServerRefusedError,
    SourceRestingError,
    StreamLostError,
    UserOfflineError,
)
from tiktoklive.interfaces import IReceiver, ISigner, IStreamOpener, IWitness
from tiktoklive.model import (
    BudgetState,
    LaneState,
    LookupState,
    Resume,
    Room,
    SourcesState,
    SourceState,
    Ticket,
)
from tiktoklive.pacing.breaker import Breaker, Tolerance
from tiktoklive.pacing.budget import Budget
from tiktoklive.sources import OpenerBySource, Source, SourcesInTurn, status_lines


class TicketTests(SynchronousTestCase):
    """Which source makes the ticket."""

    def setUp(self) -> None:
        self.signers = [Signer(), Signer(), Signer()]
        self.sources = [
            Source(name, signer, Opener())
            for name, signer in zip(("one", "two", "three"), self.signers, strict=True)
        ]
        self.turn = SourcesInTurn(self.sources)

    def sign(self, resume: Resume | None = None) -> Deferred[Ticket]:
        """Ask for a ticket."""
        return Deferred.fromCoroutine(self.turn.sign(ROOM, resume or Resume()))

    def test_interfaces(self) -> None:
        """Together they are a signer and an opener."""
        verifyObject(ISigner, self.turn)
        verifyObject(IStreamOpener, OpenerBySource(self.sources))

    def test_first(self) -> None:
        """The first one's ticket bears its name; others may follow."""
        ticket = self.successResultOf(self.sign())
        self.assertEqual(("one", False, ()), (ticket.source, ticket.last, ticket.tried))
        self.assertEqual([], self.signers[1].questions)

    def test_fails(self) -> None:
        """A source that makes none is kept with its error, and the next one has its turn."""
        error = SignServerRefusedError("no key")
        self.signers[0].answers = [error]
        ticket = self.successResultOf(self.sign())
        self.assertEqual(("two", False), (ticket.source, ticket.last))
        self.assertEqual((("one", error),), ticket.tried)

    def test_local(self) -> None:
        """What we lack ourselves is no reason to ask the next one."""
        error = LocalResourceError("no file descriptor")
        self.signers[0].answers = [error]
        self.assertIs(error, self.failureResultOf(self.sign()).value)
        self.assertEqual([], self.signers[1].questions)
        refused = ConnectError("no")
        self.signers[0].answers, self.signers[1].answers = [refused], [error]
        problem = self.failureResultOf(self.sign(), AllFailedError).value
        self.assertEqual((("one", refused), ("two", error)), problem.failures)
        self.assertEqual([], self.signers[2].questions)

    def test_tried(self) -> None:
        """What was tried in this attempt is not tried again; the last one says so."""
        tried = (("one", ConnectError("a")), ("two", ConnectError("b")))
        ticket = self.successResultOf(self.sign(Resume(tried=tried)))
        self.assertEqual(("three", True, tried), (ticket.source, ticket.last, ticket.tried))

    def test_deaf(self) -> None:
        """Sources that went deaf come last, in the order in which they did."""
        order = []
        tried: tuple[tuple[str, Exception], ...] = ()
        for _ in range(3):
            ticket = self.successResultOf(
                self.sign(Resume(tried=tried, deaf=("two", "one", "unknown")))
            )
            order.append((ticket.source, ticket.last))
            tried = (*tried, (ticket.source, ConnectError("no")))
        self.assertEqual([("three", False), ("two", False), ("one", True)], order)

    def test_all(self) -> None:
        """When none is left, all failures are told."""
        for number, signer in enumerate(self.signers):
            signer.answers = [SignServerRefusedError(f"no {number}")]
        error = self.failureResultOf(self.sign(), AllFailedError).value
        self.assertEqual(["one", "two", "three"], [name for name, _ in error.failures])
        self.assertIs(Remedy.AUTH, error.remedy)
        self.assertIn("No source let us in. (1) one: no 0 (2) two:", str(error))

    def test_offline(self) -> None:
        """That the broadcast is over is no failure of a source."""
        self.signers[0].answers = [UserOfflineError("over")]
        self.failureResultOf(self.sign(), UserOfflineError)
        self.assertEqual([], self.signers[1].questions)

    def test_cancelled(self) -> None:
        """Who does not want to wait any more does not set off the next source."""
        self.signers[0].answers = [None]
        signing = self.sign()
        signing.cancel()
        self.failureResultOf(signing, CancelledError)
        self.assertEqual([], self.signers[1].questions)


class StreamTests(SynchronousTestCase):
    """What a source hears of its streams."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.openers = [Opener(), Opener()]
        self.sources = [
            Source(name, Signer(), opener, Breaker(name, self.clock, Tolerance(failures=2)))
            for name, opener in zip(("one", "two"), self.openers, strict=True)
        ]
        self.turn = SourcesInTurn(self.sources)
        self.opener = OpenerBySource(self.sources)
        self.heard: list[Any] = []

    def enter(self, room: Room, resume: Resume | None = None) -> str:
        """Open a stream; its source."""
        ticket = self.successResultOf(
            Deferred.fromCoroutine(self.turn.sign(room, resume or Resume()))
        )

        async def begin() -> None:
            await self.opener.open(ticket, self)

        self.successResultOf(Deferred.fromCoroutine(begin()))
        return ticket.source

    def frame(self, data: bytes) -> None:
        self.heard.append(data)

    batch = frame

    def closed(self, reason: Exception | None) -> None:
        self.heard.append(reason)

    def survived(self, info: str, error: Exception) -> None:
        self.heard.append(info)

    def missed(self, reason: Exception) -> None:
        self.heard.append(reason)

    def test_goes_through(self) -> None:
        """Everything reaches the receiver, which may also be a witness or not."""
        self.enter(ROOM)
        receiver: Any = self.openers[0].streams[0].receiver
        self.assertFalse(IWitness.providedBy(receiver))
        alsoProvides(self, IReceiver, IWitness)
        self.enter(ROOM)
        receiver = self.openers[0].streams[1].receiver
        verifyObject(IReceiver, receiver)
        verifyObject(IWitness, receiver)
        lost = StreamLostError("lost")
        receiver.frame(b"1")
        receiver.batch(b"2")
        receiver.survived("3", lost)
        receiver.missed(lost)
        receiver.closed(lost)
        self.assertEqual([b"1", b"2", "3", lost, lost], self.heard)

    def test_closed_at_once(self) -> None:
        """When streams of the first source are closed at once, the next one has its turn."""
        found = []
        resume = Resume()
        for _ in range(3):
            found.append(self.enter(ROOM, resume))
            self.openers[found[-1] == "two"].streams[-1].lose(None)
            resume = Resume(failure=StreamLostError("TikTok closed the stream."))
        self.assertEqual(["one", "one", "two"], found)

    def test_deaf(self) -> None:
        """That streams are deaf is held against the source that was, once for each."""
        for name in ("alice", "bea"):
            self.enter(replace(ROOM, unique_id=name))
        self.clock.advance(45)
        failure = DeafStreamError("deaf")
        for name, state in (("alice", "closed"), ("bea", "open")):
            self.openers[0].streams.pop(0).lose(failure)
            room = replace(ROOM, unique_id=name)
            self.assertEqual("two", self.enter(room, Resume(failure=failure, deaf=("one",))))
            again = Resume(failure=failure, deaf=("one",), tried=(("two", ConnectError("no")),))
            Deferred.fromCoroutine(self.turn.sign(room, again)).addErrback(lambda failure: None)
            self.assertEqual(state, self.sources[0].state)
        self.assertEqual("closed", self.sources[1].state)

    def test_stopped(self) -> None:
        """Streams that we close ourselves say nothing, however soon."""
        for _ in range(5):
            self.assertEqual("one", self.enter(ROOM))
            self.successResultOf(self.openers[0].streams[-1].close())

    def test_over_at_once(self) -> None:
        """One that is over before we hear that it is open is not counted as open for ever."""
        self.openers[0].answers = [None]
        ticket = self.successResultOf(Deferred.fromCoroutine(self.turn.sign(ROOM, Resume())))
        opening = Deferred.fromCoroutine(self.sources[0].open(ticket, cast(IReceiver, self)))
        _, receiver = self.openers[0].questions[0]
        receiver.closed(None)
        self.openers[0].waiting[0].callback(True)
        self.successResultOf(opening)
        assert self.sources[0].breaker is not None
        self.assertEqual({}, self.sources[0].breaker._streams)


class StatusTests(SynchronousTestCase):
    """What is told of the sources."""

    def test_lines(self) -> None:
        """One line for each source and one for the look-ups, with what limits them."""
        fine = BudgetState("fine.example", 10, None, 7, None)
        spent = BudgetState("spent.example", 10, 5, 0, 142)
        any_number = BudgetState("any.example", 0, None, inf, None)
        status = SourcesState(
            (
                SourceState("direct"),
                SourceState("signed", "open", "it is down", 130, 1, (fine, any_number)),
                SourceState("classic", "half-open", "no", None, 2, (spent,)),
            ),
            LookupState(12, 2.14, 160),
        )
        self.assertEqual(
            [
                "Source direct: works",
                "Source signed: rests after failures for 30 s more, fine.example may be asked 7 "
                "times now: it is down",
                "Source classic: is tried again by one room, spent.example may be asked again in "
                "42 s: no",
                "Look-ups: 12 wait, one every 2.1 s, none for 60 s more",
            ],
            list(status_lines(status, 100)),
        )
        self.assertEqual([], list(status_lines(SourcesState((), LookupState(0, 1)), 100)))

    def test_lanes(self) -> None:
        """Each lane has a line, with its rooms, before those of its sources and look-ups."""
        sources, lookups = (SourceState("direct"),), LookupState(2, 1.0)
        lanes = (
            LaneState("a", "h:1", "closed", "", None, 0, 5, 1, 1, True, sources, lookups),
            LaneState("direct", "", "open", "No way.", 130, 1, 0, 0, 0, False, sources, lookups),
        )
        self.assertEqual(
            [
                "Lane a by h:1: works, 5 users, 1 stream, 1 came from other lanes",
                "Lane a: Source direct: works",
                "Lane a: Look-ups: 2 wait, one every 1.0 s",
                "Lane direct, straight out: rests after failures for 30 s more, 0 users, "
                "0 streams, 0 came from other lanes: No way.",
                "Lane direct: Source direct: works",
                "Lane direct: Look-ups: 2 wait, one every 1.0 s",
            ],
            list(status_lines(SourcesState(sources, lookups, lanes), 100)),
        )

    def test_status(self) -> None:
        """A source tells what its breaker and its budgets do."""
        clock = Clock()
        breaker = Breaker("one", clock, Tolerance(failures=1, rest=9))
        budget = Budget(clock, 3, "a.example")
        source = Source("one", Signer(), Opener(), breaker, (budget,))
        self.assertEqual(SourceState("one", budgets=(budget.state(),)), source.status())
        breaker.failed("alice", ConnectError("down"))
        self.assertEqual(
            SourceState("one", "open", "down", 9, 1, (budget.state(),)), source.status()
        )
        self.assertEqual(SourceState("two"), Source("two", Signer(), Opener()).status())

    def test_nobody_was_asked(self) -> None:
        """That a server is spent says nothing of the source, and another room may probe it."""
        clock = Clock()
        breaker = Breaker("one", clock, Tolerance(failures=1, rest=9))
        signer = Signer(SourceRestingError("spent", retry_after=5))
        source = Source("one", signer, Opener(), breaker)
        for _ in range(3):
            asking = Deferred.fromCoroutine(source.sign(ROOM, Resume()))
            self.failureResultOf(asking, SourceRestingError)
        self.assertEqual("closed", source.state)
