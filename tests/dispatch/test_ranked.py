"""The audience: who is in the ranks of ``roomUser``."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import ROOM, made
from tiktoklive.dispatch.ranked import NAME, RANKED, RankedAudience
from tiktoklive.events import Audience, RankedViewer, RoomUser

#: User id, coins, and the username where the message has it.
_Ranked = tuple[int, int, str]


def room_user(*ranks: _Ranked, total: int = 9, number: int = 0) -> RoomUser:
    """One message; the ranks are those of the list."""
    text = "".join(
        f"ranks {{ score: {coins} rank: {rank} "
        f'user {{ id: {user} unique_id: "{name}" nickname: "{name.upper()}" }} }} '
        for rank, (user, coins, name) in enumerate(ranks, 1)
    )
    event = made("RoomUserSeqMessage", f"total: {total} {text}", number=number)
    assert isinstance(event, RoomUser)
    return event


class AudienceTests(SynchronousTestCase):
    """One event for each change."""

    def setUp(self) -> None:
        self.audience = RankedAudience()

    def after(self, *ranks: _Ranked, total: int = 9) -> Audience | None:
        """What the message changes."""
        told = self.audience.after(room_user(*ranks, total=total))
        return told[0] if told else None

    def test_first(self) -> None:
        """At first all come into the ranks."""
        told = self.audience.after(room_user((7, 20, "ann"), (8, 0, ""), number=5))
        ann, ben = RankedViewer("7", "ann", "ANN", 20, 1), RankedViewer("8", rank=2)
        [event] = told
        self.assertEqual(((ann, ben), (ann, ben), ()), (event.viewers, event.came, event.went))
        self.assertEqual((f"{ROOM}:5:audience", 9, 20), (event.id, event.viewer_count, event.coins))
        self.assertEqual("<Audience 2 ranked, 2 came, 0 went>", repr(event))

    def test_change(self) -> None:
        """Coins and places that change are told, and who came and went."""
        self.after((7, 20, "ann"), (8, 10, "ben"))
        event = self.after((8, 30, "ben"), (9, 1, "cat"))
        assert event is not None
        self.assertEqual(
            {
                "viewerCount": 9,
                "viewers": [
                    {"userId": "8", "uniqueId": "ben", "nickname": "BEN", "coinCount": 30}
                    | {"rank": 1},
                    {"userId": "9", "uniqueId": "cat", "nickname": "CAT", "coinCount": 1}
                    | {"rank": 2},
                ],
                "came": [event.viewers[1].as_dict()],
                "went": [RankedViewer("7", "ann", "ANN", 20, 1).as_dict()],
            },
            event.as_dict(),
        )

    def test_same(self) -> None:
        """The same again is not told."""
        self.after((7, 20, "ann"))
        self.assertIsNone(self.after((7, 20, "ann")))
        self.assertIsNone(self.after((7, 20, "")))

    def test_names_are_remembered(self) -> None:
        """Who falls behind the first five keeps the name that an earlier message said."""
        self.after((7, 20, "ann"), (8, 10, ""))
        event = self.after((8, 30, ""), (7, 20, ""))
        assert event is not None
        self.assertEqual(["", "ann"], [each.unique_id for each in event.viewers])
        self.assertEqual(["", "ANN"], [each.nickname for each in event.viewers])

    def test_without_ranks(self) -> None:
        """A message that does not say who watches changes nothing; one of an empty room does."""
        self.after((7, 20, "ann"))
        self.assertIsNone(self.after())
        event = self.after(total=0)
        assert event is not None
        self.assertEqual(((), ("7",)), (event.viewers, tuple(e.user_id for e in event.went)))

    def test_bounds(self) -> None:
        """Only so many are kept, and so much of a name."""
        event = self.after(*((user, 0, "x" * 2 * NAME) for user in range(1, 2 * RANKED)))
        assert event is not None
        self.assertEqual(RANKED, len(event.viewers))
        self.assertEqual("x" * NAME, event.viewers[-1].unique_id)

    def test_twice(self) -> None:
        """Who is in a list twice counts once, in the better place."""
        event = self.after((7, 20, "ann"), (7, 3, ""))
        assert event is not None
        self.assertEqual((RankedViewer("7", "ann", "ANN", 20, 1),), event.viewers)


LISTS = st.lists(
    st.lists(
        st.tuples(st.integers(1, 5), st.integers(0, 3), st.sampled_from(["", "ann", "ben"])),
        max_size=5,
        unique_by=lambda ranked: ranked[0],
    ),
    max_size=20,
)


class PropertyTests(SynchronousTestCase):
    """Whatever the lists are."""

    @given(LISTS)
    def test_adds_up(self, lists: list[list[_Ranked]]) -> None:
        """
        Who came and went, added up, is who is there; coins are those of the last list; no two
        events in a row say the same; a name that was said is not lost while its user is there.
        """
        audience = RankedAudience()
        there: set[str] = set()
        names: dict[str, str] = {}
        last: tuple[RankedViewer, ...] = ()
        for ranks in lists:
            message = room_user(*ranks, total=len(ranks))
            told = audience.after(message)
            names = {str(user): name or names.get(str(user), "") for user, _, name in ranks}
            for event in told:
                self.assertNotEqual(last, event.viewers)
                self.assertFalse({e.user_id for e in event.came} & there)
                self.assertLessEqual({e.user_id for e in event.went}, there)
                there |= {e.user_id for e in event.came}
                there -= {e.user_id for e in event.went}
                last = event.viewers
            self.assertEqual({str(user) for user, _, _ in ranks}, there)
            self.assertEqual(
                [(str(u), c) for u, c, _ in ranks], [(e.user_id, e.coins) for e in last]
            )
            self.assertEqual(names, {each.user_id: each.unique_id for each in last})
