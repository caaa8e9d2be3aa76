"""The rules for Prometheus as the documentation has them."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "doc" / "metrics.rst"


def documented_rules() -> str:
    """The rules of the documentation, as a file of Prometheus's."""
    found = re.search(r"^   groups:\n(?:   .*\n|\n)+", PAGE.read_text("utf-8"), re.MULTILINE)
    assert found is not None
    return re.sub(r"^   ", "", found[0], flags=re.MULTILINE)


def alerts(rules: str) -> list[str]:
    """The names of the alerts in a file of rules."""
    return re.findall(r"alert: (\w+)", rules)
