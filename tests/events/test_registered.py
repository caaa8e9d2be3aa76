"""An event is registered by its class alone."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

import tiktoklive.events
from tests.events import exports
from tiktoklive.events import base, table
from tiktoklive.events.base import Event, MessageEvent, snake_case
from tiktoklive.wire.messages import MESSAGE_TYPES

DOCS = Path(__file__).resolve().parents[2] / "doc"

#: A class of an event, as somebody adds one to the module of its theme, and its observer.
ADDED = '''
from typing import ClassVar

from tiktoklive.events.base import MessageEvent
from tiktoklive.interfaces import IObserver


class Poll(MessageEvent):
    """Something is put to the vote."""

    __slots__ = ()

    name: ClassVar[str] = "pollMessage"
    method: ClassVar[str] = "WebcastPollMessage"

    @property
    def kind(self) -> int:
        """What is asked for."""
        return 0


class IPollObserver(IObserver):
    """For observers of votes."""

    def poll_message(event: Poll) -> object:
        """A vote began or ended."""
'''


def event_tables() -> Any:
    """What makes the tables of the docs."""
    spec = importlib.util.spec_from_file_location("event_tables", DOCS / "event_tables.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class RegisteredCase(SynchronousTestCase):
    """Tests that write classes of events; what is registered then is forgotten afterwards."""

    def setUp(self) -> None:
        """Let the list be a copy."""
        self.patch(base, "REGISTERED", list(base.REGISTERED))

    def write(self, text: str, name: str = "speech") -> ModuleType:
        """Add something to a module of the package, or a module, and import that."""
        full = f"tiktoklive.events.{name}"
        there = sys.modules.get(full)
        module = ModuleType(full)
        if there is not None:
            vars(module).update(vars(there))
            self.addCleanup(sys.modules.__setitem__, full, there)
        else:
            self.addCleanup(sys.modules.pop, full)
        sys.modules[full] = module
        exec(compile(text, full, "exec"), vars(module))
        return module


class AddedTests(RegisteredCase):
    """A class that was added to a module."""

    def test_table(self) -> None:
        """It is what its wire name becomes, in the place of a generic one; others stay."""
        kind = self.write(ADDED).Poll
        rows = table.rows_of(base.REGISTERED)
        self.assertIs(kind, rows["WebcastPollMessage"].event_class)
        self.assertIs(MESSAGE_TYPES["WebcastPollMessage"], rows["WebcastPollMessage"].message_class)
        self.assertEqual(set(table.ROWS), set(rows))
        self.assertEqual("pollMessage", table.methods_of(base.REGISTERED, rows)["poll_message"])

    def test_exports(self) -> None:
        """The package must export it, and its interface; and says so as mypy can read it."""
        self.write(ADDED)
        before = exports.PATH.read_text("utf-8")
        after = exports.source(before, list(base.REGISTERED))
        self.assertNotEqual(before, after)
        for name in "Poll", "IPollObserver":
            self.assertEqual(1, after.count(f'"{name}"'))
            self.assertRegex(after, rf"(?s)from tiktoklive.events.speech import \([^)]*\b{name},")

    def test_docs(self) -> None:
        """The table of the docs has a line for it, and that of generic events has none."""
        tables = event_tables()
        generic = "\n".join(tables.generic(base.REGISTERED))
        self.assertIn("``WebcastPollMessage``", generic)
        self.write(ADDED)
        typed = "\n".join(tables.typed(base.REGISTERED))
        self.assertIn(
            "   * - ``pollMessage``\n"
            "     - :class:`Poll <tiktoklive.events.speech.Poll>`, ``poll_message()`` of "
            ":class:`IPollObserver <tiktoklive.events.speech.IPollObserver>`\n"
            "     - ``WebcastPollMessage``\n"
            "     - ``kind``\n"
            "     - Something is put to the vote.\n",
            typed,
        )
        generic = "\n".join(tables.generic(base.REGISTERED))
        self.assertNotIn("``WebcastPollMessage``", generic)

    def test_refused(self) -> None:
        """A class that cannot be registered fails where it is written."""
        for old, new, said in (
            ('name: ClassVar[str] = "pollMessage"', "", "Poll needs a name"),
            ('"pollMessage"', '"chat"', "Poll and Chat are the same event"),
            ('"WebcastPollMessage"', '"WebcastChatMessage"', "Poll and Chat are the same event"),
        ):
            with self.subTest(said):
                error = self.assertRaises(TypeError, self.write, ADDED.replace(old, new), "polls")
                self.assertIn(said, str(error))
        self.write(ADDED.replace('"WebcastPollMessage"', '"WebcastPole"'), "polls")
        error = self.assertRaises(TypeError, table.rows_of, base.REGISTERED)
        self.assertIn("The schema has no type WebcastPole", str(error))

    def test_not_ours(self) -> None:
        """Classes of other packages, and those that others are made from, are no events of ours."""
        before = list(base.REGISTERED)

        class Mine(Event):
            name = "chat"

        self.write("from tiktoklive.events.base import Event\nclass _Root(Event): pass", "roots")
        self.assertEqual(before, base.REGISTERED)


class AllTests(SynchronousTestCase):
    """What is registered."""

    def test_exported(self) -> None:
        """All that is registered in any module is exported, in the order that the tool writes."""
        text = exports.PATH.read_text("utf-8")
        self.assertEqual(
            exports.source(text, list(base.REGISTERED)),
            text,
            "let `python -m tests.events.exports` write it",
        )
        for cls in base.REGISTERED:
            self.assertIs(cls, getattr(tiktoklive.events, cls.__name__))

    def test_in_the_table(self) -> None:
        """All that is registered in any module was so when the table was made."""
        exports.modules()
        for cls in base.REGISTERED:
            with self.subTest(cls.__name__):
                self.assertEqual(cls.name, table.METHODS.get(snake_case(cls.name)))
        for cls in table.messages_of(base.REGISTERED):
            with self.subTest(cls.__name__):
                self.assertIs(cls, table.ROWS[cls.method].event_class)

    def test_no_dead_rows(self) -> None:
        """A type with a class of its own has no generic name left."""
        written = {cls.method for cls in table.messages_of(base.REGISTERED)}
        self.assertEqual(set(), written & set(table.GENERIC))

    def test_kept_apart(self) -> None:
        """Derived events and generic ones are not taken for messages of a class of their own."""
        names = {cls.name for cls in base.REGISTERED}
        self.assertLess({"follow", "share", "chat", "giftStreak", "gap"}, names)
        messages = {cls.name for cls in table.messages_of(base.REGISTERED)}
        self.assertEqual({"chat"}, messages & {"follow", "share", "chat", "giftStreak", "gap"})
        self.assertNotIn(table.ROWS["WebcastPollMessage"].event_class, base.REGISTERED)
        self.assertTrue(issubclass(table.ROWS["WebcastPollMessage"].event_class, MessageEvent))
