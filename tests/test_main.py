"""Where our programs begin."""

from __future__ import annotations

import subprocess
import sys
from unittest import mock

from twisted.trial.unittest import SynchronousTestCase

from tests.processes import CHECKOUT
from tiktoklive.__main__ import main as daemon
from tiktoklive.command.__main__ import main as command


class BeginTests(SynchronousTestCase):
    """Before anything of theirs is imported."""

    def test_interrupted(self) -> None:
        """Ctrl-C while Twisted is being imported ends them quietly, each with its status."""
        with mock.patch("builtins.__import__", side_effect=KeyboardInterrupt):
            statuses = daemon(), command()
        self.assertEqual((0, 130), statuses)

    def test_light(self) -> None:
        """They import nothing that takes long outside of what sees to Ctrl-C."""
        program = (
            "import sys, tiktoklive.__main__, tiktoklive.command.__main__\n"
            "sys.exit(' '.join(each for each in sys.modules if each.startswith('twisted')))"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True
        )
        self.assertEqual("\n", done.stderr)

    def test_command(self) -> None:
        """The command runs as a module, too, and gives its status on."""
        done = subprocess.run(
            [sys.executable, "-m", "tiktoklive.command", "is-live"],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
        )
        self.assertEqual(
            (2, "tiktoklive: name a user: is-live @name.\n"), (done.returncode, done.stderr)
        )
