"""
Plain values that travel between the parts: rooms, tickets, state.

All are frozen; ids are text, because they exceed 2\\ :sup:`53`.
"""

from tiktoklive.model.pages import PageState
from tiktoklive.model.rooms import Resume, Room, SignedUrl, Status, Ticket
from tiktoklive.model.sources import (
    BudgetState,
    LaneState,
    LookupState,
    OwnLookups,
    SourcesState,
    SourceState,
)
from tiktoklive.model.status import (
    Bound,
    Counts,
    MessageCounts,
    NodeCounts,
    QueueCounts,
    State,
    StreamCounts,
)
from tiktoklive.model.streams import StreamsState, Unseen
from tiktoklive.model.video import VideoAddress, video_of
from tiktoklive.wire.unique_id import parse_unique_id

__all__ = [
    "BudgetState",
    "Counts",
    "LaneState",
    "LookupState",
    "MessageCounts",
    "NodeCounts",
    "PageState",
    "QueueCounts",
    "Bound",
    "Resume",
    "Room",
    "SignedUrl",
    "SourceState",
    "OwnLookups",
    "SourcesState",
    "State",
    "Status",
    "StreamCounts",
    "StreamsState",
    "Ticket",
    "Unseen",
    "VideoAddress",
    "parse_unique_id",
    "video_of",
]
