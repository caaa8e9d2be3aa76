"""Gifts of a random room: one by one, and in streaks."""

from __future__ import annotations

import json
from typing import Any, Final

from tiktoklive.simulator.people import GIFT_FORMAT, Person
from tiktoklive.simulator.room_state import Moment, RoomState, Streak, nested
from tiktoklive.wire.common_pb2 import Text, TextFormat, TextPiece, TextPieceUser
from tiktoklive.wire.giving_pb2 import (
    GiftIMPriority,
    GiftMonitorInfo,
    SponsorshipInfo,
    WebcastGiftMessage,
)

_STRING_PIECE, _USER_PIECE = 1, 11

#: The text of every gift message without its pieces: giver, gift and count.
_TEXT: Final = Text(
    key="webcast_aweme_gift_send_message",
    default_pattern="{0:user} sent {1:gift} {2:string}",
    default_format=GIFT_FORMAT,
).SerializeToString()

_PRIORITY: Final = WebcastGiftMessage(
    priority=GiftIMPriority(queue_sizes=[-1, -1, 60, 200], self_queue_priority=1, priority=3)
).SerializeToString()

#: What gift messages end with, after the giver's identity.
_END: Final = WebcastGiftMessage(linkmic_gift_expression_strategy=1).SerializeToString()

_SPONSORED: Final = WebcastGiftMessage(
    sponsorship_info=[
        SponsorshipInfo(
            sponsor_id=6_950_000_000_000_000_001,
            unlighted_gift_icon="webcast-va/gallery_unlit",
            gift_gallery_detail_page_scheme_url="aweme://gift_gallery/?page=detail&from=tray",
        )
    ]
).SerializeToString()


def gift(state: RoomState, moment: Moment) -> bytes:
    """A gift on its own, or the next of a streak, or a streak's end."""
    rng = state.rng
    if state.streaks and (len(state.streaks) > 3 or rng.random() < 0.8):
        return _streak_gift(state, moment, state.streaks[int(rng.random() * len(state.streaks))])
    [given] = rng.choices(state.gifts, state.gift_weights)
    group = moment.now if given.streak else 0
    streak = Streak(state.giver(), given, group, 1 + int(rng.expovariate(1 / 3)))
    if given.streak:
        state.streaks.append(streak)
        return _streak_gift(state, moment, streak)
    streak.count = 1
    return _gift(state, moment, streak, ends=False)


def _streak_gift(state: RoomState, moment: Moment, streak: Streak) -> bytes:
    ends = streak.left == 0
    if ends:
        state.streaks.remove(streak)
    else:
        streak.left -= 1
        streak.count += 1
    return _gift(state, moment, streak, ends=ends)


def _gift(state: RoomState, moment: Moment, streak: Streak, *, ends: bool) -> bytes:
    guest, given = streak.guest, streak.gift
    start = WebcastGiftMessage(
        gift_id=given.id,
        fan_ticket_count=given.diamonds * streak.count,
        group_count=1,
        repeat_count=streak.count,
        combo_count=streak.count,
    )
    middle = WebcastGiftMessage(repeat_end=1 if ends else None, group_id=streak.group_id or None)
    end = WebcastGiftMessage(
        log_id=f"{moment.now}{moment.msg_id & 0xFFFFFFFF:08X}",
        send_type=4 if given.streak and not ends else 1,
        tray_display_text=Text(),
        gift_extra=_times(state, moment),
        user_identity=guest.identity,
    )
    if state.rng.random() < 0.12:
        end.monitor_extra = json.dumps(_extra(state, moment, streak, ends), separators=(",", ":"))
    many = "" if streak.count == 1 else f"{streak.count} times "
    describe = f"{guest.nickname}: {many}{given.name} for the host"
    return b"".join(
        (
            state.head("WebcastGiftMessage", moment, _text(state, streak), describe),
            start.SerializeToString(),
            guest.at_7,
            middle.SerializeToString(),
            _PRIORITY if given.streak and guest.id % 3 == 1 else b"",
            given.at_15,
            end.SerializeToString(),
            _END,
            _SPONSORED if given.diamonds == 1 and guest.id % 3 == 0 else b"",
        )
    )


def _text(state: RoomState, streak: Streak) -> bytes:
    """The text: the user, the gift, and how many."""
    count = TextPiece(type=_STRING_PIECE, string_value=f"x{streak.count}").SerializeToString()
    return b"".join(
        (
            _TEXT,
            nested(4, _giver(state, streak.guest)),
            nested(4, streak.gift.piece),
            nested(4, count),
        )
    )


def _giver(state: RoomState, guest: Person) -> bytes:
    """The piece of a text that shows a giver; made once for each."""
    made = state.pieces.get(guest.id)
    if made is None:
        made = state.pieces[guest.id] = TextPiece(
            type=_USER_PIECE,
            format=TextFormat(color="#ff9fd4ff", weight=400),
            user_value=TextPieceUser(user=guest.user, with_colon=True),
        ).SerializeToString()
    return made


def _times(state: RoomState, moment: Moment) -> GiftMonitorInfo:
    """When the gift passed which station, in milliseconds; of some, only the last is told."""
    chance = state.rng.random()
    if chance < 0.55:
        return GiftMonitorInfo(
            anchor_id=state.anchor_id,
            send_gift_send_message_success_ms=moment.now,
            to_user_id=state.anchor_id,
            from_platform="ios",
            from_version="0",
        )
    pace = 0.5 + chance
    return GiftMonitorInfo(
        anchor_id=state.anchor_id,
        profit_api_message_dur=int(160 * pace),
        send_gift_profit_api_start_ms=moment.now - int(200 * pace),
        send_gift_profit_core_start_ms=moment.now - int(120 * pace),
        send_gift_req_start_ms=moment.now - int(240 * pace),
        send_gift_send_message_success_ms=moment.now,
        send_profit_api_dur=int(70 * pace),
        to_user_id=state.anchor_id,
        send_gift_start_client_local_ms=moment.now - int(520 * pace),
        from_platform="android",
        from_version="400203",
    )


def _extra(state: RoomState, moment: Moment, streak: Streak, ends: bool) -> dict[str, Any]:
    """What some messages repeat as a JSON text."""
    return {
        "anchor_id": state.anchor_id,
        "from_idc": "maliva",
        "gift_id": streak.gift.id,
        "gift_type": 1 if streak.gift.streak else 2,
        "msg_id": moment.msg_id,
        "repeat_count": streak.count,
        "repeat_end": int(ends),
        "room_id": state.room_id,
        "to_user_id": state.anchor_id,
    }
