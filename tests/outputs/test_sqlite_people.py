"""An archive can be asked what it has of one user."""

from __future__ import annotations

import sqlite3
from typing import Any

from twisted.internet.defer import Deferred

from tests.outputs.doubles import NOON, chat, gift, origin
from tests.outputs.test_sqlite import ROSE, ArchiveTestCase
from tiktoklive.errors import ArchiveError
from tiktoklive.events import Gift, GiftStreak

KEYS = ("comments", "gifts", "diamonds", "last")


class AboutTests(ArchiveTestCase):
    """SqliteOutput.about()."""

    def ask(self, archive: Any, user_id: str) -> Deferred[Any]:
        """What it answers."""
        return Deferred.fromCoroutine(archive.about(user_id))

    def test_user(self) -> None:
        """Comments and gifts are counted, each gift once, with the first time and the last."""
        given = gift("Anna", 5, True, 2, where=origin(seconds=3))
        assert isinstance(given, Gift)
        archive = self.archive()
        self.write(archive, chat("Anna", "hi", number=3), chat("Anna", "bye", number=4))
        self.write(archive, given, GiftStreak(given, ROSE, 5, "repeat_end", given.origin))
        ms = NOON * 1000
        said = {"comments": 2, "gifts": 0, "diamonds": 0, "first": ms, "last": ms}
        self.assertEqual(said, self.successResultOf(self.ask(archive, "1")))
        gave = self.successResultOf(self.ask(archive, "7"))
        self.assertEqual((0, 5, 5, ms + 3000), tuple(gave[k] for k in KEYS))
        self.assertEqual({0}, set(self.successResultOf(self.ask(archive, "99")).values()))

    def test_broken(self) -> None:
        """An archive that cannot be read says so in one kind of error."""
        archive = self.archive()
        for fault in (OSError(5, "no disk"), sqlite3.OperationalError("locked")):
            self.database.fault = fault
            self.failureResultOf(self.ask(archive, "1"), ArchiveError)
