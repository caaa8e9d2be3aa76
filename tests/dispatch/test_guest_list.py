"""Guests who join and leave, told by lists and by messages about one of them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import ROOM, made
from tiktoklive.dispatch.guest_list import LINKS, NAME, USERS, GuestLists
from tiktoklive.events import GuestJoined, GuestLeft

HOST, LINK = 1, 70
GUESTS, HOSTS = 4, 2


def newer(*users: int, scene: int = GUESTS, link: int = LINK, at: int = 0) -> Any:
    """The newer type, with the list; the host is in it."""
    own = f"room_id: {ROOM}" if scene == HOSTS else ""
    listed = "".join(
        f"linked_list {{ user {{ user_id: {user} {own if user == HOST else 'room_id: 5'} }} }} "
        for user in (HOST, *users)
    )
    fields = f"message_type: 11 scene: {scene} list_change_content {{ list {{ {listed} }} }}"
    return made("LinkLayerMessage", f"channel_id: {link} {fields} {_header(at)}")


def older(*users: int, link: int = LINK, at: int = 0) -> Any:
    """The older type, with names, and with the host's role."""
    listed = "".join(
        f"linked_users_list {{ role_type: {1 if user == HOST else 3} "
        f'user {{ id: {user} unique_id: "user{user}" nickname: "N" }} }} '
        for user in (HOST, *users)
    )
    fields = f"message_type: 20 scene: 4 list_change_content {{ {listed} }}"
    return made("LinkMessage", f"linker_id: {link} {fields} {_header(at)}")


def single(kind: str, user: int, *, link: int = LINK, at: int = 0) -> Any:
    """A message about one user."""
    name, fields = {
        "joined": ("LinkLayer", "message_type: 12 join_direct_content { joiner { user { %s } } }"),
        "left": ("LinkLayer", "message_type: 9 leave_content { leaver { %s } }"),
        "left too": ("Link", "message_type: 7 leave_content { %s }"),
        "thrown out": ("LinkLayer", "message_type: 6 kick_out_content { offliner { %s } }"),
    }[kind]
    which = f"{'linker_id' if name == 'Link' else 'channel_id'}: {link} scene: 4"
    return made(f"{name}Message", f"{fields % f'user_id: {user}'} {which} {_header(at)}")


def begun(*, link: int = LINK) -> Any:
    """A link begins."""
    return made("LinkLayerMessage", f"message_type: 1 scene: 4 channel_id: {link}")


def over(name: str = "LinkLayer", *, link: int = LINK) -> Any:
    """A link is over."""
    fields = {"LinkLayer": "message_type: 10 channel_id", "Link": "message_type: 2 linker_id"}
    return made(f"{name}Message", f"{fields[name]}: {link} scene: 4")


def _header(at: int) -> str:
    return f"common {{ create_time: {at} }}" if at else ""


class GuestsTestCase(SynchronousTestCase):
    """The lists of one room."""

    def setUp(self) -> None:
        self.lists = GuestLists()

    def after(self, *events: Any) -> list[str]:
        """What they tell: ``+7`` joined, ``-7`` left."""
        return [
            f"{'+' if isinstance(each, GuestJoined) else '-'}{each.user_id}"
            for event in events
            for each in self.lists.after(event)
        ]


class ListTests(GuestsTestCase):
    """What lists tell."""

    def test_first(self) -> None:
        """Who is in the first list was there before us."""
        self.assertEqual([], self.after(newer(7, 8)))

    def test_next(self) -> None:
        """Who is new in a list joined, who is missing left."""
        self.assertEqual(["-7", "+9"], self.after(newer(7, 8), newer(8, 9)))

    def test_both_types(self) -> None:
        """Both types tell the same: it is told once, whichever comes first."""
        self.after(newer(7))
        self.assertEqual(["+8"], self.after(older(7, 8), newer(7, 8)))
        self.assertEqual(["-7"], self.after(newer(8), older(8)))

    def test_late(self) -> None:
        """A list that is older than what was told tells nothing."""
        self.after(newer(7, at=100), newer(7, 8, at=200))
        self.assertEqual([], self.after(older(7, at=150)))
        self.assertEqual(["-7"], self.after(older(8, at=200)))

    def test_begun(self) -> None:
        """Of a link that begins while we are there, all in the first list but the host join."""
        self.assertEqual(["+7"], self.after(begun(), older(7)))

    def test_over(self) -> None:
        """When a link is over all have left, once; the host was no guest."""
        self.after(older(7, 8))
        self.assertEqual(["-7", "-8"], self.after(over(), over("Link")))
        self.assertEqual([], self.after(over("Link", link=9)))

    def test_without_list(self) -> None:
        """A message whose list has nobody, not even the host, does not say who is linked."""
        self.after(newer(7))
        empty = made("LinkLayerMessage", f"channel_id: {LINK} list_change_content {{ list {{ }} }}")
        self.assertEqual([], self.after(empty, newer(7)))

    def test_links(self) -> None:
        """Each link has its own list."""
        self.after(newer(7), newer(8, link=71))
        self.assertEqual(["+8"], self.after(newer(7, 8)))

    def test_hosts(self) -> None:
        """In a link of hosts, ours is the one with our room."""
        self.after(begun(), newer(scene=HOSTS))
        told = self.lists.after(newer(7, scene=HOSTS))
        self.assertEqual([("7", True)], [(each.user_id, each.is_host) for each in told])
        self.assertEqual(["-7"], self.after(over()))

    def test_host_is_known_late(self) -> None:
        """Who turns out to be the host of the room did not leave."""
        self.after(newer(7))
        self.assertEqual([], self.after(older(7)))
        self.assertEqual(["-7"], self.after(newer()))

    def test_names(self) -> None:
        """Names are those that any list had, in short."""
        self.after(older(7), newer(7))
        [left] = self.lists.after(newer())
        self.assertEqual(
            {
                "userId": "7",
                "uniqueId": "user7",
                "nickname": "N",
                "linkId": "70",
                "isHost": False,
                "thrownOut": False,
            },
            left.as_dict(),
        )
        long = made(
            "LinkMessage",
            f"linker_id: {LINK} list_change_content {{ linked_users_list {{ user {{ id: 9 "
            f'unique_id: "{"x" * 2 * NAME}" }} }} }}',
        )
        self.lists.after(long)
        [left] = self.lists.after(newer())
        assert isinstance(left, GuestLeft)
        self.assertEqual("x" * NAME, left.user.unique_id)


class SingleTests(GuestsTestCase):
    """What messages about one user tell, and lists beside them."""

    def test_joined(self) -> None:
        """Who joined is not told again by the list, nor by the other type."""
        self.after(newer(7))
        self.assertEqual(
            ["+8"], self.after(single("joined", 8), newer(7, 8), older(7, 8), single("joined", 8))
        )

    def test_left(self) -> None:
        """The same of who left, and of who was thrown out."""
        self.after(newer(7, 8))
        told = ["-7"]
        self.assertEqual(told, self.after(single("left", 7), single("left too", 7), newer(8)))
        [out] = self.lists.after(single("thrown out", 8))
        assert isinstance(out, GuestLeft)
        self.assertEqual((True, "8"), (out.thrown_out, out.user_id))
        self.assertEqual([], self.after(newer()))

    def test_no_guest(self) -> None:
        """Who asked to join and gave up was in no list, and did not leave."""
        self.after(newer(7))
        self.assertEqual([], self.after(single("left", 9)))

    def test_before_the_list(self) -> None:
        """Before there is a list the message is believed, once."""
        self.assertEqual(["-9"], self.after(single("left", 9), single("left too", 9)))
        self.assertEqual(["+8"], self.after(single("joined", 8), newer(7, 8)))
        self.assertEqual(["-8"], self.after(newer(7)))

    def test_host(self) -> None:
        """The host neither joins nor leaves."""
        self.after(older(7))
        self.assertEqual([], self.after(single("left too", HOST), single("joined", HOST)))


class BoundTests(GuestsTestCase):
    """What is bounded."""

    def test_bounds(self) -> None:
        """Only so many links, and so many users of one, are known."""
        for link in range(LINKS + 1):
            self.after(newer(7, link=link))
        self.assertEqual([], self.after(newer(8, link=0)))
        self.assertEqual(["+8"], self.after(newer(7, 8, link=LINKS)))
        self.after(older())
        told = self.after(newer(*range(2, 2 * USERS)))
        self.assertEqual(USERS, len(told))
        self.assertEqual([], self.after(newer(*range(2, 2 * USERS))))


class PropertyTests(SynchronousTestCase):
    """Whatever guests do, and however it is told."""

    @given(st.data())
    def test_each_once(self, data: st.DataObject) -> None:
        """
        Guests come and go in two links; each change is told by one or both of the types, with a
        list or by itself, in time or late: joined and left take turns for each user, and what is
        told adds up to who is there.
        """
        lists = GuestLists()
        truth: dict[int, set[int]] = {70: {2, 3}, 71: set()}
        told: dict[tuple[str, str], list[str]] = {}
        late: list[Any] = []
        at = 1000

        def feed(event: Any) -> None:
            for each in lists.after(event):
                told.setdefault((each.link_id, each.user_id), []).append(each.name)

        for link, users in truth.items():
            feed(older(*users, link=link, at=at))
        before = {link: set(users) for link, users in truth.items()}
        for _ in range(data.draw(st.integers(0, 15))):
            at += 10
            link = data.draw(st.sampled_from([70, 71]))
            user = data.draw(st.integers(2, 6))
            users = truth[link]
            joins = user not in users
            (users.add if joins else users.remove)(user)
            ways = [newer(*users, link=link, at=at), older(*users, link=link, at=at)]
            ways.append(single("joined" if joins else "left", user, link=link, at=at))
            chosen = data.draw(st.lists(st.sampled_from(ways), min_size=1, max_size=3))
            for event in chosen:
                feed(event)
            if data.draw(st.booleans()):
                late.append(data.draw(st.sampled_from(ways)))
            if late and data.draw(st.booleans()):
                feed(late.pop(0))
            there = {
                link: {int(u) for (of, u), names in told.items()
                       if of == str(link) and names[-1] == "guestJoined"}
                | {u for u in before[link] if (str(link), str(u)) not in told}
                for link in truth
            }  # fmt: skip
            self.assertEqual(truth, there)
        for (of, user_id), names in told.items():
            self.assertEqual(int(user_id) in before[int(of)], names[0] == "guestLeft")
            self.assertTrue(all(a != b for a, b in pairwise(names)), names)
