"""An observer says by its interface, or its name, what it wants to see."""

from __future__ import annotations

from typing import Any

from twisted.internet.task import Clock
from zope.interface import Interface, directlyProvides, implementer

from tests.dispatch.test_dispatcher import FOLLOWS, LIKE, SHOPPING, SOCIAL, DispatchTestCase
from tests.stack.case import Recorder, chat
from tiktoklive.dispatch.backpressure import BackPressure
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.events import (
    Chat,
    Connected,
    Event,
    IAudienceObserver,
    IChatObserver,
    ISpeechObserver,
    Like,
    RoomUser,
)
from tiktoklive.interfaces import IObserver, IPacer
from tiktoklive.model import State


class InterfaceTests(DispatchTestCase):
    """An observer's interface is its subscription."""

    def test_interface(self) -> None:
        """It gets what its interface has methods for, and nothing else."""
        log = self.log

        @implementer(IChatObserver)
        class Observer:
            def chat(self, event: Chat) -> None:
                log.append(event.comment)

            def like(self, event: Event) -> None:
                raise AssertionError("it didn't ask for likes")

        self.dispatcher.add_observer(Observer())
        self.deliver(chat("one"), (LIKE, b""), chat("two"))
        self.assertEqual(["one", "two"], log)

    def test_several(self) -> None:
        """It may provide several interfaces, also by inheritance; each event comes once."""
        log = self.log

        @implementer(ISpeechObserver)
        class Speech:
            def chat(self, event: Event) -> None:
                log.append(event.name)

            emote = question_new = live_intro = chat

        @implementer(IChatObserver, IAudienceObserver)
        class Both(Speech):
            member = like = follow = share = social = subscribe = room_user = Speech.chat

        self.dispatcher.add_observer(Both())
        self.deliver(chat("hi"), (LIKE, b""), ("WebcastQuestionNewMessage", b""))
        self.assertEqual(["chat", "like", "questionNew"], log)

    def test_everything(self) -> None:
        """IEventObserver gets every event, but not the two views below all events."""
        recorder = Recorder()
        self.dispatcher.add_observer(recorder)
        self.deliver(chat("hi"), (SOCIAL, FOLLOWS), (SHOPPING, b""))
        self.dispatcher.tell(Connected(State()))
        self.assertEqual(
            ["chat", "social", "follow", "oecLiveShopping", "connected"], recorder.names()
        )

    def test_own_interface(self) -> None:
        """A program's own interface works for any type that the schema knows."""
        log = self.log

        class IShop(IObserver):
            def oec_live_shopping(event: Event) -> object:
                """Something is for sale."""

        @implementer(IShop)
        class Shop:
            def oec_live_shopping(self, event: Event) -> None:
                log.append(event)

        self.dispatcher.add_observer(Shop())
        self.deliver((SHOPPING, b"\x10\x01"))
        [event] = log
        self.assertEqual(("oecLiveShopping", SHOPPING), (event.name, event.method))

    def test_two_wire_names(self) -> None:
        """Two wire names of one type arrive at the same method."""
        self.dispatcher.on("room_message", self.note())
        self.deliver(("WebcastRoomMessage", b""), ("RoomMessage", b""))
        self.assertEqual([("roomMessage",)] * 2, self.log)

    def test_declared_on_the_object(self) -> None:
        """An interface that the object alone provides counts too."""

        class Plain:
            def __init__(self, log: list[Any]) -> None:
                self.chat = log.append

        plain = Plain(self.log)
        directlyProvides(plain, IChatObserver)
        self.dispatcher.add_observer(plain)
        self.deliver(chat("hi"))
        self.assertEqual(1, len(self.log))

    def test_pacer_that_fails(self) -> None:
        """An observer that fails when it is told how to hold the streams is not added."""

        @implementer(IChatObserver, IPacer)
        class Broken:
            chat = self.log.append

            def pace(self, producer: object) -> None:
                raise RuntimeError("no pace")

        self.dispatcher.back_pressure = BackPressure(Clock())
        self.assertRaises(RuntimeError, self.dispatcher.add_observer, Broken())
        self.deliver(chat("hi"))
        self.assertEqual([], self.log)

    def test_pacer(self) -> None:
        """Only one that can pace is told how, and only where streams can be let wait."""

        @implementer(IChatObserver, IPacer)
        class Pacer:
            told = 0

            def pace(self, streams: object) -> None:
                self.told += 1

            def chat(self, event: Chat) -> None:
                """Nothing."""

        for back_pressure, told in ((BackPressure(Clock()), 1), (None, 0)):
            dispatcher, pacer = Dispatcher(back_pressure), Pacer()
            dispatcher.add_observer(pacer)
            dispatcher.add_observer(Recorder())  # one that cannot
            self.assertEqual(told, pacer.told)

    def refuses(self, observer: object, *words: str) -> None:
        """Adding it raises a TypeError at once that says why, and adds nothing."""
        error = self.assertRaises(TypeError, self.dispatcher.add_observer, observer)
        for word in words:
            self.assertIn(word, str(error))
        self.assertRaises(ValueError, self.dispatcher.remove_observer, observer)

    def test_no_interface(self) -> None:
        """An object without an observer interface is refused."""

        class Plain:
            def chat(self, event: Event) -> None:
                """Not declared."""

        self.refuses(Plain(), "observer interface", "IChatObserver")

    def test_other_interface(self) -> None:
        """So is one whose interface is no observer interface."""

        class IOther(Interface):
            def chat(event: Event) -> object:
                """Not an observer's."""

        @implementer(IOther)
        class Other:
            def chat(self, event: Event) -> None:
                """Not an observer's."""

        self.refuses(Other(), "observer interface")

    def test_marker_only(self) -> None:
        """So is one that provides only the marker, which asks for nothing."""

        @implementer(IObserver)
        class Marked:
            pass

        self.refuses(Marked(), "observer interface")

    def test_unknown_event(self) -> None:
        """A method that names no event is refused, by its name."""

        class ITypo(IObserver):
            def chatt(event: Event) -> object:
                """A typing error."""

        @implementer(ITypo)
        class Typo:
            def chatt(self, event: Event) -> None:
                """A typing error."""

        self.refuses(Typo(), "ITypo.chatt")

    def test_camel_case(self) -> None:
        """Methods are named in snake_case only."""

        class ICamel(IObserver):
            def roomUser(event: Event) -> object:
                """Not the law."""

        @implementer(ICamel)
        class Camel:
            def roomUser(self, event: Event) -> None:
                """Not the law."""

        self.refuses(Camel(), "ICamel.roomUser", "snake_case")

    def test_missing_method(self) -> None:
        """An object that lacks a method of its interface is refused, by its name."""

        @implementer(ISpeechObserver)
        class Half:
            def chat(self, event: Event) -> None:
                """The only one."""

        self.refuses(Half(), "ISpeechObserver", "method")

    def test_not_callable(self) -> None:
        """So is one whose method is no method."""

        @implementer(IChatObserver)
        class Wrong:
            chat = "hello"

        self.refuses(Wrong(), "chat")


class FunctionTests(DispatchTestCase):
    """Functions observe one kind of event."""

    def test_names(self) -> None:
        """By class, by wire name, by the observer method's name."""
        for number, what in enumerate((RoomUser, "roomUser", "room_user")):
            self.dispatcher.on(what, self.note(number))
        self.deliver(("WebcastRoomUserSeqMessage", b""), chat("no"))
        self.assertEqual([(0, "roomUser"), (1, "roomUser"), (2, "roomUser")], self.log)

    def test_everything(self) -> None:
        """The name "event" asks for all."""
        self.dispatcher.on("event", self.note())
        self.deliver(chat("hi"), (LIKE, b""))
        self.assertEqual([("chat",), ("like",)], self.log)

    def test_no_such_event(self) -> None:
        """What names no event is refused at once."""
        for what in ("chatt", "", "WebcastChatMessage", Event, object, None, 7):
            with self.subTest(what):
                error = self.assertRaises(TypeError, self.dispatcher.on, what, print)
                self.assertIn("names no event", str(error))

    def test_no_function(self) -> None:
        """So is what cannot be called, by a decorator too."""
        for listen in (self.dispatcher.on, self.dispatcher.once):
            self.assertRaises(TypeError, listen, "chat", None)
            self.assertRaises(TypeError, listen("chat"), None)
            self.assertRaises(TypeError, listen, "chatt")

    def test_decorator(self) -> None:
        """Without a function it decorates one, which stays what it is, and can be taken away."""

        @self.dispatcher.on(Chat)
        @self.dispatcher.on("like")
        def note(event: Event) -> str:
            self.log.append((event.name,))
            return "noted"

        @self.dispatcher.once("event")
        def first(event: Event) -> None:
            self.log.append(("first", event.name))

        self.deliver(chat("hi"), (LIKE, b""))
        self.assertEqual("noted", note(Like(None)))
        self.dispatcher.remove_observer(note)
        self.deliver(chat("still here"), (LIKE, b""))
        self.dispatcher.remove_observer(note)  # it observed twice
        self.deliver(chat("gone"), (LIKE, b""))
        self.assertRaises(ValueError, self.dispatcher.remove_observer, note)
        self.assertRaises(ValueError, self.dispatcher.remove_observer, first)
        expected = [("chat",), ("first", "chat"), ("like",), ("like",), ("chat",)]
        self.assertEqual(expected, self.log)

    def test_once(self) -> None:
        """A function that observes once gets the next event alone, also of one batch."""
        self.dispatcher.once("chat", self.note(1))
        self.dispatcher.on("chat", self.note(2))
        self.deliver((LIKE, b""), chat("a"), chat("b"))
        self.deliver(chat("c"))
        self.assertEqual([(1, "chat"), (2, "chat"), (2, "chat"), (2, "chat")], self.log)

    def test_once_removed(self) -> None:
        """It can be taken away before, by its subscription or by itself, and gets nothing."""
        note = self.note()
        self.dispatcher.once("chat", note).remove()
        self.dispatcher.once("chat", note)
        self.dispatcher.remove_observer(note)
        self.deliver(chat("a"))
        self.assertEqual([], self.log)

    def test_once_meddling(self) -> None:
        """It is gone before it is called: an event that it causes is not its own."""

        def again(event: Event) -> None:
            self.log.append((event.name,))
            if len(self.log) < 3:
                self.dispatcher.tell(event)

        self.dispatcher.once("chat", again)
        self.deliver(chat("a"))
        self.assertEqual([("chat",)], self.log)

    def test_once_fails(self) -> None:
        """One that fails is called by its name, and gets no second chance."""

        def breaking(event: Event) -> None:
            raise RuntimeError("no")

        failures: list[Any] = []
        self.dispatcher.on("error", failures.append)
        self.dispatcher.once("chat", breaking)
        self.deliver(chat("a"), chat("b"))
        self.assertEqual(1, len(self.flushLoggedErrors(RuntimeError)))
        [failure] = failures
        self.assertIn("breaking failed on chat", failure.info)
