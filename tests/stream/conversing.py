"""What tests of a conversation have in common."""

from __future__ import annotations

from typing import Any

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.seams import ROOM, Stream
from tests.stack.case import Recorder
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.events import StreamEnd
from tiktoklive.model import Resume, Ticket
from tiktoklive.stream.conversation import Conversation, Limits, Tally
from tiktoklive.stream.gaps import Loss, OverStream


def over(conversation: Conversation) -> OverStream:
    """What is known of a stream that has ended."""
    assert conversation.over is not None
    return conversation.over


class ConversationCase(SynchronousTestCase):
    """A conversation between fakes, on a clock that shows 100 seconds."""

    limits = Limits()

    def setUp(self) -> None:
        self.clock = Clock()
        self.clock.advance(100)
        self.seen = Recorder()
        self.tally = Tally()
        self.ends: list[StreamEnd] = []
        self.closings: list[Exception | None] = []
        self.conversation, self.stream = self.converse()

    def converse(
        self,
        limits: Limits | None = None,
        *,
        initial_data: bool = True,
        resume: Resume | None = None,
        loss: Loss | None = None,
        **ticket: Any,
    ) -> tuple[Conversation, Stream]:
        """A conversation that has not begun, and its stream."""
        dispatcher = Dispatcher()
        dispatcher.add_observer(self.seen)
        conversation = Conversation(
            Ticket(ROOM, "", source="test", **ticket),
            dispatcher,
            self.clock,
            seen=DedupWindow(100),
            tally=self.tally,
            limits=limits or self.limits,
            on_end=self.ends.append,
            on_closed=self.closings.append,
            initial_data=initial_data,
            resume=resume,
            loss=loss,
        )
        return conversation, Stream(conversation)

    def begin(self) -> None:
        """The stream is open."""
        self.conversation.begin(self.stream)
