"""
The users that are followed, by name, with their options, and where they came from.

A user was *added*, at run time, or is *listed*: by a command line or a file.  What was added stays
until it is removed; what is listed is followed as long as the list has it, unless it was removed at
run time.  A user that was added is not the list's, even if it names that user later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from twisted.internet.defer import Deferred
from twisted.logger import Logger

from tiktoklive.errors import InvalidUserOptionsError
from tiktoklive.model import State, parse_unique_id
from tiktoklive.session.parts import Parts
from tiktoklive.session.session import Session
from tiktoklive.users.changes import Changes
from tiktoklive.users.listing import Listed
from tiktoklive.users.options import UserOptions, as_shape, read_options, shown
from tiktoklive.users.statefile import KeptUser, KeptUsers
from tiktoklive.users.way import Way, Wirings, way_of
from tiktoklive.wiring import Wiring

_NONE = UserOptions()


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """
    One user.

    :ivar way: by which it is followed: the options, with what stood in their files.
    :ivar listed: the name in the list that it came from; ``""`` if it was added.
    """

    session: Session
    wiring: Wiring
    way: Way
    options: UserOptions = _NONE
    listed: str = ""


class Roster:
    """
    All users that are followed, in the order in which they came.

    :param make: makes the session of a user, of its parts.
    :ivar removed: names of lists that were removed at run time, as they stand there, by the same in
        lower case.
    :ivar unfit: users of the state file that cannot be followed, by name in lower case, and why.
    :ivar choosers: which outputs get the events of those users, in lower case, who do not have all.
    """

    log = Logger()

    def __init__(self, wirings: Wirings, make: Callable[[str, Parts], Session]) -> None:
        self._wirings = wirings
        self._make = make
        self._entries: dict[str, RosterEntry] = {}
        self.removed: dict[str, str] = {}
        self.unfit: dict[str, tuple[KeptUser, InvalidUserOptionsError]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Session]:
        """Their sessions, as they are now."""
        return iter([entry.session for entry in self._entries.values()])

    def __contains__(self, session: object) -> bool:
        """Whether that very session is the user's, and was not removed."""
        if not isinstance(session, Session):
            return False
        entry = self._entries.get(session.unique_id.lower())
        return entry is not None and entry.session is session

    def entry(self, unique_id: str) -> RosterEntry:
        """
        All that is known of a user.

        :raise InvalidUniqueIdError: there is no username in it.
        :raise KeyError: that user is not followed.
        """
        name = parse_unique_id(unique_id)
        try:
            return self._entries[name.lower()]
        except KeyError:
            raise KeyError(f"@{name} is not followed.") from None

    def find(self, unique_id: str) -> Session:
        """The session of a user; see :meth:`entry`."""
        return self.entry(unique_id).session

    def connection(self, unique_id: str) -> tuple[Session, Wiring]:
        """The session of a user, and the wiring that it is made of; see :meth:`entry`."""
        entry = self.entry(unique_id)
        return entry.session, entry.wiring

    def options_of(self, unique_id: str) -> dict[str, Any]:
        """The options of a user, for others to see; see :meth:`entry`."""
        unfit = self.unfit.get(parse_unique_id(unique_id).lower())
        if unfit is not None:
            try:
                return shown(read_options(unfit[0].options))
            except InvalidUserOptionsError:  # these are what is wrong
                return {}
        return shown(self.entry(unique_id).options)

    def status(self) -> dict[str, State]:
        """Username to what its connection is doing; those who cannot be followed are behind."""
        unfit = {
            user.name: State(phase="failed", reason=str(error), unique_id=user.name)
            for user, error in self.unfit.values()
        }
        return {session.unique_id: session.state() for session in self} | unfit

    @property
    def choosers(self) -> dict[str, tuple[str, ...]]:
        """Of users whose events not all outputs get, in lower case, those that do."""
        return {
            name: entry.options.outputs
            for name, entry in self._entries.items()
            if entry.options.outputs is not None
        }

    @property
    def listed(self) -> set[str]:
        """Whose names in the list matter, in lower case: followed or removed at run time."""
        return {each.listed.lower() for each in self._entries.values() if each.listed} | set(
            self.removed
        )

    def own(self) -> list[tuple[Wiring, list[str]]]:
        """The wirings that only some users have, with their names."""
        found: dict[Way, tuple[Wiring, list[str]]] = {}
        for entry in self._entries.values():
            if not entry.way.is_usual:
                names = found.setdefault(entry.way, (entry.wiring, []))[1]
                names.append(entry.session.unique_id)
        return list(found.values())

    # --- changing it --------------------------------------------------------------------

    def add(self, unique_id: str, options: UserOptions = _NONE, *, listed: bool = False) -> Session:
        """
        One user more.

        :raise InvalidUniqueIdError: there is no username in it.
        :raise InvalidUserOptionsError: the options cannot be used.
        :raise ValueError: that user is there already.
        """
        name = parse_unique_id(unique_id)
        key = name.lower()
        if key in self._entries:
            raise ValueError(f"@{name} is followed already.")
        entry = self._entries[key] = self._entry(name, options, name if listed else "")
        self.removed.pop(key, None)
        self.unfit.pop(key, None)
        return entry.session

    def _entry(self, name: str, options: UserOptions, listed: str) -> RosterEntry:
        way = way_of(options)
        self._wirings.check(way)
        wiring = self._wirings.take(way)
        parts = self._wirings.parts(way, wiring)
        return RosterEntry(self._make(name, parts), wiring, way, options, listed)

    def remove(self, session: Session) -> Callable[[], Deferred[None]]:
        """
        One less; it stays removed, if a list has it.

        :return: to be called when nothing of its connection is left.
        """
        entry = self._entries.pop(session.unique_id.lower())
        if entry.listed:
            self.removed[entry.listed.lower()] = entry.listed
        return lambda: self._free(entry)

    def _free(self, entry: RosterEntry) -> Deferred[None]:
        """Nothing is left of a connection."""
        if (seat := entry.session.parts.seat) is not None:
            seat.leave()
        return self._wirings.free(entry.way)

    def drop_unfit(self, unique_id: str) -> bool:
        """Forget a user that cannot be followed; whether there is such a one."""
        return self.unfit.pop(parse_unique_id(unique_id).lower(), None) is not None

    def rename(self, session: Session, name: str) -> None:
        """
        The same user, under another name.

        :raise ValueError: there is another user of that name.
        """
        old = session.unique_id.lower()
        if name.lower() != old and (name.lower() in self._entries or name.lower() in self.unfit):
            raise ValueError(f"@{name} is followed already.")
        self._entries = {
            name.lower() if key == old else key: entry for key, entry in self._entries.items()
        }
        session.rename(name)

    # --- what is listed -----------------------------------------------------------------

    def compare(self, listed: Sequence[Listed], check: Callable[[UserOptions], object]) -> Changes:
        """
        What has to be done to follow a list, and nothing else; changes nothing.

        :param check: raises InvalidUserOptionsError for what only others know to be wrong.
        :raise InvalidUserOptionsError: the options of a user cannot be used.
        """
        by_list = {each.listed.lower(): each for each in self._entries.values() if each.listed}
        called = self._called_otherwise(by_list, {user.name.lower() for user in listed})
        added, renamed, restarted, changed = [], [], [], []
        for user in listed:
            key = user.name.lower()
            if key in self.removed or key in self.unfit:
                continue
            entry = by_list.pop(key, None)
            if entry is None and (same := self._entries.get(key)) is not None:
                # It was renamed here, and there, too, by now.  What was added is not the list's.
                entry = by_list.pop(same.listed.lower(), None) if same.listed else None
                if entry is None:
                    continue
            way = self._way_of(user, check)
            has_new_name = False
            if entry is None and (entry := by_list.pop(called.pop(key, ""), None)) is not None:
                has_new_name = True
                renamed.append((entry.session, user))
            if entry is None:
                added.append(user)
            elif way != entry.way:
                restarted.append((entry.session, user))
            elif not has_new_name and (user.options != entry.options or user.name != entry.listed):
                changed.append((entry.session, user))
        gone = tuple(entry.session for entry in by_list.values())
        return Changes(tuple(added), gone, tuple(renamed), tuple(restarted), tuple(changed))

    @staticmethod
    def _called_otherwise(by_list: dict[str, RosterEntry], names: set[str]) -> dict[str, str]:
        """By what users are called now, the name in the list of those whom it has no more."""
        return {
            entry.session.present_name.lower(): name
            for name, entry in by_list.items()
            if name not in names
        }

    def _way_of(self, user: Listed, check: Callable[[UserOptions], object]) -> Way:
        try:
            check(user.options)
            way = way_of(user.options)
            self._wirings.check(way)
        except InvalidUserOptionsError as error:
            raise InvalidUserOptionsError(f"@{user.name}: {error}") from None
        return way

    def exchange(
        self, session: Session, user: Listed
    ) -> tuple[Session, Callable[[], Deferred[None]]]:
        """
        The list has other options: the user gets another session, in the same place.

        :return: that, and what is to be called when nothing is left of the old one's connection.
        :raise InvalidUserOptionsError: the options cannot be used.
        """
        key = session.unique_id.lower()
        old = self._entries[key]
        new = self._entries[key] = self._entry(session.unique_id, user.options, user.name)
        return new.session, lambda: self._free(old)

    def relist(self, session: Session, user: Listed) -> None:
        """The list has other options, which are none of the connection, or another name."""
        key = session.unique_id.lower()
        entry = self._entries[key]
        self._entries[key] = replace(entry, options=user.options, listed=user.name)

    def unlist(self, session: Session) -> None:
        """The list has a user no more, who is about to be removed: not at run time, by the list."""
        key = session.unique_id.lower()
        self._entries[key] = replace(self._entries[key], listed="")

    def forget_removed(self, listed: Sequence[Listed]) -> None:
        """Those that a list does not name any more need not be kept out of it."""
        names = {user.name.lower() for user in listed}
        self.removed = {key: name for key, name in self.removed.items() if key in names}

    # --- what stays ---------------------------------------------------------------------

    def kept(self) -> KeptUsers:
        """What is to stay, as it is now."""
        users = [
            KeptUser(
                entry.session.unique_id,
                entry.listed,
                entry.session.anchor_id,
                {} if entry.listed else as_shape(entry.options),
            )
            for entry in self._entries.values()
        ]
        users += [user for user, _ in self.unfit.values()]
        return KeptUsers(tuple(users), tuple(self.removed.values()))

    def recall(self, kept: KeptUsers, check: Callable[[UserOptions], object]) -> None:
        """
        Take up what stayed, before any of them is followed.

        Of what is listed, what was changed at run time is changed again.  What was added comes
        beside it, and what was removed goes.

        :param check: raises InvalidUserOptionsError for what only others know to be wrong.
        """
        listed = {
            entry.listed.lower(): entry.session for entry in self._entries.values() if entry.listed
        }
        for each in kept.removed:
            if (session := listed.pop(each.lower(), None)) is not None:
                self.remove(session)()
                self.log.info(
                    "@{user} is listed, and not followed: it was removed at run time", user=each
                )
        for user in kept.users:
            if not user.listed:
                self._recall_added(user, check)
            elif (session := listed.get(user.listed.lower())) is not None:
                self._recall_listed(user, session)

    def _recall_added(self, user: KeptUser, check: Callable[[UserOptions], object]) -> None:
        key = user.name.lower()
        entry = self._entries.get(key)
        if entry is not None and entry.listed:
            del self._entries[key]
            self._free(entry)
            self.log.info(
                "@{user} is listed, and was added at run time: it stays when it is listed no more",
                user=user.name,
            )
        if key not in self._entries:
            try:
                options = read_options(user.options)
                check(options)
                self._entries[key] = self._entry(user.name, options, "")
            except InvalidUserOptionsError as error:
                self.unfit[key] = user, error
                self.log.error(
                    "@{user} was added at run time, and cannot be followed: {error}",
                    user=user.name,
                    error=error,
                )
                return
        self._entries[key].session.know_user(user.anchor_id)

    def _recall_listed(self, user: KeptUser, session: Session) -> None:
        if user.name.lower() != session.unique_id.lower():
            try:
                self.rename(session, user.name)
            except ValueError:  # the list has both names by now
                return
        session.know_user(user.anchor_id)
