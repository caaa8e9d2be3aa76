"""``tiktoklive replay TAPE``: what happened once more."""

from __future__ import annotations

from twisted.python.usage import UsageError

from tiktoklive.foreground import run
from tiktoklive.settings.flags import FLAGS
from tiktoklive.tap import Options as DaemonOptions

__all__ = ["Options", "run"]


class Options(DaemonOptions):
    """A tape, and the outputs of the daemon."""

    longdesc = "Plays a tape, at its own pace unless --speed says otherwise."
    hidden = frozenset(
        ("record", "replay", "simulate", "from", "rate", "user", "users-file", "config", *FLAGS)
    )

    def parseArgs(self, *names: str) -> None:
        """The tape."""
        if self["record"] is not None or self["replay"] is not None:
            raise UsageError("name the tape without --record or --replay.")
        if len(names) != 1:
            raise UsageError("name the tape to play: replay TAPE.")
        self["replay"] = names[0]

    def getSynopsis(self) -> str:
        """How to call it."""
        return "Usage: tiktoklive replay [options] TAPE"
