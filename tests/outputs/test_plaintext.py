"""Text of strangers on a terminal."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.outputs.plaintext import plain


class PlainTests(SynchronousTestCase):
    """Nothing that a terminal obeys is left."""

    def test_escapes(self) -> None:
        """Escape sequences are shown, not obeyed, in their 8-bit form as well."""
        self.assertEqual(
            "�[31mred�[0m �]0;title�", plain("\x1b[31mred\x1b[0m \x1b]0;title\x07", 99)
        )
        self.assertEqual("�31m", plain("\x9b31m", 99))

    def test_one_line(self) -> None:
        """Line breaks of any kind become one blank."""
        self.assertEqual("a b c d e", plain("a\nb\r\n\r\nc\u2028d\x85e\n", 99))

    def test_direction(self) -> None:
        """Overrides of the writing direction are taken out; right-to-left words stay."""
        self.assertEqual("evil", plain("\u202eev\u2066il\u2069\u202c", 99))
        self.assertEqual("שלום مرحبا", plain("שלום مرحبا", 99))

    def test_joiners(self) -> None:
        """Characters made of several keep together."""
        for text in ("👨‍👩‍👧", "می‌خواهم", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️"):
            self.assertEqual(text, plain(text, 99))

    def test_blank(self) -> None:
        """What is made to look like nothing is nothing."""
        for text in ("\u3164", "\u2800\u2800", "\uffa0", "\u200b"):
            self.assertEqual("", plain(text, 99))

    def test_cut(self) -> None:
        """A text above the limit ends in an ellipsis."""
        self.assertEqual("abc…", plain("abcdefgh", 4))
        self.assertEqual("abcd", plain("abcd", 4))

    @given(st.text(alphabet=st.characters()))
    def test_any(self, text: str) -> None:
        """Whatever is typed, no control character and no surrogate is left."""
        shown = plain(text, 50)
        self.assertLessEqual(len(shown), 50)
        self.assertFalse({unicodedata.category(c) for c in shown} & {"Cc", "Cs", "Zl", "Zp"})
        shown.encode("utf-8")
