"""Hints, boxes and banners beside the comments, and what the broadcast is about."""

from __future__ import annotations

from typing import Any, ClassVar

from tiktoklive.events.base import MessageEvent
from tiktoklive.events.displaytext import filled
from tiktoklive.events.jsontext import parse_object
from tiktoklive.events.pictures import Image
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import notices_pb2 as wire
from tiktoklive.wire.observed_pb2 import WebcastHashtagMessage, WebcastInRoomBannerRefreshMessage
from tiktoklive.wire.text import text


class Guide(MessageEvent):
    """A hint to the viewer, for example to send a certain gift."""

    __slots__ = ()
    name: ClassVar[str] = "guide"
    method: ClassVar[str] = "WebcastGuideMessage"
    message: wire.WebcastGuideMessage

    @property
    def text(self) -> str:
        """The hint."""
        return text(self.message.description) or super().text

    @property
    def guide_type(self) -> int:
        """A number that nobody described."""
        return self.message.guide_type

    @property
    def gift_id(self) -> str:
        """The gift that it is about, decimal text; ``"0"`` for none."""
        return str(self.message.gift_id)

    @property
    def duration(self) -> int:
        """For how long it is shown, in milliseconds; 0 when not said."""
        return self.message.duration_ms

    def _about(self) -> str:
        return repr(self.text)


class Capsule(MessageEvent):
    """A small box with a button over the comments."""

    __slots__ = ()
    name: ClassVar[str] = "capsule"
    method: ClassVar[str] = "WebcastCapsuleMessage"
    message: wire.WebcastCapsuleMessage

    @property
    def text(self) -> str:
        """What it says."""
        return filled(self.message.desc) or super().text

    @property
    def button(self) -> str:
        """The words on the button."""
        return filled(self.message.button_text)

    @property
    def icon(self) -> Image:
        """Its picture."""
        return Image(self.message.icon)

    @property
    def scene(self) -> str:
        """What it is about; described by nobody."""
        return text(self.message.scene)

    @property
    def capsule_type(self) -> int:
        """A number that nobody described."""
        return self.message.capsule_type

    def _about(self) -> str:
        return repr(self.text)


class InRoomBanner(MessageEvent):
    """The content of the banners at the edge of the video: campaigns, tasks, ranks."""

    __slots__ = ()
    name: ClassVar[str] = "inRoomBanner"
    method: ClassVar[str] = "WebcastInRoomBannerMessage"
    message: wire.WebcastInRoomBannerMessage

    @property
    def data(self) -> dict[str, Any]:
        """The banners, as TikTok's pages read them; ``{}`` if they are no JSON object."""
        pieces = self.message.data
        return (parse_object(text(pieces[0])) or {}) if len(pieces) == 1 else {}

    @property
    def position(self) -> int:
        """Where they are, a number that nobody described."""
        return self.message.position

    @property
    def action_type(self) -> int:
        """A number that nobody described."""
        return self.message.action_type


class InRoomBannerRefresh(MessageEvent):
    """The banners are to be asked for anew; what else it says is unknown."""

    __slots__ = ()
    name: ClassVar[str] = "inRoomBannerRefresh"
    method: ClassVar[str] = "WebcastInRoomBannerRefreshMessage"
    message: WebcastInRoomBannerRefreshMessage


class Hashtag(MessageEvent):
    """The host chose what the broadcast is about, of TikTok's own list."""

    __slots__ = ()
    name: ClassVar[str] = "hashtag"
    method: ClassVar[str] = "WebcastHashtagMessage"
    message: WebcastHashtagMessage

    @property
    def hashtag_id(self) -> str:
        """Its number, decimal text: ``"5"`` is gaming, ``"8"`` outdoors."""
        return str(self.message.hashtag.hashtag_id)

    @property
    def title(self) -> str:
        """Its name; empty in all recordings."""
        return text(self.message.hashtag.title)

    @property
    def image(self) -> Image:
        """Its picture."""
        return Image(self.message.hashtag.image)

    def _about(self) -> str:
        return self.title or self.hashtag_id


class IHintObserver(IObserver):
    """For observers of hints, boxes, banners and the broadcast's subject."""

    def guide(event: Guide) -> object:
        """A hint."""

    def capsule(event: Capsule) -> object:
        """A box with a button."""

    def in_room_banner(event: InRoomBanner) -> object:
        """What the banners show."""

    def in_room_banner_refresh(event: InRoomBannerRefresh) -> object:
        """The banners are to be asked for anew."""

    def hashtag(event: Hashtag) -> object:
        """What the broadcast is about."""
