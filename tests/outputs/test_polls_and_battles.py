"""An archive has a table of polls and one of battles."""

from __future__ import annotations

import json
from typing import Any

from twisted.internet.task import Clock

from tests.dispatch.test_battles import FINISH, OPEN, change, result, score
from tests.outputs.doubles import NOON, ROOM, event, origin
from tests.outputs.test_sqlite import ArchiveTestCase
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.events import Event
from tiktoklive.outputs.archive import erase_user
from tiktoklive.outputs.sqlite import HOURLY

_OPTIONS = 'option_list {{ display_content: "tea" votes: {} }} '
_OPTIONS += 'option_list {{ display_content: "coffee" option_idx: 1 votes: {} }}'


def poll(kind: str, *votes: int, number: int = 0, seconds: float = 0.0) -> list[Event]:
    """A poll's message, and what is derived from it."""
    content = _OPTIONS.format(*votes) if votes else ""
    if kind == "start":
        content += ' title: "Tea or coffee?" start_time: 1700000000'
    field = {"start": "start_content", "votes": "update_content", "end": "end_content"}[kind]
    text = f"poll_id: 62 {field} {{ {content} }}"
    message: Any = event("PollMessage", text, origin(seconds=seconds), number=number)
    return [message, *message.derived()]


class PollTests(ArchiveTestCase):
    """Polls."""

    def polls(self) -> list[Any]:
        """Title, beginning, end, and the answers with their votes."""
        rows = self.query("SELECT title, started_at, ended_at, options FROM polls")
        return [
            (*row, {each["text"]: each["votes"] for each in json.loads(options)})
            for *row, options in rows
        ]

    def test_whole(self) -> None:
        """A poll is one row, with the last count."""
        archive, start = self.archive(), 1_700_000_000_000
        self.write(archive, *poll("start", 0, 0, number=1))
        self.assertEqual([("Tea or coffee?", start, None, {"tea": 0, "coffee": 0})], self.polls())
        self.write(archive, *poll("votes", 3, 4, number=2))
        self.write(archive, *poll("end", 5, 4, number=3, seconds=60))
        ended = (NOON + 60) * 1000
        whole = [("Tea or coffee?", start, ended, {"tea": 5, "coffee": 4})]
        self.assertEqual(whole, self.polls())
        self.write(archive, *poll("votes", 4, 4, number=4), *poll("end", number=5, seconds=60))
        self.assertEqual(whole, self.polls())

    def test_end_alone(self) -> None:
        """Of a poll whose beginning was missed is known what its end says."""
        self.write(self.archive(), *poll("end", 5, 4, number=3))
        self.assertEqual([("", None, NOON * 1000, {"tea": 5, "coffee": 4})], self.polls())


class BattleTests(ArchiveTestCase):
    """Battles."""

    def setUp(self) -> None:
        super().setUp()
        self.told: list[Any] = []
        self.trackers = Trackers(Clock(), self.told.append)
        self.trackers.begin(ROOM)

    def happens(self, *events: Any) -> list[Event]:
        """What the messages tell of battles."""
        before = len(self.told)
        for each in events:
            self.trackers.take(each)
        return self.told[before:]

    def test_whole(self) -> None:
        """A battle is one row, from its beginning to its end."""
        archive = self.archive()
        self.write(archive, *self.happens(change(OPEN), score(10, 5)))
        [(battle, ended, reason, teams)] = self.query(
            "SELECT battle_id, ended_at, reason, teams FROM battles"
        )
        self.assertEqual(("7", None, ""), (battle, ended, reason))
        self.assertEqual([10, 5], [team["score"] for team in json.loads(teams)])
        self.write(archive, *self.happens(change(FINISH, text=result(12, 40), at=300)))
        [(reason, draw, winners, teams, duration)] = self.query(
            "SELECT reason, is_draw, winner_ids, teams, duration FROM battles"
        )
        self.assertEqual(("finished", 0, '["2"]', 300_000), (reason, draw, winners, duration))
        self.assertEqual([12, 40], [team["score"] for team in json.loads(teams)])
        [(ended,)] = self.query("SELECT ended_at FROM battles")
        self.assertIsNotNone(ended)

    def test_late(self) -> None:
        """What comes after the end changes nothing."""
        archive = self.archive()
        told = self.happens(change(OPEN), score(10, 5), change(FINISH, text=result(12, 40)))
        self.write(archive, *told)
        whole = self.query("SELECT * FROM battles")
        self.write(archive, *told[:2])
        self.assertEqual(whole, self.query("SELECT * FROM battles"))

    def test_erased(self) -> None:
        """Who gave in a battle is forgotten with the rest of them."""
        archive, number = self.archive(), 7_000_000_000_000_000_123
        giver = f'user_army {{ user_id: {number} score: 4 nickname: "Traceable" }}'
        self.write(archive, *self.happens(change(OPEN), score(10, 5, givers=giver)))
        [(teams,)] = self.query("SELECT teams FROM battles")
        self.assertIn("Traceable", teams)
        erase_user(self.path, str(number))
        [(teams,)] = self.query("SELECT teams FROM battles")
        self.assertNotIn("Traceable", teams)
        self.assertEqual([10, 5], [team["score"] for team in json.loads(teams)])

    def test_old(self) -> None:
        """They go when they are older than what is kept."""
        archive = self.archive(keep=86400)
        self.write(archive, *self.happens(change(OPEN)), *poll("start", 1, 1, number=1))
        self.assertEqual([(1, 1)], self.counts())
        self.clock.advance(86400 + 2 * HOURLY)
        self.assertEqual([(0, 0)], self.counts())

    def counts(self) -> list[Any]:
        """How many polls and battles there are."""
        return self.query("SELECT (SELECT count(*) FROM polls), (SELECT count(*) FROM battles)")
