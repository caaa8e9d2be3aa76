"""The simulated sign server is strict, and its tickets lead through the door of the push socket."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from tests.simulator.client import AGENT, PlainClient, SimulatorTestCase, query_of
from tests.simulator.test_push import chat
from tiktoklive.simulator import HOSTS
from tiktoklive.simulator.push import PUSH_PATH, RELAY_HOST
from tiktoklive.simulator.signserver import OMISSIONS, REFUSALS
from tiktoklive.testing import settle
from tiktoklive.wire import frames
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames_pb2 import WebcastResponse

BASE = "https://api.eulerstream.com"


class SignServerTestCase(SimulatorTestCase):
    """A client that does everything right."""

    def ask(self, path: str = "", headers: dict[str, str] | None = None, **changes: Any) -> Any:
        """Status, headers and body of an answer; a parameter of ``None`` is left out."""
        query = {
            "client": "test",
            "user_agent": AGENT,
            "client_enter": "true",
            "platform": "web",
            **changes,
        }
        sent = {name: value for name, value in query.items() if value is not None}
        path = path or f"/webcast/rooms/{self.room.room_id}/connect"
        named = {"User-Agent": "test/1", **(headers or {})}
        response, body = self.get(f"{BASE}{path}?{urlencode(sent)}", named)
        told = {
            name.decode().lower(): values[-1].decode()
            for name, values in response.headers.getAllRawHeaders()
        }
        return response.code, told, body

    def fetch(self, **more: Any) -> tuple[WebcastResponse, str]:
        """A first batch, and the ttwid that came with it."""
        status, headers, body = self.ask(**more)
        self.assertEqual(200, status, body)
        ttwid = headers["x-set-tt-cookie"].partition(";")[0].removeprefix("ttwid=")
        return parse_batch(body), ttwid

    def query(self, batch: WebcastResponse, **changes: str | None) -> list[tuple[str, str]]:
        """The query that leads in."""
        route = {each.key: each.value for each in batch.route_params_map}
        values = {"cursor": batch.cursor, "internal_ext": batch.internal_ext, **route, **changes}
        room_id = values.pop("room_id", self.room.room_id) or ""
        return [*query_of(room_id, **values), ("version_code", "270000")]


class FetchTests(SignServerTestCase):
    """First batches."""

    def test_dated(self) -> None:
        """Answers are dated by the simulator's clock, so that tests are the same at any hour."""
        self.network.clock.advance(90)
        self.assertEqual("Thu, 01 Jan 1970 00:01:30 GMT", self.ask()[1]["date"])

    def test_hosts(self) -> None:
        """Its hosts have its paths, and TikTok's have not."""
        self.assertIn("tiktok.eulerstream.com", HOSTS)
        path = f"/webcast/rooms/{self.room.room_id}/connect"
        for url in (
            f"https://webcast.tiktok.com{path}",
            f"https://www.tiktok.com{path}",
            f"{BASE}/webcast/room/info/?aid=1988&room_id={self.room.room_id}",
            f"{BASE}/@anna",
            f"{BASE}/webcast/sign?url=x",
        ):
            self.assertEqual(404, self.get(url)[0].code, url)

    def test_both_paths(self) -> None:
        """Both paths give a batch of the latest comments, cookies and where the socket is."""
        self.room.push([chat("hello")])
        for more in (
            {},
            {"path": "/webcast/fetch", "room_id": self.room.room_id},
            {"path": "/webcast/fetch", "unique_id": "Anna"},
        ):
            batch, ttwid = self.fetch(**more)
            self.assertEqual(["WebcastChatMessage"], [each.method for each in batch.messages])
            self.assertTrue(batch.messages[0].is_history and batch.is_first and batch.cursor)
            self.assertTrue(batch.push_server.startswith("wss://webcast-ws.tiktok.com/webcast/im/"))
            self.assertIn("%7C", ttwid)

    def test_missing(self) -> None:
        """What every client sends must be there."""
        for name in ("client", "user_agent", "client_enter", "platform"):
            status, _, body = self.ask(**{name: None})
            self.assertEqual(400, status)
            self.assertIn(name.encode(), body)
        self.assertEqual(400, self.ask("/webcast/fetch")[0])
        self.assertEqual(400, self.ask(headers={"User-Agent": ""})[0])

    def test_session(self) -> None:
        """A session comes whole and in its header, never in the address."""
        for header in ("sessionid=s", "tt-target-idc=t"):
            self.assertEqual(400, self.ask(headers={"x-cookie-header": header})[0])
        self.assertEqual(400, self.ask(session_id="s")[0])
        whole = {"x-cookie-header": "sessionid=s; tt-target-idc=t"}
        self.assertEqual(200, self.ask(headers=whole)[0])

    def test_keys(self) -> None:
        """Unknown keys are refused, and those who have none if it is told so."""
        self.simulator.behaviour.sign_keys.add("mine")
        self.assertEqual(401, self.ask(headers={"X-Api-Key": "other"})[0])
        self.assertEqual(200, self.ask(headers={"X-API-KEY": "mine"})[0])
        self.assertEqual(200, self.ask()[0])
        self.simulator.behaviour.sign_anonymous = False
        self.assertEqual(401, self.ask()[0])

    def test_over(self) -> None:
        """For a room that is over, or is none, it gets nothing from TikTok."""
        self.assertEqual(500, self.ask("/webcast/rooms/5/connect")[0])
        self.room.end()
        self.assertEqual(500, self.ask()[0])

    def test_failures(self) -> None:
        """It can be told to fail in every way, as often as wanted; there are no others."""
        for how in (*REFUSALS, *OMISSIONS):
            self.simulator.sign_server.fail(how)
        for how, answer in REFUSALS.items():
            self.assertEqual((answer.status, answer.body), self.ask()[::2], how)
        self.assertNotIn("x-set-tt-cookie", self.ask()[1])
        self.assertEqual("", self.fetch()[0].cursor)
        self.assertEqual([], list(self.fetch()[0].route_params_map))
        self.assertEqual("", self.fetch()[0].push_server)
        self.fetch()
        self.assertRaises(ValueError, self.simulator.sign_server.fail, "somehow")

    def test_methods(self) -> None:
        """A path of a GET is no path of a POST, and the other way round."""
        self.assertEqual(405, self.ask(f"/webcast/rooms/{self.room.room_id}/chat")[0])

    def test_rate_limits(self) -> None:
        """It tells its limits."""
        status, _, body = self.ask("/webcast/rate_limits")
        self.assertEqual(200, status)
        self.assertIn(b'"remaining"', body)


class DoorTests(SignServerTestCase):
    """Sockets whose address was made out of a batch."""

    def assert_refused(self, client: PlainClient, message: str) -> None:
        """Refused in these words."""
        assert client.answer is not None
        self.assertEqual((200, message), (client.answer[0], client.answer[1]["handshake-msg"]))

    def knock(
        self, batch: WebcastResponse, ttwid: str, agent: str = AGENT, **changes: str | None
    ) -> PlainClient:
        """Try to open the socket."""
        cookie = {"Cookie": f"ttwid={ttwid}"}
        at = batch.push_server.partition("?")[0].removeprefix("wss://")
        return self.dial(self.query(batch, **changes), cookie, agent, at)

    def test_let_in_once(self) -> None:
        """A ticket lets in once."""
        batch, ttwid = self.fetch()
        self.assertTrue(self.knock(batch, ttwid).is_let_in)
        self.assert_refused(self.knock(batch, ttwid), "illegal secret key")

    def test_not_as_it_was_made(self) -> None:
        """Whatever of it was changed, it does not."""
        for changes in (
            {"cursor": "0"},
            {"internal_ext": None},
            {"imprp": None},
            {"wrss": None},
            {"wrss": "0"},
            {"room_id": "5"},
            {"version_code": None},
        ):
            batch, ttwid = self.fetch()
            self.assert_refused(self.knock(batch, ttwid, **changes), "illegal secret key")
        batch, ttwid = self.fetch()
        self.assert_refused(self.knock(batch, self.ttwid), "illegal secret key")
        batch, ttwid = self.fetch()
        self.assert_refused(self.knock(batch, ttwid, "Mozilla/5.0 (other)"), "DEVICE_BLOCKED")

    def test_expired(self) -> None:
        """After half a minute it does not either."""
        batch, ttwid = self.fetch()
        settle(self.network, 31)
        self.assert_refused(self.knock(batch, ttwid), "illegal secret key")

    def test_session(self) -> None:
        """Fetched with a session, it wants the session."""
        whole = {"x-cookie-header": "sessionid=s; tt-target-idc=t"}
        batch, ttwid = self.fetch(headers=whole)
        self.assert_refused(self.knock(batch, ttwid), "illegal secret key")
        batch, ttwid = self.fetch(headers=whole)
        self.assertTrue(self.knock(batch, f"{ttwid}; sessionid=s").is_let_in)

    def test_going_on(self) -> None:
        """What was pushed since the batch comes first, once, and the comments in it do not."""
        self.room.push([chat("in the batch")])
        batch, ttwid = self.fetch()
        self.room.push([("WebcastLikeMessage", b"")])
        client = self.knock(batch, ttwid)
        self.room.push([chat("before entering")])
        self.send(client, frames.enter_room(self.room.room_id))
        self.room.push([chat("after")])
        self.network.flush()
        got = [[each.method for each in batch.messages] for batch in client.batches()]
        chats = "WebcastChatMessage"
        self.assertEqual([["WebcastLikeMessage", chats], [chats]], got)

    def test_relay(self) -> None:
        """Through its relay it lets in with the token alone, once, and with no session."""
        server = self.simulator.sign_server
        server.use_relay()
        tries: list[tuple[dict[str, str | None], bool]] = [
            ({}, True),
            ({"token": "x"}, False),
            ({"client_enter": None}, False),
        ]
        for changes, let_in in tries:
            batch, ttwid = self.fetch()
            self.assertEqual(("0", 0, False), (batch.cursor, len(batch.messages), batch.is_first))
            self.assertTrue(batch.push_server.startswith(f"wss://{RELAY_HOST}/?token="))
            self.assertEqual(let_in, self.knock(batch, ttwid, **changes).is_let_in, changes)
        batch, ttwid = self.fetch()
        self.assert_refused(self.knock(batch, f"{ttwid}; sessionid=s"), "illegal secret key")
        batch, ttwid = self.fetch()
        batch.push_server = f"wss://webcast-ws.tiktok.com{PUSH_PATH}"
        self.assert_refused(self.knock(batch, ttwid), "illegal secret key")
        server.forget()
        self.assertIn("webcast-ws.tiktok.com", self.fetch()[0].push_server)

    def test_from_a_cursor(self) -> None:
        """A batch that is asked for with a cursor begins after it; another cursor means nothing."""
        first = self.room.push([chat("one")])
        self.room.push([("WebcastLikeMessage", b"")])
        self.room.push([chat("two")])
        batch, _ = self.fetch(cursor=first.cursor)
        self.assertEqual(
            [("WebcastLikeMessage", False), ("WebcastChatMessage", False)],
            [(each.method, each.is_history) for each in batch.messages],
        )
        batch, _ = self.fetch(cursor="whatever")
        self.assertEqual([True, True], [each.is_history for each in batch.messages])
