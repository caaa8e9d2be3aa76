"""The whole stack: observers that let the streams wait, and what is bounded in a room."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import Deferred
from zope.interface import implementer

from tests.stack.case import CHAT, StackTestCase, chat
from tiktoklive.errors import HeldStreamError, MessageTooLargeError
from tiktoklive.events import Disconnected, Error, Gap, IChatObserver, RawData
from tiktoklive.interfaces import IPacer
from tiktoklive.options import Options
from tiktoklive.service import LiveService
from tiktoklive.stream.conversation import Limits
from tiktoklive.wire.batches import build_batch
from tiktoklive.wire.common_pb2 import BadgeStruct, User
from tiktoklive.wire.frames import push
from tiktoklive.wire.speech_pb2 import WebcastChatMessage

SOCKET = "webcast-ws.tiktok.com"


@implementer(IChatObserver, IPacer)
class Full:
    """An output that may hold the streams."""

    name = "full"

    def __init__(self) -> None:
        self.comments: list[str] = []

    def pace(self, streams: Any) -> None:
        self.streams = streams

    def chat(self, event: Any) -> None:
        self.comments.append(event.comment)


class HoldTests(StackTestCase):
    """A connection by WebSocket, and one who holds it."""

    options = Options(limits=Limits(stale_after=20.0, held=60.0))

    def setUp(self) -> None:
        super().setUp()
        self.full = Full()
        self.alice = self.connection()
        self.alice.add_observer(self.full)

    def test_hold(self) -> None:
        """While it is held nothing comes; then all of it, once and in order."""
        self.live(self.alice)
        self.full.streams.pauseProducing()
        for number in range(5):
            self.room.push([chat(str(number))])
            self.settle(1)
        self.assertEqual([], self.full.comments)
        self.full.streams.resumeProducing()
        self.settle()
        self.assertEqual([*"01234"], self.full.comments)
        self.assertEqual([], self.viewer.bad_acks)

    def test_too_long_without_acks(self) -> None:
        """What TikTok does not send to who acknowledges nothing lies in a gap; a moment is none."""
        gaps: list[Gap] = []
        self.alice.on(Gap, gaps.append)
        self.live(self.alice)
        self.full.streams.pauseProducing()
        self.room.push([chat("0")])
        self.settle(4)
        self.full.streams.resumeProducing()
        self.settle(1)
        self.assertEqual([], gaps)
        self.full.streams.pauseProducing()
        for number in range(1, 21):
            self.room.push([chat(str(number))])
            self.settle(1)
        self.full.streams.resumeProducing()
        self.settle(1)
        self.room.push([chat("after")])
        self.settle(1)
        missed = {str(number) for number in range(21)} - set(self.full.comments)
        self.assertTrue(missed)
        self.assertEqual("after", self.full.comments[-1])
        [gap] = gaps
        self.assertIsInstance(gap.reason, HeldStreamError)
        self.assertEqual((5000, 25_000), (gap.since, gap.until))

    def test_not_stale(self) -> None:
        """We don't take a stream that we hold for dead, and go on with our heartbeats."""
        self.live(self.alice)
        beats = len(self.viewer.heartbeats)
        self.full.streams.pauseProducing()
        self.settle(55)
        self.assertEqual(1, len(self.handshakes()))
        self.assertEqual(beats + 5, len(self.viewer.heartbeats))
        self.full.streams.resumeProducing()
        self.settle(19)
        self.assertEqual("live", self.alice.get_state().phase)
        self.assertEqual([], self.seen.of(Disconnected))

    def test_stale_afterwards(self) -> None:
        """Silence after it was held counts from then on."""
        self.live(self.alice)
        self.full.streams.pauseProducing()
        self.settle(55)
        self.room.silence()
        self.settle(0)
        self.full.streams.resumeProducing()
        self.settle(15)
        self.assertEqual([], self.seen.of(Disconnected))
        self.settle(30)
        self.assertEqual(1, len(self.seen.of(Disconnected)))

    def test_too_long(self) -> None:
        """It is held no longer than the limit, and the state tells how often that was."""
        self.live(self.alice)
        self.full.streams.pauseProducing()
        self.room.push([chat("late")])
        self.settle(59)
        self.assertEqual(0, self.alice.get_state().bounds["held"].cost)
        self.settle(2)
        self.assertEqual(["late"], self.full.comments)
        held = self.alice.get_state().bounds["held"]
        self.assertEqual((60.0, 1), (held.limit, held.cost))

    def test_lost_while_held(self) -> None:
        """A stream that opens while it is held waits as well."""
        self.live(self.alice)
        self.full.streams.pauseProducing()
        self.network.drop(SOCKET)
        self.settle(10)  # nothing of it is read, so it is live when it has been open for a while
        self.assertEqual("live", self.alice.get_state().phase)
        self.room.push([chat("again")])
        self.settle(1)
        self.assertEqual([], self.full.comments)
        self.full.streams.resumeProducing()
        self.settle()
        self.assertEqual(["again"], self.full.comments)

    def test_stop(self) -> None:
        """Stopping while it is held is as orderly, and as quick, as ever."""
        self.live(self.alice)
        viewer = self.viewer
        self.full.streams.pauseProducing()
        stopped = self.alice.stopService()
        self.settle(1)
        self.successResultOf(stopped)
        self.assertEqual(1000, (viewer.closed or (None,))[0])

    def test_removed(self) -> None:
        """One who is removed holds nothing any more."""
        self.live(self.alice)
        self.full.streams.pauseProducing()
        self.alice.remove_observer(self.full)
        self.room.push([chat("on")])
        self.settle()
        self.assertEqual(["on"], self.seen.comments())

    def test_service(self) -> None:
        """Of a service, all rooms wait."""
        bea = self.tiktok.add_room("bea")
        service = LiveService(self.wiring)
        self.services.append(service)
        full = Full()
        service.add_observer(full)
        for name in ("alice", "bea"):
            service.add(name)
        service.startService()
        self.settle(1)
        full.streams.pauseProducing()
        self.room.push([chat("a")])
        bea.push([chat("b")])
        self.settle(1)
        self.assertEqual([], full.comments)
        full.streams.resumeProducing()
        self.settle(1)
        self.assertEqual(["a", "b"], full.comments)


class HoldPollingTests(StackTestCase):
    """A connection by polling."""

    def setUp(self) -> None:
        super().setUp()
        self.tiktok.behaviour.upgrade = False
        self.tiktok.behaviour.fetch_interval = 1000
        options = Options(sources=("classic",), session_id=self.tiktok.add_session())
        self.full = Full()
        self.wiring = self.wire(options)
        self.alice = self.connection(wiring=self.wiring)
        self.alice.add_observer(self.full)

    def polls(self) -> int:
        """How many requests for batches arrived."""
        return sum(each.path == "/webcast/im/fetch/" for each in self.tiktok.requests)

    def test_hold(self) -> None:
        """While it is held nobody asks; then what happened meanwhile comes."""
        self.alice.connect()
        self.settle(4)
        self.full.streams.pauseProducing()
        self.settle(2)
        before = self.polls()
        self.room.push([chat("meanwhile")])
        self.settle(20)
        self.assertEqual((before, []), (self.polls(), self.full.comments))
        self.full.streams.resumeProducing()
        self.settle(2)
        self.assertEqual(["meanwhile"], self.full.comments)
        self.assertGreater(self.polls(), before)

    def test_stop(self) -> None:
        """It can be stopped while it is held."""
        self.alice.connect()
        self.settle(4)
        self.full.streams.pauseProducing()
        self.settle(5)
        stopped = self.alice.stopService()
        self.settle(1)
        self.successResultOf(stopped)


class BoundsTests(StackTestCase):
    """What the state tells of bounds."""

    limits = Limits(payload=2000, messages=3, fields=100, message_fields=50, remembered=4, busy=2)
    options = Options(limits=limits)

    def setUp(self) -> None:
        super().setUp()
        self.alice = self.live()

    def costs(self) -> dict[str, int]:
        """What was more than the bounds allow, as far as there was any."""
        bounds = self.alice.get_state().bounds
        return {name: bound.cost for name, bound in bounds.items() if bound.cost}

    def send(self, *data: bytes) -> None:
        """Let the server send frames."""
        for each in data:
            self.viewer.send(each)
            self.settle()

    def test_none(self) -> None:
        """All bounds are there, each says what it does, and at first nothing cost anything."""
        bounds = self.alice.get_state().bounds
        names = (
            "frame unread payload batch fields message remembered cursor streaks streak_bytes "
            "battles battle_bytes names busy busy_bytes held"
        )
        self.assertEqual((names.split(), {}), (list(bounds), self.costs()))
        for bound in bounds.values():
            self.assertTrue(bound.limit > 0 and bound.policy)

    def test_payload(self) -> None:
        """A payload that is too large is skipped, told and counted; the next one is delivered."""
        self.send(push(build_batch([(*chat("x" * 3000), 1, False)]), 1))
        self.room.push([chat("next")])
        self.settle()
        self.assertEqual(({"payload": 1}, ["next"]), (self.costs(), self.seen.comments()))
        self.assertIn("2000 bytes", str(self.seen.only(Error).exception))

    def test_batch(self) -> None:
        """So is a batch of too many messages."""
        self.send(push(build_batch([(*chat("x"), number, False) for number in range(4)]), 1))
        self.room.push([chat("next")])
        self.settle()
        self.assertEqual(({"batch": 1}, ["next"]), (self.costs(), self.seen.comments()))
        self.assertIn("more than 3 messages", str(self.seen.only(Error).exception))

    def test_fields(self) -> None:
        """So is a batch of too many fields in all its messages together."""
        crowded = User(badges=[BadgeStruct()] * 40)
        payload = WebcastChatMessage(user=crowded, content="x").SerializeToString()
        self.send(push(build_batch([(CHAT, payload, number, False) for number in range(3)]), 1))
        self.room.push([chat("next")])
        self.settle()
        self.assertEqual(({"fields": 1}, ["next"]), (self.costs(), self.seen.comments()))
        self.assertIn("more than 100 fields", str(self.seen.only(Error).exception))

    def test_message(self) -> None:
        """A message that is too large is told and counted; the others, and the ack, come."""
        crowded = User(badges=[BadgeStruct()] * 60)
        payload = WebcastChatMessage(user=crowded, content="x").SerializeToString()
        items = [(*chat("a"), 1, False), (CHAT, payload, 2, False), (*chat("b"), 3, False)]
        self.send(push(build_batch(items, internal_ext="x", needs_ack=True), 77))
        self.assertEqual(({"message": 1}, ["a", "b"]), (self.costs(), self.seen.comments()))
        problem = self.seen.only(Error).exception
        self.assertIsInstance(problem, MessageTooLargeError)
        self.assertIn("more than 50 fields", str(problem))
        self.assertIn((77, b"x"), self.viewer.bad_acks)  # of a frame that is not the room's own
        [raw] = self.seen.of(RawData)
        self.assertEqual(payload, raw.payload)

    def test_remembered(self) -> None:
        """Forgotten message ids are counted."""
        for number in range(9):
            self.room.push([chat(str(number))])
        self.settle()
        self.assertEqual({"remembered": 5}, self.costs())

    def test_names(self) -> None:
        """What has a name of its own beyond the bound is counted together."""
        self.send(push(build_batch([("N" * 101, b"", 1, False)]), 1))
        self.assertEqual({"names": 1}, self.costs())

    def test_busy(self) -> None:
        """What an observer did not get is counted."""
        done: Deferred[None] = Deferred()

        async def slow(event: object) -> None:
            await done

        self.alice.on("chat", slow)
        for number in range(5):
            self.room.push([chat(str(number))])
        self.settle()
        self.assertEqual(3, self.costs()["busy"])
        self.assertEqual([*"01234"], self.seen.comments())
        done.callback(None)

    def test_frame(self) -> None:
        """A stream that was dropped for the size of a message is counted, and opened again."""
        self.viewer.send(b"\0" * (17 * 1024 * 1024))
        self.settle(4)
        self.assertEqual({"frame": 1}, self.costs())
        self.assertEqual("live", self.alice.get_state().phase)
        self.assertIn("more than", str(self.seen.only(Disconnected).reason))
