"""What was said and given, as subtitles for a recording of the broadcast: SubRip and ASS."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

#: Seconds to which times are rounded, so that a busy chat doesn't flicker.
_GRID: Final = 0.25

#: What a player could take for a command, and what stands for it.
_HARMLESS: Final = str.maketrans({"<": "‹", ">": "›", "{": "(", "}": ")", "\\": "⧵"})


@dataclass(frozen=True, slots=True)
class Line:
    """
    One thing to show.

    :ivar at: seconds since the beginning.
    :ivar who: who said or did it; ``""`` where that is in ``what``.
    :ivar what: what.
    :ivar is_speech: whether ``what`` was said.
    """

    at: float
    who: str
    what: str
    is_speech: bool = True


@dataclass(frozen=True, slots=True)
class Cue:
    """Lines that are shown together, the newest last, from ``start`` to ``end``."""

    start: float
    end: float
    lines: tuple[Line, ...]


def cues(lines: Iterable[Line], hold: float, most: int) -> Iterator[Cue]:
    """
    What is shown when: a chat that scrolls.  No two overlap, because players differ in that.

    :param lines: in any order.
    :param hold: seconds for which a line is shown.
    :param most: lines that are shown at once; older ones go earlier.
    """
    shown: deque[tuple[float, Line]] = deque()
    since = 0.0

    def until(time: float) -> Iterator[Cue]:
        """What is shown up to then; lines go as their time is over."""
        nonlocal since
        while shown:
            end = min(shown[0][0], time)
            if end > since:
                yield Cue(since, end, tuple(line for _, line in shown))
                since = end
            if shown[0][0] > time:
                break
            shown.popleft()
        since = max(since, time)

    for line in sorted(lines, key=lambda line: line.at):
        at = round(line.at / _GRID) * _GRID
        yield from until(at)
        shown.append((at + hold, line))
        if len(shown) > most:
            shown.popleft()
    if shown:
        yield from until(shown[-1][0])


def subrip(found: Iterable[Cue]) -> Iterator[str]:
    """The file ``.srt``, in pieces."""
    for number, cue in enumerate(found, 1):
        text = "\n".join(_plain(line) for line in cue.lines)
        start, end = _time(cue.start, ",", 3), _time(cue.end, ",", 3)
        yield f"{number}\n{start} --> {end}\n{text}\n\n"


#: For a picture that is as high as a phone's; players scale it to theirs.
_HEAD: Final = """\
[Script Info]
ScriptType: v4.00+
PlayResX: 1080
PlayResY: 1920
WrapStyle: 0
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, \
Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, \
Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Chat,Arial,44,&H00FFFFFF,&H00FFFFFF,&H00202020,&H80000000,\
0,0,0,0,100,100,0,0,1,3,0,1,40,240,160,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""

#: Of names, and of what is no speech: light blue and yellow, blue first as ASS has it.
_NAME: Final = "&HF0C878&"
_DEED: Final = "&H66D9FF&"


def ass(found: Iterable[Cue]) -> Iterator[str]:
    """The file ``.ass``, in pieces."""
    yield _HEAD
    for cue in found:
        text = r"\N".join(map(_styled, cue.lines))
        start, end = _time(cue.start, ".", 2), _time(cue.end, ".", 2)
        yield f"Dialogue: 0,{start[1:]},{end[1:]},Chat,,0,0,0,,{text}\n"


def _plain(line: Line) -> str:
    who, what = line.who.translate(_HARMLESS), line.what.translate(_HARMLESS)
    return f"{who}: {what}" if line.is_speech else f"{who} {what}".lstrip()


def _styled(line: Line) -> str:
    who, what = line.who.translate(_HARMLESS), line.what.translate(_HARMLESS)
    if line.is_speech:
        return rf"{{\c{_NAME}}}{who}:{{\c}} {what}"
    return rf"{{\c{_DEED}}}{f'{who} {what}'.lstrip()}{{\c}}"


def _time(seconds: float, point: str, digits: int) -> str:
    """``01:02:03,500``."""
    parts = round(seconds * 10**digits)
    whole, part = divmod(parts, 10**digits)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{part:0{digits}}"
