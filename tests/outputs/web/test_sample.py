"""Samples: which there are, which overlays show them, and who may send them."""

from __future__ import annotations

import json
from typing import Any

from tests.outputs.web.case import READ, TOKEN, WebCase, Wiring, make
from tiktoklive.outputs.web.sample import KINDS

#: What a sample of each kind is made of.
EVENTS = {
    "chat": ["chat"],
    "gift": ["gift", "giftStreak"],
    "follow": ["social", "follow"],
    "share": ["social", "share"],
    "like": ["like"],
    "member": ["member"],
    "subscribe": ["subscribe"],
    "superFan": ["barrage", "superFan"],
    "battle": ["battleStarted", "battleScore"],
    "poll": ["pollMessage", "pollStarted"],
    "goal": ["goalUpdate"],
}


class SampleTests(WebCase):
    """Where only this machine reaches us, and there is no token."""

    def sample(self, body: Any = None, query: str = "") -> Any:
        """Send one; the answer."""
        text = None if body is None else json.dumps(body).encode()
        return self.ask(f"/sample{query}", "POST", text)

    def test_usual(self) -> None:
        """A comment and a gift go to overlays of every room, are marked, and do not come again."""
        overlay = self.ask("/rooms/bob/events?overlay=1")
        narrow = self.ask("/events?overlay=1&types=gift")
        reader = self.ask("/events")
        self.assertEqual({"overlays": 2}, self.sample({}).json)
        self.pass_time(1)
        self.assertEqual([], reader.events)
        self.assertEqual(["chat", *EVENTS["gift"]], [each["event"] for each in overlay.events])
        self.assertEqual(["gift"], [each["event"] for each in narrow.events])
        for event in overlay.events:
            self.assertIs(True, json.loads(event["data"])["sample"])
            self.assertNotIn("id", event)
        gift = json.loads(overlay.events[1]["data"])["data"]
        self.assertEqual(("Rose", 3), (gift["giftName"], gift["repeatCount"]))
        self.assertEqual([], self.ask("/events?overlay=1&backlog=9").events)
        self.assertEqual(0, self.ask("/api/rooms/anna/numbers").json["comments"])

    def test_kinds(self) -> None:
        """There is one of each kind, and each is whole."""
        listener = self.socket("/ws?overlay=1")
        self.assertEqual(list(KINDS), list(EVENTS))
        for kind, names in EVENTS.items():
            listener.messages.clear()
            self.assertEqual(200, self.sample({"kind": kind}).status)
            self.pass_time(1)
            self.assertEqual(names, [each["event"] for each in listener.messages])
            said = json.dumps(listener.messages[-1]["data"])
            about = {"battle": "512", "poll": "Tea or coffee?", "goal": "Sample goal"}
            self.assertIn(about.get(kind, "Sample viewer"), said)

    def test_tiers(self) -> None:
        """A gift is worth what is asked for."""
        listener = self.socket("/ws?overlay=1&types=giftStreak")
        for diamonds, name in ((1, "Rose"), (100, "Confetti"), (1000, "Galaxy"), (34_999, "Inter")):
            self.sample({"kind": "gift", "diamonds": diamonds})
            self.pass_time(1)
            data = listener.messages[-1]["data"]
            self.assertEqual(diamonds, data["diamondTotal"])
            self.assertTrue(data["giftName"].startswith(name))

    def test_room(self) -> None:
        """One for a room goes to those who show it, and to those who show all."""
        hers, his, all_ = (self.socket(f"/ws?overlay=1{more}") for more in ROOMS)
        self.assertEqual({"overlays": 2}, self.sample({"kind": "chat"}, "?room=@Anna").json)
        self.pass_time(1)
        self.assertEqual([1, 0, 1], [len(each.messages) for each in (hers, his, all_)])
        self.assertEqual("anna", hers.messages[0]["anchor"])
        self.assertEqual(400, self.sample({}, "?room=no%20body").status)

    def test_refused(self) -> None:
        """What makes no sense is refused, with what there is."""
        for body in ({"kind": "x"}, {"kind": None}, {"kind": []}, {"x": 1}, []):
            refused = self.sample(body)
            self.assertEqual((400, "body"), (refused.status, refused.json["code"]), body)
        for diamonds in (0, -1, 1.5, "7", True, 10**7):
            self.assertEqual(400, self.sample({"kind": "gift", "diamonds": diamonds}).status)
        self.assertEqual(415, self.ask("/sample", "POST", b"x=1", content_type="text/plain").status)

    def test_by_socket(self) -> None:
        """A WebSocket that wants samples still does when it has chosen what else it wants."""
        listener = self.socket("/ws?overlay=1")
        listener.say({"subscribe": {"types": ["gift"], "rooms": ["bob"]}})
        self.network.flush()
        self.assertEqual({"overlays": 1}, self.sample().json)
        self.pass_time(1)
        shown = [each["event"] for each in listener.messages if "sample" in each]
        self.assertEqual(["gift"], shown)

    def test_tokens(self) -> None:
        """Where there is a token for control, or others reach us, a sample needs it."""
        for port, place, environ, statuses in (
            (81, "81", {"TIKTOKLIVE_WEB_READ_TOKEN": READ}, (401, 200)),
            (82, "82", {"TIKTOKLIVE_WEB_TOKEN": TOKEN}, (401, 401)),
            (83, "0.0.0.0:83", {"TIKTOKLIVE_WEB_READ_TOKEN": READ}, (403, 403)),
        ):
            self.begin(make(Wiring(self.reactor), place, environ), port)
            for token, status in zip(("", READ), statuses, strict=True):
                answer = self.ask("/sample", "POST", b"{}", token, port)
                self.assertEqual(status, answer.status, (place, token))


ROOMS = ("&rooms=anna", "&rooms=bob", "")
