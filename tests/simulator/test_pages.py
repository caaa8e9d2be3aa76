"""The pages and look-ups answer what TikTok answers, to those who ask as they should."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from twisted.web.client import Agent, HTTPConnectionPool, readBody
from twisted.web.http_headers import Headers

from tests.simulator.client import AGENT, SimulatorTestCase
from tiktoklive.model import Status
from tiktoklive.net.exchange import SentBody
from tiktoklive.simulator import Answer
from tiktoklive.simulator.pages import CHECK, CHECK_PATH


class UserRoomTests(SimulatorTestCase):
    """``/api-live/user/room/``."""

    def ask(self, name: str | None = "anna", slash: str = "/", **changes: str) -> Any:
        """The decoded answer about a user."""
        query = {"aid": "1988", "sourceType": "54", **changes}
        if name is not None:
            query["uniqueId"] = name
        url = f"https://www.tiktok.com/api-live/user/room{slash}?{urlencode(query)}"
        response, body = self.get(url)
        self.assertEqual(200, response.code)
        return json.loads(body)

    def test_live(self) -> None:
        """A live user has a room id and the status 2, with and without the final slash."""
        for slash in ("", "/"):
            data = self.ask("Anna", slash)["data"]
            self.assertEqual(self.room.room_id, data["user"]["roomId"])
            self.assertEqual(self.room.anchor_id, data["user"]["id"])
            self.assertEqual((2, 2), (data["user"]["status"], data["liveRoom"]["status"]))

    def test_states(self) -> None:
        """Paused is 3, ended is 4 and keeps the id, offline has no id."""
        self.room.pause()
        self.assertEqual(3, self.ask()["data"]["user"]["status"])
        self.room.end()
        ended = self.ask()["data"]["user"]
        self.assertEqual((4, self.room.room_id), (ended["status"], ended["roomId"]))
        self.simulator.add_room("boris", status=Status.ENDED)
        offline = self.ask("boris")["data"]["user"]
        self.assertEqual((4, ""), (offline["status"], offline["roomId"]))

    def test_unknown(self) -> None:
        """Nobody of this name: TikTok's number and word for it."""
        answer = self.ask("nobody")
        self.assertEqual((19881007, "user_not_found"), (answer["statusCode"], answer["message"]))

    def test_parameters(self) -> None:
        """What is asked without the needed parameters is an error of parameters."""
        self.assertEqual("params_error", self.ask(None)["message"])
        self.assertEqual("params_error", self.ask(sourceType="")["message"])

    def test_no_user_agent(self) -> None:
        """Without a User-Agent there is no answer but 403."""
        response, _ = self.get("https://www.tiktok.com/api-live/user/room/?aid=1988", {})
        self.assertEqual(403, response.code)

    def test_forced(self) -> None:
        """A test can choose the next answers to a path."""
        self.simulator.answer_next("/api-live/user/room/", Answer(429, b"slow down"), times=2)
        url = "https://www.tiktok.com/api-live/user/room/?aid=1988&sourceType=54&uniqueId=anna"
        self.assertEqual([429, 429, 200], [self.get(url)[0].code for _ in range(3)])


class RoomInfoTests(SimulatorTestCase):
    """``/webcast/room/info/``."""

    def ask(self, room_id: str, headers: dict[str, str] | None = None) -> Any:
        """The decoded answer about a room."""
        url = f"https://webcast.tiktok.com/webcast/room/info/?aid=1988&room_id={room_id}"
        return json.loads(self.get(url, headers)[1])

    def test_live(self) -> None:
        """A live room tells its status, title and owner."""
        answer = self.ask(self.room.room_id)
        self.assertEqual(0, answer["status_code"])
        data = answer["data"]
        self.assertEqual((2, self.room.room_id), (data["status"], data["id_str"]))
        self.assertEqual("anna", data["owner"]["display_id"])

    def test_past(self) -> None:
        """The room of an earlier broadcast has ended, whatever the user does now."""
        past = self.room.room_id
        self.room.go_live()
        self.assertEqual(4, self.ask(past)["data"]["status"])
        self.assertEqual(2, self.ask(self.room.room_id)["data"]["status"])

    def test_unknown(self) -> None:
        """A room that never was is an error of parameters."""
        self.assertEqual(10011, self.ask("12")["status_code"])

    def test_age_restricted(self) -> None:
        """An age-restricted room is shown to sessions only."""
        self.room.age_restricted = True
        self.assertEqual(4003110, self.ask(self.room.room_id)["status_code"])
        session = {"User-Agent": AGENT, "Cookie": "sessionid=abc"}
        self.assertEqual(0, self.ask(self.room.room_id, session)["status_code"])


class UserPageTests(SimulatorTestCase):
    """The pages of users."""

    def page(self, path: str) -> str:
        """A page."""
        response, body = self.get(f"https://www.tiktok.com{path}")
        self.assertEqual(200, response.code)
        return body.decode()

    def state(self, path: str) -> Any:
        """The JSON in a page."""
        text = self.page(path).partition('<script id="SIGI_STATE" type="application/json">')[2]
        return json.loads(text.partition("</script>")[0])

    def test_sigi(self) -> None:
        """Live page and profile show user, room, status and title as JSON, whatever is in it."""
        self.room.title = "</script> <!-- hi"
        for path in ("/@anna/live", "/@Anna"):
            info = self.state(path)["LiveRoom"]["liveRoomUserInfo"]
            self.assertEqual(self.room.room_id, info["user"]["roomId"])
            self.assertEqual((2, 2), (info["user"]["status"], info["liveRoom"]["status"]))
            self.assertEqual(self.room.title, info["liveRoom"]["title"])
        self.room.end()
        self.assertEqual(
            4, self.state("/@anna/live")["LiveRoom"]["liveRoomUserInfo"]["user"]["status"]
        )
        self.assertNotIn("LiveRoom", self.state("/@nobody/live"))

    def profile(self, path: str) -> Any:
        """What a profile shows of a user."""
        script = '<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">'
        text = self.page(path).partition(script)[2]
        return json.loads(text.partition("</script>")[0])["__DEFAULT_SCOPE__"]["webapp.user-detail"]

    def test_profile(self) -> None:
        """The profile of a name, or of an id, shows both; that of nobody says so."""
        for path in ("/@Anna", f"/@{self.room.anchor_id}"):
            user = self.profile(path)["userInfo"]["user"]
            self.assertEqual((self.room.anchor_id, "anna"), (user["id"], user["uniqueId"]))
        for path in ("/@nobody", "/@5"):
            self.assertEqual({"statusCode": 10221, "statusMsg": ""}, self.profile(path))
        self.assertNotIn("LiveRoom", self.state(f"/@{self.room.anchor_id}/live"))
        self.assertNotIn("UNIVERSAL", self.page("/@anna/live"))

    def test_rename(self) -> None:
        """A user who is renamed stays who they are, under the new name alone."""
        other = self.simulator.add_room("bea")
        room_id, anchor_id = self.room.room_id, self.room.anchor_id
        self.assertIs(self.room, self.simulator.rename("Anna", "Anna2"))
        self.assertNotIn("LiveRoom", self.state("/@anna/live"))
        user = self.state("/@anna2/live")["LiveRoom"]["liveRoomUserInfo"]["user"]
        self.assertEqual(
            ("Anna2", room_id, anchor_id), (user["uniqueId"], user["roomId"], user["id"])
        )
        self.assertEqual("Anna2", self.profile(f"/@{anchor_id}")["userInfo"]["user"]["uniqueId"])
        self.assertRaises(ValueError, self.simulator.rename, "anna2", "BEA")
        self.assertRaises(KeyError, self.simulator.rename, "anna", "anna3")
        self.assertIs(other, self.simulator.rename("bea", "BEA"))

    def test_classic(self) -> None:
        """Pages of the first generation show an id while the user is live, a card else."""
        self.simulator.behaviour.page_style = "classic"
        live = self.page("/@anna/live")
        self.assertIn(f'"roomId":"{self.room.room_id}"', live)
        self.assertIn(f"room_id={self.room.room_id}", live)
        self.assertNotIn("SIGI_STATE", live)
        self.room.end()
        offline = self.page("/@anna/live")
        self.assertIn('"og:url"', offline)
        self.assertNotIn(self.room.room_id, offline)
        self.assertNotIn('"og:url"', self.page("/@nobody/live"))

    def test_bare(self) -> None:
        """A page as the blocked see it shows nobody, live or not."""
        self.simulator.behaviour.page_style = "bare"
        self.assertNotIn("anna", self.page("/@anna/live"))


class EndpointTests(SimulatorTestCase):
    """The endpoint that gives guests a cookie, and nothing else."""

    def post(self, body: object, kind: str = "application/json") -> tuple[int, list[str]]:
        """The status of an answer, and the cookies that it sets."""
        pool = HTTPConnectionPool(self.clock)
        agent = Agent.usingEndpointFactory(self.clock, self.network, pool)
        headers = Headers({"User-Agent": [AGENT], "Content-Type": [kind]})
        sent = SentBody(json.dumps(body).encode())
        url = f"https://www.tiktok.com{CHECK_PATH}".encode()
        answer = agent.request(b"POST", url, headers, sent)
        self.network.flush()
        response = self.successResultOf(answer)
        pool.closeCachedConnections()
        self.network.flush()
        lines = response.headers.getRawHeaders("set-cookie", [])
        return response.code, [line.partition("=")[0] for line in lines]

    def test_given(self) -> None:
        """It sets the one that the push server knows, to those who ask as a browser does."""
        self.assertEqual((200, ["ttwid"]), self.post(CHECK))
        self.assertEqual((200, []), self.post(CHECK, "text/plain"))
        self.assertEqual((200, []), self.post({**CHECK, "aid": 1}))
        self.assertEqual((400, []), self.post({"aid": 1988}))
        self.assertEqual((400, []), self.post(5))

    def test_none(self) -> None:
        """It withholds the cookie as pages do, and need not be there; a GET is none."""
        self.simulator.behaviour.ttwid_after = None
        self.assertEqual((200, []), self.post(CHECK))
        self.simulator.behaviour.ttwid_check = False
        self.assertEqual((404, []), self.post(CHECK))
        self.assertEqual(405, self.get(f"https://www.tiktok.com{CHECK_PATH}")[0].code)


class CheckAliveTests(SimulatorTestCase):
    """``/webcast/room/check_alive/``."""

    def ask(self, query: str) -> Any:
        """The decoded answer."""
        return json.loads(
            self.get(f"https://webcast.tiktok.com/webcast/room/check_alive/?{query}")[1]
        )

    def test_order(self) -> None:
        """Each room has its answer, in the order asked."""
        past = self.room.room_id
        self.room.go_live()
        answer = self.ask(f"aid=1988&room_ids={past},{self.room.room_id},17")
        self.assertEqual(0, answer["status_code"])
        self.assertEqual(
            [(past, False), (self.room.room_id, True), ("17", False)],
            [(each["room_id_str"], each["alive"]) for each in answer["data"]],
        )

    def test_parameters(self) -> None:
        """What is asked without the needed parameters is an error of parameters."""
        for query in ("aid=1988", f"room_ids={self.room.room_id}"):
            self.assertEqual(10011, self.ask(query)["status_code"])


class GiftListTests(SimulatorTestCase):
    """``/webcast/gift/list/``."""

    def ask(self, **changes: str) -> tuple[int, Any]:
        """Status and decoded answer."""
        query = {
            "aid": "1988",
            "app_language": "en",
            "device_platform": "web",
            "room_id": self.room.room_id,
            **changes,
        }
        url = f"https://webcast.tiktok.com/webcast/gift/list/?{urlencode(query)}"
        response, body = self.get(url)
        return response.code, json.loads(body or b"null")

    def test_gifts(self) -> None:
        """The gifts of random rooms are listed with price, kind and pictures."""
        status, answer = self.ask()
        self.assertEqual((200, 0), (status, answer["status_code"]))
        rose, *_, lion = answer["data"]["gifts"]
        self.assertEqual(
            (5655, "Rose", 1, 1), tuple(rose[k] for k in ("id", "name", "diamond_count", "type"))
        )
        self.assertEqual(
            ("Lion", 29999, False), (lion["name"], lion["diamond_count"], lion["combo"])
        )
        self.assertTrue(rose["image"]["url_list"][0].startswith("https://"))
        self.assertEqual(answer, self.ask()[1])

    def test_strict(self) -> None:
        """Parameters that miss, and rooms that never were, are errors of parameters."""
        for change in ({"device_platform": ""}, {"app_language": ""}, {"room_id": "17"}):
            self.assertEqual(10011, self.ask(**change)[1]["status_code"])

    def test_signed(self) -> None:
        """It can be kept from those who don't sign; both names of a signature will do."""
        self.simulator.behaviour.unsigned_gifts = False
        self.assertEqual((403, None), self.ask())
        for name in ("X-Bogus", "_signature"):
            self.assertEqual(200, self.ask(**{name: "x"})[0])
        self.assertEqual(403, self.ask(_signature="")[0])


class CookieTests(SimulatorTestCase):
    """Where guests get their identity."""

    def cookies(self, path: str, base: str = "https://www.tiktok.com") -> list[str]:
        """The cookies that a page sets."""
        response, _ = self.get(base + path)
        self.assertEqual(200, response.code)
        return [raw.decode() for raw in response.headers.getRawHeaders(b"set-cookie", [])]

    def test_pages(self) -> None:
        """Profile pages, of nobody too, and the live page set a ttwid that opens the socket."""
        for path in ("/@anna", "/@tiktok", "/@nobody", "/live", "/@anna/live"):
            [cookie] = self.cookies(path)
            self.assertIn("Domain=.tiktok.com", cookie)
            self.assertIn("%7C", cookie)
            crumb = cookie.partition(";")[0]
            self.assertTrue(self.dial(headers={"Cookie": crumb}).is_let_in)

    def test_later(self) -> None:
        """The cookie can come late, or never."""
        self.simulator.behaviour.ttwid_after = 3
        self.assertEqual([0, 0, 1, 1], [len(self.cookies("/@anna")) for _ in range(4)])
        self.simulator.behaviour.ttwid_after = None
        self.assertEqual([], self.cookies("/@anna"))

    def test_other_names(self) -> None:
        """Under another name than TikTok's, the cookie is for that host, TLS or not."""
        self.network.add("127.0.0.1", 8080, self.simulator.site())
        [cookie] = self.cookies("/@anna", "http://127.0.0.1:8080")
        self.assertNotIn("Domain", cookie)
        self.assertNotIn("Secure", cookie)

    def test_challenge(self) -> None:
        """A challenge page is a 200 without cookie, with the header that tells it."""
        self.simulator.challenge("/@anna")
        response, _ = self.get("https://www.tiktok.com/@anna")
        self.assertEqual(200, response.code)
        self.assertEqual([b"3"], response.headers.getRawHeaders(b"x-tt-system-error"))
        self.assertIsNone(response.headers.getRawHeaders(b"set-cookie"))
        self.assertEqual(1, len(self.cookies("/@anna")))


class SurfaceTests(SimulatorTestCase):
    """What is not there."""

    def test_unknown_paths(self) -> None:
        """Other paths, and paths of another host, are not found."""
        for url in (
            "https://www.tiktok.com/",
            "https://www.tiktok.com/foo",
            "https://www.tiktok.com/@anna/video/1",
            "https://www.tiktok.com/@/live",
            "https://www.tiktok.com/webcast/room/chat/",
            "https://www.tiktok.com/webcast/room/info/?aid=1988&room_id=1",
            "https://webcast.tiktok.com/@anna",
            "https://webcast.tiktok.com/webcast/im/ws_proxy/ws_reuse_supplement/",
        ):
            self.assertEqual(404, self.get(url)[0].code, url)

    def test_requests_are_kept(self) -> None:
        """Every request can be looked at: path, query in order, headers."""
        self.get("https://www.tiktok.com/api-live/user/room/?b=1&a=%20x&b=2")
        [request] = self.simulator.requests
        self.assertEqual(("GET", "/api-live/user/room/"), (request.method, request.path))
        self.assertEqual((("b", "1"), ("a", " x"), ("b", "2")), request.query)
        self.assertEqual(AGENT, request.header("User-Agent"))

    def test_plain_request_for_the_socket(self) -> None:
        """Who asks for the socket without an upgrade made a bad request."""
        url = "https://webcast-ws.tiktok.com/webcast/im/ws_proxy/ws_reuse_supplement/"
        self.assertEqual(400, self.get(url)[0].code)

    def test_idle_connections_are_closed(self) -> None:
        """Stopping closes connections that wait for their next request, too."""
        pool = HTTPConnectionPool(self.clock)
        agent = Agent.usingEndpointFactory(self.clock, self.network, pool)
        answer = agent.request(b"GET", b"https://www.tiktok.com/").addCallback(readBody)
        self.network.flush()
        self.successResultOf(answer)
        self.assertEqual(1, len(self.network.open))
        self.successResultOf(self.simulator.stop())
        self.network.flush()
        self.assertEqual([], self.network.open)
