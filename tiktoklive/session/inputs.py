"""What a session waits for, one step at a time, and what may happen to it meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, NamedTuple, Protocol, TypeVar

from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IDelayedCall
from twisted.python.failure import Failure

from tiktoklive.events.base import Origin
from tiktoklive.events.control import StreamEnd
from tiktoklive.interfaces import IStream
from tiktoklive.model import Room, Ticket
from tiktoklive.session.retry import RetryDelay

_T = TypeVar("_T")


class Stops:
    """
    How often a session was told to stop.

    Observers may do that while they are told something, and start it again: what was about to
    happen then is of the past.

    :ivar interrupt: Ctrl-C, while nobody but the caller of :meth:`Session.connect` can tell of it.
    :ivar stop: stops the session.
    :ivar why: why it is stopped, for people; ``""`` if somebody just wanted it.
    """

    __slots__ = ("count", "interrupt", "stop", "why")

    def __init__(self) -> None:
        self.count = 0
        self.interrupt: KeyboardInterrupt | None = None
        self.stop: Callable[[], object] = lambda: None
        self.why = ""

    def interrupted(self, interrupt: KeyboardInterrupt) -> None:
        """Ctrl-C came in the middle of a step: that is no failure of the step."""
        self.interrupt = interrupt
        self.stop()


class Attempt(Generic[_T]):
    """
    Something that takes time, of which only one outcome is heard, and none when abandoned.

    :param ask: gives what to wait for; raising is a failure like any other.
    :param stops: of what it is part of: after another one the outcome is not wanted any more,
        although the step was not abandoned yet.
    :param since: their count when it began, if that was before now.
    """

    def __init__(
        self,
        ask: Callable[[], Awaitable[_T]],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
        stops: Stops | None = None,
        since: int | None = None,
    ) -> None:
        self._stops = stops or Stops()
        self._since = self._stops.count if since is None else since
        # Both hold what it was made with, so there is none of them once it is over.
        self._heard_by: tuple[Callable[[_T], None], Callable[[Exception], None]] | None
        self._heard_by = done, failed
        self._deferred: Deferred[_T] | None = Deferred.fromCoroutine(self._wait(ask))
        self._deferred.addCallbacks(self._succeed, self._fail)

    def abandon(self) -> None:
        """Cancel it, and hear nothing of it any more."""
        deferred, self._deferred, self._heard_by = self._deferred, None, None
        if deferred is not None:
            deferred.cancel()

    @property
    def is_over(self) -> bool:
        """Whether there was an outcome, or it was abandoned."""
        return self._heard_by is None

    async def _wait(self, ask: Callable[[], Awaitable[_T]]) -> _T:
        return await (ask() if self._stops.count == self._since else Deferred())

    def _succeed(self, result: _T) -> None:
        heard_by = self._over()
        if heard_by is not None:
            heard_by[0](result)

    def _fail(self, failure: Failure) -> None:
        if isinstance(failure.value, KeyboardInterrupt):
            self._stops.interrupted(failure.value)
            return
        heard_by = self._over()
        if heard_by is not None:
            error = failure.value
            heard_by[1](error if isinstance(error, Exception) else RuntimeError(repr(error)))

    def _over(self) -> tuple[Callable[[_T], None], Callable[[Exception], None]] | None:
        """There is an outcome: what hears of it, if it is still wanted."""
        heard_by, self._heard_by, self._deferred = self._heard_by, None, None
        return heard_by if self._stops.count == self._since else None


class Entering(NamedTuple):
    """
    A stream that is open and has not spoken yet.

    :ivar survived: until it counts as one that we were let in to.
    """

    stream: IStream
    survived: IDelayedCall


class Inputs(Protocol):
    """What may happen to a session.  All return None, so that observers may cause them."""

    def start(self) -> None:
        """We are told to follow the user."""

    def stop(self) -> None:
        """We are told to stop."""

    def again(self) -> None:
        """A delay is over, or the user has to be looked up by another name."""

    def hurry(self) -> None:
        """There is news of a user who was refused: they are looked up at once."""

    def back(self, room: Room) -> None:
        """A delay is over, and the room that was lost is entered again as it is known."""

    def found(self, room: Room) -> None:
        """The user is live in that room."""

    def admitted(self, ticket: Ticket) -> None:
        """A signer made a ticket."""

    def other_source(self, room: Room) -> None:
        """The ticket opened no stream, but another source may."""

    def opened(self, stream: IStream) -> None:
        """The server opened a stream."""

    def spoke(self, origin: Origin) -> None:
        """The stream brings something of the room, or stays open for seconds: we are in."""

    def retry(self, error: Exception, delay: RetryDelay) -> None:
        """A step or the stream failed, and waiting may help."""

    def refused(self, error: Exception, delay: RetryDelay) -> None:
        """We were refused for good, by what was said, and are patient."""

    def offline(self, error: Exception, delay: RetryDelay) -> None:
        """The user isn't live, and we are patient."""

    def over(self) -> None:
        """The broadcast is over, and we were to follow only this one."""

    def hopeless(self, error: Exception) -> None:
        """A step or the stream failed, and waiting can't help."""

    def end(self, end: StreamEnd) -> None:
        """TikTok told us that the broadcast is over; the stream is still open."""

    def closed(self) -> None:
        """The stream is over; why, is the failure of the core's resume."""
