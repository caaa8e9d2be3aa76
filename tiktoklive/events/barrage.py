"""
Lines that run over the video: entrances, levels, subscriptions; and super fans.

What TikTok calls a barrage is one type for many things.  Those that viewers care about are told
once more as events of their own, directly after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from tiktoklive.events.base import DerivedEvent, Event, MessageEvent
from tiktoklive.events.displaytext import filled
from tiktoklive.events.giving import SuperFanBox
from tiktoklive.events.pictures import Image
from tiktoklive.events.user import User
from tiktoklive.interfaces import IObserver
from tiktoklive.wire.audience_pb2 import WebcastBarrageMessage
from tiktoklive.wire.common_pb2 import Text
from tiktoklive.wire.text import text

#: Values of :attr:`Barrage.kind` (``BarrageType``) that are told once more.
USER_UPGRADE, TEAM_UPGRADE, TEAM_ENTRANCE = 8, 10, 11

#: Parts of the keys of a text, in small letters (wire facts, appendix A).
_SUPER_FAN = "ttlive_superfan"
_SUPER_FAN_JOIN = "ttlive_superfan_commentnotif_superfanjoined"


class Barrage(MessageEvent):
    """A line runs over the video: an entrance, a level, a subscription, a purchase."""

    __slots__ = ()
    name: ClassVar[str] = "barrage"
    method: ClassVar[str] = "WebcastBarrageMessage"
    derives: ClassVar[tuple[str, ...]] = ("superFan", "superFanJoin", "teamMemberJoin", "levelUp")
    message: WebcastBarrageMessage

    @property
    def kind(self) -> int:
        """
        What it is about (``BarrageType``).

        4 a subscription, 7 subscriptions given away, 8 a viewer's new level, 9 the entrance of a
        viewer with a level, 10 a team member's new level, 11 the entrance of a team member, 13 the
        gift gallery, 100 in general; 1, 2, 14 purchases, 5 and 6 an announced event, 12 a game.
        """
        return self.message.msg_type

    @property
    def user(self) -> User | None:
        """The viewer it is about; ``None`` when it is about no one, or does not say."""
        message = self.message
        if message.user_grade_param.HasField("user"):
            return User(message.user_grade_param.user)
        if message.fans_level_param.HasField("user"):
            return User(message.fans_level_param.user)
        for shown in self._texts():
            for piece in shown.pieces:
                if piece.user_value.HasField("user"):
                    return User(piece.user_value.user)
        return None

    @property
    def level(self) -> int:
        """The viewer's level, or that in the host's team; 0 when not said."""
        message = self.message
        return message.user_grade_param.current_grade or message.fans_level_param.current_grade

    @property
    def content_key(self) -> str:
        """The key of the line: ``pm_mt_fan_live_join``."""
        return text(self.message.content.key)

    @property
    def text(self) -> str:
        """The line; of an entrance without the name, which TikTok's client puts before it."""
        return next(filter(None, map(filled, self._texts())), "")

    @property
    def duration(self) -> int:
        """For how long it is shown, in milliseconds; 0 when not said."""
        return self.message.duration

    @property
    def icon(self) -> Image:
        """The picture before it."""
        return Image(self.message.icon)

    @property
    def subscriptions_given(self) -> int:
        """How many subscriptions were given away; 0 when it is not about that."""
        return self.message.subscribe_gift_param.gift_sub_count

    def _texts(self) -> Iterator[Text]:
        yield self.message.content
        yield self.message.common_barrage_content
        yield self.message.common.display_text

    def derived(self) -> tuple[Event, ...]:
        """What it is, as an event of its own, if that is known."""
        message = self.message
        keys = [text(message.content.key), text(message.common_barrage_content.key)]
        folded = [key[:200].lower() for key in keys]
        cls: type[Barrage]
        if any(_SUPER_FAN_JOIN in key for key in folded):
            cls = SuperFanJoin
        elif any(_SUPER_FAN in key for key in folded):
            cls = SuperFan
        elif self.kind == TEAM_ENTRANCE:
            cls = TeamMemberJoin
        elif self.kind in (USER_UPGRADE, TEAM_UPGRADE):
            cls = LevelUp
        else:
            return ()
        return (self._derive(cls),)

    def _about(self) -> str:
        user = self.user
        return f"@{user.unique_id} {self.text!r}" if user is not None else repr(self.text)


class SuperFan(DerivedEvent, Barrage):
    """A viewer became a super fan of the host; comes directly after its ``barrage``."""

    __slots__ = ()
    name: ClassVar[str] = "superFan"


class SuperFanJoin(DerivedEvent, Barrage):
    """A super fan comes in; comes directly after its ``barrage``."""

    __slots__ = ()
    name: ClassVar[str] = "superFanJoin"


class TeamMemberJoin(DerivedEvent, Barrage):
    """A member of the host's team comes in; comes directly after its ``barrage``."""

    __slots__ = ()
    name: ClassVar[str] = "teamMemberJoin"


class LevelUp(DerivedEvent, Barrage):
    """A viewer reached a level, or one in the host's team; comes directly after its ``barrage``."""

    __slots__ = ()
    name: ClassVar[str] = "levelUp"

    @property
    def is_team_level(self) -> bool:
        """Whether it is the level in the host's team."""
        return self.kind == TEAM_UPGRADE


class IBarrageObserver(IObserver):
    """For observers of the lines that run over the video, and of what they tell."""

    def barrage(event: Barrage) -> object:
        """A line of any kind."""

    def team_member_join(event: TeamMemberJoin) -> object:
        """A team member comes in."""

    def level_up(event: LevelUp) -> object:
        """A new level."""


class ISuperFanObserver(IObserver):
    """For observers of super fans."""

    def super_fan(event: SuperFan) -> object:
        """A new one."""

    def super_fan_join(event: SuperFanJoin) -> object:
        """One comes in."""

    def super_fan_box(event: SuperFanBox) -> object:
        """One put up a box."""
