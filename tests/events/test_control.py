"""What happens to the connection, and the two views below all events."""

from __future__ import annotations

import json

from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import BOB, ORIGIN, ROOM, made
from tiktoklive.errors import StreamLostError
from tiktoklive.events import (
    Connected,
    DecodedData,
    Disconnected,
    Error,
    Event,
    Gap,
    GaveUp,
    RawData,
    Reconnecting,
    Renamed,
    StreamEnd,
    WebsocketConnected,
)
from tiktoklive.model import State

LOST = StreamLostError("It broke.")


class ShapeTests(SynchronousTestCase):
    """Names, JSON and reprs."""

    def shows(self, event: Event, name: str, shape: object, text: str) -> None:
        """The event has this name, this JSON and this repr, and knows where it came from."""
        self.assertEqual((name, shape, text), (event.name, event.as_dict(), repr(event)))
        json.dumps(event.as_dict())
        self.assertEqual(
            ("alice", ROOM, 1_700_000_000_123), (event.anchor, event.room_id, event.received_at)
        )

    def test_connected(self) -> None:
        """connected: the state object of 1.x."""
        state = State(True, True, ROOM)
        self.shows(Connected(state, ORIGIN), "connected", state.as_dict(), "<Connected alice>")

    def test_websocket_connected(self) -> None:
        """websocketConnected: nothing in it."""
        self.shows(
            WebsocketConnected(ORIGIN), "websocketConnected", {}, "<WebsocketConnected alice>"
        )

    def test_disconnected(self) -> None:
        """disconnected: with the reason, if there is one."""
        self.shows(
            Disconnected(LOST, ORIGIN),
            "disconnected",
            {"reason": "It broke."},
            "<Disconnected alice>",
        )
        self.assertEqual({}, Disconnected(None, ORIGIN).as_dict())

    def test_reconnecting(self) -> None:
        """reconnecting: when, which attempt, and why."""
        self.shows(
            Reconnecting(1.55, 3, LOST, ORIGIN),
            "reconnecting",
            {"delay": 1.55, "attempt": 3, "reason": "It broke."},
            "<Reconnecting alice in 1.6 s>",
        )

    def test_stream_end(self) -> None:
        """streamEnd: the action."""
        self.shows(StreamEnd(4, ORIGIN), "streamEnd", {"action": 4}, "<StreamEnd alice>")
        words = [StreamEnd(action).reason for action in (3, 4, 0)]
        self.assertEqual(["ended", "banned", "looked up"], words)

    def test_gap(self) -> None:
        """gap: from when to when, why, and from which source."""
        self.shows(
            Gap(1000, 3500, LOST, ORIGIN),
            "gap",
            {"from": 1000, "to": 3500, "reason": "It broke.", "source": "test"},
            "<Gap alice 2.5 s>",
        )
        self.assertEqual("", Gap(0, 0, None).as_dict()["reason"])

    def test_renamed(self) -> None:
        """renamed: both names, and the id as text."""
        self.shows(
            Renamed("alice1", "alice2", "6672446849804223493", ORIGIN),
            "renamed",
            {"old": "alice1", "new": "alice2", "anchorId": "6672446849804223493"},
            "<Renamed alice @alice1 -> @alice2>",
        )

    def test_gave_up(self) -> None:
        """gaveUp: why."""
        told = {"reason": "It broke."}
        self.shows(GaveUp(LOST, ORIGIN), "gaveUp", told, "<GaveUp alice: It broke.>")

    def test_closed_by_the_other_side(self) -> None:
        """disconnected: code and reason of the close frame, if one came."""
        closed = StreamLostError("It was closed.", code=1000, said="bye")
        self.assertEqual(
            {"reason": "It was closed.", "code": 1000, "said": "bye"},
            Disconnected(closed, ORIGIN).as_dict(),
        )

    def test_error(self) -> None:
        """error: what was done, and what happened; null without an exception."""
        self.shows(
            Error("Websocket message decoding failed", LOST, ORIGIN),
            "error",
            {"info": "Websocket message decoding failed", "exception": "It broke."},
            "<Error alice Websocket message decoding failed>",
        )
        self.assertIsNone(Error("x", None).as_dict()["exception"])

    def test_raw_data(self) -> None:
        """rawData: the wire name, and the bytes as base64."""
        event = RawData("WebcastX", b"\xff\x00", 7, True, ORIGIN)
        self.shows(
            event,
            "rawData",
            {"method": "WebcastX", "payload": "/wA="},
            "<RawData WebcastX 2 bytes>",
        )
        self.assertEqual(("7", f"{ROOM}:7", True), (event.msg_id, event.id, event.is_history))

    def test_raw_data_equal(self) -> None:
        """The same bytes under the same name and number are the same raw data."""
        one = RawData("A", b"x", 1, origin=ORIGIN)
        self.assertEqual(one, RawData("A", b"x", 1))
        self.assertEqual(1, len({one, RawData("A", b"x", 1)}))
        for other in (RawData("B", b"x", 1), RawData("A", b"y", 1), RawData("A", b"x", 2), "A"):
            self.assertNotEqual(one, other)

    def test_decoded_data(self) -> None:
        """decodedData: the event that follows, in its shape."""
        chat = made("ChatMessage", BOB + 'content: "hi"')
        self.shows(
            DecodedData(chat), "decodedData", chat.as_dict(), "<DecodedData <Chat @bob 'hi'>>"
        )
        self.assertEqual("WebcastChatMessage", DecodedData(chat).method)
