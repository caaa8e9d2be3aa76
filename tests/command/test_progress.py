"""The bar that shows how far a long work is."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr
from unittest import mock

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.command.progress import progress_bar

try:
    import rich
except ImportError:
    NO_RICH = "rich is not installed: the extra progress"
else:
    NO_RICH = ""
    del rich


class Terminal(io.StringIO):
    """What says that it is one."""

    def isatty(self) -> bool:
        """It does."""
        return True


class ProgressTests(SynchronousTestCase):
    """Only where somebody sees it."""

    def shown(self, stream: io.StringIO) -> str:
        """What is on standard error after half of the work."""
        with mock.patch.dict("os.environ", {"TERM": "xterm"}), redirect_stderr(stream):
            with progress_bar("reading") as progress:
                progress(1, 2)
        return stream.getvalue()

    def test_terminal(self) -> None:
        """A terminal shows what is being done, and how much of it."""
        shown = self.shown(Terminal())
        self.assertIn("reading", shown)
        self.assertIn("50%", shown)

    if NO_RICH:
        test_terminal.skip = NO_RICH  # type: ignore[attr-defined]

    def test_file(self) -> None:
        """A file, or another program, gets nothing."""
        self.assertEqual("", self.shown(io.StringIO()))

    def test_without(self) -> None:
        """Without rich the work is done all the same."""
        gone = dict.fromkeys(("rich", "rich.console", "rich.progress"))
        with mock.patch.dict(sys.modules, gone):
            self.assertEqual("", self.shown(Terminal()))
