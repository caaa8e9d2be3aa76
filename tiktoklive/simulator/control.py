"""The API by which a simulator is told what shall happen in it; for those who have its token."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, Final

from twisted.logger import Logger
from twisted.web.server import Request

from tiktoklive.errors import InvalidUniqueIdError
from tiktoklive.model import Status, parse_unique_id
from tiktoklive.outputs.door import Door
from tiktoklive.outputs.web.answers import Refusal, as_json, read_json
from tiktoklive.outputs.web.guard import Guard, WebLimits, hosts_and_origins
from tiktoklive.outputs.web.listening import Place, parse_place, url_of
from tiktoklive.outputs.web.requests import BoundedSite
from tiktoklive.outputs.web.site import RoutedResource
from tiktoklive.outputs.web.tokens import Scope, Tokens, read_token
from tiktoklive.simulator.calls import call, parameters
from tiktoklive.simulator.room import SimulatedRoom
from tiktoklive.simulator.settings import TOKEN
from tiktoklive.simulator.tiktok import Simulator

#: What can be done in a room, by the end of its path, and the method that does it.
ACTIONS: Final = {
    "live": "go_live",
    **{
        name: name
        for name in (
            *("end", "pause", "resume", "visitor", "say", "gift", "like", "follow", "share"),
            *("join", "subscribe", "ask", "watch"),
        )
    },
}

#: Users, and sessions, that there may be.
MOST: Final = 10_000

LIMITS: Final = WebLimits(clients=1, connections=100)


class SimulatorControl:
    """
    Listens for whoever has the token.

    :param endpoint: a Twisted endpoint, on loopback unless it names an interface.
    :raise ValueError: it is no endpoint, or there is no token, or it is no good.
    """

    log = Logger()

    def __init__(
        self, reactor: Any, endpoint: str, environ: Mapping[str, str] = os.environ
    ) -> None:
        self._reactor = reactor
        self._place: Place = parse_place(endpoint)
        self._endpoint = self._place.endpoint(reactor)
        token = read_token(environ, TOKEN)
        if not token:
            raise ValueError(
                f"telling the simulator what to do needs a token: set {TOKEN}, or let "
                f"{TOKEN}_FILE name a file that holds one."
            )
        self._tokens = Tokens({Scope.CONTROL: token})
        hosts, origins = hosts_and_origins(environ)
        self._guard = Guard(reactor, LIMITS, hosts=hosts, origins=origins, local=self._place.local)
        self._site: BoundedSite | None = None
        self._door: Door | None = None
        self.url = ""

    def open(self, simulator: Simulator) -> None:
        """
        Begin to listen.

        :raise CannotListenError: the port is taken.
        """
        root = ControlResource(self._guard, self._tokens, simulator)
        self._site = BoundedSite(root, self._reactor, LIMITS)
        self._door = Door("The simulator's control", [self._endpoint], self._site, self._opened)
        self._door.open()

    async def close(self) -> None:
        """Listen no more."""
        door, self._door = self._door, None
        site, self._site = self._site, None
        self.url = ""
        if door is not None:
            await door.close()
        if site is not None:
            await site.close()

    def _opened(self, number: int, address: Any) -> None:
        self.url = url_of(address, self._place.secure)
        self.log.info(
            "Tell the simulator what shall happen at {where}", where=self.url or str(address)
        )


class ControlResource(RoutedResource):
    """Answers the requests."""

    def __init__(self, guard: Guard, tokens: Tokens, simulator: Simulator) -> None:
        super().__init__(guard, tokens)
        self._simulator = simulator
        change = Scope.CONTROL
        self.route(
            [
                (r"/api", {"GET": (change, self._describe)}),
                (r"/api/rooms", {"GET": (change, self._rooms), "POST": (change, self._add)}),
                (
                    r"/api/rooms/(?P<name>[^/]+)",
                    {"GET": (change, self._one), "PATCH": (change, self._rename)},
                ),
                (
                    r"/api/rooms/(?P<name>[^/]+)/(?P<action>[^/]+)",
                    {"POST": (change, self._act)},
                ),
                (r"/api/faults", {"POST": (change, self._fault), "DELETE": (change, self._clear)}),
                (r"/api/sessions", {"POST": (change, self._log_in)}),
            ]
        )

    # --- what there is ------------------------------------------------------------------

    def _describe(self, request: Request) -> bytes:
        actions = {name: getattr(SimulatedRoom, method) for name, method in ACTIONS.items()}
        described = {"actions": actions, "faults": self._faults()}
        return as_json(
            request,
            {
                kind: {name: _keys(method) for name, method in methods.items()}
                for kind, methods in described.items()
            },
        )

    def _rooms(self, request: Request) -> bytes:
        rooms = [_shape(room) for room in self._simulator.rooms.values()]
        return as_json(request, {"rooms": rooms})

    def _one(self, request: Request, name: str) -> bytes:
        return as_json(request, _shape(self._find(name)))

    # --- what can be told ---------------------------------------------------------------

    def _add(self, request: Request) -> bytes:
        def add(name: str, live: bool = True, title: str = "", nickname: str = "") -> SimulatedRoom:
            name = parse_unique_id(name)
            rooms = self._simulator.rooms
            if name.lower() in rooms:
                raise ValueError(f"there is a @{name} already")
            if len(rooms) >= MOST:
                raise ValueError(f"there are {MOST} users already")
            status = Status.LIVE if live else Status.ENDED
            return self._simulator.add_room(name, status=status, title=title, nickname=nickname)

        room = _requested(add, request)
        return as_json(request, _shape(room), 201)

    def _rename(self, request: Request, name: str) -> bytes:
        room = self._find(name)

        def change(name: str = "", title: str = "", nickname: str = "") -> None:
            if name:
                self._simulator.rename(room.unique_id, parse_unique_id(name))
            room.title = title or room.title
            room.nickname = nickname or room.nickname

        _requested(change, request)
        return as_json(request, _shape(room))

    def _act(self, request: Request, name: str, action: str) -> bytes:
        room = self._find(name)
        if action not in ACTIONS:
            raise Refusal(404, "action", f"In a room there are {', '.join(ACTIONS)}.")
        _requested(getattr(room, ACTIONS[action]), request)
        return as_json(request, _shape(room))

    def _fault(self, request: Request) -> bytes:
        body, faults = read_json(request), self._faults()
        name = body.pop("fault", None)
        if not isinstance(name, str) or name not in faults:
            raise Refusal(400, "fault", f"fault must be one of {', '.join(faults)}.")
        times = body.get("times")
        if isinstance(times, int) and times > MOST:
            raise Refusal(400, "body", f"Times must be {MOST} at most.")
        _call(faults[name], body)
        return as_json(request, {"fault": name})

    def _clear(self, request: Request) -> bytes:
        self._simulator.forget()
        return as_json(request, {"fault": ""})

    def _log_in(self, request: Request) -> bytes:
        def log_in(name: str, nickname: str = "") -> str:
            if self._simulator.sessions >= MOST:
                raise ValueError(f"there are {MOST} sessions already")
            return self._simulator.add_session(parse_unique_id(name), nickname=nickname)

        return as_json(request, {"session_id": _requested(log_in, request)}, 201)

    # --- inside ---------------------------------------------------------------------------

    def _find(self, name: str) -> SimulatedRoom:
        room = self._simulator.rooms.get(name.removeprefix("@").lower())
        if room is None:
            raise Refusal(404, "unknown", "There is no such user: POST /api/rooms adds one.")
        return room

    def _faults(self) -> dict[str, Callable[..., Any]]:
        """All that goes wrong when it is asked for: the methods that JSON can call."""
        simulator = self._simulator
        faults = simulator.faults
        methods = {
            name: getattr(faults, name)
            for name in dir(faults)
            if not name.startswith("_") and callable(getattr(faults, name))
        }
        methods |= {
            "refuse": simulator.refuse,
            "challenge": simulator.challenge,
            "sign_server": simulator.sign_server.fail,
            "sign_relay": simulator.sign_server.use_relay,
            "sign_url": simulator.url_signing.fail,
        }
        return {
            name: method
            for name, method in methods.items()
            if _returns_nothing(method) and parameters(method) is not None
        }


def _returns_nothing(method: Callable[..., Any]) -> bool:
    """Whether it does something, and answers no question of the simulator's."""
    return getattr(method, "__annotations__", {}).get("return") in ("None", None)


def _keys(method: Callable[..., Any]) -> dict[str, str]:
    """The keys that a method takes, for people."""
    known = parameters(method) or {}
    return {
        name: parameter.says() + ("" if parameter.is_needed else ", or left out")
        for name, parameter in known.items()
    }


def _requested(method: Callable[..., Any], request: Request) -> Any:
    """Call a method with the body of a request."""
    return _call(method, read_json(request))


def _call(method: Callable[..., Any], body: Mapping[str, Any]) -> Any:
    try:
        return call(method, body)
    except KeyError as error:
        raise Refusal(400, "body", f"There is no user {error}.") from error
    except (ValueError, OverflowError, InvalidUniqueIdError) as error:
        said = str(error).rstrip(".")
        raise Refusal(400, "body", f"{said[:1].upper()}{said[1:]}.") from error


def _shape(room: SimulatedRoom) -> dict[str, Any]:
    return {
        "name": room.unique_id,
        "nickname": room.nickname,
        "anchor_id": room.anchor_id,
        "room_id": room.room_id,
        "status": room.status.name.lower(),
        "title": room.title,
        "connected": len(room.viewers),
        "watching": room.viewer_count,
        "likes": room.like_count,
        "followers": room.totals.followers,
    }
