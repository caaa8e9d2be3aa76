"""A session between fakes at its seams: every state, and every call in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from inspect import isfunction
from typing import Any

from twisted.internet.defer import Deferred
from twisted.logger import LogLevel, capturedLogs, formatEvent

from tests.seams import ROOM, Opener, Resolver, SessionTestCase, Signer
from tiktoklive.errors import (
    AgeRestrictedError,
    ConnectError,
    ConnectionStoppedError,
    StreamLostError,
    TapeError,
    UserOfflineError,
)
from tiktoklive.events import Disconnected, Reconnecting
from tiktoklive.session.inputs import Inputs


class StateTests(SessionTestCase):
    """Every state, and every call in it."""

    def reach(self, phase: str) -> None:
        """Bring a new session into that state."""
        self.resolver, self.signer, self.opener = Resolver(), Signer(), Opener()
        waits: dict[str, Any] = {
            "resolving": self.resolver,
            "signing": self.signer,
            "connecting": self.opener,
        }
        if phase in waits:
            waits[phase].answers = [None]
        elif phase == "waiting":
            self.opener.answers = [ConnectError("down")]
        elif phase == "offline":
            self.resolver.answers = [UserOfflineError("off")]
        elif phase == "refused":
            self.resolver.answers = [AgeRestrictedError("adults")]
        elif phase == "failed":
            self.resolver.answers = [TapeError("it is over")]
        elif phase == "entering":
            self.opener.speaking = False
        self.make()
        if phase == "ended":
            self.session.connect()
            self.stream.end()
        elif phase != "idle":
            self.session.follow()
        if phase in ("ending", "stopping"):
            self.stream.closes_at_once = False
        if phase == "ending":
            self.stream.end()
        elif phase in ("stopping", "stopped"):
            self.session.stop()
        self.assertEqual(phase, self.phase)

    PHASES = (
        "idle resolving signing connecting entering live waiting refused offline ending stopping "
        "ended failed stopped"
    ).split()

    def everywhere(self, act: Callable[[], object]) -> dict[str, str]:
        """Do it in every state; what each led to."""
        after = {}
        for phase in self.PHASES:
            with self.subTest(phase):
                self.reach(phase)
                act()
                after[phase] = self.phase
        return after

    def test_stop(self) -> None:
        """stop() fires in every state, once no stream is open, and leaves no call behind."""
        for phase in self.PHASES:
            with self.subTest(phase):
                self.reach(phase)
                first, second = self.session.stop(), self.session.stop()
                if phase in ("ending", "stopping"):
                    self.assertNoResult(first)
                    self.stream.lose(None)
                self.successResultOf(first)
                self.successResultOf(second)
                self.assertIn(self.phase, ("idle", "ended", "failed", "stopped"))
                self.assertEqual([], self.clock.getDelayedCalls())

    def test_follow(self) -> None:
        """follow() starts what is at rest, and changes nothing where something is under way."""
        after = self.everywhere(lambda: self.session.follow())
        at_rest = {"idle", "ended", "stopped"}
        self.assertEqual(dict.fromkeys(at_rest, "live"), {p: after[p] for p in at_rest})
        moving = set(self.PHASES) - at_rest
        unchanged = {phase: phase for phase in moving} | {"stopping": "restarting"}
        self.assertEqual(unchanged, {p: after[p] for p in moving})

    def test_connect(self) -> None:
        """connect() raises nothing in any state."""
        after = self.everywhere(lambda: self.session.connect().addErrback(lambda failure: None))
        self.assertEqual("live", after["idle"])

    def test_when_live(self) -> None:
        """when_live() fires at once when live, and fails when the session is stopped."""
        for phase in self.PHASES:
            with self.subTest(phase):
                self.reach(phase)
                live = self.session.when_live()
                if phase == "live":
                    self.assertTrue(self.successResultOf(live).is_connected)
                    continue
                self.session.stop()
                if phase in ("ending", "stopping"):
                    self.stream.lose(None)
                self.failureResultOf(live, ConnectionStoppedError)

    def test_when_live_cancelled_by_another(self) -> None:
        """One who waits may cancel another who waits, while both are told."""
        self.reach("resolving")
        first, second = self.session.when_live(), self.session.when_live()
        first.addErrback(lambda failure: second.cancel())
        self.session.stop()
        self.failureResultOf(second)

    def test_late_inputs(self) -> None:
        """On the way out, and at rest, nothing that a step or a delay still brings is an error."""
        late: dict[str, tuple[object, ...]] = {
            "again": (),
            "found": (ROOM,),
            "admitted": (None,),
            "opened": (None,),
            "retry": (ConnectError("late"), None),
            "refused": (AgeRestrictedError("late"), None),
            "offline": (UserOfflineError("late"), None),
            "over": (),
            "hopeless": (TapeError("late"),),
        }
        for phase in ("stopping", "restarting", "ended", "failed", "stopped"):
            self.reach("stopping" if phase == "restarting" else phase)
            if phase == "restarting":
                self.session.follow()
            for name, given in late.items():
                with self.subTest(phase, late=name):
                    getattr(self.session._inputs, name)(*given)
                    self.assertEqual(phase, self.phase)

    def test_late_news(self) -> None:
        """What a step brings after it was abandoned, good or bad, changes nothing."""
        parts: dict[str, Any] = {"resolving": "resolver", "signing": "signer"}
        parts["connecting"] = "opener"
        for phase, name in parts.items():
            for late in (ROOM, ConnectError("late"), AgeRestrictedError("late")):
                with self.subTest(phase, late=late):
                    self.reach(phase)
                    part = getattr(self, name)

                    def answer(waiting: Deferred[Any], late: Any = late) -> None:
                        # Cancelled, it ends with its result all the same.
                        (waiting.errback if isinstance(late, Exception) else waiting.callback)(late)

                    part.on_cancel = answer
                    self.successResultOf(self.session.stop())
                    self.assertEqual((1, "stopped"), (part.cancelled, self.phase))
                    self.clock.advance(100)
                    self.assertEqual("stopped", self.phase)

    def test_facts(self) -> None:
        """What is asked of a session in place of its state's name is true in every state."""
        for phase in self.PHASES:
            with self.subTest(phase):
                self.reach(phase)
                session = self.session
                self.assertEqual(phase == "live", session.is_live)
                self.assertEqual(phase in ("ending", "stopping"), session.is_leaving)
                at_rest = phase in ("idle", "ended", "failed", "stopped")
                self.assertEqual(at_rest, session.is_at_rest)
                self.assertEqual(at_rest and phase != "idle", session.is_over)
                self.assertEqual(phase == "failed", session.has_failed)

    def lines(self) -> list[str]:
        """The lines above debug level of some hours."""
        self.make()
        with capturedLogs() as logs:
            self.session.follow()
            self.clock.pump([100] * 3)
        texts = [str(formatEvent(each)) for each in logs if each["log_level"] > LogLevel.debug]
        return [" ".join(text.split()[1:3]) for text in texts]

    def test_offline_once(self) -> None:
        """Looks that find the user offline in the same words are told once."""
        self.resolver = Resolver(UserOfflineError("off"))
        self.assertEqual(["resolving", "offline: off"], self.lines())

    def test_offline_anew(self) -> None:
        """Once the user was found, that they are offline is told again."""
        off = UserOfflineError("off")
        self.resolver, self.signer = Resolver(off, ROOM, off), Signer(off)
        self.assertEqual(["resolving", "offline: off", "offline: off"], self.lines())

    def test_restricted_room(self) -> None:
        """For whom a room is stands in the state, in the line of being live, and beside a loss."""
        told = "for subscribers only, of a private account"
        restrictions = ("for subscribers only", "of a private account")
        self.resolver = Resolver(replace(ROOM, restrictions=restrictions))
        self.make()
        with capturedLogs() as logs:
            self.session.follow()
            live = self.session.state()
            self.stream.lose(StreamLostError("It broke."))
            waiting = self.session.state()
            self.opener.answers = [ConnectError("down")]
            self.clock.pump([100] * 3)
        self.assertEqual((restrictions, restrictions), (live.restrictions, waiting.restrictions))
        self.assertIn(f"({told}: guests may see nothing of it)", live.reason)
        self.assertIn(f"It broke. The room is {told}: guests may see", waiting.reason)
        lines = [str(formatEvent(each)) for each in logs if each["log_level"] > LogLevel.debug]
        self.assertTrue(any(f"live: room {ROOM.room_id} ({told}" in line for line in lines), lines)
        self.assertNotIn("The room is", self.session.state().reason, "the network is down")
        self.resolver, self.opener = Resolver(ROOM), Opener()
        self.make()
        self.session.follow()
        self.assertEqual(
            ((), f"room {ROOM.room_id}"),
            (self.session.state().restrictions, self.session.state().reason),
        )

    def test_resume(self) -> None:
        """A signer hears that a lost room is returned to, and what its last stream was."""
        self.session.follow()
        self.lose()
        self.clock.advance(3)
        first, second = self.signer.resumes
        self.assertEqual((False, False), (first.returning, first.upgraded))
        self.assertEqual((True, True), (second.returning, second.upgraded))

    def test_begin(self) -> None:
        """A new beginning knows nothing of streams that ended at once before it."""
        for _ in range(2):
            self.session.follow()
            self.lose()
            self.clock.advance(3)
            self.assertTrue(self.signer.resumes[-1].returning)
            self.session.stop()
        self.assertEqual(2, len(self.resolver.questions))

    def test_inputs(self) -> None:
        """No input is private: other modules than the table's cause them."""
        inputs = [name for name, each in vars(Inputs).items() if isfunction(each)]
        self.assertIn("found", inputs)
        dunder = ("__init__", "__subclasshook__")
        self.assertEqual([], [n for n in inputs if n.startswith("_") and n not in dunder])

    def test_late_close(self) -> None:
        """A stream that tells twice that it is over, changes nothing the second time."""
        self.reach("live")
        receiver = self.stream.receiver
        self.lose()
        receiver.closed(None)
        self.assertEqual("waiting", self.phase)
        self.assertEqual(1, len(self.seen.of(Disconnected)))

    def test_two_ends(self) -> None:
        """The end of the broadcast may be told twice, and while we are stopping."""
        for phase in ("ending", "stopping"):
            with self.subTest(phase):
                self.reach(phase)
                self.stream.end()
                self.assertEqual(phase, self.phase)

    def test_lost_while_ending(self) -> None:
        """A stream that breaks while it is being closed at the end is closed."""
        self.reach("ending")
        self.seen.events.clear()
        self.lose()
        self.assertEqual("offline", self.phase)
        self.assertIsNone(self.seen.only(Disconnected).reason)

    def test_stream_ends_at_once(self) -> None:
        """A stream that is over before it was handed to us is a lost stream."""
        self.open_what_is_over()
        self.session.follow()
        self.assertEqual("waiting", self.phase)
        self.assertEqual(["websocketConnected", "disconnected", "reconnecting"], self.seen.names())
        self.successResultOf(self.session.stop())

    def open_what_is_over(self) -> None:
        """Let streams be over before they are handed to us."""
        opened = self.opener.open

        def over(ticket: Any, receiver: Any) -> Any:
            receiver.closed(StreamLostError("over already"))
            return opened(ticket, receiver)

        self.opener.open = over  # type: ignore[method-assign]

    def test_stop_on_disconnected(self) -> None:
        """An observer may stop the session when it hears that a stream is over, for any reason."""
        stopped: list[Deferred[None]] = []
        for end in ("end", "lose", "over at once"):
            for start in ("follow", "connect"):
                with self.subTest(end, start=start):
                    self.reach("idle")
                    stopped.clear()
                    self.session._core.dispatcher.on(
                        Disconnected, lambda event: stopped.append(self.session.stop())
                    )
                    if end == "over at once":
                        self.open_what_is_over()
                    if start == "follow":
                        self.session.follow()
                    else:
                        self.session.connect().addErrback(lambda failure: None)
                    if end == "end":
                        self.stream.end()
                    elif end == "lose":
                        self.lose()
                    self.successResultOf(stopped[0])
                    self.assertEqual("stopped", self.phase)
                    self.assertEqual([], self.clock.getDelayedCalls())

    def test_restart_on_disconnected(self) -> None:
        """It may also stop it and start it again: that is one new start."""
        for end in ("end", "lose"):
            for at_once in (True, False):
                with self.subTest(end, at_once=at_once):
                    self.reach("live")
                    self.stream.closes_at_once = at_once

                    def restart(event: Disconnected) -> None:
                        if len(self.resolver.questions) == 1:
                            self.session.stop()
                            self.session.follow()

                    self.session._core.dispatcher.on(Disconnected, restart)
                    stream = self.stream
                    if end == "end":
                        stream.end()
                    stream.lose(StreamLostError("lost"))
                    self.assertEqual("live", self.phase)
                    self.assertEqual(2, len(self.resolver.questions))
                    self.assertEqual([], self.seen.of(Reconnecting))
                    self.successResultOf(self.session.stop())

    def test_not_connected_when_told(self) -> None:
        """Who is told that the stream is over finds the session unconnected, and may wait."""
        told: list[Any] = []
        self.reach("live")

        def look(event: Disconnected) -> None:
            if not told:
                told.extend([self.session.state().is_connected, self.session.when_live()])

        self.session._core.dispatcher.on(Disconnected, look)
        self.lose()
        self.assertFalse(told[0])
        self.assertNoResult(told[1])
        self.retried()
        self.assertTrue(self.successResultOf(told[1]).is_connected)
        self.successResultOf(self.session.stop())

    def test_close_fails(self) -> None:
        """A stream whose closing fails is over: stopping doesn't hang."""
        self.reach("live")
        self.stream.close = lambda: Deferred.fromCoroutine(_fails())
        self.successResultOf(self.session.stop())
        self.assertEqual("stopped", self.phase)


async def _fails() -> None:
    raise RuntimeError("no closing")
