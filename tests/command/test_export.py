"""``export``: tables, subtitles, JSON lines."""

from __future__ import annotations

import csv
import io
import os
import re
import stat
from pathlib import Path
from unittest import mock

from twisted.trial.unittest import SynchronousTestCase

from tests.benchmarks.reading import make_archives
from tests.command.case import ROOM, CommandCase, chat, entry
from tiktoklive.command import sheet
from tiktoklive.command.subtitles import Cue, Line, cues


def streak(number: int, seconds: float, **more: object) -> dict[str, object]:
    """A gift."""
    data = {"giftName": "Rose", "giftId": 5655, "repeatCount": 3, "diamondTotal": 3}
    user = {"userId": "7", "uniqueId": "bob", "nickname": "Bob"}
    return entry("giftStreak", number, seconds, **{**data, **user, **more})


class SheetTests(CommandCase):
    """Comma-separated values."""

    def rows(self, *shapes: dict[str, object]) -> list[dict[str, str]]:
        """What another program reads."""
        text = self.good("export", self.lines(shapes), "--format", "csv")
        return list(csv.DictReader(io.StringIO(text)))

    def test_columns(self) -> None:
        """Who, when, what and how much have columns."""
        first, second, third = self.rows(
            chat('two\nlines, "quoted" ✨', 1, 1.5),
            streak(2, 2),
            entry("roomUser", 3, 3, viewerCount=77),
        )
        self.assertEqual('two\nlines, "quoted" ✨', first["text"])
        self.assertEqual("2026-01-31T12:00:01.500Z", first["time"])
        self.assertEqual(
            ("1.500", "alice", "anna"),
            tuple(first[name] for name in ("offset", "anchor", "unique_id")),
        )
        self.assertEqual(
            ("Rose", "3", "3"), tuple(second[name] for name in ("gift", "count", "diamonds"))
        )
        self.assertEqual(
            ("roomUser", "77", ""), tuple(third[name] for name in ("event", "viewers", "text"))
        )

    def test_text(self) -> None:
        """The line that TikTok shows is in the column of texts."""
        [row] = self.rows(entry("barrage", 1, 1, text="=Bob joined"))
        self.assertEqual(("barrage", "'=Bob joined"), (row["event"], row["text"]))

    def test_formulas(self) -> None:
        """What a viewer types is no formula of a spreadsheet."""
        for text in ('=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\tx", "\uff1d1"):
            [row] = self.rows(chat(text))
            self.assertEqual("'" + text, row["text"])
        self.assertEqual("a=b", sheet.harmless("a=b"))

    def test_no_time(self) -> None:
        """A time that is none leaves its cell empty."""
        [row] = self.rows(chat("x", ts=10**18))
        self.assertEqual(("", "x"), (row["time"], row["text"]))

    def test_events(self) -> None:
        """Only the events that are asked for."""
        path = self.lines([chat("x", 1), streak(2, 1), entry("like", 3, likeCount=4)])
        text = self.good("export", path, "-f", "csv", "--events", "like, giftStreak")
        names = [row["event"] for row in csv.DictReader(io.StringIO(text))]
        self.assertEqual(["giftStreak", "like"], names)

    def test_no_event(self) -> None:
        """A name that no event has is refused; it would choose nothing."""
        path = self.lines([chat("x", 1)])
        for form in ("csv", "jsonl", "srt"):
            said = self.refuse(2, "export", path, "-f", form, "--events", "chat,giftstreak")
            self.assertIn("--events: there is no event named 'giftstreak'", said)


class LinesTests(SynchronousTestCase):
    """JSON lines."""

    def test_round_trip(self) -> None:
        """What comes out of SQLite is what the output jsonl would have written."""
        folder = Path(self.mktemp())
        folder.mkdir()
        lines, database = make_archives(folder, 300)
        case = CommandCase("good")
        self.assertEqual(
            lines.read_text("utf-8"), case.good("export", str(database), "--format", "jsonl")
        )


class TargetTests(CommandCase):
    """Where it is written."""

    def test_file(self) -> None:
        """The name of the file says the format; it has the rights of any other new file."""
        target = Path(self.mktemp() + ".csv").absolute()
        self.assertEqual("", self.good("export", self.lines([chat("x")]), "--to", str(target)))
        self.assertIn(",x,", target.read_text("utf-8"))
        other = Path(self.mktemp())
        other.touch()
        self.assertEqual(stat.S_IMODE(other.stat().st_mode), stat.S_IMODE(target.stat().st_mode))

    def test_failure(self) -> None:
        """What fails leaves what was there before, and nothing beside it."""
        target = Path(self.mktemp())
        target.mkdir()
        target /= "out.srt"
        target.write_text("before")
        shapes = [chat("x", 1), chat("y", 2, room="8")]
        self.refuse(2, "export", self.lines(shapes), "--to", str(target))
        self.assertEqual("before", target.read_text())
        self.assertEqual(["out.srt"], os.listdir(target.parent))

    def test_full(self) -> None:
        """A disk that is full is one sentence."""
        target = Path(self.mktemp() + ".csv").absolute()
        full = OSError(28, "No space left on device")
        with mock.patch("tiktoklive.command.export.os.replace", side_effect=full):
            said = self.refuse(1, "export", self.lines([chat("x")]), "--to", str(target))
        self.assertIn("No space left", said)
        self.assertFalse(target.exists())

    def test_skipped(self) -> None:
        """Lines that are no events are mentioned."""
        path = self.lines([chat("x")])
        with open(path, "a", encoding="utf-8") as file:
            file.write("torn")
        status, _, err = self.command("export", path, "-f", "csv")
        self.assertEqual((0, "tiktoklive: 1 line is no event, and left out.\n"), (status, err))


class CuesTests(SynchronousTestCase):
    """When what is shown."""

    def shown(self, *times: float, hold: float = 4.0, most: int = 3) -> list[tuple[object, ...]]:
        """Start, end and texts of all cues."""
        lines = [Line(at, "anna", f"{number}") for number, at in enumerate(times, 1)]
        return [
            (cue.start, cue.end, "".join(line.what for line in cue.lines))
            for cue in cues(lines, hold, most)
        ]

    def test_alone(self) -> None:
        """A line is shown for its time."""
        self.assertEqual([(1, 5, "1"), (9, 13, "2")], self.shown(1, 9))

    def test_scrolls(self) -> None:
        """New lines come below older ones, which go when their time is over."""
        self.assertEqual([(1, 3, "1"), (3, 5, "12"), (5, 7, "2")], self.shown(1, 3))

    def test_busy(self) -> None:
        """Of too many lines the oldest go."""
        self.assertEqual(
            [(0, 1, "1"), (1, 2, "12"), (2, 3, "123"), (3, 5, "234"), (5, 6, "34"), (6, 7, "4")],
            self.shown(0, 1, 2, 3),
        )

    def test_at_once(self) -> None:
        """Lines of the same moment come together."""
        self.assertEqual([(2, 6, "12")], self.shown(1.99, 2.01))

    def test_many(self) -> None:
        """Whatever the times are, cues have a length, an order and never too many lines."""
        found: list[Cue] = list(cues([Line(n * n % 97 / 7, "a", "b") for n in range(500)], 3.0, 4))
        end = 0.0
        for cue in found:
            self.assertLessEqual(end, cue.start)
            self.assertLess(cue.start, cue.end)
            self.assertTrue(1 <= len(cue.lines) <= 4)
            end = cue.end


class SubtitlesTests(CommandCase):
    """The files."""

    SHAPES = (
        chat("hello", 1, 1),
        streak(2, 2, repeatCount=1),
        entry("like", 3, 2.5, likeCount=4),
        streak(4, 3661.5),
        chat("before it began", 5, -3),
    )

    def test_subrip(self) -> None:
        """A player of SubRip finds numbers, times and lines."""
        self.assertEqual(
            "1\n00:00:01,000 --> 00:00:02,000\nAnna: hello\n\n"
            "2\n00:00:02,000 --> 00:00:07,000\nAnna: hello\nBob gives Rose\n\n"
            "3\n00:00:07,000 --> 00:00:08,000\nBob gives Rose\n\n"
            "4\n01:01:01,500 --> 01:01:07,500\nBob gives 3 x Rose\n\n",
            self.good("export", self.lines(self.SHAPES), "-f", "srt"),
        )

    def test_ass(self) -> None:
        """ASS has a head, and the same lines in colours."""
        text = self.good("export", self.lines(self.SHAPES), "-f", "ass")
        self.assertTrue(text.startswith("[Script Info]\n"))
        styles = re.findall(r"(?m)^(Format|Style): (.*)$", text)
        names, values = (part.split(",") for _, part in styles[:2])
        self.assertEqual(len(names), len(values))
        spoken = [line for line in text.splitlines() if line.startswith("Dialogue: ")]
        self.assertEqual(4, len(spoken))
        self.assertTrue(spoken[3].startswith("Dialogue: 0,1:01:01.50,1:01:07.50,Chat,,0,0,0,,"))

    def test_by_text(self) -> None:
        """What has no words of its own is told by TikTok's line, as text; else not at all."""
        shapes = [
            entry("barrage", 1, 1, text="Bob, a {Super} Fan, joined"),
            entry("barrage", 2, 1),
            entry("toast", 3, 2, text=["no", "text"]),
            chat("hi", 4, 9),
        ]
        path = self.lines(shapes)
        text = self.good("export", path, "-f", "srt", "--events", "barrage,toast")
        self.assertEqual("1\n00:00:01,000 --> 00:00:07,000\nBob, a (Super) Fan, joined\n\n", text)
        text = self.good("export", path, "-f", "ass", "--events", "barrage")
        self.assertIn("}Bob, a (Super) Fan, joined{", text)
        said = self.refuse(2, "export", path, "-f", "srt", "--events", "like")
        self.assertIn("'like' has no words for subtitles; these have: chat,", said)

    def test_shift(self) -> None:
        """A recording that began earlier shows what was said before the broadcast, too."""
        text = self.good("export", self.lines(self.SHAPES), "-f", "srt", "--shift", "10")
        self.assertIn("00:00:07,000 --> 00:00:11,000\nAnna: before it began", text)

    def test_no_offset(self) -> None:
        """Where the archive does not know when it began, it began with its first event."""
        shapes = [chat("one", 1, 100, offset=None), chat("two", 2, 109, offset=None)]
        text = self.good("export", self.lines(shapes), "-f", "srt", "--hold", "2")
        self.assertEqual(["00:00:00,000", "00:00:09,000"], re.findall(r"(?m)^(\S+) -->", text))

    def test_commands(self) -> None:
        """Nothing that a viewer types is a command to the player."""
        evil = r"<b>{\an8\fs400}\N --> x</b>" + "\n\n5\n00:00:00,000 --> 99:00:00,000"
        path = self.lines([chat(evil, who="{x}")])
        for form in ("srt", "ass"):
            text = self.good("export", path, "-f", form)
            self.assertNotIn("<b>", text)
            self.assertNotIn(r"\an8", text)
            self.assertEqual(1, text.count("-->" if form == "srt" else "Dialogue:"))

    def test_several(self) -> None:
        """Subtitles are of one broadcast, which has to be chosen."""
        path = self.lines([chat("one", 1), chat("two", 1, room="8", anchor="bea")])
        said = self.refuse(2, "export", path, "-f", "srt")
        self.assertIn("8 (@bea)", said)
        for choice in (("--room", "8"), ("--user", "@bea")):
            self.assertIn(": two", self.good("export", path, "-f", "srt", *choice))
        self.assertIn(": one", self.good("export", path, "-f", "srt", "--room", ROOM))
