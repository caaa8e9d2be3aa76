"""Battles between hosts: their course and their scores."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.base import ClassicEvent
from tiktoklive.events.user import BattleUser
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import battle_pb2 as wire
from tiktoklive.wire.text import text


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


class LinkMicBattle(ClassicEvent):
    """A battle is set up, opens, ends or is cancelled."""

    __slots__ = ()
    name: ClassVar[str] = "linkMicBattle"
    method: ClassVar[str] = "WebcastLinkMicBattle"
    message: wire.WebcastLinkMicBattle

    @property
    def battle_id(self) -> str:
        """Which battle, decimal text."""
        return str(self.message.battle_id)

    @property
    def action(self) -> int:
        """What happens to it (enum ``BattleAction``)."""
        return self.message.action

    @property
    def battle_users(self) -> list[BattleUser]:
        """The hosts."""
        return [
            BattleUser(entry.value.user)
            for entry in self.message.anchor_info
            if entry.value.HasField("user")
        ]

    def _about(self) -> str:
        return " vs ".join(f"@{user.unique_id}" for user in self.battle_users) or self.battle_id


class LinkMicArmies(ClassicEvent):
    """The scores of a running battle."""

    __slots__ = ()
    name: ClassVar[str] = "linkMicArmies"
    method: ClassVar[str] = "WebcastLinkMicArmies"
    message: wire.WebcastLinkMicArmies

    @property
    def battle_id(self) -> str:
        """Which battle, decimal text."""
        return str(self.message.battle_id)

    @property
    def battle_status(self) -> int:
        """Why the score changed (enum ``TriggerReason``); 1.x calls it battleStatus."""
        return self.message.trigger_reason

    @property
    def battle_armies(self) -> list[Army]:
        """The sides."""
        return [Army(str(entry.key), side) for entry in self.message.armies for side in entry.value]

    def _about(self) -> str:
        return " : ".join(str(army.points) for army in self.battle_armies)


class IBattleObserver(IObserver):
    """For observers of battles."""

    def link_mic_battle(event: LinkMicBattle) -> object:
        """A battle's state changed."""

    def link_mic_armies(event: LinkMicArmies) -> object:
        """A battle's scores changed."""
