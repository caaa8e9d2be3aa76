"""Brings deliveries to their receiver, one at a time, the oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any
from urllib.parse import urlsplit

from twisted.internet.defer import CancelledError, Deferred, succeed
from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger
from twisted.web.iweb import IAgentEndpointFactory

from tiktoklive.clock import STEP, wall_time
from tiktoklive.errors import TikTokLiveError
from tiktoklive.limit import cancel_after
from tiktoklive.net.web import Answer, Web
from tiktoklive.outputs.database import Runner, may_pass
from tiktoklive.outputs.plaintext import plain
from tiktoklive.outputs.webhook import outbox
from tiktoklive.outputs.webhook.signature import signed_headers

#: Seconds that a receiver has for its answer.
TIMEOUT = 15.0
#: Seconds between two attempts: doubled from the first to the last.
FIRST_PAUSE, LAST_PAUSE = 1.0, 600.0
#: Seconds that a receiver may ask us to wait, at most.
LONGEST_WAIT = 86400.0
#: Refusals after which a delivery is given up, where the receiver takes others.
ATTEMPTS = 5
#: Seconds that stopping may take, while the rest is sent.
LAST_WORDS = 5.0

#: Refusals that are about this delivery, and not about all: bad request, too large, unprocessable.
_ITS_OWN = frozenset({400, 413, 422})
_GONE = 410


class Courier:
    """
    Sends what is in an outbox.

    While the receiver can't be reached, or takes nothing, all wait together, longer each time.
    A delivery that is refused for itself waits alone, and is a dead letter in the end.  A
    receiver that says it is gone (410) is left alone.

    :param name: what it is, for the log, without what is secret of the address.
    :param url: where to send.
    :param secrets: what deliveries are signed with.
    :ivar failing: why nothing can be sent now, ``""`` if it can.
    :ivar disabled: whether the receiver is gone.
    :ivar delivered: how many deliveries it took.
    :ivar left: how many events left the outbox so.
    :ivar buried: how many events became dead letters, by what it refused; they left it too.
    """

    log = Logger()

    def __init__(
        self,
        name: str,
        database: Runner,
        url: str,
        secrets: Sequence[bytes],
        network: IAgentEndpointFactory,
        clock: IReactorTime,
        random: Random,
    ) -> None:
        self.failing = ""
        self.disabled = False
        self.delivered = 0
        self.left = 0
        self.buried = 0
        self._name = name
        self._database = database
        self._url = url
        self._secrets = secrets
        self._network = network
        self._clock = clock
        self._random = random
        self._failures = 0
        self._web: Web | None = None
        self._pause: Deferred[None] | None = None
        self._news = False
        self._running: Deferred[None] | None = None
        self._apart = 0.0
        self._stopping = self._closing = False

    def start(self) -> None:
        """Send from now on."""
        self._stopping = self._closing = self.disabled = False
        self.failing = ""
        self._apart = self._wall_is_apart()
        self._web = Web(self._network, self._clock, timeout=TIMEOUT, limit=64 * 1024)
        self._running = Deferred.fromCoroutine(self._run(self._web))

    def look(self) -> None:
        """There is something new to send."""
        self._news = True
        if self._pause is not None and not self.failing:
            self._pause.callback(None)

    def stop(self) -> Deferred[None]:
        """Send what is due, for five seconds at most; the rest stays in the outbox."""
        if self._running is None or self._web is None:
            return succeed(None)
        running, web = self._running, self._web
        self._running = self._web = None
        self._stopping = True
        if self._pause is not None:
            self._pause.callback(None)

        async def stop() -> None:
            over: Deferred[None] = Deferred()
            running.chainDeferred(over)
            cancel_after(over, LAST_WORDS, self._clock, lambda result, _: None)
            await over
            self._closing = True
            await web.close()  # ends what is under way
            await running

        return Deferred.fromCoroutine(stop())

    async def _run(self, web: Web) -> None:
        while not self.disabled:
            self._news = False
            try:
                wait = await self._send_next(web)
            except CancelledError:
                return  # in the middle of a request, by stop()
            except Exception as error:
                if not may_pass(error):
                    self.log.failure("{webhook}: a delivery failed", webhook=self._name)
                wait = self._fail(f"the outbox cannot be used ({error})", None)
            if self._closing or (self._stopping and (self.failing or wait != 0)):
                return
            if wait != 0 and not (self._news and not self.failing):
                await self._sleep(wait)

    async def _send_next(self, web: Web) -> float | None:
        """Try one delivery; seconds until there is more to do, ``None`` for until there is news."""
        await self._follow_the_wall()
        now = wall_time(self._clock)
        delivery, due_at = await self._database.run(outbox.next_due, now)
        if delivery is None:
            return None if due_at is None else max(due_at - now, 0.001)
        try:
            answer = await web.request(
                "POST",
                self._url,
                headers=[
                    ("Content-Type", "application/json"),
                    ("User-Agent", "tiktoklive"),
                    *signed_headers(self._secrets, delivery.id, now, delivery.body),
                ],
                body=delivery.body,
            )
        except TikTokLiveError as error:
            return await self._put_off(delivery, self._unreachable(error), None)
        return await self._answered(delivery, answer)

    async def _follow_the_wall(self) -> None:
        """The outbox has the wall clock's times: when that is set, they are set as well."""
        apart = self._wall_is_apart()
        if abs(apart - self._apart) > STEP:
            by, self._apart = apart - self._apart, apart
            await self._database.run(outbox.shift, by)

    def _wall_is_apart(self) -> float:
        return wall_time(self._clock) - self._clock.seconds()

    async def _answered(self, delivery: outbox.Delivery, answer: Answer) -> float:
        """Do what the receiver's answer asks for; seconds until the next attempt."""
        if 200 <= answer.status < 300:
            self.left += await self._database.run(outbox.delivered, delivery.seq)
            self.delivered += 1
            self._recovered()
            return 0
        words = plain(answer.body[:400].decode("utf-8", "replace"), 120)
        said = f"{answer.host} answered {answer.status}" + (f': "{words}"' if words else "")
        if 300 <= answer.status < 400:
            said += ", and redirects are not followed: give the address that they lead to"
        if answer.status == _GONE:
            await self._disable(said)
            return 0
        if answer.status not in _ITS_OWN:
            return await self._put_off(delivery, said, answer.retry_after)
        self._recovered()  # it is there, and reads what we send
        if delivery.refusals + 1 < ATTEMPTS:
            pause = max(self._pause_after(delivery.refusals), answer.retry_after or 0)
            due_at = wall_time(self._clock) + min(pause, LONGEST_WAIT)
            await self._database.run(outbox.postpone, delivery.seq, due_at, said, 1)
            return 0
        now = wall_time(self._clock)
        self._bury(await self._database.run(outbox.bury, delivery.seq, now, said))
        self.log.error(
            "{webhook}: {delivery} is a dead letter after {refusals} refusals: {error}",
            webhook=self._name,
            delivery=delivery.id,
            refusals=delivery.refusals + 1,
            error=said,
        )
        return 0

    async def _disable(self, said: str) -> None:
        count = await self._database.run(outbox.bury_all, wall_time(self._clock), said)
        self._bury(count)
        self.disabled = True
        self.failing = said
        self.log.error(
            "{webhook} is gone, and gets nothing more until this program starts anew: {error}; "
            "{count} events are dead letters now",
            webhook=self._name,
            error=said,
            count=count,
        )

    def _bury(self, count: int) -> None:
        self.buried += count
        self.left += count

    async def _put_off(
        self, delivery: outbox.Delivery, said: str, retry_after: float | None
    ) -> float:
        wait = self._fail(said, retry_after)
        await self._database.run(outbox.postpone, delivery.seq, 0.0, said)
        return wait

    def _fail(self, said: str, retry_after: float | None) -> float:
        """Nothing can be sent now; seconds until the next attempt."""
        wait = self._pause_after(self._failures)
        if retry_after is not None:
            wait = max(wait, min(retry_after, LONGEST_WAIT))
        self._failures += 1
        if said != self.failing:
            self.failing = said
            self.log.error(
                "{webhook} takes nothing, trying again in {wait:.0f} s, what is to be sent waits: "
                "{error}",
                webhook=self._name,
                wait=wait,
                error=said,
            )
        return wait

    def _recovered(self) -> None:
        if self.failing:
            self.log.warn(
                "{webhook} works again after {count} attempts",
                webhook=self._name,
                count=self._failures,
            )
        self.failing = ""
        self._failures = 0

    def _unreachable(self, error: TikTokLiveError) -> str:
        refused = getattr(self._network, "refused", "")
        if not refused:
            return str(error)
        return (
            f"{urlsplit(self._url).hostname} is at {refused}, which is no public address: "
            "allow it with private=1 if it is yours"
        )

    def _pause_after(self, failures: int) -> float:
        pause = min(FIRST_PAUSE * 2.0 ** min(failures, 20), LAST_PAUSE)
        return pause * self._random.uniform(0.8, 1.2)

    async def _sleep(self, seconds: float | None) -> None:
        """Let time pass, or something happen."""
        pause = self._pause = Deferred[None]()
        call: Any = None
        if seconds is not None:
            call = self._clock.callLater(seconds, pause.callback, None)
        try:
            await pause
        finally:
            self._pause = None
            if call is not None and call.active():
                call.cancel()
