"""Whose requests are looked at: where they came from, what they call us, how many they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import Final

from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger
from twisted.web.server import Request

from tiktoklive.bounded import BoundedMap
from tiktoklive.logs import LogThrottle
from tiktoklive.outputs.arguments import size
from tiktoklive.outputs.plaintext import plain
from tiktoklive.outputs.web.answers import PICTURE_HOSTS, Refusal
from tiktoklive.pacing.bucket import TokenBucket

#: How long the log is silent about pages of other origins after it spoke of one, in seconds.
_SILENCE: Final = 60.0

#: Origins that are remembered, so that each is named once.
_ORIGINS: Final = 100

#: Ends of names that lead to this machine, or into a network that is nobody else's.
_PRIVATE: Final = ("localhost", "local", "internal", "lan", "home", "arpa")

#: A host's name or address, without a port.
_NAME: Final = r"\[[0-9a-f:.]+\]|[a-z0-9._-]+"

#: One part of a name.
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")

_HOST: Final = re.compile(rf"({_NAME})(?::[0-9]{{1,5}})?", re.IGNORECASE)

#: The variables of the web output that name hosts and origins.
VARIABLES: Final = ("TIKTOKLIVE_WEB_HOSTS", "TIKTOKLIVE_WEB_ORIGINS")

#: Addresses whose requests are counted at the same time.
_ADDRESSES: Final = 4096


#: What an address may have at least of clients and connections, if there may be as many.
_LEAST_SHARE: Final = 32


@dataclass(frozen=True, slots=True)
class WebLimits:
    """
    What clients may cost.

    :ivar clients: how many may be connected for events.
    :ivar connections: how many connections there may be beside those.
    :ivar waiting: bytes that may wait for one that reads slowly.
    :ivar rate: requests per second that one address may go on making.
    :ivar burst: requests that one address may make at once.
    :ivar body: bytes that a request may have, without its headers.
    :ivar messages: messages that a WebSocket client may send at once; it may send as many again
        within ten seconds.
    :ivar frames: frames, pings and pongs included, likewise.
    :ivar received: bytes, likewise.
    :ivar together: bytes that may wait for all clients together.
    :ivar proxies: addresses that may have all clients and connections; any other may have a
        quarter of them, but 32 at least.
    """

    clients: int = 1000
    connections: int = 1000
    waiting: int = 1024 * 1024
    rate: float = 50.0
    burst: int = 1000
    body: int = 16 * 1024
    messages: int = 50
    frames: int = 200
    received: int = 512 * 1024
    together: int = 64 * 1024 * 1024
    proxies: frozenset[str] = frozenset()

    def share_of(self, host: str, most: int) -> int:
        """
        How many of the clients, or of the connections, one address may have.

        :param host: ``""`` of a Unix socket, whose clients have none.
        :param most: how many there may be.
        """
        if not host or host in self.proxies:
            return most
        return min(most, max(_LEAST_SHARE, most // 4))

    def with_files(self, files: int) -> WebLimits:
        """
        The same, but half of the files that the process may have open are left for others:
        no client may keep a room from being connected by keeping us busy.
        """
        most = max(1, files // 4)
        return replace(
            self, clients=min(self.clients, most), connections=min(self.connections, most)
        )


def host_of(address: object) -> str:
    """The host of an address as Twisted has it; ``""`` if it has none."""
    host = getattr(address, "host", "")
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)


class Guard:
    """
    Refuses what does not come from where it should.

    A page of another site can send requests to this machine through its visitor's browser.
    It gives itself away by its ``Origin``; or, after having its own name lead here, by the
    ``Host`` that it asks for.

    :param hosts: names by which we may be called beside the usual ones, in lower case.
    :param origins: whose pages may talk to us beside our own.
    :param local: whether only this machine reaches us: then it calls us by a loopback name.
    :param own_pages: whether pages of any port of this machine are as good as our own.
    :param variables: those that name more hosts and origins.
    """

    log = Logger()

    def __init__(
        self,
        clock: IReactorTime,
        limits: WebLimits,
        *,
        hosts: frozenset[str] = frozenset(),
        origins: frozenset[str] = frozenset(),
        local: bool = True,
        own_pages: bool = False,
        variables: tuple[str, str] = VARIABLES,
    ) -> None:
        self._variables = variables
        self.limits = limits
        self._clock = clock
        self._hosts = hosts
        self._origins = origins
        self._local = local
        self._own_pages = own_pages
        self._buckets: BoundedMap[str, TokenBucket] = BoundedMap(_ADDRESSES)
        self._named: BoundedMap[str, bool] = BoundedMap(_ORIGINS)
        self._throttle = LogThrottle(_SILENCE)

    def check(self, request: Request) -> None:
        """
        Look at a request.

        :raise Refusal: it is not to be answered.
        """
        if any(len(_all(request, name)) > 1 for name in ("host", "origin")):
            raise Refusal(400, "twice", "Host and Origin may each be said once.")
        host = _header(request, "host")
        self._check_host(host)
        self._check_origin(request, host)
        self._count(request)

    def _check_host(self, host: str) -> None:
        found = _HOST.fullmatch(host)
        name = found[1].lower() if found is not None else ""
        if _is_own(name) or name in self._hosts or (not self._local and _is_address(name)):
            return
        raise Refusal(
            403,
            "host",
            f"We are not called that: set {self._variables[0]} to the names we have.",
        )

    def _check_origin(self, request: Request, host: str) -> None:
        origin = _header(request, "origin").lower()
        if not origin:
            # A program, or a page of ours that a person opened; or a page of another site, which
            # asks for a picture, say: it could see nothing of it, but take our time for others.
            theirs = _header(request, "sec-fetch-site").lower() in ("cross-site", "same-site")
            if theirs and _header(request, "sec-fetch-mode").lower() != "navigate":
                raise _foreign(self._variables[1])
            return
        if origin in self._origins:
            request.setHeader("Access-Control-Allow-Origin", origin)
            request.setHeader("Cross-Origin-Resource-Policy", "cross-origin")
            request.setHeader("Vary", "Origin")
            return
        # A proxy in front of us may speak TLS where we do not.
        if origin in (f"http://{host.lower()}", f"https://{host.lower()}"):
            return
        if self._own_pages:
            _, _, there = origin.partition("://")
            found = _HOST.fullmatch(there)
            if found is not None and _is_own(found[1]):
                return
        self._name(origin)
        raise _foreign(self._variables[1])

    def _name(self, origin: str) -> None:
        """Tell the log that a page was refused: each origin once, and not one after the other."""
        shown = plain(origin, 100)
        if shown in self._named:
            return
        if self._throttle.again("origin", self._clock.seconds()) is not None:
            self._named.put(shown, True)
            self.log.warn(
                "A page of {origin} was refused: if it may talk to this program, name it in "
                "{variable}.",
                origin=shown,
                variable=self._variables[1],
            )

    def _count(self, request: Request) -> None:
        """A bucket for each address, from which each request takes one."""
        limits = self.limits
        address = host_of(request.getClientAddress())
        bucket = self._buckets.get(address) or TokenBucket(1 / limits.rate, limits.burst)
        self._buckets.put(address, bucket)
        early = bucket.take(self._clock.seconds())
        if early:
            wait = str(max(1, round(early)))
            raise Refusal(
                429, "rate", "Too many requests: wait a little.", (("Retry-After", wait),)
            )


def _foreign(variable: str) -> Refusal:
    sentence = f"Pages of another origin may not do this: set {variable} to allow it."
    return Refusal(403, "origin", sentence)


def _header(request: Request, name: str) -> str:
    return request.getHeader(name) or ""


def _all(request: Request, name: str) -> Sequence[bytes]:
    found: Sequence[bytes] = request.requestHeaders.getRawHeaders(name.encode(), ())
    return found


def _is_own(name: str) -> bool:
    """Whether a machine calls itself that: ``localhost``, all of 127.0.0.0/8, ``[::1]``."""
    if name == "localhost":
        return True
    try:
        address = ip_address(name.strip("[]"))
    except ValueError:
        return False
    return address.is_loopback and (address.version == 6) == name.startswith("[")


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def hosts_and_origins(
    environ: Mapping[str, str], variables: tuple[str, str] = VARIABLES
) -> tuple[frozenset[str], frozenset[str]]:
    """
    What the environment allows beside the usual.

    :param variables: those that name hosts and origins.
    :raise ValueError: it makes no sense.
    """
    hosts = _words(environ, variables[0])
    origins = _words(environ, variables[1])
    for host in hosts:
        if not re.fullmatch(_NAME, host):
            raise ValueError(f"{variables[0]} must be bare names: live.example.org,live2.")
    for origin in origins:
        if origin != "null" and not re.fullmatch(r"[a-z][a-z0-9+.-]*://[^/\s]+", origin):
            raise ValueError(f"{variables[1]} must be origins: https://page.example.org.")
    return hosts, origins


def picture_hosts(environ: Mapping[str, str]) -> tuple[str, ...]:
    """
    Of which hosts, and of which below them, pages show pictures: TikTok's if nothing is said.

    :raise ValueError: it makes no sense, or one is on this machine or in its network.
    """
    found = _words(environ, "TIKTOKLIVE_WEB_PICTURES")
    for host in found:
        *_, last = labels = host.split(".")
        good = len(labels) > 1 and all(_LABEL.fullmatch(each) for each in labels)
        if not good or last.isdigit() or last in _PRIVATE:
            raise ValueError(
                "TIKTOKLIVE_WEB_PICTURES must be the ends of public names: tiktokcdn.com,"
                "example.org. Pages show no pictures of this machine or its network."
            )
    return tuple(sorted(found)) or PICTURE_HOSTS


def limits_of(environ: Mapping[str, str], limits: WebLimits) -> WebLimits:
    """
    The limits with what the environment says of them.

    :raise ValueError: it makes no sense.
    """
    found = _words(environ, "TIKTOKLIVE_WEB_PROXIES")
    if not all(map(_is_address, found)):
        raise ValueError("TIKTOKLIVE_WEB_PROXIES must be addresses: 127.0.0.1,10.0.0.7.")
    proxies = frozenset(str(ip_address(each.strip("[]"))) for each in found)
    together, buffer = limits.together, environ.get("TIKTOKLIVE_WEB_BUFFER", "").strip()
    if buffer:
        try:
            together = size(buffer)
        except ValueError as e:
            raise ValueError(f"TIKTOKLIVE_WEB_BUFFER must be {e}.") from None
    return replace(limits, proxies=limits.proxies | proxies, together=together)


def _words(environ: Mapping[str, str], variable: str) -> frozenset[str]:
    words = environ.get(variable, "").lower().replace(",", " ").split()
    return frozenset(words)
