"""
What happens to the connection: connected, lost, ended, missed.

And the two views below all events: every message's bytes, and every decoded message.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

from tiktoklive.errors import StreamLostError
from tiktoklive.events.base import NOWHERE, Event, Origin
from tiktoklive.interfaces import IObserver
from tiktoklive.model import State


class Connected(Event):
    """
    The server let us into the room: its stream has begun to speak, or is open for seconds already.

    :ivar state: what ``connect()`` resolves with.
    """

    __slots__ = ("state",)
    name: ClassVar[str] = "connected"

    def __init__(self, state: State, origin: Origin = NOWHERE) -> None:
        super().__init__(origin)
        self.state = state

    def as_dict(self) -> dict[str, Any]:
        """The 1.x state object."""
        return self.state.as_dict()


class WebsocketConnected(Event):
    """The WebSocket is open; ``connected`` follows when it speaks, or stays open for seconds."""

    __slots__ = ()
    name: ClassVar[str] = "websocketConnected"


class EnterRoom(Event):
    """
    The server answered that we are in the room; for each stream, whenever its answer comes.

    It says nothing that ``connected`` does not, so observers of everything are not told.
    """

    __slots__ = ()
    name: ClassVar[str] = "enterRoom"


class Disconnected(Event):
    """
    A connection is over, ``connected`` or not yet.

    :ivar reason: why, or ``None`` if we closed it.
    """

    __slots__ = ("reason",)
    name: ClassVar[str] = "disconnected"

    def __init__(self, reason: Exception | None = None, origin: Origin = NOWHERE) -> None:
        super().__init__(origin)
        self.reason = reason

    def as_dict(self) -> dict[str, Any]:
        """
        ``{"reason": text}``; empty if we closed it.

        If the other side did, in so many words, also ``"code": number`` and ``"said": text``, those
        of its close frame.
        """
        if self.reason is None:
            return {}
        told: dict[str, Any] = {"reason": str(self.reason)}
        if isinstance(self.reason, StreamLostError) and self.reason.code is not None:
            told.update(code=self.reason.code, said=self.reason.said)
        return told


class Reconnecting(Event):
    """
    The stream was lost and will be opened again.

    :ivar delay: seconds until the next attempt.
    :ivar attempt: 1 for the first attempt after a healthy stream.
    :ivar reason: what went wrong.
    """

    __slots__ = ("attempt", "delay", "reason")
    name: ClassVar[str] = "reconnecting"

    def __init__(
        self, delay: float, attempt: int, reason: Exception, origin: Origin = NOWHERE
    ) -> None:
        super().__init__(origin)
        self.delay = delay
        self.attempt = attempt
        self.reason = reason

    def as_dict(self) -> dict[str, Any]:
        """``{"delay": seconds, "attempt": n, "reason": text}``."""
        return {"delay": self.delay, "attempt": self.attempt, "reason": str(self.reason)}

    def _about(self) -> str:
        return f"{self.anchor} in {self.delay:.1f} s"


class GaveUp(Event):
    """
    A user is not followed any more: nothing further is tried by itself.

    :ivar reason: the error for which it was given up.
    """

    __slots__ = ("reason",)
    name: ClassVar[str] = "gaveUp"

    def __init__(self, reason: Exception, origin: Origin = NOWHERE) -> None:
        super().__init__(origin)
        self.reason = reason

    def as_dict(self) -> dict[str, Any]:
        """``{"reason": text}``."""
        return {"reason": str(self.reason)}

    def _about(self) -> str:
        return f"{self.anchor}: {self.reason}"


class Renamed(Event):
    """
    The user has another name than before; they are followed as they were, and are the same user.

    When a session finds that, ``anchor`` stays the name under which they are followed.  When they
    are followed under another name from now on, ``anchor`` is ``new``: events carry it.

    :ivar old: what they were called, as far as was known, or under which they were followed.
    :ivar new: what they are called now, or under which they are followed.
    :ivar anchor_id: their user id, decimal text.
    """

    __slots__ = ("anchor_id", "new", "old")
    name: ClassVar[str] = "renamed"

    def __init__(self, old: str, new: str, anchor_id: str, origin: Origin = NOWHERE) -> None:
        super().__init__(origin)
        self.old = old
        self.new = new
        self.anchor_id = anchor_id

    def as_dict(self) -> dict[str, Any]:
        """``{"old": name, "new": name, "anchorId": digits}``."""
        return {"old": self.old, "new": self.new, "anchorId": self.anchor_id}

    def _about(self) -> str:
        return f"{self.anchor} @{self.old} -> @{self.new}"


#: How a broadcast ended, by the action of the control message that said it.
_ENDS: Final = {3: "ended", 4: "banned"}


class StreamEnd(Event):
    """
    The broadcast is over.

    :ivar action: 3 ended by the host, 4 ended by moderation; 0 if TikTok did not say it on the
        stream, but look-ups told it after the stream was lost.
    """

    __slots__ = ("action",)
    name: ClassVar[str] = "streamEnd"

    def __init__(self, action: int, origin: Origin = NOWHERE) -> None:
        super().__init__(origin)
        self.action = action

    @property
    def reason(self) -> str:
        """How it ended, in words: ``"ended"``, ``"banned"``, ``"looked up"``."""
        return _ENDS.get(self.action, "looked up")

    def as_dict(self) -> dict[str, Any]:
        """``{"action": 3}``."""
        return {"action": self.action}


class Gap(Event):
    """
    Messages may have been missed: while no stream was open, or in what could not be understood.

    :ivar since: when the last message came before it, or what could be understood, in
        milliseconds since 1970; of a stream that polls, the last answer.
    :ivar until: when the next stream was open, or the next batch was understood, in milliseconds
        since 1970.
    :ivar reason: what interrupted the stream.
    """

    __slots__ = ("reason", "since", "until")
    name: ClassVar[str] = "gap"

    def __init__(
        self, since: int, until: int, reason: Exception | None, origin: Origin = NOWHERE
    ) -> None:
        super().__init__(origin)
        self.since = since
        self.until = until
        self.reason = reason

    def as_dict(self) -> dict[str, Any]:
        """``{"from": ms, "to": ms, "reason": text, "source": text}``."""
        return {
            "from": self.since,
            "to": self.until,
            "reason": "" if self.reason is None else str(self.reason),
            "source": self.origin.source,
        }

    def _about(self) -> str:
        return f"{self.anchor} {(self.until - self.since) / 1000:.1f} s"


class Error(Event):
    """
    Something failed and was survived: a message, an observer, an attempt.

    :ivar info: what was being done.
    :ivar exception: what happened.
    """

    __slots__ = ("exception", "info")
    name: ClassVar[str] = "error"

    def __init__(self, info: str, exception: Exception | None, origin: Origin = NOWHERE) -> None:
        super().__init__(origin)
        self.info = info
        self.exception = exception

    def as_dict(self) -> dict[str, Any]:
        """``{"info": text, "exception": text or null}``."""
        exception = None if self.exception is None else str(self.exception)
        return {"info": self.info, "exception": exception}

    def _about(self) -> str:
        return f"{self.anchor} {self.info}"


class IConnectionObserver(IObserver):
    """For observers of the connection itself."""

    def connected(event: Connected) -> object:
        """The server let us in, and speaks or stays; also after every reconnect."""

    def disconnected(event: Disconnected) -> object:
        """A connection is over, whichever side ended it."""

    def reconnecting(event: Reconnecting) -> object:
        """It will be opened again after a pause."""

    def stream_end(event: StreamEnd) -> object:
        """The broadcast is over; ``disconnected`` follows."""

    def gap(event: Gap) -> object:
        """Messages may have been missed."""

    def error(event: Error) -> object:
        """Something failed and was survived."""


class IGiveUpObserver(IObserver):
    """For observers that want to know when a user is not followed any more."""

    def gave_up(event: GaveUp) -> object:
        """Nothing further is tried by itself, for the error that it has."""


class IRenameObserver(IObserver):
    """For observers that want to know when a user changes their name."""

    def renamed(event: Renamed) -> object:
        """They are called, or followed, otherwise by now; see :class:`Renamed`."""


class IEnterRoomObserver(IObserver):
    """For observers of the server's answer to our entering."""

    def enter_room(event: EnterRoom) -> object:
        """It came."""


class ITransportObserver(IObserver):
    """For observers of the WebSocket itself."""

    def websocket_connected(event: WebsocketConnected) -> object:
        """It is open, before ``connected``."""
