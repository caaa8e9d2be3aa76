"""The daemon's command line, and what is assembled from it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from twisted.python.usage import UsageError
from twisted.trial.unittest import SynchronousTestCase

from tests.reactors import MemoryReactor
from tiktoklive.settings import page as settings
from tiktoklive.settings.flags import ENVIRONMENT
from tiktoklive.tap import Options

CHECKOUT = Path(__file__).resolve().parent.parent

HEADER = '{"tape": 1, "unique_id": "anna", "room_id": "7"}\n'


class OptionsCase(SynchronousTestCase):
    """Tests that parse a command line."""

    def parse(self, *arguments: str, environ: dict[str, str] | None = None) -> Options:
        """The options of a command line."""
        options = Options(MemoryReactor(), environ or {})
        options.parseOptions(arguments)
        return options

    def refuse(self, *arguments: str) -> str:
        """What is said when a command line is refused."""
        return str(self.assertRaises(UsageError, self.parse, *arguments))

    def file(self, text: str) -> str:
        """The name of a file with this text."""
        path = self.mktemp()
        Path(path).write_text(text, "utf-8")
        return path


class OptionsTests(OptionsCase):
    """What the command line says."""

    def test_users(self) -> None:
        """Users are given by option, by argument, by address, and each is followed once."""
        options = self.parse(
            "--user", "@anna", "-u", "bob", "https://www.tiktok.com/@cem/live", "ANNA", "dora"
        )
        self.assertEqual(["anna", "bob", "cem", "dora"], options.users)
        self.assertEqual(["console"], options.outputs)

    def test_demonstration(self) -> None:
        """The simulator is shown in a browser too, unless other outputs are asked for."""
        demo = self.parse("--simulate").plan
        self.assertEqual((("console",), ("web",)), (demo.outputs, demo.beside))
        self.assertEqual((), self.parse("--simulate", "--output", "console").plan.beside)
        self.assertEqual(["console"], self.parse("--simulate", "-o", "console").outputs)

    def test_environment(self) -> None:
        """The help names every environment variable that an output or a source reads."""
        said = self.parse("anna").getUsage()
        named: set[str] = set()
        folders = [CHECKOUT / "tiktoklive" / room for room in ("outputs", "ownbrowser")]
        for module in (path for folder in folders for path in folder.rglob("*.py")):
            named.update(re.findall(r'"(TIKTOKLIVE_\w+)"', module.read_text("utf-8")))
        self.assertIn("TIKTOKLIVE_WEBHOOK_SECRET", named)
        for name in {*named, *ENVIRONMENT}:
            self.assertRegex(said, rf"(?m)^  {name} +\w")

    def test_users_file(self) -> None:
        """A file of users has one per line, and comments."""
        path = self.file("\ufeff# mine\n@anna\n\n  bob  # a friend\r\nanna\n")
        self.assertEqual(["dora", "anna", "bob"], self.parse("--users-file", path, "dora").users)

    def test_users_toml(self) -> None:
        """One of TOML gives users options, those of the command line as well; so does a setting."""
        path = f"{self.mktemp()}.toml"
        Path(path).write_text("users = ['bob', {name = 'anna', outputs = ['jsonl']}]")
        jsonl = "-o", f"jsonl:{self.mktemp()}"
        config = self.file(f'users = ["cem"]\nusers_file = "{path}"\n')
        for given in (("--users-file", path, "cem"), ("--config", config)):
            options = self.parse(*jsonl, "anna", *given)
            self.assertEqual(["anna", "cem", "bob"], options.users)
            self.assertEqual({"anna": {"outputs": ["jsonl"]}, "cem": {}}, self.own(options))
        said = self.refuse("--users-file", path)
        self.assertIn(
            f"--users-file: {os.path.abspath(path)}: @anna: outputs: there is no jsonl", said
        )
        said = self.refuse("--users-file", path, "--fleet", "redis://127.0.0.1/0")
        self.assertIn("no options of their own", said)

    def own(self, options: Options) -> dict[str, object]:
        """The options of two users, as they are shown."""
        return {name: options.daemon.live.options_of(name) for name in ("anna", "cem")}

    def test_bad_users_file(self) -> None:
        """A bad name in a file is refused with its line."""
        said = self.refuse("--users-file", self.file("anna\nno body\n"))
        self.assertIn("line 2: 'no body' is not a TikTok username", said)
        self.assertIn("cannot be read", self.refuse("--users-file", "missing"))
        self.assertIn("names no user: name one there", self.refuse("--users-file", self.file("[]")))
        path = self.mktemp()
        Path(path).write_bytes(b"\xff\xfe\x00")
        self.assertIn("not a text file", self.refuse("--users-file", path))

    def test_refused(self) -> None:
        """What makes no sense is refused with one sentence that says what to do."""
        tape = self.file(HEADER)
        for arguments, said in (
            ([], "--user NAME"),
            (["no body"], "not a TikTok username"),
            (["anna", "--output", "tape:x"], "there are: console"),
            (["anna", "--output", "jsonl"], "jsonl:FILE"),
            (["anna", "--output", "console:loud"], "console:color=never"),
            (["anna", "--speed", "2"], "only goes with --replay"),
            (["anna", "--rate", "2"], "only goes with --simulate"),
            (["--replay", tape, "--speed", "fast"], "must be a number"),
            (["--replay", tape, "--speed", "nan"], "must be a number"),
            (["--replay", tape, "--speed", "-1"], "a number, 0 or more, not '-1'"),
            (["--replay", tape, "--speed", "inf"], "must be a number"),
            (["--replay", tape, "anna"], "leave out @anna"),
            (["--replay", tape, "--simulate"], "not both"),
            (["--replay", tape, "--record", "x"], "not both"),
            (["--replay", tape, "--web-base", "http://x"], "leave it out"),
            (["--replay", "missing"], "cannot be read"),
            (["--simulate", "anna"], "leave out @anna"),
            (["--simulate", "--rate", "0"], "more than 0"),
            (["--simulate", "--rate", "inf"], "more than 0"),
            (["--simulate", "--rate", "-1"], "more than 0 and 10000 at most, not '-1'"),
            (["--simulate", "--rate", "x"], "more than 0 and 10000 at most, not 'x'"),
            (["--simulate", "--rate", "20000"], "more than 0 and 10000 at most, not '20000'"),
            (["--simulate", "--ttwid-file", tape], "leave it out"),
            (["--simulate", "--no-gzip"], "leave it out"),
            (["anna", "--nonsense"], "not recognized: see --help"),
            (["anna", "--output"], "requires argument"),
            (["--fleet", "redis://127.0.0.1/0", "--state", "x"], "stay in Redis"),
            (["--simulate", "--state", "x"], "leave it out"),
            (["anna", "--state", " "], "must be the name of a file"),
            (["anna", "--record", "missing/tape"], "make it first"),
            (["anna", "--record", "tape.gz"], "leave out .gz"),
            (["anna", "--record", "."], "directory"),
            (["anna", "--record", "x" * 300], "cannot be written"),
            (["anna", "--output", "jsonl:" + "x" * 300], "name"),
        ):
            answer = self.refuse(*arguments)
            self.assertIn(said, answer, arguments)
            self.assertNotIn("\n", answer)

    def test_help(self) -> None:
        """The help names the kinds of outputs, and every option has a text."""
        text = Options(MemoryReactor(), {}).getUsage(200)
        self.assertIn("jsonl", text)
        self.assertIn("console", text)
        for line in text.partition("Options:")[2].partition("\n\n")[0].splitlines():
            if line.lstrip().startswith("-"):
                self.assertGreater(len(line.split(maxsplit=2)), 2, line)

    def test_documented(self) -> None:
        """The page about the daemon tells of every option and every variable."""
        text = (CHECKOUT / "doc/daemon.rst").read_text("utf-8")
        page = re.sub(
            r"(?m)^\.\. settings:: (\w+)$", lambda m: "\n".join(getattr(settings, m[1])()), text
        )
        names = {name.rstrip("=") for name in Options(MemoryReactor(), {}).longOpt}
        self.assertIn("session-file", names)
        for name in names:
            self.assertRegex(page, rf"``--{name}[ `]", name)
        for variable in ENVIRONMENT:
            self.assertIn(f"``{variable}``", page)
