"""When the state file is written, and what becomes of it when it cannot be."""

from __future__ import annotations

from pathlib import Path

from twisted.internet.task import Clock
from twisted.logger import capturedLogs, formatEvent
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import StartError
from tiktoklive.files.lock import FileLockedError
from tiktoklive.users import keeper as keeper_module
from tiktoklive.users.keeper import LOOK, SOON, StateKeeper
from tiktoklive.users.statefile import KeptUser, KeptUsers, read_state, write_state


class KeeperTests(SynchronousTestCase):
    """A keeper of users that change now and then."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.path = Path(self.mktemp()).absolute()
        self.kept = KeptUsers()
        self.written: list[int] = []
        self.trouble: OSError | None = None
        self.patch(keeper_module, "write_state", self.write)
        self.keeper = StateKeeper(self.path, self.clock, lambda: self.kept)
        self.addCleanup(self.keeper.close)

    def write(self, path: Path, kept: KeptUsers) -> None:
        """Count what is written, or fail."""
        if self.trouble is not None:
            raise self.trouble
        self.written.append(len(kept.users))
        write_state(path, kept)

    def add(self) -> None:
        """One user more."""
        name = f"user{len(self.kept.users)}"
        self.kept = KeptUsers((*self.kept.users, KeptUser(name)))

    def test_burst(self) -> None:
        """A burst of changes is written once, soon after the first of them."""
        self.keeper.open()
        for _ in range(100):
            self.add()
            self.keeper.changed()
        self.clock.advance(SOON - 0.1)
        self.assertEqual([], self.written)
        self.clock.advance(0.1)
        self.assertEqual([100], self.written)
        self.assertEqual(self.kept, read_state(self.path))

    def test_steady(self) -> None:
        """Changes that never end are written all the same, twice a second."""
        self.keeper.open()
        for _ in range(100):
            self.add()
            self.keeper.changed()
            self.clock.advance(0.1)
        self.assertLessEqual(len(self.written), 20)
        self.assertGreaterEqual(self.written[-1], 94)

    def test_unsaid(self) -> None:
        """What nobody told of is found at a look; what did not change is not written."""
        self.keeper.open()
        self.clock.advance(10 * LOOK)
        self.assertEqual([], self.written)
        self.add()
        self.clock.advance(LOOK)
        self.assertEqual([1], self.written)

    def test_close(self) -> None:
        """At the end what was not written yet is, and nothing is left to be done."""
        self.keeper.open()
        self.add()
        self.keeper.changed()
        self.keeper.close()
        self.assertEqual([1], self.written)
        self.keeper.close()
        self.keeper.changed()
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_full(self) -> None:
        """A full disk is told once, and tried again, less and less often, until it works."""
        self.keeper.open()
        self.trouble = OSError(28, "No space left on device")
        self.add()
        self.keeper.changed()
        with capturedLogs() as logged:
            self.clock.pump([SOON] + [1.0] * 300)
        [told] = map(formatEvent, logged)
        self.assertIn(str(self.path), told or "")
        self.assertIn("No space left on device", told or "")
        self.assertEqual("No space left on device", self.keeper.failing)
        self.trouble = None
        with capturedLogs() as logged:
            self.clock.pump([1.0] * 60)
        self.assertEqual([1], self.written)
        self.assertEqual("", self.keeper.failing)
        [told] = map(formatEvent, logged)
        self.assertIn("is written again", told or "")

    def test_full_in_the_end(self) -> None:
        """What is lost because of it at the end is told as an error."""
        self.keeper.open()
        self.trouble = OSError(30, "Read-only file system")
        self.add()
        with capturedLogs() as logged:
            self.keeper.close()
        self.assertIn("is lost. Read-only file system", formatEvent(logged[-1]) or "")

    def test_two(self) -> None:
        """Two processes do not use one file; when the first has ended the other may."""
        self.keeper.open()
        other = StateKeeper(self.path, self.clock, KeptUsers)
        self.assertRaises(FileLockedError, other.open)
        self.keeper.close()
        other.open()
        other.close()

    def test_damaged(self) -> None:
        """A damaged file is not opened, not written, and not held."""
        self.path.write_bytes(b"{")
        self.assertRaises(StartError, self.keeper.open)
        self.add()
        self.keeper.changed()
        self.keeper.close()
        self.assertEqual((b"{", []), (self.path.read_bytes(), self.written))
        self.path.unlink()
        self.assertEqual(KeptUsers(), self.keeper.open())

    def test_no_directory(self) -> None:
        """Where there can be no such file, that is said at the start."""
        keeper = StateKeeper(self.path / "state.json", self.clock, KeptUsers)
        said = str(self.assertRaises(StartError, keeper.open))
        self.assertIn("there is no directory", said)
