"""The whole stack: users who change their names while they are live."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from twisted.logger import capturedLogs

from tests.stack.case import SILENT, chat
from tests.stack.test_renames import LOOKUP, RenameTestCase
from tiktoklive.capture import Recorder as TapeRecorder
from tiktoklive.errors import UserNotFoundError
from tiktoklive.events import Chat, Connected, Disconnected, Gap, Renamed, StreamEnd
from tiktoklive.model import Status
from tiktoklive.options import Options
from tiktoklive.service import LiveService
from tiktoklive.session import reconnect
from tiktoklive.simulator import Answer


class LiveTests(RenameTestCase):
    """Renamed during a broadcast."""

    def setUp(self) -> None:
        super().setUp()
        self.patch(reconnect, "AWAY", 0.0)  # what a look-up behind a loss tells is looked at here

    def test_dropped(self) -> None:
        """The stream goes on; when it is lost, the same room is entered again."""
        self.start()
        self.tiktok.rename("alice", "alice2")
        self.room.push([chat("before")])
        self.settle()
        self.assertEqual("live", self.state().phase)
        self.assertEqual([], self.renames())
        self.lose()
        self.room.push([chat("after")])
        self.settle()
        self.assertEqual(["before", "after"], self.seen.comments())
        self.assertEqual({"alice"}, {event.anchor for event in self.seen.events})
        self.assertEqual([("alice", "alice", "alice2", self.room.anchor_id)], self.renames())
        kinds = [type(event) for event in self.seen.events if not isinstance(event, Chat)]
        told = [k for k in kinds if k in (Disconnected, Renamed, Connected, Gap, StreamEnd)]
        self.assertEqual([Connected, Disconnected, Renamed, Connected, Gap], told)
        self.assertEqual("alice2", self.state().unique_id)

    def test_taken(self) -> None:
        """Another who takes the name, live or not, is not followed in their place."""
        for status in (Status.LIVE, Status.ENDED):
            with self.subTest(status):
                self.setUp()
                self.start()
                self.tiktok.rename("alice", "alice2")
                other = self.tiktok.add_room("alice", status=status)
                with capturedLogs() as logged:
                    self.lose()
                self.assertEqual("live", self.state().phase)
                self.assertEqual(([], 1), (other.all_viewers, len(self.room.viewers)))
                self.assertEqual([], self.seen.of(StreamEnd))
                [line] = [line for line in self.log_of(logged) if "is called" in line]
                self.assertIn("@alice is the name of another user by now", line)
                self.assertIn(other.anchor_id, line)
                self.tearDown()

    def test_taken_from_nobody(self) -> None:
        """If the user is gone, another who took the name is not followed either."""
        self.start()
        del self.tiktok.rooms["alice"]
        other = self.tiktok.add_room("alice")
        over = self.service.when_over()
        self.lose()
        self.assertNoResult(over)
        self.assertEqual("waiting", self.state().phase)  # for a broadcast that we were in, at first
        self.settle(300)
        self.assertNoResult(over)
        self.assertEqual("refused", self.state().phase)
        self.assertIn("another user", self.state().reason)
        self.assertEqual([], other.all_viewers)

    def test_taken_says_the_page(self) -> None:
        """If profile and look-up contradict each other on who it is, nobody is followed yet."""
        self.start()
        user = {"id": "77", "uniqueId": "alice", "roomId": "7137682087200557829", "status": 2}
        answer = {"statusCode": 0, "message": "", "data": {"user": user}}
        self.tiktok.answer_next(LOOKUP, Answer.json(answer))
        self.lose()
        self.assertEqual("waiting", self.state().phase)
        self.assertIn("TikTok contradicts itself", self.state().reason)
        self.settle(10)
        self.assertEqual("live", self.state().phase)

    def test_next_broadcast(self) -> None:
        """The id is kept over the end of a broadcast."""
        self.start()
        self.room.end()
        self.settle(1)
        self.tiktok.rename("alice", "alice2")
        self.room.go_live()
        self.offline()
        self.assertEqual(("live", "alice2"), (self.state().phase, self.state().unique_id))
        self.assertEqual(self.room.room_id, self.state().room_id)

    def test_impatient(self) -> None:
        """A connection that was not told to wait fails as ever, and asks for no profile."""
        connection = self.live()
        self.tiktok.rename("alice", "alice2")
        over = connection.when_over()
        self.lose()
        self.assertIsInstance(self.successResultOf(over), UserNotFoundError)
        again = connection.connect()
        self.settle()
        self.refused(again, UserNotFoundError)
        self.assertEqual([], self.profiles())

    def test_impatient_taken(self) -> None:
        """connect() connects to whoever has the name."""
        connection = self.live()
        disconnected = connection.disconnect()
        self.settle(3)
        self.successResultOf(disconnected)
        self.tiktok.rename("alice", "alice2")
        other = self.tiktok.add_room("alice")
        self.live(connection)
        self.assertEqual(1, len(other.viewers))
        self.assertEqual(other.anchor_id, connection.get_state().anchor_id)

    def test_sources(self) -> None:
        """Who is asked by name for the way in is asked by the present one."""
        self.service = LiveService(self.wire(Options(sources=("signed",), limits=SILENT)))
        self.services.append(self.service)
        self.start()
        self.tiktok.rename("alice", "alice2")
        self.lose(seconds=10)
        self.assertEqual(("live", "alice2"), (self.state().phase, self.state().unique_id))
        asked = [each for each in self.tiktok.requests if each.parameter("unique_id")]
        self.assertEqual("alice2", asked[-1].parameter("unique_id"))

    def test_tape(self) -> None:
        """The tape goes on under the name that is followed."""
        path = Path(self.mktemp()).with_suffix(".tape")
        recorder = TapeRecorder(self.wiring.opener, path, self.clock, per_user=True)
        self.service = LiveService(replace(self.wiring, opener=recorder))
        self.services.append(self.service)
        self.start()
        self.tiktok.rename("alice", "alice2")
        self.lose()
        self.room.push([chat("hello")])
        self.settle(1)
        self.assertEqual("live", self.state().phase)
        [tape] = path.parent.glob(f"{path.stem}-*.tape")
        self.assertEqual(f"{path.stem}-alice.tape", tape.name)
        headers = [line for line in tape.read_text().splitlines() if '"tape"' in line]
        self.assertEqual(["alice"] * 2, [json.loads(line)["unique_id"] for line in headers])

    def test_service_of_one(self) -> None:
        """A connection that runs as a service follows on as well."""
        connection = self.follow()
        self.tiktok.rename("alice", "alice2")
        self.lose()
        state = connection.get_state()
        self.assertEqual(("live", "alice2"), (state.phase, state.unique_id))
        self.assertEqual("alice", connection.unique_id)
        asked = connection.fetch_is_live()
        self.settle(2)  # it takes its turn
        self.assertIs(True, self.successResultOf(asked))
