"""``erase``: a viewer is forgotten."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.command.case import CommandCase
from tests.outputs.doubles import event
from tiktoklive.events import Event
from tiktoklive.outputs.archive.rows import entry_of, store
from tiktoklive.outputs.archive.schema import ARCHIVE
from tiktoklive.outputs.database import open_database


def said(number: int, user_id: int, name: str) -> Event:
    """A comment."""
    user = f'user {{ id: {user_id} unique_id: "{name}" nickname: "{name}" }}'
    return event("ChatMessage", f'{user} content: "hello {name}"', number=number)


class EraseTests(CommandCase):
    """An archive of four users, two of whom have had the same name."""

    def setUp(self) -> None:
        self.path = f"{self.mktemp()}.db"
        connection = open_database(Path(self.path), ARCHIVE)
        users = ((71, "anna"), (72, "ben"), (73, "coco"), (74, "Coco"), (71, "anna"))
        events = [said(number, *user) for number, user in enumerate(users, 1)]
        connection.execute("BEGIN")
        store(connection, [entry_of(each, None, None) for each in events])
        connection.execute("COMMIT")
        connection.close()

    def users(self) -> list[str]:
        """Whose events there are."""
        connection = sqlite3.connect(self.path)
        self.addCleanup(connection.close)
        rows = connection.execute("SELECT user_id FROM events ORDER BY seq")
        return [user_id for (user_id,) in rows]

    def test_name(self) -> None:
        """By name, in any case; what that was is told, and the bytes are gone."""
        self.assertIn(b"hello anna", Path(self.path).read_bytes())
        text = self.good("erase", self.path, "@Anna")
        self.assertRegex(text, r"(?m)^events +2$")
        self.assertRegex(text, r"(?m)^users +1$")
        self.assertEqual(["72", "73", "74"], self.users())
        self.assertNotIn(b"anna", Path(self.path).read_bytes())

    def test_id(self) -> None:
        """By id, and several at a time."""
        self.assertRegex(self.good("erase", self.path, "73", "@ben", "73"), r"(?m)^events +2$")
        self.assertEqual(["71", "74", "71"], self.users())

    def test_not_erased(self) -> None:
        """Who is not known, or not by that name alone, is said, and then nobody is forgotten."""
        for arguments, said in (
            (["@anna", "@nobody"], "knows no @nobody"),
            (["@anna", "coco"], "were called @coco; give one of their ids: 73, 74."),
            (["@0"], "knows no @0"),
            (["0"], "knows no @0"),
        ):
            self.assertIn(said, self.refuse(1, "erase", self.path, *arguments))
        self.assertEqual(["71", "72", "73", "74", "71"], self.users())

    def test_no_archive(self) -> None:
        """What is no archive is said in a sentence, and so is one that is locked."""
        self.assertIn("There is no file", self.refuse(1, "erase", "nothing.db", "@anna"))
        text = self.lines([])
        Path(text).write_text("text " * 1000)
        self.assertIn("is no SQLite file", self.refuse(1, "erase", text, "@anna"))
        self.assertIn("name the archive", self.refuse(2, "erase", self.path))
        for user in ("a b", "9" * 5000):
            self.assertIn("is not a TikTok username", self.refuse(2, "erase", self.path, user))
        self.patch(sqlite3, "connect", self.locked)
        self.assertIn("cannot be changed: locked.", self.refuse(1, "erase", self.path, "@anna"))

    def locked(self, *arguments: object, **more: object) -> None:
        """Connect in vain."""
        raise sqlite3.OperationalError("locked")
