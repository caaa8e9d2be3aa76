"""
Where the video of a broadcast can be had, as its details tell (wire facts §8.3).

What they hold is text of others: only addresses that a player or a shell can be given are taken out
of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final
from urllib.parse import urlsplit

from tiktoklive.wire.jsonread import read_json

#: The qualities, the best first; ``audio`` is sound alone.
QUALITIES: Final = ("origin", "uhd", "hd", "sd", "ld", "audio")

#: The formats, the one that recorders take first.
FORMATS: Final = ("flv", "hls")

#: What the older lists call them, and the newer one where it has another word.
_OTHER_NAMES: Final = {
    "full_hd1": "uhd",
    "hd1": "hd",
    "sd2": "sd",
    "sd1": "ld",
    "ao": "audio",
}

#: By what TikTok calls a codec; any other is told by its own word, if it is one.
_CODECS: Final = {"h264": "h264", "avc": "h264", "h265": "h265", "hevc": "h265", "bytevc1": "h265"}
_WORD: Final = re.compile(r"[a-z0-9._-]{1,20}")
_SIZE: Final = re.compile(r"[1-9][0-9]{1,4}x[1-9][0-9]{1,4}")

#: What an address is made of: what a shell and a terminal take as it is, within quotes.
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9:/?#@!$&()*+,;=%._~\[\]-]{4,4000}", re.IGNORECASE)

#: How many are read, and values of the JSON in which the newer list stands.
_MOST: Final = 64
_VALUES: Final = 5000


@dataclass(frozen=True, slots=True)
class VideoAddress:
    """
    One address that a player or a recorder can open.

    It holds a signature, and counts for some hours.

    :ivar url: ``http`` or ``https``, without blanks and quotes.
    :ivar quality: one of :data:`QUALITIES`.
    :ivar format: ``flv`` or ``hls``.
    :ivar codec: ``h264``, ``h265`` or TikTok's own word; ``""`` if it does not tell.
    :ivar size: such as ``1280x720``; ``""`` if it does not tell.
    """

    url: str = field(repr=False)
    quality: str
    format: str
    codec: str = ""
    size: str = ""


def video_of(info: Mapping[str, Any]) -> tuple[VideoAddress, ...]:
    """
    The addresses in the details of a room, the best first.

    Of the same quality, those that more players can show come first: FLV before HLS, H.264 before
    other codecs.

    :param info: what ``room/info`` says.
    """
    stream = _table(info, "stream_url")
    found: dict[str, VideoAddress] = {}
    for each in islice((*_of_list(stream), *_of_tables(stream)), _MOST):
        found.setdefault(each.url, each)
    return tuple(sorted(found.values(), key=_order))


def _order(address: VideoAddress) -> tuple[int, bool, int]:
    return (
        QUALITIES.index(address.quality),
        address.codec not in ("", "h264"),
        FORMATS.index(address.format),
    )


def _of_list(stream: Mapping[str, Any]) -> Iterator[VideoAddress]:
    """Those of the newer list, which stands in it as text."""
    text = _table(stream, "live_core_sdk_data", "pull_data").get("stream_data")
    for name, each in _table(_read(text), "data").items():
        main = _table({name: each}, name, "main")
        told = _read(main.get("sdk_params"))
        for kind in FORMATS:
            yield from _address(main.get(kind), name, kind, told)


def _of_tables(stream: Mapping[str, Any]) -> Iterator[VideoAddress]:
    """Those of the older lists."""
    for kind in FORMATS:
        for key in (f"{kind}_pull_url", f"{kind}_pull_url_map"):
            for name, url in _table(stream, key).items():
                yield from _address(url, name, kind, {})


def _address(url: Any, name: Any, kind: str, told: Mapping[str, Any]) -> Iterator[VideoAddress]:
    """One, if it is one."""
    if not isinstance(url, str) or not isinstance(name, str) or not _ADDRESS.fullmatch(url):
        return
    quality = _OTHER_NAMES.get(name.lower(), name.lower())
    try:
        if quality not in QUALITIES or not urlsplit(url).hostname:
            return
    except ValueError:
        return
    codec, size = (
        value.lower() if isinstance(value := told.get(key), str) else ""
        for key in ("VCodec", "resolution")
    )
    codec = _CODECS.get(codec, codec if _WORD.fullmatch(codec) else "")
    yield VideoAddress(url, quality, kind, codec, size if _SIZE.fullmatch(size) else "")


def _table(value: Any, *names: str) -> Mapping[str, Any]:
    """What stands there under these names, one in the other; an empty one if it is none."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def _read(text: Any) -> Mapping[str, Any]:
    """The JSON in a text, if it is an object."""
    try:
        value = read_json(text, values=_VALUES) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, Mapping) else {}
