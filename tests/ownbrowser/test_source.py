"""What is followed by pages that push: waiting for them, losing them, two of them."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from tests.ownbrowser.case import ENVIRONMENT, PushCase
from tests.stack.case import SILENT, chat
from tiktoklive.errors import PageNotOpenError, StreamLostError, UserOfflineError
from tiktoklive.events import Connected, Gap
from tiktoklive.options import Options
from tiktoklive.outputs.web.answers import Refusal
from tiktoklive.ownbrowser import source
from tiktoklive.ownbrowser.pages import KEPT, MOST_PAGES
from tiktoklive.ownbrowser.pages import SILENT as SILENCE
from tiktoklive.ownbrowser.pushes import Push
from tiktoklive.simulator import Answer
from tiktoklive.users.way import Way, Wirings
from tiktoklive.wire.frames import heartbeat

NOTHING: dict[str, str] = {}
LANES = ("name=a,proxy=none", "name=b,proxy=http://proxy.test:3128")


class FollowTests(PushCase):
    """A room whose page is open, or is not."""

    def test_events(self) -> None:
        """What the page receives comes as by any source, and the state tells since when it does."""
        self.open_tab()
        connection = self.live()
        self.room.push([chat("hello")])
        self.settle(1)
        self.assertEqual(["hello"], self.seen.comments())
        self.assertEqual("browser", self.seen.of(Connected)[0].origin.source)
        [page] = connection.get_state().pages
        self.assertEqual(("alice", self.room.room_id), (page.anchor, page.room))
        self.assertEqual(0, page.since)
        self.assertLess(1, page.frames)

    def test_nothing_is_sent(self) -> None:
        """No handshake and no heartbeat is ours: the page alone is in the room."""
        self.open_tab()
        self.live()
        self.settle(60)
        self.assertEqual(1, len(self.handshakes()))
        self.assertEqual(1, len(self.tiktok.viewers))
        self.assertEqual([], self.viewer.complaints)

    def test_waits(self) -> None:
        """Without a page the room waits, says for what, and the source does not rest for it."""
        connection = self.follow()
        state = connection.get_state()
        self.assertEqual("waiting", state.phase)
        self.assertIn("open https://www.tiktok.com/@alice/live in the browser", state.reason)
        self.settle(600)
        self.assertEqual("closed", self.source.state)
        self.open_tab()
        self.room.push([chat("early")])
        self.settle(40)
        self.assertEqual("live", connection.get_state().phase)
        self.assertEqual(["early"], self.seen.comments())

    def test_not_open(self) -> None:
        """Who connects once is told at once which page is to be opened."""
        connected = self.connection().connect()
        self.settle()
        self.failureResultOf(connected, PageNotOpenError)

    def test_another_room(self) -> None:
        """A page that shows an older broadcast is named."""
        self.pages.take(Push("99", "alice", "old", (), ()))
        connected = self.connection().connect()
        self.settle()
        error = self.failureResultOf(connected, PageNotOpenError).value
        self.assertIn("shows room 99, and not", str(error))

    def test_turn(self) -> None:
        """Another source has its turn at once where no page is open, and when it is closed."""
        self.wiring = self.wire(Options(sources=("browser", "direct"), limits=SILENT))
        self.endpoint = self.wiring.sources[0].service
        self.live()
        self.room.push([chat("one")])
        self.settle(1)
        self.assertEqual("direct", self.seen.of(Connected)[-1].origin.source)
        tab = self.open_tab()
        self.room.push([chat("two")])
        self.tiktok.viewers[0].abort()  # ours, which came first
        self.settle(5)
        self.room.push([chat("three")])
        self.settle(1)
        self.assertEqual("browser", self.seen.of(Connected)[-1].origin.source)
        tab.close()
        self.settle(5)
        self.room.push([chat("four")])
        self.settle(1)
        self.assertEqual("direct", self.seen.of(Connected)[-1].origin.source)
        self.assertEqual(["one", "two", "three", "four"], self.seen.comments())


class LookUpTests(PushCase):
    """Where TikTok does not tell who is live."""

    def refuse(self, how: str) -> None:
        """Let no look-up be answered as it should be."""
        for path in ("/api-live/user/room/", "/@alice/live"):
            self.tiktok.faults.answer(path, how, times=None)

    def test_page_tells(self) -> None:
        """The page tells the room; whoever has none is told what TikTok said."""
        self.open_tab()
        self.refuse("403")
        connection = self.live()
        self.assertEqual(self.room.room_id, connection.get_state().room_id)
        self.room.push([chat("hello")])
        self.settle(1)
        self.assertEqual(["hello"], self.seen.comments())
        connected = self.connection("bob").connect()
        self.settle(60)
        error = self.failureResultOf(connected).value
        self.assertIn("knows no @bob", str(error))  # by its page, which is not refused

    def test_closed(self) -> None:
        """While TikTok wants no look-ups, who has a page does not wait for one."""
        self.tiktok.answer_next(
            "/api-live/user/room/", Answer(429, b"", headers=(("Retry-After", "250"),)), 9
        )
        self.follow("bob")
        self.settle(1)
        self.open_tab()
        self.follow()
        self.settle(5)
        states = [service.get_state().phase for service in self.services]
        self.assertEqual("live", states[-1])

    def test_offline(self) -> None:
        """That a broadcast is over is believed, though the page is still open."""
        tab = self.open_tab()
        self.room.end()
        tab.push(heartbeat(self.room.room_id, 1))
        connected = self.connection().connect()
        self.settle(1)
        self.failureResultOf(connected, UserOfflineError)


class LossTests(PushCase):
    """What is missed between pages, and what is not."""

    def test_page_returns(self) -> None:
        """A page that was closed and comes back later: a gap is told, and nothing comes twice."""
        tab = self.open_tab()
        connection = self.live()
        self.room.push([chat("one")])
        self.settle(1)
        tab.close()
        self.settle(1)
        self.assertEqual("waiting", connection.get_state().phase)
        self.assertEqual((), connection.get_state().pages)
        self.room.push([chat("missed")])
        self.open_tab()
        self.room.push([chat("two")])
        self.settle(40)
        self.assertEqual("live", connection.get_state().phase)
        self.assertEqual(1, len(self.seen.of(Gap)))
        self.assertIn("closed its socket", str(self.seen.of(Gap)[0].reason))
        said = self.seen.comments()
        self.assertEqual(("one", "two"), (said[0], said[-1]))
        self.assertEqual(len(said), len(set(said)))

    def test_two_tabs(self) -> None:
        """Two pages of a room: nothing twice, and no gap when one of them is closed."""
        first, _ = self.open_tab(), self.open_tab()
        connection = self.live()
        self.room.push([chat("one")])
        self.settle(1)
        self.assertEqual(2, len(connection.get_state().pages))
        first.close()
        self.settle(1)
        self.room.push([chat("two")])
        self.settle(40)
        self.assertEqual(["one", "two"], self.seen.comments())
        self.assertEqual([], self.seen.of(Gap))
        self.assertEqual(1, len(self.seen.of(Connected)))

    def test_stream_returns(self) -> None:
        """We leave and return while the page stays open: its frames prove that all is there."""
        self.open_tab()
        connection = self.live()
        self.room.push([chat("one")])
        self.settle(1)
        stream = connection._session._core.stream
        stream.lost(StreamLostError("Let go by the test."))
        self.room.push([chat("two")])
        self.settle(5)
        self.assertEqual(2, len(self.seen.of(Connected)))
        self.assertEqual(["one", "two"], self.seen.comments())
        self.assertEqual([], self.seen.of(Gap))

    def test_lost_on_the_way(self) -> None:
        """Frames that the extension had to drop are a gap, unless another page has them."""
        tab = self.open_tab()
        self.live()
        self.room.push([chat("one")])
        self.settle(1)
        tab.withheld = 0
        self.room.push([chat("dropped")])
        self.settle(1)
        self.assertEqual(1, tab.withheld)
        tab.withheld = None
        tab.push(lost=1)
        self.room.push([chat("two")])
        self.settle(5)
        self.assertEqual(["one", "two"], self.seen.comments())
        [gap] = self.seen.of(Gap)
        self.assertIn("could not push 1 frames", str(gap.reason))
        self.assertEqual(1, len(self.seen.of(Connected)))
        self.settle(20)
        self.open_tab()
        tab.push(lost=7)
        self.settle(20)
        self.assertEqual(1, len(self.seen.of(Gap)))

    def test_lost_before(self) -> None:
        """A hole between frames that were kept for a stream is told in its place."""
        tab = self.open_tab()
        self.room.push([chat("one")])
        self.settle(1)
        tab.push(lost=2)
        self.room.push([chat("two")])
        self.settle(1)
        self.live()
        self.settle(20)
        self.assertEqual(["one", "two"], self.seen.comments())
        [gap] = self.seen.of(Gap)
        self.assertIn("could not push 2 frames", str(gap.reason))

    def test_silent(self) -> None:
        """A page of which nothing is heard any more is gone, without having said so."""
        tab = self.open_tab()
        connection = self.live()
        tab.withheld = 0
        self.settle(SILENCE - 1)
        self.assertEqual("live", connection.get_state().phase)
        self.settle(20)
        self.assertEqual("waiting", connection.get_state().phase)
        self.assertEqual([], self.pages.states())

    def test_held(self) -> None:
        """While observers let the stream wait its frames wait too; more than fit end it."""
        tab = self.open_tab()
        connection = self.live()
        stream = connection._session._core.stream
        stream.pauseProducing()
        self.room.push([chat("one")])
        self.settle(1)
        self.assertEqual([], self.seen.comments())
        stream.resumeProducing()
        self.assertEqual(["one"], self.seen.comments())
        stream.pauseProducing()
        beat = heartbeat(self.room.room_id, 1)
        self.patch(source, "HELD", 10 * len(beat))
        for _ in range(12):
            tab.push(beat)
        self.settle(5)
        self.assertEqual(2, len(self.seen.of(Connected)))


class PagesTests(PushCase):
    """The table of pages."""

    def test_kept(self) -> None:
        """What was pushed longer ago than a minute, or is too much, is kept no more."""
        page = Push("7", "alice", "p", (b"x" * 1000,), (0,))
        for _ in range(5):
            self.pages.take(page)
            self.clock.advance(KEPT / 4)
        [kept] = self.pages.of_room("7")
        self.assertEqual(5000, 1000 * kept.frames)
        self.assertLessEqual(len(kept.kept), 5)
        for _ in range(2000):
            self.pages.take(page)
        self.assertLessEqual(kept.size, 512 * 1024)
        self.assertEqual(kept.size, sum(len(frame) for _, frame in kept.kept))

    def test_most(self) -> None:
        """There may be so many pages, and each is of one room."""
        for number in range(MOST_PAGES):
            self.pages.take(Push("7", "alice", f"p{number}", (), ()))
        self.assertRaises(Refusal, self.pages.take, Push("7", "alice", "more", (), ()))
        self.assertRaises(Refusal, self.pages.take, Push("8", "alice", "p1", (), ()))
        self.assertTrue(self.pages.of_anchor("Alice"))


class MakeTests(PushCase):
    """How it is asked for."""

    def test_lanes(self) -> None:
        """All lanes have the one endpoint, which is closed once."""
        self.wiring = self.wire(Options(sources=("browser", "direct"), lanes=LANES))
        assert self.wiring.lanes is not None
        ways = [each.wiring.sources for each in self.wiring.lanes.all]
        self.assertEqual(2, len(ways))
        self.assertIs(ways[0][0].service, ways[1][0].service)
        self.assertIsNot(ways[0][0].breaker, ways[1][0].breaker)
        self.assertIsNot(ways[0][1].signer, ways[1][1].signer)

    def test_users(self) -> None:
        """Users with it among their own sources have one endpoint, until the last of them goes."""
        usual = self.wire(Options(sources=("direct",), lanes=LANES))
        self.addCleanup(usual.close)
        wirings = Wirings(usual)
        ways = [Way(sources=("browser",), lane=lane) for lane in ("a", "b")]
        with patch.dict("os.environ", ENVIRONMENT):
            [one, other] = [wirings.take(way).sources[0].service for way in ways]
        self.assertIs(one, other)
        endpoint: Any = one
        endpoint.startService()
        self.successResultOf(wirings.free(ways[0]))
        self.assertTrue(endpoint.running)
        freed = wirings.free(ways[1])
        self.settle(1)
        self.successResultOf(freed)
        self.assertFalse(endpoint.running)

    def test_refused(self) -> None:
        """Without a token, or at no place, it is refused in words."""
        for argument, environ, said in (
            ("", NOTHING, "TIKTOKLIVE_BROWSER_TOKEN"),
            ("", {"TIKTOKLIVE_BROWSER_TOKEN": "short"}, "16 letters or more"),
            ("tcp:x", ENVIRONMENT, "tcp:x"),
        ):
            error = self.assertRaises(ValueError, source.make, self.wiring, argument, environ)
            self.assertIn(said, str(error))
