"""Tests of tiktoklive.wire.messages: the schema, and the decoding of one message."""

import json
from collections import Counter
from pathlib import Path
from unittest import SkipTest

from google.protobuf.message import Message
from google.protobuf.unknown_fields import UnknownFieldSet
from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import DecodeError, MessageError
from tiktoklive.wire.audience_pb2 import WebcastMemberMessage
from tiktoklive.wire.battle_pb2 import WebcastLinkMicArmies
from tiktoklive.wire.common_pb2 import User
from tiktoklive.wire.giving_pb2 import WebcastGiftMessage
from tiktoklive.wire.linkmic_pb2 import WebcastLinkMicMethod
from tiktoklive.wire.messages import MESSAGE_TYPES, decode_message
from tiktoklive.wire.notices_pb2 import WebcastInRoomBannerMessage, WebcastRoomVerifyMessage
from tiktoklive.wire.speech_pb2 import WebcastChatMessage, WebcastRoomMessage

CAPTURES = Path(__file__).resolve().parents[2].parent / "shared" / "captures"


def decoded(method: str, payload_hex: str) -> Message:
    """Decode a message of a known type."""
    message = decode_message(method, bytes.fromhex(payload_hex))
    assert message is not None
    return message


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Read a varint: its value, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        shift += 7
        if byte < 0x80:
            return value, at


def fields(data: bytes) -> Counter[tuple[int, int, int]]:
    """Count the fields of a message: number, wire type, and length (or value of a varint)."""
    found: Counter[tuple[int, int, int]] = Counter()
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        wire_type = tag & 7
        if wire_type == 0:
            value, at = varint(data, at)
        elif wire_type == 2:
            value, at = varint(data, at)
            at += value
        else:
            value = {1: 8, 5: 4}[wire_type]
            at += value
        found[tag >> 3, wire_type, value] += 1
    return found


def misfits(message: Message) -> set[str]:
    """Name the known fields, at any depth, whose wire type did not fit."""
    kind = message.DESCRIPTOR
    found = {
        f"{kind.name}.{kind.fields_by_number[unknown.field_number].name}"
        for unknown in UnknownFieldSet(message)
        if unknown.field_number in kind.fields_by_number
    }
    for field, value in message.ListFields():
        if field.message_type is not None:
            for part in [value] if isinstance(value, Message) else value:
                found |= misfits(part)
    return found


class TypesTests(SynchronousTestCase):
    """The mapping from wire names to classes."""

    def test_names(self) -> None:
        """Each wire name gives the class of that name."""
        self.assertIs(MESSAGE_TYPES["WebcastChatMessage"], WebcastChatMessage)
        self.assertIs(MESSAGE_TYPES["WebcastGiftMessage"], WebcastGiftMessage)
        self.assertIs(MESSAGE_TYPES["WebcastLinkMicMethod"], WebcastLinkMicMethod)
        self.assertGreaterEqual(len(set(MESSAGE_TYPES.values())), 68)

    def test_aliases(self) -> None:
        """Names that TikTok also sends without the prefix give the class of the full name."""
        self.assertIs(MESSAGE_TYPES["RoomMessage"], WebcastRoomMessage)
        self.assertIs(MESSAGE_TYPES["LinkMicMethod"], WebcastLinkMicMethod)
        self.assertIs(MESSAGE_TYPES["RoomVerifyMessage"], WebcastRoomVerifyMessage)

    def test_no_containers(self) -> None:
        """Containers and parts are no messages of a batch."""
        for name in ("WebcastPushFrame", "WebcastResponse", "WebcastImEnterRoomMessage", "User"):
            self.assertNotIn(name, MESSAGE_TYPES)

    def test_all_have_a_header(self) -> None:
        """Every message has the common header under that name."""
        for kind in MESSAGE_TYPES.values():
            self.assertEqual(kind.DESCRIPTOR.fields_by_name["common"].message_type.name, "Common")


class DecodeTests(SynchronousTestCase):
    """One message at a time."""

    def test_unknown_method(self) -> None:
        """An unknown method gives nothing, and is no error."""
        self.assertIsNone(decode_message("WebcastTomorrowMessage", b"\xff"))

    def test_empty_payload(self) -> None:
        """An empty payload is a message without fields."""
        self.assertEqual(decoded("WebcastChatMessage", "").ListFields(), [])

    def test_damaged(self) -> None:
        """A payload that does not decode is an error that names the type and shows a preview."""
        payload = b"\x12\x7f" + b"secret" * 10
        error = self.assertRaises(MessageError, decode_message, "WebcastChatMessage", payload)
        self.assertIn("WebcastChatMessage", str(error))
        self.assertLess(len(str(error)), 150)

    def test_deep_nesting(self) -> None:
        """Users nested without end are an error and do not exhaust the stack."""
        payload = b""
        for _ in range(1000):
            # User.top_fans (45) is a list of users.
            payload = b"\xea\x02" + bytes([len(payload) & 0x7F | 0x80, len(payload) >> 7]) + payload
            if len(payload) > 16_000:
                break
        size = bytes(
            [len(payload) & 0x7F | 0x80, len(payload) >> 7 & 0x7F | 0x80, len(payload) >> 14]
        )
        self.assertRaises(
            MessageError, decode_message, "WebcastChatMessage", b"\x12" + size + payload
        )

    def test_wrong_wire_types(self) -> None:
        """A known field of another wire type is left out, the rest of the message is intact."""
        message = decoded("WebcastChatMessage", "1801720265 6e")
        assert isinstance(message, WebcastChatMessage)
        self.assertFalse(message.HasField("content"))
        self.assertEqual(message.content_language, "en")

    def test_unknown_fields(self) -> None:
        """Unknown fields of all wire types, groups too, survive reading and writing."""
        payload = "c03e01c13e0102030405060708c23e0161c53e01020304c33e0801c43e"
        message = decoded("WebcastChatMessage", "1a0161" + payload)
        self.assertEqual(message.SerializeToString().hex(), "1a0161" + payload)

    def test_malformed_text(self) -> None:
        """A nickname that is not UTF-8 reads as bytes; the rest is intact, and is written back."""
        payload = "120908011a02ff41a201001a026869"
        message = decoded("WebcastChatMessage", payload)
        assert isinstance(message, WebcastChatMessage)
        self.assertEqual(message.user.nickname, b"\xffA")
        self.assertEqual(message.user.id, 1)
        self.assertEqual(message.content, "hi")
        self.assertEqual(message.SerializeToString().hex(), payload)

    def test_presence(self) -> None:
        """An explicit zero, empty text or empty part differs from an absent one."""
        explicit = decoded("WebcastGiftMessage", "10004800b201003a00")
        absent = decoded("WebcastGiftMessage", "")
        for name in ("gift_id", "repeat_end", "monitor_extra", "user"):
            self.assertTrue(explicit.HasField(name))
            self.assertFalse(absent.HasField(name))
        self.assertEqual(explicit.gift_id, absent.gift_id)

    def test_unknown_enum_values(self) -> None:
        """A number that the enum does not name is kept, negative ones too."""
        for value, payload in ((999, "50e707"), (-1, "50ffffffffffffffffff01")):
            message = decoded("WebcastMemberMessage", payload)
            assert isinstance(message, WebcastMemberMessage)
            self.assertEqual(message.action, value)

    def test_ids_are_unsigned(self) -> None:
        """Ids above 2^63 are positive."""
        message = decoded("WebcastChatMessage", "120b08ffffffffffffffffff01")
        assert isinstance(message, WebcastChatMessage)
        self.assertEqual(message.user.id, 2**64 - 1)

    def test_banner_forms(self) -> None:
        """Both forms of an in-room banner read as bytes, malformed UTF-8 included."""
        for data in (b'{"a": 1}', b"\x0a\x01a\x12\x02\xff\xfe"):
            message = decode_message(
                "WebcastInRoomBannerMessage", b"\x12" + bytes([len(data)]) + data
            )
            assert isinstance(message, WebcastInRoomBannerMessage)
            self.assertEqual(list(message.data), [data])

    def test_entries_keep_order_and_doubles(self) -> None:
        """Entries of what others call maps keep order, repeated keys, and several values."""
        message = decoded("WebcastLinkMicArmies", "1a0b0802120210011203109a051a0208011a020802")
        assert isinstance(message, WebcastLinkMicArmies)
        self.assertEqual([entry.key for entry in message.armies], [2, 1, 2])
        self.assertEqual([v.host_score for v in message.armies[0].value], [1, 666])
        self.assertFalse(message.armies[1].value)

    def test_supporter_as_user(self) -> None:
        """A battle supporter can be read again as a user: the 1.x client does."""
        message = decoded("WebcastLinkMicArmies", "1a11120f0a0d08071a01612805b20201621005")
        assert isinstance(message, WebcastLinkMicArmies)
        army = message.armies[0].value[0].user_army[0]
        user = User.FromString(army.SerializeToString())
        self.assertEqual((user.id, user.nickname, user.unique_id), (7, "a", "b"))
        self.assertFalse(user.HasField("bio_description"))

    @given(st.sampled_from(sorted(MESSAGE_TYPES)), st.binary(max_size=200))
    def test_arbitrary_bytes(self, method: str, payload: bytes) -> None:
        """Whatever the bytes, decoding gives a message or a decode error."""
        try:
            decode_message(method, payload)
        except DecodeError:
            pass


class CaptureTests(SynchronousTestCase):
    """Captured traffic, when it is beside the checkout."""

    def captured(self) -> list[tuple[str, bytes, Message]]:
        """Decode all captured messages of known types."""
        path = CAPTURES / "messages.jsonl"
        if not path.exists():
            raise SkipTest("The captured traffic is not beside this checkout.")
        found = []
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                payload = bytes.fromhex(record["payload_hex"])
                message = decode_message(record["type"], payload)
                if message is not None:
                    found.append((record["type"], payload, message))
        return found

    def test_same_fields(self) -> None:
        """Every captured message decodes, and is written with the fields that it came with."""
        for method, payload, message in self.captured():
            self.assertEqual(fields(message.SerializeToString()), fields(payload), method)

    def test_types_fit(self) -> None:
        """No field that the schema knows has another wire type in captured traffic."""
        for method, _, message in self.captured():
            self.assertEqual(misfits(message), set(), method)

    def test_most_are_known(self) -> None:
        """The schema knows the types of most captured messages."""
        self.assertGreater(len(self.captured()), 1000)
