"""What command lines print to: streams that may be closed, full, or have no reader."""

from __future__ import annotations

import codecs
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

#: How it is called in errors.
NAME = "standard output"


def write(text: str) -> None:
    """
    Print a text as it is, at once; with ``?`` for what the terminal's encoding does not have.

    :raise OSError: when it cannot be written; its ``filename`` is :data:`NAME`.
    :raise BrokenPipeError: when its reader is gone.
    """
    with _named() as stream:
        encoding = stream.encoding or "utf-8"
        stream.write(text.encode(encoding, "replace").decode(encoding))
        stream.flush()


def write_bytes(data: bytes) -> None:
    """Print bytes, with the errors of :func:`write`; some may wait for :func:`flush`."""
    with _named() as stream:
        stream.buffer.write(data)


def flush() -> None:
    """Print what waits, with the errors of :func:`write`."""
    with _named() as stream:
        stream.flush()


def only_ascii() -> bool:
    """Whether it may lack characters: it is not encoded as UTF-8."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return codecs.lookup(encoding).name != "utf-8"


def status_of(text: str) -> int | str:
    """
    Print a text with which a program ends.

    :return: for ``SystemExit``: 0, also when the reader is gone; else a sentence, why it cannot be
        written.
    """
    try:
        write(text)
    except BrokenPipeError:
        pass
    except OSError as e:
        return f"tiktoklive: {NAME}: {e.strerror}"
    return 0


def complain(what: object) -> None:
    """Say on standard error why a program ends."""
    open_standard_error()
    sys.stderr.write(f"tiktoklive: {what}\n")


def open_standard_error() -> None:
    """Let there be a standard error, also when a program was started with a closed one."""
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


@contextmanager
def _named() -> Iterator[TextIO]:
    if sys.stdout is None:  # as Python has it when it was closed
        raise OSError(errno.EBADF, "it is closed", NAME)
    try:
        yield sys.stdout
    except OSError as e:
        # Python tries once more as it ends, and would complain of that.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OSError(e.errno, e.strerror, NAME) from e
