"""The public names: those of the rooms are those of the documentation, and nobody needs others."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

from twisted.trial.unittest import SynchronousTestCase

import tiktoklive
from tiktoklive import events
from tiktoklive.events.base import ClassicEvent

CHECKOUT = Path(__file__).resolve().parent.parent

PAGE = CHECKOUT / "doc" / "api.rst"

#: A module inside a room that has public names of its own: its function has its name.
INNER = {"tiktoklive.outputs.envelope"}

#: Names of a module in the page: of classes and functions, of interfaces, of anything else.
_MEMBERS = re.compile(
    r"^\.\. (?:automodule|interfaces):: (?P<module>\S+)\n"
    r"   :(?:no-)?members:(?P<names>.*\n(?: {13}.+\n)*)",
    re.MULTILINE,
)
_DATA = re.compile(r"^\.\. py:data:: (?P<name>\w+)\n   :module: (?P<module>\S+)$", re.MULTILINE)

#: An import statement of ours in a text.
_IMPORT = re.compile(
    r"^ *(?P<line>from tiktoklive[\w.]* import (?:\([^)]*\)|[\w, ]+)|import tiktoklive[\w.]*)",
    re.MULTILINE,
)


def packages() -> list[str]:
    """Every package of the project below the first, by its dotted name."""
    root = CHECKOUT / "tiktoklive"
    return sorted(
        ".".join(path.parent.relative_to(CHECKOUT).parts)
        for path in root.rglob("__init__.py")
        if path.parent != root
    )


def modules() -> list[str]:
    """Every module beside the packages, by its dotted name."""
    return sorted(
        f"tiktoklive.{path.stem}"
        for path in (CHECKOUT / "tiktoklive").glob("*.py")
        if not path.stem.startswith("__")
    )


def public_names(name: str) -> set[str]:
    """The public names of a package or module; none of one without ``__all__``."""
    module = import_module(name)
    return set(getattr(module, "__all__", ()))


def names_in_page(text: str) -> dict[str, set[str]]:
    """The names in the documentation, by module."""
    found: dict[str, set[str]] = {}
    for match in _MEMBERS.finditer(text):
        names = found.setdefault(match["module"], set())
        names.update(name for name in re.split(r"[,\s]+", match["names"]) if name)
    for match in _DATA.finditer(text):
        found.setdefault(match["module"], set()).add(match["name"])
    return found


def is_documented(module: ModuleType, name: str) -> bool:
    """Whether a docstring, or a comment for documentation, says what a public name is."""
    value = getattr(module, name)
    if not (inspect.isclass(value) or inspect.isfunction(value)) and not hasattr(value, "names"):
        files = [Path(module.__file__ or "")]
        if files[0].name == "__init__.py":
            files = sorted(files[0].parent.glob("*.py"))
        said = re.compile(rf"^#: .+\n{name}\b[^=\n]* = ", re.MULTILINE)
        return any(said.search(file.read_text("utf-8")) for file in files)
    own = vars(value).get("__doc__") if inspect.isclass(value) else value.__doc__
    return bool(own) and not str(own).startswith(f"{name}(")  # as dataclasses say of themselves


def imports_in(text: str) -> Iterator[tuple[str, str]]:
    """Module and name of all that a text imports of ours; of a whole module an empty name."""
    for match in _IMPORT.finditer(text):
        line = re.sub(r"\s+", " ", match["line"])
        for node in ast.parse(line).body:
            if isinstance(node, ast.ImportFrom):
                yield from ((node.module or "", alias.name) for alias in node.names)
            elif isinstance(node, ast.Import):
                yield from ((alias.name, "") for alias in node.names)


def texts_for_users() -> list[Path]:
    """The documentation for those who use the library, with its examples."""
    doc = CHECKOUT / "doc"
    return [
        CHECKOUT / "README.rst",
        *sorted(doc.glob("*.rst")),
        *sorted(doc.rglob("examples/**/*.py")),
    ]


class PageTests(SynchronousTestCase):
    """``doc/api.rst`` has the public names, and no others."""

    def setUp(self) -> None:
        """Read the page, and ask all modules."""
        self.page = names_in_page(PAGE.read_text("utf-8"))
        asked = [*packages(), *modules(), *INNER]
        self.public = {name: found for name in asked if (found := public_names(name))}

    def test_inherited(self) -> None:
        """What an event has of a base that the page does not show is shown with the event."""
        shown = [getattr(events, name) for name in self.page["tiktoklive.events"]]
        classes = {each for each in shown if inspect.isclass(each)}
        bases = {base for each in classes for base in each.__mro__[1:]} & classes
        said = re.search(r":inherited-members: ((?:[\w,]+\s+)+)", PAGE.read_text("utf-8"))
        assert said is not None
        # The base of the 14 events of 1.x has nothing of its own but another as_dict().
        expected = {base.__name__ for base in bases} | {ClassicEvent.__name__}
        self.assertEqual(expected, set(re.split(r"[,\s]+", said[1].strip())))

    def test_front_halls(self) -> None:
        """Every package says what of it is public, even if that is nothing."""
        silent = [name for name in packages() if not hasattr(import_module(name), "__all__")]
        self.assertEqual([], silent)

    def test_same(self) -> None:
        """What the modules call public is in the page, and what is in the page is public."""
        self.assertEqual(sorted(self.public), sorted(self.page))
        for name, names in self.public.items():
            self.assertEqual(sorted(names), sorted(self.page[name]), name)

    def test_explained(self) -> None:
        """Each of the names can be had, and says what it is."""
        wrong = [
            f"{module}.{name}"
            for module, names in self.public.items()
            for name in names
            if not is_documented(import_module(module), name)
        ]
        self.assertEqual([], sorted(wrong))

    def test_examples(self) -> None:
        """The documentation and its examples import public names only."""
        wrong, count = [], 0
        for path in texts_for_users():
            for module, name in imports_in(path.read_text("utf-8")):
                count += 1
                known = {*tiktoklive.__all__} if module == "tiktoklive" else self.public.get(module)
                if known is None or (name and name not in known):
                    wrong.append(f"{path.relative_to(CHECKOUT)}: {module} {name}".rstrip())
        self.assertEqual([], wrong)
        self.assertGreater(count, 50)


class ReadingTests(SynchronousTestCase):
    """What reads the page and the texts sees what it is there to see."""

    def test_page(self) -> None:
        """Names of one module are gathered, whatever directive they stand in."""
        page = (
            ".. automodule:: a.b\n   :members: One, two,\n             Three\n\n"
            ".. interfaces:: a.b\n   :members: IFour\n\n"
            ".. py:data:: FIVE\n   :module: a.b\n\n"
            ".. automodule:: a.c\n   :no-members:\n"
        )
        found = {"a.b": {"One", "two", "Three", "IFour", "FIVE"}, "a.c": set()}
        self.assertEqual(found, names_in_page(page))

    def test_imports(self) -> None:
        """Imports are found in any of their forms, and indented."""
        text = (
            "   from tiktoklive import A, B\n"
            "from tiktoklive.c import (\n    D,\n    E,\n)  # why\n"
            "import tiktoklive.f\n"
            "   :start-after: from tiktoklive.wiring import\n"
        )
        found = [("", "A"), ("", "B"), (".c", "D"), (".c", "E"), (".f", "")]
        self.assertEqual([(f"tiktoklive{m}", n) for m, n in found], list(imports_in(text)))

    def test_undocumented(self) -> None:
        """A constant without its comment is noticed, and one with it is not blamed."""
        simulator = import_module("tiktoklive.simulator")
        self.assertTrue(is_documented(simulator, "HOSTS"))
        self.assertFalse(is_documented(import_module("tiktoklive.outputs.envelope"), "VERSION"))


class FrontHallTests(SynchronousTestCase):
    """The names of the rooms can be had from there."""

    def test_homes(self) -> None:
        """A room gives each of its names, completes to them, and has no others to give."""
        for name in packages():
            room = import_module(name)
            self.assertEqual([], [each for each in room.__all__ if each not in dir(room)], name)
            for each in room.__all__:
                self.assertTrue(hasattr(room, each), f"{name}.{each}")
            self.assertFalse(hasattr(room, "NoSuchName"), name)

    def test_no_module(self) -> None:
        """No public name is that of a module beside it, which would take its place."""
        for name in packages():
            beside = {path.stem for path in (CHECKOUT / name.replace(".", "/")).iterdir()}
            self.assertEqual(set(), beside & set(import_module(name).__all__), name)
