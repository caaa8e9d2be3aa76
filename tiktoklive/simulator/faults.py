"""
Faults of a simulated TikTok: each is asked for by one call, and happens once unless told otherwise.

Those of streams happen to the viewers that are connected, then to the next ones; a client that
polls counts as a viewer from the second batch on.  Those of answers happen to the next request for
a path.  :meth:`Faults.at_random` lets all of them happen by chance.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from twisted.internet.interfaces import IReactorTime
from twisted.web.server import NOT_DONE_YET

from tiktoklive.simulator.false_answers import FalseAnswers
from tiktoklive.simulator.garbage import GARBAGE, Good, Raw, batch_of
from tiktoklive.simulator.http_faults import HTTP_FAULTS, HttpFault
from tiktoklive.simulator.push import PUSH_PATH
from tiktoklive.simulator.random_faults import ENDINGS, Ending, RandomFaults, StreamFault
from tiktoklive.simulator.requests import Answer, Request, is_signed
from tiktoklive.simulator.resumes import is_resume
from tiktoklive.simulator.room import SimulatedRoom
from tiktoklive.simulator.viewer import Batch, Viewer
from tiktoklive.simulator.world import World
from tiktoklive.simulator.wrong_answers import WRONG_ANSWERS
from tiktoklive.wire import frames
from tiktoklive.wire.batches import build_batch

#: Seconds between the last frame and a cut: what was sent has arrived by then.
_MOMENT: Final = 0.05

_DAY: Final = 86_400

#: What an ending is for a client that polls.
_POLL_ENDINGS: Final = {"close": "cut short", "abort": "closed", "reset": "reset"}


@dataclass(slots=True)
class _Place:
    """The faults that wait in one room."""

    waiting: deque[StreamFault] = field(default_factory=deque)
    polls: StreamFault | None = None


class Faults(FalseAnswers):
    """
    What goes wrong in a simulated TikTok.

    Where a method takes a ``user``, it is about that user's room, and about all rooms if it is left
    out.

    :param world: whose clock and chance it is.
    :param rooms: the rooms by lower-case username.
    """

    def __init__(self, world: World, rooms: Mapping[str, SimulatedRoom]) -> None:
        super().__init__()
        self._world = world
        self._rooms = rooms
        self._places: dict[SimulatedRoom, _Place] = {}
        self._streams: dict[Viewer, StreamFault] = {}
        self._answers: dict[str, deque[tuple[HttpFault, int]]] = {}
        self._pauses: deque[float] = deque()
        self._resumes: deque[str] = deque()
        self._random_faults = RandomFaults({}, Random(world.seed))

    # --- what can be asked for --------------------------------------------------------------

    def cut(
        self,
        how: Ending = "reset",
        *,
        after: int = 0,
        overlap: int = 0,
        times: int = 1,
        user: str | None = None,
    ) -> None:
        """
        Cut streams off.

        :param how: ``close`` with a close frame, ``abort`` without one, ``reset`` by breaking the
            connection.
        :param after: after so many further batches.
        :param overlap: so many messages from before the cut are sent again, with all that came
            after it, at the beginning of the next stream.  Without it the next stream begins as
            every stream does.
        :param times: how many streams, one after the other.
        :raise ValueError: there is no such ending.
        """
        if how not in ENDINGS:
            raise ValueError(f"No ending {how!r}: choose of {', '.join(ENDINGS)}.")
        self._add(user, times, lambda: StreamFault("cut", how, after, overlap))

    def silence(self, *, after: int = 0, times: int = 1, user: str | None = None) -> None:
        """Let streams stay open, and nothing come out of them any more."""
        self._add(user, times, lambda: StreamFault("silent", after=after))

    def deafen(self, *, after: int = 0, times: int = 1, user: str | None = None) -> None:
        """Let streams answer heartbeats as before, and push nothing any more."""
        self._add(user, times, lambda: StreamFault("deaf", after=after))

    def garbage(self, kind: str, *, times: int = 1, user: str | None = None) -> None:
        """
        Send garbage behind the next batches; to clients that poll, in the place of them.

        :param kind: a name of :data:`~tiktoklive.simulator.GARBAGE`.
        :param times: behind how many batches of the stream.
        :raise ValueError: there is no such garbage.
        """
        if kind not in GARBAGE:
            raise ValueError(f"No garbage {kind!r}: choose of {', '.join(GARBAGE)}.")
        self._add(user, 1, lambda: StreamFault("garbage", kind, left=times))

    def answer(self, path: str, how: str, *, times: int | None = 1) -> None:
        """
        Let the next answers for a path go wrong.

        :param path: as it will be asked for: ``/api-live/user/room/``, ``/@name``; any path of
            any host, the socket's too.
        :param how: a name of :data:`~tiktoklive.simulator.HTTP_FAULTS`, or of
            :data:`~tiktoklive.simulator.WRONG_ANSWERS`.
        :param times: ``None`` for all of them, until :meth:`clear`.
        :raise ValueError: there is no such fault.
        """
        known = HTTP_FAULTS | WRONG_ANSWERS
        if how not in known:
            raise ValueError(f"No fault {how!r}: choose of {', '.join(known)}.")
        count = sys.maxsize if times is None else times
        self._answers.setdefault(path, deque()).append((known[how], count))

    def delay_handshakes(self, seconds: float, *, times: int = 1) -> None:
        """
        Let the next handshakes be answered so many seconds later.

        :raise ValueError: it is no such time, of a day at most.
        """
        if not 0 <= seconds <= _DAY:
            raise ValueError(f"seconds must be a number from 0 to {_DAY}")
        self._pauses.extend([seconds] * times)

    def refuse_resumes(self, *, times: int = 1) -> None:
        """
        Refuse the next clients that go on from the cursor of an earlier stream, as bad requests.

        By the direct source it is the handshake that is refused, else the request for a batch.
        """
        self._resumes.extend(["resume"] * times)

    def answer_resumes_as_polls(self, *, times: int = 1) -> None:
        """
        Answer the next clients that go on from a cursor with a batch that names no push server.

        Handshakes that go on from one are as before.
        """
        self._resumes.extend(["poll"] * times)

    def hide(self, share: float) -> None:
        """
        Show each viewer of a socket only some of the messages, each viewer others.

        :param share: of the messages from now on that each is not shown, from 0 to 1.
        :raise ValueError: it is no such share.
        """
        if not 0 <= share <= 1:
            raise ValueError("share must be a number from 0 to 1")
        self._world.behaviour.hidden = share

    def at_random(self, rates: Mapping[str, float]) -> None:
        """
        Let things go wrong by chance from now on, the same for the same seed.

        :param rates: the share of batches, handshakes, answers or resumes that it happens to,
            between 0 and 1, by name of :data:`~tiktoklive.simulator.RANDOM_FAULTS`; empty
            for no more of it.
        """
        self._random_faults = RandomFaults(rates, Random(self._world.seed))

    def clear(self) -> None:
        """
        Forget what has not happened yet.

        Streams that are silent or deaf are broken: what they were not sent does not come any more.
        """
        self.at_random({})
        self._answers.clear()
        self._pauses.clear()
        self._resumes.clear()
        self._entries.clear()
        self._world.behaviour.hidden = 0.0
        for place in self._places.values():
            place.waiting.clear()
            place.polls = None
        streams, self._streams = self._streams, {}
        for viewer in streams:
            if viewer.silent or viewer.deaf:
                viewer.abort()

    # --- what the simulator asks ------------------------------------------------------------

    def meet(self, viewer: Viewer, room: SimulatedRoom) -> None:
        """A viewer is let in: the next fault is theirs."""
        viewer.on_pushed = self._pushed
        self._admit(viewer)
        fault = self._next(room)
        if fault is not None:
            self._begin(viewer, fault)

    def of_answer(self, path: str) -> HttpFault | None:
        """What happens to an answer for this path."""
        waiting = self._answers.get(path)
        if not waiting:
            by_chance = self._random_faults.of_answer if path != PUSH_PATH else lambda: None
            return self._false_lookup(path) or by_chance()
        fault, left = waiting.popleft()
        if left > 1:
            waiting.appendleft((fault, left - 1))
        return fault

    def of_poll(self, request: Request, room: SimulatedRoom | None) -> HttpFault | None:
        """What happens to the answer to a client that polls."""
        cursor = request.parameter("cursor")
        if room is None or not cursor:
            return None
        place = self._place(room)
        if is_signed(request):  # as only the first request of a client that begins anew
            place.polls = None
            return None
        if place.polls is None:
            place.polls = self._next(room) or self._random_faults.of_batch()
        fault = place.polls
        if fault is None:
            return None
        if fault.after > 0:
            fault.after -= 1
            return None
        if fault.kind == "deaf":
            return _deaf(cursor, request.parameter("internal_ext") or "")
        if fault.kind == "silent":
            return HTTP_FAULTS["silent"]
        fault.left -= 1
        if fault.left <= 0:
            place.polls = None
        if fault.kind == "garbage":
            return self._garbled(fault.how)
        ending = HTTP_FAULTS[_POLL_ENDINGS[fault.how]]

        def cut(right: Answer, web: Any, clock: IReactorTime) -> Any:
            room.repeat(fault.overlap)  # in the next answer: this one is made already
            return ending(right, web, clock)

        return cut

    def of_resume(self, request: Request) -> str:
        """What happens to a request: ``"resume"`` if it is refused, ``"poll"``, or nothing."""
        if not is_resume(request):
            return ""
        if self._resumes and (self._resumes[0] == "resume" or request.path != PUSH_PATH):
            return self._resumes.popleft()
        how = self._random_faults.of_resume()
        return "" if how == "poll" and request.path == PUSH_PATH else how

    def refuses(self) -> bool:
        """Whether a handshake is to be refused, by chance."""
        return self._random_faults.refuses()

    def hold(self, web: Any, render: Callable[[], Any]) -> Any:
        """Answer a handshake, later if it is to be late."""
        pause = self._pauses.popleft() if self._pauses else self._random_faults.pause()
        if not pause:
            return render()

        def answer() -> None:
            body = render()
            if body is not NOT_DONE_YET:
                web.write(body)
                web.finish()

        call = self._world.clock.callLater(pause, answer)

        def gone(result: object) -> None:
            if call.active():
                call.cancel()

        web.notifyFinish().addErrback(gone)
        return NOT_DONE_YET

    # --- inside -----------------------------------------------------------------------------

    def _place(self, room: SimulatedRoom) -> _Place:
        return self._places.setdefault(room, _Place())

    def _add(self, user: str | None, times: int, make: Callable[[], StreamFault]) -> None:
        """Give a fault to the present viewers, and keep the rest for those to come."""
        rooms = self._rooms.values() if user is None else [self._rooms[user.lower()]]
        for room in rooms:
            faults = deque(make() for _ in range(times))
            for viewer in tuple(room.viewers):
                if faults and viewer not in self._streams:
                    self._begin(viewer, faults.popleft())
            self._place(room).waiting.extend(faults)

    def _next(self, room: SimulatedRoom) -> StreamFault | None:
        waiting = self._place(room).waiting
        return waiting.popleft() if waiting else None

    def _begin(self, viewer: Viewer, fault: StreamFault) -> None:
        for each in [each for each in self._streams if each.closed is not None]:
            del self._streams[each]
        self._streams[viewer] = fault
        if fault.after <= 0 and fault.kind != "garbage":
            self._happen(viewer, fault)

    def _pushed(self, viewer: Viewer, batch: Batch, frame: bytes) -> None:
        """A viewer was sent a batch."""
        fault = self._streams.get(viewer)
        if fault is None:
            fault = self._random_faults.of_batch()
            if fault is not None:
                self._begin(viewer, fault)
        if fault is None:
            return
        if fault.kind == "garbage":
            self._litter(viewer, fault, Good(frame, batch.data, self._world.next_id))
            return
        fault.after -= 1
        if fault.after == 0:
            self._happen(viewer, fault)

    def _happen(self, viewer: Viewer, fault: StreamFault) -> None:
        if fault.kind == "deaf":
            viewer.deaf = True
            return
        viewer.silent = True
        if fault.kind == "cut":
            self._world.clock.callLater(_MOMENT, self._cut, viewer, fault)

    def _cut(self, viewer: Viewer, fault: StreamFault) -> None:
        if self._streams.pop(viewer, None) is not fault or viewer.closed is not None:
            return
        room = next(each for each in self._rooms.values() if viewer in each.viewers)
        room.repeat(fault.overlap)
        if fault.how == "close":
            viewer.leave(1001, "going away")
        elif fault.how == "abort":
            viewer.hang_up()
        else:
            viewer.abort()

    def _litter(self, viewer: Viewer, fault: StreamFault, good: Good) -> None:
        for piece in GARBAGE[fault.how](good, self._world.rng):
            if isinstance(piece, Raw):
                viewer.send_raw(piece.data)
            elif isinstance(piece, str):
                viewer.send_text(piece)
            else:
                viewer.send(piece)
        fault.left -= 1
        if fault.left <= 0:
            del self._streams[viewer]

    def _garbled(self, kind: str) -> HttpFault:
        def garbled(right: Answer, web: Any, clock: IReactorTime) -> Any:
            good = Good(frames.push(right.body, 1), right.body, self._world.next_id)
            body = batch_of(GARBAGE[kind](good, self._world.rng))
            return Answer(200, body, right.content_type).send(web)

        return garbled


def _deaf(cursor: str, internal_ext: str) -> HttpFault:
    """A batch without messages, which goes on where the one before ended."""
    body = build_batch([], cursor=cursor, internal_ext=internal_ext, fetch_interval=1000)
    return lambda right, web, clock: Answer(200, body, "application/protobuf").send(web)
