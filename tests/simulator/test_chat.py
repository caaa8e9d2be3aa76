"""The simulated chat takes what accounts say as they should, and lets the viewers hear it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from tests.simulator.client import AGENT, SimulatorTestCase
from tiktoklive.simulator.chat import SimulatedChat
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.common_pb2 import User
from tiktoklive.wire.speech_pb2 import WebcastChatMessage


class ChatTests(SimulatorTestCase):
    """``/webcast/room/chat/``."""

    def setUp(self) -> None:
        super().setUp()
        self.session = self.simulator.add_session("robo", nickname="Robo")

    def say(
        self,
        content: str = "hello",
        cookie: str | None = None,
        method: bytes = b"POST",
        **more: str,
    ) -> tuple[int, Any]:
        """Status and decoded answer."""
        query = {"aid": "1988", "room_id": self.room.room_id, "content": content, **more}
        if cookie is None:
            names = ("sessionid", "sessionid_ss", "sid_tt")
            cookie = "; ".join(f"{name}={self.session}" for name in names)
        url = f"https://webcast.tiktok.com/webcast/room/chat/?{urlencode(query)}"
        response, body = self.get(url, {"User-Agent": AGENT, "Cookie": cookie}, method)
        return response.code, json.loads(body or b"null")

    def code(self, *arguments: Any, **more: Any) -> int:
        """The number in the answer to what is said."""
        return int(self.say(*arguments, **more)[1]["status_code"])

    def test_heard(self) -> None:
        """What is taken is heard in the room, said by the account, with the id in the answer."""
        client = self.enter()
        status, answer = self.say("hi ✓")
        self.assertEqual((200, 0), (status, answer["status_code"]))
        batch = parse_batch(client.frames[-1].payload)
        [heard] = batch.messages
        message = WebcastChatMessage.FromString(heard.payload)
        self.assertEqual(
            ("hi ✓", "robo", "Robo"),
            (message.content, message.user.unique_id, message.user.nickname),
        )
        self.assertEqual(answer["data"]["msg_id"], message.common.msg_id)
        self.assertEqual(answer["data"]["msg_id"], heard.msg_id)

    def test_sessions(self) -> None:
        """It takes three cookies, all with the session of an account that there is."""
        for cookie in (
            "",
            f"sessionid={self.session}",
            f"sessionid={self.session}; sessionid_ss={self.session}; sid_tt=x",
            "sessionid=x; sessionid_ss=x; sid_tt=x",
        ):
            self.assertEqual(20003, self.code("hello", cookie))

    def test_rooms(self) -> None:
        """The room has to be one that is on."""
        past = self.room.room_id
        self.room.go_live()
        self.assertEqual(10041, self.code(room_id=past))
        self.assertEqual(10041, self.code(room_id="17"))
        self.room.pause()
        self.assertEqual(0, self.code())
        self.room.end()
        self.assertEqual(10041, self.code())

    def test_texts(self) -> None:
        """There has to be a text, and one that is not too long."""
        self.assertEqual(10011, self.code(""))
        self.assertEqual(10011, self.code(aid=""))
        self.assertEqual(0, self.code("a" * 150))
        for text in (" ", "a" * 151):
            status, answer = self.say(text)
            self.assertEqual((200, 50007), (status, answer["status_code"]))
            self.assertIn("comment", answer["data"]["message"])

    def test_body(self) -> None:
        """All that is said stands in the query: a body is not read."""
        self.say()
        [asked] = self.simulator.requests
        chat = SimulatedChat(self.simulator.world, self.simulator.rooms)
        chat.accounts[self.session] = User()
        for body, code in ((b"", 0), (b"{}", 10011)):
            answer = chat.answer(replace(asked, body=body))
            self.assertEqual(code, json.loads(answer.body)["status_code"])

    def test_method(self) -> None:
        """It takes a POST, and nothing else does."""
        self.assertEqual(405, self.say(method=b"GET")[0])
        self.assertEqual(405, self.get("https://www.tiktok.com/@anna", method=b"POST")[0].code)

    def test_signed(self) -> None:
        """It can be closed to those who don't sign."""
        self.simulator.behaviour.unsigned_chat = False
        self.assertEqual((403, None), self.say())
        self.assertEqual(0, self.code(**{"X-Bogus": "x"}))

    def test_other_accounts(self) -> None:
        """Each account has a session of its own."""
        other = self.simulator.add_session("other")
        self.assertNotEqual(self.session, other)
        self.session = other
        self.assertEqual(0, self.code())
