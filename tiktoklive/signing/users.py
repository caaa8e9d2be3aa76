"""How many users a process follows: sign servers ask for it (wire facts §9.2)."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from twisted.internet.interfaces import IReactorTime

#: Seconds for which a user counts after the last attempt to be let in.
WINDOW = 600.0


class Users:
    """
    Distinct users of the last minutes.

    :param clock: the reactor, or a test's clock.
    """

    def __init__(self, clock: IReactorTime) -> None:
        self._seconds = clock.seconds
        self._seen: dict[str, float] = {}

    def add(self, unique_id: str) -> None:
        """A user is followed now."""
        name = unique_id.lower()
        self._seen.pop(name, None)
        self._seen[name] = self._seconds()

    def count(self) -> int:
        """How many there were."""
        oldest = self._seconds() - WINDOW
        while self._seen:
            name, at = next(iter(self._seen.items()))
            if at >= oldest:
                break
            del self._seen[name]
        return len(self._seen)


_BY_CLOCK: WeakKeyDictionary[IReactorTime, Users] = WeakKeyDictionary()


def users_of(clock: IReactorTime) -> Users:
    """The users of all connections that share a clock: with a reactor, those of the process."""
    users = _BY_CLOCK.get(clock)
    if users is None:
        users = _BY_CLOCK[clock] = Users(clock)
    return users
