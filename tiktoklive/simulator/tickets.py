"""What the push socket knows of clients that had a batch fetched first (wire facts §6.2, §9.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tiktoklive.simulator.requests import Request

#: Seconds that a ticket counts (wire facts §9.3).
LIFETIME: Final = 30.0

#: The route parameter by which a ticket is found; and of a sign server's relay.
KEY: Final = "wrss"
TOKEN: Final = "token"


@dataclass(frozen=True, slots=True)
class SocketTicket:
    """
    What an address has to carry that was made out of a fetched batch.

    :ivar room_id: the room it is for.
    :ivar user_agent: of the client for which the batch was fetched; ``None`` for the first
        generation, which keeps its own name on the socket, whatever a signature was for.
    :ivar ttwid: the guest that came with it.
    :ivar cursor: where the batch ends; the socket goes on there.
    :ivar session_id: the session it was fetched with, ``""`` for a guest.
    :ivar expires: when it counts no more, in the clock's seconds.
    :ivar classic: whether the client fetched the batch itself: its socket has other parameters,
        and is bound to its room without entering it (wire facts §6.2, §6.6).
    :ivar relayed: whether it is for a sign server's relay, which sees no session.
    """

    room_id: str
    user_agent: str | None
    ttwid: str = field(repr=False)
    cursor: str
    internal_ext: str
    route_params: Mapping[str, str] = field(repr=False)
    session_id: str = field(repr=False)
    expires: float
    classic: bool = False
    relayed: bool = False

    @property
    def key(self) -> str:
        """By what it is found."""
        return self.route_params[TOKEN if self.relayed else KEY]

    def admits(self, request: Request, now: float) -> bool:
        """Whether the address, its query and its cookies are what this ticket leads to."""
        carried = {
            **self.route_params,
            "room_id": self.room_id,
            "cursor": self.cursor,
            "internal_ext": self.internal_ext,
        }
        return (
            now <= self.expires
            and versions(request) == (["180800"] if self.classic else ["180800", "270000"])
            and all(request.parameter(name) == value for name, value in carried.items())
            and request.cookies.get("ttwid") == self.ttwid
            and request.cookies.get("sessionid", "") == self.session_id
        )


class Tickets:
    """The tickets that were given out and not used yet."""

    def __init__(self) -> None:
        self._tickets: dict[str, SocketTicket] = {}

    def add(self, ticket: SocketTicket, now: float) -> None:
        """Give one out; those that have expired are forgotten."""
        for key, each in list(self._tickets.items()):
            if each.expires < now:
                del self._tickets[key]
        self._tickets[ticket.key] = ticket

    def take(self, request: Request) -> SocketTicket | None:
        """The ticket of a handshake, if it has one: it counts once."""
        key = request.parameter(KEY) or request.parameter(TOKEN) or ""
        return self._tickets.pop(key, None)


def is_signed(request: Request) -> bool:
    """Whether a handshake's address claims to come from a fetched batch."""
    keys = request.parameter(KEY), request.parameter(TOKEN)
    return keys != (None, None) or len(versions(request)) > 1


def versions(request: Request) -> list[str]:
    """All values of ``version_code``, in order."""
    return [value for name, value in request.query if name == "version_code"]
