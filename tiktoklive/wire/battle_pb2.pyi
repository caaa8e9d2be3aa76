from tiktoklive.wire import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class BattleAction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BATTLE_ACTION_UNKNOWN: _ClassVar[BattleAction]
    BATTLE_ACTION_INVITE: _ClassVar[BattleAction]
    BATTLE_ACTION_REJECT: _ClassVar[BattleAction]
    BATTLE_ACTION_CANCEL: _ClassVar[BattleAction]
    BATTLE_ACTION_OPEN: _ClassVar[BattleAction]
    BATTLE_ACTION_FINISH: _ClassVar[BattleAction]
    BATTLE_ACTION_CUT_SHORT: _ClassVar[BattleAction]
    BATTLE_ACTION_ACCEPT: _ClassVar[BattleAction]
    BATTLE_ACTION_QUIT_APPLY: _ClassVar[BattleAction]
    BATTLE_ACTION_DECLINE_QUIT: _ClassVar[BattleAction]
    BATTLE_ACTION_DECLINE_OFF_QUIT: _ClassVar[BattleAction]
    BATTLE_ACTION_LEAVE_LINK_MIC: _ClassVar[BattleAction]

class GiftPermissionType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GIFT_PERMISSION_TYPE_UNKNOWN_TYPE: _ClassVar[GiftPermissionType]
    GIFT_PERMISSION_TYPE_NO_GIFT_PERMISSION: _ClassVar[GiftPermissionType]
    GIFT_PERMISSION_TYPE_ANCHOR_CLOSE: _ClassVar[GiftPermissionType]
    GIFT_PERMISSION_TYPE_HAS_GIFT_PERMISSION: _ClassVar[GiftPermissionType]
    GIFT_PERMISSION_TYPE_ANCHOR_BANNED: _ClassVar[GiftPermissionType]

class BattleInviteType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BATTLE_INVITE_TYPE_NORMAL: _ClassVar[BattleInviteType]
    BATTLE_INVITE_TYPE_AGAIN: _ClassVar[BattleInviteType]

class BattleType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BATTLE_TYPE_UNKNOWN_BATTLE_TYPE: _ClassVar[BattleType]
    BATTLE_TYPE_NORMAL_BATTLE: _ClassVar[BattleType]
    BATTLE_TYPE_TEAM_BATTLE: _ClassVar[BattleType]
    BATTLE_TYPE_INDIVIDUAL_BATTLE: _ClassVar[BattleType]
    BATTLE_TYPE_V_1_V_N: _ClassVar[BattleType]
    BATTLE_TYPE_TAKE_THE_STAGE: _ClassVar[BattleType]
    BATTLE_TYPE_GROUP_SHOW: _ClassVar[BattleType]

class BattleResultResult(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BATTLE_RESULT_RESULT_WIN: _ClassVar[BattleResultResult]
    BATTLE_RESULT_RESULT_LOSE: _ClassVar[BattleResultResult]
    BATTLE_RESULT_RESULT_DRAW: _ClassVar[BattleResultResult]

class BattleABTestType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BATTLE_AB_TEST_TYPE_UNKNOWN_AB_TEST_TYPE: _ClassVar[BattleABTestType]
    BATTLE_AB_TEST_TYPE_MEANWHILE_INVITE: _ClassVar[BattleABTestType]
    BATTLE_AB_TEST_TYPE_SPECIFIED_GIFT: _ClassVar[BattleABTestType]
    BATTLE_AB_TEST_TYPE_RT_C_MESSAGE_CHANNEL: _ClassVar[BattleABTestType]
    BATTLE_AB_TEST_TYPE_CONNECTION_TIME_OUT: _ClassVar[BattleABTestType]
    BATTLE_AB_TEST_TYPE_REMATCH_SKIP_TEAMMATE: _ClassVar[BattleABTestType]
    BATTLE_AB_TEST_TYPE_OPT_INVITEE_4048: _ClassVar[BattleABTestType]
    BATTLE_AB_TEST_TYPE_TIME_CALIBRATE: _ClassVar[BattleABTestType]

class TriggerReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRIGGER_REASON_UNKNOWN: _ClassVar[TriggerReason]
    TRIGGER_REASON_SCORE_UPDATE: _ClassVar[TriggerReason]
    TRIGGER_REASON_BATTLE_END: _ClassVar[TriggerReason]
    TRIGGER_REASON_OPT_OUT_UPDATE: _ClassVar[TriggerReason]
    TRIGGER_REASON_KEEP_ALIVE: _ClassVar[TriggerReason]

class BattleCardMsgType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BATTLE_CARD_MSG_TYPE_UNKNOWN_CARD_ACTION: _ClassVar[BattleCardMsgType]
    BATTLE_CARD_MSG_TYPE_CARD_OBTAIN_GUIDE: _ClassVar[BattleCardMsgType]
    BATTLE_CARD_MSG_TYPE_USE_CRITICAL_STRIKE_CARD: _ClassVar[BattleCardMsgType]
    BATTLE_CARD_MSG_TYPE_USE_SMOKE_CARD: _ClassVar[BattleCardMsgType]
    BATTLE_CARD_MSG_TYPE_AWARD_CARD_NOTICE: _ClassVar[BattleCardMsgType]
    BATTLE_CARD_MSG_TYPE_USE_EXTRA_TIME_CARD: _ClassVar[BattleCardMsgType]
    BATTLE_CARD_MSG_TYPE_USE_SPECIAL_EFFECT_CARD: _ClassVar[BattleCardMsgType]
    BATTLE_CARD_MSG_TYPE_USE_POTION_CARD: _ClassVar[BattleCardMsgType]
    BATTLE_CARD_MSG_TYPE_USE_WAVE_CARD: _ClassVar[BattleCardMsgType]
    BATTLE_CARD_MSG_TYPE_SPECIAL_EFFECT_NOTICE: _ClassVar[BattleCardMsgType]
    BATTLE_CARD_MSG_TYPE_USE_TOP_2_CARD: _ClassVar[BattleCardMsgType]
    BATTLE_CARD_MSG_TYPE_USE_TOP_3_CARD: _ClassVar[BattleCardMsgType]

class Reason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REASON_TIME_UP: _ClassVar[Reason]
    REASON_CUT_SHORT: _ClassVar[Reason]

class BattleTaskMessageType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BATTLE_TASK_MESSAGE_TYPE_START: _ClassVar[BattleTaskMessageType]
    BATTLE_TASK_MESSAGE_TYPE_TASK_UPDATE: _ClassVar[BattleTaskMessageType]
    BATTLE_TASK_MESSAGE_TYPE_TASK_SETTLE: _ClassVar[BattleTaskMessageType]
    BATTLE_TASK_MESSAGE_TYPE_REWARD_SETTLE: _ClassVar[BattleTaskMessageType]

class BattleTaskSettleTaskResult(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BATTLE_TASK_SETTLE_TASK_RESULT_SUCCEED: _ClassVar[BattleTaskSettleTaskResult]
    BATTLE_TASK_SETTLE_TASK_RESULT_FAILED: _ClassVar[BattleTaskSettleTaskResult]
    BATTLE_TASK_SETTLE_TASK_RESULT_BOTH_SUCCEED: _ClassVar[BattleTaskSettleTaskResult]

class RewardStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REWARD_STATUS_SUCCEED: _ClassVar[RewardStatus]
    REWARD_STATUS_FAILED: _ClassVar[RewardStatus]
BATTLE_ACTION_UNKNOWN: BattleAction
BATTLE_ACTION_INVITE: BattleAction
BATTLE_ACTION_REJECT: BattleAction
BATTLE_ACTION_CANCEL: BattleAction
BATTLE_ACTION_OPEN: BattleAction
BATTLE_ACTION_FINISH: BattleAction
BATTLE_ACTION_CUT_SHORT: BattleAction
BATTLE_ACTION_ACCEPT: BattleAction
BATTLE_ACTION_QUIT_APPLY: BattleAction
BATTLE_ACTION_DECLINE_QUIT: BattleAction
BATTLE_ACTION_DECLINE_OFF_QUIT: BattleAction
BATTLE_ACTION_LEAVE_LINK_MIC: BattleAction
GIFT_PERMISSION_TYPE_UNKNOWN_TYPE: GiftPermissionType
GIFT_PERMISSION_TYPE_NO_GIFT_PERMISSION: GiftPermissionType
GIFT_PERMISSION_TYPE_ANCHOR_CLOSE: GiftPermissionType
GIFT_PERMISSION_TYPE_HAS_GIFT_PERMISSION: GiftPermissionType
GIFT_PERMISSION_TYPE_ANCHOR_BANNED: GiftPermissionType
BATTLE_INVITE_TYPE_NORMAL: BattleInviteType
BATTLE_INVITE_TYPE_AGAIN: BattleInviteType
BATTLE_TYPE_UNKNOWN_BATTLE_TYPE: BattleType
BATTLE_TYPE_NORMAL_BATTLE: BattleType
BATTLE_TYPE_TEAM_BATTLE: BattleType
BATTLE_TYPE_INDIVIDUAL_BATTLE: BattleType
BATTLE_TYPE_V_1_V_N: BattleType
BATTLE_TYPE_TAKE_THE_STAGE: BattleType
BATTLE_TYPE_GROUP_SHOW: BattleType
BATTLE_RESULT_RESULT_WIN: BattleResultResult
BATTLE_RESULT_RESULT_LOSE: BattleResultResult
BATTLE_RESULT_RESULT_DRAW: BattleResultResult
BATTLE_AB_TEST_TYPE_UNKNOWN_AB_TEST_TYPE: BattleABTestType
BATTLE_AB_TEST_TYPE_MEANWHILE_INVITE: BattleABTestType
BATTLE_AB_TEST_TYPE_SPECIFIED_GIFT: BattleABTestType
BATTLE_AB_TEST_TYPE_RT_C_MESSAGE_CHANNEL: BattleABTestType
BATTLE_AB_TEST_TYPE_CONNECTION_TIME_OUT: BattleABTestType
BATTLE_AB_TEST_TYPE_REMATCH_SKIP_TEAMMATE: BattleABTestType
BATTLE_AB_TEST_TYPE_OPT_INVITEE_4048: BattleABTestType
BATTLE_AB_TEST_TYPE_TIME_CALIBRATE: BattleABTestType
TRIGGER_REASON_UNKNOWN: TriggerReason
TRIGGER_REASON_SCORE_UPDATE: TriggerReason
TRIGGER_REASON_BATTLE_END: TriggerReason
TRIGGER_REASON_OPT_OUT_UPDATE: TriggerReason
TRIGGER_REASON_KEEP_ALIVE: TriggerReason
BATTLE_CARD_MSG_TYPE_UNKNOWN_CARD_ACTION: BattleCardMsgType
BATTLE_CARD_MSG_TYPE_CARD_OBTAIN_GUIDE: BattleCardMsgType
BATTLE_CARD_MSG_TYPE_USE_CRITICAL_STRIKE_CARD: BattleCardMsgType
BATTLE_CARD_MSG_TYPE_USE_SMOKE_CARD: BattleCardMsgType
BATTLE_CARD_MSG_TYPE_AWARD_CARD_NOTICE: BattleCardMsgType
BATTLE_CARD_MSG_TYPE_USE_EXTRA_TIME_CARD: BattleCardMsgType
BATTLE_CARD_MSG_TYPE_USE_SPECIAL_EFFECT_CARD: BattleCardMsgType
BATTLE_CARD_MSG_TYPE_USE_POTION_CARD: BattleCardMsgType
BATTLE_CARD_MSG_TYPE_USE_WAVE_CARD: BattleCardMsgType
BATTLE_CARD_MSG_TYPE_SPECIAL_EFFECT_NOTICE: BattleCardMsgType
BATTLE_CARD_MSG_TYPE_USE_TOP_2_CARD: BattleCardMsgType
BATTLE_CARD_MSG_TYPE_USE_TOP_3_CARD: BattleCardMsgType
REASON_TIME_UP: Reason
REASON_CUT_SHORT: Reason
BATTLE_TASK_MESSAGE_TYPE_START: BattleTaskMessageType
BATTLE_TASK_MESSAGE_TYPE_TASK_UPDATE: BattleTaskMessageType
BATTLE_TASK_MESSAGE_TYPE_TASK_SETTLE: BattleTaskMessageType
BATTLE_TASK_MESSAGE_TYPE_REWARD_SETTLE: BattleTaskMessageType
BATTLE_TASK_SETTLE_TASK_RESULT_SUCCEED: BattleTaskSettleTaskResult
BATTLE_TASK_SETTLE_TASK_RESULT_FAILED: BattleTaskSettleTaskResult
BATTLE_TASK_SETTLE_TASK_RESULT_BOTH_SUCCEED: BattleTaskSettleTaskResult
REWARD_STATUS_SUCCEED: RewardStatus
REWARD_STATUS_FAILED: RewardStatus

class WebcastLinkMicBattle(_message.Message):
    __slots__ = ("common", "battle_id", "battle_setting", "action", "battle_result", "m_battle_display_config", "invitee_gift_permission_type", "armies", "anchor_info", "bubble_text", "supported_actions", "battle_combos", "team_users", "invitee_gift_permission_types", "action_by_user_id", "team_battle_result", "team_armies", "abtest_settings", "team_match_campaign", "fuzzy_display_config_v2")
    class BattleResultEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: BattleResult
        def __init__(self, key: _Optional[int] = ..., value: _Optional[_Union[BattleResult, _Mapping]] = ...) -> None: ...
    class ArmiesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: BattleUserArmies
        def __init__(self, key: _Optional[int] = ..., value: _Optional[_Union[BattleUserArmies, _Mapping]] = ...) -> None: ...
    class AnchorInfoEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: BattleUserInfo
        def __init__(self, key: _Optional[int] = ..., value: _Optional[_Union[BattleUserInfo, _Mapping]] = ...) -> None: ...
    class BattleCombosEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: BattleComboInfo
        def __init__(self, key: _Optional[int] = ..., value: _Optional[_Union[BattleComboInfo, _Mapping]] = ...) -> None: ...
    COMMON_FIELD_NUMBER: _ClassVar[int]
    BATTLE_ID_FIELD_NUMBER: _ClassVar[int]
    BATTLE_SETTING_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    BATTLE_RESULT_FIELD_NUMBER: _ClassVar[int]
    M_BATTLE_DISPLAY_CONFIG_FIELD_NUMBER: _ClassVar[int]
    INVITEE_GIFT_PERMISSION_TYPE_FIELD_NUMBER: _ClassVar[int]
    ARMIES_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_INFO_FIELD_NUMBER: _ClassVar[int]
    BUBBLE_TEXT_FIELD_NUMBER: _ClassVar[int]
    SUPPORTED_ACTIONS_FIELD_NUMBER: _ClassVar[int]
    BATTLE_COMBOS_FIELD_NUMBER: _ClassVar[int]
    TEAM_USERS_FIELD_NUMBER: _ClassVar[int]
    INVITEE_GIFT_PERMISSION_TYPES_FIELD_NUMBER: _ClassVar[int]
    ACTION_BY_USER_ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_BATTLE_RESULT_FIELD_NUMBER: _ClassVar[int]
    TEAM_ARMIES_FIELD_NUMBER: _ClassVar[int]
    ABTEST_SETTINGS_FIELD_NUMBER: _ClassVar[int]
    TEAM_MATCH_CAMPAIGN_FIELD_NUMBER: _ClassVar[int]
    FUZZY_DISPLAY_CONFIG_V2_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    battle_id: int
    battle_setting: BattleSetting
    action: int
    battle_result: _containers.RepeatedCompositeFieldContainer[WebcastLinkMicBattle.BattleResultEntry]
    m_battle_display_config: BattleDisplayConfig
    invitee_gift_permission_type: int
    armies: _containers.RepeatedCompositeFieldContainer[WebcastLinkMicBattle.ArmiesEntry]
    anchor_info: _containers.RepeatedCompositeFieldContainer[WebcastLinkMicBattle.AnchorInfoEntry]
    bubble_text: str
    supported_actions: _containers.RepeatedCompositeFieldContainer[SupportedActionsWrapper]
    battle_combos: _containers.RepeatedCompositeFieldContainer[WebcastLinkMicBattle.BattleCombosEntry]
    team_users: _containers.RepeatedCompositeFieldContainer[TeamUsersInfo]
    invitee_gift_permission_types: _containers.RepeatedCompositeFieldContainer[BattleInviteeGiftPermission]
    action_by_user_id: int
    team_battle_result: _containers.RepeatedCompositeFieldContainer[BattleTeamResult]
    team_armies: _containers.RepeatedCompositeFieldContainer[BattleTeamUserArmies]
    abtest_settings: _containers.RepeatedCompositeFieldContainer[BattleABTestSetting]
    team_match_campaign: TeamMatchCampaign
    fuzzy_display_config_v2: HighScoreControlCfg
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., battle_id: _Optional[int] = ..., battle_setting: _Optional[_Union[BattleSetting, _Mapping]] = ..., action: _Optional[int] = ..., battle_result: _Optional[_Iterable[_Union[WebcastLinkMicBattle.BattleResultEntry, _Mapping]]] = ..., m_battle_display_config: _Optional[_Union[BattleDisplayConfig, _Mapping]] = ..., invitee_gift_permission_type: _Optional[int] = ..., armies: _Optional[_Iterable[_Union[WebcastLinkMicBattle.ArmiesEntry, _Mapping]]] = ..., anchor_info: _Optional[_Iterable[_Union[WebcastLinkMicBattle.AnchorInfoEntry, _Mapping]]] = ..., bubble_text: _Optional[str] = ..., supported_actions: _Optional[_Iterable[_Union[SupportedActionsWrapper, _Mapping]]] = ..., battle_combos: _Optional[_Iterable[_Union[WebcastLinkMicBattle.BattleCombosEntry, _Mapping]]] = ..., team_users: _Optional[_Iterable[_Union[TeamUsersInfo, _Mapping]]] = ..., invitee_gift_permission_types: _Optional[_Iterable[_Union[BattleInviteeGiftPermission, _Mapping]]] = ..., action_by_user_id: _Optional[int] = ..., team_battle_result: _Optional[_Iterable[_Union[BattleTeamResult, _Mapping]]] = ..., team_armies: _Optional[_Iterable[_Union[BattleTeamUserArmies, _Mapping]]] = ..., abtest_settings: _Optional[_Iterable[_Union[BattleABTestSetting, _Mapping]]] = ..., team_match_campaign: _Optional[_Union[TeamMatchCampaign, _Mapping]] = ..., fuzzy_display_config_v2: _Optional[_Union[HighScoreControlCfg, _Mapping]] = ...) -> None: ...

class BattleSetting(_message.Message):
    __slots__ = ("battle_id", "timestamp", "duration", "channel_id", "status", "invite_type", "gift_mode_meta", "battle_type", "extra_duration_second", "end_time_ms")
    BATTLE_ID_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    INVITE_TYPE_FIELD_NUMBER: _ClassVar[int]
    GIFT_MODE_META_FIELD_NUMBER: _ClassVar[int]
    BATTLE_TYPE_FIELD_NUMBER: _ClassVar[int]
    EXTRA_DURATION_SECOND_FIELD_NUMBER: _ClassVar[int]
    END_TIME_MS_FIELD_NUMBER: _ClassVar[int]
    battle_id: int
    timestamp: int
    duration: int
    channel_id: int
    status: int
    invite_type: int
    gift_mode_meta: GiftModeMeta
    battle_type: int
    extra_duration_second: int
    end_time_ms: int
    def __init__(self, battle_id: _Optional[int] = ..., timestamp: _Optional[int] = ..., duration: _Optional[int] = ..., channel_id: _Optional[int] = ..., status: _Optional[int] = ..., invite_type: _Optional[int] = ..., gift_mode_meta: _Optional[_Union[GiftModeMeta, _Mapping]] = ..., battle_type: _Optional[int] = ..., extra_duration_second: _Optional[int] = ..., end_time_ms: _Optional[int] = ...) -> None: ...

class GiftModeMeta(_message.Message):
    __slots__ = ("gift_id", "gift_name_key", "gift_icon_image", "gift_mode_desc")
    GIFT_ID_FIELD_NUMBER: _ClassVar[int]
    GIFT_NAME_KEY_FIELD_NUMBER: _ClassVar[int]
    GIFT_ICON_IMAGE_FIELD_NUMBER: _ClassVar[int]
    GIFT_MODE_DESC_FIELD_NUMBER: _ClassVar[int]
    gift_id: int
    gift_name_key: str
    gift_icon_image: _common_pb2.Image
    gift_mode_desc: _common_pb2.Text
    def __init__(self, gift_id: _Optional[int] = ..., gift_name_key: _Optional[str] = ..., gift_icon_image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., gift_mode_desc: _Optional[_Union[_common_pb2.Text, _Mapping]] = ...) -> None: ...

class BattleResult(_message.Message):
    __slots__ = ("user_id", "result", "score")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    result: int
    score: int
    def __init__(self, user_id: _Optional[int] = ..., result: _Optional[int] = ..., score: _Optional[int] = ...) -> None: ...

class BattleDisplayConfig(_message.Message):
    __slots__ = ("threshold", "text", "diff_threshold", "diff_text", "exempt_strategy")
    THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    DIFF_THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    DIFF_TEXT_FIELD_NUMBER: _ClassVar[int]
    EXEMPT_STRATEGY_FIELD_NUMBER: _ClassVar[int]
    threshold: int
    text: str
    diff_threshold: int
    diff_text: str
    exempt_strategy: ExemptStrategy
    def __init__(self, threshold: _Optional[int] = ..., text: _Optional[str] = ..., diff_threshold: _Optional[int] = ..., diff_text: _Optional[str] = ..., exempt_strategy: _Optional[_Union[ExemptStrategy, _Mapping]] = ...) -> None: ...

class ExemptStrategy(_message.Message):
    __slots__ = ("exempt_both_host", "exempt_audience_top")
    EXEMPT_BOTH_HOST_FIELD_NUMBER: _ClassVar[int]
    EXEMPT_AUDIENCE_TOP_FIELD_NUMBER: _ClassVar[int]
    exempt_both_host: bool
    exempt_audience_top: int
    def __init__(self, exempt_both_host: bool = ..., exempt_audience_top: _Optional[int] = ...) -> None: ...

class BattleUserArmies(_message.Message):
    __slots__ = ("user_army", "host_score", "anchor_id_str")
    USER_ARMY_FIELD_NUMBER: _ClassVar[int]
    HOST_SCORE_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_ID_STR_FIELD_NUMBER: _ClassVar[int]
    user_army: _containers.RepeatedCompositeFieldContainer[BattleUserArmy]
    host_score: int
    anchor_id_str: str
    def __init__(self, user_army: _Optional[_Iterable[_Union[BattleUserArmy, _Mapping]]] = ..., host_score: _Optional[int] = ..., anchor_id_str: _Optional[str] = ...) -> None: ...

class BattleUserArmy(_message.Message):
    __slots__ = ("user_id", "score", "nickname", "avatar_thumb", "diamond_score", "user_id_str")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    NICKNAME_FIELD_NUMBER: _ClassVar[int]
    AVATAR_THUMB_FIELD_NUMBER: _ClassVar[int]
    DIAMOND_SCORE_FIELD_NUMBER: _ClassVar[int]
    USER_ID_STR_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    score: int
    nickname: str
    avatar_thumb: _common_pb2.Image
    diamond_score: int
    user_id_str: str
    def __init__(self, user_id: _Optional[int] = ..., score: _Optional[int] = ..., nickname: _Optional[str] = ..., avatar_thumb: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., diamond_score: _Optional[int] = ..., user_id_str: _Optional[str] = ...) -> None: ...

class BattleUserInfo(_message.Message):
    __slots__ = ("user", "tags")
    USER_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    user: BattleBaseUserInfo
    tags: _containers.RepeatedCompositeFieldContainer[BattleRivalTag]
    def __init__(self, user: _Optional[_Union[BattleBaseUserInfo, _Mapping]] = ..., tags: _Optional[_Iterable[_Union[BattleRivalTag, _Mapping]]] = ...) -> None: ...

class BattleBaseUserInfo(_message.Message):
    __slots__ = ("user_id", "nick_name", "avatar_thumb", "display_id")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    NICK_NAME_FIELD_NUMBER: _ClassVar[int]
    AVATAR_THUMB_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    nick_name: str
    avatar_thumb: _common_pb2.Image
    display_id: str
    def __init__(self, user_id: _Optional[int] = ..., nick_name: _Optional[str] = ..., avatar_thumb: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., display_id: _Optional[str] = ...) -> None: ...

class BattleRivalTag(_message.Message):
    __slots__ = ("bg_image", "icon_image", "content")
    BG_IMAGE_FIELD_NUMBER: _ClassVar[int]
    ICON_IMAGE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    bg_image: _common_pb2.Image
    icon_image: _common_pb2.Image
    content: str
    def __init__(self, bg_image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., icon_image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., content: _Optional[str] = ...) -> None: ...

class SupportedActionsWrapper(_message.Message):
    __slots__ = ("action_type",)
    ACTION_TYPE_FIELD_NUMBER: _ClassVar[int]
    action_type: int
    def __init__(self, action_type: _Optional[int] = ...) -> None: ...

class BattleComboInfo(_message.Message):
    __slots__ = ("user_id", "combo_status", "combo_count", "combo_icon_url", "combo_type", "combo_rule_guide_schema")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    COMBO_STATUS_FIELD_NUMBER: _ClassVar[int]
    COMBO_COUNT_FIELD_NUMBER: _ClassVar[int]
    COMBO_ICON_URL_FIELD_NUMBER: _ClassVar[int]
    COMBO_TYPE_FIELD_NUMBER: _ClassVar[int]
    COMBO_RULE_GUIDE_SCHEMA_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    combo_status: int
    combo_count: int
    combo_icon_url: str
    combo_type: int
    combo_rule_guide_schema: str
    def __init__(self, user_id: _Optional[int] = ..., combo_status: _Optional[int] = ..., combo_count: _Optional[int] = ..., combo_icon_url: _Optional[str] = ..., combo_type: _Optional[int] = ..., combo_rule_guide_schema: _Optional[str] = ...) -> None: ...

class TeamUsersInfo(_message.Message):
    __slots__ = ("team_id", "user_ids")
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    USER_IDS_FIELD_NUMBER: _ClassVar[int]
    team_id: int
    user_ids: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, team_id: _Optional[int] = ..., user_ids: _Optional[_Iterable[int]] = ...) -> None: ...

class BattleInviteeGiftPermission(_message.Message):
    __slots__ = ("user_id", "gift_permission_type")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    GIFT_PERMISSION_TYPE_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    gift_permission_type: int
    def __init__(self, user_id: _Optional[int] = ..., gift_permission_type: _Optional[int] = ...) -> None: ...

class BattleTeamResult(_message.Message):
    __slots__ = ("team_id", "team_users", "result", "total_score")
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_USERS_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SCORE_FIELD_NUMBER: _ClassVar[int]
    team_id: int
    team_users: _containers.RepeatedCompositeFieldContainer[BattleTeamUser]
    result: int
    total_score: int
    def __init__(self, team_id: _Optional[int] = ..., team_users: _Optional[_Iterable[_Union[BattleTeamUser, _Mapping]]] = ..., result: _Optional[int] = ..., total_score: _Optional[int] = ...) -> None: ...

class BattleTeamUser(_message.Message):
    __slots__ = ("user_id", "score", "user_id_str")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    USER_ID_STR_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    score: int
    user_id_str: str
    def __init__(self, user_id: _Optional[int] = ..., score: _Optional[int] = ..., user_id_str: _Optional[str] = ...) -> None: ...

class BattleTeamUserArmies(_message.Message):
    __slots__ = ("team_id", "team_users", "team_total_score", "user_armies", "host_rank")
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_USERS_FIELD_NUMBER: _ClassVar[int]
    TEAM_TOTAL_SCORE_FIELD_NUMBER: _ClassVar[int]
    USER_ARMIES_FIELD_NUMBER: _ClassVar[int]
    HOST_RANK_FIELD_NUMBER: _ClassVar[int]
    team_id: int
    team_users: _containers.RepeatedCompositeFieldContainer[BattleTeamUser]
    team_total_score: int
    user_armies: BattleUserArmies
    host_rank: int
    def __init__(self, team_id: _Optional[int] = ..., team_users: _Optional[_Iterable[_Union[BattleTeamUser, _Mapping]]] = ..., team_total_score: _Optional[int] = ..., user_armies: _Optional[_Union[BattleUserArmies, _Mapping]] = ..., host_rank: _Optional[int] = ...) -> None: ...

class BattleABTestSetting(_message.Message):
    __slots__ = ("uid", "ab_test_list")
    UID_FIELD_NUMBER: _ClassVar[int]
    AB_TEST_LIST_FIELD_NUMBER: _ClassVar[int]
    uid: int
    ab_test_list: BattleABTestList
    def __init__(self, uid: _Optional[int] = ..., ab_test_list: _Optional[_Union[BattleABTestList, _Mapping]] = ...) -> None: ...

class BattleABTestList(_message.Message):
    __slots__ = ("ab_test_list",)
    AB_TEST_LIST_FIELD_NUMBER: _ClassVar[int]
    ab_test_list: _containers.RepeatedCompositeFieldContainer[BattleABTest]
    def __init__(self, ab_test_list: _Optional[_Iterable[_Union[BattleABTest, _Mapping]]] = ...) -> None: ...

class BattleABTest(_message.Message):
    __slots__ = ("ab_test_type", "group")
    AB_TEST_TYPE_FIELD_NUMBER: _ClassVar[int]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    ab_test_type: int
    group: int
    def __init__(self, ab_test_type: _Optional[int] = ..., group: _Optional[int] = ...) -> None: ...

class TeamMatchCampaign(_message.Message):
    __slots__ = ("best_teammate_relation", "start_sfx_team_id", "has_team_match_mvp_sfx")
    BEST_TEAMMATE_RELATION_FIELD_NUMBER: _ClassVar[int]
    START_SFX_TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    HAS_TEAM_MATCH_MVP_SFX_FIELD_NUMBER: _ClassVar[int]
    best_teammate_relation: _containers.RepeatedCompositeFieldContainer[BestTeammateRelation]
    start_sfx_team_id: _containers.RepeatedScalarFieldContainer[int]
    has_team_match_mvp_sfx: bool
    def __init__(self, best_teammate_relation: _Optional[_Iterable[_Union[BestTeammateRelation, _Mapping]]] = ..., start_sfx_team_id: _Optional[_Iterable[int]] = ..., has_team_match_mvp_sfx: bool = ...) -> None: ...

class BestTeammateRelation(_message.Message):
    __slots__ = ("user_id", "best_teammate_id")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    BEST_TEAMMATE_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    best_teammate_id: int
    def __init__(self, user_id: _Optional[int] = ..., best_teammate_id: _Optional[int] = ...) -> None: ...

class HighScoreControlCfg(_message.Message):
    __slots__ = ("normal_control_applied", "threshold", "origin_display_to_user_list")
    NORMAL_CONTROL_APPLIED_FIELD_NUMBER: _ClassVar[int]
    THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_DISPLAY_TO_USER_LIST_FIELD_NUMBER: _ClassVar[int]
    normal_control_applied: bool
    threshold: int
    origin_display_to_user_list: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, normal_control_applied: bool = ..., threshold: _Optional[int] = ..., origin_display_to_user_list: _Optional[_Iterable[int]] = ...) -> None: ...

class WebcastLinkMicArmies(_message.Message):
    __slots__ = ("common", "battle_id", "armies", "channel_id", "gift_sent_time", "score_update_time", "trigger_reason", "from_user_id", "gift_id", "gift_count", "gif_icon_image", "total_diamond_count", "repeat_count", "team_armies", "trigger_critical_strike", "has_team_match_mvp_sfx", "log_id", "battle_settings", "fuzzy_display_config_v2")
    class ArmiesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: _containers.RepeatedCompositeFieldContainer[BattleUserArmies]
        def __init__(self, key: _Optional[int] = ..., value: _Optional[_Iterable[_Union[BattleUserArmies, _Mapping]]] = ...) -> None: ...
    COMMON_FIELD_NUMBER: _ClassVar[int]
    BATTLE_ID_FIELD_NUMBER: _ClassVar[int]
    ARMIES_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    GIFT_SENT_TIME_FIELD_NUMBER: _ClassVar[int]
    SCORE_UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    TRIGGER_REASON_FIELD_NUMBER: _ClassVar[int]
    FROM_USER_ID_FIELD_NUMBER: _ClassVar[int]
    GIFT_ID_FIELD_NUMBER: _ClassVar[int]
    GIFT_COUNT_FIELD_NUMBER: _ClassVar[int]
    GIF_ICON_IMAGE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_DIAMOND_COUNT_FIELD_NUMBER: _ClassVar[int]
    REPEAT_COUNT_FIELD_NUMBER: _ClassVar[int]
    TEAM_ARMIES_FIELD_NUMBER: _ClassVar[int]
    TRIGGER_CRITICAL_STRIKE_FIELD_NUMBER: _ClassVar[int]
    HAS_TEAM_MATCH_MVP_SFX_FIELD_NUMBER: _ClassVar[int]
    LOG_ID_FIELD_NUMBER: _ClassVar[int]
    BATTLE_SETTINGS_FIELD_NUMBER: _ClassVar[int]
    FUZZY_DISPLAY_CONFIG_V2_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    battle_id: int
    armies: _containers.RepeatedCompositeFieldContainer[WebcastLinkMicArmies.ArmiesEntry]
    channel_id: int
    gift_sent_time: int
    score_update_time: int
    trigger_reason: int
    from_user_id: int
    gift_id: int
    gift_count: int
    gif_icon_image: _common_pb2.Image
    total_diamond_count: int
    repeat_count: int
    team_armies: _containers.RepeatedCompositeFieldContainer[BattleTeamUserArmies]
    trigger_critical_strike: bool
    has_team_match_mvp_sfx: bool
    log_id: str
    battle_settings: BattleSetting
    fuzzy_display_config_v2: HighScoreControlCfg
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., battle_id: _Optional[int] = ..., armies: _Optional[_Iterable[_Union[WebcastLinkMicArmies.ArmiesEntry, _Mapping]]] = ..., channel_id: _Optional[int] = ..., gift_sent_time: _Optional[int] = ..., score_update_time: _Optional[int] = ..., trigger_reason: _Optional[int] = ..., from_user_id: _Optional[int] = ..., gift_id: _Optional[int] = ..., gift_count: _Optional[int] = ..., gif_icon_image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., total_diamond_count: _Optional[int] = ..., repeat_count: _Optional[int] = ..., team_armies: _Optional[_Iterable[_Union[BattleTeamUserArmies, _Mapping]]] = ..., trigger_critical_strike: bool = ..., has_team_match_mvp_sfx: bool = ..., log_id: _Optional[str] = ..., battle_settings: _Optional[_Union[BattleSetting, _Mapping]] = ..., fuzzy_display_config_v2: _Optional[_Union[HighScoreControlCfg, _Mapping]] = ...) -> None: ...

class WebcastLinkMicBattleItemCard(_message.Message):
    __slots__ = ("common", "battle_id", "msg_type", "card_obtain_guide", "use_critical_strike_card", "use_smoke_card", "award_card_notice", "use_extra_time_card", "use_special_effect_card", "use_potion_card", "use_wave_card", "special_effect_notice", "use_top2_card", "use_top3_card")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    BATTLE_ID_FIELD_NUMBER: _ClassVar[int]
    MSG_TYPE_FIELD_NUMBER: _ClassVar[int]
    CARD_OBTAIN_GUIDE_FIELD_NUMBER: _ClassVar[int]
    USE_CRITICAL_STRIKE_CARD_FIELD_NUMBER: _ClassVar[int]
    USE_SMOKE_CARD_FIELD_NUMBER: _ClassVar[int]
    AWARD_CARD_NOTICE_FIELD_NUMBER: _ClassVar[int]
    USE_EXTRA_TIME_CARD_FIELD_NUMBER: _ClassVar[int]
    USE_SPECIAL_EFFECT_CARD_FIELD_NUMBER: _ClassVar[int]
    USE_POTION_CARD_FIELD_NUMBER: _ClassVar[int]
    USE_WAVE_CARD_FIELD_NUMBER: _ClassVar[int]
    SPECIAL_EFFECT_NOTICE_FIELD_NUMBER: _ClassVar[int]
    USE_TOP2_CARD_FIELD_NUMBER: _ClassVar[int]
    USE_TOP3_CARD_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    battle_id: int
    msg_type: int
    card_obtain_guide: CardObtainGuide
    use_critical_strike_card: UseCriticalStrikeCard
    use_smoke_card: UseSmokeCard
    award_card_notice: AwardCardNotice
    use_extra_time_card: UseExtraTimeCard
    use_special_effect_card: UseSpecialEffectCard
    use_potion_card: UsePotionCard
    use_wave_card: UseWaveCard
    special_effect_notice: SpecialEffectNotice
    use_top2_card: UseTop2Card
    use_top3_card: UseTop3Card
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., battle_id: _Optional[int] = ..., msg_type: _Optional[int] = ..., card_obtain_guide: _Optional[_Union[CardObtainGuide, _Mapping]] = ..., use_critical_strike_card: _Optional[_Union[UseCriticalStrikeCard, _Mapping]] = ..., use_smoke_card: _Optional[_Union[UseSmokeCard, _Mapping]] = ..., award_card_notice: _Optional[_Union[AwardCardNotice, _Mapping]] = ..., use_extra_time_card: _Optional[_Union[UseExtraTimeCard, _Mapping]] = ..., use_special_effect_card: _Optional[_Union[UseSpecialEffectCard, _Mapping]] = ..., use_potion_card: _Optional[_Union[UsePotionCard, _Mapping]] = ..., use_wave_card: _Optional[_Union[UseWaveCard, _Mapping]] = ..., special_effect_notice: _Optional[_Union[SpecialEffectNotice, _Mapping]] = ..., use_top2_card: _Optional[_Union[UseTop2Card, _Mapping]] = ..., use_top3_card: _Optional[_Union[UseTop3Card, _Mapping]] = ...) -> None: ...

class CardObtainGuide(_message.Message):
    __slots__ = ("not_in_use",)
    NOT_IN_USE_FIELD_NUMBER: _ClassVar[int]
    not_in_use: int
    def __init__(self, not_in_use: _Optional[int] = ...) -> None: ...

class UseCriticalStrikeCard(_message.Message):
    __slots__ = ("card_info", "anchor_id", "display_content")
    CARD_INFO_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_CONTENT_FIELD_NUMBER: _ClassVar[int]
    card_info: CriticalStrikeCardInfo
    anchor_id: int
    display_content: _common_pb2.Text
    def __init__(self, card_info: _Optional[_Union[CriticalStrikeCardInfo, _Mapping]] = ..., anchor_id: _Optional[int] = ..., display_content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ...) -> None: ...

class CriticalStrikeCardInfo(_message.Message):
    __slots__ = ("card_name_key", "card_image", "send_time_sec", "send_user", "effect_last_duration", "critical_strike_rate_low", "critical_strike_rate_high", "multiple", "gift_name_key", "rule_url", "effect_time_sec", "to_anchor_id", "to_anchor_id_str")
    CARD_NAME_KEY_FIELD_NUMBER: _ClassVar[int]
    CARD_IMAGE_FIELD_NUMBER: _ClassVar[int]
    SEND_TIME_SEC_FIELD_NUMBER: _ClassVar[int]
    SEND_USER_FIELD_NUMBER: _ClassVar[int]
    EFFECT_LAST_DURATION_FIELD_NUMBER: _ClassVar[int]
    CRITICAL_STRIKE_RATE_LOW_FIELD_NUMBER: _ClassVar[int]
    CRITICAL_STRIKE_RATE_HIGH_FIELD_NUMBER: _ClassVar[int]
    MULTIPLE_FIELD_NUMBER: _ClassVar[int]
    GIFT_NAME_KEY_FIELD_NUMBER: _ClassVar[int]
    RULE_URL_FIELD_NUMBER: _ClassVar[int]
    EFFECT_TIME_SEC_FIELD_NUMBER: _ClassVar[int]
    TO_ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    TO_ANCHOR_ID_STR_FIELD_NUMBER: _ClassVar[int]
    card_name_key: str
    card_image: _common_pb2.Image
    send_time_sec: int
    send_user: BattleUserInfo
    effect_last_duration: int
    critical_strike_rate_low: int
    critical_strike_rate_high: int
    multiple: int
    gift_name_key: str
    rule_url: str
    effect_time_sec: int
    to_anchor_id: int
    to_anchor_id_str: str
    def __init__(self, card_name_key: _Optional[str] = ..., card_image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., send_time_sec: _Optional[int] = ..., send_user: _Optional[_Union[BattleUserInfo, _Mapping]] = ..., effect_last_duration: _Optional[int] = ..., critical_strike_rate_low: _Optional[int] = ..., critical_strike_rate_high: _Optional[int] = ..., multiple: _Optional[int] = ..., gift_name_key: _Optional[str] = ..., rule_url: _Optional[str] = ..., effect_time_sec: _Optional[int] = ..., to_anchor_id: _Optional[int] = ..., to_anchor_id_str: _Optional[str] = ...) -> None: ...

class UseSmokeCard(_message.Message):
    __slots__ = ("card_info", "anchor_id", "display_content")
    CARD_INFO_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_CONTENT_FIELD_NUMBER: _ClassVar[int]
    card_info: CommonCardInfo
    anchor_id: int
    display_content: _common_pb2.Text
    def __init__(self, card_info: _Optional[_Union[CommonCardInfo, _Mapping]] = ..., anchor_id: _Optional[int] = ..., display_content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ...) -> None: ...

class CommonCardInfo(_message.Message):
    __slots__ = ("card_name_key", "card_image", "send_time_sec", "send_user", "effect_last_duration", "rule_url", "effect_time_sec", "to_anchor_id", "to_anchor_id_str")
    CARD_NAME_KEY_FIELD_NUMBER: _ClassVar[int]
    CARD_IMAGE_FIELD_NUMBER: _ClassVar[int]
    SEND_TIME_SEC_FIELD_NUMBER: _ClassVar[int]
    SEND_USER_FIELD_NUMBER: _ClassVar[int]
    EFFECT_LAST_DURATION_FIELD_NUMBER: _ClassVar[int]
    RULE_URL_FIELD_NUMBER: _ClassVar[int]
    EFFECT_TIME_SEC_FIELD_NUMBER: _ClassVar[int]
    TO_ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    TO_ANCHOR_ID_STR_FIELD_NUMBER: _ClassVar[int]
    card_name_key: str
    card_image: _common_pb2.Image
    send_time_sec: int
    send_user: BattleUserInfo
    effect_last_duration: int
    rule_url: str
    effect_time_sec: int
    to_anchor_id: int
    to_anchor_id_str: str
    def __init__(self, card_name_key: _Optional[str] = ..., card_image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., send_time_sec: _Optional[int] = ..., send_user: _Optional[_Union[BattleUserInfo, _Mapping]] = ..., effect_last_duration: _Optional[int] = ..., rule_url: _Optional[str] = ..., effect_time_sec: _Optional[int] = ..., to_anchor_id: _Optional[int] = ..., to_anchor_id_str: _Optional[str] = ...) -> None: ...

class AwardCardNotice(_message.Message):
    __slots__ = ("display_content", "awarded_users")
    DISPLAY_CONTENT_FIELD_NUMBER: _ClassVar[int]
    AWARDED_USERS_FIELD_NUMBER: _ClassVar[int]
    display_content: _common_pb2.Text
    awarded_users: _containers.RepeatedCompositeFieldContainer[BattleUserInfo]
    def __init__(self, display_content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., awarded_users: _Optional[_Iterable[_Union[BattleUserInfo, _Mapping]]] = ...) -> None: ...

class UseExtraTimeCard(_message.Message):
    __slots__ = ("card_info", "anchor_id", "display_content")
    CARD_INFO_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_CONTENT_FIELD_NUMBER: _ClassVar[int]
    card_info: ExtraTimeCardInfo
    anchor_id: int
    display_content: _common_pb2.Text
    def __init__(self, card_info: _Optional[_Union[ExtraTimeCardInfo, _Mapping]] = ..., anchor_id: _Optional[int] = ..., display_content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ...) -> None: ...

class ExtraTimeCardInfo(_message.Message):
    __slots__ = ("card_name_key", "card_image", "send_time_sec", "send_user", "effect_last_duration", "rule_url", "effect_time_sec", "to_anchor_id", "extra_duration_sec", "to_anchor_id_str")
    CARD_NAME_KEY_FIELD_NUMBER: _ClassVar[int]
    CARD_IMAGE_FIELD_NUMBER: _ClassVar[int]
    SEND_TIME_SEC_FIELD_NUMBER: _ClassVar[int]
    SEND_USER_FIELD_NUMBER: _ClassVar[int]
    EFFECT_LAST_DURATION_FIELD_NUMBER: _ClassVar[int]
    RULE_URL_FIELD_NUMBER: _ClassVar[int]
    EFFECT_TIME_SEC_FIELD_NUMBER: _ClassVar[int]
    TO_ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    EXTRA_DURATION_SEC_FIELD_NUMBER: _ClassVar[int]
    TO_ANCHOR_ID_STR_FIELD_NUMBER: _ClassVar[int]
    card_name_key: str
    card_image: _common_pb2.Image
    send_time_sec: int
    send_user: BattleUserInfo
    effect_last_duration: int
    rule_url: str
    effect_time_sec: int
    to_anchor_id: int
    extra_duration_sec: int
    to_anchor_id_str: str
    def __init__(self, card_name_key: _Optional[str] = ..., card_image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., send_time_sec: _Optional[int] = ..., send_user: _Optional[_Union[BattleUserInfo, _Mapping]] = ..., effect_last_duration: _Optional[int] = ..., rule_url: _Optional[str] = ..., effect_time_sec: _Optional[int] = ..., to_anchor_id: _Optional[int] = ..., extra_duration_sec: _Optional[int] = ..., to_anchor_id_str: _Optional[str] = ...) -> None: ...

class UseSpecialEffectCard(_message.Message):
    __slots__ = ("card_info", "anchor_id", "display_content", "affected_anchor_pairs")
    CARD_INFO_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_CONTENT_FIELD_NUMBER: _ClassVar[int]
    AFFECTED_ANCHOR_PAIRS_FIELD_NUMBER: _ClassVar[int]
    card_info: CommonCardInfo
    anchor_id: int
    display_content: _common_pb2.Text
    affected_anchor_pairs: _containers.RepeatedCompositeFieldContainer[AnchorPair]
    def __init__(self, card_info: _Optional[_Union[CommonCardInfo, _Mapping]] = ..., anchor_id: _Optional[int] = ..., display_content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., affected_anchor_pairs: _Optional[_Iterable[_Union[AnchorPair, _Mapping]]] = ...) -> None: ...

class AnchorPair(_message.Message):
    __slots__ = ("source_anchor_id", "target_anchor_id")
    SOURCE_ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    TARGET_ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    source_anchor_id: int
    target_anchor_id: int
    def __init__(self, source_anchor_id: _Optional[int] = ..., target_anchor_id: _Optional[int] = ...) -> None: ...

class UsePotionCard(_message.Message):
    __slots__ = ("card_info", "anchor_id", "display_content")
    CARD_INFO_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_CONTENT_FIELD_NUMBER: _ClassVar[int]
    card_info: CommonCardInfo
    anchor_id: int
    display_content: _common_pb2.Text
    def __init__(self, card_info: _Optional[_Union[CommonCardInfo, _Mapping]] = ..., anchor_id: _Optional[int] = ..., display_content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ...) -> None: ...

class UseWaveCard(_message.Message):
    __slots__ = ("card_info", "anchor_id", "display_content")
    CARD_INFO_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_CONTENT_FIELD_NUMBER: _ClassVar[int]
    card_info: CommonCardInfo
    anchor_id: int
    display_content: _common_pb2.Text
    def __init__(self, card_info: _Optional[_Union[CommonCardInfo, _Mapping]] = ..., anchor_id: _Optional[int] = ..., display_content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ...) -> None: ...

class SpecialEffectNotice(_message.Message):
    __slots__ = ("score", "from_user_id", "to_anchor_id", "affected_anchor_pairs")
    SCORE_FIELD_NUMBER: _ClassVar[int]
    FROM_USER_ID_FIELD_NUMBER: _ClassVar[int]
    TO_ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    AFFECTED_ANCHOR_PAIRS_FIELD_NUMBER: _ClassVar[int]
    score: int
    from_user_id: int
    to_anchor_id: int
    affected_anchor_pairs: _containers.RepeatedCompositeFieldContainer[AnchorPair]
    def __init__(self, score: _Optional[int] = ..., from_user_id: _Optional[int] = ..., to_anchor_id: _Optional[int] = ..., affected_anchor_pairs: _Optional[_Iterable[_Union[AnchorPair, _Mapping]]] = ...) -> None: ...

class UseTop2Card(_message.Message):
    __slots__ = ("card_info", "anchor_id", "display_content")
    CARD_INFO_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_CONTENT_FIELD_NUMBER: _ClassVar[int]
    card_info: Top2CardInfo
    anchor_id: int
    display_content: _common_pb2.Text
    def __init__(self, card_info: _Optional[_Union[Top2CardInfo, _Mapping]] = ..., anchor_id: _Optional[int] = ..., display_content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ...) -> None: ...

class Top2CardInfo(_message.Message):
    __slots__ = ("common",)
    COMMON_FIELD_NUMBER: _ClassVar[int]
    common: CommonCardInfo
    def __init__(self, common: _Optional[_Union[CommonCardInfo, _Mapping]] = ...) -> None: ...

class UseTop3Card(_message.Message):
    __slots__ = ("card_info", "anchor_id", "display_content")
    CARD_INFO_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_CONTENT_FIELD_NUMBER: _ClassVar[int]
    card_info: Top3CardInfo
    anchor_id: int
    display_content: _common_pb2.Text
    def __init__(self, card_info: _Optional[_Union[Top3CardInfo, _Mapping]] = ..., anchor_id: _Optional[int] = ..., display_content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ...) -> None: ...

class Top3CardInfo(_message.Message):
    __slots__ = ("common",)
    COMMON_FIELD_NUMBER: _ClassVar[int]
    common: CommonCardInfo
    def __init__(self, common: _Optional[_Union[CommonCardInfo, _Mapping]] = ...) -> None: ...

class WebcastLinkMicBattlePunishFinish(_message.Message):
    __slots__ = ("common", "channel_id", "timestamp", "reason", "battle_id", "battle_settings")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    BATTLE_ID_FIELD_NUMBER: _ClassVar[int]
    BATTLE_SETTINGS_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    channel_id: int
    timestamp: int
    reason: int
    battle_id: int
    battle_settings: BattleSetting
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., channel_id: _Optional[int] = ..., timestamp: _Optional[int] = ..., reason: _Optional[int] = ..., battle_id: _Optional[int] = ..., battle_settings: _Optional[_Union[BattleSetting, _Mapping]] = ...) -> None: ...

class WebcastLinkmicBattleTaskMessage(_message.Message):
    __slots__ = ("common", "battle_task_message_type", "task_start", "task_update", "task_settle", "reward_settle", "battle_id")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    BATTLE_TASK_MESSAGE_TYPE_FIELD_NUMBER: _ClassVar[int]
    TASK_START_FIELD_NUMBER: _ClassVar[int]
    TASK_UPDATE_FIELD_NUMBER: _ClassVar[int]
    TASK_SETTLE_FIELD_NUMBER: _ClassVar[int]
    REWARD_SETTLE_FIELD_NUMBER: _ClassVar[int]
    BATTLE_ID_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    battle_task_message_type: int
    task_start: BattleTaskStart
    task_update: BattleTaskUpdate
    task_settle: BattleTaskSettle
    reward_settle: BattleRewardSettle
    battle_id: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., battle_task_message_type: _Optional[int] = ..., task_start: _Optional[_Union[BattleTaskStart, _Mapping]] = ..., task_update: _Optional[_Union[BattleTaskUpdate, _Mapping]] = ..., task_settle: _Optional[_Union[BattleTaskSettle, _Mapping]] = ..., reward_settle: _Optional[_Union[BattleRewardSettle, _Mapping]] = ..., battle_id: _Optional[int] = ...) -> None: ...

class BattleTaskStart(_message.Message):
    __slots__ = ("battle_bonus_config",)
    BATTLE_BONUS_CONFIG_FIELD_NUMBER: _ClassVar[int]
    battle_bonus_config: BattleBonusConfig
    def __init__(self, battle_bonus_config: _Optional[_Union[BattleBonusConfig, _Mapping]] = ...) -> None: ...

class BattleBonusConfig(_message.Message):
    __slots__ = ("preview_start_time", "preview_period_config", "task_period_config", "reward_period_config", "task_gift_guide", "preview_start_timestamp", "preview_click_action_schema_url")
    class TaskGiftGuideEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: BattleTaskGiftAmountGuide
        def __init__(self, key: _Optional[int] = ..., value: _Optional[_Union[BattleTaskGiftAmountGuide, _Mapping]] = ...) -> None: ...
    PREVIEW_START_TIME_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_PERIOD_CONFIG_FIELD_NUMBER: _ClassVar[int]
    TASK_PERIOD_CONFIG_FIELD_NUMBER: _ClassVar[int]
    REWARD_PERIOD_CONFIG_FIELD_NUMBER: _ClassVar[int]
    TASK_GIFT_GUIDE_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_START_TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_CLICK_ACTION_SCHEMA_URL_FIELD_NUMBER: _ClassVar[int]
    preview_start_time: int
    preview_period_config: _containers.RepeatedCompositeFieldContainer[PreviewPeriod]
    task_period_config: TaskPeriodConfig
    reward_period_config: RewardPeriodConfig
    task_gift_guide: _containers.RepeatedCompositeFieldContainer[BattleBonusConfig.TaskGiftGuideEntry]
    preview_start_timestamp: int
    preview_click_action_schema_url: str
    def __init__(self, preview_start_time: _Optional[int] = ..., preview_period_config: _Optional[_Iterable[_Union[PreviewPeriod, _Mapping]]] = ..., task_period_config: _Optional[_Union[TaskPeriodConfig, _Mapping]] = ..., reward_period_config: _Optional[_Union[RewardPeriodConfig, _Mapping]] = ..., task_gift_guide: _Optional[_Iterable[_Union[BattleBonusConfig.TaskGiftGuideEntry, _Mapping]]] = ..., preview_start_timestamp: _Optional[int] = ..., preview_click_action_schema_url: _Optional[str] = ...) -> None: ...

class PreviewPeriod(_message.Message):
    __slots__ = ("duration", "promot", "icon")
    DURATION_FIELD_NUMBER: _ClassVar[int]
    PROMOT_FIELD_NUMBER: _ClassVar[int]
    ICON_FIELD_NUMBER: _ClassVar[int]
    duration: int
    promot: BattlePrompt
    icon: _common_pb2.Image
    def __init__(self, duration: _Optional[int] = ..., promot: _Optional[_Union[BattlePrompt, _Mapping]] = ..., icon: _Optional[_Union[_common_pb2.Image, _Mapping]] = ...) -> None: ...

class BattlePrompt(_message.Message):
    __slots__ = ("prompt_key", "prompt_elements")
    PROMPT_KEY_FIELD_NUMBER: _ClassVar[int]
    PROMPT_ELEMENTS_FIELD_NUMBER: _ClassVar[int]
    prompt_key: str
    prompt_elements: _containers.RepeatedCompositeFieldContainer[BattlePromptElem]
    def __init__(self, prompt_key: _Optional[str] = ..., prompt_elements: _Optional[_Iterable[_Union[BattlePromptElem, _Mapping]]] = ...) -> None: ...

class BattlePromptElem(_message.Message):
    __slots__ = ("prompt_field_key", "prompt_field_value")
    PROMPT_FIELD_KEY_FIELD_NUMBER: _ClassVar[int]
    PROMPT_FIELD_VALUE_FIELD_NUMBER: _ClassVar[int]
    prompt_field_key: str
    prompt_field_value: str
    def __init__(self, prompt_field_key: _Optional[str] = ..., prompt_field_value: _Optional[str] = ...) -> None: ...

class TaskPeriodConfig(_message.Message):
    __slots__ = ("task_start_time", "duration", "target_start_timestamp", "click_action", "click_toast_prompt", "prompt_type", "task_static_prompt", "progress_target", "target_type", "icon", "click_action_schema_url")
    TASK_START_TIME_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    TARGET_START_TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    CLICK_ACTION_FIELD_NUMBER: _ClassVar[int]
    CLICK_TOAST_PROMPT_FIELD_NUMBER: _ClassVar[int]
    PROMPT_TYPE_FIELD_NUMBER: _ClassVar[int]
    TASK_STATIC_PROMPT_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_TARGET_FIELD_NUMBER: _ClassVar[int]
    TARGET_TYPE_FIELD_NUMBER: _ClassVar[int]
    ICON_FIELD_NUMBER: _ClassVar[int]
    CLICK_ACTION_SCHEMA_URL_FIELD_NUMBER: _ClassVar[int]
    task_start_time: int
    duration: int
    target_start_timestamp: int
    click_action: int
    click_toast_prompt: BattlePrompt
    prompt_type: int
    task_static_prompt: BattlePrompt
    progress_target: int
    target_type: int
    icon: _common_pb2.Image
    click_action_schema_url: str
    def __init__(self, task_start_time: _Optional[int] = ..., duration: _Optional[int] = ..., target_start_timestamp: _Optional[int] = ..., click_action: _Optional[int] = ..., click_toast_prompt: _Optional[_Union[BattlePrompt, _Mapping]] = ..., prompt_type: _Optional[int] = ..., task_static_prompt: _Optional[_Union[BattlePrompt, _Mapping]] = ..., progress_target: _Optional[int] = ..., target_type: _Optional[int] = ..., icon: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., click_action_schema_url: _Optional[str] = ...) -> None: ...

class RewardPeriodConfig(_message.Message):
    __slots__ = ("reward_start_time", "duration", "reward_multiple", "reward_start_timestamp", "reward_prapare_prompt", "rewarding_prompt", "click_prompt")
    REWARD_START_TIME_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    REWARD_MULTIPLE_FIELD_NUMBER: _ClassVar[int]
    REWARD_START_TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    REWARD_PRAPARE_PROMPT_FIELD_NUMBER: _ClassVar[int]
    REWARDING_PROMPT_FIELD_NUMBER: _ClassVar[int]
    CLICK_PROMPT_FIELD_NUMBER: _ClassVar[int]
    reward_start_time: int
    duration: int
    reward_multiple: int
    reward_start_timestamp: int
    reward_prapare_prompt: BattlePrompt
    rewarding_prompt: BattlePrompt
    click_prompt: BattlePrompt
    def __init__(self, reward_start_time: _Optional[int] = ..., duration: _Optional[int] = ..., reward_multiple: _Optional[int] = ..., reward_start_timestamp: _Optional[int] = ..., reward_prapare_prompt: _Optional[_Union[BattlePrompt, _Mapping]] = ..., rewarding_prompt: _Optional[_Union[BattlePrompt, _Mapping]] = ..., click_prompt: _Optional[_Union[BattlePrompt, _Mapping]] = ...) -> None: ...

class BattleTaskGiftAmountGuide(_message.Message):
    __slots__ = ("guide_prompt", "prompt_type", "disappear_duration", "icon_image", "gift_image", "recommend_gift_id", "recommend_gift_count", "guide_content")
    GUIDE_PROMPT_FIELD_NUMBER: _ClassVar[int]
    PROMPT_TYPE_FIELD_NUMBER: _ClassVar[int]
    DISAPPEAR_DURATION_FIELD_NUMBER: _ClassVar[int]
    ICON_IMAGE_FIELD_NUMBER: _ClassVar[int]
    GIFT_IMAGE_FIELD_NUMBER: _ClassVar[int]
    RECOMMEND_GIFT_ID_FIELD_NUMBER: _ClassVar[int]
    RECOMMEND_GIFT_COUNT_FIELD_NUMBER: _ClassVar[int]
    GUIDE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    guide_prompt: BattlePrompt
    prompt_type: int
    disappear_duration: int
    icon_image: _common_pb2.Image
    gift_image: _common_pb2.Image
    recommend_gift_id: int
    recommend_gift_count: int
    guide_content: _common_pb2.Text
    def __init__(self, guide_prompt: _Optional[_Union[BattlePrompt, _Mapping]] = ..., prompt_type: _Optional[int] = ..., disappear_duration: _Optional[int] = ..., icon_image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., gift_image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., recommend_gift_id: _Optional[int] = ..., recommend_gift_count: _Optional[int] = ..., guide_content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ...) -> None: ...

class BattleTaskUpdate(_message.Message):
    __slots__ = ("task_progress", "from_user_uid", "prompt_key", "log_id")
    TASK_PROGRESS_FIELD_NUMBER: _ClassVar[int]
    FROM_USER_UID_FIELD_NUMBER: _ClassVar[int]
    PROMPT_KEY_FIELD_NUMBER: _ClassVar[int]
    LOG_ID_FIELD_NUMBER: _ClassVar[int]
    task_progress: int
    from_user_uid: int
    prompt_key: str
    log_id: str
    def __init__(self, task_progress: _Optional[int] = ..., from_user_uid: _Optional[int] = ..., prompt_key: _Optional[str] = ..., log_id: _Optional[str] = ...) -> None: ...

class BattleTaskSettle(_message.Message):
    __slots__ = ("task_result", "reward_start_time", "reward_start_timestamp")
    TASK_RESULT_FIELD_NUMBER: _ClassVar[int]
    REWARD_START_TIME_FIELD_NUMBER: _ClassVar[int]
    REWARD_START_TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    task_result: int
    reward_start_time: int
    reward_start_timestamp: int
    def __init__(self, task_result: _Optional[int] = ..., reward_start_time: _Optional[int] = ..., reward_start_timestamp: _Optional[int] = ...) -> None: ...

class BattleRewardSettle(_message.Message):
    __slots__ = ("reward_settle_prompt", "status")
    REWARD_SETTLE_PROMPT_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    reward_settle_prompt: BattlePrompt
    status: int
    def __init__(self, reward_settle_prompt: _Optional[_Union[BattlePrompt, _Mapping]] = ..., status: _Optional[int] = ...) -> None: ...
