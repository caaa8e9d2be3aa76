"""``tiktoklive gifts @name``: which gifts can be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tiktoklive.command.asking import OneUserOptions, ask, write_json
from tiktoklive.command.columns import table
from tiktoklive.files import standard_streams

if TYPE_CHECKING:
    from tiktoklive.wiring import Wiring


class Options(OneUserOptions):
    """Whom to ask about."""

    longdesc = (
        "Lists the gifts that can be sent to a user, the cheapest first. The user need not be live."
    )

    def getSynopsis(self) -> str:
        """How to call it."""
        return "Usage: tiktoklive gifts [options] @name"


def run(options: Options) -> int:
    """Ask, and list them."""
    gifts = ask(options, lambda wiring: fetch(wiring, options.users[0]))
    if options["json"]:
        write_json(gifts)
    else:
        found = sorted(gifts, key=lambda gift: (_diamonds(gift), str(gift.get("name"))))
        rows = [(f"{_diamonds(g):,}", str(g.get("id", "")), str(g.get("name", ""))) for g in found]
        standard_streams.write(table(("diamonds", "id", "name"), rows, right=(0, 1)))
    return 0


async def fetch(wiring: Wiring, user: str) -> Sequence[Mapping[str, Any]]:
    """TikTok's list."""
    from tiktoklive.connection import WebcastPushConnection

    connection = WebcastPushConnection(user, wiring=wiring)
    gifts: Sequence[Mapping[str, Any]] = await connection.get_available_gifts()
    return gifts


def _diamonds(gift: Mapping[str, Any]) -> int:
    count = gift.get("diamond_count")
    return count if isinstance(count, int) else 0
