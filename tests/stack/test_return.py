"""The whole stack: rooms that were lost come back at once, and long waits are no silence."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from twisted.logger import capturedLogs, formatEvent

from tests.stack.case import SILENT, StackTestCase, chat
from tiktoklive.events import Connected, Disconnected, Gap, Reconnecting, StreamEnd
from tiktoklive.options import Options, SignProviderOptions
from tiktoklive.pacing.breaker import Tolerance
from tiktoklive.service import LiveService
from tiktoklive.session.reconnect import AWAY, LEISURE
from tiktoklive.simulator import Answer
from tiktoklive.simulator.push import PUSH_PATH

LOOKUP, INFO, GIFTS = "/api-live/user/room/", "/webcast/room/info/", "/webcast/gift/list/"
DAY = (("Retry-After", "86400"),)


class ReturnTestCase(StackTestCase):
    """Looks at who was asked for what."""

    def asked(self) -> Counter[str]:
        """How often each path was asked for since this was called last."""
        asked = Counter(each.path for each in self.tiktok.requests)
        self.tiktok.requests.clear()
        return asked

    def serve(self, rooms: int, options: Options | None = None) -> LiveService:
        """Follow so many users, who are all live."""
        self.wiring = self.wire(options or Options(limits=SILENT))
        service = LiveService(self.wiring)
        service.add_observer(self.seen)
        self.services.append(service)
        for number in range(rooms):
            self.tiktok.add_room(f"user{number}")
            service.add(f"user{number}")
        service.startService()
        for _ in range(1000):
            self.settle(5)
            if self.live_rooms(service) == rooms:
                break
        self.assertEqual(rooms, self.live_rooms(service))
        return service

    def live_rooms(self, service: LiveService) -> int:
        """How many are live."""
        return sum(each.phase == "live" for each in service.status().values())


class ManyTests(ReturnTestCase):
    """All rooms of a process lose their streams in the same second."""

    def lose_all(self, rooms: int, **options: Any) -> Counter[str]:
        """What was asked for until all are back, which takes no longer than the first delays."""
        lookups = Options(limits=SILENT, lookups_per_minute=0, **options)
        self.serve(rooms, lookups)
        # That all come in at once is not what is looked at; that they look up slowly is.
        self.wiring.lookups.__init__(self.clock, 60)  # type: ignore[misc]
        self.settle(10)
        self.asked()
        for room in self.tiktok.rooms.values():
            room.drop(clean=False)
        self.settle(5)
        self.assertEqual(rooms, self.live_rooms(self.services[0]))
        return self.asked()

    def test_hundred(self) -> None:
        """A hundred are back within seconds, for one handshake each and nothing else."""
        self.assertEqual({PUSH_PATH: 100}, self.lose_all(100))

    def test_five_hundred(self) -> None:
        """So are five hundred."""
        self.assertEqual({PUSH_PATH: 500}, self.lose_all(500))

    def test_with_gifts(self) -> None:
        """The details and the gifts are known, and still told."""
        self.lose_all(5, enable_extended_gift_info=True)
        [status, *_] = self.services[0].status().values()
        self.assertTrue(status.available_gifts)
        self.assertEqual("user0", status.room_info["owner"]["display_id"])

    def test_leisure(self) -> None:
        """Behind that each is looked up once, when nobody else wants to ask, for the room alone."""
        self.lose_all(100)
        self.tiktok.add_room("late")
        self.settle(LEISURE)
        self.services[0].add("late")
        self.settle(10)
        self.assertEqual("live", self.services[0].status()["late"].phase)
        self.settle(110)
        asked = self.asked()
        self.assertEqual((101, 1), (asked[LOOKUP], asked[INFO]))
        self.settle(600)
        self.assertEqual(0, self.asked()[LOOKUP])


class WayBackTests(ReturnTestCase):
    """When the user is looked up, and what is noticed without that."""

    options = Options(limits=SILENT)

    def test_over(self) -> None:
        """A room that is over refuses, and the look-up follows at once, told as one attempt."""
        self.live()
        self.asked()
        self.room.end(say=False)
        self.settle(4)
        asked = self.asked()
        self.assertEqual(1, asked[LOOKUP])
        self.assertEqual(2, len(self.seen.of(Reconnecting)))
        self.assertEqual("closed", self.wiring.sources[0].state)

    def test_many_over(self) -> None:
        """Rooms that are over are held against no source, however many they are."""
        service = self.serve(12, Options(limits=SILENT, tolerance=Tolerance(failures=3)))
        for room in self.tiktok.rooms.values():
            room.end(say=False)
        self.settle(300)
        self.assertEqual(12, len(self.seen.of(StreamEnd)))
        self.assertEqual({"offline"}, {each.phase for each in service.status().values()})
        self.assertEqual((0, "closed"), (self.wiring.sources[0].breaker.opened, "closed"))

    def test_long_away(self) -> None:
        """After minutes of absence the user is looked up."""
        self.live()
        self.network.refuse("webcast-ws.tiktok.com")
        self.lose(seconds=AWAY)
        self.asked()
        self.settle(60)
        self.assertEqual(1, self.asked()[LOOKUP])
        self.network.refuse("webcast-ws.tiktok.com", False)
        self.settle(40)
        self.assertEqual(1, len(self.tiktok.viewers))

    def test_door_stays_open(self) -> None:
        """A host who is live in another room, while the old one still lets in, is found there."""
        connection = self.follow()
        old = self.room.room_id
        self.room.drop(clean=False)
        self.settle()
        self.room.end(say=False)
        self.room.go_live()
        self.room.past_room_ids.clear()
        self.tiktok.add_room("zombie").room_id = old  # whose socket opens, and nobody is there
        self.settle(5)
        self.assertEqual(old, self.seen.of(Connected)[-1].room_id)
        self.settle(LEISURE + 5)
        self.assertEqual(self.room.room_id, self.seen.of(Connected)[-1].room_id)
        self.assertIn("live in another room", str(self.seen.of(Disconnected)[-1].reason))
        self.assertEqual(old, self.seen.only(StreamEnd).room_id)
        self.assertEqual("live", connection.get_state().phase)

    def test_lost_while_confirming(self) -> None:
        """One that is lost or stopped meanwhile leaves no look-up behind."""
        connection = self.follow()
        self.lose()
        self.lose()
        connection.disconnect()
        self.settle(2)
        self.asked()
        self.settle(2 * LEISURE)
        self.assertEqual(0, self.asked().total())

    def test_look_ups_closed(self) -> None:
        """Where none is wanted for a day, a room that was away for long comes back all the same."""
        self.follow()
        self.network.refuse("webcast-ws.tiktok.com")
        self.lose(seconds=AWAY - 60)
        self.wiring.lookups.refused("HTTP 429", 86_400)
        self.settle(120)
        self.network.refuse("webcast-ws.tiktok.com", False)
        self.settle(40)
        self.assertEqual(1, len(self.tiktok.viewers))


class CursorTests(ReturnTestCase):
    """A cursor that is not taken."""

    def lost(self, source: str) -> None:
        """Be live by a source, and lose it."""
        self.wiring = self.wire(Options(sources=(source,), limits=SILENT))
        self.follow("@alice", self.wiring)
        self.room.push([chat("one")])
        self.settle(6)
        self.asked()
        self.room.drop(clean=False)
        self.room.push([chat("two")])
        self.settle(5)

    def test_refused(self) -> None:
        """It is tried once; a fresh start follows at once, with a gap, and blames no source."""
        for source in ("direct", "signed", "classic"):
            with self.subTest(source):
                self.setUp()
                self.tiktok.faults.refuse_resumes(times=99)
                self.lost(source)
                self.assertEqual(1, len(self.tiktok.viewers))
                self.assertEqual(1, len(self.seen.of(Gap)))
                self.assertEqual(1, len(self.seen.of(Reconnecting)))
                [made] = self.wiring.sources
                self.assertEqual(0, len(made.breaker._failures))
                self.assertEqual(0, self.asked()[LOOKUP])
                self.stop_all()

    def test_answered_as_a_poll(self) -> None:
        """So it is with an answer that names no push server."""
        for source in ("signed", "classic"):
            with self.subTest(source):
                self.setUp()
                self.tiktok.faults.answer_resumes_as_polls(times=99)
                self.lost(source)
                self.assertEqual(1, len(self.tiktok.viewers))
                self.assertEqual(1, len(self.seen.of(Gap)))
                self.stop_all()

    def test_session(self) -> None:
        """One who could poll instead still wants the WebSocket that there was."""
        self.wiring = self.wire(
            Options(sources=("classic",), limits=SILENT, session_id=self.tiktok.add_session())
        )
        self.follow("@alice", self.wiring)
        self.settle(6)
        self.tiktok.faults.answer_resumes_as_polls(times=99)
        self.lose(seconds=5)
        self.assertEqual(1, len(self.tiktok.viewers))

    def test_other_refusals(self) -> None:
        """After three refusals of whatever kind it is not sent any more either."""
        self.follow()
        self.room.push([chat("one")])
        self.settle(6)
        self.tiktok.refuse(status=503, times=4)
        self.asked()
        self.room.drop(clean=False)
        self.settle(200)
        sent = [bool(each.parameter("cursor")) for each in self.handshakes()]
        self.assertEqual([True, True, True, False, False], sent)

    def test_enormous(self) -> None:
        """One of megabytes is not sent at all."""
        for source in ("direct", "signed", "classic"):
            with self.subTest(source):
                self.setUp()
                self.wiring = self.wire(Options(sources=(source,), limits=SILENT))
                connection = self.follow("@alice", self.wiring)
                self.settle(6)
                connection._session._core.conversation._cursor = "c" * 4_000_000
                self.asked()
                self.room.drop(clean=False)
                self.settle(5)
                self.assertEqual(1, len(self.tiktok.viewers))
                self.assertLess(max(len(each.target) for each in self.tiktok.requests), 4000)
                self.stop_all()


class WishTests(ReturnTestCase):
    """Every server that may want to be left alone for a day, in one answer that is not true."""

    def check(self, name: str, options: Options, spoil: Any) -> None:
        """It costs minutes."""
        with self.subTest(name):
            self.setUp()
            spoil()
            self.wiring = self.wire(replace(options, limits=SILENT))
            connection = self.follow("@alice", self.wiring)
            self.settle(8)
            if connection.get_state().phase != "live":
                self.told(connection)
            self.settle(900)
            self.assertEqual("live", connection.get_state().phase, connection.get_state().reason)
            self.stop_all()

    def told(self, connection: Any) -> None:
        """How long it really wants is told by the state, or by who waits there."""
        state = connection.get_state()
        said = [state.reason, *(source.why for source in self.wiring.sources_status().sources)]
        self.assertTrue(any("86" in each for each in said), said)

    def answer(self, path: str, times: int = 1) -> Any:
        """Let a path be answered so."""
        return lambda: self.tiktok.answer_next(path, Answer(429, headers=DAY), times)

    def test_all(self) -> None:
        """Look-up, page, details, gifts, handshake, im/fetch, sign servers and the guest cookie."""
        plain, classic = Options(), Options(sources=("classic",))
        keyed = Options(sources=("signed",), sign_provider_options=SignProviderOptions())
        connect = f"/webcast/rooms/{self.room.room_id}/connect"

        def both() -> None:
            self.answer(LOOKUP)()
            self.answer("/@alice/live")()

        def handshake() -> None:
            self.tiktok.refuse(status=429, headers=DAY)

        for name, options, spoil in (
            ("look-up", plain, self.answer(LOOKUP)),
            ("look-up and page", plain, both),
            ("page", classic, self.answer("/@alice/live")),
            ("details", plain, self.answer(INFO)),
            ("gifts", Options(enable_extended_gift_info=True), self.answer(GIFTS)),
            ("handshake", plain, handshake),
            ("im/fetch", classic, self.answer("/webcast/im/fetch/")),
            ("signature", classic, self.answer("/webcast/sign_url", 2)),
            ("first batch", keyed, self.answer(connect)),
            ("cookie", plain, self.answer("/ttwid/check/")),
        ):
            self.check(name, options, spoil)

    def test_others(self) -> None:
        """A hundred users wait for the one look-up that is tried, and then have theirs."""
        self.answer(LOOKUP)()
        with capturedLogs() as logged:
            service = self.service(100)
            self.settle(10)
        lines = [formatEvent(each) or "" for each in logged]
        self.assertTrue(any("none for 86400 s" in line for line in lines))
        reasons = {each.reason for each in service.status().values() if each.phase == "resolving"}
        [reason] = reasons
        self.assertIn("No look-ups are wanted for 863", reason)
        lookups = service.sources_status().lookups
        self.assertGreater((lookups.closed_until or 0) - self.clock.seconds(), 86_000)
        self.assertLess((lookups.tried_at or 0) - self.clock.seconds(), 300)
        self.asked()
        self.settle(280)
        self.assertEqual(0, self.asked()[LOOKUP])
        self.settle(600)
        self.assertEqual(100, self.live_rooms(service))

    def test_true(self) -> None:
        """Where it is meant, one look-up every five minutes is all that is asked."""
        self.answer(LOOKUP, 999)()
        self.answer("/@user0/live", 999)()
        self.service(20)
        self.settle(10)
        self.asked()
        self.settle(3600)
        self.assertTrue(10 <= self.asked()[LOOKUP] <= 13)

    def service(self, rooms: int) -> LiveService:
        """Follow so many users, who are all live."""
        service = LiveService(self.wiring)
        self.services.append(service)
        for number in range(rooms):
            self.tiktok.add_room(f"user{number}")
            service.add(f"user{number}")
        service.startService()
        return service
