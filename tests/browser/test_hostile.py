"""Nothing that viewers or an address say becomes markup or a script, on any page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from google.protobuf.message import Message

from tests.browser.case import BrowserCase
from tests.browser.messages import present, user
from tests.browser.test_overlay import CONNECTED
from tiktoklive.simulator import RandomScript
from tiktoklive.wire.messages import MESSAGE_TYPES
from tiktoklive.wire.room_pb2 import WebcastControlMessage

#: It runs where it is taken for markup, and closes what a page may have around it.
MARKUP = "'\"></style></title><img src=x onerror=ran=1><b>x</b>"
#: Fields by which a message is known for what it is; they are left as they are the second time.
KNOWN = frozenset("key default_pattern method display_type".split())
DEPTH = 6

PAGES = (
    "/",
    "/overlays",
    "/moderator",
    *(
        f"/overlay/{kind}?fade=0&seconds=1&goal=tiktok&title={{0}}&font={{0}}&css={{0}}&voice={{0}}&sound1={{0}}"
        "&colour={0}&box=url(http://x.example)&ignore={0}&show={0},gift,chat,follow,sub,fan,join,like"
        for kind in ("chat", "alerts", "goal", "top", "counter", "ticker", "battle", "poll")
    ),
)
#: When a page has begun to listen.
READY = dict.fromkeys(
    ("/", "/moderator"), "document.getElementById('link').dataset.state === 'open'"
)
#: What is there when a page has shown what it was told.
SHOWN = {
    "/moderator": "#comments .text",
    "/overlay/alerts": ".alert",
    "/overlay/ticker": ".item",
    "/overlay/top": ".giver",
    "/overlay/poll": ".answer",
    "/overlay/goal": ".box:not([hidden]) .title",
}
#: What only markup could have made.
MADE = """
    const frames = [document, document.getElementById("frame")?.contentDocument].filter(Boolean);
    return frames.flatMap((each) => [...each.querySelectorAll(
        "b:not(.points, dialog b, .text b), img[src$='/x'], img[onerror], "
        + "script:not([src^='/static/'])",
    )]).map((each) => each.outerHTML).concat(window.ran || []);
"""


def fill(message: Message, left: frozenset[str], depth: int = 0) -> None:
    """Put the markup into all texts of a message, and of what is in it."""
    for field in message.DESCRIPTOR.fields:
        value: Any = getattr(message, field.name)
        if field.type == field.TYPE_STRING and field.name not in left:
            if field.is_repeated:
                value[:] = [MARKUP]
            else:
                setattr(message, field.name, MARKUP)
        elif field.message_type is not None and depth < DEPTH:
            if field.message_type.GetOptions().map_entry:
                continue
            if not field.is_repeated:
                if depth < 2 or message.HasField(field.name):
                    fill(value, left, depth + 1)
                continue
            if not value and depth < 2:
                value.add()
            for each in value:
                fill(each, left, depth + 1)


def hostile() -> Iterator[tuple[str, bytes]]:
    """Each kind of message, with the markup in every text, and in all but those it is known by."""
    # First those that take away what others said.
    for method in sorted(MESSAGE_TYPES, key=lambda each: "Delete" not in each):
        for left in (frozenset(), KNOWN):
            payload = next(RandomScript(1, mix={method: 1}).messages())[1]
            message = MESSAGE_TYPES[method].FromString(payload)
            fill(message, left)
            if isinstance(message, WebcastControlMessage):
                message.action = 2  # the host is back; an end would close the room
            yield method, message.SerializeToString()


class HostileTests(BrowserCase):
    """All pages, and all that they may be told."""

    timeout = 120

    async def test_pages(self) -> None:
        """Texts of all kinds of messages, and of the address, are shown as texts everywhere."""
        await self.house.open()
        messages = list(hostile())
        self.assertGreater(len(messages), 100)
        word = MARKUP.replace("#", "%23").replace("&", "%26")
        for number, page in enumerate(PAGES, 1):
            ready = CONNECTED if page.startswith("/overlay/") else READY.get(page, "true")
            await self.open(page.replace("{0}", word), until=ready)
            giver = user(MARKUP, 77)
            self.house.room.push([*messages, present(100, number, MARKUP, giver)])
            if page == "/" or page.startswith("/overlay/chat"):
                await self.wait("document.body.innerText.includes('<img src=x onerror=')")
            elif shown := SHOWN.get(page.partition("?")[0]):
                await self.wait(f"document.querySelector({shown!r})")
            else:
                await self.run_in_page("return new Promise((done) => setTimeout(done, 300))")
            self.assertEqual([], await self.run_in_page(MADE), page)
            said = [each for each in await self.complaints() if "NAME_NOT_RESOLVED" not in each]
            self.assertEqual([], said, page)
