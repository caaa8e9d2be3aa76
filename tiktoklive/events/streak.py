"""A gift streak that is over: the one event to count gifts with."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from tiktoklive.events.base import Event, Origin
from tiktoklive.events.giving import Gift
from tiktoklive.events.user import User
from tiktoklive.interfaces import IObserver

#: Why a streak is over; see :attr:`GiftStreak.reason`.
SINGLE, REPEAT_END, TIMEOUT = "single", "repeat_end", "timeout"
STREAM_END, DISCONNECTED = "stream_end", "disconnected"


class GiftDetails(NamedTuple):
    """
    What is known of a kind of gift; a message may leave it out when an earlier one said it.

    :ivar type: 1 for a gift that can be repeated in a streak, 0 when it was not said.
    :ivar diamonds: for one of it.
    :ivar picture: the address that 1.x shows.
    """

    type: int = 0
    name: str = ""
    diamonds: int = 0
    picture: str = ""


class GiftStreak(Event):
    """
    A gift was given, and its number will not grow any more.

    There is exactly one for each streak, and one for each gift that comes without a streak:
    who adds these up has counted every gift once.

    :ivar gift: the last event of the streak; it may lack the gift's details.
    :ivar details: what is known of the gift, from whichever message said it.
    :ivar repeat_count: how many were given; the highest count of the streak.
    :ivar reason: why it is over: ``"repeat_end"``, TikTok closed the streak; ``"single"``, it was
        none; ``"timeout"``, there was no news of it for a minute; ``"stream_end"``, the broadcast
        ended; ``"disconnected"``, the connection was stopped or failed.
    """

    __slots__ = ("details", "gift", "reason", "repeat_count")
    name: ClassVar[str] = "giftStreak"

    def __init__(
        self, gift: Gift, details: GiftDetails, repeat_count: int, reason: str, origin: Origin
    ) -> None:
        super().__init__(origin)
        self.gift = gift
        self.details = details
        self.repeat_count = repeat_count
        self.reason = reason

    @property
    def id(self) -> str:
        """
        ``ROOM:streak:USER:GIFT:GROUP``, or ``ROOM:streak:MSG_ID`` where there is no group.

        The same again for the same streak, whatever tells it and however it ended.
        """
        if self.reason == SINGLE or self.group_id == "0":
            return f"{self.room_id}:streak:{self.gift.message_key}"
        return f"{self.room_id}:streak:{self.user.user_id}:{self.gift_id}:{self.group_id}"

    @property
    def user(self) -> User:
        """Who gave it."""
        return self.gift.user

    @property
    def gift_id(self) -> str:
        """Which gift, decimal text."""
        return self.gift.gift_id

    @property
    def group_id(self) -> str:
        """Which streak, decimal text; ``"0"`` when it was none."""
        return self.gift.group_id

    @property
    def gift_name(self) -> str:
        """``Rose``; empty when no message said it so far."""
        return self.details.name

    @property
    def gift_picture_url(self) -> str:
        """The address of the gift's picture; empty when no message said it so far."""
        return self.details.picture

    @property
    def diamond_count(self) -> int:
        """Diamonds for one of it."""
        return self.details.diamonds

    @property
    def diamond_total(self) -> int:
        """Diamonds for all of them."""
        return self.details.diamonds * self.repeat_count

    @property
    def payload_size(self) -> int:
        """Bytes of its last message."""
        return self.gift.payload_size

    @property
    def create_time(self) -> int:
        """When TikTok made the last event of it, in milliseconds since 1970; 0 when unknown."""
        return self.gift.create_time

    @property
    def is_history(self) -> bool:
        """Whether TikTok replayed the last event of it."""
        return self.gift.is_history

    def as_dict(self) -> dict[str, Any]:
        """
        A shape in the manner of 1.x, which had no such event.

        ``giftId`` (number), ``giftName``, ``giftPictureUrl``, ``diamondCount`` (of one),
        ``repeatCount``, ``diamondTotal``, ``groupId`` (text), ``reason``, and then the giver's
        attributes as in ``gift``: ``userId``, ``uniqueId``, ``nickname`` ...
        """
        return {
            "giftId": self.gift.message.gift_id,
            "giftName": self.gift_name,
            "giftPictureUrl": self.gift_picture_url,
            "diamondCount": self.diamond_count,
            "repeatCount": self.repeat_count,
            "diamondTotal": self.diamond_total,
            "groupId": self.group_id,
            "reason": self.reason,
            **self.user.as_dict(),
        }

    def _about(self) -> str:
        name = self.gift_name or self.gift_id
        return f"@{self.user.unique_id} {self.repeat_count}x {name} {self.reason}"


class IGiftStreakObserver(IObserver):
    """For observers that want to count each gift once."""

    def gift_streak(event: GiftStreak) -> object:
        """A streak is over, or a gift came without one."""
