"""What leads from a username to an open stream: resolvers, signers, openers, streams."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zope.interface import Attribute, Interface

if TYPE_CHECKING:
    from tiktoklive.model import PageState, Resume, Room, SignedUrl, Ticket


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
    """A resolver that tells questions whose answer is waited for from those that can wait."""

    patient: IRoomResolver = Attribute(
        "The IRoomResolver for those who can wait, as they look whether a user is live yet."
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

    def missed(reason: Exception) -> None:
        """
        Something that the other side sent did not get here, and the stream goes on.  Never raises.

        :param reason: what of it is known.
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
        "when no answer comes.  Otherwise it is pushed what happens."
    )
    recorded: bool = Attribute(
        "Whether it was recorded: that no message comes says nothing of TikTok then."
    )
    not_upgraded: Exception | None = Attribute(
        "Why it is no WebSocket although one was offered; None otherwise."
    )

    def send(data: bytes) -> None:
        """Send one push frame.  A stream that has no other side to send to (polling, replay), or
        that is closing, discards it."""

    def close() -> Awaitable[None]:
        """Close in order; fires when it is closed.  May be called again."""


class IPushedStream(IStream):
    """A stream of what pages in the user's browser received, and pushed."""

    def pages() -> tuple[PageState, ...]:
        """The pages that push it now."""


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

        :param room: whose; lists differ between regions.  Its id is ``""`` if the user has no
            room, and never had.
        :raise TikTokLiveError: whatever kept it from getting one.
        """


class IChatSender(Interface):
    """Says something in a room's chat."""

    def send(room: Room, text: str, session_id: str | None) -> Awaitable[Mapping[str, Any]]:
        """
        Send one message.

        :param session_id: the account that speaks; ``None`` for the session of the options.
        :return: what TikTok, or the sign server, says of it.
        :raise InvalidSessionIdError: there is no session, or it has expired.
        :raise InvalidMessageError: the text is empty or too long.
        :raise ChatRefusedError: it was not taken.
        """
