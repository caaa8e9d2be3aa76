"""
One user followed: what is wanted of it, and who waits for what.

The states, and what leads from one to the next, are the table in :mod:`tiktoklive.session.machine`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from twisted.internet.defer import Deferred, succeed

from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.errors import StreamLostError
from tiktoklive.events import Renamed
from tiktoklive.events.base import gifts_by_id
from tiktoklive.interfaces import IRoomResolver
from tiktoklive.model import MessageCounts, Room, State, StreamsState
from tiktoklive.session.carried import GONE, carried_from, go_on_from, read_carried
from tiktoklive.session.core import Core
from tiktoklive.session.log import SessionLog
from tiktoklive.session.machine import machine
from tiktoklive.session.parts import Parts
from tiktoklive.session.retry import is_final, is_unknown
from tiktoklive.session.user import FollowedUser
from tiktoklive.stream.limits import Tally

_new_machine = machine()


class Session:
    """
    Follows one user.

    :param unique_id: the username, without ``@``.
    :param parts: resolver, signer, opener, clock.
    :param dispatcher: tells the observers.
    :param on_refused: called when the user is refused for good, by what was said, and looked for
        seldom from then on.
    """

    def __init__(
        self,
        unique_id: str,
        parts: Parts,
        dispatcher: Dispatcher,
        *,
        on_refused: Callable[[], None] = lambda: None,
    ) -> None:
        self.tally = Tally()
        self._core = Core(
            unique_id,
            FollowedUser(unique_id),
            parts,
            parts.resolver,
            dispatcher,
            DedupWindow(
                parts.limits.remembered,
                age=parts.limits.remembered_for,
                now=parts.clock.seconds,
            ),
            self.tally,
            Trackers(parts.clock, dispatcher.tell),
            SessionLog(unique_id, parts.clock),
            on_refused=on_refused,
        )
        if parts.seat is not None:
            parts.seat.bind(self)
        self._inputs = _new_machine(self._core)
        self._core.stops.stop = self._stop

    def follow(self) -> None:
        """Wait for the user to be live, and go on from broadcast to broadcast, until stopped."""
        self._prepare(self._core.parts.resolver, patient=True)
        self._inputs.start()
        interrupt = self._core.stops.interrupt
        if interrupt is not None:
            # As from any other call, before there is a reactor that runs.  What it interrupted, in
            # depth, is of no interest.
            raise interrupt.with_traceback(None)

    def carry(self, text: str, lost: float | None, reason: str = GONE) -> None:
        """
        Go on from where another session was, usually of another process, when this one begins.

        :param text: what :meth:`carried` was there; ``""`` if it is not known.
        :param lost: for how many seconds messages may have been missed, as far as ``text`` does
            not say; ``None`` if the other session goes on until this one is let in.
        :param reason: what a gap is told with.
        """
        go_on_from(self._core, read_carried(text), lost, reason)

    def carried(self) -> str:
        """What the next session of the user has to know if this one ends now, as text."""
        return carried_from(self._core).as_text()

    def know_user(self, anchor_id: str) -> None:
        """The user id is known before it begins; ``""`` if it is not."""
        self._core.followed_user.anchor_id = anchor_id

    def connect(self, resolver: IRoomResolver | None = None) -> Deferred[State]:
        """
        Connect to the broadcast that is on now.

        :param resolver: another one than that of the parts.
        :return: as :meth:`when_live`.
        """
        self._prepare(resolver or self._core.parts.resolver, patient=False)
        live = self.when_live()
        try:
            self._inputs.start()
            interrupt = self._core.stops.interrupt
            if interrupt is not None:
                raise interrupt.with_traceback(None)
        except KeyboardInterrupt:
            live.addErrback(lambda failure: None)  # nobody gets it
            raise
        return live

    def stop(self, *, silently: bool = False, why: str = "") -> Deferred[None]:
        """
        Stop in order, whatever the state; fires when nothing is left running.

        :param silently: whether gift streaks and battles are not told to be over: a session of
            another process goes on with them.
        :param why: a sentence for the log, if it is not simply what the user wanted.
        """
        self._core.trackers.silent, self._core.stops.why = silently, why
        stopped = self.when_over().addCallback(lambda _: None)
        self._stop()
        return stopped

    # An input of an observer who is told of the last one has to wait for its turn.  What has to be
    # known before that is written down here.

    def _prepare(self, resolver: IRoomResolver, *, patient: bool) -> None:
        core = self._core
        core.patient, core.resolver = patient, resolver
        core.starting, core.stops.interrupt = core.run.at_rest, None

    def _stop(self) -> None:
        self._core.stops.count += 1
        self._core.starting = False
        if self._core.run.at_rest:
            self._core.waiters.tell_over(None)
        self._inputs.stop()

    def when_live(self) -> Deferred[State]:
        """
        Fires with the state when the server let us in; cancelling it stops the session.

        Fails with the session's error, or with
        :class:`~tiktoklive.errors.ConnectionStoppedError`.
        """

        waiters = self._core.waiters
        return succeed(self._core.state()) if self.is_live else waiters.live.wait(self._stop)

    def when_over(self) -> Deferred[Exception | None]:
        """Fires when nothing more will happen by itself: with the error, or ``None``."""
        core = self._core
        return succeed(core.run.error) if self.is_over else core.waiters.over.wait()

    def know_details(self, room_id: str, info: Mapping[str, Any] | None) -> None:
        """
        Somebody asked for the details of a room.

        :param info: ``None`` if they are too much to be kept.
        """
        self._core.fetched = replace(self._core.fetched, info=info, room_id=room_id)

    def know_gifts(self, gifts: Sequence[Mapping[str, Any]]) -> None:
        """Somebody asked for TikTok's list of gifts: those that come are found there."""
        self._core.fetched = replace(self._core.fetched, gifts=gifts)
        if self._core.conversation is not None:
            self._core.conversation.gifts = gifts_by_id(gifts)
        if self._core.second is not None:
            self._core.second.know_gifts(gifts_by_id(gifts))

    def rename(self, unique_id: str) -> None:
        """
        Follow the same user under another name; a stream that is open stays so.

        Events carry it from now on, but for those of a batch that is being delivered, and the
        next look-up asks for it.
        """
        self._core.rename(unique_id)

    def tell_new_name(self, old: str) -> None:
        """Tell observers that events carry another name from now on, if it is another one."""
        core = self._core
        if core.unique_id != old:
            anchor_id = core.followed_user.anchor_id
            core.dispatcher.tell(Renamed(old, core.unique_id, anchor_id, core.origin()))

    def move(self, why: StreamLostError) -> None:
        """
        Leave the stream, and come back as after a loss: the parts have another way by now.

        :param why: what is told.
        """
        if self.is_live:
            self._core.close(why)

    def hurry(self) -> None:
        """Look the user up at once, if they were refused; else nothing happens."""
        self._inputs.hurry()

    @property
    def parts(self) -> Parts:
        """What it asks for all that it wants to know."""
        return self._core.parts

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself; not if it was just told to start again."""
        return self._core.run.over and not self._core.starting

    @property
    def unique_id(self) -> str:
        """The name under which the user is followed."""
        return self._core.unique_id

    @property
    def present_name(self) -> str:
        """What the user is called now, as far as is known."""
        return self._core.followed_user.unique_id

    @property
    def anchor_id(self) -> str:
        """The user id, decimal text; ``""`` until it is known."""
        return self._core.followed_user.anchor_id

    @property
    def phase(self) -> str:
        """What it is doing, for people; costs nothing, unlike :meth:`state`."""
        return self._core.session_log.phase

    @property
    def is_live(self) -> bool:
        """Whether a stream is open, and is to stay so."""
        return self._core.stream is not None and not self._core.leaving

    @property
    def is_leaving(self) -> bool:
        """Whether a stream is being closed because the broadcast is over, or we were told to."""
        return self._core.stream is not None and self._core.leaving

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing is under way."""
        return self._core.run.at_rest

    @property
    def has_failed(self) -> bool:
        """Whether it gave up, and was not just told to start again."""
        return self.is_over and self._core.run.error is not None

    @property
    def refusal(self) -> Exception | None:
        """Why the user is not followed, if it gave up, or was refused for good."""
        run = self._core.run
        return run.refusal if run.error is None or is_final(run.error) else run.error

    @property
    def unknown(self) -> Exception | None:
        """That there is no such user, if all say so, and nobody ever said otherwise."""
        refusal, user = self._core.run.refusal, self._core.followed_user
        is_misspelt = is_unknown(refusal) and not (user.anchor_id or self._core.run.was_live)
        return refusal if is_misspelt else None

    def state(self) -> State:
        """What it is doing, and why, with all that is bounded."""
        return self._core.state()

    def streams(self) -> StreamsState | None:
        """How its two streams are doing; ``None`` where there is to be only one."""
        return None if self._core.second is None else self._core.second.state()

    def arrived(self) -> MessageCounts:
        """What arrived, over all streams."""
        tally, streams = self.tally, self.streams() or StreamsState()
        return MessageCounts(
            tally.frames,
            tally.bad_frames,
            tally.messages,
            tally.duplicates,
            streams.both,
            streams.first_only,
            streams.second_only,
            streams.spared,
        )

    @property
    def room(self) -> Room | None:
        """The room it is, or was last, in."""
        return self._core.broadcast.room
