"""The proxies of lanes in the environment, where others on the machine cannot read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from twisted.python.usage import UsageError

from tiktoklive.net.lanes import parse_lane

_BEFORE: Final = "TIKTOKLIVE_LANE_"
_BEHIND: Final = "_PROXY"

#: How the variables are called, for people.
VARIABLE: Final = f"{_BEFORE}NAME{_BEHIND}"


def variable_of(name: str) -> str:
    """The variable that has the address of a lane's proxy."""
    return f"{_BEFORE}{name.upper().replace('-', '_')}{_BEHIND}"


def with_proxies(lanes: Sequence[str], environ: Mapping[str, str]) -> tuple[str, ...]:
    """
    The lanes with the proxies that the environment names.

    :raise UsageError: it names one of a lane that there is not, whose rooms would go another way
        than was meant; or one that is no proxy, which is not shown.
    """
    told = {
        name: value.strip()
        for name, value in environ.items()
        if name.startswith(_BEFORE) and name.endswith(_BEHIND) and value.strip()
    }
    found = []
    for text in lanes:
        lane = parse_lane(text)
        proxy = told.pop(variable_of(lane.name), None)
        if proxy is not None:
            words = [word for word in text.split(",") if not word.strip().startswith("proxy=")]
            text = ",".join([*words, f"proxy={proxy.replace(',', '%2C')}"])
            try:
                parse_lane(text)
            except ValueError as e:
                said = str(e).partition("; ")[0]
                raise UsageError(f"{variable_of(lane.name)} {said}.") from None
        found.append(text)
    if told:
        raise UsageError(
            f"{next(iter(told))} is the proxy of a lane that there is not: give --lane name=NAME, "
            "or leave it out."
        )
    return tuple(found)
