"""What is shown to people decides nothing: nobody compares it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

PACKAGE = Path(__file__).resolve().parent.parent / "tiktoklive"

#: What is for people, and what to ask in its place.
SHOWN = {
    "transport_name": "what the stream says that it can: acks, heartbeats, asks, recorded",
    "phase": "a transition of the table, or what the session says: is_live, is_at_rest",
}

#: Who may compare it all the same, and why.
MAY = {
    (
        "outputs/web/control.py",
        "phase",
    ): "whether it is ready, the daemon shows to others",
}


def comparisons(source: str) -> Iterator[tuple[str, int]]:
    """The attributes for people that are compared, or chosen by, and where."""
    for node in ast.walk(ast.parse(source)):
        compared: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            compared = [node.left, *node.comparators]
        elif isinstance(node, ast.Match):
            compared = [node.subject]
        elif isinstance(node, ast.Subscript):
            compared = [node.slice]
        for each in compared:
            if isinstance(each, ast.Attribute) and each.attr in SHOWN:
                yield each.attr, each.lineno


class DecidingTests(SynchronousTestCase):
    """The package, and the reader of it."""

    def test_package(self) -> None:
        """No module compares the name of a transport or of a state."""
        wrong = []
        for path in sorted(PACKAGE.rglob("*.py")):
            file = path.relative_to(PACKAGE).as_posix()
            for name, line in comparisons(path.read_text("utf-8")):
                if (file, name) not in MAY:
                    wrong.append(f"{file}:{line} compares {name}: ask for {SHOWN[name]}")
        self.assertEqual([], wrong)

    def test_reader(self) -> None:
        """Each way to decide by an attribute is seen; to show it is none."""
        for source, count in (
            ('if stream.transport_name == "polling": pass', 1),
            ('if "live" != self.session.phase: pass', 1),
            ("if s.phase in AT_REST: pass", 1),
            ("match state.phase:\n    case _: pass", 1),
            ("what = WORDS[state.phase]", 1),
            ("log.info(phase=session.phase)", 0),
            ("self.phase = phase", 0),
        ):
            self.assertEqual(count, len(list(comparisons(source))), source)
