from tiktoklive.wire import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DisplayStyle(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DISPLAY_STYLE_NORMAL: _ClassVar[DisplayStyle]
    DISPLAY_STYLE_STAY: _ClassVar[DisplayStyle]
    DISPLAY_STYLE_CHAT: _ClassVar[DisplayStyle]

class HitABStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HIT_AB_STATUS_NO_HIT: _ClassVar[HitABStatus]
    HIT_AB_STATUS_ENTER_FROM_EXTERNAL_LINK_NEW_TEXT: _ClassVar[HitABStatus]
    HIT_AB_STATUS_ENTER_FROM_RE_POST_NEW_TEXT: _ClassVar[HitABStatus]

class MemberMessageAction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MEMBER_MESSAGE_ACTION_UNKNOWN: _ClassVar[MemberMessageAction]
    MEMBER_MESSAGE_ACTION_JOINED: _ClassVar[MemberMessageAction]
    MEMBER_MESSAGE_ACTION_SUBSCRIBED: _ClassVar[MemberMessageAction]

class BarrageShowType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BARRAGE_SHOW_TYPE_NORMAL: _ClassVar[BarrageShowType]
    BARRAGE_SHOW_TYPE_FADE_IN_OUT: _ClassVar[BarrageShowType]

class BarrageType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BARRAGE_TYPE_UNKNOWN: _ClassVar[BarrageType]
    BARRAGE_TYPE_E_COM_ORDERING: _ClassVar[BarrageType]
    BARRAGE_TYPE_E_COM_BUYING: _ClassVar[BarrageType]
    BARRAGE_TYPE_NORMAL: _ClassVar[BarrageType]
    BARRAGE_TYPE_SUBSCRIBE: _ClassVar[BarrageType]
    BARRAGE_TYPE_EVENT_VIEW: _ClassVar[BarrageType]
    BARRAGE_TYPE_EVENT_REGISTERED: _ClassVar[BarrageType]
    BARRAGE_TYPE_SUBSCRIBE_GIFT: _ClassVar[BarrageType]
    BARRAGE_TYPE_USER_UPGRADE: _ClassVar[BarrageType]
    BARRAGE_TYPE_GRADE_USER_ENTRANCE_NOTIFICATION: _ClassVar[BarrageType]
    BARRAGE_TYPE_FANS_LEVEL_UPGRADE: _ClassVar[BarrageType]
    BARRAGE_TYPE_FANS_LEVEL_ENTRANCE: _ClassVar[BarrageType]
    BARRAGE_TYPE_GAME_PARTNERSHIP: _ClassVar[BarrageType]
    BARRAGE_TYPE_GIFT_GALLERY: _ClassVar[BarrageType]
    BARRAGE_TYPE_E_COM_BOUGHT: _ClassVar[BarrageType]
    BARRAGE_TYPE_COMMON_BARRAGE: _ClassVar[BarrageType]

class IconDisplayType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ICON_DISPLAY_TYPE_IMAGE: _ClassVar[IconDisplayType]
    ICON_DISPLAY_TYPE_BADGE: _ClassVar[IconDisplayType]

class RenderType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RENDER_TYPE_NATIVE: _ClassVar[RenderType]
    RENDER_TYPE_HYBRID: _ClassVar[RenderType]
    RENDER_TYPE_ALPHA: _ClassVar[RenderType]

class HorizontalOnclickTriggerType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HORIZONTAL_ONCLICK_TRIGGER_TYPE_UNKNOWN: _ClassVar[HorizontalOnclickTriggerType]
    HORIZONTAL_ONCLICK_TRIGGER_TYPE_LEFT: _ClassVar[HorizontalOnclickTriggerType]
    HORIZONTAL_ONCLICK_TRIGGER_TYPE_MIDDLE: _ClassVar[HorizontalOnclickTriggerType]
    HORIZONTAL_ONCLICK_TRIGGER_TYPE_RIGHT: _ClassVar[HorizontalOnclickTriggerType]
    HORIZONTAL_ONCLICK_TRIGGER_TYPE_ALL_AREA: _ClassVar[HorizontalOnclickTriggerType]
DISPLAY_STYLE_NORMAL: DisplayStyle
DISPLAY_STYLE_STAY: DisplayStyle
DISPLAY_STYLE_CHAT: DisplayStyle
HIT_AB_STATUS_NO_HIT: HitABStatus
HIT_AB_STATUS_ENTER_FROM_EXTERNAL_LINK_NEW_TEXT: HitABStatus
HIT_AB_STATUS_ENTER_FROM_RE_POST_NEW_TEXT: HitABStatus
MEMBER_MESSAGE_ACTION_UNKNOWN: MemberMessageAction
MEMBER_MESSAGE_ACTION_JOINED: MemberMessageAction
MEMBER_MESSAGE_ACTION_SUBSCRIBED: MemberMessageAction
BARRAGE_SHOW_TYPE_NORMAL: BarrageShowType
BARRAGE_SHOW_TYPE_FADE_IN_OUT: BarrageShowType
BARRAGE_TYPE_UNKNOWN: BarrageType
BARRAGE_TYPE_E_COM_ORDERING: BarrageType
BARRAGE_TYPE_E_COM_BUYING: BarrageType
BARRAGE_TYPE_NORMAL: BarrageType
BARRAGE_TYPE_SUBSCRIBE: BarrageType
BARRAGE_TYPE_EVENT_VIEW: BarrageType
BARRAGE_TYPE_EVENT_REGISTERED: BarrageType
BARRAGE_TYPE_SUBSCRIBE_GIFT: BarrageType
BARRAGE_TYPE_USER_UPGRADE: BarrageType
BARRAGE_TYPE_GRADE_USER_ENTRANCE_NOTIFICATION: BarrageType
BARRAGE_TYPE_FANS_LEVEL_UPGRADE: BarrageType
BARRAGE_TYPE_FANS_LEVEL_ENTRANCE: BarrageType
BARRAGE_TYPE_GAME_PARTNERSHIP: BarrageType
BARRAGE_TYPE_GIFT_GALLERY: BarrageType
BARRAGE_TYPE_E_COM_BOUGHT: BarrageType
BARRAGE_TYPE_COMMON_BARRAGE: BarrageType
ICON_DISPLAY_TYPE_IMAGE: IconDisplayType
ICON_DISPLAY_TYPE_BADGE: IconDisplayType
RENDER_TYPE_NATIVE: RenderType
RENDER_TYPE_HYBRID: RenderType
RENDER_TYPE_ALPHA: RenderType
HORIZONTAL_ONCLICK_TRIGGER_TYPE_UNKNOWN: HorizontalOnclickTriggerType
HORIZONTAL_ONCLICK_TRIGGER_TYPE_LEFT: HorizontalOnclickTriggerType
HORIZONTAL_ONCLICK_TRIGGER_TYPE_MIDDLE: HorizontalOnclickTriggerType
HORIZONTAL_ONCLICK_TRIGGER_TYPE_RIGHT: HorizontalOnclickTriggerType
HORIZONTAL_ONCLICK_TRIGGER_TYPE_ALL_AREA: HorizontalOnclickTriggerType

class WebcastRoomUserSeqMessage(_message.Message):
    __slots__ = ("common", "ranks", "total", "pop_str", "seats", "popularity", "total_user", "anonymous")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    RANKS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    POP_STR_FIELD_NUMBER: _ClassVar[int]
    SEATS_FIELD_NUMBER: _ClassVar[int]
    POPULARITY_FIELD_NUMBER: _ClassVar[int]
    TOTAL_USER_FIELD_NUMBER: _ClassVar[int]
    ANONYMOUS_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    ranks: _containers.RepeatedCompositeFieldContainer[Contributor]
    total: int
    pop_str: str
    seats: _containers.RepeatedCompositeFieldContainer[Contributor]
    popularity: int
    total_user: int
    anonymous: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., ranks: _Optional[_Iterable[_Union[Contributor, _Mapping]]] = ..., total: _Optional[int] = ..., pop_str: _Optional[str] = ..., seats: _Optional[_Iterable[_Union[Contributor, _Mapping]]] = ..., popularity: _Optional[int] = ..., total_user: _Optional[int] = ..., anonymous: _Optional[int] = ...) -> None: ...

class Contributor(_message.Message):
    __slots__ = ("score", "user", "rank", "delta")
    SCORE_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    RANK_FIELD_NUMBER: _ClassVar[int]
    DELTA_FIELD_NUMBER: _ClassVar[int]
    score: int
    user: _common_pb2.User
    rank: int
    delta: int
    def __init__(self, score: _Optional[int] = ..., user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., rank: _Optional[int] = ..., delta: _Optional[int] = ...) -> None: ...

class WebcastMemberMessage(_message.Message):
    __slots__ = ("common", "user", "member_count", "operator", "is_set_to_admin", "is_top_user", "rank_score", "top_user_no", "enter_type", "action", "action_description", "user_id", "effect_config", "pop_str", "enter_effect_config", "background_image", "background_image_v2", "anchor_display_text", "client_enter_source", "client_enter_type", "client_live_reason", "action_duration", "user_share_type", "display_style", "admin_permissions", "kick_source", "allow_preview_time", "last_subscription_action", "public_area_message_common", "live_sub_only_tier", "live_sub_only_month", "ec_streamer_key", "show_wave", "wave_algorithm_data", "hit_ab_status")
    class AdminPermissionsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: int
        def __init__(self, key: _Optional[int] = ..., value: _Optional[int] = ...) -> None: ...
    COMMON_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    MEMBER_COUNT_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    IS_SET_TO_ADMIN_FIELD_NUMBER: _ClassVar[int]
    IS_TOP_USER_FIELD_NUMBER: _ClassVar[int]
    RANK_SCORE_FIELD_NUMBER: _ClassVar[int]
    TOP_USER_NO_FIELD_NUMBER: _ClassVar[int]
    ENTER_TYPE_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    ACTION_DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    EFFECT_CONFIG_FIELD_NUMBER: _ClassVar[int]
    POP_STR_FIELD_NUMBER: _ClassVar[int]
    ENTER_EFFECT_CONFIG_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_IMAGE_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_IMAGE_V2_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_DISPLAY_TEXT_FIELD_NUMBER: _ClassVar[int]
    CLIENT_ENTER_SOURCE_FIELD_NUMBER: _ClassVar[int]
    CLIENT_ENTER_TYPE_FIELD_NUMBER: _ClassVar[int]
    CLIENT_LIVE_REASON_FIELD_NUMBER: _ClassVar[int]
    ACTION_DURATION_FIELD_NUMBER: _ClassVar[int]
    USER_SHARE_TYPE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_STYLE_FIELD_NUMBER: _ClassVar[int]
    ADMIN_PERMISSIONS_FIELD_NUMBER: _ClassVar[int]
    KICK_SOURCE_FIELD_NUMBER: _ClassVar[int]
    ALLOW_PREVIEW_TIME_FIELD_NUMBER: _ClassVar[int]
    LAST_SUBSCRIPTION_ACTION_FIELD_NUMBER: _ClassVar[int]
    PUBLIC_AREA_MESSAGE_COMMON_FIELD_NUMBER: _ClassVar[int]
    LIVE_SUB_ONLY_TIER_FIELD_NUMBER: _ClassVar[int]
    LIVE_SUB_ONLY_MONTH_FIELD_NUMBER: _ClassVar[int]
    EC_STREAMER_KEY_FIELD_NUMBER: _ClassVar[int]
    SHOW_WAVE_FIELD_NUMBER: _ClassVar[int]
    WAVE_ALGORITHM_DATA_FIELD_NUMBER: _ClassVar[int]
    HIT_AB_STATUS_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    user: _common_pb2.User
    member_count: int
    operator: _common_pb2.User
    is_set_to_admin: bool
    is_top_user: bool
    rank_score: int
    top_user_no: int
    enter_type: int
    action: int
    action_description: str
    user_id: int
    effect_config: EffectConfig
    pop_str: str
    enter_effect_config: EffectConfig
    background_image: _common_pb2.Image
    background_image_v2: _common_pb2.Image
    anchor_display_text: _common_pb2.Text
    client_enter_source: str
    client_enter_type: str
    client_live_reason: str
    action_duration: int
    user_share_type: str
    display_style: int
    admin_permissions: _containers.RepeatedCompositeFieldContainer[WebcastMemberMessage.AdminPermissionsEntry]
    kick_source: int
    allow_preview_time: int
    last_subscription_action: int
    public_area_message_common: _common_pb2.PublicAreaMessageCommon
    live_sub_only_tier: int
    live_sub_only_month: int
    ec_streamer_key: str
    show_wave: int
    wave_algorithm_data: WaveAlgorithmData
    hit_ab_status: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., member_count: _Optional[int] = ..., operator: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., is_set_to_admin: bool = ..., is_top_user: bool = ..., rank_score: _Optional[int] = ..., top_user_no: _Optional[int] = ..., enter_type: _Optional[int] = ..., action: _Optional[int] = ..., action_description: _Optional[str] = ..., user_id: _Optional[int] = ..., effect_config: _Optional[_Union[EffectConfig, _Mapping]] = ..., pop_str: _Optional[str] = ..., enter_effect_config: _Optional[_Union[EffectConfig, _Mapping]] = ..., background_image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., background_image_v2: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., anchor_display_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., client_enter_source: _Optional[str] = ..., client_enter_type: _Optional[str] = ..., client_live_reason: _Optional[str] = ..., action_duration: _Optional[int] = ..., user_share_type: _Optional[str] = ..., display_style: _Optional[int] = ..., admin_permissions: _Optional[_Iterable[_Union[WebcastMemberMessage.AdminPermissionsEntry, _Mapping]]] = ..., kick_source: _Optional[int] = ..., allow_preview_time: _Optional[int] = ..., last_subscription_action: _Optional[int] = ..., public_area_message_common: _Optional[_Union[_common_pb2.PublicAreaMessageCommon, _Mapping]] = ..., live_sub_only_tier: _Optional[int] = ..., live_sub_only_month: _Optional[int] = ..., ec_streamer_key: _Optional[str] = ..., show_wave: _Optional[int] = ..., wave_algorithm_data: _Optional[_Union[WaveAlgorithmData, _Mapping]] = ..., hit_ab_status: _Optional[int] = ...) -> None: ...

class EffectConfig(_message.Message):
    __slots__ = ("type", "icon", "avatar_pos", "text", "text_icon", "stay_time", "anim_asset_id", "badge", "flex_setting_array_list")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    ICON_FIELD_NUMBER: _ClassVar[int]
    AVATAR_POS_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    TEXT_ICON_FIELD_NUMBER: _ClassVar[int]
    STAY_TIME_FIELD_NUMBER: _ClassVar[int]
    ANIM_ASSET_ID_FIELD_NUMBER: _ClassVar[int]
    BADGE_FIELD_NUMBER: _ClassVar[int]
    FLEX_SETTING_ARRAY_LIST_FIELD_NUMBER: _ClassVar[int]
    type: int
    icon: _common_pb2.Image
    avatar_pos: int
    text: _common_pb2.Text
    text_icon: _common_pb2.Image
    stay_time: int
    anim_asset_id: int
    badge: _common_pb2.Image
    flex_setting_array_list: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, type: _Optional[int] = ..., icon: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., avatar_pos: _Optional[int] = ..., text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., text_icon: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., stay_time: _Optional[int] = ..., anim_asset_id: _Optional[int] = ..., badge: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., flex_setting_array_list: _Optional[_Iterable[int]] = ...) -> None: ...

class WaveAlgorithmData(_message.Message):
    __slots__ = ("algorithm_version", "is_alg_hit", "predict_score", "is_rewatch", "is_follow")
    ALGORITHM_VERSION_FIELD_NUMBER: _ClassVar[int]
    IS_ALG_HIT_FIELD_NUMBER: _ClassVar[int]
    PREDICT_SCORE_FIELD_NUMBER: _ClassVar[int]
    IS_REWATCH_FIELD_NUMBER: _ClassVar[int]
    IS_FOLLOW_FIELD_NUMBER: _ClassVar[int]
    algorithm_version: str
    is_alg_hit: bool
    predict_score: str
    is_rewatch: bool
    is_follow: bool
    def __init__(self, algorithm_version: _Optional[str] = ..., is_alg_hit: bool = ..., predict_score: _Optional[str] = ..., is_rewatch: bool = ..., is_follow: bool = ...) -> None: ...

class WebcastSocialMessage(_message.Message):
    __slots__ = ("common", "user", "share_type", "action", "share_target", "follow_count", "share_display_style", "share_count", "public_area_message_common", "signature", "signature_version", "show_duration_ms")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    SHARE_TYPE_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    SHARE_TARGET_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_COUNT_FIELD_NUMBER: _ClassVar[int]
    SHARE_DISPLAY_STYLE_FIELD_NUMBER: _ClassVar[int]
    SHARE_COUNT_FIELD_NUMBER: _ClassVar[int]
    PUBLIC_AREA_MESSAGE_COMMON_FIELD_NUMBER: _ClassVar[int]
    SIGNATURE_FIELD_NUMBER: _ClassVar[int]
    SIGNATURE_VERSION_FIELD_NUMBER: _ClassVar[int]
    SHOW_DURATION_MS_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    user: _common_pb2.User
    share_type: int
    action: int
    share_target: str
    follow_count: int
    share_display_style: int
    share_count: int
    public_area_message_common: _common_pb2.PublicAreaMessageCommon
    signature: str
    signature_version: str
    show_duration_ms: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., share_type: _Optional[int] = ..., action: _Optional[int] = ..., share_target: _Optional[str] = ..., follow_count: _Optional[int] = ..., share_display_style: _Optional[int] = ..., share_count: _Optional[int] = ..., public_area_message_common: _Optional[_Union[_common_pb2.PublicAreaMessageCommon, _Mapping]] = ..., signature: _Optional[str] = ..., signature_version: _Optional[str] = ..., show_duration_ms: _Optional[int] = ...) -> None: ...

class WebcastLikeMessage(_message.Message):
    __slots__ = ("common", "count", "total", "color", "user", "icon", "icons", "specified_display_text", "effect_cnt", "like_effect", "public_area_message_common", "room_message_heat_level")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    COLOR_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    ICON_FIELD_NUMBER: _ClassVar[int]
    ICONS_FIELD_NUMBER: _ClassVar[int]
    SPECIFIED_DISPLAY_TEXT_FIELD_NUMBER: _ClassVar[int]
    EFFECT_CNT_FIELD_NUMBER: _ClassVar[int]
    LIKE_EFFECT_FIELD_NUMBER: _ClassVar[int]
    PUBLIC_AREA_MESSAGE_COMMON_FIELD_NUMBER: _ClassVar[int]
    ROOM_MESSAGE_HEAT_LEVEL_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    count: int
    total: int
    color: int
    user: _common_pb2.User
    icon: str
    icons: _containers.RepeatedCompositeFieldContainer[_common_pb2.Image]
    specified_display_text: _containers.RepeatedCompositeFieldContainer[SpecifiedDisplayText]
    effect_cnt: int
    like_effect: _containers.RepeatedCompositeFieldContainer[LikeEffect]
    public_area_message_common: _common_pb2.PublicAreaMessageCommon
    room_message_heat_level: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., count: _Optional[int] = ..., total: _Optional[int] = ..., color: _Optional[int] = ..., user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., icon: _Optional[str] = ..., icons: _Optional[_Iterable[_Union[_common_pb2.Image, _Mapping]]] = ..., specified_display_text: _Optional[_Iterable[_Union[SpecifiedDisplayText, _Mapping]]] = ..., effect_cnt: _Optional[int] = ..., like_effect: _Optional[_Iterable[_Union[LikeEffect, _Mapping]]] = ..., public_area_message_common: _Optional[_Union[_common_pb2.PublicAreaMessageCommon, _Mapping]] = ..., room_message_heat_level: _Optional[int] = ...) -> None: ...

class SpecifiedDisplayText(_message.Message):
    __slots__ = ("uid", "display_text")
    UID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_TEXT_FIELD_NUMBER: _ClassVar[int]
    uid: int
    display_text: _common_pb2.Text
    def __init__(self, uid: _Optional[int] = ..., display_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ...) -> None: ...

class LikeEffect(_message.Message):
    __slots__ = ("version", "effect_cnt", "effect_interval_ms", "level")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    EFFECT_CNT_FIELD_NUMBER: _ClassVar[int]
    EFFECT_INTERVAL_MS_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    version: int
    effect_cnt: int
    effect_interval_ms: int
    level: int
    def __init__(self, version: _Optional[int] = ..., effect_cnt: _Optional[int] = ..., effect_interval_ms: _Optional[int] = ..., level: _Optional[int] = ...) -> None: ...

class WebcastBarrageMessage(_message.Message):
    __slots__ = ("common", "event", "msg_type", "icon", "content", "duration", "background", "right_icon", "display_config", "gallery_gift_id", "scene", "control", "right_label", "use_marquee", "show_type", "badge", "render_type", "left_icon_display_type", "ribbon_animation", "animation_data", "hybrid_url", "schema", "sub_type", "common_barrage_content", "user_grade_param", "fans_level_param", "subscribe_gift_param", "privilege_log_extra", "gift_gallery_params")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    MSG_TYPE_FIELD_NUMBER: _ClassVar[int]
    ICON_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_FIELD_NUMBER: _ClassVar[int]
    RIGHT_ICON_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_CONFIG_FIELD_NUMBER: _ClassVar[int]
    GALLERY_GIFT_ID_FIELD_NUMBER: _ClassVar[int]
    SCENE_FIELD_NUMBER: _ClassVar[int]
    CONTROL_FIELD_NUMBER: _ClassVar[int]
    RIGHT_LABEL_FIELD_NUMBER: _ClassVar[int]
    USE_MARQUEE_FIELD_NUMBER: _ClassVar[int]
    SHOW_TYPE_FIELD_NUMBER: _ClassVar[int]
    BADGE_FIELD_NUMBER: _ClassVar[int]
    RENDER_TYPE_FIELD_NUMBER: _ClassVar[int]
    LEFT_ICON_DISPLAY_TYPE_FIELD_NUMBER: _ClassVar[int]
    RIBBON_ANIMATION_FIELD_NUMBER: _ClassVar[int]
    ANIMATION_DATA_FIELD_NUMBER: _ClassVar[int]
    HYBRID_URL_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_FIELD_NUMBER: _ClassVar[int]
    SUB_TYPE_FIELD_NUMBER: _ClassVar[int]
    COMMON_BARRAGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    USER_GRADE_PARAM_FIELD_NUMBER: _ClassVar[int]
    FANS_LEVEL_PARAM_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBE_GIFT_PARAM_FIELD_NUMBER: _ClassVar[int]
    PRIVILEGE_LOG_EXTRA_FIELD_NUMBER: _ClassVar[int]
    GIFT_GALLERY_PARAMS_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    event: BarrageEvent
    msg_type: int
    icon: _common_pb2.Image
    content: _common_pb2.Text
    duration: int
    background: _common_pb2.Image
    right_icon: _common_pb2.Image
    display_config: int
    gallery_gift_id: int
    scene: str
    control: DisplayControl
    right_label: RightLabel
    use_marquee: bool
    show_type: int
    badge: _common_pb2.BadgeStruct
    render_type: int
    left_icon_display_type: int
    ribbon_animation: _common_pb2.Image
    animation_data: AnimationData
    hybrid_url: str
    schema: str
    sub_type: str
    common_barrage_content: _common_pb2.Text
    user_grade_param: BarrageTypeUserGradeParam
    fans_level_param: BarrageTypeFansLevelParam
    subscribe_gift_param: BarrageTypeSubscribeGiftParam
    privilege_log_extra: _common_pb2.PrivilegeLogExtra
    gift_gallery_params: BarrageTypeGiftGalleryParam
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., event: _Optional[_Union[BarrageEvent, _Mapping]] = ..., msg_type: _Optional[int] = ..., icon: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., duration: _Optional[int] = ..., background: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., right_icon: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., display_config: _Optional[int] = ..., gallery_gift_id: _Optional[int] = ..., scene: _Optional[str] = ..., control: _Optional[_Union[DisplayControl, _Mapping]] = ..., right_label: _Optional[_Union[RightLabel, _Mapping]] = ..., use_marquee: bool = ..., show_type: _Optional[int] = ..., badge: _Optional[_Union[_common_pb2.BadgeStruct, _Mapping]] = ..., render_type: _Optional[int] = ..., left_icon_display_type: _Optional[int] = ..., ribbon_animation: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., animation_data: _Optional[_Union[AnimationData, _Mapping]] = ..., hybrid_url: _Optional[str] = ..., schema: _Optional[str] = ..., sub_type: _Optional[str] = ..., common_barrage_content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., user_grade_param: _Optional[_Union[BarrageTypeUserGradeParam, _Mapping]] = ..., fans_level_param: _Optional[_Union[BarrageTypeFansLevelParam, _Mapping]] = ..., subscribe_gift_param: _Optional[_Union[BarrageTypeSubscribeGiftParam, _Mapping]] = ..., privilege_log_extra: _Optional[_Union[_common_pb2.PrivilegeLogExtra, _Mapping]] = ..., gift_gallery_params: _Optional[_Union[BarrageTypeGiftGalleryParam, _Mapping]] = ...) -> None: ...

class BarrageEvent(_message.Message):
    __slots__ = ("event_name", "params")
    class ParamsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    EVENT_NAME_FIELD_NUMBER: _ClassVar[int]
    PARAMS_FIELD_NUMBER: _ClassVar[int]
    event_name: str
    params: _containers.RepeatedCompositeFieldContainer[BarrageEvent.ParamsEntry]
    def __init__(self, event_name: _Optional[str] = ..., params: _Optional[_Iterable[_Union[BarrageEvent.ParamsEntry, _Mapping]]] = ...) -> None: ...

class DisplayControl(_message.Message):
    __slots__ = ("priority", "duration", "target_group_show_rst", "horizontal_trigger_type")
    class TargetGroupShowRstEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: ShowResult
        def __init__(self, key: _Optional[int] = ..., value: _Optional[_Union[ShowResult, _Mapping]] = ...) -> None: ...
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    TARGET_GROUP_SHOW_RST_FIELD_NUMBER: _ClassVar[int]
    HORIZONTAL_TRIGGER_TYPE_FIELD_NUMBER: _ClassVar[int]
    priority: int
    duration: int
    target_group_show_rst: _containers.RepeatedCompositeFieldContainer[DisplayControl.TargetGroupShowRstEntry]
    horizontal_trigger_type: int
    def __init__(self, priority: _Optional[int] = ..., duration: _Optional[int] = ..., target_group_show_rst: _Optional[_Iterable[_Union[DisplayControl.TargetGroupShowRstEntry, _Mapping]]] = ..., horizontal_trigger_type: _Optional[int] = ...) -> None: ...

class ShowResult(_message.Message):
    __slots__ = ("banned",)
    BANNED_FIELD_NUMBER: _ClassVar[int]
    banned: bool
    def __init__(self, banned: bool = ...) -> None: ...

class RightLabel(_message.Message):
    __slots__ = ("background_color", "content", "height")
    BACKGROUND_COLOR_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    background_color: str
    content: _common_pb2.Text
    height: int
    def __init__(self, background_color: _Optional[str] = ..., content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., height: _Optional[int] = ...) -> None: ...

class AnimationData(_message.Message):
    __slots__ = ("gecko_channel_name", "file_name", "height", "width", "right_offset")
    GECKO_CHANNEL_NAME_FIELD_NUMBER: _ClassVar[int]
    FILE_NAME_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    RIGHT_OFFSET_FIELD_NUMBER: _ClassVar[int]
    gecko_channel_name: str
    file_name: str
    height: int
    width: int
    right_offset: int
    def __init__(self, gecko_channel_name: _Optional[str] = ..., file_name: _Optional[str] = ..., height: _Optional[int] = ..., width: _Optional[int] = ..., right_offset: _Optional[int] = ...) -> None: ...

class BarrageTypeUserGradeParam(_message.Message):
    __slots__ = ("current_grade", "display_config", "user_id", "user")
    CURRENT_GRADE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_CONFIG_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    current_grade: int
    display_config: int
    user_id: str
    user: _common_pb2.User
    def __init__(self, current_grade: _Optional[int] = ..., display_config: _Optional[int] = ..., user_id: _Optional[str] = ..., user: _Optional[_Union[_common_pb2.User, _Mapping]] = ...) -> None: ...

class BarrageTypeFansLevelParam(_message.Message):
    __slots__ = ("current_grade", "display_config", "user")
    CURRENT_GRADE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_CONFIG_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    current_grade: int
    display_config: int
    user: _common_pb2.User
    def __init__(self, current_grade: _Optional[int] = ..., display_config: _Optional[int] = ..., user: _Optional[_Union[_common_pb2.User, _Mapping]] = ...) -> None: ...

class BarrageTypeSubscribeGiftParam(_message.Message):
    __slots__ = ("gift_sub_count", "show_gift_sub_count")
    GIFT_SUB_COUNT_FIELD_NUMBER: _ClassVar[int]
    SHOW_GIFT_SUB_COUNT_FIELD_NUMBER: _ClassVar[int]
    gift_sub_count: int
    show_gift_sub_count: bool
    def __init__(self, gift_sub_count: _Optional[int] = ..., show_gift_sub_count: bool = ...) -> None: ...

class BarrageTypeGiftGalleryParam(_message.Message):
    __slots__ = ("from_user_id", "to_user_id")
    FROM_USER_ID_FIELD_NUMBER: _ClassVar[int]
    TO_USER_ID_FIELD_NUMBER: _ClassVar[int]
    from_user_id: int
    to_user_id: int
    def __init__(self, from_user_id: _Optional[int] = ..., to_user_id: _Optional[int] = ...) -> None: ...

class WebcastUnauthorizedMemberMessage(_message.Message):
    __slots__ = ("common", "action", "nick_name_prefix", "nick_name", "enter_text", "public_area_common")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    NICK_NAME_PREFIX_FIELD_NUMBER: _ClassVar[int]
    NICK_NAME_FIELD_NUMBER: _ClassVar[int]
    ENTER_TEXT_FIELD_NUMBER: _ClassVar[int]
    PUBLIC_AREA_COMMON_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    action: int
    nick_name_prefix: _common_pb2.Text
    nick_name: str
    enter_text: _common_pb2.Text
    public_area_common: _common_pb2.PublicAreaMessageCommon
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., action: _Optional[int] = ..., nick_name_prefix: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., nick_name: _Optional[str] = ..., enter_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., public_area_common: _Optional[_Union[_common_pb2.PublicAreaMessageCommon, _Mapping]] = ...) -> None: ...

class WebcastViewerPicksUpdateMessage(_message.Message):
    __slots__ = ("common", "update_type", "picks_blob")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TYPE_FIELD_NUMBER: _ClassVar[int]
    PICKS_BLOB_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    update_type: int
    picks_blob: bytes
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., update_type: _Optional[int] = ..., picks_blob: _Optional[bytes] = ...) -> None: ...
