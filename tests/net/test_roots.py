"""Root certificates are found on every kind of system, and where the user says."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from OpenSSL import SSL, crypto
from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase

from tests.net.certificate import certificate_for
from tests.reactors import MemoryReactor
from tiktoklive.errors import LocalResourceError, NoRootCertificatesError, Remedy
from tiktoklive.net import roots, tls
from tiktoklive.net.network import DirectNetwork
from tiktoklive.net.roots import find_roots
from tiktoklive.net.tls import TlsPolicy
from tiktoklive.net.web import Web

NAMES = ("file", "python", "etc", "hashed", "certifi", "other")
MADE = {name: certificate_for(name) for name in NAMES}


def pem(*names: str) -> bytes:
    """A file of certificates."""
    made = (crypto.dump_certificate(crypto.FILETYPE_PEM, MADE[name].original) for name in names)
    return b"\n".join(made)


def der(name: str) -> bytes:
    """A certificate as Python's ``ssl`` gives it."""
    dumped: bytes = crypto.dump_certificate(crypto.FILETYPE_ASN1, MADE[name].original)
    return dumped


class FindTests(SynchronousTestCase):
    """Where they are looked for."""

    def setUp(self) -> None:
        self.place = Path(self.mktemp())
        self.place.mkdir()
        self.files: list[str] = []
        self.folders: list[str] = []
        self.python: list[bytes] = []
        self.certifi = ""

    def write(self, name: str, text: bytes) -> str:
        """A file, and where it is."""
        path = self.place / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text)
        return str(path)

    def found(self, environ: Mapping[str, str] | None = None, platform: str = "linux") -> list[str]:
        """The names in what is found."""
        certificates = find_roots(
            environ or {},
            of_python=lambda: self.python,
            files=self.files,
            folders=self.folders,
            of_certifi=lambda: self.certifi,
            platform=platform,
        )
        return [each.getSubject().commonName.decode() for each in certificates]

    def everywhere(self) -> None:
        """There are some in each place."""
        self.python = [der("python")]
        self.files = [self.write("etc.pem", pem("etc"))]
        self.folders = [os.path.dirname(self.write("certs/002c0b4f.0", pem("hashed")))]
        self.certifi = self.write("certifi.pem", pem("certifi"))

    def test_in_turn(self) -> None:
        """Python's own, the system's file, its directory, and those of certifi at last."""
        self.everywhere()
        self.assertEqual(["python"], self.found())
        self.python = []
        self.assertEqual(["etc"], self.found())
        self.files = []
        self.assertEqual(["hashed"], self.found())
        self.folders = []
        self.assertEqual(["certifi"], self.found())

    def test_windows(self) -> None:
        """Those of certifi are trusted beside the system's, which has not all at hand."""
        self.everywhere()
        self.assertEqual(["python", "certifi"], self.found(platform="win32"))
        self.python = []
        self.assertEqual(["certifi"], self.found(platform="win32"))

    def test_variables(self) -> None:
        """What the user names counts alone: a file, directories, or all of them."""
        self.everywhere()
        file = self.write("mine.pem", pem("file", "other", "file"))
        folder = os.path.dirname(self.write("own/1234abcd.0", pem("hashed")))
        more = os.path.dirname(self.write("more/1234abcd.17", pem("certifi")))
        named = {"SSL_CERT_FILE": file}
        self.assertEqual(["file", "other"], self.found(named))
        self.assertEqual(["file", "other"], self.found(named, "win32"))
        both = os.pathsep.join((folder, "", more))
        self.assertEqual(["hashed", "certifi"], self.found({"SSL_CERT_DIR": both}))
        named = {"SSL_CERT_FILE": file, "SSL_CERT_DIR": folder}
        self.assertEqual(["file", "other", "hashed"], self.found(named))
        self.assertEqual(["hashed"], self.found({**named, "SSL_CERT_FILE": "/nowhere"}))
        self.assertEqual(["python"], self.found({"SSL_CERT_FILE": "", "SSL_CERT_DIR": ""}))

    def test_unusable(self) -> None:
        """What is no certificate is passed over, in a file and as a whole."""
        broken = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
        half = b"-----BEGIN CERTIFICATE-----\nAAAA\n"
        self.files = [
            str(self.place),  # a directory
            self.write("empty.pem", b""),
            self.write("broken.pem", broken),
            self.write("garbage.pem", os.urandom(500)),
            self.write("good.pem", b"# Mine\n" + broken + pem("etc") + half),
        ]
        self.python = [b"", b"no certificate"]
        self.assertEqual(["etc"], self.found())

    def test_names_in_directories(self) -> None:
        """As for OpenSSL, not every file of a directory is meant."""
        for name in ("other.pem", "1234abc.0", "1234abcd.r0", "1234abcd"):
            self.folders = [os.path.dirname(self.write(f"odd/{name}", pem("other")))]
        self.folders.insert(0, self.write("odd/file", b""))
        self.assertRaises(NoRootCertificatesError, self.found)

    def test_not_allowed(self) -> None:
        """What this user may not read is not there for them."""
        self.everywhere()
        self.python = []
        shut = {self.files[0], *self.folders}
        read, listing = Path.read_bytes, os.listdir

        def refuse(path: Any) -> Any:
            if str(path) in shut:
                raise PermissionError(errno.EACCES, "no")
            return read(path) if isinstance(path, Path) else listing(path)

        self.patch(Path, "read_bytes", refuse)
        self.patch(os, "listdir", refuse)
        self.assertEqual(["certifi"], self.found())

    def test_lack(self) -> None:
        """For want of a file descriptor nothing else is trusted in place of the system's."""

        def fail(path: object) -> None:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

        self.everywhere()
        self.python = []
        self.patch(Path, "read_bytes", fail)
        self.assertEqual(errno.EMFILE, self.assertRaises(OSError, self.found).errno)
        self.patch(os, "listdir", fail)
        self.files = []
        self.assertEqual(errno.EMFILE, self.assertRaises(OSError, self.found).errno)

    def test_none(self) -> None:
        """It is said in a sentence what can be done, and what the user set that is no good."""
        error = self.assertRaises(NoRootCertificatesError, self.found)
        self.assertIs(Remedy.MODIFY, error.remedy)
        self.assertIn("set SSL_CERT_FILE to a file of them", str(error))
        for file, folder in (("/nowhere", ""), ("", "/nowhere"), ("/nowhere", "/no\nwhere")):
            self.everywhere()
            named = {"SSL_CERT_FILE": file, "SSL_CERT_DIR": folder}
            said = str(self.assertRaises(NoRootCertificatesError, self.found, named))
            for name, value in named.items():
                self.assertEqual(bool(value), f"{name} is {value!r}" in said, said)
            self.assertTrue(said.isprintable())
            self.assertEqual(1, said.count("."))


class HereTests(SynchronousTestCase):
    """On the machine that runs the tests."""

    def test_certifi(self) -> None:
        """The package has certificates, and a machine with nothing else can do with them."""
        found = find_roots({}, of_python=list, files=(), folders=())
        self.assertGreater(len(found), 50)

    def test_without_certifi(self) -> None:
        """A system's packagers may leave it out."""
        with patch.dict(sys.modules, certifi=None):
            self.assertRaises(
                NoRootCertificatesError, find_roots, {}, of_python=list, files=(), folders=()
            )

    def test_python(self) -> None:
        """Python's own are in DER, where it has some in a file."""
        for each in roots._of_python():
            crypto.load_certificate(crypto.FILETYPE_ASN1, each)

    def test_environment(self) -> None:
        """The environment of the process is what counts, at the time of the first connection."""
        policy = TlsPolicy()
        self.patch(os, "environ", {**os.environ, "SSL_CERT_FILE": "/nowhere", "SSL_CERT_DIR": ""})
        self.assertRaises(NoRootCertificatesError, policy.creatorForNetloc, b"a.example", 443)
        path = Path(self.mktemp())
        path.write_bytes(pem("file"))
        self.patch(os, "environ", {**os.environ, "SSL_CERT_FILE": str(path)})
        self.patch(SSL.Context, "set_default_verify_paths", lambda self: self.fail())
        policy.creatorForNetloc(b"a.example", 443)

    def test_request(self) -> None:
        """A request fails with that sentence, before anything is looked up or connected to."""

        def none() -> None:
            raise NoRootCertificatesError("There are none.")

        self.patch(tls, "trusted_roots", none)
        reactor: Any = MemoryReactor()
        web = Web(DirectNetwork(reactor), reactor)
        asking = Deferred.fromCoroutine(web.get("https://a.example/"))
        error = self.failureResultOf(asking, LocalResourceError).value
        self.assertEqual("There are none.", str(error))
        self.assertEqual([], reactor.tcpClients)
