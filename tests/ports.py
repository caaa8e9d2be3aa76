"""Ports of loopback that are known before anything listens at them."""

from __future__ import annotations

import socket
from random import SystemRandom
from typing import Final

#: Below those that systems hand out to whoever asks for any: Linux begins at 32768.
OURS: Final = range(20_000, 32_000)


def free_port() -> int:
    """
    A port at which a server may listen now, and again after it was restarted.

    It is not one that the system chose: that is free as soon as it was told, and the next listener
    or connection that takes any port may be given it.
    """
    for port in SystemRandom().sample(OURS, len(OURS)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("All ports are taken.")
