"""Every answer that the wire facts know, and what is told of it: the error, its words, a remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase

from tests.diagnoses import (
    DETAILS,
    LOOKUP,
    PAGE,
    PROFILE,
    SHARED,
    Row,
    _api,
    _page,
    _profile,
    _shown,
    _user,
)
from tests.rooms.answering import FakeWeb
from tests.seams import ROOM, Resolver
from tests.stream_diagnoses import FETCH, HANDSHAKE, SIGN_SERVER
from tiktoklive.errors import (
    TikTokLiveError,
)
from tiktoklive.net.answers import Answer
from tiktoklive.net.fetch import batch_of
from tiktoklive.net.handshake import refusal
from tiktoklive.rooms import InformedResolver, fetch_room_info
from tiktoklive.rooms.api_live import room_of
from tiktoklive.rooms.names import name_in
from tiktoklive.rooms.page import room_in
from tiktoklive.signing.server import refusal as sign_refusal


class DiagnosisTests(SynchronousTestCase):
    """Each says who failed, with what, in TikTok's words, and what helps; and nothing unchecked."""

    def check(self, rows: Iterable[Row], read: Callable[[Any], object], whom: str) -> None:
        """Read each answer."""
        for row in rows:
            with self.subTest(row.fact):
                error: Any = self.assertRaises(TikTokLiveError, read, row.given)
                told = str(error)
                self.assertIs(row.kind, type(error), told)
                self.assertIs(row.remedy, error.remedy, told)
                self.assertRegex(told, ".*".join(map(re.escape, row.words)))
                self.assertIn(whom, told)
                self.assertTrue(told.isprintable() and told.endswith(".") and len(told) < 450, told)
                self.assertNotRegex(told, r"[A-Z][a-z]+Error|\[(wait|auth|cancel|modify)\]")
                if "changed" not in row.fact:
                    self.assertNotIn("has changed", told)

    def test_lookup(self) -> None:
        """Those to the look-up in JSON."""
        self.check(LOOKUP, lambda given: room_of(given, "anna"), "@anna")

    def test_page(self) -> None:
        """Those to the request for the live page."""
        self.check(PAGE, lambda given: room_in(given, "anna"), "@anna")

    def test_details(self) -> None:
        """Those to the request for a room's details."""

        def read(given: Answer) -> object:
            tiktok = FakeWeb(given).tiktok()
            room = replace(ROOM, unique_id="anna")

            async def info(room_id: str) -> dict[str, Any]:
                return await fetch_room_info(tiktok, room_id)

            # What ends nothing is logged there, so both are asked.
            asked = Deferred.fromCoroutine(fetch_room_info(tiktok, room.room_id))
            if self.failed(asked):
                self.failureResultOf(asked).raiseException()
            resolver = InformedResolver(Resolver(room), info, None)
            failed = self.failureResultOf(Deferred.fromCoroutine(resolver.resolve("anna")))
            failed.raiseException()
            raise AssertionError

        for rows, whom in ((DETAILS[: len(SHARED)], ROOM.room_id), (DETAILS[len(SHARED) :], "")):
            self.check(rows, read, whom)

    def failed(self, asked: Deferred[Any]) -> bool:
        """Whether a question failed."""
        outcome: list[Any] = []
        asked.addBoth(lambda result: outcome.append(result) or result)
        return not isinstance(outcome[0], dict)

    def test_profile(self) -> None:
        """Those to the request for the profile of an id, where they are no answer."""
        self.check(PROFILE, lambda given: name_in(given, "7"), "user 7")
        for given in (_profile(statusCode=10221), _profile(statusCode=10223), _page(status=404)):
            self.assertIsNone(name_in(given, "7"))

    def test_fetch(self) -> None:
        """Those to the request for the first batch."""
        self.check(FETCH, batch_of, "TikTok (www.tiktok.com)")

    def test_handshake(self) -> None:
        """Those to the handshake."""
        self.check(
            HANDSHAKE,
            lambda given: self.throw(refusal("ws.example", *given)),
            "TikTok (ws.example)",
        )

    def test_sign_server(self) -> None:
        """Those of a sign server, which is not taken for TikTok."""
        self.check(
            SIGN_SERVER,
            lambda given: self.throw(sign_refusal(given, "the batch")),
            "The sign server (www.tiktok.com)",
        )

    def throw(self, error: Exception) -> None:
        """Raise what was made."""
        raise error

    def test_restrictions(self) -> None:
        """Of rooms that can be entered and may stay empty, it is the room that tells for whom."""
        for fact, told in (
            ({"liveSubOnly": 1}, "for subscribers only"),
            ({"paidEvent": {"paid_type": 1}}, "paid for"),
        ):
            self.assertEqual((told,), room_of(_api(_user(**fact)), "anna").restrictions)
        private = _user()
        private["data"]["user"]["secret"] = True
        self.assertEqual(("of a private account",), room_of(_api(private), "anna").restrictions)
        shown = _shown(uniqueId="anna", roomId="5", status=2, secret=True)
        self.assertEqual(("of a private account",), room_in(shown, "anna").restrictions)
