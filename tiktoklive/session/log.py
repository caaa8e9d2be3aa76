"""What people are told of one user's connection: its state, why, and a line for each change."""

from __future__ import annotations

from collections.abc import Callable

from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger
from twisted.python.failure import Failure

from tiktoklive.errors import StreamError
from tiktoklive.logs import NUMBER, LogThrottle, told_again, voice
from tiktoklive.model import Room, State

_log = Logger("tiktoklive.session.session", observer=voice)

#: Seconds between two lines about what goes on for long, in the end.
_MOST = 3600.0

#: How many sources and returns fail between two lines, at most.
_MANY = 20


class SessionLog:
    """
    Tells the log, and people that ask.  Nothing is decided by what stands here.

    What happens over and over is told a few times, and then now and then.

    :param unique_id: the name under which the user is followed.
    :param clock: says how long ago a line was told.
    :ivar user: that name; it may be changed.
    :ivar phase: the name of the state that the session is in.
    :ivar reason: why it is, ``""`` if :attr:`why` tells.
    :ivar why: a reason that changes with time.
    """

    def __init__(self, unique_id: str, clock: IReactorTime) -> None:
        self.user = unique_id
        self.phase, self.reason = "idle", ""
        self.why: Callable[[], str] = str
        self._clock = clock
        self._told = LogThrottle(first=3, most=_MOST)
        #: Lines of failures, and their words, until it shows whether the next line has them.
        self._pending: list[tuple[str, str]] = []

    def enter(
        self, phase: str, reason: str = "", *, quietly: bool = False, why: Callable[[], str] = str
    ) -> None:
        """The session is in another state: a line, unless that is known."""
        self.phase, self.reason, self.why = phase, reason, why
        if self._pending and not quietly:
            self._tell_pending(reason)
        again = None if quietly else self._again(f"{phase}: {reason}")
        write = _log.debug if again is None else _log.info
        write(
            "@{user}: {phase}{reason}{again}",
            user=self.user,
            phase=phase,
            reason=f": {reason}" if reason else "",
            again=told_again(again, "logged") if again else "",
        )

    def refused(self, source: str, error: Exception) -> None:
        """
        A source did not let us in, and another one has its turn.

        The line comes with the next one, unless that says it too: that all failed, and how.
        """
        if len(self._pending) < _MANY:
            self._pending.append((source, str(error)))

    def beside(self, words: str) -> None:
        """Something happened that leaves the state as it is."""
        again = self._again(words)
        if again is not None:
            more = told_again(again, "logged")
            _log.info("@{user}: {words}{more}", user=self.user, words=words, more=more)

    def _tell_pending(self, reason: str) -> None:
        pending, self._pending = self._pending, []
        for source, words in pending:
            if words not in reason and self._again(f"{source}: {words}") is not None:
                _log.info("@{user}: {source}: {words}", user=self.user, source=source, words=words)

    def renamed(self, anchor_id: str, name: str, why: str) -> None:
        """The user is called otherwise by now."""
        if self._again(f"{name}: {why}") is not None:
            _log.info(
                "@{user}: user {id} is called @{name} now, and followed on: {why}",
                user=self.user,
                id=anchor_id,
                name=name,
                why=why,
            )

    def surprised(self, error: Exception) -> None:
        """A part failed with an error that is not of this package."""
        if self._again(repr(error)) is not None:
            _log.failure(
                "@{user}: a part failed in a way it doesn't document",
                failure=Failure(error),
                user=self.user,
            )

    def _again(self, line: str) -> int | None:
        """How many times such a line was not logged since the last one; ``None`` to be quiet."""
        return self._told.again(NUMBER.sub("", line), self._clock.seconds())


def in_words(error: Exception, delay: float, room: Room | None = None) -> str:
    """Why a session waits, and for how long; also what was wished, if that is longer."""
    wished = getattr(error, "retry_after", None) or 0.0
    known = known_of(room) if room and room.restrictions and isinstance(error, StreamError) else ""
    said = f"{error}{known and f' The room is {known}.'} Next try in {_span(delay)}."
    if wished > delay:
        said += f" We are to wait for {wished:.0f} s, but ask again now and then until then."
    return said


def known_of(room: Room | None) -> str:
    """For whom a room is, if TikTok told: why we are not let in perhaps, or why it stays empty."""
    told = room.restrictions if room is not None else ()
    return f"{', '.join(told)}: guests may see nothing of it" if told else ""


def _span(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 600 else f"{seconds / 60:.0f} min"


def user_line(name: str, state: State) -> str:
    """What a status tells of a user, for people: ``@alice: live in room 7137682087200557829``."""
    costs = [f"{what} {bound.cost}" for what, bound in state.bounds.items() if bound.cost]
    costs += [] if state.streams is None else [state.streams.line]
    room = f"room {state.room_id}" if state.room_id else ""
    known = room and state.reason.startswith(room)  # of some states the room is the reason
    why = ": ".join(filter(None, ["" if known else room, state.reason]))
    line = f"@{name}"
    if state.unique_id != name:
        line += f" (now @{state.unique_id})"
    line += f": {state.phase}"
    if why:
        line += f"{' in' if room else ':'} {why}"
    if state.lane:
        line += f" by lane {state.lane}"
    return f"{line} ({', '.join(costs)})" if costs else line
