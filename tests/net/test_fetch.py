"""Requests to ``im/fetch``: what is asked, and what an answer means."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from twisted.internet.defer import Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import (
    EmptyFetchError,
    InitialFetchError,
    TikTokLiveError,
    UserOfflineError,
)
from tiktoklive.model import SignedUrl
from tiktoklive.net.answers import Answer
from tiktoklive.net.cookies import MOST_COOKIES
from tiktoklive.net.fetch import Visit, batch_of, fetch_parameters, pause_of
from tiktoklive.net.identity import Device, GuestIdentity
from tiktoklive.net.login import Login
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.net.web import Web
from tiktoklive.testing import MemoryNetwork
from tiktoklive.wire.batches import build_batch
from tiktoklive.wire.frames_pb2 import WebcastResponse

ROOM_ID = "7137682087200557829"
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) A/1"
DEVICE = Device(AGENT, "Win32", "windows", "en", "GB", "Europe/London", 1920, 1080)
SIGNED = "https://webcast.tiktok.com/webcast/im/fetch/?b=2&a=%7C&X-Bogus=+x/y=="

# The order of wire facts §3.1.
ORDER = """aid app_language app_name browser_language browser_name browser_online browser_platform
browser_version cookie_enabled cursor internal_ext device_platform focus_state from_page history_len
is_fullscreen is_page_visible did_rule fetch_rule last_rtt live_id resp_content_type screen_height
screen_width tz_name referer root_referer host webcast_sdk_version update_version_code
room_id""".split()


class ParametersTests(SynchronousTestCase):
    """The query."""

    def test_all(self) -> None:
        """Names, order and values are those of wire facts §3.1, with the device's browser."""
        pairs = fetch_parameters(DEVICE, ROOM_ID, "c", "i:1|j:2")
        self.assertEqual(ORDER, [name for name, _ in pairs])
        self.assertEqual(
            {
                "aid": "1988",
                "app_language": "en-GB",
                "app_name": "tiktok_web",
                "browser_language": "en",
                "browser_name": "Mozilla",
                "browser_online": "true",
                "browser_platform": "Win32",
                "browser_version": "5.0 (Windows NT 10.0; Win64; x64) A/1",
                "cookie_enabled": "true",
                "cursor": "c",
                "internal_ext": "i:1|j:2",
                "device_platform": "web",
                "focus_state": "true",
                "from_page": "user",
                "history_len": "0",
                "is_fullscreen": "false",
                "is_page_visible": "true",
                "did_rule": "3",
                "fetch_rule": "1",
                "last_rtt": "0",
                "live_id": "12",
                "resp_content_type": "protobuf",
                "screen_height": "1080",
                "screen_width": "1920",
                "tz_name": "Europe/London",
                "referer": "https://www.tiktok.com/",
                "root_referer": "https://www.tiktok.com/",
                "host": "https://webcast.tiktok.com",
                "webcast_sdk_version": "1.3.0",
                "update_version_code": "1.3.0",
                "room_id": ROOM_ID,
            },
            dict(pairs),
        )


class AnsweringWeb(Web):
    """Gives the answers that were prepared, and remembers what was asked."""

    def __init__(self) -> None:
        super().__init__(MemoryNetwork(), Clock())
        self.asked: list[tuple[str, dict[str, str], dict[str, str]]] = []
        self.answers: list[Answer] = []

    async def request(self, method: str, url: str, params: Any = (), **more: Any) -> Answer:
        headers = dict(more["headers"])
        assert len(headers) == len(more["headers"]), "no header twice"
        self.asked.append((url, headers, dict(more["cookies"])))
        known = self.redaction.sent(url, more["headers"], more["cookies"].items())
        return replace(self.answers.pop(0), redaction=known)


def answer(status: int = 200, body: bytes = b"", *, headers: Any = (), cookies: Any = ()) -> Answer:
    """An answer of TikTok's."""
    found = {name: [value] for name, value in headers}
    return Answer(status, "webcast.tiktok.com", found, body, tuple(cookies))


class VisitTests(SynchronousTestCase):
    """One visitor's requests."""

    def setUp(self) -> None:
        self.web = AnsweringWeb()
        self.visit = self.make()

    def make(self, **options: Any) -> Visit:
        """A visitor."""
        guest = GuestIdentity(self.web, Clock(), Random(1), device=DEVICE)
        tiktok = TikTokWeb(self.web, guest, **options)
        return Visit(tiktok, ROOM_ID, DEVICE, {"ttwid": "1%7Cx", "sessionid": "elsewhere"})

    def fetch(self, signed: SignedUrl | None = None, **batch: Any) -> WebcastResponse:
        """Ask, and be answered with a batch."""
        if batch:
            self.web.answers.append(answer(body=build_batch([], **batch)))
        data, found = self.successResultOf(Deferred.fromCoroutine(self.visit.fetch(signed)))
        self.assertEqual(data, found.SerializeToString())
        return found

    def test_url(self) -> None:
        """The address holds the parameters, percent-encoded once, with the user's values."""
        self.visit = self.make(params={"aid": "7", "mine": "a b"})
        url = self.visit.url()
        self.assertTrue(url.startswith("https://webcast.tiktok.com/webcast/im/fetch/?aid=7&"))
        self.assertTrue(url.endswith(f"&room_id={ROOM_ID}&mine=a+b"))
        self.assertIn("&browser_version=5.0+%28Windows+NT+10.0%3B+Win64%3B+x64%29+A%2F1&", url)
        self.assertIn("&cursor=&internal_ext=&", url)

    def test_as_signed(self) -> None:
        """A signed address is asked for byte for byte, by the browser and with the token of it."""
        mac = "Mozilla/5.0 (Macintosh; x) B/2"
        self.fetch(SignedUrl(SIGNED, mac, "token"), cursor="c")
        url, headers, cookies = self.web.asked[0]
        self.assertEqual((SIGNED, mac), (url, headers["User-Agent"]))
        self.assertEqual({"ttwid": "1%7Cx", "msToken": "token"}, cookies)
        named = dict(parse_qsl(urlsplit(self.visit.url()).query))
        self.assertEqual(
            ("MacIntel", "5.0 (Macintosh; x) B/2"),
            (named["browser_platform"], named["browser_version"]),
        )

    def test_headers(self) -> None:
        """Headers are a browser's; the user's go over them, but for the browser signed for."""
        self.visit = self.make(headers={"user-agent": "Mine/1", "accept-language": "de"})
        self.fetch(SignedUrl(SIGNED, "Theirs/2"), cursor="c")
        headers = {name.lower(): value for name, value in self.web.asked[0][1].items()}
        self.assertEqual(
            {
                "user-agent": "Theirs/2",
                "accept": "text/html,application/json,application/protobuf",
                "origin": "https://www.tiktok.com",
                "referer": "https://www.tiktok.com/",
                "accept-language": "de",
                "cache-control": "max-age=0",
            },
            headers,
        )

    def test_goes_on(self) -> None:
        """Each request goes on where the last answer ended; what an answer lacks stays."""
        self.fetch(cursor="c1", internal_ext="i1")
        self.fetch(internal_ext="i2")
        self.fetch(cursor="c3")
        asked = [dict(parse_qsl(urlsplit(url).query)) for url, _, _ in self.web.asked]
        self.assertEqual(
            [(None, None), ("c1", "i1"), ("c1", "i2")],
            [(each.get("cursor"), each.get("internal_ext")) for each in asked],
        )
        self.assertEqual(("c3", "i2"), (self.visit.cursor, self.visit.internal_ext))

    def test_cookies(self) -> None:
        """Cookies that are set are sent from then on, deleted ones not; those of a login never."""
        body = build_batch([], cursor="c")
        set_cookies = [("msToken", "a"), ("sid_tt", "evil"), ("odin_tt", "b")]
        self.web.answers += [
            answer(body=body, cookies=set_cookies),
            answer(body=body, cookies=[("odin_tt", ""), ("ttwid", "2%7Cy")]),
            answer(body=body),
        ]
        for _ in range(3):
            self.fetch()
        self.assertEqual(
            [
                {"ttwid": "1%7Cx"},
                {"ttwid": "1%7Cx", "msToken": "a", "odin_tt": "b"},
                {"ttwid": "2%7Cy", "msToken": "a"},
            ],
            [cookies for _, _, cookies in self.web.asked],
        )

    def test_many_cookies(self) -> None:
        """Of cookies that are set without end the latest are kept."""
        for start in (0, 60, 120):
            cookies = [(f"c{number}", "x") for number in range(start, start + 60)]
            self.web.answers.append(answer(body=build_batch([], cursor="c"), cookies=cookies))
            self.fetch()
        self.assertEqual(MOST_COOKIES, len(self.visit.cookies))
        self.assertEqual("c179", list(self.visit.cookies)[-1])

    def test_session(self) -> None:
        """The login's session is added where it may go, and not kept among the cookies."""
        self.visit = self.make(login=Login("s3ss10n"))
        self.fetch(cursor="c")
        self.assertEqual("s3ss10n", self.web.asked[0][2]["sessionid"])
        self.assertNotIn("sessionid", self.visit.cookies)

    def test_repeated(self) -> None:
        """What an answer repeats of what it was sent is not shown."""
        self.visit = self.make(login=Login("s3ss10n"))
        body = b'{"error": "s3ss10n with 1%7Cx may not have https://webcast.tiktok.com/?X-Bogus=b"}'
        self.web.answers.append(answer(403, body))
        failed = Deferred.fromCoroutine(self.visit.fetch())
        error = str(self.failureResultOf(failed, InitialFetchError).value)
        self.assertIn("'*** with *** may not have https://webcast.tiktok.com'", error)


class BatchTests(SynchronousTestCase):
    """What an answer means."""

    def failed(self, found: Answer) -> TikTokLiveError:
        """The error that an answer is."""
        return self.assertRaises(TikTokLiveError, batch_of, found)  # type: ignore[no-any-return]

    def test_batch(self) -> None:
        """A batch."""
        self.assertEqual("c", batch_of(answer(body=build_batch([], cursor="c"))).cursor)

    def test_empty(self) -> None:
        """Nothing at all, which would read as an empty batch."""
        self.assertIs(EmptyFetchError, type(self.failed(answer())))

    def test_statuses(self) -> None:
        """Other statuses than 200, with TikTok's words, its wish, and what can be done."""
        for status, body, said in (
            (403, b"", "HTTP 403: no reason given. It refused the signature"),
            (403, b'{"error": "no"}', "HTTP 403: 'no'."),
            (429, b'{"message": "slow"}', "HTTP 429: 'slow'. It asks for fewer"),
            (502, b"<html>", "HTTP 502: no reason given. It may pass"),
            (400, b'{"status_code": 10011, "data": {"message": "bad"}}', "'bad' (10011)"),
            (400, b"[1]", "no reason given"),
        ):
            with self.subTest(said):
                error = self.failed(answer(status, body, headers=[("retry-after", "9")]))
                self.assertIs(InitialFetchError, type(error))
                self.assertIn(said, str(error))
                self.assertIn("TikTok (webcast.tiktok.com)", str(error))
                self.assertEqual(9.0, error.retry_after)

    def test_encoding(self) -> None:
        """200 in an encoding that was not asked for is told as that; another status as itself."""
        for status, words in ((200, "with a body in the encoding 'br'"), (502, "with HTTP 502")):
            error = self.failed(replace(answer(status), encoding="br"))
            self.assertIs(InitialFetchError, type(error))
            self.assertIn(f"TikTok (webcast.tiktok.com) answered im/fetch {words}", str(error))

    def test_no_batch(self) -> None:
        """200 with something else than a batch."""
        for body in (b"<html></html>", b"\xff\xff", b'{"status_code": 20003, "data": {}}'):
            error = self.failed(answer(body=body))
            self.assertIs(InitialFetchError, type(error))
            self.assertIn("something else than a batch", str(error))

    def test_over(self) -> None:
        """A broadcast that has finished."""
        error = self.failed(answer(body=b'{"status_code": 10041}'))
        self.assertIsInstance(error, UserOfflineError)

    def test_long_words(self) -> None:
        """A long reason is cut."""
        self.assertLess(len(str(self.failed(answer(403, b'{"error": "%s"}' % (b"x" * 900))))), 400)

    def test_pause(self) -> None:
        """The longer of the two pauses, but a wish only up to a limit."""
        for wish, least, pause in (
            (0, 1.0, 1.0),
            (500, 1.0, 1.0),
            (2500, 1.0, 2.5),
            (9_000_000, 1.0, 30.0),
            (0, 99.0, 99.0),
            (-5, 1.0, 1.0),
        ):
            self.assertEqual(pause, pause_of(WebcastResponse(fetch_interval=wish), least))
