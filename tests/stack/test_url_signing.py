"""The whole stack by the classic source: who signs, and what happens if nobody does."""

from __future__ import annotations

from tests.stack.test_classic import ClassicTestCase
from tiktoklive.errors import (
    Remedy,
    SignatureError,
    SignatureRateLimitError,
    SignServerRefusedError,
)
from tiktoklive.options import SignProviderOptions
from tiktoklive.simulator import Answer
from tiktoklive.simulator.signing import NO_PERMISSION


class SigningTests(ClassicTestCase):
    """Who signs, and what happens if nobody does."""

    def test_todays_form(self) -> None:
        """A server that does not know the old form is asked in the new one."""
        self.tiktok.behaviour.sign_get = False
        self.live()
        old, new = self.signings()
        self.assertEqual(("GET", "POST"), (old.method, new.method))
        # The browser is our own then: today's form can be told for which is to be signed.
        fetch = self.fetches()[0]
        self.assertEqual(
            fetch.header("user-agent"), f"Mozilla/{fetch.parameter('browser_version')}"
        )

    def test_next_host(self) -> None:
        """The second host is asked when the first one fails."""
        self.tiktok.url_signing.fail("starting", host="tiktok.eulerstream.com")
        self.live()
        self.assertEqual(
            ["tiktok.eulerstream.com", "tiktok-sign.zerody.one"],
            [each.header("host") for each in self.signings()],
        )

    def test_silent_host(self) -> None:
        """A host that does not answer has 5 seconds."""
        self.network.silence("tiktok.eulerstream.com")
        connected = self.attempt(4.9)
        self.assertNoResult(connected)
        self.settle(0.2)
        self.successResultOf(connected)

    def test_hosts_of_the_user(self) -> None:
        """The user's own host is asked first, with key, parameters and headers; then the others."""
        self.network.add("sign.example", 443, self.tiktok.site())
        self.tiktok.behaviour.sign_keys = {"secret-key"}
        provider = SignProviderOptions(
            host="https://sign.example/",
            params={"client": "mine", "extra": "1"},
            headers={"X-Extra": "2"},
            api_key="secret-key",
        )
        self.rewire(sign_provider_options=provider, sign_base="https://api.eulerstream.com")
        for host in ("sign.example", "api.eulerstream.com"):
            self.tiktok.url_signing.fail("bad gateway", host=host)
        connected = self.connection(wiring=self.wiring).connect()
        self.settle()
        error = self.refused(connected, SignatureError)
        first, second = self.signings()
        self.assertEqual(
            ["sign.example", "api.eulerstream.com"],
            [first.header("host"), second.header("host")],
        )
        self.assertEqual(
            ("mine", "1", "2", "secret-key"),
            (
                first.parameter("client"),
                first.parameter("extra"),
                first.header("x-extra"),
                first.header("x-api-key"),
            ),
        )
        self.assertIn("sign.example: HTTP 502", str(error))
        self.assertIn("api.eulerstream.com: HTTP 502", str(error))
        self.assertNotIn("secret-key", str(error))

    def test_gone(self) -> None:
        """404 everywhere, today's usual answer, takes another server or a session."""
        self.tiktok.url_signing.fail("gone", times=20)
        error = self.refused(self.attempt(), SignatureError)
        self.assertIn("tiktok.eulerstream.com: HTTP 404", str(error))
        self.assertIn("tiktok-sign.zerody.one: HTTP 404", str(error))
        self.assertIs(Remedy.MODIFY, error.remedy)
        self.assertEqual([], self.fetches())

    def test_down(self) -> None:
        """Servers that are down may be up again: a patient connection waits."""
        self.tiktok.url_signing.fail("bad gateway", times=2)
        self.follow()
        self.settle(4)
        self.assertEqual(1, len(self.tiktok.viewers))

    def test_unsigned_with_session(self) -> None:
        """With a session the first batch is asked for unsigned when nobody signs."""
        self.tiktok.url_signing.fail("gone", times=20)
        self.rewire(session=True)
        self.live(self.connection(wiring=self.wiring))
        [fetch] = self.fetches()
        self.assertIsNone(fetch.parameter("X-Bogus"))
        self.assertEqual(self.session_id, fetch.cookies["sessionid"])

    def test_refused(self) -> None:
        """Servers that all want a key say so, with all three statuses, and by a code in a 200."""
        for how in ("no key", "paid", "blocked network"):
            with self.subTest(how):
                self.tiktok.url_signing.fail(how, times=2)
                error = self.refused(self.attempt(2), SignServerRefusedError)
                self.assertIs(Remedy.AUTH, error.remedy)
        with self.subTest("code"):
            self.tiktok.behaviour.sign_get = False
            for host in ("tiktok.eulerstream.com", "tiktok-sign.zerody.one"):
                self.tiktok.url_signing.fail("gone", host=host)
                self.tiktok.url_signing.fail(NO_PERMISSION, host=host)
            error = self.refused(self.attempt(2), SignServerRefusedError)
            self.assertIn("permission", str(error))

    def test_rate_limit(self) -> None:
        """Each form in which a server tells when to come again is understood."""
        for name, value, wait in (
            ("Retry-After", "23", 23.0),
            ("X-RateLimit-Reset", "17", 17.0),
            ("RateLimit-Reset", "11", 11.0),
        ):
            with self.subTest(name):
                self.settle(30)  # nobody asks before it is time
                answer = Answer(429, b"{}", "application/json", ((name, value),))
                self.tiktok.url_signing.fail(answer, times=2)
                error = self.refused(self.attempt(), SignatureRateLimitError)
                self.assertEqual(wait, error.retry_after)

    def test_no_json(self) -> None:
        """A page in the place of JSON is named as such."""
        page = Answer(200, b"<html><title>Welcome</title></html>")
        self.tiktok.url_signing.fail(page, times=2)
        error = self.refused(self.attempt(), SignatureError)
        self.assertIn("something else than a JSON object: 'Welcome'", str(error))

    def test_other_address(self) -> None:
        """A server that signs another address than it was asked to is not followed."""
        signed = Answer.json({"signedUrl": "https://elsewhere.example/webcast/im/fetch/?a=1"})
        self.tiktok.url_signing.fail(signed, times=2)
        error = self.refused(self.attempt(), SignatureError)
        self.assertIn("another address", str(error))
        self.assertNotIn("elsewhere.example", [host for host, _ in self.network.attempts])
