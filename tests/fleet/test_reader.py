"""Reading a stream for one output: what it gets, and when that is confirmed."""

from __future__ import annotations

from twisted.internet.defer import Deferred

from tests.fleet.case import KEYS, Raw, ReaderTestCase, Storing, Taking
from tests.fleet.memory import MemoryClient
from tiktoklive.events import Event
from tiktoklive.fleet.reader import BLOCK, IDLE, LOOK
from tiktoklive.fleet.stream import Trim


class ReadTests(ReaderTestCase):
    """What an output gets."""

    def test_read(self) -> None:
        """It gets typed events in their order, those that were there and those that come."""
        self.append("one", "two")
        output = Taking()
        reader = self.reader(output)
        self.append("three")
        self.assertEqual(["one", "two", "three"], output.texts)
        self.assertEqual([0, 0], [self.pending(), reader.streams()[0].lag])
        self.assertEqual(3, reader.streams()[0].read)

    def test_now(self) -> None:
        """A group that is made at the end gets what comes from then on, by its next reader too."""
        self.append("one")
        first = self.reader(Taking(), start="$")
        self.successResultOf(first.stopService())
        self.append("two")
        output = Taking()
        self.reader(output, start="$")
        self.assertEqual(["two"], output.texts)

    def test_groups(self) -> None:
        """Each group gets all; two consumers of one share it."""
        outputs = [Taking(), Taking(), Taking()]
        self.reader(outputs[0])
        self.reader(outputs[1], group="other", consumer="one")
        self.reader(outputs[2], group="other", consumer="two")
        self.append("one", "two", "three")
        self.assertEqual(["one", "two", "three"], outputs[0].texts)
        self.assertEqual(["one", "three", "two"], sorted(outputs[1].texts + outputs[2].texts))

    def test_raw(self) -> None:
        """Observers of the bytes get them, and what is decoded, before the event."""
        output = Raw()
        self.reader(output)
        self.append("one")
        self.assertEqual(["rawData", "decodedData", "one"], output.texts)

    def test_unreadable(self) -> None:
        """An entry of others is told, confirmed and left out."""
        output = Taking()
        reader = self.reader(output)
        self.server.execute("XADD", KEYS.events, "*", "some", "thing")
        self.append("one")
        self.clock.advance(BLOCK / 1000)
        self.assertEqual(["one"], output.texts)
        self.assertEqual((1, 0), (reader.streams()[0].unreadable, self.pending()))
        self.assertIn("cannot be read", self.said.lines[0])


class ConfirmTests(ReaderTestCase):
    """When an entry is confirmed."""

    def test_stored(self) -> None:
        """Not before it is stored."""
        output = Storing()
        reader = self.reader(output)
        self.append("one", "two")
        self.assertEqual((2, 2), (self.pending(), reader.streams()[0].pending))
        output.store()
        self.assertEqual((0, 0), (self.pending(), reader.streams()[0].pending))

    def test_deferred(self) -> None:
        """Not before what an observer returned for it has fired."""
        output = Taking()
        working: Deferred[None] = Deferred()
        output.event = lambda event: working  # type: ignore[method-assign]
        self.reader(output)
        self.append("one")
        self.assertEqual(1, self.pending())
        working.callback(None)
        self.clock.advance(0.1)
        self.assertEqual(0, self.pending())

    def test_killed(self) -> None:
        """What a reader that was killed had not confirmed comes first at its successor."""
        output = Storing()
        self.kill(self.reader(output))
        self.append("one", "two")
        killed = self.reader(output)
        self.assertEqual(["one", "two"], output.texts)
        self.kill(killed)
        self.append("three")
        again = Storing()
        self.reader(again)
        self.assertEqual(["one", "two", "three"], again.texts)
        self.assertEqual(3, self.pending())
        again.store()
        again.store()
        self.assertEqual(0, self.pending())

    def test_dead_consumer(self) -> None:
        """What a consumer had that is gone is taken over by another one after a while."""
        self.append("one")
        self.kill(self.reader(Storing(), consumer="dead"))
        output = Taking()
        self.reader(output)
        self.assertEqual([], output.texts)
        self.clock.pump([1.0] * int(IDLE + LOOK + 1))
        self.assertEqual(["one"], output.texts)
        self.assertEqual((0, 0), (self.pending("dead"), self.pending()))

    def test_lost_confirmation(self) -> None:
        """While Redis is away the output gets nothing twice, and is confirmed when that is back."""
        output = Storing()
        client = MemoryClient(self.server)
        self.reader(output, client=client)
        self.append("one", "two")
        client.part()
        output.store()
        self.append("three")
        client.join()
        self.clock.pump([0.5] * 10)
        output.store()
        self.clock.advance(0.1)
        self.assertEqual(["one", "two", "three"], output.texts)
        self.assertEqual(0, self.pending())

    def test_lost_entries(self) -> None:
        """Entries that Redis gave, and that never arrived, come when there is a connection."""
        output = Taking()
        client = MemoryClient(self.server)
        self.reader(output, client=client)
        client.lost_answers = 1
        self.append("one")
        self.clock.advance(BLOCK / 1000)
        client.join()
        self.clock.pump([0.5] * 10)
        self.assertEqual(["one"], output.texts)
        self.assertEqual(0, self.pending())

    def test_stopped(self) -> None:
        """Stopping waits until what was given is stored, and confirms it."""
        output = Storing()
        reader = self.reader(output)
        self.append("one")
        stopped = reader.stopService()
        self.assertNoResult(stopped)
        output.store()
        self.successResultOf(stopped)
        self.assertEqual(0, self.pending())


class RoomTests(ReaderTestCase):
    """An output that takes no more for now."""

    def test_room(self) -> None:
        """It gets nothing while it has no room; the rest waits in Redis, and is told as the lag."""
        output = Storing()
        output.room = 3
        reader = self.reader(output, count=2)
        self.append(*"abcdefgh")
        self.clock.pump([1.0] * 6)
        output.store()
        self.assertEqual(["a", "b", "c"], output.texts)
        self.assertEqual(4, reader.streams()[0].lag)
        output.room = 1000
        for _ in range(6):
            self.clock.advance(0.1)
            output.store()
        self.assertEqual(list("abcdefgh"), output.texts)

    def test_paused(self) -> None:
        """It gets nothing while it lets the streams wait."""
        output = Storing()
        self.reader(output)
        assert output.streams is not None
        output.streams.pauseProducing()
        self.append("one")
        self.clock.pump([1.0] * 5)
        self.assertEqual([], output.texts)
        output.streams.resumeProducing()
        self.clock.advance(1.0)
        self.assertEqual(["one"], output.texts)

    def test_busy(self) -> None:
        """An observer that takes its time is not given more than it may be busy with."""
        output = Taking()
        working: list[Deferred[None]] = []

        def event(event: Event) -> Deferred[None]:
            output.events.append(event)
            working.append(Deferred())
            return working[-1]

        output.event = event  # type: ignore[method-assign]
        reader = self.reader(output)
        self.append(*map(str, range(20_000)), trim=Trim(100_000))
        self.clock.pump([0.1] * 30)
        self.assertLess(len(working), 20_000)
        while working:
            working.pop().callback(None)
            if not working:
                self.clock.pump([0.01] * 300)
        self.assertEqual(20_000, len({each.id for each in output.events}))
        self.assertEqual(20_000, reader.streams()[0].read)
