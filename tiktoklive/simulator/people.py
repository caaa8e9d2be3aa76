"""The people and the gifts of a random room, as their serialised parts of messages."""

from __future__ import annotations

import random
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Final

from tiktoklive.simulator.badges import badges_of
from tiktoklive.simulator.pictures import MIDDLE, SMALL, Pictures
from tiktoklive.simulator.words import HANDLES, NICKNAMES
from tiktoklive.wire.audience_pb2 import WebcastLikeMessage
from tiktoklive.wire.common_pb2 import (
    FollowInfo,
    Image,
    TextFormat,
    TextPiece,
    TextPieceGift,
    TextPiecePatternRef,
    User,
    UserAttr,
    UserHonor,
    UserIdentity,
)
from tiktoklive.wire.gifts_pb2 import GiftStruct
from tiktoklive.wire.giving_pb2 import WebcastGiftMessage
from tiktoklive.wire.speech_pb2 import WebcastChatMessage

#: How many people come and go; the first half of them are regulars.
PEOPLE: Final = 240

#: Its multiples, less their whole numbers, spread evenly: the first ten people in a room, who
#: talk most, are as mixed as all of them, and so rooms do not differ much in size.
_GOLDEN: Final = 0.618_034

_GIFT_PIECE: Final = 12

#: How texts show gifts.
GIFT_FORMAT: Final = TextFormat(color="#ffe8b93a", weight=400)


@dataclass(frozen=True, slots=True)
class Person:
    """
    A user in the room.

    :ivar user: what most messages show of them.
    :ivar named: what the text of a like shows of them: ids and names.
    :ivar small: what other short texts show of them: id, names, one picture.
    :ivar ranked: what the list of the best givers shows of them.
    :ivar speaking: field 2 (``user``) of a chat message, serialised: has more pictures.
    :ivar at_2: field 2 of a member, social, … message, serialised.
    :ivar at_5: field 5 of a like message, serialised.
    :ivar at_7: field 7 of a gift message, serialised.
    """

    id: int
    unique_id: str
    nickname: str
    user: User
    named: User
    small: User
    ranked: User
    identity: UserIdentity
    speaking: bytes
    at_2: bytes
    at_5: bytes
    at_7: bytes


@dataclass(frozen=True, slots=True)
class CatalogueGift:
    """
    A gift of the catalogue.

    :ivar streak: whether it is sent in streaks (type 1).
    :ivar piece: the piece of a text that names it, serialised.
    :ivar at_15: field 15 of a gift message, serialised.
    """

    id: int
    name: str
    diamonds: int
    streak: bool
    piece: bytes
    at_15: bytes


def _only_true(**flags: bool) -> UserIdentity:
    """An identity as TikTok writes it: what is false is left out."""
    identity = UserIdentity()
    for name, value in flags.items():
        if value:
            setattr(identity, name, value)
    return identity


def make_person(rng: random.Random, number: int, pictures: Pictures) -> Person:
    """A new user; the number, from 1, makes the handle unique, and the first ones regulars."""
    nickname = NICKNAMES[number % len(NICKNAMES)]
    unique_id = f"{rng.choice(HANDLES)}{rng.choice(('.', '_', ''))}{number}"
    regular = number <= PEOPLE // 2
    share = number * _GOLDEN % 1
    follower = rng.random() < (0.7 if regular else 0.4)
    friend = follower and rng.random() < 0.1
    identity = _only_true(
        is_gift_giver_of_anchor=share < 0.45,
        is_subscriber_of_anchor=regular and rng.random() < 0.1,
        is_mutual_following_with_anchor=friend,
        is_follower_of_anchor=follower,
        is_moderator_of_anchor=regular and rng.random() < 0.04,
    )
    user_id = (rng.getrandbits(61) | 1 << 62) if rng.random() < 0.8 else rng.getrandbits(33)
    thumb = pictures.portrait(rng, SMALL if regular and number % 4 == 0 else SMALL[:3])
    middle = pictures.portrait(rng, MIDDLE if number % 10 == 0 else MIDDLE[:2])
    sec_uid = "MS4wLjABAAAA" + urlsafe_b64encode(rng.randbytes(48)).decode()
    user = User(
        id=user_id,
        nickname=nickname,
        avatar_thumb=thumb,
        follow_info=FollowInfo(
            following_count=int(rng.lognormvariate(5, 1.2)),
            follower_count=int(rng.lognormvariate(5, 2)),
            follow_status=2 if friend else 1 if follower else None,
        ),
        user_honor=UserHonor(),
        user_attr=UserAttr(is_admin=True) if identity.is_moderator_of_anchor else UserAttr(),
        unique_id=unique_id,
        sec_uid=sec_uid,
        badges=badges_of(
            rng,
            identity,
            pictures,
            rank=number if number in (2, 3) else 0,
            graded=share < (0.15 if regular else 0.03),
            fan=regular and follower and share > 0.9,
        ),
    )
    named = User(id=user_id, nickname=nickname, unique_id=unique_id, sec_uid=sec_uid)
    small = User(
        id=user_id,
        nickname=nickname,
        avatar_thumb=Image(url_list=list(thumb.url_list)[:1], uri=thumb.uri),
        unique_id=unique_id,
    )
    ranked = User(
        id=user_id,
        nickname=nickname,
        avatar_thumb=Image(url_list=list(thumb.url_list)[:2], uri=thumb.uri),
        user_honor=UserHonor(),
        user_attr=UserAttr(),
        link_mic_stats=1,
        unique_id=unique_id,
        sec_uid=sec_uid,
        id_str=str(user_id),
    )
    speaker = User()
    speaker.CopyFrom(user)
    # The pictures of middle size come without a name of their own.
    speaker.avatar_medium.url_list.extend(middle.url_list)
    giver = User()
    giver.CopyFrom(user)
    giver.id_str = str(user_id)
    return Person(
        user_id,
        unique_id,
        nickname,
        user,
        named,
        small,
        ranked,
        identity,
        speaking=WebcastChatMessage(user=speaker).SerializeToString(),
        at_2=WebcastChatMessage(user=user).SerializeToString(),
        at_5=WebcastLikeMessage(user=user).SerializeToString(),
        at_7=WebcastGiftMessage(user=giver).SerializeToString(),
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


def make_gifts(pictures: Pictures) -> tuple[list[CatalogueGift], list[int]]:
    """The catalogue, the same for all who ask, and how often each gift is sent."""
    gifts = []
    for number, name, diamonds, streak, _ in _CATALOGUE:
        rng = random.Random(number)
        shown = pictures.drawing(rng, f"#{rng.getrandbits(24):06X}")
        struct = GiftStruct(
            image=shown,
            describe=f"sent {name}",
            duration=1000 if streak else 4000,
            id=number,
            for_link_mic=True,
            type=1 if streak else 2,
            diamond_count=diamonds,
            is_displayed_on_panel=True,
            name=name,
            icon=shown,
            gift_vertical_scenarios_list=[0],
        )
        if streak:
            struct.combo = True
        named = TextPieceGift(
            gift_id=number,
            name_ref=TextPiecePatternRef(key=f"live_gift_{number}", default_pattern=name),
        )
        piece = TextPiece(type=_GIFT_PIECE, format=GIFT_FORMAT, gift_value=named)
        gifts.append(
            CatalogueGift(
                number,
                name,
                diamonds,
                streak,
                piece.SerializeToString(),
                WebcastGiftMessage(gift=struct).SerializeToString(),
            )
        )
    return gifts, [often for *_, often in _CATALOGUE]
