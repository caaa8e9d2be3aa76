"""
A program with the types of events, as users of the library write them.

It is for mypy, which reads it with the package (``tox -e types``), and is never run.  That an
ignore is needed says that mypy refuses what is wrong.
"""

from typing import assert_type

from zope.interface import implementer

from tiktoklive import Event, Gift, MessageEvent, User, WebcastPushConnection
from tiktoklive.events import (
    Audience,
    Barrage,
    BattleEnded,
    BattleScore,
    BattleStarted,
    BattleTeam,
    CaptionMessage,
    GoalUpdate,
    GuestJoined,
    GuestLeft,
    IBarrageObserver,
    IBattleProgressObserver,
    ICaptionObserver,
    IGoalObserver,
    IGuestObserver,
    Image,
    INoticeObserver,
    IPauseObserver,
    IPinObserver,
    IPollObserver,
    IRankedAudienceObserver,
    ISuperFanObserver,
    LevelUp,
    LinkedUser,
    LinkLayer,
    LinkMessage,
    LinkState,
    MarqueeAnnouncement,
    Notice,
    Notify,
    OecLiveShopping,
    Paused,
    PollEnded,
    PollMessage,
    PollOption,
    PollStarted,
    RankedViewer,
    Resumed,
    RoomMessage,
    RoomNotify,
    RoomPin,
    Speaker,
    SubPinEvent,
    SubWave,
    SuperFan,
    SuperFanBox,
    SuperFanJoin,
    System,
    TeamMemberJoin,
    Toast,
)


@implementer(IPollObserver, IGoalObserver)
class Board:
    """Polls and goals."""

    def poll_message(self, event: PollMessage) -> None:
        """What attributes are."""
        assert_type(event.options, list[PollOption])
        assert_type(event.options[0].votes, int)

    def poll_started(self, event: PollStarted) -> None:
        """Likewise."""
        assert_type(event.poll_id, str)
        assert_type(event.operator, User | None)

    def poll_ended(self, event: PollEnded) -> None:
        """Likewise."""
        print(event.title, event.votes)  # type: ignore[attr-defined]  # each option has its own

    def goal_update(self, event: GoalUpdate) -> None:
        """Likewise."""
        assert_type(event.is_reached, bool)
        assert_type(event.sub_goals[0].gift_picture, Image)
        print(event.reached)  # type: ignore[attr-defined]


@implementer(IBattleProgressObserver, IPauseObserver)
class Referee:
    """Battles, and pauses."""

    def battle_started(self, event: BattleStarted) -> None:
        """Likewise."""
        assert_type(event.battle_id, str)
        assert_type(event.teams, tuple[BattleTeam, ...])

    def battle_score(self, event: BattleScore) -> None:
        """Likewise."""
        assert_type(event.teams[0].score, int)
        print(event.winner_ids)  # type: ignore[attr-defined]  # there is none yet

    def battle_ended(self, event: BattleEnded) -> None:
        """Likewise."""
        assert_type(event.winner_ids, list[str])

    def paused(self, event: Paused) -> None:
        """Likewise."""
        assert_type(event.action, int)

    def resumed(self, event: Resumed) -> None:
        """Likewise."""
        assert_type(event.action, int)


@implementer(IGuestObserver, IRankedAudienceObserver)
class Door:
    """Who comes and goes."""

    def link_layer(self, event: LinkLayer) -> None:
        """Likewise."""
        assert_type(event.linked, list[LinkedUser])

    def link_message(self, event: LinkMessage) -> None:
        """Likewise."""
        assert_type(event.link_id, str)
        print(event.invited)  # type: ignore[attr-defined]  # the newer type only

    def link_state(self, event: LinkState) -> None:
        """Likewise."""
        assert_type(event.layout, str)

    def guest_joined(self, event: GuestJoined) -> None:
        """Likewise."""
        assert_type(event.user, LinkedUser)
        print(event.thrown_out)  # type: ignore[attr-defined]

    def guest_left(self, event: GuestLeft) -> None:
        """Likewise."""
        assert_type(event.thrown_out, bool)

    def audience(self, event: Audience) -> None:
        """Likewise."""
        assert_type(event.viewers, tuple[RankedViewer, ...])
        assert_type(event.viewers[0].coins, int)
        print(event.viewers[0].coin_count)  # type: ignore[attr-defined]


@implementer(IBarrageObserver, ISuperFanObserver)
class Fans:
    """Lines over the video."""

    def barrage(self, event: Barrage) -> None:
        """Likewise."""
        assert_type(event.text, str)
        assert_type(event.user, User | None)

    def team_member_join(self, event: TeamMemberJoin) -> None:
        """Likewise."""
        assert_type(event.level, int)

    def level_up(self, event: LevelUp) -> None:
        """Likewise."""
        assert_type(event.is_team_level, bool)

    def super_fan(self, event: SuperFan) -> None:
        """Likewise."""
        print(event.is_team_level)  # type: ignore[attr-defined]  # of a level-up only

    def super_fan_join(self, event: SuperFanJoin) -> None:
        """Likewise."""
        assert_type(event.id, str)

    def super_fan_box(self, event: SuperFanBox) -> None:
        """Likewise."""
        assert_type(event.sender_id, str)


@implementer(ICaptionObserver, IPinObserver, INoticeObserver)
class Reader:
    """What is read."""

    def caption_message(self, event: CaptionMessage) -> None:
        """Likewise."""
        assert_type(event.captions, dict[str, str])

    def room_pin(self, event: RoomPin) -> None:
        """Likewise."""
        assert_type(event.operator, User)
        print(event.pinned_by)  # type: ignore[attr-defined]

    def room_message(self, event: RoomMessage) -> None:
        """Likewise."""
        assert_type(event.content, str)

    def system(self, event: System) -> None:
        """Likewise."""

    def notice(self, event: Notice) -> None:
        """Likewise."""
        assert_type(event.title, str)

    def notify(self, event: Notify) -> None:
        """Likewise."""

    def room_notify(self, event: RoomNotify) -> None:
        """Likewise."""

    def marquee_announcement(self, event: MarqueeAnnouncement) -> None:
        """Likewise."""
        assert_type(event.announcements, list[str])

    def toast(self, event: Toast) -> None:
        """Likewise."""
        assert_type(event.duration, int)

    def speaker(self, event: Speaker) -> None:
        """Likewise."""


@implementer(IPollObserver)
class Forgetful:  # type: ignore[misc]  # lacks poll_started() and poll_ended()
    """An observer without all methods of its interface."""

    def poll_message(self, event: PollMessage) -> None:
        """One of three."""


def subscribe(connection: WebcastPushConnection) -> None:
    """A function fits its class of events."""
    for observer in (Board(), Referee(), Door(), Fans(), Reader()):
        connection.add_observer(observer)
    connection.on(SubWave, lambda event: print(event.user_count))
    connection.on(SubWave, lambda event: print(event.users))  # type: ignore[attr-defined]
    connection.on(SubPinEvent, lambda event: print(event.target - event.progress))
    connection.on(OecLiveShopping, lambda event: print(event.price + event.shop_name))
    connection.on(OecLiveShopping, lambda event: print(event.cost))  # type: ignore[attr-defined]
    connection.on(BattleEnded, poll)  # type: ignore[arg-type]  # a function for other events
    connection.on(PollStarted, poll)


def poll(event: PollMessage) -> None:
    """Polls, and what is derived from them."""
    root: Event = event
    message: MessageEvent = event
    print(root.room_id, message.text)
    gift: Gift = event  # type: ignore[assignment]
    print(gift)
