"""The public names of a room, each of which is imported when it is asked for (PEP 562)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any


def exported(
    room: str, homes: Mapping[str, Sequence[str]]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """
    The functions ``__getattr__`` and ``__dir__`` of a package that imports none of its modules.

    Whoever imports one module of a room imports the room first: that must cost nothing, and make
    no circle.

    :param room: the package, ``__name__``.
    :param homes: its modules, and the public names of each.  None of these is a module's name:
        the import system gives a package its modules as attributes.
    """
    found = {name: home for home, names in homes.items() for name in names}

    def get(name: str) -> Any:
        if name not in found:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        value = getattr(import_module(f"{room}.{found[name]}"), name)
        setattr(sys.modules[room], name, value)  # the next one does not come here
        return value

    def names() -> list[str]:
        return sorted({*vars(sys.modules[room]), *found})

    return get, names
