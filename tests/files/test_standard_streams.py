"""Command lines end with a sentence, whatever has become of their standard streams."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

from twisted.python.usage import Options
from twisted.trial.unittest import SkipTest, SynchronousTestCase

from tests.command.case import CommandCase
from tiktoklive.command import completion
from tiktoklive.command.asking import write_json
from tiktoklive.command.columns import records
from tiktoklive.files import standard_streams
from tiktoklive.simulator.tap import Options as SimulatorOptions

CHECKOUT = Path(__file__).resolve().parent.parent.parent
_FULL = "tiktoklive: standard output: No space left on device\n"

#: What each command line prints, with nothing to look up.
_LINES = ("tiktoklive --help", "tiktoklive.command.main stats --version")


def _run(line: str, redirected: str) -> tuple[int, str]:
    """Exit status and standard error of one of our command lines, redirected by a shell."""
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {sys.executable} -m {line} {redirected}"],
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stderr


class ProcessTests(SynchronousTestCase):
    """As shells have it."""

    def test_full(self) -> None:
        """A full disk is one sentence, and nothing is said of it as Python ends."""
        if not os.path.exists("/dev/full"):
            raise SkipTest("this system has no /dev/full")
        for line in _LINES:
            self.assertEqual((1, _FULL), _run(line, "> /dev/full"), line)

    def test_reader_is_gone(self) -> None:
        """Help that nobody reads to its end is no failure."""
        self.assertEqual((0, ""), _run(_LINES[0], "| true"))


class StreamsTests(CommandCase):
    """In this process."""

    def ends(self, options: Options, *arguments: str) -> object:
        """With what a program ends that is given these arguments."""
        return self.assertRaises(SystemExit, options.parseOptions, arguments).code

    def test_closed(self) -> None:
        """A closed standard output is a sentence, for help, the version and each command."""
        sentence = "tiktoklive: standard output: it is closed"
        with mock.patch("sys.stdout", None):
            for options in (completion.Options, SimulatorOptions):
                for flag in ("--help", "--version"):
                    self.assertEqual(sentence, self.ends(options(), flag))
            error = self.assertRaises(OSError, write_json, {})
            self.assertEqual(standard_streams.NAME, error.filename)
            self.assertRaises(OSError, standard_streams.write_bytes, b"x")
            self.assertEqual("a\n", records(("a",), (), right=()))

    def test_no_standard_error(self) -> None:
        """A closed standard error changes no exit status."""
        with mock.patch("sys.stderr", None):
            standard_streams.complain("nobody reads this")
            self.addCleanup(sys.stderr.close)
            written = os.fstat(sys.stderr.fileno())
            self.assertEqual(os.stat(os.devnull).st_rdev, written.st_rdev)

    def test_other_encodings(self) -> None:
        """What an encoding does not have is a question mark, or an escape in JSON."""
        for encoding, word, listed in (
            ("ascii", b"h?llo ?", '["h\\u00e9llo \\ud83c\\udf39"]'),
            ("latin-1", b"h\xe9llo ?", '["h\\u00e9llo \\ud83c\\udf39"]'),
            ("UTF8", "héllo 🌹".encode(), '["héllo 🌹"]'),
        ):
            raw = io.BytesIO()
            with redirect_stdout(io.TextIOWrapper(raw, encoding=encoding)):
                standard_streams.write("héllo 🌹")
                self.assertEqual(word, raw.getvalue())
                write_json(["héllo 🌹"])
                written = raw.getvalue()[len(word) :].decode(encoding)
            self.assertEqual(listed, written.replace("\n", "").replace("[  ", "["))
            self.assertEqual(["héllo 🌹"], json.loads(written))
