"""
Which event a message becomes: wire name to event class.

The 14 classic types and the derived events have classes of their own; every other
type that the schema knows gets a class with its right name and nothing else, whose
fields are those of its ``message``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from google.protobuf.message import Message

from tiktoklive.events import audience, battle, control, giving, room, speech, streak
from tiktoklive.events.base import NOWHERE, Event, MessageEvent, Origin, snake_case
from tiktoklive.wire.messages import MESSAGE_TYPES, decode_message

#: Event names of the types without a class of their own: those that clients of this
#: service made known.  ``hourlyRank`` has two wire types, an older and a newer one.
_GENERIC: Mapping[str, str] = {
    "WebcastAccessControlMessage": "accessControl",
    "WebcastAccessRecallMessage": "accessRecall",
    "WebcastAlertBoxAuditResultMessage": "alertBoxAuditResult",
    "WebcastBarrageMessage": "barrage",
    "WebcastBindingGiftMessage": "bindingGift",
    "WebcastBoostCardMessage": "boostCard",
    "WebcastBottomMessage": "bottomMessage",
    "WebcastCapsuleMessage": "capsule",
    "WebcastCaptionMessage": "captionMessage",
    "WebcastGameRankNotifyMessage": "gameRankNotify",
    "WebcastGiftBroadcastMessage": "giftBroadcast",
    "WebcastGiftDynamicRestrictionMessage": "giftDynamicRestriction",
    "WebcastGiftPanelUpdateMessage": "giftPanelUpdate",
    "WebcastGiftPromptMessage": "giftPrompt",
    "WebcastGoalUpdateMessage": "goalUpdate",
    "WebcastGuideMessage": "guide",
    "WebcastHourlyRankMessage": "hourlyRank",
    "WebcastHourlyRankRewardMessage": "hourlyRank",
    "WebcastImDeleteMessage": "imDelete",
    "WebcastInRoomBannerMessage": "inRoomBanner",
    "WebcastLinkLayerMessage": "linkLayer",
    "WebcastLinkMessage": "linkMessage",
    "WebcastLinkMicBattleItemCard": "linkMicBattleItemCard",
    "WebcastLinkMicBattlePunishFinish": "linkMicBattlePunishFinish",
    "WebcastLinkMicFanTicketMethod": "linkMicFanTicketMethod",
    "WebcastLinkMicLayoutStateMessage": "linkMicLayoutState",
    "WebcastLinkMicMethod": "linkMicMethod",
    "WebcastLinkStateMessage": "linkState",
    "WebcastLinkmicBattleTaskMessage": "linkMicBattleTask",
    "WebcastLiveGameIntroMessage": "liveGameIntro",
    "WebcastMarqueeAnnouncementMessage": "marqueeAnnouncement",
    "WebcastMsgDetectMessage": "msgDetect",
    "WebcastNoticeMessage": "notice",
    "WebcastNotifyMessage": "notify",
    "WebcastOecLiveShoppingMessage": "oecLiveShopping",
    "WebcastPartnershipDropsUpdateMessage": "partnershipDropsUpdate",
    "WebcastPartnershipGameOfflineMessage": "partnershipGameOffline",
    "WebcastPartnershipPunishMessage": "partnershipPunish",
    "WebcastPerceptionMessage": "perception",
    "WebcastPollMessage": "pollMessage",
    "WebcastRankTextMessage": "rankText",
    "WebcastRankUpdateMessage": "rankUpdate",
    "WebcastRoomMessage": "roomMessage",
    "WebcastRoomNotifyMessage": "roomNotify",
    "WebcastRoomPinMessage": "roomPin",
    "WebcastRoomVerifyMessage": "roomVerify",
    "WebcastSpeakerMessage": "speaker",
    "WebcastSubCapsuleMessage": "subCapsule",
    "WebcastSubPinEventMessage": "subPinEvent",
    "WebcastSubscriptionNotifyMessage": "subscriptionNotify",
    "WebcastSystemMessage": "system",
    "WebcastToastMessage": "toast",
    "WebcastUnauthorizedMemberMessage": "unauthorizedMember",
    "WebcastViewerPicksUpdateMessage": "viewerPicksUpdate",
}

_TYPED: tuple[type[MessageEvent], ...] = (
    audience.Like,
    audience.Member,
    audience.RoomUser,
    audience.Social,
    audience.Subscribe,
    battle.LinkMicArmies,
    battle.LinkMicBattle,
    giving.Envelope,
    giving.Gift,
    room.Control,
    speech.Chat,
    speech.EmoteChat,
    speech.LiveIntro,
    speech.QuestionNew,
)

_CONTROL: tuple[type[Event], ...] = (
    audience.Follow,
    audience.Share,
    control.Connected,
    control.DecodedData,
    control.Disconnected,
    control.Error,
    control.Gap,
    control.RawData,
    control.Reconnecting,
    control.Renamed,
    control.StreamEnd,
    control.WebsocketConnected,
    streak.GiftStreak,
)


class Row(NamedTuple):
    """How a message of one wire name is decoded, and what it becomes."""

    message_class: type[Message]
    event_class: type[MessageEvent]


def _generic(method: str, name: str) -> type[MessageEvent]:
    body = {
        "__slots__": (),
        "__doc__": f"A {method}; see its ``message``.",
        "__module__": __name__,
        "name": name,
        "method": method,
    }
    return type(name[0].upper() + name[1:], (MessageEvent,), body)


def _rows() -> dict[str, Row]:
    classes = {cls.method: cls for cls in _TYPED}
    classes |= {method: _generic(method, name) for method, name in _GENERIC.items()}
    # By the type's own name, so that other wire names of the same type find its class too.
    return {
        method: Row(kind, classes[kind.DESCRIPTOR.name]) for method, kind in MESSAGE_TYPES.items()
    }


#: Wire name to row.
ROWS: Mapping[str, Row] = _rows()

#: Observer method (snake_case) to event name (camelCase), of all events there are.
METHODS: Mapping[str, str] = {
    snake_case(cls.name): cls.name
    for cls in (*(row.event_class for row in ROWS.values()), *_CONTROL)
}


def decode(
    method: str,
    payload: bytes,
    *,
    number: int = 0,
    is_history: bool = False,
    origin: Origin = NOWHERE,
) -> MessageEvent | control.RawData:
    """
    The event of a message, without any connection.

    :param method: the wire name: ``WebcastChatMessage``.
    :param payload: the message's bytes.
    :param number: the message id, if known.
    :return: the event; :class:`~tiktoklive.events.control.RawData` when nobody knows the name.
    :raise MessageError: the payload does not decode as that type.
    """
    message = decode_message(method, payload)
    if message is None:
        return control.RawData(method, payload, number, is_history, origin)
    return ROWS[method].event_class(message, payload, number, is_history, origin)
