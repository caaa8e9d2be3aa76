"""The extension in a real browser, on the simulator's live page, with a daemon that follows."""

from __future__ import annotations

import json
import shutil
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from twisted.internet import reactor as _reactor
from twisted.internet.defer import maybeDeferred
from twisted.internet.endpoints import TCP4ServerEndpoint
from twisted.internet.task import deferLater
from twisted.trial.unittest import TestCase
from twisted.web.server import NOT_DONE_YET

from tests.browser.house import ToOnePort, call
from tests.browser.webdriver import MISSING, Browser
from tests.ownbrowser.case import ENVIRONMENT, TOKEN
from tests.ports import free_port
from tests.stack.case import Recorder, chat
from tiktoklive.daemon.daemon import Daemon, assemble
from tiktoklive.daemon.plan import Plan
from tiktoklive.events import Gap
from tiktoklive.options import Options
from tiktoklive.ownbrowser.extension_zip import FOLDER, ORIGIN
from tiktoklive.ownbrowser.front import PushFront
from tiktoklive.session.retry import Patience
from tiktoklive.simulator import Simulator
from tiktoklive.wire.frames import parse_frame

reactor: Any = _reactor

OPEN = "document.body.dataset.socket === 'open'"
#: Keep these settings, and wait for what is said then.
KEEP = """
    [document.getElementById('address').value, document.getElementById('token').value] = arguments;
    document.querySelector('button').click();
"""
#: Let the worker push something of another page.
SAY = """
    window.port = chrome.runtime.connect();
    const page = { room: "7", anchor: "bea", page: "marker" };
    window.port.postMessage({ ...page, frames: [], at: [], lost: 0 });
"""
#: How often something is looked for, in seconds, and how many times.
STEP, STEPS = 0.05, 400


class SlowWay:
    """
    The way from the browser to the endpoint, on which one push may take its time.

    :ivar hold: what is in the frames of the push that does.
    :ivar held: whether it is on its way.
    :ivar arrived: the pages whose pushes have set out.
    :ivar taken: the pages whose pushes were taken, and whether they said that they are closed.
    """

    def __init__(self) -> None:
        self.hold = b""
        self.arrived: list[str] = []
        self.taken: list[tuple[str, bool]] = []
        self._later: list[Callable[[], None]] = []
        self._post = PushFront._post

    @property
    def held(self) -> bool:
        """Whether a push is on its way."""
        return bool(self._later)

    def post(self, front: PushFront, request: Any) -> Any:
        """In the place of the endpoint's own."""
        shape = json.loads(request.content.read())
        request.content.seek(0)
        self.arrived.append(shape["page"])
        frames = map(b64decode, shape.get("frames", ()))

        def take() -> bytes:
            self.taken.append((shape["page"], shape.get("closed", False)))
            return self._post(front, request)

        def late() -> None:
            request.write(take())
            request.finish()

        if not self.hold or not any(self.hold in parse_frame(each).payload for each in frames):
            return take()
        self._later.append(late)
        return NOT_DONE_YET

    def release(self) -> None:
        """It arrives."""
        self.hold = b""
        while self._later:
            self._later.pop(0)()


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
        self.way = SlowWay()
        self.patch(PushFront, "_post", lambda front, request: self.way.post(front, request))
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
        await self.closes_behind()

    async def closes_behind(self) -> None:
        """The page is closed while its last frames are on their way: "closed" comes behind them."""
        [name] = [page.page for page in self.state.pages]
        self.way.hold = b"seven"
        self.room.push([chat("seven")])
        await self.until(lambda: self.way.held)
        self.way.taken.clear()
        await call(self.browser.open, f"{ORIGIN}/options.html")
        # The worker hears of this port after it has heard that the page's is gone.
        await call(self.browser.run, SAY)
        await self.until(lambda: "marker" in self.way.arrived)
        self.assertEqual([("marker", False)], self.way.taken)
        self.way.release()
        await self.until(lambda: (name, True) in self.way.taken)
        self.assertEqual([("marker", False), (name, False), (name, True)], self.way.taken)
        self.assertEqual("seven", self.seen.comments()[-1])
        self.assertEqual((), self.state.pages)
