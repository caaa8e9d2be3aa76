"""What stands behind ``metrics:`` on a command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tiktoklive.interfaces import PartWiring
from tiktoklive.outputs.arguments import read_options, split_file, yes
from tiktoklive.outputs.web.listening import parse_place

if TYPE_CHECKING:
    from tiktoklive.outputs.metrics.output import Metrics

#: Where Prometheus expects what has no port of its own.
USUAL = "tcp:9100"


def make(wiring: PartWiring, argument: str) -> Metrics:
    """
    Make the output.

    :param argument: where to listen, ``tcp:9100`` if left out, and options.
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
    return Metrics(
        parse_place(where or USUAL).endpoint(wiring.reactor),
        wiring.reactor,
        sources=wiring.sources_status,
        rooms=options.get("rooms", False),
    )
