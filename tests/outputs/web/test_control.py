"""The API: what it tells, what it changes, and who may."""

from __future__ import annotations

import json
from typing import Any

from twisted.application.service import MultiService
from zope.interface import implementer

from tests.outputs.doubles import Trough, chat
from tests.outputs.web.case import OVERLAY, READ, TOKEN, Rooms, WebCase, Wiring, make
from tiktoklive.errors import (
    RateLimitedError,
    RoomLookupError,
    UserOfflineError,
)
from tiktoklive.events.table import METHODS
from tiktoklive.interfaces import IRooms
from tiktoklive.model import State
from tiktoklive.outputs.jsonl import JsonLines
from tiktoklive.outputs.line_writer import LineWriter
from tiktoklive.outputs.web.tokens import OVERLAY_TYPES

RENAMED = State(phase="offline", unique_id="bob2", anchor_id="7", restrictions=("paid for",))

ALL = {
    "TIKTOKLIVE_WEB_TOKEN": TOKEN,
    "TIKTOKLIVE_WEB_READ_TOKEN": READ,
    "TIKTOKLIVE_WEB_OVERLAY_TOKEN": OVERLAY,
}

#: Everything that changes something, or lets TikTok be asked.
CHANGES = (
    ("POST", "/api/rooms"),
    ("PATCH", "/api/rooms/anna"),
    ("DELETE", "/api/rooms/anna"),
    ("GET", "/api/rooms/anna/info"),
    ("GET", "/api/rooms/anna/gifts"),
    ("POST", "/api/reload"),
    ("POST", "/api/rooms/anna/chat"),
    ("POST", "/sample"),
)
READS = (
    *("/rooms", "/api/rooms", "/api/rooms/anna", "/api/lanes"),
    *("/events", "/rooms/anna/events", "/ws"),
)
OPEN = ("/", "/overlay", "/static/reader.js", "/healthz", "/readyz", "/api/openapi.json")


@implementer(IRooms)
class Unchangeable:
    """Rooms that can be looked at."""

    def __init__(self, rooms: Rooms) -> None:
        self.status, self.add, self.remove = rooms.status, rooms.add, rooms.remove


class OpenTests(WebCase):
    """Without any token, on loopback."""

    def test_read(self) -> None:
        """Everybody on this machine may read."""
        for path in (*OPEN, *READS):
            status = 426 if path == "/ws" else 200
            self.assertEqual(status, self.ask(path).status, path)

    def test_lanes(self) -> None:
        """The lanes are told with their rooms, and for how long one rests."""
        first, second = self.ask("/api/lanes").json["lanes"]
        told = {key: first[key] for key in ("name", "proxy", "state", "users", "streams")}
        self.assertEqual(
            {"name": "a", "proxy": "h:1", "state": "closed", "users": 2, "streams": 1}, told
        )
        self.assertEqual(
            (None, 9.0, "no"), (first["rests_for"], second["rests_for"], second["why"])
        )
        self.assertEqual({"direct": "closed"}, first["sources"])

    def test_change(self) -> None:
        """Nobody may change anything, whatever token they have; it is said how to allow it."""
        for method, path in CHANGES[:-1]:  # samples hurt nobody
            for token in ("", TOKEN):
                refused = self.ask(path, method, b"{}", token)
                self.assertEqual((403, "no-token"), (refused.status, refused.json["code"]), path)
                self.assertIn("TIKTOKLIVE_WEB_TOKEN", refused.json["error"])
        self.assertEqual(["anna", "bob"], list(self.rooms.states))


class TokensTests(WebCase):
    """With a token for each scope."""

    environ = ALL

    def test_open(self) -> None:
        """The pages need none: they hold nothing."""
        for path in OPEN:
            self.assertEqual(200, self.ask(path).status, path)

    def test_none(self) -> None:
        """Everything else needs one, and says so."""
        for path in READS:
            for token in ("", "wrong-0123456789abcdef", "é"):
                refused = self.ask(path, token=token)
                self.assertEqual((401, "token"), (refused.status, refused.json["code"]), path)
                self.assertIn("Bearer", refused.headers["www-authenticate"])
        for method, path in CHANGES:
            self.assertEqual(401, self.ask(path, method, b"{}").status, path)

    def test_read(self) -> None:
        """Whoever may read may not change anything."""
        for path in READS:
            status = 426 if path == "/ws" else 200
            for token in (READ, TOKEN):
                self.assertEqual(status, self.ask(path, token=token).status, path)
        for method, path in CHANGES:
            refused = self.ask(path, method, b"{}", READ)
            self.assertEqual((403, "scope"), (refused.status, refused.json["code"]), path)

    def test_overlay(self) -> None:
        """An overlay's token opens the events alone, and of them only what overlays show."""
        for path in ("/rooms", "/api/rooms"):
            self.assertEqual(403, self.ask(path, token=OVERLAY).status, path)
            self.assertEqual(401, self.ask(f"{path}?token={OVERLAY}").status, path)
        browser = self.ask(f"/events?token={OVERLAY}")
        narrow = self.ask(f"/events?token={OVERLAY}&types=chat,connected,rawData")
        self.happen("hello")
        for each in (browser, narrow):
            self.assertEqual(["hello"], each.said)
        [asked, other] = [each.client.subscription for each in self.web.fanout._everybody()]
        self.assertEqual((OVERLAY_TYPES, {"chat"}), (asked.types, other.types))
        self.assertLess(OVERLAY_TYPES, set(METHODS.values()))

    def test_control_in_address(self) -> None:
        """The token that allows everything is refused in an address."""
        refused = self.ask(f"/events?token={TOKEN}")
        self.assertEqual(401, refused.status)
        self.assertIn("must not be in an address", refused.json["error"])
        self.assertEqual(401, self.ask("/events?token=wrong").status)

    def test_ready(self) -> None:
        """Whether all is well is told to all, of whom only to those who may read."""
        self.rooms.states["bob"] = State(phase="waiting", reason="TikTok does not answer.")
        unknown, known = self.ask("/readyz"), self.ask("/readyz", token=READ)
        self.assertEqual([503, 503], [unknown.status, known.status])
        self.assertEqual({"ready": False}, unknown.json)
        self.assertEqual({"bob": "waiting: TikTok does not answer."}, known.json["rooms"])

    def test_secret(self) -> None:
        """No token is logged or shown, whatever goes wrong."""
        logged: list[Any] = []
        from twisted.logger import globalLogPublisher

        globalLogPublisher.addObserver(logged.append)
        self.addCleanup(globalLogPublisher.removeObserver, logged.append)
        self.rooms.status = lambda: 1 / 0  # type: ignore[assignment]
        answers = [
            self.ask(f"/events?token={OVERLAY}&types=x"),
            self.ask(f"/rooms?token={READ}", token=READ),
            self.ask("/api/rooms", "POST", b'{"name": "cleo"}', TOKEN),
        ]
        self.assertEqual([400, 500, 500], [each.status for each in answers])
        self.assertEqual(2, len(self.flushLoggedErrors(ZeroDivisionError)))
        shown = repr(logged) + repr([each.came for each in answers])
        for event in logged:
            if "log_failure" in event:
                shown += event["log_failure"].getTraceback()
        for token in ALL.values():
            self.assertNotIn(token, shown)


class RoomsCase(WebCase):
    """A token that allows everything."""

    environ = {"TIKTOKLIVE_WEB_TOKEN": TOKEN}

    def change(self, method: str, path: str, body: Any = None) -> Any:
        """A request by somebody who may do everything."""
        content = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask(path, method, content, TOKEN)


class RoomsTests(RoomsCase):
    """What the API does."""

    def test_list(self) -> None:
        """Each room is told with its state and its reason."""
        self.rooms.states["bob"] = State(phase="offline", reason="@bob is not live.")
        for path in ("/rooms", "/api/rooms"):
            [anna, bob] = self.ask(path).json["rooms"]
            self.assertEqual(("anna", "live", "7"), tuple(anna[k] for k in _SHOWN))
            self.assertEqual(("bob", "offline", ""), tuple(bob[k] for k in _SHOWN))
            self.assertEqual("@bob is not live.", bob["reason"])

    def test_one(self) -> None:
        """One room is found however its name is written; another is not."""
        for name in ("anna", "@Anna", "%40ANNA"):
            self.assertEqual("anna", self.ask(f"/api/rooms/{name}").json["name"], name)
        unknown = self.ask("/api/rooms/cleo")
        self.assertEqual((404, "unknown"), (unknown.status, unknown.json["code"]))
        self.assertEqual(400, self.ask("/api/rooms/no%20body").status)

    def test_add(self) -> None:
        """A room is added once."""
        added = self.change("POST", "/api/rooms", {"name": "@cleo"})
        self.assertEqual((201, "cleo"), (added.status, added.json["name"]))
        self.assertEqual("/api/rooms/cleo", added.headers["location"])
        self.assertIn("cleo", self.rooms.states)
        again = self.change("POST", "/api/rooms", {"name": "cleo"})
        self.assertEqual((409, "followed"), (again.status, again.json["code"]))

    def test_bad_body(self) -> None:
        """What is no name is refused with what is expected."""
        for body in (b"", b"x", b"[]", b"{}", b'{"name": 1}', b'{"name": "a", "b": 1}'):
            self.assertEqual(400, self.change("POST", "/api/rooms", body).status, body)
        for name in ("", "no body", "é", "a" * 65, "https://www.tiktok.com/@anna/live", "a\n"):
            self.assertEqual(400, self.change("POST", "/api/rooms", {"name": name}).status, name)
        plain = self.ask("/api/rooms", "POST", b"{}", TOKEN, content_type="text/plain")
        self.assertEqual(415, plain.status)

    def test_names(self) -> None:
        """What a user is called now is told beside the name that is followed, and their id."""
        anna, self.rooms.states["bob"] = self.ask("/api/rooms/anna").json, RENAMED
        bob = self.ask("/api/rooms/bob").json
        self.assertEqual(("anna", ""), (anna["unique_id"], anna["anchor_id"]))
        self.assertEqual(("bob", "bob2", "7"), (bob["name"], bob["unique_id"], bob["anchor_id"]))
        self.assertEqual(([], ["paid for"]), (anna["restrictions"], bob["restrictions"]))

    def test_rename(self) -> None:
        """A user is followed under another name, unless somebody else is."""
        renamed = self.change("PATCH", "/api/rooms/ANNA", {"name": "@Anna2"})
        self.assertEqual((200, "Anna2"), (renamed.status, renamed.json["name"]))
        self.assertEqual(["bob", "Anna2"], list(self.rooms.states))
        taken = self.change("PATCH", "/api/rooms/bob", {"name": "Anna2"})
        self.assertEqual((409, "followed"), (taken.status, taken.json["code"]))
        self.assertEqual(404, self.change("PATCH", "/api/rooms/anna", {"name": "x"}).status)
        for body in ({}, {"name": "no body"}, {"name": "x", "y": 1}, []):
            self.assertEqual(400, self.change("PATCH", "/api/rooms/bob", body).status, body)

    def test_renamed_clients(self) -> None:
        """Who named the old name goes on with the new one, and so do those who come later."""
        address = "/ws?rooms=anna,bob&numbers=1"
        early, stream = self.socket(address), self.ask("/rooms/anna/events")
        other = self.socket("/ws?rooms=bob&numbers=1")
        self.happen("one")
        self.change("PATCH", "/api/rooms/anna", {"name": "Anna2"})
        self.change("PATCH", "/api/rooms/Anna2", {"name": "anna3"})
        late, again = self.socket(address), self.socket("/ws?rooms=bob")
        again.say({"subscribe": {"rooms": ["Anna"]}})
        self.network.flush()
        self.happen("two", anchor="anna3")
        self.happen("late", anchor="anna")  # as of a streak that began under the old name
        self.pass_time(2)
        self.assertEqual(
            [["one", "two"], ["two"], ["two"], []],
            [each.said for each in (early, late, again, other)],
        )
        self.assertEqual(["one", "two"], stream.said)
        told = [each["numbers"] for each in early.messages if "numbers" in each][-1]
        self.assertEqual(("anna3", 3), (told["anchor"], told["comments"]))
        self.change("POST", "/api/rooms", {"name": "anna"})  # somebody else of that name
        fresh = self.socket("/ws?rooms=anna")
        self.happen("three", anchor="anna3")
        self.happen("four", anchor="anna")
        self.assertEqual(["four"], fresh.said)

    def test_no_rename(self) -> None:
        """A program whose rooms keep their names says so."""
        self.web.control(Unchangeable(self.rooms))
        refused = self.change("PATCH", "/api/rooms/anna", {"name": "x"})
        self.assertEqual((503, "names"), (refused.status, refused.json["code"]))

    def test_remove(self) -> None:
        """A room is removed, and is gone."""
        removed = self.change("DELETE", "/api/rooms/ANNA")
        self.assertEqual((204, b""), (removed.status, removed.body))
        self.assertEqual(["bob"], list(self.rooms.states))
        self.assertEqual(404, self.change("DELETE", "/api/rooms/anna").status)

    def test_facts(self) -> None:
        """TikTok's own words are passed on."""
        self.assertEqual({"title": "Hello"}, self.change("GET", "/api/rooms/anna/info").json)
        self.rooms.said = [{"id": 5655, "name": "Rose"}]
        gifts = self.change("GET", "/api/rooms/anna/gifts")
        self.assertEqual({"gifts": [{"id": 5655, "name": "Rose"}]}, gifts.json)
        self.assertEqual(404, self.change("GET", "/api/rooms/cleo/gifts").status)

    def test_facts_failed(self) -> None:
        """What went wrong is told with the sentence of the error, and when to ask again."""
        for error, status, code in (
            (UserOfflineError("@anna is not live."), 409, "offline"),
            (RoomLookupError("TikTok says no."), 502, "upstream"),
            (RateLimitedError("TikTok wants a pause.", retry_after=7), 503, "later"),
        ):
            self.rooms.said = error
            refused = self.change("GET", "/api/rooms/anna/info")
            self.assertEqual((status, code), (refused.status, refused.json["code"]))
            self.assertEqual(str(error), refused.json["error"])
        self.assertEqual("7", refused.headers["retry-after"])

    def test_given_up(self) -> None:
        """When nobody waits for an answer any more, nobody is asked any more."""
        self.rooms.said = None
        browser = self.change("GET", "/api/rooms/anna/info")
        browser.transport.loseConnection()
        self.network.flush()
        self.assertTrue(self.rooms.asked[0].called)
        self.assertEqual(b"", browser.came)

    def test_stopped(self) -> None:
        """So it is when the server stops."""
        self.rooms.said = None
        self.change("GET", "/api/rooms/anna/info")
        stopped = self.web.stopService()
        self.network.flush()
        self.successResultOf(stopped)
        self.assertTrue(self.rooms.asked[0].called)

    def test_methods(self) -> None:
        """A method that is not for an address is told those that are."""
        refused = self.change("PUT", "/api/rooms", {})
        self.assertEqual((405, "method"), (refused.status, refused.json["code"]))
        self.assertEqual("GET, OPTIONS, POST, HEAD", refused.headers["allow"])
        self.assertEqual(405, self.change("POST", "/").status)
        head = self.change("HEAD", "/api/rooms")
        self.assertEqual((200, b""), (head.status, head.body))

    def test_ready(self) -> None:
        """All is well when every room is live, or waited for."""
        self.rooms.states["bob"] = State(phase="offline", reason="@bob is not live.")
        self.assertEqual((200, {}), self.ready())
        self.rooms.states["bob"] = State(phase="failed", reason="TikTok knows no @bob.")
        self.assertEqual((503, {"bob": "failed: TikTok knows no @bob."}), self.ready())
        self.rooms.states["bob"] = State(phase="refused", reason="TikTok knows no @bob.")
        self.assertEqual((503, {"bob": "refused: TikTok knows no @bob."}), self.ready())
        self.rooms.states["bob"] = State(phase="entering", reason="room 7")
        self.assertEqual((503, {"bob": "entering: room 7"}), self.ready())
        self.assertEqual({"alive": True}, self.ask("/healthz").json)

    def test_ready_outputs(self) -> None:
        """An output beside it that fails is a reason, and its words are for those who may read."""
        family = MultiService()
        output = JsonLines(LineWriter("jsonl:x", (trough := Trough()), self.reactor))
        output.setName("jsonl-1")
        for service in (self.web, output):
            service.setServiceParent(family)
        self.assertEqual(200, self.ask("/readyz").status)
        trough.fault = OSError(28, "No space left on device")
        output.event(chat("Anna", "hi", number=1))
        answer = self.ask("/readyz")
        self.assertEqual((503, False), (answer.status, answer.json["ready"]))
        self.assertEqual({"jsonl-1": "No space left on device"}, answer.json["outputs"])
        self.assertEqual({}, answer.json["rooms"])
        self.successResultOf(output.stopService())

    def ready(self) -> tuple[int, Any]:
        """What ``/readyz`` says."""
        answer = self.ask("/readyz")
        return answer.status, answer.json["rooms"]


_SHOWN = ("name", "phase", "room_id")


class AloneTests(WebCase):
    """In a program that did not say who is followed."""

    def test_alone(self) -> None:
        """Events come, and what needs more says what is missing."""
        other = self.begin(make(Wiring(self.reactor), "tcp:8081", {}), 8081)
        browser = self.ask("/events", port=8081)
        self.happen("hello", output=other)
        self.assertEqual(["hello"], browser.said)
        refused = self.ask("/rooms", port=8081)
        self.assertEqual((503, "rooms"), (refused.status, refused.json["code"]))
        self.assertEqual(200, self.ask("/readyz", port=8081).status)
