"""Which address of the site is answered by what, and what each needs."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import unquote

from twisted.logger import Logger
from twisted.web.resource import Resource
from twisted.web.server import Request

from tiktoklive.clock import wall_time
from tiktoklive.interfaces import IUserArchive
from tiktoklive.outputs.web.answers import (
    POLICY,
    Refusal,
    UnknownUser,
    as_json,
    read_json,
    refused,
    secure,
)
from tiktoklive.outputs.web.control import RoomControl, checked_name, refusals
from tiktoklive.outputs.web.fanout import Fanout
from tiktoklive.outputs.web.files import Files
from tiktoklive.outputs.web.guard import Guard
from tiktoklive.outputs.web.lanes import LanesAnswer
from tiktoklive.outputs.web.later import answer_later, broken
from tiktoklive.outputs.web.openapi import DESCRIPTION
from tiktoklive.outputs.web.people import People
from tiktoklive.outputs.web.sample import sample_of
from tiktoklive.outputs.web.streams import Streams, parameters
from tiktoklive.outputs.web.subscription import names_in, room_of, types_of
from tiktoklive.outputs.web.tokens import Scope, Tokens
from tiktoklive.outputs.web.userfiles import UserFiles

#: The overlays, each at an address of its own; the oldest of them is at the shortest.
OVERLAYS = r"/overlay(?:/(?:alerts|battle|chat|counter|goal|poll|ticker|top))?"

#: What an address is answered by: it is called with the request and the named parts of the path.
_Answer = Callable[..., Any]

#: By method, which scope it needs, and what answers.  STREAM is a GET without an end.
_Methods = Mapping[str, tuple[Scope, _Answer]]


#: Older events in one answer: if nothing is said, and at most.
_LIMIT, _MOST = 100, 500


class CheckedResource(Resource, ABC):
    """Answers every address, after the guard has looked at the request."""

    isLeaf = True
    log = Logger()
    #: What a browser may do with what it gets.
    policy = POLICY

    def __init__(self, guard: Guard) -> None:
        super().__init__()
        self._guard = guard

    def render(self, request: Request) -> Any:
        """Answer a request, or refuse it in one sentence."""
        secure(request, self.policy)
        try:
            self._guard.check(request)
            return self.answer(request)
        except Refusal as refusal:
            return refused(request, refusal)
        except Exception:
            self.log.failure("a request could not be answered")
            return refused(request, broken())

    @abstractmethod
    def answer(self, request: Request) -> Any:
        """
        Answer it.

        :raise Refusal: it is not granted.
        """


class RoutedResource(CheckedResource):
    """Answers what its routes say, to those whose token allows it."""

    def __init__(self, guard: Guard, tokens: Tokens) -> None:
        super().__init__(guard)
        self._tokens = tokens
        self._routes: list[tuple[re.Pattern[str], _Methods]] = []

    def route(self, routes: Sequence[tuple[str, _Methods]]) -> None:
        """Answer these: patterns of whole paths, whose named groups are given to the answer."""
        self._routes += [(re.compile(path), methods) for path, methods in routes]

    def answer(self, request: Request) -> Any:
        """Find out what is asked for, and whether it may be."""
        path = request.path.decode("ascii", "replace")
        for pattern, methods in self._routes:
            if found := pattern.fullmatch(path):
                scope, answer = self._method(request, methods)
                if scope is not Scope.NOTHING:
                    self._tokens.check(scope, request.getHeader("authorization") or "")
                return answer(request, **{k: unquote(v) for k, v in found.groupdict().items()})
        raise Refusal(404, "path", "There is nothing here.")

    @staticmethod
    def _method(request: Request, methods: _Methods) -> tuple[Scope, _Answer]:
        method = request.method.decode("ascii", "replace")
        allowed = sorted({"GET" if name == "STREAM" else name for name in methods} | {"OPTIONS"})
        if "GET" in methods:
            allowed.append("HEAD")  # a stream would have no end
        if method == "OPTIONS":
            return Scope.NOTHING, lambda request, **parts: _options(request, allowed)
        asked = "GET" if method == "HEAD" and "GET" in methods else method
        if asked == "GET" and "STREAM" in methods:
            asked = "STREAM"
        if asked not in methods:
            raise Refusal(
                405, "method", f"{method[:20]} is not for here.", (("Allow", ", ".join(allowed)),)
            )
        return methods[asked]


class Front(RoutedResource):
    """
    The whole site.

    :param lanes: answers about lanes.
    :param failing: tells which outputs cannot write, or send, now, and why.
    :param user_files: sounds, pictures and style sheets of the user's, for the overlays.
    :param archives: finds the outputs that can be asked about users.
    """

    def __init__(
        self,
        guard: Guard,
        fanout: Fanout,
        streams: Streams,
        tokens: Tokens,
        control: RoomControl,
        lanes: LanesAnswer,
        failing: Callable[[], Mapping[str, str]] = dict,
        user_files: UserFiles | None = None,
        archives: Callable[[], Iterable[IUserArchive]] = tuple,
    ) -> None:
        super().__init__(guard, tokens)
        self._failing = failing
        user_files = user_files or UserFiles()
        self._fanout = fanout
        self._control = control
        files = Files()
        people = People(fanout.of_room, control, archives)
        read, moderate, change = Scope.READ, Scope.MODERATE, Scope.CONTROL
        # Those that do not end check their tokens by themselves: they know more kinds of it.
        routes: list[tuple[str, _Methods]] = [
            (r"/", {"GET": (Scope.NOTHING, partial(files.page, name="reader.html"))}),
            (OVERLAYS, {"GET": (Scope.NOTHING, partial(files.page, name="overlay.html"))}),
            (r"/overlays", {"GET": (Scope.NOTHING, partial(files.page, name="overlays.html"))}),
            (r"/moderator", {"GET": (Scope.NOTHING, partial(files.page, name="moderator.html"))}),
            (r"/files", {"GET": (read, user_files.names)}),
            (r"/files/(?P<name>[^/]+)", {"GET": (Scope.NOTHING, user_files.one)}),
            (r"/static/(?P<name>[^/]+)", {"GET": (Scope.NOTHING, files.static)}),
            (r"/events", {"STREAM": (Scope.NOTHING, streams.events)}),
            (r"/rooms/(?P<room>[^/]+)/events", {"STREAM": (Scope.NOTHING, streams.events)}),
            (r"/ws", {"STREAM": (Scope.NOTHING, streams.socket)}),
            (r"/rooms", {"GET": (read, control.names)}),
            (r"/sample", {"POST": (tokens.for_samples, self._sample)}),
            (r"/healthz", {"GET": (Scope.NOTHING, _alive)}),
            (r"/readyz", {"GET": (Scope.NOTHING, self._ready)}),
            (r"/api/openapi\.json", {"GET": (Scope.NOTHING, _describe)}),
            (r"/api/lanes", {"GET": (read, lanes.all)}),
            (r"/api/rooms", {"GET": (read, control.names), "POST": (change, control.add)}),
            (
                r"/api/rooms/(?P<name>[^/]+)",
                {
                    "GET": (read, control.one),
                    "PATCH": (change, control.rename),
                    "DELETE": (change, control.remove),
                },
            ),
            (r"/api/reload", {"POST": (change, control.reload)}),
            (
                r"/api/rooms/(?P<name>[^/]+)/people/(?P<user_id>[^/]+)",
                {"GET": (read, people.one)},
            ),
            (r"/api/rooms/(?P<name>[^/]+)/events", {"GET": (read, self._older)}),
            (r"/api/rooms/(?P<name>[^/]+)/numbers", {"GET": (read, self._numbers)}),
            (r"/api/rooms/(?P<name>[^/]+)/past", {"GET": (read, self._past)}),
            (
                r"/api/rooms/(?P<name>[^/]+)/moderation",
                {"GET": (read, self._decided), "POST": (moderate, self._decide)},
            ),
            (r"/api/rooms/(?P<name>[^/]+)/chat", {"POST": (change, control.say)}),
            (r"/api/scope", {"GET": (Scope.NOTHING, self._scope)}),
            (r"/api/rooms/(?P<name>[^/]+)/info", {"GET": (change, control.info)}),
            (r"/api/rooms/(?P<name>[^/]+)/gifts", {"GET": (change, control.gifts)}),
        ]
        self.route(routes)

    def answer(self, request: Request) -> Any:
        """See :class:`RoutedResource`; a user who is not known here is looked for elsewhere."""
        try:
            return super().answer(request)
        except UnknownUser as refusal:
            looking = self._control.look_for(refusal.user)
            if looking is None:
                raise
            return answer_later(request, self._again(request, looking, refusal))

    async def _again(
        self, request: Request, looking: Awaitable[bool], refusal: Refusal
    ) -> bytes | None:
        with refusals():
            if not await looking:
                raise refusal
        content: Any = request.content
        content.seek(0)
        answer = super().answer(request)
        return answer if isinstance(answer, bytes) else None  # it is answered later

    def _past(self, request: Request, name: str) -> bytes:
        return self._fanout.numbers.past(request, name, self._control.find)

    def _scope(self, request: Request) -> bytes:
        header = request.getHeader("authorization") or ""
        scope = self._tokens.check(Scope.NOTHING, header)
        shape = {
            "scope": scope.name.lower(),
            "chat": scope is Scope.CONTROL and self._control.can_say,
            "samples": scope >= self._tokens.for_samples,
        }
        return as_json(request, shape)

    def _older(self, request: Request, name: str) -> bytes:
        room = room_of(checked_name(name))
        query = parameters(request, "before", "types", "limit")
        limit = query.get("limit", str(_LIMIT))
        number = int(limit) if limit.isascii() and limit.isdigit() and len(limit) < 4 else 0
        if not 0 < number <= _MOST:
            raise Refusal(400, "limit", f"limit must be a whole number from 1 to {_MOST}.")
        named = names_in(query.get("types", ""), "types")
        types = types_of(named) if named else None
        items, more = self._fanout.before(room, query.get("before", ""), types, number)
        if not items and self._control.rooms is not None:
            self._control.find(name)
        request.setHeader("Content-Type", "application/json")
        bodies = b",".join(item.body for item in items)
        return b'{"events":[%b],"more":%b}\n' % (bodies, b"true" if more else b"false")

    def _numbers(self, request: Request, name: str) -> bytes:
        return self._fanout.numbers.answer(request, name, self._control.find)

    def _decided(self, request: Request, name: str) -> bytes:
        return self._fanout.moderation.get(request, self._control.find(name))

    def _decide(self, request: Request, name: str) -> bytes:
        return self._fanout.moderation.post(request, self._control.find(name))

    def _sample(self, request: Request) -> bytes:
        named = parameters(request, "room")
        room = room_of(checked_name(named["room"])) if named else ""
        content: Any = request.content
        said = content.read(1)
        content.seek(0)
        sample = sample_of(read_json(request) if said else {}, room)
        events = sample.events(wall_time(self._fanout.clock))
        return as_json(request, {"overlays": self._fanout.sample(events, room)})

    def _ready(self, request: Request) -> bytes:
        reasons, outputs = self._control.ready(), self._failing()
        ready = not reasons and not outputs
        shape: dict[str, Any] = {"ready": ready}
        try:
            self._tokens.check(Scope.READ, request.getHeader("authorization") or "")
        except Refusal:
            pass  # without a token for reading: whether all are well, but no names
        else:
            shape["rooms"], shape["outputs"] = reasons, outputs
        return as_json(request, shape, 200 if ready else 503)


class FeedFront(CheckedResource):
    """The WebSocket at every path, and nothing else."""

    def __init__(self, guard: Guard, streams: Streams) -> None:
        super().__init__(guard)
        self._streams = streams

    def answer(self, request: Request) -> Any:
        """Open it."""
        return self._streams.socket(request, feed=True)


def _alive(request: Request) -> bytes:
    return as_json(request, {"alive": True})


def _describe(request: Request) -> bytes:
    return as_json(request, DESCRIPTION)


def _options(request: Request, allowed: list[str]) -> bytes:
    """What a browser asks before a page of another origin may send more than a simple request."""
    request.setResponseCode(204)
    request.setHeader("Allow", ", ".join(allowed))
    if request.responseHeaders.hasHeader("access-control-allow-origin"):
        request.setHeader("Access-Control-Allow-Methods", ", ".join(allowed))
        request.setHeader(
            "Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID"
        )
        request.setHeader("Access-Control-Max-Age", "600")
    return b""
