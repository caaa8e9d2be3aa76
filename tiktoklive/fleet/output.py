"""Kind ``redis``: every event into a stream of Redis, once."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from typing import Any, Final

from twisted.application.service import Service
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IPushProducer, IReactorTime
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.errors import RedisError, RedisFullError
from tiktoklive.events import Event, IEventObserver
from tiktoklive.fleet.address import parse_redis
from tiktoklive.fleet.client import RedisClient, Script, Word, make_client
from tiktoklive.fleet.entries import StreamEntry, entry_of
from tiktoklive.fleet.stream import (
    APPEND,
    APPENDED,
    DUPLICATE,
    FENCED,
    LONGEST,
    NAME,
    OLDEST,
    Keys,
    Trim,
    append_arguments,
)
from tiktoklive.interfaces import (
    IConfirmingOutput,
    IFailingOutput,
    IPacer,
    IQueuedOutput,
    IStreamOutput,
    PartWiring,
)
from tiktoklive.logs import LogThrottle
from tiktoklive.model import QueueCounts, StreamCounts
from tiktoklive.outputs.arguments import QUEUE, duration, read_options, waiting, whole
from tiktoklive.outputs.batch_writer import BatchWriter
from tiktoklive.outputs.offsets import Offsets
from tiktoklive.outputs.queue import BoundedQueue, Policy

#: Bytes that may wait.
LIMIT: Final = 16 * 1024 * 1024
#: Events in a call, which Redis does as one step: others wait for so long.
BATCH: Final = 50
#: Seconds until what could not be written is tried again.
RETRY: Final = 1.0

#: What is not installed, for people.
MISSING: Final = "it needs txredisapi: pip install 'txtiktoklive[redis]'."


@implementer(
    IQueuedOutput, IFailingOutput, IPacer, IEventObserver, IConfirmingOutput, IStreamOutput
)
class RedisOutput(Service):
    """
    Appends events to a stream.

    They wait in a bounded queue for Redis, and are tried again until Redis says that they are
    there: at least once.  What was there already, because that word was lost, is not appended
    again.

    :param client: is started and stopped with the output.
    :param script: appends, see :func:`~tiktoklive.fleet.stream.append_script`.
    :param keys: further keys of the script.
    :param fence: gives what the script is told of an entry to check whose its room is.
    """

    log = Logger()

    def __init__(
        self,
        name: str,
        client: RedisClient,
        clock: IReactorTime,
        *,
        keys: Keys = Keys(),  # noqa: B008 -- frozen
        trim: Trim = Trim(),  # noqa: B008 -- frozen
        limit: int = LIMIT,
        policy: Policy = Policy.DROP_NEWEST,
        batch: int = BATCH,
        retry: float = RETRY,
        script: Script = APPEND,
        more_keys: Sequence[str] = (),
        fence: Callable[[StreamEntry], Word] = lambda entry: "",
    ) -> None:
        self.setName("redis")
        self.title = name
        self.client = client
        self.renewed = 0
        self._keys = [keys.events, *keys.ids, *more_keys]
        self._trim = trim
        self._script = script
        self._fence = fence
        self._offsets = Offsets()
        self._queue: BoundedQueue[StreamEntry] = BoundedQueue(name, clock, limit, policy, _size)
        self._writer = BatchWriter(
            self._queue, self._append, _may_pass, clock, most=batch, gather=0.0, retry=retry
        )
        self._appended = self._duplicates = self._fenced = 0
        self._throttle = LogThrottle()
        self._clock = clock

    def event(self, event: Event) -> None:
        """Append one event, soon."""
        offset = self._offsets.of(event)
        try:
            entry = entry_of(event, offset)
        except TypeError as error:  # of a program that tells events of its own
            if self._throttle.again(event.name, self._clock.seconds()) is not None:
                self.log.error("{output}: {error}", output=self.title, error=error)
            return
        self._queue.put(entry)

    def pace(self, streams: IPushProducer) -> None:
        """They wait while Redis takes too little, if the queue is to block."""
        self._queue.pace(streams)

    def queues(self) -> Sequence[QueueCounts]:
        """The events that wait for Redis, in bytes."""
        return [self._queue.counts]

    def streams(self) -> Sequence[StreamCounts]:
        """What became of the events that Redis was given."""
        return [
            StreamCounts(
                self.title,
                self.client.connected,
                appended=self._appended,
                duplicates=self._duplicates,
                fenced=self._fenced,
            )
        ]

    def when_written(self) -> Deferred[None]:
        """Fires when all that it was given so far is in Redis, or lost."""
        return self._queue.when_done()

    def has_room(self) -> bool:
        """Whether it would lose nothing of one more event."""
        return self._queue.has_much_room

    @property
    def failing(self) -> str:
        """Why nothing can be appended now, ``""`` if it can."""
        if self._writer.failing or not self.running:
            return self._writer.failing
        return self.client.why

    def startService(self) -> None:
        """
        Connect, and append from now on.

        :raise StartError: txredisapi is not installed.
        """
        self.client.startService()
        super().startService()
        self._writer.start()

    def stopService(self) -> Deferred[None]:
        """Append what is waiting, for ten seconds at most, and close the connection."""
        super().stopService()

        async def stop() -> None:
            await self._writer.stop()
            await self.client.stopService()

        return Deferred.fromCoroutine(stop())

    async def _append(self, entries: Sequence[StreamEntry]) -> None:
        fences = [self._fence(entry) for entry in entries]
        words = append_arguments(entries, self._trim, fences)
        try:
            answers = await self.client.script(self._script, self._keys, words)
        except RedisFullError:
            await self._make_room()
            raise
        self._appended += answers.count(APPENDED)
        self._duplicates += answers.count(DUPLICATE)
        self._fenced += answers.count(FENCED)

    async def _make_room(self) -> None:
        """Redis is full: remove what is too old, which nothing else does as nothing is appended."""
        now = int((await self.client.call("TIME"))[0])  # of whose clock its ids are made
        oldest = now - self._trim.age
        await self.client.call("XTRIM", self._keys[0], "MINID", oldest * 1000)


def _size(entry: StreamEntry) -> int:
    return entry.size


def _may_pass(error: Exception) -> bool:
    """What Redis says is about Redis, and never about one event."""
    return isinstance(error, RedisError)


def is_installed() -> bool:
    """Whether what speaks to Redis is."""
    return find_spec("txredisapi") is not None


def fleet_name(text: str) -> str:
    """The name of a fleet: a word that no key is broken by."""
    if not text.isascii() or not text.replace("-", "").replace("_", "").isalnum():
        raise ValueError("letters, digits, - and _")
    return text


_OPTIONS: dict[str, Callable[[str], Any]] = {
    "name": fleet_name,
    "maxlen": whole,
    "age": duration,
    "batch": whole,
    **QUEUE,
}


def make(wiring: PartWiring, argument: str, environ: Mapping[str, str] = os.environ) -> RedisOutput:
    """
    Make the output.

    :param argument: an address, and options behind its ``?``.
    :raise ValueError: the address, an option or the password is no good.
    """
    address, rest = parse_redis(argument)
    options = read_options(rest, _OPTIONS)
    if not is_installed():
        raise ValueError(MISSING)
    return RedisOutput(
        str(address),
        make_client(address, wiring.reactor, environ),
        wiring.reactor,
        keys=Keys(options.get("name", NAME)),
        trim=Trim(options.get("maxlen", LONGEST), options.get("age", OLDEST)),
        batch=options.get("batch", BATCH),
        **waiting(options, LIMIT),
    )
