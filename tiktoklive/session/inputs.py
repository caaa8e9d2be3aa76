"""What a session waits for, one step at a time, and what may happen to it meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, Protocol, TypeVar

from twisted.internet.defer import Deferred
from twisted.python.failure import Failure

from tiktoklive.events.control import StreamEnd
from tiktoklive.interfaces import IStream
from tiktoklive.model import Room, Ticket

_T = TypeVar("_T")

#: How a broadcast ended, for people.
ENDS = {
    "ended": "the host ended the broadcast",
    "banned": "TikTok ended the broadcast by moderation",
    "looked up": "the broadcast is over, two look-ups say",
}


class Attempt(Generic[_T]):
    """
    Something that takes time, of which only one outcome is heard, and none when abandoned.

    :param ask: gives what to wait for; raising is a failure like any other.
    :param is_past: whether the outcome is not wanted any more, although nobody abandoned the step
        yet: observers may have stopped what it is part of.
    """

    def __init__(
        self,
        ask: Callable[[], Awaitable[_T]],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
        is_past: Callable[[], bool] = lambda: False,
    ) -> None:
        async def wait() -> _T:
            return await (Deferred() if is_past() else ask())

        self._abandoned = False
        self._is_past = is_past
        self._done = done
        self._failed = failed
        self._deferred = Deferred.fromCoroutine(wait())
        self._deferred.addCallbacks(self._succeed, self._fail)

    def abandon(self) -> None:
        """Cancel it, and hear nothing of it any more."""
        self._abandoned = True
        self._deferred.cancel()

    def _succeed(self, result: _T) -> None:
        if not self._abandoned and not self._is_past():
            self._done(result)

    def _fail(self, failure: Failure) -> None:
        if not self._abandoned and not self._is_past():
            error = failure.value
            self._failed(error if isinstance(error, Exception) else RuntimeError(repr(error)))


class Inputs(Protocol):
    """What may happen to a session.  All return None, so that observers may cause them."""

    def start(self) -> None:
        """We are told to follow the user."""

    def stop(self) -> None:
        """We are told to stop."""

    def _again(self) -> None:
        """A delay is over, or the user has to be looked up by another name."""

    def _back(self, room: Room) -> None:
        """A delay is over, and the room that was lost is entered again as it is known."""

    def _found(self, room: Room) -> None:
        """The user is live in that room."""

    def _admitted(self, ticket: Ticket) -> None:
        """A signer made a ticket."""

    def _other_source(self, room: Room) -> None:
        """The ticket opened no stream, but another source may."""

    def _opened(self, stream: IStream) -> None:
        """The server let us in."""

    def _retry(self, error: Exception) -> None:
        """A step or the stream failed, and waiting may help."""

    def _offline(self, error: Exception) -> None:
        """The user isn't live, and we are patient."""

    def _over(self) -> None:
        """The broadcast is over, and we were to follow only this one."""

    def _hopeless(self, error: Exception) -> None:
        """A step or the stream failed, and waiting can't help."""

    def _end(self, end: StreamEnd) -> None:
        """TikTok told us that the broadcast is over; the stream is still open."""

    def _closed(self) -> None:
        """The stream is over; why, is the failure of the core's resume."""
