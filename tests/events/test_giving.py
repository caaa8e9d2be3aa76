"""What people give."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import BOB, made
from tiktoklive.events import DecodedData, Origin

ROSE = 'gift { id: 5655 type: 1 diamond_count: 3 name: "Rose" describe: "Sent Rose" }'
LION = 'gift { id: 6369 type: 2 diamond_count: 29999 name: "Lion" }'


class GiftTests(SynchronousTestCase):
    """Gifts."""

    def test_all(self) -> None:
        """Who gives what to whom, how often and what it is worth."""
        event = made(
            "GiftMessage",
            BOB
            + ROSE
            + """
            gift_id: 5655 group_id: 18446744073709551615 repeat_count: 4 combo_count: 2
            to_user { unique_id: "alice" } gift_extra { to_user_id: 77 }
            """,
        )
        self.assertEqual("gift", event.name)
        self.assertEqual(("bob", "alice"), (event.user.unique_id, event.to_user.unique_id))
        self.assertEqual(
            ("5655", "Rose", "Sent Rose", 1, 3),
            (
                event.gift_id,
                event.gift_name,
                event.describe,
                event.gift_type,
                event.diamond_count,
            ),
        )
        self.assertEqual(
            ("18446744073709551615", 4, 2, 12, "77"),
            (
                event.group_id,
                event.repeat_count,
                event.combo_count,
                event.diamond_total,
                event.receiver_user_id,
            ),
        )
        self.assertEqual("<Gift @bob 4x Rose...>", repr(event))

    def test_streak(self) -> None:
        """A gift of type 1 is final when its streak is closed (wire facts §12.3)."""
        going = made("GiftMessage", ROSE + "repeat_count: 4 repeat_end: 0")
        closed = made("GiftMessage", BOB + ROSE + "repeat_count: 5 repeat_end: 1")
        self.assertEqual((False, False), (going.repeat_end, going.is_final))
        self.assertEqual((True, True), (closed.repeat_end, closed.is_final))
        self.assertEqual("<Gift @bob 5x Rose>", repr(closed))

    def test_single(self) -> None:
        """A gift of another type is final at once, and counts once even without a number."""
        event = made("GiftMessage", LION)
        self.assertTrue(event.is_final)
        self.assertEqual((0, 29999), (event.repeat_count, event.diamond_total))

    def test_without_details(self) -> None:
        """A message that leaves the gift's details out is shown by its number."""
        event = made("GiftMessage", BOB + "gift_id: 5655 repeat_count: 2")
        self.assertEqual(("", 0, None), (event.gift_name, event.diamond_count, event.to_user))
        self.assertEqual("<Gift @bob 2x 5655>", repr(event))
        self.assertEqual("0", event.receiver_user_id)

    def test_list(self) -> None:
        """What the list of gifts says of it comes last in its JSON, and not in what was decoded."""
        info = {"id": 5655, "name": "Rose", "combo": True}
        origin = Origin(gifts={5655: info})
        event = made("GiftMessage", BOB + ROSE + "gift_id: 5655", origin=origin)
        self.assertIs(info, event.extended_gift_info)
        shape = event.as_dict()
        self.assertEqual(("extendedGiftInfo", info), list(shape.items())[-1])
        del shape["extendedGiftInfo"]
        self.assertEqual(shape, DecodedData(event).as_dict())
        self.assertEqual(shape, made("GiftMessage", BOB + ROSE + "gift_id: 5655").as_dict())

    def test_not_listed(self) -> None:
        """A gift that is not in the list, or has no id, has none."""
        for gift_id in (0, 1):
            event = made("GiftMessage", f"gift_id: {gift_id}", origin=Origin(gifts={5655: {}}))
            self.assertIsNone(event.extended_gift_info)
            self.assertNotIn("extendedGiftInfo", event.as_dict())

    def test_image(self) -> None:
        """The gift's picture."""
        event = made("GiftMessage", 'gift { image { url_list: "https://x/rose.png" } }')
        self.assertEqual(["https://x/rose.png"], event.image.urls)


class EnvelopeTests(SynchronousTestCase):
    """Envelopes of coins."""

    def test_all(self) -> None:
        """Whose it is, what is in it, for how many, and when it opens."""
        event = made(
            "EnvelopeMessage",
            """
            envelope_info {
              envelope_id: "e7" send_user_name: "Bob" send_user_id: "12" diamond_count: 100
              people_count: 10 unpack_at: 1700000060
            }
            """,
        )
        self.assertEqual("envelope", event.name)
        self.assertEqual(
            ("e7", 100, 10, 1_700_000_060, "12", "Bob"),
            (
                event.envelope_id,
                event.coins,
                event.can_open,
                event.unpack_at,
                event.sender_id,
                event.sender_name,
            ),
        )
        self.assertEqual("<Envelope 'Bob' 100 coins>", repr(event))


class SuperFanBoxTests(SynchronousTestCase):
    """Boxes of super fans."""

    def test_both_signs(self) -> None:
        """The business type or the key of the line tells one, directly after its envelope."""
        for fields in (
            "envelope_info { business_type: 19 }",
            'common { display_text { key: "TTLIVE_superFanBox_x" } }',
        ):
            event = made("EnvelopeMessage", fields, number=5)
            (box,) = event.derived()
            self.assertEqual(
                ("superFanBox", f"{event.id}:superFanBox", ()), (box.name, box.id, box.derived())
            )

    def test_others(self) -> None:
        """Other envelopes are none, and tell whose they are and whether they are taken away."""
        event = made("EnvelopeMessage", "envelope_info { business_type: 1 } display: 2")
        self.assertEqual(((), 1, True), (event.derived(), event.business_type, event.is_hidden))
        self.assertFalse(made("EnvelopeMessage", "display: 1").is_hidden)
