"""The example of a distribution that adds a kind of source."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from random import Random
from typing import Any

from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase

import twisted.plugins
from tests.stack.case import chat
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.events import Chat
from tiktoklive.interfaces import ISourceMaker
from tiktoklive.model import Resume, Room
from tiktoklive.options import Options
from tiktoklive.plugins import kinds
from tiktoklive.testing import settle, simulated
from tiktoklive.wiring import standard_wiring

EXAMPLES = Path(__file__).resolve().parent.parent / "doc" / "examples"


class OwnSourceTests(SynchronousTestCase):
    """A stranger's package is a source by its name alone."""

    def setUp(self) -> None:
        """Let it be found, as if it were installed."""
        here = Path(self.mktemp()).resolve()
        shutil.copytree(EXAMPLES / "own_source", here)
        self.patch(sys, "path", [str(here), *sys.path])
        found = [str(here / "twisted" / "plugins"), *twisted.plugins.__path__]
        self.patch(twisted.plugins, "__path__", found)
        for name in "handed", "twisted.plugins.handed_plugins":
            self.addCleanup(sys.modules.pop, name, None)
        self.network, self.simulator = simulated()
        self.room = self.simulator.add_room("anna")
        self.path = here / "addresses.json"

    def wiring(self, *sources: str) -> Any:
        """A wiring of these sources."""
        options = Options(sources=sources, process_initial_data=False)
        return standard_wiring(self.network.clock, options, network=self.network, random=Random(1))

    def hand(self) -> None:
        """Write the address of a socket, as the other program does: one that TikTok takes."""
        direct = self.wiring("direct")
        room = Room("anna", self.room.room_id)
        asked = Deferred.fromCoroutine(direct.signer.sign(room, Resume()))
        settle(self.network, 1)
        ticket = self.successResultOf(asked)
        told = {"url": ticket.url, "headers": ticket.headers, "cookies": ticket.cookies}
        self.path.write_text(json.dumps({self.room.room_id: told}), "utf-8")

    def test_found(self) -> None:
        """It is one more kind beside the built-in ones, and none of it is imported before."""
        self.assertLessEqual(
            {"handed", "direct", "signed"}, {maker.kind for maker in kinds(ISourceMaker)}
        )
        self.assertNotIn("handed", sys.modules)
        error = self.assertRaises(ValueError, self.wiring, "handed")
        self.assertIn("source handed cannot be used. Say where the addresses are", str(error))

    def test_used(self) -> None:
        """Rooms are entered by it; until there is an address the next source has its turn."""
        wiring = self.wiring(f"handed:{self.path}", "direct")
        seen: list[tuple[str, str]] = []
        for used in ("direct", "handed"):
            connection = WebcastPushConnection("anna", wiring=wiring)
            connection.on(Chat, lambda event: seen.append((event.comment, event.origin.source)))
            connection.connect()
            settle(self.network, 1)
            self.room.push([chat(used)])
            settle(self.network, 1)
            connection.disconnect()
            settle(self.network, 5)
            self.hand()
        self.assertEqual([("direct", "direct"), ("handed", "handed")], seen)
        self.assertEqual(["handed", "direct"], [each.name for each in wiring.sources])

    def test_two_of_a_kind(self) -> None:
        """Two with arguments of their own have names of their own."""
        names = [each.name for each in self.wiring("handed:a", "handed:b").sources]
        self.assertEqual(["handed", "handed-2"], names)
