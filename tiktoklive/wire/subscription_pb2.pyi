from tiktoklive.wire import common_pb2 as _common_pb2
from tiktoklive.wire import notices_pb2 as _notices_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ExhibitionType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EXHIBITION_TYPE_DEFAULT: _ClassVar[ExhibitionType]
    EXHIBITION_TYPE_FOLD: _ClassVar[ExhibitionType]
    EXHIBITION_TYPE_PUBLIC_SCREEN: _ClassVar[ExhibitionType]

class GiftSource(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GIFT_SOURCE_UNKNOWN: _ClassVar[GiftSource]
    GIFT_SOURCE_PLATFORM: _ClassVar[GiftSource]
    GIFT_SOURCE_USER_BUY_RANDOM: _ClassVar[GiftSource]
    GIFT_SOURCE_USER_BUY_SPECIFIC: _ClassVar[GiftSource]

class MessageDisplayStyle(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MESSAGE_DISPLAY_STYLE_DEFAULT: _ClassVar[MessageDisplayStyle]
    MESSAGE_DISPLAY_STYLE_POPUP: _ClassVar[MessageDisplayStyle]

class OldSubscribeStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OLD_SUBSCRIBE_STATUS_FIRST: _ClassVar[OldSubscribeStatus]
    OLD_SUBSCRIBE_STATUS_RESUB: _ClassVar[OldSubscribeStatus]
    OLD_SUBSCRIBE_STATUS_SUB_IN_GRACE_PERIOD: _ClassVar[OldSubscribeStatus]
    OLD_SUBSCRIBE_STATUS_SUB_NOT_IN_GRACE_PERIOD: _ClassVar[OldSubscribeStatus]
    OLD_SUBSCRIBE_STATUS_DEFAULT: _ClassVar[OldSubscribeStatus]

class SubNotifyMessageType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUB_NOTIFY_MESSAGE_TYPE_SUB_SUCCESS: _ClassVar[SubNotifyMessageType]
    SUB_NOTIFY_MESSAGE_TYPE_ANCHOR_REMINDER: _ClassVar[SubNotifyMessageType]
    SUB_NOTIFY_MESSAGE_TYPE_ENTER_ROOM_EXPIRE_SOON: _ClassVar[SubNotifyMessageType]
    SUB_NOTIFY_MESSAGE_TYPE_SUB_GOAL_CREATE_TO_ANCHOR: _ClassVar[SubNotifyMessageType]
    SUB_NOTIFY_MESSAGE_TYPE_SUB_GOAL_COMPLETE_TO_AUDIENCE: _ClassVar[SubNotifyMessageType]
    SUB_NOTIFY_MESSAGE_TYPE_SUB_GOAL_COMPLETE_TO_ANCHOR: _ClassVar[SubNotifyMessageType]
    SUB_NOTIFY_MESSAGE_TYPE_SUB_GIFT_TIK_TOK_2_USER_NOTICE: _ClassVar[SubNotifyMessageType]
    SUB_NOTIFY_MESSAGE_TYPE_SUB_GIFT_TIK_TOK_2_ANCHOR_NOTICE: _ClassVar[SubNotifyMessageType]
    SUB_NOTIFY_MESSAGE_TYPE_SUB_GIFT_T_RECEIVES_END_NOTICE: _ClassVar[SubNotifyMessageType]
    SUB_NOTIFY_MESSAGE_TYPE_SUB_GIFTS_END_SUCCEED_ROOM_MESSAGE: _ClassVar[SubNotifyMessageType]
    SUB_NOTIFY_MESSAGE_TYPE_SUB_GIFTS_END_SUCCEED_ANCHOR_NOTICE: _ClassVar[SubNotifyMessageType]
    SUB_NOTIFY_MESSAGE_TYPE_SUB_GIFT_LOW_VERSION_UPGRADE_NOTICE: _ClassVar[SubNotifyMessageType]
    SUB_NOTIFY_MESSAGE_TYPE_SUB_GIFT_USER_BUY_AU_TH_NOTICE: _ClassVar[SubNotifyMessageType]
    SUB_NOTIFY_MESSAGE_TYPE_SUB_COMMON_TEXT_NOTICE: _ClassVar[SubNotifyMessageType]
    SUB_NOTIFY_MESSAGE_TYPE_SUB_MODERATOR_PIN_PERK: _ClassVar[SubNotifyMessageType]

class SubscribeType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUBSCRIBE_TYPE_ONCE: _ClassVar[SubscribeType]
    SUBSCRIBE_TYPE_AUTO: _ClassVar[SubscribeType]
    SUBSCRIBE_TYPE_DEFAULT: _ClassVar[SubscribeType]

class SubscribingStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUBSCRIBING_STATUS_UNKNOWN: _ClassVar[SubscribingStatus]
    SUBSCRIBING_STATUS_ONCE: _ClassVar[SubscribingStatus]
    SUBSCRIBING_STATUS_CIRCLE: _ClassVar[SubscribingStatus]
    SUBSCRIBING_STATUS_CIRCLE_CANCEL: _ClassVar[SubscribingStatus]
    SUBSCRIBING_STATUS_REFUND: _ClassVar[SubscribingStatus]
    SUBSCRIBING_STATUS_IN_GRACE_PERIOD: _ClassVar[SubscribingStatus]
    SUBSCRIBING_STATUS_NOT_IN_GRACE_PERIOD: _ClassVar[SubscribingStatus]

class SubPinEventActionType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUB_PIN_EVENT_ACTION_TYPE_UNKNOWN: _ClassVar[SubPinEventActionType]
    SUB_PIN_EVENT_ACTION_TYPE_PIN: _ClassVar[SubPinEventActionType]
    SUB_PIN_EVENT_ACTION_TYPE_UNPIN: _ClassVar[SubPinEventActionType]

class PinCardType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PIN_CARD_TYPE_UNKNOWN_PIN_CARD_TYPE: _ClassVar[PinCardType]
    PIN_CARD_TYPE_CUSTOMIZED_BENEFIT_ENUM: _ClassVar[PinCardType]
    PIN_CARD_TYPE_SUB_GOAL_ENUM: _ClassVar[PinCardType]

class SubPinCardTextValueType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUB_PIN_CARD_TEXT_VALUE_TYPE_UNKNOWN_TEXT_TYPE: _ClassVar[SubPinCardTextValueType]
    SUB_PIN_CARD_TEXT_VALUE_TYPE_ORIGINAL_TEXT: _ClassVar[SubPinCardTextValueType]
    SUB_PIN_CARD_TEXT_VALUE_TYPE_STARLING_KEY: _ClassVar[SubPinCardTextValueType]
EXHIBITION_TYPE_DEFAULT: ExhibitionType
EXHIBITION_TYPE_FOLD: ExhibitionType
EXHIBITION_TYPE_PUBLIC_SCREEN: ExhibitionType
GIFT_SOURCE_UNKNOWN: GiftSource
GIFT_SOURCE_PLATFORM: GiftSource
GIFT_SOURCE_USER_BUY_RANDOM: GiftSource
GIFT_SOURCE_USER_BUY_SPECIFIC: GiftSource
MESSAGE_DISPLAY_STYLE_DEFAULT: MessageDisplayStyle
MESSAGE_DISPLAY_STYLE_POPUP: MessageDisplayStyle
OLD_SUBSCRIBE_STATUS_FIRST: OldSubscribeStatus
OLD_SUBSCRIBE_STATUS_RESUB: OldSubscribeStatus
OLD_SUBSCRIBE_STATUS_SUB_IN_GRACE_PERIOD: OldSubscribeStatus
OLD_SUBSCRIBE_STATUS_SUB_NOT_IN_GRACE_PERIOD: OldSubscribeStatus
OLD_SUBSCRIBE_STATUS_DEFAULT: OldSubscribeStatus
SUB_NOTIFY_MESSAGE_TYPE_SUB_SUCCESS: SubNotifyMessageType
SUB_NOTIFY_MESSAGE_TYPE_ANCHOR_REMINDER: SubNotifyMessageType
SUB_NOTIFY_MESSAGE_TYPE_ENTER_ROOM_EXPIRE_SOON: SubNotifyMessageType
SUB_NOTIFY_MESSAGE_TYPE_SUB_GOAL_CREATE_TO_ANCHOR: SubNotifyMessageType
SUB_NOTIFY_MESSAGE_TYPE_SUB_GOAL_COMPLETE_TO_AUDIENCE: SubNotifyMessageType
SUB_NOTIFY_MESSAGE_TYPE_SUB_GOAL_COMPLETE_TO_ANCHOR: SubNotifyMessageType
SUB_NOTIFY_MESSAGE_TYPE_SUB_GIFT_TIK_TOK_2_USER_NOTICE: SubNotifyMessageType
SUB_NOTIFY_MESSAGE_TYPE_SUB_GIFT_TIK_TOK_2_ANCHOR_NOTICE: SubNotifyMessageType
SUB_NOTIFY_MESSAGE_TYPE_SUB_GIFT_T_RECEIVES_END_NOTICE: SubNotifyMessageType
SUB_NOTIFY_MESSAGE_TYPE_SUB_GIFTS_END_SUCCEED_ROOM_MESSAGE: SubNotifyMessageType
SUB_NOTIFY_MESSAGE_TYPE_SUB_GIFTS_END_SUCCEED_ANCHOR_NOTICE: SubNotifyMessageType
SUB_NOTIFY_MESSAGE_TYPE_SUB_GIFT_LOW_VERSION_UPGRADE_NOTICE: SubNotifyMessageType
SUB_NOTIFY_MESSAGE_TYPE_SUB_GIFT_USER_BUY_AU_TH_NOTICE: SubNotifyMessageType
SUB_NOTIFY_MESSAGE_TYPE_SUB_COMMON_TEXT_NOTICE: SubNotifyMessageType
SUB_NOTIFY_MESSAGE_TYPE_SUB_MODERATOR_PIN_PERK: SubNotifyMessageType
SUBSCRIBE_TYPE_ONCE: SubscribeType
SUBSCRIBE_TYPE_AUTO: SubscribeType
SUBSCRIBE_TYPE_DEFAULT: SubscribeType
SUBSCRIBING_STATUS_UNKNOWN: SubscribingStatus
SUBSCRIBING_STATUS_ONCE: SubscribingStatus
SUBSCRIBING_STATUS_CIRCLE: SubscribingStatus
SUBSCRIBING_STATUS_CIRCLE_CANCEL: SubscribingStatus
SUBSCRIBING_STATUS_REFUND: SubscribingStatus
SUBSCRIBING_STATUS_IN_GRACE_PERIOD: SubscribingStatus
SUBSCRIBING_STATUS_NOT_IN_GRACE_PERIOD: SubscribingStatus
SUB_PIN_EVENT_ACTION_TYPE_UNKNOWN: SubPinEventActionType
SUB_PIN_EVENT_ACTION_TYPE_PIN: SubPinEventActionType
SUB_PIN_EVENT_ACTION_TYPE_UNPIN: SubPinEventActionType
PIN_CARD_TYPE_UNKNOWN_PIN_CARD_TYPE: PinCardType
PIN_CARD_TYPE_CUSTOMIZED_BENEFIT_ENUM: PinCardType
PIN_CARD_TYPE_SUB_GOAL_ENUM: PinCardType
SUB_PIN_CARD_TEXT_VALUE_TYPE_UNKNOWN_TEXT_TYPE: SubPinCardTextValueType
SUB_PIN_CARD_TEXT_VALUE_TYPE_ORIGINAL_TEXT: SubPinCardTextValueType
SUB_PIN_CARD_TEXT_VALUE_TYPE_STARLING_KEY: SubPinCardTextValueType

class WebcastSubNotifyMessage(_message.Message):
    __slots__ = ("common", "sender", "exhibition_type", "sub_month", "subscribe_type", "old_subscribe_status", "message_type", "subscribing_status", "is_send", "is_custom", "gift_source", "message_display_style", "public_area_message_common", "package_id", "event_tracking")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    EXHIBITION_TYPE_FIELD_NUMBER: _ClassVar[int]
    SUB_MONTH_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBE_TYPE_FIELD_NUMBER: _ClassVar[int]
    OLD_SUBSCRIBE_STATUS_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_TYPE_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBING_STATUS_FIELD_NUMBER: _ClassVar[int]
    IS_SEND_FIELD_NUMBER: _ClassVar[int]
    IS_CUSTOM_FIELD_NUMBER: _ClassVar[int]
    GIFT_SOURCE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_DISPLAY_STYLE_FIELD_NUMBER: _ClassVar[int]
    PUBLIC_AREA_MESSAGE_COMMON_FIELD_NUMBER: _ClassVar[int]
    PACKAGE_ID_FIELD_NUMBER: _ClassVar[int]
    EVENT_TRACKING_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    sender: _common_pb2.User
    exhibition_type: int
    sub_month: int
    subscribe_type: int
    old_subscribe_status: int
    message_type: int
    subscribing_status: int
    is_send: bool
    is_custom: bool
    gift_source: int
    message_display_style: int
    public_area_message_common: _common_pb2.PublicAreaMessageCommon
    package_id: str
    event_tracking: _notices_pb2.EventTracking
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., sender: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., exhibition_type: _Optional[int] = ..., sub_month: _Optional[int] = ..., subscribe_type: _Optional[int] = ..., old_subscribe_status: _Optional[int] = ..., message_type: _Optional[int] = ..., subscribing_status: _Optional[int] = ..., is_send: bool = ..., is_custom: bool = ..., gift_source: _Optional[int] = ..., message_display_style: _Optional[int] = ..., public_area_message_common: _Optional[_Union[_common_pb2.PublicAreaMessageCommon, _Mapping]] = ..., package_id: _Optional[str] = ..., event_tracking: _Optional[_Union[_notices_pb2.EventTracking, _Mapping]] = ...) -> None: ...

class WebcastSubCapsuleMessage(_message.Message):
    __slots__ = ("common", "description", "btn_name", "btn_url", "capsule_scene", "from_user_id")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    BTN_NAME_FIELD_NUMBER: _ClassVar[int]
    BTN_URL_FIELD_NUMBER: _ClassVar[int]
    CAPSULE_SCENE_FIELD_NUMBER: _ClassVar[int]
    FROM_USER_ID_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    description: _common_pb2.Text
    btn_name: _common_pb2.Text
    btn_url: str
    capsule_scene: str
    from_user_id: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., description: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., btn_name: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., btn_url: _Optional[str] = ..., capsule_scene: _Optional[str] = ..., from_user_id: _Optional[int] = ...) -> None: ...

class WebcastSubPinEventMessage(_message.Message):
    __slots__ = ("common", "action_type", "card", "operator_user_id")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    ACTION_TYPE_FIELD_NUMBER: _ClassVar[int]
    CARD_FIELD_NUMBER: _ClassVar[int]
    OPERATOR_USER_ID_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    action_type: int
    card: SubPinCard
    operator_user_id: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., action_type: _Optional[int] = ..., card: _Optional[_Union[SubPinCard, _Mapping]] = ..., operator_user_id: _Optional[int] = ...) -> None: ...

class SubPinCard(_message.Message):
    __slots__ = ("time_to_live", "title", "desc", "image", "type", "id", "template_id", "goal_pin_card")
    TIME_TO_LIVE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DESC_FIELD_NUMBER: _ClassVar[int]
    IMAGE_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    TEMPLATE_ID_FIELD_NUMBER: _ClassVar[int]
    GOAL_PIN_CARD_FIELD_NUMBER: _ClassVar[int]
    time_to_live: int
    title: SubPinCardTextValue
    desc: SubPinCardTextValue
    image: _common_pb2.Image
    type: int
    id: int
    template_id: int
    goal_pin_card: SubGoalPinCard
    def __init__(self, time_to_live: _Optional[int] = ..., title: _Optional[_Union[SubPinCardTextValue, _Mapping]] = ..., desc: _Optional[_Union[SubPinCardTextValue, _Mapping]] = ..., image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., type: _Optional[int] = ..., id: _Optional[int] = ..., template_id: _Optional[int] = ..., goal_pin_card: _Optional[_Union[SubGoalPinCard, _Mapping]] = ...) -> None: ...

class SubPinCardTextValue(_message.Message):
    __slots__ = ("type", "content")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    type: int
    content: str
    def __init__(self, type: _Optional[int] = ..., content: _Optional[str] = ...) -> None: ...

class SubGoalPinCard(_message.Message):
    __slots__ = ("goal_id", "time_to_live", "desc", "target", "progress")
    GOAL_ID_FIELD_NUMBER: _ClassVar[int]
    TIME_TO_LIVE_FIELD_NUMBER: _ClassVar[int]
    DESC_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    goal_id: int
    time_to_live: int
    desc: SubPinCardText
    target: int
    progress: int
    def __init__(self, goal_id: _Optional[int] = ..., time_to_live: _Optional[int] = ..., desc: _Optional[_Union[SubPinCardText, _Mapping]] = ..., target: _Optional[int] = ..., progress: _Optional[int] = ...) -> None: ...

class SubPinCardText(_message.Message):
    __slots__ = ("type", "content")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    type: int
    content: str
    def __init__(self, type: _Optional[int] = ..., content: _Optional[str] = ...) -> None: ...

class WebcastSubscriptionNotifyMessage(_message.Message):
    __slots__ = ("common", "user", "exhibition_type")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    EXHIBITION_TYPE_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    user: _common_pb2.User
    exhibition_type: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., user: _Optional[_Union[_common_pb2.User, _Mapping]] = ..., exhibition_type: _Optional[int] = ...) -> None: ...
