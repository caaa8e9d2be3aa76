"""Observers that gather are told where a batch begins and ends."""

from __future__ import annotations

from typing import Any

from zope.interface import implementer

from tests.dispatch.test_dispatcher import CHAT, LIKE, ORIGIN, DispatchTestCase
from tests.outputs.doubles import Said
from tiktoklive.dispatch.gathering import NO_BATCH
from tiktoklive.events import Event, IEventObserver, StreamEnd
from tiktoklive.interfaces import IGatherer


@implementer(IEventObserver, IGatherer)
class Gatherer:
    """
    Notes what it is told, and raises what the test says.

    :param log: where it notes that.
    """

    def __init__(self, log: list[Any], name: str = "") -> None:
        self.name = name
        self.fault: Exception | None = None
        self.kept: dict[Any, Any] | None = None
        self._log = log

    def batch_begins(self, kept: dict[Any, Any]) -> None:
        """See the interface."""
        self._log.append(f"{self.name}(")
        if self.fault is not None:
            raise self.fault
        self.kept = kept

    def batch_ends(self) -> None:
        """See the interface."""
        self._log.append(f"{self.name})")
        if self.fault is not None:
            raise self.fault

    def event(self, event: Event) -> None:
        """Any event."""
        self._log.append(f"{self.name}{event.name}")


class GatheringTests(DispatchTestCase):
    """Whatever is told is told within a batch."""

    def batch(self, *methods: str) -> None:
        """Deliver messages as a stream does."""
        with self.dispatcher.batch:
            self.deliver(*((method, b"") for method in methods))

    def test_batch(self) -> None:
        """A batch is around all that its messages become; an event alone has one for itself."""
        self.dispatcher.add_observer(Gatherer(self.log))
        self.batch(CHAT, LIKE)
        self.assertEqual(["(", "chat", "like", ")"], self.log)
        self.log.clear()
        self.dispatcher.tell(StreamEnd(3, ORIGIN))
        self.assertEqual(["(", "streamEnd", ")"], self.log)

    def test_within(self) -> None:
        """What observers cause while a batch is told belongs to it."""
        self.dispatcher.add_observer(Gatherer(self.log))

        def fails(event: Event) -> None:
            raise ValueError("no")

        self.dispatcher.on("chat", fails)
        self.batch(CHAT)
        self.assertEqual(["(", "chat", "error", ")"], self.log)
        self.flushLoggedErrors(ValueError)

    def test_kept(self) -> None:
        """They share what they keep in a batch, and it is emptied at its end."""
        one, two = Gatherer(self.log), Gatherer(self.log)
        self.dispatcher.add_observer(one)
        self.dispatcher.add_observer(two)
        with self.dispatcher.batch:
            assert one.kept is not None
            self.assertIs(one.kept, two.kept)
            one.kept["chat"] = "made"
        self.assertEqual({}, one.kept)

    def test_fails(self) -> None:
        """One that fails is logged, a few times, and the others go on."""
        said = Said(self, "Gathering")
        one, two = Gatherer(self.log, "a"), Gatherer(self.log, "b")
        one.fault = ValueError("no")
        self.dispatcher.add_observer(one)
        self.dispatcher.add_observer(two)
        for _ in range(3):
            self.log.clear()
            self.batch(CHAT)
            self.assertEqual(["a(", "b(", "achat", "bchat", "a)", "b)"], self.log)
        self.assertEqual(3, len(said.lines))
        self.assertIn("a failed on a batch", said.lines[0])
        self.assertEqual(3, len(self.flushLoggedErrors(ValueError)))

    def test_raises(self) -> None:
        """A batch that something ended by force is over all the same."""
        self.dispatcher.add_observer(Gatherer(self.log))

        def interrupt(event: Event) -> None:
            raise KeyboardInterrupt

        self.dispatcher.on("chat", interrupt)
        self.assertRaises(KeyboardInterrupt, self.batch, CHAT)
        self.assertEqual(["(", "chat", ")"], self.log)

    def test_removed(self) -> None:
        """One that is removed while a batch is told hears of its end, and of no other."""
        observer = Gatherer(self.log)
        self.dispatcher.add_observer(observer)
        self.dispatcher.once("chat", lambda event: self.dispatcher.remove_observer(observer))
        self.batch(CHAT, LIKE)
        self.assertEqual(["(", "chat", ")"], self.log)
        self.batch(CHAT)
        self.assertEqual(3, len(self.log))

    def test_none(self) -> None:
        """Where none gathers, nothing is done for a batch."""
        self.dispatcher.on("chat", self.log.append)
        self.assertIs(NO_BATCH, self.dispatcher.batch)
        observer = Gatherer(self.log)
        self.dispatcher.add_observer(observer)
        self.assertIsNot(NO_BATCH, self.dispatcher.batch)
        self.dispatcher.remove_observer(observer)
        self.assertIs(NO_BATCH, self.dispatcher.batch)
