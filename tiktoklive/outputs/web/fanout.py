"""From the events of all rooms to all clients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Protocol

from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.internet.task import LoopingCall
from twisted.logger import Logger
from twisted.python.failure import Failure

from tiktoklive.deferreds import Waiters
from tiktoklive.events import Event, Gift
from tiktoklive.logs import LogThrottle
from tiktoklive.outputs.envelope import envelope
from tiktoklive.outputs.jsonbytes import dumps
from tiktoklive.outputs.offsets import Offsets
from tiktoklive.outputs.queue import ANNOUNCE
from tiktoklive.outputs.web.client import Client, Form, Shared
from tiktoklive.outputs.web.formernames import NAMING, FormerNames
from tiktoklive.outputs.web.moderation import Moderation
from tiktoklive.outputs.web.numbers import NumbersSender
from tiktoklive.outputs.web.older import OlderEvents, latest_before
from tiktoklive.outputs.web.ring import Item, Ring
from tiktoklive.outputs.web.subscription import WebSubscription
from tiktoklive.outputs.written import WrittenEvent

#: Seconds for which events are gathered, to be sent together: for each client, and at most.
#: No user sees it, and with hundreds of clients it saves most of the work.
GATHER_EACH, GATHER = 0.0001, 0.1

#: Bytes of events that are gathered at most.
_GATHERED = 256 * 1024

#: Bytes that may wait for all clients together.
TOGETHER = 64 * 1024 * 1024

#: Bytes of older events that one answer has at most.
_OLDER = 1024 * 1024

#: Seconds between two signs of life on each connection.
BEAT = 15.0


class Listener(Protocol):
    """A connection that stays open, and what is done with it."""

    client: Client

    def heartbeat(self) -> None:
        """Give a sign of life."""

    def end(self) -> None:
        """Close it: the server stops."""


class Fanout:
    """
    Hands events to clients.

    Clients that want the same in the same form get the same bytes, which are made once.

    :param ring: keeps what clients that come back may have missed.
    :param together: bytes that may wait for all clients together; when there are more, the client
        for which most waits is dropped.
    :ivar adds_coins: whether the data of a gift has what all of it is worth, as ``coins``.
    :ivar clock: tells the time.
    :ivar older: what the ring has let go of.
    :ivar dropped: how many clients were too slow.
    :ivar sent_away: how many said too much, or were more than one address may have.
    :ivar strange: how many kept to no protocol.
    :ivar shared: what waits for all clients.
    :ivar numbers: counts events, and sends what it counted to those who want it.
    :ivar moderation: what moderators decided.
    :ivar names: those that users had before.
    """

    log = Logger()

    def __init__(self, clock: IReactorTime, ring: Ring, together: int = TOGETHER) -> None:
        self.ring = ring
        self.adds_coins = False
        self.older = OlderEvents()
        ring.let_go = self.older.add
        self.dropped = 0
        self.sent_away = 0
        self.strange = 0
        self.shared = Shared(together)
        self.shared.overfull = self._overfull
        self.clock = clock
        self._offsets = Offsets()
        self._groups: dict[tuple[Form, WebSubscription], dict[Listener, None]] = {}
        self.moderation = Moderation(self._latest, self._tell_moderation)
        self.numbers = NumbersSender(clock, lambda: self._groups, self.moderation.without_blocked)
        self.moderation.people_changed = self.numbers.again
        self._count = self.numbers.rooms.take
        self.names = FormerNames()
        self._alone: Waiters[None] = Waiters()
        self._throttle = LogThrottle(ANNOUNCE)
        self._pending: list[Item] = []
        self._gathered = 0
        self._call: IDelayedCall | None = None
        self._beats = LoopingCall(self._send_heartbeats)
        self._beats.clock = clock

    def __len__(self) -> int:
        """How many clients there are."""
        return sum(map(len, self._groups.values()))

    @property
    def waiting(self) -> int:
        """The most bytes that wait for one client."""
        return max((each.client.waiting for each in self._everybody()), default=0)

    def of_host(self, host: str) -> int:
        """How many clients have that address."""
        return sum(each.client.host == host for each in self._everybody())

    def start(self) -> None:
        """Begin to give signs of life."""
        self._beats.start(BEAT, now=False).addErrback(self._beats_failed)

    def stop(self) -> Deferred[None]:
        """Send what is there, and close all connections; fires when they are gone."""
        self.settle()
        self.numbers.stop()
        if self._beats.running:
            self._beats.stop()
        alone = self._alone.wait() if self._groups else succeed(None)
        for listener in self._everybody():
            listener.end()
        return alone

    def event(self, event: Event, written: WrittenEvent | None = None) -> None:
        """
        Send an event to all clients that want it.

        :param written: the event as JSON, if other outputs write it too.
        """
        if event.name in NAMING and (before := self.names.before(event, self.numbers.rooms)):
            self.renamed(before, event.anchor)
        self._count(event)
        written = written or WrittenEvent(event)
        body = written.body(self._offsets.of(event, written.ts))
        if self.adds_coins and isinstance(event, Gift):
            body = b'%b,"coins":%d}}' % (body[:-2], event.diamond_total)
        self._soon(self.ring.add(event.name, event.anchor, body[:-1]))

    def sample(self, events: Iterable[Event], room: str = "") -> int:
        """
        Send events that did not happen to the clients that want samples.

        :param room: those that show this room only, a username in lower case; all if left out.
        :return: how many those are.
        """
        for event in events:
            body = dumps({**envelope(event), "sample": True})
            self._soon(Item("", 0, event.name, room, body))
        wanted = (each.client.subscription for each in self._everybody())
        return sum(each.samples and each.shows(room) for each in wanted)

    def renamed(self, old: str, new: str) -> None:
        """A user has another name: what is known under the old one, and who named it, follow."""
        self.numbers.rooms.rename(old, new)
        self.moderation.rename(old, new)
        before, now = old.lower(), new.lower()
        if before == now:
            return
        self.names.renamed(before, now)
        for listener in self._everybody():
            wanted = listener.client.subscription
            if wanted.rooms is not None and before in wanted.rooms:
                rooms = wanted.rooms - {before} | {now}
                self.change(listener, replace(wanted, rooms=rooms))

    def join(self, listener: Listener, missed: int | None = None) -> None:
        """
        Let a client have what happens from now on.

        :param missed: the number in the ring of the first event to tell it before.
        """
        self._enter(listener)
        client = listener.client
        self._welcome(client)  # before it is told of any comment
        if missed is not None:
            client.tell(self.ring, missed)
        self.numbers.welcome(client)

    def change(self, listener: Listener, subscription: WebSubscription) -> None:
        """Let a client have something else from now on."""
        self.settle()
        if subscription.rooms is not None:
            rooms = frozenset(map(self.names.current, subscription.rooms))
            subscription = replace(subscription, rooms=rooms)
        self._go(listener)
        had = listener.client.subscription
        listener.client.subscription = subscription
        self._enter(listener)
        if had.rooms != subscription.rooms:
            self._welcome(listener.client)
        if (had.numbers, had.rooms) != (subscription.numbers, subscription.rooms):
            self.numbers.welcome(listener.client)

    def _welcome(self, client: Client) -> None:
        """Tell a client what is decided about its rooms."""
        overlay = client.subscription.hides is not None
        for room, decided in self.moderation.shown() if overlay else self.moderation.all():
            if client.subscription.wants_moderation(room):
                client.send(client.form.whole(client.form.notice("moderation", decided)))

    def settle(self) -> None:
        """Send now what is gathered: the next client finds all of it in the ring."""
        if self._call is not None:
            if self._call.active():
                self._call.cancel()
            self._call = None
        pending, self._pending = self._pending, []
        self._gathered = 0
        if not pending:
            return
        for (form, subscription), group in list(self._groups.items()):
            data = form.write(item for item in pending if subscription.wants(item))
            if data:
                for listener in tuple(group):
                    listener.client.send(data)

    def since(self, position: str) -> tuple[int, bool]:
        """
        What is to be told to a client that came so far, before anything else.

        :return: the number of what came after that, or of the oldest there is if that is not
            known; and whether it is complete.
        """
        self.settle()
        found = self.ring.since(position)
        return (self.ring.first, False) if found is None else (found, True)

    def before(
        self, room: str, position: str, types: frozenset[str] | None, limit: int
    ) -> tuple[list[Item], bool]:
        """
        The last events of a room before one, oldest first, and whether there are more.

        :param room: the username that is followed, in lower case.
        :param position: of that event; ``""`` for the latest of all.
        :param types: names of events; ``None`` for all but raw and decoded data.
        :param limit: how many at most.
        """
        ring = self.ring
        number = ring.number_of(position) if position else ring.last + 1
        wanted = WebSubscription(types, frozenset((room,))).wants
        items = self._latest(room)
        return latest_before(items, number, wanted, limit, _OLDER)

    def of_room(self, room: str) -> list[Item]:
        """
        All events of a room that are kept, oldest first.

        :param room: the username that is followed, in lower case.
        """
        return list(self._latest(room))[::-1]

    def _latest(self, room: str) -> Iterator[Item]:
        """The events of a room that are kept, the latest first."""
        latest = (item for item in reversed(self.ring.everything()) if item.room == room)
        return chain(latest, self.older.of(room))

    def leave(self, listener: Listener) -> None:
        """A connection is gone."""
        self._go(listener)
        if not self._groups:
            self._alone.tell(None)

    def dropped_one(self, listener: Listener) -> None:
        """A client was too slow; its connection is being closed."""
        self.dropped += 1
        self._say(
            "{client} is too slow and is dropped, the {count}. one so far",
            listener.client.name,
            self.dropped,
        )

    def said_too_much(self, listener: Listener) -> None:
        """A client said too much; its connection is being closed."""
        self.sent_away += 1
        self._say(
            "{client} says too much and is closed; {count} were sent away so far",
            listener.client.name,
            self.sent_away,
        )

    def crowded(self, host: str) -> None:
        """An address wants more clients or connections than its share."""
        self.sent_away += 1
        self._say(
            "{client} has its share of clients or connections; {count} were sent away so far. If "
            "it is a proxy, name it in TIKTOKLIVE_WEB_PROXIES.",
            host,
            self.sent_away,
        )

    def _say(self, words: str, client: str, count: int) -> None:
        """Tell the log, but the same thing at most once a minute."""
        if self._throttle.again(words, self.clock.seconds()) is not None:
            self.log.warn(words, client=client, count=count)

    def _tell_moderation(self, room: str, decided: bytes, shown: bytes) -> None:
        """
        Tell those who show a room what moderators decided about it.

        :param shown: as those may know it who may have only what overlays show.
        """
        self.settle()  # they decide about what was told before
        self.numbers.again(room)  # whose givers overlays have without those who are blocked
        for (form, subscription), group in list(self._groups.items()):
            if subscription.wants_moderation(room):
                told = decided if subscription.hides is None else shown
                data = form.whole(form.notice("moderation", told))
                for listener in tuple(group):
                    listener.client.send(data)

    def _overfull(self) -> None:
        """Too much waits for all together."""
        while self.shared.size > self.shared.limit:
            slowest = max(self._everybody(), key=lambda each: each.client.waiting, default=None)
            if slowest is None or not slowest.client.waiting:
                break
            slowest.client.drop()

    def _everybody(self) -> list[Listener]:
        return [listener for group in self._groups.values() for listener in group]

    def _enter(self, listener: Listener) -> None:
        client = listener.client
        self._groups.setdefault((client.form, client.subscription), {})[listener] = None

    def _go(self, listener: Listener) -> None:
        wanted = listener.client.form, listener.client.subscription
        group = self._groups.get(wanted, {})
        group.pop(listener, None)
        if not group:
            self._groups.pop(wanted, None)

    def _soon(self, item: Item) -> None:
        if self._groups:
            self._pending.append(item)
            self._gathered += len(item.body)
            if self._gathered > _GATHERED:
                self.settle()
            elif self._call is None:
                delay = min(GATHER, GATHER_EACH * len(self))
                self._call = self.clock.callLater(delay, self.settle)

    def _beats_failed(self, failure: Failure) -> None:
        self.log.failure("no more signs of life are given", failure)

    def _send_heartbeats(self) -> None:
        self.settle()  # so that all clients have come as far as the ring
        for listener in self._everybody():
            listener.heartbeat()
