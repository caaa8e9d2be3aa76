"""The lines of the log about one stream."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from twisted.logger import Logger

from tiktoklive.errors import DecodeError
from tiktoklive.logs import told_again
from tiktoklive.stream.limits import Tally


@dataclass(frozen=True, slots=True)
class StreamLog:
    """
    Tells what becomes of a stream; what others can repeat is told seldom, and counted.

    :ivar source: by which the stream was entered.
    :ivar tally: of all streams of the user.
    :ivar anchor: gives the name under which the user is followed now.
    """

    log: ClassVar[Logger] = Logger()

    source: str
    tally: Tally
    anchor: Callable[[], str]

    def changed(self, state: str, why: str) -> None:
        """It is live, quiet or deaf by now."""
        self.log.info(
            "@{anchor}: {state}, by {source}: {why}",
            anchor=self.anchor(),
            state=state,
            source=self.source,
            why=why,
        )

    def paused(self, what: str, now: float) -> None:
        """The host pauses, or goes on: of which a frame may hold a thousand."""
        again = self.tally.pauses.again(what, now)
        if again is not None:
            words = what + told_again(again, "logged")
            self.log.info("@{anchor}: {words}", anchor=self.anchor(), words=words)

    def skipped(self, error: DecodeError, now: float) -> str | None:
        """
        What could not be read was skipped, and is counted.

        :return: what to add to the event; ``None`` to tell none.
        """
        again, more = self.tally.skip(error, now)
        if again is not None:
            self.log.warn(
                "@{anchor}: {error} It was skipped; further ones are only counted{again}.",
                anchor=self.anchor(),
                error=error,
                again=again,
            )
        return more
