"""The whole stack: what TikTok should not send, and what it sends that nobody knows."""

from __future__ import annotations

import gzip

from tests.stack.case import CHAT, StackTestCase, chat
from tiktoklive.errors import BatchError, FrameError, MessageError, PayloadTooLargeError
from tiktoklive.events import Error, RawData
from tiktoklive.options import Options
from tiktoklive.stream.conversation import Limits
from tiktoklive.wire.batches import build_batch
from tiktoklive.wire.frames import push
from tiktoklive.wire.frames_pb2 import ResponseMessage, WebcastPushFrame, WebcastResponse

#: Ends in the middle of a field: no protobuf message.
BAD = b"\x0a\xff"


def framed(payload: bytes, payload_type: str = "msg") -> bytes:
    """A push frame with any payload."""
    frame = WebcastPushFrame(
        log_id=99, payload_type=payload_type, payload=payload, payload_encoding="pb"
    )
    return frame.SerializeToString()


class InputTestCase(StackTestCase):
    """A live connection, to which anything can be sent."""

    options: Options | None = Options(limits=Limits(payload=1_000_000))

    def setUp(self) -> None:
        super().setUp()
        self.connection_ = self.live()
        self.seen.events.clear()

    def send(self, data: bytes) -> None:
        """Send any bytes as one WebSocket message."""
        self.viewer.send(data)
        self.settle()

    def survives(self, kind: type[Exception], info: str, *more: str) -> Error:
        """One error was told, the stream is still live, and the next message is delivered."""
        self.room.push([chat("still here")])
        self.settle()
        self.assertEqual(["error", *more, "chat"], self.seen.names())
        error = self.seen.only(Error)
        self.assertIs(kind, type(error.exception))
        self.assertEqual(info, error.info)
        self.assertEqual(("alice", self.room.room_id), (error.anchor, error.room_id))
        self.assertEqual("live", self.connection_.get_state().phase)
        self.assertEqual(1, len(self.handshakes()))
        return error


class FrameTests(InputTestCase):
    """Whole frames that cannot be understood are skipped, told and counted."""

    def test_malformed(self) -> None:
        """Bytes that are no push frame."""
        self.send(BAD)
        self.survives(FrameError, "Websocket message decoding failed", "gap")
        self.assertEqual(1, self.connection_.get_tally().bad_frames)

    def test_empty(self) -> None:
        """A message without any bytes."""
        self.send(b"")
        self.survives(FrameError, "Websocket message decoding failed", "gap")

    def test_truncated_gzip(self) -> None:
        """A batch whose gzip ends early."""
        batch = build_batch([(*chat("x" * 500), 1, False)])
        self.send(framed(gzip.compress(batch)[:-20]))
        self.survives(FrameError, "Websocket message decoding failed", "gap")

    def test_damaged_gzip(self) -> None:
        """A batch whose gzip has a wrong checksum."""
        packed = bytearray(gzip.compress(build_batch([(*chat("x" * 500), 1, False)])))
        packed[-6] ^= 1
        self.send(framed(bytes(packed)))
        self.survives(FrameError, "Websocket message decoding failed", "gap")

    def test_bomb(self) -> None:
        """A few bytes that would become many megabytes are not unpacked."""
        bomb = framed(gzip.compress(b"\0" * 30_000_000))
        self.assertLess(len(bomb), 50_000)
        self.send(bomb)
        self.survives(PayloadTooLargeError, "Websocket message decoding failed", "gap")

    def test_bad_batch(self) -> None:
        """A frame whose payload is no batch."""
        self.send(framed(BAD))
        self.survives(BatchError, "Websocket message decoding failed", "gap")

    def test_empty_batch(self) -> None:
        """A frame without a payload, which protobuf would read as an empty batch."""
        self.send(framed(b""))
        self.survives(BatchError, "Websocket message decoding failed", "gap")

    def test_counted(self) -> None:
        """Each bad frame is counted, the good ones too; the first is told."""
        before = self.connection_.get_tally().frames
        for _ in range(3):
            self.send(BAD)
        tally = self.connection_.get_tally()
        self.assertEqual((3, before + 3), (tally.bad_frames, tally.frames))
        self.assertEqual(1, len(self.seen.of(Error)))

    def test_other_types(self) -> None:
        """Frames of other types, whatever is in them, are passed over."""
        for kind in ("hb", "ack", "im_enter_room_resp", "close", "novelty"):
            self.send(framed(BAD, kind))
        self.assertEqual([], self.seen.events)

    def test_text(self) -> None:
        """A text message, which TikTok never sends, is dropped."""
        self.viewer.sendMessage(b"hello", False)
        self.settle()
        self.assertEqual([], self.seen.events)
        self.assertEqual("live", self.connection_.get_state().phase)

    def test_uncompressed(self) -> None:
        """A batch that is not compressed is as good as one that is."""
        self.send(push(build_batch([(*chat("plain"), 8, False)]), 1, compress=False))
        self.assertEqual(["plain"], self.seen.comments())


class MessageTests(InputTestCase):
    """Single messages."""

    def test_bad_message_in_a_good_batch(self) -> None:
        """The others of its batch are delivered in order; it is an error and its bytes."""
        self.room.push([chat("one"), (CHAT, BAD), chat("two")])
        self.settle()
        self.assertEqual(["chat", "error", "rawData", "chat"], self.seen.names())
        self.assertEqual(["one", "two"], self.seen.comments())
        raw = self.seen.only(RawData)
        self.assertEqual((CHAT, BAD), (raw.method, raw.payload))
        error = self.seen.only(Error)
        self.assertIsInstance(error.exception, MessageError)
        self.assertIn(CHAT, str(error.exception))

    def test_counted(self) -> None:
        """Messages that don't decode are counted by their wire name."""
        self.room.push([(CHAT, BAD), (CHAT, BAD), ("WebcastLikeMessage", BAD)])
        self.settle()
        undecodable = self.connection_._dispatcher.undecodable
        self.assertEqual({CHAT: 2, "WebcastLikeMessage": 1}, dict(undecodable))

    def test_empty(self) -> None:
        """A message without any bytes is one whose fields are all absent."""
        self.room.push([(CHAT, b"")])
        self.settle()
        self.assertEqual([""], self.seen.comments())

    def test_unknown(self) -> None:
        """A message of unknown type is told with its bytes, and the others go on."""
        self.room.push([chat("one"), ("WebcastNoveltyMessage", b"\x08\x01"), chat("two")])
        self.settle()
        self.assertEqual(["chat", "rawData", "chat"], self.seen.names())
        raw = self.seen.only(RawData)
        self.assertEqual(("WebcastNoveltyMessage", b"\x08\x01"), (raw.method, raw.payload))

    def test_unknown_counted(self) -> None:
        """Unknown types are counted by their wire name."""
        self.room.push([("WebcastNoveltyMessage", b"")] * 2)
        self.settle()
        self.assertEqual({"WebcastNoveltyMessage": 2}, dict(self.connection_._dispatcher.unknown))

    def test_unknown_name_of_no_text(self) -> None:
        """A wire name that is no UTF-8 is told as text, fit for JSON."""
        message = ResponseMessage(payload=b"\x08\x01", msg_id=5).SerializeToString()
        batch = WebcastResponse(cursor="c").SerializeToString()
        entry = b"\x0a\x03a\xffb" + message
        self.send(framed(batch + b"\x0a" + bytes([len(entry)]) + entry))
        self.assertEqual("a\ufffdb", self.seen.only(RawData).as_dict()["method"])

    def test_bad_utf8(self) -> None:
        """A comment that is no UTF-8 is delivered with replacement characters."""
        self.room.push([(CHAT, b"\x1a\x03a\xffb")])
        self.settle()
        self.assertEqual(["a\ufffdb"], self.seen.comments())

    def test_bad_control(self) -> None:
        """A control message that doesn't decode does not end the stream."""
        self.room.push([("WebcastControlMessage", BAD)])
        self.settle(5)
        self.survives(MessageError, "message decoding failed", "rawData")
