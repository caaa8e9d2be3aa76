"""
Whether a user is live, and in which room.

:class:`ApiLiveResolver` and :class:`PageResolver` ask TikTok, :class:`FirstOfResolver` asks
several in turn, :class:`PacedResolver` one user after the other, :class:`InformedResolver`
adds what TikTok tells of the room that was found, and :class:`FixedResolver` knows the room
already.  :class:`ProfileNames` knows what a user is called now, and :class:`PacedNames` asks it
in the pace of the look-ups.
"""

from tiktoklive.rooms.api_live import ApiLiveResolver, room_of
from tiktoklive.rooms.details import InformedResolver, fetch_room_info
from tiktoklive.rooms.fixed import FixedResolver
from tiktoklive.rooms.in_turn import FirstOfResolver
from tiktoklive.rooms.names import PacedNames, ProfileNames, name_in
from tiktoklive.rooms.paced import PacedResolver
from tiktoklive.rooms.page import PageResolver, room_in

__all__ = [
    "ApiLiveResolver",
    "FirstOfResolver",
    "FixedResolver",
    "InformedResolver",
    "PacedNames",
    "PacedResolver",
    "PageResolver",
    "ProfileNames",
    "fetch_room_info",
    "name_in",
    "room_in",
    "room_of",
]
