"""
Look for bytes that a reader does not stand, or that cost too much.

``python -m tests.fuzz.run --seconds 60 "room info" socket`` looks at two readers for half a minute
each; without names, at all of them.  Half of the time is for atheris, which follows the coverage of
the code; the other half for inputs of at most 64 KiB, compressed or not, that are made to become
much (:mod:`tests.fuzz.costing`), each of which may take 32 MiB and 250 ms of the processor.  What
is found is printed, with the bytes, and the exit status is 1.  ``tox -e fuzz`` installs atheris,
which the suite itself does not need; where it is missing, all of the time is for the costs.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

#: Between the name of a reader and a folder, for a process that looks at that one.
_ONE = "--in"


def one(name: str, folder: str, seconds: str) -> None:
    """Look at one reader; atheris ends the process."""
    import atheris

    # Only what is imported in here tells atheris which way it went: nothing may be imported before.
    with atheris.instrument_imports(include=["tiktoklive"]):
        from tests.fuzz.readers import READERS

    for number, sample in enumerate(READERS[name].samples):
        Path(folder, f"sample{number}").write_bytes(sample)
    options = [f"-max_total_time={seconds}", "-max_len=4096", "-rss_limit_mb=1024", "-timeout=10"]
    options += [f"-artifact_prefix={folder}/found-", "-verbosity=0", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options, folder], READERS[name])
    atheris.Fuzz()


def main(arguments: list[str]) -> int:
    """Look at each reader in a process of its own."""
    from tests.fuzz.readers import READERS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(READERS))
    parser.add_argument("--seconds", type=int, default=60, help="for all of them together")
    options = parser.parse_args(arguments)
    names = options.readers or list(READERS)
    if unknown := [name for name in names if name not in READERS]:
        parser.error(f"there is no reader {unknown[0]!r}: choose of {', '.join(READERS)}")
    has_atheris = importlib.util.find_spec("atheris") is not None
    if not has_atheris:
        print("atheris is not installed: only costs are looked at")
    each = max(1, options.seconds // len(names) // (1 + has_atheris))
    failed = []
    for name in names:
        survives = not has_atheris or _survives(name, each)
        if not _is_cheap(name, each) or not survives:
            failed.append(name)
    print(f"{len(names)} readers for {each} s each: {', '.join(failed) or 'nothing'} found")
    return 1 if failed else 0


def _is_cheap(name: str, seconds: int) -> bool:
    """Whether no input costs too much; otherwise those that do are printed."""
    seed = str(random.SystemRandom().randrange(1 << 30))
    command = [sys.executable, "-m", "tests.fuzz.costing", "--seconds", str(seconds)]
    command += ["--seed", seed, name]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if done.returncode or not done.stdout:
        print(f"{name}: seed {seed}", done.stdout, done.stderr, sep="\n")
        return False
    said = json.loads(done.stdout)
    print(
        f"{name}: {said['inputs']} inputs cost {said['memory'] / (1 << 20):.1f} MiB and "
        f"{said['seconds'] * 1000:.0f} ms at most",
        *said["found"],
        sep="\n",
        flush=True,
    )
    return not said["found"]


def _survives(name: str, seconds: int) -> bool:
    """Whether nothing was found; otherwise all is printed."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.fuzz.run", name, _ONE, folder, str(seconds)]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
        tried = [line for line in done.stderr.splitlines() if "number_of_executed" in line]
        print(f"{name}: {tried[0].split()[-1] if tried else 'no'} inputs", flush=True)
        if done.returncode == 0 and tried:
            return True
        lines = [x for x in done.stderr.splitlines() if not x.startswith(("INFO", "WARNING"))]
        print(done.stdout, *lines, sep="\n")
        for found in Path(folder).glob("found-*"):
            print(f"the bytes: {found.read_bytes()!r}")
        return False


if __name__ == "__main__":
    if _ONE in sys.argv:
        one(sys.argv[1], *sys.argv[3:])
    sys.exit(main(sys.argv[1:]))
