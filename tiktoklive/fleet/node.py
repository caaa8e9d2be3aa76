"""A node of a fleet: it keeps its lease, follows its rooms, and hands over what is too much."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final

from twisted.application.service import Service
from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.logger import Logger

from tiktoklive.deferreds import Waiters, started, wait_at_most
from tiktoklive.errors import RedisError
from tiktoklive.fleet.localrooms import IFollower, LocalRoom, LocalRooms, Stage
from tiktoklive.fleet.ownership import OwnedRoom, Ownership, Renewal, Taken
from tiktoklive.fleet.shares import AT_A_TIME, Move, NodeLoad, offers, wanted
from tiktoklive.logs import LogThrottle, told_again

#: Seconds for which a node owns its rooms when nothing is heard of it.
LEASE: Final = 10.0

#: How many times a lease is renewed before it is over, and seconds between two renewals while
#: rooms are being handed over.
RENEWALS, QUICK = 4, 0.5

#: Seconds after which an offer is taken back: the other node is not let in.
OFFERED: Final = 20.0

#: Seconds for which a node that stops hands rooms over; what is left then is up for all.
STOPPING: Final = 10.0

#: Rooms that a node which stops, or is drained, offers at a time.
LEAVING_AT_A_TIME: Final = 1000

#: Seconds between two times that what the next owner has to know is written down.
SAVED: Final = 5.0

#: Seconds that writing what has come may take before a room is given away.
WRITTEN: Final = 5.0

#: In these a session has got as far as it can: let in, or told that there is nothing to enter.
_SETTLED: Final = frozenset(("live", "offline", "refused", "failed"))


class FleetNode(Service):
    """
    Takes its share of the users of a fleet, and follows them.

    Without Redis it follows the rooms that it has until its lease is over, and no new ones; it
    joins again when Redis is back.  When it stops it hands its rooms over first.

    :param ownership: the table of owners.
    :param follower: follows users.
    :param clock: the reactor, or a test's clock.
    :param node: its id, another one for each process.
    :param rooms: its rooms; what observes for the fleet's output looks there.
    :param lease: in seconds.
    :param written: fires with whether all events that came until now are in the fleet's stream.
    """

    log = Logger()

    def __init__(
        self,
        ownership: Ownership,
        follower: IFollower,
        clock: IReactorTime,
        node: str,
        *,
        rooms: LocalRooms | None = None,
        lease: float = LEASE,
        written: Callable[[], Awaitable[bool]] = lambda: succeed(True),
    ) -> None:
        self.node = node
        self.rooms = LocalRooms() if rooms is None else rooms
        #: What was heard last; ``None`` before that, and when the lease is over.
        self.heard: Renewal | None = None
        self._ownership, self._follower, self._clock = ownership, follower, clock
        self._lease, self._written = lease, written
        #: Seconds for which messages may be missing of a room whose owner is gone, and has written
        #: nothing down of it: it may have ended right after it renewed its lease.
        self._lost = 2 * lease
        self._leaving = False
        self._next: IDelayedCall | None = None
        self._end: IDelayedCall | None = None
        self._counted_at: float | None = None
        self._saved_at = 0.0
        #: What was known of rooms that were let go of when the lease was over, with their tokens.
        self._kept: dict[str, tuple[str, str]] = {}
        #: When rooms were given away: an answer that was asked for before does not know it.
        self._given: dict[str, float] = {}
        self._done: Waiters[None] = Waiters()
        self._throttle = LogThrottle()

    # --- IService -----------------------------------------------------------------------

    def startService(self) -> None:
        """Join the fleet, when Redis is there."""
        super().startService()
        self._leaving = False
        self.log.info("Node {node} joins the fleet {fleet}", node=self.node, fleet=self._fleet)
        self._renew()

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
        left = list(self.rooms.of(Stage.OWNED, Stage.GOING))
        carried = {room.user.lower(): self._known(room) for room in left}
        for room in list(self.rooms.rooms.values()):
            await self._leave(room)
        if left:
            await self._all_written()
        if self.heard is not None:
            try:
                await self._ownership.release(self.node, carried)
            except RedisError as error:
                self.log.warn(
                    "The rooms of node {node} are taken when its lease is over: {error}",
                    node=self.node,
                    error=error,
                )
        self.heard = None

    # --- the lease ----------------------------------------------------------------------

    @property
    def _fleet(self) -> str:
        return getattr(self._ownership, "name", "")

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
        if self.heard is None:
            return calm
        busy = any(self.node in (offer.move.source, offer.move.target) for offer in self.heard.offers)
        waiting = any(True for _ in self.rooms.of(Stage.COMING, Stage.GOING))
        return min(QUICK, calm) if busy or waiting or self._leaving else calm

    async def _cycle(self) -> None:
        sent = self._clock.seconds()
        try:
            renewal = await self._ownership.renew(self._load(), self._lease)
            if not self._renewed(sent, renewal):
                return
            self._forget_given(sent)
            await self._take_over(renewal)
            await self._come(renewal)
            await self._go(renewal)
            if not self._is_leaving(renewal):
                await self._take(renewal)
            await self._offer(renewal)
            await self._save()
        except RedisError as error:
            again = self._throttle.again(str(error), self._clock.seconds())
            if again is not None:
                self.log.warn(
                    "Node {node} cannot renew its lease: {error} Its {count} rooms are followed "
                    "until the lease is over{again}.",
                    node=self.node,
                    error=error,
                    count=len(self.rooms),
                    again=told_again(again, "logged"),
                )

    def _renewed(self, sent: float, renewal: Renewal) -> bool:
        """The lease counts from when it was asked for; an answer that is too late is none."""
        left = sent + self._lease - self._clock.seconds()
        if left <= 0:
            return False
        self.heard = renewal
        if self._end is not None and self._end.active():
            self._end.cancel()
        self._end = self._clock.callLater(left, self._lease_is_over)
        return True

    def _lease_is_over(self) -> None:
        """Others may have our rooms from now on."""
        self.heard = None
        if self.rooms.rooms:
            self.log.warn(
                "The lease of node {node} is over: {count} rooms are followed no more until Redis "
                "is back",
                node=self.node,
                count=len(self.rooms),
            )
        for room in list(self.rooms.rooms.values()):
            if room.stage is Stage.OWNED:
                self._kept[room.user.lower()] = room.token, self._known(room)
            self._left(room)

    def _load(self) -> NodeLoad:
        now = self._clock.seconds()
        users = self._follower.counts().users
        seconds = 0.0 if self._counted_at is None else now - self._counted_at
        self._counted_at = now
        rate = 0.0
        for room in self.rooms.of(Stage.OWNED):
            if (counts := users.get(room.user)) is not None:
                room.count(counts.messages, seconds)
            rate += room.rate
        return NodeLoad(self.node, rate=rate, leaving=self._leaving)

    # --- what is ours, and what is not any more -------------------------------------------

    async def _take_over(self, renewal: Renewal) -> None:
        """Do as the table says: leave what was lost, and follow what is ours."""
        for room in list(self.rooms.rooms.values()):
            user, owned = room.user.lower(), renewal.owned.get(room.user.lower())
            if room.stage is Stage.OWNED and (owned is None or owned.token != room.token):
                self.log.info("@{user} is another node's now", user=room.user)
                self._left(room)
            elif room.stage is Stage.COMING and owned is not None:
                if room.ready and not room.overflown:
                    self.log.info("@{user} was handed over to this node", user=room.user)
                    self.rooms.own(room, owned.token)
                else:  # it was given without having been let in here
                    self._left(room)
            if user not in renewal.owned:
                self._kept.pop(user, None)
        unknown = {
            user: room
            for user, room in renewal.owned.items()
            if user not in self.rooms and user not in self._given
        }
        if not unknown:
            return
        written = await self._ownership.carried(list(unknown))
        for user, owned in unknown.items():
            token, known = self._kept.pop(user, ("", ""))
            self._follow(owned, known if token == owned.token else written[user], lost=self._lost)

    async def _take(self, renewal: Renewal) -> None:
        """Take what has no node, up to our share."""
        moves = [offer.move for offer in renewal.offers]
        count = wanted(renewal.nodes, self.node, renewal.free, moves)
        if not count:
            return
        taken: list[Taken] = await self._ownership.take(self.node, count, self._lease)
        for each in taken:
            if each.room.user.lower() in self.rooms:  # what was offered, by a node that is gone
                self._left(self.rooms[each.room.user.lower()])
            self._follow(each.room, each.carried, lost=self._lost if each.had_owner else None)
        if orphans := [each.room.user for each in taken if each.had_owner]:
            self.log.info("{count} rooms are taken over", count=len(orphans))

    def _follow(
        self, owned: OwnedRoom, carried: str, *, lost: float | None = None, stage: Stage = Stage.OWNED
    ) -> None:
        user = owned.user.lower()
        self.rooms.rooms[user] = LocalRoom(owned.user, stage, self._clock.seconds(), owned.token)
        try:
            self._follower.add(owned.user, carried, lost=lost)
        except ValueError as error:
            self.log.warn("{user} cannot be followed: {error}", user=owned.user, error=error)

    def _left(self, room: LocalRoom) -> None:
        """Follow it no more, and let nothing more of it be written."""
        started(self._leave(room)).addErrback(
            lambda failure: self.log.failure("A room could not be left", failure)
        )

    async def _leave(self, room: LocalRoom) -> None:
        if self.rooms.rooms.get(room.user.lower()) is room:
            del self.rooms.rooms[room.user.lower()]
            await self._unfollow(room)

    async def _unfollow(self, room: LocalRoom) -> None:
        try:
            await self._follower.remove(room.user)
        except KeyError:
            pass  # it could not be followed

    def _known(self, room: LocalRoom) -> str:
        try:
            return self._follower.carried(room.user)
        except KeyError:
            return ""

    # --- handing over ---------------------------------------------------------------------

    async def _come(self, renewal: Renewal) -> None:
        """Follow what is offered to us, and say so when we are let in."""
        offered = {each.move.user: each for each in renewal.offers if each.move.target == self.node}
        for room in self.rooms.of(Stage.COMING):
            if room.user not in offered:
                self._left(room)
        new = [user for user in offered if user not in self.rooms and not self._leaving]
        if new:
            written = await self._ownership.carried(new)
            for user in new:
                self._follow(OwnedRoom(user, ""), written[user], stage=Stage.COMING)
        phases = self._follower.counts().phases
        ready = [
            room
            for room in self.rooms.of(Stage.COMING)
            if not room.ready and not room.overflown and phases.get(room.user) in _SETTLED
        ]
        if ready:
            await self._ownership.ready(self.node, [room.user for room in ready])
            for room in ready:
                room.ready = True

    async def _go(self, renewal: Renewal) -> None:
        """Give what the other node follows, too; take back what it cannot follow."""
        now, back = self._clock.seconds(), []
        for move, ready in renewal.offers:
            if move.source != self.node:
                continue
            room = self.rooms.rooms.get(move.user)
            if room is None or room.stage is not Stage.OWNED:
                continue
            if ready:
                room.stage = Stage.GOING
                started(self._hand_over(room, move)).addErrback(
                    lambda failure: self.log.failure("A room could not be handed over", failure)
                )
            elif room.offered_at is None or now - room.offered_at > OFFERED:
                back.append(move.user)
                room.offered_at = None
        if back:
            await self._ownership.withdraw(self.node, back)

    async def _hand_over(self, room: LocalRoom, move: Move) -> None:
        known = self._known(room)
        await self._unfollow(room)
        written = await self._all_written()
        if self.rooms.rooms.get(move.user) is not room:
            return  # the lease was over meanwhile
        try:
            if written and await self._ownership.give(self.node, move.user, move.target, known):
                self.log.info("@{user} was handed over to {node}", user=room.user, node=move.target)
                self._given[move.user] = self._clock.seconds()
                return
            await self._ownership.withdraw(self.node, [move.user])
            # If it is still ours, the next renewal says so.
            self._kept[move.user] = room.token, known
        except RedisError as error:
            self.log.info("@{user} may not be handed over: {error}", user=room.user, error=error)
        finally:
            self.rooms.rooms.pop(move.user, None)

    async def _all_written(self) -> bool:
        """Whether all that came is in the fleet's stream; not for ever."""

        async def wait() -> bool:
            return await self._written()

        waiting = Deferred.fromCoroutine(wait())
        return bool(await wait_at_most(waiting, WRITTEN, self._clock, lambda: None))

    async def _offer(self, renewal: Renewal) -> None:
        """Offer what is more than our share."""
        moves = [offer.move for offer in renewal.offers]
        under_way = {move.user for move in moves}
        rates = {
            room.user.lower(): room.rate
            for room in self.rooms.of(Stage.OWNED)
            if room.user.lower() not in under_way
        }
        limit = LEAVING_AT_A_TIME if self._is_leaving(renewal) else AT_A_TIME
        new = offers(renewal.nodes, self.node, rates, moves, limit)
        if new:
            await self._save(self.rooms[move.user] for move in new)
            await self._ownership.offer(self.node, new)
            for move in new:
                self.rooms[move.user].offered_at = self._clock.seconds()

    def _is_leaving(self, renewal: Renewal) -> bool:
        return any(load.node == self.node and load.leaving for load in renewal.nodes)

    def _has_left(self) -> bool:
        """Whether nothing is left that could be handed over, as far as is known."""
        if self.heard is None or not any(self.rooms.of(Stage.OWNED, Stage.GOING)):
            return True
        return all(load.leaving for load in self.heard.nodes)

    def _forget_given(self, sent: float) -> None:
        self._given = {user: at for user, at in self._given.items() if at >= sent}

    # --- what the next owner has to know ---------------------------------------------------

    async def _save(self, rooms: Iterable[LocalRoom] | None = None) -> None:
        """
        Write down what is known of rooms, once all that came of them is in the stream.

        So the next owner goes on from where the stream ends, and never from behind it.

        :param rooms: those that are to be; all of which something new is known, now and then, when
            left out.
        """
        if rooms is None:
            now = self._clock.seconds()
            if due := now - self._saved_at >= SAVED:
                self._saved_at = now
            rooms = (room for room in self.rooms.of(Stage.OWNED) if due or not room.saved)
        known = [(room, room.token, self._known(room)) for room in rooms]
        changed = [each for each in known if each[2] != each[0].saved]
        if changed and await self._all_written():
            words = [(OwnedRoom(room.user, token), text) for room, token, text in changed]
            await self._ownership.save(self.node, words)
            for room, _, text in changed:
                room.saved = text
