"""Rooms, and the lanes by which they go, as OpenAPI describes them."""

from __future__ import annotations

from typing import Final

#: Of two streams of a room.
_COUNTED: Final = ("open", "both", "first_only", "second_only", "spared")
_ESTIMATED: Final = ("total", "variance", "neither", "low", "high")

ROOM: Final = {
    "type": "object",
    "required": [
        *("name", "phase", "reason", "unique_id", "anchor_id"),
        *("room_id", "restrictions", "is_connected", "upgraded_to_websocket"),
        *("pages", "streams", "lane"),
    ],
    "properties": {
        "name": {
            "type": "string",
            "description": "The username under which the user is followed, without @.",
        },
        "phase": {"type": "string", "description": "What its connection is doing: live, offline."},
        "reason": {"type": "string", "description": "Why, for people."},
        "unique_id": {
            "type": "string",
            "description": "What the user is called now: another name after they changed it.",
        },
        "anchor_id": {
            "type": "string",
            "pattern": "^[0-9]*$",
            "description": "The user's id, empty until TikTok told it.",
        },
        "room_id": {"type": "string", "pattern": "^[0-9]*$"},
        "restrictions": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Which viewers may watch: for subscribers only, paid for.",
        },
        "is_connected": {"type": "boolean"},
        "upgraded_to_websocket": {"type": "boolean"},
        "pages": {
            "type": "array",
            "items": {"type": "object"},
            "description": "The pages of the user's own browser that push the room.",
        },
        "streams": {
            "type": ["object", "null"],
            "description": "How two streams of the room are doing, where there are to be two: "
            "messages that both brought, or one alone, while both lived, and an estimate of those "
            "that neither brought, with its interval of 95 %.",
            "properties": {
                **{name: {"type": "integer"} for name in _COUNTED},
                "other": {"type": "string", "description": "What is done about the second one."},
                "unseen": {
                    "type": ["object", "null"],
                    "properties": {name: {"type": "number"} for name in _ESTIMATED},
                },
            },
        },
        "lane": {
            "type": "string",
            "description": "The lane by which all that it asks goes, empty where there are none.",
        },
        "options": {"$ref": "#/components/schemas/Options"},
    },
}

LANE: Final = {
    "type": "object",
    "required": [
        *("name", "proxy", "state", "why", "rests_for", "rests", "users", "streams", "came"),
        *("has_session", "lookups_waiting", "sources"),
    ],
    "properties": {
        "name": {"type": "string"},
        "proxy": {"type": "string", "description": "Host and port, empty without a proxy."},
        "state": {
            "type": "string",
            "enum": ["closed", "open", "half-open"],
            "description": "closed: fit; open: it rests; half-open: it is to be tried.",
        },
        "why": {"type": "string", "description": "Why it is not fit, for people."},
        "rests_for": {"type": "number", "nullable": True, "description": "Seconds more."},
        "rests": {"type": "integer", "description": "How often it began to rest."},
        "users": {"type": "integer", "description": "Users who are followed by it."},
        "streams": {"type": "integer", "description": "Those of them with a stream."},
        "came": {"type": "integer", "description": "Users who came from another lane."},
        "has_session": {"type": "boolean", "description": "Whether the session goes by it."},
        "lookups_waiting": {"type": "integer"},
        "sources": {
            "type": "object",
            "description": "The state of each source by this lane.",
            "additionalProperties": {"type": "string"},
        },
    },
}
