"""Who gave how much in one broadcast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from tiktoklive.bounded import BoundedMap
from tiktoklive.events import RoomUser, TopViewer
from tiktoklive.events.user import User

#: Givers that are told.
TOP: Final = 20

#: Givers that are remembered beside those, and bytes that they may have together.
OTHERS, BYTES = 5_000, 512 * 1024

#: Letters of a name and of an address that are kept; a longer address is none.
NAME, ADDRESS = 100, 1_000

#: Viewers of TikTok's ranks that are looked at, and bytes of a message that is kept for them.
RANKS, RANKS_BYTES = 100, 64 * 1024

#: Givers that are kept over a restart, those with the most diamonds, and how each is kept.
KEPT: Final = 1_000
GIVER_FORM: Final = {
    "userId": str,
    "uniqueId": str,
    "nickname": str,
    "picture": str,
    "diamonds": int,
    "gifts": int,
}

#: What a giver takes beside the texts.
_EACH: Final = 200

#: Numbers that JavaScript has exactly.
MOST: Final = 2**53 - 1


@dataclass(slots=True)
class Giver:
    """A viewer who gave something: who that is, how many diamonds, and how many gifts."""

    user_id: str
    unique_id: str
    nickname: str
    picture: str
    diamonds: int = 0
    gifts: int = 0

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        letters = len(self.user_id) + len(self.unique_id) + len(self.nickname) + len(self.picture)
        return _EACH + 2 * letters

    @property
    def key(self) -> str:
        """By what it is known; ``""`` by nothing."""
        return self.user_id if self.user_id != "0" else self.unique_id

    def kept(self) -> dict[str, Any]:
        """What is known of it."""
        return {
            "userId": self.user_id,
            "uniqueId": self.unique_id,
            "nickname": self.nickname,
            "picture": self.picture,
            "diamonds": self.diamonds,
            "gifts": self.gifts,
        }

    def as_dict(self, rank: int | None, coins: int | None) -> dict[str, Any]:
        """
        For pages.

        :param rank: the place that TikTok gives the viewer, and ``coins`` what it counted;
            ``None`` where it does not say.
        """
        return {**self.kept(), "rank": rank, "coins": coins}


def giver_of(user: User) -> Giver:
    """A viewer who has given nothing yet."""
    picture = user.profile_picture_url or ""
    return Giver(
        user.user_id,
        user.unique_id[:NAME],
        user.nickname[:NAME],
        picture if len(picture) <= ADDRESS else "",
    )


class Givers:
    """
    The givers of one broadcast.

    Those who gave most are never forgotten; of the others those who gave longest ago are, if there
    are too many.
    """

    __slots__ = ("_others", "_ranked", "_top")

    def __init__(self) -> None:
        self._top: dict[str, Giver] = {}
        self._others: BoundedMap[str, Giver] = BoundedMap(OTHERS, BYTES)
        #: Where TikTok ranked them last: it is only read when somebody wants to know.
        self._ranked: RoomUser | None = None

    def give(self, user: User, diamonds: int, gifts: int) -> None:
        """A viewer gave so much."""
        now = giver_of(user)
        key = now.key
        if not key:
            return
        before = self._top.get(key) or self._others.pop(key)
        if before is not None:
            now.unique_id = now.unique_id or before.unique_id
            now.nickname = now.nickname or before.nickname
            now.picture = now.picture or before.picture
            diamonds, gifts = before.diamonds + diamonds, before.gifts + gifts
        now.diamonds, now.gifts = min(MOST, diamonds), min(MOST, gifts)
        self._top[key] = now
        if len(self._top) > TOP:
            least = min(self._top, key=lambda each: self._top[each].diamonds)
            moved = self._top.pop(least)
            self._others.put(least, moved, moved.size)

    def kept(self) -> list[dict[str, Any]]:
        """Those who gave most, the first first, for :meth:`restore`; without TikTok's ranks."""
        everybody = [*self._top.values(), *(each for _, each in self._others.items())]
        everybody.sort(key=lambda each: each.diamonds, reverse=True)
        return [each.kept() for each in everybody[:KEPT]]

    def restore(self, shapes: list[dict[str, Any]]) -> None:
        """Begin with what :meth:`kept` told."""
        for place, shape in enumerate(shapes):
            each = Giver(*(shape[name] for name in GIVER_FORM))
            if place < TOP:
                self._top[each.key] = each
            else:
                self._others.put(each.key, each, each.size)

    def rank(self, event: RoomUser) -> None:
        """TikTok says who gave most."""
        if event.message.ranks and event.payload_size <= RANKS_BYTES:
            self._ranked = event

    def _ranks(self) -> dict[str, tuple[TopViewer, int | None, int]]:
        """By user id, the viewers in TikTok's ranks, their places and what it counted."""
        ranked = [] if self._ranked is None else self._ranked.top_viewers[:RANKS]
        return {
            each.user.user_id: (each, each.rank or None, min(MOST, max(0, each.coin_count)))
            for each in ranked
        }

    def as_list(self) -> list[dict[str, Any]]:
        """
        Those who gave most, the first first, as far as was counted here; then those of whom only
        TikTok says that they gave.
        """
        ranks, shapes = self._ranks(), []
        for key, each in sorted(self._top.items(), key=lambda item: item[1].diamonds, reverse=True):
            _, rank, coins = ranks.get(key, (None, None, None))
            shapes.append(each.as_dict(rank, coins))
        before = [
            ranked
            for key, ranked in ranks.items()
            if ranked[2] and key not in self._top and key not in self._others
        ]
        before.sort(key=lambda ranked: ranked[2], reverse=True)
        for viewer, rank, coins in before[: TOP - len(shapes)]:
            shapes.append(giver_of(viewer.user).as_dict(rank, coins))
        return shapes
