"""How to be let in: tickets for the stream of a room."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from urllib.parse import urlencode

from zope.interface import implementer

from tiktoklive.errors import AllFailedError, IdentityError
from tiktoklive.interfaces import ISigner
from tiktoklive.model import Resume, Room, Ticket
from tiktoklive.net.identity import Device, GuestIdentity

#: Where the socket is, on any of TikTok's socket hosts (wire facts §2.1).
SOCKET_PATH = "/webcast/im/ws_proxy/ws_reuse_supplement/"

#: For how many users it is remembered which identity was used last.
_USERS_KEPT = 10_000


@implementer(ISigner)
class DirectSigner:
    """
    Signs nothing: a guest cookie and a socket address put together here (wire facts §4).

    :param identity: who asks to be let in; renewed when TikTok refuses it.
    :param random: for the round-trip time that is claimed.
    :param ws_base: the socket's host, with its scheme.
    :param compress: ask for gzipped batches.
    """

    def __init__(
        self,
        identity: GuestIdentity,
        random: Random,
        *,
        ws_base: str = "wss://webcast-ws.tiktok.com",
        compress: bool = True,
    ) -> None:
        self._identity = identity
        self._random = random
        self._url = ws_base.rstrip("/") + SOCKET_PATH
        self._compress = compress
        self._used: dict[str, int] = {}

    async def sign(self, room: Room, resume: Resume) -> Ticket:
        """
        Make a ticket; see :meth:`tiktoklive.interfaces.ISigner.sign`.

        :raise TtwidMissingError: there is no guest cookie to be had.
        :raise ConnectError: TikTok cannot be reached for one.
        """
        identity = self._identity
        used = self._used.pop(room.unique_id, identity.generation)
        if any(isinstance(each, IdentityError) for each in _failures(resume.failure)):
            identity.renew(used)
        self._used[room.unique_id] = identity.generation
        if len(self._used) > _USERS_KEPT:  # who is missing counts as having used the present one
            del self._used[next(iter(self._used))]
        ttwid = await identity.ttwid(room.unique_id)
        self._used[room.unique_id] = identity.generation
        device = identity.device
        query = self._query(device, room.room_id)
        if resume.cursor:
            query.append(("cursor", resume.cursor))
        if resume.internal_ext:
            query.append(("internal_ext", resume.internal_ext))
        return Ticket(
            room,
            f"{self._url}?{urlencode(query)}",
            headers=(
                ("User-Agent", device.user_agent),
                ("Origin", "https://www.tiktok.com"),
                ("Referer", "https://www.tiktok.com/"),
                ("Accept-Language", device.accept_language),
                ("Cache-Control", "no-cache"),
            ),
            cookies={"ttwid": ttwid},
            source="direct",
            cursor=resume.cursor,
            internal_ext=resume.internal_ext,
        )

    def _query(self, device: Device, room_id: str) -> list[tuple[str, str]]:
        """The socket's parameters, in the order of wire facts §6.2.1."""
        return [
            ("version_code", "180800"),
            ("device_platform", "web"),
            ("cookie_enabled", "true"),
            ("screen_width", str(device.width)),
            ("screen_height", str(device.height)),
            ("browser_language", device.locale),
            ("browser_platform", device.platform),
            ("browser_name", device.browser_name),
            ("browser_version", device.browser_version),
            ("browser_online", "true"),
            ("tz_name", device.tz_name),
            ("app_name", "tiktok_web"),
            ("sup_ws_ds_opt", "1"),
            ("update_version_code", "2.0.0"),
            ("compress", "gzip" if self._compress else ""),
            ("webcast_language", device.language),
            ("ws_direct", "1"),
            ("aid", "1988"),
            ("live_id", "12"),
            ("app_language", device.language),
            ("client_enter", "1"),
            ("room_id", room_id),
            ("identity", "audience"),
            ("history_comment_count", "6"),
            ("last_rtt", f"{self._random.uniform(100, 200):.3f}"),
            ("heartbeat_duration", "10000"),
            ("resp_content_type", "protobuf"),
            ("did_rule", "3"),
        ]


@implementer(ISigner)
class FixedSigner:
    """
    Makes tickets to nowhere, for openers that need no address: a replay.

    :param source: what the tickets say they are from.
    """

    def __init__(self, source: str) -> None:
        self._source = source

    async def sign(self, room: Room, resume: Resume) -> Ticket:
        """A ticket without an address."""
        return Ticket(room, "", source=self._source)


def _failures(failure: BaseException | None) -> Iterator[BaseException]:
    """A failure, its causes, and what failed in turn inside it."""
    todo = [failure]
    seen: set[int] = set()
    while todo:
        each = todo.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        todo.append(each.__cause__)
        if isinstance(each, AllFailedError):
            todo.extend(error for _, error in each.failures)
