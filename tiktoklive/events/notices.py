"""What TikTok itself says in a room: welcomes, notices, toasts and announcements."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.base import MessageEvent
from tiktoklive.events.displaytext import filled
from tiktoklive.events.pictures import Image
from tiktoklive.events.user import User
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import notices_pb2 as wire
from tiktoklive.wire import speech_pb2
from tiktoklive.wire.text import text


class _Notice(MessageEvent):
    """A line whose words are in a field of its own, where they are not in the header."""

    __slots__ = ()

    def _about(self) -> str:
        return repr(self.text)


class RoomMessage(_Notice):
    """A line to everybody in the room, such as the welcome with the rules."""

    __slots__ = ()
    name: ClassVar[str] = "roomMessage"
    method: ClassVar[str] = "WebcastRoomMessage"
    message: speech_pb2.WebcastRoomMessage

    @property
    def content(self) -> str:
        """Its words, where they are not in the header's line; often empty."""
        return text(self.message.content)

    @property
    def text(self) -> str:
        """The line."""
        return super().text or self.content.strip()

    @property
    def is_welcome(self) -> bool:
        """Whether it welcomes viewers, with the rules."""
        return self.message.is_welcome

    @property
    def scene(self) -> str:
        """Where it is shown; often empty, and described by nobody."""
        return text(self.message.scene)

    @property
    def icon(self) -> Image:
        """The picture before it."""
        return Image(self.message.icon)


class System(_Notice):
    """A plain line of the system."""

    __slots__ = ()
    name: ClassVar[str] = "system"
    method: ClassVar[str] = "WebcastSystemMessage"
    message: speech_pb2.WebcastSystemMessage

    @property
    def text(self) -> str:
        """The line."""
        return super().text or text(self.message.message)


class Speaker(MessageEvent):
    """A mark of an operation by TikTok; that its fields are what they are called is a guess."""

    __slots__ = ()
    name: ClassVar[str] = "speaker"
    method: ClassVar[str] = "WebcastSpeakerMessage"
    message: speech_pb2.WebcastSpeakerMessage

    @property
    def user(self) -> User | None:
        """The user it is about, if the guess is right."""
        return User(self.message.user) if self.message.HasField("user") else None


class Notice(_Notice):
    """A notice of TikTok, most of them about a violation of the rules."""

    __slots__ = ()
    name: ClassVar[str] = "notice"
    method: ClassVar[str] = "WebcastNoticeMessage"
    message: wire.WebcastNoticeMessage

    @property
    def title(self) -> str:
        """The line above it."""
        return filled(self.message.title) or filled(self.message.notice_title)

    @property
    def text(self) -> str:
        """The notice."""
        message = self.message
        return (
            filled(message.display_text)
            or filled(message.notice_content)
            or text(message.content)
            or super().text
        )

    @property
    def violation_reason(self) -> str:
        """Why; ``""`` when it is about no violation."""
        return filled(self.message.violation_reason)

    @property
    def notice_type(self) -> int:
        """A number that nobody described."""
        return self.message.notice_type


class _Notify(_Notice):
    """The two types that have the same fields."""

    __slots__ = ()

    @property
    def user(self) -> User | None:
        """The user it is about; often ``None``."""
        return User(self.message.user) if self.message.HasField("user") else None

    @property
    def notify_type(self) -> int:
        """A number that nobody described; 3 in recordings of battles."""
        number: int = self.message.notify_type
        return number

    @property
    def text(self) -> str:
        """The line."""
        pieces = self.message.extra_data.content_list.contents_list[:32]
        return (
            super().text
            or text(self.message.content_str)
            or "".join(text(piece.content_str) for piece in pieces)
        )

    @property
    def schema(self) -> str:
        """What TikTok's client opens at a tap: an address of its own kind; often empty."""
        return text(self.message.schema)

    @property
    def duration(self) -> int:
        """For how long it is shown, in milliseconds; 0 when not said."""
        seconds: int = self.message.extra_data.duration
        return seconds * 1000


class Notify(_Notify):
    """A line that is shown for some seconds, for example of a gift in another room."""

    __slots__ = ()
    name: ClassVar[str] = "notify"
    method: ClassVar[str] = "WebcastNotifyMessage"
    message: wire.WebcastNotifyMessage


class RoomNotify(_Notify):
    """A line over the video that is shown for some seconds, for example of a battle's MVP."""

    __slots__ = ()
    name: ClassVar[str] = "roomNotify"
    method: ClassVar[str] = "WebcastRoomNotifyMessage"
    message: wire.WebcastRoomNotifyMessage


class MarqueeAnnouncement(_Notice):
    """An announcement runs over the video, such as the start of a top host's broadcast."""

    __slots__ = ()
    name: ClassVar[str] = "marqueeAnnouncement"
    method: ClassVar[str] = "WebcastMarqueeAnnouncementMessage"
    message: wire.WebcastMarqueeAnnouncementMessage

    @property
    def scene(self) -> str:
        """What it is about: ``start_room_event``."""
        return text(self.message.message_scene)

    @property
    def announcements(self) -> list[str]:
        """Its lines."""
        entities = self.message.message_entity_list
        return [filled(entity.notify.common.display_text) for entity in entities]

    @property
    def text(self) -> str:
        """The first of its lines."""
        return super().text or next(filter(None, self.announcements), "")


class Toast(_Notice):
    """A short notice that vanishes by itself."""

    __slots__ = ()
    name: ClassVar[str] = "toast"
    method: ClassVar[str] = "WebcastToastMessage"
    message: wire.WebcastToastMessage

    @property
    def text(self) -> str:
        """The notice."""
        return text(self.message.toast_text) or super().text

    @property
    def duration(self) -> int:
        """For how long it is shown, in milliseconds; 0 when not said."""
        return self.message.display_duration_millisecond


class INoticeObserver(IObserver):
    """For observers of what TikTok says in a room."""

    def room_message(event: RoomMessage) -> object:
        """A line to everybody, such as the rules."""

    def system(event: System) -> object:
        """A line of the system."""

    def notice(event: Notice) -> object:
        """A notice, most of them about a violation."""

    def notify(event: Notify) -> object:
        """A line for some seconds."""

    def room_notify(event: RoomNotify) -> object:
        """A line over the video."""

    def marquee_announcement(event: MarqueeAnnouncement) -> object:
        """An announcement."""

    def toast(event: Toast) -> object:
        """A notice that vanishes."""

    def speaker(event: Speaker) -> object:
        """A mark of an operation."""
