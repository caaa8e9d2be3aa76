"""What happened in an archive, as one picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any

from matplotlib import rc_context
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import EngFormatter, MaxNLocator

from tiktoklive.command.figures import BIN, BroadcastFigures, Figures
from tiktoklive.outputs.plaintext import plain

#: Colours that people who see few of them can tell apart.
BLUE, ORANGE, GREEN, PINK = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
_SEVERAL = (BLUE, ORANGE, GREEN, PINK, "#E69F00", "#56B4E9")

#: How many bars a panel of bars has, and points a line may have.
_BARS, _POINTS = 10, 150

_PANELS: Any = [
    ["activity"] * 6,
    ["viewers"] * 3 + ["diamonds"] * 3,
    ["events"] * 2 + ["comments"] * 2 + ["givers"] * 2,
]

_STYLE: Any = {
    "font.size": 9,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#888888",
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#E4E4E4",
    "text.parse_math": False,  # names may hold dollars
    "svg.fonttype": "path",  # so that it looks the same everywhere
    "svg.hashsalt": "tiktoklive",  # so that the same archive gives the same file
}


def draw(figures: Figures, path: str) -> None:
    """
    Draw it.

    :param path: of the picture; its ending says of which kind.
    """
    with rc_context(_STYLE):
        figure = Figure(figsize=(13, 10), layout="constrained")
        panels = figure.subplot_mosaic(_PANELS, height_ratios=[1.0, 1.0, 1.15])
        broadcasts = sorted(figures.broadcasts.values(), key=lambda each: each.first)
        figure.suptitle(_title(broadcasts), fontsize=14, fontweight="bold", x=0.01, ha="left")
        _activity(panels["activity"], broadcasts)
        _viewers(panels["viewers"], broadcasts)
        _diamonds(panels["diamonds"], broadcasts)
        _bars(panels["events"], "Events", figures.kinds.most_common(_BARS), GREEN)
        _bars(panels["comments"], "Most comments", figures.called(figures.chatters, _BARS), BLUE)
        _bars(panels["givers"], "Most diamonds", figures.called(figures.givers, _BARS), ORANGE)
        metadata = {"Date": None} if path.lower().endswith(".svg") else {}
        figure.savefig(path, dpi=110, metadata=metadata)


def _title(broadcasts: list[BroadcastFigures]) -> str:
    if not broadcasts:
        return "No broadcast"
    names = list(dict.fromkeys(f"@{plain(each.anchor, 40)}" for each in broadcasts))
    who = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    first = _local(min(each.first for each in broadcasts))
    last = _local(max(each.last for each in broadcasts))
    to = last.strftime("%H:%M" if last.date() == first.date() else "%Y-%m-%d %H:%M")
    many = f", {len(broadcasts)} broadcasts" if len(broadcasts) > 1 else ""
    return f"{who}{many}: {first:%Y-%m-%d %H:%M} to {to}"


def _local(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).astimezone()


def _activity(axes: Any, broadcasts: list[BroadcastFigures]) -> None:
    """Comments and joins, a minute."""
    size = _bin_size(broadcasts)
    for name, label, color in (("chat", "comments", BLUE), ("member", "joins", GREEN)):
        for number, each in enumerate(broadcasts):
            times, rates = _rates(each, each.by_time[name], size)
            axes.plot(times, rates, color=color, label=None if number else label, **_line(times))
            axes.fill_between(times, rates, color=color, alpha=0.12, lw=0)
    axes.set_title("Comments and joins a minute")
    _by_time(
        axes, broadcasts, any(each.by_time["chat"] or each.by_time["member"] for each in broadcasts)
    )
    if broadcasts:
        _legend(axes)


def _viewers(axes: Any, broadcasts: list[BroadcastFigures]) -> None:
    """How many watched, a line for each user."""
    colors: dict[str, str] = {}
    for each in broadcasts:
        known = each.anchor in colors
        color = colors.setdefault(each.anchor, _SEVERAL[len(colors) % len(_SEVERAL)])
        points = _thin(sorted(each.viewers))
        label = None if known or len(colors) > len(_SEVERAL) else f"@{plain(each.anchor, 20)}"
        times = _times(at for at, _ in points)
        counts = [count for _, count in points]
        axes.plot(times, counts, color=color, label=label, **_line(times))
    axes.set_title("Viewers")
    _by_time(axes, broadcasts, any(each.viewers for each in broadcasts))
    if len(colors) > 1:
        _legend(axes)


def _diamonds(axes: Any, broadcasts: list[BroadcastFigures]) -> None:
    """What was given so far, in each broadcast."""
    size = _bin_size(broadcasts)
    for each in filter(lambda each: each.diamonds, broadcasts):
        bins = list(_bins(each, each.by_time["giftStreak"], size))
        times = _times([each.first, *(end for _, end, _ in bins)])
        sums = [0, *accumulate(count for _, _, count in bins)]
        axes.plot(times, sums, color=ORANGE, **_line(times))
        axes.fill_between(times, sums, color=ORANGE, alpha=0.15, lw=0)
    axes.set_title("Diamonds, in all" if len(broadcasts) < 2 else "Diamonds, in each broadcast")
    _by_time(axes, broadcasts, any(each.diamonds for each in broadcasts))


def _bars(axes: Any, title: str, found: list[tuple[str, int]], color: str) -> None:
    """Names and numbers, the largest on top."""
    axes.set_title(title)
    found = [(plain(name, 22) or "?", count) for name, count in found if count]
    if not found:
        _nothing(axes)
        return
    places = range(len(found))
    drawn = axes.barh(places, [count for _, count in found], color=color, height=0.7)
    axes.bar_label(drawn, [f"{count:,}" for _, count in found], padding=3, fontsize=8)
    axes.set_yticks(places, [name for name, _ in found])
    axes.set_ylim(_BARS - 0.4, -0.6)  # as thick with few as with many, the first on top
    axes.margins(x=0.18)
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_xticks([])


def _by_time(axes: Any, broadcasts: list[BroadcastFigures], is_something: bool) -> None:
    """Times below, the same in each panel, and numbers at the side."""
    if not is_something:
        _nothing(axes)
        return
    zone = datetime.now().astimezone().tzinfo
    locator: Any = AutoDateLocator(minticks=3, maxticks=9, tz=zone)
    axes.xaxis.set_major_locator(locator)
    form: Any = ConciseDateFormatter(locator, tz=zone, show_offset=False)
    axes.xaxis.set_major_formatter(form)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.yaxis.set_major_formatter(EngFormatter(sep=""))
    axes.set_ylim(bottom=0)
    first = min(each.first for each in broadcasts)
    last = max(max(each.last for each in broadcasts), first + 60)
    edge = (last - first) / 100
    axes.set_xlim(*_times((first - edge, last + edge)))


def _legend(axes: Any) -> None:
    """Above the panel, where it hides nothing."""
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=3, frameon=False, fontsize=8)


def _nothing(axes: Any) -> None:
    axes.set_axis_off()
    axes.text(0.5, 0.5, "none", transform=axes.transAxes, ha="center", color="#888888")


def _bin_size(broadcasts: list[BroadcastFigures]) -> int:
    """Seconds that are drawn as one point."""
    span = max((each.seconds for each in broadcasts), default=0)
    steps = (1, 3, 6, 30, 90, 360, 2160, 8640)
    return BIN * next((step for step in steps if span <= step * BIN * _POINTS), steps[-1])


def _bins(
    broadcast: BroadcastFigures, counts: Counter[int], size: int
) -> Iterator[tuple[float, float, int]]:
    """From when to when, within the broadcast, and how much there was, if only nothing."""
    step = size // BIN
    sums: Counter[int] = Counter()
    for place, count in counts.items():
        sums[place // step] += count
    for place in range(int(broadcast.first // size), int(broadcast.last // size) + 1):
        start, end = max(place * size, broadcast.first), min((place + 1) * size, broadcast.last)
        yield start, end, sums[place]


def _rates(
    broadcast: BroadcastFigures, counts: Counter[int], size: int
) -> tuple[list[float], list[float]]:
    """
    Times, and how much there was in a minute.

    At the edges it was counted over less than ``size``; over so little that it says nothing is
    left out.
    """
    bins = list(_bins(broadcast, counts, size))
    told = [each for each in bins if each[1] - each[0] >= size / 2] or bins[:1]
    return (
        _times((start + end) / 2 for start, end, _ in told),
        [60 * count / max(end - start, size / 2) for start, end, count in told],
    )


def _line(times: Sequence[float]) -> dict[str, Any]:
    """How a line is drawn; where there is one point only, as that."""
    return {"lw": 1.6} if len(times) > 1 else {"marker": "o", "ms": 5, "lw": 0}


def _thin(points: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """Not more of them than can be seen."""
    every = max(1, len(points) // (4 * _POINTS))
    return points[::every]


def _times(seconds: Iterable[float]) -> list[float]:
    return [each / 86400 for each in seconds]  # days since 1970: matplotlib's own epoch
