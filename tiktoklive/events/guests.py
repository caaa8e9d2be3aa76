"""
Guests and other hosts in the broadcast: who asked to join, was invited, joined, left or was moved.

TikTok has an older and a newer type of message for the same, and sends both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from tiktoklive.events.base import Event, MessageEvent
from tiktoklive.events.numbers import in_ms
from tiktoklive.events.user import User
from tiktoklive.wire import linklayer_pb2, linkmic_pb2
from tiktoklive.wire.text import text

#: Values of :attr:`LinkMessage.scene`: other hosts, or guests.
OTHER_HOSTS, GUESTS = 2, 4

#: Value of :attr:`LinkedUser.role`: the host, in links of guests; in those of hosts, who began it.
LEADER = 1

#: Values of :attr:`LinkMessage.kind`: the user left; TikTok threw the user out.
_LEAVE, _SYSTEM_KICK_OUT = 7, 101


class LinkedUser:
    """
    One user in a list of guests or hosts: linked, asking, or invited.

    :ivar user_id: decimal text.
    :ivar unique_id: the username; ``""`` where the list has only ids.
    :ivar nickname: likewise.
    :ivar room_id: the room of a host, decimal text; ``""`` when not said.
    :ivar since: since when, in milliseconds since 1970; 0 when not said.
    :ivar role: 1 the host in a link of guests, and who began it in one of hosts; 2 to 4 others;
        0 when not said.
    """

    __slots__ = ("nickname", "role", "room_id", "since", "unique_id", "user_id")

    def __init__(
        self,
        user_id: str,
        unique_id: str = "",
        nickname: str = "",
        room_id: str = "",
        since: int = 0,
        role: int = 0,
    ) -> None:
        self.user_id = user_id
        self.unique_id = unique_id
        self.nickname = nickname
        self.room_id = room_id
        self.since = since
        self.role = role

    def __repr__(self) -> str:
        return f"<LinkedUser @{self.unique_id or self.user_id}>"


def _of_user(listed: linkmic_pb2.LinkListUser | linkmic_pb2.ListUser) -> LinkedUser:
    view = User(listed.user)
    return LinkedUser(
        view.user_id,
        view.unique_id,
        view.nickname,
        since=in_ms(listed.modify_time),
        role=listed.role_type,
    )


class _Link(MessageEvent):
    """What both types of message say of guests, or hosts that are linked."""

    __slots__ = ()
    derives: ClassVar[tuple[str, ...]] = ("guestJoined", "guestLeft")
    message: linkmic_pb2.WebcastLinkMessage | linklayer_pb2.WebcastLinkLayerMessage
    #: The kinds with which a link begins, and is over.
    _begins: ClassVar[int]
    _ends: ClassVar[int]

    @property
    def kind(self) -> int:
        """What happens: a number of the type's own, see the class."""
        return self.message.message_type

    @property
    def scene(self) -> int:
        """2 other hosts, 4 guests."""
        return self.message.scene

    @property
    def is_begun(self) -> bool:
        """Whether the link begins with it."""
        return self.kind == self._begins

    @property
    def is_over(self) -> bool:
        """Whether the link is over."""
        return self.kind == self._ends

    @property
    def linked(self) -> list[LinkedUser]:
        """Those who are linked, where the message has the list: the host is one of them."""
        raise NotImplementedError

    @property
    def user_id(self) -> str:
        """The user id of who did it, or to whom it was done, decimal text; ``""`` for lists."""
        return next((str(number) for number in self._user_ids() if number), "")

    def _user_ids(self) -> Iterator[int]:
        """Wherever the message may name who did it, or to whom it was done; 0 where it does not."""
        raise NotImplementedError

    def _about(self) -> str:
        return f"{self.kind} {self.user_id or self.linked}"


class LinkMessage(_Link):
    """
    Guests, or hosts that are linked, changed: the older type.

    Its ``kind`` (``LinkMessageType``): 1 begun, 2 over, 3 invited, 4 asked, 5 answered, 6 joined, 7
    left, 8 allowed, 9 invitation taken back, 13 thrown out, 14 question taken back, 15 muted, 16
    matched, 17 settings, 18 moved, 10 to 12 and 19 to 22 lists, 101 thrown out by TikTok.
    """

    __slots__ = ()
    name: ClassVar[str] = "linkMessage"
    method: ClassVar[str] = "WebcastLinkMessage"
    message: linkmic_pb2.WebcastLinkMessage
    _begins, _ends = 1, 2

    @property
    def link_id(self) -> str:
        """Which link, decimal text."""
        return str(self.message.linker_id)

    @property
    def linked(self) -> list[LinkedUser]:
        """Those who are linked, where the message has the list: the host is one of them."""
        message = self.message
        for content in (
            message.list_change_content,
            message.enter_content,
            message.linked_list_change_content,
        ):
            if content.linked_users_list:
                return [_of_user(each) for each in content.linked_users_list]
        return [
            LinkedUser(
                str(each.user_id),
                text(each.display_id),
                text(each.nick_name),
                str(each.room_id),
                in_ms(each.linked_time),
            )
            for each in message.cohost_list_change_content.users_list
        ]

    @property
    def asking(self) -> list[LinkedUser]:
        """Those who asked to join and wait, where the message has the list."""
        found = self.message.list_change_content.applied_users_list
        return [_of_user(each) for each in found]

    def _user_ids(self) -> Iterator[int]:
        message = self.message
        yield message.leave_content.user_id
        yield message.kick_out_content.from_user_id
        yield message.sys_kick_out_content.user_id
        yield message.invite_content.from_user_id
        yield message.reply_content.from_user_id
        yield message.cancel_content.from_user_id
        yield message.mute_content.user_id

    def derived(self) -> tuple[Event, ...]:
        """A guest who left or was thrown out, where the message tells of one."""
        message, gone = self.message, 0
        if self.kind == _LEAVE:
            gone = message.leave_content.user_id
        elif self.kind == _SYSTEM_KICK_OUT:
            gone = message.sys_kick_out_content.user_id
        return _left(self, str(gone), self.kind != _LEAVE) if gone else ()


class LinkLayer(_Link):
    """
    Guests, or hosts that are linked, changed: the newer type.

    Its ``kind`` (``LinkLayerMessageType``): 1 begun, 2 invited, 3 asked, 4 allowed, 5 answered, 6
    thrown out, 7 question taken back, 8 invitation taken back, 9 left, 10 over, 11 lists, 12
    joined, 13 to 18 groups of hosts.
    """

    __slots__ = ()
    name: ClassVar[str] = "linkLayer"
    method: ClassVar[str] = "WebcastLinkLayerMessage"
    message: linklayer_pb2.WebcastLinkLayerMessage
    _begins, _ends = 1, 10

    @property
    def link_id(self) -> str:
        """Which link, decimal text."""
        return str(self.message.channel_id)

    @property
    def linked(self) -> list[LinkedUser]:
        """Those who are linked, where the message has the list: the host is one of them."""
        return list(self._users("linked_list"))

    @property
    def asking(self) -> list[LinkedUser]:
        """Those who asked to join and wait, where the message has the list."""
        return list(self._users("applied_list"))

    @property
    def invited(self) -> list[LinkedUser]:
        """Those who are invited and did not answer, where the message has the list."""
        return list(self._users("invited_list"))

    def _user_ids(self) -> Iterator[int]:
        message = self.message
        yield message.leave_content.leaver.user_id
        yield message.kick_out_content.offliner.user_id
        yield message.join_direct_content.joiner.user.user_id
        yield message.apply_content.applier.user_id
        yield message.cancel_apply_content.applier.user_id
        yield message.permit_apply_content.applier.user_id
        yield message.reply_invite_content.invitee.user_id
        yield message.invite_content.invitee.user_id or message.invite_content.invitor.user_id
        yield message.cancel_invite_content.invitee.user_id

    def _users(self, which: str) -> Iterator[LinkedUser]:
        message = self.message
        lists = [message.list_change_content.list, message.join_direct_content.all_users]
        lists += [group.all_user for group in message.group_change_content.group_user.user_list]
        content = message.business_content.cohost_content.list_change_biz_content
        names = {entry.key: entry.value for entry in content.user_infos}
        for each in lists:
            for listed in getattr(each, which):
                number = listed.user.user_id
                info = names.get(number)
                yield LinkedUser(
                    str(number),
                    text(info.display_id) if info is not None else "",
                    text(info.nickname) if info is not None else "",
                    str(listed.user.room_id),
                    listed.linked_time_nano // 1_000_000,
                )

    def derived(self) -> tuple[Event, ...]:
        """A guest who joined, left, or was thrown out, where the message tells of one."""
        message = self.message
        if joined := message.join_direct_content.joiner.user.user_id:
            return (GuestJoined(self, LinkedUser(str(joined))),)
        if left := message.leave_content.leaver.user_id:
            return _left(self, str(left), False)
        gone = message.kick_out_content.offliner.user_id
        return _left(self, str(gone), True) if gone else ()


class _Guest(Event):
    """What a message tells of one guest, or host who is linked."""

    __slots__ = ("link", "user")

    def __init__(self, link: LinkMessage | LinkLayer, user: LinkedUser) -> None:
        super().__init__(link.origin)
        self.number = link.number
        self.link = link
        self.user = user

    @property
    def id(self) -> str:
        """``ROOM:MSG_ID:NAME:USER``: one message may tell of several."""
        return f"{self.link.id}:{self.name}:{self.user_id}"

    @property
    def user_id(self) -> str:
        """Who, decimal text."""
        return self.user.user_id

    @property
    def create_time(self) -> int:
        """When TikTok made the message, in milliseconds since 1970; 0 when it doesn't say."""
        return self.link.create_time

    @property
    def is_history(self) -> bool:
        """Whether TikTok replayed the message."""
        return self.link.is_history

    @property
    def link_id(self) -> str:
        """Which link, decimal text."""
        return self.link.link_id

    @property
    def is_host(self) -> bool:
        """Whether it is another host, rather than a guest."""
        return self.link.scene == OTHER_HOSTS

    def as_dict(self) -> dict[str, object]:
        """``{"userId", "uniqueId", "nickname", "linkId", "isHost"}``; names where known."""
        return {
            "userId": self.user_id,
            "uniqueId": self.user.unique_id,
            "nickname": self.user.nickname,
            "linkId": self.link_id,
            "isHost": self.is_host,
        }

    def _about(self) -> str:
        return f"@{self.user.unique_id or self.user_id}"


class GuestJoined(_Guest):
    """
    A guest, or another host, joined; comes directly after its ``linkLayer`` or ``linkMessage``.

    It is told once, whichever of the two types tells it first.  Who was there when we came did
    not join.

    :ivar link: the message.
    :ivar user: who; the names where a list has them.
    """

    __slots__ = ()
    name: ClassVar[str] = "guestJoined"


class GuestLeft(_Guest):
    """
    A guest, or another host, left; comes directly after its ``linkLayer`` or ``linkMessage``.

    It is told once, whichever of the two types tells it first.

    :ivar link: the message.
    :ivar user: who; the names where a list had them.
    :ivar thrown_out: whether the host or TikTok did it.
    """

    __slots__ = ("thrown_out",)
    name: ClassVar[str] = "guestLeft"

    def __init__(
        self, link: LinkMessage | LinkLayer, user: LinkedUser, thrown_out: bool = False
    ) -> None:
        super().__init__(link, user)
        self.thrown_out = thrown_out

    def as_dict(self) -> dict[str, object]:
        """The same, and ``"thrownOut"``."""
        return {**super().as_dict(), "thrownOut": self.thrown_out}


def _left(link: LinkMessage | LinkLayer, user_id: str, thrown_out: bool) -> tuple[Event, ...]:
    return (GuestLeft(link, LinkedUser(user_id), thrown_out),)
