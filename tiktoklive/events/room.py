"""What happens to the room: paused, resumed, ended; notices, deleted messages."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.base import ClassicEvent, Event, MessageEvent
from tiktoklive.events.control import StreamEnd
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
    derives: ClassVar[tuple[str, ...]] = ("streamEnd",)
    message: WebcastControlMessage

    @property
    def action(self) -> int:
        """1 paused, 2 resumed, 3 ended by the host, 4 ended by moderation."""
        return self.message.action

    @property
    def tips(self) -> str:
        """A notice to the viewers; often empty."""
        return text(self.message.tips)

    def derived(self) -> tuple[Event, ...]:
        """The end of the broadcast, for actions 3 and 4, unless it is from before we came."""
        ends = self.action in (ENDED_BY_HOST, ENDED_BY_MODERATION) and not self.is_history
        return (StreamEnd(self.action, self.origin),) if ends else ()

    def _about(self) -> str:
        words = {1: "paused", 2: "resumed", 3: "ended by host", 4: "ended by moderation"}
        return words.get(self.action, str(self.action))


class IRoomObserver(IObserver):
    """For observers of the room."""

    def control_message(event: Control) -> object:
        """Paused, resumed or ended; an end is also told as ``stream_end``."""

    def room_message(event: MessageEvent) -> object:
        """A notice to everybody in the room, such as the rules."""

    def im_delete(event: MessageEvent) -> object:
        """Comments were removed: ``message.delete_msg_ids``, ``message.delete_user_ids``."""
