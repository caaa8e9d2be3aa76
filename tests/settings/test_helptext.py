"""Help fits the terminal."""

from __future__ import annotations

import os
from unittest import mock

from twisted.trial.unittest import SynchronousTestCase

from tests.command.test_help import command_lines
from tiktoklive.settings.helptext import NARROWEST, WIDEST, table, width_of_help, wrapped
from tiktoklive.settings.interspersed import VersionedOptions


class WidthTests(SynchronousTestCase):
    """How wide it is."""

    def width(self, columns: str) -> int:
        """In a terminal that has these columns."""
        with mock.patch.dict(os.environ, {"COLUMNS": columns}):
            return width_of_help()

    def test_width(self) -> None:
        """As wide as the terminal, within what can be read; 80 when nothing is known."""
        for columns, width in (("72", 72), ("5", NARROWEST), ("400", WIDEST), ("wide", 80)):
            self.assertEqual(width, self.width(columns))

    def test_command_lines(self) -> None:
        """No line of any help of ours is wider, but for one word that cannot be broken."""
        for name, options in command_lines():
            if not isinstance(options, VersionedOptions):
                continue  # the simulator's, which is laid out by Twisted alone
            for width in (NARROWEST, 60, 80):
                body = options.getUsage(width).splitlines()
                broad = [line for line in body if len(line) > width and len(line.split()) > 1]
                self.assertEqual([], broad, name)


class LayoutTests(SynchronousTestCase):
    """Paragraphs and tables."""

    def test_paths(self) -> None:
        """What people copy is not broken at a hyphen."""
        path = "~/.local/share/bash-completion/completions/x"
        self.assertIn(path, wrapped(f"put it into the file {path} or elsewhere", 50).split())

    def test_beside(self) -> None:
        """Texts stand in a column of their own."""
        shown = table("Kinds:", [("web", "pages to read along " * 2), ("sqlite", "a file")], 40)
        self.assertEqual(
            "Kinds:\n"
            "  web     pages to read along pages to\n"
            "          read along\n"
            "  sqlite  a file\n",
            shown,
        )

    def test_below(self) -> None:
        """Beside long names there is no room in a narrow terminal."""
        shown = table("Variables:", [("A_NAME_OF_THIRTY_CHARACTERS_OK", "what it means")], 50)
        self.assertEqual(
            "Variables:\n  A_NAME_OF_THIRTY_CHARACTERS_OK\n      what it means\n", shown
        )
