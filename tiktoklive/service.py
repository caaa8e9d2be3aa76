"""Many users followed by one process; they come and go at run time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from twisted.application.service import Service
from twisted.internet.defer import Deferred, gatherResults, succeed
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.connection import available_gifts, room_details, say
from tiktoklive.deferreds import started, wait_at_most
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.observable import Observable
from tiktoklive.dispatch.subscription import Subscription
from tiktoklive.errors.isolation import without_frames
from tiktoklive.interfaces import (
    ICounted,
    IListedRooms,
    IRoomChat,
    IRoomFacts,
    IRoomNames,
    IRoomOptions,
    IRooms,
)
from tiktoklive.logs import reasons
from tiktoklive.model import Counts, SourcesState, State, parse_unique_id
from tiktoklive.session.log import user_line
from tiktoklive.session.parts import Parts, dispatcher_of
from tiktoklive.session.session import Session
from tiktoklive.users.begin import BeginQueue
from tiktoklive.users.book import UserBook
from tiktoklive.users.leaving import OTHER_OPTIONS, STOP_TIMEOUT, Leaving
from tiktoklive.users.listing import Listed, UsersFile
from tiktoklive.users.options import UserOptions
from tiktoklive.users.over import Ending
from tiktoklive.wiring import Wiring

__all__ = ["LiveService"]

_T = TypeVar("_T")


@implementer(IRooms, IRoomNames, IRoomOptions, IListedRooms, IRoomFacts, IRoomChat, ICounted)
class LiveService(Observable, Service):
    """
    Follows any number of users, and hands the events of all of them to the same observers.

    Each user's connection lives for itself; ``event.anchor`` says whose event it is.

    Observers that are too slow may let all the streams wait, see
    :class:`~tiktoklive.interfaces.IPacer`.

    :param wiring: the parts that connections share, but for those of users with options of their
        own; it belongs to the service, which closes it when it stops.
    """

    log = Logger()

    def __init__(self, wiring: Wiring) -> None:
        self.wiring = wiring
        self._dispatcher = dispatcher_of(wiring.reactor, wiring.options.limits)
        self._book = UserBook(wiring, self._dispatcher, self._session)
        self._roster = self._book.roster
        self._ending = Ending(self._roster)
        self._leaving = Leaving(wiring.reactor)
        self._coming = BeginQueue(wiring.reactor, self._begin)

    def __repr__(self) -> str:
        live = sum(session.is_live for session in self._roster)
        return f"<LiveService: {len(self._roster)} users, {live} of them live>"

    # --- the users ---------------------------------------------------------------

    def add(
        self,
        unique_id: str,
        options: UserOptions | None = None,
        *,
        carried: str = "",
        lost: float | None = None,
        listed: bool = False,
    ) -> str:
        """
        Follow one more user, from now on if the service runs.

        :param unique_id: ``name``, ``@name`` or the address of the live page.
        :param options: those of this user alone.
        :param carried: what :meth:`carried` was in another process that followed the user.
        :param lost: seconds for which messages may have been missed, unless that tells; ``None``
            if it goes on until the user is followed here.
        :param listed: whether it is of a list that names it again after a restart, so that the
            state file keeps only what is changed of it.
        :return: the username.
        :raise InvalidUniqueIdError: there is no username in it.
        :raise InvalidUserOptionsError: the options cannot be used: a file cannot be read, say.
        :raise ValueError: that user is followed already.
        """
        session = self._book.add(unique_id, options or UserOptions(), listed=listed)
        session.carry(carried, lost)
        self._book.changed()
        if self.running:
            self._coming.add(session)
        return session.unique_id

    def add_with(self, unique_id: str, options: Mapping[str, Any]) -> str:
        """
        The same with options as others give them, see :class:`~tiktoklive.interfaces.IRoomOptions`.

        They may name files in the directory of the state file alone, or in that of the list; and
        sources with an argument only as the options of the service have them.
        """
        return self.add(unique_id, self._book.read(options))

    def options_of(self, unique_id: str) -> dict[str, Any]:
        """The options of one user, for others to see: no secrets, and no paths."""
        return self._roster.options_of(unique_id)

    def remove(self, unique_id: str, *, silently: bool = False) -> Deferred[None]:
        """
        Follow a user no more; ``silently`` if another process goes on with streaks and battles.

        :return: fires when nothing of the connection is open, or it is given up, as at the end.
        :raise KeyError: that user is not followed.
        """
        if self._roster.drop_unfit(unique_id):
            self._book.changed()
            return succeed(None)
        session = self._roster.find(unique_id)
        free = self._roster.remove(session)
        self._book.changed()
        self._ending.failed.pop(session.unique_id, None)
        self._ending.look()
        return self._leaving.stop(session, free, silently=silently)

    def carried(self, unique_id: str) -> str:
        """What another process has to know to go on with a user; ``KeyError`` without that user."""
        return self._roster.find(unique_id).carried()

    def rename(self, unique_id: str, new: str) -> str:
        """
        Follow the same user under another name from now on.

        A stream that is open stays open: the events carry the new name from the next batch on,
        which ``renamed`` tells, and the next look-up asks for it.  Who is followed is still the
        same user, if their id is known: should the name not be theirs, the id is followed.  A user
        who had been given up, or refused, is looked for at once.

        :param new: the other name, in any form that :meth:`add` takes.
        :return: the same, without that.
        :raise InvalidUniqueIdError: there is no username in one of them.
        :raise KeyError: no user is followed under the first.
        :raise ValueError: another user is followed under the second.
        """
        name = parse_unique_id(new)
        session = self._roster.find(unique_id)
        old = session.unique_id
        self._roster.rename(session, name)
        self.log.info("@{old} is followed as @{new} from now on", old=old, new=name)
        self._book.changed()
        self._ending.failed.pop(old, None)
        session.hurry()
        if self.running:
            if session.has_failed:
                self._coming.add(session)
            session.tell_new_name(old)
        return name

    def status(self) -> dict[str, State]:
        """Username to what its connection is doing, and why; in the order they were added."""
        return self._roster.status()

    def counts(self) -> Counts:
        """What was counted, of all users and since it was made; see :class:`ICounted`."""
        return Counts(
            undecodable=dict(self._dispatcher.undecodable),
            unknown=dict(self._dispatcher.unknown),
            failed=self._dispatcher.failed,
            users={session.unique_id: session.arrived() for session in self._roster},
            gone=self._leaving.counted(),
            phases={session.unique_id: session.phase for session in self._roster},
            streams={each.unique_id: two for each in self._roster if (two := each.streams())},
            own_sources=self._book.own_sources(),
            own_lookups=self._book.own_lookups(),
        )

    def sources_status(self) -> SourcesState:
        """How the sources and the look-ups are doing, and how often they may be asked."""
        return self.wiring.sources_status()

    def log_status(self) -> None:
        """Write to the log what :meth:`status` and :meth:`sources_status` tell, line by line."""
        for name, state in self.status().items():
            self.log.info("{line}", line=user_line(name, state))
        for line in self._book.lines(self.sources_status()):
            self.log.info("{line}", line=line)

    def controlled(self) -> None:
        """Somebody may add users, and remove them, at any time: nobody left is not the end."""
        self._ending.controlled = True

    @property
    def is_without_users(self) -> bool:
        """Whether no user is followed, and none can be added."""
        return not self._roster and not self._ending.controlled

    def lost(self) -> dict[str, Exception]:
        """Username to why they are not followed, of those given up or refused for good."""
        lost = {each.unique_id: each.refusal for each in self._roster if each.refusal is not None}
        return lost | {user.name: error for user, error in self._roster.unfit.values()}

    def when_over(self) -> Deferred[dict[str, Exception]]:
        """
        Fires when there is nobody left to follow, as far as is known.

        That is, when every user was given up, or does not exist, say all who were asked; a user of
        the second kind is looked for now and then all the same.  It does not fire while others may
        bring more users, see :meth:`controlled`.

        :return: username to error.
        """
        return self._ending.wait()

    # --- what stays -------------------------------------------------------------------

    def open_state(self) -> None:
        """
        Take up the state file of the options, if there is one; starting does this, too.

        :raise StartError: it is damaged, of a newer version, or another process has it.
        """
        self._book.open()

    @property
    def state_failing(self) -> str:
        """Why the state file cannot be written now; ``""`` if it can, or there is none."""
        return self._book.failing

    def follow_list(self, users: UsersFile) -> None:
        """A list whose users were added, which :meth:`reload` reads again."""
        self._book.list = users

    def reload(self) -> dict[str, list[str]]:
        """
        Read the list anew, and follow those who are in it now.

        Whoever is unchanged, has a new name there, or was added at run time, goes on undisturbed.
        Another connection goes on as after a lost stream: nothing comes twice, and what may have
        been missed is told as a gap.

        :return: who was ``added``, ``removed``, ``renamed``, ``restarted`` and ``changed``.
        :raise LookupError: there is no list.
        :raise InvalidUserOptionsError: something is wrong with it; nothing has changed.
        """
        changes = self._book.read_list()
        for session in changes.removed:
            self._roster.unlist(session)
            self.remove(session.unique_id)
        for session, user in changes.renamed:
            self.rename(session.unique_id, user.name)
        for session, user in (*changes.renamed, *changes.changed):
            self._roster.relist(session, user)
        for session, user in changes.restarted:
            self._restart(session, user)
        for user in changes.added:
            self.add(user.name, user.options, listed=True)
        self._book.changed()
        return changes.names()

    # --- asking -----------------------------------------------------------------------

    def room_info(self, unique_id: str) -> Deferred[Mapping[str, Any]]:
        """
        Ask TikTok about the room of a user that is followed.

        :return: as ``get_room_info()``; fails with ``KeyError`` if that user is not followed.
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
        return await ask(*self._roster.connection(unique_id))

    # --- observing ------------------------------------------------------------------

    def add_observer(self, observer: object) -> Subscription:
        """See :meth:`tiktoklive.connection.WebcastPushConnection.add_observer`; for all users."""
        subscription = self._dispatcher.add_observer(observer)
        self._book.changed()
        return subscription

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
        if self.wiring.lanes is not None:
            self.wiring.lanes.begin()
        for session in list(self._roster):
            self._coming.add(session)

    def stopService(self) -> Deferred[None]:
        """
        Disconnect from all; fires when nothing is left open.

        What is not closed after :data:`STOP_TIMEOUT` seconds is left behind, and logged.
        """
        super().stopService()
        if lost := self._ending.untold(self.lost()):
            self.log.warn("Not followed in the end: {why}", why=reasons(lost))
        self._coming.clear()
        self._book.close()
        if self.wiring.lanes is not None:
            self.wiring.lanes.end()

        async def stop() -> None:
            sessions = (*self._roster, *self._leaving.sessions)
            stopping = gatherResults([session.stop() for session in sessions])
            await self._leaving.within(stopping, sessions)
            if not self.running:  # else it was started again, and uses it
                await wait_at_most(
                    self._book.wirings.close(),
                    STOP_TIMEOUT,
                    self.wiring.reactor,
                    lambda: self.log.warn("HTTP connections do not close: they are left behind"),
                )

        return started(stop())

    def _session(self, name: str, parts: Parts) -> Session:
        return Session(name, parts, self._dispatcher, on_refused=lambda: self._ending.look())

    def _restart(self, session: Session, user: Listed) -> None:
        """The connection of a user is to be another one, which goes on where this one was."""
        new, free = self._roster.exchange(session, user)
        new.carry(session.carried(), 0.0, OTHER_OPTIONS)
        self._leaving.stop(session, free, silently=True, why=OTHER_OPTIONS)
        if self.running:
            self._coming.add(new)

    def _begin(self, session: Session) -> None:
        if session not in self._roster:  # removed meanwhile
            return
        self._ending.failed.pop(session.unique_id, None)

        def over(error: Exception | None) -> None:
            # Observers who were told of it may have let us follow again.
            if error is not None and session in self._roster and session.is_over:
                without_frames(error)
                self._ending.failed[session.unique_id] = error
                self._ending.look()

        session.follow()
        session.when_over().addCallback(over)
