"""``im/fetch`` of the simulated TikTok: whom it answers, and with what."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from tests.simulator.client import AGENT, SimulatorTestCase, query_of
from tests.stack.case import chat
from tiktoklive.simulator import HOSTS
from tiktoklive.simulator.signing import LIFETIME, SIGNING_AGENT
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames_pb2 import WebcastResponse

FETCH = "https://webcast.tiktok.com/webcast/im/fetch/"
SIGN = "https://tiktok-sign.zerody.one/webcast/sign_url"


class FetchTestCase(SimulatorTestCase):
    """Somebody who asks for batches."""

    def setUp(self) -> None:
        super().setUp()
        self.session = self.simulator.add_session()

    def url(self, **changes: str | None) -> str:
        """The address of a request."""
        pairs = {
            "aid": "1988",
            "app_name": "tiktok_web",
            "cursor": "",
            "internal_ext": "",
            "device_platform": "web",
            "fetch_rule": "1",
            "live_id": "12",
            "resp_content_type": "protobuf",
            "room_id": self.room.room_id,
            **changes,
        }
        return f"{FETCH}?{urlencode({k: v for k, v in pairs.items() if v is not None})}"

    def fetch(self, url: str, agent: str = AGENT, **cookies: str) -> tuple[int, bytes]:
        """Ask: status and body."""
        crumbs = {"ttwid": self.ttwid, **cookies}
        cookie = "; ".join(f"{name}={value}" for name, value in crumbs.items())
        response, body = self.get(url, {"User-Agent": agent, "Cookie": cookie})
        return response.code, body

    def poll(self, last: WebcastResponse | None = None) -> WebcastResponse:
        """Ask with a session, from where the last answer ended."""
        changes = {}
        if last is not None:
            changes = {"cursor": str(last.cursor), "internal_ext": str(last.internal_ext)}
        status, body = self.fetch(self.url(**changes), sessionid=self.session)
        self.assertEqual(200, status)
        return parse_batch(body)

    def sign(self, url: str) -> dict[str, Any]:
        """Have an address signed."""
        query = urlencode({"url": url, "client": "test", "uuc": "1"})
        content: dict[str, Any] = json.loads(self.get(f"{SIGN}?{query}")[1])
        return content


class LetInTests(FetchTestCase):
    """Who gets a batch."""

    def test_signed(self) -> None:
        """A signature counts, for a while, as it was given: query, browser and token."""
        signed = self.sign(self.url())
        url, token = signed["signedUrl"], signed["msToken"]
        self.assertEqual(SIGNING_AGENT, signed["User-Agent"])
        self.assertTrue(self.fetch(url, SIGNING_AGENT, msToken=token)[1])
        for wrong in (
            self.fetch(url, AGENT, msToken=token),
            self.fetch(url, SIGNING_AGENT, msToken="other"),
            self.fetch(url, SIGNING_AGENT),
            self.fetch(url + "&more=1", SIGNING_AGENT, msToken=token),
            self.fetch(url.replace("tiktok_web", "tiktok%5Fweb"), SIGNING_AGENT, msToken=token),
            self.fetch(url.replace("aid=1988&", "") + "&aid=1988", SIGNING_AGENT, msToken=token),
        ):
            self.assertEqual((200, b""), wrong)
        self.clock.advance(LIFETIME + 1)
        self.assertEqual((200, b""), self.fetch(url, SIGNING_AGENT, msToken=token))

    def test_session(self) -> None:
        """A session that there is does too, unless it is told not to, or a signature is wrong."""
        self.assertTrue(self.fetch(self.url(), sessionid=self.session)[1])
        self.assertFalse(self.fetch(self.url(), sessionid="other")[1])
        self.assertFalse(self.fetch(self.url() + "&X-Bogus=x", sessionid=self.session)[1])
        self.simulator.behaviour.unsigned_fetch = False
        self.assertFalse(self.fetch(self.url(), sessionid=self.session)[1])

    def test_refusal(self) -> None:
        """Others get nothing, or 403."""
        self.assertEqual((200, b""), self.fetch(self.url()))
        self.simulator.behaviour.fetch_refusal = 403
        self.assertEqual((403, b""), self.fetch(self.url()))

    def test_parameters(self) -> None:
        """A query that lacks something, or half of where to continue, is told so."""
        for changes in (
            {"aid": None},
            {"fetch_rule": None},
            {"cursor": None},
            {"room_id": "1"},
            {"cursor": "x"},
            {"internal_ext": "x"},
        ):
            _, body = self.fetch(self.url(**changes), sessionid=self.session)
            self.assertEqual(10011, json.loads(body)["status_code"], changes)

    def test_over(self) -> None:
        """A broadcast that is over begins for nobody, and ends in order for those who poll."""
        last = self.poll()
        self.room.end()
        _, body = self.fetch(self.url(), sessionid=self.session)
        self.assertEqual(10041, json.loads(body)["status_code"])
        self.assertEqual(
            ["WebcastControlMessage"], [each.method for each in self.poll(last).messages]
        )

    def test_hosts(self) -> None:
        """Signatures are given by sign servers, batches by TikTok, and not the other way round."""
        self.assertIn("tiktok-sign.zerody.one", HOSTS)
        for url in (
            "https://webcast.tiktok.com/webcast/sign_url?url=x",
            "https://www.tiktok.com/webcast/sign_url?url=x",
            "https://tiktok-sign.zerody.one/webcast/im/fetch/?aid=1",
            "https://tiktok-sign.zerody.one/webcast/fetch?room_id=1",
        ):
            self.assertEqual(404, self.get(url)[0].code, url)

    def test_unsignable(self) -> None:
        """What is no address of the live API, or signed already, is not signed."""
        for url in ("", "https://www.tiktok.com/@anna?x=1", self.url() + "&X-Bogus=x"):
            query = urlencode({"url": url, "client": "test", "uuc": "1"})
            self.assertEqual(400, self.get(f"{SIGN}?{query}")[0].code, url)
        self.assertEqual(400, self.get(f"{SIGN}?{urlencode({'url': self.url()})}")[0].code)


class BatchTests(FetchTestCase):
    """What is in a batch."""

    def test_once_in_order(self) -> None:
        """Comments from before as history, then each message once, in order."""
        self.room.push([chat("old")])
        last = self.poll()
        self.assertEqual([True], [each.is_history for each in last.messages])
        seen = []
        for number in range(5):
            pushed = [self.room.push([chat(f"{number}{each}")]) for each in range(number)]
            last = self.poll(last)
            self.assertEqual(len(pushed), len(last.messages))
            seen += [each.msg_id for each in last.messages]
            self.assertFalse(any(each.is_history for each in last.messages))
        self.assertEqual(sorted(set(seen)), seen)
        self.assertEqual(10, len(seen))

    def test_again(self) -> None:
        """The same cursor gives the same messages again: an answer may have been lost."""
        last = self.poll()
        self.room.push([chat("one")])
        first, second = self.poll(last), self.poll(last)
        self.assertEqual(
            [each.msg_id for each in first.messages], [each.msg_id for each in second.messages]
        )

    def test_switches(self) -> None:
        """An upgrade and a pause, as the switches say."""
        batch = self.poll()
        self.assertTrue(str(batch.push_server).startswith("wss://webcast-ws.tiktok.com/"))
        self.assertEqual({"wrss", "imprp"}, {each.key for each in batch.route_params_map})
        self.assertEqual(1000, batch.fetch_interval)
        self.simulator.behaviour.upgrade = False
        self.simulator.behaviour.fetch_interval = 0
        batch = self.poll()
        self.assertFalse(batch.HasField("push_server") or batch.route_params_map)
        self.assertFalse(batch.HasField("fetch_interval"))


class SocketTests(FetchTestCase):
    """The socket of those who fetched the first batch themselves."""

    def query(self, batch: WebcastResponse, **changes: str | None) -> list[tuple[str, str]]:
        """The socket's query."""
        named = {
            "identity": None,
            "webcast_sdk_version": "1.3.0",
            "cursor": str(batch.cursor),
            "internal_ext": str(batch.internal_ext),
            **{str(each.key): str(each.value) for each in batch.route_params_map},
        }
        return query_of(self.room.room_id, **{**named, **changes})

    def dial_as(self, query: list[tuple[str, str]], **cookies: str) -> Any:
        """Open it with the session."""
        crumbs = {"ttwid": self.ttwid, "sessionid": self.session, **cookies}
        cookie = "; ".join(f"{name}={value}" for name, value in crumbs.items())
        return self.dial(query, headers={"Cookie": cookie})

    def test_bound(self) -> None:
        """The route binds the socket to the room: what was missed comes without entering it."""
        batch = self.poll()
        self.room.push([chat("between")])
        client = self.dial_as(self.query(batch))
        self.assertTrue(client.is_let_in)
        self.room.push([chat("after")])
        self.network.flush()
        self.assertEqual([1, 1], [len(each.messages) for each in client.batches()])
        self.assertEqual([], self.room.viewers[0].complaints)

    def test_own_name(self) -> None:
        """The batch may have been asked for in the name of the sign server's browser."""
        signed = self.sign(self.url())
        _, body = self.fetch(signed["signedUrl"], SIGNING_AGENT, msToken=signed["msToken"])
        query = self.query(parse_batch(body))
        self.assertTrue(self.dial(query, {"Cookie": f"ttwid={self.ttwid}"}, AGENT).is_let_in)

    def test_refused(self) -> None:
        """The route has to be the one that was given, for this visitor, and once."""
        for changes in (
            {"wrss": "other"},
            {"imprp": None},
            {"cursor": ""},
            {"version_code": "270000"},
            {"webcast_sdk_version": None},
        ):
            client = self.dial_as(self.query(self.poll(), **changes))
            self.assertFalse(client.is_let_in, changes)
        other = self.simulator.mint_ttwid()
        self.assertFalse(self.dial_as(self.query(self.poll()), ttwid=other).is_let_in)
        query = self.query(self.poll())
        self.assertTrue(self.dial_as(query).is_let_in)
        self.assertFalse(self.dial_as(query).is_let_in)
