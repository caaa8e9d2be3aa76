"""Kind ``loudness``: a file that says how many comments a minute each room has."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from twisted.application.service import Service
from twisted.internet.task import LoopingCall
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.events import Chat, IChatObserver
from tiktoklive.interfaces import IOutput
from tiktoklive.wiring import Wiring


@implementer(IOutput, IChatObserver)
class Loudness(Service):
    """
    Counts comments, and writes the counts once a minute.

    :param path: a file that holds the last minute, for another program to look at.
    """

    log = Logger()

    def __init__(self, path: Path, wiring: Wiring) -> None:
        self._path = path
        self._comments: Counter[str] = Counter()
        self._minute = LoopingCall(self._write)
        self._minute.clock = wiring.reactor

    def startService(self) -> None:
        super().startService()
        self._minute.start(60, now=False)

    def stopService(self) -> None:
        super().stopService()
        self._minute.stop()
        self._write()

    def chat(self, event: Chat) -> None:
        """Called for each comment, in the reactor's thread: count now, write later."""
        self._comments[event.anchor] += 1

    def _write(self) -> None:
        lines = [f"{count} {name}\n" for name, count in self._comments.most_common()]
        self._comments.clear()
        try:
            self._path.write_text("".join(lines), "utf-8")
        except OSError as e:  # an exception would end the LoopingCall for good
            self.log.error("{path} cannot be written: {error}", path=self._path, error=e.strerror)


def make(wiring: Wiring, argument: str) -> Loudness:
    """
    Make the output.

    :param argument: what stood after ``loudness:``.
    :raise ValueError: there is none; twistd shows the text as a usage error.
    """
    if not argument:
        raise ValueError("say where to write: loudness:FILE.")
    return Loudness(Path(argument), wiring)


# Most of Twisted has no types yet.
# mypy: allow-untyped-calls
