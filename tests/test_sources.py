"""Sources tried in turn: tickets, streams, and a session between them."""

from __future__ import annotations

from twisted.internet.defer import CancelledError, Deferred
from twisted.logger import capturedLogs, formatEvent
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tests.seams import ROOM, Opener, SessionTestCase, Signer
from tiktoklive.errors import (
    AllFailedError,
    ConnectError,
    DeviceBlockedError,
    Remedy,
    SignatureRefusedError,
    SignServerRefusedError,
    SignServerStubError,
    SourceRestingError,
    UserOfflineError,
)
from tiktoklive.events import Connected, Error
from tiktoklive.interfaces import ISigner, IStreamOpener
from tiktoklive.model import Resume, Ticket
from tiktoklive.sources import OpenerBySource, Source, SourcesInTurn


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
        self.assertIn("@alice: no source let us in. (1) one: no 0 [auth] (2) two:", str(error))

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


class SessionTests(SessionTestCase):
    """A session with two sources."""

    def make(self) -> None:
        self.other, self.other_opener = Signer(), Opener()
        sources = [
            Source("direct", self.signer, self.opener),
            Source("signed", self.other, self.other_opener),
        ]
        first, self.signer = self.signer, SourcesInTurn(sources)  # type: ignore[assignment]
        second, self.opener = self.opener, OpenerBySource(sources)  # type: ignore[assignment]
        super().make()
        self.signer, self.opener = first, second

    def test_next(self) -> None:
        """A stream that is refused leads to the next source at once, with all that is known."""
        self.opener.answers = [SignatureRefusedError("illegal secret key")]
        state = self.successResultOf(self.session.connect())
        self.assertTrue(state.is_connected)
        self.assertEqual(1, len(self.resolver.questions))
        self.assertEqual("signed", self.seen.only(Connected).origin.source)
        [resume] = self.other.resumes
        self.assertEqual(["direct"], [name for name, _ in resume.tried])
        error = self.seen.only(Error)
        self.assertEqual("The source direct failed, another one has its turn", error.info)
        self.assertIs(self.opener.answers[0], error.exception)

    def test_no_ticket(self) -> None:
        """A source that makes no ticket is named with its cause, in the log and as an error."""
        stub = SignServerStubError("a stub in the place of a batch")
        self.signer.answers = [stub]
        with capturedLogs() as logs:
            self.successResultOf(self.session.connect())
        self.assertEqual("signed", self.seen.only(Connected).origin.source)
        self.assertIs(stub, self.seen.only(Error).exception)
        self.assertIn("@alice: direct: a stub in the place of a batch", map(formatEvent, logs))

    def test_resting(self) -> None:
        """A source that rests was told of when it failed."""
        self.signer.answers = [SourceRestingError("The source rests.")]
        self.successResultOf(self.session.connect())
        self.assertEqual([], self.seen.of(Error))

    def test_stopped_by_who_is_told(self) -> None:
        """Whoever is told of a source that failed may stop it all."""
        for part in (self.signer, self.opener):
            with self.subTest(type(part).__name__):
                self.signer.answers, self.opener.answers = [True], [True]
                part.answers = [ConnectError("down")]
                self.make()
                self.dispatcher.on(Error, lambda event: self.session.stop())
                self.other_opener.answers = [None]  # streams take their time
                self.session.follow()
                self.assertEqual(("stopped", []), (self.phase, self.clock.getDelayedCalls()))
                self.assertEqual(len(self.other_opener.waiting), self.other_opener.cancelled)

    def test_begun_again_by_who_is_told(self) -> None:
        """Or stop it and start it again: what was under way before is forgotten."""
        for part in (self.signer, self.opener):
            with self.subTest(type(part).__name__):
                self.signer.answers, self.opener.answers = [True], [True]
                part.answers = [ConnectError("down"), True]
                self.make()
                self.dispatcher.on(Error, self.begin_again)
                self.other_opener.answers = [None]
                self.session.follow()
                self.assertEqual("live", self.phase)
                self.assertEqual("direct", self.seen.of(Connected)[-1].origin.source)
                self.successResultOf(self.session.stop())
                self.assertEqual(len(self.other_opener.waiting), self.other_opener.cancelled)

    def begin_again(self, event: Error) -> None:
        """Stop it, and start it again."""
        self.session.stop()
        self.session.follow()

    def test_all(self) -> None:
        """When the last stream is refused too, all of it is told."""
        self.opener.answers = [SignatureRefusedError("illegal secret key")]
        self.other_opener.answers = [ConnectError("nobody there")]
        error = self.failureResultOf(self.session.connect(), AllFailedError).value
        self.assertEqual(["direct", "signed"], [name for name, _ in error.failures])
        self.assertIn("(1) direct: illegal secret key [auth]", str(error))
        self.assertIn("(2) signed: nobody there [wait]", str(error))
        self.assertEqual("failed", self.phase)

    def test_again(self) -> None:
        """The next attempt begins with the first source again, and tells it why it was refused."""
        refusal = DeviceBlockedError("flagged")
        self.opener.answers = [refusal, True]
        self.other.answers = [ConnectError("down")]
        self.session.follow()
        self.assertEqual("waiting", self.phase)
        self.retried()
        self.assertEqual("live", self.phase)
        resume = self.signer.resumes[-1]
        self.assertEqual((), resume.tried)
        self.assertIn(refusal, [error for _, error in resume.failure.failures])  # type: ignore[union-attr]

    def test_stopped_between(self) -> None:
        """Stopping while the second source is asked leaves nothing."""
        self.opener.answers = [SignatureRefusedError("illegal secret key")]
        self.other.answers = [None]
        self.session.follow()
        self.assertEqual("signing", self.phase)
        self.successResultOf(self.session.stop())
        self.assertEqual(("stopped", 1), (self.phase, self.other.cancelled))
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_over(self) -> None:
        """A room that is over, as the second source finds out, is not told as a failure."""
        self.opener.answers = [SignatureRefusedError("illegal secret key")]
        self.other.answers = [UserOfflineError("over")]
        self.session.follow()
        self.assertEqual("offline", self.phase)
