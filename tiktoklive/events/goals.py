"""What the host asks the viewers for: goals to be reached, and polls."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.base import DerivedEvent, Event, MessageEvent
from tiktoklive.events.numbers import in_ms
from tiktoklive.events.pictures import Image
from tiktoklive.events.user import User
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import giving_pb2, room_pb2
from tiktoklive.wire.text import text


class SubGoal:
    """
    One part of a goal: so many of a gift, or so many subscribers.

    :ivar message: the protobuf message ``LiveStreamSubGoal``.
    """

    __slots__ = ("message",)

    def __init__(self, message: giving_pb2.LiveStreamSubGoal) -> None:
        self.message = message

    @property
    def kind(self) -> int:
        """1 gifts, 2 subscriptions (``SubGoalType``)."""
        return self.message.type

    @property
    def sub_goal_id(self) -> str:
        """Its id, decimal text: of gifts that of the gift."""
        return text(self.message.id_str) or str(self.message.id)

    @property
    def gift_name(self) -> str:
        """Which gift; ``""`` if it is none."""
        return text(self.message.gift.name)

    @property
    def gift_picture(self) -> Image:
        """The picture of the gift."""
        return Image(self.message.gift.icon)

    @property
    def diamond_count(self) -> int:
        """What one such gift is worth; 0 if it is none."""
        return self.message.gift.diamond_count

    @property
    def progress(self) -> int:
        """How many there are."""
        return self.message.progress

    @property
    def target(self) -> int:
        """How many are wanted."""
        return self.message.target

    @property
    def is_reached(self) -> bool:
        """Whether there are as many as are wanted."""
        return 0 < self.target <= self.progress

    def __repr__(self) -> str:
        return f"<SubGoal {self.gift_name or self.kind} {self.progress}/{self.target}>"


class GoalContributor:
    """
    A viewer who gave for a goal.

    :ivar message: the protobuf message ``LiveStreamGoalContributor``.
    """

    __slots__ = ("message",)

    def __init__(self, message: giving_pb2.LiveStreamGoalContributor) -> None:
        self.message = message

    @property
    def user_id(self) -> str:
        """The viewer's user id, decimal text."""
        return text(self.message.user_id_str) or str(self.message.user_id)

    @property
    def unique_id(self) -> str:
        """The viewer's name, without ``@``."""
        return text(self.message.display_id)

    @property
    def picture(self) -> Image:
        """The viewer's picture."""
        return Image(self.message.avatar)

    @property
    def score(self) -> int:
        """How much was given."""
        return self.message.score

    def __repr__(self) -> str:
        return f"<GoalContributor @{self.unique_id} {self.score}>"


class GoalUpdate(MessageEvent):
    """A goal of the host is set, makes progress, is reached, pinned, or gone."""

    __slots__ = ()
    name: ClassVar[str] = "goalUpdate"
    method: ClassVar[str] = "WebcastGoalUpdateMessage"
    message: giving_pb2.WebcastGoalUpdateMessage

    @property
    def goal_id(self) -> str:
        """Which goal, decimal text."""
        return text(self.message.goal.id_str) or str(self.message.goal.id)

    @property
    def kind(self) -> int:
        """1 gifts, 2 subscriptions (``GoalType``)."""
        return self.message.goal.type

    @property
    def status(self) -> int:
        """1 not begun, 2 under way, 3 finished, 4 deleted (``GoalStatus``)."""
        return self.message.goal.status

    @property
    def description(self) -> str:
        """What the host wrote."""
        return text(self.message.goal.description)

    @property
    def sub_goals(self) -> list[SubGoal]:
        """Its parts."""
        return [SubGoal(each) for each in self.message.goal.sub_goals]

    @property
    def is_reached(self) -> bool:
        """Whether all of its parts are; ``False`` if it says none."""
        parts = self.sub_goals
        return bool(parts) and all(part.is_reached for part in parts)

    @property
    def contributors(self) -> list[GoalContributor]:
        """Some of the viewers who gave for it."""
        return [GoalContributor(each) for each in self.message.goal.contributors]

    @property
    def contributor_count(self) -> int:
        """How many gave for it."""
        return self.message.goal.contributors_length

    @property
    def contributor_id(self) -> str:
        """The user id of who gave just now, decimal text; ``"0"`` if it is about no one."""
        return text(self.message.contributor_id_str) or str(self.message.contributor_id)

    @property
    def contributor_unique_id(self) -> str:
        """The name of that user, without ``@``."""
        return text(self.message.contributor_display_id)

    @property
    def contributor_picture(self) -> Image:
        """The picture of that user."""
        return Image(self.message.contributor_avatar)

    @property
    def count(self) -> int:
        """How many were given just now."""
        return self.message.contribute_count

    @property
    def score(self) -> int:
        """What they are worth."""
        return self.message.contribute_score

    @property
    def start_time(self) -> int:
        """When it began, in milliseconds since 1970; 0 when not said."""
        return in_ms(self.message.goal.start_time)

    @property
    def end_time(self) -> int:
        """When it ends, in milliseconds since 1970; 0 when not said."""
        return in_ms(self.message.goal.expire_time)

    @property
    def is_pinned(self) -> bool:
        """Whether it is being pinned."""
        return self.message.pin

    def _about(self) -> str:
        return f"{self.description!r} {self.sub_goals}"


class PollOption:
    """
    What can be voted for.

    :ivar message: the protobuf message ``PollOptionInfo``.
    """

    __slots__ = ("message",)

    def __init__(self, message: room_pb2.PollOptionInfo) -> None:
        self.message = message

    @property
    def index(self) -> int:
        """Its number in the poll; 0 in all recordings, so go by the order."""
        return self.message.option_idx

    @property
    def text(self) -> str:
        """What it is."""
        return text(self.message.display_content)

    @property
    def votes(self) -> int:
        """How many voted for it."""
        return self.message.votes

    @property
    def voter_ids(self) -> list[str]:
        """The user ids of some of them, decimal text."""
        return [str(each.user_id) for each in self.message.vote_user_list]

    def __repr__(self) -> str:
        return f"<PollOption {self.text!r} {self.votes}>"


class PollMessage(MessageEvent):
    """A poll begins, gets votes, or ends."""

    __slots__ = ()
    name: ClassVar[str] = "pollMessage"
    method: ClassVar[str] = "WebcastPollMessage"
    derives: ClassVar[tuple[str, ...]] = ("pollStarted", "pollEnded")
    message: room_pb2.WebcastPollMessage

    @property
    def poll_id(self) -> str:
        """Which poll, decimal text."""
        return str(self.message.poll_id)

    @property
    def kind(self) -> int:
        """0 plain, 1, 3 and 4 by gifts, 2 with answers of the host's own, 5 by emotes."""
        return self.message.poll_kind

    @property
    def title(self) -> str:
        """The question; often only said when it begins."""
        message = self.message
        return text(message.start_content.title) or text(message.poll_basic_info.title)

    @property
    def options(self) -> list[PollOption]:
        """What can be voted for, with the votes so far."""
        message = self.message
        found = (
            message.end_content.option_list
            or message.update_content.option_list
            or message.start_content.option_list
        )
        return [PollOption(each) for each in found]

    @property
    def is_start(self) -> bool:
        """Whether it begins."""
        return self.message.HasField("start_content")

    @property
    def is_end(self) -> bool:
        """Whether it is over."""
        return self.message.HasField("end_content")

    @property
    def end_type(self) -> int:
        """Why it is over: 0 its time, 1 the host, 3 a moderator, 2 another reason."""
        return self.message.end_content.end_type

    @property
    def operator(self) -> User | None:
        """The user who began or ended it, where that is said."""
        for content in (self.message.start_content, self.message.end_content):
            if content.HasField("operator"):
                return User(content.operator)
        return None

    @property
    def start_time(self) -> int:
        """When it begins, in milliseconds since 1970; only said when it does, 0 otherwise."""
        return in_ms(self.message.start_content.start_time)

    @property
    def end_time(self) -> int:
        """When it is to end, likewise."""
        return in_ms(self.message.start_content.end_time)

    @property
    def text(self) -> str:
        """The question, when it begins; while it gets votes there is no line."""
        return super().text or (self.title if self.is_start else "")

    def derived(self) -> tuple[Event, ...]:
        """Its beginning, or its end."""
        if not (self.is_start or self.is_end):
            return ()
        kind = PollEnded if self.is_end else PollStarted
        return (self._derive(kind),)

    def _about(self) -> str:
        return f"{self.title!r} {self.options}"


class PollStarted(DerivedEvent, PollMessage):
    """A poll begins; comes directly after its ``pollMessage``."""

    __slots__ = ()
    name: ClassVar[str] = "pollStarted"


class PollEnded(DerivedEvent, PollMessage):
    """A poll is over, with the last count; comes directly after its ``pollMessage``."""

    __slots__ = ()
    name: ClassVar[str] = "pollEnded"


class IGoalObserver(IObserver):
    """For observers of goals."""

    def goal_update(event: GoalUpdate) -> object:
        """A goal is set, makes progress, is reached, or gone."""


class IPollObserver(IObserver):
    """For observers of polls."""

    def poll_message(event: PollMessage) -> object:
        """A poll begins, gets votes, or ends."""

    def poll_started(event: PollStarted) -> object:
        """It begins."""

    def poll_ended(event: PollEnded) -> object:
        """It is over."""
