"""Functions of the program may await Deferreds, and asyncio's things where its loop runs."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import ContextVar
from typing import Any

from twisted.internet.defer import CancelledError, Deferred, fail, succeed
from twisted.python.failure import Failure
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.dispatch import awaiting
from tiktoklive.dispatch.awaiting import awaited
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.errors.isolation import FAULTS
from tiktoklive.events import Connected, Error
from tiktoklive.model import State

CONNECTED = Connected(State())


class LoopTestCase(SynchronousTestCase):
    """A loop of asyncio, without a reactor."""

    def setUp(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.addCleanup(self.loop.close)
        self.complaints: list[Any] = []
        self.loop.set_exception_handler(lambda loop, about: self.complaints.append(about))

    def tearDown(self) -> None:
        gc.collect()
        self.assertEqual([], self.complaints)
        self.assertEqual(set(), awaiting._tasks)

    def run_it(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Let the loop run until something is done."""
        return self.loop.run_until_complete(work)

    async def turns(self, count: int = 5) -> None:
        """Let the loop turn."""
        for _ in range(count):
            await asyncio.sleep(0)


class TaskTests(LoopTestCase):
    """Where asyncio's loop runs."""

    def result_of(self, function: Callable[[], Awaitable[Any]]) -> Any:
        """What comes of a function's awaitable, or the Failure."""

        async def main() -> Any:
            results: list[Any] = []
            awaited(function()).addBoth(results.append)
            await self.turns(20)
            [result] = results
            return result

        return self.run_it(main())

    def test_of_asyncio(self) -> None:
        """Whatever asyncio has is awaited, what wants a task of its own too."""

        async def everything() -> list[Any]:
            log: list[Any] = []
            async with asyncio.timeout(60), asyncio.TaskGroup() as group:  # at the very beginning
                group.create_task(asyncio.sleep(0))
            await asyncio.sleep(0)
            queue: asyncio.Queue[str] = asyncio.Queue()
            asyncio.get_running_loop().call_soon(queue.put_nowait, "queued")
            log.append(await queue.get())
            log.append(await asyncio.wait_for(asyncio.sleep(0, "slept"), 60))
            log.append(asyncio.current_task() is not None)
            return log

        self.assertEqual(["queued", "slept", True], self.result_of(everything))

    def test_of_both(self) -> None:
        """Deferreds are awaited in between, those that have fired and those that will."""

        async def both() -> list[Any]:
            later: Deferred[str] = Deferred()
            log: list[Any] = [await succeed("at once")]
            asyncio.get_running_loop().call_soon(later.callback, "later")
            log.append(await later)
            await asyncio.sleep(0)
            log.append(await succeed("after"))
            for failing in (fail(ValueError("no")), Deferred[None]()):
                if not failing.called:
                    asyncio.get_running_loop().call_soon(failing.errback, ValueError("no"))
                try:
                    await failing
                except ValueError as error:
                    log.append(str(error))
            return log

        self.assertEqual(["at once", "later", "after", "no", "no"], self.result_of(both))

    def test_futures(self) -> None:
        """What is returned need not be a coroutine."""

        def future() -> asyncio.Future[str]:
            future: asyncio.Future[str] = self.loop.create_future()
            self.loop.call_soon(future.set_result, "here")
            return future

        self.assertEqual("here", self.result_of(future))

    def test_at_once(self) -> None:
        """Its code has run up to where it waits; one that does not wait is done."""

        async def main() -> list[Any]:
            log: list[Any] = []

            async def quick() -> str:
                log.append("quick")
                return "done"

            async def slow() -> None:
                log.append("slow")
                await asyncio.sleep(0)
                log.append("slept")

            awaited(quick()).addCallback(log.append)
            awaited(slow())
            log.append("back")
            await self.turns()
            return log

        self.assertEqual(["quick", "done", "slow", "back", "slept"], self.run_it(main()))

    def test_faults(self) -> None:
        """Whatever it raises, before or after it waits, fails its Deferred and ends no loop."""
        for fault in (ValueError, *FAULTS[1:]):
            for turns in (0, 1):
                with self.subTest(f"{fault.__name__} after {turns}"):

                    async def failing(fault: Any = fault, turns: int = turns) -> None:
                        for _ in range(turns):
                            await asyncio.sleep(0)
                        raise fault("no")

                    result = self.result_of(failing)
                    self.assertIsInstance(result, Failure)
                    self.assertIsInstance(result.value, fault)

    def test_keyboard(self) -> None:
        """Ctrl-C is passed on, and ends the loop."""

        async def failing(turns: int) -> None:
            for _ in range(turns):
                await asyncio.sleep(0)
            raise KeyboardInterrupt

        async def main(turns: int) -> None:
            awaited(failing(turns))
            await self.turns()

        for turns in (0, 1):
            self.assertRaises(KeyboardInterrupt, self.run_it, main(turns))
            self.run_it(self.turns())

    def test_cancelled(self) -> None:
        """Cancelling the Deferred cancels the task, wherever it is."""

        async def main(turns: int) -> list[Any]:
            log: list[Any] = []

            async def waiting() -> None:
                try:
                    await asyncio.get_running_loop().create_future()
                except asyncio.CancelledError:
                    log.append("cancelled")
                    raise

            result = awaited(waiting())
            await self.turns(turns)
            result.cancel()
            result.addErrback(lambda failure: log.append(failure.type))
            await self.turns()
            return log

        for turns in (0, 3):
            self.assertEqual([CancelledError, "cancelled"], self.run_it(main(turns)))

    def test_timeout(self) -> None:
        """A Deferred that takes too long for asyncio's timeout is cancelled, and complains not."""
        cancelled: list[Any] = []

        async def waiting() -> str:
            later: Deferred[None] = Deferred(cancelled.append)
            try:
                async with asyncio.timeout(0):
                    await later
            except TimeoutError:
                return "late"
            return "in time"

        self.assertEqual("late", self.result_of(waiting))
        self.assertEqual(1, len(cancelled))

    def test_in_a_task(self) -> None:
        """Begun from within another task, it is one of its own, and so is that again after it."""

        async def main() -> list[Any]:
            ours, theirs = asyncio.current_task(), []
            variable.set("ours")

            async def waiting() -> None:
                theirs.append(asyncio.current_task())
                theirs.append(variable.get())
                variable.set("theirs")
                await asyncio.sleep(0)
                theirs.append(asyncio.current_task())
                theirs.append(variable.get())

            awaited(waiting())
            same = asyncio.current_task() is ours
            await self.turns()
            return [same, theirs[0] is theirs[2], theirs[0] is ours, theirs[1::2], variable.get()]

        variable: ContextVar[str] = ContextVar("variable")
        expected = [True, True, False, ["ours", "theirs"], "ours"]
        self.assertEqual(expected, self.run_it(main()))


class PlainTests(SynchronousTestCase):
    """Where there is no loop."""

    def test_deferreds(self) -> None:
        """Deferreds are awaited, as ever."""

        async def waiting() -> str:
            return await later

        later: Deferred[str] = Deferred()
        result = awaited(waiting())
        self.assertNoResult(result)
        later.callback("done")
        self.assertEqual("done", self.successResultOf(result))

    def test_keyboard(self) -> None:
        """Ctrl-C is passed on."""

        async def failing() -> None:
            raise KeyboardInterrupt

        self.assertRaises(KeyboardInterrupt, awaited, failing())


class ObserverTests(LoopTestCase):
    """Observers under asyncio."""

    def test_observers(self) -> None:
        """They are called at once and in order, and those that fail are told."""

        async def main() -> list[Any]:
            log: list[Any] = []
            dispatcher = Dispatcher()

            @dispatcher.on(Connected)
            async def first(event: Connected) -> None:
                log.append("first")
                await asyncio.sleep(0)
                log.append("first again")

            @dispatcher.on(Connected)
            async def second(event: Connected) -> None:
                log.append("second")
                await asyncio.sleep(0)
                raise SystemExit("no")

            dispatcher.on(Error, lambda event: log.append(str(event.exception)))
            dispatcher.tell(CONNECTED)
            log.append("told")
            await self.turns()
            return log

        expected = ["first", "second", "told", "first again", "SystemExit('no')"]
        self.assertEqual(expected, self.run_it(main()))
        self.assertEqual(1, len(self.flushLoggedErrors(SystemExit)))

    def test_not_busy(self) -> None:
        """One that has nothing to wait for is not busy with many events of one turn."""

        async def main() -> tuple[int, int]:
            count = 0
            dispatcher = Dispatcher(busy=10)

            @dispatcher.on(Connected)
            async def counting(event: Connected) -> None:
                nonlocal count
                count += 1

            for _ in range(100):
                dispatcher.tell(CONNECTED)
            return count, dispatcher.dropped

        self.assertEqual((100, 0), self.run_it(main()))

    def test_busy(self) -> None:
        """One that waits is busy until it is done."""

        async def main() -> list[int]:
            dispatcher, door = Dispatcher(busy=10), asyncio.Event()

            async def waiting(event: Connected) -> None:
                await door.wait()

            subscription = dispatcher.on(Connected, waiting)
            for _ in range(15):
                dispatcher.tell(CONNECTED)
            counts = [subscription.busy, subscription.dropped]
            door.set()
            await self.turns()
            return [*counts, subscription.busy]

        self.assertEqual([10, 5, 0], self.run_it(main()))
