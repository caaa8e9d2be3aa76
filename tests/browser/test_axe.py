"""What axe finds: ``AXE=FILE``, of the npm package ``axe-core``, says where its script is."""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path

from tests.browser.case import CHOOSE, BrowserCase
from tests.browser.house import call
from tests.browser.messages import chat, followed, gift, liked, poll, present
from tests.browser.test_boards import battle
from tests.browser.test_overlay import CONNECTED

AXE = os.environ.get("AXE", "")

RUN = """
    const done = arguments[0];
    axe.run({ iframes: true }).then(({ violations }) =>
        done(violations.map((each) => [each.id, each.nodes.map((node) => node.html)])));
"""
#: Each page, and what is there when it shows something.
PAGES = {
    "/": ".line.chat",
    "/overlays#alerts": "#option-tiers",
    "/overlays#chat": "#option-fade",
    "/moderator": "#comments .comment",
    "/overlay/chat?box=transparent": "li.chat",
    "/overlay/alerts?seconds=60": ".alert",
    "/overlay/ticker": ".item",
    "/overlay/goal": ".amount",
    "/overlay/top": ".giver",
    "/overlay/counter": ".number",
    "/overlay/battle": ".side",
    "/overlay/poll": ".answer",
}


class AxeTests(BrowserCase):
    """Every page, by light and by dark."""

    if not AXE:
        skip = "AXE names no script"
    timeout = 120

    async def axe(self, script: str, *about: str) -> None:
        """Nothing is to be said of the page as it is now."""
        await self.run_in_page("document.getAnimations().forEach((each) => each.finish())")
        await self.run_in_page(script)
        self.assertEqual([], await call(self.browser.run_async, RUN), about)

    async def test_pages(self) -> None:
        """axe has nothing to say of any page that shows what happens."""
        self.addCleanup(call, self.browser.prefer)
        script = Path(AXE).read_text("utf-8")
        await self.house.open()
        group = 0
        for path, shown in PAGES.items():
            for scheme in ("light", "dark"):
                group += 1
                await call(partial(self.browser.prefer, prefers_color_scheme=scheme))
                overlay = path.startswith("/overlay/")
                await self.open(path, until=CONNECTED if overlay else "document.readyState")
                said = [chat("hello"), gift(group), followed(), liked(50), poll()]
                self.house.room.push([*said, present(100, group), *battle(time.time())])
                await self.wait(f"document.querySelector({shown!r}) !== null")
                await self.axe(script, path, scheme)

    async def test_reader(self) -> None:
        """Nor of what opens on the reader: menus, columns, a user's card, a room alone."""
        script = Path(AXE).read_text("utf-8")
        await self.house.open("alice", "bert")
        await self.open()
        said = [chat("hello"), gift(5, end=True), poll(), *battle(time.time())]
        self.house.room.push(said)
        await self.wait("document.querySelector('.line.card') !== null")
        await self.click("#rooms-menu summary")
        await self.click("#side-by-side")
        await self.axe(script)
        await self.click("#settings-menu summary")
        await self.axe(script)
        await self.run_in_page("document.querySelector('.chat .person').click()")
        await self.wait("document.querySelector('#person .said li')")
        await self.axe(script)
        await self.click("#person .main")
        await self.run_in_page(CHOOSE, "alice")
        await self.wait("document.querySelector('.moment.battle')")
        await self.axe(script)
