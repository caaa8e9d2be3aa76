"""Many users followed by one service."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twisted.internet.defer import CancelledError

from tests.serving import ServiceTestCase
from tests.stack.case import chat
from tiktoklive.errors import InvalidUniqueIdError, TapeError, UserNotFoundError
from tiktoklive.events import Chat, Connected
from tiktoklive.service import LiveService
from tiktoklive.simulator.room import SimulatedRoom


class LiveServiceTests(ServiceTestCase):
    """Users come and go; each one's connection lives for itself."""

    def setUp(self) -> None:
        super().setUp()
        self.bea = self.tiktok.add_room("bea")

    def vanish(self) -> SimulatedRoom:
        """Alice's account is deleted, in the middle of her broadcast."""
        room = self.tiktok.rooms.pop("alice")
        room.drop()
        self.settle(900)
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
        self.settle(5)
        self.assertEqual("Hello", self.successResultOf(info)["title"])
        self.assertIn("Rose", [gift["name"] for gift in self.successResultOf(gifts)])
        self.assertEqual(2, len(self.lookups()))
        self.bea.end()
        self.settle(5)
        offline, listed = self.service.room_info("bea"), self.service.available_gifts("bea")
        self.settle()
        info = self.successResultOf(offline)
        self.assertEqual((self.bea.room_id, 4), (info["id_str"], info["status"]))
        self.assertIn("Rose", [gift["name"] for gift in self.successResultOf(listed)])
        state = self.service.status()["bea"]
        self.assertEqual(info, state.as_dict()["roomInfo"])
        self.assertIsNotNone(state.available_gifts)

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
        """A user who does not exist disturbs nobody; status() and lost() say why."""
        self.start("nobody", "alice")
        self.assertEqual({"nobody": "refused", "alice": "live"}, self.phases())
        self.assertEqual(["nobody"], list(self.service.lost()))
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
        """when_over() fires when nobody of those that are followed exists, with all errors."""
        over = self.service.when_over()
        self.start("nobody", "alice")
        self.service.add("neither")
        self.settle(10)
        self.assertNoResult(over)
        self.service.remove("alice")
        self.settle(1)
        errors = self.successResultOf(over)
        self.assertEqual(["nobody", "neither"], list(errors))
        self.assertIsInstance(errors["nobody"], UserNotFoundError)

    def test_vanished(self) -> None:
        """Who was live and is not found by anybody is no misspelt name: that is not over."""
        over = self.service.when_over()
        self.start("nobody", "alice")
        self.vanish()
        self.assertEqual({"nobody": "refused", "alice": "refused"}, self.phases())
        self.assertEqual(["nobody", "alice"], list(self.service.lost()))
        self.assertNoResult(over)

    def test_controlled(self) -> None:
        """Where others may add users, nobody left is not the end, in whichever order."""
        self.service.controlled()
        over = self.service.when_over()
        self.start("alice")
        self.service.add("nobody")
        self.settle(5)
        self.service.remove("alice")
        self.settle(5)
        self.assertNoResult(over)
        self.service.remove("nobody")
        self.service.add("neither")
        self.settle(5)
        self.assertEqual({"neither": "refused"}, self.phases())
        self.assertNoResult(over)
        self.service.add("alice")
        self.settle(5)
        self.assertEqual({"neither": "refused", "alice": "live"}, self.phases())

    def test_when_over_cancelled(self) -> None:
        """Who does not want to wait any more is forgotten."""
        self.start("alice")
        over = self.service.when_over()
        over.cancel()
        self.failureResultOf(over, CancelledError)
        self.assertEqual(0, len(self.service._ending.waiting))

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
        """What was refused before a restart is tried again, and counts no more."""
        self.start("alice")
        room = self.vanish()
        self.assertEqual({"alice": "refused"}, self.phases())
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

    def failed(self) -> LiveService:
        """A service that has given up its one user, alice, and was stopped."""
        self.nobody = Nobody(TapeError("The tape is over."))
        service = LiveService(replace(self.wiring, resolver=self.nobody))
        self.services.append(service)
        service.add("alice")
        service.startService()
        self.assertEqual(["alice"], list(self.successResultOf(service.when_over())))
        self.successResultOf(service.stopService())
        return service

    def test_failed_and_removed(self) -> None:
        """Why a user was given up is not why one of that name is, who is added later."""
        service = self.failed()
        service.remove("alice")
        service.add("alice")
        self.assertNoResult(service.when_over())

    def test_failed_and_renamed(self) -> None:
        """Nor is it that of another who has the old name; and a stopped service asks nothing."""
        service = self.failed()
        service.rename("alice", "ann")
        service.remove("ann")
        service.add("alice")
        self.settle(1)
        self.assertEqual(["alice"], self.nobody.asked)
        self.assertNoResult(service.when_over())

    def test_stop(self) -> None:
        """Stopping disconnects from all, within seconds, and fires when nothing is left."""
        self.start("alice", "bea", "nobody")
        stopped = self.service.stopService()
        self.assertNoResult(stopped)
        self.settle(3)
        self.successResultOf(stopped)
        self.assertEqual([], self.network.open)
        self.assertEqual({"stopped"}, set(self.phases().values()))

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
        del self.tiktok.rooms["alice"]
        self.service.add("alice")
        self.service.startService()
        self.service.stopService()
        self.service.startService()
        self.settle(1)
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
        users = [self.tiktok.add_room(f"user{number}").unique_id for number in range(30)]
        self.start(*users)
        self.settle(70)  # they are looked up one after the other
        self.assertEqual({"live"}, set(self.phases().values()))
        self.assertEqual(1, len({each.cookies["ttwid"] for each in self.handshakes()}))

    def test_renewed_once(self) -> None:
        """Users who are refused together become one new guest, not many."""
        self.tiktok.refuse(message="DEVICE_BLOCKED", code="415", times=2)
        self.start("alice", "bea")
        self.settle(8)
        self.assertEqual({"live"}, set(self.phases().values()))
        self.assertEqual(2, len({each.cookies["ttwid"] for each in self.handshakes()}))


class Nobody:
    """A resolver that knows nobody, and says so, or something else, at once."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.asked: list[str] = []

    async def resolve(self, unique_id: str) -> Any:
        """Nobody."""
        self.asked.append(unique_id)
        raise self.error or UserNotFoundError(f"There is no @{unique_id}.")
