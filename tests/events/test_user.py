"""Tests of the views on users, badges and pictures."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.events.user import Badge, BattleUser, Image, User
from tiktoklive.wire import common_pb2
from tiktoklive.wire.battle_pb2 import BattleBaseUserInfo

SMALL = "https://a.example/100x100.webp"
LARGE = "https://a.example/720x720.webp"


def rich() -> common_pb2.User:
    """A user with something in each field that the view shows."""
    message = common_pb2.User(
        id=18446744073709551615,
        nickname="Ada",
        bio_description="counts",
        verified=True,
        create_time=1_500_000_000,
        unique_id="ada.l",
        sec_uid="MS4w",
    )
    message.avatar_thumb.url_list.extend([LARGE, SMALL])
    message.avatar_thumb.width = 100
    message.avatar_thumb.height = 90
    follow = message.follow_info
    follow.following_count, follow.follower_count = 12, 3400
    follow.follow_status, follow.push_status = 2, 1
    level = message.badges.add(badge_scene=8, display_type=4)
    level.log_extra.privilege_id, level.log_extra.level = "711", "23"
    level.combine.str = "23"
    level.combine.icon.url_list.append("https://a.example/grade.png")
    team = message.badges.add(badge_scene=10)
    team.log_extra.level = "4"
    admin = message.badges.add(badge_scene=1)
    admin.text.add(key="pm_mt_moderator_im", default_pattern="Moderator")
    rank = message.badges.add(badge_scene=6)
    rank.image.add().image.url_list.append("https://a.example/ranklist_top_gifter_2.png")
    message.badges.add(badge_scene=4).image.add().image.url_list.append("https://a.example/s")
    message.badges.add().text.add(key="live_ng_1")
    return message


class UserTests(SynchronousTestCase):
    """A user is a view on its message."""

    def test_rich(self) -> None:
        """Each attribute reads its field."""
        user = User(rich())
        self.assertEqual("18446744073709551615", user.user_id)
        self.assertEqual(("ada.l", "Ada"), (user.unique_id, user.nickname))
        self.assertEqual(("MS4w", "counts"), (user.sec_uid, user.bio_description))
        self.assertEqual(1_500_000_000, user.create_time)
        self.assertTrue(user.verified)
        self.assertEqual(SMALL, user.profile_picture_url)
        self.assertEqual([LARGE, SMALL], user.profile_picture.urls)
        self.assertEqual(
            (2, 12, 3400), (user.follow_role, user.following_count, user.follower_count)
        )
        self.assertEqual(1, user.push_status)
        self.assertIs(not None, user.follow_info is not None)
        self.assertEqual([8, 10, 1, 6, 4, 0], [badge.scene for badge in user.badges])
        self.assertTrue(user.is_moderator and user.is_subscriber and user.is_new_gifter)
        self.assertEqual(
            (2, 23, 4), (user.top_gifter_rank, user.gifter_level, user.team_member_level)
        )

    def test_empty(self) -> None:
        """Without fields, each attribute has a value of its type that says nothing."""
        user = User(common_pb2.User())
        self.assertEqual("0", user.user_id)
        for value in (user.unique_id, user.nickname, user.sec_uid, user.bio_description):
            self.assertEqual("", value)
        self.assertIsNone(user.profile_picture_url)
        self.assertIsNone(user.follow_info)
        self.assertIsNone(user.top_gifter_rank)
        self.assertEqual([], user.badges)
        numbers = (user.create_time, user.follow_role, user.following_count, user.follower_count)
        self.assertEqual((0, 0, 0, 0), numbers)
        self.assertEqual((0, 0, 0), (user.push_status, user.gifter_level, user.team_member_level))
        self.assertFalse(
            user.verified or user.is_moderator or user.is_subscriber or user.is_new_gifter
        )

    def test_reads_through(self) -> None:
        """Nothing is copied: what is written to the message later is seen."""
        message = common_pb2.User()
        user = User(message)
        message.nickname = "Bo"
        self.assertEqual("Bo", user.nickname)
        self.assertIs(message, user.message)

    def test_as_dict(self) -> None:
        """The attributes say the same as the 1.x object."""
        for message in (rich(), common_pb2.User()):
            user = User(message)
            shape = user.as_dict()
            self.assertEqual(shape["userId"], user.user_id)
            self.assertEqual(shape.get("uniqueId", ""), user.unique_id)
            self.assertEqual(shape.get("nickname", ""), user.nickname)
            self.assertEqual(shape["profilePictureUrl"], user.profile_picture_url)
            self.assertEqual(shape.get("followRole", 0), user.follow_role)
            self.assertEqual(shape["userSceneTypes"], [badge.scene for badge in user.badges])
            self.assertEqual(shape["userDetails"]["createTime"], str(user.create_time))
            self.assertEqual(shape["isModerator"], user.is_moderator)
            self.assertEqual(shape["isSubscriber"], user.is_subscriber)
            self.assertEqual(shape["isNewGifter"], user.is_new_gifter)
            self.assertEqual(shape["topGifterRank"], user.top_gifter_rank)
            self.assertEqual(shape["gifterLevel"], user.gifter_level)
            self.assertEqual(shape["teamMemberLevel"], user.team_member_level)

    def test_malformed_text(self) -> None:
        """Malformed UTF-8 is U+FFFD in every text."""
        bad = bytes.fromhex
        user = User(
            common_pb2.User.FromString(
                bad("1a01ff" + "2a01ff" + "b20201ff" + "f20201ff" + "4a030a01ff")
            )
        )
        texts = (user.nickname, user.bio_description, user.unique_id, user.sec_uid)
        self.assertEqual(("�",) * 4, texts)
        self.assertEqual("�", user.profile_picture_url)
        self.assertEqual("<User @� '�'>", repr(user))

    def test_equality(self) -> None:
        """Users are equal by id and content, and can be members of a set."""
        self.assertEqual(User(rich()), User(rich()))
        self.assertEqual(1, len({User(rich()), User(rich())}))
        other = rich()
        other.nickname = "Eda"
        self.assertNotEqual(User(rich()), User(other))
        self.assertNotEqual(User(rich()), "Ada")

    def test_repr(self) -> None:
        """It is short, and names the user by the best there is."""
        self.assertEqual("<User @ada.l 'Ada'>", repr(User(rich())))
        self.assertEqual("<User 5>", repr(User(common_pb2.User(id=5))))

    @given(st.text(max_size=30))
    def test_levels(self, level: str) -> None:
        """Any text as a level gives an integer."""
        message = common_pb2.User()
        encoded = level.encode("utf-8", "replace")
        badge = message.badges.add(badge_scene=8)
        badge.log_extra.MergeFromString(b"\x2a" + bytes([len(encoded)]) + encoded)
        self.assertIsInstance(User(message).gifter_level, int)
        self.assertIsInstance(User(message).badges[0].level, int)


class BattleUserTests(SynchronousTestCase):
    """The smaller user of a battle."""

    def test_rich(self) -> None:
        """Each attribute reads its field, and the 1.x object says the same."""
        message = BattleBaseUserInfo(user_id=7, nick_name="Host", display_id="host.one")
        message.avatar_thumb.url_list.append(SMALL)
        user = BattleUser(message)
        self.assertEqual(("7", "Host", "host.one"), (user.user_id, user.nickname, user.unique_id))
        self.assertEqual(SMALL, user.profile_picture_url)
        self.assertEqual([SMALL], user.profile_picture.urls)
        self.assertEqual("host.one", user.as_dict()["uniqueId"])
        self.assertEqual("<BattleUser @host.one 'Host'>", repr(user))
        self.assertEqual(1, len({user, BattleUser(message)}))
        self.assertNotEqual(user, BattleUser(BattleBaseUserInfo()))


class BadgeTests(SynchronousTestCase):
    """A badge is a view on its message."""

    def test_combined(self) -> None:
        """Of a combined badge, today's usual one, everything is read that 1.x did not know."""
        badge = User(rich()).badges[0]
        self.assertEqual(("combine", "23", 23), (badge.kind, badge.text, badge.level))
        self.assertEqual("https://a.example/grade.png", badge.image_url)
        self.assertEqual("711", badge.privilege_id)
        self.assertEqual("<Badge combine scene=8 '23'>", repr(badge))

    def test_kinds(self) -> None:
        """The kind is what the badge says, else what it carries."""
        badges: list[tuple[str, dict[str, Any]]] = [
            ("text", {"display_type": 2}),
            ("image", {"image": [common_pb2.ImageBadge()]}),
            ("text", {"text": [common_pb2.TextBadge(default_pattern="x")]}),
            ("string", {"str": common_pb2.StringBadge(str="x")}),
            ("combine", {"combine": common_pb2.CombineBadge()}),
            ("", {}),
        ]
        for kind, fields in badges:
            self.assertEqual(kind, Badge(common_pb2.BadgeStruct(**fields)).kind)

    def test_texts(self) -> None:
        """The text is where the kind puts it; its key stands in for it."""
        for fields in (
            {"str": common_pb2.StringBadge(str="x")},
            {"text": [common_pb2.TextBadge(), common_pb2.TextBadge(default_pattern="x")]},
            {"text": [common_pb2.TextBadge(key="x")]},
            {"combine": common_pb2.CombineBadge(text=common_pb2.BadgeText(default_pattern="x"))},
        ):
            self.assertEqual("x", Badge(common_pb2.BadgeStruct(**fields)).text)

    def test_empty(self) -> None:
        """An empty badge says nothing, and breaks nothing."""
        badge = Badge(common_pb2.BadgeStruct())
        self.assertEqual((0, "", 0, ""), (badge.scene, badge.text, badge.level, badge.privilege_id))
        self.assertIsNone(badge.image_url)
        self.assertEqual({badge}, {Badge(common_pb2.BadgeStruct())})

    def test_image(self) -> None:
        """The picture's address is the last of the first picture that has one."""
        message = common_pb2.BadgeStruct()
        message.image.add()
        message.image.add().image.url_list.extend(["https://a.example/1", "https://a.example/2"])
        self.assertEqual("https://a.example/2", Badge(message).image_url)


class ImageTests(SynchronousTestCase):
    """A picture is a view on its message."""

    def test_choose(self) -> None:
        """One address is chosen by the words asked for, else as 1.x did."""
        image = User(rich()).profile_picture
        self.assertEqual(SMALL, image.choose())
        self.assertEqual(SMALL, image.url)
        self.assertEqual(LARGE, image.choose(["720x720", ".webp"]))
        self.assertEqual(SMALL, image.choose(["1080"]))

    def test_empty(self) -> None:
        """A picture without address has none to choose."""
        image = Image(common_pb2.Image())
        self.assertIsNone(image.choose())
        self.assertEqual(([], 0, 0), (image.urls, image.width, image.height))

    def test_repr(self) -> None:
        """Addresses, which are signed, stay out of repr."""
        image = User(rich()).profile_picture
        self.assertEqual("<Image 100x90, 2 urls>", repr(image))
        self.assertEqual({image}, {User(rich()).profile_picture})
