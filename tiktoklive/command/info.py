"""``tiktoklive info @name``: what TikTok tells about a broadcast."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tiktoklive.command.asking import OneUserOptions, ask, write_json
from tiktoklive.files import standard_streams
from tiktoklive.model import video_of
from tiktoklive.outputs.plaintext import plain

if TYPE_CHECKING:
    from tiktoklive.wiring import Wiring

#: What ``status`` of a room means (wire facts §8.3).
_OVER = 4
_STATUS = {1: "being prepared", 2: "live", 3: "paused", _OVER: "over"}


class Options(OneUserOptions):
    """Whom to ask about."""

    longdesc = (
        "Shows what TikTok tells about the broadcast in which a user is live, or about the last "
        "one of a user who is not."
    )

    def getSynopsis(self) -> str:
        """How to call it."""
        return "Usage: tiktoklive info [options] @name"


def run(options: Options) -> int:
    """Ask, and show it."""
    info = ask(options, lambda wiring: fetch(wiring, options.users[0]))
    if options["json"]:
        write_json(info)
    else:
        lines = list(facts(info))
        width = max(len(name) for name, _ in lines)
        standard_streams.write("".join(f"{name:<{width}}  {text}\n" for name, text in lines))
    return 0


async def fetch(wiring: Wiring, user: str) -> Mapping[str, Any]:
    """TikTok's answer."""
    from tiktoklive.connection import WebcastPushConnection

    info: Mapping[str, Any] = await WebcastPushConnection(user, wiring=wiring).get_room_info()
    return info


def facts(info: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a person wants to know, as far as it is there."""
    owner = _table(info, "owner")
    yield "user", f"@{plain(str(owner.get('display_id', '')), 60)}"
    for name, value in (
        ("name", owner.get("nickname")),
        ("title", info.get("title")),
        ("room", info.get("id_str") or info.get("id")),
        ("status", _STATUS.get(info.get("status", 0), info.get("status"))),
        ("since", _time(info.get("create_time"))),
        ("until", _time(info.get("finish_time")) if info.get("status") == _OVER else None),
        ("viewers", _number(info.get("user_count"))),
        ("viewers in all", _number(_table(info, "stats").get("total_user"))),
        ("likes", _number(info.get("like_count"))),
        ("followers", _number(_table(owner, "follow_info").get("follower_count"))),
    ):
        if value not in (None, ""):
            yield name, plain(str(value), 300)
    if info.get("status") == _OVER:
        return  # then its addresses lead nowhere
    for each in video_of(info):
        kind = " ".join(filter(None, (each.quality, each.format, each.codec, each.size)))
        yield f"video {kind}", each.url


def _table(info: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = info.get(name)
    return found if isinstance(found, Mapping) else {}


def _time(value: Any) -> str | None:
    if not isinstance(value, int) or not 0 < value < 2**33:
        return None
    return datetime.fromtimestamp(value).astimezone().strftime("%Y-%m-%d %H:%M:%S %Z")


def _number(value: Any) -> str | None:
    return f"{value:,}" if isinstance(value, int) else None
