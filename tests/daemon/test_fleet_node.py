"""A daemon that is a node of a fleet: what it is assembled from."""

from __future__ import annotations

from typing import Any

from twisted.logger import capturedLogs, formatEvent

from tests.outputs.doubles import chat
from tests.test_tap import OptionsCase
from tiktoklive.fleet.client import RedisClient
from tiktoklive.fleet.node import FleetNode
from tiktoklive.fleet.output import RedisOutput
from tiktoklive.fleet.rooms import FleetRooms
from tiktoklive.fleet.words import FleetWords
from tiktoklive.outputs.console import Console
from tiktoklive.outputs.queue import Policy
from tiktoklive.outputs.web.output import WebOutput
from tiktoklive.service import LiveService
from tiktoklive.tap import makeService

ADDRESS = "redis://127.0.0.1:6379/0?name=x&node=left"


class FleetNodeTests(OptionsCase):
    """What ``--fleet`` makes of a daemon."""

    def test_parts(self) -> None:
        """What it needs starts before the rooms are followed; the node itself stops first."""
        daemon = makeService(self.parse("--fleet", ADDRESS, "-o", "console", "@Anna", "bob"))
        kinds = [type(service) for service in daemon]
        self.assertEqual(
            [Console, RedisClient, RedisOutput, FleetWords, LiveService, FleetRooms, FleetNode],
            kinds,
        )
        node = daemon.getServiceNamed("fleet-node")
        self.assertRegex(node.node, r"\Aleft-[0-9a-f]{6}\Z")
        self.assertEqual(("anna", "bob"), node._users)
        self.assertEqual({}, daemon.live.status())
        self.assertIs(Policy.BLOCK, daemon.getServiceNamed("fleet-events")._queue.policy)

    def test_shared(self) -> None:
        """What TikTok and each sign server say is shared, by the same name on each node."""
        daemon = makeService(self.parse("--fleet", ADDRESS))
        words, wiring = daemon.getServiceNamed("fleet-words"), daemon.live.wiring
        self.assertIs(words.of("lookups"), wiring.lookups._word)
        budget = wiring.budgets.of("https://sign.example/path")
        self.assertIs(words.of("sign:sign.example"), budget._word)
        clients = (
            daemon.getServiceNamed("fleet-redis"),
            daemon.getServiceNamed("fleet-events").client,
        )
        self.assertIs(*(client.lines for client in clients), "both say why Redis is away")

    def test_status(self) -> None:
        """What is logged at a signal tells of the node, and of what waits for Redis."""
        daemon = makeService(self.parse("--fleet", ADDRESS))

        def logged() -> list[str]:
            with capturedLogs() as logs:
                daemon.log_status()
            return [
                line for log in logs if (line := formatEvent(log)).startswith(("Fleet", "Queue"))
            ]

        [line] = logged()
        self.assertRegex(line, r"\AFleet: 1 of 1 nodes: 0 of 0 rooms, .* which cannot be asked now")
        daemon.getServiceNamed("fleet-events").event(chat("Ann", "hello"))
        [_, line] = logged()
        self.assertRegex(line, r"\AQueue of redis://127\.0\.0\.1:6379/0: \d+ of 16777216 wait\Z")

    def test_without_users(self) -> None:
        """It needs no user: the fleet has them; and it is not over when there is none."""
        daemon = makeService(self.parse("--fleet", ADDRESS))
        self.assertNoResult(daemon.when_over())

    def test_without_outputs(self) -> None:
        """It writes to the fleet's stream alone, unless an output is named."""
        self.assertEqual([], self.parse("--fleet", ADDRESS).outputs)
        kinds = {type(service) for service in makeService(self.parse("--fleet", ADDRESS))}
        self.assertNotIn(Console, kinds)

    def test_budgets(self) -> None:
        """Lanes of one name share their budgets in the fleet; one key has one budget for all."""
        lanes = ("--lane", "name=A", "--lane", "name=direct")
        environ = {"TIKTOKLIVE_LANE_A_PROXY": "http://u:geheim@h:1"}
        key = {**environ, "TIKTOKLIVE_SIGN_KEY": "key"}
        lookups = ["lane:a:lookups", "lane:direct:lookups"]
        signing = ["lane:a:sign:s.example", "lane:direct:sign:s.example"]
        base = ("--fleet", ADDRESS, "--source", "signed", "--sign-base", "https://s.example")
        for arguments, given, expected in (
            ((), {}, ["lookups", "sign:s.example"]),
            (lanes, environ, [*lookups, *signing]),
            (lanes, key, [*lookups, "sign:s.example"]),
        ):
            daemon = makeService(self.parse(*base, *arguments, environ=given))
            wiring: Any = daemon.live.wiring
            ways = [wiring] if wiring.lanes is None else [each.wiring for each in wiring.lanes.all]
            buckets = [each.lookups._bucket for each in ways]
            buckets += [each.budgets.of("https://s.example")._shared for each in ways]
            keys = {each._tokens._key.removeprefix("tiktoklive:{x}:budget:") for each in buckets}
            self.assertEqual(sorted(expected), sorted(keys))

    def test_controlled(self) -> None:
        """An output through which users are chosen chooses those of the fleet."""
        daemon = makeService(self.parse("--fleet", ADDRESS, "-o", "web:tcp:8080"))
        web = next(iter(daemon))
        assert isinstance(web, WebOutput)
        self.assertIs(daemon.getServiceNamed("fleet-rooms"), web._control.rooms)

    def test_refused(self) -> None:
        """What makes no sense is told in one sentence."""
        for arguments, said in (
            (("--fleet", "http://h"), "--fleet must look like redis://"),
            (("--fleet", "redis://h?name=a/b"), "--fleet: name must be"),
            (("--fleet", "redis://:secret@h"), "--fleet: a password in the address"),
            (("--fleet", ADDRESS, "--record", "tape"), "--record is for users that are named"),
            (("--fleet", ADDRESS, "--simulate"), "--fleet means nothing with --simulate"),
        ):
            self.assertIn(said, self.refuse(*arguments))
