"""
SQLite files of ours: how they are opened, and brought to the latest version.

What was committed survives the end of the process and, as far as the disk keeps its word,
that of the machine: a commit returns when the write-ahead log is on the disk
(``journal_mode=WAL``, ``synchronous=FULL``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from tiktoklive.errors import ArchiveError

#: Seconds to wait for another process that writes the same file.
_PATIENCE = 5.0

#: KiB of a file that are kept in memory, and pages of 4 KiB in its log before they go into it.
_CACHE, _CHECKPOINT = 8192, 2000

#: Rows that one statement inserts, and values in it, which any SQLite takes.
_ROWS, _VALUES = 100, 999


@dataclass(frozen=True, slots=True)
class Schema:
    """
    What is in a file.

    :ivar what: what such a file is called in front of people.
    :ivar application_id: four bytes in the header of the file that tell it from others.
    :ivar migrations: for each version from 1 on, the statements that lead to it.
    :ivar counted: what is said of how much is in a file, and what is asked for that; it is cheap.
    :ivar carried: tables with what waits, which goes along when a file is begun anew.
    """

    what: str
    application_id: int
    migrations: Sequence[Sequence[str]]
    counted: tuple[str, str] = ("tables were in it", "SELECT count(*) FROM sqlite_master")
    carried: Sequence[str] = ()


def open_database(path: Path, schema: Schema, *, create: bool = True) -> sqlite3.Connection:
    """
    Open a file and bring it to the latest version.

    :param create: make the file if there is none.
    :raise ArchiveError: it is something else, or of a later version.
    :raise sqlite3.Error: it cannot be opened, or written.
    """
    if not create and not path.exists():
        raise ArchiveError(f"There is no file {path}.")
    # Transactions are begun by us alone; one thread at a time uses it, not always the same.
    connection = sqlite3.connect(
        path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        _check(connection, path, schema)
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # before there is any table
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("PRAGMA synchronous = FULL")
        # Pages of indexes are changed again and again: they are written less often.
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT}")
        migrate(connection, schema)
    except BaseException:
        connection.close()
        raise
    return connection


def migrate(connection: sqlite3.Connection, schema: Schema) -> None:
    """Do what leads from the version of a file to the latest, or nothing of it."""
    latest = len(schema.migrations)
    if version_of(connection) == latest:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Anew, for another process may have been faster.
        for statements in schema.migrations[version_of(connection) :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {schema.application_id}")
        connection.execute(f"PRAGMA user_version = {latest}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


class Insert(NamedTuple):
    """
    Inserts rows, a hundred by one statement.

    sqlite3 gives up the interpreter's lock for every step of a statement, and ``executemany`` makes
    one step a row.  A busy reactor on another processor takes it at once, and to get it back takes
    the five milliseconds of :func:`sys.getswitchinterval`: that would be 200 rows a second.

    :ivar into: ``INSERT INTO``, the table, and its columns.
    :ivar row: the place of one row's values: ``(?, ?)``.
    :ivar conflict: what is done with a row that is there.
    """

    into: str
    row: str
    conflict: str

    def run(self, connection: sqlite3.Connection, rows: Sequence[tuple[object, ...]]) -> None:
        """Insert them, in order; within a transaction of the caller."""
        most = min(_ROWS, _VALUES // self.row.count("?"))
        for begin in range(0, len(rows), most):
            some = rows[begin : begin + most]
            places = ", ".join([self.row] * len(some))
            # The connection keeps the latest statements, so that few are compiled.
            connection.execute(
                f"{self.into} VALUES {places} {self.conflict}", list(chain.from_iterable(some))
            )


def give_back(connection: sqlite3.Connection, most: int = 100) -> int:
    """
    Give free pages back to the file system; within a transaction of the caller.

    :param most: how many, so that it takes half a second at most: each is a step, see
        :class:`Insert`.
    :return: how many are left.
    """
    [(free,)] = connection.execute("PRAGMA freelist_count")
    for _ in range(min(free, most)):
        # Python does one step of a statement that has no columns, and a step is one page.
        connection.execute("PRAGMA incremental_vacuum(1)")
    return max(0, int(free) - most)


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the tables in a file; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    try:
        [(tables,)] = connection.execute("SELECT count(*) FROM sqlite_master")
        [(application_id,)] = connection.execute("PRAGMA application_id")
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            raise ArchiveError(f"{path} is no SQLite file: name another.") from error
        raise
    if tables and application_id != schema.application_id:
        raise ArchiveError(f"{path} is an SQLite file, but no {schema.what}: name another.")
    if version_of(connection) > len(schema.migrations):
        raise ArchiveError(
            f"{path} was written by a later version of this program: update it to use the file."
        )


def may_pass(error: Exception) -> bool:
    """
    Whether the same can succeed later: a full disk, a locked or a missing file.

    Of other errors it is what was written that is no good.
    """
    if isinstance(error, sqlite3.DatabaseError):
        return type(error) in (sqlite3.DatabaseError, sqlite3.OperationalError)
    return isinstance(error, OSError | ArchiveError)


class Runner(Protocol):
    """What runs functions on a file: a :class:`Database`, or a test's."""

    path: Path

    def begin(self) -> None:
        """
        Try it out, before there is anything to lose.

        :raise StartError: it is something else, of a later version, or can never be written.
        """

    def run(self, work: Callable[..., Any], *args: Any) -> Awaitable[Any]:
        """Run one in a transaction, with the connection as its first argument."""

    def close(self) -> Awaitable[None]:
        """Close the file."""
