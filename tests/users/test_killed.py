"""A daemon that is killed, and begins again with the users that it was told of."""

from __future__ import annotations

import json
import re
import select
import signal
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.test_foreground import KnownCase


class KilledTests(KnownCase):
    """Two daemons with one state file, as processes."""

    def ask(self, path: str, body: Any = None) -> Any:
        """What the API of the daemon that runs answers."""
        request = Request(f"{self.url}api/{path}", body and json.dumps(body).encode())
        request.add_header("Authorization", f"Bearer {'t' * 32}")
        request.add_header("Content-Type", "application/json")
        with urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())

    def daemon(self, state: Path) -> Any:
        """A daemon with that file, whose API can be asked."""
        process = self.start("-o", "web:tcp:0", "--state", str(state), *self.base)
        self.until(" in a browser")
        found = re.search(r"Open (http://127\.0\.0\.1:\d+/) ", self.errors.read_text("utf-8"))
        assert found is not None
        self.url = found[1]
        return process

    def test_killed(self) -> None:
        """Who was added through the API is followed again after kill -9."""
        state = Path(self.mktemp()).absolute()
        process = self.daemon(state)
        self.assertEqual("anna", self.ask("rooms", {"name": "anna"})["name"])
        while not state.exists():
            select.select([], [], [], 0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process = self.daemon(state)
        self.until("@anna: offline")
        [anna] = self.ask("rooms")["rooms"]
        self.assertEqual(("anna", "offline"), (anna["name"], anna["phase"]))
        process.send_signal(signal.SIGTERM)
        self.assertEqual(0, self.finish(process)[0])
