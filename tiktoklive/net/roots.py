"""
Root certificates: whose word counts when a server shows its certificate.

OpenSSL as it comes with the package ``cryptography`` looks where nothing is, and what pyOpenSSL
does about that is for some kinds of Linux only.  So they are looked for here:

1. ``SSL_CERT_FILE`` and ``SSL_CERT_DIR``: where one is set, nothing else counts;
2. what Python's own ``ssl`` finds, which on Windows is the system's store, and on macOS what
   Homebrew and python.org install;
3. the files and directories of the systems;
4. those of Mozilla, which the package ``certifi`` brings along.  On Windows they are trusted beside
   the system's, which loads most of its own only when one of its own programs needs them.

Anything that has a certificate in it ends the search.
"""

from __future__ import annotations

import os
import ssl
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from OpenSSL import crypto
from twisted.internet.ssl import Certificate, trustRootFromCertificates

from tiktoklive.errors import NoRootCertificatesError, StartError

#: Where systems have all of them in one file.
FILES: Final = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Alpine, Arch, Gentoo, NixOS
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # Fedora, RHEL
    "/etc/pki/tls/certs/ca-bundle.crt",  # older ones of them
    "/etc/ssl/ca-bundle.pem",  # SUSE
    "/etc/ssl/cert.pem",  # macOS, FreeBSD, OpenBSD
    "/usr/local/share/certs/ca-root-nss.crt",  # older FreeBSD
)

#: Where systems have them one by one, under the names that OpenSSL looks for.
FOLDERS: Final = ("/etc/ssl/certs", "/etc/pki/tls/certs")

_BEGIN, _END = b"-----BEGIN CERTIFICATE-----", b"-----END CERTIFICATE-----"

_NONE: Final = (
    "No server can be trusted, because there are no root certificates on this machine: install "
    "those of your system (ca-certificates) or the package certifi, or set SSL_CERT_FILE to a "
    "file of them."
)


def _of_python() -> list[bytes]:
    """What Python's own ``ssl`` trusts on this machine, in DER."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    return context.get_ca_certs(binary_form=True)


def _of_certifi() -> str:
    """Where certifi has its file; ``""`` where a system's packagers left it out."""
    try:
        import certifi
    except ImportError:
        return ""
    return certifi.where()


def find_roots(
    environ: Mapping[str, str],
    *,
    of_python: Callable[[], Iterable[bytes]] = _of_python,
    files: Iterable[str] = FILES,
    folders: Iterable[str] = FOLDERS,
    of_certifi: Callable[[], str] = _of_certifi,
    platform: str = sys.platform,
) -> list[Certificate]:
    """
    The root certificates that this machine trusts; at least one.

    :raise NoRootCertificatesError: there are none.
    :raise OSError: this process lacks what is needed to read them, such as a file descriptor.
    """
    file, folder = environ.get("SSL_CERT_FILE", ""), environ.get("SSL_CERT_DIR", "")
    if file or folder:
        named = chain(_in_file(file), *map(_in_folder, filter(None, folder.split(os.pathsep))))
        if found := _read(named):
            return found
        raise NoRootCertificatesError(_of_variables(file, folder))
    bundled = _in_file(of_certifi())
    if platform == "win32":
        places: list[Iterable[bytes]] = [chain(of_python(), bundled)]
    else:
        places = [of_python(), *map(_in_file, files), *map(_in_folder, folders), bundled]
    for place in places:
        if found := _read(place):
            return found
    raise NoRootCertificatesError(_NONE)


def trusted_roots() -> Any:
    """
    What this machine trusts, as :class:`~twisted.internet.ssl.CertificateOptions` wants it.

    :raise NoRootCertificatesError: nothing.
    :raise OSError: as :func:`find_roots`.
    """
    return trustRootFromCertificates(find_roots(os.environ))


def check_roots(addresses: Iterable[str]) -> None:
    """
    See that servers can be trusted.

    :param addresses: of the servers; those without TLS need not be trusted.
    :raise StartError: there are no root certificates.
    """
    if any(urlsplit(address).scheme in ("https", "wss") for address in addresses):
        try:
            find_roots(os.environ)
        except NoRootCertificatesError as error:
            raise StartError(str(error)) from error


def _of_variables(file: str, folder: str) -> str:
    """That what the variables name holds none."""
    named = {"SSL_CERT_FILE": file, "SSL_CERT_DIR": folder}
    said = " and ".join(f"{name} is {value[:200]!r}" for name, value in named.items() if value)
    hint = " (in a directory they need the names that OpenSSL's rehash gives)" if folder else ""
    return (
        f"No server can be trusted: {said}, and there are no root certificates{hint}: correct "
        "that, or unset it to trust what this system trusts."
    )


def _in_file(path: str) -> Iterator[bytes]:
    """The certificates in a file, in PEM; none if it is not there, or may not be read."""
    if not os.path.isfile(path):
        return
    try:
        parts = Path(path).read_bytes().split(_BEGIN)
    except PermissionError:
        return
    for part in parts[1:]:
        body, end, _ = part.partition(_END)
        if end:
            yield b"%b%b%b\n" % (_BEGIN, body, _END)


def _in_folder(path: str) -> Iterator[bytes]:
    """Those in the files of a directory whose names OpenSSL looks for, such as ``002c0b4f.0``."""
    try:
        names = sorted(os.listdir(path))
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
    for name in names:
        stem, _, number = name.partition(".")
        if len(stem) == 8 and number.isdecimal():
            yield from _in_file(os.path.join(path, name))


def _read(certificates: Iterable[bytes]) -> list[Certificate]:
    """Those that OpenSSL can read, in DER or PEM; each once."""
    found = []
    for each in dict.fromkeys(certificates):
        kind = crypto.FILETYPE_PEM if each.startswith(_BEGIN) else crypto.FILETYPE_ASN1
        try:
            found.append(Certificate.load(each, kind))
        except crypto.Error:
            continue
    return found
