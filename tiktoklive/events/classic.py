"""
The JSON shapes that the 1.x library made known, exactly.

One function per message type, each a straight list of the fields that 1.x knew.  Python's
``dict`` keeps the order in which keys are added, which is 1.x's order for payloads whose fields
ascend; :func:`to_json` then gives the same text.

What 1.x read otherwise than today's schema says, and is kept: integers of 32 bits wrap; where
today's schema has a list and 1.x had a single text or object, the last one counts.

One thing differs.  When a payload repeats a single sub-message, 1.x took the last, and protobuf
merges them as its specification asks.  No server is known to send such a payload.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tiktoklive.events.jsontext import parse_object, to_json
from tiktoklive.events.numbers import number, wrap32
from tiktoklive.events.pictures import last_url
from tiktoklive.events.user import add_nobody, add_user, battle_user_attributes, user_attributes
from tiktoklive.wire import audience_pb2, battle_pb2, giving_pb2, room_pb2, speech_pb2
from tiktoklive.wire import common_pb2 as common
from tiktoklive.wire import gifts_pb2 as gifts
from tiktoklive.wire import subscription_pb2 as subscription
from tiktoklive.wire.text import text

__all__ = ["CLASSIC", "as_classic", "to_json"]

_Shape = dict[str, Any]


def as_classic(
    method: str, message: Any, extended_gift_info: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """
    The 1.x JSON object of a message.

    The events that 1.x derived have the object of their message: ``follow`` and ``share`` that
    of ``WebcastSocialMessage``, ``streamEnd`` that of ``WebcastControlMessage``.

    :param method: one of the 14 wire names in :data:`CLASSIC`.
    :param message: the decoded message of that type.
    :param extended_gift_info: the entry of the gift catalogue that belongs to a gift message.
    :return: a new object, ready for :func:`json.dumps`.
    :raise KeyError: when 1.x had no shape for ``method``.
    """
    shape = CLASSIC[method](message)
    if extended_gift_info is not None:
        shape["extendedGiftInfo"] = extended_gift_info
    return shape


def _add_header(shape: _Shape, header: common.Common) -> None:
    """``msgId`` and ``createTime``, also when absent, and the line that TikTok shows."""
    msg_id = header.msg_id
    if not msg_id and header.HasField("create_time") and not header.HasField("msg_id"):
        shape["createTime"] = str(header.create_time)
        shape["msgId"] = "0"
    else:
        shape["msgId"] = str(msg_id)
        shape["createTime"] = str(header.create_time)
    line = header.display_text
    if (key := line.key) or header.HasField("display_text"):
        if key or line.HasField("key"):
            shape["displayType"] = key if key.__class__ is str else text(key)
        if (label := line.default_pattern) or line.HasField("default_pattern"):
            shape["label"] = label if label.__class__ is str else text(label)


def _add_emote(shape: _Shape, emote: common.Emote) -> None:
    shape["emoteId"] = text(emote.emote_id)
    if emote.HasField("image"):
        shape["emoteImageUrl"] = last_url(emote.image)


def _control(message: room_pb2.WebcastControlMessage) -> _Shape:
    return {"action": message.action} if message.HasField("action") else {}


def _room_user(message: audience_pb2.WebcastRoomUserSeqMessage) -> _Shape:
    shape: _Shape = {
        "topViewers": [
            {
                "user": user_attributes(viewer.user) if viewer.HasField("user") else None,
                "coinCount": number(viewer.score),
            }
            for viewer in message.ranks
        ]
    }
    if message.HasField("total"):
        shape["viewerCount"] = wrap32(message.total)
    return shape


def _chat(message: speech_pb2.WebcastChatMessage) -> _Shape:
    emotes: list[_Shape] = []
    shape: _Shape = {"emotes": emotes}
    if places := message.emotes:
        for place in places:
            emote: _Shape = {}
            if place.HasField("emote"):
                _add_emote(emote, place.emote)
            emote["placeInComment"] = wrap32(place.index)
            emotes.append(emote)
    if (content := message.content) or message.HasField("content"):
        shape["comment"] = content if content.__class__ is str else text(content)
    if (user := message.user).id or message.HasField("user"):
        add_user(shape, user)
    if (header := message.common).msg_id or message.HasField("common"):
        _add_header(shape, header)
    return shape


def _member(message: audience_pb2.WebcastMemberMessage) -> _Shape:
    shape: _Shape = {}
    if (action := message.action) or message.HasField("action"):
        shape["actionId"] = action
    if (user := message.user).id or message.HasField("user"):
        add_user(shape, user)
    if (header := message.common).msg_id or message.HasField("common"):
        _add_header(shape, header)
    return shape


def _social(message: audience_pb2.WebcastSocialMessage) -> _Shape:
    shape: _Shape = {}
    if (user := message.user).id or message.HasField("user"):
        add_user(shape, user)
    if (header := message.common).msg_id or message.HasField("common"):
        _add_header(shape, header)
    return shape


def _like(message: audience_pb2.WebcastLikeMessage) -> _Shape:
    shape: _Shape = {}
    if (count := message.count) or message.HasField("count"):
        shape["likeCount"] = wrap32(count)
    if (total := message.total) or message.HasField("total"):
        shape["totalLikeCount"] = wrap32(total)
    if (user := message.user).id or message.HasField("user"):
        add_user(shape, user)
    if (header := message.common).msg_id or message.HasField("common"):
        _add_header(shape, header)
    return shape


def _gift(message: giving_pb2.WebcastGiftMessage) -> _Shape:
    gift_id = wrap32(message.gift_id)
    if gift_id == 0:
        return _unknown_gift(message)
    shape: _Shape = {"giftId": gift_id}
    # Whether a field is there needs asking only when it reads as empty.
    repeat_count = wrap32(message.repeat_count)
    if repeat_count or message.HasField("repeat_count"):
        shape["repeatCount"] = repeat_count
    repeat_end = message.repeat_end != 0
    if repeat_end or message.HasField("repeat_end"):
        shape["repeatEnd"] = repeat_end
    if (group_id := message.group_id) or message.HasField("group_id"):
        shape["groupId"] = str(group_id)
    if (monitor_extra := text(message.monitor_extra)) or message.HasField("monitor_extra"):
        parsed = parse_object(monitor_extra)
        shape["monitorExtra"] = monitor_extra if parsed is None else parsed
    if (user := message.user).id or message.HasField("user"):
        add_user(shape, user)
    if (header := message.common).msg_id or message.HasField("common"):
        _add_header(shape, header)
    # 1.x adds these two where they were absent: keys that exist keep their places.
    shape["repeatEnd"] = repeat_end
    gift: _Shape = {
        "gift_id": gift_id,
        "repeat_count": repeat_count,
        "repeat_end": 1 if repeat_end else 0,
    }
    shape["gift"] = gift
    if message.HasField("gift"):
        details = message.gift
        gift["gift_type"] = details.type
        _add_gift_details(shape, details)
        if urls := details.image.url_list:
            shape["giftPictureUrl"] = text(urls[-1])
    if message.HasField("gift_extra"):
        extra = message.gift_extra
        sent_at = extra.send_gift_send_message_success_ms
        if sent_at or extra.HasField("send_gift_send_message_success_ms"):
            shape["timestamp"] = number(sent_at)
        if (receiver := extra.to_user_id) or extra.HasField("to_user_id"):
            shape["receiverUserId"] = str(receiver)
    if "groupId" not in shape:
        shape["groupId"] = "0"
    return shape


def _add_gift_details(shape: _Shape, details: gifts.GiftStruct) -> None:
    if (describe := details.describe) or details.HasField("describe"):
        shape["describe"] = text(describe)
    if (gift_type := details.type) or details.HasField("type"):
        shape["giftType"] = gift_type
    if (diamond_count := details.diamond_count) or details.HasField("diamond_count"):
        shape["diamondCount"] = diamond_count
    if (name := details.name) or details.HasField("name"):
        shape["giftName"] = text(name)


def _unknown_gift(message: giving_pb2.WebcastGiftMessage) -> _Shape:
    """A gift without an id: 1.x leaves the object as it was decoded."""
    shape: _Shape = {}
    if message.HasField("gift_id"):
        shape["giftId"] = 0
    if message.HasField("repeat_count"):
        shape["repeatCount"] = wrap32(message.repeat_count)
    if message.HasField("repeat_end"):
        shape["repeatEnd"] = message.repeat_end
    if message.HasField("group_id"):
        shape["groupId"] = _halves(message.group_id)
    if message.HasField("gift"):
        shape["giftDetails"] = details = {}
        if message.gift.HasField("image"):
            urls = message.gift.image.url_list
            details["giftImage"] = {"giftPictureUrl": text(urls[-1])} if urls else {}
        _add_gift_details(details, message.gift)
    if message.HasField("monitor_extra"):
        shape["monitorExtra"] = text(message.monitor_extra)
    if message.HasField("gift_extra"):
        shape["giftExtra"] = extra = {}
        if message.gift_extra.HasField("send_gift_send_message_success_ms"):
            extra["timestamp"] = str(message.gift_extra.send_gift_send_message_success_ms)
        if message.gift_extra.HasField("to_user_id"):
            extra["receiverUserId"] = str(message.gift_extra.to_user_id)
    if (user := message.user).id or message.HasField("user"):
        add_user(shape, user)
    if (header := message.common).msg_id or message.HasField("common"):
        _add_header(shape, header)
    return shape


def _halves(value: int) -> dict[str, int | bool]:
    """A 64-bit integer that 1.x forgot to turn into a text."""
    return {"low": wrap32(value), "high": wrap32(value >> 32), "unsigned": True}


def _question(message: speech_pb2.WebcastQuestionNewMessage) -> _Shape:
    shape: _Shape = {}
    if message.HasField("details"):
        details = message.details
        if details.HasField("question_text"):
            shape["questionText"] = text(details.question_text)
        if details.HasField("user"):
            add_user(shape, details.user)
    return shape


def _battle(message: battle_pb2.WebcastLinkMicBattle) -> _Shape:
    return {
        "battleUsers": [
            battle_user_attributes(entry.value.user)
            for entry in message.anchor_info
            if entry.value.HasField("user")
        ]
    }


def _armies(message: battle_pb2.WebcastLinkMicArmies) -> _Shape:
    shape: _Shape = {}
    if message.HasField("trigger_reason"):
        shape["battleStatus"] = message.trigger_reason
    shape["battleArmies"] = [
        {
            "hostUserId": str(entry.key),
            "points": wrap32(side.host_score),
            "participants": [_supporter(army) for army in side.user_army],
        }
        for entry in message.armies
        for side in entry.value
    ]
    return shape


def _supporter(army: battle_pb2.BattleUserArmy) -> _Shape:
    """
    1.x read supporters as users.

    Their ids and nicknames have the same numbers there; the rest of a user survives as unknown
    fields when a server does send it, and today's other fields don't fit a user's.
    """
    return user_attributes(common.User.FromString(army.SerializeToString()))


def _emote(message: speech_pb2.WebcastEmoteChatMessage) -> _Shape:
    shape: _Shape = {}
    if (user := message.user).id or message.HasField("user"):
        add_user(shape, user)
    if message.emotes:
        _add_emote(shape, message.emotes[-1])
    return shape


def _live_intro(message: speech_pb2.WebcastLiveIntroMessage) -> _Shape:
    shape: _Shape = {}
    if message.HasField("room_id"):
        shape["id"] = _halves(message.room_id)
    if message.HasField("content"):
        shape["description"] = text(message.content)
    if message.HasField("host"):
        add_user(shape, message.host)
    return shape


def _envelope(message: giving_pb2.WebcastEnvelopeMessage) -> _Shape:
    shape: _Shape = {}
    if message.HasField("common"):
        # Only the first piece of the line that TikTok shows can be the sender.
        pieces = message.common.display_text.pieces
        if pieces and pieces[0].user_value.HasField("user"):
            add_user(shape, pieces[0].user_value.user)
        else:
            add_nobody(shape)
    if message.HasField("envelope_info"):
        info = message.envelope_info
        if info.HasField("diamond_count"):
            shape["coins"] = info.diamond_count & 0xFFFF_FFFF
        if info.HasField("people_count"):
            shape["canOpen"] = info.people_count & 0xFFFF_FFFF
        shape["timestamp"] = number(info.unpack_at) if info.HasField("unpack_at") else None
    return shape


def _subscribe(message: subscription.WebcastSubNotifyMessage) -> _Shape:
    shape: _Shape = {}
    if message.HasField("exhibition_type"):
        shape["exhibitionType"] = message.exhibition_type
    if message.HasField("sub_month"):
        shape["subMonth"] = wrap32(message.sub_month)
    if message.HasField("subscribe_type"):
        shape["subscribeType"] = message.subscribe_type
    if message.HasField("old_subscribe_status"):
        shape["oldSubscribeStatus"] = message.old_subscribe_status
    if message.HasField("subscribing_status"):
        shape["subscribingStatus"] = message.subscribing_status
    if message.HasField("sender"):
        add_user(shape, message.sender)
    if (header := message.common).msg_id or message.HasField("common"):
        _add_header(shape, header)
    return shape


#: Wire name to the function that makes the 1.x object of a decoded message.
CLASSIC: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "WebcastControlMessage": _control,
    "WebcastRoomUserSeqMessage": _room_user,
    "WebcastChatMessage": _chat,
    "WebcastMemberMessage": _member,
    "WebcastGiftMessage": _gift,
    "WebcastSocialMessage": _social,
    "WebcastLikeMessage": _like,
    "WebcastQuestionNewMessage": _question,
    "WebcastLinkMicBattle": _battle,
    "WebcastLinkMicArmies": _armies,
    "WebcastEmoteChatMessage": _emote,
    "WebcastLiveIntroMessage": _live_intro,
    "WebcastEnvelopeMessage": _envelope,
    "WebcastSubNotifyMessage": _subscribe,
}
