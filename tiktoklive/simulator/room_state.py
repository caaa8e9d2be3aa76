"""What the messages of a random room share: its people, its totals, their heads and texts."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Final, Protocol

from tiktoklive.simulator.people import PEOPLE, CatalogueGift, Person, make_gifts, make_person
from tiktoklive.simulator.pictures import Pictures
from tiktoklive.simulator.totals import Totals
from tiktoklive.wire.common_pb2 import (
    Common,
    Emote,
    Text,
    TextFormat,
    TextPiece,
    TextPieceUser,
    User,
)

_USER_PIECE: Final = 11
_PLAIN: Final = TextFormat(color="#ffffffff", weight=400)

#: Of the everyday messages: ``fold_type`` and ``anchor_fold_type``, the same for the web.
_FOLDS: Final = {
    "WebcastChatMessage": (2, 2),
    "WebcastLikeMessage": (1, 1),
    "WebcastMemberMessage": (1, 1),
    "WebcastGiftMessage": (1, 2),
    "WebcastSocialMessage": (1, 2),
}

#: How much is going on in the room, mostly much.
_HEATS: Final = (5, 5, 5, 5, 5, 5, 3, 2)


@dataclass(frozen=True, slots=True)
class Moment:
    """
    The head of the next message.

    :ivar msg_id: its id.
    :ivar now: its time, in milliseconds since 1970.
    """

    msg_id: int
    now: int


@dataclass(slots=True)
class Streak:
    """A streak of gifts that is going on."""

    guest: Person
    gift: CatalogueGift
    group_id: int
    left: int
    count: int = 0


class Owner(Protocol):
    """What the broadcaster is called, whenever it is asked."""

    unique_id: str
    nickname: str


@dataclass(slots=True)
class RoomState:
    """
    What the messages of one room share, and what they change: totals and open streaks.

    :ivar room_id: the room.
    :ivar anchor_id: its broadcaster's user id.
    :ivar owner: the broadcaster, if messages shall name them.
    :ivar givers: the guests that give.
    :ivar pieces: the pieces of texts that show givers, serialised, by user id.
    """

    rng: random.Random
    room_id: int
    anchor_id: int
    guests: list[Person] = field(init=False)
    givers: list[Person] = field(init=False)
    gifts: list[CatalogueGift] = field(init=False)
    gift_weights: list[int] = field(init=False)
    emotes: list[Emote] = field(init=False)
    totals: Totals = field(default_factory=Totals)
    pictures: Pictures = field(default_factory=Pictures)
    owner: Owner | None = None
    streaks: list[Streak] = field(default_factory=list)
    pieces: dict[int, bytes] = field(default_factory=dict)
    _texts: dict[tuple[str, int], bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rng = self.rng
        self.guests = [make_person(rng, n, self.pictures) for n in range(1, PEOPLE + 1)]
        self.givers = [each for each in self.guests if each.identity.is_gift_giver_of_anchor]
        self.gifts, self.gift_weights = make_gifts(self.pictures)
        self.emotes = [
            Emote(emote_id=str(rng.getrandbits(62)), image=self.pictures.icon(f"emote_{number}"))
            for number in range(12)
        ]

    def guest(self) -> Person:
        """A guest; some talk much more than others."""
        return self._some(self.guests)

    def giver(self) -> Person:
        """A guest that gives; some give much more often than others."""
        return self._some(self.givers)

    def newcomer(self) -> Person:
        """A guest that is not among the regulars."""
        half = len(self.guests) // 2
        return self.guests[half + int(self.rng.random() * half)]

    def _some(self, people: list[Person]) -> Person:
        chance = self.rng.random()
        return people[int(chance * chance * len(people))]

    def common(self, method: str, moment: Moment, text: bytes = b"") -> bytes:
        """Field 1 of a rarer message: its head, with the serialised display text if it has one."""
        head = Common(
            method=method,
            msg_id=moment.msg_id,
            room_id=self.room_id,
            create_time=moment.now,
            is_show_msg=True,
        ).SerializeToString()
        return nested(1, head + (nested(8, text) if text else b""))

    def head(
        self, method: str, moment: Moment, text: bytes = b"", describe: str | None = None
    ) -> bytes:
        """Field 1 of an everyday message: says also how clients fold it, and how busy it is."""
        start = Common(
            method=method,
            msg_id=moment.msg_id,
            room_id=self.room_id,
            create_time=moment.now,
            is_show_msg=True,
            describe=describe,
        ).SerializeToString()
        viewer, anchor = _FOLDS[method]
        end = Common(
            fold_type=viewer,
            anchor_fold_type=anchor,
            room_message_heat_level=_HEATS[int(self.rng.random() * len(_HEATS))],
            fold_type_for_web=viewer,
            anchor_fold_type_for_web=anchor,
        )
        if not text:  # what a guest says tells where and when they said it
            end.from_idc = "maliva"
            end.client_send_time = moment.now - 300 - int(self.rng.random() * 600)
        return nested(1, start + (nested(8, text) if text else b"") + end.SerializeToString())

    def text(self, key: str, pattern: str, guest: Person) -> bytes:
        """The display text that names a guest, with one picture; made once for each."""
        return self._text(key, pattern, guest, guest.small, None, None)

    def short_text(self, key: str, pattern: str, guest: Person) -> bytes:
        """The display text that names a guest without any picture."""
        return self._text(key, pattern, guest, guest.named, _PLAIN, None)

    def full_text(self, key: str, pattern: str, guest: Person, color: str) -> bytes:
        """The display text that shows all of a guest, the name in a color."""
        return self._text(key, pattern, guest, guest.user, _PLAIN, color)

    def _text(
        self,
        key: str,
        pattern: str,
        guest: Person,
        shown: User,
        default: TextFormat | None,
        color: str | None,
    ) -> bytes:
        made = self._texts.get((key, guest.id))
        if made is None:
            piece = TextPiece(
                type=_USER_PIECE,
                format=None if color is None else TextFormat(color=color, weight=400),
                user_value=TextPieceUser(user=shown),
            )
            text = Text(key=key, default_pattern=pattern, default_format=default, pieces=[piece])
            made = self._texts[key, guest.id] = text.SerializeToString()
        return made


def nested(number: int, data: bytes) -> bytes:
    """A sub-message out of its serialised content."""
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    """A whole number as protobuf writes it."""
    if value < 0x80:
        return _SMALL[value]
    if value < 0x4000:
        return bytes((value & 0x7F | 0x80, value >> 7))
    return bytes((value & 0x7F | 0x80, value >> 7 & 0x7F | 0x80, value >> 14))


_SMALL: Final = tuple(bytes((value,)) for value in range(0x80))
