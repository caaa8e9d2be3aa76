"""The log file of twistd, and whether the user that the process becomes can begin it anew."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from twisted.application.service import Service
from twisted.logger import Logger

#: What twistd calls it, unless told otherwise.
_USUAL = "twistd.log"


class TwistdLog(Service):
    """
    Sees to it that the log file can be rotated, or says why it can not.

    twistd makes the file before it gives up its rights.  What is left of it then, if the user that
    it becomes may not write it, would grow for ever: Twisted rotates it by renaming, and says
    nothing where that cannot be done.

    :param path: the file.
    :param uid: whom the process becomes, if somebody else.
    :param gid: likewise.
    """

    log = Logger()

    def __init__(self, path: Path, uid: int | None = None, gid: int | None = None) -> None:
        self.setName("log")
        self._path = path
        self._uid = uid
        self._gid = gid

    def privilegedStartService(self) -> None:
        """Give the file to the user that the process becomes, if it is root's that twistd made."""
        super().privilegedStartService()
        if self._uid is None or not hasattr(os, "fchown"):
            return
        try:
            fd = os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            return  # it is told below what cannot be done
        try:
            facts = os.fstat(fd)
            if stat.S_ISREG(facts.st_mode) and facts.st_nlink == 1 and facts.st_uid == os.geteuid():
                os.fchown(fd, self._uid, -1 if self._gid is None else self._gid)
        except OSError:
            pass
        finally:
            os.close(fd)

    def startService(self) -> None:
        """Say why the file cannot be rotated, if that is so."""
        super().startService()
        own = os.access in os.supports_effective_ids
        for path, rights, what in (
            (self._path.parent, os.W_OK | os.X_OK, "directory"),
            (self._path, os.W_OK, "file"),
        ):
            if not os.access(path, rights, effective_ids=own):
                user = os.geteuid() if hasattr(os, "geteuid") else "that it runs as"
                self.log.warn(
                    "the log file {log} cannot be rotated, and grows for ever: the user {user} may "
                    "not write the {what} {path}. Name a file in a directory of that user with "
                    "--logfile, or use --syslog.",
                    log=str(self._path),
                    user=user,
                    what=what,
                    path=str(path),
                )
                return


def shown_on(twistd: Mapping[str, Any] | None) -> TextIO | None:
    """
    The stream on which twistd, or twist, shows its log.

    :param twistd: its options; ``None`` if the process is neither.
    :return: ``None`` where it is in a file, or elsewhere.
    """
    if twistd is None:
        return None
    if "nodaemon" not in twistd:  # twist
        stream: TextIO = twistd.get("logFile") or sys.stdout
        return stream
    elsewhere = twistd.get("syslog") or twistd.get("logger") or not twistd["nodaemon"]
    return None if elsewhere or twistd.get("logfile") not in (None, "", "-") else sys.stdout


def log_of(twistd: Mapping[str, Any] | None) -> TwistdLog | None:
    """
    What looks after the log of a twistd process.

    :param twistd: its options; ``None`` if the process is no twistd.
    :return: ``None`` where it writes no file that it rotates.
    """
    if twistd is None or twistd.get("syslog") or twistd.get("logger"):
        return None
    name = twistd.get("logfile")
    if name == "-" or (not name and twistd.get("nodaemon", True)):
        return None
    uid, gid = twistd.get("uid"), twistd.get("gid")
    if uid is not None and gid is None:
        import pwd

        gid = pwd.getpwuid(uid).pw_gid
    return TwistdLog(Path(name or _USUAL).absolute(), uid, gid)
