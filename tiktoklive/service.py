"""Many users followed by one process; they come and go at run time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from twisted.application.service import Service
from twisted.internet.defer import Deferred, gatherResults
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.connection import available_gifts, room_details
from tiktoklive.deferreds import Waiters, started, wait_at_most
from tiktoklive.dispatch.backpressure import BackPressure
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.observable import Observable
from tiktoklive.dispatch.subscription import Subscription
from tiktoklive.errors.isolation import without_frames
from tiktoklive.interfaces import ICounted, IRoomFacts, IRoomNames, IRooms
from tiktoklive.logs import reasons
from tiktoklive.model import Counts, MessageCounts, SourcesState, State, parse_unique_id
from tiktoklive.session.session import Session
from tiktoklive.sources import status_lines
from tiktoklive.users.begin import BeginQueue
from tiktoklive.users.keeper import StateKeeper
from tiktoklive.users.lines import user_line
from tiktoklive.users.roster import Roster
from tiktoklive.wiring import Wiring

__all__ = ["LiveService"]

_T = TypeVar("_T")

#: Seconds that stopping may take.  What a session does then takes less: it closes a stream.
STOP_TIMEOUT = 5.0


@implementer(IRooms, IRoomNames, IRoomFacts, ICounted)
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
        self._roster = Roster(self._session)
        self._leaving: set[Session] = set()
        self._gone = MessageCounts()
        self._coming = BeginQueue(wiring.reactor, self._begin)
        state = wiring.options.state
        self._keeper: StateKeeper | None = None
        if state is not None:
            self._keeper = StateKeeper(Path(state).absolute(), wiring.reactor, self._roster.kept)
        self._recalled = False
        self._failed: dict[str, Exception] = {}
        self._controlled = False
        self._waiting_over: Waiters[dict[str, Exception]] = Waiters()

    def __repr__(self) -> str:
        live = sum(session.is_live for session in self._roster)
        return f"<LiveService: {len(self._roster)} users, {live} of them live>"

    # --- the users ---------------------------------------------------------------

    def add(
        self,
        unique_id: str,
        carried: str = "",
        *,
        lost: float | None = None,
        listed: bool = False,
    ) -> str:
        """
        Follow one more user, from now on if the service runs.

        :param unique_id: ``name``, ``@name`` or the address of the live page.
        :param carried: what :meth:`carried` was in another process that followed the user.
        :param lost: seconds for which messages may have been missed, unless that tells; ``None``
            if it goes on until the user is followed here.
        :param listed: whether it is of a list that will name it again after a restart: then the
            state file does not keep it, but only what is changed of it.
        :return: the username.
        :raise InvalidUniqueIdError: there is no username in it.
        :raise ValueError: that user is followed already.
        """
        session = self._roster.add(unique_id, listed=listed)
        session.carry(carried, lost)
        self._changed()
        if self.running:
            self._coming.add(session)
        return session.unique_id

    def remove(self, unique_id: str, *, silently: bool = False) -> Deferred[None]:
        """
        Follow a user no more; ``silently`` if another process goes on with streaks and battles.

        What is not closed after :data:`STOP_TIMEOUT` seconds is left behind, and logged.

        :return: fires when nothing of the connection is left open.
        :raise KeyError: that user is not followed.
        """
        session = self._roster.find(unique_id)
        self._roster.remove(session)
        self._changed()
        self._failed.pop(session.unique_id, None)
        self._look_whether_over()
        self._leaving.add(session)

        def gone(result: _T) -> _T:
            self._leaving.discard(session)
            self._gone += _arrived(session)
            return result

        return wait_at_most(
            session.stop(silently=silently),
            STOP_TIMEOUT,
            self.wiring.reactor,
            lambda: self._late([session]),
        ).addBoth(gone)

    def carried(self, unique_id: str) -> str:
        """What another process has to know to go on with a user; ``KeyError`` without that user."""
        return self._roster.find(unique_id).carried()

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
        session = self._roster.find(unique_id)
        old = session.unique_id
        self._roster.rename(session, name)
        self._changed()
        self.log.info("@{old} is followed as @{new} from now on", old=old, new=name)
        self._failed.pop(old, None)
        session.hurry()
        if self.running and session.has_failed:
            self._coming.add(session)
        return name

    def status(self) -> dict[str, State]:
        """Username to what its connection is doing, and why; in the order they were added."""
        return {session.unique_id: session.state() for session in self._roster}

    def counts(self) -> Counts:
        """What was counted, of all users and since it was made; see :class:`ICounted`."""
        sessions = self._roster
        return Counts(
            undecodable=dict(self._dispatcher.undecodable),
            unknown=dict(self._dispatcher.unknown),
            failed=self._dispatcher.failed,
            users={session.unique_id: _arrived(session) for session in sessions},
            gone=sum(map(_arrived, self._leaving), self._gone),
            phases={session.unique_id: session.phase for session in sessions},
        )

    def sources_status(self) -> SourcesState:
        """How the sources and the look-ups are doing, and how often they may be asked."""
        return self.wiring.sources_status()

    def log_status(self) -> None:
        """Write to the log what :meth:`status` and :meth:`sources_status` tell, line by line."""
        for name, state in self.status().items():
            self.log.info("{line}", line=user_line(name, state))
        if (keeper := self._keeper) is not None and keeper.failing:
            self.log.info("{keeper} fails: {why}", keeper=keeper, why=keeper.failing)
        for line in status_lines(self.sources_status(), self.wiring.reactor.seconds()):
            self.log.info("{line}", line=line)

    def controlled(self) -> None:
        """Somebody may add users, and remove them, at any time: nobody left is not the end."""
        self._controlled = True

    @property
    def is_without_users(self) -> bool:
        """Whether no user is followed, and none can be added."""
        return not self._roster and not self._controlled

    def lost(self) -> dict[str, Exception]:
        """Username to why they are not followed, of those given up or refused for good."""
        sessions = self._roster
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

    # --- what stays -------------------------------------------------------------------

    def open_state(self) -> None:
        """
        Take up the state file of the options, if there is one, and follow those who are in it.

        Starting does this, too; before that it can be done to hear what is wrong with the file.

        :raise StartError: it is damaged, of a newer version, or another process has it.
        """
        if self._keeper is not None and not self._keeper.is_open:
            kept = self._keeper.open()
            if not self._recalled:
                self._recalled = True
                self._roster.recall(kept)
            self._keeper.changed()

    def _changed(self) -> None:
        if self._keeper is not None:
            self._keeper.changed()

    # --- asking -----------------------------------------------------------------------

    def room_info(self, unique_id: str) -> Deferred[Mapping[str, Any]]:
        """
        Ask TikTok about the room of a user that is followed.

        :return: as :meth:`tiktoklive.connection.WebcastPushConnection.get_room_info`.  Fails
            with ``KeyError`` when that user is not followed.
        """

        async def ask() -> Mapping[str, Any]:
            return await room_details(self._roster.find(unique_id), self.wiring)

        return started(ask())

    def available_gifts(self, unique_id: str) -> Deferred[Sequence[Mapping[str, Any]]]:
        """
        Ask TikTok which gifts can be sent to a user that is followed.

        :return: as :meth:`tiktoklive.connection.WebcastPushConnection.get_available_gifts`.
            Fails with ``KeyError`` when that user is not followed.
        """

        async def ask() -> Sequence[Mapping[str, Any]]:
            return await available_gifts(self._roster.find(unique_id), self.wiring)

        return started(ask())

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
        """
        Follow all that were added, and those of the state file.

        :raise StartError: see :meth:`open_state`.
        """
        self.open_state()
        super().startService()
        for session in list(self._roster):
            self._coming.add(session)

    def stopService(self) -> Deferred[None]:
        """
        Disconnect from all; fires when nothing is left open.

        What is not closed after :data:`STOP_TIMEOUT` seconds is left behind, and logged.
        """
        super().stopService()
        if lost := self.lost():
            self.log.warn("Not followed in the end: {why}", why=reasons(lost))
        self._coming.clear()
        if self._keeper is not None:
            self._keeper.close()

        async def stop() -> None:
            sessions = (*self._roster, *self._leaving)
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

    def _session(self, name: str) -> Session:
        parts, over = self.wiring.parts(), self._look_whether_over
        return Session(name, parts, self._dispatcher, on_refused=over)

    def _begin(self, session: Session) -> None:
        if session not in self._roster:  # removed meanwhile
            return
        self._failed.pop(session.unique_id, None)

        def over(error: Exception | None) -> None:
            # Observers who were told of it may have let us follow again.
            if error is not None and session in self._roster and session.is_over:
                without_frames(error)
                self._failed[session.unique_id] = error
                self._look_whether_over()

        session.follow()
        session.when_over().addCallback(over)

    def _look_whether_over(self) -> None:
        if self._controlled or not self._waiting_over:
            return
        lost = {}
        for each in self._roster:
            if error := self._failed.get(each.unique_id) or each.unknown:
                lost[each.unique_id] = error
        if lost and len(lost) == len(self._roster):
            self.log.info("No user is left to follow. {why}", why=reasons(lost))
            self._waiting_over.tell(lost)


def _arrived(session: Session) -> MessageCounts:
    tally = session.tally
    return MessageCounts(tally.frames, tally.bad_frames, tally.messages, tally.duplicates)
