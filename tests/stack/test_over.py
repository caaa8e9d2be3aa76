"""The whole stack: the end of a broadcast told apart from the loss of its stream."""

from __future__ import annotations

from typing import Any

from tests.stack.case import StackTestCase, chat
from tiktoklive.errors import StreamLostError
from tiktoklive.events import Connected, Disconnected, Gap, Reconnecting, StreamEnd
from tiktoklive.model import Status
from tiktoklive.options import Options


class SaidTests(StackTestCase):
    """TikTok says it on the stream."""

    def test_words(self) -> None:
        """Ended by the host and banned by moderation are told apart, in the state too."""
        for action, word, said in ((3, "ended", "host"), (4, "banned", "moderation")):
            with self.subTest(word):
                if not self.room.is_live:
                    self.room.go_live()
                connection = self.live()
                self.room.end(action)
                self.settle(5)
                end = self.seen.of(StreamEnd)[-1]
                self.assertEqual((action, word), (end.action, end.reason))
                state = connection.get_state()
                self.assertEqual("ended", state.phase)
                self.assertIn(said, state.reason)

    def test_once(self) -> None:
        """A patient session tells it once, though every look-up says it again."""
        connection = self.follow()
        self.room.end()
        self.settle(300)
        self.assertEqual(1, len(self.seen.of(StreamEnd)))
        self.assertEqual("offline", connection.get_state().phase)

    def test_while_away(self) -> None:
        """Told by what comes first of a new stream, it is followed by no connected."""
        session = self.tiktok.add_session()
        self.wiring = self.wire(Options(sources=("classic",), session_id=session))
        for upgrade in (True, False):
            with self.subTest(upgrade=upgrade):
                self.tiktok.behaviour.upgrade = upgrade
                self.room.go_live()
                connection = self.connection()
                connection.connect()
                self.settle(5)  # polling begins with a pause
                self.assertEqual("live", connection.get_state().phase)
                self.seen.events.clear()
                self.room.drop(clean=False)
                self.tiktok.faults.answer("/webcast/im/fetch/", "closed", times=None)
                self.settle(1)
                self.room.end(close=False)
                self.tiktok.faults.clear()
                self.settle(200)
                self.assertEqual("ended", connection.get_state().phase)
                names = [event.name for event in self.seen.events]
                self.assertEqual(1, names.count("streamEnd"), names)
                self.assertNotIn("connected", names[names.index("streamEnd") :])


class LookedUpTests(StackTestCase):
    """Nobody says it: the stream is lost."""

    def test_once_is_not_enough(self) -> None:
        """One look-up that says so is no end: the same broadcast goes on."""
        connection = self.live()
        self.room.push([chat("one")])
        self.settle(1)
        status = self.room.status
        self.room.end(say=False)
        self.settle(3)
        self.assertEqual("waiting", connection.get_state().phase)
        self.room.status = status
        self.settle(80)
        self.assertEqual("live", connection.get_state().phase)
        self.assertEqual([], self.seen.of(StreamEnd))
        self.assertEqual(1, len(self.seen.of(Gap)))

    def test_not_in_a_row(self) -> None:
        """Two that say so with another in between, which finds the user live, are none either."""
        connection = self.live()
        status = self.room.status
        for _ in range(3):
            self.room.end(say=False)
            self.settle(3)
            self.room.status = status
            self.settle(80)
            self.assertEqual("live", connection.get_state().phase)
        self.assertEqual([], self.seen.of(StreamEnd))

    def test_twice(self) -> None:
        """Two in a row are; it is told in order, and the session is over."""
        connection = self.live()
        over = connection.when_over()
        self.seen.events.clear()
        self.room.end(say=False)
        self.settle(80)
        self.assertEqual(
            ["disconnected", "reconnecting", "reconnecting", "gap", "streamEnd"], self.seen.names()
        )
        gap = self.seen.only(Gap)
        self.assertLess(gap.since, gap.until)
        self.assertEqual(1, connection.get_tally().gaps)
        self.assertEqual("looked up", self.seen.only(StreamEnd).reason)
        self.assertIsNone(self.successResultOf(over))
        self.assertEqual("ended", connection.get_state().phase)

    def test_patient(self) -> None:
        """A patient one waits for the next broadcast, and is there when it comes."""
        connection = self.follow()
        self.room.end(say=False)
        self.settle(80)
        self.assertEqual("offline", connection.get_state().phase)
        self.assertEqual(1, len(self.seen.of(StreamEnd)))
        self.room.go_live()
        self.settle(80)
        self.assertEqual("live", connection.get_state().phase)

    def test_stopped_by_who_is_told(self) -> None:
        """An observer that disconnects when it is told has the last word."""
        for patient in (True, False):
            with self.subTest(patient=patient):
                if not self.room.is_live:
                    self.room.go_live()
                connection = self.follow() if patient else self.live()
                connection.on(StreamEnd, lambda event, mine=connection: mine.disconnect())
                self.room.end(say=False)
                self.settle(80)
                self.assertEqual("stopped", connection.get_state().phase)

    def test_begun_again_by_who_is_told(self) -> None:
        """One that disconnects and connects again has it too: the old news ends nothing new."""
        connection = self.live()
        again = []

        def restart(event: StreamEnd) -> None:
            connection.disconnect()
            self.room.go_live()
            again.append(connection.connect())

        connection.on(StreamEnd, restart)
        self.room.end(say=False)
        self.settle(80)
        self.assertTrue(self.successResultOf(again[0]).is_connected)
        self.assertEqual(("live", 1), (connection.get_state().phase, len(self.seen.of(StreamEnd))))


class SilentTests(StackTestCase):
    """Nobody says it, and the stream stays open: nothing comes any more."""

    options = Options()

    def pause(self) -> Any:
        """A room that is paused."""
        connection = self.follow()
        self.room.push([chat("one")])
        self.room.pause()
        self.settle(60)
        return connection

    def pass_by(self, minutes: int) -> None:
        """Let minutes pass."""
        for _ in range(minutes):
            self.settle(60)

    def test_in_a_pause(self) -> None:
        """A broadcast that ends in a pause is told to be over within a quarter of an hour."""
        for minutes in (0, 9, 100):
            with self.subTest(minutes=minutes):
                if not self.room.is_live:
                    self.room.go_live()
                connection = self.pause()
                self.pass_by(minutes)
                self.seen.events.clear()
                self.room.end(say=False, close=False)
                self.pass_by(15)
                self.assertEqual("looked up", self.seen.only(StreamEnd).reason)
                self.assertEqual("offline", connection.get_state().phase)
                self.assertIn("two look-ups say", str(self.seen.only(Disconnected).reason))
                connection.disconnect()
                self.settle(3)

    def test_in_silence(self) -> None:
        """So is one in which nobody has said anything for hours."""
        connection = self.follow()
        self.pass_by(200)
        self.assertEqual("live", connection.get_state().phase)
        self.room.end(say=False, close=False)
        self.pass_by(15)
        self.assertEqual("looked up", self.seen.only(StreamEnd).reason)

    def test_cost(self) -> None:
        """While it goes on that costs seven look-ups in an hour, and nothing else."""
        connection = self.pause()
        before = len(self.lookups())
        self.pass_by(55)
        self.assertTrue(3 <= len(self.lookups()) - before <= 7, len(self.lookups()))
        self.assertEqual(("live", []), (connection.get_state().phase, self.seen.of(Disconnected)))
        self.assertEqual(1, len(self.handshakes()))

    def test_one_answer(self) -> None:
        """One look-up that says so is no reason to leave, nor are two if something comes."""
        for answers in (1, 2):
            with self.subTest(answers=answers):
                connection = self.pause()
                status, before = self.room.status, len(self.lookups())
                self.room.status = Status.ENDED
                while len(self.lookups()) == before:
                    self.settle(10)
                if answers == 1:
                    self.room.status = status
                self.room.push([chat("still here")])
                self.settle(100)
                self.room.status = status
                self.pass_by(20)
                self.assertLess(before + 1, len(self.lookups()))
                self.assertEqual([], self.seen.of(Disconnected))
                self.assertEqual("live", connection.get_state().phase)
                connection.disconnect()
                self.settle(3)
                self.seen.events.clear()

    def test_elsewhere(self) -> None:
        """A host who is live in another room by then is found there."""
        connection = self.pause()
        old = self.room.room_id
        self.room.end(say=False, close=False)
        self.settle(3)
        self.room.go_live()
        self.pass_by(12)
        self.assertEqual(old, self.seen.only(StreamEnd).room_id)
        self.assertEqual(self.room.room_id, connection.get_state().room_id)

    def test_given(self) -> None:
        """Nobody is looked up of whom the room was given."""
        connection = self.connection()
        connection.connect(self.room.room_id)
        self.settle()
        self.room.pause()
        self.pass_by(30)
        self.assertEqual(("live", []), (connection.get_state().phase, self.lookups()))


class RestartTests(StackTestCase):
    """The host is back in a new room."""

    def test_within_minutes(self) -> None:
        """It is followed there, afresh; of the old room a gap is told, and the end."""
        for start in (self.live, self.follow):
            with self.subTest(start.__name__):
                if not self.room.is_live:
                    self.room.go_live()
                connection = start()
                self.seen.events.clear()
                old = self.room.room_id
                self.room.push([chat("old")])
                self.settle(1)
                self.room.end(say=False)
                self.settle(20)
                self.room.go_live()
                self.settle(80)
                self.assertEqual("live", connection.get_state().phase)
                self.assertEqual(self.room.room_id, self.seen.only(Connected).room_id)
                end = self.seen.only(StreamEnd)
                self.assertEqual((old, "looked up"), (end.room_id, end.reason))
                self.assertEqual(old, self.seen.only(Gap).room_id)
                self.assertIsNone(self.handshakes()[-1].parameter("cursor"))
                connection.disconnect()
                self.settle(3)


class NetworkTests(StackTestCase):
    """Our own network is lost."""

    def test_waits(self) -> None:
        """Look-ups that fail end nothing, however many; then it goes on, with one gap."""
        connection = self.live()
        self.room.push([chat("one")])
        self.settle(1)
        for host in ("www.tiktok.com", "webcast-ws.tiktok.com"):
            self.network.refuse(host)
        self.lose(seconds=600)
        self.assertEqual("waiting", connection.get_state().phase)
        self.assertEqual([], self.seen.of(StreamEnd))
        for host in ("www.tiktok.com", "webcast-ws.tiktok.com"):
            self.network.refuse(host, False)
        self.settle(40)
        self.assertEqual("live", connection.get_state().phase)
        self.assertEqual(1, len(self.seen.of(Gap)))


class ShortStreamTests(StackTestCase):
    """Somebody who is let in and put out at once."""

    options = Options()

    def test_impatient(self) -> None:
        """connect() gives up after five streams that ended at once, with the last one's error."""
        connection = self.live()
        over = connection.when_over()
        for _ in range(5):
            self.room.drop(clean=False)
            self.settle()
            reconnecting = self.seen.of(Reconnecting)
            if connection.get_state().phase == "waiting":
                self.settle(reconnecting[-1].delay + 0.1)
        self.assertEqual("failed", connection.get_state().phase)
        error = self.successResultOf(over)
        self.assertIsInstance(error, StreamLostError)
        self.assertIs(self.seen.of(Disconnected)[-1].reason, error)
        self.assertEqual(5, len(self.handshakes()))

    def test_once_it_lived(self) -> None:
        """After a stream that lasted it goes on for ever."""
        connection = self.live()
        self.settle(6)
        for _ in range(8):
            self.room.drop(clean=False)
            self.settle()
            self.settle(self.seen.of(Reconnecting)[-1].delay + 0.1)
        self.assertEqual("live", connection.get_state().phase)

    def test_patient(self) -> None:
        """A service goes on anyway."""
        connection = self.follow()
        for _ in range(8):
            self.room.drop(clean=False)
            self.settle()
            self.settle(self.seen.of(Reconnecting)[-1].delay + 0.1)
        self.assertEqual("live", connection.get_state().phase)
