"""What the pages of the documentation show works, and what they refer to is there."""

from __future__ import annotations

import ast
import re
import textwrap
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any
from unittest import TestResult

from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.connection import WebcastPushConnection
from tiktoklive.testing import settle, simulated
from tiktoklive.wiring import standard_wiring

CHECKOUT = Path(__file__).resolve().parent.parent


def code_blocks(text: str, language: str) -> list[str]:
    """The code blocks of a language in a reST document, without their indentation."""
    blocks = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if line.strip() == f".. code-block:: {language}":
            block = []
            for inner in lines[number + 1 :]:
                if inner.strip() and not inner.startswith(" "):
                    break
                block.append(inner)
            blocks.append(textwrap.dedent("\n".join(block)).strip("\n") + "\n")
    return blocks


class PagesTests(SynchronousTestCase):
    """The pages show what is there."""

    def test_code(self) -> None:
        """Every piece of Python on them can be read, and what it imports from us is there."""
        pages = sorted((CHECKOUT / "doc").glob("*.rst"))
        self.assertIn("guide.rst", [page.name for page in pages])
        for page in pages:
            for block in code_blocks(page.read_text("utf-8"), "python"):
                for node in ast.walk(ast.parse(textwrap.dedent(block), page.name)):
                    if isinstance(node, ast.ImportFrom):
                        module = import_module(node.module or "")
                        for alias in node.names:
                            self.assertTrue(
                                hasattr(module, alias.name), f"{page.name}: {alias.name}"
                            )

    def test_sections(self) -> None:
        """Each section of the wire facts that the code refers to is there."""
        there = re.findall(r"^§([0-9.]+) ", (CHECKOUT / "doc/wire.rst").read_text("utf-8"), re.M)
        missing = []
        for pattern in ("*.py", "*.proto"):
            for path in sorted((CHECKOUT / "tiktoklive").rglob(pattern)):
                for number in re.findall(r"§([0-9.]*[0-9])", path.read_text("utf-8")):
                    if number not in there:
                        missing.append(f"{path.name}: §{number}")
        self.assertEqual([], missing)

    def test_bounds(self) -> None:
        """The guide tells of each bound that a state has, and of no other."""
        network, tiktok = simulated()
        tiktok.add_room("anna")
        wiring = standard_wiring(network.clock, network=network, random=Random(1))
        connection = WebcastPushConnection("anna", wiring=wiring)
        connection.connect()
        settle(network, 1)
        guide = (CHECKOUT / "doc/guide.rst").read_text("utf-8")
        section = guide.partition("What is bounded\n---")[2].partition("\n.. _")[0]
        table = section.partition("\n====")[2].rpartition("\n====")[0]
        told = re.findall(r"^``(\w+)`` ", table, re.M)
        self.assertEqual(list(connection.get_state().bounds), told)
        connection.disconnect()
        settle(network, 5)

    def test_testing(self) -> None:
        """The test that the page on testing shows passes."""
        names: dict[str, Any] = {"__name__": "shown"}
        page = (CHECKOUT / "doc/testing.rst").read_text("utf-8")
        exec(compile(code_blocks(page, "python")[0], "testing.rst", "exec"), names)
        result = TestResult()
        names["BotTests"]("test_comment").run(result)
        self.assertEqual((1, []), (result.testsRun, result.failures + result.errors))

    def test_tutorial(self) -> None:
        """The program of the tutorial's fourth step connects and prints."""
        block = code_blocks((CHECKOUT / "doc/tutorial.rst").read_text("utf-8"), "python")[0]
        program, _, last = block.rstrip().rpartition("\n")
        self.assertEqual("react(main)", last)
        names: dict[str, Any] = {}
        exec(compile(program, "tutorial.rst", "exec"), names)
        network, simulator = simulated()
        simulator.add_room("sim1")
        network.add("127.0.0.1", 8090, simulator.site())
        options = names["SIMULATOR"]
        wiring = standard_wiring(network.clock, options, network=network, random=Random(1))
        names["WebcastPushConnection"] = lambda unique_id, options, reactor: WebcastPushConnection(
            unique_id, wiring=wiring
        )
        with redirect_stdout(StringIO()) as printed:
            result = Deferred.fromCoroutine(names["main"](network.clock))
            settle(network, 1)
            simulator.rooms["sim1"].end()
            settle(network, 5)
        self.successResultOf(result)
        self.assertIn("connected to room", printed.getvalue())


class ReadmeTests(SynchronousTestCase):
    """The README shows what works."""

    def test_pictures(self) -> None:
        """The pictures that it shows are there, and small enough to be loaded by everybody."""
        readme = (CHECKOUT / "README.rst").read_text("utf-8")
        pictures = re.findall(r"^\.\. image:: (\S+)$", readme, re.M)
        self.assertEqual(["doc/reader.png"], pictures)
        self.assertLess((CHECKOUT / pictures[0]).stat().st_size, 200_000)

    def test_program(self) -> None:
        """The program in the README is the example, to the letter."""
        readme = (CHECKOUT / "README.rst").read_text("utf-8")
        self.assertEqual(
            [(CHECKOUT / "doc/examples/chat.py").read_text("utf-8")],
            code_blocks(readme, "python"),
        )
