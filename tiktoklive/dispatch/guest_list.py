"""
Guests who join and leave, each once: TikTok sends lists, in two types of message, and sometimes
a message about one of them.

The first list of a link says who was there before us, so that nobody of it joined.
"""

from __future__ import annotations

from itertools import islice

from tiktoklive.bounded import BoundedMap
from tiktoklive.events.base import Event
from tiktoklive.events.guests import (
    GUESTS,
    LEADER,
    OTHER_HOSTS,
    GuestJoined,
    GuestLeft,
    LinkedUser,
    LinkLayer,
    LinkMessage,
)

#: Links that are known at a time, users of each, and the letters of a name.
LINKS, USERS, NAME = 20, 200, 100


class _Link:
    """
    Who is in one link.

    :ivar listed: whether a list of it came, or its beginning: who is not in it is no guest.
    :ivar heard: when TikTok made the last message about it, in milliseconds since 1970.
    :ivar gone: who left before the first list.
    """

    __slots__ = ("gone", "heard", "here", "listed")

    def __init__(self, *, listed: bool = False) -> None:
        self.listed = listed
        self.heard = 0
        self.here: BoundedMap[str, LinkedUser] = BoundedMap(USERS)
        self.gone: BoundedMap[str, None] = BoundedMap(USERS)


class GuestLists:
    """The guests, and the other hosts, of one broadcast."""

    __slots__ = ("_host", "_links")

    def __init__(self) -> None:
        self._host = ""
        self._links: BoundedMap[str, _Link] = BoundedMap(LINKS)

    def after(self, event: LinkLayer | LinkMessage) -> tuple[Event, ...]:
        """Who joined or left, as far as was not told before."""
        if event.is_over:
            over = self._links.pop(event.link_id)
            gone = over.here.items() if over is not None else ()
            return tuple(GuestLeft(event, user) for _, user in gone if not self._is_us(user))
        link = self._links.get(event.link_id)
        if link is None:
            link = _Link(listed=event.is_begun)
        elif event.create_time and event.create_time < link.heard:
            return ()  # the other type has told what is newer
        link.heard = max(link.heard, event.create_time)
        self._links.put(event.link_id, link)
        linked = event.linked
        self._learn_host(event, linked)
        told = self._single(link, event)
        if linked:
            told += self._compare(link, event, linked)
        return tuple(told)

    def _single(self, link: _Link, event: LinkLayer | LinkMessage) -> list[Event]:
        """What the message tells of one user."""
        told: list[Event] = []
        for each in event.derived():
            if not isinstance(each, GuestJoined | GuestLeft) or self._is_us(each.user):
                continue
            known = link.here.get(each.user_id)
            if isinstance(each, GuestJoined):
                if known is None:
                    link.gone.pop(each.user_id)
                    link.here.put(each.user_id, _short(each.user))
                    told.append(each)
            elif known is not None:
                link.here.pop(each.user_id)
                told.append(GuestLeft(event, known, each.thrown_out))
            elif not link.listed and each.user_id not in link.gone:
                link.gone.put(each.user_id, None)
                told.append(each)
        return told

    def _compare(
        self, link: _Link, event: LinkLayer | LinkMessage, linked: list[LinkedUser]
    ) -> list[Event]:
        """What a list tells, compared with the one before."""
        users = (each for each in linked if each.user_id != "0" and not self._is_us(each))
        now = {each.user_id: each for each in islice(users, USERS)}
        told: list[Event] = []
        for user_id, known in list(link.here.items()):
            if user_id not in now:
                link.here.pop(user_id)
                if not self._is_us(known):  # we know only now
                    told.append(GuestLeft(event, known))
        for user_id, user in now.items():
            known_here = link.here.get(user_id)
            link.here.put(user_id, _short(user, known_here))
            if known_here is None and (link.listed or user_id in link.gone):
                told.append(GuestJoined(event, user))
        link.listed = True
        link.gone.clear()
        return told

    def _learn_host(self, event: LinkLayer | LinkMessage, linked: list[LinkedUser]) -> None:
        """Who the host of this room is, where the list says it."""
        for each in linked:
            if event.scene == OTHER_HOSTS:
                ours = each.room_id not in ("", "0") and each.room_id == event.room_id
            else:
                ours = event.scene == GUESTS and each.role == LEADER
            if ours:
                self._host = each.user_id

    def _is_us(self, user: LinkedUser) -> bool:
        return user.user_id == self._host


def _short(user: LinkedUser, known: LinkedUser | None = None) -> LinkedUser:
    """What is kept of a user: a list without names does not take away those that are known."""
    return LinkedUser(
        user.user_id,
        user.unique_id[:NAME] or (known.unique_id if known is not None else ""),
        user.nickname[:NAME] or (known.nickname if known is not None else ""),
        user.room_id[:NAME],
        user.since,
        user.role,
    )
