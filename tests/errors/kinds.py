"""Every class of error that this package has, and one of each."""

from __future__ import annotations

from typing import Any

from tiktoklive import errors
from tiktoklive.errors import AllFailedError, ChatRefusedError, TikTokLiveError

#: All classes of errors, but for the one that only holds others.
KINDS: tuple[type[TikTokLiveError], ...] = tuple(
    kind
    for name in errors.__all__
    if isinstance(kind := getattr(errors, name), type)
    and issubclass(kind, TikTokLiveError)
    and kind is not AllFailedError
)


def made(kind: type[TikTokLiveError], words: str = "so it is") -> TikTokLiveError:
    """One of that class."""
    more: dict[str, Any] = {"code": 1} if kind is ChatRefusedError else {}
    return kind(words, **more)
