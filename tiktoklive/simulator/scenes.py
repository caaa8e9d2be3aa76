"""
The everyday messages of a random room: chats, likes, joins, gifts, follows, viewer counts.

Each builder gives the payload of one message.  What does not change from message to
message (a user, a gift) was serialised once; a protobuf message is the concatenation of
its parts, so the parts are put together in the order of their field numbers.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from tiktoklive.simulator.cast import Gift, Guest, icon, make_gifts, make_guest
from tiktoklive.simulator.words import COMMENTS
from tiktoklive.wire.audience_pb2 import (
    Contributor,
    WebcastLikeMessage,
    WebcastMemberMessage,
    WebcastRoomUserSeqMessage,
    WebcastSocialMessage,
)
from tiktoklive.wire.common_pb2 import Common, Emote, Text, TextPiece, TextPieceUser
from tiktoklive.wire.giving_pb2 import GiftMonitorInfo, WebcastGiftMessage
from tiktoklive.wire.speech_pb2 import EmoteWithIndex, WebcastChatMessage

_FOLLOW, _SHARE = 1, 3
_FOLLOW_KEY: Final = "pm_main_follow_message_viewer_2"
_SHARE_KEY: Final = "pm_mt_guidance_share"
_USER_PIECE: Final = 11


@dataclass(frozen=True, slots=True)
class Moment:
    """
    The head of the next message.

    :ivar msg_id: its id.
    :ivar now: its time, in milliseconds since 1970.
    """

    msg_id: int
    now: int


@dataclass(slots=True)
class Streak:
    """A streak of gifts that is going on."""

    guest: Guest
    gift: Gift
    group_id: int
    left: int
    count: int = 0
    order: str = ""


@dataclass(slots=True)
class Stage:
    """
    What the messages of one room share, and what they change: totals and open streaks.

    :ivar room_id: the room.
    :ivar anchor_id: its broadcaster's user id.
    """

    rng: random.Random
    room_id: int
    anchor_id: int
    guests: list[Guest] = field(init=False)
    gifts: list[Gift] = field(init=False)
    gift_weights: list[int] = field(init=False)
    emotes: list[Emote] = field(init=False)
    likes: int = 0
    followers: int = 0
    shares: int = 0
    watching: int = 0
    seen: int = 0
    streaks: list[Streak] = field(default_factory=list)
    _texts: dict[tuple[str, int], bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rng = self.rng
        self.guests = [make_guest(rng, number) for number in range(1, 241)]
        self.gifts, self.gift_weights = make_gifts(rng)
        self.emotes = [
            Emote(emote_id=str(rng.getrandbits(62)), image=icon(f"emote_{number}"))
            for number in range(12)
        ]
        self.likes = rng.randrange(1000, 90_000)
        self.followers = rng.randrange(500, 50_000)
        self.shares = rng.randrange(10, 500)
        self.watching = rng.randrange(80, 2000)
        self.seen = self.watching * 3

    def guest(self) -> Guest:
        """Somebody; some talk much more than others."""
        guests = self.guests
        chance = self.rng.random()
        return guests[int(chance * chance * len(guests))]

    def common(self, method: str, moment: Moment, text: bytes = b"") -> bytes:
        """Field 1 of a message: its head, with the serialised display text if it has one."""
        head = Common(
            method=method,
            msg_id=moment.msg_id,
            room_id=self.room_id,
            create_time=moment.now,
            is_show_msg=True,
        ).SerializeToString()
        return nested(1, head + text)

    def text(self, key: str, pattern: str, guest: Guest) -> bytes:
        """Field 8 of a head: the display text that names a guest; made once for each."""
        made = self._texts.get((key, guest.id))
        if made is None:
            piece = TextPiece(type=_USER_PIECE, user_value=TextPieceUser(user=guest.small))
            text = Text(key=key, default_pattern=pattern, pieces=[piece])
            made = self._texts[key, guest.id] = Common(display_text=text).SerializeToString()
        return made


def nested(number: int, data: bytes) -> bytes:
    """A sub-message out of its serialised content; for field numbers up to 15."""
    size = len(data)
    head = bytearray((number << 3 | 2,))
    while size > 0x7F:
        head.append(size & 0x7F | 0x80)
        size >>= 7
    head.append(size)
    return bytes(head) + data


def chat(stage: Stage, moment: Moment) -> bytes:
    """Somebody says something, sometimes with emotes in it."""
    rng = stage.rng
    guest = stage.guest()
    language, said = COMMENTS[int(rng.random() * len(COMMENTS))]
    tail = WebcastChatMessage(content=said, content_language=language, user_identity=guest.identity)
    if rng.random() < 0.08:
        tail.emotes.append(EmoteWithIndex(index=len(said), emote=rng.choice(stage.emotes)))
    head = stage.common("WebcastChatMessage", moment)
    return head + guest.at_2 + tail.SerializeToString()


def like(stage: Stage, moment: Moment) -> bytes:
    """Somebody taps, up to fifteen times."""
    guest = stage.guest()
    count = 1 + int(stage.rng.random() * 15)
    stage.likes += count
    text = stage.text("pm_mt_msg_viewer", "{0:user} liked the LIVE", guest)
    head = stage.common("WebcastLikeMessage", moment, text)
    return (
        head + WebcastLikeMessage(count=count, total=stage.likes).SerializeToString() + guest.at_5
    )


def member(stage: Stage, moment: Moment) -> bytes:
    """Somebody comes in."""
    rng = stage.rng
    guest = stage.guest()
    stage.seen += 1
    stage.watching = max(20, stage.watching + int(rng.random() * 7) - 3)
    tail = WebcastMemberMessage(
        member_count=stage.watching,
        action=1,
        user_id=guest.id,
        client_enter_source="homepage_hot-live_cell" if rng.random() < 0.7 else "others_homepage",
        client_enter_type="draw",
    )
    head = stage.common(
        "WebcastMemberMessage",
        moment,
        stage.text("live_room_enter_toast", "{0:user} joined", guest),
    )
    return head + guest.at_2 + tail.SerializeToString()


def social(stage: Stage, moment: Moment) -> bytes:
    """Somebody follows, or shares the broadcast."""
    guest = stage.guest()
    if stage.rng.random() < 0.7:
        stage.followers += 1
        text = stage.text(_FOLLOW_KEY, "{0:user} followed the host", guest)
        tail = WebcastSocialMessage(action=_FOLLOW, follow_count=stage.followers)
    else:
        stage.shares += 1
        text = stage.text(_SHARE_KEY, "{0:user} shared the LIVE", guest)
        tail = WebcastSocialMessage(
            share_type=1, action=_SHARE, share_target="-1", share_count=stage.shares
        )
    head = stage.common("WebcastSocialMessage", moment, text)
    return head + guest.at_2 + tail.SerializeToString()


def gift(stage: Stage, moment: Moment) -> bytes:
    """A gift on its own, or the next of a streak, or a streak's end."""
    rng = stage.rng
    if stage.streaks and (len(stage.streaks) > 3 or rng.random() < 0.8):
        return _streak_gift(stage, moment, stage.streaks[int(rng.random() * len(stage.streaks))])
    [given] = rng.choices(stage.gifts, stage.gift_weights)
    group = moment.now if given.streak else 0
    streak = Streak(stage.guest(), given, group, 1 + int(rng.expovariate(1 / 3)))
    streak.order = str(moment.msg_id)
    if given.streak:
        stage.streaks.append(streak)
        return _streak_gift(stage, moment, streak)
    streak.count = 1
    return _gift(stage, moment, streak, ends=False)


def _streak_gift(stage: Stage, moment: Moment, streak: Streak) -> bytes:
    ends = streak.left == 0
    if ends:
        stage.streaks.remove(streak)
    else:
        streak.left -= 1
        streak.count += 1
    return _gift(stage, moment, streak, ends=ends)


def _gift(stage: Stage, moment: Moment, streak: Streak, *, ends: bool) -> bytes:
    guest, given = streak.guest, streak.gift
    start = WebcastGiftMessage(
        gift_id=given.id,
        fan_ticket_count=given.diamonds * streak.count,
        group_count=1,
        repeat_count=streak.count,
        combo_count=streak.count,
    )
    middle = WebcastGiftMessage(repeat_end=1 if ends else None, group_id=streak.group_id or None)
    extra = {
        "anchor_id": stage.anchor_id,
        "from_idc": "maliva",
        "gift_id": given.id,
        "gift_type": 1 if given.streak else 2,
        "msg_id": moment.msg_id,
        "repeat_count": streak.count,
        "repeat_end": int(ends),
        "room_id": stage.room_id,
        "to_user_id": stage.anchor_id,
    }
    end = WebcastGiftMessage(
        log_id=f"{moment.now}{moment.msg_id & 0xFFFFFFFF:08X}",
        send_type=4 if given.streak and not ends else 1,
        monitor_extra=json.dumps(extra, separators=(",", ":")),
        gift_extra=GiftMonitorInfo(
            anchor_id=stage.anchor_id,
            send_gift_send_message_success_ms=moment.now,
            to_user_id=stage.anchor_id,
            from_platform="android",
        ),
        order_id=streak.order,
        user_identity=guest.identity,
    )
    if streak.count == 1:
        end.is_first_sent = True
    return b"".join(
        (
            stage.common("WebcastGiftMessage", moment),
            start.SerializeToString(),
            guest.at_7,
            middle.SerializeToString(),
            given.at_15,
            end.SerializeToString(),
        )
    )


def room_user(stage: Stage, moment: Moment) -> bytes:
    """How many watch, and who has given most."""
    rng = stage.rng
    stage.watching = max(20, stage.watching + int(rng.random() * 21) - 10)
    first = int(rng.random() * (len(stage.guests) - 5))
    score = 20 + int(rng.random() * 20_000)
    ranks = []
    for rank, guest in enumerate(stage.guests[first : first + 3], 1):
        ranks.append(Contributor(score=score // rank, user=guest.small, rank=rank))
    tail = WebcastRoomUserSeqMessage(
        ranks=ranks,
        total=stage.watching,
        pop_str=str(stage.watching),
        popularity=stage.watching,
        total_user=stage.seen,
        anonymous=stage.watching // 5,
    )
    return stage.common("WebcastRoomUserSeqMessage", moment) + tail.SerializeToString()


#: Wire name and builder of each kind of everyday message.
EVERYDAY: Final[dict[str, tuple[str, Callable[[Stage, Moment], bytes]]]] = {
    "chat": ("WebcastChatMessage", chat),
    "like": ("WebcastLikeMessage", like),
    "member": ("WebcastMemberMessage", member),
    "gift": ("WebcastGiftMessage", gift),
    "social": ("WebcastSocialMessage", social),
    "roomUser": ("WebcastRoomUserSeqMessage", room_user),
}
