"""Whether an open stream has begun to speak: a server that opens one may still not let us in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

#: Types of frames that TikTok sends only to who has entered the room (wire facts §6.5).
SPEAKING: Final = frozenset(("msg", "im_enter_room_resp"))


class Greeting:
    """
    Waits for the first word of a stream; it may come before the stream is ours.

    :param spoke: called once, when the stream is ours and has spoken.
    :ivar awaited: whether that is still to come.
    """

    __slots__ = ("_early", "_opened", "_spoke", "awaited")

    def __init__(self, spoke: Callable[[], None]) -> None:
        self.awaited = True
        self._early = self._opened = False
        self._spoke = spoke

    def opened(self, *, answered: bool) -> None:
        """
        The stream is ours.

        :param answered: whether it is open because something was answered.
        """
        self._opened = True
        if answered or self._early:
            self.heard()

    def heard(self) -> None:
        """It brings something of the room."""
        self._early = True
        if self._opened and self.awaited:
            self.awaited = False
            self._spoke()
