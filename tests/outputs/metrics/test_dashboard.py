"""The dashboard for Grafana in the documentation."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.outputs.metrics.outages import Stream
from tests.outputs.metrics.scrape import scrape
from tests.outputs.metrics.test_figures import BAD, FiguresCase
from tests.outputs.metrics.test_fleet_figures import Member
from tests.stack.case import CHAT, chat
from tiktoklive.model import StreamCounts
from tiktoklive.options import Options
from tiktoklive.outputs.channel import FileChannel
from tiktoklive.outputs.jsonl import JsonLines
from tiktoklive.outputs.line_writer import LineWriter
from tiktoklive.users import UserOptions

DOC = Path(__file__).resolve().parent.parent.parent.parent / "doc"


class DashboardTests(FiguresCase):
    """It shows what there is, and all of it."""

    options = Options(
        sources=("signed", "direct"),
        sign_base="https://sign.example",
        lanes=("name=direct",),
        streams=2,
    )

    def setUp(self) -> None:
        super().setUp()
        self.dashboard = json.loads((DOC / "grafana-dashboard.json").read_text("utf-8"))
        self.expressions = [
            target["expr"] for panel in self.dashboard["panels"] for target in panel["targets"]
        ]

    def there(self) -> dict[str, set[str]]:
        """All figures after everything happened, with their labels."""
        output = JsonLines(LineWriter("jsonl:-", FileChannel(self.mktemp()), self.clock))
        output.setServiceParent(self.family)
        counts = StreamCounts("redis", True, *range(8))
        for service in (Member(), Stream("fleet-events", counts)):
            service.setServiceParent(self.family)
        self.live_.add("bea", UserOptions(sources=("direct",)))
        self.start("alice")
        self.room.push([chat("one"), (CHAT, BAD), ("WebcastNoveltyMessage", b"")])
        for _ in range(9):  # both streams bring it, and go on
            self.settle(3)
            self.room.push([chat("more")])
        self.settle()
        self.lose()
        found: dict[str, set[str]] = {}
        for sample in scrape(self.metrics).samples:
            found.setdefault(sample.name, set()).update(sample.labels)
        return found

    def test_refers(self) -> None:
        """Each figure and each label that it refers to exists."""
        there = self.there()
        for expression in self.expressions:
            names = re.findall(r"\b(?:tiktoklive|process)_\w+", expression)
            self.assertNotEqual([], names, expression)
            for name in names:
                self.assertIn(name, there)
            for labels in re.findall(r"by \(([^)]*)\)", expression):
                for label in re.split(r",\s*", labels):
                    self.assertTrue(any(label in there[name] for name in names), expression)
        for panel in self.dashboard["panels"]:
            for target in panel["targets"]:
                for label in re.findall(r"{{(\w+)}}", target["legendFormat"]):
                    self.assertTrue(
                        label == "instance" or label in target["expr"] or self.knows(target, label),
                        target,
                    )

    def knows(self, target: dict[str, Any], label: str) -> bool:
        """Whether a figure of an expression that is not summed up has a label."""
        return "by (" not in target["expr"] and label in ("output", "queue")

    def test_complete(self) -> None:
        """Each figure of ours is on it."""
        shown = " ".join(self.expressions)
        for name in self.there():
            if name.startswith("tiktoklive_") and not name.endswith(("_count", "_sum", "_created")):
                self.assertIn(name, shown)

    def test_layout(self) -> None:
        """No two panels are in the same place, and none is wider than the page."""
        taken = set()
        for panel in self.dashboard["panels"]:
            place = panel["gridPos"]
            self.assertLessEqual(place["x"] + place["w"], 24)
            for x in range(place["x"], place["x"] + place["w"]):
                for y in range(place["y"], place["y"] + place["h"]):
                    self.assertNotIn((x, y), taken, panel["title"])
                    taken.add((x, y))
        ids = [panel["id"] for panel in self.dashboard["panels"]]
        self.assertEqual(sorted(set(ids)), sorted(ids))

    def test_documented(self) -> None:
        """Each figure of ours is in the documentation."""
        page = (DOC / "metrics.rst").read_text("utf-8")
        for name in self.there():
            if name.startswith("tiktoklive_") and not name.endswith("_created"):
                base = re.sub(r"_(bucket|count|sum)$", "", name)
                self.assertIn(f"``{base}``", page)
