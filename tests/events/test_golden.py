"""Messages of our own, what they become in JSON, and what their attributes are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.events import Image, RawData, User, decode
from tiktoklive.events.base import ClassicEvent
from tiktoklive.events.table import GENERIC, ROWS

FILES = sorted(Path(__file__).parent.glob("golden_*.jsonl"))


def written(value: Any) -> Any:
    """
    An attribute as it stands in the files.

    Users are ``[id, @name, nickname]``, pictures their first address; other views are written as
    they show themselves.
    """
    if isinstance(value, User):
        return [value.user_id, value.unique_id, value.nickname]
    if isinstance(value, Image):
        return value.urls[0] if value.urls else ""
    if isinstance(value, list | tuple):
        return [written(each) for each in value]
    if isinstance(value, dict):
        return {str(key): written(each) for key, each in value.items()}
    return value if isinstance(value, str | int | float | None) else repr(value)


def pairs() -> Iterator[tuple[str, dict[str, Any]]]:
    """File and line, and what stands there."""
    for path in FILES:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            yield f"{path.name}:{number}", json.loads(line)


def attributes_of(cls: type) -> list[str]:
    """What a class adds to the attributes that all events have."""
    return [
        name
        for each in cls.__mro__
        if each.__module__ != "tiktoklive.events.base"
        for name, value in vars(each).items()
        if isinstance(value, property)
    ]


class GoldenTests(SynchronousTestCase):
    """Each line of the files: type, payload, JSON, attributes."""

    maxDiff = None

    def test_complete(self) -> None:
        """Each type has a line, but for the classic ones, whose pairs are others."""
        there = {pair["type"] for _, pair in pairs()}
        types = {
            row.event_class.method
            for row in ROWS.values()
            if not issubclass(row.event_class, ClassicEvent)
        }
        self.assertEqual(set(), types - there - {*GENERIC})

    def test_json(self) -> None:
        """The JSON of each payload is exactly what was written down."""
        for where, pair in pairs():
            event = decode(pair["type"], bytes.fromhex(pair["payload_hex"]))
            self.assertFalse(isinstance(event, RawData), where)
            self.assertEqual(pair["json"], json.loads(json.dumps(event.as_dict())), where)

    def test_attributes(self) -> None:
        """So are its attributes, and all that its class adds are written down."""
        for where, pair in pairs():
            event = decode(pair["type"], bytes.fromhex(pair["payload_hex"]))
            missing = set(attributes_of(type(event))) - set(pair["attributes"])
            self.assertEqual(set(), missing, f"{where}: not written down")
            found = {name: written(getattr(event, name)) for name in pair["attributes"]}
            self.assertEqual(pair["attributes"], found, where)
