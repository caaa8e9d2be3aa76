"""The moderator's page on a phone, and an overlay that waits for what moderators decide."""

from __future__ import annotations

from functools import partial

from tests.browser.case import BrowserCase
from tests.browser.house import call
from tests.browser.messages import chat
from tests.browser.test_overlay import CONNECTED, lines

OPEN = "document.getElementById('link').dataset.state === 'open'"
#: The button of a class beside a comment.
BUTTON = """
    [...document.querySelectorAll('#comments .comment')]
        .find((each) => each.querySelector('.text').textContent === arguments[0])
        ?.querySelector('button.' + arguments[1])
"""
PINNED = "document.querySelector('.pinned .text')?.textContent"


class ModeratorTests(BrowserCase):
    """One page decides, another one shows."""

    async def overlay(self, query: str) -> None:
        """An overlay that remembers all that it ever showed, and beside it the moderator's page."""
        await self.house.open()
        await self.open(f"/overlay/chat?fade=0&pictures=0&{query}", until=CONNECTED)
        await self.run_in_page(
            """
            window.shown = "";
            const look = () => (window.shown += document.getElementById("lines").innerText);
            new MutationObserver(look).observe(document.body, {childList: true, subtree: true});
            """
        )
        await call(self.browser.open_tab)
        self.addCleanup(call, self.browser.resize, 1280, 860)
        await call(partial(self.browser.resize, 390, 844, phone=True))
        await self.open("/moderator", until=OPEN)
        await self.wait("document.getElementById('room').value === 'alice'")

    async def press(self, comment: str, button: str) -> None:
        """Press a button beside a comment, as a thumb would."""
        await self.wait(BUTTON, comment, button)
        await self.run_in_page(f"({BUTTON}).click()", comment, button)

    async def test_held(self) -> None:
        """What is hidden while it waits is never shown; the rest is, when its time has come."""
        await self.overlay("hold=5")
        self.house.room.push([chat("rude"), chat("spam", "Eve", 9), chat("kind")])
        await self.press("rude", "hide")
        await self.press("spam", "block")
        await self.wait("document.querySelectorAll('#comments .off').length === 2")
        blocked = "document.querySelector('#blocked .name')?.textContent === 'Eve'"
        await self.click("#tab-blocked")
        await self.wait(f"{blocked} && document.getElementById('blocked').checkVisibility()")
        await call(self.browser.close_tab)
        await self.wait(lines("Bob kind"))
        shown = await self.run_in_page("return window.shown")
        self.assertIn("kind", shown)
        self.assertNotIn("rude", shown)
        self.assertNotIn("spam", shown)
        self.assertEqual([], await self.complaints())

    async def test_shown_before(self) -> None:
        """What was shown already goes when it is hidden, and a pinned comment stays."""
        await self.overlay("lines=1")
        self.house.room.push([chat("rude"), chat("<b>stay</b>")])
        await self.press("rude", "hide")
        await self.press("<b>stay</b>", "pin")
        await self.wait("document.querySelector('#pinned .text')?.textContent === '<b>stay</b>'")
        fits = "return document.documentElement.scrollWidth <= innerWidth"
        self.assertTrue(await self.run_in_page(fits))
        smallest = "return Math.min(...[...document.querySelectorAll('#comments button')].map("
        self.assertGreaterEqual(await self.run_in_page(smallest + "(e) => e.offsetHeight))"), 44)
        await call(self.browser.close_tab)
        await self.wait(f"{PINNED} === '<b>stay</b>'")
        self.house.room.push([chat("the next")])
        await self.wait(lines("Bob the next"))
        # Also after it was loaded again: the server knows.
        await self.open("/overlay/chat?fade=0", until=f"{PINNED} === '<b>stay</b>'")
