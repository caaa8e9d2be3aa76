"""The examples of the documentation run, and the README shows one of them as it is."""

from __future__ import annotations

import ast
import inspect
import json
import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.protocols.tls import TLSMemoryBIOFactory
from twisted.trial.unittest import SynchronousTestCase

from tests import test_examples_bots as bots
from tests.example_case import BEN, CARA, EXAMPLES, LION, ROSE, ExampleCase
from tests.net.certificate import certificate_for
from tests.net.proxies import SocksProxy
from tiktoklive.errors import UserOfflineError
from tiktoklive.model import Status
from tiktoklive.net.tls import TlsPolicy
from tiktoklive.net.web import uri_of
from tiktoklive.simulator import HOSTS
from tiktoklive.testing import MemoryNetwork
from tiktoklive.wire.messages import MESSAGE_TYPES


def example_files() -> list[Path]:
    """Every example of the documentation."""
    return sorted(EXAMPLES.glob("*.py"))


class ExamplesTests(SynchronousTestCase):
    """Each example is complete, and has a test here that runs it."""

    def test_complete(self) -> None:
        """Each example compiles, says what it shows and has a main(reactor, ...)."""
        self.assertNotEqual([], example_files())
        for path in example_files():
            tree = ast.parse(path.read_text("utf-8"), path.name)
            self.assertTrue(ast.get_docstring(tree), f"{path.name} has no docstring")
            mains = [
                node
                for node in tree.body
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == "main"
            ]
            self.assertEqual(1, len(mains), f"{path.name} needs one main(reactor, ...)")
            arguments = [argument.arg for argument in mains[0].args.args]
            self.assertEqual("reactor", arguments[0], path.name)

    def test_tested(self) -> None:
        """Each example has a method here that runs it, and each such method an example."""
        names = {path.stem for path in example_files()}
        self.assertEqual(names, RUN_BY.keys())
        for name, run in RUN_BY.items():
            self.assertEqual(f"test_{name}", run.__name__)
            self.assertIn(f'"{name}"', inspect.getsource(run))


class RunTests(ExampleCase):
    """Examples that watch."""

    def test_chat(self) -> None:
        """Each comment is printed until the broadcast ends, and the socket is closed then."""
        result = self.start("chat", "@anna")
        self.push("WebcastChatMessage", user=BEN, content="hello")
        self.assertNoResult(result)
        self.end()
        self.successResultOf(result)
        self.assertEqual("ben: hello\n", self.printed.getvalue())
        self.assertEqual([], self.network.open_to("webcast-ws.tiktok.com"))

    def test_chat_offline(self) -> None:
        """A user who is not live is told as an error."""
        self.room.end()
        self.failureResultOf(self.start("chat", "@anna"), UserOfflineError)

    def test_gifts(self) -> None:
        """A streak counts once, if its closing event lacks the details, and if it has none."""
        result = self.start("gifts", "@anna")
        gift = "WebcastGiftMessage"
        streak = {"user": BEN, "gift_id": 5655, "group_id": 7}
        self.push(gift, **streak, repeat_count=1, gift=ROSE)
        self.push(gift, **streak, repeat_count=10, gift=ROSE)
        self.push(gift, **streak, repeat_count=10, repeat_end=1)
        self.push(gift, user=BEN, gift_id=5655, group_id=8, repeat_count=3, gift=ROSE)
        self.push(gift, user=CARA, gift_id=6369, repeat_count=1, gift=LION)
        self.push(gift, user=CARA, gift_id=6369, repeat_count=1)
        self.end()
        self.successResultOf(result)
        lines = [line.split() for line in self.printed.getvalue().splitlines()]
        self.assertEqual([["1.", "cara", "1,000"], ["2.", "ben", "26"]], lines)

    def test_gift_list(self) -> None:
        """The gifts are shown by price, without connecting to the room."""
        self.successResultOf(self.start("gift_list", "@anna"))
        lines = self.printed.getvalue().splitlines()
        self.assertEqual("29,999  Lion (6369)", lines[0])
        self.assertEqual(["     1  Rose (5655)", "     1  TikTok (5269)"], lines[-2:])
        self.assertEqual([], self.network.open_to("webcast-ws.tiktok.com"))

    def test_slow_observer(self) -> None:
        """All comments are shown, in order, and no more than a few wait in the program."""
        result = self.start("slow_observer", "@anna")
        for number in range(40):
            for part in range(5):
                text = str(5 * number + part)
                chat = MESSAGE_TYPES["WebcastChatMessage"](content=text).SerializeToString()
                self.room.push([("WebcastChatMessage", chat)])
            self.wait(0.25)
        [line] = self.network.open_to("webcast-ws.tiktok.com")
        before = line.bytes_to_client
        self.wait(45)
        self.assertLess(before, 0.75 * line.bytes_to_client)
        self.assertEqual([str(number) for number in range(200)], self.printed.getvalue().split())
        self.end()
        self.successResultOf(result)

    def test_room_info(self) -> None:
        """The room is shown as soon as the user is live."""
        self.room.end()
        result = self.start("room_info", "@anna")
        self.assertEqual("@anna is not live, waiting\n", self.printed.getvalue())
        self.room.title, self.room.like_count = "Back again", 7
        self.room.go_live()
        self.wait(60)
        self.successResultOf(result)
        self.assertIn("Back again by Anna\n0 watch, ", self.printed.getvalue())

    def test_own_interface(self) -> None:
        """An interface of the program's own subscribes to an event without a class of its own."""
        result = self.start("own_interface", "@anna")
        product = {"title": "Mug", "price_string": "9.90 €"}
        self.push("WebcastOecLiveShoppingMessage", shop_data=product)
        self.end()
        self.successResultOf(result)
        self.assertEqual("Mug: 9.90 €\n", self.printed.getvalue())

    def test_proxy(self) -> None:
        """Everything goes through the proxy, which is named when it does not know us."""
        certificate = certificate_for(*HOSTS)
        secure = TLSMemoryBIOFactory(
            certificate.options(), False, self.simulator.site(), self.reactor
        )
        network = MemoryNetwork(self.reactor)
        network.tls = TlsPolicy(certificate)  # type: ignore[attr-defined]  # what it is asked for
        for host in HOSTS:
            network.add(host, 443, secure, tls=False)

        def dial(host: str, port: int) -> IStreamClientEndpoint:
            return network.endpointForURI(uri_of(f"http://{host}:{port}"))

        proxy = SocksProxy(dial, ("me", "s3cret"))
        network.add("proxy.example", 1080, proxy)
        self.network = network
        self.patch(os, "environ", {"PROXY": "socks5://me:wr0ng@proxy.example"})
        self.successResultOf(self.start("proxy", "@anna", network=network))
        shown = self.printed.getvalue()
        self.assertIn("The proxy proxy.example:1080 does not accept the user", shown)
        self.assertIn("Waiting will not help.", shown)
        self.assertNotIn("wr0ng", shown)
        self.patch(os, "environ", {"PROXY": "socks5://me:s3cret@proxy.example"})
        result = self.start("proxy", "@anna", network=network)
        self.push("WebcastChatMessage", user=BEN, content="hello")
        self.assertIn("ben: hello", self.printed.getvalue())
        self.end()
        self.successResultOf(result)
        self.assertEqual(
            {"www.tiktok.com", "webcast.tiktok.com", "webcast-ws.tiktok.com"},
            {host for host, _ in proxy.targets},
        )
        self.assertEqual([], network.open)

    def test_record_and_replay(self) -> None:
        """What was recorded gives the same events again, without any connection."""
        tape = self.mktemp()
        result = self.start("record_and_replay", tape, "@anna")
        for text in ("one", "two", "three"):
            self.push("WebcastChatMessage", user=BEN, content=text)
        self.end()
        self.successResultOf(result)
        live, self.printed = self.printed.getvalue(), StringIO()
        self.assertIn("     3 chat\n", live)
        attempts = list(self.network.attempts)
        self.successResultOf(self.start("record_and_replay", tape))
        self.assertEqual(live, self.printed.getvalue())
        self.assertEqual(attempts, self.network.attempts)

    def test_many_users(self) -> None:
        """Whoever is live is connected, whoever comes later too; one who can't be is no harm."""
        late = self.simulator.add_room("ben", status=Status.ENDED)
        result = self.start("many_users", "@anna", "@ben", "@nobody")
        late.go_live()
        for _ in range(3):
            self.wait(29)
            self.push("WebcastRoomUserSeqMessage", total=1)
        self.end()
        self.assertNoResult(result)
        self.interrupt()
        said = [
            "@nobody: Error while connecting: TikTok knows no @nobody that could go live: check "
            "the name's spelling.",
            f"@anna is on air in room {self.room.room_id}",
            f"@ben is on air in room {late.room_id}",
            "@anna is off the air",
        ]
        self.assertEqual(said, self.printed.getvalue().splitlines())
        self.assertEqual([], self.network.open)

    def test_many_users_nobody(self) -> None:
        """It ends when none of its users can be followed, and says why."""
        self.successResultOf(self.start("many_users", "@nobody", "@noone"))
        self.interrupt()
        said = self.printed.getvalue()
        self.assertIn("@nobody: Error while connecting: TikTok knows no @nobody", said)
        self.assertIn("@noone: Error while connecting: TikTok knows no @noone", said)

    def test_feed(self) -> None:
        """The page shows viewers, comments, votes and finished gifts until the room ends."""
        result = self.start("feed", "@anna", network=self.network)
        self.assertEqual("@anna is live; the feed is on port 8081\n", self.printed.getvalue())
        self.push("WebcastRoomUserSeqMessage", total=12)
        self.push("WebcastChatMessage", user=BEN, content="!vote Tea")
        for count, end in ((1, 0), (4, 0), (4, 1)):
            self.push(
                "WebcastGiftMessage", user=CARA, repeat_count=count, repeat_end=end, gift=ROSE
            )
        shown = {
            "viewers": 12,
            "comments": [{"name": "Ben", "text": "!vote Tea"}],
            "votes": {"tea": 1},
            "gifts": ["Cara: 4 x Rose"],
        }
        self.assertEqual(shown, json.loads(self.ask()))
        self.end()
        self.successResultOf(result)

    def test_feed_simulator(self) -> None:
        """Given a simulator's address, it asks nobody else."""
        self.network.add("127.0.0.1", 8090, self.simulator.site())
        result = self.start("feed", "@anna", "127.0.0.1:8090", network=self.network)
        self.assertEqual({("127.0.0.1", 8090)}, set(self.network.attempts))
        self.end()
        self.successResultOf(result)

    def test_embed(self) -> None:
        """Beside a web server rooms are followed, shown and added, until it is interrupted."""
        self.simulator.add_room("ben")
        result = self.start("embed", "@anna")
        self.push("WebcastChatMessage", user=BEN, content="hello")
        anna = {"phase": "live", "reason": f"room {self.room.room_id}", "comments": 1}
        self.assertEqual({"anna": anna}, json.loads(self.ask()))
        self.assertEqual("ok\n", self.ask("/?add=@ben", b"POST"))
        self.wait(1)
        self.assertEqual("live", json.loads(self.ask())["ben"]["phase"])
        self.assertIn("followed already", self.ask("/?add=ben", b"POST"))
        self.interrupt()
        self.assertNoResult(result)
        self.assertEqual([], self.network.open)


#: Which test runs which example. An example without one fails ``test_tested``.
RUN_BY: dict[str, Callable[..., Any]] = {
    "asyncio_bot": bots.BotTests.test_asyncio_bot,
    "chat": RunTests.test_chat,
    "chat_bot": bots.BotTests.test_chat_bot,
    "embed": RunTests.test_embed,
    "feed": RunTests.test_feed,
    "gift_list": RunTests.test_gift_list,
    "gifts": RunTests.test_gifts,
    "many_users": RunTests.test_many_users,
    "own_interface": RunTests.test_own_interface,
    "proxy": RunTests.test_proxy,
    "record_and_replay": RunTests.test_record_and_replay,
    "room_info": RunTests.test_room_info,
    "slow_observer": RunTests.test_slow_observer,
}
