"""
Kind ``metrics``: figures for Prometheus, at ``/metrics`` of a port.

What events tell is counted as they come (:mod:`~tiktoklive.outputs.metrics.counters`), what
others count is asked for at each visit (:mod:`~tiktoklive.outputs.metrics.collector`).
"""
