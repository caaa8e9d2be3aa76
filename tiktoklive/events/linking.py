"""What else is sent while guests or other hosts are linked: old signals, layouts, hints."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.base import MessageEvent
from tiktoklive.events.guests import (
    GuestJoined,
    GuestLeft,
    LinkedUser,
    LinkLayer,
    LinkMessage,
)
from tiktoklive.events.numbers import in_ms
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import linkmic_pb2
from tiktoklive.wire.observed_pb2 import (
    WebcastLinkMicAnchorGuideMessage,
    WebcastLinkScreenChangeMessage,
)
from tiktoklive.wire.text import text


class LinkState(MessageEvent):
    """How guests and hosts are linked: their places, muted or not, their connection."""

    __slots__ = ()
    name: ClassVar[str] = "linkState"
    method: ClassVar[str] = "WebcastLinkStateMessage"
    message: linkmic_pb2.WebcastLinkStateMessage

    @property
    def link_id(self) -> str:
        """Which link, decimal text."""
        return str(self.message.channel_id)

    @property
    def scene(self) -> int:
        """2 other hosts, 4 guests."""
        return self.message.scene

    @property
    def linked(self) -> list[LinkedUser]:
        """Those who are linked."""
        return [
            LinkedUser(
                str(each.user.user_id),
                room_id=str(each.user.room_id),
                since=each.linked_time_nano // 1_000_000,
            )
            for each in self.message.user_states_list
        ]

    @property
    def layout(self) -> str:
        """How they are arranged, by an id that nobody described."""
        return text(self.message.layout.layout_id)

    def _about(self) -> str:
        return f"{self.link_id} {self.linked}"


class LinkMicMethod(MessageEvent):
    """The oldest type for all around links: scores in most recordings, else signals."""

    __slots__ = ()
    name: ClassVar[str] = "linkMicMethod"
    method: ClassVar[str] = "WebcastLinkMicMethod"
    message: linkmic_pb2.WebcastLinkMicMethod

    @property
    def kind(self) -> int:
        """What it is: 8 with scores; others, such as 4 and 101 to 104, nobody described."""
        return self.message.message_type

    @property
    def user_id(self) -> str:
        """Whose score it is, decimal text; ``"0"`` when not said."""
        return str(self.message.user_id)

    @property
    def score(self) -> int:
        """The points of that user."""
        return self.message.fan_ticket

    @property
    def total_score(self) -> int:
        """The points of all."""
        return self.message.total_link_mic_fan_ticket

    @property
    def link_id(self) -> str:
        """Which link, decimal text; ``"0"`` when not said."""
        return str(self.message.channel_id)

    @property
    def from_user_id(self) -> str:
        """Who asked or invited, decimal text; ``"0"`` when not said."""
        return str(self.message.from_user_id or self.message.invite_uid)

    @property
    def to_user_id(self) -> str:
        """Who was asked, decimal text; ``"0"`` when not said."""
        return str(self.message.to_user_id)

    @property
    def start_time(self) -> int:
        """When it began, in milliseconds since 1970; 0 when not said."""
        return self.message.start_time_ms or in_ms(self.message.start_time)

    @property
    def duration(self) -> int:
        """How long it takes, in milliseconds; 0 when not said."""
        return self.message.duration * 1000

    @property
    def text(self) -> str:
        """What it says; most often nothing."""
        return super().text or text(self.message.tips)

    def _about(self) -> str:
        return f"{self.kind} {self.user_id} {self.score}"


class LinkMicLayoutState(MessageEvent):
    """How guests and hosts are arranged; what its fields mean is a guess."""

    __slots__ = ()
    name: ClassVar[str] = "linkMicLayoutState"
    method: ClassVar[str] = "WebcastLinkMicLayoutStateMessage"
    message: linkmic_pb2.WebcastLinkMicLayoutStateMessage

    @property
    def layout(self) -> int:
        """A number that nobody described; 4 in the recording."""
        return self.message.layout_state

    def _about(self) -> str:
        return str(self.layout)


class LinkMicAnchorGuide(MessageEvent):
    """A hint to the host to link with another one."""

    __slots__ = ()
    name: ClassVar[str] = "linkMicAnchorGuide"
    method: ClassVar[str] = "WebcastLinkMicAnchorGuideMessage"
    message: WebcastLinkMicAnchorGuideMessage

    @property
    def guide_type(self) -> int:
        """A number that nobody described; 7 in all recordings."""
        return self.message.guide_type

    @property
    def user_id(self) -> str:
        """With whom, decimal text."""
        return str(self.message.user.user_id)

    def _about(self) -> str:
        return self.user_id


class LinkScreenChange(MessageEvent):
    """The picture of a linked host or guest changed, most likely between small and large."""

    __slots__ = ()
    name: ClassVar[str] = "linkScreenChange"
    method: ClassVar[str] = "WebcastLinkScreenChangeMessage"
    message: WebcastLinkScreenChangeMessage

    @property
    def old_link_id(self) -> str:
        """Whose picture it was; ``""`` when not said."""
        return text(self.message.change.old_link_id)

    @property
    def new_link_id(self) -> str:
        """Whose it is."""
        return text(self.message.change.new_link_id)

    @property
    def state(self) -> int:
        """A number that nobody described; 2 and 3 in recordings."""
        return self.message.change.new_state

    def _about(self) -> str:
        return f"{self.new_link_id} {self.state}"


class IGuestObserver(IObserver):
    """For observers of guests and hosts that are linked."""

    def link_layer(event: LinkLayer) -> object:
        """The newer type of message."""

    def link_message(event: LinkMessage) -> object:
        """The older type of message."""

    def link_state(event: LinkState) -> object:
        """Places, muted or not, connection."""

    def guest_joined(event: GuestJoined) -> object:
        """One joined."""

    def guest_left(event: GuestLeft) -> object:
        """One left, or was thrown out."""


class ILinkObserver(IObserver):
    """For observers of what else is sent while users are linked."""

    def link_mic_method(event: LinkMicMethod) -> object:
        """Scores, and signals of the oldest kind."""

    def link_mic_layout_state(event: LinkMicLayoutState) -> object:
        """The arrangement."""

    def link_mic_anchor_guide(event: LinkMicAnchorGuide) -> object:
        """A hint to link."""

    def link_screen_change(event: LinkScreenChange) -> object:
        """A picture changed."""
