"""Kind ``webhook``."""

from __future__ import annotations

from pathlib import Path
from random import Random
from time import time
from typing import Any

from twisted.internet.task import Clock
from twisted.internet.task import deferLater as later
from twisted.trial.unittest import SynchronousTestCase, TestCase
from twisted.web.resource import Resource
from twisted.web.server import Site
from zope.interface.verify import verifyObject

from tests.clocks import SteppedClock
from tests.outputs.doubles import ROOM, DirectDatabase, Parts, Said, chat
from tests.outputs.receiver import MISSING, HTTPReceiver, Receiver
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.events import StreamEnd
from tiktoklive.interfaces import IQueuedOutput
from tiktoklive.outputs.webhook.argument import SECRET, make
from tiktoklive.outputs.webhook.deliverer import Deliverer
from tiktoklive.outputs.webhook.outbox import OUTBOX
from tiktoklive.outputs.webhook.output import GATHER, Webhook, WebhookStatus
from tiktoklive.testing import MemoryNetwork, settle

if MISSING:
    skip = MISSING

KEY = b"0123456789abcdef0123456789abcdef"
OTHER = b"fedcba9876543210fedcba9876543210"
DAY = 86400.0


class Place(Resource):
    """
    Where deliveries go.

    :ivar answers: status and headers of the next answers; 204 afterwards.
    :ivar hated: what makes it answer 422 where it is in a body.
    :ivar repeats: refuse in the words of the request.
    :ivar times: when each request came.
    """

    isLeaf = True

    def __init__(self, receiver: Receiver, clock: Clock) -> None:
        super().__init__()
        self.receiver = receiver
        self.clock = clock
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.hated = b""
        self.repeats = False
        self.signature = ""
        self.times: list[float] = []

    def render_POST(self, request: Any) -> bytes:
        self.times.append(self.clock.seconds())
        body = request.content.read()
        status, headers = self.answers.pop(0) if self.answers else (204, {})
        if self.hated and self.hated in body:
            status = 422
        for name, value in headers.items():
            request.setHeader(name, value)
        request.setResponseCode(status)
        if status < 300:
            said = request.requestHeaders.getAllRawHeaders()
            self.receiver.take({k.decode().lower(): v[0].decode() for k, v in said}, body)
            return b""
        if self.repeats:
            self.signature = request.getHeader("webhook-signature").partition(",")[2]
            return b"POST %b %b" % (request.uri, self.signature.encode())
        return b"no,\x1b[31m not now"


class WebhookTestCase(SynchronousTestCase):
    """A webhook in memory, whose receiver verifies with the reference implementation."""

    def setUp(self) -> None:
        self.clock = SteppedClock(0.0)
        self.network = MemoryNetwork(self.clock)
        self.clock.advance(time())  # deliveries that are not of now are refused
        self.receiver = Receiver(KEY)
        self.place = Place(self.receiver, self.clock)
        site = Site(self.place)
        site.reactor = self.clock
        self.network.add("hook.test", 443, site)
        self.path = Path(self.mktemp())
        self.database = DirectDatabase(self.path, OUTBOX)
        self.told: list[str] = []
        self.said = Said(self, "Deliverer", "Webhook", "BatchWriter", "BoundedQueue")

    def tearDown(self) -> None:
        self.assertEqual([], self.receiver.wrong)

    def webhook(self, secrets: tuple[bytes, ...] = (KEY,), **settings: Any) -> Webhook:
        """One that runs until the end."""
        url = "https://hook.test/in?token=hidden-Away-0815"
        deliverer = Deliverer(
            "test", self.database, url, secrets, self.network, self.clock, Random(1)
        )
        webhook = Webhook(
            "test", self.database, deliverer, self.clock, acknowledge=self.told.extend, **settings
        )
        webhook.startService()
        self.addCleanup(self.stop, webhook)
        return webhook

    def stop(self, webhook: Webhook) -> None:
        """Stop it."""
        stopped = webhook.stopService()
        settle(self.network, 30)
        self.successResultOf(stopped)
        self.assertEqual([], self.network.open)

    def send(self, webhook: Webhook, *numbers: int) -> None:
        """Events, and the time in which they are sent."""
        for number in numbers:
            webhook.event(chat("Anna", f"number {number}", number=number))
        settle(self.network, GATHER)

    def ids(self) -> list[str]:
        """Of the events that arrived."""
        return [event["id"] for event in self.receiver.events]


class DeliveryTests(WebhookTestCase):
    """What arrives."""

    def test_interfaces(self) -> None:
        """It is an output with queues, and can be added as an observer."""
        webhook = self.webhook()
        verifyObject(IQueuedOutput, webhook)
        Dispatcher().add_observer(webhook)

    def test_delivery(self) -> None:
        """Events arrive together, in order, as envelopes, in a delivery that verifies."""
        webhook = self.webhook()
        self.send(webhook, 1, 2)
        [body] = self.receiver.bodies.values()
        self.assertEqual("tiktoklive.events", body["type"])
        self.assertEqual([f"{ROOM}:1", f"{ROOM}:2"], self.ids())
        self.assertEqual("number 1", body["data"]["events"][0]["data"]["comment"])
        self.assertEqual(WebhookStatus(0, 1, 0, "", False), webhook.status())
        self.assertEqual((self.ids(), 2), (self.told, webhook.committed))

    def test_batches(self) -> None:
        """A delivery holds no more than it may."""
        self.send(self.webhook(batch=2), 1, 2, 3, 4, 5)
        settle(self.network, GATHER)
        counts = [len(body["data"]["events"]) for body in self.receiver.bodies.values()]
        self.assertEqual([2, 2, 1], counts)

    def test_filter(self) -> None:
        """Only the events that are wanted are sent."""
        webhook = self.webhook(events=frozenset({"streamEnd"}))
        webhook.event(StreamEnd(3))
        self.send(webhook, 1)
        self.assertEqual(["streamEnd"], [event["event"] for event in self.receiver.events])

    def test_two_secrets(self) -> None:
        """While a secret is replaced, who has the new one or the old one can verify."""
        self.send(self.webhook(secrets=(OTHER, KEY)), 1)
        self.assertEqual([f"{ROOM}:1"], self.ids())


class TCPTests(TestCase):
    """Over real TCP, with the real database."""

    timeout = 30

    async def send(self, url: str, **more: str) -> Webhook:
        """A webhook that was made as the command line makes it, and given an event."""
        from twisted.internet import reactor as running

        reactor: Any = running
        options = "&".join(f"{name}={value}" for name, value in more.items())
        self.path = Path(self.mktemp())
        webhook = make(
            Parts(reactor),
            f"{url}#outbox={self.path}&gather=0.01&{options}".rstrip("&"),
            {SECRET: "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="},
        )
        webhook.startService()
        webhook.event(chat("Anna", "hi", number=1))
        while not webhook.status().delivered and not webhook.status().failing:
            await later(reactor, 0.01)
        return webhook

    async def test_private(self) -> None:
        """A receiver on this machine gets a delivery if that was allowed."""
        receiver = HTTPReceiver(KEY)
        self.addCleanup(receiver.close)
        webhook = await self.send(receiver.url, private="1")
        await webhook.stopService()
        self.assertEqual(([], [f"{ROOM}:1"]), (receiver.wrong, [e["id"] for e in receiver.events]))

    async def test_guarded(self) -> None:
        """It is not connected to if that was not, whatever name it goes by."""
        for host in ("127.0.0.1", "localhost", "[::1]", "127.1", "2130706433"):
            webhook = await self.send(f"https://{host}:1/")
            self.assertIn("no public address: allow it with private=1", webhook.status().failing)
            await webhook.stopService()
