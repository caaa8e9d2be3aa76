"""The whole stack: what is asked beside the stream, and in which ways users are looked up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unittest.mock import patch

from twisted.internet.defer import Deferred

from tests.stack.case import StackTestCase
from tiktoklive import standard_sources
from tiktoklive.errors import (
    AllFailedError,
    BlockedError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.model import Status
from tiktoklive.options import Options, SignProviderOptions
from tiktoklive.rooms import PageResolver
from tiktoklive.simulator import Answer

LOOKUP, PAGE = "/api-live/user/room/", "/@alice/live"
KEY = "k3y-of-mine"
INFO, GIFTS, CHAT = "/webcast/room/info/", "/webcast/gift/list/", "/webcast/room/chat/"


class AskingTestCase(StackTestCase):
    """Asks, and looks at who was asked for what."""

    def setUp(self) -> None:
        super().setUp()
        self.tiktok.behaviour.sign_keys.add(KEY)

    def use(self, **options: Any) -> Any:
        """A connection with these options, after what was open was closed."""
        self.stop_all()
        self.services.clear()
        self.wiring = self.wire(Options(**options))
        return self.connection(wiring=self.wiring)

    def paths(self, *of: str) -> list[str]:
        """Which paths were asked for, in order."""
        return [each.path for each in self.tiktok.requests if each.path in of]

    def told(self, asked: Deferred[Any]) -> Any:
        """What comes of a question."""
        self.settle()
        return self.successResultOf(asked)

    def fails(self, asked: Deferred[Any], kind: type[Exception]) -> Any:
        """The error that comes of a question."""
        self.settle()
        return self.failureResultOf(asked, kind).value


class LookUpTests(AskingTestCase):
    """The two ways, in either order."""

    def classic_first(self) -> Any:
        """A connection whose first source is the classic one."""
        direct = standard_sources.make_direct
        with patch.object(standard_sources, "make_classic", direct):
            return self.use(sources=("classic",))

    def test_api_first(self) -> None:
        """The JSON look-up is asked first, and alone if it knows."""
        self.live()
        self.assertEqual([LOOKUP], self.paths(LOOKUP, PAGE))

    def test_page_first(self) -> None:
        """With the classic source first, the page is asked first, and alone if it knows."""
        state = self.live(self.classic_first()).get_state()
        self.assertEqual(self.room.room_id, state.room_id)
        self.assertEqual([PAGE], self.paths(LOOKUP, PAGE))

    def test_page_without_status(self) -> None:
        """An old page shows an id but no status: the JSON look-up tells; else the id is used."""
        self.tiktok.behaviour.page_style = "classic"
        connection = self.live(self.classic_first())
        self.assertEqual([PAGE, LOOKUP], self.paths(LOOKUP, PAGE))
        connection.disconnect()
        self.settle(3)
        self.tiktok.answer_next(LOOKUP, Answer(403))
        self.live(connection)

    def test_page_that_guesses(self) -> None:
        """A page that lets guess that nothing is on does not keep us from finding the room."""
        self.tiktok.answer_next(PAGE, Answer(200, b'<meta property="og:url">'))
        self.live(self.classic_first())

    def test_offline(self) -> None:
        """Both know when somebody is not live; that nobody is there the other is asked, too."""
        for make, path in ((self.connection, LOOKUP), (self.classic_first, PAGE)):
            with self.subTest(path):
                self.room.status = Status.ENDED
                self.tiktok.requests.clear()
                self.fails(make().connect(), UserOfflineError)
                del self.tiktok.rooms["alice"]
                self.fails(make().connect(), UserNotFoundError)
                self.assertEqual(
                    [path, path, PAGE if path == LOOKUP else LOOKUP], self.paths(LOOKUP, PAGE)
                )
                self.tiktok.rooms["alice"] = self.room

    def test_paused(self) -> None:
        """A paused broadcast is not ended, for either."""
        self.room.pause()
        self.live()
        self.live(self.classic_first())

    def test_both_fail(self) -> None:
        """What both said is told."""
        self.tiktok.behaviour.page_style = "bare"
        self.tiktok.answer_next(LOOKUP, Answer(403))
        error = self.fails(self.connection().connect(), AllFailedError)
        self.assertEqual(["api-live", "page"], [name for name, _ in error.failures])
        self.assertEqual({BlockedError}, {type(each) for _, each in error.failures})

    def test_sign_server(self) -> None:
        """With a key, a sign server knows when TikTok does not tell."""
        self.tiktok.behaviour.page_style = "bare"
        self.tiktok.answer_next(LOOKUP, Answer(403))
        self.live(self.use(sign_provider_options=SignProviderOptions(api_key=KEY)))
        asked = self.paths("/webcast/anchors/alice/room_id")
        self.assertEqual(1, len(asked))

    def test_page_alone(self) -> None:
        """Of a page of the first generation alone, an id is believed, and a card is offline."""
        self.tiktok.behaviour.page_style = "classic"
        resolver = PageResolver(self.wiring.tiktok)
        self.wiring = replace(self.wiring, resolver=self.wiring.informed(resolver))
        self.live().disconnect()
        self.settle(3)
        self.room.status = Status.ENDED
        self.fails(self.connection().connect(), UserOfflineError)

    def test_page_of_old(self) -> None:
        """A room that is over, on a page that does not say so, is refused by its details."""
        page = f'<script>{{"roomId":"{self.room.room_id}"}}</script>'
        self.room.status = Status.ENDED
        self.tiktok.answer_next(PAGE, Answer(200, page.encode()))
        resolver = PageResolver(self.wiring.tiktok)
        self.wiring = replace(self.wiring, resolver=self.wiring.informed(resolver))
        self.fails(self.connection().connect(), UserOfflineError)
