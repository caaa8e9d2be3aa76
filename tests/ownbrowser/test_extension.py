"""The extension in a real browser, on the simulator's live page, with a daemon that follows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from twisted.internet import reactor as _reactor
from twisted.internet.defer import maybeDeferred
from twisted.internet.endpoints import TCP4ServerEndpoint
from twisted.internet.task import deferLater
from twisted.trial.unittest import TestCase

from tests.browser.house import ToOnePort, call, free_port
from tests.browser.webdriver import MISSING, Browser
from tests.ownbrowser.case import ENVIRONMENT, TOKEN
from tests.stack.case import Recorder, chat
from tiktoklive.daemon.daemon import Daemon, assemble
from tiktoklive.daemon.plan import Plan
from tiktoklive.events import Gap
from tiktoklive.options import Options
from tiktoklive.ownbrowser.extension_zip import FOLDER, ORIGIN
from tiktoklive.session.retry import Patience
from tiktoklive.simulator import Simulator

reactor: Any = _reactor

OPEN = "document.body.dataset.socket === 'open'"
#: Keep these settings, and wait for what is said then.
KEEP = """
    [document.getElementById('address').value, document.getElementById('token').value] = arguments;
    document.querySelector('button').click();
"""
#: How often something is looked for, in seconds, and how many times.
STEP, STEPS = 0.05, 400


class ExtensionTests(TestCase):
    """It pushes what the page's own socket receives, whatever becomes of page and daemon."""

    if MISSING:
        skip = MISSING
    timeout = 120

    async def setUp(self) -> None:
        self.simulator = Simulator(reactor, seed=3)
        self.room = self.simulator.add_room("alice")
        endpoint = TCP4ServerEndpoint(reactor, 0, interface="127.0.0.1")
        self.listening = await endpoint.listen(self.simulator.site())
        self.at = self.listening.getHost().port
        self.page = f"http://127.0.0.1:{self.at}/@alice/live"
        self.port = free_port()
        self.seen = Recorder()
        self.daemon: Daemon | None = None
        self.start()
        self.browser = await call(lambda: Browser(extension=str(self.extension())))
        self.addCleanup(self.close)

    def extension(self) -> Path:
        """As it is shipped, but that the simulator's pages are TikTok's."""
        folder = Path(self.mktemp()).resolve()
        shutil.copytree(FOLDER, folder)
        path = folder / "manifest.json"
        manifest = json.loads(path.read_text("utf-8"))
        for scripts in manifest["content_scripts"]:
            scripts["matches"].append("http://127.0.0.1/*")
        path.write_text(json.dumps(manifest), "utf-8")
        return folder

    def start(self) -> None:
        """Start the daemon, for the first time or again."""
        source = f"browser:tcp:{self.port}:interface=127.0.0.1"
        settings = Options(sources=(source,), patience=Patience(first=0.1, most=0.5))
        plan = Plan(users=("alice",), outputs=(), settings=settings)
        with patch.dict("os.environ", ENVIRONMENT):
            self.daemon = assemble(reactor, plan, network=ToOnePort(reactor, self.at))
        self.daemon.live.add_observer(self.seen)
        self.daemon.privilegedStartService()  # type: ignore[no-untyped-call]  # Twisted's
        self.daemon.startService()  # type: ignore[no-untyped-call]  # Twisted's

    async def stop(self) -> None:
        """Stop it."""
        daemon, self.daemon = self.daemon, None
        if daemon is not None:
            await daemon.stopService()

    async def close(self) -> None:
        """Stop all."""
        await call(self.browser.close)
        await self.stop()
        await self.simulator.stop()
        await maybeDeferred(self.listening.stopListening)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so."""
        for _ in range(STEPS):
            if condition():
                return
            await deferLater(reactor, STEP)
        self.fail(f"never so: {self.state} {self.seen.comments()}")

    async def says(self, text: str) -> None:
        """Somebody says something, and it arrives."""
        self.room.push([chat(text)])
        await self.until(lambda: text in self.seen.comments())

    @property
    def state(self) -> Any:
        """How the room is doing."""
        assert self.daemon is not None
        return self.daemon.live.status()["alice"]

    async def show(self) -> None:
        """Open the page, and wait until it is in the room."""
        await call(self.browser.open, self.page)
        await call(self.browser.wait, OPEN)
        await self.until(lambda: any(viewer.entered for viewer in self.simulator.viewers))

    async def test_pushed(self) -> None:
        """Two tabs, one that is closed and comes back, a daemon that restarts: nothing twice."""
        await call(self.browser.open, f"{ORIGIN}/options.html")
        await call(self.browser.run, KEEP, f"http://127.0.0.1:{self.port}/", "wrong" * 5)
        said = "document.getElementById('said').textContent"
        await call(self.browser.wait, f"{said}.includes('another one')")
        await call(self.browser.run, KEEP, f"http://127.0.0.1:{self.port}/", TOKEN)
        await call(self.browser.wait, f"{said}.includes('It works')")
        # One page.
        await self.show()
        await self.until(lambda: self.state.phase == "live")
        await self.says("one")
        [page] = self.state.pages
        self.assertEqual((self.room.room_id, "alice"), (page.room, page.anchor))
        # A second tab of the same room, which is closed again.
        await call(self.browser.open_tab)
        await self.show()
        await self.until(lambda: len(self.state.pages) == 2)
        await self.says("two")
        await call(self.browser.close_tab)
        await self.until(lambda: len(self.state.pages) == 1)
        await self.says("three")
        self.assertEqual([], self.seen.of(Gap))
        # The page is closed, and comes back.
        await call(self.browser.open, "about:blank")
        await self.until(lambda: self.state.phase == "waiting")
        await self.until(lambda: "No page of @alice pushes" in self.state.reason)
        self.room.push([chat("missed")])
        await self.show()
        await self.says("four")
        await self.until(lambda: self.seen.of(Gap))
        self.assertEqual(1, len(self.seen.of(Gap)))
        # The daemon restarts, and the page does not notice.
        await self.stop()
        self.room.push([chat("five")])
        await call(self.browser.wait, OPEN)
        self.start()
        await self.until(lambda: "five" in self.seen.comments())
        await self.says("six")
        said_so_far = [text for text in self.seen.comments() if text != "missed"]
        self.assertEqual("one two three four five six".split(), said_so_far)
        for viewer in self.simulator.viewers:
            self.assertEqual([], [*viewer.complaints, *viewer.bad_acks])
        self.assertEqual(0, sum(viewer.withheld for viewer in self.simulator.viewers))
