"""The recipe for Debian's logrotate in the documentation, with logrotate."""

from __future__ import annotations

import getpass
import grp
import gzip
import os
import re
import shutil
import subprocess
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.outputs.channel import FileChannel

LOGROTATE = shutil.which("logrotate", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
PAGE = Path(__file__).parents[2] / "doc/outputs.rst"

if LOGROTATE is None:
    skip = "logrotate is not installed"


def recipe() -> str:
    """What the page says."""
    found = re.search(r"^    (/var/log/.*?^    })$", PAGE.read_text("utf-8"), re.M | re.S)
    assert found is not None
    return found[1].replace("\n    ", "\n") + "\n"


class LogrotateTests(SynchronousTestCase):
    """Lines are written while logrotate moves, compresses and empties their file."""

    def setUp(self) -> None:
        self.folder = Path(self.mktemp()).absolute()
        self.folder.mkdir(mode=0o755)
        self.path = self.folder / "events.jsonl"
        self.channel = FileChannel(self.path)
        self.addCleanup(self.channel.close)
        self.number = 0

    def configure(self, text: str) -> list[str]:
        """The command that rotates at once."""
        who = f"{getpass.getuser()} {grp.getgrgid(os.getgid()).gr_name}"
        text = text.replace("/var/log/tiktoklive", str(self.folder))
        text = text.replace("tiktoklive tiktoklive", who)
        config = self.folder.parent / "logrotate.conf"
        config.write_text(text)
        config.chmod(0o644)
        state = self.folder.parent / "logrotate.state"
        return [str(LOGROTATE), "--force", "--state", str(state), str(config)]

    def write(self, count: int = 1) -> None:
        for _ in range(count):
            self.channel.write(b"%d\n" % self.number)
            self.number += 1

    def rotate(self, command: list[str]) -> None:
        """Let it rotate, and write as fast as we can meanwhile."""
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            while process.poll() is None:
                self.write(10)
            assert process.stderr is not None
            self.assertEqual((0, ""), (process.returncode, process.stderr.read()))

    def numbers(self) -> list[int]:
        """The lines of all files."""
        content = b""
        for path in self.folder.iterdir():
            data = path.read_bytes()
            content += gzip.decompress(data) if path.suffix == ".gz" else data
        self.assertNotIn(b"\0", content)
        return sorted(int(line) for line in content.splitlines())

    def test_create(self) -> None:
        """With the recipe every line is in one of the files, once."""
        command = self.configure(recipe())
        for turn in range(1, 4):
            self.write(100)
            self.rotate(command)
            self.write(100)
            # The time in which the daemon finds out.
            self.channel.look(now=True)
            self.write()
            last = self.path.read_bytes().splitlines()[-1]
            self.assertEqual(self.number - 1, int(last))
            self.assertEqual(turn, self.channel.renewed)
        names = {path.name for path in self.folder.iterdir()}
        self.assertEqual(
            {"events.jsonl", "events.jsonl.1", "events.jsonl.2.gz", "events.jsonl.3.gz"}, names
        )
        self.assertEqual(list(range(self.number)), self.numbers())
        self.assertEqual(0o640, self.path.stat().st_mode & 0o777)

    def test_copytruncate(self) -> None:
        """With ``copytruncate`` the file goes on without a hole; it is the same file."""
        command = self.configure(re.sub(r"create .*", "copytruncate", recipe()))
        for _ in range(3):
            self.write(100)
            subprocess.run(command, check=True)
            self.write(100)
        self.assertEqual(0, self.channel.renewed)
        self.assertEqual(list(range(self.number)), self.numbers())
        self.assertEqual(100, len(self.path.read_bytes().splitlines()))
