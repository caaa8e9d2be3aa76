"""``tiktoklive stats ARCHIVE``: what happened, as tables and as a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from twisted.python.usage import UsageError

from tiktoklive.command.archive import Archive
from tiktoklive.command.columns import records, table
from tiktoklive.command.figures import Figures, figures_of
from tiktoklive.command.progress import progress_bar
from tiktoklive.command.selecting import ArchiveOptions
from tiktoklive.files import standard_streams

#: Kinds of pictures.
PICTURES = (".svg", ".png")


class Options(ArchiveOptions):
    """Which archive, and how much of it."""

    longdesc = (
        "Tells what happened: how much of everything, whose comments and gifts were the most. "
        "ARCHIVE is a file of the outputs sqlite or jsonl. --plot draws it too."
    )
    optParameters = [
        ["top", None, "10", "How long lists are."],
        ["plot", None, None, "Draw it into this file; its name ends with .svg or .png."],
    ]

    def postOptions(self) -> None:
        """Check what can be checked before anything is read."""
        if not re.fullmatch("[1-9][0-9]{0,5}", self["top"]):
            raise UsageError(f"--top must be a whole number from 1 on, not {self['top']!r}.")
        plot = self["plot"]
        if plot is not None:
            if Path(plot).suffix.lower() not in PICTURES:
                raise UsageError(f"--plot: end the name with {' or '.join(PICTURES)}, not {plot}.")
            if not Path(plot).absolute().parent.is_dir():
                raise UsageError(f"--plot: there is no directory {Path(plot).parent}.")
            try:
                from tiktoklive.command import plots
            except ModuleNotFoundError as error:
                if (error.name or "").partition(".")[0] != "matplotlib":
                    raise
                raise UsageError(
                    "--plot needs the package matplotlib: pip install 'txtiktoklive[plot]'."
                ) from error
            del plots

    def getSynopsis(self) -> str:
        """How to call it."""
        return "Usage: tiktoklive stats [options] ARCHIVE"


def run(options: Options) -> int:
    """Count, and tell."""
    archive = Archive(options.archive)
    with progress_bar("reading") as progress:
        figures = figures_of(archive.entries(options.selection, progress))
    options.mention_skipped(archive)
    if not figures.kinds:
        raise UsageError("no event in the archive is one of those asked for.")
    if options["plot"] is not None:  # first, for whoever reads the tables may stop: | head
        from tiktoklive.command.plots import draw

        draw(figures, options["plot"])
    for text in tables(figures, int(options["top"])):
        standard_streams.write(text)
    return 0


def tables(figures: Figures, top: int) -> Iterator[str]:
    """All of them, each with an empty line before the next."""
    yield _broadcasts(figures)
    yield "\n"
    yield table((), list(_totals(figures)), right=(1,))
    for title, titles, rows in (
        ("Events", ("event", "count"), _counted(figures.kinds.most_common(top))),
        ("Most comments", ("user", "comments"), _counted(figures.called(figures.chatters, top))),
        ("Most diamonds", ("user", "diamonds"), _counted(figures.called(figures.givers, top))),
        ("Gifts", ("gift", "times", "diamonds"), _gifts(figures, top)),
    ):
        if rows:
            yield f"\n{title}\n\n"
            yield table(titles, rows, right=range(1, len(titles)))


def _broadcasts(figures: Figures) -> str:
    rows = [
        (
            f"@{each.anchor}",
            each.room,
            datetime.fromtimestamp(each.first).strftime("%Y-%m-%d %H:%M"),
            duration(each.seconds),
            f"{each.events:,}",
            f"{each.comments:,}",
            f"{each.peak:,}",
            f"{each.diamonds:,}",
        )
        for each in sorted(figures.broadcasts.values(), key=lambda each: each.first)
    ]
    titles = ("user", "room", "from", "for", "events", "comments", "most viewers", "diamonds")
    return records(titles, rows, right=range(3, len(titles)))


def _totals(figures: Figures) -> Iterator[tuple[str, str]]:
    kinds = figures.kinds
    yield "events", f"{kinds.total():,}"
    yield "users", f"{len(figures.users):,}"
    yield "comments", f"{kinds['chat']:,}"
    yield "likes", f"{figures.likes:,}"
    yield "joins", f"{kinds['member']:,}"
    yield "follows", f"{kinds['follow']:,}"
    yield "shares", f"{kinds['share']:,}"
    yield "subscriptions", f"{kinds['subscribe']:,}"
    yield "diamonds", f"{figures.diamonds:,}"
    if figures.gaps:
        yield f"gaps ({figures.gaps:,})", duration(figures.missing)


def _counted(found: list[tuple[str, int]]) -> list[tuple[str, ...]]:
    return [(name, f"{count:,}") for name, count in found]


def _gifts(figures: Figures, top: int) -> list[tuple[str, ...]]:
    return [
        (name, f"{figures.gifts[name]:,}", f"{worth:,}")
        for name, worth in figures.worth.most_common(top)
    ]


def duration(seconds: float) -> str:
    """``2 h 03 min``, ``3 min 20 s``, ``20 s``."""
    whole = round(seconds)
    if whole >= 3600:
        return f"{whole // 3600} h {whole % 3600 // 60:02} min"
    if whole >= 60:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole} s"
