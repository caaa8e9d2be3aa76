"""The tables of events in the documentation, in reST: what the registered classes say."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Mapping

from zope.interface.interface import InterfaceClass

from tiktoklive import events
from tiktoklive.events.base import Event, snake_case
from tiktoklive.interfaces import IObserver


def typed(registered: Iterable[type[Event]]) -> list[str]:
    """Messages with a class of their own, and what is derived from them."""
    found = [cls for cls in registered if issubclass(cls, events.MessageEvent)]
    return _classes(found, with_wire_names=True)


def control(registered: Iterable[type[Event]]) -> list[str]:
    """Events that are no messages."""
    found = [cls for cls in registered if not issubclass(cls, events.MessageEvent)]
    return _classes(found, with_wire_names=False)


def interfaces(registered: Iterable[type[Event]]) -> list[str]:
    """The interfaces of observers, and the events that each covers."""
    classes = {snake_case(cls.name): cls for cls in registered}
    rows = []
    for found in sorted(all_interfaces(), key=lambda found: found.__name__):
        covered = []
        for method in sorted(found.names(all=True)):
            cls = classes.get(method)
            if cls is not None:
                path = f":class:`{method}() <{cls.__module__}.{cls.__name__}>`"
                covered.append(path)
        what = inspect.cleandoc(found.__doc__ or "").split("\n\n")[0].replace("\n", " ")
        name = f":class:`{found.__name__} <{found.__identifier__}>`"
        rows.append([name, ", ".join(covered) or "everything, by ``event()``", what])
    return list_table(["Interface", "Events, by its methods", "What for"], rows)


def all_interfaces() -> list[InterfaceClass]:
    """Those of observers that the package of events exports."""
    return [
        value
        for value in vars(events).values()
        if isinstance(value, InterfaceClass) and value.extends(IObserver)
    ]


#: What ``.. events::`` can show.
TABLES: Mapping[str, Callable[[Iterable[type[Event]]], list[str]]] = {
    "typed": typed,
    "control": control,
    "interfaces": interfaces,
}


def _classes(classes: Iterable[type[Event]], *, with_wire_names: bool) -> list[str]:
    titles = ["Event", "Class, observers", "Wire name", "Attributes of its own", "When"]
    rows = []
    for cls in sorted(classes, key=lambda cls: cls.name.lower()):
        name = cls.name
        path = f":class:`{cls.__name__} <{cls.__module__}.{cls.__name__}>`"
        row = [f"``{name}``", f"{path}, ``{snake_case(name)}()`` of {observers_of(cls)}"]
        row += [f"``{getattr(cls, 'method', '')}``", attributes_of(cls), first_sentence(cls)]
        rows.append(row)
    if not with_wire_names:
        del titles[2]
        rows = [row[:2] + row[3:] for row in rows]
    return list_table(titles, rows)


def observers_of(cls: type[Event]) -> str:
    """The interfaces that ask for an event by its name, the narrowest first."""
    name = snake_case(cls.name)
    offered = (*vars(events).values(), *vars(sys.modules[cls.__module__]).values())
    interfaces = [value for value in offered if isinstance(value, InterfaceClass)]
    found = [each for each in dict.fromkeys(interfaces) if name in each.names(all=True)]
    found.sort(key=lambda each: len(list(each.names(all=True))))
    words = [f":class:`{i.__name__} <{i.__identifier__}>`" for i in found]
    return " or ".join(words) or "an interface of your own"


def attributes_of(cls: type[Event]) -> str:
    """What a class adds to the attributes that all events have."""
    found: list[str] = []
    for base in reversed(cls.__mro__):
        if base.__module__ != "tiktoklive.events.base" and base is not object:
            slots = vars(base).get("__slots__", ())
            found += [name for name in slots if name not in found]
            found += [
                n for n, v in vars(base).items() if isinstance(v, property) and n not in found
            ]
    return ", ".join(f"``{name}``" for name in found if name not in ("id", "msg_id"))


def first_sentence(cls: type[Event]) -> str:
    """What the class says of itself."""
    return inspect.cleandoc(cls.__doc__ or "").split("\n\n")[0].replace("\n", " ")


def list_table(titles: list[str], rows: list[list[str]]) -> list[str]:
    """A table in reST."""
    lines = [".. list-table::", "   :header-rows: 1", ""]
    for first, *others in [titles, *rows]:
        lines += [f"   * - {first}", *(f"     - {text}" for text in others)]
    return [*lines, ""]
