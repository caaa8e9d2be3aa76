"""The page on fleets: its programs for other clients of Redis read what this one writes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from twisted.internet.threads import deferToThread

from tests.fleet.server import MISSING, RedisServer, RedisTestCase
from tests.outputs.doubles import Parts, chat
from tests.processes import ProcessTestCase
from tests.test_pages import CHECKOUT, code_blocks
from tiktoklive.fleet.output import RedisOutput, make

ADDRESS = "redis://127.0.0.1:6379/0"


def modules_of_node() -> Path | None:
    """Where Node finds ioredis; ``NODE_PATH`` may say it.  ``None`` if it does not."""
    node = shutil.which("node")
    if node is None:
        return None
    words = [node, "-e", "console.log(require.resolve('ioredis/package.json'))"]
    found = subprocess.run(words, capture_output=True, check=False, encoding="utf-8")
    return Path(found.stdout.strip()).parent.parent if found.returncode == 0 else None


class PageTests(RedisTestCase, ProcessTestCase):
    """The programs are run as they stand there, but for the address."""

    def writer(self, server: RedisServer) -> RedisOutput:
        """What appends events."""
        from twisted.internet import reactor

        output = make(Parts(reactor), server.url, {})  # type: ignore[arg-type]
        output.startService()
        self.addCleanup(output.stopService)
        return output

    def program(self, language: str, ending: str, address: str) -> Path:
        """The program in a language, in a file in a folder of its own."""
        page = (CHECKOUT / "doc/fleet.rst").read_text("utf-8")
        [program] = code_blocks(page, language)
        self.assertIn(ADDRESS, program)
        path = Path(self.mktemp()).absolute() / f"program{ending}"
        path.parent.mkdir()
        path.write_text(program.replace(ADDRESS, address), "utf-8")
        return path

    async def test_python(self) -> None:
        """It prints a comment that was there, and one that came while it ran, each once."""
        server = self.server()
        output = self.writer(server)
        output.event(chat("Ann", "first", number=1))
        await output.when_written()
        process = self.spawn([sys.executable, str(self.program("python", ".py", server.url))])
        for number, text in enumerate(("first", "second", "third"), 1):
            if number > 1:
                output.event(chat("Ann", text, number=number))
            self.assertEqual(f"host chat {text}\n", await self.line(process))

    async def test_node(self) -> None:
        """It prints what comes while it runs."""
        server = self.server()
        output = self.writer(server)
        path = self.program("javascript", ".mjs", server.path)
        modules = modules_of_node()
        assert modules is not None
        (path.parent / "node_modules").symlink_to(modules)
        process = self.spawn(["node", str(path)])
        other = await self.connected(server)
        while b"cmd=xread" not in await other.call("CLIENT", "LIST"):
            await self.moment()
        for number, text in enumerate(("first", "second"), 1):
            output.event(chat("Ann", text, number=number))
            self.assertEqual(f"host chat {text}\n", await self.line(process))

    @staticmethod
    async def line(process: Any) -> str:
        """The next line that a program prints."""
        said: str = await deferToThread(process.stdout.readline)
        return said

    if not MISSING and find_spec("redis") is None:
        test_python.skip = "redis-py is not installed"  # type: ignore[attr-defined]
    if not MISSING and modules_of_node() is None:
        test_node.skip = "there is no Node with ioredis"  # type: ignore[attr-defined]
