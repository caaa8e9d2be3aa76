"""Every answer that the wire facts know, and what is told of it: the error, its words, a remedy."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase

from tests.rooms.answering import FakeWeb, answer
from tests.seams import ROOM, Resolver
from tiktoklive.errors import (
    AgeRestrictedError,
    ApplicationRefusedError,
    BlockedError,
    DeviceBlockedError,
    EmptyFetchError,
    ExtractRoomIdError,
    HandshakeRefusedError,
    InitialFetchError,
    InvalidResponseError,
    LoginRequiredError,
    MissingCookieError,
    OtherUserError,
    RateLimitedError,
    Remedy,
    RoomWithheldError,
    SignatureError,
    SignatureRateLimitError,
    SignatureRefusedError,
    SignServerError,
    SignServerRefusedError,
    SignServerUnavailableError,
    TikTokLiveError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.net.answers import Answer
from tiktoklive.net.fetch import batch_of
from tiktoklive.net.handshake import refusal
from tiktoklive.rooms import InformedResolver, fetch_room_info
from tiktoklive.rooms.api_live import room_of
from tiktoklive.rooms.names import name_in
from tiktoklive.rooms.page import room_in
from tiktoklive.signing.server import refusal as sign_refusal

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


class DiagnosisTests(SynchronousTestCase):
    """Each says who failed, with what, in TikTok's words, and what helps; and nothing unchecked."""

    def check(self, rows: Iterable[Row], read: Callable[[Any], object], whom: str) -> None:
        """Read each answer."""
        for row in rows:
            with self.subTest(row.fact):
                error: Any = self.assertRaises(TikTokLiveError, read, row.given)
                told = str(error)
                self.assertIs(row.kind, type(error), told)
                self.assertIs(row.remedy, error.remedy, told)
                self.assertRegex(told, ".*".join(map(re.escape, row.words)))
                self.assertIn(whom, told)
                self.assertTrue(told.isprintable() and told.endswith(".") and len(told) < 450, told)
                self.assertNotRegex(told, r"[A-Z][a-z]+Error|\[(wait|auth|cancel|modify)\]")
                if "changed" not in row.fact:
                    self.assertNotIn("has changed", told)

    def test_lookup(self) -> None:
        """Those to the look-up in JSON."""
        self.check(LOOKUP, lambda given: room_of(given, "anna"), "@anna")

    def test_page(self) -> None:
        """Those to the request for the live page."""
        self.check(PAGE, lambda given: room_in(given, "anna"), "@anna")

    def test_details(self) -> None:
        """Those to the request for a room's details."""

        def read(given: Answer) -> object:
            tiktok = FakeWeb(given).tiktok()
            room = replace(ROOM, unique_id="anna")

            async def info(room_id: str) -> dict[str, Any]:
                return await fetch_room_info(tiktok, room_id)

            # What ends nothing is logged there, so both are asked.
            asked = Deferred.fromCoroutine(fetch_room_info(tiktok, room.room_id))
            if self.failed(asked):
                self.failureResultOf(asked).raiseException()
            resolver = InformedResolver(Resolver(room), info, None)
            failed = self.failureResultOf(Deferred.fromCoroutine(resolver.resolve("anna")))
            failed.raiseException()
            raise AssertionError

        for rows, whom in ((DETAILS[: len(SHARED)], ROOM.room_id), (DETAILS[len(SHARED) :], "")):
            self.check(rows, read, whom)

    def failed(self, asked: Deferred[Any]) -> bool:
        """Whether a question failed."""
        outcome: list[Any] = []
        asked.addBoth(lambda result: outcome.append(result) or result)
        return not isinstance(outcome[0], dict)

    def test_profile(self) -> None:
        """Those to the request for the profile of an id, where they are no answer."""
        self.check(PROFILE, lambda given: name_in(given, "7"), "user 7")
        for given in (_profile(statusCode=10221), _profile(statusCode=10223), _page(status=404)):
            self.assertIsNone(name_in(given, "7"))

    def test_fetch(self) -> None:
        """Those to the request for the first batch."""
        self.check(FETCH, batch_of, "TikTok (www.tiktok.com)")

    def test_handshake(self) -> None:
        """Those to the handshake."""
        self.check(
            HANDSHAKE,
            lambda given: self.throw(refusal("ws.example", *given)),
            "TikTok (ws.example)",
        )

    def test_sign_server(self) -> None:
        """Those of a sign server, which is not taken for TikTok."""
        self.check(
            SIGN_SERVER,
            lambda given: self.throw(sign_refusal(given, "the batch")),
            "The sign server (www.tiktok.com)",
        )

    def throw(self, error: Exception) -> None:
        """Raise what was made."""
        raise error

    def test_restrictions(self) -> None:
        """Of rooms that can be entered and may stay empty, it is the room that tells for whom."""
        for fact, told in (
            ({"liveSubOnly": 1}, "for subscribers only"),
            ({"paidEvent": {"paid_type": 1}}, "paid for"),
        ):
            self.assertEqual((told,), room_of(_api(_user(**fact)), "anna").restrictions)
        private = _user()
        private["data"]["user"]["secret"] = True
        self.assertEqual(("of a private account",), room_of(_api(private), "anna").restrictions)
        shown = _shown(uniqueId="anna", roomId="5", status=2, secret=True)
        self.assertEqual(("of a private account",), room_in(shown, "anna").restrictions)
