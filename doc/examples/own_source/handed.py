"""Kind ``handed``: another program, such as a browser of yours, says where a room's socket is."""

from __future__ import annotations

import json
from pathlib import Path

from zope.interface import implementer

from tiktoklive.errors import InitialFetchError
from tiktoklive.interfaces import ISigner
from tiktoklive.model import Resume, Room, Ticket
from tiktoklive.net import WebSocketOpener
from tiktoklive.sources import Source
from tiktoklive.wiring import Wiring


@implementer(ISigner)
class Handed:
    """
    Makes tickets of a file that another program renews.

    :param path: JSON by room id: ``{"7100": {"url": "wss://...", "headers": [["User-Agent",
        "..."]], "cookies": {"ttwid": "..."}}}``.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    async def sign(self, room: Room, resume: Resume) -> Ticket:
        """Look at the file anew for each attempt: an address wears out."""
        try:
            told = json.loads(self._path.read_text("utf-8"))[room.room_id]
            headers = [(name, value) for name, value in told["headers"]]
            return Ticket(room, told["url"], headers, told["cookies"])
        except (OSError, ValueError, KeyError, TypeError) as e:  # waiting may mend it
            told = f"{self._path} has no address for room {room.room_id} yet."
            raise InitialFetchError(told) from e


def make(wiring: Wiring, argument: str) -> Source:
    """
    Make the source.

    :param argument: what stood after ``handed:``.
    :raise ValueError: there is none; twistd shows the text as a usage error.
    """
    if not argument:
        raise ValueError("Say where the addresses are: handed:FILE.")
    opener = WebSocketOpener(wiring.websocket_network, wiring.reactor, redaction=wiring.redaction)
    return Source("handed", Handed(Path(argument).absolute()), opener)
