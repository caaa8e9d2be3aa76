"""
Events to observers, by interface.

An observer's own zope interface is its subscription: whatever methods the observer
interfaces that it provides have, those events it gets.  Functions subscribe with
:meth:`Dispatcher.on`.  A guest must not break the party: an observer that raises, or
whose Deferred fails, is logged with its traceback and reported as an ``error`` event;
the others go on.
"""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeVar, overload

from google.protobuf.message import DecodeError as ProtobufDecodeError
from google.protobuf.message import Message
from twisted.internet.defer import Deferred
from twisted.logger import Logger
from twisted.python.failure import Failure
from zope.interface import providedBy

from tiktoklive.errors import MessageError
from tiktoklive.events.base import Event, MessageEvent, Origin
from tiktoklive.events.control import DecodedData, Error, RawData, StreamEnd
from tiktoklive.events.giving import Gift
from tiktoklive.events.room import Control
from tiktoklive.events.streak import STREAM_END
from tiktoklive.events.table import METHODS, ROWS
from tiktoklive.interfaces import IObserver
from tiktoklive.seen import Seen
from tiktoklive.streaks import Streaks
from tiktoklive.wire.frames_pb2 import ResponseMessage
from tiktoklive.wire.text import text

_E = TypeVar("_E", bound=Event)
Callback = Callable[[Any], object]

#: The name under which an observer asks for every event: ``IEventObserver.event``.
_ALL = "event"
_NAMES = frozenset(METHODS.values())
#: How many wire names are told apart, and how long they may be: TikTok has a few hundred.
_NAMES_KEPT, _LONG = 1000, 100
_BELOW = frozenset((RawData.name, DecodedData.name))


class Subscription:
    """One observer or function that was added; :meth:`remove` takes it away again."""

    __slots__ = ("_dispatcher", "callbacks", "observer")

    def __init__(
        self, dispatcher: Dispatcher, observer: object, callbacks: dict[str, Callback]
    ) -> None:
        self._dispatcher = dispatcher
        self.observer = observer
        self.callbacks = callbacks

    def remove(self) -> None:
        """Deliver nothing more, from the next event on.  May be called again."""
        self._dispatcher._remove(self)


def _event_name(what: str | type[Event]) -> str:
    """The event's name, from its class, its name, or its observer method's name."""
    name = what if isinstance(what, str) else getattr(what, "name", None)
    if name == _ALL or name in _NAMES:
        return str(name)
    if isinstance(name, str) and name in METHODS:
        return METHODS[name]
    raise TypeError(
        f"{what!r} names no event; see tiktoklive.events for the classes, "
        "or use a name such as 'chat' or 'room_user'."
    )


def _callbacks_of(observer: object) -> dict[str, Callback]:
    """Event name to bound method, for all that the observer's interfaces ask for."""
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
            if method != _ALL and method not in METHODS:
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


#: What to do with the messages of one wire name: how to decode the payload and the event's
#: class (``None`` for a type that the schema does not know); whom the event goes to; who wants
#: it before, as decoded data; whether further events may come out of it.  A plain tuple, since
#: it is taken apart for every message, and Python does that fastest with these.
Plan = tuple[
    Callable[[bytes], Message] | None,
    type[MessageEvent] | None,
    tuple[Callback, ...],
    tuple[Callback, ...],
    bool,
]

#: The plan for messages that nobody observes: they stay undecoded.
_LEAVE: Plan = (None, None, (), (), False)


class Dispatcher:
    """
    Delivers events in order, each to its observers in the order they were added.

    :ivar undecodable: by wire name, messages that did not decode, and were skipped.
    :ivar unknown: by wire name, messages of types that the schema does not know.
    :ivar failed: times that an observer raised or its Deferred failed.
    """

    log = Logger()

    def __init__(self) -> None:
        self._subscriptions: tuple[Subscription, ...] = ()
        self._routes: dict[str, tuple[Callback, ...]] = {}
        self._plans: dict[str, Plan] = {}
        self.undecodable: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.failed = 0

    # --- who observes ---------------------------------------------------------

    def add_observer(self, observer: object) -> Subscription:
        """
        Let an object observe what its observer interfaces say.

        :raise TypeError: it provides none, lacks one of their methods, or a method names no event.
        """
        return self._add(Subscription(self, observer, _callbacks_of(observer)))

    def remove_observer(self, observer: object) -> None:
        """
        Deliver nothing more to that object.

        :raise ValueError: it does not observe.
        """
        for subscription in self._subscriptions:
            if subscription.observer is observer:
                subscription.remove()
                return
        raise ValueError(f"{observer!r} is not an observer here.")

    @overload
    def on(self, what: type[_E], function: Callable[[_E], object]) -> Subscription: ...
    @overload
    def on(self, what: str, function: Callable[[Any], object]) -> Subscription: ...
    def on(self, what: str | type[Event], function: Callable[[Any], object]) -> Subscription:
        """
        Let a function observe one kind of event.

        :param what: an event class, or its name: ``Chat``, ``"chat"``, ``"roomUser"``,
            ``"room_user"``, or ``"event"`` for all.
        :raise TypeError: there is no such event.
        """
        if not callable(function):
            raise TypeError(f"{function!r} cannot be called.")
        return self._add(Subscription(self, function, {_event_name(what): function}))

    def _add(self, subscription: Subscription) -> Subscription:
        self._subscriptions = (*self._subscriptions, subscription)
        self._forget()
        return subscription

    def _remove(self, subscription: Subscription) -> None:
        self._subscriptions = tuple(s for s in self._subscriptions if s is not subscription)
        self._forget()

    def _forget(self) -> None:
        self._routes.clear()
        self._plans.clear()

    def _route(self, name: str) -> tuple[Callback, ...]:
        """Whom an event of that name goes to."""
        route = self._routes.get(name)
        if route is None:
            # Who asks for everything does not get the two views below all events as well.
            names = (name,) if name in _BELOW or name == _ALL else (name, _ALL)
            route = self._routes[name] = tuple(
                callback
                for subscription in self._subscriptions
                for wanted in names
                if (callback := subscription.callbacks.get(wanted)) is not None
            )
        return route

    def _plan(self, method: str) -> Plan:
        row = ROWS.get(method)
        if row is None:
            plan: Plan = (None, None, self._route(_ALL), (), False)
        else:
            kind = row.event_class
            callbacks, decoded = self._route(kind.name), self._route(DecodedData.name)
            # A control message may end the stream, so somebody always wants to know.
            derives = kind is Control or any(self._route(name) for name in kind.derives)
            if callbacks or decoded or derives:
                plan = (row.message_class.FromString, kind, callbacks, decoded, derives)
            else:
                plan = _LEAVE
        if row is not None or len(self._plans) < _NAMES_KEPT:
            self._plans[method] = plan
        return plan

    def observes(self, method: str) -> bool:
        """Whether messages of that wire name are delivered to anybody."""
        return (self._plans.get(method) or self._plan(method)) is not _LEAVE

    # --- delivering -------------------------------------------------------------

    def tell(self, event: Event) -> None:
        """Deliver one event that is no message: connected, lost, ended."""
        for callback in self._route(event.name):
            self._call(callback, event)

    def messages(
        self,
        messages: Iterable[ResponseMessage],
        where: Callable[[], Origin],
        seen: Seen,
        streaks: Streaks | None = None,
    ) -> StreamEnd | Control | None:
        """
        Deliver the messages of a batch, each for itself.

        First every message's raw data, then for each in order its decoded data, its own
        event, and what is derived from it.  Messages that nobody observes stay undecoded,
        but for control messages: they may end the stream.

        :param where: gives the origin of their events; called only if there are any.
        :param seen: what was delivered before, and is not delivered again.
        :param streaks: what becomes of gifts, and is over with the broadcast.
        :return: the end of the broadcast, if one of them told it; otherwise its last pause, or
            the end of that.
        """
        ended = control = origin = None
        ids, highest, plans, make_empty = seen.ids, seen.highest, self._plans, object.__new__
        if self._route(RawData.name):
            messages = seen.fresh(messages)
            ids, highest = {}, -1  # they were looked up just now
            origin = where()
            for item in messages:
                self.tell(_raw(item, origin))
        for item in messages:
            method = item.method
            plan = plans.get(method)
            if plan is _LEAVE:
                continue
            if plan is None:
                plan = self._plan(method)
                if plan is _LEAVE:
                    continue
            number = item.msg_id
            if number in ids or (number <= highest and seen.packed(number)):
                seen.dropped += 1
                continue
            if number:
                ids[number] = None
            if origin is None:
                origin = where()
            parse, make, callbacks, decoded, derives = plan
            if parse is None or make is None:
                self._unknown(item, callbacks, origin)
                continue
            payload = item.payload
            try:
                message = parse(payload)
            except ProtobufDecodeError as error:
                self._undecodable(item, error, origin)
                continue
            # As make(...) would, without the cost of two more calls for every message.
            event = make_empty(make)
            event.message = message
            event.payload = payload
            event.number = number
            event.is_history = item.is_history
            event.origin = origin
            if decoded:
                view = DecodedData(event)
                for callback in decoded:
                    self._call(callback, view)
            for callback in callbacks:
                # As in _call(), written out: this is the one loop that runs for every message.
                try:
                    result = callback(event)
                except Exception:
                    self._failed(_failure(), callback, event)
                else:
                    if result is not None:
                        self._later(result, callback, event)
            if derives:
                if streaks is not None and isinstance(event, Gift):
                    streaks.gift(event)
                elif isinstance(event, Control):
                    control = event
                for derived in event.derived():
                    if isinstance(derived, StreamEnd):
                        ended = derived
                        if streaks is not None:
                            streaks.finish(STREAM_END)
                    self.tell(derived)
            del event, message, payload
        seen.trim()
        return ended or control

    def _call(self, callback: Callback, event: Event) -> None:
        try:
            result = callback(event)
        except Exception:
            self._failed(_failure(), callback, event)
        else:
            if result is not None:
                self._later(result, callback, event)

    def _later(self, result: object, callback: Callback, event: Event) -> None:
        """An observer returned something: if it takes time, its failure must be heard too."""
        if inspect.isawaitable(result) and not isinstance(result, Deferred):
            result = Deferred.fromCoroutine(_wait(result))
        if isinstance(result, Deferred):
            result.addErrback(self._failed, callback, event)

    def _failed(self, failure: Failure, callback: Callback, event: Event) -> None:
        self.failed += 1
        name = getattr(callback, "__qualname__", repr(callback))
        self.log.failure(
            "{observer} failed on {event!r}", failure=failure, observer=name, event=event
        )
        if not isinstance(event, Error):
            problem = failure.value if isinstance(failure.value, Exception) else None
            self.tell(Error(f"{name} failed on {event.name}", problem, event.origin))

    def _unknown(
        self, item: ResponseMessage, callbacks: tuple[Callback, ...], origin: Origin
    ) -> None:
        method = text(item.method)
        if _first(self.unknown, method):
            self.log.debug(
                "{anchor}: {method!r} is not in the schema; it is delivered as raw data",
                anchor=origin.anchor,
                method=method[:_LONG],
            )
        for callback in callbacks:
            self._call(callback, _raw(item, origin))

    def _undecodable(self, item: ResponseMessage, error: Exception, origin: Origin) -> None:
        problem = MessageError(
            f"TikTok sent a {item.method} of {len(item.payload)} bytes that does not decode; "
            "it was skipped, and is delivered as raw data only."
        )
        problem.__cause__ = error
        if _first(self.undecodable, item.method):
            self.log.warn(
                "{anchor}: {problem} Further ones are only counted.",
                anchor=origin.anchor,
                problem=problem,
            )
        self.tell(Error("message decoding failed", problem, origin))
        # Who wants everything gets at least its bytes, as of a message of an unknown type.
        for callback in self._route(_ALL):
            self._call(callback, _raw(item, origin))


def _first(counts: Counter[str], method: str) -> bool:
    """Count it; whether it is the first of its name.  Invented names share one count."""
    if method not in counts and (len(counts) >= _NAMES_KEPT or len(method) > _LONG):
        method = "(others)"
    counts[method] += 1
    return counts[method] == 1


def _failure() -> Failure:
    """What was just raised."""
    return Failure()  # type: ignore[no-untyped-call]  # Twisted's


async def _wait(awaitable: Awaitable[object]) -> None:
    await awaitable


def _raw(item: ResponseMessage, origin: Origin) -> RawData:
    return RawData(text(item.method), item.payload, item.msg_id, item.is_history, origin)
