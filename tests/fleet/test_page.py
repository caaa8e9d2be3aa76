"""The page on fleets: its program for other clients of Redis reads what this one writes."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from twisted.internet.threads import deferToThread

from tests.fleet.server import MISSING, RedisTestCase
from tests.outputs.doubles import Parts, chat
from tests.processes import ProcessTestCase
from tests.test_pages import CHECKOUT, code_blocks
from tiktoklive.fleet.output import make


class PageTests(RedisTestCase, ProcessTestCase):
    """The program in Python is run as it stands there, but for the address."""

    skip = MISSING or (None if find_spec("redis") else "redis-py is not installed") or None

    async def test_program(self) -> None:
        """It prints a comment that was there, and one that came while it ran, each once."""
        from twisted.internet import reactor

        server = self.server()
        output = make(Parts(reactor), server.url, {})  # type: ignore[arg-type]
        output.startService()
        self.addCleanup(output.stopService)
        output.event(chat("Ann", "first", number=1))
        await output.when_written()
        page = (CHECKOUT / "doc/fleet.rst").read_text("utf-8")
        [program] = code_blocks(page, "python")
        self.assertIn("redis://127.0.0.1:6379/0", program)
        path = Path(self.mktemp())
        path.write_text(program.replace("redis://127.0.0.1:6379/0", server.url), "utf-8")
        process = self.spawn([sys.executable, str(path)])
        assert process.stdout is not None
        self.assertEqual("host chat first\n", await deferToThread(process.stdout.readline))
        output.event(chat("Ann", "second", number=2))
        self.assertEqual("host chat second\n", await deferToThread(process.stdout.readline))
