"""Parts that can do the same, tried in turn; every failure is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from twisted.internet.defer import CancelledError

from tiktoklive.errors import AllFailedError, LocalResourceError
from tiktoklive.errors.isolation import AWAITED, as_error, failures_in

_P = TypeVar("_P")
_R = TypeVar("_R")


class FirstOf(Generic[_P]):
    """
    Asks one part after the other until one can answer.

    :param parts: pairs of a name, for errors, and the part; at least one.
    :param final: whether an error is an answer too: no other part is asked after it then.
    """

    def __init__(
        self,
        parts: Sequence[tuple[str, _P]],
        *,
        final: Callable[[Exception], bool] = lambda error: False,
    ) -> None:
        if not parts:
            raise ValueError("There is no part to ask.")
        self.parts = tuple(parts)
        self._final = final

    async def ask(self, what: str, question: Callable[[_P], Awaitable[_R]]) -> _R:
        """
        The first answer.

        :param what: says what failed when all did: ``"@name could not be looked up"``.
        :param question: asks one part.
        :raise AllFailedError: all failed; the error of the only one if there is no other.
        """
        failures: list[tuple[str, Exception]] = []
        for name, part in self.parts:
            try:
                return await question(part)
            except CancelledError:
                raise
            except AWAITED as fault:
                error = as_error(fault)
                if self._final(error):
                    raise
                failures.append((name, error))
        raise all_failed(what, failures)


def all_failed(what: str, failures: Sequence[tuple[str, Exception]]) -> Exception:
    """
    The error of parts that failed in turn: that of the only one, or one that lists all.

    :param what: what was tried, as in ``"No source let us in"``.
    :param failures: the name of each part and its error, in the order tried.
    """
    if len(failures) == 1:
        return failures[0][1]
    told = [f"({number}) {name}: {error}" for number, (name, error) in enumerate(failures, 1)]
    return AllFailedError(f"{what}. {' '.join(told)}", failures)


def is_local(error: BaseException | None) -> bool:
    """Whether something failed for want of what this machine or process should have."""
    return any(isinstance(each, LocalResourceError) for each in failures_in(error))
