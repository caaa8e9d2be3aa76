"""The line that TikTok's own client shows: a pattern with its pieces filled in."""

from __future__ import annotations

import re
from typing import Final

from tiktoklive.wire.common_pb2 import Text, TextPiece
from tiktoklive.wire.text import beginning

#: Characters of a pattern that are read, and of a line; TikTok's have a hundred or two.
LONGEST: Final = 1000

#: The place of a piece: its index in the pieces, and what it is of, such as ``{0:user}``.
_PLACE = re.compile(r"\{([0-9]{1,2})(?::([^{}]{0,40}))?\}")


def filled(shown: Text) -> str:
    """
    The pattern, with names, gifts, numbers and words in the place of its pieces.

    A place whose piece is missing, or of a type that the schema does not know, shows what the
    pattern calls it.  A text without a pattern is ``""``: nobody has TikTok's translations.

    :param shown: as in a message's ``common.display_text`` (wire facts §10).
    :return: at most :data:`LONGEST` characters; any text at all, as users' names are part of it.
    """
    if not (given := shown.default_pattern):
        return ""
    pattern = beginning(given, LONGEST)
    if "{" not in pattern:
        return pattern
    pieces = shown.pieces
    known: dict[int, str] = {}
    line, read = "", 0
    for place in _PLACE.finditer(pattern):
        if len(line) >= LONGEST:
            break
        number = int(place[1])
        if number not in known:  # a pattern may name one again and again
            known[number] = words_of(pieces[number]) if number < len(pieces) else ""
        line += pattern[read : place.start()] + (known[number] or place[2] or place[0])
        read = place.end()
    return (line + pattern[read:])[:LONGEST]


def words_of(piece: TextPiece) -> str:
    """What stands for one piece; ``""`` if that is not known, as of a picture."""
    if piece.HasField("user_value"):
        user = piece.user_value.user
        words = _short(user.nickname) or _short(user.unique_id)
    elif piece.HasField("gift_value"):
        name = piece.gift_value.name_ref
        words = _short(name.default_pattern) or _short(name.key)
    elif piece.HasField("pattern_ref_value"):
        name = piece.pattern_ref_value
        words = _short(name.default_pattern) or _short(name.key)
    else:
        words = _short(piece.string_value)
    return words


def _short(value: str | bytes) -> str:
    return beginning(value, LONGEST)
