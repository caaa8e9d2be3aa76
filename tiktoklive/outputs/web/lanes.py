"""``GET /api/lanes``: how the lanes are doing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twisted.internet.interfaces import IReactorTime
from twisted.web.server import Request

from tiktoklive.model import LaneState, SourcesState
from tiktoklive.outputs.web.answers import as_json


class LanesAnswer:
    """
    Answers about lanes.

    :param sources: :meth:`tiktoklive.wiring.Wiring.sources_status`.
    :param clock: of its times.
    """

    def __init__(self, sources: Callable[[], SourcesState], clock: IReactorTime) -> None:
        self._sources = sources
        self._clock = clock

    def all(self, request: Request) -> bytes:
        """``GET /api/lanes``."""
        now = self._clock.seconds()
        return as_json(request, {"lanes": [_lane(lane, now) for lane in self._sources().lanes]})


def _lane(lane: LaneState, now: float) -> dict[str, Any]:
    return {
        "name": lane.name,
        "proxy": lane.proxy,
        "state": lane.state,
        "why": lane.why,
        "rests_for": None if lane.until is None else round(max(lane.until - now, 0.0), 1),
        "rests": lane.rests,
        "users": lane.users,
        "streams": lane.streams,
        "came": lane.came,
        "has_session": lane.has_session,
        "lookups_waiting": lane.lookups.queued,
        "sources": {source.name: source.state for source in lane.sources},
    }
