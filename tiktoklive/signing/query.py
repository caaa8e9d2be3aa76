"""The query of the socket's address, as far as it is made here (wire facts §6.2)."""

from __future__ import annotations

from random import Random
from typing import Final
from urllib.parse import quote, urlencode

from tiktoklive.net.identity import Device
from tiktoklive.net.web import Pairs

#: The forms of a query that is made here alone: percent-encoded as a form is, or raw as that of
#: TikTok's own player (wire facts §4.3).
FORMS: Final = ("encoded", "raw")

#: What stands raw in a raw query: all that can be sent, but for what would be read otherwise.
_RAW: Final = "".join(set(map(chr, range(0x21, 0x7F))) - set('%&#+"<>'))


def socket_query(
    device: Device,
    room_id: str,
    random: Random,
    *,
    compress: bool,
    history: bool,
    direct: bool = True,
) -> list[tuple[str, str]]:
    """
    The socket's parameters, in the order of wire facts §6.2.1.

    :param device: whose browser asks.
    :param random: for the round-trip time that is claimed.
    :param compress: ask for gzipped batches.
    :param history: ask for the comments of the last moments.
    :param direct: whether the address is made here alone, and no first batch came with it.
    """
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
        ("compress", "gzip" if compress else ""),
        ("webcast_language", device.language),
        ("ws_direct", "1" if direct else "0"),
        ("aid", "1988"),
        ("live_id", "12"),
        ("app_language", device.language),
        ("client_enter", "1"),
        ("room_id", room_id),
        ("identity", "audience"),
        ("history_comment_count", "6" if history else "0"),
        ("last_rtt", f"{random.uniform(100, 200):.3f}"),
        ("heartbeat_duration", "10000" if direct else "0"),
        ("resp_content_type", "protobuf"),
        ("did_rule", "3"),
    ]


def as_player(query: Pairs) -> list[tuple[str, str]]:
    """The same as the player has it: no round-trip time yet, and a second version."""
    changed: list[tuple[str, str]] = []
    for name, value in query:
        changed.append((name, "0" if name == "last_rtt" else value))
        if name == "live_id":
            changed.append(("version_code", "270000"))
    return changed


def written(query: Pairs, form: str) -> str:
    """
    A query as it is sent.

    :param form: one of :data:`FORMS`.
    """
    if form == "encoded":
        return urlencode(query)
    return "&".join(f"{quote(name, safe=_RAW)}={quote(value, safe=_RAW)}" for name, value in query)


def browser_headers(device: Device) -> list[tuple[str, str]]:
    """The headers of the handshake (wire facts §6.3)."""
    return [
        ("User-Agent", device.user_agent),
        ("Origin", "https://www.tiktok.com"),
        ("Referer", "https://www.tiktok.com/"),
        ("Accept-Language", device.accept_language),
        ("Cache-Control", "no-cache"),
    ]
