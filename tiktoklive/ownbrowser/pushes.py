"""What a browser pushes: a batch of frames of one socket of one page."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tiktoklive.errors import InvalidUniqueIdError
from tiktoklive.model import parse_unique_id
from tiktoklive.outputs.web.answers import Refusal
from tiktoklive.wire.frames import is_frame

#: Bytes of a push, in whatever form.
LARGEST: Final = 1024 * 1024

#: Frames of a push.
MOST_FRAMES: Final = 500

_LONGEST_PAGE: Final = 64
_LONGEST_ROOM: Final = 20
_LATEST: Final = 1 << 53


@dataclass(frozen=True, slots=True)
class Push:
    """
    A batch of frames.

    :ivar room: the id of the room, decimal text.
    :ivar anchor: the broadcaster's username.
    :ivar page: names the socket of the page: another one has another name.
    :ivar frames: binary WebSocket messages, each a push frame, as they came.
    :ivar at: when the page got each of them, in milliseconds since 1970.
    :ivar lost: how many frames before these could not be pushed.
    :ivar closed: whether the socket is closed: these are its last frames.
    """

    room: str
    anchor: str
    page: str
    frames: tuple[bytes, ...] = field(default=(), repr=False)
    at: tuple[int, ...] = field(default=(), repr=False)
    lost: int = 0
    closed: bool = False


def read_push(data: bytes, *, frame: int, binary: bool = False) -> Push:
    """
    Read a push: an object of JSON.

    In a binary one the JSON is the first line, has ``sizes`` in the place of ``frames``, and the
    bytes of the frames follow it.

    :param frame: bytes that a frame may have.
    :raise Refusal: it is none, or one of its frames is no push frame.
    """
    rest = b""
    if binary:
        data, _, rest = data.partition(b"\n")
    try:
        shape = json.loads(data)
    except (ValueError, RecursionError):
        shape = None
    if not isinstance(shape, dict):
        raise _bad("a push is an object of JSON")
    frames = _cut(shape, rest) if binary else _decoded(shape)
    if len(frames) > MOST_FRAMES:
        raise _bad(f"a push has {MOST_FRAMES} frames at most", 413)
    at = shape.get("at", [])
    if not _are_numbers(at, _LATEST) or len(at) != len(frames):
        raise _bad("at has the milliseconds of each frame")
    for each in frames:
        _check_frame(each, frame)
    lost, closed = shape.get("lost", 0), shape.get("closed", False)
    if not _are_numbers([lost], _LATEST) or not isinstance(closed, bool):
        raise _bad("lost is a number of frames, closed is true or false")
    return Push(_room(shape), _anchor(shape), _page(shape), frames, tuple(at), lost, closed)


def _decoded(shape: Mapping[str, Any]) -> tuple[bytes, ...]:
    texts = shape.get("frames", [])
    try:
        return tuple(b64decode(text, validate=True) for text in texts)
    except (TypeError, ValueError):
        raise _bad("frames is a list of texts in base64") from None


def _cut(shape: Mapping[str, Any], rest: bytes) -> tuple[bytes, ...]:
    sizes = shape.get("sizes", [])
    if not _are_numbers(sizes, LARGEST) or sum(sizes) != len(rest):
        raise _bad("sizes has the bytes of each frame")
    frames, start = [], 0
    for size in sizes:
        frames.append(rest[start : start + size])
        start += size
    return tuple(frames)


def _check_frame(data: bytes, frame: int) -> None:
    if len(data) > frame:
        raise _bad(f"a frame has {frame} bytes at most", 413)
    if not is_frame(data):
        raise _bad("one of the frames is no push frame")


def _room(shape: Mapping[str, Any]) -> str:
    room = shape.get("room")
    if isinstance(room, str) and room.isascii() and room.isdigit() and len(room) <= _LONGEST_ROOM:
        return room
    raise _bad("room is the id of a room: decimal digits")


def _anchor(shape: Mapping[str, Any]) -> str:
    try:
        return parse_unique_id(str(shape.get("anchor", ""))[:200])
    except InvalidUniqueIdError:
        raise _bad("anchor is the username of the broadcaster") from None


def _page(shape: Mapping[str, Any]) -> str:
    page = shape.get("page")
    if not isinstance(page, str) or not 0 < len(page) <= _LONGEST_PAGE or not _is_word(page):
        raise _bad(f"page names the socket: a word of {_LONGEST_PAGE} letters at most")
    return page


def _is_word(text: str) -> bool:
    return all("!" <= letter <= "~" for letter in text)


def _are_numbers(values: object, most: int) -> bool:
    return isinstance(values, list) and all(
        isinstance(each, int) and not isinstance(each, bool) and 0 <= each <= most
        for each in values
    )


def _bad(why: str, status: int = 400) -> Refusal:
    return Refusal(status, "push", f"This is no push: {why}.")
