"""Text fields whose bytes may be anything."""

from __future__ import annotations

from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.wire.text import beginning, text


class Undecoded(bytes):
    """Bytes that are not to be decoded as a whole."""

    def decode(self, *how: Any) -> str:
        """Never."""
        raise AssertionError("all of it was decoded")


class BeginningTests(SynchronousTestCase):
    """The first characters of a text."""

    def test_undecoded(self) -> None:
        """What comes behind them is not decoded."""
        self.assertEqual("\ufffd" * 3, beginning(Undecoded(b"\xff" * 100), 3))
        self.assertRaises(AssertionError, text, Undecoded(b"\xff"))

    def test_as_decoded(self) -> None:
        """They are those of the whole text, wherever it is cut and however wide they are."""
        for unit in ("a", "\xe9", "\u20ac", "\U0001f600", "a\U0001f600"):
            for whole in ((unit * 20).encode(), b"\xff" + (unit * 20).encode()):
                for most in range(12):
                    self.assertEqual(text(whole)[:most], beginning(whole, most), (whole, most))
                    self.assertEqual(text(whole)[:most], beginning(text(whole), most))
