"""When the state file is written: soon after a change, seldom in a burst of them, at the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.logger import Logger

from tiktoklive.errors import StartError
from tiktoklive.errors.isolation import said_by
from tiktoklive.files.lock import FileLock
from tiktoklive.logs import LogThrottle, told_again
from tiktoklive.pacing.backoff import doubling
from tiktoklive.users.statefile import KeptUsers, read_state, write_state

#: Seconds from a change until it is written, with all those that came meanwhile.
SOON: Final = 0.5

#: Seconds between two looks for what changes without being said: a user id becomes known.
LOOK: Final = 60.0

#: Seconds until a file that could not be written is tried again, at first and at most.
_AGAIN: Final = 1.0, 60.0


class StateKeeper:
    """
    Keeps a state file like what it is told.

    The file is written where it is read, in the reactor's thread: it is small, and written seldom.

    :param kept: tells what is to stand there now.
    :ivar is_open: whether the file is ours.
    :ivar failing: why it cannot be written now; ``""`` if it can.
    """

    log = Logger()

    def __init__(self, path: Path, clock: IReactorTime, kept: Callable[[], KeptUsers]) -> None:
        self.path = path
        self.failing = ""
        self._clock, self._kept = clock, kept
        self._lock = FileLock(path)
        self._written: KeptUsers | None = None
        self.is_open = False
        self._next: IDelayedCall | None = None
        self._failures = 0
        self._delay = doubling(*_AGAIN)
        self._said = LogThrottle()

    def __str__(self) -> str:
        return f"The state file {self.path}"

    def open(self) -> KeptUsers:
        """
        Take the file for this process alone.

        :return: what stands there.
        :raise StartError: another process has it, or it cannot be used.
        """
        if not self.path.parent.is_dir():
            raise StartError(
                f"There can be no state file {self.path}: there is no directory of that name."
            )
        self._lock.hold()
        try:
            self._written = read_state(self.path)
        except BaseException:
            self._lock.free()
            raise
        self.is_open = True
        self._call_after(LOOK)
        return self._written

    def changed(self) -> None:
        """Something is not as it was: write it soon, unless it could not be written just now."""
        if self.is_open and not self.failing:
            self._call_after(SOON)

    def close(self) -> None:
        """Write what was not written yet, and let others have the file."""
        if not self.is_open:
            return
        if self._next is not None:
            self._next.cancel()
            self._next = None
        if not self._write():
            self.log.error(
                "{file} could not be written in the end: what changed since it was is lost. {why}",
                file=self,
                why=self.failing,
            )
        self.is_open = False
        self._lock.free()

    def _call_after(self, seconds: float) -> None:
        """Look in so many seconds, or before."""
        at = self._clock.seconds() + seconds
        if self._next is None:
            self._next = self._clock.callLater(seconds, self._look)
        elif self._next.getTime() > at:
            self._next.reset(seconds)

    def _look(self) -> None:
        self._next = None
        if self._write():
            self._call_after(LOOK)
        else:
            self._call_after(self._delay(self._failures - 1))

    def _write(self) -> bool:
        kept = self._kept()
        if kept == self._written:
            return True
        try:
            self._lock.take()  # where there was no room for it at the start
            write_state(self.path, kept)
        except (OSError, StartError) as error:
            self._failed(said_by(error) if isinstance(error, OSError) else str(error))
            return False
        self._written = kept
        if self.failing:
            self.failing, self._failures = "", 0
            self.log.info("{file} is written again", file=self)
        return True

    def _failed(self, why: str) -> None:
        self.failing = why
        self._failures += 1
        again = self._said.again(why, self._clock.seconds())
        if again is not None:
            self.log.warn(
                "{file} cannot be written, and is tried again: {why}{again}",
                file=self,
                why=why,
                again=told_again(again),
            )
