"""The example of a distribution that adds a kind of output."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from random import Random
from types import ModuleType

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.interfaces import IOutput, IOutputMaker
from tiktoklive.plugins import find_maker
from tiktoklive.service import LiveService
from tiktoklive.testing import settle, simulated
from tiktoklive.wire.messages import MESSAGE_TYPES
from tiktoklive.wiring import standard_wiring

CHECKOUT = Path(__file__).resolve().parent.parent

EXAMPLES = CHECKOUT / "doc" / "examples"


class OwnOutputTests(SynchronousTestCase):
    """The example of a distribution that adds a kind of output."""

    def setUp(self) -> None:
        """Let it be importable, as if it were installed."""
        here = EXAMPLES / "own_output"
        sys.path.insert(0, str(here))
        self.addCleanup(sys.path.remove, str(here))
        self.addCleanup(sys.modules.pop, "loudness", None)
        self.plugins = ModuleType("plugins_of_own_output")
        plugin_file = here / "twisted" / "plugins" / "loudness_plugins.py"
        vars(self.plugins).update(runpy.run_path(str(plugin_file)))

    def test_plugin(self) -> None:
        """The plugin file holds one maker of outputs, and imports nothing else of the example."""
        self.assertTrue(IOutputMaker.providedBy(self.plugins.loudness))
        self.assertNotIn("loudness", sys.modules)

    def test_counts(self) -> None:
        """The output that it makes counts comments and writes them once a minute."""
        network, simulator = simulated()
        room = simulator.add_room("anna")
        wiring = standard_wiring(network.clock, network=network, random=Random(1))
        path = Path(self.mktemp())
        output = self.plugins.loudness.make(wiring, str(path))
        self.assertTrue(IOutput.providedBy(output))
        live = LiveService(wiring)
        live.add("anna")
        live.add_observer(output)
        live.startService()
        output.startService()
        settle(network, 1)
        chat = MESSAGE_TYPES["WebcastChatMessage"](content="hello").SerializeToString()
        room.push([("WebcastChatMessage", chat), ("WebcastChatMessage", chat)])
        settle(network, 60)
        self.assertEqual("2 anna\n", path.read_text("utf-8"))
        output.stopService()
        live.stopService()
        settle(network, 5)
        self.assertEqual("", path.read_text("utf-8"))

    def test_argument(self) -> None:
        """Without a file it says what is missing."""
        error = self.assertRaises(ValueError, self.plugins.loudness.make, None, "")
        self.assertIn("loudness:FILE", str(error))

    def test_kind(self) -> None:
        """No built-in output has the kind that the example adds."""
        self.assertRaises(ValueError, find_maker, IOutputMaker, "loudness")
