"""People of a simulated TikTok who live for weeks: they go live, pause, end, and change names."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.ledger import Ledger
from tests.stack.case import CHAT, chat
from tiktoklive.model import Status
from tiktoklive.simulator import Simulator
from tiktoklive.wire.audience_pb2 import WebcastLikeMessage, WebcastRoomUserSeqMessage

#: What is said: a comment, likes, and the number of viewers, which comes by itself.
_SAID = {
    CHAT: chat("hello")[1],
    "WebcastLikeMessage": WebcastLikeMessage(count=3).SerializeToString(),
    "WebcastRoomUserSeqMessage": WebcastRoomUserSeqMessage(total=7).SerializeToString(),
}

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0

#: Seconds between two batches of a room: even a quiet one counts its viewers.
_PACE = (10.0, 30.0)


class Host:
    """
    One user, whose broadcasts begin and end at hours of their own.

    What they do next is told by :meth:`_life`, which yields the seconds until then.

    :param name: the first name.
    :param idle: whether they never go live.
    :ivar live_since: since when the broadcast is on; ``None`` while there is none.
    """

    def __init__(
        self, name: str, tiktok: Simulator, ledger: Ledger, seed: int, *, idle: bool = False
    ) -> None:
        self.room = tiktok.add_room(name, status=Status.ENDED)
        self.idle = idle
        self.live_since: float | None = None
        self.renamed = 0
        self._tiktok = tiktok
        self._ledger = ledger
        self._clock = tiktok.world.clock
        self._random = Random(f"{seed} {name}")
        self._silent = False
        self._life_goes_on = self._life()
        self._due = 0.0
        self._says = 0.0

    @property
    def name(self) -> str:
        """What they are called now."""
        return self.room.unique_id

    def step(self) -> None:
        """Do what is due now."""
        now = self._clock.seconds()
        while now >= self._due and not self.idle:
            self._due = now + next(self._life_goes_on)
        if self.room.status is Status.LIVE and not self._silent and now >= self._says:
            self._says = now + self._random.uniform(*_PACE)
            self._say()

    def rename(self) -> str:
        """Take another name; another user may take the old one."""
        old, self.renamed = self.name, self.renamed + 1
        self._tiktok.rename(old, f"{old.partition('.')[0]}.{self.renamed}")
        return old

    def calm(self, until: float) -> None:
        """End what is on, and begin nothing before a time."""
        if self.room.is_live:
            self._end("said")
        self._life_goes_on = self._life()
        self._due = until

    # --- inside -------------------------------------------------------------------------

    def _life(self) -> Iterator[float]:
        """From broadcast to broadcast."""
        random = self._random
        while True:
            yield random.expovariate(1 / (12 * HOUR))
            self._begin()
            while True:
                yield from self._broadcast()
                how = random.choices(
                    ("said", "banned", "closed", "left open", "restart"), (45, 5, 15, 15, 20)
                )[0]
                if how != "restart":
                    break
                self._end(random.choice(("said", "closed", "left open")))
                yield random.uniform(0, 5 * MINUTE)
                self._begin()
            self._end(how)

    def _broadcast(self) -> Iterator[float]:
        """Until it ends: mostly an hour or two, with pauses."""
        random = self._random
        for _ in range(random.choice((1, 1, 1, 2, 3))):
            yield random.expovariate(1 / HOUR)
            if random.random() < 0.5:
                self.room.pause()
                yield random.choice((2 * MINUTE, 20 * MINUTE, 3 * HOUR)) * random.random()
                self.room.resume()
                yield 10 * MINUTE * random.random()

    def _begin(self) -> None:
        self.live_since = self._clock.seconds()
        self._silent = self._random.random() < 0.05
        self._ledger.began(self.room.go_live())

    def _end(self, how: str) -> None:
        self.live_since = None
        self._ledger.ended(self.room.room_id)
        self.room.end(
            4 if how == "banned" else 3,
            say=how in ("said", "banned"),
            close=how != "left open",
        )

    def _say(self) -> None:
        names = self._random.choices([*_SAID], (3, 2, 3), k=self._random.randint(1, 3))
        batch = [(name, _SAID[name], self._tiktok.world.next_id()) for name in names]
        self._ledger.pushed(self.room.room_id, [number for _, _, number in batch])
        self.room.push(batch)
