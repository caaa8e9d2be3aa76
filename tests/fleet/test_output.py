"""The output ``redis``: what it appends, what it keeps meanwhile, and what it says."""

from __future__ import annotations

from typing import Any

from twisted.internet.interfaces import IPushProducer
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer

from tests.clocks import NOVEMBER, SteppedClock
from tests.fleet.memory import MemoryClient, MemoryRedis
from tests.fleet.scripts import appends, teach
from tests.fleet.server import RedisTestCase
from tests.fleet.streams import wrong
from tests.outputs.doubles import Parts, Said, chat
from tiktoklive.errors import RedisFullError, RedisNotReadyError
from tiktoklive.events import Event
from tiktoklive.fleet.entries import event_of
from tiktoklive.fleet.output import RETRY, RedisOutput, is_installed, make
from tiktoklive.fleet.replies import reply_error
from tiktoklive.fleet.stream import APPEND, Keys, Trim, append_script
from tiktoklive.outputs.queue import Policy

KEYS = Keys()


@implementer(IPushProducer)
class Streams:
    """What may be held."""

    def __init__(self) -> None:
        self.held = False

    def pauseProducing(self) -> None:
        self.held = True

    def resumeProducing(self) -> None:
        self.held = False

    def stopProducing(self) -> None:
        raise AssertionError("the output does not own them")


class OutputTestCase(SynchronousTestCase):
    """An output with a Redis in memory."""

    def setUp(self) -> None:
        """A server, and a client of it."""
        self.clock: Clock = Clock()
        self.clock.rightNow = NOVEMBER
        self.server = teach(MemoryRedis(self.clock))
        self.client = MemoryClient(self.server)
        self.said = Said(self, "BatchWriter", "BoundedQueue", "RedisOutput")

    def output(self, **more: Any) -> RedisOutput:
        """One that is running."""
        client: Any = self.client
        output = RedisOutput("redis", client, self.clock, keys=KEYS, **more)
        output.startService()
        self.addCleanup(lambda: self.clock.pump([1.0] * 12))
        self.addCleanup(output.stopService)
        return output

    def texts(self) -> list[str]:
        """The comments in the stream."""
        entries = self.server.execute("XRANGE", KEYS.events, "-", "+")
        return [getattr(event_of(fields), "comment", "") for _, fields in entries]


class AppendTests(OutputTestCase):
    """What is in the stream."""

    def test_appended(self) -> None:
        """Events are there in their order, each once, and can be made again."""
        output = self.output()
        for number in (1, 2, 1, 3):
            output.event(chat("Ann", f"no. {number}", number=number))
        self.assertEqual(["no. 1", "no. 2", "no. 3"], self.texts())
        [counts] = output.streams()
        self.assertEqual(
            (True, 3, 1, 0), (counts.connected, counts.appended, counts.duplicates, counts.fenced)
        )
        self.assertIsNone(counts.lag)

    def test_batches(self) -> None:
        """What has gathered meanwhile goes in calls of so many events."""
        self.client.part()
        output = self.output(batch=50)
        for number in range(120):
            output.event(chat("Ann", "a", number=number + 1))
        self.server.log.clear()
        self.client.join()
        self.clock.advance(RETRY)
        calls = [words for words in self.server.log if words[0] == b"EVALSHA"]
        self.assertEqual(1 + 3, len(calls))  # the first was tried alone, before there were others
        self.assertEqual(120, len(self.texts()))

    def test_lost_confirmation(self) -> None:
        """Of what was appended although nobody heard of it, nothing is there twice."""
        output = self.output()
        self.client.lost_answers = 1
        output.event(chat("Ann", "once", number=1))
        self.assertEqual(["once"], self.texts())
        self.client.join()
        self.clock.advance(RETRY)
        self.assertEqual(["once"], self.texts())
        self.assertEqual(1, output.streams()[0].duplicates)
        self.assertEqual("", output.failing)

    def test_fenced(self) -> None:
        """What belongs to a room that was lost is not appended, and counted."""
        script = append_script("return fence == 'mine'")
        self.server.teach(script, appends(lambda fence: fence == b"mine"))
        output = self.output(
            script=script,
            fence=lambda entry: "mine" if b"yes" in entry.envelope else "not",
        )
        output.event(chat("Ann", "yes", number=1))
        output.event(chat("Ann", "no", number=2))
        self.assertEqual(["yes"], self.texts())
        [counts] = output.streams()
        self.assertEqual((1, 1), (counts.appended, counts.fenced))

    def test_strangers(self) -> None:
        """An event that a program made up is left out, and that is told once."""

        class Mine(Event):
            name = "mine"

        output = self.output()
        output.event(Mine())
        output.event(Mine())
        self.assertEqual(
            1, len([each for each in self.said.lines if "cannot be made again" in each])
        )
        self.assertEqual(0, output.queues()[0].size)

    def test_stored(self) -> None:
        """It says when all that it was given is there."""
        output = self.output()
        self.client.part()
        output.event(chat("Ann", "a", number=1))
        stored = output.when_written()
        self.assertNoResult(stored)
        self.client.join()
        self.clock.advance(RETRY)
        self.successResultOf(stored)
        self.assertTrue(output.has_room())


class TroubleTests(OutputTestCase):
    """Redis does not take what it is given."""

    def test_trouble(self) -> None:
        """Whatever Redis says, events wait and are tried again; the reason is told as it is."""
        output = self.output()
        for number, said in enumerate(
            (
                "OOM command not allowed when used memory > 'maxmemory'.",
                "MISCONF Redis is configured to save, but cannot",
                "READONLY You can't write against a read only replica.",
                "LOADING Redis is loading the dataset in memory",
                "CLUSTERDOWN The cluster is down",
                "NOREPLICAS Not enough good replicas to write.",
                "NOPERM this user has no permissions",
                "WRONGTYPE Operation against a key",
            ),
            1,
        ):
            self.server.error = reply_error("redis", "EVALSHA", said)
            output.event(chat("Ann", f"{number}", number=number))
            self.assertIn(said.partition(" ")[0], output.failing)
            self.clock.advance(RETRY)
            self.assertNotEqual("", output.failing)
            self.server.error = None
            self.clock.advance(RETRY)
            self.assertEqual("", output.failing, said)
        self.assertEqual([f"{number}" for number in range(1, 9)], self.texts())
        self.assertEqual(0, output.queues()[0].dropped)

    def test_full_of_what_is_old(self) -> None:
        """When Redis is full, what is too old is removed although nothing can be appended."""
        output = self.output(trim=Trim(100, 60))
        output.event(chat("Ann", "old", number=1))
        self.clock.advance(61.0)
        self.server.teach(APPEND, self.full)
        output.event(chat("Ann", "new", number=2))
        self.assertEqual([], self.texts())
        self.server.teach(APPEND, appends())
        self.clock.advance(RETRY)
        self.assertEqual(["new"], self.texts())

    def test_full_and_a_wrong_clock(self) -> None:
        """How old that is tells the clock of Redis, whatever that of this machine shows."""
        clock = SteppedClock(NOVEMBER)
        self.clock, self.server = clock, teach(MemoryRedis(clock))
        self.client = MemoryClient(self.server)
        output = self.output(trim=Trim(100, 60))
        output.event(chat("Ann", "young", number=1))
        clock.advance(RETRY)
        clock.step = 10 * 365 * 86400.0
        self.server.teach(APPEND, self.full)
        output.event(chat("Ann", "new", number=2))
        self.server.teach(APPEND, appends())
        clock.advance(RETRY)
        self.assertEqual(["young", "new"], self.texts())

    @staticmethod
    def full(*given: object) -> None:
        """A script that finds no memory."""
        raise reply_error("redis", "EVALSHA", "OOM command not allowed")

    def test_kinds(self) -> None:
        """Full, and not ready, are errors of their own."""
        self.assertIsInstance(reply_error("r", "SET", "OOM no"), RedisFullError)
        self.assertIsInstance(reply_error("r", "SET", "READONLY no"), RedisNotReadyError)
        self.assertEqual("ERR", reply_error("r", "SET", "value is no number").code)
        self.assertNotIn("hush", str(reply_error("r", "AUTH", "ERR hush is no password")))
        self.assertEqual("NOGROUP", wrong("x", code="NOGROUP").code)

    def test_away(self) -> None:
        """Without a connection it says so, before there is anything to append as well."""
        self.client.part("the connection was refused")
        output = self.output()
        self.assertEqual("the connection was refused", output.failing)
        self.client.join()
        self.assertEqual("", output.failing)

    def test_drops(self) -> None:
        """A queue that is full loses what is new, and tells how much."""
        self.client.part()
        output = self.output(limit=2_000_000, policy=Policy.DROP_NEWEST)
        for number in range(20):
            output.event(chat("Ann", "x" * 200_000, number=number + 1))
        [counts] = output.queues()
        self.assertLessEqual(counts.size, 2_000_000)
        self.assertTrue(counts.dropped)
        self.assertTrue([each for each in self.said.lines if "lost" in each])
        self.client.join()
        self.clock.advance(RETRY)
        self.assertEqual(20 - counts.dropped, len(self.texts()))

    def test_block(self) -> None:
        """One that blocks lets the streams wait instead, until Redis takes what there is."""
        self.client.part()
        output = self.output(limit=1_000_000, policy=Policy.BLOCK)
        streams = Streams()
        output.pace(streams)
        number = 0
        while not streams.held:
            number += 1
            output.event(chat("Ann", "x" * 10_000, number=number))
        self.client.join()
        self.clock.advance(RETRY)
        self.assertFalse(streams.held)
        self.assertEqual(number, len(self.texts()))
        self.assertEqual(0, output.queues()[0].dropped)

    def test_stopped(self) -> None:
        """What waits when it is stopped is appended first, within its time, or told as lost."""
        output = self.output()
        self.client.part()
        output.event(chat("Ann", "last", number=1))
        self.client.join()
        self.successResultOf(output.stopService())
        self.assertEqual(["last"], self.texts())
        self.assertFalse(self.client.running)


class MakeTests(SynchronousTestCase):
    """What is said on the command line."""

    if not is_installed():
        skip = "txredisapi is not installed"

    def make(self, argument: str, **environ: str) -> RedisOutput:
        """The output of an argument."""
        return make(Parts(Clock()), argument, environ)  # type: ignore[arg-type]

    def test_options(self) -> None:
        """Each option is taken."""
        output = self.make("redis://a/3?name=b&maxlen=7&age=1h&batch=9&queue=1M&full=block")
        self.assertEqual("redis://a:6379/3", output.title)
        self.assertEqual("tiktoklive:{b}:events", output._keys[0])
        self.assertEqual(Trim(7, 3600), output._trim)
        self.assertEqual(9, output._writer._most)
        self.assertEqual((1 << 20, Policy.BLOCK), (output._queue.limit, output._queue.policy))

    def test_refused(self) -> None:
        """What is no good is refused in a sentence."""
        for argument, words in (
            ("", "redis://HOST"),
            ("redis://:hush@a", "TIKTOKLIVE_REDIS_PASSWORD"),
            ("redis://a?length=1", "there is no option"),
            ("redis://a?name=b:c", "letters, digits"),
            ("redis://a?full=never", "one of"),
        ):
            error = self.assertRaises(ValueError, self.make, argument)
            self.assertIn(words, str(error))
            self.assertNotIn("hush", str(error))


class ServerTests(RedisTestCase):
    """With the real server."""

    timeout = 60

    async def test_full(self) -> None:
        """A server without memory is told as full, and events go on when there is room again."""
        server = self.server(more=["--maxmemory", "3mb"])
        other = await self.connected(server)
        from twisted.internet import reactor

        output = RedisOutput("redis", self.client(server), reactor, retry=0.05)  # type: ignore[arg-type]
        output.startService()
        self.addCleanup(output.stopService)
        await output.client.when_connected()
        number = 0
        while "OOM" not in output.failing:
            number += 1
            output.event(chat("Ann", "x" * 5000, number=number))
            await self.moment()
        await other.call("CONFIG", "SET", "maxmemory", "1gb")
        await output.when_written()
        self.assertEqual("", output.failing)
        self.assertEqual(number, await other.call("XLEN", KEYS.events))
