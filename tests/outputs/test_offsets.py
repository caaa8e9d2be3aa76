"""How far into the broadcast an event is."""

from __future__ import annotations

from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.doubles import NOON, event, origin, user
from tiktoklive.events import Connected, Event
from tiktoklive.model import State
from tiktoklive.outputs.offsets import Offsets


def connected(seconds: float, info: Any = None) -> Connected:
    """That we were let in."""
    return Connected(State(room_info=info), origin(seconds=seconds))


def said_at(seconds: float, received: float) -> Event:
    """A comment that was made so long after noon."""
    ms = int((NOON + seconds) * 1000)
    text = f"common {{ create_time: {ms} }} {user('Anna')}"
    return event("ChatMessage", text, origin(seconds=received))


class OffsetsTests(SynchronousTestCase):
    """Seconds since the stream started."""

    def setUp(self) -> None:
        self.offsets = Offsets()

    def test_by_tiktok(self) -> None:
        """Where TikTok says when the broadcast began, it is counted from then, in its time."""
        self.offsets.of(connected(10, {"create_time": NOON - 60}))
        self.assertEqual(61.5, self.offsets.of(said_at(1.5, received=20)))
        self.assertEqual(-5.0, self.offsets.of(said_at(-65, received=20)))

    def test_by_us(self) -> None:
        """Where it does not, from when we first connected, in our time."""
        for info in (None, {}, {"create_time": "soon"}):
            offsets = Offsets()
            offsets.of(connected(10, info))
            offsets.of(connected(15, info))
            self.assertEqual(10.0, offsets.of(said_at(-500, received=20)))

    def test_unknown(self) -> None:
        """Before anything is known there is none."""
        self.assertIsNone(self.offsets.of(said_at(0, received=1)))

    def test_began(self) -> None:
        """When the broadcast began is told only if TikTok said so."""
        room = origin().room_id
        self.offsets.of(connected(10))
        self.assertIsNone(self.offsets.began(room))
        self.offsets.of(connected(11, {"create_time": NOON}))
        self.assertEqual(NOON * 1000, self.offsets.began(room))
