"""Kind ``webhook``: receivers that are away, refuse, or are slow, and a full disk."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from tests.outputs.doubles import ROOM
from tests.outputs.receiver import MISSING
from tests.outputs.test_webhook import DAY, KEY, WebhookTestCase
from tiktoklive.outputs.batch_writer import RETRY
from tiktoklive.outputs.webhook.deliverer import ATTEMPTS, LAST_WORDS
from tiktoklive.outputs.webhook.outbox import Bounds
from tiktoklive.outputs.webhook.output import WebhookStatus
from tiktoklive.testing import settle

if MISSING:
    skip = MISSING


class TroubleTests(WebhookTestCase):
    """What does not arrive at once."""

    def test_repeats(self) -> None:
        """What a receiver repeats of its address and of the signature is not shown."""
        self.place.repeats = True
        self.place.answers = [(500, {})]
        webhook = self.webhook()
        self.send(webhook, 1)
        failing = webhook.status().failing
        self.assertIn("POST /in?token=***", failing)
        stored = sqlite3.connect(self.path).execute("SELECT error FROM deliveries").fetchall()
        for text in (failing, repr(stored), *self.said.lines):
            self.assertNotIn("hidden-Away-0815", text)
            self.assertNotIn(self.place.signature, text)

    def test_same_again(self) -> None:
        """A delivery that was not taken comes again with the same id and body, later and later."""
        self.place.answers = [(500, {}), (503, {}), (404, {})]
        webhook = self.webhook()
        self.send(webhook, 1)
        self.assertEqual('hook.test answered 500: "no,�[31m not now"', webhook.status().failing)
        self.assertEqual((1, 1), (webhook.status().waiting, webhook.queues()[1].size))
        settle(self.network, 10)
        self.assertEqual([f"{ROOM}:1"], self.ids())
        pauses = [b - a for a, b in zip(self.place.times, self.place.times[1:], strict=False)]
        for pause, expected in zip(pauses, (1, 2, 4), strict=True):
            self.assertApproximates(expected, pause, expected * 0.2 + 0.01)
        self.assertEqual("test works again after 3 attempts", self.said.lines[-1])
        self.assertEqual("", webhook.status().failing)

    def test_order(self) -> None:
        """What comes while the receiver is away waits behind what waits already."""
        self.network.refuse("hook.test")
        webhook = self.webhook()
        for number in (1, 2, 3):
            self.send(webhook, number)
        self.assertIn("hook.test:443 could not be reached", webhook.status().failing)
        self.network.refuse("hook.test", False)
        settle(self.network, 10)
        self.assertEqual([f"{ROOM}:{n}" for n in (1, 2, 3)], self.ids())

    def test_room(self) -> None:
        """Nothing more is to be read for it when its outbox is more than half full."""
        self.network.refuse("hook.test")
        webhook = self.webhook(bounds=Bounds(events=4))
        for number in (1, 2, 3):
            self.assertTrue(webhook.has_room())
            self.send(webhook, number)
        self.assertFalse(webhook.has_room())
        self.successResultOf(webhook.when_written())  # the outbox has them, and will send them
        self.network.refuse("hook.test", False)
        settle(self.network, 10)
        self.assertTrue(webhook.has_room())

    def test_wall_clock(self) -> None:
        """A wall clock that is set moves no attempt, and makes nothing old."""
        usual: list[float] = []
        for step in (0.0, -100.0, 100.0):
            self.clock.step = 0.0
            self.place.hated, self.place.times = b"number 1", []
            webhook = self.webhook(bounds=Bounds(age=100.0))
            self.send(webhook, 1)
            settle(self.network, 1)
            self.clock.step = step
            settle(self.network, 9)
            pauses = [b - a for a, b in zip(self.place.times, self.place.times[1:], strict=False)]
            usual = usual or pauses
            self.assertGreater(len(usual), 2)
            for pause, expected in zip(pauses, usual, strict=True):
                self.assertApproximates(expected, pause, 0.1)
            self.assertEqual(0, webhook.status().dead)
            self.place.hated = b""
            settle(self.network, 40)
            self.stop(webhook)

    def test_wall_clock_far(self) -> None:
        """Nor does it where nothing can be sent for long: neither what waits nor dead letters."""
        self.clock.step = 0.0
        self.place.hated = b"number 1"
        webhook = self.webhook()
        for number in range(1, 4):
            self.send(webhook, number)
        settle(self.network, 3 * DAY, step=600)
        self.assertEqual(1, webhook.status().dead)
        self.network.refuse("hook.test")
        self.send(webhook, 4)
        settle(self.network, 3600, step=60)
        for step in (3650.0 * DAY, -3650.0 * DAY, 0.0):
            self.clock.step = step
            self.send(webhook, 5)
            settle(self.network, 600, step=60)
        self.assertEqual((4, 1), (webhook.status().waiting, webhook.status().dead))
        dead = sqlite3.connect(self.path).execute("SELECT count(*) FROM dead_letters")
        self.assertEqual([(1,)], dead.fetchall())

    def test_retry_after(self) -> None:
        """The receiver says how long to wait."""
        self.place.answers = [(429, {"Retry-After": "100"})]
        self.send(self.webhook(), 1)
        settle(self.network, 97)
        self.assertEqual(1, len(self.place.times))
        settle(self.network, 5)
        self.assertEqual([f"{ROOM}:1"], self.ids())

    def test_refused_alone(self) -> None:
        """A delivery that is refused for itself lets others pass, and dies in the end."""
        self.place.hated = b"number 1"
        webhook = self.webhook()
        self.send(webhook, 1)
        self.send(webhook, 2)
        settle(self.network, 60)
        self.assertEqual([f"{ROOM}:2"], self.ids())
        [(events, attempts, error)] = self.database.query(
            "SELECT events, attempts, error FROM dead_letters"
        )
        self.assertEqual((1, ATTEMPTS), (events, attempts))
        self.assertEqual(ATTEMPTS + 1, len(self.place.times))
        self.assertIn("hook.test answered 422", error)
        self.assertIn(f"is a dead letter after {ATTEMPTS} refusals", self.said.lines[-1])
        self.assertIn(str(self.path), self.said.lines[0])
        self.assertEqual(WebhookStatus(0, 1, 1, "", False), webhook.status())
        self.assertEqual(1, webhook.queues()[1].dropped)

    def test_refused_after_outage(self) -> None:
        """Attempts while the receiver was away don't count against a delivery."""
        self.place.answers = [(503, {})] * ATTEMPTS
        self.place.answers.append((422, {}))
        webhook = self.webhook()
        self.send(webhook, 1)
        settle(self.network, 60)
        self.assertEqual(([f"{ROOM}:1"], 0), (self.ids(), webhook.status().dead))

    def test_stop_in_time(self) -> None:
        """A receiver that does not answer does not keep the program from stopping."""
        self.network.silence("hook.test")
        webhook = self.webhook()
        self.send(webhook, 1)
        stopped = webhook.stopService()
        settle(self.network, LAST_WORDS + 0.5)
        self.successResultOf(stopped)
        self.assertEqual([(1,)], self.database.query("SELECT count(*) FROM deliveries"))

    def test_redirect(self) -> None:
        """A redirect is not followed, and the log says what to do."""
        self.place.answers = [(301, {"Location": "https://elsewhere.test/"})]
        self.send(self.webhook(), 1)
        self.assertEqual([("hook.test", 443)], self.network.attempts)
        self.assertIn("give the address that they lead to", self.said.lines[-1])

    def test_away_for_too_long(self) -> None:
        """What the outbox can't hold, the oldest, becomes dead letters; the rest arrives."""
        self.network.refuse("hook.test")
        webhook = self.webhook(bounds=Bounds(events=3, age=3 * DAY))
        for number in range(1, 11):
            self.send(webhook, number)
        waiting, dead = webhook.status().waiting, webhook.status().dead
        self.assertEqual((3, 3), (waiting, dead))  # of seven, as many are kept as may wait
        counts = webhook.queues()[1]
        self.assertEqual((3, 3, 7), (counts.size, counts.limit, counts.dropped))
        self.assertGreater(counts.full_seconds, 5)
        self.assertTrue(any("dead letters now" in line for line in self.said.lines))
        self.network.refuse("hook.test", False)
        settle(self.network, 700, step=60)
        self.assertEqual([f"{ROOM}:{n}" for n in (8, 9, 10)], self.ids())
        found = self.database.query("SELECT body, error FROM dead_letters ORDER BY seq")
        self.assertTrue(all(error.startswith("too many waited") for _, error in found))
        comments = [json.loads(body)["data"]["events"][0]["id"] for body, _ in found]
        self.assertEqual([f"{ROOM}:{n}" for n in (5, 6, 7)], comments)

    def test_too_old(self) -> None:
        """What waited for longer than it may becomes a dead letter, which goes in its turn."""
        self.network.refuse("hook.test")
        webhook = self.webhook(bounds=Bounds(events=100, age=DAY))
        self.send(webhook, 1)
        settle(self.network, DAY + 120, step=600)
        self.assertEqual((0, 1), (webhook.status().waiting, webhook.status().dead))
        self.clock.advance(31 * DAY)
        settle(self.network, 120, step=60)
        self.assertEqual(0, webhook.status().dead)

    def test_put_back(self) -> None:
        """Dead letters that somebody puts back are sent within a minute."""
        self.place.hated = b"number 1"
        webhook = self.webhook()
        self.send(webhook, 1)
        self.send(webhook, 2)
        settle(self.network, 60)
        self.assertEqual(1, webhook.status().dead)
        self.place.hated = b""
        page = (Path(__file__).parents[2] / "doc/webhooks.rst").read_text("utf-8")
        recipe = page[page.index("   BEGIN;") : page.index("   COMMIT;")] + "COMMIT;"
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.executescript(recipe)
        connection.close()
        settle(self.network, 61)
        self.assertEqual([f"{ROOM}:2", f"{ROOM}:1"], self.ids())
        self.assertEqual(0, webhook.status().dead)

    def test_restart(self) -> None:
        """What waited when the program ended is sent by the next one, under the same id."""
        self.network.refuse("hook.test")
        webhook = self.webhook()
        self.send(webhook, 1)
        self.stop(webhook)
        [(delivery,)] = self.database.query("SELECT id FROM deliveries")
        self.network.refuse("hook.test", False)
        self.webhook()
        settle(self.network, 1)
        self.assertEqual([delivery], list(self.receiver.bodies))

    def test_full_disk(self) -> None:
        """An outbox that cannot be written is told; what waits for it in memory is bounded."""
        webhook = self.webhook(limit=3000)
        self.database.fault = sqlite3.OperationalError("database or disk is full")
        self.send(webhook, *range(1, 20))
        self.send(webhook, *range(20, 40))
        dropped = webhook.queues()[0].dropped
        self.assertGreater(dropped, 0)
        self.assertTrue(any("test cannot be written" in line for line in self.said.lines))
        self.database.fault = None
        settle(self.network, RETRY + 15)
        self.assertEqual(39 - dropped, len(self.ids()))

    def test_nothing_secret(self) -> None:
        """Neither the secret nor the path and query of the address are logged."""
        self.place.answers = [(500, {}), (422, {}), (410, {})]
        self.network.refuse("hook.test")
        self.send(self.webhook(), 1)
        self.network.refuse("hook.test", False)
        settle(self.network, 30)
        said = "\n".join(self.said.lines)
        self.assertIn("is gone", said)
        for word in ("hidden", "token", "/in", KEY.decode()):
            self.assertNotIn(word, said)
