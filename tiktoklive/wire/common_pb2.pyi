from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class IMDispatchStrategy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    IM_DISPATCH_STRATEGY_DEFAULT: _ClassVar[IMDispatchStrategy]
    IM_DISPATCH_STRATEGY_BYPASS_DISPATCH_QUEUE: _ClassVar[IMDispatchStrategy]

class GiftShowType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GIFT_SHOW_TYPE_GIFT_SHOW_DEFAULT: _ClassVar[GiftShowType]
    GIFT_SHOW_TYPE_GIFT_SHOW_NAME: _ClassVar[GiftShowType]

class LinkmicStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINKMIC_STATUS_DISABLE: _ClassVar[LinkmicStatus]
    LINKMIC_STATUS_ENABLE: _ClassVar[LinkmicStatus]
    LINKMIC_STATUS_JUST_FOLLOWING: _ClassVar[LinkmicStatus]
    LINKMIC_STATUS_MULTI_LINKING: _ClassVar[LinkmicStatus]
    LINKMIC_STATUS_MULTI_LINKING_ONLY_FOLLOWING: _ClassVar[LinkmicStatus]

class UserFansClubStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    USER_FANS_CLUB_STATUS_NOT_JOINED: _ClassVar[UserFansClubStatus]
    USER_FANS_CLUB_STATUS_ACTIVE: _ClassVar[UserFansClubStatus]
    USER_FANS_CLUB_STATUS_INACTIVE: _ClassVar[UserFansClubStatus]

class VIPStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    VIP_STATUS_UNKNOWN: _ClassVar[VIPStatus]
    VIP_STATUS_RENEWING: _ClassVar[VIPStatus]
    VIP_STATUS_RENEW_SUCCESS: _ClassVar[VIPStatus]
    VIP_STATUS_PROTECTIVE: _ClassVar[VIPStatus]

class AntidirtStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ANTIDIRT_STATUS_PASS: _ClassVar[AntidirtStatus]
    ANTIDIRT_STATUS_FAILED: _ClassVar[AntidirtStatus]

class AuditStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AUDIT_STATUS_UNKNOWN: _ClassVar[AuditStatus]
    AUDIT_STATUS_PASS: _ClassVar[AuditStatus]
    AUDIT_STATUS_FAILED: _ClassVar[AuditStatus]
    AUDIT_STATUS_REVIEWING: _ClassVar[AuditStatus]
    AUDIT_STATUS_FORBIDDEN: _ClassVar[AuditStatus]

class TimerStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TIMER_STATUS_NOT_STARTED: _ClassVar[TimerStatus]
    TIMER_STATUS_RUNNING: _ClassVar[TimerStatus]
    TIMER_STATUS_PAUSED: _ClassVar[TimerStatus]
    TIMER_STATUS_CANCELLED: _ClassVar[TimerStatus]
    TIMER_STATUS_FINISHED: _ClassVar[TimerStatus]

class EventPayMethod(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EVENT_PAY_METHOD_INVALID: _ClassVar[EventPayMethod]
    EVENT_PAY_METHOD_COINS: _ClassVar[EventPayMethod]
    EVENT_PAY_METHOD_CASH: _ClassVar[EventPayMethod]

class CreatorType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CREATOR_TYPE_UNDEFINED: _ClassVar[CreatorType]
    CREATOR_TYPE_OFFICIAL: _ClassVar[CreatorType]
    CREATOR_TYPE_MARKET: _ClassVar[CreatorType]
    CREATOR_TYPE_NORMAL: _ClassVar[CreatorType]

class EntranceType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ENTRANCE_TYPE_PROFILE: _ClassVar[EntranceType]
    ENTRANCE_TYPE_SHOWCASE: _ClassVar[EntranceType]
    ENTRANCE_TYPE_SHOP: _ClassVar[EntranceType]

class StoreBrandLabelType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    STORE_BRAND_LABEL_TYPE_NONE: _ClassVar[StoreBrandLabelType]
    STORE_BRAND_LABEL_TYPE_OFFICIAL: _ClassVar[StoreBrandLabelType]
    STORE_BRAND_LABEL_TYPE_AUTHORIZED: _ClassVar[StoreBrandLabelType]
    STORE_BRAND_LABEL_TYPE_BLUE_V: _ClassVar[StoreBrandLabelType]
    STORE_BRAND_LABEL_TYPE_TOP_CHOICE: _ClassVar[StoreBrandLabelType]

class BadgeDisplayType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BADGE_DISPLAY_TYPE_UNKNOWN: _ClassVar[BadgeDisplayType]
    BADGE_DISPLAY_TYPE_IMAGE: _ClassVar[BadgeDisplayType]
    BADGE_DISPLAY_TYPE_TEXT: _ClassVar[BadgeDisplayType]
    BADGE_DISPLAY_TYPE_STRING: _ClassVar[BadgeDisplayType]
    BADGE_DISPLAY_TYPE_COMBINE: _ClassVar[BadgeDisplayType]

class BadgeExhibitionType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BADGE_EXHIBITION_TYPE_BADGE: _ClassVar[BadgeExhibitionType]
    BADGE_EXHIBITION_TYPE_IDENTITY_LABEL: _ClassVar[BadgeExhibitionType]

class BadgePriorityType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BADGE_PRIORITY_TYPE_UNKNOWN: _ClassVar[BadgePriorityType]
    BADGE_PRIORITY_TYPE_STRONG_RELATION: _ClassVar[BadgePriorityType]
    BADGE_PRIORITY_TYPE_PLATFORM: _ClassVar[BadgePriorityType]
    BADGE_PRIORITY_TYPE_RELATION: _ClassVar[BadgePriorityType]
    BADGE_PRIORITY_TYPE_ACTIVITY: _ClassVar[BadgePriorityType]
    BADGE_PRIORITY_TYPE_RANK_LIST: _ClassVar[BadgePriorityType]

class BadgeSceneType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BADGE_SCENE_TYPE_UNKNOWN: _ClassVar[BadgeSceneType]
    BADGE_SCENE_TYPE_ADMIN: _ClassVar[BadgeSceneType]
    BADGE_SCENE_TYPE_FIRST_RECHARGE: _ClassVar[BadgeSceneType]
    BADGE_SCENE_TYPE_FRIENDS: _ClassVar[BadgeSceneType]
    BADGE_SCENE_TYPE_SUBSCRIBER: _ClassVar[BadgeSceneType]
    BADGE_SCENE_TYPE_ACTIVITY: _ClassVar[BadgeSceneType]
    BADGE_SCENE_TYPE_RANK_LIST: _ClassVar[BadgeSceneType]
    BADGE_SCENE_TYPE_NEW_SUBSCRIBER: _ClassVar[BadgeSceneType]
    BADGE_SCENE_TYPE_USER_GRADE: _ClassVar[BadgeSceneType]
    BADGE_SCENE_TYPE_STATE_CONTROLLED_MEDIA: _ClassVar[BadgeSceneType]
    BADGE_SCENE_TYPE_FANS: _ClassVar[BadgeSceneType]
    BADGE_SCENE_TYPE_LIVE_PRO: _ClassVar[BadgeSceneType]
    BADGE_SCENE_TYPE_ANCHOR: _ClassVar[BadgeSceneType]

class BadgeStructPosition(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BADGE_STRUCT_POSITION_UNKNOWN: _ClassVar[BadgeStructPosition]
    BADGE_STRUCT_POSITION_LEFT: _ClassVar[BadgeStructPosition]
    BADGE_STRUCT_POSITION_RIGHT: _ClassVar[BadgeStructPosition]

class DisplayStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DISPLAY_STATUS_NORMAL: _ClassVar[DisplayStatus]
    DISPLAY_STATUS_SHADOW: _ClassVar[DisplayStatus]

class HorizontalPaddingRule(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HORIZONTAL_PADDING_RULE_USE_MIDDLE_AND_WIDTH: _ClassVar[HorizontalPaddingRule]
    HORIZONTAL_PADDING_RULE_USE_LEFT_AND_MIDDLE_AND_RIGHT: _ClassVar[HorizontalPaddingRule]

class VerticalPaddingRule(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    VERTICAL_PADDING_RULE_USE_DEFAULT: _ClassVar[VerticalPaddingRule]
    VERTICAL_PADDING_RULE_USE_TOP_AND_BOTTOM: _ClassVar[VerticalPaddingRule]

class BadgeTextPosition(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BADGE_TEXT_POSITION_UNKNOWN: _ClassVar[BadgeTextPosition]
    BADGE_TEXT_POSITION_RIGHT: _ClassVar[BadgeTextPosition]
    BADGE_TEXT_POSITION_BELOW: _ClassVar[BadgeTextPosition]

class ContentSource(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONTENT_SOURCE_UNKNOWN: _ClassVar[ContentSource]
    CONTENT_SOURCE_NORMAL: _ClassVar[ContentSource]
    CONTENT_SOURCE_CAMERA: _ClassVar[ContentSource]

class EmotePrivateType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EMOTE_PRIVATE_TYPE_NORMAL: _ClassVar[EmotePrivateType]
    EMOTE_PRIVATE_TYPE_SUB_WAVE: _ClassVar[EmotePrivateType]

class EmoteScene(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EMOTE_SCENE_SUBSCRIPTION: _ClassVar[EmoteScene]
    EMOTE_SCENE_GAME: _ClassVar[EmoteScene]

class EmoteType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EMOTE_TYPE_NORMAL: _ClassVar[EmoteType]
    EMOTE_TYPE_WITH_STICKER: _ClassVar[EmoteType]

class RewardCondition(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REWARD_CONDITION_SUBSCRIPTION: _ClassVar[RewardCondition]
    REWARD_CONDITION_SUB_WAVE_CUSTOM: _ClassVar[RewardCondition]

class AuditTaskType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AUDIT_TASK_TYPE_DEFAULT: _ClassVar[AuditTaskType]
    AUDIT_TASK_TYPE_APPEAL: _ClassVar[AuditTaskType]

class UserEmoteUploadSource(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    USER_EMOTE_UPLOAD_SOURCE_ANCHOR: _ClassVar[UserEmoteUploadSource]
    USER_EMOTE_UPLOAD_SOURCE_SUBSCRIBER: _ClassVar[UserEmoteUploadSource]
    USER_EMOTE_UPLOAD_SOURCE_MODERATOR: _ClassVar[UserEmoteUploadSource]

class TagType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TAG_TYPE_UNKNOWN: _ClassVar[TagType]
    TAG_TYPE_USER_GRADE: _ClassVar[TagType]
    TAG_TYPE_FANS_LEVEL: _ClassVar[TagType]
    TAG_TYPE_WATCH_ME_DAYS_AGO: _ClassVar[TagType]
    TAG_TYPE_CUSTOM: _ClassVar[TagType]
    TAG_TYPE_TITLE_GIFT: _ClassVar[TagType]
    TAG_TYPE_FIRST_JOINED_TEAM: _ClassVar[TagType]
    TAG_TYPE_PAY_ACCOMPANY_DAYS: _ClassVar[TagType]
    TAG_TYPE_SPONSOR_GIFT_LAST_ROOM: _ClassVar[TagType]
    TAG_TYPE_MATCH_MVP_LAST_ROOM: _ClassVar[TagType]
    TAG_TYPE_LARGE_AMOUNT_GIFT_LAST_ROOM: _ClassVar[TagType]
    TAG_TYPE_COMMENT_LAST_ROOM: _ClassVar[TagType]
    TAG_TYPE_RECENT_TITLED_GIFT: _ClassVar[TagType]
    TAG_TYPE_MEET_ANNIVERSARY: _ClassVar[TagType]
    TAG_TYPE_FANS_SLEEP: _ClassVar[TagType]
    TAG_TYPE_NOT_SEND_HEART_ME: _ClassVar[TagType]
    TAG_TYPE_NOT_JOIN_TEAM: _ClassVar[TagType]
    TAG_TYPE_FIRST_WATCH_LIVE: _ClassVar[TagType]
    TAG_TYPE_RECENT_COMMENT: _ClassVar[TagType]
    TAG_TYPE_RECENT_GIFT_TIMES: _ClassVar[TagType]
    TAG_TYPE_RECENT_WATCH_LIVE_DURATION: _ClassVar[TagType]
    TAG_TYPE_RECENT_GIFT: _ClassVar[TagType]
    TAG_TYPE_RECENT_LIVE_CONTRIBUTION_TOP: _ClassVar[TagType]
    TAG_TYPE_JUST_UPGRADE: _ClassVar[TagType]
    TAG_TYPE_FAN_TOTAL_WATCH_DURATION: _ClassVar[TagType]
    TAG_TYPE_FAN_TOTAL_COMMENT_NUM: _ClassVar[TagType]
    TAG_TYPE_FAN_TOTAL_GIFT_SENT_NUM: _ClassVar[TagType]

class TopicActionType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TOPIC_ACTION_TYPE_UNKNOWN: _ClassVar[TopicActionType]
    TOPIC_ACTION_TYPE_FOLLOW: _ClassVar[TopicActionType]

class UserMetricsType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    USER_METRICS_TYPE_UNKNOWN: _ClassVar[UserMetricsType]
    USER_METRICS_TYPE_GRADE: _ClassVar[UserMetricsType]
    USER_METRICS_TYPE_SUBSCRIBE: _ClassVar[UserMetricsType]
    USER_METRICS_TYPE_FOLLOW: _ClassVar[UserMetricsType]
    USER_METRICS_TYPE_FANS_CLUB: _ClassVar[UserMetricsType]
    USER_METRICS_TYPE_TOP_VIEWER: _ClassVar[UserMetricsType]
    USER_METRICS_TYPE_GIFT: _ClassVar[UserMetricsType]
IM_DISPATCH_STRATEGY_DEFAULT: IMDispatchStrategy
IM_DISPATCH_STRATEGY_BYPASS_DISPATCH_QUEUE: IMDispatchStrategy
GIFT_SHOW_TYPE_GIFT_SHOW_DEFAULT: GiftShowType
GIFT_SHOW_TYPE_GIFT_SHOW_NAME: GiftShowType
LINKMIC_STATUS_DISABLE: LinkmicStatus
LINKMIC_STATUS_ENABLE: LinkmicStatus
LINKMIC_STATUS_JUST_FOLLOWING: LinkmicStatus
LINKMIC_STATUS_MULTI_LINKING: LinkmicStatus
LINKMIC_STATUS_MULTI_LINKING_ONLY_FOLLOWING: LinkmicStatus
USER_FANS_CLUB_STATUS_NOT_JOINED: UserFansClubStatus
USER_FANS_CLUB_STATUS_ACTIVE: UserFansClubStatus
USER_FANS_CLUB_STATUS_INACTIVE: UserFansClubStatus
VIP_STATUS_UNKNOWN: VIPStatus
VIP_STATUS_RENEWING: VIPStatus
VIP_STATUS_RENEW_SUCCESS: VIPStatus
VIP_STATUS_PROTECTIVE: VIPStatus
ANTIDIRT_STATUS_PASS: AntidirtStatus
ANTIDIRT_STATUS_FAILED: AntidirtStatus
AUDIT_STATUS_UNKNOWN: AuditStatus
AUDIT_STATUS_PASS: AuditStatus
AUDIT_STATUS_FAILED: AuditStatus
AUDIT_STATUS_REVIEWING: AuditStatus
AUDIT_STATUS_FORBIDDEN: AuditStatus
TIMER_STATUS_NOT_STARTED: TimerStatus
TIMER_STATUS_RUNNING: TimerStatus
TIMER_STATUS_PAUSED: TimerStatus
TIMER_STATUS_CANCELLED: TimerStatus
TIMER_STATUS_FINISHED: TimerStatus
EVENT_PAY_METHOD_INVALID: EventPayMethod
EVENT_PAY_METHOD_COINS: EventPayMethod
EVENT_PAY_METHOD_CASH: EventPayMethod
CREATOR_TYPE_UNDEFINED: CreatorType
CREATOR_TYPE_OFFICIAL: CreatorType
CREATOR_TYPE_MARKET: CreatorType
CREATOR_TYPE_NORMAL: CreatorType
ENTRANCE_TYPE_PROFILE: EntranceType
ENTRANCE_TYPE_SHOWCASE: EntranceType
ENTRANCE_TYPE_SHOP: EntranceType
STORE_BRAND_LABEL_TYPE_NONE: StoreBrandLabelType
STORE_BRAND_LABEL_TYPE_OFFICIAL: StoreBrandLabelType
STORE_BRAND_LABEL_TYPE_AUTHORIZED: StoreBrandLabelType
STORE_BRAND_LABEL_TYPE_BLUE_V: StoreBrandLabelType
STORE_BRAND_LABEL_TYPE_TOP_CHOICE: StoreBrandLabelType
BADGE_DISPLAY_TYPE_UNKNOWN: BadgeDisplayType
BADGE_DISPLAY_TYPE_IMAGE: BadgeDisplayType
BADGE_DISPLAY_TYPE_TEXT: BadgeDisplayType
BADGE_DISPLAY_TYPE_STRING: BadgeDisplayType
BADGE_DISPLAY_TYPE_COMBINE: BadgeDisplayType
BADGE_EXHIBITION_TYPE_BADGE: BadgeExhibitionType
BADGE_EXHIBITION_TYPE_IDENTITY_LABEL: BadgeExhibitionType
BADGE_PRIORITY_TYPE_UNKNOWN: BadgePriorityType
BADGE_PRIORITY_TYPE_STRONG_RELATION: BadgePriorityType
BADGE_PRIORITY_TYPE_PLATFORM: BadgePriorityType
BADGE_PRIORITY_TYPE_RELATION: BadgePriorityType
BADGE_PRIORITY_TYPE_ACTIVITY: BadgePriorityType
BADGE_PRIORITY_TYPE_RANK_LIST: BadgePriorityType
BADGE_SCENE_TYPE_UNKNOWN: BadgeSceneType
BADGE_SCENE_TYPE_ADMIN: BadgeSceneType
BADGE_SCENE_TYPE_FIRST_RECHARGE: BadgeSceneType
BADGE_SCENE_TYPE_FRIENDS: BadgeSceneType
BADGE_SCENE_TYPE_SUBSCRIBER: BadgeSceneType
BADGE_SCENE_TYPE_ACTIVITY: BadgeSceneType
BADGE_SCENE_TYPE_RANK_LIST: BadgeSceneType
BADGE_SCENE_TYPE_NEW_SUBSCRIBER: BadgeSceneType
BADGE_SCENE_TYPE_USER_GRADE: BadgeSceneType
BADGE_SCENE_TYPE_STATE_CONTROLLED_MEDIA: BadgeSceneType
BADGE_SCENE_TYPE_FANS: BadgeSceneType
BADGE_SCENE_TYPE_LIVE_PRO: BadgeSceneType
BADGE_SCENE_TYPE_ANCHOR: BadgeSceneType
BADGE_STRUCT_POSITION_UNKNOWN: BadgeStructPosition
BADGE_STRUCT_POSITION_LEFT: BadgeStructPosition
BADGE_STRUCT_POSITION_RIGHT: BadgeStructPosition
DISPLAY_STATUS_NORMAL: DisplayStatus
DISPLAY_STATUS_SHADOW: DisplayStatus
HORIZONTAL_PADDING_RULE_USE_MIDDLE_AND_WIDTH: HorizontalPaddingRule
HORIZONTAL_PADDING_RULE_USE_LEFT_AND_MIDDLE_AND_RIGHT: HorizontalPaddingRule
VERTICAL_PADDING_RULE_USE_DEFAULT: VerticalPaddingRule
VERTICAL_PADDING_RULE_USE_TOP_AND_BOTTOM: VerticalPaddingRule
BADGE_TEXT_POSITION_UNKNOWN: BadgeTextPosition
BADGE_TEXT_POSITION_RIGHT: BadgeTextPosition
BADGE_TEXT_POSITION_BELOW: BadgeTextPosition
CONTENT_SOURCE_UNKNOWN: ContentSource
CONTENT_SOURCE_NORMAL: ContentSource
CONTENT_SOURCE_CAMERA: ContentSource
EMOTE_PRIVATE_TYPE_NORMAL: EmotePrivateType
EMOTE_PRIVATE_TYPE_SUB_WAVE: EmotePrivateType
EMOTE_SCENE_SUBSCRIPTION: EmoteScene
EMOTE_SCENE_GAME: EmoteScene
EMOTE_TYPE_NORMAL: EmoteType
EMOTE_TYPE_WITH_STICKER: EmoteType
REWARD_CONDITION_SUBSCRIPTION: RewardCondition
REWARD_CONDITION_SUB_WAVE_CUSTOM: RewardCondition
AUDIT_TASK_TYPE_DEFAULT: AuditTaskType
AUDIT_TASK_TYPE_APPEAL: AuditTaskType
USER_EMOTE_UPLOAD_SOURCE_ANCHOR: UserEmoteUploadSource
USER_EMOTE_UPLOAD_SOURCE_SUBSCRIBER: UserEmoteUploadSource
USER_EMOTE_UPLOAD_SOURCE_MODERATOR: UserEmoteUploadSource
TAG_TYPE_UNKNOWN: TagType
TAG_TYPE_USER_GRADE: TagType
TAG_TYPE_FANS_LEVEL: TagType
TAG_TYPE_WATCH_ME_DAYS_AGO: TagType
TAG_TYPE_CUSTOM: TagType
TAG_TYPE_TITLE_GIFT: TagType
TAG_TYPE_FIRST_JOINED_TEAM: TagType
TAG_TYPE_PAY_ACCOMPANY_DAYS: TagType
TAG_TYPE_SPONSOR_GIFT_LAST_ROOM: TagType
TAG_TYPE_MATCH_MVP_LAST_ROOM: TagType
TAG_TYPE_LARGE_AMOUNT_GIFT_LAST_ROOM: TagType
TAG_TYPE_COMMENT_LAST_ROOM: TagType
TAG_TYPE_RECENT_TITLED_GIFT: TagType
TAG_TYPE_MEET_ANNIVERSARY: TagType
TAG_TYPE_FANS_SLEEP: TagType
TAG_TYPE_NOT_SEND_HEART_ME: TagType
TAG_TYPE_NOT_JOIN_TEAM: TagType
TAG_TYPE_FIRST_WATCH_LIVE: TagType
TAG_TYPE_RECENT_COMMENT: TagType
TAG_TYPE_RECENT_GIFT_TIMES: TagType
TAG_TYPE_RECENT_WATCH_LIVE_DURATION: TagType
TAG_TYPE_RECENT_GIFT: TagType
TAG_TYPE_RECENT_LIVE_CONTRIBUTION_TOP: TagType
TAG_TYPE_JUST_UPGRADE: TagType
TAG_TYPE_FAN_TOTAL_WATCH_DURATION: TagType
TAG_TYPE_FAN_TOTAL_COMMENT_NUM: TagType
TAG_TYPE_FAN_TOTAL_GIFT_SENT_NUM: TagType
TOPIC_ACTION_TYPE_UNKNOWN: TopicActionType
TOPIC_ACTION_TYPE_FOLLOW: TopicActionType
USER_METRICS_TYPE_UNKNOWN: UserMetricsType
USER_METRICS_TYPE_GRADE: UserMetricsType
USER_METRICS_TYPE_SUBSCRIBE: UserMetricsType
USER_METRICS_TYPE_FOLLOW: UserMetricsType
USER_METRICS_TYPE_FANS_CLUB: UserMetricsType
USER_METRICS_TYPE_TOP_VIEWER: UserMetricsType
USER_METRICS_TYPE_GIFT: UserMetricsType

class Common(_message.Message):
    __slots__ = ("method", "msg_id", "room_id", "create_time", "monitor", "is_show_msg", "describe", "display_text", "fold_type", "anchor_fold_type", "priority_score", "log_id", "msg_process_filter_k", "msg_process_filter_v", "from_idc", "to_idc", "filter_msg_tags", "sei", "depend_root_id", "depend_id", "anchor_priority_score", "room_message_heat_level", "fold_type_for_web", "anchor_fold_type_for_web", "client_send_time", "dispatch_strategy")
    METHOD_FIELD_NUMBER: _ClassVar[int]
    MSG_ID_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    MONITOR_FIELD_NUMBER: _ClassVar[int]
    IS_SHOW_MSG_FIELD_NUMBER: _ClassVar[int]
    DESCRIBE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_TEXT_FIELD_NUMBER: _ClassVar[int]
    FOLD_TYPE_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_FOLD_TYPE_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_SCORE_FIELD_NUMBER: _ClassVar[int]
    LOG_ID_FIELD_NUMBER: _ClassVar[int]
    MSG_PROCESS_FILTER_K_FIELD_NUMBER: _ClassVar[int]
    MSG_PROCESS_FILTER_V_FIELD_NUMBER: _ClassVar[int]
    FROM_IDC_FIELD_NUMBER: _ClassVar[int]
    TO_IDC_FIELD_NUMBER: _ClassVar[int]
    FILTER_MSG_TAGS_FIELD_NUMBER: _ClassVar[int]
    SEI_FIELD_NUMBER: _ClassVar[int]
    DEPEND_ROOT_ID_FIELD_NUMBER: _ClassVar[int]
    DEPEND_ID_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_PRIORITY_SCORE_FIELD_NUMBER: _ClassVar[int]
    ROOM_MESSAGE_HEAT_LEVEL_FIELD_NUMBER: _ClassVar[int]
    FOLD_TYPE_FOR_WEB_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_FOLD_TYPE_FOR_WEB_FIELD_NUMBER: _ClassVar[int]
    CLIENT_SEND_TIME_FIELD_NUMBER: _ClassVar[int]
    DISPATCH_STRATEGY_FIELD_NUMBER: _ClassVar[int]
    method: str
    msg_id: int
    room_id: int
    create_time: int
    monitor: int
    is_show_msg: bool
    describe: str
    display_text: Text
    fold_type: int
    anchor_fold_type: int
    priority_score: int
    log_id: str
    msg_process_filter_k: str
    msg_process_filter_v: str
    from_idc: str
    to_idc: str
    filter_msg_tags: _containers.RepeatedScalarFieldContainer[str]
    sei: LiveMessageSEI
    depend_root_id: LiveMessageID
    depend_id: LiveMessageID
    anchor_priority_score: int
    room_message_heat_level: int
    fold_type_for_web: int
    anchor_fold_type_for_web: int
    client_send_time: int
    dispatch_strategy: int
    def __init__(self, method: _Optional[str] = ..., msg_id: _Optional[int] = ..., room_id: _Optional[int] = ..., create_time: _Optional[int] = ..., monitor: _Optional[int] = ..., is_show_msg: bool = ..., describe: _Optional[str] = ..., display_text: _Optional[_Union[Text, _Mapping]] = ..., fold_type: _Optional[int] = ..., anchor_fold_type: _Optional[int] = ..., priority_score: _Optional[int] = ..., log_id: _Optional[str] = ..., msg_process_filter_k: _Optional[str] = ..., msg_process_filter_v: _Optional[str] = ..., from_idc: _Optional[str] = ..., to_idc: _Optional[str] = ..., filter_msg_tags: _Optional[_Iterable[str]] = ..., sei: _Optional[_Union[LiveMessageSEI, _Mapping]] = ..., depend_root_id: _Optional[_Union[LiveMessageID, _Mapping]] = ..., depend_id: _Optional[_Union[LiveMessageID, _Mapping]] = ..., anchor_priority_score: _Optional[int] = ..., room_message_heat_level: _Optional[int] = ..., fold_type_for_web: _Optional[int] = ..., anchor_fold_type_for_web: _Optional[int] = ..., client_send_time: _Optional[int] = ..., dispatch_strategy: _Optional[int] = ...) -> None: ...

class LiveMessageSEI(_message.Message):
    __slots__ = ("unique_id", "timestamp")
    UNIQUE_ID_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    unique_id: LiveMessageID
    timestamp: int
    def __init__(self, unique_id: _Optional[_Union[LiveMessageID, _Mapping]] = ..., timestamp: _Optional[int] = ...) -> None: ...

class LiveMessageID(_message.Message):
    __slots__ = ("primary_id", "message_scene")
    PRIMARY_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_SCENE_FIELD_NUMBER: _ClassVar[int]
    primary_id: str
    message_scene: str
    def __init__(self, primary_id: _Optional[str] = ..., message_scene: _Optional[str] = ...) -> None: ...

class Text(_message.Message):
    __slots__ = ("key", "default_pattern", "default_format", "pieces")
    KEY_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_PATTERN_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_FORMAT_FIELD_NUMBER: _ClassVar[int]
    PIECES_FIELD_NUMBER: _ClassVar[int]
    key: str
    default_pattern: str
    default_format: TextFormat
    pieces: _containers.RepeatedCompositeFieldContainer[TextPiece]
    def __init__(self, key: _Optional[str] = ..., default_pattern: _Optional[str] = ..., default_format: _Optional[_Union[TextFormat, _Mapping]] = ..., pieces: _Optional[_Iterable[_Union[TextPiece, _Mapping]]] = ...) -> None: ...

class TextFormat(_message.Message):
    __slots__ = ("color", "bold", "italic", "weight", "italic_angle", "font_size", "use_heigh_light_color", "use_remote_clor")
    COLOR_FIELD_NUMBER: _ClassVar[int]
    BOLD_FIELD_NUMBER: _ClassVar[int]
    ITALIC_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    ITALIC_ANGLE_FIELD_NUMBER: _ClassVar[int]
    FONT_SIZE_FIELD_NUMBER: _ClassVar[int]
    USE_HEIGH_LIGHT_COLOR_FIELD_NUMBER: _ClassVar[int]
    USE_REMOTE_CLOR_FIELD_NUMBER: _ClassVar[int]
    color: str
    bold: bool
    italic: bool
    weight: int
    italic_angle: int
    font_size: int
    use_heigh_light_color: bool
    use_remote_clor: bool
    def __init__(self, color: _Optional[str] = ..., bold: bool = ..., italic: bool = ..., weight: _Optional[int] = ..., italic_angle: _Optional[int] = ..., font_size: _Optional[int] = ..., use_heigh_light_color: bool = ..., use_remote_clor: bool = ...) -> None: ...

class TextPiece(_message.Message):
    __slots__ = ("type", "format", "string_value", "user_value", "gift_value", "heart_value", "pattern_ref_value", "image_value")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    STRING_VALUE_FIELD_NUMBER: _ClassVar[int]
    USER_VALUE_FIELD_NUMBER: _ClassVar[int]
    GIFT_VALUE_FIELD_NUMBER: _ClassVar[int]
    HEART_VALUE_FIELD_NUMBER: _ClassVar[int]
    PATTERN_REF_VALUE_FIELD_NUMBER: _ClassVar[int]
    IMAGE_VALUE_FIELD_NUMBER: _ClassVar[int]
    type: int
    format: TextFormat
    string_value: str
    user_value: TextPieceUser
    gift_value: TextPieceGift
    heart_value: TextPieceHeart
    pattern_ref_value: TextPiecePatternRef
    image_value: TextPieceImage
    def __init__(self, type: _Optional[int] = ..., format: _Optional[_Union[TextFormat, _Mapping]] = ..., string_value: _Optional[str] = ..., user_value: _Optional[_Union[TextPieceUser, _Mapping]] = ..., gift_value: _Optional[_Union[TextPieceGift, _Mapping]] = ..., heart_value: _Optional[_Union[TextPieceHeart, _Mapping]] = ..., pattern_ref_value: _Optional[_Union[TextPiecePatternRef, _Mapping]] = ..., image_value: _Optional[_Union[TextPieceImage, _Mapping]] = ...) -> None: ...

class TextPieceUser(_message.Message):
    __slots__ = ("user", "with_colon")
    USER_FIELD_NUMBER: _ClassVar[int]
    WITH_COLON_FIELD_NUMBER: _ClassVar[int]
    user: User
    with_colon: bool
    def __init__(self, user: _Optional[_Union[User, _Mapping]] = ..., with_colon: bool = ...) -> None: ...

class TextPieceGift(_message.Message):
    __slots__ = ("gift_id", "name_ref", "show_type", "color_id")
    GIFT_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_REF_FIELD_NUMBER: _ClassVar[int]
    SHOW_TYPE_FIELD_NUMBER: _ClassVar[int]
    COLOR_ID_FIELD_NUMBER: _ClassVar[int]
    gift_id: int
    name_ref: TextPiecePatternRef
    show_type: int
    color_id: int
    def __init__(self, gift_id: _Optional[int] = ..., name_ref: _Optional[_Union[TextPiecePatternRef, _Mapping]] = ..., show_type: _Optional[int] = ..., color_id: _Optional[int] = ...) -> None: ...

class TextPiecePatternRef(_message.Message):
    __slots__ = ("key", "default_pattern")
    KEY_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_PATTERN_FIELD_NUMBER: _ClassVar[int]
    key: str
    default_pattern: str
    def __init__(self, key: _Optional[str] = ..., default_pattern: _Optional[str] = ...) -> None: ...

class TextPieceHeart(_message.Message):
    __slots__ = ("color",)
    COLOR_FIELD_NUMBER: _ClassVar[int]
    color: str
    def __init__(self, color: _Optional[str] = ...) -> None: ...

class TextPieceImage(_message.Message):
    __slots__ = ("image_model",)
    IMAGE_MODEL_FIELD_NUMBER: _ClassVar[int]
    image_model: Image
    def __init__(self, image_model: _Optional[_Union[Image, _Mapping]] = ...) -> None: ...

class User(_message.Message):
    __slots__ = ("id", "nickname", "bio_description", "avatar_thumb", "avatar_medium", "avatar_large", "verified", "status", "create_time", "modify_time", "secret", "share_qrcode_uri", "badge_image_list", "follow_info", "user_honor", "fans_club", "border", "special_id", "avatar_border", "medal", "user_badges", "new_user_badges", "top_vip_no", "user_attr", "own_room", "pay_score", "fan_ticket_count", "anchor_info", "link_mic_stats", "unique_id", "enable_show_commerce_sale", "with_fusion_shop_entry", "pay_scores", "anchor_level", "verified_content", "author_info", "top_fans", "sec_uid", "user_role", "activity_reward", "personal_card", "authentication_info", "media_badge_image_list", "user_vip_info", "commerce_webcast_config_ids", "borders", "combo_badge_info", "subscribe_info", "badges", "mint_type_label", "fans_club_info", "pay_grade", "allow_find_by_contacts", "allow_others_download_video", "allow_others_download_when_sharing_video", "allow_share_show_profile", "allow_show_in_gossip", "allow_show_my_action", "allow_strange_comment", "allow_unfollower_comment", "allow_use_linkmic", "anchor_level_1011", "avatar_jpg", "background_img_url", "block_status", "comment_restrict", "constellation", "disable_ichat", "enable_ichat_img", "exp", "fan_ticket_count_1022", "fold_stranger_chat", "follow_status", "ichat_restrict_type", "id_str", "is_follower", "is_following", "need_profile_guide", "pay_scores_1032", "push_comment_status", "push_digg", "push_follow", "push_friend_action", "push_ichat", "push_status", "push_video_post", "push_video_recommend", "stats", "verified_reason", "enable_car_management_permission", "upcoming_event_list", "scm_label", "ecommerce_entrance", "is_block", "is_subscribe", "is_anchor_marked", "unknown_1092")
    ID_FIELD_NUMBER: _ClassVar[int]
    NICKNAME_FIELD_NUMBER: _ClassVar[int]
    BIO_DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    AVATAR_THUMB_FIELD_NUMBER: _ClassVar[int]
    AVATAR_MEDIUM_FIELD_NUMBER: _ClassVar[int]
    AVATAR_LARGE_FIELD_NUMBER: _ClassVar[int]
    VERIFIED_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    MODIFY_TIME_FIELD_NUMBER: _ClassVar[int]
    SECRET_FIELD_NUMBER: _ClassVar[int]
    SHARE_QRCODE_URI_FIELD_NUMBER: _ClassVar[int]
    BADGE_IMAGE_LIST_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_INFO_FIELD_NUMBER: _ClassVar[int]
    USER_HONOR_FIELD_NUMBER: _ClassVar[int]
    FANS_CLUB_FIELD_NUMBER: _ClassVar[int]
    BORDER_FIELD_NUMBER: _ClassVar[int]
    SPECIAL_ID_FIELD_NUMBER: _ClassVar[int]
    AVATAR_BORDER_FIELD_NUMBER: _ClassVar[int]
    MEDAL_FIELD_NUMBER: _ClassVar[int]
    USER_BADGES_FIELD_NUMBER: _ClassVar[int]
    NEW_USER_BADGES_FIELD_NUMBER: _ClassVar[int]
    TOP_VIP_NO_FIELD_NUMBER: _ClassVar[int]
    USER_ATTR_FIELD_NUMBER: _ClassVar[int]
    OWN_ROOM_FIELD_NUMBER: _ClassVar[int]
    PAY_SCORE_FIELD_NUMBER: _ClassVar[int]
    FAN_TICKET_COUNT_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_INFO_FIELD_NUMBER: _ClassVar[int]
    LINK_MIC_STATS_FIELD_NUMBER: _ClassVar[int]
    UNIQUE_ID_FIELD_NUMBER: _ClassVar[int]
    ENABLE_SHOW_COMMERCE_SALE_FIELD_NUMBER: _ClassVar[int]
    WITH_FUSION_SHOP_ENTRY_FIELD_NUMBER: _ClassVar[int]
    PAY_SCORES_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_LEVEL_FIELD_NUMBER: _ClassVar[int]
    VERIFIED_CONTENT_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_INFO_FIELD_NUMBER: _ClassVar[int]
    TOP_FANS_FIELD_NUMBER: _ClassVar[int]
    SEC_UID_FIELD_NUMBER: _ClassVar[int]
    USER_ROLE_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_REWARD_FIELD_NUMBER: _ClassVar[int]
    PERSONAL_CARD_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATION_INFO_FIELD_NUMBER: _ClassVar[int]
    MEDIA_BADGE_IMAGE_LIST_FIELD_NUMBER: _ClassVar[int]
    USER_VIP_INFO_FIELD_NUMBER: _ClassVar[int]
    COMMERCE_WEBCAST_CONFIG_IDS_FIELD_NUMBER: _ClassVar[int]
    BORDERS_FIELD_NUMBER: _ClassVar[int]
    COMBO_BADGE_INFO_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBE_INFO_FIELD_NUMBER: _ClassVar[int]
    BADGES_FIELD_NUMBER: _ClassVar[int]
    MINT_TYPE_LABEL_FIELD_NUMBER: _ClassVar[int]
    FANS_CLUB_INFO_FIELD_NUMBER: _ClassVar[int]
    PAY_GRADE_FIELD_NUMBER: _ClassVar[int]
    ALLOW_FIND_BY_CONTACTS_FIELD_NUMBER: _ClassVar[int]
    ALLOW_OTHERS_DOWNLOAD_VIDEO_FIELD_NUMBER: _ClassVar[int]
    ALLOW_OTHERS_DOWNLOAD_WHEN_SHARING_VIDEO_FIELD_NUMBER: _ClassVar[int]
    ALLOW_SHARE_SHOW_PROFILE_FIELD_NUMBER: _ClassVar[int]
    ALLOW_SHOW_IN_GOSSIP_FIELD_NUMBER: _ClassVar[int]
    ALLOW_SHOW_MY_ACTION_FIELD_NUMBER: _ClassVar[int]
    ALLOW_STRANGE_COMMENT_FIELD_NUMBER: _ClassVar[int]
    ALLOW_UNFOLLOWER_COMMENT_FIELD_NUMBER: _ClassVar[int]
    ALLOW_USE_LINKMIC_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_LEVEL_1011_FIELD_NUMBER: _ClassVar[int]
    AVATAR_JPG_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_IMG_URL_FIELD_NUMBER: _ClassVar[int]
    BLOCK_STATUS_FIELD_NUMBER: _ClassVar[int]
    COMMENT_RESTRICT_FIELD_NUMBER: _ClassVar[int]
    CONSTELLATION_FIELD_NUMBER: _ClassVar[int]
    DISABLE_ICHAT_FIELD_NUMBER: _ClassVar[int]
    ENABLE_ICHAT_IMG_FIELD_NUMBER: _ClassVar[int]
    EXP_FIELD_NUMBER: _ClassVar[int]
    FAN_TICKET_COUNT_1022_FIELD_NUMBER: _ClassVar[int]
    FOLD_STRANGER_CHAT_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_STATUS_FIELD_NUMBER: _ClassVar[int]
    ICHAT_RESTRICT_TYPE_FIELD_NUMBER: _ClassVar[int]
    ID_STR_FIELD_NUMBER: _ClassVar[int]
    IS_FOLLOWER_FIELD_NUMBER: _ClassVar[int]
    IS_FOLLOWING_FIELD_NUMBER: _ClassVar[int]
    NEED_PROFILE_GUIDE_FIELD_NUMBER: _ClassVar[int]
    PAY_SCORES_1032_FIELD_NUMBER: _ClassVar[int]
    PUSH_COMMENT_STATUS_FIELD_NUMBER: _ClassVar[int]
    PUSH_DIGG_FIELD_NUMBER: _ClassVar[int]
    PUSH_FOLLOW_FIELD_NUMBER: _ClassVar[int]
    PUSH_FRIEND_ACTION_FIELD_NUMBER: _ClassVar[int]
    PUSH_ICHAT_FIELD_NUMBER: _ClassVar[int]
    PUSH_STATUS_FIELD_NUMBER: _ClassVar[int]
    PUSH_VIDEO_POST_FIELD_NUMBER: _ClassVar[int]
    PUSH_VIDEO_RECOMMEND_FIELD_NUMBER: _ClassVar[int]
    STATS_FIELD_NUMBER: _ClassVar[int]
    VERIFIED_REASON_FIELD_NUMBER: _ClassVar[int]
    ENABLE_CAR_MANAGEMENT_PERMISSION_FIELD_NUMBER: _ClassVar[int]
    UPCOMING_EVENT_LIST_FIELD_NUMBER: _ClassVar[int]
    SCM_LABEL_FIELD_NUMBER: _ClassVar[int]
    ECOMMERCE_ENTRANCE_FIELD_NUMBER: _ClassVar[int]
    IS_BLOCK_FIELD_NUMBER: _ClassVar[int]
    IS_SUBSCRIBE_FIELD_NUMBER: _ClassVar[int]
    IS_ANCHOR_MARKED_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_1092_FIELD_NUMBER: _ClassVar[int]
    id: int
    nickname: str
    bio_description: str
    avatar_thumb: Image
    avatar_medium: Image
    avatar_large: Image
    verified: bool
    status: int
    create_time: int
    modify_time: int
    secret: int
    share_qrcode_uri: str
    badge_image_list: _containers.RepeatedCompositeFieldContainer[Image]
    follow_info: FollowInfo
    user_honor: UserHonor
    fans_club: FansClubMember
    border: BorderInfo
    special_id: str
    avatar_border: Image
    medal: Image
    user_badges: _containers.RepeatedCompositeFieldContainer[Image]
    new_user_badges: _containers.RepeatedCompositeFieldContainer[Image]
    top_vip_no: int
    user_attr: UserAttr
    own_room: OwnRoom
    pay_score: int
    fan_ticket_count: int
    anchor_info: AnchorLevel
    link_mic_stats: int
    unique_id: str
    enable_show_commerce_sale: bool
    with_fusion_shop_entry: bool
    pay_scores: int
    anchor_level: AnchorLevel
    verified_content: str
    author_info: Author
    top_fans: _containers.RepeatedCompositeFieldContainer[User]
    sec_uid: str
    user_role: int
    activity_reward: ActivityInfo
    personal_card: Image
    authentication_info: UserAuthenticationInfo
    media_badge_image_list: _containers.RepeatedCompositeFieldContainer[Image]
    user_vip_info: UserVIPInfo
    commerce_webcast_config_ids: _containers.RepeatedScalarFieldContainer[int]
    borders: _containers.RepeatedCompositeFieldContainer[BorderInfo]
    combo_badge_info: ComboBadgeInfo
    subscribe_info: SubscribeInfo
    badges: _containers.RepeatedCompositeFieldContainer[BadgeStruct]
    mint_type_label: _containers.RepeatedScalarFieldContainer[int]
    fans_club_info: FansClubInfo
    pay_grade: PayGrade
    allow_find_by_contacts: bool
    allow_others_download_video: bool
    allow_others_download_when_sharing_video: bool
    allow_share_show_profile: bool
    allow_show_in_gossip: bool
    allow_show_my_action: bool
    allow_strange_comment: bool
    allow_unfollower_comment: bool
    allow_use_linkmic: bool
    anchor_level_1011: AnchorLevel
    avatar_jpg: Image
    background_img_url: str
    block_status: int
    comment_restrict: int
    constellation: str
    disable_ichat: int
    enable_ichat_img: int
    exp: int
    fan_ticket_count_1022: int
    fold_stranger_chat: bool
    follow_status: int
    ichat_restrict_type: int
    id_str: str
    is_follower: bool
    is_following: bool
    need_profile_guide: bool
    pay_scores_1032: int
    push_comment_status: bool
    push_digg: bool
    push_follow: bool
    push_friend_action: bool
    push_ichat: bool
    push_status: bool
    push_video_post: bool
    push_video_recommend: bool
    stats: UserStats
    verified_reason: str
    enable_car_management_permission: bool
    upcoming_event_list: _containers.RepeatedCompositeFieldContainer[LiveEventInfo]
    scm_label: str
    ecommerce_entrance: UserEcommerceEntrance
    is_block: bool
    is_subscribe: bool
    is_anchor_marked: bool
    unknown_1092: bytes
    def __init__(self, id: _Optional[int] = ..., nickname: _Optional[str] = ..., bio_description: _Optional[str] = ..., avatar_thumb: _Optional[_Union[Image, _Mapping]] = ..., avatar_medium: _Optional[_Union[Image, _Mapping]] = ..., avatar_large: _Optional[_Union[Image, _Mapping]] = ..., verified: bool = ..., status: _Optional[int] = ..., create_time: _Optional[int] = ..., modify_time: _Optional[int] = ..., secret: _Optional[int] = ..., share_qrcode_uri: _Optional[str] = ..., badge_image_list: _Optional[_Iterable[_Union[Image, _Mapping]]] = ..., follow_info: _Optional[_Union[FollowInfo, _Mapping]] = ..., user_honor: _Optional[_Union[UserHonor, _Mapping]] = ..., fans_club: _Optional[_Union[FansClubMember, _Mapping]] = ..., border: _Optional[_Union[BorderInfo, _Mapping]] = ..., special_id: _Optional[str] = ..., avatar_border: _Optional[_Union[Image, _Mapping]] = ..., medal: _Optional[_Union[Image, _Mapping]] = ..., user_badges: _Optional[_Iterable[_Union[Image, _Mapping]]] = ..., new_user_badges: _Optional[_Iterable[_Union[Image, _Mapping]]] = ..., top_vip_no: _Optional[int] = ..., user_attr: _Optional[_Union[UserAttr, _Mapping]] = ..., own_room: _Optional[_Union[OwnRoom, _Mapping]] = ..., pay_score: _Optional[int] = ..., fan_ticket_count: _Optional[int] = ..., anchor_info: _Optional[_Union[AnchorLevel, _Mapping]] = ..., link_mic_stats: _Optional[int] = ..., unique_id: _Optional[str] = ..., enable_show_commerce_sale: bool = ..., with_fusion_shop_entry: bool = ..., pay_scores: _Optional[int] = ..., anchor_level: _Optional[_Union[AnchorLevel, _Mapping]] = ..., verified_content: _Optional[str] = ..., author_info: _Optional[_Union[Author, _Mapping]] = ..., top_fans: _Optional[_Iterable[_Union[User, _Mapping]]] = ..., sec_uid: _Optional[str] = ..., user_role: _Optional[int] = ..., activity_reward: _Optional[_Union[ActivityInfo, _Mapping]] = ..., personal_card: _Optional[_Union[Image, _Mapping]] = ..., authentication_info: _Optional[_Union[UserAuthenticationInfo, _Mapping]] = ..., media_badge_image_list: _Optional[_Iterable[_Union[Image, _Mapping]]] = ..., user_vip_info: _Optional[_Union[UserVIPInfo, _Mapping]] = ..., commerce_webcast_config_ids: _Optional[_Iterable[int]] = ..., borders: _Optional[_Iterable[_Union[BorderInfo, _Mapping]]] = ..., combo_badge_info: _Optional[_Union[ComboBadgeInfo, _Mapping]] = ..., subscribe_info: _Optional[_Union[SubscribeInfo, _Mapping]] = ..., badges: _Optional[_Iterable[_Union[BadgeStruct, _Mapping]]] = ..., mint_type_label: _Optional[_Iterable[int]] = ..., fans_club_info: _Optional[_Union[FansClubInfo, _Mapping]] = ..., pay_grade: _Optional[_Union[PayGrade, _Mapping]] = ..., allow_find_by_contacts: bool = ..., allow_others_download_video: bool = ..., allow_others_download_when_sharing_video: bool = ..., allow_share_show_profile: bool = ..., allow_show_in_gossip: bool = ..., allow_show_my_action: bool = ..., allow_strange_comment: bool = ..., allow_unfollower_comment: bool = ..., allow_use_linkmic: bool = ..., anchor_level_1011: _Optional[_Union[AnchorLevel, _Mapping]] = ..., avatar_jpg: _Optional[_Union[Image, _Mapping]] = ..., background_img_url: _Optional[str] = ..., block_status: _Optional[int] = ..., comment_restrict: _Optional[int] = ..., constellation: _Optional[str] = ..., disable_ichat: _Optional[int] = ..., enable_ichat_img: _Optional[int] = ..., exp: _Optional[int] = ..., fan_ticket_count_1022: _Optional[int] = ..., fold_stranger_chat: bool = ..., follow_status: _Optional[int] = ..., ichat_restrict_type: _Optional[int] = ..., id_str: _Optional[str] = ..., is_follower: bool = ..., is_following: bool = ..., need_profile_guide: bool = ..., pay_scores_1032: _Optional[int] = ..., push_comment_status: bool = ..., push_digg: bool = ..., push_follow: bool = ..., push_friend_action: bool = ..., push_ichat: bool = ..., push_status: bool = ..., push_video_post: bool = ..., push_video_recommend: bool = ..., stats: _Optional[_Union[UserStats, _Mapping]] = ..., verified_reason: _Optional[str] = ..., enable_car_management_permission: bool = ..., upcoming_event_list: _Optional[_Iterable[_Union[LiveEventInfo, _Mapping]]] = ..., scm_label: _Optional[str] = ..., ecommerce_entrance: _Optional[_Union[UserEcommerceEntrance, _Mapping]] = ..., is_block: bool = ..., is_subscribe: bool = ..., is_anchor_marked: bool = ..., unknown_1092: _Optional[bytes] = ...) -> None: ...

class FollowInfo(_message.Message):
    __slots__ = ("following_count", "follower_count", "follow_status", "push_status")
    FOLLOWING_COUNT_FIELD_NUMBER: _ClassVar[int]
    FOLLOWER_COUNT_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_STATUS_FIELD_NUMBER: _ClassVar[int]
    PUSH_STATUS_FIELD_NUMBER: _ClassVar[int]
    following_count: int
    follower_count: int
    follow_status: int
    push_status: int
    def __init__(self, following_count: _Optional[int] = ..., follower_count: _Optional[int] = ..., follow_status: _Optional[int] = ..., push_status: _Optional[int] = ...) -> None: ...

class UserHonor(_message.Message):
    __slots__ = ("total_diamond", "diamond_icon", "current_honor_name", "current_honor_icon", "next_name", "level", "next_icon", "current_diamond", "this_grade_min_diamond", "this_grade_max_diamond", "grade_describe", "grade_icon_list", "screen_chat_type", "im_icon", "im_icon_with_level", "live_icon", "new_im_icon_with_level", "new_live_icon", "upgrade_need_consume", "next_privileges", "background", "background_back", "score", "grade_banner", "profile_dialog_bg", "profile_dialog_bg_back")
    TOTAL_DIAMOND_FIELD_NUMBER: _ClassVar[int]
    DIAMOND_ICON_FIELD_NUMBER: _ClassVar[int]
    CURRENT_HONOR_NAME_FIELD_NUMBER: _ClassVar[int]
    CURRENT_HONOR_ICON_FIELD_NUMBER: _ClassVar[int]
    NEXT_NAME_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    NEXT_ICON_FIELD_NUMBER: _ClassVar[int]
    CURRENT_DIAMOND_FIELD_NUMBER: _ClassVar[int]
    THIS_GRADE_MIN_DIAMOND_FIELD_NUMBER: _ClassVar[int]
    THIS_GRADE_MAX_DIAMOND_FIELD_NUMBER: _ClassVar[int]
    GRADE_DESCRIBE_FIELD_NUMBER: _ClassVar[int]
    GRADE_ICON_LIST_FIELD_NUMBER: _ClassVar[int]
    SCREEN_CHAT_TYPE_FIELD_NUMBER: _ClassVar[int]
    IM_ICON_FIELD_NUMBER: _ClassVar[int]
    IM_ICON_WITH_LEVEL_FIELD_NUMBER: _ClassVar[int]
    LIVE_ICON_FIELD_NUMBER: _ClassVar[int]
    NEW_IM_ICON_WITH_LEVEL_FIELD_NUMBER: _ClassVar[int]
    NEW_LIVE_ICON_FIELD_NUMBER: _ClassVar[int]
    UPGRADE_NEED_CONSUME_FIELD_NUMBER: _ClassVar[int]
    NEXT_PRIVILEGES_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_BACK_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    GRADE_BANNER_FIELD_NUMBER: _ClassVar[int]
    PROFILE_DIALOG_BG_FIELD_NUMBER: _ClassVar[int]
    PROFILE_DIALOG_BG_BACK_FIELD_NUMBER: _ClassVar[int]
    total_diamond: int
    diamond_icon: Image
    current_honor_name: str
    current_honor_icon: Image
    next_name: str
    level: int
    next_icon: Image
    current_diamond: int
    this_grade_min_diamond: int
    this_grade_max_diamond: int
    grade_describe: str
    grade_icon_list: _containers.RepeatedCompositeFieldContainer[GradeIcon]
    screen_chat_type: int
    im_icon: Image
    im_icon_with_level: Image
    live_icon: Image
    new_im_icon_with_level: Image
    new_live_icon: Image
    upgrade_need_consume: int
    next_privileges: str
    background: Image
    background_back: Image
    score: int
    grade_banner: str
    profile_dialog_bg: Image
    profile_dialog_bg_back: Image
    def __init__(self, total_diamond: _Optional[int] = ..., diamond_icon: _Optional[_Union[Image, _Mapping]] = ..., current_honor_name: _Optional[str] = ..., current_honor_icon: _Optional[_Union[Image, _Mapping]] = ..., next_name: _Optional[str] = ..., level: _Optional[int] = ..., next_icon: _Optional[_Union[Image, _Mapping]] = ..., current_diamond: _Optional[int] = ..., this_grade_min_diamond: _Optional[int] = ..., this_grade_max_diamond: _Optional[int] = ..., grade_describe: _Optional[str] = ..., grade_icon_list: _Optional[_Iterable[_Union[GradeIcon, _Mapping]]] = ..., screen_chat_type: _Optional[int] = ..., im_icon: _Optional[_Union[Image, _Mapping]] = ..., im_icon_with_level: _Optional[_Union[Image, _Mapping]] = ..., live_icon: _Optional[_Union[Image, _Mapping]] = ..., new_im_icon_with_level: _Optional[_Union[Image, _Mapping]] = ..., new_live_icon: _Optional[_Union[Image, _Mapping]] = ..., upgrade_need_consume: _Optional[int] = ..., next_privileges: _Optional[str] = ..., background: _Optional[_Union[Image, _Mapping]] = ..., background_back: _Optional[_Union[Image, _Mapping]] = ..., score: _Optional[int] = ..., grade_banner: _Optional[str] = ..., profile_dialog_bg: _Optional[_Union[Image, _Mapping]] = ..., profile_dialog_bg_back: _Optional[_Union[Image, _Mapping]] = ...) -> None: ...

class GradeIcon(_message.Message):
    __slots__ = ("icon", "icon_diamond", "level", "level_str")
    ICON_FIELD_NUMBER: _ClassVar[int]
    ICON_DIAMOND_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    LEVEL_STR_FIELD_NUMBER: _ClassVar[int]
    icon: Image
    icon_diamond: int
    level: int
    level_str: str
    def __init__(self, icon: _Optional[_Union[Image, _Mapping]] = ..., icon_diamond: _Optional[int] = ..., level: _Optional[int] = ..., level_str: _Optional[str] = ...) -> None: ...

class FansClubMember(_message.Message):
    __slots__ = ("data", "prefer_data")
    class PreferDataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: FansClubData
        def __init__(self, key: _Optional[int] = ..., value: _Optional[_Union[FansClubData, _Mapping]] = ...) -> None: ...
    DATA_FIELD_NUMBER: _ClassVar[int]
    PREFER_DATA_FIELD_NUMBER: _ClassVar[int]
    data: FansClubData
    prefer_data: _containers.RepeatedCompositeFieldContainer[FansClubMember.PreferDataEntry]
    def __init__(self, data: _Optional[_Union[FansClubData, _Mapping]] = ..., prefer_data: _Optional[_Iterable[_Union[FansClubMember.PreferDataEntry, _Mapping]]] = ...) -> None: ...

class FansClubData(_message.Message):
    __slots__ = ("club_name", "level", "user_fans_club_status", "badge", "available_gift_ids", "anchor_id")
    CLUB_NAME_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    USER_FANS_CLUB_STATUS_FIELD_NUMBER: _ClassVar[int]
    BADGE_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_GIFT_IDS_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    club_name: str
    level: int
    user_fans_club_status: int
    badge: UserBadge
    available_gift_ids: _containers.RepeatedScalarFieldContainer[int]
    anchor_id: int
    def __init__(self, club_name: _Optional[str] = ..., level: _Optional[int] = ..., user_fans_club_status: _Optional[int] = ..., badge: _Optional[_Union[UserBadge, _Mapping]] = ..., available_gift_ids: _Optional[_Iterable[int]] = ..., anchor_id: _Optional[int] = ...) -> None: ...

class UserBadge(_message.Message):
    __slots__ = ("icons", "title", "name")
    class IconsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: Image
        def __init__(self, key: _Optional[int] = ..., value: _Optional[_Union[Image, _Mapping]] = ...) -> None: ...
    ICONS_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    icons: _containers.RepeatedCompositeFieldContainer[UserBadge.IconsEntry]
    title: str
    name: str
    def __init__(self, icons: _Optional[_Iterable[_Union[UserBadge.IconsEntry, _Mapping]]] = ..., title: _Optional[str] = ..., name: _Optional[str] = ...) -> None: ...

class BorderInfo(_message.Message):
    __slots__ = ("icon", "level", "source", "profile_decoration_ribbon", "border_log_extra", "ribbon_log_extra", "avatar_background_color", "avatar_background_border_color")
    ICON_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    PROFILE_DECORATION_RIBBON_FIELD_NUMBER: _ClassVar[int]
    BORDER_LOG_EXTRA_FIELD_NUMBER: _ClassVar[int]
    RIBBON_LOG_EXTRA_FIELD_NUMBER: _ClassVar[int]
    AVATAR_BACKGROUND_COLOR_FIELD_NUMBER: _ClassVar[int]
    AVATAR_BACKGROUND_BORDER_COLOR_FIELD_NUMBER: _ClassVar[int]
    icon: Image
    level: int
    source: str
    profile_decoration_ribbon: Image
    border_log_extra: PrivilegeLogExtra
    ribbon_log_extra: PrivilegeLogExtra
    avatar_background_color: str
    avatar_background_border_color: str
    def __init__(self, icon: _Optional[_Union[Image, _Mapping]] = ..., level: _Optional[int] = ..., source: _Optional[str] = ..., profile_decoration_ribbon: _Optional[_Union[Image, _Mapping]] = ..., border_log_extra: _Optional[_Union[PrivilegeLogExtra, _Mapping]] = ..., ribbon_log_extra: _Optional[_Union[PrivilegeLogExtra, _Mapping]] = ..., avatar_background_color: _Optional[str] = ..., avatar_background_border_color: _Optional[str] = ...) -> None: ...

class PrivilegeLogExtra(_message.Message):
    __slots__ = ("data_version", "privilege_id", "privilege_version", "privilege_order_id", "level")
    DATA_VERSION_FIELD_NUMBER: _ClassVar[int]
    PRIVILEGE_ID_FIELD_NUMBER: _ClassVar[int]
    PRIVILEGE_VERSION_FIELD_NUMBER: _ClassVar[int]
    PRIVILEGE_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    data_version: str
    privilege_id: str
    privilege_version: str
    privilege_order_id: str
    level: str
    def __init__(self, data_version: _Optional[str] = ..., privilege_id: _Optional[str] = ..., privilege_version: _Optional[str] = ..., privilege_order_id: _Optional[str] = ..., level: _Optional[str] = ...) -> None: ...

class UserAttr(_message.Message):
    __slots__ = ("is_muted", "is_admin", "is_super_admin", "mute_duration", "admin_permissions_map")
    class AdminPermissionsMapEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: int
        def __init__(self, key: _Optional[int] = ..., value: _Optional[int] = ...) -> None: ...
    IS_MUTED_FIELD_NUMBER: _ClassVar[int]
    IS_ADMIN_FIELD_NUMBER: _ClassVar[int]
    IS_SUPER_ADMIN_FIELD_NUMBER: _ClassVar[int]
    MUTE_DURATION_FIELD_NUMBER: _ClassVar[int]
    ADMIN_PERMISSIONS_MAP_FIELD_NUMBER: _ClassVar[int]
    is_muted: bool
    is_admin: bool
    is_super_admin: bool
    mute_duration: int
    admin_permissions_map: _containers.RepeatedCompositeFieldContainer[UserAttr.AdminPermissionsMapEntry]
    def __init__(self, is_muted: bool = ..., is_admin: bool = ..., is_super_admin: bool = ..., mute_duration: _Optional[int] = ..., admin_permissions_map: _Optional[_Iterable[_Union[UserAttr.AdminPermissionsMapEntry, _Mapping]]] = ...) -> None: ...

class OwnRoom(_message.Message):
    __slots__ = ("room_ids", "room_ids_str_list")
    ROOM_IDS_FIELD_NUMBER: _ClassVar[int]
    ROOM_IDS_STR_LIST_FIELD_NUMBER: _ClassVar[int]
    room_ids: _containers.RepeatedScalarFieldContainer[int]
    room_ids_str_list: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, room_ids: _Optional[_Iterable[int]] = ..., room_ids_str_list: _Optional[_Iterable[str]] = ...) -> None: ...

class AnchorLevel(_message.Message):
    __slots__ = ("level", "experience", "lowest_experience_this_level", "highest_experience_this_level", "task_start_experience", "task_start_time", "task_decrease_experience", "task_target_experience", "task_end_time", "profile_dialog_bg", "profile_dialog_bg_back", "stage_level", "small_icon")
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    EXPERIENCE_FIELD_NUMBER: _ClassVar[int]
    LOWEST_EXPERIENCE_THIS_LEVEL_FIELD_NUMBER: _ClassVar[int]
    HIGHEST_EXPERIENCE_THIS_LEVEL_FIELD_NUMBER: _ClassVar[int]
    TASK_START_EXPERIENCE_FIELD_NUMBER: _ClassVar[int]
    TASK_START_TIME_FIELD_NUMBER: _ClassVar[int]
    TASK_DECREASE_EXPERIENCE_FIELD_NUMBER: _ClassVar[int]
    TASK_TARGET_EXPERIENCE_FIELD_NUMBER: _ClassVar[int]
    TASK_END_TIME_FIELD_NUMBER: _ClassVar[int]
    PROFILE_DIALOG_BG_FIELD_NUMBER: _ClassVar[int]
    PROFILE_DIALOG_BG_BACK_FIELD_NUMBER: _ClassVar[int]
    STAGE_LEVEL_FIELD_NUMBER: _ClassVar[int]
    SMALL_ICON_FIELD_NUMBER: _ClassVar[int]
    level: int
    experience: int
    lowest_experience_this_level: int
    highest_experience_this_level: int
    task_start_experience: int
    task_start_time: int
    task_decrease_experience: int
    task_target_experience: int
    task_end_time: int
    profile_dialog_bg: Image
    profile_dialog_bg_back: Image
    stage_level: Image
    small_icon: Image
    def __init__(self, level: _Optional[int] = ..., experience: _Optional[int] = ..., lowest_experience_this_level: _Optional[int] = ..., highest_experience_this_level: _Optional[int] = ..., task_start_experience: _Optional[int] = ..., task_start_time: _Optional[int] = ..., task_decrease_experience: _Optional[int] = ..., task_target_experience: _Optional[int] = ..., task_end_time: _Optional[int] = ..., profile_dialog_bg: _Optional[_Union[Image, _Mapping]] = ..., profile_dialog_bg_back: _Optional[_Union[Image, _Mapping]] = ..., stage_level: _Optional[_Union[Image, _Mapping]] = ..., small_icon: _Optional[_Union[Image, _Mapping]] = ...) -> None: ...

class Author(_message.Message):
    __slots__ = ("video_total_count", "video_total_play_count", "video_total_share_count", "video_total_series_count", "variety_show_play_count", "video_total_favorite_count")
    VIDEO_TOTAL_COUNT_FIELD_NUMBER: _ClassVar[int]
    VIDEO_TOTAL_PLAY_COUNT_FIELD_NUMBER: _ClassVar[int]
    VIDEO_TOTAL_SHARE_COUNT_FIELD_NUMBER: _ClassVar[int]
    VIDEO_TOTAL_SERIES_COUNT_FIELD_NUMBER: _ClassVar[int]
    VARIETY_SHOW_PLAY_COUNT_FIELD_NUMBER: _ClassVar[int]
    VIDEO_TOTAL_FAVORITE_COUNT_FIELD_NUMBER: _ClassVar[int]
    video_total_count: int
    video_total_play_count: int
    video_total_share_count: int
    video_total_series_count: int
    variety_show_play_count: int
    video_total_favorite_count: int
    def __init__(self, video_total_count: _Optional[int] = ..., video_total_play_count: _Optional[int] = ..., video_total_share_count: _Optional[int] = ..., video_total_series_count: _Optional[int] = ..., variety_show_play_count: _Optional[int] = ..., video_total_favorite_count: _Optional[int] = ...) -> None: ...

class ActivityInfo(_message.Message):
    __slots__ = ("badge", "storytag")
    BADGE_FIELD_NUMBER: _ClassVar[int]
    STORYTAG_FIELD_NUMBER: _ClassVar[int]
    badge: Image
    storytag: Image
    def __init__(self, badge: _Optional[_Union[Image, _Mapping]] = ..., storytag: _Optional[_Union[Image, _Mapping]] = ...) -> None: ...

class UserAuthenticationInfo(_message.Message):
    __slots__ = ("custom_verify", "enterprise_verify_reason", "authentication_badge")
    CUSTOM_VERIFY_FIELD_NUMBER: _ClassVar[int]
    ENTERPRISE_VERIFY_REASON_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATION_BADGE_FIELD_NUMBER: _ClassVar[int]
    custom_verify: str
    enterprise_verify_reason: str
    authentication_badge: Image
    def __init__(self, custom_verify: _Optional[str] = ..., enterprise_verify_reason: _Optional[str] = ..., authentication_badge: _Optional[_Union[Image, _Mapping]] = ...) -> None: ...

class UserVIPInfo(_message.Message):
    __slots__ = ("vip_level", "vip_level_name", "status", "start_time", "end_time", "remaining_days", "total_consume", "target_consume", "badge", "privileges_map")
    class PrivilegesMapEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: bool
        def __init__(self, key: _Optional[int] = ..., value: bool = ...) -> None: ...
    VIP_LEVEL_FIELD_NUMBER: _ClassVar[int]
    VIP_LEVEL_NAME_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    REMAINING_DAYS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_CONSUME_FIELD_NUMBER: _ClassVar[int]
    TARGET_CONSUME_FIELD_NUMBER: _ClassVar[int]
    BADGE_FIELD_NUMBER: _ClassVar[int]
    PRIVILEGES_MAP_FIELD_NUMBER: _ClassVar[int]
    vip_level: int
    vip_level_name: str
    status: int
    start_time: int
    end_time: int
    remaining_days: int
    total_consume: int
    target_consume: int
    badge: VIPBadge
    privileges_map: _containers.RepeatedCompositeFieldContainer[UserVIPInfo.PrivilegesMapEntry]
    def __init__(self, vip_level: _Optional[int] = ..., vip_level_name: _Optional[str] = ..., status: _Optional[int] = ..., start_time: _Optional[int] = ..., end_time: _Optional[int] = ..., remaining_days: _Optional[int] = ..., total_consume: _Optional[int] = ..., target_consume: _Optional[int] = ..., badge: _Optional[_Union[VIPBadge, _Mapping]] = ..., privileges_map: _Optional[_Iterable[_Union[UserVIPInfo.PrivilegesMapEntry, _Mapping]]] = ...) -> None: ...

class VIPBadge(_message.Message):
    __slots__ = ("icons_map",)
    class IconsMapEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: Image
        def __init__(self, key: _Optional[int] = ..., value: _Optional[_Union[Image, _Mapping]] = ...) -> None: ...
    ICONS_MAP_FIELD_NUMBER: _ClassVar[int]
    icons_map: _containers.RepeatedCompositeFieldContainer[VIPBadge.IconsMapEntry]
    def __init__(self, icons_map: _Optional[_Iterable[_Union[VIPBadge.IconsMapEntry, _Mapping]]] = ...) -> None: ...

class ComboBadgeInfo(_message.Message):
    __slots__ = ("icon", "combo_count")
    ICON_FIELD_NUMBER: _ClassVar[int]
    COMBO_COUNT_FIELD_NUMBER: _ClassVar[int]
    icon: Image
    combo_count: int
    def __init__(self, icon: _Optional[_Union[Image, _Mapping]] = ..., combo_count: _Optional[int] = ...) -> None: ...

class SubscribeInfo(_message.Message):
    __slots__ = ("qualification", "is_subscribe", "badge", "enable_subscription", "subscriber_count", "is_in_grace_period", "is_subscribed_to_anchor", "timer_detail", "user_gift_sub_auth", "anchor_gift_sub_auth")
    QUALIFICATION_FIELD_NUMBER: _ClassVar[int]
    IS_SUBSCRIBE_FIELD_NUMBER: _ClassVar[int]
    BADGE_FIELD_NUMBER: _ClassVar[int]
    ENABLE_SUBSCRIPTION_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBER_COUNT_FIELD_NUMBER: _ClassVar[int]
    IS_IN_GRACE_PERIOD_FIELD_NUMBER: _ClassVar[int]
    IS_SUBSCRIBED_TO_ANCHOR_FIELD_NUMBER: _ClassVar[int]
    TIMER_DETAIL_FIELD_NUMBER: _ClassVar[int]
    USER_GIFT_SUB_AUTH_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_GIFT_SUB_AUTH_FIELD_NUMBER: _ClassVar[int]
    qualification: bool
    is_subscribe: bool
    badge: UserSubscribeBadge
    enable_subscription: bool
    subscriber_count: int
    is_in_grace_period: bool
    is_subscribed_to_anchor: bool
    timer_detail: TimerDetail
    user_gift_sub_auth: bool
    anchor_gift_sub_auth: bool
    def __init__(self, qualification: bool = ..., is_subscribe: bool = ..., badge: _Optional[_Union[UserSubscribeBadge, _Mapping]] = ..., enable_subscription: bool = ..., subscriber_count: _Optional[int] = ..., is_in_grace_period: bool = ..., is_subscribed_to_anchor: bool = ..., timer_detail: _Optional[_Union[TimerDetail, _Mapping]] = ..., user_gift_sub_auth: bool = ..., anchor_gift_sub_auth: bool = ...) -> None: ...

class UserSubscribeBadge(_message.Message):
    __slots__ = ("origin_img", "preview_img")
    ORIGIN_IMG_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_IMG_FIELD_NUMBER: _ClassVar[int]
    origin_img: Image
    preview_img: Image
    def __init__(self, origin_img: _Optional[_Union[Image, _Mapping]] = ..., preview_img: _Optional[_Union[Image, _Mapping]] = ...) -> None: ...

class TimerDetail(_message.Message):
    __slots__ = ("timer_id", "anchor_id", "start_timestamp_s", "start_countdown_time_s", "anchor_side_title", "user_side_title", "time_increase_per_sub_s", "time_increase_cap_s", "sub_count", "time_increase_reach_cap", "total_pause_time_s", "last_pause_timestamp_s", "total_time_s", "remaining_time_s", "timestamp_s", "sticker_x", "sticker_y", "screen_w", "screen_h", "timer_status", "antidirt_status", "audit_status")
    TIMER_ID_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    START_TIMESTAMP_S_FIELD_NUMBER: _ClassVar[int]
    START_COUNTDOWN_TIME_S_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_SIDE_TITLE_FIELD_NUMBER: _ClassVar[int]
    USER_SIDE_TITLE_FIELD_NUMBER: _ClassVar[int]
    TIME_INCREASE_PER_SUB_S_FIELD_NUMBER: _ClassVar[int]
    TIME_INCREASE_CAP_S_FIELD_NUMBER: _ClassVar[int]
    SUB_COUNT_FIELD_NUMBER: _ClassVar[int]
    TIME_INCREASE_REACH_CAP_FIELD_NUMBER: _ClassVar[int]
    TOTAL_PAUSE_TIME_S_FIELD_NUMBER: _ClassVar[int]
    LAST_PAUSE_TIMESTAMP_S_FIELD_NUMBER: _ClassVar[int]
    TOTAL_TIME_S_FIELD_NUMBER: _ClassVar[int]
    REMAINING_TIME_S_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_S_FIELD_NUMBER: _ClassVar[int]
    STICKER_X_FIELD_NUMBER: _ClassVar[int]
    STICKER_Y_FIELD_NUMBER: _ClassVar[int]
    SCREEN_W_FIELD_NUMBER: _ClassVar[int]
    SCREEN_H_FIELD_NUMBER: _ClassVar[int]
    TIMER_STATUS_FIELD_NUMBER: _ClassVar[int]
    ANTIDIRT_STATUS_FIELD_NUMBER: _ClassVar[int]
    AUDIT_STATUS_FIELD_NUMBER: _ClassVar[int]
    timer_id: int
    anchor_id: int
    start_timestamp_s: int
    start_countdown_time_s: int
    anchor_side_title: str
    user_side_title: str
    time_increase_per_sub_s: int
    time_increase_cap_s: int
    sub_count: int
    time_increase_reach_cap: bool
    total_pause_time_s: int
    last_pause_timestamp_s: int
    total_time_s: int
    remaining_time_s: int
    timestamp_s: int
    sticker_x: int
    sticker_y: int
    screen_w: int
    screen_h: int
    timer_status: int
    antidirt_status: int
    audit_status: int
    def __init__(self, timer_id: _Optional[int] = ..., anchor_id: _Optional[int] = ..., start_timestamp_s: _Optional[int] = ..., start_countdown_time_s: _Optional[int] = ..., anchor_side_title: _Optional[str] = ..., user_side_title: _Optional[str] = ..., time_increase_per_sub_s: _Optional[int] = ..., time_increase_cap_s: _Optional[int] = ..., sub_count: _Optional[int] = ..., time_increase_reach_cap: bool = ..., total_pause_time_s: _Optional[int] = ..., last_pause_timestamp_s: _Optional[int] = ..., total_time_s: _Optional[int] = ..., remaining_time_s: _Optional[int] = ..., timestamp_s: _Optional[int] = ..., sticker_x: _Optional[int] = ..., sticker_y: _Optional[int] = ..., screen_w: _Optional[int] = ..., screen_h: _Optional[int] = ..., timer_status: _Optional[int] = ..., antidirt_status: _Optional[int] = ..., audit_status: _Optional[int] = ...) -> None: ...

class FansClubInfo(_message.Message):
    __slots__ = ("is_sleeping", "fans_level", "fans_score", "badge", "fans_count", "fans_club_name")
    IS_SLEEPING_FIELD_NUMBER: _ClassVar[int]
    FANS_LEVEL_FIELD_NUMBER: _ClassVar[int]
    FANS_SCORE_FIELD_NUMBER: _ClassVar[int]
    BADGE_FIELD_NUMBER: _ClassVar[int]
    FANS_COUNT_FIELD_NUMBER: _ClassVar[int]
    FANS_CLUB_NAME_FIELD_NUMBER: _ClassVar[int]
    is_sleeping: bool
    fans_level: int
    fans_score: int
    badge: Image
    fans_count: int
    fans_club_name: str
    def __init__(self, is_sleeping: bool = ..., fans_level: _Optional[int] = ..., fans_score: _Optional[int] = ..., badge: _Optional[_Union[Image, _Mapping]] = ..., fans_count: _Optional[int] = ..., fans_club_name: _Optional[str] = ...) -> None: ...

class PayGrade(_message.Message):
    __slots__ = ("total_diamond_count", "diamond_icon", "name", "icon", "next_name", "level", "next_icon", "next_diamond", "now_diamond", "this_grade_min_diamond", "this_grade_max_diamond", "score", "grade_icon_list", "grade_banner")
    TOTAL_DIAMOND_COUNT_FIELD_NUMBER: _ClassVar[int]
    DIAMOND_ICON_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    ICON_FIELD_NUMBER: _ClassVar[int]
    NEXT_NAME_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    NEXT_ICON_FIELD_NUMBER: _ClassVar[int]
    NEXT_DIAMOND_FIELD_NUMBER: _ClassVar[int]
    NOW_DIAMOND_FIELD_NUMBER: _ClassVar[int]
    THIS_GRADE_MIN_DIAMOND_FIELD_NUMBER: _ClassVar[int]
    THIS_GRADE_MAX_DIAMOND_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    GRADE_ICON_LIST_FIELD_NUMBER: _ClassVar[int]
    GRADE_BANNER_FIELD_NUMBER: _ClassVar[int]
    total_diamond_count: int
    diamond_icon: Image
    name: str
    icon: Image
    next_name: str
    level: int
    next_icon: Image
    next_diamond: int
    now_diamond: int
    this_grade_min_diamond: int
    this_grade_max_diamond: int
    score: int
    grade_icon_list: _containers.RepeatedCompositeFieldContainer[GradeIcon]
    grade_banner: str
    def __init__(self, total_diamond_count: _Optional[int] = ..., diamond_icon: _Optional[_Union[Image, _Mapping]] = ..., name: _Optional[str] = ..., icon: _Optional[_Union[Image, _Mapping]] = ..., next_name: _Optional[str] = ..., level: _Optional[int] = ..., next_icon: _Optional[_Union[Image, _Mapping]] = ..., next_diamond: _Optional[int] = ..., now_diamond: _Optional[int] = ..., this_grade_min_diamond: _Optional[int] = ..., this_grade_max_diamond: _Optional[int] = ..., score: _Optional[int] = ..., grade_icon_list: _Optional[_Iterable[_Union[GradeIcon, _Mapping]]] = ..., grade_banner: _Optional[str] = ...) -> None: ...

class UserStats(_message.Message):
    __slots__ = ("id", "id_str", "following_count", "follower_count", "record_count", "total_duration", "daily_fan_ticket_count", "daily_income", "item_count", "favorite_item_count", "diamond_consumed_count", "tuwen_item_count")
    ID_FIELD_NUMBER: _ClassVar[int]
    ID_STR_FIELD_NUMBER: _ClassVar[int]
    FOLLOWING_COUNT_FIELD_NUMBER: _ClassVar[int]
    FOLLOWER_COUNT_FIELD_NUMBER: _ClassVar[int]
    RECORD_COUNT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_DURATION_FIELD_NUMBER: _ClassVar[int]
    DAILY_FAN_TICKET_COUNT_FIELD_NUMBER: _ClassVar[int]
    DAILY_INCOME_FIELD_NUMBER: _ClassVar[int]
    ITEM_COUNT_FIELD_NUMBER: _ClassVar[int]
    FAVORITE_ITEM_COUNT_FIELD_NUMBER: _ClassVar[int]
    DIAMOND_CONSUMED_COUNT_FIELD_NUMBER: _ClassVar[int]
    TUWEN_ITEM_COUNT_FIELD_NUMBER: _ClassVar[int]
    id: int
    id_str: str
    following_count: int
    follower_count: int
    record_count: int
    total_duration: int
    daily_fan_ticket_count: int
    daily_income: int
    item_count: int
    favorite_item_count: int
    diamond_consumed_count: int
    tuwen_item_count: int
    def __init__(self, id: _Optional[int] = ..., id_str: _Optional[str] = ..., following_count: _Optional[int] = ..., follower_count: _Optional[int] = ..., record_count: _Optional[int] = ..., total_duration: _Optional[int] = ..., daily_fan_ticket_count: _Optional[int] = ..., daily_income: _Optional[int] = ..., item_count: _Optional[int] = ..., favorite_item_count: _Optional[int] = ..., diamond_consumed_count: _Optional[int] = ..., tuwen_item_count: _Optional[int] = ...) -> None: ...

class LiveEventInfo(_message.Message):
    __slots__ = ("event_id", "start_time", "duration", "title", "description", "has_subscribed", "is_paid_event", "ticket_amount", "pay_method", "wallet_pkg_dict_map")
    class WalletPkgDictMapEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: WalletPackage
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[WalletPackage, _Mapping]] = ...) -> None: ...
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    HAS_SUBSCRIBED_FIELD_NUMBER: _ClassVar[int]
    IS_PAID_EVENT_FIELD_NUMBER: _ClassVar[int]
    TICKET_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    PAY_METHOD_FIELD_NUMBER: _ClassVar[int]
    WALLET_PKG_DICT_MAP_FIELD_NUMBER: _ClassVar[int]
    event_id: int
    start_time: int
    duration: int
    title: str
    description: str
    has_subscribed: bool
    is_paid_event: bool
    ticket_amount: int
    pay_method: int
    wallet_pkg_dict_map: _containers.RepeatedCompositeFieldContainer[LiveEventInfo.WalletPkgDictMapEntry]
    def __init__(self, event_id: _Optional[int] = ..., start_time: _Optional[int] = ..., duration: _Optional[int] = ..., title: _Optional[str] = ..., description: _Optional[str] = ..., has_subscribed: bool = ..., is_paid_event: bool = ..., ticket_amount: _Optional[int] = ..., pay_method: _Optional[int] = ..., wallet_pkg_dict_map: _Optional[_Iterable[_Union[LiveEventInfo.WalletPkgDictMapEntry, _Mapping]]] = ...) -> None: ...

class WalletPackage(_message.Message):
    __slots__ = ("iap_id", "usd_price_show")
    IAP_ID_FIELD_NUMBER: _ClassVar[int]
    USD_PRICE_SHOW_FIELD_NUMBER: _ClassVar[int]
    iap_id: str
    usd_price_show: str
    def __init__(self, iap_id: _Optional[str] = ..., usd_price_show: _Optional[str] = ...) -> None: ...

class UserEcommerceEntrance(_message.Message):
    __slots__ = ("entrance_type", "creator_type", "schema", "shop_entrance_info", "showcase_entrance_info")
    ENTRANCE_TYPE_FIELD_NUMBER: _ClassVar[int]
    CREATOR_TYPE_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_FIELD_NUMBER: _ClassVar[int]
    SHOP_ENTRANCE_INFO_FIELD_NUMBER: _ClassVar[int]
    SHOWCASE_ENTRANCE_INFO_FIELD_NUMBER: _ClassVar[int]
    entrance_type: int
    creator_type: int
    schema: str
    shop_entrance_info: ShopEntranceInfo
    showcase_entrance_info: ShowcaseEntranceInfo
    def __init__(self, entrance_type: _Optional[int] = ..., creator_type: _Optional[int] = ..., schema: _Optional[str] = ..., shop_entrance_info: _Optional[_Union[ShopEntranceInfo, _Mapping]] = ..., showcase_entrance_info: _Optional[_Union[ShowcaseEntranceInfo, _Mapping]] = ...) -> None: ...

class ShopEntranceInfo(_message.Message):
    __slots__ = ("shop_id", "shop_name", "shop_rating", "store_label", "format_sold_count", "sold_count", "exp_rate_percentile", "exp_rate_top_display", "rate_display_style", "show_rate_not_applicable")
    SHOP_ID_FIELD_NUMBER: _ClassVar[int]
    SHOP_NAME_FIELD_NUMBER: _ClassVar[int]
    SHOP_RATING_FIELD_NUMBER: _ClassVar[int]
    STORE_LABEL_FIELD_NUMBER: _ClassVar[int]
    FORMAT_SOLD_COUNT_FIELD_NUMBER: _ClassVar[int]
    SOLD_COUNT_FIELD_NUMBER: _ClassVar[int]
    EXP_RATE_PERCENTILE_FIELD_NUMBER: _ClassVar[int]
    EXP_RATE_TOP_DISPLAY_FIELD_NUMBER: _ClassVar[int]
    RATE_DISPLAY_STYLE_FIELD_NUMBER: _ClassVar[int]
    SHOW_RATE_NOT_APPLICABLE_FIELD_NUMBER: _ClassVar[int]
    shop_id: str
    shop_name: str
    shop_rating: str
    store_label: StoreLabel
    format_sold_count: str
    sold_count: int
    exp_rate_percentile: int
    exp_rate_top_display: str
    rate_display_style: int
    show_rate_not_applicable: bool
    def __init__(self, shop_id: _Optional[str] = ..., shop_name: _Optional[str] = ..., shop_rating: _Optional[str] = ..., store_label: _Optional[_Union[StoreLabel, _Mapping]] = ..., format_sold_count: _Optional[str] = ..., sold_count: _Optional[int] = ..., exp_rate_percentile: _Optional[int] = ..., exp_rate_top_display: _Optional[str] = ..., rate_display_style: _Optional[int] = ..., show_rate_not_applicable: bool = ...) -> None: ...

class StoreLabel(_message.Message):
    __slots__ = ("official_label", "is_bytemall")
    OFFICIAL_LABEL_FIELD_NUMBER: _ClassVar[int]
    IS_BYTEMALL_FIELD_NUMBER: _ClassVar[int]
    official_label: StoreOfficialLabel
    is_bytemall: bool
    def __init__(self, official_label: _Optional[_Union[StoreOfficialLabel, _Mapping]] = ..., is_bytemall: bool = ...) -> None: ...

class StoreOfficialLabel(_message.Message):
    __slots__ = ("label_image_light", "label_image_dark", "label_type", "label_type_str")
    LABEL_IMAGE_LIGHT_FIELD_NUMBER: _ClassVar[int]
    LABEL_IMAGE_DARK_FIELD_NUMBER: _ClassVar[int]
    LABEL_TYPE_FIELD_NUMBER: _ClassVar[int]
    LABEL_TYPE_STR_FIELD_NUMBER: _ClassVar[int]
    label_image_light: ShopLabelImage
    label_image_dark: ShopLabelImage
    label_type: int
    label_type_str: str
    def __init__(self, label_image_light: _Optional[_Union[ShopLabelImage, _Mapping]] = ..., label_image_dark: _Optional[_Union[ShopLabelImage, _Mapping]] = ..., label_type: _Optional[int] = ..., label_type_str: _Optional[str] = ...) -> None: ...

class ShopLabelImage(_message.Message):
    __slots__ = ("height", "width", "minetype", "thumb_uri", "thumb_uri_list", "uri", "url_list", "color")
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    MINETYPE_FIELD_NUMBER: _ClassVar[int]
    THUMB_URI_FIELD_NUMBER: _ClassVar[int]
    THUMB_URI_LIST_FIELD_NUMBER: _ClassVar[int]
    URI_FIELD_NUMBER: _ClassVar[int]
    URL_LIST_FIELD_NUMBER: _ClassVar[int]
    COLOR_FIELD_NUMBER: _ClassVar[int]
    height: int
    width: int
    minetype: str
    thumb_uri: str
    thumb_uri_list: _containers.RepeatedScalarFieldContainer[str]
    uri: str
    url_list: _containers.RepeatedScalarFieldContainer[str]
    color: str
    def __init__(self, height: _Optional[int] = ..., width: _Optional[int] = ..., minetype: _Optional[str] = ..., thumb_uri: _Optional[str] = ..., thumb_uri_list: _Optional[_Iterable[str]] = ..., uri: _Optional[str] = ..., url_list: _Optional[_Iterable[str]] = ..., color: _Optional[str] = ...) -> None: ...

class ShowcaseEntranceInfo(_message.Message):
    __slots__ = ("format_sold_count", "sold_count")
    FORMAT_SOLD_COUNT_FIELD_NUMBER: _ClassVar[int]
    SOLD_COUNT_FIELD_NUMBER: _ClassVar[int]
    format_sold_count: str
    sold_count: int
    def __init__(self, format_sold_count: _Optional[str] = ..., sold_count: _Optional[int] = ...) -> None: ...

class Image(_message.Message):
    __slots__ = ("url_list", "uri", "height", "width", "avg_color", "image_type", "schema", "content", "is_animated")
    URL_LIST_FIELD_NUMBER: _ClassVar[int]
    URI_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    AVG_COLOR_FIELD_NUMBER: _ClassVar[int]
    IMAGE_TYPE_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    IS_ANIMATED_FIELD_NUMBER: _ClassVar[int]
    url_list: _containers.RepeatedScalarFieldContainer[str]
    uri: str
    height: int
    width: int
    avg_color: str
    image_type: int
    schema: str
    content: ImageContent
    is_animated: bool
    def __init__(self, url_list: _Optional[_Iterable[str]] = ..., uri: _Optional[str] = ..., height: _Optional[int] = ..., width: _Optional[int] = ..., avg_color: _Optional[str] = ..., image_type: _Optional[int] = ..., schema: _Optional[str] = ..., content: _Optional[_Union[ImageContent, _Mapping]] = ..., is_animated: bool = ...) -> None: ...

class ImageContent(_message.Message):
    __slots__ = ("name", "font_color", "level")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FONT_COLOR_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    name: str
    font_color: str
    level: int
    def __init__(self, name: _Optional[str] = ..., font_color: _Optional[str] = ..., level: _Optional[int] = ...) -> None: ...

class BadgeStruct(_message.Message):
    __slots__ = ("display_type", "priority_type", "badge_scene", "position", "display_status", "greyed_by_client", "exhibition_type", "schema_url", "display", "log_extra", "image", "text", "str", "combine", "is_customized")
    DISPLAY_TYPE_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_TYPE_FIELD_NUMBER: _ClassVar[int]
    BADGE_SCENE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_STATUS_FIELD_NUMBER: _ClassVar[int]
    GREYED_BY_CLIENT_FIELD_NUMBER: _ClassVar[int]
    EXHIBITION_TYPE_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_URL_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_FIELD_NUMBER: _ClassVar[int]
    LOG_EXTRA_FIELD_NUMBER: _ClassVar[int]
    IMAGE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    STR_FIELD_NUMBER: _ClassVar[int]
    COMBINE_FIELD_NUMBER: _ClassVar[int]
    IS_CUSTOMIZED_FIELD_NUMBER: _ClassVar[int]
    display_type: int
    priority_type: int
    badge_scene: int
    position: int
    display_status: int
    greyed_by_client: int
    exhibition_type: int
    schema_url: str
    display: bool
    log_extra: PrivilegeLogExtra
    image: _containers.RepeatedCompositeFieldContainer[ImageBadge]
    text: _containers.RepeatedCompositeFieldContainer[TextBadge]
    str: StringBadge
    combine: CombineBadge
    is_customized: bool
    def __init__(self, display_type: _Optional[int] = ..., priority_type: _Optional[int] = ..., badge_scene: _Optional[int] = ..., position: _Optional[int] = ..., display_status: _Optional[int] = ..., greyed_by_client: _Optional[int] = ..., exhibition_type: _Optional[int] = ..., schema_url: _Optional[str] = ..., display: bool = ..., log_extra: _Optional[_Union[PrivilegeLogExtra, _Mapping]] = ..., image: _Optional[_Iterable[_Union[ImageBadge, _Mapping]]] = ..., text: _Optional[_Iterable[_Union[TextBadge, _Mapping]]] = ..., str: _Optional[_Union[StringBadge, _Mapping]] = ..., combine: _Optional[_Union[CombineBadge, _Mapping]] = ..., is_customized: bool = ...) -> None: ...

class ImageBadge(_message.Message):
    __slots__ = ("badge_display_type", "image")
    BADGE_DISPLAY_TYPE_FIELD_NUMBER: _ClassVar[int]
    IMAGE_FIELD_NUMBER: _ClassVar[int]
    badge_display_type: int
    image: Image
    def __init__(self, badge_display_type: _Optional[int] = ..., image: _Optional[_Union[Image, _Mapping]] = ...) -> None: ...

class TextBadge(_message.Message):
    __slots__ = ("badge_display_type", "key", "default_pattern", "pieces")
    BADGE_DISPLAY_TYPE_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_PATTERN_FIELD_NUMBER: _ClassVar[int]
    PIECES_FIELD_NUMBER: _ClassVar[int]
    badge_display_type: int
    key: str
    default_pattern: str
    pieces: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, badge_display_type: _Optional[int] = ..., key: _Optional[str] = ..., default_pattern: _Optional[str] = ..., pieces: _Optional[_Iterable[str]] = ...) -> None: ...

class StringBadge(_message.Message):
    __slots__ = ("badge_display_type", "str")
    BADGE_DISPLAY_TYPE_FIELD_NUMBER: _ClassVar[int]
    STR_FIELD_NUMBER: _ClassVar[int]
    badge_display_type: int
    str: str
    def __init__(self, badge_display_type: _Optional[int] = ..., str: _Optional[str] = ...) -> None: ...

class CombineBadge(_message.Message):
    __slots__ = ("badge_display_type", "icon", "text", "str", "padding", "font_style", "profile_card_panel", "background", "background_dark_mode", "icon_auto_mirrored", "bg_auto_mirrored", "public_screen_show_style", "personal_card_show_style", "rank_list_online_audience_show_style", "multi_guest_show_style", "arrow_config", "padding_new_font")
    BADGE_DISPLAY_TYPE_FIELD_NUMBER: _ClassVar[int]
    ICON_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    STR_FIELD_NUMBER: _ClassVar[int]
    PADDING_FIELD_NUMBER: _ClassVar[int]
    FONT_STYLE_FIELD_NUMBER: _ClassVar[int]
    PROFILE_CARD_PANEL_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_DARK_MODE_FIELD_NUMBER: _ClassVar[int]
    ICON_AUTO_MIRRORED_FIELD_NUMBER: _ClassVar[int]
    BG_AUTO_MIRRORED_FIELD_NUMBER: _ClassVar[int]
    PUBLIC_SCREEN_SHOW_STYLE_FIELD_NUMBER: _ClassVar[int]
    PERSONAL_CARD_SHOW_STYLE_FIELD_NUMBER: _ClassVar[int]
    RANK_LIST_ONLINE_AUDIENCE_SHOW_STYLE_FIELD_NUMBER: _ClassVar[int]
    MULTI_GUEST_SHOW_STYLE_FIELD_NUMBER: _ClassVar[int]
    ARROW_CONFIG_FIELD_NUMBER: _ClassVar[int]
    PADDING_NEW_FONT_FIELD_NUMBER: _ClassVar[int]
    badge_display_type: int
    icon: Image
    text: BadgeText
    str: str
    padding: PaddingInfo
    font_style: FontStyle
    profile_card_panel: ProfileCardPanel
    background: CombineBadgeBackground
    background_dark_mode: CombineBadgeBackground
    icon_auto_mirrored: bool
    bg_auto_mirrored: bool
    public_screen_show_style: int
    personal_card_show_style: int
    rank_list_online_audience_show_style: int
    multi_guest_show_style: int
    arrow_config: ArrowConfig
    padding_new_font: PaddingInfo
    def __init__(self, badge_display_type: _Optional[int] = ..., icon: _Optional[_Union[Image, _Mapping]] = ..., text: _Optional[_Union[BadgeText, _Mapping]] = ..., str: _Optional[str] = ..., padding: _Optional[_Union[PaddingInfo, _Mapping]] = ..., font_style: _Optional[_Union[FontStyle, _Mapping]] = ..., profile_card_panel: _Optional[_Union[ProfileCardPanel, _Mapping]] = ..., background: _Optional[_Union[CombineBadgeBackground, _Mapping]] = ..., background_dark_mode: _Optional[_Union[CombineBadgeBackground, _Mapping]] = ..., icon_auto_mirrored: bool = ..., bg_auto_mirrored: bool = ..., public_screen_show_style: _Optional[int] = ..., personal_card_show_style: _Optional[int] = ..., rank_list_online_audience_show_style: _Optional[int] = ..., multi_guest_show_style: _Optional[int] = ..., arrow_config: _Optional[_Union[ArrowConfig, _Mapping]] = ..., padding_new_font: _Optional[_Union[PaddingInfo, _Mapping]] = ...) -> None: ...

class BadgeText(_message.Message):
    __slots__ = ("key", "default_pattern", "pieces")
    KEY_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_PATTERN_FIELD_NUMBER: _ClassVar[int]
    PIECES_FIELD_NUMBER: _ClassVar[int]
    key: str
    default_pattern: str
    pieces: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, key: _Optional[str] = ..., default_pattern: _Optional[str] = ..., pieces: _Optional[_Iterable[str]] = ...) -> None: ...

class PaddingInfo(_message.Message):
    __slots__ = ("use_specific", "middle_padding", "badge_width", "left_padding", "right_padding", "icon_top_padding", "icon_bottom_padding", "horizontal_padding_rule", "vertical_padding_rule")
    USE_SPECIFIC_FIELD_NUMBER: _ClassVar[int]
    MIDDLE_PADDING_FIELD_NUMBER: _ClassVar[int]
    BADGE_WIDTH_FIELD_NUMBER: _ClassVar[int]
    LEFT_PADDING_FIELD_NUMBER: _ClassVar[int]
    RIGHT_PADDING_FIELD_NUMBER: _ClassVar[int]
    ICON_TOP_PADDING_FIELD_NUMBER: _ClassVar[int]
    ICON_BOTTOM_PADDING_FIELD_NUMBER: _ClassVar[int]
    HORIZONTAL_PADDING_RULE_FIELD_NUMBER: _ClassVar[int]
    VERTICAL_PADDING_RULE_FIELD_NUMBER: _ClassVar[int]
    use_specific: bool
    middle_padding: int
    badge_width: int
    left_padding: int
    right_padding: int
    icon_top_padding: int
    icon_bottom_padding: int
    horizontal_padding_rule: int
    vertical_padding_rule: int
    def __init__(self, use_specific: bool = ..., middle_padding: _Optional[int] = ..., badge_width: _Optional[int] = ..., left_padding: _Optional[int] = ..., right_padding: _Optional[int] = ..., icon_top_padding: _Optional[int] = ..., icon_bottom_padding: _Optional[int] = ..., horizontal_padding_rule: _Optional[int] = ..., vertical_padding_rule: _Optional[int] = ...) -> None: ...

class FontStyle(_message.Message):
    __slots__ = ("font_size", "font_width", "font_color", "border_color")
    FONT_SIZE_FIELD_NUMBER: _ClassVar[int]
    FONT_WIDTH_FIELD_NUMBER: _ClassVar[int]
    FONT_COLOR_FIELD_NUMBER: _ClassVar[int]
    BORDER_COLOR_FIELD_NUMBER: _ClassVar[int]
    font_size: int
    font_width: int
    font_color: str
    border_color: str
    def __init__(self, font_size: _Optional[int] = ..., font_width: _Optional[int] = ..., font_color: _Optional[str] = ..., border_color: _Optional[str] = ...) -> None: ...

class ProfileCardPanel(_message.Message):
    __slots__ = ("use_new_profile_card_style", "badge_text_position", "projection_config", "profile_content", "separator_config")
    USE_NEW_PROFILE_CARD_STYLE_FIELD_NUMBER: _ClassVar[int]
    BADGE_TEXT_POSITION_FIELD_NUMBER: _ClassVar[int]
    PROJECTION_CONFIG_FIELD_NUMBER: _ClassVar[int]
    PROFILE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    SEPARATOR_CONFIG_FIELD_NUMBER: _ClassVar[int]
    use_new_profile_card_style: bool
    badge_text_position: int
    projection_config: ProjectionConfig
    profile_content: ProfileContent
    separator_config: SeparatorConfig
    def __init__(self, use_new_profile_card_style: bool = ..., badge_text_position: _Optional[int] = ..., projection_config: _Optional[_Union[ProjectionConfig, _Mapping]] = ..., profile_content: _Optional[_Union[ProfileContent, _Mapping]] = ..., separator_config: _Optional[_Union[SeparatorConfig, _Mapping]] = ...) -> None: ...

class ProjectionConfig(_message.Message):
    __slots__ = ("use_projection", "icon")
    USE_PROJECTION_FIELD_NUMBER: _ClassVar[int]
    ICON_FIELD_NUMBER: _ClassVar[int]
    use_projection: bool
    icon: Image
    def __init__(self, use_projection: bool = ..., icon: _Optional[_Union[Image, _Mapping]] = ...) -> None: ...

class ProfileContent(_message.Message):
    __slots__ = ("use_content", "icon_list", "number_config")
    USE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    ICON_LIST_FIELD_NUMBER: _ClassVar[int]
    NUMBER_CONFIG_FIELD_NUMBER: _ClassVar[int]
    use_content: bool
    icon_list: _containers.RepeatedCompositeFieldContainer[IconConfig]
    number_config: NumberConfig
    def __init__(self, use_content: bool = ..., icon_list: _Optional[_Iterable[_Union[IconConfig, _Mapping]]] = ..., number_config: _Optional[_Union[NumberConfig, _Mapping]] = ...) -> None: ...

class IconConfig(_message.Message):
    __slots__ = ("icon", "background")
    ICON_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_FIELD_NUMBER: _ClassVar[int]
    icon: Image
    background: CombineBadgeBackground
    def __init__(self, icon: _Optional[_Union[Image, _Mapping]] = ..., background: _Optional[_Union[CombineBadgeBackground, _Mapping]] = ...) -> None: ...

class CombineBadgeBackground(_message.Message):
    __slots__ = ("image", "background_color_code", "border_color_code", "unknown_5")
    IMAGE_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_COLOR_CODE_FIELD_NUMBER: _ClassVar[int]
    BORDER_COLOR_CODE_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_5_FIELD_NUMBER: _ClassVar[int]
    image: Image
    background_color_code: str
    border_color_code: str
    unknown_5: bytes
    def __init__(self, image: _Optional[_Union[Image, _Mapping]] = ..., background_color_code: _Optional[str] = ..., border_color_code: _Optional[str] = ..., unknown_5: _Optional[bytes] = ...) -> None: ...

class NumberConfig(_message.Message):
    __slots__ = ("number", "font_style", "background")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    FONT_STYLE_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_FIELD_NUMBER: _ClassVar[int]
    number: int
    font_style: FontStyle
    background: CombineBadgeBackground
    def __init__(self, number: _Optional[int] = ..., font_style: _Optional[_Union[FontStyle, _Mapping]] = ..., background: _Optional[_Union[CombineBadgeBackground, _Mapping]] = ...) -> None: ...

class SeparatorConfig(_message.Message):
    __slots__ = ("color",)
    COLOR_FIELD_NUMBER: _ClassVar[int]
    color: str
    def __init__(self, color: _Optional[str] = ...) -> None: ...

class ArrowConfig(_message.Message):
    __slots__ = ("icon",)
    ICON_FIELD_NUMBER: _ClassVar[int]
    icon: Image
    def __init__(self, icon: _Optional[_Union[Image, _Mapping]] = ...) -> None: ...

class UserIdentity(_message.Message):
    __slots__ = ("is_gift_giver_of_anchor", "is_subscriber_of_anchor", "is_mutual_following_with_anchor", "is_follower_of_anchor", "is_moderator_of_anchor", "is_anchor")
    IS_GIFT_GIVER_OF_ANCHOR_FIELD_NUMBER: _ClassVar[int]
    IS_SUBSCRIBER_OF_ANCHOR_FIELD_NUMBER: _ClassVar[int]
    IS_MUTUAL_FOLLOWING_WITH_ANCHOR_FIELD_NUMBER: _ClassVar[int]
    IS_FOLLOWER_OF_ANCHOR_FIELD_NUMBER: _ClassVar[int]
    IS_MODERATOR_OF_ANCHOR_FIELD_NUMBER: _ClassVar[int]
    IS_ANCHOR_FIELD_NUMBER: _ClassVar[int]
    is_gift_giver_of_anchor: bool
    is_subscriber_of_anchor: bool
    is_mutual_following_with_anchor: bool
    is_follower_of_anchor: bool
    is_moderator_of_anchor: bool
    is_anchor: bool
    def __init__(self, is_gift_giver_of_anchor: bool = ..., is_subscriber_of_anchor: bool = ..., is_mutual_following_with_anchor: bool = ..., is_follower_of_anchor: bool = ..., is_moderator_of_anchor: bool = ..., is_anchor: bool = ...) -> None: ...

class Emote(_message.Message):
    __slots__ = ("emote_id", "image", "audit_status", "uuid", "emote_type", "content_source", "emote_private_type", "package_id", "audit_info", "reward_condition", "emote_upload_info", "create_time", "emote_scene")
    EMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    IMAGE_FIELD_NUMBER: _ClassVar[int]
    AUDIT_STATUS_FIELD_NUMBER: _ClassVar[int]
    UUID_FIELD_NUMBER: _ClassVar[int]
    EMOTE_TYPE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_SOURCE_FIELD_NUMBER: _ClassVar[int]
    EMOTE_PRIVATE_TYPE_FIELD_NUMBER: _ClassVar[int]
    PACKAGE_ID_FIELD_NUMBER: _ClassVar[int]
    AUDIT_INFO_FIELD_NUMBER: _ClassVar[int]
    REWARD_CONDITION_FIELD_NUMBER: _ClassVar[int]
    EMOTE_UPLOAD_INFO_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    EMOTE_SCENE_FIELD_NUMBER: _ClassVar[int]
    emote_id: str
    image: Image
    audit_status: int
    uuid: str
    emote_type: int
    content_source: int
    emote_private_type: int
    package_id: str
    audit_info: EmoteAuditInfo
    reward_condition: int
    emote_upload_info: EmoteUploadInfo
    create_time: int
    emote_scene: int
    def __init__(self, emote_id: _Optional[str] = ..., image: _Optional[_Union[Image, _Mapping]] = ..., audit_status: _Optional[int] = ..., uuid: _Optional[str] = ..., emote_type: _Optional[int] = ..., content_source: _Optional[int] = ..., emote_private_type: _Optional[int] = ..., package_id: _Optional[str] = ..., audit_info: _Optional[_Union[EmoteAuditInfo, _Mapping]] = ..., reward_condition: _Optional[int] = ..., emote_upload_info: _Optional[_Union[EmoteUploadInfo, _Mapping]] = ..., create_time: _Optional[int] = ..., emote_scene: _Optional[int] = ...) -> None: ...

class EmoteAuditInfo(_message.Message):
    __slots__ = ("violation_id", "task_type")
    VIOLATION_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_TYPE_FIELD_NUMBER: _ClassVar[int]
    violation_id: int
    task_type: int
    def __init__(self, violation_id: _Optional[int] = ..., task_type: _Optional[int] = ...) -> None: ...

class EmoteUploadInfo(_message.Message):
    __slots__ = ("user_id", "emote_upload_source", "user_info", "user_id_str")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    EMOTE_UPLOAD_SOURCE_FIELD_NUMBER: _ClassVar[int]
    USER_INFO_FIELD_NUMBER: _ClassVar[int]
    USER_ID_STR_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    emote_upload_source: int
    user_info: User
    user_id_str: str
    def __init__(self, user_id: _Optional[int] = ..., emote_upload_source: _Optional[int] = ..., user_info: _Optional[_Union[User, _Mapping]] = ..., user_id_str: _Optional[str] = ...) -> None: ...

class PublicAreaCommon(_message.Message):
    __slots__ = ("user_label", "user_consume_in_room")
    USER_LABEL_FIELD_NUMBER: _ClassVar[int]
    USER_CONSUME_IN_ROOM_FIELD_NUMBER: _ClassVar[int]
    user_label: Image
    user_consume_in_room: int
    def __init__(self, user_label: _Optional[_Union[Image, _Mapping]] = ..., user_consume_in_room: _Optional[int] = ...) -> None: ...

class PublicAreaMessageCommon(_message.Message):
    __slots__ = ("scroll_gap_count", "anchor_scroll_gap_count", "release_to_scroll_area", "anchor_release_to_scroll_area", "is_anchor_marked", "creator_success_info", "portrait_info", "user_interaction_info", "admin_fold_type")
    SCROLL_GAP_COUNT_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_SCROLL_GAP_COUNT_FIELD_NUMBER: _ClassVar[int]
    RELEASE_TO_SCROLL_AREA_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_RELEASE_TO_SCROLL_AREA_FIELD_NUMBER: _ClassVar[int]
    IS_ANCHOR_MARKED_FIELD_NUMBER: _ClassVar[int]
    CREATOR_SUCCESS_INFO_FIELD_NUMBER: _ClassVar[int]
    PORTRAIT_INFO_FIELD_NUMBER: _ClassVar[int]
    USER_INTERACTION_INFO_FIELD_NUMBER: _ClassVar[int]
    ADMIN_FOLD_TYPE_FIELD_NUMBER: _ClassVar[int]
    scroll_gap_count: int
    anchor_scroll_gap_count: int
    release_to_scroll_area: bool
    anchor_release_to_scroll_area: bool
    is_anchor_marked: bool
    creator_success_info: CreatorSuccessInfo
    portrait_info: PortraitInfo
    user_interaction_info: UserInteractionInfo
    admin_fold_type: int
    def __init__(self, scroll_gap_count: _Optional[int] = ..., anchor_scroll_gap_count: _Optional[int] = ..., release_to_scroll_area: bool = ..., anchor_release_to_scroll_area: bool = ..., is_anchor_marked: bool = ..., creator_success_info: _Optional[_Union[CreatorSuccessInfo, _Mapping]] = ..., portrait_info: _Optional[_Union[PortraitInfo, _Mapping]] = ..., user_interaction_info: _Optional[_Union[UserInteractionInfo, _Mapping]] = ..., admin_fold_type: _Optional[int] = ...) -> None: ...

class CreatorSuccessInfo(_message.Message):
    __slots__ = ("tags", "topic", "unknown_3")
    TAGS_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_3_FIELD_NUMBER: _ClassVar[int]
    tags: _containers.RepeatedCompositeFieldContainer[TagItem]
    topic: Topic
    unknown_3: bytes
    def __init__(self, tags: _Optional[_Iterable[_Union[TagItem, _Mapping]]] = ..., topic: _Optional[_Union[Topic, _Mapping]] = ..., unknown_3: _Optional[bytes] = ...) -> None: ...

class TagItem(_message.Message):
    __slots__ = ("tag_type", "tag_text")
    TAG_TYPE_FIELD_NUMBER: _ClassVar[int]
    TAG_TEXT_FIELD_NUMBER: _ClassVar[int]
    tag_type: int
    tag_text: Text
    def __init__(self, tag_type: _Optional[int] = ..., tag_text: _Optional[_Union[Text, _Mapping]] = ...) -> None: ...

class Topic(_message.Message):
    __slots__ = ("topic_action_type", "topic_text", "topic_tips")
    TOPIC_ACTION_TYPE_FIELD_NUMBER: _ClassVar[int]
    TOPIC_TEXT_FIELD_NUMBER: _ClassVar[int]
    TOPIC_TIPS_FIELD_NUMBER: _ClassVar[int]
    topic_action_type: int
    topic_text: Text
    topic_tips: Text
    def __init__(self, topic_action_type: _Optional[int] = ..., topic_text: _Optional[_Union[Text, _Mapping]] = ..., topic_tips: _Optional[_Union[Text, _Mapping]] = ...) -> None: ...

class PortraitInfo(_message.Message):
    __slots__ = ("user_metrics", "portrait_tag")
    USER_METRICS_FIELD_NUMBER: _ClassVar[int]
    PORTRAIT_TAG_FIELD_NUMBER: _ClassVar[int]
    user_metrics: _containers.RepeatedCompositeFieldContainer[UserMetrics]
    portrait_tag: _containers.RepeatedCompositeFieldContainer[PortraitTag]
    def __init__(self, user_metrics: _Optional[_Iterable[_Union[UserMetrics, _Mapping]]] = ..., portrait_tag: _Optional[_Iterable[_Union[PortraitTag, _Mapping]]] = ...) -> None: ...

class UserMetrics(_message.Message):
    __slots__ = ("type", "metrics_value")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    METRICS_VALUE_FIELD_NUMBER: _ClassVar[int]
    type: int
    metrics_value: str
    def __init__(self, type: _Optional[int] = ..., metrics_value: _Optional[str] = ...) -> None: ...

class PortraitTag(_message.Message):
    __slots__ = ("tag_id", "priority", "show_value", "show_args")
    TAG_ID_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    SHOW_VALUE_FIELD_NUMBER: _ClassVar[int]
    SHOW_ARGS_FIELD_NUMBER: _ClassVar[int]
    tag_id: str
    priority: int
    show_value: str
    show_args: str
    def __init__(self, tag_id: _Optional[str] = ..., priority: _Optional[int] = ..., show_value: _Optional[str] = ..., show_args: _Optional[str] = ...) -> None: ...

class UserInteractionInfo(_message.Message):
    __slots__ = ("like_cnt", "comment_cnt", "share_cnt")
    LIKE_CNT_FIELD_NUMBER: _ClassVar[int]
    COMMENT_CNT_FIELD_NUMBER: _ClassVar[int]
    SHARE_CNT_FIELD_NUMBER: _ClassVar[int]
    like_cnt: int
    comment_cnt: int
    share_cnt: int
    def __init__(self, like_cnt: _Optional[int] = ..., comment_cnt: _Optional[int] = ..., share_cnt: _Optional[int] = ...) -> None: ...

class MsgFilter(_message.Message):
    __slots__ = ("is_gifter", "is_subscribed_to_anchor")
    IS_GIFTER_FIELD_NUMBER: _ClassVar[int]
    IS_SUBSCRIBED_TO_ANCHOR_FIELD_NUMBER: _ClassVar[int]
    is_gifter: bool
    is_subscribed_to_anchor: bool
    def __init__(self, is_gifter: bool = ..., is_subscribed_to_anchor: bool = ...) -> None: ...
