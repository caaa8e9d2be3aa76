"""What all events have in common."""

from __future__ import annotations

import json

from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import BOB, ORIGIN, ROOM, made
from tiktoklive.events import Chat, Event, Gap, Like, Origin, decode
from tiktoklive.events.base import NOWHERE, snake_case

COMMON = """
common {
  method: "WebcastChatMessage" msg_id: 18446744073709551615 room_id: 42 create_time: 1700000000001
  display_text { key: "pm_chat" default_pattern: "{0:user} said" }
}
"""


class SnakeCaseTests(SynchronousTestCase):
    """Observer methods from event names."""

    def test_names(self) -> None:
        """Each capital behind a small letter or a digit begins a word."""
        for name, method in (
            ("chat", "chat"),
            ("roomUser", "room_user"),
            ("linkMicBattle", "link_mic_battle"),
            ("imDelete", "im_delete"),
            ("websocketConnected", "websocket_connected"),
        ):
            self.assertEqual(method, snake_case(name))


class OriginTests(SynchronousTestCase):
    """Where an event came from."""

    def test_read_through(self) -> None:
        """Anchor, room and time are the origin's."""
        event = made("ChatMessage", COMMON)
        self.assertEqual(
            ("alice", ROOM, 1_700_000_000_123), (event.anchor, event.room_id, event.received_at)
        )
        self.assertIs(ORIGIN, event.origin)

    def test_nowhere(self) -> None:
        """An event that was decoded without a connection has its message's room, and no time."""
        event = made("ChatMessage", COMMON, origin=NOWHERE)
        self.assertEqual(("", "42", 0), (event.anchor, event.room_id, event.received_at))

    def test_repr(self) -> None:
        """It is short, however many gifts can be sent."""
        self.assertEqual(f"<Origin alice {ROOM} test>", repr(ORIGIN))
        many = ORIGIN._replace(gifts={number: {"id": number} for number in range(600)})
        self.assertEqual(f"<Origin alice {ROOM} test, 600 gifts>", repr(many))

    def test_control_events(self) -> None:
        """Events about the connection have the origin's room and an id of their own."""
        gap, other = Gap(1, 2, None, ORIGIN), Gap(1, 2, None, ORIGIN)
        self.assertEqual(ROOM, gap.room_id)
        self.assertTrue(gap.id.startswith(f"{ROOM}:gap:1700000000123:"), gap.id)
        self.assertNotEqual(gap.id, other.id)
        self.assertEqual(("", {}), (Event().room_id, Event().as_dict()))


class MessageTests(SynchronousTestCase):
    """Views on messages."""

    def test_header(self) -> None:
        """Time, keys and pattern are read from the message's header."""
        event = made("ChatMessage", COMMON)
        self.assertEqual(
            (1_700_000_000_001, "pm_chat", "{0:user} said"),
            (event.create_time, event.display_type, event.label),
        )
        self.assertEqual("pm_chat", event.display_text.key)

    def test_msg_id(self) -> None:
        """The batch's number is the id, else the message's own; unsigned, as text."""
        self.assertEqual("18446744073709551615", made("ChatMessage", COMMON).msg_id)
        self.assertEqual("7", made("ChatMessage", COMMON, number=7).msg_id)
        self.assertEqual("0", made("ChatMessage").msg_id)
        self.assertEqual(f"{ROOM}:7", made("ChatMessage", number=7).id)

    def test_without_header(self) -> None:
        """A message without a header reads as one with an empty header."""
        event = made("ChatMessage")
        self.assertEqual((0, "", ""), (event.create_time, event.display_type, event.label))

    def test_view(self) -> None:
        """It reads through to its message: a change in it shows."""
        event = made("ChatMessage", 'content: "one"')
        event.message.content = "two"
        self.assertEqual(("two", "two"), (event.comment, event.as_dict()["comment"]))

    def test_payload(self) -> None:
        """It keeps the bytes that it was decoded from, unknown fields and all."""
        payload = b"\x1a\x02hi\xfa\x3f\x03new"
        event = decode("WebcastChatMessage", payload)
        assert isinstance(event, Chat)
        self.assertEqual((payload, payload), (event.payload, event.message.SerializeToString()))

    def test_slots(self) -> None:
        """Nothing can be hung on an event: it has no dictionary."""
        self.assertRaises(AttributeError, setattr, made("ChatMessage"), "mine", 1)

    def test_bad_utf8(self) -> None:
        """Text that is no UTF-8 reads with replacement characters."""
        event = decode("WebcastChatMessage", b"\x1a\x03a\xffb")
        assert isinstance(event, Chat)
        self.assertEqual("a\ufffdb", event.comment)
        self.assertEqual("a\ufffdb", event.as_dict()["comment"])

    def test_equal(self) -> None:
        """The same message is the same event, whenever and from wherever it came."""
        one = made("ChatMessage", BOB, number=1)
        self.assertEqual(one, made("ChatMessage", BOB, number=1, origin=Origin("x")))
        self.assertEqual(1, len({one, made("ChatMessage", BOB, number=1)}))
        self.assertNotEqual(one, made("ChatMessage", BOB, number=2))
        self.assertNotEqual(one, made("ChatMessage", number=1))
        self.assertNotEqual(made("ChatMessage"), made("LikeMessage"))
        self.assertNotEqual(one, "chat")

    def test_repr(self) -> None:
        """Its repr says what happened, in one line."""
        self.assertEqual(
            "<Chat @bob 'hi\\nho'>", repr(made("ChatMessage", BOB + 'content: "hi\\nho"'))
        )
        self.assertEqual("<MsgDetect 7>", repr(made("MsgDetectMessage", number=7)))

    def test_as_dict_is_new(self) -> None:
        """as_dict() gives a new dictionary each time, fit for JSON."""
        event = made("LikeMessage", BOB + "count: 3")
        first, second = event.as_dict(), event.as_dict()
        first["user"] = "gone"
        self.assertNotIn("user", second)
        self.assertIn('"likeCount": 3', json.dumps(second))
        self.assertIsInstance(event, Like)
