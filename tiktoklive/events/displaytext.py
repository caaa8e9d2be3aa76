"""The line that TikTok's own client shows: a pattern with its pieces filled in."""

from __future__ import annotations

import re
from typing import Final

from tiktoklive.wire.common_pb2 import Text, TextPiece
from tiktoklive.wire.text import text

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
    pattern = text(shown.default_pattern)[:LONGEST]
    pieces = shown.pieces

    def piece(place: re.Match[str]) -> str:
        number = int(place[1])
        words = words_of(pieces[number]) if number < len(pieces) else ""
        return words or place[2] or place[0]

    return _PLACE.sub(piece, pattern)[:LONGEST]


def words_of(piece: TextPiece) -> str:
    """What stands for one piece; ``""`` if that is not known, as of a picture."""
    if piece.HasField("user_value"):
        user = piece.user_value.user
        words = text(user.nickname) or text(user.unique_id)
    elif piece.HasField("gift_value"):
        name = piece.gift_value.name_ref
        words = text(name.default_pattern) or text(name.key)
    elif piece.HasField("pattern_ref_value"):
        words = text(piece.pattern_ref_value.default_pattern) or text(piece.pattern_ref_value.key)
    else:
        words = text(piece.string_value)
    return words[:LONGEST]
