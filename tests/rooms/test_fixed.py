"""A room that is known already."""

from __future__ import annotations

from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tiktoklive.interfaces import IRoomResolver
from tiktoklive.model import Room
from tiktoklive.rooms import FixedResolver


class FixedResolverTests(SynchronousTestCase):
    """Nobody is asked."""

    def test_fixed(self) -> None:
        """A fixed room is given to whoever asks."""
        room = Room("a", "1")
        resolver = FixedResolver(room)
        verifyObject(IRoomResolver, resolver)
        found = self.successResultOf(Deferred.fromCoroutine(resolver.resolve("a")))
        self.assertEqual(room, found)
