"""The larger shapes of the API, as OpenAPI describes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tiktoklive.events.table import METHODS
from tiktoklive.outputs.web.people import USER_ID
from tiktoklive.outputs.web.subscription import MOST


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _or_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {**schema, "nullable": True}


_COUNT: Final = {"type": "integer"}
_TEXT: Final = {"type": "string"}
_FLAG: Final = {"type": "boolean"}
_ID: Final[Mapping[str, Any]] = {"type": "string", "pattern": "^[0-9]*$"}
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

PAST: Final = _object(
    {
        "room": _or_null({"type": "string"}),
        "width": {"type": "integer", "description": "Seconds of a slot."},
        "slots": {
            "type": "array",
            "description": "Oldest first, up to now: viewers, null when not known; comments of the "
            "minute that ends with it; diamonds.",
            "items": {"type": "array", "items": {"type": "integer", "nullable": True}},
        },
    }
)

USER_PARAMETER: Final = {
    "name": "user_id",
    "in": "path",
    "required": True,
    "description": "The user's id, which never changes.",
    "schema": {"type": "string", "pattern": USER_ID},
}

PERSON: Final = {
    "type": "object",
    "required": ["user", "comments", "gifts", "diamonds", "first", "last", "lines", "archive"],
    "properties": {
        "user": {"type": "object", "nullable": True, "description": "As their last event has it."},
        "comments": {"type": "integer"},
        "gifts": {"type": "integer"},
        "diamonds": {"type": "integer"},
        "first": {"type": "integer", "description": "Milliseconds since 1970; 0 when not known."},
        "last": {"type": "integer", "description": "Milliseconds since 1970; 0 when not known."},
        "lines": {
            "type": "array",
            "items": {"type": "object"},
            "description": "Envelopes of what they said and gave last, newest last.",
        },
        "archive": {
            "type": "boolean",
            "description": "Whether an archive was asked; else it is all of what is in memory.",
        },
    },
}

#: Some of the events of a room.
OLDER: Final = _object(
    {
        "events": _list({"type": "object", "description": "An envelope, with its seq."}),
        "more": {"type": "boolean", "description": "Whether there are others before these."},
    }
)

OLDER_QUERY: Final = [
    {
        "name": "before",
        "in": "query",
        "description": "The seq of an event: only what came before it.",
        "schema": _TEXT,
    },
    {
        "name": "types",
        "in": "query",
        "description": "Names of events, with commas.",
        "style": "form",
        "explode": False,
        "schema": {
            "type": "array",
            "items": {"type": "string", "enum": sorted(set(METHODS.values()))},
            "maxItems": MOST,
        },
    },
    {
        "name": "limit",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1, "maximum": 500, "default": 100},
    },
]

#: What is to be said in a chat.
TEXT: Final = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {"text": {"type": "string", "minLength": 1, "maxLength": 150}},
}

SENT: Final = _object({"sent": _FLAG})

#: What a token allows.
SCOPE: Final = _object(
    {
        "scope": {"type": "string", "enum": ["nothing", "overlay", "read", "moderate", "control"]},
        "chat": {"type": "boolean", "description": "Whether it may say something in a chat."},
        "samples": {"type": "boolean", "description": "Whether it may show samples."},
    }
)

READY: Final = {
    "type": "object",
    "required": ["ready"],
    "properties": {
        "ready": {"type": "boolean"},
        "rooms": {
            "type": "object",
            "description": "Those that are not, with their reasons, for those who may read.",
            "additionalProperties": {"type": "string"},
        },
        "outputs": {
            "type": "object",
            "description": "Those that cannot write or send, with why, for those who may read.",
            "additionalProperties": {"type": "string"},
        },
    },
}

ALIVE: Final = {
    "type": "object",
    "required": ["alive"],
    "properties": {"alive": {"type": "boolean"}},
}

OVERLAYS: Final = {
    "type": "object",
    "required": ["overlays"],
    "properties": {"overlays": {"type": "integer", "description": "How many are open."}},
}

GIFTS: Final = {
    "type": "object",
    "required": ["gifts"],
    "properties": {"gifts": {"type": "array", "items": {"type": "object"}}},
}

_ENVELOPE_ID: Final[Mapping[str, Any]] = {"type": "string", "minLength": 1, "maxLength": 100}

#: What was decided about a room.
MODERATION: Final[Mapping[str, Any]] = {
    "type": "object",
    "required": ["room", "hidden", "blocked", "pinned"],
    "properties": {
        "room": {"type": "string", "description": "The username, in lower case."},
        "hidden": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Ids of envelopes that overlays do not show; the last 500.",
        },
        "blocked": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["userId", "name"],
                "properties": {"userId": {"type": "string"}, "name": {"type": "string"}},
            },
            "description": "Users, of which overlays show nothing; 500 at most.",
        },
        "pinned": {
            "type": "object",
            "nullable": True,
            "description": "The envelope of the comment that stays.",
        },
    },
}

#: One decision.
DECISION: Final[Mapping[str, Any]] = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": False,
    "properties": {
        "hide": _ENVELOPE_ID,
        "show": _ENVELOPE_ID,
        "pin": _ENVELOPE_ID,
        "unpin": {"type": "boolean"},
        "unblock": _ENVELOPE_ID,
        "block": {
            "type": "object",
            "required": ["userId"],
            "additionalProperties": False,
            "properties": {"userId": _ENVELOPE_ID, "name": {"type": "string"}},
        },
    },
}
