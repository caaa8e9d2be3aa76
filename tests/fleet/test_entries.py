"""Events that were put into a stream are the same when they are taken out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.benchmarks.mix import messages
from tests.dispatch.test_battles import change, score
from tests.dispatch.test_guest_list import newer
from tests.dispatch.test_ranked import room_user
from tests.outputs.doubles import NOON, ROOM, chat, origin
from tiktoklive import errors, events
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.errors import AllFailedError, HandshakeRefusedError, StreamLostError
from tiktoklive.events import Event, MessageEvent, Origin, RawData, decode
from tiktoklive.events.base import REGISTERED
from tiktoklive.events.battle import FINISH, OPEN
from tiktoklive.events.table import ROWS
from tiktoklive.fleet.entries import CLASSES, entry_of, event_of
from tiktoklive.fleet.values import encoded_value
from tiktoklive.model import Bound, PageState, State, StreamsState, Unseen
from tiktoklive.outputs.envelope import envelope


def controls() -> Iterator[Event]:
    """What is told of connections."""
    where = origin()
    bounds = {"a": Bound(1, "b")}
    state = State(
        *(True, True, ROOM, {"title": "ä"}, [{"id": 1}], "live"),
        restrictions=("age",),
        pages=(PageState("p", "host", ROOM, 1, 2, 3),),
        streams=StreamsState(2, "x", 3, 4, 5, 6, Unseen(1.5, 2.5, 3.5, 4.5, 5.5)),
        bounds=bounds,
    )
    lost = StreamLostError("It broke.")
    lost.code, lost.said = 1006, "bye"
    yield events.Connected(state, where)
    yield events.WebsocketConnected(where)
    yield events.EnterRoom(where)
    yield events.Disconnected(None, where)
    yield events.Disconnected(lost, where)
    yield events.Reconnecting(1.5, 2, HandshakeRefusedError("No.", status=200, reason="x"), where)
    yield events.GaveUp(AllFailedError("Both.", [("a", ValueError("b"))]), where)
    yield events.Renamed("old", "new", "7", where)
    yield events.StreamEnd(3, where)
    yield events.Gap(1, 2, RuntimeError("of others"), where)
    yield events.Error("what", None, where)
    yield RawData("WebcastUnheardOf", b"\xff\x00", 8, True, where)


def fights() -> list[MessageEvent]:
    """A battle from its start to its end."""
    return [change(OPEN), score(3, 4), change(FINISH)]


def from_messages() -> Iterator[Event]:
    """Messages of all types and of a busy room, and all that is told of several of them."""
    told: list[Event] = []
    trackers = Trackers(Clock(), told.append)
    trackers.begin(ROOM)
    given = {decode(name, raw).message.gift_id for name, raw, _ in messages(2000) if "Gift" in name}
    gifts = {number: {"id": number, "type": 1, "name": "Of the list"} for number in given}
    where = Origin("host", ROOM, NOON * 1000, "test", gifts)
    found = [decode(name, raw, number=n, origin=where) for name, raw, n in messages(2000)]
    found += [newer(7), newer(8), room_user((7, 20, "ann")), *fights()]
    for event in found:
        yield event
        if isinstance(event, MessageEvent):
            yield from trackers.take(event)
    trackers.finish("disconnected")
    yield from told
    for row in ROWS.values():
        yield row.event_class(row.message_class(), b"", 5, True, where)


def kinds_in(hint: Any) -> set[type]:
    """The dataclasses that a type hint names, and those that their fields do."""
    if isinstance(hint, type) and is_dataclass(hint):
        return {hint}.union(*map(kinds_in, get_type_hints(hint).values()))
    return set().union(*map(kinds_in, get_args(hint)))


class EntryTests(SynchronousTestCase):
    """There and back."""

    def check(self, event: Event) -> None:
        """It is the same in all that others see of it."""
        again = event_of(entry_of(event).fields())
        self.assertIs(type(event), type(again))
        self.assertEqual(envelope(event), envelope(again))
        self.assertEqual(repr(event), repr(again))
        self.assertEqual(event.origin._replace(gifts={}), again.origin._replace(gifts={}))
        if isinstance(event, MessageEvent):
            self.assertEqual(event, again)

    def test_same(self) -> None:
        """Each kind of event comes back with its type, its id, its place and all that it says."""
        names = set()
        for event in (*controls(), *from_messages()):
            self.check(event)
            names.add(event.name)
        # Raw and decoded data are no events of their own: those who want them are given them anew.
        derived = {kind.name for kind in REGISTERED if not issubclass(kind, MessageEvent)}
        self.assertEqual({"decodedData"}, derived - names)

    def test_state(self) -> None:
        """All that the state of a session can be made of goes into a stream."""
        found = kinds_in(State)
        self.assertLessEqual({State, Bound, PageState, StreamsState, Unseen}, found)
        for kind in found:
            empty = object.__new__(kind)
            for each in fields(kind):
                object.__setattr__(empty, each.name, None)
            self.assertEqual([kind.__name__], list(encoded_value(empty, repr)))

    def test_battle(self) -> None:
        """A battle that comes back is as it was: its time stands still."""
        told: list[Event] = []
        trackers = Trackers(Clock(), told.append)
        trackers.begin(ROOM)
        trackers.take(change(OPEN))
        [event] = told
        again = event_of(entry_of(event).fields())
        assert isinstance(event, events.BattleStarted) and isinstance(again, events.BattleStarted)
        self.assertEqual(event.teams, again.teams)
        self.assertEqual(event.remaining, again.remaining)
        self.assertEqual(event.battle.remaining, again.battle.remaining)

    def test_errors(self) -> None:
        """An error comes back as what it was, if it is one of ours; its words always do."""
        for error, kind in (
            (HandshakeRefusedError("No.", status=200, reason="x"), HandshakeRefusedError),
            (ZeroDivisionError("of others"), errors.TikTokLiveError),
        ):
            again = event_of(entry_of(events.Error("what", error, origin())).fields())
            assert isinstance(again, events.Error)
            self.assertIs(kind, type(again.exception))
            self.assertEqual(str(error), str(again.exception))
        again = event_of(entry_of(list(controls())[5]).fields())
        assert isinstance(again, events.Reconnecting)
        assert isinstance(again.reason, HandshakeRefusedError)
        self.assertEqual(200, again.reason.status)

    def test_gift(self) -> None:
        """What the list of gifts says of a gift goes with it, and nothing else of that list."""
        gifts = [each for each in from_messages() if isinstance(each, events.Gift)]
        again = event_of(entry_of(gifts[0]).fields())
        assert isinstance(again, events.Gift)
        self.assertEqual(gifts[0].extended_gift_info, again.extended_gift_info)
        self.assertEqual(1, len(again.origin.gifts))

    def test_classes(self) -> None:
        """Each event has its class by its name."""
        self.assertEqual({kind.name for kind in REGISTERED}, set(CLASSES))

    def test_refused(self) -> None:
        """What this program did not write is refused, and nothing of it is made."""
        good = entry_of(chat("Ann", "hello"))
        for about, payload in (
            (b"", b""),
            (b"[]", b""),
            (b'{"v":2}', b""),
            (good.about.replace(b'"v":1', b'"v":9'), good.payload),
            (good.about, b"\xff\xff"),
            (good.about.replace(b'"chat"', b'"nothing"'), good.payload),
            (good.about.replace(b"WebcastChat", b"os.Chat"), good.payload),
            (entry_of(list(controls())[4]).about.replace(b'"error"', b'"eval"'), b""),
            (b'{"v":1,"event":"error","origin":["","",0,""],"number":1,"holds":{}}', b""),
        ):
            wrong = good._replace(about=about, payload=payload)
            self.assertRaises(ValueError, event_of, wrong.fields())
        self.assertRaises(ValueError, event_of, [b"envelope", b"{}"])

    def test_stranger(self) -> None:
        """An event that is not of this package is refused when it is to be put in."""

        class Mine(Event):
            name = "mine"

        self.assertRaises(TypeError, entry_of, Mine())
