from tiktoklive.wire import common_pb2 as _common_pb2
from tiktoklive.wire import linkmic_pb2 as _linkmic_pb2
from tiktoklive.wire import notices_pb2 as _notices_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class LinkLayerMessageType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINK_LAYER_MESSAGE_TYPE_UNKNOWN: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_CREATE: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_INVITE: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_APPLY: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_PERMIT: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_REPLY: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_KICK_OUT: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_CANCEL_APPLY: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_CANCEL_INVITE: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_LEAVE: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_FINISH: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_LIST_CHANGE: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_JOIN_DIRECT: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_JOIN_GROUP: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_PERMIT_GROUP: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_CANCEL_GROUP: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_LEAVE_GROUP: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_P2_P_GROUP_CHANGE: _ClassVar[LinkLayerMessageType]
    LINK_LAYER_MESSAGE_TYPE_GROUP_CHANGE: _ClassVar[LinkLayerMessageType]

class ListChangeType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LIST_CHANGE_TYPE_LEAVE: _ClassVar[ListChangeType]
    LIST_CHANGE_TYPE_JOIN_CHANNEL: _ClassVar[ListChangeType]
    LIST_CHANGE_TYPE_APPLY: _ClassVar[ListChangeType]
    LIST_CHANGE_TYPE_INVITE: _ClassVar[ListChangeType]
    LIST_CHANGE_TYPE_KICK_OUT: _ClassVar[ListChangeType]
    LIST_CHANGE_TYPE_CANCEL_INVITE: _ClassVar[ListChangeType]
    LIST_CHANGE_TYPE_CANCEL_APPLY: _ClassVar[ListChangeType]
    LIST_CHANGE_TYPE_JOIN_DIRECT: _ClassVar[ListChangeType]
    LIST_CHANGE_TYPE_PERMIT: _ClassVar[ListChangeType]
    LIST_CHANGE_TYPE_M_UPDATE_POSITION: _ClassVar[ListChangeType]
    LIST_CHANGE_TYPE_INNER_STATE_CHANGE_NOTIFY: _ClassVar[ListChangeType]

class ContentPositionType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONTENT_POSITION_TYPE_UNKNOWN: _ClassVar[ContentPositionType]
    CONTENT_POSITION_TYPE_STREAM: _ClassVar[ContentPositionType]
    CONTENT_POSITION_TYPE_LIVE_STUDIO_STREAM_PORTRAIT: _ClassVar[ContentPositionType]
    CONTENT_POSITION_TYPE_LIVE_STUDIO_STREAM_LANDSCAPE: _ClassVar[ContentPositionType]

class ReplyStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REPLY_STATUS_UNKNOWN: _ClassVar[ReplyStatus]
    REPLY_STATUS_AGREE: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_PERSONALLY: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_TYPE_NOT_SUPPORT: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_PROCESSING_INVITATION: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_BY_TIMEOUT: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_EXCEPTION: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_SYSTEM_NOT_SUPPORTED: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_SUBTYPE_DIFFERENCE: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_IN_MIC_ROOM: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_NOT_LOAD_PLUGIN: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_IN_MULTI_GUEST: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_PAUSE_LIVE: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_OPEN_CAMERA_DIALOG_SHOWING: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_DRAW_GUESSING: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_RANDOM_MATCHING: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_IN_MATCH_PROCESSING: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_IN_MIC_ROOM_FOR_MULTI_COHOST: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_COHOST_FINISHED: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_NOT_CONNECTED: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_LINKMIC_FULL: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_ARC_INCOMPATIBLE: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_PROCESSING_OTHER_INVITE: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_PROCESSING_OTHER_APPLY: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_IN_ANCHOR_COHOST: _ClassVar[ReplyStatus]
    REPLY_STATUS_REFUSE_TOPIC_PAIRING: _ClassVar[ReplyStatus]

class JoinType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    JOIN_TYPE_UNKNOWN: _ClassVar[JoinType]
    JOIN_TYPE_CHANNEL_APPLY: _ClassVar[JoinType]
    JOIN_TYPE_CHANNEL_INVITE: _ClassVar[JoinType]
    JOIN_TYPE_GROUP_APPLY: _ClassVar[JoinType]
    JOIN_TYPE_GROUP_APPLY_FOLLOW: _ClassVar[JoinType]
    JOIN_TYPE_GROUP_INVITE: _ClassVar[JoinType]
    JOIN_TYPE_GROUP_INVITE_FOLLOW: _ClassVar[JoinType]
    JOIN_TYPE_GROUP_OWNER_JOIN: _ClassVar[JoinType]

class GroupStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GROUP_STATUS_UNKNOWN: _ClassVar[GroupStatus]
    GROUP_STATUS_WAITING: _ClassVar[GroupStatus]
    GROUP_STATUS_LINKED_2: _ClassVar[GroupStatus]
    GROUP_STATUS_LINKED: _ClassVar[GroupStatus]

class AgreeStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AGREE_STATUS_AGREE_UNKNOWN: _ClassVar[AgreeStatus]
    AGREE_STATUS_AGREE: _ClassVar[AgreeStatus]
    AGREE_STATUS_REJECT: _ClassVar[AgreeStatus]

class ContentInviteSource(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONTENT_INVITE_SOURCE_UNKNOWN: _ClassVar[ContentInviteSource]
    CONTENT_INVITE_SOURCE_PANEL_GO_LIVE: _ClassVar[ContentInviteSource]
    CONTENT_INVITE_SOURCE_MUTUAL_NOTICE: _ClassVar[ContentInviteSource]
    CONTENT_INVITE_SOURCE_USER_PROFILE: _ClassVar[ContentInviteSource]
    CONTENT_INVITE_SOURCE_RESERVE: _ClassVar[ContentInviteSource]

class LinkmicShareRevenueSetting(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINKMIC_SHARE_REVENUE_SETTING_NOT_SET: _ClassVar[LinkmicShareRevenueSetting]
    LINKMIC_SHARE_REVENUE_SETTING_OPEN: _ClassVar[LinkmicShareRevenueSetting]
    LINKMIC_SHARE_REVENUE_SETTING_CLOSE: _ClassVar[LinkmicShareRevenueSetting]

class LinkUserType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINK_USER_TYPE_DEFAULT: _ClassVar[LinkUserType]
    LINK_USER_TYPE_KARAOKE: _ClassVar[LinkUserType]

class MultiGuestOutsideRoomInviteSource(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MULTI_GUEST_OUTSIDE_ROOM_INVITE_SOURCE_UNKNOWN: _ClassVar[MultiGuestOutsideRoomInviteSource]
    MULTI_GUEST_OUTSIDE_ROOM_INVITE_SOURCE_PANEL: _ClassVar[MultiGuestOutsideRoomInviteSource]
    MULTI_GUEST_OUTSIDE_ROOM_INVITE_SOURCE_CAPSULE: _ClassVar[MultiGuestOutsideRoomInviteSource]
    MULTI_GUEST_OUTSIDE_ROOM_INVITE_SOURCE_EMPTY_POSITION: _ClassVar[MultiGuestOutsideRoomInviteSource]

class CohostLayoutMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    COHOST_LAYOUT_MODE_NORMAL: _ClassVar[CohostLayoutMode]
    COHOST_LAYOUT_MODE_SCREEN_SHARE: _ClassVar[CohostLayoutMode]

class SourceType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SOURCE_TYPE_UNKNOWN: _ClassVar[SourceType]
    SOURCE_TYPE_FRIEND_LIST: _ClassVar[SourceType]
    SOURCE_TYPE_RECOMMEND_LIST: _ClassVar[SourceType]
    SOURCE_TYPE_RECENT: _ClassVar[SourceType]
    SOURCE_TYPE_OTHER_FOLLOW: _ClassVar[SourceType]
    SOURCE_TYPE_QUICK_PAIR: _ClassVar[SourceType]
    SOURCE_TYPE_ACTIVITY: _ClassVar[SourceType]
    SOURCE_TYPE_QUICK_RECOMMEND: _ClassVar[SourceType]
    SOURCE_TYPE_OFFICIAL_CHANNEL: _ClassVar[SourceType]
    SOURCE_TYPE_BEST_TEAMMATE: _ClassVar[SourceType]
    SOURCE_TYPE_RESERVATION: _ClassVar[SourceType]
    SOURCE_TYPE_PAIRING: _ClassVar[SourceType]
    SOURCE_TYPE_PAIRING_ON_RESERVATION: _ClassVar[SourceType]
    SOURCE_TYPE_TOPIC_QUICK_PAIR: _ClassVar[SourceType]
    SOURCE_TYPE_TOPIC_QUICK_RECOMMEND: _ClassVar[SourceType]
    SOURCE_TYPE_ONLINE_FRIEND_CAPSULE: _ClassVar[SourceType]
    SOURCE_TYPE_WEEKLY_RANK: _ClassVar[SourceType]
    SOURCE_TYPE_HOURLY_RANK: _ClassVar[SourceType]
    SOURCE_TYPE_WEEKLY_RISING: _ClassVar[SourceType]
    SOURCE_TYPE_WEEKLY_ROOKIE: _ClassVar[SourceType]
    SOURCE_TYPE_CONNECTION_LIST: _ClassVar[SourceType]
    SOURCE_TYPE_DAILY_RANK: _ClassVar[SourceType]
    SOURCE_TYPE_DAILY_RANK_HALL_OF_FAME: _ClassVar[SourceType]
    SOURCE_TYPE_RESERVATION_BUBBLE: _ClassVar[SourceType]
    SOURCE_TYPE_PAIRING_BUBBLE: _ClassVar[SourceType]
    SOURCE_TYPE_LEAGUE_PHASE_ONE: _ClassVar[SourceType]
    SOURCE_TYPE_LEAGUE_PHASE_TWO: _ClassVar[SourceType]
    SOURCE_TYPE_LEAGUE_PHASE_THREE: _ClassVar[SourceType]
    SOURCE_TYPE_DAILY_ROOKIE: _ClassVar[SourceType]
    SOURCE_TYPE_MAY_KNOW_LIST: _ClassVar[SourceType]
    SOURCE_TYPE_BANNER: _ClassVar[SourceType]
    SOURCE_TYPE_FANS_TEAM_RANK: _ClassVar[SourceType]
    SOURCE_TYPE_SEARCH: _ClassVar[SourceType]
    SOURCE_TYPE_E_OY_RANK_LIST: _ClassVar[SourceType]
    SOURCE_TYPE_LEAGUE_CAMPAIGN_RANK: _ClassVar[SourceType]
    SOURCE_TYPE_CREATOR_CLASS_RANK: _ClassVar[SourceType]
    SOURCE_TYPE_HISTORY: _ClassVar[SourceType]
    SOURCE_TYPE_QUICK_RECOMMEND_DURING_COHOST: _ClassVar[SourceType]
LINK_LAYER_MESSAGE_TYPE_UNKNOWN: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_CREATE: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_INVITE: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_APPLY: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_PERMIT: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_REPLY: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_KICK_OUT: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_CANCEL_APPLY: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_CANCEL_INVITE: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_LEAVE: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_FINISH: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_LIST_CHANGE: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_JOIN_DIRECT: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_JOIN_GROUP: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_PERMIT_GROUP: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_CANCEL_GROUP: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_LEAVE_GROUP: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_P2_P_GROUP_CHANGE: LinkLayerMessageType
LINK_LAYER_MESSAGE_TYPE_GROUP_CHANGE: LinkLayerMessageType
LIST_CHANGE_TYPE_LEAVE: ListChangeType
LIST_CHANGE_TYPE_JOIN_CHANNEL: ListChangeType
LIST_CHANGE_TYPE_APPLY: ListChangeType
LIST_CHANGE_TYPE_INVITE: ListChangeType
LIST_CHANGE_TYPE_KICK_OUT: ListChangeType
LIST_CHANGE_TYPE_CANCEL_INVITE: ListChangeType
LIST_CHANGE_TYPE_CANCEL_APPLY: ListChangeType
LIST_CHANGE_TYPE_JOIN_DIRECT: ListChangeType
LIST_CHANGE_TYPE_PERMIT: ListChangeType
LIST_CHANGE_TYPE_M_UPDATE_POSITION: ListChangeType
LIST_CHANGE_TYPE_INNER_STATE_CHANGE_NOTIFY: ListChangeType
CONTENT_POSITION_TYPE_UNKNOWN: ContentPositionType
CONTENT_POSITION_TYPE_STREAM: ContentPositionType
CONTENT_POSITION_TYPE_LIVE_STUDIO_STREAM_PORTRAIT: ContentPositionType
CONTENT_POSITION_TYPE_LIVE_STUDIO_STREAM_LANDSCAPE: ContentPositionType
REPLY_STATUS_UNKNOWN: ReplyStatus
REPLY_STATUS_AGREE: ReplyStatus
REPLY_STATUS_REFUSE_PERSONALLY: ReplyStatus
REPLY_STATUS_REFUSE_TYPE_NOT_SUPPORT: ReplyStatus
REPLY_STATUS_REFUSE_PROCESSING_INVITATION: ReplyStatus
REPLY_STATUS_REFUSE_BY_TIMEOUT: ReplyStatus
REPLY_STATUS_REFUSE_EXCEPTION: ReplyStatus
REPLY_STATUS_REFUSE_SYSTEM_NOT_SUPPORTED: ReplyStatus
REPLY_STATUS_REFUSE_SUBTYPE_DIFFERENCE: ReplyStatus
REPLY_STATUS_REFUSE_IN_MIC_ROOM: ReplyStatus
REPLY_STATUS_REFUSE_NOT_LOAD_PLUGIN: ReplyStatus
REPLY_STATUS_REFUSE_IN_MULTI_GUEST: ReplyStatus
REPLY_STATUS_REFUSE_PAUSE_LIVE: ReplyStatus
REPLY_STATUS_REFUSE_OPEN_CAMERA_DIALOG_SHOWING: ReplyStatus
REPLY_STATUS_REFUSE_DRAW_GUESSING: ReplyStatus
REPLY_STATUS_REFUSE_RANDOM_MATCHING: ReplyStatus
REPLY_STATUS_REFUSE_IN_MATCH_PROCESSING: ReplyStatus
REPLY_STATUS_REFUSE_IN_MIC_ROOM_FOR_MULTI_COHOST: ReplyStatus
REPLY_STATUS_REFUSE_COHOST_FINISHED: ReplyStatus
REPLY_STATUS_REFUSE_NOT_CONNECTED: ReplyStatus
REPLY_STATUS_REFUSE_LINKMIC_FULL: ReplyStatus
REPLY_STATUS_REFUSE_ARC_INCOMPATIBLE: ReplyStatus
REPLY_STATUS_REFUSE_PROCESSING_OTHER_INVITE: ReplyStatus
REPLY_STATUS_REFUSE_PROCESSING_OTHER_APPLY: ReplyStatus
REPLY_STATUS_REFUSE_IN_ANCHOR_COHOST: ReplyStatus
REPLY_STATUS_REFUSE_TOPIC_PAIRING: ReplyStatus
JOIN_TYPE_UNKNOWN: JoinType
JOIN_TYPE_CHANNEL_APPLY: JoinType
JOIN_TYPE_CHANNEL_INVITE: JoinType
JOIN_TYPE_GROUP_APPLY: JoinType
JOIN_TYPE_GROUP_APPLY_FOLLOW: JoinType
JOIN_TYPE_GROUP_INVITE: JoinType
JOIN_TYPE_GROUP_INVITE_FOLLOW: JoinType
JOIN_TYPE_GROUP_OWNER_JOIN: JoinType
GROUP_STATUS_UNKNOWN: GroupStatus
GROUP_STATUS_WAITING: GroupStatus
GROUP_STATUS_LINKED_2: GroupStatus
GROUP_STATUS_LINKED: GroupStatus
AGREE_STATUS_AGREE_UNKNOWN: AgreeStatus
AGREE_STATUS_AGREE: AgreeStatus
AGREE_STATUS_REJECT: AgreeStatus
CONTENT_INVITE_SOURCE_UNKNOWN: ContentInviteSource
CONTENT_INVITE_SOURCE_PANEL_GO_LIVE: ContentInviteSource
CONTENT_INVITE_SOURCE_MUTUAL_NOTICE: ContentInviteSource
CONTENT_INVITE_SOURCE_USER_PROFILE: ContentInviteSource
CONTENT_INVITE_SOURCE_RESERVE: ContentInviteSource
LINKMIC_SHARE_REVENUE_SETTING_NOT_SET: LinkmicShareRevenueSetting
LINKMIC_SHARE_REVENUE_SETTING_OPEN: LinkmicShareRevenueSetting
LINKMIC_SHARE_REVENUE_SETTING_CLOSE: LinkmicShareRevenueSetting
LINK_USER_TYPE_DEFAULT: LinkUserType
LINK_USER_TYPE_KARAOKE: LinkUserType
MULTI_GUEST_OUTSIDE_ROOM_INVITE_SOURCE_UNKNOWN: MultiGuestOutsideRoomInviteSource
MULTI_GUEST_OUTSIDE_ROOM_INVITE_SOURCE_PANEL: MultiGuestOutsideRoomInviteSource
MULTI_GUEST_OUTSIDE_ROOM_INVITE_SOURCE_CAPSULE: MultiGuestOutsideRoomInviteSource
MULTI_GUEST_OUTSIDE_ROOM_INVITE_SOURCE_EMPTY_POSITION: MultiGuestOutsideRoomInviteSource
COHOST_LAYOUT_MODE_NORMAL: CohostLayoutMode
COHOST_LAYOUT_MODE_SCREEN_SHARE: CohostLayoutMode
SOURCE_TYPE_UNKNOWN: SourceType
SOURCE_TYPE_FRIEND_LIST: SourceType
SOURCE_TYPE_RECOMMEND_LIST: SourceType
SOURCE_TYPE_RECENT: SourceType
SOURCE_TYPE_OTHER_FOLLOW: SourceType
SOURCE_TYPE_QUICK_PAIR: SourceType
SOURCE_TYPE_ACTIVITY: SourceType
SOURCE_TYPE_QUICK_RECOMMEND: SourceType
SOURCE_TYPE_OFFICIAL_CHANNEL: SourceType
SOURCE_TYPE_BEST_TEAMMATE: SourceType
SOURCE_TYPE_RESERVATION: SourceType
SOURCE_TYPE_PAIRING: SourceType
SOURCE_TYPE_PAIRING_ON_RESERVATION: SourceType
SOURCE_TYPE_TOPIC_QUICK_PAIR: SourceType
SOURCE_TYPE_TOPIC_QUICK_RECOMMEND: SourceType
SOURCE_TYPE_ONLINE_FRIEND_CAPSULE: SourceType
SOURCE_TYPE_WEEKLY_RANK: SourceType
SOURCE_TYPE_HOURLY_RANK: SourceType
SOURCE_TYPE_WEEKLY_RISING: SourceType
SOURCE_TYPE_WEEKLY_ROOKIE: SourceType
SOURCE_TYPE_CONNECTION_LIST: SourceType
SOURCE_TYPE_DAILY_RANK: SourceType
SOURCE_TYPE_DAILY_RANK_HALL_OF_FAME: SourceType
SOURCE_TYPE_RESERVATION_BUBBLE: SourceType
SOURCE_TYPE_PAIRING_BUBBLE: SourceType
SOURCE_TYPE_LEAGUE_PHASE_ONE: SourceType
SOURCE_TYPE_LEAGUE_PHASE_TWO: SourceType
SOURCE_TYPE_LEAGUE_PHASE_THREE: SourceType
SOURCE_TYPE_DAILY_ROOKIE: SourceType
SOURCE_TYPE_MAY_KNOW_LIST: SourceType
SOURCE_TYPE_BANNER: SourceType
SOURCE_TYPE_FANS_TEAM_RANK: SourceType
SOURCE_TYPE_SEARCH: SourceType
SOURCE_TYPE_E_OY_RANK_LIST: SourceType
SOURCE_TYPE_LEAGUE_CAMPAIGN_RANK: SourceType
SOURCE_TYPE_CREATOR_CLASS_RANK: SourceType
SOURCE_TYPE_HISTORY: SourceType
SOURCE_TYPE_QUICK_RECOMMEND_DURING_COHOST: SourceType

class WebcastLinkLayerMessage(_message.Message):
    __slots__ = ("common", "message_type", "channel_id", "scene", "source", "centerized_idc", "rtc_room_id", "create_channel_content", "list_change_content", "invite_content", "apply_content", "permit_apply_content", "reply_invite_content", "kick_out_content", "cancel_apply_content", "cancel_invite_content", "leave_content", "finish_content", "join_direct_content", "join_group_content", "permit_group_content", "cancel_group_content", "leave_group_content", "p2p_group_change_content", "group_change_content", "business_content")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_TYPE_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    SCENE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    CENTERIZED_IDC_FIELD_NUMBER: _ClassVar[int]
    RTC_ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    CREATE_CHANNEL_CONTENT_FIELD_NUMBER: _ClassVar[int]
    LIST_CHANGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    INVITE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    APPLY_CONTENT_FIELD_NUMBER: _ClassVar[int]
    PERMIT_APPLY_CONTENT_FIELD_NUMBER: _ClassVar[int]
    REPLY_INVITE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    KICK_OUT_CONTENT_FIELD_NUMBER: _ClassVar[int]
    CANCEL_APPLY_CONTENT_FIELD_NUMBER: _ClassVar[int]
    CANCEL_INVITE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    LEAVE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    FINISH_CONTENT_FIELD_NUMBER: _ClassVar[int]
    JOIN_DIRECT_CONTENT_FIELD_NUMBER: _ClassVar[int]
    JOIN_GROUP_CONTENT_FIELD_NUMBER: _ClassVar[int]
    PERMIT_GROUP_CONTENT_FIELD_NUMBER: _ClassVar[int]
    CANCEL_GROUP_CONTENT_FIELD_NUMBER: _ClassVar[int]
    LEAVE_GROUP_CONTENT_FIELD_NUMBER: _ClassVar[int]
    P2P_GROUP_CHANGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    GROUP_CHANGE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    BUSINESS_CONTENT_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    message_type: int
    channel_id: int
    scene: int
    source: str
    centerized_idc: str
    rtc_room_id: int
    create_channel_content: CreateChannelContent
    list_change_content: ListChangeContent
    invite_content: InviteContent
    apply_content: ApplyContent
    permit_apply_content: PermitApplyContent
    reply_invite_content: ReplyInviteContent
    kick_out_content: KickOutContent
    cancel_apply_content: CancelApplyContent
    cancel_invite_content: CancelInviteContent
    leave_content: LeaveContent
    finish_content: FinishChannelContent
    join_direct_content: JoinDirectContent
    join_group_content: JoinGroupContent
    permit_group_content: PermitJoinGroupContent
    cancel_group_content: CancelJoinGroupContent
    leave_group_content: LeaveJoinGroupContent
    p2p_group_change_content: P2PGroupChangeContent
    group_change_content: GroupChangeContent
    business_content: BusinessContent
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., message_type: _Optional[int] = ..., channel_id: _Optional[int] = ..., scene: _Optional[int] = ..., source: _Optional[str] = ..., centerized_idc: _Optional[str] = ..., rtc_room_id: _Optional[int] = ..., create_channel_content: _Optional[_Union[CreateChannelContent, _Mapping]] = ..., list_change_content: _Optional[_Union[ListChangeContent, _Mapping]] = ..., invite_content: _Optional[_Union[InviteContent, _Mapping]] = ..., apply_content: _Optional[_Union[ApplyContent, _Mapping]] = ..., permit_apply_content: _Optional[_Union[PermitApplyContent, _Mapping]] = ..., reply_invite_content: _Optional[_Union[ReplyInviteContent, _Mapping]] = ..., kick_out_content: _Optional[_Union[KickOutContent, _Mapping]] = ..., cancel_apply_content: _Optional[_Union[CancelApplyContent, _Mapping]] = ..., cancel_invite_content: _Optional[_Union[CancelInviteContent, _Mapping]] = ..., leave_content: _Optional[_Union[LeaveContent, _Mapping]] = ..., finish_content: _Optional[_Union[FinishChannelContent, _Mapping]] = ..., join_direct_content: _Optional[_Union[JoinDirectContent, _Mapping]] = ..., join_group_content: _Optional[_Union[JoinGroupContent, _Mapping]] = ..., permit_group_content: _Optional[_Union[PermitJoinGroupContent, _Mapping]] = ..., cancel_group_content: _Optional[_Union[CancelJoinGroupContent, _Mapping]] = ..., leave_group_content: _Optional[_Union[LeaveJoinGroupContent, _Mapping]] = ..., p2p_group_change_content: _Optional[_Union[P2PGroupChangeContent, _Mapping]] = ..., group_change_content: _Optional[_Union[GroupChangeContent, _Mapping]] = ..., business_content: _Optional[_Union[BusinessContent, _Mapping]] = ...) -> None: ...

class CreateChannelContent(_message.Message):
    __slots__ = ("owner", "owner_link_mic_id")
    OWNER_FIELD_NUMBER: _ClassVar[int]
    OWNER_LINK_MIC_ID_FIELD_NUMBER: _ClassVar[int]
    owner: _linkmic_pb2.Player
    owner_link_mic_id: str
    def __init__(self, owner: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ..., owner_link_mic_id: _Optional[str] = ...) -> None: ...

class ListChangeContent(_message.Message):
    __slots__ = ("type", "list", "linked_user_ui_positions", "content_pos")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    LIST_FIELD_NUMBER: _ClassVar[int]
    LINKED_USER_UI_POSITIONS_FIELD_NUMBER: _ClassVar[int]
    CONTENT_POS_FIELD_NUMBER: _ClassVar[int]
    type: int
    list: AllListUser
    linked_user_ui_positions: _containers.RepeatedScalarFieldContainer[str]
    content_pos: _containers.RepeatedCompositeFieldContainer[ContentPosition]
    def __init__(self, type: _Optional[int] = ..., list: _Optional[_Union[AllListUser, _Mapping]] = ..., linked_user_ui_positions: _Optional[_Iterable[str]] = ..., content_pos: _Optional[_Iterable[_Union[ContentPosition, _Mapping]]] = ...) -> None: ...

class AllListUser(_message.Message):
    __slots__ = ("linked_list", "applied_list", "invited_list", "ready_list")
    LINKED_LIST_FIELD_NUMBER: _ClassVar[int]
    APPLIED_LIST_FIELD_NUMBER: _ClassVar[int]
    INVITED_LIST_FIELD_NUMBER: _ClassVar[int]
    READY_LIST_FIELD_NUMBER: _ClassVar[int]
    linked_list: _containers.RepeatedCompositeFieldContainer[LinkLayerListUser]
    applied_list: _containers.RepeatedCompositeFieldContainer[LinkLayerListUser]
    invited_list: _containers.RepeatedCompositeFieldContainer[LinkLayerListUser]
    ready_list: _containers.RepeatedCompositeFieldContainer[LinkLayerListUser]
    def __init__(self, linked_list: _Optional[_Iterable[_Union[LinkLayerListUser, _Mapping]]] = ..., applied_list: _Optional[_Iterable[_Union[LinkLayerListUser, _Mapping]]] = ..., invited_list: _Optional[_Iterable[_Union[LinkLayerListUser, _Mapping]]] = ..., ready_list: _Optional[_Iterable[_Union[LinkLayerListUser, _Mapping]]] = ...) -> None: ...

class LinkLayerListUser(_message.Message):
    __slots__ = ("user", "linkmic_id", "pos", "linked_time_nano", "app_version", "magic_number1")
    USER_FIELD_NUMBER: _ClassVar[int]
    LINKMIC_ID_FIELD_NUMBER: _ClassVar[int]
    POS_FIELD_NUMBER: _ClassVar[int]
    LINKED_TIME_NANO_FIELD_NUMBER: _ClassVar[int]
    APP_VERSION_FIELD_NUMBER: _ClassVar[int]
    MAGIC_NUMBER1_FIELD_NUMBER: _ClassVar[int]
    user: _linkmic_pb2.Player
    linkmic_id: str
    pos: _linkmic_pb2.Position
    linked_time_nano: int
    app_version: str
    magic_number1: int
    def __init__(self, user: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ..., linkmic_id: _Optional[str] = ..., pos: _Optional[_Union[_linkmic_pb2.Position, _Mapping]] = ..., linked_time_nano: _Optional[int] = ..., app_version: _Optional[str] = ..., magic_number1: _Optional[int] = ...) -> None: ...

class ContentPosition(_message.Message):
    __slots__ = ("content_i_d", "content_type", "pos", "content_linkmic_i_d", "start_time_nano")
    CONTENT_I_D_FIELD_NUMBER: _ClassVar[int]
    CONTENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    POS_FIELD_NUMBER: _ClassVar[int]
    CONTENT_LINKMIC_I_D_FIELD_NUMBER: _ClassVar[int]
    START_TIME_NANO_FIELD_NUMBER: _ClassVar[int]
    content_i_d: str
    content_type: int
    pos: MicPositionData
    content_linkmic_i_d: str
    start_time_nano: int
    def __init__(self, content_i_d: _Optional[str] = ..., content_type: _Optional[int] = ..., pos: _Optional[_Union[MicPositionData, _Mapping]] = ..., content_linkmic_i_d: _Optional[str] = ..., start_time_nano: _Optional[int] = ...) -> None: ...

class MicPositionData(_message.Message):
    __slots__ = ("type", "link_position")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    LINK_POSITION_FIELD_NUMBER: _ClassVar[int]
    type: int
    link_position: _linkmic_pb2.LinkPosition
    def __init__(self, type: _Optional[int] = ..., link_position: _Optional[_Union[_linkmic_pb2.LinkPosition, _Mapping]] = ...) -> None: ...

class InviteContent(_message.Message):
    __slots__ = ("invitor", "invitee_rtc_ext_info", "invitor_link_mic_id", "invitee_link_mic_id", "is_owner", "pos", "dsl", "invitee", "operator")
    INVITOR_FIELD_NUMBER: _ClassVar[int]
    INVITEE_RTC_EXT_INFO_FIELD_NUMBER: _ClassVar[int]
    INVITOR_LINK_MIC_ID_FIELD_NUMBER: _ClassVar[int]
    INVITEE_LINK_MIC_ID_FIELD_NUMBER: _ClassVar[int]
    IS_OWNER_FIELD_NUMBER: _ClassVar[int]
    POS_FIELD_NUMBER: _ClassVar[int]
    DSL_FIELD_NUMBER: _ClassVar[int]
    INVITEE_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    invitor: _linkmic_pb2.Player
    invitee_rtc_ext_info: RTCExtraInfo
    invitor_link_mic_id: str
    invitee_link_mic_id: str
    is_owner: bool
    pos: _linkmic_pb2.Position
    dsl: DSLConfig
    invitee: _linkmic_pb2.Player
    operator: _linkmic_pb2.Player
    def __init__(self, invitor: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ..., invitee_rtc_ext_info: _Optional[_Union[RTCExtraInfo, _Mapping]] = ..., invitor_link_mic_id: _Optional[str] = ..., invitee_link_mic_id: _Optional[str] = ..., is_owner: bool = ..., pos: _Optional[_Union[_linkmic_pb2.Position, _Mapping]] = ..., dsl: _Optional[_Union[DSLConfig, _Mapping]] = ..., invitee: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ..., operator: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ...) -> None: ...

class RTCExtraInfo(_message.Message):
    __slots__ = ("live_rtc_engine_config", "live_rtc_video_param_list", "rtc_bitrate_map", "rtc_fps", "rtc_mix_base", "byte_rtc_ext_info", "rtc_info_extra", "rtc_business_id", "rtc_other", "interact_client_type")
    LIVE_RTC_ENGINE_CONFIG_FIELD_NUMBER: _ClassVar[int]
    LIVE_RTC_VIDEO_PARAM_LIST_FIELD_NUMBER: _ClassVar[int]
    RTC_BITRATE_MAP_FIELD_NUMBER: _ClassVar[int]
    RTC_FPS_FIELD_NUMBER: _ClassVar[int]
    RTC_MIX_BASE_FIELD_NUMBER: _ClassVar[int]
    BYTE_RTC_EXT_INFO_FIELD_NUMBER: _ClassVar[int]
    RTC_INFO_EXTRA_FIELD_NUMBER: _ClassVar[int]
    RTC_BUSINESS_ID_FIELD_NUMBER: _ClassVar[int]
    RTC_OTHER_FIELD_NUMBER: _ClassVar[int]
    INTERACT_CLIENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    live_rtc_engine_config: RTCEngineConfig
    live_rtc_video_param_list: _containers.RepeatedCompositeFieldContainer[RTCLiveVideoParam]
    rtc_bitrate_map: RTCBitrateMap
    rtc_fps: int
    rtc_mix_base: RTCMixBase
    byte_rtc_ext_info: ByteRTCExtInfo
    rtc_info_extra: RTCInfoExtra
    rtc_business_id: str
    rtc_other: RTCOther
    interact_client_type: int
    def __init__(self, live_rtc_engine_config: _Optional[_Union[RTCEngineConfig, _Mapping]] = ..., live_rtc_video_param_list: _Optional[_Iterable[_Union[RTCLiveVideoParam, _Mapping]]] = ..., rtc_bitrate_map: _Optional[_Union[RTCBitrateMap, _Mapping]] = ..., rtc_fps: _Optional[int] = ..., rtc_mix_base: _Optional[_Union[RTCMixBase, _Mapping]] = ..., byte_rtc_ext_info: _Optional[_Union[ByteRTCExtInfo, _Mapping]] = ..., rtc_info_extra: _Optional[_Union[RTCInfoExtra, _Mapping]] = ..., rtc_business_id: _Optional[str] = ..., rtc_other: _Optional[_Union[RTCOther, _Mapping]] = ..., interact_client_type: _Optional[int] = ...) -> None: ...

class RTCEngineConfig(_message.Message):
    __slots__ = ("rtc_app_id", "rtc_user_id", "rtc_token", "rtc_channel_id")
    RTC_APP_ID_FIELD_NUMBER: _ClassVar[int]
    RTC_USER_ID_FIELD_NUMBER: _ClassVar[int]
    RTC_TOKEN_FIELD_NUMBER: _ClassVar[int]
    RTC_CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    rtc_app_id: str
    rtc_user_id: str
    rtc_token: str
    rtc_channel_id: int
    def __init__(self, rtc_app_id: _Optional[str] = ..., rtc_user_id: _Optional[str] = ..., rtc_token: _Optional[str] = ..., rtc_channel_id: _Optional[int] = ...) -> None: ...

class RTCLiveVideoParam(_message.Message):
    __slots__ = ("strategy_id", "params")
    STRATEGY_ID_FIELD_NUMBER: _ClassVar[int]
    PARAMS_FIELD_NUMBER: _ClassVar[int]
    strategy_id: int
    params: RTCVideoParam
    def __init__(self, strategy_id: _Optional[int] = ..., params: _Optional[_Union[RTCVideoParam, _Mapping]] = ...) -> None: ...

class RTCVideoParam(_message.Message):
    __slots__ = ("width", "height", "fps", "bitrate_kbps")
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    FPS_FIELD_NUMBER: _ClassVar[int]
    BITRATE_KBPS_FIELD_NUMBER: _ClassVar[int]
    width: int
    height: int
    fps: int
    bitrate_kbps: int
    def __init__(self, width: _Optional[int] = ..., height: _Optional[int] = ..., fps: _Optional[int] = ..., bitrate_kbps: _Optional[int] = ...) -> None: ...

class RTCBitrateMap(_message.Message):
    __slots__ = ("xx1", "xx2", "xx3", "xx4")
    XX1_FIELD_NUMBER: _ClassVar[int]
    XX2_FIELD_NUMBER: _ClassVar[int]
    XX3_FIELD_NUMBER: _ClassVar[int]
    XX4_FIELD_NUMBER: _ClassVar[int]
    xx1: int
    xx2: int
    xx3: int
    xx4: int
    def __init__(self, xx1: _Optional[int] = ..., xx2: _Optional[int] = ..., xx3: _Optional[int] = ..., xx4: _Optional[int] = ...) -> None: ...

class RTCMixBase(_message.Message):
    __slots__ = ("bitrate",)
    BITRATE_FIELD_NUMBER: _ClassVar[int]
    bitrate: int
    def __init__(self, bitrate: _Optional[int] = ...) -> None: ...

class ByteRTCExtInfo(_message.Message):
    __slots__ = ("default_signaling",)
    DEFAULT_SIGNALING_FIELD_NUMBER: _ClassVar[int]
    default_signaling: int
    def __init__(self, default_signaling: _Optional[int] = ...) -> None: ...

class RTCInfoExtra(_message.Message):
    __slots__ = ("version",)
    VERSION_FIELD_NUMBER: _ClassVar[int]
    version: str
    def __init__(self, version: _Optional[str] = ...) -> None: ...

class RTCOther(_message.Message):
    __slots__ = ("trans_coding_second",)
    TRANS_CODING_SECOND_FIELD_NUMBER: _ClassVar[int]
    trans_coding_second: int
    def __init__(self, trans_coding_second: _Optional[int] = ...) -> None: ...

class DSLConfig(_message.Message):
    __slots__ = ("scene_version", "layout_id")
    SCENE_VERSION_FIELD_NUMBER: _ClassVar[int]
    LAYOUT_ID_FIELD_NUMBER: _ClassVar[int]
    scene_version: int
    layout_id: str
    def __init__(self, scene_version: _Optional[int] = ..., layout_id: _Optional[str] = ...) -> None: ...

class ApplyContent(_message.Message):
    __slots__ = ("applier", "applier_link_mic_id")
    APPLIER_FIELD_NUMBER: _ClassVar[int]
    APPLIER_LINK_MIC_ID_FIELD_NUMBER: _ClassVar[int]
    applier: _linkmic_pb2.Player
    applier_link_mic_id: str
    def __init__(self, applier: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ..., applier_link_mic_id: _Optional[str] = ...) -> None: ...

class PermitApplyContent(_message.Message):
    __slots__ = ("permiter", "permiter_link_mic_id", "applier_pos", "reply_status", "dsl", "applier", "operator", "applier_link_mic_id")
    PERMITER_FIELD_NUMBER: _ClassVar[int]
    PERMITER_LINK_MIC_ID_FIELD_NUMBER: _ClassVar[int]
    APPLIER_POS_FIELD_NUMBER: _ClassVar[int]
    REPLY_STATUS_FIELD_NUMBER: _ClassVar[int]
    DSL_FIELD_NUMBER: _ClassVar[int]
    APPLIER_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    APPLIER_LINK_MIC_ID_FIELD_NUMBER: _ClassVar[int]
    permiter: _linkmic_pb2.Player
    permiter_link_mic_id: str
    applier_pos: _linkmic_pb2.Position
    reply_status: int
    dsl: DSLConfig
    applier: _linkmic_pb2.Player
    operator: _linkmic_pb2.Player
    applier_link_mic_id: str
    def __init__(self, permiter: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ..., permiter_link_mic_id: _Optional[str] = ..., applier_pos: _Optional[_Union[_linkmic_pb2.Position, _Mapping]] = ..., reply_status: _Optional[int] = ..., dsl: _Optional[_Union[DSLConfig, _Mapping]] = ..., applier: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ..., operator: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ..., applier_link_mic_id: _Optional[str] = ...) -> None: ...

class ReplyInviteContent(_message.Message):
    __slots__ = ("invitee", "reply_status", "invitee_link_mic_id", "invitee_pos", "invite_operator_user", "linked_user_ui_positions", "ui_pos")
    INVITEE_FIELD_NUMBER: _ClassVar[int]
    REPLY_STATUS_FIELD_NUMBER: _ClassVar[int]
    INVITEE_LINK_MIC_ID_FIELD_NUMBER: _ClassVar[int]
    INVITEE_POS_FIELD_NUMBER: _ClassVar[int]
    INVITE_OPERATOR_USER_FIELD_NUMBER: _ClassVar[int]
    LINKED_USER_UI_POSITIONS_FIELD_NUMBER: _ClassVar[int]
    UI_POS_FIELD_NUMBER: _ClassVar[int]
    invitee: _linkmic_pb2.Player
    reply_status: int
    invitee_link_mic_id: str
    invitee_pos: _linkmic_pb2.Position
    invite_operator_user: _linkmic_pb2.Player
    linked_user_ui_positions: _containers.RepeatedScalarFieldContainer[str]
    ui_pos: _containers.RepeatedCompositeFieldContainer[_linkmic_pb2.PosIdentity]
    def __init__(self, invitee: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ..., reply_status: _Optional[int] = ..., invitee_link_mic_id: _Optional[str] = ..., invitee_pos: _Optional[_Union[_linkmic_pb2.Position, _Mapping]] = ..., invite_operator_user: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ..., linked_user_ui_positions: _Optional[_Iterable[str]] = ..., ui_pos: _Optional[_Iterable[_Union[_linkmic_pb2.PosIdentity, _Mapping]]] = ...) -> None: ...

class KickOutContent(_message.Message):
    __slots__ = ("offliner", "kickout_reason", "linked_user_ui_positions", "ui_pos")
    OFFLINER_FIELD_NUMBER: _ClassVar[int]
    KICKOUT_REASON_FIELD_NUMBER: _ClassVar[int]
    LINKED_USER_UI_POSITIONS_FIELD_NUMBER: _ClassVar[int]
    UI_POS_FIELD_NUMBER: _ClassVar[int]
    offliner: _linkmic_pb2.Player
    kickout_reason: int
    linked_user_ui_positions: _containers.RepeatedScalarFieldContainer[str]
    ui_pos: _containers.RepeatedCompositeFieldContainer[_linkmic_pb2.PosIdentity]
    def __init__(self, offliner: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ..., kickout_reason: _Optional[int] = ..., linked_user_ui_positions: _Optional[_Iterable[str]] = ..., ui_pos: _Optional[_Iterable[_Union[_linkmic_pb2.PosIdentity, _Mapping]]] = ...) -> None: ...

class CancelApplyContent(_message.Message):
    __slots__ = ("applier", "applier_link_mic_id")
    APPLIER_FIELD_NUMBER: _ClassVar[int]
    APPLIER_LINK_MIC_ID_FIELD_NUMBER: _ClassVar[int]
    applier: _linkmic_pb2.Player
    applier_link_mic_id: str
    def __init__(self, applier: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ..., applier_link_mic_id: _Optional[str] = ...) -> None: ...

class CancelInviteContent(_message.Message):
    __slots__ = ("invitor", "invitor_link_mic_id", "invitee_link_mic_id", "invite_seq_id", "invitee")
    INVITOR_FIELD_NUMBER: _ClassVar[int]
    INVITOR_LINK_MIC_ID_FIELD_NUMBER: _ClassVar[int]
    INVITEE_LINK_MIC_ID_FIELD_NUMBER: _ClassVar[int]
    INVITE_SEQ_ID_FIELD_NUMBER: _ClassVar[int]
    INVITEE_FIELD_NUMBER: _ClassVar[int]
    invitor: _linkmic_pb2.Player
    invitor_link_mic_id: str
    invitee_link_mic_id: str
    invite_seq_id: int
    invitee: _linkmic_pb2.Player
    def __init__(self, invitor: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ..., invitor_link_mic_id: _Optional[str] = ..., invitee_link_mic_id: _Optional[str] = ..., invite_seq_id: _Optional[int] = ..., invitee: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ...) -> None: ...

class LeaveContent(_message.Message):
    __slots__ = ("leaver", "leave_reason", "linked_user_ui_positions", "ui_pos")
    LEAVER_FIELD_NUMBER: _ClassVar[int]
    LEAVE_REASON_FIELD_NUMBER: _ClassVar[int]
    LINKED_USER_UI_POSITIONS_FIELD_NUMBER: _ClassVar[int]
    UI_POS_FIELD_NUMBER: _ClassVar[int]
    leaver: _linkmic_pb2.Player
    leave_reason: int
    linked_user_ui_positions: _containers.RepeatedScalarFieldContainer[str]
    ui_pos: _containers.RepeatedCompositeFieldContainer[_linkmic_pb2.PosIdentity]
    def __init__(self, leaver: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ..., leave_reason: _Optional[int] = ..., linked_user_ui_positions: _Optional[_Iterable[str]] = ..., ui_pos: _Optional[_Iterable[_Union[_linkmic_pb2.PosIdentity, _Mapping]]] = ...) -> None: ...

class FinishChannelContent(_message.Message):
    __slots__ = ("owner", "finish_reason")
    OWNER_FIELD_NUMBER: _ClassVar[int]
    FINISH_REASON_FIELD_NUMBER: _ClassVar[int]
    owner: _linkmic_pb2.Player
    finish_reason: int
    def __init__(self, owner: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ..., finish_reason: _Optional[int] = ...) -> None: ...

class JoinDirectContent(_message.Message):
    __slots__ = ("joiner", "all_users")
    JOINER_FIELD_NUMBER: _ClassVar[int]
    ALL_USERS_FIELD_NUMBER: _ClassVar[int]
    joiner: LinkLayerListUser
    all_users: AllListUser
    def __init__(self, joiner: _Optional[_Union[LinkLayerListUser, _Mapping]] = ..., all_users: _Optional[_Union[AllListUser, _Mapping]] = ...) -> None: ...

class JoinGroupContent(_message.Message):
    __slots__ = ("group_user", "join_user", "type", "group_ext_info")
    GROUP_USER_FIELD_NUMBER: _ClassVar[int]
    JOIN_USER_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    GROUP_EXT_INFO_FIELD_NUMBER: _ClassVar[int]
    group_user: GroupChannelAllUser
    join_user: GroupPlayer
    type: int
    group_ext_info: _containers.RepeatedCompositeFieldContainer[RTCExtraInfo]
    def __init__(self, group_user: _Optional[_Union[GroupChannelAllUser, _Mapping]] = ..., join_user: _Optional[_Union[GroupPlayer, _Mapping]] = ..., type: _Optional[int] = ..., group_ext_info: _Optional[_Iterable[_Union[RTCExtraInfo, _Mapping]]] = ...) -> None: ...

class GroupChannelAllUser(_message.Message):
    __slots__ = ("group_channel_id", "user_list", "content_version")
    GROUP_CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    USER_LIST_FIELD_NUMBER: _ClassVar[int]
    CONTENT_VERSION_FIELD_NUMBER: _ClassVar[int]
    group_channel_id: int
    user_list: _containers.RepeatedCompositeFieldContainer[GroupChannelUser]
    content_version: int
    def __init__(self, group_channel_id: _Optional[int] = ..., user_list: _Optional[_Iterable[_Union[GroupChannelUser, _Mapping]]] = ..., content_version: _Optional[int] = ...) -> None: ...

class GroupChannelUser(_message.Message):
    __slots__ = ("channel_id", "status", "type", "all_user", "join_time", "linked_time", "owner_user", "group_linkmic_id")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    ALL_USER_FIELD_NUMBER: _ClassVar[int]
    JOIN_TIME_FIELD_NUMBER: _ClassVar[int]
    LINKED_TIME_FIELD_NUMBER: _ClassVar[int]
    OWNER_USER_FIELD_NUMBER: _ClassVar[int]
    GROUP_LINKMIC_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: int
    status: int
    type: int
    all_user: AllListUser
    join_time: int
    linked_time: int
    owner_user: GroupPlayer
    group_linkmic_id: str
    def __init__(self, channel_id: _Optional[int] = ..., status: _Optional[int] = ..., type: _Optional[int] = ..., all_user: _Optional[_Union[AllListUser, _Mapping]] = ..., join_time: _Optional[int] = ..., linked_time: _Optional[int] = ..., owner_user: _Optional[_Union[GroupPlayer, _Mapping]] = ..., group_linkmic_id: _Optional[str] = ...) -> None: ...

class GroupPlayer(_message.Message):
    __slots__ = ("channel_id", "user")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    channel_id: int
    user: _linkmic_pb2.Player
    def __init__(self, channel_id: _Optional[int] = ..., user: _Optional[_Union[_linkmic_pb2.Player, _Mapping]] = ...) -> None: ...

class PermitJoinGroupContent(_message.Message):
    __slots__ = ("approver", "agree_status", "type", "group_ext_info_list", "group_user", "migration_details", "linked_user_ui_positions")
    APPROVER_FIELD_NUMBER: _ClassVar[int]
    AGREE_STATUS_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    GROUP_EXT_INFO_LIST_FIELD_NUMBER: _ClassVar[int]
    GROUP_USER_FIELD_NUMBER: _ClassVar[int]
    MIGRATION_DETAILS_FIELD_NUMBER: _ClassVar[int]
    LINKED_USER_UI_POSITIONS_FIELD_NUMBER: _ClassVar[int]
    approver: GroupPlayer
    agree_status: int
    type: int
    group_ext_info_list: _containers.RepeatedCompositeFieldContainer[RTCExtraInfo]
    group_user: GroupChannelAllUser
    migration_details: MigrationDetails
    linked_user_ui_positions: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, approver: _Optional[_Union[GroupPlayer, _Mapping]] = ..., agree_status: _Optional[int] = ..., type: _Optional[int] = ..., group_ext_info_list: _Optional[_Iterable[_Union[RTCExtraInfo, _Mapping]]] = ..., group_user: _Optional[_Union[GroupChannelAllUser, _Mapping]] = ..., migration_details: _Optional[_Union[MigrationDetails, _Mapping]] = ..., linked_user_ui_positions: _Optional[_Iterable[str]] = ...) -> None: ...

class MigrationDetails(_message.Message):
    __slots__ = ("is_migrate", "source_group_channel_id", "target_group_channel_id")
    IS_MIGRATE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_GROUP_CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    TARGET_GROUP_CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    is_migrate: bool
    source_group_channel_id: int
    target_group_channel_id: int
    def __init__(self, is_migrate: bool = ..., source_group_channel_id: _Optional[int] = ..., target_group_channel_id: _Optional[int] = ...) -> None: ...

class CancelJoinGroupContent(_message.Message):
    __slots__ = ("leaver_list", "operator", "type", "group_user")
    LEAVER_LIST_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    GROUP_USER_FIELD_NUMBER: _ClassVar[int]
    leaver_list: _containers.RepeatedCompositeFieldContainer[GroupPlayer]
    operator: GroupPlayer
    type: int
    group_user: GroupChannelAllUser
    def __init__(self, leaver_list: _Optional[_Iterable[_Union[GroupPlayer, _Mapping]]] = ..., operator: _Optional[_Union[GroupPlayer, _Mapping]] = ..., type: _Optional[int] = ..., group_user: _Optional[_Union[GroupChannelAllUser, _Mapping]] = ...) -> None: ...

class LeaveJoinGroupContent(_message.Message):
    __slots__ = ("operator", "group_channel_id", "leave_source", "linked_user_ui_positions")
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    GROUP_CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    LEAVE_SOURCE_FIELD_NUMBER: _ClassVar[int]
    LINKED_USER_UI_POSITIONS_FIELD_NUMBER: _ClassVar[int]
    operator: GroupPlayer
    group_channel_id: int
    leave_source: str
    linked_user_ui_positions: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, operator: _Optional[_Union[GroupPlayer, _Mapping]] = ..., group_channel_id: _Optional[int] = ..., leave_source: _Optional[str] = ..., linked_user_ui_positions: _Optional[_Iterable[str]] = ...) -> None: ...

class P2PGroupChangeContent(_message.Message):
    __slots__ = ("group_ext_info_list", "group_user", "migration_details", "content_pos")
    GROUP_EXT_INFO_LIST_FIELD_NUMBER: _ClassVar[int]
    GROUP_USER_FIELD_NUMBER: _ClassVar[int]
    MIGRATION_DETAILS_FIELD_NUMBER: _ClassVar[int]
    CONTENT_POS_FIELD_NUMBER: _ClassVar[int]
    group_ext_info_list: _containers.RepeatedCompositeFieldContainer[RTCExtraInfo]
    group_user: GroupChannelAllUser
    migration_details: MigrationDetails
    content_pos: _containers.RepeatedCompositeFieldContainer[ContentPosition]
    def __init__(self, group_ext_info_list: _Optional[_Iterable[_Union[RTCExtraInfo, _Mapping]]] = ..., group_user: _Optional[_Union[GroupChannelAllUser, _Mapping]] = ..., migration_details: _Optional[_Union[MigrationDetails, _Mapping]] = ..., content_pos: _Optional[_Iterable[_Union[ContentPosition, _Mapping]]] = ...) -> None: ...

class GroupChangeContent(_message.Message):
    __slots__ = ("group_user", "linked_user_ui_positions")
    GROUP_USER_FIELD_NUMBER: _ClassVar[int]
    LINKED_USER_UI_POSITIONS_FIELD_NUMBER: _ClassVar[int]
    group_user: GroupChannelAllUser
    linked_user_ui_positions: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, group_user: _Optional[_Union[GroupChannelAllUser, _Mapping]] = ..., linked_user_ui_positions: _Optional[_Iterable[str]] = ...) -> None: ...

class BusinessContent(_message.Message):
    __slots__ = ("over_length", "multi_live_content", "cohost_content")
    OVER_LENGTH_FIELD_NUMBER: _ClassVar[int]
    MULTI_LIVE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    COHOST_CONTENT_FIELD_NUMBER: _ClassVar[int]
    over_length: int
    multi_live_content: MultiLiveContent
    cohost_content: CohostContent
    def __init__(self, over_length: _Optional[int] = ..., multi_live_content: _Optional[_Union[MultiLiveContent, _Mapping]] = ..., cohost_content: _Optional[_Union[CohostContent, _Mapping]] = ...) -> None: ...

class MultiLiveContent(_message.Message):
    __slots__ = ("apply_biz_content", "invite_biz_content", "reply_biz_content", "permit_biz_content", "join_direct_biz_content", "kick_out_biz_content")
    APPLY_BIZ_CONTENT_FIELD_NUMBER: _ClassVar[int]
    INVITE_BIZ_CONTENT_FIELD_NUMBER: _ClassVar[int]
    REPLY_BIZ_CONTENT_FIELD_NUMBER: _ClassVar[int]
    PERMIT_BIZ_CONTENT_FIELD_NUMBER: _ClassVar[int]
    JOIN_DIRECT_BIZ_CONTENT_FIELD_NUMBER: _ClassVar[int]
    KICK_OUT_BIZ_CONTENT_FIELD_NUMBER: _ClassVar[int]
    apply_biz_content: ApplyBizContent
    invite_biz_content: InviteBizContent
    reply_biz_content: ReplyBizContent
    permit_biz_content: PermitBizContent
    join_direct_biz_content: JoinDirectBizContent
    kick_out_biz_content: KickOutBizContent
    def __init__(self, apply_biz_content: _Optional[_Union[ApplyBizContent, _Mapping]] = ..., invite_biz_content: _Optional[_Union[InviteBizContent, _Mapping]] = ..., reply_biz_content: _Optional[_Union[ReplyBizContent, _Mapping]] = ..., permit_biz_content: _Optional[_Union[PermitBizContent, _Mapping]] = ..., join_direct_biz_content: _Optional[_Union[JoinDirectBizContent, _Mapping]] = ..., kick_out_biz_content: _Optional[_Union[KickOutBizContent, _Mapping]] = ...) -> None: ...

class ApplyBizContent(_message.Message):
    __slots__ = ("user",)
    USER_FIELD_NUMBER: _ClassVar[int]
    user: _common_pb2.User
    def __init__(self, user: _Optional[_Union[_common_pb2.User, _Mapping]] = ...) -> None: ...

class InviteBizContent(_message.Message):
    __slots__ = ("anchor_setting_info", "invite_source", "operator_user_info", "operator_link_admin_type", "invitee_user_info", "share_revenue_setting")
    ANCHOR_SETTING_INFO_FIELD_NUMBER: _ClassVar[int]
    INVITE_SOURCE_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_USER_INFO_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_LINK_ADMIN_TYPE_FIELD_NUMBER: _ClassVar[int]
    INVITEE_USER_INFO_FIELD_NUMBER: _ClassVar[int]
    SHARE_REVENUE_SETTING_FIELD_NUMBER: _ClassVar[int]
    anchor_setting_info: _linkmic_pb2.MultiLiveAnchorPanelSettings
    invite_source: int
    operator_user_info: _common_pb2.User
    operator_link_admin_type: int
    invitee_user_info: _common_pb2.User
    share_revenue_setting: int
    def __init__(self, anchor_setting_info: _Optional[_Union[_linkmic_pb2.MultiLiveAnchorPanelSettings, _Mapping]] = ..., invite_source: _Optional[int] = ..., operator_user_info: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., operator_link_admin_type: _Optional[int] = ..., invitee_user_info: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., share_revenue_setting: _Optional[int] = ...) -> None: ...

class ReplyBizContent(_message.Message):
    __slots__ = ("link_type", "is_turn_off_invitation", "reply_user_info")
    LINK_TYPE_FIELD_NUMBER: _ClassVar[int]
    IS_TURN_OFF_INVITATION_FIELD_NUMBER: _ClassVar[int]
    REPLY_USER_INFO_FIELD_NUMBER: _ClassVar[int]
    link_type: int
    is_turn_off_invitation: int
    reply_user_info: _common_pb2.User
    def __init__(self, link_type: _Optional[int] = ..., is_turn_off_invitation: _Optional[int] = ..., reply_user_info: _Optional[_Union[_common_pb2.User, _Mapping]] = ...) -> None: ...

class PermitBizContent(_message.Message):
    __slots__ = ("anchor_setting_info", "expire_timestamp", "operator_user_info", "operator_link_admin_type", "link_user_type")
    ANCHOR_SETTING_INFO_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_USER_INFO_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_LINK_ADMIN_TYPE_FIELD_NUMBER: _ClassVar[int]
    LINK_USER_TYPE_FIELD_NUMBER: _ClassVar[int]
    anchor_setting_info: _linkmic_pb2.MultiLiveAnchorPanelSettings
    expire_timestamp: int
    operator_user_info: _common_pb2.User
    operator_link_admin_type: int
    link_user_type: int
    def __init__(self, anchor_setting_info: _Optional[_Union[_linkmic_pb2.MultiLiveAnchorPanelSettings, _Mapping]] = ..., expire_timestamp: _Optional[int] = ..., operator_user_info: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., operator_link_admin_type: _Optional[int] = ..., link_user_type: _Optional[int] = ...) -> None: ...

class JoinDirectBizContent(_message.Message):
    __slots__ = ("reply_im_msg_id", "outside_room_invite_source")
    REPLY_IM_MSG_ID_FIELD_NUMBER: _ClassVar[int]
    OUTSIDE_ROOM_INVITE_SOURCE_FIELD_NUMBER: _ClassVar[int]
    reply_im_msg_id: int
    outside_room_invite_source: int
    def __init__(self, reply_im_msg_id: _Optional[int] = ..., outside_room_invite_source: _Optional[int] = ...) -> None: ...

class KickOutBizContent(_message.Message):
    __slots__ = ("operator_user_info", "operator_link_admin_type", "kick_player_user_info")
    OPERATOR_USER_INFO_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_LINK_ADMIN_TYPE_FIELD_NUMBER: _ClassVar[int]
    KICK_PLAYER_USER_INFO_FIELD_NUMBER: _ClassVar[int]
    operator_user_info: _common_pb2.User
    operator_link_admin_type: int
    kick_player_user_info: _common_pb2.User
    def __init__(self, operator_user_info: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., operator_link_admin_type: _Optional[int] = ..., kick_player_user_info: _Optional[_Union[_common_pb2.User, _Mapping]] = ...) -> None: ...

class CohostContent(_message.Message):
    __slots__ = ("join_group_biz_content", "permit_join_group_biz_content", "list_change_biz_content")
    JOIN_GROUP_BIZ_CONTENT_FIELD_NUMBER: _ClassVar[int]
    PERMIT_JOIN_GROUP_BIZ_CONTENT_FIELD_NUMBER: _ClassVar[int]
    LIST_CHANGE_BIZ_CONTENT_FIELD_NUMBER: _ClassVar[int]
    join_group_biz_content: JoinGroupBizContent
    permit_join_group_biz_content: PermitJoinGroupBizContent
    list_change_biz_content: ListChangeBizContent
    def __init__(self, join_group_biz_content: _Optional[_Union[JoinGroupBizContent, _Mapping]] = ..., permit_join_group_biz_content: _Optional[_Union[PermitJoinGroupBizContent, _Mapping]] = ..., list_change_biz_content: _Optional[_Union[ListChangeBizContent, _Mapping]] = ...) -> None: ...

class JoinGroupBizContent(_message.Message):
    __slots__ = ("from_room_age_restricted", "from_tag", "dialog", "punish_info", "topic_info", "algo_request_id", "cohost_layout_mode", "tag", "game_tag", "new_user_education", "join_group_msg_extra")
    FROM_ROOM_AGE_RESTRICTED_FIELD_NUMBER: _ClassVar[int]
    FROM_TAG_FIELD_NUMBER: _ClassVar[int]
    DIALOG_FIELD_NUMBER: _ClassVar[int]
    PUNISH_INFO_FIELD_NUMBER: _ClassVar[int]
    TOPIC_INFO_FIELD_NUMBER: _ClassVar[int]
    ALGO_REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    COHOST_LAYOUT_MODE_FIELD_NUMBER: _ClassVar[int]
    TAG_FIELD_NUMBER: _ClassVar[int]
    GAME_TAG_FIELD_NUMBER: _ClassVar[int]
    NEW_USER_EDUCATION_FIELD_NUMBER: _ClassVar[int]
    JOIN_GROUP_MSG_EXTRA_FIELD_NUMBER: _ClassVar[int]
    from_room_age_restricted: int
    from_tag: _linkmic_pb2.Tag
    dialog: _notices_pb2.PerceptionDialogInfo
    punish_info: _notices_pb2.PunishEventInfo
    topic_info: _linkmic_pb2.CohostTopic
    algo_request_id: str
    cohost_layout_mode: int
    tag: JoinGroupBizContentTagV2
    game_tag: RivalsGameTag
    new_user_education: str
    join_group_msg_extra: JoinGroupMessageExtra
    def __init__(self, from_room_age_restricted: _Optional[int] = ..., from_tag: _Optional[_Union[_linkmic_pb2.Tag, _Mapping]] = ..., dialog: _Optional[_Union[_notices_pb2.PerceptionDialogInfo, _Mapping]] = ..., punish_info: _Optional[_Union[_notices_pb2.PunishEventInfo, _Mapping]] = ..., topic_info: _Optional[_Union[_linkmic_pb2.CohostTopic, _Mapping]] = ..., algo_request_id: _Optional[str] = ..., cohost_layout_mode: _Optional[int] = ..., tag: _Optional[_Union[JoinGroupBizContentTagV2, _Mapping]] = ..., game_tag: _Optional[_Union[RivalsGameTag, _Mapping]] = ..., new_user_education: _Optional[str] = ..., join_group_msg_extra: _Optional[_Union[JoinGroupMessageExtra, _Mapping]] = ...) -> None: ...

class JoinGroupBizContentTagV2(_message.Message):
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
    second_degree_relation_content: TagV2SecondDegreeRelationContent
    cohost_history_day: int
    similar_interest_content: _linkmic_pb2.SimilarInterestContent
    def __init__(self, tag_classification: _Optional[int] = ..., tag_type: _Optional[int] = ..., tag_value: _Optional[str] = ..., starling_key: _Optional[str] = ..., second_degree_relation_content: _Optional[_Union[TagV2SecondDegreeRelationContent, _Mapping]] = ..., cohost_history_day: _Optional[int] = ..., similar_interest_content: _Optional[_Union[_linkmic_pb2.SimilarInterestContent, _Mapping]] = ...) -> None: ...

class TagV2SecondDegreeRelationContent(_message.Message):
    __slots__ = ("related_users", "total_related_user_cnt")
    RELATED_USERS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_RELATED_USER_CNT_FIELD_NUMBER: _ClassVar[int]
    related_users: _containers.RepeatedCompositeFieldContainer[TagV2UserInfo]
    total_related_user_cnt: int
    def __init__(self, related_users: _Optional[_Iterable[_Union[TagV2UserInfo, _Mapping]]] = ..., total_related_user_cnt: _Optional[int] = ...) -> None: ...

class TagV2UserInfo(_message.Message):
    __slots__ = ("user_id", "nick_name", "avatar_thumb")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    NICK_NAME_FIELD_NUMBER: _ClassVar[int]
    AVATAR_THUMB_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    nick_name: str
    avatar_thumb: _common_pb2.Image
    def __init__(self, user_id: _Optional[int] = ..., nick_name: _Optional[str] = ..., avatar_thumb: _Optional[_Union[_common_pb2.Image, _Mapping]] = ...) -> None: ...

class RivalsGameTag(_message.Message):
    __slots__ = ("tag_id", "tag_display_text")
    TAG_ID_FIELD_NUMBER: _ClassVar[int]
    TAG_DISPLAY_TEXT_FIELD_NUMBER: _ClassVar[int]
    tag_id: int
    tag_display_text: str
    def __init__(self, tag_id: _Optional[int] = ..., tag_display_text: _Optional[str] = ...) -> None: ...

class JoinGroupMessageExtra(_message.Message):
    __slots__ = ("source_type", "extra", "other_users_list")
    SOURCE_TYPE_FIELD_NUMBER: _ClassVar[int]
    EXTRA_FIELD_NUMBER: _ClassVar[int]
    OTHER_USERS_LIST_FIELD_NUMBER: _ClassVar[int]
    source_type: int
    extra: RivalExtra
    other_users_list: _containers.RepeatedCompositeFieldContainer[RivalExtra]
    def __init__(self, source_type: _Optional[int] = ..., extra: _Optional[_Union[RivalExtra, _Mapping]] = ..., other_users_list: _Optional[_Iterable[_Union[RivalExtra, _Mapping]]] = ...) -> None: ...

class RivalExtra(_message.Message):
    __slots__ = ("user_count", "avatar_thumb", "display_id", "authentication_info", "nickname", "follow_status", "hashtag", "top_host_info", "user_id", "is_best_teammate")
    USER_COUNT_FIELD_NUMBER: _ClassVar[int]
    AVATAR_THUMB_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATION_INFO_FIELD_NUMBER: _ClassVar[int]
    NICKNAME_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_STATUS_FIELD_NUMBER: _ClassVar[int]
    HASHTAG_FIELD_NUMBER: _ClassVar[int]
    TOP_HOST_INFO_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    IS_BEST_TEAMMATE_FIELD_NUMBER: _ClassVar[int]
    user_count: int
    avatar_thumb: _common_pb2.Image
    display_id: str
    authentication_info: RivalExtraAuthenticationInfo
    nickname: str
    follow_status: int
    hashtag: _linkmic_pb2.Hashtag
    top_host_info: _linkmic_pb2.TopHostInfo
    user_id: int
    is_best_teammate: bool
    def __init__(self, user_count: _Optional[int] = ..., avatar_thumb: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., display_id: _Optional[str] = ..., authentication_info: _Optional[_Union[RivalExtraAuthenticationInfo, _Mapping]] = ..., nickname: _Optional[str] = ..., follow_status: _Optional[int] = ..., hashtag: _Optional[_Union[_linkmic_pb2.Hashtag, _Mapping]] = ..., top_host_info: _Optional[_Union[_linkmic_pb2.TopHostInfo, _Mapping]] = ..., user_id: _Optional[int] = ..., is_best_teammate: bool = ...) -> None: ...

class RivalExtraAuthenticationInfo(_message.Message):
    __slots__ = ("custom_verify", "enterprise_verify_reason", "authentication_badge")
    CUSTOM_VERIFY_FIELD_NUMBER: _ClassVar[int]
    ENTERPRISE_VERIFY_REASON_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATION_BADGE_FIELD_NUMBER: _ClassVar[int]
    custom_verify: str
    enterprise_verify_reason: str
    authentication_badge: _common_pb2.Image
    def __init__(self, custom_verify: _Optional[str] = ..., enterprise_verify_reason: _Optional[str] = ..., authentication_badge: _Optional[_Union[_common_pb2.Image, _Mapping]] = ...) -> None: ...

class PermitJoinGroupBizContent(_message.Message):
    __slots__ = ("reply_status", "source_type")
    REPLY_STATUS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_TYPE_FIELD_NUMBER: _ClassVar[int]
    reply_status: int
    source_type: int
    def __init__(self, reply_status: _Optional[int] = ..., source_type: _Optional[int] = ...) -> None: ...

class ListChangeBizContent(_message.Message):
    __slots__ = ("user_infos", "waiting_users")
    class UserInfosEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: int
        value: CohostUserInfo
        def __init__(self, key: _Optional[int] = ..., value: _Optional[_Union[CohostUserInfo, _Mapping]] = ...) -> None: ...
    USER_INFOS_FIELD_NUMBER: _ClassVar[int]
    WAITING_USERS_FIELD_NUMBER: _ClassVar[int]
    user_infos: _containers.RepeatedCompositeFieldContainer[ListChangeBizContent.UserInfosEntry]
    waiting_users: _containers.RepeatedCompositeFieldContainer[VirtualWaitingUser]
    def __init__(self, user_infos: _Optional[_Iterable[_Union[ListChangeBizContent.UserInfosEntry, _Mapping]]] = ..., waiting_users: _Optional[_Iterable[_Union[VirtualWaitingUser, _Mapping]]] = ...) -> None: ...

class CohostUserInfo(_message.Message):
    __slots__ = ("permission_type", "source_type", "is_low_version", "best_teammate_uid", "has_topic_perm", "stream_config", "in_different_invite_type_control_group", "nickname", "display_id", "avatar_thumb", "follow_status", "user_id_str")
    PERMISSION_TYPE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_TYPE_FIELD_NUMBER: _ClassVar[int]
    IS_LOW_VERSION_FIELD_NUMBER: _ClassVar[int]
    BEST_TEAMMATE_UID_FIELD_NUMBER: _ClassVar[int]
    HAS_TOPIC_PERM_FIELD_NUMBER: _ClassVar[int]
    STREAM_CONFIG_FIELD_NUMBER: _ClassVar[int]
    IN_DIFFERENT_INVITE_TYPE_CONTROL_GROUP_FIELD_NUMBER: _ClassVar[int]
    NICKNAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    AVATAR_THUMB_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_STATUS_FIELD_NUMBER: _ClassVar[int]
    USER_ID_STR_FIELD_NUMBER: _ClassVar[int]
    permission_type: int
    source_type: int
    is_low_version: bool
    best_teammate_uid: int
    has_topic_perm: bool
    stream_config: CohostStreamConfig
    in_different_invite_type_control_group: bool
    nickname: str
    display_id: str
    avatar_thumb: _common_pb2.Image
    follow_status: int
    user_id_str: str
    def __init__(self, permission_type: _Optional[int] = ..., source_type: _Optional[int] = ..., is_low_version: bool = ..., best_teammate_uid: _Optional[int] = ..., has_topic_perm: bool = ..., stream_config: _Optional[_Union[CohostStreamConfig, _Mapping]] = ..., in_different_invite_type_control_group: bool = ..., nickname: _Optional[str] = ..., display_id: _Optional[str] = ..., avatar_thumb: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., follow_status: _Optional[int] = ..., user_id_str: _Optional[str] = ...) -> None: ...

class CohostStreamConfig(_message.Message):
    __slots__ = ("screen_share_stream_id",)
    SCREEN_SHARE_STREAM_ID_FIELD_NUMBER: _ClassVar[int]
    screen_share_stream_id: str
    def __init__(self, screen_share_stream_id: _Optional[str] = ...) -> None: ...

class VirtualWaitingUser(_message.Message):
    __slots__ = ("user_id", "timestamp", "avatars")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    AVATARS_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    timestamp: int
    avatars: _containers.RepeatedCompositeFieldContainer[_common_pb2.Image]
    def __init__(self, user_id: _Optional[int] = ..., timestamp: _Optional[int] = ..., avatars: _Optional[_Iterable[_Union[_common_pb2.Image, _Mapping]]] = ...) -> None: ...
