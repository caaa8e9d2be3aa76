"""The log file of twistd."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

from twisted.python.logfile import LogFile
from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.doubles import Said
from tests.test_tap import OptionsCase
from tiktoklive.files import twistdlog
from tiktoklive.files.twistdlog import TwistdLog, log_of, shown_on


class LogOfTests(SynchronousTestCase):
    """Which file it is."""

    def test_none(self) -> None:
        """None without twistd, to standard output, to syslog or to somebody's own observer."""
        self.assertIsNone(log_of(None))
        for options in (
            None,
            {"nodaemon": False, "logfile": None},
            {"nodaemon": True, "logfile": "x.log"},
            {"nodaemon": True, "logfile": None, "syslog": True},
        ):
            self.assertIsNone(shown_on(options))
        for options in ({"nodaemon": True, "logfile": None}, {"nodaemon": True, "logfile": "-"}):
            self.assertIs(sys.stdout, shown_on(options))
        self.assertIs(sys.stderr, shown_on({"logFile": sys.stderr}))
        self.assertIs(sys.stdout, shown_on({"reactor": "default"}))
        self.assertIsNone(log_of({"nodaemon": True, "logfile": None}))
        self.assertIsNone(log_of({"nodaemon": False, "logfile": "-"}))
        self.assertIsNone(log_of({"nodaemon": False, "syslog": True, "logfile": "x"}))
        self.assertIsNone(log_of({"nodaemon": False, "logger": "a.b", "logfile": None}))

    def test_some(self) -> None:
        """The one that was named, or the usual one of the background."""
        for twistd, name in (
            ({"nodaemon": False, "logfile": None}, "twistd.log"),
            ({"nodaemon": True, "logfile": "my.log"}, "my.log"),
        ):
            log = log_of(twistd)
            assert log is not None
            self.assertEqual(Path(name).absolute(), log._path)

    def test_group(self) -> None:
        """The user's own group, unless another is said."""
        log = log_of({"nodaemon": False, "logfile": None, "uid": os.getuid(), "gid": None})
        assert log is not None
        self.assertEqual((os.getuid(), os.getgid()), (log._uid, log._gid))


class TwistdLogTests(SynchronousTestCase):
    """What is done about it."""

    def setUp(self) -> None:
        self.folder = Path(self.mktemp()).absolute()
        self.folder.mkdir()
        self.path = self.folder / "log"
        self.file = LogFile.fromFullPath(str(self.path))
        self.addCleanup(self.file.close)
        self.said = Said(self, "TwistdLog")

    def start(self, **who: Any) -> TwistdLog:
        log = TwistdLog(self.path, **who)
        log.privilegedStartService()
        log.startService()
        return log

    def test_given(self) -> None:
        """The file is given to the user that the process becomes; another's, or a link, is not."""
        given: list[tuple[int, int]] = []

        def fchown(fd: int, uid: int, gid: int) -> None:
            given.append((uid, gid))

        self.patch(twistdlog.os, "fchown", fchown)
        self.start()
        self.assertEqual([], given)
        self.start(uid=7, gid=8)
        self.assertEqual([(7, 8)], given)
        self.path.rename(self.folder / "other")
        self.path.symlink_to("other")
        self.start(uid=7, gid=8)
        self.path.unlink()
        os.link(self.folder / "other", self.path)
        self.start(uid=7, gid=8)
        self.assertEqual([(7, 8)], given)

    def test_cannot(self) -> None:
        """What keeps it from being rotated is said once, with what to do."""
        self.start()
        self.assertEqual([], self.said.lines)
        for refused, words in ((self.folder, "directory"), (self.path, "file")):
            del self.said.lines[:]

            def access(path: Path, *rest: Any, refused: Path = refused, **more: Any) -> bool:
                return path != refused

            with patch.object(twistdlog.os, "access", access):
                self.start()
            [line] = self.said.lines
            self.assertIn(f"cannot be rotated, and grows for ever: the user {os.geteuid()}", line)
            self.assertIn(f"may not write the {words} {refused}", line)


class DaemonTests(OptionsCase):
    """Who looks after it."""

    def test_child(self) -> None:
        """The daemon of a twistd process does, and no other."""
        daemon = self.parse("anna").daemon
        self.assertNotIn("log", [each.name for each in daemon])
        from twisted.scripts.twistd import ServerOptions

        options: Any = ServerOptions()
        options.parseOptions(["--logfile=x.log", "tiktoklive", "anna"])
        daemon = options.subOptions.daemon
        self.assertIn("log", [each.name for each in daemon])
