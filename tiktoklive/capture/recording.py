"""The recording of a daemon: tapes that are tried out and locked while it runs."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence

from twisted.application.service import Service
from zope.interface import implementer

from tiktoklive.capture.recorder import Recorder
from tiktoklive.interfaces import (
    IFailingOutput,
    IReceiver,
    IReopenedOutput,
    IStream,
    IStreamOpener,
)
from tiktoklive.model import Ticket


@implementer(IStreamOpener)
class RecordedOpener:
    """
    Opens streams through an opener, and lets a recorder write what they bring.

    :param opener: another one than that of the recorder.
    """

    def __init__(self, recorder: Recorder, opener: IStreamOpener) -> None:
        self._recorder, self._opener = recorder, opener

    def open(self, ticket: Ticket, receiver: IReceiver) -> Awaitable[IStream]:
        """Open the stream; see :meth:`Recorder.open`."""
        return self._recorder.record(self._opener, ticket, receiver)


@implementer(IFailingOutput, IReopenedOutput)
class Recording(Service):
    """
    Watches over the tapes of a :class:`Recorder`, as an output does over its file.

    :param recorder: opens the streams, and records what they bring.
    :param users: who is followed from the start.
    :ivar files: how many files it has open: the tapes, and their locks.
    """

    def __init__(self, recorder: Recorder, users: Sequence[str]) -> None:
        self.setName("record")
        self.files = 2 * len(users)
        self._recorder = recorder
        self._users = users

    def startService(self) -> None:
        """
        Try the tapes out, and keep other processes from recording on them.

        :raise StartError: one of them is no tape, cannot be written, or is another process's.
        """
        try:
            self._recorder.begin(self._users)
        except BaseException:
            self._recorder.end()
            raise
        super().startService()

    def stopService(self) -> None:
        """Let others record on them."""
        super().stopService()
        self._recorder.end()

    @property
    def failing(self) -> str:
        """Why an open stream cannot be recorded now, ``""`` if all can."""
        return self._recorder.failing

    @property
    def renewed(self) -> int:
        """How many times a tape was begun anew, because it was moved or deleted."""
        return self._recorder.renewed

    def reopen(self) -> None:
        """Other tapes may be at the paths: look now."""
        self._recorder.reopen()
