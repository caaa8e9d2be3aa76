"""
What goes on in a random room for a while: a poll, a goal that is reached, guests who come and go,
super fans, a pinned comment, captions word by word.

Each is a generator: it yields method and content of its next message, and is sent the next moment.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from tiktoklive.simulator.people import Person
from tiktoklive.simulator.room_state import Moment, RoomState
from tiktoklive.simulator.words import COMMENTS, SPEECH
from tiktoklive.wire.audience_pb2 import BarrageTypeFansLevelParam, WebcastBarrageMessage
from tiktoklive.wire.common_pb2 import Common, Text, TextPiece, TextPieceUser
from tiktoklive.wire.giving_pb2 import (
    EnvelopeInfo,
    LiveStreamGoal,
    LiveStreamGoalIndicator,
    LiveStreamSubGoal,
    WebcastEnvelopeMessage,
    WebcastGoalUpdateMessage,
)
from tiktoklive.wire.linklayer_pb2 import LinkLayerListUser, WebcastLinkLayerMessage
from tiktoklive.wire.linkmic_pb2 import LinkListUser, Player, WebcastLinkMessage
from tiktoklive.wire.room_pb2 import (
    PollBasicInfo,
    PollEndContent,
    PollOptionInfo,
    PollStartContent,
    PollUpdateVotesContent,
    WebcastPollMessage,
    WebcastRoomPinMessage,
)
from tiktoklive.wire.speech_pb2 import CaptionContent, WebcastCaptionMessage, WebcastChatMessage

#: How much of the time something goes on, and between what times the next begins, in seconds.
SHARE: Final = 0.5
PAUSE: Final = (2.0, 15.0)

_USER_PIECE: Final = 11
_TEAM_ENTRANCE, _GENERAL, _SUPER_FAN_BOX = 11, 100, 19
_LISTS, _OLD_LISTS, _GUESTS, _LEADER, _GUEST = 11, 20, 4, 1, 3

#: Method and message; the head is added.
_Line = tuple[str, Any]
_Activity = Generator[_Line, Moment, None]


def poll(state: RoomState, moment: Moment) -> _Activity:
    """A poll: it begins, votes come in, it ends by its time."""
    poll_id, rng = moment.msg_id + 1, state.rng
    title, words = rng.choice(
        (("Tea or coffee?", ("tea", "coffee")), ("One more song?", ("yes", "no", "two more")))
    )
    info = PollBasicInfo(title=title, poll_id_str=str(poll_id))
    votes = [0] * len(words)

    def options() -> list[PollOptionInfo]:
        return [
            PollOptionInfo(votes=count, display_content=word, option_idx=number)
            for number, (word, count) in enumerate(zip(words, votes, strict=True))
        ]

    def message(**content: Any) -> _Line:
        made = WebcastPollMessage(poll_id=poll_id, poll_kind=2, poll_basic_info=info, **content)
        return "WebcastPollMessage", made

    start = moment.now // 1000
    yield message(
        message_type=0,
        start_content=PollStartContent(
            start_time=start, end_time=start + 60, option_list=options(), title=title
        ),
    )
    for _ in range(4):
        for number in range(len(votes)):
            votes[number] += int(rng.random() * 9)
        yield message(message_type=2, update_content=PollUpdateVotesContent(option_list=options()))
    yield message(message_type=1, end_content=PollEndContent(end_type=0, option_list=options()))


def goal(state: RoomState, moment: Moment) -> _Activity:
    """A goal of gifts comes nearer, and is reached."""
    goal_id, target, progress, givers = moment.msg_id + 1, 20, 0, 0
    start = moment.now // 1000
    while progress < target:
        given = 1 + int(state.rng.random() * 6)
        progress, givers = min(target, progress + given), givers + 1
        guest = state.giver()
        part = LiveStreamSubGoal(type=1, id=1, progress=progress, target=target)
        part.gift.name = "Rose"
        part.gift.diamond_count = 1
        wanted = LiveStreamGoal(
            id=goal_id,
            type=1,
            status=2,
            sub_goals=[part],
            description="a new lamp",
            id_str=str(goal_id),
            start_time=start,
            contributors_length=givers,
        )
        made = WebcastGoalUpdateMessage(
            indicator=LiveStreamGoalIndicator(key=f"goal_{goal_id}", op=3),
            goal=wanted,
            contributor_id=guest.id,
            contributor_avatar=guest.small.avatar_thumb,
            contributor_display_id=guest.unique_id,
            contribute_count=given,
            contribute_score=given,
            contributor_id_str=str(guest.id),
        )
        yield "WebcastGoalUpdateMessage", made


def guests(state: RoomState, moment: Moment) -> _Activity:
    """Guests join one after the other, and leave again: in both types of message, as lists."""
    link = moment.msg_id + 1
    here: list[Person] = []
    came = state.rng.sample(state.guests[:60], 3)
    since = moment.now
    for change in (None, came[0], came[1], came[0], came[2], came[1], came[2]):
        if change is not None:
            (here.remove if change in here else here.append)(change)
        newer = WebcastLinkLayerMessage(message_type=_LISTS, channel_id=link, scene=_GUESTS)
        everyone = newer.list_change_content.list.linked_list
        for user_id in (state.anchor_id, *(each.id for each in here)):
            player = Player(room_id=state.room_id, user_id=user_id)
            everyone.append(LinkLayerListUser(user=player, linked_time_nano=since * 1_000_000))
        yield "WebcastLinkLayerMessage", newer
        older = WebcastLinkMessage(message_type=_OLD_LISTS, linker_id=link, scene=_GUESTS)
        host = LinkListUser(modify_time=since // 1000, role_type=_LEADER)
        host.user.id = state.anchor_id
        users = older.list_change_content.linked_users_list
        users.append(host)
        for each in here:
            users.add(user=each.small, modify_time=since // 1000, role_type=_GUEST)
        moment = yield "WebcastLinkMessage", older
        since = moment.now


def fans(state: RoomState, moment: Moment) -> _Activity:
    """A viewer becomes a super fan, comes in as one, leaves a box; a team member comes in."""
    guest = state.guest()
    piece = TextPiece(type=_USER_PIECE, user_value=TextPieceUser(user=guest.small))

    def line(key: str, pattern: str) -> _Line:
        shown = Text(key=f"ttlive_superFan_commentNotif_{key}", default_pattern=pattern)
        shown.pieces.append(piece)
        made = WebcastBarrageMessage(msg_type=_GENERAL, common_barrage_content=shown, duration=4000)
        return "WebcastBarrageMessage", made

    yield line("someoneBecameSuperFan", "{0:user} became a Super Fan")
    yield line("superFanJoined", "{0:user}, a Super Fan, joined")
    box = WebcastEnvelopeMessage(display=1)
    box.envelope_info.CopyFrom(
        EnvelopeInfo(
            envelope_id=str(moment.msg_id + 1),
            business_type=_SUPER_FAN_BOX,
            send_user_name=guest.nickname,
            send_user_id=str(guest.id),
            diamond_count=50,
            people_count=10,
            unpack_at=moment.now // 1000 + 180,
            create_at=str(moment.now // 1000),
            room_id=str(state.room_id),
        )
    )
    yield "WebcastEnvelopeMessage", box
    member = state.guest()
    entrance = WebcastBarrageMessage(
        msg_type=_TEAM_ENTRANCE,
        duration=4000,
        content=Text(
            key="pm_mt_fans_level_entrance",
            default_pattern="{0:user} joined",
            pieces=[TextPiece(type=_USER_PIECE, user_value=TextPieceUser(user=member.small))],
        ),
        fans_level_param=BarrageTypeFansLevelParam(current_grade=7, user=member.small),
    )
    yield "WebcastBarrageMessage", entrance


def pin(state: RoomState, moment: Moment) -> _Activity:
    """A comment is pinned, and taken down."""
    guest, pin_id = state.guest(), moment.msg_id - 1  # it was said before
    language, said = COMMENTS[int(state.rng.random() * len(COMMENTS))]
    chat = WebcastChatMessage(
        common=Common(msg_id=pin_id, room_id=state.room_id, method="WebcastChatMessage"),
        user=guest.small,
        content=said,
        content_language=language,
    )
    for action in (1, 2):
        made = WebcastRoomPinMessage(
            pinned_message=chat,
            original_msg_type="WebcastChatMessage",
            timestamp=moment.now,
            action=action,
            display_duration=60,
            pin_id=pin_id,
        )
        made.operator.id = state.anchor_id
        moment = yield "WebcastRoomPinMessage", made


def captions(state: RoomState, moment: Moment) -> _Activity:
    """The broadcaster says a sentence, which grows until it is definite."""
    words = state.rng.choice(SPEECH).split()
    sentence = moment.msg_id & 0xFFFF
    for count in range(1, 4):
        shown = words[: -(-len(words) * count // 3)]
        made = WebcastCaptionMessage(
            timestamp_ms=moment.now,
            duration_ms=1800,
            content=[CaptionContent(language="en", text=" ".join(shown))],
            sentence_id=sentence,
            sequence_id=count,
            definite=count == 3,
        )
        moment = yield "WebcastCaptionMessage", made


ACTIVITIES: Final[tuple[Callable[[RoomState, Moment], _Activity], ...]] = (
    *(poll, guests, goal, fans, captions, pin),
)


@dataclass(slots=True)
class Activities:
    """
    The activities of one room, one after the other, in turn.

    :ivar starts: when the next one begins, in the script's seconds.
    """

    state: RoomState
    rng: Random
    starts: float = 5.0
    _next: Iterator[Callable[[RoomState, Moment], _Activity]] = field(init=False)
    _activity: _Activity | None = None

    def __post_init__(self) -> None:
        self._next = iter(())

    def next(self, time: float, moment: Moment) -> tuple[str, bytes] | None:
        """
        The next message of an activity: method and payload; ``None`` when there is none now.

        :param time: the script's time, in seconds since its start.
        """
        if time < self.starts or self.rng.random() >= SHARE:
            return None
        if self._activity is None:
            begin = next(self._next, None)
            if begin is None:
                self._next = iter(ACTIVITIES)
                begin = next(self._next)
            self._activity = begin(self.state, moment)
            line = next(self._activity, None)
        else:
            try:
                line = self._activity.send(moment)
            except StopIteration:
                line = None
        if line is None:
            self._activity = None
            self.starts = time + self.rng.uniform(*PAUSE)
            return None
        method, message = line
        return method, self.state.common(method, moment) + message.SerializeToString()
