"""What is done again and again does not end without a word."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

PACKAGE = Path(__file__).resolve().parent.parent / "tiktoklive"


def name_of(node: ast.AST) -> str:
    """What a variable or an attribute is called."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def loops(tree: ast.AST) -> set[str]:
    """The names under which a module keeps what repeats calls."""
    return {
        name_of(target)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and name_of(node.value.func) == "LoopingCall"
        for target in node.targets
    }


def unheard(tree: ast.AST) -> Iterator[int]:
    """The lines in which one is started, and nobody hears how it ends."""
    names = loops(tree)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Call)
            and isinstance(node.value.func, ast.Attribute)
            and node.value.func.attr == "start"
            and name_of(node.value.func.value) in names
        ):
            yield node.lineno


class LoopsTests(SynchronousTestCase):
    """A LoopingCall stops for ever at its first exception."""

    def test_package(self) -> None:
        """Whoever starts one looks at how it ends."""
        found = [
            f"{path.relative_to(PACKAGE)}:{line}"
            for path in sorted(PACKAGE.rglob("*.py"))
            for line in unheard(ast.parse(path.read_text("utf-8")))
        ]
        self.assertEqual([], found)

    def test_found(self) -> None:
        """One that is started as if that were all is found; one with an errback is not."""
        begin = "loop = LoopingCall(f)\nself._loop = LoopingCall(f)\n"
        self.assertEqual([3], list(unheard(ast.parse(f"{begin}loop.start(1)"))))
        self.assertEqual([3], list(unheard(ast.parse(f"{begin}self._loop.start(1, now=False)"))))
        heard = "loop.start(1).addErrback(g)\ndone = self._loop.start(1)\nother.start(1)"
        self.assertEqual([], list(unheard(ast.parse(f"{begin}{heard}"))))
