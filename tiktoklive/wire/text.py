"""Text fields whose bytes may be anything."""

from __future__ import annotations

from typing import Final

#: Characters that a text may have which is kept and sent back; TikTok's have some hundred.
LONGEST: Final = 4096


def text(value: str | bytes) -> str:
    """
    The text of a string field, whatever its bytes are.

    proto2 hands over malformed UTF-8 as ``bytes`` instead of failing the whole message;
    each malformed sequence becomes U+FFFD.
    """
    return value if isinstance(value, str) else value.decode("utf-8", "replace")


def beginning(value: str | bytes, most: int) -> str:
    """
    The first characters of a text field; what comes behind them is not decoded.

    :param most: how many.
    """
    # A character has four bytes at most, and a malformed sequence becomes one.
    return text(value if isinstance(value, str) else value[: 4 * most])[:most]


def valid_text(value: str | bytes) -> str:
    """
    A text field that is to be sent back as it came, ``""`` if that cannot be.

    A cursor that is not UTF-8 would come back as another one, and one of more than
    :data:`LONGEST` characters is none.
    """
    return value if isinstance(value, str) and len(value) <= LONGEST else ""


def continuation(cursor: str | bytes, internal_ext: str | bytes) -> tuple[str, str]:
    """
    Where to go on from a batch: both as they came, or ``("", "")`` if that cannot be.

    :param cursor: a batch's, or one that was kept, like ``internal_ext``.
    """
    if len(cursor) > LONGEST or len(internal_ext) > LONGEST:
        return "", ""
    return valid_text(cursor), valid_text(internal_ext)
