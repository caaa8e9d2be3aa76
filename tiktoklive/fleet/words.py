"""
What servers say of how often they may be asked, for all nodes of a fleet.

What one node is told (``Retry-After``, a quota that is used up) is a key in Redis for as long as it
holds, and every node looks there each second.  While Redis is away each heeds what it knows, and
tells the others when Redis is back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from twisted.application.service import Service
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.logger import Logger

from tiktoklive.errors import RedisError
from tiktoklive.fleet.client import Script
from tiktoklive.fleet.ownership import IRunsScripts
from tiktoklive.fleet.stream import Keys

#: Seconds between two looks.
LOOK: Final = 1.0

#: Seconds for which it is known that a server answers again.
LIFTED: Final = 60.0

#: Letters of what a server said that others are told.
WHY: Final = 200

#: Tell what holds: ``VALUE MILLISECONDS``, 0 if nothing holds any more; the longer time counts.
TELL: Final = Script(
    "tell what a server wants",
    f"""\
local ms, left = tonumber(ARGV[2]), redis.call('PTTL', KEYS[1])
if ms == 0 then ms = {round(LIFTED * 1000)}
else
  local before = redis.call('GET', KEYS[1])
  if before and string.match(before, '^%S+ (%S+)') ~= 'lifted' then ms = math.max(ms, left) end
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ms)
return ms
""",
)

#: See what holds of each key: ``{{MILLISECONDS, VALUE}...}``.
HEAR: Final = Script(
    "hear what servers want",
    """\
local found = {}
for i, key in ipairs(KEYS) do
  found[i] = {redis.call('PTTL', key), redis.call('GET', key) or ''}
end
return found
""",
)


class FleetWord:
    """
    What one server said.

    :ivar seen: the number of what was heard, or told, last.
    """

    def __init__(self, what: str, clock: IReactorTime) -> None:
        self.what, self.seen = what, ""
        self.heard: Callable[[float, bool, str], object] = lambda seconds, spent, why: None
        self._clock = clock
        #: What the others are to be told: until when it holds (0.0: not any more), and the rest.
        self.untold: tuple[float, bool, str] | None = None

    def tell(self, seconds: float, *, spent: bool = False, why: str = "") -> None:
        """See :class:`~tiktoklive.pacing.budget.ISharedWord`."""
        until = self._clock.seconds() + seconds if seconds > 0 else 0.0
        if until and self.untold is not None and self.untold[0] > until:
            return
        self.untold = until, spent, " ".join(why.split())[:WHY]

    def listen(self, heard: Callable[[float, bool, str], object]) -> None:
        """See :class:`~tiktoklive.pacing.budget.ISharedWord`."""
        self.heard = heard


class FleetWords(Service):
    """
    Tells and hears what servers want, for one node.

    :param node: its id.
    """

    log = Logger()

    def __init__(self, client: IRunsScripts, keys: Keys, clock: IReactorTime, node: str) -> None:
        self._client, self._keys, self._clock, self._node = client, keys, clock, node
        #: One for each server that is asked, and one for look-ups.
        self._words: dict[str, FleetWord] = {}
        self._number = 0
        self._next: IDelayedCall | None = None

    def of(self, what: str) -> FleetWord:
        """What one server says: ``lookups`` is TikTok, ``sign:HOST`` a sign server."""
        if what not in self._words:
            self._words[what] = FleetWord(what, self._clock)
        return self._words[what]

    def startService(self) -> None:
        """Look now and then."""
        super().startService()
        self._next = self._clock.callLater(0, self._look)

    def stopService(self) -> None:
        """Look no more."""
        super().stopService()
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _look(self) -> None:
        self._next = None

        def over(_: object) -> None:
            if self.running and self._next is None:
                self._next = self._clock.callLater(LOOK, self._look)

        looking = Deferred.fromCoroutine(self._tell_and_hear(list(self._words.values())))
        # That Redis is away is said by the node: it is told when Redis is back.
        looking.addErrback(lambda failure: failure.trap(RedisError))
        looking.addErrback(
            lambda failure: self.log.failure("It is not known what servers said", failure)
        )
        looking.addBoth(over)

    async def _tell_and_hear(self, words: Sequence[FleetWord]) -> None:
        if not words or not self._client.connected:
            return
        for word in words:
            untold = word.untold
            if untold is None:
                continue
            until, spent, why = untold
            left = until - self._clock.seconds()
            if until and left <= 0:
                word.untold = None
                continue
            self._number += 1
            number = f"{self._node}:{self._number}"
            how = "spent" if spent else "closed" if until else "lifted"
            ms = max(round(left * 1000), 1) if until else 0
            holds = await self._client.script(
                TELL, [self._key(word)], [f"{number} {how} {why}", ms]
            )
            word.seen = number
            if until and holds > ms:  # another one was told to wait for longer
                word.heard(holds / 1000, spent, why)
            if word.untold is untold:
                word.untold = None
        found: Any = await self._client.script(HEAR, [self._key(word) for word in words], [])
        for word, (ms, value) in zip(words, found, strict=True):
            if value and word.untold is None:
                self._hear(word, int(ms) / 1000, value.decode("utf-8", "replace"))

    def _hear(self, word: FleetWord, seconds: float, value: str) -> None:
        number, how, why = (*value.split(" ", 2), "", "")[:3]
        if number == word.seen or how not in ("spent", "closed", "lifted"):
            return
        word.seen = number
        self.log.info(
            "{what}: another node was told {told}. {why}",
            what=word.what,
            told="that it may ask again" if how == "lifted" else f"to wait for {seconds:.0f} s",
            why=why,
        )
        word.heard(0.0 if how == "lifted" else seconds, how == "spent", why)

    def _key(self, word: FleetWord) -> str:
        return self._keys.of(f"told:{word.what}")
