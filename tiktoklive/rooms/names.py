"""What a user is called now: their id, which they keep, leads to their page."""

from __future__ import annotations

from typing import Final

from zope.interface import implementer

from tiktoklive.errors import InvalidResponseError
from tiktoklive.interfaces import IUserNames
from tiktoklive.net.answers import (
    Answer,
    blocked,
    challenge_in,
    code_and_words,
    refuse,
    wants_login,
)
from tiktoklive.net.login import is_login_page
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.rooms.paced import PacedResolver
from tiktoklive.rooms.scripts import has_script, object_in, page_at, script_in
from tiktoklive.wire.jsonread import digits, number
from tiktoklive.wire.unique_id import is_unique_id

#: The script that holds what a profile shows (wire facts §2.5).
_SCRIPT: Final = "__UNIVERSAL_DATA_FOR_REHYDRATION__"

#: That there is no such user, in TikTok's numbers (wire facts §2.3).
_NOBODY: Final = frozenset((10221, 10223))

#: That the account is private.
_PRIVATE: Final = 10222


@implementer(IUserNames)
class ProfileNames:
    """
    Reads ``/@ID``, the profile of a user id (wire facts §8.6).

    :param tiktok: TikTok's servers.
    """

    def __init__(self, tiktok: TikTokWeb) -> None:
        self._tiktok = tiktok

    async def unique_id(self, anchor_id: str) -> str | None:
        """The present name; see :meth:`tiktoklive.interfaces.IUserNames.unique_id`."""
        return name_in(await page_at(self._tiktok, f"/@{anchor_id}"), anchor_id)


@implementer(IUserNames)
class PacedNames:
    """
    Asks for names as a part of look-ups: refusals make those slower.

    :param inner: is asked.
    :param pace: looks users up; the user whose name was found is looked up before others.
    """

    def __init__(self, inner: IUserNames, pace: PacedResolver) -> None:
        self._inner = inner
        self._pace = pace

    async def unique_id(self, anchor_id: str) -> str | None:
        """The present name."""
        name = await self._pace.heed(self._inner.unique_id(anchor_id))
        if name is not None:
            self._pace.prefer(name)
        return name


def name_in(answer: Answer, anchor_id: str) -> str | None:
    """
    Read a profile for the name that it shows.

    :return: ``None`` if the page says that there is no such user.
    :raise RoomLookupError: the page does not tell.
    """
    asked = f"the request for the profile of user {anchor_id}"
    if is_login_page(answer.led_to):
        raise wants_login(f"TikTok ({answer.host}) answered {asked} with its login page")
    if answer.status == 404:
        return None
    if answer.status >= 400:
        refuse(answer, asked)
    state = object_in(script_in(answer.body, _SCRIPT))
    detail = object_in(object_in(state.get("__DEFAULT_SCOPE__")).get("webapp.user-detail"))
    user = object_in(object_in(detail.get("userInfo")).get("user"))
    if name := user.get("uniqueId"):
        if digits(user.get("id")) not in ("", anchor_id) or not is_unique_id(name):
            raise InvalidResponseError(f"TikTok answered {asked} with that of another user.")
        return str(name)
    code = number(detail.get("statusCode"))
    if code in _NOBODY:
        return None
    if code is not None:
        said = code_and_words(code, answer.shown(detail.get("statusMsg")))
        if code == _PRIVATE:
            said += ": the account is private, and shows no name to guests"
        raise InvalidResponseError(f"TikTok answered {asked} with {said}.")
    challenge = challenge_in(answer)
    if challenge or not has_script(answer.body, _SCRIPT):
        raise blocked(answer, asked, challenge or "a page that shows no user")
    raise InvalidResponseError(
        f"TikTok answered {asked} with a page that shows no user where one is known to be: it has "
        "changed its page, or shows another one from here."
    )
