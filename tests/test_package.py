"""What a user types after ``import tiktoklive``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

import tiktoklive
from tiktoklive import connection, errors, events, model, options, service, users, wiring

OURS = Path(tiktoklive.__path__[0])

HOMES = (errors, model, events, options, wiring, connection, service, users)


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


class DirectoryTests(SynchronousTestCase):
    """The distribution TikTokLive, where a disk takes its directory for ours."""

    def imported(self, directory: str, *files: str) -> str:
        """
        What is said when the package is imported from a directory, with more files in it.

        :param directory: its name on the disk, by which Python finds it.
        """
        place = Path(self.mktemp()).absolute()
        package = place / directory
        package.mkdir(parents=True)
        shutil.copy(OURS / "__init__.py", package)
        for name in files:
            package.joinpath(name).parent.mkdir(exist_ok=True)
            package.joinpath(name).write_text("")
        ran = subprocess.run(
            [sys.executable, "-S", "-c", f"import {directory}"],  # without site-packages
            env={**os.environ, "PYTHONPATH": str(place)},
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual("", ran.stdout)
        return ran.stderr

    def test_alone(self) -> None:
        """Alone in its directory it is imported."""
        self.assertEqual("", self.imported("tiktoklive"))

    def test_before_us(self) -> None:
        """TikTokLive was there first, and is asked for: ours is what answers, and says why."""
        said = self.imported("TikTokLive", "client/__init__.py", "client/client.py")
        self.refused(said, "TikTokLive")

    def test_reinstalled(self) -> None:
        """Ours was there first, and came again later."""
        self.refused(self.imported("tiktoklive", "client/__init__.py"), "tiktoklive")

    def refused(self, said: str, directory: str) -> None:
        """That the import fails with what is wrong, where, and what to do."""
        last = said.rstrip().rpartition("\n")[2]
        self.assertTrue(last.startswith("ImportError: "), said)
        for words in (f"{os.sep}{directory}, ", "pip uninstall TikTokLive txtiktoklive", "its own"):
            self.assertIn(words, last)

    def test_nothing_of_ours(self) -> None:
        """We have nothing by which the other one is known."""
        self.assertEqual([], [path for path in OURS.iterdir() if path.stem.lower() == "client"])
