"""What else a sign server is asked for: rooms, gifts and chat, with the simulated one behind."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tiktoklive.errors import (
    ChatRefusedError,
    InvalidMessageError,
    InvalidResponseError,
    InvalidSessionIdError,
    SignServerError,
    SignServerRefusedError,
    UserOfflineError,
)
from tiktoklive.interfaces import IChatSender, IGiftSource, IRoomResolver
from tiktoklive.model import Room, Status
from tiktoklive.net.login import Login
from tiktoklive.net.web import Web
from tiktoklive.signing import SIGN_BASE, SignServer
from tiktoklive.signing.chat import SignServerChat
from tiktoklive.signing.gifts import SignServerGifts
from tiktoklive.signing.lookup import SignServerResolver
from tiktoklive.simulator import Answer
from tiktoklive.testing import settle, simulated

HOST = "api.eulerstream.com"


class SignServerTestCase(SynchronousTestCase):
    """A sign server with one key and one room."""

    def setUp(self) -> None:
        self.network, self.tiktok = simulated(seed=3)
        self.tiktok.behaviour.sign_keys.add("k3y-of-mine")
        self.room = self.tiktok.add_room("alice")
        self.web = Web(self.network, self.network.clock)
        self.login: Login | None = None

    def tearDown(self) -> None:
        closed = Deferred.fromCoroutine(self.web.close())
        settle(self.network)
        self.successResultOf(closed)
        self.assertEqual([], self.network.open)

    def server(self, api_key: str | None = "k3y-of-mine") -> SignServer:
        """The sign server, asked with a key."""
        return SignServer(self.web, base=SIGN_BASE, api_key=api_key, login=self.login)

    def asked(self, asking: Awaitable[Any]) -> Deferred[Any]:
        """What comes of asking."""

        async def wait() -> Any:
            return await asking

        asked = Deferred.fromCoroutine(wait())
        settle(self.network)
        return asked


class LookupTests(SignServerTestCase):
    """Rooms (wire facts §9.5)."""

    def resolve(self, name: str = "alice") -> Deferred[Room]:
        """Look somebody up."""
        resolver = SignServerResolver(self.server())
        verifyObject(IRoomResolver, resolver)
        return self.asked(resolver.resolve(name))

    def test_live(self) -> None:
        """Who is live, or has paused, has a room."""
        room = Room("alice", self.room.room_id, Status.LIVE)
        self.assertEqual(room, self.successResultOf(self.resolve()))
        self.room.pause()
        self.assertIs(Status.PAUSED, self.successResultOf(self.resolve()).status)

    def test_offline(self) -> None:
        """Who is not live is told as such, with the last room if it is told."""
        self.room.end()
        error = self.failureResultOf(self.resolve(), UserOfflineError).value
        self.assertIn(error.room_id, ("", self.room.room_id))
        for told, room_id in (("77", "77"), (77, "77"), ("0", ""), ("x", ""), (None, "")):
            answer = Answer.json({"is_live": False, "room_id": told})
            self.tiktok.answer_next("/webcast/anchors/alice/room_id", answer)
            error = self.failureResultOf(self.resolve(), UserOfflineError).value
            self.assertEqual(room_id, error.room_id)

    def test_unclear(self) -> None:
        """An answer without a room is no room, and quoted."""
        path = "/webcast/anchors/alice/room_id"
        for content, words in (
            ({"ok": False, "message": "cannot k3y-of-mine"}, "'cannot ***'"),
            ({"is_live": True, "room_id": "x"}, "no room"),
            ({"is_live": True, "room_id": "0"}, "no room"),
            ({"is_live": True, "room_id": 1 << 64}, "no room"),
            ({"room_id": "5"}, "no room"),
            ([], "no room"),
        ):
            self.tiktok.answer_next(path, Answer.json(content))
            error = self.failureResultOf(self.resolve(), InvalidResponseError).value
            self.assertIn(words, str(error))
            self.assertIn(HOST, str(error))
        self.tiktok.answer_next(path, Answer.json({"is_live": True, "room_id": 5}))
        self.assertEqual("5", self.successResultOf(self.resolve()).room_id)

    def test_refused(self) -> None:
        """A plan that does not include it."""
        self.tiktok.answer_next("/webcast/anchors/alice/room_id", Answer(402))
        self.failureResultOf(self.resolve(), SignServerRefusedError)

    def test_name(self) -> None:
        """A name stays one part of the path."""
        error = self.failureResultOf(self.resolve("../rooms?x"), InvalidResponseError).value
        self.assertIn("'User not found'", str(error))
        self.assertEqual("/webcast/anchors/..%2Frooms%3Fx/room_id", self.tiktok.requests[-1].path)


class GiftsTests(SignServerTestCase):
    """The list of gifts (wire facts §9.5)."""

    def gifts(self) -> Deferred[Any]:
        """Ask for it."""
        source = SignServerGifts(self.server())
        verifyObject(IGiftSource, source)
        return self.asked(source.gifts(Room("alice", self.room.room_id)))

    def test_list(self) -> None:
        """The list is taken from where it is in the answer."""
        rose, *_ = self.successResultOf(self.gifts())
        self.assertEqual((5655, "Rose"), (rose["id"], rose["name"]))
        path = self.tiktok.requests[-1].path
        for content in ({"gifts": [rose]}, {"data": [rose]}, {"response": {"gifts": [rose]}}):
            self.tiktok.answer_next(path, Answer.json(content))
            self.assertEqual([rose], self.successResultOf(self.gifts()))

    def test_none(self) -> None:
        """An answer without a list is told as such."""
        path = f"/webcast/rooms/{self.room.room_id}/gifts"
        for answer in (Answer.json({"data": {"gifts": [1]}}), Answer(200, b"x"), Answer.json([])):
            self.tiktok.answer_next(path, answer)
            self.assertIn(HOST, str(self.failureResultOf(self.gifts(), InvalidResponseError).value))


class ChatTests(SignServerTestCase):
    """Chat (wire facts §9.5)."""

    def setUp(self) -> None:
        super().setUp()
        self.login = Login("s3ssion", "useast5", [HOST])
        self.api_key: str | None = "k3y-of-mine"

    def send(self, text: str = "h\u00e4llo", session_id: str | None = None) -> Deferred[Any]:
        """Say something."""
        sender = SignServerChat(self.server(self.api_key), target_idc="eu", hosts=[HOST])
        verifyObject(IChatSender, sender)
        return self.asked(sender.send(Room("alice", self.room.room_id), text, session_id))

    def test_sent(self) -> None:
        """The text goes to the room, as the one whose session it is."""
        self.assertEqual({"content": "h\u00e4llo"}, self.successResultOf(self.send()))
        self.assertEqual(
            [(self.room.room_id, "s3ssion", "h\u00e4llo")], self.tiktok.sign_server.said
        )
        self.successResultOf(self.send("again", "s3ssion"))
        request = self.tiktok.requests[-1]
        self.assertEqual("POST", request.method)
        self.assertEqual(b'{"content": "again"}', request.body)
        self.assertEqual("application/json", request.header("content-type"))
        self.assertEqual((("client", "ttlive-other"),), request.query)

    def test_other_session(self) -> None:
        """Another session can be named, if the data centre of its account is known."""
        error = self.failureResultOf(self.send(session_id="other"), InvalidSessionIdError).value
        self.assertIn("tt_target_idc", str(error))
        self.login = None
        self.successResultOf(self.send(session_id="other"))
        self.assertEqual("other", self.tiktok.sign_server.said[-1][1])
        self.failureResultOf(self.send(session_id="no; cookie"), InvalidSessionIdError)
        self.failureResultOf(self.send(), InvalidSessionIdError)

    def test_not_allowed(self) -> None:
        """Without the host being allowed, nothing is sent."""
        self.login = Login("s3ssion", "useast5")
        error = self.failureResultOf(self.send(), InvalidSessionIdError).value
        self.assertIn(f"({HOST})", str(error))
        self.assertIn("session_hosts", str(error))
        self.assertEqual([], self.tiktok.requests)

    def test_no_key(self) -> None:
        """Nor without a key."""
        self.api_key = None
        error = self.failureResultOf(self.send(), SignServerRefusedError).value
        self.assertIn("API key", str(error))
        self.assertEqual([], self.tiktok.requests)

    def test_text(self) -> None:
        """Nor a text that is none, or too long."""
        for text in ("", " \n", "x" * 151):
            self.failureResultOf(self.send(text), InvalidMessageError)
        self.assertEqual([], self.tiktok.requests)
        self.successResultOf(self.send("x" * 150))

    def test_refused(self) -> None:
        """Refusals are told in the server's words, less our session and key."""
        path = f"/webcast/rooms/{self.room.room_id}/chat"
        said = {"code": 403, "message": "no s3ssion for k3y-of-mine"}
        for answer, kind in (
            (Answer.json(said, 401), SignServerRefusedError),
            (Answer.json(said, 403), SignServerRefusedError),
            (Answer.json(said, 400), SignServerError),
            (Answer.json(said), ChatRefusedError),
        ):
            self.tiktok.answer_next(path, answer)
            error = self.failureResultOf(self.send(), kind).value
            self.assertIs(kind, type(error))
            self.assertIn("'no *** for ***'", str(error))
