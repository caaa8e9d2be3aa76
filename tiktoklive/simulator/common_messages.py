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
from tiktoklive.simulator.people import Guest
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

#: What scores a comment gets whoever says it, whatever it says.
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


def chat(stage: RoomState, moment: Moment) -> bytes:
    """Somebody says something, sometimes with emotes in it."""
    rng = stage.rng
    guest = stage.guest()
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
        tail.emotes.append(EmoteWithIndex(index=len(said), emote=rng.choice(stage.emotes)))
    scores = tail.comment_quality_scores
    scores.add(version="sender_id", score=guest.id)
    for version, more in _BY_TIME:
        scores.add(version=version, score=since + more)
    head = stage.head("WebcastChatMessage", moment)
    public = _PUBLIC if rng.random() < 0.07 else b""
    return head + guest.speaking + tail.SerializeToString() + public


def like(stage: RoomState, moment: Moment) -> bytes:
    """Somebody taps, up to fifteen times."""
    guest = stage.guest()
    count = 1 + int(stage.rng.random() * 15)
    stage.likes += count
    text = stage.short_text("pm_mt_msg_viewer", "{0:user} liked the LIVE", guest)
    specified = SpecifiedDisplayText(uid=stage.anchor_id).SerializeToString() + nested(2, text)
    return b"".join(
        (
            stage.head("WebcastLikeMessage", moment, text),
            WebcastLikeMessage(count=count, total=stage.likes).SerializeToString(),
            guest.at_5,
            nested(8, specified),
            _HEARTS,
        )
    )


def member(stage: RoomState, moment: Moment) -> bytes:
    """Somebody comes in."""
    rng = stage.rng
    guest = stage.newcomer()
    stage.seen += 1
    stage.watching = max(20, stage.watching + int(rng.random() * 7) - 3)
    start = WebcastMemberMessage(member_count=stage.watching, action=1)
    end = WebcastMemberMessage(
        client_enter_source="homepage_hot-live_cell" if rng.random() < 0.7 else "others_homepage",
        client_enter_type="draw",
    )
    text = stage.full_text("live_room_enter_toast", "{0:user} joined", guest, _BLUE)
    return b"".join(
        (
            stage.head("WebcastMemberMessage", moment, text),
            guest.at_2,
            start.SerializeToString(),
            nested(18, text),
            end.SerializeToString(),
        )
    )


def social(stage: RoomState, moment: Moment) -> bytes:
    """Somebody follows, or shares the broadcast."""
    guest = stage.newcomer()
    if stage.rng.random() < 0.7:
        stage.followers += 1
        text = stage.full_text(_FOLLOW_KEY, "{0:user} followed the host", guest, _WHITE)
        tail = WebcastSocialMessage(
            action=_FOLLOW, share_target=str(stage.anchor_id), follow_count=stage.followers
        )
    else:
        stage.shares += 1
        text = stage.full_text(_SHARE_KEY, "{0:user} shared the LIVE", guest, _WHITE)
        tail = WebcastSocialMessage(
            share_type=1, action=_SHARE, share_target="-1", share_count=stage.shares
        )
    head = stage.head("WebcastSocialMessage", moment, text)
    return head + guest.at_2 + tail.SerializeToString()


def room_user(stage: RoomState, moment: Moment) -> bytes:
    """How many watch, and who has given most; of most of these, only the id."""
    rng = stage.rng
    stage.watching = max(20, stage.watching + int(rng.random() * 21) - 10)
    first = int(rng.random() * (len(stage.guests) - 8))
    score = 20 + int(rng.random() * 20_000)
    ranks = []
    for rank, guest in enumerate(stage.guests[first : first + 8], 1):
        ranks.append(Contributor(score=score // rank, user=_ranked(guest, rank), rank=rank))
    tail = WebcastRoomUserSeqMessage(
        ranks=ranks,
        total=stage.watching,
        total_user=stage.seen,
        anonymous=stage.watching // 5,
    )
    head = Common(
        method="WebcastRoomUserSeqMessage",
        msg_id=moment.msg_id,
        room_id=stage.room_id,
        create_time=moment.now,
    )
    return nested(1, head.SerializeToString()) + tail.SerializeToString()


def _ranked(guest: Guest, rank: int) -> User:
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
