"""What all of a simulated TikTok shares: its time, its ids, its visitors and its manners."""

from __future__ import annotations

import base64
import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

from twisted.internet.interfaces import IReactorTime

from tiktoklive.clock import wall_time
from tiktoklive.simulator.pictures import Pictures

#: Where the calendar of a test's clock begins: its zero is 2026-01-01, in Unix seconds.
EPOCH: Final = 1_767_225_600

#: A clock that shows more than this many seconds tells the time of day already.
_TELLS_THE_TIME: Final = 1_000_000_000


@dataclass(slots=True)
class Behaviour:
    """
    How this TikTok behaves; change it whenever you like.

    :ivar ttwid_after: at which request for a page, or for a guest cookie alone, one is set (and at
        all later ones); ``None``: never.
    :ivar ttwid_check: whether there is the endpoint that is for guest cookies alone.
    :ivar strict_ttwid: whether the push server lets in only with a ``ttwid`` that was minted
        here, as it refuses unknown identities (``illegal secret key``).
    :ivar heartbeat_duration: milliseconds, told in every batch; 0 leaves it out.
    :ivar ping_interval: seconds, told in the handshake's ``Handshake-Options``; ``None``
        leaves the header out.
    :ivar sign_sockets: makes the signature (``X-Bogus``) with which the query of a socket must end,
        from what stands before it, where there is no ticket; ``None``: none is needed, as is
        contested (wire facts §4.3).
    :ivar echo_heartbeats: whether heartbeats are answered.
    :ivar need_ack: whether batches ask to be acknowledged.
    :ivar ack_limit: seconds after which a viewer that owes an ack gets no more batches until
        it has paid (wire facts §6.4); ``None``: endless patience.
    :ivar history: whether the first batch repeats the latest comments.
    :ivar overlap: how many of the latest messages, of all kinds and without a mark, the first
        batch of a socket repeats instead.
    :ivar hidden: the share of messages that each viewer of a socket is not shown, each viewer
        others, from 0 to 1; all are shown what controls the broadcast.
    :ivar sign_keys: the API keys that the sign server knows; others are refused.
    :ivar sign_anonymous: whether the sign server serves those without a key.
    :ivar sign_relay: whether the sign server leads through a relay of its own (wire facts §9.7).
    :ivar page_style: what the pages of users hold: ``"sigi"``, all that programs read today;
        ``"classic"``, an id or nothing, and no status; ``"bare"``, as to a blocked address.
    :ivar upgrade: whether ``im/fetch`` offers a WebSocket.
    :ivar unsigned_fetch: whether a session does for ``im/fetch`` in the place of a signature.
    :ivar fetch_refusal: the HTTP status with which it refuses, without a word: 200 or 403.
    :ivar fetch_interval: milliseconds, told in every batch; 0 leaves it out.
    :ivar sign_get: whether the old form of signing addresses is answered (wire facts §9.2).
    :ivar unsigned_gifts: whether an unsigned request gets the list of gifts.
    :ivar unsigned_chat: whether messages are taken from unsigned requests.
    """

    ttwid_after: int | None = 1
    ttwid_check: bool = True
    strict_ttwid: bool = True
    sign_sockets: Callable[[str], str] | None = None
    heartbeat_duration: int = 10_000
    ping_interval: int | None = None
    echo_heartbeats: bool = True
    need_ack: bool = True
    ack_limit: float | None = 8.0
    history: bool = True
    overlap: int = 0
    hidden: float = 0.0
    sign_keys: set[str] = field(default_factory=set, repr=False)
    sign_anonymous: bool = True
    sign_relay: bool = False
    page_style: Literal["sigi", "classic", "bare"] = "sigi"
    upgrade: bool = True
    unsigned_fetch: bool = True
    fetch_refusal: int = 200
    fetch_interval: int = 1000
    sign_get: bool = True
    unsigned_gifts: bool = True
    unsigned_chat: bool = True


class Snowflakes:
    """
    Unique, rising numbers of 63 bits whose upper half is the time in seconds, as TikTok's are.

    :param rng: where the steps between them come from.
    """

    def __init__(self, rng: random.Random) -> None:
        self._random = rng.random
        self._offset = rng.getrandbits(30)
        self._last = 0

    def next(self, seconds: float) -> int:
        """
        A new number, larger than all before.

        :param seconds: the time, in Unix seconds.
        """
        step = self._last + 1 + int(self._random() * 4096)
        floor = (int(seconds) << 32) + self._offset
        self._last = step if step > floor else floor
        return self._last


class World:
    """
    The calendar, the ids and the guests of one simulated TikTok.

    :param clock: the only source of time; a test's clock, which starts at 0, is taken to
        start on 2026-01-01.
    :param seed: makes ids and cookies repeatable.
    """

    def __init__(self, clock: IReactorTime, seed: int) -> None:
        self.clock = clock
        self.seed = seed
        self.behaviour = Behaviour()
        self.rng = random.Random(seed)
        #: Where pictures are; whoever listens says where that is.
        self.pictures = Pictures()
        self._epoch = 0 if wall_time(clock) > _TELLS_THE_TIME else EPOCH
        self._ids = Snowflakes(self.rng)
        self._minted: set[str] = set()

    def seconds(self) -> float:
        """Now, in Unix seconds."""
        return self._epoch + wall_time(self.clock)

    def now_ms(self) -> int:
        """Now, in milliseconds since 1970."""
        return int((self._epoch + wall_time(self.clock)) * 1000)

    def next_id(self) -> int:
        """A new id: of a room, a message, a frame or a user."""
        return self._ids.next(self.seconds())

    def mint(self) -> str:
        """
        A new guest identity, as its cookie is sent: percent-encoded (wire facts §2.2).

        Give it to a client that brings its own ``ttwid``.
        """
        number = base64.urlsafe_b64encode(self.rng.randbytes(32)).decode().rstrip("=")
        when = int(self.seconds())
        proof = hashlib.sha256(f"{number}{when}".encode()).hexdigest()
        ttwid = f"1%7C{number}%7C{when}%7C{proof}"
        self._minted.add(ttwid)
        return ttwid

    def knows(self, ttwid: str) -> bool:
        """Whether this guest identity was minted here, and is sent byte for byte."""
        return ttwid in self._minted
