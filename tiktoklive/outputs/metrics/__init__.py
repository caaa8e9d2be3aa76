"""
Kind ``metrics``: figures for Prometheus, at ``/metrics`` of a port.

What events tell is counted as they come (:mod:`~tiktoklive.outputs.metrics.counters`), what
others count is asked for at each visit (:mod:`~tiktoklive.outputs.metrics.collector`).
"""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = ["Metrics", "make"]

if TYPE_CHECKING:
    from tiktoklive.outputs.metrics.argument import make as make
    from tiktoklive.outputs.metrics.output import Metrics as Metrics
else:
    __getattr__, __dir__ = exported(__name__, {"argument": ["make"], "output": ["Metrics"]})
