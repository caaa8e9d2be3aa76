"""A new option is written down in its field, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from twisted.python.usage import UsageError

from tests.reactors import MemoryReactor
from tests.settings.case import SettingsCase
from tiktoklive.described.rules import more_than_0, one_of
from tiktoklive.described.setting import described, setting
from tiktoklive.options import Options
from tiktoklive.settings import page
from tiktoklive.settings.example import example
from tiktoklive.settings.fields import Catalogue
from tiktoklive.settings.file import read_configuration
from tiktoklive.settings.flags import SettingFlags, with_flags


@described
@dataclass(frozen=True, slots=True)
class Tone:
    """Settings that stand in a table."""

    key: str = field(
        default="major", metadata=setting("its key", one_of("major", "minor"), flag="tone-key")
    )


@described
@dataclass(frozen=True, slots=True)
class More(Options):
    """The options, and three more."""

    volume: float = field(
        default=1.0,
        metadata=setting(
            "how loud it is (wire facts §2.1)",
            more_than_0,
            flag="volume",
            help="How loud.",
            takes="DECIBEL",
            needs=("direct",),
            variable="TIKTOKLIVE_VOLUME",
            heading="How it sounds",
        ),
    )
    voices: int = field(default=2, metadata=setting("how many sing", flag="voices"))
    whisper: str | None = field(
        default=None,
        metadata=setting("what is whispered", secret=True, example="psst"),
    )
    tone: Tone = field(default_factory=Tone, metadata=setting("of the tones"))


MORE = Catalogue(More)


@with_flags(MORE)
class Line(SettingFlags):
    """A command line with all of their flags."""


class OneMoreTests(SettingsCase):
    """The parser of command lines, that of files, the help and the documentation follow."""

    def more(self, *arguments: str, environ: dict[str, str] | None = None) -> Any:
        """The settings of a command line."""
        line = Line(MemoryReactor(), environ or {})
        line.parseOptions(arguments)
        return line.settings(line.read_configuration())

    def refused(self, *arguments: str, environ: dict[str, str] | None = None) -> str:
        """The sentence by which one is refused."""
        return str(self.assertRaises(UsageError, self.more, *arguments, environ=environ))

    def test_flag(self) -> None:
        """The flag gives it, by the rule, and is refused without the source that it needs."""
        self.assertEqual(More(), self.more())
        self.assertEqual(More(volume=2.5, voices=3), self.more("--volume=2.5", "--voices", "3"))
        self.assertEqual(More(tone=Tone("minor")), self.more("--tone-key=minor"))
        self.assertEqual(
            "--volume must be a number, more than 0, not 0.0.", self.refused("--volume=0")
        )
        self.assertIn("--voices must be a whole number", self.refused("--voices", "1.5"))
        self.assertIn("major or minor, not 'flat'", self.refused("--tone-key", "flat"))
        said = self.refused("--volume=1", "--source=signed")
        self.assertIn("--volume means nothing without the source direct", said)

    def test_help(self) -> None:
        """The help has the flag with its line."""
        self.assertRegex(
            Line(MemoryReactor(), {}).getUsage(),
            r"--volume= +How loud\. \[default: [^]]+\]\n",
        )

    def test_variable(self) -> None:
        """The variable gives it, and the flag wins."""
        environ = {"TIKTOKLIVE_VOLUME": "3"}
        self.assertEqual(3.0, self.more(environ=environ).volume)
        self.assertEqual(4.0, self.more("--volume=4", environ=environ).volume)
        said = self.refused(environ={"TIKTOKLIVE_VOLUME": "loud"})
        self.assertIn("TIKTOKLIVE_VOLUME must be a number", said)

    def test_file(self) -> None:
        """The key of the file gives it, by the rule; the field's name is offered for a typo."""
        config = self.file("volume = 5\nwhisper = 'hush'\ntone.key = 'minor'\n")
        expected = More(volume=5.0, whisper="hush", tone=Tone("minor"))
        self.assertEqual(expected, self.more("--config", config))
        self.assertIn(
            "must be a number, more than 0", self.refused("--config", self.file("volume=0"))
        )
        self.assertIn("perhaps volume is", self.refused("--config", self.file("volumes = 1")))
        said = self.refused("--config", self.file("whisper = 'hush'", 0o644))
        self.assertIn("holds whisper and can be read by others", said)
        error = self.assertRaises(UsageError, read_configuration, self.file("volume = 1"), {})
        self.assertIn("volume is no key", str(error))

    def test_documented(self) -> None:
        """The tables of the documentation have a row of it."""
        flags = "\n".join(page.flags(MORE))
        self.assertIn("How it sounds:\n\n``--volume DECIBEL``\n    how loud it is", flags)
        self.assertIn("Usually ``1.0``. Key: ``volume``.", flags)
        self.assertIn("``--voices NUMBER``", flags)
        table = "\n".join(page.options(MORE))
        self.assertIn("   * - ``volume``\n     - ``1.0``\n     - how loud it is", table)
        self.assertIn("   * - ``tone.key``\n     - ``'major'``\n     - its key", table)
        variables = "\n".join(page.variables(MORE))
        self.assertIn("``TIKTOKLIVE_VOLUME``\n     - ``--volume``\n     - ``volume``", variables)
        self.assertIn(":ivar volume: how loud it is", More.__doc__ or "")

    def test_example(self) -> None:
        """The example of a file has it with its usual value, or with an example."""
        text = example(MORE)
        self.assertIn(f"# --- how it sounds {'-' * 68}\n\n# How loud it is.\n#volume = 1.0\n", text)
        self.assertIn('# What is whispered.\n#whisper = "psst"\n', text)
        self.assertIn('# Of the tones.\n[tone]\n# Its key.\n#key = "major"\n', text)

    def test_headings(self) -> None:
        """A heading is that of the settings behind it, and of those in a table of theirs."""
        headings = {path: setting.heading for path, setting in MORE.settings.items()}
        self.assertEqual(
            ["How it sounds"] * 4,
            [headings[path] for path in ("volume", "voices", "whisper", "tone.key")],
        )
        self.assertEqual("By which way", headings["request_options.timeout"])
        self.assertEqual([], [path for path, heading in headings.items() if not heading])
