"""The program that sends captured traffic to the daemon."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from twisted.trial.unittest import SkipTest, SynchronousTestCase

from tests.benchmarks.mix import messages
from tests.captured import Sent, in_rooms, read, sent
from tests.dispatch.test_guest_list import newer
from tests.real_traffic import CAPTURES, CHECKOUT, compare
from tiktoklive.events import RawData
from tiktoklive.events.base import REGISTERED
from tiktoklive.wire.audience_pb2 import WebcastSocialMessage
from tiktoklive.wire.battle_pb2 import WebcastLinkMicArmies
from tiktoklive.wire.common_pb2 import User
from tiktoklive.wire.gifts_pb2 import GiftStruct
from tiktoklive.wire.giving_pb2 import WebcastGiftMessage
from tiktoklive.wire.room_pb2 import WebcastControlMessage

ENDED = WebcastControlMessage(action=3).SerializeToString()


class RunTests(SynchronousTestCase):
    """The whole of it, in processes of its own."""

    def run_it(self, *arguments: str) -> tuple[int, str]:
        """Exit status and output."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.real_traffic", *arguments],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
        )
        return done.returncode, done.stdout

    def file(self, *found: tuple[str, bytes]) -> str:
        """A file of captured messages."""
        path = Path(self.mktemp()).absolute()
        lines = [json.dumps({"type": name, "payload_hex": data.hex()}) for name, data in found]
        path.write_text("".join(f"{line}\n" for line in lines))
        return str(path)

    def test_captures(self) -> None:
        """Everything that was captured comes out once, in order, under its name."""
        if not CAPTURES.exists():
            raise SkipTest("There are no captured messages beside the checkout.")
        status, said = self.run_it()
        self.assertEqual((0, "OK"), (status, said.splitlines()[-1]), said)
        self.assertRegex(said, r"types +(\d+) +\1 +\1 +0 ")

    def test_all_are_typed(self) -> None:
        """Every payload becomes an event with a class, raw data none, and no field is unknown."""
        if not CAPTURES.exists():
            raise SkipTest("There are no captured messages beside the checkout.")
        captured = read(CAPTURES)
        written = {cls.name for cls in REGISTERED}
        self.assertEqual(set(), {each.method for each in captured if each.name not in written})
        self.assertEqual(set(), {each.method for each in captured if each.name == RawData.name})
        self.assertEqual(set(), {name for each in captured for name in each.unknown})

    def test_made_up(self) -> None:
        """The same with random messages, one that nobody knows and one that ends it all."""
        found = [message[:2] for message in messages(100)]
        path = self.file(
            ("WebcastControlMessage", ENDED), *found, ("WebcastUnheardOfMessage", b"\xff\x00")
        )
        status, said = self.run_it(path)
        self.assertEqual((0, "OK"), (status, said.splitlines()[-1]), said)
        self.assertRegex(said, r"WebcastControlMessage +1 +1 +1 +0  controlMessage\n")
        self.assertRegex(said, r"WebcastUnheardOfMessage +1 +1 +1 +0  rawData\n")
        self.assertRegex(said, r"types +102 +102 +102 +0 ")

    def test_undecodable(self) -> None:
        """A payload that does not decode is wrong."""
        status, said = self.run_it(self.file(("WebcastChatMessage", b"\xff")))
        self.assertEqual(1, status)
        self.assertRegex(said, r"\ALine 1: TikTok sent a WebcastChatMessage that does not decode.*")

    def test_nothing_there(self) -> None:
        """Without captures it says so, which is no failure."""
        status, said = self.run_it(self.mktemp())
        self.assertEqual(0, status)
        self.assertRegex(said, r"\ASkipped: there are no captured messages in .*\n\Z")


class CompareTests(SynchronousTestCase):
    """What is wrong is found."""

    def setUp(self) -> None:
        follow = WebcastSocialMessage(action=1).SerializeToString()
        self.sent = [
            sent(1, "WebcastChatMessage", b"\x1a\x02hi"),
            sent(2, "WebcastUnheardOfMessage", b"\xff\x00"),
            sent(3, "WebcastSocialMessage", follow),
            sent(4, "WebcastControlMessage", ENDED),
        ]
        self.shapes = [
            self.shape("connected", "7:connected:0:0"),
            *(self.shape(each.name, f"7:{each.number}", each.data) for each in self.sent),
            self.shape("streamEnd", "7:streamEnd:0:1"),
            self.shape("disconnected", "7:disconnected:0:2"),
        ]
        self.shapes.insert(4, self.shape("follow", "7:3:follow"))

    @staticmethod
    def shape(name: str, identity: str, data: Any = None) -> dict[str, Any]:
        """An envelope."""
        shape = {"v": 1, "id": identity, "event": name, "room": "7", "history": False}
        return {**shape, "data": data}

    def wrong(self, shapes: Sequence[dict[str, Any]], messages: Sequence[Sent] = ()) -> str:
        """What is said to be wrong."""
        return "; ".join(compare("7", messages or self.sent, shapes)[1])

    def test_right(self) -> None:
        """What came out as it should is counted, derived events are not."""
        received, wrong = compare("7", self.sent, self.shapes)
        self.assertEqual([], wrong)
        self.assertEqual({message.method: 1 for message in self.sent}, received)

    def test_wrong(self) -> None:
        """Whatever is missing, doubled, out of order, misnamed, damaged or too much is told."""
        _, chat, raw, social, follow, control, *rest = self.shapes
        damaged = {**raw, "data": {**raw["data"], "payload": "AA=="}}
        error = self.shape("error", "7:error:0:3", {"info": "observer failed"})
        for shapes, said in (
            ([chat, social, follow, control, *rest], "WebcastUnheardOfMessage.* is missing"),
            ([chat, chat, *self.shapes[2:]], "WebcastChatMessage.* came out 2 times"),
            ([raw, chat, *self.shapes[3:]], "order is not kept: 1 comes too late"),
            ([{**chat, "event": "emote"}, *self.shapes[2:]], "Chat.* came out as emote"),
            ([chat, damaged, *self.shapes[3:]], "Unheard.* came out with other data"),
            ([{**chat, "data": {}}, *self.shapes[2:]], "Chat.* came out with other data"),
            ([{**chat, "history": True}, *self.shapes[2:]], "Chat.* in a wrong envelope"),
            ([*self.shapes, error], "error 7:error:0:3 was never sent.*observer failed"),
            ([*self.shapes[:4], control, *rest], "follow does not come where it should"),
            (self.shapes[:6], "streamEnd is missing at the end"),
            ([*self.shapes[1:5], follow, control, *rest], "follow 7:3:follow was never sent"),
        ):
            self.assertRegex(self.wrong(shapes), said)

    def test_streaks(self) -> None:
        """Each gift's streak is told once, and no other."""
        rose = GiftStruct(type=1)
        streak = WebcastGiftMessage(user=User(id=5), gift_id=6, group_id=7, gift=rose)
        for payload, identity in (
            (streak.SerializeToString(), "7:streak:5:6:7"),
            (WebcastGiftMessage(gift_id=6).SerializeToString(), "7:streak:1"),
        ):
            gift = sent(1, "WebcastGiftMessage", payload)
            right = [self.shape("gift", "7:1", gift.data), self.shape("giftStreak", identity)]
            self.assertEqual("", self.wrong(right, [gift]))
            self.assertRegex(self.wrong(right[:1], [gift]), f"{identity} was told 0 times")
            self.assertRegex(self.wrong([*right, right[1]], [gift]), "was told 2 times")
        other = self.shape("giftStreak", "7:streak:9")
        self.assertRegex(self.wrong([*right, other], [gift]), "9 was told, but never given")

    def test_battles(self) -> None:
        """Each battle starts once and ends once, and no other."""
        payload = WebcastLinkMicArmies(battle_id=9).SerializeToString()
        scores = sent(1, "WebcastLinkMicArmies", payload)
        right = [
            self.shape("linkMicArmies", "7:1", scores.data),
            self.shape("battleStarted", "7:battle:9:battleStarted"),
            self.shape("battleScore", "7:1:battleScore"),
            self.shape("battleEnded", "7:battle:9:battleEnded"),
        ]
        self.assertEqual("", self.wrong(right, [scores]))
        self.assertRegex(self.wrong(right[:3], [scores]), "9:battleEnded was told 0 times")
        self.assertRegex(self.wrong([*right, right[3]], [scores]), "was told 2 times")
        other = self.shape("battleEnded", "7:battle:8:battleEnded")
        self.assertRegex(self.wrong([*right, other], [scores]), "8:battleEnded was told, but")

    def test_guests(self) -> None:
        """What is told of guests is told once, and nothing else of them."""
        first, second = (
            sent(number, "WebcastLinkLayerMessage", newer(*users).payload)
            for number, users in ((1, ()), (2, (7,)))
        )
        right = [self.shape("linkLayer", f"7:{each.number}", each.data) for each in (first, second)]
        joined = self.shape("guestJoined", "7:2:guestJoined:7")
        self.assertEqual("", self.wrong([*right, joined], [first, second]))
        self.assertRegex(self.wrong(right, [first, second]), "guestJoined:7 was told 0 times")
        self.assertRegex(self.wrong([*right, joined], [second]), "guestJoined:7 was told, but")

    def test_unknown_fields(self) -> None:
        """Fields that the schema does not know are found, inside of others too."""
        chat = sent(1, "WebcastChatMessage", bytes.fromhex("1204c23e0161c23e0161"))
        self.assertEqual({"User 1000", "WebcastChatMessage 1000"}, chat.unknown)

    def test_rooms(self) -> None:
        """What ends a broadcast has a room of its own."""
        chat, raw, social, end = self.sent
        self.assertEqual({"most": [chat, raw, social], "end1": [end]}, in_rooms(self.sent))
