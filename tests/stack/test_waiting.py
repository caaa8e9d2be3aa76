"""The whole stack: whether a user is live, and waiting until they are."""

from __future__ import annotations

from twisted.internet.defer import CancelledError

from tests.stack.test_asking import LOOKUP, PAGE, AskingTestCase
from tiktoklive.errors import AllFailedError, UserNotFoundError
from tiktoklive.model import Status
from tiktoklive.options import Options
from tiktoklive.simulator import Answer


class IsLiveTests(AskingTestCase):
    """Live or not."""

    def test_told(self) -> None:
        """Live and paused are; ended is not; unknown users are an error."""
        self.wiring = self.wire(Options(lookups_per_minute=0))
        connection = self.connection()
        self.assertIs(True, self.told(connection.fetch_is_live()))
        self.room.pause()
        self.assertIs(True, self.told(connection.fetch_is_live()))
        self.room.end()
        self.assertIs(False, self.told(connection.fetch_is_live()))
        del self.tiktok.rooms["alice"]
        self.fails(connection.fetch_is_live(), UserNotFoundError)

    def test_no_telling(self) -> None:
        """If nobody answers, it is neither."""
        self.tiktok.behaviour.page_style = "bare"
        self.tiktok.answer_next(LOOKUP, Answer(403))
        self.fails(self.connection().fetch_is_live(), AllFailedError)


class WaitUntilLiveTests(AskingTestCase):
    """Waiting for a broadcast."""

    def test_at_once(self) -> None:
        """Of a user who is live, the room is told at once."""
        room = self.told(self.connection().wait_until_live())
        self.assertEqual((self.room.room_id, Status.LIVE), (room.room_id, room.status))

    def test_later(self) -> None:
        """It looks once a minute, until the user is live."""
        self.room.end()
        waiting = self.connection().wait_until_live()
        self.settle(59)
        self.assertEqual(1, len(self.lookups()))
        self.settle(2)
        self.assertEqual(2, len(self.lookups()))
        self.room.go_live()
        self.assertNoResult(waiting)
        self.settle(60)
        self.assertEqual(self.room.room_id, self.successResultOf(waiting).room_id)

    def test_interval(self) -> None:
        """The interval is the caller's, but not below a second."""
        self.wiring = self.wire(Options(lookups_per_minute=0))
        for interval, looks in ((5, 3), (0, 11), (-1, 11), (float("nan"), 11)):
            with self.subTest(interval):
                self.room.status = Status.ENDED
                self.tiktok.requests.clear()
                waiting = self.connection().wait_until_live(interval)
                self.settle(10.5)
                self.assertEqual(looks, len(self.lookups()))
                waiting.cancel()
                self.failureResultOf(waiting, CancelledError)

    def test_trouble(self) -> None:
        """Refusals that may pass are waited for, as long as TikTok asks."""
        answer = Answer(429, headers=(("Retry-After", "40"),))
        self.tiktok.answer_next(LOOKUP, answer)
        self.tiktok.answer_next(PAGE, answer)
        waiting = self.connection().wait_until_live(10)
        self.settle(39)
        self.assertEqual(1, len(self.lookups()))
        self.assertNoResult(waiting)
        self.settle(9)
        self.successResultOf(waiting)

    def test_unheard_of_wait(self) -> None:
        """No more is waited for than patience allows."""
        answer = Answer(429, headers=(("Retry-After", "99999999"),))
        self.tiktok.answer_next(LOOKUP, answer)
        self.tiktok.answer_next(PAGE, answer)
        waiting = self.connection().wait_until_live(10)
        self.settle(86_420)
        self.successResultOf(waiting)

    def test_no_network(self) -> None:
        """Nor does a network that is away end it."""
        self.network.refuse("www.tiktok.com")
        waiting = self.connection().wait_until_live(10)
        self.settle(25)
        self.assertNoResult(waiting)
        self.network.refuse("www.tiktok.com", False)
        self.settle(10)
        self.successResultOf(waiting)

    def test_hopeless(self) -> None:
        """What waiting can't mend ends it."""
        del self.tiktok.rooms["alice"]
        self.fails(self.connection().wait_until_live(), UserNotFoundError)

    def test_said_by_one(self) -> None:
        """That there is no such user ends it only if nobody who was asked could not tell."""
        self.tiktok.faults.misinform("user not found", times=2)
        self.tiktok.answer_next("/@alice/live", Answer(403), 2)
        waiting = self.connection().wait_until_live(10)
        self.settle(15)
        self.assertNoResult(waiting)
        self.settle(10)
        self.assertEqual(self.room.room_id, self.successResultOf(waiting).room_id)

    def test_cancelled(self) -> None:
        """Cancelling it leaves nothing, neither while it asks nor while it waits."""
        self.network.silence("www.tiktok.com")
        asking = self.connection().wait_until_live()
        self.settle(1)
        asking.cancel()
        self.failureResultOf(asking, CancelledError)
        self.settle()
        self.assertEqual(([], []), (self.clock.getDelayedCalls(), self.network.open))
        self.network.silence("www.tiktok.com", False)
        self.room.end()
        waiting = self.connection().wait_until_live()
        self.settle(1)
        waiting.cancel()
        self.failureResultOf(waiting, CancelledError)
        looks = len(self.lookups())
        self.settle(120)
        self.assertEqual(looks, len(self.lookups()))

    def test_stopped(self) -> None:
        """A service that stops waits no more."""
        self.room.end()
        connection = self.follow()
        waiting = connection.wait_until_live()
        self.settle(1)
        connection.stopService()
        self.failureResultOf(waiting, CancelledError)
