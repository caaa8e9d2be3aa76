"""``tiktoklive follow @name``: the daemon in the foreground."""

from __future__ import annotations

from tiktoklive.foreground import run
from tiktoklive.tap import Options as DaemonOptions

__all__ = ["Options", "run"]


class Options(DaemonOptions):
    """What the daemon takes."""

    def getSynopsis(self) -> str:
        """How to call it."""
        return "Usage: tiktoklive follow [options] [@name ...]"
