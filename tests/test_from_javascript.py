"""The page for users of 1.x leaves out nothing, and what it says is proved."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re
from operator import attrgetter
from pathlib import Path

from twisted.application.service import Service
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive import errors
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.events import battle_progress, control, raw, streak
from tiktoklive.events.base import REGISTERED, ClassicEvent
from tiktoklive.model import State
from tiktoklive.options import Options

PAGE = Path(__file__).resolve().parent.parent / "doc/from-javascript.rst"

#: What 1.x has.
THEIRS = {
    "Options": """processInitialData fetchRoomInfoOnConnect enableExtendedGiftInfo
        enableWebsocketUpgrade enableRequestPolling requestPollingIntervalMs sessionId clientParams
        requestHeaders websocketHeaders requestOptions websocketOptions signProviderOptions
        requestOptions.httpsAgent requestOptions.timeout websocketOptions.agent
        websocketOptions.timeout signProviderOptions.host signProviderOptions.params
        signProviderOptions.headers""",
    "Methods": "connect disconnect getState getRoomInfo getAvailableGifts sendMessage on once off",
    "State": "isConnected upgradedToWebsocket roomId roomInfo availableGifts",
    "Functions": """decodeProtobufMessage
        webcastProtobuf.serializeMessage webcastProtobuf.deserializeMessage
        webcastProtobuf.deserializeWebsocketMessage webcastProtobuf.config.skipMessageTypes
        signatureProvider.config.enabled signatureProvider.config.signProviderHost
        signatureProvider.config.signProviderFallbackHosts signatureProvider.config.extraParams
        signatureProvider.signEvents signatureProvider.signWebcastRequest
        addListener removeListener removeAllListeners prependListener emit listenerCount""",
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


def found(name: str) -> object:
    """What stands behind a name with dots: in a module, or a field of a dataclass there."""
    value: object = importlib.import_module("tiktoklive")
    for part in name.split(".")[1:]:
        if dataclasses.is_dataclass(value) and part in {f.name for f in dataclasses.fields(value)}:
            return part
        if inspect.ismodule(value) and not hasattr(value, part):
            importlib.import_module(f"{value.__name__}.{part}")
        value = getattr(value, part)
    return value


class PageTests(SynchronousTestCase):
    """Its tables."""

    def complete(self, section: str, ours: set[str]) -> None:
        """Everything of theirs is in the table, and everything of ours."""
        there = rows(section)
        self.assertEqual(
            sorted(THEIRS[section].split()), sorted(a for a, _, _ in there if a != "--")
        )
        self.assertEqual(sorted(ours), sorted(b for _, b, _ in there))

    def test_options(self) -> None:
        """Every field of Options, and what 1.x has in them."""
        inner = {ours for _, ours, _ in rows("Options") if "." in ours}
        own = {field.name for field in dataclasses.fields(Options)}
        self.complete("Options", own | inner)
        for name in inner:
            attrgetter(name)(Options())
        for theirs, ours, _ in rows("Options"):
            table, _, _ = theirs.partition(".")
            if table != "--":  # the names that a wrong one is answered with
                name = theirs.rpartition(".")[2]
                kind = type(getattr(Options(), ours.partition(".")[0])) if "." in ours else Options
                error = self.assertRaises(TypeError, kind, **{name: None, "none_of_ours": None})
                if name != ours.rpartition(".")[2]:
                    self.assertIn(f"write {ours.rpartition('.')[2]}", str(error))

    def test_state(self) -> None:
        """Every key of the state, as it is told here."""
        state = State(room_id="7", available_gifts=[])
        self.assertEqual(THEIRS["State"].split(), list(state.as_dict()))
        first = [field.name for field in dataclasses.fields(State)][:5]
        self.complete("State", set(first))

    def test_functions(self) -> None:
        """Every function that is exported, with what is there in its place."""
        there = rows("Functions")
        self.assertEqual(sorted(THEIRS["Functions"].split()), sorted(a for a, _, _ in there))
        for _, ours, _ in there:
            self.assertIsNotNone(found(ours), ours)

    def test_methods(self) -> None:
        """Every public attribute of a connection beside those of a service."""
        connection = WebcastPushConnection("somebody")
        own = {name for name in dir(connection) if not name.startswith("_")}
        self.complete("Methods", own - set(dir(Service())) - {"log"})

    def test_events(self) -> None:
        """Every event of 1.x's types and of the connection; the others are listed from the code."""
        about_us = tuple(each.__name__ for each in (battle_progress, control, raw, streak))
        own = {
            cls.name
            for cls in REGISTERED
            if issubclass(cls, ClassicEvent) or cls.__module__ in about_us
        }
        self.complete("Events", own)

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
