"""Examples that answer, run against a small TikTok in memory."""

from __future__ import annotations

import inspect
from random import Random

from tests.example_case import BEN, CARA, CHECKOUT, EXAMPLES, ExampleCase, main_of
from tiktoklive import wiring as wiring_module
from tiktoklive.simulator.dice import ASK, DiceViewers
from tiktoklive.wire.messages import MESSAGE_TYPES


class BotTests(ExampleCase):
    """Examples that answer."""

    def test_chat_bot(self) -> None:
        """Whoever asks gets a number, in the chat; an answer that is refused ends nothing."""
        session = self.simulator.add_session("robo")
        settings = {"random": Random(1), "environment": {"TIKTOK_SESSION": session}}
        self.push("WebcastChatMessage", user=BEN, content="!dice")  # before it came
        result = self.start("chat_bot", "@anna", wiring=self.wiring, **settings)
        self.push("WebcastChatMessage", user=BEN, content="hello")
        self.push("WebcastChatMessage", user=BEN, content="!dice")
        said = [MESSAGE_TYPES[method].FromString(data) for method, data, _ in self.room.recent]
        self.assertEqual(
            [("ben", "!dice"), ("ben", "hello"), ("ben", "!dice"), ("robo", "@ben has thrown a 2")],
            [(each.user.unique_id, each.content) for each in said],
        )
        self.simulator.behaviour.unsigned_chat = False
        self.push("WebcastChatMessage", user=CARA, content="!Dice")
        self.assertIn("refused the message", self.printed.getvalue())
        self.assertNoResult(result)
        self.end()
        self.successResultOf(result)

    def test_chat_bot_simulator(self) -> None:
        """The viewers of a simulator ask it for dice, and answer it."""
        self.network.add("127.0.0.1", 8090, self.simulator.site())
        session = self.simulator.add_session("bot")
        players = DiceViewers(self.room, self.reactor, Random(5))
        players.start()
        said: list[tuple[str, str]] = []
        self.room.listeners.append(lambda user, text: said.append((str(user.unique_id), text)))
        network = self.network
        # Where a program that says nothing of it connects.
        self.patch(wiring_module, "DirectNetwork", lambda reactor: network)
        options = {"random": Random(1), "environment": {"TIKTOK_SESSION": session}}
        result = self.start("chat_bot", "@anna", "127.0.0.1:8090", **options)
        self.wait(20)
        players.stop()
        (asker, ask), (bot, answer), (player, thanks), *_ = said
        self.assertEqual((ASK, "bot", asker), (ask, bot, player))
        self.assertIn(f"@{asker} has thrown a ", answer)
        self.assertIn("@bot", thanks)
        self.assertEqual({("127.0.0.1", 8090)}, set(self.network.attempts))
        self.end()
        self.successResultOf(result)

    def test_chat_bot_alone(self) -> None:
        """Without an account it says what is missing."""
        failed = self.start("chat_bot", "@anna", wiring=self.wiring, environment={})
        self.assertIn("TIKTOK_SESSION", str(self.failureResultOf(failed, SystemExit).value))

    def test_asyncio_bot(self) -> None:
        """It wants a reactor of asyncio: it is run by a test of its own, with one."""
        name = "asyncio_bot"
        text = (CHECKOUT / "tests" / "test_asyncio.py").read_text("utf-8")
        self.assertIn(f'"{name}.py"', text)


class SimulatorTests(ExampleCase):
    """Those that follow one user, with a simulator."""

    def test_simulator(self) -> None:
        """Each that says so goes to the simulator that its second argument names, alone."""
        self.network.add("127.0.0.1", 8090, self.simulator.site())
        network = self.network
        self.patch(wiring_module, "DirectNetwork", lambda reactor: network)
        tried = 0
        for path in sorted(EXAMPLES.glob("*.py")):
            parameters = inspect.signature(main_of(path.stem)).parameters
            if "simulator" not in parameters or path.stem in ("asyncio_bot", "chat_bot", "feed"):
                continue  # they have tests of their own
            self.assertEqual("simulator", list(parameters)[2], path.name)
            network.attempts.clear()
            result = self.start(path.stem, "@anna", "127.0.0.1:8090", wiring=None)
            self.assertEqual({("127.0.0.1", 8090)}, set(network.attempts), path.name)
            result.addErrback(lambda _: None).cancel()
            tried += 1
        self.assertEqual(6, tried)
