"""Show who gives most diamonds in a room, a gift streak counted once: ``python gifts.py @name``."""

import sys
from collections import Counter

from twisted.internet.interfaces import IReactorCore
from zope.interface import implementer

from tiktoklive import Options, WebcastPushConnection
from tiktoklive.command import react
from tiktoklive.events import GiftStreak, IGiftStreakObserver
from tiktoklive.wiring import Wiring, standard_wiring


@implementer(IGiftStreakObserver)
class Leaderboard:
    """Adds up diamonds by viewer."""

    def __init__(self) -> None:
        self.diamonds: Counter[str] = Counter()

    def gift_streak(self, event: GiftStreak) -> None:
        self.diamonds[event.user.unique_id] += event.diamond_total

    def show(self) -> None:
        for place, (name, diamonds) in enumerate(self.diamonds.most_common(10), 1):
            print(f"{place:2}. {name:<24} {diamonds:>8,}")


async def main(
    reactor: IReactorCore,
    unique_id: str,
    simulator: str | None = None,
    *,
    wiring: Wiring | None = None,
) -> None:
    """Count until the broadcast ends, then show the first ten."""
    board = Leaderboard()
    wiring = wiring or standard_wiring(reactor, Options(simulator=simulator))
    connection = WebcastPushConnection(unique_id, wiring=wiring)
    connection.add_observer(board)
    await connection.connect()
    error = await connection.when_over()
    board.show()
    if error is not None:
        raise error


if __name__ == "__main__":
    react(main, sys.argv[1:])
