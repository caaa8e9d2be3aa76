"""The whole stack: users who change their names, and names that change their users."""

from __future__ import annotations

from typing import Any

from twisted.logger import LogLevel, capturedLogs, formatEvent

from tests.stack.case import StackTestCase, chat
from tiktoklive.errors import UserNotFoundError
from tiktoklive.events import Chat, Renamed
from tiktoklive.model import Status
from tiktoklive.service import LiveService
from tiktoklive.simulator import Answer
from tiktoklive.testing import settle

LOOKUP = "/api-live/user/room/"

#: A live page that knows no such user.
NO_PAGE = Answer(200, b'<script id="SIGI_STATE" type="application/json">{"AppContext":{}}</script>')


class RenameTestCase(StackTestCase):
    """alice is followed by a service, and becomes alice2."""

    def setUp(self) -> None:
        super().setUp()
        self.service = LiveService(self.wiring)
        self.service.add_observer(self.seen)
        self.services.append(self.service)

    def start(self, *names: str) -> None:
        """Follow these."""
        for name in names or ("alice",):
            self.service.add(name)
        self.service.startService()
        self.settle(1)

    def state(self, name: str = "alice") -> Any:
        """What the service says of a user."""
        return self.service.status()[name]

    def profiles(self) -> list[str]:
        """The pages of user ids that were asked for, in order."""
        paths = [each.path.removeprefix("/@") for each in self.tiktok.requests]
        return [path for path in paths if path.isdecimal()]

    def renames(self) -> list[tuple[str, str, str, str]]:
        """What was told of names that changed."""
        told = self.seen.of(Renamed)
        return [(event.anchor, event.old, event.new, event.anchor_id) for event in told]

    def offline(self, seconds: float = 80) -> None:
        """Let the time pass in which who is offline is looked up once."""
        self.settle(seconds)

    def log_of(self, logged: Any) -> list[str]:
        """What is in the log from level info on."""
        return [formatEvent(event) for event in logged if event["log_level"] >= LogLevel.info]


class OfflineTests(RenameTestCase):
    """Renamed while we wait for the next broadcast."""

    def setUp(self) -> None:
        super().setUp()
        self.room.status = Status.ENDED

    def test_followed_on(self) -> None:
        """They are found by their id, though they were never seen live, and are waited for."""
        self.start()
        self.tiktok.rename("alice", "alice2")
        with capturedLogs() as logged:
            self.offline()
        self.assertEqual([self.room.anchor_id], self.profiles())
        self.assertEqual([("alice", "alice", "alice2", self.room.anchor_id)], self.renames())
        state = self.state()
        self.assertEqual("offline", state.phase)
        self.assertEqual(("alice2", self.room.anchor_id), (state.unique_id, state.anchor_id))
        [line] = [line for line in self.log_of(logged) if "is called" in line]
        self.assertEqual(
            f"@alice: user {self.room.anchor_id} is called @alice2 now, and followed on: "
            "TikTok knows no @alice that could go live: check the name's spelling.",
            line,
        )
        self.room.go_live()
        self.offline()
        self.room.push([chat("hello")])
        self.settle()
        self.assertEqual("alice", self.seen.only(Chat).anchor)
        self.assertEqual("alice2", self.lookups()[-1].parameter("uniqueId"))
        self.assertEqual(1, len(self.profiles()))

    def test_status(self) -> None:
        """The line of the status says what they are called now."""
        self.start()
        with capturedLogs() as logged:
            self.service.log_status()
        self.tiktok.rename("alice", "alice2")
        self.offline()
        with capturedLogs() as later:
            self.service.log_status()
        self.assertIn("@alice: offline", self.log_of(logged)[0])
        self.assertIn("@alice (now @alice2): offline", self.log_of(later)[0])

    def test_again(self) -> None:
        """They may change it again and again, and also back."""
        self.start()
        for name in ("alice2", "alice3", "alice"):
            self.tiktok.rename(self.room.unique_id, name)
            self.offline()
        self.assertEqual(
            [("alice", "alice2"), ("alice2", "alice3"), ("alice3", "alice")],
            [(event.old, event.new) for event in self.seen.of(Renamed)],
        )
        self.assertEqual("offline", self.state().phase)

    def test_two(self) -> None:
        """Two who swap their names are not mixed up."""
        bea = self.tiktok.add_room("bea", status=Status.ENDED)
        self.start("alice", "bea")
        self.tiktok.rename("alice", "x")
        self.tiktok.rename("bea", "alice")
        self.tiktok.rename("x", "bea")
        self.offline(160)
        self.assertEqual(
            {
                ("alice", "alice", "bea", self.room.anchor_id),
                ("bea", "bea", "alice", bea.anchor_id),
            },
            set(self.renames()),
        )
        self.room.go_live()
        bea.go_live()
        self.offline()
        self.room.push([chat("from alice")])
        bea.push([chat("from bea")])
        self.settle()
        heard = {(event.anchor, event.comment) for event in self.seen.of(Chat)}
        self.assertEqual({("alice", "from alice"), ("bea", "from bea")}, heard)

    def test_unknown_id(self) -> None:
        """Who was never found has no id: nobody is asked what they are called."""
        self.start("nobody")
        self.assertEqual("refused", self.state("nobody").phase)
        self.assertEqual([], self.profiles())

    def test_gone(self) -> None:
        """Who is not there under any name is looked for seldom, and given up after a week."""
        self.start()
        del self.tiktok.rooms["alice"]
        over = self.service.when_over()
        self.offline()
        self.assertEqual("refused", self.state().phase)
        self.assertEqual([self.room.anchor_id], self.profiles())
        self.assertNoResult(over)
        settle(self.network, 8 * 86_400, step=60)
        self.assertIsInstance(self.successResultOf(over)["alice"], UserNotFoundError)
        self.assertEqual([], self.renames())

    def test_same_name(self) -> None:
        """Who still has the name, but is not found, is looked for again in a while."""
        self.start()
        answer = {"statusCode": 19881007, "message": "user_not_found", "data": None}
        for _ in range(5):
            self.tiktok.answer_next(LOOKUP, Answer.json(answer))
            self.tiktok.answer_next("/@alice/live", NO_PAGE)
        self.offline()
        self.assertIn("TikTok contradicts itself", self.state().reason)
        self.offline(5 * 100)
        self.assertEqual("offline", self.state().phase)
        self.assertGreaterEqual(len(self.profiles()), 5)

    def test_blocked(self) -> None:
        """As long as the profile is not shown, nobody is given up."""
        self.start()
        self.tiktok.rename("alice", "alice2")
        page = f"/@{self.room.anchor_id}"
        self.tiktok.challenge(page)
        self.tiktok.answer_next(page, Answer(403))
        self.tiktok.answer_next(page, Answer(200, b"<html></html>"))
        with capturedLogs() as logged:
            self.offline(300)
        said = [line for line in self.log_of(logged) if line.startswith("@alice: waiting: ")]
        for line, shown in zip(said, ("a challenge page", "HTTP 403", "no user"), strict=True):
            self.assertIn("@alice is not found, nor what user", line)
            self.assertIn(shown, line)
        self.assertEqual(("offline", "alice2"), (self.state().phase, self.state().unique_id))
        self.assertEqual(4, len(self.profiles()))

    def test_failing(self) -> None:
        """Nor when TikTok fails right then."""
        self.start()
        self.tiktok.rename("alice", "alice2")
        self.tiktok.faults.answer(f"/@{self.room.anchor_id}", "500", times=1)
        with capturedLogs() as logged:
            self.offline(100)
        [line] = [line for line in self.log_of(logged) if line.startswith("@alice: waiting: ")]
        self.assertIn("nor what user", line)
        self.assertEqual(("offline", "alice2"), (self.state().phase, self.state().unique_id))

    def test_contradiction(self) -> None:
        """A new name that the look-up does not know yet is looked up later, and not in a hurry."""
        self.start()
        self.tiktok.rename("alice", "alice2")
        answer = {"statusCode": 19881007, "message": "user_not_found", "data": None}
        self.tiktok.answer_next(LOOKUP, Answer.json(answer), times=4)
        self.tiktok.answer_next("/@alice2/live", NO_PAGE, times=4)
        asked = len(self.lookups())
        self.offline(66)
        self.assertEqual("waiting", self.state().phase)
        self.assertIn("TikTok contradicts itself", self.state().reason)
        self.assertLessEqual(len(self.lookups()), asked + 5)
        self.offline(120)
        self.assertEqual(("offline", "alice2"), (self.state().phase, self.state().unique_id))

    def test_asking(self) -> None:
        """What is asked beside the stream is asked of the present name."""
        self.start()
        self.tiktok.rename("alice", "alice2")
        self.offline()
        self.room.go_live()
        asked = self.service.room_info("alice")
        self.settle()
        self.assertEqual(self.room.room_id, self.successResultOf(asked)["id_str"])

    def test_stopped(self) -> None:
        """Stopped while the profile is asked for, nothing is left; started again, it goes on."""
        self.start()
        self.tiktok.rename("alice", "alice2")
        self.network.silence("www.tiktok.com")
        self.offline()
        self.assertEqual("resolving", self.state().phase)
        stopped = self.service.stopService()
        self.settle(1)
        self.successResultOf(stopped)
        self.network.silence("www.tiktok.com", False)
        self.service.startService()
        self.settle(1)
        self.assertEqual(("offline", "alice2"), (self.state().phase, self.state().unique_id))

    def test_stopped_by_observer(self) -> None:
        """An observer who stops, and starts, when told is obeyed."""
        for start in (False, True):
            with self.subTest(start):
                old = self.room.unique_id
                service = LiveService(self.wiring)

                def told(event: Renamed, service: Any = service, start: bool = start) -> None:
                    service.stopService()
                    if start:
                        service.startService()

                service.on(Renamed, told)
                service.add(old)
                service.startService()
                self.settle(1)
                self.tiktok.rename(old, old + "x")
                self.offline()
                state = service.status()[old]
                self.assertEqual("offline" if start else "stopped", state.phase)
                self.assertEqual(old + "x", state.unique_id)
                service.stopService()
                self.settle(3)
