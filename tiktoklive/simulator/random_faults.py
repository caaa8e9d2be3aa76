"""What can happen to a stream, and what happens at random: so often, and the same for a seed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final, Literal, TypeAlias

from tiktoklive.simulator.garbage import GARBAGE
from tiktoklive.simulator.http_faults import HTTP_FAULTS, HttpFault

#: How a stream can end: with a close frame; with the connection, but without a word; by a reset.
Ending: TypeAlias = Literal["close", "abort", "reset"]

ENDINGS: Final[tuple[Ending, ...]] = ("close", "abort", "reset")

#: What happens to clients that go on from where another stream broke off: they are refused, or
#: answered like one that polls, without a push server.
RESUMES: Final = ("resume", "poll")

#: Messages that are sent again after a cut, and seconds of a slow handshake, at most.
_OVERLAP, _PAUSE = 5, 15.0


@dataclass(slots=True)
class StreamFault:
    """
    What happens to one stream.

    :ivar kind: ``cut``, ``silent``, ``deaf`` or ``garbage``.
    :ivar how: the ending, or the kind of garbage.
    :ivar after: batches that are still sent before.
    :ivar overlap: messages from before the cut that the next stream begins with.
    :ivar left: how often it still happens to the stream.
    """

    kind: Literal["cut", "silent", "deaf", "garbage"]
    how: str = ""
    after: int = 0
    overlap: int = 0
    left: int = 1


class RandomFaults:
    """
    Draws what goes wrong.

    :param rates: shares between 0 and 1 by name of :data:`RANDOM_FAULTS`.
    """

    def __init__(self, rates: Mapping[str, float], rng: Random) -> None:
        self._rates = dict(rates)
        self._rng = rng

    def of_batch(self) -> StreamFault | None:
        """What happens to a stream behind a batch."""
        for kind in (*ENDINGS, "silent", "deaf", "garbage"):
            if not self._strikes(kind):
                continue
            if kind in ENDINGS:
                return StreamFault("cut", kind, overlap=self._rng.randrange(_OVERLAP + 1))
            if kind == "garbage":
                return StreamFault("garbage", self._rng.choice(list(GARBAGE)))
            return StreamFault("silent" if kind == "silent" else "deaf")
        return None

    def of_answer(self) -> HttpFault | None:
        """What happens to an answer."""
        return self._rng.choice(list(HTTP_FAULTS.values())) if self._strikes("http") else None

    def of_resume(self) -> str:
        """What happens to a client that goes on from a cursor, by its name; ``""`` for nothing."""
        return next((kind for kind in RESUMES if self._strikes(kind)), "")

    def refuses(self) -> bool:
        """Whether a handshake is refused."""
        return self._strikes("refuse")

    def pause(self) -> float:
        """Seconds by which a handshake is late."""
        return self._rng.uniform(0, _PAUSE) if self._strikes("slow") else 0.0

    def one_of(self, names: Iterable[str], kind: str) -> str:
        """One of them if that kind strikes, by chance; else ``""``."""
        return self._rng.choice(list(names)) if self._strikes(kind) else ""

    def _strikes(self, kind: str) -> bool:
        rate = self._rates.get(kind, 0.0)
        return rate > 0 and self._rng.random() < rate
