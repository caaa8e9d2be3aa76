"""The reader page in a real browser, with the real web output and a simulated room."""

from __future__ import annotations

from tests.browser.case import CHOOSE, COMMENTS, CONNECTED, BrowserCase, shows
from tests.browser.house import call
from tests.browser.messages import barrage, chat, deletion, gift, user, watching
from tiktoklive.simulator.pictures import is_picture_path
from tiktoklive.wire.audience_pb2 import WebcastLikeMessage, WebcastMemberMessage


class ReaderTests(BrowserCase):
    """What a room pushes is to be seen."""

    async def test_events(self) -> None:
        """Comments, a streak on one line that grows, heaps of joins and likes, and the numbers."""
        await self.house.open()
        await self.open()
        room = self.house.room
        joined = [WebcastMemberMessage(user=user(name, n)) for n, name in enumerate("ABCD", 50)]
        liked = WebcastLikeMessage(user=user("Ann", 9), count=15, total=1500)
        room.push([chat("hello from Ghent"), watching(507), gift(1)])
        await self.wait(shows("hello from Ghent"))
        await self.wait("document.querySelector('.gift.running')")
        room.push([gift(3)])
        await self.wait("document.querySelector('.gift .times')?.textContent === '×3'")
        room.push([gift(5), gift(5, end=True)])
        await self.wait("document.querySelector('.gift:not(.running) .times')")
        room.push([("WebcastMemberMessage", each.SerializeToString()) for each in joined])
        room.push([("WebcastLikeMessage", liked.SerializeToString())])
        await self.wait("document.querySelector('.like')")
        script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText)"
        self.assertEqual(["Bob\ngave Rose"], await self.run_in_page(script, ".gift .body"))
        self.assertEqual(["×5"], await self.run_in_page(script, ".gift .times"))
        [heap] = await self.run_in_page(script, ".join .body")
        self.assertEqual("C, D and 2 others joined", heap)
        self.assertEqual(["+15"], await self.run_in_page(script, ".like .more"))
        await self.wait("document.getElementById('watching').textContent === '507'")
        await self.wait("document.getElementById('diamonds').textContent === '5'")
        await self.wait("document.getElementById('likes').textContent === '1,500'")
        await self.wait("document.querySelector('#givers .name')?.textContent === 'Bob'")
        await self.wait("document.getElementById('phase').textContent === 'live'")

    async def test_by_text(self) -> None:
        """What has no line of its own is told by TikTok's, as text and never as markup."""
        await self.house.open()
        await self.open()
        self.house.room.push([barrage("<b>{0:user}</b> is a Super Fan", "<img src=x>")])
        await self.wait("document.body.textContent.includes('is a Super Fan')")
        script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)"
        self.assertIn(
            "<b><img src=x></b> is a Super Fan",
            await self.run_in_page(script, ".note .body"),
        )
        self.assertEqual([], await self.run_in_page(script, ".note .body *"))

    async def test_charts(self) -> None:
        """The charts move, and say in words and in a table what they show."""
        await self.house.open()
        await self.open()
        self.house.room.push([watching(400), chat("one"), gift(2, end=True)])
        line = "document.querySelector('#chart-viewers .curve')?.getAttribute('points')"
        before = await self.wait(line)
        self.house.room.push([watching(900), chat("two"), chat("three")])
        await self.wait(f"{line} !== arguments[0] && {line}", before)
        said = "document.querySelector('#chart-%s title').textContent.startsWith('%s')"
        await self.wait(said % ("viewers", "Viewers: now 900, "))
        await self.wait(said % ("chats", "Comments per minute: now 3, "))
        await self.wait(said % ("diamonds", "Diamonds: 2 over"))
        await self.wait("document.querySelector('#chart-diamonds .bar')")
        await self.click("#as-table summary")
        await self.wait("document.querySelector('#as-table td')?.textContent === '900'")

    async def test_hostile_texts(self) -> None:
        """What viewers type stays text: nothing of it is markup, runs, hides or turns lines."""
        await self.house.open()
        await self.open()
        markup = "<img src=x onerror=document.title='run'><b>x</b>"
        self.house.room.push(
            [
                chat(f"{markup}<script>document.title='run'</script>", name=markup[:36]),
                chat("a\u202etxt.exe\u0007\u200b\nb", name="\u202e\u2066\u200b\u3164"),
            ]
        )
        await self.wait("document.querySelectorAll('.chat').length === 2")
        first, second = await self.run_in_page(f"return {COMMENTS}")
        self.assertEqual(f"{markup}<script>document.title='run'</script>", first)
        self.assertEqual("atxt.exe\ufffd b", second)
        names = await self.run_in_page(
            "return [...document.querySelectorAll('.chat bdi')].map((each) => each.textContent)"
        )
        self.assertEqual([markup[:36], "user7"], names)
        made = "return document.querySelectorAll('.lines b, .lines script, img[src=x]').length"
        self.assertEqual(0, await self.run_in_page(made))
        self.assertNotEqual("run", await self.run_in_page("return document.title"))
        self.assertEqual([], [each for each in await self.complaints() if "Security" in each])

    async def test_restart(self) -> None:
        """The server goes and comes back: the page resumes, nothing is lost and nothing twice."""
        await self.house.open()
        await self.open()
        room = self.house.room
        room.push([chat("one"), chat("two")])
        await self.wait(shows("one", "two"))
        await self.house.stop()
        await self.wait("document.getElementById('link').dataset.state === 'waiting'")
        phase = "getComputedStyle(document.getElementById('phase')).visibility === 'hidden'"
        await self.wait(phase)  # nobody knows now whether the room is live
        room.push([chat("three")])
        await self.house.start()
        await self.wait(CONNECTED)
        await self.wait(shows("one", "two", "three"))
        await self.wait("document.querySelector('.lines').textContent.includes('was restarted')")
        room.push([chat("four")])
        await self.wait(shows("one", "two", "three", "four"))

    async def test_fresh(self) -> None:
        """A page that is opened late begins with what was before."""
        await self.house.open()
        await self.open()
        self.house.room.push([chat("one"), chat("two")])
        await self.wait(shows("one", "two"))
        await self.open(until=shows("one", "two"))

    async def test_no_pictures(self) -> None:
        """With pictures nobody else's server is asked but theirs; without, none but ours."""
        await self.house.open()
        await self.open()
        self.house.room.push([chat("with"), gift(1)])
        await self.wait(shows("with"))
        own = self.house.address.removeprefix("http://")
        self.assertEqual({own, "p16.pictures.example"}, await self.hosts())
        await self.click("#settings-menu summary")
        await self.click("#pictures")
        await self.hosts()
        await self.complaints()
        await self.open()
        self.house.room.push([chat("without"), gift(4, end=True)])
        await self.wait(shows("with", "without"))
        await self.wait("document.querySelector('#givers .name')")
        self.assertEqual({own}, await self.hosts())
        self.assertEqual([], await self.complaints())

    async def test_simulator_pictures(self) -> None:
        """The pictures of a simulator are shown, of people and of gifts, from its own port."""
        script = (
            "JSON.stringify([...document.querySelectorAll('.chat img, .gift img')]"
            ".map((each) => each.naturalWidth)) === '[96,96]'"
        )
        self.house.has_pictures = True
        await self.house.open()
        await self.open()
        self.house.room.say("bob", "hello")
        self.house.room.gift("carol", "Lion")
        await self.wait(script)
        self.assertEqual({"127.0.0.1"}, {each.partition(":")[0] for each in await self.hosts()})
        self.assertEqual([], await self.complaints())

    async def test_simulator_pictures_elsewhere(self) -> None:
        """Without a simulator no page asks another port of this machine for anything."""
        await self.house.open()
        self.house.simulator.listens_at(f"127.0.0.1:{self.house.simulator_port}")
        await self.open()
        self.house.room.say("bob", "hello")
        await self.wait(shows("hello"))
        await self.wait("document.querySelector('.chat .initial')")
        paths = [each.path for each in self.house.simulator.requests]
        self.assertTrue(paths)
        self.assertEqual([], [path for path in paths if is_picture_path(path)])

    async def test_kept(self) -> None:
        """
        Each kind has a limit of its own; nothing goes above a reader who scrolled; older lines
        come back when the top is reached, or a room is chosen.
        """
        await self.house.open("alice", "bert")
        await self.open()
        room, last = self.house.room, "document.querySelector('.lines').lastElementChild?.innerText"
        self.house.simulator.rooms["bert"].push([chat(f"at bert {n}") for n in range(90)])
        await self.wait(f"{COMMENTS}.length === 90")
        room.push([chat("the first"), gift(3, end=True)])
        for begin in range(0, 450, 150):
            room.push([chat(f"number {begin + n}") for n in range(150)])
        await self.wait(f"{last}?.includes('number 449')")
        await self.open(until=f"{last}?.includes('number 449')")
        room.push([chat(f"again {n}") for n in range(20)])
        await self.wait(f"{last}?.includes('again 19')")
        chats = "document.querySelectorAll('li.chat').length"
        await self.wait(f"{chats} <= 400")
        box = "document.querySelector('.scroller')"
        at_end = f"{box}.scrollTop + {box}.clientHeight > {box}.scrollHeight - 5"
        await self.wait(at_end)
        await self.run_in_page(f"{box}.scrollBy(0, -600)")
        newer = "document.querySelector('.newer')"
        await self.wait(f"!{newer}.hidden")
        seen = f"""[...document.querySelectorAll('.chat')].find((each) =>
            each.getBoundingClientRect().top > {box}.getBoundingClientRect().top)"""
        where = f"return [{seen}.textContent, {seen}.getBoundingClientRect().top]"
        before = await self.run_in_page(where)
        room.push([chat("unseen")])
        await self.wait(f"{newer}.textContent === '1 new message'")
        room.push([chat(f"more {n}") for n in range(150)])
        await self.wait(f"{newer}.textContent === '151 new messages'")
        self.assertEqual(before, await self.run_in_page(where))
        count = 400
        for _ in range(20):  # to the top, again and again, until the first line is there
            await self.run_in_page(f"{box}.scrollBy(0, 300); {box}.scrollTo(0, 0)")
            if await self.run_in_page(f"return {COMMENTS}.includes('the first')"):
                break
            count = await self.wait(f"{chats} > arguments[0] && {chats}", count)
        await self.wait(f"{COMMENTS}.includes('the first')")
        await self.click(".newer")
        await self.wait(f"{newer}.hidden && {at_end} && {chats} <= 400")
        for kind in ("chat", "note"):
            await self.click(f"#filters [data-kinds~={kind}]")
        await self.wait("document.querySelector('.gift .times').checkVisibility()")
        await self.click("#filters [data-kinds=chat]")
        await self.run_in_page(CHOOSE, "bert")
        await self.wait(f"{chats} === 90")

    async def test_bounds(self) -> None:
        """However much comes while a reader is above, it is bounded: a gap is left, and told."""
        await self.house.open()
        await self.open()
        script = """
            return import("/static/log.js").then(({ Log }) => {
                const log = new Log();
                const say = (n) => log.take({ event: "chat", anchor: "a", id: `r:${n}`,
                    seq: `e-${n}`, data: { comment: `${n}` } });
                for (let n = 1; n <= 500; n++) say(n);
                log.hold(true);
                for (let n = 501; n <= 9000; n++) say(n);
                const texts = log.entries.map((each) => each.text);
                log.hold(false);
                return [texts.slice(398, 402), texts.length <= 2402, texts.at(-1),
                    log.entries.filter((each) => each.kind === "chat").length];
            });
        """
        kept, bounded, latest, after = await self.run_in_page(script)
        self.assertEqual((["499", "500"], True, "9000", 400), (kept[:2], bounded, latest, after))
        self.assertIn("gap", kept[2])
        self.assertGreater(int(kept[3]), 6000)

    async def test_filters(self) -> None:
        """Kinds of lines can be hidden by the keyboard, and this is remembered."""
        await self.house.open()
        await self.open()
        self.house.room.push([chat("hello"), gift(1)])
        await self.wait("document.querySelector('.gift')")
        await self.run_in_page("document.querySelector('[data-kinds=gift]').focus()")
        await call(self.browser.press, " ")
        hidden = "getComputedStyle(document.querySelector('.gift')).display === 'none'"
        await self.wait(hidden)
        await self.open(until=f"document.querySelector('.gift') && {hidden}")

    async def test_rooms(self) -> None:
        """With several rooms, one can be chosen and is shown alone."""
        await self.house.open("alice", "bert")
        await self.open()
        self.house.simulator.rooms["alice"].push([chat("at alice's")])
        await self.wait(shows("at alice's"))
        self.house.simulator.rooms["bert"].push([chat("at bert's")])
        await self.wait(shows("at alice's", "at bert's"))
        tags = "return [...document.querySelectorAll('.chat .room-tag')].map((e) => e.textContent)"
        self.assertEqual(["@alice", "@bert"], await self.run_in_page(tags))
        await self.run_in_page(CHOOSE, "bert")
        await self.wait(shows("at bert's"))
        self.assertEqual([], await self.run_in_page(tags))

    async def test_deleted(self) -> None:
        """What moderation removed is not to be read any more."""
        await self.house.open()
        await self.open()
        self.house.room.push([(*chat("rude", number=8), 4711), chat("kind")])
        await self.wait(shows("rude", "kind"))
        self.house.room.push([deletion(messages=(4711,))])
        await self.wait(shows("kind"))

    async def test_announcements(self) -> None:
        """What happens is read out in summaries, not line by line."""
        await self.house.open()
        await self.open()
        # News of the connection is read out too; whether it came before ours is chance.
        await self.run_in_page("localStorage.setItem('tiktoklive.hidden', 'note')")
        await self.open()
        self.house.room.push([chat(f"number {n}") for n in range(30)])
        said = "document.getElementById('announcements').textContent"
        await self.wait(f"{said} === '30 messages. Last: Bob: number 29'")

    async def test_token(self) -> None:
        """Where a token is needed the page asks for it, again if it is wrong, and keeps it."""
        self.house.tokens = {"TIKTOKLIVE_WEB_READ_TOKEN": "read-token-of-this-test"}
        await self.house.open()
        await self.open(until="document.getElementById('ask').open")
        self.house.room.push([chat("secret")])
        for token in ("a-token-of-nobody-at-all", "read-token-of-this-test"):
            await self.run_in_page("document.getElementById('token').value = arguments[0]", token)
            wrong = "document.querySelector('#ask .wrong').checkVisibility()"
            self.assertEqual(token.startswith("read"), await self.run_in_page(f"return {wrong}"))
            await self.click("#ask button.main")
            if not token.startswith("read"):
                await self.wait(f"document.getElementById('ask').open && {wrong}")
        await self.wait(shows("secret"))
        await self.open(until=shows("secret"))
        self.assertNotIn("token", await self.run_in_page("return location.href"))
