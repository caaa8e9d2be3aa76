"""What moderators decide about overlays, and who is told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tests.browser.filled import filled
from tests.outputs.doubles import chat, event, origin, user
from tests.outputs.web.case import OVERLAY, READ, TOKEN, WebCase
from tiktoklive.events import Event, Gift, GiftStreak, decode
from tiktoklive.events.streak import GiftDetails
from tiktoklive.outputs.envelope import envelope
from tiktoklive.outputs.jsonbytes import dumps
from tiktoklive.outputs.web import moderation
from tiktoklive.outputs.web.ring import Item
from tiktoklive.wire.messages import MESSAGE_TYPES

MODERATOR = "moderator-0123456789abcdef"
PATH = "/api/rooms/anna/moderation"
#: What is decided of a room in which nothing is.
EMPTY = {"room": "anna", "hidden": [], "blocked": [], "pinned": None}


class ModerationCase(WebCase):
    """Tests of decisions."""

    def decide(self, order: Any, path: str = PATH, token: str = "") -> Any:
        """The answer to a decision."""
        return self.ask(path, "POST", json.dumps(order).encode(), token)

    def decided(self, listener: Any) -> list[Any]:
        """What a client was told of decisions."""
        self.network.flush()
        return [each["moderation"] for each in listener.messages if "moderation" in each]

    def comments(self, *texts: str) -> list[Any]:
        """Let comments happen: their envelopes."""
        listener = self.socket("/ws")
        self.happen(*texts)
        self.network.flush()
        return [each for each in listener.messages if each.get("event") == "chat"]


class DecideTests(ModerationCase):
    """``POST /api/rooms/NAME/moderation``, without a token on this machine."""

    def test_hidden(self) -> None:
        """A comment is hidden and shown again, and who shows the room is told at once."""
        overlay = self.socket("/ws?moderation=1&rooms=anna")
        other = self.socket("/ws?moderation=1&rooms=bob")
        unasked = self.socket("/ws?rooms=anna")
        self.assertEqual(["7:1"], self.decide({"hide": "7:1"}).json["hidden"])
        self.assertEqual([], self.decide({"show": "7:1"}).json["hidden"])
        told = self.decided(overlay)
        self.assertEqual([["7:1"], []], [each["hidden"] for each in told])
        self.assertEqual(["anna"] * 2, [each["room"] for each in told])
        self.assertEqual([], self.decided(other))
        self.assertEqual([], self.decided(unasked))

    def test_later(self) -> None:
        """Who comes later is told what was decided before any comment that it missed."""
        self.comments("one")
        self.decide({"hide": "7:1"})
        late = self.socket("/ws?moderation=1&backlog=5")
        self.network.flush()
        first = [next(iter(each)) for each in late.messages]
        self.assertEqual("moderation", first[0])
        self.assertIn("v", first)

    def test_other_rooms(self) -> None:
        """Who goes on with other rooms is told what was decided there."""
        overlay = self.socket("/ws?moderation=1&rooms=bob")
        self.decide({"hide": "7:1"})
        self.assertEqual([], self.decided(overlay))
        overlay.say({"subscribe": {"rooms": ["anna"]}})
        self.network.flush()
        self.assertEqual(["anna"], [each["room"] for each in self.decided(overlay)])

    def test_event_stream(self) -> None:
        """An event stream tells it as well, if it is asked for."""
        stream = self.ask("/events?moderation=1")
        self.decide({"hide": "7:1"})
        self.network.flush()
        found = [each for each in stream.blocks if each.get("event") == "moderation"]
        self.assertEqual([["7:1"]], [json.loads(each["data"])["hidden"] for each in found])

    def test_blocked(self) -> None:
        """A user is blocked by id, with a name for people, and let go again."""
        shape = self.decide({"block": {"userId": "42", "name": "B" * 90}}).json
        self.assertEqual([{"userId": "42", "name": "B" * 40}], shape["blocked"])
        self.decide({"block": {"userId": "42", "name": "Ben"}})
        self.assertEqual([{"userId": "42", "name": "Ben"}], self.ask(PATH).json["blocked"])
        self.assertEqual([], self.decide({"unblock": "42"}).json["blocked"])

    def test_pinned(self) -> None:
        """One of the last comments is pinned, and goes when it is hidden or its user blocked."""
        first, second = self.comments("one", "two")
        self.assertEqual("one", self.decide({"pin": first["id"]}).json["pinned"]["data"]["comment"])
        pinned = self.decide({"pin": second["id"]}).json["pinned"]
        self.assertEqual("two", pinned["data"]["comment"])
        self.assertIsNone(self.decide({"unpin": True}).json["pinned"])
        self.decide({"pin": first["id"]})
        self.assertIsNotNone(self.decide({"hide": second["id"]}).json["pinned"])
        self.assertIsNone(self.decide({"hide": first["id"]}).json["pinned"])
        self.decide({"pin": second["id"]})
        user = second["data"]["userId"]
        self.assertIsNone(self.decide({"block": {"userId": user}}).json["pinned"])
        self.assertEqual(404, self.decide({"pin": "7:999"}).status)
        refused = [self.decide({"pin": each["id"]}) for each in (first, second)]
        self.assertEqual([(409, "hidden")] * 2, [(e.status, e.json["code"]) for e in refused])
        self.decide({"unblock": user})
        self.decide({"show": second["id"]})
        self.assertIsNotNone(self.decide({"pin": second["id"]}).json["pinned"])

    def test_pinned_later(self) -> None:
        """A comment that the page still shows can be pinned after thousands of other events."""
        [first] = self.comments("one")
        for number in range(5_001):
            self.web.event(chat("Ben", "x", origin("bob"), number=10_000 + number))
        self.assertEqual("one", self.decide({"pin": first["id"]}).json["pinned"]["data"]["comment"])

    def test_rooms(self) -> None:
        """Each room has decisions of its own; of a user who is not followed there are none."""
        self.decide({"hide": "7:1"})
        self.assertEqual([], self.ask("/api/rooms/bob/moderation").json["hidden"])
        self.assertEqual(["7:1"], self.ask("/api/rooms/@Anna/moderation").json["hidden"])
        for name, status in (("nobody", 404), ("a%20b", 400)):
            path = f"/api/rooms/{name}/moderation"
            answers = self.ask(path), self.decide({"hide": "7:1"}, path)
            self.assertEqual([status] * 2, [each.status for each in answers])

    def test_renamed(self) -> None:
        """What was decided about a user goes with them when they are renamed."""
        self.decide({"hide": "7:1"})
        self.ask("/api/rooms/anna", "PATCH", b'{"name": "ann"}')  # needs a token: nothing happens
        self.web.fanout.renamed("anna", "bob")
        self.assertEqual(["7:1"], self.ask("/api/rooms/bob/moderation").json["hidden"])
        self.assertEqual([], self.ask(PATH).json["hidden"])

    def test_senseless(self) -> None:
        """What makes no sense is refused in one sentence and changes nothing."""
        for order in (
            {},
            {"hide": 1},
            {"hide": ""},
            {"hide": "x" * 101},
            {"hide": "7:1", "show": "7:1"},
            {"ban": "7:1"},
            {"block": "42"},
            {"block": {"userId": 42}},
            {"block": {"userId": "42", "more": 1}},
            {"pin": None},
        ):
            answer = self.decide(order)
            self.assertEqual((400, "body"), (answer.status, answer.json["code"]), order)
        for unknown in ("0", "undefined"):  # users of whom no id is known
            answer = self.decide({"block": {"userId": unknown}})
            self.assertEqual((400, "user"), (answer.status, answer.json["code"]))
        shape = self.ask(PATH).json
        self.assertEqual(EMPTY, shape)

    def test_bounds(self) -> None:
        """The oldest hidden comments make room; of users a full list takes no more."""
        self.patch(moderation, "BLOCKED", 2)
        decided = moderation.Moderation(lambda room: (), lambda room, body, shown: None)
        room = moderation.RoomModeration()
        for number in range(moderation.HIDDEN + 5):
            decided.decide("anna", room, "hide", f"7:{number}")
        self.assertEqual(moderation.HIDDEN, len(room.hidden))
        self.assertNotIn("7:4", room.hidden)
        for who in ("1", "2", "2"):
            self.assertEqual(200, self.decide({"block": {"userId": who}}).status)
        self.assertEqual((409, "full"), self._refused({"block": {"userId": "3"}}))

    def _refused(self, order: Any) -> tuple[int, str]:
        answer = self.decide(order)
        return answer.status, answer.json["code"]


#: Fields of TikTok's messages that hold the id of a user.
USER_ID = re.compile(
    r"uid|(.+_)?(user|anchor|host|owner|operator|sender|receiver|contributor|member)_(u?id(_str)?|ids)"
)


def mark(message: Any) -> None:
    """Let every user in a message be Eve, whose id is 666, in whatever way they are named there."""
    kind = message.DESCRIPTOR.name
    for field, value in message.ListFields():
        many = field.is_repeated
        if field.message_type is not None:
            if not field.message_type.GetOptions().map_entry:
                for each in value if many else (value,):
                    mark(each)
            continue
        of_user = "User" in kind or "Contributor" in kind
        if USER_ID.fullmatch(field.name) or (of_user and field.name == "id"):
            new: Any = "666" if isinstance(value[0] if many else value, str) else 666
        elif of_user and field.name in ("nickname", "nick_name", "unique_id", "display_id"):
            new = "Eve"
        else:
            continue
        if many:
            value[:] = [new]
        else:
            setattr(message, field.name, new)


def everywhere() -> Iterator[Event]:
    """Events of every type, with all their fields, in which Eve is every user."""
    for method, kind in MESSAGE_TYPES.items():
        message = filled(kind(), "text", 1)
        mark(message)
        made = decode(method, message.SerializeToString(), origin=origin("anna"))
        yield from (made, *made.derived())


class EverywhereTests(SynchronousTestCase):
    """A user who is blocked is found wherever they stand."""

    def test_every_type(self) -> None:
        """No event of any type with the user's id or name goes to overlays; deletions do."""
        decided = moderation.Moderation(lambda room: (), lambda room, body, shown: None)
        decided.restore([{**EMPTY, "blocked": [{"userId": "666", "name": "Eve"}]}])
        found, missed, passed = set(), set(), set()
        for made in everywhere():
            body = dumps(envelope(made))
            if b'"Eve"' in body or b'"666"' in body:
                found.add(made.name)
                if not decided.hides(Item("e-1", 1, made.name, "anna", body)):
                    missed.add(made.name)
            elif decided.hides(Item("e-1", 1, made.name, "anna", body)):
                passed.add(made.name)
        self.assertEqual({"imDelete"}, missed)
        self.assertEqual(set(), passed)
        self.assertLess({"gift", "roomUser", "goalUpdate", "linkMicArmies", "pollMessage"}, found)


class TokenTests(ModerationCase):
    """Who may decide."""

    environ = {
        "TIKTOKLIVE_WEB_TOKEN": TOKEN,
        "TIKTOKLIVE_WEB_MODERATOR_TOKEN": MODERATOR,
        "TIKTOKLIVE_WEB_READ_TOKEN": READ,
        "TIKTOKLIVE_WEB_OVERLAY_TOKEN": OVERLAY,
    }

    def test_scopes(self) -> None:
        """A moderator may read and decide and nothing more; readers see what was decided."""
        tokens = (TOKEN, MODERATOR, READ, OVERLAY, "")
        statuses = [self.decide({"hide": "7:1"}, token=token).status for token in tokens]
        self.assertEqual([200, 200, 403, 403, 401], statuses)
        self.assertEqual(
            [200, 200, 200, 403, 401], [self.ask(PATH, token=t).status for t in tokens]
        )
        self.assertEqual(403, self.ask("/api/rooms", "POST", b'{"name":"x"}', MODERATOR).status)
        refused = self.raw(
            f"GET /ws?token={MODERATOR} HTTP/1.1\r\nHost: localhost:8080\r\n\r\n".encode()
        )
        self.assertEqual(401, refused.status)

    def test_overlay(self) -> None:
        """An overlay is told with its own token."""
        overlay = self.socket(f"/ws?moderation=1&token={OVERLAY}")
        self.decide({"hide": "7:1"}, token=MODERATOR)
        self.assertEqual([["7:1"]], [each["hidden"] for each in self.decided(overlay)])

    def test_blocked_are_not_sent(self) -> None:
        """
        Nothing of a blocked user, nor a hidden comment, goes to an overlay's token, in any way.
        """
        address = f"moderation=1&numbers=1&backlog=50&token={OVERLAY}"
        early, reader = self.socket(f"/ws?{address}"), self.socket(f"/ws?moderation=1&token={READ}")
        [spoken] = [each for each in self.reads("fine", reader) if each["event"] == "chat"]
        self.decide({"hide": spoken["id"]}, token=MODERATOR)
        self.decide({"block": {"userId": "666", "name": "Eve"}}, token=MODERATOR)
        early.messages.clear()
        where = origin("anna")
        rose = 'gift_id: 1 repeat_count: 5 gift { name: "Rose" diamond_count: 1 type: 0 }'
        for number, (name, who) in enumerate((("Eve", 666), ("Ann", 667)), 900):
            made = event("GiftMessage", f"{user(name, who)} {rose}", where, number=number)
            assert isinstance(made, Gift)
            self.web.event(made)
            details = GiftDetails(0, "Rose", 1)
            self.web.event(GiftStreak(made, details, 5, "single", where))
        ranks = f"total: 2 ranks {{ rank: 1 score: 9 {user('Eve', 666)} }}"
        self.web.event(event("RoomUserSeqMessage", ranks, where, number=910))
        self.pass_time(2)
        late = self.socket(f"/ws?{address}")
        stream = self.ask(f"/events?{address}")
        self.pass_time(2)
        told = [json.dumps(each) for each in (*early.messages, *late.messages)] + [
            each["data"] for each in stream.events
        ]
        self.assertGreater(len([each for each in told if '"giftStreak"' in each]), 2)
        self.assertGreater(len([each for each in told if '"givers"' in each]), 2)
        for each in told:
            self.assertNotIn("Eve", each)
            self.assertNotIn('"eve"', each)
            self.assertNotIn('"fine"', each)
        known = [each["moderation"]["blocked"] for each in late.messages if "moderation" in each]
        self.assertEqual([[{"userId": "666", "name": ""}]], known)
        self.network.flush()
        self.assertIn("Eve", json.dumps(reader.messages))
        self.assertEqual("Eve", self.decided(reader)[-1]["blocked"][0]["name"])
        late.messages.clear()
        self.decide({"unblock": "666"}, token=MODERATOR)
        self.pass_time(2)  # in which nothing is counted
        [shown] = [each["numbers"] for each in late.messages if "numbers" in each]
        self.assertEqual(["Ann", "Eve"], sorted(each["nickname"] for each in shown["givers"]))
        again = self.socket(f"/ws?{address}")
        self.network.flush()
        self.assertIn("Eve", json.dumps(again.messages))

    def reads(self, text: str, reader: Any) -> list[Any]:
        """Let a comment happen: what a reader is told."""
        self.happen(text)
        self.network.flush()
        return [each for each in reader.messages if "event" in each]


class ControlTokenTests(ModerationCase):
    """Where there is a token for more than reading alone."""

    environ = {"TIKTOKLIVE_WEB_TOKEN": TOKEN}

    def test_needed(self) -> None:
        """Deciding needs it then, also on this machine, while reading needs none."""
        for header, said in (("", "TOKEN"), ("Bearer ", "TOKEN"), ("Bearer wrong", "not known")):
            more = {"authorization": header} if header else {}
            answer = self.ask(PATH, "POST", b'{"hide": "7:1"}', **more)
            self.assertEqual((401, "token"), (answer.status, answer.json["code"]), header)
            self.assertIn(said, answer.json["error"])
        self.assertEqual(200, self.decide({"hide": "7:1"}, token=TOKEN).status)
        self.assertEqual(["7:1"], self.ask(PATH).json["hidden"])
