"""What all commands share: help, errors, exit statuses."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from unittest import mock

from twisted.python.usage import UsageError

from tests.command.case import CommandCase, chat
from tiktoklive.command import record, replay
from tiktoklive.command.main import COMMANDS
from tiktoklive.foreground import main as foreground_main

CHECKOUT = Path(__file__).resolve().parent.parent.parent


class MainTests(CommandCase):
    """The command line."""

    def test_help(self) -> None:
        """Each command has help that says how to call it, and is in the list of commands."""
        overview = self.good("--help")
        for name, text in COMMANDS.items():
            self.assertIn(name, overview)
            self.assertIn(" ".join(text.split()[:3]), overview)
            self.assertIn(f"Usage: tiktoklive {name} ", self.good(name, "--help"))

    def test_hidden(self) -> None:
        """What the help of a command leaves out is refused; nothing else of it is missing."""
        tape = Path(self.mktemp())
        tape.write_text('{"tape": 1, "unique_id": "anna"}\n')
        for command, options, names in (
            ("record", record.Options, ("new.tape", "anna")),
            ("replay", replay.Options, (str(tape),)),
        ):
            shown = self.good(command, "--help")
            self.assertIn("--output=", shown)
            self.assertIn("Outputs, KIND:ARGUMENT:", shown)
            options().parseOptions(names)
            self.assertTrue(options.hidden)
            for name in sorted(options.hidden):
                self.assertNotIn(f"--{name}", shown)
                takes_value = f"{name}=" in options().longOpt
                given = f"--{name}=a: b=1" if takes_value else f"--{name}"
                self.assertRaises(UsageError, options().parseOptions, (*names, given))
        self.assertIn("TIKTOKLIVE_SIGN_KEY", self.good("record", "--help"))
        self.assertNotIn("TIKTOKLIVE_SIGN_KEY", self.good("replay", "--help"))

    def test_version(self) -> None:
        """The version is ours, before and behind a command's name."""
        for arguments in (("--version",), ("stats", "--version"), ("completion", "--version")):
            self.assertRegex(
                self.good(*arguments), r"\Atiktoklive (\d\S+|\(used from a checkout\))\n\Z"
            )

    def test_not_a_user(self) -> None:
        """``python -m tiktoklive`` takes no command for a user to follow; one may be so called."""
        for words, said in (
            (["fleet", "status", "--fleet", "redis://127.0.0.1:1/0"], "tiktoklive fleet. For the "),
            (["@fleet", "no body"], "'no body' is not"),
        ):
            errors = StringIO()
            with redirect_stderr(errors):
                self.assertEqual(2, foreground_main(words))
            self.assertIn(said, errors.getvalue())

    def test_no_sense(self) -> None:
        """A command line that makes no sense is status 2 and one sentence."""
        for arguments, words in (
            ((), "say what to do"),
            (("dance",), "Unknown command: dance. There are: follow, record,"),
            (("stat", "a"), "Unknown command: stat. Did you mean stats?"),
            (("@anna",), "To follow that user: tiktoklive follow @anna."),
            (("info", "anna", "--prox", "x", "--simulater", "y"), "did you mean --simulator?"),
            (("info", "anna", "--proxy"), "requires argument: see --help."),
            (("info",), "name one user"),
            (("info", "anna", "bob"), "name one user"),
            (("gifts", "no body"), "not a TikTok username"),
            (("is-live",), "name a user"),
            (("send", "anna"), "say where and what"),
            (("info", "anna", "--nope"), "nope"),
            (("info", "anna", "--no-gzip"), "no-gzip"),
            (("record",), "name the tape"),
            (("record", "tape", "--replay", "other", "anna"), "without --record or --replay"),
            (("replay",), "name the tape"),
            (("replay", "/nowhere/tape"), "cannot be read"),
            (("follow",), "Name a user to follow"),
            (("export",), "name one archive"),
            (("export", "a"), "--format must be"),
            (("export", "a", "--format", "xml"), "--format must be"),
            (("export", "a", "-f", "csv", "--hold", "3"), "only goes with srt and ass"),
            (("export", "a", "-f", "srt", "--hold", "no"), "--hold must be a number"),
            (("export", "a", "-f", "srt", "--lines", "0"), "--lines must be"),
            (("export", "a", "-f", "srt", "--events", "like"), "no words for subtitles"),
            (("export", "a", "--to", "/nowhere/x.csv"), "no directory /nowhere"),
            (("stats", "a", "--top", "0"), "--top must be"),
            (("stats", "a", "--plot", "x.gif"), "end the name with .svg or .png"),
            (("stats", "a", "--plot", "/nowhere/x.svg"), "no directory /nowhere"),
            (("completion", "fish"), "bash or zsh"),
        ):
            self.assertIn(words, self.refuse(2, *arguments), arguments)

    def test_no_session(self) -> None:
        """Saying something needs a session, from a file or the environment: never from here."""
        with mock.patch.dict("os.environ"):
            os.environ.pop("TIKTOKLIVE_SESSION_ID", None)
            said = self.refuse(2, "send", "anna", "hello")
        self.assertIn("TIKTOKLIVE_SESSION_ID", said)

    def test_no_archive(self) -> None:
        """What cannot be read, or is no archive, is status 1."""
        self.assertIn("No such file", self.refuse(1, "stats", "/nowhere/events.db"))
        path = Path(self.mktemp())
        path.write_text("these are\nno events\n")
        self.assertIn("is no archive", self.refuse(1, "export", str(path), "-f", "csv"))

    def test_reader_goes(self) -> None:
        """A reader who has enough ends it quietly."""
        path = Path(self.lines(chat("x" * 200, n) for n in range(5000))).absolute()
        program = f"{sys.executable} -m tiktoklive.command.main export {path} -f jsonl"
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {program} | head -n 1 > /dev/null"],
            cwd=CHECKOUT,
            env={"PYTHONPATH": str(CHECKOUT), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.assertEqual((0, ""), (done.returncode, done.stderr))


class CompletionTests(CommandCase):
    """What shells are given."""

    def complete(self, *words: str) -> list[str]:
        """What bash makes of it; the last word is being typed."""
        listed = " ".join(f"'{word}'" for word in ("tiktoklive", *words))
        script = self.good("completion", "bash") + (
            f"COMP_WORDS=({listed}); COMP_CWORD={len(words)}\n"
            f"_tiktoklive tiktoklive '{words[-1]}'\n"
            'echo "${COMPREPLY[@]}"\n'
        )
        done = subprocess.run(["bash"], input=script, capture_output=True, text=True, timeout=30)
        self.assertEqual("", done.stderr)
        return done.stdout.split()

    def test_bash(self) -> None:
        """bash completes commands, and options of the command that is there."""
        self.assertEqual(["stats"], self.complete("st"))
        self.assertEqual(["--plot"], self.complete("stats", "--p"))
        self.assertEqual([], self.complete("info", "--plo"))
        self.assertIn("--session-file", self.complete("send", "--s"))

    def test_zsh(self) -> None:
        """zsh asks the command, which answers with what zsh's own functions take."""
        self.assertIn("#compdef tiktoklive\n", self.good("completion", "zsh"))
        done = self.process("stats", "--_shell-completion", "zsh:3")
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        self.assertTrue(done.stdout.startswith("#compdef "))
        self.assertIn("--plot=", done.stdout)

    def process(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run it as a process: Twisted answers shells on the standard output of its start."""
        return subprocess.run(
            [sys.executable, "-m", "tiktoklive.command.main", *arguments],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            timeout=60,
        )
