"""The plain values that travel between the parts."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.model import Resume, Room, State, Status, Ticket


class ValueTests(SynchronousTestCase):
    """Frozen values."""

    def test_frozen(self) -> None:
        """Nobody changes a value that others hold."""
        for value in (Room("a", "1"), Resume(), Ticket(Room("a", "1"), "wss://x/"), State()):
            with self.subTest(type(value).__name__):
                name = fields(value)[0].name
                self.assertRaises(FrozenInstanceError, setattr, value, name, None)

    def test_ticket_keeps_secrets(self) -> None:
        """A ticket's repr shows neither URL nor headers, cookies, continuation and batch."""
        ticket = Ticket(
            Room("alice", "42"),
            "wss://host/?signature=secret1",
            headers=(("X-Key", "secret2"),),
            cookies={"ttwid": "secret3"},
            cursor="secret4",
            internal_ext="secret5",
            first_batch=b"secret6",
        )
        self.assertNotIn("secret", repr(ticket))
        self.assertIn("'42'", repr(ticket))
        self.assertIn("direct", repr(ticket))

    def test_status(self) -> None:
        """The statuses are TikTok's numbers (wire facts §2.3)."""
        self.assertEqual((2, 3, 4), (Status.LIVE, Status.PAUSED, Status.ENDED))

    def test_state_as_dict(self) -> None:
        """The 1.x state object: its keys in its order, gifts only when they were fetched."""
        shape = State(True, True, "42").as_dict()
        self.assertEqual(
            [
                ("isConnected", True),
                ("upgradedToWebsocket", True),
                ("roomId", "42"),
                ("roomInfo", None),
            ],
            list(shape.items()),
        )
        shape = State(room_info={"title": "x"}, available_gifts=[]).as_dict()
        self.assertEqual(({"title": "x"}, []), (shape["roomInfo"], shape["availableGifts"]))
        self.assertEqual("availableGifts", list(shape)[-1])
