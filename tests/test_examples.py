"""The examples of the documentation run, and the README shows one of them as it is."""

from __future__ import annotations

import ast
import inspect
import runpy
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

CHECKOUT = Path(__file__).resolve().parent.parent

EXAMPLES = CHECKOUT / "doc" / "examples"


def example_files() -> list[Path]:
    """Every example of the documentation."""
    return sorted(EXAMPLES.glob("*.py"))


def main_of(name: str) -> Callable[..., Any]:
    """The ``main`` of the example ``name``, imported but not run."""
    main: Callable[..., Any] = runpy.run_path(str(EXAMPLES / f"{name}.py"))["main"]
    return main


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


class ExamplesTests(SynchronousTestCase):
    """Each example is complete, and has a test here that runs it."""

    def test_complete(self) -> None:
        """Each example compiles, says what it shows and has a main(reactor, ...)."""
        self.assertNotEqual([], example_files())
        for path in example_files():
            tree = ast.parse(path.read_text("utf-8"), path.name)
            self.assertTrue(ast.get_docstring(tree), f"{path.name} has no docstring")
            mains = [
                node
                for node in tree.body
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == "main"
            ]
            self.assertEqual(1, len(mains), f"{path.name} needs one main(reactor, ...)")
            arguments = [argument.arg for argument in mains[0].args.args]
            self.assertEqual("reactor", arguments[0], path.name)

    def test_tested(self) -> None:
        """Each example has a method here that runs it, and each such method an example."""
        names = {path.stem for path in example_files()}
        self.assertEqual(names, RUN_BY.keys())
        for name, run in RUN_BY.items():
            self.assertEqual(f"test_{name}", run.__name__)
            self.assertIn("main_of(", inspect.getsource(run))


class RunTests(SynchronousTestCase):
    """The examples, run in memory."""

    def test_chat(self) -> None:
        """The example of the README can be imported, and has its main."""
        self.assertTrue(callable(main_of("chat")))


#: Which test runs which example. An example without one fails ``test_tested``.
RUN_BY: dict[str, Callable[..., Any]] = {
    "chat": RunTests.test_chat,
}


class ReadmeTests(SynchronousTestCase):
    """The README shows what works."""

    def test_program(self) -> None:
        """The program in the README is the example, to the letter."""
        readme = (CHECKOUT / "README.rst").read_text("utf-8")
        self.assertEqual(
            [(EXAMPLES / "chat.py").read_text("utf-8")],
            code_blocks(readme, "python"),
        )
