"""
What is said to a proxy until it has connected us: bytes in, bytes out, no sockets.

A tunnel begins with :meth:`Tunnel.begin`, takes what arrives with :meth:`Tunnel.receive`, and
both return what is to be sent.  When it is :attr:`~Tunnel.ready`, whatever is sent next goes
to the target, and :attr:`~Tunnel.rest` is what came from there already.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from base64 import b64encode
from collections.abc import Callable
from ipaddress import ip_address
from typing import Final

from twisted.internet.address import HostnameAddress

from tiktoklive.errors import ProxyAuthError, ProxyError, ProxyRefusedError
from tiktoklive.net.redaction import NOTHING_KNOWN, Redaction, secrets_of

#: Bytes that the head of a proxy's answer may have.
LONGEST_HEAD: Final = 16_384

#: User and password, as they are sent.
Login = tuple[bytes, bytes]

_HOST = re.compile(r"[!-~]{1,255}")
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})(?: ([^\r\n]*))?\r?\n")
_END_OF_HEAD = re.compile(rb"\n\r?\n")

#: What no waiting changes: a rule, the bill, or no idea of what CONNECT is.
_REFUSALS = frozenset({400, 402, 403, 405, 451, 501})

# RFC 1928
_VERSION: Final = 5
_NO_LOGIN: Final = 0
_PASSWORD: Final = 2
_NOTHING_FITS: Final = 255
_IPV4, _NAME, _IPV6 = 1, 3, 4
_ADDRESS_SIZES = {_IPV4: 4, _IPV6: 16}
_NOT_ALLOWED: Final = 2
_REPLIES = {
    1: "it failed itself",
    3: "the network cannot be reached",
    4: "the host cannot be reached",
    5: "the connection was refused there",
    6: "the time to live expired",
    7: "it does not know the command",
    8: "it does not know this type of address",
}

_HTTP = "an HTTP proxy"
_SOCKS = "a SOCKS5 proxy"


class Tunnel(ABC):
    """
    What both kinds have in common.

    :param proxy: the proxy's ``host:port``, for what is said when it fails.
    :param host: name or address of the target; it is never looked up here.
    :param login: user and password, for when the proxy asks.
    :ivar proxy: as given.
    :ivar ready: whether the target is connected.
    :ivar rest: when it is, bytes of the target.
    """

    def __init__(self, proxy: str, host: str, port: int, login: Login | None = None) -> None:
        self.ready = False
        self.rest = b""
        self.proxy = proxy
        self._host = host
        self._port = port
        self._login = login
        self._buffer = b""

    @property
    def address(self) -> HostnameAddress:
        """The target, for protocols that are connected to it."""
        return HostnameAddress(self._host.encode("ascii"), self._port)

    @property
    def target(self) -> str:
        """Host and port of the target, with IPv6 addresses in brackets."""
        return f"[{self._host}]:{self._port}" if ":" in self._host else f"{self._host}:{self._port}"

    def begin(self) -> bytes:
        """
        What to say first.

        :raise ProxyError: there can be no such target.
        """
        if not _HOST.fullmatch(self._host):
            raise ProxyRefusedError(
                f"No proxy can be asked for a host of this name: {self._host!a:.120}."
            )
        return self._greeting()

    def receive(self, data: bytes) -> bytes:
        """
        Take what arrived, in pieces of any size.

        :return: what to say to it; ``b""`` if nothing, or not yet.
        :raise ProxyError: the proxy will not connect us; the tunnel is of no more use.
        """
        self._buffer += data
        said = b""
        while not self.ready and (answer := self._step()) is not None:
            said += answer
        if self.ready:
            self.rest, self._buffer = self._buffer, b""
        return said

    @abstractmethod
    def _greeting(self) -> bytes:
        """What to say first."""

    @abstractmethod
    def _step(self) -> bytes | None:
        """Take one whole thing from the buffer and answer it; ``None`` if none is there yet."""

    def _not_accepted(self, code: str) -> ProxyAuthError:
        if self._login is None:
            return ProxyAuthError(
                f"The proxy {self.proxy} wants a user and a password ({code}): "
                "put them into its address."
            )
        return ProxyAuthError(
            f"The proxy {self.proxy} does not accept the user and the password in its "
            f"address ({code})."
        )

    def _not_allowed(self, code: str) -> ProxyRefusedError:
        return ProxyRefusedError(
            f"The proxy {self.proxy} does not allow connections to {self.target} ({code}): "
            "change its rules, or take another."
        )

    def _not_connected(self, why: str) -> ProxyError:
        return ProxyError(f"The proxy {self.proxy} could not connect to {self.target}: {why}.")

    def _wrong_kind(self, kind: str) -> ProxyRefusedError:
        return ProxyRefusedError(
            f"The proxy {self.proxy} did not answer as {kind} does: is it one, and on this port?"
        )


class ConnectTunnel(Tunnel):
    """An HTTP proxy, asked to ``CONNECT`` (RFC 9110, section 9.3.6)."""

    def _greeting(self) -> bytes:
        head = f"CONNECT {self.target} HTTP/1.1\r\nHost: {self.target}\r\n"
        if self._login is not None:
            head += f"Proxy-Authorization: Basic {self._basic(self._login)}\r\n"
        return head.encode("ascii") + b"\r\n"

    def _step(self) -> bytes | None:
        start = b"HTTP/1."
        if not start.startswith(self._buffer[: len(start)]):
            raise self._wrong_kind(_HTTP)
        end = _END_OF_HEAD.search(self._buffer, 0, LONGEST_HEAD)
        if end is None:
            if len(self._buffer) >= LONGEST_HEAD:
                raise self._wrong_kind(_HTTP)
            return None
        status = _STATUS.match(self._buffer)
        if status is None:
            raise self._wrong_kind(_HTTP)
        self._buffer = self._buffer[end.end() :]
        code = int(status[1])
        if 100 <= code < 200 and code != 101:  # only the beginning of an answer
            return b""
        self.ready = 200 <= code < 300
        if not self.ready:
            raise self._refusal(code, (status[2] or b"").decode("ascii", "replace").strip())
        return b""

    def _refusal(self, code: int, words: str) -> ProxyError:
        if code in (401, 407):  # without its words, which might repeat ours
            return self._not_accepted(f"HTTP {code}")
        if self._login is not None:
            user, password = (each.decode("utf-8", "replace") for each in self._login)
            sent = [password, self._basic(self._login), *secrets_of([("user", user)])]
            words = Redaction(sent).shown(words)
        words = NOTHING_KNOWN.shown(words)
        said = f"HTTP {code}" + (f" {words!r}" if words else "")
        return self._not_allowed(said) if code in _REFUSALS else self._not_connected(said)

    @staticmethod
    def _basic(login: Login) -> str:
        return b64encode(b":".join(login)).decode("ascii")


class SocksTunnel(Tunnel):
    """A SOCKS5 proxy (RFC 1928) with user and password (RFC 1929), which looks up the names."""

    _expected: Callable[[], bytes | None]

    def _greeting(self) -> bytes:
        self._expected = self._choice
        methods = [_NO_LOGIN] if self._login is None else [_NO_LOGIN, _PASSWORD]
        return bytes([_VERSION, len(methods), *methods])

    def _step(self) -> bytes | None:
        return self._expected()

    def _choice(self) -> bytes | None:
        """The proxy chose how we are to log in."""
        chosen = self._take(2)
        if chosen is None:
            return None
        method = chosen[1]
        if method == _NO_LOGIN:
            return self._request()
        if method == _PASSWORD and self._login is not None:
            self._expected = self._verdict
            user, password = self._login
            return bytes([1, len(user)]) + user + bytes([len(password)]) + password
        if method == _NOTHING_FITS:
            raise self._not_accepted("SOCKS method 255")
        raise self._wrong_kind(_SOCKS)

    def _verdict(self) -> bytes | None:
        """What the proxy says to user and password."""
        verdict = self._take(2, versions=(1, _VERSION))  # some give the other version here
        if verdict is None:
            return None
        if verdict[1] != 0:
            raise self._not_accepted(f"SOCKS status {verdict[1]}")
        return self._request()

    def _request(self) -> bytes:
        self._expected = self._reply
        try:
            address = ip_address(self._host)
        except ValueError:
            name = self._host.encode("ascii")
            target = bytes([_NAME, len(name)]) + name
        else:
            target = bytes([_IPV6 if address.version == 6 else _IPV4]) + address.packed
        return bytes([_VERSION, 1, 0]) + target + self._port.to_bytes(2, "big")

    def _reply(self) -> bytes | None:
        """Whether it worked; the address it comes with is of no interest, only its length."""
        head = self._buffer[:5]
        if len(head) >= 2 and head[0] == _VERSION and head[1] != 0:  # often cut off after that
            raise self._failure(head[1])
        size = len(head) + 1
        if len(head) == 5:
            kind, length = head[3:]
            if kind not in _ADDRESS_SIZES and kind != _NAME:
                raise self._wrong_kind(_SOCKS)
            size = 4 + _ADDRESS_SIZES.get(kind, 1 + length) + 2
        if self._take(size) is None:
            return None
        self.ready = True
        return b""

    def _failure(self, reply: int) -> ProxyError:
        code = f"SOCKS reply {reply}"
        if reply == _NOT_ALLOWED:
            return self._not_allowed(code)
        why = _REPLIES.get(reply)
        return self._not_connected(f"{why} ({code})" if why else code)

    def _take(self, size: int, versions: tuple[int, ...] = (_VERSION,)) -> bytes | None:
        """The next bytes, if they are all there; their first is a version."""
        if self._buffer and self._buffer[0] not in versions:
            raise self._wrong_kind(_SOCKS)
        if len(self._buffer) < size:
            return None
        taken, self._buffer = self._buffer[:size], self._buffer[size:]
        return taken
