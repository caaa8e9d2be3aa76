"""What all our command lines print alike: the version of tiktoklive, and help."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import NoReturn

from tiktoklive.files.standard_streams import status_of


class OwnVersion:
    """
    Mixed into the options of a command line, before Twisted's: these tell the version of Twisted,
    and end with a traceback where nothing can be printed.
    """

    def opt_version(self) -> NoReturn:
        """Show the version and exit."""
        try:
            number = version("txtiktoklive")
        except PackageNotFoundError:
            number = "(used from a checkout)"
        raise SystemExit(status_of(f"tiktoklive {number}\n"))

    def opt_help(self) -> NoReturn:
        """Display this help and exit."""
        raise SystemExit(status_of(f"{self}\n"))
