"""
Battles that go on in a room, for another process to go on with: as values that JSON has.

Times are in milliseconds since 1970, so that it does not matter how long nobody was there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from twisted.internet.interfaces import IReactorTime

from tiktoklive.clock import wall_ms
from tiktoklive.dispatch.battle_teams import HOSTS, SUPPORTERS, TEAMS, merged
from tiktoklive.events.base import Origin
from tiktoklive.events.battle_parts import BattleHost, BattleSupporter, BattleTeam
from tiktoklive.events.battle_progress import Battle

#: Bytes that the battles which move may have together, as JSON; one of two hosts has some 2 KB.
CARRIED_BYTES: Final = 16 << 10

#: Battles that are over, and are known to be where the room is followed next.
CARRIED_OVER: Final = 20


class MovingBattle(NamedTuple):
    """
    What is known of a battle that goes on.

    :ivar heard_at: when there was news of it last, in the clock's seconds.
    :ivar scored_at: TikTok's time of its last scores.
    :ivar origin: of its last news.
    """

    battle: Battle
    heard_at: float
    scored_at: int
    origin: Origin


def carried_battles(battles: Iterable[MovingBattle], clock: IReactorTime) -> list[Any]:
    """
    Those that move: as many as there is room for, and then, while there is, who gave for them.

    :param battles: those with the latest news first.
    """
    found: list[tuple[MovingBattle, Any]] = []
    left = CARRIED_BYTES
    for known in battles:
        shape = _shape(known, clock, supporters=False)
        if (size := _size(shape)) <= left:
            found.append((known, shape))
            left -= size
    shapes = []
    for known, shape in found:
        whole = _shape(known, clock, supporters=True)
        if (more := _size(whole) - _size(shape)) <= left:
            shape, left = whole, left - more
        shapes.append(shape)
    return shapes


def read_battles(carried: Iterable[Any], clock: IReactorTime) -> Iterator[MovingBattle]:
    """
    Those that :func:`carried_battles` gave in another process.

    :raise ValueError: it was no such thing.
    """
    for shape in carried:
        try:
            yield _known(shape, clock)
        except (TypeError, LookupError, OverflowError) as error:
            raise ValueError(f"this is no battle: {error}") from error


def _size(shape: Any) -> int:
    return len(json.dumps(shape, separators=(",", ":")))


def _shape(known: MovingBattle, clock: IReactorTime, *, supporters: bool) -> list[Any]:
    battle, now, seconds = known.battle, wall_ms(clock), clock.seconds()
    ends = None if battle.ends_at is None else now + round((battle.ends_at - seconds) * 1000)
    teams = [
        [
            team.team_id,
            [list(host) for host in team.hosts],
            team.score,
            [list(each) for each in team.supporters] if supporters else [],
            team.result,
        ]
        for team in battle.teams
    ]
    where = known.origin
    return [
        [battle.battle_id, battle.room_id, battle.channel_id],
        [battle.kind, battle.duration, battle.start_time, battle.end_time, known.scored_at],
        battle.from_start,
        ends,
        now - round((seconds - known.heard_at) * 1000),
        [where.anchor, where.room_id, where.received_at, where.source],
        teams,
    ]


def _known(shape: Any, clock: IReactorTime) -> MovingBattle:
    texts, numbers, from_start, ends, heard, place, teams = shape
    battle_id, room_id, channel_id = map(_text, texts)
    kind, duration, start_time, end_time, scored_at = map(_number, numbers)
    now, seconds = wall_ms(clock), clock.seconds()
    battle = Battle(battle_id, room_id, clock.seconds, from_start=from_start is True)
    battle.channel_id, battle.kind, battle.duration = channel_id, kind, duration
    battle.start_time, battle.end_time = start_time, end_time
    if ends is not None:
        battle.ends_at = seconds + (_number(ends) - now) / 1000
    battle.teams = merged((), [_team(*each) for each in teams[:TEAMS]])
    # By clocks that differ it may have been heard of later than now.
    heard_at = seconds - max(now - _number(heard), 0) / 1000
    anchor, room, received_at, source = place
    origin = Origin(_text(anchor), _text(room), _number(received_at), _text(source))
    return MovingBattle(battle, heard_at, scored_at, origin)


def _team(team_id: Any, hosts: Any, score: Any, supporters: Any, result: Any) -> BattleTeam:
    return BattleTeam(
        _text(team_id),
        tuple(
            BattleHost(_text(user), _text(name), _text(nickname), _text(picture), _number(points))
            for user, name, nickname, picture, points in hosts[:HOSTS]
        ),
        _number(score),
        tuple(
            BattleSupporter(_text(user), _text(nickname), _number(points))
            for user, nickname, points in supporters[:SUPPORTERS]
        ),
        None if result is None else _number(result),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} in the place of a text")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not -1 << 63 <= value < 1 << 64:
        raise TypeError("no number in the place of one")
    return value
