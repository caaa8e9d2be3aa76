"""What a session is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from twisted.internet.interfaces import IReactorTime

from tiktoklive.dispatch.backpressure import BackPressure
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.errors import StreamLostError
from tiktoklive.interfaces import IRoomResolver, ISigner, IStreamOpener, IUserNames
from tiktoklive.session.retry import Patience
from tiktoklive.stream.limits import Limits


def dispatcher_of(clock: IReactorTime, limits: Limits) -> Dispatcher:
    """What hands the messages of sessions to their observers."""
    return Dispatcher(
        BackPressure(clock, limits.held),
        busy=limits.busy,
        busy_bytes=limits.busy_bytes,
        largest=limits.message,
        fields=limits.message_fields,
    )


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
class OtherGuest:
    """As whom the second stream of a room is opened."""

    signer: ISigner
    opener: IStreamOpener


@dataclass(frozen=True, slots=True)
class Parts:
    """
    What a session is made of.

    :ivar initial_data: whether what happened shortly before we came is delivered.
    :ivar names: what users are called now; ``None`` to follow any user that has the name.
    :ivar other_guest: as whom a second stream is opened; ``None`` to have one stream a room.
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
    other_guest: OtherGuest | None = None
    seat: ISeat | None = None
