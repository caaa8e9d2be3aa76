"""Nothing of what comes from others is markup, runs, or leads anywhere but to pictures."""

from __future__ import annotations

from tests.browser.case import BrowserCase
from tests.browser.filled import every_message
from tests.browser.messages import chat, gift

MARKUP = "<b><img src=x onerror=document.title='run'></b><script>document.title='run'</script>"
ADDRESS = "javascript:document.title='run'//{0:user}"

#: What is in a page that should not be there.
FOREIGN = """
    const all = [...document.querySelectorAll("body *")];
    const handlers = all.filter((each) => [...each.attributes].some((a) => /^on/i.test(a.name)));
    const profile = /^https:\\/\\/www\\.tiktok\\.com\\/@[\\w.]+$/;
    const links = all.filter((each) => each.href && !profile.test(each.href) &&
        new URL(each.href).origin !== location.origin);
    const images = [...document.images].filter((each) => !/^https?:/.test(each.src));
    const scripts = all.filter((each) => each.matches("script, iframe, object, embed, style"));
    return [...handlers, ...links, ...images, ...scripts].map((each) => each.outerHTML);
"""


class HostileTests(BrowserCase):
    """Every field of every type of message, in every part of the reader."""

    async def test_every_field(self) -> None:
        """Lines, cards, columns, the card of a user and the ignore list hold texts, not markup."""
        await self.house.open("alice", "bert")
        await self.open()
        alice, bert = (self.house.simulator.rooms[name] for name in ("alice", "bert"))
        for number, text in enumerate((MARKUP, ADDRESS, "\u202e\u0000\ud7ff" + "%s" * 50), 1):
            for method, payload in every_message(text, number):
                if "Control" not in method:  # what ends the broadcast would end the test
                    alice.push([(method, payload)])
        bert.push([chat(MARKUP, MARKUP[:40], 9), gift(3, name=MARKUP[:40], end=True)])
        await self.wait("document.querySelectorAll('.line').length > 20")
        await self.wait("document.querySelector('.lines').textContent.includes('<b><img')")
        await self.click("#rooms-menu summary")
        await self.click("#side-by-side")
        await self.wait("document.querySelectorAll('.column').length === 2")
        await self.click(".column:last-child .chat .person")
        await self.wait("document.getElementById('person').open")
        await self.wait("document.querySelector('#person .said li')")
        self.assertEqual([], await self.run_in_page(FOREIGN))
        await self.click("#person .ignore")
        await self.click("#person .main")
        await self.wait("document.querySelector('#ignored li')")
        await self.run_in_page(
            "document.getElementById('words').value = arguments[0];"
            "document.getElementById('words').dispatchEvent(new Event('input'))",
            "<b>, [*, \\\\",
        )
        await self.wait("document.querySelector('.lines mark')")
        self.assertEqual([], await self.run_in_page(FOREIGN))
        self.assertEqual("Live rooms · tiktoklive", await self.run_in_page("return document.title"))
        self.assertEqual([], [each for each in await self.complaints() if "ERR_" not in each])
