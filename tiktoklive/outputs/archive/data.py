"""The JSON of an event in an archive: as it is, compressed, or left out."""

from __future__ import annotations

import zlib
from enum import StrEnum

from tiktoklive.errors import ArchiveError

#: Bytes of the JSON of one event: many times what a message may make.
_MOST = 64 * 1024 * 1024


class Data(StrEnum):
    """What is stored of it."""

    #: All of it, as text that SQL can ask.
    FULL = "full"
    #: All of it, compressed: half the room, and SQL cannot ask it.
    ZLIB = "zlib"
    #: Nothing: an empty object stands in its place.
    NONE = "none"


def compressed(data: bytes) -> bytes:
    """The JSON of an event, compressed as it is stored."""
    return zlib.compress(data, 1)


def text_of(stored: str | bytes) -> str:
    """
    The JSON of an event, as it was before it was stored.

    :raise ArchiveError: it is not what this program stores.
    """
    if isinstance(stored, str):
        return stored
    decompressor = zlib.decompressobj()
    try:
        data = decompressor.decompress(stored, _MOST)
        if decompressor.eof:
            return data.decode("utf-8")
    except (zlib.error, UnicodeDecodeError) as error:
        raise ArchiveError("An event in the archive is damaged.") from error
    raise ArchiveError("An event in the archive is damaged, or larger than any.")


def like(stored: str | bytes, data: bytes) -> str | bytes:
    """Other JSON, stored in the way of that one."""
    return data.decode("utf-8") if isinstance(stored, str) else compressed(data)
