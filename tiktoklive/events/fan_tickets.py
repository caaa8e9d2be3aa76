"""Fan tickets: how much hosts and guests on the stage were given."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.base import MessageEvent
from tiktoklive.events.numbers import in_ms
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import linkmic_pb2
from tiktoklive.wire.text import text


class FanTicket:
    """
    What one host or guest was given.

    :ivar message: the protobuf message ``UserFanTicket``.
    """

    __slots__ = ("message",)

    def __init__(self, message: linkmic_pb2.UserFanTicket) -> None:
        self.message = message

    @property
    def user_id(self) -> str:
        """The user id of the host or guest, decimal text."""
        return str(self.message.user_id)

    @property
    def count(self) -> int:
        """How many fan tickets."""
        return self.message.fan_ticket

    @property
    def score(self) -> int:
        """Points in a match; 0 when there is none."""
        return self.message.match_total_score

    @property
    def rank(self) -> int:
        """The place in it; 0 likewise."""
        return self.message.match_rank

    def __repr__(self) -> str:
        return f"<FanTicket {self.user_id} {self.count}>"


class LinkMicFanTicketMethod(MessageEvent):
    """How much those who are on the stage were given, in fan tickets."""

    __slots__ = ()
    name: ClassVar[str] = "linkMicFanTicketMethod"
    method: ClassVar[str] = "WebcastLinkMicFanTicketMethod"
    message: linkmic_pb2.WebcastLinkMicFanTicketMethod

    @property
    def tickets(self) -> list[FanTicket]:
        """How many each of them has."""
        return [FanTicket(each) for each in self._notice().user_fan_ticket_list]

    @property
    def total(self) -> int:
        """How many all have together."""
        return self._notice().total_link_mic_fan_ticket

    @property
    def match_id(self) -> str:
        """Which match, decimal text; ``"0"`` when there is none."""
        return str(self._notice().match_id)

    @property
    def play_id(self) -> str:
        """Which game, decimal text; ``"0"`` when there is none."""
        return str(self._notice().play_id)

    @property
    def play_scene(self) -> int:
        """What kind of game (enum ``PlayScene``); 0 when there is none."""
        return self._notice().play_scene

    @property
    def event_time(self) -> int:
        """When it was so, in milliseconds since 1970; 0 when not said."""
        return in_ms(self._notice().event_time)

    @property
    def icon_url(self) -> str:
        """The address of the picture of a fan ticket."""
        return text(self._notice().fan_ticket_icon_url)

    def _notice(self) -> linkmic_pb2.FanTicketRoomNoticeContent:
        return self.message.fan_ticket_room_notice

    def _about(self) -> str:
        return str(self.total)


class IFanTicketObserver(IObserver):
    """For observers of what hosts and guests are given."""

    def link_mic_fan_ticket_method(event: LinkMicFanTicketMethod) -> object:
        """They have so many fan tickets."""
