"""What is told of one user: of what is in memory, and of an archive beside it."""

from __future__ import annotations

from typing import Any

from twisted.application.service import MultiService, Service
from twisted.internet.defer import fail, succeed
from zope.interface import implementer

from tests.outputs.doubles import NOON, chat, gift, origin
from tests.outputs.web.case import READ, WebCase
from tiktoklive.dispatch.streaks import Streaks
from tiktoklive.errors import ArchiveError
from tiktoklive.interfaces import IUserArchive

NOTHING = {"comments": 0, "gifts": 0, "diamonds": 0, "first": 0, "last": 0}


@implementer(IUserArchive)
class Archive(Service):
    """An archive that has something, or cannot be read."""

    def __init__(self, said: Any) -> None:
        self.said = said

    def about(self, user_id: str) -> Any:
        return fail(self.said) if isinstance(self.said, Exception) else succeed(self.said)


class PeopleTests(WebCase):
    """GET /api/rooms/NAME/people/USERID."""

    environ = {"TIKTOKLIVE_WEB_READ_TOKEN": READ}

    def about(self, user_id: str = "1") -> Any:
        """What is answered; users who speak are no. 1, who give are no. 7."""
        browser = self.ask(f"/api/rooms/anna/people/{user_id}", token=READ)
        self.assertEqual(200, browser.status, browser.body)
        return browser.json

    def speak(self) -> None:
        """Let users speak and give, here and elsewhere."""
        streaks = Streaks(self.reactor, self.web.event)
        streaks.begin("7137682087200557829")
        there = origin("anna", 60)
        self.web.event(chat("Ben", "hello", origin("anna"), number=1))
        self.web.event(chat("Ben", '"userId":"7"', there, number=2))
        self.web.event(chat("Ben", "elsewhere", origin("bob", 90), number=3))
        for number, count in enumerate((3, 5), 4):
            present = gift("Zoe", count, count == 5, number, where=origin("anna", 30))
            self.web.event(present)
            streaks.gift(present)  # type: ignore[arg-type]
        streaks.finish("stream_end")

    def test_older(self) -> None:
        """What is kept of older events counts as well, when much else was said since."""
        self.speak()
        before = self.about("7")
        self.web.fanout.ring._most = 5
        for number in range(100, 150):
            self.web.event(chat("Ann", "hi", origin("anna", 70), number=number))
        self.assertEqual((5, before), (self.about("7")["gifts"], self.about("7")))

    def test_here(self) -> None:
        """What one user said and gave is counted, of this room, whatever others typed."""
        self.speak()
        ben, zoe = self.about("1"), self.about("7")
        first, last = NOON * 1000, (NOON + 60) * 1000
        counted = {**NOTHING, "comments": 2, "first": first, "last": last}
        self.assertEqual(counted, {key: ben[key] for key in counted})
        self.assertEqual("ben", ben["user"]["uniqueId"])
        said = [each["data"]["comment"] for each in ben["lines"]]
        self.assertEqual(["hello", '"userId":"7"'], said)
        self.assertEqual((0, 5, 5), (zoe["comments"], zoe["gifts"], zoe["diamonds"]))
        self.assertEqual(["giftStreak"], [each["event"] for each in zoe["lines"]])

    def test_archive(self) -> None:
        """An archive beside the output adds what was before; one that is broken is left out."""
        self.speak()
        services = MultiService()
        self.web.setServiceParent(services)
        archive = Archive({"comments": 40, "gifts": 1, "diamonds": 9, "first": 5, "last": 6})
        archive.setServiceParent(services)
        ben = self.about("1")
        wanted = [40, 1, 9, 5, (NOON + 60) * 1000, True]
        keys = ("comments", "gifts", "diamonds", "first", "last", "archive")
        self.assertEqual(wanted, [ben[key] for key in keys])
        archive.said = ArchiveError("sqlite: the disk is on fire")
        self.assertEqual((2, False), (self.about()["comments"], self.about()["archive"]))
        self.web.disownServiceParent()

    def test_refused(self) -> None:
        """Who may not read events may not read this, ids are numbers, and rooms are followed."""
        self.assertEqual(401, self.ask("/api/rooms/anna/people/7").status)
        for path, status in (("anna/people/x", 400), ("carl/people/7", 404)):
            self.assertEqual(status, self.ask(f"/api/rooms/{path}", token=READ).status)
        self.assertEqual({"user": None, **NOTHING, "lines": [], "archive": False}, self.about())
