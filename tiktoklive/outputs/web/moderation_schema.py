"""What moderators are answered, and what they may say, as OpenAPI describes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_ID: Final = {"type": "string", "minLength": 1, "maxLength": 100}

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
            "description": "Users of whom overlays show nothing; 500 at most.",
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
        "hide": _ID,
        "show": _ID,
        "pin": _ID,
        "unpin": {"type": "boolean"},
        "unblock": _ID,
        "block": {
            "type": "object",
            "required": ["userId"],
            "additionalProperties": False,
            "properties": {"userId": _ID, "name": {"type": "string"}},
        },
    },
}
