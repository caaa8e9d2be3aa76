"""The figures of a node of a fleet."""

from __future__ import annotations

from dataclasses import asdict, replace

from twisted.application.service import Service
from zope.interface import implementer

from tests.outputs.metrics.test_figures import FiguresCase
from tests.test_pages import CHECKOUT
from tiktoklive.interfaces import IFleetMember
from tiktoklive.model import NodeCounts

BEGINNING = NodeCounts(
    connected=False,
    owned=0,
    coming=0,
    going=0,
    nodes=1,
    users=0,
    rate=0.0,
    fleet_rate=0.0,
    lease=10.0,
    renewal_age=0.5,
    leases_over=0,
    taken_over=0,
    received=0,
    given=0,
)


@implementer(IFleetMember)
class Member(Service):
    """A node that tells what a test says."""

    counts = BEGINNING

    def node_counts(self) -> NodeCounts:
        """As it was said."""
        return self.counts


class FleetTests(FiguresCase):
    """What is told of the node that is beside the output."""

    def names(self) -> set[str]:
        """Those of the figures of a node."""
        return {name for name in self.figures().names if name.startswith("fleet_")}

    def test_without(self) -> None:
        """A daemon that is no node has none of them."""
        self.assertEqual(set(), self.names())

    def test_from_the_start(self) -> None:
        """All of them are there before anything was counted, and counters are 0."""
        member = Member()
        member.setServiceParent(self.family)
        before, figures = self.names(), self.figures()
        for name in ("leases_over", "taken_over", "received", "given"):
            self.assertEqual(0, figures(f"fleet_{name}_total"), name)
        for claim in ("owned", "coming", "going"):
            self.assertEqual(0, figures("fleet_rooms", claim=claim), claim)
        self.assertEqual(0, figures("fleet_connected"))
        grown = {name: value + 1 for name, value in asdict(BEGINNING).items()}
        member.counts = NodeCounts(**{**grown, "connected": True})
        self.assertEqual(before, self.names())

    def test_values(self) -> None:
        """Each figure is the one that it is called."""
        member = Member()
        member.setServiceParent(self.family)
        numbers = ("owned", "coming", "going", "nodes", "users", "rate", "lease", "renewal_age")
        counters = ("leases_over", "taken_over", "received", "given")
        values = {name: place for place, name in enumerate((*numbers, *counters), 2)}
        member.counts = replace(BEGINNING, connected=True, **values)
        figures = self.figures()
        self.assertEqual(1, figures("fleet_connected"))
        for claim in ("owned", "coming", "going"):
            self.assertEqual(values[claim], figures("fleet_rooms", claim=claim), claim)
        for name in ("nodes", "users"):
            self.assertEqual(values[name], figures(f"fleet_{name}"), name)
        self.assertEqual(values["rate"], figures("fleet_messages_rate"))
        for name in ("lease", "renewal_age"):
            self.assertEqual(values[name], figures(f"fleet_{name}_seconds"), name)
        for name in counters:
            self.assertEqual(values[name], figures(f"fleet_{name}_total"), name)

    def test_two(self) -> None:
        """A second node beside it makes no page that Prometheus refuses."""
        for _ in range(2):
            Member().setServiceParent(self.family)
        self.assertEqual(1, self.figures()("fleet_nodes"))

    def test_documented(self) -> None:
        """Each of them is in the documentation."""
        Member().setServiceParent(self.family)
        page = self.page()
        for name in self.names():
            if not name.endswith("_created"):
                self.assertIn(f"tiktoklive_{name}``", page)

    @staticmethod
    def page() -> str:
        """The page on metrics."""
        return (CHECKOUT / "doc/metrics.rst").read_text("utf-8")
