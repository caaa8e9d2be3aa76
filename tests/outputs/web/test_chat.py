"""Saying something in a chat through the API, and what a token allows."""

from __future__ import annotations

import json
from typing import Any

from twisted.internet.defer import Deferred, fail, succeed
from zope.interface import implementer

from tests.outputs.web.case import OVERLAY, READ, TOKEN, Rooms, WebCase
from tiktoklive.errors import (
    ChatRefusedError,
    ConnectError,
    InvalidMessageError,
    InvalidSessionIdError,
    RateLimitedError,
    UserOfflineError,
)
from tiktoklive.interfaces import IRoomChat


@implementer(IRoomChat)
class Speaking(Rooms):
    """Rooms in which something can be said."""

    voice = True
    answer: Any = {}

    def can_say(self) -> bool:
        return self.voice

    def say(self, unique_id: str, text: str) -> Deferred[Any]:
        self.asked.append((unique_id, text))  # type: ignore[arg-type]  # in their place
        return fail(self.answer) if isinstance(self.answer, Exception) else succeed(self.answer)


class ChatTests(WebCase):
    """``POST /api/rooms/NAME/chat``."""

    environ = {
        "TIKTOKLIVE_WEB_TOKEN": TOKEN,
        "TIKTOKLIVE_WEB_READ_TOKEN": READ,
        "TIKTOKLIVE_WEB_OVERLAY_TOKEN": OVERLAY,
    }

    def setUp(self) -> None:
        super().setUp()
        self.speaking = Speaking("anna", "bob")
        self.web.control(self.speaking)

    def say(self, body: Any, name: str = "anna", token: str = TOKEN) -> tuple[int, Any]:
        """Say something; status and answer."""
        answer = self.ask(f"/api/rooms/{name}/chat", "POST", json.dumps(body).encode(), token)
        return answer.status, answer.json

    def test_said(self) -> None:
        """It is said in the room that is named."""
        self.assertEqual((200, {"sent": True}), self.say({"text": "hello ✓"}, "@Anna"))
        self.assertEqual([("anna", "hello ✓")], self.speaking.asked)

    def test_refused(self) -> None:
        """Whatever keeps it from being said is told in a sentence, and whose fault it is."""
        for error, status, code in (
            (UserOfflineError("@anna is not live."), 409, "offline"),
            (ChatRefusedError("TikTok did not take it.", code=4), 409, "refused"),
            (InvalidMessageError("Too long."), 400, "text"),
            (InvalidSessionIdError("Expired."), 503, "session"),
            (RateLimitedError("Too many wait.", retry_after=3), 503, "later"),
            (ConnectError("No answer."), 502, "upstream"),
            (KeyError("anna"), 404, "unknown"),
        ):
            self.speaking.answer = error
            answered, said = self.say({"text": "hello"})
            self.assertEqual((status, code), (answered, said["code"]))
        for body in ({}, {"text": 7}, {"text": "x", "as": "y"}):
            self.assertEqual(400, self.say(body)[0])
        self.assertEqual(404, self.say({"text": "hello"}, "nobody")[0])
        self.assertEqual(403, self.say({"text": "hello"}, token=READ)[0])

    def test_no_session(self) -> None:
        """Without a session, or in a program that cannot, it is said what is missing."""
        self.speaking.voice = False
        status, said = self.say({"text": "hello"})
        self.assertEqual((503, "session"), (status, said["code"]))
        self.assertIn("TIKTOKLIVE_SESSION_ID", said["error"])
        self.web.control(self.rooms)
        status, said = self.say({"text": "hello"})
        self.assertEqual((503, "chat"), (status, said["code"]))

    def test_scope(self) -> None:
        """A page is told what its token allows, and whether something can be said."""
        for token, scope, chat in (
            (TOKEN, "control", True),
            (READ, "read", False),
            (OVERLAY, "overlay", False),
            ("", "nothing", False),
        ):
            expected = {"scope": scope, "chat": chat, "samples": token == TOKEN}
            self.assertEqual(expected, self.ask("/api/scope", token=token).json)
        self.speaking.voice = False
        self.assertFalse(self.ask("/api/scope", token=TOKEN).json["chat"])
        self.web.control(self.rooms)
        self.assertFalse(self.ask("/api/scope", token=TOKEN).json["chat"])


class OpenTests(WebCase):
    """Where there is no token."""

    def test_scope(self) -> None:
        """Everybody on this machine may read, moderate, and show samples."""
        expected = {"scope": "moderate", "chat": False, "samples": True}
        self.assertEqual(expected, self.ask("/api/scope").json)
