"""What code that is not ours may raise, and nothing but itself fails by it."""

from __future__ import annotations

from asyncio import CancelledError
from typing import Final

#: What an awaited part may raise.  Without GeneratorExit, which means there that the coroutine
#: that awaits it is being closed.
AWAITED: Final = (Exception, CancelledError, SystemExit)

#: What a function may raise, an observer say.  An asyncio.CancelledError says that something of
#: theirs was cancelled, and a SystemExit would end nothing: Twisted's reactor only logs it.  What
#: is left out, KeyboardInterrupt, comes from the keyboard and not from the function; it comes only
#: where the reactor runs without its own signal handlers.
FAULTS: Final = (*AWAITED, GeneratorExit)


def without_frames(error: BaseException) -> None:
    """
    Let an error that is kept forget where it was raised, and its causes as well.

    The frames of a traceback keep what their functions worked on: the bytes of a whole answer.
    """
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        each = todo.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            each.__traceback__ = None
            todo += each.__cause__, each.__context__
            todo += (error for _, error in getattr(each, "failures", ()))  # of parts asked in turn


def as_error(fault: BaseException) -> Exception:
    """The same as an Exception, for who keeps errors or hands them on."""
    if isinstance(fault, Exception):
        return fault
    error = RuntimeError(repr(fault))
    error.__cause__ = fault
    return error
