"""A JSON object that is kept for long and looked at seldom."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any


class CompressedJson(Mapping[str, Any]):
    """
    A mapping that is kept as compressed text, and opened when it is read.

    What TikTok tells about a room is some hundred KiB as Python objects and some ten as compressed
    text.  Those that were read last stay open, so that reading one key after the other costs no
    more than it should.

    :param value: a JSON object.
    :ivar size: bytes of its text.
    """

    __slots__ = ("_data", "size")

    def __init__(self, value: Mapping[str, Any]) -> None:
        text = json.dumps(dict(value), separators=(",", ":")).encode()
        self.size = len(text)
        self._data = zlib.compress(text)

    def __getitem__(self, key: str) -> Any:
        return _opened(self._data)[key]

    def __iter__(self) -> Iterator[str]:
        return iter(_opened(self._data))

    def __len__(self) -> int:
        return len(_opened(self._data))

    def __repr__(self) -> str:
        return f"<{len(self)} keys, compressed to {len(self._data)} bytes>"


@lru_cache(maxsize=8)
def _opened(data: bytes) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(zlib.decompress(data))
    return value
