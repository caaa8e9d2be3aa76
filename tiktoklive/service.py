"""Many users followed by one process; they come and go at run time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, overload

from twisted.application.service import Service
from twisted.internet.defer import Deferred, gatherResults
from zope.interface import implementer

from tiktoklive.dispatch import Dispatcher, Subscription
from tiktoklive.events.base import Event
from tiktoklive.interfaces import ICounted
from tiktoklive.model import Counts, MessageCounts, State, parse_unique_id
from tiktoklive.session import Session
from tiktoklive.wiring import Wiring

__all__ = ["LiveService"]

_E = TypeVar("_E", bound=Event)


@implementer(ICounted)
class LiveService(Service):
    """
    Follows any number of users, and hands the events of all of them to the same observers.

    Each user's connection lives for itself; ``event.anchor`` says whose event it is.

    :param wiring: the parts that all connections share; it belongs to the service, which
        closes it when it stops.
    """

    def __init__(self, wiring: Wiring) -> None:
        self.wiring = wiring
        self._dispatcher = Dispatcher()
        self._sessions: dict[str, Session] = {}
        self._leaving: set[Session] = set()
        self._gone = MessageCounts()
        self._failed: dict[str, Exception] = {}
        self._waiting_over: list[Deferred[dict[str, Exception]]] = []

    # --- whom to follow -----------------------------------------------------------

    def add(self, unique_id: str) -> str:
        """
        Follow one more user, from now on if the service runs.

        :param unique_id: ``name``, ``@name`` or the address of the live page.
        :return: the username.
        :raise InvalidUniqueIdError: there is no username in it.
        :raise ValueError: that user is followed already.
        """
        name = parse_unique_id(unique_id)
        if name.lower() in self._sessions:
            raise ValueError(f"@{name} is followed already.")
        session = Session(name, self.wiring.parts(), self._dispatcher)
        self._sessions[name.lower()] = session
        if self.running:
            self._follow(session)
        return name

    def remove(self, unique_id: str) -> Deferred[None]:
        """
        Follow a user no more.

        :return: fires when nothing of the connection is left open.
        :raise KeyError: that user is not followed.
        """
        name = parse_unique_id(unique_id)
        try:
            session = self._sessions.pop(name.lower())
        except KeyError:
            raise KeyError(f"@{name} is not followed.") from None
        self._failed.pop(session.unique_id, None)
        self._look_whether_over()
        self._leaving.add(session)

        def gone(result: None) -> None:
            self._leaving.discard(session)
            self._gone += _arrived(session)

        return session.stop().addCallback(gone)

    def status(self) -> dict[str, State]:
        """Username to what its connection is doing, and why; in the order they were added."""
        return {session.unique_id: session.state() for session in self._sessions.values()}

    def counts(self) -> Counts:
        """What was counted, of all users and since it was made; see :class:`ICounted`."""
        sessions = self._sessions.values()
        return Counts(
            undecodable=dict(self._dispatcher.undecodable),
            unknown=dict(self._dispatcher.unknown),
            failed=self._dispatcher.failed,
            users={session.unique_id: _arrived(session) for session in sessions},
            gone=sum(map(_arrived, self._leaving), self._gone),
            phases={session.unique_id: session.state().phase for session in sessions},
        )

    def when_over(self) -> Deferred[dict[str, Exception]]:
        """
        Fires when every user's connection failed in a way that waiting can't help.

        :return: username to error.
        """

        def forget(waiter: Deferred[dict[str, Exception]]) -> None:
            if waiter in self._waiting_over:
                self._waiting_over.remove(waiter)

        waiter: Deferred[dict[str, Exception]] = Deferred(forget)
        self._waiting_over.append(waiter)
        self._look_whether_over()
        return waiter

    # --- observing ------------------------------------------------------------------

    def add_observer(self, observer: object) -> Subscription:
        """See :meth:`tiktoklive.connection.WebcastPushConnection.add_observer`; for all users."""
        return self._dispatcher.add_observer(observer)

    def remove_observer(self, observer: object) -> None:
        """See :meth:`tiktoklive.connection.WebcastPushConnection.remove_observer`."""
        self._dispatcher.remove_observer(observer)

    @overload
    def on(self, what: type[_E], function: Callable[[_E], object]) -> Subscription: ...
    @overload
    def on(self, what: str, function: Callable[[Any], object]) -> Subscription: ...
    def on(self, what: str | type[Event], function: Callable[[Any], object]) -> Subscription:
        """See :meth:`tiktoklive.connection.WebcastPushConnection.on`; for all users."""
        return self._dispatcher.on(what, function)

    # --- IService -------------------------------------------------------------------

    def startService(self) -> None:
        """Follow all that were added."""
        super().startService()  # type: ignore[no-untyped-call]  # Twisted's
        for session in list(self._sessions.values()):
            self._follow(session)

    def stopService(self) -> Deferred[None]:
        """Disconnect from all; fires when nothing is left open."""
        super().stopService()  # type: ignore[no-untyped-call]  # Twisted's

        async def stop() -> None:
            sessions = (*self._sessions.values(), *self._leaving)
            await gatherResults([session.stop() for session in sessions])
            if not self.running:  # else it was started again, and uses it
                await self.wiring.close()

        return Deferred.fromCoroutine(stop())

    def _follow(self, session: Session) -> None:
        self._failed.pop(session.unique_id, None)

        def over(error: Exception | None) -> None:
            if error is not None and self._sessions.get(session.unique_id.lower()) is session:
                self._failed[session.unique_id] = error
                self._look_whether_over()

        session.follow()
        session.when_over().addCallback(over)

    def _look_whether_over(self) -> None:
        if self._sessions and len(self._failed) == len(self._sessions):
            waiting, self._waiting_over = self._waiting_over, []
            for waiter in waiting:
                if not waiter.called:  # cancelled by another who was told
                    waiter.callback(dict(self._failed))


def _arrived(session: Session) -> MessageCounts:
    tally = session.tally
    return MessageCounts(tally.frames, tally.bad_frames, tally.messages, tally.duplicates)
