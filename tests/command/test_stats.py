"""``stats``: figures, tables and pictures."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from os import terminal_size as Size
from pathlib import Path
from xml.etree import ElementTree

from tests.benchmarks.reading import make_archives
from tests.command.case import NOON, CommandCase, chat, entry
from tests.command.test_export import streak
from tiktoklive.command.columns import records, table, width
from tiktoklive.command.stats import duration

CHECKOUT = Path(__file__).resolve().parent.parent.parent

try:
    import matplotlib
except ImportError:
    NO_PLOTS = "matplotlib is not installed: the extra plot"
else:
    NO_PLOTS = ""
    del matplotlib


class StatsTests(CommandCase):
    """What happened."""

    SHAPES = (
        chat("one", 1, 0),
        chat("two", 2, 5, who="bob"),
        chat("three", 3, 6),
        entry("like", 4, 7, likeCount=5, totalLikeCount=900),
        entry("member", 5, 8, userId="77"),
        entry("follow", 6, 9, userId="77"),
        entry("roomUser", 7, 10, viewerCount=42),
        entry("roomUser", 8, 70, viewerCount=17),
        streak(9, 80),
        streak(10, 90, giftName="Galaxy", repeatCount=1, diamondTotal=1000),
        entry("gap", 11, 100, **{"from": 1000, "to": 63000}),
    )

    def test_tables(self) -> None:
        """Broadcasts, sums and the lists of who did most."""
        text = self.good("stats", self.lines(self.SHAPES))
        head, broadcast = text.splitlines()[:2]
        self.assertTrue(head.startswith("user "))
        self.assertTrue(broadcast.startswith("@alice "))
        self.assertIn("1 min 40 s", broadcast)
        self.assertEqual(["11", "3", "42", "1,003"], broadcast.split()[-4:])
        for name, count in (
            ("events", "11"),
            ("comments", "3"),
            ("likes", "5"),
            ("joins", "1"),
            ("follows", "1"),
            ("diamonds", "1,003"),
        ):
            self.assertRegex(text, rf"(?m)^{name} +{count}$")
        self.assertRegex(text, r"(?m)^gaps \(1\) +1 min 02 s$")
        self.assertRegex(text, r"anna +2\nbob +1\n")
        self.assertRegex(text, r"Galaxy +1 +1,000\nRose +3 +3\n")

    def test_order(self) -> None:
        """Broadcasts are in the order of time; lists begin with the most, in whatever order."""
        shapes = (
            entry("member", 1, 500, userId="77", anchor="zoe", room="8"),
            chat("zero", 2, 0, who="bob"),
            chat("one", 3, 0),
            chat("two", 4, 1),
            streak(5, 2),
            streak(6, 3, userId="9", uniqueId="eva", giftName="Galaxy", diamondTotal=1000),
        )
        text = self.good("stats", self.lines(shapes))
        self.assertEqual(["@alice", "@zoe"], [each.split()[0] for each in text.splitlines()[1:3]])
        for first, second in (
            ("giftStreak +2", "member +1"),
            ("anna +2", "bob +1"),
            ("eva +1,000", "bob +3"),
            ("Galaxy +3 +1,000", "Rose +3 +3"),
        ):
            self.assertRegex(text, rf"{first}\n{second}\n")

    def test_replayed(self) -> None:
        """A tape that was played a day later makes no broadcast of a day."""
        later = NOON + 86_400_000
        ours = {**entry("connected", 20, ts=later), "received_at": later}
        text = self.good("stats", self.lines([ours, *self.SHAPES, {**ours, "id": "7:21"}]))
        self.assertIn("1 min 40 s", text.splitlines()[1])
        self.assertIn(" 0 s ", self.good("stats", self.lines([ours])).splitlines()[1])

    def test_narrow(self) -> None:
        """On a terminal that is too narrow for the broadcasts each has lines of its own."""
        titles, rows = ("user", "events"), [("@alice", "1"), ("@bea", "2")]
        beside = "user    events\n@alice       1\n@bea         2\n"
        below = "user    @alice\nevents  1\n\nuser    @bea\nevents  2\n"
        for terminal, columns, text in ((True, 14, beside), (True, 13, below), (False, 13, beside)):
            self.patch(shutil, "get_terminal_size", lambda columns=columns: Size((columns, 24)))
            with redirect_stdout(io.StringIO()) as out:
                self.patch(out, "isatty", lambda terminal=terminal: terminal)
                self.assertEqual(text, records(titles, rows, right=(1,)))

    def test_selection(self) -> None:
        """Of one user only; there may be nothing of them."""
        shapes = [*self.SHAPES, chat("other", 1, anchor="bea", room="8")]
        path = self.lines(shapes)
        self.assertNotIn("@bea", self.good("stats", path, "--user", "alice"))
        self.assertIn("@bea", self.good("stats", path, "-u", "@Bea"))
        self.assertIn("no event", self.refuse(2, "stats", path, "--user", "coco"))

    def test_top(self) -> None:
        """Lists are as long as they are asked to be."""
        text = self.good("stats", self.lines(self.SHAPES), "--top", "1")
        self.assertNotIn("Rose", text)

    def test_strangers(self) -> None:
        """Values that are none are no reason to fail, and names obey no terminal."""
        shapes = [
            chat("x", 1, who="a\x1b[31m"),
            entry("like", 2, likeCount="many"),
            streak(3, 1, diamondTotal=None, giftName=None),
            entry("roomUser", 4, viewerCount=-3),
            entry("gap", 5),
            entry("chat", 6),
        ]
        text = self.good("stats", self.lines(shapes))
        self.assertNotIn("\x1b", text)
        self.assertIn("gift 5655", text)


class PlotTests(CommandCase):
    """The picture."""

    skip = NO_PLOTS or None

    def draw(self, archive: str, name: str) -> bytes:
        """Draw it."""
        path = Path(self.mktemp())
        path.mkdir()
        self.good("stats", archive, "--plot", str(path / name))
        self.assertEqual([name], os.listdir(path))
        return (path / name).read_bytes()

    def test_simulated(self) -> None:
        """A simulated broadcast as SVG and PNG; the same archive gives the same file."""
        folder = Path(self.mktemp())
        folder.mkdir()
        _, database = make_archives(folder, 2000)
        picture = self.draw(str(database), "all.svg")
        root = ElementTree.fromstring(picture)
        self.assertTrue(root.tag.endswith("svg"))
        self.assertEqual(picture, self.draw(str(database), "all.svg"))
        self.assertTrue(self.draw(str(database), "all.PNG").startswith(b"\x89PNG"))

    def test_read_in_part(self) -> None:
        """It is drawn even if nobody reads what is printed, as in a pipe to head."""
        path = Path(f"{self.mktemp()}.svg")
        reading, writing = os.pipe()
        os.close(reading)
        command = [sys.executable, "-m", "tiktoklive.command.main", "stats"]
        done = subprocess.run(
            [*command, self.lines([chat("x")]), "--plot", str(path)],
            stdout=writing,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
            timeout=120,
        )
        os.close(writing)
        self.assertEqual((0, b""), (done.returncode, done.stderr))
        self.assertTrue(path.exists())

    def test_little(self) -> None:
        """One comment, several broadcasts days apart, or names of any text can be drawn too."""
        for shapes in (
            [chat("x")],
            [entry("connected", room="")],
            [chat("x", n, n * 90_000, room=str(n), anchor=f"user{n}") for n in range(1, 9)],
            [chat("x", 1, who="$a_b$^{"), streak(2, 5, uniqueId="<&>")],
            [chat("x", 1), streak(2, 5, diamondTotal=0)],
        ):
            ElementTree.fromstring(self.draw(self.lines(shapes), "some.svg"))


class MissingTests(CommandCase):
    """Without matplotlib."""

    def test_said(self) -> None:
        """What to install is said before anything is read; without --plot it isn't needed."""
        path = self.lines([chat("x")])
        for arguments, status, said in (
            (["stats", "/nowhere/file", "--plot", "x.svg"], 2, "pip install 'txtiktoklive[plot]'"),
            (["stats", path], 0, "@alice"),
        ):
            program = (
                "import sys; sys.modules['matplotlib'] = None\n"
                "from tiktoklive.command.main import main\n"
                f"sys.exit(main({arguments!r}))"
            )
            done = subprocess.run(
                [sys.executable, "-c", program],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                capture_output=True,
                text=True,
                timeout=60,
            )
            self.assertEqual(status, done.returncode, done.stderr)
            self.assertIn(said, done.stdout + done.stderr)


class ColumnsTests(CommandCase):
    """Tables for terminals."""

    def test_alphabets(self) -> None:
        """Columns stand below each other in any alphabet."""
        self.assertEqual((4, 2, 1), (width("日本"), width("🙇"), width("e\u0301")))
        lines = table(("name", "n"), [("日本", "1"), ("anna", "20")], right=(1,)).splitlines()
        self.assertEqual(["name   n", "日本   1", "anna  20"], lines)

    def test_durations(self) -> None:
        """Seconds for people."""
        self.assertEqual(
            ["9 s", "1 min 05 s", "2 h 03 min"], [duration(s) for s in (9.4, 65, 7380)]
        )
