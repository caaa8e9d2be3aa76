"""
A file that is begun anew when it is large or a day is over; the old ones get other names.

``events.jsonl`` becomes ``events-20260131T120000Z.jsonl``, by the time at which it was put
aside, in UTC.  So the file that is written has always the same name, and the others sort by age,
also where the clock was set back: then a name is a second behind the one before.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger

from tiktoklive.clock import wall_time
from tiktoklive.outputs.channel import FileChannel

_DAY = 86400

_TIME = "%Y%m%dT%H%M%SZ"

#: Runs a function elsewhere, so that it may take time.
InThread = Callable[[Callable[[], None]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Rotation:
    """
    When to begin a new file, and what becomes of the old ones.

    :ivar size: bytes that a file may have; ``None`` for any number.
    :ivar daily: begin one with each day (UTC).
    :ivar gzip: compress what was put aside.
    :ivar keep: how many of those to keep, 0 for all.
    """

    size: int | None = None
    daily: bool = False
    gzip: bool = False
    keep: int = 0


class RotatingChannel:
    """
    Appends whole lines to a file, and begins it anew where a rotation says so.

    :param in_thread: where old files are compressed and deleted.
    """

    log = Logger()

    def __init__(
        self, path: Path, rotation: Rotation, clock: IReactorTime, in_thread: InThread
    ) -> None:
        self._path = path
        self._rotation = rotation
        self._clock = clock
        self._in_thread = in_thread
        self._file = FileChannel(path, clock.seconds)
        self._size: int | None = None
        self._day = 0
        self._tidying = False

    @property
    def renewed(self) -> int:
        """How many times another file was begun because others moved or deleted it."""
        return self._file.renewed

    def open(self) -> None:
        """Open the file, or make it, if the one at its path is not open."""
        if self._file.look(now=True):
            self._size = None
        self._file.open()

    def write(self, data: bytes) -> int:
        """Write it, in a new file if it is time for one; of many lines those that fit."""
        day = int(wall_time(self._clock) // _DAY)
        if self._file.look():
            self._size = None  # another program, logrotate say, moved it
        if self._size is None:
            self._look()
        elif self._file.size is not None:
            self._size = self._file.size  # it may have been made shorter
        assert self._size is not None
        if self._size and self._rotation.daily and day != self._day:
            self._put_aside()
        if self._rotation.size:
            fitting = _fitting(data, self._rotation.size - self._size)
            if self._size and not fitting:
                self._put_aside()
                fitting = _fitting(data, self._rotation.size - self._size)
            # A line that is larger than any file has one to itself.
            data = data[: fitting or data.find(b"\n") + 1] or data
        if not self._size:
            self._day = day
        taken = self._file.write(data)
        self._size += taken
        return taken

    def close(self) -> None:
        """Close the file."""
        self._size = None
        self._file.close()

    def _look(self) -> None:
        """Learn of the file that is there, and tidy up what an earlier run left."""
        try:
            facts = self._path.stat()
        except FileNotFoundError:
            self._size = 0
        else:
            self._size = facts.st_size
            self._day = int(facts.st_mtime // _DAY)
        self._tidy()

    def _put_aside(self) -> None:
        """Give the file another name, unless another program has just done so."""
        if self._file.look(now=True):
            self._look()
            return
        when = self._mark()
        target, number = self._aside(when), 1
        while target.exists() or target.with_name(f"{target.name}.gz").exists():
            number += 1
            target = self._aside(f"{when}-{number:03}")
        self._file.close()
        try:
            self._path.rename(target)
        except FileNotFoundError:
            pass  # it was moved in this very moment
        self._size = 0
        self._tidy()

    def _mark(self) -> str:
        """
        The present time for a name; behind the newest file that was put aside in any case.

        The wall clock may have been set back, and what sorts as the oldest is deleted first.
        """
        now = datetime.fromtimestamp(wall_time(self._clock), UTC).strftime(_TIME)
        newest = [each.name[len(self._path.stem) + 1 :] for each in put_aside(self._path)[-1:]]
        if not newest or newest[0][: len(now)] <= now:
            return now
        try:
            known = datetime.strptime(newest[0][: len(now)], _TIME)
            return (known + timedelta(seconds=1)).strftime(_TIME)
        except (ValueError, OverflowError):
            return now  # nobody's time

    def _aside(self, mark: str) -> Path:
        return self._path.with_name(f"{self._path.stem}-{mark}{self._path.suffix}")

    def _tidy(self) -> None:
        """Let the old files be compressed and deleted, one round at a time."""
        if self._tidying or not (self._rotation.gzip or self._rotation.keep):
            return

        async def work() -> None:
            try:
                await self._in_thread(lambda: tidy(self._path, self._rotation))
            except OSError as error:
                self.log.error(
                    "old files of {path} could not be compressed or deleted, and will be at the "
                    "next turn: {error}",
                    path=self._path.name,
                    error=error.strerror,
                )
            finally:
                self._tidying = False

        self._tidying = True
        Deferred.fromCoroutine(work()).addErrback(
            lambda failure: self.log.failure("old files could not be tidied", failure=failure)
        )


def tidy(path: Path, rotation: Rotation) -> None:
    """
    Compress the files that were put aside, and delete those that are too many.

    Whatever happens, every line is in one file or the other: the compressed one gets its name
    when it is whole.

    :param path: the file that is being written.
    :raise OSError: something failed; what is left is done at the next call.
    """
    for unfinished in path.parent.glob(f"{_quoted(path.stem)}-*{_quoted(path.suffix)}.gz.part"):
        unfinished.unlink()
    for old in put_aside(path):
        if rotation.gzip and old.suffix != ".gz":
            _compress(old)
    if rotation.keep:
        for old in put_aside(path)[: -rotation.keep]:
            old.unlink()


def put_aside(path: Path) -> list[Path]:
    """The files of earlier turns, the oldest first."""
    mark = r"-\d{8}T\d{6}Z(-\d{3})?"
    pattern = re.compile(re.escape(path.stem) + mark + re.escape(path.suffix) + r"(\.gz)?")
    found = [each for each in path.parent.iterdir() if pattern.fullmatch(each.name)]
    return sorted(found, key=lambda each: each.name.removesuffix(".gz").removesuffix(path.suffix))


def _compress(old: Path) -> None:
    whole = old.with_name(f"{old.name}.gz")
    part = whole.with_name(f"{whole.name}.part")
    try:
        with old.open("rb") as source, part.open("wb") as target:
            shutil.copymode(old, part)
            with gzip.GzipFile(old.name, "wb", fileobj=target, mtime=0) as packed:
                shutil.copyfileobj(source, packed, 1024 * 1024)
            target.flush()
            os.fsync(target.fileno())
        part.rename(whole)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    old.unlink()


def _fitting(data: bytes, room: int) -> int:
    """How many bytes the lines have that fit into so much room."""
    return len(data) if len(data) <= room else data.rfind(b"\n", 0, max(0, room)) + 1


def _quoted(name: str) -> str:
    """A name in which glob finds nothing special."""
    return re.sub(r"([*?[])", r"[\1]", name)
