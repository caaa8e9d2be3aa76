"""A sign server in front of the simulated TikTok (wire facts §9)."""

from __future__ import annotations

import json
import math
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from tiktoklive.simulator.gift_list import gift_list
from tiktoklive.simulator.pages import missing, room_by_id
from tiktoklive.simulator.push import RELAY_HOST, RELAY_PATH, push_server, relay
from tiktoklive.simulator.requests import Answer, Request
from tiktoklive.simulator.room import SimulatedRoom
from tiktoklive.simulator.tickets import KEY, LIFETIME, TOKEN, SocketTicket, Tickets
from tiktoklive.simulator.viewer import Batch
from tiktoklive.simulator.world import World
from tiktoklive.wire.batches import build_batch, parse_batch

#: Its names (wire facts §9.1).
SIGN_HOSTS: Final = ("api.eulerstream.com", "tiktok.eulerstream.com")

_PATHS = re.compile(
    r"/webcast/(?:rooms/(?P<room>[0-9]+)/(?P<what>connect|chat|gifts)"
    r"|anchors/(?P<user>[^/]+)/room_id|fetch|rate_limits)"
)


def _refusal(status: int, message: str, **more: str) -> Answer:
    headers = (("X-Request-Id", "sim-request"), ("X-Agent-Id", "sim-agent"))
    return replace(Answer.json({"message": message, **more}, status), headers=headers)


#: What it says of its relay, in the place of an internal_ext.
_BY_RELAY: Final = "Connected through Euler Stream fallback proxy"

#: Answers in the place of a batch, by name (wire facts §9.6, §9.7).
REFUSALS: Final = {
    "empty": Answer(200, b"", "application/octet-stream"),
    "bad request": _refusal(400, "Invalid request"),
    "no key": _refusal(401, "Invalid or missing API key"),
    "paid": _refusal(402, "This endpoint is part of a paid plan"),
    "blocked network": Answer.json({"error": "This ISP is blocked from using this service"}, 403),
    "gone": Answer(404, b"Not Found", "text/plain"),
    "rate limit": replace(
        _refusal(429, "Too many connections", limit_label="rate_limit_account_minute"),
        headers=(("Retry-After", "23"), ("X-Agent-Id", "sim-agent")),
    ),
    "day spent": _refusal(429, "Too many connections", limit_label="rate_limit_account_day"),
    "refused by TikTok": _refusal(500, "Empty response payload received! (Internal Code: 200)"),
    "bad gateway": Answer(502, b"<html><head><title>502 Bad Gateway</title></head></html>"),
    "starting": Answer(503, b"API is not ready for connections yet.", "text/plain"),
    "no batch": Answer(200, b'{"code": 403, "message": "No permission"}', "application/json"),
    "stub": Answer(
        200,
        build_batch(
            [],
            cursor="0",
            internal_ext=_BY_RELAY,
            push_server=f"wss://{RELAY_HOST}{RELAY_PATH}?{TOKEN}=sim-token",
            route_params={"user_agent": "Mozilla/5.0 (X11; Linux x86_64)"},
        ),
        "application/octet-stream",
        (("X-Set-TT-Cookie", "ttwid=1%7Cstub%7C0%7C0"),),
    ),
}

#: What can be left out of an answer that is otherwise right.
OMISSIONS: Final = ("cookies", "cursor", "route", "push server")


class SimulatedSignServer:
    """
    Fetches first batches for others, strictly.

    :param rooms: the rooms by lower-case username.
    :param tickets: what the push socket is told of them.
    :ivar corrections: room ids that it knows better: asked for one, it fetches the other.
    :ivar said: room, session and text of the chat messages that it took, in order.
    """

    def __init__(self, world: World, rooms: Mapping[str, SimulatedRoom], tickets: Tickets) -> None:
        self.corrections: dict[str, str] = {}
        self.said: list[tuple[str, str, str]] = []
        self._world = world
        self._rooms = rooms
        self._tickets = tickets
        self._failures: deque[str] = deque()
        self._allowed: tuple[int, float] | None = None
        self._window = (0.0, 0)

    def allow(self, limit: int, seconds: float) -> None:
        """
        Answer only so many requests in each window of so many seconds, and tell how many are left.

        A window begins with the first request after the one before.
        """
        self._allowed = limit, seconds

    def fail(self, how: str, times: int = 1) -> None:
        """
        Let the next fetches fail, whatever they ask.

        :param how: a name of :data:`REFUSALS`, or one of :data:`OMISSIONS`.
        :raise ValueError: there is no such failure.
        """
        if how not in REFUSALS and how not in OMISSIONS:
            raise ValueError(f"No failure {how!r}: choose of {(*REFUSALS, *OMISSIONS)}.")
        self._failures.extend([how] * times)

    def use_relay(self, used: bool = True) -> None:
        """Lead through a relay of its own (wire facts §9.7), as of all whom it does not know."""
        self._world.behaviour.sign_relay = used

    def forget(self) -> None:
        """Let no more of them fail."""
        self._failures.clear()
        self.use_relay(False)

    def answer(self, request: Request) -> Answer:
        """The answer to a request for one of its paths."""
        if self._allowed is None:
            return self._answer(request)
        limit, seconds = self._allowed
        (until, used), now = self._window, self._world.clock.seconds()
        if now >= until:
            until, used = now + seconds, 0
        self._window = until, used + 1
        headers = [
            ("RateLimit-Limit", str(limit)),
            ("RateLimit-Remaining", str(max(limit - used - 1, 0))),
            ("RateLimit-Reset", str(math.ceil(until))),
        ]
        if used < limit:
            answer = self._answer(request)
            return replace(answer, headers=(*answer.headers, *headers))
        headers.append(("Retry-After", str(math.ceil(until - now))))
        return replace(REFUSALS["rate limit"], headers=tuple(headers))

    def _answer(self, request: Request) -> Answer:
        found = _PATHS.fullmatch(request.path)
        if found is None:
            return REFUSALS["gone"]
        what = found["what"] or ("room_id" if found["user"] else request.path.rpartition("/")[2])
        if request.method != ("POST" if what == "chat" else "GET"):
            return Answer(405)
        if not request.header("user-agent"):
            return _refusal(400, "No User-Agent")
        refused = self._check_key(request.header("x-api-key"))
        if refused is not None:
            return refused
        if what in ("connect", "fetch"):
            return self._fetch(request, found["room"])
        if what == "room_id":
            return self._room_id(found["user"])
        if what == "rate_limits":
            window = {"max": 2500, "remaining": 2499, "reset_at": None}
            return Answer.json({"code": 200, "day": window, "hour": window, "minute": window})
        room = room_by_id(self._rooms.values(), found["room"])
        if room is None:
            return _refusal(400, "There is no such room")
        return self._chat(request, room) if what == "chat" else self._gifts()

    def _check_key(self, key: str | None) -> Answer | None:
        behaviour = self._world.behaviour
        known = behaviour.sign_anonymous if key is None else key in behaviour.sign_keys
        return None if known else REFUSALS["no key"]

    # --- the first batch --------------------------------------------------------------

    def _fetch(self, request: Request, room_id: str | None) -> Answer:
        how = self._failures.popleft() if self._failures else ""
        if how in REFUSALS:
            return REFUSALS[how]
        wanted = ["client", "user_agent", "client_enter", "platform"]
        if room_id is None:
            wanted.append("room_id" if request.parameter("room_id") else "unique_id")
        session = _session_of(request)
        if lacking := missing(request, wanted):
            return _refusal(400, f"Missing: {', '.join(lacking)}")
        if session is None or request.parameter("session_id"):
            return _refusal(400, "A session comes in x-cookie-header, with tt-target-idc")
        room_id = room_id or request.parameter("room_id") or ""
        room_id = self.corrections.get(room_id, room_id)
        room = room_by_id(self._rooms.values(), room_id)
        if not room_id:
            room = self._rooms.get((request.parameter("unique_id") or "").lower())
        if room is None or not room.is_live or room_id not in ("", room.room_id):
            return REFUSALS["refused by TikTok"]
        return self._batch(request, room, session, how)

    def _batch(self, request: Request, room: SimulatedRoom, session: str, without: str) -> Answer:
        world, relayed = self._world, self._world.behaviour.sign_relay
        agent, ttwid = request.parameter("user_agent") or "", world.mint()
        token = world.rng.randbytes(16).hex()
        if relayed:
            route = {TOKEN: token, "user_agent": agent, "room_id": room.room_id}
            route["client_enter"] = "true"
            batch = _bootstrap(f"{relay(request)}?{TOKEN}={token}", route)
        else:
            route = {KEY: token, "imprp": f"{world.next_id()} a+b%2B|(c)"}
            batch = room.fetch(request.parameter("cursor") or "", push_server(request), route)
        ticket = SocketTicket(
            room.room_id,
            agent,
            ttwid,
            batch.cursor,
            batch.internal_ext,
            route,
            "" if relayed else session,
            world.clock.seconds() + LIFETIME,
            relayed=relayed,
        )
        self._tickets.add(ticket, world.clock.seconds())
        cookies = f"ttwid={ttwid}; Path=/; Domain=.tiktok.com; Max-Age=31536000; HttpOnly"
        cookies += f"; odin_tt={world.rng.getrandbits(64):016x}; SameSite=None; Secure"
        headers = [("X-Set-TT-Cookie", cookies), ("X-Room-Id", room.room_id)]
        data = batch.data
        if without == "cookies":
            headers = [("handshake-msg", "http: named cookie not present")]
        elif without:
            changed = parse_batch(data)
            name = {"route": "route_params_map"}.get(without, without.replace(" ", "_"))
            changed.ClearField(name)
            data = changed.SerializeToString()
        return Answer(200, data, "application/octet-stream", tuple(headers))

    # --- the rest -----------------------------------------------------------------------

    def _room_id(self, user: str) -> Answer:
        room = self._rooms.get(user.lower())
        content: dict[str, Any] = {"ok": room is not None, "code": 200, "message": ""}
        if room is None:
            content.update(code=404, message="User not found", room_id=None, is_live=False)
        else:
            content.update(
                room_id=room.room_id or None, is_live=room.is_live, room_status=int(room.status)
            )
        return Answer.json({**content, "source": "simulator", "routes_attempted": []})

    def _chat(self, request: Request, room: SimulatedRoom) -> Answer:
        if request.header("x-api-key") is None:
            return REFUSALS["no key"]
        session = _session_of(request)
        try:
            content = json.loads(request.body)["content"]
        except (ValueError, KeyError, TypeError):
            return _refusal(400, "There is no content")
        if not session:
            return _refusal(400, "Chat wants sessionid and tt-target-idc in x-cookie-header")
        self.said.append((room.room_id, session, content))
        return Answer.json({"code": 200, "message": "", "data": {"content": content}})

    def _gifts(self) -> Answer:
        listed = gift_list(self._world.pictures)
        return Answer.json({"code": 200, "message": "", "data": {"gifts": listed}})


def _bootstrap(push_server: str, route: Mapping[str, str]) -> Batch:
    """What leads through the relay: nothing of the room, and not where it is (wire facts §9.7)."""
    data = build_batch(
        [], cursor="0", internal_ext=_BY_RELAY, push_server=push_server, route_params=route
    )
    return Batch(data, _BY_RELAY, need_ack=False, cursor="0")


def is_sign_path(path: str) -> bool:
    """Whether a path is one of a sign server's."""
    return _PATHS.fullmatch(path) is not None


def _session_of(request: Request) -> str | None:
    """The session that is sent along, ``""`` for none, ``None`` if it is not whole."""
    crumbs = dict(
        crumb.strip().partition("=")[::2]
        for crumb in (request.header("x-cookie-header") or "").split(";")
    )
    session = crumbs.get("sessionid", "")
    return session if bool(session) == bool(crumbs.get("tt-target-idc")) else None
