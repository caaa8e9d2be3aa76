"""Functions that run on an SQLite file off the reactor's thread, one after the other."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from twisted.enterprise.adbapi import ConnectionPool
from twisted.logger import Logger

from tiktoklive.outputs.database import Schema
from tiktoklive.outputs.databasefile import Note, WatchedFile, try_out

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """
    Runs functions in a thread, each in a transaction of its own, in order.

    What becomes of the file meanwhile is told in the log, and the functions go on in another:
    :class:`~tiktoklive.outputs.databasefile.WatchedFile`.

    :param path: the file; it is opened when the first function runs.
    :ivar renewed: how many times another file was begun.
    """

    log = Logger()

    def __init__(self, path: Path, schema: Schema, reactor: Any) -> None:
        self.path = path
        self._schema = schema
        self._reactor = reactor
        self._pool: ConnectionPool | None = None
        self._notes: deque[Note] = deque()  # filled by the thread
        self.renewed = 0

    def begin(self) -> None:
        """
        Try it out in this thread, and close it again.

        :raise StartError: it is something else, of a later version, or can never be written.
        """
        try_out(self.path, self._schema)

    async def run(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """
        Run a function with the connection, and commit what it did.

        :raise ArchiveError: the file is something else, or of a later version.
        :raise Exception: what the function raised; nothing of it was done.
        """
        if self._pool is None:
            self._pool = ConnectionPool(
                __name__,  # whose connect() is below
                self.path,
                self._schema,
                self._notes.append,
                cp_reactor=self._reactor,
                cp_min=1,
                cp_max=1,
                cp_noisy=False,
            )
        pool: Any = self._pool
        try:
            result: T = await pool.runWithConnection(_run, work, args, kwargs)
        finally:
            self._tell()
        return result

    async def close(self) -> None:
        """Close the file, when what is under way is done."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()

    def _tell(self) -> None:
        while self._notes:
            note = self._notes.popleft()
            self.renewed += note.renewed
            self.log.error("{note}", note=note.text)


#: What :class:`~twisted.enterprise.adbapi.ConnectionPool` wants of a database module.
apilevel, threadsafety, connect = "2.0", 1, WatchedFile


def _run(connection: Any, work: Callable[..., T], args: Any, kwargs: Any) -> T:
    """Run it in a transaction; the pool has nothing left to commit, or roll back."""
    file: WatchedFile = connection._connection
    return file.run(work, args, kwargs)
