"""The strict server and its clients, each in a process of its own."""

from __future__ import annotations

import asyncio
import os
import socket
from unittest import skipUnless

from twisted.trial.unittest import SynchronousTestCase

from tests.benchmarks.measuring import Bench, Process, bench, cpu_of
from tests.benchmarks.push_server import (
    ROOM,
    Show,
    WrongError,
    check_request,
    comments,
    fields,
    take,
)
from tests.benchmarks.stream import Way, bare_order, client, our_order
from tests.hostile import encoding as e
from tests.hostile.server import Asked, Stream
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames import ack, heartbeat, parse_frame
from tiktoklive.wire.messages import decode_message

KEY = "dGhlIHNhbXBsZSBub25jZQ=="


class FrameTests(SynchronousTestCase):
    """What it reads."""

    def test_take(self) -> None:
        """Whole frames are taken, with any mask and of any length; the rest stays for later."""
        body = b"x" * 300
        data = bytearray(e.masked(b"ab") + e.masked(body, 9) + e.masked(b"later")[:-1])
        self.assertEqual([(2, b"ab"), (9, body)], list(take(data)))
        self.assertEqual(e.masked(b"later")[:-1], bytes(data))
        masked = bytes(each ^ b"mask"[at % 4] for at, each in enumerate(b"five5"))
        self.assertEqual([(2, b"five5")], list(take(bytearray(b"\x82\x85mask" + masked))))

    def test_wrong_frames(self) -> None:
        """A frame without mask, in pieces, compressed or of 64 bits' length is none of a client."""
        for data in (
            e.frame(b"a frame of a server"),
            e.masked(b"in pieces", fin=False),
            b"\xc2" + e.masked(b"compressed")[1:],
            b"\x82\xff" + bytes(12),
        ):
            self.assertRaises(WrongError, list, take(bytearray(data)))

    def test_fields(self) -> None:
        """The fields of an ack are read; bytes that are no message are refused."""
        self.assertEqual({2: 300, 6: b"pb", 7: b"ack", 8: b"seq:1"}, fields(ack(300, "seq:1")))
        for data in (b"\x12", b"\x12\x05ab", b"\x80", b"\x0d\x00\x00\x00\x00"):
            self.assertRaises(WrongError, fields, data)

    def test_comments(self) -> None:
        """Comments at a pace are read by the package, and say when they were sent."""
        [frame] = [parse_frame(comments(7)[4:])]
        batch = parse_batch(frame.payload)
        self.assertEqual((7, True, 10), (frame.log_id, batch.needs_ack, len(batch.messages)))
        message = decode_message(batch.messages[0].method, batch.messages[0].payload)
        self.assertTrue(message.common.create_time)  # type: ignore[union-attr]  # it has one


class Writer:
    """Keeps what is written."""

    def __init__(self) -> None:
        self.written = b""

    def write(self, data: bytes) -> None:
        """More of it."""
        self.written += data


def asked(**headers: str) -> Asked:
    """A request for the room's stream, with a header or two otherwise."""
    usual = {
        "upgrade": "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": KEY,
        "cookie": "ttwid=1",
    }
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Asked(b"", "GET", "/", {"room_id": str(ROOM)}, usual | names)


class StrictTests(SynchronousTestCase):
    """What it refuses."""

    def show(self, sent: bytes) -> Show:
        """A client that sends these bytes when three frames are on their way to it, and leaves."""

        async def play() -> Show:
            reader = asyncio.StreamReader()
            show = Show(Stream(reader, Writer(), asked()))  # type: ignore[arg-type]  # enough
            sending = asyncio.create_task(show.send([(number, b"frame") for number in (1, 2, 3)]))
            await asyncio.sleep(0)
            reader.feed_data(sent)
            reader.feed_eof()
            await show.read()
            sending.cancel()
            return show

        return asyncio.run(play())

    def test_acks(self) -> None:
        """An ack is one that was asked for, once, with the words that belong to it."""
        right = e.masked(ack(2, "internal_src:dim|wss_push_room_id:1|seq:2"))
        show = self.show(right + e.masked(heartbeat(ROOM, 1)))
        self.assertEqual((3, 1), (show.sent, show.acks))
        for wrong in (
            ack(2, "internal_src:dim|wss_push_room_id:1|seq:3"),
            ack(4, "internal_src:dim|wss_push_room_id:1|seq:4"),
            ack(2, ""),
            e.field(7, "thanks"),
            e.field(7, "im_enter_room") + e.field(8, e.field(1, ROOM + 1)),
            e.field(7, "im_enter_room") + e.field(8, 1 << 40),
        ):
            self.assertRaises(WrongError, self.show, e.masked(wrong))
        self.assertRaises(WrongError, self.show, right + right)

    def test_request(self) -> None:
        """A handshake has a version, a key of 16 bytes and a guest's cookie."""
        check_request(Stream(None, None, asked()))  # type: ignore[arg-type]  # only what was asked
        for wrong in (
            asked(sec_websocket_version="8"),
            asked(sec_websocket_key="c2hvcnQ="),
            asked(cookie="a=b"),
            asked(upgrade="h2c"),
        ):
            stream = Stream(None, None, wrong)  # type: ignore[arg-type]  # only what was asked
            self.assertRaises(WrongError, check_request, stream)


class ExchangeTests(SynchronousTestCase):
    """Real clients on real sockets of loopback."""

    def exchange(self, there: Bench, process: Process, order: dict[str, object], way: Way) -> None:
        """Serve a client so that 40 messages come first and then 60."""
        self.assertEqual({"ready": True}, there.server.ask({**way.plan(60), "warm": 40}))
        process.order(order)
        self.assertEqual({"entered": True}, there.server.said())
        frames = 100 // way.per_frame
        self.assertEqual({"frames": frames, "acks": frames}, there.server.ask("go"))
        self.assertEqual({"ended": True}, there.server.ask("end"))
        self.assertEqual(100, process.said()["messages"])

    def test_clients(self) -> None:
        """The bare client and ours get all messages in every form, and acknowledge every frame."""
        with bench() as there, client("bare", there) as bare, client("ours", there) as ours:
            for way in (Way(False, True, 20), Way(True, True, 1), Way(True, False, 5)):
                self.exchange(there, bare, bare_order(there, tls=way.tls), way)
                self.exchange(there, ours, our_order(there, tls=way.tls), way)

    def test_wrong_client(self) -> None:
        """A client that leaves before its acks are in is told as wrong, and measured nowhere."""
        with bench() as there:
            there.server.ask({**Way(False, True, 20).plan(0), "warm": 40})
            with socket.create_connection(("127.0.0.1", there.ports["plain"])) as connection:
                connection.sendall(
                    f"GET /?room_id={ROOM} HTTP/1.1\r\nUpgrade: websocket\r\nCookie: ttwid=1\r\n"
                    f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {KEY}\r\n\r\n".encode()
                )
            problem = self.assertRaises(RuntimeError, there.server.said)
            self.assertIn("the client left after 0 of 0 acks", str(problem))


@skipUnless(hasattr(os, "sched_getaffinity"), "only Linux has a clock for each process")
class ClockTests(SynchronousTestCase):
    """The clock of a process."""

    def test_own(self) -> None:
        """It counts what the process does."""
        before = cpu_of(os.getpid())
        sum(range(100_000))
        self.assertGreater(cpu_of(os.getpid()), before)
