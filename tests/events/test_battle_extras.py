"""What comes beside the scores of battles."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import made


class ItemCardTests(SynchronousTestCase):
    """Cards."""

    def test_every_card(self) -> None:
        """Each kind of card that is used tells its name, its host, its user and its line."""
        shared = 'card_name_key: "k" effect_last_duration: 7 send_user { user { user_id: 6 } }'
        for part, info in (
            ("use_critical_strike_card", shared),
            ("use_smoke_card", shared),
            ("use_extra_time_card", shared),
            ("use_special_effect_card", shared),
            ("use_potion_card", shared),
            ("use_wave_card", shared),
            ("use_top2_card", f"common {{ {shared} }}"),
            ("use_top3_card", f"common {{ {shared} }}"),
        ):
            line = 'anchor_id: 11 display_content { default_pattern: "used" }'
            event = made("LinkMicBattleItemCard", f"{part} {{ card_info {{ {info} }} {line} }}")
            assert event.user is not None
            self.assertEqual(
                ("k", 7000, "6", "11", "used"),
                (
                    event.card_key,
                    event.effect_duration,
                    event.user.user_id,
                    event.host_user_id,
                    event.text,
                ),
                part,
            )

    def test_repr(self) -> None:
        """A card is shown with what is done with it, and its line."""
        line = 'use_potion_card { display_content { default_pattern: "used" } } msg_type: 7'
        event = made("LinkMicBattleItemCard", line)
        self.assertEqual("<LinkMicBattleItemCard 7 'used'>", repr(event))

    def test_host(self) -> None:
        """The host stands beside the card or in it."""
        inside = "use_potion_card { card_info { to_anchor_id: 12 } }"
        self.assertEqual("12", made("LinkMicBattleItemCard", inside).host_user_id)


class PunishFinishTests(SynchronousTestCase):
    """The end of a forfeit."""

    def test_repr(self) -> None:
        """It is shown with its battle."""
        event = made("LinkMicBattlePunishFinish", "battle_id: 7")
        self.assertEqual("<LinkMicBattlePunishFinish 7>", repr(event))


class TaskTests(SynchronousTestCase):
    """Tasks."""

    def test_undecided(self) -> None:
        """What is not decided has no result; the first value of each is one."""
        event = made("LinkmicBattleTaskMessage", "task_update { task_progress: 1 }")
        self.assertEqual((None, None), (event.result, event.reward_status))
        event = made("LinkmicBattleTaskMessage", "task_settle { } reward_settle { }")
        self.assertEqual((0, 0), (event.result, event.reward_status))
