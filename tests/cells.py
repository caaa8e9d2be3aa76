"""
One cell of the matrix: the whole stack by one source, in memory, while one thing goes wrong.

What a cell demands is what the simulated TikTok makes possible, and no less:

- Every message in a good frame that left the simulator arrives.  Frames are noted where they
  leave it, so that a mistake of ours on the way cannot hide.
- By the sources that go on from a cursor (all but direct, relay and browser) everything that was
  said since we were live the first time arrives, and every comment from before.
- Of two streams everything arrives, and no gap is told, unless both are lost at a time.
- Nothing arrives twice.  By those sources all is in the order in which it was said; by those
  three, of which the simulator may send later what it did not send before, in that of the frames.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from random import Random
from typing import Any
from unittest.mock import patch

from twisted.logger import formatEvent, globalLogPublisher

from tests.ownbrowser.page import PageSocket
from tests.reactors import MemoryReactor
from tests.stack.case import Recorder, chat
from tests.wording import wrong_words
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.errors import DecodeError, TikTokLiveError
from tiktoklive.errors.isolation import failures_in
from tiktoklive.events.base import MessageEvent
from tiktoklive.options import Options
from tiktoklive.pacing.breaker import Tolerance
from tiktoklive.pacing.fault import Fault, fault_of
from tiktoklive.simulator import Viewer
from tiktoklive.simulator.push import RELAY_HOST
from tiktoklive.testing import settle, simulated
from tiktoklive.wire.audience_pb2 import WebcastLikeMessage
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames import parse_frame
from tiktoklive.wiring import Wiring, standard_wiring

#: The sources by name; ``polling`` is the classic one where no WebSocket is offered, ``relay`` the
#: signed one whose sign server leads through its own relay, which was allowed.  By ``browser`` it
#: is a page that is let in, which opens another socket when one is lost; ``two`` is the direct one
#: with two streams, one of which meets what goes wrong with streams.
SOURCES = ("direct", "signed", "classic", "polling", "relay", "browser", "two")

#: Those by which there is one stream; how users are looked up has nothing to do with two.
SINGLE = tuple(name for name in SOURCES if name != "two")

#: By these nothing is gone on from a cursor: what was missed comes, if at all, as history.
ANEW = ("direct", "relay", "browser", "two")

#: Where each of them goes to be let in, but for the socket.
TICKETS = {
    "direct": ("/ttwid/check/", "/@alice", "/live"),
    "signed": ("/webcast/rooms/{room_id}/connect",),
    "classic": ("/webcast/im/fetch/",),
    "polling": ("/webcast/im/fetch/",),
    "relay": ("/webcast/rooms/{room_id}/connect",),
    "browser": (),
    "two": ("/ttwid/check/", "/@alice", "/live"),
}

LOOKUPS = ("/api-live/user/room/", "/@alice/live")

#: Seconds after which a cell must be live again when nothing goes wrong any more.
RECOVERY = 90


@dataclass(frozen=True)
class Named:
    """An error that must have been told: its class, and words of its message."""

    kind: type[Exception]
    words: str = ""

    def __str__(self) -> str:
        return self.kind.__name__

    @property
    def fault(self) -> Fault:
        """Whose fault such an error is."""
        return fault_of(self.kind("so it is"))

    def fits(self, error: BaseException) -> bool:
        """Whether an error is of this kind, and says so."""
        return isinstance(error, self.kind) and self.words in str(error)


class Cell:
    """
    A room, its pushes, and somebody who follows it.

    :param source: one of :data:`SOURCES`.
    :param other: a second source, where there is to be one.
    :param seed: makes everything random repeatable.
    """

    def __init__(self, source: str, other: str = "", *, seed: int = 3) -> None:
        self.source = source
        self.goes_on = source not in ANEW and not other
        self.network, self.tiktok = simulated(seed=seed, clock=MemoryReactor())
        self.room = self.tiktok.add_room("alice")
        self.faults = self.tiktok.faults
        self.seen = Recorder()
        self.problems: list[str] = []
        self.said: list[int] = []
        #: How many of them were said before it was live the first time.
        self._before = 0
        #: The ids of what must arrive.
        self.due: set[int] = set()
        #: Those that left the simulator in frames, in the order of their first time.
        self._sent: dict[int, None] = {}
        # A fault is looked at by itself: no source rests, and nobody waits for his turn.
        options = Options(tolerance=Tolerance(failures=1000), lookups_per_minute=0)
        if source == "polling":
            self.tiktok.behaviour.upgrade = False
            options = replace(options, session_id=self.tiktok.add_session())
        if source == "relay":
            self.tiktok.sign_server.use_relay()
            options = replace(options, push_hosts=(RELAY_HOST,))
        if source == "two":
            options = replace(options, streams=2)
        self._alone = not other
        name = {"polling": "classic", "relay": "signed", "two": "direct"}.get(source, source)
        options = replace(options, sources=(name, other) if other else (name,))
        with patch.dict("os.environ", {"TIKTOKLIVE_BROWSER_TOKEN": "x" * 20}):
            self._wiring = self._wired(options)
        self._page: PageSocket | None = None
        self.connection = WebcastPushConnection("alice", wiring=self._wiring)
        self.connection.add_observer(self.seen)
        self._over = self.connection.when_over()
        self._gave_up: list[Exception | None] = []
        self._over.addCallback(self._gave_up.append)

    def _wired(self, options: Options) -> Wiring:
        return standard_wiring(self.network.clock, options, network=self.network, random=Random(1))

    def _open_page(self) -> PageSocket:
        service: Any = self._wiring.sources[0].service
        self._theirs = self._wired(Options())
        return PageSocket(self._theirs, service.front, self.room, again=True)

    @property
    def tickets(self) -> list[str]:
        """The paths at which this source asks to be let in."""
        return [path.format(room_id=self.room.room_id) for path in TICKETS[self.source]]

    @property
    def failures(self) -> int:
        """How many failures are held against the sources now."""
        breakers = [source.breaker for source in self._wiring.sources]
        return sum(len(breaker._failures) for breaker in breakers if breaker is not None)

    @property
    def rests(self) -> int:
        """How often a source has begun to rest."""
        breakers = [source.breaker for source in self._wiring.sources]
        return sum(breaker.opened for breaker in breakers if breaker is not None)

    @property
    def is_live(self) -> bool:
        """Whether a stream is open."""
        return self.connection.get_state().is_connected

    # --- what happens -----------------------------------------------------------------------

    def start(self) -> None:
        """Begin to follow; where it is a page that is let in, it was opened just before."""
        if self.source == "browser":
            self._page = self._open_page()
            self.settle(1)
        self.connection.startService()
        self.settle()

    def settle(self, seconds: float = 0.0) -> None:
        """Let time pass."""
        settle(self.network, seconds)

    def say(self, seconds: int = 1) -> None:
        """Push a batch of a comment and a like every second."""
        for _ in range(seconds):
            ids = [self.tiktok.world.next_id() for _ in range(2)]
            was_live = "connected" in self.seen.names()
            self._before = self._before if was_live else len(self.said) + 2
            self.said += ids
            if self.goes_on:
                self.due.update(ids if was_live else ids[:1])
            like = WebcastLikeMessage(count=1).SerializeToString()
            self.room.push([(*chat("said"), ids[0]), ("WebcastLikeMessage", like, ids[1])])
            self.settle(1)

    def recover(self) -> None:
        """Say something until somebody is there again and hears it."""
        self.faults.clear()
        for _ in range(RECOVERY):
            heard = len(self.heard())
            self.say()
            if (self.is_live and len(self.heard()) > heard) or self._gave_up:
                break
        self.say(3)
        self.settle(2)

    # --- what came of it --------------------------------------------------------------------

    def heard(self) -> list[int]:
        """The ids of what arrived, of what was said by :meth:`say`, in order."""
        said = set(self.said)
        return [
            event.number
            for event in self.seen.events
            if isinstance(event, MessageEvent) and event.number in said
        ]

    def errors(self) -> list[BaseException]:
        """All errors that were told, with their causes."""
        told: list[Any] = [error for error in self._gave_up if error is not None]
        for event in self.seen.events:
            told.append(getattr(event, "exception", None) or getattr(event, "reason", None))
        return [each for error in told for each in failures_in(error)]

    def judge(self, expected: Named | None, final: str) -> None:
        """Note everything that is not as it must be."""
        heard = self.heard()
        if len(heard) != len(set(heard)):
            self.problems.append(f"{len(heard) - len(set(heard))} messages came twice")
        # By themselves these get what was missed, if at all, as history behind the rest.
        order = [*self._sent] if self._alone and self.source in ANEW else self.said
        if heard != [each for each in order if each in set(heard)]:
            self.problems.append("the order was not kept")
        if final == "live" and (lost := self.due - set(heard)):
            self.problems.append(f"{len(lost)} of {len(self.due)} messages were lost")
        missed = set(self.said[self._before :]) - set(heard)
        if missed and "gap" not in self.seen.names():
            self.problems.append(f"{len(missed)} messages were missed without a word")
        one_lived = self.source == "two" and "disconnected" not in self.seen.names()
        if one_lived and (missed or "gap" in self.seen.names()):
            self.problems.append(f"{len(missed)} were missed while one stream lived, or told so")
        phase = self.connection.get_state().phase
        if phase != final:
            self.problems.append(f"it is {phase}: {self.connection.get_state().reason}")
        errors = self.errors()
        if expected is None:
            if errors:
                self.problems.append(f"told an error without need: {errors[0]!r}")
        elif not any(map(expected.fits, errors)):
            kinds = sorted({repr(each)[:150] for each in errors})
            self.problems.append(f"no {expected} {expected.words!r} was told, but {kinds}")
        elif expected.fault is Fault.ROOM and (self.failures or self.rests):
            self.problems.append("what is the room's fault is held against the source")
        for error in errors:
            if not isinstance(error, TikTokLiveError) and not _is_cause(error, errors):
                self.problems.append(f"an error of no kind of ours: {error!r}")
        for viewer in self.room.all_viewers:
            if viewer.complaints or viewer.withheld:
                self.problems.append(f"a viewer did wrong: {viewer.complaints}, {viewer.withheld}")

    def stop(self) -> None:
        """Stop everything, and note what is left."""
        stopped = self.connection.stopService()
        if self._page is not None:
            self._page.close()
            self._theirs.close()
        self.settle(3)
        closed = self._wiring.close()
        self.settle()
        for what, deferred in (("stopping", stopped), ("closing", closed)):
            if not deferred.called:
                self.problems.append(f"{what} does not end")
        left = [*self.network.open, *self.network.waiting, *self.network.clock.getDelayedCalls()]
        if left:
            self.problems.append(f"left open: {left}")
        self._over.addErrback(lambda failure: None)

    @contextmanager
    def watched(self) -> Iterator[Cell]:
        """Note what leaves the simulator, what is logged as our own failure, and in bad words."""
        send = Viewer.sendMessage

        def noted(viewer: Any, payload: bytes, isBinary: bool = False, *more: Any) -> Any:
            if isBinary:
                said = set(self.said)
                ids = [each for each in ids_in(payload) if each in said]
                self.due.update(ids)
                self._sent.update(dict.fromkeys(ids))
            return send(viewer, payload, isBinary, *more)

        def logged(event: Any) -> None:
            if "log_failure" in event:
                self.problems.append(f"logged: {event['log_failure'].value!r}")
            elif str(event.get("log_namespace", "")).startswith("tiktoklive"):
                line = formatEvent(event)
                self.problems += [f"{line!r} {wrong}" for wrong in wrong_words(line)]

        globalLogPublisher.addObserver(logged)
        try:
            with patch.object(Viewer, "sendMessage", noted):
                yield self
        finally:
            globalLogPublisher.removeObserver(logged)


def ids_in(frame: bytes) -> list[int]:
    """The ids of the messages in a frame, if it can be understood."""
    try:
        parsed = parse_frame(frame)
        if parsed.payload_type != "msg":
            return []
        return [each.msg_id for each in parse_batch(parsed.payload).messages if each.method]
    except DecodeError:
        return []


def _is_cause(error: BaseException, errors: list[BaseException]) -> bool:
    """Whether it only explains an error of ours."""
    return any(each.__cause__ is error for each in errors)
