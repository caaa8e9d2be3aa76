"""Which gifts can be sent: TikTok's list, asked for once and kept for a while."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from urllib.parse import urlencode, urlsplit

from twisted.internet.defer import CancelledError
from twisted.internet.interfaces import IReactorTime
from twisted.python.failure import Failure
from zope.interface import implementer

from tiktoklive.deferreds import SingleFlight
from tiktoklive.errors import InvalidResponseError
from tiktoklive.errors.isolation import without_frames
from tiktoklive.events.base import GiftTable
from tiktoklive.fallback import FirstOf
from tiktoklive.interfaces import IGiftSource, IUrlSigner
from tiktoklive.model import Room
from tiktoklive.net.answers import code_error, content_of, refuse
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.pacing.budget import PROBE
from tiktoklive.wire.jsonread import number

__all__ = ["GiftList", "Gifts", "KeptGifts"]

#: The list, as TikTok gives it.
Gifts: TypeAlias = Sequence[Mapping[str, Any]]

_PATH = "/webcast/gift/list/"
_ASKED = "the request for the list of gifts"


@implementer(IGiftSource)
class GiftList:
    """
    Asks TikTok for the list (wire facts §8.4).

    :param tiktok: TikTok's servers.
    :param signer: who signs the address; ``None`` to ask unsigned.
    """

    def __init__(self, tiktok: TikTokWeb, signer: IUrlSigner | None = None) -> None:
        self._tiktok = tiktok
        self._signer = signer

    async def gifts(self, room: Room) -> Gifts:
        """
        Ask; see :meth:`tiktoklive.interfaces.IGiftSource.gifts`.

        :raise InvalidResponseError: there is no gift in the answer.
        """
        tiktok = self._tiktok
        params = [
            ("aid", "1988"),
            ("app_language", tiktok.device.language),
            ("device_platform", "web"),
        ]
        if room.room_id:  # of a user who never was live, the list is asked for without
            params.append(("room_id", room.room_id))
        headers = [("Referer", "https://www.tiktok.com/")]
        if self._signer is None:
            answer = await tiktok.get(_PATH, params, headers=headers)
        else:
            url = f"{tiktok.url(_PATH)}?{urlencode(tiktok.with_changes(params))}"
            signed = await self._signer.sign_url(url)
            if urlsplit(signed.url)[:2] != urlsplit(url)[:2]:  # our cookies are not for others
                raise InvalidResponseError("The signer gave the address of another host back.")
            cookies = {"msToken": signed.ms_token} if signed.ms_token else {}
            answer = await tiktok.fetch(
                signed.url, headers=headers, cookies=cookies, agent=signed.user_agent
            )
        content = content_of(answer, _ASKED)
        data = content.get("data")
        message = data.get("message") if isinstance(data, dict) else None
        code = number(content.get("status_code"))
        if code != 0:
            raise code_error(code, message, "The list of gifts", answer)
        if answer.status >= 400:
            refuse(answer, _ASKED)
        found = gifts_in(data)
        if not found:
            raise InvalidResponseError(
                f"TikTok ({answer.host}) answered {_ASKED} without any gift: try again later."
            )
        return found


def gifts_in(data: object) -> list[Mapping[str, Any]]:
    """
    The gifts in an answer's ``data``, wherever the region puts them (wire facts §8.4).

    What is no list, and what in a list is no object, is skipped.
    """
    if not isinstance(data, dict):
        return []
    found = _objects(data.get("gifts"))
    if not found:
        for page in _objects(data.get("pages")):
            found += _objects(page.get("gifts"))
    if not found:
        found = _objects(data.get("gifts_info"))
    once: dict[object, Mapping[str, Any]] = {}
    for gift in found:  # a gift may be on several pages
        once.setdefault(number(gift.get("id")) or id(gift), gift)
    return list(once.values())


def _objects(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


@implementer(IGiftSource)
class KeptGifts:
    """
    Asks several sources in turn, once for all rooms, and keeps what they say for a while.

    :param parts: pairs of a name, for errors, and the source.
    :param clock: the reactor, or a test's clock.
    :param lasts: seconds for which a list is kept.
    :param fails: seconds for which it is not asked for again after a failure.
    """

    def __init__(
        self,
        parts: Sequence[tuple[str, IGiftSource]],
        clock: IReactorTime,
        *,
        lasts: float = 3600.0,
        fails: float = 30.0,
    ) -> None:
        self._first = FirstOf(parts)
        self._clock = clock
        self._lasts = lasts
        self._fails = fails
        #: One for all rooms, which keep it: renewed in its place.
        self._table = GiftTable()
        self._failure: Failure | None = None
        self._until = clock.seconds()
        self._shared: SingleFlight[Gifts] = SingleFlight(self._note)

    async def gifts(self, room: Room) -> Gifts:
        """
        The list; see :meth:`tiktoklive.interfaces.IGiftSource.gifts`.

        Those who ask while it is being fetched wait for the same one; one of them who is
        cancelled takes nothing from the others.

        :raise AllFailedError: no source gave one.
        """
        if self._clock.seconds() < self._until:
            if self._failure is not None:
                self._failure.raiseException()
            return self._table
        await self._shared.ask(
            lambda: self._first.ask("There is no list of gifts", lambda part: part.gifts(room))
        )
        return self._table

    def _note(self, result: Gifts | Failure) -> None:
        seconds = self._lasts
        if isinstance(result, Failure):
            if result.value is not None:
                without_frames(result.value)  # which would keep the answer with it
            result.cleanFailure()
            asked = getattr(result.value, "retry_after", None) or 0.0
            held = max(self._fails, min(asked, PROBE))  # one answer is not the truth for longer
            # Who stopped the request does not speak for the next one.
            stopped = isinstance(result.value, CancelledError | KeyboardInterrupt)
            seconds = 0.0 if stopped else held
        else:
            self._table.renew(result)
        self._failure = result if isinstance(result, Failure) else None
        self._until = self._clock.seconds() + seconds
