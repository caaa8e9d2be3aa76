"""Whose fault a failed attempt is."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tests.errors.kinds import KINDS, made
from tiktoklive import errors
from tiktoklive.errors import (
    AllFailedError,
    ApplicationRefusedError,
    ConnectError,
    UserOfflineError,
)
from tiktoklive.pacing.fault import Fault, fault_of

#: Those that are not the source's.
OTHERS = {
    Fault.ROOM: """
        AgeRestrictedError EnterRefusedError ExtractRoomIdError OtherUserError RoomWithheldError
        UserNotFoundError UserOfflineError
    """,
    Fault.US: """
        BlockedError DeviceBlockedError IdentityError LocalResourceError LoginRequiredError
        MissingCookieError NoRootCertificatesError
        ProxyAuthError ProxyError ProxyRefusedError RateLimitedError RelayRateLimitError
        SignServerRefusedError        SignatureRateLimitError TtwidMissingError
    """,
    Fault.NETWORK: "ConnectError",
}


class FaultTests(SynchronousTestCase):
    """Every class of error has somebody whose fault it is."""

    def test_each(self) -> None:
        """What is said of a room, of us, or by nobody, is not the source's fault; the rest is."""
        expected = {
            getattr(errors, name): fault
            for fault, names in OTHERS.items()
            for name in names.split()
        }
        for kind in KINDS:
            with self.subTest(kind.__name__):
                self.assertIs(expected.get(kind, Fault.SOURCE), fault_of(made(kind)))

    def test_cause(self) -> None:
        """An error that only wraps another is that one's."""
        error = errors.NoWSUpgradeError("no socket")
        error.__cause__ = UserOfflineError("over")
        self.assertIs(Fault.ROOM, fault_of(error))
        self.assertIs(Fault.NETWORK, fault_of(OSError("down")))
        self.assertIs(Fault.SOURCE, fault_of(ValueError("a mistake of a part")))

    def test_several(self) -> None:
        """Of several it is the first that is not the room's."""
        off, down, bad = UserOfflineError("off"), ConnectError("x"), ApplicationRefusedError("400")
        for failures, fault in (
            ([off], Fault.ROOM),
            ([off, bad], Fault.SOURCE),
            ([down, bad], Fault.NETWORK),
        ):
            error = AllFailedError("all", [("a part", each) for each in failures])
            self.assertIs(fault, fault_of(error))
