"""Each fault of the simulated TikTok does what its name says, once, and to whom it should."""

from __future__ import annotations

import json
import time
from random import Random
from typing import Any
from urllib.parse import urlsplit

from twisted.python.failure import Failure
from twisted.trial.unittest import SynchronousTestCase
from twisted.web.client import Agent, readBody
from twisted.web.http_headers import Headers

from tests.simulator.client import AGENT, PlainClient, SimulatorTestCase
from tests.stack.case import chat
from tiktoklive.errors import DecodeError, PayloadTooLargeError
from tiktoklive.simulator.garbage import BOMB, GARBAGE, Good, Raw, batch_of, bomb
from tiktoklive.simulator.http_faults import ENORMOUS, HTTP_FAULTS
from tiktoklive.simulator.push import PUSH_PATH
from tiktoklive.simulator.settings import RANDOM_FAULTS
from tiktoklive.simulator.wrong_answers import WRONG_ANSWERS
from tiktoklive.testing import settle
from tiktoklive.wire import frames
from tiktoklive.wire.batches import build_batch, parse_batch
from tiktoklive.wire.inflate import gunzip


def comments(client: PlainClient) -> list[int]:
    """The ids of the comments that a client got, in order."""
    return [each.msg_id for batch in client.batches() for each in batch.messages]


class StreamTests(SimulatorTestCase):
    """What happens to viewers."""

    def say(self, *numbers: int) -> None:
        """Push a comment with each id."""
        for number in numbers:
            self.room.push([(*chat(str(number)), number)])
            self.network.flush()
            self.clock.advance(0.1)
            self.network.flush()

    def test_endings(self) -> None:
        """After as many batches as said: a close frame, an end without one, or a reset."""
        for how, clean, code in (("close", True, 1001), ("abort", False, 1006)):
            with self.subTest(how):
                client = self.enter()
                self.simulator.faults.cut(how, after=2)
                self.say(1, 2, 3)
                self.assertEqual([1, 2], comments(client)[-2:])
                self.assertEqual((clean, code), (client.closed or ())[:2])
        client = self.enter()
        self.simulator.faults.cut("reset")
        self.clock.advance(0.1)
        self.assertTrue(self.network.open[-1].server.aborted)
        self.network.flush()
        self.assertFalse((client.closed or (True,))[0])

    def test_overlap(self) -> None:
        """The next stream begins with messages from before the cut, and all that came since."""
        self.enter()
        self.simulator.faults.cut("reset", after=3, overlap=2)
        self.say(1, 2, 3, 4, 5)
        client = self.enter()
        self.assertEqual([2, 3, 4, 5], comments(client))
        self.assertEqual([1, 2, 3, 4, 5], comments(self.enter()))  # as always: the latest ones

    def test_hide(self) -> None:
        """Each viewer is shown the share that was said, each another one, and the same by seed."""
        shown = []
        for _ in range(2):
            self.setUp()
            self.simulator.behaviour.ack_limit = None
            self.simulator.faults.hide(0.25)
            clients = [self.enter(), self.enter()]
            self.say(*range(1, 401))
            shown.append([set(comments(client)) for client in clients])
            self.room.pause()
            self.network.flush()
            for client in clients:
                methods = {each.method for batch in client.batches() for each in batch.messages}
                self.assertIn("WebcastControlMessage", methods)
        first, second = shown[0]
        for seen in (first, second):
            self.assertLess(abs(len(seen) - 300), 30)
        self.assertLess(abs(len(first & second) - 225), 30)
        self.assertEqual(shown[0], shown[1])
        for share in (-0.1, 1.1):
            self.assertRaises(ValueError, self.simulator.faults.hide, share)

    def test_times(self) -> None:
        """So many streams are cut off, one after the other, and the one after them is not."""
        self.simulator.faults.cut("reset", after=1, times=2)
        first, second = self.enter(), self.enter()
        third = self.enter()
        self.say(1)
        gone = [client.closed is not None for client in (first, second, third)]
        self.assertEqual([True, True, False], gone)

    def test_renamed(self) -> None:
        """A fault that waits in a room is there when its user changes their name."""
        self.simulator.faults.cut("reset")
        self.simulator.rename(self.room.unique_id, "other")
        client = self.enter()
        self.say(1)
        self.assertIsNotNone(client.closed)

    def test_user(self) -> None:
        """A fault of one user's room leaves the others alone."""
        self.simulator.add_room("other")
        self.simulator.faults.cut("reset", user="other")
        client = self.enter()
        self.say(1)
        self.assertIsNone(client.closed)

    def test_silent(self) -> None:
        """A silent stream stays open, and nothing comes out of it; it does not outlast this."""
        client = self.enter()
        self.simulator.faults.silence(after=1)
        self.say(1, 2)
        heard = len(client.frames)
        self.send(client, frames.heartbeat(self.room.room_id, 1))
        self.assertEqual(heard, len(client.frames))
        self.assertEqual(1, comments(client)[-1])
        self.assertIsNone(client.closed)
        self.simulator.faults.clear()
        self.network.flush()
        self.assertIsNotNone(client.closed)
        self.assertEqual([1, 2], comments(self.enter()))

    def test_deaf(self) -> None:
        """A deaf stream answers heartbeats and pushes nothing."""
        client = self.enter()
        self.simulator.faults.deafen()
        heard = len(client.frames)
        self.say(1)
        self.send(client, frames.heartbeat(self.room.room_id, 1))
        self.assertEqual(["hb"], [each.payload_type for each in client.frames[heard:]])

    def test_garbage(self) -> None:
        """Garbage comes behind as many batches as said, and every good frame comes too."""
        client = self.enter()
        client.expected = (DecodeError,)
        heard = len(client.raw)
        self.simulator.faults.garbage("html page", times=2)
        self.say(1, 2, 3)
        pages = [each.startswith(b"<html>") for each in client.raw[heard:]]
        self.assertEqual([False, True, False, True, False], pages)

    def test_late(self) -> None:
        """A handshake is answered after the time that was said."""
        self.simulator.faults.delay_handshakes(5)
        client = self.dial()
        self.clock.advance(4.9)
        self.network.flush()
        self.assertFalse(client.is_let_in)
        self.clock.advance(0.2)
        self.network.flush()
        self.assertTrue(client.is_let_in)

    def test_late_refusal(self) -> None:
        """A refusal that is late ends as it should, and not with the connection."""
        self.simulator.faults.delay_handshakes(5)
        agent = Agent.usingEndpointFactory(self.clock, self.network)
        bodies: list[bytes] = []
        answer: Any = agent.request(b"GET", f"https://webcast-ws.tiktok.com{PUSH_PATH}".encode())
        answer.addCallback(readBody).addCallback(bodies.append)
        settle(self.network, 4.9)
        self.assertEqual([], bodies)
        settle(self.network, 0.2)
        self.assertEqual([b""], bodies)

    def test_late_for_nobody(self) -> None:
        """A late answer to somebody who is gone does no harm, nor does a late refusal."""
        self.simulator.faults.delay_handshakes(5, times=2)
        self.dial()
        self.network.drop()
        self.simulator.refuse(status=503)
        refused = self.dial()
        self.clock.advance(6)
        self.network.flush()
        self.assertEqual(1, len(self.simulator.refused))
        self.assertIsNotNone(refused.closed)

    def test_names(self) -> None:
        """What there is not is refused at once, with what there is."""
        faults: Any = self.simulator.faults
        for ask, choice in (
            (lambda: faults.cut("boom"), "reset"),
            (lambda: faults.garbage("boom"), "gzip bomb"),
            (lambda: faults.answer("/", "boom"), "slow body"),
        ):
            self.assertIn(choice, str(self.assertRaises(ValueError, ask)))

    def test_at_random(self) -> None:
        """By chance all kinds of things happen, the same for the same seed, until it is enough."""
        rates = dict.fromkeys(RANDOM_FAULTS, 0.2)
        del rates["garbage"]  # which this client does not understand
        runs = []
        for _ in range(2):
            self.setUp()
            self.simulator.faults.at_random(rates)
            for number in range(60):
                if number % 2 == 0:
                    self.dial()
                for viewer in self.simulator.viewers:
                    viewer.bound = True
                self.say(number + 1)
            codes = [viewer.closed for viewer in self.room.all_viewers]
            runs.append((codes, len(self.simulator.refused)))
            self.simulator.faults.clear()
            self.network.drop()
            client = self.enter()
            self.say(*range(100, 130))
            self.assertEqual([*range(100, 130)], comments(client)[-30:])
        self.assertEqual(runs[0], runs[1])
        codes, refused = runs[0]
        self.assertGreater(refused, 0)
        self.assertGreater(len({code for code in codes if code is not None}), 1)


class AnswerTests(SimulatorTestCase):
    """What happens to answers."""

    URL = "https://www.tiktok.com/api-live/user/room/?aid=1988&sourceType=54&uniqueId=anna"

    def test_all(self) -> None:
        """Each mishap spoils one answer in its own way, and the next answer is right."""
        _, right = self.get(self.URL)
        seen = set()
        for how in HTTP_FAULTS:
            with self.subTest(how):
                self.simulator.faults.answer("/api-live/user/room/", how)
                outcome = self.outcome()
                self.assertNotIn((200, (), len(right)), [outcome])
                seen.add(outcome)
                self.network.drop()
                self.assertEqual(right, self.get(self.URL)[1])
        self.assertGreater(len(seen), 12)

    def test_wrong_answers(self) -> None:
        """What TikTok says in the place of the right answer is well formed, and differs from it."""
        page = "https://www.tiktok.com/@anna/live"
        details = (
            "https://webcast.tiktok.com/webcast/room/info/?aid=1988&room_id="
            + self.simulator.rooms["anna"].room_id
        )
        for how in WRONG_ANSWERS:
            for url in (self.URL, page, details):
                right, body = self.get(url)
                self.simulator.faults.answer(urlsplit(url).path, how)
                response, wrong = self.get(url)
                if (how, url) != ("restricted", details):
                    self.assertNotEqual((right.code, body), (response.code, wrong), how)
                if how in ("other host", "restricted") and url != page:
                    self.assertEqual(len(json.loads(body)), len(json.loads(wrong)), how)
                if how == "other host":
                    self.assertIn(b"somebody_else", wrong)
                    self.assertNotIn(b'"anna"', wrong)
                self.assertEqual(body, self.get(url)[1])

    def outcome(self) -> Any:
        """Status, what is odd in the head, and the size of the body, or what became of them."""
        agent = Agent.usingEndpointFactory(self.clock, self.network)
        asking = agent.request(b"GET", self.URL.encode(), Headers({"User-Agent": [AGENT]}))
        done: list[Any] = []
        asking.addCallback(self.body).addBoth(done.append)
        for _ in range(20):
            self.clock.advance(1)
            self.network.flush()
        if not done:
            return "nothing"
        if isinstance(done[0], Failure):
            return done[0].type
        return done[0]

    def body(self, response: Any) -> Any:
        """What came."""
        headers = dict(response.headers.getAllRawHeaders())
        odd = tuple(
            name
            for name in (b"Content-Encoding", b"X-Tt-System-Error", b"Retry-After")
            if name in headers
        )
        if b"webp" in headers.get(b"Content-Type", [b""])[0]:
            odd += (b"Content-Type",)
        return readBody(response).addCallback(lambda body: (response.code, odd, len(body)))

    def test_every_time(self) -> None:
        """Without a number all answers for the path go wrong, until it is enough."""
        self.simulator.faults.answer("/@anna", "502", times=None)
        self.assertEqual(
            [502] * 4, [self.get("https://www.tiktok.com/@anna")[0].code for _ in range(4)]
        )
        self.assertEqual(200, self.get("https://www.tiktok.com/live")[0].code)
        self.simulator.faults.clear()
        self.assertEqual(200, self.get("https://www.tiktok.com/@anna")[0].code)

    def test_socket(self) -> None:
        """The answer to a handshake can go wrong like any other."""
        self.simulator.faults.answer("/webcast/im/ws_proxy/ws_reuse_supplement/", "502")
        client = self.dial()
        self.assertIsNotNone(client.closed)
        self.assertTrue(self.enter().is_let_in)


class GarbageTests(SynchronousTestCase):
    """The table of garbage."""

    def made(self, kind: str, seed: int = 1) -> list[Any]:
        """Some garbage."""
        batch = build_batch([(*chat("hello"), 5, False)], cursor="c", internal_ext="i")
        good = Good(frames.push(batch, 7), batch, iter(range(100, 999)).__next__)
        return GARBAGE[kind](good, Random(seed))

    def test_unlike(self) -> None:
        """No two kinds are the same, and each is the same for the same seed, at any time."""
        made = {kind: self.made(kind) for kind in GARBAGE}
        self.patch(time, "time", lambda: 1e9)
        self.assertEqual(len(made), len({str(pieces) for pieces in made.values()}))
        for kind, pieces in made.items():
            self.assertEqual(pieces, self.made(kind), kind)

    def test_no_batches(self) -> None:
        """What is to hold no batch holds none, whatever the seed."""
        for kind in (
            "random bytes",
            "truncated frame",
            "wrong wire types",
            "huge length",
            "varint out of range",
            "field zero",
            "unclosed groups",
            "truncated gzip",
            "bad crc",
            "gzip bomb",
        ):
            for seed in range(20):
                for piece in self.made(kind, seed):
                    self.assertRaises(DecodeError, self.batch, piece)

    def batch(self, piece: bytes) -> Any:
        """What a client makes of it."""
        return parse_batch(frames.parse_frame(piece).payload)

    def test_bomb(self) -> None:
        """The bomb is small, and becomes 200 MiB."""
        self.assertLess(len(bomb()), BOMB / 900)
        self.assertRaises(PayloadTooLargeError, gunzip, bomb(), ENORMOUS)

    def test_as_body(self) -> None:
        """In an answer stands what the last frame holds, or what is no frame itself."""
        self.assertEqual(
            "hello",
            parse_batch(batch_of([frames.push(build_batch([("hello", b"", 0, False)]), 1)]))
            .messages[0]
            .method,
        )
        self.assertEqual(b"<html>", batch_of([b"<html>"]))
        self.assertEqual(b"text", batch_of(["text"]))
        self.assertEqual(b"raw", batch_of([Raw(b"raw")]))
