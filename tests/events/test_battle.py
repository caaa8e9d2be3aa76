"""Battles between hosts."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import made


class LinkMicBattleTests(SynchronousTestCase):
    """The course of a battle."""

    def test_all(self) -> None:
        """Which battle, what happens to it, and its hosts."""
        event = made(
            "LinkMicBattle",
            """
            battle_id: 18446744073709551615 action: 4
            anchor_info { key: 1 value { user { user_id: 1 display_id: "alice" nick_name: "A" } } }
            anchor_info { key: 2 value { user { user_id: 2 display_id: "eve" } } }
            anchor_info { key: 3 value { tags { content: "no user" } } }
            """,
        )
        self.assertEqual(
            ("linkMicBattle", "18446744073709551615", 4),
            (event.name, event.battle_id, event.action),
        )
        self.assertEqual(
            [("1", "alice", "A"), ("2", "eve", "")],
            [(user.user_id, user.unique_id, user.nickname) for user in event.battle_users],
        )
        self.assertEqual("<LinkMicBattle @alice vs @eve>", repr(event))

    def test_without_hosts(self) -> None:
        """A battle without hosts is shown by its number."""
        event = made("LinkMicBattle", "battle_id: 7")
        self.assertEqual(([], "<LinkMicBattle 7>"), (event.battle_users, repr(event)))


class LinkMicArmiesTests(SynchronousTestCase):
    """The scores of a battle."""

    def test_all(self) -> None:
        """Both sides with their points, and the viewers who gave them."""
        event = made(
            "LinkMicArmies",
            """
            battle_id: 7 trigger_reason: 2
            armies {
              key: 18446744073709551615
              value { host_score: 300 user_army { user_id: 5 score: 299 nickname: "Bob" } }
            }
            armies { key: 2 value { host_score: 20 } }
            """,
        )
        self.assertEqual(
            ("linkMicArmies", "7", 2), (event.name, event.battle_id, event.battle_status)
        )
        self.assertEqual(
            [("18446744073709551615", 300), ("2", 20)],
            [(army.host_user_id, army.points) for army in event.battle_armies],
        )
        [bob] = event.battle_armies[0].participants
        self.assertEqual(("5", "Bob", 299), (bob.user_id, bob.nickname, bob.score))
        self.assertEqual([], event.battle_armies[1].participants)
        self.assertEqual("<LinkMicArmies 300 : 20>", repr(event))
        self.assertEqual("<Supporter 'Bob' 299>", repr(bob))
        self.assertEqual("<Army of 2 20>", repr(event.battle_armies[1]))
