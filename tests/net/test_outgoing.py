"""What streams send, byte for byte."""

from __future__ import annotations

import os
from collections.abc import Callable
from unittest.mock import patch

from autobahn.twisted.websocket import WebSocketServerFactory, WebSocketServerProtocol
from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tests.net.raw import (
    HOST,
    TICKET,
    ClientFrame,
    Listener,
    StreamTestCase,
    close_frame,
    frame,
    read_client_frames,
)
from tiktoklive.net.attempt import WebSocketOpener
from tiktoklive.net.outgoing import BINARY, MASKS, PONG, Masks, Unread, client_frame
from tiktoklive.testing import MemoryNetwork

#: Those at which a frame tells its length in another way, and their neighbours.
SIZES = (0, 1, 3, 4, 5, 124, 125, 126, 127, 255, 256, 65_535, 65_536, 65_537, 150_000)


def content(size: int) -> bytes:
    """So many bytes, of which no four are the same as the next."""
    return bytes(number * 7 & 255 for number in range(size))


def countable(size: int) -> Callable[[int], bytes]:
    """A source of "random" bytes that go on from 0; each call has to be of that size at least."""
    begun = 0

    def draw(wanted: int) -> bytes:
        nonlocal begun
        assert wanted >= size
        begun += wanted
        return b"".join(
            (place // 4).to_bytes(4, "big") for place in range(begun - wanted, begun, 4)
        )

    return draw


class FrameTests(SynchronousTestCase):
    """One frame."""

    def test_sizes(self) -> None:
        """Any length is told in the fewest bytes, and the content comes back."""
        for size in SIZES:
            [read] = read_client_frames(client_frame(content(size)))
            self.assertEqual((BINARY, content(size)), (read.opcode, read.payload))

    def test_vector(self) -> None:
        """The example of RFC 6455, section 5.7, with its mask, but as a binary message."""
        with patch.object(MASKS, "take", lambda: bytes.fromhex("37fa213d")):
            written = client_frame(b"Hello")
        self.assertEqual("828537fa213d7f9f4d5158", written.hex())

    @given(st.binary(max_size=400), st.sampled_from((BINARY, PONG)))
    def test_any(self, payload: bytes, opcode: int) -> None:
        """Any content, also one that begins or ends with zeros, comes back."""
        payload = payload[:125] if opcode == PONG else payload
        [read] = read_client_frames(client_frame(payload, opcode))
        self.assertEqual((opcode, payload), (read.opcode, read.payload))


class MaskTests(SynchronousTestCase):
    """The masks."""

    def test_each_once(self) -> None:
        """Each random byte is part of one mask, in its order, whatever the blocks."""
        with patch.object(os, "urandom", countable(4)):
            masks = Masks()
            taken = [masks.take() for _ in range(5000)]
        self.assertEqual([number.to_bytes(4, "big") for number in range(5000)], taken)

    def test_blocks(self) -> None:
        """They are drawn many at a time: asking the system costs more than a frame."""
        with patch.object(os, "urandom", countable(1024)):
            masks = Masks()
            for _ in range(5000):
                masks.take()

    def test_random(self) -> None:
        """They come from the system's generator: none repeats itself, half of the bits are set."""
        masks = [MASKS.take() for _ in range(10_000)]
        self.assertLess(9_990, len(set(masks)))
        share = sum(int.from_bytes(mask, "big").bit_count() for mask in masks) / 320_000
        self.assertTrue(0.49 < share < 0.51, share)

    def test_shared(self) -> None:
        """Frames take theirs from the same: no two have the same one."""
        with patch.object(os, "urandom", countable(4)), patch.object(MASKS, "take", Masks().take):
            written = b"".join(client_frame(bytes(size % 300)) for size in range(3000))
        masks = [each.mask for each in read_client_frames(written)]
        self.assertEqual(3000, len(set(masks)))

    def test_forgotten(self) -> None:
        """What is drawn and not used yet is not used once they are renewed."""
        with patch.object(os, "urandom", countable(4)):
            masks = Masks()
            first = masks.take()
            masks.renew()
            self.assertLess(int.from_bytes(first, "big") + 1, int.from_bytes(masks.take(), "big"))

    def test_fork(self) -> None:
        """A process that is forked off has other masks than this one."""
        MASKS.take()
        there, here = os.pipe()
        child = os.fork()
        if not child:
            os.write(here, MASKS.take())
            os._exit(0)
        os.waitpid(child, 0)
        mask = os.read(there, 4)
        os.close(there)
        os.close(here)
        self.assertNotIn(mask, [MASKS.take() for _ in range(600)])

    if not hasattr(os, "fork"):
        test_fork.skip = "there is no fork"  # type: ignore[attr-defined]


class StateTests(StreamTestCase):
    """When something is sent."""

    def frames(self) -> list[ClientFrame]:
        """What the server got."""
        self.network.flush()
        return self.servers[-1].strictly_read()

    def test_order(self) -> None:
        """What is sent and the answers to pings go out in their order, each with its own mask."""
        stream = self.opened()
        stream.send(b"one")
        self.say(frame(b"ping", 9), frame(b"", 9), frame(bytes(125), 9))
        stream.send(content(70_000))
        found = self.frames()
        self.assertEqual(
            [(2, b"one"), (10, b"ping"), (10, b""), (10, bytes(125)), (2, content(70_000))],
            [(each.opcode, each.payload) for each in found],
        )
        self.assertEqual(5, len({each.mask for each in found}))

    def test_not_before(self) -> None:
        """Nothing goes out before the server has let us in."""
        self.begin()
        [connection] = self.network.connections
        client = connection.client.protocol
        client.send(b"early")
        client.sendPong(b"early")
        self.assertEqual([], self.frames())

    def test_last(self) -> None:
        """The close frame is the last one, whatever is sent or asked for behind it."""
        stream = self.opened()
        stream.send(b"one")
        stream.close()
        stream.send(b"two")
        self.say(frame(b"ping", 9))
        self.assertEqual([2, 8], [each.opcode for each in self.frames()])

    def test_answered(self) -> None:
        """So is the answer to the server's, and to one that breaks the rules."""
        for last in (close_frame(1000, b"bye"), frame(b"", 3)):
            stream = self.opened()
            self.say(last)
            sent = self.frames()
            stream.send(b"late")
            self.hang_up()
            self.assertEqual(sent, self.frames())
            self.assertNotIn(b"late", [each.payload for each in sent])


class AutobahnTests(SynchronousTestCase):
    """What autobahn's server makes of it."""

    def test_read(self) -> None:
        """It reads all lengths, answers, and agrees to close in order; nothing is compressed."""
        heard: list[bytes] = []
        ends: list[tuple[bool, int | None]] = []

        class Echo(WebSocketServerProtocol):
            def onMessage(self, payload: bytes, isBinary: bool) -> None:
                heard.append(payload)
                self.sendMessage(payload, isBinary)
                self.sendPing(b"there?")

            def onPong(self, payload: bytes) -> None:
                heard.append(payload)

            def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:
                ends.append((wasClean, code))

        factory = WebSocketServerFactory()
        factory.protocol = Echo
        factory.setProtocolOptions(
            openHandshakeTimeout=0,
            closeHandshakeTimeout=0,
            requireMaskedClientFrames=True,
            perMessageCompressionAccept=lambda offers: self.fail("compression was offered"),
        )
        network, listener = MemoryNetwork(), Listener()
        network.add(HOST, 443, factory)
        opening = WebSocketOpener(network, network.clock).open(TICKET, listener)
        network.flush()
        stream = self.successResultOf(opening)
        for size in SIZES:
            stream.send(content(size))
        network.flush()
        self.assertEqual([content(size) for size in SIZES], listener.frames)
        sent = [each for each in heard if each != b"there?"]
        self.assertEqual([content(size) for size in SIZES], sent)
        self.assertEqual(2 * len(SIZES), len(heard))
        closing = stream.close()
        network.flush()
        self.successResultOf(closing)
        self.assertEqual([(True, 1000)], ends)


class UnreadTests(SynchronousTestCase):
    """Counting what waits."""

    def test_counts(self) -> None:
        """Only what is written while the buffer is full counts, until it is empty."""
        unread = Unread(100)
        self.assertFalse(unread.wrote(1000))
        unread.pauseProducing()
        self.assertFalse(unread.wrote(100))
        unread.resumeProducing()
        unread.pauseProducing()
        self.assertFalse(unread.wrote(100))
        self.assertTrue(unread.wrote(1))

    def test_stays(self) -> None:
        """What was too much is not forgotten when the buffer is thrown away."""
        unread = Unread(100)
        unread.pauseProducing()
        unread.wrote(101)
        unread.resumeProducing()
        unread.stopProducing()
        self.assertTrue(unread.too_much)
