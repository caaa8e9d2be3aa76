"""A node of a fleet: it keeps its lease, follows its rooms, and hands over what is too much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import inf
from typing import Any, Final

from twisted.application.service import Service
from twisted.internet.defer import Deferred, gatherResults
from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.deferreds import Waiters, started, wait_at_most
from tiktoklive.errors import RedisAwayError, RedisError
from tiktoklive.fleet.handover import HandOver
from tiktoklive.fleet.localrooms import Claim, LocalRooms
from tiktoklive.fleet.ownership import Ownership, Renewal, Taken
from tiktoklive.fleet.remarks import Remarks
from tiktoklive.fleet.renames import Renames
from tiktoklive.fleet.shares import NodeLoad, wanted
from tiktoklive.interfaces import IFleetMember
from tiktoklive.logs import LogThrottle
from tiktoklive.model import NodeCounts

#: Seconds for which a node owns its rooms when nothing is heard of it.
LEASE: Final = 10.0

#: How many times a lease is renewed before it is over, and seconds between two renewals while
#: rooms are being handed over.
RENEWALS, QUICK = 4, 0.5

#: Seconds until the first renewal, if Redis is not there before.
BEGIN: Final = 1.0

#: Seconds for which a node that stops hands rooms over; what is left then is up for all.  Less than
#: a daemon gives each of its services (``daemon.daemon``), as the rest has to be written, too.
STOPPING: Final = 8.0


@implementer(IFleetMember)
class FleetNode(Service):
    """
    Takes its share of the users of a fleet, and follows them.

    Without Redis it follows the rooms that it has until its lease is over, and no new ones; it
    joins again when Redis is back.  When it stops it hands its rooms over first.

    :param ownership: the table of owners.
    :param rooms: its rooms; what observes for the fleet's output looks there.
    :param clock: the reactor, or a test's clock.
    :param node: its id, another one for each process.
    :param lease: in seconds.
    :param users: those that a fleet without users gets, from the first node that finds it so.
    """

    log = Logger()

    def __init__(
        self,
        ownership: Ownership,
        rooms: LocalRooms,
        clock: IReactorTime,
        node: str,
        *,
        lease: float = LEASE,
        users: Sequence[str] = (),
    ) -> None:
        self.node = node
        self.rooms = rooms
        #: What was heard last; ``None`` before that, and when the lease is over.
        self.heard: Renewal | None = None
        #: How many nodes there were when the fleet was heard of last.
        self.nodes = 1
        self._ownership, self._clock = ownership, clock
        self._lease = lease
        self._hand_over = HandOver(ownership, rooms, clock, node)
        self._renames = Renames(ownership, rooms, self.hurry)
        self._users = tuple(users)
        #: Seconds for which messages may be missing of a room whose owner is gone, and has written
        #: nothing down of it: it may have ended right after it renewed its lease.
        self._lost = 2 * lease
        self._leaving = False
        #: Whether something has changed, so that the next renewal is due.
        self._soon = False
        self._next: IDelayedCall | None = None
        self._end: IDelayedCall | None = None
        self._done: Waiters[None] = Waiters()
        self._throttle = LogThrottle()
        #: Whether the last renewal failed.
        self._failing = False
        #: When the last renewal was asked for that was answered, or the node was started.
        self._renewed_at = clock.seconds()
        #: Until when rooms without a node are left to those that had them.
        self._patient_until = -inf
        #: What was heard last of the users, and of the messages a second here and in all.
        self._users_known, self._rate, self._fleet_rate = 0, 0.0, 0.0
        self._leases_over = self._taken_over = self._received = 0
        self._remarks = Remarks(node, lease)

    # --- IService -----------------------------------------------------------------------

    def startService(self) -> None:
        """Join the fleet, when Redis is there."""
        super().startService()
        self._leaving = False
        self._renewed_at = self._clock.seconds()
        # Soon: what connects with Redis may have been started only now.
        self._later(BEGIN)

    def hurry(self) -> None:
        """Renew at once, unless that is under way: Redis is there, or something has changed."""
        if self._next is None:
            self._soon = True
        elif self.running:
            self._later(0)

    def stopService(self) -> Deferred[None]:
        """Hand the rooms over, and leave the fleet; what cannot be handed over others may take."""
        super().stopService()
        self._leaving = True
        return started(self._stop())

    async def _stop(self) -> None:
        done = self._done.wait()
        if self._next is not None:  # else a renewal is under way
            self._later(0)
        late = "Not all rooms could be handed over in {seconds:g} s: other nodes take them"
        await wait_at_most(
            done, STOPPING, self._clock, lambda: self.log.warn(late, seconds=STOPPING)
        )
        for call in (self._next, self._end):
            if call is not None and call.active():
                call.cancel()
        self._next = self._end = None
        self._hand_over.stop()
        going = {room.user: room.going_to for room in self.rooms.of(Claim.GOING)}
        carried = self._hand_over.kept()
        carried.update((room.user, self.rooms.known(room)) for room in self.rooms.of(Claim.OWNED))
        await gatherResults([self.rooms.leave(room) for room in self.rooms])
        written = not carried or await self._hand_over.all_written()
        if self.heard is not None:
            try:
                if written:
                    await self._hand_over.give_at_once(going)
                else:  # nobody may go on from behind what is in the stream
                    carried = dict.fromkeys(carried, "")
                await self._ownership.release(self.node, carried)
            except RedisError as error:
                self.log.warn(
                    "The rooms of node {node} are taken when its lease is over: {error}",
                    node=self.node,
                    error=error,
                )
        self.heard = None

    # --- IFleetMember -------------------------------------------------------------------

    def node_counts(self) -> NodeCounts:
        """How it is doing now."""
        claims = Counter(room.claim for room in self.rooms)
        return NodeCounts(
            connected=self._ownership.connected,
            owned=claims[Claim.OWNED],
            coming=claims[Claim.COMING],
            going=claims[Claim.GOING],
            nodes=self.nodes,
            users=self._users_known,
            rate=self._rate,
            fleet_rate=self._fleet_rate,
            lease=self._lease,
            renewal_age=self._clock.seconds() - self._renewed_at,
            leases_over=self._leases_over,
            taken_over=self._taken_over,
            received=self._received,
            given=self._hand_over.given,
        )

    # --- the lease ----------------------------------------------------------------------

    def _later(self, seconds: float) -> None:
        if self._next is not None and self._next.active():
            self._next.cancel()
        self._next = self._clock.callLater(seconds, self._renew)

    def _renew(self) -> None:
        self._next = None

        def over(_: Any) -> None:
            if self._leaving and self._has_left():
                self._done.tell(None)
            elif self.running or self._done:
                self._later(self._period())

        cycle = Deferred.fromCoroutine(self._cycle())
        cycle.addErrback(lambda failure: self.log.failure("A node could not do its part", failure))
        cycle.addBoth(over)

    def _period(self) -> float:
        """Seconds until the next renewal."""
        calm = self._lease / RENEWALS
        if self._soon:
            self._soon = False
            return 0.0
        if self.heard is None:
            return calm
        busy = any(each.move.target == self.node for each in self.heard.offers) or any(
            room.claim is not Claim.OWNED or room.offered_at is not None for room in self.rooms
        )
        return min(QUICK, calm) if busy or self._leaving else calm

    async def _cycle(self) -> None:
        sent = self._clock.seconds()
        rates = self.rooms.rates()
        rate = None if rates is None else sum(rates.values())
        self._rate = rate or 0.0
        load = NodeLoad(self.node, rate=rate, leaving=self._leaving)
        try:
            renewal = await self._ownership.renew(load, self._lease)
            if not self._renewed(sent, renewal):
                return
            leaving = self._is_leaving(renewal)
            for part in (
                self._begin(renewal),
                self._renames.tell(),
                self._take_over(renewal, sent),
                self._hand_over.come(renewal, leaving=leaving),
                self._hand_over.go(renewal),
                self._take(renewal, leaving=leaving),
                self._hand_over.offer(renewal, rates or {}, leaving=leaving),
            ):
                if self.heard is renewal:
                    await part
                else:  # the lease is over: what is ours the next renewal says
                    part.close()
            self._hand_over.save()
            self._remarks.moved(self._received, self._hand_over.given)
            self._failing = False
        except RedisError as error:
            self._say_failing(error)

    def _say_failing(self, error: RedisError) -> None:
        """Log why a renewal failed; not that the connection is gone because of what was said."""
        known, self._failing = self._failing, True
        if known and isinstance(error, RedisAwayError):
            return
        again = self._throttle.again(str(error), self._clock.seconds())
        if again is not None:
            self._remarks.failing(error, len(self.rooms), again, leased=self.heard is not None)

    def _renewed(self, sent: float, renewal: Renewal) -> bool:
        """The lease counts from when it was asked for; an answer that is too late is none."""
        left = sent + self._lease - self._clock.seconds()
        if left <= 0 or not (self.running or self._done):
            return False
        self._remarks.heard(renewal, joined=self.heard is None)
        if self.heard is None and self._leases_over:
            # The others were cut off as we were, it may be, and come back for their rooms, too.
            self._patient_until = sent + self._lease
        self.heard, self.nodes = renewal, len(renewal.nodes)
        self._users_known = renewal.users
        self._fleet_rate = sum(load.rate or 0.0 for load in renewal.nodes)
        self._renewed_at = sent
        if self._end is not None and self._end.active():
            self._end.cancel()
        self._end = self._clock.callLater(left, self._lease_is_over)
        return True

    def _lease_is_over(self) -> None:
        """Others may have our rooms from now on."""
        self.heard = None
        self._leases_over += 1
        self._remarks.over(len(self.rooms))
        for room in self.rooms:
            if room.claim is Claim.OWNED:
                self._hand_over.keep(room, self.rooms.known(room))
            self.rooms.leave(room)

    # --- what is ours, and what is not any more -------------------------------------------

    async def _begin(self, renewal: Renewal) -> None:
        """Give a fleet that is empty its users, once."""
        users, self._users = self._users, ()
        if not users:
            return
        if renewal.users:
            self.log.info(
                "The fleet has {count} users: those of the command line and of its files are not "
                "added, which is done by: tiktoklive fleet add",
                count=renewal.users,
            )
            return
        try:
            added = await self._ownership.add(users)
            self._soon = True
            self._remarks.began(len(added))
        except RedisError:
            self._users = users
            raise

    async def _take_over(self, renewal: Renewal, sent: float) -> None:
        """Do as the table says: leave what was lost, and follow what is ours."""
        self._renames.follow(renewal)
        for room in self.rooms:
            user, owned = room.user, renewal.owned.get(room.user)
            if room.claim is Claim.OWNED and (owned is None or owned.token != room.token):
                self.log.info(
                    "@{user} is this node's no more: removed, or another node has it",
                    user=room.user,
                )
                self.rooms.leave(room)
            elif room.claim is Claim.COMING and owned is not None:
                if room.ready and not room.overflown:
                    self.log.debug("@{user} was handed over to this node", user=room.user)
                    self.rooms.own(room, owned.token)
                    self._received += 1
                else:  # it was given without having been let in here
                    self.rooms.leave(room)
        strange = self._hand_over.strange(renewal, sent)
        known = await self._hand_over.known(strange) if strange else {}
        for user, token in strange:
            if self.heard is renewal and self.rooms.may_follow(user):
                self.rooms.follow(user, token, Claim.OWNED, known[user], self._lost)

    async def _take(self, renewal: Renewal, *, leaving: bool) -> None:
        """Take what has no node, up to our share."""
        moves = [offer.move for offer in renewal.offers]
        count = wanted(renewal.nodes, self.node, renewal.free, moves)
        if leaving or not count or self._clock.seconds() < self._patient_until:
            return
        taken: list[Taken] = await self._ownership.take(self.node, count, self._lease)
        if self.heard is not renewal:
            return
        for each in taken:
            user, token = each.room
            if user in self.rooms:  # it was offered, by a node that is gone
                self.rooms.leave(self.rooms[user])
            if not self.rooms.may_follow(user):
                continue  # soon: the next renewal says that it is ours
            lost = self._lost if each.had_owner else None
            self.rooms.follow(user, token, Claim.OWNED, each.carried, lost)
        orphans = sum(each.had_owner for each in taken)
        self._taken_over += orphans
        self._remarks.taken_over(orphans)

    def _is_leaving(self, renewal: Renewal) -> bool:
        """Whether we stop, or are drained."""
        return any(load.node == self.node and load.leaving for load in renewal.nodes)

    def _has_left(self) -> bool:
        """Whether nothing is left that could be handed over, as far as is known."""
        if self.heard is None or not any(self.rooms.of(Claim.OWNED, Claim.GOING)):
            return True
        return all(load.leaving for load in self.heard.nodes)
