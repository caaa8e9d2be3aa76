"""The version of tiktoklive, on all our command lines."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from typing import NoReturn


class OwnVersion:
    """Mixed into the options of a command line, before Twisted's, which tell that of Twisted."""

    def opt_version(self) -> NoReturn:
        """Show the version and exit."""
        try:
            number = version("txtiktoklive")
        except PackageNotFoundError:
            number = "(used from a checkout)"
        sys.stdout.write(f"tiktoklive {number}\n")
        raise SystemExit(0)
