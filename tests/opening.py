"""
A program that checks command lines, and prints what Python says that it opened meanwhile.

Its argument is a list of the daemon's command lines, as JSON.  It prints a list for each: the
events of :mod:`sys`'s audit hooks that open, make, change or connect something.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

#: Audit events that are told whatever they are about.
_WATCHED = {
    "fcntl.fcntl",
    "fcntl.flock",
    "fcntl.lockf",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.truncate",
    "shutil.copyfile",
    "socket.__new__",
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "sqlite3.connect",
    "subprocess.Popen",
    "tempfile.mkstemp",
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def main(lines: list[list[str]]) -> list[list[str]]:
    """Import what there is to import, listen, parse; what was heard of each line."""
    from twisted.internet import reactor  # noqa: F401 -- twistd has it before, with its pipes
    from twisted.python.usage import UsageError

    from tests.reactors import MemoryReactor
    from tiktoklive.interfaces import IOutputMaker
    from tiktoklive.plugins import kinds
    from tiktoklive.tap import Options

    kinds(IOutputMaker)  # twisted.plugin keeps a cache of what it found
    for name in (
        "tiktoklive.outputs.console",
        "tiktoklive.outputs.jsonl",
        "tiktoklive.outputs.metrics.output",
        "tiktoklive.outputs.sqlite",
        "tiktoklive.outputs.web.output",
        "tiktoklive.outputs.webhook.argument",
        "tiktoklive.ownbrowser.source",
        "tiktoklive.simulator.tap",
    ):
        try:
            __import__(name)
        except ModuleNotFoundError:
            pass  # an extra
    here = Path.cwd()
    opened: list[str] = []
    listening = True

    def hear(event: str, args: tuple[object, ...]) -> None:
        if not listening:
            return
        if event == "open":
            path, _, flags = args
            if isinstance(path, int):
                return
            name = Path(os.fsdecode(path)).absolute()  # type: ignore[arg-type]
            writes = isinstance(flags, int) and flags & _WRITING
            if writes or name.is_relative_to(here):
                opened.append(f"open {name}")
        elif event in _WATCHED:
            opened.append(f"{event} {args[:2]}")

    sys.addaudithook(hear)
    heard = []
    for line in lines:
        try:
            Options(MemoryReactor()).parseOptions(line)
        except UsageError as e:
            opened.append(f"refused: {e}")
        heard.append(list(opened))
        opened.clear()
    listening = False
    return heard


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.stdout.write(json.dumps(main(json.loads(sys.argv[1]))))
