"""Wire names and what they become."""

from __future__ import annotations

import inspect
import json
from typing import Any

from twisted.trial.unittest import SynchronousTestCase
from zope.interface.interface import InterfaceClass

import tiktoklive.events
from tests.events.making import ORIGIN
from tiktoklive.errors import MessageError
from tiktoklive.events import Chat, MessageEvent, RawData, decode
from tiktoklive.events.base import snake_case
from tiktoklive.events.table import METHODS, ROWS
from tiktoklive.interfaces import IObserver
from tiktoklive.wire.messages import MESSAGE_TYPES


def subclasses(kind: type[MessageEvent]) -> list[type[MessageEvent]]:
    """All classes below one."""
    found = []
    for each in kind.__subclasses__():
        found += [each, *subclasses(each)]
    return found


class RowsTests(SynchronousTestCase):
    """The table."""

    def test_complete(self) -> None:
        """Every type that the schema knows has an event, and nothing else has."""
        self.assertEqual(set(MESSAGE_TYPES), set(ROWS))

    def test_classes(self) -> None:
        """Each row's classes belong together: aliases have their type's."""
        for method, row in ROWS.items():
            with self.subTest(method):
                self.assertIs(MESSAGE_TYPES[method], row.message_class)
                self.assertEqual(row.message_class.DESCRIPTOR.name, row.event_class.method)
                self.assertTrue(row.event_class.name)

    def test_names(self) -> None:
        """Event names are camelCase; classes are named after them."""
        for row in ROWS.values():
            name = row.event_class.name
            with self.subTest(name):
                self.assertRegex(name, r"\A[a-z][A-Za-z]*\Z")
                self.assertEqual(METHODS[snake_case(name)], name)

    def test_views_are_whole(self) -> None:
        """Every attribute of every event reads on an empty message, and everything is JSON."""
        for method in ROWS:
            event: Any = decode(method, b"", origin=ORIGIN)
            with self.subTest(method):
                for name, value in inspect.getmembers(type(event)):
                    if isinstance(value, property):
                        getattr(event, name)
                self.assertIsInstance(json.dumps(event.as_dict()), str)
                self.assertTrue(repr(event).startswith(f"<{type(event).__name__}"))
                self.assertIsInstance(event.derived(), tuple)
                hash(event)

    def test_derived_are_declared(self) -> None:
        """What an event may derive is declared by events that exist."""
        for kind in subclasses(MessageEvent):
            for name in kind.derives:
                self.assertIn(name, METHODS.values(), kind)


class InterfacesTests(SynchronousTestCase):
    """The observer interfaces of the library keep their own law."""

    def test_methods(self) -> None:
        """Each method names an event, or "event", and takes it as its one argument."""
        interfaces = [
            value
            for value in vars(tiktoklive.events).values()
            if isinstance(value, InterfaceClass) and value.extends(IObserver)
        ]
        self.assertGreaterEqual(len(interfaces), 10)
        for interface in interfaces:
            for name in interface.names(all=True):
                with self.subTest(interface=interface.__name__, method=name):
                    self.assertTrue(name == "event" or name in METHODS)
                    self.assertEqual(("event",), tuple(interface[name].positional))

    def test_classic_events_can_be_observed(self) -> None:
        """Each event with a class of its own is in some interface; but 1.x's websocketConnected."""
        offered = {
            name
            for value in vars(tiktoklive.events).values()
            if isinstance(value, InterfaceClass) and value.extends(IObserver)
            for name in value.names(all=True)
        }
        for value in vars(tiktoklive.events).values():
            name = getattr(value, "name", "")
            if inspect.isclass(value) and name and name != "websocketConnected":
                self.assertIn(snake_case(name), offered)


class DecodeTests(SynchronousTestCase):
    """decode(): an event without any connection."""

    def test_known(self) -> None:
        """A known type becomes its event."""
        event = decode("WebcastChatMessage", b"\x1a\x02hi", number=5, is_history=True)
        assert isinstance(event, Chat)
        self.assertEqual(("hi", "5", True, ""), (event.comment, event.msg_id, event.is_history, ""))
        self.assertEqual(("", ""), (event.anchor, event.origin.source))

    def test_alias(self) -> None:
        """Another wire name of a type gives the same event."""
        self.assertEqual(type(decode("WebcastRoomMessage", b"")), type(decode("RoomMessage", b"")))

    def test_unknown(self) -> None:
        """An unknown type becomes raw data."""
        event = decode("WebcastNoveltyMessage", b"\xff", number=5)
        assert isinstance(event, RawData)
        self.assertEqual(
            ("WebcastNoveltyMessage", b"\xff", "5"), (event.method, event.payload, event.msg_id)
        )

    def test_damaged(self) -> None:
        """Bytes that don't decode raise, naming type and size."""
        error = self.assertRaises(MessageError, decode, "WebcastChatMessage", b"\x0a\xff")
        self.assertIn("WebcastChatMessage", str(error))
