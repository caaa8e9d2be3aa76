"""Brings deliveries to their receiver, one at a time, the oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from twisted.internet.defer import CancelledError, Deferred, succeed
from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger
from twisted.web.iweb import IAgentEndpointFactory

from tiktoklive.bounded import BoundedMap
from tiktoklive.clock import STEP, wall_time
from tiktoklive.deferreds import cancel_after
from tiktoklive.errors import TikTokLiveError
from tiktoklive.net.answers import Answer
from tiktoklive.net.redaction import Redaction, secrets_of
from tiktoklive.net.web import Web
from tiktoklive.outputs.database import Runner, may_pass
from tiktoklive.outputs.plaintext import plain
from tiktoklive.outputs.webhook import outbox
from tiktoklive.outputs.webhook.signature import signed_headers
from tiktoklive.pacing.backoff import doubling

#: Seconds that a receiver has for its answer.
TIMEOUT = 15.0
#: Seconds between two attempts: doubled from the first to the last.
FIRST_PAUSE, LAST_PAUSE = 1.0, 600.0
#: Seconds that a receiver may ask us to wait: doubled from the first time to the last.  One that
#: asks for more is asked again then, for no single answer is the truth.
FIRST_PROBE, LAST_PROBE = 300.0, 3600.0
#: Refusals after which a delivery is given up, where the receiver takes others.
ATTEMPTS = 5
#: Refusals, and nothing taken between them, after which it is the receiver that refuses.
DOUBT = 3
#: Refused deliveries that are remembered.
_REMEMBERED = 10_000
#: Seconds that stopping may take, while the rest is sent.
LAST_WORDS = 5.0

#: Refusals that are about this delivery, and not about all: bad request, too large, unprocessable.
_ITS_OWN = frozenset({400, 413, 422})
_GONE = 410

_pause_for = doubling(FIRST_PAUSE, LAST_PAUSE)
_probe_for = doubling(FIRST_PROBE, LAST_PROBE)


class Deliverer:
    """
    Sends what is in an outbox.

    While the receiver can't be reached, or takes nothing, all wait together, longer each time.
    A delivery that is refused for itself, while others are taken, waits alone, and is a dead
    letter in the end.  A receiver that says it is gone (410) is asked again once an hour.

    :param name: what it is, for the log, without what is secret of the address.
    :param url: where to send.
    :param secrets: what deliveries are signed with.
    :ivar failing: why nothing can be sent now, ``""`` if it can.
    :ivar disabled: whether the receiver said that it is gone, and took nothing since.
    :ivar delivered: how many deliveries it took.
    :ivar left: how many events left the outbox so.
    :ivar dead: how many events became dead letters, by what it refused; they left it too.
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
        self.dead = 0
        self._name = name
        self._database = database
        self._url = url
        self._secrets = secrets
        self._network = network
        self._clock = clock
        self._random = random
        self._failures = 0
        self._kind = ""  # of failure, to be told once
        self._asked_to_wait = 0  # how many times it asked for too long a time
        self._doubts = 0  # refusals since it took something
        #: How many were delivered when a delivery, by its id, was refused first.
        self._refused: BoundedMap[str, int] = BoundedMap(_REMEMBERED)
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
        # The address itself may be what lets others send there.
        known = Redaction(secrets_of(_parts_of(self._url)))
        self._web = Web(
            self._network, self._clock, timeout=TIMEOUT, limit=64 * 1024, redaction=known
        )
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
        while True:
            self._news = False
            try:
                wait = await self._send_next(web)
            except CancelledError:
                return  # in the middle of a request, by stop()
            except Exception as error:
                if not may_pass(error):
                    self.log.failure("{webhook}: a delivery failed", webhook=self._name)
                wait = self._fail(f"the outbox cannot be used ({error})")
            if self._closing or (self._stopping and (self.failing or wait != 0)):
                return
            if wait != 0 and not (self._news and not self.failing):
                await self._sleep(wait)

    async def _send_next(self, web: Web) -> float | None:
        """Try one delivery; seconds until there is more to do, ``None`` for until there is news."""
        await self.follow_the_wall()
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
            return await self._put_off(delivery, self._unreachable(error))
        return await self._answered(delivery, answer)

    async def follow_the_wall(self) -> None:
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
            self._refused.pop(delivery.id)
            self.left += await self._database.run(outbox.delivered, delivery.id)
            self.delivered += 1
            if self._doubts >= DOUBT:  # what it refused meanwhile was not refused for itself
                await self._database.run(outbox.hasten)
            self._doubts = 0
            self._recovered()
            return 0
        page = answer.content[:400].decode("utf-8", "replace")
        words = answer.unreadable or answer.shown(plain(page, 400))
        said = f"{answer.host} answered {answer.status}" + (f': "{words}"' if words else "")
        if 300 <= answer.status < 400:
            said += ", and redirects are not followed: give the address that they lead to"
        kind = str(answer.status)
        if answer.status == _GONE:
            self.disabled = True
            said += ": it says that it is gone"
            return await self._put_off(delivery, said, LAST_PROBE, kind)
        if answer.status not in _ITS_OWN:
            return await self._put_off(delivery, said, answer.retry_after, kind)
        return await self._judge(delivery, said, answer.retry_after, kind)

    async def _judge(
        self, delivery: outbox.Delivery, said: str, retry_after: float | None, kind: str
    ) -> float:
        """A delivery is refused: for itself if others are taken, or like all others."""
        now = wall_time(self._clock)
        delivered_then = self._refused.get(delivery.id)
        if delivered_then is None:  # for the first time, or that is forgotten: to be proven anew
            delivered_then = self.delivered
            self._refused.put(delivery.id, delivered_then)
        others_pass = self.delivered > delivered_then
        its_own = others_pass and not self._doubts
        if not its_own:
            self._doubts += 1
        if self._doubts >= DOUBT:
            wait = self._fail(said, retry_after, kind)
            # Later than that: one that is no good must not stand before the others.
            due_at = wall_time(self._clock) + wait * 1.5
            await self._database.run(outbox.postpone, delivery.id, due_at, said)
            return wait
        if not its_own or delivery.refusals + 1 < ATTEMPTS:
            pause = max(self._pause_after(delivery.refusals), min(retry_after or 0, LAST_PROBE))
            await self._database.run(outbox.postpone, delivery.id, now + pause, said, 1)
            return 0
        self._refused.pop(delivery.id)
        self._count_dead(await self._database.run(outbox.give_up, delivery.id, now, said))
        self.log.error(
            "{webhook}: {delivery} is a dead letter after {refusals} refusals, while others are "
            "taken: {error}",
            webhook=self._name,
            delivery=delivery.id,
            refusals=delivery.refusals + 1,
            error=said,
        )
        return 0

    def _count_dead(self, count: int) -> None:
        self.dead += count
        self.left += count

    async def _put_off(
        self,
        delivery: outbox.Delivery,
        said: str,
        retry_after: float | None = None,
        kind: str = "",
    ) -> float:
        wait = self._fail(said, retry_after, kind)
        await self._database.run(outbox.postpone, delivery.id, 0.0, said)
        return wait

    def _fail(self, said: str, retry_after: float | None = None, kind: str = "") -> float:
        """
        Nothing can be sent now.

        :param kind: what is told again only after another kind of failure; the words may differ.
        :return: seconds until the next attempt.
        """
        wait = self._pause_after(self._failures)
        asked = ""
        if retry_after is not None:
            longest = _probe_for(self._asked_to_wait)
            if retry_after > longest and not self.disabled:
                self._asked_to_wait += 1
                asked = f" (it asks for {retry_after:.0f} s)"
            wait = max(wait, LAST_PROBE if self.disabled else min(retry_after, longest))
        self._failures += 1
        kind = kind or said
        told, self._kind, self.failing = self.failing and self._kind == kind, kind, said
        if not told:
            self.log.error(
                "{webhook} takes nothing, trying again in {wait:.0f} s{asked}, what is to be sent "
                "waits: {error}",
                webhook=self._name,
                wait=wait,
                asked=asked,
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
        self.disabled = False
        self._failures = self._asked_to_wait = 0

    def _unreachable(self, error: TikTokLiveError) -> str:
        refused = getattr(self._network, "refused", "")
        if not refused:
            return str(error)
        return (
            f"{urlsplit(self._url).hostname} is at {refused}, which is no public address: "
            "allow it with private=1 if it is yours"
        )

    def _pause_after(self, failures: int) -> float:
        return _pause_for(failures) * self._random.uniform(0.8, 1.2)

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


def _parts_of(url: str) -> list[tuple[str, str]]:
    """The parts of an address behind its host."""
    parts = urlsplit(url)
    return [*(("path", each) for each in parts.path.split("/")), *parse_qsl(parts.query)]
