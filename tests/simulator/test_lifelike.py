"""Random rooms are repeatable, complete, of the right size, and look like life."""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from itertools import islice, pairwise
from typing import Any

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.simulator import REALISTIC, RandomScript
from tiktoklive.simulator.common_messages import EVERYDAY
from tiktoklive.wire.messages import MESSAGE_TYPES, decode_message

SAMPLE = 6000

#: Fields and sub-messages in a KiB of TikTok's own messages, as averages of captured traffic;
#: elements of lists count singly.
DENSITY = {
    "WebcastChatMessage": (46.2, 14.0),
    "WebcastLikeMessage": (49.7, 15.2),
    "WebcastMemberMessage": (36.0, 11.6),
    "WebcastGiftMessage": (44.1, 13.0),
    "WebcastSocialMessage": (37.1, 11.3),
    "WebcastRoomUserSeqMessage": (43.8, 14.8),
}


def structure(message: Any) -> Counter[str]:
    """How many fields and sub-messages a message has, with those inside its sub-messages."""
    found: Counter[str] = Counter()
    for description, value in message.ListFields():
        for each in value if description.is_repeated else [value]:
            found["fields"] += 1
            if description.message_type is not None:
                found["parts"] += 1
                found.update(structure(each))
    return found


class RandomScriptTests(SynchronousTestCase):
    """A sample of five minutes."""

    sample = list(islice(RandomScript(seed=3, rate=20).messages(), SAMPLE))

    def decoded(self, method: str) -> list[Any]:
        """The decoded messages of one type in the sample."""
        return [decode_message(name, data) for name, data, _ in self.sample if name == method]

    def test_repeatable(self) -> None:
        """The same seed gives the same bytes, another seed others."""
        again = list(islice(RandomScript(seed=3, rate=20).messages(), 300))
        self.assertEqual(self.sample[:300], again)
        self.assertNotEqual(again, list(islice(RandomScript(seed=4, rate=20).messages(), 300)))

    def test_steps_are_the_messages(self) -> None:
        """Steps bring the same messages in the same order, at about the rate asked for."""
        steps = list(islice(RandomScript(seed=3, rate=20), 20))
        messages = [each for _, batch in steps for each in batch]
        self.assertEqual(self.sample[: len(messages)], messages)
        seconds = sum(delay for delay, _ in steps)
        self.assertLess(abs(len(messages) / seconds - 20), 1)
        self.assertTrue(all(batch for _, batch in steps))

    def test_slow_rate(self) -> None:
        """A slow room waits long enough between its messages."""
        steps = list(islice(RandomScript(rate=0.1), 10))
        self.assertLess(abs(sum(delay for delay, _ in steps) - 100), 15)

    def test_size(self) -> None:
        """An average message has between 1.5 and 2.0 KiB."""
        average = sum(len(data) for _, data, _ in self.sample) / SAMPLE
        self.assertTrue(1.5 * 1024 <= average <= 2.0 * 1024, average)

    def test_mix(self) -> None:
        """Of the realistic mix exactly so many messages are of each kind."""
        counts = Counter(method for method, _, _ in self.sample)
        self.assertEqual(100, sum(REALISTIC.values()))
        for kind, (method, _) in EVERYDAY.items():
            self.assertEqual(REALISTIC[kind] * SAMPLE // 100, counts[method], kind)
        self.assertGreater(len(counts), 15)

    def test_own_mix(self) -> None:
        """Another mix is possible; unknown kinds and empty mixes are refused."""
        only = islice(RandomScript(mix={"chat": 1}).messages(), 20)
        self.assertEqual({"WebcastChatMessage"}, {method for method, _, _ in only})
        self.assertRaises(ValueError, RandomScript, mix={"chats": 1})
        self.assertRaises(ValueError, RandomScript, mix={})
        self.assertRaises(ValueError, RandomScript, rate=0)

    def test_canonical(self) -> None:
        """Every message is one that the schema knows, byte for byte as protobuf writes it."""
        for method, data, msg_id in self.sample:
            message: Any = decode_message(method, data)
            self.assertIn(method, MESSAGE_TYPES)
            self.assertEqual(data, message.SerializeToString(), method)
            self.assertEqual((method, msg_id), (message.common.method, message.common.msg_id))
            self.assertEqual(7_590_000_000_000_000_001, message.common.room_id)

    def test_ids(self) -> None:
        """Message ids are unique, rising and of 63 bits."""
        ids = [msg_id for _, _, msg_id in self.sample]
        self.assertEqual(sorted(set(ids)), ids)
        self.assertTrue(ids[0] > 2**60 and ids[-1] < 2**63)

    def test_clock(self) -> None:
        """Given a clock, messages carry its time; without one, time passes at the rate."""
        clock = Clock()
        clock.advance(1_900_000_000)
        [(method, data, _)] = islice(RandomScript(clock=clock).messages(), 1)
        message: Any = decode_message(method, data)
        self.assertEqual(1_900_000_000_000, message.common.create_time)
        times = [m.common.create_time for m in self.decoded("WebcastChatMessage")]
        self.assertLess(abs(times[-1] - times[0] - SAMPLE / 20 * 1000), 2000)

    def test_streaks(self) -> None:
        """A streak keeps its group, counts up by one, and ends once, with its last count."""
        streaks: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        singles = 0
        for message in self.decoded("WebcastGiftMessage"):
            if message.gift.type == 1:
                key = message.group_id, message.user.id
                streaks[key].append((message.repeat_count, message.repeat_end))
            else:
                singles += 1
                self.assertEqual((1, 0), (message.repeat_count, message.repeat_end))
            self.assertTrue(message.gift.name and message.gift.diamond_count)
            self.assertEqual(message.gift.id, message.gift_id)
        self.assertGreater(singles, 20)
        ended = [streak for streak in streaks.values() if streak[-1][1]]
        self.assertGreater(len(ended), 20)
        for streak in ended:
            counts = [count for count, _ in streak]
            self.assertEqual([*range(1, len(streak)), len(streak) - 1], counts)
            self.assertEqual(1, sum(end for _, end in streak))

    def test_likes(self) -> None:
        """The running total of likes grows by each count."""
        likes = self.decoded("WebcastLikeMessage")
        for one, two in pairwise(likes):
            self.assertEqual(one.total + two.count, two.total)

    def test_social(self) -> None:
        """Follows and shares carry the keys and actions by which clients tell them apart."""
        seen = {(m.common.display_text.key, m.action) for m in self.decoded("WebcastSocialMessage")}
        self.assertEqual(
            {("pm_main_follow_message_viewer_2", 1), ("pm_mt_guidance_share", 3)}, seen
        )

    def test_people(self) -> None:
        """People have faces, scripts of many kinds, and some have badges."""
        users = {m.user.id: m.user for m in self.decoded("WebcastChatMessage")}
        self.assertGreater(len(users), 100)
        names = "".join(user.nickname for user in users.values())
        for letter in "Łאسरสさ민小\u200d":
            self.assertIn(letter, names)
        scenes = {badge.badge_scene for user in users.values() for badge in user.badges}
        self.assertEqual({1, 4, 6, 8, 10}, scenes)
        for user in users.values():
            self.assertIn(len(user.avatar_thumb.url_list), (3, 4))
            self.assertIn(len(user.avatar_medium.url_list), (2, 3))
            self.assertIn("100x100", user.avatar_thumb.url_list[0])
            for url in (*user.avatar_thumb.url_list, *user.avatar_medium.url_list):
                self.assertIn(".example/", url)
            self.assertTrue(user.HasField("user_honor") and user.HasField("user_attr"))
            self.assertTrue(user.sec_uid and user.unique_id)

    def test_texts(self) -> None:
        """Texts show whom they are about, in as many pieces as their pattern has places."""
        for method in ("Like", "Member", "Social", "Gift"):
            for message in self.decoded(f"Webcast{method}Message"):
                text = message.common.display_text
                self.assertEqual(text.default_pattern.count("{"), len(text.pieces), method)
                self.assertEqual(message.user.id, text.pieces[0].user_value.user.id)
                self.assertEqual(message.user.nickname, text.pieces[0].user_value.user.nickname)
        for message in self.decoded("WebcastGiftMessage"):
            _, gift, count = message.common.display_text.pieces
            self.assertEqual(message.gift_id, gift.gift_value.gift_id)
            self.assertEqual(f"x{message.repeat_count}", count.string_value)

    def test_density(self) -> None:
        """Messages have as many fields and sub-messages in a KiB as TikTok's, within a tenth."""
        for method, (fields, parts) in DENSITY.items():
            size = 0
            found: Counter[str] = Counter()
            for message in self.decoded(method):
                size += message.ByteSize()
                found.update(structure(message))
            per_kib = (found["fields"] * 1024 / size, found["parts"] * 1024 / size)
            self.assertTrue(0.9 <= per_kib[0] / fields <= 1.1, (method, per_kib))
            self.assertTrue(0.9 <= per_kib[1] / parts <= 1.1, (method, per_kib))

    def test_compression(self) -> None:
        """A frame of twenty messages compresses about as well as it should: around four to one."""
        plain = packed = 0
        for start in range(0, SAMPLE, 20):
            data = b"".join(data for _, data, _ in self.sample[start : start + 20])
            plain += len(data)
            packed += len(gzip.compress(data))
        self.assertTrue(3.5 <= plain / packed <= 5, plain / packed)

    def test_battle(self) -> None:
        """A battle opens, its scores rise, it finishes with its results."""
        actions = [m.action for m in self.decoded("WebcastLinkMicBattle")]
        self.assertEqual([4, 5], actions[:2])
        opened, finished = self.decoded("WebcastLinkMicBattle")[:2]
        self.assertEqual(opened.battle_id, finished.battle_id)
        self.assertEqual(2, len(finished.battle_result))
        self.assertEqual(2, len(opened.anchor_info))
        armies = [
            sum(side.host_score for entry in m.armies for side in entry.value)
            for m in self.decoded("WebcastLinkMicArmies")
            if m.battle_id == opened.battle_id
        ]
        self.assertGreater(len(armies), 5)
        self.assertEqual(sorted(armies), armies)
