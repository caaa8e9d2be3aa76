"""Clients of the first generation get in by their own way, as they are (wire facts §3)."""

from __future__ import annotations

import json
import re
from typing import Any, Final
from urllib.parse import urlencode

from tests.simulator.client import PlainClient, SimulatorTestCase, classic_ack
from tests.stack.case import chat
from tiktoklive.wire import frames
from tiktoklive.wire.batches import parse_batch

AGENT: Final = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/106.0.0.0 Safari/537.36"
)

#: What such a client sends with everything it asks, and to the socket too.
PARAMETERS: Final = {
    "aid": "1988",
    "app_language": "en-US",
    "app_name": "tiktok_web",
    "browser_language": "en",
    "browser_name": "Mozilla",
    "cookie_enabled": "true",
    "cursor": "",
    "internal_ext": "",
    "device_platform": "web",
    "history_len": "0",
    "did_rule": "3",
    "fetch_rule": "1",
    "last_rtt": "0",
    "live_id": "12",
    "resp_content_type": "protobuf",
    "webcast_sdk_version": "1.3.0",
    "update_version_code": "1.3.0",
}

HEADERS: Final = {
    "User-Agent": AGENT,
    "Referer": "https://www.tiktok.com/",
    "Origin": "https://www.tiktok.com",
}

SIGN: Final = "https://tiktok.eulerstream.com/webcast/sign_url"


class FirstGenerationTests(SimulatorTestCase):
    """Page, room info, gifts, signature, first batch, socket: each as such a client asks."""

    def setUp(self) -> None:
        super().setUp()
        self.jar: dict[str, str] = {}
        self.parameters = dict(PARAMETERS)

    def ask(self, url: str, **more: str) -> bytes:
        """Ask with the cookies that were given; what is set is kept."""
        headers = {**HEADERS, **more}
        if self.jar:
            headers["Cookie"] = self.crumbs()
        response, body = self.get(url, headers)
        self.assertEqual(200, response.code, url)
        for cookie in response.headers.getRawHeaders("set-cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.jar[name] = value
        return body

    def crumbs(self) -> str:
        """The cookies as they are sent."""
        return "".join(f"{name}={value}; " for name, value in self.jar.items())

    def webcast(self, path: str) -> Any:
        """Ask the live API for JSON."""
        return json.loads(self.ask(f"https://webcast.tiktok.com{path}?{self.query()}"))

    def query(self) -> str:
        """The parameters as they are now."""
        return urlencode(self.parameters)

    def open(self) -> PlainClient:
        """Connect as such a client does, from the name alone."""
        page = self.ask("https://www.tiktok.com/@anna/live").decode()
        found = re.search(r'roomId":"([0-9]+)"', page)  # within so many letters, without a space
        assert found is not None
        self.parameters["room_id"] = found[1]
        self.assertEqual(2, self.webcast("/webcast/room/info/")["data"]["status"])
        self.assertTrue(self.webcast("/webcast/gift/list/")["data"]["gifts"])
        url = f"https://webcast.tiktok.com/webcast/im/fetch/?{self.query()}"
        asked = urlencode({"url": url, "client": "ttlive-node", "uuc": "1"})
        signed = json.loads(self.get(f"{SIGN}?{asked}", {"User-Agent": "ttlive-node"})[1])
        self.jar["msToken"] = signed["msToken"]
        batch = parse_batch(self.ask(signed["signedUrl"], **{"User-Agent": signed["User-Agent"]}))
        self.assertTrue(batch.push_server)
        self.parameters["cursor"] = str(batch.cursor)
        self.parameters["internal_ext"] = str(batch.internal_ext)
        route = {str(each.key): str(each.value) for each in batch.route_params_map}
        query = urlencode({**self.parameters, "compress": "gzip", **route})
        # On the socket it has its own name again, and says it in the words of a browser.
        headers = {"Cookie": self.crumbs(), "Origin": "https://www.tiktok.com/"}
        return self.dial(f"{query}&version_code=180800", headers, AGENT)

    def test_connect(self) -> None:
        """It is let in, and gets what is said without entering the room."""
        client = self.open()
        self.assertEqual(101, (client.answer or (0,))[0])
        self.room.push([chat("hello")])
        self.network.flush()
        self.assertEqual(1, len(client.batches()[-1].messages))

    def test_origin_of_others(self) -> None:
        """Another origin than the pages' own is refused, and so is that one with a slash."""
        for origin in ("https://www.tiktok.com/", "https://page.example"):
            url = f"https://webcast.tiktok.com/webcast/room/info/?{self.query()}"
            response, _ = self.get(
                f"{url}&room_id={self.room.room_id}", {**HEADERS, "Origin": origin}
            )
            self.assertEqual(403, response.code, origin)

    def test_acknowledging(self) -> None:
        """It says of every frame that it came, without more, and goes on to get what is said."""
        client = self.open()
        answered = 0
        for second in range(30):
            if second % 10 == 9:
                self.send(client, frames.CLASSIC_PING)
            self.room.push([chat(str(second))])
            self.network.flush()
            for frame in client.frames[answered:]:
                if frame.log_id:
                    self.send(client, classic_ack(frame.log_id))
            answered = len(client.frames)
            self.clock.advance(1)
        [viewer] = self.simulator.viewers
        self.assertEqual((0, [], []), (viewer.withheld, viewer.bad_acks, viewer.complaints))
        self.assertEqual(30, sum(len(batch.messages) for batch in client.batches()))
        self.assertEqual(3, len(viewer.heartbeats))
