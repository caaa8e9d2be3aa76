"""A busy room: random messages with the fields and sizes of real ones."""

from __future__ import annotations

import json
import random
from typing import Any

from google.protobuf.message import Message

from tiktoklive.wire import common_pb2
from tiktoklive.wire.messages import MESSAGE_TYPES

#: Wire names to their share in a hundred messages.
MIX = {
    "WebcastChatMessage": 35,
    "WebcastLikeMessage": 20,
    "WebcastMemberMessage": 20,
    "WebcastGiftMessage": 10,
    "WebcastSocialMessage": 5,
    "WebcastRoomUserSeqMessage": 3,
    "WebcastQuestionNewMessage": 2,
    "WebcastEmoteChatMessage": 2,
    "WebcastLinkMicArmies": 1,
    "WebcastEnvelopeMessage": 1,
    "WebcastSubNotifyMessage": 1,
}

_WORDS = "hello love this song where are you from wow 😍 great تحية こんにちは Grüße lol".split()


def make_message(method: str, chance: random.Random) -> Message:
    """A message of one of the types in :data:`MIX`."""
    message: Any = MESSAGE_TYPES[method]()
    common = message.common
    common.method = method
    common.msg_id = chance.getrandbits(63)
    common.room_id = 7137682087200557829
    common.create_time = 1_700_000_000_000 + chance.randrange(10**9)
    common.is_show_msg = True
    _FILL[method](message, chance)
    return message


def _picture(image: common_pb2.Image, chance: random.Random) -> None:
    name = f"{chance.getrandbits(128):032x}"
    for host, kind in (("p16", "webp"), ("p77", "webp"), ("p16", "jpeg")):
        image.url_list.append(
            f"https://{host}-sign.pictures.example/tos-avt-0068/{name}~c5_100x100.{kind}"
            f"?x-expires=1700000000&x-signature={chance.getrandbits(96):024x}"
        )
    image.uri = f"100x100/tos-avt-0068/{name}"


def _user(user: common_pb2.User, chance: random.Random, badges: int = 1) -> None:
    user.id = chance.getrandbits(62)
    user.nickname = " ".join(chance.choices(_WORDS, k=2))
    _picture(user.avatar_thumb, chance)
    user.follow_info.following_count = chance.randrange(5000)
    user.follow_info.follower_count = chance.randrange(5000)
    user.follow_info.follow_status = chance.randrange(3)
    user.unique_id = f"user{chance.randrange(10**9)}"
    user.sec_uid = f"MS4wLjABAAAA{chance.getrandbits(256):064x}"
    for _ in range(badges):
        badge = user.badges.add(display_type=4, badge_scene=chance.choice((6, 8, 10)))
        badge.log_extra.privilege_id = str(chance.getrandbits(62))
        badge.log_extra.level = str(chance.randrange(1, 50))
        badge.combine.icon.url_list.append("https://p16.pictures.example/webcast-va/grade_1.png")
        badge.combine.icon.uri = "webcast-va/grade_badge_icon_lite_lv10_v1.png"
        badge.combine.str = badge.log_extra.level
        badge.combine.background.background_color_code = "#99567BC1"


def _line(message: Any, key: str, pattern: str, chance: random.Random) -> None:
    line = message.common.display_text
    line.key = key
    line.default_pattern = pattern
    line.default_format.color = "#ffffffff"
    line.default_format.weight = 400
    piece = line.pieces.add(type=11)
    piece.user_value.user.id = message.user.id
    piece.user_value.user.nickname = message.user.nickname
    _picture(piece.user_value.user.avatar_thumb, chance)


def _chat(message: Any, chance: random.Random) -> None:
    _user(message.user, chance, badges=2)
    message.content = " ".join(chance.choices(_WORDS, k=chance.randrange(1, 12)))
    message.content_language = "en"
    if chance.random() < 0.1:
        place = message.emotes.add(index=0)
        place.emote.emote_id = str(chance.getrandbits(62))
        _picture(place.emote.image, chance)


def _like(message: Any, chance: random.Random) -> None:
    _user(message.user, chance)
    message.count = chance.randrange(1, 16)
    message.total = chance.randrange(10**6)
    _line(message, "pm_mt_msg_viewer", "{0:user} liked the LIVE", chance)


def _member(message: Any, chance: random.Random) -> None:
    _user(message.user, chance)
    message.member_count = chance.randrange(10**4)
    message.action = 1
    _line(message, "live_room_enter_toast", "{0:user} joined", chance)


def _social(message: Any, chance: random.Random) -> None:
    _user(message.user, chance)
    message.action = 1
    _line(message, "pm_main_follow_message_viewer_2", "{0:user} followed the host", chance)


def _gift(message: Any, chance: random.Random) -> None:
    _user(message.user, chance)
    _line(message, "pm_mt_gift_guide", "{0:user} sent {1:gift}", chance)
    message.gift_id = 5655
    message.repeat_count = chance.randrange(1, 99)
    message.group_id = chance.getrandbits(40)
    message.repeat_end = chance.randrange(2)
    _picture(message.gift.image, chance)
    message.gift.describe = "sent Rose"
    message.gift.id = 5655
    message.gift.type = 1
    message.gift.diamond_count = 1
    message.gift.name = "Rose"
    message.monitor_extra = json.dumps(
        {
            "anchor_id": chance.getrandbits(62),
            "from_idc": "maliva",
            "from_user_id": chance.getrandbits(62),
            "gift_id": 5655,
            "gift_type": 1,
            "log_id": f"2024{chance.getrandbits(100)}",
            "msg_id": chance.getrandbits(62),
            "repeat_count": message.repeat_count,
            "repeat_end": message.repeat_end,
            "room_id": 7137682087200557829,
            "send_gift_profit_core_start_ms": 0,
            "send_gift_send_message_success_ms": 1_700_000_000_000,
            "to_user_id": chance.getrandbits(62),
        }
    )
    message.gift_extra.send_gift_send_message_success_ms = 1_700_000_000_000
    message.gift_extra.to_user_id = chance.getrandbits(62)


def _room_user(message: Any, chance: random.Random) -> None:
    for rank in range(1, 4):
        viewer = message.ranks.add(score=chance.randrange(10**5), rank=rank)
        _user(viewer.user, chance)
    message.total = chance.randrange(10**5)


def _question(message: Any, chance: random.Random) -> None:
    message.details.question_text = " ".join(chance.choices(_WORDS, k=8))
    _user(message.details.user, chance)


def _emote(message: Any, chance: random.Random) -> None:
    _user(message.user, chance)
    emote = message.emotes.add(emote_id=str(chance.getrandbits(62)))
    _picture(emote.image, chance)


def _armies(message: Any, chance: random.Random) -> None:
    message.battle_id = chance.getrandbits(62)
    message.trigger_reason = 1
    for _ in range(2):
        side = message.armies.add(key=chance.getrandbits(62)).value.add()
        side.host_score = chance.randrange(10**5)
        for _ in range(3):
            army = side.user_army.add(user_id=chance.getrandbits(62), score=5, nickname="wow")
            _picture(army.avatar_thumb, chance)


def _envelope(message: Any, chance: random.Random) -> None:
    piece = message.common.display_text.pieces.add(type=11)
    _user(piece.user_value.user, chance)
    message.envelope_info.diamond_count = 100
    message.envelope_info.people_count = 10
    message.envelope_info.unpack_at = 1_700_000_000


def _subscribe(message: Any, chance: random.Random) -> None:
    _user(message.sender, chance)
    message.exhibition_type = 1
    message.sub_month = 3


_FILL = {
    "WebcastChatMessage": _chat,
    "WebcastLikeMessage": _like,
    "WebcastMemberMessage": _member,
    "WebcastGiftMessage": _gift,
    "WebcastSocialMessage": _social,
    "WebcastRoomUserSeqMessage": _room_user,
    "WebcastQuestionNewMessage": _question,
    "WebcastEmoteChatMessage": _emote,
    "WebcastLinkMicArmies": _armies,
    "WebcastEnvelopeMessage": _envelope,
    "WebcastSubNotifyMessage": _subscribe,
}
