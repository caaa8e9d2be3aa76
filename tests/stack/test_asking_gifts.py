"""Gifts and chat, asked for over the whole stack."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twisted.internet.defer import CancelledError, Deferred
from zope.interface import implementer

from tests.stack.test_asking import CHAT, GIFTS, INFO, KEY, LOOKUP, PAGE, AskingTestCase
from tests.stack.test_gifts import rose
from tiktoklive.errors import (
    AllFailedError,
    BlockedError,
    ChatRefusedError,
    InvalidMessageError,
    InvalidSessionIdError,
    SignatureError,
    UserOfflineError,
)
from tiktoklive.events import Gift
from tiktoklive.gifts import GiftList, KeptGifts
from tiktoklive.interfaces import IUrlSigner
from tiktoklive.model import Room, SignedUrl, Status
from tiktoklive.options import Options, SignProviderOptions
from tiktoklive.service import LiveService
from tiktoklive.signing import SignServerGifts


@implementer(IUrlSigner)
class UrlSigner:
    """Signs addresses as the simulator wants it."""

    async def sign_url(self, url: str) -> SignedUrl:
        return SignedUrl(url + "&X-Bogus=DFSzswVL", "Signer/1.0", "token")


class GiftsTests(AskingTestCase):
    """Which gifts can be sent."""

    def names(self, gifts: Any) -> list[str]:
        """The names of the first gifts."""
        return [gift["name"] for gift in gifts][:2]

    def test_on_connect(self) -> None:
        """If it is wanted, the state has the list; if not, nobody asks for it."""
        self.assertIsNone(self.live().get_state().available_gifts)
        self.assertEqual([], self.paths(GIFTS))
        state = self.live(self.use(enable_extended_gift_info=True)).get_state()
        self.assertEqual(["Rose", "TikTok"], self.names(state.available_gifts))
        self.assertIn("availableGifts", state.as_dict())

    def test_no_details(self) -> None:
        """The list can be wanted without the details of the room, and with a room id."""
        connection = self.use(enable_extended_gift_info=True, fetch_room_info_on_connect=False)
        connected = connection.connect(self.room.room_id)
        self.assertEqual(["Rose", "TikTok"], self.names(self.told(connected).available_gifts))
        self.assertEqual([GIFTS], self.paths(LOOKUP, PAGE, INFO, GIFTS))

    def test_refused(self) -> None:
        """A refused list does not break connect(); asked for alone, it is an error."""
        self.tiktok.behaviour.unsigned_gifts = False
        self.tiktok.url_signing.fail("gone", times=99)
        connection = self.live(self.use(enable_extended_gift_info=True))
        self.assertIsNone(connection.get_state().available_gifts)
        error = self.fails(connection.get_available_gifts(), AllFailedError)
        kinds = [(name, type(failure)) for name, failure in error.failures]
        self.assertEqual([("unsigned", BlockedError), ("signed", SignatureError)], kinds)

    def test_signed(self) -> None:
        """Where unsigned requests are refused, a signer helps."""
        self.tiktok.behaviour.unsigned_gifts = False
        tiktok = self.wiring.tiktok
        parts = [("unsigned", GiftList(tiktok)), ("signed", GiftList(tiktok, UrlSigner()))]
        self.wiring = replace(self.wiring, gifts=KeptGifts(parts, self.clock))
        gifts = self.told(self.connection().get_available_gifts())
        self.assertEqual(["Rose", "TikTok"], self.names(gifts))
        unsigned, signed = [each for each in self.tiktok.requests if each.path == GIFTS]
        self.assertEqual(unsigned.query, signed.query[:-1])
        self.assertEqual("Signer/1.0", signed.header("User-Agent"))
        self.assertEqual({"msToken": "token"}, dict(signed.cookies))

    def test_connected(self) -> None:
        """A live connection asks for its room; once for an hour, for all connections."""
        connection = self.live()
        lookups = self.lookups()
        for _ in range(2):
            gifts = self.told(connection.get_available_gifts())
            self.assertEqual(["Rose", "TikTok"], self.names(gifts))
            gifts.clear()  # the list is the caller's
        self.assertEqual((lookups, [GIFTS]), (self.lookups(), self.paths(GIFTS)))

    def test_unconnected(self) -> None:
        """Unconnected, the user is looked up."""
        self.told(self.connection().get_available_gifts())
        self.assertEqual([LOOKUP, GIFTS], self.paths(LOOKUP, GIFTS))

    def test_not_live(self) -> None:
        """The list is told of users who are not live, were never, or do not exist."""
        ended = self.room.room_id
        self.room.end()
        self.tiktok.add_room("nora", status=Status.ENDED)
        for name, room_id in (("alice", ended), ("nora", None), ("noone", None)):
            with self.subTest(name):
                self.use()
                connection = self.connection(name, self.wiring)
                gifts = self.told(connection.get_available_gifts())
                self.assertEqual(["Rose", "TikTok"], self.names(gifts))
                asked = [each for each in self.tiktok.requests if each.path == GIFTS][-1]
                self.assertEqual(room_id, asked.parameter("room_id"))
                self.assertNotIn("roomId", connection.get_state().as_dict())
        by_room = SignServerGifts(self.wiring.sign_server).gifts(Room("nora", ""))
        error = self.fails(Deferred.fromCoroutine(by_room), UserOfflineError)
        self.assertIn("nora", str(error))

    def test_state(self) -> None:
        """What was asked for is in the state, and gifts have their entry of it, from then on."""
        connection = self.connection()
        self.assertIsNone(connection.get_state().available_gifts)
        self.told(connection.get_available_gifts())
        self.settle(5)
        self.assertEqual(["Rose", "TikTok"], self.names(connection.get_state().available_gifts))
        self.live(connection)
        self.room.push([rose(1)])
        self.settle()
        self.assertEqual("Rose", self.seen.of(Gift)[-1].as_dict()["extendedGiftInfo"]["name"])
        connection.disconnect()
        self.settle(3)
        self.assertEqual(["Rose", "TikTok"], self.names(connection.get_state().available_gifts))
        other = self.live()
        self.room.push([rose(1)])
        self.settle()
        self.assertNotIn("extendedGiftInfo", self.seen.of(Gift)[-1].as_dict())
        self.told(other.get_available_gifts())
        self.room.push([rose(1)])
        self.settle()
        self.assertEqual("Rose", self.seen.of(Gift)[-1].as_dict()["extendedGiftInfo"]["name"])

    def test_many(self) -> None:
        """Many connections at once ask once."""
        self.wiring = self.wire(Options(enable_extended_gift_info=True, lookups_per_minute=0))
        connections = [self.connection(wiring=self.wiring) for _ in range(5)]
        connecting = [connection.connect() for connection in connections]
        self.settle()
        for each in connecting:
            self.assertTrue(self.successResultOf(each).available_gifts)
        self.assertEqual([GIFTS], self.paths(GIFTS))


class ChatTests(AskingTestCase):
    """Saying something."""

    def setUp(self) -> None:
        super().setUp()
        self.session = self.tiktok.add_session("robo", nickname="Robo")

    def test_round_trip(self) -> None:
        """What a bot says comes back as a chat event of its account."""
        connection = self.live(self.use(session_id=self.session))
        lookups = self.lookups()
        taken = self.told(connection.send_message("hello, world ✓"))
        self.assertEqual("hello, world ✓", taken["content"])
        [event] = [each for each in self.seen.events if each.name == "chat"]
        self.assertEqual(
            ("hello, world ✓", "robo", taken["msg_id_str"]),
            (event.comment, event.user.unique_id, event.msg_id),
        )
        self.assertEqual(lookups, self.lookups())

    def test_sign_server(self) -> None:
        """What TikTok does not let through goes by a sign server that may have the session."""
        self.tiktok.behaviour.unsigned_chat = False
        host = "api.eulerstream.com"
        key = SignProviderOptions(api_key=KEY)
        options = {"session_id": self.session, "tt_target_idc": "useast1a"}
        connection = self.live(self.use(sign_provider_options=key, **options))
        error = self.fails(connection.send_message("hello"), InvalidSessionIdError)
        self.assertIn(host, str(error))
        self.assertEqual([], self.tiktok.sign_server.said)
        allowed = self.use(sign_provider_options=key, session_hosts=(host,), **options)
        self.told(self.live(allowed).send_message("hello again"))
        [(room_id, session, content)] = self.tiktok.sign_server.said
        self.assertEqual((self.room.room_id, "hello again"), (room_id, content))
        self.assertEqual(self.session, session)

    def test_unconnected(self) -> None:
        """Without a connection the user is looked up; the session may be given with the text."""
        self.live()
        other = self.connection()
        self.told(other.send_message("from afar", self.session))
        self.assertEqual(["from afar"], self.seen.comments())
        self.room.end()
        self.settle(3)
        self.fails(other.send_message("anybody?", self.session), UserOfflineError)

    def test_sessions(self) -> None:
        """No session, one that is none and one that has expired are told as such."""
        connection = self.live()
        for session_id in (None, "no cookie", "0123456789abcdef"):
            self.fails(connection.send_message("hello", session_id), InvalidSessionIdError)
        self.assertEqual([CHAT], self.paths(CHAT))

    def test_bad_input(self) -> None:
        """What cannot be sent is refused before anybody is looked up."""
        connection = self.connection()
        for text, session_id, kind in (
            ("", self.session, InvalidMessageError),
            ("a" * 151, self.session, InvalidMessageError),
            ("hello", None, InvalidSessionIdError),
            ("hello", "no cookie", InvalidSessionIdError),
        ):
            self.failureResultOf(connection.send_message(text, session_id), kind)
        self.assertEqual([], self.tiktok.requests)

    def test_refused(self) -> None:
        """A text that cannot be sent, and TikTok's refusals, are told as such."""
        connection = self.live(self.use(session_id=self.session))
        self.fails(connection.send_message("a" * 151), InvalidMessageError)
        self.tiktok.behaviour.unsigned_chat = False
        error = self.fails(connection.send_message("hello"), ChatRefusedError)
        self.assertEqual(403, error.code)
        self.assertNotIn(self.session, str(error))

    def test_interval(self) -> None:
        """Messages are chat_interval apart, in order; one that waits can be taken back."""
        connection = self.live(self.use(session_id=self.session, chat_interval=5))
        sent = [connection.send_message(text) for text in ("one", "two", "three")]
        self.settle(4.9)
        self.assertEqual(["one"], self.seen.comments())
        sent[1].cancel()
        self.failureResultOf(sent[1], CancelledError)
        self.settle(0.2)
        self.assertEqual(["one", "three"], self.seen.comments())
        self.successResultOf(sent[0])
        self.successResultOf(sent[2])

    def test_disconnect(self) -> None:
        """Disconnecting takes back what waits, and leaves nothing."""
        connection = self.live(self.use(session_id=self.session, chat_interval=60))
        self.told(connection.send_message("one"))
        waiting = connection.send_message("two")
        connection.disconnect()
        self.failureResultOf(waiting, CancelledError)

    def test_secret(self) -> None:
        """The session goes to the live API, and to no other host."""
        relay = "http://relay.example:8080"
        self.network.add("relay.example", 8080, self.tiktok.site())
        connection = self.use(session_id=self.session, webcast_base=relay)
        self.fails(connection.send_message("hello"), InvalidSessionIdError)
        for request in self.tiktok.requests:
            if request.header("host") == "relay.example:8080":
                self.assertNotIn("sessionid", request.cookies)
        named = self.use(
            session_id=self.session, webcast_base=relay, session_hosts=("relay.example",)
        )
        self.told(named.send_message("hello"))


class ServiceChatTests(AskingTestCase):
    """Saying something through a service that follows many."""

    def test_said(self) -> None:
        """It is said in the room of the user who is named, as the account of the options."""
        session = self.tiktok.add_session("robo", nickname="Robo")
        silent = LiveService(self.wire(Options()))
        self.assertFalse(silent.can_say())
        live = LiveService(self.wire(Options(session_id=session)))
        self.services += [silent, live]
        live.add_observer(self.seen)
        live.startService()
        live.add("alice")
        self.settle(3)
        self.assertTrue(live.can_say())
        self.told(live.say("alice", "hello, all"))
        self.assertEqual(["hello, all"], self.seen.comments())
        self.fails(live.say("alice", " "), InvalidMessageError)
        self.fails(live.say("bob", "hello"), KeyError)
