"""The control API and what else is asked and answered at once, as OpenAPI describes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tiktoklive.outputs.web.control import NAME
from tiktoklive.outputs.web.room_schemas import LANE, ROOM
from tiktoklive.outputs.web.sample import KINDS, MOST_DIAMONDS
from tiktoklive.outputs.web.schemas import (
    ALIVE,
    DECISION,
    GIFTS,
    MODERATION,
    NUMBERS,
    OLDER,
    OLDER_QUERY,
    OVERLAYS,
    PAST,
    PERSON,
    READY,
    SCOPE,
    SENT,
    TEXT,
    USER_PARAMETER,
)
from tiktoklive.outputs.web.users_schema import CHANGES, OPTIONS, added

_ERRORS: Final = {
    "400": "It makes no sense; the sentence says what is wrong.",
    "401": "It needs a token.",
    "403": "The token does not allow it, or no token is configured, or it is of a foreign origin.",
    "404": "That user is not followed.",
    "409": "Not now: that user is followed already, or by another node, or is not live; or there "
    "is no such file, source or output as its options name; or the file of users makes no sense; "
    "or the comment is hidden.",
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

_LANES: Final = {
    "type": "object",
    "required": ["lanes"],
    "properties": {"lanes": {"type": "array", "items": {"$ref": "#/components/schemas/Lane"}}},
}

_ROOMS: Final = {
    "type": "object",
    "required": ["rooms"],
    "properties": {"rooms": {"type": "array", "items": {"$ref": "#/components/schemas/Room"}}},
}

_FILES: Final = {
    "type": "object",
    "required": ["files"],
    "properties": {"files": {"type": "array", "items": {"type": "string"}}},
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


_SAMPLE_ROOM: Final = {
    "name": "room",
    "in": "query",
    "description": "Only on overlays that show this room.",
    "schema": {"type": "string", "pattern": NAME},
}

_SAMPLE_BODY: Final = {
    "description": "A comment and a gift without one.",
    "content": _content(
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "kind": {"type": "string", "enum": list(KINDS)},
                "diamonds": {"type": "integer", "minimum": 1, "maximum": MOST_DIAMONDS},
            },
        }
    ),
}


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
    ("200", "It is so.", READY),
    "",
)
_IS_READY["responses"]["503"] = {"description": "It is not so.", "content": _content(READY)}


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
        "/api/rooms/{name}/past": {
            "parameters": [_NAME_PARAMETER],
            "get": _operation(
                "The numbers of the last quarter of an hour.",
                "read",
                ("200", "For charts.", PAST),
                "400 404",
            ),
        },
        "/api/rooms/{name}/people/{user_id}": {
            "parameters": [_NAME_PARAMETER, USER_PARAMETER],
            "get": _operation(
                "What a user said and gave.",
                "read",
                ("200", "What is known of them.", PERSON),
                "400 404",
            ),
        },
        "/api/rooms/{name}/events": {
            "parameters": [_NAME_PARAMETER],
            "get": _operation(
                "Its last events, or those before one, as far as they are kept.",
                "read",
                ("200", "The events, oldest first.", OLDER),
                "400 404",
                parameters=OLDER_QUERY,
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
        "/api/rooms/{name}/chat": {
            "parameters": [_NAME_PARAMETER],
            "post": _operation(
                "Say something in its chat, as the account whose session is configured.",
                "control",
                ("200", "TikTok took it.", SENT),
                "400 404 409 413 415 502",
                requestBody={"required": True, "content": _content(TEXT)},
            ),
        },
        "/api/scope": {
            "get": _operation(
                "What the token of the request allows.", None, ("200", "That.", SCOPE), ""
            )
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
                ("200", "The gifts.", GIFTS),
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
        "/api/lanes": {
            "get": _operation(
                "The lanes, several ways out; none where none are configured.",
                "read",
                ("200", "How they are doing.", _LANES),
                "",
            )
        },
        "/rooms": {"get": _ALL_ROOMS},
        "/sample": {
            "post": _operation(
                "Show a sample on overlays; on loopback without a token, as long as there is none "
                "that allows everything.",
                "control",
                ("200", "It was sent.", OVERLAYS),
                "400 413 415",
                parameters=[_SAMPLE_ROOM],
                requestBody=_SAMPLE_BODY,
            )
        },
        "/files": {
            "get": _operation(
                "The user's own files for overlays.", "read", ("200", "Their names.", _FILES), ""
            )
        },
        "/healthz": {
            "get": _operation("Whether the process answers.", None, ("200", "It does.", ALIVE), "")
        },
        "/readyz": {"get": _IS_READY},
    },
    "components": {
        "schemas": {
            "Room": ROOM,
            "Options": OPTIONS,
            "Lane": LANE,
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
