"""Reading live pages."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tests.rooms.answering import FakeWeb, answer
from tiktoklive.errors import (
    AgeRestrictedError,
    BlockedError,
    ExtractRoomIdError,
    InvalidResponseError,
    LoginRequiredError,
    OtherUserError,
    RateLimitedError,
    RoomLookupError,
    RoomWithheldError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.interfaces import IRoomResolver
from tiktoklive.model import Room, Status
from tiktoklive.rooms import PageResolver
from tiktoklive.rooms.page import room_in

ID = "7137682087200557829"
OG = '<meta property="og:url" content="https://www.tiktok.com/@somebody/live">'


def state(user: Any = None, live_room: Any = None, **more: Any) -> dict[str, Any]:
    """What a live page holds of a user."""
    user = {"id": "6789", "uniqueId": "somebody", "roomId": ID} if user is None else user
    info = {"user": user, "liveRoom": {} if live_room is None else live_room}
    return {"LiveRoom": {"liveRoomUserInfo": info}, "Other": {"LiveRoom": None}, **more}


def page(content: Any, script: str = '<script id="SIGI_STATE" type="application/json">') -> str:
    """A page with a state."""
    text = content if isinstance(content, str) else json.dumps(content)
    return f"<html><head>{OG}</head><body>{script}{text}</script><p>{{}}</p></body></html>"


class PageTestCase(SynchronousTestCase):
    """Reads pages."""

    def read(self, text: str | bytes, **more: Any) -> Room:
        """The room in a page."""
        body = text if isinstance(text, bytes) else text.encode()
        return room_in(answer(body=body, **more), "somebody")

    def fails(self, kind: type[Exception], text: str | bytes = "", **more: Any) -> Any:
        """The error for a page: exactly of that kind, and in words."""
        error = self.assertRaises(RoomLookupError, self.read, text, **more)
        self.assertIs(kind, type(error))
        self.assertIn("@somebody", str(error))
        return error


class StateTests(PageTestCase):
    """Pages that hold what they show as JSON."""

    def test_live(self) -> None:
        """A live user has a room, an id and a title."""
        room = self.read(page(state(None, {"status": 2, "title": "</b> hi"})))
        self.assertEqual(Room("somebody", ID, Status.LIVE, "6789", "</b> hi"), room)

    def test_statuses(self) -> None:
        """Either status will do; paused is not ended, and none at all leaves it open."""
        for user, live, status in (
            (2, 4, Status.LIVE),
            (4, 2, Status.LIVE),
            (3, None, Status.PAUSED),
            (None, 3, Status.PAUSED),
            ("2", None, Status.LIVE),
            (None, None, Status.UNKNOWN),
        ):
            told = {"id": "6789", "roomId": ID, "status": user}
            read = self.read(page(state(told, {"status": live})))
            self.assertEqual((ID, status, "6789"), (read.room_id, read.status, read.anchor_id))

    def test_offline(self) -> None:
        """An ended room, or none, is offline: this page knows."""
        for content in (
            state({"roomId": ID, "status": 4}, {"status": 4}),
            state({"roomId": "", "status": 4}),
            state({"roomId": "0"}),
            state({"roomId": "", "status": 2}),
            state({"uniqueId": "somebody"}),
        ):
            self.assertTrue(self.fails(UserOfflineError, page(content)).certain)

    def test_not_found(self) -> None:
        """A state without LiveRoom is that of nobody that could go live: this page knows."""
        for content in ({}, {"UserPage": {}}):
            self.assertTrue(self.fails(UserNotFoundError, page(content)).certain)

    def test_scripts(self) -> None:
        """Attributes may stand in any order; the older script holds statements, not JSON."""
        for script in (
            '<script type="application/json" id="SIGI_STATE">',
            "<script id='SIGI_STATE'>",
            '<script id="SIGI_STATE"\n nonce="a">\n',
            '<script id="sigi-persisted-data">window["SIGI_STATE"]=',
        ):
            text = json.dumps(state({"roomId": ID, "status": 2})) + ';window["SIGI_RETRY"]={};'
            self.assertEqual(Status.LIVE, self.read(page(text, script)).status)

    def test_broken_first(self) -> None:
        """A script that cannot be read lets the other one be read."""
        older = page(state({"roomId": ID, "status": 3}), '<script id="sigi-persisted-data">')
        for broken in ("{", "[]", "no", '{"LiveRoom": nonsense}', "[" * 100_000, "{" * 100_000):
            self.assertEqual(Status.PAUSED, self.read(page(broken) + older).status)

    def test_changed(self) -> None:
        """A state with nothing in the known places is told as a page that has changed."""
        for content in ({"LiveRoom": None}, {"LiveRoom": {"liveRoomUserInfo": []}}, "{", "[]"):
            self.fails(ExtractRoomIdError, page(content))
        user = {"LiveRoom": {"new": {"roomId": ID}}}
        text = page(json.dumps(user, separators=(",", ":")))
        self.assertEqual(Room("somebody", ID), self.read(text))

    def test_other_user(self) -> None:
        """The page of another host is told as such, live or not; the room is nobody's we follow."""
        for user, live_room in (
            ({"id": "42", "uniqueId": "other", "roomId": ID, "status": 2}, {"status": 2}),
            ({"id": "42", "uniqueId": "other", "roomId": ID}, {}),
            ({"id": "42", "uniqueId": "other", "roomId": "", "status": 4}, {"status": 4}),
        ):
            error = self.fails(OtherUserError, page(state(user, live_room)))
            self.assertEqual(
                ("other", "42", False), (error.unique_id, error.anchor_id, error.certain)
            )
            self.assertIn("with @other: that room is not entered", str(error))
        error = self.fails(OtherUserError, page(state({"uniqueId": "<b>", "roomId": ID})))
        self.assertEqual("", error.unique_id)
        same = state({"uniqueId": "SomeBody", "roomId": ID, "status": 2})
        self.assertEqual(Status.LIVE, self.read(page(same)).status)
        by_id = answer(body=page(state({"id": "42", "uniqueId": "x", "roomId": "5"})).encode())
        self.assertEqual(Room("42", "5", anchor_id="42"), room_in(by_id, "42"))

    def test_recommended(self) -> None:
        """The rooms of others that a page recommends are no guess of the user's."""
        for own in ("", '"uniqueId":"somebody"'):
            for other in ('"uniqueId":"other"', '"uniqueId": "other"'):
                text = own + other + f'"roomId":"{ID}"' + f"room_id={ID}"
                self.fails(BlockedError, text)
                self.fails(UserOfflineError, OG + text)
        self.assertEqual(ID, self.read(f'"uniqueId":"SomeBody","roomId":"{ID}"').room_id)

    def test_walls(self) -> None:
        """A page that wants a login or an age says which; one that only has a gate says that."""
        for flags, kind, words in (
            ({"needLogin": True, "showLiveGate": True}, LoginRequiredError, "says needLogin"),
            ({"isAgeGateRoom": True}, AgeRestrictedError, "isAgeGateRoom"),
            ({"showLiveGate": True}, RoomWithheldError, "does not say why (showLiveGate"),
            ({"needLogin": False, "isAgeGateRoom": 0}, ExtractRoomIdError, "holds no room id"),
            ({"needLogin": "no", "showLiveGate": 1}, ExtractRoomIdError, "holds no room id"),
        ):
            given: dict[str, Any] = {"LiveRoom": {"liveRoomStatus": 0, **flags}}
            error = self.fails(kind, page(given))
            self.assertIn(words, str(error))
            self.assertNotIn("changed", str(error) if kind is not ExtractRoomIdError else "")
        shown = state({"roomId": ID, "status": 2})
        shown["LiveRoom"]["needLogin"] = True
        self.assertEqual(Status.LIVE, self.read(page(shown)).status)

    def test_login_page(self) -> None:
        """Where the redirects led to the login, that is what is told."""
        for path in ("/login", "/login/phone-or-email", "/en/Login"):
            led = replace(answer(body=b"<html>Log in</html>"), led_to=path)
            error = self.assertRaises(LoginRequiredError, room_in, led, "somebody")
            self.assertIn("its login page", str(error))
        led = replace(answer(body=b"<html>Log in</html>"), led_to="/@login.me")
        self.assertRaises(BlockedError, room_in, led, "somebody")

    def test_no_id(self) -> None:
        """A room id that is none is an answer of no form."""
        for room_id in ("abc", -1, [], "9" * 30):
            self.fails(InvalidResponseError, page(state({"roomId": room_id, "status": 2})))


class PatternTests(PageTestCase):
    """Pages of the first generation."""

    def test_patterns(self) -> None:
        """The id stands in a script or in a link; that of the script counts first."""
        script, link = f'{{"roomId":"{ID}"}}', "snssdk://live?room_id=42&amp;x"
        self.assertEqual(Room("somebody", ID), self.read(link + script))
        self.assertEqual(Room("somebody", ID), self.read(script))
        self.assertEqual(Room("somebody", "42"), self.read(link))
        self.assertEqual(Room("somebody", "42"), self.read(link + '"roomId":"","roomId":"0"'))
        self.assertEqual(Room("somebody", ID), self.read('roomId":[] roomIdroomId":"' + ID + '"'))

    def test_no_id(self) -> None:
        """What is too long for an id, or only resembles one, is none."""
        for text in (
            "room_id=" + "1" * 20,
            '"roomId":"' + "1" * 20 + '"',
            '"roomId":12',
            "room_id=",
        ):
            self.fails(BlockedError, text)

    def test_might_be_offline(self) -> None:
        """Without an id but with the user's card, they may be offline; others may know more."""
        error = self.fails(UserOfflineError, OG)
        self.assertFalse(error.certain)
        self.assertIn("might be offline", str(error))

    def test_blocked(self) -> None:
        """A captcha, a challenge, and a page without anything of the user mean: blocked."""
        for words, text, more in (
            ("captcha", '<script src="tiktok-verify-page.js">', {}),
            ("captcha", OG + "tiktok-verify-page", {}),
            ("challenge", "<title>Please wait...</title>", {}),
            ("challenge", "<p class='_wafchallengeid'>", {}),
            ("challenge", "<html>", {"x_tt_system_error": "3"}),
            ("no user", "<html>hello</html>", {}),
            ("no user", "", {}),
            ("no user", "", {"status": 302}),
        ):
            self.assertIn(words, str(self.fails(BlockedError, text, **more)))

    def test_http(self) -> None:
        """HTTP statuses have their errors; a missing page is a guess that there is nobody."""
        for status, kind in (
            (403, BlockedError),
            (429, RateLimitedError),
            (410, InvalidResponseError),
            (503, InvalidResponseError),
        ):
            text = page(state({"roomId": ID, "status": 2}))
            error = self.fails(kind, text, status=status, retry_after="7")
            self.assertEqual(7.0, error.retry_after)
        self.assertFalse(self.fails(UserNotFoundError, status=404).certain)


class HostilePageTests(PageTestCase):
    """Pages that mean no good."""

    def test_time(self) -> None:
        """Eight megabytes of almost matches are read in a moment."""
        size = 8 * 1024 * 1024
        for piece in (
            b'roomId":"',
            b"roomIdroomId",
            b'roomId":"1234567890123456789',
            b"room_id=",
            b"room_id=12345678901234567890",
            b'id="SIGI_STATE"',
            b'<script id="SIGI_STATE">{',
            b"[",
            b'{"a":',
            b"</script",
        ):
            body = b'<script id="SIGI_STATE">{"' + piece * (size // len(piece))
            started = time.process_time()
            self.assertRaises(RoomLookupError, self.read, body)
            self.assertRaises(RoomLookupError, self.read, body + b"</script>")
            self.assertLess(time.process_time() - started, 5, piece)

    @given(st.binary(), st.sampled_from([200, 302, 404, 500]))
    def test_any_bytes(self, body: bytes, status: int) -> None:
        """No bytes whatever raise anything but the documented errors."""
        try:
            self.read(body, status=status)
        except RoomLookupError:
            pass

    pieces = st.sampled_from(
        [
            '<script id="SIGI_STATE">',
            '<script id="sigi-persisted-data">',
            "</script>",
            '{"LiveRoom":',
            '{"liveRoomUserInfo":',
            '{"user":{"roomId":"5","status":2}}',
            '"roomId":"',
            '"uniqueId":"',
            "room_id=",
            '"og:url"',
            "17",
            "}",
            '"',
            ">",
        ]
    )

    @given(st.lists(pieces | st.text(max_size=3), max_size=20))
    def test_any_pieces(self, parts: list[str]) -> None:
        """Nor do the parts of pages in any order; a room that results is well formed."""
        try:
            room = self.read("".join(parts).encode("utf-8", "replace"))
        except RoomLookupError:
            return
        self.assertTrue(room.room_id.isascii() and room.room_id.isdigit())
        self.assertNotEqual(Status.ENDED, room.status)

    json_values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=5,
    )

    @given(
        json_values | st.dictionaries(st.sampled_from(["id", "roomId", "status"]), json_values),
        json_values | st.dictionaries(st.sampled_from(["title", "status"]), json_values),
    )
    def test_any_state(self, user: Any, live_room: Any) -> None:
        """Nor does any JSON in the places of the user and of the room."""
        try:
            self.read(page(state(user, live_room)))
        except RoomLookupError:
            pass


class PageResolverTests(SynchronousTestCase):
    """Asking for the page."""

    def test_request(self) -> None:
        """The page is asked for as a browser does, with a name that fits into an address."""
        given_page = answer(body=page(state({"roomId": ID, "status": 2})).encode())
        web = FakeWeb(given_page)
        tiktok = web.tiktok()
        resolver = PageResolver(tiktok)
        verifyObject(IRoomResolver, resolver)
        room = self.successResultOf(Deferred.fromCoroutine(resolver.resolve("zoë.1")))
        self.assertEqual(Room("zoë.1", ID, Status.LIVE), room)
        self.assertEqual("https://www.tiktok.com/@zo%C3%AB.1/live", web.url)
        self.assertEqual(([], "GET", 3), (web.params, web.method, web.more["redirects"]))
        self.assertEqual(tiktok.device.user_agent, web.header("User-Agent"))
        self.assertIn("text/html", web.header("Accept"))
