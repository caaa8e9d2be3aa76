"""The page on the architecture tells of what there is."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

from tests.test_floors import CHECKOUT, FLOORS

PAGE = (CHECKOUT / "doc" / "architecture.rst").read_text("utf-8")
PACKAGE = CHECKOUT / "tiktoklive"

#: Rooms of which the tree names kinds of modules instead of each.
BY_KIND = {"command", "errors", "events", "outputs", "simulator", "testing"}


def section(title: str) -> str:
    """The text below a heading."""
    below = PAGE.partition(f"\n{title}\n")[2].partition("\n")[2]
    return re.split(r"\n[^\n]+\n-{4,}\n", below)[0]


def tree() -> dict[str, str]:
    """What the tree says of each room and root module, by name."""
    found: dict[str, str] = {}
    name = ""
    for line in section("The tree").splitlines():
        if entry := re.match(r" {6}(\w+)/? ", line):
            name = entry[1]
        if name:
            found[name] = f"{found.get(name, '')} {line.strip()}"
    return found


def modules(folder: Path) -> set[str]:
    """The modules of a folder that people wrote."""
    names = {path.stem for path in folder.glob("*.py")}
    return {each for each in names if not each.endswith("_pb2") and each != "__init__"}


class TreeTests(SynchronousTestCase):
    """The tree."""

    def test_rooms(self) -> None:
        """It has each room, and no other."""
        rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
        told = set(re.findall(r"(?m)^ {6}(\w+)/ ", section("The tree")))
        self.assertEqual(rooms, told)

    def test_root(self) -> None:
        """It names each module beside the rooms."""
        words = set(re.findall(r"\w+", section("The tree")))
        self.assertEqual(set(), modules(PACKAGE) - words)

    def test_modules(self) -> None:
        """Each room's entry names its modules, unless it says what kinds of them there are."""
        found = tree()
        for path in PACKAGE.glob("*/__init__.py"):
            room = path.parent.name
            if room in BY_KIND:
                continue
            told = set(re.findall(r"\w+", found[room].lower().replace("in turn", "in_turn")))
            self.assertEqual(set(), modules(path.parent) - told, room)

    def test_in_brackets(self) -> None:
        """What is explained in brackets behind a name is a module of that room."""
        found = tree()
        for path in PACKAGE.glob("*/__init__.py"):
            room = path.parent.name
            if room in BY_KIND:
                continue
            listed = found[room].partition(":")[2]
            explained = set(re.findall(r"(?:^|[,;:]|\band\b) (\w+) \(", listed))
            there = modules(path.parent) | {each.name for each in path.parent.iterdir()}
            self.assertEqual(set(), explained - there, room)


class TablesTests(SynchronousTestCase):
    """The tables."""

    def test_floors(self) -> None:
        """The floors of the page are those that are checked."""
        told: dict[int, set[str]] = {}
        floor = -1
        for line in section("Floors").splitlines():
            if row := re.match(r"(\d| ) {5}``", line):
                floor = int(row[1]) if row[1].strip() else floor
                names = re.findall(r"``(\w+)/?``", line[:56])
                told.setdefault(floor, set()).update(names)
        checked = {number: set(names) - {""} for number, names in enumerate(FLOORS)}
        self.assertEqual(checked, told)

    def test_one_of_each(self) -> None:
        """What is there once is there."""
        names = re.findall(r"(?m)^``([\w.]+)`` ", section("One of each"))
        self.assertGreater(len(names), 8)
        for name in names:
            module, _, attribute = f"tiktoklive.{name}".rpartition(".")
            self.assertTrue(hasattr(import_module(module), attribute), name)
