"""What stands behind ``metrics:`` on a command line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from twisted.internet.endpoints import serverFromString

from tiktoklive.outputs.arguments import read_options, split_file, yes

if TYPE_CHECKING:
    from tiktoklive.outputs.metrics.output import Metrics

#: Where Prometheus expects what has no port of its own.
USUAL = "tcp:9100"

#: Kinds of endpoints that have an interface, and that on which nobody else reaches them.
_LOOPBACK = {"tcp": "127.0.0.1", "tcp6": r"\:\:1", "ssl": "127.0.0.1", "tls": "127.0.0.1"}


def on_loopback(text: str) -> str:
    """The description of an endpoint, on loopback unless it names an interface."""
    kind, *parts = re.split(r"(?<!\\):", text)
    named = any(part.startswith("interface=") for part in parts)
    if named or kind not in _LOOPBACK:
        return text
    return f"{text}:interface={_LOOPBACK[kind]}"


def make(wiring: Any, argument: str) -> Metrics:
    """
    Make the output.

    :param argument: an endpoint of Twisted's, ``tcp:9100`` if left out, and options.
    :raise ValueError: it is none, an option is no good, or prometheus-client is not installed.
    """
    try:
        from tiktoklive.outputs.metrics.output import Metrics
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "prometheus_client":
            raise
        raise ValueError(
            "this needs the package prometheus-client: pip install 'txtiktoklive[metrics]'."
        ) from error
    where, rest = split_file(argument)
    options = read_options(rest, {"rooms": yes})
    description = on_loopback(where or USUAL)
    parse: Any = serverFromString  # which has no types
    try:
        endpoint = parse(wiring.reactor, description)
    except (ValueError, TypeError, LookupError, OSError) as error:
        raise ValueError(
            f"{where} is no endpoint of Twisted's, such as tcp:9100 ({error})."
        ) from error
    return Metrics(
        endpoint,
        wiring.reactor,
        sources=getattr(wiring, "sources", ()),
        rooms=options.get("rooms", False),
    )
