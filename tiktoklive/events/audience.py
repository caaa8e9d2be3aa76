"""Who comes, and what they do: joins, likes, follows, shares, subscriptions, counts."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.base import ClassicEvent, DerivedEvent, Event, MessageEvent
from tiktoklive.events.displaytext import filled
from tiktoklive.events.user import User
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import audience_pb2 as wire
from tiktoklive.wire.audience_pb2 import Contributor
from tiktoklive.wire.subscription_pb2 import WebcastSubNotifyMessage
from tiktoklive.wire.text import text

#: Values of :attr:`Social.action` (wire facts, appendix A).
FOLLOWS, SHARES = range(1, 2), range(2, 6)


class Member(ClassicEvent):
    """A viewer came in, or something about a viewer's membership changed."""

    __slots__ = ()
    name: ClassVar[str] = "member"
    method: ClassVar[str] = "WebcastMemberMessage"
    message: wire.WebcastMemberMessage

    @property
    def user(self) -> User:
        """Who."""
        return User(self.message.user)

    @property
    def action_id(self) -> int:
        """1 came in, 2 left, 3 muted (disputed: subscribed), 5 made moderator, 7 kicked."""
        return self.message.action

    @property
    def is_join(self) -> bool:
        """Whether the viewer came in."""
        return self.message.action == 1

    @property
    def member_count(self) -> int:
        """Viewers now, as far as this message knows; may be 0."""
        return self.message.member_count

    def _about(self) -> str:
        return f"@{self.user.unique_id}" + ("" if self.is_join else f" action {self.action_id}")


class Like(ClassicEvent):
    """A viewer tapped; one event for a batch of taps."""

    __slots__ = ()
    name: ClassVar[str] = "like"
    method: ClassVar[str] = "WebcastLikeMessage"
    message: wire.WebcastLikeMessage

    @property
    def user(self) -> User:
        """Who."""
        return User(self.message.user)

    @property
    def like_count(self) -> int:
        """Taps in this batch."""
        return self.message.count

    @property
    def total_like_count(self) -> int:
        """Taps in the room; comes from several servers and may go backwards."""
        return self.message.total

    def _about(self) -> str:
        return f"@{self.user.unique_id} {self.like_count}x"


class Social(ClassicEvent):
    """A viewer follows the host or shares the broadcast."""

    __slots__ = ()
    name: ClassVar[str] = "social"
    method: ClassVar[str] = "WebcastSocialMessage"
    derives: ClassVar[tuple[str, ...]] = ("follow", "share")
    message: wire.WebcastSocialMessage

    @property
    def user(self) -> User:
        """Who."""
        return User(self.message.user)

    @property
    def action(self) -> int:
        """1 follow, 2 to 5 share."""
        return self.message.action

    @property
    def follow_count(self) -> int:
        """The host's followers after it; 0 when not said."""
        return self.message.follow_count

    @property
    def share_target(self) -> str:
        """Where it was shared to; may be empty."""
        return text(self.message.share_target)

    @property
    def share_count(self) -> int:
        """How many joined through the share; 0 when not said."""
        return self.message.share_count

    def derived(self) -> tuple[Event, ...]:
        """
        The follow or share that this is.

        The 1.x rule is the word in the display key; messages without a key are told apart
        by :attr:`action`.
        """
        key = self.message.common.display_text.key
        if key:
            key = text(key)
            follows, shares = Follow.name in key, Share.name in key
        else:
            action = self.message.action
            follows, shares = action in FOLLOWS, action in SHARES
        if not shares:
            return (self._derive(Follow),) if follows else ()
        share = self._derive(Share)
        return (self._derive(Follow), share) if follows else (share,)

    def _about(self) -> str:
        return f"@{self.user.unique_id} {self.display_type or self.action}"


class Follow(DerivedEvent, Social):
    """A viewer follows the host; comes directly after its ``social``."""

    __slots__ = ()
    name: ClassVar[str] = "follow"

    def _about(self) -> str:
        return f"@{self.user.unique_id}"


class Share(DerivedEvent, Social):
    """A viewer shares the broadcast; comes directly after its ``social``."""

    __slots__ = ()
    name: ClassVar[str] = "share"

    def _about(self) -> str:
        return f"@{self.user.unique_id}"


class Subscribe(ClassicEvent):
    """Somebody subscribed, renewed, or gave a subscription away."""

    __slots__ = ()
    name: ClassVar[str] = "subscribe"
    method: ClassVar[str] = "WebcastSubNotifyMessage"
    message: WebcastSubNotifyMessage

    @property
    def user(self) -> User:
        """Who."""
        return User(self.message.sender)

    @property
    def sub_month(self) -> int:
        """For how many months, this one included."""
        return self.message.sub_month

    @property
    def subscribe_type(self) -> int:
        """1 first time, 2 renewal, and more that are not described."""
        return self.message.subscribe_type

    def _about(self) -> str:
        return f"@{self.user.unique_id} {self.sub_month} months"


class TopViewer:
    """
    One line of the list of top gifters.

    :ivar message: the protobuf message ``Contributor``.
    """

    __slots__ = ("message",)

    def __init__(self, message: Contributor) -> None:
        self.message = message

    @property
    def user(self) -> User:
        """Who."""
        return User(self.message.user)

    @property
    def coin_count(self) -> int:
        """Coins given in this broadcast."""
        return self.message.score

    @property
    def rank(self) -> int:
        """1 is the first; 0 when not said."""
        return self.message.rank

    def __repr__(self) -> str:
        return f"<TopViewer {self.rank} @{self.user.unique_id} {self.coin_count}>"


class RoomUser(ClassicEvent):
    """How many watch, and who gave most."""

    __slots__ = ()
    name: ClassVar[str] = "roomUser"
    method: ClassVar[str] = "WebcastRoomUserSeqMessage"
    derives: ClassVar[tuple[str, ...]] = ("audience",)
    message: wire.WebcastRoomUserSeqMessage

    @property
    def viewer_count(self) -> int:
        """Viewers now."""
        return self.message.total

    @property
    def total_user(self) -> int:
        """Viewers since the broadcast began; 0 when not said."""
        return self.message.total_user

    @property
    def top_viewers(self) -> list[TopViewer]:
        """The top gifters, best first."""
        return [TopViewer(rank) for rank in self.message.ranks]

    def _about(self) -> str:
        return f"{self.viewer_count} viewers"


class UnauthorizedMember(MessageEvent):
    """A viewer who is not logged in comes in."""

    __slots__ = ()
    name: ClassVar[str] = "unauthorizedMember"
    method: ClassVar[str] = "WebcastUnauthorizedMemberMessage"
    message: wire.WebcastUnauthorizedMemberMessage

    @property
    def action_id(self) -> int:
        """1 came in, as of a member."""
        return self.message.action

    @property
    def nickname(self) -> str:
        """What TikTok calls the viewer: some digits."""
        return filled(self.message.nick_name_prefix) + text(self.message.nick_name)

    @property
    def text(self) -> str:
        """The line; the pattern alone where it has no pieces."""
        return filled(self.message.enter_text) or super().text

    def _about(self) -> str:
        return repr(self.nickname)


class IGuestViewerObserver(IObserver):
    """For observers of viewers who are not logged in."""

    def unauthorized_member(event: UnauthorizedMember) -> object:
        """One comes in."""


class IAudienceObserver(IObserver):
    """For observers of the audience."""

    def member(event: Member) -> object:
        """A viewer came in, or a membership changed."""

    def like(event: Like) -> object:
        """A batch of taps."""

    def follow(event: Follow) -> object:
        """A viewer follows the host."""

    def share(event: Share) -> object:
        """A viewer shares the broadcast."""

    def social(event: Social) -> object:
        """A follow, a share, or another social act, before it is told apart."""

    def subscribe(event: Subscribe) -> object:
        """A subscription."""

    def room_user(event: RoomUser) -> object:
        """Viewer count and top gifters."""
