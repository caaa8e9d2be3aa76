"""Runs the command in this process, and makes archives."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from zlib import crc32

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.command.main import main

ROOM = "7137682087200557829"
#: 2026-01-31, 12:00:00 UTC, in milliseconds.
NOON = 1769860800000


def entry(event: str, number: int = 1, seconds: float = 0.0, **more: Any) -> dict[str, Any]:
    """An envelope; ``more`` are keys of it, all others are of its data."""
    keys = ("anchor", "room", "history", "offset", "ts")
    shape: dict[str, Any] = {
        "v": 1,
        "id": f"{more.get('room', ROOM)}:{number}",
        "event": event,
        "anchor": "alice",
        "room": ROOM,
        "ts": NOON + int(seconds * 1000),
        "received_at": NOON + int(seconds * 1000) + 50,
        "history": False,
        "offset": seconds,
    }
    shape.update({key: more.pop(key) for key in keys if key in more})
    return {**shape, "data": more}


def chat(
    comment: str, number: int = 1, seconds: float = 0.0, who: str = "anna", **more: Any
) -> dict[str, Any]:
    """A comment."""
    user = {"userId": str(crc32(who.encode()) % 1000 + 1), "uniqueId": who, "nickname": who.title()}
    return entry("chat", number, seconds, comment=comment, **user, **more)


class CommandCase(SynchronousTestCase):
    """Runs it."""

    def command(self, *arguments: str) -> tuple[int, str, str]:
        """Exit status, standard output and standard error."""
        raw = io.BytesIO()
        out, err = io.TextIOWrapper(raw, encoding="utf-8", newline=""), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            try:
                status = main(arguments)
            except SystemExit as stop:
                status = int(stop.code or 0)
        out.flush()
        return status, raw.getvalue().decode("utf-8"), err.getvalue()

    def good(self, *arguments: str) -> str:
        """Standard output of what succeeds, and has nothing to complain of."""
        status, out, err = self.command(*arguments)
        self.assertEqual((0, ""), (status, err))
        return out

    def refuse(self, status: int, *arguments: str) -> str:
        """The one sentence with which it fails."""
        got, out, err = self.command(*arguments)
        self.assertEqual((status, ""), (got, out))
        self.assertRegex(err, r"\Atiktoklive: [^\n]+\n\Z")
        return err

    def lines(self, shapes: Iterable[Mapping[str, Any]], name: str = "events.jsonl") -> str:
        """A file of JSON lines."""
        path = Path(self.mktemp()) / name
        path.parent.mkdir()
        path.write_text("".join(json.dumps(each) + "\n" for each in shapes), "utf-8")
        return str(path)
