"""Outputs without following anybody: what ``--from`` says, and a reader for each output."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from zope.interface import implementer

from tiktoklive.bounded import BoundedMap
from tiktoklive.dispatch.backpressure import BackPressure
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.events import (
    Connected,
    Disconnected,
    Error,
    Event,
    GaveUp,
    IEventObserver,
    MessageEvent,
    Reconnecting,
    Renamed,
    StreamEnd,
)
from tiktoklive.fleet.address import RedisAddress, parse_redis
from tiktoklive.fleet.client import make_client
from tiktoklive.fleet.connecting import ClientLines
from tiktoklive.fleet.output import MISSING, fleet_name, is_installed
from tiktoklive.fleet.reader import COUNT, IDLE, StreamReader
from tiktoklive.fleet.stream import NAME, Keys
from tiktoklive.interfaces import IControlledOutput, IRoomFacts, IRooms
from tiktoklive.model import State
from tiktoklive.outputs.arguments import duration, read_options, whole
from tiktoklive.outputs.web.answers import Refusal

#: Seconds for which an output may let the stream wait: nobody is to be lost but time.
_PATIENCE: Final = 86_400.0
#: Users whose state is remembered, as far as their events tell it.
_USERS: Final = 10_000

_STARTS: Final = {"now": "$", "beginning": "0"}


def _start(text: str) -> str:
    if text not in _STARTS:
        raise ValueError(" or ".join(_STARTS))
    return _STARTS[text]


_OPTIONS: dict[str, Callable[[str], Any]] = {
    "name": fleet_name,
    "group": fleet_name,
    "consumer": fleet_name,
    "start": _start,
    "count": whole,
    "idle": duration,
}


class StreamSource:
    """
    Where outputs are to read.

    :param description: ``redis:URL``.
    :raise ValueError: it is not; says what to do.
    """

    def __init__(
        self, description: str, reactor: Any, environ: Mapping[str, str] = os.environ
    ) -> None:
        kind, _, url = description.partition(":")
        if kind != "redis":
            raise ValueError("say which stream to read: redis:redis://HOST:PORT/DB.")
        self.address: RedisAddress
        self.address, rest = parse_redis(url)
        options = read_options(rest, _OPTIONS)
        if not is_installed():
            raise ValueError(MISSING)
        self._reactor = reactor
        self._environ = environ
        host = _host_name()
        self._group = options.get("group", host)
        self._consumer = options.get("consumer", host)
        self._keys = Keys(options.get("name", NAME))
        self._start = options.get("start", "$")
        self._count = options.get("count", COUNT)
        self._idle = float(options.get("idle", IDLE))
        self._groups: set[str] = set()
        self._lines = ClientLines()  # of all readers
        make_client(self.address, reactor, environ)  # what is wrong there is told now

    def reader(self, kind: str, output: Any) -> StreamReader:
        """
        What reads for one output, and hands the events on to it.

        It has to be started after the output, and stopped before it.

        :param kind: that of the output, which its group is named after.
        """
        group, number = f"{self._group}-{kind}", 1
        while group in self._groups:
            number += 1
            group = f"{self._group}-{kind}-{number}"
        self._groups.add(group)
        dispatcher = Dispatcher(BackPressure(self._reactor, _PATIENCE))
        subscription = dispatcher.add_observer(output)
        if IControlledOutput.providedBy(output):
            rooms = ReadRooms()
            dispatcher.add_observer(rooms)
            output.control(rooms)
        client = make_client(self.address, self._reactor, self._environ, lines=self._lines)
        return StreamReader(
            f"{self.address} group {group}",
            client,
            dispatcher,
            subscription,
            self._reactor,
            keys=self._keys,
            group=group,
            consumer=self._consumer,
            start=self._start,
            count=self._count,
            idle=self._idle,
        )


def _host_name() -> str:
    """That of this machine, in letters that the names of groups may have."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", socket.gethostname()) or "host"


@implementer(IRooms, IRoomFacts, IEventObserver)
class ReadRooms:
    """
    The users whose events are read, as far as these tell what becomes of them.

    They are followed elsewhere: here they can be seen, and not changed.
    """

    def __init__(self) -> None:
        self._states: BoundedMap[str, State] = BoundedMap(_USERS)

    def event(self, event: Event) -> None:
        """Learn from one event."""
        anchor, room = event.anchor, event.room_id
        if not anchor:
            return
        if isinstance(event, Connected):
            state = event.state
            self._states.put(
                anchor,
                State(
                    True,
                    state.upgraded_to_websocket,
                    room,
                    phase="live",
                    unique_id=state.unique_id,
                    anchor_id=state.anchor_id,
                ),
            )
        elif isinstance(event, Disconnected | Reconnecting | GaveUp):
            reason = "" if event.reason is None else str(event.reason)
            self._states.put(anchor, State(room_id=room, phase="offline", reason=reason))
        elif isinstance(event, StreamEnd):
            self._states.put(anchor, State(room_id=room, phase="offline", reason="the end"))
        elif isinstance(event, Renamed) and event.new == anchor:  # they are followed under it now
            if (known := self._states.pop(event.old)) is not None:
                self._states.put(anchor, known)
        elif anchor in self._states:
            return
        elif isinstance(event, MessageEvent):
            for other, known in list(self._states.items()):
                if room and known.room_id == room:  # a name that the user had before
                    self._states.pop(other)
            self._states.put(anchor, State(True, room_id=room, phase="live"))
        elif isinstance(event, Error):
            reason = str(event.exception)
            self._states.put(anchor, State(room_id=room, phase="offline", reason=reason))

    def status(self) -> Mapping[str, State]:
        """What was read of each last."""
        return dict(self._states.items())

    def add(self, unique_id: str) -> str:
        """It is refused."""
        raise ValueError("Events are read from Redis here: add users where they are followed.")

    async def remove(self, unique_id: str) -> None:
        """It is refused."""
        raise _elsewhere()

    def room_info(self, unique_id: str) -> Awaitable[Mapping[str, Any]]:
        """It is refused."""
        raise _elsewhere()

    def available_gifts(self, unique_id: str) -> Awaitable[Sequence[Mapping[str, Any]]]:
        """It is refused."""
        raise _elsewhere()


def _elsewhere() -> Refusal:
    return Refusal(
        409, "elsewhere", "Events are read from Redis here: ask where the users are followed."
    )
