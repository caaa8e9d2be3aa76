"""Gift streaks that move to another process."""

from __future__ import annotations

import json
from typing import Any

from tests.dispatch.test_streaks import ROSE, StreaksCase, gift
from tests.events.making import ROOM
from tiktoklive.dispatch.streaks import CARRIED, CARRIED_BYTES, STALE, Streaks
from tiktoklive.events import GiftStreak
from tiktoklive.events.streak import DISCONNECTED


class CarriedTests(StreaksCase):
    """Streaks of one process, and those of the next one."""

    def move(self) -> None:
        """Another process goes on."""
        carried = json.loads(json.dumps(self.streaks.carried()))
        self.streaks.forget(DISCONNECTED)
        self.assertEqual([], self.told)
        self.streaks = Streaks(self.clock, self.tell)
        self.streaks.begin(ROOM)
        self.streaks.go_on(carried)

    def test_goes_on(self) -> None:
        """A streak that moved is told once, with all that was given, and what the gift is."""
        self.after(gift(5))
        self.move()
        self.assertEqual([(8, "repeat_end")], self.after(gift(6), gift(8, details="", end=True)))
        [streak] = self.told
        self.assertEqual(("Rose", 16), (streak.gift_name, streak.diamond_total))

    def test_not_heard_of_again(self) -> None:
        """One that is not heard of again is over when it would have been without a move."""
        self.after(gift(5))
        self.clock.advance(40)
        self.move()
        self.assertEqual([], self.wait(STALE - 41))
        self.assertEqual([(5, "timeout")], self.wait(2))

    def test_same_id(self) -> None:
        """Told by both, it has the same id: a stream that knows ids has it once."""
        self.after(gift(5))
        carried = self.streaks.carried()
        self.after(gift(6, end=True))
        self.streaks = Streaks(self.clock, self.tell)
        self.streaks.begin(ROOM)
        self.streaks.go_on(carried)
        self.after(gift(6, end=True))
        self.assertEqual(2, len(self.told))
        self.assertEqual(1, len({each.id for each in self.told}))

    def test_bounded(self) -> None:
        """No more move than are bounded: the latest, in number and in bytes."""
        self.after(*(gift(user=number) for number in range(1, CARRIED + 11)))
        carried = self.streaks.carried()
        self.assertEqual(CARRIED, len(carried))
        self.move()
        self.assertEqual(CARRIED, len(self.streaks.running))
        self.assertEqual(CARRIED + 10, list(self.streaks.running.items())[-1][0][0])
        large = f'{ROSE} common {{ describe: "{"x" * CARRIED_BYTES}" }}'
        self.after(gift(user=1000, details=large))
        self.assertEqual([], self.streaks.carried())

    def test_unreadable(self) -> None:
        """What is damaged, or another version's, is refused, and nothing is told of it."""
        self.after(gift(5))
        [good] = self.streaks.carried()
        self.streaks.forget(DISCONNECTED)
        wrong: list[Any] = [None, 7, "text", [], good[:-1], ["!", *good[1:]], ["/w==", *good[1:]]]
        wrong += [[*good[:3], None, *good[4:]], [*good[:5], "late"], [*good[:4], "many", 0]]
        for each in wrong:
            streaks = Streaks(self.clock, self.tell)
            with self.assertRaises(ValueError, msg=repr(each)):
                streaks.go_on([each])
        self.assertEqual([], self.told)

    def tell(self, event: Any) -> None:
        """Keep it."""
        assert isinstance(event, GiftStreak)
        self.told.append(event)
