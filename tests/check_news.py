"""See that every news fragment is named and written so that towncrier reads it.

Run by ``tox -e news``. towncrier itself passes over files whose names it does
not understand, and a release note is lost in silence.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

FRAGMENTS = Path(__file__).resolve().parent.parent / "doc" / "newsfragments"

#: Files of the folder that are no fragments.
OTHERS = {"README.rst", ".gitignore"}

#: ``12.feature.rst``, ``12.feature.1.rst`` or, without an issue, ``+cookies.misc.rst``.
NAME = re.compile(r"^(\d+|\+[\w-]+)\.(feature|bugfix|doc|removal|misc)(\.\d+)?\.rst$")


def problems(folder: Path) -> Iterator[str]:
    """What is wrong with the fragments in ``folder``, one line each."""
    for path in sorted(folder.iterdir()):
        if path.name in OTHERS:
            continue
        if not NAME.match(path.name):
            yield f"{path.name}: is not named <issue>.<feature|bugfix|doc|removal|misc>.rst"
            continue
        text = path.read_text("utf-8").strip()
        if not text and ".misc." not in path.name:
            yield f"{path.name}: is empty"
        elif text and not text.endswith((".", ")", "!")):
            yield f"{path.name}: is not a sentence"


def main() -> int:
    """Print every problem; return an exit status."""
    found = list(problems(FRAGMENTS))
    for line in found:
        print(f"news: {line}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
