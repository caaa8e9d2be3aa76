"""
Parts described by a string such as ``jsonl:FILE``, found through twisted.plugin.

The word before the first colon is the part's kind; what stands after it goes verbatim
to the maker of that kind.  Strangers add kinds with a file in ``twisted/plugins``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any, cast

from twisted.logger import Logger
from twisted.plugin import IPlugin, getPlugins
from twisted.python.reflect import namedAny
from zope.interface import implementer
from zope.interface.interface import InterfaceClass

from tiktoklive.errors.isolation import FAULTS
from tiktoklive.interfaces import IOutputMaker, IPartMaker, ISourceMaker, PartWiring

__all__ = [
    "OutputMaker",
    "PartMaker",
    "SourceMaker",
    "find_maker",
    "kinds",
    "makers",
    "split_description",
]

_log = Logger(namespace="tiktoklive.plugins")

#: What the parts of an interface are called in front of users.
_NOUNS = {"IOutputMaker": "output", "ISourceMaker": "source"}


class PartMaker:
    """
    Makes a part by a function that is imported only then.

    :param make: dotted name of a function that takes the wiring and the argument.
    :param environment: the variables that it reads, and what each of them is.
    """

    def __init__(
        self, kind: str, usage: str, make: str, environment: Mapping[str, str] | None = None
    ) -> None:
        self.kind = kind
        self.usage = usage
        self.environment = environment or {}
        self._make = make

    def make(self, wiring: PartWiring, argument: str) -> Any:
        """Import what makes the part, and let it."""
        make = namedAny(self._make)
        return make(wiring, argument)


@implementer(IPlugin, IOutputMaker)
class OutputMaker(PartMaker):
    """Makes an output."""


@implementer(IPlugin, ISourceMaker)
class SourceMaker(PartMaker):
    """Makes a source, a way into rooms."""


def makers(interface: InterfaceClass, package: ModuleType | None = None) -> Iterator[IPartMaker]:
    """
    Every maker of that interface, each kind once.

    Plugins that are broken are logged and left out.

    :param package: where to search; ``twisted.plugins`` by default.
    """
    found: set[str] = set()
    plugins: Iterator[Any] = iter(getPlugins(cast(Any, interface), package))
    for maker in plugins:
        try:
            kind, usage = maker.kind, maker.usage
            usable = isinstance(kind, str) and isinstance(usage, str) and callable(maker.make)
        except FAULTS:
            _log.failure("the plugin {plugin!r} is broken", plugin=type(maker))
            continue
        if not usable:
            _log.error("the plugin {plugin!r} is broken: it has no kind", plugin=type(maker))
        elif kind in found:
            _log.warn("there are two plugins of the kind {kind}; one is used", kind=kind)
        else:
            found.add(kind)
            yield maker


def kinds(interface: InterfaceClass, package: ModuleType | None = None) -> list[IPartMaker]:
    """Every maker of that interface, in the order of their kinds."""
    return sorted(makers(interface, package), key=lambda maker: maker.kind)


def find_maker(
    interface: InterfaceClass, kind: str, package: ModuleType | None = None
) -> IPartMaker:
    """
    The maker of a kind.

    :raise ValueError: when there is none; the text lists those that there are.
    """
    known = kinds(interface, package)
    for maker in known:
        if maker.kind == kind:
            return maker
    noun = _NOUNS.get(interface.__name__, "part")
    names = ", ".join(maker.kind for maker in known) or "none"
    raise ValueError(f"There is no {noun} of the kind {kind!r}; there are: {names}.")


def split_description(description: str) -> tuple[str, str]:
    """``KIND:ARGUMENT`` at its first colon; the argument is ``""`` without one."""
    kind, _, argument = description.partition(":")
    return kind, argument
