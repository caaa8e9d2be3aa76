"""The teams of a battle, as message after message tells of them; bounded."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from tiktoklive.events.battle_parts import BattleHost, BattleSupporter, BattleTeam
from tiktoklive.events.battle_progress import Battle

#: Teams of a battle, hosts of all of them, and supporters of one that are remembered.
TEAMS, HOSTS, SUPPORTERS = 12, 12, 20
#: Letters of a name, and of the address of a picture: one that is longer is left out.
NAME, ADDRESS = 50, 500
#: Bytes that a host and a supporter take at most: letters of other scripts take four each.
_HOST, _SUPPORTER = 400 + 4 * (2 * NAME + ADDRESS), 250 + 4 * NAME


def merged(before: Iterable[BattleTeam], news: Iterable[BattleTeam]) -> tuple[BattleTeam, ...]:
    """
    The teams, with what a message says of them.

    Names and points that it leaves out are those that were said before; who supported a team
    once is remembered, those with the highest scores first.
    """
    teams = {team.key: team for team in before}
    said = [_short(team) for team in islice(news, TEAMS)]
    names = {host.user_id: host for team in teams.values() for host in team.hosts}
    if any(team.team_id != "0" for team in said):  # who seemed to be alone is in a team
        teams = {key: team for key, team in teams.items() if team.team_id != "0"}
    elif any(team.team_id != "0" for team in teams.values()):
        return tuple(teams.values())  # it says less than is known
    for team in said:
        if team.key in teams or len(teams) < TEAMS:
            others = sum(len(each.hosts) for key, each in teams.items() if key != team.key)
            teams[team.key] = _with(teams.get(team.key), team, names, HOSTS - others)
    return tuple(teams.values())


def _with(
    old: BattleTeam | None, new: BattleTeam, names: dict[str, BattleHost], most: int
) -> BattleTeam:
    """One team; of hosts that were not known it takes as many as there may be."""
    hosts = {} if old is None else {host.user_id: host for host in old.hosts}
    for host in new.hosts:
        known = names.get(host.user_id)
        if known is not None:
            host = host._replace(
                unique_id=host.unique_id or known.unique_id,
                nickname=host.nickname or known.nickname,
                picture_url=host.picture_url or known.picture_url,
                score=host.score or known.score,
            )
        if host.user_id in hosts or len(hosts) < most:
            hosts[host.user_id] = host
    supporters = {} if old is None else {each.user_id: each for each in old.supporters}
    for each in new.supporters:
        before = supporters.get(each.user_id)
        if before is None or before.score < each.score:
            supporters[each.user_id] = each
    best = sorted(supporters.values(), key=lambda each: -each.score)[:SUPPORTERS]
    result = new.result if new.result is not None or old is None else old.result
    score = new.score if new.score or old is None else old.score
    return BattleTeam(new.team_id, tuple(hosts.values()), score, tuple(best), result)


def _short(team: BattleTeam) -> BattleTeam:
    """The same, of a bounded size."""
    hosts = tuple(
        host._replace(
            unique_id=host.unique_id[:NAME],
            nickname=host.nickname[:NAME],
            picture_url=host.picture_url if len(host.picture_url) <= ADDRESS else "",
        )
        for host in team.hosts[:HOSTS]
    )
    supporters = tuple(
        BattleSupporter(each.user_id, each.nickname[:NAME], each.score)
        for each in team.supporters[:SUPPORTERS]
    )
    return team._replace(hosts=hosts, supporters=supporters)


def size_of(battle: Battle) -> int:
    """How many bytes it takes at most."""
    size = 1000
    for team in battle.teams:
        size += 200 + _HOST * len(team.hosts) + _SUPPORTER * len(team.supporters)
    return size
