"""Build the distribution and see that an installed wheel is whole and extends ``twistd``.

Run by ``tox -e packaging``; not a trial test, because it builds, makes a
virtual environment and installs from the package index, which takes a minute.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent

PLUGIN = "twisted/plugins/tiktoklive_plugins.py"

#: These belong to Twisted; a wheel that holds them would overwrite Twisted's.
FORBIDDEN = ("twisted/__init__.py", "twisted/plugins/__init__.py")

#: What a build or a test leaves in a checkout, and what must not be built from.
LEFTOVERS = shutil.ignore_patterns(
    ".git",
    ".tox",
    ".venv",
    "build",
    "dist",
    "*.egg-info",
    "_trial_temp*",
    "__pycache__",
    ".*_cache",
)


#: Kilobytes that the distributions may have: a picture or a capture that got in by mistake is more.
LARGEST = {".whl": 1400, ".gz": 2900}


#: A program that enters a room by the source of the documentation, and says by which it was.
USE_SOURCE = """
import json
from pathlib import Path

from twisted.internet.defer import Deferred

from tiktoklive import Options, WebcastPushConnection
from tiktoklive.model import Resume, Room
from tiktoklive.testing import settle, simulated
from tiktoklive.wiring import standard_wiring

network, simulator = simulated()
room = simulator.add_room("anna")


def wired(*sources):
    return standard_wiring(network.clock, Options(sources=sources), network=network)


def hand(ticket):
    told = {"url": ticket.url, "headers": ticket.headers, "cookies": ticket.cookies}
    Path("addresses.json").write_text(json.dumps({room.room_id: told}))


signing = wired("direct").signer.sign(Room("anna", room.room_id), Resume())
Deferred.fromCoroutine(signing).addCallback(hand)
settle(network, 1)
connection = WebcastPushConnection("anna", wiring=wired("handed:addresses.json"))
connection.on("chat", lambda event: print(event.comment, "by", event.origin.source))
connection.connect()
settle(network, 1)
room.say("bob", "hello")
settle(network, 1)
"""


class PackagingError(Exception):
    """The distribution is not what its users need."""


def run(command: Sequence[str | Path], cwd: Path) -> str:
    """Run a command in ``cwd`` and return what it printed.

    :raises PackagingError: with the command's whole output, when it fails.
    """
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
    )
    if done.returncode:
        shown = " ".join(map(str, command))
        raise PackagingError(f"{shown}\nexited with status {done.returncode}:\n{done.stdout}")
    return done.stdout


def only(folder: Path, pattern: str) -> Path:
    """The one file in ``folder`` that matches ``pattern``."""
    found = list(folder.glob(pattern))
    if len(found) != 1:
        raise PackagingError(f"expected one {pattern}, found {[f.name for f in found]}")
    return found[0]


def build(work: Path) -> tuple[Path, Path]:
    """Build an sdist, and a wheel from that sdist, out of a copy of the checkout."""
    source = work / "source"
    shutil.copytree(CHECKOUT, source, ignore=LEFTOVERS)
    dist = work / "dist"
    run([sys.executable, "-m", "build", "--outdir", dist, source], work)
    return only(dist, "*.tar.gz"), only(dist, "*.whl")


def check_sdist(sdist: Path) -> None:
    """The sdist is enough to build, test and document from."""
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"LICENSE", "README.rst", "NEWS.rst", "tox.ini", "tests/__init__.py", PLUGIN}
    if missing := wanted - names:
        raise PackagingError(f"{sdist.name} lacks {sorted(missing)}")


def check_wheel(wheel: Path) -> None:
    """The wheel holds every module and data file of the package, and our plugin alone."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = CHECKOUT / "tiktoklive"
    wanted = {PLUGIN, "tiktoklive/py.typed"} | {
        path.relative_to(CHECKOUT).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    if missing := wanted - names:
        raise PackagingError(f"{wheel.name} lacks {sorted(missing)}")
    if foreign := names & set(FORBIDDEN):
        raise PackagingError(f"{wheel.name} would overwrite Twisted's {sorted(foreign)}")
    strange = {
        name
        for name in names
        if not name.startswith(("tiktoklive/", "txtiktoklive-")) and name != PLUGIN
    }
    if strange:
        raise PackagingError(f"{wheel.name} installs what is not ours: {sorted(strange)}")


def check_installed(work: Path, wheel: Path) -> None:
    """In a fresh environment, outside the checkout, twistd knows ``tiktoklive``."""
    home = work / "venv"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    run([scripts / "python", "-m", "pip", "install", "--quiet", wheel], work)
    elsewhere = work / "elsewhere"
    elsewhere.mkdir()
    twistd = scripts / "twistd"
    listing = run([twistd, "--help"], elsewhere)
    if "tiktoklive" not in listing:
        raise PackagingError(f"twistd --help does not list tiktoklive:\n{listing}")
    usage = run([twistd, "tiktoklive", "--help"], elsewhere)
    for option in ("--user", "--output"):
        if option not in usage:
            raise PackagingError(f"twistd tiktoklive --help does not show {option}:\n{usage}")
    # Without any extra: none of them is needed until it is asked for.
    for command in ("stats", "is-live", "completion"):
        run([scripts / "tiktoklive", command, "--help"], elsewhere)


def check_size(*distributions: Path) -> None:
    """Nobody downloads more than there is to it."""
    for path in distributions:
        kilobytes = path.stat().st_size // 1000
        if kilobytes > LARGEST[path.suffix]:
            raise PackagingError(f"{path.name} has {kilobytes} kB: what got in?")


def check_editable(work: Path) -> None:
    """A checkout installed by ``pip install -e``, with nothing else said, extends twistd too."""
    scripts = work / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python, elsewhere = scripts / "python", work / "elsewhere"
    run([python, "-m", "pip", "uninstall", "--quiet", "--yes", "txtiktoklive"], work)
    run([python, "-m", "pip", "install", "--quiet", "--no-deps", "-e", work / "source"], work)
    listing = run([scripts / "twistd", "--help"], elsewhere)
    if "tiktoklive" not in listing:
        raise PackagingError(f"After pip install -e, twistd does not list tiktoklive:\n{listing}")
    where = run([python, "-c", "import tiktoklive; print(tiktoklive.__file__)"], elsewhere)
    if not where.startswith(str(work / "source")):
        raise PackagingError(f"After pip install -e, the package comes from {where}")


def check_strangers(work: Path) -> None:
    """The parts of the documentation, built and installed by themselves, are kinds as ours are."""
    python = work / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    elsewhere = work / "elsewhere"
    for name in ("own_output", "own_source"):
        source, dist = work / name, work / f"{name}-dist"
        shutil.copytree(CHECKOUT / "doc/examples" / name, source, ignore=LEFTOVERS)
        run([sys.executable, "-m", "build", "--wheel", "--outdir", dist, source], work)
        # Without the index, which does not have us: what it needs is there.
        wheel = only(dist, "*.whl")
        run([python, "-m", "pip", "install", "--quiet", "--no-index", wheel], work)
    usage = run([python, "-m", "tiktoklive", "--help"], elsewhere)
    for kind in ("loudness", "console", "web", "handed", "direct"):
        if f"\n  {kind} " not in usage:
            raise PackagingError(f"--help does not list the kind {kind}:\n{usage}")
    told = run([python, "-c", USE_SOURCE], elsewhere)
    if told != "hello by handed\n":
        raise PackagingError(f"the source handed is not used:\n{told}")


def check_demo(work: Path) -> None:
    """The installed package shows a simulated room: all that it needs was installed with it."""
    python = work / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    log = work / "demo.log"
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            [python, "-m", "tiktoklive", "--simulate"],
            cwd=work / "elsewhere",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as demo,
    ):
        assert demo.stdout is not None
        # Reading waits for as long as it takes; killing the process ends that.
        patience = threading.Timer(60, demo.kill)
        patience.start()
        try:
            shown = [demo.stdout.readline() for _ in range(3)]
        finally:
            patience.cancel()
            demo.terminate()
    if not all(shown):
        said = log.read_text("utf-8", "replace")
        raise PackagingError(f"the simulated room shows nothing:\n{said}")


def main() -> int:
    """Build, look inside, install, ask twistd, try the demo; return an exit status."""
    with tempfile.TemporaryDirectory(prefix="txtiktoklive-") as folder:
        work = Path(folder).resolve()
        try:
            sdist, wheel = build(work)
            check_sdist(sdist)
            check_wheel(wheel)
            check_size(sdist, wheel)
            check_installed(work, wheel)
            check_strangers(work)
            check_demo(work)
            check_editable(work)
        except PackagingError as problem:
            print(f"packaging: {problem}", file=sys.stderr)
            return 1
        sizes = [f"{path.name} ({path.stat().st_size // 1000} kB)" for path in (sdist, wheel)]
        print(f"packaging: {' and '.join(sizes)} are good")
        return 0


if __name__ == "__main__":
    sys.exit(main())
