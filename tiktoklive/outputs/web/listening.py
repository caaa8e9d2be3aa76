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
                f"{self.description} is no endpoint of Twisted's, such as tcp:8080 ({e})."
            ) from e


def parse_place(text: str) -> Place:
    """Read an endpoint's description; without ``interface=`` it is on loopback."""
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
