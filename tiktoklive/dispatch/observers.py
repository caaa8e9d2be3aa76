"""The observers, and the calling of them: one that fails must not stop the others."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from twisted.internet.defer import Deferred
from twisted.logger import Logger
from twisted.python.failure import Failure

from tiktoklive.deferreds import passing_interrupts
from tiktoklive.dispatch.awaiting import awaited
from tiktoklive.dispatch.backpressure import BackPressure
from tiktoklive.dispatch.gathering import NO_BATCH, gathering
from tiktoklive.dispatch.limits import BUSY, BUSY_BYTES
from tiktoklive.dispatch.observable import Observable
from tiktoklive.dispatch.subscription import (
    ALL,
    Callback,
    Subscription,
    callbacks_of,
    event_name,
    name_of,
)
from tiktoklive.errors.isolation import FAULTS, as_error
from tiktoklive.events.base import Event
from tiktoklive.events.control import EnterRoom, Error
from tiktoklive.events.ranked import Audience
from tiktoklive.events.raw import DecodedData, RawData
from tiktoklive.interfaces import IPacer
from tiktoklive.logs import LogThrottle, voice

_BELOW = frozenset(each.name for each in (RawData, DecodedData, Audience, EnterRoom))

#: A callback, and whose it is.
Taker = tuple[Callback, Subscription]


class Observers(Observable):
    """
    The observers, in the order in which they were added.

    One that raises, or whose Deferred fails, is logged with its traceback and reported as an
    ``error`` event; the others go on.  One that returns Deferreds and does not get done gets no
    more events until it is done with half of them, which is reported too.

    :param back_pressure: lets the streams wait for observers that ask for it; without it none
        can.
    :param busy: events with which one observer may be busy at a time, if it returns Deferreds.
    :param busy_bytes: bytes that the messages of these may have together.
    :ivar batch: the context in which a batch is told, for those that gather
        (:class:`~tiktoklive.interfaces.IGatherer`).
    :ivar failed: times that an observer raised or its Deferred failed.
    :ivar dropped: events that an observer did not get because it was busy.
    :ivar dropped_by_bytes: those of them that it would have got if the others were smaller.
    """

    log = Logger(observer=voice)

    def __init__(
        self,
        back_pressure: BackPressure | None = None,
        *,
        busy: int = BUSY,
        busy_bytes: int = BUSY_BYTES,
    ) -> None:
        self.back_pressure = back_pressure
        self.busy = busy
        self.busy_bytes = busy_bytes
        self.failed = 0
        self.dropped = self.dropped_by_bytes = 0
        self.batch = NO_BATCH
        self._subscriptions: tuple[Subscription, ...] = ()
        self._routes: dict[str, tuple[Taker, ...]] = {}
        # Events carry the time with them: no clock is needed to say things seldom.
        self._failures = LogThrottle(first=3)
        self._slow = LogThrottle()

    def add_observer(self, observer: object) -> Subscription:
        """
        Let an object observe what its observer interfaces say.

        One that is an :class:`~tiktoklive.interfaces.IPacer` gets to know how it can let the
        streams wait.

        :raise TypeError: it provides none, lacks one of their methods, or a method names no event.
        """
        subscription = self._subscribe(Subscription(self, observer, callbacks_of(observer)))
        if self.back_pressure is not None and IPacer.providedBy(observer):
            subscription.hold = self.back_pressure.hold(subscription.name)
            try:
                observer.pace(subscription.hold)
            except BaseException:
                subscription.remove()
                raise
        return subscription

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

    def add_function(
        self, what: str | type[Event], function: Callable[[Any], object], *, once: bool = False
    ) -> Subscription:
        """
        Let a function observe one kind of event; see :meth:`on` and :meth:`once`.

        :raise TypeError: there is no such event, or it is no function.
        """
        name = event_name(what)
        if not callable(function):
            raise TypeError(f"{function!r} cannot be called.")
        subscription = Subscription(self, function, {name: function})
        if once:
            subscription.callbacks[name] = _Once(subscription, function)
        return self._subscribe(subscription)

    @property
    def subscriptions(self) -> tuple[Subscription, ...]:
        """Those of all observers, in the order in which they were added."""
        return self._subscriptions

    def _observers(self) -> Observers:
        return self

    def _subscribe(self, subscription: Subscription) -> Subscription:
        self._subscriptions = (*self._subscriptions, subscription)
        self.batch = gathering(self._subscriptions)
        self._forget()
        return subscription

    def _remove(self, subscription: Subscription) -> None:
        self._subscriptions = tuple(s for s in self._subscriptions if s is not subscription)
        self.batch = gathering(self._subscriptions)
        self._forget()
        if subscription.hold is not None:
            subscription.hold.stopProducing()

    def _forget(self) -> None:
        self._routes.clear()

    def _route(self, name: str) -> tuple[Taker, ...]:
        """The observers of events of that name."""
        route = self._routes.get(name)
        if route is None:
            # An observer of everything does not get the two views below all events as well, nor
            # what says again what a message said.
            names = (name,) if name in _BELOW or name == ALL else (name, ALL)
            route = self._routes[name] = tuple(
                (subscription.drop if subscription.is_full else callback, subscription)
                for subscription in self._subscriptions
                for wanted in names
                if (callback := subscription.callbacks.get(wanted)) is not None
            )
        return route

    # --- telling them -----------------------------------------------------------

    def tell(self, event: Event) -> None:
        """Deliver one event that is no message: connected, lost, ended."""
        with self.batch:
            for taker in self._route(event.name):
                self._call(taker, event)

    def _call(self, taker: Taker, event: Event) -> None:
        callback, subscription = taker
        try:
            result = callback(event)
        except FAULTS:
            self._failed(failure_now(), callback, event)
        else:
            if result is not None:
                self._later(result, callback, subscription, event)

    def _later(
        self, result: object, callback: Callback, subscription: Subscription, event: Event
    ) -> None:
        """An observer returned something: if it takes time, it is busy, and may fail yet."""
        if isinstance(result, Deferred):
            passing_interrupts(result)
        elif inspect.isawaitable(result):
            result = awaited(result)
        else:
            return
        subscription.busy += 1
        subscription.busy_bytes += event.payload_size
        result.addErrback(self._failed, callback, event)
        result.addBoth(self._done, subscription, event)
        if subscription.is_full:
            return
        if subscription.busy >= self.busy or subscription.busy_bytes >= self.busy_bytes:
            self._filled(subscription, event)

    def _filled(self, subscription: Subscription, event: Event) -> None:
        """It is busy with as many events as it may: it gets no more for now."""
        subscription.is_full = True
        subscription.is_full_by_bytes = subscription.busy < self.busy
        self._forget()
        name, many = subscription.name, f"{subscription.busy} events"
        if subscription.is_full_by_bytes:
            many += f" of {subscription.busy_bytes} bytes"
        problem = f"{name} is busy with {many}: it gets no more until half done"
        if self._slow.again(name, event.received_at / 1000) is not None:
            subscription.told = subscription.dropped
            self.log.warn("{problem}", problem=problem)
        self.tell(Error(problem, None, event.origin))

    def _done(self, result: object, subscription: Subscription, event: Event) -> object:
        subscription.busy -= 1
        subscription.busy_bytes -= event.payload_size
        if (
            subscription.is_full
            and subscription.busy <= self.busy // 2
            and subscription.busy_bytes <= self.busy_bytes // 2
        ):
            subscription.is_full = False
            self._forget()
            if subscription.told is not None:
                lost, subscription.told = subscription.dropped - subscription.told, None
                self.log.warn(
                    "{observer} gets events again; {lost} were dropped",
                    observer=subscription.name,
                    lost=lost,
                )
        return result

    def _failed(self, failure: Failure, callback: Callback, event: Event) -> None:
        self.failed += 1
        name = name_of(callback)
        again = self._failures.again((name, event.name, failure.type), event.received_at / 1000)
        if again is not None:
            self.log.failure(
                "{observer} failed on {event.name} of {user}{again}",
                failure=failure,
                observer=name,
                event=event,
                user=f"@{event.anchor}" if event.anchor else "no user",
                again=f", and {again} times that were not logged" if again else "",
            )
        if not isinstance(event, Error):
            problem = as_error(failure.value or RuntimeError(name))
            self.tell(Error(f"{name} failed on {event.name}", problem, event.origin))


class _Once:
    """Calls a function for the next event, and no other: also of a batch that is under way."""

    def __init__(self, subscription: Subscription, function: Callback) -> None:
        self.name = name_of(function)  # for people
        self._function: Callback | None = function
        self._subscription = subscription

    def __call__(self, event: Event) -> object:
        function, self._function = self._function, None
        if function is None:
            return None
        self._subscription.remove()
        return function(event)


def failure_now() -> Failure:
    """What was just raised."""
    return Failure()
