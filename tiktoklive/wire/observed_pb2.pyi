from tiktoklive.wire import common_pb2 as _common_pb2
from tiktoklive.wire import gifts_pb2 as _gifts_pb2
from tiktoklive.wire import speech_pb2 as _speech_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class WebcastQuestionSelectedMessage(_message.Message):
    __slots__ = ("common", "question")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    question: _speech_pb2.Question
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., question: _Optional[_Union[_speech_pb2.Question, _Mapping]] = ...) -> None: ...

class WebcastQuestionSlideDownMessage(_message.Message):
    __slots__ = ("common", "question_id")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    question_id: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., question_id: _Optional[int] = ...) -> None: ...

class WebcastQuestionDeleteMessage(_message.Message):
    __slots__ = ("common", "question_id", "user_id")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    question_id: int
    user_id: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., question_id: _Optional[int] = ..., user_id: _Optional[int] = ...) -> None: ...

class WebcastPictionaryStartMessage(_message.Message):
    __slots__ = ("common", "round")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    round: PictionaryRound
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., round: _Optional[_Union[PictionaryRound, _Mapping]] = ...) -> None: ...

class PictionaryRound(_message.Message):
    __slots__ = ("pictionary_id", "unknown_3", "start_time", "end_time", "unknown_6")
    PICTIONARY_ID_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_3_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_6_FIELD_NUMBER: _ClassVar[int]
    pictionary_id: int
    unknown_3: int
    start_time: int
    end_time: int
    unknown_6: int
    def __init__(self, pictionary_id: _Optional[int] = ..., unknown_3: _Optional[int] = ..., start_time: _Optional[int] = ..., end_time: _Optional[int] = ..., unknown_6: _Optional[int] = ...) -> None: ...

class WebcastPictionaryUpdateMessage(_message.Message):
    __slots__ = ("common", "count", "pictionary_id")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    PICTIONARY_ID_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    count: int
    pictionary_id: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., count: _Optional[int] = ..., pictionary_id: _Optional[int] = ...) -> None: ...

class WebcastPictionaryEndMessage(_message.Message):
    __slots__ = ("common", "pictionary_id", "word", "count")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    PICTIONARY_ID_FIELD_NUMBER: _ClassVar[int]
    WORD_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    pictionary_id: int
    word: str
    count: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., pictionary_id: _Optional[int] = ..., word: _Optional[str] = ..., count: _Optional[int] = ...) -> None: ...

class WebcastPictionaryExitMessage(_message.Message):
    __slots__ = ("common", "pictionary_id", "reason")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    PICTIONARY_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    pictionary_id: int
    reason: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., pictionary_id: _Optional[int] = ..., reason: _Optional[int] = ...) -> None: ...

class WebcastRoomStickerMessage(_message.Message):
    __slots__ = ("common", "sticker")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    STICKER_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    sticker: RoomSticker
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., sticker: _Optional[_Union[RoomSticker, _Mapping]] = ...) -> None: ...

class RoomSticker(_message.Message):
    __slots__ = ("sticker_id", "name", "type", "text", "font_size", "text_color", "image", "preview", "x", "y", "screen_width", "screen_height", "unknown_13", "unknown_14", "unknown_15", "unknown_16", "unknown_17")
    STICKER_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    FONT_SIZE_FIELD_NUMBER: _ClassVar[int]
    TEXT_COLOR_FIELD_NUMBER: _ClassVar[int]
    IMAGE_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_FIELD_NUMBER: _ClassVar[int]
    X_FIELD_NUMBER: _ClassVar[int]
    Y_FIELD_NUMBER: _ClassVar[int]
    SCREEN_WIDTH_FIELD_NUMBER: _ClassVar[int]
    SCREEN_HEIGHT_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_13_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_14_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_15_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_16_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_17_FIELD_NUMBER: _ClassVar[int]
    sticker_id: int
    name: str
    type: int
    text: str
    font_size: int
    text_color: str
    image: _common_pb2.Image
    preview: _common_pb2.Image
    x: int
    y: int
    screen_width: int
    screen_height: int
    unknown_13: int
    unknown_14: int
    unknown_15: int
    unknown_16: int
    unknown_17: int
    def __init__(self, sticker_id: _Optional[int] = ..., name: _Optional[str] = ..., type: _Optional[int] = ..., text: _Optional[str] = ..., font_size: _Optional[int] = ..., text_color: _Optional[str] = ..., image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., preview: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., x: _Optional[int] = ..., y: _Optional[int] = ..., screen_width: _Optional[int] = ..., screen_height: _Optional[int] = ..., unknown_13: _Optional[int] = ..., unknown_14: _Optional[int] = ..., unknown_15: _Optional[int] = ..., unknown_16: _Optional[int] = ..., unknown_17: _Optional[int] = ...) -> None: ...

class WebcastDonationStickerModifyMethod(_message.Message):
    __slots__ = ("common", "sticker")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    STICKER_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    sticker: DonationSticker
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., sticker: _Optional[_Union[DonationSticker, _Mapping]] = ...) -> None: ...

class DonationSticker(_message.Message):
    __slots__ = ("campaign_id", "unknown_3", "organisation", "screen_height", "x", "screen_width", "y")
    CAMPAIGN_ID_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_3_FIELD_NUMBER: _ClassVar[int]
    ORGANISATION_FIELD_NUMBER: _ClassVar[int]
    SCREEN_HEIGHT_FIELD_NUMBER: _ClassVar[int]
    X_FIELD_NUMBER: _ClassVar[int]
    SCREEN_WIDTH_FIELD_NUMBER: _ClassVar[int]
    Y_FIELD_NUMBER: _ClassVar[int]
    campaign_id: int
    unknown_3: int
    organisation: DonationOrganisation
    screen_height: int
    x: int
    screen_width: int
    y: int
    def __init__(self, campaign_id: _Optional[int] = ..., unknown_3: _Optional[int] = ..., organisation: _Optional[_Union[DonationOrganisation, _Mapping]] = ..., screen_height: _Optional[int] = ..., x: _Optional[int] = ..., screen_width: _Optional[int] = ..., y: _Optional[int] = ...) -> None: ...

class DonationOrganisation(_message.Message):
    __slots__ = ("name", "description", "detail_url", "donate_url", "logo", "organisation_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    DETAIL_URL_FIELD_NUMBER: _ClassVar[int]
    DONATE_URL_FIELD_NUMBER: _ClassVar[int]
    LOGO_FIELD_NUMBER: _ClassVar[int]
    ORGANISATION_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    description: str
    detail_url: str
    donate_url: str
    logo: _common_pb2.Image
    organisation_id: str
    def __init__(self, name: _Optional[str] = ..., description: _Optional[str] = ..., detail_url: _Optional[str] = ..., donate_url: _Optional[str] = ..., logo: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., organisation_id: _Optional[str] = ...) -> None: ...

class WebcastSubTimerStickerMessage(_message.Message):
    __slots__ = ("common", "sticker")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    STICKER_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    sticker: SubTimerSticker
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., sticker: _Optional[_Union[SubTimerSticker, _Mapping]] = ...) -> None: ...

class SubTimerSticker(_message.Message):
    __slots__ = ("status", "timer_id", "unknown_4", "title", "unknown_6", "unknown_8", "duration", "remaining", "update_time", "x", "y", "screen_width", "screen_height")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    TIMER_ID_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_4_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_6_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_8_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    REMAINING_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    X_FIELD_NUMBER: _ClassVar[int]
    Y_FIELD_NUMBER: _ClassVar[int]
    SCREEN_WIDTH_FIELD_NUMBER: _ClassVar[int]
    SCREEN_HEIGHT_FIELD_NUMBER: _ClassVar[int]
    status: int
    timer_id: int
    unknown_4: int
    title: str
    unknown_6: str
    unknown_8: int
    duration: int
    remaining: int
    update_time: int
    x: int
    y: int
    screen_width: int
    screen_height: int
    def __init__(self, status: _Optional[int] = ..., timer_id: _Optional[int] = ..., unknown_4: _Optional[int] = ..., title: _Optional[str] = ..., unknown_6: _Optional[str] = ..., unknown_8: _Optional[int] = ..., duration: _Optional[int] = ..., remaining: _Optional[int] = ..., update_time: _Optional[int] = ..., x: _Optional[int] = ..., y: _Optional[int] = ..., screen_width: _Optional[int] = ..., screen_height: _Optional[int] = ...) -> None: ...

class WebcastHashtagMessage(_message.Message):
    __slots__ = ("common", "hashtag")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    HASHTAG_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    hashtag: RoomHashtag
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., hashtag: _Optional[_Union[RoomHashtag, _Mapping]] = ...) -> None: ...

class RoomHashtag(_message.Message):
    __slots__ = ("hashtag_id", "title", "image")
    HASHTAG_ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    IMAGE_FIELD_NUMBER: _ClassVar[int]
    hashtag_id: int
    title: str
    image: _common_pb2.Image
    def __init__(self, hashtag_id: _Optional[int] = ..., title: _Optional[str] = ..., image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ...) -> None: ...

class WebcastInRoomBannerRefreshMessage(_message.Message):
    __slots__ = ("common", "unknown_2")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_2_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    unknown_2: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., unknown_2: _Optional[int] = ...) -> None: ...

class WebcastAnchorToolModificationMessage(_message.Message):
    __slots__ = ("common", "tool")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    TOOL_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    tool: AnchorTool
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., tool: _Optional[_Union[AnchorTool, _Mapping]] = ...) -> None: ...

class AnchorTool(_message.Message):
    __slots__ = ("unknown_1", "anchor_id", "effect_id", "effect_name", "unknown_5", "unknown_6", "unknown_8", "start_time", "update_time", "unknown_12", "panel", "unknown_23", "scene")
    UNKNOWN_1_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    EFFECT_ID_FIELD_NUMBER: _ClassVar[int]
    EFFECT_NAME_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_5_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_6_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_8_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_12_FIELD_NUMBER: _ClassVar[int]
    PANEL_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_23_FIELD_NUMBER: _ClassVar[int]
    SCENE_FIELD_NUMBER: _ClassVar[int]
    unknown_1: int
    anchor_id: int
    effect_id: int
    effect_name: str
    unknown_5: str
    unknown_6: int
    unknown_8: int
    start_time: int
    update_time: int
    unknown_12: int
    panel: str
    unknown_23: int
    scene: str
    def __init__(self, unknown_1: _Optional[int] = ..., anchor_id: _Optional[int] = ..., effect_id: _Optional[int] = ..., effect_name: _Optional[str] = ..., unknown_5: _Optional[str] = ..., unknown_6: _Optional[int] = ..., unknown_8: _Optional[int] = ..., start_time: _Optional[int] = ..., update_time: _Optional[int] = ..., unknown_12: _Optional[int] = ..., panel: _Optional[str] = ..., unknown_23: _Optional[int] = ..., scene: _Optional[str] = ...) -> None: ...

class WebcastBALeadGenMessage(_message.Message):
    __slots__ = ("common", "action", "unknown_3", "time", "key", "schema")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_3_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    action: int
    unknown_3: int
    time: int
    key: str
    schema: str
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., action: _Optional[int] = ..., unknown_3: _Optional[int] = ..., time: _Optional[int] = ..., key: _Optional[str] = ..., schema: _Optional[str] = ...) -> None: ...

class WebcastEcShortItemRefreshMessage(_message.Message):
    __slots__ = ("common", "item")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    item: EcShortItem
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., item: _Optional[_Union[EcShortItem, _Mapping]] = ...) -> None: ...

class EcShortItem(_message.Message):
    __slots__ = ("delay", "name")
    DELAY_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    delay: int
    name: str
    def __init__(self, delay: _Optional[int] = ..., name: _Optional[str] = ...) -> None: ...

class WebcastEcTaskRegisterMessage(_message.Message):
    __slots__ = ("common", "task")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    TASK_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    task: EcTask
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., task: _Optional[_Union[EcTask, _Mapping]] = ...) -> None: ...

class EcTask(_message.Message):
    __slots__ = ("delay", "task_id")
    DELAY_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    delay: int
    task_id: str
    def __init__(self, delay: _Optional[int] = ..., task_id: _Optional[str] = ...) -> None: ...

class WebcastPaidContentLiveShoppingMessage(_message.Message):
    __slots__ = ("common", "unknown_2", "unknown_3", "content", "time")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_2_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_3_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    unknown_2: int
    unknown_3: int
    content: PaidContent
    time: PaidContentTime
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., unknown_2: _Optional[int] = ..., unknown_3: _Optional[int] = ..., content: _Optional[_Union[PaidContent, _Mapping]] = ..., time: _Optional[_Union[PaidContentTime, _Mapping]] = ...) -> None: ...

class PaidContent(_message.Message):
    __slots__ = ("content_id",)
    CONTENT_ID_FIELD_NUMBER: _ClassVar[int]
    content_id: int
    def __init__(self, content_id: _Optional[int] = ...) -> None: ...

class PaidContentTime(_message.Message):
    __slots__ = ("time",)
    TIME_FIELD_NUMBER: _ClassVar[int]
    time: int
    def __init__(self, time: _Optional[int] = ...) -> None: ...

class WebcastPartnershipCardChangeMessage(_message.Message):
    __slots__ = ("common", "unknown_3", "card_id")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_3_FIELD_NUMBER: _ClassVar[int]
    CARD_ID_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    unknown_3: int
    card_id: str
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., unknown_3: _Optional[int] = ..., card_id: _Optional[str] = ...) -> None: ...

class WebcastPartnershipDownloadCountMessage(_message.Message):
    __slots__ = ("common", "count", "task_id")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    count: int
    task_id: str
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., count: _Optional[int] = ..., task_id: _Optional[str] = ...) -> None: ...

class WebcastEnvelopePortalMessage(_message.Message):
    __slots__ = ("common", "portal", "unknown_4", "unknown_5", "unknown_6")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    PORTAL_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_4_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_5_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_6_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    portal: EnvelopePortal
    unknown_4: int
    unknown_5: int
    unknown_6: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., portal: _Optional[_Union[EnvelopePortal, _Mapping]] = ..., unknown_4: _Optional[int] = ..., unknown_5: _Optional[int] = ..., unknown_6: _Optional[int] = ...) -> None: ...

class EnvelopePortal(_message.Message):
    __slots__ = ("envelope_id", "user_id", "unknown_10")
    ENVELOPE_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_10_FIELD_NUMBER: _ClassVar[int]
    envelope_id: str
    user_id: str
    unknown_10: int
    def __init__(self, envelope_id: _Optional[str] = ..., user_id: _Optional[str] = ..., unknown_10: _Optional[int] = ...) -> None: ...

class WebcastGoodyBagMessage(_message.Message):
    __slots__ = ("common", "bag", "winners", "unknown_4")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    BAG_FIELD_NUMBER: _ClassVar[int]
    WINNERS_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_4_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    bag: GoodyBag
    winners: _containers.RepeatedCompositeFieldContainer[GoodyBagWinner]
    unknown_4: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., bag: _Optional[_Union[GoodyBag, _Mapping]] = ..., winners: _Optional[_Iterable[_Union[GoodyBagWinner, _Mapping]]] = ..., unknown_4: _Optional[int] = ...) -> None: ...

class GoodyBag(_message.Message):
    __slots__ = ("bag_id", "status", "room_id", "rules", "prize")
    BAG_ID_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    PRIZE_FIELD_NUMBER: _ClassVar[int]
    bag_id: str
    status: int
    room_id: str
    rules: GoodyBagRules
    prize: GoodyBagPrize
    def __init__(self, bag_id: _Optional[str] = ..., status: _Optional[int] = ..., room_id: _Optional[str] = ..., rules: _Optional[_Union[GoodyBagRules, _Mapping]] = ..., prize: _Optional[_Union[GoodyBagPrize, _Mapping]] = ...) -> None: ...

class GoodyBagRules(_message.Message):
    __slots__ = ("winner_count", "participant_count", "condition", "comment", "start_time", "minutes")
    WINNER_COUNT_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANT_COUNT_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    COMMENT_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    MINUTES_FIELD_NUMBER: _ClassVar[int]
    winner_count: int
    participant_count: int
    condition: int
    comment: str
    start_time: int
    minutes: int
    def __init__(self, winner_count: _Optional[int] = ..., participant_count: _Optional[int] = ..., condition: _Optional[int] = ..., comment: _Optional[str] = ..., start_time: _Optional[int] = ..., minutes: _Optional[int] = ...) -> None: ...

class GoodyBagPrize(_message.Message):
    __slots__ = ("count",)
    COUNT_FIELD_NUMBER: _ClassVar[int]
    count: int
    def __init__(self, count: _Optional[int] = ...) -> None: ...

class GoodyBagWinner(_message.Message):
    __slots__ = ("user", "count")
    USER_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    user: GoodyBagUser
    count: int
    def __init__(self, user: _Optional[_Union[GoodyBagUser, _Mapping]] = ..., count: _Optional[int] = ...) -> None: ...

class GoodyBagUser(_message.Message):
    __slots__ = ("user_id", "nickname", "avatar")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    NICKNAME_FIELD_NUMBER: _ClassVar[int]
    AVATAR_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    nickname: str
    avatar: _common_pb2.Image
    def __init__(self, user_id: _Optional[str] = ..., nickname: _Optional[str] = ..., avatar: _Optional[_Union[_common_pb2.Image, _Mapping]] = ...) -> None: ...

class WebcastGiftCollectionUpdateMessage(_message.Message):
    __slots__ = ("common", "collection")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    COLLECTION_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    collection: GiftCollection
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., collection: _Optional[_Union[GiftCollection, _Mapping]] = ...) -> None: ...

class GiftCollection(_message.Message):
    __slots__ = ("count", "gift", "unknown_4", "unknown_5", "schema")
    COUNT_FIELD_NUMBER: _ClassVar[int]
    GIFT_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_4_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_5_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_FIELD_NUMBER: _ClassVar[int]
    count: int
    gift: _gifts_pb2.GiftStruct
    unknown_4: int
    unknown_5: int
    schema: str
    def __init__(self, count: _Optional[int] = ..., gift: _Optional[_Union[_gifts_pb2.GiftStruct, _Mapping]] = ..., unknown_4: _Optional[int] = ..., unknown_5: _Optional[int] = ..., schema: _Optional[str] = ...) -> None: ...

class WebcastLinkMicAnchorGuideMessage(_message.Message):
    __slots__ = ("common", "guide_type", "user")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    GUIDE_TYPE_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    guide_type: int
    user: LinkMicGuideUser
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., guide_type: _Optional[int] = ..., user: _Optional[_Union[LinkMicGuideUser, _Mapping]] = ...) -> None: ...

class LinkMicGuideUser(_message.Message):
    __slots__ = ("user_id",)
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    def __init__(self, user_id: _Optional[int] = ...) -> None: ...

class WebcastLinkScreenChangeMessage(_message.Message):
    __slots__ = ("common", "unknown_2", "change")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_2_FIELD_NUMBER: _ClassVar[int]
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    unknown_2: int
    change: LinkScreenChange
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., unknown_2: _Optional[int] = ..., change: _Optional[_Union[LinkScreenChange, _Mapping]] = ...) -> None: ...

class LinkScreenChange(_message.Message):
    __slots__ = ("old_state", "old_link_id", "new_state", "new_link_id")
    OLD_STATE_FIELD_NUMBER: _ClassVar[int]
    OLD_LINK_ID_FIELD_NUMBER: _ClassVar[int]
    NEW_STATE_FIELD_NUMBER: _ClassVar[int]
    NEW_LINK_ID_FIELD_NUMBER: _ClassVar[int]
    old_state: int
    old_link_id: str
    new_state: int
    new_link_id: str
    def __init__(self, old_state: _Optional[int] = ..., old_link_id: _Optional[str] = ..., new_state: _Optional[int] = ..., new_link_id: _Optional[str] = ...) -> None: ...

class WebcastLinkmicBattleNoticeMessage(_message.Message):
    __slots__ = ("common", "notice_type", "notice")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    NOTICE_TYPE_FIELD_NUMBER: _ClassVar[int]
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    notice_type: int
    notice: BattleNotice
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., notice_type: _Optional[int] = ..., notice: _Optional[_Union[BattleNotice, _Mapping]] = ...) -> None: ...

class BattleNotice(_message.Message):
    __slots__ = ("content",)
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    content: _common_pb2.Text
    def __init__(self, content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ...) -> None: ...

class WebcastSubWaveMessage(_message.Message):
    __slots__ = ("common", "wave")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    WAVE_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    wave: SubWave
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., wave: _Optional[_Union[SubWave, _Mapping]] = ...) -> None: ...

class SubWave(_message.Message):
    __slots__ = ("status", "user", "state")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    status: int
    user: SubWaveUser
    state: SubWaveState
    def __init__(self, status: _Optional[int] = ..., user: _Optional[_Union[SubWaveUser, _Mapping]] = ..., state: _Optional[_Union[SubWaveState, _Mapping]] = ...) -> None: ...

class SubWaveUser(_message.Message):
    __slots__ = ("user_id", "avatar", "nickname", "user_id_text", "unknown_5")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    AVATAR_FIELD_NUMBER: _ClassVar[int]
    NICKNAME_FIELD_NUMBER: _ClassVar[int]
    USER_ID_TEXT_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_5_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    avatar: _common_pb2.Image
    nickname: str
    user_id_text: str
    unknown_5: bytes
    def __init__(self, user_id: _Optional[int] = ..., avatar: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., nickname: _Optional[str] = ..., user_id_text: _Optional[str] = ..., unknown_5: _Optional[bytes] = ...) -> None: ...

class SubWaveState(_message.Message):
    __slots__ = ("unknown_1", "unknown_2", "unknown_3", "time", "users", "user_count", "wave_id")
    UNKNOWN_1_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_2_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_3_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    USERS_FIELD_NUMBER: _ClassVar[int]
    USER_COUNT_FIELD_NUMBER: _ClassVar[int]
    WAVE_ID_FIELD_NUMBER: _ClassVar[int]
    unknown_1: bytes
    unknown_2: int
    unknown_3: int
    time: int
    users: _containers.RepeatedCompositeFieldContainer[SubWaveUser]
    user_count: int
    wave_id: int
    def __init__(self, unknown_1: _Optional[bytes] = ..., unknown_2: _Optional[int] = ..., unknown_3: _Optional[int] = ..., time: _Optional[int] = ..., users: _Optional[_Iterable[_Union[SubWaveUser, _Mapping]]] = ..., user_count: _Optional[int] = ..., wave_id: _Optional[int] = ...) -> None: ...

class WebcastSubscriptionGuideMessage(_message.Message):
    __slots__ = ("common", "content", "button", "schema", "type")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    BUTTON_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    content: _common_pb2.Text
    button: _common_pb2.Text
    schema: str
    type: str
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., button: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., schema: _Optional[str] = ..., type: _Optional[str] = ...) -> None: ...

class WebcastUpdateShareRevenueNoticeMessage(_message.Message):
    __slots__ = ("common", "room_id", "before", "after")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    room_id: int
    before: ShareRevenue
    after: ShareRevenue
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., room_id: _Optional[int] = ..., before: _Optional[_Union[ShareRevenue, _Mapping]] = ..., after: _Optional[_Union[ShareRevenue, _Mapping]] = ...) -> None: ...

class ShareRevenue(_message.Message):
    __slots__ = ("unknown_1", "unknown_2", "unknown_3")
    UNKNOWN_1_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_2_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_3_FIELD_NUMBER: _ClassVar[int]
    unknown_1: int
    unknown_2: int
    unknown_3: int
    def __init__(self, unknown_1: _Optional[int] = ..., unknown_2: _Optional[int] = ..., unknown_3: _Optional[int] = ...) -> None: ...

class WebcastWeeklyRankRewardMessage(_message.Message):
    __slots__ = ("user_id", "reward", "common", "notice")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    REWARD_FIELD_NUMBER: _ClassVar[int]
    COMMON_FIELD_NUMBER: _ClassVar[int]
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    reward: WeeklyRankReward
    common: _common_pb2.Common
    notice: WeeklyRankNotice
    def __init__(self, user_id: _Optional[int] = ..., reward: _Optional[_Union[WeeklyRankReward, _Mapping]] = ..., common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., notice: _Optional[_Union[WeeklyRankNotice, _Mapping]] = ...) -> None: ...

class WeeklyRankReward(_message.Message):
    __slots__ = ("avatar_frame", "type")
    AVATAR_FRAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    avatar_frame: _common_pb2.Image
    type: str
    def __init__(self, avatar_frame: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., type: _Optional[str] = ...) -> None: ...

class WeeklyRankNotice(_message.Message):
    __slots__ = ("common", "rank", "background")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    RANK_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    rank: int
    background: WeeklyRankBackground
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., rank: _Optional[int] = ..., background: _Optional[_Union[WeeklyRankBackground, _Mapping]] = ...) -> None: ...

class WeeklyRankBackground(_message.Message):
    __slots__ = ("unknown_1", "image")
    class Background(_message.Message):
        __slots__ = ("width", "height", "url_list", "uri")
        WIDTH_FIELD_NUMBER: _ClassVar[int]
        HEIGHT_FIELD_NUMBER: _ClassVar[int]
        URL_LIST_FIELD_NUMBER: _ClassVar[int]
        URI_FIELD_NUMBER: _ClassVar[int]
        width: int
        height: int
        url_list: _containers.RepeatedScalarFieldContainer[str]
        uri: str
        def __init__(self, width: _Optional[int] = ..., height: _Optional[int] = ..., url_list: _Optional[_Iterable[str]] = ..., uri: _Optional[str] = ...) -> None: ...
    UNKNOWN_1_FIELD_NUMBER: _ClassVar[int]
    IMAGE_FIELD_NUMBER: _ClassVar[int]
    unknown_1: int
    image: WeeklyRankBackground.Background
    def __init__(self, unknown_1: _Optional[int] = ..., image: _Optional[_Union[WeeklyRankBackground.Background, _Mapping]] = ...) -> None: ...
