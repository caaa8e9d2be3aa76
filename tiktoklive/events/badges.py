"""Badges beside a viewer's name: what they show, and what they say about the viewer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tiktoklive.events.numbers import leading_integer, number
from tiktoklive.events.pictures import Image, last_url
from tiktoklive.wire import common_pb2
from tiktoklive.wire.text import text

#: Values of :attr:`Badge.scene` (wire facts, appendix A) that say something about the viewer.
ADMIN, SUBSCRIBER, RANK_LIST, NEW_SUBSCRIBER, USER_GRADE, FANS = 1, 4, 6, 7, 8, 10

_KINDS = {1: "image", 2: "text", 3: "string", 4: "combine"}

#: The levels there are; whatever else a level's text says takes longer to read.
_LEVELS: Mapping[str | bytes, int] = {str(level): level for level in range(1, 100)}

# ECMAScript's dot leaves out two line breaks more than Python's.
_TOP_GIFTER = re.compile("ranklist_top_gifter_([0-9]+)[^\n\r\u2028\u2029]png")


class Badge:
    """
    A view on one badge.

    :ivar message: the generated ``BadgeStruct``.
    """

    __slots__ = ("message",)

    def __init__(self, message: common_pb2.BadgeStruct) -> None:
        self.message = message

    @property
    def scene(self) -> int:
        """What it is about: 1 moderator, 4 and 7 subscriber, 8 gifter level, 10 fan level; 0 when
        TikTok doesn't say."""
        return self.message.badge_scene

    @property
    def kind(self) -> str:
        """How it looks: ``image``, ``text``, ``string``, ``combine`` (picture and text), or
        ``""``."""
        message = self.message
        kind = _KINDS.get(message.display_type)
        if kind is not None:
            return kind
        if message.image:
            return "image"
        if message.text:
            return "text"
        if message.HasField("str"):
            return "string"
        return "combine" if message.HasField("combine") else ""

    @property
    def text(self) -> str:
        """What is written on it, ``""`` when nothing is."""
        message = self.message
        for label in message.text:
            if label.default_pattern or label.key:
                return text(label.default_pattern or label.key)
        combine = message.combine
        return text(message.str.str or combine.str or combine.text.default_pattern)

    @property
    def level(self) -> int:
        """The level it stands for: of gifter, fan or team member; 0 when it has none."""
        level = leading_integer(text(self.message.log_extra.level))
        return int(level) if level is not None else 0

    @property
    def privilege_id(self) -> str:
        """The id of the privilege that it stands for, ``""`` when there is none."""
        return text(self.message.log_extra.privilege_id)

    @property
    def image_url(self) -> str | None:
        """The address of its picture; ``None`` when it has none."""
        for picture in self.message.image:
            if url := last_url(picture.image):
                return url
        return Image(self.message.combine.icon).choose()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Badge) and self.message == other.message

    def __hash__(self) -> int:
        return hash((self.message.badge_scene, self.privilege_id))

    def __repr__(self) -> str:
        return f"<Badge {self.kind or '?'} scene={self.scene} {self.text!r}>"


def read_badges(
    groups: Iterable[common_pb2.BadgeStruct],
) -> tuple[list[dict[str, Any]], list[int], dict[str, Any]]:
    """
    What 1.x reads off the badges of a user.

    A group gives zero or more entries: its texts, then its pictures, then its privilege if that
    has a level.  Combined badges give none, 1.x didn't know them; a group with nothing but a
    scene gives none either, and so says nothing about the user.  A picture in front of a
    privilege hides its level.

    :return: the list ``userBadges``, the list ``userSceneTypes``, and the six keys
        ``isModerator``, ``isNewGifter``, ``isSubscriber``, ``topGifterRank``, ``gifterLevel``,
        ``teamMemberLevel``.
    """
    entries: list[dict[str, Any]] = []
    scenes: list[int] = []
    moderator = new_gifter = subscriber = False
    top_gifter: str | None = None
    gifter: int | float | None = None
    member: int | float | None = None
    for group in groups:
        scene = group.badge_scene
        scenes.append(scene)
        first = len(entries)
        # Asked for truth before: iterating over nothing takes longer.
        if labels := group.text:
            for label in labels:
                entry = _text_entry(label, scene)
                entries.append(entry)
                kind = entry.get("type", "").lower()
                if "moderator" in kind:
                    moderator = True
                if "live_ng_" in kind:
                    new_gifter = True
        if pictures := group.image:
            for picture in pictures:
                if url := last_url(picture.image):
                    entries.append(
                        {
                            "type": "image",
                            "badgeSceneType": scene,
                            "displayType": picture.badge_display_type,
                            "url": url,
                        }
                    )
                    if "/sub_" in url.lower():
                        subscriber = True
                    if top_gifter is None and "/ranklist_top_gifter_" in url:
                        top_gifter = url
        privilege = group.log_extra
        level = privilege.level
        if level and level != "0":
            privilege_id = privilege.privilege_id
            entries.append(
                {
                    "type": "privilege",
                    "privilegeId": (
                        privilege_id if privilege_id.__class__ is str else text(privilege_id)
                    ),
                    "level": _LEVELS.get(level) or leading_integer(text(level)),
                    "badgeSceneType": scene,
                }
            )
        if len(entries) == first:
            continue
        if scene == USER_GRADE:
            if gifter is None:
                gifter = entries[first].get("level") or 0
        elif scene == FANS:
            if member is None:
                member = entries[first].get("level") or 0
        elif scene == ADMIN:
            moderator = True
        elif scene in (SUBSCRIBER, NEW_SUBSCRIBER):
            subscriber = True
    flags = {
        "isModerator": moderator,
        "isNewGifter": new_gifter,
        "isSubscriber": subscriber,
        "topGifterRank": None if top_gifter is None else _rank(top_gifter),
        "gifterLevel": gifter or 0,
        "teamMemberLevel": member or 0,
    }
    return entries, scenes, flags


#: What 1.x says about a user without badges.
NO_FLAGS: Mapping[str, Any] = read_badges(())[2]


def _text_entry(label: common_pb2.TextBadge, scene: int) -> dict[str, Any]:
    entry: dict[str, Any] = {"badgeSceneType": scene}
    if label.HasField("key"):
        entry["type"] = text(label.key)
    if label.HasField("default_pattern"):
        entry["name"] = text(label.default_pattern)
    return entry


def _rank(url: str) -> int | float | None:
    found = _TOP_GIFTER.search(url)
    return None if found is None else number(float(found[1]))
