"""What TikTok tells about a room that was found, and what has to be known of it at once."""

from __future__ import annotations

import json
import zlib
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.errors import InvalidResponseError, TikTokLiveError, UserOfflineError
from tiktoklive.interfaces import IGiftSource, IRoomResolver
from tiktoklive.model import Room, Status
from tiktoklive.net.answers import code_error, content_of, refuse, withheld
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.rooms.broadcast import check_name, is_other_name, other_user
from tiktoklive.wire.jsonread import digits, number

#: Bytes of JSON that a room's details may have; TikTok's have some hundred thousand at most.
LARGEST = 1 << 20


class CompressedJson(Mapping[str, Any]):
    """
    A mapping that is kept as compressed text, and opened when it is read.

    What TikTok tells about a room is some hundred KiB as Python objects and some ten as compressed
    text.  Those that were read last stay open, so that reading one key after the other costs no
    more than it should.

    :param value: a JSON object.
    :ivar size: bytes of its text.
    """

    __slots__ = ("_data", "size")

    def __init__(self, value: Mapping[str, Any]) -> None:
        text = json.dumps(dict(value), separators=(",", ":")).encode()
        self.size = len(text)
        self._data = zlib.compress(text)

    def __getitem__(self, key: str) -> Any:
        return _opened(self._data)[key]

    def __iter__(self) -> Iterator[str]:
        return iter(_opened(self._data))

    def __len__(self) -> int:
        return len(_opened(self._data))

    def __repr__(self) -> str:
        return f"<{len(self)} keys, compressed to {len(self._data)} bytes>"


@lru_cache(maxsize=8)
def _opened(data: bytes) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(zlib.decompress(data))
    return value


@implementer(IRoomResolver)
class InformedResolver:
    """
    Asks for the details of a room, and for the list of gifts, right after it was found.

    Only an ended broadcast is refused: whatever else goes wrong is logged, and the room has
    no details then.

    :param inner: finds the room.
    :param info: gives the details of a room id, see :func:`fetch_room_info`; ``None`` to not
        ask.
    :param gifts: where the list comes from; ``None`` to not ask.
    :param given: whether the room was given to us, and is entered whosever it is.
    """

    log = Logger()

    def __init__(
        self,
        inner: IRoomResolver,
        info: Callable[[str], Awaitable[Mapping[str, Any]]] | None,
        gifts: IGiftSource | None,
        *,
        given: bool = False,
    ) -> None:
        self._inner = inner
        self._info = info
        self._gifts = gifts
        self._given = given

    async def resolve(self, unique_id: str) -> Room:
        """
        Find the room and its details.

        :raise UserOfflineError: also when the details say that the broadcast has ended.
        :raise OtherUserError: also when they say that it is another user's.
        """
        room = await self._inner.resolve(unique_id)
        if self._info is not None:
            try:
                info = await self._info(room.room_id)
            except UserOfflineError:
                raise
            except TikTokLiveError as error:
                self._without("the details of the room", unique_id, error)
            else:
                if number(info.get("status")) == Status.ENDED:
                    raise UserOfflineError(
                        f"@{unique_id} is not live now: the LIVE has ended.",
                        anchor_id=room.anchor_id,
                        room_id=room.room_id,
                    )
                if not self._given:
                    check_owner(room, info)
                room = self._with(room, info)
        if self._gifts is not None:
            try:
                room = replace(room, gifts=await self._gifts.gifts(room))
            except TikTokLiveError as error:
                self._without("the list of gifts", unique_id, error)
        return room

    def _with(self, room: Room, info: Mapping[str, Any]) -> Room:
        """The room with its details, unless they are too much to be kept for a broadcast."""
        room = replace(room, anchor_id=room.anchor_id or _owner_of(info))
        packed = kept_details(info)
        if packed is None:
            error = InvalidResponseError(f"They have more bytes than are kept, {LARGEST}.")
            self._without("the details of the room", room.unique_id, error)
            return room
        return replace(room, info=packed)

    def _without(self, what: str, unique_id: str, error: Exception) -> None:
        self.log.warn(
            "@{user}: going on without {what}: {error}", user=unique_id, what=what, error=error
        )


def check_owner(room: Room, info: Mapping[str, Any]) -> None:
    """
    Compare the host of a room with the user who was looked up, by id if both are known.

    :raise OtherUserError: the room is another user's.
    """
    owner = info.get("owner")
    owner = owner if isinstance(owner, dict) else {}
    if room.anchor_id and owner.get("id_str") == room.anchor_id:
        return
    owner_id, name = _owner_of(info), owner.get("display_id")
    if not owner_id or not room.anchor_id:
        check_name(room.unique_id, name, owner_id)
    elif owner_id != room.anchor_id:
        raise other_user(room.unique_id, name, owner_id)


async def why_not_theirs(
    tell: Callable[[str], Awaitable[Mapping[str, Any]]], room: Room, room_id: str
) -> str:
    """
    Ask TikTok whose room another one is.

    :param tell: gives the details of a room id, see :func:`fetch_room_info`.
    :param room: in which the user was found.
    :param room_id: in which the user is said to be.
    :return: why it is not known to be theirs, ``""`` if it is: the words that follow a colon.
    """
    try:
        info = await tell(room_id)
    except TikTokLiveError as error:
        return f"TikTok says nothing of whose it is ({error})"
    if number(info.get("status")) == Status.ENDED:
        return "TikTok says that the LIVE there has ended"
    owner = info.get("owner")
    name = owner.get("display_id") if isinstance(owner, dict) else None
    owner_id = _owner_of(info)
    if owner_id and room.anchor_id:
        return "" if owner_id == room.anchor_id else "TikTok says that it is another user's"
    if isinstance(name, str) and name:
        theirs = not is_other_name(room.unique_id, name)
        return "" if theirs else "TikTok says that it is another user's"
    return "TikTok does not say whose it is"


def kept_details(info: Mapping[str, Any]) -> CompressedJson | None:
    """The details of a room in little memory; ``None`` if they are too much to be kept."""
    packed = CompressedJson(info)
    return packed if packed.size <= LARGEST else None


def _owner_of(info: Mapping[str, Any]) -> str:
    """The user id of a room's host, as text: the number may have been rounded."""
    owner = info.get("owner")
    told = owner.get("id_str") if isinstance(owner, dict) else None
    return digits(told or info.get("owner_user_id_str")) or ""


async def fetch_room_info(tiktok: TikTokWeb, room_id: str) -> dict[str, Any]:
    """
    What TikTok tells about a room: title, owner, statistics, stream addresses (wire facts §8.3).

    :return: the answer's ``data``.
    :raise UserOfflineError: the broadcast has finished.
    :raise RoomWithheldError: it is not shown to us: to logged-in adults only, perhaps.
    :raise RoomLookupError: anything else that kept us from reading it.
    :raise ConnectError: the host cannot be reached.
    """
    params = tiktok.parameters(("room_id", room_id))
    # No Origin: it can turn this call into a 403.
    headers = [("Referer", "https://www.tiktok.com/")]
    answer = await tiktok.get("/webcast/room/info/", params, headers=headers)
    content = content_of(answer, f"the details of room {room_id}")
    data = content.get("data")
    said = data if isinstance(data, dict) else {}
    message = said.get("message") or said.get("prompts")
    code = number(content.get("status_code"))
    if code != 0:
        raise code_error(code, message, f"Room {room_id}", answer)
    if answer.status >= 400:
        refuse(answer, f"the details of room {room_id}")
    if not isinstance(data, dict):
        raise InvalidResponseError(f"TikTok's answer about room {room_id} holds no data.")
    if "prompts" in data or len(data) <= 1:
        seen = "prompts instead of details" if "prompts" in data else "no details"
        raise withheld(f"Room {room_id}", answer.shown(data.get("prompts")), seen)
    return data
