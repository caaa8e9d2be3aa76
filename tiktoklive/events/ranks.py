"""Ranks: of the host among others, and of viewers in the room."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.base import MessageEvent
from tiktoklive.events.displaytext import filled
from tiktoklive.events.user import User
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import ranking_pb2 as wire
from tiktoklive.wire.observed_pb2 import WebcastWeeklyRankRewardMessage
from tiktoklive.wire.text import text


class RankText(MessageEvent):
    """A viewer became one of the top viewers."""

    __slots__ = ()
    name: ClassVar[str] = "rankText"
    method: ClassVar[str] = "WebcastRankTextMessage"
    message: wire.WebcastRankTextMessage

    @property
    def user(self) -> User | None:
        """The viewer, of the header's line; ``None`` when that has none."""
        for piece in self.message.common.display_text.pieces:
            if piece.user_value.HasField("user"):
                return User(piece.user_value.user)
        return None

    @property
    def text(self) -> str:
        """The line."""
        return super().text or filled(self.message.other_get_badge_msg)

    @property
    def rank_before(self) -> int:
        """The place that the viewer had; 0 when not said."""
        return self.message.owner_idx_before_update

    @property
    def rank(self) -> int:
        """The place that the viewer has now; 0 when not said."""
        return self.message.owner_idx_after_update

    @property
    def scene(self) -> int:
        """1 the top viewers."""
        return self.message.scene

    def _about(self) -> str:
        return repr(self.text)


class Rank:
    """
    One list that the host is in.

    :ivar message: the protobuf message ``RankUpdate``.
    """

    __slots__ = ("message",)

    def __init__(self, message: wire.RankUpdate) -> None:
        self.message = message

    @property
    def kind(self) -> int:
        """Which list (``ProfitRankType``): 0 of the hour, 1 of the week, 8 of the day and more."""
        return self.message.rank_type

    @property
    def title(self) -> str:
        """What is shown of it: ``Daily Ranking``."""
        return filled(self.message.default_content)

    @property
    def place(self) -> int:
        """The host's place; 0 when not said."""
        return self.message.owner_rank

    @property
    def is_on_rank(self) -> bool:
        """Whether the host is in it, where that is said."""
        return self.message.owner_on_rank

    @property
    def remaining(self) -> int:
        """Until it is counted, in milliseconds; 0 when not said."""
        return self.message.countdown * 1000

    def __repr__(self) -> str:
        return f"<Rank {self.title!r} {self.place}>"


class RankUpdate(MessageEvent):
    """The host's place in one or more lists changed, or how they are shown."""

    __slots__ = ()
    name: ClassVar[str] = "rankUpdate"
    method: ClassVar[str] = "WebcastRankUpdateMessage"
    message: wire.WebcastRankUpdateMessage

    @property
    def ranks(self) -> list[Rank]:
        """The lists."""
        return [Rank(each) for each in self.message.updates_list]

    @property
    def operation(self) -> int:
        """0 nothing special, 1 a list is added, 2 one is taken away (``OpType``)."""
        return self.message.op_type

    def _about(self) -> str:
        return repr(self.ranks)


class HourlyRank(MessageEvent):
    """The host's rank is shown, in an old shape of which little is known."""

    __slots__ = ()
    name: ClassVar[str] = "hourlyRank"
    method: ClassVar[str] = "WebcastHourlyRankMessage"
    message: wire.WebcastHourlyRankMessage

    @property
    def title(self) -> str:
        """What is shown: ``Weekly Ranking``, or a place in it."""
        data = self.message.data
        texts = data.rankingdata.rankdata, data.rankingdata2.rankdata, data.rankings
        return next(filter(None, map(filled, texts)), "")

    def _about(self) -> str:
        return repr(self.title)


class RankReward:
    """
    A host who won a rank.

    :ivar message: the protobuf message ``HourlyRankRewardInfo``.
    """

    __slots__ = ("message",)

    def __init__(self, message: wire.HourlyRankRewardInfo) -> None:
        self.message = message

    @property
    def user_id(self) -> str:
        """The host's user id, decimal text."""
        return str(self.message.user_id)

    @property
    def text(self) -> str:
        """The line that is shown."""
        return filled(self.message.notify_message.common.display_text)

    def __repr__(self) -> str:
        return f"<RankReward {self.user_id} {self.text!r}>"


class HourlyRankReward(MessageEvent):
    """Hosts won a rank."""

    __slots__ = ()
    name: ClassVar[str] = "hourlyRankReward"
    method: ClassVar[str] = "WebcastHourlyRankRewardMessage"
    message: wire.WebcastHourlyRankRewardMessage

    @property
    def winners(self) -> list[RankReward]:
        """Those who won."""
        return [RankReward(each) for each in self.message.winners]

    @property
    def text(self) -> str:
        """The line."""
        return super().text or next((won.text for won in self.winners if won.text), "")

    def _about(self) -> str:
        return repr(self.winners)


class WeeklyRankReward(MessageEvent):
    """A host won a place in the week's list."""

    __slots__ = ()
    name: ClassVar[str] = "weeklyRankReward"
    method: ClassVar[str] = "WebcastWeeklyRankRewardMessage"
    message: WebcastWeeklyRankRewardMessage

    @property
    def user_id(self) -> str:
        """The host's user id, decimal text."""
        return str(self.message.user_id)

    @property
    def kind(self) -> str:
        """Which list: ``weekly_rank``."""
        return text(self.message.reward.type)

    @property
    def notice_type(self) -> int:
        """A number that nobody described; 3 in all recordings."""
        return self.message.notice.rank

    @property
    def text(self) -> str:
        """The line."""
        return super().text or filled(self.message.notice.common.display_text)

    def _about(self) -> str:
        return repr(self.text)


class IRankObserver(IObserver):
    """For observers of ranks."""

    def rank_text(event: RankText) -> object:
        """A new top viewer."""

    def rank_update(event: RankUpdate) -> object:
        """The host's place."""

    def hourly_rank(event: HourlyRank) -> object:
        """The host's place, in an old shape."""

    def hourly_rank_reward(event: HourlyRankReward) -> object:
        """Hosts won a rank."""

    def weekly_rank_reward(event: WeeklyRankReward) -> object:
        """A host won a place in the week's list."""
