"""Finding makers among plugins."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

from twisted.plugin import IPlugin
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tiktoklive.interfaces import IOutputMaker, IPartMaker, ISourceMaker
from tiktoklive.plugins import OutputMaker, find_maker, kinds, split_description

GOOD = """
from tiktoklive.plugins import OutputMaker
one = OutputMaker("one", "nothing: an example", "tiktoklive.plugins.nothing")
two = OutputMaker("two", "", "no.such.function")
"""

BROKEN = """
from twisted.plugin import IPlugin
from zope.interface import implementer
from tiktoklive.interfaces import IOutputMaker
from tiktoklive.plugins import OutputMaker

@implementer(IPlugin, IOutputMaker)
class Kindless:
    pass

@implementer(IPlugin, IOutputMaker)
class Raising:
    usage = ""
    @property
    def kind(self):
        raise RuntimeError("not today")

@implementer(IPlugin, IOutputMaker)
class Numbered:
    kind = usage = 5
    def make(self, wiring, argument):
        pass

kindless, raising, numbered = Kindless(), Raising(), Numbered()
again = OutputMaker("one", "the same kind again", "a.b")
"""


class FindTests(SynchronousTestCase):
    """Search a package of plugins that is made for the test."""

    def package(self, **files: str) -> ModuleType:
        """A package with these modules."""
        folder = Path(self.mktemp()).resolve()
        name = f"plugins_{folder.parent.name}_{folder.name}".replace("-", "_")
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text("__all__ = []\n")
        for module, source in files.items():
            (folder / name / f"{module}.py").write_text(source)
        sys.path.insert(0, str(folder))
        self.addCleanup(sys.path.remove, str(folder))
        importlib.invalidate_caches()
        return importlib.import_module(name)

    def test_kinds(self) -> None:
        """Every maker of the interface is found, in order; there are none of another."""
        package = self.package(good=GOOD)
        self.assertEqual(["one", "two"], [m.kind for m in kinds(IOutputMaker, package)])
        self.assertEqual(2, len(kinds(IPartMaker, package)))
        self.assertEqual([], kinds(ISourceMaker, package))

    def test_make(self) -> None:
        """The maker that is found makes its part by the function it names."""
        maker = find_maker(IOutputMaker, "one", self.package(good=GOOD))
        verifyObject(IOutputMaker, maker)
        verifyObject(IPlugin, maker)
        self.assertRaises(AttributeError, maker.make, object(), "a:b")

    def test_unknown(self) -> None:
        """An unknown kind is refused with those that there are."""
        package = self.package(good=GOOD)
        e = self.assertRaises(ValueError, find_maker, IOutputMaker, "three", package)
        self.assertEqual("There is no output of the kind 'three'; there are: one, two.", str(e))
        e = self.assertRaises(ValueError, find_maker, ISourceMaker, "x", package)
        self.assertEqual("There is no source of the kind 'x'; there are: none.", str(e))

    def test_broken(self) -> None:
        """Plugins that are broken, in whatever way, don't keep the others from being found."""
        package = self.package(
            a_syntax="def", b_import="import no_such_module", c_broken=BROKEN, d_good=GOOD
        )
        self.assertEqual({"one", "two"}, {m.kind for m in kinds(IOutputMaker, package)})
        self.assertEqual(1, len(self.flushLoggedErrors(SyntaxError)))
        self.assertEqual(1, len(self.flushLoggedErrors(ModuleNotFoundError)))
        self.flushLoggedErrors(RuntimeError, AttributeError)


class BuiltInTests(SynchronousTestCase):
    """The makers that this package brings."""

    def test_found(self) -> None:
        """The console, JSON lines and the usual sources are found where twistd finds plugins."""
        found = {maker.kind for maker in kinds(IOutputMaker)}
        self.assertLessEqual({"console", "jsonl"}, found)
        found = {maker.kind for maker in kinds(ISourceMaker)}
        self.assertLessEqual({"classic", "direct", "signed"}, found)

    def test_importable(self) -> None:
        """What a maker names can be imported, and refuses a bad argument in words."""
        maker = find_maker(IOutputMaker, "jsonl")
        assert isinstance(maker, OutputMaker)
        self.assertIn("jsonl:FILE", str(self.assertRaises(ValueError, maker.make, None, "")))


class SplitTests(SynchronousTestCase):
    """Descriptions."""

    def test_split(self) -> None:
        """The kind ends at the first colon; the argument is left as it is."""
        for description, parts in (
            ("console", ("console", "")),
            ("jsonl:-", ("jsonl", "-")),
            ("web:tcp:80:interface=::1", ("web", "tcp:80:interface=::1")),
            (r"jsonl:C:\a b", ("jsonl", r"C:\a b")),
            ("", ("", "")),
        ):
            self.assertEqual(parts, split_description(description))
