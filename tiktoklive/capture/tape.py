"""
Tapes: what a stream brought, byte for byte, to be looked at or played again.

A tape is a text file of JSON lines.  A header starts it::

    {"tape": 1, "unique_id": "name", "room_id": "7…", "started_at": "2026-01-31T12:00:00.000+00:00", "source": "direct"}

and what arrived follows, ``at`` in seconds since the header's start::

    {"at": 0.25, "kind": "frame", "data": "base64 of one WebSocket message"}
    {"at": 1.5, "kind": "batch", "data": "base64 of one batch without a push frame"}

Another header may follow at any line; it starts another stream of the same tape,
whose times begin at 0 again.  Lines are complete or worthless, so a tape can be cut
anywhere: a torn line is skipped.  Lines with an unknown ``kind`` are skipped too.

A tape holds what TikTok sent about a public broadcast, nothing that we sent: no
cookie, no URL, no header.  It may still name people; it is made readable by its owner
only.
"""  # noqa: E501 - an example line is shown whole

from __future__ import annotations

import binascii
import json
import math
import os
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from gzip import BadGzipFile, GzipFile
from typing import IO, Any, cast

from twisted.logger import Logger

from tiktoklive.errors import TapeError
from tiktoklive.files.reading import open_regular

VERSION = 1
KINDS = ("frame", "batch")
#: The longest line that is read, in bytes: far above the largest payload that we accept.
MAX_LINE = 64 * 1024 * 1024
#: How a tape starts.
HEADER_START = b'{"tape"'


@dataclass(frozen=True, slots=True)
class TapeHeader:
    """
    The start of one recorded stream.

    :ivar started_at: date and time in ISO 8601, with its offset.
    :ivar source: which signer opened the stream: ``"direct"``.
    """

    unique_id: str
    room_id: str
    started_at: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class TapeEntry:
    """
    One thing that arrived.

    :ivar at: seconds since the start of its stream.
    :ivar kind: ``"frame"`` or ``"batch"``, the method of the receiver that took it.
    """

    at: float
    kind: str
    data: bytes


def read_tape(
    path: str | os.PathLike[str], damaged: Callable[[int, str], None] | None = None
) -> Iterator[TapeHeader | TapeEntry]:
    """
    Read a tape, line by line; the first item is a header.

    A tape compressed with gzip is read as well, whatever its name.

    :param damaged: called with the number of each line that is skipped because it is
        torn, and with what is wrong; without it, each is logged as a warning.
    :raise TapeError: when the file is no tape, or one of a later version.
    :raise OSError: when it cannot be read, or is no regular file.
    """
    report = damaged or _Damage(path)
    with open_regular(path) as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        yield from _items(path, cast(IO[bytes], GzipFile(fileobj=raw)) if packed else raw, report)


def read_header(path: str | os.PathLike[str]) -> TapeHeader:
    """
    Read only the first header of a tape.

    :raise TapeError: when the file is no tape.
    :raise OSError: when it cannot be read.
    """
    items = read_tape(path)
    try:
        return cast(TapeHeader, next(items))
    finally:
        cast(Any, items).close()


class _Damage:
    """Logs what was skipped of one tape."""

    log = Logger()

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)

    def __call__(self, line: int, wrong: str) -> None:
        self.log.warn(
            "{path}, line {line}: skipped, {wrong}", path=self.path, line=line, wrong=wrong
        )


def _items(
    path: str | os.PathLike[str], lines: IO[bytes], damaged: Callable[[int, str], None]
) -> Iterator[TapeHeader | TapeEntry]:
    """The items of an open tape."""
    name = os.fspath(path)
    started = False
    number = 0
    while True:
        number += 1
        try:
            line = lines.readline(MAX_LINE)
        except (EOFError, BadGzipFile, zlib.error):
            damaged(number, "the compressed file is torn here")
            line = b""
        if not line:
            break
        if not line.strip():
            continue
        try:
            item = _parse(line)
        except _NewerTape as e:
            raise TapeError(f"{name}, line {number}: {e}") from None
        except ValueError as e:
            # Before the first header, only the torn beginning of one can be skipped.
            if not started and not starts_header(line):
                raise TapeError(f"{name} is not a tape: line {number} is no header.") from None
            damaged(number, str(e))
            continue
        if isinstance(item, TapeHeader):
            started = True
        elif not started:
            raise TapeError(f"{name}, line {number}: a tape header must come first.")
        if item is not None:
            yield item
    if not started:
        raise TapeError(f"{name} is not a tape: it has no tape header.")


class _NewerTape(ValueError):
    """A header of a version that this program does not know."""


def encode_line(item: TapeHeader | TapeEntry) -> bytes:
    """One line of a tape, with its line break."""
    if isinstance(item, TapeHeader):
        fields: dict[str, Any] = {"tape": VERSION, **asdict(item)}
    else:
        data = b64encode(item.data).decode("ascii")
        fields = {"at": round(item.at, 4), "kind": item.kind, "data": data}
    return json.dumps(fields).encode("ascii") + b"\n"


def starts_header(line: bytes) -> bool:
    """Whether a line is the beginning of a header, or of the beginning of one."""
    return HEADER_START.startswith(line.rstrip()[: len(HEADER_START)])


def _parse(line: bytes) -> TapeHeader | TapeEntry | None:
    """One line; ``None`` if it is of a kind of the future; ``ValueError`` if it is torn."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("it is no complete JSON object") from None
    if not isinstance(fields, dict):
        raise ValueError("it is no JSON object")
    if "tape" in fields:
        if fields["tape"] != VERSION:
            raise _NewerTape(f"tape version {fields['tape']!r}; this program reads {VERSION}.")
        texts = (fields.get(n, "") for n in ("unique_id", "room_id", "started_at", "source"))
        return TapeHeader(*(t if isinstance(t, str) else str(t) for t in texts))
    kind, at, data = fields.get("kind"), fields.get("at"), fields.get("data")
    if not isinstance(kind, str):
        raise ValueError("it has no kind")
    if kind not in KINDS:
        return None
    if isinstance(at, bool) or not isinstance(at, int | float) or not 0 <= at < math.inf:
        raise ValueError("it has no time")
    if not isinstance(data, str):
        raise ValueError("it has no data")
    try:
        return TapeEntry(float(at), kind, b64decode(data, validate=True))
    except (binascii.Error, ValueError):
        raise ValueError("its data is no base64") from None
    except OverflowError:
        raise ValueError("it has no time") from None
