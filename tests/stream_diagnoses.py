"""What servers say in the place of a stream, and what is said of it."""

from __future__ import annotations

from typing import Any

from tests.diagnoses import AUTH, LOGIN, MODIFY, WAIT, Row, _api, _page
from tiktoklive.errors import (
    ApplicationRefusedError,
    DeviceBlockedError,
    EmptyFetchError,
    HandshakeRefusedError,
    InitialFetchError,
    MissingCookieError,
    SignatureError,
    SignatureRateLimitError,
    SignatureRefusedError,
    SignServerError,
    SignServerRefusedError,
    SignServerUnavailableError,
    UserOfflineError,
)

FETCH = (
    Row("2.3 silence", _page(), EmptyFetchError, WAIT, ("HTTP 200 and nothing in it",)),
    Row("2.3 refused", _page("no", status=403), InitialFetchError, WAIT, ("HTTP 403",)),
    Row(
        "17 to a login",
        _page(status=302, location=LOGIN),
        InitialFetchError,
        WAIT,
        ("HTTP 302: it sends us to its login page",),
    ),
    Row("2.3 finished", _api({"status_code": 10041}), UserOfflineError, WAIT, ("(10041)",)),
    Row("17 finished", _api({"status_code": 30003}), UserOfflineError, WAIT, ("(30003)",)),
    Row(
        "2.3 parameters",
        _api({"status_code": 10011, "data": {"message": "params"}}),
        InitialFetchError,
        WAIT,
        ("'params' (10011)",),
    ),
    Row("9.7 no batch", _page("<html>"), InitialFetchError, WAIT, ("something else than a batch",)),
)


def _handshake(status: int = 200, message: str = "", code: str = "", **headers: str) -> Any:
    named = {"handshake-msg": message, "handshake-status": code, **headers}
    return f"HTTP/1.1 {status} x", {name: text for name, text in named.items() if text}, ""


HANDSHAKE = (
    Row(
        "2.3 flagged",
        _handshake(200, "DEVICE_BLOCKED", "415"),
        DeviceBlockedError,
        WAIT,
        ("HTTP 200, 415: 'DEVICE_BLOCKED'", "new guest identity"),
    ),
    Row("2.3 flagged in HTTP", _handshake(415), DeviceBlockedError, WAIT, ("HTTP 415",)),
    Row(
        "2.3 no cookie",
        _handshake(200, "http: named cookie not present", "417"),
        MissingCookieError,
        WAIT,
        ("ttwid cookie",),
    ),
    Row(
        "2.3 signature",
        _handshake(200, "illegal secret key", "417"),
        SignatureRefusedError,
        AUTH,
        ("'illegal secret key'", "sign server"),
    ),
    Row(
        "2.3 parameters",
        _handshake(200, "illegal app_id", "417"),
        ApplicationRefusedError,
        MODIFY,
        ("'illegal app_id'", "another source"),
    ),
    Row("2.3 bad request", _handshake(400), ApplicationRefusedError, MODIFY, ("HTTP 400",)),
    Row("2.3 no reason", _handshake(200), HandshakeRefusedError, WAIT, ("no reason given",)),
    Row("9.1 blocked", _handshake(403), HandshakeRefusedError, WAIT, ("403", "network address")),
    Row("9.6 too often", _handshake(429), HandshakeRefusedError, WAIT, ("429", "fewer")),
    Row(
        "17 to a login",
        _handshake(302, location=LOGIN),
        HandshakeRefusedError,
        WAIT,
        ("302", "its login page", "cookies"),
    ),
    Row(
        "17 another protocol",
        ("HTTP/1.1 101 x", {}, "subprotocol 'echo' was not asked for"),
        HandshakeRefusedError,
        WAIT,
        ("(HTTP 101)", "we dropped", "'echo' was not asked for"),
    ),
)


SIGN_SERVER = (
    Row(
        "9.6 bad request",
        _api({"message": "no"}, status=400),
        SignServerError,
        WAIT,
        ("400: 'no'",),
    ),
    *(
        Row(
            "9.6 key, plan, network",
            _api({"error": "This ISP is blocked"}, status=status),
            SignServerRefusedError,
            AUTH,
            ("This ISP is blocked", "API key"),
        )
        for status in (401, 402, 403)
    ),
    Row(
        "9.6 gone",
        _page(status=404),
        SignatureError,
        MODIFY,
        ("404", "another path, server or source"),
    ),
    Row(
        "9.6 a day",
        _api({"limit_label": "rate_limit_account_day"}, status=429),
        SignatureRateLimitError,
        WAIT,
        ("rate_limit_account_day: ", "429", "until when"),
    ),
    Row(
        "9.6 a minute",
        _api({"limit_label": "rate_limit_account_minute"}, status=429, retry_after="9"),
        SignatureRateLimitError,
        WAIT,
        ("rate_limit_account_minute: ", "wait"),
    ),
    *(
        Row(
            "9.6 down",
            _page("API is not ready", status=status),
            SignServerUnavailableError,
            WAIT,
            (f"{status}: 'API is not ready'", "later"),
        )
        for status in (500, 502, 503)
    ),
)
