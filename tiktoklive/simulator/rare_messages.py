"""The rarer messages of a random room: questions, envelopes, captions, ranks, goals and so on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tiktoklive.simulator.room_state import Moment, RoomState
from tiktoklive.simulator.words import QUESTIONS, SPEECH
from tiktoklive.wire.audience_pb2 import BarrageTypeUserGradeParam, WebcastBarrageMessage
from tiktoklive.wire.common_pb2 import Text, TextPiece, TextPieceUser
from tiktoklive.wire.giving_pb2 import (
    EnvelopeInfo,
    LiveStreamGoal,
    LiveStreamGoalIndicator,
    LiveStreamSubGoal,
    WebcastEnvelopeMessage,
    WebcastGoalUpdateMessage,
)
from tiktoklive.wire.notices_pb2 import WebcastInRoomBannerMessage
from tiktoklive.wire.ranking_pb2 import RankUpdate, WebcastRankTextMessage, WebcastRankUpdateMessage
from tiktoklive.wire.speech_pb2 import (
    CaptionContent,
    Question,
    WebcastCaptionMessage,
    WebcastEmoteChatMessage,
    WebcastImDeleteMessage,
    WebcastQuestionNewMessage,
    WebcastRoomMessage,
)
from tiktoklive.wire.subscription_pb2 import WebcastSubNotifyMessage

_USER_UPGRADE: Final = 8
_USER_PIECE: Final = 11


def question(state: RoomState, moment: Moment) -> bytes:
    """A viewer asks something."""
    details = Question(
        question_id=moment.msg_id + 1,
        question_text=state.rng.choice(QUESTIONS),
        create_time=moment.now // 1000,
        user=state.guest().user,
    )
    head = state.common("WebcastQuestionNewMessage", moment)
    return head + WebcastQuestionNewMessage(details=details).SerializeToString()


def envelope(state: RoomState, moment: Moment) -> bytes:
    """A viewer leaves a treasure box."""
    guest = state.guest()
    info = EnvelopeInfo(
        envelope_id=str(moment.msg_id + 1),
        business_type=1,
        envelope_idc="maliva",
        send_user_name=guest.nickname,
        diamond_count=state.rng.choice((20, 50, 100, 500)),
        people_count=state.rng.choice((5, 10, 20)),
        unpack_at=moment.now // 1000 + 180,
        send_user_id=str(guest.id),
        send_user_avatar=guest.small.avatar_thumb,
        create_at=str(moment.now // 1000),
        room_id=str(state.room_id),
    )
    text = state.text("pm_mt_live_treasure_box", "{0:user} sent a treasure box", guest)
    head = state.common("WebcastEnvelopeMessage", moment, text)
    return head + WebcastEnvelopeMessage(envelope_info=info, display=1).SerializeToString()


def emote(state: RoomState, moment: Moment) -> bytes:
    """A subscriber sends a sticker."""
    guest = state.guest()
    tail = WebcastEmoteChatMessage(
        emotes=[state.rng.choice(state.emotes)], user_identity=guest.identity
    )
    head = state.common("WebcastEmoteChatMessage", moment)
    return head + guest.at_2 + tail.SerializeToString()


def subscribe(state: RoomState, moment: Moment) -> bytes:
    """A viewer subscribes, or renews."""
    guest = state.guest()
    months = 1 + int(state.rng.expovariate(0.4))
    tail = WebcastSubNotifyMessage(
        exhibition_type=2,
        sub_month=months,
        subscribe_type=1,
        old_subscribe_status=1 if months > 1 else None,
        subscribing_status=1,
    )
    text = state.text("pm_mt_sub_public_screen", "{0:user} subscribed to the host", guest)
    head = state.common("WebcastSubNotifyMessage", moment, text)
    return head + guest.at_2 + tail.SerializeToString()


def caption(state: RoomState, moment: Moment) -> bytes:
    """The broadcaster is heard."""
    tail = WebcastCaptionMessage(
        timestamp_ms=moment.now,
        duration_ms=1800,
        content=[CaptionContent(language="en", text=state.rng.choice(SPEECH))],
        sentence_id=moment.msg_id & 0xFFFF,
        sequence_id=1,
        definite=True,
    )
    return state.common("WebcastCaptionMessage", moment) + tail.SerializeToString()


def rank_update(state: RoomState, moment: Moment) -> bytes:
    """The broadcaster moves on a ranking."""
    rank = 1 + int(state.rng.random() * 99)
    shown = Text(key="pm_mt_live_hourly_ranking_p_d", default_pattern=f"Ranking {rank}")
    update = RankUpdate(rank_type=1, owner_rank=rank, default_content=shown, owner_on_rank=True)
    tail = WebcastRankUpdateMessage(updates_list=[update], group_type=1, priority=10)
    return state.common("WebcastRankUpdateMessage", moment) + tail.SerializeToString()


def rank_text(state: RoomState, moment: Moment) -> bytes:
    """A viewer moves among the best givers."""
    guest = state.guest()
    said = Text(
        key="pm_mt_toplist_reach_topn",
        default_pattern="{0:user} is now a top viewer",
        pieces=[TextPiece(type=_USER_PIECE, user_value=TextPieceUser(user=guest.small))],
    )
    tail = WebcastRankTextMessage(
        scene=1,
        owner_idx_before_update=4,
        owner_idx_after_update=2,
        other_get_badge_msg=said,
        cur_user_id=guest.id,
    )
    return state.common("WebcastRankTextMessage", moment) + tail.SerializeToString()


def goal_update(state: RoomState, moment: Moment) -> bytes:
    """A goal of the broadcast comes nearer."""
    guest = state.guest()
    goal = LiveStreamGoal(
        id=state.anchor_id,
        type=1,
        status=2,
        description="a new lamp",
        id_str=str(state.anchor_id),
        start_time=moment.now // 1000 - 3600,
        contributors_length=17,
    )
    reached = int(state.rng.random() * 200)
    goal.sub_goals.append(LiveStreamSubGoal(type=1, id=1, progress=reached, target=200))
    tail = WebcastGoalUpdateMessage(
        indicator=LiveStreamGoalIndicator(key=f"goal_{state.anchor_id}", op=3),
        goal=goal,
        contributor_id=guest.id,
        contributor_avatar=guest.small.avatar_thumb,
        contributor_display_id=guest.unique_id,
        contribute_count=1,
        contribute_score=1,
        contributor_id_str=str(guest.id),
    )
    return state.common("WebcastGoalUpdateMessage", moment) + tail.SerializeToString()


def barrage(state: RoomState, moment: Moment) -> bytes:
    """A viewer reaches a level."""
    guest = state.guest()
    level = 5 + int(state.rng.random() * 30)
    tail = WebcastBarrageMessage(
        msg_type=_USER_UPGRADE,
        icon=state.pictures.icon("grade_badge_icon_lite_lv15"),
        content=Text(key="ttlive_gifterlevel_upgrade", default_pattern=f"reached level {level}"),
        duration=4000,
    )
    tail.user_grade_param.CopyFrom(
        BarrageTypeUserGradeParam(
            current_grade=level, display_config=1, user_id=str(guest.id), user=guest.small
        )
    )
    return state.common("WebcastBarrageMessage", moment) + tail.SerializeToString()


def banner(state: RoomState, moment: Moment) -> bytes:
    """A campaign banner, whose content is JSON text."""
    data = b'{"banner":[{"id":"campaign","schema":"sslocal://webcast_lynxview"}]}'
    tail = WebcastInRoomBannerMessage(data=[data], position=1, action_type=1)
    return state.common("WebcastInRoomBannerMessage", moment) + tail.SerializeToString()


def notice(state: RoomState, moment: Moment) -> bytes:
    """The rules of the house."""
    tail = WebcastRoomMessage(
        content="Welcome! Be kind to each other and have fun.", source=1, scene="welcome"
    )
    tail.is_welcome = True
    return state.common("WebcastRoomMessage", moment) + tail.SerializeToString()


def deletion(state: RoomState, moment: Moment) -> bytes:
    """A moderator removes a comment."""
    tail = WebcastImDeleteMessage(delete_msg_ids=[moment.msg_id - 1])
    tail.delete_user_ids.append(state.guest().id)
    return state.common("WebcastImDeleteMessage", moment) + tail.SerializeToString()


#: Wire name, builder, and how often, of each kind.
RARE_MESSAGES: Final[tuple[tuple[str, Callable[[RoomState, Moment], bytes], int], ...]] = (
    ("WebcastCaptionMessage", caption, 20),
    ("WebcastRankUpdateMessage", rank_update, 16),
    ("WebcastGoalUpdateMessage", goal_update, 12),
    ("WebcastRankTextMessage", rank_text, 8),
    ("WebcastEmoteChatMessage", emote, 10),
    ("WebcastSubNotifyMessage", subscribe, 6),
    ("WebcastBarrageMessage", barrage, 8),
    ("WebcastQuestionNewMessage", question, 6),
    ("WebcastEnvelopeMessage", envelope, 4),
    ("WebcastInRoomBannerMessage", banner, 4),
    ("WebcastRoomMessage", notice, 4),
    ("WebcastImDeleteMessage", deletion, 2),
)
