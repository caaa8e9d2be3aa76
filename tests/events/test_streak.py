"""The event of a gift whose number is final."""

from __future__ import annotations

import json

from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import BOB, ORIGIN, ROOM, made
from tiktoklive.events import GiftStreak
from tiktoklive.events.streak import GiftDetails

DETAILS = GiftDetails(1, "Rose", 3, "https://x/rose")


def streak(reason: str = "repeat_end", text: str = "group_id: 7", count: int = 4) -> GiftStreak:
    """A streak whose last event lacks the details, as it may."""
    gift = made(
        "GiftMessage",
        f"{BOB} gift_id: 5655 repeat_count: 3 common {{ create_time: 123 }} {text}",
        number=99,
        is_history=True,
    )
    return GiftStreak(gift, DETAILS, count, reason, ORIGIN)


class GiftStreakTests(SynchronousTestCase):
    """What it tells."""

    def test_all(self) -> None:
        """Who gave what, how many, and what they are worth."""
        event = streak()
        self.assertEqual("giftStreak", event.name)
        self.assertEqual(
            ("bob", "5655", "7", "Rose", "https://x/rose", 4, 3, 12, "repeat_end"),
            (
                event.user.unique_id,
                event.gift_id,
                event.group_id,
                event.gift_name,
                event.gift_picture_url,
                event.repeat_count,
                event.diamond_count,
                event.diamond_total,
                event.reason,
            ),
        )
        self.assertEqual(
            (3, True, 123), (event.gift.repeat_count, event.is_history, event.create_time)
        )
        self.assertEqual("<GiftStreak @bob 4x Rose repeat_end>", repr(event))

    def test_id(self) -> None:
        """The same streak has the same id, however it ended; without a group the message's."""
        user = "18446744073709551615"
        self.assertEqual(f"{ROOM}:streak:{user}:5655:7", streak().id)
        self.assertEqual(streak().id, streak("timeout", count=2).id)
        self.assertEqual(f"{ROOM}:streak:99", streak("single").id)
        self.assertEqual(f"{ROOM}:streak:99", streak("timeout", "").id)

    def test_json(self) -> None:
        """Its JSON has the names of 1.x; the user's attributes are those of a gift."""
        event = streak()
        shape = event.as_dict()
        self.assertEqual(
            {
                "giftId": 5655,
                "giftName": "Rose",
                "giftPictureUrl": "https://x/rose",
                "diamondCount": 3,
                "repeatCount": 4,
                "diamondTotal": 12,
                "groupId": "7",
                "reason": "repeat_end",
            },
            dict(list(shape.items())[:8]),
        )
        of_gift = event.gift.as_dict()
        self.assertEqual(event.user.as_dict(), dict(list(shape.items())[8:]))
        self.assertLessEqual(event.user.as_dict().items(), of_gift.items())
        self.assertEqual(shape, json.loads(json.dumps(shape)))
