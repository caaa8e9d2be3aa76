"""Addresses signed by sign servers, in both forms, and what happens if none does."""

from __future__ import annotations

import json
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tiktoklive.errors import (
    ConnectError,
    Remedy,
    SignatureError,
    SignatureRateLimitError,
    SignServerError,
    SignServerRefusedError,
)
from tiktoklive.interfaces import IUrlSigner
from tiktoklive.model import SignedUrl
from tiktoklive.net.answers import Answer
from tiktoklive.net.web import Web
from tiktoklive.signing import SignServer, SignServerUrls
from tiktoklive.signing.users import WINDOW, Users, users_of
from tiktoklive.testing import MemoryNetwork

PLACE = "https://webcast.tiktok.com/webcast/im/fetch/"
URL = f"{PLACE}?aid=1988&browser_name=Mozilla&browser_version=5.0+%28X11%29&cursor="
SIGNED = f"{URL}&X-Bogus=s1gn4tur3"

GONE = (404, b"Not Found", {})


class ScriptedWeb(Web):
    """Gives each host's answers in turn: status, body, headers; or raises what stands there."""

    def __init__(self, **answers: list[Any]) -> None:
        super().__init__(MemoryNetwork(), Clock())
        self.answers = answers
        self.asked: list[tuple[str, str, dict[str, str], Any]] = []

    async def request(self, method: str, url: str, params: Any = (), **more: Any) -> Answer:
        body = more.get("body")
        self.asked.append((method, url, dict(params), body and json.loads(body)))
        assert "cookies" not in more, "a sign server is shown no cookie"
        host = url.split("/")[2]
        found = self.answers[host.partition(".")[0]].pop(0)
        if isinstance(found, Exception):
            raise found
        status, content, headers = found
        encoding = headers.pop("content-encoding", "")
        if not isinstance(content, bytes):
            content = json.dumps(content).encode()
        named = {name: [value] for name, value in headers.items()}
        return Answer(status, host, named, content, encoding=encoding)


def good(**more: Any) -> tuple[int, Any, dict[str, str]]:
    """What the old form answers."""
    return 200, {"signedUrl": SIGNED, **more}, {}


def wrapped(**response: Any) -> tuple[int, Any, dict[str, str]]:
    """What today's form answers."""
    return 200, {"code": 200, "message": "", "response": {"signedUrl": SIGNED, **response}}, {}


class SignTests(SynchronousTestCase):
    """Asking."""

    def sign(self, url: str = URL, **answers: list[Any]) -> Deferred[SignedUrl]:
        """Have an address signed by the servers that answer, in order."""
        self.web = ScriptedWeb(**answers)
        servers = [SignServer(self.web, base=f"https://{name}.example") for name in answers]
        users = Users(self.web.clock)
        users.add("alice")
        users.add("bob")
        signer = SignServerUrls(servers, users)
        verifyObject(IUrlSigner, signer)
        return Deferred.fromCoroutine(signer.sign_url(url))

    def failed(self, kind: type[SignServerError], **answers: list[Any]) -> Any:
        """The error, which shows nothing of what was signed."""
        error = self.failureResultOf(self.sign(**answers)).value
        self.assertIs(kind, type(error))
        for secret in ("s1gn4tur3", "browser_version"):
            self.assertNotIn(secret, str(error))
        return error

    def test_old_form(self) -> None:
        """The old form: address, client, count of users; signature, browser and token."""
        signed = self.successResultOf(self.sign(a=[good(**{"User-Agent": "UA", "msToken": "t"})]))
        self.assertEqual(SignedUrl(SIGNED, "UA", "t"), signed)
        self.assertEqual(
            [
                (
                    "GET",
                    "https://a.example/webcast/sign_url",
                    {"client": "ttlive-other", "url": URL, "uuc": "2"},
                    None,
                )
            ],
            self.web.asked,
        )

    def test_todays_form(self) -> None:
        """Where the old form is gone: the bare address and its browser, in JSON."""
        old = f"{URL}&msToken=old&X-Bogus=old&X-Gnarly=old"
        answers = [GONE, wrapped(userAgent="UA", tokens={"msToken": "t"})]
        signed = self.successResultOf(self.sign(old, a=answers))
        self.assertEqual(SignedUrl(SIGNED, "UA", "t"), signed)
        self.assertEqual(
            (
                "POST",
                "https://a.example/webcast/sign_url",
                {"client": "ttlive-other"},
                {"url": URL, "method": "GET", "type": "fetch", "userAgent": "Mozilla/5.0 (X11)"},
            ),
            self.web.asked[1],
        )

    def test_encoding(self) -> None:
        """An answer in an encoding that was not asked for has not signed, and is told as that."""
        error = self.failed(SignatureError, a=[(200, b"\x8b\x02", {"content-encoding": "br"})])
        self.assertIn("a body in the encoding 'br', which was not asked for", str(error))

    def test_newest_path(self) -> None:
        """Where that is gone too, its other path."""
        self.successResultOf(self.sign(a=[GONE, GONE, wrapped()]))
        self.assertEqual("https://a.example/tiktok/sign_url", self.web.asked[2][1])

    def test_browser_unknown(self) -> None:
        """An address that speaks of no browser is signed for none."""
        self.web = ScriptedWeb(a=[GONE, (200, {"response": {"signedUrl": f"{PLACE}?a=1&b=2"}}, {})])
        signer = SignServerUrls([SignServer(self.web, base="https://a.example")], Users(Clock()))
        self.successResultOf(Deferred.fromCoroutine(signer.sign_url(f"{PLACE}?a=1")))
        self.assertNotIn("userAgent", self.web.asked[1][3])

    def test_next_server(self) -> None:
        """The next server is asked after any failure of the one before."""
        for failure in (
            ConnectError("a.example could not be reached."),
            (503, b"not ready", {}),
            (401, {"message": "key"}, {}),
            (200, b"<html>", {}),
            (200, [1], {}),
            (200, {"error": "unsupported"}, {}),
            (200, {"signedUrl": 5}, {}),
            (200, {"signedUrl": "https://[bad"}, {}),
            (200, {"signedUrl": SIGNED.replace("https", "http")}, {}),
            (200, {"signedUrl": SIGNED.replace("tiktok.com", "evil.example")}, {}),
            (200, {"signedUrl": SIGNED.replace("im/fetch", "room/chat")}, {}),
        ):
            with self.subTest(failure):
                signed = self.successResultOf(self.sign(a=[failure], b=[good()]))
                self.assertEqual(SIGNED, signed.url)

    def test_odd_values(self) -> None:
        """What could break a header is not taken for a browser or a token."""
        for agent, token in (
            ("a\r\nX: y", "a; b"),
            ("a" * 1025, "a" * 4097),
            ("Browser/1 \u00e9", "\u00e9"),
        ):
            odd = {"User-Agent": agent, "msToken": token}
            self.assertEqual(SignedUrl(SIGNED), self.successResultOf(self.sign(a=[good(**odd)])))

    def test_all_gone(self) -> None:
        """404 everywhere: all are listed with it, and waiting is no use."""
        error = self.failed(SignatureError, a=[GONE] * 3, b=[GONE] * 3)
        self.assertIn("a.example: HTTP 404; b.example: HTTP 404", str(error))
        self.assertIs(Remedy.MODIFY, error.remedy)
        self.assertEqual(404, error.status)

    def test_only_one(self) -> None:
        """The error of the only server is told in full."""
        error = self.failed(SignatureError, a=[(200, {"error": "unsupported"}, {})])
        self.assertIn("no signedUrl: 'unsupported'", str(error))

    def test_waiting_helps(self) -> None:
        """Whether waiting helps is up to whether it does at any of them."""
        down = ConnectError("b.example could not be reached: it did not answer in time.")
        error = self.failed(SignatureError, a=[GONE] * 3, b=[down])
        self.assertIs(Remedy.WAIT, error.remedy)
        self.assertIn("b.example: no answer", str(error))
        self.assertIn("it did not answer in time", str(error))

    def test_unreachable(self) -> None:
        """The only server cannot be reached: it is a signature that is missing all the same."""
        error = self.failed(SignatureError, a=[ConnectError("a.example could not be reached.")])
        self.assertIs(Remedy.WAIT, error.remedy)

    def test_refused(self) -> None:
        """All want a key, one by its status and one by a code inside a 200."""
        code = (200, {"code": 403, "message": "no permission", "response": None}, {})
        error = self.failed(SignServerRefusedError, a=[(401, {}, {})], b=[GONE, code])
        self.assertIs(Remedy.AUTH, error.remedy)
        self.assertIn("'no permission'", str(error))

    def test_rate_limited(self) -> None:
        """All want to be asked less: until the first of them may be asked again."""
        error = self.failed(
            SignatureRateLimitError,
            a=[(429, {}, {"retry-after": "40"})],
            b=[(429, {}, {"x-ratelimit-reset": "30"})],
        )
        self.assertEqual(30.0, error.retry_after)

    def test_mixed(self) -> None:
        """One wants to be asked less, the other is gone: no signature, and a time to wait."""
        limit = (429, {}, {"retry-after": "40"})
        error = self.failed(SignatureError, a=[limit], b=[GONE] * 3)
        self.assertEqual((40.0, Remedy.WAIT), (error.retry_after, error.remedy))

    def test_no_response(self) -> None:
        """Today's form without what it wraps."""
        answer = (200, {"code": 500, "message": "sorry"}, {})
        error = self.failed(SignatureError, a=[GONE, answer])
        self.assertIn("no response (code 500): 'sorry'", str(error))

    def test_nobody(self) -> None:
        """At least one server is needed."""
        self.assertRaises(ValueError, SignServerUrls, [], Users(Clock()))


class UsersTests(SynchronousTestCase):
    """Counting users."""

    def test_distinct(self) -> None:
        """Each counts once, in whatever case, for ten minutes after the last time."""
        clock = Clock()
        users = Users(clock)
        self.assertEqual(0, users.count())
        users.add("alice")
        users.add("Alice")
        self.assertEqual(1, users.count())
        clock.advance(400)
        users.add("bob")
        users.add("alice")
        clock.advance(WINDOW)
        self.assertEqual(2, users.count())
        clock.advance(1)
        self.assertEqual(0, users.count())

    def test_process(self) -> None:
        """All that share a reactor are counted together."""
        clock = Clock()
        users_of(clock).add("alice")
        self.assertEqual(1, users_of(clock).count())
        self.assertEqual(0, users_of(Clock()).count())
