"""A session between parts that do what a test tells them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from twisted.internet.defer import Deferred, succeed
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer

from tests.stack.case import Recorder
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.errors import StreamLostError
from tiktoklive.errors.isolation import failures_in
from tiktoklive.events import Reconnecting
from tiktoklive.interfaces import IReceiver, IRoomResolver, ISigner, IStream, IStreamOpener
from tiktoklive.model import Resume, Room, Ticket
from tiktoklive.pacing.breaker import is_about_room
from tiktoklive.session.parts import Parts
from tiktoklive.session.retry import Known, Patience
from tiktoklive.session.session import Session
from tiktoklive.wire import frames
from tiktoklive.wire.batches import build_batch

ROOM = Room("alice", "7137682087200557829")
OTHER = replace(ROOM, room_id="7137682087200557830")


def met(error: Exception, known: Known | None = None) -> Known:
    """What is known when that error is met."""
    inside = tuple(failures_in(error))
    return replace(known or Known(), inside=inside, about_room=is_about_room(error))


class Asked:
    """
    Answers questions with what was prepared, or lets them wait.

    :ivar answers: results and errors, in order; the last one is repeated.  ``None`` waits.
    :ivar waiting: what was not answered yet.
    :ivar questions: what was asked, in order.
    """

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.waiting: list[Deferred[Any]] = []
        self.questions: list[Any] = []
        self.cancelled = 0
        #: What a question that waits does when it is cancelled; by default nothing more.
        self.on_cancel: Callable[[Deferred[Any]], None] = lambda waiting: None

    def ask(self, *question: Any) -> Deferred[Any]:
        """The answer."""
        self.questions.append(question)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        waiting: Deferred[Any] = Deferred(self._cancel)
        if answer is None:
            self.waiting.append(waiting)
        elif isinstance(answer, BaseException):
            waiting.errback(answer)
        else:
            waiting.callback(answer)
        return waiting

    def _cancel(self, waiting: Deferred[Any]) -> None:
        self.cancelled += 1
        self.on_cancel(waiting)


@implementer(IRoomResolver)
class Resolver(Asked):
    """Finds rooms."""

    def __init__(self, *answers: Any) -> None:
        super().__init__(*(answers or (ROOM,)))

    def resolve(self, unique_id: str) -> Deferred[Room]:
        return self.ask(unique_id)


@implementer(ISigner)
class Signer(Asked):
    """Makes tickets for whatever room, unless told otherwise."""

    def __init__(self, *answers: Any) -> None:
        super().__init__(*(answers or (True,)))

    def sign(self, room: Room, resume: Resume) -> Deferred[Ticket]:
        ticket = Ticket(
            room,
            "wss://socket.example/",
            source="test",
            cursor=resume.cursor,
            internal_ext=resume.internal_ext,
        )
        return self.ask(room, resume).addCallback(
            lambda answer: ticket if answer is True else answer
        )

    @property
    def resumes(self) -> list[Resume]:
        """With what the questions wanted to go on."""
        return [resume for _, resume in self.questions]


@implementer(IStreamOpener)
class Opener(Asked):
    """Opens streams, unless told otherwise."""

    def __init__(self, *answers: Any) -> None:
        super().__init__(*(answers or (True,)))
        self.streams: list[Stream] = []
        #: Whether those to come answer that we have entered.
        self.speaking = True

    def open(self, ticket: Ticket, receiver: IReceiver) -> Deferred[IStream]:
        stream = Stream(receiver)
        stream.answers = self.speaking

        def opened(answer: Any) -> IStream:
            self.streams.append(stream)
            return stream

        return self.ask(ticket, receiver).addCallback(opened)


@implementer(IStream)
class Stream:
    """
    An open stream.

    :ivar sent: the frames that were sent, parsed.
    :ivar closing: whoever waits for its closing, if it does not close at once.
    """

    heartbeat: float | None = None
    transport_name = "websocket"
    acks = heartbeats = True
    asks = recorded = False
    not_upgraded: Exception | None = None

    def __init__(self, receiver: IReceiver) -> None:
        self.receiver = receiver
        self.sent: list[frames.Frame] = []
        self.closes = 0
        self.closes_at_once = True
        #: Whether TikTok answers that we have entered.
        self.answers = True
        self.is_open = True

    def send(self, data: bytes) -> None:
        frame = frames.parse_frame(data)
        self.sent.append(frame)
        if self.answers and frame.payload_type == "im_enter_room":
            self.receiver.frame(frames.entered(int(ROOM.room_id)))

    def close(self) -> Deferred[None]:
        self.closes += 1
        if self.closes_at_once:
            self.lose(None)
        return succeed(None)

    def lose(self, reason: Exception | None) -> None:
        """It is over."""
        if self.is_open:
            self.is_open = False
            self.receiver.closed(reason)

    def push(self, *messages: tuple[str, bytes], msg_ids: bool = True, **more: Any) -> None:
        """Let a batch arrive."""
        numbered = [
            (*each, number if msg_ids else 0, False)
            for number, each in enumerate(messages, 1000 + id(messages) % 7)
        ]
        self.receiver.frame(frames.push(build_batch(numbered, **more), 5))

    def end(self, action: int = 3) -> None:
        """Let the broadcast be over."""
        self.push(("WebcastControlMessage", bytes([0x10, action])))

    @property
    def types(self) -> list[str]:
        """The types of the frames that were sent."""
        return [frame.payload_type for frame in self.sent]


class SessionTestCase(SynchronousTestCase):
    """A session whose parts answer at once, unless told otherwise."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.resolver, self.signer, self.opener = Resolver(), Signer(), Opener()
        self.patience = Patience()
        self.seen = Recorder()
        self.make()

    def make(self) -> None:
        """A session of the parts as they are now."""
        self.dispatcher = dispatcher = Dispatcher()
        dispatcher.add_observer(self.seen)
        parts = Parts(self.resolver, self.signer, self.opener, self.clock, Random(5), self.patience)
        self.session = Session("alice", parts, dispatcher)

    @property
    def phase(self) -> str:
        """The present state."""
        return self.session.state().phase

    @property
    def stream(self) -> Stream:
        """The stream that was opened last."""
        return self.opener.streams[-1]

    @property
    def attempts(self) -> int:
        """How often somebody was asked for a room, or for a ticket."""
        return len(self.resolver.questions) + len(self.signer.questions)

    def retried(self) -> float:
        """Wait for the next attempt; how long it took."""
        if self.phase == "refused":
            delay = min(call.getTime() for call in self.clock.getDelayedCalls())
            delay -= self.clock.seconds()
        else:
            delay = self.seen.of(Reconnecting)[-1].delay
        asked = self.attempts
        self.clock.advance(delay - 0.001)
        self.assertEqual(asked, self.attempts, "too early")
        self.clock.advance(0.002)
        self.assertLess(asked, self.attempts)
        return delay

    def lose(self, reason: Exception | None = None) -> None:
        """Lose the stream."""
        self.stream.lose(reason or StreamLostError("lost"))
