"""Saying something: what is sent, what the answers mean, and whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer
from zope.interface.verify import verifyObject

from tests.rooms.answering import FakeWeb, answer
from tests.seams import ROOM, Asked
from tiktoklive.chat import DirectChat, FirstOfChat, PacedChat, check_text
from tiktoklive.errors import (
    AllFailedError,
    BlockedError,
    ChatRefusedError,
    ConnectError,
    InvalidMessageError,
    InvalidResponseError,
    InvalidSessionIdError,
    RateLimitedError,
    Remedy,
    TikTokLiveError,
)
from tiktoklive.interfaces import IChatSender
from tiktoklive.model import Room
from tiktoklive.net.login import Login

TAKEN = {"status_code": 0, "data": {"msg_id": 1}}


class TextTests(SynchronousTestCase):
    """What can be said."""

    def test_refused(self) -> None:
        """Nothing, only spaces, more than 150 characters and what is no text are refused."""
        for text in ("", " ", "\n\t\u3000", "a" * 151, None, b"bytes"):
            error = self.assertRaises(InvalidMessageError, check_text, text)
            self.assertIs(Remedy.MODIFY, error.remedy)

    @given(st.text(min_size=1, max_size=150).filter(str.strip))
    def test_any(self, text: str) -> None:
        """Anything else can be said."""
        check_text(text)


@implementer(IChatSender)
class Chat(Asked):
    """Takes messages, or lets them wait."""

    def send(self, room: Room, text: str, session_id: str | None) -> Deferred[Mapping[str, Any]]:
        return self.ask(text, session_id)

    @property
    def said(self) -> list[str]:
        """The texts."""
        return [text for text, _ in self.questions]


class FirstOfChatTests(SynchronousTestCase):
    """Who is asked when somebody does not take a message."""

    def outcome(self, *answers: Any) -> tuple[Any, list[int]]:
        """What comes of a message, and how often each was asked."""
        senders = [Chat(each) for each in answers]
        chat = FirstOfChat([(str(number), each) for number, each in enumerate(senders, 1)])
        verifyObject(IChatSender, chat)
        sending = Deferred.fromCoroutine(chat.send(ROOM, "hello", None))
        result: list[Any] = []
        sending.addBoth(result.append)
        return result[0], [len(each.questions) for each in senders]

    def test_next(self) -> None:
        """Who is not let to TikTok's chat at all gives way to the next."""
        for error in (
            ChatRefusedError("no reason", code=403),
            ChatRefusedError("empty", code=200),
            BlockedError("captcha"),
        ):
            self.assertEqual(({"ok": 1}, [1, 1]), self.outcome(error, {"ok": 1}))

    def test_answers(self) -> None:
        """What is said of the message, or may have been sent, is not tried elsewhere."""
        for error in (
            ChatRefusedError("muted", code=50004),
            InvalidSessionIdError("expired"),
            InvalidMessageError("too long"),
            RateLimitedError("slowly"),
            ConnectError("no answer"),
        ):
            result, asked = self.outcome(error, {"ok": 1})
            self.assertIs(error, result.value)
            self.assertEqual([1, 0], asked)

    def test_all(self) -> None:
        """When nobody takes it, both are told."""
        result, _ = self.outcome(BlockedError("captcha"), ChatRefusedError("paid", code=402))
        result.trap(AllFailedError)
        self.assertIn("(1) 1: captcha (2) 2: paid", str(result.value))


class DirectChatTests(SynchronousTestCase):
    """Asking TikTok to take a message."""

    def say(
        self,
        said: Any,
        text: str = "hello",
        session_id: str | None = None,
        hosts: tuple[str, ...] = (),
        **more: Any,
    ) -> Any:
        """What comes of a message."""
        self.web = FakeWeb(said)
        chat = DirectChat(self.web.tiktok(**more), hosts)
        verifyObject(IChatSender, chat)
        return Deferred.fromCoroutine(chat.send(ROOM, text, session_id))

    def fails(self, kind: type[Exception], *arguments: Any, **more: Any) -> Any:
        """The error for a message: exactly of that kind, without the session in it."""
        error = self.failureResultOf(self.say(*arguments, **more), TikTokLiveError).value
        self.assertIs(kind, type(error))
        self.assertNotIn("secret", str(error))
        return error

    def test_request(self) -> None:
        """The message goes into the query, byte for byte, the session into three cookies."""
        text = " hi & bye ✓ "
        taken = self.say(answer(TAKEN), text, login=Login("secret", "eu-1"))
        self.assertEqual({"msg_id": 1}, self.successResultOf(taken))
        self.assertEqual("https://webcast.tiktok.com/webcast/room/chat/", self.web.url)
        self.assertEqual(("POST", b""), (self.web.method, self.web.more["body"]))
        query = dict(self.web.params)
        self.assertEqual((ROOM.room_id, text), (query["room_id"], query["content"]))
        self.assertEqual("1988", query["aid"])
        session = dict.fromkeys(("sessionid", "sessionid_ss", "sid_tt"), "secret")
        self.assertEqual({**session, "tt-target-idc": "eu-1"}, self.web.more["cookies"])

    def test_other_session(self) -> None:
        """A session that is named counts, with a login and without; its place is not known."""
        for login in (None, Login("mine", "eu-1")):
            self.successResultOf(self.say(answer(TAKEN), "hello", "secret", login=login))
            self.assertEqual({"secret"}, set(self.web.more["cookies"].values()))
        same = self.say(answer(TAKEN), "hello", "mine", login=login)
        self.successResultOf(same)
        self.assertEqual("eu-1", self.web.more["cookies"]["tt-target-idc"])

    def test_no_session(self) -> None:
        """Without a session, or with one that is none, nobody is asked."""
        for session_id in (None, "", "secret; x", "secret\r\nX: y"):
            error = self.fails(InvalidSessionIdError, answer(TAKEN), "hello", session_id)
            self.assertIs(Remedy.AUTH, error.remedy)
            self.assertEqual(0, self.web.asked)

    def test_bad_text(self) -> None:
        """Nor with a text that cannot be sent."""
        self.fails(InvalidMessageError, answer(TAKEN), " ", login=Login("secret"))
        self.assertEqual(0, self.web.asked)

    def test_foreign_host(self) -> None:
        """A session goes to a host that is not TikTok's only if it was named."""
        there = {"webcast_base": "http://relay.example:8080"}
        error = self.fails(InvalidSessionIdError, answer(TAKEN), "hello", "secret", **there)
        self.assertIn("relay.example", str(error))
        self.assertIn("session_hosts", str(error))
        self.assertEqual(0, self.web.asked)
        for more in (
            {"hosts": ("relay.example",)},
            {"login": Login("mine", "", ["relay.example"])},
        ):
            self.successResultOf(self.say(answer(TAKEN), "hello", "secret", **there, **more))
            self.assertEqual("secret", self.web.more["cookies"]["sessionid"])

    def test_expired(self) -> None:
        """20003 is a session that has expired."""
        said = answer({"status_code": 20003, "data": {"message": "login"}})
        self.assertIn("expired", str(self.fails(InvalidSessionIdError, said, session_id="secret")))

    def test_refused(self) -> None:
        """Any other number is a refusal, told with TikTok's words."""
        said = answer({"status_code": 50007, "data": {"message": "no links" + "." * 500}})
        error = self.fails(ChatRefusedError, said, session_id="secret")
        self.assertEqual((50007, Remedy.CANCEL), (error.code, error.remedy))
        self.assertIn("50007", str(error))
        self.assertIn("no links", str(error))
        self.assertLess(len(str(error)), 250)
        error = self.fails(ChatRefusedError, answer({"data": 5}), session_id="secret")
        self.assertEqual(200, error.code)

    def test_unsigned(self) -> None:
        """HTTP 403, and an answer of nothing, are what those get who should have signed."""
        for status in (403, 200):
            said = answer(status=status)
            error = self.fails(ChatRefusedError, said, session_id="secret")
            self.assertEqual(status, error.code)
            self.assertIn("signature", str(error))

    def test_other_answers(self) -> None:
        """Other statuses and pages have their errors."""
        for said, kind in (
            (answer(status=429, retry_after="9"), RateLimitedError),
            (answer(status=503), InvalidResponseError),
            (answer({"x": 1}, status=404), InvalidResponseError),
            (answer(body=b"<html>tiktok-verify-page"), BlockedError),
            (answer([]), InvalidResponseError),
        ):
            self.fails(kind, said, session_id="secret")


class PacedChatTests(SynchronousTestCase):
    """Turns."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.chat = Chat({})
        self.pace()

    def tearDown(self) -> None:
        self.assertEqual([], self.clock.getDelayedCalls())

    def pace(self, interval: float = 2.0, **more: Any) -> None:
        """Let messages be that far apart."""
        self.paced = PacedChat(self.chat, self.clock, interval, **more)
        verifyObject(IChatSender, self.paced)

    def say(self, text: str, session_id: str | None = "a") -> Deferred[Any]:
        """Say it."""
        return Deferred.fromCoroutine(self.paced.send(ROOM, text, session_id))

    def test_apart(self) -> None:
        """The first message is sent at once, each other in its turn, in order."""
        sent = [self.say(text) for text in "123"]
        self.assertEqual(["1"], self.chat.said)
        self.clock.advance(1.9)
        self.assertEqual(["1"], self.chat.said)
        self.clock.advance(0.1)
        self.assertEqual(["1", "2"], self.chat.said)
        self.clock.advance(2)
        self.assertEqual(["1", "2", "3"], self.chat.said)
        for each in sent:
            self.assertEqual({}, self.successResultOf(each))
        self.clock.advance(1)
        late = self.say("4")
        self.assertNoResult(late)
        self.clock.advance(1)
        self.successResultOf(late)
        self.clock.advance(2)
        self.successResultOf(self.say("5"))

    def test_one_at_a_time(self) -> None:
        """None overtakes one that is still being sent."""
        self.chat.answers = [None, {}]
        first, second = self.say("1"), self.say("2")
        self.clock.advance(60)
        self.assertEqual(["1"], self.chat.said)
        self.chat.waiting[0].callback({})
        self.successResultOf(first)
        self.successResultOf(second)

    def test_sessions(self) -> None:
        """Each session has turns of its own; that of the options is one like the others."""
        self.pace(session_id="a")
        self.say("1", "a")
        self.say("2", "b")
        waiting = self.say("3", None)
        self.assertEqual(["1", "2"], self.chat.said)
        self.clock.advance(2)
        self.successResultOf(waiting)
        self.assertEqual(("3", None), self.chat.questions[-1])

    def test_off(self) -> None:
        """0 turns it off; without any session there is nothing to wait for."""
        self.pace(0)
        for text in "12":
            self.successResultOf(self.say(text))
        self.pace(2)
        for text in "34":
            self.successResultOf(self.say(text, None))
        self.assertEqual(list("1234"), self.chat.said)

    def test_full(self) -> None:
        """Twenty may wait; one more is refused, and told when to come again."""
        sent = [self.say(str(number)) for number in range(21)]
        error = self.failureResultOf(self.say("too many"), RateLimitedError).value
        self.assertEqual(2.0, error.retry_after)
        self.assertIn("20", str(error))
        self.clock.advance(2)
        sent.append(self.say("one more"))
        self.clock.pump([2] * 21)
        for each in sent:
            self.successResultOf(each)
        self.assertEqual([*map(str, range(21)), "one more"], self.chat.said)

    def test_cancelled(self) -> None:
        """One that waits can be taken back, the next in turn too; the others keep their order."""
        sent = [self.say(text) for text in "12345"]
        for number in (2, 1):
            sent[number].cancel()
            self.failureResultOf(sent[number], CancelledError)
        self.clock.pump([2, 2])
        self.assertEqual(list("145"), self.chat.said)
        self.successResultOf(sent[4])

    def test_cancelled_while_sent(self) -> None:
        """Cancelling one that is being sent cancels that, and the next has its turn."""
        self.chat.answers = [None, {}]
        first, second = self.say("1"), self.say("2")
        first.cancel()
        self.failureResultOf(first, CancelledError)
        self.assertEqual(1, self.chat.cancelled)
        self.clock.advance(2)
        self.successResultOf(second)

    def test_failed(self) -> None:
        """A refusal is told to who was refused; the next has its turn."""
        self.chat.answers = [ChatRefusedError("no", code=1), {}]
        self.failureResultOf(self.say("1"), ChatRefusedError)
        second = self.say("2")
        self.clock.advance(2)
        self.successResultOf(second)

    def test_bad_text(self) -> None:
        """A text that cannot be sent is refused at once, and takes no turn."""
        self.failureResultOf(self.say(""), InvalidMessageError)
        self.successResultOf(self.say("1"))

    def test_forgets(self) -> None:
        """Sessions that are silent are not remembered."""
        for number in range(50):
            self.successResultOf(self.say("x", str(number)))
            self.clock.advance(1)
        self.assertLessEqual(len(self.paced._queues), 3)
