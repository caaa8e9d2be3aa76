"""All types that TikTok's messages have."""

from __future__ import annotations

import json

from twisted.trial.unittest import SynchronousTestCase
from zope.interface.interface import InterfaceClass

from tests.events.test_golden import attributes_of
from tiktoklive import events
from tiktoklive.events.base import REGISTERED, snake_case
from tiktoklive.events.table import ROWS
from tiktoklive.interfaces import IObserver

#: Observer methods that some interface has, beside the one for everything.
COVERED = {
    name
    for interface in vars(events).values()
    if isinstance(interface, InterfaceClass) and interface.extends(IObserver)
    for name in interface.names(all=True)
}


class EveryTypeTests(SynchronousTestCase):
    """Every wire name has a class with attributes, and an interface."""

    def test_empty_messages(self) -> None:
        """An empty message can be read, shown and written."""
        for method, row in ROWS.items():
            with self.subTest(method):
                event = row.event_class(row.message_class())
                for name in attributes_of(row.event_class):
                    getattr(event, name)
                self.assertIn(row.event_class.__name__, repr(event))
                json.dumps(event.as_dict())
                for derived in event.derived():
                    repr(derived)
                    json.dumps(derived.as_dict())

    def test_interfaces(self) -> None:
        """Every event that has a class is in an interface by its theme."""
        names = {snake_case(cls.name) for cls in REGISTERED}
        self.assertEqual([], sorted(names - COVERED))

    def test_classes(self) -> None:
        """Every class of a message says what it is."""
        for method, row in ROWS.items():
            self.assertTrue(row.event_class.__doc__, method)
