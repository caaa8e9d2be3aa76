"""
The everyday messages of a random room: chats, likes, joins, gifts, follows, viewer counts.

Each builder gives the payload of one message.  What does not change from message to
message (a user, a gift) was serialised once; a protobuf message is the concatenation of
its parts, so the parts are put together in the order of their field numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tiktoklive.simulator.giving import gift
from tiktoklive.simulator.people import Person
from tiktoklive.simulator.room_state import Moment, RoomState, nested
from tiktoklive.simulator.words import COMMENTS
from tiktoklive.wire.audience_pb2 import (
    Contributor,
    LikeEffect,
    SpecifiedDisplayText,
    WebcastLikeMessage,
    WebcastMemberMessage,
    WebcastRoomUserSeqMessage,
    WebcastSocialMessage,
)
from tiktoklive.wire.common_pb2 import (
    Common,
    CreatorSuccessInfo,
    PortraitInfo,
    PublicAreaMessageCommon,
    User,
)
from tiktoklive.wire.speech_pb2 import CommentQualityScore, EmoteWithIndex, WebcastChatMessage

_FOLLOW, _SHARE = 1, 3
_FOLLOW_KEY: Final = "pm_main_follow_message_viewer_2"
_SHARE_KEY: Final = "pm_mt_guidance_share"
_WHITE, _BLUE = "#ffffffff", "#7fc4ff"

#: What scores a comment gets, whatever it says.
_ALWAYS: Final = [
    CommentQualityScore(version="sender_rule", score=50_000),
    CommentQualityScore(version="default_score", score=10_000),
]

#: What is scored by the time of the comment: the name of the rule, and what it adds.
_BY_TIME: Final = (
    ("default", 0),
    ("idc_rerank", 400_000),
    ("rank_v2_r4410", 7_000_000),
    ("recent_first", 9_000_000),
    ("batch_v1", 2_000_000),
    ("v3_r7702", 3_000_000),
)

#: The end of a chat message that has room for more in the public area.
_PUBLIC: Final = WebcastChatMessage(
    public_area_message_common=PublicAreaMessageCommon(
        creator_success_info=CreatorSuccessInfo(), portrait_info=PortraitInfo()
    )
).SerializeToString()

#: The end of a like message: how clients let hearts fly.
_HEARTS: Final = WebcastLikeMessage(
    effect_cnt=1,
    like_effect=[LikeEffect(version=2, effect_cnt=2, effect_interval_ms=500)],
).SerializeToString()


def chat(state: RoomState, moment: Moment) -> bytes:
    """A viewer says something, sometimes with emotes in it."""
    rng = state.rng
    guest = state.guest()
    language, said = COMMENTS[int(rng.random() * len(COMMENTS))]
    since = moment.now * 1000
    tail = WebcastChatMessage(
        content=said,
        content_language=language,
        user_identity=guest.identity,
        comment_quality_scores=_ALWAYS,
        comment_tag=[0],
    )
    if rng.random() < 0.04:
        tail.emotes.append(EmoteWithIndex(index=len(said), emote=rng.choice(state.emotes)))
    scores = tail.comment_quality_scores
    scores.add(version="sender_id", score=guest.id)
    for version, more in _BY_TIME:
        scores.add(version=version, score=since + more)
    head = state.head("WebcastChatMessage", moment)
    public = _PUBLIC if rng.random() < 0.07 else b""
    return head + guest.speaking + tail.SerializeToString() + public


def like(state: RoomState, moment: Moment) -> bytes:
    """A viewer taps, up to fifteen times."""
    guest = state.guest()
    count = 1 + int(state.rng.random() * 15)
    state.totals.likes += count
    text = state.short_text("pm_mt_msg_viewer", "{0:user} liked the LIVE", guest)
    specified = SpecifiedDisplayText(uid=state.anchor_id).SerializeToString() + nested(2, text)
    return b"".join(
        (
            state.head("WebcastLikeMessage", moment, text),
            WebcastLikeMessage(count=count, total=state.totals.likes).SerializeToString(),
            guest.at_5,
            nested(8, specified),
            _HEARTS,
        )
    )


def member(state: RoomState, moment: Moment) -> bytes:
    """A viewer comes in."""
    rng = state.rng
    guest = state.newcomer()
    state.totals.seen += 1
    state.totals.watching = max(20, state.totals.watching + int(rng.random() * 7) - 3)
    start = WebcastMemberMessage(member_count=state.totals.watching, action=1)
    end = WebcastMemberMessage(
        client_enter_source="homepage_hot-live_cell" if rng.random() < 0.7 else "others_homepage",
        client_enter_type="draw",
    )
    text = state.full_text("live_room_enter_toast", "{0:user} joined", guest, _BLUE)
    return b"".join(
        (
            state.head("WebcastMemberMessage", moment, text),
            guest.at_2,
            start.SerializeToString(),
            nested(18, text),
            end.SerializeToString(),
        )
    )


def social(state: RoomState, moment: Moment) -> bytes:
    """A viewer follows, or shares the broadcast."""
    guest = state.newcomer()
    if state.rng.random() < 0.7:
        state.totals.followers += 1
        text = state.full_text(_FOLLOW_KEY, "{0:user} followed the host", guest, _WHITE)
        tail = WebcastSocialMessage(
            action=_FOLLOW, share_target=str(state.anchor_id), follow_count=state.totals.followers
        )
    else:
        state.totals.shares += 1
        text = state.full_text(_SHARE_KEY, "{0:user} shared the LIVE", guest, _WHITE)
        tail = WebcastSocialMessage(
            share_type=1, action=_SHARE, share_target="-1", share_count=state.totals.shares
        )
    head = state.head("WebcastSocialMessage", moment, text)
    return head + guest.at_2 + tail.SerializeToString()


def room_user(state: RoomState, moment: Moment) -> bytes:
    """How many watch, and the users that gave most; of most of these, only the id."""
    rng = state.rng
    state.totals.watching = max(20, state.totals.watching + int(rng.random() * 21) - 10)
    first = int(rng.random() * (len(state.guests) - 8))
    score = 20 + int(rng.random() * 20_000)
    ranks = []
    for rank, guest in enumerate(state.guests[first : first + 8], 1):
        ranks.append(Contributor(score=score // rank, user=_ranked(guest, rank), rank=rank))
    tail = WebcastRoomUserSeqMessage(
        ranks=ranks,
        total=state.totals.watching,
        total_user=state.totals.seen,
        anonymous=state.totals.watching // 5,
    )
    head = Common(
        method="WebcastRoomUserSeqMessage",
        msg_id=moment.msg_id,
        room_id=state.room_id,
        create_time=moment.now,
    )
    return nested(1, head.SerializeToString()) + tail.SerializeToString()


def _ranked(guest: Person, rank: int) -> User:
    return guest.ranked if rank <= 3 else User(id=guest.id)


#: Wire name and builder of each kind of everyday message.
EVERYDAY: Final[dict[str, tuple[str, Callable[[RoomState, Moment], bytes]]]] = {
    "chat": ("WebcastChatMessage", chat),
    "like": ("WebcastLikeMessage", like),
    "member": ("WebcastMemberMessage", member),
    "gift": ("WebcastGiftMessage", gift),
    "social": ("WebcastSocialMessage", social),
    "roomUser": ("WebcastRoomUserSeqMessage", room_user),
}
