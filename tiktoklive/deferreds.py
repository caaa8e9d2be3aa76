"""Deferreds: waiting for a bounded time, one question for all who ask it, and all who wait."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any, Final, Generic, TypeVar

from twisted.internet import defer
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IReactorTime
from twisted.python.failure import Failure

_T = TypeVar("_T")

#: Seconds after which a call that comes late says that we stood still.
LATE: Final = 1.0
#: Seconds that the other side has then.
GRACE: Final = 5.0
#: How often a limit gives way, so that a process that is always late still ends its waiting.
TIMES: Final = 3


class Limit:
    """
    A call that is made when the other side took too long, and not when we did.

    :param seconds: until then.
    :param over: what is called.
    :param left: seconds that are left as things are then, of a limit that moves with each sign of
        life: nothing is called as long as there are any.
    """

    __slots__ = ("_call", "_clock", "_due", "_left", "_over", "_times")

    def __init__(
        self,
        seconds: float,
        clock: IReactorTime,
        over: Callable[[], object],
        left: Callable[[], float] | None = None,
    ) -> None:
        self._clock = clock
        self._over = over
        self._left = left
        self._times = TIMES
        self._arm(seconds)

    def active(self) -> bool:
        """Whether it is yet to come."""
        return bool(self._call.active())

    def cancel(self) -> None:
        """It is not needed any more."""
        self._call.cancel()

    def _arm(self, seconds: float) -> None:
        self._due = self._clock.seconds() + seconds
        self._call = self._clock.callLater(seconds, self._look)

    def _look(self) -> None:
        left = self._due - self._clock.seconds() if self._left is None else self._left()
        if left > 0:
            self._arm(left)
        elif left < -LATE and self._times:
            self._times -= 1
            self._arm(GRACE)
        else:
            self._call = self._clock.callLater(0, self._over)


def stop(limit: Limit | None) -> None:
    """Cancel a limit that may be over, or never was."""
    if limit is not None and limit.active():
        limit.cancel()


def started(work: Coroutine[Deferred[Any], Any, _T]) -> Deferred[_T]:
    """
    Start a coroutine for a caller that need not look at what comes of it.

    ``Deferred.fromCoroutine``, but Ctrl-C is no failure of the coroutine: it is raised as from any
    other call, where it came before the reactor runs, or where that leaves signals alone.
    """
    return passing_interrupts(Deferred.fromCoroutine(work))


def passing_interrupts(waiting: Deferred[_T]) -> Deferred[_T]:
    """
    The same Deferred, unless Ctrl-C has failed it.

    :raise KeyboardInterrupt: it has.
    """
    failure = getattr(waiting, "result", None)
    if isinstance(failure, Failure) and isinstance(failure.value, KeyboardInterrupt):
        waiting.addErrback(lambda failure: None)
        raise failure.value.with_traceback(None)
    return waiting


def wait_at_most(
    waiting: Deferred[Any], seconds: float, clock: IReactorTime, late: Callable[[], object]
) -> Deferred[Any]:
    """
    Wait for something that may never come.  It is not cancelled: it may still come later.

    :param late: called when the time is over.
    :return: fires with the result, or with ``None`` when the time is over; cancelling it cancels
        what is waited for.
    """
    over: Deferred[Any] = Deferred(lambda _: waiting.cancel())

    def time_is_over() -> None:
        late()
        over.callback(None)

    limit = Limit(seconds, clock, time_is_over)

    def came(result: Any) -> None:
        if limit.active():
            limit.cancel()
            over.callback(result)
        # Else nobody waits any more, and what came too late is nobody's failure.

    waiting.addBoth(came)
    return over


def ask_within(
    ask: Callable[[], Deferred[_T]],
    seconds: float,
    clock: IReactorTime,
    over: Callable[[Any, float], Any] | None = None,
) -> Deferred[_T]:
    """
    Ask, and cancel what takes too long: the time begins before it is asked.

    :param over: as for :func:`cancel_after`.
    """
    is_over = False

    def time_is_over() -> None:
        nonlocal is_over
        is_over = True
        waiting.cancel()

    limit = Limit(seconds, clock, time_is_over)

    def came(result: Any) -> Any:
        stop(limit)
        return (over or _timed_out)(result, seconds) if is_over else result

    try:
        waiting = ask()
    except BaseException:
        limit.cancel()
        raise
    return waiting.addBoth(came)


def cancel_after(
    waiting: Deferred[_T],
    seconds: float,
    clock: IReactorTime,
    over: Callable[[Any, float], Any] | None = None,
) -> Deferred[_T]:
    """
    Cancel what takes too long: ``Deferred.addTimeout`` by the rule of this module.

    :param over: called with what the cancelling led to, and the seconds; gives the result.  When
        left out, it is a ``TimeoutError``.
    :return: the same Deferred.
    """
    return ask_within(lambda: waiting, seconds, clock, over)


def _timed_out(result: Any, seconds: float) -> Any:
    if isinstance(result, Failure):
        result.trap(defer.CancelledError)
        raise defer.TimeoutError(seconds, "Deferred")
    return result


class Waiters(Generic[_T]):
    """
    Those who wait for the same thing, each for their own Deferred.

    One who is cancelled takes nothing from the others.
    """

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[Deferred[_T]] = []

    def __len__(self) -> int:
        """How many they are."""
        return len(self._waiting)

    def wait(self, gave_up: Callable[[], object] | None = None) -> Deferred[_T]:
        """
        Wait, too.  Who begins to wait while the others are told waits for the next time.

        :param gave_up: called when this one is cancelled, and not among those who wait any more.
        """

        def leave(waiter: Deferred[_T]) -> None:
            if waiter in self._waiting:
                self._waiting.remove(waiter)
            if gave_up is not None:
                gave_up()

        waiter: Deferred[_T] = Deferred(leave)
        self._waiting.append(waiter)
        return waiter

    def tell(self, result: _T | Failure) -> None:
        """What they wait for is there; a failure fails them."""
        for waiter in self._taken():
            waiter.callback(result)

    def fail(self, error: Exception) -> None:
        """What they wait for will not come."""
        for waiter in self._taken():
            waiter.errback(error)

    def _taken(self) -> Iterator[Deferred[_T]]:
        waiting, self._waiting = self._waiting, []
        for waiter in waiting:
            if not waiter.called:  # cancelled by another who was told
                yield waiter


class SingleFlight(Generic[_T]):
    """
    Lets those who ask wait for the same answer.

    One of them who is cancelled takes nothing from the others; the last one takes the question
    along.

    :param told: is given the answer, or the failure, before those who wait are.
    """

    def __init__(self, told: Callable[[_T | Failure], None] | None = None) -> None:
        self._told = told
        self._asking: Deferred[_T] | None = None
        self._waiters: Waiters[_T] = Waiters()

    @property
    def is_asking(self) -> bool:
        """Whether any Deferred waits."""
        return self._asking is not None

    def ask(self, question: Callable[[], Awaitable[_T]]) -> Deferred[_T]:
        """
        Wait for the answer that is under way, or ask.

        :param question: asks; not called if the question is asked already.
        """

        async def answer() -> _T:
            return await question()

        waiter = self._waiters.wait(self._gave_up)
        if self._asking is None:
            asking = self._asking = Deferred.fromCoroutine(answer())
            asking.addBoth(self._answered, asking)
        return waiter

    def _gave_up(self) -> None:
        if not self._waiters and self._asking is not None:
            asking, self._asking = self._asking, None
            asking.cancel()

    def _answered(self, result: _T | Failure, asking: Deferred[_T]) -> None:
        if asking is not self._asking:
            return  # nobody waits for this one any more
        self._asking = None
        waiters, self._waiters = self._waiters, Waiters()
        if self._told is not None:
            self._told(result)
        waiters.tell(result)
