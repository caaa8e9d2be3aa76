"""What a user types after ``import tiktoklive``."""

from __future__ import annotations

import os
import subprocess
import sys

from twisted.trial.unittest import SynchronousTestCase

import tiktoklive
from tiktoklive import connection, errors, events, model, options, service, wiring

HOMES = (errors, model, events, options, wiring, connection, service)


class NamesTests(SynchronousTestCase):
    """The package gives the public names of its modules when they are asked for."""

    def test_each(self) -> None:
        """Every public name is there, and no two modules claim one."""
        names = [(home, name) for home in HOMES for name in home.__all__]
        for home, name in names:
            self.assertIs(getattr(home, name), getattr(tiktoklive, name))
        self.assertEqual(len(names), len({name for _, name in names}))

    def test_unknown(self) -> None:
        """A name that is not there is told like that of any module."""
        error = self.assertRaises(AttributeError, getattr, tiktoklive, "WebcastPullConnection")
        self.assertIn("has no attribute 'WebcastPullConnection'", str(error))

    def test_star(self) -> None:
        """``import *`` gives all of the public names, and none of the module's own."""
        names: dict[str, object] = {}
        exec("from tiktoklive import *", names)
        del names["__builtins__"]
        self.assertEqual({name for home in HOMES for name in home.__all__}, names.keys())

    def test_dir(self) -> None:
        """``dir()``, which interactive shells complete from, has the public names."""
        names = dir(tiktoklive)
        self.assertEqual([], [n for home in HOMES for n in home.__all__ if n not in names])
        names.remove("__version__")  # there if the distribution is installed
        self.assertEqual([], [name for name in names if not hasattr(tiktoklive, name)])

    def test_module_at_first_asking(self) -> None:
        """A module of public names is there at the first asking, and brings no other along."""
        program = (
            "import sys, tiktoklive\n"
            "tiktoklive.errors.TikTokLiveError\n"
            "from tiktoklive import model\n"
            "print([name for name in ('treq', 'google.protobuf') if name in sys.modules])"
        )
        ran = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(("[]\n", ""), (ran.stdout, ran.stderr))
