"""What ``--from`` says, and the daemon that reads instead of following anybody."""

from __future__ import annotations

import json
import sqlite3
import urllib.request
from pathlib import Path
from typing import Any

from twisted.internet.task import Clock
from twisted.internet.threads import deferToThread
from twisted.python.usage import UsageError
from twisted.trial.unittest import SynchronousTestCase

from tests.fleet.server import RedisTestCase
from tests.outputs.doubles import Parts, Said, chat, origin
from tiktoklive import events
from tiktoklive.daemon.daemon import Daemon, Plan, assemble
from tiktoklive.fleet.output import is_installed, make
from tiktoklive.fleet.reader import StreamReader
from tiktoklive.fleet.reading import ReadRooms, StreamSource
from tiktoklive.fleet.stream import Keys
from tiktoklive.model import State
from tiktoklive.outputs.web.answers import Refusal
from tiktoklive.tap import Options


class SourceTests(SynchronousTestCase):
    """The argument."""

    if not is_installed():
        skip = "txredisapi is not installed"

    def test_groups(self) -> None:
        """Each output has a group of its own, by its kind."""
        source = StreamSource("redis:redis://a?group=g&consumer=c&start=beginning", Clock(), {})
        outputs = [make(Parts(Clock()), "redis://b", {}) for _ in range(3)]  # type: ignore[arg-type]
        kinds = ("sqlite", "web", "sqlite")
        readers = [source.reader(*each) for each in zip(kinds, outputs, strict=True)]
        self.assertEqual(["g-sqlite", "g-web", "g-sqlite-2"], [each.group for each in readers])
        self.assertEqual({"0"}, {each._start for each in readers})

    def test_usual(self) -> None:
        """Without a name the group is that of this machine, and so it is after a restart."""
        output = make(Parts(Clock()), "redis://b", {})  # type: ignore[arg-type]
        names = {
            StreamSource("redis:redis://a", Clock(), {}).reader("web", output).group
            for _ in range(2)
        }
        self.assertEqual(1, len(names))

    def test_refused(self) -> None:
        """What is no good is refused in a sentence."""
        for text, words in (
            ("jsonl:x", "redis:redis://"),
            ("redis:", "redis://HOST"),
            ("redis:redis://:hush@a", "TIKTOKLIVE_REDIS_PASSWORD"),
            ("redis:redis://a?start=never", "now or beginning"),
            ("redis:redis://a?groups=g", "there is no option"),
        ):
            error = self.assertRaises(ValueError, StreamSource, text, Clock(), {})
            self.assertIn(words, str(error))
            self.assertNotIn("hush", str(error))


class CommandLineTests(SynchronousTestCase):
    """``--from`` among the others."""

    if not is_installed():
        skip = "txredisapi is not installed"

    def test_refused(self) -> None:
        """It has no users, and nothing of TikTok is asked: what is about these is refused."""
        stream = "redis:redis://a"
        for words, said in (
            (["--from", stream, "anna"], "leave out @anna"),
            (["--from", stream, "--simulate"], "not both"),
            (["--from", stream, "--record", "x"], "give it where that is"),
            (["--from", stream, "--speed", "2"], "only goes with --replay"),
            (["--from", stream, "--web-base", "http://x"], "leave it out"),
            (["--from", "redis:redis://a/b"], "--from: that is no address"),
        ):
            error = self.assertRaises(UsageError, Options(environ={}).parseOptions, words)
            self.assertIn(said, str(error))

    def test_assembled(self) -> None:
        """Each output has its reader, which stops before it."""
        options = Options(environ={})
        options.parseOptions(["--from", "redis:redis://a", "-o", "console", "-o", "jsonl:-"])
        names = [str(each.name).partition("-")[0] for each in options.daemon]
        self.assertEqual(["console", "from", "jsonl", "from"], names[:4])


class RoomsTests(SynchronousTestCase):
    """The users whose events are read."""

    def setUp(self) -> None:
        self.rooms = ReadRooms()

    def phase(self, event: events.Event) -> str:
        """What is known of the user after an event."""
        self.rooms.event(event)
        return self.rooms.status()["host"].phase

    def test_phases(self) -> None:
        """Their events tell whether they are live; none of them is in trouble here."""
        where = origin()
        self.assertEqual("live", self.phase(chat("Ann", "hello")))
        for event in (
            events.Disconnected(ValueError("gone"), where),
            events.Reconnecting(1.0, 1, ValueError("gone"), where),
            events.GaveUp(ValueError("gone"), where),
            events.StreamEnd(3, where),
        ):
            self.assertEqual("offline", self.phase(event))
        self.assertEqual("live", self.phase(events.Connected(State(anchor_id="7"), where)))
        self.assertEqual("7", self.rooms.status()["host"].anchor_id)
        self.rooms.event(events.Gap(1, 2, None))
        self.assertEqual(["host"], list(self.rooms.status()))

    def test_not_live(self) -> None:
        """Of a user who is refused, or of whom nothing but an error is told, nobody says live."""
        self.assertEqual("offline", self.phase(events.Error("refused", ValueError("no"), origin())))
        self.assertEqual("no", self.rooms.status()["host"].reason)

    def test_renamed(self) -> None:
        """A user who is renamed in the middle of a broadcast is one user."""
        self.rooms.event(chat("Ann", "hello"))
        other = chat("Ann", "again")
        other.origin = other.origin._replace(anchor="hostess")
        self.rooms.event(other)
        self.assertEqual(["hostess"], list(self.rooms.status()))
        where = other.origin._replace(anchor="hers")
        self.assertEqual({"hostess"}, set(self.rooms.status()))
        self.rooms.event(events.Renamed("hostess", "hers", "7", where))
        self.rooms.event(events.Renamed("nobody", "hers", "7", where))
        self.assertEqual([("hers", "live")], [(n, s.phase) for n, s in self.rooms.status().items()])

    def test_refused(self) -> None:
        """They cannot be changed here, and that is said."""
        self.assertRaises(ValueError, self.rooms.add, "anna")
        self.failureResultOf(RedisTestCase.deferred(self.rooms.remove("anna")), Refusal)
        self.assertRaises(Refusal, self.rooms.room_info, "anna")
        self.assertRaises(Refusal, self.rooms.available_gifts, "anna")


class DaemonTests(RedisTestCase):
    """A daemon that reads, with a real server."""

    def daemon(self, *outputs: str, url: str) -> Daemon:
        """One that is running."""
        from twisted.internet import reactor

        source = f"redis:{url}?group=g&start=beginning"
        daemon = assemble(reactor, Plan(outputs=outputs, source=source))
        self.addCleanup(daemon.stopService)
        daemon.startService()
        return daemon

    async def test_read(self) -> None:
        """Web, archive, and a further stream get what others have written; figures tell of it."""
        from twisted.internet import reactor

        server = self.server()
        writer = make(Parts(reactor), server.url, {})  # type: ignore[arg-type]
        writer.startService()
        self.addCleanup(writer.stopService)
        for number in range(1, 21):
            writer.event(chat("Ann", f"no. {number}", number=number))
        await writer.when_written()
        path = Path(self.mktemp()).absolute()
        outputs = (f"sqlite:{path}", "web:tcp:0:interface=127.0.0.1", f"redis:{server.url}?name=b")
        daemon = self.daemon(*outputs, "metrics:tcp:0:interface=127.0.0.1", url=server.url)
        readers: list[StreamReader] = [each for each in daemon if isinstance(each, StreamReader)]
        while any(each.streams()[0].pending or not each.delivery.read for each in readers):
            await self.moment()
        found = sqlite3.connect(path).execute("SELECT count(*), count(DISTINCT id) FROM events")
        self.assertEqual((20, 20), found.fetchone())
        other = await self.connected(server)
        self.assertEqual(20, await other.call("XLEN", Keys("b").events))
        web: Any = daemon.getServiceNamed("web-2")
        rooms = json.loads(await self.get(f"{web.url}rooms"))["rooms"]
        self.assertEqual([("host", "live")], [(each["name"], each["phase"]) for each in rooms])
        self.assertTrue(json.loads(await self.get(f"{web.url}readyz"))["ready"])
        said = Said(self, "Daemon")
        daemon.log_status()
        self.assertIn(
            f"unix://{server.path} group g-web: 20 read, 0 unreadable, 0 missed, 0 lag, 0 pending",
            said.lines,
        )
        port = daemon.getServiceNamed("metrics-4").address.port  # type: ignore[attr-defined]
        figures = await self.get(f"http://127.0.0.1:{port}/metrics")
        for line in (
            'tiktoklive_redis_lag{output="from-g-sqlite"} 0.0',
            'tiktoklive_redis_read_total{output="from-g-web"} 20.0',
            'tiktoklive_redis_appended_total{output="redis-3"} 20.0',
            'tiktoklive_redis_missed_total{output="from-g-sqlite"} 0.0',
            'tiktoklive_redis_up{output="redis-3"} 1.0',
            'tiktoklive_events_total{event="chat"} 20.0',
        ):
            self.assertIn(line, figures)

    @staticmethod
    async def get(url: str) -> str:
        """What a page says."""

        def ask() -> str:
            with urllib.request.urlopen(url) as answer:
                text: str = answer.read().decode()
            return text

        return await deferToThread(ask)
