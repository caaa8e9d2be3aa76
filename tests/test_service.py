"""Many users followed by one service."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

from twisted.internet.defer import CancelledError, Deferred
from twisted.logger import LogLevel, capturedLogs, formatEvent
from zope.interface import implementer

from tests.stack import StackTestCase, chat
from tiktoklive.errors import InvalidUniqueIdError, UserNotFoundError, UserOfflineError
from tiktoklive.events import Chat, Connected
from tiktoklive.interfaces import IStream, IStreamOpener
from tiktoklive.service import APART, AT_A_TIME, STOP_TIMEOUT, LiveService
from tiktoklive.simulator.room import SimulatedRoom
from tiktoklive.wire.frames import push


class LiveServiceTests(StackTestCase):
    """Users come and go; each one's connection lives for itself."""

    def setUp(self) -> None:
        super().setUp()
        self.bea = self.tiktok.add_room("bea")
        self.service = LiveService(self.wiring)
        self.service.add_observer(self.seen)
        self.services.append(self.service)

    def phases(self) -> dict[str, str]:
        """What each connection is doing."""
        return {name: state.phase for name, state in self.service.status().items()}

    def start(self, *names: str) -> None:
        """Follow these, and let the network settle."""
        for name in names:
            self.service.add(name)
        self.service.startService()
        self.settle()

    def vanish(self) -> SimulatedRoom:
        """Alice's account is deleted, in the middle of her broadcast."""
        room = self.tiktok.rooms.pop("alice")
        room.drop()
        self.settle(4)
        return room

    def test_several(self) -> None:
        """Those that were added before the start are followed from the start."""
        self.start("@alice", "https://www.tiktok.com/@bea/live")
        self.assertEqual({"alice": "live", "bea": "live"}, self.phases())

    def test_not_before_the_start(self) -> None:
        """Adding a user to a service that doesn't run asks nothing."""
        self.assertEqual("alice", self.service.add("@alice"))
        self.settle(10)
        self.assertEqual([], self.tiktok.requests)
        self.assertEqual({"alice": "idle"}, self.phases())

    def test_whose_event(self) -> None:
        """Events say whose they are."""
        self.start("alice", "bea")
        self.room.push([chat("for alice")])
        self.bea.push([chat("for bea")])
        self.settle()
        heard = [(event.anchor, event.room_id, event.comment) for event in self.seen.of(Chat)]
        self.assertEqual(
            [("alice", self.room.room_id, "for alice"), ("bea", self.bea.room_id, "for bea")], heard
        )

    def test_add(self) -> None:
        """A user who is added at run time is followed at once."""
        self.start("alice")
        self.service.add("bea")
        self.settle()
        self.assertEqual({"alice": "live", "bea": "live"}, self.phases())

    def test_remove(self) -> None:
        """A user who is removed is followed no more; the others are not disturbed."""
        self.start("alice", "bea")
        removed = self.service.remove("@Alice")
        self.assertEqual({"bea": "live"}, self.phases())
        self.settle(3)
        self.successResultOf(removed)
        self.assertEqual([], self.room.viewers)
        self.bea.push([chat("still here")])
        self.settle()
        self.assertEqual(["still here"], self.seen.comments())
        self.assertEqual(1, len(self.bea.all_viewers))

    def test_facts(self) -> None:
        """The room and its gifts are asked for; of one who is not connected, after a look-up."""
        self.start("alice")
        self.service.add("bea")
        self.room.title = "Hello"
        info, gifts = self.service.room_info("@Alice"), self.service.available_gifts("alice")
        self.settle()
        self.assertEqual("Hello", self.successResultOf(info)["title"])
        self.assertIn("Rose", [gift["name"] for gift in self.successResultOf(gifts)])
        self.assertEqual(2, len(self.lookups()))
        self.bea.end()
        self.settle(5)
        offline = self.service.room_info("bea")
        self.settle()
        self.failureResultOf(offline, UserOfflineError)

    def test_facts_of_others(self) -> None:
        """Nobody asks about a user who is not followed."""
        self.start("alice")
        for ask in (self.service.room_info, self.service.available_gifts):
            self.failureResultOf(ask("bea"), KeyError)
            self.failureResultOf(ask("no body"), InvalidUniqueIdError)
        self.assertEqual(1, len(self.lookups()))

    def test_remove_and_add(self) -> None:
        """A user who was removed can be added again."""
        self.start("alice")
        self.service.remove("alice")
        self.service.add("alice")
        self.settle(3)
        self.assertEqual({"alice": "live"}, self.phases())
        self.assertEqual(1, len(self.room.viewers))

    def test_twice(self) -> None:
        """A user is followed once, in whatever case the name is typed."""
        self.service.add("alice")
        self.assertRaises(ValueError, self.service.add, "@ALICE")

    def test_unknown(self) -> None:
        """Removing somebody who is not followed is an error."""
        self.assertRaises(KeyError, self.service.remove, "alice")

    def test_no_name(self) -> None:
        """What is no username is refused."""
        self.assertRaises(InvalidUniqueIdError, self.service.add, "no name!")

    def test_one_fails(self) -> None:
        """A user who fails disturbs nobody; status() says why."""
        self.start("nobody", "alice")
        self.assertEqual({"nobody": "failed", "alice": "live"}, self.phases())
        self.assertIn("@nobody", self.service.status()["nobody"].reason)
        self.settle(100)
        self.assertEqual("live", self.phases()["alice"])

    def test_one_is_lost(self) -> None:
        """A stream that is lost is nobody else's loss."""
        self.start("alice", "bea")
        self.room.drop(clean=False)
        self.settle()
        self.assertEqual({"alice": "waiting", "bea": "live"}, self.phases())

    def test_when_over(self) -> None:
        """when_over() fires when the last connection failed for good, with all errors."""
        over = self.service.when_over()
        self.start("nobody", "alice")
        self.assertNoResult(over)
        self.vanish()
        errors = self.successResultOf(over)
        self.assertEqual(["nobody", "alice"], list(errors))
        self.assertIsInstance(errors["nobody"], UserNotFoundError)

    def test_when_over_cancelled(self) -> None:
        """Who does not want to wait any more is forgotten."""
        self.start("alice")
        over = self.service.when_over()
        over.cancel()
        self.failureResultOf(over, CancelledError)
        self.assertEqual([], self.service._waiting_over)

    def test_when_over_later(self) -> None:
        """Asked after all failed, it fires at once."""
        self.start("nobody")
        self.assertEqual(["nobody"], list(self.successResultOf(self.service.when_over())))

    def test_when_over_after_remove(self) -> None:
        """Removing the only one who had not failed leaves nothing to wait for."""
        over = self.service.when_over()
        self.start("nobody", "alice")
        self.service.remove("alice")
        self.settle(1)
        self.assertEqual(["nobody"], list(self.successResultOf(over)))

    def test_when_over_after_restart(self) -> None:
        """What failed before a restart is tried again, and counts no more."""
        self.start("alice")
        room = self.vanish()
        self.assertEqual({"alice": "failed"}, self.phases())
        self.service.stopService()
        self.settle(1)
        self.tiktok.rooms["alice"] = room
        self.service.startService()
        over = self.service.when_over()
        self.settle(1)
        self.assertNoResult(over)
        self.assertEqual({"alice": "live"}, self.phases())

    def test_not_over_without_users(self) -> None:
        """A service without users is not over: some may come."""
        over = self.service.when_over()
        self.start()
        self.service.add("alice")
        self.service.remove("alice")
        self.settle(1)
        self.assertNoResult(over)

    def test_failed_at_once(self) -> None:
        """A failure without any waiting is noticed too."""
        service = LiveService(replace(self.wiring, resolver=Nobody()))
        self.services.append(service)
        over = service.when_over()
        service.add("alice")
        service.startService()
        self.assertEqual(["alice"], list(self.successResultOf(over)))

    def test_stop(self) -> None:
        """Stopping disconnects from all, within seconds, and fires when nothing is left."""
        self.start("alice", "bea", "nobody")
        stopped = self.service.stopService()
        self.assertNoResult(stopped)
        self.settle(3)
        self.successResultOf(stopped)
        self.assertEqual([], self.network.open)
        self.assertEqual({"stopped", "failed"}, set(self.phases().values()))

    def test_restart(self) -> None:
        """A service can be started again after it was stopped."""
        self.start("alice")
        self.service.stopService()
        self.settle(3)
        self.service.startService()
        self.settle(1)
        self.assertEqual({"alice": "live"}, self.phases())

    def test_restart_at_once(self) -> None:
        """Started again while it stops, it follows again without losing its first request."""
        self.start("alice")
        stopped = self.service.stopService()
        self.service.startService()
        self.settle(1)
        self.successResultOf(stopped)
        self.assertEqual({"alice": "live"}, self.phases())

    def test_failure_after_restart_at_once(self) -> None:
        """when_over() hears of failures after such a start too."""
        over = self.service.when_over()
        self.start("alice")
        self.service.stopService()
        self.service.startService()
        self.settle(1)
        self.vanish()
        self.assertEqual(["alice"], list(self.successResultOf(over)))

    def test_stop_waits_for_the_removed(self) -> None:
        """Stopping waits also for users who were removed just before."""
        self.start("alice", "bea")
        self.service.remove("alice")
        self.service.remove("bea")
        left: list[Any] = []
        stopped = self.service.stopService()
        stopped.addCallback(lambda result: left.extend(self.tiktok.viewers))
        self.settle(3)
        self.successResultOf(stopped)
        self.assertEqual([], left)

    def test_observers(self) -> None:
        """Functions can be added, and removed, for all users together."""
        seen: list[str] = []
        subscription = self.service.on(Connected, lambda event: seen.append(event.anchor))
        self.start("alice")
        subscription.remove()
        self.service.remove_observer(self.seen)
        self.seen.events.clear()
        self.service.add("bea")
        self.settle()
        self.assertEqual((["alice"], []), (seen, self.seen.events))

    def test_many(self) -> None:
        """Thirty users share one guest cookie."""
        for number in range(30):
            self.tiktok.add_room(f"user{number}")
        self.start(*(f"user{number}" for number in range(30)))
        self.settle(30)  # they are looked up one after the other
        self.assertEqual({"live"}, set(self.phases().values()))
        self.assertEqual(1, len({each.cookies["ttwid"] for each in self.handshakes()}))

    def test_renewed_once(self) -> None:
        """Users who are refused together become one new guest, not many."""
        self.tiktok.refuse(message="DEVICE_BLOCKED", code="415", times=2)
        self.start("alice", "bea")
        self.settle(5)
        self.assertEqual({"live"}, set(self.phases().values()))
        self.assertEqual(2, len({each.cookies["ttwid"] for each in self.handshakes()}))


class CrowdTests(StackTestCase):
    """Hundreds of users."""

    def setUp(self) -> None:
        super().setUp()
        self.asked: list[str] = []
        self.service = LiveService(replace(self.wiring, resolver=self))
        self.services.append(self.service)

    async def resolve(self, unique_id: str) -> Any:
        """Who asks; it takes its time."""
        self.asked.append(unique_id)
        await Deferred()

    def test_start(self) -> None:
        """They are begun to be followed a few at a time, in their order."""
        names = [f"user{number}" for number in range(500)]
        for name in names:
            self.service.add(name)
        self.service.startService()
        self.assertEqual(AT_A_TIME, len(self.asked))
        for turn in range(2, 101):
            self.clock.advance(APART)
            self.assertEqual(turn * AT_A_TIME, len(self.asked))
        self.clock.advance(APART)
        self.assertEqual([], self.clock.getDelayedCalls())
        self.assertEqual(names, self.asked)

    def test_add(self) -> None:
        """So are those who are added in a loop, while it runs; the first at once."""
        self.service.startService()
        for number in range(12):
            self.service.add(f"user{number}")
        self.assertEqual(AT_A_TIME, len(self.asked))
        self.clock.pump([APART] * 2)
        self.assertEqual(12, len(self.asked))
        self.clock.advance(APART)
        self.assertEqual([], self.clock.getDelayedCalls())
        self.service.add("late")
        self.assertEqual("late", self.asked[-1])

    def test_removed(self) -> None:
        """Who is removed before their turn is not looked up."""
        self.service.startService()
        for number in range(AT_A_TIME + 2):
            self.service.add(f"user{number}")
        self.successResultOf(self.service.remove(f"user{AT_A_TIME + 1}"))
        self.clock.advance(APART)
        self.assertEqual(f"user{AT_A_TIME}", self.asked[-1])

    def test_stop(self) -> None:
        """Stopped meanwhile, the others have no turn any more."""
        for number in range(25):
            self.service.add(f"user{number}")
        self.service.startService()
        self.successResultOf(self.service.stopService())
        self.clock.advance(1)
        self.assertEqual(AT_A_TIME, len(self.asked))
        self.service.startService()
        self.clock.pump([APART] * 5)
        self.assertEqual(AT_A_TIME + 25, len(self.asked))

    def test_restart(self) -> None:
        """Started again in the turn in which it was stopped, all are followed once."""
        for number in range(15):
            self.service.add(f"user{number}")
        self.service.startService()
        self.service.stopService()
        self.service.startService()
        self.clock.pump([APART] * 3)
        self.assertEqual(15, len(set(self.asked)))
        self.assertEqual({"resolving"}, {each.phase for each in self.service.status().values()})


class LogTests(StackTestCase):
    """What the log is told of the rooms."""

    def setUp(self) -> None:
        super().setUp()
        self.service = LiveService(self.wiring)
        self.services.append(self.service)

    def lines(self, logged: Any) -> list[str]:
        """What is in the log from level info on."""
        return [formatEvent(e) for e in logged if e["log_level"] >= LogLevel.info]

    def test_status(self) -> None:
        """One line for each user: the state, its reason, and what the bounds cost."""
        self.tiktok.add_room("bea").end()
        for name in ("alice", "bea", "nobody"):
            self.service.add(name)
        self.service.startService()
        self.settle(1)
        self.viewer.send(push(bytes(20_000_000), 1))
        self.settle(1)
        with capturedLogs() as logged:
            self.service.log_status()
        alice, bea, nobody = self.lines(logged)
        room = self.room.room_id
        self.assertEqual(f"@alice: live in room {room}: room {room} (payload 1)", alice)
        self.assertIn("@bea: offline: ", bea)
        self.assertIn("@nobody: failed: ", nobody)
        for line, state in zip((alice, bea, nobody), self.service.status().values(), strict=True):
            self.assertIn(state.phase, line)
            self.assertIn(state.reason, line)

    def test_story(self) -> None:
        """Each change is a line with its reason; what happens over and over soon is not."""
        self.service.add("alice")
        with capturedLogs() as logged:
            self.service.startService()
            self.settle(1)
            for _ in range(20):
                self.lose(seconds=5)
        lines = self.lines(logged)
        self.assertEqual("@alice: resolving", lines[0])
        self.assertEqual(4, sum(": live" in line for line in lines) + 1)
        self.assertEqual(3, sum(": waiting: The stream of" in line for line in lines))

    def test_quiet(self) -> None:
        """In a bad night no line repeats more than six times an hour."""
        self.tiktok.add_room("bea").end()
        cem = self.tiktok.add_room("cem")
        for name in ("alice", "bea", "cem"):
            self.service.add(name)
        self.service.on("chat", lambda event: 1 / 0)
        hours = 2
        with capturedLogs() as logged:
            self.service.startService()
            self.settle(1)
            for _ in range(hours * 60):
                if self.room.viewers:
                    self.room.push([chat("x")] * 5)
                    for viewer in self.room.viewers:
                        viewer.send(b"\xff" * 9)
                self.settle(1)
                cem.drop(clean=False)
                self.tiktok.refuse(status=503, times=2)
                self.settle(59)
        said = Counter(re.sub("[0-9.]+", "", line) for line in self.lines(logged))
        for line, times in said.items():
            self.assertLess(times, hours * 6 + 3, line)
        self.assertIn("failed on", "".join(said))
        self.flushLoggedErrors(ZeroDivisionError)
        self.assertIn("times more since this was logged", "".join(said))


class StuckTests(StackTestCase):
    """A part that never gets done."""

    def test_stop(self) -> None:
        """A stream that does not close is left behind after a while, and the room is named."""
        stuck = Stuck()
        service = LiveService(replace(self.wiring, opener=stuck))
        service.add("alice")
        service.startService()
        self.settle(1)
        self.assertEqual("live", service.status()["alice"].phase)
        stopped = service.stopService()
        self.settle(STOP_TIMEOUT - 0.1)
        self.assertNoResult(stopped)
        with capturedLogs() as logged:
            self.settle(0.2)
        self.successResultOf(stopped)
        [line] = [formatEvent(event) for event in logged]
        self.assertIn("@alice does not stop: it is left behind while stopping", line)
        stuck.receiver.closed(None)
        self.assertEqual("stopped", service.status()["alice"].phase)

    def test_remove(self) -> None:
        """So is one of a user who is removed; the service can be stopped afterwards."""
        stuck = Stuck()
        service = LiveService(replace(self.wiring, opener=stuck))
        service.add("alice")
        service.startService()
        self.settle(1)
        removed = service.remove("alice")
        self.settle(STOP_TIMEOUT - 0.1)
        self.assertNoResult(removed)
        with capturedLogs() as logged:
            self.settle(0.2)
        self.successResultOf(removed)
        [line] = [formatEvent(event) for event in logged]
        self.assertIn("@alice does not stop: it is left behind while stopping", line)
        stopped = service.stopService()
        self.settle(0)
        self.successResultOf(stopped)
        stuck.receiver.closed(None)


@implementer(IStreamOpener, IStream)
class Stuck:
    """Opens a stream that does not close."""

    heartbeat = not_upgraded = None
    transport_name = "websocket"

    async def open(self, ticket: Any, receiver: Any) -> Any:
        """At once."""
        self.receiver = receiver
        return self

    def send(self, data: bytes) -> None:
        """To nobody."""

    def close(self) -> Deferred[None]:
        """Never."""
        return Deferred()


class Nobody:
    """A resolver that knows nobody, and says so at once."""

    async def resolve(self, unique_id: str) -> Any:
        """Nobody."""
        raise UserNotFoundError(f"There is no @{unique_id}.")
