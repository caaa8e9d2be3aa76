"""Tests of tiktoklive.wire.frames: push frames in both directions."""

import gzip

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import DecodeError, FrameError, PayloadTooLargeError
from tiktoklive.wire import frames
from tiktoklive.wire.frames_pb2 import WebcastPushFrame

ROOM = 7137682087200557829
LOG_ID = 12345


def framed(payload: bytes, compress_type: str | None = None) -> bytes:
    """Write a msg frame around a payload as it is."""
    frame = WebcastPushFrame(payload_type="msg", payload=payload)
    if compress_type is not None:
        frame.headers.add(key="compress_type", value=compress_type)
    return frame.SerializeToString()


class VectorTests(SynchronousTestCase):
    """The byte vectors of the wire facts, appendix B."""

    def test_classic_ping(self) -> None:
        """The classic ping is the four bytes of the 1.x client."""
        self.assertEqual(frames.CLASSIC_PING.hex(), "3a026862")

    def test_intermediate_ping_is_read(self) -> None:
        """A ping with an encoding and no payload is a heartbeat."""
        frame = frames.parse_frame(bytes.fromhex("320270623a026862"))
        self.assertEqual((frame.payload_type, frame.encoding, frame.payload), ("hb", "pb", b""))

    def test_heartbeat(self) -> None:
        """A heartbeat without a sequence number carries the room only."""
        self.assertEqual(
            frames.heartbeat(str(ROOM)).hex(), "320270623a026862420a08859688faa881898763"
        )

    def test_heartbeat_with_sequence(self) -> None:
        """A heartbeat with a sequence number carries it behind the room."""
        self.assertEqual(
            frames.heartbeat(ROOM, 1).hex(), "320270623a026862420c08859688faa8818987631001"
        )

    def test_enter_room(self) -> None:
        """Entering a room as a viewer gives the bytes that other clients send."""
        self.assertEqual(
            frames.enter_room(ROOM).hex(),
            "320270623a0d696d5f656e7465725f726f6f6d4219"
            "08859688faa881898763200c2a0861756469656e63654a0130",
        )

    def test_ack_of_nothing(self) -> None:
        """An ack for an empty internal_ext carries a dash, be it empty text or bytes."""
        wanted = "10b960320270623a0361636b42012d"
        self.assertEqual(frames.ack(LOG_ID, "").hex(), wanted)
        self.assertEqual(frames.ack(LOG_ID, b"").hex(), wanted)


class BothRolesTests(SynchronousTestCase):
    """What one role writes, the other reads."""

    def test_push(self) -> None:
        """A batch comes through a frame unchanged, compressed or not."""
        batch = b"\x0a\x02\x08\x01" * 1000
        for compress, name in ((True, "gzip"), (False, "none")):
            frame = frames.parse_frame(frames.push(batch, 2**64 - 1, compress=compress))
            self.assertEqual(frame.payload, batch)
            self.assertEqual(frame.log_id, 2**64 - 1)
            self.assertEqual(frame.payload_type, "msg")
            self.assertEqual(frame.encoding, "pb")
            self.assertEqual(frame.compress_type, name)

    def test_push_is_compressed(self) -> None:
        """Compression makes a frame smaller, and is reproducible."""
        batch = b"\x0a\x02\x08\x01" * 1000
        frame = frames.push(batch, 1)
        self.assertLess(len(frame), 200)
        self.assertEqual(frame, frames.push(batch, 1))

    def test_ack(self) -> None:
        """An ack brings back the number and the internal_ext, text or bytes."""
        for given_ext in ("fetch_time:1|née:2", "fetch_time:1|née:2".encode()):
            frame = frames.parse_frame(frames.ack(LOG_ID, given_ext))
            self.assertEqual(
                (frame.payload_type, frame.log_id, frame.payload.decode()),
                ("ack", LOG_ID, "fetch_time:1|née:2"),
            )

    def test_enter_room(self) -> None:
        """The server reads what the client said on entering."""
        frame = frames.parse_frame(
            frames.enter_room(str(ROOM), unique_id=2**63 - 1, cursor="c", identity="anchor")
        )
        message = frames.parse_enter_room(frame.payload)
        self.assertEqual(frame.payload_type, "im_enter_room")
        self.assertEqual(message.room_id, ROOM)
        self.assertEqual(message.live_id, 12)
        self.assertEqual(message.enter_unique_id, 2**63 - 1)
        self.assertEqual(message.cursor, "c")
        self.assertEqual(message.identity, "anchor")

    def test_entered(self) -> None:
        """The server's answer names the room and the client's number."""
        frame = frames.parse_frame(frames.entered(ROOM, unique_id=7))
        message = frames.parse_enter_room(frame.payload)
        self.assertEqual(frame.payload_type, "im_enter_room_resp")
        self.assertEqual((message.room_id, message.enter_unique_id), (ROOM, 7))

    def test_heartbeat_and_echo(self) -> None:
        """The server reads a heartbeat and sends its payload back."""
        frame = frames.parse_frame(frames.heartbeat(ROOM, 3))
        message = frames.parse_heartbeat(frame.payload)
        self.assertEqual((message.room_id, message.send_packet_seq_id), (ROOM, 3))
        self.assertEqual(frames.heartbeat_echo(frame.payload), frames.heartbeat(ROOM, 3))

    def test_classic_ping_is_a_heartbeat(self) -> None:
        """The server reads the payload of a classic ping as a heartbeat without a room."""
        frame = frames.parse_frame(frames.CLASSIC_PING)
        self.assertFalse(frames.parse_heartbeat(frame.payload).HasField("room_id"))

    def test_damaged_client_payloads(self) -> None:
        """Payloads of a client that do not decode are refused, as is entering no room."""
        self.assertRaises(FrameError, frames.parse_heartbeat, b"\x08")
        self.assertRaises(FrameError, frames.parse_enter_room, b"\x08")
        self.assertRaises(FrameError, frames.parse_enter_room, b"")

    def test_room_must_be_a_number(self) -> None:
        """A room id that is no unsigned 64-bit number is the caller's mistake."""
        for room in ("", "abc", -1, 2**64):
            self.assertRaises(ValueError, frames.heartbeat, room)
            self.assertRaises(ValueError, frames.enter_room, room)


class GarbageTests(SynchronousTestCase):
    """Bytes that are no push frame."""

    def test_empty(self) -> None:
        """No bytes at all are no frame, although they decode as an empty message."""
        self.assertRaises(FrameError, frames.parse_frame, b"")

    def test_text(self) -> None:
        """An HTML page is no frame, and only a short preview of it stands in the error."""
        error = self.assertRaises(FrameError, frames.parse_frame, b"<html>" + b"secret" * 100)
        self.assertIn("606 bytes", str(error))
        self.assertLess(len(str(error)), 120)

    def test_wrong_wire_types(self) -> None:
        """A message whose known fields all have other wire types is no frame."""
        self.assertRaises(FrameError, frames.parse_frame, bytes.fromhex("38014001"))

    def test_fields_in_any_order(self) -> None:
        """Descending field numbers are a frame like any other."""
        frame = frames.parse_frame(bytes.fromhex("4201783a036d736710b960"))
        self.assertEqual((frame.log_id, frame.payload_type, frame.payload), (LOG_ID, "msg", b"x"))

    def test_malformed_texts(self) -> None:
        """Type, encoding and header that are not UTF-8 still read as text."""
        frame = frames.parse_frame(
            bytes.fromhex("2a110a0d636f6d70726573735f7479706512003201ff3a01ff420178")
        )
        self.assertEqual((frame.payload_type, frame.encoding), ("\ufffd", "\ufffd"))
        self.assertEqual(frame.compress_type, "")

    def test_payload_not_in_repr(self) -> None:
        """The representation of a frame does not spill its payload."""
        self.assertNotIn("secret", repr(frames.parse_frame(framed(b"secret"))))

    @given(st.binary(max_size=300))
    def test_arbitrary_bytes(self, data: bytes) -> None:
        """Whatever the bytes, reading gives a frame or a decode error."""
        for read in (frames.parse_frame, frames.parse_enter_room, frames.parse_heartbeat):
            try:
                read(data)
            except DecodeError:
                pass

    @given(st.binary(max_size=300))
    def test_arbitrary_gzip_content(self, data: bytes) -> None:
        """Whatever follows the magic bytes, reading gives a frame or a decode error."""
        try:
            frames.parse_frame(framed(b"\x1f\x8b\x08\x00" + data))
        except DecodeError:
            pass

    @given(st.binary(max_size=2000), st.booleans(), st.integers(1, 2**64 - 1))
    def test_any_batch(self, batch: bytes, compress: bool, log_id: int) -> None:
        """Any content comes through a frame unchanged, if it does not look compressed itself."""
        if batch.startswith(b"\x1f\x8b"):
            compress = True
        frame = frames.parse_frame(frames.push(batch, log_id, compress=compress))
        self.assertEqual((frame.payload, frame.log_id), (batch, log_id))


class GzipTests(SynchronousTestCase):
    """Compressed payloads."""

    def test_magic_bytes_decide(self) -> None:
        """Compressed content is decompressed when the header denies it, or says nothing."""
        for header in ("none", None, "br"):
            frame = frames.parse_frame(framed(gzip.compress(b"content"), header))
            self.assertEqual(frame.payload, b"content")
            self.assertEqual(frame.compress_type, header or "")

    def test_header_does_not_decide(self) -> None:
        """Plain content stays as it is when the header calls it compressed."""
        self.assertEqual(frames.parse_frame(framed(b"content", "gzip")).payload, b"content")

    def test_truncated(self) -> None:
        """A stream that ends early, anywhere, is an error and not half a payload."""
        data = gzip.compress(b"content" * 100)
        for end in range(2, len(data)):
            self.assertRaises(FrameError, frames.parse_frame, framed(data[:end]))

    def test_limit(self) -> None:
        """Content of exactly the limit passes, one byte more does not, compressed or not."""
        for size in (0, 1, 1000):
            for payload in (gzip.compress(bytes(size)), b"x" * size):
                self.assertEqual(size, len(frames.parse_frame(framed(payload), limit=size).payload))
            for payload in (gzip.compress(bytes(size + 1)), b"x" * (size + 1)):
                self.assertRaises(
                    PayloadTooLargeError, frames.parse_frame, framed(payload), limit=size
                )
