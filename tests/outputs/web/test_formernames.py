"""Names that users had before, and clients that named them."""

from __future__ import annotations

from typing import Any

from twisted.application.service import MultiService

from tests.outputs.doubles import ROOM, origin
from tests.outputs.web.case import WebCase, Wiring, make, make_feed
from tiktoklive.events import Connected, Renamed
from tiktoklive.model import State


class FollowedTests(WebCase):
    """Clients go on with a user who is followed under another name, whoever renamed them."""

    def stream_in(self, anchor: str, room: str, output: Any = None) -> None:
        """A stream is connected."""
        where = origin(anchor)._replace(room_id=room)
        (output or self.web).event(Connected(State(room_id=room), where))

    def rename(self, old: str, new: str, anchor: str, output: Any = None) -> None:
        """Renamed is told."""
        (output or self.web).event(Renamed(old, new, "7", origin(anchor)))

    def heard(self, *clients: Any) -> list[list[str]]:
        """What each client was told."""
        self.network.flush()
        return [each.said for each in clients]

    def test_told(self) -> None:
        """An event tells it: pages, numbers and decisions go on with the new name."""
        early, other = self.socket("/ws?rooms=anna&numbers=1"), self.socket("/ws?rooms=bob")
        self.happen("one")
        self.ask("/api/rooms/anna/moderation", "POST", b'{"hide": "7:1"}')
        self.rename("Anna", "ann", "anna")  # found, and followed as before
        self.happen("two")
        self.rooms.rename("anna", "ann")
        self.rename("Anna", "ann", "ann")
        late = self.socket("/ws?rooms=anna")
        self.happen("three", anchor="ann")
        self.pass_time(2)
        self.assertEqual([["one", "two", "three"], ["three"], []], self.heard(early, late, other))
        told = [each["numbers"] for each in early.messages if "numbers" in each][-1]
        self.assertEqual(("ann", 3), (told["anchor"], told["comments"]))
        self.assertEqual(["7:1"], self.ask("/api/rooms/ann/moderation").json["hidden"])

    def test_seen(self) -> None:
        """Nothing told it, and the same broadcast goes on: they have the name that is followed."""
        early = self.socket("/ws?rooms=anna")
        self.stream_in("anna", ROOM)
        self.stream_in("bob", ROOM)  # both are followed: each name is shown by itself
        self.happen("one")
        self.happen("two", anchor="bob")
        del self.rooms.states["anna"]
        self.stream_in("ann", "8")  # somebody else
        self.stream_in("bea", ROOM)
        self.happen("three", anchor="bea")
        self.assertEqual([["one", "three"]], self.heard(early))
        counted = {name: each.as_dict(0) for name, each in self.web.fanout.numbers.rooms.all()}
        found = {name: shape["comments"] for name, shape in counted.items()}
        self.assertEqual({"bob": 1, "ann": 0, "bea": 2}, found)

    def test_feed(self) -> None:
        """An output that knows nothing of rooms asks the one beside it, or goes by events alone."""
        alone = self.begin(make_feed(Wiring(self.reactor), "tcp:21213", {}), 21213)
        self.rename("anna", "ann", "ann", alone)
        late = self.socket("/?rooms=anna", 21213)
        self.happen("one", anchor="ann", output=alone)
        self.stream_in("anna", "9", alone)  # somebody else is followed under the name of before
        fresh = self.socket("/?rooms=anna", 21213)
        self.happen("two", anchor="ann", output=alone)
        self.happen("three", anchor="anna", output=alone)
        self.assertEqual([["one", "two"], ["three"]], self.heard(late, fresh))
        both = MultiService()
        web: Any = make(Wiring(self.reactor), "tcp:8081", {})
        web.control(self.rooms)
        feed: Any = make_feed(Wiring(self.reactor), "tcp:8082", {})
        for each in (feed, web):
            each.setServiceParent(both)
        both.startService()
        self.started += [web, feed]
        self.assertEqual([True, False], [feed.fanout.names.follows(n) for n in ("bob", "cleo")])
