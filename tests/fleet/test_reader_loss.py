"""Reading a stream: what cannot be read any more, and Redis that is in trouble."""

from __future__ import annotations

from tests.fleet.case import ReaderTestCase, Storing, Taking
from tests.fleet.memory import MemoryClient
from tiktoklive.events import Gap
from tiktoklive.fleet.replies import reply_error
from tiktoklive.fleet.stream import Trim


class LossTests(ReaderTestCase):
    """What cannot be read any more."""

    def gaps(self, output: Taking) -> list[str]:
        """Why events may be missing, as it was told."""
        return [str(each.reason) for each in output.events if isinstance(each, Gap)]

    def test_trimmed(self) -> None:
        """A reader that fell behind the trim is told a gap, and how much that was."""
        client = MemoryClient(self.server)
        output = Taking()
        reader = self.reader(output, client=client)
        self.append("one")
        client.part()
        self.append(*"abcdefgh", trim=Trim(3))
        client.join()
        self.clock.pump([0.5] * 10)
        self.assertEqual(["one", "gap", "f", "g", "h"], output.texts)
        self.assertIn("5 entries were removed", self.gaps(output)[0])
        self.assertEqual(5, reader.streams()[0].missed)
        [gap] = [each for each in output.events if isinstance(each, Gap)]
        self.assertLessEqual(gap.since, gap.until)

    def test_trimmed_pending(self) -> None:
        """So is one that was killed, and whose entries were removed before they were confirmed."""
        self.append("one", "two")
        self.kill(self.reader(Storing()))
        self.append("three", trim=Trim(1))
        output = Taking()
        self.reader(output)
        self.assertEqual(["gap", "three"], output.texts)
        self.assertIn("2 entries", self.gaps(output)[0])
        self.assertEqual(0, self.pending())

    def test_gone(self) -> None:
        """If Redis lost its data, that is a gap, and what is there since then is read."""
        output = Taking()
        self.reader(output, start="$")
        self.append("one")
        self.server.data.clear()
        self.append("two")
        self.clock.pump([0.5] * 10)
        self.assertEqual(["one", "gap", "two"], output.texts)
        self.assertIn("lost its data", self.gaps(output)[0])

    def test_trouble(self) -> None:
        """Whatever Redis says, it is tried again, and told meanwhile, once in the log."""
        output = Taking()
        reader = self.reader(output)
        self.server.error = reply_error("redis", "EVALSHA", "LOADING Redis is loading")
        self.clock.pump([1.0] * 10)
        self.assertIn("LOADING", reader.failing)
        self.assertEqual(1, len([each for each in self.said.lines if "LOADING" in each]))
        self.server.error = None
        self.append("one")
        self.clock.pump([1.0] * 10)
        self.assertEqual(("", ["one"]), (reader.failing, output.texts))

    def test_fault(self) -> None:
        """A fault of ours ends nothing either."""
        output = Storing()
        output.has_room = lambda: 1 / 0 > 1  # type: ignore[method-assign]
        self.append("one")
        reader = self.reader(output)
        self.clock.advance(0.1)
        self.assertIn("its log says what", reader.failing)
        self.assertTrue(self.flushLoggedErrors(ZeroDivisionError))
        output.has_room = lambda: True  # type: ignore[method-assign]
        self.clock.pump([1.0] * 10)
        self.flushLoggedErrors(ZeroDivisionError)
        self.assertEqual(["one"], output.texts)
        self.assertEqual("", reader.failing)
