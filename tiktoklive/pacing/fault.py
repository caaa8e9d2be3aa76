"""Whose fault a failed attempt is: the room's, the source's, our own, or the network's."""

from __future__ import annotations

from enum import Enum

from tiktoklive.errors import (
    AgeRestrictedError,
    AllFailedError,
    BlockedError,
    ConnectError,
    EnterRefusedError,
    ExtractRoomIdError,
    IdentityError,
    LocalResourceError,
    LoginRequiredError,
    OtherUserError,
    ProxyError,
    RateLimitedError,
    RoomWithheldError,
    SignServerRefusedError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.errors.isolation import failures_in


class Fault(Enum):
    """Whose fault it is."""

    #: Of this room, or user, alone: other rooms are let in.
    ROOM = "room"
    #: Of whoever lets us in.
    SOURCE = "source"
    #: Of who we are to them: our machine, proxy, address, guest or key, or how often we ask.
    US = "us"
    #: Nobody answered.
    NETWORK = "network"


#: In this order: some errors are of more than one kind.
_KINDS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], Fault], ...] = (
    (LoginRequiredError, Fault.US),
    (
        (
            AgeRestrictedError,
            EnterRefusedError,
            ExtractRoomIdError,
            OtherUserError,
            RoomWithheldError,
            UserNotFoundError,
            UserOfflineError,
        ),
        Fault.ROOM,
    ),
    (
        (
            BlockedError,
            IdentityError,
            LocalResourceError,
            ProxyError,
            RateLimitedError,
            SignServerRefusedError,
        ),
        Fault.US,
    ),
    ((ConnectError, OSError), Fault.NETWORK),
)


def fault_of(error: BaseException) -> Fault:
    """
    Whose fault an error is, as far as it says.

    Of several that happened in turn it is the first one's that is not the room's: one way on which
    the source failed is enough.
    """
    if isinstance(error, AllFailedError):
        found = [fault_of(each) for _, each in error.failures]
        return next((each for each in found if each is not Fault.ROOM), Fault.ROOM)
    for each in failures_in(error):
        for kinds, fault in _KINDS:
            if isinstance(each, kinds):
                return fault
    return Fault.SOURCE
