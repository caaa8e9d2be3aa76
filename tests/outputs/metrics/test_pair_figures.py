"""The figures of rooms with two streams."""

from __future__ import annotations

from tests.outputs.metrics.scrape import scrape
from tests.outputs.metrics.test_figures import FiguresCase
from tests.stack.case import chat
from tests.stack.pairs import TWO


class PairFiguresTests(FiguresCase):
    """What two streams brought, of all rooms together."""

    options = TWO

    def value(self, name: str, **labels: str) -> float | None:
        """A figure."""
        return scrape(self.metrics)(name, **labels)

    def test_figures(self) -> None:
        """Each moves with its cause, and none falls when a user is followed no more."""
        self.start("alice")
        self.settle(1)
        self.tiktok.faults.hide(0.3)
        for number in range(60):
            self.room.push([chat(str(number))])
            self.settle(1)
        self.assertEqual(1, self.value("room_streams", open="2"))
        both = self.value("messages_by_stream_total", by="both")
        alone = [self.value("messages_by_stream_total", by=by) for by in ("first", "second")]
        for count in (both, *alone):
            assert count is not None
            self.assertLess(3, count)
        low, neither, high = (
            self.value("messages_unseen", estimate=estimate) or 0.0
            for estimate in ("low", "neither", "high")
        )
        self.assertLess(low, neither)
        self.assertLess(neither, high)
        self.assertEqual(0, self.value("streams_spared_total"))
        self.tiktok.viewers[0].abort()
        self.settle(0.5)
        self.assertEqual(1, self.value("streams_spared_total"))
        self.assertEqual(1, self.value("room_streams", open="1"))
        removed = self.live_.remove("alice")
        self.settle(3)
        self.successResultOf(removed)
        self.assertEqual(both, self.value("messages_by_stream_total", by="both"))


class OneStreamTests(FiguresCase):
    """Where each room has one stream."""

    def test_none(self) -> None:
        """There are no such figures."""
        self.start("alice")
        names = " ".join(scrape(self.metrics).names)
        self.assertNotIn("by_stream", names)
        self.assertNotIn("unseen", names)


class PairRoomsTests(FiguresCase):
    """What two streams brought, of each room alone."""

    options = TWO
    argument = "tcp:9100?rooms=1"

    def test_rooms(self) -> None:
        """Each figure has the user's name, but for how many rooms have how many streams."""
        self.start("alice")
        for number in range(30):
            self.room.push([chat(str(number))])
            self.settle(1)
        found = scrape(self.metrics)
        labels = {"anchor": "alice"}
        self.assertLess(9, found("messages_by_stream_total", by="both", **labels))
        self.assertEqual(0, found("messages_unseen", estimate="neither", **labels))
        self.assertEqual(1, found("room_streams", open="2"))
