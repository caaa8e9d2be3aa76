"""
The client of Redis: one connection that comes back, and commands that end in time.

What speaks to Redis is txredisapi's protocol.  When its server dies, txredisapi itself fails the
command in flight and lets all later ones hang; here a command without a connection fails at once,
one that takes too long ends the connection, and Twisted's ``ClientService`` makes the next one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha1
from math import inf
from typing import Any, Final, TypeAlias

from twisted.application.internet import backoffPolicy
from twisted.application.service import Service
from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.logger import Logger
from twisted.python.failure import Failure

from tiktoklive.deferreds import Waiters, ask_within
from tiktoklive.errors import (
    ConnectionStoppedError,
    RedisAwayError,
    RedisError,
    RedisReplyError,
    RedisSlowError,
)
from tiktoklive.fleet.address import PASSWORD, RedisAddress, endpoint_to, network_of, read_password
from tiktoklive.fleet.connecting import (
    ClientLines,
    Connections,
    NotedEndpoint,
    QuietClientService,
    connection_class,
    why_lost,
    why_not,
)
from tiktoklive.fleet.replies import reply_error
from tiktoklive.logs import told_again

#: A word of a command: numbers are written in decimals, texts in UTF-8.
Word: TypeAlias = bytes | str | int

#: Seconds in which a command is answered, unless its caller says otherwise.
LIMIT: Final = 5.0

#: Seconds between tries to connect: first, at most.
_FIRST, _LONGEST = 0.25, 10.0

#: Seconds after which one that was a replica may be none any more.
_FORGOTTEN: Final = 60.0


@dataclass(frozen=True, slots=True)
class Script:
    """
    A script in Lua, which Redis runs as one step.

    :param name: what it does, for people.
    :param text: its source.
    :ivar sha: what Redis knows it by.
    """

    name: str
    text: str
    sha: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha", sha1(self.text.encode()).hexdigest())


class RedisClient(Service):
    """
    One connection with Redis, made again whenever it is lost.

    Commands are answered in their order: one that waits (``BLOCK``) holds up all that follow, so
    who waits has a client of its own.

    :param endpoint: leads to Redis.
    :param reactor: its time.
    :param limit: seconds in which a command is answered, unless its caller says otherwise.
    :param lines: of another client of the same Redis, so that one of them says why it is away, and
        when it is back.
    """

    log = Logger()

    def __init__(
        self,
        address: RedisAddress,
        endpoint: IStreamClientEndpoint,
        reactor: Any,
        *,
        password: str = "",
        limit: float = LIMIT,
        lines: ClientLines | None = None,
    ) -> None:
        self.address = address
        self.limit = limit
        #: Why there is no connection; ``""`` while there is one.
        self.why = f"{address} has not been asked yet"
        self._endpoint = endpoint
        self._reactor = reactor
        self._password = password
        self._connection: Any = None
        self._service: QuietClientService | None = None
        self._waiters: Waiters[None] = Waiters()
        self._told: list[Callable[[bool], object]] = []
        self.lines = ClientLines() if lines is None else lines
        self._refusals = 0
        #: How often it took nothing because it is a replica, and when last.
        self._replicas, self._replica_at = 0, -inf
        self._policy: Callable[[int], float] = backoffPolicy(_FIRST, _LONGEST)

    @property
    def connected(self) -> bool:
        """Whether commands can be sent now."""
        return self._connection is not None

    def when_connected(self) -> Deferred[None]:
        """
        Fires when commands can be sent, at once if they can be now.

        :raise ConnectionStoppedError: the client was stopped.
        """
        return succeed(None) if self.connected else self._waiters.wait()

    def watch(self, told: Callable[[bool], object]) -> None:
        """Have something called whenever the connection is made or lost: with whether it stands."""
        self._told.append(told)

    async def call(self, *words: Word, timeout: float | None = None) -> Any:
        """
        Have a command done.

        :param timeout: seconds in which it is answered; of a command that waits, more than those.
        :return: bytes, an int, a list of these, or ``None``; a status is bytes, too: ``b"OK"``.
        :raise RedisAwayError: there is no connection, or none any more.
        :raise RedisReplyError: Redis says that it did not do it.
        """
        connection = self._connection
        if connection is None:
            raise RedisAwayError(f"Redis cannot be asked: {self.why}.")
        try:
            return await self._ask(connection, words, self.limit if timeout is None else timeout)
        except RedisReplyError as error:
            if error.code == "READONLY" and connection is self._connection:
                # What was the master is none any more: the next connection finds the new one.
                self._replica()
                self._abort(connection)
            raise

    async def script(
        self,
        script: Script,
        keys: Sequence[Word],
        arguments: Sequence[Word],
        timeout: float | None = None,
    ) -> Any:
        """
        Run a script; its source is sent only where Redis does not know it.

        :raise RedisError: as for :meth:`call`.
        """
        rest = (len(keys), *keys, *arguments)
        try:
            return await self.call("EVALSHA", script.sha, *rest, timeout=timeout)
        except RedisReplyError as error:
            if error.code != "NOSCRIPT":
                raise
        return await self.call("EVAL", script.text, *rest, timeout=timeout)

    def startService(self) -> None:
        """
        Connect, and go on doing so.

        :raise StartError: txredisapi is not installed.
        """
        if self._service is not None:
            return
        made = connection_class()
        super().startService()
        factory = Connections(made)
        self._service = QuietClientService(
            NotedEndpoint(self._endpoint, self._unusable),
            factory,
            retryPolicy=self._pause,
            clock=self._reactor,
            prepareConnection=self._begin,
        )
        self._service.startService()

    def stopService(self) -> Deferred[None]:
        """Close the connection; what was not answered fails."""
        super().stopService()
        service, self._service = self._service, None
        self.why = "the client was stopped"
        self._waiters.fail(ConnectionStoppedError(f"{self.address}: {self.why}."))
        stopped: Deferred[None] = succeed(None) if service is None else service.stopService()
        return stopped

    def _ask(self, connection: Any, words: Sequence[Word], seconds: float) -> Deferred[Any]:
        """
        Send a command, and wait.

        :raise RedisError: by the Deferred; the connection is closed after an answer that is late.
        """

        def failed(failure: Failure) -> Any:
            error = self._translated(failure.value, words, connection)
            if error is None:
                return failure
            raise error from failure.value

        def late(result: Any, seconds: float) -> Any:
            self._abort(connection)
            raise RedisSlowError(
                f"{self.address} did not answer {words[0]!s} within {seconds:g} s.", sent=True
            )

        def ask() -> Deferred[Any]:
            asked: Deferred[Any] = connection.execute_command(*words)
            return asked

        answer = ask_within(ask, seconds, self._reactor, late)
        return answer.addCallbacks(_as_bytes, failed)

    def _translated(
        self, error: object, words: Sequence[Word], connection: Any
    ) -> RedisError | None:
        """What txredisapi raises, as an error of ours; ``None`` for what is no word of Redis."""
        from txredisapi import ConnectionError as LostError
        from txredisapi import ResponseError

        if isinstance(error, ResponseError):
            return reply_error(str(self.address), str(words[0]), str(error))
        if isinstance(error, LostError):
            why = why_lost(connection)
            return RedisAwayError(f"The connection with {self.address} was lost{why}.", sent=True)
        return None

    async def _hello(self, connection: Any) -> None:
        """Say what has to be said first; Redis is not there before it answers all of it."""
        user = [self.address.user] if self.address.user else []
        if self._password:
            await self._ask(connection, ["AUTH", *user, self._password], self.limit)
        await self._ask(connection, ["SELECT", self.address.database], self.limit)
        await self._ask(connection, ["PING"], self.limit)

    def _begin(self, connection: Any) -> None:
        """
        A connection stands: it is used when Redis answers, and else closed.

        ``ClientService`` does not wait for that: it stands no connection that is lost meanwhile.
        """

        def ready(_: None) -> None:
            self._connection = connection
            self._refusals = 0
            self.why = ""
            connection.whenDisconnected().addCallback(lambda _: self._lost(connection))
            if self._reactor.seconds() - self._replica_at >= _FORGOTTEN:
                self._replicas = 0
            # Of a replica it is said that nothing can be written.
            if self.lines.say_connected and self._replicas < 2:
                self.lines.say_connected = False
                self.log.info("{address}: connected", address=self.address)
            self._tell(True)
            self._waiters.tell(None)

        def refused(failure: Failure) -> None:
            self._refusals += 1
            self._unusable(failure.value)
            self._abort(connection)

        waiting = Deferred.fromCoroutine(self._hello(connection))
        waiting.addCallbacks(ready, refused)

    def _pause(self, attempt: int) -> float:
        """Seconds before the next try: longer ones after connections that were of no use, too."""
        return self._policy(max(attempt, self._refusals, self._replicas - 1))

    def _replica(self) -> None:
        """It takes nothing, as it did before if that is not long ago."""
        now = self._reactor.seconds()
        self._replicas = self._replicas + 1 if now - self._replica_at < _FORGOTTEN else 1
        self._replica_at = now

    def _lost(self, connection: Any) -> None:
        if connection is not self._connection:
            return
        self._connection = None
        if self._service is not None:
            self.why = f"the connection with {self.address} was lost"
            self._say()
        self._tell(False)

    def _unusable(self, error: BaseException | None) -> None:
        """A try to connect came to nothing."""
        if self._service is None:
            return  # it was we who ended it
        ours = isinstance(error, RedisError)
        self.why = str(error).rstrip(".") if ours else f"{self.address}: {why_not(error)}"
        self._say()

    def _say(self) -> None:
        again = self.lines.throttle.again(self.why, self._reactor.seconds())
        if again is not None:
            self.lines.say_connected = True
            self.log.warn(
                "{why}: it is tried again{again}", why=self.why, again=told_again(again, "logged")
            )

    def _tell(self, connected: bool) -> None:
        for told in list(self._told):
            try:
                told(connected)
            except Exception:
                self.log.failure("An observer of the connection with Redis failed")

    @staticmethod
    def _abort(connection: Any) -> None:
        if connection.transport is not None:
            connection.transport.abortConnection()


def _as_bytes(reply: Any) -> Any:
    """A reply; that a status is text depends on what txredisapi finds to parse it with."""
    return reply.encode() if isinstance(reply, str) else reply


def make_client(
    address: RedisAddress,
    reactor: Any,
    environ: Mapping[str, str] = os.environ,
    *,
    limit: float = LIMIT,
    lines: ClientLines | None = None,
) -> RedisClient:
    """
    A client with the password and the trusted certificates of the environment.

    :raise ValueError: one of them is no good; says what to do.
    """
    password = read_password(environ)
    if address.user and not password:
        raise ValueError(
            "the address has a user, or what should be a password, and there is no password: set "
            f"{PASSWORD}, or let {PASSWORD}_FILE name a file that holds it."
        )
    endpoint = endpoint_to(address, reactor, network_of(reactor, environ))
    return RedisClient(address, endpoint, reactor, password=password, limit=limit, lines=lines)
