from tiktoklive.wire import common_pb2 as _common_pb2
from tiktoklive.wire import notices_pb2 as _notices_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ChangeMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHANGE_MODE_SHOW: _ClassVar[ChangeMode]
    CHANGE_MODE_UPDATE: _ClassVar[ChangeMode]
    CHANGE_MODE_CLOSE: _ClassVar[ChangeMode]

class OfflineType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OFFLINE_TYPE_TASK_OFFLINE: _ClassVar[OfflineType]
    OFFLINE_TYPE_EVENT_OFFLINE: _ClassVar[OfflineType]
    OFFLINE_TYPE_DROPS_OFFLINE: _ClassVar[OfflineType]
CHANGE_MODE_SHOW: ChangeMode
CHANGE_MODE_UPDATE: ChangeMode
CHANGE_MODE_CLOSE: ChangeMode
OFFLINE_TYPE_TASK_OFFLINE: OfflineType
OFFLINE_TYPE_EVENT_OFFLINE: OfflineType
OFFLINE_TYPE_DROPS_OFFLINE: OfflineType

class WebcastLiveGameIntroMessage(_message.Message):
    __slots__ = ("common", "game_text", "has_rank_info")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    GAME_TEXT_FIELD_NUMBER: _ClassVar[int]
    HAS_RANK_INFO_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    game_text: _common_pb2.Text
    has_rank_info: bool
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., game_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., has_rank_info: bool = ...) -> None: ...

class WebcastOecLiveShoppingMessage(_message.Message):
    __slots__ = ("common", "data1", "unknown_3", "shop_data", "shop_timings", "details")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    DATA1_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_3_FIELD_NUMBER: _ClassVar[int]
    SHOP_DATA_FIELD_NUMBER: _ClassVar[int]
    SHOP_TIMINGS_FIELD_NUMBER: _ClassVar[int]
    DETAILS_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    data1: int
    unknown_3: int
    shop_data: LiveShoppingData
    shop_timings: TimeStampContainer
    details: LiveShoppingDetails
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., data1: _Optional[int] = ..., unknown_3: _Optional[int] = ..., shop_data: _Optional[_Union[LiveShoppingData, _Mapping]] = ..., shop_timings: _Optional[_Union[TimeStampContainer, _Mapping]] = ..., details: _Optional[_Union[LiveShoppingDetails, _Mapping]] = ...) -> None: ...

class LiveShoppingData(_message.Message):
    __slots__ = ("title", "price_string", "image_url", "shop_url", "data1", "shop_name", "data2", "shop_url2", "data3", "data4")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    PRICE_STRING_FIELD_NUMBER: _ClassVar[int]
    IMAGE_URL_FIELD_NUMBER: _ClassVar[int]
    SHOP_URL_FIELD_NUMBER: _ClassVar[int]
    DATA1_FIELD_NUMBER: _ClassVar[int]
    SHOP_NAME_FIELD_NUMBER: _ClassVar[int]
    DATA2_FIELD_NUMBER: _ClassVar[int]
    SHOP_URL2_FIELD_NUMBER: _ClassVar[int]
    DATA3_FIELD_NUMBER: _ClassVar[int]
    DATA4_FIELD_NUMBER: _ClassVar[int]
    title: str
    price_string: str
    image_url: str
    shop_url: str
    data1: int
    shop_name: str
    data2: int
    shop_url2: str
    data3: int
    data4: int
    def __init__(self, title: _Optional[str] = ..., price_string: _Optional[str] = ..., image_url: _Optional[str] = ..., shop_url: _Optional[str] = ..., data1: _Optional[int] = ..., shop_name: _Optional[str] = ..., data2: _Optional[int] = ..., shop_url2: _Optional[str] = ..., data3: _Optional[int] = ..., data4: _Optional[int] = ...) -> None: ...

class TimeStampContainer(_message.Message):
    __slots__ = ("timestamp1", "timestamp2", "timestamp3")
    TIMESTAMP1_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP2_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP3_FIELD_NUMBER: _ClassVar[int]
    timestamp1: int
    timestamp2: int
    timestamp3: int
    def __init__(self, timestamp1: _Optional[int] = ..., timestamp2: _Optional[int] = ..., timestamp3: _Optional[int] = ...) -> None: ...

class LiveShoppingDetails(_message.Message):
    __slots__ = ("id1", "data1", "data2", "timestamp", "data")
    ID1_FIELD_NUMBER: _ClassVar[int]
    DATA1_FIELD_NUMBER: _ClassVar[int]
    DATA2_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    id1: str
    data1: str
    data2: int
    timestamp: int
    data: _common_pb2.TextPiece
    def __init__(self, id1: _Optional[str] = ..., data1: _Optional[str] = ..., data2: _Optional[int] = ..., timestamp: _Optional[int] = ..., data: _Optional[_Union[_common_pb2.TextPiece, _Mapping]] = ...) -> None: ...

class WebcastPartnershipDropsUpdateMessage(_message.Message):
    __slots__ = ("common", "change_mode", "drops_id", "task_id", "event_id", "anchor_uid")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    CHANGE_MODE_FIELD_NUMBER: _ClassVar[int]
    DROPS_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_UID_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    change_mode: int
    drops_id: str
    task_id: str
    event_id: str
    anchor_uid: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., change_mode: _Optional[int] = ..., drops_id: _Optional[str] = ..., task_id: _Optional[str] = ..., event_id: _Optional[str] = ..., anchor_uid: _Optional[int] = ...) -> None: ...

class WebcastPartnershipGameOfflineMessage(_message.Message):
    __slots__ = ("common", "offline_game_list")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    OFFLINE_GAME_LIST_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    offline_game_list: _containers.RepeatedCompositeFieldContainer[OfflineGameInfo]
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., offline_game_list: _Optional[_Iterable[_Union[OfflineGameInfo, _Mapping]]] = ...) -> None: ...

class OfflineGameInfo(_message.Message):
    __slots__ = ("task_id", "toast_text", "task_list_len", "offline_type")
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    TOAST_TEXT_FIELD_NUMBER: _ClassVar[int]
    TASK_LIST_LEN_FIELD_NUMBER: _ClassVar[int]
    OFFLINE_TYPE_FIELD_NUMBER: _ClassVar[int]
    task_id: str
    toast_text: str
    task_list_len: int
    offline_type: int
    def __init__(self, task_id: _Optional[str] = ..., toast_text: _Optional[str] = ..., task_list_len: _Optional[int] = ..., offline_type: _Optional[int] = ...) -> None: ...

class WebcastPartnershipPunishMessage(_message.Message):
    __slots__ = ("common", "punish_info")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    PUNISH_INFO_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    punish_info: _notices_pb2.PunishEventInfo
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., punish_info: _Optional[_Union[_notices_pb2.PunishEventInfo, _Mapping]] = ...) -> None: ...
