"""A session between sources that are tried in turn."""

from __future__ import annotations

from twisted.logger import capturedLogs, formatEvent

from tests.seams import Opener, SessionTestCase, Signer
from tiktoklive.errors import (
    AllFailedError,
    ConnectError,
    DeviceBlockedError,
    SignatureRefusedError,
    SignServerStubError,
    SourceRestingError,
    UserOfflineError,
)
from tiktoklive.events import Connected, Error
from tiktoklive.sources import OpenerBySource, Source, SourcesInTurn


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
        self.assertIn("(1) direct: illegal secret key (2)", str(error))
        self.assertIn("(2) signed: nobody there", str(error))
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
