"""What moderators decided about overlays: hidden comments, blocked users, a pinned comment."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable
from typing import Any, Final

from twisted.web.server import Request

from tiktoklive.bounded import BoundedMap
from tiktoklive.events import ImDelete
from tiktoklive.outputs.jsonbytes import dumps, loads
from tiktoklive.outputs.web.answers import Refusal, as_json, read_json
from tiktoklive.outputs.web.ring import Item
from tiktoklive.outputs.web.subscription import room_of

#: Comments that a room remembers as hidden: those before are long gone from every overlay.
HIDDEN: Final = 500

#: Users that one room may block.
BLOCKED: Final = 500

#: Rooms for which something is remembered; letters of an id, and of a name for people.
_ROOMS, _ID, _NAME = 1000, 100, 40

#: What can be pinned, and in how many of its first bytes an envelope has its id.
PINNED: Final = frozenset(("chat", "emote", "questionNew"))
_HEAD: Final = 300

#: An id of an envelope, and all that may be the id of a user in one, whatever it is called there:
#: of guests, hosts, receivers, contributors.  No text that a user typed can hold a quote that is
#: not escaped.
_ENVELOPE: Final = re.compile(rb'"id":"([^"]{1,100})"')
_IDS: Final = re.compile(rb'"([1-9][0-9]{0,19})"')

#: The id of a user; ``0`` is that of those of whom TikTok tells none.
_USER: Final = re.compile(r"[1-9][0-9]{0,19}")

#: What takes away what was shown of users names them: it has to come.
_TAKES_AWAY: Final = ImDelete.name

#: What one request may say, one thing at a time.
_ORDERS: Final = frozenset(("hide", "show", "block", "unblock", "pin", "unpin"))


class RoomModeration:
    """
    What was decided about one room.

    :ivar hidden: ids of comments, the oldest first.
    :ivar blocked: by user id, a name for people.
    :ivar pinned: the envelope of the comment that stays, as JSON; empty without one.
    """

    __slots__ = ("blocked", "hidden", "pinned")

    def __init__(self) -> None:
        self.hidden: BoundedMap[str, None] = BoundedMap(HIDDEN)
        self.blocked: dict[str, str] = {}
        self.pinned = b""


class Moderation:
    """
    Remembers what was decided, and tells those who show the rooms.

    TikTok is told nothing of it: it is about our own overlays.

    :param lately: the events of a room that are kept, the latest first: one can be pinned.
    :param tell: called after each decision, with the room and what is decided there now, as JSON,
        for moderators and for overlays.
    :cvar what: this, for people who read of its file.
    :ivar changed: called when something was decided, for who keeps it.
    :ivar people_changed: called with a room in which other users are blocked than before.
    """

    what = "The decisions of moderators"

    def __init__(
        self, lately: Callable[[str], Iterable[Item]], tell: Callable[[str, bytes, bytes], object]
    ) -> None:
        self._lately = lately
        self._tell = tell
        self.changed: Callable[[], object] | None = None
        self.people_changed: Callable[[str], object] = lambda room: None
        self._rooms: BoundedMap[str, RoomModeration] = BoundedMap(_ROOMS)

    def all(self) -> list[tuple[str, bytes]]:
        """Each room about which something was decided, and that as JSON."""
        return [(room, _message(room, decided)) for room, decided in self._rooms.items()]

    def shown(self) -> list[tuple[str, bytes]]:
        """The same as overlays may know it: without the names of those who are blocked."""
        return [(room, _message(room, decided, "")) for room, decided in self._rooms.items()]

    def hides(self, item: Item) -> bool:
        """Whether an event was hidden, or has a user in it, in any place, who is blocked."""
        decided = self._rooms.get(item.room)
        if decided is None:
            return False
        if decided.hidden:
            found = _ENVELOPE.search(item.body, 0, _HEAD)
            if found is not None and found[1].decode("ascii", "replace") in decided.hidden:
                return True
        return item.name != _TAKES_AWAY and _has_any(item.body, decided.blocked)

    def without_blocked(self, room: str, numbers: bytes) -> bytes:
        """The numbers of a room, as JSON, without the users who are blocked there."""
        decided = self._rooms.get(room)
        if decided is None or not decided.blocked:
            return numbers
        shape = loads(numbers)
        off = decided.blocked
        lists = [shape["givers"]]
        for team in (shape["battle"] or {"teams": []})["teams"]:
            lists += [team["hosts"], team["supporters"]]
        for users in lists:
            users[:] = [each for each in users if each["userId"] not in off]
        return dumps(shape)

    def kept(self) -> list[bytes]:
        """All of it, for :meth:`restore`, as JSON."""
        return [decided for _, decided in self.all()]

    def restore(self, shapes: Any) -> None:
        """
        Take over what was decided before, as :meth:`kept` told it.

        :raise ValueError: it makes no sense; nothing is changed.
        """
        if not isinstance(shapes, list):
            raise ValueError("its rooms are no list")
        for room, decided in [_restored(shape) for shape in shapes]:
            self._rooms.put(room, decided)

    def rename(self, old: str, new: str) -> None:
        """What was decided about a user holds under the other name."""
        decided = self._rooms.pop(old.lower())
        if decided is not None:
            self._rooms.put(new.lower(), decided)
            self._decided(new.lower(), decided)

    # --- requests ---------------------------------------------------------------------

    def get(self, request: Request, name: str) -> bytes:
        """``GET /api/rooms/NAME/moderation``."""
        room = room_of(name)
        decided = self._rooms.get(room) or RoomModeration()
        return as_json(request, _shape(room, decided))

    def post(self, request: Request, name: str) -> bytes:
        """
        ``POST /api/rooms/NAME/moderation``: one decision.

        :raise Refusal: it makes no sense, or there is no such comment.
        """
        room = room_of(name)
        body = read_json(request)
        if len(body) != 1 or not _ORDERS.issuperset(body):
            raise Refusal(400, "body", f"Say one of {', '.join(sorted(_ORDERS))}.")
        [(order, what)] = body.items()
        decided = self._rooms.get(room) or RoomModeration()
        before = set(decided.blocked)
        self.decide(room, decided, order, what)
        self._rooms.put(room, decided)
        self._decided(room, decided)
        if before != set(decided.blocked):
            self.people_changed(room)
        return as_json(request, _shape(room, decided))

    # --- inside -----------------------------------------------------------------------

    def _decided(self, room: str, decided: RoomModeration) -> None:
        self._tell(room, _message(room, decided), _message(room, decided, ""))
        if self.changed is not None:
            self.changed()

    def decide(self, room: str, decided: RoomModeration, order: str, what: Any) -> None:
        """
        Decide one thing about a room.

        :raise Refusal: it makes no sense, or there is no such comment.
        """
        if order == "hide":
            decided.hidden.put(_text(order, what, _ID), None)
            if decided.pinned and what == _id_of(decided.pinned):
                decided.pinned = b""
        elif order == "show":
            decided.hidden.pop(_text(order, what, _ID))
        elif order == "unblock":
            decided.blocked.pop(_text(order, what, _ID), None)
        elif order == "pin":
            found = self._find(room, _text(order, what, _ID))
            if what in decided.hidden or _has_any(found, decided.blocked):
                raise Refusal(
                    409,
                    "hidden",
                    "That comment is hidden, or its user is blocked: take that back first.",
                )
            decided.pinned = found
        elif order == "unpin":
            decided.pinned = b""
        else:
            user = _block(decided, what)
            if _has_any(decided.pinned, (user,)):
                decided.pinned = b""

    def _find(self, room: str, comment: str) -> bytes:
        """The envelope of a comment that happened lately."""
        named = b'"id":' + dumps(comment)
        for item in self._lately(room):
            if item.name in PINNED and named in item.body[:_HEAD]:
                return item.body
        raise Refusal(404, "comment", "That comment is not among the last ones.")


def _has_any(body: bytes, users: Container[str]) -> bool:
    """Whether an envelope has one of these users in it, in any place."""
    return bool(users) and any(each.decode("ascii") in users for each in _IDS.findall(body))


def _block(decided: RoomModeration, what: Any) -> str:
    if not isinstance(what, dict) or not set(what) <= {"userId", "name"}:
        raise Refusal(400, "body", 'block takes {"userId": "123", "name": "for people"}.')
    user = _text("userId", what.get("userId"), _ID)
    if not _USER.fullmatch(user):
        raise Refusal(400, "user", "TikTok gave no id of that user: hide the comment instead.")
    if user not in decided.blocked and len(decided.blocked) >= BLOCKED:
        raise Refusal(409, "full", f"{BLOCKED} users are blocked: let one of them go first.")
    name = what.get("name", "")
    decided.blocked[user] = name[:_NAME] if isinstance(name, str) else ""
    return user


def _text(key: str, value: Any, most: int) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= most:
        raise Refusal(400, "body", f"{key} takes a text of {most} letters at most.")
    return value


def _id_of(body: bytes) -> Any:
    return json.loads(body)["id"]


def _shape(room: str, decided: RoomModeration) -> dict[str, Any]:
    return {
        "room": room,
        "hidden": list(decided.hidden),
        "blocked": [{"userId": user, "name": name} for user, name in decided.blocked.items()],
        "pinned": json.loads(decided.pinned) if decided.pinned else None,
    }


def _message(room: str, decided: RoomModeration, name: str | None = None) -> bytes:
    shape = _shape(room, decided)
    if name is not None:
        shape["blocked"] = [{"userId": user, "name": name} for user in decided.blocked]
    return dumps(shape)


def _restored(shape: Any) -> tuple[str, RoomModeration]:
    """
    One room, from what :func:`_shape` made.

    :raise ValueError: it makes no sense.
    """
    decided = RoomModeration()
    try:
        room, pinned = room_of(shape["room"]), shape["pinned"]
        for comment in shape["hidden"]:
            decided.hidden.put(_text("hidden", comment, _ID), None)
        for user in shape["blocked"]:
            if _USER.fullmatch(user["userId"]):  # others could be blocked once
                _block(decided, user)
        if pinned is not None:
            decided.pinned = dumps(pinned)
            if not isinstance(pinned["data"], dict) or not isinstance(pinned["id"], str):
                raise TypeError
    except Refusal as refusal:
        raise ValueError(str(refusal).rstrip(".")) from None
    except (AttributeError, KeyError, TypeError):
        raise ValueError("one of its rooms is not as it was written") from None
    return room, decided
