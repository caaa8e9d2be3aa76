"""What code that is not ours may raise, and nothing but itself fails by it."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Iterator
from typing import Final

from tiktoklive.errors.base import AllFailedError

#: What an awaited part may raise.  Without GeneratorExit, which means there that the coroutine
#: that awaits it is being closed.
AWAITED: Final = (Exception, CancelledError, SystemExit)

#: What a function may raise, an observer say.  An asyncio.CancelledError says that something of
#: theirs was cancelled, and a SystemExit would end nothing: Twisted's reactor only logs it.  What
#: is left out, KeyboardInterrupt, comes from the keyboard and not from the function; it comes only
#: where the reactor runs without its own signal handlers.
FAULTS: Final = (*AWAITED, GeneratorExit)


def failures_in(error: BaseException | None) -> Iterator[BaseException]:
    """
    An error, its causes, and what failed in turn inside it.

    One that only says that others failed is left out: it is of the classes that those share, and
    tells what one of them told.
    """
    todo = [error]
    seen: set[int] = set()
    while todo:
        each = todo.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        inner = each.failures if isinstance(each, AllFailedError) else ()
        if not inner:
            yield each
        todo.append(each.__cause__)
        todo.extend(error for _, error in inner)


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


def said_by(error: BaseException) -> str:
    """
    What an error of others says, for people, without a full stop.

    Of one that says nothing, what it is: ``parse error``, not the name of a class.
    """
    said = getattr(error, "strerror", None) or str(error)
    return str(said or kind_in_words(error)).rstrip(".")


def kind_in_words(error: BaseException) -> str:
    """What an error is, for people: the name of its class in words."""
    name = type(error).__name__.lstrip("_")[:100]
    letters = zip(f" {name}", name, f"{name[1:]} ", strict=False)
    return "".join(
        f" {letter.lower()}"
        if letter.isupper() and (before.islower() or (before.isupper() and behind.islower()))
        else letter.lower()
        for before, letter, behind in letters
    )


def as_error(fault: BaseException) -> Exception:
    """The same as an Exception, for who keeps errors or hands them on."""
    if isinstance(fault, Exception):
        return fault
    error = RuntimeError(repr(fault))
    error.__cause__ = fault
    return error
