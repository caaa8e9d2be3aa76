"""What all tests of pages need: a browser, a house, and words for what a page shows."""

from __future__ import annotations

import atexit
from functools import cache
from typing import Any

from twisted.internet import reactor as _reactor
from twisted.trial.unittest import TestCase

from tests.browser.house import House, call, leave
from tests.browser.webdriver import MISSING, Browser

reactor: Any = _reactor

CONNECTED = "document.getElementById('link').dataset.state === 'open'"
#: The texts of the comments that are shown, in their order.
COMMENTS = "[...document.querySelectorAll('.chat .text')].map((each) => each.textContent)"

#: Choose a room.
CHOOSE = """
    const select = document.getElementById("room");
    select.value = arguments[0];
    select.dispatchEvent(new Event("change"));
"""


def shows(*comments: str) -> str:
    """A condition: these comments are shown, and no others."""
    return f"JSON.stringify({COMMENTS}) === JSON.stringify({list(comments)!r})"


@cache
def shared_browser() -> Browser:
    """The one browser of this process: starting it takes longer than most tests."""
    browser = Browser()
    atexit.register(browser.close)
    return browser


class BrowserCase(TestCase):
    """One house for each test, and with its port storage of its own."""

    if MISSING:
        skip = MISSING
    timeout = 60

    async def setUp(self) -> None:
        self.browser = await call(shared_browser)
        self.house = House(reactor)
        self.addCleanup(self.house.close)
        self.addCleanup(leave, self.browser)
        self.browser.requested()
        self.browser.complaints()

    async def open(self, path: str = "/", until: str = CONNECTED) -> None:
        """Open a page, and wait until it is connected."""
        await call(self.browser.open, self.house.address + path)
        await self.wait(until)

    async def wait(self, condition: str, *arguments: Any) -> Any:
        """Wait until something is true in the page."""
        return await call(self.browser.wait, condition, *arguments)

    async def run_in_page(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page."""
        return await call(self.browser.run, script, *arguments)

    async def click(self, selector: str) -> None:
        """Click on something."""
        await call(self.browser.click, selector)

    async def hosts(self) -> set[str]:
        """The hosts that the page asked for something."""
        addresses = await call(self.browser.requested)
        return {each.split("/")[2] for each in addresses if each.startswith("http")}

    async def complaints(self) -> list[str]:
        """What is on the console."""
        return await call(self.browser.complaints)
