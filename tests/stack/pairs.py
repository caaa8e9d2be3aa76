"""Connections with two streams."""

from __future__ import annotations

from typing import Any

from tests.stack.case import SILENT, StackTestCase, chat
from tiktoklive.model import StreamsState
from tiktoklive.options import Options
from tiktoklive.simulator import Viewer

TWO = Options(limits=SILENT, streams=2)


class PairCase(StackTestCase):
    """A connection with two streams."""

    options = TWO

    def pair(self) -> Any:
        """A connection that follows as a service, with both streams live."""
        connection = self.follow()
        self.settle(1)
        self.assertEqual(2, connection.get_state().streams.open)
        return connection

    def say(self, text: str) -> None:
        """A comment, which arrives."""
        self.room.push([chat(text)])
        self.settle(0.1)

    @property
    def viewers(self) -> list[Viewer]:
        """The viewers that are connected now, the older one first."""
        return list(self.tiktok.viewers)

    def streams(self, connection: Any) -> StreamsState:
        """How both are doing."""
        found = connection.get_state().streams
        assert isinstance(found, StreamsState)
        return found
