"""What people give: gifts and envelopes of coins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from tiktoklive.events.base import ClassicEvent, DerivedEvent, Event
from tiktoklive.events.classic import as_classic
from tiktoklive.events.user import Image, User
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import giving_pb2 as wire
from tiktoklive.wire.text import text

#: The gift type whose gifts come as a streak (wire facts §12.3).
STREAKABLE = 1

#: A part of the key of an envelope's line, in small letters.
_BOX = "ttlive_superfanbox"


class Gift(ClassicEvent):
    """
    A gift was sent.

    Gifts of type 1 come as a streak: every event repeats the running
    :attr:`repeat_count`, and a closing one has :attr:`repeat_end`.  To count, observe
    :class:`~tiktoklive.events.streak.GiftStreak` instead.
    """

    __slots__ = ()
    name: ClassVar[str] = "gift"
    method: ClassVar[str] = "WebcastGiftMessage"
    derives: ClassVar[tuple[str, ...]] = ("giftStreak",)
    message: wire.WebcastGiftMessage

    @property
    def user(self) -> User:
        """Who gave it."""
        return User(self.message.user)

    @property
    def to_user(self) -> User | None:
        """The receiver, when that is said: the host, or a guest."""
        return User(self.message.to_user) if self.message.HasField("to_user") else None

    @property
    def gift_id(self) -> str:
        """Which gift, decimal text."""
        return str(self.message.gift_id)

    @property
    def group_id(self) -> str:
        """Which streak, decimal text; ``"0"`` when it belongs to none."""
        return str(self.message.group_id)

    @property
    def repeat_count(self) -> int:
        """How many so far in this streak."""
        return self.message.repeat_count

    @property
    def combo_count(self) -> int:
        """TikTok's other counter of a streak."""
        return self.message.combo_count

    @property
    def repeat_end(self) -> bool:
        """Whether this closes a streak."""
        return self.message.repeat_end != 0

    @property
    def gift_type(self) -> int:
        """1 for a gift that can be repeated in a streak."""
        return self.message.gift.type

    @property
    def is_final(self) -> bool:
        """Whether :attr:`repeat_count` will not grow any more."""
        return self.message.gift.type != STREAKABLE or self.message.repeat_end != 0

    @property
    def gift_name(self) -> str:
        """``Rose``; empty when the message leaves the details out."""
        return text(self.message.gift.name)

    @property
    def describe(self) -> str:
        """``Sent Rose``."""
        return text(self.message.gift.describe)

    @property
    def diamond_count(self) -> int:
        """Diamonds for one of it."""
        return self.message.gift.diamond_count

    @property
    def diamond_total(self) -> int:
        """Diamonds for all of the streak so far."""
        return self.message.gift.diamond_count * max(self.message.repeat_count, 1)

    @property
    def image(self) -> Image:
        """The gift's picture."""
        return Image(self.message.gift.image)

    @property
    def receiver_user_id(self) -> str:
        """The receiver's user id, decimal text; ``"0"`` when not said."""
        return str(self.message.gift_extra.to_user_id)

    @property
    def extended_gift_info(self) -> Mapping[str, Any] | None:
        """
        What TikTok's list of gifts says of it (wire facts §8.4).

        All events share it: leave it unchanged.  ``None`` when the list was not fetched, or
        does not have this gift.
        """
        return self.origin.gifts.get(self.message.gift_id)

    def as_dict(self) -> dict[str, Any]:
        """The 1.x JSON shape, exactly; with ``extendedGiftInfo`` when there is such."""
        return as_classic(self.method, self.message, self.extended_gift_info)

    def as_decoded(self) -> dict[str, Any]:
        """The same without ``extendedGiftInfo``, which 1.x added later."""
        return as_classic(self.method, self.message)

    def _about(self) -> str:
        end = "" if self.is_final else "..."
        return f"@{self.user.unique_id} {self.repeat_count}x {self.gift_name or self.gift_id}{end}"


class Envelope(ClassicEvent):
    """Somebody put up an envelope of coins for the viewers."""

    __slots__ = ()
    name: ClassVar[str] = "envelope"
    method: ClassVar[str] = "WebcastEnvelopeMessage"
    derives: ClassVar[tuple[str, ...]] = ("superFanBox",)
    message: wire.WebcastEnvelopeMessage

    @property
    def envelope_id(self) -> str:
        """The envelope's id."""
        return text(self.message.envelope_info.envelope_id)

    @property
    def coins(self) -> int:
        """What is in it."""
        return self.message.envelope_info.diamond_count

    @property
    def can_open(self) -> int:
        """How many viewers can open it."""
        return self.message.envelope_info.people_count

    @property
    def unpack_at(self) -> int:
        """When it opens, in seconds since 1970; 0 when not said."""
        return self.message.envelope_info.unpack_at

    @property
    def business_type(self) -> int:
        """
        Whose it is (``EnvelopeBusinessType``).

        1 a viewer's coins, 2 and 3 TikTok's, 4 in another room, 5 goods, 7 of the host's team, 19 a
        super fan's.
        """
        return self.message.envelope_info.business_type

    @property
    def is_hidden(self) -> bool:
        """Whether it is taken away, rather than put up."""
        return self.message.display == wire.ENVELOPE_DISPLAY_HIDE

    @property
    def sender_picture(self) -> Image:
        """The giver's picture."""
        return Image(self.message.envelope_info.send_user_avatar)

    @property
    def sender_id(self) -> str:
        """The giver's user id; may be empty."""
        return text(self.message.envelope_info.send_user_id)

    @property
    def sender_name(self) -> str:
        """The giver's nickname; may be empty."""
        return text(self.message.envelope_info.send_user_name)

    def derived(self) -> tuple[Event, ...]:
        """The super fan's box that it is, if it is one (wire facts, appendix A)."""
        key = text(self.message.common.display_text.key)[:200].lower()
        if self.business_type != wire.ENVELOPE_BUSINESS_TYPE_SUPER_FAN_BOX and _BOX not in key:
            return ()
        return (self._derive(SuperFanBox),)

    def _about(self) -> str:
        return f"{self.sender_name!r} {self.coins} coins"


class SuperFanBox(DerivedEvent, Envelope):
    """A super fan put up a box for the viewers; comes directly after its ``envelope``."""

    __slots__ = ()
    name: ClassVar[str] = "superFanBox"


class IGiftObserver(IObserver):
    """For observers of gifts."""

    def gift(event: Gift) -> object:
        """A gift, or one more of a streak."""


class IGivingObserver(IGiftObserver):
    """For observers of everything that is given."""

    def envelope(event: Envelope) -> object:
        """An envelope of coins."""
