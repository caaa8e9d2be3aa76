"""Reading TikTok's answers about users."""

from __future__ import annotations

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
    InvalidResponseError,
    LoginRequiredError,
    OtherUserError,
    RateLimitedError,
    Remedy,
    RoomLookupError,
    RoomWithheldError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.interfaces import IRoomResolver
from tiktoklive.model import Room, Status
from tiktoklive.rooms import ApiLiveResolver
from tiktoklive.rooms.api_live import room_of

LIVE = {
    "statusCode": 0,
    "message": "",
    "data": {
        "user": {
            "id": "6789",
            "uniqueId": "somebody",
            "roomId": "7137682087200557829",
            "status": 2,
        },
        "liveRoom": {"status": 2, "title": "hello"},
    },
}


def user(room_id: Any = "5", user_status: Any = 2, live_status: Any = 2) -> dict[str, Any]:
    """What api-live says of a user."""
    return {
        "statusCode": 0,
        "data": {
            "user": {"id": "1", "roomId": room_id, "status": user_status},
            "liveRoom": {"status": live_status},
        },
    }


class RoomTests(SynchronousTestCase):
    """Answers of api-live."""

    def fails(self, kind: type[Exception], *arguments: Any, **more: Any) -> Any:
        """The error that an answer raises: exactly of that kind, and in words."""
        error = self.assertRaises(RoomLookupError, room_of, answer(*arguments, **more), "somebody")
        self.assertIs(kind, type(error))
        self.assertIn("somebody", str(error))
        return error

    def test_live(self) -> None:
        """A live user has a room, an id and a title."""
        self.assertEqual(
            Room("somebody", "7137682087200557829", Status.LIVE, "6789", "hello"),
            room_of(answer(LIVE), "somebody"),
        )

    def test_either_status(self) -> None:
        """One of the two statuses being live is enough; paused is not ended."""
        for statuses, status in (
            ((2, 4), Status.LIVE),
            ((4, 2), Status.LIVE),
            ((3, 2), Status.LIVE),
            ((3, 3), Status.PAUSED),
            ((3, None), Status.PAUSED),
            (("2", None), Status.LIVE),
        ):
            self.assertIs(status, room_of(answer(user("5", *statuses)), "somebody").status)

    def test_numbers(self) -> None:
        """Ids given as numbers become text."""
        self.assertEqual(
            "7137682087200557829", room_of(answer(user(7137682087200557829)), "a").room_id
        )

    def test_offline(self) -> None:
        """No room id, or a room that has ended, is offline; nobody knows for how long."""
        for content in (
            user(None),
            user(""),
            user("0"),
            user(0),
            user("00"),
            user("5", 4, 4),
            user("5", None, None),
            user("5", 0, 1),
        ):
            error = self.fails(UserOfflineError, content)
            self.assertIsNone(error.retry_after)
            self.assertIs(Remedy.WAIT, error.remedy)
            self.assertEqual("1", error.anchor_id)
            told = str(content["data"]["user"].get("roomId"))
            self.assertEqual("5" if told == "5" else "", error.room_id)

    def test_not_found(self) -> None:
        """The three ways to say that there is no such user."""
        for content in (
            {"statusCode": 19881007, "message": "x", "data": {}},
            {"statusCode": 1, "message": "user_not_found"},
            {"statusCode": 0, "data": None},
        ):
            self.fails(UserNotFoundError, content)

    def test_blocked(self) -> None:
        """HTTP 403, pages that are no JSON, and params_error mean a blocked address."""
        self.fails(BlockedError, status=403)
        self.fails(BlockedError, LIVE, status=403)
        self.fails(BlockedError, {"statusCode": 10, "message": "params_error"})
        self.assertIn("empty", str(self.fails(BlockedError)))
        self.assertIn("no JSON", str(self.fails(BlockedError, body=b"<html>")))
        self.assertIn("captcha", str(self.fails(BlockedError, body=b"<a tiktok-verify-page>")))
        for error in (
            self.fails(BlockedError, body=b"<html>Please wait..."),
            self.fails(BlockedError, body=b"<html>", x_tt_system_error="3"),
        ):
            self.assertIn("challenge", str(error))

    def test_waiting(self) -> None:
        """A Retry-After is passed on."""
        for status, kind in (
            (429, RateLimitedError),
            (403, BlockedError),
            (503, InvalidResponseError),
        ):
            self.assertEqual(30.0, self.fails(kind, status=status, retry_after="30").retry_after)

    def test_age(self) -> None:
        """An age-restricted room needs a session; one that is withheld without a word may be."""
        for message, kind in (("adults", AgeRestrictedError), ("", RoomWithheldError)):
            error = self.fails(kind, {"statusCode": 4003110, "message": message})
            self.assertIs(Remedy.AUTH, error.remedy)
            self.assertIn("4003110", str(error))

    def test_other_user(self) -> None:
        """An answer about another user is told as such; the letter case says nothing."""
        other = {"id": "42", "uniqueId": "other", "roomId": "5", "status": 2}
        error = self.fails(OtherUserError, {"statusCode": 0, "data": {"user": other}})
        self.assertEqual(("other", "42", False), (error.unique_id, error.anchor_id, error.certain))
        self.assertIs(Remedy.WAIT, error.remedy)
        other["uniqueId"] = "SomeBody"
        same = room_of(answer({"statusCode": 0, "data": {"user": other}}), "somebody")
        self.assertEqual(("somebody", "5"), (same.unique_id, same.room_id))

    def test_restrictions(self) -> None:
        """For whom a room is, is told with it, in TikTok's numbers or text, and only if so."""
        for more, live_more, told in (
            ({}, {"liveSubOnly": 1}, ("for subscribers only",)),
            (
                {"secret": True},
                {"liveSubOnly": "1"},
                ("for subscribers only", "of a private account"),
            ),
            ({}, {"paidEvent": {"event_id": 7, "paid_type": 1}}, ("paid for",)),
            ({"secret": False}, {"liveSubOnly": 0, "paidEvent": {"paid_type": 0}}, ()),
            ({"secret": "x"}, {"liveSubOnly": None, "paidEvent": [1]}, ()),
        ):
            content = user()
            content["data"]["user"] |= more
            content["data"]["liveRoom"] |= live_more
            self.assertEqual(told, room_of(answer(content), "somebody").restrictions)

    def test_sent_elsewhere(self) -> None:
        """A redirect is told: to the login as what it is, any other with the host."""
        for location, kind, words in (
            (
                "https://www.tiktok.com/login?redirect_url=x",
                LoginRequiredError,
                "login page (HTTP 302)",
            ),
            ("/login/phone", LoginRequiredError, "its login page"),
            ("https://other.example/@login", InvalidResponseError, "another page of other.example"),
            ("/somewhere", InvalidResponseError, "another page of www.tiktok.com (HTTP 302)"),
            ("http://[", InvalidResponseError, "an address that is none"),
        ):
            self.assertIn(words, str(self.fails(kind, body=b"", status=302, location=location)))

    def test_unknown(self) -> None:
        """Codes and forms that nobody has described are quoted, and may pass by themselves."""
        error = self.fails(InvalidResponseError, {"statusCode": 777, "message": "new thing"})
        self.assertIn("777", str(error))
        self.assertIn("new thing", str(error))
        self.assertIs(Remedy.WAIT, error.remedy)
        self.fails(InvalidResponseError, {"data": {}})
        self.fails(InvalidResponseError, LIVE, status=404)
        self.fails(InvalidResponseError, LIVE, status=502)
        self.fails(InvalidResponseError, [])
        self.fails(InvalidResponseError, {"statusCode": 0, "data": {}})
        self.fails(InvalidResponseError, user("not digits"))
        self.fails(InvalidResponseError, user(str(1 << 64)))

    json_values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )

    @given(json_values, st.sampled_from([200, 204, 302, 404]))
    def test_any_json(self, content: Any, status: int) -> None:
        """No JSON whatever raises anything but the documented errors."""
        try:
            room_of(answer(content, status=status), "somebody")
        except RoomLookupError:
            pass

    @given(
        st.fixed_dictionaries(
            {},
            optional={
                "statusCode": st.just(0) | json_values,
                "message": json_values,
                "data": json_values
                | st.fixed_dictionaries(
                    {},
                    optional={
                        "liveRoom": json_values
                        | st.dictionaries(st.sampled_from(["status", "title"]), json_values),
                        "user": json_values
                        | st.dictionaries(st.sampled_from(["id", "roomId", "status"]), json_values),
                    },
                ),
            },
        )
    )
    def test_any_similar_json(self, content: Any) -> None:
        """Nor does JSON that looks like the real thing; a room that results is well formed."""
        try:
            room = room_of(answer(content), "somebody")
        except RoomLookupError:
            return
        self.assertTrue(room.room_id.isdigit())
        self.assertIn(room.status, (Status.LIVE, Status.PAUSED))

    @given(st.binary())
    def test_any_body(self, body: bytes) -> None:
        """Nor do any bytes."""
        try:
            room_of(answer(body=body), "somebody")
        except RoomLookupError:
            pass


class ResolverTests(SynchronousTestCase):
    """Asking."""

    def test_interfaces(self) -> None:
        """It is a resolver."""
        web = FakeWeb(answer(LIVE))
        verifyObject(IRoomResolver, ApiLiveResolver(web.tiktok()))

    def test_request(self) -> None:
        """The parameters are those of wire facts §4.1, in their order and of one device."""
        web = FakeWeb(answer(LIVE))
        tiktok = web.tiktok(web_base="http://127.0.0.1:99/")
        resolver = ApiLiveResolver(tiktok)
        room = self.successResultOf(Deferred.fromCoroutine(resolver.resolve("somebody")))
        self.assertEqual("somebody", room.unique_id)
        self.assertEqual("http://127.0.0.1:99/api-live/user/room/", web.url)
        self.assertEqual(
            [
                ("aid", "1988"),
                ("app_name", "tiktok_web"),
                ("device_platform", "web_pc"),
                ("app_language", "en"),
                ("browser_language", tiktok.device.locale),
                ("region", tiktok.device.region),
                ("user_is_login", "false"),
                ("sourceType", "54"),
                ("staleTime", "600000"),
                ("uniqueId", "somebody"),
            ],
            web.params,
        )
        self.assertEqual([("User-Agent", tiktok.device.user_agent)], web.more["headers"])
        self.assertEqual({}, web.more["cookies"])
