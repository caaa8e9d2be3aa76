"""Figures of users with sources of their own."""

from __future__ import annotations

from tests.outputs.metrics.test_figures import FiguresCase
from tiktoklive.users import UserOptions


class OwnFiguresTests(FiguresCase):
    """Sources that not all users have."""

    def test_counted(self) -> None:
        """It is told for how many users each of them works, and for how many it rests."""
        self.start()
        self.assertEqual(None, self.figures()("own_source_users", source="direct", state="works"))
        self.live_.add("alice", UserOptions(sources=("direct",)))
        self.live_.add("bea", UserOptions(sources=("classic", "direct")))
        self.live_.add("carl", UserOptions(outputs=("metrics",)))
        self.settle()
        self.assertEqual([2, 0, 1, 0], self.own())
        self.live_.remove("bea")
        self.settle(10)
        self.tiktok.refuse(status=503, times=1000)
        self.room.drop()
        for _ in range(120):
            if self.own()[1]:
                break
            self.settle(1)
        self.assertEqual([0, 1, None, None], self.own())
        # Those of all others asked for nothing.
        self.assertEqual(1, self.figures()("source_up", source="direct"))

    def test_look_ups(self) -> None:
        """Those that go by a proxy of a user's own are told apart from all others'."""
        self.start()
        self.live_.add("alice", UserOptions(sources=("direct",)))
        self.settle()
        self.assertEqual([None] * 3, self.look_ups())
        for number in range(3):
            self.tiktok.add_room(f"away{number}")
            self.live_.add(f"away{number}", UserOptions(proxy="http://proxy.example:3128"))
        self.assertEqual(3, self.look_ups()[0])
        [(wiring, _)] = [each for each in self.live_._roster.own() if len(each[1]) == 3]
        wiring.lookups.refused("TikTok answered with HTTP 429.", 60.0, closes=True)
        self.assertEqual([0, 3], self.look_ups()[:2])
        self.assertEqual(0, self.figures()("lookup_closed_seconds"))

    def look_ups(self) -> list[float | None]:
        """For how many users they are open, for how many closed, and how many wait."""
        figures = self.figures()
        states = [figures("own_lookup_users", state=state) for state in ("open", "closed")]
        return [*states, figures("own_lookup_queue_size")]

    def own(self) -> list[float | None]:
        """For how many users with other sources these work, and rest."""
        figures = self.figures()
        return [
            figures("own_source_users", source=name, state=state)
            for name in ("direct", "classic")
            for state in ("works", "rests")
        ]
