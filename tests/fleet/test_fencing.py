"""Fencing, with a real Redis: what a node writes of rooms that it has, and had."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.task import Clock

from tests.fleet.members import Follower
from tests.fleet.server import RedisTestCase
from tiktoklive.events import Chat, Origin
from tiktoklive.fleet.entries import entry_of
from tiktoklive.fleet.fencing import FENCED_APPEND, fence_of
from tiktoklive.fleet.localrooms import Claim, LocalRooms
from tiktoklive.fleet.ownership import Ownership
from tiktoklive.fleet.shares import NodeLoad
from tiktoklive.fleet.stream import APPENDED, DUPLICATE, FENCED, Keys, Trim, append_arguments
from tiktoklive.wire.speech_pb2 import WebcastChatMessage


def chat(number: int, anchor: str = "anna") -> Chat:
    """A comment."""
    message = WebcastChatMessage(content=f"comment {number}")
    return Chat(message, origin=Origin(anchor, "7", 1000 + number), number=number)


class FencingTests(RedisTestCase):
    """Two nodes that write of one room."""

    async def append(self, rooms: LocalRooms, *events: Any) -> list[int]:
        """What becomes of events that a node writes."""
        entries, keys = [entry_of(event) for event in events], self.table.keys
        fence = fence_of(rooms)
        words = append_arguments(entries, Trim(), [fence(entry) for entry in entries])
        answer: list[int] = await self.client_.script(
            FENCED_APPEND, [keys.events, *keys.ids, self.table.tokens], words
        )
        return answer

    def rooms(self) -> LocalRooms:
        """The rooms of a node."""
        clock = Clock()
        return LocalRooms(Follower(clock), clock, lambda event: None, Deferred)

    async def owned(self) -> LocalRooms:
        """Those of a node that has taken anna, the only room of its fleet."""
        self.client_ = await self.connected(self.server())
        self.table = Ownership(self.client_, Keys("x"))
        await self.table.add(["anna"])
        await self.table.renew(NodeLoad("a"), 60)
        [taken] = await self.table.take("a", 1, 60)
        rooms = self.rooms()
        rooms.follow("anna", taken.room.token, Claim.OWNED)
        return rooms

    async def test_owners(self) -> None:
        """Each owner's events are there, once; those of an old one are refused from then on."""
        self.client_ = await self.connected(self.server())
        self.table = Ownership(self.client_, Keys("x"))
        await self.table.add(["anna", "bob"])
        first, second = self.rooms(), self.rooms()
        self.assertEqual([FENCED], await self.append(first, chat(1)))
        for node in ("a", "b"):
            await self.table.renew(NodeLoad(node), 60)
        taken = {each.room.user: each.room for each in await self.table.take("a", 1, 60)}
        first.follow("anna", taken["anna"].token, Claim.OWNED)
        self.assertEqual(
            [APPENDED, FENCED, DUPLICATE],
            await self.append(first, chat(1), chat(2, "bob"), chat(1)),
        )
        await self.table.release("a", {"anna": ""})
        self.assertEqual([FENCED], await self.append(first, chat(3)))
        [again] = [e.room for e in await self.table.take("b", 9, 60) if e.room.user == "anna"]
        second.follow("anna", again.token, Claim.OWNED)
        self.assertEqual([DUPLICATE, APPENDED], await self.append(second, chat(1), chat(3)))
        self.assertEqual([FENCED], await self.append(first, chat(4)))

    async def test_left(self) -> None:
        """What is on its way when a room is left is written, as long as no other node has it."""
        rooms = await self.owned()
        await rooms.leave(rooms["anna"])
        self.assertFalse(rooms.may_follow("anna"))
        self.assertEqual([APPENDED], await self.append(rooms, chat(1)))

    async def test_renamed(self) -> None:
        """Of a user who is renamed all is written, by who has the room and nobody else."""
        rooms = await self.owned()
        await self.table.rename("anna", "ann")
        # The node does not know of it yet.
        self.assertEqual([APPENDED], await self.append(rooms, chat(1)))
        await self.table.rename("ann", "anni")
        self.assertEqual([APPENDED], await self.append(rooms, chat(2)))
        self.assertTrue(rooms.rename(rooms["anna"], "anni"))
        await self.table.forget_name("anna")
        # Of a batch that was being delivered.
        words = await self.append(rooms, chat(3), chat(4, "anni"), chat(5, "ann"))
        self.assertEqual([APPENDED, APPENDED, FENCED], words)
        await self.table.release("a", {"anni": ""})
        self.assertEqual([FENCED, FENCED], await self.append(rooms, chat(6), chat(7, "anni")))

    async def test_data_lost(self) -> None:
        """What a node believes that slept while Redis lost its data lets it write nothing."""
        await self.asleep(lambda: self.client_.call("FLUSHALL"))

    async def test_older_data(self) -> None:
        """So it is when Redis came back with what it knew a moment before the node took rooms."""
        keys: list[bytes] = []
        dumps: list[bytes] = []

        async def remember() -> None:
            keys.extend(await self.client_.call("KEYS", "*"))
            dumps.extend([await self.client_.call("DUMP", key) for key in keys])

        async def go_back() -> None:
            await self.client_.call("FLUSHALL")
            for key, dump in zip(keys, dumps, strict=True):
                await self.client_.call("RESTORE", key, 0, dump)

        await self.asleep(go_back, remember)

    async def asleep(
        self,
        lose: Callable[[], Awaitable[Any]],
        before: Callable[[], Awaitable[Any]] | None = None,
    ) -> None:
        """A node sleeps with its rooms while data is lost, and another one is their owner then."""
        self.client_ = await self.connected(self.server())
        self.table = Ownership(self.client_, Keys("x"))
        users = ["anna", "bob"]
        await self.table.add(users)
        await self.table.renew(NodeLoad("b"), 60)
        if before is not None:
            await before()
        await self.table.renew(NodeLoad("a"), 60)
        old, new = self.rooms(), self.rooms()
        believed = [each.room for each in await self.table.take("a", 2, 60)]
        for room in believed:
            old.follow(room.user, room.token, Claim.OWNED)
        await lose()
        await self.table.add(users)
        await self.table.renew(NodeLoad("b"), 60)
        for room in [each.room for each in await self.table.take("b", 2, 60)]:
            new.follow(room.user, room.token, Claim.OWNED)
        await self.table.save("a", [(room, "too late") for room in believed])
        self.assertEqual({"anna": "", "bob": ""}, await self.table.carried(users))
        self.assertEqual([FENCED, FENCED], await self.append(old, chat(1), chat(2, "bob")))
        self.assertEqual([APPENDED, APPENDED], await self.append(new, chat(1), chat(2, "bob")))
        # The same node, which has them again: what it kept of before is not of now.
        await self.table.release("b", {"anna": "", "bob": ""})
        await self.table.renew(NodeLoad("a"), 60)
        again = {each.room.token for each in await self.table.take("a", 2, 60)}
        self.assertEqual(set(), again & {room.token for room in believed})
