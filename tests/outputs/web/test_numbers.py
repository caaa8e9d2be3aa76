"""The numbers of rooms, as they are asked for and as they are sent."""

from __future__ import annotations

import json
from typing import Any
from unittest.mock import patch

from tests.outputs.doubles import gift
from tests.outputs.web.case import OVERLAY, READ, WebCase
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.outputs.web import numbers
from tiktoklive.outputs.web.numbers import PAUSE

KEYS = (
    "anchor room live since updated comments likes viewers peakViewers follows shares joins "
    "subscribes gifts diamonds givers rates goals battle poll"
)


def comments(messages: list[Any]) -> list[tuple[str, int]]:
    """Of each message with numbers, the room and its comments."""
    told = [each["numbers"] for each in messages if "numbers" in each]
    return [(each["anchor"], each["comments"]) for each in told]


class AskedTests(WebCase):
    """``GET /api/rooms/NAME/numbers``."""

    def test_shape(self) -> None:
        """A room of which nothing was heard has all of them too; one that is unknown has none."""
        shape = self.ask("/api/rooms/anna/numbers").json
        self.assertEqual(KEYS.split(), list(shape))
        self.assertEqual(("anna", None, False), tuple(shape.values())[:3])
        self.assertEqual(404, self.ask("/api/rooms/nobody/numbers").status)
        self.assertEqual(400, self.ask("/api/rooms/no%20body/numbers").status)

    def test_counted(self) -> None:
        """What happened is in them, whether a client was there or not, and however often asked."""
        self.happen("one", "two")
        trackers = Trackers(self.reactor, self.web.event)
        trackers.begin("7")
        trackers.streaks.gift(gift("Ben", 9, True, 77))  # type: ignore[arg-type]  # a gift
        for _ in range(2):
            shape = self.ask("/api/rooms/@ANNA/numbers").json
            self.assertEqual(("anna", 2), (shape["anchor"], shape["comments"]))
        shape = self.ask("/api/rooms/host/numbers").json
        self.assertEqual((9, 9), (shape["diamonds"], shape["givers"][0]["gifts"]))


class TokenTests(WebCase):
    """Who may ask."""

    environ = {"TIKTOKLIVE_WEB_READ_TOKEN": READ, "TIKTOKLIVE_WEB_OVERLAY_TOKEN": OVERLAY}

    def test_scope(self) -> None:
        """Asking needs a token for reading; an overlay is sent those of the rooms it names."""
        path = "/api/rooms/anna/numbers"
        statuses = [self.ask(path, token=token).status for token in (READ, OVERLAY, "")]
        self.assertEqual([200, 403, 401], statuses)
        self.happen("one")
        self.happen("other", anchor="bob")
        listener = self.socket(f"/ws?numbers=1&rooms=bob&token={OVERLAY}")
        self.assertEqual([("bob", 1)], comments(listener.messages))


class SentTests(WebCase):
    """What clients are sent."""

    def test_whole_and_changed(self) -> None:
        """All rooms at the beginning; then those that changed, at most once a second."""
        self.happen("one")
        self.happen("other", anchor="bob")
        listener = self.socket("/ws?numbers=1&types=gift")
        self.assertEqual([("anna", 1), ("bob", 1)], comments(listener.messages))
        self.assertTrue(listener.greeting["subscribed"]["numbers"])
        listener.messages.clear()
        self.happen("two", "three", "four")
        self.assertEqual([], listener.messages)
        self.pass_time(PAUSE)
        self.assertEqual([("anna", 4)], comments(listener.messages))
        listener.messages.clear()
        self.pass_time(PAUSE)
        self.assertEqual([], listener.messages)
        for _ in range(90):  # rates fall, and then nothing changes any more
            self.pass_time(PAUSE)
        last = [each["numbers"] for each in listener.messages if each["numbers"]["comments"] == 4][
            -1
        ]
        self.assertEqual((4, 0), (last["comments"], last["rates"]["comments"]))
        self.assertLess(len(listener.messages), 20)

    def test_late(self) -> None:
        """One who comes later has the latest at once, and takes nothing from the others."""
        first = self.socket("/ws?numbers=1&types=gift")
        self.happen("one")
        second = self.socket("/ws?numbers=1&types=gift")
        self.assertEqual([("anna", 1)], comments(second.messages))
        self.pass_time(PAUSE)
        self.assertEqual([("anna", 1)], comments(first.messages))

    def test_subscribed(self) -> None:
        """A client may ask for them, and no more, at any time."""
        self.happen("one")
        listener = self.socket("/ws?types=gift")
        self.assertEqual([], listener.messages)
        for wanted, expected in (
            ({"types": ["gift"], "numbers": True}, [("anna", 1)]),
            ({"types": ["gift"], "numbers": True, "rooms": ["bob"]}, []),
            ({"types": ["gift"], "numbers": True, "rooms": ["anna"]}, [("anna", 1)]),
            ({"types": ["gift"]}, []),
        ):
            listener.messages.clear()
            listener.say({"subscribe": wanted})
            self.network.flush()
            self.assertEqual(expected, comments(listener.messages), wanted)
        self.happen("two")
        self.pass_time(PAUSE)
        self.assertEqual([], comments(listener.messages))
        listener.say({"subscribe": {"numbers": 1}})
        self.network.flush()
        self.assertEqual("message", listener.messages[-1]["code"])

    def test_stream(self) -> None:
        """An event stream has them as events without an id."""
        self.happen("one")
        stream = self.ask("/events?numbers=1&types=gift")
        self.happen("two")
        self.pass_time(PAUSE)
        told = [each for each in stream.events if each["event"] == "numbers"]
        self.assertEqual([1, 2], [json.loads(each["data"])["comments"] for each in told])
        self.assertFalse(any("id" in each for each in told))
        self.assertEqual([], self.ask("/events?types=gift").events)

    def test_many(self) -> None:
        """Numbers of many rooms come piece by piece, and those of all of them come."""
        names = {f"user{number}" for number in range(60)}
        for name in names:
            self.happen("hi", anchor=name)
        with patch.object(numbers, "_PIECE", 2000):
            late = self.socket("/ws?numbers=1&types=gift")
            self.assertLess(len(late.messages), 10)
            for _ in range(20):
                self.pass_time(PAUSE)
            self.assertEqual(names, {anchor for anchor, _ in comments(late.messages)})
            late.messages.clear()
            for name in names:
                self.happen("again", anchor=name)
            for _ in range(20):
                self.pass_time(PAUSE)
            self.assertEqual({(name, 2) for name in names}, set(comments(late.messages)))

    def test_nobody(self) -> None:
        """Nothing is looked at while no client wants any."""
        listener = self.socket("/ws?numbers=1")
        listener.sendClose()
        self.pass_time(PAUSE)
        self.assertFalse(self.web.fanout.numbers._looks.running)
