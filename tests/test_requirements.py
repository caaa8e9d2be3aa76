"""What setup.py requires is what the lowest set has, and which Pythons it names are tested."""

from __future__ import annotations

import configparser
import re
import runpy
import sys
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from twisted.trial.unittest import SynchronousTestCase

from tests.test_floors import CHECKOUT

#: Extras for those who use the package or run its tests; the others are tools of its makers.
EXTRAS = ("fast", "metrics", "plot", "progress", "redis", "test")


def setup_arguments() -> dict[str, Any]:
    """What setup.py calls ``setup()`` with; not every environment has setuptools."""
    given: dict[str, Any] = {}
    stub = SimpleNamespace(setup=given.update, find_packages=lambda **found: [])
    with patch.dict(sys.modules, {"setuptools": stub}):
        runpy.run_path(str(CHECKOUT / "setup.py"))
    return given


def lowest(requirement: str) -> tuple[str, str]:
    """The name in a requirement, and the lowest version that it accepts."""
    found = re.fullmatch(r"([\w.-]+)(?:\[\w+\])?>=([\w.]+)(?:,<\d+)?", requirement)
    assert found is not None, requirement
    return found[1], found[2]


class LowestTests(SynchronousTestCase):
    """The constraints of ``tox -e tests-lowest``."""

    def test_same(self) -> None:
        """Each requirement and extra has its lowest version there, and there is nothing else."""
        given = setup_arguments()
        required = {*given["install_requires"]}.union(
            *(given["extras_require"][extra] for extra in EXTRAS)
        )
        text = (CHECKOUT / "tests/lowest.txt").read_text("utf-8")
        pins = [line for line in text.splitlines() if line and not line.startswith("#")]
        expected = ["{}=={}".format(*lowest(each)) for each in required]
        self.assertEqual(sorted(expected), pins)

    def test_used(self) -> None:
        """tox and CI install by it."""
        for name, words in (
            ("tox.ini", "lowest: PIP_CONSTRAINT = {tox_root}/tests/lowest.txt\n"),
            (".ci/run", " -e tests-lowest -- "),
        ):
            self.assertIn(words, (CHECKOUT / name).read_text("utf-8"), name)


class PythonTests(SynchronousTestCase):
    """The versions of Python."""

    def test_environments(self) -> None:
        """Each that setup.py names has its environment in tox, and the lowest is what it needs."""
        given = setup_arguments()
        named = re.findall(r"^Programming Language :: Python :: 3\.(\d+)$", self.all(given), re.M)
        self.assertEqual(f">=3.{named[0]}", given["python_requires"])
        tox = configparser.ConfigParser(interpolation=None)
        tox.read_string((CHECKOUT / "tox.ini").read_text("utf-8"))
        (section,) = (each for each in tox.sections() if each.startswith("testenv:tests"))
        factors = section.partition("{")[2].rstrip("}").split(",")
        self.assertEqual(["", "-lowest", *(f"-py3{minor}" for minor in named)], factors)
        pythons = tox[section]["base_python"].split("\n")
        expected = [f"lowest: python3.{named[0]}", *(f"py3{n}: python3.{n}" for n in named)]
        self.assertEqual(expected, [each for each in pythons if each])

    @staticmethod
    def all(given: dict[str, Any]) -> str:
        """The classifiers, one a line."""
        return "\n".join(given["classifiers"])
