"""Tests of the 1.x JSON shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from unittest import SkipTest

from google.protobuf.message import DecodeError, Message
from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tests.events.random_messages import messages
from tiktoklive.events.classic import CLASSIC, as_classic, to_json
from tiktoklive.wire.messages import MESSAGE_TYPES

OURS = Path(__file__).with_name("classic.jsonl")
SHARED = Path(__file__).resolve().parents[3] / "shared"

#: The line whose payload repeats a single sub-message, which protobuf merges.
MERGED = 57


def lines_of(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The lines of a file of JSON objects, numbered from 1."""
    if not path.exists():
        raise SkipTest(f"{path.name} is not beside this checkout.")
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            yield number, json.loads(line)


def decoded(line: dict[str, Any]) -> Message:
    """The message that a line's payload holds."""
    return MESSAGE_TYPES[line["type"]].FromString(bytes.fromhex(line["payload_hex"]))


def shape(method: str, **fields: Any) -> dict[str, Any]:
    """The 1.x object of a message with some fields."""
    kind = cast(Any, MESSAGE_TYPES[method])
    return as_classic(method, kind(**fields))


class ShapeTests(SynchronousTestCase):
    """Each type has its 1.x shape."""

    def test_our_cases(self) -> None:
        """Each case of ours gives the text that the rules of 1.x ask for, byte for byte."""
        for number, line in lines_of(OURS):
            with self.subTest(number=number, case=line["case"]):
                self.assertEqual(line["json"], to_json(as_classic(line["type"], decoded(line))))

    def test_our_cases_cover_all_types(self) -> None:
        """There is a case with an empty payload and others for each of the 14 types."""
        cases = [line for _, line in lines_of(OURS)]
        for method in CLASSIC:
            sizes = [len(line["payload_hex"]) for line in cases if line["type"] == method]
            self.assertIn(0, sizes, method)
            self.assertGreater(len(sizes), 2, method)

    def test_golden_file(self) -> None:
        """What the 1.x library itself gave for a payload is what we give."""
        for number, line in lines_of(SHARED / "reference" / "classic-golden.jsonl"):
            expected = json.loads(line["json"])
            found = json.loads(to_json(as_classic(line["type"], decoded(line))))
            if number == MERGED:
                # The payload has two users; 1.x took the last, protobuf merges them.
                self.assertEqual(expected["userId"], found["userId"])
                self.assertEqual(expected["comment"], found["comment"])
            else:
                self.assertEqual(expected, found, f"line {number}")

    def test_captured(self) -> None:
        """Every captured message of the 14 types has a shape, and a text that can be sent."""
        for number, line in lines_of(SHARED / "captures" / "messages.jsonl"):
            if line["type"] in CLASSIC:
                found = as_classic(line["type"], decoded(line))
                again = json.loads(to_json(found).encode())
                self.assertEqual(found, again, f"line {number}")

    def test_new_each_time(self) -> None:
        """Changing one shape leaves the next one alone."""
        message = cast(Any, MESSAGE_TYPES["WebcastChatMessage"])()
        message.user.avatar_thumb.url_list.append("https://a.example/1")
        first = as_classic("WebcastChatMessage", message)
        kept = json.dumps(first)
        first["emotes"].append(1)
        first["userBadges"].append(1)
        first["userDetails"]["profilePictureUrls"].append("x")
        first["isModerator"] = True
        self.assertEqual(kept, json.dumps(as_classic("WebcastChatMessage", message)))
        self.assertEqual(["https://a.example/1"], list(message.user.avatar_thumb.url_list))

    def test_extended_gift_info(self) -> None:
        """The catalogue's entry of a gift comes last."""
        message = MESSAGE_TYPES["WebcastGiftMessage"]()
        message.gift_id = 5655  # type: ignore[attr-defined]  # of the generated class
        found = as_classic("WebcastGiftMessage", message, {"name": "Rose"})
        self.assertEqual({"name": "Rose"}, found["extendedGiftInfo"])
        self.assertEqual("extendedGiftInfo", list(found)[-1])

    def test_not_classic(self) -> None:
        """A type that 1.x had no shape for is refused."""
        message = MESSAGE_TYPES["WebcastCaptionMessage"]()
        self.assertRaises(KeyError, as_classic, "WebcastCaptionMessage", message)

    def test_repeated_user(self) -> None:
        """Where a payload has two users, protobuf merges them; this is where we differ from 1.x."""
        twice = bytes.fromhex("12031a0141" + "12020805")
        found = as_classic(
            "WebcastChatMessage", MESSAGE_TYPES["WebcastChatMessage"].FromString(twice)
        )
        self.assertEqual(("5", "A"), (found["userId"], found["nickname"]))

    def test_monitor_extra_too_deep(self) -> None:
        """JSON that nests deeper than anything sensible stays text instead of filling the stack."""
        deep = '{"a":' * 5000 + "1" + "}" * 5000
        found = shape("WebcastGiftMessage", gift_id=1, monitor_extra=deep)
        self.assertEqual(deep, found["monitorExtra"])
        wide = json.dumps({str(n): ["[", {}] for n in range(200)})
        found = shape("WebcastGiftMessage", gift_id=1, monitor_extra=wide)
        self.assertEqual(json.loads(wide), found["monitorExtra"])


class RandomTests(SynchronousTestCase):
    """Nothing that decodes makes it fail."""

    @given(st.sampled_from(sorted(CLASSIC)).flatmap(lambda m: st.tuples(st.just(m), messages(m))))
    def test_random_messages(self, case: tuple[str, Message]) -> None:
        """A message with any values in its fields has a shape whose text reads back the same."""
        method, message = case
        found = as_classic(method, message)
        self.assertEqual(json.loads(json.dumps(found, allow_nan=False)), found)
        self.assertEqual(json.loads(to_json(found).encode()), found)

    @given(st.sampled_from(sorted(CLASSIC)), st.binary(max_size=60))
    def test_random_bytes(self, method: str, payload: bytes) -> None:
        """Bytes that happen to decode have a shape."""
        try:
            message = MESSAGE_TYPES[method].FromString(payload)
        except DecodeError:
            return
        to_json(as_classic(method, message)).encode()

    @given(st.text(max_size=80))
    def test_random_monitor_extra(self, source: str) -> None:
        """Any text as monitorExtra gives a text that can be sent."""
        for text in (source, "{" + source + "}", json.dumps({source: source})):
            payload = text.encode("utf-8", "surrogatepass")
            kind = cast(Any, MESSAGE_TYPES["WebcastGiftMessage"])
            message = kind.FromString(b"\x10\x01\xb2\x01" + _length(payload) + payload)
            to_json(as_classic("WebcastGiftMessage", message)).encode()


def _length(payload: bytes) -> bytes:
    return bytes([len(payload) & 127 | 128, len(payload) >> 7])
