from tiktoklive.wire import audience_pb2 as _audience_pb2
from tiktoklive.wire import common_pb2 as _common_pb2
from tiktoklive.wire import gifts_pb2 as _gifts_pb2
from tiktoklive.wire import giving_pb2 as _giving_pb2
from tiktoklive.wire import notices_pb2 as _notices_pb2
from tiktoklive.wire import speech_pb2 as _speech_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ControlAction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONTROL_ACTION_UNKNOWN: _ClassVar[ControlAction]
    CONTROL_ACTION_STREAM_PAUSED: _ClassVar[ControlAction]
    CONTROL_ACTION_STREAM_UNPAUSED: _ClassVar[ControlAction]
    CONTROL_ACTION_STREAM_ENDED: _ClassVar[ControlAction]
    CONTROL_ACTION_STREAM_SUSPENDED: _ClassVar[ControlAction]

class PollKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    POLL_KIND_NORMAL: _ClassVar[PollKind]
    POLL_KIND_GIFT: _ClassVar[PollKind]
    POLL_KIND_CUSTOMIZABLE: _ClassVar[PollKind]
    POLL_KIND_CUSTOMIZABLE_GIFT: _ClassVar[PollKind]
    POLL_KIND_QUICK_GIFT: _ClassVar[PollKind]
    POLL_KIND_EMOTE: _ClassVar[PollKind]

class PollEndType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    POLL_END_TYPE_TIME: _ClassVar[PollEndType]
    POLL_END_TYPE_OWNER: _ClassVar[PollEndType]
    POLL_END_TYPE_OTHER: _ClassVar[PollEndType]
    POLL_END_TYPE_ADMIN: _ClassVar[PollEndType]

class PollAppealStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    POLL_APPEAL_STATUS_UNKNOWN: _ClassVar[PollAppealStatus]
    POLL_APPEAL_STATUS_PASS: _ClassVar[PollAppealStatus]
    POLL_APPEAL_STATUS_FAIL: _ClassVar[PollAppealStatus]

class PollTemplateStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    POLL_TEMPLATE_STATUS_TO_BE_REVIEWED: _ClassVar[PollTemplateStatus]
    POLL_TEMPLATE_STATUS_UNDER_REVIEW: _ClassVar[PollTemplateStatus]
    POLL_TEMPLATE_STATUS_REVIEWED: _ClassVar[PollTemplateStatus]
    POLL_TEMPLATE_STATUS_REFUSED: _ClassVar[PollTemplateStatus]
CONTROL_ACTION_UNKNOWN: ControlAction
CONTROL_ACTION_STREAM_PAUSED: ControlAction
CONTROL_ACTION_STREAM_UNPAUSED: ControlAction
CONTROL_ACTION_STREAM_ENDED: ControlAction
CONTROL_ACTION_STREAM_SUSPENDED: ControlAction
POLL_KIND_NORMAL: PollKind
POLL_KIND_GIFT: PollKind
POLL_KIND_CUSTOMIZABLE: PollKind
POLL_KIND_CUSTOMIZABLE_GIFT: PollKind
POLL_KIND_QUICK_GIFT: PollKind
POLL_KIND_EMOTE: PollKind
POLL_END_TYPE_TIME: PollEndType
POLL_END_TYPE_OWNER: PollEndType
POLL_END_TYPE_OTHER: PollEndType
POLL_END_TYPE_ADMIN: PollEndType
POLL_APPEAL_STATUS_UNKNOWN: PollAppealStatus
POLL_APPEAL_STATUS_PASS: PollAppealStatus
POLL_APPEAL_STATUS_FAIL: PollAppealStatus
POLL_TEMPLATE_STATUS_TO_BE_REVIEWED: PollTemplateStatus
POLL_TEMPLATE_STATUS_UNDER_REVIEW: PollTemplateStatus
POLL_TEMPLATE_STATUS_REVIEWED: PollTemplateStatus
POLL_TEMPLATE_STATUS_REFUSED: PollTemplateStatus

class WebcastControlMessage(_message.Message):
    __slots__ = ("common", "action", "tips", "extra", "perception_dialog", "perception_audience_text", "punish_info", "float_text", "float_style")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    TIPS_FIELD_NUMBER: _ClassVar[int]
    EXTRA_FIELD_NUMBER: _ClassVar[int]
    PERCEPTION_DIALOG_FIELD_NUMBER: _ClassVar[int]
    PERCEPTION_AUDIENCE_TEXT_FIELD_NUMBER: _ClassVar[int]
    PUNISH_INFO_FIELD_NUMBER: _ClassVar[int]
    FLOAT_TEXT_FIELD_NUMBER: _ClassVar[int]
    FLOAT_STYLE_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    action: int
    tips: str
    extra: ControlExtra
    perception_dialog: _notices_pb2.PerceptionDialogInfo
    perception_audience_text: _common_pb2.Text
    punish_info: _notices_pb2.PunishEventInfo
    float_text: _common_pb2.Text
    float_style: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., action: _Optional[int] = ..., tips: _Optional[str] = ..., extra: _Optional[_Union[ControlExtra, _Mapping]] = ..., perception_dialog: _Optional[_Union[_notices_pb2.PerceptionDialogInfo, _Mapping]] = ..., perception_audience_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., punish_info: _Optional[_Union[_notices_pb2.PunishEventInfo, _Mapping]] = ..., float_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., float_style: _Optional[int] = ...) -> None: ...

class ControlExtra(_message.Message):
    __slots__ = ("ban_info_url", "reason_no", "title", "violation_reason", "content", "got_it_button", "ban_detail_button", "source")
    BAN_INFO_URL_FIELD_NUMBER: _ClassVar[int]
    REASON_NO_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    VIOLATION_REASON_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    GOT_IT_BUTTON_FIELD_NUMBER: _ClassVar[int]
    BAN_DETAIL_BUTTON_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    ban_info_url: str
    reason_no: int
    title: _common_pb2.Text
    violation_reason: _common_pb2.Text
    content: _common_pb2.Text
    got_it_button: _common_pb2.Text
    ban_detail_button: _common_pb2.Text
    source: str
    def __init__(self, ban_info_url: _Optional[str] = ..., reason_no: _Optional[int] = ..., title: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., violation_reason: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., got_it_button: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., ban_detail_button: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., source: _Optional[str] = ...) -> None: ...

class WebcastMsgDetectMessage(_message.Message):
    __slots__ = ("common", "detect_type", "trigger_condition", "time_info", "trigger_by", "from_region")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    DETECT_TYPE_FIELD_NUMBER: _ClassVar[int]
    TRIGGER_CONDITION_FIELD_NUMBER: _ClassVar[int]
    TIME_INFO_FIELD_NUMBER: _ClassVar[int]
    TRIGGER_BY_FIELD_NUMBER: _ClassVar[int]
    FROM_REGION_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    detect_type: int
    trigger_condition: TriggerCondition
    time_info: TimeInfo
    trigger_by: int
    from_region: str
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., detect_type: _Optional[int] = ..., trigger_condition: _Optional[_Union[TriggerCondition, _Mapping]] = ..., time_info: _Optional[_Union[TimeInfo, _Mapping]] = ..., trigger_by: _Optional[int] = ..., from_region: _Optional[str] = ...) -> None: ...

class TriggerCondition(_message.Message):
    __slots__ = ("uplink_detect_http", "uplink_detect_web_socket", "detect_p2_p_msg", "detect_room_msg", "http_optimize")
    UPLINK_DETECT_HTTP_FIELD_NUMBER: _ClassVar[int]
    UPLINK_DETECT_WEB_SOCKET_FIELD_NUMBER: _ClassVar[int]
    DETECT_P2_P_MSG_FIELD_NUMBER: _ClassVar[int]
    DETECT_ROOM_MSG_FIELD_NUMBER: _ClassVar[int]
    HTTP_OPTIMIZE_FIELD_NUMBER: _ClassVar[int]
    uplink_detect_http: bool
    uplink_detect_web_socket: bool
    detect_p2_p_msg: bool
    detect_room_msg: bool
    http_optimize: bool
    def __init__(self, uplink_detect_http: bool = ..., uplink_detect_web_socket: bool = ..., detect_p2_p_msg: bool = ..., detect_room_msg: bool = ..., http_optimize: bool = ...) -> None: ...

class TimeInfo(_message.Message):
    __slots__ = ("client_start_ms", "api_recv_time_ms", "api_send_to_goim_ms")
    CLIENT_START_MS_FIELD_NUMBER: _ClassVar[int]
    API_RECV_TIME_MS_FIELD_NUMBER: _ClassVar[int]
    API_SEND_TO_GOIM_MS_FIELD_NUMBER: _ClassVar[int]
    client_start_ms: int
    api_recv_time_ms: int
    api_send_to_goim_ms: int
    def __init__(self, client_start_ms: _Optional[int] = ..., api_recv_time_ms: _Optional[int] = ..., api_send_to_goim_ms: _Optional[int] = ...) -> None: ...

class WebcastPollMessage(_message.Message):
    __slots__ = ("common", "message_type", "poll_id", "start_content", "end_content", "update_content", "poll_kind", "poll_basic_info", "template_content")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_TYPE_FIELD_NUMBER: _ClassVar[int]
    POLL_ID_FIELD_NUMBER: _ClassVar[int]
    START_CONTENT_FIELD_NUMBER: _ClassVar[int]
    END_CONTENT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    POLL_KIND_FIELD_NUMBER: _ClassVar[int]
    POLL_BASIC_INFO_FIELD_NUMBER: _ClassVar[int]
    TEMPLATE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    message_type: int
    poll_id: int
    start_content: PollStartContent
    end_content: PollEndContent
    update_content: PollUpdateVotesContent
    poll_kind: int
    poll_basic_info: PollBasicInfo
    template_content: TemplateContent
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., message_type: _Optional[int] = ..., poll_id: _Optional[int] = ..., start_content: _Optional[_Union[PollStartContent, _Mapping]] = ..., end_content: _Optional[_Union[PollEndContent, _Mapping]] = ..., update_content: _Optional[_Union[PollUpdateVotesContent, _Mapping]] = ..., poll_kind: _Optional[int] = ..., poll_basic_info: _Optional[_Union[PollBasicInfo, _Mapping]] = ..., template_content: _Optional[_Union[TemplateContent, _Mapping]] = ...) -> None: ...

class PollStartContent(_message.Message):
    __slots__ = ("start_time", "end_time", "option_list", "title", "operator")
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    OPTION_LIST_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    start_time: int
    end_time: int
    option_list: _containers.RepeatedCompositeFieldContainer[PollOptionInfo]
    title: str
    operator: _common_pb2.User
    def __init__(self, start_time: _Optional[int] = ..., end_time: _Optional[int] = ..., option_list: _Optional[_Iterable[_Union[PollOptionInfo, _Mapping]]] = ..., title: _Optional[str] = ..., operator: _Optional[_Union[_common_pb2.User, _Mapping]] = ...) -> None: ...

class PollOptionInfo(_message.Message):
    __slots__ = ("votes", "display_content", "option_idx", "vote_user_list")
    VOTES_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_CONTENT_FIELD_NUMBER: _ClassVar[int]
    OPTION_IDX_FIELD_NUMBER: _ClassVar[int]
    VOTE_USER_LIST_FIELD_NUMBER: _ClassVar[int]
    votes: int
    display_content: str
    option_idx: int
    vote_user_list: _containers.RepeatedCompositeFieldContainer[VoteUser]
    def __init__(self, votes: _Optional[int] = ..., display_content: _Optional[str] = ..., option_idx: _Optional[int] = ..., vote_user_list: _Optional[_Iterable[_Union[VoteUser, _Mapping]]] = ...) -> None: ...

class VoteUser(_message.Message):
    __slots__ = ("user_id", "nick_name", "avatar_thumb")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    NICK_NAME_FIELD_NUMBER: _ClassVar[int]
    AVATAR_THUMB_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    nick_name: str
    avatar_thumb: _common_pb2.Image
    def __init__(self, user_id: _Optional[int] = ..., nick_name: _Optional[str] = ..., avatar_thumb: _Optional[_Union[_common_pb2.Image, _Mapping]] = ...) -> None: ...

class PollEndContent(_message.Message):
    __slots__ = ("end_type", "option_list", "operator")
    END_TYPE_FIELD_NUMBER: _ClassVar[int]
    OPTION_LIST_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    end_type: int
    option_list: _containers.RepeatedCompositeFieldContainer[PollOptionInfo]
    operator: _common_pb2.User
    def __init__(self, end_type: _Optional[int] = ..., option_list: _Optional[_Iterable[_Union[PollOptionInfo, _Mapping]]] = ..., operator: _Optional[_Union[_common_pb2.User, _Mapping]] = ...) -> None: ...

class PollUpdateVotesContent(_message.Message):
    __slots__ = ("option_list",)
    OPTION_LIST_FIELD_NUMBER: _ClassVar[int]
    option_list: _containers.RepeatedCompositeFieldContainer[PollOptionInfo]
    def __init__(self, option_list: _Optional[_Iterable[_Union[PollOptionInfo, _Mapping]]] = ...) -> None: ...

class PollBasicInfo(_message.Message):
    __slots__ = ("poll_sponsor", "gift_id", "title", "is_suggested_question", "user_cnt", "gift", "poll_id_str", "suggested_question_key", "poll_duration", "time_remain", "poll_index", "template_id")
    POLL_SPONSOR_FIELD_NUMBER: _ClassVar[int]
    GIFT_ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    IS_SUGGESTED_QUESTION_FIELD_NUMBER: _ClassVar[int]
    USER_CNT_FIELD_NUMBER: _ClassVar[int]
    GIFT_FIELD_NUMBER: _ClassVar[int]
    POLL_ID_STR_FIELD_NUMBER: _ClassVar[int]
    SUGGESTED_QUESTION_KEY_FIELD_NUMBER: _ClassVar[int]
    POLL_DURATION_FIELD_NUMBER: _ClassVar[int]
    TIME_REMAIN_FIELD_NUMBER: _ClassVar[int]
    POLL_INDEX_FIELD_NUMBER: _ClassVar[int]
    TEMPLATE_ID_FIELD_NUMBER: _ClassVar[int]
    poll_sponsor: str
    gift_id: int
    title: str
    is_suggested_question: bool
    user_cnt: int
    gift: _gifts_pb2.GiftStruct
    poll_id_str: str
    suggested_question_key: str
    poll_duration: int
    time_remain: int
    poll_index: int
    template_id: int
    def __init__(self, poll_sponsor: _Optional[str] = ..., gift_id: _Optional[int] = ..., title: _Optional[str] = ..., is_suggested_question: bool = ..., user_cnt: _Optional[int] = ..., gift: _Optional[_Union[_gifts_pb2.GiftStruct, _Mapping]] = ..., poll_id_str: _Optional[str] = ..., suggested_question_key: _Optional[str] = ..., poll_duration: _Optional[int] = ..., time_remain: _Optional[int] = ..., poll_index: _Optional[int] = ..., template_id: _Optional[int] = ...) -> None: ...

class TemplateContent(_message.Message):
    __slots__ = ("template_id", "template_id_str", "status", "poll_kind", "appeal_status", "violation_id_str")
    TEMPLATE_ID_FIELD_NUMBER: _ClassVar[int]
    TEMPLATE_ID_STR_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    POLL_KIND_FIELD_NUMBER: _ClassVar[int]
    APPEAL_STATUS_FIELD_NUMBER: _ClassVar[int]
    VIOLATION_ID_STR_FIELD_NUMBER: _ClassVar[int]
    template_id: int
    template_id_str: str
    status: int
    poll_kind: int
    appeal_status: int
    violation_id_str: str
    def __init__(self, template_id: _Optional[int] = ..., template_id_str: _Optional[str] = ..., status: _Optional[int] = ..., poll_kind: _Optional[int] = ..., appeal_status: _Optional[int] = ..., violation_id_str: _Optional[str] = ...) -> None: ...

class WebcastRoomPinMessage(_message.Message):
    __slots__ = ("common", "pinned_message", "social_message", "gift_message", "member_message", "like_message", "original_msg_type", "timestamp", "operator", "action", "display_duration", "pin_id", "ec_streamer_key")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    PINNED_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    SOCIAL_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    GIFT_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    MEMBER_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    LIKE_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    ORIGINAL_MSG_TYPE_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_DURATION_FIELD_NUMBER: _ClassVar[int]
    PIN_ID_FIELD_NUMBER: _ClassVar[int]
    EC_STREAMER_KEY_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    pinned_message: _speech_pb2.WebcastChatMessage
    social_message: _audience_pb2.WebcastSocialMessage
    gift_message: _giving_pb2.WebcastGiftMessage
    member_message: _audience_pb2.WebcastMemberMessage
    like_message: _audience_pb2.WebcastLikeMessage
    original_msg_type: str
    timestamp: int
    operator: _common_pb2.User
    action: int
    display_duration: int
    pin_id: int
    ec_streamer_key: str
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., pinned_message: _Optional[_Union[_speech_pb2.WebcastChatMessage, _Mapping]] = ..., social_message: _Optional[_Union[_audience_pb2.WebcastSocialMessage, _Mapping]] = ..., gift_message: _Optional[_Union[_giving_pb2.WebcastGiftMessage, _Mapping]] = ..., member_message: _Optional[_Union[_audience_pb2.WebcastMemberMessage, _Mapping]] = ..., like_message: _Optional[_Union[_audience_pb2.WebcastLikeMessage, _Mapping]] = ..., original_msg_type: _Optional[str] = ..., timestamp: _Optional[int] = ..., operator: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., action: _Optional[int] = ..., display_duration: _Optional[int] = ..., pin_id: _Optional[int] = ..., ec_streamer_key: _Optional[str] = ...) -> None: ...
