"""Show who gives most diamonds in a room, a gift streak counted once: ``python gifts.py @name``."""

import sys
from collections import Counter

from twisted.internet.interfaces import IReactorCore
from twisted.internet.task import react
from zope.interface import implementer

from tiktoklive import WebcastPushConnection
from tiktoklive.events import Gift, IGiftObserver
from tiktoklive.events.giving import STREAKABLE
from tiktoklive.wiring import Wiring, standard_wiring


@implementer(IGiftObserver)
class Leaderboard:
    """Adds up diamonds by viewer."""

    def __init__(self) -> None:
        self.diamonds: Counter[str] = Counter()
        self._gifts: dict[str, tuple[int, int]] = {}
        self._streaks: dict[tuple[str, str, str], int] = {}

    def gift(self, event: Gift) -> None:
        """
        Add what is new in this event.

        An event of a streak tells how often the gift was sent so far, so only the difference
        to the streak's event before counts.  This needs no closing event, which may be lost.
        """
        if event.message.HasField("gift"):  # events of a streak may leave the details out
            self._gifts[event.gift_id] = event.gift_type, event.diamond_count
        gift_type, price = self._gifts.get(event.gift_id, (0, 0))
        count = max(event.repeat_count, 1)
        new = count
        if gift_type == STREAKABLE:
            streak = event.user.user_id, event.gift_id, event.group_id
            new = count - self._streaks.get(streak, 0)
            self._streaks[streak] = count
            if event.repeat_end:
                del self._streaks[streak]
        if new > 0 and price:
            self.diamonds[event.user.unique_id] += new * price

    def show(self) -> None:
        for place, (name, diamonds) in enumerate(self.diamonds.most_common(10), 1):
            print(f"{place:2}. {name:<24} {diamonds:>8,}")


async def main(reactor: IReactorCore, unique_id: str, wiring: Wiring | None = None) -> None:
    """Count until the broadcast ends, then show the first ten."""
    board = Leaderboard()
    connection = WebcastPushConnection(unique_id, wiring=wiring or standard_wiring(reactor))
    connection.add_observer(board)
    await connection.connect()
    error = await connection.when_over()
    board.show()
    if error is not None:
        raise error


if __name__ == "__main__":
    react(main, sys.argv[1:])
