"""What the console says once, and what it leaves to the log."""

from __future__ import annotations

import io
import os

from tests.outputs.doubles import origin
from tests.outputs.test_console import ConsoleCase
from tiktoklive.errors import ConnectError, StreamLostError
from tiktoklive.events import Connected, Disconnected, Error, Gap, Reconnecting, Renamed, StreamEnd
from tiktoklive.fallback import all_failed
from tiktoklive.model import State


class OnceTests(ConsoleCase):
    """What became of a connection."""

    def test_told_once(self) -> None:
        """What was told to have failed is not told with the pause after it, and what was not is."""
        here, first, last = origin(), ConnectError("not there"), ConnectError("nor there")
        both = all_failed("No source let us in", [("direct", first), ("signed", last)])
        self.assertEqual(
            [
                "error: The source direct failed: not there",
                "trying again in 1.0 s: signed: nor there",
                "trying again in 2.0 s: No source let us in. (1) direct: not there (2) signed: "
                "nor there",
            ],
            self.tell(
                Error("The source direct failed", first, here),
                Reconnecting(1, 1, both, here),
                Reconnecting(2, 2, both, here),
            ),
        )

    def test_beside_log(self) -> None:
        """On the terminal of the log nothing is said that the log says."""
        here, lost = origin(), StreamLostError("the server closed it")
        with open(self.mktemp(), "w") as one, open(self.mktemp(), "w") as other:
            copy = os.fdopen(os.dup(one.fileno()), "w")
            self.addCleanup(copy.close)
            self.console._stream = one
            for log, lines in ((other, 1), (copy, 0), (one, 0), (io.StringIO(), 1)):
                self.console.log_shown_on(log)
                for told in (
                    Connected(State(), here),
                    Disconnected(lost, here),
                    Reconnecting(1.5, 1, None, here),
                    Error("Error while connecting", lost, here),
                    Renamed("host", "host2", "7", here),
                ):
                    self.assertEqual(lines, len(self.tell(told)), told)
                for told in (
                    StreamEnd(3, here),
                    Gap(1000, 3500, lost, here),
                    Error("Upgrade to websocket failed", lost, here),
                ):
                    self.assertEqual(1, len(self.tell(told)), told)
