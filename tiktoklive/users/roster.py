"""
The users that are followed, by name, and where they came from.

A user was *added*, at run time, or is *listed*: by a command line or a file.  What was added stays
until it is removed; what is listed is followed as long as the list has it, unless it was removed at
run time.  A user that was added is not the list's, even if it names that user later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from twisted.logger import Logger

from tiktoklive.model import parse_unique_id
from tiktoklive.session.session import Session
from tiktoklive.users.statefile import KeptUser, KeptUsers


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """
    One user.

    :ivar listed: the name in the list that it came from; ``""`` if it was added.
    """

    session: Session
    listed: str = ""


class Roster:
    """
    All users that are followed, in the order in which they came.

    :param make: makes the session of a user.
    :ivar removed: names of lists that were removed at run time, as they stand there, by the same in
        lower case.
    """

    log = Logger()

    def __init__(self, make: Callable[[str], Session]) -> None:
        self._make = make
        self._entries: dict[str, RosterEntry] = {}
        self.removed: dict[str, str] = {}

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

    def find(self, unique_id: str) -> Session:
        """
        The session of a user.

        :raise InvalidUniqueIdError: there is no username in it.
        :raise KeyError: that user is not followed.
        """
        name = parse_unique_id(unique_id)
        try:
            return self._entries[name.lower()].session
        except KeyError:
            raise KeyError(f"@{name} is not followed.") from None

    def add(self, unique_id: str, *, listed: bool = False) -> Session:
        """
        One user more.

        :raise InvalidUniqueIdError: there is no username in it.
        :raise ValueError: that user is there already.
        """
        name = parse_unique_id(unique_id)
        if name.lower() in self._entries:
            raise ValueError(f"@{name} is followed already.")
        session = self._make(name)
        self._entries[name.lower()] = RosterEntry(session, name if listed else "")
        self.removed.pop(name.lower(), None)
        return session

    def remove(self, session: Session) -> None:
        """One less; it stays removed, if a list has it."""
        entry = self._entries.pop(session.unique_id.lower())
        if entry.listed:
            self.removed[entry.listed.lower()] = entry.listed

    def rename(self, session: Session, name: str) -> None:
        """
        The same user, under another name.

        :raise ValueError: there is another user of that name.
        """
        old = session.unique_id.lower()
        if name.lower() != old and name.lower() in self._entries:
            raise ValueError(f"@{name} is followed already.")
        self._entries = {
            name.lower() if key == old else key: entry for key, entry in self._entries.items()
        }
        session.rename(name)

    # --- what stays ---------------------------------------------------------------------

    def kept(self) -> KeptUsers:
        """What is to stay, as it is now."""
        users = (
            KeptUser(entry.session.unique_id, entry.listed, entry.session.anchor_id)
            for entry in self._entries.values()
        )
        return KeptUsers(tuple(users), tuple(self.removed.values()))

    def recall(self, kept: KeptUsers) -> None:
        """
        Take up what stayed, before any of them is followed.

        Of what is listed, what was changed at run time is changed again.  What was added comes
        beside it, and what was removed goes.
        """
        listed = {
            entry.listed.lower(): entry.session for entry in self._entries.values() if entry.listed
        }
        for each in kept.removed:
            if (session := listed.pop(each.lower(), None)) is not None:
                self.remove(session)
                self.log.info(
                    "@{user} is listed, and not followed: it was removed at run time", user=each
                )
        for user in kept.users:
            if not user.listed:
                self._recall_added(user)
            elif (session := listed.get(user.listed.lower())) is not None:
                self._recall_listed(user, session)

    def _recall_added(self, user: KeptUser) -> None:
        key = user.name.lower()
        entry = self._entries.get(key)
        if entry is None:
            entry = RosterEntry(self._make(user.name))
        elif entry.listed:
            self.log.info(
                "@{user} is listed, and was added at run time: it stays when it is listed no more",
                user=user.name,
            )
        self._entries[key] = replace(entry, listed="")
        entry.session.know_user(user.anchor_id)

    def _recall_listed(self, user: KeptUser, session: Session) -> None:
        if user.name.lower() != session.unique_id.lower():
            try:
                self.rename(session, user.name)
            except ValueError:  # the list has both names by now
                return
        session.know_user(user.anchor_id)
