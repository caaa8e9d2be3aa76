"""The larger shapes of the API, as OpenAPI describes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _or_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {**schema, "nullable": True}


_COUNT: Final = {"type": "integer"}
_TEXT: Final = {"type": "string"}
_FLAG: Final = {"type": "boolean"}
_ID: Final = {"type": "string", "pattern": "^[0-9]*$"}
_TIME: Final = {
    "type": "integer",
    "nullable": True,
    "description": "In milliseconds since 1970; null where it was not said.",
}

_GIVER: Final = _object(
    {
        "userId": _ID,
        "uniqueId": _TEXT,
        "nickname": _TEXT,
        "picture": _TEXT,
        "diamonds": _COUNT,
        "gifts": _COUNT,
        "rank": _or_null(_COUNT),
        "coins": _or_null(_COUNT),
    }
)

_PART: Final = {
    "id": _TEXT,
    "title": _TEXT,
    "current": _COUNT,
    "target": _COUNT,
    "kind": {"type": "string", "enum": ["gifts", "subscriptions", "other"]},
}

_GOAL: Final = _object(
    {**_PART, "ends": _TIME, "parts": _list(_object({**_PART, "picture": _TEXT}))}
)

_HOST: Final = _object(
    {"userId": _ID, "uniqueId": _TEXT, "nickname": _TEXT, "picture": _TEXT, "score": _COUNT}
)

_TEAM: Final = _object(
    {
        "id": _TEXT,
        "score": _COUNT,
        "result": _or_null({"type": "integer", "description": "0 won, 1 lost, 2 a draw."}),
        "hosts": _list(_HOST),
        "supporters": _list(_object({"userId": _ID, "nickname": _TEXT, "score": _COUNT})),
    }
)

_BATTLE: Final = _object(
    {
        "id": _TEXT,
        "start": _TIME,
        "end": _TIME,
        "duration": _or_null(_COUNT),
        "over": _FLAG,
        "reason": _TEXT,
        "draw": _FLAG,
        "teams": _list(_TEAM),
    }
)

_POLL: Final = _object(
    {
        "id": _TEXT,
        "title": _TEXT,
        "start": _TIME,
        "end": _TIME,
        "over": _FLAG,
        "options": _list(_object({"text": _TEXT, "votes": _COUNT})),
    }
)

#: What was counted in one broadcast.
NUMBERS: Final = _object(
    {
        "anchor": _TEXT,
        "room": _or_null(_ID),
        "live": _FLAG,
        "since": _TIME,
        "updated": _COUNT,
        **dict.fromkeys(
            "comments likes viewers peakViewers follows shares joins subscribes gifts diamonds"
            "".split(),
            _COUNT,
        ),
        "givers": _list(_GIVER),
        "rates": _object(dict.fromkeys(("comments", "likes", "diamonds", "joins"), _COUNT)),
        "goals": _list(_GOAL),
        "battle": _or_null(_BATTLE),
        "poll": _or_null(_POLL),
    }
)
