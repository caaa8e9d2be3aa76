"""The whole stack in memory: connections to a simulated TikTok, on a clock that the test moves."""

from __future__ import annotations

from random import Random
from typing import Any, TypeVar

from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.connection import WebcastPushConnection
from tiktoklive.events import Chat, Event
from tiktoklive.model import State
from tiktoklive.options import Options
from tiktoklive.simulator import Viewer
from tiktoklive.stream.limits import Limits
from tiktoklive.testing import RecordingObserver, settle, simulated
from tiktoklive.wire.common_pb2 import User
from tiktoklive.wire.speech_pb2 import WebcastChatMessage
from tiktoklive.wiring import Wiring, standard_wiring

_E = TypeVar("_E", bound=Event)

CHAT = "WebcastChatMessage"

#: A room of a test says nothing unless it is told to, for longer than a real one ever does.
SILENT = Limits(deaf_after=None)


def chat(comment: str, author: str = "bob") -> tuple[str, bytes]:
    """A comment, as a room pushes it; it gets its message id there."""
    user = User(id=7, unique_id=author, nickname=author.title())
    return CHAT, WebcastChatMessage(user=user, content=comment).SerializeToString()


class Recorder(RecordingObserver):
    """Remembers all events, and finds them by class."""

    def of(self, kind: type[_E]) -> list[_E]:
        """Those of one class."""
        return [event for event in self.events if isinstance(event, kind)]

    def only(self, kind: type[_E]) -> _E:
        """The only one of its class."""
        [event] = self.of(kind)
        return event

    def comments(self) -> list[str]:
        """The texts of all comments."""
        return [event.comment for event in self.of(Chat)]


class StackTestCase(SynchronousTestCase):
    """
    A simulated TikTok with one user, ``alice``, who is live.

    Every test ends with all that it made being stopped, and nothing may be left: no
    connection, no attempt to make one, no delayed call.
    """

    options: Options | None = None

    def setUp(self) -> None:
        self.network, self.tiktok = simulated(seed=3)
        self.clock = self.network.clock
        self.room = self.tiktok.add_room("alice")
        self.wiring = self.wire(self.options)
        self.seen = Recorder()
        self.services: list[Any] = []

    def tearDown(self) -> None:
        self.stop_all()

    def wire(self, options: Options | None = None) -> Wiring:
        """The standard parts on our network."""
        options = options or Options(limits=SILENT)
        return standard_wiring(self.clock, options, network=self.network, random=Random(1))

    def connection(self, name: str = "@alice", wiring: Wiring | None = None) -> Any:
        """A connection that is recorded, and stopped at the end."""
        connection = WebcastPushConnection(name, wiring=wiring or self.wiring)
        connection.add_observer(self.seen)
        self.services.append(connection)
        return connection

    def live(self, connection: Any = None) -> Any:
        """A connection that is live."""
        connection = connection or self.connection()
        connected = connection.connect()
        self.settle()
        self.assertTrue(self.successResultOf(connected).is_connected)
        return connection

    def follow(self, name: str = "@alice", wiring: Wiring | None = None) -> Any:
        """A connection that runs as a service."""
        connection = self.connection(name, wiring)
        connection.startService()
        self.settle()
        return connection

    def settle(self, seconds: float = 0.0) -> None:
        """Let time pass, and all bytes arrive."""
        settle(self.network, seconds)

    def refused(self, connected: Deferred[State], kind: type[Exception]) -> Any:
        """The error with which an attempt failed."""
        return self.failureResultOf(connected, kind).value

    @property
    def viewer(self) -> Viewer:
        """The one viewer that is connected now."""
        [viewer] = self.tiktok.viewers
        return viewer

    def lose(self, clean: bool = False, seconds: float = 4.0) -> None:
        """Break the stream, and let the time pass after which it should be open again."""
        self.room.drop(clean=clean)
        self.settle(seconds)

    def handshakes(self) -> list[Any]:
        """The upgrade requests that arrived, in order."""
        return [each for each in self.tiktok.requests if each.path.startswith("/webcast/im/ws")]

    def lookups(self) -> list[Any]:
        """The look-ups of rooms that arrived, in order."""
        return [each for each in self.tiktok.requests if each.path.startswith("/api-live/")]

    def stop_all(self, seconds: float = 4.0) -> None:
        """Stop everything: it takes no longer than ``seconds``, and leaves nothing."""
        stopped = [service.stopService() for service in self.services]
        self.settle(seconds)
        for each in stopped:
            self.successResultOf(each)
        closed = Deferred.fromCoroutine(_close(self.wiring))
        self.settle()
        self.successResultOf(closed)
        self.assertEqual([], self.network.open)
        self.assertEqual([], self.network.waiting)
        self.assertEqual([], self.clock.getDelayedCalls())


async def _close(wiring: Wiring) -> None:
    await wiring.close()
