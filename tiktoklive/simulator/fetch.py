"""``im/fetch``: batches for clients that ask for them (wire facts §3.2, §7)."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Final

from tiktoklive.simulator.pages import PARAMS_ERROR, missing, room_by_id, webcast
from tiktoklive.simulator.push import push_server
from tiktoklive.simulator.requests import Answer, Request, is_signed
from tiktoklive.simulator.room import SimulatedRoom
from tiktoklive.simulator.signing import UrlSigning
from tiktoklive.simulator.tickets import KEY, LIFETIME, SocketTicket, Tickets
from tiktoklive.simulator.world import World

FETCH_PATH: Final = "/webcast/im/fetch/"

#: Query parameters without which no client is known to ask (wire facts §3.1).
REQUIRED: Final = (
    "aid",
    "app_name",
    "device_platform",
    "fetch_rule",
    "live_id",
    "resp_content_type",
    "room_id",
)

_FINISHED: Final = 10041


class Fetches:
    """
    Answers with the first batch, and with what came after the last one.

    :param rooms: the rooms by lower-case username.
    :param tickets: what the push socket is told of the clients that ask.
    :param signing: which signatures are good.
    :param sessions: which sessions are.
    """

    def __init__(
        self,
        world: World,
        rooms: Mapping[str, SimulatedRoom],
        tickets: Tickets,
        signing: UrlSigning,
        sessions: Container[str],
    ) -> None:
        self._world = world
        self._rooms = rooms
        self._tickets = tickets
        self._signing = signing
        self._sessions = sessions

    def answer(self, request: Request) -> Answer:
        """The answer to one request."""
        behaviour = self._world.behaviour
        if not request.header("user-agent") or not self._is_let_in(request):
            return Answer(behaviour.fetch_refusal, b"", "text/plain")
        cursor, room_id = request.parameter("cursor"), request.parameter("room_id") or ""
        room = room_by_id(self._rooms.values(), room_id)
        # The first request has both, and both are empty; every other one has what it was told.
        pair = bool(cursor) == bool(request.parameter("internal_ext"))
        if missing(request, REQUIRED) or cursor is None or not pair or room is None:
            return webcast(PARAMS_ERROR, {"message": "Request params error"})
        if room.room_id != room_id or not (room.is_live or cursor):
            return webcast(_FINISHED, {"message": "room has finished"})
        return self._batch(request, room, cursor)

    def _is_let_in(self, request: Request) -> bool:
        """A good signature lets in, and so does a session, but not one with a bad signature."""
        if is_signed(request):
            return self._signing.accepts(request)
        known = request.cookies.get("sessionid", "") in self._sessions
        return known and self._world.behaviour.unsigned_fetch

    def _batch(self, request: Request, room: SimulatedRoom, cursor: str) -> Answer:
        world = self._world
        server, route = "", {}
        if world.behaviour.upgrade:
            server = push_server(request)
            route = {KEY: f"{world.rng.getrandbits(128):032x}", "imprp": str(world.next_id())}
        batch = room.fetch(cursor, server, route)
        if route:
            ticket = SocketTicket(
                room.room_id,
                None,
                request.cookies.get("ttwid", ""),
                batch.cursor,
                batch.internal_ext,
                route,
                request.cookies.get("sessionid", ""),
                world.clock.seconds() + LIFETIME,
                classic=True,
            )
            self._tickets.add(ticket, world.clock.seconds())
        return Answer(200, batch.data, "application/protobuf")
