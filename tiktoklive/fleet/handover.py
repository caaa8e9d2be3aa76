"""
Handing rooms over: one node offers, another follows as well, and then the first one gives.

The new owner is let in before the old one leaves, and keeps what it sees until the room is its own;
what both have seen is in the fleet's stream once, because that drops what is there by its id.  What
the new owner has to know is written down now and then, for those that take over without having
been offered anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf
from typing import Final

from twisted.internet.defer import Deferred, gatherResults
from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.logger import Logger

from tiktoklive.deferreds import started, wait_at_most
from tiktoklive.errors import RedisError
from tiktoklive.fleet.localrooms import Claim, LocalRoom, LocalRooms
from tiktoklive.fleet.ownership import OwnedRoom, Ownership, Renewal
from tiktoklive.fleet.shares import AT_A_TIME, Move, NodeLoad, offers
from tiktoklive.logs import LogThrottle, told_again

#: Seconds after which an offer is taken back: the other node is not let in.
OFFERED: Final = 20.0

#: Seconds for which nothing more is offered to a node that was let into no room meanwhile.
SHUT_OUT: Final = 60.0

#: Rooms that a node which stops, or is drained, offers at a time.
LEAVING_AT_A_TIME: Final = 1000

#: This part of the rooms of a node is offered only after there were too many for so many seconds.
FEW, CALM = 0.2, 8.0

#: Seconds between two times that what the next owner has to know is written down.
SAVED: Final = 5.0

#: Seconds that writing what has come may take before a room is given away.
WRITTEN: Final = 5.0


class HandOver:
    """
    What one node gives, and gets.

    :param node: its id.
    """

    log = Logger()

    def __init__(
        self, ownership: Ownership, rooms: LocalRooms, clock: IReactorTime, node: str
    ) -> None:
        self._ownership, self._rooms, self._clock, self._node = ownership, rooms, clock, node
        #: When rooms were given away: an answer that was asked for before does not know it.
        self._given: dict[str, float] = {}
        #: What was known of rooms that were let go of, with their tokens.
        self._kept: dict[str, tuple[str, str]] = {}
        self._saving = self._entered = False
        self._soon: IDelayedCall | None = None
        self._saved_at = 0.0
        #: How many rooms were given away.
        self.given = 0
        #: When rooms were given to other nodes last, and until when nodes are offered nothing.
        self._let_in: dict[str, float] = {}
        self._shut_out: dict[str, float] = {}
        self._throttle = LogThrottle()
        #: Since when we have more than our share.
        self._surplus_since: float | None = None
        rooms.entered = self.entered

    # --- what is known of rooms -----------------------------------------------------------

    def keep(self, room: LocalRoom, known: str) -> None:
        """Remember what was known of a room that is let go of: perhaps it comes back."""
        self._kept[room.user] = room.token, known

    def kept(self) -> dict[str, str]:
        """What was known of rooms that are let go of, or on their way, by user."""
        return {user: known for user, (_, known) in self._kept.items()}

    async def known(self, rooms: list[OwnedRoom]) -> dict[str, str]:
        """What is known of rooms that are ours, by user: here, or as the last owner wrote it."""
        written = await self._ownership.carried([room.user for room in rooms])
        for room in rooms:
            token, known = self._kept.pop(room.user, ("", ""))
            if token and token == room.token:
                written[room.user] = known
        return written

    def strange(self, renewal: Renewal, sent: float) -> list[OwnedRoom]:
        """
        Rooms that are ours by an answer, and are not followed.

        :param sent: when it was asked for.
        """
        self._given = {user: at for user, at in self._given.items() if at >= sent}
        for user in [user for user in self._kept if user not in renewal.owned]:
            del self._kept[user]
        return [
            room
            for user, room in renewal.owned.items()
            if self._rooms.may_follow(user) and user not in self._given
        ]

    def entered(self) -> None:
        """A room was entered: that is written down as soon as the reactor has its turn."""
        self._entered = True
        if self._soon is None and not self._saving:
            self._soon = self._clock.callLater(0, self.save)

    def stop(self) -> None:
        """Nothing more is written down by itself."""
        self._entered, soon, self._soon = False, self._soon, None
        if soon is not None and soon.active():
            soon.cancel()

    def save(self) -> None:
        """Write down what is known of the rooms, if that was not done just now."""
        self.stop()
        now = self._clock.seconds()
        if due := now - self._saved_at >= SAVED:
            self._saved_at = now
        rooms = [room for room in self._rooms.of(Claim.OWNED) if due or not room.saved]
        if not self._saving:
            self._saving = True

            def over(_: object) -> None:
                self._saving = False
                if self._entered:
                    self.entered()

            saving = started(self._save(rooms))
            saving.addErrback(lambda failure: failure.trap(RedisError))
            saving.addErrback(lambda failure: self.log.failure("No room was written down", failure))
            saving.addBoth(over)

    async def _save(self, rooms: list[LocalRoom]) -> None:
        """Only when all that came is in the stream: nobody may go on from behind its end."""
        known = [(room, room.token, self._rooms.known(room)) for room in rooms]
        changed = [each for each in known if each[2] != each[0].saved]
        if changed and await self.all_written():
            words = [(OwnedRoom(room.user, token), text) for room, token, text in changed]
            await self._ownership.save(self._node, words)
            for room, _, text in changed:
                room.saved = text

    # --- what is offered to us ------------------------------------------------------------

    async def come(self, renewal: Renewal, *, leaving: bool) -> None:
        """Follow what is offered to us, unless we leave, and say so when we are let in."""
        offered = {each.move.user for each in renewal.offers if each.move.target == self._node}
        for room in self._rooms.of(Claim.COMING):
            if room.user not in offered:
                self._rooms.leave(room)
        new = [user for user in offered if self._rooms.may_follow(user) and not leaving]
        if new:
            written = await self._ownership.carried(new)
            for user in new:
                if self._rooms.may_follow(user):
                    self._rooms.follow(user, "", Claim.COMING, written[user])
        ready = self._rooms.settled()
        if ready:
            await self._ownership.ready(self._node, [room.user for room in ready])
            for room in ready:
                room.ready = True

    # --- what we offer ----------------------------------------------------------------------

    async def offer(self, renewal: Renewal, rates: Mapping[str, float], *, leaving: bool) -> None:
        """
        Offer what is more than our share.

        :param rates: messages a second in rooms.
        """
        moves = [offer.move for offer in renewal.offers]
        if not leaving and any(move.source == self._node for move in moves):
            return  # how much these are is known when they have moved
        under_way = {move.user for move in moves}
        owned = [room.user for room in self._rooms.of(Claim.OWNED) if room.user not in under_way]
        limit = LEAVING_AT_A_TIME if leaving else AT_A_TIME
        mine = {user: rates.get(user, 0.0) for user in owned}
        now = self._clock.seconds()
        new = offers(self._open(renewal, now, leaving), self._node, mine, moves, limit)
        if not leaving:
            if not new or renewal.free:
                self._surplus_since = None
                return
            if self._surplus_since is None:
                self._surplus_since = now
            if len(new) <= FEW * len(mine) and now - self._surplus_since < CALM:
                return  # what comes and goes, or is being counted, moves nothing
        for move in new:
            self._rooms[move.user].offered_at = now
        if new:
            await self._ownership.offer(self._node, new)

    def _open(self, renewal: Renewal, now: float, leaving: bool) -> Sequence[NodeLoad]:
        """The nodes; who is let in nowhere is one that wants nothing, unless there is no other."""
        names = {node.node for node in renewal.nodes}
        self._shut_out = {n: at for n, at in self._shut_out.items() if at > now and n in names}
        self._let_in = {n: at for n, at in self._let_in.items() if n in names}
        if leaving and all(
            node.leaving or node.node in self._shut_out
            for node in renewal.nodes
            if node.node != self._node
        ):
            return renewal.nodes
        return [
            replace(node, leaving=True) if node.node in self._shut_out else node
            for node in renewal.nodes
        ]

    async def go(self, renewal: Renewal) -> None:
        """Give what the other node follows, too; take back what it cannot follow."""
        now, back = self._clock.seconds(), []
        late: Counter[str] = Counter()
        offered = {each.move.user for each in renewal.offers}
        for room in self._rooms:
            if room.user not in offered:  # the other node is gone
                room.offered_at = None
        for move, ready in renewal.offers:
            mine = self._rooms.get(move.user)
            if move.source != self._node or mine is None or mine.claim is not Claim.OWNED:
                continue
            if ready:
                mine.claim = Claim.GOING
                started(self._give(mine, move)).addErrback(
                    lambda failure: self.log.failure("A room could not be handed over", failure)
                )
            elif mine.offered_at is None or now - mine.offered_at > OFFERED:
                late[move.target] += mine.offered_at is not None
                mine.offered_at = None
                back.append(move.user)
        for node, count in late.items():
            self._was_late(node, count, now)
        if back:
            await self._ownership.withdraw(self._node, back)

    def _was_late(self, node: str, count: int, now: float) -> None:
        """A node was not let into so many rooms that it was offered: they stay here."""
        if now - self._let_in.get(node, -inf) > OFFERED:
            self._shut_out[node] = now + SHUT_OUT
        again = self._throttle.again(node, now)
        if again is not None:
            self.log.info(
                "{rooms} here: node {node} was not let in within {seconds:g} s{again}",
                rooms="1 room stays" if count == 1 else f"{count} rooms stay",
                node=node,
                seconds=OFFERED,
                again=told_again(again, "logged"),
            )

    async def _give(self, room: LocalRoom, move: Move) -> None:
        known = self._rooms.known(room)
        # If it stays ours, the next renewal says so; if we end before it is given, that does.
        self.keep(room, known)
        room.going_to = move.target
        await self._rooms.unfollow(room)
        written = await self.all_written()
        if self._rooms.get(move.user) is not room:
            return  # the lease was over meanwhile, or we end
        try:
            if written and await self._ownership.give(self._node, move.user, move.target, known):
                self.log.debug("@{user} was given to {node}", user=room.user, node=move.target)
                self._given[move.user] = self._let_in[move.target] = self._clock.seconds()
                self.given += 1
            else:
                await self._ownership.withdraw(self._node, [move.user])
        except RedisError as error:
            self.log.info("@{user} may not be handed over: {error}", user=room.user, error=error)
        finally:
            self._rooms.forget(room)

    async def give_at_once(self, going: Mapping[str, str]) -> None:
        """
        Give what was on its way when this node ends; all that came is written.

        :param going: the nodes that follow them already, by user.
        """
        kept = self.kept()

        async def give(user: str, target: str) -> None:
            try:
                self.given += await self._ownership.give(self._node, user, target, kept[user])
            except RedisError as error:
                self.log.info("@{user} may not be handed over: {error}", user=user, error=error)

        await gatherResults([Deferred.fromCoroutine(give(*each)) for each in going.items()])

    async def all_written(self) -> bool:
        """Whether all that came is in the fleet's stream; not for ever."""

        async def wait() -> bool:
            await self._rooms.stored()
            return True

        waiting = Deferred.fromCoroutine(wait())
        return bool(await wait_at_most(waiting, WRITTEN, self._clock, lambda: None))
