"""What events are made of: each attribute of a part reads the field that it is to read."""

from __future__ import annotations

from typing import Any

from google.protobuf import text_format
from google.protobuf.message import Message
from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import ORIGIN, ROOM, made
from tests.events.test_golden import attributes_of, written
from tiktoklive.events import (
    Audience,
    Battle,
    BattleHost,
    BattleTeam,
    DecodedData,
    GiftStreak,
    GuestJoined,
    RawData,
    battle,
    fan_tickets,
    games,
    gifting,
    goals,
    guests,
    moderation,
    pictures,
    ranks,
)
from tiktoklive.events.streak import GiftDetails
from tiktoklive.wire import (
    battle_pb2,
    commerce_pb2,
    common_pb2,
    giving_pb2,
    linkmic_pb2,
    notices_pb2,
    observed_pb2,
    ranking_pb2,
    room_pb2,
)

PICTURE = 'url_list: "https://pictures.example/a.png" width: 3 height: 4'
USER = guests.LinkedUser("7")
SHOWN = "https://pictures.example/a.png"

#: A part, its message, the text of that, and each attribute with its value.
PARTS: list[tuple[Any, type[Message], str, dict[str, Any]]] = [
    (
        battle.Supporter,
        battle_pb2.BattleUserArmy,
        f'user_id: 7 nickname: "Ann" score: 5 diamond_score: 3 avatar_thumb {{ {PICTURE} }}',
        {
            "user_id": "7",
            "nickname": "Ann",
            "score": 5,
            "diamond_score": 3,
            "profile_picture": SHOWN,
        },
    ),
    (
        battle.WinStreak,
        battle_pb2.BattleComboInfo,
        "user_id: 7 combo_status: 2 combo_count: 3 combo_type: 4",
        {"host_user_id": "7", "count": 3},
    ),
    (
        fan_tickets.FanTicket,
        linkmic_pb2.UserFanTicket,
        "user_id: 7 fan_ticket: 2 match_total_score: 3 match_rank: 4",
        {"user_id": "7", "count": 2, "score": 3, "rank": 4},
    ),
    (
        games.OfflineGame,
        commerce_pb2.OfflineGameInfo,
        'task_id: "7" toast_text: "Over" task_list_len: 3 offline_type: 2',
        {"task_id": "7", "text": "Over", "kind": 2},
    ),
    (
        gifting.GoodyBagWinner,
        observed_pb2.GoodyBagWinner,
        'user { user_id: "7" nickname: "Ann" } count: 3',
        {"user_id": "7", "nickname": "Ann", "count": 3},
    ),
    (
        goals.SubGoal,
        giving_pb2.LiveStreamSubGoal,
        'type: 1 id: 4 progress: 5 target: 5 gift { name: "Rose" diamond_count: 2 '
        f"icon {{ {PICTURE} }} }}",
        {
            "kind": 1,
            "sub_goal_id": "4",
            "gift_name": "Rose",
            "gift_picture": SHOWN,
            "diamond_count": 2,
            "progress": 5,
            "target": 5,
            "is_reached": True,
        },
    ),
    (
        goals.SubGoal,
        giving_pb2.LiveStreamSubGoal,
        'type: 2 id: 4 id_str: "9" progress: 6 target: 7',
        {
            "kind": 2,
            "sub_goal_id": "9",
            "gift_name": "",
            "gift_picture": "",
            "diamond_count": 0,
            "progress": 6,
            "target": 7,
            "is_reached": False,
        },
    ),
    (
        goals.GoalContributor,
        giving_pb2.LiveStreamGoalContributor,
        f'user_id: 7 display_id: "ann" score: 3 avatar {{ {PICTURE} }}',
        {"user_id": "7", "unique_id": "ann", "score": 3, "picture": SHOWN},
    ),
    (
        goals.GoalContributor,
        giving_pb2.LiveStreamGoalContributor,
        'user_id: 7 user_id_str: "8"',
        {"user_id": "8", "unique_id": "", "score": 0, "picture": ""},
    ),
    (
        goals.PollOption,
        room_pb2.PollOptionInfo,
        'option_idx: 2 display_content: "Yes" votes: 3 '
        "vote_user_list { user_id: 7 } vote_user_list { user_id: 8 }",
        {"index": 2, "text": "Yes", "votes": 3, "voter_ids": ["7", "8"]},
    ),
    (
        moderation.Punishment,
        notices_pb2.PunishEventInfo,
        'punish_type: "mute" punish_reason: "internal" punish_id: "4" violation_uid: 7 duration: 9',
        {"kind": "mute", "reason": "internal", "punish_id": "4", "user_id": "7", "duration": 9},
    ),
    (
        moderation.Punishment,
        notices_pb2.PunishEventInfo,
        'punish_reason: "internal" show_reason: "shown" violation_uid: 7 violation_uid_str: "8"',
        {"kind": "", "reason": "shown", "punish_id": "", "user_id": "8", "duration": 0},
    ),
    (
        moderation.Audited,
        notices_pb2.AlertText,
        'id: 7 alert_type: 3 text: "Hi" audit_status: 2',
        {"audit_id": "7", "content": "Hi", "audit_status": 2},
    ),
    (
        moderation.Audited,
        notices_pb2.AlertAudio,
        'id: 7 alert_type: 3 tos_url: "https://a.example/" audit_status: 1',
        {"audit_id": "7", "content": "https://a.example/", "audit_status": 1},
    ),
    (
        pictures.Image,
        common_pb2.Image,
        PICTURE,
        {"urls": [SHOWN], "url": SHOWN, "width": 3, "height": 4},
    ),
    (
        ranks.Rank,
        ranking_pb2.RankUpdate,
        "rank_type: 8 owner_rank: 3 owner_on_rank: true countdown: 60 "
        'default_content { default_pattern: "Daily" }',
        {"kind": 8, "title": "Daily", "place": 3, "is_on_rank": True, "remaining": 60_000},
    ),
    (
        ranks.RankReward,
        ranking_pb2.HourlyRankRewardInfo,
        'user_id: 7 notify_message { common { display_text { default_pattern: "Won" } } }',
        {"user_id": "7", "text": "Won"},
    ),
]

#: The wire name of an event, the text of its message, and those of its attributes that are empty
#: in recordings, or made of another one.
EVENTS: list[tuple[str, str, dict[str, Any]]] = [
    ("QuestionSelectedMessage", "question { answer_status: 2 }", {"answer_status": 2}),
    ("HashtagMessage", 'hashtag { hashtag_id: 5 title: "Gaming" }', {"title": "Gaming"}),
    ("LinkLayerMessage", "message_type: 1", {"is_begun": True, "is_over": False}),
    ("LinkLayerMessage", "message_type: 10", {"is_begun": False, "is_over": True}),
    ("LinkMessage", "message_type: 1", {"is_begun": True, "is_over": False}),
    ("LinkMessage", "message_type: 2", {"is_begun": False, "is_over": True}),
    ("LinkMessage", "message_type: 10", {"is_begun": False, "is_over": False}),
    (
        "EnvelopeMessage",
        f"envelope_info {{ send_user_avatar {{ {PICTURE} }} }}",
        {"sender_picture": SHOWN},
    ),
    ("ControlMessage", "action: 3 common { room_id: 5 }", {"applies": False}),
    ("ControlMessage", f"action: 3 common {{ room_id: {ROOM} }}", {"applies": True}),
    ("ControlMessage", "action: 3", {"applies": True}),
    ("ChatMessage", 'content: "Hi"', {"payload_size": 4}),
    ("ChatMessage", "common { msg_id: 9 }", {"message_key": "9", "msg_id": "9"}),
]


class EventTests(SynchronousTestCase):
    """What golden files cannot show of events."""

    def test_values(self) -> None:
        """Each attribute has the value that its message says."""
        for name, text, expected in EVENTS:
            event = made(name, text)
            found = {each: written(getattr(event, each)) for each in expected}
            self.assertEqual(expected, found, f"{name} {text}")

    def test_replayed(self) -> None:
        """What TikTok replays is about the broadcast before we came."""
        self.assertFalse(made("ControlMessage", "action: 3", is_history=True).applies)

    def test_of_its_message(self) -> None:
        """What comes of a message is as old as that, of the same size, and replayed if that is."""
        header = "common { create_time: 5 }"
        cause = made("RoomUserSeqMessage", header, number=9, is_history=True)
        event: Any
        for event, expected in (
            (Audience(cause, ()), (5, True, 0)),
            (GuestJoined(made("LinkMessage", header, is_history=True), USER), (5, True, 0)),
            (GuestJoined(made("LinkMessage"), USER), (0, False, 0)),
        ):
            found = (event.create_time, event.is_history, event.payload_size)
            self.assertEqual(expected, found, event)
        size = len(cause.payload)
        self.assertEqual(size, DecodedData(cause).payload_size)
        self.assertEqual(size, RawData(cause.method, cause.payload).payload_size)
        gift = made("GiftMessage", header)
        streak = GiftStreak(gift, GiftDetails(1, "Rose", 3, None), 4, "timeout", ORIGIN)
        self.assertEqual(len(gift.payload), streak.payload_size)

    def test_key(self) -> None:
        """A message without an id has its content as its key, and another one another."""
        one, same, other = (made("ChatMessage", f'content: "{text}"') for text in "aab")
        self.assertEqual(one.message_key, same.message_key)
        self.assertNotEqual(one.message_key, other.message_key)
        self.assertEqual("8", made("ChatMessage", number=8).message_key)

    def test_winners(self) -> None:
        """The hosts of teams that won are its winners; where one is at a draw, it is one."""
        battle_ = Battle("7", ROOM, lambda: 0.0)
        hosts = [BattleHost(str(number)) for number in range(3)]
        for results, winners, is_draw in (
            ((0, 1), ["0", "1"], False),
            ((1, 0), ["2"], False),
            ((2, 2), [], True),
            ((None, None), [], False),
        ):
            battle_.teams = (
                BattleTeam("1", tuple(hosts[:2]), result=results[0]),
                BattleTeam("2", tuple(hosts[2:]), result=results[1]),
            )
            self.assertEqual((winners, is_draw), (battle_.winner_ids, battle_.is_draw))


class PartsTests(SynchronousTestCase):
    """Parts by themselves."""

    def test_values(self) -> None:
        """Each attribute has the value of its field, and none of a part is left out."""
        for part, message, text, expected in PARTS:
            view = part(text_format.Parse(text, message()))
            self.assertEqual(set(attributes_of(part)), set(expected), part)
            found = {name: written(getattr(view, name)) for name in expected}
            self.assertEqual(expected, found, part)

    def test_gallery(self) -> None:
        """Of a gift of the gallery, how many, and who gave most."""
        text = "goal_count: 5 current_sponsor_id: 7"
        message = text_format.Parse(text, gifting.wire.TitleData())
        progress = gifting.GalleryProgress("5655", message)
        self.assertEqual(
            ("5655", 5, "7"), (progress.gift_id, progress.goal_count, progress.sponsor_id)
        )
