from tiktoklive.wire import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GiftStruct(_message.Message):
    __slots__ = ("image", "describe", "duration", "id", "for_link_mic", "combo", "type", "diamond_count", "is_displayed_on_panel", "primary_effect_id", "gift_label_icon", "name", "icon", "gold_effect", "preview_image", "gift_panel_banner", "is_broadcast_gift", "is_effect_befview", "is_random_gift", "is_box_gift", "can_put_in_gift_box", "gift_box_info", "tracker_params_map", "lock_info", "color_infos_list", "gift_rank_recommend_info", "random_effect_info", "gift_sub_type", "gift_vertical_scenarios_list")
    class TrackerParamsMapEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    IMAGE_FIELD_NUMBER: _ClassVar[int]
    DESCRIBE_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    FOR_LINK_MIC_FIELD_NUMBER: _ClassVar[int]
    COMBO_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    DIAMOND_COUNT_FIELD_NUMBER: _ClassVar[int]
    IS_DISPLAYED_ON_PANEL_FIELD_NUMBER: _ClassVar[int]
    PRIMARY_EFFECT_ID_FIELD_NUMBER: _ClassVar[int]
    GIFT_LABEL_ICON_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    ICON_FIELD_NUMBER: _ClassVar[int]
    GOLD_EFFECT_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_IMAGE_FIELD_NUMBER: _ClassVar[int]
    GIFT_PANEL_BANNER_FIELD_NUMBER: _ClassVar[int]
    IS_BROADCAST_GIFT_FIELD_NUMBER: _ClassVar[int]
    IS_EFFECT_BEFVIEW_FIELD_NUMBER: _ClassVar[int]
    IS_RANDOM_GIFT_FIELD_NUMBER: _ClassVar[int]
    IS_BOX_GIFT_FIELD_NUMBER: _ClassVar[int]
    CAN_PUT_IN_GIFT_BOX_FIELD_NUMBER: _ClassVar[int]
    GIFT_BOX_INFO_FIELD_NUMBER: _ClassVar[int]
    TRACKER_PARAMS_MAP_FIELD_NUMBER: _ClassVar[int]
    LOCK_INFO_FIELD_NUMBER: _ClassVar[int]
    COLOR_INFOS_LIST_FIELD_NUMBER: _ClassVar[int]
    GIFT_RANK_RECOMMEND_INFO_FIELD_NUMBER: _ClassVar[int]
    RANDOM_EFFECT_INFO_FIELD_NUMBER: _ClassVar[int]
    GIFT_SUB_TYPE_FIELD_NUMBER: _ClassVar[int]
    GIFT_VERTICAL_SCENARIOS_LIST_FIELD_NUMBER: _ClassVar[int]
    image: _common_pb2.Image
    describe: str
    duration: int
    id: int
    for_link_mic: bool
    combo: bool
    type: int
    diamond_count: int
    is_displayed_on_panel: bool
    primary_effect_id: int
    gift_label_icon: _common_pb2.Image
    name: str
    icon: _common_pb2.Image
    gold_effect: str
    preview_image: _common_pb2.Image
    gift_panel_banner: GiftPanelBanner
    is_broadcast_gift: bool
    is_effect_befview: bool
    is_random_gift: bool
    is_box_gift: bool
    can_put_in_gift_box: bool
    gift_box_info: GiftBoxInfo
    tracker_params_map: _containers.RepeatedCompositeFieldContainer[GiftStruct.TrackerParamsMapEntry]
    lock_info: GiftLockInfo
    color_infos_list: _containers.RepeatedCompositeFieldContainer[GiftColorInfo]
    gift_rank_recommend_info: str
    random_effect_info: GiftRandomEffectInfo
    gift_sub_type: int
    gift_vertical_scenarios_list: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., describe: _Optional[str] = ..., duration: _Optional[int] = ..., id: _Optional[int] = ..., for_link_mic: bool = ..., combo: bool = ..., type: _Optional[int] = ..., diamond_count: _Optional[int] = ..., is_displayed_on_panel: bool = ..., primary_effect_id: _Optional[int] = ..., gift_label_icon: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., name: _Optional[str] = ..., icon: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., gold_effect: _Optional[str] = ..., preview_image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., gift_panel_banner: _Optional[_Union[GiftPanelBanner, _Mapping]] = ..., is_broadcast_gift: bool = ..., is_effect_befview: bool = ..., is_random_gift: bool = ..., is_box_gift: bool = ..., can_put_in_gift_box: bool = ..., gift_box_info: _Optional[_Union[GiftBoxInfo, _Mapping]] = ..., tracker_params_map: _Optional[_Iterable[_Union[GiftStruct.TrackerParamsMapEntry, _Mapping]]] = ..., lock_info: _Optional[_Union[GiftLockInfo, _Mapping]] = ..., color_infos_list: _Optional[_Iterable[_Union[GiftColorInfo, _Mapping]]] = ..., gift_rank_recommend_info: _Optional[str] = ..., random_effect_info: _Optional[_Union[GiftRandomEffectInfo, _Mapping]] = ..., gift_sub_type: _Optional[int] = ..., gift_vertical_scenarios_list: _Optional[_Iterable[int]] = ...) -> None: ...

class GiftPanelBanner(_message.Message):
    __slots__ = ("display_text", "left_icon", "schema_url", "deprecated", "bg_colors", "banner_lynx_url", "banner_priority", "banner_lynx_extra", "bg_image")
    DISPLAY_TEXT_FIELD_NUMBER: _ClassVar[int]
    LEFT_ICON_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_URL_FIELD_NUMBER: _ClassVar[int]
    DEPRECATED_FIELD_NUMBER: _ClassVar[int]
    BG_COLORS_FIELD_NUMBER: _ClassVar[int]
    BANNER_LYNX_URL_FIELD_NUMBER: _ClassVar[int]
    BANNER_PRIORITY_FIELD_NUMBER: _ClassVar[int]
    BANNER_LYNX_EXTRA_FIELD_NUMBER: _ClassVar[int]
    BG_IMAGE_FIELD_NUMBER: _ClassVar[int]
    display_text: _common_pb2.Text
    left_icon: _common_pb2.Image
    schema_url: str
    deprecated: str
    bg_colors: _containers.RepeatedScalarFieldContainer[str]
    banner_lynx_url: str
    banner_priority: int
    banner_lynx_extra: str
    bg_image: _common_pb2.Image
    def __init__(self, display_text: _Optional[_Union[_common_pb2.Text, _Mapping]] = ..., left_icon: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., schema_url: _Optional[str] = ..., deprecated: _Optional[str] = ..., bg_colors: _Optional[_Iterable[str]] = ..., banner_lynx_url: _Optional[str] = ..., banner_priority: _Optional[int] = ..., banner_lynx_extra: _Optional[str] = ..., bg_image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ...) -> None: ...

class GiftBoxInfo(_message.Message):
    __slots__ = ("capacity", "is_primary_box", "scheme_url", "gift_infos_in_box_list")
    CAPACITY_FIELD_NUMBER: _ClassVar[int]
    IS_PRIMARY_BOX_FIELD_NUMBER: _ClassVar[int]
    SCHEME_URL_FIELD_NUMBER: _ClassVar[int]
    GIFT_INFOS_IN_BOX_LIST_FIELD_NUMBER: _ClassVar[int]
    capacity: int
    is_primary_box: bool
    scheme_url: str
    gift_infos_in_box_list: _containers.RepeatedCompositeFieldContainer[GiftInfoInBox]
    def __init__(self, capacity: _Optional[int] = ..., is_primary_box: bool = ..., scheme_url: _Optional[str] = ..., gift_infos_in_box_list: _Optional[_Iterable[_Union[GiftInfoInBox, _Mapping]]] = ...) -> None: ...

class GiftInfoInBox(_message.Message):
    __slots__ = ("gift_id", "effect_id", "color_id", "remain_times", "asset")
    GIFT_ID_FIELD_NUMBER: _ClassVar[int]
    EFFECT_ID_FIELD_NUMBER: _ClassVar[int]
    COLOR_ID_FIELD_NUMBER: _ClassVar[int]
    REMAIN_TIMES_FIELD_NUMBER: _ClassVar[int]
    ASSET_FIELD_NUMBER: _ClassVar[int]
    gift_id: int
    effect_id: int
    color_id: int
    remain_times: int
    asset: AssetsModel
    def __init__(self, gift_id: _Optional[int] = ..., effect_id: _Optional[int] = ..., color_id: _Optional[int] = ..., remain_times: _Optional[int] = ..., asset: _Optional[_Union[AssetsModel, _Mapping]] = ...) -> None: ...

class AssetsModel(_message.Message):
    __slots__ = ("name", "resource_uri", "resource_model", "describe", "id", "resource_type", "md5", "size", "loki_extra_content", "download_type", "resource_byte_v_c1_model", "bytevc1_md5", "video_resource_list", "face_recognition_archive_meta", "lynx_url_settings_key", "downgrade_resource_type", "asset_extra", "sticker_asset_variant", "immediate_download", "sticker_asset_variant_reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    RESOURCE_URI_FIELD_NUMBER: _ClassVar[int]
    RESOURCE_MODEL_FIELD_NUMBER: _ClassVar[int]
    DESCRIBE_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    RESOURCE_TYPE_FIELD_NUMBER: _ClassVar[int]
    MD5_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    LOKI_EXTRA_CONTENT_FIELD_NUMBER: _ClassVar[int]
    DOWNLOAD_TYPE_FIELD_NUMBER: _ClassVar[int]
    RESOURCE_BYTE_V_C1_MODEL_FIELD_NUMBER: _ClassVar[int]
    BYTEVC1_MD5_FIELD_NUMBER: _ClassVar[int]
    VIDEO_RESOURCE_LIST_FIELD_NUMBER: _ClassVar[int]
    FACE_RECOGNITION_ARCHIVE_META_FIELD_NUMBER: _ClassVar[int]
    LYNX_URL_SETTINGS_KEY_FIELD_NUMBER: _ClassVar[int]
    DOWNGRADE_RESOURCE_TYPE_FIELD_NUMBER: _ClassVar[int]
    ASSET_EXTRA_FIELD_NUMBER: _ClassVar[int]
    STICKER_ASSET_VARIANT_FIELD_NUMBER: _ClassVar[int]
    IMMEDIATE_DOWNLOAD_FIELD_NUMBER: _ClassVar[int]
    STICKER_ASSET_VARIANT_REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    resource_uri: str
    resource_model: ResourceModel
    describe: str
    id: int
    resource_type: int
    md5: str
    size: int
    loki_extra_content: LokiExtraContent
    download_type: int
    resource_byte_v_c1_model: ResourceModel
    bytevc1_md5: str
    video_resource_list: _containers.RepeatedCompositeFieldContainer[VideoResource]
    face_recognition_archive_meta: FaceRecognitionMeta
    lynx_url_settings_key: str
    downgrade_resource_type: int
    asset_extra: AssetExtra
    sticker_asset_variant: int
    immediate_download: bool
    sticker_asset_variant_reason: int
    def __init__(self, name: _Optional[str] = ..., resource_uri: _Optional[str] = ..., resource_model: _Optional[_Union[ResourceModel, _Mapping]] = ..., describe: _Optional[str] = ..., id: _Optional[int] = ..., resource_type: _Optional[int] = ..., md5: _Optional[str] = ..., size: _Optional[int] = ..., loki_extra_content: _Optional[_Union[LokiExtraContent, _Mapping]] = ..., download_type: _Optional[int] = ..., resource_byte_v_c1_model: _Optional[_Union[ResourceModel, _Mapping]] = ..., bytevc1_md5: _Optional[str] = ..., video_resource_list: _Optional[_Iterable[_Union[VideoResource, _Mapping]]] = ..., face_recognition_archive_meta: _Optional[_Union[FaceRecognitionMeta, _Mapping]] = ..., lynx_url_settings_key: _Optional[str] = ..., downgrade_resource_type: _Optional[int] = ..., asset_extra: _Optional[_Union[AssetExtra, _Mapping]] = ..., sticker_asset_variant: _Optional[int] = ..., immediate_download: bool = ..., sticker_asset_variant_reason: _Optional[int] = ...) -> None: ...

class ResourceModel(_message.Message):
    __slots__ = ("url_list", "uri", "avg_color")
    URL_LIST_FIELD_NUMBER: _ClassVar[int]
    URI_FIELD_NUMBER: _ClassVar[int]
    AVG_COLOR_FIELD_NUMBER: _ClassVar[int]
    url_list: _containers.RepeatedScalarFieldContainer[str]
    uri: str
    avg_color: str
    def __init__(self, url_list: _Optional[_Iterable[str]] = ..., uri: _Optional[str] = ..., avg_color: _Optional[str] = ...) -> None: ...

class LokiExtraContent(_message.Message):
    __slots__ = ("gift_type", "gift_duration", "need_screen_shot", "ismulti_frame", "view_overlay", "bef_view_render_size", "bef_view_render_f_p_s", "bef_view_fit_mode", "model_names", "requirements")
    GIFT_TYPE_FIELD_NUMBER: _ClassVar[int]
    GIFT_DURATION_FIELD_NUMBER: _ClassVar[int]
    NEED_SCREEN_SHOT_FIELD_NUMBER: _ClassVar[int]
    ISMULTI_FRAME_FIELD_NUMBER: _ClassVar[int]
    VIEW_OVERLAY_FIELD_NUMBER: _ClassVar[int]
    BEF_VIEW_RENDER_SIZE_FIELD_NUMBER: _ClassVar[int]
    BEF_VIEW_RENDER_F_P_S_FIELD_NUMBER: _ClassVar[int]
    BEF_VIEW_FIT_MODE_FIELD_NUMBER: _ClassVar[int]
    MODEL_NAMES_FIELD_NUMBER: _ClassVar[int]
    REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
    gift_type: str
    gift_duration: int
    need_screen_shot: bool
    ismulti_frame: bool
    view_overlay: str
    bef_view_render_size: BEFViewRenderSize
    bef_view_render_f_p_s: int
    bef_view_fit_mode: int
    model_names: str
    requirements: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, gift_type: _Optional[str] = ..., gift_duration: _Optional[int] = ..., need_screen_shot: bool = ..., ismulti_frame: bool = ..., view_overlay: _Optional[str] = ..., bef_view_render_size: _Optional[_Union[BEFViewRenderSize, _Mapping]] = ..., bef_view_render_f_p_s: _Optional[int] = ..., bef_view_fit_mode: _Optional[int] = ..., model_names: _Optional[str] = ..., requirements: _Optional[_Iterable[str]] = ...) -> None: ...

class BEFViewRenderSize(_message.Message):
    __slots__ = ("width", "height")
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    width: int
    height: int
    def __init__(self, width: _Optional[int] = ..., height: _Optional[int] = ...) -> None: ...

class VideoResource(_message.Message):
    __slots__ = ("video_type_name", "video_url", "video_md5")
    VIDEO_TYPE_NAME_FIELD_NUMBER: _ClassVar[int]
    VIDEO_URL_FIELD_NUMBER: _ClassVar[int]
    VIDEO_MD5_FIELD_NUMBER: _ClassVar[int]
    video_type_name: str
    video_url: ResourceModel
    video_md5: str
    def __init__(self, video_type_name: _Optional[str] = ..., video_url: _Optional[_Union[ResourceModel, _Mapping]] = ..., video_md5: _Optional[str] = ...) -> None: ...

class FaceRecognitionMeta(_message.Message):
    __slots__ = ("version", "requirements", "model_names", "sdk_extra")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
    MODEL_NAMES_FIELD_NUMBER: _ClassVar[int]
    SDK_EXTRA_FIELD_NUMBER: _ClassVar[int]
    version: str
    requirements: _containers.RepeatedScalarFieldContainer[str]
    model_names: str
    sdk_extra: str
    def __init__(self, version: _Optional[str] = ..., requirements: _Optional[_Iterable[str]] = ..., model_names: _Optional[str] = ..., sdk_extra: _Optional[str] = ...) -> None: ...

class AssetExtra(_message.Message):
    __slots__ = ("effect_starling_key",)
    EFFECT_STARLING_KEY_FIELD_NUMBER: _ClassVar[int]
    effect_starling_key: str
    def __init__(self, effect_starling_key: _Optional[str] = ...) -> None: ...

class GiftLockInfo(_message.Message):
    __slots__ = ("lock", "lock_type", "gift_level")
    LOCK_FIELD_NUMBER: _ClassVar[int]
    LOCK_TYPE_FIELD_NUMBER: _ClassVar[int]
    GIFT_LEVEL_FIELD_NUMBER: _ClassVar[int]
    lock: bool
    lock_type: int
    gift_level: int
    def __init__(self, lock: bool = ..., lock_type: _Optional[int] = ..., gift_level: _Optional[int] = ...) -> None: ...

class GiftColorInfo(_message.Message):
    __slots__ = ("color_id", "color_name", "color_values_list", "color_image", "gift_image", "color_effect_id", "is_default")
    COLOR_ID_FIELD_NUMBER: _ClassVar[int]
    COLOR_NAME_FIELD_NUMBER: _ClassVar[int]
    COLOR_VALUES_LIST_FIELD_NUMBER: _ClassVar[int]
    COLOR_IMAGE_FIELD_NUMBER: _ClassVar[int]
    GIFT_IMAGE_FIELD_NUMBER: _ClassVar[int]
    COLOR_EFFECT_ID_FIELD_NUMBER: _ClassVar[int]
    IS_DEFAULT_FIELD_NUMBER: _ClassVar[int]
    color_id: int
    color_name: str
    color_values_list: _containers.RepeatedScalarFieldContainer[str]
    color_image: _common_pb2.Image
    gift_image: _common_pb2.Image
    color_effect_id: int
    is_default: bool
    def __init__(self, color_id: _Optional[int] = ..., color_name: _Optional[str] = ..., color_values_list: _Optional[_Iterable[str]] = ..., color_image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., gift_image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., color_effect_id: _Optional[int] = ..., is_default: bool = ...) -> None: ...

class GiftRandomEffectInfo(_message.Message):
    __slots__ = ("random_gift_panel_banner", "effect_ids_list", "host_key", "audience_key", "random_gift_bubble")
    RANDOM_GIFT_PANEL_BANNER_FIELD_NUMBER: _ClassVar[int]
    EFFECT_IDS_LIST_FIELD_NUMBER: _ClassVar[int]
    HOST_KEY_FIELD_NUMBER: _ClassVar[int]
    AUDIENCE_KEY_FIELD_NUMBER: _ClassVar[int]
    RANDOM_GIFT_BUBBLE_FIELD_NUMBER: _ClassVar[int]
    random_gift_panel_banner: RandomGiftPanelBanner
    effect_ids_list: _containers.RepeatedScalarFieldContainer[int]
    host_key: str
    audience_key: str
    random_gift_bubble: RandomGiftBubble
    def __init__(self, random_gift_panel_banner: _Optional[_Union[RandomGiftPanelBanner, _Mapping]] = ..., effect_ids_list: _Optional[_Iterable[int]] = ..., host_key: _Optional[str] = ..., audience_key: _Optional[str] = ..., random_gift_bubble: _Optional[_Union[RandomGiftBubble, _Mapping]] = ...) -> None: ...

class RandomGiftPanelBanner(_message.Message):
    __slots__ = ("bg_image", "shading_image", "target_num", "collect_num", "display_text", "left_icon", "schema_url", "bg_color_values_list", "round")
    BG_IMAGE_FIELD_NUMBER: _ClassVar[int]
    SHADING_IMAGE_FIELD_NUMBER: _ClassVar[int]
    TARGET_NUM_FIELD_NUMBER: _ClassVar[int]
    COLLECT_NUM_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_TEXT_FIELD_NUMBER: _ClassVar[int]
    LEFT_ICON_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_URL_FIELD_NUMBER: _ClassVar[int]
    BG_COLOR_VALUES_LIST_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    bg_image: _common_pb2.Image
    shading_image: _common_pb2.Image
    target_num: int
    collect_num: int
    display_text: str
    left_icon: _common_pb2.Image
    schema_url: str
    bg_color_values_list: _containers.RepeatedScalarFieldContainer[str]
    round: int
    def __init__(self, bg_image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., shading_image: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., target_num: _Optional[int] = ..., collect_num: _Optional[int] = ..., display_text: _Optional[str] = ..., left_icon: _Optional[_Union[_common_pb2.Image, _Mapping]] = ..., schema_url: _Optional[str] = ..., bg_color_values_list: _Optional[_Iterable[str]] = ..., round: _Optional[int] = ...) -> None: ...

class RandomGiftBubble(_message.Message):
    __slots__ = ("display_text", "icon_dynamic_effect")
    DISPLAY_TEXT_FIELD_NUMBER: _ClassVar[int]
    ICON_DYNAMIC_EFFECT_FIELD_NUMBER: _ClassVar[int]
    display_text: str
    icon_dynamic_effect: _common_pb2.Image
    def __init__(self, display_text: _Optional[str] = ..., icon_dynamic_effect: _Optional[_Union[_common_pb2.Image, _Mapping]] = ...) -> None: ...
