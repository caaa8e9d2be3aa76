"""Take pictures of the pages: ``python -m tests.screenshots DIRECTORY [SECONDS]``.

Two simulated rooms are followed for so many seconds, 60 if not said, by a daemon with its web
output; then a real browser shows the reader page, on a desktop and on a phone, by light and by
dark, and the overlay. Needs chromium and chromedriver.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

from twisted.internet.task import deferLater, react

from tests.browser.house import House, call, leave
from tests.browser.webdriver import Browser
from tiktoklive.simulator import RandomScript

SIZES = {"desktop": (1280, 860), "phone": (390, 844)}
SCHEMES = ("light", "dark")
#: A condition: all pictures are there.
LOADED = "[...document.querySelectorAll('.lines img')].every((each) => each.complete)"
#: Messages per second in each room.
RATE = 3.0
#: More gifts than usual: there should be some in the picture.
MIX = {"chat": 44, "like": 10, "member": 10, "gift": 22, "social": 6, "roomUser": 4, "other": 4}


def take(browser: Browser, address: str, folder: Path) -> None:
    """Open the pages, and write what is to be seen."""

    def keep(name: str) -> None:
        (folder / f"{name}.png").write_bytes(browser.screenshot())

    for size, (width, height) in SIZES.items():
        browser.resize(width, height, phone=size == "phone")
        for scheme in SCHEMES:
            browser.prefer(prefers_color_scheme=scheme)
            browser.open(f"{address}/")
            browser.wait("document.querySelectorAll('.line').length > 20")
            browser.wait("document.querySelector('#chart-viewers .curve')")
            browser.wait(LOADED)
            keep(f"reader-{size}-{scheme}")
    browser.click("#views [data-view=numbers]")
    keep("reader-phone-numbers")
    browser.resize(960, 540)
    browser.open(f"{address}/overlay?fade=0&lines=6")
    browser.wait("document.querySelectorAll('li').length > 5")
    # It is transparent: something must be behind it.
    browser.run("document.documentElement.style.background = '#46505f'")
    keep("overlay")


async def main(reactor: Any, directory: str, seconds: str = "60") -> None:
    """Follow two rooms for a while, and take the pictures."""
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    house = House(reactor)
    house.has_pictures = True
    await house.open("mira.cooks", "nightshift")
    for seed, room in enumerate(house.simulator.rooms.values(), 5):
        ids = {"room_id": room.room_id, "anchor_id": room.anchor_id}
        of_room = {**ids, "owner": room, "pictures": room.pictures}
        room.play(RandomScript(seed, RATE, MIX, clock=reactor, **of_room))
    browser = await call(Browser)
    try:
        await deferLater(reactor, float(seconds))
        await call(partial(take, browser, house.address, folder))
        await leave(browser)
    finally:
        await call(browser.close)
        await house.close()


if __name__ == "__main__":
    react(main, sys.argv[1:] or sys.exit(__doc__))
