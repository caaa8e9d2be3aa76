"""What a remote side can fill in the dispatcher, and among the streaks, is bounded in bytes."""

from __future__ import annotations

from twisted.internet.defer import Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.dispatch.test_battles import OPEN, change, score
from tests.dispatch.test_streaks import gift
from tests.events.making import ROOM
from tests.stack.case import CHAT, chat
from tests.test_kept import LARGE, MIB, given, growth
from tiktoklive.dispatch import battles as battles_module
from tiktoklive.dispatch import streaks as streaks_module
from tiktoklive.dispatch.battles import RUNNING_BYTES as RUNNING_BYTES_OF_BATTLES
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import NAMES_KEPT, Dispatcher
from tiktoklive.dispatch.streaks import KINDS, KINDS_BYTES, RUNNING_BYTES, Streaks
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.events import Error, Event, GiftStreak, Origin
from tiktoklive.stream.limits import Limits, Tally, bounds
from tiktoklive.wire.batches import build_batch, parse_batch
from tiktoklive.wire.speech_pb2 import WebcastChatMessage


class DispatcherTests(SynchronousTestCase):
    """What is kept for all rooms."""

    def setUp(self) -> None:
        self.dispatcher = Dispatcher()
        self.seen = DedupWindow(100)

    def deliver(self, method: str, payload: bytes = b"", number: int = 0) -> None:
        """One message."""
        batch = parse_batch(build_batch([(method, payload, number, False)]))
        origin = Origin("alice", ROOM, 1000)
        self.dispatcher.messages(batch.messages, lambda: origin, self.seen)

    def test_names(self) -> None:
        """Names that nobody knows, observed or not, of any length and however many."""
        self.dispatcher.on("event", lambda event: None)

        def fill() -> None:
            for number in range(50):
                self.deliver(f"{number}" + "N" * MIB)

        self.assertLess(growth(fill), 2 * MIB)
        for number in range(3 * NAMES_KEPT):
            self.deliver(f"{number}" + "N" * 90)
        for names in (self.dispatcher._plans, self.dispatcher.unknown):
            self.assertLessEqual(len(names), NAMES_KEPT + 1)
            self.assertLess(sum(map(len, names)), 100 * NAMES_KEPT)

    def test_undecodable(self) -> None:
        """Messages that do not decode: neither they nor their batches are kept by their errors."""
        errors: list[Event] = []
        self.dispatcher.on(Error, errors.append)
        self.dispatcher.on("chat", lambda event: None)
        bad = WebcastChatMessage(content="x" * LARGE).SerializeToString() + b"\x0f"

        def fill() -> None:
            for _ in range(30):
                self.deliver(CHAT, bad)

        self.assertLess(growth(fill), 2 * MIB)
        self.assertEqual((1, 30), (len(errors), self.dispatcher.undecodable[CHAT]))

    def test_busy(self) -> None:
        """What observers are busy with counts by its bytes, too; then they get nothing."""
        self.dispatcher = Dispatcher(busy_bytes=3 * LARGE)
        done: Deferred[None] = Deferred()

        async def slow(event: object) -> None:
            await done

        subscriptions = [self.dispatcher.on(name, slow) for name in ("chat", "rawData")]
        errors: list[Error] = []
        self.dispatcher.on(Error, errors.append)

        def fill() -> None:
            for number in range(1, 30):
                self.deliver(*chat("x" * LARGE), number)

        self.assertLess(growth(fill), 10 * MIB)
        self.assertEqual((52, 52), (self.dispatcher.dropped, self.dispatcher.dropped_by_bytes))
        self.assertIn("busy with 3 events of 3115785 bytes", errors[0].info)
        done.callback(None)
        for each in subscriptions:
            self.assertEqual((0, 0, False), (each.busy, each.busy_bytes, each.is_full))
        self.deliver(*chat("again"), 99)
        self.assertEqual(52, self.dispatcher.dropped)


class StreaksTests(SynchronousTestCase):
    """What is kept of gifts."""

    def setUp(self) -> None:
        self.told: list[Event] = []
        self.streaks = Streaks(Clock(), self.told.append)
        self.streaks.begin(ROOM)
        self.addCleanup(self.streaks.finish, "disconnected")

    def test_running(self) -> None:
        """Streaks whose messages are too large together end, the oldest first."""

        def fill() -> None:
            for group in range(1, 101):
                self.streaks.gift(given(group=group, describe="x" * 300_000))
                self.told[:-1] = []

        self.assertLess(growth(fill), RUNNING_BYTES + MIB)
        running = self.streaks.running
        self.assertEqual((87, 87), (running.evicted_by_size, running.evicted))
        [last] = self.told
        assert isinstance(last, GiftStreak)
        self.assertEqual(("87", "timeout"), (last.group_id, last.reason))
        self.assertEqual(300_000, len(last.gift.describe))

    def test_alone(self) -> None:
        """A gift whose message is too large alone ends its own streak, and no other one."""
        self.patch(streaks_module, "RUNNING_BYTES", LARGE // 2)
        self.streaks = Streaks(Clock(), self.told.append)
        self.streaks.begin(ROOM)
        self.streaks.gift(gift(3))
        self.streaks.gift(given(group=2, describe="x" * LARGE))
        self.assertEqual(["2"], [each.group_id for each in self.told])  # type: ignore[attr-defined]
        self.streaks.gift(gift(4, end=True))
        self.assertEqual("1", self.told[-1].group_id)  # type: ignore[attr-defined]

    def test_kinds(self) -> None:
        """Names and addresses of kinds of gift are short, or left out, and few together."""

        def fill() -> None:
            for kind in range(KINDS):
                picture = "p" * (5_000 if kind % 2 else 1_900)
                self.streaks.gift(
                    given(
                        kind, end=True, name="n" * 5_000, image={"url_list": [f"https://{picture}"]}
                    )
                )
                self.told.clear()

        self.assertLess(growth(fill), KINDS_BYTES + MIB)
        self.streaks.gift(gift(1, "", gift=KINDS - 1, group=9, end=True))
        [last] = self.told
        assert isinstance(last, GiftStreak)
        self.assertEqual((200, ""), (len(last.gift_name), last.gift_picture_url))


class BattlesTests(SynchronousTestCase):
    """What is kept of battles."""

    def test_running(self) -> None:
        """Battles that are large together end, the oldest first; of one only so much is kept."""
        told: list[Event] = []
        trackers = Trackers(Clock(), told.append)
        trackers.begin(ROOM)
        givers = "".join(
            f'user_army {{ user_id: {n} score: {n} nickname: "{"n" * 9000}" }}' for n in range(100)
        )

        def fill() -> Trackers:
            for number in range(1, 101):
                trackers.take(change(OPEN, number))
                trackers.take(score(1, number=number, givers=givers))
                told.clear()
            return trackers

        self.assertLess(growth(fill), RUNNING_BYTES_OF_BATTLES)
        self.assertLessEqual(trackers.battles.size, 2 * RUNNING_BYTES_OF_BATTLES)
        kept = trackers.battles
        self.assertEqual(92, kept.running.evicted + kept.over.evicted)
        trackers.finish("disconnected")

    def test_bytes(self) -> None:
        """Above so many bytes the oldest is over."""
        self.patch(battles_module, "RUNNING_BYTES", 20_000)
        told: list[Event] = []
        trackers = Trackers(Clock(), told.append)
        trackers.begin(ROOM)
        for number in range(1, 4):
            trackers.take(change(OPEN, number))
        self.assertEqual(["battleStarted"] * 3 + ["battleEnded"], [each.name for each in told])
        found = bounds(Limits(), Tally(), DedupWindow(9), trackers, Dispatcher())
        self.assertEqual((0, 1), (found["battles"].cost, found["battle_bytes"].cost))
        trackers.finish("disconnected")
