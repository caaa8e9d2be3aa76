"""Tickets that lead nowhere, for openers that need no address."""

from __future__ import annotations

from zope.interface import implementer

from tiktoklive.interfaces import ISigner
from tiktoklive.model import Resume, Room, Ticket


@implementer(ISigner)
class FixedSigner:
    """
    Makes tickets to nowhere, for openers that need no address: a replay.

    :param source: what the tickets say they are from.
    """

    def __init__(self, source: str) -> None:
        self._source = source

    async def sign(self, room: Room, resume: Resume) -> Ticket:
        """A ticket without an address."""
        return Ticket(room, "", source=self._source)
