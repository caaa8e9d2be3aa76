"""How often TikTok is asked for a guest cookie, by minute, whatever becomes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.stack.case import SILENT, StackTestCase
from tiktoklive.net.guest_cookie import CHECK_PATH
from tiktoklive.options import Options
from tiktoklive.service import LiveService
from tiktoklive.simulator import Answer
from tiktoklive.testing import settle

#: Where a guest gets a cookie, beside the pages of users.
PAGES = ("/live", "/@tiktok")

#: Users who are followed together.
USERS = 10


def is_page(path: str) -> bool:
    """Whether a path is one of a page that is asked for its cookie, and not to look a user up."""
    return path in PAGES or (path.startswith("/@") and not path.endswith("/live"))


class MinuteTests(StackTestCase):
    """Ten users are followed for two hours; a recorder meets a wall at twenty pages or so."""

    options = Options(limits=SILENT)

    def situation(self, begin: Callable[[], object], hours: int = 2) -> Any:
        """Follow all; the requests for a cookie by minute, and those of them that are pages."""
        begin()
        service = LiveService(self.wiring)
        self.services.append(service)
        for number in range(USERS):
            self.tiktok.add_room(f"user{number}")
            service.add(f"user{number}")
        service.startService()
        settle(self.network, hours * 3600, step=5)
        asked: Counter[int] = Counter()
        pages: Counter[int] = Counter()
        for request in self.tiktok.requests:
            minute = int(request.at // 60)
            if request.path == CHECK_PATH or is_page(request.path):
                asked[minute] += 1
            pages[minute] += is_page(request.path)
        self.phases = Counter(state.phase for state in service.status().values())
        return asked, pages

    def hourly(self, counted: Any) -> int:
        """The most of them in one hour."""
        last = max(counted, default=0)
        hours = (range(first, first + 60) for first in range(last + 1))
        return max((sum(counted[minute] for minute in hour) for hour in hours), default=0)

    def assert_seldom(self, asked: Any, pages: Any) -> None:
        """No minute has more than one try of two pages, no hour more than a viewer's browser."""
        self.assertLessEqual(max(asked.values()), 4, asked)
        self.assertLessEqual(max(pages.values()), 2, pages)
        self.assertLess(self.hourly(pages), 20, pages)
        self.assertLess(self.hourly(asked), 40, asked)

    def everywhere(self, answer: Answer) -> None:
        """Give this answer wherever there are cookies."""
        names = ["alice", *(f"user{number}" for number in range(USERS))]
        for path in (CHECK_PATH, *PAGES, *(f"/@{name}" for name in names)):
            self.tiktok.answer_next(path, answer, 10_000)

    def test_given(self) -> None:
        """Given at once, it is asked for once, and no page is asked for it at all."""
        asked, pages = self.situation(lambda: None)
        self.assertEqual((1, 0), (asked.total(), pages.total()))
        self.assertEqual({"live": USERS}, self.phases)

    def test_unknown(self) -> None:
        """Where there is no such endpoint one page does."""
        self.tiktok.behaviour.ttwid_check = False
        asked, pages = self.situation(lambda: None)
        self.assertEqual((2, 1), (asked.total(), pages.total()))
        self.assertEqual({"live": USERS}, self.phases)

    def test_withheld(self) -> None:
        """Withheld, it is asked for ever more seldom."""
        self.tiktok.behaviour.ttwid_after = None
        asked, pages = self.situation(lambda: None)
        self.assert_seldom(asked, pages)
        self.assertEqual((4, 2), (asked[0], pages[0]))
        self.assertGreater(asked.total(), 20)

    def test_withheld_without_endpoint(self) -> None:
        """So it is where there are only pages."""
        self.tiktok.behaviour.ttwid_after = None
        self.tiktok.behaviour.ttwid_check = False
        asked, pages = self.situation(lambda: None)
        self.assert_seldom(asked, pages)

    def test_refused(self) -> None:
        """So it is where all is refused, with a wish and without."""
        for answer in (
            Answer(403, b"Access Denied"),
            Answer(429, b""),
            Answer(500, b""),
            Answer(429, b"", headers=(("Retry-After", "30"),)),
            Answer(200, b"x", headers=(("Content-Encoding", "gzip"),)),
        ):
            with self.subTest(answer.status):
                asked, pages = self.situation(lambda answer=answer: self.everywhere(answer))
                self.assert_seldom(asked, pages)
                self.tearDown()
                self.setUp()

    def test_unread(self) -> None:
        """So it is where no answer is complete."""
        for how in ("reset", "stalled body", "silent"):
            with self.subTest(how):

                def begin(how: str = how) -> None:
                    for path in (CHECK_PATH, "/live", *(f"/@user{n}" for n in range(USERS))):
                        self.tiktok.faults.answer(path, how, times=None)

                asked, _ = self.situation(begin, 1)
                self.assertLessEqual(max(asked.values()), 30, asked)
                self.tearDown()
                self.setUp()

    def test_blocked(self) -> None:
        """A guest who is blocked again and again is renewed by the endpoint, and no page."""
        self.tiktok.refuse(message="DEVICE_BLOCKED", code="415", times=100_000)
        asked, pages = self.situation(lambda: None)
        self.assertEqual(0, pages.total())
        self.assertLessEqual(max(asked.values()), 6, asked)
        self.assertLess(self.hourly(asked), 20, asked)
        guests = {each.cookies["ttwid"] for each in self.handshakes()}
        self.assertGreater(len(guests), 4)
        self.assertEqual(len(guests), asked.total())

    def test_expired(self) -> None:
        """A cookie of the user's that has expired is replaced by one request."""
        self.wiring = self.wire(Options(limits=SILENT, ttwid="1%7Cexpired"))
        asked, pages = self.situation(
            lambda: self.tiktok.refuse(message="DEVICE_BLOCKED", code="415")
        )
        self.assertLessEqual(asked.total(), 2, asked)
        self.assertEqual(0, pages.total())
        self.assertEqual({"live": USERS}, self.phases)
