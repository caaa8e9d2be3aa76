"""What is known of a room beside its id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from twisted.internet.defer import CancelledError, Deferred
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer
from zope.interface.verify import verifyObject

from tests.rooms.answering import FakeWeb, answer
from tests.seams import ROOM, Asked, Resolver
from tiktoklive.errors import (
    AgeRestrictedError,
    BlockedError,
    InvalidResponseError,
    LoginRequiredError,
    OtherUserError,
    RateLimitedError,
    RoomLookupError,
    RoomWithheldError,
    UserOfflineError,
)
from tiktoklive.interfaces import IGiftSource, IRoomResolver
from tiktoklive.model import Room
from tiktoklive.net.answers import Answer
from tiktoklive.net.login import Login
from tiktoklive.rooms import InformedResolver, fetch_room_info
from tiktoklive.rooms.details import why_not_theirs


class OwnerTests(SynchronousTestCase):
    """Who the host of a room is."""

    def owner(self, info: Mapping[str, Any], room: Room = ROOM) -> str:
        """The user id that is known when a room has these details."""
        return self.successResultOf(self.resolved(info, room)).anchor_id

    def resolved(
        self, info: Mapping[str, Any], room: Room, *, given: bool = False
    ) -> Deferred[Room]:
        """What comes of a room that has these details."""

        async def ask(room_id: str) -> Mapping[str, Any]:
            return info

        resolver = InformedResolver(Resolver(room), ask, None, given=given)
        return Deferred.fromCoroutine(resolver.resolve("alice"))

    def test_told(self) -> None:
        """The details tell it, as text: numbers may be rounded."""
        for info, told in (
            ({"owner": {"id_str": "6672446849804223493", "id": 6672446849804223000}}, "3493"),
            ({"owner_user_id_str": "6672446849804223493"}, "3493"),
            ({"owner": {"id": 6672446849804223000}, "owner_user_id": 6672446849804223000}, ""),
            ({"owner": [], "owner_user_id_str": ""}, ""),
            ({"owner": {"id_str": "x"}}, ""),
        ):
            self.assertEqual(told, self.owner(info)[-4:], info)

    def test_known(self) -> None:
        """What the look-up told stays; by the id it is the same host, whatever they are called."""
        room = replace(ROOM, anchor_id="7")
        for owner in ({}, {"id_str": "7"}, {"display_id": "ALICE"}):
            self.assertEqual("7", self.owner({"owner": owner, "title": "x"}, room))
        renamed = {"owner": {"id_str": "7", "display_id": "other"}}
        self.assertEqual("7", self.owner(renamed, room))

    def test_other_host(self) -> None:
        """A room whose details name another host is not the user's, and is not entered."""
        for owner, anchor_id, name in (
            ({"id_str": "8"}, "7", ""),
            ({"id_str": "8", "display_id": "alice"}, "7", "alice"),
            ({"id_str": "8", "display_id": "other"}, "", "other"),
            ({"display_id": "other"}, "7", "other"),
        ):
            room = replace(ROOM, anchor_id=anchor_id)
            failed = self.resolved({"owner": owner}, room)
            error = self.failureResultOf(failed, OtherUserError).value
            self.assertEqual((name, owner.get("id_str", "")), (error.unique_id, error.anchor_id))
            self.assertIn("not entered", str(error))
            self.assertIn("@other" if name == "other" else "with user 8", str(error))
            self.successResultOf(self.resolved({"owner": owner}, room, given=True))

    def test_whose(self) -> None:
        """Another room is the user's only if TikTok says so, by id where both are known."""
        known, other = (
            replace(ROOM, anchor_id="5"),
            {"owner": {"id_str": "6", "display_id": "alice"}},
        )
        for room, said, why in (
            (known, {"owner": {"id_str": "5", "display_id": "renamed"}}, ""),
            (known, {"owner": {"display_id": "Alice"}}, ""),
            (ROOM, other, ""),
            (known, other, "another user's"),
            (ROOM, {"owner": {"id_str": "5", "display_id": "mallory"}}, "another user's"),
            (ROOM, {"owner": {"id_str": "5"}}, "does not say whose"),
            (known, {"owner": []}, "does not say whose"),
            (known, {"owner": {"id_str": "5"}, "status": 4}, "has ended"),
            (known, {"prompts": "no"}, "says nothing of whose it is"),
        ):
            web = FakeWeb(answer({"status_code": 0, "data": {"title": "t", **said}}))
            tell = partial(fetch_room_info, web.tiktok())
            asked = why_not_theirs(tell, room, "7000000000000000009")
            told = self.successResultOf(Deferred.fromCoroutine(asked))
            self.assertTrue(why in told if why else not told, (said, told))

    def test_ended(self) -> None:
        """It is kept when the details say that the broadcast has ended."""

        async def ask(room_id: str) -> Mapping[str, Any]:
            return {"status": 4}

        resolver = InformedResolver(Resolver(replace(ROOM, anchor_id="7")), ask, None)
        failed = Deferred.fromCoroutine(resolver.resolve("alice"))
        self.assertEqual("7", self.failureResultOf(failed, UserOfflineError).value.anchor_id)


class RoomInfoTests(SynchronousTestCase):
    """Details of a room."""

    def fetch(self, given: Answer, **more: Any) -> Any:
        """The outcome for an answer, a result or a failure."""
        self.web = FakeWeb(given)
        return Deferred.fromCoroutine(fetch_room_info(self.web.tiktok(**more), "5"))

    def test_data(self) -> None:
        """The data of the answer is what one gets; no Origin is sent."""
        data = {"title": "t", "status": 2}
        fetching = self.fetch(answer({"status_code": 0, "data": data}), login=Login("s"))
        self.assertEqual(data, self.successResultOf(fetching))
        self.assertEqual("https://webcast.tiktok.com/webcast/room/info/", self.web.url)
        self.assertIn(("room_id", "5"), self.web.params)
        self.assertEqual("s", self.web.more["cookies"]["sessionid"])
        names = [name for name, _ in self.web.more["headers"]]
        self.assertEqual(["User-Agent", "Referer"], names)

    def test_errors(self) -> None:
        """Status codes and forms have their errors."""
        for said, kind in (
            (answer({"status_code": 4003110, "data": {"message": "x"}}), AgeRestrictedError),
            (answer({"status_code": 0, "data": {"prompts": "x", "a": 1}}), AgeRestrictedError),
            (answer({"status_code": 4003110, "data": {"prompts": "x"}}), AgeRestrictedError),
            (answer({"status_code": 4003110, "data": {"prompts": ""}}), RoomWithheldError),
            (answer({"status_code": 0, "data": {"prompts": "", "a": 1}}), RoomWithheldError),
            (answer({"status_code": 0, "data": {}}), RoomWithheldError),
            (answer({"status_code": 20003, "data": {}}), LoginRequiredError),
            (answer({"status_code": 10041, "data": {}}), UserOfflineError),
            (answer({"status_code": 30003, "data": {"message": "finished"}}), UserOfflineError),
            (answer({"status_code": 10011, "data": {"message": "params"}}), InvalidResponseError),
            (answer({"status_code": 0, "data": []}), InvalidResponseError),
            (
                answer({"status_code": 0, "data": {"a": 1, "b": 2}}, status=404),
                InvalidResponseError,
            ),
            (answer(status=403), BlockedError),
            (answer(status=429), RateLimitedError),
            (answer(body=b"<html>"), BlockedError),
        ):
            error = self.failureResultOf(self.fetch(said), RoomLookupError).value
            self.assertIs(kind, type(error))


@implementer(IGiftSource)
class Gifts(Asked):
    """Tells which gifts there are, or not."""

    def gifts(self, room: Room) -> Deferred[Any]:
        return self.ask(room)


class InformedResolverTests(SynchronousTestCase):
    """Asking for more, right after a room was found."""

    def resolve(self, info: Asked | None, gifts: Gifts | None) -> Deferred[Room]:
        """Look a user up."""

        def tell(room_id: str) -> Deferred[Mapping[str, Any]]:
            assert info is not None
            return info.ask(room_id)

        resolver = InformedResolver(Resolver(), None if info is None else tell, gifts)
        verifyObject(IRoomResolver, resolver)
        return Deferred.fromCoroutine(resolver.resolve("alice"))

    def test_both(self) -> None:
        """Details and gifts are asked for, of the room that was found."""
        info, gifts = Asked({"status": 2}), Gifts([{"id": 1}])
        room = self.successResultOf(self.resolve(info, gifts))
        self.assertEqual(({"status": 2}, [{"id": 1}]), (room.info, room.gifts))
        self.assertEqual([(ROOM.room_id,)], info.questions)
        self.assertEqual([ROOM.room_id], [room.room_id for [room] in gifts.questions])

    def test_neither(self) -> None:
        """What is not to be asked for stays unknown."""
        room = self.successResultOf(self.resolve(None, None))
        self.assertEqual((None, None), (room.info, room.gifts))

    def test_ended(self) -> None:
        """Details that say that the broadcast has ended refuse the room."""
        for info in (Asked({"status": 4}), Asked(UserOfflineError("over"))):
            self.failureResultOf(self.resolve(info, None), UserOfflineError)

    def test_going_on_without(self) -> None:
        """Whatever else goes wrong, the room is there, without what could not be had."""
        room = self.successResultOf(
            self.resolve(Asked(BlockedError("no")), Gifts(RateLimitedError("slow")))
        )
        self.assertEqual((None, None), (room.info, room.gifts))

    def test_cancelled(self) -> None:
        """Cancelling while either is asked for is passed on."""
        for info, gifts in ((Asked(None), Gifts([])), (Asked({"a": 1}), Gifts(None))):
            resolving = self.resolve(info, gifts)
            resolving.cancel()
            self.failureResultOf(resolving, CancelledError)
            self.assertEqual(1, info.cancelled + gifts.cancelled)
