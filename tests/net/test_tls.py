"""Servers are verified, whichever way they are gone to, and by one means only."""

from __future__ import annotations

import ast
import errno

from OpenSSL import SSL
from twisted.trial.unittest import SynchronousTestCase

from tests.net.tls_servers import AUTHORITY
from tests.test_floors import CHECKOUT, read_modules
from tiktoklive.net import tls
from tiktoklive.net.tls import TlsPolicy


class PolicyTests(SynchronousTestCase):
    """What the connections of a policy have."""

    def connection(self, policy: TlsPolicy, host: bytes) -> SSL.Connection:
        """One of them."""
        creator = policy.creatorForNetloc(host, 443)
        made: SSL.Connection = creator.clientConnectionForTLS(None)  # type: ignore[arg-type]
        return made

    def test_context_is_shared(self) -> None:
        """All hosts share the TLS context with its many certificates."""
        policy = TlsPolicy(AUTHORITY.root)
        hosts = (b"a.example", b"b.example", b"192.0.2.7")
        contexts = {id(self.connection(policy, host).get_context()) for host in hosts}
        self.assertEqual(1, len(contexts))

    def test_server_name(self) -> None:
        """Servers are told by which name they are asked, if it is one."""
        policy = TlsPolicy(AUTHORITY.root)
        for host, name in ((b"a.example", b"a.example"), (b"192.0.2.7", None), (b"::1", None)):
            self.assertEqual(name, self.connection(policy, host).get_servername(), host)

    def test_context_is_made_again(self) -> None:
        """A context that could not be made, such as for want of a file descriptor, is not kept."""
        policy = TlsPolicy()
        problem = OSError(errno.EMFILE, "Too many open files")

        def fail() -> None:
            raise problem

        patched = self.patch(tls, "trusted_roots", fail)
        self.assertIs(problem, self.assertRaises(OSError, self.connection, policy, b"a.example"))
        patched.restore()
        self.patch(tls, "trusted_roots", lambda: AUTHORITY.root)
        self.connection(policy, b"a.example")


#: What makes TLS connections to servers, or whole clients that do, by its name in the source.
OTHER_WAYS = frozenset(
    (
        "optionsForClientTLS ClientContextFactory CertificateOptions SSL4ClientEndpoint "
        "wrapClientTLS connectSSL startTLS TLSMemoryBIOFactory clientFromString "
        "BrowserLikePolicyForHTTPS HostnameCachingHTTPSPolicy WebClientContextFactory "
        "ProxyAgent connectWS create_client_agent create_connection "
        "open_connection create_default_context SSLContext urlopen HTTPSConnection"
    ).split()
)

#: Modules that none of ours imports: they speak TLS by themselves.
OTHER_CLIENTS = frozenset(
    ("ssl", "http.client", "urllib.request", "ftplib", "smtplib", "requests", "httpx", "aiohttp")
)


def other_ways(source: str) -> list[str]:
    """Where a module makes TLS connections in another way than by :mod:`tiktoklive.net.tls`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(alias.name for alias in node.names)]
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Attribute):
            names = [node.attr]
        elif isinstance(node, ast.Name):
            names = [node.id]
        elif isinstance(node, ast.Call):
            function = node.func
            # An agent that is not told by which network it goes, and treq's functions.
            if isinstance(function, ast.Name) and function.id == "Agent":
                names = ["Agent()"]
            if ast.unparse(function).startswith("treq."):
                names = ["treq()"]
        wrong = {"Agent()", "treq()"} | OTHER_WAYS
        imported = isinstance(node, ast.Import | ast.ImportFrom)
        found += [
            f"{node.lineno}: {name}"
            for name in names
            if name in wrong or (imported and name in OTHER_CLIENTS)
        ]
    return found


class SourceTests(SynchronousTestCase):
    """The source of the package."""

    def test_one_way(self) -> None:
        """No module but the one makes TLS connections to servers; one asks ``ssl`` for roots."""
        modules = read_modules(CHECKOUT)
        self.assertTrue(other_ways(modules.pop("tiktoklive.net.tls")[0]))
        asking = other_ways(modules.pop("tiktoklive.net.roots")[0])
        self.assertEqual(["ssl", "SSLContext"], [way.partition(": ")[2] for way in asking])
        wrong = [f"{name}:{way}" for name, (text, _) in modules.items() for way in other_ways(text)]
        self.assertEqual([], wrong)

    def test_seen(self) -> None:
        """The reader sees what it is there to see."""
        for source in (
            "from twisted.internet.endpoints import wrapClientTLS",
            "from twisted.internet import endpoints\nendpoints.wrapClientTLS(a, b)",
            "import ssl",
            "from urllib import request",
            "from twisted.web.client import Agent\nAgent(reactor)",
            "import treq\ntreq.get(url)",
            "reactor.connectSSL(a, b, c, d)",
        ):
            self.assertTrue(other_ways(source), source)
        fine = "from twisted.web.client import Agent\nAgent.usingEndpointFactory(a, b, c)"
        self.assertEqual([], other_ways(fine))
