"""One user of the simulated TikTok: live or not, with the room, its viewers and what it sends."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any, Final

from tiktoklive.model import Status
from tiktoklive.simulator.pictures import Pictures
from tiktoklive.simulator.requests import keep
from tiktoklive.simulator.script import Message, Performance, Script
from tiktoklive.simulator.totals import Totals
from tiktoklive.simulator.viewer import Batch, Viewer
from tiktoklive.simulator.visitors import Visitors
from tiktoklive.simulator.world import World
from tiktoklive.wire.batches import build_batch
from tiktoklive.wire.common_pb2 import Common
from tiktoklive.wire.room_pb2 import WebcastControlMessage

#: How many of the latest comments a room remembers.
REMEMBERED: Final = 50

#: How many of the latest batches a room keeps for clients that go on from a cursor.
BATCHES_KEPT: Final = 256

_CURSOR = re.compile(r"[0-9]+_([0-9]{1,18})_1_1_0_0")

_PAUSED, _RESUMED = 1, 2

_CONTROL: Final = "WebcastControlMessage"


class SimulatedRoom(Visitors):
    """
    A user who can go live, and what others do in their room (:class:`Visitors`).

    :ivar unique_id: the username.
    :ivar anchor_id: the user's id, decimal text.
    :ivar room_id: of the current or last broadcast, ``""`` when there was none.
    :ivar status: live, paused or ended; a user who is offline counts as ended.
    :ivar age_restricted: whether room info is for logged-in viewers only.
    :ivar viewers: the viewers that are connected now, entered or not.
    :ivar all_viewers: all viewers there ever were, in order.
    :ivar on_live: called when a broadcast has begun.
    :ivar recent: the latest comments, for the first batch of later viewers.
    :ivar totals: likes, viewers and so on, as the messages told them.
    """

    def __init__(
        self, world: World, unique_id: str, *, title: str = "", nickname: str = ""
    ) -> None:
        super().__init__(world)
        self.unique_id = unique_id
        self.anchor_id = str(world.next_id())
        self.title = title or f"{unique_id} is live"
        self.nickname = nickname or unique_id.title()
        self.room_id = ""
        self.past_room_ids: list[str] = []
        self.status = Status.ENDED
        self.started_at = self.ended_at = 0
        self.age_restricted = False
        self.viewers: list[Viewer] = []
        self.all_viewers: list[Viewer] = []
        self.recent: deque[tuple[str, bytes, int]] = deque(maxlen=REMEMBERED)
        self._admitted = 0
        self.totals = Totals()
        self.performance: Performance | None = None
        self.on_live: Callable[[], object] | None = None
        self._batches = 0
        self._repeated: tuple[int, int] | None = None
        self._pushed: deque[tuple[int, list[tuple[str, bytes, int]]]] = deque(maxlen=BATCHES_KEPT)
        self._forgotten = 0

    @property
    def is_live(self) -> bool:
        """Whether there is something to see: live or paused."""
        return self.status in (Status.LIVE, Status.PAUSED)

    @property
    def pictures(self) -> Pictures:
        """Where the pictures of its people are."""
        return self._world.pictures

    @property
    def like_count(self) -> int:
        """How many likes there were."""
        return self.totals.likes

    @like_count.setter
    def like_count(self, count: int) -> None:
        self.totals.likes = count

    @property
    def viewer_count(self) -> int:
        """How many watch, as messages told; until one did, those who are connected."""
        return self.totals.watching or len(self.viewers)

    @viewer_count.setter
    def viewer_count(self, count: int) -> None:
        self.totals.watching = count

    @property
    def entered_count(self) -> int:
        """How many have watched, likewise."""
        return self.totals.seen or self.totals.watching + len(self.all_viewers)

    # --- the broadcast ----------------------------------------------------------------

    def go_live(self) -> str:
        """
        Begin a new broadcast; one that is on ends first.

        :return: its room id.
        """
        if self.is_live:
            self.end()
        if self.room_id:
            self.past_room_ids.append(self.room_id)
        self.room_id = str(self._world.next_id())
        self.status = Status.LIVE
        self.started_at = int(self._world.seconds())
        self.totals.take(Totals(followers=self.totals.followers))
        self.recent.clear()
        self._pushed.clear()
        self._forgotten = 0
        self._repeated = None
        if self.on_live is not None:
            self.on_live()
        return self.room_id

    def pause(self) -> None:
        """Pause, and say so."""
        self.status = Status.PAUSED
        self._control(_PAUSED)

    def resume(self) -> None:
        """Go on after a pause, and say so."""
        self.status = Status.LIVE
        self._control(_RESUMED)

    def end(self, action: int = 3, *, say: bool = True, close: bool = True) -> None:
        """
        End the broadcast.

        :param action: 3 when the user ended it, 4 when it was suspended (wire facts, app. A).
        :param say: whether the viewers are told by a control message.
        :param close: whether the server closes the sockets behind it.
        """
        if self.performance is not None:
            self.performance.stop()
        if say:
            self._control(action)
        self.status = Status.ENDED
        self.ended_at = int(self._world.seconds())
        if close:
            self.drop()

    def _control(self, action: int) -> None:
        method = _CONTROL
        msg_id = self._world.next_id()
        common = Common(
            method=method,
            msg_id=msg_id,
            room_id=int(self.room_id or 0),
            create_time=self._world.now_ms(),
            is_show_msg=True,
        )
        message = WebcastControlMessage(common=common)
        message.action = action
        self.push([(method, message.SerializeToString(), msg_id)])

    # --- what the viewers get -----------------------------------------------------------

    def push(self, messages: Sequence[Message], *, need_ack: bool | None = None) -> Batch:
        """
        Send messages, as one batch in one frame, to every viewer that has entered.

        :param messages: tuples of method, payload and, if it has one, message id.
        :param need_ack: whether it asks for acks; by default as the behaviour says.
        :return: the batch.
        """
        numbered = [self._numbered(message) for message in messages]
        batch = self._batch([(*message, False) for message in numbered], need_ack=need_ack)
        if len(self._pushed) == BATCHES_KEPT:
            self._forgotten = self._pushed[0][0]
        self._pushed.append((self._batches, numbered))
        for message in numbered:
            self.totals.hear(message[0], message[1])
            if message[0] == "WebcastChatMessage":
                self.recent.append(message)
        for viewer in tuple(self.viewers):
            if viewer.room_id == self.room_id:  # not of a broadcast before, whose door stayed open
                self._deliver(viewer, batch, numbered)
        return batch

    def _deliver(
        self, viewer: Viewer, batch: Batch, messages: Sequence[tuple[str, bytes, int]]
    ) -> None:
        """Send a viewer what it is shown of a batch: by chance, the same for the same seed."""
        hidden = self._world.behaviour.hidden
        if hidden:
            place = f"{self._world.seed} {viewer.number}"
            shown = [
                (*message, False)
                for message in messages
                if message[0] == _CONTROL or Random(f"{place} {message[2]}").random() >= hidden
            ]
            if not shown:
                return
            data = self._built(shown, batch.cursor, batch.internal_ext, batch.need_ack)
            batch = replace(batch, data=data)
        viewer.deliver(batch)

    def play(self, script: Script) -> Performance:
        """Perform a script from now on, in place of the one that is on, if any."""
        if self.performance is not None:
            self.performance.stop()
        self._script_totals = getattr(script, "totals", None)
        if self._script_totals is not None:
            self.totals.take(self._script_totals)
        self.performance = Performance(self._world.clock, script, self.push)
        return self.performance

    def silence(self, silent: bool = True) -> None:
        """Send the connected viewers nothing more, while their sockets stay open."""
        for viewer in self.viewers:
            viewer.silent = silent

    def deafen(self, deaf: bool = True) -> None:
        """Push nothing more to the connected viewers, while their heartbeats are answered."""
        for viewer in self.viewers:
            viewer.deaf = deaf

    def drop(self, *, clean: bool = True, code: int = 1000, reason: str = "") -> int:
        """
        Close all viewers' sockets.

        :param clean: with a close frame of this code and reason, or by breaking them.
        :return: how many.
        """
        doomed = tuple(self.viewers)
        for viewer in doomed:
            if clean:
                viewer.leave(code, reason)
            else:
                viewer.abort()
        return len(doomed)

    def repeat(self, count: int) -> None:
        """Begin the next stream with the latest messages, and all that follow until then."""
        if count > 0:
            self._repeated = (self._batches, count)

    def admit(self, viewer: Viewer) -> None:
        """Take in a viewer whose handshake was accepted."""
        self._admitted += 1
        viewer.number = self._admitted
        self.viewers.append(viewer)
        keep(self.all_viewers, viewer)
        if viewer.bound:
            self._greet(viewer)
        else:
            viewer.on_entered = self._greet
        viewer.on_closed = self.viewers.remove

    def fetch(self, cursor: str, push_server: str, route_params: Mapping[str, str]) -> Batch:
        """
        The batch for a client that asks before opening a socket: what came after the cursor.

        :param cursor: of a batch of this room; with none, or another one, the latest comments.
        :param push_server: where the socket is.
        :param route_params: what its address must carry.
        """
        missed = self._since(cursor)
        past = [(*message, True) for message in self.recent if self._world.behaviour.history]
        return self._batch(
            past if missed is None else [(*message, False) for message in missed],
            is_first=True,
            push_server=push_server,
            route_params=route_params,
        )

    def _since(self, cursor: str) -> list[tuple[str, bytes, int]] | None:
        """The messages that were pushed after the batch with this cursor, if all are kept."""
        found = _CURSOR.fullmatch(cursor)
        if found is None or int(found[1]) < self._forgotten:
            return None
        again, self._repeated = self._repeated, None
        return self._after(int(found[1]), 0 if again is None else again[1])

    def _after(self, last: int, overlap: int = 0) -> list[tuple[str, bytes, int]]:
        """What was pushed after a batch, and before that the last messages until then."""
        before = [each for number, told in self._pushed if number <= last for each in told]
        after = [each for number, told in self._pushed if number > last for each in told]
        return before[max(0, len(before) - overlap) :] + after

    def _greet(self, viewer: Viewer) -> None:
        """The first batch: comments from before, or what was missed since a batch was fetched."""
        if viewer.fetched is not None:
            missed = self._since(viewer.fetched) or []
            batch = self._batch([(*message, False) for message in missed], is_first=True)
            viewer.fetched = batch.cursor
            viewer.deliver(batch)
            return
        if self._repeated is not None:
            (last, overlap), self._repeated = self._repeated, None
            told = [(*message, False) for message in self._after(last, overlap)]
            viewer.deliver(self._batch(told, is_first=True))
            return
        wish = viewer.request.parameter("history_comment_count") or ""
        wanted = int(wish[:9]) if wish.isdecimal() else 0
        past: list[tuple[str, bytes, int]] = []
        if self._world.behaviour.history and wanted > 0:
            past = list(self.recent)[-wanted:]
        first = [(*message, True) for message in past]
        if self._world.behaviour.overlap:
            pushed = [message for _, messages in self._pushed for message in messages]
            first = [(*each, False) for each in pushed[-self._world.behaviour.overlap :]]
        viewer.deliver(self._batch(first, is_first=True))

    def _numbered(self, message: Message) -> tuple[str, bytes, int]:
        if len(message) == 3:
            return message
        return (*message, self._world.next_id())

    def _batch(
        self,
        messages: Iterable[tuple[str, bytes, int, bool]],
        *,
        is_first: bool = False,
        need_ack: bool | None = None,
        push_server: str = "",
        route_params: Mapping[str, str] | None = None,
    ) -> Batch:
        self._batches += 1
        now = self._world.now_ms()
        needs_ack = self._world.behaviour.need_ack if need_ack is None else need_ack
        internal_ext = (
            f"fetch_time:{now}|start_time:0|fetch_id:{self._batches}|push_time:{now}"
            f"|room_id:{self.room_id}|seq:{self._batches}|wss_info:0-{now}-0-0"
        )
        cursor = f"{now}_{self._batches}_1_1_0_0"
        data = self._built(
            messages,
            cursor,
            internal_ext,
            needs_ack,
            is_first=is_first,
            push_server=push_server,
            route_params=route_params,
        )
        return Batch(data, internal_ext, needs_ack, cursor)

    def _built(
        self,
        messages: Iterable[tuple[str, bytes, int, bool]],
        cursor: str,
        internal_ext: str,
        needs_ack: bool,
        **more: Any,
    ) -> bytes:
        """The bytes of a batch."""
        return build_batch(
            messages,
            cursor=cursor,
            internal_ext=internal_ext,
            needs_ack=needs_ack,
            heartbeat_duration=self._world.behaviour.heartbeat_duration,
            fetch_interval=self._world.behaviour.fetch_interval,
            fetch_type=1,
            now=self._world.now_ms(),
            **more,
        )
