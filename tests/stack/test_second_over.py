"""Two streams of a room: guests who are refused, and how both end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twisted.internet.defer import Deferred

from tests.stack.pairs import TWO, PairCase
from tiktoklive import standard_sources
from tiktoklive.errors import ConnectError, HandshakeRefusedError
from tiktoklive.events import (
    Connected,
    Control,
    Disconnected,
    Error,
    Gap,
    StreamEnd,
)
from tiktoklive.model import Resume, Room, Status, Ticket
from tiktoklive.plugins import SourceMaker
from tiktoklive.session.parts import OtherGuest
from tiktoklive.sources import Source
from tiktoklive.stream.limits import Limits


class RefusedTests(PairCase):
    """When a guest is not let in."""

    def refuse(self) -> None:
        """Let nobody in from now on but those who are in."""
        self.tiktok.refuse(message="illegal secret key", code="417", times=10_000)

    def alone(self) -> Any:
        """A connection that is live by its first stream, and whose second guest is refused."""
        connection = self.connection()
        connection.on(Connected, lambda event: self.refuse())
        connection.startService()
        self.settle(1)
        self.assertEqual(1, len(self.tiktok.viewers))
        return connection

    def test_second_for_ever(self) -> None:
        """A second guest who is refused for ever is told once, tried seldom, and costs nothing."""
        connection = self.alone()
        for number in range(60):
            self.say(str(number))
            self.settle(60)
        self.assertEqual([str(number) for number in range(60)], self.seen.comments())
        [error] = self.seen.of(Error)
        self.assertIsInstance(error.exception, HandshakeRefusedError)
        self.assertIn("second guest", error.info)
        self.assertLess(len(self.handshakes()), 12)
        found = self.streams(connection)
        self.assertEqual(1, found.open)
        self.assertIn("next try in", found.other)
        self.assertIn("illegal secret key", found.line)
        self.assertEqual([], self.seen.of(Gap))
        self.tiktok.forget()
        self.settle(4000)
        self.assertEqual(2, self.streams(connection).open)

    def test_requests(self) -> None:
        """An hour of refusals costs few requests, cookies of new guests included."""
        self.alone()
        before = len(self.tiktok.requests)
        self.settle(3600)
        self.assertLess(len(self.tiktok.requests) - before, 40)

    def test_both_at_the_start(self) -> None:
        """Both refused at the start: one error, as with one stream, and no second is tried."""
        self.tiktok.refuse(status=503, times=10_000)
        connected = self.connection().connect()
        self.settle(1)
        self.refused(connected, HandshakeRefusedError)
        self.assertEqual(1, len(self.handshakes()))

    def test_lost_and_refused(self) -> None:
        """The guest whose stream was lost is refused: the other one goes on alone."""
        connection = self.pair()
        self.refuse()
        self.viewers[0].abort()
        for number in range(30):
            self.say(str(number))
            self.settle(10)
        self.assertEqual([str(number) for number in range(30)], self.seen.comments())
        self.assertEqual(2, len(self.seen.of(Error)))
        self.assertIn("first guest", self.seen.of(Error)[1].info)
        self.assertTrue(connection.get_state().is_connected)

    def test_sources_apart(self) -> None:
        """Failures of the second guest let no source rest for the first."""
        self.alone()
        self.settle(3600)
        [source] = self.wiring.sources
        self.assertEqual("closed", source.state)

    def test_two_sources(self) -> None:
        """Of several sources the second guest tries the first last."""
        self.wiring = self.wire(replace(TWO, sources=("direct", "signed")))
        self.live()
        self.settle(1)
        asked = [each.path for each in self.tiktok.requests]
        self.assertEqual(1, sum(path.startswith("/webcast/rooms/") for path in asked))
        self.say("one")
        self.assertEqual(["one"], self.seen.comments())

    def test_next_source(self) -> None:
        """A source whose ticket opens no stream has the next one of the same guest behind it."""
        self.wiring = self.wire(replace(TWO, sources=("direct", "signed")))
        connection = self.connection()
        connection.on(Connected, lambda event: self.tiktok.refuse(status=503))
        connection.startService()
        self.settle(2)
        self.assertEqual(2, self.streams(connection).open)
        self.assertEqual(1, len(self.tiktok.refused))
        self.assertEqual("live by direct", self.streams(connection).other)
        self.assertEqual([], self.seen.of(Error))

    def test_polling(self) -> None:
        """The first may poll; what it brings is delivered once, and covers for the other."""
        self.tiktok.behaviour.upgrade = False
        session = self.tiktok.add_session()
        options = replace(TWO, sources=("classic", "direct"), session_id=session)
        self.wiring = self.wire(options)
        connection = self.follow()
        self.settle(3)
        self.assertFalse(connection.get_state().upgraded_to_websocket)
        self.assertEqual("live by direct", self.streams(connection).other)
        said = [str(number) for number in range(30)]
        for number, text in enumerate(said):
            self.say(text)
            self.settle(1)
            if number == 10:
                self.viewers[0].abort()
        self.settle(3)
        self.assertEqual(said, self.seen.comments())
        self.assertEqual([], self.seen.of(Gap))
        self.assertEqual(2, self.streams(connection).open)

    def test_other_room(self) -> None:
        """A ticket for another room than the first stream's is not used, and told."""
        guest = self.wiring.other_guest
        assert guest is not None

        class Elsewhere:
            """Makes tickets for another room."""

            async def sign(self, room: Room, resume: Resume) -> Ticket:
                """A ticket."""
                return await guest.signer.sign(replace(room, room_id="7"), resume)

        strange = OtherGuest(Elsewhere(), guest.opener)
        connection = self.follow(wiring=replace(self.wiring, other_guest=strange))
        self.settle(2)
        self.assertEqual(1, self.streams(connection).open)
        self.assertIn("another room: 7 in the place of", str(self.seen.only(Error).exception))
        self.assertEqual(1, len(self.handshakes()))

    def test_anonymous(self) -> None:
        """A session goes with the first stream alone, and so do cookies of the user's own."""
        session = self.tiktok.add_session()
        options = replace(
            TWO,
            session_id=session,
            request_headers={"Cookie": "mine=1"},
            websocket_headers={"Cookie": "mine=2"},
        )
        self.wiring = self.wire(options)
        self.live()
        self.settle(1)
        first, second = (each.cookies for each in self.handshakes())
        self.assertEqual(session, first["sessionid"])
        self.assertEqual(["ttwid"], list(second))


class OverTests(PairCase):
    """How both end."""

    def test_told_by_both(self) -> None:
        """The end of the broadcast is told once, and both are closed."""
        connection = self.live()
        self.settle(1)
        self.room.end()
        self.settle(3)
        self.assertEqual(1, len(self.seen.of(StreamEnd)))
        self.assertEqual(1, len(self.seen.of(Control)))
        self.assertEqual(1, len(self.seen.of(Disconnected)))
        self.assertEqual("ended", connection.get_state().phase)
        self.assertEqual([], self.tiktok.viewers)

    def test_told_by_one(self) -> None:
        """It is enough that either of them tells it."""
        for deaf in (0, 1):
            connection = self.live()
            self.settle(1)
            viewers = self.viewers
            viewers[deaf].silent = True
            self.room.end(close=False)
            self.settle(3)
            self.assertEqual("ended", connection.get_state().phase)
            self.assertEqual(1 + deaf, len(self.seen.of(StreamEnd)))
            self.assertEqual([], self.tiktok.viewers)
            self.room.go_live()

    def test_next_broadcast(self) -> None:
        """Whoever is followed has two streams in the next broadcast again."""
        connection = self.pair()
        self.room.end()
        self.settle(5)
        self.room.go_live()
        self.settle(120)
        self.assertEqual(2, self.streams(connection).open)
        self.say("new")
        self.assertEqual(["new"], self.seen.comments())

    def test_stop(self) -> None:
        """Whenever it is stopped, nothing is left; the second is closed before it is over."""
        for wait in (0.0, 0.01, 0.5, 3.0):
            connection = self.follow()
            self.settle(wait)
            self.stop_all()
            self.assertEqual("stopped", connection.get_state().phase)
            self.services.clear()
        self.assertEqual([], self.tiktok.viewers)

    def test_stop_when_told(self) -> None:
        """An observer that stops it when told of a loss stops both."""
        connection = self.pair()
        stopped = []
        connection.on(Error, lambda event: stopped.append(connection.stopService()))
        self.viewers[0].abort()
        self.settle(5)
        self.assertEqual(1, len(stopped))
        self.assertEqual("stopped", connection.get_state().phase)
        self.assertEqual([], self.tiktok.viewers)

    def test_renamed(self) -> None:
        """Events of both carry the new name from the next batch on."""
        connection = self.pair()
        connection._session.rename("alicia")
        self.viewers[0].silent = True
        self.say("one")
        self.viewers[1].silent = True
        self.assertEqual(["alicia"], [event.anchor for event in self.seen.named("chat")])

    def test_gifts(self) -> None:
        """The list of gifts that was asked for is that of both."""
        connection = self.pair()
        asked = connection.get_available_gifts()
        self.settle(1)
        self.successResultOf(asked)
        lists = [each.conversation.gifts for each in self.both(connection)]
        self.assertTrue(lists[0])
        self.assertEqual(lists[0], lists[1])

    def both(self, connection: Any) -> list[Any]:
        """Both streams as they are kept."""
        second = connection._session._core.second
        return [second._lead, second._other]

    def test_moved(self) -> None:
        """The user turns out to be live in another room: both streams are of that one then."""
        connection = self.pair()
        self.room.drop(clean=False)
        self.settle(5)
        self.room.end(say=False, close=False)
        self.room.go_live()
        self.settle(180)
        state = connection.get_state()
        self.assertEqual(self.room.room_id, state.room_id)
        self.assertEqual(2, state.streams.open)
        self.assertEqual({self.room.room_id}, {each.room_id for each in self.viewers})


class LanesTests(PairCase):
    """With lanes the second stream goes by another one, or by that of the room."""

    options = replace(TWO, lanes=("name=direct", "name=away,proxy=http://nowhere.example:1"))

    def test_by_its_lane(self) -> None:
        """Where the other lane is down it goes by the room's own, as another guest."""
        connection = self.pair()
        self.assertEqual("direct", connection.get_state().lane)
        guests = {viewer.request.cookies["ttwid"] for viewer in self.viewers}
        self.assertEqual(2, len(guests))
        asked = len(self.tiktok.requests)
        guest = self.wiring.parts("away").other_guest
        room = Room("alice", self.room.room_id)
        signing = Deferred.fromCoroutine(guest.signer.sign(room, Resume()))
        self.settle(60)
        self.failureResultOf(signing, ConnectError)
        self.assertEqual(asked, len(self.tiktok.requests))
        self.say("one")
        self.assertEqual(["one"], self.seen.comments())


class SourcesTests(PairCase):
    """Sources that ask as no guest cannot be had twice."""

    def test_none(self) -> None:
        """Two streams of such a source alone are refused before anything is asked."""
        maker = SourceMaker("other", "for this test", "tests.stack.test_second_over.make_other")
        self.patch(standard_sources, "find_maker", lambda interface, kind: maker)
        error = self.assertRaises(ValueError, self.wire, replace(TWO, sources=("other",)))
        self.assertIn("direct, signed, classic", str(error))


def make_other(wiring: Any, argument: str) -> Source:
    """A source that is of no guest."""
    return Source("other", wiring.signer, wiring.opener)


class SilentTests(PairCase):
    """Nothing comes by either, and both stay open."""

    options = replace(TWO, limits=Limits())

    def test_over(self) -> None:
        """A broadcast that ends in a pause is told to be over, by the one that is left as well."""
        for loses in (False, True):
            with self.subTest(loses=loses):
                if not self.room.is_live:
                    self.room.go_live()
                connection = self.pair()
                self.room.pause()
                if loses:
                    self.viewers[0].transport.abortConnection()
                self.settle(60)
                self.assertEqual(2, self.streams(connection).open)
                self.room.end(say=False, close=False)
                for _ in range(15):
                    self.settle(60)
                self.assertEqual("looked up", self.seen.only(StreamEnd).reason)
                connection.disconnect()
                self.settle(3)
                self.seen.events.clear()

    def test_other_speaks(self) -> None:
        """What the second one brings is a sign of life, whatever look-ups say."""
        connection = self.pair()
        self.room.pause()
        self.viewers[0].send = lambda *frame: None
        status, self.room.status = self.room.status, Status.ENDED
        for number in range(15):
            self.say(str(number))
            self.settle(60)
        self.room.status = status
        self.assertEqual([], self.seen.of(Disconnected))
        self.assertEqual("live", connection.get_state().phase)
        self.assertTrue(self.lookups()[1:])
