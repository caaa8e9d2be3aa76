"""
Whether a user is live, and in which room.

:class:`ApiLiveResolver` and :class:`PageResolver` ask TikTok, :class:`FirstOfResolver` asks
several in turn, :class:`PacedResolver` one user after the other, :class:`InformedResolver`
adds what TikTok tells of the room that was found, and :class:`FixedResolver` knows the room
already.  :class:`ProfileNames` knows what a user is called now, and :class:`PacedNames` asks it
in the pace of the look-ups.
"""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = [
    "ApiLiveResolver",
    "FirstOfResolver",
    "FixedResolver",
    "InformedResolver",
    "PacedNames",
    "PacedResolver",
    "CompressedJson",
    "PageResolver",
    "ProfileNames",
    "fetch_room_info",
]

if TYPE_CHECKING:
    from tiktoklive.rooms.api_live import ApiLiveResolver as ApiLiveResolver
    from tiktoklive.rooms.details import CompressedJson as CompressedJson
    from tiktoklive.rooms.details import InformedResolver as InformedResolver
    from tiktoklive.rooms.details import fetch_room_info as fetch_room_info
    from tiktoklive.rooms.fixed import FixedResolver as FixedResolver
    from tiktoklive.rooms.in_turn import FirstOfResolver as FirstOfResolver
    from tiktoklive.rooms.names import PacedNames as PacedNames
    from tiktoklive.rooms.names import ProfileNames as ProfileNames
    from tiktoklive.rooms.paced import PacedResolver as PacedResolver
    from tiktoklive.rooms.page import PageResolver as PageResolver
else:
    __getattr__, __dir__ = exported(
        __name__,
        {
            "api_live": ["ApiLiveResolver"],
            "details": ["CompressedJson", "InformedResolver", "fetch_room_info"],
            "fixed": ["FixedResolver"],
            "in_turn": ["FirstOfResolver"],
            "names": ["PacedNames", "ProfileNames"],
            "paced": ["PacedResolver"],
            "page": ["PageResolver"],
        },
    )
