"""Sign servers: what their refusals mean (wire facts §9.6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC
from email.utils import parsedate_to_datetime

from tiktoklive.errors import (
    SignatureError,
    SignatureRateLimitError,
    SignServerError,
    SignServerRefusedError,
    SignServerUnavailableError,
)
from tiktoklive.net.web import Answer

#: Numbers below this are durations, the others are points in time (wire facts §9.6).
_FIRST_TIME = 1e9

#: Characters of a foreign text that an error quotes.
_QUOTED = 120

_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?")

#: An address in a foreign text: it may be a signed one, so nothing after its host is shown.
_ADDRESS = re.compile(r"(\w+://)(?:[^\s/?#@]*@)?([^\s/?#@\"'<>]*)[^\s\"'<>]*")


def retry_after_of(answer: Answer, now: float | None = None) -> float | None:
    """
    The seconds that a sign server's answer asks to wait, in whichever form (wire facts §9.6).

    ``Retry-After`` goes before ``X-RateLimit-Reset``, and that before ``RateLimit-Reset``;
    each may be a duration or a point in time.

    :param answer: one that refuses for too many requests; others may have headers that tell
        when the quota is renewed, which is nothing to wait for then.
    :param now: Unix seconds, from which points in time are counted if the answer has no
        ``Date``: the other side's clock against itself is better.
    """
    date = _time(answer.header("date"))
    for name in ("retry-after", "x-ratelimit-reset", "ratelimit-reset"):
        text = answer.header(name).strip()
        if _NUMBER.fullmatch(text) and float(text) < _FIRST_TIME:
            return float(text)
        time = float(text) if _NUMBER.fullmatch(text) else _time(text)
        since = now if date is None else date
        if time is not None and since is not None:
            return max(0.0, time - since)
    return None


def _time(text: str) -> float | None:
    """The Unix seconds of an HTTP date."""
    try:
        date = parsedate_to_datetime(text)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def refusal(
    answer: Answer, asked: str, *, secrets: Iterable[str] = (), now: float | None = None
) -> SignServerError:
    """
    The typed error for an answer other than 200 (wire facts §9.6).

    :param asked: what it was asked for: ``"the signature"``.
    :param secrets: what was sent and must not be shown, should the answer repeat it.
    :param now: see :func:`retry_after_of`.
    """
    status = answer.status
    label, said = words_of(answer, secrets)
    text = f"The sign server ({answer.host}) answered {asked} with HTTP {status}"
    text += f": {said!r}" if said else ", without a word"
    for name in ("X-Request-Id", "X-Agent-Id"):
        if value := _plain(answer.header(name), secrets):
            text += f", {name} {value}"
    text += "."
    if status == 429:
        head = f"{label}: " if label else ""
        return SignatureRateLimitError(
            f"{head}{text} That is more than it allows: wait, or use the key of an account with "
            "a larger quota.",
            status=status,
            retry_after=retry_after_of(answer, now),
        )
    kind: type[SignServerError] = SignServerError
    advice = "It does not take the request as it is: try another path, server or source."
    if status in (401, 402, 403):
        kind = SignServerRefusedError
        advice = (
            "It wants an API key, or one whose plan includes this, or it blocks this network: "
            "supply a key, or use another source."
        )
    elif status == 404:
        kind = SignatureError
        advice = "It does not offer this, or not any more: use another path, server or source."
    elif status >= 500:
        kind = SignServerUnavailableError
        advice = "TikTok refused it, or it is down or overloaded: try again later."
    return kind(f"{text} {advice}", status=status, retry_after=answer.retry_after)


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
    return _plain(label, secrets), _plain(said, secrets)


def _plain(value: object, secrets: Iterable[str]) -> str:
    """A foreign text fit to be shown: one short line without addresses and secrets."""
    if not isinstance(value, str):
        return ""
    for secret in secrets:
        if secret:
            value = value.replace(secret, "***")
    value = "".join(x if x.isprintable() else " " for x in _ADDRESS.sub(r"\1\2", value))
    return " ".join(value.split())[:_QUOTED]
