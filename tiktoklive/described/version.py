"""The version of tiktoklive, as all our command lines tell it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def own_version() -> str:
    """One line, without a line break: ``tiktoklive 1.0``, or that it is not installed."""
    try:
        return f"tiktoklive {version('txtiktoklive')}"
    except PackageNotFoundError:
        return "tiktoklive (used from a checkout)"
