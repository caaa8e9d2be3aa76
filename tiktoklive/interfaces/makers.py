"""Plugins that make a part out of a string."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from zope.interface import Attribute, Interface

if TYPE_CHECKING:
    from random import Random

    from tiktoklive.model import SourcesState


class PartWiring(Protocol):
    """What the built-in parts know of the :class:`~tiktoklive.wiring.Wiring` they belong to."""

    @property
    def reactor(self) -> Any:
        """Time, and what connects and listens."""

    @property
    def random(self) -> Random:
        """Where numbers at random are taken from."""

    @property
    def pictures(self) -> str:
        """Where a simulator has pictures without TLS, ``http://host:port``; ``""`` without one."""

    def sources_status(self) -> SourcesState:
        """How all who are asked are doing, and how often they may be asked."""


class IPartMaker(Interface):
    """A plugin that makes a part out of a string such as ``jsonl:FILE``."""

    kind: str = Attribute("The word before the colon.")
    usage: str = Attribute("What may stand after the colon, and what it does: one line.")

    def make(wiring: PartWiring, argument: str) -> Any:
        """
        Make the part, while a command line is being checked.

        It opens and makes nothing: no file, directory, database, socket or lock. Whoever
        checks may be another user than the one who will run it, and may refuse it all. An output
        opens what it needs in ``startService``, where a
        :class:`~tiktoklive.errors.StartError` tells what is wrong with it; or listens in
        ``privilegedStartService``. Of each description one part is made.

        :param wiring: the :class:`~tiktoklive.wiring.Wiring` that the part will belong to.
        :param argument: what stood after the first colon, verbatim.
        :raise ValueError: when the argument is no good; the text says what to do.
        """


class IOutputMaker(IPartMaker):
    """Makes an :class:`IOutput`."""


class ISourceMaker(IPartMaker):
    """
    Makes a :class:`~tiktoklive.sources.Source`, a way into rooms, of ``KIND[:ARGUMENT]``.

    The wiring has all its parts but the sources. What a source has to hold open beside its streams
    is its ``service``.
    """
