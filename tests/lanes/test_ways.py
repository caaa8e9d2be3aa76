"""What a room asks goes by its lane and no other way; and what is of one lane alone."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import Deferred

from tests.lanes.case import LanesCase
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.errors import InvalidUserOptionsError
from tiktoklive.options import Options, RequestOptions, SignProviderOptions
from tiktoklive.simulator import Answer
from tiktoklive.users import UserOptions

SIGN = "http://api.eulerstream.com"


class WayTests(LanesCase):
    """Every kind of request."""

    def only(self, name: str) -> set[str]:
        """The hosts that were asked by that lane, and by no other one."""
        self.assertNothingBeside()
        self.assertEqual(
            set(),
            {
                host
                for host, _ in self.network.attempts
                if host.startswith(tuple(f"{each}." for each in "abc" if each != name))
            },
        )
        return {host for host, _ in self.proxies[name].targets}

    def paths(self) -> set[str]:
        """What was asked for."""
        return {each.path.rpartition("@")[0] or each.path for each in self.tiktok.requests}

    def test_direct(self) -> None:
        """Cookie, look-up, page, details, gifts, ticket and stream; and what is asked later on."""
        self.serve(enable_extended_gift_info=True)
        self.follow("alice", lane="b")
        self.tiktok.answer_next("/api-live/user/room/", Answer(200, b"{}"))
        self.settle(5)
        self.assertEqual({"a": 0, "b": 1, "c": 0}, self.streams())
        self.told_of(self.service.room_info("alice"))
        self.told_of(self.service.available_gifts("alice"))
        self.rooms["alice"].drop(clean=False)
        self.settle(120)
        for path in (
            *("/ttwid/check/", "/api-live/user/room/", "/", "/webcast/room/info/"),
            *("/webcast/gift/list/",),
        ):
            self.assertIn(path, self.paths())
        hosts = {"www.tiktok.com", "webcast.tiktok.com", "webcast-ws.tiktok.com"}
        self.assertEqual(hosts, self.only("b"))

    def test_signed(self) -> None:
        """A sign server is asked by the lane, as by a proxy of requests today."""
        self.serve(sources=("signed",), sign_base=SIGN)
        self.follow("alice", lane="c")
        self.settle(5)
        # The socket, which would be opened by TLS, has no certificate here.
        self.assertLessEqual({"api.eulerstream.com", "webcast-ws.tiktok.com"}, self.only("c"))

    def test_polling(self) -> None:
        """So is what is polled, with a session, by the lane that has it."""
        self.serve(
            sources=("classic",),
            enable_websocket_upgrade=False,
            sign_base=SIGN,
            session_id=self.tiktok.add_session(),
            session_hosts=("www.tiktok.com", "webcast.tiktok.com"),
        )
        self.follow("alice", lane="a")
        self.settle(5)
        self.assertIn("/webcast/im/fetch/", self.paths())
        self.assertEqual({"a": 1, "b": 0, "c": 0}, self.streams())
        self.only("a")

    def test_connection(self) -> None:
        """A connection of a program has a lane for all that it asks, before it connects too."""
        self.tiktok.add_room("alice")
        connection: Any = WebcastPushConnection("alice", wiring=self.wire())
        self.told_of(connection.fetch_is_live())
        info = self.told_of(connection.get_room_info())
        self.told_of(connection.get_available_gifts())
        self.told_of(connection.wait_until_live())
        state = self.told_of(connection.connect(info["id_str"]))
        self.assertEqual("a", state.lane)
        self.only("a")
        self.told_of(connection.disconnect())
        self.told_of(connection.wiring.close())

    def test_renamed(self) -> None:
        """What a user is called now is asked by the lane of their room, too."""
        self.serve()
        self.follow("alice", lane="c")
        self.settle(5)
        self.tiktok.rename("alice", "alicia")
        self.rooms["alice"].end()
        self.settle(120)
        self.assertEqual("alicia", self.states["alice"].unique_id)
        self.only("c")

    def told_of(self, asked: Deferred[Any]) -> Any:
        """What an answer tells."""
        self.settle(3)
        return self.successResultOf(asked)


class FixedLaneTests(LanesCase):
    """Users with a lane of their own."""

    def test_stays(self) -> None:
        """A user who was given a lane waits for it, whatever the other lanes are like."""
        self.serve()
        self.follow("alice", lane="B")
        self.settle(5)
        self.down("b")
        self.settle(100)
        self.assertEqual("b", self.lane_of("alice"))
        self.assertFalse(self.states["alice"].is_connected)
        self.up("b")
        self.settle(60)
        self.assertTrue(self.states["alice"].is_connected)
        self.assertEqual(0, sum(len(self.proxies[name].targets) for name in "ac"))

    def test_unknown(self) -> None:
        """A lane that there is not is refused by its name, with those that there are."""
        self.serve()
        lane = UserOptions(lane="d")
        refused = self.assertRaises(InvalidUserOptionsError, self.service.add, "alice", lane)
        self.assertEqual("lane: There is no lane 'd': choose of a, b, c.", str(refused))
        self.assertEqual({}, self.states)
        error = self.assertRaises(ValueError, self.wire(lanes=()).parts, "d")
        self.assertIn("the options name none", str(error))


class SessionTests(LanesCase):
    """A session goes one way."""

    def guests(self, **more: Any) -> list[Options]:
        """The options of each lane."""
        wiring = self.wire(
            session_id="geheim",
            tt_target_idc="useast1a",
            ttwid="1%7Cgeheim",
            request_headers={"Cookie": "sid_tt=geheim", "X-Own": "1"},
            websocket_headers={"Cookie": "sid_tt=geheim"},
            **more,
        )
        assert wiring.lanes is not None
        return [lane.wiring.options for lane in wiring.lanes.all]  # type: ignore[attr-defined]

    def test_first(self) -> None:
        """The first lane has it, with all cookies that were given; the others go as guests."""
        first, *others = self.guests()
        self.assertEqual(("geheim", "1%7Cgeheim"), (first.session_id, first.ttwid))
        for each in others:
            self.assertEqual((None, "", None), (each.session_id, each.tt_target_idc, each.ttwid))
            self.assertEqual({"X-Own": "1"}, dict(each.request_headers))
            self.assertEqual({}, dict(each.websocket_headers))

    def test_named(self) -> None:
        """Another one has it if that is said; then chat goes by that one."""
        lanes = (self.lanes[0], f"{self.lanes[1]},session=yes", self.lanes[2])
        options = self.guests(lanes=lanes)
        self.assertEqual([None, "geheim", None], [each.session_id for each in options])
        wiring = self.wire(lanes=lanes, session_id="geheim")
        self.assertIsNotNone(wiring.tiktok.login)

    def test_restricted(self) -> None:
        """A room that guests may not see goes by the lane with the session, and stays there."""
        session = self.tiktok.add_session()
        hosts = ("www.tiktok.com", "webcast.tiktok.com")
        lanes = (*self.lanes[:2], f"{self.lanes[2]},session=yes")
        self.serve(lanes=lanes, session_id=session, session_hosts=hosts)
        said = Answer.json({"statusCode": 4003110, "message": "for adults", "data": {}})
        self.tiktok.answer_next("/api-live/user/room/", said)
        self.tiktok.answer_next("/@alice/live", Answer(403, b"Access Denied"))
        self.follow("alice")
        self.settle(5)
        self.assertEqual(("c", True), (self.lane_of("alice"), self.states["alice"].is_connected))


class WiringTests(LanesCase):
    """What is shared, and what is refused."""

    def test_budgets(self) -> None:
        """Sign servers count a key, whatever the address; without one they count addresses."""
        for key, budgets in ((None, 3), ("key", 1)):
            wiring = self.wire(sign_provider_options=SignProviderOptions(api_key=key))
            assert wiring.lanes is not None
            found = {id(lane.wiring.budgets) for lane in wiring.lanes.all}
            self.assertEqual(budgets, len(found))

    def test_refused(self) -> None:
        """Lanes that cannot be are refused with what to write, and no address is shown."""
        proxy = RequestOptions(proxy="http://u:geheim@proxy.example")
        for lanes, more, said in (
            (("name=a",), {}, "lanes must name a proxy for the lane a, or say proxy=none"),
            (("name=a,proxy=u:geheim@x",), {}, "must be the address of a proxy"),
            (("proxy=http://u:geheim@x",), {}, "a name is letters"),
            (("name=direct",), {"request_options": proxy}, "make the proxy a lane"),
        ):
            error = self.assertRaises(ValueError, self.wire, lanes=lanes, **more)
            self.assertIn(said, str(error))
            self.assertNotIn("geheim", str(error))

    def test_repr(self) -> None:
        """Neither options nor wiring nor states show the password of a lane's proxy."""
        wiring = self.wire(lanes=("name=a,proxy=http://u:geheim@a.proxy.example:3128",))
        shown = f"{wiring!r} {wiring.options!r} {wiring.sources_status()!r} {wiring.lanes!r}"
        self.assertNotIn("geheim", shown)

    def test_direct(self) -> None:
        """The lane direct is the machine's own way."""
        self.serve(live=2, lanes=("name=direct", self.lanes[0]))
        self.settle(5)
        self.assertEqual({"direct": 1, "a": 1}, self.streams())
        straight = [host for host, _ in self.network.attempts if host == "webcast-ws.tiktok.com"]
        self.assertEqual(2, len(straight))  # one of them by the proxy
        self.assertEqual(1, [host for host, _ in self.proxies["a"].targets].count(straight[0]))
