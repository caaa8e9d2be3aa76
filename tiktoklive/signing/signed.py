"""The signed source's tickets: a sign server fetches the first batch (wire facts §5, §9.3)."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from random import Random

from zope.interface import implementer

from tiktoklive.errors import (
    BatchError,
    BatchTooLargeError,
    EmptyFetchError,
    ForeignPushServerError,
    MissingCursorError,
    OtherRoomError,
    SignServerStubError,
    TooManyMessagesError,
    UnidentifiedTicketError,
)
from tiktoklive.interfaces import ISigner
from tiktoklive.model import Resume, Room, Ticket
from tiktoklive.net.answers import Answer
from tiktoklive.net.cookies import split_cookies, tt_cookies
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.login import SESSION_COOKIES, OwnCookies
from tiktoklive.net.quoting import ids_of, words_of
from tiktoklive.net.web import override
from tiktoklive.signing.push_hosts import is_relay, is_trusted, refused_relay, with_query
from tiktoklive.signing.query import browser_headers, socket_query
from tiktoklive.signing.server import SignServer
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames_pb2 import WebcastResponse
from tiktoklive.wire.text import continuation, text

#: What can be asked for, by name: the path of the rooms API, and the older one.
PATHS = {"connect": "/webcast/rooms/{room_id}/connect", "fetch": "/webcast/fetch"}

#: Appended to the query, which begins with another value of the same name.
_VERSION = ("version_code", "270000")


@implementer(ISigner)
class SignedSigner:
    """
    Has a sign server fetch the first batch, which names the socket (wire facts §5, §9.3).

    The guest that TikTok lets in is made by the sign server, anew for every ticket.  A session
    goes to the socket only if the batch was fetched with it: the two belong together
    (wire facts §12.3).

    :param server: the sign server.
    :param identity: whose device it is that asks; its cookie is not used.
    :param random: for the round-trip time that is claimed.
    :param path: ``connect`` or ``fetch``, see :data:`PATHS`.
    :param bases: addresses whose hosts may be push servers beside TikTok's.
    :param push_hosts: names of relays that the user allowed to be push servers.
    :param compress: ask for gzipped batches.
    :param history: ask for the comments of the last moments.
    :param params: query parameters of the socket over ours.
    :param headers: headers of the handshake over ours.
    :param own: the cookies that the user wants in every request to TikTok; without a session, as
        the batch was fetched without it.
    :param why_not: asks TikTok why the room of that id is not known to be that of the user who was
        found in another one, ``""`` if it is; ``None`` to enter no room but that which was found.
    :raise ValueError: there is no such path.
    """

    def __init__(
        self,
        server: SignServer,
        identity: GuestIdentity,
        random: Random,
        *,
        path: str = "connect",
        bases: Iterable[str] = (),
        push_hosts: Iterable[str] = (),
        compress: bool = True,
        history: bool = True,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        own: OwnCookies | None = None,
        why_not: Callable[[Room, str], Awaitable[str]] | None = None,
    ) -> None:
        if path not in PATHS:
            raise ValueError(f"There is no sign path {path!r}: choose of {', '.join(PATHS)}.")
        self._server = server
        self._identity = identity
        self._random = random
        self._path = path
        self._bases = tuple(bases)
        self._push_hosts = tuple(push_hosts)
        self._compress = compress
        self._history = history
        self._params = dict(params or {})
        self._headers, self._cookies = split_cookies(headers or {})
        self._own = own or OwnCookies({})
        self._why_not = why_not

    async def sign(self, room: Room, resume: Resume) -> Ticket:
        """
        Make a ticket; see :meth:`tiktoklive.interfaces.ISigner.sign`.

        :raise SignServerError: the server refused, or its answer lacks what a ticket needs.
        :raise InitialFetchError: the batch is missing, or leads nowhere.
        :raise ConnectError: the server cannot be reached.
        """
        device = self._identity.device
        headers = override(browser_headers(device), self._headers, key=str.lower)
        # One and the same for the server, the query and the handshake (wire facts §6.3).
        agent = next((value for name, value in headers if name.lower() == "user-agent"), "")
        device = replace(device, user_agent=agent)
        answer = await self._server.get(
            PATHS[self._path].format(room_id=room.room_id),
            f"the first batch of @{room.unique_id}",
            self._question(room, resume, agent),
        )
        batch = self._batch(answer)
        cookies = self._cookies_of(answer)
        cursor, internal_ext = continuation(batch.cursor, text(batch.internal_ext))
        if not cursor:
            raise MissingCursorError(
                f"{self._subject(answer)} holds no cursor: a socket opened with it would stay "
                "silent. Try again later, or use another source."
            )
        route = {text(each.key): text(each.value) for each in batch.route_params_map}
        route = {name: value for name, value in route.items() if value}
        if not route:
            raise SignServerStubError(
                f"{self._subject(answer)} holds no parameters for the socket: TikTok blocked the "
                "server, or it sent a stub. Try again later, or use another source.",
                status=answer.status,
            )
        room = await self._corrected(room, resume, answer)
        query = socket_query(
            device,
            room.room_id,
            self._random,
            compress=self._compress,
            history=self._history,
            direct=False,
        )
        query += [("User-Agent", agent), ("cursor", cursor), ("internal_ext", internal_ext)]
        push_server = text(batch.push_server)
        ticket, first = Ticket(room, "", headers=headers, source="signed"), answer.unmasked().body
        if is_relay(push_server, self._bases, self._push_hosts):
            # Nothing of the user's own goes there.  From where it begins nothing can be gone on.
            return replace(
                ticket,
                headers=browser_headers(device),
                url=with_query(push_server, [*override(query, route), _VERSION]),
                cookies=cookies,
                first_batch=first if batch.messages else None,
                relayed=True,
            )
        query = [*override(override(query, self._params), route), _VERSION]
        login = self._server.login
        session = {}
        if login is not None and self._server.takes(login):
            session = dict(login.cookies_for(push_server))
        return replace(
            ticket,
            url=with_query(push_server, query),
            cookies={
                **self._own.cookies_for(push_server, session=False),
                **cookies,
                **self._own.permitted(push_server, self._cookies),
                **session,
            },
            cursor=cursor,
            internal_ext=internal_ext,
            first_batch=first,
        )

    async def _corrected(self, room: Room, resume: Resume, answer: Answer) -> Room:
        """
        The room that the answer is for: another one only if TikTok says that it is the user's.

        :raise OtherRoomError: it does not, or the room is one that we return to: then the user is
            looked up again.
        """
        other = _other_room(room, answer.header("x-room-id"))
        if not other:
            return room
        why = "a room that was lost is looked up before another one is entered"
        if not resume.returning:
            why = await self._why_not(room, other) if self._why_not else "TikTok was not asked"
        if why:
            raise OtherRoomError(
                f"{self._subject(answer)} is for room {other}, and @{room.unique_id} was found in "
                f"room {room.room_id}: it is not entered on one word alone: {why}. Wait, or use "
                "another source."
            )
        return replace(room, room_id=other, info=None)

    def _question(self, room: Room, resume: Resume, agent: str) -> list[tuple[str, str]]:
        """The query of wire facts §9.3."""
        found = [
            ("room_id", room.room_id if self._path == "fetch" else ""),
            ("unique_id", room.unique_id),
            ("cursor", resume.cursor),
            ("user_agent", agent),
            ("client_enter", "true"),
            ("platform", "web"),
        ]
        return [(name, value) for name, value in found if value]

    def _batch(self, answer: Answer) -> WebcastResponse:
        """The batch, if there is one and it leads to TikTok (wire facts §9.7)."""
        told = self._subject(answer)
        if answer.unreadable:
            raise SignServerStubError(
                f"{told} is {answer.unreadable}. Try again later, or use another source.",
                status=answer.status,
            )
        if not answer.body:
            raise EmptyFetchError(
                f"{told} is empty: it got nothing from TikTok, which blocks it or our User-Agent. "
                "Try again later, or use another source."
            )
        try:
            batch = parse_batch(answer.unmasked().body)
        except (BatchTooLargeError, TooManyMessagesError) as error:
            raise SignServerStubError(
                f"{told} is too much: {error} Use another source.", status=answer.status
            ) from error
        except BatchError as error:
            said = words_of(answer)[1] if answer.body.isascii() else ""
            quoted = f": {said!r}" if said else ""
            raise SignServerStubError(
                f"{told} is no batch{quoted}. Try again later, or use another source.",
                status=answer.status,
            ) from error
        size = f"{len(answer.body)} bytes with {len(batch.messages)} messages"
        push_server = text(batch.push_server)
        if is_relay(push_server, self._bases, self._push_hosts):
            return batch
        if not is_trusted(push_server, self._bases):
            named = refused_relay(push_server, answer.host)
            raise ForeignPushServerError(
                f"{told} ({size}) names {named}. Try again later, or use another source."
            )
        if b"fallback proxy" in answer.body.lower() and not batch.messages:
            raise SignServerStubError(
                f"{told} ({size}) is a stub that speaks of a fallback proxy. Try again later, or "
                "use another source.",
                status=answer.status,
            )
        return batch

    def _cookies_of(self, answer: Answer) -> dict[str, str]:
        """The cookies that make TikTok know which guest it lets in."""
        cookies = tt_cookies(answer.unmasked().headers.get("x-set-tt-cookie", ()))
        if not cookies:
            reason = answer.shown(answer.header("handshake-msg"))
            quoted = f" (Handshake-Msg: {reason!r})" if reason else ""
            raise UnidentifiedTicketError(
                f"{self._subject(answer)} brings no cookies{quoted}: TikTok would not know which "
                "guest to let in. Try again later, or use another source.",
                status=answer.status,
            )
        return {name: value for name, value in cookies.items() if name not in SESSION_COOKIES}

    def _subject(self, answer: Answer) -> str:
        """The subject of what is wrong with an answer."""
        ids = ids_of(answer)
        return f"The answer of the sign server ({answer.host}{ids})"


def _other_room(room: Room, told: str) -> str:
    """The id of the room that an answer is for, if that is another one; ``""`` if it is not."""
    valid = re.fullmatch(r"[0-9]{1,20}", told) and 0 < int(told) < 1 << 64
    return told if valid and int(told) != int(room.room_id or 0) else ""
