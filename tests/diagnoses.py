"""Every answer that the wire facts know, and what is said of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from tests.rooms.answering import answer
from tiktoklive.errors import (
    AgeRestrictedError,
    BlockedError,
    ExtractRoomIdError,
    InvalidResponseError,
    LoginRequiredError,
    OtherUserError,
    RateLimitedError,
    Remedy,
    RoomWithheldError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.net.answers import Answer

WAIT, CANCEL, AUTH, MODIFY = Remedy.WAIT, Remedy.CANCEL, Remedy.AUTH, Remedy.MODIFY
LOGIN = "https://www.tiktok.com/login?redirect_url=x"


SHELL = "<html><body><p id='wci'></p><script src='/SlardarWAF.js'></script></body></html>"


@dataclass(frozen=True)
class Row:
    """
    An answer.

    :ivar fact: where the wire facts tell of it.
    :ivar words: what must stand in the message, in this order.
    """

    fact: str
    given: Any
    kind: type[Exception]
    remedy: Remedy
    words: tuple[str, ...]


def _api(content: Any = None, **more: Any) -> Answer:
    return answer(content, **more)


def _user(status: int = 2, room_id: str = "5", name: str = "anna", **live: Any) -> dict[str, Any]:
    user = {"id": "7", "uniqueId": name, "roomId": room_id, "status": status}
    return {"statusCode": 0, "data": {"user": user, "liveRoom": {"status": status, **live}}}


def _page(text: str = "", **more: Any) -> Answer:
    return answer(body=text.encode(), **more)


def _state(live_room: Any, script: str = "SIGI_STATE") -> Answer:
    content = {} if live_room is None else {"LiveRoom": live_room}
    return _page(f'<script id="{script}">{json.dumps(content)}</script>')


def _shown(**user: Any) -> Answer:
    return _state({"liveRoomUserInfo": {"user": {"id": "7", **user}, "liveRoom": {}}})


def _profile(**detail: Any) -> Answer:
    content = {"__DEFAULT_SCOPE__": {"webapp.user-detail": detail}}
    script = "__UNIVERSAL_DATA_FOR_REHYDRATION__"
    return _page(f'<script id="{script}">{json.dumps(content)}</script>')


#: What all of TikTok's web servers say alike; each of those who ask reads it.
SHARED = (
    Row("2.3 address blocked", _page("no", status=403), BlockedError, WAIT, ("403", "proxy")),
    Row("2.3 edge block", _page(status=420), BlockedError, WAIT, ("420", "blocks this network")),
    Row("2.3 too often", _page(status=429), RateLimitedError, WAIT, ("429", "too many requests")),
    *(
        Row("2.3 server", _page(status=status), InvalidResponseError, WAIT, (str(status), "later"))
        for status in (500, 502, 503, 504)
    ),
    Row(
        "2.3 fingerprint",
        _page("<p>", x_tt_system_error="3"),
        BlockedError,
        WAIT,
        ("a challenge page (HTTP 200)", "Wait, or"),
    ),
    Row("2.3 shell", _page(SHELL), BlockedError, WAIT, ("a challenge page",)),
    Row("2.3 wait", _page("Please wait..."), BlockedError, WAIT, ("a challenge page",)),
    Row("2.3 captcha", _page("tiktok-verify-page"), BlockedError, WAIT, ("a captcha",)),
)


LOOKUP = (
    *SHARED,
    Row(
        "17 to a login",
        _page(status=302, location=LOGIN),
        LoginRequiredError,
        AUTH,
        ("sending us to its login page (HTTP 302)", "cookies of a session"),
    ),
    Row(
        "redirect",
        _page(status=301, location="https://a.example/"),
        InvalidResponseError,
        WAIT,
        ("another page of a.example (HTTP 301)",),
    ),
    Row("2.3 no JSON", _page("<html>"), BlockedError, WAIT, ("a page that is no JSON",)),
    Row("2.3 nothing", _page(), BlockedError, WAIT, ("an empty page (HTTP 200)",)),
    Row(
        "2.3 unknown user",
        _api({"statusCode": 19881007}),
        UserNotFoundError,
        CANCEL,
        ("knows no @anna", "spelling"),
    ),
    Row(
        "2.3 its words",
        _api({"statusCode": 1, "message": "user_not_found"}),
        UserNotFoundError,
        CANCEL,
        ("knows no @anna",),
    ),
    Row(
        "2.3 data null",
        _api({"statusCode": 0, "data": None}),
        UserNotFoundError,
        CANCEL,
        ("knows nothing of @anna",),
    ),
    Row(
        "2.3 parameters",
        _api({"statusCode": 10011, "message": "params_error"}),
        BlockedError,
        WAIT,
        ("params_error", "another network"),
    ),
    Row("17 passing", _api({"statusCode": 404000}), InvalidResponseError, WAIT, ("404000",)),
    Row(
        "2.3 adults",
        _api({"statusCode": 4003110, "message": "18+"}),
        AgeRestrictedError,
        AUTH,
        ("age-restricted", "(4003110, '18+')", "cookies"),
    ),
    Row(
        "17 withheld",
        _api({"statusCode": 4003110}),
        RoomWithheldError,
        AUTH,
        ("does not say why (4003110)", "cookies"),
    ),
    Row("2.3 login", _api({"statusCode": 20003}), LoginRequiredError, AUTH, ("20003", "a login")),
    Row("2.3 finished", _api({"statusCode": 10041}), UserOfflineError, WAIT, ("finished (10041)",)),
    Row(
        "17 finished",
        _api({"statusCode": 30003, "message": "room has finished"}),
        UserOfflineError,
        WAIT,
        ("finished (30003, 'room has finished')",),
    ),
    Row("2.3 offline", _api(_user(4)), UserOfflineError, WAIT, ("@anna is not live",)),
    Row("2.3 no room", _api(_user(2, "")), UserOfflineError, WAIT, ("not live",)),
    Row("2.3 room 0", _api(_user(2, "0")), UserOfflineError, WAIT, ("not live",)),
    Row(
        "17 other host",
        _api(_user(name="bob")),
        OtherUserError,
        WAIT,
        ("@anna with @bob", "not entered", "new one"),
    ),
    Row(
        "new", _api({"statusCode": 5, "message": "hm"}), InvalidResponseError, WAIT, ("5 and 'hm'",)
    ),
)


PAGE = (
    *SHARED,
    Row(
        "17 to a login",
        replace(_page("<p>Log in"), led_to="/login"),
        LoginRequiredError,
        AUTH,
        ("with its login page", "cookies"),
    ),
    Row(
        "17 login wall",
        _state({"needLogin": True, "showLiveGate": True}),
        LoginRequiredError,
        AUTH,
        ("says needLogin", "cookies"),
    ),
    Row(
        "17 age gate", _state({"isAgeGateRoom": True}), AgeRestrictedError, AUTH, ("isAgeGateRoom",)
    ),
    Row("17 gate", _state({"showLiveGate": True}), RoomWithheldError, AUTH, ("showLiveGate",)),
    Row(
        "17 other host",
        _shown(uniqueId="bob", roomId="5", status=2),
        OtherUserError,
        WAIT,
        ("@anna with @bob", "not entered"),
    ),
    Row("2.5 no LiveRoom", _state(None), UserNotFoundError, CANCEL, ("knows no @anna",)),
    Row(
        "2.5 older script",
        _state(None, "sigi-persisted-data"),
        UserNotFoundError,
        CANCEL,
        ("knows no @anna",),
    ),
    Row("2.5 changed", _state({}), ExtractRoomIdError, WAIT, ("holds no room id",)),
    Row("2.5 offline", _shown(roomId="5", status=4), UserOfflineError, WAIT, ("not live",)),
    Row("2.3 card only", _page('"og:url"'), UserOfflineError, WAIT, ("might be offline",)),
    Row("2.3 nothing", _page("<html>"), BlockedError, WAIT, ("a page that shows no user",)),
    Row("no page", _page(status=404), UserNotFoundError, CANCEL, ("404", "spelling")),
)


DETAILS = (
    *SHARED,
    Row(
        "17 to a login", _page(status=302, location="/login"), LoginRequiredError, AUTH, ("login",)
    ),
    Row(
        "2.3 adults",
        _api({"status_code": 4003110, "data": {"prompts": "18+"}}),
        AgeRestrictedError,
        AUTH,
        ("age-restricted", "'18+'"),
    ),
    Row(
        "17 withheld",
        _api({"status_code": 4003110, "data": {"prompts": ""}}),
        RoomWithheldError,
        AUTH,
        ("does not say why (4003110)", "distrusts"),
    ),
    Row(
        "2.3 older form",
        _api({"status_code": 0, "data": {"prompts": "", "a": 1}}),
        RoomWithheldError,
        AUTH,
        ("prompts instead of details",),
    ),
    Row(
        "2.3 one key",
        _api({"status_code": 0, "data": {"a": 1}}),
        RoomWithheldError,
        AUTH,
        ("no details",),
    ),
    Row("2.3 login", _api({"status_code": 20003}), LoginRequiredError, AUTH, ("20003",)),
    Row("2.3 finished", _api({"status_code": 10041}), UserOfflineError, WAIT, ("(10041)",)),
    Row(
        "17 finished",
        _api({"status_code": 30003, "data": {"message": "room has finished", "prompts": "over"}}),
        UserOfflineError,
        WAIT,
        ("(30003, 'room has finished')",),
    ),
    Row(
        "2.3 parameters",
        _api({"status_code": 10011, "data": {"message": "params"}}),
        InvalidResponseError,
        WAIT,
        ("10011 and 'params'",),
    ),
    Row(
        "17 other host",
        _api({"status_code": 0, "data": {"status": 2, "owner": {"display_id": "bob"}}}),
        OtherUserError,
        WAIT,
        ("@anna with @bob",),
    ),
    Row(
        "2.3 ended",
        _api({"status_code": 0, "data": {"status": 4, "title": "x"}}),
        UserOfflineError,
        WAIT,
        ("has ended",),
    ),
)


PROFILE = (
    *SHARED,
    Row(
        "17 to a login",
        replace(_page("<p>Log in"), led_to="/login"),
        LoginRequiredError,
        AUTH,
        ("its login page",),
    ),
    Row(
        "2.5 private", _profile(statusCode=10222), InvalidResponseError, WAIT, ("10222", "private")
    ),
    Row(
        "8.6 another user",
        _profile(userInfo={"user": {"id": "8", "uniqueId": "bob"}}),
        InvalidResponseError,
        WAIT,
        ("another user",),
    ),
    Row("2.5 changed", _profile(), InvalidResponseError, WAIT, ("changed its page",)),
    Row("2.3 nothing", _page("<html>"), BlockedError, WAIT, ("shows no user",)),
)
