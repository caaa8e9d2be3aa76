"""
The WebSocket handshake with TikTok: what we send, and what its answer means.

A refusal usually is HTTP 200 without a body where 101 is due; its reason is in the headers
``Handshake-Msg`` and ``Handshake-Status`` (wire facts §2.3).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from email.utils import parsedate_to_datetime

from twisted.web.client import URI

from tiktoklive.errors import (
    ApplicationRefusedError,
    DeviceBlockedError,
    HandshakeRefusedError,
    MissingCookieError,
    SignatureRefusedError,
)
from tiktoklive.net.cookies import cookie_header
from tiktoklive.net.login import is_login_page
from tiktoklive.net.redaction import NOTHING_KNOWN, Redaction

#: Wishes for more seconds than this between heartbeats are taken for nonsense.
LONGEST_HEARTBEAT = 300.0

#: Characters of a header in which something is looked for.
_READ = 1024

#: Characters of a date that are read.
_LONGEST_DATE = 100

_FORBIDDEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")

_OURS = ("host", "upgrade", "connection", "content-length", "transfer-encoding")

_SIGNS: list[tuple[str, type[HandshakeRefusedError], str]] = [
    (
        "device_blocked",
        DeviceBlockedError,
        "This pair of ttwid cookie and User-Agent is flagged: a new guest identity may pass.",
    ),
    (
        "named cookie not present",
        MissingCookieError,
        "It wants a ttwid cookie: let a fresh one be fetched, or supply one from a browser.",
    ),
    (
        "illegal secret key",
        SignatureRefusedError,
        "It wants a signature, and none or no valid one was sent: use a source that signs, "
        "such as a sign server.",
    ),
    (
        "illegal app_id",
        ApplicationRefusedError,
        "It does not accept the parameters of the socket's address: try another socket host "
        "or another source.",
    ),
]
_BLOCKED, _COOKIE, _SIGNATURE, _PARAMETERS = range(4)


def handshake_request(
    uri: URI, headers: Sequence[tuple[str, str]], cookies: Mapping[str, str], key: bytes
) -> bytes:
    """
    The request that asks for an upgrade.

    Headers keep their order and are sent as they are, cookies byte for byte after them.
    What belongs to the handshake itself is ours and left out of ``headers``.

    :param uri: of :func:`~tiktoklive.net.web.uri_of`; its target is sent as it is.
    :param key: the random ``Sec-WebSocket-Key``, base64.
    :raise ValueError: for a line break or another control character; names the header only.
    """
    host = uri.host.decode("ascii")
    authority = f"[{host}]" if ":" in host else host
    if uri.port != (443 if uri.scheme == b"https" else 80):
        authority += f":{uri.port}"
    lines = [
        f"GET {uri.originForm.decode('ascii')} HTTP/1.1",
        f"Host: {authority}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key.decode('ascii')}",
        "Sec-WebSocket-Version: 13",
    ]
    pairs = [cookie_header(cookies)] if cookies else []
    for name, value in headers:
        lower = name.lower()
        if lower == "cookie":
            pairs.append(value)
        elif lower not in _OURS and not lower.startswith("sec-websocket-"):
            lines.append(f"{name}: {value}")
    if pairs:
        lines.append(f"Cookie: {'; '.join(pairs)}")
    for line in lines:
        if _FORBIDDEN.search(line):  # it would break the line; it is not shown
            name = _FORBIDDEN.sub("?", line.partition(":")[0])
            raise ValueError(f"a control character in the header {name}")
    return "\r\n".join([*lines, "", ""]).encode("utf-8")


def refusal(
    host: str,
    status_line: str,
    headers: Mapping[str, str],
    problem: str = "",
    known: Redaction = NOTHING_KNOWN,
    *,
    who: str = "TikTok",
) -> HandshakeRefusedError:
    """
    The typed error for an answer that is no upgrade.

    :param host: the host that answered.
    :param status_line: the answer's first line.
    :param headers: of the answer, names in lower case.
    :param problem: what else is wrong with the answer, shown if TikTok gives no reason.
    :param known: what was sent, which the answer may repeat.
    :param who: whose host it is.
    """
    problem = of_autobahn(problem)
    words = status_line[:_READ].split(None, 2)
    status = int(words[1]) if len(words) > 1 and re.fullmatch(r"[0-9]{3}", words[1]) else None
    said = headers.get("handshake-msg", "")[:_READ].lower()
    reason = known.shown(headers.get("handshake-msg", ""))
    code = known.shown(headers.get("handshake-status", ""))
    kind: type[HandshakeRefusedError] = HandshakeRefusedError
    advice = "It may pass later; if it does not, try another source."
    sign = next((each for each in _SIGNS if each[0] in said), None)
    if sign is None and (status == 415 or code == "415"):
        sign = _SIGNS[_BLOCKED]
    elif sign is None and status == 400:
        sign = _SIGNS[_PARAMETERS]
    if sign is not None:
        _, kind, advice = sign
    elif status == 429:
        advice = "It asks for fewer connections: wait before the next one."
    elif status == 403:
        advice = "It may block this network address: try another network, or a proxy."
    elif is_login_page(headers.get("location", "")[:_READ]):
        advice = "It sends us to its login page: supply the cookies of a session."
    if status == 101:
        return HandshakeRefusedError(
            f"{who} ({host}) let us in (HTTP 101) in a way that is none, and we dropped the "
            f"connection: {known.shown(problem) or 'for a reason that it does not say'}. {advice}",
            status=status,
        )
    answer = "an unreadable answer" if status is None else f"HTTP {status}"
    if code:
        answer += f", {code}"
    why = repr(reason) if reason else known.shown(problem) or "no reason given"
    return kind(
        f"{who} ({host}) refused the WebSocket handshake with {answer}: {why}. {advice}",
        status=status,
        reason=reason,
        code=code,
        retry_after=retry_after(headers.get("retry-after", ""), headers.get("date", "")),
    )


def of_autobahn(said: str) -> str:
    """What autobahn says of a connection, without what it puts around that."""
    outer = 'connection was closed uncleanly ("'
    if said.startswith(outer):
        said = said.removeprefix(outer).removesuffix('")')
    said = said.removeprefix("I dropped the WebSocket TCP connection: ")
    if said.startswith("WebSocket connection upgrade failed ["):
        said = said.partition("]: ")[2]  # the status is told beside it
    return said


def retry_after(text: str, date: str = "") -> float | None:
    """
    The seconds that a ``Retry-After`` header asks to wait.

    :param text: seconds, or an HTTP date; anything else counts as no wish.
    :param date: the ``Date`` of the same answer, from which a date is counted: the other
        side's clock against itself.
    """
    text, date = text[:_LONGEST_DATE].strip(), date[:_LONGEST_DATE]
    if re.fullmatch(r"[0-9]{1,8}", text):
        return float(text)
    try:
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(date)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return max(0.0, wait.total_seconds())


def heartbeat_wish(options: str) -> float | None:
    """
    The seconds between heartbeats that ``Handshake-Options`` asks for.

    :param options: ``name=value`` pairs as in a Cookie header; the one that counts is
        ``ping-interval`` (wire facts §6.6).
    :return: ``None`` if there is none, or no sensible one.
    """
    for pair in options[:_READ].replace(",", ";").split(";"):
        name, _, value = pair.partition("=")
        if name.strip().lower() == "ping-interval":
            try:
                seconds = float(value.strip().strip('"'))
            except ValueError:
                continue
            if 0 < seconds <= LONGEST_HEARTBEAT:
                return seconds
    return None
