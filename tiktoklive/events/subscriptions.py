"""Subscriptions beside ``subscribe``: hints, pinned cards, the game for subscribers."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.base import MessageEvent
from tiktoklive.events.displaytext import filled
from tiktoklive.events.numbers import in_ms
from tiktoklive.events.pictures import Image
from tiktoklive.events.user import User
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import observed_pb2, subscription_pb2
from tiktoklive.wire.text import text


class SubscriptionNotify(MessageEvent):
    """A subscriber comes in, or another notice about one."""

    __slots__ = ()
    name: ClassVar[str] = "subscriptionNotify"
    method: ClassVar[str] = "WebcastSubscriptionNotifyMessage"
    message: subscription_pb2.WebcastSubscriptionNotifyMessage

    @property
    def user(self) -> User:
        """The subscriber."""
        return User(self.message.user)

    @property
    def exhibition_type(self) -> int:
        """How it is shown: 1 folded, 2 among the comments (``ExhibitionType``)."""
        return self.message.exhibition_type

    def _about(self) -> str:
        return f"@{self.user.unique_id}"


class SubCapsule(MessageEvent):
    """A small box about subscriptions, with a button."""

    __slots__ = ()
    name: ClassVar[str] = "subCapsule"
    method: ClassVar[str] = "WebcastSubCapsuleMessage"
    message: subscription_pb2.WebcastSubCapsuleMessage

    @property
    def text(self) -> str:
        """What it says."""
        return filled(self.message.description) or super().text

    @property
    def button(self) -> str:
        """The words on the button."""
        return filled(self.message.btn_name)

    @property
    def scene(self) -> str:
        """What it is about; described by nobody."""
        return text(self.message.capsule_scene)

    @property
    def user_id(self) -> str:
        """The user id of who caused it, decimal text; ``"0"`` when not said."""
        return str(self.message.from_user_id)

    def _about(self) -> str:
        return repr(self.text)


class SubscriptionGuide(MessageEvent):
    """A hint to subscribe, with a button."""

    __slots__ = ()
    name: ClassVar[str] = "subscriptionGuide"
    method: ClassVar[str] = "WebcastSubscriptionGuideMessage"
    message: observed_pb2.WebcastSubscriptionGuideMessage

    @property
    def text(self) -> str:
        """What it says."""
        return filled(self.message.content) or super().text

    @property
    def button(self) -> str:
        """The words on the button."""
        return filled(self.message.button)

    @property
    def kind(self) -> str:
        """What it is about: ``notice_viewer_new_goal``."""
        return text(self.message.type)

    def _about(self) -> str:
        return repr(self.text)


class SubPinEvent(MessageEvent):
    """A card about subscriptions is pinned, such as a goal, or not any more."""

    __slots__ = ()
    name: ClassVar[str] = "subPinEvent"
    method: ClassVar[str] = "WebcastSubPinEventMessage"
    message: subscription_pb2.WebcastSubPinEventMessage

    @property
    def is_pinned(self) -> bool:
        """Whether it is pinned, rather than taken down."""
        return self.message.action_type == subscription_pb2.SUB_PIN_EVENT_ACTION_TYPE_PIN

    @property
    def card_id(self) -> str:
        """Which card, decimal text."""
        return str(self.message.card.id)

    @property
    def title(self) -> str:
        """The line above it; often empty."""
        return text(self.message.card.title.content)

    @property
    def text(self) -> str:
        """What it says."""
        card = self.message.card
        return text(card.desc.content) or text(card.goal_pin_card.desc.content) or super().text

    @property
    def image(self) -> Image:
        """Its picture."""
        return Image(self.message.card.image)

    @property
    def goal_id(self) -> str:
        """Which goal, decimal text; ``"0"`` if it is none."""
        return str(self.message.card.goal_pin_card.goal_id)

    @property
    def target(self) -> int:
        """How many subscribers are wanted; 0 if it is no goal."""
        return self.message.card.goal_pin_card.target

    @property
    def progress(self) -> int:
        """How many there are."""
        return self.message.card.goal_pin_card.progress

    @property
    def end_time(self) -> int:
        """Until when it stays, in milliseconds since 1970; 0 when not said."""
        card = self.message.card
        return in_ms(card.time_to_live or card.goal_pin_card.time_to_live)

    @property
    def operator_id(self) -> str:
        """The user id of who did it, decimal text."""
        return str(self.message.operator_user_id)

    def _about(self) -> str:
        return f"{'pinned' if self.is_pinned else 'unpinned'} {self.text!r}"


class SubWave(MessageEvent):
    """The game for subscribers that a subscription starts: it begins, goes on, or ends."""

    __slots__ = ()
    name: ClassVar[str] = "subWave"
    method: ClassVar[str] = "WebcastSubWaveMessage"
    message: observed_pb2.WebcastSubWaveMessage

    @property
    def wave_id(self) -> str:
        """Which one, decimal text."""
        return str(self.message.wave.state.wave_id)

    @property
    def status(self) -> int:
        """A number that nobody described; 1 in all recordings."""
        return self.message.wave.status

    @property
    def user_id(self) -> str:
        """The user id of the subscriber who started it, decimal text."""
        return str(self.message.wave.user.user_id)

    @property
    def nickname(self) -> str:
        """The nickname of that subscriber."""
        return text(self.message.wave.user.nickname)

    @property
    def user_count(self) -> int:
        """How many take part."""
        return self.message.wave.state.user_count

    @property
    def start_time(self) -> int:
        """When it began, most likely, in milliseconds since 1970."""
        return in_ms(self.message.wave.state.time)

    def _about(self) -> str:
        return f"{self.wave_id} of {self.nickname!r}, {self.user_count} users"


class ShareRevenueNotice(MessageEvent):
    """What a user earns of the host's revenue changed; its numbers are described by nobody."""

    __slots__ = ()
    name: ClassVar[str] = "shareRevenueNotice"
    method: ClassVar[str] = "WebcastUpdateShareRevenueNoticeMessage"
    message: observed_pb2.WebcastUpdateShareRevenueNoticeMessage


class ISubscriptionObserver(IObserver):
    """For observers of subscriptions beyond ``subscribe``."""

    def subscription_notify(event: SubscriptionNotify) -> object:
        """A notice about a subscriber."""

    def sub_capsule(event: SubCapsule) -> object:
        """A box with a button."""

    def subscription_guide(event: SubscriptionGuide) -> object:
        """A hint to subscribe."""

    def sub_pin_event(event: SubPinEvent) -> object:
        """A card is pinned, or not any more."""

    def sub_wave(event: SubWave) -> object:
        """The game for subscribers."""

    def share_revenue_notice(event: ShareRevenueNotice) -> object:
        """What a user earns of the revenue."""
