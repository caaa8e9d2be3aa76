"""``tiktoklive record TAPE @name``: the daemon in the foreground, with a tape."""

from __future__ import annotations

from twisted.python.usage import UsageError

from tiktoklive.foreground import run
from tiktoklive.tap import Options as DaemonOptions

__all__ = ["Options", "run"]


class Options(DaemonOptions):
    """A tape, users, and whatever the daemon takes."""

    longdesc = (
        "Records all that arrives, byte for byte: replay plays it. With several users each has "
        "a tape, NAME-user.ext."
    )
    hidden = frozenset(("record", "replay", "from", "fleet", "speed"))

    def parseArgs(self, *names: str) -> None:
        """The tape, and then users."""
        if self["record"] is not None or self["replay"] is not None:
            raise UsageError("name the tape without --record or --replay.")
        if not names:
            raise UsageError("name the tape to record on, and then the user: record TAPE @name.")
        self["record"] = names[0]
        super().parseArgs(*names[1:])

    def getSynopsis(self) -> str:
        """How to call it."""
        return "Usage: tiktoklive record [options] TAPE @name..."
