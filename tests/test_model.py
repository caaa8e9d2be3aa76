"""The plain values that travel between the parts."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import InvalidUniqueIdError, Remedy
from tiktoklive.model import Resume, Room, State, Status, Ticket, parse_unique_id


class UniqueIdTests(SynchronousTestCase):
    """The username in what a person typed."""

    def test_forms(self) -> None:
        """Name, @name and every form of the page's address are understood."""
        for text in (
            "some.one_7",
            "@some.one_7",
            "  @some.one_7\n",
            "https://www.tiktok.com/@some.one_7",
            "https://www.tiktok.com/@some.one_7/live",
            "https://www.tiktok.com/@some.one_7/live?lang=en#top",
            "http://www.tiktok.com/@some.one_7?x=/@other",
            "HTTPS://WWW.TikTok.com/@some.one_7/",
            "www.tiktok.com/@some.one_7/live",
            "tiktok.com/@some.one_7",
            "https://m.tiktok.com/@some.one_7",
            "https://www.tiktok.com/%40some.one_7/live",
        ):
            with self.subTest(text):
                self.assertEqual("some.one_7", parse_unique_id(text))

    def test_case(self) -> None:
        """The case stays as it was typed."""
        self.assertEqual("SomeOne", parse_unique_id("@SomeOne"))

    def test_other_scripts(self) -> None:
        """Letters of other scripts are letters."""
        self.assertEqual("名前", parse_unique_id("@名前"))

    def test_none(self) -> None:
        """What holds no username is refused, and waiting is no use."""
        for text in (
            "",
            "@",
            "  ",
            "two names",
            "a/b",
            "a@b",
            "@@name",
            "name?x=1",
            "https://www.tiktok.com/",
            "https://example.com/@name",
            "https://tiktok.com.example/@name",
            "x" * 65,
        ):
            with self.subTest(text):
                error = self.assertRaises(InvalidUniqueIdError, parse_unique_id, text)
                self.assertIs(Remedy.MODIFY, error.remedy)

    def test_no_text(self) -> None:
        """Numbers and the like are refused."""
        for value in (7, None, b"name", ["name"]):
            with self.subTest(value):
                self.assertRaises(InvalidUniqueIdError, parse_unique_id, value)

    def test_long_text_is_cut(self) -> None:
        """A refused text is shown, but no more than the beginning of it."""
        error = self.assertRaises(InvalidUniqueIdError, parse_unique_id, "! " * 5000)
        self.assertLess(len(str(error)), 250)


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
