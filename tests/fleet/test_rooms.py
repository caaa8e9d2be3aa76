"""The users of a fleet, as the outputs of one node see and choose them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from twisted.internet.task import Clock

from tests.fleet.ownertable import OwnerTable
from tests.outputs.web.case import TOKEN, WebCase
from tiktoklive.fleet.rooms import LISTED, FleetRooms
from tiktoklive.fleet.shares import NodeLoad
from tiktoklive.model import State


class Live:
    """The rooms of this process."""

    def __init__(self) -> None:
        self.states = {"anna": State(phase="live")}

    def status(self) -> Mapping[str, State]:
        return self.states

    async def room_info(self, unique_id: str) -> Mapping[str, Any]:
        return {"id": unique_id}

    async def available_gifts(self, unique_id: str) -> Sequence[Mapping[str, Any]]:
        return []


class FleetRoomsTests(WebCase):
    """The API of a node."""

    environ = {"TIKTOKLIVE_WEB_TOKEN": TOKEN}

    def setUp(self) -> None:
        super().setUp()
        self.fleet_clock = Clock()
        self.redis = OwnerTable(self.fleet_clock)
        table = self.redis.ownership("a")
        for coroutine in (
            table.add(["anna", "bob", "carl"]),
            table.renew(NodeLoad("a"), 60),
            table.take("a", 1, 60),
            table.take("b", 1, 60),
        ):
            self.did(coroutine)
        self.changed: list[None] = []
        self.fleet = FleetRooms(
            table,  # type: ignore[arg-type]  # it has the same methods
            Live(),
            self.fleet_clock,
            lambda: self.changed.append(None),
        )
        self.fleet.startService()
        self.addCleanup(self.fleet.stopService)
        self.web.control(self.fleet)

    def did(self, coroutine: Any) -> Any:
        """What a coroutine gives at once."""
        from twisted.internet.defer import Deferred

        return self.successResultOf(Deferred.fromCoroutine(coroutine))

    def api(self, path: str, method: str = "GET", **body: str) -> Any:
        """Ask the API."""
        text = json.dumps(body).encode() if body else None
        return self.ask(path, method, text, TOKEN)

    def phases(self) -> dict[str, str]:
        """The rooms, as they are told."""
        return {each["name"]: each["phase"] for each in self.api("/api/rooms").json["rooms"]}

    def test_all(self) -> None:
        """All users of the fleet are told, those of others by their nodes."""
        self.assertEqual({"anna": "live", "bob": "elsewhere", "carl": "elsewhere"}, self.phases())
        self.assertEqual("node b follows it", self.api("/api/rooms/bob").json["reason"])
        self.assertEqual("it waits for a node", self.api("/api/rooms/carl").json["reason"])
        self.assertEqual(200, self.api("/readyz").status)

    def test_ask(self) -> None:
        """Of a room of another node nothing can be asked here, and the answer says whose it is."""
        for what in ("info", "gifts"):
            self.assertEqual(200, self.api(f"/api/rooms/anna/{what}").status)
            refused = self.api(f"/api/rooms/bob/{what}")
            self.assertEqual((409, "elsewhere"), (refused.status, refused.json["code"]))
            self.assertIn("node b follows it", refused.json["error"])

    def test_add(self) -> None:
        """A user is added to the fleet, by any node, once."""
        added = self.api("/api/rooms", "POST", name="@Dora")
        self.assertEqual((201, "dora"), (added.status, added.json["name"]))
        self.assertEqual("/api/rooms/dora", added.headers["location"])
        self.assertEqual(("elsewhere", 1), (self.phases()["dora"], len(self.changed)))
        again = self.api("/api/rooms", "POST", name="dora")
        self.assertEqual((409, "followed"), (again.status, again.json["code"]))
        self.assertEqual(400, self.api("/api/rooms", "POST", name="no name").status)

    def test_remove(self) -> None:
        """A user is removed from the fleet, by any node."""
        self.assertEqual(204, self.api("/api/rooms/bob", "DELETE").status)
        self.assertNotIn("bob", self.phases())
        self.assertEqual(404, self.api("/api/rooms/bob", "DELETE").status)
        self.did(self.redis.ownership("b").remove(["carl"]))
        gone = self.api("/api/rooms/carl", "DELETE")  # it is not seen yet that it is gone
        self.assertEqual((404, "unknown"), (gone.status, gone.json["code"]))

    def test_away(self) -> None:
        """Without Redis nothing can be changed, which is said; what is known stays."""
        self.redis.away.add("a")
        refused = self.api("/api/rooms", "POST", name="dora")
        self.assertEqual((503, "fleet"), (refused.status, refused.json["code"]))
        self.assertEqual(503, self.api("/api/rooms/bob", "DELETE").status)
        self.fleet_clock.advance(LISTED)
        self.assertEqual(3, len(self.phases()))

    def test_just_added(self) -> None:
        """What others have added is found in Redis at once, whatever is asked of it."""
        asked = {
            "one": ("", "GET", {}, 200),
            "two": ("", "DELETE", {}, 204),
            "three": ("", "PATCH", {"name": "drei"}, 200),
            "four": ("/info", "GET", {}, 409),
            "five": ("/numbers", "GET", {}, 200),
        }
        self.did(self.redis.ownership("b").add(list(asked)))
        for name, (path, method, body, status) in asked.items():
            self.fleet._owners = {}
            answer = self.api(f"/api/rooms/{name}{path}", method, **body)
            self.assertEqual(status, answer.status, name)
        self.assertEqual({"anna", "bob", "carl", "one", "drei", "four", "five"}, set(self.phases()))
        self.did(self.redis.ownership("b").remove(["one"]))
        again = self.api("/api/rooms", "POST", name="one")  # removed by another one just now
        self.assertEqual(201, again.status)

    def test_nobody(self) -> None:
        """Who is not in the fleet is unknown; where that cannot be seen it is not said."""
        for method in ("GET", "DELETE"):
            answer = self.api("/api/rooms/nobody", method)
            self.assertEqual((404, "unknown"), (answer.status, answer.json["code"]))
        self.assertEqual(404, self.api("/api/rooms/nobody.", "GET").status)  # no name can be that
        self.redis.away.add("a")
        answer = self.api("/api/rooms/nobody")
        self.assertEqual((503, "fleet"), (answer.status, answer.json["code"]))
        self.assertEqual(200, self.api("/api/rooms/bob").status)

    def test_seen(self) -> None:
        """In the list of all, what others add is seen a little later."""
        self.did(self.redis.ownership("b").add(["dora"]))
        self.assertNotIn("dora", self.phases())
        self.fleet_clock.advance(LISTED)
        self.assertIn("dora", self.phases())

    def test_rename(self) -> None:
        """A user is renamed in the fleet, by any node, whoever follows them."""
        renamed = self.api("/api/rooms/bob", "PATCH", name="@Rob")
        self.assertEqual((200, "rob"), (renamed.status, renamed.json["name"]))
        self.assertEqual("node b follows it", renamed.json["reason"])
        self.assertEqual(["anna", "carl", "rob"], sorted(self.phases()))
        self.assertEqual(1, len(self.changed))
        taken = self.api("/api/rooms/rob", "PATCH", name="carl")
        self.assertEqual((409, "followed"), (taken.status, taken.json["code"]))
        self.assertEqual(404, self.api("/api/rooms/bob", "PATCH", name="bobby").status)
        self.assertEqual(400, self.api("/api/rooms/rob", "PATCH", name="no name").status)
        self.did(self.redis.ownership("b").remove(["carl"]))
        gone = self.api("/api/rooms/carl", "PATCH", name="karl")  # it is not seen yet
        self.assertEqual((404, "unknown"), (gone.status, gone.json["code"]))
        self.redis.away.add("a")
        self.assertEqual(503, self.api("/api/rooms/rob", "PATCH", name="bob").status)
