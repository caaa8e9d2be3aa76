"""The tape format, whole and damaged."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.defer import Deferred
from twisted.internet.task import Clock

from tests.capture.doubles import HEADER, ITEMS, ONE, TICKET, TWO, Heard, Opener, TapeCase, line
from tiktoklive.capture import Recorder, TapeEntry, read_header, read_tape
from tiktoklive.errors import TapeError


class ReadTests(TapeCase):
    """Reading tapes, whole and damaged."""

    def test_whole(self) -> None:
        """A tape gives its header, then its entries with their bytes."""
        self.write(HEADER, ONE, TWO)
        self.assertEqual((ITEMS, []), self.read())
        self.assertEqual(ITEMS[0], read_header(self.path))

    def test_cut_anywhere(self) -> None:
        """A tape cut at any byte gives every complete line, or has no header at all."""
        whole = HEADER + ONE + TWO + HEADER + ONE
        expected = [*ITEMS, *ITEMS[:2]]
        ends = [0]
        for text in (HEADER, ONE, TWO, HEADER, ONE):
            ends.append(ends[-1] + len(text))
        for cut in range(len(whole) + 1):
            self.write(whole[:cut])
            # A line is complete with its last brace; the line break may be missing.
            complete = sum(1 for end in ends[1:] if end - 1 <= cut)
            if not complete:
                self.assertRaises(TapeError, self.read)
                continue
            items, damaged = self.read()
            self.assertEqual(expected[:complete], items)
            torn = cut not in ends and cut + 1 not in ends
            self.assertEqual([complete + 1] if torn else [], damaged, cut)

    def test_cut_and_continued(self) -> None:
        """A recording that goes on after a cut loses the torn line at most."""
        whole = HEADER + ONE + TWO
        for cut in range(1, len(whole) + 1):
            self.write(whole[:cut])
            clock = Clock()
            opener = Opener()
            Deferred.fromCoroutine(Recorder(opener, self.path, clock).open(TICKET, Heard()))
            opener.receivers[0].frame(b"new")
            opener.receivers[0].closed(None)
            items, _ = self.read()
            old = sum(1 for text in (HEADER, HEADER + ONE, whole) if len(text) - 1 <= cut)
            self.assertEqual(ITEMS[:old], items[:old])
            self.assertEqual(TapeEntry(0.0, "frame", b"new"), items[-1])
            self.assertEqual(old + 2, len(items))

    def test_torn_in_the_middle(self) -> None:
        """A torn line between whole ones is skipped and reported."""
        for torn in (
            ONE[:20] + b"\n",
            b"[]\n",
            b"\xff\xfe\x00\n",
            b"[" * 100_000 + b"\n",
            line(kind="frame", data="AQ=="),
            line(at=-1, kind="frame", data="AQ=="),
            line(at=10**400, kind="frame", data="AQ=="),
            line(at=True, kind="frame", data="AQ=="),
            line(at=1, kind="frame", data="A"),
            line(at=1, kind="frame", data="ü"),
            line(at=1, kind="frame"),
            line(at=1, data="AQ=="),
        ):
            self.write(HEADER, ONE, torn, TWO)
            self.assertEqual((ITEMS, [3]), self.read(), torn[:60])

    def test_damage_is_logged(self) -> None:
        """Without anybody to tell, a damaged line is a warning in the log."""
        self.write(HEADER, b"{\n", ONE)
        self.assertEqual(2, len(list(read_tape(self.path))))

    def test_unknown_kind(self) -> None:
        """A kind of the future is skipped without complaint, as is an empty line."""
        self.write(HEADER, line(at=0, kind="note", text="x"), b"\n", ONE, TWO)
        self.assertEqual((ITEMS, []), self.read())

    def test_no_tape(self) -> None:
        """A file that is no tape is refused with its name and the line."""
        for text, said in (
            (b"", "has no tape header"),
            (b"hello\n", "line 1"),
            (ONE + HEADER, "line 1: a tape header must come first"),
            (line(tape=2), "version 2"),
            (HEADER + line(tape=2), "line 2: tape version 2"),
            (os.urandom(500), "tape"),
        ):
            self.write(text)
            e = self.assertRaises(TapeError, self.read)
            self.assertIn(str(self.path), str(e))
            self.assertIn(said, str(e))

    def test_compressed(self) -> None:
        """A tape compressed with gzip is read, up to the place where it is torn."""
        packed = gzip.compress(HEADER + ONE + TWO)
        self.write(packed)
        self.assertEqual((ITEMS, []), self.read())
        for cut in range(2, len(packed)):
            self.write(packed[:cut])
            try:
                items, _ = self.read()
            except TapeError:
                continue
            self.assertEqual(ITEMS[: len(items)], items)

    @given(st.binary(max_size=300))
    def test_garbage(self, data: bytes) -> None:
        """Arbitrary bytes after a header never raise."""
        path = Path(self.mktemp())
        path.write_bytes(HEADER + data.replace(b'"tape"', b""))
        self.assertEqual(ITEMS[0], next(iter(read_tape(path, lambda n, w: None))))
        list(read_tape(path, lambda n, w: None))
