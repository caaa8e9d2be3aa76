"""How a connection with Redis is made: txredisapi's protocol, and failures that are noted."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from twisted.application.internet import ClientService
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectError, ConnectionAborted, ConnectionClosed
from twisted.internet.interfaces import (
    IAddress,
    IProtocol,
    IProtocolFactory,
    IStreamClientEndpoint,
)
from twisted.internet.protocol import Factory
from twisted.logger import ILogObserver, LogEvent, Logger
from twisted.python.failure import Failure
from zope.interface import implementer, provider

from tiktoklive.errors import StartError
from tiktoklive.logs import LogThrottle
from tiktoklive.net.network import cause_of


@dataclass(slots=True)
class ClientLines:
    """
    Which lines of the log are due, of all clients of one Redis.

    :ivar throttle: of why there is no connection.
    :ivar say_connected: whether the next connection is logged: the first one, and each whose lack
        was.
    """

    throttle: LogThrottle = field(default_factory=LogThrottle)
    say_connected: bool = True


@implementer(IStreamClientEndpoint)
class NotedEndpoint:
    """
    An endpoint whose failures are noted: ``ClientService`` says nothing of those that it survives.

    :param failed: called with each error.
    """

    def __init__(
        self, endpoint: IStreamClientEndpoint, failed: Callable[[BaseException | None], object]
    ) -> None:
        self._endpoint = endpoint
        self._failed = failed

    def connect(self, protocolFactory: IProtocolFactory) -> Deferred[IProtocol]:
        """Connect."""

        def failed(failure: Failure) -> Failure:
            self._failed(failure.value)
            return failure

        connecting: Deferred[IProtocol] = self._endpoint.connect(protocolFactory)
        return connecting.addErrback(failed)


@provider(ILogObserver)
def _nothing(event: LogEvent) -> None:
    """Where lines go that others say."""


class QuietClientService(ClientService):
    """
    Twisted's, without the line that it logs before each new try, for as long as nobody answers.

    Why there is no connection the client says itself, now and then.  The attribute is not one of
    Twisted's public ones, and has had this name in all versions since 16.1.
    """

    _log = Logger(observer=_nothing)


class Connections(Factory):
    """Makes txredisapi's connections: without its pool, which lets commands hang."""

    noisy = False

    def __init__(self, connection_class: Callable[..., Any]) -> None:
        self._make = connection_class

    def buildProtocol(self, addr: IAddress | None) -> Any:
        """One that leaves bytes bytes: "007" is no number."""
        connection = self._make(charset=None, convertNumbers=False)
        connection.factory = self
        connection.ended = None
        lost = connection.connectionLost

        def connection_lost(reason: Failure) -> None:
            connection.ended = reason.value  # txredisapi keeps it for itself
            lost(reason)

        connection.connectionLost = connection_lost
        return connection


def why_not(error: BaseException | None) -> str:
    """Why a connection was not made: in the system's words, if Twisted knows none of its own."""
    if type(error) is ConnectError and isinstance(error.osError, int):
        return os.strerror(error.osError)
    return cause_of(error)


def why_lost(connection: Any) -> str:
    """Why a connection ended, if that is more than that it did: behind a colon, or ``""``."""
    ended = connection.ended
    if ended is None or isinstance(ended, ConnectionClosed | ConnectionAborted):
        return ""
    return f": {cause_of(ended)}"


def connection_class() -> Callable[..., Any]:
    """
    The protocol; its module installs a reactor, so that it is imported when there is one.

    :raise StartError: it is not installed.
    """
    try:
        from txredisapi import RedisProtocol
    except ImportError as error:
        raise StartError(
            "Redis needs txredisapi, which is not installed: pip install 'txtiktoklive[redis]'."
        ) from error
    made: Callable[..., Any] = RedisProtocol
    return made
