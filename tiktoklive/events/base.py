"""
What every event is: a view on its message, with the place it came from.

An event copies nothing.  Its attributes read through to the decoded protobuf
message (``event.message``), and only :meth:`Event.as_dict` builds something.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from itertools import count
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, TypeVar

from tiktoklive.events.classic import CLASSIC
from tiktoklive.events.displaytext import filled
from tiktoklive.events.plain import as_plain
from tiktoklive.interfaces import IObserver
from tiktoklive.wire.common_pb2 import Common, Text
from tiktoklive.wire.text import text

_M = TypeVar("_M", bound="MessageEvent")


def snake_case(name: str) -> str:
    """The observer method of an event: ``linkMicBattle`` is ``link_mic_battle``."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda m: "_" + m[1].lower(), name)


class Origin(NamedTuple):
    """
    Where and when an event arrived; shared by all events of a batch.

    :ivar anchor: the username that is followed.
    :ivar room_id: the room, decimal text.
    :ivar received_at: milliseconds since 1970, our clock.
    :ivar source: which source the stream came from: ``"direct"``, ``"replay"``.
    :ivar gifts: TikTok's list of gifts by gift id; empty when it was not fetched.
    """

    anchor: str = ""
    room_id: str = ""
    received_at: int = 0
    source: str = ""
    gifts: Mapping[int, Mapping[str, Any]] = MappingProxyType({})

    def __repr__(self) -> str:
        gifts = f", {len(self.gifts)} gifts" if self.gifts else ""
        return f"<Origin {self.anchor} {self.room_id} {self.source}{gifts}>"


class GiftTable(list[Mapping[str, Any]]):
    """
    A list of gifts that many rooms keep: renewed in its place, so that there is only one.

    :ivar by_id: the same to look them up in, likewise.
    """

    __slots__ = ("by_id",)

    def __init__(self) -> None:
        super().__init__()
        self.by_id: dict[int, Mapping[str, Any]] = {}

    def renew(self, gifts: Sequence[Mapping[str, Any]]) -> None:
        """Put another list in the place of this one."""
        self[:] = gifts
        self.by_id.clear()
        self.by_id.update(gifts_by_id(list(gifts)))


def gifts_by_id(gifts: Sequence[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    """A list of gifts to look them up in, without those that have no id."""
    if isinstance(gifts, GiftTable):
        return gifts.by_id
    found = {}
    for gift in gifts:
        with suppress(KeyError, TypeError, ValueError):
            if gift_id := int(gift["id"]):
                found[gift_id] = gift
    return found


def digest(method: str, payload: bytes) -> str:
    """A message's type and bytes in short, in hexadecimal digits and not to be taken for an id."""
    both = method.encode("utf-8", "replace") + b"\0" + payload
    return "x" + blake2b(both, digest_size=12).hexdigest()


#: Of events that were decoded without any connection.
NOWHERE = Origin()

_running = count(1)

#: All classes of events of this package: a class is registered by being written, with a ``name``
#: of its own, in one of its modules.  The table, the exports and the tables of the docs follow.
REGISTERED: list[type[Event]] = []

_PACKAGE = __name__.rpartition(".")[0]


class Event:
    """
    The root of all events.

    A class below it in a module of this package is registered, see :data:`REGISTERED`, and needs
    a ``name``, unless its own name begins with an underscore.  Those of others are left alone.

    :cvar name: the event's name on the wire and in JSON, camelCase.
    :ivar origin: where and when it arrived.
    :ivar number: of a message its id, 0 when there was none (see
        :attr:`MessageEvent.msg_id`); of other events a running number.
    """

    __slots__ = ("number", "origin")

    name: ClassVar[str] = ""

    def __init_subclass__(cls, *, generic: bool = False, **more: Any) -> None:
        """
        Register the class.

        :param generic: it was made from the table of names: it is in no module, nor exported.
        :raise TypeError: it has no name, or that of another, or another's wire name.
        """
        super().__init_subclass__(**more)
        if not generic and cls.__module__.startswith(f"{_PACKAGE}."):
            _register(cls)

    def __init__(self, origin: Origin = NOWHERE) -> None:
        self.origin = origin
        self.number = next(_running)

    @property
    def anchor(self) -> str:
        """The username that is followed, without ``@``."""
        return self.origin.anchor

    @property
    def room_id(self) -> str:
        """The room's id, decimal text; ``""`` when no room was known yet."""
        return self.origin.room_id

    @property
    def id(self) -> str:
        """A text that no other event of this room has."""
        return f"{self.room_id}:{self.name}:{self.received_at}:{self.number}"

    @property
    def received_at(self) -> int:
        """When it arrived here, in milliseconds since 1970."""
        return self.origin.received_at

    @property
    def payload_size(self) -> int:
        """Bytes that TikTok sent for it; 0 of an event that is none of its messages."""
        return 0

    def as_dict(self) -> dict[str, Any]:
        """The 1.x JSON shape of this event: new, plain, ready for :func:`json.dumps`."""
        return {}

    def _about(self) -> str:
        """What ``repr`` says beside the name."""
        return self.origin.anchor

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._about()}>".replace(" >", ">")


def _register(cls: type[Event]) -> None:
    own = vars(cls)
    if not own.get("name"):
        if cls.__module__ == __name__ or cls.__name__.startswith("_"):
            return  # what others are made from
        raise TypeError(f"{cls.__module__}.{cls.__name__} needs a name of its own.")
    for other in REGISTERED:
        method = own.get("method")
        if other.name == cls.name or (method and method == vars(other).get("method")):
            raise TypeError(f"{cls.__name__} and {other.__name__} are the same event.")
    REGISTERED.append(cls)


class MessageEvent(Event):
    """
    An event that TikTok sent as a message.

    Two are equal when they are of the same kind and have the same payload and message id.

    :ivar message: the decoded protobuf message; fields that the schema doesn't know survive in it.
    :ivar payload: the bytes it was decoded from.
    :ivar is_history: whether TikTok replays an old message.
    :cvar method: the wire name, for example ``WebcastChatMessage``.
    :cvar derives: the names of the events that may come directly after it.
    """

    __slots__ = ("is_history", "message", "payload")

    method: ClassVar[str] = ""
    derives: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        message: Any,
        payload: bytes = b"",
        number: int = 0,
        is_history: bool = False,
        origin: Origin = NOWHERE,
    ) -> None:
        self.message = message
        self.payload = payload
        self.number = number
        self.is_history = is_history
        self.origin = origin

    @property
    def common(self) -> Common:
        """The header that most messages share; empty where there is none."""
        try:
            common: Common = self.message.common
        except AttributeError:
            return Common()
        return common

    @property
    def msg_id(self) -> str:
        """The message's unique id, decimal text; ``"0"`` when it has none."""
        return str(self.number or self.common.msg_id)

    @property
    def message_key(self) -> str:
        """
        The :attr:`msg_id`, or of a message that has none its content in short.

        The same again when TikTok repeats the message.  Messages without an id, which TikTok is
        not known to send, are the same if they have the same type and the same bytes.
        """
        number = self.number or self.common.msg_id
        if number:
            return str(number)
        return digest(self.method, self.payload or self.message.SerializeToString())

    @property
    def id(self) -> str:
        """``ROOM:MSG_ID``, see :attr:`message_key`; the same again when TikTok repeats it."""
        number, room_id = self.number, self.origin.room_id
        if number and room_id:  # without two more calls: every output asks for it
            return f"{room_id}:{number}"
        return f"{self.room_id}:{self.message_key}"

    @property
    def room_id(self) -> str:
        """The room's id: of the stream it came from, else what the message says."""
        return self.origin.room_id or str(self.common.room_id)

    @property
    def payload_size(self) -> int:
        """Bytes of the message."""
        return len(self.payload)

    @property
    def create_time(self) -> int:
        """When TikTok made the message, in milliseconds since 1970; 0 when it doesn't say."""
        try:
            create_time: int = self.message.common.create_time
        except AttributeError:
            return 0
        return create_time

    @property
    def display_text(self) -> Text:
        """The line that TikTok's own client shows: key, pattern and pieces."""
        return self.common.display_text

    @property
    def display_type(self) -> str:
        """The key of that line: ``pm_main_follow_message_viewer_2``."""
        return text(self.common.display_text.key)

    @property
    def label(self) -> str:
        """The pattern of that line: ``{0:user} followed the host``."""
        return text(self.common.display_text.default_pattern)

    @property
    def text(self) -> str:
        """
        The line that TikTok's own client shows, in English and filled in; ``""`` if there is none.

        It has names that users gave themselves: text, never markup.
        """
        return filled(self.common.display_text)

    def as_dict(self) -> dict[str, Any]:
        """All fields of the message that are on the wire, in camelCase, and the :attr:`text`."""
        data = self.as_decoded()
        if "text" not in data and (shown := self.text):
            data["text"] = shown
        return data

    def as_decoded(self) -> dict[str, Any]:
        """What ``decodedData`` shows: the same, without what is no part of the message."""
        return as_plain(self.message)

    def derived(self) -> tuple[Event, ...]:
        """Further events that this message tells; they come directly after it."""
        return ()

    def _derive(self, kind: type[_M]) -> _M:
        """The same message as an event of another kind."""
        return kind(self.message, self.payload, self.number, self.is_history, self.origin)

    def _about(self) -> str:
        return self.msg_id

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MessageEvent):
            return NotImplemented
        return (
            self.name == other.name
            and self.payload == other.payload
            and self.msg_id == other.msg_id
        )

    def __hash__(self) -> int:
        return hash((self.name, self.payload))


class ClassicEvent(MessageEvent):
    """A message of one of the 14 types whose JSON shape the 1.x library made known."""

    __slots__ = ()

    def as_dict(self) -> dict[str, Any]:
        """The 1.x JSON shape, exactly."""
        return CLASSIC[self.method](self.message)

    def as_decoded(self) -> dict[str, Any]:
        """The same."""
        return self.as_dict()


class DerivedEvent(MessageEvent):
    """What a message also is, told once more under a name of its own: the first of two bases."""

    __slots__ = ()
    derives: ClassVar[tuple[str, ...]] = ()

    @property
    def id(self) -> str:
        """``ROOM:MSG_ID:NAME``, apart from that of the event that it comes after."""
        return f"{super().id}:{self.name}"

    def derived(self) -> tuple[Event, ...]:
        """Nothing more."""
        return ()


class IEventObserver(IObserver):
    """For observers that want everything that was observed or said, in one method."""

    def event(event: Event) -> object:
        """Any event: message events after their own observers' order, and control events."""
