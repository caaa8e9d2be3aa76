"""Take pictures of the pages: ``python -m tests.screenshots DIRECTORY [SECONDS]``.

Two simulated rooms are followed for so many seconds, 60 if not said, by a daemon with its web
output; then a real browser shows the reader page, on a desktop and on a phone, by light and by
dark, the page that builds overlays, each overlay on a ground like video and on a checkered one,
and a scene with several. ``streaming-builder`` and ``streaming-scene`` stand in the documentation.
Needs chromium and chromedriver.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from twisted.internet.task import deferLater, react

from tests.browser.house import House, call, leave
from tests.browser.messages import poll
from tests.browser.test_boards import battle
from tests.browser.webdriver import Browser
from tiktoklive.simulator import RandomScript
from tiktoklive.wire.giving_pb2 import WebcastGiftMessage

SIZES = {"desktop": (1280, 860), "phone": (390, 844)}
SCHEMES = ("light", "dark")
#: A condition: all pictures are there.
LOADED = "[...document.querySelectorAll('.lines img')].every((each) => each.complete)"
#: Messages per second in each room.
RATE = 3.0
#: More gifts than usual: there should be some in the picture.
MIX = {"chat": 44, "like": 10, "member": 10, "gift": 22, "social": 6, "roomUser": 4, "other": 4}
#: Whether an animation is over, or goes on for ever.
IS_OVER = "(each) => each.playState !== 'running' || each.effect.getTiming().iterations > 9"
RESTING = f"document.getAnimations().every({IS_OVER})"
#: Each overlay: its usual size, its query, and what is there when it shows something.
OVERLAYS = {
    "chat": (600, 700, "fade=0", "li.chat"),
    "alerts": (800, 500, "seconds=60", ".alert"),
    "goal": (700, 160, "goal=diamonds&target=5000", ".full"),
    "top": (480, 420, "", ".giver"),
    "counter": (400, 160, "", ".number"),
    "battle": (800, 180, "", ".side"),
    "poll": (560, 360, "", ".answer"),
}
#: Chat, alerts and a goal, as OBS would lay them over the picture.
SCENE = """
    const parts = [
        ["chat?room=mira.cooks&size=17&fade=0&lines=7&box=transparent", 12, 120, 300, 320],
        ["alerts?room=mira.cooks&size=22&seconds=60&tiers=99,5e3,1e4&show=gift", 250, 99, 400, 300],
        ["goal?room=mira.cooks&size=17&target=10000&again=1&title=A+new+lamp", 210, 8, 380, 90],
    ];
    document.body.replaceChildren(...parts.map(([address, left, top, width, height]) => {
        const frame = Object.assign(document.createElement("iframe"), { width, height });
        Object.assign(frame.style, { position: "absolute", left: `${left}px`, top: `${top}px`,
            border: "0", colorScheme: "only light" });
        frame.src = `/overlay/${address}`;
        return frame;
    }));
"""


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


def lay(browser: Browser, ground: str) -> None:
    """Overlays are transparent: put a ground of the builder's behind them."""
    browser.run(
        """
        const link = document.createElement("link");
        Object.assign(link, { rel: "stylesheet", href: "/static/overlays.css" });
        document.head.append(link);
        document.documentElement.dataset.ground = arguments[0];
        """,
        ground,
    )
    browser.wait("getComputedStyle(document.documentElement).backgroundImage !== 'none'")


def take_overlays(browser: Browser, address: str, folder: Path, give: Callable[[], None]) -> None:
    """Open each overlay, in its usual size and narrow, and write what is to be seen."""
    for kind, (width, height, query, shown) in OVERLAYS.items():
        for size in ((width, height), (300, min(height, 500))):
            browser.resize(*size)
            browser.open(f"{address}/overlay/{kind}?room=mira.cooks&{query}")
            browser.wait("document.body.dataset.link === 'open'")
            give()
            browser.wait(f"document.querySelector({shown!r}) !== null")
            browser.wait(RESTING)
            for ground in ("video", "checkered"):
                lay(browser, ground)
                name = f"overlay-{kind}-{size[0]}-{ground}.png"
                (folder / name).write_bytes(browser.screenshot())


def take_builder(browser: Browser, address: str, folder: Path, give: Callable[[], None]) -> None:
    """The page that builds overlays, and what it is for."""
    for size, (width, height) in SIZES.items():
        browser.resize(min(1100, width), min(720, height), phone=size == "phone")
        for scheme in SCHEMES:
            browser.prefer(prefers_color_scheme=scheme)
            browser.open(f"{address}/overlays#chat")
            frame = "document.getElementById('frame').contentDocument"
            browser.wait(f"{frame}.body?.dataset.link === 'open'")
            browser.wait(f"{frame}.querySelectorAll('li').length > 4")
            give()
            browser.wait(f"{frame}.querySelector('li.gift') !== null")
            browser.wait(f"{frame}.getAnimations().every({IS_OVER})")
            name = f"builder-{size}-{scheme}"
            if name == "builder-desktop-light":
                name = "streaming-builder"
            (folder / f"{name}.png").write_bytes(browser.screenshot())
    browser.resize(800, 450)
    browser.open(f"{address}/overlay/counter")
    browser.run(SCENE)
    lay(browser, "video")
    frames = "[...document.querySelectorAll('iframe')].map((each) => each.contentDocument)"
    browser.wait(f"{frames}.every((each) => each?.body?.dataset.link === 'open')")
    browser.wait(f"{frames}[0].querySelectorAll('li').length > 4")
    give()
    browser.wait(f"{frames}[1].querySelector('.alert') !== null")
    browser.wait(f"{frames}.every((each) => each.querySelector('.loading') === null)")
    browser.wait(f"{frames}.every((each) => each.getAnimations().every({IS_OVER}))")
    (folder / "streaming-scene.png").write_bytes(browser.screenshot())


def dear_gift(messages: Iterator[tuple[Any, ...]]) -> tuple[str, bytes]:
    """The next gift of a hundred diamonds or more, which is no streak."""
    for method, payload, *_ in messages:
        gift = WebcastGiftMessage.FromString(payload)
        if gift.gift.diamond_count >= 100 and gift.gift.type != 1:
            gift.user.nickname = "Marguerite"
            return method, gift.SerializeToString()
    raise AssertionError("a script has no end")


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
        room = house.room
        script = RandomScript(8, RATE, {"gift": 1}, clock=reactor, pictures=room.pictures)
        gifts = script.messages()

        def give() -> None:
            """A dear gift in the first room, and what a battle, a poll and a goal need."""
            said = [dear_gift(gifts), poll(), *battle(time.time())]
            reactor.callFromThread(room.push, said)

        await call(partial(take, browser, house.address, folder))
        await call(partial(take_builder, browser, house.address, folder, give))
        await call(partial(take_overlays, browser, house.address, folder, give))
        await leave(browser)
    finally:
        await call(browser.close)
        await house.close()


if __name__ == "__main__":
    react(main, sys.argv[1:] or sys.exit(__doc__))
