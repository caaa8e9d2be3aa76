"""The whole stack: streams that break, broadcasts that end, users who come and go."""

from __future__ import annotations

from itertools import pairwise

from tests.stack.case import StackTestCase, chat
from tiktoklive.errors import UserOfflineError
from tiktoklive.events import Control, Disconnected, Gap, Reconnecting, StreamEnd
from tiktoklive.model import Status


class EndTests(StackTestCase):
    """The broadcast ends."""

    def test_by_host(self) -> None:
        """The host's end is told as streamEnd, then disconnected; nothing is tried again."""
        connection = self.live()
        over = connection.when_over()
        self.seen.events.clear()
        self.room.end(3)
        self.settle(300)
        self.assertEqual(["controlMessage", "streamEnd", "disconnected"], self.seen.names())
        self.assertEqual(3, self.seen.only(StreamEnd).action)
        self.assertIsNone(self.seen.only(Disconnected).reason)
        self.assertIsNone(self.successResultOf(over))
        self.assertEqual("ended", connection.get_state().phase)
        self.assertEqual(1, len(self.handshakes()))

    def test_by_moderation(self) -> None:
        """So is an end by moderation."""
        self.live()
        self.seen.events.clear()
        self.room.end(4)
        self.settle(60)
        self.assertEqual(["controlMessage", "streamEnd", "disconnected"], self.seen.names())
        self.assertEqual(4, self.seen.only(StreamEnd).action)

    def test_server_keeps_the_socket(self) -> None:
        """When TikTok leaves the socket open after the end, we close it."""
        self.live()
        viewer = self.viewer
        self.room.end(3, close=False)
        self.settle()
        self.assertEqual(1000, (viewer.closed or (None,))[0])
        self.assertEqual("ended", self.services[0].get_state().phase)

    def test_words_after_the_end(self) -> None:
        """What stands behind the end in the same batch is delivered still."""
        self.live()
        self.room.push([("WebcastControlMessage", b"\x10\x03"), chat("bye")])
        self.settle(3)
        self.assertEqual(["bye"], self.seen.comments())
        self.assertLess(self.seen.names().index("chat"), self.seen.names().index("disconnected"))

    def test_unobserved(self) -> None:
        """The end is noticed even if nobody observes anything."""
        connection = self.live()
        connection.remove_observer(self.seen)
        self.room.end(3, close=False)
        self.settle(3)
        self.assertEqual("ended", connection.get_state().phase)

    def test_without_a_word(self) -> None:
        """A socket that closes because the broadcast is over, unsaid, ends it by two look-ups."""
        connection = self.live()
        self.room.end(say=False)
        self.settle(5)
        self.assertEqual("waiting", connection.get_state().phase)
        self.settle(75)
        end = self.seen.only(StreamEnd)
        self.assertEqual((0, "looked up"), (end.action, end.reason))
        self.assertEqual(3, len(self.lookups()))
        self.assertEqual("ended", connection.get_state().phase)
        # That of the return was refused, with the cursor and without.
        self.assertEqual(3, len(self.handshakes()))

    def test_next_broadcast(self) -> None:
        """After the end connect() can be called for the next broadcast, which has no gap."""
        connection = self.live()
        self.room.end()
        self.settle(3)
        self.room.go_live()
        self.live(connection)
        self.assertEqual(self.room.room_id, connection.get_state().room_id)
        self.assertEqual([], self.seen.of(Gap))
        self.assertIsNone(self.handshakes()[-1].parameter("cursor"))

    def test_patient(self) -> None:
        """A service goes on to the next broadcast, with its room id, afresh."""
        connection = self.follow()
        first = self.room.room_id
        self.room.push([chat("one")])
        self.settle(1)
        self.room.end()
        self.settle(100)
        self.assertEqual("offline", connection.get_state().phase)
        self.room.go_live()
        self.settle(80)
        self.assertEqual("live", connection.get_state().phase)
        self.assertNotEqual(first, self.room.room_id)
        self.assertEqual(self.room.room_id, connection.get_state().room_id)
        self.assertIsNone(self.handshakes()[-1].parameter("cursor"))
        self.assertEqual(([], []), (self.seen.of(Gap), self.seen.of(Reconnecting)))

    def test_other_room_after_a_loss(self) -> None:
        """When the lost stream's user is in another room by then, nothing is resumed there."""
        old = self.live().get_state().room_id
        self.room.push([chat("old")])
        self.settle()
        self.room.drop(clean=False)
        self.room.end(say=False)
        self.room.go_live()
        self.settle(3)
        self.assertEqual("live", self.services[0].get_state().phase)
        self.assertIsNone(self.handshakes()[-1].parameter("cursor"))
        self.assertIsNone(self.handshakes()[-1].parameter("internal_ext"))
        self.assertEqual(old, self.seen.only(Gap).room_id)

    def test_paused(self) -> None:
        """A pause and its end are told, and end nothing."""
        connection = self.live()
        self.room.pause()
        self.settle(20)
        self.room.resume()
        self.settle(20)
        told = [(each.name, each.action) for each in self.seen.of(Control)]
        before, after = ("controlMessage", 1), ("controlMessage", 2)
        self.assertEqual([before, ("paused", 1), after, ("resumed", 2)], told)
        self.assertEqual([], self.seen.of(StreamEnd) + self.seen.of(Disconnected))
        self.assertEqual("live", connection.get_state().phase)

    def test_lost_while_paused(self) -> None:
        """A stream lost during a pause is opened again: paused is not ended."""
        connection = self.live()
        self.room.pause()
        self.settle(1)
        self.lose()
        self.assertEqual("live", connection.get_state().phase)

    def test_begun_paused(self) -> None:
        """A broadcast that is paused when we come can be connected to."""
        self.room.status = Status.PAUSED
        self.live()


class OfflineTests(StackTestCase):
    """Users who are not live."""

    def test_impatient(self) -> None:
        """connect() fails with UserOfflineError, and can be called again when the user is live."""
        self.room.end()
        connection = self.connection()
        connected = connection.connect()
        self.settle()
        self.assertIn("@alice", str(self.refused(connected, UserOfflineError)))
        self.settle(300)
        self.assertEqual(1, len(self.lookups()))
        self.room.go_live()
        self.live(connection)

    def test_never_live(self) -> None:
        """So it does for a user who never had a room."""
        self.tiktok.add_room("newbie", status=Status.ENDED)
        connected = self.connection("newbie").connect()
        self.settle()
        self.refused(connected, UserOfflineError)

    def test_patient(self) -> None:
        """A service looks again every 45 to 75 seconds, and connects once the user is live."""
        self.room.end()
        connection = self.follow()
        self.assertEqual("offline", connection.get_state().phase)
        self.settle(600)
        times = [lookup.at for lookup in self.lookups()]
        pauses = [later - sooner for sooner, later in pairwise(times)]
        self.assertGreaterEqual(len(pauses), 7)
        self.assertTrue(all(45 <= pause <= 76 for pause in pauses), pauses)
        self.room.go_live()
        self.settle(76)
        self.assertEqual("live", connection.get_state().phase)

    def test_again_in_the_callback(self) -> None:
        """connect() may be called again from its own errback."""
        self.room.end()
        connection = self.connection()
        second = connection.connect().addErrback(lambda failure: connection.connect())
        self.settle(1)
        self.refused(second, UserOfflineError)
        self.assertEqual(2, len(self.lookups()))

    def test_connect_then_service(self) -> None:
        """A connection that is started as a service while live becomes patient."""
        connection = self.live()
        connection.startService()
        self.room.end()
        self.settle(3)
        self.assertEqual("offline", connection.get_state().phase)
        self.room.go_live()
        self.settle(76)
        self.assertEqual("live", connection.get_state().phase)
