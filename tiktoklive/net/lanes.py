"""Lanes as they are written: ``name=NAME,proxy=ADDRESS``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from string import ascii_letters, digits
from typing import Final

from tiktoklive.net.rules import proxy_address

__all__ = ["DIRECT", "LaneAddress", "lane_list", "parse_lane", "read_lanes"]

#: The name of the lane that needs no proxy: the machine's own way.
DIRECT: Final = "direct"

_FORM: Final = "must look like name=NAME,proxy=ADDRESS"
_LETTERS: Final = frozenset(f"{ascii_letters}{digits}-")
_LONGEST: Final = 30


@dataclass(frozen=True, slots=True)
class LaneAddress:
    """
    One lane, as it was written.

    :ivar name: letters, digits and ``-``, 30 at most.
    :ivar proxy: the address of its proxy; ``"none"`` for the machine's own way, ``""`` if nothing
        was said of it.
    :ivar session: whether it is said to be the one that has the session.
    """

    name: str
    proxy: str = field(default="", repr=False)
    session: bool = False

    @property
    def address(self) -> str | None:
        """The address of its proxy, ``None`` for the machine's own way."""
        return None if self.proxy in ("", "none") else self.proxy


def parse_lane(text: str) -> LaneAddress:
    """
    Read one lane: words with commas between, ``session`` or ``KEY=VALUE``.

    :raise ValueError: it is none; goes on after the setting's name, and does not show it.
    """
    found: dict[str, str] = {}
    for word in text.split(","):
        key, _, value = word.strip().partition("=")
        if key in found:
            raise ValueError(f"{_FORM}, each of them once; a comma in a proxy is written as %2C")
        found[key] = value.strip()
    name, proxy, session = (found.pop(key, "") for key in ("name", "proxy", "session"))
    if found:
        raise ValueError(f"{_FORM}, and perhaps session=yes; a comma in a proxy is written as %2C")
    if not name or len(name) > _LONGEST or not _LETTERS.issuperset(name):
        raise ValueError(f"{_FORM}; a name is letters, digits and -, {_LONGEST} at most")
    if session not in ("", "yes"):
        raise ValueError("must say session=yes of the lane that has the session, if anything")
    if proxy not in ("", "none"):
        proxy_address(proxy)
    return LaneAddress(name, proxy, bool(session))


def lane_list(texts: tuple[str, ...]) -> tuple[str, ...]:
    """
    Some lanes, each of its own name.

    :raise ValueError: they are none; goes on after the setting's name, and shows no address.
    """
    lanes = [parse_lane(text) for text in texts]
    if len({lane.name.lower() for lane in lanes}) < len(lanes):
        raise ValueError("must have another name for each lane")
    if sum(lane.session for lane in lanes) > 1:
        raise ValueError("must say session=yes of one lane: a session goes one way")
    return texts


def read_lanes(texts: Sequence[str]) -> list[LaneAddress]:
    """
    The lanes of the options: one of them has the session, the first if that is not said.

    :raise ValueError: as :func:`lane_list`; or nothing is said of the proxy of a lane, which would
        go straight out then.
    """
    lanes = [parse_lane(text) for text in lane_list(tuple(texts))]
    for lane in lanes:
        if not lane.proxy and lane.name.lower() != DIRECT:
            raise ValueError(
                f"must name a proxy for the lane {lane.name}, or say proxy=none: then its rooms go "
                "straight out"
            )
    chosen = next((number for number, lane in enumerate(lanes) if lane.session), 0)
    return [
        LaneAddress(lane.name, lane.proxy, number == chosen) for number, lane in enumerate(lanes)
    ]
