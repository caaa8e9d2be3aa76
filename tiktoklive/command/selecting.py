"""What the commands that read an archive have in common."""

from __future__ import annotations

import sys

from twisted.python.usage import UsageError

from tiktoklive.command.archive import Archive, Selection
from tiktoklive.errors import InvalidUniqueIdError
from tiktoklive.model import parse_unique_id
from tiktoklive.settings.interspersed import InterspersedOptions


class ArchiveOptions(InterspersedOptions):
    """
    Which events of which archive.

    :ivar archive: the file.
    """

    optParameters = [
        ["user", "u", None, "Only what happened in this user's broadcasts."],
        ["room", None, None, "Only what happened in the broadcast with this room id."],
    ]

    def parseArgs(self, *names: str) -> None:
        """The archive."""
        if len(names) != 1:
            raise UsageError("name one archive: a file of the outputs sqlite or jsonl.")
        self.archive = names[0]

    @property
    def selection(self) -> Selection:
        """
        Which events.

        :raise UsageError: there is no such user.
        """
        try:
            anchor = None if self["user"] is None else parse_unique_id(self["user"])
        except InvalidUniqueIdError as e:
            raise UsageError(str(e)) from e
        return Selection(anchor, self["room"])

    def mention_skipped(self, archive: Archive) -> None:
        """Tell of lines that could not be read; one at the end of a file is nothing unusual."""
        if archive.skipped:
            lines = "1 line is" if archive.skipped == 1 else f"{archive.skipped:,} lines are"
            sys.stderr.write(f"tiktoklive: {lines} no event, and left out.\n")
