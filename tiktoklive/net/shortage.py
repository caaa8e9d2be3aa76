"""
What this process or machine lacks, so that it reaches no host.

Twisted swallows some of it: a look-up for which there is no file descriptor is one that found
nothing, or none that ever ends.  So after those it is tried whether there is one now.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterable
from threading import Thread
from typing import Final

from OpenSSL import SSL
from twisted.internet import error

#: What is missing, and what its user can do.
_LACKING: Final = {
    errno.EMFILE: (
        "this process has no file descriptor left: raise its limit "
        "(ulimit -n, or LimitNOFILE= of its systemd unit)"
    ),
    errno.ENFILE: (
        "this machine has no file descriptor left: raise fs.file-max, or end other programs"
    ),
    errno.EADDRNOTAVAIL: (
        "this machine has no port left to connect from, or no address of the kind: "
        "widen net.ipv4.ip_local_port_range, or set IPv6 up"
    ),
    errno.ENOMEM: "this machine or process has no memory left",
    errno.ENOBUFS: "the system of this machine has no memory left for connections",
}

_NO_THREAD: Final = (
    "this process can start no thread for name look-ups: raise its limit "
    "(ulimit -u, or TasksMax= of its systemd unit)"
)

#: How OpenSSL says the same, which quotes the system.
_OF_OPENSSL: Final = {
    **{os.strerror(number).lower(): number for number in _LACKING},
    "malloc failure": errno.ENOMEM,
}


def lacking(causes: Iterable[BaseException]) -> str:
    """
    What is missing here, when that is why something failed, with what can be done.

    :return: without a full stop; ``""`` when the failure is of others.
    """
    for cause in causes:
        if isinstance(cause, MemoryError):
            return _LACKING[errno.ENOMEM]
        if isinstance(cause, RuntimeError) and "start new thread" in str(cause):
            return _NO_THREAD
        if isinstance(cause, error.ConnectError):
            number = cause.osError
        elif isinstance(cause, OSError):
            number = cause.errno
        elif isinstance(cause, SSL.Error):
            number = _number_of(cause)
        else:
            continue
        if number in _LACKING:
            return _LACKING[number]
    return ""


def lacking_now() -> str:
    """What is missing here at this moment; as :func:`lacking`."""
    try:
        socket.socket().close()
        Thread(target=int, daemon=True).start()
    except Exception as problem:
        return lacking([problem])
    return ""


def _number_of(problem: SSL.Error) -> int | None:
    """The system's number for what an OpenSSL error speaks of, if it does."""
    lines = problem.args[0] if problem.args else ()
    for line in lines if isinstance(lines, list) else ():
        number = _OF_OPENSSL.get(str(line[-1]).lower()) if isinstance(line, tuple) else None
        if number is not None:
            return number
    return None
