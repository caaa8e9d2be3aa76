"""Users: who wrote, gave, joined or battles."""

from __future__ import annotations

from typing import Any

from tiktoklive.events.badges import NO_FLAGS, Badge, read_badges
from tiktoklive.events.numbers import wrap32
from tiktoklive.events.pictures import Image, choose_url, urls_of
from tiktoklive.wire import common_pb2
from tiktoklive.wire.battle_pb2 import BattleBaseUserInfo
from tiktoklive.wire.text import text

__all__ = [
    "Badge",
    "BattleUser",
    "Image",
    "User",
    "add_nobody",
    "add_user",
    "battle_user_attributes",
    "user_attributes",
]


class User:
    """
    A view on a user.

    Nothing is looked up: what TikTok left out of the message is ``""``, 0, ``None`` or empty
    here.  Two are equal when they have the same id and the same content.

    :ivar message: the generated ``User``.
    """

    __slots__ = ("message",)

    def __init__(self, message: common_pb2.User) -> None:
        self.message = message

    @property
    def user_id(self) -> str:
        """The number that never changes, decimal text; ``"0"`` when absent."""
        return str(self.message.id)

    @property
    def unique_id(self) -> str:
        """The ``@name``, without ``@``; users may change it."""
        name = self.message.unique_id
        return name if type(name) is str else text(name)

    @property
    def nickname(self) -> str:
        """The name that is shown; any text at all."""
        name = self.message.nickname
        return name if type(name) is str else text(name)

    @property
    def sec_uid(self) -> str:
        """TikTok's other, opaque id."""
        return text(self.message.sec_uid)

    @property
    def bio_description(self) -> str:
        """What users write about themselves."""
        return text(self.message.bio_description)

    @property
    def create_time(self) -> int:
        """When the account was made, seconds since 1970; 0 when absent."""
        return self.message.create_time

    @property
    def verified(self) -> bool:
        """Whether TikTok vouches for who it is."""
        return self.message.verified

    @property
    def profile_picture(self) -> Image:
        """The small profile picture, under all its addresses."""
        return Image(self.message.avatar_thumb)

    @property
    def profile_picture_url(self) -> str | None:
        """The address that 1.x shows: small and WebP if there is one; see :meth:`Image.choose`."""
        return choose_url(urls_of(self.message.avatar_thumb))

    @property
    def follow_info(self) -> common_pb2.FollowInfo | None:
        """The generated message of the four numbers below; ``None`` when absent."""
        message = self.message
        return message.follow_info if message.HasField("follow_info") else None

    @property
    def follow_role(self) -> int:
        """Towards the host: 0 none, 1 follower, 2 friend (both follow)."""
        return wrap32(self.message.follow_info.follow_status)

    @property
    def following_count(self) -> int:
        """How many users this one follows."""
        return wrap32(self.message.follow_info.following_count)

    @property
    def follower_count(self) -> int:
        """How many users follow this one."""
        return wrap32(self.message.follow_info.follower_count)

    @property
    def push_status(self) -> int:
        """TikTok's number for whether notifications are on."""
        return wrap32(self.message.follow_info.push_status)

    @property
    def badges(self) -> list[Badge]:
        """Every badge on the wire, also those that 1.x didn't know."""
        return [Badge(group) for group in self.message.badges]

    def _flag(self, name: str) -> Any:
        return read_badges(self.message.badges)[2][name]

    @property
    def is_moderator(self) -> bool:
        """Whether a badge says moderator, by 1.x's rules."""
        return bool(self._flag("isModerator"))

    @property
    def is_subscriber(self) -> bool:
        """Whether a badge says subscriber, by 1.x's rules."""
        return bool(self._flag("isSubscriber"))

    @property
    def is_new_gifter(self) -> bool:
        """Whether a badge says new gifter, by 1.x's rules."""
        return bool(self._flag("isNewGifter"))

    @property
    def top_gifter_rank(self) -> int | None:
        """The place among the top gifters, from 1; ``None`` without such a badge."""
        rank = self._flag("topGifterRank")
        return None if rank is None else int(rank)

    @property
    def gifter_level(self) -> int:
        """The level as a gifter, 0 when no badge says."""
        return int(self._flag("gifterLevel"))

    @property
    def team_member_level(self) -> int:
        """The level in the host's team of fans, 0 when no badge says."""
        return int(self._flag("teamMemberLevel"))

    def as_dict(self) -> dict[str, Any]:
        """The 1.x user attributes: new, plain, ready for :func:`json.dumps`."""
        return user_attributes(self.message)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, User) and self.message == other.message

    def __hash__(self) -> int:
        return hash(self.message.id)

    def __repr__(self) -> str:
        return _shown("User", self.user_id, self.unique_id, self.nickname)


class BattleUser:
    """
    A view on the smaller user of a battle (``linkMicBattle``).

    :ivar message: the generated ``BattleBaseUserInfo``.
    """

    __slots__ = ("message",)

    def __init__(self, message: BattleBaseUserInfo) -> None:
        self.message = message

    @property
    def user_id(self) -> str:
        """The number that never changes, decimal text; ``"0"`` when absent."""
        return str(self.message.user_id)

    @property
    def unique_id(self) -> str:
        """The ``@name``, without ``@``."""
        return text(self.message.display_id)

    @property
    def nickname(self) -> str:
        """The name that is shown."""
        return text(self.message.nick_name)

    @property
    def profile_picture(self) -> Image:
        """The small profile picture, under all its addresses."""
        return Image(self.message.avatar_thumb)

    @property
    def profile_picture_url(self) -> str | None:
        """The address that 1.x shows; see :meth:`Image.choose`."""
        return choose_url(urls_of(self.message.avatar_thumb))

    def as_dict(self) -> dict[str, Any]:
        """The 1.x user attributes of a battle: new, plain, ready for :func:`json.dumps`."""
        return battle_user_attributes(self.message)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BattleUser) and self.message == other.message

    def __hash__(self) -> int:
        return hash(self.message.user_id)

    def __repr__(self) -> str:
        return _shown("BattleUser", self.user_id, self.unique_id, self.nickname)


def _shown(kind: str, user_id: str, unique_id: str, nickname: str) -> str:
    """``<User @alice 'Alice'>``, or the id of a user without a name."""
    name = f"@{unique_id}" if unique_id else user_id
    return f"<{kind} {name} {nickname!r}>" if nickname else f"<{kind} {name}>"


def add_user(shape: dict[str, Any], user: common_pb2.User) -> None:
    """
    Add the 1.x attributes of a user to ``shape``, in 1.x's order.

    Left out are ``uniqueId`` and ``nickname`` when empty, and everything about following or
    pictures when the user carries no such object.  This runs for nearly every message, so it
    reads each field once.
    """
    shape["userId"] = str(user.id)
    value = user.sec_uid
    shape["secUid"] = value if value.__class__ is str else text(value)
    if value := user.unique_id:
        shape["uniqueId"] = value if value.__class__ is str else text(value)
    if value := user.nickname:
        shape["nickname"] = value if value.__class__ is str else text(value)
    value = user.bio_description
    details: dict[str, Any] = {
        "createTime": str(user.create_time),
        "bioDescription": value if value.__class__ is str else text(value),
    }
    # Whether a field is there needs asking only when it reads as empty.
    if (urls := urls_of(user.avatar_thumb)) or user.HasField("avatar_thumb"):
        details["profilePictureUrls"] = urls
        shape["profilePictureUrl"] = choose_url(urls)
    else:
        shape["profilePictureUrl"] = None
    follow_info: dict[str, int] | None = None
    follow = user.follow_info
    following, followers = follow.following_count, follow.follower_count
    status, push = follow.follow_status, follow.push_status
    bits = following | followers | status | push
    if bits or user.HasField("follow_info"):
        if not 0 <= bits <= 0x7FFF_FFFF:
            following, followers, status, push = map(wrap32, (following, followers, status, push))
        follow_info = {
            "followingCount": following,
            "followerCount": followers,
            "followStatus": status,
            "pushStatus": push,
        }
        shape["followRole"] = status
    flags = NO_FLAGS
    if badges := user.badges:
        # A slice: iterating over the field itself takes twice as long.
        shape["userBadges"], shape["userSceneTypes"], flags = read_badges(badges[:])
    else:
        shape["userBadges"] = []
        shape["userSceneTypes"] = []
    shape["userDetails"] = details
    if follow_info is not None:
        shape["followInfo"] = follow_info
    shape.update(flags)


def user_attributes(user: common_pb2.User) -> dict[str, Any]:
    """The 1.x attributes of a user."""
    shape: dict[str, Any] = {}
    add_user(shape, user)
    return shape


def battle_user_attributes(user: BattleBaseUserInfo) -> dict[str, Any]:
    """The 1.x attributes of a user who battles: fewer, for the message says less."""
    shape: dict[str, Any] = {"userId": str(user.user_id)}
    if user.display_id:
        shape["uniqueId"] = text(user.display_id)
    if user.nick_name:
        shape["nickname"] = text(user.nick_name)
    details: dict[str, Any] = {}
    if user.HasField("avatar_thumb"):
        details["profilePictureUrls"] = urls_of(user.avatar_thumb)
    shape["profilePictureUrl"] = choose_url(details.get("profilePictureUrls", ()))
    shape["userBadges"] = []
    shape["userDetails"] = details
    shape.update(NO_FLAGS)
    return shape


def add_nobody(shape: dict[str, Any]) -> None:
    """Add the 1.x attributes of a user that could not be found: the sender of an envelope."""
    shape["profilePictureUrl"] = None
    shape["userBadges"] = []
    shape["userDetails"] = {}
    shape.update(NO_FLAGS)
