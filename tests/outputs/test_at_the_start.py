"""Outputs that can never work are refused at the start, and those that fail later show it."""

from __future__ import annotations

import errno
import os
import socket
import sqlite3
import sys
from base64 import b64encode
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from twisted.internet import reactor as any_reactor
from twisted.internet.error import CannotListenError
from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.doubles import Parts, Said, chat
from tests.processes import ProcessTestCase
from tests.reactors import MemoryReactor
from tests.test_tap import HEADER, OptionsCase
from tiktoklive.daemon.daemon import Daemon
from tiktoklive.errors import StartError
from tiktoklive.files.lock import FileLock, FileLockedError
from tiktoklive.outputs import holder, jsonl, sqlite
from tiktoklive.outputs.archive import ARCHIVE
from tiktoklive.outputs.database import open_database
from tiktoklive.outputs.databasefile import try_out
from tiktoklive.outputs.line_writer import RETRY
from tiktoklive.outputs.web.output import make as make_web
from tiktoklive.outputs.webhook.argument import SECRET
from tiktoklive.outputs.webhook.argument import make as make_webhook
from tiktoklive.outputs.webhook.outbox import OUTBOX
from tiktoklive.tap import makeService

reactor: Any = any_reactor
ENVIRON = {SECRET: f"whsec_{b64encode(bytes(32)).decode()}"}

#: The outputs with a file of tables, and how each is made.
DATABASES = {
    "sqlite": lambda parts, path: sqlite.make(parts, str(path)),
    "webhook": lambda parts, path: make_webhook(parts, f"https://a.test/#outbox={path}", ENVIRON),
}


class StartCase(SynchronousTestCase):
    """Parts that start in a directory of their own."""

    def setUp(self) -> None:
        self.folder = Path(self.mktemp()).absolute()
        self.folder.mkdir()
        self.path = self.folder / "file"
        self.clock = MemoryReactor()
        self.parts: Any = Parts(self.clock)

    def refused(self, service: Any) -> str:
        """Why a service does not start: one sentence; it does not run then."""
        error = self.assertRaises(StartError, service.startService)
        self.assertNotIn("\n", str(error))
        self.assertFalse(service.running)
        return str(error)


class DatabaseTests(StartCase):
    """Archives and outboxes."""

    def each(self, words: str) -> None:
        """Each is refused with these words, changes nothing, and leaves the file to others."""
        before = self.path.read_bytes()
        for kind, make in DATABASES.items():
            said = self.refused(make(self.parts, self.path))
            self.assertIn(words, said, kind)
            self.assertTrue(said.startswith(f"{kind}:"), said)
            self.assertEqual(before, self.path.read_bytes(), kind)
            lock = FileLock(self.path)
            lock.take()
            lock.free()

    def test_no_database(self) -> None:
        """A file that is something else."""
        self.path.write_bytes(b"dear diary, " * 100)
        self.each("is no SQLite file")

    def test_of_others(self) -> None:
        """A database of another program."""
        connection = sqlite3.connect(self.path)
        connection.execute("CREATE TABLE recipes (name)")
        connection.commit()
        connection.close()
        self.each("is an SQLite file, but no ")

    def test_later(self) -> None:
        """A file of a later version of this program."""
        for kind, schema in (("sqlite", ARCHIVE), ("webhook", OUTBOX)):
            path = self.folder / kind
            connection = open_database(path, schema)
            connection.execute("PRAGMA user_version = 99")
            connection.close()
            said = self.refused(DATABASES[kind](self.parts, path))
            self.assertIn("was written by a later version", said)

    def test_read_only(self) -> None:
        """A file that may only be read, as SQLite finds out when it writes."""
        for kind, schema in (("sqlite", ARCHIVE), ("webhook", OUTBOX)):
            path = self.folder / kind
            open_database(path, schema).close()

            def read_only(path: Path, *rest: Any) -> sqlite3.Connection:
                return sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)

            with patch("tiktoklive.outputs.databasefile.open_database", read_only):
                error = self.assertRaises(StartError, try_out, path, schema)
            self.assertIn("cannot be written: attempt to write a readonly database", str(error))

    def test_no_place(self) -> None:
        """A file that cannot be opened for want of its directory."""
        for make in DATABASES.values():
            (self.folder / "there").mkdir()
            service = make(self.parts, self.folder / "there" / "file")
            (self.folder / "there").rmdir()
            self.assertIn("cannot be", self.refused(service))

    def test_locked_for_now(self) -> None:
        """A full disk or a locked file is no reason: it may pass."""
        for code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_IOERR):
            error = sqlite3.OperationalError("not now")
            error.sqlite_errorcode = code
            with patch("tiktoklive.outputs.databasefile.open_database", side_effect=error):
                try_out(self.path, ARCHIVE)

    def test_damaged(self) -> None:
        """One of ours that is damaged is set aside later, as before."""
        open_database(self.path, ARCHIVE).close()
        data = bytearray(self.path.read_bytes())
        data[100:2000] = b"\xff" * 1900
        self.path.write_bytes(data)
        try_out(self.path, ARCHIVE)


class LinesTests(StartCase):
    """JSON lines in a file."""

    def test_directory(self) -> None:
        """A directory that came to be in its place."""
        for options in ("", "?rotate=1M"):
            service = jsonl.make(self.parts, f"{self.path}{options}")
            self.path.mkdir()
            self.assertEqual(
                f"jsonl:{self.path} cannot be written: Is a directory.", self.refused(service)
            )
            self.path.rmdir()

    def test_errors(self) -> None:
        """What waiting cannot mend is refused; what it may, is told, shown and tried again."""
        for number in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ELOOP, errno.ENOTDIR):
            service = jsonl.make(self.parts, str(self.path))
            with patch("tiktoklive.files.watch.os.open", side_effect=_fault(number)):
                self.assertIn(os.strerror(number), self.refused(service))
        for number in (errno.ENOSPC, errno.EMFILE, errno.EIO):
            service = jsonl.make(self.parts, str(self.path))
            said = Said(self, "LineWriter")
            with patch("tiktoklive.files.watch.os.open", side_effect=_fault(number)):
                service.startService()
                self.clock.advance(RETRY)
                self.assertEqual(os.strerror(number), service.failing)
            self.clock.advance(RETRY)
            self.assertEqual("", service.failing)
            self.assertEqual(2, len(said.lines), said.lines)
            self.successResultOf(service.stopService())

    def test_there_at_once(self) -> None:
        """The file is there from the start, as whoever wants to read it expects."""
        service = jsonl.make(self.parts, str(self.path))
        service.startService()
        self.assertTrue(self.path.exists())
        self.successResultOf(service.stopService())

    def test_lost(self) -> None:
        """What is lost at the end because nothing can be written is told as that."""
        service = jsonl.make(self.parts, str(self.path))
        service.startService()
        said = Said(self, "BoundedQueue")
        with patch("tiktoklive.outputs.channel.os.write", side_effect=_fault(errno.ENOSPC)):
            service.event(chat("Anna", "hi", number=1))
            self.successResultOf(service.stopService())
        [line] = said.lines
        words = f"was stopped while nothing could be written ({os.strerror(errno.ENOSPC)}): 1 lost"
        self.assertIn(words, line)


def _fault(number: int) -> OSError:
    return OSError(number, os.strerror(number))


class AloneTests(StartCase):
    """What one process may use at a time."""

    def holders(self) -> dict[str, Any]:
        """Two of each."""
        return {
            "sqlite": lambda: DATABASES["sqlite"](self.parts, self.path),
            "webhook": lambda: DATABASES["webhook"](self.parts, self.path),
            "jsonl": lambda: jsonl.make(self.parts, f"{self.path}?rotate=1M"),
        }

    def test_two(self) -> None:
        """The second is refused with the file and the process, until the first has stopped."""
        for kind, make in self.holders().items():
            self.path = self.folder / kind
            first, second = make(), make()
            with patch("tiktoklive.outputs.database_output.BatchWriter.start"):
                first.startService()
                error = self.assertRaises(FileLockedError, second.startService)
                self.assertEqual(os.getpid(), error.pid, kind)
                self.assertIn(str(self.path), str(error))
                first.stopService()
                if kind != "webhook":  # which takes its time
                    second.startService()
                    second.stopService()

    def test_appending(self) -> None:
        """A file that none of them begins anew may be appended to by several."""
        services = [jsonl.make(self.parts, str(self.path)) for _ in range(2)]
        for service in services:
            service.startService()
        for service in services:
            self.successResultOf(service.stopService())

    def test_no_lock(self) -> None:
        """Where nothing can be made beside the file, that is said."""
        service = jsonl.make(self.parts, f"{self.path}?rotate=1M")
        with patch("tiktoklive.files.lock.os.open", side_effect=_fault(errno.EACCES)):
            self.assertIn(
                "file.lock cannot be made beside it (Permission denied)", self.refused(service)
            )


class PortTests(StartCase):
    """Ports that are taken."""

    def taken(self) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        return int(listener.getsockname()[1])

    def said(self, where: str) -> str:
        parts: Any = Parts(reactor)
        parts.random = Random()
        service = make_web(parts, where, {})
        error = self.assertRaises(CannotListenError, service.startService)
        return str(error)

    def test_ours(self) -> None:
        """One that another part of this process has."""
        port = self.taken()
        self.assertEqual(
            f"web cannot listen on 127.0.0.1:{port}: another part of this process "
            f"({os.getpid()}) listens there: name another port.",
            self.said(f"tcp:{port}"),
        )

    def test_unix(self) -> None:
        """A Unix socket that somebody has."""
        os.symlink("1", f"{self.path}.lock")
        self.assertIn(
            "the process with the id 1 listens there: name another path",
            self.said(f"unix:{self.path}"),
        )
        for number in (errno.EACCES, errno.EROFS):
            said = holder.held("web", None, str(self.path), _fault(number))
            self.assertEqual(f"web cannot listen on {self.path}: {os.strerror(number)}.", said)

    def test_no_rights(self) -> None:
        """What the system says otherwise."""
        for number, words in (
            (errno.EACCES, "rights of root"),
            (errno.EADDRNOTAVAIL, "no such address"),
            (errno.EINVAL, os.strerror(errno.EINVAL)),
        ):
            said = holder.held("web", "10.0.0.1", 80, _fault(number))
            self.assertTrue(said.startswith("web cannot listen on 10.0.0.1:80: "), said)
            self.assertIn(words, said)

    def test_unknown(self) -> None:
        """Where the system does not tell, it is another process."""
        with patch.object(holder, "holder_of", return_value=0):
            said = holder.held("web", "", 80, _fault(errno.EADDRINUSE))
            self.assertIn("web cannot listen on port 80: ", said)
            said = holder.held("web", "::1", 80, _fault(errno.EADDRINUSE))
        self.assertIn("another process listens there", said)
        self.assertEqual(0, holder.holder_of(80, self.folder))


class OtherProcessTests(ProcessTestCase):
    """The process that has a port."""

    if not Path("/proc/net/tcp").exists():
        skip = "this system does not show its sockets"

    def test_pid(self) -> None:
        """Its id is found by the port."""
        program = (
            "import socket, sys; s = socket.create_server(('127.0.0.1', 0));"
            "print(s.getsockname()[1], flush=True); sys.stdin.read()"
        )
        process = self.spawn([sys.executable, "-c", program], stdin=-1)
        assert process.stdout is not None and process.stdin is not None
        self.addCleanup(process.stdin.close)
        port = int(process.stdout.readline())
        self.assertEqual(process.pid, holder.holder_of(port))


class RecordTests(OptionsCase):
    """Tapes."""

    def setUp(self) -> None:
        self.folder = Path(self.mktemp()).absolute()
        self.folder.mkdir()
        self.tape = self.folder / "tape.jsonl"

    def daemon(self, *users: str) -> Daemon:
        """One that records."""
        return makeService(self.parse(*users, "--record", str(self.tape), "-o", "console"))

    def started(self, daemon: Daemon) -> Daemon:
        daemon.startService()
        self.addCleanup(daemon.stopService)
        return daemon

    def test_two(self) -> None:
        """A second daemon is told who records on the tape, until that one has stopped."""
        first = self.started(self.daemon("anna"))
        second = self.daemon("anna")
        error = self.assertRaises(FileLockedError, second.startService)
        self.assertIn(str(self.tape), str(error))
        self.assertEqual(os.getpid(), error.pid)
        self.successResultOf(first.stopService())
        self.started(second)

    def test_one_of_several(self) -> None:
        """So it is when one of many users is the same, and those before it are free again."""
        self.started(self.daemon("anna", "bob"))
        error = self.assertRaises(FileLockedError, self.daemon("cem", "bob").startService)
        self.assertIn("tape-bob.jsonl", str(error))
        self.started(self.daemon("cem", "dora"))

    def test_read_only(self) -> None:
        """A tape, or a directory, that may not be written is refused."""
        for there in (True, False):
            if there:
                self.tape.write_text(HEADER)
            else:
                self.tape.unlink()
            with patch("tiktoklive.files.writable.os.access", return_value=False):
                error = self.assertRaises(StartError, self.daemon("anna").startService)
            self.assertIn("cannot be recorded on: there is no permission to ", str(error))

    def test_unread(self) -> None:
        """It is nothing that somebody reads: who reads the rest decides."""
        daemon = self.daemon("anna")
        self.assertIn("record", [service.name for service in daemon.beside])
