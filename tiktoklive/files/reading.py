"""
The one way in which files that users name are read: regular files, of a size that has a bound.

A named pipe without a writer, or a terminal, would stop the whole process at ``open`` or ``read``.
"""

from __future__ import annotations

import errno
import os
import select
import stat
from typing import BinaryIO, Final

#: Bytes of a file that is read as a whole, at most.
LARGEST: Final = 16 << 20

#: Seconds between two pieces of what comes out of a pipe, at most.
_PATIENCE: Final = 10.0

_OPENED: Final = os.O_RDONLY | (
    getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)

_KINDS: Final = (
    (stat.S_ISFIFO, "it is a pipe, and no regular file"),
    (stat.S_ISSOCK, "it is a socket, and no regular file"),
    (lambda mode: True, "it is a device, and no regular file"),
)


def open_regular(path: str | os.PathLike[str]) -> BinaryIO:
    """
    Open a file to read it.

    :raise OSError: it cannot be read, or is no regular file: a pipe, a device, a directory.
    """
    return os.fdopen(_open(path, pipe=False), "rb")


def read_regular(
    path: str | os.PathLike[str],
    most: int = LARGEST,
    *,
    pipe: bool = False,
    patience: float = _PATIENCE,
) -> tuple[bytes, int]:
    """
    All of a file, and its mode.

    :param most: bytes that it may have.
    :param pipe: whether it may be a pipe, which is waited for: a shell gives one for
        ``<(COMMAND)``.  Only before the reactor runs.
    :param patience: seconds to wait for each piece of what comes out of that.
    :raise OSError: it cannot be read, is larger, or is no regular file.
    """
    fd = _open(path, pipe=pipe)
    try:
        mode = os.fstat(fd).st_mode
        content = bytearray()
        while len(content) <= most:
            try:
                piece = os.read(fd, most + 1 - len(content))
            except BlockingIOError:  # a pipe that has a writer, and nothing in it
                if not select.select([fd], [], [], patience)[0]:
                    said = f"it is a pipe, and nothing came out of it for {patience:g} s"
                    raise OSError(errno.ETIMEDOUT, said) from None
                continue
            if not piece and stat.S_ISFIFO(mode) and not content:
                raise OSError(errno.EINVAL, "it is a pipe, and nothing came out of it")
            if not piece:
                return bytes(content), mode
            content += piece
    finally:
        os.close(fd)
    raise OSError(errno.EFBIG, f"it has more than {most} bytes")


def check_regular(path: str | os.PathLike[str], *, pipe: bool = False) -> None:
    """
    Look whether a file can be read here, without opening it.

    :raise OSError: it is not there, or no regular file.
    """
    _check(os.stat(path).st_mode, pipe=pipe)


def _open(path: str | os.PathLike[str], *, pipe: bool) -> int:
    check_regular(path, pipe=pipe)  # to open some devices does something
    fd = os.open(path, _OPENED)
    try:
        _check(os.fstat(fd).st_mode, pipe=pipe)
    except BaseException:
        os.close(fd)
        raise
    return fd


def _check(mode: int, *, pipe: bool) -> None:
    if stat.S_ISREG(mode) or (pipe and stat.S_ISFIFO(mode)):
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    raise OSError(errno.EINVAL, next(said for is_kind, said in _KINDS if is_kind(mode)))
