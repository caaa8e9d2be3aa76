"""Where the next batch goes on."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.wire.batches import build_batch, parse_batch
from tiktoklive.wire.position import Position
from tiktoklive.wire.text import LONGEST, valid_text


class PositionTests(SynchronousTestCase):
    """A :class:`Position`."""

    def take(self, position: Position, cursor: str = "", internal_ext: str = "") -> object:
        """What comes of a batch."""
        batch = parse_batch(build_batch((), cursor=cursor, internal_ext=internal_ext, now=1))
        return position.take(batch), position.cursor, position.internal_ext

    def test_takes(self) -> None:
        """Each is the last that was told."""
        position = Position("c0", "i0")
        self.assertEqual((True, "c1", "i0"), self.take(position, "c1"))
        self.assertEqual((True, "c1", "i1"), self.take(position, "", "i1"))

    def test_odd(self) -> None:
        """One that could not be sent back as it came is left out."""
        position = Position("c0", "i0")
        batch = parse_batch(b"\x12\x02\xff\xfe\x2a\x02\xff\xfe")
        self.assertTrue(position.take(batch))
        self.assertEqual(("c0", "i0"), (position.cursor, position.internal_ext))

    def test_long(self) -> None:
        """One that is too long takes both away, until the next."""
        long = "x" * (LONGEST + 1)
        for cursor, internal_ext in ((long, "i"), ("c", long)):
            position = Position("c0", "i0")
            self.assertEqual((False, "", ""), self.take(position, cursor, internal_ext))
            self.assertEqual((True, "c1", "i1"), self.take(position, "c1", "i1"))
        self.assertEqual((True, long[1:], "i"), self.take(Position(), long[1:], "i"))

    def test_sound(self) -> None:
        """Nor is it the text of anything else that is sent back."""
        self.assertEqual(
            ("x", "", ""), (valid_text("x"), valid_text(b"\xff"), valid_text("x" * 5000))
        )
