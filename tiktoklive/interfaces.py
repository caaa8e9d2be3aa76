"""
The seams: what a part must offer so that another can be put in its place.

Each has at most three methods.  Parts are found by interface at run time (plugins)
and checked by mypy-zope at rest.  Methods that take time return an awaitable.
"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from zope.interface import Attribute, Interface

if TYPE_CHECKING:
    from random import Random

    from tiktoklive.model import (
        Counts,
        QueueCounts,
        Resume,
        Room,
        SignedUrl,
        SourcesState,
        State,
        Ticket,
    )


class IRoomResolver(Interface):
    """Finds the room in which a user is live."""

    def resolve(unique_id: str) -> Awaitable[Room]:
        """
        Look the user up, now.

        :return: a live or paused room.
        :raise RoomLookupError: a subclass says which: not found, offline, age-restricted,
            blocked, rate-limited.
        :raise ConnectError: when the host cannot be reached.
        """


class IPatientResolver(IRoomResolver):
    """A resolver that tells those whose answer somebody waits for from those who can wait."""

    patient: IRoomResolver = Attribute(
        "The IRoomResolver for those who can wait: who look whether a user is live yet."
    )


class IPacedResolver(IPatientResolver):
    """A resolver whose questions wait for their turn, and that knows when there is none."""

    leisurely: IRoomResolver = Attribute(
        "The IRoomResolver for those who can wait for as long as it takes, and want the room alone."
    )

    def closed_for() -> float:
        """Seconds for which no look-up is wanted by those who are asked; 0.0 for none."""


class IUserNames(Interface):
    """Knows what a user is called now."""

    def unique_id(anchor_id: str) -> Awaitable[str | None]:
        """
        The present username of a user id (wire facts §8.6).

        :param anchor_id: decimal text.
        :return: ``None`` if there is no such user.
        :raise RoomLookupError: there is no telling now.
        :raise ConnectError: when the host cannot be reached.
        """


class ISigner(Interface):
    """Gets us admitted to a room's stream."""

    def sign(room: Room, resume: Resume) -> Awaitable[Ticket]:
        """
        Make a ticket.  Called anew before every attempt: a ticket admits once.

        :param resume: where to continue, and why the last attempt ended; a signer renews
            its identity when that is an :class:`~tiktoklive.errors.IdentityError`.
        :raise TikTokLiveError: whatever kept it from making one.
        """


class IUrlSigner(Interface):
    """Signs the addresses of requests to TikTok that it answers only signed."""

    def sign_url(url: str) -> Awaitable[SignedUrl]:
        """
        Sign one address.

        :param url: complete with its query.
        :raise TikTokLiveError: whatever kept it from signing.
        """


class IReceiver(Interface):
    """Takes what a stream brings.  Its methods never raise."""

    def frame(data: bytes) -> None:
        """One binary WebSocket message: a push frame, as it came."""

    def batch(data: bytes) -> None:
        """One batch without a push frame around it (polling, or with the ticket)."""

    def closed(reason: Exception | None) -> None:
        """
        The stream is over; nothing follows.  Called exactly once for every stream that
        was opened, also after our own ``close()``.

        :param reason: ``None`` when we closed it; what the other side said in closing is in a
            :class:`~tiktoklive.errors.StreamLostError`.
        """


class IWitness(Interface):
    """A receiver that also hears of what its stream survives."""

    def survived(info: str, error: Exception) -> None:
        """
        Something failed, and the stream goes on.  Never raises.

        :param info: what was being done.
        """


class IStream(Interface):
    """
    An open stream of one room.

    One that can wait also provides Twisted's ``IPushProducer``: while it is paused it brings
    nothing more, but for what had arrived before; closing it still works.
    """

    heartbeat: float | None = Attribute(
        "Seconds between heartbeats that the server asked for in the handshake; None if it didn't."
    )
    transport_name: str = Attribute('What it is, for people: "websocket", "polling" or "replay".')
    acks: bool = Attribute(
        "Whether TikTok may stop sending when what it sent is not acknowledged for a while."
    )
    heartbeats: bool = Attribute("Whether something comes at the pace of the heartbeats at least.")
    asks: bool = Attribute(
        "Whether it asks for each batch at the cursor of the one before it, and notices itself "
        "when nobody answers.  Otherwise it is pushed what happens."
    )
    recorded: bool = Attribute(
        "Whether it was recorded: that no message comes says nothing of TikTok then."
    )
    not_upgraded: Exception | None = Attribute(
        "Why it is no WebSocket although one was offered; None otherwise."
    )

    def send(data: bytes) -> None:
        """Send one push frame.  A stream that has nobody to send to (polling, replay), or
        that is closing, discards it."""

    def close() -> Awaitable[None]:
        """Close in order; fires when it is closed.  May be called again."""


class IStreamOpener(Interface):
    """Opens streams."""

    def open(ticket: Ticket, receiver: IReceiver) -> Awaitable[IStream]:
        """
        Fires when the server *let us in*, not when a TCP connection stands.

        Cancelling the attempt leaves nothing open.

        :raise HandshakeRefusedError: the server's refusal, typed.
        :raise ConnectError: no connection could be made.
        """


class IGiftSource(Interface):
    """Knows which gifts can be sent."""

    def gifts(room: Room) -> Awaitable[Sequence[Mapping[str, Any]]]:
        """
        TikTok's list of gifts, each as TikTok describes it: ``id``, ``name``,
        ``diamond_count``, ``image`` ... (wire facts §8.4).

        :param room: whose; lists differ between regions.
        :raise TikTokLiveError: whatever kept it from getting one.
        """


class IChatSender(Interface):
    """Says something in a room's chat."""

    def send(room: Room, text: str, session_id: str | None) -> Awaitable[Mapping[str, Any]]:
        """
        Send one message.

        :param session_id: as whom; ``None`` for the session of the options.
        :return: what TikTok, or the sign server, says of it.
        :raise InvalidSessionIdError: there is no session, or it has expired.
        :raise InvalidMessageError: the text is empty or too long.
        :raise ChatRefusedError: it was not taken.
        """


class IObserver(Interface):
    """
    Marks the interfaces by which observers say what they want to see.

    The law of every interface that extends it: *a method's name is the event's name in
    snake_case, its one argument is the event*.  The method may return an awaitable.
    """


class IPacer(Interface):
    """An observer that may let the streams wait, beside its observer interfaces."""

    def pace(streams: Any) -> None:
        """
        Called once, when it is added.

        :param streams: all those whose events it gets, as Twisted's ``IPushProducer``.
            ``pauseProducing()`` lets them wait until ``resumeProducing()``, but no longer than
            ``Limits.held``; events that had arrived before may still come.
        """


class IOutput(Interface):
    """
    Marks an output: an :class:`~twisted.application.service.IService` that provides
    observer interfaces.
    """


class IReadOutput(IOutput):
    """An output that somebody reads, who may go away: the next program of a pipe."""

    def when_unread() -> Awaitable[None]:
        """Fires when nobody reads it any more, so that it stops; never while somebody may."""


class IQueuedOutput(IOutput):
    """An output before which events may have to wait: one that is slower than a room."""

    def queues() -> Sequence[QueueCounts]:
        """
        How each of its queues is doing now, for those who watch over it.

        :return: :class:`~tiktoklive.outputs.queue.QueueCounts`, or what has the same attributes.
        """


class IFailingOutput(IOutput):
    """An output that knows whether it works now: one with a file, or with somebody to send to."""

    failing: str = Attribute('Why nothing can be written, or sent, now; ``""`` if it can.')
    renewed: int = Attribute(
        "How many times another file was begun, because it was moved, deleted or damaged."
    )


class IRooms(Interface):
    """The users that are followed, who can be added and removed at run time."""

    def status() -> Mapping[str, State]:
        """Username to what its connection is doing, and why."""

    def add(unique_id: str) -> str:
        """
        Follow one more user.

        :return: the username.
        :raise InvalidUniqueIdError: there is no username in it.
        :raise ValueError: that user is followed already.
        """

    def remove(unique_id: str) -> Awaitable[None]:
        """
        Follow a user no more; fires when nothing is left open.

        :raise KeyError: that user is not followed.
        """


class IRoomNames(Interface):
    """The names under which users are followed, which can be changed at run time."""

    def rename(unique_id: str, new: str) -> str:
        """
        Follow the same user under another name from now on.

        :return: that name.
        :raise InvalidUniqueIdError: there is no username in one of them.
        :raise KeyError: nobody is followed under the first.
        :raise ValueError: somebody else is followed under the second.
        """


class IRoomFacts(Interface):
    """What can be asked about the room of a user that is followed."""

    def room_info(unique_id: str) -> Awaitable[Mapping[str, Any]]:
        """
        What TikTok says about the room, as it is (wire facts §8.3).

        :raise KeyError: that user is not followed.
        :raise TikTokLiveError: whatever kept it from being known.
        """

    def available_gifts(unique_id: str) -> Awaitable[Sequence[Mapping[str, Any]]]:
        """
        TikTok's list of the gifts that can be sent there (wire facts §8.4).

        :raise KeyError: that user is not followed.
        :raise TikTokLiveError: whatever kept it from being known.
        """


class IControlledOutput(IOutput):
    """An output through which people see and choose who is followed."""

    def control(rooms: IRooms) -> None:
        """
        Called once, before it is started.

        :param rooms: also provides :class:`IRoomFacts`, and :class:`IRoomNames` if names can be
            changed.
        """


class ICounted(Interface):
    """
    A service that counts what becomes of messages, for those who watch over it.

    Who wants to know looks among the other children of its own parent.
    """

    def counts() -> Counts:
        """What was counted since the process began; numbers only grow."""


class PartWiring(Protocol):
    """What the built-in parts know of the :class:`~tiktoklive.wiring.Wiring` they belong to."""

    @property
    def reactor(self) -> Any:
        """Time, and what connects and listens."""

    @property
    def random(self) -> Random:
        """Where numbers at random are taken from."""

    def sources_status(self) -> SourcesState:
        """How all who are asked are doing, and how often they may be asked."""


class IPartMaker(Interface):
    """A plugin that makes a part out of a string such as ``jsonl:FILE``."""

    kind: str = Attribute("The word before the colon.")
    usage: str = Attribute("What may stand after the colon, and what it does: one line.")

    def make(wiring: PartWiring, argument: str) -> Any:
        """
        Make the part, while a command line is being checked.

        It opens and makes nothing: no file, directory, database, socket or lock. Whoever
        checks may be another user than the one who will run it, and may refuse it all. An output
        opens what it needs in ``startService``, where a
        :class:`~tiktoklive.errors.StartError` tells what is wrong with it; or listens in
        ``privilegedStartService``. Of each description one part is made.

        :param wiring: the :class:`~tiktoklive.wiring.Wiring` that the part will belong to.
        :param argument: what stood after the first colon, verbatim.
        :raise ValueError: when the argument is no good; the text says what to do.
        """


class IOutputMaker(IPartMaker):
    """Makes an :class:`IOutput`."""


class IResolverMaker(IPartMaker):
    """Makes an :class:`IRoomResolver`."""


class ISignerMaker(IPartMaker):
    """Makes an :class:`ISigner`."""
