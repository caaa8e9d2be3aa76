from tiktoklive.wire import common_pb2 as _common_pb2
from tiktoklive.wire import notices_pb2 as _notices_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RankTestMessageScene(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RANK_TEST_MESSAGE_SCENE_UNKNOWN: _ClassVar[RankTestMessageScene]
    RANK_TEST_MESSAGE_SCENE_ONLINE_AUDIENCE_TOP_N_UPDATE_PUBLIC_SCREEN: _ClassVar[RankTestMessageScene]

class OpType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OP_TYPE_DEFAULT: _ClassVar[OpType]
    OP_TYPE_ADD: _ClassVar[OpType]
    OP_TYPE_REMOVE: _ClassVar[OpType]

class RankViewType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RANK_VIEW_TYPE_UNKNOWN: _ClassVar[RankViewType]
    RANK_VIEW_TYPE_AUDIENCE_VIEWER: _ClassVar[RankViewType]
    RANK_VIEW_TYPE_ANCHOR_VIEWER: _ClassVar[RankViewType]

class AnimationInfoType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ANIMATION_INFO_TYPE_NO_ANIMATION: _ClassVar[AnimationInfoType]
    ANIMATION_INFO_TYPE_ENTER_RANK: _ClassVar[AnimationInfoType]
    ANIMATION_INFO_TYPE_LEAVE_RANK: _ClassVar[AnimationInfoType]
    ANIMATION_INFO_TYPE_RISE: _ClassVar[AnimationInfoType]
    ANIMATION_INFO_TYPE_FALL: _ClassVar[AnimationInfoType]
    ANIMATION_INFO_TYPE_AFTER_SETTLE: _ClassVar[AnimationInfoType]

class ProfitRankType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROFIT_RANK_TYPE_TYPE_HOURLY_RANK: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_WEEKLY_RANK: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_HOURLY_STAR_RANK: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_WEEKLY_RISING_RANK_ACTIVITY: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_WEEKLY_RISING_RANK: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_WEEKLY_ROOKIE: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_E_COMMERCE_WEEKLY: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_E_COMMERCE_DAILY: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_DAILY_RANK: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_FIRST_GIFT_RANK: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_GAME_RANK: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_DAILY_GAME: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_HALL_OF_FAME_RANK: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_RANK_LEAGUE: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_DAILY_ROOKIE: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_TEAM_RANK: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_CLASS_RANK: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_DAILY_GAME_PUB_G: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_DAILY_GAME_MLB_B: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_DAILY_GAME_FREE_FIRE: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_WEEKLY_GAME_SUBCATEGORY_ONE: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_WEEKLY_GAME_SUBCATEGORY_TWO: _ClassVar[ProfitRankType]
    PROFIT_RANK_TYPE_TYPE_WEEKLY_GAME_SUBCATEGORY_THREE: _ClassVar[ProfitRankType]

class UnionAnimationInfoType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNION_ANIMATION_INFO_TYPE_NO_UNION_ANIMATION: _ClassVar[UnionAnimationInfoType]
    UNION_ANIMATION_INFO_TYPE_LOOP: _ClassVar[UnionAnimationInfoType]
    UNION_ANIMATION_INFO_TYPE_LOCK: _ClassVar[UnionAnimationInfoType]
RANK_TEST_MESSAGE_SCENE_UNKNOWN: RankTestMessageScene
RANK_TEST_MESSAGE_SCENE_ONLINE_AUDIENCE_TOP_N_UPDATE_PUBLIC_SCREEN: RankTestMessageScene
OP_TYPE_DEFAULT: OpType
OP_TYPE_ADD: OpType
OP_TYPE_REMOVE: OpType
RANK_VIEW_TYPE_UNKNOWN: RankViewType
RANK_VIEW_TYPE_AUDIENCE_VIEWER: RankViewType
RANK_VIEW_TYPE_ANCHOR_VIEWER: RankViewType
ANIMATION_INFO_TYPE_NO_ANIMATION: AnimationInfoType
ANIMATION_INFO_TYPE_ENTER_RANK: AnimationInfoType
ANIMATION_INFO_TYPE_LEAVE_RANK: AnimationInfoType
ANIMATION_INFO_TYPE_RISE: AnimationInfoType
ANIMATION_INFO_TYPE_FALL: AnimationInfoType
ANIMATION_INFO_TYPE_AFTER_SETTLE: AnimationInfoType
PROFIT_RANK_TYPE_TYPE_HOURLY_RANK: ProfitRankType
PROFIT_RANK_TYPE_TYPE_WEEKLY_RANK: ProfitRankType
PROFIT_RANK_TYPE_TYPE_HOURLY_STAR_RANK: ProfitRankType
PROFIT_RANK_TYPE_TYPE_WEEKLY_RISING_RANK_ACTIVITY: ProfitRankType
PROFIT_RANK_TYPE_TYPE_WEEKLY_RISING_RANK: ProfitRankType
PROFIT_RANK_TYPE_TYPE_WEEKLY_ROOKIE: ProfitRankType
PROFIT_RANK_TYPE_TYPE_E_COMMERCE_WEEKLY: ProfitRankType
PROFIT_RANK_TYPE_TYPE_E_COMMERCE_DAILY: ProfitRankType
PROFIT_RANK_TYPE_TYPE_DAILY_RANK: ProfitRankType
PROFIT_RANK_TYPE_TYPE_FIRST_GIFT_RANK: ProfitRankType
PROFIT_RANK_TYPE_TYPE_GAME_RANK: ProfitRankType
PROFIT_RANK_TYPE_TYPE_DAILY_GAME: ProfitRankType
PROFIT_RANK_TYPE_TYPE_HALL_OF_FAME_RANK: ProfitRankType
PROFIT_RANK_TYPE_TYPE_RANK_LEAGUE: ProfitRankType
PROFIT_RANK_TYPE_DAILY_ROOKIE: ProfitRankType
PROFIT_RANK_TYPE_TYPE_TEAM_RANK: ProfitRankType
PROFIT_RANK_TYPE_TYPE_CLASS_RANK: ProfitRankType
PROFIT_RANK_TYPE_TYPE_DAILY_GAME_PUB_G: ProfitRankType
PROFIT_RANK_TYPE_TYPE_DAILY_GAME_MLB_B: ProfitRankType
PROFIT_RANK_TYPE_TYPE_DAILY_GAME_FREE_FIRE: ProfitRankType
PROFIT_RANK_TYPE_TYPE_WEEKLY_GAME_SUBCATEGORY_ONE: ProfitRankType
PROFIT_RANK_TYPE_TYPE_WEEKLY_GAME_SUBCATEGORY_TWO: ProfitRankType
PROFIT_RANK_TYPE_TYPE_WEEKLY_GAME_SUBCATEGORY_THREE: ProfitRankType
UNION_ANIMATION_INFO_TYPE_NO_UNION_ANIMATION: UnionAnimationInfoType
UNION_ANIMATION_INFO_TYPE_LOOP: UnionAnimationInfoType
UNION_ANIMATION_INFO_TYPE_LOCK: UnionAnimationInfoType

class WebcastGameRankNotifyMessage(_message.Message):
    __slots__ = ("common", "msg_type", "notify_text")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    MSG_TYPE_FIELD_NUMBER: _ClassVar[int]
    NOTIFY_TEXT_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    msg_type: int
    notify_text: _common_pb2.Text
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., msg_type: _Optional[int] = ..., notify_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ...) -> None: ...

class WebcastHourlyRankMessage(_message.Message):
    __slots__ = ("common", "data", "data2")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    DATA2_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    data: HourlyRankContainer
    data2: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., data: _Optional[_Union[HourlyRankContainer, _Mapping]] = ..., data2: _Optional[int] = ...) -> None: ...

class HourlyRankContainer(_message.Message):
    __slots__ = ("data1", "rankingdata", "data2", "rankings", "rankingdata2", "data3", "data4")
    DATA1_FIELD_NUMBER: _ClassVar[int]
    RANKINGDATA_FIELD_NUMBER: _ClassVar[int]
    DATA2_FIELD_NUMBER: _ClassVar[int]
    RANKINGS_FIELD_NUMBER: _ClassVar[int]
    RANKINGDATA2_FIELD_NUMBER: _ClassVar[int]
    DATA3_FIELD_NUMBER: _ClassVar[int]
    DATA4_FIELD_NUMBER: _ClassVar[int]
    data1: int
    rankingdata: RankingData
    data2: int
    rankings: _common_pb2.Text
    rankingdata2: RankingData2
    data3: int
    data4: int
    def __init__(self, data1: _Optional[int] = ..., rankingdata: _Optional[_Union[RankingData, _Mapping]] = ..., data2: _Optional[int] = ..., rankings: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., rankingdata2: _Optional[_Union[RankingData2, _Mapping]] = ..., data3: _Optional[int] = ..., data4: _Optional[int] = ...) -> None: ...

class RankingData(_message.Message):
    __slots__ = ("data1", "rankdata", "data2")
    DATA1_FIELD_NUMBER: _ClassVar[int]
    RANKDATA_FIELD_NUMBER: _ClassVar[int]
    DATA2_FIELD_NUMBER: _ClassVar[int]
    data1: int
    rankdata: _common_pb2.Text
    data2: str
    def __init__(self, data1: _Optional[int] = ..., rankdata: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., data2: _Optional[str] = ...) -> None: ...

class RankingData2(_message.Message):
    __slots__ = ("data1", "data2", "rankdata", "data3", "data4", "data5")
    DATA1_FIELD_NUMBER: _ClassVar[int]
    DATA2_FIELD_NUMBER: _ClassVar[int]
    RANKDATA_FIELD_NUMBER: _ClassVar[int]
    DATA3_FIELD_NUMBER: _ClassVar[int]
    DATA4_FIELD_NUMBER: _ClassVar[int]
    DATA5_FIELD_NUMBER: _ClassVar[int]
    data1: int
    data2: int
    rankdata: _common_pb2.Text
    data3: str
    data4: int
    data5: int
    def __init__(self, data1: _Optional[int] = ..., data2: _Optional[int] = ..., rankdata: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., data3: _Optional[str] = ..., data4: _Optional[int] = ..., data5: _Optional[int] = ...) -> None: ...

class WebcastHourlyRankRewardMessage(_message.Message):
    __slots__ = ("common", "winners")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    WINNERS_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    winners: _containers.RepeatedCompositeFieldContainer[HourlyRankRewardInfo]
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., winners: _Optional[_Iterable[_Union[HourlyRankRewardInfo, _Mapping]]] = ...) -> None: ...

class HourlyRankRewardInfo(_message.Message):
    __slots__ = ("user_id", "asset_id", "notify_message", "border_info")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSET_ID_FIELD_NUMBER: _ClassVar[int]
    NOTIFY_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    BORDER_INFO_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    asset_id: int
    notify_message: _notices_pb2.WebcastRoomNotifyMessage
    border_info: _common_pb2.BorderInfo
    def __init__(self, user_id: _Optional[int] = ..., asset_id: _Optional[int] = ..., notify_message: _Optional[_Union[_notices_pb2.WebcastRoomNotifyMessage, _Mapping]] = ..., border_info: _Optional[_Union[_common_pb2.BorderInfo, _Mapping]] = ...) -> None: ...

class WebcastRankTextMessage(_message.Message):
    __slots__ = ("common", "scene", "owner_idx_before_update", "owner_idx_after_update", "self_get_badge_msg", "other_get_badge_msg", "cur_user_id")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    SCENE_FIELD_NUMBER: _ClassVar[int]
    OWNER_IDX_BEFORE_UPDATE_FIELD_NUMBER: _ClassVar[int]
    OWNER_IDX_AFTER_UPDATE_FIELD_NUMBER: _ClassVar[int]
    SELF_GET_BADGE_MSG_FIELD_NUMBER: _ClassVar[int]
    OTHER_GET_BADGE_MSG_FIELD_NUMBER: _ClassVar[int]
    CUR_USER_ID_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    scene: int
    owner_idx_before_update: int
    owner_idx_after_update: int
    self_get_badge_msg: _common_pb2.Text
    other_get_badge_msg: _common_pb2.Text
    cur_user_id: int
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., scene: _Optional[int] = ..., owner_idx_before_update: _Optional[int] = ..., owner_idx_after_update: _Optional[int] = ..., self_get_badge_msg: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., other_get_badge_msg: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., cur_user_id: _Optional[int] = ...) -> None: ...

class WebcastRankUpdateMessage(_message.Message):
    __slots__ = ("common", "updates_list", "group_type", "op_type", "priority", "tabs_list", "is_animation_loop_play", "animation_loop_for_off", "union_animation", "tab_info")
    COMMON_FIELD_NUMBER: _ClassVar[int]
    UPDATES_LIST_FIELD_NUMBER: _ClassVar[int]
    GROUP_TYPE_FIELD_NUMBER: _ClassVar[int]
    OP_TYPE_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    TABS_LIST_FIELD_NUMBER: _ClassVar[int]
    IS_ANIMATION_LOOP_PLAY_FIELD_NUMBER: _ClassVar[int]
    ANIMATION_LOOP_FOR_OFF_FIELD_NUMBER: _ClassVar[int]
    UNION_ANIMATION_FIELD_NUMBER: _ClassVar[int]
    TAB_INFO_FIELD_NUMBER: _ClassVar[int]
    common: _common_pb2.Common
    updates_list: _containers.RepeatedCompositeFieldContainer[RankUpdate]
    group_type: int
    op_type: int
    priority: int
    tabs_list: _containers.RepeatedCompositeFieldContainer[RankTabInfo]
    is_animation_loop_play: bool
    animation_loop_for_off: bool
    union_animation: _containers.RepeatedCompositeFieldContainer[UnionAnimationInfo]
    tab_info: _containers.RepeatedCompositeFieldContainer[RankListTabInfo]
    def __init__(self, common: _Optional[_Union[_common_pb2.Common, _Mapping]] = ..., updates_list: _Optional[_Iterable[_Union[RankUpdate, _Mapping]]] = ..., group_type: _Optional[int] = ..., op_type: _Optional[int] = ..., priority: _Optional[int] = ..., tabs_list: _Optional[_Iterable[_Union[RankTabInfo, _Mapping]]] = ..., is_animation_loop_play: bool = ..., animation_loop_for_off: bool = ..., union_animation: _Optional[_Iterable[_Union[UnionAnimationInfo, _Mapping]]] = ..., tab_info: _Optional[_Iterable[_Union[RankListTabInfo, _Mapping]]] = ...) -> None: ...

class RankUpdate(_message.Message):
    __slots__ = ("rank_type", "owner_rank", "default_content", "prompt", "show_entrance_animation", "countdown", "animation_info", "related_tab_rank_type", "request_first_show_type", "supported_version", "owner_on_rank")
    RANK_TYPE_FIELD_NUMBER: _ClassVar[int]
    OWNER_RANK_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_CONTENT_FIELD_NUMBER: _ClassVar[int]
    PROMPT_FIELD_NUMBER: _ClassVar[int]
    SHOW_ENTRANCE_ANIMATION_FIELD_NUMBER: _ClassVar[int]
    COUNTDOWN_FIELD_NUMBER: _ClassVar[int]
    ANIMATION_INFO_FIELD_NUMBER: _ClassVar[int]
    RELATED_TAB_RANK_TYPE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_FIRST_SHOW_TYPE_FIELD_NUMBER: _ClassVar[int]
    SUPPORTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    OWNER_ON_RANK_FIELD_NUMBER: _ClassVar[int]
    rank_type: int
    owner_rank: int
    default_content: _common_pb2.Text
    prompt: RankSprintPrompt
    show_entrance_animation: bool
    countdown: int
    animation_info: AnimationInfo
    related_tab_rank_type: int
    request_first_show_type: int
    supported_version: int
    owner_on_rank: bool
    def __init__(self, rank_type: _Optional[int] = ..., owner_rank: _Optional[int] = ..., default_content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., prompt: _Optional[_Union[RankSprintPrompt, _Mapping]] = ..., show_entrance_animation: bool = ..., countdown: _Optional[int] = ..., animation_info: _Optional[_Union[AnimationInfo, _Mapping]] = ..., related_tab_rank_type: _Optional[int] = ..., request_first_show_type: _Optional[int] = ..., supported_version: _Optional[int] = ..., owner_on_rank: bool = ...) -> None: ...

class RankSprintPrompt(_message.Message):
    __slots__ = ("countdown", "duration", "content", "background_color", "gap_score", "owner_rank_idx")
    COUNTDOWN_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_COLOR_FIELD_NUMBER: _ClassVar[int]
    GAP_SCORE_FIELD_NUMBER: _ClassVar[int]
    OWNER_RANK_IDX_FIELD_NUMBER: _ClassVar[int]
    countdown: int
    duration: int
    content: _common_pb2.Text
    background_color: str
    gap_score: int
    owner_rank_idx: int
    def __init__(self, countdown: _Optional[int] = ..., duration: _Optional[int] = ..., content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., background_color: _Optional[str] = ..., gap_score: _Optional[int] = ..., owner_rank_idx: _Optional[int] = ...) -> None: ...

class AnimationInfo(_message.Message):
    __slots__ = ("type", "background_color", "content", "duration")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_COLOR_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    type: int
    background_color: str
    content: _common_pb2.Text
    duration: int
    def __init__(self, type: _Optional[int] = ..., background_color: _Optional[str] = ..., content: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., duration: _Optional[int] = ...) -> None: ...

class RankTabInfo(_message.Message):
    __slots__ = ("rank_type", "title", "title_text", "list_lynx_type")
    RANK_TYPE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TITLE_TEXT_FIELD_NUMBER: _ClassVar[int]
    LIST_LYNX_TYPE_FIELD_NUMBER: _ClassVar[int]
    rank_type: int
    title: str
    title_text: _common_pb2.Text
    list_lynx_type: int
    def __init__(self, rank_type: _Optional[int] = ..., title: _Optional[str] = ..., title_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., list_lynx_type: _Optional[int] = ...) -> None: ...

class UnionAnimationInfo(_message.Message):
    __slots__ = ("union_type", "rank_type_array", "supported_version")
    UNION_TYPE_FIELD_NUMBER: _ClassVar[int]
    RANK_TYPE_ARRAY_FIELD_NUMBER: _ClassVar[int]
    SUPPORTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    union_type: int
    rank_type_array: int
    supported_version: int
    def __init__(self, union_type: _Optional[int] = ..., rank_type_array: _Optional[int] = ..., supported_version: _Optional[int] = ...) -> None: ...

class RankListTabInfo(_message.Message):
    __slots__ = ("tabs", "supported_version")
    TABS_FIELD_NUMBER: _ClassVar[int]
    SUPPORTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    tabs: _containers.RepeatedCompositeFieldContainer[RankTabInfo]
    supported_version: int
    def __init__(self, tabs: _Optional[_Iterable[_Union[RankTabInfo, _Mapping]]] = ..., supported_version: _Optional[int] = ...) -> None: ...
