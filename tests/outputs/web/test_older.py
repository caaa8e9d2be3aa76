"""Older events of a room, as a page asks for them that has scrolled to its top."""

from __future__ import annotations

import json
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.doubles import gift, origin
from tests.outputs.web.case import WebCase
from tiktoklive.outputs.web.older import LIMITS, SIZE, USUAL, OlderEvents, latest_before
from tiktoklive.outputs.web.ring import Ring


class KeptTests(SynchronousTestCase):
    """What is kept beside the ring, and for how long."""

    def fill(self, ring: Ring, name: str, count: int, room: str = "anna", size: int = 100) -> None:
        """Let something happen."""
        for _ in range(count):
            ring.add(name, room, b"{" + bytes(size))

    def test_kinds(self) -> None:
        """Of each kind there are so many, whatever becomes of others: gifts survive busy chat."""
        ring, older = Ring("e", items=10), OlderEvents()
        ring.let_go = older.add
        self.fill(ring, "giftStreak", 50)
        self.fill(ring, "chat", 20_000)
        self.fill(ring, "social", 500)
        self.fill(ring, "rawData", 500)
        found = [item.name for item in older.of("anna")]
        counted = {name: found.count(name) for name in set(found)}
        self.assertEqual({"giftStreak": 50, "chat": LIMITS["chat"], "social": USUAL}, counted)
        numbers = [item.number for item in older.of("anna")]
        self.assertEqual(sorted(numbers, reverse=True), numbers)

    def test_rooms(self) -> None:
        """A quiet room keeps what it has beside a busy one; all together are bounded in bytes."""
        ring, older = Ring("e", items=1), OlderEvents(100_000)
        ring.let_go = older.add
        self.fill(ring, "chat", 20, "quiet")
        self.fill(ring, "chat", 5_000, "busy", 1000)
        self.assertEqual(20, len(list(older.of("quiet"))))
        sizes = [len(item.body) for name in ("quiet", "busy") for item in older.of(name)]
        self.assertLessEqual(sum(sizes), 100_000)
        self.assertGreater(len(sizes), 40)
        kept = sum(kept.size for _, kept in older._rooms.items())
        self.assertEqual(kept, older._size)

    def test_large(self) -> None:
        """What is larger than all may be is not kept, and neither are too many rooms."""
        ring, older = Ring("e", size=10), OlderEvents(1000)
        ring.let_go = older.add
        self.fill(ring, "chat", 3, size=5000)
        self.assertEqual(([], 0), (list(older.of("anna")), older._size))
        self.assertGreater(SIZE, 1000)

    def test_piece(self) -> None:
        """An answer has so many events, and so many bytes, and one at least."""
        ring = Ring("e")
        self.fill(ring, "chat", 10, size=1000)
        items = list(ring.everything())[::-1]

        def take(number: int, limit: int, size: int) -> tuple[list[int], bool]:
            found, more = latest_before(items, number, lambda item: True, limit, size)
            return [item.number for item in found], more

        self.assertEqual(([7, 8, 9], True), take(10, 3, 10**6))
        self.assertEqual(([8, 9], True), take(10, 5, 2500))
        self.assertEqual(([9], True), take(10, 5, 1))
        self.assertEqual(([1, 2], False), take(3, 5, 10**6))
        self.assertEqual(([], False), take(1, 5, 10**6))


class AskedTests(WebCase):
    """``GET /api/rooms/NAME/events``."""

    def older(self, query: str = "", room: str = "anna") -> tuple[list[str], bool]:
        """The comments in the answer, and whether there are more."""
        answer = self.ask(f"/api/rooms/{room}/events{query}").json
        return [each["data"]["comment"] for each in answer["events"]], answer["more"]

    def test_pages(self) -> None:
        """Page by page back to the first, each with its position, of this room alone."""
        for number in range(10):
            self.happen(str(number))
            self.happen("other", anchor="bob")
        self.assertEqual((["7", "8", "9"], True), self.older("?limit=3"))
        first = self.ask("/api/rooms/anna/events?limit=3").json["events"][0]
        self.assertEqual((["4", "5", "6"], True), self.older(f"?limit=3&before={first['seq']}"))
        self.assertEqual(
            ([str(number) for number in range(7)], False), self.older(f"?before={first['seq']}")
        )

    def test_beyond_the_ring(self) -> None:
        """What the ring has let go of is found as well: a gift from before a busy chat."""
        self.web.fanout.ring._most = 5
        self.web.event(gift("Ben", 1, True, 10**6, where=origin("anna")))
        for number in range(60):
            self.happen(str(number))
        answer = self.ask("/api/rooms/anna/events?types=gift").json
        self.assertEqual((["gift"], False), ([each["event"] for each in answer["events"]], False))
        expected = [str(number) for number in range(60)]
        self.assertEqual((expected, False), self.older("?types=chat"))
        [gift_] = answer["events"]
        self.assertEqual(([], False), self.older(f"?before={gift_['seq']}"))

    def test_another_run(self) -> None:
        """Before what was in another run nothing is known; an unknown user is unknown."""
        self.happen("one")
        self.assertEqual(([], False), self.older("?before=abc-5"))
        self.assertEqual(404, self.ask("/api/rooms/nobody/events").status)
        self.assertEqual(([], False), self.older("", "bob"))

    def test_refused(self) -> None:
        """What makes no sense is refused."""
        for query in (
            "limit=0",
            "limit=501",
            "limit=x",
            "types=nonsense",
            "x=1",
            "limit=1&limit=2",
        ):
            self.assertEqual(400, self.ask(f"/api/rooms/anna/events?{query}").status, query)

    def test_whole(self) -> None:
        """The answer is JSON, and has what the client would have been sent."""
        listener = self.socket()
        self.happen("one")
        answer: Any = self.ask("/api/rooms/anna/events")
        self.assertEqual("application/json", answer.headers["content-type"])
        self.assertEqual(listener.messages, json.loads(answer.body)["events"])
