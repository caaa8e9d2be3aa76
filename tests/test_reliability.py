"""What the page on reliability promises is tested as it says."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

PAGE = Path(__file__).resolve().parent.parent / "doc/reliability.rst"

#: Promises begin with their first cell.
_ROW = re.compile(r"^   \* - (.*?)(?=^   \* - |^\S|\Z)", re.M | re.S)
_TEST = re.compile(r"``(tests\.[\w.]+)``")


class PageTests(SynchronousTestCase):
    """The tables of the page."""

    def test_each_has_tests(self) -> None:
        """Every promise names what proves it."""
        rows = [row for row in _ROW.findall(PAGE.read_text("utf-8")) if "Promised" not in row]
        rows = [row for row in rows if not row.startswith("What happened")]
        self.assertGreater(len(rows), 25)
        self.assertEqual([], [row for row in rows if not _TEST.search(row)])

    def test_there(self) -> None:
        """Every test, class or program that is named is there."""
        missing = []
        for name in sorted(set(_TEST.findall(PAGE.read_text("utf-8")))):
            try:
                import_module(name)
            except ModuleNotFoundError:
                module, _, rest = re.sub(r"\.([A-Z]\w*)", r":\1", name).partition(":")
                found: object = import_module(module)
                for attribute in rest.split("."):
                    found = getattr(found, attribute, None)
                if not rest or found is None:
                    missing.append(name)
        self.assertEqual([], missing)
