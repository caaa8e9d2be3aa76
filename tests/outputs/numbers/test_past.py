"""The last quarter of an hour of a broadcast's numbers."""

from __future__ import annotations

from tests.outputs.doubles import chat, event, gift
from tests.outputs.numbers.test_broadcast import NumbersCase
from tiktoklive.outputs.numbers.past import KEPT
from tiktoklive.outputs.numbers.rates import SLOTS, WIDTH


class PastTests(NumbersCase):
    """RoomNumbers.past()."""

    def past(self) -> list[list[int | None]]:
        """What is told of the host's."""
        broadcast = self.numbers.of("host")
        assert broadcast is not None
        return self.numbers.past(broadcast)

    def watch(self, viewers: int) -> None:
        """So many watch."""
        self.happen(event("RoomUserSeqMessage", f"total: {viewers}", number=viewers))

    def test_slots(self) -> None:
        """Each five seconds have their viewers, the comments of the minute, and their diamonds."""
        self.connect()
        self.watch(7)
        self.happen(chat("Ann", "one", number=1), gift("Ann", 5, True, 2))
        self.assertEqual([[7, 1, 5]], self.past())
        self.clock.advance(WIDTH)
        self.happen(chat("Ann", "two", number=3))
        self.assertEqual([[7, 1, 5], [7, 2, 0]], self.past())
        self.clock.advance(3 * WIDTH)
        self.watch(9)
        self.assertEqual([[7, 2, 0]] * 2 + [[9, 2, 0]], self.past()[2:])

    def test_idle(self) -> None:
        """While nothing happens the viewers stay, and comments fall to none within a minute."""
        self.connect()
        self.watch(7)
        self.happen(chat("Ann", "one", number=1))
        self.clock.advance(2 * SLOTS * WIDTH)
        self.assertEqual([7, 0, 0], self.past()[-1])
        self.assertEqual(2 * SLOTS + 1, len(self.past()))

    def test_bound(self) -> None:
        """No more than a quarter of an hour is kept, and what was given before is in no slot."""
        self.connect()
        self.happen(gift("Ann", 5, True, 1))
        for number in range(KEPT + 5):
            self.clock.advance(WIDTH)
            self.happen(chat("Ann", "hello", number=number + 10))
        past = self.past()
        self.assertEqual(KEPT, len(past))
        self.assertEqual(0, sum(diamonds or 0 for _, _, diamonds in past))

    def test_over(self) -> None:
        """Of a room that is not live there are no viewers, and of one that never was nothing."""
        self.connect()
        self.watch(7)
        self.clock.advance(WIDTH)
        self.trackers.finish("stream_end")
        self.happen(event("ControlMessage", "action: 3", number=99))
        self.assertEqual([None, 0, 0], self.past()[-1])
