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
from tiktoklive.events import LiveIntro, base, table
from tiktoklive.events.base import Event, snake_case
from tiktoklive.wire.messages import MESSAGE_TYPES

DOCS = Path(__file__).resolve().parents[2] / "doc"

TOOL = "let `python -m tests.events.exports` write it"

#: A type that has a class of its own; the tests take it away.
METHOD = "WebcastLiveIntroMessage"

#: A class of an event, as somebody adds one to the module of its theme, and its observer.
ADDED = '''
from typing import ClassVar

from tiktoklive.events.base import MessageEvent
from tiktoklive.interfaces import IObserver


class Greeted(MessageEvent):
    """Somebody is greeted."""

    __slots__ = ()

    name: ClassVar[str] = "greetedThen"
    method: ClassVar[str] = "WebcastLiveIntroMessage"

    @property
    def kind(self) -> int:
        """How."""
        return 0


class IGreetedObserver(IObserver):
    """For observers of greetings."""

    def greeted_then(event: Greeted) -> object:
        """Somebody was."""
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
        """Let the list be a copy, in which a type has no class."""
        others = [cls for cls in base.REGISTERED if cls is not LiveIntro]
        self.patch(base, "REGISTERED", others)
        self.patch(table, "GENERIC", {**table.GENERIC, METHOD: "liveIntro"})

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
        self.assertEqual("liveIntro", table.rows_of(base.REGISTERED)[METHOD].event_class.name)
        kind = self.write(ADDED).Greeted
        rows = table.rows_of(base.REGISTERED)
        self.assertIs(kind, rows[METHOD].event_class)
        self.assertIs(MESSAGE_TYPES[METHOD], rows[METHOD].message_class)
        self.assertEqual(set(table.ROWS), set(rows))
        self.assertEqual("greetedThen", table.methods_of(base.REGISTERED, rows)["greeted_then"])

    def test_exports(self) -> None:
        """The package must export it, and its interface; and says so as mypy can read it."""
        self.write(ADDED)
        before = exports.PATH.read_text("utf-8")
        after = exports.source(before)
        self.assertNotEqual(before, after)
        for name in "Greeted", "IGreetedObserver":
            self.assertEqual(1, after.count(f'"{name}"'))
            self.assertRegex(after, rf"(?s)from tiktoklive.events.speech import \([^)]*\b{name},")

    def test_docs(self) -> None:
        """The table of the docs has a line for it."""
        tables = event_tables()
        self.assertNotIn("greetedThen", "\n".join(tables.typed(base.REGISTERED)))
        self.write(ADDED)
        typed = "\n".join(tables.typed(base.REGISTERED))
        self.assertIn(
            "   * - ``greetedThen``\n"
            "     - :class:`Greeted <tiktoklive.events.speech.Greeted>`, ``greeted_then()`` of "
            ":class:`IGreetedObserver <tiktoklive.events.speech.IGreetedObserver>`\n"
            f"     - ``{METHOD}``\n"
            "     - ``kind``\n"
            "     - Somebody is greeted.\n",
            typed,
        )

    def test_wire_names(self) -> None:
        """Each wire name has its row, with an interface, and what it is in a sentence."""
        found = "\n".join(event_tables().typed(base.REGISTERED))
        rows = found.split("   * - ")
        for kind in {kind.DESCRIPTOR.name for kind in MESSAGE_TYPES.values()} - {METHOD}:
            with self.subTest(kind):
                about = [each for each in rows if f"- ``{kind}``\n" in each]  # and what it derives
                self.assertNotEqual([], about)
                for row in about:
                    self.assertIn("()`` of :class:`", row)
                    *_, what = row.rstrip().split("     - ")
                    self.assertTrue(what.endswith("."), row)

    def test_interfaces(self) -> None:
        """The table of interfaces has each, with all events that it covers, and what it is for."""
        found = "\n".join(event_tables().interfaces(base.REGISTERED))
        self.assertIn(
            "   * - :class:`IPollObserver <tiktoklive.events.goals.IPollObserver>`\n"
            "     - :class:`poll_ended() <tiktoklive.events.goals.PollEnded>`, "
            ":class:`poll_message() <tiktoklive.events.goals.PollMessage>`, "
            ":class:`poll_started() <tiktoklive.events.goals.PollStarted>`\n"
            "     - For observers of polls.\n",
            found,
        )
        for cls in base.REGISTERED:
            self.assertIn(f"{snake_case(cls.name)}() <{cls.__module__}.{cls.__name__}>", found)
        for name in vars(tiktoklive.events):
            if exports.is_interface(name):
                self.assertIn(f":class:`{name} <", found)

    def test_refused(self) -> None:
        """A class that cannot be registered fails where it is written."""
        for old, new, said in (
            ('name: ClassVar[str] = "greetedThen"', "", "Greeted needs a name"),
            ('"greetedThen"', '"chat"', "Greeted and Chat are the same event"),
            (f'"{METHOD}"', '"WebcastChatMessage"', "Greeted and Chat are the same event"),
        ):
            with self.subTest(said):
                error = self.assertRaises(TypeError, self.write, ADDED.replace(old, new), "greets")
                self.assertIn(said, str(error))
        self.write(ADDED.replace(METHOD, "WebcastGreeting"), "greets")
        error = self.assertRaises(TypeError, table.rows_of, base.REGISTERED)
        self.assertIn("The schema has no type WebcastGreeting", str(error))

    def test_missing(self) -> None:
        """A type that nobody has a class or a name for is told: a module is not imported."""
        self.patch(table, "GENERIC", {})
        error = self.assertRaises(TypeError, table.rows_of, base.REGISTERED)
        self.assertIn("has no class in a module that tiktoklive.events imports, and", str(error))

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
            exports.source(text),
            text,
            TOOL,
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
        text = Path(table.__file__).read_text("utf-8")
        self.assertEqual(exports.without_dead_rows(text), text, TOOL)
        written = {cls.method for cls in table.messages_of(base.REGISTERED)}
        self.assertEqual(set(), written & set(table.GENERIC))

    def test_kept_apart(self) -> None:
        """Derived events and generic ones are not taken for messages of a class of their own."""
        names = {cls.name for cls in base.REGISTERED}
        self.assertLess({"follow", "share", "chat", "giftStreak", "gap"}, names)
        messages = {cls.name for cls in table.messages_of(base.REGISTERED)}
        self.assertEqual({"chat"}, messages & {"follow", "share", "chat", "giftStreak", "gap"})
        for method, row in table.ROWS.items():
            with self.subTest(method):
                made = row.event_class.__module__ == table.__name__
                self.assertNotEqual(made, row.event_class in base.REGISTERED)
