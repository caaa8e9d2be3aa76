"""
Budgets of a whole fleet: what all nodes together may ask in a minute.

A token bucket in Redis, taken from in one step, stands in the place of the one in the process.  It
is asked beforehand, because who wants a token now cannot wait for Redis to answer.  While Redis is
away a node goes on with its share: as if the other nodes asked as much as it does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Protocol

from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger

from tiktoklive.errors import RedisError
from tiktoklive.fleet.client import Script, Word
from tiktoklive.fleet.ownership import IRunsScripts
from tiktoklive.fleet.stream import Keys
from tiktoklive.pacing.bucket import IBucket, TokenBucket

#: Seconds until it is looked again whether Redis has answered.
SOON: Final = 0.05

#: Takes a token, or says in how many milliseconds there will be one: the bucket's ``distance`` in
#: milliseconds, and ``burst``.  As in ``pacing.bucket``, it counts what is owed, in time.
TAKE_TOKEN: Final = Script(
    "take a token",
    """\
local distance, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local found = redis.call('HMGET', KEYS[1], 'owed', 'at')
local owed = math.max(tonumber(found[1] or 0) - math.max(now - tonumber(found[2] or now), 0), 0)
local wait = owed + (1 - burst) * distance
if wait > 0 then return math.ceil(wait) end
redis.call('HSET', KEYS[1], 'owed', owed + distance, 'at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(owed + distance) + 1000)
return 0
""",
)


class _ITokens(Protocol):
    """What takes tokens."""

    async def take(self, distance: float, burst: float) -> float:
        """Take one; gives the seconds until there is one, 0.0 if it was taken."""


class FleetTokens:
    """
    One bucket in Redis.

    :param what: which of the fleet's: ``lookups``, or the host of a server.
    """

    def __init__(self, client: IRunsScripts, keys: Keys, what: str) -> None:
        self._client = client
        self._key = keys.of(f"budget:{what}")

    async def take(self, distance: float, burst: float) -> float:
        """
        Take a token.

        :param distance: seconds after which there is one more.
        :param burst: how many there are at most.
        :return: the seconds until there is one; 0.0 if it was taken.
        :raise RedisError: it is not known whether it was.
        """
        words: list[Word] = [max(round(distance * 1000), 1), int(burst)]
        wait: Any = await self._client.script(TAKE_TOKEN, [self._key], words)
        return int(wait) / 1000


class FleetBucket:
    """
    A bucket that all nodes of a fleet share; see :class:`~tiktoklive.pacing.bucket.TokenBucket`.

    :param tokens: the bucket in Redis.
    :param nodes: gives how many nodes there are, as far as is known.
    :param ahead: whether a token is taken beforehand, for those who do not ask again: where there
        is none yet one is taken at the node's share, and the next from Redis pays for it.
    """

    log = Logger()

    def __init__(
        self,
        tokens: _ITokens,
        clock: IReactorTime,
        nodes: Callable[[], int],
        *,
        ahead: bool = False,
    ) -> None:
        self.distance, self.burst = 0.0, 1.0
        self._tokens, self._clock, self._nodes, self._ahead = tokens, clock, nodes, ahead
        self._own: IBucket = TokenBucket(0.0)
        self._held = self._owed = 0
        self._asking = self._away = False
        #: Before that Redis has no token; before that we want none.
        self._next_at = self._closed_until = 0.0

    def wait(self, now: float, count: float = 1) -> float:
        """Seconds until so many can be taken; asks Redis if that is not known."""
        closed = self._closed_until - now
        if closed > 0:
            return closed
        if self._held >= count:
            return 0.0
        self._ask(now)
        if self._held >= count:  # it was answered at once
            return 0.0
        if self._away or (self._ahead and self._asking and not self._owed):
            return self._share().wait(now, count)
        return max(self._next_at - now, SOON)

    def take(self, now: float, count: float = 1) -> float:
        """Take so many, if they are there; gives the seconds until they will be."""
        wait = self.wait(now, count)
        if wait:
            return wait
        if self._held >= count:
            self._held -= int(count)
        else:
            self._owed += self._asking
            self._share().take(now, count)
        if self._ahead:
            self._ask(now)
        return 0.0

    def close(self, now: float, seconds: float) -> None:
        """Let none be taken by this node for so long."""
        self._closed_until = max(self._closed_until, now + seconds)

    def give_back(self) -> None:
        """One that was taken was not used."""
        self._held += 1

    def _share(self) -> IBucket:
        """The bucket of the process, at the node's share."""
        self._own.distance = self.distance * max(self._nodes(), 1)
        self._own.burst = 1
        return self._own

    def _ask(self, now: float) -> None:
        if self._asking or self._held or now < self._next_at:
            return
        self._asking = True

        def taken(wait: float) -> None:
            self._away = False
            if wait:
                self._next_at = self._clock.seconds() + wait
            elif self._owed:
                self._owed -= 1
            else:
                self._held += 1

        def failed(failure: Any) -> None:
            if not failure.check(RedisError):
                self.log.failure("A budget of the fleet is not known", failure)
            self._away, self._next_at, self._owed = True, self._clock.seconds() + 1.0, 0

        def over(_: object) -> None:
            self._asking = False

        asked = Deferred.fromCoroutine(self._tokens.take(self.distance, self.burst))
        asked.addCallbacks(taken, failed).addBoth(over)
