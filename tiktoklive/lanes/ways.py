"""What lanes are made of, and what they come to: the options of one, the state of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tiktoklive.model import LaneState, LookupState, SourcesState, SourceState
from tiktoklive.net.cookies import split_cookies
from tiktoklive.net.lanes import LaneAddress, read_lanes
from tiktoklive.options import Options


def lanes_of(options: Options) -> list[LaneAddress]:
    """
    The lanes of the options.

    :raise ValueError: one of them is no good, or there is a proxy beside them; no address is shown.
    """
    if options.request_options.proxy or options.websocket_options.proxy:
        raise ValueError("lanes and a proxy beside them: make the proxy a lane, or leave out one.")
    try:
        return read_lanes(options.lanes)
    except ValueError as error:
        raise ValueError(f"lanes {error}.") from None


def lane_options(options: Options, lane: LaneAddress) -> Options:
    """
    The options of a lane: all that goes by it has its proxy, or none.

    What is of one guest or one account, and would be seen to come from several places at a time,
    is of the lane that has the session alone.
    """
    options = replace(
        options,
        lanes=(),
        request_options=replace(options.request_options, proxy=lane.address),
        websocket_options=replace(options.websocket_options, proxy=lane.address),
    )
    if lane.session:
        return options
    return replace(
        options,
        ttwid=None,
        session_id=None,
        tt_target_idc="",
        request_headers=_without_cookies(options.request_headers),
        websocket_headers=_without_cookies(options.websocket_headers),
    )


def _without_cookies(headers: Mapping[str, str]) -> Mapping[str, str]:
    return split_cookies(headers)[0]


#: The states of a source, the best first.
_STATES = ("closed", "half-open", "open")


def together(lanes: Sequence[LaneState]) -> SourcesState:
    """What all lanes come to: each source as it is in the lane where it is best."""
    sources = []
    for place in zip(*(lane.sources for lane in lanes), strict=True):
        best: SourceState = min(place, key=lambda each: _STATES.index(each.state))
        budgets = {id(each): each for source in place for each in source.budgets}
        rests = sum(source.rests for source in place)
        sources.append(replace(best, rests=rests, budgets=tuple(budgets.values())))
    each = [lane.lookups for lane in lanes]
    soonest = min(each, key=lambda lookups: lookups.closed_for)
    return SourcesState(
        tuple(sources),
        LookupState(
            sum(lookups.queued for lookups in each),
            min(lookups.distance for lookups in each),
            soonest.closed_until,
            soonest.tried_at,
            soonest.closed_for,
            min(lookups.failing_for for lookups in each),
        ),
        tuple(lanes),
    )
