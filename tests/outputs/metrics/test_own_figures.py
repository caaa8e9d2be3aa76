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

    def own(self) -> list[float | None]:
        """For how many users with other sources these work, and rest."""
        figures = self.figures()
        return [
            figures("own_source_users", source=name, state=state)
            for name in ("direct", "classic")
            for state in ("works", "rests")
        ]
