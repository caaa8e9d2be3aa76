"""
Kind ``jsonl``: every event as one line of JSON, on standard output or in a file.

Each line is an :mod:`~tiktoklive.outputs.envelope`.  Events that TikTok sent and events
about the connection are written alike; messages of a type that nobody knows are written
as ``rawData``.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from twisted.application.service import Service
from zope.interface import implementer

from tiktoklive.events import Event, IEventObserver
from tiktoklive.interfaces import IReadOutput
from tiktoklive.outputs.channel import FileChannel, stream_channel
from tiktoklive.outputs.envelope import event_line
from tiktoklive.outputs.sink import Sink


@implementer(IReadOutput, IEventObserver)
class JsonLines(Service):
    """
    Writes envelopes.

    :param sink: what takes the lines.
    """

    def __init__(self, sink: Sink) -> None:
        self.setName("jsonl")  # type: ignore[no-untyped-call]  # Twisted's
        self._sink = sink

    def event(self, event: Event) -> None:
        """Write one event."""
        self._sink.write(event_line(event))

    def stopService(self) -> Awaitable[None]:
        """Write what is waiting, and close the file."""
        super().stopService()  # type: ignore[no-untyped-call]  # Twisted's
        return self._sink.stop()

    def when_unread(self) -> Awaitable[None]:
        """Fires when nobody reads what is written any more."""
        return self._sink.when_gone()


def make(wiring: Any, argument: str) -> JsonLines:
    """
    Make the output.

    :param argument: ``-`` for standard output, or the name of a file to append to.
    :raise ValueError: when there is no argument, or it names a place where no file can be.
    """
    if not argument:
        raise ValueError("say where to write: jsonl:FILE, or jsonl:- for standard output.")
    if argument == "-":
        return JsonLines(Sink("jsonl:-", stream_channel(sys.stdout), wiring.reactor))
    path = Path(argument).absolute()  # from where it was said: twistd goes to its --rundir later
    if path.is_dir():
        raise ValueError(f"{argument} is a directory: name a file in it.")
    if not path.parent.is_dir():
        raise ValueError(f"there is no directory {Path(argument).parent}: make it first.")
    return JsonLines(Sink(f"jsonl:{argument}", FileChannel(path), wiring.reactor))
