"""Viewers who ask a bot for dice, and answer it."""

from __future__ import annotations

from random import Random

from tests.simulator.client import SimulatorTestCase
from tiktoklive.simulator.dice import ASK, DiceViewers


class DiceTests(SimulatorTestCase):
    """What they say, and when."""

    def setUp(self) -> None:
        super().setUp()
        self.said: list[tuple[str, str]] = []
        self.room.listeners.append(lambda user, text: self.said.append((str(user.unique_id), text)))
        self.viewers = DiceViewers(self.room, self.clock, Random(3))
        self.viewers.start()
        self.addCleanup(self.viewers.stop)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        for _ in range(int(seconds * 10)):
            self.clock.advance(0.1)

    def test_ask(self) -> None:
        """Now and then one of them asks; nobody says anything else to nobody."""
        self.wait(4)
        self.assertEqual([ASK], [text for _, text in self.said])
        self.wait(120)
        self.assertTrue(7 <= len(self.said) <= 16, self.said)
        self.assertEqual({ASK}, {text for _, text in self.said})
        self.assertGreater(len({name for name, _ in self.said}), 2)

    def test_answer(self) -> None:
        """Who was answered by name says something to the bot, once; others are not meant."""
        self.wait(4)
        [(name, _)] = self.said
        self.room.say("bot", "@nobody has thrown a 1")
        self.wait(3.5)
        self.assertNotIn(name, [speaker for speaker, _ in self.said[1:]])
        self.room.say("bot", f"@{name} has thrown a 4")
        self.wait(3.5)
        thanks = [text for speaker, text in self.said[1:] if speaker == name and text != ASK]
        self.assertEqual(1, len(thanks), self.said)
        self.assertIn("@bot", thanks[0])
        self.room.say("bot", f"@{name} you are welcome")
        self.wait(3.5)
        after = [text for speaker, text in self.said if speaker == name and text != ASK]
        self.assertEqual(thanks, after)

    def test_over(self) -> None:
        """When the broadcast is over nobody asks; in the next one they do; stopped, never."""
        self.room.end()
        self.wait(60)
        self.assertEqual([], self.said)
        self.room.go_live()
        self.wait(30)
        self.assertNotEqual([], self.said)
        self.viewers.stop()
        self.said.clear()
        self.room.say("bot", "@pim has thrown a 2")
        self.wait(60)
        self.assertEqual([("bot", "@pim has thrown a 2")], self.said)
        self.assertEqual([], self.clock.getDelayedCalls())
