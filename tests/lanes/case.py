"""A small TikTok in memory, and proxies before it, each of which can go down or lead to a wall."""

from __future__ import annotations

from random import Random
from typing import Any

from twisted.trial.unittest import SynchronousTestCase
from twisted.web.resource import Resource
from twisted.web.server import Request, Site

from tests.net.proxies import ConnectProxy
from tests.stack.case import SILENT, Recorder
from tiktoklive.lanes import Lane
from tiktoklive.model import LaneState, State
from tiktoklive.net.web import uri_of
from tiktoklive.options import Options
from tiktoklive.service import LiveService
from tiktoklive.simulator import HOSTS, SimulatedRoom
from tiktoklive.testing import settle, simulated
from tiktoklive.users import UserOptions
from tiktoklive.wiring import Wiring, standard_wiring

WALL = "wall.example"


class Wall(Resource):
    """Blocks every guest: a wall in the place of pages, and a refused handshake."""

    isLeaf = True

    def render(self, request: Request) -> bytes:
        if request.path.startswith(b"/webcast/im/"):
            request.setHeader("Handshake-Msg", "DEVICE_BLOCKED")
            return b""
        request.setResponseCode(403)
        return b"no"


class LanesCase(SynchronousTestCase):
    """
    Lanes ``a``, ``b`` and ``c`` by a proxy each, and a service with users who are live.

    :cvar lanes: the setting.
    :ivar walled: the lanes that lead to the wall.
    """

    lanes: tuple[str, ...] = tuple(
        f"name={name},proxy=http://{name}.proxy.example:3128" for name in "abc"
    )

    def setUp(self) -> None:
        self.network, self.tiktok = simulated(seed=3)
        self.clock = self.network.clock
        for host in HOSTS:
            self.network.add(host, 80, self.tiktok.site())
        self.network.add(WALL, 80, Site(Wall(), reactor=self.clock))
        self.walled: set[str] = set()
        self.proxies = {name: self.proxy(name) for name in "abc"}
        self.seen = Recorder()
        self.users: list[str] = []
        self.rooms: dict[str, SimulatedRoom] = {}

    def proxy(self, name: str) -> ConnectProxy:
        """A proxy that listens, and gets everywhere."""

        def dial(host: str, port: int) -> Any:
            where = WALL if name in self.walled else host
            return self.network.endpointForURI(uri_of(f"http://{where}:{port}"))

        proxy = ConnectProxy(dial)
        self.network.add(f"{name}.proxy.example", 3128, proxy)
        return proxy

    def wire(self, **more: Any) -> Wiring:
        """The standard parts, without TLS, so that what goes through proxies can be read."""
        options = Options(
            **{
                "lanes": self.lanes,
                "web_base": "http://www.tiktok.com",
                "webcast_base": "http://webcast.tiktok.com",
                "ws_base": "ws://webcast-ws.tiktok.com",
                "limits": SILENT,
                **more,
            }
        )
        return standard_wiring(self.clock, options, network=self.network, random=Random(1))

    def serve(self, live: int = 0, offline: int = 0, **more: Any) -> LiveService:
        """A service that follows so many users."""
        self.service = LiveService(self.wire(**more))
        self.service.add_observer(self.seen)
        for number in range(live + offline):
            self.follow(f"user{number}", live=number < live)
        self.service.startService()
        self.addCleanup(self.stop)
        return self.service

    def follow(self, name: str, *, live: bool = True, lane: str = "") -> None:
        """Follow one more user, that there is from now on."""
        room = self.rooms[name] = self.tiktok.add_room(name)
        if not live:
            room.end()
        self.service.add(name, UserOptions(lane=lane or None))

    def stop(self) -> None:
        """Stop it: nothing is left."""
        stopped = self.service.stopService()
        self.settle(6)
        self.successResultOf(stopped)
        self.assertEqual([], self.network.open)
        self.assertEqual([], self.network.waiting)
        self.assertEqual([], self.clock.getDelayedCalls())

    def settle(self, seconds: float = 0.0) -> None:
        settle(self.network, seconds, step=1.0)

    def down(self, name: str) -> None:
        """A proxy goes: its connections are cut, and there will be no others."""
        self.network.refuse(f"{name}.proxy.example")
        self.network.drop(f"{name}.proxy.example")

    def up(self, name: str) -> None:
        """It is back."""
        self.network.refuse(f"{name}.proxy.example", False)

    # --- what is told -------------------------------------------------------------------

    @property
    def told(self) -> dict[str, LaneState]:
        """How the lanes are doing."""
        return {lane.name: lane for lane in self.service.sources_status().lanes}

    @property
    def lanes_now(self) -> tuple[Lane, ...]:
        """The lanes themselves."""
        lanes = self.service.wiring.lanes
        assert lanes is not None
        return lanes.all

    @property
    def states(self) -> dict[str, State]:
        """What each user's connection is doing."""
        return self.service.status()

    def streams(self) -> dict[str, int]:
        """How many streams go by each lane."""
        return {name: lane.streams for name, lane in self.told.items()}

    def by_users(self) -> dict[str, int]:
        """How many users are followed by each."""
        return {name: lane.users for name, lane in self.told.items()}

    def lane_of(self, user: str) -> str:
        """The lane that a user's room is in."""
        return self.states[user].lane

    def dialled(self) -> int:
        """How many connections all proxies have made for us."""
        return sum(len(proxy.targets) for proxy in self.proxies.values())

    def assertNothingBeside(self) -> None:
        """TikTok was reached by proxies alone: no connection of ours went another way."""
        direct = [host for host, _ in self.network.attempts if host in (*HOSTS, WALL)]
        self.assertEqual(self.dialled(), len(direct))
