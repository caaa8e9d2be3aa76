"""Who comes, and what they do."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import BOB, ORIGIN, ROOM, made
from tiktoklive.events import Follow, Share


class MemberTests(SynchronousTestCase):
    """Joins and other changes of a membership."""

    def test_join(self) -> None:
        """Action 1 is a viewer who came in."""
        event = made("MemberMessage", BOB + "action: 1 member_count: 99")
        self.assertEqual(
            ("member", "bob", True, 1, 99),
            (event.name, event.user.unique_id, event.is_join, event.action_id, event.member_count),
        )
        self.assertEqual("<Member @bob>", repr(event))

    def test_other(self) -> None:
        """Every other action is not."""
        event = made("MemberMessage", BOB + "action: 7")
        self.assertFalse(event.is_join)
        self.assertEqual("<Member @bob action 7>", repr(event))


class LikeTests(SynchronousTestCase):
    """Likes."""

    def test_all(self) -> None:
        """Who tapped how often, and all taps of the room."""
        event = made("LikeMessage", BOB + "count: 15 total: 123456789012")
        self.assertEqual(
            ("like", "bob", 15, 123_456_789_012),
            (event.name, event.user.unique_id, event.like_count, event.total_like_count),
        )
        self.assertEqual("<Like @bob 15x>", repr(event))


class SocialTests(SynchronousTestCase):
    """Follows and shares."""

    def derived(self, text: str) -> list[str]:
        """The names of what a social message derives."""
        return [event.name for event in made("SocialMessage", text).derived()]

    def test_all(self) -> None:
        """Who, what, and the numbers that come with it."""
        event = made(
            "SocialMessage", BOB + 'action: 3 follow_count: 7 share_target: "x" share_count: 2'
        )
        self.assertEqual(
            ("social", "bob", 3, 7, "x", 2),
            (
                event.name,
                event.user.unique_id,
                event.action,
                event.follow_count,
                event.share_target,
                event.share_count,
            ),
        )
        self.assertEqual("<Social @bob 3>", repr(event))

    def test_by_key(self) -> None:
        """The word in the display key decides, whatever the action says."""
        for key, names in (
            ("pm_main_follow_message_viewer_2", ["follow"]),
            ("pm_mt_guidance_share", ["share"]),
            ("pm_follow_and_share", ["follow", "share"]),
            ("pm_something_else", []),
        ):
            with self.subTest(key):
                text = f'common {{ display_text {{ key: "{key}" }} }} action: 1'
                self.assertEqual(names, self.derived(text))

    def test_by_action(self) -> None:
        """Without a key the action decides: 1 follow, 2 to 5 share (wire facts, appendix A)."""
        names = {action: self.derived(f"action: {action}") for action in range(8)}
        shares = {action: ["share"] for action in (2, 3, 4, 5)}
        self.assertEqual({0: [], 1: ["follow"], 6: [], 7: []} | shares, names)

    def test_derived(self) -> None:
        """What is derived views the same message, under an id of its own."""
        social = made("SocialMessage", BOB + "action: 1", number=5, is_history=True)
        [follow] = social.derived()
        self.assertIs(Follow, type(follow))
        self.assertIs(social.message, follow.message)
        self.assertEqual(
            (f"{ROOM}:5", f"{ROOM}:5:follow", "5"), (social.id, follow.id, follow.msg_id)
        )
        self.assertEqual((True, ORIGIN), (follow.is_history, follow.origin))
        self.assertEqual((), follow.derived(), "once is enough")
        self.assertEqual("<Follow @bob>", repr(follow))
        self.assertEqual(social.as_dict(), follow.as_dict())
        self.assertNotEqual(social, follow)

    def test_share(self) -> None:
        """A share, likewise."""
        [share] = made("SocialMessage", BOB + "action: 2", number=5).derived()
        self.assertIs(Share, type(share))
        self.assertEqual((f"{ROOM}:5:share", "<Share @bob>"), (share.id, repr(share)))


class SubscribeTests(SynchronousTestCase):
    """Subscriptions."""

    def test_all(self) -> None:
        """Who, for how many months, and of which kind."""
        event = made(
            "SubNotifyMessage",
            BOB.replace("user {", "sender {") + "sub_month: 3 subscribe_type: 2",
        )
        self.assertEqual(
            ("subscribe", "bob", 3, 2),
            (event.name, event.user.unique_id, event.sub_month, event.subscribe_type),
        )
        self.assertEqual("<Subscribe @bob 3 months>", repr(event))


class RoomUserTests(SynchronousTestCase):
    """The number of viewers, and the top gifters."""

    def test_all(self) -> None:
        """Now, since the beginning, and the list in order."""
        event = made(
            "RoomUserSeqMessage",
            f"""
            total: 123 total_user: 4567
            ranks {{ score: 900 rank: 1 {BOB} }}
            ranks {{ score: 18446744073709551615 rank: 2 user {{ unique_id: "eve" }} }}
            """,
        )
        self.assertEqual(
            ("roomUser", 123, 4567), (event.name, event.viewer_count, event.total_user)
        )
        self.assertEqual(
            [("bob", 900, 1), ("eve", 18446744073709551615, 2)],
            [(top.user.unique_id, top.coin_count, top.rank) for top in event.top_viewers],
        )
        self.assertEqual("<RoomUser 123 viewers>", repr(event))
        self.assertEqual("<TopViewer 1 @bob 900>", repr(event.top_viewers[0]))
