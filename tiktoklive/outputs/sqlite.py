"""Kind ``sqlite``: every event in an archive that can be asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from twisted.internet.interfaces import IReactorTime
from zope.interface import implementer

from tiktoklive.clock import wall_time
from tiktoklive.errors import ArchiveError
from tiktoklive.events import Event, IEventObserver
from tiktoklive.files.lock import FileLock
from tiktoklive.interfaces import IUserArchive, PartWiring
from tiktoklive.outputs.archive.data import Data
from tiktoklive.outputs.archive.erase import forget_before
from tiktoklive.outputs.archive.people import about
from tiktoklive.outputs.archive.rows import ArchiveRow, entry_of, store
from tiktoklive.outputs.archive.schema import ARCHIVE
from tiktoklive.outputs.arguments import (
    QUEUE,
    duration,
    file_to_write,
    read_options,
    split_file,
    waiting,
)
from tiktoklive.outputs.batch_writer import RETRY
from tiktoklive.outputs.database import Runner
from tiktoklive.outputs.database_output import DatabaseOutput
from tiktoklive.outputs.databaserunner import Database
from tiktoklive.outputs.queue import Policy

#: Bytes that may wait.
LIMIT = 64 * 1024 * 1024
#: Seconds for which events gather, to be committed together.
GATHER = 0.1
#: Events in a transaction, and bytes of them.
TOGETHER, LARGEST = 2000, 4 * 1024 * 1024
#: Seconds between two looks for what is too old.
HOURLY = 3600.0
#: Seconds by which a clock has to be set ahead to be doubted, and for how long it is.
DOUBTFUL = 86400.0
#: Events that are deleted in a transaction.
_OLD_TOGETHER = 1000


@implementer(IEventObserver, IUserArchive)
class SqliteOutput(DatabaseOutput[ArchiveRow]):
    """
    Stores events, each once.

    An event that is there already is acknowledged like one that is stored now.

    :param name: what it is, for the log: ``sqlite:FILE``.
    :param data: what is stored of their JSON.
    :param keep: seconds after which events are deleted; ``None`` for never.
    :param lock: keeps other processes from writing the file.
    """

    def __init__(
        self,
        name: str,
        database: Runner,
        clock: IReactorTime,
        *,
        limit: int = LIMIT,
        policy: Policy = Policy.PACE,
        data: Data = Data.FULL,
        keep: float | None = None,
        acknowledge: Callable[[Sequence[str]], object] = lambda keys: None,
        retry: float = RETRY,
        lock: FileLock | None = None,
    ) -> None:
        super().__init__(
            "sqlite",
            name,
            database,
            clock,
            together=TOGETHER,
            largest=LARGEST,
            gather=GATHER,
            tend=None if keep is None else HOURLY,
            limit=limit,
            policy=policy,
            acknowledge=acknowledge,
            retry=retry,
            lock=lock,
        )
        self._keep = keep
        #: By how many seconds the wall clock is ahead of ours, and since when it is so by far more.
        self._ahead: float | None = None
        self._ahead_since: float | None = None
        self._data = data

    def event(self, event: Event) -> None:
        """Store one event, soon."""
        written = self._written(event)
        offset = self._offsets.of(event, written.ts)
        began = self._offsets.began(written.room)
        whole = self._data is not Data.NONE
        self._queue.put(entry_of(event, offset, began, written, whole=whole))

    async def about(self, user_id: str) -> Mapping[str, int]:
        """
        How much a user said and gave.

        :raise ArchiveError: it cannot be read now.
        """
        try:
            found: Mapping[str, int] = await self._database.run(about, user_id)
        except OSError as e:
            raise ArchiveError(f"{self._name}: {e.strerror}") from e
        except sqlite3.Error as e:
            raise ArchiveError(f"{self._name}: {e}") from e
        return found

    async def _store(self, entries: Sequence[ArchiveRow]) -> None:
        await self._database.run(store, entries, self._data is Data.ZLIB)

    async def _tend(self) -> None:
        """Delete what is too old, unless the wall clock was just set so that all of it may be."""
        assert self._keep is not None
        if self._is_set_far_ahead():
            return
        before = int((wall_time(self._clock) - self._keep) * 1000)
        while self.running:
            done = await self._database.run(forget_before, before, _OLD_TOGETHER)
            if done < _OLD_TOGETHER:
                return

    def _is_set_far_ahead(self) -> bool:
        """
        Whether the wall clock has gone ahead of ours by more than a day, within a day.

        A machine that slept is ahead as well: then what is too old goes a day later.
        """
        now = self._clock.seconds()
        ahead, known = wall_time(self._clock) - now, self._ahead
        if known is None or ahead - known <= DOUBTFUL:
            self._ahead, self._ahead_since = ahead, None
            return False
        if self._ahead_since is None:
            self._ahead_since = now
            self.log.error(
                "{archive}: the clock of this machine was set ahead by {days:.0f} days: if it is "
                "wrong, set it back. Nothing is deleted as too old for a day",
                archive=self._name,
                days=(ahead - known) / 86400,
            )
        if now - self._ahead_since < DOUBTFUL:
            return True
        self._ahead, self._ahead_since = ahead, None
        return False


def _data_of(text: str) -> Data:
    """What is stored of the JSON."""
    try:
        return Data(text)
    except ValueError:
        raise ValueError(f"one of {', '.join(Data)}") from None


_OPTIONS: dict[str, Callable[[str], Any]] = {"keep": duration, "data": _data_of, **QUEUE}


def make(wiring: PartWiring, argument: str) -> SqliteOutput:
    """
    Make the output.

    :param argument: the name of a file, and options.
    :raise ValueError: there is none, it names a place where no file can be, or an option is no
        good.
    """
    name, rest = split_file(argument)
    if not name:
        raise ValueError("say where to write: sqlite:FILE.")
    options = read_options(rest, _OPTIONS)
    path = file_to_write(name)
    return SqliteOutput(
        f"sqlite:{name}",
        Database(path, ARCHIVE, wiring.reactor),
        wiring.reactor,
        data=options.get("data", Data.FULL),
        keep=options.get("keep"),
        lock=FileLock(path),
        **waiting(options, LIMIT, Policy.PACE),
    )
