"""What tests of a service have in common."""

from __future__ import annotations

from tests.stack.case import StackTestCase
from tiktoklive.service import LiveService


class ServiceTestCase(StackTestCase):
    """A service that follows users of the simulated TikTok; alice is live."""

    def setUp(self) -> None:
        super().setUp()
        self.service = LiveService(self.wiring)
        self.service.add_observer(self.seen)
        self.services.append(self.service)

    def phases(self) -> dict[str, str]:
        """What each connection is doing."""
        return {name: state.phase for name, state in self.service.status().items()}

    def start(self, *names: str) -> None:
        """Follow these, and let the network settle."""
        for name in names:
            self.service.add(name)
        self.service.startService()
        self.settle()
