"""The username in what a person typed: a name, or the address of a page of the user."""

from __future__ import annotations

import re
from typing import Final, NoReturn
from urllib.parse import unquote, urlsplit

from tiktoklive.errors import InvalidUniqueIdError

#: An address of TikTok's, up to its path, and whatever is before the name of the site.
_SITE: Final = re.compile(
    r"(?:https?://)?((?:[a-z0-9-]{1,63}\.){0,3})tiktok\.com(?=[/?#]|\Z)", re.IGNORECASE
)
_NAME: Final = re.compile(r"[\w.]{1,64}")

#: A name as 1.x takes it: with what follows it in the address of a live page.
_LIVE: Final = re.compile(r"@?([\w.]{1,64})/live/?(?:[?#].*)?", re.DOTALL)

#: A language that comes before a user's page: ``/en/@name``, ``/zh-Hant/@name``.
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")

#: Hosts of links that are shared from the app; elsewhere they are ``/t/...``.
_SHORT: Final = frozenset(("vm.", "vt."))

#: Characters of what was typed that are shown.
_SHOWN: Final = 60


def parse_unique_id(text: str) -> str:
    """
    Find the username in what a person typed.

    :param text: ``name``, ``@name``, ``name/live`` or the address of a page of the user, with or
        without scheme, language and query: the profile, the live page, a video.
    :return: the username without ``@``, in the case it was typed.
    :raise InvalidUniqueIdError: when there is no username in it; says which address is none.
    """
    if not isinstance(text, str):
        raise InvalidUniqueIdError(f"A username must be text, not {type(text).__name__}.")
    name = text.strip()
    site = _SITE.match(name)
    if site is not None:
        return _of_address(site[1].lower(), name[site.end() :], text)
    live = _LIVE.fullmatch(name)
    name = live[1] if live is not None else name.removeprefix("@")
    return name if _NAME.fullmatch(name) else _refuse(text, "is not a TikTok username")


def is_unique_id(value: object) -> bool:
    """Whether something that others say is a username and nothing else."""
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _of_address(host: str, rest: str, text: str) -> str:
    """The username in an address: users are what has an ``@``, and all else is something else."""
    path = unquote(urlsplit(f"https://www.tiktok.com{rest}").path)
    parts = [part for part in path.split("/") if part]
    if len(parts) > 1 and parts[1].startswith("@") and _LANGUAGE.fullmatch(parts[0]):
        parts = parts[1:]
    first = parts[0] if parts else ""
    if first.startswith("@"):
        name = first[1:]
        return name if _NAME.fullmatch(name) else _refuse(text, "is not a TikTok username")
    if host in _SHORT or first == "t":
        raise InvalidUniqueIdError(
            f"{_shown(text)} is a short link, which does not tell whose it is: open it in a "
            "browser, and give the address that it leads to, like https://www.tiktok.com/@name/live."
        )
    return _refuse(text, "is the address of no user's page")


def _refuse(text: str, what: str) -> NoReturn:
    raise InvalidUniqueIdError(
        f"{_shown(text)} {what}: give the name, @name, or https://www.tiktok.com/@name/live."
    )


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "...")
