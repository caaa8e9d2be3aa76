"""Addresses of proxies, and the network behind one, in memory."""

from __future__ import annotations

from typing import Any

from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from twisted.web.client import URI
from twisted.web.error import SchemeNotSupported
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface.verify import verifyObject

from tests.net.behind import LOGIN, URLS, MemoryTestCase
from tests.net.proxies import ConnectProxy, SmallProxy, SocksProxy
from tests.reactors import MemoryReactor
from tiktoklive.errors import ProxyAuthError, ProxyError
from tiktoklive.net.network import DirectNetwork, cause_of
from tiktoklive.net.proxy import Proxy, ProxyNetwork, parse_proxy
from tiktoklive.net.web import uri_of
from tiktoklive.options import Options, RequestOptions
from tiktoklive.testing import MemoryNetwork
from tiktoklive.wiring import standard_wiring


class ParseTests(SynchronousTestCase):
    """Addresses of proxies."""

    def test_forms(self) -> None:
        """Scheme, host, port, user and password are read; each scheme has its own port."""
        for url, proxy in (
            ("http://a.example:3128", Proxy("http", "a.example", 3128)),
            ("http://a.example", Proxy("http", "a.example", 80)),
            ("HTTPS://A.example/", Proxy("https", "a.example", 443)),
            ("socks5://a.example", Proxy("socks5", "a.example", 1080)),
            (" socks5h://127.0.0.1:9\n", Proxy("socks5", "127.0.0.1", 9)),
            ("socks5://[::1]:9", Proxy("socks5", "::1", 9)),
            ("http://[::1]", Proxy("http", "::1", 80)),
            ("http://Bücher.example:1", Proxy("http", "xn--bcher-kva.example", 1)),
            ("http://u:p@a.example:1", Proxy("http", "a.example", 1, "u", "p")),
            ("http://u@a.example:1", Proxy("http", "a.example", 1, "u", "")),
            ("http://:p@a.example:1", Proxy("http", "a.example", 1, "", "p")),
            ("http://u:p:q@x@a.example:1", Proxy("http", "a.example", 1, "u", "p:q@x")),
            ("http://%C3%BC%20:%2F%3F%23%40%3A%25@a:1", Proxy("http", "a", 1, "ü ", "/?#@:%")),
        ):
            self.assertEqual(proxy, parse_proxy(url), url)

    def test_refused(self) -> None:
        """What is no proxy is refused with the right form, and nothing of it is shown."""
        for url in (
            "",
            "a.example:3128",
            "ftp://a.example:3128",
            "user:s3cret@a.example:3128",
            "ftp://user:s3cret@a.example",
            "socks4://user:s3cret@a.example:1",
            "http://user:s3cret@",
            "http://user:s3cret@:3128",
            "http://user:s3cret@a.example:port",
            "http://user:s3cret@a.example:0",
            "http://user:s3cret@a.example:65536",
            "http://user:s3cret/x@a.example:1",
            "http://user:s3cret#x@a.example:1",
            "http://user:s3cret?x@a.example:1",
            "http://user:s3cret@a.example:1/path",
            "http://user:s3cret@a.example:1?x=y",
            "http://user:s3cret@a.example:1#x",
            "http://user:s3\ncret@a.example:1",
            "http://user:s3 cret@a.example:1",
            "http://user:s3cret%FF@a.example:1",
            "http://user:s3cret[@a.example:1",
            "http://user:s3cret\u2100@a.example:1",
        ):
            error = self.assertRaises(ValueError, parse_proxy, url)
            self.assertIn("http://user:password@host:port", str(error), url)
            self.assertNotIn("s3", str(error))
            self.assertIsNone(error.__cause__)
            self.assertTrue(error.__suppress_context__)

    def test_socks4(self) -> None:
        """SOCKS4 is refused with the reason, and with what to write, by the options too."""
        for address in ("socks4://user:s3cret@a.example:1", " SOCKS4a://a.example"):
            for refusing in (
                lambda address=address: parse_proxy(address),
                lambda address=address: standard_wiring(
                    Clock(), Options(request_options=RequestOptions(proxy=address))
                ),
            ):
                said = str(self.assertRaises(ValueError, refusing))
                self.assertIn("SOCKS4", said)
                self.assertIn("write socks5://host:port", said)
                self.assertNotIn("s3cret", said)

    def test_limits(self) -> None:
        """What a kind of proxy cannot be told is refused, and not shown."""
        for url, words in (
            (f"socks5://user:{'s3' * 128}@a.example", "255 bytes"),
            (f"socks5://{'s3' * 128}@a.example", "255 bytes"),
            ("http://s3%3Ax:y@a.example", "colon"),
        ):
            error = self.assertRaises(ValueError, parse_proxy, url)
            self.assertIn(words, str(error))
            self.assertNotIn("s3", str(error))
        self.assertEqual("x" * 255, parse_proxy(f"socks5://u:{'x' * 255}@a.example").password)
        self.assertEqual("s3:x", parse_proxy("socks5://s3%3Ax:y@a.example").user)

    def test_secret(self) -> None:
        """Neither user nor password are shown."""
        proxy = parse_proxy("http://us3r:s3cret@[::1]:3128")
        self.assertEqual("[::1]:3128", str(proxy))
        self.assertNotIn("s3", repr(proxy) + f"{proxy}")


class ThroughTests(MemoryTestCase):
    """Connections that proxies make."""

    def proxy(self, kind: type[SmallProxy]) -> SmallProxy:
        """A proxy that listens where its address says."""
        proxy = kind(self.dial, LOGIN)
        address = parse_proxy(URLS[kind])
        self.network.add(address.host, address.port, proxy)
        return proxy

    def test_through(self) -> None:
        """With and without TLS the target is reached, by name, and through the proxy alone."""
        for kind in URLS:
            for url, target in (
                ("http://target.example/", ("target.example", 80)),
                ("wss://target.example/", ("target.example", 443)),
                ("https://[::1]/", ("::1", 443)),
                ("https://Bücher.example/", ("xn--bcher-kva.example", 443)),
            ):
                proxy = self.proxy(kind)
                del self.network.attempts[:]
                connecting = self.connect(self.behind(URLS[kind]), url)
                self.settle()
                client: Any = self.successResultOf(connecting)
                client.transport.write(b"you")
                self.settle()
                self.assertEqual(b"hello you", b"".join(client.heard))
                self.assertEqual([target], proxy.targets)
                self.assertEqual([LOGIN], proxy.logins)
                self.assertEqual(
                    ["proxy.example", target[0]], [host for host, _ in self.network.attempts]
                )
                client.transport.loseConnection()
                self.assertQuiet()
                self.assertEqual(1, len(client.over))

    def test_wrong_name(self) -> None:
        """A target with another's certificate is not talked to, however it is reached."""
        for kind in URLS:
            self.proxy(kind)
            connecting = self.connect(self.behind(URLS[kind]), "https://other.example/")
            self.settle()
            client: Any = self.successResultOf(connecting)
            self.assertEqual([], client.heard)
            [reason] = client.over
            self.assertIn("its certificate is ", cause_of(reason))
            self.assertQuiet()

    def test_wrong_login(self) -> None:
        """A proxy that does not know us says so, and nothing is asked of it."""
        for kind, url in URLS.items():
            proxy = self.proxy(kind)
            for login in ("", "user:wr0ng@"):
                network = self.behind(url.replace("user:s3cret@", login))
                connecting = self.connect(network, "https://target.example/")
                self.settle()
                error = self.failureResultOf(connecting, ProxyAuthError).value
                self.assertIn("proxy.example:", str(error))
                self.assertNotIn("wr0ng", str(error))
                self.assertQuiet()
            self.assertEqual([], proxy.targets)

    def test_no_target(self) -> None:
        """What the proxy cannot reach is told in the name of both."""
        for kind, url in URLS.items():
            self.proxy(kind)
            connecting = self.connect(self.behind(url), "https://nowhere.example/")
            self.settle()
            error = self.failureResultOf(connecting, ProxyError).value
            self.assertIn("proxy.example:", str(error))
            self.assertIn("could not connect to nowhere.example:443", str(error))
            self.assertQuiet()

    def test_chain(self) -> None:
        """A network behind a proxy may itself lead to a proxy."""
        outer, inner = self.proxy(ConnectProxy), self.proxy(SocksProxy)
        first = self.behind(URLS[ConnectProxy])
        chain = ProxyNetwork(first, parse_proxy(URLS[SocksProxy]), self.network.clock)
        connecting = self.connect(chain, "https://target.example/")
        self.settle()
        client: Any = self.successResultOf(connecting)
        self.assertEqual([b"hello "], client.heard)
        self.assertEqual([("proxy.example", 1080)], outer.targets)
        self.assertEqual([("target.example", 443)], inner.targets)
        client.transport.abortConnection()
        self.assertQuiet()

    def test_tls_to_proxy(self) -> None:
        """An https proxy is reached by TLS, as the inner network makes it."""
        self.network.add("proxy.example", 443, ConnectProxy(self.dial, LOGIN), tls=True)
        network = self.behind("https://user:s3cret@proxy.example")
        connecting = self.connect(network, "https://target.example/")
        self.settle()
        client: Any = self.successResultOf(connecting)
        self.assertEqual([b"hello "], client.heard)
        client.transport.loseConnection()
        self.assertQuiet()


class PolicyTests(SynchronousTestCase):
    """The network as such."""

    def test_interfaces(self) -> None:
        """Network and endpoint are what they say."""
        network = ProxyNetwork(MemoryNetwork(), parse_proxy("http://a"), MemoryReactor())
        verifyObject(IAgentEndpointFactory, network)
        verifyObject(IStreamClientEndpoint, network.endpointForURI(uri_of("https://b.example/")))

    def test_other_schemes(self) -> None:
        """There is no way to anything but http and https."""
        network = ProxyNetwork(MemoryNetwork(), parse_proxy("http://a"), MemoryReactor())
        uri = URI.fromBytes(b"ftp://a.example/")
        self.assertRaises(SchemeNotSupported, network.endpointForURI, uri)

    def test_tls(self) -> None:
        """Targets are verified as the inner network does it, with the same TLS contexts."""
        inner = DirectNetwork(MemoryReactor())
        network = ProxyNetwork(inner, parse_proxy("http://a"), MemoryReactor())
        self.assertIs(inner.tls, network.tls)
