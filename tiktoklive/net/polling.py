"""Polling: a stream where there is no WebSocket, one request after the other."""

from __future__ import annotations

from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IPushProducer, IReactorTime
from twisted.internet.task import LoopingCall, deferLater
from twisted.logger import Logger
from twisted.python.failure import Failure
from zope.interface import implementer

from tiktoklive.deferreds import Waiters
from tiktoklive.errors import MissingCursorError, StreamLostError, UserOfflineError
from tiktoklive.errors.isolation import said_by
from tiktoklive.interfaces import IReceiver, IStream, IStreamOpener, IWitness
from tiktoklive.model import Ticket
from tiktoklive.net.fetch import Visit, pause_of
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.pacing.backoff import doubling
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames_pb2 import WebcastResponse
from tiktoklive.wire.text import LONGEST, valid_text

#: Seconds after the first failure, doubled with each further one in a row, and their end.
FIRST_PAUSE, LAST_PAUSE = 2.0, 30.0

_pause_for = doubling(FIRST_PAUSE, LAST_PAUSE)

#: So many failures in a row end a stream.
FAILURES = 5


@implementer(IStream, IPushProducer)
class PollingStream:
    """
    Asks for one batch after the other (wire facts §7).

    Between the end of one answer and the next request lies what the options and the server
    want, whichever is longer.  After failures the pause grows; too many in a row, or a wish for
    a longer pause than that, end the stream.

    :param visit: the visit of the room that asks.
    :param receiver: gets the batches; as an :class:`~tiktoklive.interfaces.IWitness` it also
        hears of failures.
    :param interval: the least seconds between an answer and the next request.
    :param first: what was fetched to find out whether polling works at all.
    :param not_upgraded: why there is no WebSocket.
    """

    heartbeat: float | None = None
    transport_name = "polling"
    acks = heartbeats = recorded = False
    asks = True
    _log = Logger()

    def __init__(
        self,
        visit: Visit,
        receiver: IReceiver,
        clock: IReactorTime,
        *,
        interval: float,
        first: tuple[bytes, WebcastResponse],
        not_upgraded: Exception | None,
    ) -> None:
        self.not_upgraded = not_upgraded
        self._visit = visit
        self._receiver: IReceiver | None = receiver
        self._interval = interval
        self._first: tuple[bytes, WebcastResponse] | None = first
        self._asking: Deferred[tuple[bytes, WebcastResponse]] | None = None
        self._failures = 0
        self._closing = False
        self._paused = False
        #: What the loop waits for while we are paused.
        self._resumed: Deferred[None] | None = None
        self._closers: Waiters[None] = Waiters()
        self._loop = LoopingCall(self._turn)
        self._loop.clock = clock
        # At once, but not before the caller has this stream.
        self._loop.start(0, now=False).addErrback(self._broke)

    # --- IStream

    def send(self, data: bytes) -> None:
        """Discard it: there is no socket to send it on."""

    def close(self) -> Deferred[None]:
        """Stop polling; a request that is under way is cancelled."""
        if self._receiver is None:
            return succeed(None)
        closed = self._closers.wait()
        if self._closing:
            return closed  # cancelling takes its time
        self._closing = True
        self.resumeProducing()
        if self._asking is not None:
            self._asking.cancel()
        else:
            self._finish(None)
        return closed

    # --- IPushProducer

    def pauseProducing(self) -> None:
        """Ask for nothing more; the answer to what was asked already still comes."""
        self._paused = True

    def resumeProducing(self) -> None:
        """Go on asking."""
        self._paused = False
        resumed, self._resumed = self._resumed, None
        if resumed is not None:
            resumed.callback(None)

    def stopProducing(self) -> None:
        """Close."""
        self.close()

    # --- inside

    def _turn(self) -> Deferred[None]:
        """Ask for one batch; the loop waits for what is returned, which never fails."""
        if self._closing:
            return succeed(None)
        if self._paused:
            self._resumed = Deferred()
            return self._resumed.addCallback(lambda _: self._turn())
        if self._first is not None:
            first, self._first = self._first, None
            asking = succeed(first)
        else:
            asking = self._asking = Deferred.fromCoroutine(self._visit.fetch())
        return asking.addCallbacks(self._answered, self._failed)

    def _answered(self, answer: tuple[bytes, WebcastResponse]) -> None:
        self._asking = None
        receiver = self._receiver
        if self._closing or receiver is None:
            self._finish(None)
            return
        data, batch = answer
        self._failures = 0
        self._wait(pause_of(batch, self._interval))
        receiver.batch(data)
        if not valid_text(batch.cursor):
            what = "batch without a cursor: the old one is used again"
            if len(batch.cursor) > LONGEST:
                what = f"cursor of more than {LONGEST} characters: without it polling begins anew"
            problem = MissingCursorError(f"TikTok sent a {what}.")
            self._tell("Missing cursor in fetch response.", problem)

    def _failed(self, failure: Failure) -> None:
        self._asking = None
        if self._closing:
            self._finish(None)
            return
        error = failure.value
        assert isinstance(error, Exception)
        asked = getattr(error, "retry_after", None) or 0.0
        self._failures += 1
        if isinstance(error, UserOfflineError):
            self._finish(error)
        elif self._failures >= FAILURES or asked > LAST_PAUSE:
            times = "once" if self._failures == 1 else f"{self._failures} times in a row"
            lost = StreamLostError(f"Polling failed {times}: {error}", retry_after=asked or None)
            lost.__cause__ = error
            self._finish(lost)
        else:
            self._wait(max(self._interval, _pause_for(self._failures - 1), asked))
            self._tell("Error while fetching webcast data via request polling", error)

    def _wait(self, seconds: float) -> None:
        """The pause before the next request, counted from now."""
        self._loop.interval = seconds
        self._loop.starttime = self._loop.clock.seconds()

    def _tell(self, info: str, error: Exception) -> None:
        witness = IWitness(self._receiver, None)
        if witness is not None:
            witness.survived(info, error)

    def _finish(self, reason: Exception | None) -> None:
        """It is over."""
        if self._loop.running:
            self._loop.stop()
        receiver, self._receiver = self._receiver, None
        if receiver is not None:
            receiver.closed(reason)
        self._closers.tell(None)

    def _broke(self, failure: Failure) -> None:
        """A receiver raised, which it must not, or we have a mistake: no caller waits for ever."""
        self._log.failure("Polling broke off", failure=failure)
        why = said_by(failure.value or RuntimeError())
        self._finish(StreamLostError(f"Polling broke off: {why}."))


@implementer(IStreamOpener)
class PollingOpener:
    """
    Opens streams by polling.

    :param tiktok: TikTok's servers; its login is sent along: guests get nothing unsigned.
    :param clock: the reactor, or a test's clock.
    :param interval: the least seconds between an answer and the next request.
    :raise ValueError: the interval is not above 0.
    """

    def __init__(self, tiktok: TikTokWeb, clock: IReactorTime, *, interval: float = 1.0) -> None:
        if not interval > 0:
            raise ValueError("The time between two polls must be above 0 seconds.")
        self._tiktok = tiktok
        self._clock = clock
        self._interval = interval

    async def open(self, ticket: Ticket, receiver: IReceiver) -> IStream:
        """
        Open a stream; see :meth:`tiktoklive.interfaces.IStreamOpener.open`.

        It is open when the first poll was answered with a batch.

        :raise InitialFetchError: it was not.
        """
        agents = [value for name, value in ticket.headers if name.lower() == "user-agent"]
        device = self._tiktok.device.with_agent(agents[-1] if agents else self._tiktok.user_agent)
        visit = Visit(
            self._tiktok,
            ticket.room.room_id,
            device,
            ticket.cookies,
            ticket.cursor,
            ticket.internal_ext,
        )
        if ticket.first_batch:
            pause = pause_of(parse_batch(ticket.first_batch), self._interval)
            await deferLater(self._clock, pause)
        first = await visit.fetch()
        return PollingStream(
            visit,
            receiver,
            self._clock,
            interval=self._interval,
            first=first,
            not_upgraded=ticket.not_upgraded,
        )
