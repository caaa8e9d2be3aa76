"""How far it is from ``connect()`` to live, and from a loss to waiting."""

from __future__ import annotations

from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

from tests.stack.case import chat
from tests.walks import Call, CallPath, Tracer, walk
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.model import parse_unique_id
from tiktoklive.testing import settle, simulated
from tiktoklive.wire.frames import heartbeat
from tiktoklive.wiring import standard_wiring

MAP = Path(__file__).resolve().parent.parent.joinpath("doc", "architecture.rst").read_text("utf-8")


class WalkTests(SynchronousTestCase):
    """Nobody who reads the code in its order has to change files more often than this."""

    def setUp(self) -> None:
        walk()  # what is imported on the way is imported now
        self.connect, self.loss = walk()

    def test_connect(self) -> None:
        """To live it is so many changes of file, of which few are inside ``session/``."""
        self.assertLessEqual(self.connect.changes, 120, self.connect.short())
        self.assertLessEqual(self.connect.hops(), 10, self.connect.short())

    def test_loss(self) -> None:
        """To waiting it is so many."""
        self.assertLessEqual(self.loss.changes, 18, self.loss.short())
        self.assertLessEqual(self.loss.hops(), 3, self.loss.short())

    def test_all_of_it(self) -> None:
        """The walks pass by what they are known to pass by."""
        for path, files in (
            (
                self.connect,
                "session/machine.py rooms/api_live.py signing/direct.py net/websocket.py",
            ),
            (self.loss, "session/core.py stream/gaps.py session/retry.py session/log.py"),
        ):
            passed = {call.file for call in path.calls}
            self.assertEqual(set(), set(files.split()) - passed)

    def test_documented(self) -> None:
        """The map of the house shows both walks as they are, as far as the session goes."""
        for path in (self.connect, self.loss):
            lines = [line for line in path.short().splitlines() if line.startswith("session/")]
            self.assertLess(5, len(lines))
            self.assertEqual([], [line for line in lines if line not in MAP], "not as in the map")


class TracerTests(SynchronousTestCase):
    """What counts as a call, a change, and a hop."""

    def test_calls(self) -> None:
        """Named functions of the package count, in their order; others do not."""
        tracer = Tracer()

        def act() -> None:
            parse_unique_id("@alice")
            sorted("ba", key=lambda each: each)
            heartbeat("5", 1)

        tracer.trace(act)
        files = [file for file, _ in CallPath(tracer.calls).stays]
        self.assertEqual(("wire/unique_id.py", "wire/frames.py"), (files[0], files[-1]))
        self.assertEqual("parse_unique_id", tracer.calls[0].function)

    def test_theirs(self) -> None:
        """What the simulator calls is no call of ours; what it sent, and what arrives, is."""
        network, tiktok = simulated()
        room = tiktok.add_room("alice")
        tracer, said = Tracer(), chat("hello")
        connection = WebcastPushConnection(
            "@alice", wiring=standard_wiring(network.clock, network=network)
        )
        connection.connect()
        settle(network)
        tracer.trace(lambda: room.push([said]))
        self.assertEqual([], tracer.calls)
        tracer.trace(lambda: settle(network))
        self.assertIn("Conversation.frame", [call.function for call in tracer.calls])
        connection.disconnect()
        settle(network, 1)

    def test_figures(self) -> None:
        """A change is another file; a hop is one inside the room."""
        files = "a.py a.py session/b.py session/c.py d.py session/b.py".split()
        path = CallPath([Call(file, 1, "f") for file in files])
        self.assertEqual((4, 1), (path.changes, path.hops()))
        lines = ["    a", "session/b.py: f", "session/c.py: f", "    d", "session/b.py: f"]
        self.assertEqual(lines, path.short().splitlines())
