"""What named users do in a simulated room, each by one call: say, give, like, follow, join."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from tiktoklive.bounded import BoundedMap
from tiktoklive.simulator.badges import badges_of
from tiktoklive.simulator.people import CatalogueGift, make_gifts
from tiktoklive.simulator.pictures import SMALL, Pictures
from tiktoklive.simulator.script import Message
from tiktoklive.simulator.totals import Totals
from tiktoklive.simulator.viewer import Batch
from tiktoklive.simulator.world import World
from tiktoklive.wire.audience_pb2 import (
    WebcastLikeMessage,
    WebcastMemberMessage,
    WebcastRoomUserSeqMessage,
    WebcastSocialMessage,
)
from tiktoklive.wire.common_pb2 import Common, FollowInfo, Text, User, UserAttr, UserIdentity
from tiktoklive.wire.giving_pb2 import WebcastGiftMessage
from tiktoklive.wire.speech_pb2 import Question, WebcastChatMessage, WebcastQuestionNewMessage
from tiktoklive.wire.subscription_pb2 import WebcastSubNotifyMessage

_FOLLOW, _SHARE, _JOINED = 1, 3, 1
_FRIEND: Final = 2

#: Users of whom it is known who they are.
_KNOWN: Final = 10_000

#: The most gifts of a kind that is not sent in streaks, at once: each is a message.
MOST_GIFTS: Final = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """
    What a user is to the broadcaster, and is called.

    :ivar nickname: the name that is shown; the username with a capital, if it is ``""``.
    """

    nickname: str = ""
    moderator: bool = False
    subscriber: bool = False
    follower: bool = False
    friend: bool = False

    def identity(self) -> UserIdentity:
        """As messages tell it."""
        identity = UserIdentity()
        for holds, name in (
            (self.subscriber, "is_subscriber_of_anchor"),
            (self.friend, "is_mutual_following_with_anchor"),
            (self.follower or self.friend, "is_follower_of_anchor"),
            (self.moderator, "is_moderator_of_anchor"),
        ):
            if holds:
                setattr(identity, name, True)
        return identity


def user_named(name: str, pictures: Pictures, standing: Standing) -> User:
    """A user, with the same id and picture for the same name, wherever they come from."""
    rng = Random(f"user {name.lower()}")
    follows = _FRIEND if standing.friend else 1 if standing.follower else None
    return User(
        id=rng.getrandbits(61) | 1 << 62,
        nickname=standing.nickname or name.title(),
        avatar_thumb=pictures.portrait(rng, SMALL[:3]),
        follow_info=FollowInfo(follow_status=follows),
        user_attr=UserAttr(is_admin=True) if standing.moderator else UserAttr(),
        unique_id=name,
        sec_uid=f"MS4wLjABAAAA{rng.getrandbits(200):050x}",
        badges=badges_of(rng, standing.identity(), pictures, rank=0, graded=False, fan=False),
    )


class Visitors(ABC):
    """
    What users do in one room; mixed into :class:`~tiktoklive.simulator.SimulatedRoom`.

    A user is a name.  A new name is a new user, who is nothing to the broadcaster; :meth:`visitor`
    says more of one.  Each method returns the id of its (last) message, and raises a
    ``ValueError`` when the broadcast is not on.

    :ivar listeners: called with user and text whenever somebody says something.
    """

    unique_id: str
    room_id: str
    anchor_id: str
    totals: Totals

    def __init__(self, world: World) -> None:
        self._world = world
        self.listeners: list[Callable[[User, str], object]] = []
        self._standings: BoundedMap[str, Standing] = BoundedMap(_KNOWN)
        self._script_totals: Totals | None = None
        self._groups = 0

    @property
    @abstractmethod
    def is_live(self) -> bool:
        """Whether there is something to see."""

    @abstractmethod
    def push(self, messages: Sequence[Message], *, need_ack: bool | None = None) -> Batch:
        """Send messages to every viewer that has entered."""

    def visitor(
        self,
        user: str,
        *,
        nickname: str = "",
        moderator: bool = False,
        subscriber: bool = False,
        follower: bool = False,
        friend: bool = False,
    ) -> User:
        """
        Say who a user is, from now on.

        :param user: the username.
        :param nickname: the name that is shown; the username with a capital, if it is left out.
        :param moderator: whether they moderate the broadcaster's chat; and so on.
        """
        standing = Standing(nickname, moderator, subscriber, follower or friend, friend)
        self._standings.put(user.lower(), standing)
        return self._user(user)

    def say(self, user: str | User, text: str, *, language: str = "en") -> int:
        """A user writes a comment."""
        who = self._user(user)
        message = WebcastChatMessage(user=who, content=text, content_language=language)
        self._identify(message, user)
        msg_id = self._send("WebcastChatMessage", message)
        for listener in tuple(self.listeners):
            listener(who, text)
        return msg_id

    def join(self, user: str | User) -> int:
        """A user comes in."""
        self._count("seen")
        count = self.totals.watching or None
        message = WebcastMemberMessage(user=self._user(user), member_count=count, action=_JOINED)
        return self._send("WebcastMemberMessage", message, "live_room_enter_toast")

    def like(self, user: str | User, count: int = 1) -> int:
        """A user taps so many times."""
        self._count("likes", count)
        message = WebcastLikeMessage(user=self._user(user), count=count, total=self.totals.likes)
        return self._send("WebcastLikeMessage", message, "pm_mt_msg_viewer")

    def follow(self, user: str | User) -> int:
        """A user follows the broadcaster."""
        self._count("followers")
        message = WebcastSocialMessage(
            user=self._user(user),
            action=_FOLLOW,
            share_target=self.anchor_id,
            follow_count=self.totals.followers,
        )
        return self._send("WebcastSocialMessage", message, "pm_main_follow_message_viewer_2")

    def share(self, user: str | User) -> int:
        """A user shares the broadcast."""
        self._count("shares")
        message = WebcastSocialMessage(
            user=self._user(user),
            action=_SHARE,
            share_type=1,
            share_target="-1",
            share_count=self.totals.shares,
        )
        return self._send("WebcastSocialMessage", message, "pm_mt_guidance_share")

    def subscribe(self, user: str | User, months: int = 1) -> int:
        """A user subscribes to the broadcaster."""
        message = WebcastSubNotifyMessage(sender=self._user(user), sub_month=months)
        return self._send("WebcastSubNotifyMessage", message)

    def ask(self, user: str | User, question: str) -> int:
        """A user asks something in the box for questions."""
        details = Question(
            question_id=self._world.next_id(),
            question_text=question,
            create_time=int(self._world.seconds()),
            user=self._user(user),
        )
        return self._send("WebcastQuestionNewMessage", WebcastQuestionNewMessage(details=details))

    def watch(self, count: int) -> int:
        """So many watch from now on; the viewers are told."""
        self.totals.watching = count
        message = WebcastRoomUserSeqMessage(total=count, total_user=max(count, self.totals.seen))
        return self._send("WebcastRoomUserSeqMessage", message)

    def gift(self, user: str | User, gift: str | int = "Rose", count: int = 1) -> int:
        """
        A user gives something.

        What is sent in streaks comes as its first gift, the last one, and the streak's end; of
        other things each comes by itself.

        :param gift: the name of a gift, or its id.
        :raise ValueError: there is no such gift, or not so many at once.
        """
        known, _ = make_gifts(self._world.pictures)
        wanted = str(gift).lower()
        given = next((each for each in known if wanted in (each.name.lower(), str(each.id))), None)
        if given is None:
            names = ", ".join(each.name for each in known)
            raise ValueError(f"there is no gift {gift!r}: choose of {names}")
        if not 1 <= count <= (99_999 if given.streak else MOST_GIFTS):
            raise ValueError(f"{count} times {given.name} cannot be sent at once")
        if not given.streak:
            return [self._gift(user, given, 1, 0) for _ in range(count)][-1]
        self._groups += 1
        group = self._world.now_ms() + self._groups
        for number in sorted({1, count}):
            self._gift(user, given, number, group)
        return self._gift(user, given, count, group, ends=True)

    # --- inside -----------------------------------------------------------------------

    def _gift(
        self, user: str | User, given: CatalogueGift, count: int, group: int, *, ends: bool = False
    ) -> int:
        message = WebcastGiftMessage(
            gift_id=given.id,
            fan_ticket_count=given.diamonds * count,
            group_count=1,
            repeat_count=count,
            combo_count=count,
            user=self._user(user),
            repeat_end=1 if ends else None,
            group_id=group or None,
            send_type=1 if ends or not given.streak else 4,
        )
        message.MergeFromString(given.at_15)
        self._identify(message, user)
        return self._send("WebcastGiftMessage", message, "webcast_aweme_gift_send_message")

    def _user(self, user: str | User) -> User:
        if isinstance(user, User):
            return user
        return user_named(user, self._world.pictures, self._standing(user))

    def _standing(self, user: str | User) -> Standing:
        name = user if isinstance(user, str) else str(user.unique_id)
        return self._standings.get(name.lower(), Standing())

    def _identify(self, message: Any, user: str | User) -> None:
        """Add what the user is to the broadcaster."""
        identity = self._standing(user).identity()
        if identity.ByteSize():
            message.user_identity.CopyFrom(identity)

    def _count(self, name: str, more: int = 1) -> None:
        """Add to a total, and to that of the script which goes on counting."""
        for totals in (self.totals, self._script_totals):
            if totals is not None:
                setattr(totals, name, getattr(totals, name) + more)

    def _send(self, method: str, message: Any, key: str = "") -> int:
        if not self.is_live:
            raise ValueError(f"@{self.unique_id} is not live: go_live() comes first")
        msg_id = self._world.next_id()
        common = Common(
            method=method,
            msg_id=msg_id,
            room_id=int(self.room_id),
            create_time=self._world.now_ms(),
            is_show_msg=True,
        )
        if key:
            common.display_text.CopyFrom(Text(key=key))
        message.common.CopyFrom(common)
        self.push([(method, message.SerializeToString(), msg_id)])
        return msg_id
