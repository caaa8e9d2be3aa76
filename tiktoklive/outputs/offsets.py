"""How far into the broadcast an event is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tiktoklive.bounded import BoundedMap
from tiktoklive.events import Connected, Event

#: Rooms whose beginning is remembered; the one that was connected to longest ago is forgotten.
ROOMS = 10_000


class Offsets:
    """
    Tells the seconds since the stream started, for the events of many rooms.

    Where TikTok's details of the room say when the broadcast began, it is counted from then,
    in TikTok's time.  Otherwise it is counted from when we first connected to the room, in
    ours: into the recording, so to speak.  Before that nothing is known.
    """

    def __init__(self) -> None:
        #: Room to when it began, in milliseconds since 1970, and whether TikTok said so.
        self._began: BoundedMap[str, tuple[int, bool]] = BoundedMap(ROOMS)

    def of(self, event: Event, ts: int = 0) -> float | None:
        """
        Seconds since the stream started; negative for what happened before, such as history.

        :param ts: when TikTok made the event, in milliseconds since 1970, if that was looked up.
        """
        room = event.room_id
        if isinstance(event, Connected):
            self._learn(room, event)
        began = self._began.get(room)
        if began is None:
            return None
        since, by_tiktok = began
        if not by_tiktok:
            at = event.received_at
        else:
            at = ts or getattr(event, "create_time", 0) or event.received_at
        return (at - since) / 1000

    def began(self, room: str) -> int | None:
        """When TikTok says that the room's broadcast began, in milliseconds since 1970."""
        since, by_tiktok = self._began.get(room, (0, False))
        return since if by_tiktok else None

    def _learn(self, room: str, event: Connected) -> None:
        began = began_at(event.state.room_info)
        if began:
            self._began.put(room, (began, True))
        else:
            self._began.put(room, self._began.get(room, (event.received_at, False)))


def began_at(info: Mapping[str, Any] | None) -> int:
    """``create_time`` of a room's details (wire facts §8.3), in milliseconds; 0 if not said."""
    said = (info or {}).get("create_time")
    return said * 1000 if isinstance(said, int) and said > 0 else 0
