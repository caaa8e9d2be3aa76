"""
What is known of rooms, in a file: it is known when the program is started again.

Version 1 is ``{"v": 1, "rooms": [...]}``.  Of what moderators decided, a room is ``room`` (the
username that is followed, in lower case), ``hidden`` (ids of comments, the oldest first),
``blocked`` (users, each with ``userId`` and ``name``) and ``pinned`` (an envelope, or ``null``), as
the API tells them.  Of numbers it is what
:meth:`~tiktoklive.outputs.numbers.broadcast.Broadcast.kept` tells.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.logger import Logger

from tiktoklive.errors import StartError
from tiktoklive.errors.isolation import said_by
from tiktoklive.files.lock import FileLock
from tiktoklive.files.reading import read_regular
from tiktoklive.files.whole import write_whole
from tiktoklive.logs import LogThrottle, told_again

VERSION: Final = 1

#: Seconds from a change until it is written, with all that come meanwhile; and until a file that
#: could not be written is tried again.
SOON, AGAIN = 0.5, 10.0

#: How many times as long as it took to write it nothing is written after that.
_REST: Final = 50

#: Bytes of a file that is read.
LARGEST: Final = 64 * 1024 * 1024


class Kept(Protocol):
    """
    What is kept.

    :ivar what: that for people, with a capital: what cannot be read, or is lost.
    :ivar changed: called when something changed.
    """

    what: str
    changed: Callable[[], object] | None

    def kept(self) -> Sequence[bytes]:
        """Each room, as JSON."""

    def restore(self, shapes: Any) -> None:
        """
        Take over what :meth:`kept` told, as a list.

        :raise ValueError: it makes no sense; nothing is changed.
        """


class KeptFile:
    """
    Keeps a file like what there is.

    It is written in the reactor's thread: it is small, and is written seldom.

    :param soon: seconds from a change until it is written.
    :ivar failing: why it cannot be written now; ``""`` if it can.
    """

    log = Logger()

    def __init__(self, path: Path, clock: IReactorTime, kept: Kept, soon: float = SOON) -> None:
        self.failing = ""
        self._path, self._clock, self._kept = path, clock, kept
        self._soon, self._rest = soon, 0.0
        self._lock = FileLock(path)
        self._is_open = False
        self._next: IDelayedCall | None = None
        self._said = LogThrottle()

    def open(self) -> None:
        """
        Take the file for this output alone, and take over what stands there.

        :raise StartError: another one has it, or it cannot be used; it is left as it is.
        """
        if self._is_open:
            return
        self._lock.hold()
        try:
            self._read()
        except BaseException:
            self._lock.free()
            raise
        self._is_open = True
        self._kept.changed = self._changed

    def close(self) -> None:
        """Write what was not written yet, and let others have the file."""
        if not self._is_open:
            return
        if self._next is not None:
            self._next.cancel()
            self._write()
            if self._next is not None:
                self._next.cancel()
                self._next = None
                self.log.error(
                    "{what} could not be written to {file} in the end: what changed since then is "
                    "lost. {why}",
                    what=self._kept.what,
                    file=self._path,
                    why=self.failing,
                )
        self._is_open = False
        self._lock.free()

    def _read(self) -> None:
        try:
            content = read_regular(self._path, LARGEST)[0]
        except FileNotFoundError:
            return
        except OSError as error:
            raise StartError(f"{self._path} cannot be read: {said_by(error)}.") from error
        try:
            shape = json.loads(content)
            if not isinstance(shape, dict) or type(shape.get("v")) is not int:
                raise ValueError("it is no such file")
            if shape["v"] != VERSION:
                raise ValueError(f"it is of version {shape['v']}, and this program knows {VERSION}")
            self._kept.restore(shape.get("rooms"))
        except (ValueError, RecursionError) as error:
            raise StartError(
                f"{self._kept.what} cannot be read from {self._path}: {error}. Mend it, or move it "
                "away."
            ) from None

    def _changed(self) -> None:
        if self._is_open and self._next is None:
            self._next = self._clock.callLater(max(self._soon, self._rest), self._write)

    def _write(self) -> None:
        self._next = None
        began = self._clock.seconds()
        try:
            self._lock.take()  # where there was no room for it at the start
            write_whole(self._path, as_json(self._kept))
        except (OSError, StartError) as error:
            self._failed(said_by(error) if isinstance(error, OSError) else str(error))
            return
        took = self._clock.seconds() - began
        self._rest = _REST * took
        if self.failing:
            self.failing = ""
            self.log.info("{file} is written again", file=self._path)

    def _failed(self, why: str) -> None:
        self.failing = why
        self._next = self._clock.callLater(AGAIN, self._write)
        again = self._said.again(why, self._clock.seconds())
        if again is not None:
            self.log.warn(
                "{what} cannot be written to {file}, and that is tried again: {why}{again}",
                what=self._kept.what,
                file=self._path,
                why=why,
                again=told_again(again),
            )


def as_json(kept: Kept) -> bytes:
    """What stands in the file: a line for each room."""
    rooms = b",".join(b"\n  " + room for room in kept.kept())
    return b'{"v": %d,\n "rooms": [%b]}\n' % (VERSION, rooms)
