"""The whole stack: what happens when TikTok refuses, at every door."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from twisted.internet.defer import Deferred

from tests.stack.case import StackTestCase
from tiktoklive.errors import (
    ApplicationRefusedError,
    ConnectError,
    DeviceBlockedError,
    HandshakeRefusedError,
    MissingCookieError,
    SignatureRefusedError,
    TtwidMissingError,
)
from tiktoklive.events import Reconnecting
from tiktoklive.model import State
from tiktoklive.options import Options
from tiktoklive.testing import settle

LOOKUP = "/api-live/user/room/"


class HandshakeTests(StackTestCase):
    """Refused handshakes (wire facts §2.3), seen by an impatient connect()."""

    def attempt(self, seconds: float = 0.0) -> Deferred[State]:
        """Try to connect."""
        connected = self.connection().connect()
        self.settle(seconds)
        return connected

    def fails(self, kind: type[HandshakeRefusedError]) -> Any:
        """connect() fails at the first refusal, and nothing is tried again."""
        error = self.refused(self.attempt(), kind)
        self.assertIs(kind, type(error))
        self.settle(120)
        self.assertEqual(1, len(self.handshakes()))
        return error

    def renewed(self, connected: Deferred[State]) -> None:
        """The second handshake came as somebody else, and was let in."""
        self.settle(3)
        self.assertTrue(self.successResultOf(connected).is_connected)
        first, second = self.handshakes()
        self.assertNotEqual(first.cookies["ttwid"], second.cookies["ttwid"])
        self.assertNotEqual(first.header("user-agent"), second.header("user-agent"))

    def test_device_blocked(self) -> None:
        """DEVICE_BLOCKED with HTTP 200 leads to a new ttwid and another User-Agent."""
        self.tiktok.refuse(status=200, message="DEVICE_BLOCKED", code="415")
        self.renewed(self.attempt())
        reason = self.seen.only(Reconnecting).reason
        self.assertIs(DeviceBlockedError, type(reason))

    def test_real_415(self) -> None:
        """So does a real HTTP 415 without any header."""
        self.tiktok.refuse(status=415)
        self.renewed(self.attempt())
        self.assertIs(DeviceBlockedError, type(self.seen.only(Reconnecting).reason))

    def test_named_cookie_not_present(self) -> None:
        """A handshake whose cookie TikTok doesn't see is repeated with a new identity."""
        self.tiktok.refuse(message="http: named cookie not present", code="417")
        self.renewed(self.attempt())
        self.assertIs(MissingCookieError, type(self.seen.only(Reconnecting).reason))

    def test_device_blocked_each_time(self) -> None:
        """After three identities connect() gives up."""
        self.tiktok.refuse(message="DEVICE_BLOCKED", code="415", times=10)
        error = self.refused(self.attempt(60), DeviceBlockedError)
        self.assertEqual((200, "DEVICE_BLOCKED", "415"), (error.status, error.reason, error.code))
        self.assertEqual(3, len(self.handshakes()))
        self.assertEqual(3, len({each.cookies["ttwid"] for each in self.handshakes()}))

    def test_illegal_secret_key(self) -> None:
        """A missing signature cannot be mended by waiting: no retry."""
        self.tiktok.refuse(message="illegal secret key", code="417", times=3)
        error = self.fails(SignatureRefusedError)
        self.assertEqual((200, "illegal secret key"), (error.status, error.reason))

    def test_illegal_secret_key_to_the_patient(self) -> None:
        """A patient connection tries as a new guest, then seldom, and is never given up."""
        self.tiktok.refuse(message="illegal secret key", code="417", times=99)
        connection = self.follow()
        over = connection.when_over()
        self.settle(10)
        first, second = self.handshakes()
        self.assertNotEqual(first.cookies["ttwid"], second.cookies["ttwid"])
        self.assertEqual("refused", connection.get_state().phase)
        self.assertIn("illegal secret key", connection.get_state().reason)
        settle(self.network, 86_400, step=10)
        tries = [each.at for each in self.handshakes()]
        self.assertTrue(24 <= len(tries) <= 40, len(tries))
        pauses = [after - before for before, after in pairwise(tries)]
        self.assertTrue(180 <= pauses[1] <= 301, pauses)
        self.assertTrue(min(pauses[8:]) >= 2700 and max(pauses) <= 4510, pauses)
        self.assertNoResult(over)

    def test_illegal_app_id(self) -> None:
        """Refused parameters of the address are not sent again."""
        self.tiktok.refuse(message="illegal app_id", code="417", times=3)
        self.fails(ApplicationRefusedError)

    def test_400(self) -> None:
        """HTTP 400 is about the request: not sent again."""
        self.tiktok.refuse(status=400, times=3)
        self.assertEqual(400, self.fails(ApplicationRefusedError).status)

    def test_404(self) -> None:
        """HTTP 404 fails connect(), naming the status."""
        self.tiktok.refuse(status=404, times=3)
        self.assertIn("404", str(self.fails(HandshakeRefusedError)))

    def test_503(self) -> None:
        """HTTP 503 fails connect(); the wait that the server asks for is in the error."""
        self.tiktok.refuse(status=503, headers=(("Retry-After", "17"),), times=3)
        error = self.fails(HandshakeRefusedError)
        self.assertEqual((503, 17.0), (error.status, error.retry_after))

    def test_without_any_header(self) -> None:
        """HTTP 200 without a reason is a refusal too."""
        self.tiktok.refuse(status=200, times=3)
        error = self.fails(HandshakeRefusedError)
        self.assertEqual((200, "", ""), (error.status, error.reason, error.code))

    def test_patient_with_503(self) -> None:
        """A patient connection tries again after at least the time that was asked for."""
        self.tiktok.refuse(status=503, headers=(("Retry-After", "17"),))
        connection = self.follow()
        self.assertEqual("waiting", connection.get_state().phase)
        self.settle(17)
        self.assertEqual(1, len(self.handshakes()))
        self.settle(3.5)
        self.assertEqual("live", connection.get_state().phase)
        self.assertGreaterEqual(self.seen.only(Reconnecting).delay, 17.0)

    def test_patient_with_refusals(self) -> None:
        """A patient connection goes on through every refusal that waiting may mend."""
        for status in (404, 503, 200, 415):
            self.tiktok.refuse(status=status)
        connection = self.follow()
        self.settle(60)
        self.assertEqual("live", connection.get_state().phase)
        self.assertEqual([1, 2, 3, 4], [each.attempt for each in self.seen.of(Reconnecting)])

    def test_unreachable(self) -> None:
        """A socket host that refuses connections fails connect()."""
        self.network.refuse("webcast-ws.tiktok.com")
        error = self.refused(self.attempt(), ConnectError)
        self.assertIn("webcast-ws.tiktok.com", str(error))

    def test_silent(self) -> None:
        """A socket host that never answers fails connect() after 20 seconds."""
        self.network.silence("webcast-ws.tiktok.com")
        connected = self.attempt(19)
        self.assertNoResult(connected)
        self.settle(2)
        self.refused(connected, ConnectError)


class SuppliedCookieTests(StackTestCase):
    """A ttwid from a browser."""

    def setUp(self) -> None:
        super().setUp()
        self.supplied = self.tiktok.mint_ttwid()
        self.wiring = self.wire(Options(ttwid=self.supplied))

    def test_used(self) -> None:
        """It is sent byte for byte, and no page is asked for another."""
        self.live()
        [handshake] = self.handshakes()
        self.assertEqual(self.supplied, handshake.cookies["ttwid"])
        self.assertEqual(
            {LOOKUP, "/webcast/room/info/", handshake.path},
            {request.path for request in self.tiktok.requests},
        )

    def test_refused(self) -> None:
        """Once it is refused, a guest's is fetched instead."""
        self.tiktok.refuse(message="DEVICE_BLOCKED", code="415")
        connected = self.connection().connect()
        self.settle(3)
        self.successResultOf(connected)
        self.assertNotEqual(self.supplied, self.handshakes()[-1].cookies["ttwid"])

    def test_refused_by_mistake(self) -> None:
        """Where no other is to be had it is tried again, with another browser, and gets us in."""
        self.tiktok.behaviour.ttwid_after = None
        self.tiktok.refuse(message="DEVICE_BLOCKED", code="415", times=2)
        connection = self.follow()
        self.settle(30)
        self.assertEqual("live", connection.get_state().phase)
        sent = self.handshakes()
        self.assertEqual([self.supplied] * 3, [each.cookies["ttwid"] for each in sent])
        self.assertEqual(3, len({each.header("user-agent") for each in sent}))


class MintingTests(StackTestCase):
    """The guest cookie, which TikTok gives only sometimes (wire facts §12.3)."""

    def test_late(self) -> None:
        """A cookie that comes with the second page only, behind the endpoint, is found."""
        self.tiktok.behaviour.ttwid_after = 4
        connected = self.connection().connect()
        self.settle(5)
        self.assertTrue(self.successResultOf(connected).is_connected)

    def test_none(self) -> None:
        """Without any, connect() fails after its rounds and says what the user can do."""
        self.tiktok.behaviour.ttwid_after = None
        connected = self.connection().connect()
        self.settle(0.5)
        self.assertNoResult(connected)
        self.settle(5)
        error = self.refused(connected, TtwidMissingError)
        self.assertIn("--ttwid-file", str(error))
        self.assertEqual([], self.handshakes())

    def test_none_to_the_patient(self) -> None:
        """A patient connection asks again later, and gets in when there is one."""
        self.tiktok.behaviour.ttwid_after = None
        connection = self.follow()
        self.settle(6)
        self.assertEqual("waiting", connection.get_state().phase)
        self.tiktok.behaviour.ttwid_after = 1
        self.settle(65)
        self.assertEqual("live", connection.get_state().phase)

    def test_challenge(self) -> None:
        """A challenge page instead of a cookie is passed over, the next page is asked."""
        self.tiktok.challenge("/@alice")
        self.live()
