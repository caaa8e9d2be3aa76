"""Users with options of their own, and the list that they come from, as OpenAPI describes them."""

from __future__ import annotations

from typing import Any, Final

_TEXTS: Final = {"type": "array", "items": {"type": "string"}}

_FILE: Final = {
    "type": "string",
    "description": "A private file beside the state file, by its bare name.",
}

#: What a user may have of its own: the keys are those of tiktoklive.users.UserOptions.
OPTIONS: Final = {
    "type": "object",
    "description": "What is not as for all others; without secrets.",
    "additionalProperties": False,
    "properties": {
        "sources": _TEXTS | {"description": "Ways into a room, in order."},
        "session_file": _FILE,
        "proxy": {"type": "string", "description": "Without a password; none for none."},
        "proxy_file": _FILE,
        "lane": {"type": "string", "description": "The lane by which all that it asks goes."},
        "enable_extended_gift_info": {"type": "boolean"},
        "outputs": _TEXTS | {"description": "The outputs that get the events: jsonl, jsonl-2."},
    },
}

CHANGES: Final = {
    "type": "object",
    "required": ["added", "removed", "renamed", "restarted", "changed"],
    "properties": {
        "added": _TEXTS,
        "removed": _TEXTS,
        "renamed": _TEXTS
        | {"description": "Those by the name that they have now, their streams open."},
        "restarted": _TEXTS | {"description": "Those with another connection by their options."},
        "changed": _TEXTS | {"description": "Those with other outputs, or of another name there."},
    },
}


def added(pattern: str) -> dict[str, Any]:
    """
    The body that adds a user.

    :param pattern: of a username.
    """
    return {
        "type": "object",
        "required": ["name"],
        "additionalProperties": False,
        "properties": {
            "name": {"type": "string", "pattern": pattern},
            "options": {"$ref": "#/components/schemas/Options"},
        },
    }
