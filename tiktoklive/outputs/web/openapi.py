"""The control API and what else is asked and answered at once, as OpenAPI describes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tiktoklive.outputs.web.control import NAME
from tiktoklive.outputs.web.moderation_schema import DECISION, MODERATION
from tiktoklive.outputs.web.schemas import NUMBERS
from tiktoklive.outputs.web.users_schema import CHANGES, OPTIONS, added

_ERRORS: Final = {
    "400": "It makes no sense; the sentence says what is wrong.",
    "401": "It needs a token.",
    "403": "The token does not allow it, or no token is configured, or it is of a foreign origin.",
    "404": "That user is not followed.",
    "409": "Not now: that user is followed already, or is not live; or there is no such file, "
    "source or output as its options name; or the file of users makes no sense.",
    "413": "The request is too large.",
    "415": "The body is no JSON.",
    "429": "Too many requests.",
    "502": "TikTok, or the server that was asked, gave no good answer.",
    "503": "Later: the sentence says why, Retry-After when.",
}

_NAME_PARAMETER: Final = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "The username, with or without @.",
    "schema": {"type": "string", "pattern": NAME},
}

_ROOM: Final = {
    "type": "object",
    "required": [
        "name",
        "phase",
        "reason",
        "unique_id",
        "anchor_id",
        "room_id",
        "restrictions",
        "is_connected",
        "upgraded_to_websocket",
        "lane",
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
        "lane": {
            "type": "string",
            "description": "The lane by which all that it asks goes, empty where there are none.",
        },
        "options": {"$ref": "#/components/schemas/Options"},
    },
}

_ROOMS: Final = {
    "type": "object",
    "required": ["rooms"],
    "properties": {"rooms": {"type": "array", "items": {"$ref": "#/components/schemas/Room"}}},
}

_GIFTS: Final = {
    "type": "object",
    "required": ["gifts"],
    "properties": {"gifts": {"type": "array", "items": {"type": "object"}}},
}

_OVERLAYS: Final = {
    "type": "object",
    "required": ["overlays"],
    "properties": {"overlays": {"type": "integer", "description": "How many are open."}},
}

_ALIVE: Final = {
    "type": "object",
    "required": ["alive"],
    "properties": {"alive": {"type": "boolean"}},
}

_READY: Final = {
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

_ERROR: Final = {
    "type": "object",
    "required": ["error", "code"],
    "properties": {
        "error": {"type": "string", "description": "One sentence for people."},
        "code": {"type": "string", "description": "One word for programs."},
    },
}


def _content(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


_NAME_BODY: Final = {
    "required": True,
    "content": _content(
        {
            "type": "object",
            "required": ["name"],
            "additionalProperties": False,
            "properties": {"name": {"type": "string", "pattern": NAME}},
        }
    ),
}

_ADDED_BODY: Final = {"required": True, "content": _content(added(NAME))}


def _named(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _operation(
    summary: str,
    scope: str | None,
    answer: tuple[str, str, Mapping[str, Any] | None],
    errors: str,
    **more: Any,
) -> dict[str, Any]:
    """
    One operation.

    :param scope: what its token must allow, if it needs one.
    :param errors: the statuses that it has beside those that all have.
    """
    status, description, schema = answer
    good: dict[str, Any] = {"description": description}
    if schema is not None:
        good["content"] = _content(schema)
    responses = {status: good}
    common = {"403", "429"} if scope is None else {"401", "403", "429", "503"}
    for code in sorted(common.union(errors.split())):
        responses[code] = {
            "description": _ERRORS[code],
            "content": _content(_named("Error")),
        }
    security: list[dict[str, list[str]]] = [] if scope is None else [{scope: []}]
    return {"summary": summary, "security": security, "responses": responses, **more}


_ALL_ROOMS: Final = _operation(
    "All rooms.", "read", ("200", "The rooms that are followed.", _ROOMS), ""
)

_IS_READY: Final = _operation(
    "Whether every room is live or waited for, and every output works.",
    None,
    ("200", "It is so.", _READY),
    "",
)
_IS_READY["responses"]["503"] = {"description": "It is not so.", "content": _content(_READY)}


DESCRIPTION: Final[Mapping[str, Any]] = {
    "openapi": "3.0.3",
    "info": {
        "title": "tiktoklive",
        "version": "1",
        "description": "Which TikTok LIVE rooms are followed, and what they are doing.",
    },
    "paths": {
        "/api/rooms": {
            "get": _ALL_ROOMS,
            "post": _operation(
                "Follow one more user.",
                "control",
                ("201", "It is followed.", _named("Room")),
                "400 409 413 415",
                requestBody=_ADDED_BODY,
            ),
        },
        "/api/rooms/{name}": {
            "parameters": [_NAME_PARAMETER],
            "get": _operation(
                "One room.", "read", ("200", "What it is doing.", _named("Room")), "400 404"
            ),
            "patch": _operation(
                "Follow the same user under another name; the stream goes on.",
                "control",
                ("200", "It is followed under the other name.", _named("Room")),
                "400 404 409 413 415",
                requestBody=_NAME_BODY,
            ),
            "delete": _operation(
                "Follow a user no more.",
                "control",
                ("204", "Nothing of its connection is left open.", None),
                "400 404",
            ),
        },
        "/api/rooms/{name}/numbers": {
            "parameters": [_NAME_PARAMETER],
            "get": _operation(
                "What was counted in its latest broadcast.",
                "read",
                ("200", "The numbers.", _named("Numbers")),
                "400 404",
            ),
        },
        "/api/rooms/{name}/moderation": {
            "parameters": [_NAME_PARAMETER],
            "get": _operation(
                "What moderators decided about the overlays of a room.",
                "read",
                ("200", "All of it.", _named("Moderation")),
                "400 404",
            ),
            "post": _operation(
                "Decide something about the overlays of a room; TikTok is not told.",
                "moderate",
                ("200", "All that is decided now.", _named("Moderation")),
                "400 404 409 413 415",
                requestBody={"required": True, "content": _content(DECISION)},
            ),
        },
        "/api/rooms/{name}/info": {
            "parameters": [_NAME_PARAMETER],
            "get": _operation(
                "What TikTok tells about the room; it is asked now.",
                "control",
                ("200", "TikTok's answer, as it is.", {"type": "object"}),
                "400 404 409 502",
            ),
        },
        "/api/rooms/{name}/gifts": {
            "parameters": [_NAME_PARAMETER],
            "get": _operation(
                "The gifts that can be sent there, as TikTok describes them.",
                "control",
                ("200", "The gifts.", _GIFTS),
                "400 404 409 502",
            ),
        },
        "/api/reload": {
            "post": _operation(
                "Read the file of users again; rooms of which nothing changed go on undisturbed.",
                "control",
                ("200", "What was done.", CHANGES),
                "409 413",
            )
        },
        "/rooms": {"get": _ALL_ROOMS},
        "/sample": {
            "post": _operation(
                "Show a sample on all overlays.",
                "control",
                ("200", "It was sent.", _OVERLAYS),
                "413",
            )
        },
        "/healthz": {
            "get": _operation("Whether the process answers.", None, ("200", "It does.", _ALIVE), "")
        },
        "/readyz": {"get": _IS_READY},
    },
    "components": {
        "schemas": {
            "Room": _ROOM,
            "Options": OPTIONS,
            "Numbers": NUMBERS,
            "Moderation": MODERATION,
            "Error": _ERROR,
        },
        "securitySchemes": {
            "read": {
                "type": "http",
                "scheme": "bearer",
                "description": "A token that allows reading. None is needed on loopback as long as "
                "none is configured.",
            },
            "moderate": {
                "type": "http",
                "scheme": "bearer",
                "description": "A moderator's token. None is needed on loopback as long as none "
                "is configured that allows more than seeing overlays.",
            },
            "control": {
                "type": "http",
                "scheme": "bearer",
                "description": "The token that allows everything.",
            },
        },
    },
}
