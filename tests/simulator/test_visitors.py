"""What named users do in a room arrives as the events that programs wait for."""

from __future__ import annotations

from typing import Any

from tests.stack.case import StackTestCase
from tiktoklive.events import (
    Chat,
    Follow,
    Gift,
    GiftStreak,
    Like,
    Member,
    QuestionNew,
    RoomUser,
    Share,
    Subscribe,
)
from tiktoklive.simulator import ListScript, RandomScript
from tiktoklive.wire.audience_pb2 import WebcastLikeMessage, WebcastRoomUserSeqMessage


class VisitorsTests(StackTestCase):
    """Each deed, from the call to the observer."""

    def setUp(self) -> None:
        super().setUp()
        self.connected = self.live()

    def test_say(self) -> None:
        """A comment has its text, its user and its id."""
        msg_id = self.room.say("bob", "!dice")
        self.settle()
        event = self.seen.only(Chat)
        self.assertEqual(
            ("!dice", "bob", "Bob", msg_id),
            (event.comment, event.user.unique_id, event.user.nickname, int(event.msg_id)),
        )
        self.assertIn("100x100", event.user.profile_picture_url or "")

    def test_users(self) -> None:
        """The same name is the same user, in every deed and every room; another is another."""
        other = self.tiktok.add_room("carol")
        self.live(self.connection("carol"))
        for room in (self.room, other):
            room.say("bob", "1")
            room.like("Bob", 3)
            room.gift("bob", "Lion")
            room.join("bob")
            self.settle()
        events = [event for kind in (Chat, Like, Gift, Member) for event in self.seen.of(kind)]
        self.assertEqual(8, len(events))
        self.assertEqual(1, len({event.user.user_id for event in events}))
        self.room.say("dan", "2")
        self.settle()
        self.assertNotEqual(events[0].user.user_id, self.seen.of(Chat)[-1].user.user_id)

    def test_visitor(self) -> None:
        """What is said of a user once is in all that they do."""
        self.room.visitor("mod", nickname="The Mod", moderator=True, subscriber=True, friend=True)
        self.room.say("mod", "quiet, please")
        self.room.say("bob", "no")
        self.settle()
        mod, bob = (event.user for event in self.seen.of(Chat))
        self.assertEqual("The Mod", mod.nickname)
        self.assertEqual(
            [(True, 2), (False, 0)],
            [(each.is_moderator, each.follow_role or 0) for each in (mod, bob)],
        )

    def test_gift(self) -> None:
        """A streak is told while it runs, and once when it is over; other gifts one by one."""
        self.room.gift("bob", "rose", 5)
        self.room.gift("bob", 6369, 2)
        self.settle()
        told = [(gift.gift_name, gift.repeat_count, gift.repeat_end) for gift in self.seen.of(Gift)]
        rose = [("Rose", 1, False), ("Rose", 5, False), ("Rose", 5, True)]
        self.assertEqual([*rose, *[("Lion", 1, False)] * 2], told)
        streaks = [(each.gift_name, each.repeat_count) for each in self.seen.of(GiftStreak)]
        self.assertEqual([("Rose", 5), ("Lion", 1), ("Lion", 1)], streaks)

    def test_no_gift(self) -> None:
        """A gift that there is not, or so many at once, is refused with what there is."""
        for gift, count, said in (
            ("Moon", 1, "Rose, TikTok"),
            (1, 1, "Rose"),
            ("Lion", 101, "101"),
        ):
            error = self.assertRaises(ValueError, self.room.gift, "bob", gift, count)
            self.assertIn(said, str(error))
        self.assertRaises(ValueError, self.room.gift, "bob", "Rose", 0)

    def test_deeds(self) -> None:
        """Likes, follows, shares, joins, questions and subscriptions come with their counts."""
        self.room.like("bob", 15)
        self.room.like("bob", 2)
        self.room.follow("bob")
        self.room.share("bob")
        self.room.join("bob")
        self.room.ask("bob", "How long?")
        self.room.subscribe("bob", 3)
        self.room.watch(123)
        self.settle()
        likes = [(each.like_count, each.total_like_count) for each in self.seen.of(Like)]
        self.assertEqual([(15, 15), (2, 17)], likes)
        self.assertEqual("bob", self.seen.only(Follow).user.unique_id)
        self.assertEqual("bob", self.seen.only(Share).user.unique_id)
        self.assertEqual("bob", self.seen.only(Member).user.unique_id)
        self.assertEqual("How long?", self.seen.only(QuestionNew).question_text)
        self.assertEqual(3, self.seen.only(Subscribe).sub_month)
        self.assertEqual(123, self.seen.only(RoomUser).viewer_count)

    def test_not_live(self) -> None:
        """Nobody says anything where nobody is live, and is told so."""
        self.room.end()
        error = self.assertRaises(ValueError, self.room.say, "bob", "hello?")
        self.assertIn("@alice is not live", str(error))

    def test_listeners(self) -> None:
        """Who listens hears all that is said in the room, by accounts too."""
        heard: list[tuple[str, str]] = []
        self.room.listeners.append(lambda user, text: heard.append((str(user.unique_id), text)))
        self.room.say("bob", "!dice")
        session = self.tiktok.add_session("bot")
        sent = self.connected.send_message("a 4", session)
        self.settle(2)
        self.successResultOf(sent)
        self.assertEqual([("bob", "!dice"), ("bot", "a 4")], heard)


class TotalsTests(StackTestCase):
    """Room info says what the stream says."""

    def info(self, name: str = "alice") -> dict[str, Any]:
        """What room info says."""
        connection = self.connection(name)
        info = connection.get_room_info()
        self.settle(5)
        found = self.successResultOf(info)
        return {
            "likes": found["like_count"],
            "watching": found["user_count"],
            "seen": found["stats"]["total_user"],
            "shares": found["stats"]["share_count"],
            "followers": found["owner"]["follow_info"]["follower_count"],
            "owner": found["owner"]["display_id"],
            "title": found["title"],
            "status": found["status"],
        }

    def test_script(self) -> None:
        """The counts of a random room are those of its latest messages."""
        script = RandomScript(5, 40.0, room_id=self.room.room_id, owner=self.room)
        self.room.play(script)
        before = self.info()
        self.assertGreaterEqual(before["likes"], 1000)
        connection = self.live()
        self.settle(60)
        assert self.room.performance is not None
        self.room.performance.stop()
        self.settle(1)
        after = self.info()
        self.assertEqual(self.seen.of(Like)[-1].total_like_count, after["likes"])
        self.assertEqual(self.seen.of(RoomUser)[-1].total_user, after["seen"])
        self.assertGreater(after["followers"], before["followers"])
        connection.disconnect()

    def test_visitors_of_script(self) -> None:
        """What visitors do is counted on by the script that is on."""
        script = RandomScript(5, 40.0, {"like": 1}, room_id=self.room.room_id, owner=self.room)
        self.room.play(script)
        self.live()
        before = self.room.totals.likes
        self.room.like("bob", 1_000_000)
        self.settle(10)
        totals = [each.total_like_count for each in self.seen.of(Like)]
        self.assertGreater(totals[-1], before + 1_000_000)
        self.assertEqual(totals[-1], self.room.totals.likes)
        self.room.end()

    def test_pushed(self) -> None:
        """So are those of messages that a test, or a tape, pushes; garbage counts nothing."""
        self.room.totals.likes = 3
        self.room.push([("WebcastLikeMessage", b"\xff"), ("WebcastRoomUserSeqMessage", b"\xff")])
        self.assertEqual(3, self.info()["likes"])
        like = WebcastLikeMessage(count=1, total=40).SerializeToString()
        watching = WebcastRoomUserSeqMessage(total=77).SerializeToString()
        tape = [("WebcastLikeMessage", like), ("WebcastRoomUserSeqMessage", watching)]
        self.room.play(ListScript(tape, delay=0.1))
        self.settle(2)
        info = self.info()
        self.assertEqual((40, 77), (info["likes"], info["watching"]))

    def test_states(self) -> None:
        """Title, owner and status follow what becomes of the broadcast."""
        self.room.title = "Anew"
        self.room.pause()
        self.tiktok.rename("alice", "alice2")
        info = self.info("alice2")
        self.assertEqual(("Anew", 3, "alice2"), (info["title"], info["status"], info["owner"]))

    def test_next_broadcast(self) -> None:
        """A new broadcast begins at nothing, but for the followers."""
        self.room.follow("bob")
        self.room.like("bob", 9)
        self.room.go_live()
        info = self.info()
        self.assertEqual((0, 3457), (info["likes"], info["followers"]))
