"""
A program with types, as users of the library write them.

It is for mypy, which reads it with the package (``tox -e types``), and is never run.
"""

from typing import assert_type

from twisted.internet.defer import Deferred
from zope.interface import implementer

import tiktoklive
from tiktoklive import (
    Chat,
    Event,
    Gift,
    IChatObserver,
    LiveService,
    MessageEvent,
    RawData,
    State,
    User,
    WebcastPushConnection,
    decode,
    rooms,
)
from tiktoklive.dispatch import Subscription
from tiktoklive.wire import Frame, parse_frame


@implementer(IChatObserver)
class Bot:
    """An observer."""

    def chat(self, event: Chat) -> None:
        """What attributes are."""
        assert_type(event.comment, str)
        assert_type(event.user, User)
        assert_type(event.user.profile_picture_url, str | None)
        assert_type(event.message.content, str)


def gift(event: Gift) -> None:
    """One kind of event."""
    assert_type(event.to_user, User | None)


async def anything(event: Event) -> None:
    """Any kind."""


def subscribe(connection: WebcastPushConnection, service: LiveService) -> None:
    """
    A function fits its class of events; of a name nobody knows the class.

    That an ignore is needed says that mypy refuses what is wrong.
    """
    connection.add_observer(Bot())
    service.on(Gift, gift)
    service.on(Chat, lambda event: print(event.coment))  # type: ignore[attr-defined]  # likewise
    service.on("event", anything)
    connection.on(Gift, gift)
    connection.on(Gift, anything)
    connection.on(Chat, lambda event: print(event.comment))
    connection.on(Chat, lambda event: print(event.coment))  # type: ignore[attr-defined]  # refused
    connection.on(Chat, gift)  # type: ignore[arg-type]  # likewise
    connection.on("gift", gift)
    connection.on("chat", lambda event: print(event.comment))
    assert_type(connection.once(Gift, gift), Subscription)
    service.once(Chat, gift)  # type: ignore[arg-type]  # likewise


def decorate(connection: WebcastPushConnection, service: LiveService) -> None:
    """A decorator leaves a function as it is, and fits its class of events too."""

    @connection.on(Chat)
    @service.once("event")
    def comment(event: Chat) -> str:
        return event.comment

    assert_type(comment(Chat(None)), str)
    connection.on(Chat)(gift)  # type: ignore[arg-type]  # likewise


def connect() -> Deferred[State]:
    """What the names of the package are."""
    connection = WebcastPushConnection("@name")
    assert_type(tiktoklive.__version__, str)
    assert_type(tiktoklive.events.Chat.method, str)
    assert_type(connection.when_over(), Deferred[Exception | None])
    assert_type(decode("WebcastChatMessage", b""), MessageEvent | RawData)
    return connection.connect()


def halls() -> None:
    """The names of a room have their types, and a name that it does not have is refused."""
    assert_type(parse_frame(b""), Frame)
    assert_type(rooms.FixedResolver, type[rooms.FixedResolver])
    print(rooms.FixedResolvers)  # type: ignore[attr-defined]  # likewise
