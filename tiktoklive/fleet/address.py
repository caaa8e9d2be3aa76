"""Where Redis is, and what it wants to be told first: address, password, TLS."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from OpenSSL import crypto
from twisted.internet.endpoints import UNIXClientEndpoint
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.internet.ssl import Certificate, trustRootFromCertificates
from twisted.web.iweb import IAgentEndpointFactory

from tiktoklive.files.reading import read_regular
from tiktoklive.files.secret import read_private
from tiktoklive.net.network import DirectNetwork
from tiktoklive.net.web import uri_of

#: The variable that holds the password; with ``_FILE`` at its end, the name of a file that does.
PASSWORD = "TIKTOKLIVE_REDIS_PASSWORD"
#: The variable that names a file with the certificates that are trusted for ``rediss``, in PEM.
TRUSTED = "TIKTOKLIVE_REDIS_CA_FILE"

#: What an address looks like, for the words of an error.
USUAL = "redis://HOST:PORT/DB, rediss://HOST:PORT/DB with TLS or unix:///PATH?db=DB"

_CONNECT = 10.0
_PEM = re.compile(b"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """
    Where Redis is.

    :ivar host: its name or address; ``""`` for a UNIX socket.
    :ivar database: its number.
    :ivar path: of the UNIX socket.
    :ivar user: of its access list; ``""`` for the usual one.
    """

    host: str = "127.0.0.1"
    port: int = 6379
    database: int = 0
    tls: bool = False
    path: str = ""
    user: str = ""

    def __str__(self) -> str:
        """For people: without the user."""
        if self.path:
            return f"unix://{self.path}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'rediss' if self.tls else 'redis'}://{host}:{self.port}/{self.database}"


def parse_redis(text: str) -> tuple[RedisAddress, str]:
    """
    Read an address such as ``redis://HOST:PORT/DB?name=value``.

    :return: the address, and what stands behind its ``?``, without the ``db`` of a UNIX socket.
    :raise ValueError: it is none, or holds a password; says what to do.
    """
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
        secret = parts.password is not None
    except ValueError:
        raise ValueError(f"that is no address of Redis: say {USUAL}.") from None
    options = [each for each in parts.query.split("&") if each]
    if secret or any(each.partition("=")[0] in ("password", "username") for each in options):
        raise ValueError(
            f"a password in the address can be read by all users of this machine: set {PASSWORD}, "
            f"or let {PASSWORD}_FILE name a file that holds it."
        )
    if parts.fragment:
        raise ValueError("an address of Redis has nothing behind a '#': use %23 for the sign.")
    if parts.scheme == "unix":
        if host:
            raise ValueError("the path of a UNIX socket begins with a slash: unix:///PATH.")
        return _socket(unquote(parts.path), unquote(parts.username or ""), options)
    number = parts.path.strip("/")
    if parts.scheme not in ("redis", "rediss") or not host or not re.fullmatch(r"\d{0,5}", number):
        raise ValueError(f"that is no address of Redis: say {USUAL}.")
    address = RedisAddress(
        host,
        6379 if port is None else port,
        int(number or "0"),
        parts.scheme == "rediss",
        user=unquote(parts.username or ""),
    )
    uri_of(f"http://{_netloc(address)}/")  # names that cannot be looked up are refused now
    return address, "&".join(options)


def _socket(path: str, user: str, options: list[str]) -> tuple[RedisAddress, str]:
    database = 0
    rest = []
    for each in options:
        name, _, value = each.partition("=")
        if name == "db":
            if not re.fullmatch(r"\d{1,5}", value, re.ASCII):
                raise ValueError(f"db must be the number of a database, not {value!r}.")
            database = int(value)
        else:
            rest.append(each)
    if not path.startswith("/"):
        raise ValueError("the path of a UNIX socket begins with a slash: unix:///PATH.")
    return RedisAddress("", 0, database, path=path, user=user), "&".join(rest)


def _netloc(address: RedisAddress) -> str:
    host = f"[{address.host}]" if ":" in address.host else address.host
    return f"{host}:{address.port}"


def read_password(environ: Mapping[str, str]) -> str:
    """
    The password that the environment holds, or the file that it names.

    :return: ``""`` if there is none.
    :raise ValueError: the file cannot be read, is empty, or can be read by others.
    """
    if password := environ.get(PASSWORD, ""):
        return password
    path = environ.get(f"{PASSWORD}_FILE", "")
    if not path:
        return ""
    try:
        return read_private(path, environ)
    except OSError as error:
        # Without its name: it may be the password itself.
        raise ValueError(
            f"the file that {PASSWORD}_FILE names cannot be read: {error.strerror}."
        ) from None
    except ValueError as error:
        raise ValueError(f"{PASSWORD}_FILE: {error}") from None


def network_of(reactor: Any, environ: Mapping[str, str]) -> DirectNetwork:
    """
    The way to Redis, and whose certificates are trusted there.

    :raise ValueError: the file of trusted certificates cannot be read, or has none.
    """
    path = environ.get(TRUSTED, "")
    if not path:
        return DirectNetwork(reactor, connect_timeout=_CONNECT)
    try:
        found = _PEM.findall(read_regular(path)[0])
        trusted = [Certificate.load(each, crypto.FILETYPE_PEM) for each in found]
    except OSError as error:
        raise ValueError(f"{TRUSTED}: {path} cannot be read: {error.strerror}.") from None
    except crypto.Error:
        trusted = []
    if not trusted:
        raise ValueError(f"{TRUSTED}: there is no certificate in {path} that can be read.")
    roots = trustRootFromCertificates(trusted)
    return DirectNetwork(reactor, connect_timeout=_CONNECT, trust_root=roots)


def endpoint_to(
    address: RedisAddress, reactor: Any, network: IAgentEndpointFactory
) -> IStreamClientEndpoint:
    """
    What connects to Redis.

    :param network: leads to hosts; UNIX sockets are the reactor's.
    """
    if address.path:
        endpoint: IStreamClientEndpoint = UNIXClientEndpoint(
            reactor, address.path, timeout=_CONNECT
        )
        return endpoint
    scheme = "https" if address.tls else "http"
    found: IStreamClientEndpoint = network.endpointForURI(uri_of(f"{scheme}://{_netloc(address)}/"))
    return found
