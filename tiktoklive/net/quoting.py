"""What others say when they sign nothing, cut down to what may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from tiktoklive.net.answers import Answer
from tiktoklive.net.redaction import Redaction

_IDS: Final = ("X-Request-Id", "X-Agent-Id")

#: Characters of a page, or of a message, in which its words are looked for.
_READ: Final = 4096


def ids_of(answer: Answer) -> str:
    """The numbers by which its operators find a request again, or ``""`` (wire facts §9.6)."""
    values = ((name, answer.shown(answer.header(name))) for name in _IDS)
    return "".join(f", {name} {value}" for name, value in values if value)


def words_of(answer: Answer) -> tuple[str, str]:
    """
    What an answer says of itself, short and without secrets.

    :return: its ``limit_label``, and its message; ``""`` where there is none.
    """
    if answer.unreadable:
        return "", answer.unreadable
    try:
        content = answer.json()
    except ValueError:
        content = answer.body[:_READ].decode("utf-8", "replace")
    label: object = ""
    said: object = content
    if isinstance(content, dict):
        label = content.get("limit_label")
        said = next((content[key] for key in ("message", "error") if content.get(key)), "")
    if isinstance(said, dict):
        said = said.get("message")
    if isinstance(said, str):
        said = said[:_READ].lstrip()
        if said.startswith("<"):
            said = _title_of(said)
    return answer.shown(label), answer.shown(said)


def _title_of(page: str) -> str:
    """The title of the beginning of a page, or ``""``."""
    start = page.lower().find("<title")
    start = page.find(">", start) + 1 if start >= 0 else 0
    return page[start:].partition("<")[0] if start else ""


def shown(value: object, secrets: Iterable[str] = ()) -> str:
    """
    A text of a party that is sent no requests, fit to be shown.

    :param value: the text; anything else is as good as none.
    :param secrets: what they know, and may repeat.
    """
    return Redaction(secrets).shown(value)


def content_of(answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer; empty if it holds none."""
    try:
        content = {} if answer.unreadable else answer.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
