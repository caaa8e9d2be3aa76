"""What the messages about battles share: when one is, and its teams with their hosts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tiktoklive.events.numbers import in_ms
from tiktoklive.events.pictures import choose_url, urls_of
from tiktoklive.wire import battle_pb2 as wire
from tiktoklive.wire.text import text

#: Values of :attr:`BattleTeam.result` (``BattleResultResult``).
WIN, LOSE, DRAW = 0, 1, 2


class BattleHost(NamedTuple):
    """
    One host of a battle.

    :ivar user_id: decimal text.
    :ivar unique_id: the ``@name``, without ``@``; empty where only the id is said.
    :ivar nickname: the name that is shown; likewise.
    :ivar picture_url: the address of the small profile picture; likewise.
    :ivar score: the host's own points; those of the team where it has one host.
    """

    user_id: str
    unique_id: str = ""
    nickname: str = ""
    picture_url: str = ""
    score: int = 0

    def __repr__(self) -> str:
        # Addresses of pictures are signed: they stay out of repr.
        return f"<BattleHost {self.unique_id or self.user_id} {self.score}>"


class BattleSupporter(NamedTuple):
    """
    A viewer who gives for a team.

    :ivar user_id: decimal text.
    :ivar score: points given for it so far.
    """

    user_id: str
    nickname: str
    score: int


class BattleTeam(NamedTuple):
    """
    One side of a battle: a team with its hosts, or a host who is alone.

    :ivar team_id: decimal text; ``"0"`` where each host is alone.
    :ivar score: its points.
    :ivar supporters: the viewers who gave most for it, as far as the message says.
    :ivar result: 0 it won, 1 it lost, 2 it is a draw; ``None`` while nobody says.
    """

    team_id: str
    hosts: tuple[BattleHost, ...]
    score: int = 0
    supporters: tuple[BattleSupporter, ...] = ()
    result: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the other teams of the battle."""
        alone = self.hosts[0].user_id if self.hosts and self.team_id == "0" else ""
        return self.team_id, alone


class WithSetting:
    """What the messages say that bring the battle's settings."""

    __slots__ = ()

    def _setting(self) -> wire.BattleSetting:
        raise NotImplementedError

    @property
    def channel_id(self) -> str:
        """The link between the hosts, decimal text: it has one battle at a time; ``"0"`` unsaid."""
        return str(self._setting().channel_id)

    @property
    def kind(self) -> int:
        """1 host against host, 2 teams, 3 each for oneself, 4 one against many (BattleType)."""
        return self._setting().battle_type

    @property
    def status(self) -> int:
        """Observed: 1 under way, 3 decided, 4 after the forfeit; 0 when not said."""
        return self._setting().status

    @property
    def is_rematch(self) -> bool:
        """Whether it is another one of the same hosts."""
        return self._setting().invite_type == wire.BATTLE_INVITE_TYPE_AGAIN

    @property
    def counted_gift_id(self) -> str:
        """The one gift that counts, decimal text; ``"0"`` where all do."""
        return str(self._setting().gift_mode_meta.gift_id)

    @property
    def duration(self) -> int:
        """How long it lasts, in milliseconds (the wire has seconds); 0 when not said."""
        return self._setting().duration * 1000

    @property
    def extra_duration(self) -> int:
        """By how much it was made longer, in milliseconds (the wire has seconds)."""
        return self._setting().extra_duration_second * 1000

    @property
    def start_time(self) -> int:
        """When it began, in milliseconds since 1970; 0 when not said."""
        return in_ms(self._setting().timestamp)

    @property
    def end_time(self) -> int:
        """When it is to end, in milliseconds since 1970; 0 when nothing says it."""
        setting = self._setting()
        if setting.end_time_ms:
            return in_ms(setting.end_time_ms)
        start, length = self.start_time, self.duration
        return start + length + self.extra_duration if start and length else 0


def teams_at_change(message: wire.WebcastLinkMicBattle) -> list[BattleTeam]:
    """The teams as they are when a battle is set up, opens or ends."""
    hosts = {entry.key: _host(entry.key, entry.value.user) for entry in message.anchor_info}
    if message.team_users or message.team_armies or message.team_battle_result:
        known = {each.team_id: tuple(each.user_ids) for each in message.team_users}
        results = {each.team_id: each for each in message.team_battle_result}
        return _teams(hosts, known, message.team_armies, results)
    armies = {entry.key: entry.value for entry in message.armies}
    outcomes = {entry.key: entry.value for entry in message.battle_result}
    teams = []
    for user_id in dict.fromkeys((*hosts, *armies, *outcomes)):
        outcome, army = outcomes.get(user_id), armies.get(user_id)
        score = army.host_score if army is not None else outcome.score if outcome else 0
        result = None if outcome is None else outcome.result
        teams.append(_alone(hosts, user_id, score, army, result))
    return teams


def teams_at_score(message: wire.WebcastLinkMicArmies) -> list[BattleTeam]:
    """The teams as an update of the scores has them: their hosts by id only."""
    if message.team_armies:
        return _teams({}, {}, message.team_armies, {})
    armies = {entry.key: side for entry in message.armies for side in entry.value}
    return [_alone({}, user_id, army.host_score, army, None) for user_id, army in armies.items()]


def _alone(
    hosts: dict[int, BattleHost],
    user_id: int,
    score: int,
    army: wire.BattleUserArmies | None,
    result: int | None,
) -> BattleTeam:
    """The side of a host who has no team."""
    host = hosts.get(user_id) or BattleHost(str(user_id))
    return BattleTeam("0", (host._replace(score=score),), score, _supporters(army), result)


def _teams(
    hosts: dict[int, BattleHost],
    known: dict[int, tuple[int, ...]],
    armies: Iterable[wire.BattleTeamUserArmies],
    results: dict[int, wire.BattleTeamResult],
) -> list[BattleTeam]:
    scored = {each.team_id: each for each in armies}
    teams = []
    for team_id in dict.fromkeys((*known, *scored, *results)):
        army, result = scored.get(team_id), results.get(team_id)
        own: dict[int, int] = dict.fromkeys(known.get(team_id, ()), 0)
        for part in (result, army):
            own.update(
                {} if part is None else {each.user_id: each.score for each in part.team_users}
            )
        score = army.team_total_score if army else result.total_score if result else 0
        members = (
            (hosts.get(user_id) or BattleHost(str(user_id)))._replace(score=score)
            for user_id, score in own.items()
        )
        teams.append(
            BattleTeam(
                str(team_id),
                tuple(members),
                score,
                _supporters(None if army is None else army.user_armies),
                None if result is None else result.result,
            )
        )
    return teams


def _host(user_id: int, user: wire.BattleBaseUserInfo) -> BattleHost:
    picture = choose_url(urls_of(user.avatar_thumb)) or ""
    name, nickname = text(user.display_id), text(user.nick_name)
    return BattleHost(str(user_id), name, nickname, picture)


def _supporters(army: wire.BattleUserArmies | None) -> tuple[BattleSupporter, ...]:
    if army is None:
        return ()
    return tuple(
        BattleSupporter(str(each.user_id), text(each.nickname), each.score)
        for each in army.user_army
    )
