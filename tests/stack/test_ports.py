"""Who is told about, is told with the port."""

from __future__ import annotations

from dataclasses import replace

from twisted.trial.unittest import SynchronousTestCase
from twisted.web.resource import _UnsafeForbiddenResource as ForbiddenResource
from twisted.web.server import Site

from tests.seams import ROOM
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.errors import TikTokLiveError
from tiktoklive.options import Options
from tiktoklive.signing.options import SignProviderOptions
from tiktoklive.testing import MemoryNetwork, settle
from tiktoklive.wiring import standard_wiring

#: A port for each of those who are asked.
PAGES, API, SOCKETS, SIGNER = 8401, 8402, 8403, 8404

OPTIONS = Options(
    web_base=f"http://pages.example:{PAGES}",
    webcast_base=f"http://api.example:{API}",
    ws_base=f"ws://sockets.example:{SOCKETS}",
    sign_provider_options=SignProviderOptions(host=f"http://signer.example:{SIGNER}"),
)


#: A source, whether the user is looked up first, and who is asked then.
ASKED = (
    ("direct", True, f"pages.example:{PAGES}"),
    ("direct", False, f"sockets.example:{SOCKETS}"),
    ("signed", False, f"signer.example:{SIGNER}"),
)


class PortTests(SynchronousTestCase):
    """A whole connection, whose servers are at ports of their own."""

    def error(self, network: MemoryNetwork, source: str, look_up: bool) -> str:
        """What is said when it fails."""
        options = replace(OPTIONS, sources=(source,), ttwid="x" * 20)
        wiring = standard_wiring(network.clock, options, network=network)
        connection = WebcastPushConnection("alice", wiring=wiring)
        connecting = connection.connect() if look_up else connection.connect(ROOM.room_id)
        settle(network, 90)
        error = self.failureResultOf(connecting, TikTokLiveError).value
        wiring.close()
        settle(network)
        return str(error)

    def test_nobody_listens(self) -> None:
        """A host that is not reached is told with its port, each of them."""
        for source, look_up, place in ASKED:
            network = MemoryNetwork()
            network.refuse(place.partition(":")[0])
            self.assertIn(f"{place} could not be reached", self.error(network, source, look_up))

    def test_nobody_answers(self) -> None:
        """Nor is one left out that takes its time."""
        for source, look_up, place in ASKED:
            network = MemoryNetwork()
            network.silence(place.partition(":")[0])
            self.assertIn(f"{place} ", self.error(network, source, look_up))

    def test_refused(self) -> None:
        """An answer that is none is told with the port of who gave it."""
        for source, look_up, place in ASKED:
            network = MemoryNetwork()
            host, _, port = place.partition(":")
            network.add(host, int(port), Site(ForbiddenResource(), reactor=network.clock))
            self.assertIn(f"({place})", self.error(network, source, look_up))
