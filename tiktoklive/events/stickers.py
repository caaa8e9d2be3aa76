"""What the host puts on the screen: stickers with pictures, words, collections and timers."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.base import MessageEvent
from tiktoklive.events.numbers import in_ms
from tiktoklive.events.pictures import Image
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import observed_pb2 as wire
from tiktoklive.wire.text import text


class RoomSticker(MessageEvent):
    """A sticker is put on the screen, moved, or taken away."""

    __slots__ = ()
    name: ClassVar[str] = "roomSticker"
    method: ClassVar[str] = "WebcastRoomStickerMessage"
    message: wire.WebcastRoomStickerMessage

    @property
    def sticker_id(self) -> str:
        """Which one of TikTok's, decimal text."""
        return str(self.message.sticker.sticker_id)

    @property
    def sticker_name(self) -> str:
        """What TikTok calls it: ``goodnight-uk``."""
        return text(self.message.sticker.name)

    @property
    def text(self) -> str:
        """What the host wrote on it; ``""`` on a picture."""
        return text(self.message.sticker.text)

    @property
    def image(self) -> Image:
        """Its picture."""
        return Image(self.message.sticker.image)

    @property
    def place(self) -> tuple[int, int] | None:
        """Where it is, in points from the left and from the top; ``None`` once it is taken away."""
        sticker = self.message.sticker
        return None if sticker.x < 0 or sticker.y < 0 else (sticker.x, sticker.y)

    @property
    def screen(self) -> tuple[int, int]:
        """Width and height of the host's screen, in points."""
        return self.message.sticker.screen_width, self.message.sticker.screen_height

    def _about(self) -> str:
        return repr(self.text or self.sticker_name)


class DonationSticker(MessageEvent):
    """A sticker that collects for a good cause is put on the screen, moved, or taken away."""

    __slots__ = ()
    name: ClassVar[str] = "donationSticker"
    method: ClassVar[str] = "WebcastDonationStickerModifyMethod"
    message: wire.WebcastDonationStickerModifyMethod

    @property
    def campaign_id(self) -> str:
        """Which collection, decimal text."""
        return str(self.message.sticker.campaign_id)

    @property
    def organisation(self) -> str:
        """For whom it collects."""
        return text(self.message.sticker.organisation.name)

    @property
    def description(self) -> str:
        """What they do."""
        return text(self.message.sticker.organisation.description)

    @property
    def donate_url(self) -> str:
        """Where to give."""
        return text(self.message.sticker.organisation.donate_url)

    @property
    def logo(self) -> Image:
        """Their picture."""
        return Image(self.message.sticker.organisation.logo)

    def _about(self) -> str:
        return repr(self.organisation)


class SubTimerSticker(MessageEvent):
    """A timer that subscriptions prolong is put on the screen, moved, changed, or taken away."""

    __slots__ = ()
    name: ClassVar[str] = "subTimerSticker"
    method: ClassVar[str] = "WebcastSubTimerStickerMessage"
    message: wire.WebcastSubTimerStickerMessage

    @property
    def timer_id(self) -> str:
        """Which one, decimal text."""
        return str(self.message.sticker.timer_id)

    @property
    def status(self) -> int:
        """A number that nobody described; 2 and 4 in recordings."""
        return self.message.sticker.status

    @property
    def text(self) -> str:
        """What the host wrote on it."""
        return text(self.message.sticker.title)

    @property
    def duration(self) -> int:
        """How long it runs in all, in milliseconds."""
        return self.message.sticker.duration * 1000

    @property
    def remaining(self) -> int:
        """What was left of that at :attr:`update_time`, in milliseconds."""
        return self.message.sticker.remaining * 1000

    @property
    def update_time(self) -> int:
        """When it was changed, in milliseconds since 1970."""
        return in_ms(self.message.sticker.update_time)

    def _about(self) -> str:
        return f"{self.text!r} {self.remaining // 1000} s left"


class IStickerObserver(IObserver):
    """For observers of what the host puts on the screen."""

    def room_sticker(event: RoomSticker) -> object:
        """A picture, or words."""

    def donation_sticker(event: DonationSticker) -> object:
        """A collection."""

    def sub_timer_sticker(event: SubTimerSticker) -> object:
        """A timer."""
