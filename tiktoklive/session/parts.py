"""What a session is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from twisted.internet.interfaces import IReactorTime

from tiktoklive.interfaces import IRoomResolver, ISigner, IStreamOpener, IUserNames
from tiktoklive.session.retry import Patience
from tiktoklive.stream.limits import Limits


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
