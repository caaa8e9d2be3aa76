"""The envelope of every output."""

from __future__ import annotations

import json

from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.doubles import NOON, ROOM, chat, event, gift, origin, user
from tiktoklive.errors import StreamLostError
from tiktoklive.events import (
    Connected,
    Disconnected,
    Gap,
    Gift,
    GiftStreak,
    MessageEvent,
    RawData,
    StreamEnd,
)
from tiktoklive.events.streak import GiftDetails
from tiktoklive.model import State
from tiktoklive.outputs.envelope import encode_line, envelope


class EnvelopeTests(SynchronousTestCase):
    """The keys, their order and their values."""

    def test_message(self) -> None:
        """A message's envelope has the version 1 keys in their order, and texts for ids."""
        said = event(
            "ChatMessage",
            f"common {{ msg_id: 9007199254740993 create_time: 1769860799000 }} {user('Anna')}"
            ' content: "hi"',
        )
        shape = envelope(said)
        self.assertEqual(
            [
                "v",
                "id",
                "event",
                "anchor",
                "room",
                "ts",
                "received_at",
                "history",
                "offset",
                "data",
            ],
            list(shape),
        )
        data = shape.pop("data")
        self.assertEqual(
            {
                "v": 1,
                "id": f"{ROOM}:9007199254740993",
                "event": "chat",
                "anchor": "host",
                "room": ROOM,
                "ts": 1769860799000,
                "received_at": NOON * 1000,
                "history": False,
                "offset": None,
            },
            shape,
        )
        assert isinstance(said, MessageEvent)
        self.assertEqual(said.as_dict(), data)
        self.assertEqual("hi", data["comment"])

    def test_history(self) -> None:
        """A replayed message says so; without the server's time the time is ours."""
        shape = envelope(chat("Anna", "old", is_history=True, number=5))
        self.assertIs(True, shape["history"])
        self.assertEqual(NOON * 1000, shape["ts"])
        self.assertEqual(f"{ROOM}:5", shape["id"])

    def test_without_id(self) -> None:
        """A message that has no id gets one of what it says: the same whenever it comes again."""
        made = [
            chat("Anna", "one"),
            chat("Anna", "one", origin(seconds=9), is_history=True),
            chat("Anna", "two"),
            event("LikeMessage"),
            event("MemberMessage"),
            RawData("WebcastNew", b"", 0, False, origin()),
            gift("Anna", 1, False, 0),
            event("SocialMessage", "action: 1").derived()[0],
        ]
        ids = [envelope(each)["id"] for each in made]
        self.assertEqual(ids[0], ids[1])
        self.assertEqual(len(ids) - 1, len(set(ids)))
        self.assertNotIn(f"{ROOM}:0", ids)
        like = event("LikeMessage")
        raw = RawData(like.method, like.payload, 0, False, origin())
        self.assertEqual(envelope(like)["id"], envelope(raw)["id"])

    def test_streak_without_id(self) -> None:
        """Two gifts that come without a streak and an id have two ids, too."""
        lion = "gift { type: 2 } gift_id: 6 "
        made = [event("GiftMessage", lion + user(name, number)) for number, name in enumerate("ab")]
        ids = {
            envelope(GiftStreak(each, GiftDetails(), 1, "single", origin()))["id"]
            for each in made
            if isinstance(each, Gift)
        }
        self.assertEqual(2, len(ids))

    def test_connection(self) -> None:
        """Events about the connection have envelopes with an id of name, time and number."""
        here = origin()
        for made, name, data in (
            (Disconnected(StreamLostError("gone"), here), "disconnected", {"reason": "gone"}),
            (StreamEnd(3, here), "streamEnd", {"action": 3}),
            (
                Gap(1, 2, None, here),
                "gap",
                {"from": 1, "to": 2, "reason": "", "source": "test"},
            ),
        ):
            shape = envelope(made)
            self.assertTrue(shape["id"].startswith(f"{ROOM}:{name}:{NOON * 1000}:"), shape["id"])
            self.assertEqual(name, shape["event"])
            self.assertEqual(data, shape["data"])
            self.assertEqual((NOON * 1000, False), (shape["ts"], shape["history"]))

    def test_every_control_event_is_json(self) -> None:
        """A state with room information goes through JSON unharmed."""
        state = State(True, True, ROOM, {"title": "x", "stats": {"n": 1}})
        shape = json.loads(encode_line(envelope(Connected(state, origin()))))
        self.assertEqual("x", shape["data"]["roomInfo"]["title"])

    def test_unknown(self) -> None:
        """A message of an unknown type keeps its bytes."""
        shape = envelope(RawData("WebcastNew", b"\x00\xff", 7, False, origin()))
        self.assertEqual(("rawData", f"{ROOM}:7"), (shape["event"], shape["id"]))
        self.assertEqual({"method": "WebcastNew", "payload": "AP8="}, shape["data"])


class EncodeTests(SynchronousTestCase):
    """One line of JSON, whatever is in it."""

    def test_layout(self) -> None:
        """There are no blanks, and characters stay as they are."""
        self.assertEqual(
            '{"a":"é 👋🏽 \u2028","b":[1,null]}\n'.encode(),
            encode_line({"a": "é 👋🏽 \u2028", "b": [1, None]}),
        )

    def test_one_line(self) -> None:
        """Line breaks in texts are escaped."""
        self.assertEqual(b'{"a":"x\\ny\\r"}\n', encode_line({"a": "x\ny\r"}))

    def test_lone_surrogate(self) -> None:
        """Half a character becomes its escape, and two halves are read as one again."""
        line = encode_line({"a": "\ud83d", "b": "\ud83d\ude00"})
        self.assertEqual(b'{"a":"\\ud83d","b":"\\ud83d\\ude00"}\n', line)
        self.assertEqual("😀", json.loads(line)["b"])

    def test_no_number(self) -> None:
        """What JSON has no number for becomes null, deep inside as well."""
        self.assertEqual(
            b'{"a":null,"b":[{"c":null}],"d":1.5}\n',
            encode_line({"a": float("nan"), "b": [{"c": float("inf")}], "d": 1.5}),
        )

    def test_strange_values(self) -> None:
        """A value that JSON doesn't know is written as text."""
        self.assertEqual(b'{"a":"gone"}\n', encode_line({"a": StreamLostError("gone")}))
