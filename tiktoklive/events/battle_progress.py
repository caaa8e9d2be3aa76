"""A battle from its start to its end: one object, and the events that tell how it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from tiktoklive.events.base import Event, MessageEvent, Origin
from tiktoklive.events.battle import LinkMicArmies
from tiktoklive.events.battle_parts import DRAW, WIN, BattleHost, BattleTeam
from tiktoklive.interfaces import IObserver

#: Why a battle is over; see :attr:`Battle.reason`.
FINISHED, CUT_SHORT, CANCELLED = "finished", "cut_short", "cancelled"
NEXT, TIMEOUT = "next", "timeout"

#: What is known of the losers' forfeit; see :attr:`Battle.punishment`.
UNDER_WAY, TIME_UP = "under_way", "time_up"

#: Supporters in the JSON of a score, of all teams together; each team has one at least.
TOP = 12


class Battle:
    """
    One battle, from its start to its end and the losers' forfeit: it changes as messages come.

    What it was when an event was told is in the event.

    :param now: the seconds of the clock that timers go by.
    :ivar battle_id: decimal text.
    :ivar room_id: the room in which it was heard of, decimal text.
    :ivar channel_id: the link between the hosts, decimal text; ``"0"`` when not said.
    :ivar kind: 1 host against host, 2 teams, 3 each for oneself, 4 one against many; 0 not said.
    :ivar from_start: whether we were there when it opened.
    :ivar duration: how long it lasts, in milliseconds; 0 when not said.
    :ivar start_time: when it began, in milliseconds since 1970; 0 when not said.
    :ivar end_time: when it is to end, likewise; it may be moved.
    :ivar ends_at: the same in the seconds of the clock that timers go by; ``None`` when not said.
    :ivar teams: the teams with their hosts, scores and those who gave for them, as many as are
        known: a message tells the best three, and who was told once is remembered.
    :ivar reason: why it is over, ``""`` while it goes on: ``"finished"``, its time was over;
        ``"cut_short"``, ``"cancelled"``; ``"next"``, the hosts began another one; ``"timeout"``,
        its time is over and there was no news of it for a minute; ``"stream_end"``, the broadcast
        ended; ``"disconnected"``, the connection was stopped or failed.
    :ivar punishment: what is known of the losers' forfeit: ``""`` nothing, ``"under_way"`` there
        is a winner, so it is or will be; ``"time_up"``, ``"cut_short"`` it is over.
    """

    __slots__ = (
        "_now",
        "battle_id",
        "channel_id",
        "duration",
        "end_time",
        "ends_at",
        "from_start",
        "kind",
        "punishment",
        "reason",
        "room_id",
        "start_time",
        "teams",
    )

    def __init__(
        self, battle_id: str, room_id: str, now: Callable[[], float], *, from_start: bool = True
    ) -> None:
        self.battle_id = battle_id
        self.room_id = room_id
        self.channel_id = "0"
        self.kind = self.duration = self.start_time = self.end_time = 0
        self.from_start = from_start
        self.teams: tuple[BattleTeam, ...] = ()
        self.reason = self.punishment = ""
        self.ends_at: float | None = None
        self._now = now

    @property
    def is_over(self) -> bool:
        """Whether it is over."""
        return bool(self.reason)

    @property
    def winner_ids(self) -> list[str]:
        """The user ids of the hosts who won, as TikTok says; none of a draw, or if it is silent."""
        return [host.user_id for team in self.teams if team.result == WIN for host in team.hosts]

    @property
    def is_draw(self) -> bool:
        """Whether TikTok says that it is a draw."""
        return any(team.result == DRAW for team in self.teams)

    @property
    def remaining(self) -> int:
        """Milliseconds until its time is over; 0 when it is, and when nobody said."""
        if self.ends_at is None or self.is_over:
            return 0
        return max(0, int((self.ends_at - self._now()) * 1000))

    def __repr__(self) -> str:
        return f"<Battle {self.battle_id} {shown(self.teams)} {self.reason}>".replace(" >", ">")


class _BattleEvent(Event):
    """
    What happens to a battle.

    :ivar battle: the battle, one object for all of its events; it changes afterwards.
    :ivar teams: the teams with their hosts, scores and supporters, as they were then.
    :ivar remaining: milliseconds until its time was over then; 0 when it was, or nobody said.
    :ivar cause: the event directly before it, which tells it; ``None`` if it was no message, as
        when its time is over.
    """

    __slots__ = ("battle", "cause", "remaining", "teams")

    def __init__(self, battle: Battle, cause: MessageEvent | None, origin: Origin) -> None:
        super().__init__(origin)
        self.battle = battle
        self.cause = cause
        self.teams = battle.teams
        self.remaining = battle.remaining

    @property
    def id(self) -> str:
        """``ROOM:battle:BATTLE:NAME``: the same for whoever tells it of the same battle."""
        return f"{self.room_id}:battle:{self.battle_id}:{self.name}"

    @property
    def battle_id(self) -> str:
        """Which battle, decimal text."""
        return self.battle.battle_id

    @property
    def create_time(self) -> int:
        """When TikTok made the message that tells it, in milliseconds since 1970; 0 of none."""
        return 0 if self.cause is None else self.cause.create_time

    @property
    def is_history(self) -> bool:
        """Whether TikTok replayed that message."""
        return self.cause is not None and self.cause.is_history

    @property
    def payload_size(self) -> int:
        """Bytes of that message."""
        return 0 if self.cause is None else self.cause.payload_size

    def as_dict(self) -> dict[str, Any]:
        """
        A shape in the manner of 1.x, which had no such event.

        ``battleId``, ``channelId`` (text), ``battleType`` (number), ``fromStart``, ``startTime``,
        ``endTime``, ``duration``, ``remaining`` (milliseconds) and ``teams``, of each ``teamId``,
        ``score``, ``result`` (0 won, 1 lost, 2 a draw, ``null`` unsaid), ``hosts``, ``supporters``.
        """
        battle = self.battle
        return {
            "battleId": battle.battle_id,
            "channelId": battle.channel_id,
            "battleType": battle.kind,
            "fromStart": battle.from_start,
            "startTime": battle.start_time,
            "endTime": battle.end_time,
            "duration": battle.duration,
            "remaining": self.remaining,
            "teams": self._teams(),
        }

    def _teams(self) -> list[dict[str, Any]]:
        return [
            {**_shape(team, None), "hosts": [_host(host) for host in team.hosts]}
            for team in self.teams
        ]

    def _about(self) -> str:
        return f"{self.battle_id} {shown(self.teams)}"


class BattleStarted(_BattleEvent):
    """
    A battle opened, or goes on when we come in; comes directly after the message that tells it.

    Its ``battle.from_start`` says which.
    """

    __slots__ = ()
    name: ClassVar[str] = "battleStarted"


class BattleScore(_BattleEvent):
    """
    The scores of a battle changed, or what is known of its teams; comes directly after the message.

    The last scores are those of its end.
    """

    __slots__ = ()
    name: ClassVar[str] = "battleScore"

    @property
    def id(self) -> str:
        """``ROOM:MSG_ID:battleScore``."""
        return super().id if self.cause is None else f"{self.cause.id}:{self.name}"

    @property
    def from_user_id(self) -> str:
        """The viewer who gave just now, decimal text; ``"0"`` when not said."""
        return self.cause.from_user_id if isinstance(self.cause, LinkMicArmies) else "0"

    def as_dict(self) -> dict[str, Any]:
        """
        The same, and who gave: ``fromUserId``.

        Of the hosts it has ``userId``, ``uniqueId`` and ``score``, and only the best supporters of
        each team, so that a short message becomes no long line.
        """
        shape = super().as_dict()
        shape["fromUserId"] = self.from_user_id
        return shape

    def _teams(self) -> list[dict[str, Any]]:
        most = max(1, TOP // max(1, len(self.teams)))
        return [
            {
                **_shape(team, most),
                "hosts": [
                    {"userId": each.user_id, "uniqueId": each.unique_id, "score": each.score}
                    for each in team.hosts
                ],
            }
            for team in self.teams
        ]


class BattleEnded(_BattleEvent):
    """
    A battle is over, however it ended: there is exactly one for each that was told to start.

    The losers' forfeit follows; see :attr:`Battle.punishment`.
    """

    __slots__ = ()
    name: ClassVar[str] = "battleEnded"

    @property
    def reason(self) -> str:
        """Why; see :attr:`Battle.reason`."""
        return self.battle.reason

    @property
    def winner_ids(self) -> list[str]:
        """The user ids of the hosts who won, as TikTok says; none of a draw, or if it is silent."""
        return self.battle.winner_ids

    @property
    def is_draw(self) -> bool:
        """Whether TikTok says that it is a draw."""
        return self.battle.is_draw

    def as_dict(self) -> dict[str, Any]:
        """The same, and ``reason``, ``winnerIds``, ``isDraw``."""
        shape = super().as_dict()
        shape.update(reason=self.reason, winnerIds=self.winner_ids, isDraw=self.is_draw)
        return shape

    def _about(self) -> str:
        return f"{super()._about()} {self.reason}"


class IBattleProgressObserver(IObserver):
    """For observers of battles from their start to their end."""

    def battle_started(event: BattleStarted) -> object:
        """One began, or goes on when we come in."""

    def battle_score(event: BattleScore) -> object:
        """Its scores changed."""

    def battle_ended(event: BattleEnded) -> object:
        """It is over."""


def _shape(team: BattleTeam, most: int | None) -> dict[str, Any]:
    """A team in JSON, without its hosts."""
    return {
        "teamId": team.team_id,
        "score": team.score,
        "result": team.result,
        "supporters": [
            {"userId": each.user_id, "nickname": each.nickname, "score": each.score}
            for each in team.supporters[:most]
        ],
    }


def _host(host: BattleHost) -> dict[str, Any]:
    return {
        "userId": host.user_id,
        "uniqueId": host.unique_id,
        "nickname": host.nickname,
        "profilePictureUrl": host.picture_url,
        "score": host.score,
    }


def shown(teams: tuple[BattleTeam, ...]) -> str:
    """The scores for people: ``@alice 5 : 7 @eve``, of more than two only the numbers."""
    return " : ".join(
        f"{' '.join(f'@{host.unique_id or host.user_id}' for host in team.hosts)} {team.score}"
        for team in teams
    )
