"""Those who change what a service follows while they are told something."""

from __future__ import annotations

from random import Random
from typing import Any

from twisted.internet.defer import CancelledError, Deferred

from tests.serving import ServiceTestCase
from tests.stack.case import StackTestCase
from tiktoklive.events import Disconnected, Error, Event
from tiktoklive.service import LiveService
from tiktoklive.users import begin as begin_module

#: How many walks there are of each kind, and what is done on them.
WALKS = 15
ACTS = ("start", "stop", "add", "add", "remove", "rename", "over", "ask")


class MeddlingTests(ServiceTestCase):
    """alice is live, and nobody is a user who does not exist."""

    def not_over(self) -> None:
        """Alice is live, so it is not over."""
        self.assertEqual({"alice": "live"}, self.phases())
        self.assertNoResult(self.service.when_over())

    def test_renamed_when_over(self) -> None:
        """Who is told that all failed may mend a name: that user is followed again."""
        over = self.service.when_over()
        over.addCallback(lambda failed: self.service.rename("nobody", "alice"))
        self.start("nobody")
        self.not_over()

    def test_added_when_over(self) -> None:
        """Or follow another in their place."""

        def replace(failed: dict[str, Exception]) -> None:
            self.service.remove("nobody")
            self.service.add("alice")

        self.service.when_over().addCallback(replace)
        self.start("nobody")
        self.not_over()

    def test_renamed_on_error(self) -> None:
        """An observer may do it as soon as the failure is told."""
        self.service.on(Error, lambda event: self.service.rename("nobody", "alice"))
        over = self.service.when_over()
        self.start("nobody")
        self.not_over()
        self.assertNoResult(over)

    def test_restarted_on_error(self) -> None:
        """An observer may stop and start the service: what failed is tried again."""
        told: list[Any] = []

        def restart(event: Error) -> None:
            if not told:
                self.tiktok.add_room("nobody")
                told.append(self.service.stopService())
                self.service.startService()

        self.service.on(Error, restart)
        over = self.service.when_over()
        self.start("nobody")
        self.successResultOf(told[0])
        self.assertEqual({"nobody": "live"}, self.phases())
        self.assertNoResult(over)

    def test_restarted_on_disconnected(self) -> None:
        """An observer that starts it again while it stops gets all users back."""
        self.tiktok.add_room("bea")
        self.start("alice", "bea")
        told: list[Any] = []

        def start(event: Disconnected) -> None:
            if not told:
                told.append(event.anchor)
                self.service.startService()

        self.service.on(Disconnected, start)
        self.service.stopService()
        self.settle(20)
        self.assertEqual({"alice": "live", "bea": "live"}, self.phases())

    def test_removed_on_disconnected(self) -> None:
        """One that is removed and added while its stream is lost is followed anew."""
        self.start("alice")
        told: list[Deferred[None]] = []

        def again(event: Disconnected) -> None:
            if not told:
                told.append(self.service.remove("alice"))
                self.service.add("alice")

        self.service.on(Disconnected, again)
        self.room.drop()
        self.settle(4)
        self.successResultOf(told[0])
        self.not_over()
        self.assertEqual(1, len(self.room.viewers))

    def test_removal_cancelled(self) -> None:
        """Who does not wait for a removal any more leaves nothing behind."""
        self.start("alice")
        removed = self.service.remove("alice")
        removed.cancel()
        self.failureResultOf(removed, CancelledError)
        self.settle(3)
        self.assertEqual(set(), self.service._leaving.sessions)
        self.assertEqual([], self.room.viewers)


class WalkTests(StackTestCase):
    """A service on random walks: users come, go and are renamed, while it starts and stops."""

    NAMES = ("alice", "bea", "carl", "nobody")

    def walk(self, seed: int, meddling: float) -> None:
        """One walk."""
        random, session_log = Random(seed), [f"seed {seed}"]
        for name in ("bea", "carl"):
            self.tiktok.add_room(name)
        service = LiveService(self.wiring)
        self.services.append(service)
        told: list[Deferred[Any]] = []

        def act(when: str) -> None:
            what, name = random.choice(ACTS), random.choice(self.NAMES)
            session_log.append(f"{what} {name}{when}")
            try:
                if what == "start" and not service.running:
                    service.startService()
                elif what == "stop":
                    told.append(service.stopService())
                elif what == "add":
                    service.add(name)
                elif what == "remove":
                    told.append(service.remove(name))
                elif what == "rename":
                    service.rename(name, random.choice(self.NAMES))
                elif what == "over":
                    service.when_over().addCallback(lambda failed: act(" when over"))
                elif what == "ask":
                    service.room_info(name).addErrback(lambda failure: None)
            except (KeyError, ValueError) as error:
                session_log.append(f"  refused: {error}")

        def meddle(event: Event) -> None:
            if random.random() < meddling:
                act(f" on {event.name} of {event.anchor}")

        service.on("event", meddle)
        try:
            for _ in range(30):
                act("")
                if random.random() < 0.3:
                    self.tiktok.rooms[random.choice(("alice", "bea", "carl"))].drop()
                self.settle(random.choice((0.0, 0.0, 1.0, 5.0)))
            meddling = 0.0
            if not service.running:
                service.startService()
            self.settle(60)
            phases = {name: state.phase for name, state in service.status().items()}
            self.assertLessEqual(set(phases.values()), {"live", "refused"}, phases)
            lost = {name for name, phase in phases.items() if phase == "refused"}
            self.assertEqual(lost, set(service.lost()))
            self.assertEqual(len(phases) - len(lost), len(self.tiktok.viewers))
            self.assertEqual(set(), service._leaving.sessions)
            for each in told:
                self.successResultOf(each)
            self.assertEqual(0, service.counts().failed)
            self.assertEqual([], self.flushLoggedErrors())
        except Exception as error:
            raise AssertionError("\n".join(session_log)) from error

    def walks(self, meddling: float) -> None:
        """Some walks, each in a world of its own."""
        for seed in range(WALKS):
            self.setUp()
            # Else it would take more users until one has to wait for being begun with.
            self.patch(begin_module, "AT_A_TIME", 1)
            self.walk(seed, meddling)
            self.tearDown()

    def test_quiet(self) -> None:
        """Observers only look on."""
        self.walks(0.0)

    def test_meddling(self) -> None:
        """Observers do it too."""
        self.walks(0.2)
