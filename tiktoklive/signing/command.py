"""The signature hook of the direct source as a program of the user's (wire facts §4.3)."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Any, Final

from twisted.internet import defer, error
from twisted.internet.defer import Deferred
from twisted.internet.protocol import ProcessProtocol
from twisted.python.failure import Failure

from tiktoklive.clock import steady_clock
from tiktoklive.deferreds import cancel_after
from tiktoklive.errors import LocalResourceError, SignatureError
from tiktoklive.net.quoting import shown
from tiktoklive.net.shortage import lacking

#: Bytes that a program may print, on each of its two ways.
MOST_OUTPUT: Final = 65_536

#: Settings of ours that are none of a program's business: they hold secrets.
_OURS = ("TIKTOKLIVE_", "SIGN_API_KEY")

_SUFFIX = re.compile(r"[\x21-\x7e]+")


class CommandSignature:
    """
    Asks a program for what to append to the socket's query.

    The program is started anew for every address: it reads the query from its standard
    input, prints the suffix (``X-Gnarly=...``) and ends with status 0.  It is started
    without a shell, and with our environment less our own settings.

    :param command: the program and its arguments.
    :param reactor: the reactor: starts processes and knows the time.
    :param timeout: seconds that the program may take.
    :raise ValueError: there is no program.
    """

    def __init__(self, command: Sequence[str], reactor: Any, timeout: float = 10.0) -> None:
        if isinstance(command, str) or not command or not command[0]:
            raise ValueError("The signature command must be a list: a program and its arguments.")
        self._command = tuple(command)
        self._reactor = reactor
        self._timeout = timeout

    def __repr__(self) -> str:
        return f"<CommandSignature {self.program}>"

    @property
    def program(self) -> str:
        """The program's name, for people; arguments may hold secrets."""
        return os.path.basename(self._command[0])

    async def __call__(self, query: str) -> str:
        """
        What to append to a query.

        :raise SignatureError: the program did not print it.
        :raise LocalResourceError: there is no file descriptor for it.
        """
        run = _Run(query.encode())
        environment = {k: v for k, v in os.environ.items() if not k.startswith(_OURS)}
        try:
            self._reactor.spawnProcess(run, self._command[0], self._command, environment)
        except OSError as problem:
            if missing := lacking([problem]):
                words = f"The signature command {self.program} cannot be started: {missing}."
                raise LocalResourceError(words) from problem
            raise self._failed(f"cannot be started: {problem.strerror}") from None
        try:
            await cancel_after(run.ended, self._timeout, steady_clock(self._reactor))
        except defer.TimeoutError:
            raise self._failed(f"took longer than {self._timeout:g} s") from None
        except error.ProcessTerminated as end:
            how = f"signal {end.signal}" if end.signal else f"exit status {end.exitCode}"
            lines = run.printed[2].decode("utf-8", "replace").strip().splitlines()
            said = shown(lines[-1], [query]) if lines else ""
            raise self._failed(f"ended with {how}" + (f": {said!r}" if said else "")) from None
        if run.is_flooded:
            raise self._failed(f"printed more than {MOST_OUTPUT} bytes")
        suffix = run.printed[1].decode("utf-8", "replace").strip()
        if not _SUFFIX.fullmatch(suffix):
            raise self._failed("printed something else than one suffix for a query")
        return suffix

    def _failed(self, how: str) -> SignatureError:
        return SignatureError(
            f"The signature command {self.program} {how}. Run it by hand with a query on its "
            "standard input, or use another source."
        )


class _Run(ProcessProtocol):
    """
    One run of the program.

    :ivar ended: fires when it is over; cancelling kills it.
    :ivar printed: what it printed, by file descriptor.
    :ivar is_flooded: whether it printed too much, and was killed for it.
    """

    transport: Any

    def __init__(self, query: bytes) -> None:
        self.ended: Deferred[None] = Deferred(self._kill)
        self.printed = {1: b"", 2: b""}
        self.is_flooded = False
        self._query = query

    def connectionMade(self) -> None:
        """It runs: tell it the query."""
        self.transport.write(self._query)
        self.transport.closeStdin()

    def childDataReceived(self, childFD: int, data: bytes) -> None:
        """It printed something."""
        if len(self.printed[childFD]) + len(data) <= MOST_OUTPUT:
            self.printed[childFD] += data
        elif not self.is_flooded:
            self.is_flooded = True
            self._kill(self.ended)

    def processEnded(self, reason: Failure) -> None:
        """It is over, and all that it printed has arrived."""
        if self.ended.called:
            return
        if self.is_flooded or isinstance(reason.value, error.ProcessDone):
            self.ended.callback(None)
        else:
            self.ended.errback(reason)

    def _kill(self, ended: Deferred[None]) -> None:
        try:
            self.transport.signalProcess("KILL")
        except error.ProcessExitedAlready:
            pass  # another process holds its output open
        self.transport.loseConnection()
