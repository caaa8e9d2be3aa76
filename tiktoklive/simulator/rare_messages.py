"""The rarer messages of a random room: questions, envelopes, captions, ranks, goals and so on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tiktoklive.simulator.pictures import icon
from tiktoklive.simulator.room_state import Moment, RoomState
from tiktoklive.simulator.words import QUESTIONS, SPEECH
from tiktoklive.wire.audience_pb2 import BarrageTypeUserGradeParam, WebcastBarrageMessage
from tiktoklive.wire.common_pb2 import Text
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


def question(stage: RoomState, moment: Moment) -> bytes:
    """Somebody asks something."""
    details = Question(
        question_id=moment.msg_id + 1,
        question_text=stage.rng.choice(QUESTIONS),
        create_time=moment.now // 1000,
        user=stage.guest().user,
    )
    head = stage.common("WebcastQuestionNewMessage", moment)
    return head + WebcastQuestionNewMessage(details=details).SerializeToString()


def envelope(stage: RoomState, moment: Moment) -> bytes:
    """Somebody leaves a treasure box."""
    guest = stage.guest()
    info = EnvelopeInfo(
        envelope_id=str(moment.msg_id + 1),
        business_type=1,
        envelope_idc="maliva",
        send_user_name=guest.nickname,
        diamond_count=stage.rng.choice((20, 50, 100, 500)),
        people_count=stage.rng.choice((5, 10, 20)),
        unpack_at=moment.now // 1000 + 180,
        send_user_id=str(guest.id),
        send_user_avatar=guest.small.avatar_thumb,
        create_at=str(moment.now // 1000),
        room_id=str(stage.room_id),
    )
    text = stage.text("pm_mt_live_treasure_box", "{0:user} sent a treasure box", guest)
    head = stage.common("WebcastEnvelopeMessage", moment, text)
    return head + WebcastEnvelopeMessage(envelope_info=info, display=1).SerializeToString()


def emote(stage: RoomState, moment: Moment) -> bytes:
    """A subscriber sends a sticker."""
    guest = stage.guest()
    tail = WebcastEmoteChatMessage(
        emotes=[stage.rng.choice(stage.emotes)], user_identity=guest.identity
    )
    head = stage.common("WebcastEmoteChatMessage", moment)
    return head + guest.at_2 + tail.SerializeToString()


def subscribe(stage: RoomState, moment: Moment) -> bytes:
    """Somebody subscribes, or renews."""
    guest = stage.guest()
    months = 1 + int(stage.rng.expovariate(0.4))
    tail = WebcastSubNotifyMessage(
        exhibition_type=2,
        sub_month=months,
        subscribe_type=1,
        old_subscribe_status=1 if months > 1 else None,
        subscribing_status=1,
    )
    text = stage.text("pm_mt_sub_public_screen", "{0:user} subscribed to the host", guest)
    head = stage.common("WebcastSubNotifyMessage", moment, text)
    return head + guest.at_2 + tail.SerializeToString()


def caption(stage: RoomState, moment: Moment) -> bytes:
    """The broadcaster is heard."""
    tail = WebcastCaptionMessage(
        timestamp_ms=moment.now,
        duration_ms=1800,
        content=[CaptionContent(language="en", text=stage.rng.choice(SPEECH))],
        sentence_id=moment.msg_id & 0xFFFF,
        sequence_id=1,
        definite=True,
    )
    return stage.common("WebcastCaptionMessage", moment) + tail.SerializeToString()


def rank_update(stage: RoomState, moment: Moment) -> bytes:
    """The broadcaster moves on a ranking."""
    rank = 1 + int(stage.rng.random() * 99)
    shown = Text(key="pm_mt_live_hourly_ranking_p_d", default_pattern=f"Ranking {rank}")
    update = RankUpdate(rank_type=1, owner_rank=rank, default_content=shown, owner_on_rank=True)
    tail = WebcastRankUpdateMessage(updates_list=[update], group_type=1, priority=10)
    return stage.common("WebcastRankUpdateMessage", moment) + tail.SerializeToString()


def rank_text(stage: RoomState, moment: Moment) -> bytes:
    """A viewer moves among the best givers."""
    guest = stage.guest()
    said = Text(key="pm_mt_toplist_reach_topn", default_pattern="{0:user} is now a top viewer")
    tail = WebcastRankTextMessage(
        scene=1,
        owner_idx_before_update=4,
        owner_idx_after_update=2,
        other_get_badge_msg=said,
        cur_user_id=guest.id,
    )
    return stage.common("WebcastRankTextMessage", moment) + tail.SerializeToString()


def goal_update(stage: RoomState, moment: Moment) -> bytes:
    """A goal of the broadcast comes nearer."""
    guest = stage.guest()
    goal = LiveStreamGoal(
        id=stage.anchor_id,
        type=1,
        status=2,
        description="a new lamp",
        id_str=str(stage.anchor_id),
        start_time=moment.now // 1000 - 3600,
        contributors_length=17,
    )
    reached = int(stage.rng.random() * 200)
    goal.sub_goals.append(LiveStreamSubGoal(type=1, id=1, progress=reached, target=200))
    tail = WebcastGoalUpdateMessage(
        indicator=LiveStreamGoalIndicator(key=f"goal_{stage.anchor_id}", op=3),
        goal=goal,
        contributor_id=guest.id,
        contributor_avatar=guest.small.avatar_thumb,
        contributor_display_id=guest.unique_id,
        contribute_count=1,
        contribute_score=1,
        contributor_id_str=str(guest.id),
    )
    return stage.common("WebcastGoalUpdateMessage", moment) + tail.SerializeToString()


def barrage(stage: RoomState, moment: Moment) -> bytes:
    """A viewer reaches a level."""
    guest = stage.guest()
    level = 5 + int(stage.rng.random() * 30)
    tail = WebcastBarrageMessage(
        msg_type=_USER_UPGRADE,
        icon=icon("grade_badge_icon_lite_lv15"),
        content=Text(key="ttlive_gifterlevel_upgrade", default_pattern=f"reached level {level}"),
        duration=4000,
    )
    tail.user_grade_param.CopyFrom(
        BarrageTypeUserGradeParam(
            current_grade=level, display_config=1, user_id=str(guest.id), user=guest.small
        )
    )
    return stage.common("WebcastBarrageMessage", moment) + tail.SerializeToString()


def banner(stage: RoomState, moment: Moment) -> bytes:
    """A campaign banner, whose content is JSON text."""
    data = b'{"banner":[{"id":"campaign","schema":"sslocal://webcast_lynxview"}]}'
    tail = WebcastInRoomBannerMessage(data=[data], position=1, action_type=1)
    return stage.common("WebcastInRoomBannerMessage", moment) + tail.SerializeToString()


def notice(stage: RoomState, moment: Moment) -> bytes:
    """The rules of the house."""
    tail = WebcastRoomMessage(
        content="Welcome! Be kind to each other and have fun.", source=1, scene="welcome"
    )
    tail.is_welcome = True
    return stage.common("WebcastRoomMessage", moment) + tail.SerializeToString()


def deletion(stage: RoomState, moment: Moment) -> bytes:
    """A moderator removes a comment."""
    tail = WebcastImDeleteMessage(delete_msg_ids=[moment.msg_id - 1])
    tail.delete_user_ids.append(stage.guest().id)
    return stage.common("WebcastImDeleteMessage", moment) + tail.SerializeToString()


#: Wire name, builder, and how often, of each kind.
SIDELIGHTS: Final[tuple[tuple[str, Callable[[RoomState, Moment], bytes], int], ...]] = (
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
