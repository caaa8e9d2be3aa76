"""What people say: comments, emotes, questions, the host's intro."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.base import ClassicEvent
from tiktoklive.events.user import Image, User
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import speech_pb2 as wire
from tiktoklive.wire.common_pb2 import Emote as WireEmote
from tiktoklive.wire.text import text


class Emote:
    """
    A sticker.

    :ivar message: the protobuf message ``Emote``.
    :ivar place: where in the comment it stands, in characters; 0 outside of comments.
    """

    __slots__ = ("message", "place")

    def __init__(self, message: WireEmote, place: int = 0) -> None:
        self.message = message
        self.place = place

    @property
    def emote_id(self) -> str:
        """The sticker's id."""
        return text(self.message.emote_id)

    @property
    def image(self) -> Image:
        """Its picture."""
        return Image(self.message.image)

    def __repr__(self) -> str:
        return f"<Emote {self.emote_id}>"


class Chat(ClassicEvent):
    """A viewer posted a comment."""

    __slots__ = ()
    name: ClassVar[str] = "chat"
    method: ClassVar[str] = "WebcastChatMessage"
    message: wire.WebcastChatMessage

    @property
    def user(self) -> User:
        """Who wrote it."""
        return User(self.message.user)

    @property
    def comment(self) -> str:
        """What was written: text, never markup."""
        comment = self.message.content
        return comment if type(comment) is str else text(comment)

    @property
    def emotes(self) -> list[Emote]:
        """The stickers in it, with their places."""
        return [Emote(e.emote, e.index) for e in self.message.emotes]

    @property
    def content_language(self) -> str:
        """TikTok's guess at the language: ``en``; often empty."""
        return text(self.message.content_language)

    @property
    def at_user(self) -> User | None:
        """The user that it answers, if it answers one."""
        return User(self.message.at_user) if self.message.HasField("at_user") else None

    def _about(self) -> str:
        return f"@{self.user.unique_id} {self.comment!r}"


class EmoteChat(ClassicEvent):
    """A subscriber sent a sticker as a message."""

    __slots__ = ()
    name: ClassVar[str] = "emote"
    method: ClassVar[str] = "WebcastEmoteChatMessage"
    message: wire.WebcastEmoteChatMessage

    @property
    def user(self) -> User:
        """Who sent it."""
        return User(self.message.user)

    @property
    def emotes(self) -> list[Emote]:
        """The stickers, usually one."""
        return [Emote(e) for e in self.message.emotes]

    @property
    def emote_id(self) -> str:
        """The id of the last sticker, ``""`` when there is none."""
        return self.emotes[-1].emote_id if self.message.emotes else ""

    def _about(self) -> str:
        return f"@{self.user.unique_id} {self.emote_id}"


class QuestionNew(ClassicEvent):
    """A viewer asked a question through the Q&A feature."""

    __slots__ = ()
    name: ClassVar[str] = "questionNew"
    method: ClassVar[str] = "WebcastQuestionNewMessage"
    message: wire.WebcastQuestionNewMessage

    @property
    def user(self) -> User:
        """Who asks."""
        return User(self.message.details.user)

    @property
    def question_id(self) -> str:
        """The question's id, decimal text."""
        return str(self.message.details.question_id)

    @property
    def question_text(self) -> str:
        """The question: text, never markup."""
        return text(self.message.details.question_text)

    def _about(self) -> str:
        return f"@{self.user.unique_id} {self.question_text!r}"


class LiveIntro(ClassicEvent):
    """The host's own words about the broadcast, shown near its start."""

    __slots__ = ()
    name: ClassVar[str] = "liveIntro"
    method: ClassVar[str] = "WebcastLiveIntroMessage"
    message: wire.WebcastLiveIntroMessage

    @property
    def user(self) -> User:
        """The host."""
        return User(self.message.host)

    @property
    def description(self) -> str:
        """The intro: text, never markup."""
        return text(self.message.content)

    @property
    def language(self) -> str:
        """Its language, as TikTok sees it."""
        return text(self.message.language)

    def _about(self) -> str:
        return f"@{self.user.unique_id} {self.description!r}"


class IChatObserver(IObserver):
    """For observers of comments."""

    def chat(event: Chat) -> object:
        """A viewer posted a comment."""


class ISpeechObserver(IChatObserver):
    """For observers of everything that people say."""

    def emote(event: EmoteChat) -> object:
        """A subscriber sent a sticker as a message."""

    def question_new(event: QuestionNew) -> object:
        """A viewer asked a question."""

    def live_intro(event: LiveIntro) -> object:
        """The host's own words about the broadcast."""
