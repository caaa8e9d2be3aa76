"""The simulated TikTok itself: one Twisted Web site for all of its hosts."""

from __future__ import annotations

from collections import deque
from typing import Any, Final
from weakref import WeakSet

from twisted.internet.defer import Deferred, gatherResults
from twisted.internet.interfaces import IReactorTime
from twisted.web.http import datetimeToString
from twisted.web.resource import Resource
from twisted.web.server import Request as WebRequest
from twisted.web.server import Site

from tiktoklive.clock import wall_time
from tiktoklive.model import Status
from tiktoklive.simulator.chat import CHAT_PATH, SimulatedChat
from tiktoklive.simulator.drawing import picture_answer
from tiktoklive.simulator.faults import Faults
from tiktoklive.simulator.fetch import FETCH_PATH, Fetches
from tiktoklive.simulator.http_faults import CHALLENGE
from tiktoklive.simulator.pages import CHECK_PATH, Pages, room_by_id
from tiktoklive.simulator.pictures import PICTURE_HOSTS, Pictures, is_picture_path
from tiktoklive.simulator.push import RELAY_HOST, HandshakeRefusal, PushDoor, is_push_path
from tiktoklive.simulator.requests import Answer, Request, keep, read_request
from tiktoklive.simulator.resumes import like_a_poll, refused_resume
from tiktoklive.simulator.room import SimulatedRoom
from tiktoklive.simulator.signing import URL_SIGN_HOSTS, UrlSigning, signs_urls
from tiktoklive.simulator.signserver import SIGN_HOSTS, SimulatedSignServer, is_sign_path
from tiktoklive.simulator.tickets import Tickets
from tiktoklive.simulator.viewer import Viewer
from tiktoklive.simulator.world import Behaviour, World

#: The hosts that it plays (wire facts §2.1, §9.1); all of them on port 443.
HOSTS: Final = (
    *SIGN_HOSTS,
    *URL_SIGN_HOSTS,
    RELAY_HOST,
    "www.tiktok.com",
    "webcast.tiktok.com",
    "webcast-ws.tiktok.com",
    "webcast-ws.eu.tiktok.com",
    "webcast-ws.us.tiktok.com",
    *PICTURE_HOSTS,
)


class Simulator:
    """
    A small TikTok, strict about what it is asked.

    :param clock: its only source of time.
    :param seed: makes all its ids and cookies repeatable.
    :ivar behaviour: its switches.
    :ivar rooms: its users, by lower-case username.
    :ivar requests: every HTTP request that arrived, upgrades too, in order.
    """

    def __init__(self, clock: IReactorTime, *, seed: int = 0) -> None:
        self.world = World(clock, seed)
        self.rooms: dict[str, SimulatedRoom] = {}
        self.requests: list[Request] = []
        self._channels: WeakSet[Any] = WeakSet()
        self._forced: dict[str, deque[Answer]] = {}
        self._pages = Pages(self.world, self.rooms)
        self._chat = SimulatedChat(self.world, self.rooms)
        tickets = Tickets()
        #: What goes wrong, when it is asked for.
        self.faults = Faults(self.world, self.rooms)
        self._door = PushDoor(self.world, self.rooms, tickets, self.faults.meet)
        #: The sign server, which can be told to fail.
        self.sign_server = SimulatedSignServer(self.world, self.rooms, tickets)
        #: The sign servers' way of signing addresses, which can be told to fail.
        self.url_signing = UrlSigning(self.world)
        self._fetches = Fetches(
            self.world, self.rooms, tickets, self.url_signing, self._chat.accounts
        )

    @property
    def behaviour(self) -> Behaviour:
        """The switches."""
        return self.world.behaviour

    def add_room(
        self, unique_id: str, *, status: Status = Status.LIVE, title: str = "", nickname: str = ""
    ) -> SimulatedRoom:
        """
        Let there be a user.

        :param status: live, paused, or ended for one who is offline and has no room yet.
        """
        room = SimulatedRoom(self.world, unique_id, title=title, nickname=nickname)
        if status in (Status.LIVE, Status.PAUSED):
            room.go_live()
            room.status = status
        self.rooms[unique_id.lower()] = room
        return room

    def rename(self, old: str, new: str) -> SimulatedRoom:
        """
        Let a user change their name; their id, their broadcast and its viewers stay.

        :raise KeyError: there is no user with the old name.
        :raise ValueError: there is one with the new name.
        """
        room = self.rooms[old.lower()]
        if self.rooms.get(new.lower(), room) is not room:
            raise ValueError(f"There is a @{new} already.")
        del self.rooms[old.lower()]
        room.unique_id = new
        self.rooms[new.lower()] = room
        return room

    def mint_ttwid(self) -> str:
        """A guest identity for a client that brings its own."""
        return self.world.mint()

    def add_session(
        self, unique_id: str = "bot", *, nickname: str = "", session_id: str = ""
    ) -> str:
        """
        Make an account that a user is logged in to.

        :param session_id: the one to take; a new one without it.
        :return: its session id, for the cookies (wire facts §2.2).
        """
        return self._chat.log_in(unique_id, nickname or unique_id.title(), session_id)

    def listens_at(self, address: str) -> None:
        """
        From now on pictures are where it listens, so that a browser can show them.

        :param address: ``host:port``, without TLS.
        """
        self.world.pictures = Pictures((f"http://{address}", f"http://{address}"))

    @property
    def sessions(self) -> int:
        """How many accounts are logged in."""
        return len(self._chat.accounts)

    @property
    def viewers(self) -> list[Viewer]:
        """The viewers that are connected now, of all rooms."""
        return [viewer for room in self.rooms.values() for viewer in room.viewers]

    @property
    def refused(self) -> list[tuple[Request, HandshakeRefusal]]:
        """The handshakes that were refused, and how, in order."""
        return self._door.refused

    def refuse(
        self,
        *,
        status: int = 200,
        message: str = "",
        code: str = "",
        times: int = 1,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """
        Refuse the next handshakes, whatever they carry.

        :param status: the HTTP status.
        :param message: ``Handshake-Msg``.
        :param code: ``Handshake-Status``.
        """
        self._door.forced.extend([HandshakeRefusal(status, message, code, headers)] * times)

    def answer_next(self, path: str, answer: Answer, times: int = 1) -> None:
        """
        Give the next requests for a path this answer, whatever they ask.

        :param path: as it will be asked for: ``/api-live/user/room/``, ``/@name``.
        """
        self._forced.setdefault(path, deque()).extend([answer] * times)

    def challenge(self, path: str, times: int = 1) -> None:
        """Show the next visitors of a page TikTok's challenge page (wire facts §2.3)."""
        self.answer_next(path, CHALLENGE, times)

    def forget(self) -> None:
        """Forget all that was to go wrong and has not, also :attr:`faults`, as they do it."""
        self.faults.clear()
        self._door.forced.clear()
        self._forced.clear()
        self.sign_server.forget()
        self.url_signing.forget()

    def site(self) -> Site:
        """A site to listen with, for any number of its hosts, or for a port on loopback."""
        return Site(_Front(self), reactor=self.world.clock)

    def stop(self) -> Deferred[None]:
        """
        Stop all scripts and close all connections in order.

        :return: fires when no viewer is left; one that does not answer is cut off after a
            second of the clock.
        """
        leaving = [viewer.gone() for viewer in self.viewers]
        for room in self.rooms.values():
            if room.performance is not None:
                room.performance.stop()
            room.drop(code=1001, reason="going away")
        for channel in tuple(self._channels):
            if channel.transport is not None:  # otherwise a viewer has taken it over
                channel.loseConnection()
        return gatherResults(leaving).addCallback(lambda results: None)

    def render(self, web: WebRequest) -> Any:
        """Answer one request."""
        request = read_request(web, self.world.clock.seconds())
        # By our clock, not the system's: clients count from it, as to the end of a quota's day.
        web.setHeader(b"Date", datetimeToString(wall_time(self.world.clock)))
        keep(self.requests, request)
        self._channels.add(web.channel)
        fault = self.faults.of_answer(request.path)
        if fault is None and request.path == FETCH_PATH and not self.behaviour.upgrade:
            room = room_by_id(self.rooms.values(), request.parameter("room_id") or "")
            fault = self.faults.of_poll(request, room)
        plain = fault is None and not self._forced.get(request.path) and _serves(request)
        resume = self.faults.of_resume(request) if plain else ""
        if is_push_path(request) and plain:
            if resume:
                self.refuse(status=400)
            elif self.faults.refuses():
                self.refuse(status=503)
            elif words := self.faults.false_refusal():
                self.refuse(message=words, code="417")
            return self.faults.hold(web, lambda: self._door.render(web, request))
        answer = refused_resume(request) if resume == "resume" else self._answer(request)
        if resume == "poll":
            answer = like_a_poll(answer)
        return answer.send(web) if fault is None else fault(answer, web, self.world.clock)

    def _answer(self, request: Request) -> Answer:
        """The answer to a request, if nothing happens to it."""
        forced = self._forced.get(request.path)
        if forced:
            return forced.popleft()
        if not _serves(request):
            return Answer(404)
        if is_sign_path(request.path):
            return self.sign_server.answer(request)
        if signs_urls(request.path):
            return self.url_signing.answer(request)
        if request.method != ("POST" if request.path in (CHAT_PATH, CHECK_PATH) else "GET"):
            return Answer(405)
        if is_picture_path(request.path):
            return picture_answer(request.path)
        if request.path == FETCH_PATH:
            return self._fetches.answer(request)
        if request.path == CHAT_PATH:
            return self._chat.answer(request)
        return self._pages.answer(request)


class _Front(Resource):
    """The resource at the root: everything goes to the simulator."""

    isLeaf = True

    def __init__(self, simulator: Simulator) -> None:
        super().__init__()
        self._simulator = simulator

    def render(self, request: Any) -> Any:
        """Answer."""
        return self._simulator.render(request)


def _serves(request: Request) -> bool:
    """Whether the host that was asked has this path; hosts that are not TikTok's have all."""
    host = (request.header("host") or "").partition(":")[0].lower()
    if host in URL_SIGN_HOSTS:
        return signs_urls(request.path)
    if host == RELAY_HOST:
        return is_push_path(request)
    if host in SIGN_HOSTS:
        return is_sign_path(request.path) or signs_urls(request.path)
    if host in PICTURE_HOSTS:
        return is_picture_path(request.path)
    if not host.endswith(".tiktok.com"):
        return True
    if is_picture_path(request.path):
        return False
    if is_sign_path(request.path) or signs_urls(request.path):
        return False
    if request.path.startswith("/webcast/im/ws_proxy/"):
        return host.startswith("webcast-ws.")
    if request.path.startswith("/webcast/"):
        return host == "webcast.tiktok.com"
    return host == "www.tiktok.com" and not is_push_path(request)
