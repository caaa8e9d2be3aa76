"""Who is live, and in which room: TikTok's JSON look-ups."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, NoReturn

from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.errors import (
    AgeRestrictedError,
    BlockedError,
    InvalidResponseError,
    RateLimitedError,
    TikTokLiveError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.interfaces import IGiftSource, IRoomResolver
from tiktoklive.model import Room, Status
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.net.web import Answer

_USER_NOT_FOUND = 19881007
_AGE_RESTRICTED = 4003110
_LOGIN_REQUIRED = 20003
_FINISHED = 10041


@implementer(IRoomResolver)
class ApiLiveResolver:
    """
    Asks ``api-live/user/room/``: existence, room and liveness in one small answer.

    Unsigned and without cookies (wire facts §4.1, §8.1).

    :param tiktok: whom to ask.
    """

    def __init__(self, tiktok: TikTokWeb) -> None:
        self._tiktok = tiktok

    async def resolve(self, unique_id: str) -> Room:
        """Look the user up; see :meth:`tiktoklive.interfaces.IRoomResolver.resolve`."""
        device = self._tiktok.device
        params = [
            ("aid", "1988"),
            ("app_name", "tiktok_web"),
            ("device_platform", "web_pc"),
            ("app_language", device.language),
            ("browser_language", device.locale),
            ("region", device.region),
            ("user_is_login", "false"),
            ("sourceType", "54"),
            ("staleTime", "600000"),
            ("uniqueId", unique_id),
        ]
        answer = await self._tiktok.get("/api-live/user/room/", params)
        return room_of(answer, unique_id)


@implementer(IRoomResolver)
class FixedResolver:
    """
    Knows the room already.

    :param room: given to everybody who asks.
    """

    def __init__(self, room: Room) -> None:
        self._room = room

    async def resolve(self, unique_id: str) -> Room:
        """The room."""
        return self._room


def room_of(answer: Answer, unique_id: str) -> Room:
    """
    Read an answer of ``api-live/user/room/`` (wire facts §2.3, §8.2).

    A paused broadcast counts as live: it is not ended.

    :raise RoomLookupError: one of its subclasses, see
        :meth:`~tiktoklive.interfaces.IRoomResolver.resolve`.
    """
    content = _content(answer, f"the look-up of @{unique_id}")
    code = _number(content.get("statusCode"))
    message = content.get("message")
    if code == _USER_NOT_FOUND or message == "user_not_found":
        raise UserNotFoundError(
            f"TikTok knows no @{unique_id} who could go live: check the name's spelling."
        )
    if message == "params_error":
        raise BlockedError(
            f"TikTok refused the parameters of the look-up of @{unique_id} (params_error), "
            "which it also does to addresses and browsers that it blocks: wait, or try another "
            "network."
        )
    _check_code(code, message, f"@{unique_id}")
    if answer.status >= 400:
        _refuse(answer, f"the look-up of @{unique_id}")
    data = content.get("data")
    if data is None:
        raise UserNotFoundError(f"TikTok knows nothing of @{unique_id}: check the name's spelling.")
    user = data.get("user") if isinstance(data, dict) else None
    if not isinstance(user, dict):
        raise InvalidResponseError(f"TikTok's answer about @{unique_id} holds no user.")
    live = data.get("liveRoom")
    live = live if isinstance(live, dict) else {}
    room_id = _digits(user.get("roomId"))
    if room_id is None:
        raise InvalidResponseError(f"TikTok's answer about @{unique_id} has a room id of no form.")
    statuses = {_number(user.get("status")), _number(live.get("status"))}
    if room_id in ("", "0") or not statuses & {Status.LIVE, Status.PAUSED}:
        raise UserOfflineError(f"@{unique_id} is not live now.")
    title = live.get("title")
    return Room(
        unique_id,
        room_id,
        Status.LIVE if Status.LIVE in statuses else Status.PAUSED,
        anchor_id=_digits(user.get("id")) or "",
        title=title if isinstance(title, str) else "",
    )


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
    """

    log = Logger()

    def __init__(
        self,
        inner: IRoomResolver,
        info: Callable[[str], Awaitable[Mapping[str, Any]]] | None,
        gifts: IGiftSource | None,
    ) -> None:
        self._inner = inner
        self._info = info
        self._gifts = gifts

    async def resolve(self, unique_id: str) -> Room:
        """
        Find the room and its details.

        :raise UserOfflineError: also when the details say that the broadcast has ended.
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
                if _number(info.get("status")) == Status.ENDED:
                    raise UserOfflineError(f"@{unique_id} is not live now: the LIVE has ended.")
                room = replace(room, info=info)
        if self._gifts is not None:
            try:
                room = replace(room, gifts=await self._gifts.gifts(room))
            except TikTokLiveError as error:
                self._without("the list of gifts", unique_id, error)
        return room

    def _without(self, what: str, unique_id: str, error: Exception) -> None:
        self.log.warn(
            "@{user}: going on without {what}: {error}", user=unique_id, what=what, error=error
        )


async def fetch_room_info(tiktok: TikTokWeb, room_id: str) -> dict[str, Any]:
    """
    What TikTok tells about a room: title, owner, statistics, stream addresses (wire facts §8.3).

    :return: the answer's ``data``.
    :raise UserOfflineError: the broadcast has finished.
    :raise AgeRestrictedError: it is shown to logged-in adults only.
    :raise RoomLookupError: anything else that kept us from reading it.
    :raise ConnectError: the host cannot be reached.
    """
    params = tiktok.parameters(("room_id", room_id))
    # No Origin: it can turn this call into a 403.
    headers = [("Referer", "https://www.tiktok.com/")]
    answer = await tiktok.get("/webcast/room/info/", params, headers=headers)
    content = _content(answer, f"the details of room {room_id}")
    data = content.get("data")
    message = data.get("message") if isinstance(data, dict) else None
    _check_code(_number(content.get("status_code")), message, f"Room {room_id}")
    if answer.status >= 400:
        _refuse(answer, f"the details of room {room_id}")
    if not isinstance(data, dict):
        raise InvalidResponseError(f"TikTok's answer about room {room_id} holds no data.")
    if "prompts" in data or len(data) <= 1:
        raise _age_restricted(f"Room {room_id}")
    return data


def _content(answer: Answer, asked: str) -> dict[str, Any]:
    """The JSON object of an answer, if it was given one at all."""
    if answer.status in (403, 420, 429) or answer.status >= 500:
        _refuse(answer, asked)
    try:
        content = answer.json()
    except ValueError:
        kind = "an empty page" if not answer.body.strip() else "a page that is no JSON"
        if b"tiktok-verify-page" in answer.body:
            kind = "a captcha"
        elif answer.header("x-tt-system-error") or b"Please wait..." in answer.body:
            kind = "a challenge page"
        raise BlockedError(
            f"TikTok ({answer.host}) answered {asked} with {kind} (HTTP {answer.status}): it "
            "blocks or challenges this network address. Wait, or try another network or a proxy.",
            retry_after=answer.retry_after,
        ) from None
    if not isinstance(content, dict):
        raise InvalidResponseError(f"TikTok answered {asked} with JSON that is no object.")
    return content


def _refuse(answer: Answer, asked: str) -> NoReturn:
    """Raise what an HTTP status of 400 and more means."""
    said = f"TikTok ({answer.host}) answered {asked} with HTTP {answer.status}"
    wait = answer.retry_after
    if answer.status == 429:
        raise RateLimitedError(f"{said}: too many requests from here.", retry_after=wait)
    if answer.status in (403, 420):
        raise BlockedError(
            f"{said}: it blocks this network address. Wait, or try another network or a proxy.",
            retry_after=wait,
        )
    raise InvalidResponseError(f"{said}: try again later.", retry_after=wait)


def _check_code(code: int | None, message: object, whom: str) -> None:
    """Raise what a status code other than 0 means."""
    if code == 0:
        return
    if code == _AGE_RESTRICTED:
        raise _age_restricted(whom)
    if code == _LOGIN_REQUIRED:
        raise AgeRestrictedError(f"{whom}: TikTok tells this to logged-in users only ({code}).")
    if code == _FINISHED:
        raise UserOfflineError(f"{whom}: the broadcast has finished ({code}).")
    quoted = repr(message[:120]) if isinstance(message, str) and message else "no message"
    what = "no status code" if code is None else f"status code {code}"
    raise InvalidResponseError(f"{whom}: TikTok answered with {what} and {quoted}.")


def _age_restricted(whom: str) -> AgeRestrictedError:
    return AgeRestrictedError(
        f"{whom}: age-restricted, TikTok shows it to logged-in adults only. Supply the cookies "
        "of such a session."
    )


def _number(value: object) -> int | None:
    """A whole number, written as such or as text."""
    text = _digits(value)
    return int(text) if text else None


def _digits(value: object) -> str | None:
    """Decimal text of an id; ``""`` for none given, ``None`` for something of no form."""
    if value is None or value == "":
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 64:
        return str(value)
    if isinstance(value, str) and len(value) <= 20 and value.isascii() and value.isdigit():
        return value if int(value) < 1 << 64 else None
    return None
