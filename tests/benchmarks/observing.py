"""
An observer that reads four attributes of each event, and the same reads without events.

They are the same four for each kind of message: where it has a user, two of them are the user's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zope.interface import implementer

from tiktoklive.connection import WebcastPushConnection
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.events import (
    Chat,
    Follow,
    Gift,
    IAudienceObserver,
    IChatObserver,
    IGiftObserver,
    Like,
    Member,
    MessageEvent,
    RoomUser,
    Share,
    Social,
    Subscribe,
)
from tiktoklive.events.table import METHODS, ROWS
from tiktoklive.service import LiveService
from tiktoklive.wire.messages import MESSAGE_TYPES


@implementer(IChatObserver, IGiftObserver, IAudienceObserver)
class Reader:
    """Reads four attributes of each event, two of them of the user where there is one."""

    def chat(self, event: Chat) -> None:
        """35 % of them."""
        user = event.user
        _ = user.user_id
        _ = user.nickname
        _ = event.comment
        _ = event.msg_id

    def like(self, event: Like) -> None:
        """20 % of them."""
        user = event.user
        _ = user.user_id
        _ = user.nickname
        _ = event.like_count
        _ = event.total_like_count

    def member(self, event: Member) -> None:
        """20 % of them."""
        user = event.user
        _ = user.user_id
        _ = user.nickname
        _ = event.action_id
        _ = event.msg_id

    def gift(self, event: Gift) -> None:
        """10 % of them."""
        user = event.user
        _ = user.user_id
        _ = user.nickname
        _ = event.gift_name
        _ = event.repeat_count

    def social(self, event: Social) -> None:
        """5 % of them, each told again as a follow or a share."""
        user = event.user
        _ = user.user_id
        _ = user.nickname
        _ = event.action
        _ = event.msg_id

    def follow(self, event: Follow) -> None:
        """Read as a social."""

    def share(self, event: Share) -> None:
        """Read as a social."""

    def subscribe(self, event: Subscribe) -> None:
        """Now and then."""
        user = event.user
        _ = user.user_id
        _ = user.nickname
        _ = event.sub_month
        _ = event.msg_id

    def room_user(self, event: RoomUser) -> None:
        """3 % of them; nobody's in particular."""
        _ = event.viewer_count
        _ = event.total_user
        _ = event.msg_id
        _ = event.create_time


def read_other(event: MessageEvent) -> None:
    """Four attributes of the types that have no observer interface, 7 % of them."""
    _ = event.msg_id
    _ = event.create_time
    _ = event.room_id
    _ = event.is_history


def observe_all(followed_user: Dispatcher | WebcastPushConnection | LiveService) -> None:
    """Observe every type there is."""
    followed_user.add_observer(Reader())
    known = {
        METHODS[method]
        for interface in (IChatObserver, IGiftObserver, IAudienceObserver)
        for method in interface.names(all=True)
    }
    for name in {row.event_class.name for row in ROWS.values()} - known:
        followed_user.on(name, read_other)


def _chat(message: Any, item: Any) -> None:
    user = message.user
    _ = user.id
    _ = user.nickname
    _ = message.content
    _ = item.msg_id


def _like(message: Any, item: Any) -> None:
    user = message.user
    _ = user.id
    _ = user.nickname
    _ = message.count
    _ = message.total


def _member(message: Any, item: Any) -> None:
    user = message.user
    _ = user.id
    _ = user.nickname
    _ = message.action
    _ = item.msg_id


def _gift(message: Any, item: Any) -> None:
    user = message.user
    _ = user.id
    _ = user.nickname
    _ = message.gift.name
    _ = message.repeat_count


def _subscribe(message: Any, item: Any) -> None:
    user = message.sender
    _ = user.id
    _ = user.nickname
    _ = message.sub_month
    _ = item.msg_id


def _room_user(message: Any, item: Any) -> None:
    _ = message.total
    _ = message.total_user
    _ = item.msg_id
    _ = message.common.create_time


def _other(message: Any, item: Any) -> None:
    common = message.common
    _ = item.msg_id
    _ = common.create_time
    _ = common.room_id
    _ = item.is_history


#: By wire name, what reads of a parsed message, and of the item of the batch that it came in, what
#: :class:`Reader` reads of its event.
READS: dict[str, Callable[[Any, Any], None]] = dict.fromkeys(MESSAGE_TYPES, _other) | {
    "WebcastChatMessage": _chat,
    "WebcastLikeMessage": _like,
    "WebcastMemberMessage": _member,
    "WebcastGiftMessage": _gift,
    "WebcastSocialMessage": _member,
    "WebcastSubNotifyMessage": _subscribe,
    "WebcastRoomUserSeqMessage": _room_user,
}
