"""One user followed: what a program holds in its hands."""

from __future__ import annotations

from typing import Any

from twisted.application.service import IService, MultiService
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer
from zope.interface.verify import verifyObject

from tests.stack.case import StackTestCase, chat
from tiktoklive import LiveService, Options, WebcastPushConnection
from tiktoklive.errors import (
    AlreadyConnectingError,
    InvalidUniqueIdError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.events import Chat, Event, IChatObserver
from tiktoklive.model import State, Status
from tiktoklive.rooms.details import LARGEST
from tiktoklive.simulator import Answer


class MakingTests(SynchronousTestCase):
    """Making a connection."""

    def test_names(self) -> None:
        """The username may be typed in every usual form."""
        for text in ("alice", "@alice", "https://www.tiktok.com/@alice/live"):
            self.assertEqual("alice", WebcastPushConnection(text, reactor=Clock()).unique_id)

    def test_no_name(self) -> None:
        """What is no username is refused at once."""
        self.assertRaises(InvalidUniqueIdError, WebcastPushConnection, "no name!", reactor=Clock())

    def test_one_or_the_other(self) -> None:
        """A wiring has its own options and reactor: giving both is an error."""
        wiring = WebcastPushConnection("alice", reactor=Clock()).wiring
        for more in ({"options": Options()}, {"reactor": Clock()}):
            with self.subTest(list(more)):
                self.assertRaises(TypeError, WebcastPushConnection, "alice", wiring=wiring, **more)

    def test_options(self) -> None:
        """Options given make up the wiring."""
        options = Options(compress=False)
        connection = WebcastPushConnection("alice", options, reactor=Clock())
        self.assertIs(options, connection.wiring.options)

    def test_idle(self) -> None:
        """Nothing happens before it is told to."""
        clock = Clock()
        connection = WebcastPushConnection("alice", reactor=clock)
        self.assertEqual(State(unique_id="alice"), connection.get_state())
        self.assertEqual([], clock.getDelayedCalls())

    def test_service(self) -> None:
        """It is a service."""
        verifyObject(IService, WebcastPushConnection("alice", reactor=Clock()))


class ObservingTests(StackTestCase):
    """Observers of one connection."""

    def test_functions(self) -> None:
        """on() and once() take functions, and decorate them; of a service likewise."""
        log: list[str] = []
        service = LiveService(self.wiring)
        self.services.append(service)
        service.add("alice")
        for number, told in enumerate((self.connection(), service)):

            @told.on("chat")
            def each(event: Chat, number: int = number) -> None:
                log.append(f"each {number} {event.comment}")

            @told.once(Chat)
            async def first(event: Chat, number: int = number) -> None:
                log.append(f"first {number} {event.comment}")

            told.startService()
            self.settle(5)
        self.room.push([chat("a"), chat("b")])
        self.settle()
        self.assertEqual(
            ["each 0 a", "each 0 b", "each 1 a", "each 1 b", "first 0 a", "first 1 a"], sorted(log)
        )

    def test_add_and_remove(self) -> None:
        """Observers and functions can be added before and while it is live, and removed."""
        log: list[str] = []

        @implementer(IChatObserver)
        class Observer:
            def chat(self, event: Chat) -> None:
                log.append(f"observer {event.comment}")

        def say(word: str) -> Any:
            return lambda event: log.append(f"{word} {event.comment}")

        observer = Observer()
        connection = self.connection()
        added = connection.add_observer(observer)
        self.live(connection)
        function = connection.on("chat", say("function"))
        self.room.push([chat("1")])
        self.settle()
        added.remove()
        self.room.push([chat("2")])
        self.settle()
        function.remove()
        connection.add_observer(observer)
        self.room.push([chat("3")])
        self.settle()
        connection.remove_observer(observer)
        self.room.push([chat("4")])
        self.settle()
        self.assertEqual(["observer 1", "function 1", "function 2", "observer 3"], log)

    def test_refused(self) -> None:
        """What observes nothing is refused at once."""
        connection = self.connection()
        self.assertRaises(TypeError, connection.add_observer, object())
        self.assertRaises(TypeError, connection.on, "nothing", print)
        self.assertRaises(ValueError, connection.remove_observer, object())

    def test_kept(self) -> None:
        """Observers stay through reconnects, ends and new connections."""
        connection = self.live()
        for number in range(3):
            self.room.push([chat(str(number))])
            self.settle(1)
            if number == 0:
                self.lose()
            elif number == 1:
                self.room.end()
                self.settle(3)
                self.room.go_live()
                self.live(connection)
        self.assertEqual(["0", "1", "2"], self.seen.comments())

    def test_two_connections(self) -> None:
        """The observers of one connection see nothing of another."""
        log: list[Event] = []
        self.tiktok.add_room("bea")
        other = self.connection("bea")
        other.remove_observer(self.seen)
        other.on("event", log.append)
        self.live(other)
        self.live()
        self.room.push([chat("for alice")])
        self.settle()
        self.assertEqual({"bea"}, {event.anchor for event in log})
        self.assertEqual(["for alice"], self.seen.comments())


class RoomInfoTests(StackTestCase):
    """What TikTok tells about the room."""

    def asked(self, connection: Any) -> list[Any]:
        """The answer, and who was asked for it."""
        self.settle(5)
        before = len(self.tiktok.requests)
        answer = connection.get_room_info()
        self.settle(3)
        hosts = [request.header("host") for request in self.tiktok.requests[before:]]
        return [answer, *hosts]

    def test_live(self) -> None:
        """Of a live connection, it is asked for the room that the connection is in."""
        answer, *hosts = self.asked(self.live())
        info = self.successResultOf(answer)
        self.assertEqual((self.room.room_id, self.room.title), (info["id_str"], info["title"]))
        self.assertEqual(["webcast.tiktok.com"], hosts)

    def test_unconnected(self) -> None:
        """Without a connection, the user is looked up first."""
        answer, *hosts = self.asked(self.connection())
        self.assertEqual(self.room.room_id, self.successResultOf(answer)["id_str"])
        self.assertEqual(["www.tiktok.com", "webcast.tiktok.com"], hosts)

    def test_offline(self) -> None:
        """Of a user who is not live it tells about the last broadcast, by either way to look."""
        self.room.like_count = 41
        self.room.end()
        for styles in ("sigi", "api"):
            with self.subTest(styles):
                if styles == "sigi":
                    self.tiktok.answer_next("/api-live/user/room/", Answer(403))
                answer, *_ = self.asked(self.connection())
                info = self.successResultOf(answer)
                self.assertEqual((self.room.room_id, 4), (info["id_str"], info["status"]))
                self.assertEqual((41, "alice"), (info["like_count"], info["owner"]["display_id"]))

    def test_never_live(self) -> None:
        """Of a user who never was live there is nothing to tell, nor of one who does not exist."""
        self.tiktok.add_room("nora", status=Status.ENDED)
        for name, kind in (("nora", UserOfflineError), ("noone", UserNotFoundError)):
            connection = self.connection(name)
            answer, *_ = self.asked(connection)
            self.failureResultOf(answer, kind)
            self.assertIsNone(connection.get_state().room_info)

    def test_state(self) -> None:
        """The state has what was told last, until a connection begins or ends."""
        connection = self.connection()
        self.assertNotIn("roomId", connection.get_state().as_dict())
        answer, *_ = self.asked(connection)
        info = self.successResultOf(answer)
        self.assertEqual(info, connection.get_state().as_dict()["roomInfo"])
        info["title"] = "changed"  # it is the caller's
        self.assertEqual(self.room.title, connection.get_state().room_info["title"])
        self.room.title = "Now live"
        self.live(connection)
        self.assertEqual(self.room.room_id, connection.get_state().as_dict()["roomId"])
        self.assertEqual("Now live", connection.get_state().room_info["title"])
        self.room.title = "Later"
        self.asked(connection)
        self.assertEqual("Later", connection.get_state().room_info["title"])
        connection.disconnect()
        self.settle(3)
        self.assertIsNone(connection.get_state().room_info)

    def test_state_without_details(self) -> None:
        """Where connecting asks for no details, those of the same room that were told remain."""
        self.wiring = self.wire(Options(fetch_room_info_on_connect=False))
        connection = self.connection(wiring=self.wiring)
        self.asked(connection)
        self.live(connection)
        self.assertEqual(self.room.room_id, connection.get_state().room_info["id_str"])
        connection.disconnect()
        self.settle(3)
        self.asked(connection)
        self.room.go_live()
        self.live(connection)
        self.assertIsNone(connection.get_state().room_info)

    def test_too_large(self) -> None:
        """Details that are too large are told, and not kept."""
        self.room.title = "x" * LARGEST
        connection = self.connection()
        answer, *_ = self.asked(connection)
        self.assertEqual(LARGEST, len(self.successResultOf(answer)["title"]))
        self.assertIsNone(connection.get_state().room_info)


class ServiceTests(StackTestCase):
    """As a service."""

    def test_shown(self) -> None:
        """It shows who is followed and the state; a service of many, how many are live."""
        connection, room_id = self.connection(), self.room.room_id
        self.assertEqual("<WebcastPushConnection @alice: idle>", repr(connection))
        connection.startService()
        self.assertEqual("<WebcastPushConnection @alice: resolving>", repr(connection))
        self.settle()
        shown = f"<WebcastPushConnection @alice: live in room {room_id}>"
        self.assertEqual(shown, repr(connection))
        connection.disconnect()
        self.settle(3)
        self.assertEqual("<WebcastPushConnection @alice: stopped>", repr(connection))
        service = LiveService(self.wiring)
        self.services.append(service)
        service.add("alice")
        service.add("bea")
        self.assertEqual("<LiveService: 2 users, 0 of them live>", repr(service))
        service.startService()
        self.settle(5)
        self.assertEqual("<LiveService: 2 users, 1 of them live>", repr(service))

    def test_follows(self) -> None:
        """It follows the user from startService to stopService."""
        connection = self.connection()
        self.assertFalse(connection.running)
        connection.startService()
        self.settle()
        self.assertEqual((1, "live"), (connection.running, connection.get_state().phase))
        stopped = connection.stopService()
        self.settle(3)
        self.successResultOf(stopped)
        self.assertFalse(connection.running)

    def test_parent(self) -> None:
        """In a MultiService it starts and stops with its parent."""
        parent = MultiService()
        connection = self.connection()
        connection.setServiceParent(parent)
        parent.startService()
        self.settle()
        self.assertEqual("live", connection.get_state().phase)
        stopped = parent.stopService()
        self.assertNoResult(stopped)
        self.settle(3)
        self.successResultOf(stopped)

    def test_tally(self) -> None:
        """get_tally() counts over all streams."""
        connection = self.live()
        self.room.push([chat("one"), chat("two")])
        self.settle(1)
        self.lose()
        self.room.push([chat("three")])
        self.settle()
        tally = connection.get_tally()
        self.assertEqual((5, 2), (tally.messages, tally.duplicates))
        self.assertGreaterEqual(tally.frames, 7)

    def test_restart_at_once(self) -> None:
        """Started again while it stops, it keeps its wiring open for the new start."""
        connection = self.connection()
        connection._owns_wiring = True
        connection.startService()
        self.settle()
        stopped = connection.stopService()
        connection.startService()
        self.settle(1)
        self.successResultOf(stopped)
        self.assertEqual("live", connection.get_state().phase)

    def test_connect_while_disconnecting(self) -> None:
        """connect() says so when the last connection is still being closed."""
        connection = self.live()
        connection.disconnect()
        error = self.failureResultOf(connection.connect(), AlreadyConnectingError).value
        self.assertIn("disconnected", str(error))
        self.assertIn("wait", str(error))

    def test_owns_its_wiring(self) -> None:
        """A connection that made its own wiring closes it when it is stopped."""
        connection = self.connection()
        connection._owns_wiring = True
        self.live(connection)
        self.assertEqual(3, len(self.network.open))
        connection.disconnect()
        self.settle()
        self.assertEqual([], self.network.open)
