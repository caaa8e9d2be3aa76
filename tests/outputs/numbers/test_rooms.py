"""Which broadcast an event belongs to, and that all who count come to the same sums."""

from __future__ import annotations

import json
from typing import Any

from tests.outputs.doubles import ROOM, chat, event, origin
from tests.outputs.metrics.scrape import MISSING
from tests.outputs.numbers.test_broadcast import NumbersCase
from tiktoklive.command.archive import Entry
from tiktoklive.command.figures import Figures
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.events import Event, MessageEvent, Origin, StreamEnd, decode
from tiktoklive.outputs.envelope import envelope
from tiktoklive.simulator import RandomScript

if not MISSING:
    from prometheus_client import CollectorRegistry

    from tiktoklive.outputs.metrics.counters import Counters

OTHER = "7137682087200559999"


class BroadcastsTests(NumbersCase):
    """One user after the other, one broadcast after the other."""

    def at(self, room: str, number: int, anchor: str = "host") -> Event:
        """A comment in a room."""
        return chat("Ann", "hi", Origin(anchor, room, 1), number=number)

    def test_next(self) -> None:
        """The next broadcast begins at 0; what comes late of the one before does not count."""
        self.connect()
        self.happen(self.at(ROOM, 1), StreamEnd(3, origin()))
        self.connect(OTHER)
        shape = self.shape()
        self.assertEqual((OTHER, 0, True), (shape["room"], shape["comments"], shape["live"]))
        self.happen(StreamEnd(3, origin()))
        self.assertTrue(self.shape()["live"])

    def test_reconnected(self) -> None:
        """The same room goes on where it was."""
        self.connect()
        self.happen(self.at(ROOM, 1))
        self.connect()
        self.happen(self.at(ROOM, 2))
        self.assertEqual(2, self.shape()["comments"])

    def test_apart(self) -> None:
        """Rooms have numbers of their own, whatever the letters of the name are."""
        for number, anchor in enumerate(("Anna", "bob", "Anna"), 1):
            self.happen(self.at(ROOM if anchor == "Anna" else OTHER, number, anchor))
        self.assertEqual([2, 1], [self.shape(name)["comments"] for name in ("anna", "BOB")])
        self.assertEqual("Anna", self.shape("anna")["anchor"])

    def test_renamed(self) -> None:
        """A user who is followed under another name keeps the numbers of the broadcast."""
        self.happen(self.at(ROOM, 1, "old"))
        self.numbers.rename("Old", "new")
        self.happen(self.at(ROOM, 2, "new"))
        self.assertIsNone(self.numbers.of("old"))
        self.assertEqual(2, self.shape("new")["comments"])

    def test_over(self) -> None:
        """What still comes after the end is counted, and makes it not live again."""
        self.connect()
        self.happen(StreamEnd(3, origin()), self.at(ROOM, 1))
        self.assertEqual((1, False), (self.shape()["comments"], self.shape()["live"]))

    def test_unknown(self) -> None:
        """What is of no room begins nothing; a message of one does, without a connection."""
        self.happen(StreamEnd(3, Origin("host")), event("RoomMessage", where=Origin("", "", 1)))
        self.assertIsNone(self.numbers.of("host"))
        self.happen(self.at(ROOM, 1))
        self.assertTrue(self.shape()["live"])


class SumsTests(NumbersCase):
    """The same events, counted by pages, by the figures for Prometheus and by an archive's."""

    skip = MISSING or None

    def test_same(self) -> None:
        """All come to the same sums, and the same givers."""
        registry, figures = CollectorRegistry(), Figures()
        counters = Counters(registry, self.clock.seconds)
        ids: set[str] = set()

        def tell(each: Event) -> None:
            self.numbers.take(each)
            counters.event(each)
            shape: dict[str, Any] = json.loads(json.dumps(envelope(each)))
            if shape["id"] not in ids:  # as the table of an archive has each once
                ids.add(shape["id"])
                named = {key: value for key, value in shape.items() if key != "v"}
                figures.add(Entry(**named))

        trackers = Trackers(self.clock, tell)
        trackers.begin(ROOM)
        messages = RandomScript(7).messages()
        for number in range(1, 3001):
            method, payload = next(messages)[:2]
            made = decode(method, payload, number=number, origin=origin())
            assert isinstance(made, MessageEvent)
            tell(made)
            for derived in trackers.take(made):
                tell(derived)
        trackers.finish("stream_end")
        shape = self.shape()
        [broadcast] = figures.broadcasts.values()
        self.assertEqual(broadcast.diamonds, shape["diamonds"])
        self.assertEqual(broadcast.comments, shape["comments"])
        self.assertEqual(figures.gifts.total(), shape["gifts"])
        self.assertEqual(broadcast.peak, shape["peakViewers"])
        self.assertEqual(registry.get_sample_value("tiktoklive_diamonds_total"), shape["diamonds"])
        self.assertEqual(registry.get_sample_value("tiktoklive_gifts_total"), shape["gifts"])
        self.assertGreater(shape["diamonds"], 0)
        for given in filter(lambda each: each["gifts"], shape["givers"]):
            self.assertEqual(figures.givers[given["userId"]], given["diamonds"])
