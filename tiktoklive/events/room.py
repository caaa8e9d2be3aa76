"""What happens to the room: paused, resumed, ended; notices, deleted messages."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.base import ClassicEvent, DerivedEvent, Event
from tiktoklive.events.control import StreamEnd
from tiktoklive.events.moderation import ImDelete
from tiktoklive.events.notices import RoomMessage
from tiktoklive.interfaces import IObserver
from tiktoklive.wire.room_pb2 import WebcastControlMessage
from tiktoklive.wire.text import text

#: Values of :attr:`Control.action` (wire facts, appendix A).
PAUSED, RESUMED, ENDED_BY_HOST, ENDED_BY_MODERATION = 1, 2, 3, 4


class Control(ClassicEvent):
    """The host or TikTok paused, resumed or ended the broadcast."""

    __slots__ = ()
    name: ClassVar[str] = "controlMessage"
    method: ClassVar[str] = "WebcastControlMessage"
    derives: ClassVar[tuple[str, ...]] = ("paused", "resumed", "streamEnd")
    message: WebcastControlMessage

    @property
    def action(self) -> int:
        """1 paused, 2 resumed, 3 ended by the host, 4 ended by moderation."""
        return self.message.action

    @property
    def tips(self) -> str:
        """A notice to the viewers; often empty."""
        return text(self.message.tips)

    @property
    def applies(self) -> bool:
        """
        Whether it is about the broadcast that is followed: not from before we came, nor of another
        room.
        """
        other = self.origin.room_id and self.message.common.room_id
        return not (self.is_history or (other and str(other) != self.origin.room_id))

    def derived(self) -> tuple[Event, ...]:
        """The pause, its end, or that of the broadcast, if it applies to the one followed."""
        action = self.action
        if not self.applies:
            return ()
        if action in (ENDED_BY_HOST, ENDED_BY_MODERATION):
            return (StreamEnd(action, self.origin),)
        kind = {PAUSED: Paused, RESUMED: Resumed}.get(action)
        if kind is None:
            return ()
        return (self._derive(kind),)

    def _about(self) -> str:
        words = {1: "paused", 2: "resumed", 3: "ended by host", 4: "ended by moderation"}
        return words.get(self.action, str(self.action))


class Paused(DerivedEvent, Control):
    """The host pauses the broadcast; comes directly after its ``controlMessage``."""

    __slots__ = ()
    name: ClassVar[str] = "paused"


class Resumed(DerivedEvent, Control):
    """The broadcast goes on after a pause; comes directly after its ``controlMessage``."""

    __slots__ = ()
    name: ClassVar[str] = "resumed"


class IPauseObserver(IObserver):
    """For observers that want to know of pauses, and of no other notice in the room."""

    def paused(event: Paused) -> object:
        """The host pauses."""

    def resumed(event: Resumed) -> object:
        """The broadcast goes on."""


class IRoomObserver(IObserver):
    """For observers of the room."""

    def control_message(event: Control) -> object:
        """Paused, resumed or ended; each is also told as an event of its own."""

    def room_message(event: RoomMessage) -> object:
        """A notice to everybody in the room, such as the rules."""

    def im_delete(event: ImDelete) -> object:
        """Comments were deleted."""
