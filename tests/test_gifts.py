"""The list of gifts: what is asked, what is read, and for how long it is kept."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer
from zope.interface.verify import verifyObject

from tests.rooms.answering import FakeWeb, answer
from tests.seams import OTHER, ROOM, Asked
from tiktoklive.errors import (
    AllFailedError,
    BlockedError,
    InvalidResponseError,
    LoginRequiredError,
    RateLimitedError,
    SignatureError,
    TikTokLiveError,
)
from tiktoklive.gifts import GiftList, KeptGifts, gifts_in
from tiktoklive.interfaces import IGiftSource, IUrlSigner
from tiktoklive.model import Room, SignedUrl

ROSE = {"id": 5655, "name": "Rose", "diamond_count": 1}
LION = {"id": 6369, "name": "Lion", "diamond_count": 29999}


@implementer(IUrlSigner)
class UrlSigner:
    """Signs addresses, unless it has an error."""

    def __init__(self, error: Exception | None = None, host: str = "") -> None:
        self.error = error
        self.host = host
        self.urls: list[str] = []

    async def sign_url(self, url: str) -> SignedUrl:
        self.urls.append(url)
        if self.error is not None:
            raise self.error
        url = url.replace("webcast.tiktok.com", self.host or "webcast.tiktok.com")
        return SignedUrl(url + "&X-Bogus=1", "Signer/1.0", "token")


@implementer(IGiftSource)
class Gifts(Asked):
    """Tells which gifts there are, or not."""

    def gifts(self, room: Room) -> Deferred[Any]:
        return self.ask(room)


class ReadingTests(SynchronousTestCase):
    """Where gifts stand in an answer."""

    def test_places(self) -> None:
        """They are in gifts; or else on the pages, each counted once; or else in gifts_info."""
        for data, gifts in (
            ({"gifts": [ROSE, LION], "pages": [{"gifts": [{"id": 1}]}]}, [ROSE, LION]),
            ({"gifts": [], "pages": [{"gifts": [ROSE]}, {"gifts": [LION, ROSE]}]}, [ROSE, LION]),
            ({"pages": [], "gifts_info": [LION]}, [LION]),
            ({}, []),
        ):
            self.assertEqual(gifts, gifts_in(data))

    def test_no_objects(self) -> None:
        """What is no list or no object is skipped; gifts without id are kept."""
        nameless = {"name": "?"}
        self.assertEqual([ROSE, {}, nameless], gifts_in({"gifts": [1, ROSE, {}, nameless]}))
        pages = [None, {"gifts": 5}, {"gifts": [LION]}]
        self.assertEqual([LION], gifts_in({"gifts": "x", "pages": pages}))

    json_values = st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["id", "gifts"]), inner),
        max_leaves=8,
    )

    @given(
        json_values
        | st.dictionaries(st.sampled_from(["gifts", "pages", "gifts_info"]), json_values)
    )
    def test_anything(self, data: Any) -> None:
        """Whatever JSON there is, gifts are objects."""
        for gift in gifts_in(data):
            self.assertIsInstance(gift, dict)


class GiftListTests(SynchronousTestCase):
    """Asking TikTok."""

    def ask(self, said: Any, signer: UrlSigner | None = None, **more: Any) -> Any:
        """What comes of asking."""
        self.web = FakeWeb(said)
        source = GiftList(self.web.tiktok(**more), signer)
        verifyObject(IGiftSource, source)
        return Deferred.fromCoroutine(source.gifts(ROOM))

    def test_unsigned(self) -> None:
        """Unsigned, few parameters are enough."""
        said = answer({"status_code": 0, "data": {"gifts": [ROSE]}})
        self.assertEqual([ROSE], self.successResultOf(self.ask(said)))
        self.assertEqual("https://webcast.tiktok.com/webcast/gift/list/", self.web.url)
        self.assertEqual(
            [
                ("aid", "1988"),
                ("app_language", "en"),
                ("device_platform", "web"),
                ("room_id", ROOM.room_id),
            ],
            self.web.params,
        )

    def test_signed(self) -> None:
        """Signed, the address is asked for as it came back, with its agent and token."""
        signer = UrlSigner()
        said = answer({"status_code": 0, "data": {"gifts": [ROSE]}})
        asked = self.ask(said, signer, params={"region": "GB"})
        self.assertEqual([ROSE], self.successResultOf(asked))
        [url] = signer.urls
        self.assertTrue(url.endswith(f"room_id={ROOM.room_id}&region=GB"), url)
        self.assertEqual((url + "&X-Bogus=1", ()), (self.web.url, self.web.params))
        self.assertEqual("Signer/1.0", self.web.header("User-Agent"))
        self.assertEqual({"msToken": "token"}, self.web.more["cookies"])

    def test_unsignable(self) -> None:
        """If it cannot be signed, nobody is asked."""
        error = SignatureError("no")
        self.failureResultOf(self.ask(answer({}), UrlSigner(error)), SignatureError)
        self.assertEqual(0, self.web.asked)

    def test_foreign(self) -> None:
        """An address of another host than ours is not asked for."""
        signer = UrlSigner(host="elsewhere.example")
        error = self.failureResultOf(self.ask(answer({}), signer), InvalidResponseError).value
        self.assertIn("another host", str(error))
        self.assertEqual(0, self.web.asked)

    def test_errors(self) -> None:
        """Refusals and answers of no use have their errors."""
        good = {"status_code": 0, "data": {"gifts": [ROSE]}}
        for said, kind in (
            (answer(status=403), BlockedError),
            (answer(status=429), RateLimitedError),
            (answer(body=b""), BlockedError),
            (answer({"status_code": 10011, "data": {"message": "params"}}), InvalidResponseError),
            (answer({"status_code": 20003, "data": []}), LoginRequiredError),
            (answer(good, status=404), InvalidResponseError),
            (answer({"status_code": 0, "data": {"gifts": []}}), InvalidResponseError),
            (answer({"status_code": 0, "data": "x"}), InvalidResponseError),
        ):
            error = self.failureResultOf(self.ask(said), TikTokLiveError).value
            self.assertIs(kind, type(error))
            self.assertIn("gifts", str(error))


class KeptGiftsTests(SynchronousTestCase):
    """Once for all rooms."""

    def setUp(self) -> None:
        self.clock = Clock()

    def keep(self, *parts: Gifts) -> None:
        """Sources asked in this order."""
        named = [(f"part {number}", part) for number, part in enumerate(parts)]
        self.kept = KeptGifts(named, self.clock, lasts=100, fails=10)
        verifyObject(IGiftSource, self.kept)

    def ask(self, room: Room = ROOM) -> Deferred[Any]:
        """Ask for the list."""
        return Deferred.fromCoroutine(self.kept.gifts(room))

    def test_kept(self) -> None:
        """A list is kept for all rooms until it is too old."""
        source = Gifts([ROSE], [LION])
        self.keep(source)
        self.assertEqual([ROSE], self.successResultOf(self.ask()))
        self.clock.advance(99)
        self.assertEqual([ROSE], self.successResultOf(self.ask(OTHER)))
        self.clock.advance(1)
        self.assertEqual([LION], self.successResultOf(self.ask()))
        self.assertEqual(2, len(source.questions))

    def test_shared(self) -> None:
        """Those who ask at once wait for one request."""
        source = Gifts(None)
        self.keep(source)
        asked = [self.ask(), self.ask(OTHER), self.ask()]
        self.assertEqual([(ROOM,)], source.questions)
        source.waiting[0].callback([ROSE])
        for each in asked:
            self.assertEqual([ROSE], self.successResultOf(each))

    def test_cancelled(self) -> None:
        """One who waits no more takes nothing from the others; the last one ends the request."""
        source = Gifts(None)
        self.keep(source)
        first, second, third = self.ask(), self.ask(), self.ask()
        first.cancel()
        self.failureResultOf(first, CancelledError)
        self.assertEqual(0, source.cancelled)
        self.assertNoResult(second)
        second.cancel()
        third.cancel()
        for each in (second, third):
            self.failureResultOf(each, CancelledError)
        self.assertEqual(1, source.cancelled)
        again = self.ask()
        source.waiting[1].callback([LION])
        self.assertEqual([LION], self.successResultOf(again))

    def test_cancelled_by_another(self) -> None:
        """One may be cancelled by another who is told at the same time."""
        source = Gifts(None)
        self.keep(source)
        first, second = self.ask(), self.ask()
        first.addCallback(lambda gifts: second.cancel())
        source.waiting[0].callback([ROSE])
        self.successResultOf(first)
        self.failureResultOf(second, CancelledError)

    def test_next(self) -> None:
        """A source that fails lets the next be asked."""
        unsigned, signed = Gifts(BlockedError("403")), Gifts([ROSE])
        self.keep(unsigned, signed)
        self.assertEqual([ROSE], self.successResultOf(self.ask()))

    def test_failed(self) -> None:
        """A failure is told to all who ask in the next moments; then it is tried again."""
        unsigned, signed = Gifts(BlockedError("403")), Gifts(SignatureError("no"), [ROSE])
        self.keep(unsigned, signed)
        for _ in range(2):
            error = self.failureResultOf(self.ask(), AllFailedError).value
            self.assertIn("There is no list of gifts", str(error))
            self.clock.advance(9.9 / 2)
        self.assertEqual((1, 1), (len(unsigned.questions), len(signed.questions)))
        self.clock.advance(0.2)
        self.assertEqual([ROSE], self.successResultOf(self.ask()))

    def test_stopped(self) -> None:
        """A request that was stopped from below is not kept as a failure."""
        source = Gifts(CancelledError(), [ROSE])
        self.keep(source)
        self.failureResultOf(self.ask(), CancelledError)
        self.assertEqual([ROSE], self.successResultOf(self.ask()))


class SignedUrlTests(SynchronousTestCase):
    """What a signer gives back."""

    def test_secret(self) -> None:
        """Neither the address nor the token is shown."""
        shown = repr(SignedUrl("https://x.example/?X-Bogus=secret", "Agent", "secret"))
        self.assertNotIn("secret", shown)
        self.assertIn("Agent", shown)
