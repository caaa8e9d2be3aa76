"""What becomes of an SQLite file while it is open: it may be moved, deleted or damaged."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote

from tiktoklive.clock import steady_seconds
from tiktoklive.errors import ArchiveError, StartError
from tiktoklive.files.writable import why_not
from tiktoklive.outputs.database import Schema, open_database

T = TypeVar("T")

#: Seconds between two looks for damage, and those that the first one and the others may take.
LOOK, FIRST_LOOK, NEXT_LOOK = 60.0, 1.0, 0.1
#: What SQLite keeps beside a file while it is open.
_BESIDE = ("-wal", "-shm")
#: Steps of SQLite between two looks at the clock.
_STEPS = 1000
#: Errors that do not pass by themselves.
_NEVER = (
    *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM),
    sqlite3.SQLITE_AUTH,
)
#: Where the application id is in a file.
_ID_AT = 68

Identity = tuple[int, int] | None


class Note(NamedTuple):
    """
    What is to be told.

    :ivar renewed: whether another file was begun.
    """

    text: str
    renewed: bool = True


class WatchedFile:
    """
    Runs functions on the file that is at a path, each in a transaction of its own.

    Before and after each it is looked whether the file, and what SQLite keeps beside it, are
    still those that are open.  If not, another file is opened, and the function runs there; what
    :attr:`Schema.carried` says is taken along.  A damaged file is set aside: it gets another name,
    and nothing of it is deleted.  Blocks: it is for a thread.

    :param tell: called with what happened.
    """

    def __init__(self, path: Path, schema: Schema, tell: Callable[[Note], object]) -> None:
        self._path = path
        self._schema = schema
        self._tell = tell
        self._mode: int | None = None
        self._raw: sqlite3.Connection
        self._seen: list[Identity] = []
        self._checked_at = 0.0
        self._closed = False
        self._first()

    def run(self, work: Callable[..., T], args: Any, kwargs: Any) -> T:
        """Run it, and commit what it did; nothing of it is done when it raises."""
        self._see_to_it()
        try:
            result = self._transaction(work, args, kwargs)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            self._set_aside(str(error))
            result = self._transaction(work, args, kwargs)
        if self._see_to_it():  # it went away meanwhile
            result = self._transaction(work, args, kwargs)
        return result

    def close(self) -> None:
        """Close it."""
        self._raw.close()

    def commit(self) -> None:
        """For adbapi: it is done."""

    def rollback(self) -> None:
        """For adbapi: it is done."""

    def _first(self) -> None:
        """Open what an earlier run left, or a new file."""
        there = self._path.exists() and self._path.stat().st_size
        try:
            raw = open_database(self._path, self._schema)
        except sqlite3.DatabaseError as error:
            if not (_is_damage(error) and _is_ours(self._path, self._schema)):
                raise
            self._damaged(str(error), self._rename(), "")
            raw = self._open_new()
            there = 0
        self._adopt(raw)
        if there and (wrong := damage(self._path, self._schema, FIRST_LOOK)):
            self._set_aside(wrong)

    def _transaction(self, work: Callable[..., T], args: Any, kwargs: Any) -> T:
        with _within(self._raw):
            return work(self._raw, *args, **kwargs)

    def _see_to_it(self) -> bool:
        """Open another file if this one is not at its place any more; whether that was so."""
        if self._closed:
            self._adopt(self._open_new())
        seen = self._identities()
        if seen[0] != self._seen[0]:
            self._move_on(seen)
            return True
        if any(old not in (None, new) for old, new in zip(self._seen, seen, strict=True)):
            self._open_again()
            return False  # what was done is in the file
        self._seen = seen
        if seen[0] is not None and not self._size():
            self._set_aside("it is empty")
            return True
        if not 0 <= steady_seconds() - self._checked_at < LOOK:
            self._checked_at = steady_seconds()
            wrong = damage(self._path, self._schema, NEXT_LOOK)
            if wrong:
                self._set_aside(wrong)
                return True
        return False

    def _move_on(self, seen: list[Identity]) -> None:
        """The file has another name, or none: go on with the one that is there, or a new one."""
        left = "" if self._checkpoint() else f"{self._path.name}.left-{_now()}"
        for beside, old, new in zip(_BESIDE, self._seen[1:], seen[1:], strict=True):
            if old is not None and old == new:  # SQLite would read it with the next file
                ours = self._path.with_name(f"{self._path.name}{beside}")
                if left:
                    ours.rename(ours.with_name(f"{left}{beside}"))
                else:
                    ours.unlink()
        raw = self._open_new()
        said = self._count() + self._carry(raw)
        self._raw.close()
        self._adopt(raw)
        self._tell(
            Note(
                f"{self._path} was moved away or deleted{said}: storing goes on in the file that "
                "is there now, or a new one"
            )
        )

    def _open_again(self) -> None:
        """What SQLite keeps beside the file was taken away: write all into the file."""
        whole = self._checkpoint()
        self._raw.close()
        self._closed = True  # if it cannot be opened now, it may be later
        self._adopt(open_database(self._path, self._schema))
        done = "nothing is lost" if whole else "what was stored last may be lost"
        self._tell(
            Note(f"the -wal or -shm of {self._path} was taken away: begun anew; {done}", False)
        )

    def _set_aside(self, wrong: str) -> None:
        seen = self._identities()
        if seen[0] != self._seen[0]:  # another process, which writes it too, was faster
            self._move_on(seen)
            return
        said = self._count()
        aside = self._rename()
        try:
            raw = self._open_new()
            said += self._carry(raw)
        finally:
            self._damaged(wrong, aside, said)
        try:
            self._raw.close()
        except sqlite3.Error:
            pass  # it is damaged
        self._adopt(raw)

    def _damaged(self, wrong: str, aside: Path, said: str) -> None:
        self._tell(
            Note(
                f"{self._path} is damaged ({wrong}){said}: it is called {aside.name} now, and a "
                "new one is begun. What was stored before is in the damaged file as far as it can "
                f"be read: sqlite3 {aside.name} .recover"
            )
        )

    def _count(self) -> str:
        """How much was in the file, to be said."""
        words, statement = self._schema.counted
        try:
            [(count,)] = self._raw.execute(statement)
        except sqlite3.DatabaseError:
            return "; how much was in it cannot be read"
        return f"; {count or 0} {words}"

    def _rename(self) -> Path:
        """Give the file another name, and what is beside it."""
        mark, number = f".damaged-{_now()}", 1
        while (aside := self._path.with_name(f"{self._path.name}{mark}")).exists():
            number += 1
            mark = f".damaged-{_now()}-{number}"
        for beside in ("", *_BESIDE):
            try:
                self._path.with_name(f"{self._path.name}{beside}").rename(f"{aside}{beside}")
            except FileNotFoundError:
                pass
        return aside

    def _open_new(self) -> sqlite3.Connection:
        """Open the file that is there, or make one with the mode of the one before."""
        if self._mode is not None:
            try:
                fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, self._mode)
            except FileExistsError:
                pass
            else:
                if hasattr(os, "fchmod"):
                    os.fchmod(fd, self._mode)
                os.close(fd)  # SQLite has not opened it yet: its locks are not lost
        return open_database(self._path, self._schema)

    def _adopt(self, raw: sqlite3.Connection) -> None:
        self._raw, self._closed = raw, False
        self._seen = self._identities()
        self._checked_at = steady_seconds()

    def _carry(self, new: sqlite3.Connection) -> str:
        """Take along what waits in the file, as far as it can be read; what to say of it."""
        if not self._schema.carried:
            return ""
        rows, torn = 0, ""
        with _within(new):
            for table in self._schema.carried:
                names = [row[1] for row in new.execute(f"PRAGMA table_info({table})")]
                columns = ", ".join(name for name in names if name != "seq")
                marks = ", ".join("?" for name in names if name != "seq")
                try:
                    for row in self._raw.execute(f"SELECT {columns} FROM {table} ORDER BY seq"):
                        rows += new.execute(
                            f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})", row
                        ).rowcount
                except sqlite3.DatabaseError:
                    torn = ", all that could be read"
        return f"; {rows} rows of it go along{torn}"

    def _checkpoint(self) -> bool:
        """Write what SQLite has beside the file into it, whatever its name is."""
        try:
            [(busy, *_)] = self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.Error:
            return False
        return not busy

    def _identities(self) -> list[Identity]:
        """Device and inode of the file, and of what is beside it."""
        found: list[Identity] = []
        for beside in ("", *_BESIDE):
            try:
                facts = os.stat(f"{self._path}{beside}")
            except (FileNotFoundError, NotADirectoryError):
                found.append(None)
            else:
                found.append((facts.st_dev, facts.st_ino))
                if not beside:
                    self._mode = facts.st_mode & 0o777
        return found

    def _size(self) -> int:
        try:
            return self._path.stat().st_size
        except FileNotFoundError:
            return 1  # found out about at the next look


def try_out(path: Path, schema: Schema) -> None:
    """
    Open a file, and write to it without leaving anything; make it if there is none.

    One that is damaged or locked, or whose disk is full, is left to those who use it.

    :raise StartError: it is something else, of a later version, or can never be written.
    """
    try:
        with closing(open_database(path, schema)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            # To begin is not to write, in a file that may only be read.
            connection.execute(f"PRAGMA user_version = {len(schema.migrations)}")
            connection.execute("ROLLBACK")
    except ArchiveError as error:
        raise StartError(str(error)) from error
    except sqlite3.DatabaseError as error:
        code = _code(error)
        if code in _NEVER or (_is_damage(error) and not _is_ours(path, schema)):
            why = why_not(path) or str(error)
            raise StartError(f"{path} cannot be written: {why}.") from error


def _is_ours(path: Path, schema: Schema) -> bool:
    """Whether a file that cannot be opened was written by this program."""
    with open(path, "rb") as file:  # nothing in this process has it open
        start = file.read(100)
    return start[_ID_AT : _ID_AT + 4] == schema.application_id.to_bytes(4, "big")


def damage(path: Path, schema: Schema, seconds: float) -> str:
    """
    Look for damage in a file, through a connection that knows nothing of it yet.

    :param seconds: how long to look, at most.
    :return: what is wrong; ``""`` if nothing was found in that time.
    """
    try:
        probe = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=seconds)
    except sqlite3.Error:
        return ""
    until = steady_seconds() + seconds
    try:
        [(application_id,)] = probe.execute("PRAGMA application_id")
        if application_id != schema.application_id:
            return f"it is no {schema.what} any more"
        probe.set_progress_handler(lambda: steady_seconds() > until, _STEPS)
        [(found,)] = probe.execute("PRAGMA quick_check(1)")
    except sqlite3.DatabaseError as error:
        return str(error) if _is_damage(error) else ""
    finally:
        probe.close()
    return "" if found == "ok" else str(found).replace("\n", " ")[:200]


def _is_damage(error: sqlite3.Error) -> bool:
    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


@contextmanager
def _within(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            try:
                connection.execute("ROLLBACK")
            except sqlite3.Error:
                pass  # what went wrong before is told
        raise


def _now() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
