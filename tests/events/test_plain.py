"""Tests of plain JSON for any message."""

from __future__ import annotations

import base64
import json

from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tests.events.random_messages import messages
from tests.events.test_classic import SHARED, decoded, lines_of
from tiktoklive.events.plain import as_plain
from tiktoklive.wire import common_pb2
from tiktoklive.wire.battle_pb2 import WebcastLinkMicBattle
from tiktoklive.wire.messages import MESSAGE_TYPES
from tiktoklive.wire.notices_pb2 import WebcastInRoomBannerMessage


def real_and_map() -> type[Message]:
    """A type with what our schema doesn't use: reals, an enum and a true map."""
    file = descriptor_pb2.FileDescriptorProto(
        name="tests/plain.proto", package="tests.plain", syntax="proto2"
    )
    kind = file.message_type.add(name="All")
    field = descriptor_pb2.FieldDescriptorProto
    once, many = field.LABEL_OPTIONAL, field.LABEL_REPEATED
    kind.field.add(name="real", number=1, type=field.TYPE_DOUBLE, label=once)
    kind.field.add(name="reals_too", number=2, type=field.TYPE_FLOAT, label=many)
    entry = kind.nested_type.add(name="ByIdEntry")
    entry.options.map_entry = True
    entry.field.add(name="key", number=1, type=field.TYPE_INT64, label=once)
    entry.field.add(name="value", number=2, type=field.TYPE_STRING, label=once)
    kind.field.add(
        name="by_id",
        number=3,
        type=field.TYPE_MESSAGE,
        type_name=".tests.plain.All.ByIdEntry",
        label=many,
    )
    file.enum_type.add(name="Kind").value.add(name="ONE", number=1)
    kind.field.add(
        name="kind", number=4, type=field.TYPE_ENUM, type_name=".tests.plain.Kind", label=once
    )
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return GetMessageClass(pool.FindMessageTypeByName("tests.plain.All"))


class PlainTests(SynchronousTestCase):
    """What each kind of field becomes."""

    def test_fields(self) -> None:
        """Keys are lowerCamelCase, 64-bit integers are text, and absent fields are absent."""
        user = common_pb2.User(id=18446744073709551615, sec_uid="s", verified=False, status=0)
        user.follow_info.following_count = -1
        user.commerce_webcast_config_ids.extend([1, 2])
        self.assertEqual(
            {
                "id": "18446744073709551615",
                "verified": False,
                "status": 0,
                "followInfo": {"followingCount": "-1"},
                "secUid": "s",
                "commerceWebcastConfigIds": ["1", "2"],
            },
            as_plain(user),
        )

    def test_empty(self) -> None:
        """An empty message is an empty object; an empty part of one, too."""
        self.assertEqual({}, as_plain(common_pb2.User()))
        user = common_pb2.User.FromString(bytes.fromhex("4a00"))
        self.assertEqual({"avatarThumb": {}}, as_plain(user))

    def test_malformed_text(self) -> None:
        """Malformed UTF-8 is U+FFFD, alone and in a list."""
        image = common_pb2.Image.FromString(b"\x0a\x02\xffa\x0a\x01b\x12\x01\xff")
        self.assertEqual({"urlList": ["�a", "b"], "uri": "�"}, as_plain(image))

    def test_bytes(self) -> None:
        """Bytes are text if they are UTF-8, else base64."""
        banner = WebcastInRoomBannerMessage(data=[b'{"a":1}', b"\xff\x00"])
        self.assertEqual(
            ['{"a":1}', base64.b64encode(b"\xff\x00").decode()], as_plain(banner)["data"]
        )

    def test_entries(self) -> None:
        """A repeated entry is an object with key and value."""
        battle = WebcastLinkMicBattle()
        battle.anchor_info.add(key=1).value.user.user_id = 1
        battle.anchor_info.add(key=1)
        self.assertEqual(
            [{"key": "1", "value": {"user": {"userId": "1"}}}, {"key": "1"}],
            as_plain(battle)["anchorInfo"],
        )

    def test_rare_kinds(self) -> None:
        """Reals that JSON lacks are null, enums are integers, true maps are lists of entries."""
        message = real_and_map().FromString(
            bytes.fromhex(
                "09000000000000f07f"  # infinity
                "150000c07f" + "150000003f"  # NaN, 0.5
                "1a0508021201" + "62" + "1a0508011201" + "61" + "2001"
            )
        )
        self.assertEqual(
            {
                "real": None,
                "realsToo": [None, 0.5],
                "byId": [{"key": "1", "value": "a"}, {"key": "2", "value": "b"}],
                "kind": 1,
            },
            as_plain(message),
        )

    def test_too_deep(self) -> None:
        """A message that was built deeper than any on the wire is cut, not refused."""
        user = innermost = common_pb2.User()
        for number in range(600):
            innermost.id = number
            innermost = innermost.top_fans.add()
        json.dumps(as_plain(user))

    def test_captured(self) -> None:
        """Every captured message of a type in the schema is plain, and JSON."""
        for _, line in lines_of(SHARED / "captures" / "messages.jsonl"):
            if line["type"] in MESSAGE_TYPES:
                found = as_plain(decoded(line))
                self.assertEqual(found, json.loads(json.dumps(found, allow_nan=False)))

    @given(
        st.sampled_from(sorted(MESSAGE_TYPES)).flatmap(
            lambda method: st.one_of(messages(method), st.just(MESSAGE_TYPES[method]()))
        )
    )
    def test_random(self, message: Message) -> None:
        """Any message is plain, and JSON."""
        found = as_plain(message)
        self.assertEqual(found, json.loads(json.dumps(found, allow_nan=False)))
