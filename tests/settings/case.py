"""What the tests of settings have in common."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from twisted.python.usage import UsageError
from twisted.trial.unittest import SynchronousTestCase

from tests.reactors import MemoryReactor
from tiktoklive.options import Options
from tiktoklive.tap import Options as CommandLine


def at(options: Options, path: str) -> Any:
    """The value of a field by its path."""
    value: Any = options
    for name in path.split("."):
        value = getattr(value, name)
    return value


class SettingsCase(SynchronousTestCase):
    """Tests that write files and parse command lines."""

    def file(self, text: str, mode: int = 0o600) -> str:
        """The name of a file with this text."""
        path = self.mktemp()
        Path(path).write_text(text, "utf-8")
        os.chmod(path, mode)
        return path

    def line(self, *arguments: str, environ: dict[str, str] | None = None) -> CommandLine:
        """A command line that was parsed."""
        line = CommandLine(MemoryReactor(), environ or {})
        line.parseOptions(arguments)
        return line

    def settings(self, *arguments: str, environ: dict[str, str] | None = None) -> Options:
        """The settings of a command line that follows somebody."""
        return self.line("anna", *arguments, environ=environ).plan.settings

    def refuse(self, *arguments: str, environ: dict[str, str] | None = None) -> str:
        """The sentence by which a command line is refused."""
        said = str(self.assertRaises(UsageError, self.line, "anna", *arguments, environ=environ))
        self.assertNotIn("\n", said)
        return said
