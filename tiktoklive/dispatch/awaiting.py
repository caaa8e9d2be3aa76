"""Waiting for what functions of the program return: what awaits Deferreds, or asyncio's things."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine, Generator
from contextvars import copy_context
from functools import partial
from types import coroutine
from typing import Any, TypeVar

from twisted.internet.defer import Deferred
from twisted.python.failure import Failure

from tiktoklive.deferreds import started

_T = TypeVar("_T")


def awaited(awaitable: Awaitable[_T]) -> Deferred[_T]:
    """
    Wait for something of others: what awaits Deferreds, and, where asyncio runs, what is asyncio's.

    Its code has run up to where it has to wait.  Where asyncio's loop runs, as it does under the
    reactor of :mod:`twisted.internet.asyncioreactor`, it is a task, as ``asyncio.timeout()`` and
    most libraries want it; it may await Deferreds as well.

    :return: cancelling it cancels the task.
    :raise KeyboardInterrupt: Ctrl-C came before it had to wait.
    """

    async def wait() -> _T:
        return await awaitable

    loop = asyncio._get_running_loop()
    return started(wait()) if loop is None else _in_task(wait(), loop)


#: asyncio keeps its tasks no longer than what they wait for is kept.
_tasks: set[asyncio.Task[None]] = set()


def _done(task: asyncio.Task[None]) -> None:
    _tasks.discard(task)
    if not task.cancelled():
        task.exception()  # Ctrl-C, if anything, which has ended the loop


def _in_task(work: Coroutine[Any, Any, _T], loop: asyncio.AbstractEventLoop) -> Deferred[_T]:
    """Run a coroutine in a task of asyncio, at once up to where it has to wait."""

    def cancel(result: Deferred[_T]) -> None:
        loop.call_soon(task.cancel)  # not before it has begun: it would not hear of it

    result: Deferred[_T] = Deferred(cancel)
    waits_for: Any = None
    is_over = False

    async def go_on() -> None:
        outcome: Any
        if is_over:
            return
        try:
            outcome = await _bridged(work, waits_for, loop)
        except KeyboardInterrupt:
            raise  # asyncio ends its loop by it
        except BaseException:  # asyncio would end its loop by a SystemExit, too
            outcome = Failure()
        if not result.called:  # it is when it was cancelled
            result.callback(outcome)

    context = copy_context()
    task = loop.create_task(go_on(), context=context)
    other = asyncio.current_task(loop)
    if other is not None:
        asyncio._leave_task(loop, other)
    asyncio._enter_task(loop, task)
    try:
        waits_for = context.run(work.send, None)
    except BaseException as error:
        is_over = True
        if isinstance(error, KeyboardInterrupt):
            raise
        outcome: Any = error.value if isinstance(error, StopIteration) else Failure()
        result.callback(outcome)
    else:
        _tasks.add(task)
        task.add_done_callback(_done)
    finally:
        asyncio._leave_task(loop, task)
        if other is not None:
            asyncio._enter_task(loop, other)
    return result


@coroutine
def _bridged(
    work: Coroutine[Any, Any, _T], waits_for: object, loop: asyncio.AbstractEventLoop
) -> Generator[Any, Any, _T]:
    """
    Go on with a coroutine, in a task: in the place of Deferreds, it waits for futures.

    :param waits_for: what it waits for first.
    """
    while True:
        try:
            if isinstance(waits_for, Deferred):
                yield from _fired(waits_for, loop)
                step = partial(work.send, None)
            else:
                step = partial(work.send, (yield waits_for))
        except BaseException as error:
            step = partial(work.throw, error)
        try:
            waits_for = step()
        except StopIteration as done:
            value: _T = done.value
            return value


def _fired(waiting: Deferred[Any], loop: asyncio.AbstractEventLoop) -> Generator[Any, Any, None]:
    """Wait until a Deferred has fired; whoever awaits it takes the result out of it."""
    future: asyncio.Future[None] = loop.create_future()

    def fired(result: Any) -> Any:
        if not future.done():
            future.set_result(None)
        return result

    waiting.addBoth(fired)
    try:
        yield from future
    except BaseException:
        waiting.addErrback(lambda failure: None)  # nobody waits for it any more
        waiting.cancel()
        raise
