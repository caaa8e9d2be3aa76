"""
Make what strangers type safe to show on a terminal.

Nicknames and comments are any text at all.  A terminal obeys control characters and
escape sequences, and turns whole lines around for invisible direction marks; both would
let a viewer forge lines or change the user's terminal.
"""

from __future__ import annotations

_SHOWN_AS = "�"


def _table() -> dict[int, str]:
    """What each character that isn't shown as it is becomes."""
    table: dict[int, str] = {}
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)):
        table[code] = _SHOWN_AS  # control characters, surrogates
    for code in (*b"\t\n\v\f\r", 0x85, 0x2028, 0x2029):
        table[code] = " "  # line breaks and tabs
    # Marks of direction, invisible operators and fillers.  U+200C and U+200D stay: Persian
    # and Indic words and many emoji are made with them.
    for code in (
        0xAD,
        0x61C,
        0x180E,
        0x200B,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0x3164,
        0xFEFF,
        0xFFA0,
        *range(0xFFF9, 0xFFFC),
    ):
        table[code] = ""
    table[0x2800] = " "  # Braille without dots: a favourite for names that look empty
    return table


_TABLE = _table()


def plain(text: str, limit: int) -> str:
    """
    The text on one line, with nothing in it that a terminal obeys.

    :param limit: characters after which it is cut.
    """
    safe = " ".join(text.translate(_TABLE).split())
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"
