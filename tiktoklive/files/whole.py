"""Files that are written as a whole: whoever reads one finds the old content or the new one."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Final

_OPENED: Final = reduce(
    or_,
    (getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_BINARY")),
    os.O_WRONLY | os.O_CREAT | os.O_EXCL,
)


def write_whole(path: str | os.PathLike[str], content: bytes) -> None:
    """
    Put a file in the place of another, when it is complete and on the disk, and not before.

    Its owner alone may read it.  One writer at a time may do this to a path: see
    :class:`~tiktoklive.files.FileLock`.

    :param path: of a link, what it leads to is replaced.
    :raise OSError: it cannot be written; what was there is as it was.
    """
    place = Path(os.path.realpath(path))
    # Always the same name: what a process that was killed has left is not for ever.
    part = place.with_name(f".{place.name}.part")
    part.unlink(missing_ok=True)
    try:
        fd = os.open(part, _OPENED, 0o600)
        with os.fdopen(fd, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(fd)
        os.replace(part, place)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    # The name, too: without this a power cut may bring the old file back.
    with suppress(OSError):
        directory = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
