"""Goals, polls and battles, as pages show them."""

from __future__ import annotations

from typing import Any, Final

from tiktoklive.events import BattleEnded, BattleScore, BattleStarted, GoalUpdate, PollMessage
from tiktoklive.events.battle_parts import BattleTeam

#: Letters of a title, and of an address; a longer address is none.
TITLE, ADDRESS = 200, 1_000

#: Parts of a goal, options of a poll, teams of a battle, hosts and supporters of a team.
PARTS, OPTIONS, TEAMS, HOSTS, SUPPORTERS = 10, 20, 8, 8, 3

#: Kinds of goals, and of their parts.
_GOALS: Final = {1: "gifts", 2: "subscriptions"}

#: Statuses of a goal: it is deleted.
DELETED: Final = 4

_MOST: Final = 2**53 - 1

#: What :func:`goal_shape` and :func:`poll_shape` make, as a file may have it, see
#: :func:`~tiktoklive.outputs.numbers.matching.matches`.
GOAL_FORM: Final = {
    "id": str,
    "title": str,
    "current": int,
    "target": int,
    "kind": str,
    "ends": (None, int),
    "parts": [
        {"id": str, "title": str, "picture": str, "current": int, "target": int, "kind": str}
    ],
}
POLL_FORM: Final = {
    "id": str,
    "title": str,
    "options": [{"text": str, "votes": int}],
    "start": (None, int),
    "end": (None, int),
    "over": bool,
}


def goal_shape(event: GoalUpdate) -> dict[str, Any]:
    """A goal: all of its parts together, and each."""
    parts = [
        {
            "id": part.sub_goal_id[:TITLE],
            "title": part.gift_name[:TITLE],
            "picture": _address(part.gift_picture.url),
            "current": part.progress,
            "target": part.target,
            "kind": _GOALS.get(part.kind, "other"),
        }
        for part in event.sub_goals[:PARTS]
    ]
    titles = [str(part["title"]) for part in parts if part["title"]]
    return {
        "id": event.goal_id[:TITLE],
        "title": event.description[:TITLE] or ", ".join(titles)[:TITLE],
        "current": min(_MOST, sum(part.progress for part in event.sub_goals)),
        "target": min(_MOST, sum(part.target for part in event.sub_goals)),
        "kind": _GOALS.get(event.kind, "other"),
        "ends": event.end_time or None,
        "parts": parts,
    }


def poll_shape(event: PollMessage, before: dict[str, Any] | None) -> dict[str, Any]:
    """
    A poll with its votes.

    :param before: what was known of the one before, which may be the same: its title is only told
        when it begins.
    """
    known = before if before is not None and before["id"] == event.poll_id else {}
    options = [
        {"text": option.text[:TITLE], "votes": max(0, option.votes)}
        for option in event.options[:OPTIONS]
    ]
    for old, new in zip(known.get("options", ()), options, strict=False):
        new["text"] = new["text"] or old["text"]
    return {
        "id": event.poll_id,
        "title": event.title[:TITLE] or known.get("title", ""),
        "options": options or known.get("options", []),
        "start": event.start_time or known.get("start"),
        "end": event.end_time or known.get("end"),
        "over": event.is_end or bool(known.get("over")),
    }


def battle_shape(event: BattleStarted | BattleScore | BattleEnded) -> dict[str, Any]:
    """A battle as it is after an event."""
    battle = event.battle
    return {
        "id": battle.battle_id,
        "start": battle.start_time or None,
        "end": battle.end_time or None,
        "duration": battle.duration or None,
        "over": isinstance(event, BattleEnded),
        "reason": event.reason if isinstance(event, BattleEnded) else "",
        "draw": isinstance(event, BattleEnded) and event.is_draw,
        "teams": [_team(team) for team in event.teams[:TEAMS]],
    }


def _team(team: BattleTeam) -> dict[str, Any]:
    return {
        "id": team.team_id,
        "score": team.score,
        "result": team.result,
        "hosts": [
            {
                "userId": host.user_id,
                "uniqueId": host.unique_id[:TITLE],
                "nickname": host.nickname[:TITLE],
                "picture": _address(host.picture_url),
                "score": host.score,
            }
            for host in team.hosts[:HOSTS]
        ],
        "supporters": [
            {"userId": each.user_id, "nickname": each.nickname[:TITLE], "score": each.score}
            for each in team.supporters[:SUPPORTERS]
        ],
    }


def _address(url: str | None) -> str:
    return url if url is not None and len(url) <= ADDRESS else ""
