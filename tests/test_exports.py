"""The public names of a room are imported when they are asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.exports import exported

CHECKOUT = Path(__file__).resolve().parent.parent

#: Imports the rooms, and says what of ours came along.
_PROGRAM = """
import sys
from importlib import import_module

for room in {rooms}:
    import_module(room)
came = [name for name in sys.modules if name.startswith("tiktoklive.")]
print(sorted({{*came}} - {{*{rooms}}}), "twisted" in sys.modules)
"""


def lazy_rooms() -> list[str]:
    """The packages that are made with it."""
    halls = (CHECKOUT / "tiktoklive").rglob("__init__.py")
    return sorted(
        ".".join(hall.parent.relative_to(CHECKOUT).parts)
        for hall in halls
        if "exported(" in hall.read_text("utf-8")
    )


class ExportedTests(SynchronousTestCase):
    """What a room is made with."""

    def setUp(self) -> None:
        """A room that was asked for nothing yet."""
        self.get, self.names = exported("tiktoklive.stream", {"limits": ["Limits"]})
        self.room = import_module("tiktoklive.stream")
        vars(self.room).pop("Limits", None)

    def test_asked_once(self) -> None:
        """What was found is kept in the room, and is what its module has."""
        limits = self.get("Limits")
        self.assertIs(limits, vars(self.room)["Limits"])
        self.assertIs(limits, import_module("tiktoklive.stream.limits").Limits)

    def test_dir(self) -> None:
        """Interactive shells complete to names that were not asked for yet."""
        self.assertEqual([], [name for name in ("Limits", "__all__") if name not in self.names()])

    def test_unknown(self) -> None:
        """A name that is not there is told as by any module, so that submodules are found."""
        error = self.assertRaises(AttributeError, self.get, "Bounds")
        self.assertEqual("module 'tiktoklive.stream' has no attribute 'Bounds'", str(error))

    def test_light(self) -> None:
        """Importing the rooms imports none of what is in them, nor Twisted."""
        rooms = lazy_rooms()
        self.assertIn("tiktoklive.session", rooms)
        ran = subprocess.run(
            [sys.executable, "-c", _PROGRAM.format(rooms=rooms)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(("['tiktoklive.exports'] False\n", ""), (ran.stdout, ran.stderr))
