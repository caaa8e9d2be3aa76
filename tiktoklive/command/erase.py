"""``tiktoklive erase ARCHIVE USER...``: forget a viewer who wants to be forgotten."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing

from twisted.python.usage import UsageError

from tiktoklive.command.columns import table
from tiktoklive.errors import ArchiveError, InvalidUniqueIdError
from tiktoklive.files import standard_streams
from tiktoklive.model import parse_unique_id
from tiktoklive.outputs.archive import erase_user, open_archive
from tiktoklive.settings.interspersed import InterspersedOptions


class Options(InterspersedOptions):
    """
    Whom to forget.

    :ivar archive: the file.
    :ivar users: their ids, or names as they were last.
    """

    longdesc = (
        "Deletes what an archive of the output sqlite holds of viewers: all that they did, and "
        "what is said of them elsewhere. What others typed stays. USER is @name, as they were "
        "called last, or the user id, which stays the same when they change their name."
    )

    def parseArgs(self, *names: str) -> None:
        """The archive, and users."""
        if len(names) < 2:
            raise UsageError("name the archive, and then the user to forget: erase ARCHIVE @name.")
        self.archive, *users = names
        try:
            self.users = [each if _is_id(each) else f"@{parse_unique_id(each)}" for each in users]
        except InvalidUniqueIdError as e:
            raise UsageError(str(e)) from e

    def getSynopsis(self) -> str:
        """How to call it."""
        return "Usage: tiktoklive erase ARCHIVE USER..."


def run(options: Options) -> int:
    """Forget them, and say how much that was."""
    try:
        with closing(open_archive(options.archive)) as connection:
            ids = [_id_of(connection, options.archive, user) for user in options.users]
        done: Counter[str] = Counter()
        for user_id in dict.fromkeys(ids):
            done.update(erase_user(options.archive, user_id))
    except sqlite3.Error as e:
        raise ArchiveError(f"{options.archive} cannot be changed: {e}.") from e
    words = {"mentions": "events of others, changed"}
    rows = [(words.get(name, name), f"{count:,}") for name, count in done.items()]
    standard_streams.write(table((), rows, right=(1,)))
    return 0


def _is_id(text: str) -> bool:
    """Whether it is a number of 64 bits, or nearly."""
    return re.fullmatch("[0-9]{1,20}", text) is not None and int(text) > 0


def _id_of(connection: sqlite3.Connection, archive: str, user: str) -> str:
    """
    The id of a user who is named by it, or by name.

    :raise ArchiveError: no user has that name in the archive, or several had it.
    """
    if _is_id(user):
        return user
    found = [
        user_id
        for (user_id,) in connection.execute(
            "SELECT user_id FROM users WHERE unique_id = ? COLLATE NOCASE ORDER BY last_at DESC",
            (user[1:],),
        )
    ]
    if not found:
        raise ArchiveError(
            f"{archive} knows no {user}: if they changed their name, give their user id."
        )
    if len(found) > 1:
        raise ArchiveError(
            f"Several users in {archive} were called {user}; give one of their ids: "
            f"{', '.join(found)}."
        )
    return str(found[0])
