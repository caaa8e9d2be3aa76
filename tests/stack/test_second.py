"""Two streams of a room at a time: nothing twice, nothing lost, and no gap while one lives."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from tests.stack.case import chat
from tests.stack.pairs import TWO, PairCase
from tiktoklive.clock import wall_ms
from tiktoklive.errors import HeldStreamError, StreamLostError
from tiktoklive.events import (
    Connected,
    Disconnected,
    Error,
    Gap,
    Reconnecting,
)
from tiktoklive.events.raw import RawData
from tiktoklive.session.carried import read_carried
from tiktoklive.stream.limits import Limits


class BothTests(PairCase):
    """While both live."""

    def test_two_guests(self) -> None:
        """Two handshakes of two guests; all that both bring is delivered once."""
        connection = self.pair()
        for number in range(20):
            self.say(str(number))
        self.assertEqual([str(number) for number in range(20)], self.seen.comments())
        self.assertEqual(0, len(self.seen.of(Gap)))
        guests = {viewer.request.cookies["ttwid"] for viewer in self.viewers}
        self.assertEqual(2, len(guests))
        self.assertEqual(1, len(self.lookups()))
        self.assertEqual(20, connection.get_tally().duplicates)
        for viewer in self.viewers:
            self.assertEqual(([], {}), (viewer.bad_acks, viewer.unacked))
            self.assertTrue(viewer.heartbeats)
        self.assertEqual("live by direct", self.streams(connection).other)

    def test_not_shown(self) -> None:
        """What one is not shown the other may be; how many neither was is estimated rightly."""
        connection = self.pair()
        self.tiktok.faults.hide(0.2)
        pushed = []
        for number in range(400):
            pushed += [f"{number} {each}" for each in range(4)]
            self.room.push([chat(text) for text in pushed[-4:]])
            self.settle(0.5)
        found = self.streams(connection)
        heard = self.seen.comments()
        self.assertEqual(len(heard), len(set(heard)))
        # A fifth of each is a twenty-fifth of both.
        self.assertLess(abs(len(heard) / len(pushed) - 0.96), 0.01)
        assert found.unseen is not None
        seen = found.both + found.first_only + found.second_only
        self.assertLess(1400, seen)
        there = seen / (len(heard) / len(pushed))
        self.assertLess(found.unseen.low, there - seen)
        self.assertLess(there - seen, found.unseen.high)
        self.assertLess(abs(found.unseen.share - 0.04), 0.015)
        self.assertIn("by neither", found.line)

    def test_without_id(self) -> None:
        """A message without an id, which nobody can recognise, is delivered once as well."""
        self.pair()
        method, payload = chat("anonymous")
        self.room.push([(method, payload, 0), (*chat("known"), 77)])
        self.settle(0.1)
        self.assertEqual(["anonymous", "known"], self.seen.comments())
        self.viewers[0].abort()
        self.settle(0.1)
        self.room.push([(method, payload, 0)])
        self.settle(5)
        self.assertEqual(["anonymous", "known", "anonymous"], self.seen.comments())
        self.room.push([(method, payload, 0)])
        self.settle(0.1)
        self.assertEqual(4, len(self.seen.comments()))

    def test_pause(self) -> None:
        """A pause that one of them brings is none of the other's silence."""
        self.wiring = self.wire(replace(TWO, limits=Limits(deaf_after=45.0)))
        connection = self.pair()
        self.room.pause()
        self.settle(600)
        self.assertEqual(2, len(self.tiktok.viewers))
        self.assertTrue(connection.get_state().paused)
        self.room.resume()
        self.settle(40)
        self.assertEqual(2, len(self.room.all_viewers))
        self.settle(60)  # nothing comes: both are deaf, and that is noticed of both
        self.assertLess(3, len(self.room.all_viewers))

    def test_silent_room(self) -> None:
        """A room in which nothing happens costs few streams in an hour, two for each of one."""
        self.wiring = self.wire(replace(TWO, limits=Limits()))
        self.pair()
        self.settle(3600)
        self.assertLess(len(self.handshakes()), 18)

    def test_raw(self) -> None:
        """Observers of raw data get each message once, too."""
        connection = self.pair()
        raw: list[Any] = []
        connection.on(RawData, raw.append)
        self.say("one")
        self.assertEqual(1, len(raw))

    def test_history(self) -> None:
        """The history that the second one brings repeats nothing, and is not counted."""
        connection = self.follow()
        self.settle(1)
        self.say("one")
        self.viewers[1].abort()
        self.settle(10)
        self.assertEqual(2, self.streams(connection).open)
        self.assertEqual(["one"], self.seen.comments())
        self.assertEqual(0, self.streams(connection).second_only)

    def test_one(self) -> None:
        """With one stream, as is usual, nothing is told of two."""
        self.wiring = self.wire()
        connection = self.live()
        self.settle(1)
        self.assertIsNone(connection.get_state().streams)
        self.assertEqual(1, len(self.tiktok.viewers))


class LostTests(PairCase):
    """When one is lost, or both are."""

    def lost_one(self, which: int) -> None:
        """Lose one, say something in each second, and have both again."""
        connection = self.pair()
        self.say("before")
        self.viewers[which].abort()
        said = ["before"]
        for number in range(40):
            said.append(str(number))
            self.say(said[-1])
            self.assertTrue(connection.get_state().is_connected)
        self.assertEqual(2, self.streams(connection).open)
        self.assertEqual(said, self.seen.comments())
        for kind in (Gap, Disconnected, Reconnecting):
            self.assertEqual([], self.seen.of(kind))
        self.assertEqual(1, len(self.seen.of(Connected)))
        [error] = self.seen.of(Error)
        self.assertIsInstance(error.exception, StreamLostError)
        self.assertIn(f"the {('first', 'second')[which]} guest is lost", error.info)
        self.assertEqual(1, self.streams(connection).spared)
        self.assertEqual(3, len(self.handshakes()))
        self.assertEqual(1, len(self.lookups()))
        cookies = [each.cookies["ttwid"] for each in self.handshakes()]
        self.assertEqual(cookies[which], cookies[2])

    def test_first(self) -> None:
        """The first is lost: the second goes on in its place, and there is another one soon."""
        self.lost_one(0)

    def test_second(self) -> None:
        """The second is lost: the first goes on."""
        self.lost_one(1)

    def test_in_turn(self) -> None:
        """Each is lost many times in turn, and what was said is there, once."""
        connection = self.pair()
        said = []
        for number in range(60):
            said.append(str(number))
            self.say(said[-1])
            if number % 6 == 3:
                self.viewers[number % 2].abort()
            self.settle(8)
        self.assertEqual(said, self.seen.comments())
        self.assertEqual([], self.seen.of(Gap))
        self.assertTrue(connection.get_state().is_connected)

    def test_both(self) -> None:
        """Both are lost: one gap is told, from the last message that either brought."""
        connection = self.pair()
        self.say("one")
        self.settle(5)
        first, second = self.viewers
        first.silent = True
        self.say("by the second alone")
        at = self.clock.seconds()
        self.settle(5)
        first.abort()
        second.abort()
        self.settle(0.2)
        self.assertFalse(connection.get_state().is_connected)
        self.assertEqual(0, self.streams(connection).open)
        self.settle(10)
        self.assertEqual(2, self.streams(connection).open)
        gap = self.seen.only(Gap)
        self.assertLess(abs(gap.since / 1000 - at), 0.2)
        self.assertEqual(1, len(self.seen.of(Disconnected)))
        self.assertEqual(2, len(self.seen.of(Connected)))
        self.say("two")
        self.assertEqual(["one", "by the second alone", "two"], self.seen.comments())

    def test_dead_before(self) -> None:
        """The one that was trusted turns out to have been dead: the gap is told, from then on."""
        connection = self.pair()
        self.say("one")
        first, second = self.viewers
        second.silent = True
        at = self.clock.seconds()
        self.settle(20)
        first.abort()
        self.settle(0.2)
        self.assertEqual([], self.seen.of(Gap))
        self.settle(0.5)
        self.room.push([chat("to nobody")])
        self.settle(70)
        self.assertEqual(2, self.streams(connection).open)
        self.say("two")
        self.assertTrue(self.seen.of(Gap) or "to nobody" in self.seen.comments())
        for gap in self.seen.of(Gap):
            self.assertLessEqual(gap.since / 1000, at + 21)

    def test_too_new(self) -> None:
        """The second one was opened after the first had fallen silent: that is a gap."""
        connection = self.pair()
        self.say("one")
        first, second = self.viewers
        first.silent = True
        second.abort()
        self.settle(10)
        self.assertEqual(2, self.streams(connection).open)
        first.abort()
        self.settle(2)
        self.assertTrue(connection.get_state().is_connected)
        self.assertLess(0, self.seen.only(Gap).until - self.seen.only(Gap).since)
        self.assertEqual(1, len(self.seen.of(Connected)))

    def test_while_opening(self) -> None:
        """The only stream is lost while the second one is being opened: as with one."""
        connection = self.pair()
        self.viewers[1].abort()
        self.settle(0.1)
        self.viewers[0].abort()
        self.settle(0.1)
        self.assertFalse(connection.get_state().is_connected)
        self.settle(10)
        self.assertEqual(2, self.streams(connection).open)

    def test_garbage(self) -> None:
        """What one brings unreadable is no gap if the other brought it; of both, it is one."""
        self.pair()
        self.tiktok.faults.garbage("truncated gzip")
        self.say("one")
        self.settle(15)
        self.assertEqual([], self.seen.of(Gap))
        self.assertEqual(1, len(self.seen.of(Error)))
        self.tiktok.faults.garbage("truncated gzip")
        self.tiktok.faults.garbage("truncated gzip")
        self.say("two")
        self.say("three")
        self.settle(15)
        self.assertEqual(1, len(self.seen.of(Gap)))
        self.assertEqual(["one", "two", "three"], self.seen.comments())

    def test_held(self) -> None:
        """Observers who let both wait for too long keep both from acknowledging: one gap."""
        connection = self.pair()
        pause = connection._dispatcher.back_pressure.hold("a slow one")
        pause.pauseProducing()
        self.settle(8)
        pause.resumeProducing()
        self.say("one")
        self.assertIsInstance(self.seen.only(Gap).reason, HeldStreamError)
        self.assertEqual(["one"], self.seen.comments())

    def test_carried(self) -> None:
        """Another process goes on from the stream that is left."""
        connection = self.pair()
        self.say("one")
        self.viewers[0].abort()
        self.settle(0.2)
        self.say("two")
        carried = read_carried(connection._session.carried())
        assert carried is not None
        self.assertEqual(self.room.room_id, carried.room_id)
        self.assertEqual(self.seen.named("chat")[-1].number, carried.newest)
        self.assertEqual(2, len(carried.ids))
        self.assertNotEqual("", carried.cursor)


class ByChanceTests(PairCase):
    """Whatever happens to either of them."""

    def test_told(self) -> None:
        """What neither brought lies in a gap that is told, and nothing comes twice."""
        for seed in range(6):
            with self.subTest(seed):
                self.tearDown()
                self.setUp()
                self.by_chance(Random(seed))

    def by_chance(self, random: Random) -> None:
        """Break, silence and deafen streams, and say something every second."""
        self.wiring = self.wire(replace(TWO, limits=Limits(deaf_after=20.0, stale_after=30.0)))
        self.pair()
        pushed: dict[str, float] = {}
        for number in range(300):
            pushed[str(number)] = wall_ms(self.clock)
            self.room.push([chat(str(number))])
            self.settle(1)
            for viewer in self.viewers:
                if random.random() < 0.02:
                    random.choice((viewer.abort, viewer.leave))()
                elif random.random() < 0.01:
                    viewer.silent = True
                elif random.random() < 0.01:
                    viewer.deaf = True
        self.settle(90)
        heard = self.seen.comments()
        self.assertEqual(len(heard), len(set(heard)))
        gaps = [(gap.since - 100, gap.until + 100) for gap in self.seen.of(Gap)]
        for text, at in pushed.items():
            told = any(since <= at <= until for since, until in gaps)
            self.assertTrue(text in heard or told, (text, at, gaps))
        self.assertLess(240, len(heard))
