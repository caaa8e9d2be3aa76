"""Gifts beside ``gift``: raffles, the gallery, the panel, announcements, restrictions."""

from __future__ import annotations

from typing import ClassVar

from google.protobuf.message import DecodeError

from tiktoklive.events.base import MessageEvent
from tiktoklive.events.displaytext import filled
from tiktoklive.events.giving import Gift
from tiktoklive.events.numbers import in_ms
from tiktoklive.events.pictures import Image
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import giving_pb2 as wire
from tiktoklive.wire import observed_pb2
from tiktoklive.wire.audience_pb2 import WebcastViewerPicksUpdateMessage
from tiktoklive.wire.messages import reader_of
from tiktoklive.wire.text import text

_read_gallery = reader_of(wire.GalleryData)


class GoodyBagWinner:
    """
    A viewer who won something in a raffle.

    :ivar message: the protobuf message ``GoodyBagWinner``.
    """

    __slots__ = ("message",)

    def __init__(self, message: observed_pb2.GoodyBagWinner) -> None:
        self.message = message

    @property
    def user_id(self) -> str:
        """The viewer's user id, decimal text."""
        return text(self.message.user.user_id)

    @property
    def nickname(self) -> str:
        """The viewer's nickname."""
        return text(self.message.user.nickname)

    @property
    def count(self) -> int:
        """How much the viewer won."""
        return self.message.count

    def __repr__(self) -> str:
        return f"<GoodyBagWinner {self.nickname!r} {self.count}>"


class GoodyBag(MessageEvent):
    """The host raffles something: it begins, or these are the winners."""

    __slots__ = ()
    name: ClassVar[str] = "goodyBag"
    method: ClassVar[str] = "WebcastGoodyBagMessage"
    message: observed_pb2.WebcastGoodyBagMessage

    @property
    def bag_id(self) -> str:
        """Which raffle, decimal text."""
        return text(self.message.bag.bag_id)

    @property
    def prizes(self) -> int:
        """How much there is to win."""
        return self.message.bag.prize.count

    @property
    def winner_count(self) -> int:
        """How many can win."""
        return self.message.bag.rules.winner_count

    @property
    def participants(self) -> int:
        """How many took part; 0 when it begins."""
        return self.message.bag.rules.participant_count

    @property
    def comment(self) -> str:
        """What viewers have to write to take part; ``""`` if nothing."""
        return text(self.message.bag.rules.comment)

    @property
    def start_time(self) -> int:
        """When it begins, in milliseconds since 1970."""
        return in_ms(self.message.bag.rules.start_time)

    @property
    def duration(self) -> int:
        """How long it takes, in milliseconds."""
        return self.message.bag.rules.minutes * 60_000

    @property
    def winners(self) -> list[GoodyBagWinner]:
        """Those who won; none before it is over."""
        return [GoodyBagWinner(each) for each in self.message.winners]

    def _about(self) -> str:
        return f"{self.bag_id} {self.prizes} prizes, {len(self.winners)} winners"


class EnvelopePortal(MessageEvent):
    """An envelope of coins in another room that viewers are invited to."""

    __slots__ = ()
    name: ClassVar[str] = "envelopePortal"
    method: ClassVar[str] = "WebcastEnvelopePortalMessage"
    message: observed_pb2.WebcastEnvelopePortalMessage

    @property
    def envelope_id(self) -> str:
        """Which one, decimal text."""
        return text(self.message.portal.envelope_id)

    @property
    def user_id(self) -> str:
        """The giver's user id, most likely, decimal text."""
        return text(self.message.portal.user_id)

    def _about(self) -> str:
        return self.envelope_id


class GiftCollectionUpdate(MessageEvent):
    """The host got one more of a gift that is collected."""

    __slots__ = ()
    name: ClassVar[str] = "giftCollectionUpdate"
    method: ClassVar[str] = "WebcastGiftCollectionUpdateMessage"
    message: observed_pb2.WebcastGiftCollectionUpdateMessage

    @property
    def gift_id(self) -> str:
        """Which gift, decimal text."""
        return str(self.message.collection.gift.id)

    @property
    def gift_name(self) -> str:
        """Its name."""
        return text(self.message.collection.gift.name)

    @property
    def diamond_count(self) -> int:
        """What one of them is worth."""
        return self.message.collection.gift.diamond_count

    @property
    def gift_picture(self) -> Image:
        """Its picture."""
        return Image(self.message.collection.gift.image)

    @property
    def count(self) -> int:
        """How many there are, or how many are wanted: nobody knows."""
        return self.message.collection.count

    def _about(self) -> str:
        return f"{self.gift_name!r} {self.count}"


class GiftBroadcast(MessageEvent):
    """An expensive gift, in any room, is announced to all."""

    __slots__ = ()
    name: ClassVar[str] = "giftBroadcast"
    method: ClassVar[str] = "WebcastGiftBroadcastMessage"
    message: wire.WebcastGiftBroadcastMessage

    @property
    def text(self) -> str:
        """The line."""
        return super().text or filled(self.message.notify.common.display_text)

    @property
    def user_id(self) -> str:
        """The giver's user id, decimal text."""
        return str(self.message.from_user_id)

    @property
    def gift_picture(self) -> Image:
        """The picture of the gift."""
        return Image(self.message.left_icon)

    @property
    def schema(self) -> str:
        """What TikTok's client opens at a tap, such as that room: an address of its own kind."""
        return text(self.message.notify.schema)

    def _about(self) -> str:
        return repr(self.text)


class GiftPrompt(MessageEvent):
    """TikTok reminds a viewer of how much was spent."""

    __slots__ = ()
    name: ClassVar[str] = "giftPrompt"
    method: ClassVar[str] = "WebcastGiftPromptMessage"
    message: wire.WebcastGiftPromptMessage

    @property
    def title(self) -> str:
        """The line above it."""
        return text(self.message.title)

    @property
    def text(self) -> str:
        """What it says."""
        return text(self.message.body) or super().text

    @property
    def order_id(self) -> str:
        """Which purchase it is about."""
        return text(self.message.order_id)

    @property
    def blocked_days(self) -> int:
        """For how many days nothing more can be bought; 0 if it can."""
        return self.message.block_num_days

    def _about(self) -> str:
        return repr(self.title)


class GalleryProgress:
    """
    One gift of the gallery.

    :ivar gift_id: which gift, decimal text.
    :ivar message: the protobuf message ``TitleData``.
    """

    __slots__ = ("gift_id", "message")

    def __init__(self, gift_id: str, message: wire.TitleData) -> None:
        self.gift_id = gift_id
        self.message = message

    @property
    def goal_count(self) -> int:
        """How many are wanted, or were given: nobody knows."""
        return self.message.goal_count

    @property
    def sponsor_id(self) -> str:
        """The user id of who gave most, decimal text; ``"0"`` when not said."""
        return str(self.message.current_sponsor_id)

    def __repr__(self) -> str:
        return f"<GalleryProgress {self.gift_id} {self.goal_count}>"


class GiftPanelUpdate(MessageEvent):
    """The list of gifts that can be given changed: it is to be asked for anew."""

    __slots__ = ()
    name: ClassVar[str] = "giftPanelUpdate"
    method: ClassVar[str] = "WebcastGiftPanelUpdateMessage"
    message: wire.WebcastGiftPanelUpdateMessage

    @property
    def update_time(self) -> int:
        """When, in milliseconds since 1970; 0 when not said."""
        return in_ms(self.message.panel_ts_or_version)

    @property
    def gallery(self) -> list[GalleryProgress]:
        """The gifts of the host's gallery; none if it is not in the message, or damaged."""
        try:
            data = _read_gallery(self.message.panel_blob)
        except DecodeError:
            return []
        assert isinstance(data, wire.GalleryData)  # of which it is the reader
        return [GalleryProgress(str(each.key), each.value) for each in data.progress]


class GiftDynamicRestriction(MessageEvent):
    """Gifts are hidden in some scenes, or from some hosts; which ones is not known for certain."""

    __slots__ = ()
    name: ClassVar[str] = "giftDynamicRestriction"
    method: ClassVar[str] = "WebcastGiftDynamicRestrictionMessage"
    message: wire.WebcastGiftDynamicRestrictionMessage


class BindingGift(MessageEvent):
    """A gift that belongs to another one."""

    __slots__ = ()
    name: ClassVar[str] = "bindingGift"
    method: ClassVar[str] = "WebcastBindingGiftMessage"
    message: wire.WebcastBindingGiftMessage

    @property
    def gift(self) -> Gift:
        """The gift, as the event that it would be by itself."""
        inner = self.message.message
        return Gift(inner, b"", inner.common.msg_id, self.is_history, self.origin)

    def _about(self) -> str:
        return repr(self.gift)


class BoostCard(MessageEvent):
    """Cards that make gifts count more can be had."""

    __slots__ = ()
    name: ClassVar[str] = "boostCard"
    method: ClassVar[str] = "WebcastBoostCardMessage"
    message: wire.WebcastBoostCardMessage

    @property
    def card_ids(self) -> list[str]:
        """Which ones, decimal text."""
        message = self.message
        return [str(card.id) for card in (*message.cards, *message.cards_v1)]

    @property
    def task_ids(self) -> list[str]:
        """For which task each of them is, decimal text."""
        message = self.message
        return [str(card.task_id) for card in (*message.cards, *message.cards_v1)]


class ViewerPicksUpdate(MessageEvent):
    """What viewers picked changed; what it is about is unknown."""

    __slots__ = ()
    name: ClassVar[str] = "viewerPicksUpdate"
    method: ClassVar[str] = "WebcastViewerPicksUpdateMessage"
    message: WebcastViewerPicksUpdateMessage

    @property
    def update_type(self) -> int:
        """A number that nobody described."""
        return self.message.update_type


class IRaffleObserver(IObserver):
    """For observers of raffles, envelopes in other rooms, and gifts that are announced."""

    def goody_bag(event: GoodyBag) -> object:
        """A raffle."""

    def envelope_portal(event: EnvelopePortal) -> object:
        """An envelope in another room."""

    def gift_broadcast(event: GiftBroadcast) -> object:
        """An expensive gift somewhere."""


class IGiftPanelObserver(IObserver):
    """For observers of the list of gifts, the gallery and what goes with gifts."""

    def gift_collection_update(event: GiftCollectionUpdate) -> object:
        """One more of a collected gift."""

    def gift_panel_update(event: GiftPanelUpdate) -> object:
        """The list changed."""

    def gift_dynamic_restriction(event: GiftDynamicRestriction) -> object:
        """Gifts are hidden."""

    def gift_prompt(event: GiftPrompt) -> object:
        """A reminder of what was spent."""

    def binding_gift(event: BindingGift) -> object:
        """A gift that belongs to another."""

    def boost_card(event: BoostCard) -> object:
        """Cards that make gifts count more."""

    def viewer_picks_update(event: ViewerPicksUpdate) -> object:
        """What viewers picked."""
