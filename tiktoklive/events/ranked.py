"""The audience as a story: who is in the ranks of ``roomUser``, and who came into them or left."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from tiktoklive.events.audience import RoomUser
from tiktoklive.events.base import Event
from tiktoklive.interfaces import IObserver


class RankedViewer(NamedTuple):
    """
    One viewer of the ranks.

    :ivar user_id: decimal text.
    :ivar unique_id: the username; ``""`` while no message said it.
    :ivar nickname: likewise.
    :ivar coins: given in this broadcast; 0 for those who only watch.
    :ivar rank: 1 is the first.
    """

    user_id: str
    unique_id: str = ""
    nickname: str = ""
    coins: int = 0
    rank: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The names of *tiktok-live-connector* 1.x, where it has them."""
        return {
            "userId": self.user_id,
            "uniqueId": self.unique_id,
            "nickname": self.nickname,
            "coinCount": self.coins,
            "rank": self.rank,
        }


class Audience(Event):
    """
    The ranks of ``roomUser`` changed; comes directly after it.

    TikTok tells the names of the first five only: those of the others are from earlier messages,
    as far as there were any.  Who left the ranks may still watch.

    :ivar room_user: the message.
    :ivar viewers: who is in the ranks now, best first.
    :ivar came: those of them who were not in the ranks before; at first all of them.
    :ivar went: who is not in the ranks any more, as they were.
    """

    __slots__ = ("came", "room_user", "viewers", "went")
    name: ClassVar[str] = "audience"

    def __init__(
        self,
        room_user: RoomUser,
        viewers: tuple[RankedViewer, ...],
        came: tuple[RankedViewer, ...] = (),
        went: tuple[RankedViewer, ...] = (),
    ) -> None:
        super().__init__(room_user.origin)
        self.room_user = room_user
        self.viewers = viewers
        self.came = came
        self.went = went

    @property
    def id(self) -> str:
        """``ROOM:MSG_ID:audience``, apart from its ``roomUser``."""
        return f"{self.room_user.id}:{self.name}"

    @property
    def viewer_count(self) -> int:
        """Viewers now, those without a rank included."""
        return self.room_user.viewer_count

    @property
    def coins(self) -> int:
        """What those in the ranks gave together."""
        return sum(each.coins for each in self.viewers)

    @property
    def create_time(self) -> int:
        """When TikTok made the message, in milliseconds since 1970; 0 when it doesn't say."""
        return self.room_user.create_time

    @property
    def is_history(self) -> bool:
        """Whether TikTok replayed the message."""
        return self.room_user.is_history

    def as_dict(self) -> dict[str, Any]:
        """``{"viewerCount", "viewers": [...], "came": [...], "went": [...]}``, see the viewer."""
        return {
            "viewerCount": self.viewer_count,
            "viewers": [each.as_dict() for each in self.viewers],
            "came": [each.as_dict() for each in self.came],
            "went": [each.as_dict() for each in self.went],
        }

    def _about(self) -> str:
        return f"{len(self.viewers)} ranked, {len(self.came)} came, {len(self.went)} went"


class IRankedAudienceObserver(IObserver):
    """For observers of who is in the ranks; observers of everything are not told of these."""

    def audience(event: Audience) -> object:
        """The ranks changed."""
