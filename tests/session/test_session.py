"""A session between fakes at its seams: impatient and patient."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import Deferred
from zope.interface import implementer

from tests.seams import OTHER, ROOM, Resolver, SessionTestCase, Stream
from tiktoklive.errors import (
    ApplicationRefusedError,
    ConnectError,
    DeafStreamError,
    DeviceBlockedError,
    RateLimitedError,
    SignatureRefusedError,
    StreamLostError,
    UserOfflineError,
)
from tiktoklive.events import Gap, Reconnecting
from tiktoklive.interfaces import IPatientResolver
from tiktoklive.model import State
from tiktoklive.session.retry import Patience


class ConnectTests(SessionTestCase):
    """connect(): impatient."""

    def test_waited_for(self) -> None:
        """Only before it was live somebody waits for a look-up; who follows can always wait."""

        @implementer(IPatientResolver)
        class Both(Resolver):
            patient = Resolver()

        both = self.resolver = Both()
        self.make()
        self.session.connect()
        self.assertEqual((1, 0), (len(both.questions), len(both.patient.questions)))
        self.lose(DeafStreamError("deaf"))
        self.clock.advance(5)
        self.assertEqual((1, 1), (len(both.questions), len(both.patient.questions)))
        self.session.stop()
        self.session.connect()
        self.assertEqual((2, 1), (len(both.questions), len(both.patient.questions)))
        self.session.stop()
        self.session.follow()
        self.assertEqual((2, 2), (len(both.questions), len(both.patient.questions)))

    def test_live(self) -> None:
        """It asks resolver, signer and opener in turn, and fires with the state."""
        self.opener.answers = [None]
        connected = self.session.connect()
        self.assertNoResult(connected)
        self.assertEqual([("alice",)], self.resolver.questions)
        self.assertEqual(ROOM, self.signer.questions[0][0])
        self.assertEqual("test", self.opener.questions[0][0].source)
        self.assertEqual("connecting", self.phase)
        self.opener.waiting[0].callback(True)
        self.assertEqual(
            State(
                True,
                True,
                ROOM.room_id,
                phase="live",
                reason=f"room {ROOM.room_id}",
                liveness="live",
                unique_id="alice",
            ),
            self.successResultOf(connected),
        )
        self.assertIs(ROOM, self.session.room)

    def test_steps(self) -> None:
        """Each step is a state of its own."""
        for part in (self.resolver, self.signer, self.opener):
            part.answers = [None]
        phases = []
        self.session.connect()
        for part in (self.resolver, self.signer, self.opener):
            phases.append(self.phase)
            part.waiting[0].callback(ROOM if part is self.resolver else True)
        self.assertEqual(["resolving", "signing", "connecting"], phases)
        self.assertEqual("live", self.phase)

    def test_other_resolver(self) -> None:
        """Another resolver can stand in for one connect()."""
        self.session.connect(Resolver(OTHER))
        self.assertEqual(([], OTHER), (self.resolver.questions, self.session.room))
        self.session.stop()
        self.session.connect()
        self.assertEqual(ROOM, self.session.room)

    def test_any_failure(self) -> None:
        """Before it is live, the first failure of any part fails it, without another try."""
        for part in (self.resolver, self.signer, self.opener):
            with self.subTest(type(part).__name__):
                self.make()
                answers, part.answers = part.answers, [ConnectError("no way")]
                error = self.failureResultOf(self.session.connect(), ConnectError).value
                self.assertEqual(("failed", str(error)), (self.phase, self.session.state().reason))
                self.assertEqual([], self.clock.getDelayedCalls())
                part.answers = answers
                self.successResultOf(self.session.connect())
                self.session.stop()

    def test_connect_again_when_told(self) -> None:
        """Whoever is told of the failure may connect again: that has an outcome of its own."""
        again: list[Deferred[State]] = []
        told = self.dispatcher.on("error", lambda event: again.append(self.session.connect()))
        self.opener.answers = [ConnectError("down"), True]
        failed = self.session.connect()
        told.remove()
        self.failureResultOf(failed, ConnectError)
        self.assertTrue(self.successResultOf(again[0]).is_connected)

    def test_restart_when_told(self) -> None:
        """Or stop it and follow: who waits for the end from then on waits for what comes."""
        over: list[Deferred[Exception | None]] = []

        def restart(event: object) -> None:
            self.session.stop()
            self.session.follow()
            over.append(self.session.when_over())

        told = self.dispatcher.on("error", restart)
        self.opener.answers = [ConnectError("down"), True]
        self.failureResultOf(self.session.connect(), ConnectError)
        told.remove()
        self.assertNoResult(over[0])
        self.assertEqual("live", self.phase)
        self.successResultOf(self.session.stop())
        self.assertIsNone(self.successResultOf(over[0]))

    def test_identities(self) -> None:
        """A refused identity is tried again as another guest, up to three of them."""
        self.opener.answers = [DeviceBlockedError("blocked")]
        connected = self.session.connect()
        self.retried()
        self.retried()
        self.failureResultOf(connected, DeviceBlockedError)
        self.assertEqual(3, len(self.opener.questions))
        failures = [resume.failure for resume in self.signer.resumes]
        self.assertIsNone(failures[0])
        self.assertIsInstance(failures[1], DeviceBlockedError)  # so that the signer renews

    def test_identities_can_be_limited(self) -> None:
        """One identity means no second try."""
        self.patience = Patience(identities=1)
        self.opener.answers = [DeviceBlockedError("blocked")]
        self.make()
        self.failureResultOf(self.session.connect(), DeviceBlockedError)
        self.assertEqual(1, len(self.opener.questions))

    def test_lost_when_live(self) -> None:
        """Once it was live, a loss is mended, whatever keeps it from being mended at first."""
        self.session.connect()
        self.resolver.answers = [ConnectError("down"), RateLimitedError("slow"), ROOM]
        self.signer.answers = [SignatureRefusedError("over?"), ConnectError("down"), True]
        self.lose()
        for _ in range(4):
            self.retried()
        self.assertEqual("live", self.phase)

    def test_offline_after_loss(self) -> None:
        """A loss behind which the user is offline, twice, was the end of the broadcast."""
        over = self.session.when_over()
        self.session.connect()
        self.resolver.answers = [UserOfflineError("off")]
        self.lose(DeafStreamError("deaf"))
        self.retried()
        self.assertEqual("waiting", self.phase)
        self.assertTrue(45 <= self.retried() <= 75)
        self.assertEqual("ended", self.phase)
        self.assertIsNone(self.successResultOf(over))

    def test_hopeless_after_loss(self) -> None:
        """A loss behind which waiting can't help fails the session, whoever waits is told."""
        over = self.session.when_over()
        self.session.connect()
        self.signer.answers = [ApplicationRefusedError("no!")]
        self.lose()
        self.retried()
        self.assertEqual("failed", self.phase)
        self.assertIsInstance(self.successResultOf(over), ApplicationRefusedError)

    def test_refused_as_over(self) -> None:
        """Refused like a room that is over, after it was let in, it looks whether that is so."""
        self.session.connect()
        self.signer.answers = [SignatureRefusedError("sign!")]
        self.lose()
        self.retried()
        self.assertEqual("waiting", self.phase)
        self.signer.answers = [True]
        self.retried()
        self.assertEqual("live", self.phase)

    def test_refused_as_over_in_a_known_room(self) -> None:
        """A room that was given is looked up like others once it is refused as over."""
        self.session.connect(Resolver(OTHER))
        self.signer.answers = [SignatureRefusedError("sign!")]
        self.lose()
        self.resolver.answers = [UserOfflineError("off")]
        self.clock.advance(self.seen.of(Reconnecting)[-1].delay)
        self.assertEqual(("waiting", [("alice",)]), (self.phase, self.resolver.questions))
        self.retried()
        self.assertEqual("ended", self.phase)

    def test_start_while_stopping(self) -> None:
        """Started again before the stream is closed, it stops first and then begins anew."""
        self.session.follow()
        self.stream.closes_at_once = False
        stopped = self.session.stop()
        self.session.follow()
        self.assertEqual("restarting", self.phase)
        self.assertNoResult(stopped)
        self.stream.lose(None)
        self.successResultOf(stopped)
        self.assertEqual("live", self.phase)

    def test_wait_while_restarting(self) -> None:
        """Who asks after the new start waits for the end of what was started."""
        self.session.follow()
        self.stream.closes_at_once = False
        before = self.session.when_over()
        self.session.stop()
        self.session.follow()
        over, live = self.session.when_over(), self.session.when_live()
        self.stream.lose(None)
        self.successResultOf(before)
        self.assertTrue(self.successResultOf(live).is_connected)
        self.assertNoResult(over)
        self.session.stop()
        self.assertIsNone(self.successResultOf(over))

    def test_stop_while_restarting(self) -> None:
        """Stopped once more before that, it stays stopped."""
        self.session.follow()
        self.stream.closes_at_once = False
        first = self.session.stop()
        self.session.follow()
        second = self.session.stop()
        self.stream.lose(None)
        self.successResultOf(first)
        self.successResultOf(second)
        self.assertEqual("stopped", self.phase)

    def test_end(self) -> None:
        """The end of the broadcast closes the stream and ends the session."""
        over = self.session.when_over()
        self.session.connect()
        self.stream.end()
        self.assertEqual((1, "ended"), (self.stream.closes, self.phase))
        self.assertIsNone(self.successResultOf(over))

    def test_end_before_open(self) -> None:
        """An end that arrives before the stream is known to be open ends the session too."""
        opened = self.opener.open

        def early(ticket: Any, receiver: Any) -> Any:
            Stream(receiver).end(4)
            return opened(ticket, receiver)

        self.opener.open = early  # type: ignore[method-assign]
        over = self.session.when_over()
        self.assertTrue(self.successResultOf(self.session.connect()).is_connected)
        self.assertEqual("ended", self.phase)
        self.assertIsNone(self.successResultOf(over))

    def test_over_before_open(self) -> None:
        """A stream that is over as soon as it opens fails connect(): nothing was let in."""
        opened, error = self.opener.open, StreamLostError("out!")

        def over(ticket: Any, receiver: Any) -> Any:
            receiver.closed(error)
            return opened(ticket, receiver)

        self.opener.open = over  # type: ignore[method-assign]
        connected = self.session.connect()
        self.assertIs(error, self.failureResultOf(connected, StreamLostError).value)
        self.assertEqual(("failed", []), (self.phase, self.clock.getDelayedCalls()))

    def test_forgets(self) -> None:
        """A new connect() resumes nothing of the last one."""
        self.session.connect()
        self.stream.push(("WebcastChatMessage", b""), cursor="c", internal_ext="i")
        self.session.stop()
        self.session.connect()
        resume = self.signer.resumes[-1]
        self.assertEqual(("", "", None), (resume.cursor, resume.internal_ext, resume.failure))
        self.assertEqual([], self.seen.of(Gap))

    def test_impatient_again(self) -> None:
        """A new connect() is as impatient as the first, though it was live before."""
        self.session.connect()
        self.session.stop()
        self.resolver.answers = [ConnectError("down")]
        self.failureResultOf(self.session.connect(), ConnectError)

    def test_cancel(self) -> None:
        """Cancelling what it returned stops the session and the step it is in."""
        self.signer.answers = [None]
        connected = self.session.connect()
        connected.cancel()
        self.failureResultOf(connected)
        self.assertEqual(("stopped", 1), (self.phase, self.signer.cancelled))
