"""
Decompression, by the fastest implementation that is installed.

More than half of what decoding a compressed frame costs is inflating it.  The package ``isal``
(extra ``fast``) does that in half the time of the standard library's zlib.
"""

from __future__ import annotations

import zlib
from typing import Any, Final

try:
    from isal import isal_zlib as fastest
except ImportError:
    fastest = zlib  # type: ignore[misc]  # the same functions

#: What it raises for data that is damaged.
ERRORS: Final[Any] = (zlib.error, fastest.error)  # isal's stub is wrong about its error

__all__ = ["ERRORS", "fastest"]
