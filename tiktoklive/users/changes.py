"""What has to be done to follow a list of users that was read again."""

from __future__ import annotations

from dataclasses import dataclass

from tiktoklive.session.session import Session
from tiktoklive.users.listing import Listed


@dataclass(frozen=True, slots=True)
class Changes:
    """
    What has to be done to follow a list.

    :ivar renamed: users whom the list has by the name that they have by now.
    :ivar restarted: users whose connection is to be another one.
    :ivar changed: users of whom something else is.
    """

    added: tuple[Listed, ...] = ()
    removed: tuple[Session, ...] = ()
    renamed: tuple[tuple[Session, Listed], ...] = ()
    restarted: tuple[tuple[Session, Listed], ...] = ()
    changed: tuple[tuple[Session, Listed], ...] = ()

    def names(self) -> dict[str, list[str]]:
        """The usernames of each kind."""
        return {
            "added": [user.name for user in self.added],
            "removed": [session.unique_id for session in self.removed],
            "renamed": [user.name for _, user in self.renamed],
            "restarted": [session.unique_id for session, _ in self.restarted],
            "changed": [session.unique_id for session, _ in self.changed],
        }
