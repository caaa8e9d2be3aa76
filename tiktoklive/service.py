"""Many users followed by one process; they come and go at run time."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from twisted.application.service import Service
from twisted.internet.defer import Deferred, gatherResults
from twisted.internet.interfaces import IDelayedCall
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.connection import available_gifts, room_details, say
from tiktoklive.deferreds import Waiters, started, wait_at_most
from tiktoklive.dispatch.backpressure import BackPressure
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.observable import Observable
from tiktoklive.dispatch.subscription import Subscription
from tiktoklive.errors.isolation import without_frames
from tiktoklive.interfaces import ICounted, IRoomChat, IRoomFacts, IRoomNames, IRooms
from tiktoklive.logs import reasons
from tiktoklive.model import Counts, MessageCounts, SourcesState, State, parse_unique_id
from tiktoklive.session.log import user_line
from tiktoklive.session.session import Session
from tiktoklive.sources import status_lines
from tiktoklive.wiring import Wiring

__all__ = ["LiveService"]

_T = TypeVar("_T")

#: Users that are begun to be followed at a time, and seconds between two such times.  Getting
#: into a room takes some milliseconds of work: with hundreds of them, what else there is to do
#: has its turn in between.
AT_A_TIME, APART = 5, 0.05

#: Seconds that stopping may take.  What a session does then takes less: it closes a stream.
STOP_TIMEOUT = 5.0


@implementer(IRooms, IRoomNames, IRoomFacts, IRoomChat, ICounted)
class LiveService(Observable, Service):
    """
    Follows any number of users, and hands the events of all of them to the same observers.

    Each user's connection lives for itself; ``event.anchor`` says whose event it is.

    Observers that are too slow may let all the streams wait, see
    :class:`~tiktoklive.interfaces.IPacer`.

    :param wiring: the parts that all connections share; it belongs to the service, which
        closes it when it stops.
    """

    log = Logger()

    def __init__(self, wiring: Wiring) -> None:
        self.wiring = wiring
        limits = wiring.options.limits
        self._dispatcher = Dispatcher(
            BackPressure(wiring.reactor, limits.held),
            busy=limits.busy,
            busy_bytes=limits.busy_bytes,
            largest=limits.message,
            fields=limits.message_fields,
        )
        self._sessions: dict[str, Session] = {}
        self._leaving: set[Session] = set()
        self._gone = MessageCounts()
        #: Those whose turn to be followed comes, how many may still come in this turn, and the
        #: next one.
        self._coming: deque[Session] = deque()
        self._places = AT_A_TIME
        self._turn: IDelayedCall | None = None
        self._failed: dict[str, Exception] = {}
        self._controlled = False
        self._waiting_over: Waiters[dict[str, Exception]] = Waiters()

    def __repr__(self) -> str:
        live = sum(session.is_live for session in self._sessions.values())
        return f"<LiveService: {len(self._sessions)} users, {live} of them live>"

    # --- the users ---------------------------------------------------------------

    def add(
        self, unique_id: str, carried: str = "", *, lost: float | None = None, lane: str = ""
    ) -> str:
        """
        Follow one more user, from now on if the service runs.

        :param unique_id: ``name``, ``@name`` or the address of the live page.
        :param carried: what :meth:`carried` was in another process that followed the user.
        :param lost: seconds for which messages may have been missed, unless that tells; ``None``
            if it goes on until the user is followed here.
        :param lane: the lane by which all of this user's requests go, see
            :meth:`tiktoklive.wiring.Wiring.parts`.
        :return: the username.
        :raise InvalidUniqueIdError: there is no username in it.
        :raise ValueError: that user is followed already, or there is no such lane.
        """
        name = parse_unique_id(unique_id)
        if name.lower() in self._sessions:
            raise ValueError(f"@{name} is followed already.")
        parts = self.wiring.parts(lane)
        session = Session(name, parts, self._dispatcher, on_refused=self._look_whether_over)
        session.carry(carried, lost)
        self._sessions[name.lower()] = session
        if self.running:
            self._follow(session)
        return name

    def remove(self, unique_id: str, *, silently: bool = False) -> Deferred[None]:
        """
        Follow a user no more; ``silently`` if another process goes on with streaks and battles.

        What is not closed after :data:`STOP_TIMEOUT` seconds is left behind, and logged.

        :return: fires when nothing of the connection is left open.
        :raise KeyError: that user is not followed.
        """
        session = self._find(unique_id)
        del self._sessions[session.unique_id.lower()]
        self._failed.pop(session.unique_id, None)
        self._look_whether_over()
        self._leaving.add(session)

        def gone(result: _T) -> _T:
            self._leaving.discard(session)
            if session.parts.seat is not None:
                session.parts.seat.leave()
            self._gone += session.arrived()
            return result

        return wait_at_most(
            session.stop(silently=silently),
            STOP_TIMEOUT,
            self.wiring.reactor,
            lambda: self._late([session]),
        ).addBoth(gone)

    def carried(self, unique_id: str) -> str:
        """What another process has to know to go on with a user; ``KeyError`` without that user."""
        return self._find(unique_id).carried()

    def rename(self, unique_id: str, new: str) -> str:
        """
        Follow the same user under another name from now on.

        A stream that is open stays open: the events carry the new name from the next batch on,
        and the next look-up asks for it.  Who is followed is still the same user, if their user
        id is known: should the name not be theirs, the id is followed.  A user who had been given
        up, or refused, is looked for at once.

        :param unique_id: the name under which they are followed.
        :param new: the other one, in any form that :meth:`add` takes.
        :return: the new name.
        :raise InvalidUniqueIdError: there is no username in one of them.
        :raise KeyError: no user is followed under the first.
        :raise ValueError: another user is followed under the second.
        """
        name = parse_unique_id(new)
        session = self._find(unique_id)
        old = session.unique_id
        if self._sessions.get(name.lower(), session) is not session:
            raise ValueError(f"@{name} is followed already.")
        self._sessions = {
            name.lower() if each is session else key: each for key, each in self._sessions.items()
        }
        session.rename(name)
        self.log.info("@{old} is followed as @{new} from now on", old=old, new=name)
        self._failed.pop(old, None)
        session.hurry()
        if self.running and session.has_failed:
            self._follow(session)
        return name

    def status(self) -> dict[str, State]:
        """Username to what its connection is doing, and why; in the order they were added."""
        return {session.unique_id: session.state() for session in self._sessions.values()}

    def _find(self, unique_id: str) -> Session:
        name = parse_unique_id(unique_id)
        try:
            return self._sessions[name.lower()]
        except KeyError:
            raise KeyError(f"@{name} is not followed.") from None

    def counts(self) -> Counts:
        """What was counted, of all users and since it was made; see :class:`ICounted`."""
        sessions = self._sessions.values()
        return Counts(
            undecodable=dict(self._dispatcher.undecodable),
            unknown=dict(self._dispatcher.unknown),
            failed=self._dispatcher.failed,
            users={session.unique_id: session.arrived() for session in sessions},
            gone=sum(map(Session.arrived, self._leaving), self._gone),
            phases={session.unique_id: session.phase for session in sessions},
            streams={each.unique_id: two for each in sessions if (two := each.streams())},
        )

    def sources_status(self) -> SourcesState:
        """How the sources and the look-ups are doing, and how often they may be asked."""
        return self.wiring.sources_status()

    def log_status(self) -> None:
        """Write to the log what :meth:`status` and :meth:`sources_status` tell, line by line."""
        users = [user_line(name, state) for name, state in self.status().items()]
        now = self.wiring.reactor.seconds()
        for line in (*users, *status_lines(self.sources_status(), now)):
            self.log.info("{line}", line=line)

    def controlled(self) -> None:
        """Somebody may add users, and remove them, at any time: nobody left is not the end."""
        self._controlled = True

    def lost(self) -> dict[str, Exception]:
        """Username to why they are not followed, of those given up or refused for good."""
        sessions = self._sessions.values()
        return {each.unique_id: each.refusal for each in sessions if each.refusal is not None}

    def when_over(self) -> Deferred[dict[str, Exception]]:
        """
        Fires when there is nobody left to follow, as far as is known.

        That is, when every user was given up, or does not exist, say all who were asked; a user of
        the second kind is looked for now and then all the same.  It does not fire while others may
        bring more users, see :meth:`controlled`.

        :return: username to error.
        """
        waiter = self._waiting_over.wait().addCallback(dict)  # of its own
        self._look_whether_over()
        return waiter

    # --- asking -----------------------------------------------------------------------

    def room_info(self, unique_id: str) -> Deferred[Mapping[str, Any]]:
        """
        Ask TikTok about the room of a user that is followed.

        :return: as :meth:`tiktoklive.connection.WebcastPushConnection.get_room_info`.  Fails
            with ``KeyError`` when that user is not followed.
        """
        return started(self._of(unique_id, room_details))

    def available_gifts(self, unique_id: str) -> Deferred[Sequence[Mapping[str, Any]]]:
        """As :meth:`room_info`, of the gifts that can be sent; see ``get_available_gifts``."""
        return started(self._of(unique_id, available_gifts))

    def can_say(self) -> bool:
        """Whether there is a session in whose name something can be said."""
        return self.wiring.tiktok.login is not None

    def say(self, unique_id: str, text: str) -> Deferred[Mapping[str, Any]]:
        """As :meth:`room_info`: say something in that chat; see ``send_message``."""
        return started(self._of(unique_id, partial(say, text=text)))

    async def _of(self, unique_id: str, ask: Callable[[Session, Wiring], Awaitable[_T]]) -> _T:
        return await ask(self._find(unique_id), self.wiring)

    # --- observing ------------------------------------------------------------------

    def add_observer(self, observer: object) -> Subscription:
        """See :meth:`tiktoklive.connection.WebcastPushConnection.add_observer`; for all users."""
        return self._dispatcher.add_observer(observer)

    def remove_observer(self, observer: object) -> None:
        """See :meth:`tiktoklive.connection.WebcastPushConnection.remove_observer`."""
        self._dispatcher.remove_observer(observer)

    def _observers(self) -> Dispatcher:
        return self._dispatcher

    # --- IService -------------------------------------------------------------------

    def startService(self) -> None:
        """Follow all that were added."""
        super().startService()
        if self.wiring.lanes is not None:
            self.wiring.lanes.begin()
        for session in list(self._sessions.values()):
            self._follow(session)

    def stopService(self) -> Deferred[None]:
        """
        Disconnect from all; fires when nothing is left open.

        What is not closed after :data:`STOP_TIMEOUT` seconds is left behind, and logged.
        """
        super().stopService()
        if lost := self.lost():
            self.log.warn("Not followed in the end: {why}", why=reasons(lost))
        self._coming.clear()
        if self._turn is not None:
            self._turn.cancel()
            self._turn = None
        if self.wiring.lanes is not None:
            self.wiring.lanes.end()

        async def stop() -> None:
            sessions = (*self._sessions.values(), *self._leaving)
            stopping = gatherResults([session.stop() for session in sessions])
            await wait_at_most(
                stopping, STOP_TIMEOUT, self.wiring.reactor, lambda: self._late(sessions)
            )
            if not self.running:  # else it was started again, and uses it
                await wait_at_most(
                    self.wiring.close(),
                    STOP_TIMEOUT,
                    self.wiring.reactor,
                    lambda: self.log.warn("HTTP connections do not close: they are left behind"),
                )

        return started(stop())

    def _late(self, sessions: Iterable[Session]) -> None:
        for session in sessions:
            if not session.is_at_rest:
                self.log.warn(
                    "@{user} does not stop: it is left behind while {phase}, {reason}",
                    user=session.unique_id,
                    phase=session.phase,
                    reason=session.state().reason or "without a reason",
                )

    def _follow(self, session: Session) -> None:
        """Follow, soon if many are to be followed at once."""
        self._coming.append(session)
        if self._turn is None:
            self._next_turn()
        else:
            self._take()

    def _next_turn(self) -> None:
        self._turn = None
        self._places = AT_A_TIME
        self._take()

    def _take(self) -> None:
        while self._coming and self._places:
            self._places -= 1
            if self._turn is None:
                self._turn = self.wiring.reactor.callLater(APART, self._next_turn)
            session = self._coming.popleft()
            if self._sessions.get(session.unique_id.lower()) is session:  # not removed meanwhile
                self._begin(session)

    def _begin(self, session: Session) -> None:
        self._failed.pop(session.unique_id, None)

        def over(error: Exception | None) -> None:
            ours = self._sessions.get(session.unique_id.lower()) is session
            # Observers who were told of it may have let us follow again.
            if error is not None and ours and session.is_over:
                without_frames(error)
                self._failed[session.unique_id] = error
                self._look_whether_over()

        session.follow()
        session.when_over().addCallback(over)

    def _look_whether_over(self) -> None:
        if self._controlled or not self._waiting_over:
            return
        lost = {}
        for each in self._sessions.values():
            if error := self._failed.get(each.unique_id) or each.unknown:
                lost[each.unique_id] = error
        if lost and len(lost) == len(self._sessions):
            self.log.info("No user is left to follow. {why}", why=reasons(lost))
            self._waiting_over.tell(lost)
