"""The people and the gifts of a random room, as their serialised parts of messages."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from tiktoklive.simulator.words import BIOGRAPHIES, HANDLES, NICKNAMES
from tiktoklive.wire.audience_pb2 import WebcastLikeMessage
from tiktoklive.wire.common_pb2 import (
    BadgeStruct,
    CombineBadge,
    FollowInfo,
    Image,
    ImageBadge,
    PrivilegeLogExtra,
    TextBadge,
    User,
    UserIdentity,
)
from tiktoklive.wire.gifts_pb2 import GiftStruct
from tiktoklive.wire.giving_pb2 import WebcastGiftMessage
from tiktoklive.wire.speech_pb2 import WebcastChatMessage

#: Where pictures would be; the name never resolves.
PICTURES: Final = "https://p16-sign.pictures.example"

_ADMIN, _SUBSCRIBER, _GRADE, _FANS = 1, 4, 8, 10
_IMAGE, _TEXT, _COMBINE = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Guest:
    """
    Somebody in the room.

    :ivar small: what lists and texts show of them: id, names, one picture.
    :ivar at_2: field 2 (``user``) of a chat, member, social, … message, serialised.
    :ivar at_5: field 5 of a like message, serialised.
    :ivar at_7: field 7 of a gift message, serialised.
    """

    id: int
    unique_id: str
    nickname: str
    user: User
    small: User
    identity: UserIdentity
    at_2: bytes
    at_5: bytes
    at_7: bytes


@dataclass(frozen=True, slots=True)
class Gift:
    """
    A gift of the catalogue.

    :ivar streak: whether it is sent in streaks (type 1).
    :ivar at_15: field 15 of a gift message, serialised.
    """

    id: int
    name: str
    diamonds: int
    streak: bool
    picture: Image
    at_15: bytes


def picture(rng: random.Random, folder: str, size: int, count: int = 1) -> Image:
    """A picture with ``count`` addresses, signed as TikTok's are."""
    name = f"{rng.getrandbits(128):032x}"
    urls = []
    for number in range(count):
        kind = "jpeg" if number == count - 1 and count > 1 else "webp"
        host = PICTURES.replace("p16", f"p{16 + number}")
        urls.append(
            f"{host}/{folder}/{name}~c5_{size}x{size}.{kind}?lk3s=30310797"
            f"&x-expires=1798761600&x-signature={rng.getrandbits(160):040x}&shp=30310797"
        )
    return Image(url_list=urls, uri=f"{folder}/{name}")


def icon(name: str) -> Image:
    """A picture of the platform itself."""
    url = f"{PICTURES}/webcast-va/{name}.png~tplv-obj.image"
    return Image(url_list=[url], uri=f"webcast-va/{name}.png")


def _level_badge(scene: int, level: int, name: str) -> BadgeStruct:
    return BadgeStruct(
        display_type=_COMBINE,
        badge_scene=scene,
        display=True,
        log_extra=PrivilegeLogExtra(
            data_version="2", privilege_id="7138381176787539748", level=str(level)
        ),
        combine=CombineBadge(badge_display_type=_COMBINE, icon=icon(name), str=str(level)),
    )


def _badges(rng: random.Random, identity: UserIdentity) -> list[BadgeStruct]:
    badges = []
    if identity.is_moderator_of_anchor:
        text = TextBadge(badge_display_type=_TEXT, key="pm_mt_moderator_im")
        text.default_pattern = "Moderator"
        badge = BadgeStruct(display_type=_TEXT, badge_scene=_ADMIN, display=True)
        badge.text.append(text)
        badges.append(badge)
    if identity.is_subscriber_of_anchor:
        shown = ImageBadge(badge_display_type=_IMAGE, image=icon("sub_badge_month_3"))
        badges.append(
            BadgeStruct(display_type=_IMAGE, badge_scene=_SUBSCRIBER, display=True, image=[shown])
        )
    if identity.is_gift_giver_of_anchor:
        level = min(50, 1 + int(rng.expovariate(1 / 12)))
        badges.append(_level_badge(_GRADE, level, f"grade_badge_icon_lite_lv{level // 5 * 5}"))
    if identity.is_follower_of_anchor and rng.random() < 0.6:
        level = min(40, 1 + int(rng.expovariate(1 / 9)))
        badges.append(_level_badge(_FANS, level, f"fans_badge_icon_lv{level // 10 * 10}"))
    return badges


def _only_true(**flags: bool) -> UserIdentity:
    """An identity as TikTok writes it: what is false is left out."""
    identity = UserIdentity()
    for name, value in flags.items():
        if value:
            setattr(identity, name, value)
    return identity


def make_guest(rng: random.Random, number: int) -> Guest:
    """Somebody new; the number makes the handle unique."""
    nickname = NICKNAMES[number % len(NICKNAMES)]
    unique_id = f"{rng.choice(HANDLES)}{rng.choice(('.', '_', ''))}{number}"
    follower = rng.random() < 0.55
    friend = follower and rng.random() < 0.1
    identity = _only_true(
        is_gift_giver_of_anchor=rng.random() < 0.45,
        is_subscriber_of_anchor=rng.random() < 0.08,
        is_mutual_following_with_anchor=friend,
        is_follower_of_anchor=follower,
        is_moderator_of_anchor=rng.random() < 0.03,
    )
    user_id = (rng.getrandbits(61) | 1 << 62) if rng.random() < 0.8 else rng.getrandbits(33)
    thumb = picture(rng, "tos-maliva-avt-0068", 100, 3)
    user = User(
        id=user_id,
        nickname=nickname,
        bio_description=rng.choice(BIOGRAPHIES) or None,
        avatar_thumb=thumb,
        avatar_medium=picture(rng, "tos-maliva-avt-0068", 720),
        avatar_large=picture(rng, "tos-maliva-avt-0068", 1080),
        status=1,
        create_time=1_500_000_000 + rng.getrandbits(27),
        follow_info=FollowInfo(
            following_count=int(rng.lognormvariate(5, 1.2)),
            follower_count=int(rng.lognormvariate(5, 2)),
            follow_status=2 if friend else int(follower),
        ),
        unique_id=unique_id,
        sec_uid="MS4wLjABAAAA" + f"{rng.getrandbits(256):064x}",
        badges=_badges(rng, identity),
    )
    small = User(
        id=user_id,
        nickname=nickname,
        avatar_thumb=Image(url_list=list(thumb.url_list)[:1], uri=thumb.uri),
        unique_id=unique_id,
    )
    return Guest(
        user_id,
        unique_id,
        nickname,
        user,
        small,
        identity,
        WebcastChatMessage(user=user).SerializeToString(),
        WebcastLikeMessage(user=user).SerializeToString(),
        WebcastGiftMessage(user=user).SerializeToString(),
    )


#: Id, name, price in diamonds, whether in streaks, and how often it is sent.
_CATALOGUE: Final = (
    (5655, "Rose", 1, True, 40),
    (5269, "TikTok", 1, True, 15),
    (5487, "Finger Heart", 5, True, 12),
    (5658, "Perfume", 20, True, 6),
    (5879, "Doughnut", 30, True, 6),
    (6104, "Cap", 99, False, 6),
    (5509, "Sunglasses", 199, False, 4),
    (6267, "Corgi", 299, False, 3),
    (7168, "Money Gun", 500, False, 2),
    (11046, "Galaxy", 1000, False, 2),
    (6369, "Lion", 29999, False, 1),
)


def make_gifts(rng: random.Random) -> tuple[list[Gift], list[int]]:
    """The catalogue, and how often each gift is sent."""
    gifts = []
    for number, name, diamonds, streak, _ in _CATALOGUE:
        shown = picture(rng, "webcast-va", 200, 2)
        struct = GiftStruct(
            image=shown,
            describe=f"sent {name}",
            duration=1000 if streak else 4000,
            id=number,
            type=1 if streak else 2,
            diamond_count=diamonds,
            is_displayed_on_panel=True,
            name=name,
            icon=picture(rng, "webcast-va", 100),
        )
        if streak:
            struct.combo = True
        serialised = WebcastGiftMessage(gift=struct).SerializeToString()
        gifts.append(Gift(number, name, diamonds, streak, shown, serialised))
    return gifts, [often for *_, often in _CATALOGUE]
