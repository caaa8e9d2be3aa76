"""What a user is called now."""

from __future__ import annotations

import json
from typing import Any

from twisted.internet.defer import Deferred, maybeDeferred
from twisted.internet.task import Clock
from twisted.python.failure import Failure
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tests.rooms.answering import FakeWeb, answer
from tests.rooms.test_paced import InLine
from tests.seams import Resolver
from tiktoklive.errors import BlockedError, InvalidResponseError, RateLimitedError, RoomLookupError
from tiktoklive.interfaces import IUserNames
from tiktoklive.pacing.lookups import LookUpQueue
from tiktoklive.rooms import PacedNames, PacedResolver, ProfileNames
from tiktoklive.rooms.names import name_in

ID = "6672446849804223493"


def profile(detail: Any) -> str:
    """A page that shows this."""
    text = json.dumps({"__DEFAULT_SCOPE__": {"webapp.user-detail": detail, "webapp.i18n": {}}})
    return f'<script nonce="x" id="__UNIVERSAL_DATA_FOR_REHYDRATION__">{text}</script>'


def shown(name: Any = "somebody", anchor_id: Any = ID, code: int = 0) -> dict[str, Any]:
    """What a profile shows of a user."""
    user = {"id": anchor_id, "uniqueId": name, "nickname": "x"}
    return {"statusCode": code, "userInfo": {"user": user, "stats": {}}}


class ReadingTests(SynchronousTestCase):
    """Reading profiles."""

    def read(self, page: str | bytes, **more: Any) -> str | None:
        """The name on a page."""
        body = page if isinstance(page, bytes) else page.encode()
        return name_in(answer(body=body, **more), ID)

    def fails(self, kind: type[Exception], page: str | bytes = "", **more: Any) -> str:
        """The error for a page: exactly of that kind, and about that user."""
        error = self.assertRaises(RoomLookupError, self.read, page, **more)
        self.assertIs(kind, type(error))
        self.assertIn(ID, str(error))
        return str(error)

    def test_name(self) -> None:
        """The name that is shown counts, whatever the code: private profiles show it too."""
        for detail in (
            shown(),
            shown(code=10222),
            shown(anchor_id=int(ID)),
            shown(anchor_id=""),
            {"userInfo": {"user": {"uniqueId": "somebody"}}},
        ):
            self.assertEqual("somebody", self.read(profile(detail)))

    def test_nobody(self) -> None:
        """That there is no such user is an answer."""
        for code in (10221, 10223, "10221"):
            self.assertIsNone(self.read(profile({"statusCode": code, "statusMsg": ""})))
        self.assertIsNone(self.read("", status=404))

    def test_somebody_else(self) -> None:
        """A page of another user, or a name that is none, is not believed."""
        for detail in (
            shown(anchor_id="7"),
            shown(anchor_id=[]),
            shown("no name"),
            shown("../etc"),
            shown("@somebody"),
            shown("https://www.tiktok.com/@somebody"),
            shown(["somebody"]),
            shown("a" * 65),
        ):
            self.assertIn("another user", self.fails(InvalidResponseError, profile(detail)))

    def test_other_codes(self) -> None:
        """Other codes are told, with TikTok's words, shortened."""
        told = self.fails(
            InvalidResponseError, profile({"statusCode": 10101, "statusMsg": "try " * 99})
        )
        self.assertIn("10101", told)
        self.assertLess(len(told), 300)

    def test_changed(self) -> None:
        """A page without what it should hold is told as one that has changed."""
        for page in (profile({}), profile(None), profile({"userInfo": []}), profile({"a": 1})):
            self.assertIn("changed its page", self.fails(InvalidResponseError, page))

    def test_blocked(self) -> None:
        """Challenges, refusals and pages without the script are blocks."""
        self.assertIn("captcha", self.fails(BlockedError, "<div id=tiktok-verify-page>"))
        self.assertIn("challenge", self.fails(BlockedError, "Please wait...", status=200))
        self.assertIn("no user", self.fails(BlockedError, "<html></html>"))
        self.fails(BlockedError, status=403)
        self.fails(RateLimitedError, status=429)
        self.fails(InvalidResponseError, status=503)


class AskingTests(SynchronousTestCase):
    """Asking for profiles."""

    def test_request(self) -> None:
        """The id is the path; there are no parameters of ours."""
        web = FakeWeb(answer(body=profile(shown()).encode()))
        names = ProfileNames(web.tiktok())
        verifyObject(IUserNames, names)
        asked = Deferred.fromCoroutine(names.unique_id(ID))
        self.assertEqual("somebody", self.successResultOf(asked))
        self.assertEqual(f"https://www.tiktok.com/@{ID}", web.url)
        self.assertEqual([], list(web.params))


class PacedTests(SynchronousTestCase):
    """Asking as a part of look-ups."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.turns = LookUpQueue(self.clock, 60)
        self.resolver = Resolver()
        self.pace = PacedResolver(lambda line: InLine(line, self.resolver), self.turns)
        self.answer: Any = "user7"
        self.names = PacedNames(self, self.pace)  # type: ignore[arg-type]  # declares nothing

    def unique_id(self, anchor_id: str) -> Deferred[str | None]:
        """The name, or what it fails with."""
        return maybeDeferred(lambda: self.answer)

    def ask(self) -> Deferred[str | None]:
        """Ask for a name."""
        return Deferred.fromCoroutine(self.names.unique_id("7"))

    def test_then(self) -> None:
        """The user whose name was found is looked up before those who wait for a broadcast."""
        self.assertEqual("user7", self.successResultOf(self.ask()))
        for name in (*(f"x{number}" for number in range(30)), "user7"):
            Deferred.fromCoroutine(self.pace.resolve_patiently(name))
        self.clock.advance(1.3)
        self.assertEqual(("user7",), self.resolver.questions[-1])

    def test_refused(self) -> None:
        """A refusal makes look-ups slower, and a name brings that back."""
        usual = self.turns.distance
        self.answer = Failure(BlockedError("403"))
        self.failureResultOf(self.ask(), BlockedError)
        self.assertAlmostEqual(2 * usual, self.turns.distance)
        self.answer = None
        for _ in range(9):
            self.assertIsNone(self.successResultOf(self.ask()))
        self.assertEqual(usual, self.turns.distance)
