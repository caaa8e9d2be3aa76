"""
Kind ``jsonl``: every event as one line of JSON, on standard output or in a file.

Each line is an :mod:`~tiktoklive.outputs.envelope`.  Events that TikTok sent and events
about the connection are written alike; messages of an unknown type are written
as ``rawData``.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from twisted.application.service import Service
from twisted.internet.interfaces import IPushProducer
from twisted.internet.threads import deferToThreadPool
from zope.interface import implementer

from tiktoklive.errors import StartError
from tiktoklive.events import Event, IEventObserver
from tiktoklive.files.lock import FileLock
from tiktoklive.interfaces import (
    IConfirmingOutput,
    IFailingOutput,
    IGatherer,
    IPacer,
    IQueuedOutput,
    IReadOutput,
    IReopenedOutput,
    PartWiring,
)
from tiktoklive.outputs.arguments import (
    QUEUE,
    file_to_write,
    read_options,
    seconds,
    size,
    split_file,
    waiting,
    whole,
    yes,
)
from tiktoklive.outputs.channel import Channel, FileChannel, stream_channel
from tiktoklive.outputs.line_writer import LIMIT, LineWriter
from tiktoklive.outputs.offsets import Offsets
from tiktoklive.outputs.queue import QueueCounts
from tiktoklive.outputs.rotation import RotatingChannel, Rotation
from tiktoklive.outputs.written import WritingOutput

_T = TypeVar("_T")


@implementer(
    IReadOutput,
    IQueuedOutput,
    IFailingOutput,
    IReopenedOutput,
    IConfirmingOutput,
    IEventObserver,
    IPacer,
    IGatherer,
)
class JsonLines(WritingOutput, Service):
    """
    Writes envelopes, those of a batch together.

    :param writer: what takes the lines.
    :param lock: keeps others from beginning the same file anew.
    :ivar uses: the file that no other output may use, if it is so.
    """

    def __init__(
        self, writer: LineWriter, lock: FileLock | None = None, uses: Path | None = None
    ) -> None:
        self.setName("jsonl")
        self.uses = uses
        self._writer = writer
        self._lock = lock
        self._offsets = Offsets()

    def event(self, event: Event) -> None:
        """Write one event."""
        written = self._written(event)
        self._writer.write(written.body(self._offsets.of(event, written.ts)) + b"\n")

    def batch_begins(self, kept: dict[Any, Any]) -> None:
        """Gather its lines."""
        super().batch_begins(kept)
        self._writer.gather()

    def batch_ends(self) -> None:
        """Write them."""
        super().batch_ends()
        self._writer.gathered()

    def pace(self, streams: IPushProducer) -> None:
        """They wait while the file takes nothing, if the queue is to block."""
        self._writer.pace(streams)

    def reopen(self) -> None:
        """Another file may be at its path: look now, and not at the next event."""
        self._writer.reopen()

    def startService(self) -> None:
        """
        Open the file.

        :raise StartError: it can never be written, or another process begins it anew.
        """
        if self._lock is not None:
            self._lock.hold()
        try:
            self._writer.start()
        except StartError:
            if self._lock is not None:
                self._lock.free()
            raise
        super().startService()

    def stopService(self) -> Awaitable[None]:
        """Write what is waiting, and close the file."""
        super().stopService()

        def free(result: _T) -> _T:
            if self._lock is not None and not self.running:
                self._lock.free()
            return result

        return self._writer.stop().addBoth(free)

    def when_unread(self) -> Awaitable[None]:
        """Fires when the reader of what is written is gone."""
        return self._writer.when_gone()

    def when_written(self) -> Awaitable[None]:
        """Fires when the system has taken what it was given so far, or it is lost."""
        return self._writer.when_written()

    def has_room(self) -> bool:
        """Whether it would lose nothing of one more event."""
        return self._writer.has_room

    @property
    def failing(self) -> str:
        """Why nothing can be written now, ``""`` if it can."""
        return self._writer.failing

    @property
    def renewed(self) -> int:
        """How many times another file was begun because others moved or deleted it."""
        return self._writer.renewed

    def queues(self) -> Sequence[QueueCounts]:
        """The lines that wait, in bytes."""
        return [self._writer.counts]


def _rotation_of(text: str) -> tuple[int | None, bool]:
    """When to begin a new file: a size, ``day``, or both with a comma."""
    bytes_, daily = None, False
    for part in text.split(","):
        if part == "day" and not daily:
            daily = True
        elif part != "day" and bytes_ is None:
            try:
                bytes_ = size(part)
            except ValueError:
                raise ValueError("a size such as 100M, the word day, or both: 100M,day") from None
        else:
            raise ValueError("one size and one day at most")
    return bytes_, daily


_OPTIONS: dict[str, Callable[[str], Any]] = {
    "rotate": _rotation_of,
    "gzip": yes,
    "keep": whole,
    "flush": seconds,
    **QUEUE,
}


def make(wiring: PartWiring, argument: str) -> JsonLines:
    """
    Make the output.

    :param argument: ``-`` for standard output, or the name of a file to append to, and options.
    :raise ValueError: when there is no argument, it names a place where no file can be, or an
        option is no good.
    """
    name, rest = split_file(argument)
    if not name:
        raise ValueError("say where to write: jsonl:FILE, or jsonl:- for standard output.")
    options = read_options(rest, _OPTIONS)
    if ("gzip" in options or "keep" in options) and "rotate" not in options:
        raise ValueError("gzip and keep are about the files that rotate= puts aside: give that.")
    if name == "-" and "rotate" in options:
        raise ValueError("standard output cannot be rotated: name a file.")
    writer = LineWriter(
        f"jsonl:{name}",
        _channel(wiring.reactor, name, options),
        wiring.reactor,
        flush=options.get("flush", 0.0),
        **waiting(options, LIMIT),
    )
    if "rotate" not in options:
        return JsonLines(writer)  # others may append to it too: lines stay whole
    path = file_to_write(name)
    return JsonLines(writer, FileLock(path), path)


def _channel(reactor: Any, name: str, options: dict[str, Any]) -> Channel:
    if name == "-":
        return stream_channel(sys.stdout)
    path = file_to_write(name, pipe="rotate" not in options)
    if "rotate" not in options:
        return FileChannel(path)
    bytes_, daily = options["rotate"]
    rotation = Rotation(bytes_, daily, options.get("gzip", False), options.get("keep", 0))

    def in_thread(work: Callable[[], None]) -> Awaitable[None]:
        return deferToThreadPool(reactor, reactor.getThreadPool(), work)

    return RotatingChannel(path, rotation, reactor, in_thread)
