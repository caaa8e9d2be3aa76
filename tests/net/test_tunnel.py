"""What is said to proxies, byte for byte, and what is made of their answers."""

from __future__ import annotations

from base64 import b64encode

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import ProxyAuthError, ProxyError, ProxyRefusedError, Remedy
from tiktoklive.net.tunnel import LONGEST_HEAD, ConnectTunnel, Login, SocksTunnel, Tunnel

LOGIN = (b"user", b"s3cret")
YES = b"HTTP/1.1 200 Connection established\r\nVia: small\r\n\r\n"


def talk(tunnel: Tunnel, *pieces: bytes) -> bytes:
    """All that a tunnel says to what arrives in these pieces."""
    return tunnel.begin() + b"".join(map(tunnel.receive, pieces))


class TunnelTestCase(SynchronousTestCase):
    """A tunnel of one kind."""

    kind: type[Tunnel]

    def tunnel(
        self, host: str = "www.tiktok.com", port: int = 443, login: Login | None = None
    ) -> Tunnel:
        return self.kind("proxy.example:3128", host, port, login)

    def refusal(
        self, kind: type[ProxyError], *pieces: bytes, login: Login | None = None
    ) -> ProxyError:
        """The error that an answer leads to; it names the proxy, and keeps our secret."""
        error = self.assertRaises(kind, talk, self.tunnel(login=login), *pieces)
        self.assertIs(kind, type(error))
        self.assertIn("proxy.example:3128", str(error))
        self.assertNotIn("s3cret", str(error))
        return error

    def assertOpens(self, *pieces: bytes, login: Login | None = None) -> None:
        """However its answers are cut, the tunnel says the same, and keeps what follows them."""
        whole = b"".join(pieces)
        said = talk(self.tunnel(login=login), *pieces)
        for cut in (pieces, [bytes([byte]) for byte in whole], [whole]):
            for rest in (b"", b"\x16\x03\x03 hello\r\n\r\n"):
                tunnel = self.tunnel(login=login)
                answers = [tunnel.begin(), *map(tunnel.receive, cut[:-1])]
                self.assertFalse(tunnel.ready)
                answers.append(tunnel.receive(cut[-1] + rest))
                self.assertTrue(tunnel.ready)
                self.assertEqual((said, rest), (b"".join(answers), tunnel.rest))


class ConnectTests(TunnelTestCase):
    """HTTP proxies."""

    kind = ConnectTunnel

    def test_request(self) -> None:
        """The target is named with its port, twice, and nothing else is told."""
        for host, port, target in (
            ("www.tiktok.com", 443, b"www.tiktok.com:443"),
            ("a.example", 80, b"a.example:80"),
            ("::1", 8443, b"[::1]:8443"),
        ):
            said = self.tunnel(host, port).begin()
            self.assertEqual(b"CONNECT %b HTTP/1.1\r\nHost: %b\r\n\r\n" % (target, target), said)

    def test_login(self) -> None:
        """User and password are sent in Basic's way, with all their characters."""
        for login in (LOGIN, ("jürgen".encode(), b"a:b c"), (b"", b"x"), (b"x", b"")):
            said = self.tunnel(login=login).begin()
            line = b"\r\nProxy-Authorization: Basic " + b64encode(b":".join(login)) + b"\r\n\r\n"
            self.assertTrue(said.endswith(line), said)

    def test_opens(self) -> None:
        """Any 2xx opens the tunnel, after what only announces it, and with either line end."""
        for answer in (
            YES,
            b"HTTP/1.0 200\r\n\r\n",
            b"HTTP/1.1 204 Fine\r\nContent-Length: 0\r\n\r\n",
            b"HTTP/1.1 100 Continue\r\n\r\n" + YES,
            b"HTTP/1.1 200 OK\nVia: old\n\n",
        ):
            self.assertOpens(answer)

    def test_login_refused(self) -> None:
        """407 asks for credentials, or for others; only they help. Its words may repeat ours."""
        answer = b"HTTP/1.1 407 s3cret is wrong\r\n\r\n"
        error = self.refusal(ProxyAuthError, answer)
        self.assertIn("wants a user and a password (HTTP 407)", str(error))
        error = self.refusal(ProxyAuthError, answer, login=LOGIN)
        self.assertIn("does not accept the user and the password", str(error))
        self.assertIs(Remedy.AUTH, error.remedy)

    def test_unreachable(self) -> None:
        """What may pass names the target and the proxy's own words, and can be waited for."""
        for code, words in ((502, "Bad Gateway"), (503, "Busy"), (504, ""), (404, "No DNS")):
            error = self.refusal(ProxyError, f"HTTP/1.1 {code} {words}\r\n\r\n".encode())
            said = f"HTTP {code} '{words}'" if words else f"HTTP {code}"
            self.assertIn(f"could not connect to www.tiktok.com:443: {said}.", str(error))
            self.assertIs(Remedy.WAIT, error.remedy)

    def test_repeats(self) -> None:
        """Words that repeat the password, in any form of it, are left out."""
        login = b"me", b"s3cr:t"
        for form in ("s3cr:t", "http://me:s3cr%3At@proxy", b64encode(b"me:s3cr:t").decode()):
            answer = f"HTTP/1.1 503 busy {form}\r\n\r\n".encode()
            said = str(self.refusal(ProxyError, answer, login=login))
            self.assertIn("443: HTTP 503 'busy ", said)
            for secret in ("s3cr:t", "s3cr%3At", b64encode(b"me:s3cr:t").decode()):
                self.assertNotIn(secret, said)

    def test_rules(self) -> None:
        """What a proxy forbids, or does not know, needs another proxy."""
        for code in (400, 402, 403, 405, 451, 501):
            error = self.refusal(ProxyRefusedError, b"HTTP/1.1 %d No\r\n\r\n" % code)
            self.assertIn(f"www.tiktok.com:443 (HTTP {code} 'No')", str(error))
            self.assertIs(Remedy.MODIFY, error.remedy)

    def test_long_words(self) -> None:
        """Of a proxy's words no more is repeated than can be read, and no control characters."""
        words = b"\x1b[31m" + b"x" * 9000
        error = self.refusal(ProxyError, b"HTTP/1.1 502 " + words + b"\r\n\r\n")
        self.assertLess(len(str(error)), 300)
        self.assertNotIn("\x1b", str(error))

    def test_no_http(self) -> None:
        """What does not begin as HTTP is refused at its first wrong byte."""
        for answer in (b"\x05\x00", b"SSH-2.0", b"HTTP/2", b"HTTP/1.1 2x0 \r\n\r\n", b"\x15\x03"):
            error = self.refusal(ProxyRefusedError, *[bytes([byte]) for byte in answer])
            self.assertIn("as an HTTP proxy does", str(error))

    def test_upgrade(self) -> None:
        """101 is no beginning of an answer, and no tunnel."""
        self.refusal(ProxyError, b"HTTP/1.1 101 Switching Protocols\r\n\r\n")

    def test_endless(self) -> None:
        """A head that does not end is not kept for ever."""
        start = b"HTTP/1.1 200 OK\r\nX: "
        tunnel = self.tunnel()
        talk(tunnel, start)
        for _ in range(LONGEST_HEAD // 1024 - 1):
            tunnel.receive(b"x" * 1024)
        self.assertRaises(ProxyRefusedError, tunnel.receive, b"x" * 1024)


class SocksTests(TunnelTestCase):
    """SOCKS5 proxies."""

    kind = SocksTunnel

    def test_without_login(self) -> None:
        """The only way offered is to say nothing; then comes the name, to be looked up there."""
        said = talk(self.tunnel(), b"\x05\x00")
        self.assertEqual(b"\x05\x01\x00\x05\x01\x00\x03\x0ewww.tiktok.com\x01\xbb", said)

    def test_with_login(self) -> None:
        """User and password are offered, and said when they are asked for."""
        tunnel = self.tunnel(login=LOGIN)
        self.assertEqual(b"\x05\x02\x00\x02", tunnel.begin())
        self.assertEqual(b"\x01\x04user\x06s3cret", tunnel.receive(b"\x05\x02"))
        request = tunnel.receive(b"\x01\x00")
        self.assertEqual(b"\x05\x01\x00\x03\x0ewww.tiktok.com\x01\xbb", request)

    def test_login_not_asked_for(self) -> None:
        """A proxy that lets everybody in does not hear the password."""
        said = talk(self.tunnel(login=LOGIN), b"\x05\x00")
        self.assertNotIn(b"s3cret", said)
        self.assertIn(b"www.tiktok.com", said)

    def test_addresses(self) -> None:
        """What is an address already is sent as one."""
        for host, sent in (
            ("192.0.2.7", b"\x01\xc0\x00\x02\x07"),
            ("2001:db8::1", b"\x04\x20\x01\x0d\xb8" + bytes(11) + b"\x01"),
        ):
            said = talk(self.tunnel(host, 8080), b"\x05\x00")
            self.assertEqual(b"\x05\x01\x00\x05\x01\x00" + sent + b"\x1f\x90", said)

    def test_opens(self) -> None:
        """The tunnel opens behind an address of any kind, however the answers are cut."""
        for address in (b"\x01" + bytes(4), b"\x03\x05local", b"\x03\x00", b"\x04" + bytes(16)):
            granted = b"\x05\x00\x00" + address + b"\x00\x50"
            self.assertOpens(b"\x05\x00", granted)
            self.assertOpens(b"\x05\x02", b"\x01\x00", granted, login=LOGIN)
            self.assertOpens(b"\x05\x02", b"\x05\x00", granted, login=LOGIN)

    def test_login_refused(self) -> None:
        """Credentials that are missing or wrong are asked for."""
        error = self.refusal(ProxyAuthError, b"\x05\xff")
        self.assertIn("wants a user and a password", str(error))
        for answers in ([b"\x05\xff"], [b"\x05\x02", b"\x01\x01"], [b"\x05\x02", b"\x01\xff"]):
            error = self.refusal(ProxyAuthError, *answers, login=LOGIN)
            self.assertIn("does not accept the user and the password", str(error))
            self.assertIs(Remedy.AUTH, error.remedy)

    def test_replies(self) -> None:
        """Each way of failing is told in words, even if the proxy says no more than its number."""
        for reply, words in (
            (1, "it failed itself (SOCKS reply 1)"),
            (3, "the network cannot be reached (SOCKS reply 3)"),
            (4, "the host cannot be reached (SOCKS reply 4)"),
            (5, "the connection was refused there (SOCKS reply 5)"),
            (6, "the time to live expired (SOCKS reply 6)"),
            (7, "it does not know the command (SOCKS reply 7)"),
            (8, "it does not know this type of address (SOCKS reply 8)"),
            (91, "SOCKS reply 91"),
        ):
            for rest in (b"", b"\x00", b"\x00\x01" + bytes(6)):
                answer = b"\x05" + bytes([reply]) + rest
                error = self.refusal(ProxyError, b"\x05\x00", answer)
                self.assertIn(f"could not connect to www.tiktok.com:443: {words}.", str(error))
                self.assertIs(Remedy.WAIT, error.remedy)

    def test_rules(self) -> None:
        """What the proxy's rules forbid needs another proxy."""
        error = self.refusal(ProxyRefusedError, b"\x05\x00", b"\x05\x02")
        self.assertIn("does not allow connections to www.tiktok.com:443", str(error))
        self.assertIs(Remedy.MODIFY, error.remedy)

    def test_no_socks(self) -> None:
        """What is not SOCKS5 is refused at its first wrong byte, wherever it comes."""
        for answers in (
            [b"H"],
            [b"\x04"],
            [b"\x05\x02"],  # wants what we did not offer
            [b"\x05\x01"],
            [b"\x05\x00", b"\x04"],
            [b"\x05\x00", b"\x05\x00\x00\x02\x00"],
        ):
            error = self.refusal(ProxyRefusedError, *answers)
            self.assertIn("as a SOCKS5 proxy does", str(error))
        self.refusal(ProxyRefusedError, b"\x05\x02", b"\x02", login=LOGIN)

    def test_bounded(self) -> None:
        """No answer is longer than the longest name makes it."""
        tunnel = self.tunnel()
        talk(tunnel, b"\x05\x00", b"\x05\x00\x00\x03\xff")
        tunnel.receive(b"x" * 256)
        self.assertFalse(tunnel.ready)
        tunnel.receive(b"yz")
        self.assertEqual((True, b"z"), (tunnel.ready, tunnel.rest))


class NameTests(SynchronousTestCase):
    """Targets that no proxy can be asked for."""

    def test_names(self) -> None:
        """A name that would change the meaning of the request, or does not fit, is not sent."""
        for kind in (ConnectTunnel, SocksTunnel):
            for name in ("", "a b", "a\r\nX: y", "x" * 256, "b\xfccher.example"):
                tunnel = kind("proxy.example:1", name, 443)
                error = self.assertRaises(ProxyRefusedError, tunnel.begin)
                self.assertNotIn("\n", str(error))
            self.assertTrue(kind("proxy.example:1", "x" * 255, 443).begin())
