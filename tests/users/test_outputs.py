"""Outputs that users name in their options."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from tests.fleet.server import CLIENT_MISSING
from tests.outputs.metrics.scrape import MISSING
from tests.stack.case import StackTestCase
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.interfaces import IOutputMaker
from tiktoklive.plugins import find_maker
from tiktoklive.users import UserOptions
from tiktoklive.users.outputs import check_outputs


class NamesTests(StackTestCase):
    """What outputs are called that a program adds itself, without the daemon's numbers."""

    def test_kinds(self) -> None:
        """Each is called by its kind, and can be chosen by that."""
        secret = Path(self.mktemp())
        secret.touch(0o600)
        secret.write_text(f"whsec_{b64encode(bytes(24)).decode()}", "utf-8")
        for kind, argument in (
            ("console", ""),
            ("jsonl", self.mktemp()),
            ("sqlite", self.mktemp()),
            *([] if CLIENT_MISSING else [("redis", "redis://127.0.0.1")]),
            ("webhook", f"https://hooks.example/#secret-file={secret}"),
            *([] if MISSING else [("metrics", "127.0.0.1:0")]),
            ("web", "127.0.0.1:0"),
            ("feed", "127.0.0.1:0"),
        ):
            output = find_maker(IOutputMaker, kind).make(self.wiring, argument)
            subscription = Dispatcher().add_observer(output)
            self.assertEqual(kind, subscription.name)
            check_outputs(UserOptions(outputs=(kind,)), [subscription])
