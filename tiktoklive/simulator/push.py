"""The door of the push socket: which clients are let in, and in which words others are refused."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from autobahn.twisted.resource import WebSocketResource
from twisted.web.server import Request as WebRequest

from tiktoklive.simulator.pages import missing, room_by_id
from tiktoklive.simulator.requests import Answer, Request, keep
from tiktoklive.simulator.room import SimulatedRoom
from tiktoklive.simulator.tickets import SocketTicket, Tickets, is_signed
from tiktoklive.simulator.viewer import Viewer, ViewerFactory
from tiktoklive.simulator.world import World

#: Where the socket is (wire facts §2.1).
PUSH_PATH: Final = "/webcast/im/ws_proxy/ws_reuse_supplement/"

#: Query parameters without which no client is known to get in (wire facts §6.2).
REQUIRED: Final = (
    "version_code",
    "device_platform",
    "live_id",
    "identity",
    "resp_content_type",
    "room_id",
)

#: And of clients that fetched the first batch themselves.
CLASSIC: Final = (*(name for name in REQUIRED if name != "identity"), "webcast_sdk_version")

#: A sign server's relay, which has sockets at its root (wire facts §9.7).
RELAY_HOST: Final = "ws-fallback.eulerstream.com"
RELAY_PATH: Final = "/"

#: Characters of the signature that a query may end with (wire facts §4.3).
BOGUS: Final = 16

#: The servers that know no sockets but TikTok's.
_DOMAINS = (".tiktok.com", ".eulerstream.com", ".zerody.one")


def push_server(request: Request) -> str:
    """Where the socket is: TikTok's, or, for a client that asks elsewhere, at that host."""
    host = request.header("host") or ""
    if host.partition(":")[0].lower().endswith(_DOMAINS):
        return f"wss://webcast-ws.tiktok.com{PUSH_PATH}"
    return f"ws://{host}{PUSH_PATH}"


def relay(request: Request) -> str:
    """Where a sign server's relay is; see :func:`push_server`."""
    at_tiktok = push_server(request)
    if at_tiktok.startswith("wss:"):
        return f"wss://{RELAY_HOST}{RELAY_PATH}"
    return at_tiktok.removesuffix(PUSH_PATH) + RELAY_PATH


def is_push_path(request: Request) -> bool:
    """Whether it is a socket that a request asks for: TikTok's, or that of a relay."""
    if request.path == PUSH_PATH:
        return True
    return request.path == RELAY_PATH and (request.header("upgrade") or "").lower() == "websocket"


@dataclass(frozen=True, slots=True)
class HandshakeRefusal:
    """
    An answer other than 101 (wire facts §2.3).

    :ivar status: the HTTP status: usually 200, with nothing in it.
    :ivar message: ``Handshake-Msg``; ``""`` leaves the header out.
    :ivar code: ``Handshake-Status``; ``""`` leaves the header out.
    """

    status: int = 200
    message: str = ""
    code: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    def answer(self) -> Answer:
        """The HTTP answer."""
        named = (("Handshake-Msg", self.message), ("Handshake-Status", self.code))
        said = tuple((name, value) for name, value in named if value)
        return Answer(self.status, b"", "text/plain", said + self.headers)


NO_USER_AGENT: Final = HandshakeRefusal(200, "DEVICE_BLOCKED", "415")
NO_COOKIE: Final = HandshakeRefusal(200, "http: named cookie not present", "417")
BAD_KEY: Final = HandshakeRefusal(200, "illegal secret key", "417")
BAD_APPLICATION: Final = HandshakeRefusal(200, "illegal app_id", "417")
BAD_REQUEST: Final = HandshakeRefusal(400)


class PushDoor:
    """
    Lets viewers in, or refuses them.

    :param rooms: the rooms by lower-case username.
    :param tickets: of the clients that fetched a batch first.
    :param meet: is told of every viewer that is let in.
    :ivar forced: refusals for the next clients, whichever they are.
    :ivar refused: the requests that were refused, and how, in order.
    """

    def __init__(
        self,
        world: World,
        rooms: Mapping[str, SimulatedRoom],
        tickets: Tickets,
        meet: Callable[[Viewer, SimulatedRoom], None],
    ) -> None:
        self.forced: deque[HandshakeRefusal] = deque()
        self.refused: list[tuple[Request, HandshakeRefusal]] = []
        self._world = world
        self._rooms = rooms
        self._tickets = tickets
        self._meet = meet

    def render(self, web: WebRequest, request: Request) -> Any:
        """Answer an upgrade request, or hand its connection to a viewer."""
        ticket = self._tickets.take(request)
        refusal = self.forced.popleft() if self.forced else self._check(request, ticket)
        room_id = request.parameter("room_id") or ""
        room = room_by_id(self._rooms.values(), room_id)
        if refusal is None and (room is None or not room.is_live or room.room_id != room_id):
            refusal = BAD_KEY  # a finished room looks like a bad signature (wire facts §8.1)
        if refusal is not None or room is None:
            refusal = refusal or BAD_KEY
            keep(self.refused, (request, refusal))
            return refusal.answer().send(web)
        viewer = Viewer(self._world, request, room.room_id)
        if ticket is not None:
            viewer.fetched = None if ticket.relayed else ticket.cursor
            viewer.bound = ticket.classic

        def opened(viewer: Viewer) -> None:
            self._meet(viewer, room)
            room.admit(viewer)

        viewer.on_open = opened
        resource: Any = WebSocketResource  # which has no types
        return resource(ViewerFactory(self._world.clock, viewer)).render(web)

    def _check(self, request: Request, ticket: SocketTicket | None) -> HandshakeRefusal | None:
        """What is wrong with a handshake, whatever its room."""
        upgrade = request.header("upgrade") or ""
        if request.method != "GET" or upgrade.lower() != "websocket":
            return BAD_REQUEST
        if not request.header("user-agent"):
            return NO_USER_AGENT
        ttwid = request.cookies.get("ttwid")
        if not ttwid:
            return NO_COOKIE
        application = request.parameter("aid"), request.parameter("app_name")
        if application != ("1988", "tiktok_web"):
            return BAD_APPLICATION
        classic = ticket is not None and ticket.classic
        if missing(request, CLASSIC if classic else REQUIRED):
            return BAD_REQUEST
        if self._world.behaviour.strict_ttwid and not self._world.knows(ttwid):
            return BAD_KEY
        if ticket is None:
            if request.path == RELAY_PATH or not self._is_signed(request):
                return BAD_KEY
            return None
        if ticket.relayed != (request.path == RELAY_PATH):
            return BAD_KEY
        if ticket.user_agent not in (None, request.header("user-agent")):
            return NO_USER_AGENT
        return None if ticket.admits(request, self._world.clock.seconds()) else BAD_KEY

    def _is_signed(self, request: Request) -> bool:
        """Whether a handshake without a ticket is signed, as far as it has to be."""
        before, found, signature = request.target.partition("?")[2].rpartition("&X-Bogus=")
        if not found:
            return self._world.behaviour.sign_sockets is None and not is_signed(request)
        sign = self._world.behaviour.sign_sockets
        return len(signature) == BOGUS and (sign is None or signature == sign(before))
