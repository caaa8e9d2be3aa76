"""The badges next to the names of a random room: what people are to the broadcaster."""

from __future__ import annotations

import random
from typing import Final
from urllib.parse import quote

from tiktoklive.simulator.pictures import Pictures
from tiktoklive.wire.common_pb2 import (
    BadgeStruct,
    BadgeText,
    CombineBadge,
    CombineBadgeBackground,
    FontStyle,
    Image,
    ImageBadge,
    PaddingInfo,
    PrivilegeLogExtra,
    ProfileCardPanel,
    ProfileContent,
    ProjectionConfig,
    TextBadge,
    UserIdentity,
)

_ADMIN, _SUBSCRIBER, _RANK_LIST, _GRADE, _FANS = 1, 4, 6, 8, 10
_STRONG, _PLATFORM, _RELATION, _RANKED = 10, 20, 30, 50
_IMAGE, _TEXT, _COMBINE = 1, 2, 4
_LEFT, _RIGHT = 1, 2

_FANS_COLOR: Final = "#99C86432"
_RANK_COLOR: Final = "#66E03A6E"

#: A color for every ten levels of a giver.
_GRADE_COLORS: Final = (
    "#997A94D8",
    "#995A6CE0",
    "#99446FE4",
    "#998E54D0",
    "#99B04A9C",
    "#99C8405A",
)


def _page(name: str) -> str:
    """The address in TikTok's own scheme of the page behind a badge."""
    url = quote(f"https://pages.pictures.example/webcast/{name}/index/template.js", safe="")
    return (
        f"sslocal://webcast_lynxview_popup?use_spark=1&url={url}&hide_loading=1&gravity=bottom"
        "&height=70%25&radius=12&show_mask=1&mask_bg_color=00000066&use_forest=1&trans_status_bar=1"
        "&hide_nav_bar=1&load_taro=0&enter_from=live_badge"
    )


def _backed(color: str) -> CombineBadgeBackground:
    return CombineBadgeBackground(image=Image(), background_color_code=color)


def _padding(middle: int) -> PaddingInfo:
    return PaddingInfo(use_specific=True, middle_padding=middle or None, badge_width=32)


def _level_badge(
    pictures: Pictures, scene: int, priority: int, privilege: int, level: int, name: str, color: str
) -> BadgeStruct:
    page = _page("user_level" if scene == _GRADE else "fans_club")
    narrow = level < 10
    return BadgeStruct(
        display_type=_COMBINE,
        priority_type=priority,
        badge_scene=scene,
        position=_LEFT,
        schema_url=page,
        display=True,
        log_extra=PrivilegeLogExtra(
            data_version="2",
            privilege_id=str(privilege),
            privilege_version="0",
            privilege_order_id=f"level_badge_{privilege}",
            level=str(level),
        ),
        combine=CombineBadge(
            badge_display_type=_COMBINE,
            icon=pictures.icon(name, schema=page),
            str=str(level),
            padding=_padding(4 if narrow else 1),
            font_style=FontStyle(),
            profile_card_panel=ProfileCardPanel(
                projection_config=ProjectionConfig(icon=Image()), profile_content=ProfileContent()
            ),
            background=_backed(color),
            background_dark_mode=_backed(color),
            public_screen_show_style=14,
            personal_card_show_style=15,
            padding_new_font=_padding(5 if narrow else 0),
        ),
    )


def _rank_badge(pictures: Pictures, rank: int) -> BadgeStruct:
    page = _page("top_viewers")
    return BadgeStruct(
        display_type=_COMBINE,
        priority_type=_RANKED,
        badge_scene=_RANK_LIST,
        position=_RIGHT,
        schema_url=page,
        display=True,
        log_extra=_no_privilege(),
        combine=CombineBadge(
            badge_display_type=_COMBINE,
            icon=pictures.icon("top_viewer_badge", schema=page),
            text=BadgeText(key=f"pm_mt_top_viewer_{rank}", default_pattern=f"No. {rank}"),
            background=_backed(_RANK_COLOR),
            background_dark_mode=_backed(_RANK_COLOR),
            public_screen_show_style=14,
            personal_card_show_style=15,
            rank_list_online_audience_show_style=14,
            multi_guest_show_style=14,
        ),
    )


def _no_privilege() -> PrivilegeLogExtra:
    return PrivilegeLogExtra(data_version="0", privilege_id="0", privilege_version="0", level="0")


def _moderator_badge() -> BadgeStruct:
    text = TextBadge(badge_display_type=_TEXT, key="pm_mt_moderator_im")
    text.default_pattern = "Moderator"
    return BadgeStruct(
        display_type=_TEXT,
        priority_type=_STRONG,
        badge_scene=_ADMIN,
        position=_LEFT,
        display=True,
        log_extra=_no_privilege(),
        text=[text],
    )


def _subscriber_badge(pictures: Pictures) -> BadgeStruct:
    shown = ImageBadge(badge_display_type=_IMAGE, image=pictures.icon("sub_badge_month_3"))
    return BadgeStruct(
        display_type=_IMAGE,
        priority_type=_RELATION,
        badge_scene=_SUBSCRIBER,
        position=_LEFT,
        display=True,
        log_extra=_no_privilege(),
        image=[shown],
    )


def badges_of(
    rng: random.Random,
    identity: UserIdentity,
    pictures: Pictures,
    *,
    rank: int,
    graded: bool,
    fan: bool,
) -> list[BadgeStruct]:
    """
    The badges of a user.

    :param rank: their place among the best givers, 0 without one.
    :param graded: whether they have a level as a giver.
    :param fan: whether they have one among the fans.
    """
    badges = []
    if identity.is_moderator_of_anchor:
        badges.append(_moderator_badge())
    if identity.is_subscriber_of_anchor:
        badges.append(_subscriber_badge(pictures))
    if graded:
        level = min(50, 1 + int(rng.expovariate(1 / 12)))
        name = f"grade_badge_icon_lite_lv{level // 5 * 5}"
        color = _GRADE_COLORS[level // 10]
        privilege = 7_200_000_000_000_000_000 + level
        badges.append(_level_badge(pictures, _GRADE, _PLATFORM, privilege, level, name, color))
    if fan:
        level = min(40, 1 + int(rng.expovariate(1 / 9)))
        name = f"fans_badge_icon_lv{level // 10 * 10}"
        privilege = 7_300_000_000_000_000_000 + level
        badges.append(_level_badge(pictures, _FANS, _RELATION, privilege, level, name, _FANS_COLOR))
    if rank:
        badges.append(_rank_badge(pictures, rank))
    return badges
