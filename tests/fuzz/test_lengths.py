"""The time that a text of others takes is proportional to its length, whatever it consists of."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tests.fuzz.lengths import LENGTHS, PIECES
from tests.fuzz.patterns import PATTERNS
from tests.test_floors import CHECKOUT, read_modules

#: Characters of the texts: what is out of proportion is noticed at the first, and does not take
#: for ever.
SIZES = (32_768, 262_144, 1 << 20)

#: So many times as long as one step of Python's for each character a reader may take; some read
#: the text several times, and what is bounded may take as long as this for shorter ones.
FACTOR = 200
LEAST = 131_072


def linear(text: str) -> int:
    """A reader that takes one step for each character."""
    count = 0
    for each in text:
        if each == "\0":
            count += 1
    return count


def seconds(read: Callable[[str], Any], text: str, times: int = 1) -> float:
    """The shortest time of several."""
    found = []
    for _ in range(times):
        start = perf_counter()
        read(text)
        found.append(perf_counter() - start)
    return min(found)


def step() -> float:
    """The time of one step of the linear reader now."""
    text = "a" * LEAST
    return seconds(linear, text, 3) / len(text)


def too_long(read: Callable[[str], Any], piece: str, fair: float) -> str:
    """
    At which length a reader takes too long, ``""`` if it never does.

    :param fair: the time of one step.
    """
    for size in SIZES:
        text = piece * (size // len(piece))
        steps = max(size, LEAST) * FACTOR
        if seconds(read, text) <= steps * fair:
            continue
        took, fair = seconds(read, text, 3), max(fair, step())
        if took > steps * fair:
            return f"{size} characters of {piece!r} take {took / fair / size:.0f} steps each"
    return ""


def patterns() -> Iterator[tuple[str, str]]:
    """Each use of a regular expression: its module, and the expression as it is written there."""
    for name, (source, _) in read_modules(CHECKOUT).items():
        for node in ast.walk(ast.parse(source)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr != "escape"
            ):
                yield name.removeprefix("tiktoklive."), ast.unparse(node.args[0])


class LengthTests(SynchronousTestCase):
    """Each reader, with a million characters of each kind."""

    def test_notices(self) -> None:
        """A reader that costs the square of the length is found, before it takes for ever."""

        def square(text: str) -> int:
            return sum(text[start:].count("\0") for start in range(len(text)))

        self.assertIn("characters of 'a'", too_long(square, "a", step()))
        self.assertEqual("", too_long(linear, "a", step()))

    def test_patterns(self) -> None:
        """Every regular expression has a reader here that shows how long it takes."""
        known = {(module, source) for module, found in PATTERNS.items() for source in found}
        self.assertEqual(set(), set(patterns()) - known, "new: give them a reader in PATTERNS")
        self.assertEqual(set(), known - set(patterns()), "gone: take them out of PATTERNS")
        readers = {reader for found in PATTERNS.values() for reader in found.values()}
        self.assertEqual(set(), readers - {*LENGTHS, "user"})

    def test_only_re(self) -> None:
        """There is no other way to such an expression."""
        for name, (source, _) in read_modules(CHECKOUT).items():
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.ImportFrom):
                    self.assertNotIn(node.module, ("re", "regex", "fnmatch"), name)
                if isinstance(node, ast.Import):
                    aliases = [each.asname for each in node.names if each.name == "re"]
                    self.assertEqual([], [each for each in aliases if each], name)


def _test(name: str) -> Any:
    def test(self: SynchronousTestCase) -> None:
        fair = step()
        found = (too_long(LENGTHS[name], piece, fair) for piece in PIECES)
        self.assertEqual([], [each for each in found if each])

    test.__doc__ = f"{name}: a few steps for each character."
    return test


for _name in LENGTHS:
    _words = "".join(letter if letter.isalnum() else " " for letter in _name).split()
    setattr(LengthTests, f"test_{'_'.join(_words)}", _test(_name))
