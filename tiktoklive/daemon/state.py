"""The state file, as those see it who watch over what the daemon writes."""

from __future__ import annotations

from twisted.application.service import Service
from zope.interface import implementer

from tiktoklive.interfaces import IFailingOutput
from tiktoklive.service import LiveService


@implementer(IFailingOutput)
class StateFile(Service):
    """
    Tells whether the state file can be written: ``/readyz``, the status and the metrics ask.

    :ivar files: how many files it has open: its lock.
    :ivar renewed: it is never begun anew.
    """

    def __init__(self, live: LiveService) -> None:
        self.setName("state")
        self.files = 1
        self.renewed = 0
        self._live = live

    @property
    def failing(self) -> str:
        """Why it cannot be written now, ``""`` if it can."""
        return self._live.state_failing
