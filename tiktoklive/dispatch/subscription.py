"""What each observer observes, and with how many events one may be busy at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from twisted.internet.interfaces import IPushProducer
from zope.interface import providedBy

from tiktoklive.errors.isolation import FAULTS
from tiktoklive.events.base import Event
from tiktoklive.events.table import METHODS
from tiktoklive.interfaces import IObserver

Callback = Callable[[Any], object]

#: The name under which an observer asks for every event: ``IEventObserver.event``.
ALL = "event"
_NAMES = frozenset(METHODS.values())


class Board(Protocol):
    """Where a subscription is kept, as far as it knows: the dispatcher."""

    dropped: int
    dropped_by_bytes: int

    def _forget(self) -> None: ...

    def _remove(self, subscription: Subscription) -> None: ...


class Subscription:
    """
    One observer or function that was added; :meth:`remove` takes it away again.

    :ivar left_out: users whose events it does not get, see :meth:`leave_out`.
    :ivar busy: events whose Deferred it returned has not fired yet.
    :ivar busy_bytes: bytes that TikTok sent for these.
    :ivar is_full: whether there were too many of them, so that it gets nothing for now.
    :ivar is_full_by_bytes: whether they were too large, and not too many.
    :ivar dropped: events that it did not get because of that.
    """

    __slots__ = (
        "_all",
        "_board",
        "busy",
        "busy_bytes",
        "callbacks",
        "dropped",
        "hold",
        "is_full",
        "is_full_by_bytes",
        "left_out",
        "observer",
        "told",
    )

    def __init__(self, board: Board, observer: object, callbacks: dict[str, Callback]) -> None:
        self._board = board
        self.observer = observer
        self.callbacks = self._all = callbacks
        self.left_out: frozenset[str] = frozenset()
        #: By which it may let the streams wait, if it asked for that.
        self.hold: IPushProducer | None = None
        self.busy = self.busy_bytes = 0
        self.is_full = self.is_full_by_bytes = False
        self.dropped = 0
        #: How many had been dropped when the log told that it is full.
        self.told: int | None = None

    def remove(self) -> None:
        """Deliver nothing more, from the next event on.  May be called again."""
        self._board._remove(self)

    def leave_out(self, users: frozenset[str]) -> None:
        """
        Deliver no events of these, from the next one on.

        :param users: the names under which they are followed, in lower case; none for all events.
        """
        if users == self.left_out:
            return
        self.left_out, callbacks = users, self._all
        # Only those pay for it that leave somebody out.
        if users:
            callbacks = {name: _without(users, callback) for name, callback in callbacks.items()}
        self.callbacks = callbacks
        self._board._forget()

    def drop(self, event: Event) -> None:
        """Stands in the place of its callbacks while it is full."""
        self.dropped += 1
        self._board.dropped += 1
        self._board.dropped_by_bytes += self.is_full_by_bytes

    @property
    def name(self) -> str:
        """For people."""
        return name_of(self.observer)


def _without(users: frozenset[str], callback: Callback) -> Callback:
    """A callback that does not hear of some users."""

    @wraps(callback)
    def call(event: Event) -> object:
        return None if event.anchor.lower() in users else callback(event)

    return call


def name_of(observer: object) -> str:
    """What to call an observer in the log: by the name of the service, function or class."""
    try:
        name = getattr(observer, "name", None) or getattr(observer, "__qualname__", None)
    except FAULTS:  # a property of theirs
        name = None
    return name if isinstance(name, str) else type(observer).__qualname__


def event_name(what: str | type[Event]) -> str:
    """
    The event's name, from its class, its name, or its observer method's name.

    :raise TypeError: there is no such event.
    """
    name = what if isinstance(what, str) else getattr(what, "name", None)
    if name == ALL or name in _NAMES:
        return str(name)
    if isinstance(name, str) and name in METHODS:
        return METHODS[name]
    raise TypeError(
        f"{what!r} names no event; see tiktoklive.events for the classes, "
        "or use a name such as 'chat' or 'room_user'."
    )


def callbacks_of(observer: object) -> dict[str, Callback]:
    """
    Event name to bound method, for all that the observer's interfaces ask for.

    :raise TypeError: it provides no observer interface, lacks a method of one, or one of them names
        no event.
    """
    callbacks: dict[str, Callback] = {}
    for interface in providedBy(observer):
        if not interface.extends(IObserver):
            continue
        for method in interface.names(all=True):
            callback = getattr(observer, method, None)
            if not callable(callback):
                raise TypeError(
                    f"{observer!r} provides {interface.__name__} but has no method {method}()."
                )
            if method != ALL and method not in METHODS:
                raise TypeError(
                    f"{interface.__name__}.{method} names no event: "
                    "a method's name is the event's name in snake_case."
                )
            callbacks[METHODS.get(method, method)] = callback
    if not callbacks:
        raise TypeError(
            f"{observer!r} provides no observer interface; declare one with @implementer, "
            "for example IChatObserver, or use on() for a function."
        )
    return callbacks
