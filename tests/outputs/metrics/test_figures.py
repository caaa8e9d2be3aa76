"""Each figure moves when its cause happens in the simulator."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from typing import Any

from twisted.application.service import MultiService

from tests.outputs.metrics.scrape import MISSING, Figures, scrape
from tests.reactors import MemoryReactor
from tests.stack.case import CHAT, StackTestCase, chat
from tiktoklive.errors import UserNotFoundError
from tiktoklive.events import Event, GaveUp
from tiktoklive.events.base import Origin
from tiktoklive.options import Options
from tiktoklive.outputs.metrics.argument import make
from tiktoklive.service import LiveService
from tiktoklive.session import machine
from tiktoklive.simulator import HOSTS
from tiktoklive.wire.speech_pb2 import WebcastChatMessage

if not MISSING:
    from tiktoklive.outputs.metrics.collector import PHASES

BAD = b"\xff\xff\xff"


class FiguresCase(StackTestCase):
    """A daemon's services, with a page of figures that is not on any network."""

    skip = MISSING or None
    argument = "tcp:9100"

    def setUp(self) -> None:
        super().setUp()
        self.family = MultiService()
        self.services.append(self.family)
        self.metrics = self.output(self.argument)
        self.live_ = LiveService(self.wiring)
        self.live_.add_observer(self.metrics)
        for service in (self.metrics, self.live_):
            service.setServiceParent(self.family)

    def output(self, argument: str) -> Any:
        """The output; what it listens on is forgotten at once."""
        clock = self.clock

        class Door(MemoryReactor):
            """Time as for all, ports that nobody reaches."""

            seconds = clock.seconds
            callLater = clock.callLater

        return make(replace(self.wiring, reactor=Door()), argument)

    def start(self, *names: str) -> None:
        """Follow these."""
        for name in names:
            self.live_.add(name)
        self.family.startService()
        self.settle()

    def figures(self) -> Figures:
        """A visit."""
        return scrape(self.metrics)

    def timed(self, comment: str, seconds: float) -> tuple[str, bytes]:
        """A comment that was made some seconds ago."""
        method, payload = chat(comment)
        message = WebcastChatMessage.FromString(payload)
        message.common.create_time = int((self.clock.seconds() - seconds) * 1000)
        return method, message.SerializeToString()


class FiguresTests(FiguresCase):
    """With one room that is followed."""

    def setUp(self) -> None:
        super().setUp()
        self.start("alice")

    def test_events(self) -> None:
        """Events are counted by name."""
        before = self.figures()
        self.room.push([chat("one"), chat("two")])
        self.settle()
        after = self.figures()
        self.assertEqual(None, before("events_total", event="chat"))
        self.assertEqual(2, after("events_total", event="chat"))
        self.assertEqual(1, after("events_total", event="connected"))

    def test_undecodable(self) -> None:
        """Messages that don't decode are counted by wire name, and as errors by class."""
        self.assertEqual(0, self.figures()("messages_undecodable_total", method=CHAT))
        self.room.push([(CHAT, BAD), chat("fine")])
        self.settle()
        after = self.figures()
        self.assertEqual(1, after("messages_undecodable_total", method=CHAT))
        self.assertEqual(1, after("errors_total", error="MessageError"))

    def test_unknown(self) -> None:
        """Messages of unknown types are counted by wire name."""
        self.room.push([("WebcastNoveltyMessage", b"\x08\x01")] * 2)
        self.settle()
        self.assertEqual(
            2, self.figures()("messages_unknown_total", method="WebcastNoveltyMessage")
        )

    def test_arrived(self) -> None:
        """Frames, those that were skipped and messages are counted."""
        before = self.figures()
        self.room.push([chat("one"), chat("two")])
        self.viewer.send(b"\xff\xff")
        self.settle()
        after = self.figures()
        for name, more in (("frames", 2), ("frames_skipped", 1), ("messages", 2)):
            was, now = before(f"{name}_total"), after(f"{name}_total")
            assert was is not None and now is not None
            self.assertEqual(more, now - was, name)

    def test_lost_stream(self) -> None:
        """A reconnect has its reason and source; what comes twice is a duplicate."""
        self.room.push([chat("one"), chat("two")])
        self.settle(1)
        self.assertEqual(0, self.figures()("messages_duplicate_total"))
        self.lose()
        after = self.figures()
        self.assertEqual(2, after("messages_duplicate_total"))
        self.assertEqual(1, after("reconnects_total", reason="StreamLostError", source="direct"))

    def test_gave_up(self) -> None:
        """Users that were given up are counted by the class of the error."""
        self.live_._dispatcher.tell(GaveUp(UserNotFoundError("nobody"), Origin("bea")))
        self.assertEqual(1, self.figures()("gave_up_total", error="UserNotFoundError"))

    def test_gap(self) -> None:
        """A gap is counted, and how long it was."""
        self.assertEqual(0, self.figures()("gaps_total"))
        self.room.drop(clean=False)
        self.settle()
        # More than a room remembers, so that it can't be made good.
        for number in range(20):
            self.room.push([chat(f"missed {number}/{place}") for place in range(50)])
        self.settle(4)
        after = self.figures()
        self.assertEqual(1, after("gaps_total"))
        self.assertTrue(after("gap_seconds_total"))

    def test_streams(self) -> None:
        """Open streams are told by source, and users by what is done about them."""
        self.assertEqual(1, self.figures()("streams", source="direct"))
        self.assertEqual(1, self.figures()("users", phase="live"))
        self.room.drop(clean=False)
        self.settle()
        after = self.figures()
        self.assertEqual(0, after("streams", source="direct"))
        self.assertEqual(0, after("last_push_age_seconds"))
        self.assertEqual(0, after("users", phase="live"))
        self.assertEqual(1, after("users", phase="waiting"))

    def test_no_stream_before(self) -> None:
        """A pause after an attempt that opened no stream has no source."""
        self.tiktok.refuse(status=503, times=2)
        self.lose(seconds=8)
        after = self.figures()
        found = [
            (sample.labels["source"], sample.labels["reason"])
            for sample in after.samples
            if sample.name == "tiktoklive_reconnects_total"
        ]
        self.assertEqual(["direct", "none"], sorted({source for source, _ in found}))

    def test_last_push(self) -> None:
        """The age of the last push grows, and is small again after one."""
        self.room.push([chat("one")])
        self.settle()
        first = self.figures()("last_push_age_seconds")
        self.settle(7)
        second = self.figures()("last_push_age_seconds")
        self.room.push([chat("two")])
        self.settle()
        third = self.figures()("last_push_age_seconds")
        assert first is not None and second is not None and third is not None
        self.assertAlmostEqual(7, second - first, delta=0.5)
        self.assertLess(third, 1)

    def test_lag(self) -> None:
        """How long messages were on their way is in the histogram, history is not."""
        self.settle(10)  # TikTok's times are positive
        before = self.figures()("event_lag_seconds_count")
        self.room.push([self.timed("late", 4)])
        self.settle()
        after = self.figures()
        assert before is not None
        self.assertEqual(before + 1, after("event_lag_seconds_count"))
        inside = after("event_lag_seconds_bucket", le="5.0")
        below = after("event_lag_seconds_bucket", le="2.5")
        assert inside is not None and below is not None
        self.assertEqual(1, inside - below)

    def test_lag_of_history(self) -> None:
        """What was said before we came is counted as an event, and is no lag."""
        self.settle(10)
        bea = self.tiktok.add_room("bea")
        bea.push([self.timed("old", 4)])
        before = self.figures()
        self.live_.add("bea")
        self.settle(10)
        after = self.figures()
        self.assertEqual(1, after("events_total", event="chat"))
        for name in ("event_lag_seconds_count", "event_lag_seconds_sum"):
            self.assertEqual(before(name), after(name), name)

    def test_reactor_lag(self) -> None:
        """A reactor that is held up is seen."""
        self.clock.advance(0.5)
        before = self.figures()("reactor_lag_seconds_sum")
        self.clock.advance(3.5)  # in one step: three seconds too late
        after = self.figures()("reactor_lag_seconds_sum")
        assert before is not None and after is not None
        self.assertAlmostEqual(3, after - before)

    def test_observer_failure(self) -> None:
        """An observer that fails is counted."""

        def fail(event: Event) -> None:
            raise ValueError("broken")

        self.live_.on("chat", fail)
        self.assertEqual(0, self.figures()("observer_failures_total"))
        self.room.push([chat("one")])
        self.settle()
        self.flushLoggedErrors(ValueError)
        self.assertEqual(1, self.figures()("observer_failures_total"))

    def test_removed_user(self) -> None:
        """The sums do not sink when a user is followed no more."""
        self.room.push([chat("one")])
        self.settle()
        before = self.figures()("messages_total")
        self.live_.remove("alice")
        between = self.figures()("messages_total")
        self.settle(3)
        after = self.figures()
        self.assertTrue(before)
        self.assertEqual([before, before], [between, after("messages_total")])
        self.assertEqual(0, sum(after("users", phase=phase) or 0 for phase in PHASES))


class SourceTests(FiguresCase):
    """The sources, and what they may be asked for."""

    options = Options(sources=("signed", "direct"), sign_base="https://sign.example")

    def test_up(self) -> None:
        """A source that is refused again and again rests, and is not up."""
        before = self.figures()
        self.assertEqual((1, 1), tuple(self.up(before)))
        self.assertEqual(0, before("source_rests_total", source="direct"))
        self.tiktok.refuse(status=503, times=100)
        self.start("alice")
        for _ in range(60):
            if not all(self.up(self.figures())):
                break
            self.settle(1)
        self.assertIn(0, self.up(self.figures()))
        after = self.figures()
        self.assertLess(
            0, sum(after("source_rests_total", source=name) or 0 for name in ("signed", "direct"))
        )

    def up(self, figures: Figures) -> list[float | None]:
        """Which sources are up."""
        return [figures("source_up", source=name) for name in ("signed", "direct")]

    def test_budget(self) -> None:
        """A ticket that a sign server was asked for is one less; other sources have no budget."""
        self.assertEqual(10, self.figures()("source_budget_left", source="signed"))
        self.start("alice")
        self.assertEqual(9, round(self.figures()("source_budget_left", source="signed") or 0))
        self.assertEqual(None, self.figures()("source_budget_left", source="direct"))

    def test_lookups(self) -> None:
        """Look-ups that wait for their turn are counted, and how far apart the turns are."""
        self.start(*(f"user{number}" for number in range(9)))
        self.settle(0.1)
        figures = self.figures()
        # Four users, and the pages of the five who were not found.
        self.assertEqual(9, figures("lookup_queue_size"))
        self.assertAlmostEqual(60.06 / 56, figures("lookup_distance_seconds") or 0)
        self.assertEqual(0, figures("lookup_closed_seconds"))
        self.wiring.lookups.refused("HTTP 429", 86_400)
        self.settle(100)
        self.assertEqual(86_300, self.figures()("lookup_closed_seconds"))

    def test_failing(self) -> None:
        """Look-ups that fail are seen, although no source rests, until one tells something."""
        self.assertEqual(0, self.figures()("lookup_failing_seconds"))
        for host in HOSTS:
            self.network.refuse(host)
        self.start("alice")
        self.settle(120)
        figures = self.figures()
        self.assertLess(60, figures("lookup_failing_seconds") or 0)
        self.assertEqual([1, 1], self.up(figures))
        for host in HOSTS:
            self.network.refuse(host, False)
        self.settle(60)
        self.assertEqual(0, self.figures()("lookup_failing_seconds"))

    def test_phases(self) -> None:
        """Each state of a session is told, whether somebody is in it or not."""
        source = inspect.getsource(machine)
        states = set(re.findall(r'builder\.state\("(\w+)"', source))
        self.assertEqual(states - {"renamed"}, set(PHASES))  # which takes no time


class RoomsTests(FiguresCase):
    """Each user alone, when that is asked for."""

    argument = "tcp:9100?rooms=1"

    def test_labels(self) -> None:
        """The label ``anchor`` says whose; without being asked for it is nowhere."""
        bea = self.tiktok.add_room("bea")
        self.start("alice", "bea")
        self.settle(10)
        self.room.push([self.timed("one", 1)])
        bea.push([chat("two"), chat("three")])
        self.settle()
        after = self.figures()
        self.assertEqual(1, after("events_total", event="chat", anchor="alice"))
        self.assertEqual(2, after("events_total", event="chat", anchor="bea"))
        self.assertLess(0, after("messages_total", anchor="bea") or 0)
        self.assertIsNotNone(after("last_push_age_seconds", anchor="alice"))
        self.assertIsNotNone(after("event_lag_seconds_count", anchor="alice"))
        self.lose()
        lost = {"reason": "StreamLostError", "source": "direct", "anchor": "alice"}
        self.assertEqual(1, self.figures()("reconnects_total", **lost))

    def test_from_the_beginning(self) -> None:
        """Figures of a user are 0 from when they are followed, and there until they are not."""
        self.tiktok.add_room("bea").end()
        self.start("alice")
        self.live_.add("bea")
        self.settle(1)
        for after in (self.figures(), self.figures()):
            for name in ("gaps_total", "gap_seconds_total", "event_lag_seconds_count"):
                self.assertEqual(0, after(name, anchor="bea"), name)
            self.assertEqual(0, after("last_push_age_seconds", anchor="bea"))
            self.assertEqual(0, after("messages_total", anchor="bea"))
        self.room.drop(clean=False)
        self.settle()
        self.assertEqual(0, self.figures()("last_push_age_seconds", anchor="alice"))
        self.live_.remove("bea")
        self.settle(3)
        self.assertEqual(None, self.figures()("last_push_age_seconds", anchor="bea"))

    def test_no_labels(self) -> None:
        """Without the option nothing says whose it is."""
        quiet = self.output("")
        self.live_.add_observer(quiet)
        self.start("alice")
        for sample in scrape(quiet).samples:
            self.assertNotIn("anchor", sample.labels)
            self.assertNotIn("alice", sample.labels.values())
