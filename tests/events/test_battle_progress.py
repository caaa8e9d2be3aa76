"""The events that tell how a battle goes."""

from __future__ import annotations

import json

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import ORIGIN, ROOM, made
from tiktoklive.events import (
    Battle,
    BattleEnded,
    BattleHost,
    BattleScore,
    BattleStarted,
    BattleSupporter,
    BattleTeam,
)

ANN = BattleHost("1", "ann", "Ann", "https://p/ann", 9)
GIVERS = tuple(BattleSupporter(str(n), f"giver{n}", 10 - n) for n in range(1, 6))


def battle(result: int | None = None) -> Battle:
    """One that goes on."""
    made = Battle("7", ROOM, Clock().seconds)
    made.teams = (
        BattleTeam("0", (ANN,), 9, GIVERS, result),
        BattleTeam("0", (BattleHost("2"),), 4, (), None if result is None else 1 + (result == 2)),
    )
    made.kind, made.duration, made.start_time = 1, 300_000, 1_700_000_000_000
    made.end_time, made.ends_at = 1_700_000_300_000, 12.5
    return made


class BattleEventTests(SynchronousTestCase):
    """What they tell."""

    def test_json(self) -> None:
        """All of it, under names in the manner of 1.x; a score of many teams has their best."""
        cause = made("LinkMicArmies", "from_user_id: 5", number=99)
        one = battle()
        started = BattleStarted(one, cause, ORIGIN).as_dict()
        self.assertEqual(
            {
                "battleId": "7",
                "channelId": "0",
                "battleType": 1,
                "fromStart": True,
                "startTime": 1_700_000_000_000,
                "endTime": 1_700_000_300_000,
                "duration": 300_000,
                "remaining": 12_500,
            },
            {key: value for key, value in started.items() if key != "teams"},
        )
        first, second = started["teams"]
        self.assertEqual(
            {
                "userId": "1",
                "uniqueId": "ann",
                "nickname": "Ann",
                "profilePictureUrl": "https://p/ann",
                "score": 9,
            },
            first["hosts"][0],
        )
        self.assertEqual(("0", 4, None), (second["teamId"], second["score"], second["result"]))
        self.assertEqual(5, len(first["supporters"]))
        score = BattleScore(one, cause, ORIGIN).as_dict()
        self.assertEqual("5", score["fromUserId"])
        self.assertEqual(first["supporters"], score["teams"][0]["supporters"])
        self.assertEqual(
            [{"userId": "1", "uniqueId": "ann", "score": 9}], score["teams"][0]["hosts"]
        )
        one.teams *= 3
        six = BattleScore(one, cause, ORIGIN).as_dict()["teams"]
        self.assertEqual(first["supporters"][:2], six[0]["supporters"])
        self.assertEqual({"userId": "1", "nickname": "giver1", "score": 9}, first["supporters"][0])
        json.dumps([started, score])

    def test_end(self) -> None:
        """The end says why, who won, or that nobody did."""
        for result, winners, draw in ((0, ["1"], False), (2, [], True), (None, [], False)):
            one = battle(result)
            one.reason = "finished"
            shape = BattleEnded(one, None, ORIGIN).as_dict()
            self.assertEqual(
                ("finished", winners, draw, 0),
                (shape["reason"], shape["winnerIds"], shape["isDraw"], shape["remaining"]),
            )

    def test_ids(self) -> None:
        """Start and end have an id of the battle, a score that of its message."""
        cause = made("LinkMicArmies", "common { create_time: 5 }", number=99, is_history=True)
        kinds = BattleStarted, BattleScore, BattleEnded
        events = [kind(battle(), cause, ORIGIN) for kind in kinds]
        self.assertEqual(
            [
                f"{ROOM}:battle:7:battleStarted",
                f"{ROOM}:99:battleScore",
                f"{ROOM}:battle:7:battleEnded",
            ],
            [event.id for event in events],
        )
        for event in events:
            self.assertEqual(
                (5, True, len(cause.payload)),
                (event.create_time, event.is_history, event.payload_size),
            )
        alone = BattleEnded(battle(), None, ORIGIN)
        self.assertEqual((0, False, 0), (alone.create_time, alone.is_history, alone.payload_size))

    def test_snapshot(self) -> None:
        """An event says what was, the battle what is."""
        one = battle()
        event = BattleStarted(one, None, ORIGIN)
        one.teams, one.reason = (), "timeout"
        self.assertEqual((2, 12_500), (len(event.teams), event.remaining))
        self.assertEqual(((), 0), (event.battle.teams, event.battle.remaining))

    def test_repr(self) -> None:
        """The scores, for people."""
        one = battle()
        self.assertEqual("<Battle 7 @ann 9 : @2 4>", repr(one))
        self.assertEqual("<BattleStarted 7 @ann 9 : @2 4>", repr(BattleStarted(one, None, ORIGIN)))
        one.reason = "timeout"
        self.assertEqual(
            "<BattleEnded 7 @ann 9 : @2 4 timeout>", repr(BattleEnded(one, None, ORIGIN))
        )
