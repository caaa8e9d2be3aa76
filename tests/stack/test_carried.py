"""The whole stack: a service that goes on with a user in the place of one in another process."""

from __future__ import annotations

from random import Random

from tests.stack.case import SILENT, Recorder, chat
from tests.stack.test_return import LOOKUP, ReturnTestCase
from tiktoklive.clock import wall_ms
from tiktoklive.events import Chat, Connected, Gap, StreamEnd
from tiktoklive.options import Options
from tiktoklive.service import LiveService
from tiktoklive.session.carried import GONE, Carried, read_carried
from tiktoklive.session.reconnect import AWAY, LEISURE


class CarriedTests(ReturnTestCase):
    """What is carried from one service to the next, and what that makes of it."""

    options = Options(limits=SILENT)

    def setUp(self) -> None:
        super().setUp()
        self.first = LiveService(self.wiring)
        self.first.add_observer(self.seen)
        self.first.add("alice")
        self.first.startService()
        self.settle()
        self.say("one", "two")

    def say(self, *comments: str) -> None:
        """Let these be said."""
        self.room.push([chat(comment) for comment in comments])
        self.settle(0.1)

    def die(self) -> str:
        """The first service is gone; gives what it had written down."""
        carried = self.first.carried("alice")
        stopped = self.first.stopService()
        self.settle()
        self.successResultOf(stopped)
        self.asked()
        return carried

    def go_on(self, carried: str, lost: float | None = 20.0) -> Recorder:
        """Another service goes on; gives what it observes."""
        self.second = LiveService(self.wire(self.options))
        seen = Recorder()
        self.second.add_observer(seen)
        self.second.add("alice", carried=carried, lost=lost)
        self.second.startService()
        self.services.append(self.second)
        self.settle(2)
        return seen

    def test_goes_on(self) -> None:
        """The next one asks nobody where the user is, repeats nothing, and tells one gap."""
        carried = self.die()
        before = wall_ms(self.clock)
        self.settle(5)
        seen = self.go_on(carried)
        self.assertEqual(0, self.asked()[LOOKUP])
        self.say("three")
        self.assertEqual(["three"], seen.comments())
        gap = seen.only(Gap)
        self.assertIn(GONE, str(gap.reason))
        self.assertLessEqual(gap.since, before)
        self.assertGreaterEqual(gap.until, before + 5000)

    def test_nothing_missed(self) -> None:
        """If the room repeats the last message there was no gap, and it is dropped."""
        carried = self.die()
        self.room.repeat(2)
        seen = self.go_on(carried)
        self.say("three")
        self.assertEqual(([], ["three"]), (seen.of(Gap), seen.comments()))

    def test_overlap(self) -> None:
        """One that comes while the other is still there has nothing to make good."""
        seen = self.go_on(self.first.carried("alice"), lost=None)
        self.say("three")
        self.assertEqual(([], ["three"]), (seen.of(Gap), seen.comments()))
        self.assertEqual(["one", "two", "three"], self.seen.comments())
        self.services.append(self.first)

    def test_confirmed(self) -> None:
        """That the room is still the user's is looked up at leisure."""
        self.go_on(self.die())
        self.asked()
        self.settle(LEISURE + 1)
        self.assertEqual(1, self.asked()[LOOKUP])

    def test_long_ago(self) -> None:
        """After a while the user is looked up first, and the loss is told all the same."""
        carried = self.die()
        self.settle(AWAY + 1)
        seen = self.go_on(carried)
        self.assertEqual(1, self.asked()[LOOKUP])
        self.assertEqual((1, 1), (len(seen.of(Connected)), len(seen.of(Gap))))

    def test_another_room(self) -> None:
        """A broadcast that was over meanwhile is told to be, with the gap before it."""
        carried = self.die()
        self.room.end()
        self.settle(AWAY + 1)
        self.room.go_live()
        seen = self.go_on(carried)
        old = read_carried(carried)
        assert old is not None
        end, gap, connected = seen.only(StreamEnd), seen.only(Gap), seen.only(Connected)
        self.assertEqual({old.room_id}, {end.room_id, gap.room_id})
        self.assertNotEqual(old.room_id, connected.room_id)

    def test_over(self) -> None:
        """A room that refuses because it is over is looked up, and its end told in the end."""
        carried = self.die()
        self.room.end()
        seen = self.go_on(carried)
        self.settle(300)
        self.assertEqual((1, []), (len(seen.of(StreamEnd)), seen.of(Connected)))

    def test_was_not_live(self) -> None:
        """Of a user who was not live nothing was lost."""
        self.room.end()
        self.settle(200)
        carried = self.die()
        self.room.go_live()
        seen = self.go_on(carried)
        self.assertEqual((1, []), (len(seen.of(Connected)), seen.of(Gap)))

    def test_not_written_down(self) -> None:
        """Where nothing was written down a gap is told for as long as may have been lost."""
        self.die()
        before = wall_ms(self.clock)
        seen = self.go_on("", lost=20.0)
        self.assertEqual(1, self.asked()[LOOKUP])
        self.assertEqual(before - 20_000, seen.only(Gap).since)

    def test_carried_again(self) -> None:
        """What was not made good yet is carried on as it was."""
        carried = read_carried(self.die())
        assert carried is not None
        self.second = LiveService(self.wire(self.options))
        self.second.add("alice", carried=carried.as_text(), lost=20.0)
        again = read_carried(self.second.carried("alice"))
        self.assertEqual("", again.room_id if again else None)  # it has not begun

    def test_many_ids(self) -> None:
        """However many messages came, what is written down is bounded, and has the last ones."""
        for number in range(0, 600, 20):
            self.say(*(str(n) for n in range(number, number + 20)))
        carried = read_carried(self.first.carried("alice"))
        assert carried is not None
        last = self.seen.of(Chat)[-1]
        self.assertLessEqual(len(carried.ids), 256)
        self.assertGreater(len(carried.ids), 16)
        self.assertEqual({last.msg_id}, {str(carried.newest), str(carried.ids[-1])})
        self.assertLess(len(carried.as_text()), 6000)
        self.services.append(self.first)


class TextTests(ReturnTestCase):
    """What is written, and what may be read."""

    def test_round(self) -> None:
        """What is written is read as it was."""
        ids = tuple(Random(1).getrandbits(64) for _ in range(100))
        carried = Carried(5, 4, "7", "8", "alice", "c", "i", ids[-1], ids)
        self.assertEqual(carried, read_carried(carried.as_text()))

    def test_unreadable(self) -> None:
        """What another version wrote, and what is damaged, counts as nothing."""
        text = Carried(5, 4, "7", "8", "alice", "c", "i", 3, (1, 2, 3)).as_text()
        for wrong in (
            "",
            "null",
            "[]",
            "{}",
            text[:-1],
            text.replace('"v":1', '"v":2'),
            text.replace('"at":5', '"at":-5'),
            text.replace('"at":5', '"at":"5"'),
            text.replace('"newest":3', '"newest":true'),
            text.replace('"newest":3', '"newest":18446744073709551616'),
            text.replace('"ids":"', '"ids":"!'),
            text.replace('"ids":"AA', '"ids":"'),
        ):
            self.assertNotEqual(text, wrong)
            self.assertIsNone(read_carried(wrong), wrong)
