"""The state file by itself: what is written is read, and nothing else is overwritten."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import StartError
from tiktoklive.files.whole import write_whole
from tiktoklive.users.statefile import KeptUser, KeptUsers, read_state, write_state

SOME = KeptUsers(
    (KeptUser("alice", "", "7"), KeptUser("bea2", "bea"), KeptUser("carl", "carl", "9")), ("dora",)
)


class StateFileTests(SynchronousTestCase):
    """A file of version 1, and all that is none."""

    def setUp(self) -> None:
        self.path = Path(self.mktemp())

    def refused(self, content: bytes) -> str:
        """The sentence by which a file is refused, which is left as it was."""
        self.path.write_bytes(content)
        said = str(self.assertRaises(StartError, read_state, self.path))
        self.assertEqual(content, self.path.read_bytes())
        self.assertIn(str(self.path), said)
        return said

    def test_back(self) -> None:
        """What is written is read as it was, of nobody as well."""
        for kept in (SOME, KeptUsers()):
            write_state(self.path, kept)
            self.assertEqual(kept, read_state(self.path))

    def test_lines(self) -> None:
        """It is JSON with a line for each user, and nothing that is not documented."""
        write_state(self.path, SOME)
        shape = json.loads(self.path.read_bytes())
        self.assertEqual(1, shape["v"])
        self.assertEqual({"name": "bea2", "id": "", "listed": "bea"}, shape["users"][1])
        self.assertEqual(1, sum("bea2" in line for line in self.path.read_text().splitlines()))

    def test_none(self) -> None:
        """A file that is not there is empty."""
        self.assertEqual(KeptUsers(), read_state(self.path))

    def test_private(self) -> None:
        """Its owner alone may read it, also when the one before could be read by all."""
        self.path.write_bytes(b"{}")
        os.chmod(self.path, 0o644)
        write_state(self.path, SOME)
        self.assertEqual(0o600, stat.S_IMODE(self.path.stat().st_mode))

    def test_newer(self) -> None:
        """One of a newer version is refused by its number, and left as it is."""
        said = self.refused(b'{"v": 2, "rooms": []}')
        self.assertIn("is of version 2", said)
        self.assertIn("left as it is", said)

    def test_damaged(self) -> None:
        """What is damaged is refused with what is wrong, by the user and the key."""
        user = b'{"v": 1, "users": [%s]}'
        for content, why in (
            (b"", "damaged"),
            (b'{"v": 1, "users": [{"na', "damaged"),
            (b"[" * 100_000, "damaged"),
            (b"\xff\xfe", "damaged"),
            (b"[]", "no object"),
            (b'{"users": []}', "v is no version"),
            (b'{"v": true}', "v is no version"),
            (b'{"v": 1, "more": 1}', "the key 'more'"),
            (b'{"v": 1, "users": {}}', "users is no list"),
            (b'{"v": 1, "removed": [1]}', "removed is no list"),
            (user % b'{"id": "7"}', "has no name"),
            (user % b'{"name": "no body"}', "no body"),
            (user % b'{"name": "al", "id": 7}', "id of @al is no text"),
            (user % b'{"name": "al", "id": "x"}', "id of @al is no number"),
            (user % b'{"name": "al", "colour": "red"}', "@al has the key 'colour'"),
            (user % b'{"name": "al"}, {"name": "Al"}', "@al stands there twice"),
        ):
            said = self.refused(content)
            self.assertIn(why, said, content[:40])
            self.assertIn("damaged", said)

    def test_link(self) -> None:
        """Of a link, what it leads to is written, and the link stays."""
        link = Path(self.mktemp())
        link.symlink_to(self.path.absolute())
        write_state(link, SOME)
        self.assertTrue(link.is_symlink())
        self.assertEqual(SOME, read_state(self.path))

    def test_not_written(self) -> None:
        """What could not be written whole leaves the old file, and nothing beside it."""
        directory = Path(self.mktemp())
        directory.mkdir()
        path = directory / "state"
        write_whole(path, b"old")
        (directory / ".state.part").write_bytes(b"of a process that was killed")

        def full(fd: int) -> None:
            raise OSError(28, "No space left on device")

        self.patch(os, "fsync", full)
        self.assertRaises(OSError, write_whole, path, b"new")
        self.assertEqual(b"old", path.read_bytes())
        self.assertEqual(["state"], os.listdir(directory))
