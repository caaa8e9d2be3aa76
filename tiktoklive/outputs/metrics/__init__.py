"""
Kind ``metrics``: figures for Prometheus, at ``/metrics`` of a port.

What events tell is counted as they come (:mod:`~tiktoklive.outputs.metrics.observed`), what
others count is asked for at each visit (:mod:`~tiktoklive.outputs.metrics.asked`).
"""
