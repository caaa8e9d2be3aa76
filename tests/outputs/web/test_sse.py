"""Server-Sent Events: what comes, from where it goes on, and who is dropped."""

from __future__ import annotations

import json
from typing import Any

from twisted.logger import formatEvent, globalLogPublisher

from tests.outputs.doubles import NOON, origin
from tests.outputs.web.case import WebCase, Wiring, make
from tiktoklive.events import Connected
from tiktoklive.model import State
from tiktoklive.outputs.web.fanout import BEAT
from tiktoklive.outputs.web.sse import LAST_WORDS


class EventsTests(WebCase):
    """What a client gets."""

    def test_events(self) -> None:
        """Each event has its name, its position, and its envelope on one line."""
        browser = self.ask("/events")
        self.assertEqual(200, browser.status)
        self.assertEqual("text/event-stream; charset=utf-8", browser.headers["content-type"])
        self.happen("hello\nthere")
        [event] = browser.events
        self.assertEqual("chat", event["event"])
        envelope = json.loads(event["data"])
        self.assertEqual(event["id"], envelope["seq"])
        self.assertEqual((1, "anna", "chat"), tuple(envelope[k] for k in ("v", "anchor", "event")))
        self.assertEqual("hello\nthere", envelope["data"]["comment"])

    def test_together(self) -> None:
        """Everybody gets the same bytes, which are made once."""
        browsers = [self.ask("/events") for _ in range(3)]
        self.happen("one", "two")
        self.assertEqual([["one", "two"]] * 3, [each.said for each in browsers])

    def test_rooms(self) -> None:
        """A room's own stream has its events alone, however the name is written."""
        browsers = [
            self.ask("/rooms/ANNA/events"),
            self.ask("/rooms/%40anna/events"),
            self.ask("/events?rooms=anna"),
        ]
        self.happen("hers")
        self.happen("his", anchor="bob")
        self.assertEqual([["hers"]] * 3, [each.said for each in browsers])

    def test_types(self) -> None:
        """Only the types that are asked for come; an unknown one is refused by name."""
        browser = self.ask("/events?types=gift,follow")
        self.happen("hello")
        self.assertEqual([], browser.events)
        refused = self.ask("/events?types=chat,chatt")
        self.assertEqual((400, "type"), (refused.status, refused.json["code"]))
        self.assertIn("'chatt'", refused.json["error"])

    def test_beat(self) -> None:
        """A quiet stream gives a sign of life that is no event."""
        browser = self.ask("/events")
        self.pass_time(BEAT)
        self.assertRegex(browser.body, rb"\n\n: beat\nid: [0-9a-f]+-0\n\n$")
        self.assertEqual([], browser.events)

    def test_newcomer(self) -> None:
        """A client gets nothing that happened before it came, and was still being gathered."""
        for come in (self.ask, self.socket):
            first = self.ask("/events")
            self.say("before")
            late = come("/events" if come == self.ask else "/ws")
            self.happen("after")
            self.assertEqual((["before", "after"], ["after"]), (first.said, late.said))

    def test_left(self) -> None:
        """A client that goes away costs nothing any more."""
        browser = self.ask("/events")
        self.assertEqual(1, len(self.web.fanout))
        browser.transport.loseConnection()
        self.network.flush()
        self.assertEqual(0, len(self.web.fanout))
        self.happen("to nobody")

    def test_stop(self) -> None:
        """When the server stops, the stream has an end, after all that happened."""
        browser = self.ask("/events")
        self.say("last words")
        stopped = self.web.stopService()
        self.network.flush()
        self.successResultOf(stopped)
        self.assertTrue(browser.lost)
        self.assertEqual(["last words"], browser.said)
        self.assertTrue(browser.came.endswith(b"0\r\n\r\n"))

    def test_head(self) -> None:
        """A stream has no head without a body: it would never end."""
        self.assertEqual(405, self.ask("/events", "HEAD").status)


class ResumeTests(WebCase):
    """Going on where one was."""

    def last_of(self, *comments: str) -> str:
        """Let something be said, and give its position."""
        browser = self.ask("/events")
        self.happen(*comments)
        browser.transport.loseConnection()
        self.network.flush()
        return browser.events[-1]["id"]

    def test_backlog(self) -> None:
        """A new client gets as many of the last events as it asks for, of those it wants."""
        self.happen("one", "two")
        self.happen("other", anchor="bob")
        self.assertEqual([], self.ask("/events").said)
        self.assertEqual(["one", "two"], self.ask("/rooms/anna/events?backlog=2").said)
        self.assertEqual(["two", "other"], self.ask("/events?backlog=2").said)
        for bad in ("-1", "x", "9999999", "²"):
            self.assertEqual(400, self.ask(f"/events?backlog={bad}").status, bad)

    def test_missed(self) -> None:
        """What happened while it was away comes first, once and in order."""
        position = self.last_of("before")
        self.happen("missed")
        self.say("just now")  # still being gathered
        by_header = self.ask("/events?backlog=5", last_event_id=position)
        by_query = self.ask(f"/events?last={position}")
        self.happen("after")
        for browser in (by_header, by_query):
            self.assertEqual(["missed", "just now", "after"], browser.said)
            self.assertEqual(3, len(browser.events))

    def test_nothing_missed(self) -> None:
        """Who missed nothing is told nothing."""
        position = self.last_of("before")
        browser = self.ask("/events", last_event_id=position)
        self.assertEqual([], browser.events)

    def test_start(self) -> None:
        """A client to whom nothing had happened yet can go on from where it began."""
        self.happen("before")
        browser = self.ask("/events")
        self.assertEqual([], browser.events)
        begun = browser.position
        self.happen("missed")
        again = self.ask("/events?types=chat", last_event_id=begun)
        self.assertEqual((1, ["missed"]), (len(again.events), again.said))

    def test_start_backlog(self) -> None:
        """Where it began is told after what it was told first, and is not before that."""
        self.happen("one", "two")
        browser = self.ask("/events?backlog=2")
        self.assertEqual(["one", "two"], browser.said)
        self.assertEqual(browser.events[-1]["id"], browser.position)
        self.assertEqual({"id": browser.position}, browser.blocks[-2])

    def test_other_types(self) -> None:
        """A client that wants little comes as far as the others, so it need not go far back."""
        self.web.fanout.ring._most = 2
        browser = self.ask("/events?types=gift")
        self.happen("one", "two", "three")
        self.say("four")  # still being gathered
        self.pass_time(BEAT)
        self.happen("missed")
        again = self.ask("/events", last_event_id=browser.position)
        self.assertEqual(["missed"], again.said)
        self.assertEqual(1, len(again.events))

    def test_restarted(self) -> None:
        """After the server was started anew all it has is sent, and that it may not be all."""
        position = self.last_of("before")
        self.successResultOf(self.web.stopService())
        wiring = Wiring(self.reactor)
        wiring.random.seed(2)
        self.web = self.begin(make(wiring, self.argument, {}))
        self.happen("after")
        browser = self.ask("/events", last_event_id=position)
        self.assertEqual({"event": "resumed", "data": '{"complete": false}'}, browser.events[0])
        self.assertEqual(["after"], browser.said)

    def test_too_old(self) -> None:
        """A position that the ring has let go of, or that never was, is as unknown."""
        position = self.last_of("before")
        self.web.fanout.ring._most = 2
        self.happen("one", "two", "three")
        epoch = position.partition("-")[0]
        for strange in (position, "zz-1", f"{epoch}-99", f"{epoch}-", "x" * 100):
            browser = self.ask("/events", last_event_id=strange)
            self.assertEqual("resumed", browser.events[0]["event"], strange)
            self.assertEqual(["two", "three"], browser.said)


class SlowTests(WebCase):
    """Clients that don't read as fast as things happen."""

    def setUp(self) -> None:
        super().setUp()
        self.slow, self.fast = self.ask("/events"), self.ask("/events")
        self.slow.transport.pauseProducing()

    def much(self, kilobytes: int) -> None:
        """Let much be said."""
        for number in range(kilobytes // 50):
            self.say(f"{number} " + "x" * 50_000)
            self.web.fanout.settle()
            self.network.flush()

    def test_catches_up(self) -> None:
        """What a slow client cannot take yet waits for it."""
        self.much(1000)
        self.assertLess(500_000, self.web.queues()[0].size)
        self.slow.transport.resumeProducing()
        self.network.flush()
        self.assertEqual(self.fast.said, self.slow.said)
        self.assertEqual((0, 0), (self.web.queues()[0].size, self.web.queues()[0].dropped))

    def test_dropped(self) -> None:
        """A client that is too slow is told so and closed; nobody else notices."""
        self.much(2000)
        self.assertEqual(1, self.web.queues()[0].dropped)
        self.slow.transport.resumeProducing()
        self.network.flush()
        self.assertTrue(self.slow.lost)
        self.assertEqual("overrun", self.slow.events[-1]["event"])
        self.assertFalse(self.fast.lost)
        self.assertEqual([str(n) for n in range(40)], [each.split()[0] for each in self.fast.said])

    def test_announced(self) -> None:
        """The log tells of the first that is dropped, and of others a minute later at most."""
        said: list[str] = []

        def observe(event: Any) -> None:
            if event.get("log_namespace", "").endswith("Fanout"):
                said.append(formatEvent(event))

        globalLogPublisher.addObserver(observe)
        self.addCleanup(globalLogPublisher.removeObserver, observe)
        self.fast.transport.pauseProducing()
        self.much(2000)
        self.assertEqual(2, self.web.queues()[0].dropped)
        [line] = said
        self.assertIn("the event stream to 192.0.2.1 is too slow and is dropped, the 1. one", line)

    def test_cut_off(self) -> None:
        """A client that does not even take that is cut off, and costs nothing."""
        self.much(2000)
        self.pass_time(LAST_WORDS - 1)
        self.assertEqual(2, len(self.web.fanout))
        self.pass_time(1)
        self.assertEqual(1, len(self.web.fanout))

    def test_much_missed(self) -> None:
        """Much that was missed does not count as slowness."""
        self.much(3000)
        position = self.fast.events[0]["id"]
        browser = self.ask("/events", last_event_id=position)
        self.assertEqual(self.fast.said[1:], browser.said)


class EnvelopeTests(WebCase):
    """The envelope is that of files, with the position as well."""

    def test_offset(self) -> None:
        """It says how far into the broadcast an event is, as soon as that is known."""
        browser = self.ask("/events?types=chat")
        self.say("before")
        began = State(room_info={"create_time": NOON - 60})
        self.web.event(Connected(began, origin("anna")))
        self.happen("hello")
        shapes = [json.loads(each["data"]) for each in browser.events]
        self.assertEqual([None, 60.0], [shape["offset"] for shape in shapes])
        self.assertEqual(["seq"], list(shapes[0])[10:])
