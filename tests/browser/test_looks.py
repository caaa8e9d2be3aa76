"""The pages can be read: on a phone and a desktop, by light and by dark, with keys alone."""

from __future__ import annotations

from functools import partial

from tests.browser.case import BrowserCase, shows
from tests.browser.house import call
from tests.browser.messages import chat, gift, present, user, watching

#: Each text whose contrast with what is behind it is below the AA of WCAG 2, with that contrast.
FAINT = """
    const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const parse = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = (rgb) => {
        const [r, g, b] = rgb.slice(0, 3).map((each) => each / 255).map((each) =>
            each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
        for (; element; element = element.parentElement) {
            const colour = parse(getComputedStyle(element).backgroundColor);
            if (colour[3] === 255) return colour;
        }
        return [255, 255, 255, 255];
    };
    const faint = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.data.trim(), element = walker.currentNode.parentElement;
        if (!text || !element.checkVisibility() || element.closest("option, .sr-only")) continue;
        const style = getComputedStyle(element);
        const [a, b] = [light(parse(style.color)), light(behind(element))];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        const size = parseFloat(style.fontSize);
        if (contrast < (size >= 24 ? 3 : 4.5)) faint.push(`${text}: ${contrast.toFixed(2)}`);
    }
    return faint;
"""


class LooksTests(BrowserCase):
    """What readers of all kinds need."""

    async def fill(self) -> None:
        """A page with a bit of everything."""
        await self.house.open()
        await self.open()
        names = [f"{n} somebody" for n in range(12)]
        self.house.room.push([chat("hi", name, n) for n, name in enumerate(names, 1)])
        self.house.room.push([watching(507), gift(3), gift(4, end=True)])
        self.house.room.push([chat("a" * 300)])
        await self.wait("document.querySelectorAll('.line.chat').length === 13")
        await self.wait("document.querySelector('#givers .name')")

    async def test_contrast(self) -> None:
        """By light and by dark, every text stands out as WCAG 2 wants it (AA)."""
        self.addCleanup(call, self.browser.prefer)
        await self.fill()
        for scheme in ("light", "dark"):
            await call(partial(self.browser.prefer, prefers_color_scheme=scheme))
            self.assertEqual([], await self.run_in_page(FAINT), scheme)

    async def test_theme(self) -> None:
        """The reader's own choice of light or dark holds, also after loading the page again."""
        self.addCleanup(call, self.browser.prefer)
        await call(partial(self.browser.prefer, prefers_color_scheme="light"))
        await self.house.open()
        await self.open()
        paper = "getComputedStyle(document.body).backgroundColor"
        light = await self.run_in_page(f"return {paper}")
        await self.click("#settings-menu summary")
        await self.click(".segments label:last-of-type")
        dark = await self.wait(f"{paper} !== arguments[0] && {paper}", light)
        await self.open(until=f"{paper} === '{dark}'")

    async def test_phone(self) -> None:
        """On a phone nothing sticks out, the two views are switched, and targets fit a finger."""
        self.addCleanup(call, self.browser.resize, 1280, 860)
        await call(partial(self.browser.resize, 390, 844, phone=True))
        await self.fill()
        whole = "return document.documentElement.scrollHeight <= innerHeight"
        self.assertTrue(await self.run_in_page(whole))
        fits = "document.documentElement.scrollWidth <= innerWidth"
        self.assertTrue(await self.run_in_page(f"return {fits}"))
        self.assertEqual([], await self.run_in_page(FAINT))
        seen = "document.getElementById('%s').checkVisibility()"
        self.assertFalse(await self.run_in_page(f"return {seen % 'watching'}"))
        await self.click("#views [data-view=numbers]")
        await self.wait(f"{seen % 'watching'} && !({seen % 'columns'}) && {fits}")
        heights = "return Math.min(...[...document.querySelectorAll('#views button')].map(" + (
            "(each) => each.offsetHeight))"
        )
        self.assertGreaterEqual(await self.run_in_page(heights), 44)

    async def test_keys(self) -> None:
        """Everything that can be done is reached by the tab key, has a name, and shows focus."""
        await self.fill()
        reached = []
        tab = "\ue004"
        for _ in range(40):
            await call(self.browser.press, tab)
            reached.append(
                await self.run_in_page(
                    """
                    const element = document.activeElement, style = getComputedStyle(element);
                    const beside = getComputedStyle(element.nextElementSibling || element);
                    const name = element.labels?.[0]?.textContent || element.ariaLabel ||
                        element.textContent || element.getAttribute("aria-labelledby");
                    const focus = style.outlineStyle !== "none" || beside.outlineStyle !== "none";
                    const said = element.textContent.trim() || element.value || "";
                    return [element.id || element.className || said, Boolean(name?.trim()), focus];
                    """
                )
            )
            if reached[-1][0] == "Settings":
                await call(self.browser.press, " ")
            if reached[-1][0] == "sample":
                break
        ids = [each[0] for each in reached]
        for wanted in (
            "room",
            "Settings",
            "pictures",
            "Chat",
            "Other",
            "search",
            "scroller",
            "sample",
        ):
            self.assertIn(wanted, ids)
        self.assertEqual([], [each for each in reached if each[1:] != [True, True]])

    async def test_focus_stays(self) -> None:
        """A name that has the focus keeps it while its line, or the list of givers, changes."""
        await self.house.open()
        await self.open()
        self.house.room.push([gift(3)])
        for place, given, seen in (
            (".line.gift", gift(4, end=True), "'×4'"),
            ("#givers", present(500, 7, "Lion", user("Ann", 8)), "'500'"),
        ):
            await self.wait(f"document.querySelector('{place} .person')")
            await self.run_in_page(f"document.querySelector('{place} .person').focus()")
            name = "document.activeElement.textContent"
            before = await self.run_in_page(f"return {name}")
            self.house.room.push([given])
            await self.wait(f"document.body.innerText.includes({seen})")
            self.assertEqual(before, await self.run_in_page(f"return {name}"))

    async def test_menu(self) -> None:
        """The settings are closed by Escape, with the focus back where it was, and by leaving."""
        await self.house.open()
        await self.open()
        opened = "document.getElementById('settings-menu').open"
        await self.click("#settings-menu summary")
        await self.wait(opened)
        await self.run_in_page("document.getElementById('pictures').focus()")
        await call(self.browser.press, "\ue00c")
        await self.wait(f"!{opened} && document.activeElement.matches('#settings-menu summary')")
        await self.click("#settings-menu summary")
        await self.wait(opened)
        await self.click(".scroller")
        await self.wait(f"!{opened}")

    async def test_narrow(self) -> None:
        """Long names and large sums stay readable on a phone: no column is a letter wide."""
        self.addCleanup(call, self.browser.resize, 1280, 860)
        await call(partial(self.browser.resize, 320, 568, phone=True))
        await self.house.open("alice", "a_username_of_24_letters")
        await self.open()
        self.house.room.push([gift(9999, name="W" * 40, end=True)])
        await self.wait("document.querySelector('.gift > .room-tag')")  # there are two rooms
        width = "return document.querySelector('.gift > .body').offsetWidth"
        self.assertLess(100, await self.run_in_page(width))
        # Room and time are on one line, and so is all of each menu within it.
        bottom = "return document.querySelector('.gift > %s').getBoundingClientRect().bottom"
        places = [await self.run_in_page(bottom % each) for each in ("time", ".room-tag")]
        self.assertEqual(*map(round, places))
        for menu in ("rooms-menu", "settings-menu"):
            await self.click(f"#{menu} summary")
            sheet = f"document.querySelector('#{menu} .sheet')"
            self.assertTrue(await self.run_in_page(f"return {sheet}.checkVisibility()"))
            out = f"return {sheet}.scrollWidth - {sheet}.clientWidth"
            self.assertEqual(0, await self.run_in_page(out), menu)
        self.assertTrue(
            await self.run_in_page("return document.documentElement.scrollWidth <= innerWidth")
        )

    async def test_zoom(self) -> None:
        """At 400 % on a small screen nothing is lost or sticks out, and lines can be read."""
        self.addCleanup(call, self.browser.resize, 1280, 860)
        await call(partial(self.browser.resize, 320, 256))
        await self.fill()
        wide = "document.documentElement.scrollWidth <= innerWidth"
        self.assertTrue(await self.run_in_page(f"return {wide}"))
        height = "return document.querySelector('.scroller').clientHeight"
        self.assertLess(120, await self.run_in_page(height))
        await self.click("#views [data-view=numbers]")
        await self.wait(f"document.getElementById('watching').checkVisibility() && {wide}")

    async def test_other_browsers(self) -> None:
        """No colour needs what older browsers lack, and names keep their own direction."""
        await self.house.open()
        await self.open()
        self.house.room.push(
            [chat("hello", "\u05d0\u05d1 (1)"), gift(9, name="\u05d0\u05d1", end=True)]
        )
        await self.wait("document.querySelector('#givers .name')")
        rules = """
            const all = (sheet) => [...sheet.cssRules].flatMap((rule) =>
                rule.styleSheet ? all(rule.styleSheet) : [rule.cssText]);
            return [...document.styleSheets].flatMap(all).filter((rule) =>
                rule.includes("light-dark("));
        """
        self.assertEqual([], await self.run_in_page(rules))
        directions = """
            return [...document.querySelectorAll("#givers .name, .chat .name")].map((each) =>
                [each.localName, getComputedStyle(each).direction]);
        """
        self.assertEqual([["bdi", "rtl"]] * 2, await self.run_in_page(directions))
        letters = "return document.querySelector('#givers .initial').textContent"
        self.assertEqual("\u05d0", await self.run_in_page(letters))

    async def test_chosen_by_address(self) -> None:
        """The address says which room is shown, so that a reader's link leads others there."""
        await self.house.open("alice", "bert")
        await self.open("/#bert")
        for name in ("alice", "bert"):
            self.house.simulator.rooms[name].push([chat(f"at {name}")])
        await self.wait(shows("at bert"))
