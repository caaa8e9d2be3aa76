"""Where an output listens: at the first of several endpoints that is free."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from twisted.application.service import Service
from twisted.internet.defer import Deferred, maybeDeferred
from twisted.internet.error import CannotListenError
from twisted.logger import Logger
from twisted.python.failure import Failure

from tiktoklive.outputs.holder import held


class NoPlaceError(CannotListenError):
    """
    It is not possible to listen at a place.

    :param why: a sentence: whose it is, if it is taken.
    """

    def __init__(self, why: str, interface: object = None, port: object = None) -> None:
        super().__init__(interface, port, why)
        self.why = why

    def __str__(self) -> str:
        return self.why


class Door:
    """
    Open from :meth:`open` to :meth:`close`, and as often as wanted.

    A service opens it in its ``privilegedStartService``: twistd may still do then what only
    root may, and is another user after that.

    :param title: the output's name, for the log.
    :param endpoints: Twisted's stream server endpoints.
    :param factory: makes protocols for clients.
    :param opened: called with which of the endpoints it is, and its address.
    """

    log = Logger()

    def __init__(
        self,
        title: str,
        endpoints: Sequence[Any],
        factory: Any,
        opened: Callable[[int, Any], object],
    ) -> None:
        self._title = title
        self._endpoints = endpoints
        self._factory = factory
        self._opened = opened
        self._opening: Deferred[None] | None = None
        self._port: Any = None

    def open(self) -> None:
        """
        Begin to listen, if that was not done yet.

        :raise CannotListenError: all are taken.  An endpoint that takes its time to fail is
            told in the log.
        """
        if self._opening is not None:
            return
        failed: list[Failure] = []
        starting = True

        def cannot_listen(failure: Failure) -> None:
            if starting:
                failed.append(failure)
            else:
                self.log.failure("{output} cannot listen", failure, output=self._title)

        opening = self._opening = Deferred()
        Deferred.fromCoroutine(self._listen(opening)).addErrback(cannot_listen).chainDeferred(
            opening
        )
        starting = False
        if failed:
            self._opening = None
            failed[0].raiseException()

    async def ready(self) -> None:
        """Wait until it listens, or cannot."""
        if self._opening is not None:
            ready: Deferred[None] = Deferred()
            self._opening.chainDeferred(ready)
            await ready

    async def close(self) -> None:
        """Listen no more; one that does not listen yet is closed as soon as it does."""
        self._opening = None
        port, self._port = self._port, None
        if port is not None:
            await maybeDeferred(port.stopListening)

    async def _listen(self, opening: Deferred[None]) -> None:
        for number, endpoint in enumerate(self._endpoints):
            try:
                port = await self._listen_at(endpoint)
            except CannotListenError:
                if number == len(self._endpoints) - 1:
                    raise
                continue
            if self._opening is not opening:  # closed meanwhile
                await maybeDeferred(port.stopListening)
                return
            self._port = port
            self._opened(number, port.getHost())
            return

    async def _listen_at(self, endpoint: Any) -> Any:
        try:
            return await endpoint.listen(self._factory)
        except NoPlaceError:
            raise
        except CannotListenError as e:
            why = held(self._title.partition(":")[0], e.interface, e.port, e.socketError)
            raise NoPlaceError(why, e.interface, e.port) from e
        except (OSError, OverflowError) as e:
            # A socket's directory that is not there, or a port beyond 65535.
            why = getattr(e, "strerror", None) or str(e).rstrip(".")
            raise NoPlaceError(f"{self._title} cannot listen: {why}.") from e


class ListeningService(Service):
    """A service behind a :class:`Door`; whoever extends it closes the door when it stops."""

    _door: Door

    def privilegedStartService(self) -> None:
        """
        Begin to listen.

        :raise CannotListenError: the port is taken.
        """
        super().privilegedStartService()
        self._door.open()

    def startService(self) -> None:
        """
        Begin to listen, if that was not done yet.

        :raise CannotListenError: the port is taken.
        """
        self._door.open()
        super().startService()
