"""One tree of errors, which say whether waiting can help."""

from __future__ import annotations

import inspect

from twisted.trial.unittest import SynchronousTestCase

import tiktoklive
from tiktoklive import errors
from tiktoklive.errors import (
    AgeRestrictedError,
    AllFailedError,
    BlockedError,
    ConnectError,
    DeviceBlockedError,
    HandshakeRefusedError,
    IdentityError,
    MissingCookieError,
    RateLimitedError,
    Remedy,
    RoomLookupError,
    SignatureRateLimitError,
    SignatureRefusedError,
    SignServerError,
    StreamError,
    TikTokLiveError,
    UserNotFoundError,
)


class TreeTests(SynchronousTestCase):
    """All errors together."""

    def test_root(self) -> None:
        """Every error that is public is a TikTokLiveError, and all are public."""
        found = {
            name
            for name, value in vars(errors).items()
            if inspect.isclass(value) and issubclass(value, Exception)
        }
        self.assertEqual(found | {"Remedy"}, set(errors.__all__))
        for name in found:
            self.assertTrue(issubclass(getattr(errors, name), TikTokLiveError), name)
            self.assertIs(getattr(tiktoklive, name), getattr(errors, name))

    def test_remedies(self) -> None:
        """What the session does about each kind of failure."""
        expected = {
            Remedy.CANCEL: (
                "AlreadyConnectedError AlreadyConnectingError BatchError BatchTooLargeError "
                "ChatRefusedError ConnectionStoppedError DecodeError FrameError MessageError "
                "MessageTooLargeError PayloadTooLargeError RedisReplyError TapeError "
                "TooManyMessagesError UserNotFoundError"
            ),
            Remedy.AUTH: (
                "AgeRestrictedError InvalidSessionIdError LoginRequiredError ProxyAuthError "
                "RedisRefusedError RoomWithheldError SignServerRefusedError SignatureRefusedError"
            ),
            Remedy.MODIFY: (
                "ApplicationRefusedError ArchiveError InvalidMessageError InvalidUniqueIdError "
                "InvalidUserOptionsError NoRootCertificatesError NoWSUpgradeError "
                "ProxyRefusedError StartError"
            ),
        }
        remedies = {
            name: getattr(errors, name).remedy for name in errors.__all__ if name != "Remedy"
        }
        for remedy, names in expected.items():
            said = sorted(name for name, found in remedies.items() if found is remedy)
            self.assertEqual(names.split(), said, remedy)

    def test_identity(self) -> None:
        """Refused identities are refused handshakes and identity errors; signatures are not."""
        for kind in (DeviceBlockedError, MissingCookieError):
            self.assertTrue(issubclass(kind, HandshakeRefusedError))
            self.assertTrue(issubclass(kind, IdentityError))
            self.assertTrue(issubclass(kind, StreamError))
        self.assertFalse(issubclass(SignatureRefusedError, IdentityError))

    def test_values(self) -> None:
        """An error keeps its message and the time after which a new try makes sense."""
        error = RateLimitedError("Slow down.", retry_after=3.5)
        self.assertEqual(("Slow down.", 3.5), (str(error), error.retry_after))
        self.assertIsNone(TikTokLiveError("x").retry_after)

    def test_handshake(self) -> None:
        """A refused handshake keeps status, TikTok's word and TikTok's code."""
        error = DeviceBlockedError(
            "No.", status=200, reason="DEVICE_BLOCKED", code="415", retry_after=1.0
        )
        self.assertEqual(
            (200, "DEVICE_BLOCKED", "415", 1.0),
            (error.status, error.reason, error.code, error.retry_after),
        )


class AllFailedTests(SynchronousTestCase):
    """Several parts tried in turn."""

    def all_failed(self, *failures: Exception) -> AllFailedError:
        """These failures, in order."""
        named = [(f"part {number}", failure) for number, failure in enumerate(failures)]
        return AllFailedError("All failed.", named)

    def test_failures(self) -> None:
        """Every failure is kept, with the part's name, in order."""
        first, second = ConnectError("1"), UserNotFoundError("2")
        self.assertEqual(
            (("part 0", first), ("part 1", second)), self.all_failed(first, second).failures
        )

    def test_one_may_pass(self) -> None:
        """Waiting helps if it helps one of the parts."""
        error = self.all_failed(AgeRestrictedError("1"), ConnectError("2"), UserNotFoundError("3"))
        self.assertIs(Remedy.WAIT, error.remedy)

    def test_none_may_pass(self) -> None:
        """If it helps none, the last part's remedy counts."""
        error = self.all_failed(UserNotFoundError("1"), AgeRestrictedError("2"))
        self.assertIs(Remedy.AUTH, error.remedy)
        self.assertIs(Remedy.WAIT, AllFailedError.remedy, "the class must stay as it is")

    def test_retry_after(self) -> None:
        """The shortest wait that a part for which waiting helps asked for."""
        error = self.all_failed(
            RateLimitedError("1", retry_after=30),
            UserNotFoundError("2", retry_after=1),
            RateLimitedError("3", retry_after=20),
            ConnectError("4"),
        )
        self.assertEqual(20, error.retry_after)
        self.assertIsNone(self.all_failed(ConnectError("1")).retry_after)

    def test_foreign(self) -> None:
        """An error of somebody else's counts as one that waiting may mend."""
        self.assertIs(Remedy.WAIT, self.all_failed(OSError("x")).remedy)

    def test_nobody(self) -> None:
        """No failure at all is nothing that cannot be mended."""
        self.assertIs(Remedy.WAIT, self.all_failed().remedy)

    def test_of_one_class(self) -> None:
        """All of one class: ``except`` of that class catches it; of two, what both are."""
        blocked, limited = BlockedError("1"), RateLimitedError("2")
        for failures, kinds, others in (
            ([blocked, BlockedError("2")], [BlockedError], [RateLimitedError]),
            ([blocked, limited], [RoomLookupError], [BlockedError, RateLimitedError]),
            ([SignatureRateLimitError("s"), limited], [RateLimitedError], [SignServerError]),
            (
                [DeviceBlockedError("d"), MissingCookieError("m")],
                [HandshakeRefusedError, IdentityError],
                [DeviceBlockedError],
            ),
            ([blocked, ConnectError("x")], [], [RoomLookupError, ConnectError]),
            ([blocked, OSError("x")], [], [BlockedError, OSError]),
            ([OSError("x"), OSError("y")], [], [OSError]),
        ):
            error = self.all_failed(*failures)
            for kind in (AllFailedError, *kinds):
                self.assertIsInstance(error, kind)
            for kind in others:
                self.assertNotIsInstance(error, kind)
            self.assertEqual(("All failed.", "AllFailedError"), (str(error), type(error).__name__))

    def test_of_one_class_inside(self) -> None:
        """Parts of parts count as well; one of another class among them is one of another class."""
        inner = self.all_failed(BlockedError("1"), BlockedError("2"))
        self.assertIsInstance(self.all_failed(inner, BlockedError("3")), BlockedError)
        other = self.all_failed(BlockedError("1"), ConnectError("2"))
        self.assertNotIsInstance(self.all_failed(other, BlockedError("3")), BlockedError)
        self.assertNotIsInstance(self.all_failed(self.all_failed()), BlockedError)

    def test_every_class(self) -> None:
        """Two errors of any class make one that is of it, and has what such a one tells."""
        for name in errors.__all__:
            kind = getattr(errors, name)
            if name in ("Remedy", "AllFailedError"):
                continue
            more = {"code": 4} if name == "ChatRefusedError" else {}
            one, other = kind("1", **more), kind("2", retry_after=3, **more)
            error = self.all_failed(one, other)
            self.assertIsInstance(error, kind)
            self.assertEqual(set(vars(other)) - set(vars(error)), set(), name)
            self.assertEqual(("All failed.", kind.remedy), (str(error), error.remedy))
        error = self.all_failed(
            HandshakeRefusedError("1", status=500), DeviceBlockedError("2", status=200, code="415")
        )
        assert isinstance(error, HandshakeRefusedError)
        self.assertEqual((200, "415", ""), (error.status, error.code, error.reason))

    def test_remedy_of_all(self) -> None:
        """Being of the class does not make waiting useless where it helps one of the parts."""
        gone, busy = SignServerError("1", status=404), SignServerError("2", status=500)
        self.assertIs(Remedy.WAIT, self.all_failed(gone, busy).remedy)
        self.assertIs(Remedy.WAIT, self.all_failed(busy, gone).remedy)
        self.assertIs(Remedy.MODIFY, self.all_failed(gone, gone).remedy)
