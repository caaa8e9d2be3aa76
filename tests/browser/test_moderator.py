"""The moderator's page on a phone, and an overlay that waits for what moderators decide."""

from __future__ import annotations

import time
from functools import partial

from tests.browser.case import CHOOSE, BrowserCase
from tests.browser.house import call
from tests.browser.messages import chat, present, super_fan, user
from tests.browser.test_boards import battle
from tests.browser.test_overlay import CONNECTED, lines

OPEN = "document.getElementById('link').dataset.state === 'open'"
#: The button of a class beside a comment.
BUTTON = """
    [...document.querySelectorAll('#comments .comment')]
        .find((each) => each.querySelector('.text').textContent === arguments[0])
        ?.querySelector('button.' + arguments[1])
"""
COUNT = "document.querySelectorAll('#comments .comment').length"
#: Another moderator's decision.
DECIDE = """
    fetch("/api/rooms/alice/moderation", {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify(arguments[0]),
    });
"""
#: Keys, as WebDriver names them.
KEYS = {"Left": "\ue012", "Right": "\ue014", "Down": "\ue015", "Home": "\ue011", "End": "\ue010"}
TAB, ENTER = "\ue004", "\ue007"
MODERATOR = "moderator-0123456789abcdef"
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

    async def test_before(self) -> None:
        """Comments of before are there, though another room was loud, and which are hidden."""
        await self.house.open("alice", "bob")
        bob = self.house.simulator.rooms["bob"]
        await self.open("/moderator?room=alice", until=OPEN)
        self.house.room.push([chat("rude"), chat("kind")])
        await self.press("rude", "hide")
        await self.wait("document.querySelectorAll('#comments .off').length === 1")
        bob.push([chat(f"loud {number}") for number in range(400)])
        await self.open("/moderator?room=bob", until=f"{OPEN} && {COUNT} === 100")
        await self.run_in_page(CHOOSE, "alice")
        await self.wait(f"{COUNT} === 2 && document.querySelector('#comments .off') !== null")
        await self.click("#tab-hidden")
        await self.wait("document.querySelector('#hidden .text')?.textContent === 'rude'")

    async def test_long_ago(self) -> None:
        """What was hidden and is not remembered any more can be shown again, and is counted."""
        await self.house.open()
        await self.open("/moderator", until=OPEN)
        await self.run_in_page(DECIDE, {"hide": "7:7"})
        await self.click("#tab-hidden")
        await self.wait("document.querySelector('#tab-hidden .count').textContent === '1'")
        await self.click("#hidden button.show")
        await self.wait("document.querySelector('#tab-hidden .count').textContent === '0'")
        await self.wait("document.querySelector('#hidden .empty').checkVisibility()")

    async def test_keys(self) -> None:
        """Arrow keys, Home and End lead from tab to tab, the tab key from there to the panel."""
        await self.house.open()
        await self.open("/moderator", until=OPEN)
        await self.run_in_page("document.getElementById('tab-comments').focus()")
        names = ("comments", "hidden", "blocked")
        state = """
            const shown = [...document.querySelectorAll("[role=tabpanel]")]
                .filter((each) => each.checkVisibility()).map((each) => each.id);
            const stops = [...document.querySelectorAll("[role=tab]")]
                .filter((each) => each.tabIndex === 0).map((each) => each.id);
            const chosen = document.querySelector("[aria-selected=true]").id;
            return [document.activeElement.id, chosen, ...stops, ...shown];
        """
        keys = (("Right", 1), ("Right", 2), ("Right", 0), ("Left", 2))
        for key, place in (*keys, ("Home", 0), ("End", 2), ("Down", 2)):
            await call(self.browser.press, KEYS[key])
            tab = f"tab-{names[place]}"
            self.assertEqual([tab, tab, tab, names[place]], await self.run_in_page(state), key)
        await call(self.browser.press, TAB)
        self.assertEqual("blocked", (await self.run_in_page(state))[0])
        await self.click("#tab-hidden")
        self.assertEqual("hidden", (await self.run_in_page(state))[-1])

    async def test_blocked_after_shown(self) -> None:
        """Who is blocked goes at once from every kind of overlay on which viewers are shown."""
        await self.house.open()
        given = [chat("spam", "Eve", 9), present(500, 1, "Lion", user("Eve", 9))]
        given += [chat("kind", "Ann", 8), present(100, 2, "Rose", user("Ann", 8))]
        given += [super_fan("Eve", 9), super_fan("Ann", 8)]
        for kind, query in (
            ("chat", "fade=0&"),
            ("alerts", "seconds=60&"),
            ("ticker", "speed=100&show=chat&"),
            ("ticker", "speed=100&show=fan&"),
            ("top", ""),
        ):
            await self.open(f"/overlay/{kind}?pictures=0&{query}", until=CONNECTED)
            self.house.room.push(given)
            await self.wait("document.body.innerText.includes('Eve')")
            await self.run_in_page(DECIDE, {"block": {"userId": "9", "name": "Eve"}})
            await self.wait("!document.body.innerText.includes('Eve')")
            await self.wait("document.body.innerText.includes('Ann')")
            if kind == "ticker":
                # Nor does the page show what comes of them then, whatever they are in it.
                next_ones = [
                    each(name, n)
                    for each in (partial(chat, "x"), super_fan)
                    for name, n in (("Eve", 9), ("Zoe", 10))
                ]
                self.house.room.push(next_ones)
                await self.wait("document.body.innerText.includes('Zoe')")
                self.assertNotIn("Eve", await self.run_in_page("return document.body.innerText"))
            await self.run_in_page(DECIDE, {"unblock": "9"})
        await self.wait("document.body.innerText.includes('Eve')")  # who gave most, again
        await self.open("/overlay/battle?pictures=0", until=CONNECTED)
        self.house.room.push(battle(time.time()))
        await self.wait("document.body.innerText.includes('Ann')")
        await self.run_in_page(DECIDE, {"block": {"userId": "1", "name": "Ann"}})
        await self.wait("!document.body.innerText.includes('Ann')")
        await self.wait("document.body.innerText.includes('<b>Ben</b>')")

    async def test_two_moderators(self) -> None:
        """An answer on a slow line does not undo what another moderator decided since."""
        await self.house.open()
        await self.open("/moderator", until=OPEN)
        self.house.room.push([chat("rude"), chat("spam", "Eve", 9)])
        await self.wait(f"{COUNT} === 2")
        await self.run_in_page(
            """
            const before = window.fetch;
            window.fetch = async (...asked) => {
                const answer = await before(...asked);
                if (asked[1].method !== "POST") return answer;
                await new Promise((go) => (window.arrive = go));
                setTimeout(() => (window.arrived = true), 300);
                return answer;
            };
            window.plain = before;
            """
        )
        await self.press("rude", "hide")
        await self.wait("window.arrive && document.querySelector('#comments .off')")
        await self.wait("document.getElementById('told').textContent === 'Sending…'")
        await self.run_in_page(DECIDE.replace("fetch(", "window.plain("), {"hide": "7:7"})
        await self.wait("document.querySelector('#tab-hidden .count').textContent === '2'")
        await self.run_in_page("window.arrive()")
        await self.wait("window.arrived")
        count = "return document.querySelector('#tab-hidden .count').textContent"
        self.assertEqual("2", await self.run_in_page(count))
        await self.wait("document.getElementById('told').textContent === ''")

    async def test_restarted(self) -> None:
        """Without a file all is forgotten: no page shows it still, and nothing stays pinned."""
        await self.overlay("")
        self.house.room.push([chat("stay"), chat("rude")])
        await self.press("stay", "pin")
        await self.press("rude", "hide")
        await self.wait("document.querySelectorAll('#comments .off').length === 1")
        await self.wait("!document.getElementById('pinned').hidden")
        await self.house.stop()
        said = r"/^Server not reached, again in \d+ s$/"
        await self.wait(f"{said}.test(document.getElementById('link').textContent)")
        await self.house.start()
        await self.wait(f"{OPEN} && document.getElementById('pinned').hidden")
        await self.wait("document.querySelectorAll('#comments .off').length === 0")
        await call(self.browser.close_tab)
        await self.wait(f"!({PINNED})")

    async def test_finger(self) -> None:
        """While a finger is on a button, what comes does not push the button away from it."""
        await self.house.open()
        await self.open("/moderator", until=OPEN)
        self.house.room.push([chat("rude")])
        await self.wait(BUTTON, "rude", "hide")
        touch = "document.querySelector('button.hide').dispatchEvent("
        touch += "new PointerEvent(arguments[0], {bubbles: true}))"
        await self.run_in_page(touch, "pointerdown")
        self.house.room.push([chat("the next")])
        await self.run_in_page("return new Promise((done) => setTimeout(done, 800))")
        self.assertEqual(1, await self.run_in_page(f"return {COUNT}"))
        await self.run_in_page(touch, "pointerup")
        await self.wait(f"{COUNT} === 2")

    async def test_still(self) -> None:
        """What comes, or is decided, takes neither the focus away nor what is being read."""
        await self.house.open()
        await self.open("/moderator", until=OPEN)
        self.house.room.push([chat(f"old {number}") for number in range(30)])
        self.house.room.push([chat("rude"), chat("kind")])
        await self.press_enter_on("rude", "hide", "Show: Bob, rude")
        top = "document.getElementById('comments')"
        place = f"({BUTTON}).getBoundingClientRect().top"
        await self.run_in_page(f"{top}.scrollTop = 900")
        before = await self.run_in_page(f"return {place}", "old 20", "pin")
        self.house.room.push([chat("the next")])
        await self.wait(f"{COUNT} === 34")
        after = await self.run_in_page(f"return {place}", "old 20", "pin")
        self.assertLess(abs(before - after), 1)  # pixel
        self.assertIn("rude", await self.run_in_page("return document.activeElement.ariaLabel"))
        await self.click("#tab-hidden")
        await self.run_in_page("document.querySelector('#hidden button.show').focus()")
        self.house.room.push([chat("one more")])
        await self.wait(f"{COUNT} === 35")
        await call(self.browser.press, ENTER)
        await self.wait("document.activeElement.id === 'hidden'")

    async def press_enter_on(self, comment: str, button: str, then: str) -> None:
        """Press a button with the keyboard: another has the focus then, by its name."""
        await self.wait(BUTTON, comment, button)
        await self.run_in_page(f"({BUTTON}).focus()", comment, button)
        self.house.room.push([chat("meanwhile")])
        await self.wait(BUTTON, "meanwhile", "hide")
        await call(self.browser.press, ENTER)
        await self.wait("document.activeElement.ariaLabel === arguments[0]", then)

    async def test_gone_room(self) -> None:
        """When a room is not followed any more the page says whose comments it shows instead."""
        await self.house.open()
        await self.open("/moderator?room=nobody", until=OPEN)
        said = "@nobody is not followed any more. This is @alice."
        await self.wait("document.getElementById('told').textContent === arguments[0]", said)

    async def test_enter(self) -> None:
        """Enter in the field of the token, which is Go on a phone, uses it; Cancel does not."""
        self.house.tokens = {"TIKTOKLIVE_WEB_MODERATOR_TOKEN": MODERATOR}
        await self.house.open()
        await self.open("/moderator", until=OPEN)
        self.house.room.push([chat("rude")])
        for last, hidden in ((None, 0), (ENTER, 1)):
            await self.press("rude", "hide")
            await self.wait("document.getElementById('ask').open")
            await self.click("#token")
            await call(partial(self.browser.press, *MODERATOR))
            if last is None:
                await self.click("#ask .cancel")
            else:
                await call(partial(self.browser.press, last))
            await self.wait("!document.getElementById('ask').open")
            await self.wait(f"document.querySelectorAll('#comments .off').length === {hidden}")
