"""Battles between hosts."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import made
from tiktoklive.events import BattleHost, BattleTeam


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

    def test_actions(self) -> None:
        """It begins by its opening alone, and ends in its time, cut short or cancelled."""
        events = {action: made("LinkMicBattle", f"action: {action}") for action in range(12)}
        self.assertEqual([4], [action for action, each in events.items() if each.is_start])
        self.assertEqual([3, 5, 6], [action for action, each in events.items() if each.is_end])

    def test_times(self) -> None:
        """Its end is what is said, or follows from its beginning and length; else it is unknown."""
        for setting, ends in (
            ("timestamp: 1700000000000 duration: 300", 1_700_000_300_000),
            ("timestamp: 1700000000 duration: 300 extra_duration_second: 9", 1_700_000_309_000),
            (
                "timestamp: 1700000000000 duration: 300 end_time_ms: 1700000000007",
                1_700_000_000_007,
            ),
            ("end_time_ms: 1700000000", 1_700_000_000_000),
            ("duration: 300", 0),
            ("timestamp: 1700000000000", 0),
        ):
            event = made("LinkMicBattle", f"battle_setting {{ {setting} }}")
            self.assertEqual(ends, event.end_time, setting)

    def test_teams(self) -> None:
        """Hosts who are alone, and those whom only their score or their result names."""
        event = made(
            "LinkMicBattle",
            """
            action: 5
            anchor_info { key: 1 value { user { user_id: 1 display_id: "alice" } } }
            anchor_info { key: 4 }
            armies { key: 2 value { host_score: 5 } }
            battle_result { key: 3 value { user_id: 3 result: 1 score: 4 } }
            battle_result { key: 2 value { user_id: 2 } }
            """,
        )
        self.assertEqual(
            [("1", "alice", 0, None), ("4", "", 0, None), ("2", "", 5, 0), ("3", "", 4, 1)],
            [
                (team.hosts[0].user_id, team.hosts[0].unique_id, team.score, team.result)
                for team in event.teams
            ],
        )
        self.assertEqual(["2"], event.winner_ids)
        self.assertEqual(
            {("0", "1"), ("0", "4"), ("0", "2"), ("0", "3")}, {t.key for t in event.teams}
        )

    def test_team_members(self) -> None:
        """A team's hosts are those that any part of the message names, each once."""
        event = made(
            "LinkMicBattle",
            """
            team_users { team_id: 1 user_ids: 11 user_ids: 12 }
            team_armies { team_id: 1 team_users { user_id: 12 score: 3 } team_total_score: 3 }
            team_battle_result { team_id: 1 team_users { user_id: 13 score: 1 } total_score: 9 }
            team_battle_result { team_id: 2 result: 1 total_score: 2 }
            """,
        )
        first = (BattleHost("11"), BattleHost("12", score=3), BattleHost("13", score=1))
        self.assertEqual(
            [BattleTeam("1", first, 3, (), 0), BattleTeam("2", (), 2, (), 1)], event.teams
        )
        self.assertEqual(["11", "12", "13"], event.winner_ids)
        self.assertEqual([("1", ""), ("2", "")], [team.key for team in event.teams])

    def test_picture(self) -> None:
        """The address of a host's picture, which is signed, is not in the repr."""
        host = BattleHost("1", "alice", picture_url="https://p/signed")
        self.assertEqual("<BattleHost alice 0>", repr(host))


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
