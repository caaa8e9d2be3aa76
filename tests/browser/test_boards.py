"""The overlays that show the numbers of a broadcast: as they are, and after a reload."""

from __future__ import annotations

import time

from tests.browser.case import BrowserCase
from tests.browser.messages import followed, liked, present, user, watching, written
from tests.browser.test_overlay import CONNECTED

TEXT = "document.getElementById('overlay').innerText.replace(/\\s+/g, ' ').trim()"

_NAME = "nick_name: '%s'"


def battle(began: float) -> list[tuple[str, bytes]]:
    """A battle of five minutes, which Ann leads by 750 to 250."""
    setting = f"battle_id: 7 timestamp: {int(began)}000 duration: 300 battle_type: 1"
    hosts = "".join(
        f"anchor_info {{ key: {number} value {{ user {{ user_id: {number} {_NAME % name} }} }} }}"
        for number, name in ((1, "Ann"), (2, "<b>Ben</b>"))
    )
    moment = f"common {{ create_time: {int(began * 1000)} }}"
    opened = f"battle_id: 7 action: 4 battle_setting {{ {setting} }} {moment} {hosts}"
    scores = "".join(
        f"armies {{ key: {number} value {{ host_score: {score} }} }}"
        for number, score in ((1, 750), (2, 250))
    )
    led = f"battle_id: 7 battle_settings {{ {setting} }} trigger_reason: 1 {scores} {moment}"
    return [written("LinkMicBattle", opened), written("LinkMicArmies", led)]


class BoardTests(BrowserCase):
    """Each kind of board."""

    async def both(self, path: str, *texts: str) -> None:
        """The board shows these, and, opened anew, again."""
        for _ in range(2):
            await self.open(f"/overlay/{path}", until=CONNECTED)
            for text in texts:
                await self.wait(f"{TEXT}.includes(arguments[0])", text)
        self.assertEqual([], await self.complaints())

    async def test_numbers(self) -> None:
        """Goals, givers and counts are the server's, so that a page opened later has them too."""
        await self.house.open()
        await self.open("/overlay/counter", until=CONNECTED)
        goal = "goal { id: 9 type: 1 status: 2 description: 'A <b>lamp</b>' sub_goals {"
        self.house.room.push(
            [
                watching(507),
                liked(1234),
                followed(),
                followed("Eve", 9),
                present(100, 1, "Rose", user("Bob", 7)),
                present(2500, 2, "Lion", user("سارة", 8)),
                present(1, 3, "Rose", user("Ignored", 10)),
                written("GoalUpdate", f"{goal} type: 1 id: 1 progress: 65 target: 200 }} }}"),
            ]
        )
        await self.both("goal?goal=likes&target=1000&again=1&room=alice", "Likes 1,234 / 2,000")
        await self.both("goal?goal=diamonds&target=5000&title=Camera", "Camera 2,601 / 5,000")
        await self.both("goal?goal=followers&target=2", "New followers 2 / 2")
        self.assertTrue(
            await self.run_in_page("return Boolean(document.querySelector('.reached'))")
        )
        await self.both("goal?goal=tiktok", "A <b>lamp</b> 65 / 200")
        await self.both("counter?count=viewers", "507 watching")
        await self.both("top?pictures=0&ignore=user10", "Top givers سارة 2,500 diamonds Bob 100")
        names = "return [...document.querySelectorAll('bdi')].map((each) => each.textContent)"
        self.assertEqual(["سارة", "Bob"], await self.run_in_page(names))

    async def test_battle(self) -> None:
        """A battle shows its sides and points, and its time counts by itself."""
        await self.house.open()
        await self.open("/overlay/counter", until=CONNECTED)
        self.house.room.push(battle(time.time()))
        await self.both("battle", "Ann 750", "<b>Ben</b> 250")
        clock = "document.querySelector('.countdown').textContent"
        before = await self.wait(f"/^[45]:\\d\\d$/.test({clock}) && {clock}")
        await self.wait(f"{clock} !== arguments[0]", before)
        parts = "return [...document.querySelectorAll('.part')].map((each) => each.style.flexGrow)"
        self.assertEqual(["0.75", "0.25"], await self.run_in_page(parts))

    async def test_poll(self) -> None:
        """A poll shows its question, and its votes as they come."""
        await self.house.open()
        await self.open("/overlay/counter", until=CONNECTED)
        options = "option_list { display_content: '<i>Tea</i>' votes: %d } " * 2
        began = "title: 'Tea?' start_time: 1700000000"
        start = f"poll_id: 62 start_content {{ {options % (0, 0)} {began} }}"
        votes = f"poll_id: 62 update_content {{ {options % (3, 1)} }}"
        self.house.room.push([written("Poll", start)])
        await self.open("/overlay/poll", until=CONNECTED)
        await self.wait(f"{TEXT}.includes('0 · 0 %')")
        self.house.room.push([written("Poll", votes)])
        await self.both("poll", "Tea?", "<i>Tea</i> 3 · 75 %", "1 · 25 %")
