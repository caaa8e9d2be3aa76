"""How streams over WebSocket end."""

from __future__ import annotations

import struct
from dataclasses import replace

from tests.net.raw import HOST, TICKET, StreamTestCase, close_frame, frame
from tiktoklive.errors import (
    ApplicationRefusedError,
    EnterRefusedError,
    RelayRateLimitError,
    StreamLostError,
)


class EndTests(StreamTestCase):
    """How streams end."""

    def lost(self) -> str:
        """The text of the one reason that was given, an error."""
        [reason] = self.listener.over
        self.assertIsInstance(reason, StreamLostError)
        self.assertQuiet()
        return str(reason)

    def test_in_order(self) -> None:
        """The server's 1000, 1001 and a close without a code are told as what they are."""
        for last, words, code, said in (
            (close_frame(1000), "code 1000", 1000, ""),
            (close_frame(1001, b"bye"), "code 1001, 'bye'", 1001, "bye"),
            (frame(b"", 8), "without a code", None, ""),
        ):
            self.listener.over.clear()
            self.opened()
            self.hang_up(last)
            self.assertIn(f"closed the stream: {words}.", self.lost())
            error = self.listener.over[0]
            self.assertEqual((code, said), (error.code, error.said))
            self.assertQuiet()

    def test_other_codes(self) -> None:
        """Any other code is a loss that names code and reason, one that is no valid code too."""
        for code in (1011, 4001, 4429, 4556, 999, 1005, 2999, 5000, 65535):
            self.listener.over.clear()
            self.opened()
            self.hang_up(close_frame(code, b"because"))
            text = self.lost()
            self.assertIn(str(code), text)
            self.assertIn("because", text)

    def test_reason_that_is_no_text(self) -> None:
        """A reason of other bytes is told as far as it is text."""
        self.opened()
        self.hang_up(close_frame(1000, b"\xffbecause\xff"))
        self.assertIn("code 1000, '\N{REPLACEMENT CHARACTER}because", self.lost())

    def test_reason_with_the_end(self) -> None:
        """The reason is told as well if the connection breaks off right behind it."""
        self.opened()
        self.say(close_frame(1000, b"because"))
        self.network.drop()
        self.network.flush()
        self.assertIn("code 1000, 'because'", self.lost())

    def test_refused_to_enter(self) -> None:
        """The reasons that TikTok is known to give are explained, one as an error of its own."""
        for said, kind, words in (
            (b"payload_handler_im_enter_room", EnterRefusedError, "chosen viewers"),
            (b"payload_handler_hb", StreamLostError, "a heartbeat before"),
        ):
            self.listener.over.clear()
            self.opened()
            self.hang_up(close_frame(1000, said))
            text = self.lost()
            self.assertIn(f"code 1000, '{said.decode()}'. ", text)
            self.assertIn(words, text)
            self.assertIs(kind, type(self.listener.over[0]))
            self.assertEqual(said.decode(), self.listener.over[0].said)

    def relay_lost(self, last: bytes) -> Exception:
        """The error for a stream of a sign server's relay that it closed."""
        self.listener.over.clear()
        opening = self.begin(replace(TICKET, relayed=True))
        self.say(self.servers[-1].accept())
        self.successResultOf(opening)
        self.hang_up(last)
        self.lost()
        error: Exception = self.listener.over[0]
        return error

    def test_relay_limit(self) -> None:
        """A relay that speaks of a limit wants nothing until its window is over, by UTC."""
        self.network.clock.advance(10 * 3600)
        for code, said, window, wait, words in (
            (4429, b"rate_limit_account_day", 86_400.0, 14 * 3600.0, "wait 14.0 h"),
            (1008, b"rate_limit_account_hour", 3600.0, 3600.0, "wait 1.0 h"),
            (4429, b"slow down", 0.0, 60.0, "wait 60 s"),
        ):
            error = self.relay_lost(close_frame(code, said))
            assert isinstance(error, RelayRateLimitError), error
            self.assertEqual((window, wait), (error.window, error.retry_after))
            self.assertEqual((code, said.decode()), (error.code, error.said))
            self.assertIn(f"The sign server's relay ({HOST}) closed the stream: code", str(error))
            self.assertIn(words, str(error))

    def test_relay_otherwise(self) -> None:
        """A relay that closes for another reason is named; TikTok's own words are no limit."""
        error = self.relay_lost(close_frame(1011, b"because"))
        self.assertIs(StreamLostError, type(error))
        self.assertIn("The sign server's relay (", str(error))
        self.listener.over.clear()
        self.opened()
        self.hang_up(close_frame(4429, b"rate_limit_account_day"))
        self.assertIn("TikTok (", self.lost())
        self.assertIs(StreamLostError, type(self.listener.over[0]))

    def test_relay_refuses(self) -> None:
        """A handshake that a relay refuses is told of the relay."""
        opening = self.begin(replace(TICKET, relayed=True))
        self.say(b"HTTP/1.1 200 OK\r\nHandshake-Msg: illegal app_id\r\n\r\n")
        error = self.failureResultOf(opening, ApplicationRefusedError).value
        self.assertIn("The sign server's relay (", str(error))

    def test_broken(self) -> None:
        """A connection that just breaks is a loss with 1006."""
        self.opened()
        self.network.drop()
        self.network.flush()
        self.assertIn("1006", self.lost())

    def test_half_closed(self) -> None:
        """A server that says goodbye and never leaves is left after two seconds."""
        self.opened()
        self.say(close_frame(1000))
        self.assertEqual([], self.listener.over)
        self.network.clock.advance(2.1)
        self.network.flush()
        self.assertEqual(1000, self.listener.over[0].code)
        self.assertQuiet()

    def test_too_large(self) -> None:
        """A message beyond the limit ends the stream as soon as its length is known."""
        self.opened()
        self.say(b"\x82\x7f" + struct.pack("!Q", 2**40))
        self.assertIn("200000 bytes", self.lost())

    def test_too_large_in_fragments(self) -> None:
        """A message cannot grow beyond the limit in small frames either."""
        self.opened()
        self.say(frame(b"x" * 60_000, 2, fin=False), *[frame(b"x" * 60_000, 0, fin=False)] * 3)
        self.assertIn("200000 bytes", self.lost())
        self.assertEqual([], self.listener.frames)

    def test_violation(self) -> None:
        """A server that breaks the protocol is left, with its sin in the error."""
        self.opened()
        self.say(b"\x83\x00")
        self.assertIn("opcode", self.lost())


class CloseTests(StreamTestCase):
    """Our own close."""

    def test_handshake(self) -> None:
        """Both say goodbye, then the server hangs up."""
        stream = self.opened()
        closing = stream.close()
        self.network.flush()
        self.assertNoResult(closing)
        self.assertEqual([(8, b"\x03\xe8")], self.servers[-1].client_frames())
        self.hang_up(close_frame(1000))
        self.successResultOf(closing)
        self.assertEqual([None], self.listener.over)
        self.assertQuiet()

    def test_deaf_server(self) -> None:
        """A server that does not answer is left after two seconds; that is no loss."""
        for answer in (b"", close_frame(1000)):
            self.listener.over.clear()
            closing = self.opened().close()
            self.say(answer)
            self.network.clock.advance(1.9)
            self.network.flush()
            self.assertNoResult(closing)
            self.network.clock.advance(0.2)
            self.network.flush()
            self.successResultOf(closing)
            self.assertEqual([None], self.listener.over)
            self.assertQuiet()

    def test_again(self) -> None:
        """Closing twice closes once, closing what is closed is nothing."""
        stream = self.opened()
        closings = [stream.close(), stream.close()]
        self.network.flush()
        self.hang_up(close_frame(1000))
        for closing in [*closings, stream.close()]:
            self.successResultOf(closing)
        self.assertEqual([None], self.listener.over)
        self.assertEqual(1, len(self.servers[-1].client_frames()))

    def test_nothing_after(self) -> None:
        """After our close no frame is delivered and none is sent."""
        stream = self.opened()
        self.listener.on_frame = stream.close
        self.say(frame(b"one") + frame(b"two"))
        stream.send(b"late")
        self.network.flush()
        self.assertEqual([b"one"], self.listener.frames)
        self.assertEqual([8], [opcode for opcode, _ in self.servers[-1].client_frames()])
        self.hang_up()
        stream.send(b"later")
        self.assertQuiet()

    def test_close_in_admission(self) -> None:
        """Closing at the very moment of being let in works."""
        opening = self.begin()
        opening.addCallback(lambda stream: stream.close())
        self.say(self.servers[-1].accept() + frame(b"early"))
        self.hang_up(close_frame(1000))
        self.successResultOf(opening)
        self.assertEqual([], self.listener.frames)
        self.assertEqual([None], self.listener.over)
        self.assertQuiet()
