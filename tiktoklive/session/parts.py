"""What a session is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from twisted.internet.interfaces import IReactorTime

from tiktoklive.errors import StreamLostError
from tiktoklive.interfaces import IRoomResolver, ISigner, IStreamOpener, IUserNames
from tiktoklive.session.retry import Patience
from tiktoklive.stream.limits import Limits


class ISeated(Protocol):
    """What of a session its place among lanes knows."""

    @property
    def unique_id(self) -> str:
        """The user's name."""

    @property
    def is_live(self) -> bool:
        """Whether a stream is open."""

    def move(self, why: StreamLostError) -> None:
        """Leave the stream, and come back by another lane."""


class ISeat(Protocol):
    """The session's place among lanes, which are several ways out; its parts go by one of them."""

    @property
    def name(self) -> str:
        """The name of the lane that it is in, ``""`` before there is one."""

    def bind(self, session: ISeated) -> None:
        """This session has the place."""

    def leave(self) -> None:
        """It has it no more."""


@dataclass(frozen=True, slots=True)
class Parts:
    """
    What a session is made of.

    :ivar initial_data: whether what happened shortly before we came is delivered.
    :ivar names: what users are called now; ``None`` to follow any user that has the name.
    :ivar seat: the place among lanes, if there are lanes.
    """

    resolver: IRoomResolver
    signer: ISigner
    opener: IStreamOpener
    clock: IReactorTime
    random: Random
    patience: Patience = field(default_factory=Patience)
    limits: Limits = field(default_factory=Limits)
    initial_data: bool = True
    names: IUserNames | None = None
    seat: ISeat | None = None
