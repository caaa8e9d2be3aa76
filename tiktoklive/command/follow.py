"""``tiktoklive follow @name``: the daemon in the foreground."""

from __future__ import annotations

from tiktoklive.__main__ import run
from tiktoklive.tap import Options

__all__ = ["Options", "run"]
