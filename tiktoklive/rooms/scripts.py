"""TikTok's pages for people, and the scripts in them that hold JSON (wire facts §2.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tiktoklive.net.answers import Answer
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.wire.jsonread import read_first_json

#: Redirects that are followed: to the spelling of a name, or of a host.
_REDIRECTS: Final = 3


async def page_at(tiktok: TikTokWeb, path: str) -> Answer:
    """
    Ask for a page as a browser does.

    :raise ConnectError: no complete answer came in time.
    """
    headers = [
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        ("Accept-Language", tiktok.device.accept_language),
    ]
    return await tiktok.get(path, headers=headers, redirects=_REDIRECTS)


def script_in(page: bytes, *names: str) -> Mapping[str, Any] | None:
    """The object in the first script with one of these ids that can be read, if there is one."""
    for name in names:
        start = _start_of(page, name)
        end = page.find(b"</script", start)
        brace = page.find(b"{", start, end)
        if min(start, end, brace) < 0:
            continue
        try:
            # In the older script the object is followed by further statements.
            state = read_first_json(page[brace:end])
        except ValueError:
            continue
        if isinstance(state, dict):
            return state
    return None


def has_script(page: bytes, name: str) -> bool:
    """Whether there is a script with this id, readable or not."""
    return _start_of(page, name) >= 0


def _start_of(page: bytes, name: str) -> int:
    """Where the content of the script with this id begins, -1 if there is none."""
    for quoted in (f'id="{name}"', f"id='{name}'"):
        found = page.find(quoted.encode("ascii"))
        if found >= 0:
            return page.find(b">", found)
    return -1


def object_in(value: object) -> dict[str, Any]:
    """An object of JSON; an empty one in the place of anything else."""
    return value if isinstance(value, dict) else {}
