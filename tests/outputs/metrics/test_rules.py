"""The rules for Prometheus in the documentation, by Prometheus's own promtool."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.metrics.documented import alerts, documented_rules
from tests.outputs.metrics.scrape import MISSING, Figures

PROMTOOL = shutil.which("promtool")

if MISSING:
    skip = MISSING
elif PROMTOOL is None:
    skip = "promtool is not installed: Debian's package prometheus has it"
else:
    from tests.outputs.metrics.outages import (
        EVERY,
        OUTAGES,
        SHORT,
        pages_of,
    )


class RulesTests(SynchronousTestCase):
    """Each rule fires in its outage, and in no other."""

    def setUp(self) -> None:
        self.folder = Path(self.mktemp()).absolute()
        self.folder.mkdir()
        self.rules = documented_rules()
        (self.folder / "rules.yml").write_text(self.rules)

    def promtool(self, *arguments: str) -> str:
        """What it says; it must be content."""
        assert PROMTOOL is not None
        done = subprocess.run(
            [PROMTOOL, *arguments], cwd=self.folder, capture_output=True, text=True, check=False
        )
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        return done.stdout

    def test_sound(self) -> None:
        """Prometheus takes them."""
        said = self.promtool("check", "rules", "rules.yml")
        self.assertIn(f"{len(alerts(self.rules))} rules found", said)

    def test_outages(self) -> None:
        """In each outage exactly that fires which is said of it."""
        fired = {alert for name in SHORT for alert in OUTAGES[name].alerts}
        self.assertEqual(set(alerts(self.rules)), fired)
        tests = [self.told(name, pages_of(OUTAGES[name])) for name in SHORT]
        (self.folder / "test.yml").write_text(
            json.dumps({"rule_files": ["rules.yml"], "evaluation_interval": "15s", "tests": tests})
        )
        self.promtool("test", "rules", "test.yml")

    def told(self, name: str, pages: list[str | None]) -> dict[str, Any]:
        """An outage as promtool wants it."""
        firing = 'group by (alertname) (present_over_time(ALERTS{alertstate="firing"}[3h]))'
        return {
            "name": name,
            "interval": f"{EVERY}s",
            "input_series": [
                {"series": series, "values": values}
                for series, values in self.series(pages).items()
            ],
            "promql_expr_test": [
                {
                    "expr": firing,
                    "eval_time": f"{(len(pages) - 1) * EVERY}s",
                    "exp_samples": [
                        {"labels": f'{{alertname="{alert}"}}', "value": 1}
                        for alert in sorted(OUTAGES[name].alerts)
                    ],
                }
            ],
        }

    def series(self, pages: list[str | None]) -> dict[str, str]:
        """The values of each figure that a rule reads, at each visit."""
        wanted = set(re.findall(r"tiktoklive_\w+", self.rules))
        found: dict[str, list[str]] = {}
        for number, page in enumerate(pages):
            for sample in Figures(page).samples if page is not None else ():
                if sample.name in wanted:
                    labels = {"job": "tiktoklive", "instance": "one", **sample.labels}
                    inside = ",".join(f'{key}="{value}"' for key, value in sorted(labels.items()))
                    values = found.setdefault(f"{sample.name}{{{inside}}}", [])
                    values.extend(["_"] * (number - len(values)))
                    values.append(f"{sample.value:.6f}")
            for values in found.values():
                if len(values) == number:  # it is not there any more
                    values.append("_" if values[-1] in ("_", "stale") else "stale")
        up = ["0" if page is None else "1" for page in pages]
        found['up{instance="one",job="tiktoklive"}'] = up
        return {name: " ".join(values) for name, values in found.items()}
