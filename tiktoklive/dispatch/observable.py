"""What functions can observe: a dispatcher, a connection, a service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Protocol, TypeVar, overload

from tiktoklive.dispatch.subscription import Subscription, event_name
from tiktoklive.events.base import Event

_E = TypeVar("_E", bound=Event)
_F = TypeVar("_F", bound=Callable[[Any], object])
_R = TypeVar("_R")

#: No function was given: it is a decorator.
_NONE: Final = object()


class TakesFunctions(Protocol):
    """Those who are told, which functions can be added to."""

    def add_function(
        self, what: str | type[Event], function: Callable[[Any], object], *, once: bool
    ) -> Subscription: ...


class Observable:
    """Lets functions observe, whatever is told here."""

    def _observers(self) -> TakesFunctions:
        """Those who are told."""
        raise NotImplementedError

    @overload
    def on(self, what: type[_E], function: Callable[[_E], object]) -> Subscription: ...
    @overload
    def on(self, what: str, function: Callable[[Any], object]) -> Subscription: ...
    @overload
    def on(self, what: type[_E]) -> Callable[[Callable[[_E], _R]], Callable[[_E], _R]]: ...
    @overload
    def on(self, what: str) -> Callable[[_F], _F]: ...
    def on(self, what: str | type[Event], function: Any = _NONE) -> Any:
        """
        Let a function observe one kind of event.

        Without a function it is a decorator, ``@connection.on(Chat)``, that leaves the function as
        it is; ``remove_observer(function)`` takes it away again.

        :param what: an event class or its name: ``Chat``, ``"chat"``, ``"roomUser"``,
            ``"room_user"``; ``"event"`` for all.
        :return: takes it away again by
            :meth:`~tiktoklive.dispatch.Subscription.remove`.
        :raise TypeError: there is no such event.
        """
        return self._add(what, function, once=False)

    @overload
    def once(self, what: type[_E], function: Callable[[_E], object]) -> Subscription: ...
    @overload
    def once(self, what: str, function: Callable[[Any], object]) -> Subscription: ...
    @overload
    def once(self, what: type[_E]) -> Callable[[Callable[[_E], _R]], Callable[[_E], _R]]: ...
    @overload
    def once(self, what: str) -> Callable[[_F], _F]: ...
    def once(self, what: str | type[Event], function: Any = _NONE) -> Any:
        """Let a function observe the next event of a kind, and no other; else as :meth:`on`."""
        return self._add(what, function, once=True)

    def _add(self, what: str | type[Event], function: Any, *, once: bool) -> Any:
        observers = self._observers()
        if function is not _NONE:
            return observers.add_function(what, function, once=once)
        event_name(what)  # what is wrong with it is told at once

        def decorate(function: Any) -> Any:
            observers.add_function(what, function, once=once)
            return function

        return decorate
