"""The whole stack: each option of 1.x changes what goes over the wire, or what is told."""

from __future__ import annotations

import hashlib
from typing import Any

from twisted.internet.defer import Deferred, succeed

from tests.stack.case import StackTestCase, chat
from tiktoklive.errors import SignatureRefusedError, UserOfflineError
from tiktoklive.events import Error
from tiktoklive.model import Status
from tiktoklive.options import Options
from tiktoklive.simulator.requests import Answer

INFO = "/webcast/room/info/"


class OptionTests(StackTestCase):
    """One option after the other."""

    def with_options(self, **options: Any) -> Any:
        """A connection with these options, not connected yet."""
        self.wiring = self.wire(Options(**options))
        return self.connection(wiring=self.wiring)

    def asked(self, path: str) -> list[Any]:
        """The requests for a path."""
        return [each for each in self.tiktok.requests if each.path == path]

    def test_initial_data(self) -> None:
        """Old comments are told unless process_initial_data is off; then none is asked for."""
        self.room.push([chat("before")])
        self.live(self.with_options())
        self.assertEqual(["before"], self.seen.comments())
        self.stop_all()
        self.services.clear()
        self.live(self.with_options(process_initial_data=False))
        self.room.push([chat("after")])
        self.settle()
        self.assertEqual(["before", "after"], self.seen.comments())
        self.assertEqual(
            ["6", "0"], [each.parameter("history_comment_count") for each in self.handshakes()]
        )

    def test_room_info(self) -> None:
        """The details are in the state, and also asked for a room that was given."""
        connected = self.with_options().connect(self.room.room_id)
        self.settle()
        state = self.successResultOf(connected)
        self.assertEqual(self.room.room_id, (state.room_info or {})["id_str"])
        self.assertEqual([], self.lookups())
        self.assertEqual(state.as_dict()["roomInfo"], state.room_info)

    def test_no_room_info(self) -> None:
        """With fetch_room_info_on_connect off, nobody asks, and the state has none."""
        connection = self.live(self.with_options(fetch_room_info_on_connect=False))
        self.assertIsNone(connection.get_state().room_info)
        self.assertEqual([], self.asked(INFO))

    def test_ended(self) -> None:
        """A room whose details say that it has ended is refused."""
        room_id = self.room.room_id
        self.room.status = Status.ENDED
        connected = self.with_options().connect(room_id)
        self.settle()
        error = self.refused(connected, UserOfflineError)
        self.assertIn("has ended", str(error))
        self.assertEqual([], self.handshakes())

    def test_info_fails(self) -> None:
        """Details that are not to be had do not keep anybody from connecting."""
        self.tiktok.answer_next(INFO, Answer(403, b"Access Denied"))
        connection = self.live(self.with_options())
        self.assertIsNone(connection.get_state().room_info)

    def test_client_params(self) -> None:
        """client_params are in every look-up and in the socket's address, in the place of ours."""
        self.live(self.with_options(client_params={"app_language": "xx", "mine": "a b&c"}))
        for request in (*self.lookups(), *self.asked(INFO), *self.handshakes()):
            values = [value for name, value in request.query if name == "app_language"]
            self.assertEqual(["xx"], values, request.path)
            self.assertEqual("a b&c", request.parameter("mine"))

    def test_request_headers(self) -> None:
        """request_headers are in every HTTP request, over ours, and not in the handshake."""
        headers = {"user-agent": "Mine/1.0", "X-Mine": "yes", "Cookie": "extra=1"}
        self.live(self.with_options(request_headers=headers))
        handshakes = self.handshakes()
        for request in self.tiktok.requests:
            if request in handshakes:
                self.assertIsNone(request.header("x-mine"))
                continue
            self.assertEqual("Mine/1.0", request.header("user-agent"), request.path)
            self.assertEqual("yes", request.header("x-mine"))
            self.assertEqual("1", request.cookies["extra"])

    def test_request_cookies(self) -> None:
        """Cookies of request_headers reach TikTok's socket by each source, after our own."""
        cookies = "extra=1; sessionid=s3cr3t; ttwid=theirs; msToken=old"
        for source in ("direct", "signed", "classic"):
            with self.subTest(source):
                self.tiktok.requests.clear()
                headers = {"Cookie": cookies.replace("theirs", self.tiktok.mint_ttwid())}
                self.live(self.with_options(sources=(source,), request_headers=headers))
                [request] = self.handshakes()
                self.assertEqual("1", request.cookies["extra"])
                # A batch that was fetched without a session is not used with one.
                session = None if source == "signed" else "s3cr3t"
                self.assertEqual(session, request.cookies.get("sessionid"))
                known = headers["Cookie"].split("ttwid=")[1].split(";")[0]
                same = request.cookies["ttwid"] == known
                self.assertEqual(source != "signed", same)
                self.assertEqual(source == "classic", request.cookies["msToken"] != "old")
                self.stop_all()
                self.services.clear()

    def test_request_cookies_refused(self) -> None:
        """A ttwid among them is given up when it is refused, like any other."""
        self.tiktok.refuse(message="DEVICE_BLOCKED", code="415")
        supplied = self.tiktok.mint_ttwid()
        headers = {"Cookie": f"ttwid={supplied}"}
        connected = self.with_options(request_headers=headers).connect()
        self.settle(3)
        self.successResultOf(connected)
        first, second = self.handshakes()
        self.assertEqual(supplied, first.cookies["ttwid"])
        self.assertNotEqual(supplied, second.cookies["ttwid"])

    def test_request_cookies_elsewhere(self) -> None:
        """Another host, or one without TLS, gets none of them unless it was named."""
        self.network.add("relay.example", 8080, self.tiktok.site())
        bases = {
            "web_base": "http://relay.example:8080",
            "webcast_base": "http://relay.example:8080",
            "ws_base": "ws://relay.example:8080",
        }
        headers = {"Cookie": "extra=1"}
        for source in ("direct", "signed", "classic"):
            for hosts, expected in (((), None), (("Relay.example",), "1")):
                with self.subTest(source=source, hosts=hosts):
                    self.tiktok.requests.clear()
                    more = {"request_headers": headers, "session_hosts": hosts, **bases}
                    more["websocket_headers"] = {"Cookie": "wsextra=1"}
                    if source != "direct":
                        more["sign_base"] = "http://relay.example:8080"
                    connected = self.with_options(sources=(source,), **more).connect()
                    self.settle(4)
                    self.successResultOf(connected)
                    [request] = self.handshakes()
                    self.assertEqual("relay.example:8080", request.header("host"))
                    self.assertEqual(expected, request.cookies.get("wsextra"))
                    asked = {each.cookies.get("extra") for each in self.tiktok.requests}
                    # Sign servers get none at all.
                    self.assertEqual({expected} if source == "direct" else {expected, None}, asked)
                    self.stop_all()
                    self.services.clear()

    def test_websocket_headers(self) -> None:
        """websocket_headers are in the handshake, over ours, beside our cookie."""
        headers = {"Accept-Language": "xx", "X-Mine": "yes", "Cookie": "extra=1"}
        self.live(self.with_options(websocket_headers=headers))
        [request] = self.handshakes()
        self.assertEqual("xx", request.header("accept-language"))
        self.assertEqual("yes", request.header("x-mine"))
        self.assertEqual({"ttwid", "extra"}, set(request.cookies))
        self.assertIsNone(self.lookups()[0].header("x-mine"))

    def test_session(self) -> None:
        """The session's cookies go to TikTok's hosts with every request."""
        self.live(self.with_options(session_id="s3cr3t", tt_target_idc="useast1a"))
        for request in (*self.lookups(), *self.asked(INFO), *self.handshakes()):
            self.assertEqual("s3cr3t", request.cookies["sessionid"], request.path)
            self.assertEqual("useast1a", request.cookies["tt-target-idc"])

    def test_session_elsewhere(self) -> None:
        """Another host in TikTok's place gets no session unless it was named."""
        self.network.add("relay.example", 8080, self.tiktok.site())
        bases = {
            "web_base": "http://relay.example:8080",
            "webcast_base": "http://relay.example:8080",
            "ws_base": "ws://relay.example:8080",
        }
        for hosts, expected in (((), None), (("relay.example",), "s3cr3t")):
            self.tiktok.requests.clear()
            self.live(self.with_options(session_id="s3cr3t", session_hosts=hosts, **bases))
            found = {
                each.cookies.get("sessionid") for each in (*self.lookups(), *self.handshakes())
            }
            self.assertEqual({expected}, found)
            self.stop_all()
            self.services.clear()

    def test_sign_query(self) -> None:
        """The hook sees the query as it is sent, and what it gives stands at its end."""
        for answer in ("X-Gnarly=a%2Fb", "&X-Gnarly=a%2Fb\n", succeed("X-Gnarly=a%2Fb")):
            seen: list[str] = []

            def sign(query: str, answer: Any = answer, seen: list[str] = seen) -> Any:
                seen.append(query)
                return answer

            self.live(self.with_options(sign_query=sign))
            request = self.handshakes()[-1]
            self.assertEqual(("X-Gnarly", "a/b"), request.query[-1])
            self.assertIn(f"room_id={self.room.room_id}", seen[0])
            self.assertNotIn("Gnarly", seen[0])
            self.stop_all()
            self.services.clear()

    def test_raw_query(self) -> None:
        """Where sockets must be signed, what the hook signs is what is sent, byte for byte."""

        def bogus(query: str) -> str:
            return hashlib.sha256(query.encode()).hexdigest()[:16]

        self.tiktok.behaviour.sign_sockets = bogus
        seen: list[str] = []

        def sign(query: str) -> str:
            seen.append(query)
            return f"X-Bogus={bogus(query)}"

        for form in ("raw", "encoded"):
            self.live(self.with_options(sign_query=sign, query_form=form))
            target = self.handshakes()[-1].target
            self.assertTrue(target.endswith(f"?{seen[-1]}&X-Bogus={bogus(seen[-1])}"))
            self.assertEqual(form == "raw", "%20(" in target)
            self.stop_all()
            self.services.clear()
        for answer in ("", "X-Bogus=0123456789abcdef", "X-Bogus=short"):
            connected = self.with_options(sign_query=lambda _, answer=answer: answer).connect()
            self.settle(2)
            self.failureResultOf(connected, SignatureRefusedError)
            self.stop_all()
            self.services.clear()

    def test_sign_query_fails(self) -> None:
        """A hook that fails fails the attempt, with its error."""

        def sign(query: str) -> str:
            raise LookupError("no key for this")

        connected: Deferred[Any] = self.with_options(sign_query=sign).connect()
        self.settle()
        self.failureResultOf(connected, LookupError)
        self.flushLoggedErrors(LookupError)
        self.assertEqual("Error while connecting", self.seen.only(Error).info)

    def test_unknown_source(self) -> None:
        """A source that is none is refused, and the choice is told."""
        error = self.assertRaises(ValueError, self.wire, Options(sources=("direkt",)))
        self.assertIn("direct", str(error))
        self.assertRaises(ValueError, self.wire, Options(sources=()))
