"""
The walks of the package: what runs between ``connect()`` and live, and from a loss to waiting.

::

    python -m tests.walks          both walks, a line for each call, and their figures
    python -m tests.walks --short  the files, with the functions of session/ only

Everything is in memory, so that a walk is the same each time.  A *call* is that of a function
that has a name: a coroutine that goes on is not called again, and lambdas and comprehensions
belong to what they stand in.  A *change* is a call in another file than the call before it.  A
*hop* is a change from a file of ``session/`` to another one of ``session/``.  What stands for
TikTok (``testing/``, ``simulator/``) is left out, and so is what the simulator calls: it reads and
writes frames, and looks at the clock, as TikTok's servers do.  What ``testing/`` calls is ours:
there the network delivers what has arrived.

The first walk ends when the Deferred of ``connect()`` fires.  The second begins when the
conversation hears that its stream is over, and ends when the session is said to be waiting: before
that it is the transport's, and behind it the observers'.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from random import Random
from textwrap import fill
from types import CodeType, FrameType

import tiktoklive
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.testing import settle, simulated
from tiktoklive.wiring import standard_wiring

PACKAGE = Path(tiktoklive.__file__).parent

#: Before what is not in the room that a walk is shown for.
IN = " " * 4

#: What stands for TikTok.
THERE = ("testing", "simulator")
_TIKTOK = str(PACKAGE / "simulator")
_NETWORK = str(PACKAGE / "testing")

_RESUMED = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


@dataclass(frozen=True, slots=True)
class Call:
    """
    A call of a function of the package.

    :ivar file: where it is, seen from the package.
    """

    file: str
    line: int
    function: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.function}"


@dataclass(frozen=True, slots=True)
class CallPath:
    """The calls from one moment to another."""

    calls: Sequence[Call]

    @property
    def stays(self) -> list[tuple[str, list[str]]]:
        """The files in their order, each with its functions until another file has its turn."""
        return [
            (file, list(dict.fromkeys(call.function for call in calls)))
            for file, calls in groupby(self.calls, key=lambda call: call.file)
        ]

    @property
    def changes(self) -> int:
        """How often another file has its turn."""
        return len(self.stays) - 1

    def hops(self, room: str = "session") -> int:
        """How often another file of the same room has its turn."""
        inside = [file.startswith(f"{room}/") for file, _ in self.stays]
        return sum(before and after for before, after in pairwise(inside))

    def __str__(self) -> str:
        return "\n".join(str(call) for call in self.calls)

    def short(self, room: str = "session") -> str:
        """A line for each stay in a file of the room, and one for what is called in between."""
        lines = []
        for inside, stays in groupby(self.stays, key=lambda stay: stay[0].startswith(f"{room}/")):
            if inside:
                for file, functions in stays:
                    names = dict.fromkeys(name.rpartition(".")[2] for name in functions)
                    lines.append(f"{file}: {', '.join(names)}")
            else:
                files = list(dict.fromkeys(file.removesuffix(".py") for file, _ in stays))
                lines.append(fill(", ".join(files), 88, initial_indent=IN, subsequent_indent=IN))
        return "\n".join(lines)

    def figures(self) -> str:
        """The figures, in words."""
        return f"{len(self.calls)} calls, {self.changes} changes of file, {self.hops()} hops"


class Tracer:
    """
    Writes down the calls of the package's functions.

    :ivar calls: so far.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._known: dict[CodeType, Call | None] = {}
        #: Frames that may go on later, kept so that no other one gets their id.
        self._begun: dict[int, FrameType] = {}

    def trace(self, act: Callable[[], object]) -> None:
        """Write down what is called while something is done."""
        before = sys.getprofile()
        sys.setprofile(self._profile)
        try:
            act()
        finally:
            sys.setprofile(before)

    def _profile(self, frame: FrameType, event: str, argument: object) -> None:
        if event != "call":
            return
        code = frame.f_code
        if code not in self._known:
            self._known[code] = _call_of(code)
        call = self._known[code]
        if call is None or id(frame) in self._begun or _is_theirs(frame):
            return
        if code.co_flags & _RESUMED:
            self._begun[id(frame)] = frame
        self.calls.append(call)


def _is_theirs(frame: FrameType) -> bool:
    """Whether it is the simulator that calls, rather than what it sent that arrives."""
    caller = frame.f_back
    while caller is not None:
        file = caller.f_code.co_filename
        if file.startswith((_TIKTOK, _NETWORK)):
            return file.startswith(_TIKTOK)
        caller = caller.f_back
    return False


def _call_of(code: CodeType) -> Call | None:
    path = Path(code.co_filename)
    if code.co_name.startswith("<") or not path.is_relative_to(PACKAGE):
        return None
    file = path.relative_to(PACKAGE)
    name = code.co_qualname.replace("<locals>.", "")
    return None if file.parts[0] in THERE else Call(file.as_posix(), code.co_firstlineno, name)


def walk() -> tuple[CallPath, CallPath]:
    """``connect()`` to live, and a loss to waiting."""
    network, tiktok = simulated(seed=3)
    room = tiktok.add_room("alice")
    wiring = standard_wiring(network.clock, network=network, random=Random(1))
    connection = WebcastPushConnection("@alice", wiring=wiring)
    tracer, lost = Tracer(), Tracer()
    live: list[int] = []

    def connect() -> None:
        connection.connect().addCallback(lambda state: live.append(len(tracer.calls)))
        settle(network)

    def lose() -> None:
        room.drop(clean=False)
        settle(network)

    tracer.trace(connect)
    lost.trace(lose)
    phase = connection.get_state().phase
    if not live or phase != "waiting":
        raise RuntimeError(f"This walk led elsewhere: {phase}")
    connection.disconnect()
    settle(network, 1)
    functions = [call.function for call in lost.calls]
    begin = functions.index("Conversation.closed")
    end = functions.index("SessionLog.enter", begin) + 1
    return CallPath(tracer.calls[: live[0]]), CallPath(lost.calls[begin:end])


def main(arguments: Sequence[str]) -> None:
    """Write both walks to the standard output."""
    walk()  # what is imported on the way is imported now
    for title, path in zip(("connect() to live", "a loss to waiting"), walk(), strict=True):
        calls = path.short() if "--short" in arguments else str(path)
        sys.stdout.write(f"{title}: {path.figures()}\n\n{calls}\n\n")


if __name__ == "__main__":
    main(sys.argv[1:])
