"""Why a file cannot be written, and whether that may pass by itself."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

#: What may be over in a moment, or when somebody makes room: it is tried again.
_PASSING: Final = frozenset(
    getattr(errno, name)
    for name in (
        *("ENOSPC", "EDQUOT", "EIO", "ENOMEM", "ENOBUFS", "EMFILE", "ENFILE", "EAGAIN", "EINTR"),
        *("EBUSY", "ESTALE", "ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH"),
    )
    if hasattr(errno, name)
)


def may_pass(error: OSError) -> bool:
    """Whether a file that could not be opened may be opened later, with nothing changed by us."""
    return error.errno in _PASSING


def why_not(path: Path, *, beside: bool = True) -> str:
    """
    Why there is no permission to write a file; ``""`` if there is.

    :param beside: whether files are to be made beside it, or itself.
    """
    own = os.access in os.supports_effective_ids
    if path.exists() and not os.access(path, os.R_OK | os.W_OK, effective_ids=own):
        return "there is no permission to write it"
    if beside and not os.access(path.parent, os.W_OK | os.X_OK, effective_ids=own):
        return f"there is no permission to make files in {path.parent}"
    return ""
