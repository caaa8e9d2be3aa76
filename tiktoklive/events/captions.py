"""What is said and shown beside the comments: captions, pinned messages, chosen questions."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.audience import Like, Member, Social
from tiktoklive.events.base import ClassicEvent, MessageEvent
from tiktoklive.events.giving import Gift
from tiktoklive.events.numbers import in_ms
from tiktoklive.events.speech import Chat
from tiktoklive.events.user import User
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import observed_pb2
from tiktoklive.wire.room_pb2 import WebcastRoomPinMessage
from tiktoklive.wire.speech_pb2 import WebcastCaptionMessage
from tiktoklive.wire.text import text

#: What can be pinned: the field, and the event that it is.
_PINNED: tuple[tuple[str, type[ClassicEvent]], ...] = (
    ("pinned_message", Chat),
    ("gift_message", Gift),
    ("social_message", Social),
    ("member_message", Member),
    ("like_message", Like),
)


class CaptionMessage(MessageEvent):
    """A piece of the live captions: what the host says, as TikTok hears it."""

    __slots__ = ()
    name: ClassVar[str] = "captionMessage"
    method: ClassVar[str] = "WebcastCaptionMessage"
    message: WebcastCaptionMessage

    @property
    def captions(self) -> dict[str, str]:
        """Language to words; one language in all recordings."""
        return {text(each.language): text(each.text) for each in self.message.content}

    @property
    def text(self) -> str:
        """The words in the first language; ``""`` of a piece that only ends a sentence."""
        return next(iter(self.captions.values()), "")

    @property
    def language(self) -> str:
        """The first language: ``en``."""
        return next(iter(self.captions), "")

    @property
    def start_time(self) -> int:
        """When it was said, in milliseconds since 1970; 0 when not said."""
        return in_ms(self.message.timestamp_ms)

    @property
    def duration(self) -> int:
        """How long it took to say, in milliseconds; -1 when that is not known yet."""
        return self.message.duration_ms

    @property
    def is_final(self) -> bool:
        """Whether it does not change any more; ``False`` in all recordings."""
        return self.message.definite

    def _about(self) -> str:
        return repr(self.text)


class RoomPin(MessageEvent):
    """A comment or another message is pinned, or not any more."""

    __slots__ = ()
    name: ClassVar[str] = "roomPin"
    method: ClassVar[str] = "WebcastRoomPinMessage"
    message: WebcastRoomPinMessage

    @property
    def is_pinned(self) -> bool:
        """Whether it is pinned, rather than taken down (action 1; 2 in recordings of the end)."""
        return self.message.action == 1

    @property
    def pin_id(self) -> str:
        """The id of the pinned message, decimal text."""
        return str(self.message.pin_id)

    @property
    def pinned(self) -> ClassicEvent | None:
        """The message itself, as the event that it was: :class:`Chat`, :class:`Gift` and so on."""
        for field, cls in _PINNED:
            if self.message.HasField(field):
                inner = getattr(self.message, field)
                return cls(inner, b"", inner.common.msg_id, self.is_history, self.origin)
        return None

    @property
    def operator(self) -> User:
        """The user who did it."""
        return User(self.message.operator)

    @property
    def pin_time(self) -> int:
        """When, in milliseconds since 1970; 0 when not said."""
        return in_ms(self.message.timestamp)

    @property
    def duration(self) -> int:
        """For how long it stays, in milliseconds; 0 when not said."""
        return self.message.display_duration * 1000

    @property
    def text(self) -> str:
        """The comment, or the line of the message that is pinned."""
        pinned = self.pinned
        if pinned is None:
            return super().text
        return pinned.comment if isinstance(pinned, Chat) else pinned.text

    def _about(self) -> str:
        return f"{'pinned' if self.is_pinned else 'unpinned'} {self.text!r}"


class QuestionSelected(MessageEvent):
    """The host shows one of the questions, to answer it."""

    __slots__ = ()
    name: ClassVar[str] = "questionSelected"
    method: ClassVar[str] = "WebcastQuestionSelectedMessage"
    message: observed_pb2.WebcastQuestionSelectedMessage

    @property
    def question_id(self) -> str:
        """Which one, decimal text."""
        return str(self.message.question.question_id)

    @property
    def question_text(self) -> str:
        """The question."""
        return text(self.message.question.question_text)

    @property
    def user(self) -> User:
        """The user who asked."""
        return User(self.message.question.user)

    @property
    def question_time(self) -> int:
        """When it was asked, in milliseconds since 1970; 0 when not said."""
        return in_ms(self.message.question.create_time)

    @property
    def answer_status(self) -> int:
        """A number that nobody described; 0 in all recordings."""
        return self.message.question.answer_status

    @property
    def text(self) -> str:
        """The question."""
        return self.question_text

    def _about(self) -> str:
        return f"@{self.user.unique_id} {self.question_text!r}"


class QuestionSlideDown(MessageEvent):
    """The host does not show a question any more."""

    __slots__ = ()
    name: ClassVar[str] = "questionSlideDown"
    method: ClassVar[str] = "WebcastQuestionSlideDownMessage"
    message: observed_pb2.WebcastQuestionSlideDownMessage

    @property
    def question_id(self) -> str:
        """Which one, decimal text."""
        return str(self.message.question_id)

    def _about(self) -> str:
        return self.question_id


class QuestionDelete(MessageEvent):
    """A question was deleted."""

    __slots__ = ()
    name: ClassVar[str] = "questionDelete"
    method: ClassVar[str] = "WebcastQuestionDeleteMessage"
    message: observed_pb2.WebcastQuestionDeleteMessage

    @property
    def question_id(self) -> str:
        """Which one, decimal text."""
        return str(self.message.question_id)

    @property
    def user_id(self) -> str:
        """The user who asked or who deleted it (nobody knows), decimal text."""
        return str(self.message.user_id)

    def _about(self) -> str:
        return self.question_id


class ICaptionObserver(IObserver):
    """For observers of captions."""

    def caption_message(event: CaptionMessage) -> object:
        """A piece of what the host says."""


class IPinObserver(IObserver):
    """For observers of pinned messages."""

    def room_pin(event: RoomPin) -> object:
        """A message is pinned, or not any more."""


class IQuestionObserver(IObserver):
    """For observers of what becomes of questions; they are asked in ``questionNew``."""

    def question_selected(event: QuestionSelected) -> object:
        """The host shows one."""

    def question_slide_down(event: QuestionSlideDown) -> object:
        """It is not shown any more."""

    def question_delete(event: QuestionDelete) -> object:
        """It was deleted."""
