"""The signals that a daemon takes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    pass


#: Not there on every platform.
USR1: Any = getattr(signal, "SIGUSR1", None)


HUP: Any = getattr(signal, "SIGHUP", None)


USR2: Any = getattr(signal, "SIGUSR2", None)


class AskingSignal:
    """
    Asks for something when a signal comes, from :meth:`begin` to :meth:`end`.

    The handler of before gets the signal first: twistd rotates its log file then.  Python
    allows only the main thread to do this; in another one nothing happens.

    :param number: the signal; ``None`` where there is none, and nothing happens.
    :param tell: is called in the reactor's thread.
    """

    def __init__(self, reactor: Any, number: Any, tell: Callable[[], object]) -> None:
        self._reactor = reactor
        self._number = number
        self._tell = tell
        self._before: Any = None
        self._begun = False

    def begin(self) -> None:
        """Hear the signal."""
        is_main = threading.current_thread() is threading.main_thread()
        if self._begun or self._number is None or not is_main:
            return
        self._before = signal.getsignal(self._number)
        signal.signal(self._number, self._heard)
        self._begun = True

    def end(self) -> None:
        """Give the signal back to its handler of before, if it is still ours."""
        if self._begun:
            self._begun = False
            # `==`, because each look at a method makes a new object of it.
            if signal.getsignal(self._number) == self._heard:
                before = signal.SIG_DFL if self._before is None else self._before
                signal.signal(self._number, before)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        if callable(self._before):
            self._before(number, frame)
        self._reactor.callFromThread(self._tell)


class HangUp:
    """
    Takes SIGHUP for SIGTERM, from :meth:`begin` to :meth:`end`: whose terminal is closed ends in
    order, and loses nothing that waits to be written.

    A process that ignores it, as under ``nohup``, or that has something else in mind for it, is
    left alone.
    """

    def begin(self) -> None:
        """Hear the signal."""
        if HUP is None or threading.current_thread() is not threading.main_thread():
            return
        if signal.getsignal(HUP) == signal.SIG_DFL:
            signal.signal(HUP, self._heard)

    def end(self) -> None:
        """Hear it no more."""
        if HUP is not None and signal.getsignal(HUP) == self._heard:
            signal.signal(HUP, signal.SIG_DFL)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        signal.raise_signal(signal.SIGTERM)
