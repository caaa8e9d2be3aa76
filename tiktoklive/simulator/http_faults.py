"""
What can happen to an answer of HTTP on its way, by name in :data:`HTTP_FAULTS`.

Each makes something else out of the right answer, or sends it in another way.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from twisted.internet.interfaces import IReactorTime
from twisted.internet.task import LoopingCall
from twisted.web.server import NOT_DONE_YET

from tiktoklive.simulator.garbage import bomb
from tiktoklive.simulator.requests import Answer

#: Sends an answer badly, to a request of Twisted Web; gives what ``render`` returns.
HttpFault: TypeAlias = Callable[[Answer, Any, IReactorTime], Any]

#: What TikTok shows clients that it takes for programs (wire facts §2.3).
CHALLENGE: Final = Answer(
    200,
    b"<html><title>Please wait...</title><p id='wci' class='_wafchallengeid'></p></html>",
    headers=(("X-TT-System-Error", "3"),),
)

#: Seconds between two bytes of a body that comes slowly.
DRIP: Final = 0.5

#: Bytes of a body that no client should want to read.
ENORMOUS: Final = 9 * 1024 * 1024


def _instead(answer: Answer) -> HttpFault:
    """Another answer in the place of the right one."""
    return lambda right, web, clock: answer.send(web)


def _refused(status: int, body: bytes = b"", **headers: str) -> HttpFault:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return _instead(Answer(status, body, headers=named))


def _changed(change: Callable[[Answer], Answer]) -> HttpFault:
    """The right answer, changed."""
    return lambda right, web, clock: change(right).send(web)


def _no_gzip(right: Answer) -> Answer:
    return replace(right, headers=(*right.headers, ("Content-Encoding", "gzip")))


def _damaged_gzip(right: Answer) -> Answer:
    return replace(_no_gzip(right), body=gzip.compress(right.body, mtime=0)[:-6])


def _bomb(right: Answer) -> Answer:
    return replace(_no_gzip(right), body=bomb())


def _slowly(right: Answer, web: Any, clock: IReactorTime) -> Any:
    """One byte at a time: it would take far longer than any client waits."""
    _head(right, web, len(right.body) + ENORMOUS)
    rest = iter(right.body)
    dripping = LoopingCall(lambda: web.write(bytes([next(rest, 32)])))
    dripping.clock = clock
    dripping.start(DRIP).addErrback(lambda failure: None)  # the client is gone
    web.notifyFinish().addBoth(lambda gone: dripping.stop() if dripping.running else None)
    return NOT_DONE_YET


def _stalled(right: Answer, web: Any, clock: IReactorTime) -> Any:
    """Half of it, and no more."""
    _head(right, web, len(right.body) + 1)
    web.write(right.body[: len(right.body) // 2])
    return NOT_DONE_YET


def _silent(right: Answer, web: Any, clock: IReactorTime) -> Any:
    """Nothing at all."""
    return NOT_DONE_YET


def _cut_short(right: Answer, web: Any, clock: IReactorTime) -> Any:
    """Half of it; then the connection is closed."""
    _head(right, web, len(right.body) + 1)
    web.write(right.body[: len(right.body) // 2])
    web.channel.loseConnection()
    return NOT_DONE_YET


def _length_too_small(right: Answer, web: Any, clock: IReactorTime) -> Any:
    """More than was announced: the rest belongs to no answer."""
    _head(right, web, len(right.body) // 2)
    web.write(right.body)
    web.finish()
    return NOT_DONE_YET


def _closed(right: Answer, web: Any, clock: IReactorTime) -> Any:
    """The connection is closed in the place of an answer."""
    web.channel.loseConnection()
    return NOT_DONE_YET


def _reset(right: Answer, web: Any, clock: IReactorTime) -> Any:
    """The connection breaks in the place of an answer."""
    web.channel.transport.abortConnection()
    return NOT_DONE_YET


def _no_http(right: Answer, web: Any, clock: IReactorTime) -> Any:
    """Bytes that are no answer of HTTP."""
    web.channel.transport.write(b"\x16\x03\x01 this is no HTTP\r\n\r\n")
    web.channel.loseConnection()
    return NOT_DONE_YET


def _head(right: Answer, web: Any, length: int) -> None:
    """Status and headers, with a length that was made up."""
    right.send(web)
    web.setHeader(b"Content-Length", str(length).encode())


#: What can happen to an answer, by name.
HTTP_FAULTS: Final = MappingProxyType(
    dict[str, HttpFault](
        {
            "403": _refused(403, b"Access Denied"),
            "429": _refused(429, Retry_After="5"),
            "500": _refused(500, b"<html><title>Internal Server Error</title></html>"),
            "502": _refused(502, b"<html><title>502 Bad Gateway</title></html>"),
            "empty body": _instead(Answer(200, b"")),
            "challenge page": _instead(CHALLENGE),
            "wrong content type": _changed(
                lambda right: replace(right, content_type="image/webp; charset=x-none")
            ),
            "no gzip": _changed(_no_gzip),
            "damaged gzip": _changed(_damaged_gzip),
            "gzip bomb": _changed(_bomb),
            "too large": _changed(lambda right: replace(right, body=bytes(ENORMOUS))),
            "slow body": _slowly,
            "stalled body": _stalled,
            "silent": _silent,
            "cut short": _cut_short,
            "length too small": _length_too_small,
            "closed": _closed,
            "reset": _reset,
            "no http": _no_http,
        }
    )
)
