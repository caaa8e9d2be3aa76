"""
What happens seldom in a room: one message of each type that no other module makes.

They are written in protobuf's text form, with words in place of what differs: ``$user`` (a guest:
id and names), ``$user_id``, ``$name``, ``$host`` (the broadcaster's id), ``$room``, ``$id`` (some
number), ``$now`` (milliseconds), ``$time`` (seconds), ``$nanos`` and ``$picture``.
"""

from __future__ import annotations

from string import Template
from typing import Any, Final

from google.protobuf import text_format

from tiktoklive.simulator.room_state import Moment, RoomState
from tiktoklive.wire.messages import MESSAGE_TYPES

_GIFT: Final = "gift_id: 5655 repeat_count: 1 user { $user }"
_SETTING: Final = "battle_id: $id duration: 60 status: 1 timestamp: $now"

#: By wire name without ``Webcast``.
_TEXTS: Final[dict[str, str]] = {
    # Links and battles.
    "LinkLayerMessage": "message_type: 11 channel_id: $room scene: 4 list_change_content { list {"
    " linked_list { user { room_id: $room user_id: $host } linked_time_nano: $nanos }"
    " applied_list { user { room_id: $room user_id: $user_id } } } }",
    "LinkMessage": "message_type: 20 linker_id: $room scene: 4 list_change_content {"
    " linked_users_list { user { id: $host } modify_time: $time role_type: 1 }"
    " applied_users_list { user { $user } modify_time: $time } }",
    "LinkStateMessage": 'channel_id: $room scene: 4 layout { layout_id: "grid" }'
    " user_states_list { user { room_id: $room user_id: $host } linked_time_nano: $nanos }",
    "LinkMicMethod": "message_type: 8 user_id: $host fan_ticket: 20 total_link_mic_fan_ticket: 60",
    "LinkMicLayoutStateMessage": "room_id: $room layout_state: 4",
    "LinkMicAnchorGuideMessage": "guide_type: 7 user { user_id: $user_id }",
    "LinkScreenChangeMessage": 'change { old_state: 1 old_link_id: "${room}_1" new_state: 2'
    ' new_link_id: "${room}_2" }',
    "LinkMicBattle": f"battle_id: $id battle_setting {{ {_SETTING} }} action: 4"
    " armies { key: $host value { host_score: 0 } }"
    ' anchor_info { key: $host value { user { user_id: $host display_id: "host" } } }',
    "LinkMicArmies": f"battle_id: $id channel_id: $room battle_settings {{ {_SETTING} }}"
    " armies { key: $host value { host_score: 12 user_army { user_id: $user_id score: 12"
    ' nickname: "$name" } } } trigger_reason: 1 score_update_time: $now',
    "LinkMicBattlePunishFinish": "channel_id: $room battle_id: $id timestamp: $now"
    f" battle_settings {{ {_SETTING} }}",
    "LinkMicBattleItemCard": "battle_id: $id msg_type: 2 use_critical_strike_card { card_info {"
    ' card_name_key: "glove" send_time_sec: $time effect_last_duration: 30 multiple: 5'
    " to_anchor_id: $host } anchor_id: $host display_content {"
    ' default_pattern: "{0:user} sent a glove" pieces { type: 11 user_value { user { $user } } }'
    " } }",
    "LinkmicBattleTaskMessage": "battle_id: $id task_start { battle_bonus_config {"
    " task_period_config { task_start_time: 10 duration: 40 progress_target: 3 target_type: 1 }"
    " reward_period_config { duration: 30 reward_multiple: 2 } } }",
    "LinkmicBattleNoticeMessage": "notice_type: 6 notice { content {"
    ' default_pattern: "Only {0:string} counts." pieces { type: 1 string_value: "Rose" } } }',
    "LinkMicFanTicketMethod": "fan_ticket_room_notice { user_fan_ticket_list { user_id: $host"
    " fan_ticket: 42 match_rank: 1 } total_link_mic_fan_ticket: 42 event_time: $now }",
    # What the room does by itself.
    "ControlMessage": "action: 2",
    # Pins, questions, introductions.
    "RoomPinMessage": "pinned_message { common { msg_id: $id } user { $user }"
    ' content: "look at this" } original_msg_type: "WebcastChatMessage" timestamp: $now'
    " operator { id: $host } action: 1 display_duration: 60 pin_id: $id",
    "QuestionSelectedMessage": "question { question_id: $id create_time: $time"
    ' question_text: "How are you?" user { $user } }',
    "QuestionSlideDownMessage": "question_id: $id",
    "QuestionDeleteMessage": "question_id: $id user_id: $user_id",
    "LiveIntroMessage": 'room_id: $room content: "Welcome to my LIVE!" language: "en"'
    " host { id: $host }",
    "PollMessage": "message_type: 0 poll_id: $id start_content { start_time: $time"
    ' option_list { display_content: "yes" } option_list { display_content: "no" option_idx: 1 }'
    ' title: "Tea?" operator { id: $host } } poll_kind: 2',
    # Games.
    "PictionaryStartMessage": "round { pictionary_id: $id start_time: $time }",
    "PictionaryUpdateMessage": "count: 2 pictionary_id: $id",
    "PictionaryEndMessage": 'pictionary_id: $id word: "pen" count: 3',
    "PictionaryExitMessage": "pictionary_id: $id reason: 1",
    "LiveGameIntroMessage": 'game_text { default_pattern: "Plays {0:string}"'
    ' pieces { type: 1 string_value: "chess" } }',
    "GameRankNotifyMessage": 'msg_type: 2 notify_text { default_pattern: "Now No. 3" }',
    "PartnershipDropsUpdateMessage": 'change_mode: 2 drops_id: "71" anchor_uid: $host',
    "PartnershipCardChangeMessage": 'card_id: "72"',
    "PartnershipDownloadCountMessage": 'count: 131 task_id: "73"',
    "PartnershipGameOfflineMessage": 'offline_game_list { task_id: "73"'
    ' toast_text: "The game is over" task_list_len: 1 offline_type: 2 }',
    "PartnershipPunishMessage": 'punish_info { punish_type: "ban" punish_reason: "rules"'
    " violation_uid: $host }",
    # Gifts.
    "GoodyBagMessage": 'bag { bag_id: "$id" status: 1 room_id: "$room" rules { winner_count: 5'
    ' participant_count: 46 condition: 1 comment: "go" start_time: $time minutes: 10 }'
    " prize { count: 20 } }",
    "EnvelopePortalMessage": 'portal { envelope_id: "$id" user_id: "$user_id" }',
    "GiftCollectionUpdateMessage": "collection { count: 3 gift { id: 5655 diamond_count: 1"
    ' name: "Rose" } }',
    "GiftBroadcastMessage": "from_user_id: $user_id notify { common { display_text {"
    ' default_pattern: "{0:user} sent a {1:string}" pieces { type: 11 user_value {'
    ' user { $user } } } pieces { type: 1 string_value: "Lion" } } } }',
    "GiftPromptMessage": 'title: "Careful" body: "You spent much." block_num_days: 3',
    "GiftPanelUpdateMessage": "room_id: $room panel_ts_or_version: $time",
    "GiftDynamicRestrictionMessage": r'restriction_blob: "\010\001"',
    "BindingGiftMessage": f"message {{ common {{ msg_id: $id }} {_GIFT} }}",
    "BoostCardMessage": "cards { id: 2 task_id: 12 }",
    "ViewerPicksUpdateMessage": "update_type: 1",
    "UnauthorizedMemberMessage": 'action: 1 nick_name_prefix { default_pattern: "viewer" }'
    ' nick_name: "740434" enter_text { default_pattern: "{0:string} joined"'
    ' pieces { type: 1 string_value: "viewer740434" } }',
    # Hints and notices.
    "GuideMessage": 'guide_type: 1 gift_id: 5655 description: "Send a Rose" duration_ms: 4000',
    "CapsuleMessage": 'icon { url_list: "$picture" } desc {'
    ' default_pattern: "The host set a goal." } button_text { default_pattern: "Support" }'
    ' capsule_type: 4 scene: "goal"',
    "InRoomBannerRefreshMessage": "unknown_2: 20",
    "HashtagMessage": 'hashtag { hashtag_id: 5 image { url_list: "$picture" } }',
    "SystemMessage": 'message: "Comments are slow today."',
    "SpeakerMessage": "user { $user } trigger_type: 2",
    "NoticeMessage": 'content: "Be kind." notice_type: 3 title { default_pattern: "Reminder" }',
    "NotifyMessage": 'notify_type: 2 content_str: "A big gift" user { $user }'
    " extra_data { duration: 5 }",
    "RoomNotifyMessage": "notify_type: 3 extra_data { duration: 5 content_list {"
    ' contents_list { content_str: "The MVP " }'
    ' contents_list { content_str: "$name" need_high_light: true } } }',
    "MarqueeAnnouncementMessage": 'message_scene: "start_room_event" message_entity_list {'
    ' notify { common { display_text { default_pattern: "No. {0:string} is LIVE"'
    ' pieces { type: 1 string_value: "1" } } } } }',
    "ToastMessage": 'display_duration_millisecond: 3000 toast_text: "Saved" button_text: "OK"',
    # Moderation.
    "BottomMessage": 'duration: 599 biz_type: 6 punish_info { punish_type: "risk_notice"'
    ' punish_id: "77" violation_uid: $host }',
    "PerceptionMessage": 'dialog { title { default_pattern: "Reminder" }'
    ' sub_title { default_pattern: "Please be kind" } scene: 6 } end_time: $time',
    "AccessRecallMessage": 'status: 1 end_time: $time scene: "CONTENT_CLASSIFICATION"'
    ' notice { default_pattern: "For adults" }',
    "AccessControlMessage": "captcha { captcha_record_id: 12 room_id: $room"
    " verify_duration_in_sec: 60 }",
    "RoomVerifyMessage": 'action: 4 content: "Checked"',
    "AlertBoxAuditResultMessage": "user_id: $host"
    ' text_list { id: 2 text: "Thanks!" audit_status: 1 }',
    "MsgDetectMessage": "detect_type: 2 time_info { client_start_ms: 1"
    ' api_send_to_goim_ms: $now } from_region: "SA"',
    # Ranks.
    "HourlyRankMessage": 'data { data1: 1 rankings { default_pattern: "Weekly Ranking" } }',
    "HourlyRankRewardMessage": "winners { user_id: $user_id notify_message { common {"
    ' display_text { default_pattern: "{0:string} won" pieces { type: 1 string_value: "$name" }'
    " } } } }",
    "WeeklyRankRewardMessage": 'user_id: $host reward { type: "weekly_rank" } notice { rank: 3'
    ' common { display_text { default_pattern: "No. {0:string} of the week"'
    ' pieces { type: 1 string_value: "3" } } } }',
    # Shops.
    "OecLiveShoppingMessage": 'shop_data { title: "Lamp" price_string: "3 EUR"'
    ' image_url: "$picture" shop_url: "https://shop.example/lamp" shop_name: "Lights" }',
    "EcShortItemRefreshMessage": 'item { delay: 3000 name: "shortTouchEcommerceVoucher" }',
    "EcTaskRegisterMessage": 'task { delay: 5000 task_id: "71" }',
    "PaidContentLiveShoppingMessage": "content { content_id: 81 } time { time: $now }",
    "BALeadGenMessage": 'action: 1 time: $time key: "cta_extension_learnmore"',
    "AnchorToolModificationMessage": "tool { anchor_id: $host effect_id: 89"
    ' effect_name: "Paper Hat" update_time: $time panel: "trending" }',
    # Stickers.
    "RoomStickerMessage": 'sticker { sticker_id: 22 name: "Welcome" type: 4 text: "Hello"'
    ' image { url_list: "$picture" } x: 360 y: 408 }',
    "DonationStickerModifyMethod": "sticker { campaign_id: 69 organisation {"
    ' name: "Helpers" description: "They help." donate_url: "https://give.example/69" } }',
    "SubTimerStickerMessage": "sticker { status: 4 timer_id: $id"
    ' title: "Subathon" duration: 14400 remaining: 13800 update_time: $time }',
    # Subscriptions.
    "SubscriptionNotifyMessage": "user { $user } exhibition_type: 2",
    "SubCapsuleMessage": 'description { default_pattern: "Support the host" }'
    ' btn_name { default_pattern: "Go" } capsule_scene: "goal" from_user_id: $user_id',
    "SubscriptionGuideMessage": 'content { default_pattern: "The host set a goal." }'
    ' button { default_pattern: "Support" } type: "notice_viewer_new_goal"',
    "SubPinEventMessage": 'action_type: 1 card { title { type: 1 content: "Goal" }'
    ' image { url_list: "$picture" } type: 2 id: 27 goal_pin_card { goal_id: 27 target: 25'
    " progress: 21 } } operator_user_id: $host",
    "SubWaveMessage": 'wave { status: 1 user { user_id: $user_id nickname: "$name" }'
    " state { time: $time user_count: 6 wave_id: 91 } }",
    "UpdateShareRevenueNoticeMessage": "room_id: $room before { unknown_1: 1 }"
    " after { unknown_1: 1 unknown_3: 2 }",
}

OTHERS: Final = {f"Webcast{name}": Template(text) for name, text in _TEXTS.items()}

#: What does not come by chance: the room says itself when it pauses or ends, battles have an order,
#: and guests, polls and pins are played as they go.
NOT_BY_CHANCE: Final = frozenset(
    f"Webcast{name}"
    for name in (
        *("ControlMessage", "LinkMicBattle", "LinkMicArmies", "LinkMicBattlePunishFinish"),
        *("LinkMicBattleItemCard", "LinkmicBattleTaskMessage", "LinkmicBattleNoticeMessage"),
        *("LinkLayerMessage", "LinkMessage", "PollMessage", "RoomPinMessage"),
    )
)


def other_message(method: str, state: RoomState, moment: Moment) -> bytes:
    """The payload of one of them."""
    guest = state.guest()
    name = "".join(f"\\{byte:03o}" for byte in guest.nickname.encode())
    kind = MESSAGE_TYPES[method]  # two wire names may stand for one type
    filled = OTHERS[kind.DESCRIPTOR.name].substitute(
        user=f'id: {guest.id} nickname: "{name}" unique_id: "{guest.unique_id}"',
        user_id=guest.id,
        name=name,
        host=state.anchor_id,
        room=state.room_id,
        id=moment.msg_id + 1,
        now=moment.now,
        time=moment.now // 1000,
        nanos=moment.now * 1_000_000,
        picture=state.pictures.icon("seldom").url_list[0],
    )
    message: Any = text_format.Parse(filled, kind())
    head = message.common  # which is not field 1 in all of them
    head.method, head.msg_id = method, moment.msg_id
    head.room_id, head.create_time, head.is_show_msg = state.room_id, moment.now, True
    payload: bytes = message.SerializeToString()
    return payload
