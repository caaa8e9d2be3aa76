"""Files that hold secrets: only their owner may read them."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from tiktoklive.files.reading import read_regular


def read_text(path: str | Path, *, pipe: bool = False) -> tuple[str, int]:
    """
    A text file, and its mode.

    :param pipe: see :func:`tiktoklive.files.reading.read_regular`.
    :raise OSError: it cannot be read, or is no regular file.
    :raise ValueError: it is no text; nothing of it is said.
    """
    content, mode = read_regular(path, pipe=pipe)
    try:
        lines = StringIO(content.decode("utf-8-sig"), newline=None)  # as open() reads ends of lines
        return lines.read(), mode
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not a text file in UTF-8.") from None


def is_private(path: str | Path, mode: int, environ: Mapping[str, str]) -> bool:
    """
    Whether only its owner may use a file of this mode.

    systemd's credentials are, whatever their mode says: where they are given to a service
    by an access list, the mode shows the list's mask as the rights of the group.
    """
    given = environ.get("CREDENTIALS_DIRECTORY")
    if given and Path(path).resolve().is_relative_to(Path(given).resolve()):
        return True
    return not hasattr(os, "getuid") or not stat.S_IMODE(mode) & 0o077


def read_private(path: str | Path, environ: Mapping[str, str], *, pipe: bool = False) -> str:
    """
    What a file of secrets holds, without the white space around it.

    :param pipe: whether it may be a pipe, such as a shell's ``<(COMMAND)``: before the reactor
        runs.
    :raise OSError: it cannot be read, or is no regular file.
    :raise ValueError: others could read it too, it is empty, or it is no text.
    """
    text, mode = read_text(path, pipe=pipe)
    if not is_private(path, mode, environ):
        raise ValueError(f"{path} can be read by others: chmod 600 {path}")
    if not text.strip():
        raise ValueError(f"{path} is empty: it must hold the secret and nothing else.")
    return text.strip()
