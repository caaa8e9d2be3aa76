"""Battles between hosts: their course and their scores."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.base import ClassicEvent
from tiktoklive.events.battle_parts import (
    WIN,
    BattleTeam,
    WithSetting,
    teams_at_change,
    teams_at_score,
)
from tiktoklive.events.numbers import in_ms
from tiktoklive.events.pictures import Image
from tiktoklive.events.user import BattleUser
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import battle_pb2 as wire
from tiktoklive.wire.text import text

#: Values of :attr:`LinkMicBattle.action` (``BattleAction``).
CANCEL, OPEN, FINISH, CUT_SHORT = 3, 4, 5, 6
#: A value of :attr:`LinkMicArmies.battle_status` (``TriggerReason``).
BATTLE_END = 2


class Supporter:
    """
    A viewer who gives for one side of a battle.

    :ivar message: the protobuf message ``BattleUserArmy``.
    """

    __slots__ = ("message",)

    def __init__(self, message: wire.BattleUserArmy) -> None:
        self.message = message

    @property
    def user_id(self) -> str:
        """The viewer's user id, decimal text."""
        return str(self.message.user_id)

    @property
    def nickname(self) -> str:
        """The viewer's nickname."""
        return text(self.message.nickname)

    @property
    def score(self) -> int:
        """Points given."""
        return self.message.score

    @property
    def diamond_score(self) -> int:
        """Those of them that are diamonds; 0 when not said."""
        return self.message.diamond_score

    @property
    def profile_picture(self) -> Image:
        """The viewer's picture."""
        return Image(self.message.avatar_thumb)

    def __repr__(self) -> str:
        return f"<Supporter {self.nickname!r} {self.score}>"


class Army:
    """
    One side of a battle.

    :ivar host_user_id: the host's user id, decimal text.
    :ivar message: the protobuf message ``BattleUserArmies``.
    """

    __slots__ = ("host_user_id", "message")

    def __init__(self, host_user_id: str, message: wire.BattleUserArmies) -> None:
        self.host_user_id = host_user_id
        self.message = message

    @property
    def points(self) -> int:
        """The side's score."""
        return self.message.host_score

    @property
    def participants(self) -> list[Supporter]:
        """The viewers who gave most."""
        return [Supporter(army) for army in self.message.user_army]

    def __repr__(self) -> str:
        return f"<Army of {self.host_user_id} {self.points}>"


class WinStreak:
    """
    How many battles in a row a host won.

    :ivar message: the protobuf message ``BattleComboInfo``; what its status means is unknown.
    """

    __slots__ = ("message",)

    def __init__(self, message: wire.BattleComboInfo) -> None:
        self.message = message

    @property
    def host_user_id(self) -> str:
        """The host's user id, decimal text."""
        return str(self.message.user_id)

    @property
    def count(self) -> int:
        """How many."""
        return self.message.combo_count

    def __repr__(self) -> str:
        return f"<WinStreak of {self.host_user_id} {self.count}>"


class LinkMicBattle(WithSetting, ClassicEvent):
    """A battle is set up, opens, ends or is cancelled."""

    __slots__ = ()
    name: ClassVar[str] = "linkMicBattle"
    method: ClassVar[str] = "WebcastLinkMicBattle"
    derives: ClassVar[tuple[str, ...]] = ("battleStarted", "battleScore", "battleEnded")
    message: wire.WebcastLinkMicBattle

    @property
    def battle_id(self) -> str:
        """Which battle, decimal text."""
        return str(self.message.battle_id)

    @property
    def action(self) -> int:
        """
        What happens to it (enum ``BattleAction``).

        1 an invitation, 7 accepted, 2 refused; 4 it opens; 5 it is over, 6 cut short, 3 cancelled;
        8 a host wants to quit, 9 and 10 that is refused; 11 a host left.
        """
        return self.message.action

    @property
    def action_by_user_id(self) -> str:
        """The host who does that, decimal text; ``"0"`` when not said."""
        return str(self.message.action_by_user_id)

    @property
    def is_start(self) -> bool:
        """Whether it opens."""
        return self.message.action == OPEN

    @property
    def is_end(self) -> bool:
        """Whether it is over, in its time or before."""
        return self.message.action in (FINISH, CUT_SHORT, CANCEL)

    @property
    def battle_users(self) -> list[BattleUser]:
        """The hosts."""
        return [
            BattleUser(entry.value.user)
            for entry in self.message.anchor_info
            if entry.value.HasField("user")
        ]

    @property
    def teams(self) -> list[BattleTeam]:
        """The teams with their hosts, scores and, when it is over, results; also a single host."""
        return teams_at_change(self.message)

    @property
    def winner_ids(self) -> list[str]:
        """The user ids of the hosts who won, decimal text; none before the end, or of a draw."""
        return [host.user_id for team in self.teams if team.result == WIN for host in team.hosts]

    @property
    def win_streaks(self) -> list[WinStreak]:
        """How many battles in a row the hosts won."""
        return [WinStreak(entry.value) for entry in self.message.battle_combos]

    @property
    def bubble_text(self) -> str:
        """What is shown to the hosts; empty in all recordings."""
        return text(self.message.bubble_text)

    def _setting(self) -> wire.BattleSetting:
        return self.message.battle_setting

    def _about(self) -> str:
        return " vs ".join(f"@{user.unique_id}" for user in self.battle_users) or self.battle_id


class LinkMicArmies(WithSetting, ClassicEvent):
    """The scores of a running battle."""

    __slots__ = ()
    name: ClassVar[str] = "linkMicArmies"
    method: ClassVar[str] = "WebcastLinkMicArmies"
    derives: ClassVar[tuple[str, ...]] = ("battleStarted", "battleScore", "battleEnded")
    message: wire.WebcastLinkMicArmies

    @property
    def battle_id(self) -> str:
        """Which battle, decimal text."""
        return str(self.message.battle_id)

    @property
    def battle_status(self) -> int:
        """
        Why the score changed (enum ``TriggerReason``); 1.x calls it battleStatus.

        1 points, 2 the battle is over, 3 a host opted out, 4 nothing new.
        """
        return self.message.trigger_reason

    @property
    def battle_armies(self) -> list[Army]:
        """The sides."""
        return [Army(str(entry.key), side) for entry in self.message.armies for side in entry.value]

    @property
    def teams(self) -> list[BattleTeam]:
        """The teams with their scores, and their hosts by id; also a single host."""
        return teams_at_score(self.message)

    @property
    def channel_id(self) -> str:
        """The link between the hosts, decimal text; ``"0"`` when not said."""
        return str(self.message.channel_id or self._setting().channel_id)

    @property
    def from_user_id(self) -> str:
        """The viewer who gave just now, decimal text; ``"0"`` when not said."""
        return str(self.message.from_user_id)

    @property
    def gift_id(self) -> str:
        """Which gift was given, decimal text; ``"0"`` when not said."""
        return str(self.message.gift_id)

    @property
    def gift_count(self) -> int:
        """How many of it."""
        return self.message.gift_count

    @property
    def repeat_count(self) -> int:
        """How many so far in that streak of gifts."""
        return self.message.repeat_count

    @property
    def gift_picture(self) -> Image:
        """The picture of the gift."""
        return Image(self.message.gif_icon_image)

    @property
    def diamond_count(self) -> int:
        """What was given just now, in diamonds; 0 when not said."""
        return self.message.total_diamond_count

    @property
    def gift_time(self) -> int:
        """When the gift was sent, in milliseconds since 1970; 0 when not said."""
        return in_ms(self.message.gift_sent_time)

    @property
    def score_time(self) -> int:
        """When the scores were these, in milliseconds since 1970; 0 when not said."""
        return in_ms(self.message.score_update_time)

    @property
    def is_critical_strike(self) -> bool:
        """Whether a boosting glove multiplied what was given."""
        return self.message.trigger_critical_strike

    @property
    def is_last(self) -> bool:
        """Whether the scores changed because the battle is over."""
        return self.message.trigger_reason == BATTLE_END

    def _setting(self) -> wire.BattleSetting:
        return self.message.battle_settings

    def _about(self) -> str:
        return " : ".join(str(army.points) for army in self.battle_armies)


class IBattleObserver(IObserver):
    """For observers of battles."""

    def link_mic_battle(event: LinkMicBattle) -> object:
        """A battle's state changed."""

    def link_mic_armies(event: LinkMicArmies) -> object:
        """A battle's scores changed."""
