"""What can be said of a simulator: where it is, who may tell it, what goes wrong how often."""

from __future__ import annotations

from typing import Final

#: Where it listens, unless it is told otherwise: not where the reader of the daemon is.
PORT: Final = 8090

#: The variable that holds the token; with ``_FILE`` at its end, the name of a file that does.
TOKEN: Final = "TIKTOKLIVE_SIMULATOR_TOKEN"

#: What can happen at random, by name, and to what.
RANDOM_FAULTS: Final = {
    "close": "batches",
    "abort": "batches",
    "reset": "batches",
    "silent": "batches",
    "deaf": "batches",
    "garbage": "batches",
    "refuse": "handshakes",
    "slow": "handshakes",
    "key": "handshakes",
    "enter": "handshakes",
    "lie": "look-ups",
    "http": "answers",
    "resume": "resumes",
    "poll": "resumes",
}


def parse_faults(text: str) -> dict[str, float]:
    """
    Read what shall go wrong how often: ``reset=0.1,garbage=2,http=5``.

    :param text: names of :data:`RANDOM_FAULTS`, each with a number of percent: of batches,
        handshakes, look-ups, answers or resumes, whatever it happens to.
    :return: shares between 0 and 1 by name.
    :raise ValueError: a name is unknown, or its number no percentage.
    """
    rates: dict[str, float] = {}
    for item in text.split(","):
        name, _, number = item.strip().partition("=")
        if name not in RANDOM_FAULTS:
            raise ValueError(f"there is no fault {name!r}: choose of {', '.join(RANDOM_FAULTS)}")
        try:
            percent = float(number)
        except ValueError:
            percent = -1.0
        if not 0 <= percent <= 100:
            raise ValueError(f"{name} wants a number of percent, as in {name}=0.5")
        rates[name] = percent / 100
    return rates
