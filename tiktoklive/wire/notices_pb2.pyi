from tiktoklive.wire import common_pb2 as _common_pb2
from tiktoklive.wire import gifts_pb2 as _gifts_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PunishTypeId(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PUNISH_TYPE_ID_UN_KNOWN: _ClassVar[PunishTypeId]
    PUNISH_TYPE_ID_BAN_LINK_MIC: _ClassVar[PunishTypeId]
    PUNISH_TYPE_ID_BAN_GAME_PARTNERSHIP: _ClassVar[PunishTypeId]
    PUNISH_TYPE_ID_REMOVE_GAME_PARTNERSHIP: _ClassVar[PunishTypeId]
    PUNISH_TYPE_ID_BANCO_HOST_LINK_MIC: _ClassVar[PunishTypeId]
    PUNISH_TYPE_ID_AUTHORITY_LIMIT_MATCH: _ClassVar[PunishTypeId]
    PUNISH_TYPE_ID_BAN_VOICE_CHAT: _ClassVar[PunishTypeId]
    PUNISH_TYPE_ID_BAN_LIVE_GOAL: _ClassVar[PunishTypeId]
    PUNISH_TYPE_ID_VIEWER_LIMIT: _ClassVar[PunishTypeId]

class BizType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BIZ_TYPE_DEFAULT: _ClassVar[BizType]
    BIZ_TYPE_RETHINK_CHAT: _ClassVar[BizType]
    BIZ_TYPE_RETHINK_QA: _ClassVar[BizType]
    BIZ_TYPE_WARNING_TAG_CURRENT_ROOM: _ClassVar[BizType]
    BIZ_TYPE_WARNING_TAG_CO_HOST_ROOM: _ClassVar[BizType]
    BIZ_TYPE_AGS_AT_RISK_OF_UNABLE_TO_COMMENT: _ClassVar[BizType]
    BIZ_TYPE_PERCEPTION_CENTER: _ClassVar[BizType]

class BottomShowType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BOTTOM_SHOW_TYPE_HOVER: _ClassVar[BottomShowType]
    BOTTOM_SHOW_TYPE_PLUG: _ClassVar[BottomShowType]

class BottomTextType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BOTTOM_TEXT_TYPE_DISPLAY_TEXT: _ClassVar[BottomTextType]
    BOTTOM_TEXT_TYPE_CONTENT: _ClassVar[BottomTextType]

class PerceptionDialogIconType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_NONE: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_WARNING: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_LINK_MIC: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_GUEST_LINK_MIC: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_LIVE: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_TREASURE_BOX: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_MUTE: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_GAME_PAD_ACCESS_REVOKED: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_BAN_REPORT_LIVE_SINGLE_ROOM: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_BAN_REPORT_LIVE_ALL_ROOM: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_BAN_REPORT_LIVE_GREEN_SCREEN: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_GIFT: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_APPEAL_SUCCESS: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_MATCH: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_LIVE_GOAL: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_SUBSCRIPTION: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_STAR_COMMENT: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_RANKING: _ClassVar[PerceptionDialogIconType]
    PERCEPTION_DIALOG_ICON_TYPE_TYPE_COMMON: _ClassVar[PerceptionDialogIconType]

class Scene(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SCENE_UNKNOWN: _ClassVar[Scene]
    SCENE_CO_HOST: _ClassVar[Scene]
    SCENE_MULTI_LIVE: _ClassVar[Scene]
PUNISH_TYPE_ID_UN_KNOWN: PunishTypeId
PUNISH_TYPE_ID_BAN_LINK_MIC: PunishTypeId
PUNISH_TYPE_ID_BAN_GAME_PARTNERSHIP: PunishTypeId
PUNISH_TYPE_ID_REMOVE_GAME_PARTNERSHIP: PunishTypeId
PUNISH_TYPE_ID_BANCO_HOST_LINK_MIC: PunishTypeId
PUNISH_TYPE_ID_AUTHORITY_LIMIT_MATCH: PunishTypeId
PUNISH_TYPE_ID_BAN_VOICE_CHAT: PunishTypeId
PUNISH_TYPE_ID_BAN_LIVE_GOAL: PunishTypeId
PUNISH_TYPE_ID_VIEWER_LIMIT: PunishTypeId
BIZ_TYPE_DEFAULT: BizType
BIZ_TYPE_RETHINK_CHAT: BizType
BIZ_TYPE_RETHINK_QA: BizType
BIZ_TYPE_WARNING_TAG_CURRENT_ROOM: BizType
BIZ_TYPE_WARNING_TAG_CO_HOST_ROOM: BizType
BIZ_TYPE_AGS_AT_RISK_OF_UNABLE_TO_COMMENT: BizType
BIZ_TYPE_PERCEPTION_CENTER: BizType
BOTTOM_SHOW_TYPE_HOVER: BottomShowType
BOTTOM_SHOW_TYPE_PLUG: BottomShowType
BOTTOM_TEXT_TYPE_DISPLAY_TEXT: BottomTextType
BOTTOM_TEXT_TYPE_CONTENT: BottomTextType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_NONE: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_WARNING: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_LINK_MIC: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_GUEST_LINK_MIC: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_LIVE: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_TREASURE_BOX: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_MUTE: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_GAME_PAD_ACCESS_REVOKED: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_BAN_REPORT_LIVE_SINGLE_ROOM: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_BAN_REPORT_LIVE_ALL_ROOM: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_BAN_REPORT_LIVE_GREEN_SCREEN: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_GIFT: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_APPEAL_SUCCESS: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_MATCH: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_LIVE_GOAL: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_SUBSCRIPTION: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_STAR_COMMENT: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_RANKING: PerceptionDialogIconType
PERCEPTION_DIALOG_ICON_TYPE_TYPE_COMMON: PerceptionDialogIconType
SCENE_UNKNOWN: Scene
SCENE_CO_HOST: Scene
SCENE_MULTI_LIVE: Scene

class WebcastAccessControlMessage(_message.Message):
    __slots__ = ("common", "captcha")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    CAPTCHA_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    captcha: AccessControlCaptcha
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., captcha: _Optional[_Union[AccessControlCaptcha, _Mapping]] = ...) -> None: ...

class AccessControlCaptcha(_message.Message):
    __slots__ = ("captcha_record_id", "room_id", "verify_duration_in_sec")
    CAPTCHA_RECORD_ID_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    VERIFY_DURATION_IN_SEC_FIELD_NUMBER: _ClassVar[int]
    captcha_record_id: int
    room_id: int
    verify_duration_in_sec: int
    def __init__(self, captcha_record_id: _Optional[int] = ..., room_id: _Optional[int] = ..., verify_duration_in_sec: _Optional[int] = ...) -> None: ...

class WebcastAccessRecallMessage(_message.Message):
    __slots__ = ("common", "status", "duration", "end_time", "scene", "notice", "content", "punish_info")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    SCENE_FIELD_NUMBER: _ClassVar[int]
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    PUNISH_INFO_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    status: int
    duration: int
    end_time: int
    scene: str
    notice: _common_pb2.Text
    content: _common_pb2.Text
    punish_info: PunishEventInfo
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., status: _Optional[int] = ..., duration: _Optional[int] = ..., end_time: _Optional[int] = ..., scene: _Optional[str] = ..., notice: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., punish_info: _Optional[_Union[PunishEventInfo, _Mapping]] = ...) -> None: ...

class PunishEventInfo(_message.Message):
    __slots__ = ("punish_type", "punish_reason", "punish_id", "violation_uid", "punish_type_id", "duration", "punish_perception_code", "violation_uid_str", "show_reason")
    PUNISH_TYPE_FIELD_NUMBER: _ClassVar[int]
    PUNISH_REASON_FIELD_NUMBER: _ClassVar[int]
    PUNISH_ID_FIELD_NUMBER: _ClassVar[int]
    VIOLATION_UID_FIELD_NUMBER: _ClassVar[int]
    PUNISH_TYPE_ID_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    PUNISH_PERCEPTION_CODE_FIELD_NUMBER: _ClassVar[int]
    VIOLATION_UID_STR_FIELD_NUMBER: _ClassVar[int]
    SHOW_REASON_FIELD_NUMBER: _ClassVar[int]
    punish_type: str
    punish_reason: str
    punish_id: str
    violation_uid: int
    punish_type_id: int
    duration: int
    punish_perception_code: str
    violation_uid_str: str
    show_reason: str
    def __init__(self, punish_type: _Optional[str] = ..., punish_reason: _Optional[str] = ..., punish_id: _Optional[str] = ..., violation_uid: _Optional[int] = ..., punish_type_id: _Optional[int] = ..., duration: _Optional[int] = ..., punish_perception_code: _Optional[str] = ..., violation_uid_str: _Optional[str] = ..., show_reason: _Optional[str] = ...) -> None: ...

class WebcastAlertBoxAuditResultMessage(_message.Message):
    __slots__ = ("common", "user_id", "image_list", "text_list", "scene", "audio_list")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    IMAGE_LIST_FIELD_NUMBER: _ClassVar[int]
    TEXT_LIST_FIELD_NUMBER: _ClassVar[int]
    SCENE_FIELD_NUMBER: _ClassVar[int]
    AUDIO_LIST_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    user_id: int
    image_list: _containers.RepeatedCompositeFieldContainer[AlertImage]
    text_list: _containers.RepeatedCompositeFieldContainer[AlertText]
    scene: str
    audio_list: _containers.RepeatedCompositeFieldContainer[AlertAudio]
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., user_id: _Optional[int] = ..., image_list: _Optional[_Iterable[_Union[AlertImage, _Mapping]]] = ..., text_list: _Optional[_Iterable[_Union[AlertText, _Mapping]]] = ..., scene: _Optional[str] = ..., audio_list: _Optional[_Iterable[_Union[AlertAudio, _Mapping]]] = ...) -> None: ...

class AlertImage(_message.Message):
    __slots__ = ("id", "alert_type", "tos_url", "audit_status")
    ID_FIELD_NUMBER: _ClassVar[int]
    ALERT_TYPE_FIELD_NUMBER: _ClassVar[int]
    TOS_URL_FIELD_NUMBER: _ClassVar[int]
    AUDIT_STATUS_FIELD_NUMBER: _ClassVar[int]
    id: int
    alert_type: int
    tos_url: str
    audit_status: int
    def __init__(self, id: _Optional[int] = ..., alert_type: _Optional[int] = ..., tos_url: _Optional[str] = ..., audit_status: _Optional[int] = ...) -> None: ...

class AlertText(_message.Message):
    __slots__ = ("id", "alert_type", "text", "audit_status")
    ID_FIELD_NUMBER: _ClassVar[int]
    ALERT_TYPE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    AUDIT_STATUS_FIELD_NUMBER: _ClassVar[int]
    id: int
    alert_type: int
    text: str
    audit_status: int
    def __init__(self, id: _Optional[int] = ..., alert_type: _Optional[int] = ..., text: _Optional[str] = ..., audit_status: _Optional[int] = ...) -> None: ...

class AlertAudio(_message.Message):
    __slots__ = ("id", "alert_type", "tos_url", "audit_status")
    ID_FIELD_NUMBER: _ClassVar[int]
    ALERT_TYPE_FIELD_NUMBER: _ClassVar[int]
    TOS_URL_FIELD_NUMBER: _ClassVar[int]
    AUDIT_STATUS_FIELD_NUMBER: _ClassVar[int]
    id: int
    alert_type: int
    tos_url: str
    audit_status: int
    def __init__(self, id: _Optional[int] = ..., alert_type: _Optional[int] = ..., tos_url: _Optional[str] = ..., audit_status: _Optional[int] = ...) -> None: ...

class WebcastBottomMessage(_message.Message):
    __slots__ = ("common", "content", "show_type", "text_type", "duration", "biz_type", "violation_user_id", "punish_info", "style", "detail_url", "float_style", "float_icon_type")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    SHOW_TYPE_FIELD_NUMBER: _ClassVar[int]
    TEXT_TYPE_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    BIZ_TYPE_FIELD_NUMBER: _ClassVar[int]
    VIOLATION_USER_ID_FIELD_NUMBER: _ClassVar[int]
    PUNISH_INFO_FIELD_NUMBER: _ClassVar[int]
    STYLE_FIELD_NUMBER: _ClassVar[int]
    DETAIL_URL_FIELD_NUMBER: _ClassVar[int]
    FLOAT_STYLE_FIELD_NUMBER: _ClassVar[int]
    FLOAT_ICON_TYPE_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    content: str
    show_type: int
    text_type: int
    duration: int
    biz_type: int
    violation_user_id: int
    punish_info: PunishEventInfo
    style: int
    detail_url: str
    float_style: int
    float_icon_type: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., content: _Optional[str] = ..., show_type: _Optional[int] = ..., text_type: _Optional[int] = ..., duration: _Optional[int] = ..., biz_type: _Optional[int] = ..., violation_user_id: _Optional[int] = ..., punish_info: _Optional[_Union[PunishEventInfo, _Mapping]] = ..., style: _Optional[int] = ..., detail_url: _Optional[str] = ..., float_style: _Optional[int] = ..., float_icon_type: _Optional[int] = ...) -> None: ...

class WebcastCapsuleMessage(_message.Message):
    __slots__ = ("common", "icon", "desc", "button_text", "schema", "capsule_type", "scene", "biz_params")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    ICON_FIELD_NUMBER: _ClassVar[int]
    DESC_FIELD_NUMBER: _ClassVar[int]
    BUTTON_TEXT_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_FIELD_NUMBER: _ClassVar[int]
    CAPSULE_TYPE_FIELD_NUMBER: _ClassVar[int]
    SCENE_FIELD_NUMBER: _ClassVar[int]
    BIZ_PARAMS_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    icon: _common_pb2.Image
    desc: _common_pb2.Text
    button_text: _common_pb2.Text
    schema: str
    capsule_type: int
    scene: str
    biz_params: CapsuleBizParams
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., icon: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., desc: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., button_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., schema: _Optional[str] = ..., capsule_type: _Optional[int] = ..., scene: _Optional[str] = ..., biz_params: _Optional[_Union[CapsuleBizParams, _Mapping]] = ...) -> None: ...

class CapsuleBizParams(_message.Message):
    __slots__ = ("cohost", "random_gift", "effect_params", "comment_flagged_prompt", "multi_guest_invite_guide", "anchor_pin_perk", "gaming_moderators_comment_guide", "comment_mute_rule_prompt", "comment_flagged_prompt_for_new_user")
    COHOST_FIELD_NUMBER: _ClassVar[int]
    RANDOM_GIFT_FIELD_NUMBER: _ClassVar[int]
    EFFECT_PARAMS_FIELD_NUMBER: _ClassVar[int]
    COMMENT_FLAGGED_PROMPT_FIELD_NUMBER: _ClassVar[int]
    MULTI_GUEST_INVITE_GUIDE_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_PIN_PERK_FIELD_NUMBER: _ClassVar[int]
    GAMING_MODERATORS_COMMENT_GUIDE_FIELD_NUMBER: _ClassVar[int]
    COMMENT_MUTE_RULE_PROMPT_FIELD_NUMBER: _ClassVar[int]
    COMMENT_FLAGGED_PROMPT_FOR_NEW_USER_FIELD_NUMBER: _ClassVar[int]
    cohost: CapsuleBizParamsCohost
    random_gift: CapsuleBizParamsRandomGift
    effect_params: CapsuleBizParamsNewAnchorEffect
    comment_flagged_prompt: CapsuleBizParamsCommentFlaggedPrompt
    multi_guest_invite_guide: CapsuleBizParamsMultiGuestInviteGuide
    anchor_pin_perk: CapsuleBizParamsAnchorPinPerk
    gaming_moderators_comment_guide: CapsuleBizParamsGamingModeratorsCommentGuide
    comment_mute_rule_prompt: CapsuleBizParamsCommentMuteRulePrompt
    comment_flagged_prompt_for_new_user: CapsuleBizParamsCommentFlaggedPromptForNewUser
    def __init__(self, cohost: _Optional[_Union[CapsuleBizParamsCohost, _Mapping]] = ..., random_gift: _Optional[_Union[CapsuleBizParamsRandomGift, _Mapping]] = ..., effect_params: _Optional[_Union[CapsuleBizParamsNewAnchorEffect, _Mapping]] = ..., comment_flagged_prompt: _Optional[_Union[CapsuleBizParamsCommentFlaggedPrompt, _Mapping]] = ..., multi_guest_invite_guide: _Optional[_Union[CapsuleBizParamsMultiGuestInviteGuide, _Mapping]] = ..., anchor_pin_perk: _Optional[_Union[CapsuleBizParamsAnchorPinPerk, _Mapping]] = ..., gaming_moderators_comment_guide: _Optional[_Union[CapsuleBizParamsGamingModeratorsCommentGuide, _Mapping]] = ..., comment_mute_rule_prompt: _Optional[_Union[CapsuleBizParamsCommentMuteRulePrompt, _Mapping]] = ..., comment_flagged_prompt_for_new_user: _Optional[_Union[CapsuleBizParamsCommentFlaggedPromptForNewUser, _Mapping]] = ...) -> None: ...

class CapsuleBizParamsCohost(_message.Message):
    __slots__ = ("available_friend_number", "is_followed_by_rival", "rival_user", "type", "invitee_model_prediction_data", "invitee_room_id", "invitee_inner_channel_id", "invitee_user_info")
    AVAILABLE_FRIEND_NUMBER_FIELD_NUMBER: _ClassVar[int]
    IS_FOLLOWED_BY_RIVAL_FIELD_NUMBER: _ClassVar[int]
    RIVAL_USER_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    INVITEE_MODEL_PREDICTION_DATA_FIELD_NUMBER: _ClassVar[int]
    INVITEE_ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    INVITEE_INNER_CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    INVITEE_USER_INFO_FIELD_NUMBER: _ClassVar[int]
    available_friend_number: int
    is_followed_by_rival: bool
    rival_user: _common_pb2.User
    type: str
    invitee_model_prediction_data: bytes
    invitee_room_id: int
    invitee_inner_channel_id: int
    invitee_user_info: _common_pb2.User
    def __init__(self, available_friend_number: _Optional[int] = ..., is_followed_by_rival: bool = ..., rival_user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., type: _Optional[str] = ..., invitee_model_prediction_data: _Optional[bytes] = ..., invitee_room_id: _Optional[int] = ..., invitee_inner_channel_id: _Optional[int] = ..., invitee_user_info: _Optional[_Union[_common_pb2.User, _Mapping]] = ...) -> None: ...

class CapsuleBizParamsRandomGift(_message.Message):
    __slots__ = ("round", "effect_name_key", "gift", "type", "filter_host")
    ROUND_FIELD_NUMBER: _ClassVar[int]
    EFFECT_NAME_KEY_FIELD_NUMBER: _ClassVar[int]
    GIFT_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    FILTER_HOST_FIELD_NUMBER: _ClassVar[int]
    round: int
    effect_name_key: str
    gift: _gifts_pb2.GiftStruct
    type: int
    filter_host: bool
    def __init__(self, round: _Optional[int] = ..., effect_name_key: _Optional[str] = ..., gift: _Optional[_Union[_gifts_pb2.GiftStruct, _Mapping]] = ..., type: _Optional[int] = ..., filter_host: bool = ...) -> None: ...

class CapsuleBizParamsNewAnchorEffect(_message.Message):
    __slots__ = ("effect_panel", "resource_id", "category_id", "tab_key")
    EFFECT_PANEL_FIELD_NUMBER: _ClassVar[int]
    RESOURCE_ID_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_ID_FIELD_NUMBER: _ClassVar[int]
    TAB_KEY_FIELD_NUMBER: _ClassVar[int]
    effect_panel: str
    resource_id: str
    category_id: str
    tab_key: str
    def __init__(self, effect_panel: _Optional[str] = ..., resource_id: _Optional[str] = ..., category_id: _Optional[str] = ..., tab_key: _Optional[str] = ...) -> None: ...

class CapsuleBizParamsCommentFlaggedPrompt(_message.Message):
    __slots__ = ("trigger",)
    TRIGGER_FIELD_NUMBER: _ClassVar[int]
    trigger: int
    def __init__(self, trigger: _Optional[int] = ...) -> None: ...

class CapsuleBizParamsMultiGuestInviteGuide(_message.Message):
    __slots__ = ("invitee_user", "display_strategy", "linkmic_audience_invite_notice_reason")
    INVITEE_USER_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_STRATEGY_FIELD_NUMBER: _ClassVar[int]
    LINKMIC_AUDIENCE_INVITE_NOTICE_REASON_FIELD_NUMBER: _ClassVar[int]
    invitee_user: _common_pb2.User
    display_strategy: int
    linkmic_audience_invite_notice_reason: str
    def __init__(self, invitee_user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., display_strategy: _Optional[int] = ..., linkmic_audience_invite_notice_reason: _Optional[str] = ...) -> None: ...

class CapsuleBizParamsAnchorPinPerk(_message.Message):
    __slots__ = ("pin_id", "pin_card_type", "template_id")
    PIN_ID_FIELD_NUMBER: _ClassVar[int]
    PIN_CARD_TYPE_FIELD_NUMBER: _ClassVar[int]
    TEMPLATE_ID_FIELD_NUMBER: _ClassVar[int]
    pin_id: int
    pin_card_type: int
    template_id: str
    def __init__(self, pin_id: _Optional[int] = ..., pin_card_type: _Optional[int] = ..., template_id: _Optional[str] = ...) -> None: ...

class CapsuleBizParamsGamingModeratorsCommentGuide(_message.Message):
    __slots__ = ("user", "reply_msg_text", "recommend_text")
    USER_FIELD_NUMBER: _ClassVar[int]
    REPLY_MSG_TEXT_FIELD_NUMBER: _ClassVar[int]
    RECOMMEND_TEXT_FIELD_NUMBER: _ClassVar[int]
    user: _common_pb2.User
    reply_msg_text: _common_pb2.Text
    recommend_text: bytes
    def __init__(self, user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., reply_msg_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., recommend_text: _Optional[bytes] = ...) -> None: ...

class CapsuleBizParamsCommentMuteRulePrompt(_message.Message):
    __slots__ = ("content", "user_cnt")
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    USER_CNT_FIELD_NUMBER: _ClassVar[int]
    content: str
    user_cnt: int
    def __init__(self, content: _Optional[str] = ..., user_cnt: _Optional[int] = ...) -> None: ...

class CapsuleBizParamsCommentFlaggedPromptForNewUser(_message.Message):
    __slots__ = ("trigger", "comment_ids")
    TRIGGER_FIELD_NUMBER: _ClassVar[int]
    COMMENT_IDS_FIELD_NUMBER: _ClassVar[int]
    trigger: int
    comment_ids: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, trigger: _Optional[int] = ..., comment_ids: _Optional[_Iterable[int]] = ...) -> None: ...

class WebcastGuideMessage(_message.Message):
    __slots__ = ("common", "guide_type", "gift_id", "description", "duration_ms", "display_style", "scene")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    GUIDE_TYPE_FIELD_NUMBER: _ClassVar[int]
    GIFT_ID_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    DURATION_MS_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_STYLE_FIELD_NUMBER: _ClassVar[int]
    SCENE_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    guide_type: int
    gift_id: int
    description: str
    duration_ms: int
    display_style: int
    scene: str
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., guide_type: _Optional[int] = ..., gift_id: _Optional[int] = ..., description: _Optional[str] = ..., duration_ms: _Optional[int] = ..., display_style: _Optional[int] = ..., scene: _Optional[str] = ...) -> None: ...

class WebcastInRoomBannerMessage(_message.Message):
    __slots__ = ("common", "data", "position", "action_type")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    ACTION_TYPE_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    data: _containers.RepeatedScalarFieldContainer[bytes]
    position: int
    action_type: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., data: _Optional[_Iterable[bytes]] = ..., position: _Optional[int] = ..., action_type: _Optional[int] = ...) -> None: ...

class WebcastMarqueeAnnouncementMessage(_message.Message):
    __slots__ = ("common", "message_scene", "message_entity_list")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_SCENE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ENTITY_LIST_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    message_scene: str
    message_entity_list: _containers.RepeatedCompositeFieldContainer[MessageEntity]
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., message_scene: _Optional[str] = ..., message_entity_list: _Optional[_Iterable[_Union[MessageEntity, _Mapping]]] = ...) -> None: ...

class MessageEntity(_message.Message):
    __slots__ = ("notify",)
    NOTIFY_FIELD_NUMBER: _ClassVar[int]
    notify: WebcastRoomNotifyMessage
    def __init__(self, notify: _Optional[_Union[WebcastRoomNotifyMessage, _Mapping]] = ...) -> None: ...

class WebcastNoticeMessage(_message.Message):
    __slots__ = ("common", "content", "notice_type", "style", "title", "violation_reason", "display_text", "tips_title", "tips_url", "notice_title", "notice_content", "scene")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    NOTICE_TYPE_FIELD_NUMBER: _ClassVar[int]
    STYLE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    VIOLATION_REASON_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_TEXT_FIELD_NUMBER: _ClassVar[int]
    TIPS_TITLE_FIELD_NUMBER: _ClassVar[int]
    TIPS_URL_FIELD_NUMBER: _ClassVar[int]
    NOTICE_TITLE_FIELD_NUMBER: _ClassVar[int]
    NOTICE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    SCENE_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    content: str
    notice_type: int
    style: str
    title: _common_pb2.Text
    violation_reason: _common_pb2.Text
    display_text: _common_pb2.Text
    tips_title: _common_pb2.Text
    tips_url: str
    notice_title: _common_pb2.Text
    notice_content: _common_pb2.Text
    scene: str
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., content: _Optional[str] = ..., notice_type: _Optional[int] = ..., style: _Optional[str] = ..., title: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., violation_reason: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., display_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., tips_title: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., tips_url: _Optional[str] = ..., notice_title: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., notice_content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., scene: _Optional[str] = ...) -> None: ...

class WebcastNotifyMessage(_message.Message):
    __slots__ = ("common", "schema", "notify_type", "content_str", "user", "extra_data", "notify_class", "flex_setting_list", "source", "from_user_id", "privilege_log_extra", "to_anchor_id", "event_tracking")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_FIELD_NUMBER: _ClassVar[int]
    NOTIFY_TYPE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_STR_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    EXTRA_DATA_FIELD_NUMBER: _ClassVar[int]
    NOTIFY_CLASS_FIELD_NUMBER: _ClassVar[int]
    FLEX_SETTING_LIST_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    FROM_USER_ID_FIELD_NUMBER: _ClassVar[int]
    PRIVILEGE_LOG_EXTRA_FIELD_NUMBER: _ClassVar[int]
    TO_ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    EVENT_TRACKING_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    schema: str
    notify_type: int
    content_str: str
    user: _common_pb2.User
    extra_data: NotifyExtra
    notify_class: int
    flex_setting_list: _containers.RepeatedScalarFieldContainer[int]
    source: str
    from_user_id: int
    privilege_log_extra: _common_pb2.PrivilegeLogExtra
    to_anchor_id: int
    event_tracking: EventTracking
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., schema: _Optional[str] = ..., notify_type: _Optional[int] = ..., content_str: _Optional[str] = ..., user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., extra_data: _Optional[_Union[NotifyExtra, _Mapping]] = ..., notify_class: _Optional[int] = ..., flex_setting_list: _Optional[_Iterable[int]] = ..., source: _Optional[str] = ..., from_user_id: _Optional[int] = ..., privilege_log_extra: _Optional[_Union[_common_pb2.PrivilegeLogExtra, _Mapping]] = ..., to_anchor_id: _Optional[int] = ..., event_tracking: _Optional[_Union[EventTracking, _Mapping]] = ...) -> None: ...

class NotifyExtra(_message.Message):
    __slots__ = ("duration", "background", "content_list")
    DURATION_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_FIELD_NUMBER: _ClassVar[int]
    CONTENT_LIST_FIELD_NUMBER: _ClassVar[int]
    duration: int
    background: NotifyBackground
    content_list: NotifyContentList
    def __init__(self, duration: _Optional[int] = ..., background: _Optional[_Union[NotifyBackground, _Mapping]] = ..., content_list: _Optional[_Union[NotifyContentList, _Mapping]] = ...) -> None: ...

class NotifyBackground(_message.Message):
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

class NotifyContentList(_message.Message):
    __slots__ = ("contents_list", "high_light_color")
    CONTENTS_LIST_FIELD_NUMBER: _ClassVar[int]
    HIGH_LIGHT_COLOR_FIELD_NUMBER: _ClassVar[int]
    contents_list: _containers.RepeatedCompositeFieldContainer[NotifyContent]
    high_light_color: str
    def __init__(self, contents_list: _Optional[_Iterable[_Union[NotifyContent, _Mapping]]] = ..., high_light_color: _Optional[str] = ...) -> None: ...

class NotifyContent(_message.Message):
    __slots__ = ("content_str", "need_high_light")
    CONTENT_STR_FIELD_NUMBER: _ClassVar[int]
    NEED_HIGH_LIGHT_FIELD_NUMBER: _ClassVar[int]
    content_str: str
    need_high_light: bool
    def __init__(self, content_str: _Optional[str] = ..., need_high_light: bool = ...) -> None: ...

class EventTracking(_message.Message):
    __slots__ = ("gift_sub_sender_id", "gift_sub_receiver_id", "anchor_id", "gift_sub_order_create_time")
    GIFT_SUB_SENDER_ID_FIELD_NUMBER: _ClassVar[int]
    GIFT_SUB_RECEIVER_ID_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    GIFT_SUB_ORDER_CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    gift_sub_sender_id: int
    gift_sub_receiver_id: int
    anchor_id: int
    gift_sub_order_create_time: int
    def __init__(self, gift_sub_sender_id: _Optional[int] = ..., gift_sub_receiver_id: _Optional[int] = ..., anchor_id: _Optional[int] = ..., gift_sub_order_create_time: _Optional[int] = ...) -> None: ...

class WebcastPerceptionMessage(_message.Message):
    __slots__ = ("common", "dialog", "punish_info", "end_time", "show_violation_warning", "toast", "float_style", "float_text", "sheet", "float_icon_type")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    DIALOG_FIELD_NUMBER: _ClassVar[int]
    PUNISH_INFO_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    SHOW_VIOLATION_WARNING_FIELD_NUMBER: _ClassVar[int]
    TOAST_FIELD_NUMBER: _ClassVar[int]
    FLOAT_STYLE_FIELD_NUMBER: _ClassVar[int]
    FLOAT_TEXT_FIELD_NUMBER: _ClassVar[int]
    SHEET_FIELD_NUMBER: _ClassVar[int]
    FLOAT_ICON_TYPE_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    dialog: PerceptionDialogInfo
    punish_info: PunishEventInfo
    end_time: int
    show_violation_warning: bool
    toast: _common_pb2.Text
    float_style: int
    float_text: _common_pb2.Text
    sheet: PerceptionSheetInfo
    float_icon_type: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., dialog: _Optional[_Union[PerceptionDialogInfo, _Mapping]] = ..., punish_info: _Optional[_Union[PunishEventInfo, _Mapping]] = ..., end_time: _Optional[int] = ..., show_violation_warning: bool = ..., toast: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., float_style: _Optional[int] = ..., float_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., sheet: _Optional[_Union[PerceptionSheetInfo, _Mapping]] = ..., float_icon_type: _Optional[int] = ...) -> None: ...

class PerceptionDialogInfo(_message.Message):
    __slots__ = ("icon_type", "title", "sub_title", "advice_action_text", "default_action_text", "violation_detail_url", "scene", "target_user_id", "target_room_id", "count_down_time", "show_feedback", "feedback_options", "policy_tip", "appeal_popup")
    ICON_TYPE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    SUB_TITLE_FIELD_NUMBER: _ClassVar[int]
    ADVICE_ACTION_TEXT_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_ACTION_TEXT_FIELD_NUMBER: _ClassVar[int]
    VIOLATION_DETAIL_URL_FIELD_NUMBER: _ClassVar[int]
    SCENE_FIELD_NUMBER: _ClassVar[int]
    TARGET_USER_ID_FIELD_NUMBER: _ClassVar[int]
    TARGET_ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    COUNT_DOWN_TIME_FIELD_NUMBER: _ClassVar[int]
    SHOW_FEEDBACK_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_OPTIONS_FIELD_NUMBER: _ClassVar[int]
    POLICY_TIP_FIELD_NUMBER: _ClassVar[int]
    APPEAL_POPUP_FIELD_NUMBER: _ClassVar[int]
    icon_type: int
    title: _common_pb2.Text
    sub_title: _common_pb2.Text
    advice_action_text: _common_pb2.Text
    default_action_text: _common_pb2.Text
    violation_detail_url: str
    scene: int
    target_user_id: int
    target_room_id: int
    count_down_time: int
    show_feedback: bool
    feedback_options: _containers.RepeatedCompositeFieldContainer[PerceptionFeedbackOption]
    policy_tip: int
    appeal_popup: int
    def __init__(self, icon_type: _Optional[int] = ..., title: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., sub_title: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., advice_action_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., default_action_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., violation_detail_url: _Optional[str] = ..., scene: _Optional[int] = ..., target_user_id: _Optional[int] = ..., target_room_id: _Optional[int] = ..., count_down_time: _Optional[int] = ..., show_feedback: bool = ..., feedback_options: _Optional[_Iterable[_Union[PerceptionFeedbackOption, _Mapping]]] = ..., policy_tip: _Optional[int] = ..., appeal_popup: _Optional[int] = ...) -> None: ...

class PerceptionFeedbackOption(_message.Message):
    __slots__ = ("id", "content_key")
    ID_FIELD_NUMBER: _ClassVar[int]
    CONTENT_KEY_FIELD_NUMBER: _ClassVar[int]
    id: int
    content_key: str
    def __init__(self, id: _Optional[int] = ..., content_key: _Optional[str] = ...) -> None: ...

class PerceptionSheetInfo(_message.Message):
    __slots__ = ("icon_type", "title", "sub_title", "reason_title", "reason_info", "not_allowed_title", "not_allowed_text", "default_action_text", "scene", "target_user_id", "target_room_id", "count_down_time")
    ICON_TYPE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    SUB_TITLE_FIELD_NUMBER: _ClassVar[int]
    REASON_TITLE_FIELD_NUMBER: _ClassVar[int]
    REASON_INFO_FIELD_NUMBER: _ClassVar[int]
    NOT_ALLOWED_TITLE_FIELD_NUMBER: _ClassVar[int]
    NOT_ALLOWED_TEXT_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_ACTION_TEXT_FIELD_NUMBER: _ClassVar[int]
    SCENE_FIELD_NUMBER: _ClassVar[int]
    TARGET_USER_ID_FIELD_NUMBER: _ClassVar[int]
    TARGET_ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    COUNT_DOWN_TIME_FIELD_NUMBER: _ClassVar[int]
    icon_type: int
    title: _common_pb2.Text
    sub_title: _common_pb2.Text
    reason_title: _common_pb2.Text
    reason_info: _common_pb2.Text
    not_allowed_title: _common_pb2.Text
    not_allowed_text: _common_pb2.Text
    default_action_text: _common_pb2.Text
    scene: str
    target_user_id: int
    target_room_id: int
    count_down_time: int
    def __init__(self, icon_type: _Optional[int] = ..., title: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., sub_title: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., reason_title: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., reason_info: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., not_allowed_title: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., not_allowed_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., default_action_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., scene: _Optional[str] = ..., target_user_id: _Optional[int] = ..., target_room_id: _Optional[int] = ..., count_down_time: _Optional[int] = ...) -> None: ...

class WebcastRoomNotifyMessage(_message.Message):
    __slots__ = ("common", "schema", "notify_type", "content_str", "user", "extra_data", "notify_class", "flex_setting_list", "source", "from_user_id", "privilege_log_extra", "to_anchor_id", "event_tracking")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_FIELD_NUMBER: _ClassVar[int]
    NOTIFY_TYPE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_STR_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    EXTRA_DATA_FIELD_NUMBER: _ClassVar[int]
    NOTIFY_CLASS_FIELD_NUMBER: _ClassVar[int]
    FLEX_SETTING_LIST_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    FROM_USER_ID_FIELD_NUMBER: _ClassVar[int]
    PRIVILEGE_LOG_EXTRA_FIELD_NUMBER: _ClassVar[int]
    TO_ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    EVENT_TRACKING_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    schema: str
    notify_type: int
    content_str: str
    user: _common_pb2.User
    extra_data: NotifyExtra
    notify_class: int
    flex_setting_list: _containers.RepeatedScalarFieldContainer[int]
    source: str
    from_user_id: int
    privilege_log_extra: _common_pb2.PrivilegeLogExtra
    to_anchor_id: int
    event_tracking: EventTracking
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., schema: _Optional[str] = ..., notify_type: _Optional[int] = ..., content_str: _Optional[str] = ..., user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., extra_data: _Optional[_Union[NotifyExtra, _Mapping]] = ..., notify_class: _Optional[int] = ..., flex_setting_list: _Optional[_Iterable[int]] = ..., source: _Optional[str] = ..., from_user_id: _Optional[int] = ..., privilege_log_extra: _Optional[_Union[_common_pb2.PrivilegeLogExtra, _Mapping]] = ..., to_anchor_id: _Optional[int] = ..., event_tracking: _Optional[_Union[EventTracking, _Mapping]] = ...) -> None: ...

class WebcastRoomVerifyMessage(_message.Message):
    __slots__ = ("common", "action", "content", "notice_type", "close_room")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    NOTICE_TYPE_FIELD_NUMBER: _ClassVar[int]
    CLOSE_ROOM_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    action: int
    content: str
    notice_type: int
    close_room: bool
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., action: _Optional[int] = ..., content: _Optional[str] = ..., notice_type: _Optional[int] = ..., close_room: bool = ...) -> None: ...

class WebcastToastMessage(_message.Message):
    __slots__ = ("common", "display_duration_millisecond", "delay_display_duration_millisecond", "toast_text", "button_text", "button_schema")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_DURATION_MILLISECOND_FIELD_NUMBER: _ClassVar[int]
    DELAY_DISPLAY_DURATION_MILLISECOND_FIELD_NUMBER: _ClassVar[int]
    TOAST_TEXT_FIELD_NUMBER: _ClassVar[int]
    BUTTON_TEXT_FIELD_NUMBER: _ClassVar[int]
    BUTTON_SCHEMA_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    display_duration_millisecond: int
    delay_display_duration_millisecond: int
    toast_text: str
    button_text: str
    button_schema: str
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., display_duration_millisecond: _Optional[int] = ..., delay_display_duration_millisecond: _Optional[int] = ..., toast_text: _Optional[str] = ..., button_text: _Optional[str] = ..., button_schema: _Optional[str] = ...) -> None: ...
