"""Where a site listens: a Twisted endpoint, on loopback unless another interface is named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final

from OpenSSL import crypto
from twisted.internet import endpoints
from twisted.internet.address import IPv4Address, IPv6Address

#: Kinds of endpoints that have an interface, and that on which other machines do not reach them.
_LOOPBACK: Final = {"tcp": "127.0.0.1", "ssl": "127.0.0.1", "tls": "127.0.0.1", "tcp6": "::1"}

_UNESCAPED_COLON: Final = re.compile(r"(?<!\\):")

_PORTS: Final = 65_535

#: What may be written, for whoever wrote something else.
FORMS: Final = (
    "write a port such as 8080, an address of this machine and a port such as 127.0.0.1:8080, or "
    "an endpoint of Twisted's such as tcp:8080"
)


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where to listen.

    :ivar description: for :func:`~twisted.internet.endpoints.serverFromString`.
    :ivar local: whether only this machine reaches it, as far as that can be told.
    :ivar secure: whether it speaks TLS.
    """

    description: str
    local: bool
    secure: bool = False

    def endpoint(self, reactor: Any) -> Any:
        """
        The endpoint; it opens nothing yet.

        :raise ValueError: it makes no sense; says what does.
        """
        kind, *parts = _UNESCAPED_COLON.split(self.description)
        if kind in _LOOPBACK and parts and _is_number(parts[0]) and int(parts[0]) > _PORTS:
            raise ValueError(f"a port is a number from 0 to {_PORTS}, not {parts[0][:20]}.")
        parse: Any = endpoints.serverFromString  # which has no types
        try:
            return parse(reactor, self.description)
        except OSError as e:
            raise ValueError(
                f"{e.filename or self.description} cannot be read ({e.strerror}): name another "
                "file, or listen without TLS, at an endpoint such as tcp:8080."
            ) from e
        except crypto.Error as e:
            raise ValueError(
                f"the files of {self.description} must hold a key and its certificate, in PEM."
            ) from e
        except (ValueError, TypeError, LookupError, AttributeError) as e:
            raise ValueError(
                f"{self.description} is no place to listen at ({str(e).rstrip('.')}): {FORMS}."
            ) from e


def spelled_out(text: str) -> str:
    """
    The endpoint that is meant by ``8080``, ``127.0.0.1:8080``, ``localhost:8080`` or
    ``[::1]:8080``; what is written in another way is left as it is.

    A port without an address is on loopback.
    """
    host, _, port = text.rpartition(":")
    if not _is_number(port):
        return text
    if not host:
        return text if text.startswith(":") else f"tcp:{port}:interface=127.0.0.1"
    if host == "localhost":
        return f"tcp:{port}:interface=localhost"
    bare = host.removeprefix("[").removesuffix("]")
    try:
        address = ip_address(bare)
    except ValueError:
        return text
    if address.version == 4 and host == bare:
        return f"tcp:{port}:interface={address}"
    if address.version == 6 and host == f"[{bare}]":
        shown = str(address).replace(":", r"\:")
        return f"tcp6:{port}:interface={shown}"
    return text


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def parse_place(text: str) -> Place:
    """
    Read where to listen: an endpoint's description, a port, or an address and a port.

    Without an address, or ``interface=``, it is on loopback.
    """
    text = spelled_out(text)
    kind, *parts = _UNESCAPED_COLON.split(text)
    if kind == "unix":
        return Place(text, True)
    if kind not in _LOOPBACK:
        return Place(text, False)  # systemd's sockets, and what others have added
    named = [part.partition("=")[2] for part in parts if part.startswith("interface=")]
    interface = (named or [_LOOPBACK[kind]])[0].replace("\\:", ":")
    if not named:
        text = f"{text}:interface={interface}".replace("::1", r"\:\:1")
    try:
        local = interface == "localhost" or ip_address(interface).is_loopback
    except ValueError:
        local = False
    return Place(text, local, kind in ("ssl", "tls"))


def url_of(address: object, secure: bool = False) -> str:
    """The address of the site, for people; ``""`` where a browser can't go."""
    if not isinstance(address, IPv4Address | IPv6Address):
        return ""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address.host, address.host)
    shown = f"[{host}]" if ":" in host else host
    return f"{'https' if secure else 'http'}://{shown}:{address.port}/"
