"""Queries and headers with the user's changes."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.net.web import override


class OverrideTests(SynchronousTestCase):
    """Whose value wins, and where it stands."""

    def test_places(self) -> None:
        """A change takes the first place of its name and the only one; new names come last."""
        pairs = [("a", "1"), ("b", "2"), ("a", "3"), ("c", "4")]
        self.assertEqual(
            [("a", "x"), ("b", "2"), ("c", "4"), ("d", "y")],
            override(pairs, {"d": "y", "a": "x"}),
        )

    def test_untouched(self) -> None:
        """Without changes the pairs are as they were, doubles too."""
        pairs = [("version_code", "180800"), ("version_code", "270000")]
        self.assertEqual(pairs, override(pairs, {}))

    def test_headers(self) -> None:
        """Names of headers are the same in any case; the user's spelling is sent."""
        self.assertEqual(
            [("user-agent", "x")],
            override([("User-Agent", "y")], {"user-agent": "x"}, key=str.lower),
        )
