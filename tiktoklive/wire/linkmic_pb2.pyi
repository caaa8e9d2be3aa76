from tiktoklive.wire import common_pb2 as _common_pb2
from tiktoklive.wire import notices_pb2 as _notices_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class LinkMessageType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINK_MESSAGE_TYPE_LINKER_UNKNOWN: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_CREATE: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_CLOSE: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_INVITE: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_APPLY: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_REPLY: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_ENTER: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_LEAVE: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_PERMIT: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_CANCEL_INVITE: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_WAITING_LIST_CHANGE: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_LINKED_LIST_CHANGE: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_UPDATE_USER: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_KICK_OUT: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_CANCEL_APPLY: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_MUTE: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_MATCH: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_UPDATE_USER_SETTING: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_MIC_IDX_UPDATE: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_LEAVE_V2: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_WAITING_LIST_CHANGE_V2: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_LINKED_LIST_CHANGE_V2: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_COHOST_LIST_CHANGE: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_MEDIA_CHANGE: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_ACCEPT_NOTICE: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKER_SYS_KICK_OUT: _ClassVar[LinkMessageType]
    LINK_MESSAGE_TYPE_LINKMIC_USER_TOAST: _ClassVar[LinkMessageType]

class LinkmicMultiLiveEnum(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINKMIC_MULTI_LIVE_ENUM_DEFAULT: _ClassVar[LinkmicMultiLiveEnum]
    LINKMIC_MULTI_LIVE_ENUM_ANCHOR_USE_NEW_LAYOUT: _ClassVar[LinkmicMultiLiveEnum]

class LinkmicApplierSortSetting(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINKMIC_APPLIER_SORT_SETTING_NONE: _ClassVar[LinkmicApplierSortSetting]
    LINKMIC_APPLIER_SORT_SETTING_BY_GIFT_SCORE: _ClassVar[LinkmicApplierSortSetting]

class LinkmicUserSettingLayout(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINKMIC_USER_SETTING_LAYOUT_GRID: _ClassVar[LinkmicUserSettingLayout]
    LINKMIC_USER_SETTING_LAYOUT_FLOATING: _ClassVar[LinkmicUserSettingLayout]

class CohostABTestType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    COHOST_AB_TEST_TYPE_UNKNOWN: _ClassVar[CohostABTestType]
    COHOST_AB_TEST_TYPE_LINK_TIME_OUT_STRATEGY: _ClassVar[CohostABTestType]
    COHOST_AB_TEST_TYPE_COHOST_RESERVATION: _ClassVar[CohostABTestType]
    COHOST_AB_TEST_TYPE_QUICK_PAIR_NEW_ARCH_SWITCH: _ClassVar[CohostABTestType]
    COHOST_AB_TEST_TYPE_COHOST_INVITATION_TEXT: _ClassVar[CohostABTestType]

class HashtagNamespace(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HASHTAG_NAMESPACE_GLOBAL: _ClassVar[HashtagNamespace]
    HASHTAG_NAMESPACE_GAMING: _ClassVar[HashtagNamespace]

class OptPairStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OPT_PAIR_STATUS_UNKNOWN: _ClassVar[OptPairStatus]
    OPT_PAIR_STATUS_OFFLINE: _ClassVar[OptPairStatus]
    OPT_PAIR_STATUS_FINISHED: _ClassVar[OptPairStatus]

class MicIdxOperation(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MIC_IDX_OPERATION_MIC_IDX_OP_ON: _ClassVar[MicIdxOperation]
    MIC_IDX_OPERATION_MIC_IDX_OP_OFF: _ClassVar[MicIdxOperation]

class LinkListStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINK_LIST_STATUS_UNKNOWN: _ClassVar[LinkListStatus]
    LINK_LIST_STATUS_WAITING: _ClassVar[LinkListStatus]
    LINK_LIST_STATUS_LINKED: _ClassVar[LinkListStatus]
    LINK_LIST_STATUS_FINISHED: _ClassVar[LinkListStatus]
    LINK_LIST_STATUS_WAITING_OR_LINKED: _ClassVar[LinkListStatus]

class LinkRoleType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINK_ROLE_TYPE_ROLE_TYPE_UNKOWN: _ClassVar[LinkRoleType]
    LINK_ROLE_TYPE_LEADER: _ClassVar[LinkRoleType]
    LINK_ROLE_TYPE_PLAYER: _ClassVar[LinkRoleType]
    LINK_ROLE_TYPE_INVITEE: _ClassVar[LinkRoleType]
    LINK_ROLE_TYPE_APPLIER: _ClassVar[LinkRoleType]

class LinkSilenceStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINK_SILENCE_STATUS_UN_SILENCE: _ClassVar[LinkSilenceStatus]
    LINK_SILENCE_STATUS_SILENCE_BY_SELF: _ClassVar[LinkSilenceStatus]
    LINK_SILENCE_STATUS_SILENCE_BY_OWNER: _ClassVar[LinkSilenceStatus]

class LinkType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINK_TYPE_UNKNOWN: _ClassVar[LinkType]
    LINK_TYPE_VIDEO: _ClassVar[LinkType]
    LINK_TYPE_AUDIO: _ClassVar[LinkType]
    LINK_TYPE_VIRTUAL: _ClassVar[LinkType]

class KickoutReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    KICKOUT_REASON_UNKNOWN: _ClassVar[KickoutReason]
    KICKOUT_REASON_FIRST_FRAME_TIMEOUT: _ClassVar[KickoutReason]
    KICKOUT_REASON_BY_HOST: _ClassVar[KickoutReason]
    KICKOUT_REASON_RTC_LOST_CONNECTION: _ClassVar[KickoutReason]
    KICKOUT_REASON_BY_PUNISH: _ClassVar[KickoutReason]
    KICKOUT_REASON_BY_ADMIN: _ClassVar[KickoutReason]
    KICKOUT_REASON_HOST_REMOVE_ALL_GUESTS: _ClassVar[KickoutReason]

class MuteStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MUTE_STATUS_MUTE: _ClassVar[MuteStatus]
    MUTE_STATUS_UN_MUTE: _ClassVar[MuteStatus]

class LinkmicRoleType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINKMIC_ROLE_TYPE_ROLE_TYPE_UNKOWN: _ClassVar[LinkmicRoleType]
    LINKMIC_ROLE_TYPE_LEADER: _ClassVar[LinkmicRoleType]
    LINKMIC_ROLE_TYPE_PLAYER: _ClassVar[LinkmicRoleType]
    LINKMIC_ROLE_TYPE_INVITEE: _ClassVar[LinkmicRoleType]

class CoHostPermissionType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CO_HOST_PERMISSION_TYPE_NO_PERM: _ClassVar[CoHostPermissionType]
    CO_HOST_PERMISSION_TYPE_CO_HOST_PERM: _ClassVar[CoHostPermissionType]
    CO_HOST_PERMISSION_TYPE_MULTI_HOST_PERM: _ClassVar[CoHostPermissionType]

class LinkmicPlayType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINKMIC_PLAY_TYPE_INVITE: _ClassVar[LinkmicPlayType]
    LINKMIC_PLAY_TYPE_APPLY: _ClassVar[LinkmicPlayType]
    LINKMIC_PLAY_TYPE_RESERVE: _ClassVar[LinkmicPlayType]

class LinkmicUserStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINKMIC_USER_STATUS_NONE: _ClassVar[LinkmicUserStatus]
    LINKMIC_USER_STATUS_LINKED: _ClassVar[LinkmicUserStatus]
    LINKMIC_USER_STATUS_APPLYING: _ClassVar[LinkmicUserStatus]
    LINKMIC_USER_STATUS_INVITING: _ClassVar[LinkmicUserStatus]

class GuestMicCameraChangeScene(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GUEST_MIC_CAMERA_CHANGE_SCENE_CHANGE_SCENE_UNKNOWN: _ClassVar[GuestMicCameraChangeScene]
    GUEST_MIC_CAMERA_CHANGE_SCENE_LIVE_SHOW_BY_ANCHOR_AUTO: _ClassVar[GuestMicCameraChangeScene]
    GUEST_MIC_CAMERA_CHANGE_SCENE_LIVE_SHOW_BY_SERVER_NORMAL: _ClassVar[GuestMicCameraChangeScene]
    GUEST_MIC_CAMERA_CHANGE_SCENE_LIVE_SHOW_BY_SHOW_END: _ClassVar[GuestMicCameraChangeScene]

class GuestMicCameraManageOp(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GUEST_MIC_CAMERA_MANAGE_OP_OPEN_MIC: _ClassVar[GuestMicCameraManageOp]
    GUEST_MIC_CAMERA_MANAGE_OP_OPEN_CAMERA: _ClassVar[GuestMicCameraManageOp]
    GUEST_MIC_CAMERA_MANAGE_OP_CLOSE_MIC: _ClassVar[GuestMicCameraManageOp]
    GUEST_MIC_CAMERA_MANAGE_OP_CLOSE_CAMERA: _ClassVar[GuestMicCameraManageOp]
    GUEST_MIC_CAMERA_MANAGE_OP_CLOSE_MIC_PUNISH: _ClassVar[GuestMicCameraManageOp]

class LinkMicUserAdminType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINK_MIC_USER_ADMIN_TYPE_UNDEFINED_TYPE: _ClassVar[LinkMicUserAdminType]
    LINK_MIC_USER_ADMIN_TYPE_MANAGER_TYPE: _ClassVar[LinkMicUserAdminType]
    LINK_MIC_USER_ADMIN_TYPE_HOST_TYPE: _ClassVar[LinkMicUserAdminType]

class PlayScene(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PLAY_SCENE_UNKNOWN: _ClassVar[PlayScene]
    PLAY_SCENE_COUNTDOWN_FOR_ALL: _ClassVar[PlayScene]
    PLAY_SCENE_COUNTDOWN_FOR_SINGLE: _ClassVar[PlayScene]
    PLAY_SCENE_LIVE_SHOW: _ClassVar[PlayScene]
    PLAY_SCENE_AIG_C: _ClassVar[PlayScene]
    PLAY_SCENE_KARAOKE: _ClassVar[PlayScene]
    PLAY_SCENE_DRAW_GUESS: _ClassVar[PlayScene]
    PLAY_SCENE_ENLARGE_GRID: _ClassVar[PlayScene]
    PLAY_SCENE_GIFT_PRIORITY_LINK: _ClassVar[PlayScene]
    PLAY_SCENE_GIFT_THRESHOLD_LINK: _ClassVar[PlayScene]
    PLAY_SCENE_NOTICE_BOARD: _ClassVar[PlayScene]
    PLAY_SCENE_PLAY_BOOK: _ClassVar[PlayScene]
    PLAY_SCENE_GUEST_SHOWDOWN: _ClassVar[PlayScene]

class AnchorLayer(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ANCHOR_LAYER_UNKNOWN: _ClassVar[AnchorLayer]
    ANCHOR_LAYER_TOP: _ClassVar[AnchorLayer]
    ANCHOR_LAYER_SMALL: _ClassVar[AnchorLayer]

class DetailBlockReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DETAIL_BLOCK_REASON_BLOCK_REASON_NONE: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_IN_LINK_MIC: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_MULTI_HOST_FULL: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_IN_COHOST_LINK_MIC: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_DEAL_OTHER_INVITE: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_DEAL_OTHER_APPLY: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_IN_PK_STATUS: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_SELF_IN_PK_STATUS: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_IN_COHOST_INVITE_APPLY: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_IN_AUDIENCE_LINK_MIC: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_WAITING_AUTO_MATCH: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_INVITE_NEED_TO_JOIN: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_JOIN_NEED_TO_INVITE: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_NO_LINK_MIC_PERMISSION: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_SETTING_CLOSED: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_REFUSE_NOT_FOLLOWER: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_BLOCK_INVITATION_OF_LIVE: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_REFUSE_FRIEND_INVITE: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_REFUSE_FRIEND_APPLY: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_REFUSE_NOT_FRIEND_INVITE: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_REFUSE_NOT_FRIEND_APPLY: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_BLOCK_INVITATION_OF_MULTI_HOST: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_BLOCK_APPLY_OF_MULTI_HOST: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_ROOM_PAUSED: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_LIVE_TYPE_AUDIO: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_ROOM_INTERACTION_CONFLICT: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_RIVAL_VERSION_NOT_SUPPORT: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_SELF_VERSION_NOT_SUPPORT: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_MATURE_THEME_MISMATCH: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_SELF_IN_OFFICIAL_CHANNEL: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_RIVAL_IN_OFFICIAL_CHANNEL: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_IN_OFFICIAL_BACKUP_CHANNEL: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_RIVAL_RESERVE_FULL: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_ANCHOR_NOT_LIVING: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_ANCHOR_IS_SELF: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_PRIVATE_ROOM: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_BLOCKED_BY_RIVAL: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_SELF_BLOCKED_RIVAL: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_VIEWER_REGION_NOT_SUPPORT: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_SUBSCRIBER_ROOM: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_REGIONAL_BLOCK: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_NETWORK_ERROR: _ClassVar[DetailBlockReason]
    DETAIL_BLOCK_REASON_ROOM_FILTER_ERROR: _ClassVar[DetailBlockReason]

class InviteBlockReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INVITE_BLOCK_REASON_NONE: _ClassVar[InviteBlockReason]
    INVITE_BLOCK_REASON_IS_LINKING: _ClassVar[InviteBlockReason]
    INVITE_BLOCK_REASON_INVITATION_DENIED: _ClassVar[InviteBlockReason]
    INVITE_BLOCK_REASON_PERMISSION_DENIED: _ClassVar[InviteBlockReason]
    INVITE_BLOCK_REASON_LOW_CLIENT_VERSION: _ClassVar[InviteBlockReason]
    INVITE_BLOCK_REASON_ROOM_PAUSED: _ClassVar[InviteBlockReason]
    INVITE_BLOCK_REASON_LINK_MIC_FULL: _ClassVar[InviteBlockReason]
    INVITE_BLOCK_REASON_MATURE_THEME_NOT_MATCH: _ClassVar[InviteBlockReason]
    INVITE_BLOCK_REASON_RESERVE_FULL: _ClassVar[InviteBlockReason]
    INVITE_BLOCK_REASON_REGIONAL_BLOCK: _ClassVar[InviteBlockReason]

class RivalExtraInfoTextType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RIVAL_EXTRA_INFO_TEXT_TYPE_UNKNOWN: _ClassVar[RivalExtraInfoTextType]
    RIVAL_EXTRA_INFO_TEXT_TYPE_CUR_ROOM_FAN_TICKET: _ClassVar[RivalExtraInfoTextType]
    RIVAL_EXTRA_INFO_TEXT_TYPE_TOTAL_DIAMOND_COUNT: _ClassVar[RivalExtraInfoTextType]
    RIVAL_EXTRA_INFO_TEXT_TYPE_DISTANCE: _ClassVar[RivalExtraInfoTextType]
    RIVAL_EXTRA_INFO_TEXT_TYPE_DISTANCE_CITY: _ClassVar[RivalExtraInfoTextType]

class ReserveReplyStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RESERVE_REPLY_STATUS_UNKNOWN: _ClassVar[ReserveReplyStatus]
    RESERVE_REPLY_STATUS_WAIT_FOR_ME: _ClassVar[ReserveReplyStatus]

class TagClassification(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TAG_CLASSIFICATION_UNKNOWN: _ClassVar[TagClassification]
    TAG_CLASSIFICATION_COHOST_HISTORY: _ClassVar[TagClassification]
    TAG_CLASSIFICATION_FIRST_DEGREE_RELATION: _ClassVar[TagClassification]
    TAG_CLASSIFICATION_SECOND_DEGREE_RELATION: _ClassVar[TagClassification]
    TAG_CLASSIFICATION_RANK: _ClassVar[TagClassification]
    TAG_CLASSIFICATION_SIMILAR_INTERESTS: _ClassVar[TagClassification]

class StateType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    STATE_TYPE_INVALID: _ClassVar[StateType]
    STATE_TYPE_LAYOUT: _ClassVar[StateType]
    STATE_TYPE_ONLINE_USER_STATE: _ClassVar[StateType]
    STATE_TYPE_AUDIO_MUTE: _ClassVar[StateType]
    STATE_TYPE_VIDEO_MUTE: _ClassVar[StateType]
    STATE_TYPE_RTC_CONNECTION: _ClassVar[StateType]
    STATE_TYPE_NETWORK: _ClassVar[StateType]
    STATE_TYPE_BACKGROUND_IMAGE: _ClassVar[StateType]

class MediaState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MEDIA_STATE_UNDEFINED: _ClassVar[MediaState]
    MEDIA_STATE_NORMAL: _ClassVar[MediaState]
    MEDIA_STATE_MUTED: _ClassVar[MediaState]
    MEDIA_STATE_UNMUTE_OCCUPIED: _ClassVar[MediaState]
    MEDIA_STATE_MUTED_OCCUPIED: _ClassVar[MediaState]

class NetworkState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NETWORK_STATE_UNDEFINED: _ClassVar[NetworkState]
    NETWORK_STATE_EXCELLENT: _ClassVar[NetworkState]
    NETWORK_STATE_GOOD: _ClassVar[NetworkState]
    NETWORK_STATE_POOR: _ClassVar[NetworkState]
    NETWORK_STATE_BAD: _ClassVar[NetworkState]
    NETWORK_STATE_V_BAD: _ClassVar[NetworkState]
    NETWORK_STATE_DOWN: _ClassVar[NetworkState]

class OnlineUserState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ONLINE_USER_STATE_UNDEFINED: _ClassVar[OnlineUserState]
    ONLINE_USER_STATE_NORMAL: _ClassVar[OnlineUserState]
    ONLINE_USER_STATE_PAUSED: _ClassVar[OnlineUserState]

class RtcConnectionState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RTC_CONNECTION_STATE_UNDEFINED: _ClassVar[RtcConnectionState]
    RTC_CONNECTION_STATE_NORMAL: _ClassVar[RtcConnectionState]
    RTC_CONNECTION_STATE_DICONNECT: _ClassVar[RtcConnectionState]

class PosIdentityType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    POS_IDENTITY_TYPE_EMPTY_SLOT: _ClassVar[PosIdentityType]
    POS_IDENTITY_TYPE_RT_C_USER_ID: _ClassVar[PosIdentityType]
    POS_IDENTITY_TYPE_RT_C_STREAM_ID: _ClassVar[PosIdentityType]
    POS_IDENTITY_TYPE_LIVE_USER_ID: _ClassVar[PosIdentityType]
LINK_MESSAGE_TYPE_LINKER_UNKNOWN: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_CREATE: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_CLOSE: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_INVITE: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_APPLY: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_REPLY: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_ENTER: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_LEAVE: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_PERMIT: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_CANCEL_INVITE: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_WAITING_LIST_CHANGE: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_LINKED_LIST_CHANGE: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_UPDATE_USER: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_KICK_OUT: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_CANCEL_APPLY: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_MUTE: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_MATCH: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_UPDATE_USER_SETTING: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_MIC_IDX_UPDATE: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_LEAVE_V2: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_WAITING_LIST_CHANGE_V2: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_LINKED_LIST_CHANGE_V2: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_COHOST_LIST_CHANGE: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_MEDIA_CHANGE: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_ACCEPT_NOTICE: LinkMessageType
LINK_MESSAGE_TYPE_LINKER_SYS_KICK_OUT: LinkMessageType
LINK_MESSAGE_TYPE_LINKMIC_USER_TOAST: LinkMessageType
LINKMIC_MULTI_LIVE_ENUM_DEFAULT: LinkmicMultiLiveEnum
LINKMIC_MULTI_LIVE_ENUM_ANCHOR_USE_NEW_LAYOUT: LinkmicMultiLiveEnum
LINKMIC_APPLIER_SORT_SETTING_NONE: LinkmicApplierSortSetting
LINKMIC_APPLIER_SORT_SETTING_BY_GIFT_SCORE: LinkmicApplierSortSetting
LINKMIC_USER_SETTING_LAYOUT_GRID: LinkmicUserSettingLayout
LINKMIC_USER_SETTING_LAYOUT_FLOATING: LinkmicUserSettingLayout
COHOST_AB_TEST_TYPE_UNKNOWN: CohostABTestType
COHOST_AB_TEST_TYPE_LINK_TIME_OUT_STRATEGY: CohostABTestType
COHOST_AB_TEST_TYPE_COHOST_RESERVATION: CohostABTestType
COHOST_AB_TEST_TYPE_QUICK_PAIR_NEW_ARCH_SWITCH: CohostABTestType
COHOST_AB_TEST_TYPE_COHOST_INVITATION_TEXT: CohostABTestType
HASHTAG_NAMESPACE_GLOBAL: HashtagNamespace
HASHTAG_NAMESPACE_GAMING: HashtagNamespace
OPT_PAIR_STATUS_UNKNOWN: OptPairStatus
OPT_PAIR_STATUS_OFFLINE: OptPairStatus
OPT_PAIR_STATUS_FINISHED: OptPairStatus
MIC_IDX_OPERATION_MIC_IDX_OP_ON: MicIdxOperation
MIC_IDX_OPERATION_MIC_IDX_OP_OFF: MicIdxOperation
LINK_LIST_STATUS_UNKNOWN: LinkListStatus
LINK_LIST_STATUS_WAITING: LinkListStatus
LINK_LIST_STATUS_LINKED: LinkListStatus
LINK_LIST_STATUS_FINISHED: LinkListStatus
LINK_LIST_STATUS_WAITING_OR_LINKED: LinkListStatus
LINK_ROLE_TYPE_ROLE_TYPE_UNKOWN: LinkRoleType
LINK_ROLE_TYPE_LEADER: LinkRoleType
LINK_ROLE_TYPE_PLAYER: LinkRoleType
LINK_ROLE_TYPE_INVITEE: LinkRoleType
LINK_ROLE_TYPE_APPLIER: LinkRoleType
LINK_SILENCE_STATUS_UN_SILENCE: LinkSilenceStatus
LINK_SILENCE_STATUS_SILENCE_BY_SELF: LinkSilenceStatus
LINK_SILENCE_STATUS_SILENCE_BY_OWNER: LinkSilenceStatus
LINK_TYPE_UNKNOWN: LinkType
LINK_TYPE_VIDEO: LinkType
LINK_TYPE_AUDIO: LinkType
LINK_TYPE_VIRTUAL: LinkType
KICKOUT_REASON_UNKNOWN: KickoutReason
KICKOUT_REASON_FIRST_FRAME_TIMEOUT: KickoutReason
KICKOUT_REASON_BY_HOST: KickoutReason
KICKOUT_REASON_RTC_LOST_CONNECTION: KickoutReason
KICKOUT_REASON_BY_PUNISH: KickoutReason
KICKOUT_REASON_BY_ADMIN: KickoutReason
KICKOUT_REASON_HOST_REMOVE_ALL_GUESTS: KickoutReason
MUTE_STATUS_MUTE: MuteStatus
MUTE_STATUS_UN_MUTE: MuteStatus
LINKMIC_ROLE_TYPE_ROLE_TYPE_UNKOWN: LinkmicRoleType
LINKMIC_ROLE_TYPE_LEADER: LinkmicRoleType
LINKMIC_ROLE_TYPE_PLAYER: LinkmicRoleType
LINKMIC_ROLE_TYPE_INVITEE: LinkmicRoleType
CO_HOST_PERMISSION_TYPE_NO_PERM: CoHostPermissionType
CO_HOST_PERMISSION_TYPE_CO_HOST_PERM: CoHostPermissionType
CO_HOST_PERMISSION_TYPE_MULTI_HOST_PERM: CoHostPermissionType
LINKMIC_PLAY_TYPE_INVITE: LinkmicPlayType
LINKMIC_PLAY_TYPE_APPLY: LinkmicPlayType
LINKMIC_PLAY_TYPE_RESERVE: LinkmicPlayType
LINKMIC_USER_STATUS_NONE: LinkmicUserStatus
LINKMIC_USER_STATUS_LINKED: LinkmicUserStatus
LINKMIC_USER_STATUS_APPLYING: LinkmicUserStatus
LINKMIC_USER_STATUS_INVITING: LinkmicUserStatus
GUEST_MIC_CAMERA_CHANGE_SCENE_CHANGE_SCENE_UNKNOWN: GuestMicCameraChangeScene
GUEST_MIC_CAMERA_CHANGE_SCENE_LIVE_SHOW_BY_ANCHOR_AUTO: GuestMicCameraChangeScene
GUEST_MIC_CAMERA_CHANGE_SCENE_LIVE_SHOW_BY_SERVER_NORMAL: GuestMicCameraChangeScene
GUEST_MIC_CAMERA_CHANGE_SCENE_LIVE_SHOW_BY_SHOW_END: GuestMicCameraChangeScene
GUEST_MIC_CAMERA_MANAGE_OP_OPEN_MIC: GuestMicCameraManageOp
GUEST_MIC_CAMERA_MANAGE_OP_OPEN_CAMERA: GuestMicCameraManageOp
GUEST_MIC_CAMERA_MANAGE_OP_CLOSE_MIC: GuestMicCameraManageOp
GUEST_MIC_CAMERA_MANAGE_OP_CLOSE_CAMERA: GuestMicCameraManageOp
GUEST_MIC_CAMERA_MANAGE_OP_CLOSE_MIC_PUNISH: GuestMicCameraManageOp
LINK_MIC_USER_ADMIN_TYPE_UNDEFINED_TYPE: LinkMicUserAdminType
LINK_MIC_USER_ADMIN_TYPE_MANAGER_TYPE: LinkMicUserAdminType
LINK_MIC_USER_ADMIN_TYPE_HOST_TYPE: LinkMicUserAdminType
PLAY_SCENE_UNKNOWN: PlayScene
PLAY_SCENE_COUNTDOWN_FOR_ALL: PlayScene
PLAY_SCENE_COUNTDOWN_FOR_SINGLE: PlayScene
PLAY_SCENE_LIVE_SHOW: PlayScene
PLAY_SCENE_AIG_C: PlayScene
PLAY_SCENE_KARAOKE: PlayScene
PLAY_SCENE_DRAW_GUESS: PlayScene
PLAY_SCENE_ENLARGE_GRID: PlayScene
PLAY_SCENE_GIFT_PRIORITY_LINK: PlayScene
PLAY_SCENE_GIFT_THRESHOLD_LINK: PlayScene
PLAY_SCENE_NOTICE_BOARD: PlayScene
PLAY_SCENE_PLAY_BOOK: PlayScene
PLAY_SCENE_GUEST_SHOWDOWN: PlayScene
ANCHOR_LAYER_UNKNOWN: AnchorLayer
ANCHOR_LAYER_TOP: AnchorLayer
ANCHOR_LAYER_SMALL: AnchorLayer
DETAIL_BLOCK_REASON_BLOCK_REASON_NONE: DetailBlockReason
DETAIL_BLOCK_REASON_IN_LINK_MIC: DetailBlockReason
DETAIL_BLOCK_REASON_MULTI_HOST_FULL: DetailBlockReason
DETAIL_BLOCK_REASON_IN_COHOST_LINK_MIC: DetailBlockReason
DETAIL_BLOCK_REASON_DEAL_OTHER_INVITE: DetailBlockReason
DETAIL_BLOCK_REASON_DEAL_OTHER_APPLY: DetailBlockReason
DETAIL_BLOCK_REASON_IN_PK_STATUS: DetailBlockReason
DETAIL_BLOCK_REASON_SELF_IN_PK_STATUS: DetailBlockReason
DETAIL_BLOCK_REASON_IN_COHOST_INVITE_APPLY: DetailBlockReason
DETAIL_BLOCK_REASON_IN_AUDIENCE_LINK_MIC: DetailBlockReason
DETAIL_BLOCK_REASON_WAITING_AUTO_MATCH: DetailBlockReason
DETAIL_BLOCK_REASON_INVITE_NEED_TO_JOIN: DetailBlockReason
DETAIL_BLOCK_REASON_JOIN_NEED_TO_INVITE: DetailBlockReason
DETAIL_BLOCK_REASON_NO_LINK_MIC_PERMISSION: DetailBlockReason
DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_SETTING_CLOSED: DetailBlockReason
DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_REFUSE_NOT_FOLLOWER: DetailBlockReason
DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_BLOCK_INVITATION_OF_LIVE: DetailBlockReason
DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_REFUSE_FRIEND_INVITE: DetailBlockReason
DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_REFUSE_FRIEND_APPLY: DetailBlockReason
DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_REFUSE_NOT_FRIEND_INVITE: DetailBlockReason
DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_REFUSE_NOT_FRIEND_APPLY: DetailBlockReason
DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_BLOCK_INVITATION_OF_MULTI_HOST: DetailBlockReason
DETAIL_BLOCK_REASON_ANCHOR_LINK_MIC_BLOCK_APPLY_OF_MULTI_HOST: DetailBlockReason
DETAIL_BLOCK_REASON_ROOM_PAUSED: DetailBlockReason
DETAIL_BLOCK_REASON_LIVE_TYPE_AUDIO: DetailBlockReason
DETAIL_BLOCK_REASON_ROOM_INTERACTION_CONFLICT: DetailBlockReason
DETAIL_BLOCK_REASON_RIVAL_VERSION_NOT_SUPPORT: DetailBlockReason
DETAIL_BLOCK_REASON_SELF_VERSION_NOT_SUPPORT: DetailBlockReason
DETAIL_BLOCK_REASON_MATURE_THEME_MISMATCH: DetailBlockReason
DETAIL_BLOCK_REASON_SELF_IN_OFFICIAL_CHANNEL: DetailBlockReason
DETAIL_BLOCK_REASON_RIVAL_IN_OFFICIAL_CHANNEL: DetailBlockReason
DETAIL_BLOCK_REASON_IN_OFFICIAL_BACKUP_CHANNEL: DetailBlockReason
DETAIL_BLOCK_REASON_RIVAL_RESERVE_FULL: DetailBlockReason
DETAIL_BLOCK_REASON_ANCHOR_NOT_LIVING: DetailBlockReason
DETAIL_BLOCK_REASON_ANCHOR_IS_SELF: DetailBlockReason
DETAIL_BLOCK_REASON_PRIVATE_ROOM: DetailBlockReason
DETAIL_BLOCK_REASON_BLOCKED_BY_RIVAL: DetailBlockReason
DETAIL_BLOCK_REASON_SELF_BLOCKED_RIVAL: DetailBlockReason
DETAIL_BLOCK_REASON_VIEWER_REGION_NOT_SUPPORT: DetailBlockReason
DETAIL_BLOCK_REASON_SUBSCRIBER_ROOM: DetailBlockReason
DETAIL_BLOCK_REASON_REGIONAL_BLOCK: DetailBlockReason
DETAIL_BLOCK_REASON_NETWORK_ERROR: DetailBlockReason
DETAIL_BLOCK_REASON_ROOM_FILTER_ERROR: DetailBlockReason
INVITE_BLOCK_REASON_NONE: InviteBlockReason
INVITE_BLOCK_REASON_IS_LINKING: InviteBlockReason
INVITE_BLOCK_REASON_INVITATION_DENIED: InviteBlockReason
INVITE_BLOCK_REASON_PERMISSION_DENIED: InviteBlockReason
INVITE_BLOCK_REASON_LOW_CLIENT_VERSION: InviteBlockReason
INVITE_BLOCK_REASON_ROOM_PAUSED: InviteBlockReason
INVITE_BLOCK_REASON_LINK_MIC_FULL: InviteBlockReason
INVITE_BLOCK_REASON_MATURE_THEME_NOT_MATCH: InviteBlockReason
INVITE_BLOCK_REASON_RESERVE_FULL: InviteBlockReason
INVITE_BLOCK_REASON_REGIONAL_BLOCK: InviteBlockReason
RIVAL_EXTRA_INFO_TEXT_TYPE_UNKNOWN: RivalExtraInfoTextType
RIVAL_EXTRA_INFO_TEXT_TYPE_CUR_ROOM_FAN_TICKET: RivalExtraInfoTextType
RIVAL_EXTRA_INFO_TEXT_TYPE_TOTAL_DIAMOND_COUNT: RivalExtraInfoTextType
RIVAL_EXTRA_INFO_TEXT_TYPE_DISTANCE: RivalExtraInfoTextType
RIVAL_EXTRA_INFO_TEXT_TYPE_DISTANCE_CITY: RivalExtraInfoTextType
RESERVE_REPLY_STATUS_UNKNOWN: ReserveReplyStatus
RESERVE_REPLY_STATUS_WAIT_FOR_ME: ReserveReplyStatus
TAG_CLASSIFICATION_UNKNOWN: TagClassification
TAG_CLASSIFICATION_COHOST_HISTORY: TagClassification
TAG_CLASSIFICATION_FIRST_DEGREE_RELATION: TagClassification
TAG_CLASSIFICATION_SECOND_DEGREE_RELATION: TagClassification
TAG_CLASSIFICATION_RANK: TagClassification
TAG_CLASSIFICATION_SIMILAR_INTERESTS: TagClassification
STATE_TYPE_INVALID: StateType
STATE_TYPE_LAYOUT: StateType
STATE_TYPE_ONLINE_USER_STATE: StateType
STATE_TYPE_AUDIO_MUTE: StateType
STATE_TYPE_VIDEO_MUTE: StateType
STATE_TYPE_RTC_CONNECTION: StateType
STATE_TYPE_NETWORK: StateType
STATE_TYPE_BACKGROUND_IMAGE: StateType
MEDIA_STATE_UNDEFINED: MediaState
MEDIA_STATE_NORMAL: MediaState
MEDIA_STATE_MUTED: MediaState
MEDIA_STATE_UNMUTE_OCCUPIED: MediaState
MEDIA_STATE_MUTED_OCCUPIED: MediaState
NETWORK_STATE_UNDEFINED: NetworkState
NETWORK_STATE_EXCELLENT: NetworkState
NETWORK_STATE_GOOD: NetworkState
NETWORK_STATE_POOR: NetworkState
NETWORK_STATE_BAD: NetworkState
NETWORK_STATE_V_BAD: NetworkState
NETWORK_STATE_DOWN: NetworkState
ONLINE_USER_STATE_UNDEFINED: OnlineUserState
ONLINE_USER_STATE_NORMAL: OnlineUserState
ONLINE_USER_STATE_PAUSED: OnlineUserState
RTC_CONNECTION_STATE_UNDEFINED: RtcConnectionState
RTC_CONNECTION_STATE_NORMAL: RtcConnectionState
RTC_CONNECTION_STATE_DICONNECT: RtcConnectionState
POS_IDENTITY_TYPE_EMPTY_SLOT: PosIdentityType
POS_IDENTITY_TYPE_RT_C_USER_ID: PosIdentityType
POS_IDENTITY_TYPE_RT_C_STREAM_ID: PosIdentityType
POS_IDENTITY_TYPE_LIVE_USER_ID: PosIdentityType

class WebcastLinkMessage(_message.Message):
    __slots__ = ("common", "message_type", "linker_id", "scene", "invite_content", "reply_content", "create_content", "close_content", "enter_content", "leave_content", "cancel_content", "kick_out_content", "linked_list_change_content", "update_user_content", "waiting_list_change_content", "mute_content", "random_match_content", "update_user_setting_content", "mic_idx_update_content", "list_change_content", "cohost_list_change_content", "media_change_content", "reply_accept_notice_content", "sys_kick_out_content", "user_toast_content", "extra", "expire_timestamp", "transfer_extra")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_TYPE_FIELD_NUMBER: _ClassVar[int]
    LINKER_ID_FIELD_NUMBER: _ClassVar[int]
    SCENE_FIELD_NUMBER: _ClassVar[int]
    INVITE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    REPLY_CONTENT_FIELD_NUMBER: _ClassVar[int]
    CREATE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    CLOSE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    ENTER_CONTENT_FIELD_NUMBER: _ClassVar[int]
    LEAVE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    CANCEL_CONTENT_FIELD_NUMBER: _ClassVar[int]
    KICK_OUT_CONTENT_FIELD_NUMBER: _ClassVar[int]
    LINKED_LIST_CHANGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_USER_CONTENT_FIELD_NUMBER: _ClassVar[int]
    WAITING_LIST_CHANGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    MUTE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    RANDOM_MATCH_CONTENT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_USER_SETTING_CONTENT_FIELD_NUMBER: _ClassVar[int]
    MIC_IDX_UPDATE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    LIST_CHANGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    COHOST_LIST_CHANGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    MEDIA_CHANGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    REPLY_ACCEPT_NOTICE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    SYS_KICK_OUT_CONTENT_FIELD_NUMBER: _ClassVar[int]
    USER_TOAST_CONTENT_FIELD_NUMBER: _ClassVar[int]
    EXTRA_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_EXTRA_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    message_type: int
    linker_id: int
    scene: int
    invite_content: LinkerInviteContent
    reply_content: LinkerReplyContent
    create_content: LinkerCreateContent
    close_content: LinkerCloseContent
    enter_content: LinkerEnterContent
    leave_content: LinkerLeaveContent
    cancel_content: LinkerCancelContent
    kick_out_content: LinkerKickOutContent
    linked_list_change_content: LinkerLinkedListChangeContent
    update_user_content: LinkerUpdateUserContent
    waiting_list_change_content: LinkerWaitingListChangeContent
    mute_content: LinkerMuteContent
    random_match_content: LinkerRandomMatchContent
    update_user_setting_content: LinkerUpdateUserSettingContent
    mic_idx_update_content: LinkerMicIdxUpdateContent
    list_change_content: LinkerListChangeContent
    cohost_list_change_content: CohostListChangeContent
    media_change_content: LinkerMediaChangeContent
    reply_accept_notice_content: LinkerAcceptNoticeContent
    sys_kick_out_content: LinkerSysKickOutContent
    user_toast_content: LinkmicUserToastContent
    extra: str
    expire_timestamp: int
    transfer_extra: str
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., message_type: _Optional[int] = ..., linker_id: _Optional[int] = ..., scene: _Optional[int] = ..., invite_content: _Optional[_Union[LinkerInviteContent, _Mapping]] = ..., reply_content: _Optional[_Union[LinkerReplyContent, _Mapping]] = ..., create_content: _Optional[_Union[LinkerCreateContent, _Mapping]] = ..., close_content: _Optional[_Union[LinkerCloseContent, _Mapping]] = ..., enter_content: _Optional[_Union[LinkerEnterContent, _Mapping]] = ..., leave_content: _Optional[_Union[LinkerLeaveContent, _Mapping]] = ..., cancel_content: _Optional[_Union[LinkerCancelContent, _Mapping]] = ..., kick_out_content: _Optional[_Union[LinkerKickOutContent, _Mapping]] = ..., linked_list_change_content: _Optional[_Union[LinkerLinkedListChangeContent, _Mapping]] = ..., update_user_content: _Optional[_Union[LinkerUpdateUserContent, _Mapping]] = ..., waiting_list_change_content: _Optional[_Union[LinkerWaitingListChangeContent, _Mapping]] = ..., mute_content: _Optional[_Union[LinkerMuteContent, _Mapping]] = ..., random_match_content: _Optional[_Union[LinkerRandomMatchContent, _Mapping]] = ..., update_user_setting_content: _Optional[_Union[LinkerUpdateUserSettingContent, _Mapping]] = ..., mic_idx_update_content: _Optional[_Union[LinkerMicIdxUpdateContent, _Mapping]] = ..., list_change_content: _Optional[_Union[LinkerListChangeContent, _Mapping]] = ..., cohost_list_change_content: _Optional[_Union[CohostListChangeContent, _Mapping]] = ..., media_change_content: _Optional[_Union[LinkerMediaChangeContent, _Mapping]] = ..., reply_accept_notice_content: _Optional[_Union[LinkerAcceptNoticeContent, _Mapping]] = ..., sys_kick_out_content: _Optional[_Union[LinkerSysKickOutContent, _Mapping]] = ..., user_toast_content: _Optional[_Union[LinkmicUserToastContent, _Mapping]] = ..., extra: _Optional[str] = ..., expire_timestamp: _Optional[int] = ..., transfer_extra: _Optional[str] = ...) -> None: ...

class LinkerInviteContent(_message.Message):
    __slots__ = ("from_user_id", "from_room_id", "to_rtc_ext_info", "rtc_join_channel", "vendor", "sec_from_user_id", "to_linkmic_id_str", "from_user", "required_mic_idx", "rtc_ext_info_map", "multi_live_layout_enable", "multi_live_setting", "from_linkmic_id_str", "from_top_host_info", "action_id", "linked_users", "dialog_info", "punish_event_info", "from_room_age_restricted", "from_tag", "ab_test_setting", "linker_invite_msg_extra")
    class RtcExtInfoMapEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: str
        def __init__(self, key: _Optional[int] = ..., value: _Optional[str] = ...) -> None: ...
    FROM_USER_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    TO_RTC_EXT_INFO_FIELD_NUMBER: _ClassVar[int]
    RTC_JOIN_CHANNEL_FIELD_NUMBER: _ClassVar[int]
    VENDOR_FIELD_NUMBER: _ClassVar[int]
    SEC_FROM_USER_ID_FIELD_NUMBER: _ClassVar[int]
    TO_LINKMIC_ID_STR_FIELD_NUMBER: _ClassVar[int]
    FROM_USER_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_MIC_IDX_FIELD_NUMBER: _ClassVar[int]
    RTC_EXT_INFO_MAP_FIELD_NUMBER: _ClassVar[int]
    MULTI_LIVE_LAYOUT_ENABLE_FIELD_NUMBER: _ClassVar[int]
    MULTI_LIVE_SETTING_FIELD_NUMBER: _ClassVar[int]
    FROM_LINKMIC_ID_STR_FIELD_NUMBER: _ClassVar[int]
    FROM_TOP_HOST_INFO_FIELD_NUMBER: _ClassVar[int]
    ACTION_ID_FIELD_NUMBER: _ClassVar[int]
    LINKED_USERS_FIELD_NUMBER: _ClassVar[int]
    DIALOG_INFO_FIELD_NUMBER: _ClassVar[int]
    PUNISH_EVENT_INFO_FIELD_NUMBER: _ClassVar[int]
    FROM_ROOM_AGE_RESTRICTED_FIELD_NUMBER: _ClassVar[int]
    FROM_TAG_FIELD_NUMBER: _ClassVar[int]
    AB_TEST_SETTING_FIELD_NUMBER: _ClassVar[int]
    LINKER_INVITE_MSG_EXTRA_FIELD_NUMBER: _ClassVar[int]
    from_user_id: int
    from_room_id: int
    to_rtc_ext_info: str
    rtc_join_channel: bool
    vendor: int
    sec_from_user_id: str
    to_linkmic_id_str: str
    from_user: _common_pb2.User
    required_mic_idx: int
    rtc_ext_info_map: _containers.RepeatedCompositeFieldContainer[LinkerInviteContent.RtcExtInfoMapEntry]
    multi_live_layout_enable: int
    multi_live_setting: MultiLiveAnchorPanelSettings
    from_linkmic_id_str: str
    from_top_host_info: InviteTopHostInfo
    action_id: int
    linked_users: _containers.RepeatedCompositeFieldContainer[LinkmicUserInfo]
    dialog_info: _notices_pb2.PerceptionDialogInfo
    punish_event_info: _notices_pb2.PunishEventInfo
    from_room_age_restricted: int
    from_tag: Tag
    ab_test_setting: _containers.RepeatedCompositeFieldContainer[CohostABTestSetting]
    linker_invite_msg_extra: LinkerInviteMessageExtra
    def __init__(self, from_user_id: _Optional[int] = ..., from_room_id: _Optional[int] = ..., to_rtc_ext_info: _Optional[str] = ..., rtc_join_channel: bool = ..., vendor: _Optional[int] = ..., sec_from_user_id: _Optional[str] = ..., to_linkmic_id_str: _Optional[str] = ..., from_user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., required_mic_idx: _Optional[int] = ..., rtc_ext_info_map: _Optional[_Iterable[_Union[LinkerInviteContent.RtcExtInfoMapEntry, _Mapping]]] = ..., multi_live_layout_enable: _Optional[int] = ..., multi_live_setting: _Optional[_Union[MultiLiveAnchorPanelSettings, _Mapping]] = ..., from_linkmic_id_str: _Optional[str] = ..., from_top_host_info: _Optional[_Union[InviteTopHostInfo, _Mapping]] = ..., action_id: _Optional[int] = ..., linked_users: _Optional[_Iterable[_Union[LinkmicUserInfo, _Mapping]]] = ..., dialog_info: _Optional[_Union[_notices_pb2.PerceptionDialogInfo, _Mapping]] = ..., punish_event_info: _Optional[_Union[_notices_pb2.PunishEventInfo, _Mapping]] = ..., from_room_age_restricted: _Optional[int] = ..., from_tag: _Optional[_Union[Tag, _Mapping]] = ..., ab_test_setting: _Optional[_Iterable[_Union[CohostABTestSetting, _Mapping]]] = ..., linker_invite_msg_extra: _Optional[_Union[LinkerInviteMessageExtra, _Mapping]] = ...) -> None: ...

class MultiLiveAnchorPanelSettings(_message.Message):
    __slots__ = ("user_id", "layout", "fix_mic_num", "allow_request_from_user", "allow_request_from_follower_only", "applier_sort_setting", "applier_sort_gift_score_threshold", "allow_request_from_friends", "allow_request_from_followers", "allow_request_from_others", "enable_show_multi_guest_layout")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    LAYOUT_FIELD_NUMBER: _ClassVar[int]
    FIX_MIC_NUM_FIELD_NUMBER: _ClassVar[int]
    ALLOW_REQUEST_FROM_USER_FIELD_NUMBER: _ClassVar[int]
    ALLOW_REQUEST_FROM_FOLLOWER_ONLY_FIELD_NUMBER: _ClassVar[int]
    APPLIER_SORT_SETTING_FIELD_NUMBER: _ClassVar[int]
    APPLIER_SORT_GIFT_SCORE_THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    ALLOW_REQUEST_FROM_FRIENDS_FIELD_NUMBER: _ClassVar[int]
    ALLOW_REQUEST_FROM_FOLLOWERS_FIELD_NUMBER: _ClassVar[int]
    ALLOW_REQUEST_FROM_OTHERS_FIELD_NUMBER: _ClassVar[int]
    ENABLE_SHOW_MULTI_GUEST_LAYOUT_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    layout: int
    fix_mic_num: int
    allow_request_from_user: int
    allow_request_from_follower_only: int
    applier_sort_setting: int
    applier_sort_gift_score_threshold: int
    allow_request_from_friends: int
    allow_request_from_followers: int
    allow_request_from_others: int
    enable_show_multi_guest_layout: int
    def __init__(self, user_id: _Optional[int] = ..., layout: _Optional[int] = ..., fix_mic_num: _Optional[int] = ..., allow_request_from_user: _Optional[int] = ..., allow_request_from_follower_only: _Optional[int] = ..., applier_sort_setting: _Optional[int] = ..., applier_sort_gift_score_threshold: _Optional[int] = ..., allow_request_from_friends: _Optional[int] = ..., allow_request_from_followers: _Optional[int] = ..., allow_request_from_others: _Optional[int] = ..., enable_show_multi_guest_layout: _Optional[int] = ...) -> None: ...

class InviteTopHostInfo(_message.Message):
    __slots__ = ("rank_type", "top_index")
    RANK_TYPE_FIELD_NUMBER: _ClassVar[int]
    TOP_INDEX_FIELD_NUMBER: _ClassVar[int]
    rank_type: str
    top_index: int
    def __init__(self, rank_type: _Optional[str] = ..., top_index: _Optional[int] = ...) -> None: ...

class LinkmicUserInfo(_message.Message):
    __slots__ = ("user_id", "linkmic_id_str", "room_id", "linked_time")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    LINKMIC_ID_STR_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    LINKED_TIME_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    linkmic_id_str: str
    room_id: int
    linked_time: int
    def __init__(self, user_id: _Optional[int] = ..., linkmic_id_str: _Optional[str] = ..., room_id: _Optional[int] = ..., linked_time: _Optional[int] = ...) -> None: ...

class Tag(_message.Message):
    __slots__ = ("tag_type", "tag_value", "tag_text")
    TAG_TYPE_FIELD_NUMBER: _ClassVar[int]
    TAG_VALUE_FIELD_NUMBER: _ClassVar[int]
    TAG_TEXT_FIELD_NUMBER: _ClassVar[int]
    tag_type: int
    tag_value: str
    tag_text: str
    def __init__(self, tag_type: _Optional[int] = ..., tag_value: _Optional[str] = ..., tag_text: _Optional[str] = ...) -> None: ...

class CohostABTestSetting(_message.Message):
    __slots__ = ("key", "value")
    KEY_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    key: int
    value: CohostABTestList
    def __init__(self, key: _Optional[int] = ..., value: _Optional[_Union[CohostABTestList, _Mapping]] = ...) -> None: ...

class CohostABTestList(_message.Message):
    __slots__ = ("ab_test_list",)
    AB_TEST_LIST_FIELD_NUMBER: _ClassVar[int]
    ab_test_list: _containers.RepeatedCompositeFieldContainer[CohostABTest]
    def __init__(self, ab_test_list: _Optional[_Iterable[_Union[CohostABTest, _Mapping]]] = ...) -> None: ...

class CohostABTest(_message.Message):
    __slots__ = ("ab_test_type", "group")
    AB_TEST_TYPE_FIELD_NUMBER: _ClassVar[int]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    ab_test_type: int
    group: int
    def __init__(self, ab_test_type: _Optional[int] = ..., group: _Optional[int] = ...) -> None: ...

class LinkerInviteMessageExtra(_message.Message):
    __slots__ = ("match_type", "invite_type", "sub_type", "theme", "duration", "layout", "tips", "inviter_rival_extra", "other_rival_extra", "topic_info", "algo_request_id")
    MATCH_TYPE_FIELD_NUMBER: _ClassVar[int]
    INVITE_TYPE_FIELD_NUMBER: _ClassVar[int]
    SUB_TYPE_FIELD_NUMBER: _ClassVar[int]
    THEME_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    LAYOUT_FIELD_NUMBER: _ClassVar[int]
    TIPS_FIELD_NUMBER: _ClassVar[int]
    INVITER_RIVAL_EXTRA_FIELD_NUMBER: _ClassVar[int]
    OTHER_RIVAL_EXTRA_FIELD_NUMBER: _ClassVar[int]
    TOPIC_INFO_FIELD_NUMBER: _ClassVar[int]
    ALGO_REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    match_type: int
    invite_type: int
    sub_type: int
    theme: str
    duration: int
    layout: int
    tips: str
    inviter_rival_extra: InviterRivalExtra
    other_rival_extra: _containers.RepeatedCompositeFieldContainer[InviterRivalExtra]
    topic_info: CohostTopic
    algo_request_id: str
    def __init__(self, match_type: _Optional[int] = ..., invite_type: _Optional[int] = ..., sub_type: _Optional[int] = ..., theme: _Optional[str] = ..., duration: _Optional[int] = ..., layout: _Optional[int] = ..., tips: _Optional[str] = ..., inviter_rival_extra: _Optional[_Union[InviterRivalExtra, _Mapping]] = ..., other_rival_extra: _Optional[_Iterable[_Union[InviterRivalExtra, _Mapping]]] = ..., topic_info: _Optional[_Union[CohostTopic, _Mapping]] = ..., algo_request_id: _Optional[str] = ...) -> None: ...

class InviterRivalExtra(_message.Message):
    __slots__ = ("text_type", "text", "label", "user_count", "avatar_thumb", "display_id", "authentication_info", "nickname", "follow_status", "m_hashtag", "top_host_info", "user_id", "is_best_teammate", "opt_pair_info", "follower_count")
    TEXT_TYPE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    USER_COUNT_FIELD_NUMBER: _ClassVar[int]
    AVATAR_THUMB_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATION_INFO_FIELD_NUMBER: _ClassVar[int]
    NICKNAME_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_STATUS_FIELD_NUMBER: _ClassVar[int]
    M_HASHTAG_FIELD_NUMBER: _ClassVar[int]
    TOP_HOST_INFO_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    IS_BEST_TEAMMATE_FIELD_NUMBER: _ClassVar[int]
    OPT_PAIR_INFO_FIELD_NUMBER: _ClassVar[int]
    FOLLOWER_COUNT_FIELD_NUMBER: _ClassVar[int]
    text_type: int
    text: str
    label: str
    user_count: int
    avatar_thumb: _common_pb2.Image
    display_id: str
    authentication_info: InviterRivalExtraAuthenticationInfo
    nickname: str
    follow_status: int
    m_hashtag: Hashtag
    top_host_info: TopHostInfo
    user_id: int
    is_best_teammate: bool
    opt_pair_info: InviterRivalExtraOptPairInfo
    follower_count: int
    def __init__(self, text_type: _Optional[int] = ..., text: _Optional[str] = ..., label: _Optional[str] = ..., user_count: _Optional[int] = ..., avatar_thumb: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., display_id: _Optional[str] = ..., authentication_info: _Optional[_Union[InviterRivalExtraAuthenticationInfo, _Mapping]] = ..., nickname: _Optional[str] = ..., follow_status: _Optional[int] = ..., m_hashtag: _Optional[_Union[Hashtag, _Mapping]] = ..., top_host_info: _Optional[_Union[TopHostInfo, _Mapping]] = ..., user_id: _Optional[int] = ..., is_best_teammate: bool = ..., opt_pair_info: _Optional[_Union[InviterRivalExtraOptPairInfo, _Mapping]] = ..., follower_count: _Optional[int] = ...) -> None: ...

class InviterRivalExtraAuthenticationInfo(_message.Message):
    __slots__ = ("custom_verify", "enterprise_verify_reason", "authentication_badge")
    CUSTOM_VERIFY_FIELD_NUMBER: _ClassVar[int]
    ENTERPRISE_VERIFY_REASON_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATION_BADGE_FIELD_NUMBER: _ClassVar[int]
    custom_verify: str
    enterprise_verify_reason: str
    authentication_badge: _common_pb2.Image
    def __init__(self, custom_verify: _Optional[str] = ..., enterprise_verify_reason: _Optional[str] = ..., authentication_badge: _Optional[_Union[_common_pb2.Image, _Mapping]] = ...) -> None: ...

class Hashtag(_message.Message):
    __slots__ = ("id", "title", "image", "namespace")
    ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    IMAGE_FIELD_NUMBER: _ClassVar[int]
    NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    id: int
    title: str
    image: _common_pb2.Image
    namespace: int
    def __init__(self, id: _Optional[int] = ..., title: _Optional[str] = ..., image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., namespace: _Optional[int] = ...) -> None: ...

class TopHostInfo(_message.Message):
    __slots__ = ("rank_type", "top_index")
    RANK_TYPE_FIELD_NUMBER: _ClassVar[int]
    TOP_INDEX_FIELD_NUMBER: _ClassVar[int]
    rank_type: str
    top_index: int
    def __init__(self, rank_type: _Optional[str] = ..., top_index: _Optional[int] = ...) -> None: ...

class InviterRivalExtraOptPairInfo(_message.Message):
    __slots__ = ("mapping_id", "display_user_list", "button_notice_type", "expected_time_sec", "opt_pair_type")
    MAPPING_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_USER_LIST_FIELD_NUMBER: _ClassVar[int]
    BUTTON_NOTICE_TYPE_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_TIME_SEC_FIELD_NUMBER: _ClassVar[int]
    OPT_PAIR_TYPE_FIELD_NUMBER: _ClassVar[int]
    mapping_id: int
    display_user_list: _containers.RepeatedCompositeFieldContainer[OptPairUser]
    button_notice_type: int
    expected_time_sec: int
    opt_pair_type: int
    def __init__(self, mapping_id: _Optional[int] = ..., display_user_list: _Optional[_Iterable[_Union[OptPairUser, _Mapping]]] = ..., button_notice_type: _Optional[int] = ..., expected_time_sec: _Optional[int] = ..., opt_pair_type: _Optional[int] = ...) -> None: ...

class OptPairUser(_message.Message):
    __slots__ = ("user", "room_id")
    USER_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    user: _common_pb2.User
    room_id: int
    def __init__(self, user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., room_id: _Optional[int] = ...) -> None: ...

class CohostTopic(_message.Message):
    __slots__ = ("id", "title_key", "title_text", "liked", "total_heat", "total_rivals", "rivals_avatar")
    ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_KEY_FIELD_NUMBER: _ClassVar[int]
    TITLE_TEXT_FIELD_NUMBER: _ClassVar[int]
    LIKED_FIELD_NUMBER: _ClassVar[int]
    TOTAL_HEAT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_RIVALS_FIELD_NUMBER: _ClassVar[int]
    RIVALS_AVATAR_FIELD_NUMBER: _ClassVar[int]
    id: int
    title_key: str
    title_text: str
    liked: bool
    total_heat: int
    total_rivals: int
    rivals_avatar: _containers.RepeatedCompositeFieldContainer[_common_pb2.Image]
    def __init__(self, id: _Optional[int] = ..., title_key: _Optional[str] = ..., title_text: _Optional[str] = ..., liked: bool = ..., total_heat: _Optional[int] = ..., total_rivals: _Optional[int] = ..., rivals_avatar: _Optional[_Iterable[_Union[_common_pb2.Image, _Mapping]]] = ...) -> None: ...

class LinkerReplyContent(_message.Message):
    __slots__ = ("from_user_id", "from_room_id", "from_user_linkmic_info", "to_user_id", "to_user_linkmic_info", "link_type", "reply_status", "linker_setting", "from_user", "to_user", "rtc_ext_info_map", "invitee_mic_idx_update_info", "applier_mic_idx_info_map", "anchor_multi_live_enum", "anchor_setting_info", "action_id", "linked_users_list", "source_type")
    class RtcExtInfoMapEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: str
        def __init__(self, key: _Optional[int] = ..., value: _Optional[str] = ...) -> None: ...
    class ApplierMicIdxInfoMapEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: int
        def __init__(self, key: _Optional[int] = ..., value: _Optional[int] = ...) -> None: ...
    FROM_USER_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_USER_LINKMIC_INFO_FIELD_NUMBER: _ClassVar[int]
    TO_USER_ID_FIELD_NUMBER: _ClassVar[int]
    TO_USER_LINKMIC_INFO_FIELD_NUMBER: _ClassVar[int]
    LINK_TYPE_FIELD_NUMBER: _ClassVar[int]
    REPLY_STATUS_FIELD_NUMBER: _ClassVar[int]
    LINKER_SETTING_FIELD_NUMBER: _ClassVar[int]
    FROM_USER_FIELD_NUMBER: _ClassVar[int]
    TO_USER_FIELD_NUMBER: _ClassVar[int]
    RTC_EXT_INFO_MAP_FIELD_NUMBER: _ClassVar[int]
    INVITEE_MIC_IDX_UPDATE_INFO_FIELD_NUMBER: _ClassVar[int]
    APPLIER_MIC_IDX_INFO_MAP_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_MULTI_LIVE_ENUM_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_SETTING_INFO_FIELD_NUMBER: _ClassVar[int]
    ACTION_ID_FIELD_NUMBER: _ClassVar[int]
    LINKED_USERS_LIST_FIELD_NUMBER: _ClassVar[int]
    SOURCE_TYPE_FIELD_NUMBER: _ClassVar[int]
    from_user_id: int
    from_room_id: int
    from_user_linkmic_info: LinkmicInfo
    to_user_id: int
    to_user_linkmic_info: LinkmicInfo
    link_type: int
    reply_status: int
    linker_setting: LinkerSetting
    from_user: _common_pb2.User
    to_user: _common_pb2.User
    rtc_ext_info_map: _containers.RepeatedCompositeFieldContainer[LinkerReplyContent.RtcExtInfoMapEntry]
    invitee_mic_idx_update_info: LinkerMicIdxUpdateInfo
    applier_mic_idx_info_map: _containers.RepeatedCompositeFieldContainer[LinkerReplyContent.ApplierMicIdxInfoMapEntry]
    anchor_multi_live_enum: int
    anchor_setting_info: MultiLiveAnchorPanelSettings
    action_id: int
    linked_users_list: _containers.RepeatedCompositeFieldContainer[LinkmicUserInfo]
    source_type: int
    def __init__(self, from_user_id: _Optional[int] = ..., from_room_id: _Optional[int] = ..., from_user_linkmic_info: _Optional[_Union[LinkmicInfo, _Mapping]] = ..., to_user_id: _Optional[int] = ..., to_user_linkmic_info: _Optional[_Union[LinkmicInfo, _Mapping]] = ..., link_type: _Optional[int] = ..., reply_status: _Optional[int] = ..., linker_setting: _Optional[_Union[LinkerSetting, _Mapping]] = ..., from_user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., to_user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., rtc_ext_info_map: _Optional[_Iterable[_Union[LinkerReplyContent.RtcExtInfoMapEntry, _Mapping]]] = ..., invitee_mic_idx_update_info: _Optional[_Union[LinkerMicIdxUpdateInfo, _Mapping]] = ..., applier_mic_idx_info_map: _Optional[_Iterable[_Union[LinkerReplyContent.ApplierMicIdxInfoMapEntry, _Mapping]]] = ..., anchor_multi_live_enum: _Optional[int] = ..., anchor_setting_info: _Optional[_Union[MultiLiveAnchorPanelSettings, _Mapping]] = ..., action_id: _Optional[int] = ..., linked_users_list: _Optional[_Iterable[_Union[LinkmicUserInfo, _Mapping]]] = ..., source_type: _Optional[int] = ...) -> None: ...

class LinkmicInfo(_message.Message):
    __slots__ = ("access_key", "link_mic_id", "joinable", "confluence_type", "rtc_ext_info", "rtc_app_id", "rtc_app_sign", "linkmic_id_str", "vendor")
    ACCESS_KEY_FIELD_NUMBER: _ClassVar[int]
    LINK_MIC_ID_FIELD_NUMBER: _ClassVar[int]
    JOINABLE_FIELD_NUMBER: _ClassVar[int]
    CONFLUENCE_TYPE_FIELD_NUMBER: _ClassVar[int]
    RTC_EXT_INFO_FIELD_NUMBER: _ClassVar[int]
    RTC_APP_ID_FIELD_NUMBER: _ClassVar[int]
    RTC_APP_SIGN_FIELD_NUMBER: _ClassVar[int]
    LINKMIC_ID_STR_FIELD_NUMBER: _ClassVar[int]
    VENDOR_FIELD_NUMBER: _ClassVar[int]
    access_key: str
    link_mic_id: int
    joinable: bool
    confluence_type: int
    rtc_ext_info: str
    rtc_app_id: str
    rtc_app_sign: str
    linkmic_id_str: str
    vendor: int
    def __init__(self, access_key: _Optional[str] = ..., link_mic_id: _Optional[int] = ..., joinable: bool = ..., confluence_type: _Optional[int] = ..., rtc_ext_info: _Optional[str] = ..., rtc_app_id: _Optional[str] = ..., rtc_app_sign: _Optional[str] = ..., linkmic_id_str: _Optional[str] = ..., vendor: _Optional[int] = ...) -> None: ...

class LinkerSetting(_message.Message):
    __slots__ = ("max_member_limit", "link_type", "scene", "owner_user_id", "owner_room_id", "vendor")
    MAX_MEMBER_LIMIT_FIELD_NUMBER: _ClassVar[int]
    LINK_TYPE_FIELD_NUMBER: _ClassVar[int]
    SCENE_FIELD_NUMBER: _ClassVar[int]
    OWNER_USER_ID_FIELD_NUMBER: _ClassVar[int]
    OWNER_ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    VENDOR_FIELD_NUMBER: _ClassVar[int]
    max_member_limit: int
    link_type: int
    scene: int
    owner_user_id: int
    owner_room_id: int
    vendor: int
    def __init__(self, max_member_limit: _Optional[int] = ..., link_type: _Optional[int] = ..., scene: _Optional[int] = ..., owner_user_id: _Optional[int] = ..., owner_room_id: _Optional[int] = ..., vendor: _Optional[int] = ...) -> None: ...

class LinkerMicIdxUpdateInfo(_message.Message):
    __slots__ = ("op", "user_id", "mic_idx")
    OP_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    MIC_IDX_FIELD_NUMBER: _ClassVar[int]
    op: int
    user_id: int
    mic_idx: int
    def __init__(self, op: _Optional[int] = ..., user_id: _Optional[int] = ..., mic_idx: _Optional[int] = ...) -> None: ...

class LinkerCreateContent(_message.Message):
    __slots__ = ("owner_id", "owner_room_id", "link_type")
    OWNER_ID_FIELD_NUMBER: _ClassVar[int]
    OWNER_ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    LINK_TYPE_FIELD_NUMBER: _ClassVar[int]
    owner_id: int
    owner_room_id: int
    link_type: int
    def __init__(self, owner_id: _Optional[int] = ..., owner_room_id: _Optional[int] = ..., link_type: _Optional[int] = ...) -> None: ...

class LinkerCloseContent(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class LinkerEnterContent(_message.Message):
    __slots__ = ("linked_users_list", "anchor_multi_live_enum", "anchor_setting_info")
    LINKED_USERS_LIST_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_MULTI_LIVE_ENUM_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_SETTING_INFO_FIELD_NUMBER: _ClassVar[int]
    linked_users_list: _containers.RepeatedCompositeFieldContainer[ListUser]
    anchor_multi_live_enum: int
    anchor_setting_info: MultiLiveAnchorPanelSettings
    def __init__(self, linked_users_list: _Optional[_Iterable[_Union[ListUser, _Mapping]]] = ..., anchor_multi_live_enum: _Optional[int] = ..., anchor_setting_info: _Optional[_Union[MultiLiveAnchorPanelSettings, _Mapping]] = ...) -> None: ...

class ListUser(_message.Message):
    __slots__ = ("user", "linkmic_id", "linkmic_id_str", "link_status", "link_type", "user_position", "silence_status", "modify_time", "linker_id", "role_type")
    USER_FIELD_NUMBER: _ClassVar[int]
    LINKMIC_ID_FIELD_NUMBER: _ClassVar[int]
    LINKMIC_ID_STR_FIELD_NUMBER: _ClassVar[int]
    LINK_STATUS_FIELD_NUMBER: _ClassVar[int]
    LINK_TYPE_FIELD_NUMBER: _ClassVar[int]
    USER_POSITION_FIELD_NUMBER: _ClassVar[int]
    SILENCE_STATUS_FIELD_NUMBER: _ClassVar[int]
    MODIFY_TIME_FIELD_NUMBER: _ClassVar[int]
    LINKER_ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_TYPE_FIELD_NUMBER: _ClassVar[int]
    user: _common_pb2.User
    linkmic_id: int
    linkmic_id_str: str
    link_status: int
    link_type: int
    user_position: int
    silence_status: int
    modify_time: int
    linker_id: int
    role_type: int
    def __init__(self, user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., linkmic_id: _Optional[int] = ..., linkmic_id_str: _Optional[str] = ..., link_status: _Optional[int] = ..., link_type: _Optional[int] = ..., user_position: _Optional[int] = ..., silence_status: _Optional[int] = ..., modify_time: _Optional[int] = ..., linker_id: _Optional[int] = ..., role_type: _Optional[int] = ...) -> None: ...

class LinkerLeaveContent(_message.Message):
    __slots__ = ("user_id", "linkmic_id_str", "send_leave_uid", "leave_reason")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    LINKMIC_ID_STR_FIELD_NUMBER: _ClassVar[int]
    SEND_LEAVE_UID_FIELD_NUMBER: _ClassVar[int]
    LEAVE_REASON_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    linkmic_id_str: str
    send_leave_uid: int
    leave_reason: int
    def __init__(self, user_id: _Optional[int] = ..., linkmic_id_str: _Optional[str] = ..., send_leave_uid: _Optional[int] = ..., leave_reason: _Optional[int] = ...) -> None: ...

class LinkerCancelContent(_message.Message):
    __slots__ = ("from_user_id", "to_user_id", "cancel_type", "action_id")
    FROM_USER_ID_FIELD_NUMBER: _ClassVar[int]
    TO_USER_ID_FIELD_NUMBER: _ClassVar[int]
    CANCEL_TYPE_FIELD_NUMBER: _ClassVar[int]
    ACTION_ID_FIELD_NUMBER: _ClassVar[int]
    from_user_id: int
    to_user_id: int
    cancel_type: int
    action_id: int
    def __init__(self, from_user_id: _Optional[int] = ..., to_user_id: _Optional[int] = ..., cancel_type: _Optional[int] = ..., action_id: _Optional[int] = ...) -> None: ...

class LinkerKickOutContent(_message.Message):
    __slots__ = ("from_user_id", "kickout_reason")
    FROM_USER_ID_FIELD_NUMBER: _ClassVar[int]
    KICKOUT_REASON_FIELD_NUMBER: _ClassVar[int]
    from_user_id: int
    kickout_reason: int
    def __init__(self, from_user_id: _Optional[int] = ..., kickout_reason: _Optional[int] = ...) -> None: ...

class LinkerLinkedListChangeContent(_message.Message):
    __slots__ = ("linked_users_list",)
    LINKED_USERS_LIST_FIELD_NUMBER: _ClassVar[int]
    linked_users_list: _containers.RepeatedCompositeFieldContainer[ListUser]
    def __init__(self, linked_users_list: _Optional[_Iterable[_Union[ListUser, _Mapping]]] = ...) -> None: ...

class LinkerUpdateUserContent(_message.Message):
    __slots__ = ("from_user_id", "to_user_id", "update_info")
    class UpdateInfoEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    FROM_USER_ID_FIELD_NUMBER: _ClassVar[int]
    TO_USER_ID_FIELD_NUMBER: _ClassVar[int]
    UPDATE_INFO_FIELD_NUMBER: _ClassVar[int]
    from_user_id: int
    to_user_id: int
    update_info: _containers.RepeatedCompositeFieldContainer[LinkerUpdateUserContent.UpdateInfoEntry]
    def __init__(self, from_user_id: _Optional[int] = ..., to_user_id: _Optional[int] = ..., update_info: _Optional[_Iterable[_Union[LinkerUpdateUserContent.UpdateInfoEntry, _Mapping]]] = ...) -> None: ...

class LinkerWaitingListChangeContent(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class LinkerMuteContent(_message.Message):
    __slots__ = ("user_id", "status")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    status: int
    def __init__(self, user_id: _Optional[int] = ..., status: _Optional[int] = ...) -> None: ...

class LinkerRandomMatchContent(_message.Message):
    __slots__ = ("user", "room_id", "invite_type", "match_id", "inner_channel_id")
    USER_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    INVITE_TYPE_FIELD_NUMBER: _ClassVar[int]
    MATCH_ID_FIELD_NUMBER: _ClassVar[int]
    INNER_CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    user: _common_pb2.User
    room_id: int
    invite_type: int
    match_id: str
    inner_channel_id: int
    def __init__(self, user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., room_id: _Optional[int] = ..., invite_type: _Optional[int] = ..., match_id: _Optional[str] = ..., inner_channel_id: _Optional[int] = ...) -> None: ...

class LinkerUpdateUserSettingContent(_message.Message):
    __slots__ = ("multi_live_anchor_panel_settings",)
    MULTI_LIVE_ANCHOR_PANEL_SETTINGS_FIELD_NUMBER: _ClassVar[int]
    multi_live_anchor_panel_settings: MultiLiveAnchorPanelSettings
    def __init__(self, multi_live_anchor_panel_settings: _Optional[_Union[MultiLiveAnchorPanelSettings, _Mapping]] = ...) -> None: ...

class LinkerMicIdxUpdateContent(_message.Message):
    __slots__ = ("mic_idx_update_info",)
    MIC_IDX_UPDATE_INFO_FIELD_NUMBER: _ClassVar[int]
    mic_idx_update_info: LinkerMicIdxUpdateInfo
    def __init__(self, mic_idx_update_info: _Optional[_Union[LinkerMicIdxUpdateInfo, _Mapping]] = ...) -> None: ...

class LinkerListChangeContent(_message.Message):
    __slots__ = ("linked_users_list", "applied_users_list", "connecting_users_list")
    LINKED_USERS_LIST_FIELD_NUMBER: _ClassVar[int]
    APPLIED_USERS_LIST_FIELD_NUMBER: _ClassVar[int]
    CONNECTING_USERS_LIST_FIELD_NUMBER: _ClassVar[int]
    linked_users_list: _containers.RepeatedCompositeFieldContainer[LinkListUser]
    applied_users_list: _containers.RepeatedCompositeFieldContainer[LinkListUser]
    connecting_users_list: _containers.RepeatedCompositeFieldContainer[LinkListUser]
    def __init__(self, linked_users_list: _Optional[_Iterable[_Union[LinkListUser, _Mapping]]] = ..., applied_users_list: _Optional[_Iterable[_Union[LinkListUser, _Mapping]]] = ..., connecting_users_list: _Optional[_Iterable[_Union[LinkListUser, _Mapping]]] = ...) -> None: ...

class LinkListUser(_message.Message):
    __slots__ = ("user", "modify_time", "link_type", "role_type", "linkmic_id_str", "payed_money", "fan_ticket", "fan_ticket_icon_type")
    USER_FIELD_NUMBER: _ClassVar[int]
    MODIFY_TIME_FIELD_NUMBER: _ClassVar[int]
    LINK_TYPE_FIELD_NUMBER: _ClassVar[int]
    ROLE_TYPE_FIELD_NUMBER: _ClassVar[int]
    LINKMIC_ID_STR_FIELD_NUMBER: _ClassVar[int]
    PAYED_MONEY_FIELD_NUMBER: _ClassVar[int]
    FAN_TICKET_FIELD_NUMBER: _ClassVar[int]
    FAN_TICKET_ICON_TYPE_FIELD_NUMBER: _ClassVar[int]
    user: _common_pb2.User
    modify_time: int
    link_type: int
    role_type: int
    linkmic_id_str: str
    payed_money: int
    fan_ticket: int
    fan_ticket_icon_type: int
    def __init__(self, user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., modify_time: _Optional[int] = ..., link_type: _Optional[int] = ..., role_type: _Optional[int] = ..., linkmic_id_str: _Optional[str] = ..., payed_money: _Optional[int] = ..., fan_ticket: _Optional[int] = ..., fan_ticket_icon_type: _Optional[int] = ...) -> None: ...

class CohostListChangeContent(_message.Message):
    __slots__ = ("users_list",)
    USERS_LIST_FIELD_NUMBER: _ClassVar[int]
    users_list: _containers.RepeatedCompositeFieldContainer[CohostListUser]
    def __init__(self, users_list: _Optional[_Iterable[_Union[CohostListUser, _Mapping]]] = ...) -> None: ...

class CohostListUser(_message.Message):
    __slots__ = ("user_id", "nick_name", "avatar_thumb", "linked_time", "play_type", "room_id", "linkmic_user_status", "link_remaining_time", "permission_type", "display_id", "follow_status", "is_low_version", "rival_user_id", "rival_room_id", "is_initiator", "linkmic_id_str", "best_teammate_uid", "has_topic_perm", "inner_channel_id")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    NICK_NAME_FIELD_NUMBER: _ClassVar[int]
    AVATAR_THUMB_FIELD_NUMBER: _ClassVar[int]
    LINKED_TIME_FIELD_NUMBER: _ClassVar[int]
    PLAY_TYPE_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    LINKMIC_USER_STATUS_FIELD_NUMBER: _ClassVar[int]
    LINK_REMAINING_TIME_FIELD_NUMBER: _ClassVar[int]
    PERMISSION_TYPE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_STATUS_FIELD_NUMBER: _ClassVar[int]
    IS_LOW_VERSION_FIELD_NUMBER: _ClassVar[int]
    RIVAL_USER_ID_FIELD_NUMBER: _ClassVar[int]
    RIVAL_ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    IS_INITIATOR_FIELD_NUMBER: _ClassVar[int]
    LINKMIC_ID_STR_FIELD_NUMBER: _ClassVar[int]
    BEST_TEAMMATE_UID_FIELD_NUMBER: _ClassVar[int]
    HAS_TOPIC_PERM_FIELD_NUMBER: _ClassVar[int]
    INNER_CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    nick_name: str
    avatar_thumb: _common_pb2.Image
    linked_time: int
    play_type: int
    room_id: int
    linkmic_user_status: int
    link_remaining_time: int
    permission_type: int
    display_id: str
    follow_status: int
    is_low_version: bool
    rival_user_id: int
    rival_room_id: int
    is_initiator: bool
    linkmic_id_str: str
    best_teammate_uid: int
    has_topic_perm: bool
    inner_channel_id: int
    def __init__(self, user_id: _Optional[int] = ..., nick_name: _Optional[str] = ..., avatar_thumb: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., linked_time: _Optional[int] = ..., play_type: _Optional[int] = ..., room_id: _Optional[int] = ..., linkmic_user_status: _Optional[int] = ..., link_remaining_time: _Optional[int] = ..., permission_type: _Optional[int] = ..., display_id: _Optional[str] = ..., follow_status: _Optional[int] = ..., is_low_version: bool = ..., rival_user_id: _Optional[int] = ..., rival_room_id: _Optional[int] = ..., is_initiator: bool = ..., linkmic_id_str: _Optional[str] = ..., best_teammate_uid: _Optional[int] = ..., has_topic_perm: bool = ..., inner_channel_id: _Optional[int] = ...) -> None: ...

class LinkerMediaChangeContent(_message.Message):
    __slots__ = ("op", "to_user_id", "anchor_id", "room_id", "change_scene", "operator_info")
    OP_FIELD_NUMBER: _ClassVar[int]
    TO_USER_ID_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    CHANGE_SCENE_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_INFO_FIELD_NUMBER: _ClassVar[int]
    op: int
    to_user_id: int
    anchor_id: int
    room_id: int
    change_scene: int
    operator_info: LinkerMediaChangeOperator
    def __init__(self, op: _Optional[int] = ..., to_user_id: _Optional[int] = ..., anchor_id: _Optional[int] = ..., room_id: _Optional[int] = ..., change_scene: _Optional[int] = ..., operator_info: _Optional[_Union[LinkerMediaChangeOperator, _Mapping]] = ...) -> None: ...

class LinkerMediaChangeOperator(_message.Message):
    __slots__ = ("user_id", "operator_type", "nick_name", "display_id")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_TYPE_FIELD_NUMBER: _ClassVar[int]
    NICK_NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    operator_type: int
    nick_name: str
    display_id: str
    def __init__(self, user_id: _Optional[int] = ..., operator_type: _Optional[int] = ..., nick_name: _Optional[str] = ..., display_id: _Optional[str] = ...) -> None: ...

class LinkerAcceptNoticeContent(_message.Message):
    __slots__ = ("from_user_id", "from_room_id", "to_user_id")
    FROM_USER_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    TO_USER_ID_FIELD_NUMBER: _ClassVar[int]
    from_user_id: int
    from_room_id: int
    to_user_id: int
    def __init__(self, from_user_id: _Optional[int] = ..., from_room_id: _Optional[int] = ..., to_user_id: _Optional[int] = ...) -> None: ...

class LinkerSysKickOutContent(_message.Message):
    __slots__ = ("user_id", "linkmic_id_str")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    LINKMIC_ID_STR_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    linkmic_id_str: str
    def __init__(self, user_id: _Optional[int] = ..., linkmic_id_str: _Optional[str] = ...) -> None: ...

class LinkmicUserToastContent(_message.Message):
    __slots__ = ("user_id", "room_id", "display_text", "leaved_user_id")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_TEXT_FIELD_NUMBER: _ClassVar[int]
    LEAVED_USER_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    room_id: int
    display_text: _common_pb2.Text
    leaved_user_id: int
    def __init__(self, user_id: _Optional[int] = ..., room_id: _Optional[int] = ..., display_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., leaved_user_id: _Optional[int] = ...) -> None: ...

class WebcastLinkMicFanTicketMethod(_message.Message):
    __slots__ = ("common", "fan_ticket_room_notice")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    FAN_TICKET_ROOM_NOTICE_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    fan_ticket_room_notice: FanTicketRoomNoticeContent
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., fan_ticket_room_notice: _Optional[_Union[FanTicketRoomNoticeContent, _Mapping]] = ...) -> None: ...

class FanTicketRoomNoticeContent(_message.Message):
    __slots__ = ("user_fan_ticket_list", "total_link_mic_fan_ticket", "match_id", "event_time", "fan_ticket_icon_url", "play_id", "play_scene", "time_ns", "unknown_9")
    USER_FAN_TICKET_LIST_FIELD_NUMBER: _ClassVar[int]
    TOTAL_LINK_MIC_FAN_TICKET_FIELD_NUMBER: _ClassVar[int]
    MATCH_ID_FIELD_NUMBER: _ClassVar[int]
    EVENT_TIME_FIELD_NUMBER: _ClassVar[int]
    FAN_TICKET_ICON_URL_FIELD_NUMBER: _ClassVar[int]
    PLAY_ID_FIELD_NUMBER: _ClassVar[int]
    PLAY_SCENE_FIELD_NUMBER: _ClassVar[int]
    TIME_NS_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_9_FIELD_NUMBER: _ClassVar[int]
    user_fan_ticket_list: _containers.RepeatedCompositeFieldContainer[UserFanTicket]
    total_link_mic_fan_ticket: int
    match_id: int
    event_time: int
    fan_ticket_icon_url: str
    play_id: int
    play_scene: int
    time_ns: int
    unknown_9: int
    def __init__(self, user_fan_ticket_list: _Optional[_Iterable[_Union[UserFanTicket, _Mapping]]] = ..., total_link_mic_fan_ticket: _Optional[int] = ..., match_id: _Optional[int] = ..., event_time: _Optional[int] = ..., fan_ticket_icon_url: _Optional[str] = ..., play_id: _Optional[int] = ..., play_scene: _Optional[int] = ..., time_ns: _Optional[int] = ..., unknown_9: _Optional[int] = ...) -> None: ...

class UserFanTicket(_message.Message):
    __slots__ = ("user_id", "fan_ticket", "match_total_score", "match_rank", "unknown_7", "unknown_9", "unknown_12")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    FAN_TICKET_FIELD_NUMBER: _ClassVar[int]
    MATCH_TOTAL_SCORE_FIELD_NUMBER: _ClassVar[int]
    MATCH_RANK_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_7_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_9_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_12_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    fan_ticket: int
    match_total_score: int
    match_rank: int
    unknown_7: str
    unknown_9: str
    unknown_12: str
    def __init__(self, user_id: _Optional[int] = ..., fan_ticket: _Optional[int] = ..., match_total_score: _Optional[int] = ..., match_rank: _Optional[int] = ..., unknown_7: _Optional[str] = ..., unknown_9: _Optional[str] = ..., unknown_12: _Optional[str] = ...) -> None: ...

class WebcastLinkMicLayoutStateMessage(_message.Message):
    __slots__ = ("common", "room_id", "layout_state", "layout_key")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    LAYOUT_STATE_FIELD_NUMBER: _ClassVar[int]
    LAYOUT_KEY_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    room_id: int
    layout_state: int
    layout_key: bytes
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., room_id: _Optional[int] = ..., layout_state: _Optional[int] = ..., layout_key: _Optional[bytes] = ...) -> None: ...

class WebcastLinkMicMethod(_message.Message):
    __slots__ = ("common", "message_type", "access_key", "anchor_linkmic_id", "user_id", "fan_ticket", "total_link_mic_fan_ticket", "channel_id", "layout", "vendor", "dimension", "theme", "invite_uid", "reply", "start_time", "duration", "user_scores_list", "match_type", "win", "prompts", "to_user_id", "contributors_map", "linkmic_layout", "from_user_id", "tips", "start_time_ms", "confluence_type", "from_room_id", "invite_type", "sub_type", "inviter_rival_extra", "rtc_ext_info", "rtc_app_id", "app_id", "app_sign", "rtc_app_sign", "anchor_link_mic_id_str", "rival_anchor_id", "rival_linkmic_id", "rival_linkmic_id_str", "should_show_popup", "sec_invite_uid", "scene", "sec_apply_uid", "linked_users_list", "sec_from_user_id", "reply_type", "reply_prompts", "sec_to_user_id", "invitor_info", "rtc_join_channel", "fan_ticket_type")
    class ContributorsMapEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: ContributorList
        def __init__(self, key: _Optional[int] = ..., value: _Optional[_Union[ContributorList, _Mapping]] = ...) -> None: ...
    COMMON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_TYPE_FIELD_NUMBER: _ClassVar[int]
    ACCESS_KEY_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_LINKMIC_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    FAN_TICKET_FIELD_NUMBER: _ClassVar[int]
    TOTAL_LINK_MIC_FAN_TICKET_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    LAYOUT_FIELD_NUMBER: _ClassVar[int]
    VENDOR_FIELD_NUMBER: _ClassVar[int]
    DIMENSION_FIELD_NUMBER: _ClassVar[int]
    THEME_FIELD_NUMBER: _ClassVar[int]
    INVITE_UID_FIELD_NUMBER: _ClassVar[int]
    REPLY_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    USER_SCORES_LIST_FIELD_NUMBER: _ClassVar[int]
    MATCH_TYPE_FIELD_NUMBER: _ClassVar[int]
    WIN_FIELD_NUMBER: _ClassVar[int]
    PROMPTS_FIELD_NUMBER: _ClassVar[int]
    TO_USER_ID_FIELD_NUMBER: _ClassVar[int]
    CONTRIBUTORS_MAP_FIELD_NUMBER: _ClassVar[int]
    LINKMIC_LAYOUT_FIELD_NUMBER: _ClassVar[int]
    FROM_USER_ID_FIELD_NUMBER: _ClassVar[int]
    TIPS_FIELD_NUMBER: _ClassVar[int]
    START_TIME_MS_FIELD_NUMBER: _ClassVar[int]
    CONFLUENCE_TYPE_FIELD_NUMBER: _ClassVar[int]
    FROM_ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    INVITE_TYPE_FIELD_NUMBER: _ClassVar[int]
    SUB_TYPE_FIELD_NUMBER: _ClassVar[int]
    INVITER_RIVAL_EXTRA_FIELD_NUMBER: _ClassVar[int]
    RTC_EXT_INFO_FIELD_NUMBER: _ClassVar[int]
    RTC_APP_ID_FIELD_NUMBER: _ClassVar[int]
    APP_ID_FIELD_NUMBER: _ClassVar[int]
    APP_SIGN_FIELD_NUMBER: _ClassVar[int]
    RTC_APP_SIGN_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_LINK_MIC_ID_STR_FIELD_NUMBER: _ClassVar[int]
    RIVAL_ANCHOR_ID_FIELD_NUMBER: _ClassVar[int]
    RIVAL_LINKMIC_ID_FIELD_NUMBER: _ClassVar[int]
    RIVAL_LINKMIC_ID_STR_FIELD_NUMBER: _ClassVar[int]
    SHOULD_SHOW_POPUP_FIELD_NUMBER: _ClassVar[int]
    SEC_INVITE_UID_FIELD_NUMBER: _ClassVar[int]
    SCENE_FIELD_NUMBER: _ClassVar[int]
    SEC_APPLY_UID_FIELD_NUMBER: _ClassVar[int]
    LINKED_USERS_LIST_FIELD_NUMBER: _ClassVar[int]
    SEC_FROM_USER_ID_FIELD_NUMBER: _ClassVar[int]
    REPLY_TYPE_FIELD_NUMBER: _ClassVar[int]
    REPLY_PROMPTS_FIELD_NUMBER: _ClassVar[int]
    SEC_TO_USER_ID_FIELD_NUMBER: _ClassVar[int]
    INVITOR_INFO_FIELD_NUMBER: _ClassVar[int]
    RTC_JOIN_CHANNEL_FIELD_NUMBER: _ClassVar[int]
    FAN_TICKET_TYPE_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    message_type: int
    access_key: str
    anchor_linkmic_id: int
    user_id: int
    fan_ticket: int
    total_link_mic_fan_ticket: int
    channel_id: int
    layout: int
    vendor: int
    dimension: int
    theme: str
    invite_uid: int
    reply: int
    start_time: int
    duration: int
    user_scores_list: _containers.RepeatedCompositeFieldContainer[UserScores]
    match_type: int
    win: bool
    prompts: str
    to_user_id: int
    contributors_map: _containers.RepeatedCompositeFieldContainer[WebcastLinkMicMethod.ContributorsMapEntry]
    linkmic_layout: int
    from_user_id: int
    tips: str
    start_time_ms: int
    confluence_type: int
    from_room_id: int
    invite_type: int
    sub_type: int
    inviter_rival_extra: RivalExtraInfo
    rtc_ext_info: str
    rtc_app_id: str
    app_id: str
    app_sign: str
    rtc_app_sign: str
    anchor_link_mic_id_str: str
    rival_anchor_id: int
    rival_linkmic_id: int
    rival_linkmic_id_str: str
    should_show_popup: bool
    sec_invite_uid: int
    scene: int
    sec_apply_uid: int
    linked_users_list: _containers.RepeatedCompositeFieldContainer[_common_pb2.User]
    sec_from_user_id: str
    reply_type: int
    reply_prompts: str
    sec_to_user_id: str
    invitor_info: InvitorInfo
    rtc_join_channel: bool
    fan_ticket_type: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., message_type: _Optional[int] = ..., access_key: _Optional[str] = ..., anchor_linkmic_id: _Optional[int] = ..., user_id: _Optional[int] = ..., fan_ticket: _Optional[int] = ..., total_link_mic_fan_ticket: _Optional[int] = ..., channel_id: _Optional[int] = ..., layout: _Optional[int] = ..., vendor: _Optional[int] = ..., dimension: _Optional[int] = ..., theme: _Optional[str] = ..., invite_uid: _Optional[int] = ..., reply: _Optional[int] = ..., start_time: _Optional[int] = ..., duration: _Optional[int] = ..., user_scores_list: _Optional[_Iterable[_Union[UserScores, _Mapping]]] = ..., match_type: _Optional[int] = ..., win: bool = ..., prompts: _Optional[str] = ..., to_user_id: _Optional[int] = ..., contributors_map: _Optional[_Iterable[_Union[WebcastLinkMicMethod.ContributorsMapEntry, _Mapping]]] = ..., linkmic_layout: _Optional[int] = ..., from_user_id: _Optional[int] = ..., tips: _Optional[str] = ..., start_time_ms: _Optional[int] = ..., confluence_type: _Optional[int] = ..., from_room_id: _Optional[int] = ..., invite_type: _Optional[int] = ..., sub_type: _Optional[int] = ..., inviter_rival_extra: _Optional[_Union[RivalExtraInfo, _Mapping]] = ..., rtc_ext_info: _Optional[str] = ..., rtc_app_id: _Optional[str] = ..., app_id: _Optional[str] = ..., app_sign: _Optional[str] = ..., rtc_app_sign: _Optional[str] = ..., anchor_link_mic_id_str: _Optional[str] = ..., rival_anchor_id: _Optional[int] = ..., rival_linkmic_id: _Optional[int] = ..., rival_linkmic_id_str: _Optional[str] = ..., should_show_popup: bool = ..., sec_invite_uid: _Optional[int] = ..., scene: _Optional[int] = ..., sec_apply_uid: _Optional[int] = ..., linked_users_list: _Optional[_Iterable[_Union[_common_pb2.User, _Mapping]]] = ..., sec_from_user_id: _Optional[str] = ..., reply_type: _Optional[int] = ..., reply_prompts: _Optional[str] = ..., sec_to_user_id: _Optional[str] = ..., invitor_info: _Optional[_Union[InvitorInfo, _Mapping]] = ..., rtc_join_channel: bool = ..., fan_ticket_type: _Optional[int] = ...) -> None: ...

class UserScores(_message.Message):
    __slots__ = ("score", "user_id", "weekly_rank")
    SCORE_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    WEEKLY_RANK_FIELD_NUMBER: _ClassVar[int]
    score: int
    user_id: int
    weekly_rank: int
    def __init__(self, score: _Optional[int] = ..., user_id: _Optional[int] = ..., weekly_rank: _Optional[int] = ...) -> None: ...

class ContributorList(_message.Message):
    __slots__ = ("contributor_list",)
    CONTRIBUTOR_LIST_FIELD_NUMBER: _ClassVar[int]
    contributor_list: _containers.RepeatedCompositeFieldContainer[LinkMicContributor]
    def __init__(self, contributor_list: _Optional[_Iterable[_Union[LinkMicContributor, _Mapping]]] = ...) -> None: ...

class LinkMicContributor(_message.Message):
    __slots__ = ("score", "rank", "user_id", "user")
    SCORE_FIELD_NUMBER: _ClassVar[int]
    RANK_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    score: int
    rank: int
    user_id: int
    user: _common_pb2.User
    def __init__(self, score: _Optional[int] = ..., rank: _Optional[int] = ..., user_id: _Optional[int] = ..., user: _Optional[_Union[_common_pb2.User, _Mapping]] = ...) -> None: ...

class RivalExtraInfo(_message.Message):
    __slots__ = ("text", "text_type", "label", "anchor_layer", "linker_info", "linkmic_user_settings", "battle_user_settings", "invite_block_reason", "show_play_type", "top_host_info", "tag", "reserve_info", "detail_block_reason", "opt_pair_info", "tag_v2")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    TEXT_TYPE_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_LAYER_FIELD_NUMBER: _ClassVar[int]
    LINKER_INFO_FIELD_NUMBER: _ClassVar[int]
    LINKMIC_USER_SETTINGS_FIELD_NUMBER: _ClassVar[int]
    BATTLE_USER_SETTINGS_FIELD_NUMBER: _ClassVar[int]
    INVITE_BLOCK_REASON_FIELD_NUMBER: _ClassVar[int]
    SHOW_PLAY_TYPE_FIELD_NUMBER: _ClassVar[int]
    TOP_HOST_INFO_FIELD_NUMBER: _ClassVar[int]
    TAG_FIELD_NUMBER: _ClassVar[int]
    RESERVE_INFO_FIELD_NUMBER: _ClassVar[int]
    DETAIL_BLOCK_REASON_FIELD_NUMBER: _ClassVar[int]
    OPT_PAIR_INFO_FIELD_NUMBER: _ClassVar[int]
    TAG_V2_FIELD_NUMBER: _ClassVar[int]
    text: str
    text_type: int
    label: str
    anchor_layer: int
    linker_info: LinkerInfo
    linkmic_user_settings: AnchorLinkmicUserSettings
    battle_user_settings: BattleUserSettings
    invite_block_reason: int
    show_play_type: int
    top_host_info: TopHostInfo
    tag: Tag
    reserve_info: ReserveInfo
    detail_block_reason: int
    opt_pair_info: OptPairInfo
    tag_v2: TagV2
    def __init__(self, text: _Optional[str] = ..., text_type: _Optional[int] = ..., label: _Optional[str] = ..., anchor_layer: _Optional[int] = ..., linker_info: _Optional[_Union[LinkerInfo, _Mapping]] = ..., linkmic_user_settings: _Optional[_Union[AnchorLinkmicUserSettings, _Mapping]] = ..., battle_user_settings: _Optional[_Union[BattleUserSettings, _Mapping]] = ..., invite_block_reason: _Optional[int] = ..., show_play_type: _Optional[int] = ..., top_host_info: _Optional[_Union[TopHostInfo, _Mapping]] = ..., tag: _Optional[_Union[Tag, _Mapping]] = ..., reserve_info: _Optional[_Union[ReserveInfo, _Mapping]] = ..., detail_block_reason: _Optional[int] = ..., opt_pair_info: _Optional[_Union[OptPairInfo, _Mapping]] = ..., tag_v2: _Optional[_Union[TagV2, _Mapping]] = ...) -> None: ...

class LinkerInfo(_message.Message):
    __slots__ = ("linked_users_list",)
    LINKED_USERS_LIST_FIELD_NUMBER: _ClassVar[int]
    linked_users_list: _containers.RepeatedCompositeFieldContainer[LinkerInfoUserInfo]
    def __init__(self, linked_users_list: _Optional[_Iterable[_Union[LinkerInfoUserInfo, _Mapping]]] = ...) -> None: ...

class LinkerInfoUserInfo(_message.Message):
    __slots__ = ("user_id", "nick_name", "avatar_thumb")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    NICK_NAME_FIELD_NUMBER: _ClassVar[int]
    AVATAR_THUMB_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    nick_name: str
    avatar_thumb: _common_pb2.Image
    def __init__(self, user_id: _Optional[int] = ..., nick_name: _Optional[str] = ..., avatar_thumb: _Optional[_Union[_common_pb2.Image, _Mapping]] = ...) -> None: ...

class AnchorLinkmicUserSettings(_message.Message):
    __slots__ = ("is_turn_on", "accept_multi_linkmic", "accept_not_follower_invite", "allow_gift_to_other_anchors", "block_invitation_of_this_live", "receive_friend_multi_host_invites", "receive_friend_multi_host_application", "block_this_multi_host_invites", "block_this_multi_host_application", "receive_not_friend_multi_host_invites", "receive_not_friend_multi_host_application", "allow_live_notice_of_friends")
    IS_TURN_ON_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_MULTI_LINKMIC_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_NOT_FOLLOWER_INVITE_FIELD_NUMBER: _ClassVar[int]
    ALLOW_GIFT_TO_OTHER_ANCHORS_FIELD_NUMBER: _ClassVar[int]
    BLOCK_INVITATION_OF_THIS_LIVE_FIELD_NUMBER: _ClassVar[int]
    RECEIVE_FRIEND_MULTI_HOST_INVITES_FIELD_NUMBER: _ClassVar[int]
    RECEIVE_FRIEND_MULTI_HOST_APPLICATION_FIELD_NUMBER: _ClassVar[int]
    BLOCK_THIS_MULTI_HOST_INVITES_FIELD_NUMBER: _ClassVar[int]
    BLOCK_THIS_MULTI_HOST_APPLICATION_FIELD_NUMBER: _ClassVar[int]
    RECEIVE_NOT_FRIEND_MULTI_HOST_INVITES_FIELD_NUMBER: _ClassVar[int]
    RECEIVE_NOT_FRIEND_MULTI_HOST_APPLICATION_FIELD_NUMBER: _ClassVar[int]
    ALLOW_LIVE_NOTICE_OF_FRIENDS_FIELD_NUMBER: _ClassVar[int]
    is_turn_on: bool
    accept_multi_linkmic: bool
    accept_not_follower_invite: bool
    allow_gift_to_other_anchors: bool
    block_invitation_of_this_live: bool
    receive_friend_multi_host_invites: bool
    receive_friend_multi_host_application: bool
    block_this_multi_host_invites: bool
    block_this_multi_host_application: bool
    receive_not_friend_multi_host_invites: bool
    receive_not_friend_multi_host_application: bool
    allow_live_notice_of_friends: bool
    def __init__(self, is_turn_on: bool = ..., accept_multi_linkmic: bool = ..., accept_not_follower_invite: bool = ..., allow_gift_to_other_anchors: bool = ..., block_invitation_of_this_live: bool = ..., receive_friend_multi_host_invites: bool = ..., receive_friend_multi_host_application: bool = ..., block_this_multi_host_invites: bool = ..., block_this_multi_host_application: bool = ..., receive_not_friend_multi_host_invites: bool = ..., receive_not_friend_multi_host_application: bool = ..., allow_live_notice_of_friends: bool = ...) -> None: ...

class BattleUserSettings(_message.Message):
    __slots__ = ("is_turn_on", "accept_not_follower_invite", "allow_gift_to_other_anchors")
    IS_TURN_ON_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_NOT_FOLLOWER_INVITE_FIELD_NUMBER: _ClassVar[int]
    ALLOW_GIFT_TO_OTHER_ANCHORS_FIELD_NUMBER: _ClassVar[int]
    is_turn_on: bool
    accept_not_follower_invite: bool
    allow_gift_to_other_anchors: bool
    def __init__(self, is_turn_on: bool = ..., accept_not_follower_invite: bool = ..., allow_gift_to_other_anchors: bool = ...) -> None: ...

class ReserveInfo(_message.Message):
    __slots__ = ("reservation_id", "reply_status", "bubble_tip", "response_time", "is_reservation_sender")
    RESERVATION_ID_FIELD_NUMBER: _ClassVar[int]
    REPLY_STATUS_FIELD_NUMBER: _ClassVar[int]
    BUBBLE_TIP_FIELD_NUMBER: _ClassVar[int]
    RESPONSE_TIME_FIELD_NUMBER: _ClassVar[int]
    IS_RESERVATION_SENDER_FIELD_NUMBER: _ClassVar[int]
    reservation_id: int
    reply_status: int
    bubble_tip: str
    response_time: int
    is_reservation_sender: bool
    def __init__(self, reservation_id: _Optional[int] = ..., reply_status: _Optional[int] = ..., bubble_tip: _Optional[str] = ..., response_time: _Optional[int] = ..., is_reservation_sender: bool = ...) -> None: ...

class OptPairInfo(_message.Message):
    __slots__ = ("mapping_id", "display_user_list", "opt_pair_status", "expected_time_sec", "opt_pair_type")
    MAPPING_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_USER_LIST_FIELD_NUMBER: _ClassVar[int]
    OPT_PAIR_STATUS_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_TIME_SEC_FIELD_NUMBER: _ClassVar[int]
    OPT_PAIR_TYPE_FIELD_NUMBER: _ClassVar[int]
    mapping_id: int
    display_user_list: _containers.RepeatedCompositeFieldContainer[OptPairUser]
    opt_pair_status: int
    expected_time_sec: int
    opt_pair_type: int
    def __init__(self, mapping_id: _Optional[int] = ..., display_user_list: _Optional[_Iterable[_Union[OptPairUser, _Mapping]]] = ..., opt_pair_status: _Optional[int] = ..., expected_time_sec: _Optional[int] = ..., opt_pair_type: _Optional[int] = ...) -> None: ...

class TagV2(_message.Message):
    __slots__ = ("tag_classification", "tag_type", "tag_value", "starling_key", "second_degree_relation_content", "cohost_history_day", "similar_interest_content")
    TAG_CLASSIFICATION_FIELD_NUMBER: _ClassVar[int]
    TAG_TYPE_FIELD_NUMBER: _ClassVar[int]
    TAG_VALUE_FIELD_NUMBER: _ClassVar[int]
    STARLING_KEY_FIELD_NUMBER: _ClassVar[int]
    SECOND_DEGREE_RELATION_CONTENT_FIELD_NUMBER: _ClassVar[int]
    COHOST_HISTORY_DAY_FIELD_NUMBER: _ClassVar[int]
    SIMILAR_INTEREST_CONTENT_FIELD_NUMBER: _ClassVar[int]
    tag_classification: int
    tag_type: int
    tag_value: str
    starling_key: str
    second_degree_relation_content: TagV2SecondDegreeRelation
    cohost_history_day: int
    similar_interest_content: SimilarInterestContent
    def __init__(self, tag_classification: _Optional[int] = ..., tag_type: _Optional[int] = ..., tag_value: _Optional[str] = ..., starling_key: _Optional[str] = ..., second_degree_relation_content: _Optional[_Union[TagV2SecondDegreeRelation, _Mapping]] = ..., cohost_history_day: _Optional[int] = ..., similar_interest_content: _Optional[_Union[SimilarInterestContent, _Mapping]] = ...) -> None: ...

class SimilarInterestContent(_message.Message):
    __slots__ = ("content_id", "display_text")
    CONTENT_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_TEXT_FIELD_NUMBER: _ClassVar[int]
    content_id: int
    display_text: str
    def __init__(self, content_id: _Optional[int] = ..., display_text: _Optional[str] = ...) -> None: ...

class TagV2SecondDegreeRelation(_message.Message):
    __slots__ = ("related_users_list", "total_related_user_cnt")
    RELATED_USERS_LIST_FIELD_NUMBER: _ClassVar[int]
    TOTAL_RELATED_USER_CNT_FIELD_NUMBER: _ClassVar[int]
    related_users_list: _containers.RepeatedCompositeFieldContainer[SecondDegreeRelationContentUserInfo]
    total_related_user_cnt: int
    def __init__(self, related_users_list: _Optional[_Iterable[_Union[SecondDegreeRelationContentUserInfo, _Mapping]]] = ..., total_related_user_cnt: _Optional[int] = ...) -> None: ...

class SecondDegreeRelationContentUserInfo(_message.Message):
    __slots__ = ("user_id", "nick_name", "avatar_thumb")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    NICK_NAME_FIELD_NUMBER: _ClassVar[int]
    AVATAR_THUMB_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    nick_name: str
    avatar_thumb: _common_pb2.Image
    def __init__(self, user_id: _Optional[int] = ..., nick_name: _Optional[str] = ..., avatar_thumb: _Optional[_Union[_common_pb2.Image, _Mapping]] = ...) -> None: ...

class InvitorInfo(_message.Message):
    __slots__ = ("invitor_nick_name", "invitor_avatar")
    INVITOR_NICK_NAME_FIELD_NUMBER: _ClassVar[int]
    INVITOR_AVATAR_FIELD_NUMBER: _ClassVar[int]
    invitor_nick_name: str
    invitor_avatar: _common_pb2.Image
    def __init__(self, invitor_nick_name: _Optional[str] = ..., invitor_avatar: _Optional[_Union[_common_pb2.Image, _Mapping]] = ...) -> None: ...

class WebcastLinkStateMessage(_message.Message):
    __slots__ = ("common", "channel_id", "scene", "version", "need_ack", "layout", "user_states_list", "client_send_time", "state_type", "background", "wallpaper_url", "ui_pos")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    SCENE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    NEED_ACK_FIELD_NUMBER: _ClassVar[int]
    LAYOUT_FIELD_NUMBER: _ClassVar[int]
    USER_STATES_LIST_FIELD_NUMBER: _ClassVar[int]
    CLIENT_SEND_TIME_FIELD_NUMBER: _ClassVar[int]
    STATE_TYPE_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_FIELD_NUMBER: _ClassVar[int]
    WALLPAPER_URL_FIELD_NUMBER: _ClassVar[int]
    UI_POS_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    channel_id: int
    scene: int
    version: int
    need_ack: int
    layout: LayoutState
    user_states_list: _containers.RepeatedCompositeFieldContainer[LinkUserState]
    client_send_time: int
    state_type: int
    background: BackGroundImageState
    wallpaper_url: str
    ui_pos: _containers.RepeatedCompositeFieldContainer[PosIdentity]
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., channel_id: _Optional[int] = ..., scene: _Optional[int] = ..., version: _Optional[int] = ..., need_ack: _Optional[int] = ..., layout: _Optional[_Union[LayoutState, _Mapping]] = ..., user_states_list: _Optional[_Iterable[_Union[LinkUserState, _Mapping]]] = ..., client_send_time: _Optional[int] = ..., state_type: _Optional[int] = ..., background: _Optional[_Union[BackGroundImageState, _Mapping]] = ..., wallpaper_url: _Optional[str] = ..., ui_pos: _Optional[_Iterable[_Union[PosIdentity, _Mapping]]] = ...) -> None: ...

class LayoutState(_message.Message):
    __slots__ = ("layout_id",)
    LAYOUT_ID_FIELD_NUMBER: _ClassVar[int]
    layout_id: str
    def __init__(self, layout_id: _Optional[str] = ...) -> None: ...

class LinkUserState(_message.Message):
    __slots__ = ("user", "linkmic_id", "pos", "linked_time_nano", "online_user_state", "audio_muted", "video_muted", "rtc_connection", "network_state")
    USER_FIELD_NUMBER: _ClassVar[int]
    LINKMIC_ID_FIELD_NUMBER: _ClassVar[int]
    POS_FIELD_NUMBER: _ClassVar[int]
    LINKED_TIME_NANO_FIELD_NUMBER: _ClassVar[int]
    ONLINE_USER_STATE_FIELD_NUMBER: _ClassVar[int]
    AUDIO_MUTED_FIELD_NUMBER: _ClassVar[int]
    VIDEO_MUTED_FIELD_NUMBER: _ClassVar[int]
    RTC_CONNECTION_FIELD_NUMBER: _ClassVar[int]
    NETWORK_STATE_FIELD_NUMBER: _ClassVar[int]
    user: Player
    linkmic_id: str
    pos: Position
    linked_time_nano: int
    online_user_state: int
    audio_muted: int
    video_muted: int
    rtc_connection: int
    network_state: int
    def __init__(self, user: _Optional[_Union[Player, _Mapping]] = ..., linkmic_id: _Optional[str] = ..., pos: _Optional[_Union[Position, _Mapping]] = ..., linked_time_nano: _Optional[int] = ..., online_user_state: _Optional[int] = ..., audio_muted: _Optional[int] = ..., video_muted: _Optional[int] = ..., rtc_connection: _Optional[int] = ..., network_state: _Optional[int] = ...) -> None: ...

class Player(_message.Message):
    __slots__ = ("room_id", "user_id")
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    room_id: int
    user_id: int
    def __init__(self, room_id: _Optional[int] = ..., user_id: _Optional[int] = ...) -> None: ...

class Position(_message.Message):
    __slots__ = ("type", "link")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    LINK_FIELD_NUMBER: _ClassVar[int]
    type: int
    link: LinkPosition
    def __init__(self, type: _Optional[int] = ..., link: _Optional[_Union[LinkPosition, _Mapping]] = ...) -> None: ...

class LinkPosition(_message.Message):
    __slots__ = ("position", "opt")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    OPT_FIELD_NUMBER: _ClassVar[int]
    position: int
    opt: int
    def __init__(self, position: _Optional[int] = ..., opt: _Optional[int] = ...) -> None: ...

class BackGroundImageState(_message.Message):
    __slots__ = ("sticker_id",)
    STICKER_ID_FIELD_NUMBER: _ClassVar[int]
    sticker_id: str
    def __init__(self, sticker_id: _Optional[str] = ...) -> None: ...

class PosIdentity(_message.Message):
    __slots__ = ("type", "value")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    type: int
    value: str
    def __init__(self, type: _Optional[int] = ..., value: _Optional[str] = ...) -> None: ...
