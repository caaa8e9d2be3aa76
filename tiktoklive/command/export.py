"""``tiktoklive export ARCHIVE``: the archive in a form that other programs read."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from twisted.python.usage import UsageError

from tiktoklive.command import sheet, subtitles
from tiktoklive.command.archive import Archive, Entry, Selection
from tiktoklive.command.progress import progress_bar
from tiktoklive.command.selecting import ArchiveOptions
from tiktoklive.files import standard_streams
from tiktoklive.outputs.jsonbytes import dumps

FORMATS = ("csv", "srt", "ass", "jsonl")
_SUBTITLES = ("srt", "ass")

#: Of subtitles, unless others are asked for.
_USUAL = ("chat", "giftStreak")


class Options(ArchiveOptions):
    """Which archive, and what to make of it."""

    longdesc = (
        "Writes an archive, a file of the outputs sqlite or jsonl, as a table (csv), as subtitles "
        "for a recording of the broadcast (srt, ass), or as one envelope a line (jsonl)."
    )
    optParameters = [
        ["format", "f", None, f"One of {', '.join(FORMATS)}; else that of the name of --to."],
        ["to", None, None, "File to write. [default: standard output]"],
        ["events", None, None, "Only events of these names: chat,giftStreak. [default: all]"],
        [
            "shift",
            None,
            None,
            "Subtitles: seconds to add, if a recording began before. [default: 0]",
        ],
        ["hold", None, None, "Subtitles: seconds for which a line is shown. [default: 6]"],
        ["lines", None, None, "Subtitles: lines that are shown at once. [default: 5]"],
    ]

    def postOptions(self) -> None:
        """Check what can be checked before anything is read."""
        from tiktoklive.command.spoken import SPOKEN, has_words  # these two know all events
        from tiktoklive.events.table import METHODS

        to = self["to"]
        self.form = self["format"] or ("" if to is None else Path(to).suffix[1:].lower())
        if self.form not in FORMATS:
            raise UsageError(f"--format must be one of {', '.join(FORMATS)}.")
        if to is not None and not Path(to).absolute().parent.is_dir():
            raise UsageError(f"--to: there is no directory {Path(to).parent}.")
        is_subtitles = self.form in _SUBTITLES
        for name in ("shift", "hold", "lines"):
            if self[name] is not None and not is_subtitles:
                raise UsageError(f"--{name} only goes with {' and '.join(_SUBTITLES)}.")
        self.shift = self._number("shift", 0.0, -1e6)
        self.hold = self._number("hold", 6.0, 0.5)
        self.lines = int(self._number("lines", 5, 1))
        self.events: tuple[str, ...] | None = _USUAL if is_subtitles else None
        if self["events"] is not None:
            self.events = tuple(re.split(r"\s*,\s*", self["events"].strip()))
        known = frozenset(METHODS.values())
        for name in self.events or ():
            if name not in known:
                raise UsageError(f"--events: there is no event named {name!r}.")
            if is_subtitles and not has_words(name):
                raise UsageError(
                    f"--events: {name!r} has no words for subtitles; these have: "
                    f"{', '.join(SPOKEN)}, and messages with a text of TikTok's."
                )

    def _number(self, name: str, usual: float, least: float) -> float:
        if self[name] is None:
            return usual
        try:
            number = float(self[name])
        except ValueError:
            number = float("nan")
        if not least <= number <= 1e6:
            raise UsageError(f"--{name} must be a number from {least:g} on, not {self[name]!r}.")
        return number

    def getSynopsis(self) -> str:
        """How to call it."""
        return "Usage: tiktoklive export [options] ARCHIVE"


def run(options: Options) -> int:
    """Read, and write."""
    archive = Archive(options.archive)
    chosen = options.selection
    selection = Selection(chosen.anchor, chosen.room, options.events)
    with progress_bar("exporting") as progress, _target(options["to"]) as write:
        entries = archive.entries(selection, progress)
        for piece in _WRITERS[options.form](entries, options):
            write(piece.encode("utf-8", "backslashreplace"))
    options.mention_skipped(archive)
    return 0


@contextmanager
def _target(path: str | None) -> Iterator[Callable[[bytes], object]]:
    """Where to write: a file is in its place when it is complete, and not before."""
    if path is None:
        yield standard_streams.write_bytes
        standard_streams.flush()
        return
    place = Path(path).absolute()
    fd, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(fd, "wb") as file:
            yield file.write
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)  # as of any other file
        os.replace(name, place)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _csv(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    return sheet.rows(entries)


def _jsonl(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    from tiktoklive.outputs.envelope import VERSION

    for entry in entries:
        shape = {
            "v": VERSION,
            "id": entry.id,
            "event": entry.event,
            "anchor": entry.anchor,
            "room": entry.room,
            "ts": entry.ts,
            "received_at": entry.received_at,
            "history": entry.history,
            "offset": entry.offset,
            "data": entry.data,
        }
        yield dumps(shape).decode("utf-8") + "\n"


def _lines(entries: Iterable[Entry], options: Options) -> Iterator[subtitles.Cue]:
    """
    The cues of the one broadcast that is chosen.

    :raise UsageError: there are several, and none is chosen.
    """
    from tiktoklive.command.spoken import Beginnings, line_of

    beginnings = Beginnings()
    lines = []
    for entry in entries:
        at = beginnings.seconds(entry) + options.shift
        if len(beginnings.rooms) > 1:
            rooms = ", ".join(f"{room} (@{who})" for room, who in beginnings.rooms.items())
            raise UsageError(
                "there are several broadcasts in the archive, and subtitles are of one: choose "
                f"with --room. The first are {rooms}."
            )
        line = line_of(entry, at) if at >= 0 else None
        if line is not None:
            lines.append(line)
    return subtitles.cues(lines, options.hold, options.lines)


def _srt(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    return subtitles.subrip(_lines(entries, options))


def _ass(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    return subtitles.ass(_lines(entries, options))


_WRITERS: dict[str, Callable[[Iterable[Entry], Options], Iterator[str]]] = {
    "csv": _csv,
    "srt": _srt,
    "ass": _ass,
    "jsonl": _jsonl,
}
