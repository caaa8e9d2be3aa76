"""Which clients get events, and what they are sent first."""

from __future__ import annotations

from typing import Any, Final

from twisted.web.server import Request

from tiktoklive.outputs.web.answers import Refusal
from tiktoklive.outputs.web.fanout import Fanout
from tiktoklive.outputs.web.guard import WebLimits, host_of
from tiktoklive.outputs.web.sse import EventStream
from tiktoklive.outputs.web.subscription import (
    WebSubscription,
    names_in,
    room_of,
    types_of,
    within,
)
from tiktoklive.outputs.web.tokens import Scope, Tokens, offered, types_for
from tiktoklive.outputs.web.upgrade import upgrade
from tiktoklive.outputs.web.websocket import Listening

#: What a feed sends if nothing else is asked for: the events that 1.x had, under their names.
FEED_TYPES: Final = frozenset(
    "chat connected disconnected emote envelope follow gift like linkMicArmies linkMicBattle "
    "liveIntro member questionNew roomUser share social streamEnd subscribe".split()
)


class Streams:
    """
    Event streams and WebSockets of one server.

    :param tokens: which tokens allow reading.
    """

    def __init__(self, fanout: Fanout, tokens: Tokens, limits: WebLimits) -> None:
        self._fanout = fanout
        self._tokens = tokens
        self._limits = limits

    def events(self, request: Request, room: str | None = None) -> int:
        """
        Answer with an event stream.

        :param room: whose events; of all rooms if left out.
        """
        token = parameter(request, "token")
        header = request.getHeader("authorization") or ""
        scope = self._tokens.check(Scope.OVERLAY, header, token)
        subscription = self._subscription(request, scope, room)
        position = request.getHeader("last-event-id") or parameter(request, "last")
        backlog = self._backlog(request)
        host = self._check_room(request)
        name = f"the event stream to {host or 'a client'}"
        stream = EventStream(request, self._fanout, subscription, name, self._limits.waiting, host)
        missed, complete = self._missed(subscription, position, backlog)
        channel: Any = request.channel
        channel.site.forget(channel)
        return stream.begin(missed, complete is not False)

    def socket(self, request: Request, *, feed: bool = False) -> Any:
        """
        Answer with a WebSocket.

        :param feed: whether it is for programs that know the events of 1.x, and that may say in
            their address which rooms and types they want, or all types.
        """
        token = parameter(request, "token")
        header = request.getHeader("authorization") or offered(
            request.getHeader("sec-websocket-protocol") or ""
        )
        scope = self._tokens.check(Scope.OVERLAY, header, token)
        subscription = self._subscription(request, scope, None, feed=feed)
        position, backlog = "", 0
        if not feed:
            position, backlog = parameter(request, "last"), self._backlog(request)
        host = self._check_room(request)
        name = f"the WebSocket to {host or 'a client'}"
        protocol = Listening(
            self._fanout,
            self._limits,
            subscription,
            lambda wanted: self._missed(wanted, position, backlog),
            name,
            host,
            allowed=types_for(scope),
            only_events=feed,
            tells_beats=parameter(request, "beats") == "1",
        )
        channel: Any = request.channel  # which the upgrade takes from the request
        answer = upgrade(request, self._fanout.clock, protocol)
        channel.site.forget(channel)
        return answer

    def _subscription(
        self, request: Request, scope: Scope, room: str | None, *, feed: bool = False
    ) -> WebSubscription:
        named = names_in(parameter(request, "types"), "types")
        usual = FEED_TYPES if feed and named != ["all"] else None
        if feed and named == ["all"]:
            named = []
        types = within(types_of(named) if named else usual, types_for(scope))
        rooms = names_in(parameter(request, "rooms"), "rooms")
        if room is not None:
            rooms = [room]
        overlay, numbers, moderation = (
            parameter(request, name) == "1" for name in ("overlay", "numbers", "moderation")
        )
        current = self._fanout.names.current
        which = frozenset(current(room_of(name)) for name in rooms) if rooms else None
        hides = self._fanout.moderation.hides if scope is Scope.OVERLAY else None
        return WebSubscription(types, which, overlay, numbers, moderation, hides)

    def _backlog(self, request: Request) -> int:
        text = parameter(request, "backlog") or "0"
        if not (text.isascii() and text.isdigit() and len(text) <= 6):
            raise Refusal(400, "backlog", "backlog must be a whole number, 0 or more.")
        return int(text)

    def _check_room(self, request: Request) -> str:
        """The address of a client for which there is room."""
        most, host = self._limits.clients, host_of(request.getClientAddress())
        later = (("Retry-After", "5"),)
        if len(self._fanout) >= most:
            raise Refusal(503, "full", "There are too many clients: come back later.", later)
        share = self._limits.share_of(host, most)
        if share < most and self._fanout.of_host(host) >= share:
            self._fanout.crowded(host)
            raise Refusal(503, "share", "Your address has too many clients already.", later)
        return host

    def _missed(
        self, subscription: WebSubscription, position: str, backlog: int
    ) -> tuple[int | None, bool | None]:
        """
        From which number on a client is to be told first, and whether it is all; ``None`` if it
        did not ask.
        """
        self._fanout.settle()
        if position:
            return self._fanout.since(position)
        if not backlog:
            return None, None
        return self._fanout.ring.latest(backlog, subscription.wants), None


def parameter(request: Request, name: str) -> str:
    """The first value of a query's parameter, ``""`` if there is none."""
    args: dict[bytes, list[bytes]] = request.args or {}
    return args.get(name.encode(), [b""])[0].decode("utf-8", "replace").strip()


def parameters(request: Request, *known: str) -> dict[str, str]:
    """
    The parameters of a query, by name.

    :param known: those that there may be, each once.
    :raise Refusal: there is another, or one of them twice.
    """
    args: dict[bytes, list[bytes]] = request.args or {}
    named = {name.decode("utf-8", "replace"): values for name, values in args.items()}
    if set(named) - set(known) or any(len(values) > 1 for values in named.values()):
        raise Refusal(400, "query", f"The query may have, each once: {', '.join(known)}.")
    return {name: parameter(request, name) for name in named}
