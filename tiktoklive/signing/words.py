"""What others say when they sign nothing, cut down to what may be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, quote_plus

from tiktoklive.net.web import Answer

#: Characters of a foreign text that an error quotes.
_QUOTED = 120

_IDS = ("X-Request-Id", "X-Agent-Id")

#: An address in a foreign text: it may be a signed one, so nothing after its host is shown.
_ADDRESS = re.compile(r"(\w+://)(?:[^\s/?#@]*@)?([^\s/?#@\"'<>]*)[^\s\"'<>]*")


def ids_of(answer: Answer, secrets: Iterable[str] = ()) -> str:
    """The numbers by which its operators find a request again, or ``""`` (wire facts §9.6)."""
    values = ((name, shown(answer.header(name), secrets)) for name in _IDS)
    return "".join(f", {name} {value}" for name, value in values if value)


def words_of(answer: Answer, secrets: Iterable[str] = ()) -> tuple[str, str]:
    """
    What an answer says of itself, short and without secrets.

    :param secrets: what was sent and must not be shown, should the answer repeat it.
    :return: its ``limit_label``, and its message; ``""`` where there is none.
    """
    try:
        content = answer.json()
    except ValueError:
        content = answer.body[:4096].decode("utf-8", "replace")
    label: object = ""
    said: object = content
    if isinstance(content, dict):
        label = content.get("limit_label")
        said = next((content[key] for key in ("message", "error") if content.get(key)), "")
    if isinstance(said, dict):
        said = said.get("message")
    if isinstance(said, str) and said.lstrip().startswith("<"):
        title = re.search(r"<title[^>]*>([^<]*)", said, re.IGNORECASE)
        said = title.group(1) if title else ""
    return shown(label, secrets), shown(said, secrets)


def shown(value: object, secrets: Iterable[str] = ()) -> str:
    """
    A foreign text fit to be shown: one short line without addresses and secrets.

    :param value: the text; anything else is as good as none.
    :param secrets: what must not be shown, as it is or percent-encoded.
    """
    if not isinstance(value, str):
        return ""
    for secret in secrets:
        for form in {secret, quote(secret, safe=""), quote_plus(secret)} - {""}:
            value = value.replace(form, "***")
    value = "".join(x if x.isprintable() else " " for x in _ADDRESS.sub(r"\1\2", value))
    return " ".join(value.split())[:_QUOTED]


def content_of(answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer; empty if it holds none."""
    try:
        content = answer.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
