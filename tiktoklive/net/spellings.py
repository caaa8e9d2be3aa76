"""What a secret may look like in what others say, and what to look for."""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from sys import byteorder
from typing import Final
from urllib.parse import quote, quote_plus, unquote

#: Parts of a secret of so many bytes are not shown; shorter ones occur in other words.
WINDOW: Final = 8

#: Bytes in which a text is read: each window holds a whole one.
PIECE: Final = WINDOW // 2

#: Shorter values are no secrets.
SHORTEST: Final = 4

#: What can stand inside one value only, and what can be a part of any.
_TOKEN = re.compile(rb"[0-9A-Za-z%+/=|~.*_-]+")
_WORD_OR_NUMBER = re.compile(rb"[0-9.%/-]+|[A-Za-z]?[a-z_./-]+|[A-Z_]+")

#: By which all spellings are compared: case, and both alphabets of base64, make no difference.
FOLD: Final = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ-_", b"abcdefghijklmnopqrstuvwxyz+/")


@lru_cache(maxsize=64)
def _forms(secret: str) -> frozenset[bytes]:
    """Everything that a secret may look like."""
    plain = unquote(secret)
    texts = {secret, plain}
    for text in (secret, plain):
        texts |= {quote(text), quote(text, safe=""), quote_plus(text), html.escape(text)}
        texts |= {html.escape(text, quote=False), json.dumps(text)[1:-1]}
        texts |= {text.replace("/", "\\/"), quote(quote(text, safe=""), safe="")}
    found = {text.encode("utf-8", "replace") for text in texts}
    for text in (secret, plain):
        raw = text.encode("utf-8", "replace")
        for before in range(3):
            # Only what no neighbour has a part in: whole groups of six bits.
            coded = b64encode(b"\0" * before + raw)
            first = -(-before * 8 // 6)
            found.add(coded[first : (before + len(raw)) * 8 // 6])
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Sought:
    """
    What to look for.

    :ivar pieces: the pieces of all windows, as numbers.
    :ivar windows: all windows of all forms.
    :ivar telling: those that cannot be a part of anything else, and thus are no data.
    :ivar short: forms that are shorter than a window.
    """

    pieces: frozenset[int]
    windows: frozenset[bytes]
    telling: frozenset[bytes]
    short: frozenset[bytes]


@lru_cache(maxsize=8)
def sought(secrets: tuple[str, ...]) -> Sought:
    """What to look for where these must not be shown."""
    windows: set[bytes] = set()
    telling: set[bytes] = set()
    short: set[bytes] = set()
    for form in (form for secret in secrets for form in _forms(secret)):
        folded = form.translate(FOLD)
        if SHORTEST <= len(form) < WINDOW:
            short.add(folded)
        for start in range(len(form) - WINDOW + 1):
            window = form[start : start + WINDOW]
            windows.add(window.translate(FOLD))
            if _TOKEN.fullmatch(window) and not _WORD_OR_NUMBER.fullmatch(window):
                telling.add(window.translate(FOLD))
    pieces = {
        int.from_bytes(window[start : start + PIECE], byteorder)
        for window in windows
        for start in range(WINDOW - PIECE + 1)
    }
    return Sought(frozenset(pieces), frozenset(windows), frozenset(telling), frozenset(short))
