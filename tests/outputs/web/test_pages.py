"""What the reader page says of events, as its scripts say; in a browser it is tests.browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

import tiktoklive.outputs.web
from tiktoklive.events import MessageEvent, decode
from tiktoklive.events.base import REGISTERED, ClassicEvent
from tiktoklive.events.table import METHODS
from tiktoklive.outputs.web.site import OVERLAYS
from tiktoklive.simulator import RandomScript
from tiktoklive.wire.messages import MESSAGE_TYPES

CHECKOUT = Path(__file__).resolve().parents[3]
LOG = Path(tiktoklive.outputs.web.__file__).parent / "pages" / "tell.js"

#: Why some events that have a line of TikTok's are not told in the log by it.
WHY = {
    "captionMessage": "the host is heard anyway, and each sentence comes several times",
    "unauthorizedMember": "who has no name is no news",
}


class LogTests(SynchronousTestCase):
    """The log of a room."""

    source = LOG.read_text("utf-8")

    def names(self, begin: str, end: str, pattern: str = r'"(\w+)"') -> set[str]:
        """The names between two places of the script."""
        start = self.source.index(begin)
        return set(re.findall(pattern, self.source[start : self.source.index(end, start)]))

    def test_names(self) -> None:
        """All names are those of events."""
        told = self.names("BY_TEXT = [", "]") | self.names(
            "const TELL = {", "\n};", r"(?m)^  (\w+):"
        )
        self.assertEqual(set(), told - set(METHODS.values()))
        self.assertGreater(len(told), 40)

    def test_with_text(self) -> None:
        """What has a line is told: by one of its own, or by TikTok's, unless there is a reason."""
        by_text = self.names("BY_TEXT = [", "]")
        own = self.names("const TELL = {", "\n};", r"(?m)^  (\w+):") | {"imDelete"}
        self.assertEqual(set(), by_text & own)
        known = by_text | own | set(WHY)
        for method in MESSAGE_TYPES:
            event: Any = decode(method, next(RandomScript(1, mix={method: 1}).messages())[1])
            if event.text and not isinstance(event, ClassicEvent):
                self.assertIn(event.name, known)

    def test_once(self) -> None:
        """What is derived from a message has the same line, and is not told once more."""
        derived = {
            cls.name
            for cls in REGISTERED
            if issubclass(cls, MessageEvent) and "method" not in vars(cls)
        }
        self.assertEqual(set(), self.names("BY_TEXT = [", "]") & derived)


class ScriptsTests(SynchronousTestCase):
    """All scripts and pages."""

    def test_no_markup(self) -> None:
        """No script makes markup, a script or a rule out of a text, and no page has any inline."""
        makes = re.compile(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|srcdoc|setHTML|"
            r"new Function|createContextualFragment|insertRule|cssText|javascript:"
        )
        inline = re.compile(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=", re.IGNORECASE)
        files = sorted(LOG.parent.iterdir())
        self.assertGreater(len(files), 20)
        for path in files:
            text = path.read_text("utf-8")
            if path.suffix == ".js":
                self.assertIsNone(makes.search(text), path.name)
            if path.suffix == ".html":
                self.assertIsNone(inline.search(text), path.name)

    def test_overlays(self) -> None:
        """Each kind of overlay has options, a script, and an address of its own."""
        options = (LOG.parent / "overlay-options.js").read_text("utf-8")
        described = re.findall(r"(?m)^  (\w+): \{$", options[options.index("KINDS = {") :])
        kinds = re.findall(r"\w+", OVERLAYS.partition("?:/(?:")[2].partition(")")[0])
        self.assertEqual(sorted(kinds), sorted(described))
        for kind in kinds:
            self.assertTrue((LOG.parent / f"overlay-{kind}.js").is_file(), kind)

    def test_documented(self) -> None:
        """Every option of an overlay stands in the documentation."""
        options = (LOG.parent / "overlay-options.js").read_text("utf-8")
        made = "number|choice|several|onOff|colour|words|file|sound|accent"
        names = set(re.findall(rf"\b(\w+)(?::| =) (?:{made})\(", options))
        names |= set(re.findall(r"\b(\w+): \{ (?:type:|\.\.\.words)", options))
        page = (CHECKOUT / "doc" / "overlays.rst").read_text("utf-8")
        self.assertGreater(len(names), 30)
        names = {"min" if each == "minimum" else each for each in names}
        self.assertEqual([], [each for each in sorted(names) if f"``{each}``" not in page])
