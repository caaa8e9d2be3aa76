"""Pages in the user's own browser, as it is told to people."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PageState:
    """
    A page in the user's browser that pushes what it receives (:ref:`browser-source`).

    :ivar page: names its socket.
    :ivar anchor: whose page it is.
    :ivar room: the id of the room.
    :ivar since: since when it pushes, in milliseconds since 1970.
    :ivar frames: how many frames it has pushed.
    :ivar delay: milliseconds from when the page had the last of them to when it was here.
    """

    page: str
    anchor: str
    room: str
    since: int
    frames: int
    delay: int

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)
