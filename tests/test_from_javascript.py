"""The page for users of 1.x leaves out nothing, and what it says is proved."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re
from pathlib import Path

from twisted.application.service import Service
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive import errors
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.events.base import MessageEvent
from tiktoklive.events.table import METHODS, ROWS
from tiktoklive.options import Options

PAGE = Path(__file__).resolve().parent.parent / "doc/from-javascript.rst"

#: What 1.x has.
THEIRS = {
    "Options": """processInitialData fetchRoomInfoOnConnect enableExtendedGiftInfo
        enableWebsocketUpgrade enableRequestPolling requestPollingIntervalMs sessionId clientParams
        requestHeaders websocketHeaders requestOptions websocketOptions signProviderOptions""",
    "Methods": "connect disconnect getState getRoomInfo getAvailableGifts sendMessage on off",
    "Events": """connected disconnected streamEnd rawData decodedData websocketConnected error
        member chat gift roomUser like social emote envelope questionNew linkMicBattle
        linkMicArmies liveIntro subscribe follow share""",
    "Errors": """AlreadyConnectingError AlreadyConnectedError UserOfflineError NoWSUpgradeError
        InvalidUniqueIdError InvalidSessionIdError InvalidResponseError ExtractRoomIdError
        InitialFetchError SignatureError""",
}


def rows(section: str) -> list[tuple[str, str, str]]:
    """What it is called there and here, and the test that proves it, for each row of a section."""
    page = PAGE.read_text("utf-8")
    text = re.search(rf"^{section}\n-+\n(.*?)(?=^\S[^\n]*\n-+\n|\Z)", page, re.M | re.S)
    assert text is not None, section
    found = []
    for row in re.split(r"\n   \* - ", text[1])[1:]:
        cells = [" ".join(cell.split()).strip("`") for cell in re.split(r"\n     - ?", row)]
        if cells[0] != "1.x":
            theirs, ours, _, test = cells
            found.append((re.sub(r"\(.*", "", theirs), ours, test.partition(" ")[0].strip("`")))
    return found


class PageTests(SynchronousTestCase):
    """Its four tables."""

    def complete(self, section: str, ours: set[str]) -> None:
        """Everything of theirs is in the table, and everything of ours."""
        there = rows(section)
        self.assertEqual(
            sorted(THEIRS[section].split()), sorted(a for a, _, _ in there if a != "--")
        )
        self.assertEqual(sorted(ours), sorted(b for _, b, _ in there))

    def test_options(self) -> None:
        """Every field of Options."""
        self.complete("Options", {field.name for field in dataclasses.fields(Options)})

    def test_methods(self) -> None:
        """Every public attribute of a connection beside those of a service."""
        connection = WebcastPushConnection("somebody")
        own = {name for name in dir(connection) if not name.startswith("_")}
        self.complete("Methods", own - set(dir(Service())) - {"log"})

    def test_events(self) -> None:
        """Every event with a class of its own; the others are listed from the code."""
        generic = {
            row.event_class.name
            for row in ROWS.values()
            if row.event_class.__base__ is MessageEvent
        }
        self.complete("Events", set(METHODS.values()) - generic)

    def test_errors(self) -> None:
        """Every error of 1.x has its name here too."""
        for theirs, ours, _ in rows("Errors"):
            self.assertEqual(theirs, ours)
            self.assertIn(ours, errors.__all__)
        self.complete("Errors", set(THEIRS["Errors"].split()))

    def test_proofs(self) -> None:
        """Every test that is named is there."""
        for section in THEIRS:
            for _, ours, test in rows(section):
                module, kind, name = test.rsplit(".", 2)
                found = getattr(getattr(importlib.import_module(module), kind), name)
                self.assertTrue(inspect.isfunction(found) and name.startswith("test_"), ours)
