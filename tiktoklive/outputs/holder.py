"""Which process listens where another one wants to, as far as the system tells."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

#: The state of a socket that listens, in Linux's tables.
_LISTENS = "0A"


def holder_of(port: object, proc: Path = Path("/proc")) -> int:
    """
    The id of the process that holds a place.

    :param port: a TCP port, or the path of a Unix socket.
    :param proc: where Linux shows its processes; other systems have none.
    :return: 0 if it is not known, as of another user's.
    """
    if not isinstance(port, int):
        return _of_lock(os.fsdecode(port) if isinstance(port, bytes) else str(port))
    try:
        sockets = {f"socket:[{inode}]" for inode in _listening(port, proc)}
        return next(_owners(sockets, proc), 0) if sockets else 0
    except (OSError, ValueError):
        return 0


def held(title: str, host: object, port: object, error: object) -> str:
    """
    Why nobody can listen at a place, in a sentence.

    :param title: what wanted to.
    :param error: what the system said.
    """
    where, kind = str(port), "path"
    if isinstance(port, int):
        where, kind = f"{host}:{port}" if host else f"port {port}", "port"
    number = getattr(error, "errno", None)
    if number == errno.EACCES and isinstance(port, int):
        why = "that needs the rights of root below port 1024: name a port above"
    elif number == errno.EADDRNOTAVAIL:
        why = "this machine has no such address"
    elif number in (None, errno.EADDRINUSE):  # of Twisted's lock beside a Unix socket no number
        pid = holder_of(port)
        who = f"the process with the id {pid}" if pid else "another process"
        if pid == os.getpid():
            who = f"another part of this process ({pid})"
        why = f"{who} listens there: name another {kind}"
    else:
        why = str(getattr(error, "strerror", None) or error).rstrip(".")
    return f"{title} cannot listen on {where}: {why}."


def _of_lock(path: str) -> int:
    """Twisted's lock beside a Unix socket is a link to the number of a process."""
    try:
        number = os.readlink(f"{path}.lock")
    except OSError:
        return 0
    return int(number) if number.isdigit() and number.isascii() else 0


def _listening(port: int, proc: Path) -> Iterator[str]:
    """The inodes of sockets that listen at a port, of whatever address."""
    for name in ("tcp", "tcp6"):
        try:
            lines = (proc / "net" / name).read_text("ascii").splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            _, local, _, state, *rest = line.split()
            if state == _LISTENS and int(local.rpartition(":")[2], 16) == port:
                yield rest[5]


def _owners(sockets: set[str], proc: Path) -> Iterator[int]:
    """The processes that have one of these open."""
    for process in proc.iterdir():
        if not process.name.isdigit():
            continue
        try:
            for descriptor in (process / "fd").iterdir():
                if os.readlink(descriptor) in sockets:
                    yield int(process.name)
                    break
        except OSError:
            continue  # it ended, or is another user's
