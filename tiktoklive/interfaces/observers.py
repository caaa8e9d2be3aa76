"""Observers and outputs, and what they may ask of the users that are followed."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from zope.interface import Attribute, Interface

if TYPE_CHECKING:
    from tiktoklive.model import Counts, NodeCounts, QueueCounts, State, StreamCounts


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


class IGatherer(Interface):
    """
    An observer that gathers what it does with the events of one batch, beside its observer
    interfaces.

    Whatever is told to observers is told in a batch: those of one frame, or one event alone.
    """

    def batch_begins(kept: dict[Any, Any]) -> None:
        """
        Called before its first event of a batch.

        :param kept: what all observers of the batch may share, such as what one of them made of an
            event. It is empty, and is emptied when the batch is over.
        """

    def batch_ends() -> None:
        """Called after its last, in the same turn; also when it was removed meanwhile."""


class IOutput(Interface):
    """
    Marks an output: an :class:`~twisted.application.service.IService` that provides
    observer interfaces.  ``files``, if it has that, is how many files and sockets it opens at most.
    """


class IReadOutput(IOutput):
    """An output with a reader that may go away: the next program of a pipe."""

    def when_unread() -> Awaitable[None]:
        """Fires when it has no reader any more, so that it stops; never while it may have one."""


class IQueuedOutput(IOutput):
    """An output before which events may have to wait: one that is slower than a room."""

    def queues() -> Sequence[QueueCounts]:
        """
        How each of its queues is doing now, for those who watch over it.

        :return: a :class:`~tiktoklive.model.QueueCounts` for each, or what has the same attributes.
        """


class IFailingOutput(IOutput):
    """An output that knows whether it works now: one with a file, or with a receiver."""

    failing: str = Attribute('Why nothing can be written, or sent, now; ``""`` if it can.')
    renewed: int = Attribute(
        "How many times another file was begun, because it was moved, deleted or damaged."
    )


class IUserArchive(IOutput):
    """An output that can be asked what it has of one user."""

    def about(user_id: str) -> Awaitable[Mapping[str, int]]:
        """
        How much a user said and gave, in all rooms.

        :param user_id: decimal text.
        :return: ``comments``, ``gifts``, ``diamonds``, and ``first`` and ``last``, when they were
            seen, in milliseconds since 1970; all 0 of a user it does not know.
        :raise ArchiveError: it cannot be read now.
        """


class IConfirmingOutput(IOutput):
    """An output that knows when an event is where it belongs: in a file, say, for good."""

    def when_written() -> Awaitable[None]:
        """
        Fires when all events that it was given so far are stored for good.

        Those that it lost, as it told, do not count.  Of events that were read from a stream
        nothing is confirmed there before.
        """

    def has_room() -> bool:
        """Whether it would lose nothing of one more event; else nothing more is read for it."""


class IStreamOutput(IOutput):
    """An output, or another service, that reads or writes streams in Redis."""

    def streams() -> Sequence[StreamCounts]:
        """
        How each of its readers and writers is doing now, for those who watch over it.

        :return: :class:`~tiktoklive.model.StreamCounts`.
        """


class IFleetMember(Interface):
    """A service that is a node of a fleet."""

    def node_counts() -> NodeCounts:
        """
        How it is doing now, for those who watch over it.

        :return: :class:`~tiktoklive.model.NodeCounts`.
        """


class IReopenedOutput(IOutput):
    """An output with a file that others may move: it can be told to look for it now."""

    def reopen() -> None:
        """Write to the file that is at the path now, or a new one; never raises."""


class IPublicOutput(IOutput):
    """An output to which anybody may connect who reaches it."""

    def strangers() -> int:
        """How many came who spoke no language of it: only their number is kept."""


class ILogReader(IOutput):
    """An output that people may read in the place where they read the log: on one terminal."""

    def log_shown_on(stream: TextIO) -> None:
        """Where the log is shown; told before the output starts, if it is known."""


class IRooms(Interface):
    """The users that are followed, who can be added and removed at run time."""

    def status() -> Mapping[str, State]:
        """Username to what its connection is doing, and why."""

    def add(unique_id: str) -> str | Awaitable[str]:
        """
        Follow one more user.

        :return: the username; or an awaitable of it where others have to agree, which may fail
            with what is raised here, and with a TikTokLiveError.
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

    def rename(unique_id: str, new: str) -> str | Awaitable[str]:
        """
        Follow the same user under another name from now on.

        :return: that name; or an awaitable of it, as of :meth:`IRooms.add`.
        :raise InvalidUniqueIdError: there is no username in one of them.
        :raise KeyError: no user is followed under the first.
        :raise ValueError: another user is followed under the second.
        """


class ISharedRooms(Interface):
    """A list of users that others change as well, of which what is known here may be of before."""

    def look_for(unique_id: str) -> Awaitable[bool]:
        """
        Look where the list is whether a user is in it, before it is said that there is none.

        :return: if so ``status()`` has that user, too.
        :raise TikTokLiveError: it cannot be seen now.
        """


class IRoomOptions(Interface):
    """The options that users may have of their own, as others give and see them."""

    def add_with(unique_id: str, options: Mapping[str, Any]) -> str:
        """
        Follow one more user, as :meth:`IRooms.add`, with options: keys and values as in JSON.

        :raise InvalidUserOptionsError: there is no such key, or its value cannot be that.
        """

    def options_of(unique_id: str) -> Mapping[str, Any]:
        """
        The options of one user, without secrets.

        :raise KeyError: that user is not followed.
        """


class IListedRooms(Interface):
    """Users of whom some come from a list that can be read again."""

    def reload() -> Mapping[str, Sequence[str]]:
        """
        Read the list, and follow those who are in it now; all others go on undisturbed.

        :return: the names of those that were ``added``, ``removed``, ``renamed``, ``restarted`` and
            ``changed``.
        :raise LookupError: there is no list.
        :raise InvalidUserOptionsError: something is wrong with it; nothing has changed.
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


class IRoomChat(Interface):
    """Saying something in the chat of a user that is followed."""

    def can_say() -> bool:
        """Whether there is an account in whose name something can be said."""

    def say(unique_id: str, text: str) -> Awaitable[Mapping[str, Any]]:
        """
        Say something, in its turn.

        :return: what TikTok answers (wire facts §8.5).
        :raise KeyError: that user is not followed.
        :raise TikTokLiveError: it was not said, or it is not known whether it was.
        """


class IControlledOutput(IOutput):
    """An output through which people see and choose who is followed."""

    def control(rooms: IRooms) -> None:
        """
        Called once, before it is started.

        :param rooms: also provides :class:`IRoomFacts`, :class:`IRoomNames` if names can be
            changed, :class:`IRoomOptions` if users may have options of their own,
            :class:`ISharedRooms` if others change the list as well,
            :class:`IListedRooms` if some come from a list, and :class:`IRoomChat` if something can
            be said.
        """


class ICounted(Interface):
    """
    A service that counts what becomes of messages, for those who watch over it.

    Who wants to know looks among the other children of its own parent.
    """

    def counts() -> Counts:
        """What was counted since the process began; numbers only grow."""
