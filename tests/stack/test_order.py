"""The whole stack: events come in the order in which 1.x emitted them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from zope.interface import implementer

from tests.stack.case import StackTestCase, chat
from tiktoklive.errors import FrameError, HandshakeRefusedError
from tiktoklive.events import Error, RawData
from tiktoklive.interfaces import ISigner
from tiktoklive.model import Resume, Room, Ticket
from tiktoklive.options import Options
from tiktoklive.wire.audience_pb2 import WebcastSocialMessage
from tiktoklive.wire.batches import build_batch
from tiktoklive.wire.common_pb2 import Common, Text

CHAT, SOCIAL, CONTROL = "WebcastChatMessage", "WebcastSocialMessage", "WebcastControlMessage"
NOVELTY = ("WebcastNoveltyMessage", b"\xff")


def social(key: str) -> tuple[str, bytes]:
    """A social message whose line has that key."""
    message = WebcastSocialMessage(common=Common(display_text=Text(key=key)))
    return SOCIAL, message.SerializeToString()


@implementer(ISigner)
class Brings:
    """A signer whose tickets bring a batch, as that of a sign server does."""

    def __init__(self, inner: ISigner, batch: bytes) -> None:
        self._inner = inner
        self._batch = batch

    async def sign(self, room: Room, resume: Resume) -> Ticket:
        return replace(await self._inner.sign(room, resume), first_batch=self._batch)


class OrderTestCase(StackTestCase):
    """Everything that can be observed, in one list."""

    def watch(self, connection: Any) -> list[str]:
        """Note the name of every event there is, and of views the wire name."""
        noted: list[str] = []
        connection.on("event", lambda event: noted.append(event.name))
        connection.on("rawData", lambda event: noted.append(f"rawData {event.method}"))
        connection.on("decodedData", lambda event: noted.append(f"decodedData {event.method}"))
        return noted

    def first(self, *messages: tuple[str, bytes]) -> list[str]:
        """What is noted when the ticket brings these messages."""
        batch = build_batch([(*each, n, False) for n, each in enumerate(messages, 1)])
        wiring = replace(self.wiring, signer=Brings(self.wiring.signer, batch))
        connection = self.connection(wiring=wiring)
        noted = self.watch(connection)
        self.live(connection)
        return noted


class OrderTests(OrderTestCase):
    """What comes before what."""

    def test_batch(self) -> None:
        """Of a batch first all raw data; then of each message decoded data, event, what derives."""
        noted = self.watch(self.live())
        both = social("pm_main_follow_message_viewer_2_share")
        neither = social("pm_other")
        self.room.push([chat("hi"), NOVELTY, both, neither, chat("ho")])
        self.settle()
        self.assertEqual(
            [
                *(f"rawData {method}" for method in (CHAT, NOVELTY[0], SOCIAL, SOCIAL, CHAT)),
                f"decodedData {CHAT}",
                "chat",
                "rawData",  # for who observes everything: there is nothing else to give
                f"decodedData {SOCIAL}",
                "social",
                "follow",
                "share",
                f"decodedData {SOCIAL}",
                "social",
                f"decodedData {CHAT}",
                "chat",
            ],
            noted,
        )

    def test_first_batch(self) -> None:
        """The WebSocket is open before the first batch's events, which come before connected."""
        self.assertEqual(
            [
                "websocketConnected",
                f"rawData {CHAT}",
                f"rawData {SOCIAL}",
                f"decodedData {CHAT}",
                "chat",
                f"decodedData {SOCIAL}",
                "social",
                "share",
                "connected",
            ],
            self.first(chat("hi"), social("x_share")),
        )

    def test_end(self) -> None:
        """The end is told as a message, as such, and then as that of the connection."""
        noted = self.watch(self.live())
        self.room.end()
        self.settle(3)
        self.assertEqual(
            [
                f"rawData {CONTROL}",
                f"decodedData {CONTROL}",
                "controlMessage",
                "streamEnd",
                "disconnected",
            ],
            noted,
        )
        self.assertEqual({"action": 3}, self.seen.named("streamEnd")[0].as_dict())

    def test_disconnect(self) -> None:
        """Our own disconnecting is told, if we were connected; once."""
        connection = self.connection()
        noted = self.watch(connection)
        connection.disconnect()
        self.assertEqual([], noted)
        self.live(connection)
        connection.disconnect()
        connection.disconnect()
        self.settle(3)
        self.assertEqual(["websocketConnected", "connected", "disconnected"], noted)

    def test_errors(self) -> None:
        """What failed is told in the words of 1.x, and what it was."""
        connection = self.connection()
        self.tiktok.refuse(message="illegal secret key", code="417")
        connected = connection.connect()
        self.settle()
        self.refused(connected, HandshakeRefusedError)
        self.live(connection)
        self.viewer.send(b"\xff")
        self.settle()
        told = self.seen.of(Error)
        self.assertEqual(
            ["Error while connecting", "Websocket message decoding failed"],
            [error.info for error in told],
        )
        self.assertIsInstance(told[0].exception, HandshakeRefusedError)
        self.assertIsInstance(told[1].exception, FrameError)
        self.assertEqual({"info", "exception"}, set(told[0].as_dict()))

    def test_unknown_only_raw(self) -> None:
        """A message of a type that nobody knows is raw data, once for who asks for that."""
        connection = self.live()
        raw: list[RawData] = []
        connection.on(RawData, raw.append)
        self.room.push([NOVELTY])
        self.settle()
        self.assertEqual([NOVELTY], [(each.method, each.payload) for each in raw])


class NoInitialDataTests(OrderTestCase):
    """Without the initial data."""

    options = Options(process_initial_data=False)

    def test_first_batch(self) -> None:
        """A batch that comes with the ticket is passed over."""
        self.assertEqual(["websocketConnected", "connected"], self.first(chat("hi")))
