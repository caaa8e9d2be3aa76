"""Whether a certificate is a host's: the names in it, and what is wrong when it is refused."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final, TypeAlias

from cryptography import x509

#: A host to verify: its DNS name in lower case, or its address.
Host: TypeAlias = str | IPv4Address | IPv6Address

#: Names of hosts, in certificates and to verify.  ASCII: international names are in their A-form.
_NAME: Final = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\Z")

#: What a client that connects to it would take for an address, so that it is no host's name.
_NUMBER: Final = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\Z")

#: So many of a certificate's names are shown.
_SHOWN: Final = 3

#: What OpenSSL finds wrong with a certificate, by its numbers (``x509_vfy.h``).
_FOUND: Final = {
    2: "is signed by no authority that this machine knows",
    7: "has a signature that is not valid",
    9: "is not valid yet (or the clock of this machine is wrong)",
    10: "has expired (or the clock of this machine is wrong)",
    18: "is self-signed, so it says nothing",
    19: "is signed by an authority that this machine does not trust",
    20: "is signed by no authority that this machine knows",
    21: "is signed by no authority that this machine knows",
    22: "has too many others above it",
    23: "was revoked",
    24: "is signed by one that may not sign others",
    26: "is not made for servers",
    66: "has a key that is too weak",
    67: "is signed with a key that is too weak",
    68: "is signed in a way that is too weak",
}


class CertificateRefused(Exception):
    """
    A server's certificate does not show that it is the host.

    Its text is for people, without a full stop, and holds nothing that the server made up.
    """


def host_of(name: str) -> Host:
    """
    A host as certificates name it.

    :param name: a DNS name or an address, as in an URI without brackets.
    """
    try:
        return ip_address(name.partition("%")[0])
    except ValueError:
        return name.removesuffix(".").lower()


def verify_host(certificate: x509.Certificate, host: Host) -> None:
    """
    Find the host among the names of a certificate, and nowhere else (RFC 9525).

    A name that no certificate may hold, such as ``*.com``, is the name of nothing.

    :raise CertificateRefused: it is not there, or there is nothing that can be read.
    """
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        raise CertificateRefused("its certificate names no host") from None
    except Exception as error:
        problem = "the names in its certificate cannot be read"
        raise CertificateRefused(problem) from error
    names = extension.value.get_values_for_type(x509.DNSName)
    addresses = extension.value.get_values_for_type(x509.IPAddress)
    if isinstance(host, str):
        if any(_is_name_of(name.lower(), host) for name in names):
            return
    elif host in addresses:
        return
    raise CertificateRefused(_others(names, [str(each) for each in addresses], host))


def found_wrong(number: int, depth: int) -> CertificateRefused:
    """
    Say what OpenSSL found.

    :param number: its number.
    :param depth: 0 for the server's own certificate, more for those that it rests on.
    """
    whose = "its certificate" if depth == 0 else "a certificate that its own rests on"
    return CertificateRefused(f"{whose} {_FOUND.get(number, f'is not valid (number {number})')}")


def _is_name_of(name: str, host: str) -> bool:
    """Whether a name in a certificate, a pattern perhaps, is that of a host."""
    if not _NAME.match(host) or _NUMBER.match(host):
        return False
    if name.startswith("*."):
        name = name.removeprefix("*.")
        _, _, host = host.partition(".")
        if "." not in name:  # all of a domain such as "com" is not one owner's
            return False
    return name == host


def _others(names: list[str], addresses: list[str], host: Host) -> str:
    """Whose a certificate is that is not the host's."""
    count = len(names) + len(addresses)
    if not count:
        return "its certificate names no host"
    shown = [name[:80] for name in names if _NAME.match(name.lower().removeprefix("*."))]
    shown = [*shown, *addresses][:_SHOWN]
    told = ", ".join(shown) or "names that no host can have"
    if shown and count > len(shown):
        told += f" and {count - len(shown)} more"
    return f"its certificate is for {told}, not for {host}"
