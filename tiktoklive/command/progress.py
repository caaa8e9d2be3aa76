"""How far a long work is: on a terminal, if rich is installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tiktoklive.command.archive import Progress


@contextmanager
def progress_bar(what: str) -> Iterator[Progress]:
    """
    Show a bar on standard error while the block runs.

    :return: what to call with how much is done, and how much there is.
    """
    if not sys.stderr.isatty():
        yield _nothing
        return
    try:
        from rich.console import Console
        from rich.progress import Progress as Bars
    except ImportError:  # the extra "progress"
        yield _nothing
        return
    with Bars(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


def _nothing(done: int, total: int) -> None:
    pass
