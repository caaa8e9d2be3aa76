"""A receiver of webhooks that refuses everything is told and waited for; nothing is buried."""

from __future__ import annotations

import json
from itertools import pairwise

from tests.outputs.doubles import ROOM
from tests.outputs.receiver import MISSING
from tests.outputs.test_webhook import DAY, WebhookTestCase
from tiktoklive.outputs.webhook.deliverer import DOUBT, FIRST_PROBE, LAST_PAUSE, LAST_PROBE
from tiktoklive.outputs.webhook.outbox import Bounds
from tiktoklive.testing import settle

if MISSING:
    skip = MISSING


class RefusedTestCase(WebhookTestCase):
    """A receiver that refuses, and whose clock is ours: hours pass."""

    def setUp(self) -> None:
        super().setUp()
        self.patch(self.receiver.reference, "verify", lambda body, headers: json.loads(body))

    def lines(self, words: str) -> list[str]:
        """Lines of the log with these words."""
        return [line for line in self.said.lines if words in line]

    def pauses(self) -> list[float]:
        """The time between two requests."""
        times = self.place.times
        return [b - a for a, b in pairwise(times)]


class EverythingTests(RefusedTestCase):
    """Each delivery is refused, with whatever status."""

    def check(self, status: int) -> None:
        """Hours of refusals, and then it is all delivered."""
        self.place.answers = [(status, {})] * 10_000
        webhook = self.webhook()
        for number in range(1, 11):
            self.send(webhook, number)
        settle(self.network, 6 * 3600, step=30)
        self.assertEqual((10, 0), (webhook.status().waiting, webhook.status().dead))
        self.assertIn(f"hook.test answered {status}", webhook.failing)
        self.assertEqual(1, len(self.lines("takes nothing")), self.said.lines)
        self.assertEqual([], self.lines("is a dead letter"))
        self.assertLess(max(self.pauses()), max(LAST_PAUSE * 2, LAST_PROBE) + 60)
        # A dozen while the delays grow, then one every ten to thirty minutes.
        self.assertLess(len(self.place.times), 60)
        self.assertGreater(len(self.place.times), 6)
        self.place.answers = []
        settle(self.network, 2 * 3600, step=30)
        self.assertEqual({f"{ROOM}:{number}" for number in range(1, 11)}, set(self.ids()))
        self.assertEqual(1, len(self.lines("works again")))
        self.assertEqual(("", False), (webhook.failing, webhook.status().disabled))

    def test_400(self) -> None:
        """Bad request."""
        self.check(400)

    def test_401(self) -> None:
        """No, who are you?"""
        self.check(401)

    def test_403(self) -> None:
        """Forbidden."""
        self.check(403)

    def test_404(self) -> None:
        """Not found."""
        self.check(404)

    def test_410(self) -> None:
        """Gone: no single answer is the truth."""
        self.check(410)

    def test_413(self) -> None:
        """Too large."""
        self.check(413)

    def test_422(self) -> None:
        """Unprocessable."""
        self.check(422)

    def test_429(self) -> None:
        """Too many requests."""
        self.check(429)

    def test_500(self) -> None:
        """An error of its own."""
        self.check(500)

    def test_one_alone(self) -> None:
        """The only delivery there is dies only when another one was taken."""
        self.place.hated = b"number 1"
        webhook = self.webhook()
        self.send(webhook, 1)
        settle(self.network, DAY, step=60)
        self.assertEqual((1, 0), (webhook.status().waiting, webhook.status().dead))
        self.assertEqual(1, len(self.lines("takes nothing")))
        self.send(webhook, 2)
        settle(self.network, 3600, step=10)
        self.assertEqual([f"{ROOM}:2"], self.ids())
        self.assertEqual((0, 1), (webhook.status().waiting, webhook.status().dead))
        self.assertEqual(1, len(self.lines("while others are taken")))

    def test_many_no_good(self) -> None:
        """Deliveries that nobody would take do not keep the others from their turn."""
        self.place.hated = b"bad"
        webhook = self.webhook(batch=1)
        for number in range(1, DOUBT * 3):
            self.place.hated = b"number"
            self.send(webhook, number)
        self.place.hated = b"number "
        self.send(webhook, 100)
        self.place.hated = b'number 1"'
        settle(self.network, 2 * 3600, step=10)
        self.assertEqual(DOUBT * 3 - 1, len(self.ids()))
        self.assertEqual(1, webhook.status().dead)


class WaitTests(RefusedTestCase):
    """How long it is waited."""

    def test_a_day(self) -> None:
        """One that asks for a day is asked again after minutes, then hours; the log says both."""
        self.place.answers = [(429, {"Retry-After": "86400"})] * 6
        webhook = self.webhook()
        self.send(webhook, 1)
        settle(self.network, 5 * 3600, step=10)
        self.assertEqual([f"{ROOM}:1"], self.ids())
        expected = [FIRST_PROBE * 2**n for n in range(4)] + [LAST_PROBE] * 2
        for pause, wanted in zip(self.pauses(), expected, strict=True):
            self.assertApproximates(wanted, pause, 15)
        [line] = self.lines("takes nothing")
        self.assertIn("trying again in 300 s (it asks for 86400 s)", line)
        self.assertEqual("", webhook.failing)

    def test_gone(self) -> None:
        """One that says it is gone is asked again once an hour; what comes meanwhile waits."""
        self.place.answers = [(410, {})] * 3
        webhook = self.webhook()
        self.send(webhook, 1)
        self.send(webhook, 2)
        settle(self.network, 1000, step=10)
        self.assertEqual(1, len(self.place.times))
        self.assertEqual((True, 2), (webhook.status().disabled, webhook.status().waiting))
        self.assertIn("is gone", self.said.lines[-1])
        settle(self.network, 3 * 3600, step=10)
        self.assertEqual([f"{ROOM}:1", f"{ROOM}:2"], self.ids())
        for pause in self.pauses()[:3]:
            self.assertApproximates(LAST_PROBE, pause, 15)

    def test_told_once(self) -> None:
        """Words that are others each time are told once; another status is told."""
        self.place.answers = [(500, {})] * 4 + [(503, {})] * 4
        self.send(self.webhook(), 1)
        settle(self.network, 3600, step=10)
        self.assertEqual(2, len(self.lines("takes nothing")))


class BoundsTests(RefusedTestCase):
    """What waits is bounded in bytes too."""

    def test_bytes(self) -> None:
        """The oldest become dead letters, which are bounded as well; that is told."""
        self.place.answers = [(500, {})] * 10_000
        webhook = self.webhook(bounds=Bounds(size=5000))
        for number in range(1, 41):
            self.send(webhook, number)
        for table in ("deliveries", "dead_letters"):
            [(size,)] = self.database.query(f"SELECT sum(length(body)) FROM {table}")
            self.assertLessEqual(size, 5000)
            self.assertGreater(size, 2500)
        [(last,)] = self.database.query("SELECT body FROM deliveries ORDER BY seq DESC LIMIT 1")
        self.assertIn(b"number 40", last)
        self.assertGreater(len(self.lines("its outbox is full")), 0)
        self.assertGreater(webhook.queues()[1].dropped, 20)
