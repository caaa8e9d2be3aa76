"""What a room pushes, as serialised messages."""

from __future__ import annotations

from google.protobuf import text_format

from tiktoklive.wire.audience_pb2 import (
    WebcastBarrageMessage,
    WebcastLikeMessage,
    WebcastRoomUserSeqMessage,
    WebcastSocialMessage,
)
from tiktoklive.wire.common_pb2 import Image, Text, TextPiece, TextPieceUser, User
from tiktoklive.wire.gifts_pb2 import GiftStruct
from tiktoklive.wire.giving_pb2 import WebcastGiftMessage
from tiktoklive.wire.messages import MESSAGE_TYPES
from tiktoklive.wire.speech_pb2 import WebcastChatMessage, WebcastImDeleteMessage
from tiktoklive.wire.subscription_pb2 import WebcastSubNotifyMessage

#: A picture that is nowhere.
PICTURE = "https://p16.pictures.example/someone.jpeg"


def user(name: str, number: int = 7) -> User:
    """Somebody with a picture."""
    return User(
        id=number, unique_id=f"user{number}", nickname=name, avatar_thumb=Image(url_list=[PICTURE])
    )


def chat(comment: str, name: str = "Bob", number: int = 7) -> tuple[str, bytes]:
    """A comment."""
    message = WebcastChatMessage(user=user(name, number), content=comment)
    return "WebcastChatMessage", message.SerializeToString()


def gift(repeats: int, *, end: bool = False, name: str = "Bob") -> tuple[str, bytes]:
    """A rose, which costs a diamond, in a streak."""
    rose = GiftStruct(
        id=5655, name="Rose", type=1, diamond_count=1, image=Image(url_list=[PICTURE])
    )
    message = WebcastGiftMessage(
        gift_id=5655,
        group_id=99,
        repeat_count=repeats,
        repeat_end=int(end),
        user=user(name),
        gift=rose,
    )
    return "WebcastGiftMessage", message.SerializeToString()


def barrage(pattern: str, name: str = "Bob") -> tuple[str, bytes]:
    """A line that runs over the video."""
    piece = TextPiece(type=11, user_value=TextPieceUser(user=user(name)))
    message = WebcastBarrageMessage(content=Text(default_pattern=pattern, pieces=[piece]))
    return "WebcastBarrageMessage", message.SerializeToString()


def watching(viewers: int) -> tuple[str, bytes]:
    """How many watch."""
    return "WebcastRoomUserSeqMessage", WebcastRoomUserSeqMessage(total=viewers).SerializeToString()


def deletion(*, messages: tuple[int, ...] = (), users: tuple[int, ...] = ()) -> tuple[str, bytes]:
    """Moderation removed these."""
    message = WebcastImDeleteMessage(delete_msg_ids=messages, delete_user_ids=users)
    return "WebcastImDeleteMessage", message.SerializeToString()


def present(
    diamonds: int, group: int, name: str = "Lion", sender: User | None = None
) -> tuple[str, bytes]:
    """One gift of so many diamonds, which is no streak."""
    given = GiftStruct(id=6000 + diamonds, name=name, type=2, diamond_count=diamonds)
    message = WebcastGiftMessage(
        gift_id=given.id,
        group_id=group,
        repeat_count=1,
        repeat_end=1,
        user=sender or user("Bob"),
        gift=given,
    )
    return "WebcastGiftMessage", message.SerializeToString()


def followed(name: str = "Bob", number: int = 7) -> tuple[str, bytes]:
    """Somebody follows the host."""
    shown = Text(key="pm_main_follow_message_viewer_2", default_pattern="{0:user} followed")
    message = WebcastSocialMessage(user=user(name, number), action=1)
    message.common.display_text.CopyFrom(shown)
    return "WebcastSocialMessage", message.SerializeToString()


def super_fan(name: str = "Bob", number: int = 7) -> tuple[str, bytes]:
    """Somebody becomes a super fan."""
    piece = TextPiece(type=11, user_value=TextPieceUser(user=user(name, number)))
    key = "ttlive_superFan_commentNotif_someoneBecameSuperFan"
    line = Text(key=key, default_pattern="{0:user} became a Super Fan", pieces=[piece])
    return "WebcastBarrageMessage", WebcastBarrageMessage(content=line).SerializeToString()


def subscribed(name: str = "Bob", months: int = 3) -> tuple[str, bytes]:
    """Somebody subscribes, not for the first time."""
    message = WebcastSubNotifyMessage(sender=user(name), sub_month=months)
    return "WebcastSubNotifyMessage", message.SerializeToString()


def written(name: str, text: str) -> tuple[str, bytes]:
    """A message in protobuf's text format."""
    method = f"Webcast{name}" if f"Webcast{name}" in MESSAGE_TYPES else f"Webcast{name}Message"
    return method, text_format.Parse(text, MESSAGE_TYPES[method]()).SerializeToString()


def liked(total: int) -> tuple[str, bytes]:
    """Somebody likes the broadcast, which has so many likes then."""
    return "WebcastLikeMessage", WebcastLikeMessage(
        user=user("Bob"), count=5, total=total
    ).SerializeToString()


def poll() -> tuple[str, bytes]:
    """A poll with some votes."""
    options = "".join(
        f"option_list {{ display_content: '{text}' votes: {votes} }} "
        for text, votes in (("Soup", 63), ("Dumplings", 121), ("Only dessert", 17))
    )
    return written("Poll", f"poll_id: 62 start_content {{ {options} title: 'What is next?' }}")
