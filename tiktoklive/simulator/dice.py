"""Viewers of a simulated room who ask a bot for dice, and answer it."""

from __future__ import annotations

from random import Random
from typing import Final

from twisted.internet.interfaces import IDelayedCall, IReactorTime

from tiktoklive.simulator.room import SimulatedRoom
from tiktoklive.wire.common_pb2 import User

#: What a viewer says to have dice thrown.
ASK: Final = "!dice"

#: Seconds until the first one asks, from one to the next, and from an answer to the thanks.
_FIRST: Final = 3.0
_PAUSE: Final = (8.0, 16.0)
_THINKING: Final = (1.0, 3.0)

_PLAYERS: Final = ("pim", "olga.k", "tariq", "mei_lin", "joao", "sunniva", "kofi", "ines.r")

_THANKS: Final = (
    "@{bot} thanks!",
    "@{bot} again, please",
    "ha, @{bot} 😂",
    "@{bot} best of three?",
)


class DiceViewers:
    """
    Some viewers of one room.

    One after the other says ``!dice``.  When an answer names them (``@pim has thrown a 4``), they
    answer whoever gave it.

    :param random: who asks when.
    """

    def __init__(self, room: SimulatedRoom, clock: IReactorTime, random: Random) -> None:
        self._room = room
        self._clock = clock
        self._random = random
        self._waiting: set[str] = set()
        self._calls: set[IDelayedCall] = set()

    def start(self) -> None:
        """Begin to ask, and to listen."""
        self._room.listeners.append(self._heard)
        self._later(_FIRST, None)

    def stop(self) -> None:
        """Ask no more."""
        if self._heard in self._room.listeners:
            self._room.listeners.remove(self._heard)
        calls, self._calls = self._calls, set()
        for call in calls:
            call.cancel()

    def _later(self, seconds: float, said: tuple[str, str] | None) -> None:
        """Say something after a while; without a text the next one asks."""

        def speak() -> None:
            self._calls.discard(call)
            if said is None:
                self._later(self._random.uniform(*_PAUSE), None)
            name, text = said or (self._random.choice(_PLAYERS), ASK)
            if self._room.is_live:
                self._room.say(name, text)
                if said is None:
                    self._waiting.add(name)

        call = self._clock.callLater(seconds, speak)
        self._calls.add(call)

    def _heard(self, user: User, text: str) -> None:
        speaker = str(user.unique_id)
        if speaker in _PLAYERS:
            return
        for name in sorted(self._waiting):
            if f"@{name}" in text:
                self._waiting.discard(name)
                thanks = self._random.choice(_THANKS).format(bot=speaker)
                self._later(self._random.uniform(*_THINKING), (name, thanks))
